//! What stands at the head of a questionnaire: version, title, languages.

use super::context::Entries;
use super::{Builder, lists, parts};
use crate::survey::definition::node::{Node, Value};
use crate::survey::definition::xlsform::report::{Place, What};

impl Builder<'_> {
    /// The version: a number, or 1 in a form that others wrote.
    pub fn version(&mut self, root: &mut Entries) {
        let Some(version) = self.form.setting("version") else {
            let place = Place { sheet: "settings".to_owned(), row: 2, column: None };
            return self.context.add(root, "version", place, Value::Number(1));
        };
        let number: Option<i64> = version.text.trim().parse().ok().filter(|number| (1..=999_999).contains(number));
        if number.is_none() && !self.context.own {
            let told = What::Setting("version".to_owned(), version.text.trim().to_owned());
            self.context.say(version.place.clone(), told);
        }
        let value = match number {
            Some(number) => Value::Number(number),
            None if self.context.own => lists::number(&version.text),
            None => Value::Number(1),
        };
        self.context.add(root, "version", version.place, value);
    }

    /// The form's title in the default language: what XLSForm says is shown to people, so it counts.
    pub fn title(&mut self, before: &mut Entries) {
        let said = self.form_title();
        match before.iter_mut().find(|(key, _)| key.value == "title") {
            Some((_, Node { value: Value::Map(known), .. })) => {
                said.into_iter().for_each(|(language, node)| parts::replace(known, language, node));
            }
            Some(_) => {}
            None => {
                let place = Place { sheet: "settings".to_owned(), row: 2, column: None };
                self.context.add_texts(before, "title", place, said);
            }
        }
    }

    /// The form's title as a text in its default language.
    pub fn form_title(&mut self) -> Entries {
        let mut texts = Entries::new();
        let title = self.form.setting("form_title");
        let default = self.form.setting("default_language").map(|value| value.text.trim().to_owned());
        let code = default.and_then(|written| self.context.languages.code(&written)).map(|(_, code)| code);
        let code = code.or_else(|| self.context.languages.codes().next().cloned());
        if let (Some(title), Some(code)) = (title, code) {
            self.context.add_text(&mut texts, &code, title.place, title.text.trim_end());
        }
        texts
    }

    /// The languages of a form that others wrote.
    pub fn languages(&mut self) -> Vec<Node> {
        let place = Place { sheet: "survey".to_owned(), row: 1, column: None };
        let codes: Vec<String> = self.context.languages.codes().cloned().collect();
        let mut nodes = Vec::new();
        for code in codes {
            let mut map = Entries::new();
            let name = self.context.languages.name(&code);
            self.context.add_text(&mut map, "code", place.clone(), &code);
            self.context.add_text(&mut map, "name", place.clone(), &name);
            self.context.add(&mut map, "reviewed", place.clone(), Value::Bool(false));
            nodes.push(self.context.node(place.clone(), Value::Map(map)));
        }
        nodes
    }
}
