//! Becoming staff: invitation, welcome, a new password by mail.

use crate::db::{self, Connection};
use crate::id::RandomId;
use crate::mail::{Address, Mail};
use crate::staff::account::{self, Account, State};
use crate::staff::attempts::{self, Subject};
use crate::staff::audit::{self, Act, Action, Actor, Object};
use crate::staff::failure::Failure;
use crate::staff::link::{self, Link, Purpose};
use crate::staff::office::{Office, Visitor};
use crate::staff::password::Hashed;
use crate::staff::role::{Role, Roles};
use crate::staff::session::Way;
use crate::staff::sign_in::{self, SignedIn};
use crate::staff::token::Token;
use crate::staff::{device, identity, letters, password, second_factor, session};

/// The link that makes the first administrator, as long as nobody is one. Earlier such links are void.
///
/// # Errors
/// The database.
pub fn first_link(
    conn: &mut Connection,
    now: jiff::Timestamp,
    randomness: &dyn crate::id::Randomness,
) -> db::Result<Option<Token>> {
    db::write(conn, |conn| {
        if account::active_administrators(conn)? > 0 {
            return Ok(None);
        }
        link::make(conn, Purpose::First, None, now, randomness).map(Some)
    })
}

/// Who holds a link.
#[derive(Debug, Clone)]
pub struct Guest {
    /// What it is for.
    pub link: Link,
    /// Whose it is; nobody's is the first administrator's.
    pub account: Option<Account>,
}

/// Who holds this link, where it is good.
///
/// # Errors
/// The database.
pub fn guest(conn: &mut Connection, token: &Token, now: jiff::Timestamp) -> db::Result<Option<Guest>> {
    let Some(link) = link::find(conn, token, now)? else { return Ok(None) };
    let account = link.account.map(|id| account::get(conn, id)).transpose()?.flatten();
    let good = match (link.purpose, &account) {
        (Purpose::First, _) => account::active_administrators(conn)? == 0,
        (Purpose::Welcome, Some(account)) => account.state != State::Inactive,
        (Purpose::Reset, Some(account)) => account.state == State::Active,
        (Purpose::Welcome | Purpose::Reset, None) => false,
    };
    Ok(good.then_some(Guest { link, account }))
}

/// Makes an account and the link of its invitation; nothing where the address has one already.
///
/// # Errors
/// The database.
pub fn invite(
    conn: &mut Connection,
    actor: Actor,
    mail: &Address,
    roles: &Roles,
    now: jiff::Timestamp,
    randomness: &dyn crate::id::Randomness,
) -> db::Result<Option<(RandomId, Token)>> {
    audit::write(conn, |conn| {
        if account::find(conn, mail)?.is_some() {
            return Ok(None);
        }
        let id = account::create(conn, mail, roles, randomness)?;
        let act = Act::new(actor, Action::Invited).on(Object::account(id)).with(roles_detail(roles));
        audit::log(conn, now, &act)?;
        let token = link::make(conn, Purpose::Welcome, Some(id), now, randomness)?;
        Ok(Some((id, token)))
    })
}

/// Makes a link to set up an account once more.
///
/// # Errors
/// The database.
pub fn invite_again(
    conn: &mut Connection,
    actor: Actor,
    account: RandomId,
    now: jiff::Timestamp,
    randomness: &dyn crate::id::Randomness,
) -> db::Result<Token> {
    audit::write(conn, |conn| {
        audit::log(conn, now, &Act::new(actor, Action::LinkMade).on(Object::account(account)))?;
        link::make(conn, Purpose::Welcome, Some(account), now, randomness)
    })
}

/// Roles as the log has them.
pub fn roles_detail(roles: &Roles) -> serde_json::Value {
    serde_json::json!({ "roles": roles.iter().map(|role| role.word()).collect::<Vec<_>>() })
}

/// What a welcome page asks for, checked.
pub struct Welcome {
    /// The address: asked of the first administrator alone.
    pub mail: Address,
    /// The name.
    pub name: String,
    /// The password.
    pub password: Hashed,
    /// The first one-time code; none where a demo goes without.
    pub code: Option<String>,
}

/// How a welcome ended.
pub enum Welcomed {
    /// The link is used up, or void.
    Gone,
    /// The code is not one of the secret that the page showed.
    CodeWrong,
    /// The address has an account already.
    AddressTaken,
    /// Set up, and signed in. The recovery codes are shown once.
    In {
        /// The browser's tokens.
        signed_in: SignedIn,
        /// The codes; none without a second factor.
        recovery_codes: Vec<String>,
    },
}

