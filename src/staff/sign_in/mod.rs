//! Signing in: password (or the municipality's provider, [`super::provider`]), then one-time code or recovery code, then
//! a session.
//!
//! However it ends, an unknown address takes the same work and gets the same answer as a wrong password. A try is counted
//! before it is looked at, and taken back only when the whole way was right: with the password alone nobody may try
//! code after code.

mod counted;

use jiff::Timestamp;

use crate::db::{self, Connection};
use crate::id::RandomId;
use crate::mail::{Address, Mail};
use crate::staff::account::{self, Account, Credentials, State};
use crate::staff::audit::{self, Act, Action, Actor, Object};
use crate::staff::failure::Failure;
use crate::staff::link::{self, Purpose};
use crate::staff::office::{Office, Visitor};
use crate::staff::password::{self, Verified};
use crate::staff::session::{self, Session, Stage, Way};
use crate::staff::token::Token;
use crate::staff::{device, letters, second_factor};

pub use counted::Counted;

/// What the browser gets when someone is signed in.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The session's token.
    pub session: Token,
    /// The token by which the browser is known again.
    pub device: Token,
}

/// How a try with a password ended.
pub enum Password {
    /// Wrong; or there is no such account, or nobody may sign in with it.
    Wrong,
    /// Too many tries; the next one is taken at this moment.
    Shut(Timestamp),
    /// Right.
    Right(Next),
}

/// What follows a first step that was right.
pub enum Next {
    /// The second factor is asked for. The token is the waiting sign-in's.
    SecondStep(Token),
    /// No second factor is set up though one is needed: this mail has the link to do it.
    SetUp(Mail),
    /// Nothing: signed in.
    In(SignedIn),
}

/// How a try with a code ended.
pub enum Code {
    /// Wrong, or used already.
    Wrong,
    /// Too many tries; the next one is taken at this moment.
    Shut(Timestamp),
    /// The password was given too long ago, or never.
    TooLate,
    /// Right.
    In(SignedIn),
}

