//! Settings, from a file and from the environment.
//!
//! `trygghetsdialog.toml` in the working directory (where there is one) gives settings by name,
//! `TRYGGHET_<NAME>` in the environment wins. Everything has a default, so that a fresh machine needs
//! none. A name that is not a setting stops the start: a mistyped `TRYGGHET_DATABSE_URL` must not
//! silently store answers somewhere else.

mod provider;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use url::Url;
use validator::{Validate, ValidationError, ValidationErrors};

pub use provider::{ProviderSettings, Secret};

/// The settings file, read from the working directory.
pub const FILE_NAME: &str = "trygghetsdialog.toml";

/// What every setting's environment variable begins with.
pub const PREFIX: &str = "TRYGGHET_";

/// Environment variables of the test suite begin with this and are no settings.
const TEST_PREFIX: &str = "TRYGGHET_TEST_";

/// The settings of one run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Where the service listens.
    pub listen: SocketAddr,
    /// The address that residents use; none means `http://` and the address listened on.
    pub public_url: Option<Url>,
    /// Where databases and keys lie unless said otherwise.
    pub data_dir: PathBuf,
    /// The dialogue database: `sqlite://path` or `postgres://…`.
    pub database_url: String,
    /// The register database, never the same one.
    pub register_url: String,
    /// Where private keys lie; only the mixing process needs it.
    pub key_dir: PathBuf,
    /// The neutral site that the quick exit leads to.
    pub exit_url: Url,
    /// Whether `serve` mixes by itself and makes the weeks' keys. Off in copies that have no key directory.
    pub mixing: bool,
    /// The mail server: `smtps://user:password@host`, or `smtp://host:25` within a closed network. Without one, mails
    /// are written to files.
    pub smtp_url: Option<String>,
    /// Whom mails come from.
    pub mail_from: String,
    /// The OpenID Connect provider that staff may sign in through, where there is one.
    pub provider: Option<ProviderSettings>,
    /// What is logged, in the syntax of `tracing-subscriber`'s filter. Libraries never say more than warnings.
    pub log: String,
}

/// Settings as written, before defaults.
#[derive(Debug, Default, Deserialize, Validate)]
#[serde(default, deny_unknown_fields)]
struct Written {
    listen: Option<String>,
    #[validate(custom(function = "web_address"))]
    public_url: Option<String>,
    data_dir: Option<PathBuf>,
    #[validate(length(min = 1, message = "must not be empty"))]
    database_url: Option<String>,
    #[validate(length(min = 1, message = "must not be empty"))]
    register_url: Option<String>,
    key_dir: Option<PathBuf>,
    #[validate(custom(function = "web_address"))]
    exit_url: Option<String>,
    mixing: Option<bool>,
    #[validate(length(min = 1, message = "must not be empty"))]
    smtp_url: Option<String>,
    mail_from: Option<String>,
    oidc_issuer: Option<String>,
    oidc_client_id: Option<String>,
    oidc_client_secret: Option<String>,
    oidc_client_secret_file: Option<PathBuf>,
    oidc_mfa: Option<String>,
    log: Option<String>,
}

/// Why settings can't be used. Never carries a value: it could hold a password.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file is there but can't be read.
    #[error("{0} can't be read: {1}")]
    Unreadable(PathBuf, std::io::Error),
    /// The file is no TOML, or has a key that is no setting.
    #[error("{0} is not right: {1}")]
    File(PathBuf, String),
    /// An environment variable that looks like a setting but is none.
    #[error("{0} is not a setting; the settings are {list}", list = NAMES.map(|name| format!("{PREFIX}{}", name.to_uppercase())).join(", "))]
    Unknown(String),
    /// A setting's value does not fit.
    #[error("the setting {0} {1}")]
    Invalid(String, String),
    /// Both databases have the same address: sign-ups and answers must lie apart.
    #[error("database_url and register_url are the same; answers and sign-ups must lie in two databases")]
    SameDatabase,
}

const NAMES: [&str; 16] = [
    "listen",
    "public_url",
    "data_dir",
    "database_url",
    "register_url",
    "key_dir",
    "exit_url",
    "mixing",
    "smtp_url",
    "mail_from",
    "oidc_issuer",
    "oidc_client_id",
    "oidc_client_secret",
    "oidc_client_secret_file",
    "oidc_mfa",
    "log",
];

fn web_address(text: &str) -> Result<(), ValidationError> {
    match Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.host().is_some() => Ok(()),
        _ => {
            Err(ValidationError::new("web_address")
                .with_message("is not a web address such as https://exempel.se".into()))
        }
    }
}

