//! A scenario's tables in order of id, and the check that nothing in them refers to nothing. Whoever builds a scenario
//! has checked that already; here it is made certain, because all that follows indexes by it.

use std::collections::{BTreeSet, HashMap};

use needmatch_domain::ids::{ComponentId, OfferId, OfferIndex, PeriodIndex};
use needmatch_domain::money::MAX_AMOUNT;
use needmatch_domain::scenario::{Component, LockKind, Offer, Programme, Request, Window};

use super::error::{FreezeError, FreezeFault};
use crate::eligibility::Lookup;

/// Tables in order of id.
pub(super) struct Tables<'a> {
    pub(super) lookup: &'a Lookup<'a>,
    pub(super) requests: Vec<&'a Request>,
    pub(super) components: Vec<&'a Component>,
    pub(super) offers: Vec<&'a Offer>,
    pub(super) programmes: Vec<&'a Programme>,
    offer_at: HashMap<&'a OfferId, OfferIndex>,
}

impl<'a> Tables<'a> {
    pub(super) fn of(lookup: &'a Lookup<'a>) -> Self {
        let scenario = lookup.scenario;
        let offers = sorted(&scenario.offers, |offer| &offer.id);
        Self {
            lookup,
            requests: sorted(&scenario.requests, |request| &request.id),
            components: sorted(&scenario.components, |component| &component.id),
            programmes: sorted(&scenario.programmes, |programme| &programme.id),
            offer_at: offers.iter().enumerate().map(|(at, offer)| (&offer.id, OfferIndex::of(at))).collect(),
            offers,
        }
    }

    pub(super) fn offer(&self, id: &OfferId) -> Option<OfferIndex> {
        self.offer_at.get(id).copied()
    }
}

fn sorted<'a, Row, Id: Ord + 'a>(rows: &'a [Row], id: impl Fn(&'a Row) -> &'a Id) -> Vec<&'a Row> {
    let mut rows: Vec<&Row> = rows.iter().collect();
    rows.sort_by_key(|row| id(row));
    rows
}

/// Everything that refers to nothing, stands twice or lies outside its range.
pub(super) fn check(tables: &Tables<'_>) -> Result<(), Vec<FreezeError>> {
    let mut check = Check { tables, errors: Vec::new() };
    check.duplicates();
    check.requests();
    check.components();
    check.offers();
    check.pairs();
    check.limits();
    if check.errors.is_empty() { Ok(()) } else { Err(check.errors) }
}

struct Check<'a> {
    tables: &'a Tables<'a>,
    errors: Vec<FreezeError>,
}

