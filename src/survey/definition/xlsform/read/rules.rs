//! When a row is asked: the service's own rule where it still says what XLSForm says, else XLSForm's.

use super::Builder;
use super::context::Entries;
use super::lists::is_yes;
use crate::survey::definition::node::Value;
use crate::survey::definition::xlsform::report::{Place, Unmappable, What};
use crate::survey::definition::xlsform::rules::from_xpath;
use crate::survey::definition::xlsform::sheet::Row;
use crate::survey::definition::xlsform::xpath::{Expr, parse};

/// When a row is asked.
#[derive(Debug, Default, Clone)]
pub struct Asking {
    /// The rule in our language, and where it stands; none where it is always asked.
    pub rule: Option<(Place, String)>,
    /// It is switched off.
    pub off: bool,
}

impl Asking {
    /// Adds `relevant` to a map.
    pub fn add(&self, map: &mut Entries, builder: &mut Builder<'_>) {
        if let Some((place, rule)) = &self.rule {
            builder.context.add(map, "relevant", place.clone(), Value::Text(rule.clone()));
        }
    }
}

impl Builder<'_> {
    /// When a row is asked; `inherited` are the rules of groups around it that are no parts.
    pub fn asking(&mut self, row: &Row, inherited: &[String]) -> Asking {
        let cell = row.get("relevant");
        let said = cell.as_ref().map(|cell| cell.text.trim().to_owned()).unwrap_or_default();
        let own = row.get("trygghet::relevant");
        let off = said.replace(' ', "") == "false()" || is_yes(&row.text("disabled"));
        let edited = self.context.edited.contains(&row.number);
        let place = cell.as_ref().map_or_else(|| row.place(), |cell| cell.place.clone());
        if self.context.own && inherited.is_empty() && (!edited || off) {
            return Asking { rule: own.map(|own| (own.place, own.text)), off };
        }
        if edited {
            self.context.say(place.clone(), What::Edited("relevant".to_owned()));
        }
        let said = self.without_screen_out(row, &said);
        let mut rules: Vec<String> = inherited.to_vec();
        if !off && !said.is_empty() {
            match self.ours(&said) {
                Ok(rule) => rules.extend(rule),
                Err(why) => self.context.say(place.clone(), What::Relevant(said, why)),
            }
        }
        Asking { rule: all_of(&rules).map(|rule| (place, rule)), off }
    }

    /// The rule in our language; none where it always holds.
    fn ours(&self, said: &str) -> Result<Option<String>, Unmappable> {
        let expression = parse(said).ok_or(Unmappable::Unreadable)?;
        match &expression {
            Expr::Call(name, arguments) if name == "true" && arguments.is_empty() => Ok(None),
            Expr::Number(number) if number == "1" => Ok(None),
            _ => from_xpath(&expression, &|name| self.names.asked(name)).map(Some),
        }
    }

    /// A part's rule without what the service wrote before it: that no earlier answer has ended the survey.
    fn without_screen_out(&self, row: &Row, said: &str) -> String {
        let before = self.not_ended.get(&row.text("name")).filter(|before| !before.is_empty());
        let rest = before.and_then(|before| said.strip_prefix(before.as_str()));
        rest.map_or_else(|| said.to_owned(), |rest| rest.trim_start_matches(" and ").to_owned())
    }

    /// Whether an answer is needed.
    pub fn required(&mut self, row: &Row) -> bool {
        if let Some((_, message)) = row.texts("required_message").into_iter().next() {
            self.context.say(message.place, What::Message);
        }
        let Some(cell) = row.get("required") else { return false };
        let said = cell.text.trim().to_lowercase();
        if is_yes(&said) {
            return true;
        }
        if !matches!(said.as_str(), "no" | "false" | "false()" | "0") {
            self.context.say(cell.place, What::RequiredRule(cell.text.trim().to_owned()));
        }
        false
    }
}

/// All of these rules as one.
pub fn all_of(rules: &[String]) -> Option<String> {
    match rules {
        [] => None,
        [single] => Some(single.clone()),
        several => {
            let bracketed = |rule: &String| if rule.contains(" or ") { format!("({rule})") } else { rule.clone() };
            Some(several.iter().map(bracketed).collect::<Vec<_>>().join(" and "))
        }
    }
}
