//! Requests to other machines: each on a connection of its own, bounded in time and in what is read of the answer. The
//! host's addresses are asked for once, every one of them must be allowed, and the connection is made to one that was
//! looked at, whatever the name stands for a moment later. Redirects are answers like any other, and are not followed.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1;
use hyper::header::{HOST, HeaderValue, USER_AGENT};
use hyper::{Request, Response, Uri};
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use url::{Position, Url};

/// Why there was no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The address may not be asked.
    Refused,
    /// No name, no connection, no handshake, no HTTP.
    Unreachable,
    /// It took too long.
    TooSlow,
    /// The answer is longer than is read.
    TooLong,
}

impl Failure {
    /// In a word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Refused => "refused_address",
            Self::Unreachable => "unreachable",
            Self::TooSlow => "too_slow",
            Self::TooLong => "too_long",
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl std::error::Error for Failure {}

/// How far a request may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Longest time from asking for the host's address to the end of its answer.
    pub patience: Duration,
    /// Most bytes of an answer that are read.
    pub answer: usize,
}

/// What requests are made with. Cloned freely.
#[derive(Clone)]
pub struct Outbound {
    tls: TlsConnector,
}

impl fmt::Debug for Outbound {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Outbound(…)")
    }
}

impl Outbound {
    /// Trusts the certificate authorities that Mozilla does.
    ///
    /// # Errors
    /// When TLS is not to be had.
    pub fn new() -> Result<Self, rustls::Error> {
        let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
        let tls = tls.with_root_certificates(roots).with_no_client_auth();
        Ok(Self { tls: TlsConnector::from(Arc::new(tls)) })
    }

    /// Sends a request to an address, whatever its own says, and reads the answer. Its body is `None` where it is longer
    /// than may be read: the status stands all the same.
    ///
    /// # Errors
    /// Why there was no answer.
    pub async fn ask(
        &self,
        url: &Url,
        request: Request<Vec<u8>>,
        limits: Limits,
        may_connect: impl Fn(IpAddr) -> bool,
    ) -> Result<Response<Option<Vec<u8>>>, Failure> {
        let asked = self.try_to_ask(url, request, limits.answer, may_connect);
        tokio::time::timeout(limits.patience, asked).await.unwrap_or(Err(Failure::TooSlow))
    }

    async fn try_to_ask(
        &self,
        url: &Url,
        request: Request<Vec<u8>>,
        most: usize,
        may_connect: impl Fn(IpAddr) -> bool,
    ) -> Result<Response<Option<Vec<u8>>>, Failure> {
        let request = addressed(url, request).ok_or(Failure::Refused)?;
        let host = url.host_str().ok_or(Failure::Refused)?;
        let name = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let port = url.port_or_known_default().ok_or(Failure::Refused)?;
        let found = tokio::net::lookup_host((name.as_str(), port)).await.map_err(|_| Failure::Unreachable)?;
        let addresses: Vec<SocketAddr> = found.collect();
        if addresses.iter().any(|address| !may_connect(address.ip())) {
            return Err(Failure::Refused);
        }
        let stream = TcpStream::connect(&addresses[..]).await.map_err(|_| Failure::Unreachable)?;
        if url.scheme() == "https" {
            let name = ServerName::try_from(name).map_err(|_| Failure::Refused)?;
            let stream = self.tls.connect(name, stream).await.map_err(|_| Failure::Unreachable)?;
            exchange(stream, request, most).await
        } else {
            exchange(stream, request, most).await
        }
    }
}

/// The request as it goes over the line to the host of an address.
fn addressed(url: &Url, request: Request<Vec<u8>>) -> Option<Request<Full<Bytes>>> {
    let host = url.host_str()?;
    let authority = url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
    let target: Uri = url[Position::BeforePath..Position::AfterQuery].parse().ok()?;
    let mut request = request.map(|body| Full::new(Bytes::from(body)));
    *request.uri_mut() = target;
    request.headers_mut().insert(HOST, HeaderValue::from_str(&authority).ok()?);
    let agent = HeaderValue::from_static(concat!("needmatch/", env!("CARGO_PKG_VERSION")));
    request.headers_mut().insert(USER_AGENT, agent);
    Some(request)
}

/// One request and its answer on a connection of its own.
async fn exchange<S>(
    stream: S,
    request: Request<Full<Bytes>>,
    most: usize,
) -> Result<Response<Option<Vec<u8>>>, Failure>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(|_| Failure::Unreachable)?;
    let asked = async {
        let answer = sender.send_request(request).await.map_err(|_| Failure::Unreachable)?;
        let (parts, body): (_, Incoming) = answer.into_parts();
        // Read so that the other side is not cut off in the middle of its answer.
        let body = Limited::new(body, most).collect().await.ok().map(|body| body.to_bytes().to_vec());
        Ok(Response::from_parts(parts, body))
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
