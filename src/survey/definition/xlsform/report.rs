//! What is said about a form that came from, or went into, a spreadsheet: where, what, how much is lost.
//!
//! Everything is an enum, so that pages can say it in their language; `Display` is the command line's
//! English.

use std::fmt;

use crate::survey::definition::Problem;

/// A cell, a row or a column of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The sheet's name.
    pub sheet: String,
    /// The row, from 1; 0 where the whole sheet is meant.
    pub row: u32,
    /// The column, from 0; none where the whole row is meant.
    pub column: Option<u32>,
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "sheet {}", self.sheet)?;
        if self.row > 0 {
            write!(formatter, ", row {}", self.row)?;
        }
        self.column.map_or(Ok(()), |column| write!(formatter, ", column {}", letters(column)))
    }
}

/// A column as spreadsheets name it: 0 is A, 26 is AA.
fn letters(column: u32) -> String {
    let mut name = String::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        let digit = ((rest - 1) % 26) as u8;
        name.insert(0, char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    name
}

/// One thing to know about a converted form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Where.
    pub place: Place,
    /// What.
    pub what: What,
}

impl Finding {
    /// Whether something of the form is missing in the result, or means something else there.
    pub fn is_loss(&self) -> bool {
        self.what.is_loss()
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = if self.is_loss() { "lost" } else { "note" };
        write!(formatter, "{}: {kind}: {}", self.place, self.what)
    }
}

/// What was met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    // What a form has and a questionnaire can't have.
    /// A kind of question that a questionnaire does not ask: numbers, dates, places, pictures.
    Type(String),
    /// A row of a block that is left out.
    Within(String),
    /// A computed field.
    Calculation(String),
    /// Something recorded about the device, the moment or the person.
    Metadata(String),
    /// A text that is no question.
    Note(String),
    /// A rule of relevance: the expression, and why it can't be kept.
    Relevant(String, Unmappable),
    /// A condition on the answer itself.
    Constraint(String),
    /// A rule that chooses the options.
    Filter(String),
    /// `required` as a rule.
    RequiredRule(String),
    /// Required rows beside others that are not.
    RequiredRows,
    /// A number of rounds that is not a number: as many places as there can be were taken.
    Rounds(String, usize),
    /// A repeated block within another.
    NestedRepeat(String),
    /// A cell of a column that has no meaning here: heading and value.
    Cell(String, String),
    /// A column with a heading that nobody knows, with so many values.
    Column(String, usize),
    /// Texts in a language that the service does not speak: language, texts.
    Language(String, usize),
    /// A text that shows an earlier answer.
    Interpolation(String),
    /// A group within a part: its heading is left out, its rule is counted into its questions.
    Heading(String),
    /// The list of a question is not there.
    List(String),
    /// A group that ends where none began, or the other way round.
    Unbalanced(String),
    /// A name that stands on another row, too: rules mean the first.
    NameTwice(String, u32),
    /// Groups nested so deep that they are not read.
    Nesting,
    /// A sheet that has a meaning for others.
    Sheet(String),
    /// A text that belongs to several rows, and differs between them.
    Differs(String),
    /// Random order where options can't be shuffled.
    Shuffle,
    // Decisions taken, to be looked at.
    /// A language's name was read as this code.
    LanguageRead(String, String),
    /// A question or part got another name.
    Renamed(String, String),
    /// An option got another name.
    OptionRenamed(String, String),
    /// An option was taken for a missing value: name and code.
    Missing(String, i64),
    /// Options of a list that had none got codes in their order: list, first code.
    Numbered(String, i64),
    /// No way to refuse is offered: `no_refusal` was written.
    NoRefusal,
    /// `or_other` became an option with a text.
    OrOther,
    /// A text has no limit: this one was written.
    Limit(usize),
    /// Questions outside groups make a part of their own.
    PartAdded(String),
    /// How a question looks in other programs.
    Appearance(String),
    /// What is said where an answer does not fit: the service says it in its own words.
    Message,
    /// HTML, which is shown as it is written.
    Html,
    /// A sheet without meaning here.
    OtherSheet(String),
    /// A setting that is not kept.
    Setting(String, String),
    /// What XLSForm says was changed since the service wrote it: that was taken, not the service's own column.
    Edited(String),
    /// Something that other programs do otherwise than the service.
    Elsewhere(Elsewhere),
}

/// Why a rule can't be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unmappable {
    /// It can't be read as an expression.
    Unreadable,
    /// It asks about numbers, texts or computed fields.
    NotOptions,
    /// It refers to something that is not a question here.
    Unknown(String),
    /// It names an option that the question does not have.
    NoOption(String, String),
    /// A function without counterpart.
    Function(String),
    /// Several choices are compared as a whole.
    Compared(String),
    /// It is the same whatever is answered.
    Constant,
}

/// What XLSForm has no words for: exact on the way back, different in other programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Elsewhere {
    /// All options are shuffled, also those that stay in place here.
    ShufflesAll,
    /// All rounds are asked for; here the resident adds one by one.
    AllRounds,
    /// No suggestions are shown.
    NoSuggestions,
    /// The list is searched, not shown in groups.
    NoGroups,
}

impl What {
    fn is_loss(&self) -> bool {
        match self {
            Self::Type(_)
            | Self::Within(_)
            | Self::Calculation(_)
            | Self::Metadata(_)
            | Self::Note(_)
            | Self::Relevant(..)
            | Self::Constraint(_)
            | Self::Filter(_)
            | Self::RequiredRule(_)
            | Self::RequiredRows
            | Self::Rounds(..)
            | Self::NestedRepeat(_)
            | Self::Cell(..)
            | Self::Column(..)
            | Self::Language(..)
            | Self::Interpolation(_)
            | Self::Heading(_)
            | Self::List(_)
            | Self::Unbalanced(_)
            | Self::NameTwice(..)
            | Self::Nesting
            | Self::Sheet(_)
            | Self::Differs(_)
            | Self::Shuffle => true,
            Self::LanguageRead(..)
            | Self::Renamed(..)
            | Self::OptionRenamed(..)
            | Self::Missing(..)
            | Self::Numbered(..)
            | Self::NoRefusal
            | Self::OrOther
            | Self::Limit(_)
            | Self::PartAdded(_)
            | Self::Appearance(_)
            | Self::Message
            | Self::Html
            | Self::OtherSheet(_)
            | Self::Setting(..)
            | Self::Edited(_)
            | Self::Elsewhere(_) => false,
        }
    }
}

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

/// Something that keeps the result from being a questionnaire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where in the spreadsheet; none where something is missing altogether.
    pub place: Option<Place>,
    /// What, as the check of a definition says it.
    pub problem: Problem,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(f, "{place}: ")?;
        }
        f.write_str(&self.problem.message)?;
        self.problem.hint.as_ref().map_or(Ok(()), |hint| write!(f, "\n  hint: {hint}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_in_spreadsheets() {
        let names: Vec<_> = [0, 25, 26, 51, 52, 701, 702, 16_383].into_iter().map(letters).collect();
        assert_eq!(names, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]);
    }
}
