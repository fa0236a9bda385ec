//! `/personal/medarbetare/{id}`: one person's account, and what can be done to it.

use actix_web::http::StatusCode;
use actix_web::web::{self, Data};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::colleagues::{PAGE, role_boxes, roles_named, state_name, ticked};
use super::{FormPage, Link, StaffFrame, fault, to};
use crate::db::{self, Connection};
use crate::http::error::Error;
use crate::http::form::{Faults, Field, Fields};
use crate::http::site::page;
use crate::i18n::{self, swedish_moment};
use crate::id::RandomId;
use crate::mail::Mail;
use crate::staff::account::{self, Account, State};
use crate::staff::audit::Actor;
use crate::staff::colleagues::{self, ChangeError};
use crate::staff::failure::Failure;
use crate::staff::guard::Staff;
use crate::staff::office::Office;
use crate::staff::{LANGUAGE, session};

#[derive(Template)]
#[template(path = "staff/colleague.html")]
struct ColleaguePage {
    frame: StaffFrame,
    title: String,
    notice: Option<String>,
    faults: Faults,
    address: String,
    mail: String,
    state: State,
    state_name: String,
    roles_named: String,
    factor: String,
    has_factor: bool,
    sessions: Vec<String>,
    roles: Field,
}

/// What the page is told by its address.
#[derive(serde::Deserialize)]
pub struct Query {
    klart: Option<String>,
}

async fn meant(office: &Data<Office>, id: &str) -> Result<Account, Error> {
    let id: RandomId = id.parse().map_err(|_| Error::NotFound)?;
    Office::run(office, move |_, conn| Ok(account::get(conn, id)?)).await?.ok_or(Error::NotFound)
}

async fn colleague_page(
    request: &HttpRequest,
    office: &Data<Office>,
    account: Account,
    notice: Option<String>,
    faults: Faults,
) -> Result<HttpResponse, Error> {
    let id = account.id;
    let sessions =
        Office::run(office, move |office, conn| Ok(session::of_account(conn, id, office.clock.now())?)).await?;
    let frame = StaffFrame::of(request);
    let factor = if account.has_second_factor { "staff-factor-set" } else { "staff-factor-none" };
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let colleague = ColleaguePage {
        title: account.called().to_owned(),
        notice,
        address: format!("{PAGE}/{id}"),
        mail: account.mail.to_string(),
        state: account.state,
        state_name: state_name(account.state),
        roles_named: roles_named(&account.roles),
        factor: frame.text(factor),
        has_factor: account.has_second_factor,
        sessions: sessions.iter().map(|session| swedish_moment(session.opened_at)).collect(),
        roles: role_boxes(&account.roles).filled("", &faults),
        faults,
        frame,
    };
    page(request, status, &colleague)
}

/// One person's account.
///
/// # Errors
/// [`Error::NotFound`]; the others.
pub async fn show(
    request: HttpRequest,
    office: Data<Office>,
    id: web::Path<String>,
    query: web::Query<Query>,
) -> Result<HttpResponse, Error> {
    let account = meant(&office, &id).await?;
    let text = |key: &str| Some(i18n::text(LANGUAGE, key));
    let notice = match query.klart.as_deref() {
        Some("inbjuden") if office.mailer.is_folder() => text("staff-done-invited-file"),
        Some("inbjuden") => text("staff-done-invited"),
        Some("brev-saknas") => text("staff-done-mail-failed"),
        Some("roller") => text("staff-done-roles"),
        Some("sessioner") => text("staff-done-sessions"),
        Some("andra-steg") => text("staff-done-factor"),
        Some("avslutad") => text("staff-done-deactivated"),
        _ => None,
    };
    colleague_page(&request, &office, account, notice, Faults::default()).await
}

/// Does `work` to the account in the address; what refuses it is told on its page.
async fn change<T: Send + 'static>(
    office: &Data<Office>,
    staff: &Staff,
    id: RandomId,
    work: impl FnOnce(&Office, &mut Connection, Actor, RandomId) -> Result<T, ChangeError> + Send + 'static,
) -> Result<Result<T, &'static str>, Error> {
    let actor = Actor::Staff(staff.id);
    let done = Office::run(office, move |office, conn| match work(office, conn, actor, id) {
        Ok(value) => Ok(Ok(value)),
        Err(ChangeError::Database(error)) => Err(Failure::from(error)),
        // It was there when the page was asked for; accounts are never deleted.
        Err(ChangeError::NotFound) => Err(Failure::from(db::Error::Internal("an account is gone".to_owned()))),
        Err(ChangeError::LastAdministrator) => Ok(Err("staff-fault-last-administrator")),
        Err(ChangeError::State) => Ok(Err("staff-fault-state")),
    });
    done.await
}

async fn refused(
    request: &HttpRequest,
    office: &Data<Office>,
    account: Account,
    key: &'static str,
) -> Result<HttpResponse, Error> {
    colleague_page(request, office, account, None, fault("role", key)).await
}

