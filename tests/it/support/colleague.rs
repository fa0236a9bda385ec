//! Someone of staff as HTTP sees her: a browser's cookies, forms, mails, and an authenticator app.

use std::collections::BTreeMap;
use std::time::Duration;

use reqwest::Client;
use reqwest::header::HeaderMap;
use totp_rs::{Builder, Secret};
use trygghetsdialog::clock::{Clock, SystemClock};

use super::resident::client;
use super::service::{Sandbox, Service};

/// A password that nobody guesses.
pub const PASSWORD: &str = "korrekt häst batteri";

/// The public address of a service that is no demo. The tests speak to it without the proxy that HTTPS needs.
pub const PUBLIC_URL: &str = "https://dialog.exempel.se";

/// An answer, read to its end.
#[derive(Debug, Clone)]
pub struct Page {
    /// The status.
    pub status: u16,
    /// Where it leads; empty where it does not.
    pub location: String,
    /// The body.
    pub text: String,
    /// Its headers.
    pub headers: HeaderMap,
}

impl Page {
    /// Fails, with the page, unless it has this status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "→ {}\n{}", self.location, self.text);
        self
    }
}

/// A browser that keeps its cookies.
#[derive(Clone)]
pub struct Colleague {
    client: Client,
    base: String,
    /// Name and value.
    pub cookies: BTreeMap<String, String>,
    /// Sent as `X-Staff-Address`, as the proxy does.
    pub source: Option<String>,
    /// Every `Set-Cookie` that came.
    pub set_cookies: Vec<String>,
}

impl Colleague {
    /// A fresh browser in front of `service`.
    pub fn at(service: &Service) -> Self {
        let (base, cookies) = (service.url(""), BTreeMap::new());
        Self { client: client(), base, cookies, source: None, set_cookies: Vec::new() }
    }

    /// The same browser after the service has been started again, elsewhere.
    pub fn moved_to(&self, service: &Service) -> Self {
        Self { base: service.url(""), ..self.clone() }
    }

    async fn send(&mut self, request: reqwest::RequestBuilder) -> Page {
        let mut request = request;
        if !self.cookies.is_empty() {
            let pairs: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header("Cookie", pairs.join("; "));
        }
        if let Some(source) = &self.source {
            request = request.header("X-Staff-Address", source);
        }
        let response = request.send().await.expect("an answer");
        for set in response.headers().get_all("set-cookie") {
            let set = set.to_str().expect("text").to_owned();
            let (name, value) = set.split(';').next().and_then(|pair| pair.split_once('=')).expect("a pair");
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
            self.set_cookies.push(set);
        }
        let status = response.status().as_u16();
        let location = response.headers().get("location").map(|value| value.to_str().expect("text").to_owned());
        let headers = response.headers().clone();
        Page { status, location: location.unwrap_or_default(), text: response.text().await.expect("a body"), headers }
    }

    /// Asks for a page.
    pub async fn get(&mut self, path: &str) -> Page {
        let request = self.client.get(format!("{}{path}", self.base));
        self.send(request).await
    }

    /// A file.
    pub async fn bytes(&mut self, path: &str) -> Vec<u8> {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = self.client.get(format!("{}{path}", self.base)).header("Cookie", cookies.join("; "));
        let response = request.send().await.expect("an answer");
        assert_eq!(response.status(), 200);
        response.bytes().await.expect("a body").to_vec()
    }

    /// Posts a form, as a browser does from a page of ours.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.post_from("same-origin", path, fields).await
    }

    /// Posts a form with a file in it.
    pub async fn upload(&mut self, path: &str, fields: &[(&str, &str)], file_name: &str, bytes: &[u8]) -> Page {
        const BOUNDARY: &str = "gr4ns";
        let mut body = Vec::new();
        for (name, value) in fields {
            let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
            body.extend([head.as_bytes(), value.as_bytes(), b"\r\n"].concat());
        }
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"fil\"; filename=\"{file_name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend([head.as_bytes(), bytes, format!("\r\n--{BOUNDARY}--\r\n").as_bytes()].concat());
        let request = self
            .client
            .post(format!("{}{path}", self.base))
            .header("Content-Type", format!("multipart/form-data; boundary={BOUNDARY}"))
            .header("Sec-Fetch-Site", "same-origin")
            .body(body);
        self.send(request).await
    }

    /// Posts a form from a page elsewhere.
    pub async fn post_from(&mut self, site: &str, path: &str, fields: &[(&str, &str)]) -> Page {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = self
            .client
            .post(format!("{}{path}", self.base))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Sec-Fetch-Site", site)
            .body(body);
        self.send(request).await
    }

    /// Accepts the invitation at `path` with a second factor, and returns the app and the recovery codes.
    pub async fn accept(&mut self, path: &str, fields: &[(&str, &str)]) -> (App, Vec<String>) {
        let page = self.get(path).await.expect(200);
        let app = App::reading(&page.text);
        let code = app.code();
        let mut form = vec![("password", PASSWORD), ("code", code.as_str())];
        form.extend(fields);
        let page = self.post(path, &form).await.expect(200);
        let codes = codes(&page.text);
        assert_eq!(codes.len(), 10, "{}", page.text);
        (app, codes)
    }

    /// Signs in with password and code: the next step's, for the present one was used to set up the account.
    pub async fn sign_in(&mut self, mail: &str, app: &App) -> Page {
        let page = self.post("/personal/logga-in", &[("mail", mail), ("password", PASSWORD)]).await.expect(303);
        assert!(page.location.starts_with("/personal/logga-in/kod"), "{}", page.location);
        self.post("/personal/logga-in/kod", &[("code", &app.code_at(1))]).await
    }
}

