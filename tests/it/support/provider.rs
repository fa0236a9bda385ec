//! A real OpenID Connect provider, in Node: the npm package `oidc-provider`, see `provider.mjs`.
//!
//! People sign in on its own pages, as they stand: its forms are read and posted.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use reqwest::redirect::Policy;
use reqwest::{Client, Response};

use super::colleague::{Colleague, Page};
use super::require::Missing;
use super::service::Sandbox;
use super::source::root;

/// The secret that it knows the service by; a blank in it, so that how it is sent matters.
pub const SECRET: &str = "provarens hemlighet";

/// Where the service takes its answers.
pub const ANSWER: &str = "/personal/logga-in/oidc/svar";

/// The provider's process, ended when dropped.
pub struct Provider {
    process: Child,
    /// Its address.
    pub issuer: String,
}

impl Provider {
    /// Starts it on a free port.
    ///
    /// # Errors
    /// [`Missing`] where Node or the packages are.
    ///
    /// # Panics
    /// Where it ends instead.
    pub fn start() -> Result<Self, Missing> {
        if !root().join("tests/node_modules/oidc-provider").is_dir() {
            return Err(Missing("oidc-provider (run `npm ci` in tests/)".into()));
        }
        let mut process = Command::new("node")
            .arg(root().join("tests/it/support/provider.mjs"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|_| Missing("node, 20 or later".into()))?;
        let mut said = Vec::new();
        for line in BufReader::new(process.stdout.take().expect("piped")).lines().map_while(Result::ok) {
            let there = line.starts_with("listening ");
            said.push(line);
            if there {
                break;
            }
        }
        let issuer = said.last().and_then(|line| line.strip_prefix("listening ")).map(str::to_owned);
        let issuer = issuer.unwrap_or_else(|| {
            let mut wrong = String::new();
            let _ = std::io::Read::read_to_string(&mut process.stderr.take().expect("piped"), &mut wrong);
            panic!("the provider does not start: {said:?} {wrong}")
        });
        Ok(Self { process, issuer })
    }

    /// Ends it, so that nobody is there.
    pub fn kill(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }

    /// From now on it answers wrongly in this way, see `provider.mjs`; rightly again after `none`.
    pub async fn answers(&self, how: &str) {
        let client = Client::new();
        let answer = client.put(format!("{}/test/{how}", self.issuer)).send().await.expect("the provider");
        assert_eq!(answer.status(), 204);
    }

    /// Signs in at `address`, where the service has sent the browser; where the provider sends it then.
    pub async fn sign_in(&self, address: &str, login: &str) -> String {
        Visit::new(self).walk(address, Some(login)).await
    }

    /// Changes her mind at `address`.
    pub async fn cancel(&self, address: &str) -> String {
        Visit::new(self).walk(address, None).await
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A browser at the provider.
struct Visit {
    client: Client,
    issuer: String,
    cookies: BTreeMap<String, String>,
}

impl Visit {
    fn new(provider: &Provider) -> Self {
        let client = Client::builder().redirect(Policy::none()).build().expect("a client");
        Self { client, issuer: provider.issuer.clone(), cookies: BTreeMap::new() }
    }

    async fn ask(&mut self, address: &str, form: Option<&[(&str, &str)]>) -> Response {
        let request = match form {
            Some(fields) => self
                .client
                .post(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .body(form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()),
            None => self.client.get(address),
        };
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let response = request.header("Cookie", cookies.join("; ")).send().await.expect("the provider");
        for set in response.headers().get_all("set-cookie") {
            let pair = set.to_str().expect("text").split(';').next().and_then(|pair| pair.split_once('='));
            let (name, value) = pair.expect("a pair");
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        response
    }

    /// From page to page until the provider leads elsewhere.
    async fn walk(&mut self, address: &str, login: Option<&str>) -> String {
        assert!(address.starts_with(&self.issuer), "{address} is not at the provider");
        let mut response = self.ask(address, None).await;
        for _ in 0..20 {
            if let Some(location) = response.headers().get("location") {
                let location = location.to_str().expect("text");
                let next = url::Url::parse(&self.issuer).and_then(|base| base.join(location)).expect("an address");
                if !next.as_str().starts_with(&self.issuer) {
                    return next.into();
                }
                response = self.ask(next.as_str(), None).await;
                continue;
            }
            let page = response.text().await.expect("a page");
            let after = |mark: &str| page.split(mark).nth(1).and_then(|rest| rest.split('"').next());
            let action = after("action=\"").unwrap_or_else(|| panic!("no form in {page}")).to_owned();
            let prompt = after("name=\"prompt\" value=\"").expect("a prompt").to_owned();
            response = match login {
                None => self.ask(&format!("{action}/abort"), None).await,
                Some(login) => {
                    let fields = [("prompt", prompt.as_str()), ("login", login), ("password", "x")];
                    self.ask(&action, Some(&fields)).await
                }
            };
        }
        panic!("the provider does not lead back");
    }
}

impl Sandbox {
    /// The same sandbox with this provider set.
    pub fn with_provider(self, provider: &Provider) -> Self {
        self.setting("TRYGGHET_OIDC_ISSUER", &provider.issuer)
            .setting("TRYGGHET_OIDC_CLIENT_ID", "dialog")
            .setting("TRYGGHET_OIDC_CLIENT_SECRET", SECRET)
    }
}

/// The path and query of an answer's address.
pub fn path_of(answer: &str) -> &str {
    let at = answer.find(ANSWER).unwrap_or_else(|| panic!("{answer} does not lead back to the service"));
    &answer[at..]
}

impl Colleague {
    /// Signs in as `login` at the provider, and comes back with its answer.
    pub async fn come_through(&mut self, provider: &Provider, login: &str) -> Page {
        let begin = self.get("/personal/logga-in/oidc?till=%2Fpersonal%2Fkonto").await.expect(303);
        let answer = provider.sign_in(&begin.location, login).await;
        self.get(path_of(&answer)).await
    }

    /// Whether she is signed in.
    pub async fn is_in(&mut self) -> bool {
        self.get("/personal").await.status == 200
    }
}
