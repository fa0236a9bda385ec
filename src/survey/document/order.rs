//! The random order of options: sixteen permutations, the same for everyone who draws the same number.
//!
//! A drawn number travels in the form's hidden field, is kept through errors and changes of language, and is
//! never stored: with the answers it would be a mark.

use rand::seq::SliceRandom;

use crate::id::{Draw, SeededRandomness};
use crate::survey::definition::{Choice, FieldKind, Questionnaire};
use crate::survey::document::taken::Taken;

/// How many permutations there are.
pub const PERMUTATIONS: u8 = 16;

/// One of the permutations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Permutation(u8);

impl Permutation {
    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..PERMUTATIONS).map(Self)
    }

    /// The one that a random byte means: each is as likely, for [`PERMUTATIONS`] divides 256.
    pub fn from_chance(byte: u8) -> Self {
        const { assert!(256 % PERMUTATIONS as u32 == 0) };
        Self(byte % PERMUTATIONS)
    }

    /// What a form carried; anything else than a number that we gave out counts as the first one.
    pub fn from_form(value: Option<&str>) -> Self {
        Self(value.and_then(|value| value.parse().ok()).filter(|number| *number < PERMUTATIONS).unwrap_or(0))
    }

    /// Its number, from 0.
    pub fn number(self) -> u8 {
        self.0
    }

    /// The indices of a field's options in the order in which they stand. Options that are fixed or exclusive
    /// keep their places.
    ///
    /// Lists of the same length come in the same order: the causes of a second place stand as those of the first. Options
    /// that are taken from an earlier answer stand in that one's order.
    pub fn order(self, questionnaire: &Questionnaire, field: usize) -> Vec<usize> {
        let mut order = self.shuffled(&questionnaire.fields[field].kind);
        if let Some(Taken { source, options: from }) = Taken::of(questionnaire, field) {
            let seen = self.order(questionnaire, source);
            let mut taken: Vec<usize> = order.iter().copied().filter(|option| from.contains_key(option)).collect();
            taken.sort_by_key(|option| seen.iter().position(|shown| from.get(option) == Some(shown)));
            let places = order.iter_mut().filter(|option| from.contains_key(option));
            places.zip(taken).for_each(|(place, option)| *place = option);
        }
        order
    }

    fn shuffled(self, kind: &FieldKind) -> Vec<usize> {
        let FieldKind::Multi { options, randomise: true, .. } = kind else {
            return (0..options_of(kind).len()).collect();
        };
        let moves = |option: &Choice| !option.fixed && !option.exclusive;
        let mut shuffled: Vec<usize> = (0..options.len()).filter(|index| moves(&options[*index])).collect();
        let seed = SeededRandomness::new(u64::from(self.0));
        shuffled.shuffle(&mut Draw(&seed));
        let mut next = shuffled.into_iter();
        (0..options.len())
            .map(|index| if moves(&options[index]) { next.next().unwrap_or(index) } else { index })
            .collect()
    }
}

fn options_of(kind: &FieldKind) -> &[Choice] {
    match kind {
        FieldKind::Single { options, .. } | FieldKind::Multi { options, .. } => options,
        FieldKind::Text { suggestions, .. } => suggestions,
        FieldKind::Toggle => &[],
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::survey::definition::Text;
    use crate::survey::routing::Condition;

    fn option(id: &str, fixed: bool, exclusive: bool) -> Choice {
        Choice {
            id: id.to_owned(),
            code: 1,
            text: Text::default(),
            exclusive,
            screen_out: false,
            fixed,
            group: None,
            relevant: Condition::Always,
        }
    }

    #[test]
    fn every_option_stands_once_and_the_fixed_ones_stay() {
        let mut options: Vec<Choice> = (0..20).map(|number| option(&format!("o{number}"), false, false)).collect();
        options.push(option("annat", true, false));
        options.push(option("vill_ej_svara", false, true));
        let kind = FieldKind::Multi { options, max: None, randomise: true };
        let mut seen = BTreeSet::new();
        for permutation in Permutation::all() {
            let order = permutation.shuffled(&kind);
            assert_eq!(order.iter().copied().collect::<BTreeSet<_>>(), (0..22).collect());
            assert_eq!(&order[20..], &[20, 21]);
            assert_eq!(order, permutation.shuffled(&kind), "an order stays the same");
            seen.insert(order);
        }
        assert_eq!(seen.len(), usize::from(PERMUTATIONS));
    }

    #[test]
    fn only_numbers_that_were_given_out_count() {
        assert_eq!(Permutation::from_form(Some("15")).number(), 15);
        for strange in [None, Some("16"), Some("-1"), Some(""), Some("x")] {
            assert_eq!(Permutation::from_form(strange).number(), 0);
        }
    }
}
