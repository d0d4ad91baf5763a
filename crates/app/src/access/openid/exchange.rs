//! What is said to a provider and what it answers: who it is, where it signs people in, and whom it vouches for.

use std::pin::Pin;
use std::time::{Duration, Instant};

use hyper::header::HeaderValue;
use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreIdToken, CoreIdTokenClaims, CoreJwsSigningAlgorithm,
    CoreProviderMetadata, CoreUserInfoClaims,
};
use openidconnect::{
    AccessToken, AsyncHttpClient, AuthType, AuthorizationCode, ClaimsVerificationError, CsrfToken, EndpointMaybeSet,
    EndpointNotSet, EndpointSet, HttpRequest, HttpResponse, Nonce, OAuth2TokenResponse, PkceCodeChallenge,
    PkceCodeVerifier, RequestTokenError, Scope, SignatureVerificationError, TokenResponse,
};
use url::Url;

use super::Refusal;
use super::flow::Flow;
use super::provider::{Provider, Providers};
use crate::outbound::{Failure, Limits, Outbound};

/// How far one question to a provider may go.
const LIMITS: Limits = Limits { patience: Duration::from_secs(10), answer: 512 << 10 };

/// How long what a provider says of itself is believed.
const LASTING: Duration = Duration::from_mins(10);

/// How long a provider is left alone that did not answer, and one whose keys a token was signed with none of: those who
/// wait behind one another would each wait in full, and made-up tokens would each have it asked.
const RESTING: Duration = Duration::from_secs(5);

/// Signatures that only the provider can make; the client's secret signs nothing.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

type Client =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

/// What a provider said of itself, keys included; `None`: it did not answer.
#[derive(Debug)]
pub(super) struct Known {
    at: Instant,
    metadata: Option<CoreProviderMetadata>,
}

impl Known {
    fn lasts(&self) -> bool {
        self.at.elapsed() < if self.metadata.is_some() { LASTING } else { RESTING }
    }
}

/// Whom a provider vouches for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Vouched {
    /// The account, by the name that is never given to another.
    pub(super) subject: String,
    /// The address of mail, if the provider has verified it.
    pub(super) verified_email: Option<String>,
    /// Whether the provider has seen a second factor that counts.
    pub(super) second_factor: bool,
}

impl Providers {
    /// The address at which a provider signs somebody in.
    pub(super) async fn address(&self, provider: &Provider, flow: &Flow<'_>) -> Result<Url, Refusal> {
        let client = client(provider, self.metadata(provider, LASTING).await?);
        let (state, nonce) = (flow.state(), flow.nonce());
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(flow.verifier()));
        let flow = CoreAuthenticationFlow::AuthorizationCode;
        let request = client.authorize_url(flow, move || CsrfToken::new(state), move || Nonce::new(nonce));
        Ok(request.add_scope(Scope::new("email".to_owned())).set_pkce_challenge(challenge).url().0)
    }

    /// Whom the provider vouches for with a code.
    pub(super) async fn vouch(&self, provider: &Provider, code: String, flow: &Flow<'_>) -> Result<Vouched, Refusal> {
        let client = client(provider, self.metadata(provider, LASTING).await?);
        let http = self.line(provider);
        let request = client.exchange_code(AuthorizationCode::new(code)).map_err(|error| doubted(provider, &error))?;
        let request = request.set_pkce_verifier(PkceCodeVerifier::new(flow.verifier()));
        let answer = request.request_async(&http).await.map_err(|error| match error {
            RequestTokenError::ServerResponse(error) => doubted(provider, &error),
            error => down(provider, &error),
        })?;
        let token = answer.id_token().ok_or_else(|| doubted(provider, &"it gave no ID token"))?;
        let claims = match believed(&client, token, flow) {
            Err(ClaimsVerificationError::SignatureVerification(error)) if may_be_an_old_key(&error) => {
                let client = self::client(provider, self.metadata(provider, RESTING).await?);
                believed(&client, token, flow)
            }
            other => other,
        };
        let claims = claims.map_err(|error| doubted(provider, &error))?;
        if claims.authorized_party().is_some_and(|party| *party != provider.client_id) {
            return Err(doubted(provider, &"the token was given to another client"));
        }
        let methods = claims.auth_method_refs().into_iter().flatten().map(|method| method.as_str());
        let context = claims.auth_context_ref().map(|context| context.as_str());
        Ok(Vouched {
            second_factor: methods.chain(context).any(|said| provider.is_second_factor(said)),
            subject: claims.subject().as_str().to_owned(),
            verified_email: self.verified_email(provider, &client, &claims, answer.access_token()).await,
        })
    }

    /// Some tell addresses in the token, some only where they are asked for them.
    async fn verified_email(
        &self,
        provider: &Provider,
        client: &Client,
        claims: &CoreIdTokenClaims,
        access: &AccessToken,
    ) -> Option<String> {
        if let Some(email) = claims.email() {
            return claims.email_verified().unwrap_or(false).then(|| email.as_str().to_owned());
        }
        // It becomes a header, and the library takes for granted that it can.
        HeaderValue::from_str(access.secret()).ok()?;
        let http = self.line(provider);
        let request = client.user_info(access.clone(), Some(claims.subject().clone())).ok()?;
        let told: Result<CoreUserInfoClaims, _> = request.request_async(&http).await;
        let told = told.inspect_err(|error| tracing::warn!(provider = provider.name, %error, "no address of mail"));
        let told = told.ok()?;
        told.email_verified().unwrap_or(false).then(|| told.email().map(|email| email.as_str().to_owned())).flatten()
    }

    /// What a provider says of itself, asked again where that is older than it may be. Whoever else wants to know waits
    /// for the same answer.
    async fn metadata(&self, provider: &Provider, oldest: Duration) -> Result<CoreProviderMetadata, Refusal> {
        let mut known = provider.known.lock().await;
        if let Some(known) = known.as_ref().filter(|known| known.lasts() && known.at.elapsed() < oldest) {
            return known.metadata.clone().ok_or(Refusal::Down);
        }
        let http = self.line(provider);
        let found = CoreProviderMetadata::discover_async(provider.issuer.clone(), &http).await;
        let found = found.map_err(|error| down(provider, &error)).and_then(|found| {
            let leads_astray = !provider.may_lead_to(found.authorization_endpoint().url());
            if leads_astray { Err(down(provider, &"it signs people in without TLS")) } else { Ok(found) }
        });
        *known = Some(Known { at: Instant::now(), metadata: found.as_ref().ok().cloned() });
        found
    }

    fn line<'p>(&'p self, provider: &'p Provider) -> Line<'p> {
        Line { outbound: &self.outbound, provider }
    }
}

