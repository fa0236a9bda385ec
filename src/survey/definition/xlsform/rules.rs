//! Rules between the two languages: `Q06 in ['a', 'b']` and `(${Q06} = 'a' or ${Q06} = 'b')`.

use super::report::Unmappable;
use super::xpath::Expr;
use crate::survey::definition::expression::Expression;
use crate::survey::routing::evaluate::MOST_OPTIONS;

/// What a rule needs to know of a question with options.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// Its name in XLSForm: `Q07_dag`.
    pub name: String,
    /// Its name in our rules: `Q07.dag`.
    pub reference: String,
    /// It takes several choices.
    pub several: bool,
    /// Its options.
    pub options: Vec<Known>,
}

/// An option of such a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Its name in XLSForm.
    pub name: String,
    /// Its id here.
    pub id: String,
    /// It has a code from 0 up.
    pub answers: bool,
    /// It answers, and does not stand alone.
    pub counts: bool,
}

/// The longest rule that is made, in bytes. The longest one of the real survey has 100.
const MOST_BYTES: usize = 8 * 1024;

/// Our rule as XLSForm says it; nothing where it refers to what is not known, or gets too long.
pub fn to_xpath(rule: &Expression, asked: &dyn Fn(&str) -> Option<Asked>) -> Option<String> {
    Some(xpath(rule, asked)?.0).filter(|text| text.len() <= MOST_BYTES)
}

/// The text, and whether it must stand in brackets among others: a sum of `or` or `and`.
fn xpath(rule: &Expression, asked: &dyn Fn(&str) -> Option<Asked>) -> Option<(String, Level)> {
    let equals = |name: &str, option: &str| format!("${{{name}}} = '{option}'");
    match rule {
        Expression::In { question, options } => {
            let asked = asked(&question.value)?;
            let each: Vec<_> = options.iter().map(|option| equals(&asked.name, &option.value)).collect();
            let level = if each.len() > 1 { Level::Any } else { Level::One };
            Some((each.join(" or "), level))
        }
        Expression::Selected { question, option } => {
            Some((format!("selected(${{{}}}, '{}')", asked(&question.value)?.name, option.value), Level::One))
        }
        Expression::Answered { question } => {
            let asked = asked(&question.value)?;
            let said = if asked.several {
                format!("count-selected(${{{}}}) >= 1", asked.name)
            } else {
                format!("${{{}}} != ''", asked.name)
            };
            without(said, &asked, |option| option.answers)
        }
        Expression::Count { question, at_least } => {
            let asked = asked(&question.value)?;
            let said = format!("count-selected(${{{}}}) >= {at_least}", asked.name);
            // Options that stand alone can't be among two.
            without(said, &asked, |option| option.counts || *at_least > 1)
        }
        Expression::All(members) => joined(members, Level::All, asked),
        Expression::Any(members) => joined(members, Level::Any, asked),
        Expression::Not(inner) => match &**inner {
            Expression::In { question, options } if options.len() == 1 => {
                let option = options.first().map_or("", |option| &option.value);
                Some((format!("${{{}}} != '{option}'", asked(&question.value)?.name), Level::One))
            }
            _ => Some((format!("not({})", xpath(inner, asked)?.0), Level::One)),
        },
    }
}

/// `said`, and none of the options that `meant` leaves out.
fn without(said: String, asked: &Asked, meant: impl Fn(&Known) -> bool) -> Option<(String, Level)> {
    if asked.options.len() > MOST_OPTIONS {
        return None;
    }
    let mut parts = vec![said];
    for option in asked.options.iter().filter(|option| !meant(option)) {
        parts.push(if asked.several {
            format!("not(selected(${{{}}}, '{}'))", asked.name, option.name)
        } else {
            format!("${{{}}} != '{}'", asked.name, option.name)
        });
    }
    let level = if parts.len() > 1 { Level::All } else { Level::One };
    Some((parts.join(" and "), level))
}

