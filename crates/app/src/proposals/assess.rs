//! The assessment of suitability and sustainability (¶101): recorded before equipment, technology or software is
//! accepted.

use needmatch_domain::area::ComponentType;
use needmatch_store::AuditedTransaction;
use needmatch_store::agreements::{Proposal, Subject};
use needmatch_store::keys::ProposalKey;
use needmatch_store::words::PartyKind;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::get;
use crate::document::Fields;
use crate::error::{AppError, Fault, Faults};
use crate::lifecycle::{PROPOSAL, check, row};
use crate::policy::allow;
use crate::principal::Principal;

/// Types of help whose matches are assessed before they are accepted.
pub const NEEDS_ASSESSMENT: [ComponentType; 3] =
    [ComponentType::Equipment, ComponentType::Technology, ComponentType::Software];

/// An assessment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// Whether it suits the conditions of the state.
    pub suitable: bool,
    /// Whether the state can keep it working.
    pub sustainable: bool,
    /// Who assessed.
    pub assessor: String,
    /// What was found.
    pub findings: String,
}

fn read(document: &Value) -> Result<Assessment, AppError> {
    let mut faults = Faults::default();
    let read = Fields::of(document, "", &mut faults).and_then(|mut fields| {
        for name in ["suitable", "sustainable"] {
            if !fields.has(name) {
                fields.refuse(name, None, Fault::Missing {});
            }
        }
        let (suitable, sustainable) = (fields.flag("suitable", false), fields.flag("sustainable", false));
        let (assessor, findings) = (fields.required_text("assessor"), fields.required_text("findings"));
        fields.finish();
        Some(Assessment { suitable, sustainable, assessor: assessor?, findings: findings? })
    });
    faults.finish(read)
}

/// Records an assessment, in the name of the state or of a coordinator.
pub async fn assess(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    key: ProposalKey,
    expected: i64,
    document: &Value,
) -> Result<Proposal, AppError> {
    let step = row("proposal", PROPOSAL, "assess")?;
    let before = get(transaction, principal, key).await?;
    allow(principal, step.action, Some(before.state_party))?;
    check("proposal", PROPOSAL, step, before.lifecycle)?;
    let assessment = read(document)?;
    let own = principal.mandate_for(before.state_party);
    let assessor = own.or_else(|| principal.mandate_of(PartyKind::Coordinator)).map(|mandate| mandate.party);
    let assessor = assessor.unwrap_or(before.state_party);
    Ok(transaction.assess_proposal(key, expected, assessor, &json!(assessment)).await?)
}

/// Refuses what needs an assessment and has none, or one that says no.
pub(super) fn check_assessment(proposal: &Proposal, subject: &Subject) -> Result<(), AppError> {
    let kind: Option<ComponentType> = subject.component_type.parse().ok();
    if !kind.is_some_and(|kind| NEEDS_ASSESSMENT.contains(&kind)) {
        return Ok(());
    }
    let Some(recorded) = &proposal.suitability else {
        return Err(AppError::broken(
            "equipment, technology and software are accepted once their suitability is assessed (¶101)",
        ));
    };
    let assessment: Assessment = crate::requests::stored("assessment", recorded)?;
    if !assessment.suitable || !assessment.sustainable {
        return Err(AppError::broken("the assessment recorded says that it is not suitable and sustainable (¶101)"));
    }
    Ok(())
}
