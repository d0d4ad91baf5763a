//! Every way in which a run can be wrong, once: its name, the rule it breaks, what its entities are, its sentence.
//! In a sentence `{0}` `{1}` `{2}` are the entities, `{a}` and `{b}` the amounts: what was found, what is right.

use needmatch_domain::rule::Rule;
use serde::{Serialize, Serializer};

use crate::name::Entity::{self, Ceiling, Channel, Component, Floor, Offer, Period, Request, State};

macro_rules! codes {
    ($($variant:ident $name:literal $rule:expr, [$($entity:expr),*], $sentence:literal;)+) => {
        /// What kind of thing is wrong.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "the sentence of each says what it means")]
        pub enum Code { $($variant,)+ }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The name used in files and translations.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// The rule that is broken, if it is one of the plan's.
            pub fn rule(self) -> Option<Rule> {
                match self { $(Self::$variant => $rule,)+ }
            }

            /// The English sentence, with places for entities and amounts.
            pub fn sentence(self) -> &'static str {
                match self { $(Self::$variant => $sentence,)+ }
            }

            /// Tables that the positions of a broken rule point into.
            pub(crate) fn entities(self) -> &'static [Entity] {
                match self { $(Self::$variant => &[$($entity),*],)+ }
            }
        }
    };
}

