//! The end of a sitting: by whoever keyed, or by the service when she is gone.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use jiff::Timestamp;

use super::LIST;
use crate::administration::dialogues::named;
use crate::db::{self, Connection};
use crate::http::error::Error;
use crate::staff::audit::{self, Act, Action, Actor, Object};
use crate::staff::guard::Staff;
use crate::staff::office::Office;
use crate::staff::pages::to;
use crate::staff::session;
use crate::survey::dialogue;
use crate::survey::keying::{self, Sitting};

/// Ends the sitting; what was saved last is handed in.
///
/// # Errors
/// [`Error::NotFound`] where there is no such dialogue.
pub async fn end(request: HttpRequest, office: Data<Office>, staff: Staff) -> Result<HttpResponse, Error> {
    let found = named(&request, &office).await?;
    let (id, session) = (found.dialogue.id, staff.session.id);
    Office::run(&office, move |office, conn| {
        let now = office.clock.now();
        Ok(audit::write(conn, |conn| match keying::of_session(conn, id, session)? {
            Some(sitting) => end_and_log(conn, &sitting, now),
            None => Ok(()),
        })?)
    })
    .await?;
    Ok(to(&format!("{LIST}?nyss=avslutad")))
}

/// Ends the sittings whose session is over: whoever kept one signed out, or was away for too long.
///
/// # Errors
/// The database.
pub fn end_abandoned(conn: &mut Connection, now: Timestamp) -> db::Result<()> {
    for sitting in keying::all(conn)? {
        let sessions = session::of_account(conn, sitting.account, now)?;
        if sessions.iter().all(|session| session.id != sitting.session) {
            audit::write(conn, |conn| end_and_log(conn, &sitting, now))?;
        }
    }
    Ok(())
}

/// Within a transaction: nothing where it has ended meanwhile.
fn end_and_log(conn: &mut Connection, sitting: &Sitting, now: Timestamp) -> db::Result<()> {
    if !keying::end(conn, sitting)? {
        return Ok(());
    }
    let mut act = Act::new(Actor::Staff(sitting.account), Action::PaperKeyed);
    if let Some(dialogue) = dialogue::get(conn, sitting.dialogue)? {
        act = act.on(Object::dialogue(dialogue.slug.as_str()));
    }
    audit::log(conn, now, &act)
}
