//! A whole scenario folder into the register, as a frozen round with one scenario: what `demo` and `import` do. The
//! problem it makes has the hash that the folder's own has.

use std::collections::{BTreeMap, BTreeSet};

use needmatch_domain::geography;
use needmatch_domain::ids::{PeriodIndex, PeriodLabel, ProviderId};
use needmatch_domain::scenario::{self, Scenario, Visibility};
use needmatch_store::keys::{PartyKey, ProgrammeKey};
use needmatch_store::parties::NewParty;
use needmatch_store::register::{
    NewComponent, NewOffer, NewPackage, NewProgramme, NewRequest, OfferContent, ProgrammeContent, RequestContent,
};
use needmatch_store::rounds::{NewRound, NewScenario, Round};
use needmatch_store::words::{Circulation, OfferLifecycle, PackageStatus, PartyKind, RequestLifecycle};
use needmatch_store::{AuditedTransaction, Move, Session};
use serde_json::{Value, json};

use super::document::{AbsorptionRow, BaselineRow, ChannelRow, LockRow, RoundDocument, SuitabilityRow};
use super::{freeze, prepare, settings, written};
use crate::app::{App, Surface, new_key};
use crate::error::AppError;
use crate::offers::{OfferDetails, PeriodQuantity};
use crate::parties::Profile;
use crate::policy::{Action, allow};
use crate::principal::Principal;
use crate::programmes::ProgrammeDetails;
use crate::requests::{ComponentDetails, RequestDetails};

/// The step by which rows of a folder come to where they take part in its round.
const IMPORT: &str = "import";

/// What an import made.
#[derive(Debug, Clone)]
pub struct Imported {
    /// The frozen round.
    pub round: Round,
    /// Its scenario, with the folder's own settings.
    pub scenario: needmatch_store::rounds::Scenario,
    /// Hash of the problem it makes.
    pub problem_sha256: String,
}

/// Loads a scenario as a round of a coordinator. Its rows form a collection of their own, so that they mix with nothing
/// else; their references must be free.
pub async fn import(
    app: &App,
    principal: &Principal,
    surface: &Surface,
    coordinator: PartyKey,
    collection: &str,
    scenario: &Scenario,
) -> Result<Imported, AppError> {
    for action in [Action::RegisterParty, Action::PrepareRound, Action::FreezeRound, Action::PrepareScenario] {
        allow(principal, action, Some(coordinator))?;
    }
    let mut transaction = app.begin(principal, surface).await?;
    let round = register(&mut transaction, coordinator, collection, scenario).await?;
    transaction.commit().await?;
    let prepared = prepare(app, principal, round.key).await?;
    let mut transaction = app.begin(principal, surface).await?;
    let round = freeze(&mut transaction, principal, round.version, &prepared).await?;
    let new =
        NewScenario { key: new_key(), round: round.key, base: None, name: "base".to_owned(), settings: json!({}) };
    let scenario = transaction.add_scenario(&new).await?;
    transaction.commit().await?;
    Ok(Imported { round, scenario, problem_sha256: prepared.problem_sha256 })
}

