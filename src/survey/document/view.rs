//! The typed context of the document's templates: the questionnaire as it stands on the page.
//!
//! The same view serves the empty document and the filled one; what they differ in comes from [`Filling`](super::filling::Filling).
//! Everything is decided here, in one language and one order of options, so that templates only write.

use askama::Template;

use crate::http::frame::Frame;

/// The whole document.
#[derive(Template)]
#[template(path = "survey/document.html")]
pub struct DocumentView {
    /// Header, exit, footer.
    pub frame: Frame,
    /// Where the form is posted: `/sv/enkat`.
    pub address: String,
    /// The dialogue's title.
    pub title: String,
    /// The number of the permutation of options.
    pub order: u8,
    /// The server opens the review.
    pub review: bool,
    /// There are faults: the title says so first.
    pub faulty: bool,
    /// The translation has not been read by someone who knows the language.
    pub unreviewed: bool,
    /// The server opens the start.
    pub start_open: bool,
    /// The text for whom the survey is not for stands open.
    pub outside_open: bool,
    /// The start's paragraphs.
    pub start: Vec<String>,
    /// The support numbers' paragraphs.
    pub support: Vec<String>,
    /// The other languages.
    pub languages: Vec<OtherLanguage>,
    /// The parts.
    pub parts: Vec<PartView>,
    /// Shared lists of suggestions.
    pub suggestions: Vec<SuggestionsView>,
    /// For those whom the survey is not for.
    pub screened_out: String,
    /// Where to change the answer that ended the survey.
    pub screening_part: String,
    /// Back from the review.
    pub review_back: Vec<String>,
    /// Where the review leads those whom the survey is not for.
    pub outside: bool,
    /// What the server has to say at the review.
    pub notice: Option<NoticeView>,
    /// The receipt that ends the document.
    pub receipt: String,
}

/// A language to change to.
pub struct OtherLanguage {
    /// BCP 47 code.
    pub code: String,
    /// Its own name.
    pub name: String,
    /// Where the form is posted in that language.
    pub address: String,
}

/// A title and a text.
pub struct NoticeView {
    /// What happened.
    pub title: String,
    /// What to do.
    pub text: String,
}

/// One screen with questions.
pub struct PartView {
    /// `del-3`.
    pub fragment: String,
    /// The server opens it.
    pub open: bool,
    /// Off path, by what the server knows.
    pub off: bool,
    /// It can be off path.
    pub dependent: bool,
    /// "Del 3 av 7".
    pub step: String,
    /// The heading.
    pub title: String,
    /// When to answer it, in words.
    pub hint: Option<String>,
    /// The support numbers stand here.
    pub support: bool,
    /// What opens it on the review, for a sensitive part.
    pub show: Option<String>,
    /// On the link that leads here from the review.
    pub change: String,
    /// Its questions.
    pub questions: Vec<QuestionView>,
    /// Targets of Next.
    pub next: Vec<NextView>,
    /// Targets of Back.
    pub back: Vec<String>,
    /// All faults of the form, where this part is the one that is opened for them.
    pub summary: Option<SummaryView>,
}

/// A link to the next screen.
pub struct NextView {
    /// Fragment.
    pub target: String,
    /// What it says.
    pub label: String,
}

/// The linked list of faults.
pub struct SummaryView {
    /// "Det finns 2 fel att rätta".
    pub title: String,
    /// The faults.
    pub faults: Vec<SummaryLine>,
}

/// A fault, and where to mend it.
pub struct SummaryLine {
    /// Element id.
    pub target: String,
    /// What to do.
    pub text: String,
}

/// A question, or a row of a matrix.
#[derive(Template)]
#[template(path = "survey/question.html")]
pub struct QuestionView {
    /// The box's element id.
    pub id: String,
    /// The wording.
    pub text: String,
    /// Help below it.
    pub help: Option<String>,
    /// When to answer it, in words.
    pub hint: Option<String>,
    /// Off path, by what the server knows.
    pub off: bool,
    /// Nothing is answered, by what the server knows.
    pub unanswered: bool,
    /// Says that it needs an answer.
    pub required: Option<String>,
    /// What is wrong.
    pub fault: Option<String>,
    /// Says that too much is chosen, and is seen only then.
    pub limit: Option<String>,
    /// What the review says where nothing is answered.
    pub empty: String,
    /// Whether a ticked box tells nothing before the rules have been asked.
    pub depends: bool,
    /// What to answer with.
    pub body: Body,
}

