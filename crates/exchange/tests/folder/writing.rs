//! What is written reads back equal, and nothing a spreadsheet opens is a formula.

use std::collections::BTreeSet;
use std::fs;

use needmatch_domain::area::{ComponentType, Context};
use needmatch_domain::geography::Group;
use needmatch_domain::goal::{EquityBy, Gap, Goal, GoalName};
use needmatch_domain::ids::{PeriodIndex, StateCode};
use needmatch_domain::rule::{Mode, Rule};
use needmatch_domain::scenario::{
    Baseline, ChannelLimit, DeclaredArea, Lock, LockKind, Obstacle, Programme, Scenario, StateProfile, Suitability,
    Visibility, Window,
};
use needmatch_exchange::generate::{Size, generate};
use needmatch_exchange::{WriteError, read_folder, write_folder};
use proptest::prelude::*;

use super::small::{Files, sentences};

fn read_back(scenario: &Scenario) -> Scenario {
    let folder = tempfile::tempdir().unwrap();
    write_folder(scenario, folder.path(), "Made for a test.\nSecond line.").unwrap();
    read_folder(folder.path()).unwrap_or_else(|errors| panic!("{:#?}", sentences(&errors)))
}

/// Text of a cell: whatever a person may type, without spaces around it.
fn text() -> impl Strategy<Value = String> {
    "[-=+@'\"#;,a-zé请\u{1f600}\n\t ]{0,12}".prop_map(|text| text.trim().to_owned())
}

fn identifier() -> impl Strategy<Value = String> {
    "[-=+'\"#,A-Zé请]{1}[-=+'\",a-z. 请]{0,8}[a-z0-9]".prop_map(|id| id)
}

fn amount() -> impl Strategy<Value = i64> {
    prop_oneof![Just(0), Just(1), Just(1_000_000_000_000), 0_i64..1_000_000]
}

prop_compose! {
    fn window()(first in 0_u32..3, length in 0_u32..3) -> Window {
        Window { first: PeriodIndex(first), last: PeriodIndex((first + length).min(2)) }
    }
}

prop_compose! {
    /// A generated scenario to which every column and setting the generator leaves alone is given a random value.
    fn scenarios()(
        seed in 0_u64..1000,
        texts in prop::collection::vec(text(), 8),
        ids in prop::collection::vec(identifier(), 8),
        amounts in prop::collection::vec(amount(), 8),
        windows in prop::collection::vec(window(), 3),
        numbers in prop::collection::vec(0_u32..1000, 8),
        flags in prop::collection::vec(any::<bool>(), 12),
        run_seed in any::<u64>(),
    ) -> Scenario {
        let size = Size { components: 20, offers: 6, states: 4, pairs: 30 };
        let mut scenario = generate(size, seed).unwrap();
        decorate_tables(&mut scenario, &texts, &ids, &amounts, &windows, &flags);
        decorate_settings(&mut scenario, &numbers, &amounts, &flags, run_seed);
        if !texts[7].is_empty() {
            scenario.settings.name.clone_from(&texts[7]);
            scenario.settings.areas.push(DeclaredArea { code: ids[6].parse().unwrap(), name: texts[7].clone() });
        }
        scenario
    }
}

