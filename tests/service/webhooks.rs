//! Parties' own systems are told what concerns them, signed, again until they have taken it, and nothing of others.

use std::process::Command;
use std::time::{Duration, Instant};

use needmatch_app::store::words::PartyKind;
use serde_json::{Value, json};

use crate::client::Client;
use crate::consent::{decide, path_of, proposal_for, proposed};
use crate::matching::parties;
use crate::receiver::{Received, Receiver};
use crate::server::{Party, Service};

/// Registers a webhook; answers its address and its secret.
async fn registered(party: &Party, url: &str, kinds: &Value) -> (String, String) {
    let path = format!("/api/v1/parties/{}/webhooks", party.key);
    let made = party.client.post(&path, &json!({ "url": url, "kinds": kinds })).await.expect(201);
    (made.location(), made.body["secret"].as_str().expect("a secret").to_owned())
}

/// Verifies a signature with another implementation than the service's.
fn is_signed(secret: &str, received: &Received) -> bool {
    let program = "import base64, hashlib, hmac, sys\n\
        secret, stamp, body = base64.b64decode(sys.argv[1]), sys.argv[2].encode(), open(sys.argv[3], 'rb').read()\n\
        print('v1,' + base64.b64encode(hmac.digest(secret, stamp + b'.' + body, hashlib.sha256)).decode())";
    let folder = tempfile::tempdir().expect("a directory");
    let body = folder.path().join("body");
    std::fs::write(&body, &received.bytes).expect("a file");
    let stamp = format!("{}.{}", received.header("webhook-id"), received.header("webhook-timestamp"));
    let mut command = Command::new("python3");
    command.args(["-c", program, secret.strip_prefix("whsec_").expect("a secret"), &stamp]).arg(&body);
    let output = tokio::task::block_in_place(|| command.output()).expect("Python");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim() == received.header("webhook-signature")
}