fn joined(members: &[Expression], level: Level, asked: &dyn Fn(&str) -> Option<Asked>) -> Option<(String, Level)> {
    let members: Option<Vec<_>> = members.iter().map(|member| xpath(member, asked)).collect();
    Some(join(members?, level))
}

/// How tightly an expression holds together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Any,
    All,
    One,
}

/// Members put together, those that hold looser in brackets.
fn join(mut members: Vec<(String, Level)>, level: Level) -> (String, Level) {
    if members.len() == 1 {
        return members.remove(0);
    }
    let bracketed = |(text, inner): (String, Level)| if inner <= level { format!("({text})") } else { text };
    let word = if level == Level::All { " and " } else { " or " };
    (members.into_iter().map(bracketed).collect::<Vec<_>>().join(word), level)
}

/// A rule of XLSForm as ours.
pub fn from_xpath<'a>(
    rule: &Expr,
    asked: &dyn Fn(&str) -> Result<&'a Asked, Unmappable>,
) -> Result<String, Unmappable> {
    let (text, _) = ours(rule, asked)?;
    if text.len() <= MOST_BYTES { Ok(text) } else { Err(Unmappable::TooLong) }
}

type Ours = Result<(String, Level), Unmappable>;

fn ours<'a>(rule: &Expr, asked: &dyn Fn(&str) -> Result<&'a Asked, Unmappable>) -> Ours {
    let all = |members: &[Expr], level| -> Ours {
        let members: Result<Vec<_>, _> = members.iter().map(|member| ours(member, asked)).collect();
        Ok(join(members?, level))
    };
    match rule {
        Expr::Or(members) => all(members, Level::Any),
        Expr::And(members) => {
            // `true() and …`: what always holds adds nothing.
            let always = |member: &&Expr| !matches!(member, Expr::Call(name, _) if name == "true");
            let members: Vec<_> = members.iter().filter(always).cloned().collect();
            if members.is_empty() { Err(Unmappable::Constant) } else { all(&members, Level::All) }
        }
        Expr::Call(name, arguments) => match (name.as_str(), arguments.as_slice()) {
            ("not", [inner]) => Ok(negated(ours(inner, asked)?)),
            ("selected", [Expr::Ref(question), option]) => {
                let asked = asked(question)?;
                let option = option_of(asked, &literal(option).ok_or(Unmappable::NotOptions)?)?;
                Ok((chosen(asked, &option), Level::One))
            }
            ("true" | "false", []) => Err(Unmappable::Constant),
            ("boolean" | "string-length" | "count-selected", [Expr::Ref(question)]) => any_of(asked(question)?),
            _ => Err(Unmappable::Function(format!("{name}()"))),
        },
        Expr::Compare(sign, left, right) => compared(sign, left, right, asked),
        Expr::Ref(question) => any_of(asked(question)?),
        Expr::Arithmetic | Expr::Dot | Expr::Literal(_) | Expr::Number(_) | Expr::Name(_) => {
            Err(Unmappable::NotOptions)
        }
    }
}

