//! Draw and score of one unit (`docs/rules.md`, Freezing).

use needmatch_domain::ids::RequestId;
use needmatch_domain::money::MAX_AMOUNT;
use needmatch_domain::scenario::{Component, Form, Offer, Request, StateProfile, Weights};

use super::error::{FreezeError, FreezeFault};
use crate::eligibility::Subject;

/// A weight of 1000 changes nothing.
const NEUTRAL: u32 = 1000;
/// Of 1000: an offer that would rather serve other areas.
const OTHER_AREA: i64 = 900;
/// Of 1000: a provider that is none of those the state would rather have.
const OTHER_PROVIDER: i64 = 950;

/// Weight of the priority, for `completed`.
pub(super) fn priority_weight(weights: &Weights, request: &Request) -> i64 {
    let rank = usize::from(request.priority.clamp(1, 5)) - 1;
    i64::from(weights.priority[rank])
}

/// ⌊priority · area · context · group / 10⁶⌋, or the value that is too large.
pub(super) fn request_weight(weights: &Weights, request: &Request, profile: &StateProfile) -> Result<i64, u128> {
    let area = weights.area.get(&request.area).copied().unwrap_or(NEUTRAL);
    let context = weights.context.get(&request.context).copied().unwrap_or(NEUTRAL);
    let group = profile.groups.iter().filter_map(|group| weights.group.get(group)).max().copied().unwrap_or(NEUTRAL);
    let priority = priority_weight(weights, request).unsigned_abs();
    let weight = u128::from(priority) * u128::from(area) * u128::from(context) * u128::from(group) / 1_000_000;
    i64::try_from(weight).ok().filter(|fits| *fits <= MAX_AMOUNT).ok_or(weight)
}

/// The error of a weight that is too large.
pub(super) fn too_heavy(request: &RequestId, weight: u128) -> FreezeError {
    let fault = FreezeFault::WeightTooLarge { request: request.to_string(), weight };
    FreezeError::new("scenario.toml", "", "weights", fault)
}

/// Worth of one unit in accounting currency.
fn worth(component: &Component, offer: &Offer) -> i64 {
    let valued = offer.unit_value.filter(|_| offer.form == Form::InKind);
    valued.unwrap_or(component.unit_cost)
}

/// Suitability and preferences, of 1000.
fn fit(subject: &Subject<'_>, offer: &Offer) -> i64 {
    let (request, judged) = (subject.request, subject.suitability(&offer.id));
    let judged = judged.and_then(|judged| judged.fit).map_or(1000, i64::from);
    let prefers_others = !offer.preferred_areas.is_empty() && !offer.preferred_areas.contains(&request.area);
    let others_preferred =
        !request.preferred_providers.is_empty() && !request.preferred_providers.contains(&offer.provider);
    let area = if prefers_others { OTHER_AREA } else { 1000 };
    let provider = if others_preferred { OTHER_PROVIDER } else { 1000 };
    judged * area * provider / 1_000_000
}

/// Draw, in thousandths of the offer's unit, and score of one unit.
pub(super) fn draw_and_score(
    subject: &Subject<'_>,
    offer: &Offer,
    weight: i64,
) -> Result<(i64, i64), Box<FreezeError>> {
    let component = subject.component;
    let judged = subject.suitability(&offer.id).and_then(|judged| judged.draw_permille);
    let draw = match (judged, offer.form) {
        (Some(judged), _) => i128::from(judged),
        (None, Form::Money) => i128::from(component.unit_cost) * i128::from(offer.delivery_permille),
        (None, Form::InKind) => 1000,
    };
    let score = i128::from(weight) * i128::from(worth(component, offer)) * i128::from(fit(subject, offer));
    let id = || offer.id.to_string();
    let refuse = |fault| Box::new(FreezeError::new("components.csv", &component.id, "unit_cost", fault));
    let fits = i64::try_from(draw).ok().filter(|draw| *draw <= MAX_AMOUNT * 1000);
    let draw = fits.ok_or_else(|| refuse(FreezeFault::DrawTooLarge { offer: id(), draw }))?;
    let score = i64::try_from(score).map_err(|_| refuse(FreezeFault::ScoreTooLarge { offer: id(), score }))?;
    Ok((draw, score))
}
