//! What all pages of staff share: the database, time and chance, the key, the way to send mail; cookies.

use std::net::IpAddr;
use std::sync::Arc;

use actix_web::cookie::time::Duration as CookieDuration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::{HttpRequest, rt, web};
use jiff::SignedDuration;

use crate::clock::Clock;
use crate::db::{Connection, Pool, Pooled};
use crate::http::error::Error;
use crate::id::Randomness;
use crate::mail::{Mail, Mailer};
use crate::staff::audit::Memory;
use crate::staff::device;
use crate::staff::failure::Failure;
use crate::staff::provider::{Provider, journey};
use crate::staff::secrets::StaffKey;
use crate::staff::token::Token;

/// The header in which the proxy says where a request of staff came from.
const ADDRESS_HEADER: &str = "x-staff-address";

/// The office.
pub struct Office {
    /// The dialogue database, where accounts and log are.
    pub database: Pool,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub randomness: Arc<dyn Randomness>,
    /// The key that lies apart from the database.
    pub key: StaffKey,
    /// The way to send mail.
    pub mailer: Arc<Mailer>,
    /// Where the end of the audit log is remembered.
    pub memory: Memory,
    /// Address of the pages' style sheet.
    pub stylesheet: String,
    /// The address that people use, without a final slash.
    pub public_url: String,
    /// The OpenID Connect provider that people may sign in through, where there is one.
    pub provider: Option<Provider>,
    /// Reachable from this machine alone: a second factor may be left out, and HTTP will do.
    pub demo: bool,
}

/// A cookie of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Jar {
    /// The session's token. Gone when the browser is closed.
    Session,
    /// The token by which a browser is known again.
    Device,
    /// A journey to the provider. Not `Strict`: the browser must show it when the provider sends it back here.
    Journey,
}

/// Who asks, before anyone knows who it is.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// Where the request came from.
    pub source: IpAddr,
    /// What the browser is known by, if it is.
    pub device: Option<Token>,
}

impl Office {
    /// Whether staff may sign in here at all: by HTTPS, or in a demo. Passwords must not travel in clear.
    pub fn is_open(&self) -> bool {
        self.demo || self.is_secure()
    }

    fn is_secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// Does `work` on a thread that may block, with a connection.
    ///
    /// # Errors
    /// [`Error::Unavailable`] or [`Error::Internal`], as the failure is.
    pub async fn run<T, F>(office: &web::Data<Self>, work: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&Self, &mut Connection) -> Result<T, Failure> + Send + 'static,
    {
        Self::block(office, move |office| work(office, &mut *office.conn()?)).await
    }

    /// Does `work` on a thread that may block. For what takes long besides the database (passwords, mail): it must not
    /// hold a connection meanwhile, for residents' answers need one.
    ///
    /// # Errors
    /// As [`Office::run`].
    pub async fn block<T, F>(office: &web::Data<Self>, work: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&Self) -> Result<T, Failure> + Send + 'static,
    {
        let office = office.clone();
        let done = web::block(move || work(&office)).await;
        Ok(done.map_err(|error| Error::internal("staff's work was cut off", error))??)
    }

    /// A connection.
    ///
    /// # Errors
    /// [`Failure::Database`] where there is none in time.
    pub fn conn(&self) -> Result<Pooled, Failure> {
        Ok(self.database.get()?)
    }

    /// Does `work` after the answer, which then tells nothing of it, nor does the time that it takes. What fails is
    /// logged.
    pub fn later(office: &web::Data<Self>, work: impl FnOnce(&Self) -> Result<(), Failure> + Send + 'static) {
        let office = office.clone();
        rt::spawn(async move {
            if let Ok(Err(failure)) = web::block(move || work(&office)).await {
                tracing::error!("{failure}");
            }
        });
    }

    /// Sends a mail after the answer.
    pub fn send_later(office: &web::Data<Self>, mail: Mail) {
        Self::later(office, move |office| Ok(office.send(&mail)?));
    }

    /// Sends a mail. Blocks.
    ///
    /// # Errors
    /// [`crate::mail::MailerError`].
    pub fn send(&self, mail: &Mail) -> Result<(), crate::mail::MailerError> {
        self.mailer.send(mail, self.clock.now(), self.randomness.as_ref())
    }

    /// The name of a cookie. `__Host-` makes browsers hold it to HTTPS, to this host and to all of its paths; in a demo
    /// over HTTP not all browsers take such a name (Safari does not), so it goes without.
    pub fn cookie_name(&self, jar: Jar) -> &'static str {
        match (jar, self.is_secure()) {
            (Jar::Session, true) => "__Host-personal",
            (Jar::Session, false) => "personal",
            (Jar::Device, true) => "__Host-enhet",
            (Jar::Device, false) => "enhet",
            (Jar::Journey, true) => "__Host-resa",
            (Jar::Journey, false) => "resa",
        }
    }

    /// The cookie that holds `token`.
    pub fn cookie(&self, jar: Jar, token: &Token) -> Cookie<'static> {
        self.cookie_with(jar, token.reveal())
    }

    /// The cookie that holds this text, of letters and digits.
    pub fn cookie_with(&self, jar: Jar, text: &str) -> Cookie<'static> {
        let cookie = Cookie::build(self.cookie_name(jar), text.to_owned())
            .path("/")
            .secure(self.is_secure())
            .http_only(true)
            .same_site(SameSite::Strict);
        let lasting = |time: SignedDuration| CookieDuration::seconds(time.as_secs());
        match jar {
            Jar::Session => cookie.finish(),
            Jar::Device => cookie.max_age(lasting(device::KNOWN)).finish(),
            Jar::Journey => cookie.max_age(lasting(journey::LASTS)).same_site(SameSite::Lax).finish(),
        }
    }

    /// The cookie that makes the browser drop what is in the jar.
    pub fn no_cookie(&self, jar: Jar) -> Cookie<'static> {
        let mut cookie = Cookie::build(self.cookie_name(jar), "").path("/").secure(self.is_secure()).finish();
        cookie.make_removal();
        cookie
    }

    /// The token in the request's cookie.
    pub fn token(&self, request: &HttpRequest, jar: Jar) -> Option<Token> {
        request.cookie(self.cookie_name(jar)).and_then(|cookie| Token::parse(cookie.value()))
    }

    /// Who asks. Behind a proxy, which HTTPS means, the proxy says where the request came from, on staff's routes alone
    /// (`docs/deploy/Caddyfile`). Without that header all come from one place, and share one limit.
    pub fn visitor(&self, request: &HttpRequest) -> Visitor {
        let told = request.headers().get(ADDRESS_HEADER).filter(|_| self.is_secure());
        let source = told
            .and_then(|address| address.to_str().ok()?.trim().parse().ok())
            .or_else(|| request.peer_addr().map(|address| address.ip()))
            .unwrap_or(IpAddr::from([0, 0, 0, 0]));
        Visitor { source, device: self.token(request, Jar::Device) }
    }
}
