//! The routes of the service: the API's from its own description, the others from the routers' sources.

use std::collections::BTreeSet;

use needmatch_app::lifecycle::{COMMITMENT, OFFER, PACKAGE, PACKAGE_MEMBER, REQUEST};
use serde_json::Value;

/// Sources of routers that have no description, with the functions that name methods.
const ROUTERS: [&str; 2] =
    [include_str!("../../crates/web/src/router.rs"), include_str!("../../crates/api/src/router.rs")];

/// Every route with every method.
pub(crate) fn all() -> BTreeSet<(String, String)> {
    let description: Value = serde_json::from_str(&needmatch_api::openapi()).expect("JSON");
    let mut routes = BTreeSet::new();
    for (path, item) in description["paths"].as_object().expect("paths") {
        for method in item.as_object().expect("methods").keys() {
            routes.insert((method.to_uppercase(), path.clone()));
        }
    }
    for source in ROUTERS {
        for piece in source.split(".route(\"").skip(1) {
            let (path, rest) = piece.split_once('"').expect("a path ends");
            let line = rest.lines().next().unwrap_or_default();
            let methods = ["get", "post", "put", "patch", "delete"];
            let found: Vec<_> = methods.iter().filter(|name| line.contains(&format!("{name}("))).collect();
            // `any` serves what is not there.
            assert!(!found.is_empty() || line.contains("any("), "{path} has methods this test cannot read: {line}");
            routes.extend(found.into_iter().map(|method| (method.to_uppercase(), path.to_owned())));
        }
    }
    routes
}

/// Addresses whose last part is a step, with the steps there are.
pub(crate) fn steps() -> Vec<(&'static str, Vec<&'static str>)> {
    let of_packages = PACKAGE.iter().map(|row| row.step).chain(PACKAGE_MEMBER.iter().map(|row| row.step));
    vec![
        ("/api/v1/packages/{id}/{step}", of_packages.collect()),
        ("/api/v1/requests/{id}/{step}", REQUEST.iter().map(|row| row.step).collect()),
        ("/api/v1/offers/{id}/{step}", OFFER.iter().map(|row| row.step).collect()),
        ("/api/v1/commitments/{id}/{step}", COMMITMENT.iter().map(|row| row.step).collect()),
    ]
}
