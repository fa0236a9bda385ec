//! The expressions of XLSForm: XPath with `${name}` for a question, as far as forms use it.

/// An expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expr {
    /// One holds.
    Or(Vec<Expr>),
    /// All hold.
    And(Vec<Expr>),
    /// `=`, `!=`, `<`, `<=`, `>`, `>=`.
    Compare(&'static str, Box<Expr>, Box<Expr>),
    /// A sum, a product, a union: nothing that a questionnaire asks about.
    Arithmetic,
    /// `selected(…)`, `not(…)`.
    Call(String, Vec<Expr>),
    /// `${name}`.
    Ref(String),
    /// `.`, the answer itself.
    Dot,
    /// `'text'`.
    Literal(String),
    /// A number, as written.
    Number(String),
    /// A name by itself, such as a column of the choices.
    Name(String),
}

/// How deep expressions may nest, and how long they may be, in bytes.
const MOST_DEPTH: usize = 24;
const MOST_BYTES: usize = 8 * 1024;

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Sign(&'static str),
    Ref(String),
    Literal(String),
    Number(String),
    Name(String),
    Dot,
}

const SIGNS: [&str; 15] = ["!=", "<=", ">=", "=", "<", ">", "(", ")", ",", "+", "*", "|", "[", "]", "/"];

/// Straight quotes for those that word processors put in, in any mixture.
fn straight(text: &str) -> String {
    let quote = |c: char| match c {
        '\u{2018}' | '\u{2019}' => '\'',
        '\u{201c}' | '\u{201d}' => '"',
        other => other,
    };
    text.chars().map(quote).collect()
}

/// Reads an expression; nothing where it can't be read.
pub fn parse(text: &str) -> Option<Expr> {
    if text.len() > MOST_BYTES {
        return None;
    }
    let mut parser = Parser { tokens: tokens(&straight(text))?, next: 0, depth: 0 };
    let expression = parser.or()?;
    (parser.next == parser.tokens.len()).then_some(expression)
}

fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, length) = if let Some(reference) = rest.strip_prefix("${") {
            let end = reference.find('}')?;
            (Token::Ref(reference.get(..end)?.trim().to_owned()), end + 3)
        } else if first == '\'' || first == '"' {
            let inner = rest.get(1..)?;
            let end = inner.find(first)?;
            (Token::Literal(inner.get(..end)?.to_owned()), end + 2)
        } else if first.is_ascii_digit() || is_negative(rest, tokens.last()) {
            let digits = |c: char| !(c.is_ascii_digit() || c == '.');
            let end = rest.get(1..)?.find(digits).map_or(rest.len(), |end| end + 1);
            (Token::Number(rest.get(..end)?.to_owned()), end)
        } else if first.is_alphabetic() || first == '_' {
            let in_name = |c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':'));
            let end = rest.find(in_name).unwrap_or(rest.len());
            (Token::Name(rest.get(..end)?.to_owned()), end)
        } else if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            (Token::Sign(sign), sign.len())
        } else if first == '.' {
            (Token::Dot, 1)
        } else if first == '-' {
            (Token::Sign("-"), 1)
        } else {
            return None;
        };
        tokens.push(token);
        rest = rest.get(length..)?.trim_start();
    }
    Some(tokens)
}

/// Whether a minus belongs to a number: where a value is expected.
fn is_negative(rest: &str, before: Option<&Token>) -> bool {
    let digit = rest.strip_prefix('-').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    digit && matches!(before, None | Some(Token::Sign("=" | "!=" | "<" | "<=" | ">" | ">=" | "(" | ",")))
}

