//! The survey as one static form that pages, routes, screens out and reviews itself in CSS.
//!
//! A [`Document`] is rendered and compressed when a dialogue is published: once per language and order of options.
//! A GET sends those bytes around a fresh receipt ([`Document::empty`]). What a resident has answered comes back only
//! when the server has to say something (a fault, a change of language, "try again"): then the same template is
//! filled ([`Document::filled`]).
//!
//! - [`layout`] says what depends on answers; [`style`] makes rules of it, [`view`] with its templates the markup;
//! - [`order`] holds the random orders of options;
//! - [`splice`] joins the compressed document and the receipt.

mod build;
mod filling;
pub mod layout;
pub mod order;
mod questions;
mod splice;
pub mod style;
pub mod taken;
#[cfg(test)]
mod tests;
mod view;
pub mod words;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use askama::Template;

use crate::http::assets::{Assets, EXIT_SCRIPT, Kind};
use crate::http::encoding::Encoding;
use crate::http::minify;
use crate::survey::answers::RawAnswers;
use crate::survey::definition::{Language, Questionnaire};
use crate::survey::form::Fault;
use build::Builder;
use filling::Filling;
pub use order::{PERMUTATIONS, Permutation};
pub use splice::Joined;
use splice::{Head, Packed};

/// The script's source.
const SCRIPT: &str = include_str!("../../../static/survey.js");

/// Where the document's style sheet and script are served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssetAddresses {
    /// The style sheet: base, survey, and the rules of this questionnaire.
    pub stylesheet: String,
    /// The script, which adds comfort only.
    pub script: String,
}

impl AssetAddresses {
    /// Registers the style sheet and the script of a questionnaire.
    pub fn register(questionnaire: &Questionnaire, assets: &mut Assets) -> Self {
        Self {
            stylesheet: assets.add("enkat", Kind::Style, &style::sheet(questionnaire)),
            script: assets.add("enkat", Kind::Script, &format!("{EXIT_SCRIPT}\n{SCRIPT}")),
        }
    }
}

/// What a document needs to know of its dialogue.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Context {
    /// Its residents are made up.
    pub simulated: bool,
    /// The dialogue's part of addresses, where several are open: `/sv/{dialogue}/enkat`.
    pub dialogue: Option<String>,
    /// Where a preview is posted, but for the language's code: nothing is handed in there.
    pub preview: Option<String>,
}

impl Context {
    /// Where the survey is, in a language.
    pub fn address(&self, language: &str) -> String {
        match (&self.preview, &self.dialogue) {
            (Some(preview), _) => format!("{preview}/{language}"),
            (None, Some(dialogue)) => format!("/{language}/{dialogue}/enkat"),
            (None, None) => format!("/{language}/enkat"),
        }
    }
}

/// What stands open when a document arrives without a fragment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Open {
    /// The start.
    Start,
    /// The part at this index.
    Part(usize),
    /// The review.
    Review,
    /// The text for whom the survey is not for.
    Outside,
}

/// What the server has to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// The answers could not be taken just now, and are still here.
    NotTaken,
}

/// What a document is filled with.
#[derive(Debug, Clone, Copy)]
pub struct Filled<'a> {
    /// The answers as they came.
    pub raw: &'a RawAnswers,
    /// The order of options that she saw.
    pub order: Permutation,
    /// The receipt: the one that came, so that sending again counts once.
    pub receipt: &'a str,
    /// What to open.
    pub open: Open,
    /// What is to be mended.
    pub faults: &'a [Fault],
    /// What to say at the review.
    pub notice: Option<Notice>,
}

/// A published survey, ready to be served.
#[derive(Debug)]
pub struct Document {
    questionnaire: Arc<Questionnaire>,
    assets: AssetAddresses,
    context: Context,
    pages: BTreeMap<String, Vec<Page>>,
}

/// The empty document in one language and one order of options.
#[derive(Debug)]
struct Page {
    head: Head,
    tail: Vec<u8>,
    best: OnceLock<Packed>,
}

