//! The one way to change a dialogue from a page.

use actix_web::web::Data;
use serde_json::json;

use crate::db::Connection;
use crate::http::error::Error;
use crate::i18n;
use crate::staff::LANGUAGE;
use crate::staff::audit;
use crate::staff::failure::Failure;
use crate::staff::office::Office;
use crate::survey::definition::compare::TextChange;
use crate::survey::dialogue::statement::Kind;
use crate::survey::dialogue::{ChangeError, State};
use crate::survey::pages::desk::Desk;

/// Does `work`, which changes and logs, in one transaction. Afterwards this copy of the service shows the change; others
/// follow when they next look. What the person can act on is the inner error ([`in_words`]).
///
/// # Errors
/// [`Error`] where the database refuses.
pub async fn change<T, F>(office: &Data<Office>, desk: &Data<Desk>, work: F) -> Result<Result<T, ChangeError>, Error>
where
    T: Send + 'static,
    F: FnMut(&mut Connection) -> Result<T, ChangeError> + Send + 'static,
{
    let desk = desk.clone();
    Office::run(office, move |_, conn| {
        let done = match audit::write(conn, work) {
            Err(ChangeError::Database(error)) => return Err(Failure::from(error)),
            done => done,
        };
        if done.is_ok()
            && let Err(error) = desk.refresh()
        {
            tracing::error!("a dialogue was changed, and is not shown yet: {error}");
        }
        Ok(done)
    })
    .await
}

/// What the log says of texts that were changed: of what, in which language, before and after.
pub fn differences(changes: &[TextChange]) -> serde_json::Value {
    let changes: Vec<_> =
        changes.iter().map(|change| json!([change.of, change.language, change.before, change.after])).collect();
    json!({ "changes": changes })
}

/// Why a dialogue was not changed, for people.
pub fn in_words(error: &ChangeError) -> String {
    let text = |key| i18n::text(LANGUAGE, key);
    match error {
        ChangeError::State { found, .. } => {
            i18n::text_with(LANGUAGE, "dialogue-refused-state", &[("state", state_name(*found).into())])
        }
        ChangeError::OwnReview => text("dialogue-refused-own-review"),
        ChangeError::ChangedMeanwhile => text("dialogue-refused-changed"),
        ChangeError::EndInThePast => text("dialogue-refused-past"),
        ChangeError::NoDecision => text("dialogue-refused-no-decision"),
        ChangeError::NoRetentionDecision => text("dialogue-refused-no-retention"),
        ChangeError::NoStatement(Kind::Privacy) => text("dialogue-refused-no-notice"),
        ChangeError::NoStatement(Kind::Accessibility) => text("dialogue-refused-no-statement"),
        ChangeError::SlugTaken(slug) => {
            i18n::text_with(LANGUAGE, "dialogue-refused-taken", &[("slug", slug.as_str().into())])
        }
        ChangeError::Definition(problems) => {
            let first = problems.first().map_or_else(String::new, |problem| problem.in_language(LANGUAGE));
            i18n::text_with(LANGUAGE, "dialogue-refused-definition", &[("problem", first.into())])
        }
        ChangeError::Structure(changes) => {
            let changes: Vec<_> = changes.iter().map(|change| change.in_language(LANGUAGE)).collect();
            i18n::text_with(LANGUAGE, "dialogue-refused-structure", &[("changes", changes.join("; ").into())])
        }
        ChangeError::HoldsRealAnswers | ChangeError::Unknown | ChangeError::Database(_) => {
            text("dialogue-refused-otherwise")
        }
    }
}

/// A state's name, as it stands in a sentence: "öppen".
pub fn state_name(state: State) -> String {
    let key = match state {
        State::Draft => "dialogue-state-draft",
        State::Reviewed => "dialogue-state-reviewed",
        State::Open => "dialogue-state-open",
        State::Paused => "dialogue-state-paused",
        State::Closing => "dialogue-state-closing",
        State::Closed => "dialogue-state-closed",
        State::Archived => "dialogue-state-archived",
        State::Purged => "dialogue-state-purged",
    };
    i18n::text(LANGUAGE, key)
}
