//! `scenario.toml`: what it may say, and how it is refused.

use std::collections::BTreeMap;

use needmatch_domain::goal::{EquityBy, Gap, GoalName};
use needmatch_domain::rule::{Mode, Rule};
use needmatch_exchange::{read_settings, write_settings};
use rstest::rstest;

use super::small::Files;

#[test]
fn every_section_is_read() {
    let scenario = Files::small()
        .settings(
            r#"
[areas]
nutrition = "Nutrition"
shelter = { name = "Shelter" }
[rates]
EUR = "1.09"
JPY = 0.0067
GBP = 2
[rules]
sustainability = { threshold = 40, by_group = { LDC = 30 } }
contribution = { mode = "warn", threshold = 10 }
regional_floor = { share_permille = { "Western Africa" = 100, "014" = 50 } }
embargo = { mode = "enforce", states = ["GHA"], types = ["equipment"] }
action_plan = { max_years = 3 }
precedence = "enforce"
demand = "enforce"
[goals]
order = [ "coverage", { goal = "equity", by = "region", give = 20 }, { goal = "economy", give = 5, provider_cost = 10 } ]
[weights]
priority = [5, 4, 3, 2, 1]
area = { marking = 1500, nutrition = 0 }
context = { conflict = 1200 }
group = { LDC = 1200 }
[limits]
gap_permille = 0.125
seconds = 5
threads = 2
seed = "18446744073709551615"
"#,
        )
        .scenario();
    let settings = &scenario.settings;
    assert_eq!(settings.areas.iter().map(|area| area.name.as_str()).collect::<Vec<_>>(), ["Nutrition", "Shelter"]);
    assert_eq!(settings.rates.values().map(ToString::to_string).collect::<Vec<_>>(), ["1.09", "2", "0.0067"]);
    let rules = &settings.rules;
    assert_eq!((rules.sustainability.threshold, rules.sustainability.by_group.len()), (40, 1));
    assert_eq!((rules.mode(Rule::Contribution), rules.mode(Rule::Precedence)), (Mode::Warn, Mode::Enforce));
    assert_eq!(rules.mode(Rule::Sustainability), Mode::Enforce);
    assert_eq!(rules.regional_floor.values().copied().collect::<Vec<_>>(), [50, 100]);
    assert_eq!((rules.embargo_states.len(), rules.embargo_types.len(), rules.action_plan_years), (1, 1, Some(3)));
    let goals: Vec<_> = settings.goals.iter().map(|goal| (goal.goal, goal.give)).collect();
    assert_eq!(goals, [(GoalName::Coverage, 0), (GoalName::Equity, 20), (GoalName::Economy, 5)]);
    assert_eq!((settings.goals[1].by, settings.goals[2].provider_cost), (EquityBy::Region, 10));
    assert_eq!(settings.weights.priority, [5, 4, 3, 2, 1]);
    assert_eq!(settings.weights.area.values().copied().collect::<Vec<_>>(), [1500, 0]);
    assert_eq!(settings.limits.gap_permille, Gap { thousandths: 125 });
    assert_eq!((settings.limits.seconds, settings.limits.threads, settings.limits.seed), (5, 2, u64::MAX));
}

