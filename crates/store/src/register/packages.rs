//! Packages of joint requests (¶95): opened by a state, joined by others, each for itself.
//!
//! What a step means for everybody stands in one version of the package: whoever changes it and whoever answers for a state
//! raises it, and a round that is frozen with it holds it, so that none of them overlooks another. Requests name a package by
//! its code; what is shared by it is decided in [`crate::viewer`].

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use crate::engine::Row;
use crate::error::StoreError;
use crate::guard::not_found;
use crate::keys::{PackageKey, PartyKey};
use crate::page::{self, BY_TIME, Listed, Page};
use crate::session::Session;
use crate::statement::{Condition, Statement};
use crate::viewer::{TenantTable, Viewer, visible_to};
use crate::words::{PackageLifecycle, PackageStatus};

const LISTED: Listed = Listed { table: "packages", orders: BY_TIME };

/// Most states of a package, whatever their answer.
pub const MAX_PACKAGE_MEMBERS: usize = 100;

/// Codes in one statement, and codes of a state that are listed.
const BATCH: usize = 500;

/// A package.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Package {
    /// Its key.
    pub key: PackageKey,
    /// The state that opened it.
    pub party: PartyKey,
    /// Name used by requests and frozen problems, unique.
    pub code: String,
    /// One line for people.
    pub title: String,
    /// Where it stands.
    pub lifecycle: PackageLifecycle,
    /// Everything else.
    pub body: Value,
    /// Its states, the one that opened it among them, in the order of their keys.
    pub members: Vec<PackageMember>,
    /// Rises with every change and every answer.
    pub version: i64,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// A state of a package.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PackageMember {
    /// The state.
    pub party: PartyKey,
    /// Its code.
    pub state: String,
    /// How it stands to the package.
    pub status: PackageStatus,
    /// Why it declined or left.
    pub reason: Option<String>,
    /// Since when.
    pub updated_at: Timestamp,
}

/// A package to be opened.
#[derive(Debug, Clone, PartialEq)]
pub struct NewPackage {
    /// Its key.
    pub key: PackageKey,
    /// The state that opens it, and thereby joins it.
    pub party: PartyKey,
    /// Unique.
    pub code: String,
    /// One line for people.
    pub title: String,
    /// Everything else.
    pub body: Value,
    /// Other states, and how they stand to it from the beginning.
    pub others: Vec<(PartyKey, PackageStatus)>,
}

/// What a list is narrowed to; everything that is `None` is left open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PackageFilter {
    /// Opened by this party.
    pub party: Option<PartyKey>,
    /// Where it stands.
    pub lifecycle: Option<PackageLifecycle>,
}

/// A package that is open, as a round takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenPackage {
    /// Its key.
    pub key: PackageKey,
    /// The version it was read at.
    pub version: i64,
    /// Codes of the states that have joined it.
    pub joined: BTreeSet<String>,
}

impl PackageFilter {
    pub(crate) fn conditions(&self) -> Vec<Condition> {
        let mut conditions = Vec::new();
        conditions.extend(self.party.map(|party| Condition::of("t.party = ").value(party)));
        conditions.extend(self.lifecycle.map(|word| Condition::of("t.lifecycle = ").value(word)));
        conditions
    }
}

impl Package {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            key: row.get("id")?,
            party: row.get("party")?,
            code: row.get("code")?,
            title: row.get("title")?,
            lifecycle: row.parse("lifecycle")?,
            body: row.json("body")?,
            members: Vec::new(),
            version: row.get("version")?,
            created_at: row.time("created_at")?,
            updated_at: row.time("updated_at")?,
        })
    }

    /// How a party stands to it.
    pub fn member(&self, party: PartyKey) -> Option<&PackageMember> {
        self.members.iter().find(|member| member.party == party)
    }
}

