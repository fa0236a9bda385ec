//! Ids in our form for names in any form.

use std::collections::BTreeSet;

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

/// The id nearest to a name that `taken` does not hold; adds it. Names without a Latin letter or a digit
/// become `v`, names that begin with a digit get a `v` before it.
pub fn snake_case(name: &str, taken: &mut BTreeSet<String>) -> String {
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
    let mut number = 2;
    while !taken.insert(unique.clone()) {
        unique = format!("{id}_{number}");
        number += 1;
    }
    unique
}

/// The first question's id, from Q01 on, that `taken` does not hold; adds it.
pub fn question_id(taken: &mut BTreeSet<String>) -> String {
    let all =
        ('Q'..='Z').chain('A'..='P').flat_map(|letter| (1..=99).map(move |number| format!("{letter}{number:02}")));
    let free = all.into_iter().find(|id| !taken.contains(id)).unwrap_or_default();
    taken.insert(free.clone());
    free
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_ids() {
        let mut taken = BTreeSet::new();
        let ids: Vec<_> = ["Gå ut", "Ga-ut", "1", "-9", "نعم", "لا", "Öster__om"]
            .into_iter()
            .map(|name| snake_case(name, &mut taken))
            .collect();
        assert_eq!(ids, ["ga_ut", "ga_ut_2", "v1", "v9", "v", "v_2", "oster_om"]);
        assert!(ids.iter().all(|id| is_snake_case(id)));
    }

    #[test]
    fn questions_are_numbered_around_those_that_have_an_id() {
        let mut taken: BTreeSet<String> = ["Q01".to_owned(), "Q03".to_owned()].into();
        assert_eq!([question_id(&mut taken), question_id(&mut taken)], ["Q02", "Q04"]);
        assert!(is_question_id("Q06B") && !is_question_id("q06") && !is_question_id("Q6") && !is_question_id("Q06BC"));
    }
}
