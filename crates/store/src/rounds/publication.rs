//! What the publication of a run leaves behind: reasons for those whose requests went without, and where one more unit
//! would serve most.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use crate::bounds;
use crate::engine::Row;
use crate::error::StoreError;
use crate::keys::{ComponentKey, PartyKey, RequestKey, RoundKey, RunKey};
use crate::session::Session;
use crate::statement::{Condition, Statement};
use crate::transaction::AuditedTransaction;
use crate::viewer::{TenantTable, Viewer, visible_to};

/// A component that the published run does not serve, or not wholly.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Shortfall {
    /// The published run.
    pub run: RunKey,
    /// The round.
    pub round: RoundKey,
    /// The request.
    pub request: RequestKey,
    /// Reference of the component.
    pub component: String,
    /// What is missing, in its unit.
    pub missing: i64,
    /// The chain of reasons and the smallest change that helps.
    pub body: Value,
}

/// A shortfall to be kept.
#[derive(Debug, Clone, PartialEq)]
pub struct NewShortfall {
    /// Reference of the component.
    pub component: String,
    /// What is missing.
    pub missing: i64,
    /// Why.
    pub body: Value,
}

/// Names in one statement.
const BATCH: usize = 500;

/// Rows written by one statement.
const ROWS: usize = 200;

impl Session {
    /// What the latest published run that held the request does not serve of it. The caller has decided that the reader
    /// may be told.
    pub async fn shortfalls(&mut self, request: RequestKey) -> Result<Vec<Shortfall>, StoreError> {
        let latest = Statement::of("SELECT run FROM shortfalls WHERE request = $1 ORDER BY run DESC LIMIT 1");
        let Some(row) = self.fetch_optional(latest.bind(request)).await? else { return Ok(Vec::new()) };
        let run: RunKey = row.get("run")?;
        let select = Statement::of(
            "SELECT s.run, s.request, s.missing, s.body, c.reference, u.round FROM shortfalls s \
             JOIN components c ON c.id = s.component JOIN runs u ON u.id = s.run \
             WHERE s.request = $1 AND s.run = $2 ORDER BY c.position",
        );
        let shortfall = |row: &Row| {
            Ok(Shortfall {
                run: row.get("run")?,
                round: row.get("round")?,
                request: row.get("request")?,
                component: row.get("reference")?,
                missing: row.get("missing")?,
                body: row.json("body")?,
            })
        };
        self.fetch_all(select.bind(request).bind(run)).await?.iter().map(shortfall).collect()
    }

    /// Requests that a published run does not serve, or not wholly, with whose they are.
    pub async fn unmatched_requests(&mut self, run: RunKey) -> Result<Vec<(RequestKey, PartyKey)>, StoreError> {
        let select = Statement::of(
            "SELECT r.id, r.party FROM requests r \
             WHERE r.id IN (SELECT s.request FROM shortfalls s WHERE s.run = $1) ORDER BY r.id",
        );
        let rows = self.fetch_all(select.bind(run)).await?;
        rows.iter().map(|row| Ok((row.get("id")?, row.get("party")?))).collect()
    }

    /// The request that each of these components belongs to, with its title.
    pub async fn subjects_of(
        &mut self,
        components: &[ComponentKey],
    ) -> Result<Vec<(ComponentKey, RequestKey, String)>, StoreError> {
        let mut found = Vec::new();
        for batch in components.chunks(BATCH) {
            let mut select = Statement::of(
                "SELECT c.id, c.request, r.title FROM components c JOIN requests r ON r.id = c.request WHERE ",
            );
            select.condition(&Condition::of("c.id IN ").list(batch.iter().copied()));
            for row in self.fetch_all(select).await? {
                found.push((row.get("id")?, row.get("request")?, row.get("title")?));
            }
        }
        Ok(found)
    }

    /// The titles of requests.
    pub async fn titles_of(&mut self, requests: &[RequestKey]) -> Result<Vec<(RequestKey, String)>, StoreError> {
        let mut found = Vec::new();
        for batch in requests.chunks(BATCH) {
            let mut select = Statement::of("SELECT r.id, r.title FROM requests r WHERE ");
            select.condition(&Condition::of("r.id IN ").list(batch.iter().copied()));
            for row in self.fetch_all(select).await? {
                found.push((row.get("id")?, row.get("title")?));
            }
        }
        Ok(found)
    }

    /// Those of the references that name offers the viewer may see.
    pub async fn visible_offers(&mut self, viewer: &Viewer, references: &[String]) -> Result<Vec<String>, StoreError> {
        self.visible_references("SELECT t.reference FROM offers t WHERE ", TenantTable::Offers, viewer, references)
            .await
    }

    /// Those of the references that name requests the viewer may see.
    pub async fn visible_requests(
        &mut self,
        viewer: &Viewer,
        references: &[String],
    ) -> Result<Vec<String>, StoreError> {
        let select = "SELECT t.reference FROM requests t WHERE ";
        self.visible_references(select, TenantTable::Requests, viewer, references).await
    }

    /// Those of the references that name programmes the viewer may see.
    pub async fn visible_programmes(
        &mut self,
        viewer: &Viewer,
        references: &[String],
    ) -> Result<Vec<String>, StoreError> {
        let select = "SELECT t.reference FROM programmes t WHERE ";
        self.visible_references(select, TenantTable::Programmes, viewer, references).await
    }

