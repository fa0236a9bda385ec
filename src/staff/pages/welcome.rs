//! `/personal/valkommen/{token}`: an invitation is accepted, and the second factor set up.

use actix_web::http::StatusCode;
use actix_web::web::{self, Data};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use validator::Validate;

use super::{Link, Message, START, StaffFrame, fault, sign_in};
use crate::http::error::Error;
use crate::http::form::{Faults, Field, Fields, Kind};
use crate::http::site::page;
use crate::i18n;
use crate::mail::Address;
use crate::staff::LANGUAGE;
use crate::staff::enrol::{self, Guest, Welcome, Welcomed};
use crate::staff::link::Purpose;
use crate::staff::office::Office;
use crate::staff::password::{self, Weakness};
use crate::staff::second_factor::{self, SetUp};
use crate::staff::sign_in::SignedIn;
use crate::staff::token::Token;

#[derive(Template)]
#[template(path = "staff/welcome.html")]
struct WelcomePage {
    frame: StaffFrame,
    action: String,
    mail: String,
    faults: Faults,
    /// Address (of the first administrator), name, password.
    fields: Vec<Field>,
    set_up: SetUp,
    /// The code, after the picture.
    code: Field,
    /// The second factor may be left out.
    optional: bool,
}

#[derive(Template)]
#[template(path = "staff/recovery_codes.html")]
struct CodesPage {
    frame: StaffFrame,
    codes: Vec<String>,
    next: Link,
}

/// The page that shows recovery codes, this once.
///
/// # Errors
/// [`Error::Internal`] where the template fails.
pub fn show_codes(request: &HttpRequest, codes: Vec<String>, next: Link) -> Result<HttpResponse, Error> {
    page(request, StatusCode::OK, &CodesPage { frame: StaffFrame::of(request), codes, next })
}

/// What is typed.
#[derive(Validate)]
struct Form {
    #[validate(custom(function = "super::is_address", message = "staff-fault-mail"))]
    mail: String,
    #[validate(length(min = 1, max = 100, message = "staff-fault-name"))]
    name: String,
}

/// Says what a password lacks, if it does.
pub fn password_faults(faults: &mut Faults, field: &'static str, password: &str, personal: &[&str]) {
    let key = match password::check(password, personal) {
        Ok(()) => return,
        Err(Weakness::Short) => "staff-fault-password-short",
        Err(Weakness::Long) => "staff-fault-password-long",
        Err(Weakness::Guessable) => "staff-fault-password-guessable",
    };
    faults.add(field, i18n::text(LANGUAGE, key));
}

/// A field for a new password.
pub fn new_password(name: &'static str) -> Field {
    let text = |key: &str| i18n::text(LANGUAGE, key);
    Field::new(name, text("staff-field-new-password"), Kind::Password("new-password"))
        .hint(text("staff-field-new-password-hint"))
}

/// The page for a link that is used up, or void.
///
/// # Errors
/// [`Error::Internal`] where the template fails.
pub fn gone(request: &HttpRequest) -> Result<HttpResponse, Error> {
    let frame = StaffFrame::of(request);
    let message = Message {
        title: frame.text("staff-link-gone-title"),
        paragraphs: vec![frame.text("staff-link-gone")],
        links: vec![Link::new(crate::staff::guard::SIGN_IN, frame.text("staff-to-sign-in"))],
        frame,
    };
    page(request, StatusCode::GONE, &message)
}

/// Who holds the link in the address, where it is good for setting up.
async fn guest(office: &Data<Office>, token: &str) -> Result<Option<(Token, Guest)>, Error> {
    let Some(token) = Token::parse(token) else { return Ok(None) };
    let held = token.clone();
    let guest = Office::run(office, move |office, conn| Ok(enrol::guest(conn, &held, office.clock.now())?)).await?;
    Ok(guest.filter(|guest| guest.link.purpose != Purpose::Reset).map(|guest| (token, guest)))
}

