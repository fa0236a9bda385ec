//! From whom the provider vouches for to an account, and in.
//!
//! The account is the one that was this subject before; at the first sign-in the one with the verified address, if it is
//! nobody else at this provider. It must be active: who is only invited accepts the invitation first. None is made.

use crate::db::{self, Connection};
use crate::staff::account::{self, Account, State};
use crate::staff::attempts;
use crate::staff::audit::{self, Act, Action, Actor, Object};
use crate::staff::failure::Failure;
use crate::staff::identity;
use crate::staff::office::{Office, Visitor};
use crate::staff::provider::answer::Person;
use crate::staff::provider::journey::Journey;
use crate::staff::session::Way;
use crate::staff::sign_in::{self, Counted, Next};

/// How an answer is met, before the provider is asked.
pub enum Met {
    /// It is the first one of its journey.
    First,
    /// There was one before.
    Again,
    /// Too many tries from there; the next one is taken at this moment.
    Shut(jiff::Timestamp),
}

/// Ends a journey, and counts the try against where it came from.
///
/// # Errors
/// The database.
pub fn meet(office: &Office, conn: &mut Connection, visitor: &Visitor, journey: &Journey) -> Result<Met, Failure> {
    let now = office.clock.now();
    let counted = Counted::of_source(office, visitor);
    db::write(conn, |conn| {
        if let Err(shut) = attempts::begin(conn, counted.subjects(), now)? {
            return Ok(Met::Shut(shut.until));
        }
        Ok(if journey.end(conn, now)? { Met::First } else { Met::Again })
    })
}

/// Whose account this is, whatever its state.
fn whose(conn: &mut Connection, issuer: &str, person: &Person) -> db::Result<Option<Account>> {
    if let Some(id) = identity::account(conn, issuer, &person.subject)? {
        return account::get(conn, id);
    }
    let Some(mail) = &person.mail else { return Ok(None) };
    let Some(account) = account::find(conn, mail)? else { return Ok(None) };
    // Someone else had this address when she first signed in.
    Ok(if identity::is_someone(conn, account.id, issuer)? { None } else { Some(account) })
}

/// Lets in whom the provider vouches for, or on to our second factor; nothing where she has no active account.
///
/// # Errors
/// [`Failure`].
pub fn enter(
    office: &Office,
    conn: &mut Connection,
    visitor: &Visitor,
    issuer: &str,
    person: &Person,
) -> Result<Option<Next>, Failure> {
    let now = office.clock.now();
    let counted = Counted::of_source(office, visitor);
    // Looked up and remembered in one transaction: of two at the same moment, one is first.
    let found = audit::write(conn, |conn| -> Result<_, Failure> {
        let Some(account) = whose(conn, issuer, person)? else { return Ok(Err(None)) };
        if account.state != State::Active {
            return Ok(Err(Some(account)));
        }
        if identity::account(conn, issuer, &person.subject)?.is_none() {
            identity::remember(conn, account.id, issuer, &person.subject)?;
            let act = Act::new(Actor::Staff(account.id), Action::ProviderRemembered).on(Object::account(account.id));
            audit::log(conn, now, &act)?;
        }
        // What the provider says can't be guessed: the try counts no longer, even where a code follows.
        counted.succeed(conn)?;
        Ok(Ok(account))
    })?;
    let account = match found {
        Ok(account) => account,
        Err(account) => {
            counted.fail(conn, now, account.as_ref())?;
            return Ok(None);
        }
    };
    if !person.had_second_factor {
        return sign_in::next(office, conn, visitor, &account, None, Way::Provider).map(Some);
    }
    let signed_in = audit::write(conn, |conn| {
        let facts = serde_json::json!({ "by": Way::Provider.word(), "second_factor": Way::Provider.word() });
        audit::log(conn, now, &Act::new(Actor::Staff(account.id), Action::SignedIn).with(facts))?;
        sign_in::enter(office, conn, account.id, visitor, now, Way::Provider)
    })?;
    Ok(Some(Next::In(signed_in)))
}
