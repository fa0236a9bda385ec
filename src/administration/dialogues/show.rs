//! One dialogue: where it stands, what can be done next, and what is known of it.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use jiff::Timestamp;

use super::step::Step;
use super::{Found, address, named};
use crate::administration::change::state_name;
use crate::administration::keying::may_key;
use crate::http::error::Error;
use crate::http::site::page;
use crate::i18n::swedish_moment;
use crate::id::RandomId;
use crate::staff::LANGUAGE;
use crate::staff::account;
use crate::staff::guard::Staff;
use crate::staff::office::Office;
use crate::staff::pages::{Link, StaffFrame};
use crate::staff::role::Role;
use crate::survey::dialogue::statement::Kind;
use crate::survey::dialogue::{self, Origin, PurgeReceipt, State};
use crate::survey::paper;
use crate::survey::standard;

#[derive(Template)]
#[template(path = "staff/dialogue.html")]
struct Page {
    frame: StaffFrame,
    title: String,
    state: String,
    next: String,
    simulated: bool,
    steps: Vec<Link>,
    facts: Vec<(String, String)>,
    look: Vec<Link>,
}

/// Who did something to the dialogue, by name.
struct People {
    edited: Option<String>,
    reviewed: Option<String>,
}

/// The page.
///
/// # Errors
/// [`Error::NotFound`] where there is no such dialogue.
pub async fn show(request: HttpRequest, office: Data<Office>, staff: Staff) -> Result<HttpResponse, Error> {
    let found = named(&request, &office).await?;
    let (id, edited_by, reviewed_by) = (found.dialogue.id, found.dialogue.edited_by, found.dialogue.reviewed_by);
    let (people, receipt) = Office::run(&office, move |_, conn| {
        let mut name = |id: Option<RandomId>| match id {
            Some(id) => Ok(account::get(conn, id)?.map(|account| account.name)),
            None => Ok::<_, crate::staff::failure::Failure>(None),
        };
        let people = People { edited: name(edited_by)?, reviewed: name(reviewed_by)? };
        Ok((people, dialogue::receipt_of_purge(conn, id)?))
    })
    .await?;
    let frame = StaffFrame::of(&request);
    let page_of = Page {
        title: found.title().to_owned(),
        state: state_name(found.dialogue.state),
        next: frame.text(next(found.dialogue.state)),
        simulated: found.dialogue.origin == Some(Origin::Simulated),
        steps: steps(&frame, &found, &staff),
        facts: facts(&frame, &found, &people, receipt.as_ref(), &office),
        look: look(&frame, &found, may_key(&staff.roles), office.clock.now()),
        frame,
    };
    page(&request, StatusCode::OK, &page_of)
}

/// What there is to do in a state.
fn next(state: State) -> &'static str {
    match state {
        State::Draft => "dialogue-next-draft",
        State::Reviewed => "dialogue-next-reviewed",
        State::Open => "dialogue-next-open",
        State::Paused => "dialogue-next-paused",
        State::Closing => "dialogue-next-closing",
        State::Closed => "dialogue-next-closed",
        State::Archived => "dialogue-next-archived",
        State::Purged => "dialogue-next-purged",
    }
}

/// The steps that are possible now, and that she may take.
fn steps(frame: &StaffFrame, found: &Found, staff: &Staff) -> Vec<Link> {
    let own = address(&found.dialogue);
    let state = found.dialogue.state;
    let administrator = staff.roles.contains(&Role::Administrator);
    let possible = Step::from_state(state).iter().filter(|step| administrator || **step == Step::Review);
    let mut links: Vec<_> =
        possible.map(|step| Link::new(&format!("{own}/{}", step.word()), frame.text(step.verb()))).collect();
    if administrator && matches!(state, State::Draft | State::Reviewed | State::Open | State::Paused) {
        links.push(Link::new(&format!("{own}/andra"), frame.text("dialogue-edit")));
    }
    if administrator && !matches!(state, State::Archived | State::Purged) {
        links.push(Link::new(&format!("{own}/texter"), frame.text("wording-title")));
    }
    if administrator && state == State::Archived {
        links.push(Link::new(&format!("{own}/gallra"), frame.text("dialogue-purge")));
    }
    links
}

