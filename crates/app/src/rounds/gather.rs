//! From the register to a scenario: the circulated requests and available offers of a round's collection, with what the
//! round itself holds. What cannot take part is left out and reported, so that one stale row does not stop everybody.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;
use needmatch_domain::ids::{ProviderId, RequestId, StateCode};
use needmatch_domain::scenario::{Component, Offer, OfferPeriod, Request, Scenario, Settings, StateProfile};
use needmatch_store::keys::{PackageKey, PartyKey, RequestKey};
use needmatch_store::register::{self, OfferFilter, RequestFilter};
use needmatch_store::rounds::{CameLate, NewLeftOut};
use needmatch_store::words::{LeftOutReason, PartyKind, RequestLifecycle};
use needmatch_store::{Cursor, MAX_PAGE, Order, Page, Session, Viewer};

use super::beside::{gather_channels, gather_programmes};
use super::decisions::forbid_declined;
use super::document::RoundDocument;
use super::joint;
use super::left_out::LeftOut;
use super::room::{held, leave_room};
use super::rows::{absorption, baseline, channel, lock, reference, suitability, window};
use crate::error::AppError;
use crate::lifecycle::{OFFER_TAKES_PART, REQUEST_TAKES_PART};
use crate::requests::RequestDetails;
use crate::validity::is_past;
use crate::{offers, parties, requests};

/// What a round is made of.
#[derive(Debug)]
pub(super) struct Gathered {
    pub(super) scenario: Scenario,
    /// Requests that now enter the round, with the version they were read at.
    pub(super) entering: Vec<(RequestKey, i64)>,
    /// Packages that requests of it are held together by, with the version they were read at.
    pub(super) packages: Vec<(PackageKey, i64)>,
    pub(super) left_out: Vec<LeftOut>,
    /// Requests of `left_out`, as their states are told.
    pub(super) told: Vec<NewLeftOut>,
    /// Keys of the scenario's requests.
    pub(super) keys: BTreeMap<RequestId, RequestKey>,
}

impl Gathered {
    /// What a round itself brings.
    pub(super) fn empty(round: &RoundDocument, settings: Settings, states: BTreeMap<StateCode, StateProfile>) -> Self {
        let scenario = Scenario {
            settings,
            periods: round.periods.clone(),
            states,
            requests: Vec::new(),
            components: Vec::new(),
            offers: Vec::new(),
            offer_periods: Vec::new(),
            absorption: round.absorption.iter().filter_map(|row| absorption(round, row)).collect(),
            channels: round.channels.iter().map(|row| channel(round, row)).collect(),
            programmes: Vec::new(),
            suitability: round.suitability.iter().map(suitability).collect(),
            locks: round.locks.iter().map(|row| lock(round, row)).collect(),
            baseline: round.baseline.iter().filter_map(|row| baseline(round, row)).collect(),
        };
        Self {
            scenario,
            entering: Vec::new(),
            packages: Vec::new(),
            left_out: Vec::new(),
            told: Vec::new(),
            keys: BTreeMap::new(),
        }
    }
}

/// Past the day it is valid until, though nobody has noted it yet.
const NO_LONGER_VALID: &str = "no_longer_valid";

/// Reads a round's scenario from the register.
pub(super) async fn gather(
    session: &mut Session,
    round: &RoundDocument,
    cut_off: Option<Timestamp>,
    today: Date,
    settings: Settings,
    states: BTreeMap<StateCode, StateProfile>,
) -> Result<Gathered, AppError> {
    let late = match cut_off {
        Some(cut_off) => session.came_after(cut_off).await?,
        None => CameLate::default(),
    };
    let providers = parties::all_of(session, PartyKind::Provider).await?;
    let providers: BTreeMap<PartyKey, String> = providers.into_iter().map(|party| (party.key, party.code)).collect();
    let mut gathered = Gathered::empty(round, settings, states);
    gather_requests(session, round, &late, today, &providers, &mut gathered).await?;
    joint::join(session, round, &mut gathered).await?;
    gather_offers(session, round, &late, today, &providers, &mut gathered).await?;
    gather_programmes(session, round, &mut gathered).await?;
    gather_channels(session, round, &mut gathered).await?;
    let scenario = &mut gathered.scenario;
    forbid_declined(scenario, &session.declined_matches().await?)?;
    leave_room(scenario, &held(session, round).await?);
    scenario.requests.sort_by(|left, right| left.id.cmp(&right.id));
    scenario.components.sort_by(|left, right| left.id.cmp(&right.id));
    scenario.offers.sort_by(|left, right| left.id.cmp(&right.id));
    scenario.programmes.sort_by(|left, right| left.id.cmp(&right.id));
    scenario.offer_periods.sort_by(|left, right| (&left.offer, left.period).cmp(&(&right.offer, right.period)));
    Ok(gathered)
}

