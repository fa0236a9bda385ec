//! The database can't be written to, or is gone: she gets her form back, filled in, and sends it again
//! later. The service needs no restart.

use std::path::Path;

use reqwest::StatusCode;

use crate::support::database::{Backend, Databases, backend};
use crate::support::disk::Disk;
use crate::support::postgres::Cluster;
use crate::support::require::or_skip;
use crate::support::resident::{client, form, hand_in, post, receipt, texts};
use crate::support::service::{Sandbox, Service};

/// More hand-ins than a full disk finds room for in pages that it has already.
const MANY: usize = 3000;

fn marked(number: usize, receipt: &str) -> String {
    form(&[("Q22", &format!("Nummer {number} slut")), ("kvitto", receipt)])
}

fn receipt_of(number: usize) -> String {
    format!("{number:032x}")
}

async fn ready(service: &Service) -> StatusCode {
    client().get(service.url("/readyz")).send().await.unwrap().status()
}

/// What a resident whose answers can't be stored is given: 503, her own form at the review, the same receipt.
async fn is_given_back(response: reqwest::Response, number: usize) {
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(response.headers()["retry-after"], "30");
    assert!(response.headers().get("location").is_none());
    let page = response.text().await.unwrap();
    assert!(page.contains(&format!("Nummer {number} slut")), "her text is gone");
    assert_eq!(receipt(&page), receipt_of(number));
    assert!(page.contains("role=alert") || page.contains("role=\"alert\""), "nobody tells her");
}

/// The survey is shown, empty, whatever has become of the database.
async fn survey_is_shown(service: &Service) {
    let shown = client().get(service.url("/sv/enkat")).send().await.unwrap();
    assert!(shown.status().is_success());
    assert!(shown.text().await.unwrap().contains("Bor du i Värmdö kommun?"));
}

/// Hands in until one is refused, and returns its number: all before it were acknowledged.
async fn hand_in_until_refused(url: &str, first: usize) -> usize {
    let client = client();
    for number in first..first + MANY {
        let response = post(&client, url, marked(number, &receipt_of(number))).await.unwrap();
        if response.status() != StatusCode::SEE_OTHER {
            is_given_back(response, number).await;
            return number;
        }
    }
    panic!("a full disk took {MANY} answers");
}

fn mix(sandbox: &Sandbox) -> bool {
    sandbox.run(&["mix"]).status.success()
}

/// The result has each of the numbers once.
fn holds_each_once(sandbox: &Sandbox, numbers: usize) {
    let database = sandbox.open().dialogue;
    let mut found = texts(&database, "SELECT text FROM comment WHERE question = 'Q22'");
    found.sort();
    let mut expected: Vec<String> = (0..numbers).map(|number| format!("Nummer {number} slut")).collect();
    expected.sort();
    assert!(found == expected, "{} of {numbers} are there", found.len());
    assert_eq!(texts(&database, "SELECT 'one' AS text FROM response").len(), numbers);
    assert!(texts(&database, "SELECT 'one' AS text FROM letter").is_empty());
}

