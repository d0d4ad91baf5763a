//! What stands between a request and a match (¶87, 106): findings with a code, an example of a good answer, and how
//! many of the offers that the reader may see each would open.
//!
//! A reader learns nothing of what it may not see: the surroundings and the offers handed in must hold only what is
//! visible to it, and nothing else is looked at.
//!
//! To add a finding: name it in [`FindingCode`], raise it in `request_findings` or `component_findings`, describe it in
//! `docs/quality.md`.

mod component_findings;
mod draft;
mod finding;
mod opening;
mod request_findings;
mod surroundings;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use needmatch_domain::ids::RequestId;
use needmatch_domain::scenario::{Offer, Scenario};
use rayon::prelude::*;
use serde::Serialize;

pub use draft::{Draft, Unfilled};
pub use finding::{Finding, FindingCode, Severity};
pub use surroundings::Surroundings;

use opening::Opening;

/// How good a request is, judged by what matching needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Assessment {
    /// The request.
    pub request: RequestId,
    /// 100 less what each code found costs, once however often it is found: 25 blocking, 10 major, 4 minor; at least 0.
    pub score: u8,
    /// Whether nothing that blocks was found.
    pub matchable: bool,
    /// Visible offers that may serve one of its complete components as it stands.
    pub offers_now: u32,
    /// What was found: the request's own first, then by component.
    pub findings: Vec<Finding>,
}

/// Assesses one request. Cost: every offer once per component.
pub fn assess(surroundings: &Surroundings<'_>, draft: &Draft, offers: &[&Offer]) -> Assessment {
    let opening = Opening::of(surroundings, draft, offers);
    let mut findings = request_findings::find(surroundings, draft, &opening);
    findings.extend(component_findings::find(surroundings, draft, &opening));
    let mut worst: BTreeMap<FindingCode, Severity> = BTreeMap::new();
    for finding in &findings {
        let severity = worst.entry(finding.code).or_insert(finding.severity);
        *severity = finding.severity.max(*severity);
    }
    let cost: u8 = worst.values().fold(0, |cost, severity| cost.saturating_add(severity.cost()));
    Assessment {
        request: draft.request.id.clone(),
        score: 100_u8.saturating_sub(cost),
        matchable: worst.values().all(|severity| *severity != Severity::Blocking),
        offers_now: opening.now(),
        findings,
    }
}

/// Assesses every request of a scenario, in its order, with the offers that the reader may see.
pub fn findings(scenario: &Scenario, offers: &[&Offer]) -> Vec<Assessment> {
    let surroundings = Surroundings::of(scenario);
    let drafts = scenario.requests.par_iter().map(|request| Draft::of(&surroundings, request));
    drafts.map(|draft| assess(&surroundings, &draft, offers)).collect()
}
