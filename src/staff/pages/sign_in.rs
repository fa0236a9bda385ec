//! `/personal/logga-in` and its second steps, and `/personal/logga-ut`.

use actix_web::http::StatusCode;
use actix_web::web::{self, Data};
use actix_web::{HttpRequest, HttpResponse};
use jiff::Timestamp;

use super::{FormPage, Link, Message, START, StaffFrame, fault, to};
use crate::http::error::Error;
use crate::http::form::{Faults, Field, Fields, Kind};
use crate::http::site::page;
use crate::i18n;
use crate::mail::Address;
use crate::staff::LANGUAGE;
use crate::staff::audit::{self, Act, Action, Actor};
use crate::staff::guard::{SIGN_IN, Staff, safe_return};
use crate::staff::office::{Jar, Office};
use crate::staff::session;
use crate::staff::sign_in::{self, Code, Next, Password, SecondStep, SignedIn};

/// The page of the one-time code.
const CODE: &str = "/personal/logga-in/kod";

/// The page of the recovery code.
const RECOVERY: &str = "/personal/logga-in/reservkod";

/// The way to the municipality's provider.
const PROVIDER: &str = "/personal/logga-in/oidc";

/// What the sign-in page is told by its address.
#[derive(serde::Deserialize)]
pub struct Query {
    /// Where to go afterwards.
    till: Option<String>,
    /// What was done before.
    klart: Option<String>,
}

pub(super) fn return_to(text: &str) -> &str {
    safe_return(text).unwrap_or(START)
}

fn password_form(request: &HttpRequest, office: &Office, mail: &str, back: &str) -> FormPage {
    let mut form = FormPage::new(request, "staff-sign-in-title", "staff-sign-in");
    let text = |key: &str| i18n::text(LANGUAGE, key);
    form.fields = vec![
        Field::new("mail", text("staff-field-mail"), Kind::Mail).filled(mail, &Faults::default()),
        Field::new("password", text("staff-field-password"), Kind::Password("current-password")),
    ];
    form.hidden = vec![("till", back.to_owned())];
    form.action = SIGN_IN.to_owned();
    if office.provider.is_some() {
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("till", back).finish();
        form.links.push(Link::new(&format!("{PROVIDER}?{query}"), text("staff-provider-link")));
    }
    form.links.push(Link::new("/personal/glomt-losenord", text("staff-forgotten-link")));
    form
}

/// The sign-in page. Who is signed in already goes on.
///
/// # Errors
/// [`Error`].
pub async fn show(
    request: HttpRequest,
    office: Data<Office>,
    query: web::Query<Query>,
    staff: Option<Staff>,
) -> Result<HttpResponse, Error> {
    let back = return_to(query.till.as_deref().unwrap_or_default());
    if staff.is_some() {
        return Ok(to(back));
    }
    let mut form = password_form(&request, &office, "", back);
    form.notice = match query.klart.as_deref() {
        Some("losenord") => Some(i18n::text(LANGUAGE, "staff-sign-in-after-password")),
        Some("ut") => Some(i18n::text(LANGUAGE, "staff-sign-in-after-sign-out")),
        _ => None,
    };
    form.respond(&request)
}

/// 429, and when to try again.
///
/// # Errors
/// [`Error::Internal`] where the template fails.
pub fn shut(request: &HttpRequest, office: &Office, until: Timestamp) -> Result<HttpResponse, Error> {
    let seconds = office.clock.now().duration_until(until).as_secs().max(1);
    let frame = StaffFrame::of(request);
    let minutes = (seconds + 59) / 60;
    let wait = i18n::text_with(LANGUAGE, "staff-shut", &[("minutes", minutes.into())]);
    let message = Message {
        title: frame.text("staff-shut-title"),
        paragraphs: vec![wait, frame.text("staff-shut-next")],
        links: vec![Link::new("/personal/glomt-losenord", frame.text("staff-forgotten-link"))],
        frame,
    };
    let mut response = page(request, StatusCode::TOO_MANY_REQUESTS, &message)?;
    response.headers_mut().insert(actix_web::http::header::RETRY_AFTER, seconds.into());
    Ok(response)
}

