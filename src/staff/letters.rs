//! The mails that staff get. Neutral: the subject stands on locked screens, and none says what a dialogue is about.

use crate::i18n;
use crate::mail::{Address, Mail};
use crate::staff::LANGUAGE;
use crate::staff::token::Token;

/// The address of the page that sets up an account.
pub fn welcome_address(public_url: &str, token: &Token) -> String {
    format!("{public_url}/personal/valkommen/{}", token.reveal())
}

fn letter(to: &Address, subject: &str, text: &str, link: &str) -> Mail {
    let text = i18n::text_with(LANGUAGE, text, &[("link", link.into())]);
    Mail { to: to.clone(), subject: i18n::text(LANGUAGE, subject), text: format!("{text}\n") }
}

/// To who is invited.
pub fn invitation(to: &Address, public_url: &str, token: &Token) -> Mail {
    letter(to, "letter-invitation-subject", "letter-invitation", &welcome_address(public_url, token))
}

/// To who must set up her second factor.
pub fn set_up(to: &Address, public_url: &str, token: &Token) -> Mail {
    letter(to, "letter-set-up-subject", "letter-set-up", &welcome_address(public_url, token))
}

/// To who has forgotten her password.
pub fn reset(to: &Address, public_url: &str, token: &Token) -> Mail {
    let link = format!("{public_url}/personal/nytt-losenord/{}", token.reveal());
    letter(to, "letter-reset-subject", "letter-reset", &link)
}

/// To whose password was changed, so that she learns of it if it was not her.
pub fn password_changed(to: &Address, public_url: &str) -> Mail {
    letter(to, "letter-changed-subject", "letter-changed", &format!("{public_url}/personal/glomt-losenord"))
}
