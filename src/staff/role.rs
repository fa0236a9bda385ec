//! What staff may do.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use crate::i18n;

/// A role. A person may have several; none means that she can sign in and see nothing but her own account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Runs the service: people, roles, log, and dialogues.
    Administrator,
    /// Runs focus groups: sees who signed up.
    Coordinator,
    /// Makes tables and releases.
    Analyst,
    /// Reads free texts and takes out what points at someone.
    CommentReader,
    /// Follows activities, reports to the board.
    Secretary,
}

/// The roles of a person.
pub type Roles = BTreeSet<Role>;

impl Role {
    /// All roles, in the order in which pages list them.
    pub const ALL: [Self; 5] =
        [Self::Administrator, Self::Coordinator, Self::Analyst, Self::CommentReader, Self::Secretary];

    /// The word in the database, in forms and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Coordinator => "coordinator",
            Self::Analyst => "analyst",
            Self::CommentReader => "comment_reader",
            Self::Secretary => "secretary",
        }
    }

    /// What people read.
    pub fn name(self, language: &str) -> String {
        match self {
            Self::Administrator => i18n::text(language, "staff-role-administrator"),
            Self::Coordinator => i18n::text(language, "staff-role-coordinator"),
            Self::Analyst => i18n::text(language, "staff-role-analyst"),
            Self::CommentReader => i18n::text(language, "staff-role-comment-reader"),
            Self::Secretary => i18n::text(language, "staff-role-secretary"),
        }
    }

    /// What the role is for, in a sentence.
    pub fn purpose(self, language: &str) -> String {
        match self {
            Self::Administrator => i18n::text(language, "staff-role-administrator-for"),
            Self::Coordinator => i18n::text(language, "staff-role-coordinator-for"),
            Self::Analyst => i18n::text(language, "staff-role-analyst-for"),
            Self::CommentReader => i18n::text(language, "staff-role-comment-reader-for"),
            Self::Secretary => i18n::text(language, "staff-role-secretary-for"),
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// A word is no role.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no role {0:?}; the roles are administrator, coordinator, analyst, comment_reader and secretary")]
pub struct NoRole(String);

impl FromStr for Role {
    type Err = NoRole;

    fn from_str(word: &str) -> Result<Self, NoRole> {
        Self::ALL.into_iter().find(|role| role.word() == word).ok_or_else(|| NoRole(word.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_has_a_word_that_is_told_when_one_is_mistyped() {
        let said = "boss".parse::<Role>().unwrap_err().to_string();
        for role in Role::ALL {
            assert_eq!(role.word().parse(), Ok(role));
            assert!(said.contains(role.word()), "{role}");
        }
    }
}
