//! The provider's answer: a code for tokens, and what is believed of them.
//!
//! Believed is what the ID token says when it is signed by one of the provider's keys with an asymmetric algorithm, names
//! this provider, us and this journey's nonce, and is not past its time. Where the mail address is not in it, the
//! provider's userinfo endpoint is asked, which must speak of the same subject.

use chrono::{DateTime, Utc};
use jiff::{SignedDuration, Timestamp};
use openidconnect::core::{CoreIdToken, CoreIdTokenClaims, CoreJwsSigningAlgorithm, CoreUserInfoClaims};
use openidconnect::{
    AccessToken, AccessTokenHash, AuthorizationCode, ClaimsVerificationError, Nonce, OAuth2TokenResponse,
    PkceCodeVerifier, RequestTokenError, SignatureVerificationError, TokenResponse, UserInfoError,
};

use super::journey::Secrets;
use super::{Client, Provider, ProviderError};
use crate::mail::Address;

/// How far the provider's clock may be ahead of, or behind, ours.
const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_secs(60);

/// How tokens may be signed: never with a secret that we hold as well.
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

/// Whom the provider vouches for.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    /// What it never gives to anyone else.
    pub subject: String,
    /// Her address, where it has verified that it is hers.
    pub mail: Option<Address>,
    /// Whether it asked for a second factor, in the words of the setting `oidc_mfa`.
    pub had_second_factor: bool,
}

/// What `token` says, verified; or why it is not believed, and whether that is since we don't know the key.
fn verified<'t>(
    client: &Client,
    token: &'t CoreIdToken,
    nonce: &Nonce,
    now: Timestamp,
) -> Result<&'t CoreIdTokenClaims, (ProviderError, bool)> {
    let moment = now.saturating_sub(CLOCKS_DIFFER).unwrap_or(now).as_second();
    let verifier = client
        .id_token_verifier()
        .set_allowed_algs(ALGORITHMS)
        .set_time_fn(move || DateTime::<Utc>::from_timestamp(moment, 0).unwrap_or(DateTime::<Utc>::MAX_UTC));
    token.claims(&verifier, nonce).map_err(|error| {
        let says = match &error {
            ClaimsVerificationError::Expired(_) => "its time is over",
            ClaimsVerificationError::InvalidAudience(_) => "it is meant for another service",
            ClaimsVerificationError::InvalidIssuer(_) => "it comes from another provider",
            ClaimsVerificationError::InvalidNonce(_) => "it was made for another question",
            ClaimsVerificationError::SignatureVerification(SignatureVerificationError::DisallowedAlg(_)) => {
                "it is signed in a way that anyone can forge"
            }
            ClaimsVerificationError::SignatureVerification(_) => "its signature is not the provider's",
            _ => "it can't be verified",
        };
        let unknown =
            matches!(error, ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey));
        (ProviderError::Wrong(says), unknown)
    })
}

fn address(mail: Option<&str>, verified: Option<bool>) -> Option<Address> {
    mail.filter(|_| verified == Some(true))?.parse().ok()
}

impl Provider {
    /// Whom the provider vouches for, for the code that it sent the browser back with.
    ///
    /// # Errors
    /// [`ProviderError`].
    pub async fn person(&self, code: String, secrets: &Secrets, now: Timestamp) -> Result<Person, ProviderError> {
        let metadata = self.metadata(now).await?;
        let client = self.client(&metadata);
        let response = client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(|_| ProviderError::Wrong("it does not say where codes are redeemed"))?
            .set_pkce_verifier(PkceCodeVerifier::new(secrets.verifier.clone()))
            .request_async(&self.fetcher)
            .await
            .map_err(|error| match error {
                RequestTokenError::Request(error) => error.into(),
                RequestTokenError::ServerResponse(_) => ProviderError::Wrong("it does not redeem its code"),
                _ => ProviderError::Wrong("its tokens can't be read"),
            })?;
        let token = response.id_token().ok_or(ProviderError::Wrong("it holds no ID token"))?;
        let access = response.access_token();
        let nonce = Nonce::new(secrets.nonce.clone());
        let (client, claims) = match verified(&client, token, &nonce, now) {
            Ok(claims) => (client, claims),
            Err((error, false)) => return Err(error),
            // The provider may have changed its keys.
            Err((error, true)) => {
                let Some(metadata) = self.with_new_keys(now).await? else { return Err(error) };
                let client = self.client(&metadata);
                let claims = verified(&client, token, &nonce, now).map_err(|(error, _)| error)?;
                (client, claims)
            }
        };
        belongs(&client, token, claims, access)?;
        let mut mail = address(claims.email().map(|mail| mail.as_str()), claims.email_verified());
        if mail.is_none() && metadata.userinfo_endpoint().is_some() {
            mail = self.asked_mail(&client, access, claims).await?;
        }
        let acr = claims.auth_context_ref().map(|acr| acr.as_str());
        let amr = claims.auth_method_refs().into_iter().flatten().map(|amr| amr.as_str());
        let mfa = self.settings.mfa.as_deref();
        let had_second_factor = mfa.is_some_and(|mfa| acr.into_iter().chain(amr).any(|word| word == mfa));
        Ok(Person { subject: claims.subject().to_string(), mail, had_second_factor })
    }

    async fn asked_mail(
        &self,
        client: &Client,
        access: &AccessToken,
        claims: &CoreIdTokenClaims,
    ) -> Result<Option<Address>, ProviderError> {
        let request = client
            .user_info(access.clone(), Some(claims.subject().clone()))
            .map_err(|_| ProviderError::Wrong("it does not say where it tells of people"))?;
        let info: CoreUserInfoClaims = request.request_async(&self.fetcher).await.map_err(|error| match error {
            UserInfoError::Request(error) => error.into(),
            UserInfoError::ClaimsVerification(_) => ProviderError::Wrong("it tells of someone else"),
            _ => ProviderError::Wrong("what it tells of her can't be read"),
        })?;
        Ok(address(info.email().map(|mail| mail.as_str()), info.email_verified()))
    }
}

/// Whether the access token came with this ID token, where the ID token says so.
fn belongs(
    client: &Client,
    token: &CoreIdToken,
    claims: &CoreIdTokenClaims,
    access: &AccessToken,
) -> Result<(), ProviderError> {
    let Some(expected) = claims.access_token_hash() else { return Ok(()) };
    let verifier = client.id_token_verifier().set_allowed_algs(ALGORITHMS);
    let hash = token
        .signing_alg()
        .and_then(|algorithm| Ok((algorithm, token.signing_key(&verifier)?)))
        .map_err(|_| ProviderError::Wrong("its signature is not the provider's"))
        .and_then(|(algorithm, key)| {
            AccessTokenHash::from_token(access, algorithm, key)
                .map_err(|_| ProviderError::Wrong("its access token can't be verified"))
        })?;
    (hash == *expected).then_some(()).ok_or(ProviderError::Wrong("its access token belongs to another answer"))
}
