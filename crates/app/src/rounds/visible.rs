//! What one party sees around its requests, as a scenario: its own requests, those of the area, offers and programmes,
//! each as far as the store lets it see them. Nothing else is looked at, so nothing else can be inferred.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use needmatch_domain::area::ComponentType;
use needmatch_domain::ids::{ComponentId, PeriodIndex, RequestId};
use needmatch_domain::scenario::{Component, Scenario, Window};
use needmatch_matching::quality::{Draft, Unfilled};
use needmatch_store::keys::PartyKey;
use needmatch_store::register::{self, OfferFilter, ProgrammeFilter, RequestFilter};
use needmatch_store::words::{PartyKind, RequestLifecycle, RoundLifecycle};
use needmatch_store::{Cursor, MAX_PAGE, Order, Page, Session, Viewer};
use serde_json::{Value, json};

use super::beside::add_programme;
use super::document::RoundDocument;
use super::gather::{Gathered, add_component, add_offer, add_request, request_of};
use super::rows::{reference, window};
use super::{document, settings};
use crate::error::AppError;
use crate::lifecycle::OFFER_TAKES_PART;
use crate::parties;
use crate::requests::{DraftLine, component_details, details, lines};

/// Most pages read of offers; what a party sees beyond is not counted.
const OFFER_PAGES: usize = 20;

/// Most pages read of requests in an area, and of those of a state.
const REQUEST_PAGES: usize = 4;

/// Years of the horizon where no round gives one.
const YEARS: i16 = 5;

/// What a party sees around its requests.
pub(crate) struct Surroundings {
    round: RoundDocument,
    /// As a scenario.
    pub(crate) scenario: Scenario,
}

impl Surroundings {
    /// Reads what the viewer may see of a state's requests, of requests in these areas, and of all offers.
    pub(crate) async fn read(
        session: &mut Session,
        viewer: &Viewer,
        state: PartyKey,
        areas: &BTreeSet<String>,
        collection: Option<String>,
        today: Date,
    ) -> Result<Self, AppError> {
        let round = horizon(session, viewer, collection, today).await?;
        let mut states = parties::declared_profiles(session).await?;
        states.extend(parties::profile_of_sandbox(&session.party(state).await?));
        let read = settings::read(&round.settings, "quality", states.clone(), "/settings")?;
        let mut gathered = Gathered::empty(&round, read, states);
        let own = RequestFilter { party: Some(state), ..RequestFilter::default() };
        let others = areas.iter().map(|area| RequestFilter { area: Some(area.clone()), ..RequestFilter::default() });
        for filter in std::iter::once(own).chain(others) {
            requests(session, viewer, &round, today, filter, &mut gathered).await?;
        }
        offers(session, viewer, &round, today, &mut gathered).await?;
        programmes(session, viewer, &round, state, &mut gathered).await?;
        let scenario = &mut gathered.scenario;
        scenario.requests.sort_by(|left, right| left.id.cmp(&right.id));
        scenario.components.sort_by(|left, right| left.id.cmp(&right.id));
        scenario.offers.sort_by(|left, right| left.id.cmp(&right.id));
        Ok(Self { round, scenario: gathered.scenario })
    }

    /// A request as far as it is filled in: its components, or its lines while one of them is incomplete.
    pub(crate) fn draft(&self, row: &register::Request) -> Result<Draft, AppError> {
        let details = details(row)?;
        let mut unfilled = BTreeSet::new();
        if details.contribution_percent == 0 && details.contribution_kinds.is_empty() {
            unfilled.insert(Unfilled::Contribution);
        }
        let request = request_of(row.clone(), details, BTreeSet::new())?;
        let mut taken = Gathered::empty(&self.round, self.scenario.settings.clone(), BTreeMap::new());
        for component in &row.components {
            let given = component_details(component)?;
            let is_open = given.from.is_none() && given.to.is_none();
            let before = taken.scenario.components.len();
            add_component(&self.round, &request.id, component, &mut taken)?;
            let is_outside = taken.scenario.components.len() == before;
            if is_outside {
                let mut open = component.clone();
                open.body["from"] = Value::Null;
                open.body["to"] = Value::Null;
                add_component(&self.round, &request.id, &open, &mut taken)?;
            }
            if is_open || is_outside {
                let id: ComponentId = component.reference.parse().map_err(|_| AppError::Internal)?;
                unfilled.insert(Unfilled::Window(id));
            }
        }
        for line in lines(row)? {
            taken.scenario.components.push(self.placeheld(&request.id, line, &mut unfilled)?);
        }
        Ok(Draft { request, components: taken.scenario.components, unfilled })
    }

