//! `needmatch access`: the first party, person and token of a new register, given by who holds the machine, and who is shut
//! out of it. What follows is done by managers over the API.

use std::process::ExitCode;

use anyhow::Context;
use needmatch_app::sign_in::{Invitation, Link, invite};
use needmatch_app::store::AuditedTransaction;
use needmatch_app::store::keys::PartyKey;
use needmatch_app::store::words::{PartyKind, Role};
use needmatch_app::{App, Principal, Scope, Surface, parties, people, tokens};
use needmatch_i18n::Locale;
use serde_json::json;

use crate::exit::refused;
use crate::print::output;
use crate::service::{self, Settings};

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    part: Part,
}

/// A party by kind and code.
#[derive(Debug, clap::Args)]
pub(super) struct Named {
    /// `state`, `provider`, `coordinator` or `observer`.
    #[arg(long)]
    kind: String,
    /// State code, provider id or another code, unique within the kind.
    #[arg(long)]
    code: String,
}

#[derive(Debug, clap::Subcommand)]
enum Part {
    /// Register a party.
    Party {
        #[command(flatten)]
        party: Named,
        /// As shown.
        #[arg(long)]
        name: String,
        /// To try the service with: what it registers takes part in nothing. Its code begins with `sandbox-`; a state
        /// names the regions it is of.
        #[arg(long)]
        sandbox: bool,
        /// A region of a state that is not in the reference table, finest first; may be given again.
        #[arg(long = "region")]
        regions: Vec<String>,
    },
    /// Invite a person as a manager of a party; prints what is put behind `/sign-in/`, or says where else, good for one use
    /// within a day. Who has a place in another party sets a password and a second factor anew.
    Invite {
        #[command(flatten)]
        party: Named,
        /// Their address.
        #[arg(long)]
        email: String,
        /// As shown.
        #[arg(long)]
        name: String,
        /// Language of their mail, and of the pages it leads to: `ar`, `zh`, `en`, `fr`, `ru` or `es`.
        #[arg(long, default_value_t)]
        language: Locale,
    },
    /// Issue a token of a party; prints it, once.
    Token {
        #[command(flatten)]
        party: Named,
        /// What it is for.
        #[arg(long)]
        label: String,
        /// `read`, `write`, `manage`, separated by commas.
        #[arg(long, default_value = "read")]
        scopes: String,
    },
    /// Shut a person out: what they were signed in with ends, and nothing lets them in. Tokens of their parties stay.
    Disable {
        /// Their address.
        email: String,
    },
    /// Let a person in again who was shut out.
    Enable {
        /// Their address.
        email: String,
    },
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let Some(configuration) = arguments.settings.read(&[])? else { return Ok(ExitCode::SUCCESS) };
    service::runtime()?.block_on(async {
        let app = App::with_system_clock(service::open(&configuration.database).await?);
        let (operator, surface) = (Principal::operator(), Surface { name: "cli", request_id: "access".to_owned() });
        let mut transaction = app.begin(&operator, &surface).await?;
        let printed = give(&mut transaction, &operator, &arguments.part).await?;
        transaction.commit().await?;
        app.store().close().await;
        output::line(format_args!("{printed}"))?;
        Ok(ExitCode::SUCCESS)
    })
}

async fn give(transaction: &mut AuditedTransaction, operator: &Principal, part: &Part) -> anyhow::Result<String> {
    Ok(match part {
        Part::Party { party, name, sandbox, regions } => {
            let mut document = json!({ "kind": party.kind, "code": party.code, "name": name, "sandbox": sandbox });
            if !regions.is_empty() {
                document["regions"] = json!(regions);
            }
            parties::register(transaction, operator, &document).await.map_err(told)?.key.to_string()
        }
        Part::Invite { party, email, name, language } => {
            let party = find(transaction, party).await?;
            let invitation = Invitation { email, name, role: Role::Manager, language: *language };
            let invited = invite(transaction, operator, party, invitation).await.map_err(told)?;
            match invited.link {
                Some(Link::SignIn(link)) => link.reveal().to_owned(),
                Some(Link::NewPassword(link)) => {
                    format!("{email} has a place in another party: put this behind /new-password/\n{}", link.reveal())
                }
                None => format!("{email} is invited"),
            }
        }
        Part::Token { party, label, scopes } => {
            let party = find(transaction, party).await?;
            let scopes: Option<Vec<Scope>> = scopes.split(',').map(|name| Scope::named(name.trim())).collect();
            let scopes = scopes.ok_or_else(|| refused("scopes are read, write, manage, separated by commas"))?;
            let issued = tokens::issue_to(transaction, operator, party, label, &scopes).await.map_err(told)?;
            issued.secret.reveal().to_owned()
        }
        Part::Disable { email } => shut_out(transaction, operator, email, true).await?,
        Part::Enable { email } => shut_out(transaction, operator, email, false).await?,
    })
}

async fn shut_out(
    transaction: &mut AuditedTransaction,
    operator: &Principal,
    email: &str,
    is_out: bool,
) -> anyhow::Result<String> {
    let person = transaction.person_by_email(email).await?;
    let person = person.with_context(|| format!("nobody here has the address {email}"))?;
    let changed = people::shut_out(transaction, operator, person.key, is_out).await.map_err(told)?;
    Ok(match (is_out, changed) {
        (true, true) => format!("{email} is shut out"),
        (true, false) => format!("{email} was shut out already"),
        (false, true) => format!("{email} may come in again"),
        (false, false) => format!("{email} was not shut out"),
    })
}

pub(super) async fn find(transaction: &mut AuditedTransaction, named: &Named) -> anyhow::Result<PartyKey> {
    let kind: PartyKind = named
        .kind
        .parse()
        .map_err(|_| refused(format!("{:?} is none of state, provider, coordinator, observer", named.kind)))?;
    let found = transaction.party_by_code(kind, &named.code).await?;
    let party = found.with_context(|| format!("there is no {kind} {}: see `needmatch access party`", named.code))?;
    Ok(party.key)
}

#[expect(clippy::needless_pass_by_value, reason = "the form that `map_err` wants")]
pub(super) fn told(error: needmatch_app::AppError) -> anyhow::Error {
    refused(error.to_string())
}
