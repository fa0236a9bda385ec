//! Staff's forms: from the bytes of a POST to fields, and from faults back to the page.
//!
//! A page's form is a struct with `#[derive(Validate)]` whose rules give the key of a message. The way is always the same:
//!
//! ```ignore
//! let form = Invitation { mail: fields.text("mail"), … };
//! let faults = Faults::of(&form, LANGUAGE, &["mail"]);
//! if !faults.is_empty() { return page(&request, StatusCode::UNPROCESSABLE_ENTITY, &form.page(faults)) }
//! ```
//! [`Field`] is what `templates/form/field.html` draws; `templates/form/faults.html` is the summary that links to the
//! fields. What was typed comes back, secrets never. (The survey's form has a reading of its own: `survey::form`.)

mod fields;

use validator::Validate;

use crate::i18n;

pub use fields::Fields;

/// Something that the person is asked to mend, at a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The field's name.
    pub field: &'static str,
    /// What to do about it.
    pub message: String,
}

/// What is wrong with a form, in the order of its fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults(Vec<Fault>);

impl Faults {
    /// What the rules of `form` find, in `language`. `order` names the fields as the page has them; a rule's message is
    /// a key.
    pub fn of(form: &impl Validate, language: &str, order: &[&'static str]) -> Self {
        let Err(errors) = form.validate() else { return Self::default() };
        let found = errors.field_errors();
        let faults = order.iter().filter_map(|field| {
            let error = found.get(*field)?.first()?;
            let key = error.message.as_deref().unwrap_or("form-fault");
            Some(Fault { field, message: i18n::text(language, key) })
        });
        Self(faults.collect())
    }

    /// Adds one that the rules can't know.
    pub fn add(&mut self, field: &'static str, message: String) {
        self.0.push(Fault { field, message });
    }

    /// Whether all is well.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them, for the summary.
    pub fn iter(&self) -> std::slice::Iter<'_, Fault> {
        self.0.iter()
    }

    /// The one at a field.
    pub fn at(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|fault| fault.field == field).map(|fault| fault.message.as_str())
    }
}

/// What a field is for, which decides its keyboard, its width and what a browser fills in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A line of text; `autocomplete` as HTML has it.
    Line(&'static str),
    /// A mail address that someone signs in with.
    Mail,
    /// A mail address of someone else: a browser must not fill in one's own.
    OtherMail,
    /// A password: `current-password` or `new-password`. Its value never comes back.
    Password(&'static str),
    /// A one-time code of digits.
    Code,
    /// A day.
    Day,
    /// Running text in a language, so many rows high.
    Text {
        /// Its code.
        language: &'static str,
        /// How much is seen at once.
        rows: u32,
    },
    /// Boxes to tick.
    Boxes(Vec<Choice>),
    /// One of a list.
    List(Vec<Choice>),
}

/// An option of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is posted.
    pub value: String,
    /// What people read.
    pub label: String,
    /// More about it.
    pub hint: Option<String>,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// A field as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name, which is its id as well.
    pub name: &'static str,
    /// What people read.
    pub label: String,
    /// How to fill it in.
    pub hint: Option<String>,
    /// What it is for.
    pub kind: Kind,
    /// What was typed.
    pub value: String,
    /// What is wrong with that.
    pub fault: Option<String>,
}

impl Field {
    /// An empty field.
    pub fn new(name: &'static str, label: String, kind: Kind) -> Self {
        Self { name, label, hint: None, kind, value: String::new(), fault: None }
    }

    /// The same with a hint.
    pub fn hint(self, hint: String) -> Self {
        Self { hint: Some(hint), ..self }
    }

    /// The same with what was typed, and what is wrong with it. A password's value is left out.
    pub fn filled(self, value: &str, faults: &Faults) -> Self {
        let value = if matches!(self.kind, Kind::Password(_) | Kind::Code) { "" } else { value };
        Self { value: value.to_owned(), fault: faults.at(self.name).map(str::to_owned), ..self }
    }

    /// The attribute `type`.
    pub fn input_type(&self) -> &'static str {
        match self.kind {
            Kind::Mail | Kind::OtherMail => "email",
            Kind::Password(_) => "password",
            Kind::Day => "date",
            Kind::Line(_) | Kind::Code | Kind::Text { .. } | Kind::Boxes(_) | Kind::List(_) => "text",
        }
    }

    /// The attribute `autocomplete`.
    pub fn autocomplete(&self) -> &'static str {
        match self.kind {
            Kind::Line(autocomplete) | Kind::Password(autocomplete) => autocomplete,
            Kind::Mail => "username",
            Kind::Code => "one-time-code",
            Kind::OtherMail | Kind::Day | Kind::Text { .. } | Kind::Boxes(_) | Kind::List(_) => "off",
        }
    }

    /// The language of running text.
    pub fn language(&self) -> Option<&'static str> {
        match self.kind {
            Kind::Text { language, .. } => Some(language),
            _ => None,
        }
    }

    /// Whether it is running text that is written from right to left.
    pub fn is_right_to_left(&self) -> bool {
        self.language().is_some_and(i18n::right_to_left)
    }

    /// Whether it is one of a list.
    pub fn is_list(&self) -> bool {
        matches!(self.kind, Kind::List(_))
    }

    /// Whether it is a one-time code.
    pub fn is_code(&self) -> bool {
        self.kind == Kind::Code
    }

    /// Whether phones shall leave alone what is typed.
    pub fn is_as_typed(&self) -> bool {
        matches!(self.kind, Kind::Mail | Kind::OtherMail | Kind::Password(_) | Kind::Code)
    }

    /// The options, where it has any.
    pub fn choices(&self) -> &[Choice] {
        match &self.kind {
            Kind::Boxes(choices) | Kind::List(choices) => choices,
            _ => &[],
        }
    }

    /// What `aria-describedby` names: hint and fault, where they are.
    pub fn described_by(&self) -> String {
        let hint = self.hint.as_ref().map(|_| format!("{}-hint", self.name));
        let fault = self.fault.as_ref().map(|_| format!("{}-fault", self.name));
        hint.into_iter().chain(fault).collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Validate)]
    struct Form {
        #[validate(length(min = 1, message = "staff-fault-name"))]
        name: String,
        #[validate(length(max = 2, message = "staff-fault-name"))]
        mail: String,
    }

    #[test]
    fn faults_stand_in_the_order_of_the_page_and_secrets_do_not_come_back() {
        let form = Form { name: String::new(), mail: "long".to_owned() };
        let faults = Faults::of(&form, "sv", &["mail", "name"]);
        assert_eq!(faults.iter().map(|fault| fault.field).collect::<Vec<_>>(), ["mail", "name"]);
        let field = |kind| Field::new("mail", "E-post".to_owned(), kind).hint("Så här".to_owned());
        let shown = field(Kind::Mail).filled("long", &faults);
        assert_eq!((shown.value.as_str(), shown.described_by().as_str()), ("long", "mail-hint mail-fault"));
        assert_eq!(field(Kind::Password("new-password")).filled("hemligt", &faults).value, "");
        assert_eq!(field(Kind::Code).filled("123456", &faults).value, "");
    }
}
