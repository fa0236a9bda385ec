//! From letters to responses, a chunk at a time; each chunk is one transaction.

use std::collections::BTreeMap;
use std::thread;

use crypto_box::SecretKey;
use diesel::prelude::*;

use crate::db::schema::{comment, letter, response};
use crate::db::{self, Connection, write};
use crate::id::{RandomId, Randomness};
use crate::on_backend;
use crate::survey::answers::Comment;
use crate::survey::batch::Batch;
use crate::survey::dialogue;
use crate::survey::letterbox::{Letter, Unreadable};
use crate::survey::mixing::MixError;

/// Rows in one statement: PostgreSQL takes 65,535 values.
const ROWS: usize = 4000;

/// Letters that are mixed together: all those of batches that take one label.
pub(in crate::survey::mixing) struct Crowd {
    pub(in crate::survey::mixing) dialogue: RandomId,
    pub(in crate::survey::mixing) batches: Vec<Batch>,
}

/// How many of the `letters` left to move next, `most` or fewer, so that all chunks are equal but for one
/// letter: a small last one would be a small crowd for whoever sees the database between two chunks.
pub(in crate::survey::mixing) fn chunk_size(letters: usize, most: usize) -> usize {
    letters.div_ceil(letters.div_ceil(most).max(1))
}

/// Moves the next `size` letters. Returns how many there were.
///
/// # Errors
/// [`MixError::MovedByOthers`] where they are not there any more; nothing is changed.
pub(in crate::survey::mixing) fn move_chunk(
    conn: &mut Connection,
    crowd: &Crowd,
    keys: &BTreeMap<RandomId, SecretKey>,
    size: usize,
    randomness: &dyn Randomness,
) -> Result<usize, MixError> {
    let letters = take(conn, crowd, size)?;
    if letters.len() != size {
        return Err(MixError::MovedByOthers);
    }
    let opened = open_all(&letters, keys)?;
    let last_of_batch: BTreeMap<RandomId, &[u8]> =
        letters.iter().map(|letter| (letter.batch, letter.id.as_slice())).collect();
    let (responses, comments) = shuffle(opened, randomness);
    let label = crowd.batches.first().and_then(|batch| batch.label);
    write(conn, |conn| {
        insert_responses(conn, crowd.dialogue, label.map(|week| week.to_string()).as_deref(), &responses)?;
        insert_comments(conn, crowd.dialogue, &comments)?;
        let mut deleted = 0;
        for (batch, last) in &last_of_batch {
            deleted += diesel::delete(
                letter::table.filter(letter::batch.eq(batch.as_bytes().as_slice())).filter(letter::id.le(*last)),
            )
            .execute(conn)
            .map_err(db::Error::from)?;
        }
        if deleted != letters.len() {
            // Someone else moved some of them: nothing of this chunk must stay.
            return Err(MixError::MovedByOthers);
        }
        if let Some(week) = label {
            dialogue::set_last_week(conn, crowd.dialogue, week)?;
        }
        Ok(deleted)
    })
}

/// A letter as it lies in its closed batch.
struct Sealed {
    batch: RandomId,
    id: Vec<u8>,
    bytes: Vec<u8>,
}

/// The next letters, by batch and random id: the order of the table's key, so nothing is sorted.
fn take(conn: &mut Connection, crowd: &Crowd, size: usize) -> db::Result<Vec<Sealed>> {
    let mut letters = Vec::new();
    for batch in &crowd.batches {
        let rows: Vec<(Vec<u8>, Vec<u8>)> = letter::table
            .filter(letter::batch.eq(batch.id.as_bytes().as_slice()))
            .select((letter::id, letter::sealed))
            .order(letter::id)
            .limit(i64::try_from(size - letters.len()).unwrap_or(i64::MAX))
            .load(conn)?;
        letters.extend(rows.into_iter().map(|(id, bytes)| Sealed { batch: batch.id, id, bytes }));
        if letters.len() >= size {
            break;
        }
    }
    Ok(letters)
}

