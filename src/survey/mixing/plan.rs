//! Which batches are mixed together, and which week their responses bear.

use crate::clock::Week;

/// The fewest letters that are mixed together: the crowd that each one hides in.
pub const CROWD: usize = 20;

/// A batch that is due.
#[derive(Debug, Clone, Copy)]
pub(super) struct Due {
    pub(super) week: Week,
    /// Counted up to [`CROWD`].
    pub(super) letters: usize,
}

/// What becomes of a due batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// Its responses bear this week, or none.
    Mix(Option<Week>),
    /// There is nothing in it.
    Empty,
    /// It waits for a crowd.
    Wait,
}

/// Decides for all due batches of a dialogue, oldest first.
///
/// Batches are gathered until there is a crowd, and all of them take the latest one's week. What is left
/// waits; but at the dialogue's `last` mixing it takes the week of the dialogue's last crowd
/// (`last_week` where none forms now), and no week at all where the dialogue never had a crowd.
pub(super) fn plan(due: &[Due], last_week: Option<Week>, last: bool) -> Vec<Fate> {
    let mut fates = vec![Fate::Empty; due.len()];
    let mut gathered: Vec<usize> = Vec::new();
    let mut letters = 0;
    let mut label = last_week;
    for (index, batch) in due.iter().enumerate().filter(|(_, batch)| batch.letters > 0) {
        gathered.push(index);
        letters += batch.letters;
        if letters >= CROWD {
            label = Some(batch.week);
            gathered.drain(..).for_each(|index| fates[index] = Fate::Mix(label));
            letters = 0;
        }
    }
    let rest = if last { Fate::Mix(label) } else { Fate::Wait };
    gathered.into_iter().for_each(|index| fates[index] = rest);
    fates
}

#[cfg(test)]
mod tests {
    use super::*;

    fn week(number: u8) -> Week {
        format!("2019-W{number:02}").parse().unwrap()
    }

    fn fates(letters: &[usize], last_week: Option<u8>, last: bool) -> Vec<Fate> {
        let due: Vec<Due> =
            letters.iter().zip(10..).map(|(letters, number)| Due { week: week(number), letters: *letters }).collect();
        plan(&due, last_week.map(week), last)
    }

    fn mix(number: u8) -> Fate {
        Fate::Mix(Some(week(number)))
    }

    #[test]
    fn a_week_with_a_crowd_bears_its_own_name() {
        assert_eq!(fates(&[20, 20], None, false), [mix(10), mix(11)]);
    }

    #[test]
    fn small_weeks_wait_and_take_the_later_weeks_name() {
        assert_eq!(fates(&[19], None, false), [Fate::Wait]);
        assert_eq!(fates(&[12, 0, 8, 3], None, false), [mix(12), Fate::Empty, mix(12), Fate::Wait]);
    }

    #[test]
    fn at_the_end_a_remainder_joins_the_last_crowd() {
        assert_eq!(fates(&[20, 5], None, true), [mix(10), mix(10)]);
        assert_eq!(fates(&[5, 5], Some(8), true), [mix(8), mix(8)]);
        assert_eq!(fates(&[5, 20, 3, 4], Some(8), true), [mix(11), mix(11), mix(11), mix(11)]);
    }

    #[test]
    fn a_dialogue_without_a_crowd_bears_no_week() {
        assert_eq!(fates(&[5, 0, 14], None, true), [Fate::Mix(None), Fate::Empty, Fate::Mix(None)]);
    }
}