    /// A line as a component, with placeholders where it is empty.
    fn placeheld(
        &self,
        request: &RequestId,
        line: DraftLine,
        unfilled: &mut BTreeSet<Unfilled>,
    ) -> Result<Component, AppError> {
        let id = line.reference.clone();
        let found = window(&self.round, line.from.as_ref(), line.to.as_ref());
        for field in line.lacks() {
            unfilled.insert(match field {
                "type" => Unfilled::Type(id.clone()),
                "unit" => Unfilled::Unit(id.clone()),
                "quantity" => Unfilled::Quantity(id.clone()),
                _ => Unfilled::UnitCost(id.clone()),
            });
        }
        if found.is_none() || (line.from.is_none() && line.to.is_none()) {
            unfilled.insert(Unfilled::Window(id.clone()));
        }
        let whole = Window { first: PeriodIndex(0), last: PeriodIndex::of(self.round.periods.len() - 1) };
        let unit = line.unit.map_or_else(|| reference("unit"), Ok)?;
        Ok(Component {
            id,
            request: request.clone(),
            r#type: line.r#type.unwrap_or(ComponentType::Expertise),
            item: line.item,
            unit,
            // Enough for what is said of it already.
            quantity: line.quantity.unwrap_or(1.max(line.received).max(line.minimum.unwrap_or(1))),
            received: line.received,
            minimum: line.minimum.unwrap_or(1),
            unit_cost: line.unit_cost.unwrap_or(1),
            divisible: line.divisible,
            window: found.unwrap_or(whole),
            period_max: line.period_max,
            requires: line.requires,
            choice: line.choice,
            covered_by: line.covered_by,
            sustainability_points: line.sustainability_points,
        })
    }
}

/// Periods and settings of the newest round of the collection that the viewer may see, an open one before others; five
/// years from now where there is none.
async fn horizon(
    session: &mut Session,
    viewer: &Viewer,
    collection: Option<String>,
    today: Date,
) -> Result<RoundDocument, AppError> {
    for lifecycle in [Some(RoundLifecycle::Open), None] {
        for round in session.rounds(viewer, lifecycle, &Page::first(MAX_PAGE)).await? {
            let found = document(&round)?;
            if found.collection == collection {
                // Limits and judgements of the round are the coordinator's; they say nothing about a request alone.
                let RoundDocument { periods, settings, collection, .. } = found;
                return Ok(RoundDocument { periods, settings, collection, ..RoundDocument::default() });
            }
        }
    }
    let years = (0..YEARS).filter_map(|ahead| (today.year() + ahead).to_string().parse().ok());
    let settings = json!({ "currency": "USD", "as_of": today.to_string() });
    Ok(RoundDocument { periods: years.collect(), settings, collection, ..RoundDocument::default() })
}

fn first_page() -> Page {
    Page { order: Order::Oldest, after: None, limit: MAX_PAGE }
}

async fn requests(
    session: &mut Session,
    viewer: &Viewer,
    round: &RoundDocument,
    today: Date,
    filter: RequestFilter,
    gathered: &mut Gathered,
) -> Result<(), AppError> {
    let mut page = first_page();
    for _ in 0..REQUEST_PAGES {
        let found = session.requests(viewer, &filter, &page).await?;
        page.after = found.last().map(|row| Cursor { key: row.key.uuid(), rank: None });
        let is_last = found.len() < MAX_PAGE as usize;
        for row in found {
            let is_over = matches!(row.lifecycle, RequestLifecycle::Withdrawn | RequestLifecycle::Expired);
            let is_known = gathered.scenario.requests.iter().any(|known| known.id.as_str() == row.content.reference);
            if !is_over && !is_known {
                add_request(round, today, row, BTreeSet::new(), gathered)?;
            }
        }
        if is_last {
            break;
        }
    }
    Ok(())
}

async fn offers(
    session: &mut Session,
    viewer: &Viewer,
    round: &RoundDocument,
    today: Date,
    gathered: &mut Gathered,
) -> Result<(), AppError> {
    let providers = parties::all_of(session, PartyKind::Provider).await?;
    let providers: BTreeMap<PartyKey, String> = providers.into_iter().map(|party| (party.key, party.code)).collect();
    let filter = OfferFilter { lifecycles: OFFER_TAKES_PART.to_vec(), ..OfferFilter::default() };
    let mut page = first_page();
    for _ in 0..OFFER_PAGES {
        let found = session.offers(viewer, &filter, &page).await?;
        page.after = found.last().map(|row| Cursor { key: row.key.uuid(), rank: None });
        let is_last = found.len() < MAX_PAGE as usize;
        for row in found {
            let provider = providers.get(&row.party).ok_or(AppError::Internal)?;
            add_offer(round, today, provider, row, gathered)?;
        }
        if is_last {
            break;
        }
    }
    Ok(())
}

async fn programmes(
    session: &mut Session,
    viewer: &Viewer,
    round: &RoundDocument,
    state: PartyKey,
    gathered: &mut Gathered,
) -> Result<(), AppError> {
    let code = session.party(state).await?.code;
    let filter = ProgrammeFilter { state: Some(code), ..ProgrammeFilter::default() };
    for row in session.programmes(viewer, &filter, &first_page()).await? {
        add_programme(round, &row, gathered)?;
    }
    Ok(())
}
