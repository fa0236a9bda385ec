//! How the dialogue goes, in figures that time nobody: `/personal/dialoger/{dialogue}/uppfoljning`.
//!
//! Answers by week and channel when a week has been mixed ([`progress`]), and how many can be expected. No result of a
//! question before the dialogue is closed; no composition by age or area either: two such tables that follow each other
//! differ by the few who came between them, and only a ledger of all that was shown can tell whether that is safe.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::dialogues::{address, named};
use crate::http::error::Error;
use crate::http::site::page;
use crate::http::totals::Counted;
use crate::i18n;
use crate::staff::LANGUAGE;
use crate::staff::office::Office;
use crate::staff::pages::StaffFrame;
use crate::survey::dialogue::{self, State};
use crate::survey::launch;
use crate::survey::letterbox::Channel;
use crate::survey::pages::desk::Desk;
use crate::survey::progress::{self, WeekOfAnswers};

#[derive(Template)]
#[template(path = "staff/monitoring.html")]
struct Page {
    frame: StaffFrame,
    title: String,
    back: String,
    facts: Vec<(String, String)>,
    weeks: Vec<Week>,
    /// What is said where there are no weeks to show.
    none: String,
}

struct Week {
    week: String,
    total: u64,
    /// The bar's length: per cent of the week with the most.
    length: u64,
    channels: String,
}

/// The page.
///
/// # Errors
/// [`Error::NotFound`] where there is no such dialogue.
pub async fn show(request: HttpRequest, office: Data<Office>, desk: Data<Desk>) -> Result<HttpResponse, Error> {
    let found = named(&request, &office).await?;
    let frame = StaffFrame::of(&request);
    let dialogue = found.dialogue.clone();
    let (weeks, all) = Office::run(&office, move |_, conn| {
        let weeks = progress::by_week(conn, &dialogue)?;
        let over = matches!(dialogue.state, State::Closed | State::Archived);
        let all = if over { Some(dialogue::counts(conn, dialogue.id)?.responses) } else { None };
        Ok((weeks, all))
    })
    .await?;
    let so_far = all.unwrap_or_else(|| weeks.iter().map(|week| week.total).sum());
    let mut facts = vec![(frame.text("monitoring-mixed"), so_far.to_string())];
    if let Some((residents, answers)) = launch::expected(&found.questionnaire, launch::ANSWERING) {
        let percent = (launch::ANSWERING * 100.0).to_string();
        let arguments = [("percent", percent.into()), ("residents", residents.to_string().into())];
        let text = i18n::text_with(LANGUAGE, "monitoring-expected-of", &arguments);
        facts.push((frame.text("monitoring-expected"), format!("{answers} {text}")));
    }
    let yesterday = desk.totals.yesterday(Counted::HandedIn, office.clock.as_ref());
    let yesterday = yesterday.map_or_else(|| frame.text("monitoring-yesterday-few"), |total| total.to_string());
    facts.push((frame.text("monitoring-yesterday"), yesterday));
    let none = if all.is_some() { "monitoring-over" } else { "monitoring-none" };
    let most = weeks.iter().map(|week| week.total).max().unwrap_or(1);
    let shown = Page {
        title: found.title().to_owned(),
        back: address(&found.dialogue),
        facts,
        weeks: weeks.iter().map(|week| in_words(&frame, week, most)).collect(),
        none: frame.text(none),
        frame,
    };
    page(&request, StatusCode::OK, &shown)
}

fn in_words(frame: &StaffFrame, week: &WeekOfAnswers, most: u64) -> Week {
    let channel = |(channel, count): &(Option<Channel>, u64)| {
        let name = match channel.as_ref().map(Channel::as_str) {
            Some("web") => frame.text("monitoring-web"),
            Some("paper") => frame.text("monitoring-paper"),
            Some(other) => other.to_owned(),
            None => frame.text("monitoring-together"),
        };
        format!("{name} {count}")
    };
    Week {
        week: week.week.to_string(),
        total: week.total,
        length: week.total * 100 / most,
        channels: week.channels.iter().map(channel).collect::<Vec<_>>().join(", "),
    }
}
