//! From what was written to a [`Questionnaire`]: references, codes, routing, plan.
//!
//! The questionnaire is built twice: with the modules that are switched off, so that they are checked
//! like the rest, and then without them. Every problem shows in the first round.

mod breakdowns;
mod build;
mod derived;
mod lists;
mod names;
mod options;
mod plan;
mod reach;
mod scope;

use self::build::Builder;
use self::lists::groupings;
use self::names::Names;
use super::model::Questionnaire;
use super::problem::Problems;
use super::source::Source;

/// Checks everything; the result is only good where no problem was added.
pub(super) fn check(source: &Source, problems: &mut Problems) -> Questionnaire {
    let names = Names::collect(source, problems);
    let grouped = lists::check(source, problems);
    let mut whole = Builder::new(source, &names, true, problems);
    let checked = whole.questionnaire(groupings(source));
    let claims = whole.into_claims();
    let checked = plan::add(checked, source, &names, grouped, problems);
    if problems.is_empty() {
        // Only what is sound can be reasoned about.
        reach::check(&checked, &claims, source, problems);
    }
    if !names.any_switched_off() {
        return checked;
    }
    let mut enabled = Builder::new(source, &names, false, problems);
    let questionnaire = enabled.questionnaire(checked.groupings);
    plan::add(questionnaire, source, &names, grouped, problems)
}
