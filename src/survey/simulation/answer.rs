//! Drawing the answer to one field.

use rand::rngs::Xoshiro256PlusPlus;
use rand::{Rng, RngExt};

use super::habits::{Anchor, Draw, Habit, Habits};
use super::normal;
use crate::survey::definition::{Field, FieldKind, Questionnaire};

/// What is known of the resident who is answering.
#[derive(Debug, Default)]
pub(super) struct Resident {
    /// What is true of her, per field, as sets of options: also where she leaves it blank.
    pub truth: Vec<u64>,
    /// Per field, whether its published share counts her.
    pub high: Vec<bool>,
    /// How afraid she is, before her area: standard normal.
    pub fear: f64,
    /// Reused from field to field.
    weights: Vec<f64>,
}

/// An answer.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Given {
    /// A set of options; empty for a field left blank.
    Options(u64),
    /// A text that is not empty.
    Text(String),
    /// The text of a suggestion.
    Suggestion(usize),
    /// No text.
    Nothing,
    /// Whether a place is added.
    Another(bool),
}

impl Resident {
    /// Someone else.
    pub fn renew(&mut self, fields: usize, random: &mut Xoshiro256PlusPlus) {
        self.truth.clear();
        self.truth.resize(fields, 0);
        self.high.clear();
        self.high.resize(fields, false);
        self.fear = normal::draw(random);
    }

    /// Her answer to a field that is on path, of the options `offered`.
    pub fn answer(
        &mut self,
        questionnaire: &Questionnaire,
        habits: &Habits,
        index: usize,
        offered: u64,
        random: &mut Xoshiro256PlusPlus,
    ) -> Given {
        let (field, habit) = (&questionnaire.fields[index], &habits.fields[index]);
        let chosen = match &habit.draw {
            Draw::Text { written, suggested, sentences, texts } => {
                if !random.random_bool(*written) || texts.is_empty() {
                    return Given::Nothing;
                }
                let suggestions = field.options().len();
                if suggestions > 0 && random.random_bool(*suggested) {
                    return Given::Suggestion(random.random_range(0..suggestions));
                }
                return match text(field, *sentences, texts, random) {
                    text if text.is_empty() => Given::Nothing,
                    text => Given::Text(text),
                };
            }
            Draw::Another { chance } => return Given::Another(random.random_bool(*chance)),
            Draw::Weights { none } => {
                self.weigh(habits, habit, offered, takes_several(field));
                match &field.kind {
                    FieldKind::Multi { max, .. } => {
                        several(field, &self.weights, *max, none.filter(|none| offered & (1 << none) != 0), random)
                    }
                    _ => one_of(&self.weights, random),
                }
            }
            Draw::Anchor(anchor) => self.anchored(habits, index, anchor, random),
            Draw::Follows { field: earlier, high, low } => one_of(if self.high[*earlier] { high } else { low }, random),
        };
        // Refusing a field that does not go by weights has a chance of its own.
        let refused = match &habit.draw {
            Draw::Anchor(_) | Draw::Follows { .. } => refusal(&habit.weights, random),
            _ => 0,
        };
        self.truth[index] = chosen;
        Given::Options(match () {
            () if random.random_bool(habit.blank) => 0,
            () if refused != 0 => refused & offered,
            () => chosen & offered,
        })
    }

    fn weigh(&mut self, habits: &Habits, habit: &Habit, offered: u64, several: bool) {
        self.weights.clear();
        self.weights.extend_from_slice(&habit.weights);
        let fear = self.fear + self.area_effect(habits);
        for (weight, exponent) in self.weights.iter_mut().zip(&habit.fear).filter(|(_, exponent)| **exponent != 0.0) {
            *weight = scaled(*weight, (exponent * fear).exp(), several);
        }
        for by in &habit.by {
            let chosen = bits(self.truth[by.field]).filter_map(|option| by.factors.get(option)?.as_ref());
            for factors in chosen {
                for (weight, factor) in self.weights.iter_mut().zip(factors).filter(|(_, factor)| **factor != 1.0) {
                    *weight = scaled(*weight, *factor, several);
                }
            }
        }
        for (option, weight) in self.weights.iter_mut().enumerate() {
            if offered & (1 << option) == 0 {
                *weight = 0.0;
            }
        }
    }

