//! How many answers have come, by week and channel, while nobody may read one.
//!
//! Reading an open dialogue's responses is refused (`response`); this is the one exception, and it reads no answer: two
//! columns, counted. What keeps it from telling of a person:
//! - a week is counted when its crowd has been mixed as a whole: no figure moves when someone answers, and each moves
//!   once, by [`CROWD`](crate::survey::mixing::CROWD) or more;
//! - a channel is told from [`SMALLEST`] up. Smaller ones are told together, and with the next larger one where they are
//!   too few even so: then no figure can be had by taking the others from the total;
//! - when the dialogue closes, the weeks are told no more: what is left over then joins the last week, and the difference
//!   would be those few.

use diesel::dsl::count_star;
use diesel::prelude::*;

use crate::clock::Week;
use crate::db::schema::{batch, response};
use crate::db::{self, Connection};
use crate::survey::batch::CLOSED;
use crate::survey::dialogue::{Dialogue, State};
use crate::survey::letterbox::Channel;
use crate::survey::mixing::CROWD;

/// The smallest number of answers that a channel is told with.
pub const SMALLEST: u64 = 10;

/// The answers of a week's crowd.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeekOfAnswers {
    /// The week.
    pub week: Week,
    /// All answers that bear it.
    pub total: u64,
    /// By channel, the most first; they make up the total. No channel: those that are told together.
    pub channels: Vec<(Option<Channel>, u64)>,
}

/// The weeks that have been mixed, by week. None unless the dialogue is open or paused.
///
/// # Errors
/// The database.
pub fn by_week(conn: &mut Connection, dialogue: &Dialogue) -> db::Result<Vec<WeekOfAnswers>> {
    if !matches!(dialogue.state, State::Open | State::Paused) {
        return Ok(Vec::new());
    }
    let id = dialogue.id.as_bytes().as_slice();
    // Weeks that a mixing is at: it may have moved a part.
    let under_way: Vec<Option<String>> =
        batch::table.filter(batch::dialogue.eq(id)).filter(batch::state.eq(CLOSED)).select(batch::label).load(conn)?;
    let counted: Vec<(Option<String>, String, i64)> = response::table
        .filter(response::dialogue.eq(id))
        .group_by((response::week, response::channel))
        .select((response::week, response::channel, count_star()))
        .order((response::week, response::channel))
        .load(conn)?;
    let mut weeks: Vec<(Week, Vec<(Channel, u64)>)> = Vec::new();
    for (week, channel, count) in counted {
        if under_way.contains(&week) {
            continue;
        }
        let Some(week) = week else { continue };
        let week: Week = db::parsed("response.week", &week)?;
        let one = (db::parsed("response.channel", &channel)?, u64::try_from(count).unwrap_or(0));
        match weeks.last_mut().filter(|(last, _)| *last == week) {
            Some((_, channels)) => channels.push(one),
            None => weeks.push((week, vec![one])),
        }
    }
    let told = weeks.into_iter().map(|(week, channels)| {
        let total = channels.iter().map(|(_, count)| count).sum();
        WeekOfAnswers { week, total, channels: told_together(channels) }
    });
    Ok(told.filter(|week| week.total >= CROWD as u64).collect())
}

/// The channels with those together that are too few to be told: every figure is [`SMALLEST`] or more, or stands alone
/// for the total.
fn told_together(mut channels: Vec<(Channel, u64)>) -> Vec<(Option<Channel>, u64)> {
    channels.sort_by(|(one, few), (other, many)| many.cmp(few).then_with(|| one.cmp(other)));
    let mut together = 0;
    while let Some((_, count)) = channels.last() {
        let is_enough = *count >= SMALLEST && (together == 0 || together >= SMALLEST);
        if is_enough {
            break;
        }
        together += count;
        channels.pop();
    }
    let alone = channels.into_iter().map(|(channel, count)| (Some(channel), count));
    alone.chain((together > 0).then_some((None, together))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(counts: &[(&str, u64)]) -> Vec<(String, u64)> {
        let channels = counts.iter().map(|(name, count)| (name.parse().unwrap(), *count)).collect();
        let told = told_together(channels);
        told.into_iter().map(|(name, count)| (name.map_or("rest".to_owned(), |name| name.to_string()), count)).collect()
    }

    fn expected(counts: &[(&str, u64)]) -> Vec<(String, u64)> {
        counts.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect()
    }

    #[test]
    fn channels_are_told_from_ten_up() {
        assert_eq!(told(&[("paper", 10), ("web", 12)]), expected(&[("web", 12), ("paper", 10)]));
        assert_eq!(told(&[("web", 25)]), expected(&[("web", 25)]));
    }

    #[test]
    fn a_small_channel_can_not_be_had_by_subtraction() {
        // Nine on paper are no "rest" of their own: the total and the web's figure would tell them.
        assert_eq!(told(&[("paper", 9), ("web", 40)]), expected(&[("rest", 49)]));
        assert_eq!(told(&[("paper", 9), ("sms", 15), ("web", 40)]), expected(&[("web", 40), ("rest", 24)]));
        assert_eq!(told(&[("a", 5), ("b", 5), ("web", 40)]), expected(&[("web", 40), ("rest", 10)]));
        assert_eq!(told(&[("a", 1), ("b", 2), ("web", 17)]), expected(&[("rest", 20)]));
    }

    /// For every split of a crowd: the figures make up the total, and each is large or the only one.
    #[test]
    fn no_split_tells_a_small_number() {
        for a in 0..25_u64 {
            for b in 0..25 {
                for c in 20..25 {
                    let counts: Vec<_> = [("a", a), ("b", b), ("c", c)].into_iter().filter(|(_, n)| *n > 0).collect();
                    let told = told(&counts);
                    assert_eq!(told.iter().map(|(_, count)| count).sum::<u64>(), a + b + c);
                    assert!(
                        told.len() == 1 || told.iter().all(|(_, count)| *count >= SMALLEST),
                        "{counts:?}: {told:?}"
                    );
                }
            }
        }
    }
}
