//! Accounts of staff. One is never deleted, for the log names it; it is made inactive.

mod store;

use std::fmt;
use std::str::FromStr;

use crate::id::RandomId;
use crate::mail::Address;
use crate::staff::role::{Role, Roles};

pub use store::{
    Credentials, active_administrators, all, create, credentials, find, get, recovery_codes_left, remove_second_factor,
    set_name, set_password, set_recovery_codes, set_roles, set_second_factor, set_state, use_recovery_code, use_step,
};

/// Where an account stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Made by an administrator; its person has not come yet.
    Invited,
    /// Its person may sign in.
    Active,
    /// Nobody signs in with it any more.
    Inactive,
}

impl State {
    const ALL: [Self; 3] = [Self::Invited, Self::Active, Self::Inactive];

    /// The word in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Active => "active",
            Self::Inactive => "inactive",
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for State {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|state| state.word() == word).ok_or(())
    }
}

/// An account, without its secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its id, by which the log names it.
    pub id: RandomId,
    /// The address that its person signs in with.
    pub mail: Address,
    /// Her name; empty before she has come.
    pub name: String,
    /// Where it stands.
    pub state: State,
    /// What she may do.
    pub roles: Roles,
    /// Whether a second factor is set up.
    pub has_second_factor: bool,
}

impl Account {
    /// Her name, or her address where there is no name yet.
    pub fn called(&self) -> &str {
        if self.name.is_empty() { self.mail.as_str() } else { &self.name }
    }

    /// Whether she is an administrator who can sign in.
    pub fn is_active_administrator(&self) -> bool {
        self.state == State::Active && self.roles.contains(&Role::Administrator)
    }
}
