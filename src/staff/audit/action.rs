//! What can be logged: one word each, never changed once it has been used.

use crate::i18n;

/// Declares the actions with their words and their names for people.
macro_rules! actions {
    ($($(#[$doc:meta])+ $variant:ident = $word:literal, $key:literal;)+) => {
        /// Something that staff did, or that was done to an account.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Action {
            $($(#[$doc])+ $variant,)+
        }

        impl Action {
            /// All actions, in the order in which pages list them.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word in the database and in exports.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// What people read.
            pub fn name(self, language: &str) -> String {
                match self { $(Self::$variant => i18n::text(language, $key)),+ }
            }
        }
    };
}

actions! {
    /// Signed in.
    SignedIn = "session.opened", "audit-session-opened";
    /// Signed in with a recovery code instead of the second factor.
    SignedInByRecoveryCode = "session.opened_by_recovery_code", "audit-session-opened-by-recovery-code";
    /// Signed out.
    SignedOut = "session.closed", "audit-session-closed";
    /// Ended other sessions, one's own or another person's.
    SessionsEnded = "session.ended", "audit-session-ended";
    /// Too many failed tries: unknown browsers wait.
    TooManyTries = "session.too_many_tries", "audit-session-too-many-tries";
    /// Invited a person.
    Invited = "account.invited", "audit-account-invited";
    /// A link was made to set up an account once more.
    LinkMade = "account.link_made", "audit-account-link-made";
    /// Accepted the invitation, or set the account up once more.
    Welcomed = "account.set_up", "audit-account-set-up";
    /// Signed in at the provider for the first time: who she is there is remembered.
    ProviderRemembered = "account.provider_remembered", "audit-account-provider-remembered";
    /// Asked for a new password.
    ResetAsked = "account.reset_asked", "audit-account-reset-asked";
    /// Changed the password.
    PasswordChanged = "account.password_changed", "audit-account-password-changed";
    /// Made new recovery codes.
    RecoveryCodesMade = "account.recovery_codes_made", "audit-account-recovery-codes-made";
    /// Removed the second factor, so that it is set up anew.
    SecondFactorReset = "account.second_factor_reset", "audit-account-second-factor-reset";
    /// Changed what a person may do.
    RolesChanged = "account.roles_changed", "audit-account-roles-changed";
    /// Made an account inactive.
    Deactivated = "account.deactivated", "audit-account-deactivated";
    /// Made an account active again.
    Reactivated = "account.reactivated", "audit-account-reactivated";
    /// Exported the log.
    LogExported = "log.exported", "audit-log-exported";
    /// Verified the log's chain.
    LogVerified = "log.verified", "audit-log-verified";
    /// Made a draft.
    DialogueMade = "dialogue.made", "audit-dialogue-made";
    /// Edited a draft.
    DialogueEdited = "dialogue.edited", "audit-dialogue-edited";
    /// Replaced a draft's questionnaire.
    QuestionnaireReplaced = "dialogue.questionnaire_replaced", "audit-dialogue-questionnaire-replaced";
    /// Corrected texts of an open dialogue.
    TextsCorrected = "dialogue.texts_corrected", "audit-dialogue-texts-corrected";
    /// Changed whom residents ask, or what is said when the survey is closed.
    WordsEdited = "dialogue.words_edited", "audit-dialogue-words-edited";
    /// Published a privacy notice or an accessibility statement.
    StatementPublished = "dialogue.statement_published", "audit-dialogue-statement-published";
    /// Approved a draft as the second person.
    DialogueReviewed = "dialogue.reviewed", "audit-dialogue-reviewed";
    /// Opened a dialogue.
    DialogueOpened = "dialogue.opened", "audit-dialogue-opened";
    /// Took a dialogue back for a while.
    DialoguePaused = "dialogue.paused", "audit-dialogue-paused";
    /// Opened a paused dialogue again.
    DialogueResumed = "dialogue.resumed", "audit-dialogue-resumed";
    /// Moved the planned end.
    DialogueEndMoved = "dialogue.end_moved", "audit-dialogue-end-moved";
    /// Closed a dialogue to new visitors.
    DialogueClosed = "dialogue.closed", "audit-dialogue-closed";
    /// Put a closed dialogue away.
    DialogueArchived = "dialogue.archived", "audit-dialogue-archived";
    /// Destroyed a dialogue's answers by a decision.
    DialoguePurged = "dialogue.purged", "audit-dialogue-purged";
    /// Keyed in answers from paper: one line a sitting, at its end, without how many.
    PaperKeyed = "dialogue.paper_keyed", "audit-dialogue-paper-keyed";
    /// Mixed by hand.
    Mixed = "dialogue.mixed", "audit-dialogue-mixed";
    /// Filled a dialogue with simulated residents.
    Simulated = "dialogue.simulated", "audit-dialogue-simulated";
    /// Exported tables.
    TablesExported = "results.exported", "audit-results-exported";
}

impl Action {
    /// The action with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|action| action.word() == word)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn words_are_different() {
        let words: BTreeSet<&str> = Action::ALL.iter().map(|action| action.word()).collect();
        assert_eq!(words.len(), Action::ALL.len());
        assert_eq!(Action::from_word("account.invited"), Some(Action::Invited));
        assert_eq!(Action::from_word("account"), None);
    }
}
