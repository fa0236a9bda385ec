//! Nobody is found: two hundred residents whom the attacker knows by address, browser, moment and answers
//! hand in through the real service. Then everything that is stored or said anywhere is searched for them, and
//! the orders in which rows and comments lie are compared with the order in which they came.

use std::collections::{BTreeMap, HashMap};
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::{Connection as _, PgConnection};
use jiff::Timestamp;
use reqwest::redirect::Policy;
use reqwest::{Client, StatusCode};
use trygghetsdialog::clock::{Clock, SystemClock};
use trygghetsdialog::db::Pool;
use trygghetsdialog::survey::answers::Answers;

use crate::support::database::{Backend, Databases, backend};
use crate::support::postgres::Cluster;
use crate::support::require::or_skip;
use crate::support::resident::{client, receipt, stored_answers, texts};
use crate::support::service::{Sandbox, Service};
use crate::support::traces::{Needles, files_below, rank_correlation};

/// Weeks, each of which is mixed before the next one begins.
const WEEKS: usize = 4;

/// Residents a week.
const CROWD: usize = 50;

/// The rows and the options of the matrix Q07 in which resident number n writes n, with four digits to the
/// base of four. The options' codes are 1 to 4.
const ROWS: [&str; 4] = ["Q07.dag", "Q07.centrum_kvall", "Q07.hallplats_kvall", "Q07.natur"];
const OPTIONS: [&str; 4] = ["mycket_trygg", "ganska_trygg", "ganska_otrygg", "mycket_otrygg"];

/// How improbable an order must be to count as telling something, in standard deviations. Pure chance
/// comes so far once in 150,000 comparisons.
const BY_CHANCE: f64 = 4.5;

/// PostgreSQL's settings as `docker-compose.yml` has them, without which its log tells moments.
const POSTGRES_SETTINGS: [&str; 4] = [
    "log_min_messages = fatal",
    "log_error_verbosity = terse",
    "log_min_error_statement = panic",
    "log_checkpoints = off",
];

/// A resident whom the attacker knows.
struct Resident {
    number: usize,
    client: Client,
}

impl Resident {
    /// With an address of her own, as far as the service can see.
    fn new(number: usize) -> Self {
        let address = Ipv4Addr::new(127, 7, 1, u8::try_from(number + 2).expect("few residents"));
        let client = Client::builder().redirect(Policy::none()).local_address(Some(address.into())).build();
        Self { number, client: client.expect("a client") }
    }

    fn headers(&self, request: reqwest::RequestBuilder) -> reqwest::RequestBuilder {
        let number = self.number;
        request
            .header("X-Forwarded-For", format!("203.0.113.{number}"))
            .header("X-Real-IP", format!("198.51.100.{number}"))
            .header("Forwarded", format!("for=192.0.2.{number};proto=https"))
            .header("User-Agent", format!("Mobillur/{number}"))
            .header("Accept-Language", format!("sv-x-dialekt{number}, sv;q=0.9"))
            .header("Referer", format!("https://hemlig-{number}.exempel/sida"))
            .header("Cookie", format!("sparning=kaka-{number}"))
    }

    fn digit(&self, place: usize) -> usize {
        self.number / 4usize.pow(u32::try_from(place).expect("four digits")) % 4
    }

    /// Opens the survey and sends it. Returns the receipt, and the second in which it was sent.
    async fn answer(&self, service: &Service) -> (String, i64) {
        let url = service.url("/sv/enkat");
        let shown = self.headers(self.client.get(&url)).send().await.expect("the survey");
        assert!(shown.status().is_success());
        assert!(shown.headers().get("set-cookie").is_none());
        let page = shown.text().await.expect("the survey");
        let receipt = receipt(&page).to_owned();
        let comment = comment(self.number);
        let mut form = vec![("X01", "folkbokford"), ("X02", "kvinna"), ("X03", "a35_44"), ("Q06", "ganska_trygg")];
        form.extend(ROWS.iter().enumerate().map(|(place, row)| (*row, OPTIONS[self.digit(place)])));
        form.extend([("Q22", comment.as_str()), ("kvitto", receipt.as_str())]);
        let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let second = SystemClock.now().as_second();
        let sent = self.headers(self.client.post(&url)).body(form).send().await.expect("an answer");
        assert_eq!(sent.status(), StatusCode::SEE_OTHER);
        assert!(sent.headers().get("set-cookie").is_none());
        (receipt, second)
    }
}

/// The free text of the resident with this number.
fn comment(number: usize) -> String {
    format!("Kommentaren med nummer {number:03} slutar")
}

/// The number that a resident wrote into these answers.
fn number_in(answers: &Answers) -> usize {
    ROWS.iter().rev().fold(0, |number, row| {
        number * 4 + usize::try_from(answers.0[*row].as_slice()[0] - 1).expect("a code from 1 up")
    })
}

