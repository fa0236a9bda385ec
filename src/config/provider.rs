//! The settings of the OpenID Connect provider. All that it takes to sign in there is set, or nothing is.

use std::fmt;

use url::Url;

use super::{SettingsError, Written};

/// A text that is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The text.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// The provider, and what it knows us by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderSettings {
    /// Its address, letter by letter as it writes it itself: a final slash counts.
    pub issuer: String,
    /// The name that it knows us by.
    pub client_id: String,
    /// The secret that goes with the name.
    pub client_secret: Secret,
    /// What its answer has in `acr` or `amr` where it asked for a second factor itself. Where nothing is set, or the
    /// answer does not have it, we ask for ours.
    pub mfa: Option<String>,
}

fn invalid(name: &str, reason: &str) -> SettingsError {
    SettingsError::Invalid(name.to_owned(), reason.to_owned())
}

/// By HTTPS, but for a provider on this machine: what it answers lets people in.
fn is_safe(issuer: &str) -> bool {
    let Ok(url) = Url::parse(issuer) else { return false };
    let here = match url.host() {
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost",
        None => return false,
    };
    let plain = url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
    plain && (url.scheme() == "https" || url.scheme() == "http" && here)
}

pub(super) fn settings(written: &mut Written) -> Result<Option<ProviderSettings>, SettingsError> {
    let set = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let mfa = set(written.oidc_mfa.take());
    let issuer = set(written.oidc_issuer.take());
    let client_id = set(written.oidc_client_id.take());
    let secret = match (set(written.oidc_client_secret.take()), written.oidc_client_secret_file.take()) {
        (Some(_), Some(_)) => return Err(invalid("oidc_client_secret", "is set twice: as a text and as a file")),
        (Some(secret), None) => Some(secret),
        (None, Some(path)) => {
            let read = std::fs::read_to_string(&path).map_err(|error| SettingsError::Unreadable(path, error))?;
            Some(set(Some(read)).ok_or_else(|| invalid("oidc_client_secret_file", "names an empty file"))?)
        }
        (None, None) => None,
    };
    let Some(issuer) = issuer else {
        return match (client_id, secret, mfa) {
            (None, None, None) => Ok(None),
            _ => Err(invalid("oidc_issuer", "is needed beside the other settings that begin with oidc_")),
        };
    };
    if !is_safe(&issuer) {
        return Err(invalid("oidc_issuer", "is no address such as https://login.exempel.se"));
    }
    let needed = |name| invalid(name, "is needed beside oidc_issuer");
    Ok(Some(ProviderSettings {
        issuer,
        client_id: client_id.ok_or_else(|| needed("oidc_client_id"))?,
        client_secret: Secret(secret.ok_or_else(|| needed("oidc_client_secret"))?),
        mfa,
    }))
}

#[cfg(test)]
mod tests {
    use super::super::tests::load;
    use super::*;

    const ISSUER: (&str, &str) = ("TRYGGHET_OIDC_ISSUER", "https://login.exempel.se/ort/");
    const CLIENT: (&str, &str) = ("TRYGGHET_OIDC_CLIENT_ID", "dialog");
    const SECRET: (&str, &str) = ("TRYGGHET_OIDC_CLIENT_SECRET", "hemligt");

    #[test]
    fn a_provider_is_whole_or_not_there() {
        assert_eq!(load(None, &[]).unwrap().provider, None);
        let provider = load(None, &[ISSUER, CLIENT, SECRET]).unwrap().provider.unwrap();
        assert_eq!((provider.issuer.as_str(), provider.client_secret.reveal()), (ISSUER.1, "hemligt"));
        assert!(!format!("{provider:?}").contains("hemligt"));
        for (set, says) in [
            (&[CLIENT][..], "oidc_issuer is needed"),
            (&[("TRYGGHET_OIDC_MFA", "mfa")], "oidc_issuer is needed"),
            (&[ISSUER, CLIENT], "oidc_client_secret is needed"),
            (&[ISSUER, SECRET], "oidc_client_id is needed"),
            (&[("TRYGGHET_OIDC_ISSUER", "http://hemligt.exempel.se"), CLIENT, SECRET], "oidc_issuer is no address"),
            (&[("TRYGGHET_OIDC_ISSUER", "https://hemligt@exempel.se"), CLIENT, SECRET], "oidc_issuer is no address"),
            (&[ISSUER, CLIENT, SECRET, ("TRYGGHET_OIDC_CLIENT_SECRET_FILE", "x")], "is set twice"),
            (&[ISSUER, CLIENT, ("TRYGGHET_OIDC_CLIENT_SECRET_FILE", "/finns/inte")], "can't be read"),
        ] {
            let said = load(None, set).unwrap_err();
            assert!(said.contains(says) && !said.contains("hemligt"), "{said:?} does not say {says:?}");
        }
    }

    #[test]
    fn the_secret_may_lie_in_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("secret");
        std::fs::write(&file, "hemligt\n").unwrap();
        let set = [ISSUER, CLIENT, ("TRYGGHET_OIDC_CLIENT_SECRET_FILE", file.to_str().unwrap())];
        assert_eq!(load(None, &set).unwrap().provider.unwrap().client_secret.reveal(), "hemligt");
    }

    #[test]
    fn a_provider_on_this_machine_needs_no_https() {
        for issuer in ["http://127.0.0.1:4000", "http://localhost:4000", "http://[::1]:4000/x"] {
            assert!(is_safe(issuer), "{issuer}");
        }
        for issuer in ["http://10.0.0.1", "ftp://login.exempel.se", "https://login.exempel.se/?a=b", "login"] {
            assert!(!is_safe(issuer), "{issuer}");
        }
    }
}
