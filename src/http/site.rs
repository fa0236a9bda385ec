//! What every handler knows of the service: its addresses, its assets, its source of chance.

use std::sync::Arc;

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use askama::Template;

use crate::http::assets::{Assets, BASE_STYLE, EXIT_SCRIPT, Kind, PAGES_STYLE};
use crate::http::encoding::{Effort, Encoding};
use crate::http::error::Error;
use crate::http::frame::{Frame, LanguageLink};
use crate::i18n;
use crate::id::Randomness;

/// The service as its handlers see it.
pub struct Site {
    /// The address that residents use, without a final slash.
    pub public_url: String,
    /// The neutral site of the quick exit.
    pub exit_url: String,
    /// Style sheets and scripts.
    pub assets: Assets,
    /// Address of the style sheet of pages around the survey.
    pub stylesheet: String,
    /// Address of their script.
    pub script: String,
    /// Source of reference numbers.
    pub randomness: Arc<dyn Randomness>,
}

impl Site {
    /// A site at `public_url` that also serves `assets`.
    pub fn new(public_url: String, exit_url: String, mut assets: Assets, randomness: Arc<dyn Randomness>) -> Self {
        let stylesheet = assets.add("bas", Kind::Style, &format!("{BASE_STYLE}{PAGES_STYLE}"));
        let script = assets.add("ut", Kind::Script, EXIT_SCRIPT);
        Self { public_url, exit_url, assets, stylesheet, script, randomness }
    }

    /// Whether residents reach the service by HTTPS.
    pub fn is_secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// The frame of the page at `path` in `language`, with links to the same page in the others.
    ///
    /// `path` begins with the language's code; a path that does not has no twins.
    pub fn frame(&self, language: &str, path: &str) -> Frame {
        let mut frame = Frame::new(language, &self.stylesheet);
        frame.script = Some(self.script.clone());
        let own = format!("/{language}");
        if let Some(rest) = path.strip_prefix(&own) {
            frame.languages = i18n::languages()
                .filter(|other| *other != language)
                .map(|other| LanguageLink {
                    code: other.to_owned(),
                    name: i18n::text(other, "language-own-name"),
                    address: format!("/{other}{rest}"),
                })
                .collect();
        }
        frame
    }
}

/// A page as an answer, compressed as the browser takes it.
///
/// # Errors
/// [`Error::Internal`] where the template fails.
pub fn page(request: &HttpRequest, status: StatusCode, template: &impl Template) -> Result<HttpResponse, Error> {
    let html = template.render().map_err(|error| Error::internal("a template failed", error))?;
    Ok(html_response(request, status, &html))
}

/// HTML as an answer, compressed as the browser takes it.
pub fn html_response(request: &HttpRequest, status: StatusCode, html: &str) -> HttpResponse {
    let encoding = accepted_encoding(request);
    let mut response = HttpResponse::build(status);
    encoded(&mut response, encoding).content_type("text/html; charset=utf-8");
    response.body(encoding.compress(html.as_bytes(), Effort::Quick))
}

/// Says on an answer how its body is encoded, and that this turns with what the browser takes.
pub fn encoded(response: &mut HttpResponseBuilder, encoding: Encoding) -> &mut HttpResponseBuilder {
    if let Some(token) = encoding.token() {
        response.insert_header((header::CONTENT_ENCODING, token));
    }
    response.insert_header((header::VARY, "Accept-Encoding"))
}

/// The best encoding that the browser takes.
pub fn accepted_encoding(request: &HttpRequest) -> Encoding {
    let accepted = request.headers().get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    Encoding::accepted(accepted.unwrap_or_default())
}
