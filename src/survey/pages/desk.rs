//! What the residents' pages share: the open dialogues, published, and the letterbox.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::thread;

use crate::clock::Clock;
use crate::db::{self, Connection, Databases};
use crate::http::assets::Assets;
use crate::http::totals::Totals;
use crate::id::{RandomId, Randomness};
use crate::survey::definition::{self, Questionnaire};
use crate::survey::dialogue::statement::{self, Statements};
use crate::survey::dialogue::{self, Dialogue, Origin, Words};
use crate::survey::document::{AssetAddresses, Context, Document};
use crate::survey::letterbox::Letterbox;

/// A dialogue that residents see, with its questionnaire compiled to a document.
pub struct Edition {
    /// As it last stood in the database.
    pub dialogue: Dialogue,
    /// The structural version and text version that are shown.
    pub version: (i32, i32),
    /// Its questionnaire.
    pub questionnaire: Arc<Questionnaire>,
    /// What is said beside the questionnaire.
    pub words: Arc<Words>,
    /// The notices and statements that were published.
    pub statements: Arc<Statements>,
    /// The page.
    pub document: Arc<Document>,
    /// The document's style sheet and script.
    pub assets: Arc<Assets>,
}

/// The desk at which answers are handed in.
pub struct Desk {
    /// The databases.
    pub databases: Databases,
    /// Where answers go.
    pub letterbox: Letterbox,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Chance, for receipts and the order of options.
    pub randomness: Arc<dyn Randomness>,
    /// What residents do, in totals.
    pub totals: Totals,
    editions: RwLock<Arc<Vec<Edition>>>,
}

