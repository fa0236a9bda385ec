//! Counts of what residents do, told only as yesterday's totals.
//!
//! A counter that is read every 15 seconds is an arrival time. So a day's counts are kept in memory
//! only and nobody sees them before the day is over; a total under ten is never told. What a process
//! counted is gone when it stops: a lost count is better than a stored one.

use std::sync::Mutex;

use crate::clock::{Clock, day_number};

/// The smallest total that is told.
pub const SMALLEST: u64 = 10;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// The survey was shown.
    SurveyShown,
    /// Answers were handed in.
    HandedIn,
}

/// Totals of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Day {
    number: i64,
    survey_shown: u64,
    handed_in: u64,
}

/// Today's hidden counts and yesterday's totals.
#[derive(Debug, Default)]
pub struct Totals(Mutex<(Day, Day)>);

impl Totals {
    /// Counts one.
    pub fn count(&self, counted: Counted, clock: &dyn Clock) {
        self.with(clock, |today, _| match counted {
            Counted::SurveyShown => today.survey_shown += 1,
            Counted::HandedIn => today.handed_in += 1,
        });
    }

    /// Yesterday's total, where it is at least [`SMALLEST`].
    pub fn yesterday(&self, counted: Counted, clock: &dyn Clock) -> Option<u64> {
        let total = self.with(clock, |_, yesterday| match counted {
            Counted::SurveyShown => yesterday.survey_shown,
            Counted::HandedIn => yesterday.handed_in,
        });
        (total >= SMALLEST).then_some(total)
    }

    fn with<T>(&self, clock: &dyn Clock, act: impl FnOnce(&mut Day, &Day) -> T) -> T {
        let number = day_number(clock.now());
        let mut days = self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let (today, yesterday) = &mut *days;
        if today.number != number {
            *yesterday = if today.number + 1 == number { *today } else { Day::default() };
            *today = Day { number, ..Day::default() };
        }
        act(today, yesterday)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::ManualClock;

    #[test]
    fn a_day_is_told_when_it_is_over_and_from_ten_up() {
        let clock = ManualClock::new("2019-03-12T10:00:00Z".parse().unwrap());
        let totals = Totals::default();
        for _ in 0..10 {
            totals.count(Counted::HandedIn, &clock);
        }
        (0..9).for_each(|_| totals.count(Counted::SurveyShown, &clock));
        assert_eq!(totals.yesterday(Counted::HandedIn, &clock), None);
        clock.set("2019-03-12T23:00:00Z".parse().unwrap());
        assert_eq!(totals.yesterday(Counted::HandedIn, &clock), Some(10));
        assert_eq!(totals.yesterday(Counted::SurveyShown, &clock), None);
        clock.set("2019-03-14T10:00:00Z".parse().unwrap());
        assert_eq!(totals.yesterday(Counted::HandedIn, &clock), None);
    }
}
