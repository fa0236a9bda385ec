//! The frame of a page: what `templates/base.html` needs besides the page's own content.
//!
//! Header, quick exit, notice, accessibility statement and support are the same everywhere, so that a resident
//! finds them without looking. A page's struct holds a [`Frame`] and its template extends `base.html`:
//!
//! ```ignore
//! #[derive(askama::Template)]
//! #[template(path = "thanks.html")]
//! struct Thanks { frame: Frame, … }
//! ```

use crate::i18n;

/// What stands around a page's content.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The language's code.
    pub language: String,
    /// Written from right to left.
    pub right_to_left: bool,
    /// Address of the style sheet.
    pub stylesheet: String,
    /// Address of the script, where the page has one. Every page works without.
    pub script: Option<String>,
    /// The dialogue's residents are made up: a banner says so.
    pub simulated: bool,
    /// The quick exit's texts.
    pub exit: Exit,
    /// The same page in the other languages.
    pub languages: Vec<LanguageLink>,
    /// What the addresses of the footer's pages begin with; empty where they stand beside the page itself.
    pub beside: String,
    /// The footer's links open another tab: where leaving the page would lose what is written.
    pub links_in_new_tab: bool,
}

/// The texts of the quick exit, in the page's language.
#[derive(Debug, Clone)]
pub struct Exit {
    /// On the button.
    pub button: String,
    /// Spoken before the button by screen readers.
    pub prefix: String,
    /// What it does, and what it does not.
    pub help: String,
}

/// A link to the same page in another language.
#[derive(Debug, Clone)]
pub struct LanguageLink {
    /// BCP 47 code.
    pub code: String,
    /// The language's own name.
    pub name: String,
    /// The page's address in that language.
    pub address: String,
}

impl Frame {
    /// The frame of a page in `language`, without script or links to other languages.
    pub fn new(language: &str, stylesheet: &str) -> Self {
        Self {
            language: language.to_owned(),
            right_to_left: i18n::right_to_left(language),
            stylesheet: stylesheet.to_owned(),
            script: None,
            simulated: false,
            exit: Exit {
                button: i18n::text(language, "exit-button"),
                prefix: i18n::text(language, "exit-prefix"),
                help: i18n::text(language, "exit-help"),
            },
            languages: Vec::new(),
            beside: format!("/{language}/"),
            links_in_new_tab: false,
        }
    }

    /// The interface message `key` in the page's language.
    pub fn text(&self, key: &str) -> String {
        i18n::text(&self.language, key)
    }

    /// The interface message `key` with one argument, in the page's language.
    pub fn text_with(&self, key: &str, name: &str, value: &str) -> String {
        i18n::text_with(&self.language, key, &[(name, value.into())])
    }
}
