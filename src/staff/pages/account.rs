//! `/personal/konto`: one's own account.

use actix_web::http::StatusCode;
use actix_web::web::{self, Data};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use jiff::Timestamp;

use super::sign_in::shut;
use super::welcome::{new_password, password_faults, show_codes};
use super::{FormPage, Link, StaffFrame, to};
use crate::http::error::Error;
use crate::http::form::{Faults, Field, Fields, Kind};
use crate::http::site::page;
use crate::i18n::{self, swedish_moment};
use crate::id::RandomId;
use crate::staff::LANGUAGE;
use crate::staff::account;
use crate::staff::guard::Staff;
use crate::staff::office::Office;
use crate::staff::own_account::{self, Confirmed};
use crate::staff::session;

const PAGE: &str = "/personal/konto";

/// A session as its person sees it.
struct OpenSession {
    id: String,
    since: String,
    latest: String,
    is_this: bool,
}

#[derive(Template)]
#[template(path = "staff/account.html")]
struct AccountPage {
    frame: StaffFrame,
    notice: Option<String>,
    mail: String,
    roles: Vec<String>,
    /// Codes left; none where no second factor is set up.
    codes: Option<String>,
    sessions: Vec<OpenSession>,
}

/// What the page is told by its address.
#[derive(serde::Deserialize)]
pub struct Query {
    klart: Option<String>,
}

/// The account: who one is here, where one is signed in.
///
/// # Errors
/// [`Error`].
pub async fn show(
    request: HttpRequest,
    office: Data<Office>,
    staff: Staff,
    query: web::Query<Query>,
) -> Result<HttpResponse, Error> {
    let (id, this) = (staff.id, staff.session.id);
    let (sessions, has_factor, left) = Office::run(&office, move |office, conn| {
        let sessions = session::of_account(conn, id, office.clock.now())?;
        let has_factor = account::get(conn, id)?.is_some_and(|account| account.has_second_factor);
        Ok((sessions, has_factor, account::recovery_codes_left(conn, id)?))
    })
    .await?;
    let text = |key: &str| i18n::text(LANGUAGE, key);
    let sessions = sessions.iter().map(|session| OpenSession {
        id: session.id.to_string(),
        since: swedish_moment(session.opened_at),
        latest: swedish_moment(session.seen_at),
        is_this: session.id == this,
    });
    let notice = match query.klart.as_deref() {
        Some("losenord") => Some(text("staff-account-password-changed")),
        Some("utloggad") => Some(text("staff-account-session-ended")),
        _ => None,
    };
    let codes = i18n::text_with(LANGUAGE, "staff-account-codes-left", &[("left", left.into())]);
    let account = AccountPage {
        frame: StaffFrame::of(&request),
        notice,
        mail: staff.mail.to_string(),
        roles: staff.roles.iter().map(|role| role.name(LANGUAGE)).collect(),
        codes: has_factor.then_some(codes),
        sessions: sessions.collect(),
    };
    page(&request, StatusCode::OK, &account)
}

/// Ends one of one's sessions.
///
/// # Errors
/// [`Error`].
pub async fn end_session(office: Data<Office>, staff: Staff, id: web::Path<String>) -> Result<HttpResponse, Error> {
    let id: RandomId = id.parse().map_err(|_| Error::NotFound)?;
    Office::run(&office, move |office, conn| own_account::end_sessions(office, conn, &staff, Some(id))).await?;
    Ok(to(&format!("{PAGE}?klart=utloggad")))
}

/// Ends all of one's sessions but the present one.
///
/// # Errors
/// [`Error`].
pub async fn end_others(office: Data<Office>, staff: Staff) -> Result<HttpResponse, Error> {
    Office::run(&office, move |office, conn| own_account::end_sessions(office, conn, &staff, None)).await?;
    Ok(to(&format!("{PAGE}?klart=utloggad")))
}

fn current_password() -> Field {
    let label = i18n::text(LANGUAGE, "staff-field-current-password");
    Field::new("current", label, Kind::Password("current-password"))
}

fn password_form(request: &HttpRequest) -> FormPage {
    let mut form = FormPage::new(request, "staff-account-password-title", "staff-reset-save");
    form.lead = vec![form.frame.text("staff-account-password-lead")];
    form.fields = vec![current_password(), new_password("password")];
    form.links = vec![Link::new(PAGE, form.frame.text("staff-account-back"))];
    form
}

fn codes_form(request: &HttpRequest) -> FormPage {
    let mut form = FormPage::new(request, "staff-account-codes-title", "staff-account-codes-make");
    form.lead = vec![form.frame.text("staff-account-codes-lead")];
    form.fields = vec![current_password()];
    form.links = vec![Link::new(PAGE, form.frame.text("staff-account-back"))];
    form
}

/// The page that asks for another password.
///
/// # Errors
/// [`Error`].
pub async fn show_password(request: HttpRequest) -> Result<HttpResponse, Error> {
    password_form(&request).respond(&request)
}

/// The page that asks for the present password before new recovery codes.
///
/// # Errors
/// [`Error`].
pub async fn show_recovery_codes(request: HttpRequest) -> Result<HttpResponse, Error> {
    codes_form(&request).respond(&request)
}

/// Whether the present password was given; the fault to show, or when to try again.
async fn confirm(
    office: &Data<Office>,
    staff: &Staff,
    fields: &Fields,
    faults: &mut Faults,
) -> Result<Option<Timestamp>, Error> {
    let (current, person) = (fields.secret("current"), staff.clone());
    let done = Office::block(office, move |office| own_account::confirm(office, &person, &current));
    match done.await? {
        Confirmed::Yes => Ok(None),
        Confirmed::Shut(until) => Ok(Some(until)),
        Confirmed::No => {
            faults.add("current", i18n::text(LANGUAGE, "staff-fault-password-wrong"));
            Ok(None)
        }
    }
}

/// Sets another password.
///
/// # Errors
/// [`Error`].
pub async fn take_password(
    request: HttpRequest,
    office: Data<Office>,
    staff: Staff,
    fields: Fields,
) -> Result<HttpResponse, Error> {
    let mut faults = Faults::default();
    if let Some(until) = confirm(&office, &staff, &fields, &mut faults).await? {
        return shut(&request, &office, until);
    }
    let new = fields.secret("password");
    password_faults(&mut faults, "password", &new, &[staff.mail.as_str(), &staff.name]);
    if !faults.is_empty() {
        return password_form(&request).again(faults, &request);
    }
    let changed = Office::block(&office, move |office| own_account::change_password(office, &staff, &new));
    Office::send_later(&office, changed.await?);
    Ok(to(&format!("{PAGE}?klart=losenord")))
}

/// Makes new recovery codes, and shows them once.
///
/// # Errors
/// [`Error`].
pub async fn take_recovery_codes(
    request: HttpRequest,
    office: Data<Office>,
    staff: Staff,
    fields: Fields,
) -> Result<HttpResponse, Error> {
    let mut faults = Faults::default();
    if let Some(until) = confirm(&office, &staff, &fields, &mut faults).await? {
        return shut(&request, &office, until);
    }
    if !faults.is_empty() {
        return codes_form(&request).again(faults, &request);
    }
    let made = Office::run(&office, move |office, conn| own_account::make_recovery_codes(office, conn, &staff));
    show_codes(&request, made.await?, Link::new(PAGE, i18n::text(LANGUAGE, "staff-codes-next")))
}
