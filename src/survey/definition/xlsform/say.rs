//! What there is to say about a form, in the command line's English.

use std::fmt;

use super::what::{Elsewhere, Unmappable, What};

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Type(kind) => write!(f, "`{kind}` is left out: a questionnaire asks for choices and texts only"),
            Self::Within(row) => write!(f, "`{row}` is left out with the block that it stands in"),
            Self::Calculation(name) => {
                write!(f, "the computed field {name} is left out: nothing is computed on the page")
            }
            Self::Metadata(kind) => {
                write!(f, "`{kind}` is left out: nothing is recorded about who answers, with what or when")
            }
            Self::Note(text) => write!(f, "the text “{text}” is left out: make it the help of a question"),
            Self::Relevant(rule, why) => write!(f, "the rule `{rule}` is left out, so this is asked of all: {why}"),
            Self::Constraint(rule) => write!(
                f,
                "the constraint `{rule}` is left out: what can be kept is a most of choices, of characters, and options that stand alone"
            ),
            Self::Filter(rule) => write!(
                f,
                "the choice filter `{rule}` is left out, so all options are offered: what can be kept is options chosen in an earlier question"
            ),
            Self::RequiredRule(rule) => write!(f, "`required` is the rule `{rule}`: the question is not required here"),
            Self::RequiredRows => write!(f, "only some rows of the matrix are required: none is required here"),
            Self::Rounds(count, places) if count.is_empty() => {
                write!(f, "no number of rounds is given: there are {places} places here")
            }
            Self::Rounds(count, places) => {
                write!(f, "the number of rounds `{count}` is no number from 1 to 9: there are {places} places here")
            }
            Self::NestedRepeat(name) => write!(f, "the repeated block {name} stands in another and is left out"),
            Self::Cell(heading, value) => write!(f, "`{heading}` has no meaning here: `{value}` is left out"),
            Self::Column(heading, values) => {
                write!(f, "the column `{heading}` has no meaning here: {values} values are left out")
            }
            Self::Language(language, texts) => {
                write!(f, "the service has no messages in {language}: {texts} texts are left out")
            }
            Self::Interpolation(reference) => {
                write!(f, "the text would show the answer to {reference}: here `{reference}` is shown as it stands")
            }
            Self::Heading(name) => {
                write!(f, "the group {name} stands in a part: its heading is left out, its rule goes to its questions")
            }
            Self::List(name) => write!(f, "there is no list `{name}` on the sheet choices"),
            Self::Unbalanced(kind) => write!(f, "`{kind}` has no counterpart"),
            Self::NameTwice(name, row) => {
                write!(f, "the name {name} stands on row {row} already, and rules mean that one")
            }
            Self::Nesting => write!(f, "groups are nested too deep; what is in them is left out"),
            Self::Sheet(name) => write!(f, "the sheet {name} has no meaning here and is left out"),
            Self::Differs(what) => write!(f, "{what} differs from another row's, which is kept"),
            Self::Shuffle => {
                write!(f, "random order is for questions of several choices: the options keep their order")
            }
            Self::LanguageRead(name, code) if name.is_empty() => {
                write!(f, "texts whose language is not named are read as the language `{code}`")
            }
            Self::LanguageRead(name, code) => write!(f, "“{name}” is read as the language `{code}`"),
            Self::Renamed(from, to) => write!(f, "{from} is called {to} here"),
            Self::OptionRenamed(from, to) => write!(f, "the option {from} is called {to} here"),
            Self::Missing(name, code) => {
                write!(f, "the option {name} is taken for a missing value: it has the code {code}, and excludes others")
            }
            Self::Numbered(list, first) => write!(f, "the options of {list} get codes in their order, from {first}"),
            Self::NoRefusal => {
                write!(f, "no option lets people refuse: `no_refusal: true` was written; think about it")
            }
            Self::OrOther => write!(f, "`or_other` is an option with a text beside it"),
            Self::Limit(most) => write!(f, "a text has a limit: {most} characters was written"),
            Self::PartAdded(id) => write!(f, "questions outside groups make the part {id}"),
            Self::Appearance(value) => write!(f, "the appearance `{value}` is not kept"),
            Self::Message => write!(
                f,
                "what is said where the answer does not fit is not kept: the service says it in its own words"
            ),
            Self::Html => write!(f, "the text holds HTML, which is shown as it is written"),
            Self::OtherSheet(name) => write!(f, "the sheet {name} is not read"),
            Self::Setting(name, value) => write!(f, "the setting `{name}` (`{value}`) is not kept"),
            Self::Edited(column) => {
                write!(f, "`{column}` was changed since the service wrote it: what stands there now was taken")
            }
            Self::Elsewhere(what) => write!(f, "exact on the way back; other programs {what}"),
        }
    }
}

impl fmt::Display for Unmappable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable => write!(f, "it can't be read"),
            Self::NotOptions => {
                write!(
                    f,
                    "it asks about a number, a text or something computed, and the page, which routes in CSS, sees chosen options only"
                )
            }
            Self::Unknown(name) => write!(f, "{name} is no question here"),
            Self::NoOption(question, option) => write!(f, "{question} has no option {option}"),
            Self::Function(name) => write!(f, "`{name}` has no counterpart"),
            Self::Compared(name) => write!(f, "{name} takes several choices: use selected()"),
            Self::TooLong => write!(f, "it is longer than a rule can be"),
            Self::Constant => write!(f, "it does not depend on any answer"),
        }
    }
}

impl fmt::Display for Elsewhere {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ShufflesAll => "shuffle all options, also those that stay in place here",
            Self::AllRounds => "ask for all places at once; here one is added after another",
            Self::NoSuggestions => "show no suggestions",
            Self::NoGroups => "search the list instead of showing it in groups",
        })
    }
}
