//! Follows a run on one server, and goes on where it was whenever the line is lost.

use std::time::{Duration, Instant};

use crate::processes::Addresses;
use crate::register::Register;

/// An event, and when it was heard.
#[derive(Debug)]
pub(crate) struct Heard {
    pub(crate) number: i64,
    pub(crate) at: Instant,
}

/// Follows one run on one server.
pub(crate) struct Follower {
    http: reqwest::Client,
    token: String,
    run: String,
    server: usize,
    heard: Vec<Heard>,
}

impl Follower {
    pub(crate) fn new(register: &Register, run: &str, server: usize) -> Self {
        let http = reqwest::Client::new();
        Self { http, token: register.token().to_owned(), run: run.to_owned(), server, heard: Vec::new() }
    }

    /// Follows until the run has ended, and answers what was heard.
    pub(crate) async fn follow(mut self, addresses: Addresses) -> Vec<Heard> {
        loop {
            let address = addresses.of(self.server);
            if let Ok(true) = self.listen(&address).await {
                return self.heard;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Listens on one line; whether the end was heard.
    async fn listen(&mut self, address: &str) -> reqwest::Result<bool> {
        let last = self.heard.last().map_or(0, |event| event.number);
        let request = self.http.get(format!("{address}{}/events", self.run)).bearer_auth(&self.token);
        let mut answer = request.header("Last-Event-ID", last.to_string()).send().await?.error_for_status()?;
        let mut text = String::new();
        while let Some(chunk) = answer.chunk().await? {
            text.push_str(&String::from_utf8_lossy(&chunk));
            while let Some(end) = text.find('\n') {
                let line: String = text.drain(..=end).collect();
                if let Some(number) = line.trim().strip_prefix("id: ").and_then(|number| number.parse().ok()) {
                    self.heard.push(Heard { number, at: Instant::now() });
                }
                if line.trim() == "event: end" {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }
}