async fn register(
    transaction: &mut AuditedTransaction,
    coordinator: PartyKey,
    collection: &str,
    scenario: &Scenario,
) -> Result<Round, AppError> {
    let states = register_states(transaction, scenario).await?;
    let providers = register_providers(transaction, scenario).await?;
    add_packages(transaction, scenario, &states).await?;
    let mut components: BTreeMap<&str, Vec<NewComponent>> = BTreeMap::new();
    for component in &scenario.components {
        components.entry(component.request.as_str()).or_default().push(new_component(scenario, component)?);
    }
    for request in &scenario.requests {
        let party = *states.get(request.state.as_str()).ok_or(AppError::Internal)?;
        let own = components.remove(request.id.as_str()).unwrap_or_default();
        let named: Vec<PartyKey> =
            request.circulated_to.iter().filter_map(|provider| providers.get(provider.as_str()).copied()).collect();
        add_request(transaction, party, collection, request, own, &named).await?;
    }
    for offer in &scenario.offers {
        let party = *providers.get(offer.provider.as_str()).ok_or(AppError::Internal)?;
        let new = NewOffer { key: new_key(), party, content: offer_content(scenario, offer, collection)? };
        let offer = transaction.add_offer(&new).await?;
        let taken = Move::by(IMPORT, OfferLifecycle::Available).because(Some("imported"));
        transaction.move_offer(offer.key, offer.version, taken).await?;
    }
    for programme in &scenario.programmes {
        transaction.add_programme(&new_programme(scenario, programme, coordinator, collection)?).await?;
    }
    let new = NewRound {
        key: new_key(),
        party: coordinator,
        name: scenario.settings.name.clone(),
        settings: written(&round_document(scenario, collection)?)?,
        cut_off_at: transaction.at(),
    };
    Ok(transaction.add_round(&new).await?)
}

async fn party(
    transaction: &mut AuditedTransaction,
    kind: PartyKind,
    code: &str,
    name: &str,
    body: Value,
) -> Result<PartyKey, AppError> {
    let session: &mut Session = transaction;
    if let Some(known) = session.party_by_code(kind, code).await? {
        return Ok(known.key);
    }
    let new = NewParty { key: new_key(), kind, code: code.to_owned(), name: name.to_owned(), body, is_sandbox: false };
    Ok(transaction.add_party(&new).await?.key)
}

async fn register_states(
    transaction: &mut AuditedTransaction,
    scenario: &Scenario,
) -> Result<BTreeMap<String, PartyKey>, AppError> {
    let mut keys = BTreeMap::new();
    for (code, profile) in &scenario.states {
        let body = Profile { regions: profile.regions.clone(), groups: profile.groups.clone() };
        let key = party(transaction, PartyKind::State, code.as_str(), &profile.name, json!(body)).await?;
        keys.insert(code.to_string(), key);
    }
    for request in &scenario.requests {
        let code = request.state.as_str();
        if !keys.contains_key(code) {
            let country = geography::country(code);
            let name = country.map_or(code, |country| country.name(geography::Language::English));
            keys.insert(code.to_owned(), party(transaction, PartyKind::State, code, name, json!({})).await?);
        }
    }
    Ok(keys)
}

async fn register_providers(
    transaction: &mut AuditedTransaction,
    scenario: &Scenario,
) -> Result<BTreeMap<String, PartyKey>, AppError> {
    let offering = scenario.offers.iter().map(|offer| offer.provider.as_str());
    let named = scenario.requests.iter().flat_map(|request| request.circulated_to.iter().map(ProviderId::as_str));
    let codes: BTreeSet<&str> = offering.chain(named).collect();
    let mut keys = BTreeMap::new();
    for code in codes {
        keys.insert(code.to_owned(), party(transaction, PartyKind::Provider, code, code, json!({})).await?);
    }
    Ok(keys)
}

/// Packages of a folder: opened by the state whose request names it first, and joined by the others.
async fn add_packages(
    transaction: &mut AuditedTransaction,
    scenario: &Scenario,
    states: &BTreeMap<String, PartyKey>,
) -> Result<(), AppError> {
    let mut packages: BTreeMap<&str, Vec<PartyKey>> = BTreeMap::new();
    for request in &scenario.requests {
        let Some(package) = &request.package else { continue };
        let party = *states.get(request.state.as_str()).ok_or(AppError::Internal)?;
        let parties = packages.entry(package.as_str()).or_default();
        if !parties.contains(&party) {
            parties.push(party);
        }
    }
    for (code, parties) in packages {
        let (party, others) = parties.split_first().ok_or(AppError::Internal)?;
        let others = others.iter().map(|other| (*other, PackageStatus::Joined)).collect();
        let (key, code, title, body) = (new_key(), code.to_owned(), code.to_owned(), json!({}));
        transaction.add_package(&NewPackage { key, party: *party, code, title, body, others }).await?;
    }
    Ok(())
}

