//! `serve`: the service, and its housekeeping.

use std::net::{SocketAddr, TcpListener};
use std::ops::ControlFlow;
use std::path::Path;
use std::pin::pin;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::rt;
use actix_web::rt::signal::unix::{Signal, SignalKind, signal};
use actix_web::web::Data;
use futures_util::future::select;

use crate::administration::keying;
use crate::cli::mix::described;
use crate::cli::{Failure, start};
use crate::config::Settings;
use crate::http::assets::{Assets, BASE_STYLE, Kind, STAFF_STYLE};
use crate::http::site::Site;
use crate::server::{self, Draining};
use crate::staff::audit::{Memory, MemoryError};
use crate::staff::office::Office;
use crate::staff::secrets::StaffKey;
use crate::staff::token::Token;
use crate::staff::{enrol, letters};
use crate::survey::letterbox::Letterbox;
use crate::survey::mixing::{MixError, Mixer, Progress};
use crate::survey::pages::desk::Desk;

/// How often dialogues' states are read and due weeks mixed.
const HOUSEKEEPING: Duration = Duration::from_secs(20);

/// Serves until told to stop.
///
/// # Errors
/// Whatever keeps the service from starting: a port taken, a database out of reach, keys that others can read.
pub fn run(settings: &Settings) -> Result<(), Failure> {
    let listener = TcpListener::bind(settings.listen)
        .map_err(|error| Failure::new(format!("can't listen on {}: {error}", settings.listen)))?;
    let listening = listener.local_addr()?;
    let databases = start::databases(settings)?;
    start::first_dialogue(&databases)?;
    let (clock, randomness) = (start::clock(), start::randomness());
    let keys = start::keys(settings)?;
    let receipt_key = keys.receipt_key(randomness.as_ref())?;
    let staff_key = StaffKey::new(keys.staff_key(randomness.as_ref())?);
    let first_administrator = enrol::first_link(&mut *databases.dialogue.get()?, clock.now(), randomness.as_ref())?;
    let mixer = settings.mixing.then(|| start::mixer(&databases, keys));
    match mixer.as_ref().map(Mixer::prepare) {
        // A mixing by hand is under way, and has made the keys.
        None | Some(Ok(()) | Err(MixError::AlreadyRunning)) => {}
        Some(Err(error)) => return Err(error.into()),
    }
    let letterbox =
        Letterbox::start(databases.dialogue.clone(), Arc::clone(&clock), Arc::clone(&randomness), receipt_key)?;
    let mut assets = Assets::default();
    let memory = Memory::new(&settings.key_dir);
    let office = Data::new(Office {
        memory: memory.clone(),
        database: databases.dialogue.clone(),
        clock: Arc::clone(&clock),
        randomness: Arc::clone(&randomness),
        key: staff_key,
        mailer: Arc::new(start::mailer(settings)?),
        stylesheet: assets.add("personal", Kind::Style, &format!("{BASE_STYLE}{STAFF_STYLE}")),
        public_url: settings.public_url(listening),
        provider: start::provider(settings, &settings.public_url(listening))?,
        demo: settings.is_demo(),
    });
    let desk = Data::new(Desk::new(databases, letterbox, clock, Arc::clone(&randomness)));
    desk.refresh()?;
    let site = Site::new(settings.public_url(listening), settings.exit_url.to_string(), assets, randomness);
    let draining = Arc::new(Draining::default());
    {
        let (desk, draining) = (desk.clone(), Arc::clone(&draining));
        let work = move || keep_house(&desk, mixer.as_ref(), &memory, &draining);
        thread::Builder::new().name("housekeeping".to_owned()).spawn(work)?;
    }
    rt::System::new().block_on(async {
        let site = Data::new(site);
        let stop = SignalToStop::expected()?;
        let server = server::serve(listener, site.clone(), desk.clone(), office.clone(), Arc::clone(&draining))?;
        rt::spawn(stop.drain(draining, server.handle()));
        announce(settings, listening, &site, &desk, &office, first_administrator.as_ref());
        server.await
    })?;
    println!("Stopped. Everything acknowledged is stored.");
    Ok(())
}

/// SIGTERM or SIGINT.
struct SignalToStop {
    terminate: Signal,
    interrupt: Signal,
}

