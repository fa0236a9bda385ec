//! Nothing acknowledged is lost: the processes are killed (SIGKILL) at random moments, under load and while
//! they mix, and on PostgreSQL the server loses its power. In the end every answer that was acknowledged
//! is in the result, and none twice.
//!
//! The moments come from a seed that a failure prints; `TRYGGHET_TEST_SEED` repeats it (the moments, that
//! is: the machine's own timing stays its own).

use std::collections::{BTreeMap, BTreeSet};
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use trygghetsdialog::db::Pool;
use trygghetsdialog::id::{Randomness, SeededRandomness, SystemRandomness};

use crate::support::crowd::{Crowd, Sent};
use crate::support::database::{Backend, Databases, backend};
use crate::support::postgres::Cluster;
use crate::support::require::or_skip;
use crate::support::resident::{run, stored_answers, texts};
use crate::support::service::{Sandbox, Service};

/// How many kills there are at least.
const KILLS: usize = 50;

/// How many of them must have hit a mixing between its first and its last step.
const TORN: usize = 10;

/// After so many rounds chance has not been kind to the test: better to fail than to run for ever.
const MOST_ROUNDS: usize = 150;

/// Residents at a time.
const CLIENTS: usize = 6;

/// How many times PostgreSQL loses its power.
const POWER_CUTS: usize = 4;

/// Chance, repeatable.
struct Chance(Arc<SeededRandomness>);

impl Chance {
    fn new() -> Self {
        let seed = match std::env::var("TRYGGHET_TEST_SEED") {
            Ok(seed) => seed.parse().expect("TRYGGHET_TEST_SEED is a number"),
            Err(_) => {
                let mut bytes = [0; 8];
                SystemRandomness.fill(&mut bytes);
                u64::from_le_bytes(bytes)
            }
        };
        println!("TRYGGHET_TEST_SEED={seed}");
        Self(Arc::new(SeededRandomness::new(seed)))
    }

    /// A duration from `least` up to `most` milliseconds.
    fn moment(&self, least: u64, most: u64) -> Duration {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        Duration::from_millis(least + u64::from_le_bytes(bytes) % (most.saturating_sub(least) + 1))
    }
}

/// What was done to the service.
#[derive(Debug, Default)]
struct Tally {
    kills: usize,
    /// Of these, so many hit a mixing midway.
    torn: usize,
    power_cuts: usize,
}

/// The service, its residents, and the one who kills.
struct Trial {
    sandbox: Sandbox,
    cluster: Option<Cluster>,
    database: Pool,
    chance: Chance,
    tally: Tally,
    /// Batches that letters were seen in: their keys must be gone in the end.
    used: BTreeSet<String>,
    /// How long a whole mixing takes here, in milliseconds.
    mixing: u64,
}

impl Trial {
    /// None where the run is pointed at a PostgreSQL that can't be had.
    fn begin() -> Option<Self> {
        let cluster = match backend() {
            Backend::Sqlite => None,
            Backend::Postgres => Some(or_skip(Cluster::start())?),
        };
        let databases = match &cluster {
            None => Databases::on_sqlite(),
            Some(cluster) => Databases::on_postgres(&cluster.url()),
        };
        let sandbox = Sandbox::with(databases);
        let database = sandbox.open().dialogue;
        let tally = Tally::default();
        Some(Self { sandbox, cluster, database, chance: Chance::new(), tally, used: BTreeSet::new(), mixing: 0 })
    }

    /// Makes all weeks past, so that whatever waits is due.
    fn let_weeks_pass(&mut self) {
        let batch = match backend() {
            Backend::Sqlite => "SELECT DISTINCT lower(hex(batch)) AS text FROM letter",
            Backend::Postgres => "SELECT DISTINCT encode(batch, 'hex') AS text FROM letter",
        };
        self.used.extend(texts(&self.database, batch));
        run(&self.database, "UPDATE batch SET week = '2019-W11'");
    }

