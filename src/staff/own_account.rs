//! What someone does to her own account: another password, new recovery codes, sessions ended.

use crate::db;
use crate::db::Connection;
use crate::id::RandomId;
use crate::mail::Mail;
use crate::staff::attempts::{self, Subject};
use crate::staff::audit::{self, Act, Action, Actor, Object};
use crate::staff::failure::Failure;
use crate::staff::guard::Staff;
use crate::staff::office::Office;
use crate::staff::password::{self, Verified};
use crate::staff::{account, device, letters, second_factor, session};

/// How asking for the present password ended: a session that was left open is not enough for what follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confirmed {
    /// It is hers.
    Yes,
    /// It is not.
    No,
    /// Too many tries; the next one is taken at this moment.
    Shut(jiff::Timestamp),
}

/// Whether `password` is the person's present one. No connection is held while it is hashed.
///
/// # Errors
/// [`Failure`].
pub fn confirm(office: &Office, staff: &Staff, password: &str) -> Result<Confirmed, Failure> {
    let now = office.clock.now();
    let subjects = [Subject::confirmation(&office.key, staff.id)];
    let mut conn = office.conn()?;
    if let Err(shut) = db::write(&mut conn, |conn| attempts::begin(conn, &subjects, now))? {
        return Ok(Confirmed::Shut(shut.until));
    }
    let credentials = account::credentials(&mut conn, staff.id)?;
    drop(conn);
    let hashed = credentials.as_ref().and_then(|credentials| credentials.password.as_ref());
    if password::verify(password, hashed)? == Verified::Wrong {
        return Ok(Confirmed::No);
    }
    db::write(&mut *office.conn()?, |conn| attempts::succeed(conn, &subjects, None))?;
    Ok(Confirmed::Yes)
}

/// Sets another password, and ends the person's other sessions. The mail tells her of it, if it was not her.
///
/// # Errors
/// [`Failure`].
pub fn change_password(office: &Office, staff: &Staff, new: &str) -> Result<Mail, Failure> {
    let now = office.clock.now();
    let hashed = password::hash(new, office.randomness.as_ref())?;
    let act = Act::new(Actor::Staff(staff.id), Action::PasswordChanged).on(Object::account(staff.id));
    audit::write(&mut *office.conn()?, |conn| -> Result<(), Failure> {
        account::set_password(conn, staff.id, &hashed)?;
        session::end_all(conn, staff.id, Some(staff.session.id))?;
        Ok(audit::log(conn, now, &act)?)
    })?;
    Ok(letters::password_changed(&staff.mail, &office.public_url))
}

/// Makes new recovery codes; earlier ones are void.
///
/// # Errors
/// [`Failure`].
pub fn make_recovery_codes(office: &Office, conn: &mut Connection, staff: &Staff) -> Result<Vec<String>, Failure> {
    let now = office.clock.now();
    let codes = second_factor::recovery_codes(office.randomness.as_ref());
    let act = Act::new(Actor::Staff(staff.id), Action::RecoveryCodesMade).on(Object::account(staff.id));
    audit::write(conn, |conn| -> Result<(), Failure> {
        account::set_recovery_codes(conn, staff.id, &codes)?;
        Ok(audit::log(conn, now, &act)?)
    })?;
    Ok(codes)
}

/// Ends one of the person's sessions, or all but the present one; browsers that were known are no longer when all are
/// ended, for one of them may have been taken.
///
/// # Errors
/// [`Failure`].
pub fn end_sessions(
    office: &Office,
    conn: &mut Connection,
    staff: &Staff,
    one: Option<RandomId>,
) -> Result<(), Failure> {
    let now = office.clock.now();
    let act = Act::new(Actor::Staff(staff.id), Action::SessionsEnded).on(Object::account(staff.id));
    audit::write(conn, |conn| {
        let ended = match one {
            Some(id) => session::end(conn, staff.id, id)?,
            None => {
                device::forget_all(conn, staff.id)?;
                session::end_all(conn, staff.id, Some(staff.session.id))? > 0
            }
        };
        if ended {
            audit::log(conn, now, &act)?;
        }
        Ok(())
    })
}