/// 303 with the cookies of who is signed in.
pub fn enter(office: &Office, signed_in: &SignedIn, back: &str) -> HttpResponse {
    let mut response = to(back);
    set_cookies(office, signed_in, &mut response);
    response
}

/// Gives the browser the cookies of who is signed in.
pub fn set_cookies(office: &Office, signed_in: &SignedIn, response: &mut HttpResponse) {
    for (jar, token) in [(Jar::Session, &signed_in.session), (Jar::Device, &signed_in.device)] {
        // A token is hexadecimal: it fits a header.
        let _ = response.add_cookie(&office.cookie(jar, token));
    }
}

/// Takes address and password.
///
/// # Errors
/// [`Error`].
pub async fn take(request: HttpRequest, office: Data<Office>, fields: Fields) -> Result<HttpResponse, Error> {
    let (mail, password) = (fields.text("mail"), fields.secret("password"));
    let back = return_to(&fields.text("till")).to_owned();
    let form = password_form(&request, &office, &mail, &back);
    let Ok(address) = mail.parse::<Address>() else {
        return form.again(fault("mail", "staff-fault-mail"), &request);
    };
    if password.is_empty() {
        return form.again(fault("password", "staff-fault-password-missing"), &request);
    }
    let visitor = office.visitor(&request);
    let tried = Office::block(&office, move |office| sign_in::with_password(office, &visitor, &address, &password));
    match tried.await? {
        Password::Wrong => form.again(fault("mail", "staff-fault-sign-in"), &request),
        Password::Shut(until) => shut(&request, &office, until),
        Password::Right(next) => go_on(&request, &office, next, &back, |address| Ok(to(address))),
    }
}

/// The answer to a first step that was right. `lead` makes the answer that leads to an address of ours.
///
/// # Errors
/// [`Error::Internal`] where the template fails.
pub fn go_on(
    request: &HttpRequest,
    office: &Data<Office>,
    next: Next,
    back: &str,
    lead: impl FnOnce(&str) -> Result<HttpResponse, Error>,
) -> Result<HttpResponse, Error> {
    match next {
        Next::SecondStep(token) => {
            let query = form_urlencoded::Serializer::new(String::new()).append_pair("till", back).finish();
            let mut response = lead(&format!("{CODE}?{query}"))?;
            let _ = response.add_cookie(&office.cookie(Jar::Session, &token));
            Ok(response)
        }
        Next::SetUp(mail) => {
            Office::send_later(office, mail);
            let frame = StaffFrame::of(request);
            let message = Message {
                title: frame.text("staff-set-up-title"),
                paragraphs: vec![frame.text("staff-set-up")],
                links: Vec::new(),
                frame,
            };
            page(request, StatusCode::OK, &message)
        }
        Next::In(signed_in) => {
            let mut response = lead(back)?;
            set_cookies(office, &signed_in, &mut response);
            Ok(response)
        }
    }
}

fn code_form(request: &HttpRequest, recovery: bool, back: &str) -> FormPage {
    let text = |key: &str| i18n::text(LANGUAGE, key);
    let mut form = if recovery {
        FormPage::new(request, "staff-recovery-title", "staff-sign-in")
    } else {
        FormPage::new(request, "staff-code-title", "staff-sign-in")
    };
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("till", back).finish();
    let (lead, field, other) = if recovery {
        let field = Field::new("code", text("staff-field-recovery-code"), Kind::Line("off"));
        (text("staff-recovery-lead"), field, Link::new(&format!("{CODE}?{query}"), text("staff-code-link")))
    } else {
        let field = Field::new("code", text("staff-field-code"), Kind::Code);
        (text("staff-code-lead"), field, Link::new(&format!("{RECOVERY}?{query}"), text("staff-recovery-link")))
    };
    form.lead = vec![lead];
    form.fields = vec![field];
    form.links = vec![other];
    form.hidden = vec![("till", back.to_owned())];
    form
}

