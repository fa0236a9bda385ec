//! `/personal/logg`: the audit log: looking things up, exporting, verifying.

use std::collections::BTreeMap;

use actix_web::http::{StatusCode, header};
use actix_web::web::{self, Data};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use jiff::{Span, Timestamp};
use serde::Deserialize;

use super::{Link, Message, StaffFrame};
use crate::clock::{day, start_of};
use crate::http::csv::guarded;
use crate::http::error::Error;
use crate::http::form::{Choice, Faults, Field, Kind};
use crate::http::site::page;
use crate::i18n::{self, swedish_moment};
use crate::id::RandomId;
use crate::staff::LANGUAGE;
use crate::staff::account::{self, Account};
use crate::staff::audit::entry::{ACCOUNT, hex};
use crate::staff::audit::{self, Act, Action, Actor, Break, Entry, PAGE, Search};
use crate::staff::guard::Staff;
use crate::staff::office::Office;
use crate::staff::role::Role;

const LOG: &str = "/personal/logg";

/// Actors that are no person, as the search has them.
const NOT_STAFF: [Actor; 2] = [Actor::CommandLine, Actor::Service];

/// What is looked for, as it stands in the address: a search can be shared.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Query {
    vem: String,
    vad: String,
    pa: String,
    fran: String,
    till: String,
    sida: String,
}

/// Accounts by id, for their names.
struct Names(BTreeMap<String, Account>);

impl Names {
    fn new(accounts: Vec<Account>) -> Self {
        Self(accounts.into_iter().map(|account| (account.id.to_string(), account)).collect())
    }

    fn of_actor(&self, entry: &Entry) -> String {
        match entry.actor {
            Some(id) => self.of_account(&id.to_string()),
            None if entry.actor_kind == Actor::CommandLine.word() => i18n::text(LANGUAGE, "staff-log-command-line"),
            None => i18n::text(LANGUAGE, "staff-log-service"),
        }
    }

    fn of_account(&self, id: &str) -> String {
        self.0.get(id).map_or_else(|| id.to_owned(), |account| account.called().to_owned())
    }

    fn of_object(&self, entry: &Entry) -> String {
        match &entry.object {
            Some(object) if object.kind == ACCOUNT => self.of_account(&object.name),
            Some(object) => object.name.clone(),
            None => String::new(),
        }
    }
}

/// More about an entry, in words where we have them.
fn detail(entry: &Entry) -> String {
    let Ok(serde_json::Value::Object(facts)) = serde_json::from_str(&entry.detail) else {
        return entry.detail.clone();
    };
    let words = facts.iter().map(|(key, value)| match (key.as_str(), value) {
        ("roles", serde_json::Value::Array(roles)) => {
            let names = roles.iter().filter_map(|role| role.as_str()?.parse::<Role>().ok());
            names.map(|role| role.name(LANGUAGE)).collect::<Vec<_>>().join(", ")
        }
        ("second_factor", serde_json::Value::Bool(true)) => i18n::text(LANGUAGE, "staff-log-with-factor"),
        ("second_factor", serde_json::Value::Bool(false)) => i18n::text(LANGUAGE, "staff-log-without-factor"),
        ("by", serde_json::Value::String(way)) if way == "link" => i18n::text(LANGUAGE, "staff-log-by-link"),
        _ => format!("{key}: {value}"),
    });
    words.collect::<Vec<_>>().join("; ")
}