impl Session {
    /// A package the viewer may see.
    pub async fn package(&mut self, viewer: &Viewer, key: PackageKey) -> Result<Package, StoreError> {
        let mut select = Statement::of("SELECT t.* FROM packages t WHERE t.id = $1 AND ").bind(key);
        page::any(&mut select, &visible_to(viewer, TenantTable::Packages));
        let row = self.fetch_optional(select).await?.ok_or_else(|| not_found("package", key))?;
        let mut found = vec![Package::read(&row)?];
        self.fill_members(&mut found).await?;
        found.pop().ok_or_else(|| not_found("package", key))
    }

    /// Packages the viewer may see, a page at a time, with their states.
    pub async fn packages(
        &mut self,
        viewer: &Viewer,
        filter: &PackageFilter,
        page: &Page,
    ) -> Result<Vec<Package>, StoreError> {
        let branches = visible_to(viewer, TenantTable::Packages);
        let rows = self.fetch_all(page::select(&LISTED, &branches, &filter.conditions(), page)?).await?;
        let mut found = rows.iter().map(Package::read).collect::<Result<Vec<_>, _>>()?;
        self.fill_members(&mut found).await?;
        Ok(found)
    }

    async fn fill_members(&mut self, packages: &mut [Package]) -> Result<(), StoreError> {
        if packages.is_empty() {
            return Ok(());
        }
        let mut select = Statement::of(
            "SELECT m.package, m.party, m.status, m.reason, m.updated_at, p.code FROM package_members m \
             JOIN parties p ON p.id = m.party WHERE ",
        );
        select.condition(&Condition::of("m.package IN ").list(packages.iter().map(|package| &package.code)));
        select.push(" ORDER BY m.party");
        let mut members: BTreeMap<String, Vec<PackageMember>> = BTreeMap::new();
        for row in self.fetch_all(select).await? {
            let member = PackageMember {
                party: row.get("party")?,
                state: row.get("code")?,
                status: row.parse("status")?,
                reason: row.get("reason")?,
                updated_at: row.time("updated_at")?,
            };
            members.entry(row.get("package")?).or_default().push(member);
        }
        for package in packages {
            package.members = members.remove(&package.code).unwrap_or_default();
        }
        Ok(())
    }

    /// Codes of packages that the party's requests may name; of very many the first.
    pub async fn joined_packages(&mut self, party: PartyKey) -> Result<Vec<String>, StoreError> {
        let select = Statement::of(
            "SELECT package FROM package_members WHERE party = $1 AND status = 'joined' ORDER BY package LIMIT 500",
        );
        self.fetch_all(select.bind(party)).await?.iter().map(|row| row.get("package")).collect()
    }

    /// Those of the codes that name open packages, with who has joined them.
    pub async fn open_packages(&mut self, codes: &[String]) -> Result<BTreeMap<String, OpenPackage>, StoreError> {
        let mut open: BTreeMap<String, OpenPackage> = BTreeMap::new();
        for batch in codes.chunks(BATCH) {
            let mut select = Statement::of(
                "SELECT k.id, k.code, k.version, p.code AS state FROM packages k \
                 JOIN package_members m ON m.package = k.code JOIN parties p ON p.id = m.party \
                 WHERE k.lifecycle = 'open' AND m.status = 'joined' AND ",
            );
            select.condition(&Condition::of("k.code IN ").list(batch.iter()));
            for row in self.fetch_all(select).await? {
                let (key, version) = (row.get("id")?, row.get("version")?);
                let found =
                    open.entry(row.get("code")?).or_insert(OpenPackage { key, version, joined: BTreeSet::new() });
                found.joined.insert(row.get("state")?);
            }
        }
        Ok(open)
    }

    /// Whether a round that is frozen or published, and not decided, holds requests of the package.
    pub async fn is_package_in_round(&mut self, code: &str) -> Result<bool, StoreError> {
        let select = Statement::of(
            "SELECT COUNT(*) AS counted FROM package_rounds h JOIN rounds r ON r.id = h.round \
             WHERE h.package = $1 AND r.lifecycle IN ('frozen', 'published')",
        );
        Ok(self.number(select.bind(code), "counted").await? > 0)
    }
}