#[rstest]
#[case(
    "currncy = \"USD\"",
    "line 4, currncy: currncy is no setting here (did you mean currency?); rename or remove it"
)]
#[case(
    "[rates]\nEUR = \"1,09\"",
    "line 5, rates.EUR: \"1,09\" is no exchange rate; write a positive decimal such as \"1.09\", at most nine places, at most 1000000"
)]
#[case(
    "[rates]\nEUR = -1",
    "line 5, rates.EUR: -1 is no exchange rate; write a positive decimal such as \"1.09\", at most nine places, at most 1000000"
)]
#[case(
    "[rates]\nEUT = \"1\"",
    "line 5, rates.EUT: EUT is no ISO 4217 currency (did you mean EUR?); write a code such as EUR"
)]
#[case(
    "[rates]\nUSD = \"2\"",
    "line 5, rates.USD: 2 is not 1, the rate of the accounting currency to itself; remove the line"
)]
#[case(
    "[rules]\nbundel = \"off\"",
    "line 5, rules.bundel: bundel is no rule (did you mean bundle?); write the name of a rule or remove the line"
)]
#[case(
    "[rules]\nbundle = \"of\"",
    "line 5, rules.bundle: of is none of enforce, warn, off (did you mean off?); write one of them"
)]
#[case("[rules]\nbundle = 1", "line 5, rules.bundle: 1 is not a table; write a table")]
#[case(
    "[rules]\ncapacity = \"warn\"",
    "line 5, rules.capacity: warn cannot be the mode of capacity, which every plan must keep; remove the line or write enforce"
)]
#[case(
    "[rules]\nforbidden = { mode = \"off\" }",
    "line 5, rules.forbidden: off cannot be the mode of forbidden, which every plan must keep; remove the line or write enforce"
)]
#[case(
    "[rules]\ncontribution = { treshold = 10 }",
    "line 5, rules.contribution.treshold: treshold is no setting here (did you mean threshold?); rename or remove it"
)]
#[case(
    "[rules]\ncontribution = { threshold = 101 }",
    "line 5, rules.contribution.threshold: 101 is outside 0 to 100; write a whole number in that range"
)]
#[case(
    "[rules]\ncontribution = { threshold = 1.5 }",
    "line 5, rules.contribution.threshold: 1.5 is no whole number; write digits only, without sign, fraction, exponent or separator"
)]
#[case(
    "[rules]\nsustainability = { by_group = { LCD = 30 } }",
    "line 5, rules.sustainability.by_group.LCD: LCD is none of LDC, LLDC, SIDS, ODA (did you mean LDC?); write one of them"
)]
#[case(
    "[rules]\nregional_floor = { share_permille = { Afrika = 30 } }",
    "line 5, rules.regional_floor.share_permille.Afrika: Afrika is neither an M49 region nor a region of states.csv (did you mean Africa?); correct it or give states that region in states.csv"
)]
#[case(
    "[rules]\nembargo = { states = [\"QMZ\"] }",
    "line 5, rules.embargo.states: QMZ is neither an ISO 3166-1 alpha-3 code nor in states.csv; correct it or add the state to states.csv"
)]
#[case("[goals]\norder = []", "line 5, goals.order: \"[]\" names no goal; name at least one goal, such as coverage")]
#[case(
    "[goals]\norder = [\"coverage\", \"coverage\"]",
    "line 5, goals.order[2]: coverage stands twice in the order of goals; keep one of the two"
)]
#[case(
    "[goals]\norder = [{ goal = \"coverge\" }]",
    "line 5, goals.order[1].goal: coverge is no goal (did you mean coverage?); write one of coverage, completed, equity, synergy, sustainability, stability, economy"
)]
#[case(
    "[goals]\norder = [{ goal = \"coverage\", by = \"state\" }]",
    "line 5, goals.order[1].by: by is a setting of the goal equity only; remove it here"
)]
#[case(
    "[goals]\norder = [{ goal = \"equity\", by = \"country\" }]",
    "line 5, goals.order[1].by: country is none of state, region; write one of them"
)]
#[case(
    "[goals]\norder = [{ goal = \"equity\", give = 1001 }]",
    "line 5, goals.order[1].give: 1001 is outside 0 to 1000; write a whole number in that range"
)]
#[case(
    "[weights]\npriority = [1, 2]",
    "line 5, weights.priority: \"[…]\" is not a list of five whole numbers, priority 1 first; write a list of five whole numbers, priority 1 first"
)]
#[case(
    "[weights]\narea = { marking = 1000001 }",
    "line 5, weights.area.marking: 1000001 is outside 0 to 1000000; write a whole number in that range"
)]
#[case(
    "[weights]\narea = { markin = 10 }",
    "line 5, weights.area.markin: markin is no known area (did you mean marking?); correct it or declare it under [areas] in scenario.toml"
)]
#[case(
    "[weights]\ncontext = { war = 10 }",
    "line 5, weights.context.war: war is none of none, conflict, post_conflict; write one of them"
)]
#[case(
    "[limits]\ngap_permille = -1",
    "line 5, limits.gap_permille: -1 is not a number of permille from 0 upwards; write a number of permille from 0 upwards"
)]
#[case("[limits]\nseconds = 0", "line 5, limits.seconds: 0 is outside 1 to 604800; write a whole number in that range")]
#[case(
    "[limits]\nseed = -1",
    "line 5, limits.seed: -1 is outside 0 to 9223372036854775807; write a whole number in that range"
)]
#[case(
    "[drop]\noffer = [\"O1\"]",
    "line 5, drop.offer: offer is no setting here (did you mean offers?); rename or remove it"
)]
#[case("[drop]\noffers = [\"O1\"]", "line 5, drop.offers: O1 is not inherited; correct it or remove it from [drop]")]
#[case(
    "base = \"/etc\"",
    "line 4, base: \"/etc\" is no relative path; write the path of the base from this folder, such as ../other"
)]
#[case(
    "base = \"../nowhere\"",
    "line 4, base: \"../nowhere\" is no folder with a scenario.toml; correct the path of the base"
)]
#[case("base = \".\"", "line 4, base: . leads back to a folder that inherits from it; break the circle of bases")]
fn a_wrong_setting(#[case] more: &str, #[case] sentence: &str) {
    let errors = Files::small().settings(&format!("{more}\n")).errors();
    assert_eq!(errors, [format!("scenario.toml {sentence}")]);
}

#[test]
fn currency_and_day_have_no_default() {
    assert_eq!(
        Files::small().with("scenario.toml", "name = \"x\"\n").errors(),
        [
            "scenario.toml, currency: the setting is missing; add a line such as currency = \"USD\"",
            "scenario.toml, as_of: the setting is missing; add a line such as as_of = \"2026-01-01\"",
        ]
    );
    let errors = Files::small().with("scenario.toml", "currency = \"US$\"\nas_of = \"2026-02-30\"\n").errors();
    assert_eq!(
        errors,
        [
            "scenario.toml line 1, currency: \"US$\" is no ISO 4217 currency (did you mean USD?); write a code such as EUR",
            "scenario.toml line 2, as_of: 2026-02-30 is no date; write year-month-day, such as 2026-01-31",
        ]
    );
}

#[test]
fn broken_toml_is_reported_line_by_line() {
    let errors = Files::small().settings("[rates]\nEUR = 1,09\n[limits\nseed = 1\nseed = 2\n").errors();
    let lines: Vec<_> = errors.iter().map(|sentence| sentence.split(':').next().unwrap()).collect();
    assert!(lines.contains(&"scenario.toml line 5") && lines.contains(&"scenario.toml line 6"), "{errors:#?}");
}

#[test]
fn settings_without_a_folder_read_back_equal_and_inherit_from_nothing() {
    let settings =
        Files::small().settings("[rules]\nbundle = \"warn\"\n[goals]\norder = [\"equity\"]\n").scenario().settings;
    let text = write_settings(&settings).unwrap();
    assert_eq!(read_settings(&text, BTreeMap::new()).unwrap(), settings);
    let errors = read_settings(&format!("base = \"../other\"\n{text}"), BTreeMap::new()).unwrap_err();
    assert_eq!(errors[0].to_string(), "scenario.toml line 1, base: base is no setting here; rename or remove it");
}
