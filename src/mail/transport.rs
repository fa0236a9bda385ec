//! The way out: a mail server, or a folder.

use std::fs::{DirBuilder, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use jiff::Timestamp;
use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::{Message, SmtpTransport, Transport};

use super::Mail;
use crate::id::{RandomId, Randomness};

/// How long a mail server may take to answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// How long it may take to answer someone who only asks whether it is there.
const PATIENCE_OF_A_CHECK: Duration = Duration::from_secs(5);

/// Sends mails.
pub struct Mailer {
    from: Mailbox,
    way: Way,
}

enum Way {
    Server(Box<Server>),
    Folder(PathBuf),
}

/// The same server, with two patiences.
struct Server {
    sends: SmtpTransport,
    checks: SmtpTransport,
}

/// Why a mail was not sent, or why none can be. Holds no address, password or text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailerError {
    /// The setting names no mail server.
    #[error("the setting smtp_url is no address such as smtps://user:password@mail.exempel.se")]
    Url,
    /// The setting names no sender.
    #[error("the setting mail_from is no sender such as Medborgardialogen <dialog@exempel.se>")]
    Sender,
    /// The mail can't be put together.
    #[error("a mail can't be put together")]
    Message,
    /// The server did not take it.
    #[error("the mail server did not take a mail: {0}")]
    Server(&'static str),
    /// The file can't be written.
    #[error("a mail can't be written to its folder: {0}")]
    Folder(String),
}

impl Mailer {
    /// Through the server at `url` where one is given, else into `folder`. Nothing is asked of the server yet.
    ///
    /// # Errors
    /// [`MailerError::Url`], [`MailerError::Sender`].
    pub fn new(url: Option<&str>, from: &str, folder: &Path) -> Result<Self, MailerError> {
        let way = match url {
            Some(url) if url.starts_with("smtp://") || url.starts_with("smtps://") => {
                let server = SmtpTransport::from_url(url).map_err(|_| MailerError::Url)?;
                let within = |patience| server.clone().timeout(Some(patience)).build();
                Way::Server(Box::new(Server { sends: within(PATIENCE), checks: within(PATIENCE_OF_A_CHECK) }))
            }
            Some(_) => return Err(MailerError::Url),
            None => Way::Folder(folder.to_owned()),
        };
        Ok(Self { from: from.parse().map_err(|_| MailerError::Sender)?, way })
    }

    /// Whether mails become files.
    pub fn is_folder(&self) -> bool {
        matches!(self.way, Way::Folder(_))
    }

    /// Whether mails can leave: asks the server, up to signing in there, and sends nothing. A folder always takes them.
    ///
    /// # Errors
    /// [`MailerError::Server`].
    pub fn check(&self) -> Result<(), MailerError> {
        let Way::Server(server) = &self.way else { return Ok(()) };
        match server.checks.test_connection() {
            Ok(true) => Ok(()),
            Ok(false) => Err(MailerError::Server("it hung up")),
            Err(error) => Err(refused(&error)),
        }
    }

    /// Sends a mail; it has left us when this returns.
    ///
    /// # Errors
    /// [`MailerError::Message`], [`MailerError::Server`], [`MailerError::Folder`].
    pub fn send(&self, mail: &Mail, now: Timestamp, randomness: &dyn Randomness) -> Result<(), MailerError> {
        let id = RandomId::new(randomness);
        let to = mail.to.as_str().parse().map_err(|_| MailerError::Message)?;
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(mail.subject.as_str())
            .date(UNIX_EPOCH + Duration::from_secs(now.as_second().unsigned_abs()))
            .message_id(Some(format!("<{id}@{}>", self.from.email.domain())))
            .header(ContentType::TEXT_PLAIN)
            .body(mail.text.clone())
            .map_err(|_| MailerError::Message)?;
        match &self.way {
            Way::Server(server) => server.sends.send(&message).map(drop).map_err(|error| refused(&error)),
            Way::Folder(folder) => {
                let name = format!("{}-{}.eml", now.strftime("%Y%m%dT%H%M%S.%6fZ"), &id.to_string()[..8]);
                write(folder, &name, &message.formatted())
                    .map_err(|error| MailerError::Folder(error.kind().to_string()))
            }
        }
    }
}

/// Why the server did not do what was asked, without its own words: they often repeat the address.
fn refused(error: &lettre::transport::smtp::Error) -> MailerError {
    MailerError::Server(if error.is_timeout() {
        "it did not answer in time"
    } else if error.is_permanent() {
        "it refused for good"
    } else if error.is_transient() {
        "it refused for now"
    } else if error.is_tls() {
        "no encrypted connection"
    } else {
        "no connection, or a certificate that is not trusted"
    })
}

/// For our eyes only: a mail holds a link that lets someone in.
fn write(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(folder.join(name))?;
    file.write_all(bytes)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::id::SeededRandomness;

    const FROM: &str = "Dialogen <dialog@exempel.se>";

    #[test]
    fn without_a_server_a_mail_is_a_file_for_our_eyes() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("mail");
        let mailer = Mailer::new(None, FROM, &folder).unwrap();
        assert!(mailer.is_folder());
        let mail =
            Mail { to: "anna@exempel.se".parse().unwrap(), subject: "Ett ärende".into(), text: "Hej å.\n".into() };
        let randomness = SeededRandomness::new(1);
        (0..3).for_each(|_| mailer.send(&mail, "2019-03-12T10:00:00Z".parse().unwrap(), &randomness).unwrap());
        let files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap()).collect();
        assert_eq!(files.len(), 3);
        assert_eq!(files[0].metadata().unwrap().permissions().mode() & 0o777, 0o600);
        let text = std::fs::read_to_string(files[0].path()).unwrap();
        for part in ["To: anna@exempel.se", "From: Dialogen <dialog@exempel.se>", "Date: Tue, 12 Mar 2019 10:00:00"] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }

    #[test]
    fn settings_that_are_wrong_are_told_without_their_values() {
        let new = |url, from| Mailer::new(url, from, Path::new("mail")).err().map(|error| error.to_string());
        assert_eq!(new(Some("smtps://anna:hemligt@mail.exempel.se"), FROM), None);
        for url in ["http://anna:hemligt@exempel.se", "smtp://", "hemligt"] {
            let said = new(Some(url), FROM).unwrap();
            assert!(said.contains("smtp_url") && !said.contains("hemligt"), "{said}");
        }
        assert!(new(None, "hemligt").unwrap().contains("mail_from"));
    }
}
