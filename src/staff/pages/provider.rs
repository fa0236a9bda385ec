//! `/personal/logga-in/oidc`: to the municipality's OpenID Connect provider, and back.
//!
//! Setting out is a link, not a form: our policy lets forms lead to our own site alone, redirects included. It changes
//! nothing but the browser's own cookie.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::sign_in::{go_on, return_to, shut};
use super::{Link, Message, StaffFrame, to};
use crate::http::error::Error;
use crate::http::site::page;
use crate::staff::guard::SIGN_IN;
use crate::staff::office::{Jar, Office};
use crate::staff::provider::enter::{self, Met};
use crate::staff::provider::journey::Journey;
use crate::staff::provider::{Provider, ProviderError};

/// The first parameter of this name in the request's address.
fn parameter(request: &HttpRequest, name: &str) -> Option<String> {
    let mut parameters = form_urlencoded::parse(request.query_string().as_bytes());
    parameters.find(|(found, _)| found == name).map(|(_, value)| value.into_owned())
}

/// A page that says why nobody is signed in, by the keys `staff-provider-<name>-title` and `staff-provider-<name>`.
fn instead(request: &HttpRequest, status: StatusCode, keys: [&str; 2]) -> Result<HttpResponse, Error> {
    let frame = StaffFrame::of(request);
    let message = Message {
        title: frame.text(keys[0]),
        paragraphs: vec![frame.text(keys[1])],
        links: vec![Link::new(SIGN_IN, frame.text("staff-to-sign-in"))],
        frame,
    };
    page(request, status, &message)
}

/// Too late, twice, or not the browser that set out.
fn over(request: &HttpRequest) -> Result<HttpResponse, Error> {
    instead(request, StatusCode::BAD_REQUEST, ["staff-provider-over-title", "staff-provider-over"])
}

fn failed(request: &HttpRequest, error: &ProviderError) -> Result<HttpResponse, Error> {
    // Of staff alone, and nothing of who it was.
    tracing::warn!("{error}");
    match error {
        ProviderError::Away(_) => {
            let keys = ["staff-provider-away-title", "staff-provider-away"];
            instead(request, StatusCode::SERVICE_UNAVAILABLE, keys)
        }
        ProviderError::Wrong(_) | ProviderError::Setting(_) => {
            instead(request, StatusCode::BAD_GATEWAY, ["staff-provider-wrong-title", "staff-provider-wrong"])
        }
    }
}

/// To the provider.
///
/// # Errors
/// [`Error::NotFound`] where none is set; [`Error`].
pub async fn begin(request: HttpRequest, office: Data<Office>) -> Result<HttpResponse, Error> {
    let provider = office.provider.as_ref().ok_or(Error::NotFound)?;
    let (now, randomness) = (office.clock.now(), office.randomness.as_ref());
    let till = parameter(&request, "till").unwrap_or_default();
    let journey = Journey::begin(return_to(&till), now, randomness);
    let address = match provider.way_there(&journey.secrets(&office.key), now).await {
        Ok(address) => address,
        Err(error) => return failed(&request, &error),
    };
    let cookie = journey.sealed(&office.key, randomness);
    let cookie = cookie.ok_or_else(|| Error::Internal("a journey can't be sealed".to_owned()))?;
    let mut response = to(&address);
    let _ = response.add_cookie(&office.cookie_with(Jar::Journey, &cookie));
    Ok(response)
}

/// A page that leads on by itself.
#[derive(Template)]
#[template(path = "staff/onward.html")]
struct Onward {
    frame: StaffFrame,
    title: String,
    address: String,
}

/// The provider's answer.
///
/// # Errors
/// [`Error::NotFound`] where no provider is set; [`Error`].
pub async fn take(request: HttpRequest, office: Data<Office>) -> Result<HttpResponse, Error> {
    let provider = office.provider.as_ref().ok_or(Error::NotFound)?;
    let cookie = request.cookie(office.cookie_name(Jar::Journey));
    let journey = cookie.and_then(|cookie| Journey::open(cookie.value(), &office.key, office.clock.now()));
    let Some(journey) = journey else { return over(&request) };
    // An answer to another question: this browser's own journey goes on.
    if parameter(&request, "state").as_deref() != Some(journey.secrets(&office.key).state.as_str()) {
        return over(&request);
    }
    let mut response = met(&request, &office, provider, &journey).await?;
    let _ = response.add_cookie(&office.no_cookie(Jar::Journey));
    Ok(response)
}

async fn met(
    request: &HttpRequest,
    office: &Data<Office>,
    provider: &Provider,
    journey: &Journey,
) -> Result<HttpResponse, Error> {
    let visitor = office.visitor(request);
    let (here, this) = (visitor.clone(), journey.clone());
    match Office::run(office, move |office, conn| enter::meet(office, conn, &here, &this)).await? {
        Met::First => {}
        Met::Again => return over(request),
        Met::Shut(until) => return shut(request, office, until),
    }
    // RFC 9207: who answers is whom we asked.
    if parameter(request, "iss").is_some_and(|issuer| issuer != provider.issuer()) {
        return failed(request, &ProviderError::Wrong("it comes from another provider"));
    }
    match (parameter(request, "error").as_deref(), parameter(request, "code")) {
        (Some("access_denied"), _) => {
            let keys = ["staff-provider-cancelled-title", "staff-provider-cancelled"];
            instead(request, StatusCode::FORBIDDEN, keys)
        }
        (Some("temporarily_unavailable" | "server_error"), _) => {
            failed(request, &ProviderError::Away("it says that it does not work now"))
        }
        (Some(_), _) => failed(request, &ProviderError::Wrong("it refuses the request: is this service known there?")),
        (None, None) => failed(request, &ProviderError::Wrong("it holds no code")),
        (None, Some(code)) => {
            let person = match provider.person(code, &journey.secrets(&office.key), office.clock.now()).await {
                Ok(person) => person,
                Err(error) => return failed(request, &error),
            };
            let issuer = provider.issuer().to_owned();
            let next = Office::run(office, move |office, conn| enter::enter(office, conn, &visitor, &issuer, &person));
            let Some(next) = next.await? else {
                let keys = ["staff-provider-nobody-title", "staff-provider-nobody"];
                return instead(request, StatusCode::FORBIDDEN, keys);
            };
            let onward = |address: &str| onward(request, address);
            go_on(request, office, next, &journey.back, onward)
        }
    }
}

fn onward(request: &HttpRequest, address: &str) -> Result<HttpResponse, Error> {
    let frame = StaffFrame::of(request);
    let onward = Onward { title: frame.text("staff-provider-onward-title"), frame, address: address.to_owned() };
    page(request, StatusCode::OK, &onward)
}
