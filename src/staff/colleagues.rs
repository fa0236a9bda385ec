//! What an administrator does to others' accounts. The last administrator stays one.

use crate::db::{self, Connection};
use crate::id::RandomId;
use crate::mail::Mail;
use crate::retry_on_conflict;
use crate::staff::account::{self, Account, State};
use crate::staff::audit::{self, Act, Action, Actor, Object};
use crate::staff::enrol::roles_detail;
use crate::staff::link::{self, Purpose};
use crate::staff::office::Office;
use crate::staff::role::{Role, Roles};
use crate::staff::{device, letters, session};

/// Why an account is not changed as asked.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// There is no such account.
    #[error("there is no such account")]
    NotFound,
    /// Nobody would be left who can invite and let in others.
    #[error("the last administrator can't be removed")]
    LastAdministrator,
    /// The account does not stand where this can be done.
    #[error("the account is not in a state in which this can be done")]
    State,
    /// The database.
    #[error(transparent)]
    Database(#[from] db::Error),
}

retry_on_conflict!(ChangeError);

fn existing(conn: &mut Connection, id: RandomId) -> Result<Account, ChangeError> {
    account::get(conn, id)?.ok_or(ChangeError::NotFound)
}

/// Refuses to take away the last administrator. Within a transaction.
fn keep_one(conn: &mut Connection, account: &Account) -> Result<(), ChangeError> {
    if account.is_active_administrator() && account::active_administrators(conn)? < 2 {
        return Err(ChangeError::LastAdministrator);
    }
    Ok(())
}

/// Sets what a person may do, from her next request on.
///
/// # Errors
/// [`ChangeError`].
pub fn set_roles(
    office: &Office,
    conn: &mut Connection,
    actor: Actor,
    id: RandomId,
    roles: &Roles,
) -> Result<(), ChangeError> {
    let now = office.clock.now();
    audit::write(conn, |conn| {
        let account = existing(conn, id)?;
        if account.roles == *roles {
            return Ok(());
        }
        if !roles.contains(&Role::Administrator) {
            keep_one(conn, &account)?;
        }
        account::set_roles(conn, id, roles)?;
        let act = Act::new(actor, Action::RolesChanged).on(Object::account(id)).with(roles_detail(roles));
        Ok(audit::log(conn, now, &act)?)
    })
}

/// Makes an account inactive: nobody signs in with it, sessions and links are void from this moment.
///
/// # Errors
/// [`ChangeError`].
pub fn deactivate(office: &Office, conn: &mut Connection, actor: Actor, id: RandomId) -> Result<(), ChangeError> {
    let now = office.clock.now();
    audit::write(conn, |conn| {
        let account = existing(conn, id)?;
        if account.state == State::Inactive {
            return Err(ChangeError::State);
        }
        keep_one(conn, &account)?;
        account::set_state(conn, id, State::Inactive)?;
        session::end_all(conn, id, None)?;
        device::forget_all(conn, id)?;
        link::void_all(conn, id)?;
        Ok(audit::log(conn, now, &Act::new(actor, Action::Deactivated).on(Object::account(id)))?)
    })
}

/// Lets a person whose account was inactive in again: by a link, so that she sets it up anew.
///
/// # Errors
/// [`ChangeError`].
pub fn reactivate(office: &Office, conn: &mut Connection, actor: Actor, id: RandomId) -> Result<Mail, ChangeError> {
    let now = office.clock.now();
    audit::write(conn, |conn| {
        let account = existing(conn, id)?;
        if account.state != State::Inactive {
            return Err(ChangeError::State);
        }
        account::set_state(conn, id, State::Invited)?;
        audit::log(conn, now, &Act::new(actor, Action::Reactivated).on(Object::account(id)))?;
        let token = link::make(conn, Purpose::Welcome, Some(id), now, office.randomness.as_ref())?;
        Ok(letters::invitation(&account.mail, &office.public_url, &token))
    })
}

/// Removes a person's second factor, ends her sessions, and makes the mail by which she sets up a new one.
///
/// # Errors
/// [`ChangeError`].
pub fn reset_second_factor(
    office: &Office,
    conn: &mut Connection,
    actor: Actor,
    id: RandomId,
) -> Result<Mail, ChangeError> {
    let now = office.clock.now();
    audit::write(conn, |conn| {
        let account = existing(conn, id)?;
        if account.state != State::Active {
            return Err(ChangeError::State);
        }
        account::remove_second_factor(conn, id)?;
        session::end_all(conn, id, None)?;
        device::forget_all(conn, id)?;
        audit::log(conn, now, &Act::new(actor, Action::SecondFactorReset).on(Object::account(id)))?;
        let token = link::make(conn, Purpose::Welcome, Some(id), now, office.randomness.as_ref())?;
        Ok(letters::set_up(&account.mail, &office.public_url, &token))
    })
}

/// Makes a new invitation for who has not come yet; the earlier link is void.
///
/// # Errors
/// [`ChangeError`].
pub fn invite_again(office: &Office, conn: &mut Connection, actor: Actor, id: RandomId) -> Result<Mail, ChangeError> {
    let now = office.clock.now();
    audit::write(conn, |conn| {
        let account = existing(conn, id)?;
        if account.state != State::Invited {
            return Err(ChangeError::State);
        }
        audit::log(conn, now, &Act::new(actor, Action::LinkMade).on(Object::account(id)))?;
        let token = link::make(conn, Purpose::Welcome, Some(id), now, office.randomness.as_ref())?;
        Ok(letters::invitation(&account.mail, &office.public_url, &token))
    })
}

/// Ends all sessions of a person.
///
/// # Errors
/// [`ChangeError`].
pub fn end_sessions(office: &Office, conn: &mut Connection, actor: Actor, id: RandomId) -> Result<(), ChangeError> {
    let now = office.clock.now();
    audit::write(conn, |conn| {
        existing(conn, id)?;
        session::end_all(conn, id, None)?;
        device::forget_all(conn, id)?;
        Ok(audit::log(conn, now, &Act::new(actor, Action::SessionsEnded).on(Object::account(id)))?)
    })
}
