//! Requests and their components: a few patterns of what states of this field ask for together.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;
use needmatch_domain::area::{BUILT_IN_AREAS, ComponentType, Context};
use needmatch_domain::ids::{ComponentId, PeriodIndex, SdgTarget};
use needmatch_domain::scenario::{Component, Obstacle, Request, Window};

use super::random::Random;
use super::{PERIODS, Place, SHARED_PERIOD, id};

/// A line of a pattern.
struct Line {
    kind: ComponentType,
    item: Option<&'static str>,
    quantity: (i64, i64),
    unit_cost: (i64, i64),
    /// Lines of the same pattern that this one requires.
    requires: &'static [usize],
    sustainability_points: u8,
}

const fn line(
    kind: ComponentType,
    item: Option<&'static str>,
    quantity: (i64, i64),
    unit_cost: (i64, i64),
    requires: &'static [usize],
    sustainability_points: u8,
) -> Line {
    Line { kind, item, quantity, unit_cost, requires, sustainability_points }
}

use ComponentType::{Equipment, Expertise, Funds, Infrastructure, Legal, Maintenance, Software, Technology, Training};

const PATTERNS: &[&[Line]] = &[
    &[
        line(Equipment, Some("marking_machine"), (2, 40), (3_000, 12_000), &[1, 2], 0),
        line(Training, None, (5, 60), (500, 2_500), &[], 10),
        line(Maintenance, None, (1, 5), (1_000, 20_000), &[], 15),
    ],
    &[
        line(Software, Some("registry_software"), (1, 20), (500, 8_000), &[1], 5),
        line(Training, None, (5, 30), (500, 1_500), &[], 10),
        line(Expertise, None, (5, 40), (400, 900), &[], 0),
        line(Maintenance, None, (1, 5), (1_000, 6_000), &[], 10),
    ],
    &[
        line(Infrastructure, None, (1, 4), (40_000, 250_000), &[], 5),
        line(Expertise, None, (10, 120), (400, 900), &[], 0),
        line(Training, None, (10, 80), (300, 1_200), &[], 10),
    ],
    &[line(Legal, None, (1, 3), (8_000, 40_000), &[], 10), line(Expertise, None, (10, 60), (400, 900), &[], 0)],
    &[line(Funds, None, (5_000, 400_000), (1, 1), &[], 0)],
    &[
        line(Technology, Some("ballistic_system"), (1, 6), (10_000, 90_000), &[1, 2], 0),
        line(Maintenance, None, (1, 5), (3_000, 30_000), &[], 15),
        line(Training, None, (5, 40), (800, 2_500), &[], 10),
    ],
    &[line(Training, None, (10, 200), (200, 1_500), &[], 10)],
];

/// The unit in which a type is counted.
pub(super) fn unit(kind: ComponentType) -> &'static str {
    match kind {
        Funds => "currency",
        Equipment => "machine",
        Technology => "system",
        Training => "place",
        Expertise => "expert_day",
        Infrastructure => "site",
        Maintenance => "year",
        Legal => "draft",
        Software => "licence",
    }
}

const SDG_TARGETS: [&str; 5] = ["16.1", "16.4", "16.6", "16.a", "17.9"];

pub(super) fn sdg_targets(random: &mut Random, chance: u64) -> BTreeSet<SdgTarget> {
    SDG_TARGETS.iter().filter(|_| random.percent(chance)).map(|target| id(target)).collect()
}

/// A window that holds the period shared by all.
pub(super) fn window(random: &mut Random) -> Window {
    let first = if random.percent(80) { 0 } else { SHARED_PERIOD };
    let last = if random.percent(80) { PERIODS.len() - 1 } else { SHARED_PERIOD as usize };
    Window { first: PeriodIndex(first), last: PeriodIndex::of(last) }
}

