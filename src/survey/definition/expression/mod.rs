//! The language of relevance: what a rule says, with the place of every name in it.
//!
//! ```text
//! rule      := all ("or" all)*
//! all       := one ("and" one)*
//! one       := "not" one | "(" rule ")" | comparison
//! comparison := QUESTION "==" 'option' | QUESTION "!=" 'option' | QUESTION "in" ['option', …]
//!            | selected(QUESTION, 'option') | answered(QUESTION) | any_selected(QUESTION)
//!            | count(QUESTION) ">=" NUMBER
//! ```
//!
//! `answered`: an option with a code from 0 up is chosen. `any_selected` and `count`: options with a
//! code from 0 up that are not exclusive. An answer off path counts as absent, so `!=` holds where
//! nothing was answered.

mod tokens;

use self::tokens::{Fault, Token, tokens};
use super::node::Located;
use super::problem::{Position, Problems};
use super::source::Rule;
use crate::i18n::{Said, said};

/// What a rule says, names not yet resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Expression {
    /// `Q06 == 'a'`, `Q06 in ['a', 'b']`; with `!=` inside a [`Expression::Not`].
    In { question: Located<String>, options: Vec<Located<String>> },
    /// `selected(Q05, 'buss')`.
    Selected { question: Located<String>, option: Located<String> },
    /// `answered(Q06)`.
    Answered { question: Located<String> },
    /// `count(Q19) >= 2`; `any_selected(Q16)` is at least one.
    Count { question: Located<String>, at_least: u32 },
    /// All hold.
    All(Vec<Expression>),
    /// One holds.
    Any(Vec<Expression>),
    /// It does not hold.
    Not(Box<Expression>),
}

/// How deep brackets and `not` may nest.
const MOST_DEPTH: usize = 20;

/// Parses a rule; reports the first thing that it can't read.
pub(super) fn parse(rule: &Rule, problems: &mut Problems) -> Option<Expression> {
    match tokens(rule).and_then(|tokens| Parser { tokens, next: 0, depth: 0 }.whole()) {
        Ok(expression) => Some(expression),
        Err(fault) => {
            let hint = said("def-rule-hint");
            problems.add_with_hint(fault.at, said("def-no-rule").saying("why", fault.value.clone()), hint);
            None
        }
    }
}

struct Parser {
    tokens: Vec<Located<Token>>,
    next: usize,
    depth: usize,
}

impl Parser {
    fn peek(&self) -> Located<Token> {
        self.tokens
            .get(self.next)
            .or(self.tokens.last())
            .cloned()
            .unwrap_or(Located { at: Position { line: 1, column: 1 }, value: Token::End })
    }

    fn take(&mut self) -> Located<Token> {
        let token = self.peek();
        self.next += 1;
        token
    }

    /// Whether the next token is `token`; takes it then.
    fn accept(&mut self, token: &Token) -> bool {
        let found = self.peek().value == *token;
        self.next += usize::from(found);
        found
    }

    fn expect(&mut self, sign: &'static str) -> Result<(), Fault> {
        let found = self.peek();
        if self.accept(&Token::Sign(sign)) {
            Ok(())
        } else {
            Err(unexpected(&found, said("def-sign").with("sign", sign)))
        }
    }

    fn whole(mut self) -> Result<Expression, Fault> {
        let expression = self.any()?;
        let rest = self.peek();
        if rest.value == Token::End { Ok(expression) } else { Err(unexpected(&rest, said("def-expect-and"))) }
    }

    fn any(&mut self) -> Result<Expression, Fault> {
        let mut members = vec![self.all()?];
        while self.accept(&Token::Word("or".to_owned())) {
            members.push(self.all()?);
        }
        Ok(if members.len() == 1 { members.remove(0) } else { Expression::Any(members) })
    }

    fn all(&mut self) -> Result<Expression, Fault> {
        let mut members = vec![self.one()?];
        while self.accept(&Token::Word("and".to_owned())) {
            members.push(self.one()?);
        }
        Ok(if members.len() == 1 { members.remove(0) } else { Expression::All(members) })
    }

    fn one(&mut self) -> Result<Expression, Fault> {
        let token = self.take();
        self.depth += 1;
        if self.depth > MOST_DEPTH {
            return Err(Located { at: token.at, value: said("def-deep").with("most", MOST_DEPTH) });
        }
        let expression = match &token.value {
            Token::Sign("(") => {
                let inner = self.any()?;
                self.expect(")")?;
                inner
            }
            Token::Word(word) => match word.as_str() {
                "not" => Expression::Not(Box::new(self.one()?)),
                "selected" => {
                    self.expect("(")?;
                    let question = self.question()?;
                    self.expect(",")?;
                    let option = self.option()?;
                    self.expect(")")?;
                    Expression::Selected { question, option }
                }
                "answered" => Expression::Answered { question: self.bracketed_question()? },
                "any_selected" => Expression::Count { question: self.bracketed_question()?, at_least: 1 },
                "count" => {
                    let question = self.bracketed_question()?;
                    self.expect(">=")?;
                    Expression::Count { question, at_least: self.positive()? }
                }
                "and" | "or" | "in" => return Err(unexpected(&token, said("def-a-question"))),
                _ => self.comparison(Located { at: token.at, value: word.clone() })?,
            },
            _ => return Err(unexpected(&token, said("def-a-question"))),
        };
        self.depth -= 1;
        Ok(expression)
    }

