//! `report` (¶87): the offer wants a national report since a year; the latest is older, or there is none.

use super::Pairing;

pub(super) fn refuses(pairing: &Pairing<'_>) -> bool {
    let latest = pairing.subject.request.report_year;
    pairing.offer.report_since.is_some_and(|since| latest.is_none_or(|year| year < since))
}

#[cfg(test)]
mod tests {
    use needmatch_domain::rule::Rule;

    use super::super::tests::{allows, follows_mode, refuses};
    use crate::test_scenario::one_pair;

    #[test]
    fn no_report_or_one_before_the_year_is_refused() {
        let reported = |latest: Option<i16>| {
            one_pair().with(|scenario| {
                scenario.offers[0].report_since = Some(2024);
                scenario.requests[0].report_year = latest;
            })
        };
        follows_mode(Rule::Report, &reported(None));
        refuses(Rule::Report, reported(Some(2023)));
        allows(Rule::Report, reported(Some(2024)));
    }
}
