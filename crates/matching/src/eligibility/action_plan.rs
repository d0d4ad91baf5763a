//! `action_plan` (¶91): the offer requires a national action plan and there is none, or it is older than the
//! scenario's `max_years` on the day the scenario is dated.

use needmatch_domain::scenario::settings::DEFAULT_ACTION_PLAN_YEARS;
use needmatch_domain::scenario::{Request, Settings};

use super::Pairing;

pub(super) fn refuses(pairing: &Pairing<'_>) -> bool {
    pairing.offer.requires_action_plan
        && !is_current(pairing.subject.request, &pairing.subject.lookup.scenario.settings)
}

/// Whether the request has a plan whose last anniversary within `max_years` has not passed. A plan dated on 29 February
/// of a leap year expires after that day's place in the calendar, so on 1 March of a common year.
pub(crate) fn is_current(request: &Request, settings: &Settings) -> bool {
    let years = i64::from(settings.rules.action_plan_years.unwrap_or(DEFAULT_ACTION_PLAN_YEARS));
    let today = settings.as_of;
    request.action_plan_date.is_some_and(|dated| {
        (i64::from(dated.year()) + years, dated.month(), dated.day())
            >= (i64::from(today.year()), today.month(), today.day())
    })
}

#[cfg(test)]
mod tests {
    use needmatch_domain::rule::Rule;

    use super::super::tests::{allows, follows_mode, refuses};
    use crate::test_scenario::{ScenarioBuilder, id, one_pair};

    fn dated(date: Option<&str>, years: Option<u32>) -> ScenarioBuilder {
        one_pair().with(|scenario| {
            scenario.offers[0].requires_action_plan = true;
            scenario.requests[0].action_plan_date = date.map(id);
            scenario.settings.rules.action_plan_years = years;
        })
    }

    #[test]
    fn no_plan_or_one_older_than_five_years_is_refused() {
        follows_mode(Rule::ActionPlan, &dated(None, None));
        refuses(Rule::ActionPlan, dated(Some("2020-12-31"), None));
        allows(Rule::ActionPlan, dated(Some("2021-01-01"), None));
        allows(
            Rule::ActionPlan,
            dated(Some("2020-12-31"), None).with(|scenario| {
                scenario.offers[0].requires_action_plan = false;
            }),
        );
    }

    #[test]
    fn the_scenario_sets_the_years() {
        refuses(Rule::ActionPlan, dated(Some("2024-12-31"), Some(1)));
        allows(Rule::ActionPlan, dated(Some("2025-01-01"), Some(1)));
        allows(Rule::ActionPlan, dated(Some("0001-01-01"), Some(u32::MAX)));
    }

    #[test]
    fn a_plan_of_a_leap_day_is_current_through_february() {
        let leap =
            |today: &str| dated(Some("2024-02-29"), Some(1)).with(|scenario| scenario.settings.as_of = id(today));
        allows(Rule::ActionPlan, leap("2025-02-28"));
        refuses(Rule::ActionPlan, leap("2025-03-01"));
    }
}
