//! The provider of the tests: another implementation than the service's, in a process of its own.

use std::path::Path;
use std::process::Stdio;

use needmatch_app::access::openid::ProviderSettings;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// A provider at work; it ends with this.
pub(super) struct Provider {
    pub(super) issuer: String,
    process: Child,
}

impl Provider {
    /// Starts a provider that knows these accounts, and leads back to the pages at an address.
    pub(super) async fn start(site: &str, accounts: &Value, tells_in_token: bool) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a workspace");
        let folder = root.join("target/node/openid");
        assert!(folder.join("node_modules").is_dir(), "run `cargo xtask test` once: it installs the provider");
        let redirect = format!("{site}/sign-in/with/un/callback");
        let knows = json!({ "redirect": redirect, "accounts": accounts, "tells_in_token": tells_in_token });
        let mut process = Command::new("node")
            .arg(root.join("tests/service/openid/provider.mjs"))
            .arg(folder)
            .arg(knows.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("node");
        let mut lines = BufReader::new(process.stdout.take().expect("a pipe")).lines();
        let issuer = lines.next_line().await.expect("a line").expect("the provider starts");
        Self { issuer, process }
    }

    /// How the service is told of it.
    pub(super) fn settings(&self) -> ProviderSettings {
        settings(&self.issuer)
    }

    pub(super) async fn stop(mut self) {
        self.process.kill().await.expect("it ends");
    }
}

/// How the service is told of a provider at an address.
pub(super) fn settings(issuer: &str) -> ProviderSettings {
    ProviderSettings {
        name: "un".to_owned(),
        title: "United Nations".to_owned(),
        issuer: issuer.to_owned(),
        client_id: "needmatch".to_owned(),
        client_secret: "needmatch-secret".to_owned(),
        domains: "example.org".to_owned(),
        second_factor: "mfa".to_owned(),
    }
}
