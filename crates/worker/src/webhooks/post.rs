//! Posts one message to where webhooks may lead.

use std::time::Duration;

use hyper::Request;
use hyper::header::CONTENT_TYPE;
use needmatch_app::outbound::{Failure, Limits, Outbound};
use needmatch_app::webhooks::Destinations;

/// How far a message may go; its answer is thrown away.
const LIMITS: Limits = Limits { patience: Duration::from_secs(15), answer: 64 << 10 };

/// What is posted.
#[derive(Debug)]
pub(super) struct Letter<'a> {
    pub(super) url: &'a str,
    pub(super) id: &'a str,
    pub(super) seconds: i64,
    pub(super) signature: String,
    pub(super) body: Vec<u8>,
}

/// Posts a message. Answers the HTTP status. Why there was none is told to the managers of the party in a word, and no
/// more than that, so that nobody explores a network by it.
pub(super) async fn post(outbound: &Outbound, destinations: &Destinations, letter: Letter<'_>) -> Result<u16, Failure> {
    // What was allowed when it was registered need not be any more.
    let url = destinations.check(letter.url).map_err(|_| Failure::Refused)?;
    let request = Request::post("/")
        .header(CONTENT_TYPE, "application/json")
        .header("webhook-id", letter.id)
        .header("webhook-timestamp", letter.seconds)
        .header("webhook-signature", letter.signature)
        .body(letter.body)
        .map_err(|_| Failure::Refused)?;
    let answer = outbound.ask(&url, request, LIMITS, |address| destinations.may_connect(&url, address)).await?;
    Ok(answer.status().as_u16())
}