pub(super) fn everything() -> Page {
    Page { order: Order::Oldest, after: None, limit: MAX_PAGE }
}

async fn gather_requests(
    session: &mut Session,
    round: &RoundDocument,
    late: &CameLate,
    today: Date,
    providers: &BTreeMap<PartyKey, String>,
    gathered: &mut Gathered,
) -> Result<(), AppError> {
    let filter = RequestFilter { lifecycles: REQUEST_TAKES_PART.to_vec(), ..RequestFilter::default() };
    let mut page = everything();
    loop {
        let found = session.requests(&Viewer::system(), &filter, &page).await?;
        let keys: Vec<RequestKey> = found.iter().map(|request| request.key).collect();
        let mut named = session.circulated_to(&keys).await?;
        page.after = found.last().map(|request| Cursor { key: request.key.uuid(), rank: None });
        let is_last = found.len() < MAX_PAGE as usize;
        for request in found {
            if late.requests.contains(&request.key) {
                leave_out_late(round, &request, gathered)?;
                continue;
            }
            let parties = named.remove(&request.key).unwrap_or_default();
            let circulated_to = parties.iter().filter_map(|party| providers.get(party)?.parse().ok()).collect();
            add_request(round, today, request, circulated_to, gathered)?;
        }
        if is_last {
            return Ok(());
        }
    }
}

/// Leaves out what was circulated after the cut-off.
fn leave_out_late(round: &RoundDocument, row: &register::Request, gathered: &mut Gathered) -> Result<(), AppError> {
    if requests::details(row)?.collection == round.collection {
        let (reference, reason) = (row.content.reference.clone(), LeftOutReason::AfterCutOff);
        gathered.left_out.push(LeftOut { kind: "request", reference, reason: reason.name() });
        gathered.told.push(NewLeftOut { request: row.key, reason, components: Vec::new() });
    }
    Ok(())
}

pub(super) fn add_request(
    round: &RoundDocument,
    today: Date,
    row: register::Request,
    circulated_to: BTreeSet<ProviderId>,
    gathered: &mut Gathered,
) -> Result<(), AppError> {
    let details = requests::details(&row)?;
    if details.collection != round.collection {
        return Ok(());
    }
    let id: RequestId = reference(&row.content.reference)?;
    if is_past(row.content.valid_until, today) {
        gathered.left_out.push(LeftOut { kind: "request", reference: id.to_string(), reason: NO_LONGER_VALID });
        return Ok(());
    }
    let (before, named) = (gathered.scenario.components.len(), gathered.left_out.len());
    for component in &row.components {
        add_component(round, &id, component, gathered)?;
    }
    let takes_part = gathered.scenario.components.len() > before;
    let outside: Vec<String> = gathered.left_out[named..].iter().map(|row| row.reference.clone()).collect();
    if !outside.is_empty() {
        let (reason, components) = (LeftOutReason::OutsideHorizon, if takes_part { outside } else { Vec::new() });
        gathered.told.push(NewLeftOut { request: row.key, reason, components });
    }
    if !takes_part {
        gathered.left_out.push(LeftOut { kind: "request", reference: id.to_string(), reason: "no_component" });
        return Ok(());
    }
    if row.lifecycle == RequestLifecycle::Circulated {
        gathered.entering.push((row.key, row.version));
    }
    gathered.keys.insert(id, row.key);
    gathered.scenario.requests.push(request_of(row, details, circulated_to)?);
    Ok(())
}

/// A registered request as one of a scenario.
pub(super) fn request_of(
    row: register::Request,
    details: RequestDetails,
    circulated_to: BTreeSet<ProviderId>,
) -> Result<Request, AppError> {
    Ok(Request {
        id: reference(&row.content.reference)?,
        state: reference(&row.content.state)?,
        authority: details.authority,
        title: row.content.title,
        area: reference(&row.content.area)?,
        priority: u8::try_from(row.content.priority).map_err(|_| AppError::Internal)?,
        context: details.context,
        action_plan_date: details.action_plan_date,
        report_year: details.report_year,
        contribution_percent: details.contribution_percent,
        contribution_kinds: details.contribution_kinds,
        sustainability: details.sustainability,
        max_providers: details.max_providers,
        excluded_providers: details.excluded_providers,
        preferred_providers: details.preferred_providers,
        circulated_to,
        sdg_targets: details.sdg_targets,
        package: details.package,
        obstacles: details.obstacles,
        source: details.source,
    })
}