/// Draws requests until they have so many components. Every state has one as long as there are enough.
pub(super) fn draw(count: usize, states: &[Place], random: &mut Random) -> (Vec<Request>, Vec<Component>) {
    let (mut requests, mut components) = (Vec::new(), Vec::with_capacity(count));
    // A few states ask for much, many for little.
    let ranks: Vec<u64> = (0..states.len() as u64)
        .scan(0, |sum, rank| {
            *sum += 1_000_000 / (10 + rank);
            Some(*sum)
        })
        .collect();
    let total = ranks.last().copied().unwrap_or(1);
    while components.len() < count {
        let number = requests.len();
        let ticket = random.below(total);
        let state = if number < states.len() { number } else { ranks.partition_point(|sum| *sum <= ticket) };
        let pattern = random.pick(PATTERNS);
        let lines = &pattern[..pattern.len().min(count - components.len())];
        let request = draw_request(number, &states[state], random);
        let first = components.len();
        for (position, line) in lines.iter().enumerate() {
            components.push(draw_component(first, position, line, lines.len(), &request, random));
        }
        requests.push(request);
        add_obstacle(requests.last_mut(), &components[first..], random);
    }
    join_packages(&mut requests, random);
    (requests, components)
}

fn component_id(number: usize) -> ComponentId {
    id(&format!("C{number:07}"))
}

fn draw_request(number: usize, place: &Place, random: &mut Random) -> Request {
    let area = random.pick(&BUILT_IN_AREAS);
    let context = match random.below(100) {
        0..15 => Context::Conflict,
        15..35 => Context::PostConflict,
        _ => Context::None,
    };
    let max_providers = random.percent(15).then(|| u32::try_from(random.between(1, 4)).unwrap_or(1));
    Request {
        id: id(&format!("R{number:07}")),
        state: place.code.clone(),
        authority: String::new(),
        title: format!("{} in {}", area.replace('_', " "), place.profile.name),
        area: id(area),
        priority: u8::try_from(random.between(1, 5)).unwrap_or(3),
        context,
        action_plan_date: random.percent(60).then(|| date(2023, 6, 1)),
        report_year: random.percent(70).then_some(2024),
        contribution_percent: u8::try_from(random.between(0, 6) * 5).unwrap_or(0),
        contribution_kinds: BTreeSet::from(["in_kind".to_owned()]),
        sustainability: u8::try_from(random.between(20, 90)).unwrap_or(50),
        max_providers,
        excluded_providers: BTreeSet::new(),
        preferred_providers: BTreeSet::new(),
        circulated_to: BTreeSet::new(),
        sdg_targets: sdg_targets(random, 25),
        package: None,
        obstacles: Vec::new(),
        source: String::new(),
    }
}

fn draw_component(
    first: usize,
    position: usize,
    line: &Line,
    lines: usize,
    request: &Request,
    random: &mut Random,
) -> Component {
    let quantity = random.between(line.quantity.0, line.quantity.1);
    let received = if random.percent(10) { quantity / 4 } else { 0 };
    let minimum = match random.below(100) {
        0..40 => 1,
        40..80 => (quantity - received).div_euclid(3).max(1),
        _ => quantity - received,
    };
    Component {
        id: component_id(first + position),
        request: request.id.clone(),
        r#type: line.kind,
        item: line.item.map(id),
        unit: id(unit(line.kind)),
        quantity,
        received,
        minimum,
        unit_cost: random.between(line.unit_cost.0, line.unit_cost.1),
        divisible: !random.percent(5),
        window: window(random),
        period_max: (quantity > 3 && random.percent(10)).then_some(quantity.div_euclid(2) + 1),
        requires: line
            .requires
            .iter()
            .filter(|other| **other < lines)
            .map(|other| component_id(first + other))
            .collect(),
        choice: None,
        covered_by: (lines == 1 && !line.requires.is_empty()).then(|| "national".to_owned()),
        sustainability_points: line.sustainability_points,
    }
}

/// Some requests name an obstacle that one of their own components removes.
fn add_obstacle(request: Option<&mut Request>, components: &[Component], random: &mut Random) {
    let mitigating = components.iter().find(|component| component.r#type == Maintenance);
    if let (Some(request), Some(component)) = (request, mitigating)
        && random.percent(10)
    {
        let mitigation = Some(component.id.clone());
        request.obstacles.push(Obstacle { code: "no_maintenance".to_owned(), mitigation });
    }
}

/// A few requests of neighbouring numbers, often of several states, are joint.
fn join_packages(requests: &mut [Request], random: &mut Random) {
    let mut packages = BTreeMap::new();
    for number in 0..requests.len().saturating_sub(1) {
        if random.percent(1) && !packages.contains_key(&number) {
            packages.insert(number, number);
            packages.insert(number + 1, number);
        }
    }
    for (member, package) in packages {
        requests[member].package = Some(id(&format!("P{package:07}")));
    }
}
