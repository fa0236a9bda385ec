//! A checked questionnaire: what every other module works on.
//!
//! The file that people write is parsed into [`super::source`] and turned into these types by
//! [`super::check`], which refuses whatever could go wrong later. So here every reference exists,
//! every text has every language, every relevance refers to earlier questions only, and nothing
//! needs to be checked again.
//!
//! Questions are what people read; [`Field`]s are what a form carries: a matrix is one question and a
//! field per row, a repeated block is one question and its items' fields once per place.

mod analysis;

use std::collections::BTreeMap;

pub use analysis::{AnalysisPlan, Breakdown, BreakdownSource, Derived, DerivedCase, DerivedRule};

use crate::survey::routing::Condition;

/// The languages' codes, as in addresses: `sv`, `en`, `ar`.
pub type LanguageCode = String;

/// A questionnaire that has passed every check.
#[derive(Debug, Clone)]
pub struct Questionnaire {
    /// Identifies the questionnaire, e.g. `vkod-2017`.
    pub id: String,
    /// Structural version: raised when codes, questions or routing change; stored with responses.
    pub version: i32,
    /// Case number (diarienummer) that every export carries.
    pub case_number: String,
    /// The dialogue's title, shown to residents and on exports.
    pub title: Text,
    /// Languages in the order offered; the first one is the default.
    pub languages: Vec<Language>,
    /// How long it takes, in minutes.
    pub minutes: u32,
    /// Who may answer.
    pub target_population: Text,
    /// Start, thanks, screen-out, support and quick-exit texts.
    pub texts: Texts,
    /// Screens in order.
    pub parts: Vec<Part>,
    /// All answer fields in the order of the form; conditions refer to earlier fields only.
    pub fields: Vec<Field>,
    /// Derived indicators.
    pub derived: Vec<Derived>,
    /// What will be tabulated.
    pub plan: AnalysisPlan,
    /// Place groups, age groups and operative groups by list name, for recoding and labels.
    pub groupings: BTreeMap<String, Vec<Group>>,
}

/// A language that the questionnaire is offered in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Language {
    /// BCP 47 code.
    pub code: LanguageCode,
    /// The language's own name: "Svenska".
    pub name: String,
    /// Written from right to left.
    pub right_to_left: bool,
    /// Someone who knows the language has read the texts.
    pub reviewed: bool,
}

/// A text in every language of the questionnaire.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text(pub BTreeMap<LanguageCode, String>);

impl Text {
    /// The text in `language`; empty where the questionnaire does not offer that language.
    pub fn in_language(&self, language: &str) -> &str {
        self.0.get(language).map_or("", String::as_str)
    }
}

/// Texts around the questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Texts {
    /// Shown before the first part; one paragraph a line.
    pub start: Text,
    /// Shown after Send.
    pub thanks: Text,
    /// Shown where an answer says that the survey is not for her.
    pub screened_out: Text,
    /// Support numbers; one paragraph a line.
    pub support: Text,
    /// Quick exit: label of the button.
    pub exit_button: Text,
    /// Quick exit: spoken before the label by screen readers.
    pub exit_prefix: Text,
    /// Quick exit: how it works and what it does not do.
    pub exit_help: Text,
    /// Invitation to the focus groups, on the thanks page.
    pub focus_groups: Text,
}

