//! `/personal/medarbetare`: who works here, invitations.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use validator::Validate;

use super::{FormPage, Link, StaffFrame, to};
use crate::http::error::Error;
use crate::http::form::{Choice, Faults, Field, Fields, Kind};
use crate::http::site::page;
use crate::i18n;
use crate::mail::Address;
use crate::staff::account::{self, State};
use crate::staff::audit::Actor;
use crate::staff::guard::Staff;
use crate::staff::office::Office;
use crate::staff::role::{Role, Roles};
use crate::staff::{LANGUAGE, enrol, letters};

/// The list.
pub const PAGE: &str = "/personal/medarbetare";

/// A row of the list.
struct Row {
    address: String,
    name: String,
    mail: String,
    roles: String,
    state: String,
}

#[derive(Template)]
#[template(path = "staff/colleagues.html")]
struct List {
    frame: StaffFrame,
    rows: Vec<Row>,
}

/// What people read of where an account stands.
pub fn state_name(state: State) -> String {
    match state {
        State::Invited => i18n::text(LANGUAGE, "staff-state-invited"),
        State::Active => i18n::text(LANGUAGE, "staff-state-active"),
        State::Inactive => i18n::text(LANGUAGE, "staff-state-inactive"),
    }
}

/// What people read of roles.
pub fn roles_named(roles: &Roles) -> String {
    if roles.is_empty() {
        return i18n::text(LANGUAGE, "staff-no-roles");
    }
    roles.iter().map(|role| role.name(LANGUAGE)).collect::<Vec<_>>().join(", ")
}

/// The list of all accounts.
///
/// # Errors
/// [`Error`].
pub async fn show(request: HttpRequest, office: Data<Office>) -> Result<HttpResponse, Error> {
    let accounts = Office::run(&office, |_, conn| Ok(account::all(conn)?)).await?;
    let rows = accounts.into_iter().map(|account| Row {
        address: format!("{PAGE}/{}", account.id),
        name: account.called().to_owned(),
        mail: account.mail.to_string(),
        roles: roles_named(&account.roles),
        state: state_name(account.state),
    });
    page(&request, StatusCode::OK, &List { frame: StaffFrame::of(&request), rows: rows.collect() })
}

/// The boxes of roles.
pub fn role_boxes(chosen: &Roles) -> Field {
    let choice = |role: Role| Choice {
        value: role.word().to_owned(),
        label: role.name(LANGUAGE),
        hint: Some(role.purpose(LANGUAGE)),
        chosen: chosen.contains(&role),
    };
    let label = i18n::text(LANGUAGE, "staff-roles");
    Field::new("role", label, Kind::Boxes(Role::ALL.into_iter().map(choice).collect()))
}

/// The roles that are ticked. A word that is none comes from no page of ours.
///
/// # Errors
/// [`Error::Malformed`].
pub fn ticked(fields: &Fields) -> Result<Roles, Error> {
    let roles = fields.all("role").map(str::parse::<Role>);
    roles.collect::<Result<_, _>>().map_err(|_| Error::Malformed("role".to_owned()))
}

#[derive(Validate)]
struct Form {
    #[validate(custom(function = "super::is_address", message = "staff-fault-mail"))]
    mail: String,
    #[validate(length(min = 1, message = "staff-fault-role"))]
    role: Vec<&'static str>,
}

fn invite_form(request: &HttpRequest, mail: &str, roles: &Roles) -> FormPage {
    let text = |key: &str| i18n::text(LANGUAGE, key);
    let mut form = FormPage::new(request, "staff-invite-title", "staff-invite-send");
    form.lead = vec![text("staff-invite-lead")];
    let mail_field = Field::new("mail", text("staff-invite-mail"), Kind::OtherMail);
    form.fields = vec![mail_field.filled(mail, &Faults::default()), role_boxes(roles)];
    form.links = vec![Link::new(PAGE, text("staff-colleagues-back"))];
    form
}

/// The page that asks whom to invite.
///
/// # Errors
/// [`Error`].
pub async fn show_invitation(request: HttpRequest) -> Result<HttpResponse, Error> {
    invite_form(&request, "", &Roles::new()).respond(&request)
}

/// Invites someone.
///
/// # Errors
/// [`Error`].
pub async fn take_invitation(
    request: HttpRequest,
    office: Data<Office>,
    staff: Staff,
    fields: Fields,
) -> Result<HttpResponse, Error> {
    let roles = ticked(&fields)?;
    let form = Form { mail: fields.text("mail"), role: roles.iter().map(|role| role.word()).collect() };
    let faults = Faults::of(&form, LANGUAGE, &["mail", "role"]);
    let page = invite_form(&request, &form.mail, &roles);
    let (true, Ok(mail)) = (faults.is_empty(), form.mail.parse::<Address>()) else {
        return page.again(faults, &request);
    };
    let invited = Office::block(&office, move |office| {
        let (now, randomness) = (office.clock.now(), office.randomness.as_ref());
        let invited = enrol::invite(&mut *office.conn()?, Actor::Staff(staff.id), &mail, &roles, now, randomness)?;
        Ok(invited.map(|(id, token)| {
            let sent = office.send(&letters::invitation(&mail, &office.public_url, &token));
            (id, sent.inspect_err(|error| tracing::error!("{error}")).is_ok())
        }))
    });
    match invited.await? {
        None => page.again(super::fault("mail", "staff-fault-mail-taken"), &request),
        Some((id, true)) => Ok(to(&format!("{PAGE}/{id}?klart=inbjuden"))),
        Some((id, false)) => Ok(to(&format!("{PAGE}/{id}?klart=brev-saknas"))),
    }
}
