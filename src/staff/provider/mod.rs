//! Signing in through the municipality's OpenID Connect provider, where one is set.
//!
//! ```text
//! link on the sign-in page ─▶ journey (cookie) ─▶ 303 to the provider … she signs in there …
//! ─▶ /svar?code&state ─▶ journey: hers, fresh, not used ─▶ code for tokens ─▶ verified ─▶ account ─▶ as after a password
//! ```
//! - [`journey`] is what ties the answer to the browser that set out.
//! - [`answer`] asks the provider, and believes nothing that is not signed by its keys, for us, for this journey.
//! - [`enter`] finds the account. None is ever made here: who may work here is decided here.
//! - [`http`] is the only place of the service that asks other machines by HTTP.
//!
//! What the provider is and which keys it signs with is asked when someone first needs it, and kept for an hour; a key
//! that is not known is asked for once more. Where it can't be reached, passwords still work.

pub mod answer;
pub mod enter;
mod http;
pub mod journey;

use jiff::{SignedDuration, Timestamp};
use openidconnect::core::{CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreProviderMetadata};
use openidconnect::{
    AuthType, AuthenticationContextClass, ClientId, ClientSecret, CsrfToken, DiscoveryError, EndpointMaybeSet,
    EndpointNotSet, EndpointSet, IssuerUrl, Nonce, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope,
};
use tokio::sync::Mutex;

use crate::config::ProviderSettings;
use http::{FetchError, Fetcher};
use journey::Secrets;

/// Where the provider sends people back to.
pub const ANSWER: &str = "/personal/logga-in/oidc/svar";

/// How long what the provider says of itself is kept.
const KEPT: SignedDuration = SignedDuration::from_hours(1);

/// How long a provider that did not answer is left alone, so that people who try again don't queue up.
const LEFT_ALONE: SignedDuration = SignedDuration::from_secs(10);

/// Keys that are not known are asked for this often at most, so that nobody makes us ask by sending nonsense.
const KEYS_ANEW: SignedDuration = SignedDuration::from_secs(60);

