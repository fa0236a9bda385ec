//! The steps of a dialogue's life: each is asked about on a page of its own, with what will happen.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use jiff::Timestamp;

use super::{Found, address, named, who};
use crate::administration::change::{change, in_words};
use crate::db::Connection;
use crate::http::error::Error;
use crate::http::form::Fields;
use crate::http::site::page;
use crate::staff::audit::{self, Act, Action, Object};
use crate::staff::guard::Staff;
use crate::staff::office::Office;
use crate::staff::pages::{FormPage, Link, to};
use crate::survey::dialogue::life::{self, By};
use crate::survey::dialogue::{ChangeError, Dialogue, State};
use crate::survey::pages::desk::Desk;

/// A step that needs nothing but a yes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// A second person has read it.
    Review,
    /// Residents may answer.
    Open,
    /// Taken back for a while.
    Pause,
    /// Open again.
    Resume,
    /// No new visitors; the last answers are mixed.
    Close,
    /// Put away.
    Archive,
}

/// The texts of a step's page, by key.
struct Words {
    title: &'static str,
    lead: &'static [&'static str],
    button: &'static str,
}

impl Step {
    const ALL: [Self; 6] = [Self::Review, Self::Open, Self::Pause, Self::Resume, Self::Close, Self::Archive];

    /// The last part of its address.
    pub fn word(self) -> &'static str {
        match self {
            Self::Review => "granska",
            Self::Open => "oppna",
            Self::Pause => "pausa",
            Self::Resume => "fortsatt",
            Self::Close => "stang",
            Self::Archive => "arkivera",
        }
    }

    /// The steps that a dialogue may take from a state.
    pub fn from_state(state: State) -> &'static [Self] {
        match state {
            State::Draft => &[Self::Review],
            State::Reviewed => &[Self::Open],
            State::Open => &[Self::Pause, Self::Close],
            State::Paused => &[Self::Resume, Self::Close],
            State::Closed => &[Self::Archive],
            State::Closing | State::Archived | State::Purged => &[],
        }
    }

    /// The key of the verb that leads to it.
    pub fn verb(self) -> &'static str {
        self.words().button
    }

    fn of(request: &HttpRequest) -> Result<Self, Error> {
        let word = request.path().rsplit('/').next().unwrap_or_default();
        Self::ALL.into_iter().find(|step| step.word() == word).ok_or(Error::NotFound)
    }

    fn words(self) -> Words {
        match self {
            Self::Review => Words {
                title: "dialogue-review-title",
                lead: &["dialogue-review-lead", "dialogue-review-second"],
                button: "dialogue-review",
            },
            Self::Open => Words {
                title: "dialogue-open-title",
                lead: &["dialogue-open-lead", "dialogue-open-structure"],
                button: "dialogue-open",
            },
            Self::Pause => {
                Words { title: "dialogue-pause-title", lead: &["dialogue-pause-lead"], button: "dialogue-pause" }
            }
            Self::Resume => {
                Words { title: "dialogue-resume-title", lead: &["dialogue-resume-lead"], button: "dialogue-resume" }
            }
            Self::Close => Words {
                title: "dialogue-close-title",
                lead: &["dialogue-close-lead", "dialogue-close-final"],
                button: "dialogue-close",
            },
            Self::Archive => Words {
                title: "dialogue-archive-title",
                lead: &["dialogue-archive-lead", "dialogue-archive-final"],
                button: "dialogue-archive",
            },
        }
    }

    /// Whether there is no way back.
    fn is_final(self) -> bool {
        matches!(self, Self::Close | Self::Archive)
    }

    fn action(self) -> Action {
        match self {
            Self::Review => Action::DialogueReviewed,
            Self::Open => Action::DialogueOpened,
            Self::Pause => Action::DialoguePaused,
            Self::Resume => Action::DialogueResumed,
            Self::Close => Action::DialogueClosed,
            Self::Archive => Action::DialogueArchived,
        }
    }

    fn take(
        self,
        conn: &mut Connection,
        dialogue: &Dialogue,
        revision: i32,
        by: By,
        now: Timestamp,
    ) -> Result<Dialogue, ChangeError> {
        let id = dialogue.id;
        match self {
            Self::Review => life::review(conn, id, Some(revision), by),
            Self::Open => life::open_reviewed(conn, id, Some(revision), by, now),
            Self::Pause => life::pause(conn, id, revision, now),
            Self::Resume => life::resume(conn, id, revision, now),
            Self::Close => life::begin_to_close(conn, id, Some(revision), now),
            Self::Archive => life::archive(conn, id, revision),
        }
    }
}

fn question(request: &HttpRequest, step: Step, found: &Found) -> FormPage {
    let words = step.words();
    let mut form = FormPage::new(request, words.title, words.button);
    form.lead = std::iter::once(format!("{}.", found.title()))
        .chain(words.lead.iter().map(|key| form.frame.text(key)))
        .collect();
    form.hidden = vec![("revision", found.dialogue.revision.to_string())];
    form.dangerous = step.is_final();
    form.links = vec![Link::new(&address(&found.dialogue), form.frame.text("dialogue-back"))];
    form
}

/// Asks whether to take the step.
///
/// # Errors
/// [`Error::NotFound`] where there is no such dialogue.
pub async fn ask(request: HttpRequest, office: Data<Office>) -> Result<HttpResponse, Error> {
    let step = Step::of(&request)?;
    let found = named(&request, &office).await?;
    question(&request, step, &found).respond(&request)
}

/// Takes the step.
///
/// # Errors
/// [`Error::NotFound`] where there is no such dialogue; [`Error::Malformed`] without the revision.
pub async fn take(
    request: HttpRequest,
    office: Data<Office>,
    desk: Data<Desk>,
    staff: Staff,
    fields: Fields,
) -> Result<HttpResponse, Error> {
    let step = Step::of(&request)?;
    let found = named(&request, &office).await?;
    let revision = revision(&fields)?;
    let (by, actor) = who(&staff);
    let now = office.clock.now();
    let dialogue = found.dialogue.clone();
    let act = Act::new(actor, step.action()).on(Object::dialogue(dialogue.slug.as_str()));
    let taken = change(&office, &desk, move |conn| {
        let changed = step.take(conn, &dialogue, revision, by, now)?;
        audit::log(conn, now, &act)?;
        Ok(changed)
    });
    match taken.await? {
        Ok(dialogue) => Ok(to(&address(&dialogue))),
        Err(error) => {
            let mut form = question(&request, step, &found);
            form.notice = Some(in_words(&error));
            page(&request, StatusCode::CONFLICT, &form)
        }
    }
}

/// The revision that the page showed.
pub fn revision(fields: &Fields) -> Result<i32, Error> {
    fields.text("revision").parse().map_err(|_| Error::Malformed("revision".to_owned()))
}