impl Document {
    /// Renders and compresses the empty document in all languages and orders. Compressing is quick here;
    /// [`Document::compress_well`] makes it small.
    ///
    /// # Errors
    /// A template that fails to render.
    pub fn publish(
        questionnaire: Arc<Questionnaire>,
        assets: AssetAddresses,
        context: Context,
    ) -> Result<Self, askama::Error> {
        let mut document = Self::unpublished(questionnaire, assets, context);
        for language in &document.questionnaire.languages {
            let pages: Result<Vec<Page>, askama::Error> =
                Permutation::all().map(|order| document.page(language, order)).collect();
            document.pages.insert(language.code.clone(), pages?);
        }
        Ok(document)
    }

    /// A document that is only ever filled, never served empty: a draft's preview.
    pub fn unpublished(questionnaire: Arc<Questionnaire>, assets: AssetAddresses, context: Context) -> Self {
        Self { questionnaire, assets, context, pages: BTreeMap::new() }
    }

    fn page(&self, language: &Language, order: Permutation) -> Result<Page, askama::Error> {
        // A mark that no text has, where the receipt will stand.
        const MARK: &str = "\u{1}";
        let view = Builder {
            questionnaire: &self.questionnaire,
            assets: &self.assets,
            context: &self.context,
            language,
            order,
            filling: None,
            open: Open::Start,
            notice: None,
        };
        let html = minify::page(&view.build(MARK).render()?);
        let (head, tail) = html.rsplit_once(MARK).ok_or(askama::Error::Fmt)?;
        Ok(Page { head: Head::new(head.as_bytes().to_vec()), tail: tail.as_bytes().to_vec(), best: OnceLock::new() })
    }

    /// Compresses every page as small as it gets: seconds of work, for a thread of its own. Pages are served from the
    /// quickly compressed bytes until theirs is done: first those in the language that most people read.
    pub fn compress_well(&self) {
        let default = self.questionnaire.default_language();
        let (first, then): (Vec<_>, Vec<_>) = self.pages.iter().partition(|(language, _)| *language == default);
        for page in first.into_iter().chain(then).flat_map(|(_, pages)| pages) {
            page.best.get_or_init(|| page.head.pack_well());
        }
    }

    /// The questionnaire.
    pub fn questionnaire(&self) -> &Questionnaire {
        &self.questionnaire
    }

    /// The empty document, ended by `receipt`: bytes that lie ready. A language that the questionnaire does not have
    /// gives its default one.
    pub fn empty(&self, language: &str, order: Permutation, receipt: &str, encoding: Encoding) -> Joined {
        let pages = self.pages.get(language).or_else(|| self.pages.get(self.questionnaire.default_language()));
        let Some(page) = pages.and_then(|pages| pages.get(usize::from(order.number()))) else {
            return Joined::default();
        };
        let tail = [receipt.as_bytes(), page.tail.as_slice()].concat();
        page.head.join(page.best.get(), &tail, encoding)
    }

    /// The document with what was answered.
    ///
    /// # Errors
    /// A template that fails to render.
    pub fn filled(&self, language: &str, filled: &Filled<'_>) -> Result<String, askama::Error> {
        let questionnaire = &self.questionnaire;
        let default = questionnaire.default_language();
        let language = questionnaire.language(language).or_else(|| questionnaire.language(default));
        let Some(language) = language else { return Ok(String::new()) };
        let filling = Filling::new(questionnaire, filled.raw, filled.faults);
        let view = Builder {
            questionnaire,
            assets: &self.assets,
            context: &self.context,
            language,
            order: filled.order,
            filling: Some(&filling),
            open: filled.open,
            notice: filled.notice,
        };
        view.build(filled.receipt).render()
    }

    /// The part to open for faults: the one of the first.
    pub fn part_of(&self, faults: &[Fault]) -> Open {
        let parts =
            faults.iter().filter_map(|fault| self.questionnaire.fields.get(fault.field)).map(|field| field.part);
        parts.min().map_or(Open::Review, Open::Part)
    }
}