impl SignalToStop {
    /// From now on neither signal ends the process by itself.
    fn expected() -> std::io::Result<Self> {
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    /// When one comes, `/readyz` says so, and requests under way are finished.
    async fn drain(mut self, draining: Arc<Draining>, server: ServerHandle) {
        select(pin!(self.terminate.recv()), pin!(self.interrupt.recv())).await;
        draining.begin();
        server.stop(true).await;
    }
}

/// Reads dialogues' states and mixes what is due, for as long as the process lives. What fails is tried
/// again the next time; it is logged when it begins and when it is over.
fn keep_house(desk: &Desk, mixer: Option<&Mixer>, memory: &Memory, draining: &Draining) {
    let mut failing = false;
    while !draining.has_begun() {
        thread::sleep(HOUSEKEEPING);
        match tidy(desk, mixer, memory, draining) {
            Ok(()) if failing => {
                failing = false;
                tracing::info!("housekeeping works again");
            }
            Ok(()) => {}
            Err(failure) if !failing => {
                failing = true;
                tracing::error!("housekeeping failed, and is tried again: {failure}");
            }
            Err(_) => {}
        }
    }
}

fn tidy(desk: &Desk, mixer: Option<&Mixer>, memory: &Memory, draining: &Draining) -> Result<(), Failure> {
    // First, so that what was keyed is mixed with its week.
    keying::end_abandoned(&mut *desk.databases.dialogue.get()?, desk.clock.now())?;
    if let Some(mixer) = mixer {
        let mut go_on =
            |_: Progress<'_>| if draining.has_begun() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
        match mixer.mix_due(&mut go_on) {
            Ok(mixed) => mixed.iter().for_each(|mixed| tracing::info!("{}", described(mixed))),
            // By hand, or by another copy: it is being done.
            Err(MixError::AlreadyRunning | MixError::Stopped) => {}
            Err(error) => return Err(error.into()),
        }
    }
    desk.refresh()?;
    match memory.renew(&mut *desk.databases.dialogue.get()?) {
        // A copy that holds no week's key may have a key directory that it can't write to: another one remembers.
        Err(MemoryError::Io { .. }) if mixer.is_none() => Ok(()),
        renewed => Ok(renewed?),
    }
}

/// Says where to look, where data lies, and what to do next.
fn announce(
    settings: &Settings,
    listening: SocketAddr,
    site: &Site,
    desk: &Desk,
    office: &Office,
    first_administrator: Option<&Token>,
) {
    let editions = desk.editions();
    println!("Trygghetsdialog {} listens on http://{listening}", env!("CARGO_PKG_VERSION"));
    println!();
    for edition in editions.iter().filter(|edition| edition.is_shown(desk.clock.as_ref())) {
        let languages: Vec<&str> =
            edition.questionnaire.languages.iter().map(|language| language.code.as_str()).collect();
        let address = match editions.len() {
            1 => "enkat".to_owned(),
            _ => format!("{}/enkat", edition.dialogue.slug),
        };
        println!("  The survey:  {}/{}/{address}", site.public_url, languages.first().unwrap_or(&"sv"));
        println!("  Languages:   {}", languages.join(", "));
    }
    match first_administrator {
        _ if !office.is_open() => println!("  Staff:       off, for public_url does not begin with https://"),
        Some(token) => {
            println!(
                "  Staff:       there is no administrator yet. Become the first one, within 24 hours and once, at"
            );
            println!("               {}", letters::welcome_address(&site.public_url, token));
        }
        None => println!("  Staff:       {}{}", site.public_url, crate::staff::pages::START),
    }
    if office.mailer.is_folder() {
        println!("  Mails:       files in {}", absolute(&settings.data_dir.join(start::MAIL_FOLDER)));
    }
    println!("  Data:        {}", absolute(&settings.data_dir));
    println!("  Keys:        {} (never in a backup beside the data)", absolute(&settings.key_dir));
    println!();
    println!("Next: open the address, answer and send. Weeks are mixed by themselves when they are over.");
    println!("For tables to look at: `trygghetsdialog simulate 2000`, `close`, `mix`, `export`. Stop with Ctrl-C.");
}

fn absolute(path: &Path) -> String {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).display().to_string()
}