/// What was typed, as what is looked for; and what can't be.
fn search_for(query: &Query, names: &Names) -> (Search, Faults) {
    let mut faults = Faults::default();
    let mut search = Search::default();
    if let Ok(id) = query.vem.parse::<RandomId>() {
        search.actor = Some(id);
    } else if let Some(actor) = NOT_STAFF.into_iter().find(|actor| actor.word() == query.vem) {
        search.actor_kind = Some(actor.word().to_owned());
    }
    search.action = Action::from_word(&query.vad);
    let object = query.pa.trim();
    if !object.is_empty() {
        // A person is looked for by name or address; the log has her id.
        let mut accounts = names.0.values();
        let typed = object.to_lowercase();
        let account = accounts.find(|account| account.mail.as_str() == typed || account.name.to_lowercase() == typed);
        search.object = Some(account.map_or_else(|| object.to_owned(), |account| account.id.to_string()));
    }
    let mut moment = |field: &'static str, text: &str, days: i64| {
        if text.is_empty() {
            return None;
        }
        let date = text.parse::<jiff::civil::Date>().and_then(|date| date.checked_add(Span::new().days(days)));
        if date.is_err() {
            faults.add(field, i18n::text(LANGUAGE, "staff-fault-day"));
        }
        date.ok().map(|date| start_of(date).as_second())
    };
    search.from = moment("fran", &query.fran, 0);
    search.before = moment("till", &query.till, 1);
    (search, faults)
}

/// A row of the table.
struct Row {
    number: i64,
    when: String,
    who: String,
    what: String,
    on: String,
    more: String,
}

#[derive(Template)]
#[template(path = "staff/log.html")]
struct LogPage {
    frame: StaffFrame,
    faults: Faults,
    fields: Vec<Field>,
    rows: Vec<Row>,
    count: String,
    newer: Option<String>,
    older: Option<String>,
    export: String,
}

fn fields(query: &Query, names: &Names, faults: &Faults) -> Vec<Field> {
    let text = |key: &str| i18n::text(LANGUAGE, key);
    let choice = |value: &str, label: String, chosen: &str| Choice {
        value: value.to_owned(),
        label,
        hint: None,
        chosen: value == chosen,
    };
    let mut people: Vec<&Account> = names.0.values().collect();
    people.sort_by_key(|account| account.called().to_lowercase());
    let mut who = vec![choice("", text("staff-log-anyone"), &query.vem)];
    who.extend(people.iter().map(|account| choice(&account.id.to_string(), account.called().to_owned(), &query.vem)));
    who.push(choice(Actor::CommandLine.word(), text("staff-log-command-line"), &query.vem));
    who.push(choice(Actor::Service.word(), text("staff-log-service"), &query.vem));
    let mut what = vec![choice("", text("staff-log-anything"), &query.vad)];
    what.extend(Action::ALL.iter().map(|action| choice(action.word(), action.name(LANGUAGE), &query.vad)));
    vec![
        Field::new("vem", text("staff-log-who"), Kind::List(who)),
        Field::new("vad", text("staff-log-what"), Kind::List(what)),
        Field::new("pa", text("staff-log-on"), Kind::Line("off"))
            .hint(text("staff-log-on-hint"))
            .filled(&query.pa, faults),
        Field::new("fran", text("staff-log-from"), Kind::Day).filled(&query.fran, faults),
        Field::new("till", text("staff-log-to"), Kind::Day).filled(&query.till, faults),
    ]
}

/// The address of the same search: another page of it, or its export.
fn address(path: &str, query: &Query, page: Option<i64>) -> String {
    let mut pairs = form_urlencoded::Serializer::new(String::new());
    let typed =
        [("vem", &query.vem), ("vad", &query.vad), ("pa", &query.pa), ("fran", &query.fran), ("till", &query.till)];
    pairs.extend_pairs(typed.into_iter().filter(|(_, value)| !value.is_empty()));
    if let Some(page) = page.filter(|page| *page > 0) {
        pairs.append_pair("sida", &(page + 1).to_string());
    }
    format!("{path}?{}", pairs.finish())
}

