//! Offers whose earmarks together reach as many components as were asked for.

use std::collections::{BTreeMap, BTreeSet};

use needmatch_domain::area::{BUILT_IN_AREAS, ComponentType};
use needmatch_domain::money::MAX_AMOUNT;
use needmatch_domain::scenario::{Firmness, Form, Offer, Visibility};

use super::random::Random;
use super::requests::{sdg_targets, unit, window};
use super::scope::{Asked, Demand, Kinds};
use super::{Size, id};

/// Of what is asked, so many permille are on offer.
const FUNDED_PERMILLE: i64 = 450;

pub(super) fn draw(size: Size, demand: &Demand, random: &mut Random) -> Vec<Offer> {
    let mut offers = Vec::with_capacity(size.offers);
    let mut left = size.pairs;
    let providers = (size.offers / 4).clamp(1, 500);
    let all = demand.total(&Kinds::all()).components;
    // How often a component is reached on average: each offer holds its share of what it reaches.
    let reached = i64::try_from(size.pairs / all.max(1)).unwrap_or(i64::MAX).max(1);
    for number in 0..size.offers {
        let offers_left = (size.offers - number) as u64;
        let mean = left / offers_left;
        // What one offer misses or exceeds, the later ones make up; the last ones keep to the mean.
        let spread = if offers_left * 20 <= size.offers as u64 || offers_left < 4 { 1000 } else { spread(random) };
        // The later offers can make up for this one only as far as each of them reaches everything.
        let least = left.saturating_sub(all.saturating_mul(offers_left - 1));
        let target = (mean.saturating_mul(spread) / 1000).max(least).min(left).min(all);
        let (reach, asked) = choose_reach(target, demand, random);
        left = left.saturating_sub(asked.components);
        let provider = random.position(providers);
        offers.push(draw_offer(number, provider, &reach, asked, reached, demand, random));
    }
    offers
}

fn spread(random: &mut Random) -> u64 {
    if random.percent(10) { 3000 } else { 300 + random.below(1000) }
}

/// Whom and what an offer serves.
struct Reach {
    form: Form,
    kinds: Kinds,
    /// Positions of states; all of them = no earmark.
    states: Vec<usize>,
    by_region: bool,
}

/// A reach that comes as near to so many components as random areas, types and states allow.
fn choose_reach(target: u64, demand: &Demand, random: &mut Random) -> (Reach, Asked) {
    let (form, kinds) = choose_kinds(target, demand, random);
    let total = demand.total(&kinds);
    let by_region = target * 20 > total.components && random.percent(40);
    let mut blocks: Vec<Vec<usize>> = if by_region {
        let mut regions: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (state, region) in demand.regions.iter().enumerate() {
            regions.entry(region.as_str()).or_default().push(state);
        }
        regions.into_values().collect()
    } else {
        (0..demand.states.len()).map(|state| vec![state]).collect()
    };
    random.shuffle(&mut blocks);
    let (mut states, mut count): (Vec<usize>, u64) = (Vec::new(), 0);
    for block in blocks {
        let more = demand.within(&block, &kinds).components;
        let overshoot = (count + more).saturating_sub(target);
        // The block that comes nearest to the target is the last; an earmark needs at least one.
        if overshoot > target.saturating_sub(count) && !states.is_empty() {
            continue;
        }
        count += more;
        states.extend(block);
        if count >= target {
            break;
        }
    }
    states.sort_unstable();
    let asked = demand.within(&states, &kinds);
    (Reach { form, kinds, states, by_region }, asked)
}

