//! What one holds, others do not wait for.

use std::time::{Duration, Instant};

use needmatch_app::Principal;
use needmatch_app::store::words::PartyKind;

use crate::server::{Service, surface};

async fn a_read_waits_for_no_writer(service: &Service) {
    let party = service.party(PartyKind::State, "SEN").await;
    let tokens = format!("/api/v1/parties/{}/tokens", party.key);
    // On SQLite there is one writer. The token was never used, so that its use is to be noted.
    let holding = service.app.begin(&Principal::operator(), &surface()).await.expect("a transaction");
    let began = Instant::now();
    for _ in 0..5 {
        party.client.get("/api/v1/requests").await.expect(200);
    }
    let took = began.elapsed();
    assert!(took < Duration::from_secs(5), "{took:?}");
    holding.rollback().await.expect("the end of it");
    for look in 0.. {
        let listed = party.client.get(&tokens).await.expect(200).body;
        if listed["items"][0]["used_at"].is_string() {
            break;
        }
        assert!(look < 100, "the use is noted in the end: {listed}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn however_many_ask_whether_it_is_ready_all_are_told(service: &Service) {
    let public = service.public();
    public.get("/readyz").await.expect(200);
    let asking = (0..200).map(|_| {
        let client = public.clone();
        tokio::spawn(async move { client.get("/readyz").await.status.as_u16() })
    });
    for asked in asking.collect::<Vec<_>>() {
        assert_eq!(asked.await.expect("an answer"), 200);
    }
}

crate::on_both_databases!(a_read_waits_for_no_writer, however_many_ask_whether_it_is_ready_all_are_told);
