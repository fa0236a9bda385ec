//! The launch check: what is to be mended, or known, before a dialogue opens.
//!
//! What makes a questionnaire wrong is refused when it is loaded ([`crate::survey::definition`]): missing
//! translations, unreachable questions. What is found here is right and may still go badly: blockers keep staff from
//! opening the dialogue, warnings are to be weighed.

mod groups;
mod readability;

pub use groups::{ENOUGH, SmallGroup, expected, small_groups};
pub use readability::{FEWEST_WORDS, lix};

use crate::i18n;
use crate::survey::definition::compare::{Named, texts};
use crate::survey::definition::{Language, Questionnaire, Text};
use crate::survey::dialogue::statement::{Kind, Statements};
use crate::survey::dialogue::{Dialogue, Words};

/// The share of residents who are expected to answer an open survey, unless staff say otherwise (0 to 1).
pub const ANSWERING: f64 = 0.08;

/// LIX above which a text is named: from here on "hard".
pub const HARD: u32 = 50;

/// From so many words on, a text that is the same in two languages was probably not translated: a name is shorter.
const WORDS_OF_A_NAME: usize = 4;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Staff can't open the dialogue as it is.
    Blocker,
    /// To be weighed before it is opened.
    Warning,
}

/// Something found before opening.
#[derive(Debug, Clone, PartialEq)]
pub enum Finding {
    /// Nobody who knows the language has read the texts.
    Unreviewed {
        /// The language's own name.
        language: String,
    },
    /// A text is the same as in the questionnaire's first language.
    Untranslated {
        /// What the text is of.
        of: String,
        /// The language's own name.
        language: String,
    },
    /// A Swedish text is hard to read.
    HardToRead {
        /// What the text is of.
        of: String,
        /// Its LIX.
        lix: u32,
    },
    /// A group from which too few answers are to be expected for its tables to be published.
    SmallGroup(SmallGroup),
    /// Nobody has decided how long the material is kept.
    NoRetentionDecision,
    /// The privacy notice or the accessibility statement is not published.
    NoStatement(Kind),
    /// One of them lacks a language of the questionnaire, and would be shown in Swedish there.
    StatementUntranslated {
        /// Which.
        kind: Kind,
        /// The language's own name.
        language: String,
    },
    /// Residents are told nobody whom they can ask.
    NoContact,
    /// There is no planned end.
    NoEnd,
}

impl Finding {
    /// How much it weighs.
    pub fn weight(&self) -> Weight {
        match self {
            Self::NoRetentionDecision | Self::NoStatement(_) => Weight::Blocker,
            Self::Unreviewed { .. }
            | Self::Untranslated { .. }
            | Self::HardToRead { .. }
            | Self::SmallGroup(_)
            | Self::StatementUntranslated { .. }
            | Self::NoContact
            | Self::NoEnd => Weight::Warning,
        }
    }

    /// What was found, and what to do about it, in the reader's language.
    pub fn in_words(&self, language: &str) -> String {
        match self {
            Self::Unreviewed { language: unread } => {
                i18n::text_with(language, "launch-unreviewed", &[("language", unread.as_str().into())])
            }
            Self::Untranslated { of, language: other } => i18n::text_with(
                language,
                "launch-untranslated",
                &[("of", of.as_str().into()), ("language", other.as_str().into())],
            ),
            Self::HardToRead { of, lix } => i18n::text_with(
                language,
                "launch-hard-to-read",
                &[("of", of.as_str().into()), ("lix", lix.to_string().into()), ("limit", HARD.to_string().into())],
            ),
            Self::SmallGroup(small) => {
                let group: Vec<_> = small.group.iter().map(|group| in_words(group, language)).collect();
                i18n::text_with(
                    language,
                    "launch-small-group",
                    &[
                        ("breakdown", in_words(&small.breakdown.1, language).into()),
                        ("group", group.join(", ").into()),
                        ("residents", small.residents.to_string().into()),
                        ("answers", small.answers.to_string().into()),
                    ],
                )
            }
            Self::NoRetentionDecision => i18n::text(language, "launch-no-retention-decision"),
            Self::NoStatement(kind) => i18n::text(
                language,
                match kind {
                    Kind::Privacy => "launch-no-notice",
                    Kind::Accessibility => "launch-no-statement",
                },
            ),
            Self::StatementUntranslated { kind, language: other } => {
                let key = match kind {
                    Kind::Privacy => "launch-notice-untranslated",
                    Kind::Accessibility => "launch-statement-untranslated",
                };
                i18n::text_with(language, key, &[("language", other.as_str().into())])
            }
            Self::NoContact => i18n::text(language, "launch-no-contact"),
            Self::NoEnd => i18n::text(language, "launch-no-end"),
        }
    }
}