/// Sets up the account that a link is for, and signs its person in: she has shown that she reads the mail, chosen a
/// password, and given a code.
///
/// # Errors
/// [`Failure`].
pub fn welcome(
    office: &Office,
    conn: &mut Connection,
    visitor: &Visitor,
    token: &Token,
    welcome: &Welcome,
) -> Result<Welcomed, Failure> {
    let now = office.clock.now();
    let randomness = office.randomness.as_ref();
    let secret = office.key.totp_for(token);
    let step = match &welcome.code {
        Some(code) => match second_factor::check(&secret, code, None, now)? {
            Some(step) => Some(step),
            None => return Ok(Welcomed::CodeWrong),
        },
        None if office.demo => None,
        None => return Ok(Welcomed::CodeWrong),
    };
    let sealed = office.key.seal(&secret, randomness).ok_or(Failure::Sealed)?;
    audit::write(conn, |conn| {
        let Some(guest) = guest(conn, token, now)? else { return Ok(Welcomed::Gone) };
        let id = match (guest.link.purpose, &guest.account) {
            (Purpose::Reset, _) => return Ok(Welcomed::Gone),
            (_, Some(account)) => account.id,
            (_, None) if account::find(conn, &welcome.mail)?.is_some() => return Ok(Welcomed::AddressTaken),
            (_, None) => account::create(conn, &welcome.mail, &Roles::from([Role::Administrator]), randomness)?,
        };
        link::use_up(conn, token)?;
        link::void_all(conn, id)?;
        account::set_name(conn, id, &welcome.name)?;
        account::set_password(conn, id, &welcome.password)?;
        account::set_state(conn, id, State::Active)?;
        account::remove_second_factor(conn, id)?;
        session::end_all(conn, id, None)?;
        device::forget_all(conn, id)?;
        identity::forget(conn, id)?;
        let mut recovery_codes = Vec::new();
        if let Some(step) = step {
            account::set_second_factor(conn, id, &sealed, step)?;
            recovery_codes = second_factor::recovery_codes(randomness);
            account::set_recovery_codes(conn, id, &recovery_codes)?;
        }
        let facts = serde_json::json!({ "second_factor": step.is_some() });
        audit::log(conn, now, &Act::new(Actor::Staff(id), Action::Welcomed).on(Object::account(id)).with(facts))?;
        audit::log(conn, now, &Act::new(Actor::Staff(id), Action::SignedIn))?;
        Ok(Welcomed::In { signed_in: sign_in::enter(office, conn, id, visitor, now, Way::Password)?, recovery_codes })
    })
}

/// The mail with a link for a new password, to whose account this is; nothing after three in a short time.
///
/// # Errors
/// [`Failure`].
pub fn reset_letter(office: &Office, conn: &mut Connection, account: &Account) -> Result<Option<Mail>, Failure> {
    let now = office.clock.now();
    let subjects = [Subject::letters(&office.key, &account.mail)];
    audit::write(conn, |conn| {
        if attempts::begin(conn, &subjects, now)?.is_err() {
            return Ok(None);
        }
        audit::log(conn, now, &Act::new(Actor::Service, Action::ResetAsked).on(Object::account(account.id)))?;
        let token = link::make(conn, Purpose::Reset, Some(account.id), now, office.randomness.as_ref())?;
        Ok(Some(letters::reset(&account.mail, &office.public_url, &token)))
    })
}

/// Sets a new password by a link; the account is told by mail. All sessions end. The browser is known from here on, so
/// that nobody who fails on purpose can keep its person out. Nothing where the link is no longer good.
///
/// # Errors
/// [`Failure`].
pub fn reset(office: &Office, visitor: &Visitor, token: &Token, new: &str) -> Result<Option<(Token, Mail)>, Failure> {
    let now = office.clock.now();
    let hashed = password::hash(new, office.randomness.as_ref())?;
    audit::write(&mut *office.conn()?, |conn| {
        let Some(guest) = guest(conn, token, now)? else { return Ok(None) };
        let (Purpose::Reset, Some(account)) = (guest.link.purpose, guest.account) else { return Ok(None) };
        link::void_all(conn, account.id)?;
        account::set_password(conn, account.id, &hashed)?;
        session::end_all(conn, account.id, None)?;
        device::forget_all(conn, account.id)?;
        let device = sign_in::know(office, conn, account.id, visitor, now)?;
        let act = Act::new(Actor::Staff(account.id), Action::PasswordChanged).on(Object::account(account.id));
        audit::log(conn, now, &act.with(serde_json::json!({ "by": "link" })))?;
        Ok(Some((device, letters::password_changed(&account.mail, &office.public_url))))
    })
}