fn decorate_tables(
    scenario: &mut Scenario,
    texts: &[String],
    ids: &[String],
    amounts: &[i64],
    windows: &[Window],
    flags: &[bool],
) {
    let component = scenario.components[0].id.clone();
    let offer = scenario.offers[0].id.clone();
    let invented: StateCode = "QAA".parse().unwrap();
    let groups: Vec<Group> = Group::ALL.into_iter().filter(|_| flags[0]).collect();
    let regions = if flags[1] { vec![ids[0].parse().unwrap(), "Oceania".parse().unwrap()] } else { Vec::new() };
    scenario.states.insert(
        invented.clone(),
        StateProfile {
            name: if texts[0].is_empty() { "Q".to_owned() } else { texts[0].clone() },
            regions: regions.clone(),
            groups,
        },
    );
    let request = &mut scenario.requests[0];
    request.authority.clone_from(&texts[1]);
    request.source.clone_from(&texts[2]);
    request.contribution_kinds = ["financial", "administrative"].map(str::to_owned).into();
    request.excluded_providers = ids[1..3].iter().map(|id| id.parse().unwrap()).collect();
    request.preferred_providers = BTreeSet::from([ids[3].parse().unwrap()]);
    request.circulated_to.clone_from(&request.excluded_providers);
    request.obstacles = vec![
        Obstacle { code: "other:no road".to_owned(), mitigation: flags[2].then(|| component.clone()) },
        Obstacle { code: "insecurity".to_owned(), mitigation: None },
    ];
    request.action_plan_date = flags[3].then(|| jiff::civil::date(2020, 2, 29));
    let line = &mut scenario.components[0];
    line.covered_by = flags[4].then(|| "national".to_owned());
    line.choice = flags[5].then(|| ids[4].parse().unwrap());
    line.window = windows[0];
    line.period_max = flags[5].then_some(amounts[0]);
    let given = &mut scenario.offers[0];
    given.title.clone_from(&texts[3]);
    given.item = flags[6].then(|| ids[5].parse().unwrap());
    given.unit_value = flags[6].then_some(amounts[1]);
    given.groups = BTreeSet::from([Group::Sids]);
    given.regions = regions.into_iter().collect();
    given.excluded_states = BTreeSet::from([invented.clone()]);
    given.contexts = BTreeSet::from([Context::None, Context::Conflict]);
    given.window = windows[1];
    given.ticket_min = flags[7].then_some(0);
    given.ticket_max = flags[8].then_some(amounts[2]);
    given.state_max = flags[8].then_some(amounts[3]);
    given.min_contribution_percent = 10;
    given.min_sustainability = 20;
    given.requires_action_plan = flags[9];
    given.report_since = flags[9].then_some(2020);
    given.visibility = if flags[10] { Visibility::Confidential } else { Visibility::Parties };
    scenario.channels.push(ChannelLimit {
        id: "ZZ".parse().unwrap(),
        regions: BTreeSet::from(["Africa".parse().unwrap()]),
        period: flags[11].then_some(PeriodIndex(1)),
        amount: flags[10].then_some(amounts[4]),
    });
    scenario.programmes.push(Programme {
        id: ids[7].parse().unwrap(),
        state: invented,
        area: "marking".parse().unwrap(),
        r#type: flags[0].then_some(ComponentType::Legal),
        window: windows[2],
        amount: flags[1].then_some(amounts[5]),
        mitigates: BTreeSet::from(["no_power".to_owned()]),
        sdg_targets: BTreeSet::from(["16.4".parse().unwrap()]),
        source: texts[4].clone(),
    });
    scenario.suitability.push(Suitability {
        component: component.clone(),
        offer: offer.clone(),
        fit: flags[2].then_some(1000),
        draw_permille: flags[3].then_some(1),
        eligible: flags[4].then_some(flags[5]),
        reason: texts[5].clone(),
    });
    let kind = if flags[6] { LockKind::Lock } else { LockKind::Forbid };
    let period = (flags[6] || flags[7]).then_some(PeriodIndex(2));
    scenario.locks.push(Lock { component: component.clone(), offer: offer.clone(), period, quantity: 3, kind });
    scenario.baseline.push(Baseline { component, offer, period: PeriodIndex(0), quantity: amounts[6].max(1) });
}