fn in_words<'t>(text: &'t Text, language: &str) -> &'t str {
    match text.in_language(language) {
        "" => text.in_language(i18n::DEFAULT_LANGUAGE),
        words => words,
    }
}

/// What there is to say of a questionnaire, when a share of `answering` (0 to 1) of the residents answer.
pub fn of_questionnaire(questionnaire: &Questionnaire, answering: f64) -> Vec<Finding> {
    let unread = questionnaire.languages.iter().filter(|language| !language.reviewed);
    let mut found: Vec<_> = unread.map(|language| Finding::Unreviewed { language: language.name.clone() }).collect();
    let first = questionnaire.default_language();
    let others = || questionnaire.languages.iter().filter(|language| language.code != first);
    for (of, Named { text, in_list }) in texts(questionnaire) {
        let original = text.in_language(first);
        // Places and the like are given as one name for all languages.
        let name = in_list && text.0.values().all(|words| words == original);
        if !name && original.split_whitespace().count() >= WORDS_OF_A_NAME {
            let same = others().filter(|language| text.in_language(&language.code) == original);
            found
                .extend(same.map(|language| Finding::Untranslated { of: of.clone(), language: language.name.clone() }));
        }
        if let Some(lix) = lix(text.in_language(i18n::DEFAULT_LANGUAGE)).filter(|lix| *lix > HARD) {
            found.push(Finding::HardToRead { of, lix });
        }
    }
    found.extend(small_groups(questionnaire, answering).into_iter().map(Finding::SmallGroup));
    found
}

/// What there is to say of a dialogue besides its questionnaire: its decisions, and what it tells residents in each of
/// `languages`.
pub fn of_dialogue(
    dialogue: &Dialogue,
    (words, statements): (&Words, &Statements),
    languages: &[Language],
) -> Vec<Finding> {
    let mut found: Vec<_> =
        dialogue.retention_decision.is_none().then_some(Finding::NoRetentionDecision).into_iter().collect();
    for kind in Kind::ALL {
        let Some(current) = statements.current(kind) else {
            found.push(Finding::NoStatement(kind));
            continue;
        };
        // Residents read the interface's languages; other ones lead nowhere.
        let read = languages.iter().filter(|language| i18n::languages().any(|code| code == language.code));
        let without = read.filter(|language| !current.texts.contains_key(&language.code));
        found.extend(without.map(|language| Finding::StatementUntranslated { kind, language: language.name.clone() }));
    }
    found.extend(words.contact.is_missing().then_some(Finding::NoContact));
    found.extend(dialogue.closes_at.is_none().then_some(Finding::NoEnd));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::definition::{VKOD_2017, load};

    #[test]
    fn the_real_survey_has_an_unread_language_and_one_hard_row() {
        let questionnaire = load(VKOD_2017.0, VKOD_2017.1).unwrap();
        assert_eq!(
            of_questionnaire(&questionnaire, ANSWERING),
            [
                Finding::Unreviewed { language: "العربية".to_owned() },
                Finding::HardToRead { of: "Q09.avstatt".to_owned(), lix: 60 },
            ]
        );
    }

    #[test]
    fn a_text_left_in_swedish_and_a_hard_one_are_named() {
        let mut questionnaire = load(VKOD_2017.0, VKOD_2017.1).unwrap();
        let before = of_questionnaire(&questionnaire, ANSWERING);
        let hard = "Kommunstyrelsens ledningsförvaltning sammanställer enkätundersökningens resultatredovisning \
                    tillsammans med trygghetsrådets samverkansparter inför verksamhetsuppföljningen.";
        for language in ["sv", "en"] {
            questionnaire.texts.thanks.0.insert(language.to_owned(), hard.to_owned());
        }
        let new: Vec<_> =
            of_questionnaire(&questionnaire, ANSWERING).into_iter().filter(|one| !before.contains(one)).collect();
        assert_eq!(new.len(), 2, "{new:?}");
        assert_eq!(new[0], Finding::Untranslated { of: "texts.thanks".to_owned(), language: "English".to_owned() });
        assert!(matches!(&new[1], Finding::HardToRead { of, lix } if of == "texts.thanks" && *lix > HARD));
    }
}
