//! All dialogues.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::{Found, address, complete};
use crate::administration::change::state_name;
use crate::http::error::Error;
use crate::http::site::page;
use crate::i18n::swedish_moment;
use crate::staff::guard::Staff;
use crate::staff::office::Office;
use crate::staff::pages::StaffFrame;
use crate::staff::role::Role;
use crate::survey::dialogue;

#[derive(Template)]
#[template(path = "staff/dialogues.html")]
struct List {
    frame: StaffFrame,
    rows: Vec<Row>,
    may_make: bool,
}

struct Row {
    address: String,
    title: String,
    slug: String,
    state: String,
    simulated: bool,
    opened: String,
    closes: String,
}

/// The page.
///
/// # Errors
/// [`Error`] where the database does not answer.
pub async fn show(request: HttpRequest, office: Data<Office>, staff: Staff) -> Result<HttpResponse, Error> {
    let mut found: Vec<Found> = Office::run(&office, |_, conn| {
        dialogue::all(conn)?.into_iter().map(|dialogue| complete(conn, dialogue)).collect()
    })
    .await?;
    // The latest first; drafts, which were never opened, before them.
    found.sort_by_key(|found| std::cmp::Reverse(found.dialogue.opened_at.map_or(i64::MAX, |at| at.as_second())));
    let rows = found.iter().map(row).collect();
    let may_make = staff.roles.contains(&Role::Administrator);
    page(&request, StatusCode::OK, &List { frame: StaffFrame::of(&request), rows, may_make })
}

fn row(found: &Found) -> Row {
    let dialogue = &found.dialogue;
    let moment = |at: Option<jiff::Timestamp>| at.map(swedish_moment).unwrap_or_default();
    Row {
        address: address(dialogue),
        title: found.title().to_owned(),
        slug: dialogue.slug.to_string(),
        state: state_name(dialogue.state),
        simulated: dialogue.origin == Some(dialogue::Origin::Simulated),
        opened: moment(dialogue.opened_at),
        closes: moment(dialogue.closed_at.or(dialogue.closes_at)),
    }
}
