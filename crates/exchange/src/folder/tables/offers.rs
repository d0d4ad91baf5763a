//! `offers.csv`: what providers give.

use needmatch_domain::ids::{PeriodLabel, UnitCode};
use needmatch_domain::money::MAX_AMOUNT;
use needmatch_domain::scenario::{Form, Offer};

use super::components::CURRENCY;
use super::{Table, window_cells};
use crate::error::ErrorCode;
use crate::folder::cells::{Cells, join, show};
use crate::folder::currency;
use crate::folder::table::{TableSpec, defaulted, optional, required};

pub(crate) struct Offers;

impl Table for Offers {
    type Item = Offer;

    const SPEC: TableSpec = TableSpec {
        file: "offers.csv",
        columns: &[
            required("id"),
            required("provider"),
            optional("title"),
            required("form"),
            optional("types"),
            optional("areas"),
            optional("item"),
            required("unit"),
            required("quantity"),
            optional("unit_value"),
            defaulted("firmness", "commitment"),
            optional("states"),
            optional("regions"),
            optional("groups"),
            optional("excluded_states"),
            optional("contexts"),
            optional("from"),
            optional("to"),
            optional("ticket_min"),
            optional("ticket_max"),
            optional("state_max"),
            optional("max_requests"),
            defaulted("min_contribution_percent", "0"),
            defaulted("min_sustainability", "0"),
            defaulted("requires_action_plan", "false"),
            optional("report_since"),
            optional("channel"),
            defaulted("delivery_permille", "1000"),
            optional("preferred_areas"),
            optional("sdg_targets"),
            defaulted("visibility", "public"),
        ],
        key: &["id"],
        required: true,
    };

    fn read(cells: &mut Cells<'_>) -> Option<Offer> {
        let known = cells.known;
        let id = cells.id("id");
        let provider = cells.id("provider");
        let title = cells.text("title");
        let form = cells.word::<Form>("form");
        let types = cells.words("types");
        let areas = cells.areas("areas");
        let item = cells.optional_id("item");
        let unit = cells.id::<UnitCode>("unit");
        if let (Some(form), Some(unit)) = (form, &unit) {
            check_unit(cells, form, unit);
        }
        let quantity = cells.whole("quantity", 1..=MAX_AMOUNT);
        let unit_value = cells.optional_amount("unit_value");
        let firmness = cells.optional_word("firmness").unwrap_or_default();
        let states = cells.states("states");
        let regions = cells.regions("regions");
        let groups = cells.groups("groups");
        let excluded_states = cells.states("excluded_states");
        let contexts = cells.words("contexts");
        let window = cells.window();
        let ticket_min = cells.optional_amount("ticket_min");
        let ticket_max = cells.optional_amount("ticket_max");
        if let (Some(least), Some(ticket_max)) = (ticket_min, ticket_max)
            && least > ticket_max
        {
            cells.refuse("ticket_min", Some(&least.to_string()), ErrorCode::TicketsUpsideDown { ticket_max });
        }
        let state_max = cells.optional_amount("state_max");
        let max_requests = cells.optional_whole("max_requests", 0..=1_000_000_000);
        let min_contribution_percent = cells.percent("min_contribution_percent");
        let min_sustainability = cells.percent("min_sustainability");
        let requires_action_plan = cells.optional_boolean("requires_action_plan").unwrap_or(false);
        let report_since = cells.optional_whole("report_since", 1900..=2200);
        let channel = cells.optional_reference("channel", &known.channels);
        let delivery_permille = cells.optional_whole("delivery_permille", 1..=1_000_000).unwrap_or(1000);
        let preferred_areas = cells.areas("preferred_areas");
        let sdg_targets = cells.ids("sdg_targets");
        let visibility = cells.optional_word("visibility").unwrap_or_default();
        Some(Offer {
            id: id?,
            provider: provider?,
            title,
            form: form?,
            types,
            areas,
            item,
            unit: unit?,
            quantity: quantity?,
            unit_value,
            firmness,
            states,
            regions,
            groups,
            excluded_states,
            contexts,
            window,
            ticket_min,
            ticket_max,
            state_max,
            max_requests,
            min_contribution_percent,
            min_sustainability,
            requires_action_plan,
            report_since,
            channel,
            delivery_permille,
            preferred_areas,
            sdg_targets,
            visibility,
        })
    }

    fn write(offer: &Offer, periods: &[PeriodLabel]) -> Vec<String> {
        let [from, to] = window_cells(offer.window, periods);
        vec![
            offer.id.to_string(),
            offer.provider.to_string(),
            offer.title.clone(),
            offer.form.to_string(),
            join(&offer.types),
            join(&offer.areas),
            show(offer.item.as_ref()),
            offer.unit.to_string(),
            offer.quantity.to_string(),
            show(offer.unit_value),
            offer.firmness.to_string(),
            join(&offer.states),
            join(&offer.regions),
            join(&offer.groups),
            join(&offer.excluded_states),
            join(&offer.contexts),
            from,
            to,
            show(offer.ticket_min),
            show(offer.ticket_max),
            show(offer.state_max),
            show(offer.max_requests),
            offer.min_contribution_percent.to_string(),
            offer.min_sustainability.to_string(),
            offer.requires_action_plan.to_string(),
            show(offer.report_since),
            show(offer.channel.as_ref()),
            offer.delivery_permille.to_string(),
            join(&offer.preferred_areas),
            join(&offer.sdg_targets),
            offer.visibility.to_string(),
        ]
    }
}

/// Money has a currency for unit, anything else has not.
fn check_unit(cells: &mut Cells<'_>, form: Form, unit: &UnitCode) {
    match form {
        Form::InKind if unit.as_str() == CURRENCY => {
            cells.refuse("unit", Some(unit.as_str()), ErrorCode::CurrencyInKind {});
        }
        Form::Money if unit.as_str() != CURRENCY && !currency::exists(unit.as_str()) => {
            let near = currency::nearest(unit.as_str(), &cells.known.candidates);
            cells.refuse("unit", Some(unit.as_str()), ErrorCode::UnitOfMoney { near });
        }
        _ => {}
    }
}