    /// Whether a mixing has begun and not come to its end.
    fn is_torn(&self) -> bool {
        !texts(&self.database, "SELECT state AS text FROM batch WHERE state <> 'open'").is_empty()
    }

    fn command(&self, argument: &str) -> Child {
        let mut command = self.sandbox.command(&[argument]);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the binary starts")
    }

    fn serve(&self, crowd: &Crowd) -> Service {
        let service = self.sandbox.serve();
        crowd.at(Some(service.url("/sv/enkat")));
        service
    }

    /// Kills the service under load. The address goes at once: another process may get its port.
    fn kill(&mut self, mut service: Service, crowd: &Crowd) {
        service.kill();
        crowd.at(None);
        self.tally.kills += 1;
    }

    /// Kills a command at a random moment of its first `most` milliseconds, unless it was faster.
    async fn kill_command(&mut self, argument: &str, most: u64) {
        let mut process = self.command(argument);
        tokio::time::sleep(self.chance.moment(most / 8, most)).await;
        if process.try_wait().expect("its state").is_none() {
            process.kill().expect("it can be killed");
            self.tally.kills += 1;
        }
        process.wait().expect("its end");
    }

    /// Mixes to the end, and measures how long that takes.
    fn mix_whole(&mut self) {
        let begun = Instant::now();
        self.sandbox.mix();
        self.mixing = u64::try_from(begun.elapsed().as_millis()).expect("not for ever");
        assert!(!self.is_torn());
    }

    /// One round: serve under load, mix and be killed, in one of several ways.
    async fn round(&mut self, number: usize, crowd: &Crowd) {
        let service = self.serve(crowd);
        tokio::time::sleep(self.chance.moment(20, 150)).await;
        match number % 5 {
            // In the middle of answering.
            0 => {}
            // While it starts, and makes keys.
            1 => self.kill_command("serve", 2 * self.mixing).await,
            // While it mixes; the next mixing takes it up, now and then to the end.
            2 | 3 => {
                self.let_weeks_pass();
                self.kill_command("mix", self.mixing).await;
                self.tally.torn += usize::from(self.is_torn());
                tokio::time::sleep(self.chance.moment(0, 50)).await;
            }
            _ => {
                self.let_weeks_pass();
                self.mix_whole();
                tokio::time::sleep(self.chance.moment(0, 50)).await;
            }
        }
        self.kill(service, crowd);
    }

