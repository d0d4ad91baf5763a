//! A provider that says whatever the test wants, signed with a key of its own: what a broken or hostile one could say.

use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// What the provider says next.
struct Says {
    /// The key tokens are signed with, and its name.
    key: (Ed25519KeyPair, String),
    /// Keys that are published.
    published: Vec<Value>,
    claims: Value,
    header: Value,
}

/// A provider that says whatever the test wants.
#[derive(Clone)]
pub(super) struct Forged {
    pub(super) issuer: String,
    says: Arc<Mutex<Says>>,
}

fn encoded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn key() -> Ed25519KeyPair {
    let document = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).expect("chance");
    Ed25519KeyPair::from_pkcs8(document.as_ref()).expect("a key")
}

fn published(key: &Ed25519KeyPair, name: &str) -> Value {
    let x = encoded(key.public_key().as_ref());
    json!({ "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": name, "x": x })
}

impl Forged {
    pub(super) async fn listen() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let issuer = format!("http://{}", listener.local_addr().expect("an address"));
        let key = (key(), "first".to_owned());
        let says = Says { published: vec![published(&key.0, &key.1)], key, claims: json!({}), header: json!({}) };
        let forged = Self { issuer, says: Arc::new(Mutex::new(says)) };
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(async |State(own): State<Self>| Json(own.metadata())))
            .route("/keys", get(async |State(own): State<Self>| Json(own.keys())))
            .route("/token", post(async |State(own): State<Self>| Json(own.token())))
            .with_state(forged.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        forged
    }

    fn metadata(&self) -> Value {
        let issuer = &self.issuer;
        json!({
            "issuer": issuer,
            "authorization_endpoint": format!("{issuer}/authorize"),
            "token_endpoint": format!("{issuer}/token"),
            "jwks_uri": format!("{issuer}/keys"),
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["EdDSA", "none"],
        })
    }

    fn keys(&self) -> Value {
        json!({ "keys": self.says.lock().expect("nobody panicked").published })
    }

    fn token(&self) -> Value {
        let says = self.says.lock().expect("nobody panicked");
        let mut header = json!({ "alg": "EdDSA", "kid": says.key.1 });
        merge(&mut header, &says.header);
        let said =
            format!("{}.{}", encoded(header.to_string().as_bytes()), encoded(says.claims.to_string().as_bytes()));
        let signature =
            if header["alg"] == "none" { String::new() } else { encoded(says.key.0.sign(said.as_bytes()).as_ref()) };
        json!({ "access_token": "any", "token_type": "Bearer", "id_token": format!("{said}.{signature}") })
    }

    /// Says of somebody what an honest provider would, but for what is changed.
    pub(super) fn say(&self, nonce: &str, changed: &Value, header: &Value) {
        let now = Timestamp::now().as_second();
        let mut claims = json!({
            "iss": self.issuer, "sub": "forged", "aud": "needmatch", "iat": now, "exp": now + 300, "nonce": nonce,
            "email": "ana@example.org", "email_verified": true,
        });
        merge(&mut claims, changed);
        let mut says = self.says.lock().expect("nobody panicked");
        (says.claims, says.header) = (claims, header.clone());
    }

    /// Signs with a new key from here on, published or not.
    pub(super) fn change_key(&self, name: &str, is_published: bool) {
        let key = key();
        let mut says = self.says.lock().expect("nobody panicked");
        if is_published {
            says.published = vec![published(&key, name)];
        }
        says.key = (key, name.to_owned());
    }
}

fn merge(into: &mut Value, changed: &Value) {
    for (name, value) in changed.as_object().expect("an object") {
        into[name] = value.clone();
    }
}
