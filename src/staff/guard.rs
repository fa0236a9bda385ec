//! Who may reach what: every route of staff states its access, or it is no route.
//!
//! `server.rs` has one table of [`StaffRoute`]s, and builds the routes from it with [`configure`]. A handler therefore
//! never runs unless the guard has let the request through:
//!
//! 1. a POST comes from one of our own pages (`http::origin`), else 403;
//! 2. nobody is signed in → 303 to the sign-in page, which leads back afterwards;
//! 3. none of the person's roles is among the route's → 403, as a page.
//!
//! A handler takes [`Staff`] as an argument to know who is there.

use std::collections::BTreeMap;
use std::future::{Ready, ready};

use actix_web::body::BoxBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode, header};
use actix_web::middleware::{Next, from_fn};
use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{FromRequest, Handler, HttpMessage, HttpRequest, HttpResponse, Responder, ResponseError, Route};

use crate::http::error::{Error, method_not_allowed};
use crate::http::origin;
use crate::id::RandomId;
use crate::mail::Address;
use crate::staff::account::{self, State};
use crate::staff::failure::Failure;
use crate::staff::office::{Jar, Office};
use crate::staff::pages;
use crate::staff::role::{Role, Roles};
use crate::staff::session::{self, Session, Stage};
use crate::{db, db::Connection};

/// Where people sign in.
pub const SIGN_IN: &str = "/personal/logga-in";

/// Who may reach a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Whoever comes: the pages before signing in.
    Anyone,
    /// Whoever is signed in, whatever her roles.
    SignedIn,
    /// Who has one of these roles.
    Roles(&'static [Role]),
}

impl Access {
    /// Whether someone with these roles gets in; `None` is someone who is not signed in.
    pub fn admits(self, roles: Option<&Roles>) -> bool {
        match (self, roles) {
            (Self::Anyone, _) | (Self::SignedIn, Some(_)) => true,
            (Self::Roles(wanted), Some(roles)) => wanted.iter().any(|role| roles.contains(role)),
            (Self::SignedIn | Self::Roles(_), None) => false,
        }
    }
}

/// A route of staff: a line of the table.
pub struct StaffRoute {
    /// GET or POST.
    pub method: Method,
    /// The address, as actix writes patterns.
    pub path: &'static str,
    /// Who may reach it.
    pub access: Access,
    /// The key of its name in the navigation, where it stands there.
    pub listed: Option<&'static str>,
    route: Box<dyn Fn() -> Route>,
}

/// A page that is read.
pub fn get<F, Arguments>(path: &'static str, access: Access, handler: F) -> StaffRoute
where
    F: Handler<Arguments>,
    Arguments: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    line(Method::GET, path, access, handler)
}

/// An act.
pub fn post<F, Arguments>(path: &'static str, access: Access, handler: F) -> StaffRoute
where
    F: Handler<Arguments>,
    Arguments: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    line(Method::POST, path, access, handler)
}

fn line<F, Arguments>(method: Method, path: &'static str, access: Access, handler: F) -> StaffRoute
where
    F: Handler<Arguments>,
    Arguments: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    let verb = method.clone();
    let route = move || web::method(verb.clone()).to(handler.clone());
    StaffRoute { method, path, access, listed: None, route: Box::new(route) }
}

impl StaffRoute {
    /// The same, named in the navigation of who may reach it.
    pub fn listed(self, key: &'static str) -> Self {
        Self { listed: Some(key), ..self }
    }

    fn guarded(&self) -> Route {
        let access = self.access;
        (self.route)().wrap(from_fn(move |request, next| check(access, request, next)))
    }
}

/// An entry of the navigation.
#[derive(Debug, Clone, Copy)]
pub struct NavigationEntry {
    /// Where it leads.
    pub path: &'static str,
    /// The key of its name.
    pub key: &'static str,
    /// Who sees it.
    pub access: Access,
}

/// The entries of the navigation, in the order of the table.
#[derive(Debug, Clone, Default)]
pub struct Navigation(pub Vec<NavigationEntry>);

/// Builds the routes of the table, and the navigation with them.
pub fn configure(table: &[StaffRoute], config: &mut ServiceConfig) {
    let mut paths: Vec<&'static str> = Vec::new();
    let mut resources = BTreeMap::new();
    for line in table {
        let resource = resources.remove(line.path).unwrap_or_else(|| {
            paths.push(line.path);
            web::resource(line.path).default_service(web::route().to(method_not_allowed))
        });
        resources.insert(line.path, resource.route(line.guarded()));
    }
    // In the order of the table, for the first pattern that fits is taken.
    for path in paths {
        if let Some(resource) = resources.remove(path) {
            config.service(resource);
        }
    }
    let entries = table
        .iter()
        .filter_map(|line| line.listed.map(|key| NavigationEntry { path: line.path, key, access: line.access }));
    config.app_data(Data::new(Navigation(entries.collect())));
}

