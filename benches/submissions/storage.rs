//! The letterbox without HTTP, and the table without the letterbox.

use std::sync::Arc;
use std::time::{Duration, Instant};

use diesel::prelude::*;
use tokio::runtime::Builder;
use trygghetsdialog::clock::{Clock, SystemClock};
use trygghetsdialog::db::schema::{batch, letter};
use trygghetsdialog::db::{self, Databases, write};
use trygghetsdialog::id::{RandomId, Randomness, SystemRandomness};
use trygghetsdialog::on_backend;
use trygghetsdialog::survey::definition::VKOD_2017;
use trygghetsdialog::survey::dialogue::{self, Definition, NewDialogue};
use trygghetsdialog::survey::keys::KeyDir;
use trygghetsdialog::survey::letterbox::{HandedIn, Letter, Letterbox};
use trygghetsdialog::survey::mixing::Mixer;
use trygghetsdialog::survey::receipt;

use crate::support::service::Sandbox;

/// A letter's size in the table: padded to 2 KiB, the sender's public key and the seal's tag before it.
const SEALED: usize = 2048 + 32 + 16;

/// An open dialogue with its letterbox.
pub struct Storage {
    databases: Databases,
    letterbox: Letterbox,
    dialogue: RandomId,
}

impl Storage {
    /// In a sandbox that nothing else uses.
    pub fn fresh(sandbox: &Sandbox) -> Self {
        let urls = sandbox.databases();
        let databases = Databases::open(&urls.dialogue.parse().unwrap(), &urls.register.parse().unwrap()).unwrap();
        let (clock, randomness): (Arc<dyn Clock>, Arc<dyn Randomness>) =
            (Arc::new(SystemClock), Arc::new(SystemRandomness));
        let keys = KeyDir::create(&sandbox.key_directory()).unwrap();
        let receipt_key = keys.receipt_key(&*randomness).unwrap();
        let definition =
            Definition { version: 1, text_version: 1, file_name: VKOD_2017.0.to_owned(), text: VKOD_2017.1.to_owned() };
        let new = NewDialogue { slug: "dialog".parse().unwrap(), closes_at: None, definition };
        let dialogue = {
            let mut conn = databases.dialogue.get().unwrap();
            let id = dialogue::create(&mut conn, &*randomness, &new).unwrap().id;
            dialogue::open(&mut conn, id, clock.now()).unwrap().id
        };
        let pool = databases.dialogue.clone();
        Mixer::new(pool.clone(), keys, Arc::clone(&clock), Arc::clone(&randomness)).prepare().unwrap();
        let letterbox = Letterbox::start(pool, clock, randomness, receipt_key).unwrap();
        Self { databases, letterbox, dialogue }
    }

    /// Hands in all letters, so many at a time, each with a receipt of its own.
    pub fn hand_in(&self, letters: Vec<Letter>, at_a_time: usize) {
        let runtime = Builder::new_multi_thread().worker_threads(2).build().unwrap();
        let letters = Arc::new(std::sync::Mutex::new(letters));
        let tasks: Vec<_> = (0..at_a_time)
            .map(|_| {
                let (letterbox, letters, dialogue) = (self.letterbox.clone(), Arc::clone(&letters), self.dialogue);
                runtime.spawn(async move {
                    let next = || letters.lock().unwrap().pop();
                    while let Some(letter) = next() {
                        let receipt = Some(receipt::issue(&SystemRandomness));
                        assert_eq!(letterbox.hand_in(dialogue, letter, receipt).await, Ok(HandedIn::Stored));
                    }
                })
            })
            .collect();
        runtime.block_on(async {
            for task in tasks {
                task.await.unwrap();
            }
        });
    }

    /// Inserts so many rows of a letter's size, a group to a transaction; returns how long that took.
    pub fn insert_raw(&self, rows: usize, group: usize) -> Duration {
        let mut conn = self.databases.dialogue.get().unwrap();
        let batch: Vec<u8> = batch::table.order(batch::week).select(batch::id).first(&mut *conn).unwrap();
        let mut sealed = vec![0; SEALED];
        SystemRandomness.fill(&mut sealed);
        let begin = Instant::now();
        for start in (0..rows).step_by(group) {
            let mut ids: Vec<RandomId> =
                (start..rows.min(start + group)).map(|_| RandomId::new(&SystemRandomness)).collect();
            ids.sort();
            let some: Vec<_> = ids
                .iter()
                .map(|id| {
                    (letter::batch.eq(&batch), letter::id.eq(id.as_bytes().as_slice()), letter::sealed.eq(&sealed))
                })
                .collect();
            write(&mut conn, |conn| {
                on_backend!(conn, |conn| diesel::insert_into(letter::table).values(&some).execute(conn))?;
                Ok::<_, db::Error>(())
            })
            .unwrap();
        }
        begin.elapsed()
    }
}
