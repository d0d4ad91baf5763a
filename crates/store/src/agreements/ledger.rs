//! The ledger: entries are only ever added, each together with a guarded move of the running totals.

use serde::Serialize;
use uuid::Uuid;

use super::Proposal;
use crate::engine::Row;
use crate::error::StoreError;
use crate::keys::ProposalKey;
use crate::session::Session;
use crate::statement::Statement;
use crate::transaction::AuditedTransaction;
use crate::viewer::Viewer;

/// A running total that is not the sum of its entries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LedgerFault {
    /// `component`, `offer` or `commitment`.
    pub kind: String,
    /// The row.
    pub key: Uuid,
    /// The total that stands in the row.
    pub standing: i64,
    /// The sum of its entries.
    pub entries: i64,
}

/// Reserves what a proposal takes, on both sides.
pub(super) async fn reserve(transaction: &mut AuditedTransaction, proposal: &Proposal) -> Result<(), StoreError> {
    let (quantity, draw) = (proposal.terms.quantity, proposal.terms.draw);
    shift(transaction, proposal, quantity, draw).await?;
    enter(transaction, proposal, "reserve", [quantity, draw, 0]).await
}

/// Gives back what an agreed proposal took, less what was placed at disposal: that is spent. Of the component, the share
/// of it that was placed at disposal stays served, rounded down.
pub(super) async fn release(
    transaction: &mut AuditedTransaction,
    proposal: &Proposal,
    disbursed: i64,
) -> Result<(), StoreError> {
    let (quantity, draw) = (proposal.terms.quantity, proposal.terms.draw);
    let kept = i128::from(quantity) * i128::from(disbursed) / i128::from(draw.max(1));
    let (quantity, draw) = (quantity - i64::try_from(kept).unwrap_or(quantity), draw - disbursed);
    shift(transaction, proposal, -quantity, -draw).await?;
    enter(transaction, proposal, "release", [-quantity, -draw, 0]).await
}

/// Gives back what was agreed and did not arrive. Of the offer, the share of what arrived is used up, rounded up, and
/// never less than what was placed at disposal: that is spent.
pub(super) async fn release_undelivered(
    transaction: &mut AuditedTransaction,
    proposal: &Proposal,
    delivered: i64,
    disbursed: i64,
) -> Result<(), StoreError> {
    let (quantity, draw) = (proposal.terms.quantity, proposal.terms.draw);
    let whole = i128::from(quantity.max(1));
    let used = (i128::from(draw) * i128::from(delivered) + whole - 1) / whole;
    let kept = i64::try_from(used).unwrap_or(draw).max(disbursed).min(draw);
    if !(0..=quantity).contains(&delivered) {
        return Err(StoreError::RuleBroken { constraint: "no more is delivered than was agreed".to_owned() });
    }
    if (delivered, kept) == (quantity, draw) {
        return Ok(());
    }
    shift(transaction, proposal, delivered - quantity, kept - draw).await?;
    enter(transaction, proposal, "release", [delivered - quantity, kept - draw, 0]).await
}

/// Enters money placed at disposal, or units handed over, in the offer's unit.
pub(super) async fn disburse(
    transaction: &mut AuditedTransaction,
    proposal: ProposalKey,
    amount: i64,
) -> Result<(), StoreError> {
    let proposal = transaction.proposal(&Viewer::system(), proposal).await?;
    enter(transaction, &proposal, "disburse", [0, 0, amount]).await
}

/// Moves both totals. Going above the quantity is refused by the guard here, and by the row's own CHECK. Rows are taken
/// in one order by all: request, component, offer. Versions rise, for what readers were shown has changed.
async fn shift(
    transaction: &mut AuditedTransaction,
    proposal: &Proposal,
    quantity: i64,
    draw: i64,
) -> Result<(), StoreError> {
    let request = Statement::of(
        "UPDATE requests SET version = version + 1, updated_at = $2 \
         WHERE id = (SELECT request FROM components WHERE id = $1)",
    );
    let request = request.bind(proposal.component).bind(transaction.at());
    transaction.execute(request).await?;
    let component = Statement::of(
        "UPDATE components SET committed = committed + $2 WHERE id = $1 AND committed + $2 BETWEEN 0 AND quantity",
    );
    let component = component.bind(proposal.component).bind(quantity);
    if transaction.execute(component).await? == 0 {
        return Err(StoreError::RuleBroken { constraint: "the component does not need that much any more".to_owned() });
    }
    let offer = Statement::of(
        "UPDATE offers SET committed = committed + $2, version = version + 1, updated_at = $3 \
         WHERE id = $1 AND committed + $2 BETWEEN 0 AND quantity",
    );
    let offer = offer.bind(proposal.offer).bind(draw).bind(transaction.at());
    if transaction.execute(offer).await? == 0 {
        return Err(StoreError::RuleBroken { constraint: "the offer does not hold that much any more".to_owned() });
    }
    Ok(())
}

async fn enter(
    transaction: &mut AuditedTransaction,
    proposal: &Proposal,
    kind: &str,
    [quantity, draw, disbursed]: [i64; 3],
) -> Result<(), StoreError> {
    let insert = Statement::of(
        "INSERT INTO ledger_entries (proposal, number, component, offer, kind, quantity, draw, disbursed, at) \
         SELECT $1, COALESCE(MAX(number), 0) + 1, $2, $3, $4, $5, $6, $7, $8 FROM ledger_entries WHERE proposal = $1",
    );
    let insert = insert.bind(proposal.key).bind(proposal.component).bind(proposal.offer).bind(kind);
    let insert = insert.bind(quantity).bind(draw).bind(disbursed).bind(transaction.at());
    transaction.execute(insert).await.map(drop)
}

impl Session {
    /// Adds up every entry anew and compares the running totals: what `needmatch audit` does.
    pub async fn recount_ledger(&mut self) -> Result<Vec<LedgerFault>, StoreError> {
        let totals = Statement::of(
            "SELECT 'component' AS kind, t.id AS id, t.committed AS standing, \
             CAST(COALESCE(SUM(l.quantity), 0) AS BIGINT) AS entries \
             FROM components t LEFT JOIN ledger_entries l ON l.component = t.id GROUP BY t.id, t.committed \
             HAVING t.committed <> COALESCE(SUM(l.quantity), 0) \
             UNION ALL \
             SELECT 'offer', t.id, t.committed, CAST(COALESCE(SUM(l.draw), 0) AS BIGINT) \
             FROM offers t LEFT JOIN ledger_entries l ON l.offer = t.id GROUP BY t.id, t.committed \
             HAVING t.committed <> COALESCE(SUM(l.draw), 0) \
             UNION ALL \
             SELECT 'commitment', t.id, t.disbursed, CAST(COALESCE(SUM(l.disbursed), 0) AS BIGINT) \
             FROM commitments t LEFT JOIN ledger_entries l ON l.proposal = t.proposal GROUP BY t.id, t.disbursed \
             HAVING t.disbursed <> COALESCE(SUM(l.disbursed), 0)",
        );
        let fault = |row: &Row| {
            Ok(LedgerFault {
                kind: row.get("kind")?,
                key: row.get("id")?,
                standing: row.get("standing")?,
                entries: row.get("entries")?,
            })
        };
        self.fetch_all(totals).await?.iter().map(fault).collect()
    }
}
