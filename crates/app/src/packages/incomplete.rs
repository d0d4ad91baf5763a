//! Which requests do not take part in a round because another of their package cannot: joint requests are served together
//! or not at all, so half of a package is not asked for.
//!
//! What a state has not handed in yet is no part of it, and what is withdrawn, expired or met holds nobody up.

use std::collections::{BTreeMap, BTreeSet};

use needmatch_domain::ids::{PackageId, RequestId};

/// A request of a package that was handed in and has not ended, of a state that has joined it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The request.
    pub request: RequestId,
    /// Its package.
    pub package: PackageId,
}

/// Why a request does not take part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incomplete {
    /// The package.
    pub package: PackageId,
    /// The first of its requests, by reference, that cannot take part.
    pub lacks: RequestId,
}

/// Of the requests that could take part, those whose package lacks one, each with the reason; in the order of references.
pub fn incomplete(standing: &[Standing], could_take_part: &BTreeSet<RequestId>) -> Vec<(RequestId, Incomplete)> {
    let mut lacking: BTreeMap<&PackageId, &RequestId> = BTreeMap::new();
    for one in standing.iter().filter(|one| !could_take_part.contains(&one.request)) {
        let first = lacking.entry(&one.package).or_insert(&one.request);
        *first = (*first).min(&one.request);
    }
    let mut left_out: Vec<_> = standing
        .iter()
        .filter(|one| could_take_part.contains(&one.request))
        .filter_map(|one| {
            let lacks = (*lacking.get(&one.package)?).clone();
            Some((one.request.clone(), Incomplete { package: one.package.clone(), lacks }))
        })
        .collect();
    left_out.sort_by(|left, right| left.0.cmp(&right.0));
    left_out
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Standing, incomplete};

    fn standing(requests: &[(&str, &str)]) -> Vec<Standing> {
        let one = |(request, package): &(&str, &str)| Standing {
            request: request.parse().unwrap(),
            package: package.parse().unwrap(),
        };
        requests.iter().map(one).collect()
    }

    #[test]
    fn a_package_takes_part_whole_or_not_at_all_and_others_are_not_held_up() {
        let all = standing(&[("C", "road"), ("A", "road"), ("B", "road"), ("D", "sea"), ("E", "sea")]);
        let could = |names: &[&str]| names.iter().map(|name| name.parse().unwrap()).collect::<BTreeSet<_>>();
        let told = |names: &[&str]| -> Vec<(String, String)> {
            let found = incomplete(&all, &could(names));
            found.into_iter().map(|(request, why)| (request.to_string(), why.lacks.to_string())).collect()
        };
        let pair = |left: &str, right: &str| (left.to_owned(), right.to_owned());
        assert_eq!(told(&["A", "B", "C", "D", "E"]), []);
        assert_eq!(told(&["B", "D", "E"]), [pair("B", "A")]);
        assert_eq!(told(&["C", "B", "E"]), [pair("B", "A"), pair("C", "A"), pair("E", "D")]);
        assert_eq!(told(&[]), []);
        assert_eq!(incomplete(&[], &could(&["A"])), [], "what names no package is not looked at");
    }
}