/// Why dialogues can't be published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The database does not answer.
    #[error(transparent)]
    Database(#[from] db::Error),
    /// A stored questionnaire no longer passes the checks.
    #[error("the questionnaire of {dialogue} does not pass the checks: {problem}")]
    Questionnaire {
        /// The dialogue's name.
        dialogue: String,
        /// The first problem.
        problem: String,
    },
    /// A template failed.
    #[error("the survey can't be rendered: {0}")]
    Template(#[from] askama::Error),
    /// The system gives no thread.
    #[error("no thread to compress the survey: {0}")]
    Thread(#[from] std::io::Error),
}

impl Desk {
    /// A desk that shows nothing before [`Desk::refresh`].
    pub fn new(
        databases: Databases,
        letterbox: Letterbox,
        clock: Arc<dyn Clock>,
        randomness: Arc<dyn Randomness>,
    ) -> Self {
        let editions = RwLock::new(Arc::new(Vec::new()));
        Self { databases, letterbox, clock, randomness, totals: Totals::default(), editions }
    }

    /// The published dialogues, those closed included.
    pub fn editions(&self) -> Arc<Vec<Edition>> {
        Arc::clone(&self.editions.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads the dialogues' states, and publishes what has become open since. A questionnaire is
    /// compiled once; its document is made anew where its texts were corrected, or its answers have become simulated ones.
    ///
    /// # Errors
    /// [`PublishError`]; then everything stays as it was.
    pub fn refresh(&self) -> Result<(), PublishError> {
        let mut conn = self.databases.dialogue.get()?;
        let dialogues = dialogue::all(&mut conn)?;
        let before = self.editions();
        let mut known: BTreeMap<RandomId, &Edition> =
            before.iter().map(|edition| (edition.dialogue.id, edition)).collect();
        let mut editions = Vec::with_capacity(dialogues.len());
        for dialogue in dialogues {
            if !dialogue.is_public() {
                continue;
            }
            let version = dialogue::latest_version(&mut conn, dialogue.id)?;
            let known = known.remove(&dialogue.id).filter(|edition| {
                edition.is_simulated() == is_simulated(&dialogue) && Some(edition.version) == version
            });
            // Every change of what is said counts as a revision.
            let (words, statements) = match known.filter(|edition| edition.dialogue.revision == dialogue.revision) {
                Some(edition) => (Arc::clone(&edition.words), Arc::clone(&edition.statements)),
                None => said(&mut conn, &dialogue)?,
            };
            editions.push(match known {
                Some(edition) => Edition {
                    words,
                    statements,
                    dialogue,
                    version: edition.version,
                    questionnaire: Arc::clone(&edition.questionnaire),
                    document: Arc::clone(&edition.document),
                    assets: Arc::clone(&edition.assets),
                },
                None => self.publish(&mut conn, dialogue, (words, statements))?,
            });
        }
        *self.editions.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(editions);
        Ok(())
    }

    fn publish(&self, conn: &mut Connection, dialogue: Dialogue, said: Said) -> Result<Edition, PublishError> {
        let wrong = |problem| PublishError::Questionnaire { dialogue: dialogue.slug.to_string(), problem };
        let definition =
            dialogue::definition(conn, dialogue.id, None)?.ok_or_else(|| wrong("it is missing".to_owned()))?;
        let questionnaire = definition::load(&definition.file_name, &definition.text)
            .map_err(|problems| wrong(problems.first().map_or_else(String::new, ToString::to_string)))?;
        let mut assets = Assets::default();
        let addresses = AssetAddresses::register(&questionnaire, &mut assets);
        let questionnaire = Arc::new(questionnaire);
        // The form names its dialogue, so that it is taken where another one has opened meanwhile.
        let context =
            Context { simulated: is_simulated(&dialogue), dialogue: Some(dialogue.slug.to_string()), preview: None };
        let document = Arc::new(Document::publish(Arc::clone(&questionnaire), addresses, context)?);
        let smaller = Arc::clone(&document);
        thread::Builder::new().name("compressing".to_owned()).spawn(move || smaller.compress_well())?;
        let version = (definition.version, definition.text_version);
        let (words, statements) = said;
        Ok(Edition { dialogue, version, questionnaire, words, statements, document, assets: Arc::new(assets) })
    }
}

/// What is said beside the questionnaire.
type Said = (Arc<Words>, Arc<Statements>);

fn said(conn: &mut Connection, dialogue: &Dialogue) -> db::Result<Said> {
    Ok((Arc::new(dialogue::words(conn, dialogue.id)?), Arc::new(statement::statements(conn, dialogue.id)?)))
}

fn is_simulated(dialogue: &Dialogue) -> bool {
    dialogue.origin == Some(Origin::Simulated)
}

impl Edition {
    /// Whether its answers are made up.
    pub fn is_simulated(&self) -> bool {
        is_simulated(&self.dialogue)
    }

    /// Whether new visitors see its survey.
    pub fn is_shown(&self, clock: &dyn Clock) -> bool {
        self.dialogue.is_shown(clock.now())
    }
}

/// Which dialogue an address means.
pub enum Meant<'a> {
    /// This one.
    One(&'a Edition),
    /// None is open: the latest one that was, where there was any.
    Closed(Option<&'a Edition>),
    /// Several are open, and the address names none.
    Several,
}

/// Which of `editions` the name in an address means; without a name, the one that is open.
///
/// A named dialogue is given whether it is open or not, so that the last hand-ins are taken.
pub fn meant<'a>(editions: &'a [Edition], slug: Option<&str>, clock: &dyn Clock) -> Option<Meant<'a>> {
    if let Some(slug) = slug {
        return editions.iter().find(|edition| edition.dialogue.slug.as_str() == slug).map(Meant::One);
    }
    let mut open = editions.iter().filter(|edition| edition.is_shown(clock));
    match (open.next(), open.next()) {
        (Some(one), None) => Some(Meant::One(one)),
        (Some(_), Some(_)) => Some(Meant::Several),
        (None, _) => Some(Meant::Closed(editions.iter().max_by_key(|edition| edition.dialogue.opened_at))),
    }
}