/// What stands in `<code>` elements.
fn codes(page: &str) -> Vec<String> {
    let parts = page.split("<code>").skip(1).filter_map(|rest| rest.split("</code>").next());
    parts.map(str::to_owned).collect()
}

/// An authenticator app.
#[derive(Debug, Clone)]
pub struct App(String);

impl App {
    /// The app that has read the key of a welcome page.
    pub fn reading(page: &str) -> Self {
        Self(codes(page).first().expect("a key").replace(' ', ""))
    }

    /// The code `steps` of 30 seconds from now.
    pub fn code_at(&self, steps: i64) -> String {
        let secret = Secret::try_from_base32(&self.0).expect("a key");
        let totp = Builder::new().with_secret(secret).build().expect("a key");
        let second = SystemClock.now().as_second() + 30 * steps;
        totp.generate(second.unsigned_abs()).to_string()
    }

    /// The code that it shows now.
    pub fn code(&self) -> String {
        self.code_at(0)
    }
}

/// The path in a text after `/personal/`, to the end of the word.
pub fn path_in(text: &str, beginning: &str) -> String {
    let start = text.find(beginning).unwrap_or_else(|| panic!("no {beginning} in {text}"));
    text[start..].split_whitespace().next().expect("a word").to_owned()
}

impl Sandbox {
    /// A sandbox whose service is no demo.
    pub fn public() -> Self {
        Self::new().setting("TRYGGHET_PUBLIC_URL", PUBLIC_URL)
    }

    /// The texts of the mails that were written, in their order, decoded.
    pub fn mails(&self) -> Vec<String> {
        let Ok(entries) = std::fs::read_dir(self.data_directory().join("mail")) else { return Vec::new() };
        let mut files: Vec<_> = entries.map(|entry| entry.expect("a file").path()).collect();
        files.sort();
        files.iter().map(|file| decoded(&std::fs::read_to_string(file).expect("a mail"))).collect()
    }

    /// The mail number `number` (from 0), waited for: mails are sent after the answer.
    pub async fn mail(&self, number: usize) -> String {
        for _ in 0..200 {
            if let Some(mail) = self.mails().get(number) {
                return mail.clone();
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("mail {number} does not come");
    }

    /// Makes the first administrator through the link that the service printed.
    pub async fn administrator(&self, service: &Service) -> (Colleague, App, Vec<String>) {
        let mut colleague = Colleague::at(service);
        let path = path_in(&service.greeting(), "/personal/valkommen/");
        let fields = [("mail", "anna@exempel.se"), ("name", "Anna Administratör")];
        let (app, codes) = colleague.accept(&path, &fields).await;
        (colleague, app, codes)
    }

    /// An invitation's path for `mail` with `roles`, made on the command line.
    pub fn invitation(&self, mail: &str, roles: &[&str]) -> String {
        let mut arguments = vec!["staff", "add", mail];
        roles.iter().for_each(|role| arguments.extend(["--role", role]));
        let output = self.run(&arguments);
        assert!(output.status.success(), "{output:?}");
        path_in(&String::from_utf8(output.stdout).expect("text"), "/personal/valkommen/")
    }
}

/// A mail with its quoted-printable body decoded.
fn decoded(mail: &str) -> String {
    let mail = mail.replace("=\r\n", "");
    let mut bytes = Vec::new();
    let mut rest = mail.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let digits = after.get(..2).filter(|_| first == b'=').and_then(|two| std::str::from_utf8(two).ok());
        match digits.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).expect("UTF-8")
}
