//! `consent` (¶104): the state excludes the provider, or circulated the request to others only.

use super::Pairing;

pub(super) fn refuses(pairing: &Pairing<'_>) -> bool {
    let (request, provider) = (pairing.subject.request, &pairing.offer.provider);
    let shown = request.circulated_to.is_empty() || request.circulated_to.contains(provider);
    request.excluded_providers.contains(provider) || !shown
}

#[cfg(test)]
mod tests {
    use needmatch_domain::rule::Rule;
    use needmatch_domain::scenario::Request;

    use super::super::tests::{allows, follows_mode, refuses};
    use crate::test_scenario::{id, one_pair};

    #[test]
    fn a_provider_the_state_excludes_or_did_not_show_the_request_is_refused() {
        let request = |change: fn(&mut Request)| one_pair().with(|scenario| change(&mut scenario.requests[0]));
        follows_mode(Rule::Consent, &request(|request| request.excluded_providers = [id("D1")].into()));
        refuses(Rule::Consent, request(|request| request.circulated_to = [id("D2")].into()));
        refuses(
            Rule::Consent,
            request(|request| {
                request.circulated_to = [id("D1")].into();
                request.excluded_providers = [id("D1")].into();
            }),
        );
        allows(Rule::Consent, request(|request| request.circulated_to = [id("D1")].into()));
        allows(Rule::Consent, request(|request| request.excluded_providers = [id("D2")].into()));
    }
}