    fn area_effect(&self, habits: &Habits) -> f64 {
        let Some((field, effects)) = &habits.fear else { return 0.0 };
        bits(self.truth[*field]).next().and_then(|area| effects.get(area)).copied().unwrap_or(0.0)
    }

    fn anchored(&mut self, habits: &Habits, index: usize, anchor: &Anchor, random: &mut Xoshiro256PlusPlus) -> u64 {
        let age = habits.age.and_then(|age| bits(self.truth[age]).next()).unwrap_or(0);
        let of_age = |values: &[f64]| values.get(age).copied().unwrap_or(0.0);
        if let Some((option, chances)) = &anchor.aside
            && random.random_bool(of_age(chances))
        {
            return 1 << option;
        }
        let own = (1.0 - anchor.tie * anchor.tie).sqrt() * normal::draw(random);
        let latent = self.area_effect(habits) + of_age(&anchor.age) + anchor.tie * self.fear + own;
        self.high[index] = latent > of_age(&anchor.thresholds);
        one_of(if self.high[index] { &anchor.high } else { &anchor.low }, random)
    }
}

fn takes_several(field: &Field) -> bool {
    matches!(field.kind, FieldKind::Multi { .. })
}

/// The members of a set of options.
fn bits(mut set: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let first = (set != 0).then(|| set.trailing_zeros() as usize)?;
        set &= set - 1;
        Some(first)
    })
}

/// A weight times a factor; a chance by its odds, so that it stays one.
fn scaled(weight: f64, factor: f64, chance: bool) -> f64 {
    if chance { weight * factor / (1.0 - weight + weight * factor) } else { weight * factor }
}

/// One option by relative weight; none where all weigh nothing.
fn one_of(weights: &[f64], random: &mut impl Rng) -> u64 {
    let mut left = random.random::<f64>() * weights.iter().sum::<f64>();
    let mut last = 0;
    for (option, weight) in weights.iter().enumerate().filter(|(_, weight)| **weight > 0.0) {
        last = 1 << option;
        left -= weight;
        if left < 0.0 {
            break;
        }
    }
    last
}

/// The refusal among `weights`, which are chances, if she refuses.
fn refusal(weights: &[f64], random: &mut impl Rng) -> u64 {
    let refused = weights.iter().position(|chance| *chance > 0.0 && random.random_bool(chance.min(1.0)));
    refused.map_or(0, |option| 1 << option)
}

/// Several options by chance: an exclusive one alone, at most `max` of the others, at least one.
fn several(field: &Field, chances: &[f64], max: Option<usize>, none: Option<usize>, random: &mut impl Rng) -> u64 {
    let mut chosen = 0_u64;
    for (option, chance) in chances.iter().enumerate() {
        if *chance > 0.0 && random.random_bool(chance.min(1.0)) {
            if field.options()[option].exclusive {
                return 1 << option;
            }
            chosen |= 1 << option;
        }
    }
    while chosen.count_ones() as usize > max.unwrap_or(usize::MAX) {
        let drop = random.random_range(0..chosen.count_ones()) as usize;
        chosen &= !bits(chosen).nth(drop).map_or(chosen, |option| 1 << option);
    }
    match none {
        Some(none) if chosen == 0 => 1 << none,
        None if chosen == 0 => one_of(chances, random),
        _ => chosen,
    }
}

/// Some of the texts, within the field's length.
fn text(field: &Field, sentences: usize, texts: &[String], random: &mut impl Rng) -> String {
    let FieldKind::Text { max, .. } = field.kind else { return String::new() };
    let mut written = String::new();
    for _ in 0..random.random_range(1..=sentences.max(1)) {
        let sentence = &texts[random.random_range(0..texts.len())];
        if !written.contains(sentence.as_str()) {
            if !written.is_empty() {
                written.push(' ');
            }
            written.push_str(sentence);
        }
    }
    // `maxlength` counts UTF-16 units.
    let mut units = 0;
    let fits = written.chars().take_while(|character| {
        units += character.len_utf16();
        units <= max
    });
    fits.collect::<String>().trim().to_owned()
}
