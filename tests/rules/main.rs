//! Every rule and goal as `docs/rules.md` describes it: each rule alone, through the whole way of `match`, each example
//! of the page, and the page itself against the code.

mod alone;
mod eligibility;
mod goals;
mod page;
mod pair;
mod plan;