impl Check<'_> {
    fn add(&mut self, file: &'static str, row: &(impl ToString + ?Sized), column: &'static str, fault: FreezeFault) {
        self.errors.push(FreezeError::new(file, row, column, fault));
    }

    fn unknown(
        &mut self,
        file: &'static str,
        row: &(impl ToString + ?Sized),
        column: &'static str,
        value: &(impl ToString + ?Sized),
    ) {
        self.add(file, row, column, FreezeFault::Unknown { value: value.to_string() });
    }

    fn range(
        &mut self,
        file: &'static str,
        row: &(impl ToString + ?Sized),
        column: &'static str,
        value: i64,
        least: i64,
        most: i64,
    ) {
        if !(least..=most).contains(&value) {
            self.add(file, row, column, FreezeFault::OutOfRange { value: value.into(), least, most });
        }
    }

    fn period(
        &mut self,
        file: &'static str,
        row: &(impl ToString + ?Sized),
        column: &'static str,
        period: PeriodIndex,
    ) {
        if period.at() >= self.tables.lookup.scenario.periods.len() {
            self.unknown(file, row, column, &format!("period {}", u64::from(period.0) + 1));
        }
    }

    fn window(&mut self, file: &'static str, row: &(impl ToString + ?Sized), window: Window) {
        if window.first > window.last {
            let most = i64::from(window.last.0) + 1;
            let value = i128::from(window.first.0) + 1;
            self.add(file, row, "from", FreezeFault::OutOfRange { value, least: 1, most });
        }
        self.period(file, row, "to", window.last);
    }

    fn duplicates(&mut self) {
        let tables = self.tables;
        let scenario = tables.lookup.scenario;
        for pair in tables.requests.windows(2).filter(|pair| pair[0].id == pair[1].id) {
            self.add("requests.csv", &pair[1].id, "id", FreezeFault::Duplicate);
        }
        for pair in tables.components.windows(2).filter(|pair| pair[0].id == pair[1].id) {
            self.add("components.csv", &pair[1].id, "id", FreezeFault::Duplicate);
        }
        for pair in tables.offers.windows(2).filter(|pair| pair[0].id == pair[1].id) {
            self.add("offers.csv", &pair[1].id, "id", FreezeFault::Duplicate);
        }
        for pair in tables.programmes.windows(2).filter(|pair| pair[0].id == pair[1].id) {
            self.add("programmes.csv", &pair[1].id, "id", FreezeFault::Duplicate);
        }
        let keys = scenario.suitability.iter().map(|row| format!("{}/{}", row.component, row.offer));
        self.twice("suitability.csv", keys);
        let locks = scenario.locks.iter().filter(|row| row.kind == LockKind::Lock);
        self.twice("locks.csv", locks.map(|row| lock_key(tables, &row.component, &row.offer, row.period)));
        let rows = scenario.baseline.iter();
        self.twice("baseline.csv", rows.map(|row| lock_key(tables, &row.component, &row.offer, Some(row.period))));
        let rows = scenario.absorption.iter();
        self.twice("absorption.csv", rows.map(|row| format!("{}/{}", row.state, label(tables, row.period))));
        let rows = scenario.offer_periods.iter();
        self.twice("offer_periods.csv", rows.map(|row| format!("{}/{}", row.offer, label(tables, row.period))));
    }

    fn twice(&mut self, file: &'static str, keys: impl Iterator<Item = String>) {
        let (mut seen, mut repeated) = (BTreeSet::new(), BTreeSet::new());
        for key in keys {
            if !seen.insert(key.clone()) {
                repeated.insert(key);
            }
        }
        for key in repeated {
            self.add(file, &key, "", FreezeFault::Duplicate);
        }
    }

    fn requests(&mut self) {
        let tables = self.tables;
        for request in &tables.requests {
            let row = &request.id;
            if tables.lookup.profile(&request.state).is_none() {
                self.unknown("requests.csv", row, "state", &request.state);
            }
            self.range("requests.csv", row, "priority", request.priority.into(), 1, 5);
            for id in request.obstacles.iter().filter_map(|obstacle| obstacle.mitigation.as_ref()) {
                match tables.lookup.component(id) {
                    None => self.unknown("requests.csv", row, "obstacles", id),
                    Some(component) if component.request != request.id => {
                        let fault = FreezeFault::ForeignMitigation { component: id.to_string() };
                        self.add("requests.csv", row, "obstacles", fault);
                    }
                    Some(_) => {}
                }
            }
        }
    }

    fn components(&mut self) {
        let tables = self.tables;
        for component in &tables.components {
            let row = &component.id;
            if tables.lookup.request(&component.request).is_none() {
                self.unknown("components.csv", row, "request", &component.request);
            }
            for required in &component.requires {
                if *required == component.id || tables.lookup.component(required).is_none() {
                    self.unknown("components.csv", row, "requires", required);
                }
            }
            self.range("components.csv", row, "quantity", component.quantity, 1, MAX_AMOUNT);
            self.range("components.csv", row, "received", component.received, 0, MAX_AMOUNT);
            self.range("components.csv", row, "minimum", component.minimum, 1, component.quantity);
            self.range("components.csv", row, "unit_cost", component.unit_cost, 1, MAX_AMOUNT);
            self.range("components.csv", row, "period_max", component.period_max.unwrap_or(0), 0, MAX_AMOUNT);
            self.window("components.csv", row, component.window);
        }
        for programme in &tables.programmes {
            self.window("programmes.csv", &programme.id, programme.window);
        }
    }

    fn offers(&mut self) {
        let tables = self.tables;
        for offer in &tables.offers {
            self.window("offers.csv", &offer.id, offer.window);
            self.range("offers.csv", &offer.id, "delivery_permille", offer.delivery_permille, 1, 1_000_000);
            let amounts = [
                ("quantity", Some(offer.quantity)),
                ("unit_value", offer.unit_value),
                ("ticket_min", offer.ticket_min),
                ("ticket_max", offer.ticket_max),
                ("state_max", offer.state_max),
            ];
            for (column, amount) in amounts {
                self.range("offers.csv", &offer.id, column, amount.unwrap_or(0), 0, MAX_AMOUNT);
            }
        }
        for row in &tables.lookup.scenario.offer_periods {
            let key = format!("{}/{}", row.offer, label(tables, row.period));
            if tables.offer(&row.offer).is_none() {
                self.unknown("offer_periods.csv", &key, "offer", &row.offer);
            }
            self.period("offer_periods.csv", &key, "period", row.period);
            self.range("offer_periods.csv", &key, "quantity", row.quantity, 0, MAX_AMOUNT);
        }
    }

    fn pairs(&mut self) {
        let tables = self.tables;
        let scenario = tables.lookup.scenario;
        for row in &scenario.suitability {
            let key = format!("{}/{}", row.component, row.offer);
            self.range("suitability.csv", &key, "fit", row.fit.unwrap_or(0).into(), 0, 1000);
            let draw = row.draw_permille.unwrap_or(1);
            self.range("suitability.csv", &key, "draw_permille", draw, 1, MAX_AMOUNT * 1000);
        }
        for row in &scenario.locks {
            let key = lock_key(tables, &row.component, &row.offer, row.period);
            self.pair("locks.csv", &key, &row.component, &row.offer, row.period);
            if row.kind == LockKind::Lock {
                self.range("locks.csv", &key, "quantity", row.quantity, 1, MAX_AMOUNT);
                if row.period.is_none() {
                    self.add("locks.csv", &key, "period", FreezeFault::LockWithoutPeriod);
                }
            }
        }
        for row in &scenario.baseline {
            let key = lock_key(tables, &row.component, &row.offer, Some(row.period));
            self.pair("baseline.csv", &key, &row.component, &row.offer, Some(row.period));
            self.range("baseline.csv", &key, "quantity", row.quantity, 0, MAX_AMOUNT);
        }
    }

    fn pair(
        &mut self,
        file: &'static str,
        key: &str,
        component: &ComponentId,
        offer: &OfferId,
        period: Option<PeriodIndex>,
    ) {
        if self.tables.lookup.component(component).is_none() {
            self.unknown(file, key, "component", component);
        }
        if self.tables.offer(offer).is_none() {
            self.unknown(file, key, "offer", offer);
        }
        if let Some(period) = period {
            self.period(file, key, "period", period);
        }
    }

    fn limits(&mut self) {
        let tables = self.tables;
        let scenario = tables.lookup.scenario;
        for row in &scenario.absorption {
            let key = format!("{}/{}", row.state, label(tables, row.period));
            self.period("absorption.csv", &key, "period", row.period);
            self.range("absorption.csv", &key, "amount", row.amount.unwrap_or(0), 0, MAX_AMOUNT);
        }
        for row in &scenario.channels {
            if let Some(period) = row.period {
                self.period("channels.csv", &row.id, "period", period);
            }
            self.range("channels.csv", &row.id, "amount", row.amount.unwrap_or(0), 0, MAX_AMOUNT);
        }
        let rules = &scenario.settings.rules;
        let shares = [("regional_floor", &rules.regional_floor), ("regional_ceiling", &rules.regional_ceiling)];
        for (rule, shares) in shares {
            for (region, share) in shares {
                self.range("scenario.toml", region, rule, (*share).into(), 0, 1000);
            }
        }
    }
}

/// The label of a period, for messages.
fn label(tables: &Tables<'_>, period: PeriodIndex) -> String {
    let found = tables.lookup.scenario.periods.get(period.at());
    found.map_or_else(|| format!("period {}", u64::from(period.0) + 1), ToString::to_string)
}

/// How a row of `locks.csv` or `baseline.csv` is named in messages.
pub(super) fn lock_key(
    tables: &Tables<'_>,
    component: &impl ToString,
    offer: &impl ToString,
    period: Option<PeriodIndex>,
) -> String {
    let period = period.map_or_else(|| "*".to_owned(), |period| label(tables, period));
    format!("{}/{}/{period}", component.to_string(), offer.to_string())
}
