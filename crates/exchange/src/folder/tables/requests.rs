//! `requests.csv`: what states ask for.

use needmatch_domain::ids::PeriodLabel;
use needmatch_domain::scenario::{Obstacle, Request};

use super::Table;
use super::programmes::read_obstacle_code;
use crate::folder::cells::{Cells, join, show};
use crate::folder::table::{TableSpec, defaulted, optional, required};

/// Kinds of national contribution (¶105).
pub(crate) const CONTRIBUTION_KINDS: [&str; 3] = ["financial", "administrative", "in_kind"];

pub(crate) struct Requests;

impl Table for Requests {
    type Item = Request;

    const SPEC: TableSpec = TableSpec {
        file: "requests.csv",
        columns: &[
            required("id"),
            required("state"),
            optional("authority"),
            optional("title"),
            required("area"),
            defaulted("priority", "3"),
            defaulted("context", "none"),
            optional("action_plan_date"),
            optional("report_year"),
            defaulted("contribution_percent", "0"),
            optional("contribution_kinds"),
            defaulted("sustainability", "0"),
            optional("max_providers"),
            optional("excluded_providers"),
            optional("preferred_providers"),
            optional("circulated_to"),
            optional("sdg_targets"),
            optional("package"),
            optional("obstacles"),
            optional("source"),
        ],
        key: &["id"],
        required: true,
    };

    fn read(cells: &mut Cells<'_>) -> Option<Request> {
        let id = cells.id("id");
        let state = cells.state("state");
        let authority = cells.text("authority");
        let title = cells.text("title");
        let area = cells.area("area");
        let priority = cells.optional_whole("priority", 1..=5).unwrap_or(3);
        let context = cells.optional_word("context").unwrap_or_default();
        let action_plan_date = cells.optional_date("action_plan_date");
        let report_year = cells.optional_whole("report_year", 1900..=2200);
        let contribution_percent = cells.percent("contribution_percent");
        let contribution_kinds = cells.parts("contribution_kinds").into_iter().collect();
        for kind in &contribution_kinds {
            if !CONTRIBUTION_KINDS.contains(&String::as_str(kind)) {
                cells.refuse_word("contribution_kinds", kind, &CONTRIBUTION_KINDS);
            }
        }
        let sustainability = cells.percent("sustainability");
        let max_providers = cells.optional_whole("max_providers", 0..=1_000_000);
        let excluded_providers = cells.ids("excluded_providers");
        let preferred_providers = cells.ids("preferred_providers");
        let circulated_to = cells.ids("circulated_to");
        let sdg_targets = cells.ids("sdg_targets");
        let package = cells.optional_id("package");
        let obstacles = cells.parts("obstacles").iter().filter_map(|part| read_obstacle(cells, part)).collect();
        let source = cells.text("source");
        Some(Request {
            id: id?,
            state: state?,
            authority,
            title,
            area: area?,
            priority,
            context,
            action_plan_date,
            report_year,
            contribution_percent,
            contribution_kinds,
            sustainability,
            max_providers,
            excluded_providers,
            preferred_providers,
            circulated_to,
            sdg_targets,
            package,
            obstacles,
            source,
        })
    }

    fn write(request: &Request, _: &[PeriodLabel]) -> Vec<String> {
        vec![
            request.id.to_string(),
            request.state.to_string(),
            request.authority.clone(),
            request.title.clone(),
            request.area.to_string(),
            request.priority.to_string(),
            request.context.to_string(),
            show(request.action_plan_date),
            show(request.report_year),
            request.contribution_percent.to_string(),
            join(&request.contribution_kinds),
            request.sustainability.to_string(),
            show(request.max_providers),
            join(&request.excluded_providers),
            join(&request.preferred_providers),
            join(&request.circulated_to),
            join(&request.sdg_targets),
            show(request.package.as_ref()),
            join(request.obstacles.iter().map(|obstacle| match &obstacle.mitigation {
                Some(component) => format!("{}@{component}", obstacle.code),
                None => obstacle.code.clone(),
            })),
            request.source.clone(),
        ]
    }
}

/// `code`, or `code@component` where a component mitigates it.
fn read_obstacle(cells: &mut Cells<'_>, part: &str) -> Option<Obstacle> {
    let (code, component) = match part.split_once('@') {
        Some((code, component)) => (code.trim(), Some(component.trim())),
        None => (part, None),
    };
    let known = cells.known;
    let mitigation = component.map(|id| cells.check_reference("obstacles", id, &known.components));
    let code = read_obstacle_code(cells, "obstacles", code)?;
    match mitigation {
        Some(refused_or_found) => Some(Obstacle { code, mitigation: Some(refused_or_found?) }),
        None => Some(Obstacle { code, mitigation: None }),
    }
}
