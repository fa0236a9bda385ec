//! Everything there can be to say about a form.

/// What was met.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
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
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
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
    /// It would be longer than a rule can be.
    TooLong,
}

/// What XLSForm has no words for: exact on the way back, different in other programs.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
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
    /// Whether something of the form is missing in the result, or means something else there.
    pub fn is_loss(&self) -> bool {
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
