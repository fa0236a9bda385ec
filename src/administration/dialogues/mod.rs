//! `/personal/dialoger`: all dialogues, one of them, and the steps of its life.

mod check;
mod edit;
mod list;
mod new;
mod purge;
mod show;
mod step;

pub use check::show as check;
pub use edit::{save, show as edit};
pub use list::show as list;
pub use new::{make, show as new};
pub use purge::{ask as ask_to_purge, purge};
pub use show::show;
pub(super) use step::revision;
pub use step::{ask, take};

use actix_web::HttpRequest;
use actix_web::web::Data;

use crate::db::{self, Connection};
use crate::http::error::Error;
use crate::staff::audit::Actor;
use crate::staff::failure::Failure;
use crate::staff::guard::Staff;
use crate::staff::office::Office;
use crate::survey::definition::{self, Questionnaire};
use crate::survey::dialogue::life::By;
use crate::survey::dialogue::{self, Definition, Dialogue};

/// The list's address.
pub const LIST: &str = "/personal/dialoger";

/// The address of a dialogue's page.
pub fn address(dialogue: &Dialogue) -> String {
    format!("{LIST}/{}", dialogue.slug)
}

/// A dialogue with its questionnaire.
pub(super) struct Found {
    pub dialogue: Dialogue,
    pub definition: Definition,
    pub questionnaire: Questionnaire,
}

impl Found {
    /// The dialogue's title in Swedish.
    pub fn title(&self) -> &str {
        self.questionnaire.title.in_language(self.questionnaire.default_language())
    }
}

fn complete(conn: &mut Connection, dialogue: Dialogue) -> Result<Found, Failure> {
    let wrong = |what: &str| Failure::from(db::Error::Internal(format!("the dialogue {}: {what}", dialogue.slug)));
    let definition =
        dialogue::definition(conn, dialogue.id, None)?.ok_or_else(|| wrong("there is no questionnaire"))?;
    let questionnaire = definition::load(&definition.file_name, &definition.text)
        .map_err(|_| wrong("the questionnaire no longer passes the checks"))?;
    Ok(Found { dialogue, definition, questionnaire })
}

/// The dialogue that the request's address names.
pub(super) async fn named(request: &HttpRequest, office: &Data<Office>) -> Result<Found, Error> {
    let slug = request.match_info().get("dialogue").unwrap_or_default().to_owned();
    let found = Office::run(office, move |_, conn| match dialogue::find(conn, &slug)? {
        Some(dialogue) => complete(conn, dialogue).map(Some),
        None => Ok(None),
    });
    found.await?.ok_or(Error::NotFound)
}

/// Whoever is signed in, as the one who changes a dialogue, and as the one whom the log names.
pub(super) fn who(staff: &Staff) -> (By, Actor) {
    (By::Account(staff.id), Actor::Staff(staff.id))
}
