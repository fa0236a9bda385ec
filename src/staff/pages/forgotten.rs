//! `/personal/glomt-losenord` and `/personal/nytt-losenord/{token}`: a new password by mail.

use actix_web::http::StatusCode;
use actix_web::web::{self, Data};
use actix_web::{HttpRequest, HttpResponse};

use super::welcome::{gone, new_password, password_faults};
use super::{FormPage, Link, Message, StaffFrame, fault, to};
use crate::http::error::Error;
use crate::http::form::{Faults, Field, Fields, Kind};
use crate::http::site::page;
use crate::i18n;
use crate::mail::Address;
use crate::staff::LANGUAGE;
use crate::staff::account::{self, Account, State};
use crate::staff::enrol;
use crate::staff::guard::SIGN_IN;
use crate::staff::link::Purpose;
use crate::staff::office::{Jar, Office};
use crate::staff::token::Token;

fn ask_form(request: &HttpRequest, mail: &str) -> FormPage {
    let mut form = FormPage::new(request, "staff-forgotten-title", "staff-forgotten-send");
    let text = |key: &str| i18n::text(LANGUAGE, key);
    form.lead = vec![text("staff-forgotten-lead")];
    form.fields = vec![Field::new("mail", text("staff-field-mail"), Kind::Mail).filled(mail, &Faults::default())];
    form.links = vec![Link::new(SIGN_IN, text("staff-to-sign-in"))];
    form
}

/// The page that asks for an address.
///
/// # Errors
/// [`Error`].
pub async fn show(request: HttpRequest) -> Result<HttpResponse, Error> {
    ask_form(&request, "").respond(&request)
}

/// Sends a link, where the address has an account. The answer is the same where it has none.
///
/// # Errors
/// [`Error`].
pub async fn take(request: HttpRequest, office: Data<Office>, fields: Fields) -> Result<HttpResponse, Error> {
    let typed = fields.text("mail");
    let Ok(mail) = typed.parse::<Address>() else {
        return ask_form(&request, &typed).again(fault("mail", "staff-fault-mail"), &request);
    };
    let account = Office::run(&office, move |_, conn| Ok(account::find(conn, &mail)?)).await?;
    if let Some(account) = account.filter(|account| account.state == State::Active) {
        // After the answer, so that its time tells nobody whether there is such an account.
        Office::later(&office, move |office| {
            let letter = enrol::reset_letter(office, &mut *office.conn()?, &account)?;
            if let Some(letter) = letter {
                office.send(&letter)?;
            }
            Ok(())
        });
    }
    let frame = StaffFrame::of(&request);
    let message = Message {
        title: frame.text("staff-forgotten-sent-title"),
        paragraphs: vec![frame.text("staff-forgotten-sent"), frame.text("staff-forgotten-sent-next")],
        links: vec![Link::new(SIGN_IN, frame.text("staff-to-sign-in"))],
        frame,
    };
    page(&request, StatusCode::OK, &message)
}

async fn account(office: &Data<Office>, token: &str) -> Result<Option<(Token, Account)>, Error> {
    let Some(token) = Token::parse(token) else { return Ok(None) };
    let held = token.clone();
    let guest = Office::run(office, move |office, conn| Ok(enrol::guest(conn, &held, office.clock.now())?)).await?;
    let account = guest.filter(|guest| guest.link.purpose == Purpose::Reset).and_then(|guest| guest.account);
    Ok(account.map(|account| (token, account)))
}

fn reset_form(request: &HttpRequest, account: &Account) -> FormPage {
    let mut form = FormPage::new(request, "staff-reset-title", "staff-reset-save");
    form.lead = vec![form.frame.text_with("staff-reset-lead", "mail", account.mail.as_str())];
    form.fields = vec![new_password("password")];
    form
}

/// The page that asks for a new password. The link is not used up by looking.
///
/// # Errors
/// [`Error`].
pub async fn show_reset(
    request: HttpRequest,
    office: Data<Office>,
    token: web::Path<String>,
) -> Result<HttpResponse, Error> {
    match account(&office, &token).await? {
        Some((_, account)) => reset_form(&request, &account).respond(&request),
        None => gone(&request),
    }
}

/// Sets the new password.
///
/// # Errors
/// [`Error`].
pub async fn take_reset(
    request: HttpRequest,
    office: Data<Office>,
    token: web::Path<String>,
    fields: Fields,
) -> Result<HttpResponse, Error> {
    let Some((token, account)) = account(&office, &token).await? else { return gone(&request) };
    let password = fields.secret("password");
    let mut faults = Faults::default();
    password_faults(&mut faults, "password", &password, &[account.mail.as_str(), &account.name]);
    if !faults.is_empty() {
        return reset_form(&request, &account).again(faults, &request);
    }
    let visitor = office.visitor(&request);
    let done = Office::block(&office, move |office| enrol::reset(office, &visitor, &token, &password));
    let Some((device, letter)) = done.await? else { return gone(&request) };
    Office::send_later(&office, letter);
    let mut response = to(&format!("{SIGN_IN}?klart=losenord"));
    let _ = response.add_cookie(&office.cookie(Jar::Device, &device));
    Ok(response)
}