/// A letter's content, ready to be stored.
struct Opened {
    version: i32,
    channel: String,
    answers: String,
    comments: Vec<Comment>,
}

/// Opens on all processors.
fn open_all(letters: &[Sealed], keys: &BTreeMap<RandomId, SecretKey>) -> Result<Vec<Opened>, MixError> {
    let open = |sealed: &Sealed| {
        let letter = Letter::open(keys.get(&sealed.batch).ok_or(Unreadable)?, &sealed.bytes)?;
        let answers = serde_json::to_string(&letter.answers).map_err(|_| Unreadable)?;
        let channel = letter.channel.as_str().to_owned();
        Ok(Opened { version: letter.version, channel, answers, comments: letter.comments })
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let opened: Result<Vec<Vec<Opened>>, Unreadable> = thread::scope(|scope| {
        let shares: Vec<_> = letters
            .chunks(letters.len().div_ceil(threads).max(1))
            .map(|share| scope.spawn(move || share.iter().map(open).collect()))
            .collect();
        shares.into_iter().map(|share| share.join().map_err(|_| Unreadable)?).collect()
    });
    Ok(opened?.into_iter().flatten().collect())
}

/// A response to store, with its fresh id.
type Response = (RandomId, i32, String, String);

/// Gives fresh random ids to responses and, independently of them, to comments, and sorts both by these.
fn shuffle(opened: Vec<Opened>, randomness: &dyn Randomness) -> (Vec<Response>, Vec<(RandomId, Comment)>) {
    let mut responses = Vec::with_capacity(opened.len());
    let mut comments = Vec::new();
    for letter in opened {
        responses.push((RandomId::new(randomness), letter.version, letter.channel, letter.answers));
        comments.extend(letter.comments.into_iter().map(|comment| (RandomId::new(randomness), comment)));
    }
    responses.sort_unstable_by_key(|(id, ..)| *id);
    comments.sort_unstable_by_key(|(id, _)| *id);
    (responses, comments)
}

fn insert_responses(
    conn: &mut Connection,
    dialogue: RandomId,
    week: Option<&str>,
    responses: &[Response],
) -> db::Result<()> {
    for some in responses.chunks(ROWS) {
        let rows: Vec<_> = some
            .iter()
            .map(|(id, version, channel, answers)| {
                (
                    response::id.eq(id.as_bytes().as_slice()),
                    response::dialogue.eq(dialogue.as_bytes().as_slice()),
                    response::version.eq(*version),
                    response::channel.eq(channel),
                    response::week.eq(week),
                    response::answers.eq(answers),
                )
            })
            .collect();
        on_backend!(&mut *conn, |conn| diesel::insert_into(response::table).values(&rows).execute(conn))?;
    }
    Ok(())
}

fn insert_comments(conn: &mut Connection, dialogue: RandomId, comments: &[(RandomId, Comment)]) -> db::Result<()> {
    for some in comments.chunks(ROWS) {
        let rows: Vec<_> = some
            .iter()
            .map(|(id, row)| {
                (
                    comment::id.eq(id.as_bytes().as_slice()),
                    comment::dialogue.eq(dialogue.as_bytes().as_slice()),
                    comment::question.eq(&row.question),
                    comment::text.eq(&row.text),
                )
            })
            .collect();
        on_backend!(&mut *conn, |conn| diesel::insert_into(comment::table).values(&rows).execute(conn))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::mixing::CROWD;

    #[test]
    fn no_chunk_is_small_unless_the_crowd_is() {
        for most in [2 * CROWD, 77, 5000] {
            for letters in (1..300).chain([4999, 5000, 5001, 10_019, 1_000_001]) {
                let mut left = letters;
                while left > 0 {
                    let size = chunk_size(left, most);
                    assert!((CROWD.min(letters)..=most).contains(&size), "{letters} by {most}: {size}");
                    left -= size;
                }
            }
        }
    }
}