async fn add_request(
    transaction: &mut AuditedTransaction,
    party: PartyKey,
    collection: &str,
    request: &scenario::Request,
    components: Vec<NewComponent>,
    named: &[PartyKey],
) -> Result<(), AppError> {
    let details = RequestDetails {
        authority: request.authority.clone(),
        context: request.context,
        action_plan_date: request.action_plan_date,
        report_year: request.report_year,
        contribution_percent: request.contribution_percent,
        contribution_kinds: request.contribution_kinds.clone(),
        sustainability: request.sustainability,
        max_providers: request.max_providers,
        excluded_providers: request.excluded_providers.clone(),
        preferred_providers: request.preferred_providers.clone(),
        sdg_targets: request.sdg_targets.clone(),
        package: request.package.clone(),
        obstacles: request.obstacles.clone(),
        source: request.source.clone(),
        evidence: None,
        report: None,
        collection: Some(collection.to_owned()),
    };
    let content = RequestContent {
        reference: request.id.to_string(),
        external_id: None,
        state: request.state.to_string(),
        area: request.area.to_string(),
        priority: i64::from(request.priority),
        title: request.title.clone(),
        package: request.package.as_ref().map(ToString::to_string),
        valid_until: None,
        body: json!(details),
        lines: None,
    };
    let registered = transaction.add_request(&NewRequest { key: new_key(), party, content, components }).await?;
    let circulation = if request.circulated_to.is_empty() { Circulation::Providers } else { Circulation::Named };
    let reason = Some("imported");
    let circulated =
        transaction.circulate_request(registered.key, registered.version, IMPORT, circulation, named, reason).await?;
    let taken = Move::by(IMPORT, RequestLifecycle::Circulated).because(reason);
    transaction.move_request(circulated.key, circulated.version, taken, None).await?;
    Ok(())
}

fn label(scenario: &Scenario, period: PeriodIndex) -> Result<PeriodLabel, AppError> {
    scenario.periods.get(period.at()).cloned().ok_or(AppError::Internal)
}

fn new_component(scenario: &Scenario, component: &scenario::Component) -> Result<NewComponent, AppError> {
    let details = ComponentDetails {
        item: component.item.clone(),
        received: component.received,
        minimum: component.minimum,
        unit_cost: component.unit_cost,
        divisible: component.divisible,
        from: Some(label(scenario, component.window.first)?),
        to: Some(label(scenario, component.window.last)?),
        period_max: component.period_max,
        requires: component.requires.clone(),
        choice: component.choice.clone(),
        covered_by: component.covered_by.clone(),
        sustainability_points: component.sustainability_points,
        note: None,
    };
    Ok(NewComponent {
        key: new_key(),
        reference: component.id.to_string(),
        r#type: component.r#type.to_string(),
        unit: component.unit.to_string(),
        quantity: component.quantity,
        body: json!(details),
    })
}

