//! The real service in a browser without `:has()`, from the long page to the stored letter.
//!
//! No such browser is at hand, so a proxy stands between: it hands on everything as it is, headers and policy
//! included, but in what it passes to the browser `:has(` reads `:unknown(`, which no browser knows. What is shown by
//! this is that neither page nor sending needs the selector; not what else an old browser may lack.

use actix_web::dev::ServerHandle;
use actix_web::http::StatusCode;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};

use super::journey::Answer::Option;
use super::journey::{PHONE, Resident};
use crate::support::browser::Scripts;
use crate::support::resident::{client, texts};
use crate::support::service::{Sandbox, Service};

/// The proxy, stopped when dropped.
struct Proxy {
    address: String,
    handle: ServerHandle,
}

impl Proxy {
    fn before(service: &Service) -> Self {
        let service = web::Data::new(service.url(""));
        let (send, receive) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let app = move || App::new().app_data(service.clone()).default_service(web::to(pass));
                let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0").expect("a free port");
                let address = format!("http://{}", server.addrs()[0]);
                let server = server.run();
                send.send((address, server.handle())).expect("the test waits");
                server.await.expect("the proxy runs");
            });
        });
        let (address, handle) = receive.recv().expect("the proxy starts");
        Self { address, handle }
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        // The future does its work when it is made; waiting for it would need the proxy's own runtime.
        drop(self.handle.stop(false));
    }
}

/// Hands a request on, and its answer back. Bodies come uncompressed, for no encoding is asked for.
async fn pass(service: web::Data<String>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    let method = reqwest::Method::from_bytes(request.method().as_str().as_bytes()).expect("a method");
    let mut onward = client().request(method, format!("{}{}", service.as_str(), request.uri())).body(body.to_vec());
    for (name, value) in request.headers() {
        if !["host", "accept-encoding", "content-length"].contains(&name.as_str()) {
            onward = onward.header(name.as_str(), value.as_bytes());
        }
    }
    let answer = onward.send().await.expect("the service answers");
    let status = StatusCode::from_u16(answer.status().as_u16()).expect("a status");
    let mut back = HttpResponse::build(status);
    for (name, value) in answer.headers() {
        if !["content-length", "transfer-encoding", "connection"].contains(&name.as_str()) {
            back.append_header((name.as_str(), value.as_bytes()));
        }
    }
    let text = answer.text().await.expect("the service sends text");
    assert!(!text.contains(":unknown("), "the word is ours");
    back.body(text.replace(":has(", ":unknown("))
}

#[tokio::test]
async fn the_service_is_usable_without_has() {
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    let proxy = Proxy::before(&service);
    for (sent, scripts) in [(1, Scripts::On), (2, Scripts::Off)] {
        let Some(resident) = Resident::arrive(scripts, PHONE).await else { return };
        resident.goto(&format!("{}/sv/enkat", proxy.address)).await;
        assert!(resident.screens().await.len() > 8, "every part stands open: {:?}", resident.screens().await);
        assert!(resident.seen("[value=submit]").await.is_none(), "Send comes after the review");
        resident.answer_all(&[Option("X01", "folkbokford"), Option("X02", "kvinna")]).await;
        resident.answer_all(&[Option("Q06", "ganska_otrygg"), Option("Q19", "belysning")]).await;
        resident.press("[value=review]").await;
        resident.reads("Inget har skickats än").await;
        resident.press("[value=submit]").await;
        // A question that must be answered was not: the long page is back, with the fault.
        resident.reads("Det finns 1 fel att rätta").await;
        resident.answer(Option("X03", "a35_44")).await;
        resident.press("[value=review]").await;
        resident.reads("Inget har skickats än").await;
        resident.press("[value=submit]").await;
        resident.arrives_at(&format!("{}/sv/vkod-2017/tack", proxy.address)).await;
        assert_eq!(texts(&sandbox.open().dialogue, "SELECT 'one' AS text FROM letter").len(), sent);
    }
}
