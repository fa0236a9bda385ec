//! The frame of staff's pages: what `templates/staff/base.html` needs besides the page's own content.

use actix_web::web::Data;
use actix_web::{HttpMessage, HttpRequest};

use crate::i18n;
use crate::staff::LANGUAGE;
use crate::staff::guard::{Navigation, Staff};
use crate::staff::office::Office;

/// A link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where it leads.
    pub address: String,
    /// What it says.
    pub text: String,
    /// Whether it leads to the page that shows it.
    pub is_here: bool,
}

impl Link {
    /// A link to another page.
    pub fn new(address: &str, text: String) -> Self {
        Self { address: address.to_owned(), text, is_here: false }
    }
}

/// What stands around a page's content.
#[derive(Debug, Clone)]
pub struct StaffFrame {
    /// Address of the style sheet.
    pub stylesheet: String,
    /// Who is signed in.
    pub person: Option<String>,
    /// Where she may go.
    pub navigation: Vec<Link>,
    /// This is a demo: a banner says so.
    pub demo: bool,
}

impl StaffFrame {
    /// The frame for who makes this request.
    pub fn of(request: &HttpRequest) -> Self {
        let office = request.app_data::<Data<Office>>();
        let extensions = request.extensions();
        let staff = extensions.get::<Staff>();
        let roles = staff.map(|staff| &staff.roles);
        let entries = request.app_data::<Data<Navigation>>().map(|navigation| navigation.0.as_slice());
        let entries = entries.filter(|_| staff.is_some()).unwrap_or_default().iter();
        let navigation = entries.filter(|entry| entry.access.admits(roles)).map(|entry| Link {
            address: entry.path.to_owned(),
            text: i18n::text(LANGUAGE, entry.key),
            is_here: entry.path == request.path(),
        });
        Self {
            stylesheet: office.map(|office| office.stylesheet.clone()).unwrap_or_default(),
            person: staff.map(|staff| staff.name.clone()),
            navigation: navigation.collect(),
            demo: office.is_some_and(|office| office.demo),
        }
    }

    /// The message `key`.
    pub fn text(&self, key: &str) -> String {
        i18n::text(LANGUAGE, key)
    }

    /// The message `key` with one argument.
    pub fn text_with(&self, key: &str, name: &str, value: &str) -> String {
        i18n::text_with(LANGUAGE, key, &[(name, value.into())])
    }
}