fn compared<'a>(
    sign: &'static str,
    left: &Expr,
    right: &Expr,
    asked: &dyn Fn(&str) -> Result<&'a Asked, Unmappable>,
) -> Ours {
    let is_value = |side: &Expr| matches!(side, Expr::Literal(_) | Expr::Number(_));
    if is_value(left) && !is_value(right) {
        let turned = match sign {
            "<" => ">",
            "<=" => ">=",
            ">" => "<",
            ">=" => "<=",
            other => other,
        };
        return compared(turned, right, left, asked);
    }
    let Some(value) = literal(right) else { return Err(Unmappable::NotOptions) };
    match left {
        Expr::Ref(question) => {
            let asked = asked(question)?;
            let said = if value.is_empty() {
                negated(any_of(asked)?)
            } else if asked.several {
                return Err(Unmappable::Compared(question.clone()));
            } else {
                (chosen(asked, &option_of(asked, &value)?), Level::One)
            };
            match sign {
                "=" => Ok(said),
                "!=" => Ok(negated(said)),
                _ => Err(Unmappable::NotOptions),
            }
        }
        Expr::Call(name, arguments) if name == "count-selected" => {
            let [Expr::Ref(question)] = arguments.as_slice() else { return Err(Unmappable::NotOptions) };
            let asked = asked(question)?;
            let number: u32 = value.parse().map_err(|_| Unmappable::NotOptions)?;
            let least = |number| at_least(asked, number);
            match sign {
                ">=" => least(number),
                ">" => least(number + 1),
                "<" => Ok(negated(least(number)?)),
                "<=" => Ok(negated(least(number + 1)?)),
                "=" | "!=" => {
                    let more = negated(least(number + 1)?);
                    let said = if number == 0 { more } else { join(vec![least(number)?, more], Level::All) };
                    Ok(if sign == "=" { said } else { negated(said) })
                }
                _ => Err(Unmappable::NotOptions),
            }
        }
        // `string-length(${a}) > 0`: anything is answered.
        Expr::Call(name, arguments) if name == "string-length" => match (arguments.as_slice(), sign, value.as_str()) {
            ([Expr::Ref(question)], ">" | "!=", "0") | ([Expr::Ref(question)], ">=", "1") => any_of(asked(question)?),
            ([Expr::Ref(question)], "=", "0") | ([Expr::Ref(question)], "<", "1") => {
                Ok(negated(any_of(asked(question)?)?))
            }
            _ => Err(Unmappable::NotOptions),
        },
        _ => match ours(left, asked) {
            // `selected(…) = 'true'` and the like are nothing that people write.
            Ok(_) => Err(Unmappable::Unreadable),
            Err(why) => Err(why),
        },
    }
}

fn literal(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Literal(text) => Some(text.trim().to_owned()),
        Expr::Number(number) => Some(number.clone()),
        _ => None,
    }
}

fn option_of(asked: &Asked, name: &str) -> Result<String, Unmappable> {
    let found = asked.options.iter().find(|option| option.name == name);
    let missing = || Unmappable::NoOption(asked.name.clone(), name.to_owned());
    found.map(|option| option.id.clone()).ok_or_else(missing)
}

fn chosen(asked: &Asked, option: &str) -> String {
    if asked.several {
        format!("selected({}, '{option}')", asked.reference)
    } else {
        format!("{} == '{option}'", asked.reference)
    }
}

/// Any answer at all, "will not say" too.
fn any_of(asked: &Asked) -> Ours {
    let reference = &asked.reference;
    if asked.options.iter().all(|option| option.answers) {
        return Ok((format!("answered({reference})"), Level::One));
    }
    if asked.options.len() > MOST_OPTIONS {
        return Err(Unmappable::TooLong);
    }
    if asked.several {
        let each = asked.options.iter().map(|option| (chosen(asked, &option.id), Level::One)).collect();
        return Ok(join(each, Level::Any));
    }
    let ids: Vec<_> = asked.options.iter().map(|option| format!("'{}'", option.id)).collect();
    Ok((format!("{reference} in [{}]", ids.join(", ")), Level::One))
}

fn at_least(asked: &Asked, number: u32) -> Ours {
    if !asked.several {
        return Err(Unmappable::NotOptions);
    }
    match number {
        0 => Err(Unmappable::Constant),
        1 if asked.options.iter().all(|option| option.counts) => {
            Ok((format!("any_selected({})", asked.reference), Level::One))
        }
        1 => any_of(asked),
        _ => Ok((format!("count({}) >= {number}", asked.reference), Level::One)),
    }
}

fn negated((text, level): (String, Level)) -> (String, Level) {
    match text.strip_prefix("not ") {
        Some(inner) if level == Level::One => (inner.to_owned(), Level::One),
        _ if level == Level::One && !text.starts_with('(') && text.contains(" == ") => {
            (text.replacen(" == ", " != ", 1), Level::One)
        }
        _ if level == Level::One && !text.starts_with('(') && text.contains(" != ") => {
            (text.replacen(" != ", " == ", 1), Level::One)
        }
        _ if level == Level::One => (format!("not {text}"), Level::One),
        _ => (format!("not ({text})"), Level::One),
    }
}
