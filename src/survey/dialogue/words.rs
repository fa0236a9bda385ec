//! What is said to residents beside the questionnaire: whom to ask, and what stands where the survey was when it is closed.
//!
//! Each text has one home. What a resident meets while she answers (start, thanks, screen-out, support) is the
//! questionnaire's, which is versioned and can be exported. What belongs to this dialogue alone is here, and the legal texts,
//! which keep their old versions, are [`super::statement`]s. They may be changed until the dialogue is archived: nothing
//! that is answered depends on them.

use std::collections::BTreeMap;

use diesel::prelude::*;

use super::life::{By, at, needs, reworded};
use super::{ChangeError, Dialogue, State};
use crate::db::schema::{closed_text, dialogue_contact};
use crate::db::{self, Connection};
use crate::id::RandomId;
use crate::survey::definition::LanguageCode;
use crate::survey::definition::compare::TextChange;

/// The states in which what is said may be changed.
pub(super) const STATES: &[State] =
    &[State::Draft, State::Reviewed, State::Open, State::Paused, State::Closing, State::Closed];

/// Whom residents ask about the dialogue. What is not given is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contact {
    /// A person or a function.
    pub name: String,
    /// A mail address.
    pub mail: String,
    /// A telephone number, as people write it.
    pub phone: String,
}

impl Contact {
    /// Whether nobody can be reached by it.
    pub fn is_missing(&self) -> bool {
        self.mail.is_empty() && self.phone.is_empty()
    }
}

/// A dialogue's own words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// Whom to ask.
    pub contact: Contact,
    /// What is said when it is closed, by language; where there is none, the standard text is.
    pub closed: BTreeMap<LanguageCode, String>,
}

/// The dialogue's own words.
///
/// # Errors
/// The database.
pub fn words(conn: &mut Connection, id: RandomId) -> db::Result<Words> {
    let bytes = id.as_bytes().as_slice();
    let contact: Option<(String, String, String)> = dialogue_contact::table
        .find(bytes)
        .select((dialogue_contact::name, dialogue_contact::mail, dialogue_contact::phone))
        .first(conn)
        .optional()?;
    let closed: Vec<(String, String)> = closed_text::table
        .filter(closed_text::dialogue.eq(bytes))
        .select((closed_text::language, closed_text::text))
        .load(conn)?;
    let contact = contact.map(|(name, mail, phone)| Contact { name, mail, phone }).unwrap_or_default();
    Ok(Words { contact, closed: closed.into_iter().collect() })
}

/// Replaces the dialogue's own words. To be called within a transaction. Returns what differs, for the audit log; where
/// nothing does, nothing happens. A reviewed dialogue becomes a draft again: someone has to read it as it stands now.
///
/// # Errors
/// [`ChangeError`].
pub fn set_words(
    conn: &mut Connection,
    id: RandomId,
    revision: i32,
    new: &Words,
    by: By,
) -> Result<(Dialogue, Vec<TextChange>), ChangeError> {
    let found = at(conn, id, Some(revision))?;
    needs(&found, STATES, "not archived")?;
    let changes = differences(&words(conn, id)?, new);
    if changes.is_empty() {
        return Ok((found, changes));
    }
    write(conn, id, new)?;
    Ok((reworded(conn, &found, by)?, changes))
}

fn write(conn: &mut Connection, id: RandomId, new: &Words) -> db::Result<()> {
    let bytes = id.as_bytes().as_slice();
    diesel::delete(dialogue_contact::table.find(bytes)).execute(conn)?;
    diesel::delete(closed_text::table.filter(closed_text::dialogue.eq(bytes))).execute(conn)?;
    diesel::insert_into(dialogue_contact::table)
        .values((
            dialogue_contact::dialogue.eq(bytes),
            dialogue_contact::name.eq(&new.contact.name),
            dialogue_contact::mail.eq(&new.contact.mail),
            dialogue_contact::phone.eq(&new.contact.phone),
        ))
        .execute(conn)?;
    for (language, text) in &new.closed {
        diesel::insert_into(closed_text::table)
            .values((closed_text::dialogue.eq(bytes), closed_text::language.eq(language), closed_text::text.eq(text)))
            .execute(conn)?;
    }
    Ok(())
}

fn differences(old: &Words, new: &Words) -> Vec<TextChange> {
    let (old, new) = (named(old), named(new));
    let mut names: Vec<_> = old.keys().chain(new.keys()).collect();
    names.sort();
    names.dedup();
    let differs = names.into_iter().filter(|name| old.get(*name) != new.get(*name));
    differs
        .map(|name| TextChange {
            of: name.0.to_owned(),
            language: name.1.to_owned(),
            before: old.get(name).map(|text| (*text).to_owned()),
            after: new.get(name).map(|text| (*text).to_owned()),
        })
        .collect()
}

/// The texts that there are, by what they are of and their language; a contact has none.
fn named(words: &Words) -> BTreeMap<(&str, &str), &str> {
    let Contact { name, mail, phone } = &words.contact;
    let contact = [("contact.name", name), ("contact.mail", mail), ("contact.phone", phone)];
    let contact = contact.into_iter().filter(|(_, text)| !text.is_empty()).map(|(of, text)| ((of, ""), text.as_str()));
    contact.chain(words.closed.iter().map(|(language, text)| (("closed", language.as_str()), text.as_str()))).collect()
}
