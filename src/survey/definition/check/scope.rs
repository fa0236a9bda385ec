//! What a rule can see from where it stands, and its meaning in terms of fields.

use super::names::{Named, Names};
use crate::i18n::said;
use crate::survey::definition::expression::{self, Expression};
use crate::survey::definition::model::{Field, FieldKind};
use crate::survey::definition::node::Located;
use crate::survey::definition::problem::Problems;
use crate::survey::definition::source::Rule;
use crate::survey::routing::Condition;

/// The place of a rule in the questionnaire.
pub(super) struct Scope<'a> {
    /// The fields before it: all that it may refer to.
    pub fields: &'a [Field],
    /// All names, to tell why one can't be referred to.
    pub names: &'a Names,
    /// The question that the rule belongs to; empty for parts and for the plan.
    pub subject: &'a str,
    /// The repeated block around it, and the number of the place.
    pub block: Option<(&'a str, usize)>,
}

impl Scope<'_> {
    /// The condition that a rule states; `None` where it was faulty.
    pub fn condition(&self, rule: &Rule, problems: &mut Problems) -> Option<Condition> {
        let expression = expression::parse(rule, problems)?;
        self.resolve(&expression, problems)
    }

    /// The earlier field that `name` means from here.
    pub fn field(&self, name: &Located<String>, problems: &mut Problems) -> Option<usize> {
        let here = self.block.map(|(block, place)| format!("{block}.{place}.{}", name.value));
        let is =
            |field: &Field| Some(&field.name) == here.as_ref() || (field.place.is_none() && field.name == name.value);
        let full = self.full_name(&name.value);
        if self.names.faulty(&full) {
            return None;
        }
        let found = self.fields.iter().position(is);
        if found.is_none() {
            self.explain(name, problems);
        }
        found
    }

    /// The name by which exports know what `asked` means from here.
    fn full_name(&self, asked: &str) -> String {
        let inside = self.block.map(|(block, _)| format!("{block}.{asked}"));
        inside.filter(|full| self.names.get(full).is_some()).unwrap_or_else(|| asked.to_owned())
    }

    /// Why `name` can't be referred to from here.
    fn explain(&self, name: &Located<String>, problems: &mut Problems) {
        let asked = &name.value;
        let full = self.full_name(asked);
        if full == self.subject {
            return problems.add(name.at, said("def-itself").with("id", asked));
        }
        if self.names.switched_off(&full) {
            let message = said("def-switched-off").with("id", asked);
            return problems.add_with_hint(name.at, message, said("def-switched-off-hint"));
        }
        match self.names.get(&full) {
            Some(Named::Matrix) => {
                let rows: Vec<_> = self.names.below(&full).collect();
                let hint = said("def-name-row").with("rows", rows.join(", "));
                problems.add_with_hint(name.at, said("def-is-matrix").with("id", asked), hint);
            }
            Some(Named::Block) => {
                let message = said("def-is-block-answer").with("id", asked);
                problems.add(name.at, message);
            }
            Some(Named::Item) if self.block.is_none() => self.outside_its_block(name, problems),
            Some(_) => {
                let message = said("def-later").with("id", asked);
                problems.add_with_hint(name.at, message, said("def-later-hint"));
            }
            None if self.names.all().any(|known| known.ends_with(&format!(".{asked}"))) => {
                self.outside_its_block(name, problems);
            }
            None => {
                let known = self
                    .fields
                    .iter()
                    .filter(|field| matches!(field.kind, FieldKind::Single { .. } | FieldKind::Multi { .. }));
                let known = known.map(|field| match field.place {
                    Some(_) => field.question.rsplit('.').next().unwrap_or_default(),
                    None => field.name.as_str(),
                });
                problems.add_unknown(name.at, said("def-unknown-question").with("id", asked), asked, known);
            }
        }
    }

    fn outside_its_block(&self, name: &Located<String>, problems: &mut Problems) {
        let message = said("def-in-block").with("id", &name.value);
        problems.add_with_hint(name.at, message, said("def-in-block-hint"));
    }

    fn resolve(&self, expression: &Expression, problems: &mut Problems) -> Option<Condition> {
        match expression {
            Expression::In { question, options } => {
                let field = self.closed(question, problems)?;
                if matches!(self.fields[field].kind, FieldKind::Multi { .. }) {
                    let option = options.first().map_or("", |option| &option.value);
                    let hint = said("def-write-selected").with("question", &question.value).with("option", option);
                    let message = said("def-several-compared").with("id", &question.value);
                    problems.add_with_hint(question.at, message, hint);
                    return None;
                }
                // All of them are looked up before any is missed, so that every fault shows.
                let chosen: Vec<_> =
                    options.iter().map(|option| self.chosen(field, question, option, problems)).collect();
                chosen.into_iter().collect::<Option<Vec<_>>>().map(any)
            }
            Expression::Selected { question, option } => {
                let field = self.several(question, &format!("{} == '{}'", question.value, option.value), problems)?;
                self.chosen(field, question, option, problems)
            }
            Expression::Answered { question } => {
                let field = self.closed(question, problems)?;
                let said = self.fields[field].options().iter().enumerate().filter(|(_, option)| option.code >= 0);
                Some(any(said.map(|(option, _)| Condition::Chosen { field, option }).collect()))
            }
            Expression::Count { question, at_least } => {
                let field = self.several(question, &format!("answered({})", question.value), problems)?;
                Some(Condition::Count { field, at_least: *at_least })
            }
            Expression::All(members) => {
                let resolved: Vec<_> = members.iter().map(|member| self.resolve(member, problems)).collect();
                let resolved = resolved.into_iter().collect::<Option<Vec<_>>>()?;
                Some(resolved.into_iter().fold(Condition::Always, Condition::and))
            }
            Expression::Any(members) => {
                let resolved: Vec<_> = members.iter().map(|member| self.resolve(member, problems)).collect();
                resolved.into_iter().collect::<Option<Vec<_>>>().map(any)
            }
            Expression::Not(inner) => self.resolve(inner, problems).map(Condition::negate),
        }
    }

    /// A field whose answers are options: nothing else compiles to CSS.
    fn closed(&self, question: &Located<String>, problems: &mut Problems) -> Option<usize> {
        let field = self.field(question, problems)?;
        if matches!(self.fields[field].kind, FieldKind::Single { .. } | FieldKind::Multi { .. }) {
            return Some(field);
        }
        let message = said("def-text-rule").with("id", &question.value);
        problems.add_with_hint(question.at, message, said("def-text-rule-hint"));
        None
    }

    fn several(&self, question: &Located<String>, instead: &str, problems: &mut Problems) -> Option<usize> {
        let field = self.closed(question, problems)?;
        if matches!(self.fields[field].kind, FieldKind::Multi { .. }) {
            return Some(field);
        }
        let message = said("def-takes-one").with("id", &question.value);
        problems.add_with_hint(question.at, message, said("def-write").with("instead", instead));
        None
    }

    fn chosen(
        &self,
        field: usize,
        question: &Located<String>,
        option: &Located<String>,
        problems: &mut Problems,
    ) -> Option<Condition> {
        let options = self.fields[field].options();
        let found = options.iter().position(|known| known.id == option.value);
        if found.is_none() {
            let message = said("def-no-option").with("id", &question.value).with("option", &option.value);
            let known = options.iter().map(|option| option.id.as_str());
            problems.add_unknown(option.at, message, &option.value, known);
        }
        found.map(|option| Condition::Chosen { field, option })
    }
}

/// At least one holds; kept flat, for each level shows in the style sheet.
fn any(members: Vec<Condition>) -> Condition {
    let mut flat = Vec::with_capacity(members.len());
    for member in members {
        match member {
            Condition::Any(inner) => flat.extend(inner),
            single => flat.push(single),
        }
    }
    if flat.len() == 1 { flat.remove(0) } else { Condition::Any(flat) }
}
