//! Registers, rewrites and moves offers.

use std::collections::BTreeSet;

use needmatch_domain::ids::OfferId;
use needmatch_store::agreements::ProposalFilter;
use needmatch_store::keys::{OfferKey, PartyKey};
use needmatch_store::parties::Party;
use needmatch_store::register::{NewOffer, Offer, OfferContent, Unique};
use needmatch_store::words::{Ending, OfferLifecycle, PartyKind};
use needmatch_store::{AuditedTransaction, Move};
use serde_json::Value;

use super::document::{self, OfferDocument};
use super::{Declared, details, get};
use crate::app::new_key;
use crate::document::{kept_key, peek};
use crate::error::{AppError, Fault, Faults};
use crate::lifecycle::{OFFER, OFFER_OPEN, OFFER_PROLONGED, check, not_allowed, row};
use crate::names::{self, Given};
use crate::parties;
use crate::policy::{Action, allow};
use crate::principal::Principal;
use crate::proposals::end_open;
use crate::validity;

/// Registers an offer as a draft of the provider the document names, or of the one the principal acts for.
pub async fn create(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    document: &Value,
) -> Result<Offer, AppError> {
    let mut created = create_many(transaction, principal, std::slice::from_ref(document)).await?;
    created.pop().ok_or(AppError::Internal)
}

/// Registers offers, all or none. The pointers of errors begin with the position in the list, if there are several.
pub async fn create_many(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    documents: &[Value],
) -> Result<Vec<Offer>, AppError> {
    if !principal.is_signed_in() {
        return Err(AppError::Unauthenticated);
    }
    let declared = parties::declared(transaction).await?;
    create_of(transaction, principal, &declared, documents, None).await
}

/// Registers offers of a provider, all or none. The pointers of errors begin with the position in the list, if there are
/// several.
pub(crate) async fn create_for(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    declared: &Declared,
    owner: &Party,
    documents: &[Value],
) -> Result<Vec<Offer>, AppError> {
    allow(principal, Action::CreateOffer, Some(owner.key))?;
    create_of(transaction, principal, declared, documents, Some(owner)).await
}

/// Registers offers of `owner`, or, where none is given, of whom each document names.
async fn create_of(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    declared: &Declared,
    documents: &[Value],
    owner: Option<&Party>,
) -> Result<Vec<Offer>, AppError> {
    let mut faults = Faults::default();
    let (mut read, mut given) = (Vec::new(), Vec::new());
    for (position, document) in documents.iter().enumerate() {
        let pointer = if documents.len() == 1 { String::new() } else { format!("/{position}") };
        let key: OfferKey = new_key();
        let named = peek(document, "provider");
        let party = match owner {
            Some(owner) => {
                check_provider(&owner.code, named.as_deref(), &pointer, &mut faults);
                Some(owner.clone())
            }
            None => party_of(transaction, principal, named.as_deref(), &pointer, &mut faults).await?,
        };
        let mut document = document.clone();
        if let Some(party) = &party {
            names::put_under(&party.code, &mut document, &BTreeSet::new());
        }
        let offer = document::read(&document, &reference_of(key), &pointer, declared, &mut faults);
        if let (Some(party), Some(offer)) = (party, offer) {
            allow(principal, Action::CreateOffer, Some(party.key))?;
            validity::check(offer.content.valid_until, transaction.at(), &pointer, &mut faults);
            given.extend(given_by(party.key, &offer.content, &pointer));
            read.push(NewOffer { key, party: party.key, content: offer.content });
        }
    }
    if documents.len() > 1 || owner.is_some() {
        names::check_free(transaction, &given, &mut faults).await?;
    }
    let read = faults.finish(Some(read))?;
    let mut created = Vec::with_capacity(read.len());
    for new in &read {
        created.push(transaction.add_offer(new).await?);
    }
    Ok(created)
}

/// The names that an offer gives.
fn given_by(party: PartyKey, content: &OfferContent, pointer: &str) -> impl Iterator<Item = Given> {
    let names = (&*content.reference, content.external_id.as_deref());
    names::given_by([Unique::Offer, Unique::OfferOf(party)], names, pointer)
}

/// Rewrites an offer. One that says the same already stays as it is, version and all and wherever it stands, so that
/// mirroring costs nothing. Once something is reserved of it, the day it is valid until may still come later.
pub async fn rewrite(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    key: OfferKey,
    expected: i64,
    document: &Value,
) -> Result<Offer, AppError> {
    let before = get(transaction, principal, key).await?;
    allow(principal, Action::ChangeOffer, Some(before.party))?;
    AppError::unless_at(expected, before.version)?;
    let declared = parties::declared(transaction).await?;
    let owner = transaction.party(before.party).await?;
    rewrite_found(transaction, principal, &declared, &owner, before, document).await
}

