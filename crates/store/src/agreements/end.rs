//! How proposals end without help: declined, called off once agreed, unanswered, or together with what they are about.
//! Each says in a word how it ended ([`Ending`]); what people gave as their reason stands beside it.

use jiff::Timestamp;

use super::{Proposal, Side, ledger};
use crate::audit::Entry;
use crate::bounds;
use crate::error::StoreError;
use crate::guard::{changed_one, same_version};
use crate::keys::{PartyKey, ProposalKey, RoundKey};
use crate::page::limit;
use crate::session::Session;
use crate::statement::{Condition, Statement};
use crate::transaction::AuditedTransaction;
use crate::words::{Ending, ProposalLifecycle};

const END: &str = "UPDATE proposals SET lifecycle = $4, declined_by = $5, reason = $6, ending = $7, updated_at = $3, \
     version = version + 1 WHERE id = $1 AND version = $2";

impl Session {
    /// Proposals whose deadline had passed at a moment and that nobody has answered, of a round or of all, other than some,
    /// in the order of keys, at most so many. The caller is the program itself.
    pub async fn overdue_proposals(
        &mut self,
        at: Timestamp,
        round: Option<RoundKey>,
        except: &[ProposalKey],
        most: u32,
    ) -> Result<Vec<ProposalKey>, StoreError> {
        let mut select = Statement::of("SELECT id FROM proposals WHERE lifecycle = 'proposed' AND deadline_at < ");
        select.value(at);
        if let Some(round) = round {
            select.push(" AND round = ").value(round);
        }
        if !except.is_empty() {
            select.push(" AND ").condition(&Condition::of("id NOT IN ").list(except.iter().copied()));
        }
        select.push(" ORDER BY id LIMIT ").value(limit(most));
        self.fetch_all(select).await?.iter().map(|row| row.get("id")).collect()
    }
}

impl AuditedTransaction {
    /// Declines a proposal, for good: it becomes a forbidden match of the next run.
    pub async fn decline_proposal(
        &mut self,
        key: ProposalKey,
        expected: i64,
        side: Side,
        reason: &str,
    ) -> Result<Proposal, StoreError> {
        let before = self.open_proposal(key, expected).await?;
        let by = before.party(side);
        self.end(&before, ProposalLifecycle::Declined, Some(by), Ending::Declined, Some(reason)).await?;
        self.note_proposal("proposal.decline", &before, by, Some(reason)).await
    }

    /// Calls off what both sides agreed and nobody has written down: from then on it is a declined match, and what it
    /// held is given back. Both sides' chains tell of it.
    ///
    /// # Errors
    /// [`StoreError::WrongState`] when it is not agreed, or a commitment was written.
    pub async fn call_off_proposal(
        &mut self,
        key: ProposalKey,
        expected: i64,
        side: Side,
        reason: &str,
    ) -> Result<Proposal, StoreError> {
        let before = self.hold_proposal(key).await?;
        same_version("proposal", key, expected, before.version)?;
        let wrong = |actual: String| StoreError::WrongState {
            kind: "proposal",
            key: key.to_string(),
            expected: ProposalLifecycle::Agreed.to_string(),
            actual,
        };
        if before.lifecycle != ProposalLifecycle::Agreed {
            return Err(wrong(before.lifecycle.to_string()));
        }
        // Whoever writes the commitment holds the proposal as well: nobody is writing one now.
        if let Some(written) = self.commitment_of(key).await? {
            return Err(wrong(written.lifecycle.to_string()));
        }
        let by = before.party(side);
        self.end(&before, ProposalLifecycle::Declined, Some(by), Ending::CalledOff, Some(reason)).await?;
        ledger::release(self, &before, 0).await?;
        let after = self.note_proposal("proposal.call-off", &before, by, Some(reason)).await?;
        let other = before.party(side.other());
        if other != by {
            let entry = Entry::of(other, "proposal.call-off", "proposal", key.uuid()).before(&before).after(&after);
            self.note(entry.step("call-off", Some(before.lifecycle), after.lifecycle).reason(Some(reason)));
        }
        Ok(after)
    }

    /// Ends an open proposal together with the request or offer it is about: declined by whoever took that back, lapsed
    /// where it expired.
    ///
    /// # Errors
    /// [`StoreError::WrongState`] when it was decided.
    pub async fn end_proposal(
        &mut self,
        key: ProposalKey,
        expected: i64,
        ending: Ending,
        reason: Option<&str>,
    ) -> Result<Proposal, StoreError> {
        let before = self.open_proposal(key, expected).await?;
        let taken_back_by = match ending {
            Ending::RequestWithdrawn => Some(before.state_party),
            Ending::OfferWithdrawn => Some(before.provider_party),
            _ => None,
        };
        let (action, lifecycle) = match taken_back_by {
            Some(_) => ("proposal.decline", ProposalLifecycle::Declined),
            None => ("proposal.lapse", ProposalLifecycle::Lapsed),
        };
        self.end(&before, lifecycle, taken_back_by, ending, reason).await?;
        self.note_proposal(action, &before, taken_back_by.unwrap_or(before.state_party), reason).await
    }

    /// Ends a proposal whose deadline has passed unanswered. `None`: it was answered meanwhile, or has time left.
    pub async fn lapse_proposal(&mut self, key: ProposalKey) -> Result<Option<Proposal>, StoreError> {
        let before = self.hold_proposal(key).await?;
        if before.lifecycle != ProposalLifecycle::Proposed || before.deadline_at >= self.at() {
            return Ok(None);
        }
        self.end(&before, ProposalLifecycle::Lapsed, None, Ending::Deadline, None).await?;
        self.note_proposal("proposal.lapse", &before, before.state_party, None).await.map(Some)
    }

    /// Open proposals whose deadline comes before a moment and whose sides were not reminded of it; from now on they count
    /// as reminded. What was made later than `made_before` is too fresh to be reminded of.
    pub async fn remind_of_deadlines(
        &mut self,
        before: Timestamp,
        made_before: Timestamp,
    ) -> Result<Vec<Proposal>, StoreError> {
        let due = Statement::of(
            "SELECT * FROM proposals WHERE lifecycle = 'proposed' AND deadline_at < $1 AND created_at < $2 \
             AND reminded_at IS NULL ORDER BY id LIMIT 500",
        );
        let due = self.fetch_all(due.bind(before).bind(made_before)).await?;
        let mut reminded = Vec::with_capacity(due.len());
        for proposal in due.iter().map(Proposal::read) {
            let proposal = proposal?;
            let mark = "UPDATE proposals SET reminded_at = $2 WHERE id = $1 AND reminded_at IS NULL";
            let mark = Statement::of(mark).bind(proposal.key).bind(self.at());
            if self.execute(mark).await? == 1 {
                reminded.push(proposal);
            }
        }
        Ok(reminded)
    }

    async fn end(
        &mut self,
        before: &Proposal,
        to: ProposalLifecycle,
        declined_by: Option<PartyKey>,
        ending: Ending,
        reason: Option<&str>,
    ) -> Result<(), StoreError> {
        bounds::texts(reason)?;
        let update = Statement::of(END).bind(before.key).bind(before.version).bind(self.at()).bind(to);
        let update = update.bind(declined_by).bind(reason.map(ToOwned::to_owned)).bind(ending);
        changed_one(self.execute(update).await?)
    }
}
