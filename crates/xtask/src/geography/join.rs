//! Joins countries with the list of recipients, and settles every name. What does not fit stops the generation.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail, ensure};

use super::tables::{Rows, Tables};

/// Languages in the order of the name columns and of the generated names.
const LANGUAGES: [&str; 6] = ["ar", "zh", "en", "fr", "ru", "es"];

/// First column of the short names in the UN's terminology database, first column of the M49 names, everyday name.
const TERMINOLOGY: usize = 12;
const OFFICIAL: usize = 18;
const EVERYDAY: usize = 24;

/// A region with the code of the one above it.
pub(super) struct Region {
    pub(super) name: String,
    pub(super) parent: Option<u16>,
}

/// A country with all that the generated table says of it.
pub(super) struct Country {
    pub(super) alpha2: String,
    pub(super) m49: u16,
    pub(super) place: Option<u16>,
    pub(super) groups: Vec<&'static str>,
    pub(super) income: Option<&'static str>,
    pub(super) names: [String; 6],
}

/// Regions by M49 code, countries by alpha-3 code.
#[derive(Default)]
pub(super) struct Joined {
    pub(super) regions: BTreeMap<u16, Region>,
    pub(super) countries: BTreeMap<String, Country>,
}

/// Joins the tables.
pub(super) fn join(tables: &Tables) -> Result<Joined> {
    let mut incomes = recipients(tables)?;
    let mut corrections = corrections(&tables.corrections)?;
    let mut joined = Joined::default();
    for row in &tables.countries {
        let code = row[0].clone();
        let place = place(row, &mut joined.regions).with_context(|| format!("country {code}"))?;
        let income = incomes.remove(&code);
        let mut groups: Vec<_> = [(9, "Ldc"), (10, "Lldc"), (11, "Sids")]
            .into_iter()
            .filter(|(column, _)| row[*column] == "x")
            .map(|(_, group)| group)
            .collect();
        groups.extend(income.map(|_| "Oda"));
        let names = names(row, &mut corrections).with_context(|| format!("country {code}"))?;
        let country = Country { alpha2: row[1].clone(), m49: row[2].parse()?, place, groups, income, names };
        ensure!(joined.countries.insert(code.clone(), country).is_none(), "two rows for {code}");
    }
    ensure!(incomes.is_empty(), "recipients joined to unknown countries: {:?}", incomes.keys());
    ensure!(corrections.is_empty(), "corrections for unknown countries or languages: {:?}", corrections.keys());
    Ok(joined)
}

/// Income group by alpha-3 code. Regional and unspecified rows of the list are left out: they are no states.
fn recipients(tables: &Tables) -> Result<BTreeMap<String, &'static str>> {
    let mut by_hand: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
    for row in &tables.join {
        by_hand.insert(&row[0], (&row[1], &row[2]));
    }
    let mut incomes = BTreeMap::new();
    for row in &tables.recipients {
        let (dac_code, name) = (row[0].as_str(), row[1].as_str());
        let income = match row[2].as_str() {
            "LDCs" => "LeastDeveloped",
            "Other LICs" => "OtherLow",
            "LMICs" => "LowerMiddle",
            "UMICs" => "UpperMiddle",
            "Part I unallocated by income" => continue,
            other => bail!("recipient {name}: unknown income group `{other}`"),
        };
        let alpha3 = match by_hand.remove(dac_code) {
            Some((expected, _)) if expected != name => bail!("recipient {dac_code} is `{name}`, not `{expected}`"),
            Some((_, "")) => continue,
            Some((_, alpha3)) => alpha3.to_owned(),
            None => by_name(name, &tables.countries)?,
        };
        ensure!(incomes.insert(alpha3.clone(), income).is_none(), "two recipients joined to {alpha3}");
    }
    ensure!(by_hand.is_empty(), "joined by hand but not on the list of recipients: {by_hand:?}");
    Ok(incomes)
}

/// The one country that has exactly this English name in one of its three forms.
fn by_name(name: &str, countries: &Rows) -> Result<String> {
    let found: Vec<_> = countries
        .iter()
        .filter(|row| [TERMINOLOGY + 2, OFFICIAL + 2, EVERYDAY].iter().any(|column| tidy(&row[*column]) == name))
        .map(|row| row[0].as_str())
        .collect();
    match found[..] {
        [alpha3] => Ok(alpha3.to_owned()),
        _ => bail!("recipient `{name}` fits the countries {found:?}: settle it in recipient_join.csv, with the reason"),
    }
}

/// Registers the regions of a country and returns the finest.
fn place(row: &[String], regions: &mut BTreeMap<u16, Region>) -> Result<Option<u16>> {
    let mut finest = None;
    for (code, name) in [(3, 4), (5, 6), (7, 8)] {
        if row[code].is_empty() {
            continue;
        }
        let code: u16 = row[code].parse()?;
        let known = regions.entry(code).or_insert_with(|| Region { name: row[name].clone(), parent: finest });
        ensure!(known.name == row[name] && known.parent == finest, "region {code} has two names or two parents");
        finest = Some(code);
    }
    Ok(finest)
}

type Corrections = BTreeMap<(String, String), (String, String)>;

fn corrections(rows: &Rows) -> Result<Corrections> {
    let mut corrections = Corrections::new();
    for row in rows {
        ensure!(!row[4].is_empty(), "the correction for {} in {} gives no reason", row[0], row[1]);
        let before = corrections.insert((row[0].clone(), row[1].clone()), (row[2].clone(), row[3].clone()));
        ensure!(before.is_none(), "two corrections for {} in {}", row[0], row[1]);
    }
    Ok(corrections)
}

fn names(row: &[String], corrections: &mut Corrections) -> Result<[String; 6]> {
    let mut names = <[String; 6]>::default();
    for (index, language) in LANGUAGES.into_iter().enumerate() {
        let terminology = tidy(&row[TERMINOLOGY + index]);
        let name = if terminology.is_empty() { tidy(&row[OFFICIAL + index]) } else { terminology };
        names[index] = match corrections.remove(&(row[0].clone(), language.to_owned())) {
            Some((source, correction)) => {
                ensure!(source == name, "the {language} name is `{name}`, no longer `{source}`: review its correction");
                correction
            }
            None => name,
        };
        ensure!(!names[index].is_empty(), "no {language} name");
    }
    Ok(names)
}

/// A name without footnote stars and without an article put behind it, such as `(the)` or `(l')`; straight apostrophes.
fn tidy(name: &str) -> String {
    let name = name.replace('\u{2019}', "'");
    let name = name.trim_end_matches(['*', ' ']);
    let articles = ["the", "le", "la", "les", "l'", "el", "los", "las"];
    let shorter = name.strip_suffix(')').and_then(|open| open.rsplit_once(" ("));
    match shorter {
        Some((shorter, article)) if articles.contains(&article) => shorter.to_owned(),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::tidy;

    #[test]
    fn articles_and_footnote_marks_go_and_the_rest_stays() {
        assert_eq!(tidy("Afganistán (el)"), "Afganistán");
        assert_eq!(tidy("Cook Islands (the) **"), "Cook Islands");
        assert_eq!(tidy("État de Palestine (l’) *"), "État de Palestine");
        assert_eq!(tidy("Iran (République islamique d')"), "Iran (République islamique d')");
        assert_eq!(tidy("Micronesia (Federated States of)"), "Micronesia (Federated States of)");
    }
}
