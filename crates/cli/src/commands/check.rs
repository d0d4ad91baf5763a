//! `needmatch check`.

use std::path::PathBuf;
use std::process::ExitCode;

use needmatch_matching::eligibility::{Lookup, refusals};

use super::input;
use crate::print::output;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Scenario folder.
    folder: PathBuf,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let scenario = input::read_scenario(&arguments.folder)?;
    let frozen = input::freeze_scenario(&scenario)?;
    let report = &frozen.report;
    output::line(format_args!(
        "{}: {} requests, {} components, {} offers, {} eligible pairs; no errors",
        scenario.settings.name,
        scenario.requests.len(),
        scenario.components.len(),
        scenario.offers.len(),
        report.pairs
    ))?;
    let lookup = Lookup::of(&scenario);
    for id in &report.without_offer {
        let component = scenario.components.iter().find(|component| component.id == *id);
        let refused = component.and_then(|component| lookup.subject(&component.id)).map(|subject| refusals(&subject));
        let rules: Vec<_> = refused
            .unwrap_or_default()
            .iter()
            .map(|count| format!("{} refuses {} (alone {})", count.rule, count.offers, count.only))
            .collect();
        output::line(format_args!("{id}: no offer may serve it: {}", rules.join(", ")))?;
    }
    for warned in &report.warned {
        output::line(format_args!(
            "{}: {} is not met ({} offers would serve it all the same)",
            warned.component, warned.rule, warned.offers
        ))?;
    }
    for overridden in &report.overridden {
        output::line(format_args!(
            "locks.csv: {} by {} in {} overrides {}",
            overridden.component, overridden.offer, overridden.period, overridden.rule
        ))?;
    }
    for region in &report.floors_without_demand {
        output::line(format_args!(
            "scenario.toml: the floor of {region} asks for nothing, since nothing there has an eligible offer"
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}
