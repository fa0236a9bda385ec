//! What there is to say about a form. `Display` is the command line's English.

use std::fmt;

use super::what::{Elsewhere, Unmappable, What};
use crate::i18n::{Said, said};

impl What {
    /// What it says.
    pub fn said(&self) -> Said {
        match self {
            Self::Type(kind) => said("xlsform-type").with("kind", kind),
            Self::Within(row) => said("xlsform-within").with("row", row),
            Self::Calculation(name) => said("xlsform-calculation").with("name", name),
            Self::Metadata(kind) => said("xlsform-metadata").with("kind", kind),
            Self::Note(text) => said("xlsform-note").with("text", text),
            Self::Relevant(rule, why) => said("xlsform-relevant").with("rule", rule).saying("why", why.said()),
            Self::Constraint(rule) => said("xlsform-constraint").with("rule", rule),
            Self::Filter(rule) => said("xlsform-filter").with("rule", rule),
            Self::RequiredRule(rule) => said("xlsform-required-rule").with("rule", rule),
            Self::RequiredRows => said("xlsform-required-rows"),
            Self::Rounds(count, places) if count.is_empty() => said("xlsform-rounds-none").with("places", places),
            Self::Rounds(count, places) => said("xlsform-rounds").with("count", count).with("places", places),
            Self::NestedRepeat(name) => said("xlsform-nested-repeat").with("name", name),
            Self::Cell(heading, value) => said("xlsform-cell").with("heading", heading).with("value", value),
            Self::Column(heading, values) => said("xlsform-column").with("heading", heading).with("values", values),
            Self::Language(language, texts) => said("xlsform-language").with("language", language).with("texts", texts),
            Self::Interpolation(reference) => said("xlsform-interpolation").with("reference", reference),
            Self::Heading(name) => said("xlsform-heading").with("name", name),
            Self::List(name) => said("xlsform-list").with("name", name),
            Self::Unbalanced(kind) => said("xlsform-unbalanced").with("kind", kind),
            Self::NameTwice(name, row) => said("xlsform-name-twice").with("name", name).with("row", row),
            Self::Nesting => said("xlsform-nesting"),
            Self::Sheet(name) => said("xlsform-sheet").with("name", name),
            Self::Differs(what) => said("xlsform-differs").with("what", what),
            Self::Shuffle => said("xlsform-shuffle"),
            Self::LanguageRead(name, code) if name.is_empty() => said("xlsform-language-unnamed").with("code", code),
            Self::LanguageRead(name, code) => said("xlsform-language-read").with("name", name).with("code", code),
            Self::Renamed(from, to) => said("xlsform-renamed").with("from", from).with("to", to),
            Self::OptionRenamed(from, to) => said("xlsform-option-renamed").with("from", from).with("to", to),
            Self::Missing(name, code) => said("xlsform-missing").with("name", name).with("code", code),
            Self::Numbered(list, first) => said("xlsform-numbered").with("list", list).with("first", first),
            Self::NoRefusal => said("xlsform-no-refusal"),
            Self::OrOther => said("xlsform-or-other"),
            Self::Limit(most) => said("xlsform-limit").with("most", most),
            Self::PartAdded(id) => said("xlsform-part-added").with("id", id),
            Self::Appearance(value) => said("xlsform-appearance").with("value", value),
            Self::Message => said("xlsform-message"),
            Self::Html => said("xlsform-html"),
            Self::OtherSheet(name) => said("xlsform-other-sheet").with("name", name),
            Self::Setting(name, value) => said("xlsform-setting").with("name", name).with("value", value),
            Self::Edited(column) => said("xlsform-edited").with("column", column),
            Self::Elsewhere(what) => said("xlsform-elsewhere").saying("what", what.said()),
        }
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
}

impl Unmappable {
    /// What it says.
    pub fn said(&self) -> Said {
        match self {
            Self::Unreadable => said("xlsform-unreadable"),
            Self::NotOptions => said("xlsform-not-options"),
            Self::Unknown(name) => said("xlsform-unknown").with("name", name),
            Self::NoOption(question, option) => {
                said("xlsform-no-option").with("question", question).with("option", option)
            }
            Self::Function(name) => said("xlsform-function").with("name", name),
            Self::Compared(name) => said("xlsform-compared").with("name", name),
            Self::TooLong => said("xlsform-too-long"),
            Self::Constant => said("xlsform-constant"),
        }
    }
}

impl fmt::Display for Unmappable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
}

impl Elsewhere {
    /// What it says.
    pub fn said(&self) -> Said {
        match self {
            Self::ShufflesAll => said("xlsform-shuffles-all"),
            Self::AllRounds => said("xlsform-all-rounds"),
            Self::NoSuggestions => said("xlsform-no-suggestions"),
            Self::NoGroups => said("xlsform-no-groups"),
        }
    }
}

impl fmt::Display for Elsewhere {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
}
