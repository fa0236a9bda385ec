//! Adding to the log.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use jiff::Timestamp;
use serde_json::Value;

use super::entry::Hash;
use super::{Action, Actor, Entry, Object};
use crate::db::schema::{audit_entry, audit_head};
use crate::db::{self, Connection, Retry};

/// Something to be logged.
#[derive(Debug, Clone, PartialEq)]
pub struct Act {
    /// Who.
    pub actor: Actor,
    /// What.
    pub action: Action,
    /// On what.
    pub object: Option<Object>,
    /// More, as a JSON object of few and small facts: never the content of an answer or a comment, never a secret.
    pub detail: Value,
}

impl Act {
    /// Someone did something.
    pub fn new(actor: Actor, action: Action) -> Self {
        Self { actor, action, object: None, detail: Value::Object(serde_json::Map::new()) }
    }

    /// The same, to this object.
    pub fn on(self, object: Object) -> Self {
        Self { object: Some(object), ..self }
    }

    /// The same, with more about it.
    pub fn with(self, detail: Value) -> Self {
        Self { detail, ..self }
    }
}

/// A transaction in which something is logged: [`db::write`], but those who log take turns from the start. On SQLite
/// writers do anyway; on PostgreSQL they would else find out at commit that another one was in the way, and repeat.
///
/// # Errors
/// Those of `work`, rolled back; and [`db::Error`] for what the database refuses.
pub fn write<T, E: Retry>(
    conn: &mut Connection,
    mut work: impl FnMut(&mut Connection) -> Result<T, E>,
) -> Result<T, E> {
    db::write(conn, |conn| {
        if let Connection::Postgres(conn) = conn {
            // Before the first look at a row, for the transaction sees what was there at that moment.
            conn.batch_execute("LOCK TABLE audit_head IN EXCLUSIVE MODE").map_err(db::Error::from)?;
        }
        work(conn)
    })
}

/// The end of the chain: the latest entry's number and hash.
///
/// # Errors
/// The database.
pub fn head(conn: &mut Connection) -> db::Result<(i64, Hash)> {
    let (number, hash): (i64, Vec<u8>) =
        audit_head::table.select((audit_head::number, audit_head::hash)).first(conn)?;
    Ok((number, to_hash(hash)?))
}

/// Adds an entry. Within a transaction, best one of [`write`].
///
/// # Errors
/// The database.
pub fn log(conn: &mut Connection, now: Timestamp, act: &Act) -> db::Result<()> {
    let (number, previous) = head(conn)?;
    let mut entry = Entry {
        number: number + 1,
        at: now.as_second(),
        actor_kind: act.actor.word().to_owned(),
        actor: act.actor.account(),
        action: act.action.word().to_owned(),
        object: act.object.clone(),
        detail: act.detail.to_string(),
        hash: previous,
    };
    entry.hash = entry.hash_after(&previous);
    diesel::insert_into(audit_entry::table)
        .values((
            audit_entry::number.eq(entry.number),
            audit_entry::at.eq(entry.at),
            audit_entry::actor_kind.eq(&entry.actor_kind),
            audit_entry::actor.eq(entry.actor.map(|actor| actor.as_bytes().to_vec())),
            audit_entry::action.eq(&entry.action),
            audit_entry::object_kind.eq(entry.object.as_ref().map(|object| object.kind.clone())),
            audit_entry::object.eq(entry.object.as_ref().map(|object| object.name.clone())),
            audit_entry::detail.eq(&entry.detail),
            audit_entry::hash.eq(entry.hash.as_slice()),
        ))
        .execute(conn)?;
    diesel::update(audit_head::table)
        .set((audit_head::number.eq(entry.number), audit_head::hash.eq(entry.hash.as_slice())))
        .execute(conn)?;
    Ok(())
}

/// A row of `audit_entry`, in the order of its columns.
pub(super) type Row = (i64, i64, String, Option<Vec<u8>>, String, Option<String>, Option<String>, String, Vec<u8>);

pub(super) fn from_row(row: Row) -> db::Result<Entry> {
    let (number, at, actor_kind, actor, action, object_kind, object, detail, hash) = row;
    let object = match (object_kind, object) {
        (Some(kind), Some(name)) => Some(Object { kind, name }),
        (None, None) => None,
        _ => return Err(db::Error::Internal("an entry of the log has half an object".to_owned())),
    };
    let actor = actor.map(db::id).transpose()?;
    Ok(Entry { number, at, actor_kind, actor, action, object, detail, hash: to_hash(hash)? })
}

fn to_hash(bytes: Vec<u8>) -> db::Result<Hash> {
    bytes.try_into().map_err(|_| db::Error::Internal("a hash of the log has not 32 bytes".to_owned()))
}