async fn is_waiting(request: &HttpRequest, office: &Data<Office>) -> Result<bool, Error> {
    let Some(token) = office.token(request, Jar::Session) else { return Ok(false) };
    Office::run(office, move |office, conn| Ok(sign_in::waiting(office, conn, &token)?.is_some())).await
}

async fn show_step(
    request: HttpRequest,
    office: Data<Office>,
    query: &Query,
    recovery: bool,
) -> Result<HttpResponse, Error> {
    let back = return_to(query.till.as_deref().unwrap_or_default());
    if !is_waiting(&request, &office).await? {
        return Ok(to(SIGN_IN));
    }
    code_form(&request, recovery, back).respond(&request)
}

async fn take_step(
    request: HttpRequest,
    office: Data<Office>,
    fields: Fields,
    recovery: bool,
) -> Result<HttpResponse, Error> {
    let back = return_to(&fields.text("till")).to_owned();
    let Some(token) = office.token(&request, Jar::Session) else { return Ok(to(SIGN_IN)) };
    let (visitor, code) = (office.visitor(&request), fields.text("code"));
    let tried = Office::run(&office, move |office, conn| {
        let step = if recovery { SecondStep::Recovery(&code) } else { SecondStep::OneTime(&code) };
        sign_in::with_code(office, conn, &visitor, &token, &step)
    });
    match tried.await? {
        Code::In(signed_in) => Ok(enter(&office, &signed_in, &back)),
        Code::TooLate => Ok(to(SIGN_IN)),
        Code::Shut(until) => shut(&request, &office, until),
        Code::Wrong => {
            let key = if recovery { "staff-fault-recovery-code" } else { "staff-fault-code" };
            code_form(&request, recovery, &back).again(fault("code", key), &request)
        }
    }
}

/// The page that asks for a one-time code.
///
/// # Errors
/// [`Error`].
pub async fn show_code(
    request: HttpRequest,
    office: Data<Office>,
    query: web::Query<Query>,
) -> Result<HttpResponse, Error> {
    show_step(request, office, &query, false).await
}

/// Takes a one-time code.
///
/// # Errors
/// [`Error`].
pub async fn take_code(request: HttpRequest, office: Data<Office>, fields: Fields) -> Result<HttpResponse, Error> {
    take_step(request, office, fields, false).await
}

/// The page that asks for a recovery code.
///
/// # Errors
/// [`Error`].
pub async fn show_recovery(
    request: HttpRequest,
    office: Data<Office>,
    query: web::Query<Query>,
) -> Result<HttpResponse, Error> {
    show_step(request, office, &query, true).await
}

/// Takes a recovery code.
///
/// # Errors
/// [`Error`].
pub async fn take_recovery(request: HttpRequest, office: Data<Office>, fields: Fields) -> Result<HttpResponse, Error> {
    take_step(request, office, fields, true).await
}

/// Ends the session of this browser.
///
/// # Errors
/// [`Error`].
pub async fn sign_out(office: Data<Office>, staff: Staff) -> Result<HttpResponse, Error> {
    Office::run(&office, move |office, conn| {
        let now = office.clock.now();
        Ok(audit::write(conn, |conn| {
            session::end(conn, staff.id, staff.session.id)?;
            audit::log(conn, now, &Act::new(Actor::Staff(staff.id), Action::SignedOut))
        })?)
    })
    .await?;
    let mut response = to(&format!("{SIGN_IN}?klart=ut"));
    let _ = response.add_cookie(&office.no_cookie(Jar::Session));
    // Pages that were shown are forgotten, so that Back shows none of them.
    response.headers_mut().insert(
        actix_web::http::header::HeaderName::from_static("clear-site-data"),
        actix_web::http::header::HeaderValue::from_static("\"cache\""),
    );
    Ok(response)
}
