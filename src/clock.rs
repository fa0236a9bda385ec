//! Time, as an argument.
//!
//! Nothing else in the service asks the operating system what time it is: code takes a [`Clock`], so
//! that tests decide the moment and so that every place that could record one is easy to find.
//! Residents' answers only ever meet a [`Week`].

use std::fmt;
use std::str::FromStr;
use std::sync::{LazyLock, Mutex};

use jiff::civil::{Date, DateTime, ISOWeekDate, Weekday};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

/// The time zone in which weeks and days begin: the municipality's.
pub const TIME_ZONE: &str = "Europe/Stockholm";

/// Tells the time.
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Timestamp;
}

/// The operating system's clock.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the system clock")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// A clock that stands still until it is set: for tests and simulations.
#[derive(Debug)]
pub struct ManualClock(Mutex<Timestamp>);

impl ManualClock {
    /// A clock that shows `now`.
    pub fn new(now: Timestamp) -> Self {
        Self(Mutex::new(now))
    }

    /// Moves the clock to `now`.
    pub fn set(&self, now: Timestamp) {
        *self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) = now;
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

/// The municipality's time zone, from the database that is built into the binary. Looked up once: every page that is
/// served asks for the day.
fn stockholm() -> &'static TimeZone {
    static FOUND: LazyLock<TimeZone> = LazyLock::new(|| TimeZone::get(TIME_ZONE).unwrap_or(TimeZone::UTC));
    &FOUND
}

/// The last minute of `day` in the municipality: `23.59`, which people read as that day and no other.
pub fn end_of(day: Date) -> Timestamp {
    stockholm().to_timestamp(day.at(23, 59, 0, 0)).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// What clocks on the municipality's walls show at `moment`.
pub fn local(moment: Timestamp) -> DateTime {
    stockholm().to_datetime(moment)
}

/// The moment at which `day` begins in the municipality.
pub fn start_of(day: Date) -> Timestamp {
    stockholm().to_timestamp(day.at(0, 0, 0, 0)).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// The day of `moment` in the municipality.
pub fn day(moment: Timestamp) -> Date {
    stockholm().to_datetime(moment).date()
}

/// The day of `moment` in the municipality, counted from 1970-01-01.
pub fn day_number(moment: Timestamp) -> i64 {
    let date = day(moment);
    let epoch = jiff::civil::date(1970, 1, 1);
    i64::from(date.since((jiff::Unit::Day, epoch)).map_or(0, |span| span.get_days()))
}

/// An ISO 8601 week in the municipality's time zone: the finest time that is ever stored with an answer.
///
/// Written `2019-W11`, so that text order is time order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Week {
    year: i16,
    week: i8,
}

impl Week {
    /// The week in which `moment` falls.
    pub fn of(moment: Timestamp) -> Self {
        Self::from_date(day(moment).iso_week_date())
    }

    fn from_date(date: ISOWeekDate) -> Self {
        Self { year: date.year(), week: date.week() }
    }

    /// The moment at which the week begins: Monday 00:00 local time.
    pub fn start(self) -> Timestamp {
        ISOWeekDate::new(self.year, self.week, Weekday::Monday)
            .ok()
            .and_then(|date| stockholm().to_timestamp(date.date().at(0, 0, 0, 0)).ok())
            .unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// The moment at which the week is over: the start of the next one.
    pub fn end(self) -> Timestamp {
        self.next().start()
    }

    /// The week after this one.
    pub fn next(self) -> Self {
        let monday = ISOWeekDate::new(self.year, self.week, Weekday::Monday).map(|date| date.date());
        monday
            .and_then(|date| date.checked_add(Span::new().days(7)))
            .map_or(self, |date| Self::from_date(date.iso_week_date()))
    }
}

impl fmt::Display for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-W{:02}", self.year, self.week)
    }
}

/// A text is not a week of the form `2019-W11`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not an ISO week such as 2019-W11")]
pub struct InvalidWeek(String);

impl FromStr for Week {
    type Err = InvalidWeek;

    fn from_str(text: &str) -> Result<Self, InvalidWeek> {
        let invalid = || InvalidWeek(text.to_owned());
        let (year, week) = text.split_once("-W").ok_or_else(invalid)?;
        let (year, week) = (year.parse().map_err(|_| invalid())?, week.parse().map_err(|_| invalid())?);
        ISOWeekDate::new(year, week, Weekday::Monday).map_err(|_| invalid())?;
        Ok(Self { year, week })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_begin_at_local_midnight_and_roll_over_years() {
        let week: Week = "2020-W53".parse().unwrap();
        assert_eq!(week.next().to_string(), "2021-W01");
        assert_eq!(week.end(), "2021-01-03T23:00:00Z".parse().unwrap());
        assert_eq!(Week::of("2021-01-03T22:59:59Z".parse().unwrap()), week);
        assert_eq!(Week::of("2021-01-03T23:00:00Z".parse().unwrap()), week.next());
        assert!("2021-W53".parse::<Week>().is_err());
    }

    #[test]
    fn days_begin_at_local_midnight() {
        let before: Timestamp = "2019-06-30T21:59:59Z".parse().unwrap();
        let after: Timestamp = "2019-06-30T22:00:00Z".parse().unwrap();
        assert_eq!(day_number(before) + 1, day_number(after));
    }
}
