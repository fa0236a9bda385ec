//! `/personal/logg`: the audit log: looking things up. What is found is exported by [`export`], the chain verified by
//! [`verify`].

pub mod export;
pub mod verify;

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::web::{self, Data};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use jiff::{Span, Timestamp};
use serde::Deserialize;

use super::StaffFrame;
use crate::clock::start_of;
use crate::http::error::Error;
use crate::http::form::{Choice, Faults, Field, Kind};
use crate::http::site::page;
use crate::i18n::{self, swedish_moment};
use crate::id::RandomId;
use crate::staff::LANGUAGE;
use crate::staff::account::{self, Account};
use crate::staff::audit::entry::ACCOUNT;
use crate::staff::audit::{self, Action, Actor, Entry, PAGE, Search};
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
        ("by", serde_json::Value::String(way)) if way == "provider" => i18n::text(LANGUAGE, "staff-log-by-provider"),
        ("second_factor", serde_json::Value::String(_)) => i18n::text(LANGUAGE, "staff-log-provider-factor"),
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