    /// Those of the requests that are shown to every provider and, but for their states and coordinators, to nobody else:
    /// what all others are told of them together.
    pub async fn requests_for_providers(&mut self, references: &[String]) -> Result<Vec<String>, StoreError> {
        let shown = Condition::of("t.circulation = 'providers' AND t.package IS NULL");
        self.references("SELECT t.reference FROM requests t WHERE ", &[shown], references).await
    }

    /// Whether anything was ever promised to one of these requests, or out of one of these offers.
    pub async fn is_anything_promised(&mut self, requests: &[String], offers: &[String]) -> Result<bool, StoreError> {
        let to = "SELECT t.reference FROM requests t WHERE ";
        let promised =
            "EXISTS (SELECT 1 FROM components c JOIN ledger_entries l ON l.component = c.id WHERE c.request = t.id)";
        let is_to = !self.references(to, &[Condition::of(promised)], requests).await?.is_empty();
        let out_of = "SELECT t.reference FROM offers t WHERE ";
        let promised = "EXISTS (SELECT 1 FROM ledger_entries l WHERE l.offer = t.id)";
        Ok(is_to || !self.references(out_of, &[Condition::of(promised)], offers).await?.is_empty())
    }

    async fn visible_references(
        &mut self,
        text: &'static str,
        table: TenantTable,
        viewer: &Viewer,
        references: &[String],
    ) -> Result<Vec<String>, StoreError> {
        self.references(text, &visible_to(viewer, table), references).await
    }

    /// Those of the references whose rows, under the alias `t`, satisfy one of the conditions.
    async fn references(
        &mut self,
        text: &'static str,
        conditions: &[Condition],
        references: &[String],
    ) -> Result<Vec<String>, StoreError> {
        let mut found = Vec::new();
        for batch in references.chunks(BATCH) {
            let mut select = Statement::of(text);
            select.condition(&Condition::of("t.reference IN ").list(batch.iter())).push(" AND ");
            crate::page::any(&mut select, conditions);
            for row in self.fetch_all(select).await? {
                found.push(row.get("reference")?);
            }
        }
        Ok(found)
    }

    /// The run published last, its currency, and what it lacks, as it was kept.
    pub async fn latest_insights(&mut self) -> Result<Option<(RunKey, String, Vec<u8>)>, StoreError> {
        let select = Statement::of("SELECT run, body FROM insights ORDER BY at DESC, run DESC LIMIT 1");
        let Some(row) = self.fetch_optional(select).await? else { return Ok(None) };
        let body = row.json("body")?;
        let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
        let lacks = self.snapshot(&text("lacks")).await?.unwrap_or_else(|| b"[]".to_vec());
        Ok(Some((row.get("run")?, text("currency"), lacks)))
    }
}

impl AuditedTransaction {
    /// Keeps what a published run shows; of what it lacks, the canonical JSON under its hash, for it may be long. The
    /// audit row is that of the publication.
    pub async fn keep_publication(
        &mut self,
        run: RunKey,
        is_open: bool,
        shortfalls: &[NewShortfall],
        currency: &str,
        lacks: &[u8],
    ) -> Result<(), StoreError> {
        if is_open {
            self.execute(Statement::of("UPDATE runs SET version = version + 1, is_open = 1 WHERE id = $1").bind(run))
                .await?;
        }
        for batch in shortfalls.chunks(ROWS) {
            self.keep_shortfalls(run, batch).await?;
        }
        let insights = json!({ "currency": currency, "lacks": super::keep(self, lacks).await? });
        let insert = Statement::of("INSERT INTO insights (run, body, at) VALUES ($1, $2, $3)");
        let insert = insert.bind(run).bind(bounds::body(&insights)?).bind(self.at());
        self.execute(insert).await.map(drop)
    }

    /// Those whose component the register knows.
    async fn keep_shortfalls(&mut self, run: RunKey, shortfalls: &[NewShortfall]) -> Result<(), StoreError> {
        let mut select = Statement::of("SELECT id, request, reference FROM components WHERE ");
        select.condition(&Condition::of("reference IN ").list(shortfalls.iter().map(|new| &new.component)));
        let mut known: BTreeMap<String, (ComponentKey, RequestKey)> = BTreeMap::new();
        for row in self.fetch_all(select).await? {
            known.insert(row.get("reference")?, (row.get("id")?, row.get("request")?));
        }
        let mut insert = Statement::of("INSERT INTO shortfalls (run, component, request, missing, body) VALUES ")
            .of_rows(known.len());
        let mut opening = "(";
        for new in shortfalls {
            let Some((component, request)) = known.get(&new.component) else { continue };
            insert.push(opening).value(run).push(", ").value(*component).push(", ").value(*request).push(", ");
            insert.value(new.missing).push(", ").value(bounds::body(&new.body)?).push(")");
            opening = ", (";
        }
        if opening != "(" {
            self.execute(insert).await?;
        }
        Ok(())
    }

    /// The request a component belongs to.
    pub async fn request_of(&mut self, component: ComponentKey) -> Result<RequestKey, StoreError> {
        let select = Statement::of("SELECT request FROM components WHERE id = $1").bind(component);
        let row = self.fetch_optional(select).await?;
        row.ok_or_else(|| crate::guard::not_found("component", component))?.get("request")
    }
}
