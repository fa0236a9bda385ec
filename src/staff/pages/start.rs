//! `/personal`: what to do next.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::StaffFrame;
use crate::http::error::Error;
use crate::http::site::page;
use crate::staff::LANGUAGE;
use crate::staff::guard::Staff;

#[derive(Template)]
#[template(path = "staff/start.html")]
struct Start {
    frame: StaffFrame,
    roles: Vec<(String, String)>,
}

/// The first page after signing in: what she may do, and where.
///
/// # Errors
/// [`Error::Internal`] where the template fails.
pub async fn show(request: HttpRequest, staff: Staff) -> Result<HttpResponse, Error> {
    let roles = staff.roles.iter().map(|role| (role.name(LANGUAGE), role.purpose(LANGUAGE))).collect();
    page(&request, StatusCode::OK, &Start { frame: StaffFrame::of(&request), roles })
}