pub(super) fn add_component(
    round: &RoundDocument,
    request: &RequestId,
    row: &register::Component,
    gathered: &mut Gathered,
) -> Result<(), AppError> {
    let details = requests::component_details(row)?;
    let Some(window) = window(round, details.from.as_ref(), details.to.as_ref()) else {
        let reference = row.reference.clone();
        gathered.left_out.push(LeftOut { kind: "component", reference, reason: "window_outside_horizon" });
        return Ok(());
    };
    gathered.scenario.components.push(Component {
        id: reference(&row.reference)?,
        request: request.clone(),
        r#type: row.r#type.parse().map_err(|_| AppError::Internal)?,
        item: details.item,
        unit: reference(&row.unit)?,
        quantity: row.quantity,
        received: (details.received + row.committed.unwrap_or(0)).min(row.quantity),
        minimum: details.minimum,
        unit_cost: details.unit_cost,
        divisible: details.divisible,
        window,
        period_max: details.period_max,
        requires: details.requires,
        choice: details.choice,
        covered_by: details.covered_by,
        sustainability_points: details.sustainability_points,
    });
    Ok(())
}

async fn gather_offers(
    session: &mut Session,
    round: &RoundDocument,
    late: &CameLate,
    today: Date,
    providers: &BTreeMap<PartyKey, String>,
    gathered: &mut Gathered,
) -> Result<(), AppError> {
    let filter = OfferFilter { lifecycles: OFFER_TAKES_PART.to_vec(), ..OfferFilter::default() };
    let mut page = everything();
    loop {
        let found = session.offers(&Viewer::system(), &filter, &page).await?;
        page.after = found.last().map(|offer| Cursor { key: offer.key.uuid(), rank: None });
        let is_last = found.len() < MAX_PAGE as usize;
        for offer in found {
            if late.offers.contains(&offer.key) {
                if offers::details(&offer)?.collection == round.collection {
                    let (kind, reason) = ("offer", LeftOutReason::AfterCutOff.name());
                    gathered.left_out.push(LeftOut { kind, reference: offer.content.reference, reason });
                }
                continue;
            }
            let provider = providers.get(&offer.party).ok_or(AppError::Internal)?;
            add_offer(round, today, provider, offer, gathered)?;
        }
        if is_last {
            return Ok(());
        }
    }
}

pub(super) fn add_offer(
    round: &RoundDocument,
    today: Date,
    provider: &str,
    row: register::Offer,
    gathered: &mut Gathered,
) -> Result<(), AppError> {
    let details = offers::details(&row)?;
    if details.collection != round.collection {
        return Ok(());
    }
    let mut leave_out = |reason| {
        gathered.left_out.push(LeftOut { kind: "offer", reference: row.content.reference.clone(), reason });
    };
    if is_past(row.content.valid_until, today) {
        leave_out(NO_LONGER_VALID);
        return Ok(());
    }
    let Some(window) = window(round, details.from.as_ref(), details.to.as_ref()) else {
        leave_out("window_outside_horizon");
        return Ok(());
    };
    let quantity = row.content.quantity - row.committed.unwrap_or(0);
    if quantity < 1 {
        leave_out("nothing_left");
        return Ok(());
    }
    let id: needmatch_domain::ids::OfferId = reference(&row.content.reference)?;
    let periods = details.periods.iter().filter_map(|held| {
        Some(OfferPeriod { offer: id.clone(), period: round.period(&held.period)?, quantity: held.quantity })
    });
    gathered.scenario.offer_periods.extend(periods);
    let areas = row.content.areas.iter().map(|area| reference(area)).collect::<Result<_, _>>()?;
    gathered.scenario.offers.push(Offer {
        id,
        provider: reference(provider)?,
        title: row.content.title,
        form: row.content.form,
        types: details.types,
        areas,
        item: details.item,
        unit: reference(&row.content.unit)?,
        quantity,
        unit_value: details.unit_value,
        firmness: details.firmness,
        states: details.states,
        regions: details.regions,
        groups: details.groups,
        excluded_states: details.excluded_states,
        contexts: details.contexts,
        window,
        ticket_min: details.ticket_min,
        ticket_max: details.ticket_max,
        state_max: details.state_max,
        max_requests: details.max_requests,
        min_contribution_percent: details.min_contribution_percent,
        min_sustainability: details.min_sustainability,
        requires_action_plan: details.requires_action_plan,
        report_since: details.report_since,
        channel: details.channel,
        delivery_permille: details.delivery_permille,
        preferred_areas: details.preferred_areas,
        sdg_targets: details.sdg_targets,
        visibility: row.content.visibility,
    });
    Ok(())
}
