//! Residents' pages: the survey, thanks, and the pages around it.
//!
//! Every handler answers from what lies in memory; only Send meets the database. Nothing is logged
//! here but faults of our own.

pub mod desk;
pub mod form;
pub mod home;
pub mod information;
pub mod statements;
pub mod thanks;

use actix_web::http::header::{self, HeaderName};
use actix_web::{HttpRequest, HttpResponse, web};

use crate::http::error::Error;
use crate::http::frame::Frame;
use crate::http::site::Site;
use crate::http::{language, site};

/// The language in the request's address.
///
/// # Errors
/// [`Error::NotFound`] where the address has none of ours.
pub fn language(request: &HttpRequest) -> Result<&'static str, Error> {
    language::of_path(request.path()).ok_or(Error::NotFound)
}

/// The dialogue's name in the request's address, where it has one.
pub fn slug(request: &HttpRequest) -> Option<&str> {
    request.match_info().get("dialogue")
}

/// The address of a page of a dialogue: `/sv/enkat`, or `/sv/<dialogue>/enkat` where `slug` is given.
pub fn address(language: &str, slug: Option<&str>, page: &str) -> String {
    match slug {
        Some(slug) => format!("/{language}/{slug}/{page}"),
        None => format!("/{language}/{page}"),
    }
}

/// The frame of a page around the survey. On a page of a dialogue, the footer leads to that dialogue's pages.
pub fn frame(request: &HttpRequest, site: &Site, language: &str) -> Frame {
    let mut frame = site.frame(language, request.path());
    frame.beside = address(language, slug(request), "");
    frame
}

/// `/` leads to the pages in the browser's language.
pub async fn root(request: HttpRequest) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, format!("/{}", language::preferred(&request))))
        .insert_header((header::VARY, "Accept-Language"))
        .finish()
}

/// `/ut`: the quick exit. What the browser keeps of our pages is forgotten on the way.
pub async fn exit(site: web::Data<Site>) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, site.exit_url.clone()))
        .insert_header(CLEAR_CACHE)
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        .finish()
}

/// Makes the browser forget our pages, the filled-in survey among them.
pub const CLEAR_CACHE: (HeaderName, &str) = (HeaderName::from_static("clear-site-data"), "\"cache\"");

/// `/static/…`: a style sheet or script, kept for ever, for its address holds a hash of its content.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn asset(
    request: HttpRequest,
    site: web::Data<Site>,
    desk: web::Data<desk::Desk>,
) -> Result<HttpResponse, Error> {
    let editions = desk.editions();
    let asset = site
        .assets
        .get(request.path())
        .or_else(|| editions.iter().find_map(|edition| edition.assets.get(request.path())))
        .ok_or(Error::NotFound)?;
    let encoding = site::accepted_encoding(&request);
    let mut response = HttpResponse::Ok();
    site::encoded(&mut response, encoding)
        .content_type(asset.kind.content_type())
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"));
    Ok(response.body(asset.bytes(encoding).to_vec()))
}