/// Form, areas and types wide enough for the target.
fn choose_kinds(target: u64, demand: &Demand, random: &mut Random) -> (Form, Kinds) {
    let funds = ComponentType::ALL.iter().position(|kind| *kind == ComponentType::Funds).unwrap_or(0);
    let mut all = Kinds::all();
    random.shuffle(&mut all.areas);
    random.shuffle(&mut all.types);
    let mut areas = 1 + random.position(4);
    if random.percent(30) {
        let goods = all.types.iter().copied().find(|kind| *kind != funds).unwrap_or(funds);
        while areas <= all.areas.len() {
            let kinds = Kinds { areas: all.areas[..areas].to_vec(), types: vec![goods] };
            if demand.total(&kinds).components >= target {
                return (Form::InKind, kinds);
            }
            areas = if areas == all.areas.len() { areas + 1 } else { (areas * 2).min(all.areas.len()) };
        }
        areas = 1 + random.position(4);
    }
    let mut types = 1 + random.position(5);
    loop {
        let kinds = Kinds { areas: all.areas[..areas].to_vec(), types: all.types[..types].to_vec() };
        let widest = kinds.has_all_areas() && kinds.has_all_types();
        if widest || demand.total(&kinds).components >= target {
            return (Form::Money, kinds);
        }
        areas = (areas + 2).min(all.areas.len());
        types = (types + 1).min(all.types.len());
    }
}

fn draw_offer(
    number: usize,
    provider: usize,
    reach: &Reach,
    asked: Asked,
    reached: i64,
    demand: &Demand,
    random: &mut Random,
) -> Offer {
    let everywhere = reach.states.len() == demand.states.len();
    let types: BTreeSet<ComponentType> = reach.kinds.types.iter().map(|kind| ComponentType::ALL[*kind]).collect();
    let (unit_code, wanted) = match reach.form {
        Form::Money => (money(random), asked.cost),
        Form::InKind => (types.first().map_or("year", |kind| unit(*kind)), asked.units),
    };
    let share = wanted.div_euclid(reached).saturating_mul(FUNDED_PERMILLE).div_euclid(1000);
    // Amounts in yen are as many times larger as a yen is worth less.
    let scale = if unit_code == "JPY" { 150 } else { 1 };
    let quantity = share.saturating_mul(random.between(500, 1500)).div_euclid(1000).saturating_mul(scale);
    let quantity = quantity.clamp(1, MAX_AMOUNT);
    let money = reach.form == Form::Money;
    Offer {
        id: id(&format!("O{number:06}")),
        provider: id(&format!("Provider {:03}", provider + 1)),
        title: String::new(),
        form: reach.form,
        types: if reach.kinds.has_all_types() { BTreeSet::new() } else { types },
        areas: if reach.kinds.has_all_areas() {
            BTreeSet::new()
        } else {
            reach.kinds.areas.iter().map(|area| id(BUILT_IN_AREAS[*area])).collect()
        },
        item: None,
        unit: id(unit_code),
        quantity,
        unit_value: None,
        firmness: if random.percent(20) { Firmness::Pledge } else { Firmness::Commitment },
        states: if everywhere || reach.by_region {
            BTreeSet::new()
        } else {
            reach.states.iter().map(|state| demand.states[*state].clone()).collect()
        },
        regions: if reach.by_region && !everywhere {
            reach.states.iter().map(|state| demand.regions[*state].clone()).collect()
        } else {
            BTreeSet::new()
        },
        groups: BTreeSet::new(),
        excluded_states: BTreeSet::new(),
        contexts: BTreeSet::new(),
        window: window(random),
        ticket_min: (money && quantity >= 20_000 && random.percent(30)).then_some(quantity / 40),
        ticket_max: (quantity > 10 && random.percent(30)).then_some(quantity / 2),
        state_max: (quantity > 10 && random.percent(20)).then(|| quantity / 2 + 1),
        max_requests: random.percent(20).then(|| u32::try_from(random.between(3, 30)).unwrap_or(3)),
        min_contribution_percent: 0,
        min_sustainability: 0,
        requires_action_plan: false,
        report_since: None,
        channel: None,
        delivery_permille: if random.percent(40) { random.between(1000, 1150) } else { 1000 },
        preferred_areas: if random.percent(20) {
            BTreeSet::from([id(BUILT_IN_AREAS[random.position(BUILT_IN_AREAS.len())])])
        } else {
            BTreeSet::new()
        },
        sdg_targets: sdg_targets(random, 15),
        visibility: Visibility::Public,
    }
}

fn money(random: &mut Random) -> &'static str {
    match random.below(100) {
        0..70 => "currency",
        70..80 => "USD",
        80..95 => "EUR",
        _ => "JPY",
    }
}
