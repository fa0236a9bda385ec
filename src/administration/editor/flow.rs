//! Routing made visible: `/personal/dialoger/{dialogue}/fragor/flode`, a picture, and the same in words.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::picture::Picture;
use super::rules::{self, Opened};
use crate::administration::dialogues::{address, named};
use crate::http::error::Error;
use crate::http::site::page;
use crate::staff::guard::Staff;
use crate::staff::office::Office;
use crate::staff::pages::{Link, StaffFrame};
use crate::staff::role::Role;
use crate::survey::definition::Questionnaire;

/// A question's place in the flow.
struct Step {
    id: String,
    text: String,
    /// Where it can be edited; none for who may not.
    address: Option<String>,
    leads: Vec<String>,
    opens: Vec<Opened>,
}

/// A part with its questions.
struct Stage {
    title: String,
    leads: Vec<String>,
    steps: Vec<Step>,
}

#[derive(Template)]
#[template(path = "staff/flow.html")]
struct Page {
    frame: StaffFrame,
    dialogue: String,
    picture: Picture,
    stages: Vec<Stage>,
    links: Vec<Link>,
}

fn stages(questionnaire: &Questionnaire, own: Option<&str>) -> Vec<Stage> {
    let language = questionnaire.default_language();
    let words = |condition: &_| rules::words(questionnaire, condition);
    let stage = |(index, part): (usize, &crate::survey::definition::Part)| Stage {
        title: part.title.in_language(language).to_owned(),
        leads: rules::of_part(questionnaire, index).iter().map(words).collect(),
        steps: part
            .questions
            .iter()
            .map(|question| {
                let first = rules::fields_of(questionnaire, &question.id).into_iter().next();
                let own_rules = first.map(|(_, field)| rules::of_field(questionnaire, field)).unwrap_or_default();
                Step {
                    id: question.id.clone(),
                    text: question.text.in_language(language).lines().next().unwrap_or_default().to_owned(),
                    address: own.map(|own| format!("{own}/fragor/fraga/{}", question.id)),
                    leads: own_rules.iter().map(words).collect(),
                    opens: rules::opened_by(questionnaire, &question.id),
                }
            })
            .collect(),
    };
    questionnaire.parts.iter().enumerate().map(stage).collect()
}

/// The page.
///
/// # Errors
/// [`Error::NotFound`] where there is no such dialogue.
pub async fn show(request: HttpRequest, office: Data<Office>, staff: Staff) -> Result<HttpResponse, Error> {
    let found = named(&request, &office).await?;
    let frame = StaffFrame::of(&request);
    let own = address(&found.dialogue);
    let edits = staff.roles.contains(&Role::Administrator);
    let mut links = Vec::new();
    if edits {
        links.push(Link::new(&format!("{own}/fragor/redigera"), frame.text("editor-title")));
    }
    links.push(Link::new(&own, frame.text("dialogue-back")));
    let shown = Page {
        dialogue: found.title().to_owned(),
        picture: Picture::of(&found.questionnaire, &frame.text("flow-outside")),
        stages: stages(&found.questionnaire, edits.then_some(own.as_str())),
        links,
        frame,
    };
    page(&request, StatusCode::OK, &shown)
}
