//! Explanations are no part of the claim, but everybody who shows them looks their entities up: none may point outside
//! the tables of the problem.

use needmatch_domain::problem::Problem;
use needmatch_domain::reason::{Demand, Explanations, Reason};

use crate::code::Code;
use crate::finding::Finding;
use crate::report::Report;

pub(crate) fn check(problem: &Problem, explanations: &Explanations, report: &mut Report) {
    let outside = |what: &str| Finding::about(Code::Explanation, &[&format!("reasons of {what}")], &[]);
    let component = |position: usize| position < problem.components.len();
    let offer = |position: usize| position < problem.offers.len();
    let period = |position: usize| position < problem.periods.len();
    let matches = explanations
        .matches
        .iter()
        .all(|reason| component(reason.component.at()) && offer(reason.offer.at()) && period(reason.period.at()));
    report.unless(matches, || outside("matches"));
    let links = |reason: &Reason| match reason {
        Reason::Outbid { offer: taken, .. } => offer(taken.at()),
        Reason::RequiredUnserved { required } => component(required.at()),
        Reason::AlternativeServed { alternative } => component(alternative.at()),
        Reason::PackageUnserved { request } => request.at() < problem.requests.len(),
        Reason::Absorption { state, period: when } => state.at() < problem.states.len() && period(when.at()),
        Reason::NoEligibleOffer { .. }
        | Reason::ObstacleUnmitigated { .. }
        | Reason::SustainabilityShort { .. }
        | Reason::MinimumUnreachable { .. }
        | Reason::RuleBinds { .. } => true,
    };
    let unserved =
        explanations.unserved.iter().all(|reason| component(reason.component.at()) && reason.chain.iter().all(links));
    report.unless(unserved, || outside("components"));
    let demands = |demand: &Demand| match demand {
        Demand::Lock { component: served, offer: serving, period: when, .. } => {
            component(served.at()) && offer(serving.at()) && period(when.at())
        }
        Demand::Absorption { state, period: when } => state.at() < problem.states.len() && period(when.at()),
        Demand::OfferTerms { offer: setting } => offer(setting.at()),
        Demand::Providers { request } => request.at() < problem.requests.len(),
        Demand::Floor { .. } | Demand::Ceiling { .. } | Demand::Channel { .. } | Demand::Rule { .. } => true,
    };
    report.unless(explanations.conflict.iter().all(demands), || outside("the conflict"));
    report.unless(explanations.offers.iter().all(|reason| offer(reason.offer.at())), || outside("offers"));
}
