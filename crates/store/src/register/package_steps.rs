//! Steps of packages and of their states. Each stands in the logs of everybody it concerns: the state that takes it, the
//! state that opened the package, and those whose requests leave it.

use std::collections::BTreeSet;

use serde_json::Value;

use super::packages::{MAX_PACKAGE_MEMBERS, NewPackage, Package, PackageMember};
use super::requests::Request;
use crate::audit::Entry;
use crate::bounds;
use crate::dialect::lock;
use crate::error::StoreError;
use crate::guard::{changed_one, not_found, same_version};
use crate::keys::{PackageKey, PartyKey, RequestKey, RoundKey};
use crate::moving::Move;
use crate::statement::Statement;
use crate::transaction::AuditedTransaction;
use crate::viewer::Viewer;
use crate::words::{PackageLifecycle, PackageStatus};

impl AuditedTransaction {
    /// Opens a package.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] when the code is taken.
    pub async fn add_package(&mut self, new: &NewPackage) -> Result<Package, StoreError> {
        bounds::texts([new.code.as_str(), new.title.as_str()])?;
        bounds::at_most("parties named", new.others.len() + 1, MAX_PACKAGE_MEMBERS)?;
        let insert = Statement::of(
            "INSERT INTO packages (id, party, code, title, lifecycle, body, version, created_at, updated_at) \
             VALUES ($1, $2, $3, $4, 'open', $5, 1, $6, $6)",
        );
        let insert = insert.bind(new.key).bind(new.party).bind(&new.code).bind(&new.title);
        let insert = insert.bind(bounds::body(&new.body)?).bind(self.at());
        self.execute(insert).await?;
        let opener = (new.party, PackageStatus::Joined);
        for (party, status) in new.others.iter().copied().chain([opener]) {
            self.set_member(&new.code, party, status, None).await?;
        }
        let package = self.package(&Viewer::system(), new.key).await?;
        let entry = Entry::of(new.party, "package.create", "package", new.key.uuid()).after(&package);
        self.note(entry.step("open", None, package.lifecycle));
        for (party, status) in &new.others {
            let step = if *status == PackageStatus::Invited { "invite" } else { "join" };
            let entry = Entry::of(*party, "package.move", "package", new.key.uuid()).after(&package);
            self.note(entry.step(step, None, *status));
        }
        Ok(package)
    }

    /// Invites states that are not in the package, or no longer.
    pub async fn invite_to_package(
        &mut self,
        key: PackageKey,
        expected: i64,
        parties: &[PartyKey],
        reason: Option<&str>,
    ) -> Result<Package, StoreError> {
        let before = self.raise_package(key, expected, None).await?;
        let new = parties.iter().filter(|party| before.member(**party).is_none()).count();
        bounds::at_most("parties named", before.members.len() + new, MAX_PACKAGE_MEMBERS)?;
        for party in parties {
            self.set_member(&before.code, *party, PackageStatus::Invited, None).await?;
        }
        let after = self.package(&Viewer::system(), key).await?;
        let entry = Entry::of(before.party, "package.move", "package", key.uuid()).before(&before).after(&after);
        self.note(entry.step("invite", Some(before.lifecycle), after.lifecycle).reason(reason));
        for party in parties {
            let from = before.member(*party).map(|member| member.status);
            let entry = Entry::of(*party, "package.move", "package", key.uuid()).before(&before).after(&after);
            self.note(entry.step("invite", from, PackageStatus::Invited).reason(reason));
        }
        Ok(after)
    }

    /// Takes a step of one state. It stands in the logs of both that state and the one that opened the package.
    pub async fn move_package_member(
        &mut self,
        key: PackageKey,
        expected: i64,
        party: PartyKey,
        taken: Move<'_, PackageStatus>,
    ) -> Result<Package, StoreError> {
        let Move { step, to, reason } = taken;
        let before = self.raise_package(key, expected, None).await?;
        let from = before.member(party).ok_or_else(|| not_found("membership", party))?.status;
        self.set_member(&before.code, party, to, reason).await?;
        let after = self.package(&Viewer::system(), key).await?;
        for chain in BTreeSet::from([before.party, party]) {
            let entry = Entry::of(chain, "package.move", "package", key.uuid()).before(&before).after(&after);
            self.note(entry.step(step, Some(from), to).reason(reason));
        }
        Ok(after)
    }