/// What can be looked at; `keys` where she may key in answers.
fn look(frame: &StaffFrame, found: &Found, keys: bool, now: Timestamp) -> Vec<Link> {
    let own = address(&found.dialogue);
    let mut links = Vec::new();
    if matches!(found.dialogue.state, State::Draft | State::Reviewed) {
        links.push(Link::new(&format!("{own}/kontroll"), frame.text("launch-title")));
    }
    if found.dialogue.is_public() {
        links.push(Link::new(&format!("/sv/{}/enkat", found.dialogue.slug), frame.text("dialogue-see-survey")));
    }
    links.extend(found.questionnaire.languages.iter().map(|language| {
        let text = frame.text_with("preview-in", "language", &language.name);
        Link::new(&format!("{own}/visa/{}", language.code), text)
    }));
    links
        .push(Link::new(&format!("{own}/mobil/{}", found.questionnaire.default_language()), frame.text("phone-title")));
    links.push(Link::new(&format!("{own}/fragor/flode"), frame.text("flow-title")));
    links.push(Link::new(&format!("{own}/fragor/redigera"), frame.text("editor-title")));
    links.push(Link::new(&format!("{own}/fragor"), frame.text("questionnaire-title")));
    for kind in Kind::ALL {
        links.push(Link::new(&format!("{own}/{}", kind.slug()), standard::title(kind, LANGUAGE)));
    }
    if found.dialogue.is_public() {
        links.push(Link::new(&format!("{own}/uppfoljning"), frame.text("monitoring-title")));
    }
    if paper::is_printed(&found.dialogue) {
        links.push(Link::new(&format!("{own}/papper"), frame.text("papers-title")));
    }
    if keys && found.dialogue.accepts(now) {
        links.push(Link::new(&format!("{own}/inmatning"), frame.text("keying-title")));
    }
    links
}

fn facts(
    frame: &StaffFrame,
    found: &Found,
    people: &People,
    receipt: Option<&PurgeReceipt>,
    office: &Office,
) -> Vec<(String, String)> {
    let (dialogue, questionnaire) = (&found.dialogue, &found.questionnaire);
    let moment = |at: Option<Timestamp>| at.map(swedish_moment);
    let languages: Vec<&str> = questionnaire.languages.iter().map(|language| language.name.as_str()).collect();
    let version = format!("{}.{}", found.definition.version, found.definition.text_version);
    let known = [
        ("dialogue-fact-address", Some(format!("{}/sv/{}/enkat", office.public_url, dialogue.slug))),
        ("dialogue-fact-case", Some(questionnaire.case_number.clone())),
        (
            "dialogue-fact-who",
            Some(questionnaire.target_population.in_language(questionnaire.default_language()).to_owned()),
        ),
        ("dialogue-fact-languages", Some(languages.join(", "))),
        ("dialogue-fact-version", Some(version)),
        ("dialogue-fact-edited", people.edited.clone()),
        ("dialogue-fact-reviewed", people.reviewed.clone()),
        ("dialogue-fact-opened", moment(dialogue.opened_at)),
        ("dialogue-fact-paused", moment(dialogue.paused_at)),
        ("dialogue-fact-closes", moment(dialogue.closes_at).filter(|_| dialogue.closed_at.is_none())),
        ("dialogue-fact-closed", moment(dialogue.closed_at)),
        ("dialogue-retention", dialogue.retention_decision.clone()),
        ("dialogue-fact-purged", receipt.map(|receipt| swedish_moment(receipt.purged_at))),
        ("dialogue-purge-decision", receipt.map(|receipt| receipt.decision.clone())),
        ("dialogue-fact-responses", receipt.map(|receipt| receipt.responses.to_string())),
        ("dialogue-fact-comments", receipt.map(|receipt| receipt.comments.to_string())),
    ];
    known.into_iter().filter_map(|(key, value)| Some((frame.text(key), value?))).collect()
}
