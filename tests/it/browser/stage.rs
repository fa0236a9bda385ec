//! The document on a stage: the real survey behind the smallest server that can show and refill it.
//!
//! No database and no storing: what a POST sends back is what the survey's own form and document make of it.

use std::sync::Arc;

use actix_web::body::MessageBody;
use actix_web::http::StatusCode;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use trygghetsdialog::http::assets::Assets;
use trygghetsdialog::http::encoding::Encoding;
use trygghetsdialog::survey::definition::{self, Questionnaire};
use trygghetsdialog::survey::document::{AssetAddresses, Context, Document, Filled, Open, Permutation};
use trygghetsdialog::survey::form::{self, Action, Checked};

/// The real survey.
pub fn questionnaire() -> Arc<Questionnaire> {
    let (name, text) = definition::VKOD_2017;
    Arc::new(definition::load(name, text).expect("the real survey loads"))
}

/// A receipt as any other.
const RECEIPT: &str = "AAAAAAAAAAAAAAAAAAAAAA";

struct Play {
    document: Document,
    assets: Assets,
    /// The browser is to know nothing of `:has()`.
    old: bool,
}

/// A running server, stopped when dropped.
pub struct Stage {
    address: String,
    handle: actix_web::dev::ServerHandle,
}

impl Stage {
    /// Serves the survey. With `old`, its style sheet asks for a selector that no browser knows wherever it asks for
    /// `:has()`: what is seen then is what a browser without `:has()` shows.
    pub fn open(questionnaire: &Arc<Questionnaire>, old: bool) -> Self {
        let mut assets = Assets::default();
        let addresses = AssetAddresses::register(questionnaire, &mut assets);
        let document = Document::publish(questionnaire.clone(), addresses, Context::default()).expect("it renders");
        let play = web::Data::new(Play { document, assets, old });
        let (send, receive) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let server = HttpServer::new(move || {
                    App::new()
                        .app_data(play.clone())
                        .route("/static/{file}", web::get().to(asset))
                        .route("/{language}/enkat", web::get().to(show))
                        .route("/{language}/enkat", web::post().to(take))
                        .route("/{language}/tack", web::get().to(|| async { "Tack" }))
                        .route("/ut", web::get().to(|| async { "Ute" }))
                })
                .workers(1)
                .bind("127.0.0.1:0")
                .expect("a free port");
                let address = format!("http://{}", server.addrs()[0]);
                let server = server.run();
                send.send((address, server.handle())).expect("the test waits");
                server.await.expect("the server runs");
            });
        });
        let (address, handle) = receive.recv().expect("the server starts");
        Self { address, handle }
    }

    /// The address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // The future does its work when it is made; waiting for it would need the server's own runtime.
        drop(self.handle.stop(false));
    }
}

async fn show(play: web::Data<Play>, language: web::Path<String>) -> HttpResponse {
    let order = Permutation::from_form(Some("3"));
    page(StatusCode::OK, play.document.empty(&language, order, RECEIPT, Encoding::Identity))
}

async fn take(play: web::Data<Play>, language: web::Path<String>, body: web::Bytes) -> HttpResponse {
    let Ok(posted) = form::read(play.document.questionnaire(), &body) else {
        return HttpResponse::BadRequest().finish();
    };
    let fill = |language: &str, open, faults: &[form::Fault]| {
        let order = Permutation::from_form(posted.order.as_deref());
        let receipt = posted.receipt.as_deref().unwrap_or(RECEIPT);
        let filled = Filled { raw: &posted.raw, order, receipt, open, faults, notice: None };
        play.document.filled(language, &filled).expect("it renders").into_bytes()
    };
    match &posted.action {
        Action::Language(other) => page(StatusCode::OK, fill(other, Open::Start, &[])),
        Action::Review => page(StatusCode::OK, fill(&language, Open::Review, &[])),
        Action::Submit => match form::check(play.document.questionnaire(), &posted.raw) {
            Checked::Valid(_) => {
                HttpResponse::SeeOther().insert_header(("Location", format!("/{language}/tack"))).finish()
            }
            Checked::ScreenedOut => page(StatusCode::OK, fill(&language, Open::Outside, &[])),
            Checked::Faulty(faults) => {
                let open = play.document.part_of(&faults);
                page(StatusCode::UNPROCESSABLE_ENTITY, fill(&language, open, &faults))
            }
        },
    }
}

fn page(status: StatusCode, body: impl MessageBody + 'static) -> HttpResponse {
    HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .insert_header(("Cache-Control", "no-store"))
        .body(body)
}

async fn asset(play: web::Data<Play>, request: HttpRequest) -> HttpResponse {
    let Some(asset) = play.assets.get(request.path()) else { return HttpResponse::NotFound().finish() };
    let text = String::from_utf8(asset.bytes(Encoding::Identity).to_vec()).expect("assets are text");
    let text = if play.old { text.replace(":has(", ":unknown(") } else { text };
    HttpResponse::Ok().content_type(asset.kind.content_type()).body(text)
}