    /// The service mixes by itself, every 20 seconds, and is killed at that.
    async fn kill_as_it_mixes_by_itself(&mut self, crowd: &Crowd) {
        let service = self.serve(crowd);
        tokio::time::sleep(Duration::from_millis(300)).await;
        self.let_weeks_pass();
        let patience = Instant::now() + Duration::from_secs(60);
        while !self.is_torn() {
            assert!(Instant::now() < patience, "the service does not mix; it says: {}", service.output());
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        self.kill(service, crowd);
        self.tally.torn += usize::from(self.is_torn());
    }

    /// PostgreSQL goes away under load, the second time and the fourth as a mixing is under way. The
    /// service stays, and takes answers as soon as the server is back.
    async fn cut_power(&mut self, crowd: &Crowd) {
        for cut in 0..POWER_CUTS {
            let Some(cluster) = self.cluster.take() else { return };
            let service = self.serve(crowd);
            tokio::time::sleep(self.chance.moment(50, 200)).await;
            let mixer = (cut % 2 == 1).then(|| {
                self.let_weeks_pass();
                self.command("mix")
            });
            tokio::time::sleep(self.chance.moment(0, self.mixing)).await;
            cluster.cut_power();
            tokio::time::sleep(self.chance.moment(50, 200)).await;
            cluster.restore_power();
            if let Some(mut mixer) = mixer {
                mixer.wait().expect("the mixing ends, well or not");
                // It makes this week's key where the one before had not come to that.
                self.mix_whole();
            }
            self.tally.power_cuts += 1;
            let before = crowd.acknowledged();
            let patience = Instant::now() + Duration::from_secs(60);
            while crowd.acknowledged() == before {
                assert!(Instant::now() < patience, "it does not recover; it says: {}", service.output());
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            self.cluster = Some(cluster);
            self.kill(service, crowd);
        }
    }

    /// Closes the dialogue, lets its hour pass, and mixes to the end.
    fn end(&self) {
        assert!(self.sandbox.run(&["close"]).status.success());
        run(&self.database, "UPDATE dialogue SET closed_at = closed_at - 3601");
        self.sandbox.mix();
    }
}

/// Every acknowledged hand-in is in the result once; one that was never acknowledged at most once.
fn judge(trial: &Trial, sent: &[Sent]) {
    let mut comments = BTreeMap::<String, usize>::new();
    for text in texts(&trial.database, "SELECT text FROM comment") {
        *comments.entry(text).or_default() += 1;
    }
    for one in sent {
        match comments.get(&one.marker) {
            Some(1) => {}
            Some(times) => panic!("{} is in the result {times} times", one.marker),
            None => assert!(!one.acknowledged, "{} was acknowledged and is lost", one.marker),
        }
    }
    // Nothing else is there, and the responses are those of the same hand-ins.
    let stored: Vec<&Sent> = sent.iter().filter(|one| comments.contains_key(&one.marker)).collect();
    assert_eq!(comments.len(), stored.len());
    let mut expected: Vec<i16> = stored.iter().map(|one| one.code).collect();
    let answers = stored_answers(&trial.database);
    let mut found: Vec<i16> = answers.iter().map(|answers| answers.0["Q06"].as_slice()[0]).collect();
    expected.sort_unstable();
    found.sort_unstable();
    assert!(expected == found, "{} hand-ins became {} responses", expected.len(), found.len());
}

/// The last mixing has left no letter, no batch, and no key that ever opened one.
fn judge_what_is_left(trial: &Trial) {
    assert_eq!(texts(&trial.database, "SELECT state AS text FROM dialogue"), ["closed"]);
    assert!(texts(&trial.database, "SELECT 'one' AS text FROM letter").is_empty());
    assert!(texts(&trial.database, "SELECT state AS text FROM batch").is_empty());
    let keys: Vec<String> = std::fs::read_dir(trial.sandbox.key_directory())
        .expect("the keys")
        .map(|file| file.expect("a file").file_name().into_string().expect("a name"))
        .collect();
    let opened: Vec<_> = keys.iter().filter(|key| trial.used.iter().any(|batch| key.starts_with(batch))).collect();
    assert!(opened.is_empty(), "keys of mixed weeks are left: {opened:?}");
    assert!(trial.sandbox.run(&["export"]).status.success());
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_random_moments_nothing_acknowledged_is_lost_or_stored_twice() {
    let Some(mut trial) = Trial::begin() else { return };
    let crowd = Crowd::gather(CLIENTS, &trial.chance.0);
    let begun = Instant::now();
    let service = trial.serve(&crowd);
    tokio::time::sleep(Duration::from_millis(200)).await;
    trial.let_weeks_pass();
    trial.mix_whole();
    trial.kill(service, &crowd);
    trial.kill_as_it_mixes_by_itself(&crowd).await;
    trial.cut_power(&crowd).await;
    let mut rounds = 0;
    while trial.tally.kills < KILLS || trial.tally.torn < TORN {
        assert!(rounds < MOST_ROUNDS, "{:?} after {rounds} rounds", trial.tally);
        trial.round(rounds, &crowd).await;
        rounds += 1;
    }
    let mut service = trial.serve(&crowd);
    let sent = crowd.finish().await;
    assert!(service.terminate().success());
    trial.end();
    println!("{:?}; {} hand-ins in {:?}", trial.tally, sent.len(), begun.elapsed());
    judge(&trial, &sent);
    judge_what_is_left(&trial);
}
