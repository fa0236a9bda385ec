//! Addresses of databases. Unknown schemes are refused: a mistyped `postgress://` would otherwise
//! become a file of that name.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// The address of a database.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// `sqlite://var/dialogue.db` (relative) or `sqlite:///srv/dialogue.db`.
    Sqlite(PathBuf),
    /// `postgres://…` or `postgresql://…`, as libpq reads it.
    Postgres(String),
}

/// A text is no address of a database that we know. Holds no password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidUrl {
    /// Neither scheme.
    #[error("unknown database scheme {0:?}: write sqlite://PATH or postgres://…")]
    Scheme(String),
    /// No file is named.
    #[error("sqlite:// needs the path of a file, such as sqlite://var/dialogue.db")]
    NoFile,
}

impl FromStr for DatabaseUrl {
    type Err = InvalidUrl;

    fn from_str(text: &str) -> Result<Self, InvalidUrl> {
        let (scheme, rest) = text.split_once("://").ok_or_else(|| {
            // Without a scheme the whole text may be a password; its length is all we repeat of it.
            InvalidUrl::Scheme(if text.len() > 12 { "(none)".to_owned() } else { text.to_owned() })
        })?;
        match scheme {
            "sqlite" if rest.is_empty() || rest.ends_with('/') || rest.starts_with(':') => Err(InvalidUrl::NoFile),
            "sqlite" => Ok(Self::Sqlite(PathBuf::from(rest))),
            "postgres" | "postgresql" => Ok(Self::Postgres(text.to_owned())),
            _ => Err(InvalidUrl::Scheme(format!("{scheme}://"))),
        }
    }
}

impl fmt::Display for DatabaseUrl {
    /// Without user name, password and options.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite://{}", path.display()),
            Self::Postgres(text) => {
                let rest = text.split_once("://").map_or("", |(_, rest)| rest);
                let rest = rest.split('?').next().unwrap_or_default();
                write!(f, "postgres://{}", rest.rsplit_once('@').map_or(rest, |(_, place)| place))
            }
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The file as an SQLite URI that opens it for reading and writing but never makes it: a file that
/// vanished under a running service must be an error, not a new and empty database.
pub(super) fn sqlite_uri(path: &Path) -> String {
    let mut uri = String::from("file:");
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'_' | b'-' => uri.push(char::from(*byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri + "?mode=rw"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_schemes_are_taken() {
        assert_eq!("sqlite://var/d.db".parse(), Ok(DatabaseUrl::Sqlite("var/d.db".into())));
        assert_eq!("sqlite:///srv/d.db".parse(), Ok(DatabaseUrl::Sqlite("/srv/d.db".into())));
        assert!(matches!("postgresql://h/d".parse(), Ok(DatabaseUrl::Postgres(_))));
        assert_eq!("postgress://h/d".parse::<DatabaseUrl>(), Err(InvalidUrl::Scheme("postgress://".to_owned())));
        for no_file in ["sqlite://", "sqlite://var/", "sqlite://:memory:"] {
            assert_eq!(no_file.parse::<DatabaseUrl>(), Err(InvalidUrl::NoFile));
        }
        assert!("var/dialogue.db".parse::<DatabaseUrl>().is_err());
    }

    #[test]
    fn no_message_holds_a_password() {
        let url: DatabaseUrl = "postgres://anna:hemligt@db.example/dialogue?password=x".parse().unwrap();
        assert_eq!(format!("{url} {url:?}"), "postgres://db.example/dialogue postgres://db.example/dialogue");
        let refused = "anna:hemligt@db.example/dialogue".parse::<DatabaseUrl>().unwrap_err();
        assert!(!refused.to_string().contains("hemligt"));
    }

    #[test]
    fn odd_paths_stay_paths() {
        assert_eq!(sqlite_uri(Path::new("a b/å?#%.db")), "file:a%20b/%C3%A5%3F%23%25.db?mode=rw");
    }
}