fn decorate_settings(scenario: &mut Scenario, numbers: &[u32], amounts: &[i64], flags: &[bool], seed: u64) {
    let settings = &mut scenario.settings;
    settings.rules.modes.insert(Rule::Bundle, if flags[0] { Mode::Warn } else { Mode::Off });
    settings.rules.modes.insert(Rule::Capacity, Mode::Enforce);
    settings.rules.sustainability.threshold = numbers[0];
    settings.rules.contribution.by_group.insert(Group::Ldc, numbers[1] % 101);
    settings.rules.regional_floor.insert("Western Africa".parse().unwrap(), numbers[2]);
    settings.rules.regional_ceiling.insert("Africa".parse().unwrap(), numbers[3]);
    if flags[1] {
        settings.rules.embargo_states.insert("QAA".parse().unwrap());
        settings.rules.embargo_types.insert(ComponentType::Equipment);
        settings.rules.modes.insert(Rule::Embargo, Mode::Warn);
    }
    settings.rules.action_plan_years = flags[2].then_some(numbers[4] % 200);
    settings.goals.push(Goal { give: numbers[5], by: EquityBy::Region, ..Goal::plain(GoalName::Equity) });
    settings.goals.push(Goal { provider_cost: amounts[7], ..Goal::plain(GoalName::Economy) });
    settings.weights.priority = [numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]];
    settings.weights.area.insert("marking".parse().unwrap(), numbers[6]);
    settings.weights.context.insert(Context::Conflict, numbers[7]);
    settings.weights.group.insert(Group::Lldc, numbers[7]);
    settings.limits.gap_permille = Gap { thousandths: u64::from(numbers[0]) };
    settings.limits.seconds = numbers[1] + 1;
    settings.limits.threads = numbers[2];
    settings.limits.seed = seed;
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn every_scenario_reads_back_equal(scenario in scenarios()) {
        prop_assert_eq!(read_back(&scenario), scenario);
    }
}

#[test]
fn a_first_row_that_looks_like_tags_is_not_lost() {
    let scenario = Files::small().with("periods.csv", "period\n#meta\n#1\n#2\n").scenario();
    assert_eq!(scenario.periods.len(), 2);
    assert_eq!(read_back(&scenario), scenario);
}

#[test]
fn notes_stand_at_the_head_and_cells_are_no_formulas() {
    let mut scenario = Files::small().scenario();
    scenario.requests[0].title = "=HYPERLINK(\"http://x\")".to_owned();
    scenario.requests[1].title = "+1".to_owned();
    let folder = tempfile::tempdir().unwrap();
    write_folder(&scenario, folder.path(), "Figures: none.\n[drop]").unwrap();
    let toml = fs::read_to_string(folder.path().join("scenario.toml")).unwrap();
    assert!(toml.starts_with("# Figures: none.\n# [drop]\n"), "{toml}");
    let requests = fs::read_to_string(folder.path().join("requests.csv")).unwrap();
    assert!(requests.contains("\"'=HYPERLINK(\"\"http://x\"\")\"") && requests.contains(",'+1,"), "{requests}");
    assert_eq!(read_folder(folder.path()).unwrap(), scenario);
}

#[test]
fn only_the_columns_in_use_are_written_and_a_table_left_over_is_emptied() {
    let scenario = Files::small().scenario();
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("locks.csv"), "component,offer,period,quantity,kind\nC1,O1,all,2,lock\n").unwrap();
    write_folder(&scenario, folder.path(), "").unwrap();
    let offers = fs::read_to_string(folder.path().join("offers.csv")).unwrap();
    assert_eq!(offers, "id,provider,form,unit,quantity\nO1,Norway,money,currency,200000\nO2,Japan,in_kind,machine,5\n");
    assert!(!folder.path().join("channels.csv").exists());
    assert_eq!(read_folder(folder.path()).unwrap(), scenario);
}

#[test]
fn what_cannot_be_written_faithfully_is_refused() {
    let mut scenario = Files::small().scenario();
    scenario.requests[0].title = " spaces around ".to_owned();
    let folder = tempfile::tempdir().unwrap();
    let error = write_folder(&scenario, folder.path(), "").unwrap_err();
    assert!(matches!(&error, WriteError::Unwritable { column, .. } if column == "title"), "{error}");

    let mut scenario = Files::small().scenario();
    scenario.requests[0].obstacles.push(Obstacle { code: "other:a;b".to_owned(), mitigation: None });
    assert!(write_folder(&scenario, folder.path(), "").is_err());
}
