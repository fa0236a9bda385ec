//! Limits on answers as constraints, and what is said where they are not kept.

use super::Filled;
use super::choices::Offered;
use super::survey::Writer;
use crate::i18n;
use crate::survey::definition::model::Text;

impl Writer<'_> {
    /// At most so many characters.
    pub fn text_constraint(&self, row: &mut Filled, max: i64) {
        row.set("constraint", format!("string-length(.) <= {max}"));
        self.message(row, |language| i18n::text_with(language, "survey-long", &[("max", max.into())]));
    }

    /// At most so many choices, and options that stand alone.
    pub fn choices_constraint(&self, row: &mut Filled, options: &[Offered<'_>], max: Option<i64>) {
        let mut parts: Vec<String> = max.iter().map(|max| format!("count-selected(.) <= {max}")).collect();
        let alone: Vec<_> = options.iter().filter(|offered| !offered.counts()).collect();
        for offered in &alone {
            parts.push(format!("not(selected(., '{}') and count-selected(.) > 1)", offered.option.id.value));
        }
        row.set("constraint", parts.join(" and "));
        self.message(row, |language| {
            let too_many = max.map(|max| i18n::text_with(language, "survey-too-many", &[("max", max.into())]));
            let alone = alone.iter().map(|offered| {
                let option = offered.option.text.in_language(language).to_owned();
                i18n::text_with(language, "survey-alone", &[("option", option.into())])
            });
            too_many.into_iter().chain(alone).collect::<Vec<_>>().join(" ")
        });
    }

    fn message(&self, row: &mut Filled, say: impl Fn(&str) -> String) {
        let said = self.source.languages.iter().map(|language| (language.code.clone(), say(&language.code)));
        row.texts("constraint_message", &Text(said.collect()), &self.source.languages);
    }
}