impl Texts {
    /// Every text with its key in the file.
    pub fn all(&self) -> [(&'static str, &Text); 8] {
        [
            ("start", &self.start),
            ("thanks", &self.thanks),
            ("screened_out", &self.screened_out),
            ("support", &self.support),
            ("exit_button", &self.exit_button),
            ("exit_prefix", &self.exit_prefix),
            ("exit_help", &self.exit_help),
            ("focus_groups", &self.focus_groups),
        ]
    }
}

/// One screen of the form.
#[derive(Debug, Clone)]
pub struct Part {
    /// Name in the definition.
    pub id: String,
    /// The number in "part 3 of 7"; two screens may share one.
    pub number: usize,
    /// The heading.
    pub title: Text,
    /// When the screen is on path (screen-out included).
    pub relevant: Condition,
    /// Hidden behind a closed summary on the review.
    pub sensitive: bool,
    /// Support numbers stand on this screen.
    pub support: bool,
    /// Questions in order. Questions of modules that are switched off are not here.
    pub questions: Vec<Question>,
}

/// A question as people read it.
#[derive(Debug, Clone)]
pub struct Question {
    /// `Q06`; within a repeated block the item's own id, `P01`.
    pub id: String,
    /// The wording.
    pub text: Text,
    /// Help below the wording.
    pub help: Option<Text>,
    /// An answer is needed before Send.
    pub required: bool,
    /// What it looks like and which fields it has.
    pub kind: QuestionKind,
}

/// The kinds of question; `usize` values index [`Questionnaire::fields`].
#[derive(Debug, Clone)]
pub enum QuestionKind {
    /// One field: one choice, several choices or a text. See [`FieldKind`].
    Field(usize),
    /// A field per row, all with the same options.
    Matrix {
        /// Its rows.
        rows: Vec<MatrixRow>,
    },
    /// The same items for up to `places.len()` places.
    Repeat {
        /// On what adds a place.
        add_label: Text,
        /// The places, the first one always there.
        places: Vec<Place>,
    },
}

/// A row of a matrix.
#[derive(Debug, Clone)]
pub struct MatrixRow {
    /// `dag`.
    pub id: String,
    /// The row's wording.
    pub text: Text,
    /// Its field, `Q07.dag`.
    pub field: usize,
}

/// One round of a repeated block.
#[derive(Debug, Clone)]
pub struct Place {
    /// From 1.
    pub number: usize,
    /// The toggle `Q12.2` that adds the place; none for the first.
    pub toggle: Option<usize>,
    /// Items, with fields such as `Q12.2.P01`.
    pub questions: Vec<Question>,
}

/// What a form carries under one name.
#[derive(Debug, Clone)]
pub struct Field {
    /// The name in the form: `Q06`, `Q07.dag`, `Q12.1.P01`, `Q14.annat`.
    pub name: String,
    /// The question as exports name it: `Q06`, `Q07.dag`, `Q12.P01` (without place), `Q14.annat`.
    pub question: String,
    /// Index of its part in [`Questionnaire::parts`].
    pub part: usize,
    /// The place's number, in a repeated block.
    pub place: Option<usize>,
    /// Needed before Send.
    pub required: bool,
    /// When it is on path, everything counted in: part, question, place, screen-out.
    pub relevant: Condition,
    /// What it holds.
    pub kind: FieldKind,
}

/// What a field holds.
#[derive(Debug, Clone)]
pub enum FieldKind {
    /// One of the options. `grouped` asks for a list grouped by [`Choice::group`].
    Single { options: Vec<Choice>, grouped: Option<String> },
    /// Some of the options, at most `max` that are not exclusive. `randomise` shuffles those marked.
    Multi { options: Vec<Choice>, max: Option<usize>, randomise: bool },
    /// Free text of at most `max` UTF-16 units (as `maxlength` counts). It goes to `comment`, but for
    /// a text that equals a suggestion, which is stored as the suggestion's code.
    Text { max: usize, long: bool, suggestions: Vec<Choice> },
    /// Adds a place of a repeated block: `ja` or `nej`; absent counts as `ja`, so that a client that
    /// posts all fields at once needs no toggle. Not an answer; never stored.
    Toggle,
}

/// An option of a closed question, or a suggestion.
#[derive(Debug, Clone)]
pub struct Choice {
    /// The value in the form, unique within the field: `mycket_trygg`.
    pub id: String,
    /// What is stored and exported; −9 … −6 are missing values.
    pub code: i16,
    /// The label.
    pub text: Text,
    /// Chosen alone: hides the others.
    pub exclusive: bool,
    /// Choosing it ends the survey.
    pub screen_out: bool,
    /// Stays in place when options are shuffled.
    pub fixed: bool,
    /// Group in the field's grouping: published area, operative group.
    pub group: Option<String>,
    /// When the option is offered ("options from an earlier answer"); usually always.
    pub relevant: Condition,
}

impl Choice {
    /// Whether choosing it says something (a code from 0 up) and does not exclude the others.
    pub fn counts(&self) -> bool {
        self.code >= 0 && !self.exclusive
    }
}

/// A named group of options.
#[derive(Debug, Clone)]
pub struct Group {
    /// `gustavsberg`.
    pub id: String,
    /// Its label.
    pub text: Text,
    /// Ids of the options in it.
    pub members: Vec<String>,
    /// Women of all ages living there, where the grouping is geographic.
    pub women: Option<u32>,
}

impl Questionnaire {
    /// The field with this name in the form.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The language with this code.
    pub fn language(&self, code: &str) -> Option<&Language> {
        self.languages.iter().find(|language| language.code == code)
    }

    /// The default language: the first one.
    pub fn default_language(&self) -> &str {
        self.languages.first().map_or("sv", |language| &language.code)
    }
}

impl Field {
    /// The options or suggestions of the field; none for texts without and for toggles.
    pub fn options(&self) -> &[Choice] {
        match &self.kind {
            FieldKind::Single { options, .. } | FieldKind::Multi { options, .. } => options,
            FieldKind::Text { suggestions, .. } => suggestions,
            FieldKind::Toggle => &[],
        }
    }

    /// The option with this id.
    pub fn option(&self, id: &str) -> Option<&Choice> {
        self.options().iter().find(|option| option.id == id)
    }
}