/// A page of the log.
///
/// # Errors
/// [`Error`].
pub async fn show(request: HttpRequest, office: Data<Office>, query: web::Query<Query>) -> Result<HttpResponse, Error> {
    let number = query.sida.parse::<i64>().map_or(0, |number| number.clamp(1, 1_000_000) - 1);
    let asked = query.clone();
    let (names, faults, found) = Office::run(&office, move |_, conn| {
        let names = Names::new(account::all(conn)?);
        let (search, faults) = search_for(&asked, &names);
        Ok((names, faults, audit::search(conn, &search, number)?))
    })
    .await?;
    let rows = found.entries.iter().map(|entry| Row {
        number: entry.number,
        when: Timestamp::from_second(entry.at).map(swedish_moment).unwrap_or_default(),
        who: names.of_actor(entry),
        what: entry.known_action().map_or_else(|| entry.action.clone(), |action| action.name(LANGUAGE)),
        on: names.of_object(entry),
        more: detail(entry),
    });
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let log = LogPage {
        fields: fields(&query, &names, &faults),
        rows: rows.collect(),
        count: i18n::text_with(LANGUAGE, "staff-log-count", &[("count", found.total.into())]),
        newer: (number > 0).then(|| address(LOG, &query, Some(number - 1))),
        older: ((number + 1) * PAGE < found.total).then(|| address(LOG, &query, Some(number + 1))),
        export: address("/personal/logg/export", &query, None),
        faults,
        frame: StaffFrame::of(&request),
    };
    page(&request, status, &log)
}

/// The columns of the export: what `audit::entry` says that the chain covers, the actor's name, and the hash.
const COLUMNS: [&str; 11] =
    ["number", "at", "time", "actor_kind", "actor", "actor_name", "action", "object_kind", "object", "detail", "hash"];

/// What was found, as CSV (RFC 4180), the oldest first, so that the chain can be verified elsewhere.
///
/// # Errors
/// [`Error`].
pub async fn export(office: Data<Office>, staff: Staff, query: web::Query<Query>) -> Result<HttpResponse, Error> {
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

/// Verifies the chain, and says what was found.
///
/// # Errors
/// [`Error`].
pub async fn verify(request: HttpRequest, office: Data<Office>, staff: Staff) -> Result<HttpResponse, Error> {
    let (report, remembered) = Office::run(&office, move |office, conn| {
        let now = office.clock.now();
        let remembered = office.memory.read();
        let head = remembered.as_ref().ok().copied().flatten();
        let report = audit::verify(conn, head)?;
        let facts = serde_json::json!({ "entries": report.entries, "holds": report.wrong.is_none() });
        let act = Act::new(Actor::Staff(staff.id), Action::LogVerified).with(facts);
        audit::write(conn, |conn| audit::log(conn, now, &act))?;
        Ok((report, head))
    })
    .await?;
    let frame = StaffFrame::of(&request);
    let number = |key: &str, number: i64| i18n::text_with(LANGUAGE, key, &[("number", number.into())]);
    let (title, mut paragraphs) = match report.wrong {
        None => ("staff-verify-holds-title", vec![number("staff-verify-holds", report.entries)]),
        Some(wrong) => {
            let said = match wrong {
                Break::Gap(entry) => number("staff-verify-gap", entry),
                Break::Changed(entry) => number("staff-verify-changed", entry),
                Break::Cut(entry) => number("staff-verify-cut", entry),
                Break::Forgotten(entry) => number("staff-verify-forgotten", entry),
            };
            ("staff-verify-broken-title", vec![said, frame.text("staff-verify-broken-next")])
        }
    };
    match (report.wrong, remembered) {
        (None, Some((entry, _))) => paragraphs.push(number("staff-verify-remembered", entry)),
        (None, None) => paragraphs.push(frame.text("staff-verify-nothing-remembered")),
        (Some(_), _) => {}
    }
    if report.wrong.is_none() {
        paragraphs.push(frame.text("staff-verify-note"));
        paragraphs.push(format!("{}:{}", report.entries, hex(&report.head)));
    }
    let message = Message {
        title: frame.text(title),
        paragraphs,
        links: vec![Link::new(LOG, frame.text("staff-log-back"))],
        frame,
    };
    page(&request, StatusCode::OK, &message)
}
