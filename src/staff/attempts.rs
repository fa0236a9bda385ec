//! Limits on failed tries to sign in, kept in the database, so that a restart forgives nothing.
//!
//! Three things are counted, each under a keyed hash and forgotten a day after the latest try:
//! - the **account**: five failures are free, then each further one shuts the account's door for longer, from half a
//!   minute to a quarter of an hour. An address that has no account is counted alike, so that the answer tells nothing;
//! - the **source** (the address that the request came from): fifty failures over all accounts, then the same;
//! - the **device**: a browser that the account has signed in from before (see [`super::device`]) is counted by itself,
//!   *instead of* account and source. So whoever keeps a door shut by failing on purpose shuts out himself and
//!   unknown browsers, not the person at her own. And a link that was sent by mail makes a browser known.
//!
//! A try is counted before its password is looked at ([`begin`]), and taken back where it was right ([`succeed`]): many
//! at the same moment are no way around the limit.

use std::net::IpAddr;

use diesel::prelude::*;
use jiff::{SignedDuration, Timestamp};

use crate::db::schema::staff_attempt;
use crate::db::{self, Connection};
use crate::id::RandomId;
use crate::mail::Address;
use crate::staff::secrets::StaffKey;
use crate::staff::token::TokenHash;

/// How long failures are remembered after the latest.
pub const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// The shortest and the longest time for which a door stays shut.
const SHUT: (SignedDuration, SignedDuration) = (SignedDuration::from_secs(30), SignedDuration::from_mins(15));

/// What a try is counted against, and how many failures are free.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    key: [u8; 32],
    free: i32,
}

impl Subject {
    /// The account of this address, or the address alone where there is none.
    pub fn account(key: &StaffKey, address: &Address) -> Self {
        Self { key: key.subject("account", address.as_str()), free: 5 }
    }

    /// Where the request came from. Of an IPv6 address the network counts, for a household has all of it.
    pub fn source(key: &StaffKey, source: IpAddr) -> Self {
        let text = match source.to_canonical() {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => address.segments()[..4].iter().map(|part| format!("{part:x}:")).collect(),
        };
        Self { key: key.subject("source", &text), free: 50 }
    }

    /// A known browser.
    pub fn device(key: &StaffKey, token: &TokenHash) -> Self {
        let hex: String = token.iter().map(|byte| format!("{byte:02x}")).collect();
        Self { key: key.subject("device", &hex), free: 10 }
    }

    /// Asking for the present password within a session.
    pub fn confirmation(key: &StaffKey, account: RandomId) -> Self {
        Self { key: key.subject("confirmation", &account.to_string()), free: 10 }
    }

    /// Requests for a mail to this address.
    pub fn letters(key: &StaffKey, address: &Address) -> Self {
        Self { key: key.subject("letters", address.as_str()), free: 3 }
    }

    fn shut_for(&self, failures: i32) -> SignedDuration {
        let over = failures - self.free;
        if over < 0 {
            return SignedDuration::ZERO;
        }
        let (shortest, longest) = SHUT;
        shortest.checked_mul(1 << over.min(10)).unwrap_or(longest).min(longest)
    }
}

/// Too many tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shut {
    /// When the next try is taken.
    pub until: Timestamp,
}

fn state(conn: &mut Connection, subject: &Subject, now: Timestamp) -> db::Result<(i32, Timestamp)> {
    let row: Option<(i32, i64)> = staff_attempt::table
        .find(subject.key.as_slice())
        .select((staff_attempt::failures, staff_attempt::latest_at))
        .first(conn)
        .optional()?;
    let (failures, latest) = row.unwrap_or((0, 0));
    let latest = Timestamp::from_second(latest).map_err(|error| db::Error::Internal(error.to_string()))?;
    Ok(if latest.duration_until(now) > KEPT { (0, latest) } else { (failures, latest) })
}

/// Counts a try against all `subjects`, unless the door of one is shut: then nothing is counted, so that knocking does
/// not keep it shut. Within a transaction.
///
/// # Errors
/// The database.
pub fn begin(conn: &mut Connection, subjects: &[Subject], now: Timestamp) -> db::Result<Result<(), Shut>> {
    let oldest = now.as_second() - KEPT.as_secs();
    diesel::delete(staff_attempt::table.filter(staff_attempt::latest_at.lt(oldest))).execute(conn)?;
    let mut shut: Option<Timestamp> = None;
    let mut found = Vec::new();
    for subject in subjects {
        let (failures, latest) = state(conn, subject, now)?;
        let until = latest.saturating_add(subject.shut_for(failures)).unwrap_or(Timestamp::MAX);
        if failures > 0 && until > now {
            shut = shut.max(Some(until));
        }
        found.push(failures);
    }
    if let Some(until) = shut {
        return Ok(Err(Shut { until }));
    }
    for (subject, failures) in subjects.iter().zip(found) {
        diesel::delete(staff_attempt::table.find(subject.key.as_slice())).execute(conn)?;
        diesel::insert_into(staff_attempt::table)
            .values((
                staff_attempt::subject.eq(subject.key.as_slice()),
                staff_attempt::failures.eq(failures.saturating_add(1)),
                staff_attempt::latest_at.eq(now.as_second()),
            ))
            .execute(conn)?;
    }
    Ok(Ok(()))
}

/// Whether the failed try at `now` has just shut the door of one of `subjects`: to be logged once.
///
/// # Errors
/// The database.
pub fn has_just_shut(conn: &mut Connection, subjects: &[Subject], now: Timestamp) -> db::Result<bool> {
    for subject in subjects {
        if state(conn, subject, now)?.0 == subject.free {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Takes back the try that was right. The account and the device start from nothing again, a source is given its try
/// back, for others may be failing from there. Within a transaction.
///
/// # Errors
/// The database.
pub fn succeed(conn: &mut Connection, subjects: &[Subject], source: Option<&Subject>) -> db::Result<()> {
    for subject in subjects.iter().filter(|subject| Some(*subject) != source) {
        diesel::delete(staff_attempt::table.find(subject.key.as_slice())).execute(conn)?;
    }
    if let Some(source) = source.filter(|source| subjects.contains(source)) {
        diesel::update(staff_attempt::table.find(source.key.as_slice()).filter(staff_attempt::failures.gt(0)))
            .set(staff_attempt::failures.eq(staff_attempt::failures - 1))
            .execute(conn)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use zeroize::Zeroizing;

    use super::*;

    fn key() -> StaffKey {
        StaffKey::new(Zeroizing::new([1; 32]))
    }

    #[test]
    fn doors_stay_shut_for_longer_but_never_for_long() {
        let subject = Subject::account(&key(), &"anna@exempel.se".parse().unwrap());
        let seconds = |failures| subject.shut_for(failures).as_secs();
        assert_eq!([0, 1, 4].map(seconds), [0, 0, 0]);
        assert_eq!([5, 6, 7, 9].map(seconds), [30, 60, 120, 480]);
        assert_eq!([10, 11, 1000, i32::MAX].map(seconds), [900, 900, 900, 900]);
    }

    #[test]
    fn a_household_is_one_source() {
        let source = |text: &str| Subject::source(&key(), text.parse().unwrap());
        assert_eq!(source("2001:db8:1:2::5"), source("2001:db8:1:2:ffff::1"));
        assert_ne!(source("2001:db8:1:2::5"), source("2001:db8:1:3::5"));
        assert_eq!(source("::ffff:192.0.2.1"), source("192.0.2.1"));
        assert_ne!(source("192.0.2.1"), source("192.0.2.2"));
    }
}
