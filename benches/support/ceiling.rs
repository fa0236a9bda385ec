//! The ceiling of what HTTP allows: a bare actix server, in a process of its own as the product is.
//!
//! A benchmark starts itself once more with the argument [`ROLE`]; [`serve_if_asked`] is the first thing
//! that its `main` calls.
//!
//! - `GET /body` answers with the status and body of the product's page and nothing else;
//! - `GET /same` answers with its headers too;
//! - `POST /` reads a form's bytes and answers 303, as Send does, with no work in between.

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::Command;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::web::{Bytes, Data};
use actix_web::{App, HttpResponse, HttpServer, rt, web};

use super::load::Reply;
use super::service::Service;

/// The argument that makes a benchmark's process the ceiling.
const ROLE: &str = "serve-ceiling";

/// Headers that actix writes itself.
const OWN: [&str; 2] = ["content-length", "date"];

struct Page {
    status: StatusCode,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Bytes,
}

/// Starts the ceiling that answers like `reply`. It reads that from `directory`, which must outlive it.
pub fn start(reply: &Reply, directory: &Path) -> Service {
    let (head, body) = (directory.join("ceiling.head"), directory.join("ceiling.body"));
    std::fs::write(&head, &reply.head).unwrap();
    std::fs::write(&body, &reply.body).unwrap();
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.arg(ROLE).args([head, body]);
    Service::start(command)
}

/// The address that a service listens on.
pub fn address(service: &Service) -> SocketAddr {
    service.url("").trim_start_matches("http://").parse().unwrap()
}

/// Serves the ceiling, for ever, where this process was started as one.
pub fn serve_if_asked() {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, role, head, body] = arguments.as_slice() else { return };
    if role != ROLE {
        return;
    }
    let head = std::fs::read_to_string(head).unwrap();
    let status = head.split(' ').nth(1).map_or(StatusCode::OK, |status| status.parse().unwrap());
    let headers = head.lines().skip(1).filter_map(|line| line.split_once(": "));
    let headers = headers
        .filter(|(name, _)| !OWN.contains(name))
        .map(|(name, value)| (HeaderName::from_bytes(name.as_bytes()).unwrap(), HeaderValue::from_str(value).unwrap()));
    let body = std::fs::read(body).unwrap().into();
    let page = Data::new(Page { status, headers: headers.collect(), body });
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    println!("http://{}", listener.local_addr().unwrap());
    let serve = HttpServer::new(move || {
        App::new()
            .app_data(page.clone())
            .route("/body", web::get().to(only_body))
            .route("/same", web::get().to(same))
            .route("/", web::post().to(taken))
    });
    rt::System::new().block_on(serve.listen(listener).unwrap().run()).unwrap();
    std::process::exit(0);
}

async fn only_body(page: Data<Page>) -> HttpResponse {
    HttpResponse::build(page.status).body(page.body.clone())
}

async fn same(page: Data<Page>) -> HttpResponse {
    let mut response = HttpResponse::build(page.status);
    for header in &page.headers {
        response.insert_header(header.clone());
    }
    response.body(page.body.clone())
}

async fn taken(_form: Bytes) -> HttpResponse {
    HttpResponse::build(StatusCode::SEE_OTHER).insert_header((header::LOCATION, "/sv/tack")).finish()
}
