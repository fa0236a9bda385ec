//! Whom a try to sign in is counted against.

use jiff::Timestamp;

use crate::db::{self, Connection};
use crate::mail::Address;
use crate::staff::account::Account;
use crate::staff::attempts::{self, Subject};
use crate::staff::audit::{self, Act, Action, Actor, Object};
use crate::staff::device;
use crate::staff::office::{Office, Visitor};

/// Whom a try is counted against.
pub struct Counted {
    subjects: Vec<Subject>,
    source: Option<Subject>,
}

impl Counted {
    /// Against the source alone: where nobody can guess, and it is not known yet whose account it is.
    pub fn of_source(office: &Office, visitor: &Visitor) -> Self {
        let source = Subject::source(&office.key, visitor.source);
        Self { subjects: vec![source.clone()], source: Some(source) }
    }

    /// Whom the try is counted against.
    pub fn subjects(&self) -> &[Subject] {
        &self.subjects
    }

    /// Against the browser, where the account knows it; else against account and source.
    ///
    /// # Errors
    /// The database.
    pub(super) fn of(
        office: &Office,
        conn: &mut Connection,
        visitor: &Visitor,
        mail: &Address,
        account: Option<&Account>,
    ) -> db::Result<Self> {
        let now = office.clock.now();
        if let (Some(token), Some(account)) = (&visitor.device, account)
            && device::is_known(conn, token, account.id, now)?
        {
            return Ok(Self { subjects: vec![Subject::device(&office.key, &token.hash())], source: None });
        }
        let source = Subject::source(&office.key, visitor.source);
        Ok(Self { subjects: vec![Subject::account(&office.key, mail), source.clone()], source: Some(source) })
    }

    /// Counts the try before it is looked at; or since when there were too many.
    ///
    /// # Errors
    /// The database.
    pub(super) fn begin(&self, conn: &mut Connection, now: Timestamp) -> db::Result<Result<(), attempts::Shut>> {
        db::write(conn, |conn| attempts::begin(conn, &self.subjects, now))
    }

    /// Takes back the try. Within a transaction.
    ///
    /// # Errors
    /// The database.
    pub fn succeed(&self, conn: &mut Connection) -> db::Result<()> {
        attempts::succeed(conn, &self.subjects, self.source.as_ref())
    }

    /// Logs that tries were too many, once, where they concern an account.
    ///
    /// # Errors
    /// The database.
    pub fn fail(&self, conn: &mut Connection, now: Timestamp, account: Option<&Account>) -> db::Result<()> {
        let Some(account) = account else { return Ok(()) };
        if !attempts::has_just_shut(conn, &self.subjects, now)? {
            return Ok(());
        }
        let act = Act::new(Actor::Service, Action::TooManyTries).on(Object::account(account.id));
        audit::write(conn, |conn| audit::log(conn, now, &act))
    }
}