/// What the attacker knows, or has copied, before the end.
#[derive(Default)]
struct Known {
    receipts: Vec<String>,
    /// The seconds in which somebody sent her answers.
    seconds: Vec<i64>,
    /// The beginnings of sealed letters, as they lay in the database.
    letters: Vec<Vec<u8>>,
}

impl Known {
    /// Everything that may lie nowhere, whatever file or log it is.
    fn needles(&self) -> Needles {
        let mut needles = Needles::new();
        let common = [
            ("an address", "127.7.1."),
            ("an address in a header", "203.0.113."),
            ("an address in a header", "198.51.100."),
            ("an address in a header", "192.0.2."),
            ("a browser", "Mobillur"),
            ("a language", "x-dialekt"),
            ("a referring page", "://hemlig-"),
            ("a cookie", "sparning"),
        ];
        common.iter().for_each(|(what, text)| needles.add(what, text.as_bytes()));
        for receipt in &self.receipts {
            needles.add("a receipt", receipt.as_bytes());
            let bytes: Vec<u8> =
                (0..16).map(|at| u8::from_str_radix(&receipt[2 * at..2 * at + 2], 16).expect("hexadecimal")).collect();
            needles.add("a receipt's bytes", &bytes);
        }
        for second in &self.seconds {
            let moment = Timestamp::from_second(*second).expect("a moment");
            for zone in ["UTC", "Europe/Stockholm"] {
                let clock = moment.in_tz(zone).expect("a time zone").strftime("%H:%M:%S").to_string();
                needles.add("a moment", clock.as_bytes());
            }
            needles.add("a moment in seconds", second.to_string().as_bytes());
        }
        needles
    }

    fn sealed(&self) -> Needles {
        let mut needles = Needles::new();
        self.letters.iter().for_each(|letter| needles.add("a sealed letter", letter));
        needles
    }
}

