//! Something to say, before it is known in which language: staff read it on a page in Swedish, whoever runs a command in
//! English.

use std::fmt;

use super::text_with;

/// The command line's language.
const COMMANDS: &str = "en";

/// A message with what stands in it. `Display` is the command line's English.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Said {
    key: &'static str,
    arguments: Vec<(&'static str, Argument)>,
}

/// What stands in a message.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Argument {
    /// A name, a number: the same in every language.
    Word(String),
    /// Another message.
    Said(Said),
}

/// The message `key`, without arguments.
pub fn said(key: &'static str) -> Said {
    Said { key, arguments: Vec::new() }
}

impl Said {
    /// The same with a name or a number in it.
    pub fn with(mut self, name: &'static str, word: impl fmt::Display) -> Self {
        self.arguments.push((name, Argument::Word(word.to_string())));
        self
    }

    /// The same with another message in it.
    pub fn saying(mut self, name: &'static str, other: Self) -> Self {
        self.arguments.push((name, Argument::Said(other)));
        self
    }

    /// What people read.
    pub fn in_language(&self, language: &str) -> String {
        let arguments: Vec<_> = self
            .arguments
            .iter()
            .map(|(name, argument)| {
                let text = match argument {
                    Argument::Word(word) => word.clone(),
                    Argument::Said(other) => other.in_language(language),
                };
                (*name, text.into())
            })
            .collect();
        text_with(language, self.key, &arguments)
    }
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_language(COMMANDS))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_may_hold_another_in_the_same_language() {
        let rule = said("xlsform-relevant").with("rule", "${a} > 1").saying("why", said("xlsform-constant"));
        assert!(
            rule.to_string()
                .ends_with("`${a} > 1` is left out, so this is asked of all: it does not depend on any answer")
        );
        assert!(rule.in_language("sv").ends_with("den beror inte på något svar"), "{}", rule.in_language("sv"));
    }
}