/// Rewrites an offer of this owner as it was found in the same transaction.
pub(crate) async fn rewrite_found(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    declared: &Declared,
    owner: &Party,
    before: Offer,
    document: &Value,
) -> Result<Offer, AppError> {
    allow(principal, Action::ChangeOffer, Some(before.party))?;
    let is_open = OFFER_OPEN.contains(&before.lifecycle);
    let refused = || not_allowed("offer", OFFER, "change", before.lifecycle);
    let mut faults = Faults::default();
    let mut document = document.clone();
    names::put_under(&owner.code, &mut document, &BTreeSet::from([before.content.reference.clone()]));
    let read = document::read(&document, &before.content.reference, "", declared, &mut faults);
    check_provider(&owner.code, read.as_ref().and_then(|offer| offer.provider.as_deref()), "", &mut faults);
    if is_open && let Some(read) = &read {
        let had = given_by(before.party, &before.content, "").map(|one| one.name).collect();
        let given = given_by(before.party, &read.content, "").collect();
        names::check_rewritten(transaction, given, &had, &mut faults).await?;
    }
    let OfferDocument { mut content, .. } = match faults.finish(read) {
        // What cannot be read does not say what stands.
        Err(_) if !is_open => return Err(refused()),
        read => read?,
    };
    if let Some(collection) = details(&before)?.collection {
        content.body["collection"] = collection.into();
    }
    if before.content == content {
        return Ok(before);
    }
    let only_prolongs = OFFER_PROLONGED.contains(&before.lifecycle) && prolongs(&before.content, &content);
    if !is_open && !only_prolongs {
        return Err(refused());
    }
    validity::refuse_over(content.valid_until, transaction.at())?;
    Ok(transaction.change_offer(before.key, before.version, &content).await?)
}

/// Whether all that changes is the day an offer is valid until, and that to a later one.
fn prolongs(before: &OfferContent, after: &OfferContent) -> bool {
    let same = OfferContent { valid_until: before.valid_until, ..after.clone() } == *before;
    same && validity::is_later(before.valid_until, after.valid_until)
}

/// Makes a provider's record of that external key what the document says: registered if there was none, rewritten if it
/// differs. Answers whether it was registered.
///
/// # Errors
/// [`AppError::NotFound`] when the party is no provider; [`AppError::Invalid`] when the document names another one.
pub async fn put(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    party: PartyKey,
    external_id: &str,
    expected: Option<i64>,
    document: &Value,
) -> Result<(Offer, bool), AppError> {
    let owner = parties::get(transaction, principal, party).await?;
    allow(principal, Action::CreateOffer, Some(party))?;
    if owner.kind != PartyKind::Provider {
        return Err(AppError::not_found("party", party));
    }
    let mut document = document.clone();
    if let Value::Object(fields) = &mut document {
        fields.insert("external_id".to_owned(), external_id.into());
    }
    let before = match kept_key::<OfferId>(external_id) {
        Some(key) => transaction.offer_by_external_id(&principal.viewer(), party, &key).await?,
        None => None,
    };
    if let Some(before) = before {
        let expected = expected.unwrap_or(before.version);
        return rewrite(transaction, principal, before.key, expected, &document).await.map(|offer| (offer, false));
    }
    let declared = parties::declared(transaction).await?;
    let documents = std::slice::from_ref(&document);
    let created = create_for(transaction, principal, &declared, &owner, documents).await?.pop();
    Ok((created.ok_or(AppError::Internal)?, true))
}

/// Takes a step.
pub async fn take_step(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    key: OfferKey,
    expected: i64,
    name: &str,
    reason: Option<&str>,
) -> Result<Offer, AppError> {
    let row = row("offer", OFFER, name)?;
    let before = get(transaction, principal, key).await?;
    allow(principal, row.action, Some(before.party))?;
    check("offer", OFFER, row, before.lifecycle)?;
    if row.to == OfferLifecycle::Submitted {
        validity::refuse_over(before.content.valid_until, transaction.at())?;
    }
    let ending = match row.to {
        OfferLifecycle::Withdrawn => Some(Ending::OfferWithdrawn),
        OfferLifecycle::Expired => Some(Ending::OfferExpired),
        _ => None,
    };
    let moved = transaction.move_offer(key, expected, Move::by(row.step, row.to).because(reason)).await?;
    // Once it is moved, no round that is being published proposes it any more.
    if let Some(ending) = ending {
        let filter = ProposalFilter { offer: Some(key), ..ProposalFilter::default() };
        end_open(transaction, filter, ending, reason).await?;
    }
    Ok(moved)
}

/// A reference for an offer that names none: short, and unique because the key is.
fn reference_of(key: OfferKey) -> String {
    let text = key.to_string();
    format!("O-{}", text.get(24..).unwrap_or(&text))
}

/// Refuses a document that names another provider than the one its offer belongs to.
fn check_provider(owner: &str, named: Option<&str>, pointer: &str, faults: &mut Faults) {
    if let Some(other) = named.filter(|code| *code != owner) {
        faults.push(format!("{pointer}/provider"), Some(other), Fault::UnknownWord { allowed: owner.to_owned() });
    }
}

async fn party_of(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    code: Option<&str>,
    pointer: &str,
    faults: &mut Faults,
) -> Result<Option<Party>, AppError> {
    let pointer = format!("{pointer}/provider");
    let Some(code) = code else {
        if let Some(mandate) = principal.only_mandate_of(PartyKind::Provider) {
            return Ok(Some(transaction.party(mandate.party).await?));
        }
        faults.push(pointer, None, Fault::Missing {});
        return Ok(None);
    };
    let party = parties::by_code(transaction, principal, PartyKind::Provider, code).await?;
    if party.is_none() {
        faults.push(pointer, Some(code), Fault::UnknownParty { kind: "provider" });
    }
    Ok(party)
}
