//! What states can take in, what channels carry, what offers hold in each period.

use needmatch_domain::ids::{ChannelId, PeriodIndex};
use needmatch_domain::scenario::{Absorption, ChannelLimit, Form, Offer, OfferPeriod};

use super::random::Random;
use super::scope::{Demand, Kinds};
use super::{PERIODS, id};

const CHANNELS: [&str; 2] = ["Trust facility", "Regional fund"];

fn periods() -> impl Iterator<Item = PeriodIndex> {
    (0..PERIODS.len()).map(PeriodIndex::of)
}

/// Sends some of the money through two channels, each of which carries about half of what is asked of it.
pub(super) fn channels(offers: &mut [Offer], demand: &Demand, random: &mut Random) -> Vec<ChannelLimit> {
    let mut used = [false; CHANNELS.len()];
    for offer in offers.iter_mut().filter(|offer| offer.form == Form::Money) {
        if random.percent(15) {
            let channel = random.position(CHANNELS.len());
            used[channel] = true;
            offer.channel = Some(id(CHANNELS[channel]));
        }
    }
    let asked = demand.total(&Kinds::all()).cost;
    let limit = |name: &&str| ChannelLimit {
        id: id::<ChannelId>(name),
        regions: std::collections::BTreeSet::new(),
        period: None,
        amount: Some((asked / 50).clamp(1, needmatch_domain::money::MAX_AMOUNT)),
    };
    let mut limits: Vec<ChannelLimit> =
        CHANNELS.iter().zip(used).filter(|(_, used)| *used).map(|(name, _)| limit(name)).collect();
    limits.sort_by(|left, right| left.id.cmp(&right.id));
    limits
}

/// Some offers come in yearly parts. Every period is listed, so that none is closed to the offer.
pub(super) fn offer_periods(offers: &[Offer], random: &mut Random) -> Vec<OfferPeriod> {
    let mut rows = Vec::new();
    for offer in offers {
        if random.percent(15) {
            let part = offer.quantity.div_euclid(2).max(1);
            rows.extend(periods().map(|period| OfferPeriod { offer: offer.id.clone(), period, quantity: part }));
        }
    }
    rows
}

/// Most states can take in about half of what they ask for, and not all requests at once.
pub(super) fn absorption(demand: &Demand, random: &mut Random) -> Vec<Absorption> {
    let kinds = Kinds::all();
    let mut rows = Vec::new();
    for (at, state) in demand.states.iter().enumerate() {
        let asked = demand.of_state(at, &kinds);
        if demand.requests[at] == 0 || !random.percent(60) {
            continue;
        }
        let amount = (asked.cost / 5).clamp(10_000, needmatch_domain::money::MAX_AMOUNT);
        let requests = u32::try_from(demand.requests[at] * 2 / 3 + 1).unwrap_or(u32::MAX);
        rows.extend(periods().map(|period| Absorption {
            state: state.clone(),
            period,
            amount: Some(amount),
            requests: Some(requests),
        }));
    }
    rows.sort_by(|left, right| (&left.state, left.period).cmp(&(&right.state, right.period)));
    rows
}
