//! Which languages a form's columns are in.

use super::Form;
use super::context::Context;
use crate::i18n;
use crate::survey::definition::xlsform::columns::Heading;
use crate::survey::definition::xlsform::report::{Place, What};
use crate::survey::definition::xlsform::sheet::Table;

/// The languages of a form, in the order of their columns.
#[derive(Debug, Default)]
pub struct Languages {
    /// As written in headings, and the code.
    known: Vec<(String, String)>,
}

/// Names of the service's languages that forms use without a code.
const NAMES: [(&str, &str); 8] = [
    ("svenska", "sv"),
    ("swedish", "sv"),
    ("english", "en"),
    ("engelska", "en"),
    ("arabic", "ar"),
    ("arabiska", "ar"),
    ("العربية", "ar"),
    ("عربي", "ar"),
];

/// The code in a language's name: `Svenska (sv)`, `sv`, `sv-SE`, `Svenska`.
fn read(written: &str) -> Option<String> {
    let lower = written.trim().to_lowercase();
    let bracketed = lower.rsplit_once('(').map(|(_, rest)| rest.trim_end_matches(')').trim().to_owned());
    let code = bracketed.unwrap_or_else(|| lower.clone());
    let primary = code.split(['-', '_']).next().unwrap_or_default();
    let served = i18n::languages().find(|known| *known == primary);
    let named = || NAMES.iter().find(|(name, _)| *name == lower).map(|(_, code)| *code);
    served.or_else(named).map(str::to_owned)
}

impl Languages {
    /// The place in the order, and the code, of a language as it is written in a heading.
    pub fn code(&self, written: &str) -> Option<(usize, String)> {
        let is = |known: &str| known.eq_ignore_ascii_case(written.trim());
        let found = self.known.iter().find(|(known, code)| is(known) || (!written.is_empty() && is(code)))?;
        let order = self.codes().position(|code| *code == found.1)?;
        Some((order, found.1.clone()))
    }

    /// The codes, each once.
    pub fn codes(&self) -> impl Iterator<Item = &String> {
        let first = |index: usize, code: &String| !self.known.iter().take(index).any(|(_, earlier)| earlier == code);
        self.known.iter().enumerate().filter(move |(index, (_, code))| first(*index, code)).map(|(_, (_, code))| code)
    }

    /// The name as written of a language, without its code.
    pub fn name(&self, code: &str) -> String {
        let written = self.known.iter().find(|(written, known)| known == code && !written.is_empty());
        let name = written.map_or("", |(written, _)| written.split('(').next().unwrap_or_default().trim());
        match (name, code) {
            ("", "sv") => "Svenska".to_owned(),
            ("", "en") => "English".to_owned(),
            ("", "ar") => "العربية".to_owned(),
            (name, _) => name.to_owned(),
        }
    }
}

/// Finds the languages of all columns with texts, and tells of those that the service does not speak.
pub fn find(form: &Form, context: &mut Context) {
    let default = form.setting("default_language").map(|value| value.text.trim().to_owned()).unwrap_or_default();
    let tables = [Some(&form.survey), form.choices.as_ref()];
    let mut written: Vec<(String, Place, usize)> = Vec::new();
    for table in tables.into_iter().flatten() {
        for column in &table.columns {
            let Heading::Text(name, language) = &column.heading else { continue };
            if *name == "add_label" {
                continue;
            }
            let place = Place { sheet: table.name.clone(), row: 1, column: Some(column.index) };
            written.push((language.clone(), place, filled(table, column.index)));
        }
    }
    // The default language comes first.
    let is_default = |language: &str| language.is_empty() || language.eq_ignore_ascii_case(&default);
    written.sort_by_key(|(language, ..)| !is_default(language));
    let named: Vec<String> = written.iter().filter_map(|(language, ..)| read(language)).collect();
    for (language, place, texts) in written {
        if context.languages.known.iter().any(|(known, _)| *known == language) {
            continue;
        }
        // A column without a language is in the default one, else Swedish, unless that has columns of its own.
        let code = if !language.is_empty() {
            read(&language)
        } else if !default.is_empty() {
            read(&default)
        } else {
            (!named.iter().any(|code| code == i18n::DEFAULT_LANGUAGE)).then(|| i18n::DEFAULT_LANGUAGE.to_owned())
        };
        match code {
            Some(code) => {
                if !context.own && !language.contains('(') {
                    context.say(place, What::LanguageRead(language.clone(), code.clone()));
                }
                context.languages.known.push((language, code));
            }
            None => context.say(place, What::Language(language, texts)),
        }
    }
}

fn filled(table: &Table, column: u32) -> usize {
    table.rows.iter().map(|row| row.filled(column)).sum()
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn languages_are_known_by_code_and_by_name() {
        for (written, code) in [
            ("Svenska (sv)", Some("sv")),
            ("sv", Some("sv")),
            ("sv-SE", Some("sv")),
            ("Swedish", Some("sv")),
            ("English (en)", Some("en")),
            ("العربية (ar)", Some("ar")),
            ("Français (fr)", None),
            ("French", None),
            ("", None),
        ] {
            assert_eq!(read(written).as_deref(), code, "{written}");
        }
    }
}
