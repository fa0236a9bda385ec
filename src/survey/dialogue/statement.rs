//! The privacy notice and the accessibility statement of a dialogue, in versions that are kept.
//!
//! Both are promises: the General Data Protection Regulation (EU 2016/679, article 13) and the Swedish act on accessibility
//! of digital public service (2018:1937) say that they must be given, and whoever answered under one must be able to read
//! it later. So from the day when a dialogue opens, nothing is changed: a new text is a new version. Before that nobody
//! has been told anything, and the first version is written anew.
//!
//! Swedish is required. A version that lacks a language is shown in Swedish, and says so: a correction that residents
//! need today does not wait for a translator, and the launch check names what is missing.

use std::collections::BTreeMap;

use diesel::prelude::*;
use jiff::Timestamp;

use super::life::{By, at, needs, reworded};
use super::words::STATES;
use super::{ChangeError, Dialogue};
use crate::db::schema::{statement, statement_text};
use crate::db::{self, Connection};
use crate::i18n::DEFAULT_LANGUAGE;
use crate::id::RandomId;
use crate::survey::definition::LanguageCode;

/// The texts that are kept in versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// What happens with answers.
    Privacy,
    /// How accessible the pages are.
    Accessibility,
}

impl Kind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Privacy, Self::Accessibility];

    /// The word in the database and in the log.
    pub fn word(self) -> &'static str {
        match self {
            Self::Privacy => "privacy",
            Self::Accessibility => "accessibility",
        }
    }

    /// The word in addresses.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Privacy => "integritet",
            Self::Accessibility => "tillganglighet",
        }
    }
}

/// A version, as it was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// From 1.
    pub number: i32,
    /// When staff published it.
    pub published_at: Timestamp,
    /// Who did; none where it was the command line.
    pub published_by: Option<RandomId>,
    /// What it says, by language, as it was typed.
    pub texts: BTreeMap<LanguageCode, String>,
}

impl Version {
    /// The text in `language`, else in Swedish; with the language that it is in.
    pub fn in_language<'a>(&'a self, language: &'a str) -> (&'a str, &'a str) {
        match self.texts.get(language) {
            Some(text) => (language, text),
            None => (DEFAULT_LANGUAGE, self.texts.get(DEFAULT_LANGUAGE).map_or("", String::as_str)),
        }
    }

    /// Since when it holds: nothing does before its dialogue is open.
    pub fn holds_from(&self, dialogue: &Dialogue) -> Timestamp {
        dialogue.opened_at.map_or(self.published_at, |opened_at| self.published_at.max(opened_at))
    }
}

/// The versions of both texts, each from the first to the one that holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Statements {
    privacy: Vec<Version>,
    accessibility: Vec<Version>,
}

impl Statements {
    /// The versions of one, from the first on.
    pub fn versions(&self, kind: Kind) -> &[Version] {
        match kind {
            Kind::Privacy => &self.privacy,
            Kind::Accessibility => &self.accessibility,
        }
    }

    /// The version that holds, where one was ever published.
    pub fn current(&self, kind: Kind) -> Option<&Version> {
        self.versions(kind).last()
    }

    /// The version of this number.
    pub fn numbered(&self, kind: Kind, number: i32) -> Option<&Version> {
        self.versions(kind).iter().find(|version| version.number == number)
    }
}

/// What was published of the dialogue.
///
/// # Errors
/// The database.
pub fn statements(conn: &mut Connection, id: RandomId) -> db::Result<Statements> {
    Ok(Statements {
        privacy: versions(conn, id, Kind::Privacy)?,
        accessibility: versions(conn, id, Kind::Accessibility)?,
    })
}

