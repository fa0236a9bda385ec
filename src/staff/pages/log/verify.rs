//! `/personal/logg/kontroll`: whether the log is what was written.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::LOG;
use crate::http::error::Error;
use crate::http::site::page;
use crate::i18n;
use crate::staff::LANGUAGE;
use crate::staff::audit::entry::hex;
use crate::staff::audit::{self, Act, Action, Actor, Break};
use crate::staff::guard::Staff;
use crate::staff::office::Office;
use crate::staff::pages::{Link, Message, StaffFrame};

/// Verifies the chain, and says what was found.
///
/// # Errors
/// [`Error`].
pub async fn run(request: HttpRequest, office: Data<Office>, staff: Staff) -> Result<HttpResponse, Error> {
    let (report, remembered) = Office::run(&office, move |office, conn| {
        let now = office.clock.now();
        let remembered = office.memory.read();
        let head = remembered.as_ref().ok().copied().flatten();
        let report = audit::verify(conn, head)?;
        let facts = serde_json::json!({ "entries": report.entries, "holds": report.wrong.is_none() });
        let act = Act::new(Actor::Staff(staff.id), Action::LogVerified).with(facts);
        audit::write(conn, |conn| audit::log(conn, now, &act))?;
        Ok((report, head))
    })
    .await?;
    let frame = StaffFrame::of(&request);
    let number = |key: &str, number: i64| i18n::text_with(LANGUAGE, key, &[("number", number.into())]);
    let (title, mut paragraphs) = match report.wrong {
        None => ("staff-verify-holds-title", vec![number("staff-verify-holds", report.entries)]),
        Some(wrong) => {
            let said = match wrong {
                Break::Gap(entry) => number("staff-verify-gap", entry),
                Break::Changed(entry) => number("staff-verify-changed", entry),
                Break::Cut(entry) => number("staff-verify-cut", entry),
                Break::Forgotten(entry) => number("staff-verify-forgotten", entry),
            };
            ("staff-verify-broken-title", vec![said, frame.text("staff-verify-broken-next")])
        }
    };
    match (report.wrong, remembered) {
        (None, Some((entry, _))) => paragraphs.push(number("staff-verify-remembered", entry)),
        (None, None) => paragraphs.push(frame.text("staff-verify-nothing-remembered")),
        (Some(_), _) => {}
    }
    if report.wrong.is_none() {
        paragraphs.push(frame.text("staff-verify-note"));
        paragraphs.push(format!("{}:{}", report.entries, hex(&report.head)));
    }
    let message = Message {
        title: frame.text(title),
        paragraphs,
        links: vec![Link::new(LOG, frame.text("staff-log-back"))],
        frame,
    };
    page(&request, StatusCode::OK, &message)
}