impl Settings {
    /// Reads the file in `directory` and the variables of `environment`.
    ///
    /// # Errors
    /// [`SettingsError`], naming the setting at fault.
    pub fn load(directory: &Path, environment: impl Iterator<Item = (String, String)>) -> Result<Self, SettingsError> {
        let path = directory.join(FILE_NAME);
        let mut table = match std::fs::read_to_string(&path) {
            Ok(text) => text
                .parse::<toml::Table>()
                .map_err(|error| SettingsError::File(path.clone(), one_line(error.message())))?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => toml::Table::new(),
            Err(error) => return Err(SettingsError::Unreadable(path, error)),
        };
        if let Some(unknown) = table.keys().find(|key| !NAMES.contains(&key.as_str())) {
            return Err(SettingsError::File(
                path,
                format!("{unknown} is not a setting; the settings are {}", NAMES.join(", ")),
            ));
        }
        for (variable, value) in environment {
            let Some(name) = variable.strip_prefix(PREFIX).filter(|_| !variable.starts_with(TEST_PREFIX)) else {
                continue;
            };
            let name = name.to_lowercase();
            if !NAMES.contains(&name.as_str()) {
                return Err(SettingsError::Unknown(variable));
            }
            let value = match (name.as_str(), value.as_str()) {
                ("mixing", "true" | "on" | "1") => true.into(),
                ("mixing", "false" | "off" | "0") => false.into(),
                ("mixing", _) => return Err(SettingsError::Invalid(name, "is neither on nor off".to_owned())),
                _ => toml::Value::String(value),
            };
            table.insert(name, value);
        }
        // Checked here, since the parser's own message would quote the value.
        for (name, value) in &table {
            let fits = if name == "mixing" { value.is_bool() } else { value.is_str() };
            if !fits {
                let wanted = if name == "mixing" { "is neither true nor false" } else { "is not a text in quotes" };
                return Err(SettingsError::Invalid(name.clone(), wanted.to_owned()));
            }
        }
        let written: Written =
            table.try_into().map_err(|error: toml::de::Error| SettingsError::File(path, one_line(error.message())))?;
        written.validate().map_err(|errors| first_invalid(&errors))?;
        written.complete()
    }

    /// Whether this is a demo: reachable from this machine alone, under no public address. Only then may someone sign in
    /// without a second factor, and over HTTP.
    pub fn is_demo(&self) -> bool {
        self.public_url.is_none() && self.listen.ip().is_loopback()
    }

    /// The address that residents use, given the one listened on.
    pub fn public_url(&self, listening: SocketAddr) -> String {
        match &self.public_url {
            Some(url) => url.as_str().trim_end_matches('/').to_owned(),
            None => format!("http://{listening}"),
        }
    }
}

impl Written {
    fn complete(mut self) -> Result<Settings, SettingsError> {
        let provider = provider::settings(&mut self)?;
        let listen = self.listen.as_deref().unwrap_or("127.0.0.1:8080");
        let listen = listen.parse().map_err(|_| {
            SettingsError::Invalid("listen".to_owned(), "is not an address and port such as 127.0.0.1:8080".to_owned())
        })?;
        let sender_is_missing = self.mail_from.is_none();
        let data_dir = self.data_dir.unwrap_or_else(|| PathBuf::from("var"));
        let embedded = |name: &str| format!("sqlite://{}", data_dir.join(name).display());
        let settings = Settings {
            listen,
            public_url: address("public_url", self.public_url.as_deref())?,
            database_url: self.database_url.unwrap_or_else(|| embedded("dialogue.db")),
            register_url: self.register_url.unwrap_or_else(|| embedded("register.db")),
            key_dir: self.key_dir.unwrap_or_else(|| data_dir.join("keys")),
            exit_url: address("exit_url", Some(self.exit_url.as_deref().unwrap_or("https://www.smhi.se/")))?
                .ok_or_else(|| SettingsError::Invalid("exit_url".to_owned(), "is missing".to_owned()))?,
            mixing: self.mixing.unwrap_or(true),
            smtp_url: self.smtp_url,
            mail_from: self.mail_from.unwrap_or_else(|| "Medborgardialogen <dialog@localhost>".to_owned()),
            provider,
            log: self.log.unwrap_or_else(|| "info".to_owned()),
            data_dir,
        };
        if settings.smtp_url.is_some() && sender_is_missing {
            return Err(SettingsError::Invalid("mail_from".to_owned(), "is needed beside smtp_url".to_owned()));
        }
        if settings.database_url == settings.register_url {
            return Err(SettingsError::SameDatabase);
        }
        Ok(settings)
    }
}

fn address(name: &str, text: Option<&str>) -> Result<Option<Url>, SettingsError> {
    text.map(Url::parse).transpose().map_err(|error| SettingsError::Invalid(name.to_owned(), error.to_string()))
}

fn first_invalid(errors: &ValidationErrors) -> SettingsError {
    let mut fields: Vec<_> = errors.field_errors().into_iter().collect();
    fields.sort_by(|one, other| one.0.cmp(&other.0));
    let (name, message) = fields.first().map_or((String::new(), String::new()), |(name, errors)| {
        let message = errors.first().and_then(|error| error.message.as_ref()).map_or("is not right", AsRef::as_ref);
        (name.to_string(), message.to_owned())
    });
    SettingsError::Invalid(name, message)
}

fn one_line(message: &str) -> String {
    message.lines().map(str::trim).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests;
