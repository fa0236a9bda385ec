//! Every route on one screen, in the order of a resident's journey, then of staff's.

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use actix_web::dev::{HttpServiceFactory, Server};
use actix_web::http::header;
use actix_web::middleware::from_fn;
use actix_web::web::{Data, QueryConfig, ServiceConfig};
use actix_web::{App, HttpResponse, HttpServer, Resource, Scope, web};
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

use crate::administration::{dialogues, editor, keying, monitoring, papers, preview, questionnaire, wording};
use crate::http::error::{self, Error, method_not_allowed, not_found};
use crate::http::headers;
use crate::http::site::Site;
use crate::http::totals::Counted;
use crate::i18n;
use crate::staff::guard::{self, Access, StaffRoute, get, post};
use crate::staff::office::Office;
use crate::staff::pages::{self as staff_pages, START};
use crate::staff::pages::{account, colleague, colleagues, forgotten, log, provider, sign_in, start, welcome};
use crate::staff::role::Role;
use crate::survey::pages::desk::Desk;
use crate::survey::pages::{self, form, home, information, statements, thanks};

/// How long requests under way may take after the signal to stop, in seconds.
const GRACE: u64 = 20;

/// How long a client may take to send its request's head.
const PATIENCE: Duration = Duration::from_secs(20);

/// Set when the service has been told to stop: `/readyz` then sends balancers elsewhere.
#[derive(Debug, Default)]
pub struct Draining(AtomicBool);

