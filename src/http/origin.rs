//! Whether a POST comes from one of our own pages.
//!
//! Residents have no session that a foreign page could abuse, but it could make a visitor's browser
//! hand in answers that are not hers. Browsers say where a form was sent from, in `Sec-Fetch-Site` or
//! `Origin`; `Referrer-Policy: same-origin` keeps `Origin` true on our own posts.

use actix_web::HttpRequest;
use actix_web::http::header;

/// Whether the browser says that a page of another site sent this request.
///
/// A client that says nothing is no browser that a foreign page steers, and is let through.
pub fn is_foreign(request: &HttpRequest, public_url: &str) -> bool {
    let value = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = value("Sec-Fetch-Site") {
        return !matches!(site, "same-origin" | "none");
    }
    let Some(origin) = value(header::ORIGIN.as_str()) else { return false };
    let host = value(header::HOST.as_str()).unwrap_or_default();
    origin != public_url && origin.split_once("://").is_none_or(|(_, authority)| authority != host)
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn foreign(headers: &[(&'static str, &'static str)]) -> bool {
        let request = headers.iter().fold(TestRequest::post(), |request, header| request.insert_header(*header));
        is_foreign(&request.to_http_request(), "https://dialog.exempel.se")
    }

    #[test]
    fn what_the_browser_says_decides() {
        assert!(!foreign(&[]));
        assert!(!foreign(&[("Sec-Fetch-Site", "same-origin")]));
        assert!(foreign(&[("Sec-Fetch-Site", "cross-site")]));
        assert!(foreign(&[("Sec-Fetch-Site", "same-site"), ("Origin", "https://dialog.exempel.se")]));
        assert!(!foreign(&[("Origin", "https://dialog.exempel.se"), ("Host", "inside:8080")]));
        assert!(!foreign(&[("Origin", "http://127.0.0.1:8080"), ("Host", "127.0.0.1:8080")]));
        assert!(foreign(&[("Origin", "https://annan.se"), ("Host", "127.0.0.1:8080")]));
        assert!(foreign(&[("Origin", "null"), ("Host", "127.0.0.1:8080")]));
    }
}
