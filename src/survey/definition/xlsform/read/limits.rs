//! What a constraint says that a questionnaire can say, too.

use std::collections::BTreeSet;

use crate::survey::definition::xlsform::xpath::{Expr, parse};

/// Limits on an answer.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Limits {
    /// At most so many choices.
    pub choices: Option<i64>,
    /// At most so many characters.
    pub characters: Option<i64>,
    /// Names of options that are chosen alone.
    pub alone: BTreeSet<String>,
    /// Nothing else was said.
    pub complete: bool,
}

/// The limits that a constraint states; an empty one states none.
pub fn limits(constraint: &str) -> Limits {
    let mut limits = Limits { complete: true, ..Limits::default() };
    if constraint.trim().is_empty() {
        return limits;
    }
    match parse(constraint) {
        Some(Expr::And(members)) => {
            for member in members {
                limits.complete &= take(&member, &mut limits).is_some();
            }
        }
        Some(single) => limits.complete = take(&single, &mut limits).is_some(),
        None => limits.complete = false,
    }
    limits
}

/// Takes one statement; nothing where it has no counterpart.
fn take(statement: &Expr, limits: &mut Limits) -> Option<()> {
    if let Some(most) = at_most("count-selected", statement) {
        limits.choices = Some(most);
        return Some(());
    }
    if let Some(most) = at_most("string-length", statement) {
        limits.characters = Some(most);
        return Some(());
    }
    limits.alone.extend(alone(statement)?);
    Some(())
}

/// `count-selected(.) <= 3`: 3.
fn at_most(function: &str, statement: &Expr) -> Option<i64> {
    let Expr::Compare(sign, left, right) = statement else { return None };
    let Expr::Number(number) = &**right else { return None };
    let number: i64 = number.parse().ok()?;
    if !is_call(left, function) {
        return None;
    }
    match *sign {
        "<=" => Some(number),
        "<" => Some(number - 1),
        _ => None,
    }
}

fn is_call(expression: &Expr, function: &str) -> bool {
    matches!(expression, Expr::Call(name, arguments) if name == function && matches!(arguments.as_slice(), [Expr::Dot]))
}

/// The options that a statement wants to stand alone, in the ways that people write it.
fn alone(statement: &Expr) -> Option<Vec<String>> {
    match statement {
        // not(selected(., 'a') and count-selected(.) > 1)
        Expr::Call(name, arguments) if name == "not" => match arguments.as_slice() {
            [Expr::And(members)] => match members.as_slice() {
                [first, second] if is_count(second, true) => selected(first),
                [first, second] if is_count(first, true) => selected(second),
                _ => None,
            },
            _ => None,
        },
        // not(selected(., 'a')) or count-selected(.) = 1
        Expr::Or(members) => match members.as_slice() {
            [first, second] if is_count(second, false) => not_selected(first),
            [first, second] if is_count(first, false) => not_selected(second),
            _ => None,
        },
        // if(selected(., 'a'), count-selected(.) = 1, true())
        Expr::Call(name, arguments) if name == "if" => match arguments.as_slice() {
            [condition, then, Expr::Call(otherwise, _)] if is_count(then, false) && otherwise == "true" => {
                selected(condition)
            }
            _ => None,
        },
        _ => None,
    }
}

/// `selected(., 'a')`, or several joined by `or`: the names.
fn selected(expression: &Expr) -> Option<Vec<String>> {
    match expression {
        Expr::Call(name, arguments) if name == "selected" => match arguments.as_slice() {
            [Expr::Dot, Expr::Literal(option) | Expr::Number(option)] => Some(vec![option.clone()]),
            _ => None,
        },
        Expr::Or(members) => {
            let names: Option<Vec<_>> = members.iter().map(selected).collect();
            names.map(|names| names.concat())
        }
        _ => None,
    }
}

fn not_selected(expression: &Expr) -> Option<Vec<String>> {
    match expression {
        Expr::Call(name, arguments) if name == "not" => match arguments.as_slice() {
            [inner] => selected(inner),
            _ => None,
        },
        _ => None,
    }
}

/// Whether it says that more than one is chosen, or that not more than one is.
fn is_count(expression: &Expr, several: bool) -> bool {
    let Expr::Compare(sign, left, right) = expression else { return false };
    let Expr::Number(number) = &**right else { return false };
    let more = matches!((*sign, number.as_str()), (">", "1") | (">=", "2") | ("!=", "1"));
    let one = matches!((*sign, number.as_str()), ("=", "1") | ("<=", "1") | ("<", "2"));
    is_call(left, "count-selected") && if several { more } else { one }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_read_in_the_ways_that_people_write_them() {
        let said = |choices, characters, alone: &[&str], complete| Limits {
            choices,
            characters,
            alone: alone.iter().map(|name| (*name).to_owned()).collect(),
            complete,
        };
        for (constraint, expected) in [
            ("", said(None, None, &[], true)),
            ("count-selected(.) <= 3", said(Some(3), None, &[], true)),
            (
                "count-selected(.)<4 and not(selected(., 'none') and count-selected(.)>1)",
                said(Some(3), None, &["none"], true),
            ),
            ("if(selected(., 'none'), count-selected(.) = 1, true())", said(None, None, &["none"], true)),
            ("not(selected(., '98')) or count-selected(.) = 1", said(None, None, &["98"], true)),
            ("not((selected(.,'a') or selected(.,'b')) and count-selected(.)>=2)", said(None, None, &["a", "b"], true)),
            ("string-length(.) <= 80", said(None, Some(80), &[], true)),
            ("count-selected(.) >= 2", said(None, None, &[], false)),
            ("regex(., '[a-z]+') and string-length(.) < 9", said(None, Some(8), &[], false)),
            (". > 0 and . < 120", said(None, None, &[], false)),
            ("((", said(None, None, &[], false)),
        ] {
            assert_eq!(limits(constraint), expected, "{constraint}");
        }
    }
}