/// The way to one provider.
struct Line<'p> {
    outbound: &'p Outbound,
    provider: &'p Provider,
}

impl Line<'_> {
    async fn ask(&self, request: HttpRequest) -> Result<HttpResponse, Failure> {
        let url: Url = request.uri().to_string().parse().map_err(|_| Failure::Refused)?;
        if !self.provider.may_lead_to(&url) {
            return Err(Failure::Refused);
        }
        // The operator names the provider: it may well stand in the organisation's own network.
        let (parts, body) = self.outbound.ask(&url, request, LIMITS, |_| true).await?.into_parts();
        Ok(HttpResponse::from_parts(parts, body.ok_or(Failure::TooLong)?))
    }
}

// A closure would do, but for a compiler that does not see then that what it answers can move between threads.
impl<'c> AsyncHttpClient<'c> for Line<'_> {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Failure>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.ask(request))
    }
}

fn client(provider: &Provider, metadata: CoreProviderMetadata) -> Client {
    let methods = metadata.token_endpoint_auth_methods_supported();
    let takes = |method| methods.is_none_or(|methods| methods.contains(&method));
    let in_body = !takes(CoreClientAuthMethod::ClientSecretBasic) && takes(CoreClientAuthMethod::ClientSecretPost);
    let secret = Some(provider.client_secret.clone());
    CoreClient::from_provider_metadata(metadata, provider.client_id.clone(), secret)
        .set_redirect_uri(provider.redirect.clone())
        .set_auth_type(if in_body { AuthType::RequestBody } else { AuthType::BasicAuth })
}

/// Whether a provider may have changed its keys since they were asked for: a token without the name of its key is tried
/// with the one there was.
fn may_be_an_old_key(error: &SignatureVerificationError) -> bool {
    !matches!(error, SignatureVerificationError::DisallowedAlg(_))
}

/// The claims of a token, if signature, issuer, audience, time and nonce are as they have to be.
fn believed(
    client: &Client,
    token: &CoreIdToken,
    flow: &Flow<'_>,
) -> Result<CoreIdTokenClaims, ClaimsVerificationError> {
    let verifier = client.id_token_verifier().set_allowed_algs(ALGORITHMS);
    token.claims(&verifier, &Nonce::new(flow.nonce())).cloned()
}

fn down(provider: &Provider, error: &dyn std::fmt::Display) -> Refusal {
    tracing::warn!(provider = provider.name, %error, "a provider of OpenID Connect does not answer as it should");
    Refusal::Down
}

fn doubted(provider: &Provider, error: &dyn std::fmt::Display) -> Refusal {
    tracing::warn!(provider = provider.name, %error, "what came from a provider of OpenID Connect is not believed");
    Refusal::NotFinished
}