fn welcome_page(
    request: &HttpRequest,
    office: &Office,
    token: &Token,
    guest: &Guest,
    typed: &Form,
    faults: Faults,
) -> Result<HttpResponse, Error> {
    let text = |key: &str| i18n::text(LANGUAGE, key);
    let mut fields = Vec::new();
    if guest.account.is_none() {
        fields.push(Field::new("mail", text("staff-field-mail"), Kind::Mail).filled(&typed.mail, &faults));
    }
    fields.push(Field::new("name", text("staff-field-name"), Kind::Line("name")).filled(&typed.name, &faults));
    fields.push(new_password("password").filled("", &faults));
    let unknown: Address = "personal@localhost".parse().map_err(|error| Error::internal("an address", error))?;
    let address = guest.account.as_ref().map_or(&unknown, |account| &account.mail);
    let set_up = second_factor::set_up(&office.key.totp_for(token), address)
        .map_err(|error| Error::internal("a second factor", error))?;
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let welcome = WelcomePage {
        frame: StaffFrame::of(request),
        action: request.path().to_owned(),
        mail: guest.account.as_ref().map(|account| account.mail.to_string()).unwrap_or_default(),
        fields,
        set_up,
        code: Field::new("code", text("staff-field-code"), Kind::Code).filled("", &faults),
        faults,
        optional: office.demo,
    };
    page(request, status, &welcome)
}

/// Shows what the invitation is for. It is not used up by looking.
///
/// # Errors
/// [`Error`].
pub async fn show(request: HttpRequest, office: Data<Office>, token: web::Path<String>) -> Result<HttpResponse, Error> {
    let Some((token, guest)) = guest(&office, &token).await? else { return gone(&request) };
    let name = guest.account.as_ref().map(|account| account.name.clone()).unwrap_or_default();
    welcome_page(&request, &office, &token, &guest, &Form { mail: String::new(), name }, Faults::default())
}

/// Accepts the invitation.
///
/// # Errors
/// [`Error`].
pub async fn take(
    request: HttpRequest,
    office: Data<Office>,
    token: web::Path<String>,
    fields: Fields,
) -> Result<HttpResponse, Error> {
    let Some((token, guest)) = guest(&office, &token).await? else { return gone(&request) };
    let mail = guest.account.as_ref().map_or_else(|| fields.text("mail"), |account| account.mail.to_string());
    let form = Form { mail, name: fields.text("name") };
    let (password, code) = (fields.secret("password"), Some(fields.text("code")).filter(|code| !code.is_empty()));
    let mut faults = Faults::of(&form, LANGUAGE, &["mail", "name"]);
    password_faults(&mut faults, "password", &password, &[&form.mail, &form.name]);
    if code.is_none() && !office.demo {
        faults.add("code", i18n::text(LANGUAGE, "staff-fault-code"));
    }
    let (true, Ok(mail)) = (faults.is_empty(), form.mail.parse::<Address>()) else {
        return welcome_page(&request, &office, &token, &guest, &form, faults);
    };
    let (visitor, held, name) = (office.visitor(&request), token.clone(), form.name.clone());
    let done = Office::block(&office, move |office| {
        let password = password::hash(&password, office.randomness.as_ref())?;
        enrol::welcome(office, &mut *office.conn()?, &visitor, &held, &Welcome { mail, name, password, code })
    });
    match done.await? {
        Welcomed::Gone => gone(&request),
        Welcomed::CodeWrong => {
            welcome_page(&request, &office, &token, &guest, &form, fault("code", "staff-fault-code"))
        }
        Welcomed::AddressTaken => {
            welcome_page(&request, &office, &token, &guest, &form, fault("mail", "staff-fault-mail-taken"))
        }
        Welcomed::In { signed_in, recovery_codes } => arrived(&request, &office, &signed_in, recovery_codes),
    }
}

fn arrived(
    request: &HttpRequest,
    office: &Office,
    signed_in: &SignedIn,
    recovery_codes: Vec<String>,
) -> Result<HttpResponse, Error> {
    if recovery_codes.is_empty() {
        return Ok(sign_in::enter(office, signed_in, START));
    }
    let next = Link::new(START, i18n::text(LANGUAGE, "staff-codes-next"));
    let mut response = show_codes(request, recovery_codes, next)?;
    sign_in::set_cookies(office, signed_in, &mut response);
    Ok(response)
}
