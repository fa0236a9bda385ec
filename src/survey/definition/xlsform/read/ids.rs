//! Ids in our form for names in any form.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

/// Whether a name is an option's, a part's or a list's id already: `^[a-z][a-z0-9]*(_[a-z0-9]+)*$`.
pub fn is_snake_case(name: &str) -> bool {
    let word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    name.starts_with(|first: char| first.is_ascii_lowercase()) && name.split('_').all(word)
}

/// Whether a name is a question's id already: `^[A-Z][0-9]{2}[A-Z]?$`.
pub fn is_question_id(name: &str) -> bool {
    match name.as_bytes() {
        [letter, tens, ones, rest @ ..] => {
            letter.is_ascii_uppercase()
                && tens.is_ascii_digit()
                && ones.is_ascii_digit()
                && matches!(rest, [] | [b'A'..=b'Z'])
        }
        _ => false,
    }
}

/// Ids that are in use.
#[derive(Debug, Default)]
pub struct Taken {
    ids: BTreeSet<String>,
    /// The number that the next one like it gets.
    next: BTreeMap<String, usize>,
    /// How many questions' ids were tried.
    tried: usize,
}

impl Taken {
    /// Takes an id; whether it was free.
    pub fn take(&mut self, id: &str) -> bool {
        self.ids.insert(id.to_owned())
    }

    /// The free id nearest to a name. Names without a Latin letter or a digit become `v`, names that begin with
    /// a digit get a `v` before it.
    pub fn snake_case(&mut self, name: &str) -> String {
        let mut id = String::new();
        for c in name.nfd().flat_map(char::to_lowercase) {
            if c.is_ascii_alphanumeric() {
                id.push(c);
            } else if !id.is_empty() && !id.ends_with('_') && !('\u{300}'..='\u{36f}').contains(&c) {
                id.push('_');
            }
        }
        let id = id.trim_end_matches('_');
        let id = if id.starts_with(|c: char| c.is_ascii_lowercase()) { id.to_owned() } else { format!("v{id}") };
        let mut unique = id.clone();
        while !self.take(&unique) {
            let number = self.next.entry(id.clone()).or_insert(1);
            *number += 1;
            unique = format!("{id}_{number}");
        }
        unique
    }

    /// The next free id of a question, from Q01 on; empty where none is left.
    pub fn question_id(&mut self) -> String {
        let letters: Vec<char> = ('Q'..='Z').chain('A'..='P').collect();
        while let Some(letter) = letters.get(self.tried / 99) {
            let id = format!("{letter}{:02}", self.tried % 99 + 1);
            self.tried += 1;
            if self.take(&id) {
                return id;
            }
        }
        String::new()
    }
}

impl FromIterator<String> for Taken {
    fn from_iter<I: IntoIterator<Item = String>>(ids: I) -> Self {
        Self { ids: ids.into_iter().collect(), ..Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_ids() {
        let mut taken = Taken::default();
        let names = ["Gå ut", "Ga-ut", "1", "-9", "نعم", "لا", "Öster__om"];
        let ids: Vec<_> = names.into_iter().map(|name| taken.snake_case(name)).collect();
        assert_eq!(ids, ["ga_ut", "ga_ut_2", "v1", "v9", "v", "v_2", "oster_om"]);
        assert!(ids.iter().all(|id| is_snake_case(id)));
    }

    #[test]
    fn questions_are_numbered_around_those_that_have_an_id() {
        let mut taken: Taken = ["Q01".to_owned(), "Q03".to_owned()].into_iter().collect();
        assert_eq!([taken.question_id(), taken.question_id()], ["Q02", "Q04"]);
        assert!(is_question_id("Q06B") && !is_question_id("q06") && !is_question_id("Q6") && !is_question_id("Q06BC"));
    }
}
