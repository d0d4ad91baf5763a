//! What is said when a package is opened, when others are invited to it, and with every other step.

use needmatch_domain::ids::PackageId;
use needmatch_store::Session;
use needmatch_store::keys::PartyKey;
use needmatch_store::words::PartyKind;
use serde_json::Value;

use crate::document::{Fields, MAX_LINE, text};
use crate::error::{AppError, Fault, Faults};

/// Fields of a package.
pub const PACKAGE_FIELDS: [&str; 5] = ["code", "title", "state", "invited", "evidence"];

/// A state that is named, and where.
type Named = (String, String);

/// A package as read: its states are looked up by the caller.
pub(super) struct PackageDocument {
    pub(super) code: String,
    pub(super) title: String,
    pub(super) invited: Vec<Named>,
    pub(super) evidence: Option<String>,
}

/// Reads a package. `code` is the one it gets where the document names none.
pub(super) fn read(document: &Value, code: &str, faults: &mut Faults) -> Option<PackageDocument> {
    let mut fields = Fields::of(document, "", faults)?;
    let code = fields.id::<PackageId>("code").map_or_else(|| code.to_owned(), |id| id.to_string());
    let title = fields.required_text("title");
    fields.text("state");
    let invited = invited(&mut fields);
    let evidence = fields.text("evidence");
    fields.finish();
    Some(PackageDocument { code, title: title?, invited, evidence })
}

/// What goes with a step.
#[derive(Debug, Default)]
pub(super) struct Step {
    pub(super) invited: Vec<Named>,
    pub(super) reason: Option<String>,
}

impl Step {
    /// Reads `{"invited": […]}` of an invitation, and a reason of any step; `decline` needs one.
    pub(super) fn read(step: &str, document: &Value, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(document, "", faults)?;
        let names = if step == "invite" { invited(&mut fields) } else { Vec::new() };
        let nobody = |value: &Value| value.as_array().is_some_and(Vec::is_empty);
        if step == "invite" && fields.value("invited").is_none_or(nobody) {
            fields.refuse("invited", None, Fault::Missing {});
        }
        if step != "invite" && step != "withdraw" {
            fields.text("state");
        }
        let reason = if step == "decline" { fields.required_text("reason") } else { fields.text("reason") };
        fields.finish();
        Some(Self { invited: names, reason })
    }
}

fn invited(fields: &mut Fields<'_>) -> Vec<Named> {
    fields.list("invited", |item, pointer, faults| Some((pointer.to_owned(), text(item, pointer, MAX_LINE, faults)?)))
}

/// The parties of states that are named; the state that opens the package is in it already.
pub(super) async fn states(
    session: &mut Session,
    opener: PartyKey,
    named: &[Named],
    faults: &mut Faults,
) -> Result<Vec<PartyKey>, AppError> {
    let mut parties = Vec::new();
    for (pointer, code) in named {
        // A sandbox is nobody to act jointly with.
        let party = session.party_by_code(PartyKind::State, code).await?.filter(|party| !party.is_sandbox);
        match party {
            None => faults.push(pointer, Some(code), Fault::UnknownParty { kind: "state" }),
            Some(party) if party.key == opener || parties.contains(&party.key) => {
                faults.push(pointer, Some(code), Fault::Twice {});
            }
            Some(party) => parties.push(party.key),
        }
    }
    Ok(parties)
}
