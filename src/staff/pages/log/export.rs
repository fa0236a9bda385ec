//! `/personal/logg/export`: what was found, as CSV.

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{self, Data};
use jiff::Timestamp;

use super::{Names, Query, search_for};
use crate::clock::day;
use crate::http::csv::guarded;
use crate::http::error::Error;
use crate::staff::account;
use crate::staff::audit::entry::hex;
use crate::staff::audit::{self, Act, Action, Actor, Entry};
use crate::staff::guard::Staff;
use crate::staff::office::Office;

/// The columns of the export: what `audit::entry` says that the chain covers, the actor's name, and the hash.
const COLUMNS: [&str; 11] =
    ["number", "at", "time", "actor_kind", "actor", "actor_name", "action", "object_kind", "object", "detail", "hash"];

/// What was found, as CSV (RFC 4180), the oldest first, so that the chain can be verified elsewhere.
///
/// # Errors
/// [`Error`].
pub async fn send(office: Data<Office>, staff: Staff, query: web::Query<Query>) -> Result<HttpResponse, Error> {
    let (bytes, today) = Office::run(&office, move |office, conn| {
        let names = Names::new(account::all(conn)?);
        let (search, _) = search_for(&query, &names);
        let now = office.clock.now();
        let mut entries = Vec::new();
        for number in 0.. {
            let found = audit::search(conn, &search, number)?;
            if found.entries.is_empty() {
                break;
            }
            entries.extend(found.entries);
        }
        // What comes in while the pages are read moves them: the same entry may be read twice.
        entries.sort_by_key(|entry| entry.number);
        entries.dedup_by_key(|entry| entry.number);
        let facts = serde_json::json!({ "entries": entries.len() });
        let act = Act::new(Actor::Staff(staff.id), Action::LogExported).with(facts);
        audit::write(conn, |conn| audit::log(conn, now, &act))?;
        Ok((csv(&entries, &names), day(now)))
    })
    .await?;
    let bytes = bytes.map_err(|error| Error::internal("the log can't be written as CSV", error))?;
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"logg-{today}.csv\"")))
        .body(bytes))
}

fn csv(entries: &[Entry], names: &Names) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    for entry in entries {
        let (kind, object) = entry.object.as_ref().map_or(("", ""), |object| (&object.kind, &object.name));
        writer.write_record([
            entry.number.to_string(),
            entry.at.to_string(),
            Timestamp::from_second(entry.at).map(|at| at.to_string()).unwrap_or_default(),
            entry.actor_kind.clone(),
            entry.actor.map(|actor| actor.to_string()).unwrap_or_default(),
            guarded(&names.of_actor(entry)),
            guarded(&entry.action),
            guarded(kind),
            guarded(object),
            guarded(&entry.detail),
            hex(&entry.hash),
        ])?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}