codes! {
    Format "format" None, [], "the format is {0}; this version reads {1}";
    RulesVersion "rules_version" None, [], "the run follows version {a} of the rules; this version knows {b}";
    Digest "digest" None, [], "the digest is {0}, but the content gives {1}: the file was changed after it was sealed";
    ProblemHash "problem_sha256" None, [], "the run is about problem {0}, but the problem given is {1}";
    ProblemDiffers "problem" None, [], "the problem inside the run is not the problem given";
    ProblemMissing "problem.missing" None, [], "the run holds no problem: give the problem's file as well";
    ProblemFault "problem.fault" None, [], "{0}: {1}";
    ProblemSize "problem.size" None, [], "the problem needs {a} unknowns; at most {b} are recounted";
    GoalTwice "problem.goal_twice" None, [], "goal {0} is listed twice";

    MatchOrder "plan.order" None, [], "match {a} is out of order or given twice: sort by component, offer and period";
    MatchUnknown "plan.unknown" None, [], "match {a} points outside the tables of the problem";
    MatchQuantity "plan.quantity" None, [Component, Offer, Period], "component {0} receives {a} from offer {1} in {2}: a match has at least 1 and at most {b}";
    MatchIneligible "plan.ineligible" None, [Component, Offer, Period], "offer {1} may not serve component {0} in {2}";

    DemandTotal "demand.total" Some(Rule::Demand), [Component], "component {0} receives {a} of {b} outstanding";
    DemandPeriod "demand.period" Some(Rule::Demand), [Component, Period], "component {0} receives {a} in {1}, where {b} can be used";
    DemandWhole "demand.whole" Some(Rule::Demand), [Component, Offer, Period], "component {0} comes whole or not at all: offer {1} gives {a} of {b} in {2}";
    Minimum "minimum" Some(Rule::Minimum), [Component], "component {0} receives {a}; less than {b} is of no use";
    CapacityTotal "capacity.total" Some(Rule::Capacity), [Offer], "offer {0} gives {a} of {b}";
    CapacityPeriod "capacity.period" Some(Rule::Capacity), [Offer, Period], "offer {0} gives {a} of {b} in {1}";
    TicketLeast "ticket.least" Some(Rule::Ticket), [Offer, Request], "offer {0} gives {a} to request {1}, at least {b} wanted";
    TicketMost "ticket.most" Some(Rule::Ticket), [Offer, Request], "offer {0} gives {a} to request {1}, at most {b} allowed";
    StateLimit "state_limit" Some(Rule::StateLimit), [Offer, State], "offer {0} gives {a} to {1}, at most {b} allowed";
    Reach "reach" Some(Rule::Reach), [Offer], "offer {0} takes part in {a} requests, at most {b} allowed";
    Fragmentation "fragmentation" Some(Rule::Fragmentation), [Request], "request {0} has {a} providers, at most {b} allowed";
    Bundle "bundle" Some(Rule::Bundle), [Component, Component], "component {0} is served without component {1}, which it requires";
    Choice "choice" Some(Rule::Choice), [Component], "{a} alternatives of component {0} are served together, at most {b} allowed";
    Sustainability "sustainability" Some(Rule::Sustainability), [Request], "request {0} reaches {a} points of sustainability, {b} wanted";
    Obstacle "obstacle" Some(Rule::Obstacle), [Request, Entity::Position], "request {0} is served although nothing removes its obstacle {1}";
    AbsorptionAmount "absorption.amount" Some(Rule::Absorption), [State, Period], "{0} receives {a} in {1}, where it can take in {b}";
    AbsorptionRequests "absorption.requests" Some(Rule::Absorption), [State, Period], "{0} runs {a} requests in {1}, where it can run {b}";
    Channel "channel" Some(Rule::Channel), [Channel], "channel {0} carries {a} of {b}";
    RegionalFloor "regional_floor" Some(Rule::RegionalFloor), [Floor], "region {0} receives {a}, at least {b} due";
    RegionalCeiling "regional_ceiling" Some(Rule::RegionalCeiling), [Ceiling], "region {0} receives {a}, at most {b} of this plan allowed";
    Package "package" Some(Rule::Package), [Request, Request], "requests {0} and {1} stand in one package, but only one of them is served";
    Precedence "precedence" Some(Rule::Precedence), [Component, Offer, Period], "component {0} receives from offer {1} in {2} before anything of the step before it has arrived";
    Locked "locked" Some(Rule::Locked), [Entity::Lock], "the lock {0} asks for {b}, the plan gives {a}";

    GoalList "goals" None, [], "the run lists the goals {0}, the problem {1}";
    GoalValue "goals.value" None, [], "goal {0} is {a} in the plan, the run says {b}";
    GoalBest "goals.best" None, [], "no plan in the run reaches the best of goal {0}: {a} is reached, {b} is claimed";
    GoalHeld "goals.held" None, [], "goal {0} has fallen to {a}, while it is held at {b}";
    GoalBelow "goals.below" None, [], "the bound of goal {0} is {a}, below its best {b}";
    GoalBound "goals.bound" None, [], "the proof of goal {0} gives no bound below {b}, the run claims {a}";
    GoalGap "goals.gap" None, [], "the gap of goal {0} is {1} permille, the run says {2}";
    Totals "totals" None, [], "the plan has {a} {0}, the run says {b}";
    Status "status" None, [], "the run says {0}, its goals give {1}";
    InfeasiblePlan "status.plan" None, [], "an infeasible run has no plan, goals, totals or stages";
    InfeasibleMissing "status.proof" None, [], "the run says infeasible without a proof";
    InfeasibleStray "status.stray" None, [], "a run with a plan may not carry a proof that there is none";
    Explanation "explanations" None, [], "{0} point outside the tables of the problem";

    ProofGoal "proof.goal" None, [], "there is no goal {a}, or not every goal before it is held";
    ProofScale "proof.scale" None, [], "a leaf has scale {a}, at most {b} is read";
    ProofOrder "proof.order" None, [], "the multiplier of {0} is out of order or given twice";
    ProofRow "proof.row" None, [], "the problem has no row {0}";
    ProofSign "proof.sign" None, [], "the multiplier of {0} is {a}: only an equality may have one below 0";
    ProofColumn "proof.column" None, [], "the problem has no column {0}";
    ProofSplit "proof.split" None, [], "column {0} cannot be split at {a}: it lies between {1} and {2} there";
    ProofDepth "proof.depth" None, [], "the tree is deeper than {b} splits";
    ProofOverflow "proof.overflow" None, [], "the numbers of a leaf do not fit 128 bits: use a smaller scale";
    ProofWork "proof.work" None, [], "the tree asks for more than {b} steps";
    ProofOpen "proof.open" None, [], "a branch said to hold no plan may hold one: its sum is {a}, not below 0";
    ProofCut "proof.cut" None, [], "cut {0} is not derived as cuts are: {1}";
    ProofCutPlace "proof.cut_place" None, [], "cuts may only stand at the root of a proof";
    ProofBound "proof.bound" None, [], "a proof that there is no plan may only have branches without one";

    More "more" None, [], "and {a} more findings";
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