fn offer_content(scenario: &Scenario, offer: &scenario::Offer, collection: &str) -> Result<OfferContent, AppError> {
    let held = scenario.offer_periods.iter().filter(|held| held.offer == offer.id);
    let periods =
        held.map(|held| Ok(PeriodQuantity { period: label(scenario, held.period)?, quantity: held.quantity }));
    let details = OfferDetails {
        types: offer.types.clone(),
        item: offer.item.clone(),
        unit_value: offer.unit_value,
        firmness: offer.firmness,
        states: offer.states.clone(),
        regions: offer.regions.clone(),
        groups: offer.groups.clone(),
        excluded_states: offer.excluded_states.clone(),
        contexts: offer.contexts.clone(),
        from: Some(label(scenario, offer.window.first)?),
        to: Some(label(scenario, offer.window.last)?),
        periods: periods.collect::<Result<_, AppError>>()?,
        ticket_min: offer.ticket_min,
        ticket_max: offer.ticket_max,
        state_max: offer.state_max,
        max_requests: offer.max_requests,
        min_contribution_percent: offer.min_contribution_percent,
        min_sustainability: offer.min_sustainability,
        requires_action_plan: offer.requires_action_plan,
        report_since: offer.report_since,
        channel: offer.channel.clone(),
        delivery_permille: offer.delivery_permille,
        preferred_areas: offer.preferred_areas.clone(),
        sdg_targets: offer.sdg_targets.clone(),
        collection: Some(collection.to_owned()),
    };
    Ok(OfferContent {
        reference: offer.id.to_string(),
        external_id: None,
        title: if offer.title.is_empty() { offer.id.to_string() } else { offer.title.clone() },
        form: offer.form,
        unit: offer.unit.to_string(),
        quantity: offer.quantity,
        visibility: offer.visibility,
        valid_until: None,
        areas: offer.areas.iter().map(ToString::to_string).collect(),
        body: json!(details),
    })
}

fn new_programme(
    scenario: &Scenario,
    programme: &scenario::Programme,
    party: PartyKey,
    collection: &str,
) -> Result<NewProgramme, AppError> {
    let details = ProgrammeDetails {
        r#type: programme.r#type,
        from: Some(label(scenario, programme.window.first)?),
        to: Some(label(scenario, programme.window.last)?),
        amount: programme.amount,
        mitigates: programme.mitigates.clone(),
        sdg_targets: programme.sdg_targets.clone(),
        source: programme.source.clone(),
        collection: Some(collection.to_owned()),
    };
    let content = ProgrammeContent {
        reference: programme.id.to_string(),
        external_id: None,
        title: programme.id.to_string(),
        state: programme.state.to_string(),
        area: programme.area.to_string(),
        visibility: Visibility::Public,
        body: json!(details),
    };
    Ok(NewProgramme { key: new_key::<ProgrammeKey>(), party, content, is_confirmed: true })
}

fn round_document(scenario: &Scenario, collection: &str) -> Result<RoundDocument, AppError> {
    let optional = |period: Option<PeriodIndex>| period.map(|period| label(scenario, period)).transpose();
    Ok(RoundDocument {
        periods: scenario.periods.clone(),
        settings: settings::write(&scenario.settings)?,
        collection: Some(collection.to_owned()),
        absorption: scenario
            .absorption
            .iter()
            .map(|row| {
                let period = label(scenario, row.period)?;
                Ok(AbsorptionRow { state: row.state.clone(), period, amount: row.amount, requests: row.requests })
            })
            .collect::<Result<_, AppError>>()?,
        channels: scenario
            .channels
            .iter()
            .map(|row| {
                let (period, regions) = (optional(row.period)?, row.regions.iter().cloned().collect());
                Ok(ChannelRow { id: row.id.clone(), regions, period, amount: row.amount })
            })
            .collect::<Result<_, AppError>>()?,
        suitability: scenario
            .suitability
            .iter()
            .map(|row| SuitabilityRow {
                component: row.component.clone(),
                offer: row.offer.clone(),
                fit: row.fit,
                draw_permille: row.draw_permille,
                eligible: row.eligible,
                reason: row.reason.clone(),
            })
            .collect(),
        locks: scenario
            .locks
            .iter()
            .map(|row| {
                Ok(LockRow {
                    component: row.component.clone(),
                    offer: row.offer.clone(),
                    period: optional(row.period)?,
                    quantity: row.quantity,
                    kind: row.kind,
                })
            })
            .collect::<Result<_, AppError>>()?,
        baseline: scenario
            .baseline
            .iter()
            .map(|row| {
                Ok(BaselineRow {
                    component: row.component.clone(),
                    offer: row.offer.clone(),
                    period: label(scenario, row.period)?,
                    quantity: row.quantity,
                })
            })
            .collect::<Result<_, AppError>>()?,
    })
}