    /// Takes a package back. Whoever was invited or had joined is in it no more.
    pub async fn withdraw_package(
        &mut self,
        key: PackageKey,
        expected: i64,
        step: &'static str,
        reason: Option<&str>,
    ) -> Result<Package, StoreError> {
        bounds::reason(reason)?;
        let before = self.raise_package(key, expected, Some(PackageLifecycle::Withdrawn)).await?;
        let is_in = |member: &&PackageMember| matches!(member.status, PackageStatus::Invited | PackageStatus::Joined);
        for member in before.members.iter().filter(is_in) {
            self.set_member(&before.code, member.party, PackageStatus::Ended, None).await?;
        }
        let after = self.package(&Viewer::system(), key).await?;
        let entry = Entry::of(before.party, "package.move", "package", key.uuid()).before(&before).after(&after);
        self.note(entry.step(step, Some(before.lifecycle), after.lifecycle).reason(reason));
        for member in before.members.iter().filter(is_in).filter(|member| member.party != before.party) {
            let entry = Entry::of(member.party, "package.move", "package", key.uuid()).before(&before).after(&after);
            self.note(entry.step(step, Some(member.status), PackageStatus::Ended).reason(reason));
        }
        Ok(after)
    }

    /// Notes that a round is frozen with requests of the package, and holds the package until the transaction ends: what is
    /// asked with [`crate::Session::is_package_in_round`] once a step has raised its version, is asked after that. The
    /// version stays, so that nobody can tell from it what was frozen.
    ///
    /// # Errors
    /// [`StoreError::VersionMismatch`] when a state has joined or left since it was read.
    pub async fn enter_package(&mut self, key: PackageKey, expected: i64, round: RoundKey) -> Result<(), StoreError> {
        self.hold("SELECT id FROM packages WHERE id = $1", key.uuid(), lock::for_no_key_update).await?;
        let before = self.package(&Viewer::system(), key).await?;
        same_version("package", key, expected, before.version)?;
        let insert = Statement::of("INSERT INTO package_rounds (package, round) VALUES ($1, $2)");
        self.execute(insert.bind(&before.code).bind(round)).await?;
        self.note(Entry::of(before.party, "package.freeze", "package", key.uuid()).after(&round));
        Ok(())
    }

    /// Whether the party's requests may name the package: it has joined it, and nobody has withdrawn it, which stays so
    /// until this transaction ends.
    pub async fn hold_joined(&mut self, party: PartyKey, code: &str) -> Result<bool, StoreError> {
        let mut select =
            Statement::of("SELECT party FROM package_members WHERE party = $1 AND package = $2 AND status = 'joined'");
        select.push(lock::for_share(self.engine()));
        Ok(self.fetch_optional(select.bind(party).bind(code)).await?.is_some())
    }

    /// Takes a request out of its package, as part of the step of that name.
    pub async fn release_request(
        &mut self,
        key: RequestKey,
        step: &'static str,
        reason: Option<&str>,
    ) -> Result<Request, StoreError> {
        let before = self.request(&Viewer::system(), key).await?;
        let mut body = before.content.body.clone();
        body["package"] = Value::Null;
        let update = Statement::of(
            "UPDATE requests SET package = NULL, body = $3, updated_at = $4, version = version + 1 \
             WHERE id = $1 AND version = $2",
        );
        let update = update.bind(key).bind(before.version).bind(bounds::body(&body)?).bind(self.at());
        changed_one(self.execute(update).await?)?;
        self.note_request("request.release", &before, Some(step), reason).await
    }

    /// The package at that version, which is thereby passed.
    async fn raise_package(
        &mut self,
        key: PackageKey,
        expected: i64,
        to: Option<PackageLifecycle>,
    ) -> Result<Package, StoreError> {
        let before = self.package(&Viewer::system(), key).await?;
        same_version("package", key, expected, before.version)?;
        let update = Statement::of(
            "UPDATE packages SET lifecycle = $3, updated_at = $4, version = version + 1 WHERE id = $1 AND version = $2",
        );
        let update = update.bind(key).bind(expected).bind(to.unwrap_or(before.lifecycle)).bind(self.at());
        changed_one(self.execute(update).await?)?;
        Ok(before)
    }

    async fn set_member(
        &mut self,
        code: &str,
        party: PartyKey,
        status: PackageStatus,
        reason: Option<&str>,
    ) -> Result<(), StoreError> {
        bounds::reason(reason)?;
        let upsert = Statement::of(
            "INSERT INTO package_members (party, package, status, reason, created_at, updated_at) \
             VALUES ($1, $2, $3, $4, $5, $5) ON CONFLICT (party, package) DO UPDATE SET status = excluded.status, \
             reason = excluded.reason, updated_at = excluded.updated_at",
        );
        let reason = reason.map(ToOwned::to_owned);
        let upsert = upsert.bind(party).bind(code).bind(status).bind(reason).bind(self.at());
        self.execute(upsert).await.map(drop)
    }
}
