//! What commands need before they can work: databases, keys, the dialogue that is meant.

use std::sync::Arc;

use crate::cli::Failure;
use crate::clock::{Clock, SystemClock};
use crate::config::Settings;
use crate::db::{DatabaseUrl, Databases};
use crate::id::{Randomness, SystemRandomness};
use crate::mail::Mailer;
use crate::staff::audit::{self, Act, Action, Actor, Object};
use crate::staff::provider::Provider;
use crate::survey::definition::{self, Questionnaire};
use crate::survey::dialogue::{self, ChangeError, Definition, Dialogue, NewDialogue};
use crate::survey::keys::KeyDir;
use crate::survey::mixing::Mixer;

/// Where mails go that no server takes, in the data directory.
pub const MAIL_FOLDER: &str = "mail";

/// The system's clock, as an argument for all else.
pub fn clock() -> Arc<dyn Clock> {
    Arc::new(SystemClock)
}

/// The system's randomness, as an argument for all else.
pub fn randomness() -> Arc<dyn Randomness> {
    Arc::new(SystemRandomness)
}

/// Opens both databases, their tables up to date.
///
/// # Errors
/// A wrong address, nobody there, tables of a newer version.
pub fn databases(settings: &Settings) -> Result<Databases, Failure> {
    let url = |name: &str, text: &str| {
        text.parse::<DatabaseUrl>().map_err(|error| Failure::new(format!("the setting {name}: {error}")))
    };
    let dialogue = url("database_url", &settings.database_url)?;
    let register = url("register_url", &settings.register_url)?;
    Ok(Databases::open(&dialogue, &register)?)
}

/// The command `migrate`.
///
/// # Errors
/// As [`databases`].
pub fn migrate(settings: &Settings) -> Result<(), Failure> {
    databases(settings)?;
    println!("Both databases are up to date.");
    Ok(())
}

/// The key folder, made where there is none.
///
/// # Errors
/// Others can read it.
pub fn keys(settings: &Settings) -> Result<KeyDir, Failure> {
    Ok(KeyDir::create(&settings.key_dir)?)
}

/// The way to send mail.
///
/// # Errors
/// Settings that name no server or sender.
pub fn mailer(settings: &Settings) -> Result<Mailer, Failure> {
    let folder = settings.data_dir.join(MAIL_FOLDER);
    Ok(Mailer::new(settings.smtp_url.as_deref(), &settings.mail_from, &folder)?)
}

/// The OpenID Connect provider, where one is set. It is asked when someone first signs in through it.
///
/// # Errors
/// Settings that no provider can have.
pub fn provider(settings: &Settings, public_url: &str) -> Result<Option<Provider>, Failure> {
    Ok(settings.provider.as_ref().map(|provider| Provider::new(provider, public_url)).transpose()?)
}

/// The mixer with these keys.
pub fn mixer(databases: &Databases, keys: KeyDir) -> Mixer {
    Mixer::new(databases.dialogue.clone(), keys, clock(), randomness())
}

/// Loads the questionnaire as a new dialogue named `name`, opens it, and logs that `actor` did.
///
/// # Errors
/// The name is taken or does not fit an address; the database.
pub fn open_dialogue(
    databases: &Databases,
    questionnaire: &Questionnaire,
    file_name: &str,
    text: &str,
    name: &str,
    actor: Actor,
) -> Result<Dialogue, Failure> {
    let mut conn = databases.dialogue.get()?;
    let definition = Definition {
        version: questionnaire.version,
        text_version: 1,
        file_name: file_name.to_owned(),
        text: text.to_owned(),
    };
    let new = NewDialogue { slug: name.parse()?, closes_at: None, definition };
    let (now, randomness) = (clock().now(), randomness());
    let act = Act::new(actor, Action::DialogueOpened).on(Object::dialogue(name));
    let opened = audit::write(&mut conn, |conn| -> Result<_, ChangeError> {
        let created = dialogue::create(conn, randomness.as_ref(), &new)?;
        audit::log(conn, now, &act)?;
        dialogue::open(conn, created.id, now)
    })?;
    Ok(opened)
}

/// Opens the real survey, where there is no dialogue yet: a fresh machine has something to show.
///
/// # Errors
/// The database.
pub fn first_dialogue(databases: &Databases) -> Result<(), Failure> {
    if !dialogue::all(&mut *databases.dialogue.get()?)?.is_empty() {
        return Ok(());
    }
    let (file_name, text) = definition::VKOD_2017;
    let questionnaire = built_in(file_name, text)?;
    open_dialogue(databases, &questionnaire, file_name, text, &questionnaire.id, Actor::Service)?;
    println!("Opened the dialogue “{}”.", questionnaire.title.in_language(questionnaire.default_language()));
    Ok(())
}

fn built_in(file_name: &str, text: &str) -> Result<Questionnaire, Failure> {
    definition::load(file_name, text).map_err(|problems| {
        Failure::new(problems.first().map_or_else(|| format!("{file_name} is wrong"), ToString::to_string))
    })
}

/// The questionnaire of a stored dialogue.
///
/// # Errors
/// It is missing, or no longer passes the checks; the database.
pub fn questionnaire(databases: &Databases, dialogue: &Dialogue) -> Result<Questionnaire, Failure> {
    let definition = dialogue::definition(&mut *databases.dialogue.get()?, dialogue.id, None)?
        .ok_or_else(|| Failure::new(format!("the dialogue {} has no questionnaire", dialogue.slug)))?;
    built_in(&definition.file_name, &definition.text)
}

/// The dialogue named `name`; without a name, the only one that `fits`.
///
/// # Errors
/// None of that name, none at all, or several.
pub fn dialogue(
    databases: &Databases,
    name: Option<&str>,
    fits: impl Fn(&Dialogue) -> bool,
) -> Result<Dialogue, Failure> {
    let all = dialogue::all(&mut *databases.dialogue.get()?)?;
    let names = || all.iter().map(|dialogue| dialogue.slug.as_str()).collect::<Vec<_>>().join(", ");
    if let Some(name) = name {
        let found = all.iter().find(|dialogue| dialogue.slug.as_str() == name).cloned();
        return found.ok_or_else(|| Failure::new(format!("there is no dialogue {name}; there are: {}", names())));
    }
    let mut fitting = all.iter().filter(|dialogue| fits(dialogue));
    match (fitting.next(), fitting.next()) {
        (Some(one), None) => Ok(one.clone()),
        (Some(_), Some(_)) => Err(Failure::new(format!("which dialogue? there are: {}", names()))),
        (None, _) if all.is_empty() => Err(Failure::new("there is no dialogue yet: start the service, or open one")),
        (None, _) => Err(Failure::new(format!("no dialogue is open; there are: {}", names()))),
    }
}