impl Draining {
    /// The service stops soon.
    pub fn begin(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether the service has been told to stop.
    pub fn has_begun(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

fn routes(config: &mut ServiceConfig) {
    // The survey first, each as a fixed text: routes are tried in turn, and this one is asked for by everyone.
    for language in i18n::languages() {
        config.service(survey(&format!("/{language}/enkat")));
    }
    config
        .service(page("/", web::get().to(pages::root)))
        .service(page("/ut", web::get().to(pages::exit)))
        .service(page("/static/{file}", web::get().to(pages::asset)))
        .service(page("/healthz", web::get().to(healthz)))
        .service(page("/readyz", web::get().to(readyz)))
        .service(page("/metrics", web::get().to(metrics)));
    for language in i18n::languages() {
        config.service(in_language(language));
    }
    config.configure(|config| guard::configure(&staff_routes(), config));
    config.default_service(web::route().to(not_found));
}

/// The other pages in one language. A scope for each instead of a pattern `/{language}/enkat`: routes are tried in turn, and
/// matching the patterns before the survey's was a third of the work of serving it.
fn in_language(language: &str) -> Scope {
    web::scope(&format!("/{language}"))
        .service(page("", web::get().to(home::show)))
        .service(page("/integritet", web::get().to(statements::privacy)))
        .service(page("/{dialogue}/integritet", web::get().to(statements::privacy)))
        .service(page("/{dialogue}/integritet/{version}", web::get().to(statements::privacy)))
        .service(page("/tillganglighet", web::get().to(statements::accessibility)))
        .service(page("/{dialogue}/tillganglighet", web::get().to(statements::accessibility)))
        .service(page("/{dialogue}/tillganglighet/{version}", web::get().to(statements::accessibility)))
        .service(page("/stod", web::get().to(information::support)))
        .service(page("/{dialogue}/stod", web::get().to(information::support)))
        .service(survey("/{dialogue}/enkat"))
        .service(page("/tack", web::get().to(thanks::show)))
        .service(page("/{dialogue}/tack", web::get().to(thanks::show)))
        .service(page("/fokusgrupper", web::get().to(information::focus_groups)))
        .service(page("/{dialogue}/fokusgrupper", web::get().to(information::focus_groups)))
        .service(page("/resultat", web::get().to(information::results)))
        .service(page("/{dialogue}/resultat", web::get().to(information::results)))
}

/// Every route of staff, and who may reach it: the one table that routes, guard, navigation and the test of roles share.
pub fn staff_routes() -> Vec<StaffRoute> {
    use Access::{Anyone, SignedIn};
    const ADMINISTRATOR: Access = Access::Roles(&[Role::Administrator]);
    // A second person reviews; in a small municipality that is the council's secretary.
    const REVIEWERS: Access = Access::Roles(&[Role::Administrator, Role::Secretary]);
    const READERS: Access = Access::Roles(&[Role::Administrator, Role::Secretary, Role::Analyst]);
    // Whoever answers the telephone and opens the post.
    const KEYERS: Access = Access::Roles(&[Role::Administrator, Role::Coordinator, Role::Secretary]);
    vec![
        get("/personal", SignedIn, start::show).listed("staff-nav-start"),
        get("/personal/logga-in", Anyone, sign_in::show),
        post("/personal/logga-in", Anyone, sign_in::take),
        get("/personal/logga-in/kod", Anyone, sign_in::show_code),
        post("/personal/logga-in/kod", Anyone, sign_in::take_code),
        get("/personal/logga-in/reservkod", Anyone, sign_in::show_recovery),
        post("/personal/logga-in/reservkod", Anyone, sign_in::take_recovery),
        get("/personal/logga-in/oidc", Anyone, provider::begin),
        get("/personal/logga-in/oidc/svar", Anyone, provider::take),
        post("/personal/logga-ut", SignedIn, sign_in::sign_out),
        get("/personal/valkommen/{token}", Anyone, welcome::show),
        post("/personal/valkommen/{token}", Anyone, welcome::take),
        get("/personal/glomt-losenord", Anyone, forgotten::show),
        post("/personal/glomt-losenord", Anyone, forgotten::take),
        get("/personal/nytt-losenord/{token}", Anyone, forgotten::show_reset),
        post("/personal/nytt-losenord/{token}", Anyone, forgotten::take_reset),
        get("/personal/konto", SignedIn, account::show),
        get("/personal/konto/losenord", SignedIn, account::show_password),
        post("/personal/konto/losenord", SignedIn, account::take_password),
        get("/personal/konto/reservkoder", SignedIn, account::show_recovery_codes),
        post("/personal/konto/reservkoder", SignedIn, account::take_recovery_codes),
        post("/personal/konto/sessioner", SignedIn, account::end_others),
        post("/personal/konto/sessioner/{id}", SignedIn, account::end_session),
        get("/personal/medarbetare", ADMINISTRATOR, colleagues::show).listed("staff-nav-colleagues"),
        get("/personal/medarbetare/bjud-in", ADMINISTRATOR, colleagues::show_invitation),
        post("/personal/medarbetare/bjud-in", ADMINISTRATOR, colleagues::take_invitation),
        get("/personal/medarbetare/{id}", ADMINISTRATOR, colleague::show),
        post("/personal/medarbetare/{id}/roller", ADMINISTRATOR, colleague::take_roles),
        post("/personal/medarbetare/{id}/inbjudan", ADMINISTRATOR, colleague::invite_again),
        post("/personal/medarbetare/{id}/sessioner", ADMINISTRATOR, colleague::end_sessions),
        get("/personal/medarbetare/{id}/andra-steg", ADMINISTRATOR, colleague::ask_factor),
        post("/personal/medarbetare/{id}/andra-steg", ADMINISTRATOR, colleague::reset_factor),
        get("/personal/medarbetare/{id}/avsluta", ADMINISTRATOR, colleague::ask_deactivate),
        post("/personal/medarbetare/{id}/avsluta", ADMINISTRATOR, colleague::deactivate),
        post("/personal/medarbetare/{id}/aktivera", ADMINISTRATOR, colleague::reactivate),
        get("/personal/logg", ADMINISTRATOR, log::show).listed("staff-nav-log"),
        get("/personal/logg/export", ADMINISTRATOR, log::export::send),
        post("/personal/logg/kontroll", ADMINISTRATOR, log::verify::run),
        get("/personal/dialoger", READERS, dialogues::list).listed("dialogue-nav"),
        get("/personal/dialoger/ny", ADMINISTRATOR, dialogues::new),
        post("/personal/dialoger/ny", ADMINISTRATOR, dialogues::make),
        get("/personal/dialoger/{dialogue}", READERS, dialogues::show),
        get("/personal/dialoger/{dialogue}/fragor", ADMINISTRATOR, questionnaire::show),
        post("/personal/dialoger/{dialogue}/fragor", ADMINISTRATOR, questionnaire::take),
        get("/personal/dialoger/{dialogue}/fragor/redigera", ADMINISTRATOR, editor::show),
        post("/personal/dialoger/{dialogue}/fragor/redigera", ADMINISTRATOR, editor::take),
        get("/personal/dialoger/{dialogue}/fragor/flode", READERS, editor::flow::show),
        get("/personal/dialoger/{dialogue}/fragor/{kind}/{thing}", ADMINISTRATOR, editor::show),
        post("/personal/dialoger/{dialogue}/fragor/{kind}/{thing}", ADMINISTRATOR, editor::take),
        get("/personal/dialoger/{dialogue}/mobil/{language}", READERS, editor::phone::show),
        get("/personal/dialoger/{dialogue}/fragor.yaml", READERS, questionnaire::download),
        get("/personal/dialoger/{dialogue}/fragor.xlsx", READERS, questionnaire::download_form),
        get("/personal/inmatning", KEYERS, keying::list).listed("keying-nav"),
        get("/personal/dialoger/{dialogue}/inmatning", KEYERS, keying::show),
        post("/personal/dialoger/{dialogue}/inmatning", KEYERS, keying::take),
        post("/personal/dialoger/{dialogue}/inmatning/borja", KEYERS, keying::begin),
        post("/personal/dialoger/{dialogue}/inmatning/angra", KEYERS, keying::take_back),
        post("/personal/dialoger/{dialogue}/inmatning/avsluta", KEYERS, keying::end),
        get("/personal/dialoger/{dialogue}/uppfoljning", READERS, monitoring::show),
        get("/personal/dialoger/{dialogue}/papper", READERS, papers::show),
        get("/personal/dialoger/{dialogue}/papper/{file}", READERS, papers::send),
        get("/personal/dialoger/{dialogue}/kontroll", READERS, dialogues::check),
        get("/personal/dialoger/{dialogue}/visa/stil.css", READERS, preview::style),
        get("/personal/dialoger/{dialogue}/visa/skript.js", READERS, preview::script),
        get("/personal/dialoger/{dialogue}/visa/{language}", READERS, preview::show),
        post("/personal/dialoger/{dialogue}/visa/{language}", READERS, preview::take),
        get("/personal/dialoger/{dialogue}/andra", ADMINISTRATOR, dialogues::edit),
        post("/personal/dialoger/{dialogue}/andra", ADMINISTRATOR, dialogues::save),
        get("/personal/dialoger/{dialogue}/texter", ADMINISTRATOR, wording::own),
        post("/personal/dialoger/{dialogue}/texter", ADMINISTRATOR, wording::save),
        get("/personal/dialoger/{dialogue}/integritet", READERS, wording::statements),
        get("/personal/dialoger/{dialogue}/integritet/ny", ADMINISTRATOR, wording::new_statement),
        post("/personal/dialoger/{dialogue}/integritet/ny", ADMINISTRATOR, wording::publish),
        get("/personal/dialoger/{dialogue}/integritet/{version}", READERS, wording::statement),
        get("/personal/dialoger/{dialogue}/tillganglighet", READERS, wording::statements),
        get("/personal/dialoger/{dialogue}/tillganglighet/ny", ADMINISTRATOR, wording::new_statement),
        post("/personal/dialoger/{dialogue}/tillganglighet/ny", ADMINISTRATOR, wording::publish),
        get("/personal/dialoger/{dialogue}/tillganglighet/{version}", READERS, wording::statement),
        get("/personal/dialoger/{dialogue}/granska", REVIEWERS, dialogues::ask),
        post("/personal/dialoger/{dialogue}/granska", REVIEWERS, dialogues::take),
        get("/personal/dialoger/{dialogue}/oppna", ADMINISTRATOR, dialogues::ask),
        post("/personal/dialoger/{dialogue}/oppna", ADMINISTRATOR, dialogues::take),
        get("/personal/dialoger/{dialogue}/pausa", ADMINISTRATOR, dialogues::ask),
        post("/personal/dialoger/{dialogue}/pausa", ADMINISTRATOR, dialogues::take),
        get("/personal/dialoger/{dialogue}/fortsatt", ADMINISTRATOR, dialogues::ask),
        post("/personal/dialoger/{dialogue}/fortsatt", ADMINISTRATOR, dialogues::take),
        get("/personal/dialoger/{dialogue}/stang", ADMINISTRATOR, dialogues::ask),
        post("/personal/dialoger/{dialogue}/stang", ADMINISTRATOR, dialogues::take),
        get("/personal/dialoger/{dialogue}/arkivera", ADMINISTRATOR, dialogues::ask),
        post("/personal/dialoger/{dialogue}/arkivera", ADMINISTRATOR, dialogues::take),
        get("/personal/dialoger/{dialogue}/gallra", ADMINISTRATOR, dialogues::ask_to_purge),
        post("/personal/dialoger/{dialogue}/gallra", ADMINISTRATOR, dialogues::purge),
    ]
}

/// A page that is read: GET, and HEAD for those who only look.
fn page(path: &str, route: actix_web::Route) -> Resource {
    web::resource(path).route(route).default_service(web::route().to(method_not_allowed))
}

fn survey(path: &str) -> impl HttpServiceFactory + use<> {
    page(path, web::get().to(form::show)).route(web::post().to(form::take))
}

/// A server on `listener`, to be awaited; it stops when its handle says so.
///
/// # Errors
/// The listener can't be used.
pub fn serve(
    listener: TcpListener,
    site: Data<Site>,
    desk: Data<Desk>,
    office: Data<Office>,
    draining: Arc<Draining>,
) -> std::io::Result<Server> {
    let draining = Data::from(draining);
    let server = HttpServer::new(move || {
        App::new()
            .app_data(site.clone())
            .app_data(desk.clone())
            .app_data(office.clone())
            .app_data(draining.clone())
            .app_data(error::Part { under: START, draw: staff_pages::error })
            .app_data(QueryConfig::default().error_handler(|_, _| Error::Malformed("its address".to_owned()).into()))
            .wrap(from_fn(error::render))
            // The outermost, so that error pages have them too.
            .wrap(from_fn(headers::add))
            .configure(routes)
    })
    .client_request_timeout(PATIENCE)
    .shutdown_timeout(GRACE)
    .disable_signals()
    .listen(listener)?;
    Ok(server.run())
}

/// Alive: the process answers.
async fn healthz() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ok\n")
}

/// Ready: the database answers and the service is not stopping.
async fn readyz(desk: Data<Desk>, draining: Data<Draining>) -> Result<HttpResponse, Error> {
    let databases = desk.databases.clone();
    let answers = web::block(move || databases.dialogue.get().is_ok()).await;
    let ready = !draining.has_begun() && answers.unwrap_or(false);
    let mut response = if ready { HttpResponse::Ok() } else { HttpResponse::ServiceUnavailable() };
    let body = if ready { "ready\n" } else { "not ready\n" };
    Ok(response.content_type("text/plain; charset=utf-8").body(body))
}

/// Figures for Prometheus: none that moves when someone answers.
async fn metrics(desk: Data<Desk>) -> Result<HttpResponse, Error> {
    let mut registry = Registry::with_prefix("trygghet");
    let totals = [
        ("survey_shown_yesterday", "Times the survey was shown yesterday, from 10 up", Counted::SurveyShown),
        ("handed_in_yesterday", "Answers handed in yesterday, from 10 up", Counted::HandedIn),
    ];
    for (name, help, counted) in totals {
        if let Some(total) = desk.totals.yesterday(counted, desk.clock.as_ref()) {
            let gauge = Gauge::<i64>::default();
            gauge.set(i64::try_from(total).unwrap_or(i64::MAX));
            registry.register(name, help, gauge);
        }
    }
    let dialogues = Gauge::<i64>::default();
    let open = desk.editions().iter().filter(|edition| edition.is_shown(desk.clock.as_ref())).count();
    dialogues.set(i64::try_from(open).unwrap_or(i64::MAX));
    registry.register("open_dialogues", "Dialogues that take answers", dialogues);
    let mut text = String::new();
    encode(&mut text, &registry).map_err(|error| Error::internal("metrics can't be written", error))?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8"))
        .body(text))
}