/// Why the provider lets nobody in now. Holds nothing that it said: that could be an address or a secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProviderError {
    /// It can't be reached, or not in time.
    #[error("the OpenID Connect provider can't be reached: {0}")]
    Away(&'static str),
    /// What it answered can't be trusted, or can't be used.
    #[error("the OpenID Connect provider's answer is not taken: {0}")]
    Wrong(&'static str),
    /// A setting that no provider can have.
    #[error("the OpenID Connect provider can't be used: {0}")]
    Setting(&'static str),
}

impl From<FetchError> for ProviderError {
    fn from(error: FetchError) -> Self {
        match error {
            FetchError::Away => Self::Away("no connection"),
            FetchError::Late => Self::Away("no answer in time"),
            FetchError::Failing => Self::Away("it says that it does not work now"),
            FetchError::TooLarge => Self::Wrong("it is too large"),
            FetchError::InClear => Self::Wrong("it names an address without HTTPS"),
            FetchError::Request => Self::Wrong("it leads to a request that can't be made"),
        }
    }
}

/// What is known of the provider.
#[derive(Default)]
struct Known {
    metadata: Option<(CoreProviderMetadata, Timestamp)>,
    failed: Option<(ProviderError, Timestamp)>,
    keys_anew: Option<Timestamp>,
}

type Client =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

/// The provider.
pub struct Provider {
    settings: ProviderSettings,
    issuer: IssuerUrl,
    back: RedirectUrl,
    fetcher: Fetcher,
    // Held while it is asked: whoever comes meanwhile waits for the same answer.
    known: Mutex<Known>,
}

impl Provider {
    /// The provider of the settings, for a service that people reach at `public_url`. It is not asked yet.
    ///
    /// # Errors
    /// [`ProviderError::Setting`].
    pub fn new(settings: &ProviderSettings, public_url: &str) -> Result<Self, ProviderError> {
        let in_clear = settings.issuer.starts_with("http://");
        Ok(Self {
            issuer: IssuerUrl::new(settings.issuer.clone()).map_err(|_| ProviderError::Setting("oidc_issuer"))?,
            back: RedirectUrl::new(format!("{public_url}{ANSWER}"))
                .map_err(|_| ProviderError::Setting("public_url"))?,
            fetcher: Fetcher::new(in_clear).map_err(|_| ProviderError::Setting("no client for HTTPS"))?,
            settings: settings.clone(),
            known: Mutex::default(),
        })
    }

    /// Its address, as it writes it.
    pub fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    /// Where a browser goes to sign in there.
    ///
    /// # Errors
    /// [`ProviderError`].
    pub async fn way_there(&self, secrets: &Secrets, now: Timestamp) -> Result<String, ProviderError> {
        let client = self.client(&self.metadata(now).await?);
        let verifier = PkceCodeVerifier::new(secrets.verifier.clone());
        let (state, nonce) = (CsrfToken::new(secrets.state.clone()), Nonce::new(secrets.nonce.clone()));
        let mut request = client
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, || state, || nonce)
            .add_scope(Scope::new("email".to_owned()))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier));
        if let Some(mfa) = &self.settings.mfa {
            request = request.add_auth_context_value(AuthenticationContextClass::new(mfa.clone()));
        }
        let (address, ..) = request.url();
        self.fetcher.allows(address.as_str())?;
        Ok(address.into())
    }

    fn client(&self, metadata: &CoreProviderMetadata) -> Client {
        let client = CoreClient::from_provider_metadata(
            metadata.clone(),
            ClientId::new(self.settings.client_id.clone()),
            Some(ClientSecret::new(self.settings.client_secret.reveal().to_owned())),
        );
        // By default in the header; a provider that takes it in the form alone says so.
        let in_form = metadata.token_endpoint_auth_methods_supported().is_some_and(|methods| {
            methods.contains(&CoreClientAuthMethod::ClientSecretPost)
                && !methods.contains(&CoreClientAuthMethod::ClientSecretBasic)
        });
        let way = if in_form { AuthType::RequestBody } else { AuthType::BasicAuth };
        client.set_auth_type(way).set_redirect_uri(self.back.clone())
    }

    /// What the provider says of itself, asked for where it is not known.
    async fn metadata(&self, now: Timestamp) -> Result<CoreProviderMetadata, ProviderError> {
        let mut known = self.known.lock().await;
        if let Some((metadata, at)) = &known.metadata
            && at.duration_until(now) < KEPT
        {
            return Ok(metadata.clone());
        }
        if let Some((error, at)) = &known.failed
            && at.duration_until(now) < LEFT_ALONE
        {
            return Err(error.clone());
        }
        self.ask(&mut known, now).await
    }

    /// The same asked for anew, since a key is not known; nothing where that was done just now.
    async fn with_new_keys(&self, now: Timestamp) -> Result<Option<CoreProviderMetadata>, ProviderError> {
        let mut known = self.known.lock().await;
        if known.keys_anew.is_some_and(|at| at.duration_until(now) < KEYS_ANEW) {
            return Ok(None);
        }
        known.keys_anew = Some(now);
        self.ask(&mut known, now).await.map(Some)
    }

    async fn ask(&self, known: &mut Known, now: Timestamp) -> Result<CoreProviderMetadata, ProviderError> {
        let asked = CoreProviderMetadata::discover_async(self.issuer.clone(), &self.fetcher).await;
        let asked = asked.map_err(|error| match error {
            DiscoveryError::Request(error) => error.into(),
            DiscoveryError::Validation(_) => ProviderError::Wrong("it calls itself otherwise than oidc_issuer does"),
            DiscoveryError::Response(..) => ProviderError::Wrong("it does not say what it is"),
            _ => ProviderError::Wrong("what it says of itself can't be read"),
        });
        match asked {
            Ok(metadata) => {
                known.metadata = Some((metadata.clone(), now));
                known.failed = None;
                Ok(metadata)
            }
            Err(error) => {
                known.failed = Some((error.clone(), now));
                Err(error)
            }
        }
    }
}
