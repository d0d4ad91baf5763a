//! `context` (¶96): the offer names contexts and the request's is none of them.

use super::Pairing;

pub(super) fn refuses(pairing: &Pairing<'_>) -> bool {
    let accepted = &pairing.offer.contexts;
    !accepted.is_empty() && !accepted.contains(&pairing.subject.request.context)
}

#[cfg(test)]
mod tests {
    use needmatch_domain::area::Context;
    use needmatch_domain::rule::Rule;

    use super::super::tests::{allows, follows_mode};
    use crate::test_scenario::one_pair;

    #[test]
    fn an_offer_for_other_contexts_is_refused() {
        let accepts = |contexts: &[Context]| {
            one_pair().with(|scenario| scenario.offers[0].contexts = contexts.iter().copied().collect())
        };
        follows_mode(Rule::Context, &accepts(&[Context::Conflict, Context::PostConflict]));
        allows(Rule::Context, accepts(&[Context::None]));
    }
}
