//! Posts one message: the host's addresses are asked for once, every one of them must be allowed, and the connection is
//! made to one that was looked at, whatever the name stands for a moment later. Redirects are answers like any other, and
//! are not followed. Time and the answer's size are bounded.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::header::{CONTENT_TYPE, HOST, USER_AGENT};
use hyper::{Request, client::conn::http1};
use hyper_util::rt::TokioIo;
use needmatch_app::webhooks::Destinations;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

/// Longest time from asking for the host's address to the end of its answer.
const PATIENCE: Duration = Duration::from_secs(15);

/// Most bytes of an answer that are read; it is thrown away.
const MAX_ANSWER: usize = 64 << 10;

/// Why there was no answer, in a word told to the managers of the party: no more than that, so that nobody explores a
/// network by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Failure {
    /// The address may not be asked.
    Refused,
    /// No name, no connection, no handshake, no HTTP.
    Unreachable,
    /// It took too long.
    TooSlow,
}

impl Failure {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Refused => "refused_address",
            Self::Unreachable => "unreachable",
            Self::TooSlow => "too_slow",
        }
    }
}

/// What is posted.
#[derive(Debug)]
pub(super) struct Letter<'a> {
    pub(super) url: &'a str,
    pub(super) id: &'a str,
    pub(super) seconds: i64,
    pub(super) signature: String,
    pub(super) body: Vec<u8>,
}

/// What messages are posted with.
#[derive(Clone)]
pub(super) struct Post {
    tls: TlsConnector,
}

impl Post {
    /// Trusts the certificate authorities that Mozilla does.
    pub(super) fn new() -> Result<Self, rustls::Error> {
        let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
        let tls = tls.with_root_certificates(roots).with_no_client_auth();
        Ok(Self { tls: TlsConnector::from(Arc::new(tls)) })
    }

    /// Posts a message. Answers the HTTP status.
    pub(super) async fn send(&self, destinations: &Destinations, letter: Letter<'_>) -> Result<u16, Failure> {
        tokio::time::timeout(PATIENCE, self.try_to_send(destinations, letter)).await.unwrap_or(Err(Failure::TooSlow))
    }

    async fn try_to_send(&self, destinations: &Destinations, letter: Letter<'_>) -> Result<u16, Failure> {
        // What was allowed when it was registered need not be any more.
        let url = destinations.check(letter.url).map_err(|_| Failure::Refused)?;
        let host = url.host_str().ok_or(Failure::Refused)?;
        let name = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let port = url.port_or_known_default().ok_or(Failure::Refused)?;
        let found = tokio::net::lookup_host((name.as_str(), port)).await.map_err(|_| Failure::Unreachable)?;
        let addresses: Vec<SocketAddr> = found.collect();
        if addresses.iter().any(|address| !destinations.may_connect(&url, address.ip())) {
            return Err(Failure::Refused);
        }
        let stream = TcpStream::connect(&addresses[..]).await.map_err(|_| Failure::Unreachable)?;
        let authority = url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
        let target = &url[url::Position::BeforePath..url::Position::AfterQuery];
        let request = Request::post(target)
            .header(HOST, authority)
            .header(USER_AGENT, concat!("needmatch/", env!("CARGO_PKG_VERSION")))
            .header(CONTENT_TYPE, "application/json")
            .header("webhook-id", letter.id)
            .header("webhook-timestamp", letter.seconds)
            .header("webhook-signature", letter.signature)
            .body(Full::new(Bytes::from(letter.body)))
            .map_err(|_| Failure::Refused)?;
        if url.scheme() == "https" {
            let name = ServerName::try_from(name).map_err(|_| Failure::Refused)?;
            let stream = self.tls.connect(name, stream).await.map_err(|_| Failure::Unreachable)?;
            exchange(stream, request).await
        } else {
            exchange(stream, request).await
        }
    }
}

/// One request and its answer on a connection of its own.
async fn exchange<S>(stream: S, request: Request<Full<Bytes>>) -> Result<u16, Failure>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(|_| Failure::Unreachable)?;
    let asked = async {
        let answer = sender.send_request(request).await.map_err(|_| Failure::Unreachable)?;
        let status = answer.status().as_u16();
        // Read so that the receiver is not cut off in the middle of its answer; too long a one still has its status.
        let _ = Limited::new(answer.into_body(), MAX_ANSWER).collect().await;
        Ok(status)
    };
    // The connection ends with the answer, in this task and not beside it: nothing outlives the time allowed.
    let connection = async {
        let _ = connection.await;
        std::future::pending::<()>().await;
    };
    tokio::select! {
        answered = asked => answered,
        () = connection => Err(Failure::Unreachable),
    }
}
