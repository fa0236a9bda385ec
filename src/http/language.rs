//! Which language a page is shown in: the one in its address, else the best that the browser asks for.

use actix_web::HttpRequest;
use actix_web::http::header;

use crate::i18n;

/// The language in the address (`/sv/…`), where it is one of the interface's.
pub fn of_path(path: &str) -> Option<&'static str> {
    let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    i18n::languages().find(|language| *language == first)
}

/// The interface's language that `Accept-Language` prefers; Swedish where it names none of ours.
///
/// Weighed as RFC 9110 section 12.5.4 says; a region is disregarded (`en-GB` asks for `en`).
pub fn preferred(request: &HttpRequest) -> &'static str {
    let accepted = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    negotiate(accepted.unwrap_or_default())
}

fn negotiate(accepted: &str) -> &'static str {
    let mut best = (i18n::DEFAULT_LANGUAGE, 0.0);
    for range in accepted.split(',') {
        let mut parts = range.split(';');
        let primary = parts.next().unwrap_or_default().trim().split('-').next().unwrap_or_default().to_lowercase();
        let weight = parts
            .find_map(|parameter| parameter.trim().strip_prefix("q="))
            .map_or(1.0, |weight| weight.trim().parse().unwrap_or(0.0));
        if let Some(language) = i18n::languages().find(|language| *language == primary)
            && weight > best.1
        {
            best = (language, weight);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browsers_wish_decides_and_swedish_is_the_rest() {
        for (accepted, language) in [
            ("", "sv"),
            ("fi", "sv"),
            ("en-GB,en;q=0.9", "en"),
            ("fi,ar;q=0.7,en;q=0.8", "en"),
            ("ar-SY", "ar"),
            ("en;q=0", "sv"),
            ("en;q=nonsense, ar;q=0.1", "ar"),
        ] {
            assert_eq!(negotiate(accepted), language, "{accepted}");
        }
    }

    #[test]
    fn an_address_names_its_language() {
        assert_eq!(of_path("/ar/enkat"), Some("ar"));
        assert_eq!(of_path("/static/x.css"), None);
        assert_eq!(of_path("/"), None);
    }
}
