//! A client that keeps its line open and does as little as it can beside: what it costs is taken from the same two cores
//! that the server answers with.

use anyhow::{Context, Result, bail, ensure};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// A line to the server, for the bearer of one token.
pub(crate) struct Client {
    line: BufReader<TcpStream>,
    host: String,
    token: String,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) location: Option<String>,
    pub(crate) body: Vec<u8>,
}

impl Client {
    pub(crate) async fn connect(address: &str, token: &str) -> Result<Self> {
        let host = address.trim_start_matches("http://").to_owned();
        let line = TcpStream::connect(&host).await.with_context(|| format!("connecting to {host}"))?;
        line.set_nodelay(true)?;
        Ok(Self { line: BufReader::new(line), host, token: token.to_owned() })
    }

    pub(crate) async fn get(&mut self, path: &str) -> Result<Answer> {
        self.ask("GET", path, None, "").await
    }

    /// Posts JSON under an idempotency key.
    pub(crate) async fn post(&mut self, path: &str, key: &str, body: &str) -> Result<Answer> {
        self.ask("POST", path, Some(key), body).await
    }

    async fn ask(&mut self, method: &str, path: &str, key: Option<&str>, body: &str) -> Result<Answer> {
        let Self { host, token, .. } = self;
        let key = key.map_or_else(String::new, |key| format!("idempotency-key: {key}\r\n"));
        let asked = format!(
            "{method} {path} HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {token}\r\n{key}\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        self.line.get_mut().write_all(asked.as_bytes()).await?;
        self.answer().await
    }

    async fn answer(&mut self) -> Result<Answer> {
        let mut head = String::new();
        self.line.read_line(&mut head).await?;
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).context("no status came back")?;
        let (mut length, mut location) = (None, None);
        loop {
            head.clear();
            ensure!(self.line.read_line(&mut head).await? > 0, "the answer broke off");
            let Some((name, value)) = head.trim_end().split_once(':') else { break };
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = Some(value.trim().parse()?),
                "location" => location = Some(value.trim().to_owned()),
                "transfer-encoding" => bail!("the answer comes in pieces"),
                _ => {}
            }
        }
        let mut body = vec![0; length.unwrap_or(0)];
        self.line.read_exact(&mut body).await?;
        Ok(Answer { status, location, body })
    }
}