    fn comparison(&mut self, question: Located<String>) -> Result<Expression, Fault> {
        let token = self.take();
        match token.value {
            Token::Sign("==") => Ok(Expression::In { question, options: vec![self.option()?] }),
            Token::Sign("!=") => {
                let options = vec![self.option()?];
                Ok(Expression::Not(Box::new(Expression::In { question, options })))
            }
            Token::Word(ref word) if word == "in" => {
                self.expect("[")?;
                let mut options = vec![self.option()?];
                while self.accept(&Token::Sign(",")) {
                    options.push(self.option()?);
                }
                self.expect("]")?;
                Ok(Expression::In { question, options })
            }
            _ => Err(unexpected(&token, said("def-expect-compare"))),
        }
    }

    fn bracketed_question(&mut self) -> Result<Located<String>, Fault> {
        self.expect("(")?;
        let question = self.question()?;
        self.expect(")")?;
        Ok(question)
    }

    fn question(&mut self) -> Result<Located<String>, Fault> {
        let token = self.take();
        match token.value {
            Token::Word(name) => Ok(Located { at: token.at, value: name }),
            _ => Err(unexpected(&token, said("def-a-question"))),
        }
    }

    fn option(&mut self) -> Result<Located<String>, Fault> {
        let token = self.take();
        match token.value {
            Token::Quoted(name) => Ok(Located { at: token.at, value: name }),
            _ => Err(unexpected(&token, said("def-expect-option"))),
        }
    }

    fn positive(&mut self) -> Result<u32, Fault> {
        let token = self.take();
        match token.value {
            Token::Number(number) if number > 0 => Ok(number),
            _ => Err(unexpected(&token, said("def-expect-positive"))),
        }
    }
}

fn unexpected(found: &Located<Token>, expected: Said) -> Fault {
    let name = match &found.value {
        Token::Word(word) => said("def-sign").with("sign", word),
        Token::Quoted(text) => said("def-quoted").with("text", text),
        Token::Number(number) => said("def-number").with("number", number),
        Token::Sign(sign) => said("def-sign").with("sign", sign),
        Token::End => said("def-end"),
    };
    Located { at: found.at, value: said("def-expected").saying("expected", expected).saying("found", name) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<Expression, String> {
        let mut problems = Problems::new("f");
        let at = Position { line: 3, column: 10 };
        let rule = Rule { at, text: text.to_owned(), exact: true };
        let expression = parse(&rule, &mut problems);
        expression.ok_or_else(|| {
            let problem = problems.into_sorted().remove(0);
            format!("{}:{} {}", problem.line, problem.column, problem.message)
        })
    }

    fn shape(expression: &Expression) -> String {
        let list = |members: &[Expression], word: &str| {
            format!("({})", members.iter().map(shape).collect::<Vec<_>>().join(word))
        };
        match expression {
            Expression::In { question, options } => {
                let options: Vec<_> = options.iter().map(|option| option.value.as_str()).collect();
                format!("{}={}", question.value, options.join("/"))
            }
            Expression::Selected { question, option } => format!("{}~{}", question.value, option.value),
            Expression::Answered { question } => format!("{}?", question.value),
            Expression::Count { question, at_least } => format!("{}#{at_least}", question.value),
            Expression::All(members) => list(members, "&"),
            Expression::Any(members) => list(members, "|"),
            Expression::Not(inner) => format!("!{}", shape(inner)),
        }
    }

    #[test]
    fn and_binds_closer_than_or_and_not_closest() {
        for (text, expected) in [
            ("Q06 == 'a'", "Q06=a"),
            ("Q06 != 'a' or Q07.dag in ['b','c'] and not answered(Q08)", "(!Q06=a|(Q07.dag=b/c&!Q08?))"),
            ("(Q06 == 'a' or any_selected(Q16)) and count(P06) >= 2", "((Q06=a|Q16#1)&P06#2)"),
            ("not not selected(Q05, 'buss')", "!!Q05~buss"),
        ] {
            assert_eq!(parsed(text).map(|expression| shape(&expression)).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn faults_name_the_place_and_what_was_expected() {
        for (text, expected) in [
            ("Q06 = 'a'", "3:14 not readable as a rule: the sign `=` has no meaning here"),
            ("Q06 == a", "3:17 not readable as a rule: expected an option in single quotes, found `a`"),
            ("Q06 == 'a", "3:17 not readable as a rule: the quote ' is not closed"),
            ("Q06 == 'å' Q07", "3:21 not readable as a rule: expected `and`, `or` or the end, found `Q07`"),
            ("count(Q06) >= 0", "3:24 not readable as a rule: expected a number from 1, found 0"),
            ("(Q06 == 'a'", "3:21 not readable as a rule: expected `)`, found the end"),
            ("Q06", "3:13 not readable as a rule: expected `==`, `!=` or `in`, found the end"),
            ("and", "3:10 not readable as a rule: expected a question, found `and`"),
        ] {
            assert_eq!(parsed(text).map(|expression| shape(&expression)), Err(expected.to_owned()), "{text}");
        }
    }

    #[test]
    fn nesting_is_bounded() {
        let deep = format!("{}Q06 == 'a'", "not ".repeat(10_000));
        assert!(parsed(&deep).is_err_and(|message| message.contains("nested deeper")));
    }
}