fn versions(conn: &mut Connection, id: RandomId, kind: Kind) -> db::Result<Vec<Version>> {
    let bytes = id.as_bytes().as_slice();
    let rows: Vec<(i32, i64, Option<Vec<u8>>)> = statement::table
        .filter(statement::dialogue.eq(bytes).and(statement::kind.eq(kind.word())))
        .order(statement::number)
        .select((statement::number, statement::published_at, statement::published_by))
        .load(conn)?;
    let texts: Vec<(i32, String, String)> = statement_text::table
        .filter(statement_text::dialogue.eq(bytes).and(statement_text::kind.eq(kind.word())))
        .select((statement_text::number, statement_text::language, statement_text::text))
        .load(conn)?;
    let mut by_number: BTreeMap<i32, BTreeMap<LanguageCode, String>> = BTreeMap::new();
    for (number, language, text) in texts {
        by_number.entry(number).or_default().insert(language, text);
    }
    let version = |(number, published_at, published_by): (i32, i64, Option<Vec<u8>>)| {
        Ok(Version {
            number,
            published_at: Timestamp::from_second(published_at)
                .map_err(|error| db::Error::Internal(error.to_string()))?,
            published_by: published_by.map(db::id).transpose()?,
            texts: by_number.remove(&number).unwrap_or_default(),
        })
    };
    rows.into_iter().map(version).collect()
}

/// Publishes `texts` as the next version, or, where the dialogue was never open, as the first one, whatever it was. To be
/// called within a transaction. Returns the version's number; none where the text is the one that holds already.
///
/// # Errors
/// [`ChangeError::NoStatement`] where there is no Swedish text; others of [`ChangeError`].
pub fn publish(
    conn: &mut Connection,
    id: RandomId,
    revision: i32,
    (kind, texts): (Kind, &BTreeMap<LanguageCode, String>),
    by: By,
    now: Timestamp,
) -> Result<(Dialogue, Option<i32>), ChangeError> {
    let found = at(conn, id, Some(revision))?;
    needs(&found, STATES, "not archived")?;
    if texts.get(DEFAULT_LANGUAGE).is_none_or(|text| text.trim().is_empty()) {
        return Err(ChangeError::NoStatement(kind));
    }
    let before = versions(conn, id, kind)?;
    if before.last().is_some_and(|version| version.texts == *texts) {
        return Ok((found, None));
    }
    let number = match found.opened_at {
        Some(_) => before.last().map_or(1, |version| version.number + 1),
        None => 1,
    };
    if found.opened_at.is_none() {
        forget(conn, id, kind)?;
    }
    insert(conn, id, kind, &Version { number, published_at: now, published_by: by.id(), texts: texts.clone() })?;
    Ok((reworded(conn, &found, by)?, Some(number)))
}

fn forget(conn: &mut Connection, id: RandomId, kind: Kind) -> db::Result<()> {
    let bytes = id.as_bytes().as_slice();
    let of_texts = statement_text::dialogue.eq(bytes).and(statement_text::kind.eq(kind.word()));
    diesel::delete(statement_text::table.filter(of_texts)).execute(conn)?;
    let of_versions = statement::dialogue.eq(bytes).and(statement::kind.eq(kind.word()));
    diesel::delete(statement::table.filter(of_versions)).execute(conn)?;
    Ok(())
}

fn insert(conn: &mut Connection, id: RandomId, kind: Kind, version: &Version) -> db::Result<()> {
    let bytes = id.as_bytes().as_slice();
    diesel::insert_into(statement::table)
        .values((
            statement::dialogue.eq(bytes),
            statement::kind.eq(kind.word()),
            statement::number.eq(version.number),
            statement::published_at.eq(version.published_at.as_second()),
            statement::published_by.eq(version.published_by.map(|by| by.as_bytes().to_vec())),
        ))
        .execute(conn)?;
    for (language, text) in &version.texts {
        diesel::insert_into(statement_text::table)
            .values((
                statement_text::dialogue.eq(bytes),
                statement_text::kind.eq(kind.word()),
                statement_text::number.eq(version.number),
                statement_text::language.eq(language),
                statement_text::text.eq(text),
            ))
            .execute(conn)?;
    }
    Ok(())
}