/// Waits until the clock shows another second than now, so that acts of staff and of residents fall apart.
async fn another_second() {
    let now = SystemClock.now().as_second();
    while SystemClock.now().as_second() == now {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Scrapes `/metrics` for as long as it may, and tells all that it was given.
async fn scrape(url: String, going: Arc<AtomicBool>) -> BTreeMap<String, usize> {
    let client = client();
    let mut seen = BTreeMap::new();
    while going.load(Ordering::Relaxed) {
        let metrics = client.get(&url).send().await.expect("metrics").text().await.expect("metrics");
        *seen.entry(metrics).or_default() += 1;
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    seen
}

/// The first bytes of the letters that lie in the database, past the cipher's own.
fn sealed_letters(database: &Pool) -> Vec<Vec<u8>> {
    let query = match backend() {
        Backend::Sqlite => "SELECT hex(substr(sealed, 1, 48)) AS text FROM letter",
        Backend::Postgres => "SELECT encode(substr(sealed, 1, 48), 'hex') AS text FROM letter",
    };
    let byte = |pair: &[u8]| {
        let pair = std::str::from_utf8(pair).expect("hexadecimal");
        u8::from_str_radix(pair, 16).expect("hexadecimal")
    };
    texts(database, query).iter().map(|text| text.as_bytes().chunks(2).map(byte).collect()).collect()
}

/// Every value of every table of the database, as text.
fn all_values(database: &Pool) -> Vec<(String, String)> {
    let (tables, columns) = match backend() {
        Backend::Sqlite => (
            "SELECT name AS text FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
            "SELECT name AS text FROM pragma_table_info('{table}')",
        ),
        Backend::Postgres => (
            "SELECT table_name::text AS text FROM information_schema.tables WHERE table_schema = 'public'",
            "SELECT column_name::text AS text FROM information_schema.columns WHERE table_name = '{table}'",
        ),
    };
    let mut values = Vec::new();
    for table in texts(database, tables) {
        for column in texts(database, &columns.replace("{table}", &table)) {
            let place = format!("{table}.{column}");
            let query = format!("SELECT CAST({column} AS TEXT) AS text FROM {table} WHERE {column} IS NOT NULL");
            // SQLite calls 16 random bytes no text; hexadecimal they are.
            let query = match backend() {
                Backend::Sqlite => query.replace(
                    &format!("CAST({column} AS TEXT)"),
                    &format!("CASE typeof({column}) WHEN 'blob' THEN hex({column}) ELSE CAST({column} AS TEXT) END"),
                ),
                Backend::Postgres => query,
            };
            values.extend(texts(database, &query).into_iter().map(|value| (place.clone(), value)));
        }
    }
    values
}

/// The moments of what whoever runs the service did herself, while residents answered.
const LOGGED: &str = "audit_entry.at";

/// No column holds a number that is a moment of the time in which residents answered; of the log, none in which one did.
fn no_value_is_a_moment(values: &[(String, String)], seconds: &[i64]) {
    let (first, last) = (*seconds.iter().min().expect("seconds"), *seconds.iter().max().expect("seconds"));
    for (place, value) in values {
        if place == LOGGED {
            assert!(!seconds.contains(&value.parse().expect("a moment")), "{place} holds the moment {value}");
            continue;
        }
        let Ok(number) = value.parse::<f64>() else { continue };
        for unit in [1.0, 1e3, 1e6, 1e9] {
            let second = number / unit;
            assert!(!(first as f64..last as f64 + 1.0).contains(&second), "{place} holds the moment {value}");
        }
    }
}

/// What the attacker tries: each resident's place in the order of arrival against her places among the rows and
/// among the comments, and these two against each other; over all and within each week.
fn orders_tell_nothing(database: &Pool) {
    // As they lie: no order is asked for.
    let rows = texts(database, "SELECT answers AS text FROM response");
    let rows: Vec<usize> = rows.iter().map(|text| number_in(&serde_json::from_str(text).expect("answers"))).collect();
    let comments = texts(database, "SELECT text FROM comment");
    let number = |text: &String| text.split(' ').find_map(|word| word.parse().ok()).expect("a number");
    let comments: Vec<usize> = comments.iter().map(number).collect();
    let read = stored_answers(database).iter().map(number_in).collect();
    let arrival: Vec<usize> = (0..WEEKS * CROWD).collect();
    let mut improbable = Vec::new();
    let mut sum = 0.0;
    let mut comparisons = 0.0;
    for (first, second) in [(&arrival, &rows), (&arrival, &comments), (&rows, &comments), (&arrival, &read)] {
        let week_of = |week: usize| move |number: &usize| number / CROWD == week;
        let parts = (0..WEEKS).map(|week| {
            let of_week = |order: &Vec<usize>| order.iter().copied().filter(week_of(week)).collect::<Vec<_>>();
            (of_week(first), of_week(second))
        });
        for (first, second) in parts.chain([(first.clone(), second.clone())]) {
            let place: HashMap<usize, usize> = second.iter().enumerate().map(|(place, who)| (*who, place)).collect();
            let places: Vec<usize> = first.iter().map(|who| place[who]).collect();
            let deviations = rank_correlation(&places) * ((places.len() - 1) as f64).sqrt();
            sum += deviations;
            comparisons += 1.0;
            if deviations.abs() > BY_CHANCE {
                improbable.push(deviations);
            }
        }
    }
    assert!(improbable.is_empty(), "an order tells another one: {improbable:?} standard deviations");
    // Small agreements that all point one way would add up. Comparisons overlap, so the bound is wide.
    let mean = sum / comparisons;
    assert!(mean.abs() < BY_CHANCE / 2.0, "orders agree by {mean} standard deviations on average");
}

/// Where the answers went: their database, and the place of all files that may hold a trace.
struct Place {
    sandbox: Sandbox,
    cluster: Option<Cluster>,
}

impl Place {
    fn new() -> Option<Self> {
        let cluster = match backend() {
            Backend::Sqlite => None,
            Backend::Postgres => Some(or_skip(Cluster::start())?),
        };
        let databases = match &cluster {
            None => Databases::on_sqlite(),
            Some(cluster) => {
                let mut administrator = PgConnection::establish(&cluster.url()).expect("the server answers");
                for setting in POSTGRES_SETTINGS {
                    administrator.batch_execute(&format!("ALTER SYSTEM SET {setting}")).expect("a setting");
                }
                administrator.batch_execute("SELECT pg_reload_conf()").expect("settings are read");
                Databases::on_postgres(&cluster.url())
            }
        };
        Some(Self { sandbox: Sandbox::with(databases).setting("TRYGGHET_LOG", "trace"), cluster })
    }

    /// All files: data, keys, databases, on PostgreSQL everything that the server writes.
    fn files(&self) -> Vec<std::path::PathBuf> {
        let mut files = files_below(self.sandbox.directory());
        if let Some(directory) = self.sandbox.databases().directory() {
            files.extend(files_below(directory));
        }
        if let Some(cluster) = &self.cluster {
            let mut administrator = PgConnection::establish(&cluster.url()).expect("the server answers");
            administrator.batch_execute("CHECKPOINT").expect("a checkpoint");
            files.extend(files_below(cluster.directory()));
        }
        files
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_known_residents_are_found_nowhere() {
    let Some(place) = Place::new() else { return };
    let sandbox = &place.sandbox;
    let mut service = sandbox.serve();
    let database = sandbox.open().dialogue;
    another_second().await;
    let going = Arc::new(AtomicBool::new(true));
    let scraping = tokio::spawn(scrape(service.url("/metrics"), Arc::clone(&going)));
    let mut known = Known::default();
    for week in 0..WEEKS {
        for number in week * CROWD..(week + 1) * CROWD {
            let (receipt, second) = Resident::new(number).answer(&service).await;
            known.receipts.push(receipt);
            known.seconds.push(second);
        }
        known.letters.extend(sealed_letters(&database));
        // Sealed, her words lie nowhere.
        let mut words = Needles::new();
        (week * CROWD..(week + 1) * CROWD).for_each(|number| words.add("a word of hers", comment(number).as_bytes()));
        assert_eq!(words.count_in(&place.files()), HashMap::new());
        another_second().await;
        sandbox.let_weeks_pass();
        sandbox.mix();
        another_second().await;
    }
    known.seconds.dedup();
    assert_eq!((known.receipts.len(), known.letters.len()), (WEEKS * CROWD, WEEKS * CROWD));
    going.store(false, Ordering::Relaxed);
    let scraped = scraping.await.expect("it scraped");
    assert_eq!(scraped.len(), 1, "metrics moved while residents answered: {scraped:?}");

    orders_tell_nothing(&database);
    if backend() == Backend::Postgres {
        for table in ["response", "comment"] {
            let moments = texts(&database, &format!("SELECT DISTINCT xmin::text AS text FROM {table}"));
            assert_eq!(moments.len(), 1, "{table} tells its crowds apart");
        }
    }
    let values = all_values(&database);
    no_value_is_a_moment(&values, &known.seconds);
    let logged = texts(&database, "SELECT action AS text FROM audit_entry ORDER BY number");
    assert_eq!(logged[0], "dialogue.opened");
    assert_eq!(logged[1..], vec!["dialogue.mixed"; WEEKS], "the log has more than was done on the command line");
    let needles = known.needles();
    let text: String = values.iter().map(|(place, value)| format!("{place}: {value}\n")).collect();
    assert_eq!(needles.count(text.as_bytes()), HashMap::new(), "in a table");

    assert!(service.terminate().success());
    let said = service.output();
    assert_eq!(needles.count(said.as_bytes()), HashMap::new(), "the service says: {said}");
    for word in ["Kommentaren", "ganska_trygg", "Q07", "DEBUG", "TRACE"] {
        assert!(!said.contains(word), "{word} in what the service says: {said}");
    }
    let files = place.files();
    assert_eq!(needles.count_in(&files), HashMap::new(), "in a file");
    // Each comment lies in one place, its own: no freed page, no log of SQLite's, no old copy of a table has
    // another. PostgreSQL's log for recovery does, until it is overwritten: docs/threat-model.md says so.
    let lasting: Vec<_> =
        files.into_iter().filter(|file| !file.components().any(|part| part.as_os_str() == "pg_wal")).collect();
    assert_eq!(known.sealed().count_in(&lasting), HashMap::new());
    let mut words = Needles::new();
    (0..WEEKS * CROWD).for_each(|number| words.add(&comment(number), comment(number).as_bytes()));
    let found = words.count_in(&lasting);
    assert_eq!(found.len(), WEEKS * CROWD);
    assert!(found.values().all(|times| *times == 1), "comments lie in several places: {found:?}");
}

/// A library that speaks of requests is silent at whatever level; what residents send wrongly is not repeated.
#[tokio::test]
async fn no_setting_of_the_log_makes_it_tell_of_a_request() {
    for log in ["trace", "actix_http=trace,actix_server=trace,mio=trace,trygghetsdialog=trace,debug"] {
        let sandbox = Sandbox::new().setting("TRYGGHET_LOG", log);
        let mut service = sandbox.serve();
        let resident = Resident::new(1);
        let url = service.url("/sv/enkat");
        for (form, status) in [
            ("X01=hemligt-varde", 400),
            ("hemligt-namn=1", 400),
            ("X01=folkbokford&X01=deltid", 400),
            ("action=hemligt-namn", 400),
            ("X01=folkbokford&Q22=hemligt-ord", 422),
        ] {
            let sent = resident.headers(resident.client.post(&url)).body(form).send().await.unwrap();
            assert_eq!(sent.status(), status, "{form}");
        }
        let missing = resident.headers(resident.client.get(service.url("/sv/hemlig-adress"))).send().await.unwrap();
        assert_eq!(missing.status(), 404);
        assert!(service.terminate().success());
        let said = service.output();
        for word in ["127.7.1.", "203.0.113.", "Mobillur", "hemlig", "kaka", "dialekt", "DEBUG", "TRACE"] {
            assert!(!said.contains(word), "{word} in what the service says: {said}");
        }
    }
}