/// A sandbox whose databases lie on the disk; on PostgreSQL the whole server does.
fn on(disk: &Path) -> Option<(Sandbox, Option<Cluster>)> {
    match backend() {
        Backend::Sqlite => Some((Sandbox::with(Databases::on_sqlite_in(disk)), None)),
        Backend::Postgres => {
            let cluster = or_skip(Cluster::start_in(disk))?;
            Some((Sandbox::with(Databases::on_postgres(&cluster.url())), Some(cluster)))
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_full_disk_forms_come_back_and_nothing_is_lost() {
    let megabytes = if backend() == Backend::Sqlite { 8 } else { 200 };
    let Some(disk) = or_skip(Disk::mount(megabytes)) else { return };
    let Some((sandbox, cluster)) = on(disk.path()) else { return };
    let mut service = sandbox.serve();
    let url = service.url("/sv/enkat");
    for number in 0..40 {
        hand_in(&client(), &url, marked(number, &receipt_of(number))).await;
    }
    disk.fill();
    let refused = hand_in_until_refused(&url, 40).await;
    survey_is_shown(&service).await;
    // Mixing needs room too: it fails, and what it was to move stays.
    disk.free();
    sandbox.let_weeks_pass();
    disk.fill();
    assert!(!mix(&sandbox), "a mixing on a full disk came to its end");
    disk.free();
    // PostgreSQL stops where its own log finds no room, and then waits for whoever looks after it.
    if let Some(cluster) = &cluster
        && ready(&service).await != StatusCode::OK
    {
        cluster.cut_power();
        cluster.restore_power();
    }
    assert!(mix(&sandbox), "the mixing is not taken up");
    hand_in(&client(), &url, marked(refused, &receipt_of(refused))).await;
    // Whoever had an answer and sends again counts once.
    hand_in(&client(), &url, marked(refused, &receipt_of(refused))).await;
    for number in refused + 1..refused + 21 {
        hand_in(&client(), &url, marked(number, &receipt_of(number))).await;
    }
    assert_eq!(ready(&service).await, StatusCode::OK);
    sandbox.let_weeks_pass();
    assert!(mix(&sandbox));
    assert!(service.terminate().success());
    holds_each_once(&sandbox, refused + 21);
    drop((sandbox, cluster));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_server_is_borne_and_found_again() {
    if backend() == Backend::Sqlite {
        return;
    }
    let Some(cluster) = or_skip(Cluster::start()) else { return };
    let sandbox = Sandbox::with(Databases::on_postgres(&cluster.url()));
    let mut service = sandbox.serve();
    let url = service.url("/sv/enkat");
    hand_in(&client(), &url, marked(0, &receipt_of(0))).await;
    assert_eq!(ready(&service).await, StatusCode::OK);
    cluster.cut_power();
    is_given_back(post(&client(), &url, marked(1, &receipt_of(1))).await.unwrap(), 1).await;
    assert_eq!(ready(&service).await, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(client().get(service.url("/healthz")).send().await.unwrap().status(), StatusCode::OK);
    survey_is_shown(&service).await;
    cluster.restore_power();
    for number in 1..20 {
        hand_in(&client(), &url, marked(number, &receipt_of(number))).await;
    }
    assert_eq!(ready(&service).await, StatusCode::OK);
    sandbox.let_weeks_pass();
    assert!(mix(&sandbox));
    assert!(service.terminate().success());
    holds_each_once(&sandbox, 20);
}

/// Another program holds the database for writing, as a careless backup does.
#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_another_program_holds_is_waited_for_and_then_given_up() {
    use diesel::connection::SimpleConnection;
    use diesel::{Connection, SqliteConnection};

    if backend() == Backend::Postgres {
        return;
    }
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    let url = service.url("/sv/enkat");
    let file = sandbox.databases().dialogue_file().unwrap();
    let mut other = SqliteConnection::establish(file.to_str().unwrap()).unwrap();
    other.batch_execute("BEGIN IMMEDIATE").unwrap();
    is_given_back(post(&client(), &url, marked(0, &receipt_of(0))).await.unwrap(), 0).await;
    survey_is_shown(&service).await;
    other.batch_execute("ROLLBACK").unwrap();
    hand_in(&client(), &url, marked(0, &receipt_of(0))).await;
    assert_eq!(texts(&sandbox.open().dialogue, "SELECT 'one' AS text FROM letter").len(), 1);
}

/// Bodies that break off, never come, or never end: nothing is stored, and others are served.
#[tokio::test(flavor = "multi_thread")]
async fn half_a_body_and_a_body_without_end_store_nothing() {
    use std::io::{Read, Write};
    use std::net::{Shutdown, TcpStream};
    use std::time::Duration;

    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    let url = service.url("/sv/enkat");
    let address = service.url("").trim_start_matches("http://").to_owned();
    let begin = |headers: &str, body: &str| {
        let mut stream = TcpStream::connect(&address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        write!(stream, "POST /sv/enkat HTTP/1.1\r\nHost: {address}\r\n{headers}\r\n\r\n{body}").unwrap();
        stream
    };
    let whole = form(&[("Q22", "Nummer 0 slut")]);
    let length = format!("Content-Length: {}", whole.len() + 1);
    // A hundred that wait for the last byte, for as long as others are served.
    let waiting: Vec<TcpStream> = (0..100).map(|_| begin(&length, &whole)).collect();
    let mut broken = begin(&length, &whole);
    broken.shutdown(Shutdown::Write).unwrap();
    let mut answer = String::new();
    let _ = broken.read_to_string(&mut answer);
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 400"), "{answer}");
    // In pieces, with no length said beforehand: refused when there is too much of it.
    let mut endless = begin("Transfer-Encoding: chunked", "");
    let piece = format!("{:x}\r\n{}\r\n", 16_384, "x".repeat(16_384));
    for _ in 0..5 {
        let _ = endless.write_all(piece.as_bytes());
    }
    let mut head = [0; 12];
    endless.read_exact(&mut head).unwrap();
    assert_eq!(&head, b"HTTP/1.1 413");
    let mut announced = begin("Content-Length: 10000000", "X01=");
    announced.read_exact(&mut head).unwrap();
    assert_eq!(&head, b"HTTP/1.1 413");
    assert!(texts(&sandbox.open().dialogue, "SELECT 'one' AS text FROM letter").is_empty());
    hand_in(&client(), &url, form(&[])).await;
    assert_eq!(texts(&sandbox.open().dialogue, "SELECT 'one' AS text FROM letter").len(), 1);
    drop(waiting);
}
