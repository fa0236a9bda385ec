//! Residents who keep handing in, whatever becomes of the service: a load that remembers what it was told.
//!
//! Each hand-in bears a marker as its free text, so that it is found again in the end. Who gets no answer,
//! or is told to try again, sends the same form with the same receipt, as her browser would; one in eight
//! gives up at the first failure.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use reqwest::{Client, StatusCode};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use trygghetsdialog::id::{RandomId, Randomness, SeededRandomness};

use super::resident::{client, post};

/// The question whose answer a hand-in's number decides, and its options; their codes are 1 to 4.
const OPTIONS: [&str; 4] = ["mycket_trygg", "ganska_trygg", "ganska_otrygg", "mycket_otrygg"];

/// How long a form waits before it is sent again.
const PAUSE: Duration = Duration::from_millis(5);

/// How long a client waits for an answer that may never come.
const PATIENCE: Duration = Duration::from_secs(60);

/// What became of a hand-in.
#[derive(Debug, Clone)]
pub struct Sent {
    /// Its free text (to question Q22), which no other hand-in has.
    pub marker: String,
    /// The code of its answer to Q06.
    pub code: i16,
    /// Whether she saw "thank you".
    pub acknowledged: bool,
}

/// Clients at work.
pub struct Crowd {
    place: watch::Sender<Option<String>>,
    going: Arc<AtomicBool>,
    acknowledged: Arc<AtomicUsize>,
    clients: Vec<JoinHandle<Vec<Sent>>>,
}

impl Crowd {
    /// `clients` residents at a time; they begin when they have an address ([`Crowd::at`]).
    pub fn gather(clients: usize, randomness: &Arc<SeededRandomness>) -> Self {
        let (place, watching) = watch::channel(None);
        let going = Arc::new(AtomicBool::new(true));
        let acknowledged = Arc::new(AtomicUsize::new(0));
        let clients = (0..clients)
            .map(|number| {
                let member = Member {
                    number,
                    client: client(),
                    place: watching.clone(),
                    going: Arc::clone(&going),
                    acknowledged: Arc::clone(&acknowledged),
                    randomness: Arc::clone(randomness),
                };
                tokio::spawn(member.keep_sending())
            })
            .collect();
        Self { place, going, acknowledged, clients }
    }

    /// Where the survey is now; none while it is away.
    pub fn at(&self, survey: Option<String>) {
        self.place.send_replace(survey);
    }

    /// How many hand-ins were acknowledged so far.
    pub fn acknowledged(&self) -> usize {
        self.acknowledged.load(Ordering::Relaxed)
    }

    /// Lets each client bring its present form to an end, and tells what became of all.
    pub async fn finish(self) -> Vec<Sent> {
        self.going.store(false, Ordering::Relaxed);
        let mut sent = Vec::new();
        for client in self.clients {
            sent.extend(client.await.expect("a client whose expectations were met"));
        }
        sent
    }
}

struct Member {
    number: usize,
    client: Client,
    place: watch::Receiver<Option<String>>,
    going: Arc<AtomicBool>,
    acknowledged: Arc<AtomicUsize>,
    randomness: Arc<SeededRandomness>,
}

impl Member {
    async fn keep_sending(mut self) -> Vec<Sent> {
        let mut sent = Vec::new();
        for turn in 0.. {
            if !self.going.load(Ordering::Relaxed) {
                break;
            }
            let marker = format!("markering {}-{turn} slut", self.number);
            let option = turn % OPTIONS.len();
            let acknowledged = self.send(&marker, OPTIONS[option], turn % 8 == 7).await;
            self.acknowledged.fetch_add(usize::from(acknowledged), Ordering::Relaxed);
            sent.push(Sent { marker, code: i16::try_from(option + 1).expect("few options"), acknowledged });
        }
        sent
    }

    /// Sends one form until it is acknowledged, or until its first failure where she is `impatient`.
    async fn send(&mut self, marker: &str, answer: &str, impatient: bool) -> bool {
        let mut receipt = [0; 16];
        self.randomness.fill(&mut receipt);
        let receipt = RandomId::from_bytes(receipt).to_string();
        let form = [
            ("X01", "folkbokford"),
            ("X02", "kvinna"),
            ("X03", "a35_44"),
            ("Q06", answer),
            ("Q22", marker),
            ("kvitto", &receipt),
        ];
        let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        loop {
            let place = self.place.wait_for(Option::is_some).await.expect("the test goes on").clone();
            let place = place.unwrap_or_default();
            match tokio::time::timeout(PATIENCE, post(&self.client, &place, form.clone())).await {
                Ok(Ok(response)) if response.status() == StatusCode::SEE_OTHER => return true,
                Ok(Ok(response)) => {
                    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
                    // The page may break off where the process is killed meanwhile.
                    if let Ok(page) = response.text().await {
                        assert!(page.contains(marker) && page.contains(&receipt), "her form did not come back");
                    }
                }
                // Nobody there, or killed before the answer: she can't know whether it was stored.
                Ok(Err(_)) => {}
                Err(_) => panic!("no answer within {PATIENCE:?}"),
            }
            if impatient {
                return false;
            }
            tokio::time::sleep(PAUSE).await;
        }
    }
}