/// The messages of a webhook once none waits.
async fn settled(client: &Client, webhook: &str) -> Vec<Value> {
    let until = Instant::now() + Duration::from_secs(30);
    loop {
        let page = client.get(&format!("{webhook}/deliveries?order=oldest")).await.expect(200).body;
        let items = page["items"].as_array().expect("a list").clone();
        if !items.is_empty() && items.iter().all(|item| item["lifecycle"] != "waiting") {
            return items;
        }
        assert!(Instant::now() < until, "still waiting: {items:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn a_message_is_signed_tried_again_and_sent_anew_when_asked(service: &Service) {
    let provider = service.party(PartyKind::Provider, "Halvorland").await;
    let receiver = Receiver::listen(service.receiver(), &[500, 204, 302]);
    let (webhook, secret) = registered(&provider, &format!("{}/hook", receiver.address), &json!([])).await;
    let read = provider.client.get(&webhook).await.expect(200);
    assert!(!String::from_utf8_lossy(&read.bytes).contains("whsec_"), "the secret is shown once");
    let before = jiff::Timestamp::now().as_second();
    provider.client.post(&format!("{webhook}/test"), &json!({})).await.expect(202);
    // Two workers look at once: each message is one's.
    service.deliverer();
    service.deliverer();
    let tried = receiver.wait_for(2).await;
    let items = settled(&provider.client, &webhook).await;
    assert_eq!((items.len(), &items[0]["tries"], &items[0]["status"]), (1, &json!(2), &json!(204)), "{items:?}");
    assert_eq!(tried[0].header("webhook-id"), items[0]["id"], "the same message");
    assert_eq!(tried[0].header("webhook-id"), tried[1].header("webhook-id"));
    assert_eq!((tried[0].path.as_str(), tried[0].kind()), ("/hook", "webhook.test"));
    for received in &tried {
        assert!(is_signed(&secret, received), "{received:?}");
        let stamp: i64 = received.header("webhook-timestamp").parse().unwrap();
        assert!((before..before + 60).contains(&stamp), "{stamp}");
    }
    let mut altered = tried[0].clone();
    altered.bytes[5] ^= 1;
    assert!(!is_signed(&secret, &altered));

    // Sent anew under the same identifier; where the receiver leads elsewhere, nobody follows.
    let again = format!("/api/v1/deliveries/{}/redeliver", items[0]["id"].as_str().unwrap());
    provider.client.post(&again, &json!({})).await.expect_problem(428, "version_required");
    let version = items[0]["version"].as_i64().unwrap();
    let ask = async |version| provider.client.change(reqwest::Method::POST, &again, version, &json!({})).await;
    let waiting = ask(version).await.expect(202);
    assert!(waiting.version() > version);
    ask(version).await.expect_problem(412, "version_mismatch");
    let tried = receiver.wait_for(4).await;
    let items = settled(&provider.client, &webhook).await;
    assert_eq!((items.len(), &items[0]["tries"]), (1, &json!(2)), "302 is no success: {items:?}");
    assert!(tried.iter().all(|received| received.path == "/hook"), "{tried:?}");
    assert_eq!(tried.len(), 4);

    provider.client.delete(&webhook).await.expect(200);
    let version = provider.client.version_of(again.trim_end_matches("/redeliver")).await;
    ask(version).await.expect_problem(409, "not_allowed_now");
    provider.client.post(&format!("{webhook}/test"), &json!({})).await.expect_problem(409, "not_allowed_now");
}

async fn nobody_is_called_who_may_not_be(service: &Service) {
    let provider = service.party(PartyKind::Provider, "Halvorland").await;
    let stranger = service.party(PartyKind::Provider, "Otherland").await;
    let coordinator = service.party(PartyKind::Coordinator, "UN").await;
    let path = format!("/api/v1/parties/{}/webhooks", provider.key);
    for url in [
        "http://example.org/",
        "https://localhost/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://10.0.0.1/",
        "https://169.254.169.254/latest",
        "https://2130706433/",
        "https://a:b@example.org/",
        "file:///etc/passwd",
        "http://127.0.0.1:1/",
    ] {
        let refused = provider.client.post(&path, &json!({ "url": url })).await.expect_problem(422, "invalid");
        assert_eq!(refused.errors(), [("/url".to_owned(), "bad_identifier".to_owned())], "{url}");
    }
    provider.client.post(&path, &json!({ "url": "https://example.org/", "kinds": ["x"] })).await.expect(422);
    // What is refused by name is refused as well when a name that may be asked stands for it.
    let receiver = Receiver::listen(service.receiver(), &[]);
    let (webhook, _) = registered(&provider, &receiver.address, &json!([])).await;
    let closed = service.app.clone().with_destinations(needmatch_app::webhooks::Destinations::default());
    let (_stop, stopped) = tokio::sync::watch::channel(false);
    tokio::spawn(needmatch_worker::deliver(closed, stopped));
    provider.client.post(&format!("{webhook}/test"), &json!({})).await.expect(202);
    let items = settled(&provider.client, &webhook).await;
    assert_eq!((&items[0]["lifecycle"], &items[0]["failure"]), (&json!("failed"), &json!("refused_address")));
    assert!(receiver.received().is_empty());

    for other in [&stranger.client, &coordinator.client] {
        other.get(&webhook).await.expect_problem(404, "not_found");
        other.get(&format!("{webhook}/deliveries")).await.expect_problem(404, "not_found");
        other.post(&format!("{webhook}/test"), &json!({})).await.expect_problem(404, "not_found");
        other.get(&path).await.expect_problem(403, "forbidden");
    }
}

async fn both_sides_hear_of_their_proposals_and_nobody_else_does(service: &Service) {
    let parties = parties(service).await;
    let stranger = service.party(PartyKind::Provider, "Stranger").await;
    let receiver = Receiver::listen(service.receiver(), &[]);
    let to = |name: &str| format!("{}/{name}", receiver.address);
    let (_, secret) = registered(&parties.state, &to("state"), &json!([])).await;
    registered(&parties.provider, &to("provider"), &json!(["proposal.opened", "proposal.agreed"])).await;
    registered(&stranger, &to("stranger"), &json!([])).await;
    let soon = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(48);
    let (_, _, proposals) = proposed(service, &parties, &json!({ "deadline": soon.to_string() })).await;
    let clerks = path_of(proposal_for(&proposals, "clerks"));
    let (state, provider) = (&parties.state.client, &parties.provider.client);
    provider.post(&format!("{clerks}/messages"), &json!({ "text": "Which months, canary?" })).await.expect(201);
    decide(state, &clerks, 1, "change", &json!({ "quantity": 15 })).await.expect(200);
    decide(state, &clerks, 2, "accept", &json!({})).await.expect(200);
    decide(provider, &clerks, 3, "accept", &json!({})).await.expect(200);
    let software = path_of(proposal_for(&proposals, "software"));
    decide(provider, &software, 1, "decline", &json!({ "reason": "not our canary" })).await.expect(200);
    // What is refused tells nobody.
    decide(provider, &software, 2, "accept", &json!({})).await.expect_problem(409, "not_allowed_now");
    // Made a moment ago: too fresh for a reminder.
    assert_eq!(needmatch_app::proposals::remind(&service.app).await.unwrap(), 0);

    service.deliverer();
    let state_hears = [
        "round.published",
        "proposal.opened",
        "proposal.opened",
        "proposal.message",
        "proposal.changed",
        "proposal.accepted",
        "proposal.agreed",
        "proposal.declined",
    ];
    let provider_hears = ["proposal.opened", "proposal.opened", "proposal.agreed"];
    receiver.wait_for(state_hears.len() + provider_hears.len()).await;
    tokio::time::sleep(Duration::from_millis(800)).await;
    let received = receiver.received();
    let heard = |path: &str| {
        let mut kinds: Vec<_> =
            received.iter().filter(|one| one.path == path).map(|one| one.kind().to_owned()).collect();
        kinds.sort();
        kinds
    };
    let sorted = |kinds: &[&str]| {
        let mut kinds: Vec<_> = kinds.iter().map(|kind| (*kind).to_owned()).collect();
        kinds.sort();
        kinds
    };
    assert_eq!(heard("/state"), sorted(&state_hears));
    assert_eq!(heard("/provider"), sorted(&provider_hears));
    assert_eq!(heard("/stranger"), [""; 0]);
    for one in received.iter().filter(|one| one.path == "/state") {
        assert!(is_signed(&secret, one));
        assert!(!String::from_utf8_lossy(&one.bytes).contains("canary"), "{}", one.body);
        if one.kind().starts_with("proposal.") {
            state.get(one.body["data"]["href"].as_str().unwrap()).await.expect(200);
        }
    }
}

async fn deadlines_are_told_before_and_after(service: &Service) {
    let parties = parties(service).await;
    let receiver = Receiver::listen(service.receiver(), &[]);
    registered(&parties.provider, &receiver.address, &json!(["proposal.due", "proposal.lapsed"])).await;
    let deadline = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(24 * 10);
    let (_, _, proposals) = proposed(service, &parties, &json!({ "deadline": deadline.to_string() })).await;
    let count = proposals.len();
    // Eight days later, twice, and after the deadline.
    let later = |days: i64| {
        let now = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(24 * days);
        needmatch_app::App::new(service.app.store().clone(), std::sync::Arc::new(move || now))
    };
    assert_eq!(needmatch_app::proposals::remind(&later(2)).await.unwrap(), 0);
    assert_eq!(needmatch_app::proposals::remind(&later(8)).await.unwrap(), count);
    assert_eq!(needmatch_app::proposals::remind(&later(8)).await.unwrap(), 0, "once");
    assert_eq!(needmatch_app::proposals::lapse_overdue(&later(11)).await.unwrap(), count);
    service.deliverer();
    let received = receiver.wait_for(2 * count).await;
    for kind in ["proposal.due", "proposal.lapsed"] {
        assert_eq!(received.iter().filter(|one| one.kind() == kind).count(), count, "{received:?}");
    }
}

crate::on_both_databases!(
    a_message_is_signed_tried_again_and_sent_anew_when_asked,
    nobody_is_called_who_may_not_be,
    both_sides_hear_of_their_proposals_and_nobody_else_does,
    deadlines_are_told_before_and_after,
);
