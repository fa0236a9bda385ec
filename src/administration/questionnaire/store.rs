//! Storing a changed questionnaire, whether it came as a file or from the editor: the whole of it before the dialogue
//! opens, its texts only while it is open. The log's line is of the same transaction.

use actix_web::web::Data;
use serde_json::json;

use super::Takes;
use crate::administration::change::{change, differences as told};
use crate::administration::dialogues::who;
use crate::http::error::Error;
use crate::staff::audit::{self, Act, Action, Object};
use crate::staff::guard::Staff;
use crate::staff::office::Office;
use crate::survey::dialogue::life::{self, Edit};
use crate::survey::dialogue::{self, ChangeError, Definition, Dialogue};
use crate::survey::pages::desk::Desk;

/// A questionnaire to store.
#[derive(Debug, Clone)]
pub(in crate::administration) struct Given {
    /// The file's name, for messages.
    pub file_name: String,
    /// The definition in our form.
    pub text: String,
    /// Its structural version.
    pub version: i32,
}

/// Stores what was given for a dialogue that stood at `revision` when the person began.
///
/// # Errors
/// [`Error`] where the database refuses; what the person can act on is the inner error.
pub(in crate::administration) async fn store(
    office: &Data<Office>,
    desk: &Data<Desk>,
    staff: &Staff,
    dialogue: &Dialogue,
    revision: i32,
    given: Given,
) -> Result<Result<Dialogue, ChangeError>, Error> {
    let (by, actor) = who(staff);
    let now = office.clock.now();
    let dialogue = dialogue.clone();
    change(office, desk, move |conn| {
        let object = Object::dialogue(dialogue.slug.as_str());
        let Given { file_name, text, version } = given.clone();
        let (changed, act) = match Takes::in_state(dialogue.state) {
            Some(Takes::Texts) => {
                let (changed, differences) = dialogue::correct_texts(conn, dialogue.id, revision, &file_name, &text)?;
                if differences.is_empty() {
                    return Ok(changed);
                }
                (changed, Act::new(actor, Action::TextsCorrected).with(told(&differences)))
            }
            Some(Takes::Everything) | None => {
                let edit = Edit {
                    definition: Some(Definition { version, text_version: 1, file_name, text }),
                    closes_at: dialogue.closes_at,
                    retention_decision: dialogue.retention_decision.clone(),
                };
                let changed = life::edit(conn, dialogue.id, revision, &edit, by, now)?;
                (changed, Act::new(actor, Action::QuestionnaireReplaced).with(json!({ "version": version })))
            }
        };
        audit::log(conn, now, &act.on(object))?;
        Ok(changed)
    })
    .await
}
