//! Mails: addresses, and the way out.
//!
//! With `TRYGGHET_SMTP_URL` a mail goes to that server; without, it becomes a file in `var/mail/`, which any mail
//! program opens. Sending blocks, so pages do it through `web::block`. What can't be sent is an error without address
//! or content: it ends in the log.

mod address;
mod transport;

pub use address::{Address, InvalidAddress};
pub use transport::{Mailer, MailerError};

/// A mail in plain text.
#[derive(Clone)]
pub struct Mail {
    /// Whom it is for.
    pub to: Address,
    /// Its subject: neutral, for it stands on locked screens.
    pub subject: String,
    /// Its text.
    pub text: String,
}
