//! Random scenarios of any size, shaped like the aid data of this field: requests that bundle equipment with training
//! and upkeep, money and goods on offer, earmarks by state, region, area and type, tickets, absorption, channels.
//!
//! The same arguments give the same scenario everywhere. How many offers may serve a component is decided by area,
//! type, unit and earmark alone (nothing is embargoed, duplicated, withheld or out of its window), so the number of
//! eligible pairs asked for is met by counting while the offers are drawn.

mod limits;
mod offers;
mod random;
mod requests;
mod scope;

use std::collections::BTreeMap;

use jiff::civil::date;
use needmatch_domain::geography::{self, Group};
use needmatch_domain::ids::{IdError, PeriodLabel, StateCode};
use needmatch_domain::money::Rate;
use needmatch_domain::scenario::{Scenario, Settings, StateProfile, reference_profile};

use self::random::Random;
use self::scope::Demand;

/// Most components generated.
pub const MAX_COMPONENTS: usize = 2_000_000;
/// Most offers generated.
pub const MAX_OFFERS: usize = 200_000;
/// Most states generated.
pub const MAX_STATES: usize = 10_000;

/// How large the scenario is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Components, at least 1.
    pub components: usize,
    /// Offers, at least 1.
    pub offers: usize,
    /// States with requests, at least 1.
    pub states: usize,
    /// Pairs of component and offer that may serve it, within a tenth; at most components × offers.
    pub pairs: u64,
}

/// Why no scenario of that size exists.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SizeError {
    /// A number outside its bounds.
    #[error("{name} is {given}, choose 1 to {most}")]
    OutOfBounds {
        /// Which number.
        name: &'static str,
        /// What it is.
        given: usize,
        /// Most that is possible.
        most: usize,
    },
    /// More pairs than components × offers.
    #[error("{given} pairs are more than components × offers = {most}; choose fewer")]
    TooManyPairs {
        /// Pairs asked for.
        given: u64,
        /// Pairs possible.
        most: u64,
    },
}

/// Periods of every generated scenario.
const PERIODS: [&str; 3] = ["2027", "2028", "2029"];

/// Position of the period that every window holds, so that windows never decide on a pair.
const SHARED_PERIOD: u32 = 1;

/// A random scenario. Cost: proportional to components, plus offers × states.
///
/// # Errors
/// When no scenario of that size exists.
pub fn generate(size: Size, seed: u64) -> Result<Scenario, SizeError> {
    check(size)?;
    let mut random = Random::from_seed(seed);
    let states = choose_states(size.states);
    let mut settings = Settings::new(&format!("Generated {seed}"), "USD", date(2026, 1, 1));
    for (code, rate) in [("EUR", "1.09"), ("JPY", "0.0067")] {
        if let Ok(rate) = rate.parse::<Rate>() {
            settings.rates.insert(code.to_owned(), rate);
        }
    }
    settings.limits.seed = seed;

    let (requests, components) = requests::draw(size.components, &states, &mut random);
    let demand = Demand::of(&states, &requests, &components);
    let mut offers = offers::draw(size, &demand, &mut random);
    let channels = limits::channels(&mut offers, &demand, &mut random);
    let offer_periods = limits::offer_periods(&offers, &mut random);
    let absorption = limits::absorption(&demand, &mut random);
    Ok(Scenario {
        settings,
        periods: PERIODS.iter().map(|label| id::<PeriodLabel>(label)).collect(),
        states: declared(&states),
        requests,
        components,
        offers,
        offer_periods,
        absorption,
        channels,
        programmes: Vec::new(),
        suitability: Vec::new(),
        locks: Vec::new(),
        baseline: Vec::new(),
    })
}

fn check(size: Size) -> Result<(), SizeError> {
    let bounds = [
        ("components", size.components, MAX_COMPONENTS),
        ("offers", size.offers, MAX_OFFERS),
        ("states", size.states, MAX_STATES),
    ];
    for (name, given, most) in bounds {
        if !(1..=most).contains(&given) {
            return Err(SizeError::OutOfBounds { name, given, most });
        }
    }
    let most = size.components as u64 * size.offers as u64;
    if size.pairs > most { Err(SizeError::TooManyPairs { given: size.pairs, most }) } else { Ok(()) }
}

/// A state with the regions it lies in.
struct Place {
    code: StateCode,
    profile: StateProfile,
    invented: bool,
}

/// States eligible for assistance first, then the others of the reference table, then invented ones.
fn choose_states(count: usize) -> Vec<Place> {
    let eligible = |row: &&geography::Country| row.groups.contains(Group::Oda);
    let (first, then): (Vec<_>, Vec<_>) = geography::countries().iter().partition(eligible);
    let known = first.into_iter().chain(then).filter_map(|row| {
        let code: StateCode = row.code.parse().ok()?;
        let profile = reference_profile(&code)?;
        (!profile.regions.is_empty()).then_some(Place { code, profile, invented: false })
    });
    let regions: Vec<_> = geography::regions().iter().filter(|region| region.parent.is_some()).collect();
    let invented = (0..count).map(|number| {
        let chain = regions[number % regions.len()].chain();
        let profile = StateProfile {
            name: format!("Invented state {}", number + 1),
            regions: chain.iter().map(|region| id(region.name)).collect(),
            groups: vec![Group::Oda],
        };
        Place { code: id(&format!("X{number:05}")), profile, invented: true }
    });
    known.chain(invented).take(count).collect()
}

fn declared(states: &[Place]) -> BTreeMap<StateCode, StateProfile> {
    states.iter().filter(|place| place.invented).map(|place| (place.code.clone(), place.profile.clone())).collect()
}

/// An identifier made here, of letters and digits.
fn id<T: std::str::FromStr<Err = IdError>>(text: &str) -> T {
    text.parse().unwrap_or_else(|error| unreachable!("a generated identifier {text:?} {error}"))
}