/// The person who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staff {
    /// Her account.
    pub id: RandomId,
    /// Her name.
    pub name: String,
    /// The address that she signs in with.
    pub mail: Address,
    /// What she may do.
    pub roles: Roles,
    /// Her session in this browser.
    pub session: Session,
}

impl FromRequest for Staff {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let staff = request.extensions().get::<Self>().cloned();
        ready(staff.ok_or_else(|| Error::Internal("a handler asks who is there on a route for anyone".to_owned())))
    }
}

/// Who holds this browser's session, if it is good; the request is noted, so that the session lasts.
fn signed_in(office: &Office, conn: &mut Connection, request: &super::token::Token) -> Result<Option<Staff>, Failure> {
    let now = office.clock.now();
    let Some(session) = session::find(conn, request, Stage::Full, now)? else { return Ok(None) };
    let account = account::get(conn, session.account)?.filter(|account| account.state == State::Active);
    let Some(account) = account else { return Ok(None) };
    if session::is_to_be_noted(&session, now) {
        db::write(conn, |conn| session::note(conn, &session, now))?;
    }
    Ok(Some(Staff { id: account.id, name: account.name, mail: account.mail, roles: account.roles, session }))
}

async fn check(
    access: Access,
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    match admit(access, request.request()).await {
        Ok(None) => next.call(request).await,
        Ok(Some(answer)) => Ok(request.into_response(answer)),
        // Not as an error of actix: those pass by what makes pages of ours.
        Err(error) => Ok(request.into_response(error.error_response())),
    }
}

/// Nothing where the request may go on; else the answer instead.
async fn admit(access: Access, request: &HttpRequest) -> Result<Option<HttpResponse>, Error> {
    let office = request.app_data::<Data<Office>>().ok_or_else(|| Error::Internal("no office".to_owned()))?;
    if !office.is_open() {
        return pages::closed(request).map(Some);
    }
    if request.method() != Method::GET && origin::is_foreign(request, &office.public_url) {
        return Err(Error::Foreign);
    }
    if let Some(token) = office.token(request, Jar::Session) {
        let staff = Office::run(office, move |office, conn| signed_in(office, conn, &token)).await?;
        if let Some(staff) = staff {
            request.extensions_mut().insert(staff);
        }
    }
    let roles = request.extensions().get::<Staff>().map(|staff| staff.roles.clone());
    if access.admits(roles.as_ref()) {
        return Ok(None);
    }
    if roles.is_some() {
        return pages::forbidden(request).map(Some);
    }
    Ok(Some(HttpResponse::build(StatusCode::SEE_OTHER).insert_header((header::LOCATION, to_sign_in(request))).finish()))
}

/// The sign-in page's address, with where to go afterwards. What was posted is gone by then, so a POST leads to the
/// start.
fn to_sign_in(request: &HttpRequest) -> String {
    let back = request.uri().path_and_query().map_or("", |path| path.as_str());
    if request.method() != Method::GET || back == pages::START || safe_return(back).is_none() {
        return SIGN_IN.to_owned();
    }
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("till", back).finish();
    format!("{SIGN_IN}?{query}")
}

/// The address to go to after signing in, where it is one of staff's own: never another site's.
pub fn safe_return(text: &str) -> Option<&str> {
    let path = text.split(['?', '#']).next().unwrap_or_default();
    let ours = path == pages::START || path.starts_with("/personal/");
    let plain = text.len() <= 300 && text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    // A browser resolves dots before it asks.
    let straight = !path.contains("//") && !path.split('/').any(|part| matches!(part, "." | ".."));
    let encoded = path.to_ascii_lowercase().contains("%2e") || path.to_ascii_lowercase().contains("%2f");
    (ours && plain && straight && !encoded && path != SIGN_IN).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn access_is_denied_unless_it_is_stated() {
        let analyst = Roles::from([Role::Analyst]);
        let nothing = Roles::new();
        let administrators = Access::Roles(&[Role::Administrator]);
        assert!(Access::Anyone.admits(None));
        assert!(!Access::SignedIn.admits(None) && Access::SignedIn.admits(Some(&nothing)));
        assert!(!administrators.admits(None) && !administrators.admits(Some(&analyst)));
        assert!(!Access::Roles(&[]).admits(Some(&Role::ALL.into())));
        assert!(Access::Roles(&[Role::Secretary, Role::Analyst]).admits(Some(&analyst)));
    }

    #[test]
    fn signing_in_leads_to_our_own_pages_alone() {
        for fine in ["/personal", "/personal/logg?fran=2019-03-12&sida=2", "/personal/medarbetare/0a"] {
            assert_eq!(safe_return(fine), Some(fine));
        }
        for wrong in [
            "",
            "/",
            "/personalen",
            "//ond.example/personal",
            "https://ond.example/personal/",
            "/personal/../sv",
            "/personal/%2e%2e/sv",
            "/personal//ond.example",
            "/personal/\\ond.example",
            "/personal/å",
            "/personal/logga-in",
            "/personal/a b",
        ] {
            assert_eq!(safe_return(wrong), None, "{wrong}");
        }
    }
}