/// Sends the mail that follows a change, and leads back to the account's page, which says how it went.
async fn send(office: &Data<Office>, id: RandomId, mail: Mail, done: &str) -> Result<HttpResponse, Error> {
    let sent = Office::block(office, move |office| {
        Ok(office.send(&mail).inspect_err(|error| tracing::error!("{error}")).is_ok())
    });
    let done = if sent.await? { done } else { "brev-saknas" };
    Ok(to(&format!("{PAGE}/{id}?klart={done}")))
}

/// Changes the account, and tells its person by mail.
async fn change_and_tell(
    request: &HttpRequest,
    office: &Data<Office>,
    staff: &Staff,
    account: Account,
    work: impl FnOnce(&Office, &mut Connection, Actor, RandomId) -> Result<Mail, ChangeError> + Send + 'static,
    done: &str,
) -> Result<HttpResponse, Error> {
    match change(office, staff, account.id, work).await? {
        Ok(mail) => send(office, account.id, mail, done).await,
        Err(key) => refused(request, office, account, key).await,
    }
}

/// Sets what a person may do.
///
/// # Errors
/// [`Error`].
pub async fn take_roles(
    request: HttpRequest,
    office: Data<Office>,
    staff: Staff,
    id: web::Path<String>,
    fields: Fields,
) -> Result<HttpResponse, Error> {
    let account = meant(&office, &id).await?;
    let roles = ticked(&fields)?;
    let set = change(&office, &staff, account.id, move |office, conn, actor, id| {
        colleagues::set_roles(office, conn, actor, id, &roles)
    });
    match set.await? {
        Ok(()) => Ok(to(&format!("{PAGE}/{}?klart=roller", account.id))),
        Err(key) => refused(&request, &office, account, key).await,
    }
}

/// Ends all sessions of a person.
///
/// # Errors
/// [`Error`].
pub async fn end_sessions(office: Data<Office>, staff: Staff, id: web::Path<String>) -> Result<HttpResponse, Error> {
    let account = meant(&office, &id).await?;
    // None refuses: there is nothing to refuse it for.
    let _ = change(&office, &staff, account.id, colleagues::end_sessions).await?;
    Ok(to(&format!("{PAGE}/{}?klart=sessioner", account.id)))
}

/// Sends the invitation once more, to who has not come yet.
///
/// # Errors
/// [`Error`].
pub async fn invite_again(
    request: HttpRequest,
    office: Data<Office>,
    staff: Staff,
    id: web::Path<String>,
) -> Result<HttpResponse, Error> {
    let account = meant(&office, &id).await?;
    change_and_tell(&request, &office, &staff, account, colleagues::invite_again, "inbjuden").await
}

/// Lets a person in again.
///
/// # Errors
/// [`Error`].
pub async fn reactivate(
    request: HttpRequest,
    office: Data<Office>,
    staff: Staff,
    id: web::Path<String>,
) -> Result<HttpResponse, Error> {
    let account = meant(&office, &id).await?;
    change_and_tell(&request, &office, &staff, account, colleagues::reactivate, "inbjuden").await
}

/// The page that says what will happen, before it does.
fn confirm_page(request: &HttpRequest, account: &Account, title: &str, lead: &str, button: &str) -> FormPage {
    let mut form = FormPage::new(request, title, button);
    form.title = form.frame.text_with(title, "name", account.called());
    form.lead = vec![form.frame.text(lead)];
    form.dangerous = true;
    form.links = vec![Link::new(&format!("{PAGE}/{}", account.id), form.frame.text("staff-cancel"))];
    form
}

/// Asks whether a person's second factor shall be removed.
///
/// # Errors
/// [`Error`].
pub async fn ask_factor(
    request: HttpRequest,
    office: Data<Office>,
    id: web::Path<String>,
) -> Result<HttpResponse, Error> {
    let account = meant(&office, &id).await?;
    confirm_page(&request, &account, "staff-factor-title", "staff-factor-lead", "staff-factor-reset").respond(&request)
}

/// Removes it, and sends the link to set up a new one.
///
/// # Errors
/// [`Error`].
pub async fn reset_factor(
    request: HttpRequest,
    office: Data<Office>,
    staff: Staff,
    id: web::Path<String>,
) -> Result<HttpResponse, Error> {
    let account = meant(&office, &id).await?;
    change_and_tell(&request, &office, &staff, account, colleagues::reset_second_factor, "andra-steg").await
}

/// Asks whether an account shall become inactive.
///
/// # Errors
/// [`Error`].
pub async fn ask_deactivate(
    request: HttpRequest,
    office: Data<Office>,
    id: web::Path<String>,
) -> Result<HttpResponse, Error> {
    let account = meant(&office, &id).await?;
    let page = confirm_page(&request, &account, "staff-deactivate-title", "staff-deactivate-lead", "staff-deactivate");
    page.respond(&request)
}

/// Makes it inactive.
///
/// # Errors
/// [`Error`].
pub async fn deactivate(
    request: HttpRequest,
    office: Data<Office>,
    staff: Staff,
    id: web::Path<String>,
) -> Result<HttpResponse, Error> {
    let account = meant(&office, &id).await?;
    match change(&office, &staff, account.id, colleagues::deactivate).await? {
        Ok(()) => Ok(to(&format!("{PAGE}/{}?klart=avslutad", account.id))),
        Err(key) => refused(&request, &office, account, key).await,
    }
}
