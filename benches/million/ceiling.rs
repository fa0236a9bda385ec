//! What mixing and exporting can't do without: opening the letters, inserting the rows, reading them.

use std::path::Path;
use std::time::Instant;

use crypto_box::SecretKey;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use trygghetsdialog::db::schema::{comment, dialogue, letter, response};
use trygghetsdialog::db::{self, Connection, Databases, Pool, write};
use trygghetsdialog::id::{Randomness, SystemRandomness};
use trygghetsdialog::on_backend;
use trygghetsdialog::survey::answers::Answers;

use crate::support::service::Sandbox;
use crate::support::{database, postgres};

/// Letters of the sample that is opened.
const SAMPLE: usize = 20_000;

/// Rows in a transaction, as in a chunk of a mixing.
const CHUNK: i64 = 5000;

fn open(urls: &database::Databases) -> Pool {
    Databases::open(&urls.dialogue.parse().unwrap(), &urls.register.parse().unwrap()).unwrap().dialogue
}

/// Seconds that it takes all processors to open so many letters and do nothing with them, as a sample says.
pub fn opening(sandbox: &Sandbox, letters: f64) -> f64 {
    let pool = open(sandbox.databases());
    let conn = &mut *pool.get().unwrap();
    let sealed: Vec<(Vec<u8>, Vec<u8>)> =
        letter::table.select((letter::batch, letter::sealed)).limit(SAMPLE as i64).load(conn).unwrap();
    let key = key(&sandbox.key_directory(), &sealed[0].0);
    let threads = std::thread::available_parallelism().unwrap().get();
    let begin = Instant::now();
    std::thread::scope(|scope| {
        for share in sealed.chunks(sealed.len().div_ceil(threads)) {
            let key = &key;
            scope.spawn(move || share.iter().for_each(|(_, sealed)| drop(key.unseal(sealed).unwrap())));
        }
    });
    begin.elapsed().as_secs_f64() * letters / sealed.len() as f64
}

fn key(directory: &Path, batch: &[u8]) -> SecretKey {
    let name: String = batch.iter().map(|byte| format!("{byte:02x}")).collect();
    let bytes = std::fs::read(directory.join(format!("{name}.key"))).unwrap();
    SecretKey::from(<[u8; 32]>::try_from(bytes).unwrap())
}

/// Seconds.
pub struct Inserting {
    pub rows: f64,
    pub rewriting: f64,
}

type Response = (Vec<u8>, Vec<u8>, i32, String, Option<String>, String);
type Comment = (Vec<u8>, Vec<u8>, String, String);

/// Inserts the mixed rows under fresh random ids into another, empty database, in chunks as large as a
/// mixing's, and rewrites that. Reading them is not counted.
pub fn inserting(sandbox: &Sandbox) -> Inserting {
    let urls = match sandbox.databases().directory() {
        Some(_) => database::Databases::on_sqlite(),
        None => database::Databases::on_postgres(&postgres::shared_url().unwrap()),
    };
    let (from, to) = (open(sandbox.databases()), open(&urls));
    let (mut from, mut to) = (from.get().unwrap(), to.get().unwrap());
    let dialogues: Vec<(Vec<u8>, String, String)> =
        dialogue::table.select((dialogue::id, dialogue::slug, dialogue::state)).load(&mut *from).unwrap();
    for (id, slug, state) in &dialogues {
        let row = (dialogue::id.eq(id), dialogue::slug.eq(slug), dialogue::state.eq(state));
        diesel::insert_into(dialogue::table).values(row).execute(&mut *to).unwrap();
    }
    let [responses, comments] = [
        response::table.count().get_result::<i64>(&mut *from).unwrap(),
        comment::table.count().get_result::<i64>(&mut *from).unwrap(),
    ];
    let chunks = (responses / CHUNK + 1).max(1);
    let (mut last_response, mut last_comment, mut seconds) = (Vec::new(), Vec::new(), 0.0);
    for _ in 0..chunks {
        let some = response::table.filter(response::id.gt(&last_response)).order(response::id);
        let mut responses: Vec<Response> = some.limit(CHUNK).load(&mut *from).unwrap();
        let some = comment::table.filter(comment::id.gt(&last_comment)).order(comment::id);
        let mut comments: Vec<Comment> = some.limit(comments / chunks + 1).load(&mut *from).unwrap();
        last_response = responses.last().map_or(last_response, |row| row.0.clone());
        last_comment = comments.last().map_or(last_comment, |row| row.0.clone());
        responses.iter_mut().for_each(|row| SystemRandomness.fill(&mut row.0));
        comments.iter_mut().for_each(|row| SystemRandomness.fill(&mut row.0));
        responses.sort();
        comments.sort();
        let begin = Instant::now();
        write(&mut to, |conn| insert(conn, &responses, &comments)).unwrap();
        seconds += begin.elapsed().as_secs_f64();
    }
    let begin = Instant::now();
    let rewrite = match &*to {
        Connection::Sqlite(_) => "VACUUM; PRAGMA wal_checkpoint(TRUNCATE)",
        Connection::Postgres(_) => "CLUSTER response USING response_pkey; CLUSTER comment USING comment_pkey",
    };
    to.batch_execute(rewrite).unwrap();
    Inserting { rows: seconds, rewriting: begin.elapsed().as_secs_f64() }
}

fn insert(conn: &mut Connection, responses: &[Response], comments: &[Comment]) -> db::Result<()> {
    let rows: Vec<_> = responses
        .iter()
        .map(|(id, dialogue, version, channel, week, answers)| {
            (
                response::id.eq(id),
                response::dialogue.eq(dialogue),
                response::version.eq(version),
                response::channel.eq(channel),
                response::week.eq(week.as_ref()),
                response::answers.eq(answers),
            )
        })
        .collect();
    on_backend!(&mut *conn, |conn| diesel::insert_into(response::table).values(&rows).execute(conn))?;
    for some in comments.chunks(CHUNK as usize) {
        let rows: Vec<_> = some
            .iter()
            .map(|(id, dialogue, question, text)| {
                (
                    comment::id.eq(id),
                    comment::dialogue.eq(dialogue),
                    comment::question.eq(question),
                    comment::text.eq(text),
                )
            })
            .collect();
        on_backend!(&mut *conn, |conn| diesel::insert_into(comment::table).values(&rows).execute(conn))?;
    }
    Ok(())
}

/// Seconds that it takes to read all answers and parse them.
pub fn reading(sandbox: &Sandbox) -> f64 {
    let pool = open(sandbox.databases());
    let conn = &mut *pool.get().unwrap();
    let begin = Instant::now();
    let mut last = Vec::new();
    loop {
        let some = response::table.filter(response::id.gt(&last)).order(response::id).limit(CHUNK);
        let page: Vec<(Vec<u8>, String)> = some.select((response::id, response::answers)).load(conn).unwrap();
        let Some((id, _)) = page.last() else { return begin.elapsed().as_secs_f64() };
        last.clone_from(id);
        for (_, answers) in &page {
            std::hint::black_box(serde_json::from_str::<Answers>(answers).unwrap());
        }
    }
}