struct Parser {
    tokens: Vec<Token>,
    next: usize,
    depth: usize,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next)
    }

    fn accept(&mut self, token: &Token) -> bool {
        let found = self.peek() == Some(token);
        self.next += usize::from(found);
        found
    }

    fn word(&mut self, word: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Name(name)) if name.eq_ignore_ascii_case(word));
        self.next += usize::from(found);
        found
    }

    fn or(&mut self) -> Option<Expr> {
        self.depth += 1;
        if self.depth > MOST_DEPTH {
            return None;
        }
        let mut members = vec![self.and()?];
        while self.word("or") {
            members.push(self.and()?);
        }
        self.depth -= 1;
        Some(if members.len() == 1 { members.remove(0) } else { Expr::Or(members) })
    }

    fn and(&mut self) -> Option<Expr> {
        let mut members = vec![self.comparison()?];
        while self.word("and") {
            members.push(self.comparison()?);
        }
        Some(if members.len() == 1 { members.remove(0) } else { Expr::And(members) })
    }

    fn comparison(&mut self) -> Option<Expr> {
        let left = self.term()?;
        for sign in ["=", "!=", "<", "<=", ">", ">="] {
            if self.accept(&Token::Sign(sign)) {
                let right = self.term()?;
                return Some(Expr::Compare(sign, Box::new(left), Box::new(right)));
            }
        }
        Some(left)
    }

    /// A value, or sums and products of values.
    fn term(&mut self) -> Option<Expr> {
        let mut value = self.value()?;
        loop {
            let sign = ["+", "-", "*", "|", "/"].iter().any(|sign| self.accept(&Token::Sign(sign)));
            if !(sign || self.word("div") || self.word("mod")) {
                return Some(value);
            }
            self.value()?;
            value = Expr::Arithmetic;
        }
    }

    fn value(&mut self) -> Option<Expr> {
        let token = self.peek()?.clone();
        self.next += 1;
        match token {
            Token::Ref(name) => Some(Expr::Ref(name)),
            Token::Literal(text) => Some(Expr::Literal(text)),
            Token::Number(number) => Some(Expr::Number(number)),
            Token::Dot => Some(Expr::Dot),
            Token::Sign("(") => {
                let inner = self.or()?;
                self.accept(&Token::Sign(")")).then_some(inner)
            }
            Token::Name(name) if self.accept(&Token::Sign("(")) => {
                let mut arguments = Vec::new();
                while !self.accept(&Token::Sign(")")) {
                    if !arguments.is_empty() && !self.accept(&Token::Sign(",")) {
                        return None;
                    }
                    arguments.push(self.or()?);
                }
                Some(Expr::Call(name.to_lowercase(), arguments))
            }
            Token::Name(name) => Some(Expr::Name(name)),
            Token::Sign(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_of_forms_are_read() {
        let name = |name: &str| Box::new(Expr::Ref(name.to_owned()));
        let said = |text: &str| Box::new(Expr::Literal(text.to_owned()));
        for (text, expected) in [
            ("${a} = 'b'", Expr::Compare("=", name("a"), said("b"))),
            ("${ a }=\u{2018}b\u{2019}", Expr::Compare("=", name("a"), said("b"))),
            ("${a} = \u{2019}b'", Expr::Compare("=", name("a"), said("b"))),
            ("${a} = -9", Expr::Compare("=", name("a"), Box::new(Expr::Number("-9".to_owned())))),
            ("count-selected(.) <= 3", {
                let call = Expr::Call("count-selected".to_owned(), vec![Expr::Dot]);
                Expr::Compare("<=", Box::new(call), Box::new(Expr::Number("3".to_owned())))
            }),
            ("${a} + 1 > 2", Expr::Compare(">", Box::new(Expr::Arithmetic), Box::new(Expr::Number("2".to_owned())))),
            ("true() or (${a} and ${b})", {
                let and = Expr::And(vec![*name("a"), *name("b")]);
                Expr::Or(vec![Expr::Call("true".to_owned(), Vec::new()), and])
            }),
        ] {
            assert_eq!(parse(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_expression_is_refused_whatever_its_size() {
        for text in ["", "${a", "${a} = ", "'a", "selected(${a}", "a b", "=", "${a} = 'b')", "\u{1f469}"] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(parse(&"(".repeat(5_000)), None);
        assert_eq!(parse(&"not(".repeat(1_000)), None);
        assert_eq!(parse(&format!("${{a}} = '{}'", "x".repeat(10_000))), None);
    }
}
