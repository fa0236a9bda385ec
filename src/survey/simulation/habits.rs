//! How simulated residents answer: what is worked out of the data before the first one.
//!
//! Every field of the questionnaire gets a [`Habit`] by index, from the data where it has one, else
//! from the field alone.

use super::figures::Figures;
use super::habit_files::{AnchorSource, BySource, PerOption, Source};
use super::normal::threshold;
use crate::survey::definition::{Choice, Field, FieldKind, Questionnaire};

/// Everything that is known before the first resident.
#[derive(Debug)]
pub(super) struct Habits {
    /// Per field.
    pub fields: Vec<Habit>,
    /// The field that fear depends on, and per option how much.
    pub fear: Option<(usize, Vec<f64>)>,
    /// The field that shares are given by.
    pub age: Option<usize>,
}

/// How a field is answered.
#[derive(Debug)]
pub(super) struct Habit {
    /// Chance of no answer.
    pub blank: f64,
    /// Per option: a relative weight, or in a field of several choices a chance.
    pub weights: Vec<f64>,
    /// Per option: exponent per unit of fear.
    pub fear: Vec<f64>,
    /// Factors by earlier answers.
    pub by: Vec<By>,
    /// What decides.
    pub draw: Draw,
}

/// Factors by the answer to an earlier field.
#[derive(Debug)]
pub(super) struct By {
    pub field: usize,
    /// Per option of that field: factors per option of this one.
    pub factors: Vec<Option<Vec<f64>>>,
}

/// What decides an answer.
#[derive(Debug)]
pub(super) enum Draw {
    /// The weights.
    Weights {
        /// The option of those who chose nothing else, in a field of several choices.
        none: Option<usize>,
    },
    /// A published share: whether a latent fear is above a threshold.
    Anchor(Anchor),
    /// The same as decided an earlier, anchored field.
    Follows { field: usize, high: Vec<f64>, low: Vec<f64> },
    /// A text.
    Text { written: f64, suggested: f64, sentences: usize, texts: Vec<String> },
    /// The toggle of another place.
    Another { chance: f64 },
}

/// Decides by a published share.
#[derive(Debug)]
pub(super) struct Anchor {
    /// Correlation with a resident's fear.
    pub tie: f64,
    /// Per option of the age question: shift of the mean.
    pub age: Vec<f64>,
    /// Per option of the age question: who is above says `high`, the others `low`.
    pub thresholds: Vec<f64>,
    pub high: Vec<f64>,
    pub low: Vec<f64>,
    /// An option for other reasons, with its chance per option of the age question.
    pub aside: Option<(usize, Vec<f64>)>,
}

/// Per option of a field, what the data say of it or of its group; `default` where they say nothing.
fn per_option(options: &[Choice], values: &PerOption, default: f64) -> Vec<f64> {
    let of = |option: &Choice| {
        let group = option.group.as_ref().and_then(|group| values.get(group));
        values.get(&option.id).or(group).copied().unwrap_or(default)
    };
    options.iter().map(of).collect()
}

impl Habits {
    /// Works out the habits of a questionnaire's residents.
    pub fn new(questionnaire: &Questionnaire) -> Self {
        let Some(source) = Source::built_in(&questionnaire.id) else {
            let fields = questionnaire.fields.iter().map(Habit::without_data).collect();
            return Self { fields, fear: None, age: None };
        };
        let figures = Figures::built_in();
        let position = |question: &str| questionnaire.fields.iter().position(|field| field.question == question);
        let fear = position(&source.fear_by.question)
            .map(|field| (field, per_option(questionnaire.fields[field].options(), &source.fear_by.effects, 0.0)));
        let age = position(&figures.shares_by);
        let mut compiler = Compiler { questionnaire, figures: &figures, source: &source, fear: &fear, age };
        let fields = (0..questionnaire.fields.len()).map(|field| compiler.habit(field)).collect();
        Self { fields, fear, age }
    }
}

impl Habit {
    /// Any valid answer, seldom one that ends the survey.
    fn without_data(field: &Field) -> Self {
        let several = matches!(field.kind, FieldKind::Multi { .. });
        let weight = |option: &Choice| match () {
            () if option.screen_out => 0.02,
            () if option.code < 0 || (several && option.exclusive) => 0.05,
            () if several => 0.3,
            () => 1.0,
        };
        Self {
            blank: if field.required { 0.0 } else { 0.03 },
            weights: field.options().iter().map(weight).collect(),
            fear: Vec::new(),
            by: Vec::new(),
            draw: match field.kind {
                FieldKind::Text { .. } => {
                    Draw::Text { written: 0.2, suggested: 0.5, sentences: 1, texts: vec!["Simulerat svar.".to_owned()] }
                }
                FieldKind::Toggle => Draw::Another { chance: 0.35 },
                FieldKind::Single { .. } | FieldKind::Multi { .. } => Draw::Weights { none: None },
            },
        }
    }
}

