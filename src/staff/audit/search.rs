//! Looking things up in the log.

use diesel::prelude::*;

use super::store::{Row, from_row};
use super::{Action, Entry};
use crate::db::schema::audit_entry;
use crate::db::{self, Connection, MultiBackend};
use crate::id::RandomId;

/// Entries on a page.
pub const PAGE: i64 = 50;

/// What is looked for; nothing set finds everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    /// Done by this person.
    pub actor: Option<RandomId>,
    /// Done by this kind of actor: `staff`, `command_line`, `service`.
    pub actor_kind: Option<String>,
    /// This action.
    pub action: Option<Action>,
    /// On the object whose name or id is this text.
    pub object: Option<String>,
    /// From this moment (Unix seconds).
    pub from: Option<i64>,
    /// Before this moment.
    pub before: Option<i64>,
}

/// A page of what was found, the latest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The entries.
    pub entries: Vec<Entry>,
    /// How many there are on all pages.
    pub total: i64,
}

type Query = audit_entry::BoxedQuery<'static, MultiBackend>;

fn query(search: &Search) -> Query {
    let mut query = audit_entry::table.into_boxed();
    if let Some(actor) = search.actor {
        query = query.filter(audit_entry::actor.eq(actor.as_bytes().to_vec()));
    }
    if let Some(kind) = &search.actor_kind {
        query = query.filter(audit_entry::actor_kind.eq(kind.clone()));
    }
    if let Some(action) = search.action {
        query = query.filter(audit_entry::action.eq(action.word()));
    }
    if let Some(object) = &search.object {
        query = query.filter(audit_entry::object.eq(object.clone()));
    }
    if let Some(from) = search.from {
        query = query.filter(audit_entry::at.ge(from));
    }
    if let Some(before) = search.before {
        query = query.filter(audit_entry::at.lt(before));
    }
    query
}

/// The page `page` (from 0) of what `search` finds.
///
/// # Errors
/// The database.
pub fn search(conn: &mut Connection, search: &Search, page: i64) -> db::Result<Found> {
    let total = query(search).count().get_result(conn)?;
    let rows: Vec<Row> =
        query(search).order(audit_entry::number.desc()).limit(PAGE).offset(page.saturating_mul(PAGE)).load(conn)?;
    Ok(Found { entries: rows.into_iter().map(from_row).collect::<db::Result<_>>()?, total })
}