/// What a question is answered with.
pub enum Body {
    /// Boxes or buttons.
    Options { kind: &'static str, name: String, options: Vec<OptionView> },
    /// A list.
    List(ListView),
    /// A text.
    Text(TextView),
    /// Rows of a matrix.
    Rows(Vec<QuestionView>),
    /// Places of a repeated block.
    Places(Vec<PlaceView>),
}

/// A box or a button.
pub struct OptionView {
    /// Its value in the form.
    pub value: String,
    /// The label.
    pub label: String,
    /// `c` where it counts as a choice, `x` where it excludes the others: rules ask for these.
    pub class: &'static str,
    /// Chosen.
    pub checked: bool,
    /// Not chosen or off path, by what the server knows.
    pub off: bool,
    /// Its own text.
    pub text: Option<TextView>,
}

/// A text field.
pub struct TextView {
    /// Element id of the control.
    pub id: String,
    /// Its name in the form.
    pub name: String,
    /// What it says, where the question's wording does not.
    pub label: String,
    /// What is written.
    pub value: String,
    /// The most characters.
    pub max: usize,
    /// Several lines.
    pub long: bool,
    /// "Högst 1000 tecken."
    pub length: String,
    /// The list of suggestions.
    pub list: Option<String>,
    /// Off path, by what the server knows.
    pub off: bool,
    /// What is wrong with it.
    pub fault: Option<String>,
}

/// A list to choose one from.
pub struct ListView {
    /// Element id of the control.
    pub id: String,
    /// Its name in the form.
    pub name: String,
    /// What the empty choice says.
    pub choose: String,
    /// Options before and after groups have no label.
    pub groups: Vec<ListGroup>,
    /// On paper: where the options stand.
    pub paper: String,
    /// On paper: the options, where they stand here.
    pub paper_options: Vec<String>,
    /// Names stand in their own direction.
    pub mixed: bool,
}

/// Options of a list that belong together.
pub struct ListGroup {
    /// What the group is called.
    pub label: Option<String>,
    /// Its options.
    pub options: Vec<ListOption>,
}

/// One option of a list.
pub struct ListOption {
    /// Its value in the form.
    pub value: String,
    /// The label.
    pub label: String,
    /// Chosen.
    pub selected: bool,
}

/// A place of a repeated block.
pub struct PlaceView {
    /// The box's element id.
    pub id: String,
    /// "Plats 2".
    pub title: String,
    /// What adds it.
    pub toggle: Option<ToggleView>,
    /// Off path, by what the server knows.
    pub off: bool,
    /// Its items.
    pub questions: Vec<QuestionView>,
}

/// The box that adds a place.
pub struct ToggleView {
    /// Element id.
    pub id: String,
    /// Its name in the form.
    pub name: String,
    /// What it says.
    pub label: String,
    /// Ticked.
    pub checked: bool,
}

/// Suggestions for a text.
pub struct SuggestionsView {
    /// Element id.
    pub id: String,
    /// The suggestions.
    pub names: Vec<String>,
}

impl QuestionView {
    /// The box's classes: `w` asks the rules whether anything is answered, `off` and `un` are for browsers that have
    /// no rules.
    fn classes(&self) -> String {
        let classes = [(self.depends, "w"), (self.off, "off"), (self.unanswered, "un")];
        classes.iter().filter(|(has, _)| *has).map(|(_, class)| *class).collect::<Vec<_>>().join(" ")
    }

    /// The ids of what describes the question.
    fn described_by(&self) -> String {
        let notes = [(self.help.is_some(), "h"), (self.fault.is_some(), "e")];
        let ids: Vec<_> = notes.iter().filter(|(has, _)| *has).map(|(_, note)| format!("{}-{note}", self.id)).collect();
        ids.join(" ")
    }
}