struct Compiler<'a> {
    questionnaire: &'a Questionnaire,
    figures: &'a Figures,
    source: &'a Source,
    fear: &'a Option<(usize, Vec<f64>)>,
    age: Option<usize>,
}

impl Compiler<'_> {
    fn habit(&mut self, index: usize) -> Habit {
        let field = &self.questionnaire.fields[index];
        let Some(source) = self.source.questions.get(&field.question) else { return Habit::without_data(field) };
        let options = field.options();
        let mut weights = per_option(options, &source.weights, 0.0);
        if let Some(population) = self.figures.population.get(&field.question) {
            let women = per_option(options, population, 0.0);
            weights.iter_mut().zip(women).for_each(|(weight, women)| *weight += women);
        }
        let draw = if let Some(anchor) = &source.anchor {
            Draw::Anchor(self.anchor(options, anchor))
        } else if let Some((follows, earlier)) = source.follows.as_ref().and_then(|follows| {
            Some((follows, self.questionnaire.fields.iter().position(|field| field.question == follows.question)?))
        }) {
            let [high, low] = [&follows.high, &follows.low].map(|weights| per_option(options, weights, 0.0));
            Draw::Follows { field: earlier, high, low }
        } else {
            match field.kind {
                FieldKind::Text { .. } => Draw::Text {
                    written: source.written,
                    suggested: source.suggested,
                    sentences: source.sentences.unwrap_or(1),
                    texts: source.texts.clone(),
                },
                FieldKind::Toggle => Draw::Another { chance: source.another },
                FieldKind::Single { .. } | FieldKind::Multi { .. } => Draw::Weights {
                    none: source.none.as_ref().and_then(|none| options.iter().position(|option| option.id == *none)),
                },
            }
        };
        Habit {
            blank: if field.required { 0.0 } else { source.blank },
            weights,
            fear: per_option(options, &source.fear, 0.0),
            by: source.by.iter().flat_map(|by| self.by(index, by)).collect(),
            draw,
        }
    }

    /// Factors by each earlier field of the question; within a repeated block, of the same place.
    fn by(&self, index: usize, by: &BySource) -> Vec<By> {
        let field = &self.questionnaire.fields[index];
        let earlier = self.questionnaire.fields[..index].iter().enumerate().filter(|(_, other)| {
            other.question == by.question
                && (other.place.is_none() || field.place.is_none() || other.place == field.place)
        });
        let factors = |option: &Choice| {
            let group = option.group.as_ref().and_then(|group| by.factors.get(group));
            by.factors.get(&option.id).or(group).map(|factors| per_option(field.options(), factors, 1.0))
        };
        earlier
            .map(|(other, source)| By { field: other, factors: source.options().iter().map(factors).collect() })
            .collect()
    }

    fn anchor(&self, options: &[Choice], anchor: &AnchorSource) -> Anchor {
        let ages = self.age.map_or(&[][..], |age| self.questionnaire.fields[age].options());
        let age = per_option(ages, &anchor.age, 0.0);
        let women = self.figures.population.get(&self.figures.shares_by).cloned().unwrap_or_default();
        let areas = self.areas();
        let spread = |mean: f64, weight: f64| areas.iter().map(move |(area, effect)| (area * weight, mean + effect));
        let asked = ages.iter().zip(&age).filter(|(option, _)| !self.figures.not_asked.contains(&option.id));
        let everyone: Vec<(f64, f64)> =
            asked.flat_map(|(option, mean)| spread(*mean, women.get(&option.id).copied().unwrap_or(0.0))).collect();
        let overall = self.figures.share(&anchor.table, "all").map(|share| threshold(&everyone, share));
        let thresholds = ages.iter().zip(&age).map(|(option, mean)| {
            let own = self.figures.share(&anchor.table, &option.id);
            own.map(|share| threshold(&spread(*mean, 1.0).collect::<Vec<_>>(), share)).or(overall).unwrap_or(0.0)
        });
        let aside = anchor.aside.as_ref().and_then(|aside| {
            let option = options.iter().position(|option| option.id == aside.option)?;
            Some((option, per_option(ages, &aside.by, aside.chance)))
        });
        let [high, low] = [&anchor.high, &anchor.low].map(|weights| per_option(options, weights, 0.0));
        Anchor { tie: anchor.tie, thresholds: thresholds.collect(), age, high, low, aside }
    }

    /// Weights and effects on fear of the areas.
    fn areas(&self) -> Vec<(f64, f64)> {
        let Some((field, effects)) = self.fear else { return vec![(1.0, 0.0)] };
        let field = &self.questionnaire.fields[*field];
        let women = self.figures.population.get(&field.question).cloned().unwrap_or_default();
        per_option(field.options(), &women, 0.0).into_iter().zip(effects.iter().copied()).collect()
    }
}
