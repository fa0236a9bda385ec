//! Channels with few responses lose their name when the dialogue closes.

use diesel::dsl::count_star;
use diesel::prelude::*;

use crate::db::schema::response;
use crate::db::{self, Connection, write};
use crate::id::RandomId;
use crate::survey::letterbox::Channel;
use crate::survey::mixing::CROWD;

/// Makes every channel with fewer responses than a crowd `other`. Before the rewrite, for changed rows lie
/// apart until then.
pub(in crate::survey::mixing) fn merge_small(conn: &mut Connection, dialogue: RandomId) -> db::Result<()> {
    write(conn, |conn| {
        let of_dialogue = response::table.filter(response::dialogue.eq(dialogue.as_bytes().as_slice()));
        let channels: Vec<(String, i64)> =
            of_dialogue.group_by(response::channel).select((response::channel, count_star())).load(conn)?;
        let other = Channel::other();
        let small = |count: i64| usize::try_from(count).is_ok_and(|count| count < CROWD);
        for (channel, _) in channels.iter().filter(|(name, count)| small(*count) && name != other.as_str()) {
            diesel::update(of_dialogue.filter(response::channel.eq(channel)))
                .set(response::channel.eq(other.as_str()))
                .execute(conn)?;
        }
        Ok(())
    })
}
