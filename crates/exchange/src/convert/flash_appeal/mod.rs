//! The Haiti Flash Appeal of 2010 as a scenario: projects that asked for money, and the money that came.
//!
//! Each project with a cost is a request of one component; flows are added up into offers by provider, cluster,
//! firmness and currency; what each flow paid for is the earlier plan. The README of the folder states every choice.

mod activity;
mod clusters;
mod offers;
mod rates;
mod readme;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use needmatch_domain::geography;

use super::folder::quoted;
use super::{ConvertError, Folder};
use activity::{Activity, Appeal, SOURCE};
use offers::{Key, Money};

/// The one period of the scenario: the appeal ran from January to December 2010.
const PERIOD: &str = "2010";

/// The scenario folder of the appeal.
pub fn convert(xml: &str) -> Result<Folder, ConvertError> {
    let appeal = activity::read(xml)?;
    let money = offers::money(&appeal);
    check_provider_names(&money)?;
    let mut folder = Folder::new("haiti-2010-flash-appeal");
    folder.text("scenario.toml", settings(&money));
    folder.table("periods.csv", &["period"], &[vec![PERIOD.to_owned()]]);
    let rows = requests(&appeal).map(request).collect::<Result<Vec<_>, _>>()?;
    folder.table("requests.csv", &["id", "state", "authority", "title", "area", "source"], &rows);
    let rows: Vec<_> = requests(&appeal).map(component).collect();
    folder.table("components.csv", &["id", "request", "type", "unit", "quantity", "unit_cost"], &rows);
    folder.table(
        "offers.csv",
        &["id", "provider", "title", "form", "areas", "unit", "quantity", "firmness"],
        &offer_rows(&money)?,
    );
    folder.table("baseline.csv", &["component", "offer", "period", "quantity"], &baseline(&money)?);
    folder.text("README.md", readme::readme(&appeal, &money)?);
    Ok(folder)
}

/// Providers are known by name in a scenario; two of one name would be taken for one.
fn check_provider_names(money: &Money) -> Result<(), ConvertError> {
    let mut references: BTreeMap<&str, &str> = BTreeMap::new();
    for (key, offer) in &money.offers {
        let first = references.entry(&offer.provider).or_insert(&key.provider_ref);
        if *first != key.provider_ref {
            return Err(ConvertError::Malformed {
                source_name: SOURCE,
                place: format!("providers {first} and {}", key.provider_ref),
                problem: format!("both are named {:?}", offer.provider),
            });
        }
    }
    Ok(())
}

fn settings(money: &Money) -> String {
    let mut text = String::from(
        "name = \"Haiti Flash Appeal 2010\"\ncurrency = \"USD\"\nas_of = \"2010-02-18\"\n\n\
         [rates] # US dollars per unit: see README.md\n",
    );
    let used: BTreeSet<&str> = money.offers.keys().map(|key| key.currency.as_str()).collect();
    for (currency, rate) in rates::rates().filter(|(currency, _)| used.contains(currency)) {
        let _ = writeln!(text, "{currency} = {}", quoted(&rates::as_decimal(rate)));
    }
    text.push_str("\n[areas] # the clusters of the appeal\n");
    for (code, name) in clusters::all() {
        let _ = writeln!(text, "{code} = {}", quoted(name));
    }
    text.push_str(
        "\n[goals]\norder = [\n  { goal = \"coverage\" },\n  { goal = \"completed\", give = 0 },\n  \
         { goal = \"stability\", give = 0 },\n]\n",
    );
    text
}

fn request(activity: &Activity) -> Result<Vec<String>, ConvertError> {
    let country = geography::country_by_alpha2(&activity.country).ok_or_else(|| ConvertError::Malformed {
        source_name: SOURCE,
        place: format!("activity {}", activity.id),
        problem: format!("{:?} is no country", activity.country),
    })?;
    Ok(vec![
        activity.id.clone(),
        country.code.to_owned(),
        activity.organisation.clone(),
        activity.title.clone(),
        clusters::code(&activity.cluster)?.to_owned(),
        format!("OCHA FTS, appeal 893, project {}", activity.id),
    ])
}

fn component_id(activity: &str) -> String {
    format!("{activity}-funds")
}

fn component(activity: &Activity) -> Vec<String> {
    let cells = [component_id(&activity.id), activity.id.clone(), "funds".into(), "currency".into()];
    cells.into_iter().chain([activity.cost.to_string(), "1".to_owned()]).collect()
}

fn firmness(key: &Key) -> &'static str {
    if key.pledge { "pledge" } else { "commitment" }
}

fn offer_id(key: &Key) -> Result<String, ConvertError> {
    let cluster = key.cluster.as_deref().map_or(Ok("any"), clusters::code)?;
    let cluster = cluster.trim_start_matches("cluster_");
    Ok(format!("{}-{cluster}-{}-{}", key.provider_ref, firmness(key), key.currency))
}

fn offer_rows(money: &Money) -> Result<Vec<Vec<String>>, ConvertError> {
    let rows = money.offers.iter().map(|(key, offer)| {
        let (area, name) = match &key.cluster {
            Some(cluster) => (clusters::code(cluster)?, clusters::name(cluster)?),
            None => ("", "any cluster"),
        };
        Ok(vec![
            offer_id(key)?,
            offer.provider.clone(),
            format!("{}: {} for {name}, {}", offer.provider, firmness(key), key.currency),
            "money".to_owned(),
            area.to_owned(),
            key.currency.clone(),
            offer.quantity.to_string(),
            firmness(key).to_owned(),
        ])
    });
    rows.collect()
}

fn baseline(money: &Money) -> Result<Vec<Vec<String>>, ConvertError> {
    let rows = money.payments.iter().map(|(activity, key, dollars)| {
        Ok(vec![component_id(activity), offer_id(key)?, PERIOD.to_owned(), dollars.to_string()])
    });
    rows.collect()
}

/// The activities that ask for something.
fn requests(appeal: &Appeal) -> impl Iterator<Item = &Activity> {
    appeal.activities.iter().filter(|activity| activity.cost > 0)
}