/// The second step.
pub enum SecondStep<'a> {
    /// A one-time code of an authenticator app.
    OneTime(&'a str),
    /// A recovery code, which is used up.
    Recovery(&'a str),
}

/// Tries a password. No connection is held while it is hashed.
///
/// # Errors
/// [`Failure`].
pub fn with_password(office: &Office, visitor: &Visitor, mail: &Address, password: &str) -> Result<Password, Failure> {
    let now = office.clock.now();
    let mut conn = office.conn()?;
    let account = account::find(&mut conn, mail)?;
    let counted = Counted::of(office, &mut conn, visitor, mail, account.as_ref())?;
    if let Err(shut) = counted.begin(&mut conn, now)? {
        return Ok(Password::Shut(shut.until));
    }
    let may = account.as_ref().filter(|account| account.state == State::Active);
    let credentials = may.map(|account| account::credentials(&mut conn, account.id)).transpose()?.flatten();
    drop(conn);
    let hashed = credentials.as_ref().and_then(|credentials| credentials.password.as_ref());
    let verified = password::verify(password, hashed)?;
    let (Some(account), true) = (may, verified != Verified::Wrong) else {
        counted.fail(&mut *office.conn()?, now, account.as_ref())?;
        return Ok(Password::Wrong);
    };
    let anew = match verified {
        Verified::RightButWeak => Some(password::hash(password, office.randomness.as_ref())?),
        Verified::Right | Verified::Wrong => None,
    };
    let conn = &mut *office.conn()?;
    if let Some(anew) = anew {
        db::write(conn, |conn| account::set_password(conn, account.id, &anew))?;
    }
    Ok(Password::Right(next(office, conn, visitor, account, Some(&counted), Way::Password)?))
}

/// What follows a first step that was right: the second factor, where the account has one. Where it has none, a link to
/// set one up, but in a demo. `counted` is a try that still counts.
///
/// # Errors
/// [`Failure`].
pub fn next(
    office: &Office,
    conn: &mut Connection,
    visitor: &Visitor,
    account: &Account,
    counted: Option<&Counted>,
    way: Way,
) -> Result<Next, Failure> {
    let (now, randomness) = (office.clock.now(), office.randomness.as_ref());
    if account.has_second_factor {
        let waiting = db::write(conn, |conn| session::begin(conn, account.id, (Stage::Waiting, way), now, randomness))?;
        return Ok(Next::SecondStep(waiting));
    }
    if !office.demo {
        let token = audit::write(conn, |conn| {
            counted.map(|counted| counted.succeed(conn)).transpose()?;
            let act = Act::new(Actor::Staff(account.id), Action::LinkMade).on(Object::account(account.id));
            audit::log(conn, now, &act)?;
            link::make(conn, Purpose::Welcome, Some(account.id), now, randomness)
        })?;
        return Ok(Next::SetUp(letters::set_up(&account.mail, &office.public_url, &token)));
    }
    let signed_in = audit::write(conn, |conn| {
        counted.map(|counted| counted.succeed(conn)).transpose()?;
        audit::log(conn, now, &signed_in_by(account.id, Action::SignedIn, way))?;
        enter(office, conn, account.id, visitor, now, way)
    })?;
    Ok(Next::In(signed_in))
}

/// The log's entry of a sign-in; the usual way, with a password, goes without saying.
pub fn signed_in_by(account: RandomId, action: Action, way: Way) -> Act {
    let act = Act::new(Actor::Staff(account), action);
    match way {
        Way::Password => act,
        Way::Provider => act.with(serde_json::json!({ "by": way.word() })),
    }
}

/// The sign-in that waits for its second step, where the browser holds one.
///
/// # Errors
/// [`Failure`].
pub fn waiting(office: &Office, conn: &mut Connection, token: &Token) -> Result<Option<Session>, Failure> {
    Ok(session::find(conn, token, Stage::Waiting, office.clock.now())?)
}

/// Tries the second step of a waiting sign-in.
///
/// # Errors
/// [`Failure`].
pub fn with_code(
    office: &Office,
    conn: &mut Connection,
    visitor: &Visitor,
    token: &Token,
    step: &SecondStep<'_>,
) -> Result<Code, Failure> {
    let now = office.clock.now();
    let Some(waiting) = waiting(office, conn, token)? else { return Ok(Code::TooLate) };
    let account = account::get(conn, waiting.account)?.filter(|account| account.state == State::Active);
    let Some(account) = account else { return Ok(Code::TooLate) };
    let Some(credentials) = account::credentials(conn, account.id)? else { return Ok(Code::TooLate) };
    let counted = Counted::of(office, conn, visitor, &account.mail, Some(&account))?;
    if let Err(shut) = counted.begin(conn, now)? {
        return Ok(Code::Shut(shut.until));
    }
    let one_time = match step {
        SecondStep::OneTime(code) => one_time_step(office, &credentials, code, now)?,
        SecondStep::Recovery(_) => None,
    };
    let signed_in = audit::write(conn, |conn| -> Result<_, Failure> {
        let (right, action) = match step {
            // The step is compared once more in here: two at the same moment are one too many.
            SecondStep::OneTime(_) => {
                let right = one_time.map(|step| account::use_step(conn, account.id, step)).transpose()?;
                (right == Some(true), Action::SignedIn)
            }
            SecondStep::Recovery(code) => {
                (account::use_recovery_code(conn, account.id, code)?, Action::SignedInByRecoveryCode)
            }
        };
        // A sign-in that waits is good for one browser once.
        if !right || !session::end(conn, account.id, waiting.id)? {
            return Ok(None);
        }
        counted.succeed(conn)?;
        audit::log(conn, now, &signed_in_by(account.id, action, waiting.way))?;
        Ok(Some(enter(office, conn, account.id, visitor, now, waiting.way)?))
    })?;
    if signed_in.is_none() {
        counted.fail(conn, now, Some(&account))?;
    }
    Ok(signed_in.map_or(Code::Wrong, Code::In))
}

/// The step of which `code` is the code, where it is one that was not used.
pub fn one_time_step(
    office: &Office,
    credentials: &Credentials,
    code: &str,
    now: Timestamp,
) -> Result<Option<i64>, Failure> {
    let Some(sealed) = &credentials.totp_secret else { return Ok(None) };
    let secret = office.key.open(sealed).ok_or(Failure::Sealed)?;
    Ok(second_factor::check(&secret, code, credentials.totp_step, now)?)
}

/// Begins a session, and makes the browser known. Within a transaction.
///
/// # Errors
/// The database.
pub fn enter(
    office: &Office,
    conn: &mut Connection,
    account: RandomId,
    visitor: &Visitor,
    now: Timestamp,
    way: Way,
) -> db::Result<SignedIn> {
    let device = know(office, conn, account, visitor, now)?;
    let session = session::begin(conn, account, (Stage::Full, way), now, office.randomness.as_ref())?;
    Ok(SignedIn { session, device })
}

/// Makes the browser known by a token of its own, new each time. Within a transaction.
///
/// # Errors
/// The database.
pub fn know(
    office: &Office,
    conn: &mut Connection,
    account: RandomId,
    visitor: &Visitor,
    now: Timestamp,
) -> db::Result<Token> {
    if let Some(before) = &visitor.device {
        device::forget(conn, before)?;
    }
    let device = Token::new(office.randomness.as_ref());
    device::know(conn, &device, account, now)?;
    Ok(device)
}
