//! The flow as a picture: a box for each part with its questions, one below the other; at the right an arrow from every
//! question to what its answers decide about. Upright, so that it can be read on a phone.
//!
//! Only geometry; colours are the style sheet's. The same is told in words beside it.

use std::collections::BTreeSet;

use super::rules::{of_field, of_part};
use crate::survey::definition::Questionnaire;
use crate::survey::routing::Condition;

/// Measures in the picture's own units, which are CSS pixels where there is room.
const LEFT: usize = 4;
const BOX: usize = 168;
const LINE: usize = 24;
const GAP: usize = 26;
const LANE: usize = 9;
/// The longest heading within a box, in characters.
const HEADING: usize = 19;

/// A line of text in a box.
pub struct Line {
    pub y: usize,
    pub text: String,
    pub is_heading: bool,
}

/// A box.
pub struct Frame {
    pub y: usize,
    pub height: usize,
    pub is_conditional: bool,
}

/// An arrow, as an SVG path.
pub struct Arrow {
    pub path: String,
    pub leads_out: bool,
}

/// The picture.
pub struct Picture {
    pub width: usize,
    pub height: usize,
    pub left: usize,
    pub indent: usize,
    pub box_width: usize,
    pub frames: Vec<Frame>,
    pub lines: Vec<Line>,
    pub arrows: Vec<Arrow>,
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= HEADING {
        text.to_owned()
    } else {
        text.chars().take(HEADING - 1).chain(['…']).collect()
    }
}

impl Picture {
    /// Draws the flow; `outside` is the word for where screening out leads.
    pub fn of(questionnaire: &Questionnaire, outside: &str) -> Self {
        let language = questionnaire.default_language();
        let (mut frames, mut lines) = (Vec::new(), Vec::new());
        let mut parts = Vec::new();
        let mut questions: Vec<(String, usize)> = Vec::new();
        let mut y = LEFT;
        for (index, part) in questionnaire.parts.iter().enumerate() {
            let top = y;
            parts.push(top + LINE / 2);
            lines.push(Line { y: top + LINE / 2, text: shortened(part.title.in_language(language)), is_heading: true });
            for question in &part.questions {
                y += LINE;
                questions.push((question.id.clone(), y + LINE / 2));
                lines.push(Line { y: y + LINE / 2, text: question.id.clone(), is_heading: false });
            }
            y += LINE;
            let is_conditional = !of_part(questionnaire, index).is_empty();
            frames.push(Frame { y: top, height: y - top, is_conditional });
            y += GAP;
        }
        let screens = |field: &crate::survey::definition::Field| field.options().iter().any(|option| option.screen_out);
        let out = questionnaire.fields.iter().any(screens).then(|| {
            frames.push(Frame { y, height: LINE, is_conditional: true });
            lines.push(Line { y: y + LINE / 2, text: shortened(outside), is_heading: true });
            y += LINE + GAP;
            y - GAP - LINE / 2
        });
        let row = |field: usize| {
            let name = questionnaire.fields.get(field)?.question.split('.').next()?;
            questions.iter().find(|(id, _)| id == name).map(|(_, y)| *y)
        };
        let mut arcs: BTreeSet<(usize, usize, bool)> = BTreeSet::new();
        let mut from_all = |conditions: &[Condition], to: usize| {
            for from in conditions.iter().flat_map(Condition::fields).filter_map(row).filter(|from| *from != to) {
                arcs.insert((from, to, false));
            }
        };
        for (index, to) in parts.iter().enumerate() {
            from_all(&of_part(questionnaire, index), *to);
        }
        for (index, field) in questionnaire.fields.iter().enumerate() {
            if let Some(to) = row(index) {
                from_all(&of_field(questionnaire, field), to);
            }
        }
        for (index, field) in questionnaire.fields.iter().enumerate() {
            if let (true, Some(from), Some(to)) = (screens(field), row(index), out) {
                arcs.insert((from, to, true));
            }
        }
        let (mut arrows, lanes) = lay(arcs.into_iter().collect());
        arrows.extend(frames.windows(2).take(questionnaire.parts.len().saturating_sub(1)).filter_map(|pair| {
            let [above, below] = pair else { return None };
            let x = LEFT + BOX / 2;
            let path = format!("M{x} {}V{}", above.y + above.height, below.y.saturating_sub(2));
            Some(Arrow { path, leads_out: false })
        }));
        Self {
            width: LEFT + BOX + (lanes + 1) * LANE + LEFT,
            height: y.saturating_sub(GAP) + LEFT,
            left: LEFT,
            indent: LEFT + 10,
            box_width: BOX,
            frames,
            lines,
            arrows,
        }
    }
}

/// Gives each arc the nearest lane that is free over its whole length, short ones first.
fn lay(mut arcs: Vec<(usize, usize, bool)>) -> (Vec<Arrow>, usize) {
    arcs.sort_by_key(|(from, to, _)| (from.abs_diff(*to), *from));
    let mut lanes: Vec<Vec<(usize, usize)>> = Vec::new();
    let mut arrows = Vec::new();
    for (from, to, leads_out) in arcs {
        let span = (from.min(to), from.max(to));
        let free = |lane: &Vec<(usize, usize)>| lane.iter().all(|(top, bottom)| span.1 < *top || *bottom < span.0);
        let index = lanes.iter().position(free).unwrap_or_else(|| {
            lanes.push(Vec::new());
            lanes.len() - 1
        });
        if let Some(lane) = lanes.get_mut(index) {
            lane.push(span);
        }
        let (start, x) = (LEFT + BOX, LEFT + BOX + (index + 2) * LANE);
        // Arrives a little above where the arrows of the same line begin.
        let end = to.saturating_sub(5);
        arrows.push(Arrow { path: format!("M{start} {}H{x}V{end}H{}", from + 4, start + 3), leads_out });
    }
    let count = lanes.len() + 1;
    (arrows, count)
}
