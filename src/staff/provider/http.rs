//! Asking the provider: within a time, up to a size, following nothing.
//!
//! A provider's documents name the addresses that are asked next. They must be by HTTPS, unless the provider itself is on
//! this machine, and a redirect is an answer that can't be used: nobody steers us to other machines by one.

use std::pin::Pin;
use std::time::Duration;

use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use reqwest::redirect::Policy;
use reqwest::{Client, Request};

/// How long a connection may take.
const TO_CONNECT: Duration = Duration::from_secs(5);

/// How long an answer may take, with its body.
const PATIENCE: Duration = Duration::from_secs(10);

/// How large an answer may be, in bytes. Documents and sets of keys are a few thousand.
const LARGEST: usize = 512 * 1024;

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// Nobody is there, or not by a certificate that we trust.
    #[error("no connection")]
    Away,
    /// Not in time.
    #[error("no answer in time")]
    Late,
    /// It answered with a status from 500 up.
    #[error("the provider fails")]
    Failing,
    /// More than can be right.
    #[error("too large")]
    TooLarge,
    /// An address without HTTPS.
    #[error("an address without HTTPS")]
    InClear,
    /// No request can be made of what is to be asked.
    #[error("no request")]
    Request,
}

/// Asks the provider.
pub struct Fetcher {
    client: Client,
    in_clear: bool,
}

impl Fetcher {
    /// `in_clear` for a provider on this machine, which needs no HTTPS.
    ///
    /// # Errors
    /// The system has no TLS.
    pub fn new(in_clear: bool) -> Result<Self, reqwest::Error> {
        let client = Client::builder()
            .redirect(Policy::none())
            .connect_timeout(TO_CONNECT)
            .timeout(PATIENCE)
            // Each worker has a runtime of its own: a connection kept by one is of no use to another.
            .pool_max_idle_per_host(0)
            .user_agent(concat!("trygghetsdialog/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self { client, in_clear })
    }

    /// Whether an address may be asked, or a browser sent to.
    ///
    /// # Errors
    /// [`FetchError::InClear`].
    pub fn allows(&self, address: &str) -> Result<(), FetchError> {
        let allowed = address.starts_with("https://") || self.in_clear && address.starts_with("http://");
        allowed.then_some(()).ok_or(FetchError::InClear)
    }

    async fn fetch(&self, request: HttpRequest) -> Result<HttpResponse, FetchError> {
        let request: Request = request.try_into().map_err(|_| FetchError::Request)?;
        self.allows(request.url().as_str())?;
        let failed = |error: reqwest::Error| if error.is_timeout() { FetchError::Late } else { FetchError::Away };
        let mut answer = self.client.execute(request).await.map_err(failed)?;
        if answer.status().is_server_error() {
            return Err(FetchError::Failing);
        }
        let (status, headers) = (answer.status(), answer.headers().clone());
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(failed)? {
            if body.len() + chunk.len() > LARGEST {
                return Err(FetchError::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        let mut response = HttpResponse::new(body);
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        Ok(response)
    }
}

impl<'c> AsyncHttpClient<'c> for Fetcher {
    type Error = FetchError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, FetchError>> + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.fetch(request))
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;

    use super::*;

    /// What is got where a machine answers with these bytes.
    async fn answered(bytes: Vec<u8>) -> Result<HttpResponse, FetchError> {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let _ = stream.read(&mut [0; 4096]);
            // The other side may hang up when it has had enough.
            let _ = stream.write_all(&bytes);
        });
        let mut request = HttpRequest::new(Vec::new());
        *request.uri_mut() = address.parse().unwrap();
        Fetcher::new(true).unwrap().fetch(request).await
    }

    #[tokio::test]
    async fn answers_are_bounded_and_nothing_is_followed() {
        let moved = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 2\r\n\r\nhi".to_vec();
        let response = answered(moved).await.unwrap();
        assert_eq!((response.status().as_u16(), response.body().as_slice()), (302, b"hi".as_slice()));
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", LARGEST + 1);
        let large = [head.into_bytes(), vec![b' '; LARGEST + 1]].concat();
        assert_eq!(answered(large).await.unwrap_err(), FetchError::TooLarge);
        let failing = b"HTTP/1.1 503 Away\r\nContent-Length: 0\r\n\r\n".to_vec();
        assert_eq!(answered(failing).await.unwrap_err(), FetchError::Failing);
        assert_eq!(answered(Vec::new()).await.unwrap_err(), FetchError::Away);
    }

    #[test]
    fn a_provider_elsewhere_is_asked_by_https_alone() {
        let elsewhere = Fetcher::new(false).unwrap();
        assert_eq!(elsewhere.allows("https://login.exempel.se/keys"), Ok(()));
        assert_eq!(elsewhere.allows("http://127.0.0.1:5432/"), Err(FetchError::InClear));
        assert_eq!(Fetcher::new(true).unwrap().allows("file:///etc/passwd"), Err(FetchError::InClear));
    }
}
