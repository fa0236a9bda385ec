//! A rule's words and signs, each with its place.

use crate::i18n::{Said, said};
use crate::survey::definition::node::Located;
use crate::survey::definition::problem::Position;
use crate::survey::definition::source::Rule;

/// What can't be read, and where.
pub(super) type Fault = Located<Said>;

/// A word, a quoted option, a number or a sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A question or a word of the language.
    Word(String),
    /// `'option'`.
    Quoted(String),
    Number(u32),
    Sign(&'static str),
    End,
}

const SIGNS: [&str; 8] = ["==", "!=", ">=", "(", ")", "[", "]", ","];

/// A rule's tokens with their places, the end among them.
///
/// # Errors
/// A quote that does not end, or a sign that has no meaning.
pub(super) fn tokens(rule: &Rule) -> Result<Vec<Located<Token>>, Fault> {
    let mut tokens = Vec::new();
    let mut rest = rule.text.as_str();
    let place = |rest: &str| {
        let read = rule.text.len() - rest.len();
        let column = rule.text.get(..read).map_or(0, |read| read.chars().count()) as u64;
        // A rule folded over several lines is known by its beginning only.
        Position { line: rule.at.line, column: rule.at.column + if rule.exact { column } else { 0 } }
    };
    loop {
        rest = rest.trim_start();
        let at = place(rest);
        let Some(first) = rest.chars().next() else {
            tokens.push(Located { at, value: Token::End });
            return Ok(tokens);
        };
        let (value, length) = if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            (Token::Sign(sign), sign.len())
        } else if first == '\'' {
            let inner = rest.get(1..).unwrap_or_default();
            let Some(end) = inner.find('\'') else {
                return Err(Located { at, value: said("def-quote-open") });
            };
            (Token::Quoted(inner.get(..end).unwrap_or_default().to_owned()), end + 2)
        } else {
            let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.')).unwrap_or(rest.len());
            let word = rest.get(..end).unwrap_or_default();
            if word.is_empty() {
                return Err(Located { at, value: said("def-sign-unknown").with("sign", first) });
            }
            (word.parse().map_or_else(|_| Token::Word(word.to_owned()), Token::Number), end)
        };
        tokens.push(Located { at, value });
        rest = rest.get(length..).unwrap_or_default();
    }
}
