
use std::time::Instant;
use uuid::Uuid;
use super::idempotency::{answer, idempotency_key};
use super::world::{World, begin, new_request, read};
use crate::{Store, Viewer};
use crate::statement::Statement;
use crate::audit::Chain;
pub(super) async fn compare(store: &Store) {
    let world = World::of(store).await;
    let principal = Uuid::now_v7();
    let n = 400;
    let mut keys = vec![];
    let t = Instant::now();
    for i in 0..n {
        let mut tx = begin(store).await;
        let k = idempotency_key(principal, &format!("k{i}"));
        tx.recall(&k).await.unwrap();
        let r = tx.add_request(&new_request(world.kenya, &format!("K{i}"))).await.unwrap();
        keys.push(r.key);
        tx.remember(&k, &answer()).await.unwrap();
        tx.commit().await.unwrap();
    }
    let api = t.elapsed();
    let t = Instant::now();
    for i in 0..n {
        let mut s = store.begin_unaudited().await.unwrap();
        let new = new_request(world.kenya, &format!("R{i}"));
        let c = &new.content;
        s.execute(Statement::of("INSERT INTO requests (id, party, reference, external_id, state, area, priority, title, lifecycle, circulation, body, version, created_at, updated_at) VALUES ($1,$2,$3,NULL,$4,$5,$6,$7,'draft','private',$8,1,0,0)").bind(new.key).bind(new.party).bind(&c.reference).bind(&c.state).bind(&c.area).bind(c.priority).bind(&c.title).bind(&c.body)).await.unwrap();
        for (p, k) in new.components.iter().enumerate() {
            s.execute(Statement::of("INSERT INTO components (id, request, position, reference, type, unit, quantity, committed, body) VALUES ($1,$2,$3,$4,'t','u',1,0,'{}')").bind(k.key).bind(new.key).bind(p as i64).bind(&k.reference)).await.unwrap();
        }
        s.execute(Statement::of("INSERT INTO audit_rows (chain, number, at, origin, request_id, action, subject_kind, subject, previous_hash, hash) VALUES ($1,$2,0,'a','b','c','d',$1,'x','y')").bind(Chain::INSTALLATION.0).bind(i64::from(i)).to_owned()).await.unwrap();
        s.execute(Statement::of("INSERT INTO idempotency_keys (principal, route, key, body_hash, status, headers, response, created_at) VALUES ($1,'r',$2,'h',200,'','x',0)").bind(principal).bind(format!("r{i}"))).await.ok();
        s.commit().await.unwrap();
    }
    let raw = t.elapsed();
    let viewer = Viewer::of([(world.kenya, crate::words::PartyKind::State)]);
    let t = Instant::now();
    for i in 0..2000 { let mut s = read(store).await; s.request(&viewer, keys[i % keys.len()]).await.unwrap(); }
    let rapi = t.elapsed();
    let t = Instant::now();
    for i in 0..2000 { let mut s = read(store).await; let k = keys[i % keys.len()];
        s.fetch_optional(Statement::of("SELECT * FROM requests WHERE id = $1").bind(k)).await.unwrap().unwrap();
        s.fetch_all(Statement::of("SELECT * FROM components WHERE request = $1 ORDER BY position").bind(k)).await.unwrap(); }
    let rraw = t.elapsed();
    println!("TIMING {:?} create api {api:?} raw {raw:?} ratio {:.2}; read api {rapi:?} raw {rraw:?} ratio {:.2}", read(store).await.engine(), raw.as_secs_f64()/api.as_secs_f64(), rraw.as_secs_f64()/rapi.as_secs_f64());
}
