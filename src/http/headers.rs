//! Headers that every answer carries.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web;

use crate::http::site::Site;

/// No inline style or script, nothing from elsewhere, no framing, forms to ourselves only.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
     connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// What a browser must not offer to our pages.
const PERMISSIONS_POLICY: &str = "camera=(), geolocation=(), microphone=(), browsing-topics=()";

/// Lets our own pages show this answer in a frame: the preview of a draft, and nothing else.
pub fn let_ourselves_frame(headers: &mut HeaderMap) {
    let policy = CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'");
    set_policy(headers, &policy);
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
}

/// Lets this page hold a frame with one of our own.
pub fn let_frame_ours(headers: &mut HeaderMap) {
    set_policy(headers, &format!("{CONTENT_SECURITY_POLICY}; frame-src 'self'"));
}

fn set_policy(headers: &mut HeaderMap, policy: &str) {
    if let Ok(policy) = HeaderValue::from_str(policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
}

static ALWAYS: [(HeaderName, HeaderValue); 9] = [
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONTENT_SECURITY_POLICY)),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    // Not `no-referrer`: browsers would send `Origin: null` on our own POSTs (see `origin`).
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("permissions-policy"), HeaderValue::from_static(PERMISSIONS_POLICY)),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    // For every kind of answer, and lighter than the same in each page.
    (HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex, nofollow")),
];

/// Adds the headers that the handler has not set itself; nothing is stored anywhere unless it said so.
///
/// # Errors
/// Those of the handler.
pub async fn add(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let mut response = next.call(request).await?;
    let secure = response.request().app_data::<web::Data<Site>>().is_some_and(|site| site.is_secure());
    set(response.headers_mut(), secure);
    Ok(response)
}

fn set(headers: &mut HeaderMap, secure: bool) {
    if secure {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    for (name, value) in &ALWAYS {
        if !headers.contains_key(name) {
            headers.insert(name.clone(), value.clone());
        }
    }
}
