//! Groups of the analysis plan that will hardly be published, because too few people live there.

use crate::survey::definition::{BreakdownSource, Group, Questionnaire, Text};

/// Answers of a group from which on a table by it has a chance: an answer that every fifth gives then has the
/// five that [disclosure control](crate::statistics::disclosure) asks for.
pub const ENOUGH: f64 = 25.0;

/// A group with too few residents.
#[derive(Debug, Clone, PartialEq)]
pub struct SmallGroup {
    /// The breakdown, by its id and wording.
    pub breakdown: (String, Text),
    /// The group's wording; two for a crossed breakdown.
    pub group: Vec<Text>,
    /// About how many residents belong to it.
    pub residents: u32,
    /// How many answers to expect.
    pub answers: u32,
}

/// The groups of all breakdowns from which fewer than [`ENOUGH`] answers are to be expected, when a share of
/// `answering` (0 to 1) of the residents answer. Only where the definition counts them.
pub fn small_groups(questionnaire: &Questionnaire, answering: f64) -> Vec<SmallGroup> {
    let mut found = Vec::new();
    for breakdown in &questionnaire.plan.breakdowns {
        let counted: Vec<(Vec<Text>, f64)> = match &breakdown.source {
            BreakdownSource::Question { grouping: Some(grouping), .. } => {
                shares(questionnaire, grouping).map(|(group, share)| (vec![group.text.clone()], share)).collect()
            }
            BreakdownSource::Cross { first, second, groups } => {
                crossed(questionnaire, first, second, groups).unwrap_or_default()
            }
            BreakdownSource::Question { grouping: None, .. } | BreakdownSource::Derived { .. } => Vec::new(),
        };
        for (group, share) in counted {
            let residents = share * population(questionnaire);
            let answers = residents * answering;
            if answers < ENOUGH {
                let breakdown = (breakdown.id.clone(), breakdown.text.clone());
                found.push(SmallGroup { breakdown, group, residents: whole(residents), answers: whole(answers) });
            }
        }
    }
    found
}

/// How many residents the questionnaire is for, and how many of them answer when a share of `answering` (0 to 1) does.
/// Only where the definition counts residents.
pub fn expected(questionnaire: &Questionnaire, answering: f64) -> Option<(u32, u32)> {
    let residents = Some(population(questionnaire)).filter(|residents| residents.is_finite())?;
    Some((whole(residents), whole(residents * answering)))
}

/// How many residents the questionnaire is for: the smallest total among its counted groupings, for those of areas
/// count all ages.
fn population(questionnaire: &Questionnaire) -> f64 {
    questionnaire.groupings.values().filter_map(|groups| total(groups)).fold(f64::INFINITY, f64::min)
}

/// The counted women of a grouping; `None` unless all its groups are.
fn total(groups: &[Group]) -> Option<f64> {
    let women = groups.iter().map(|group| group.women.map(f64::from)).sum::<Option<f64>>();
    women.filter(|women| *women > 0.0)
}

/// Each group of a counted grouping with its share of the residents.
fn shares<'q>(questionnaire: &'q Questionnaire, grouping: &str) -> impl Iterator<Item = (&'q Group, f64)> {
    let groups = questionnaire.groupings.get(grouping).map_or(&[][..], Vec::as_slice);
    let total = total(groups);
    groups.iter().filter_map(move |group| Some((group, f64::from(group.women?) / total?)))
}

/// The cells of two counted groupings, as if they were independent of each other.
fn crossed(
    questionnaire: &Questionnaire,
    first: &str,
    second: &str,
    joined: &[Group],
) -> Option<Vec<(Vec<Text>, f64)>> {
    let grouping = |id: &str| {
        let breakdown = questionnaire.plan.breakdowns.iter().find(|breakdown| breakdown.id == id)?;
        match &breakdown.source {
            BreakdownSource::Question { grouping, .. } => grouping.as_deref(),
            BreakdownSource::Derived { .. } | BreakdownSource::Cross { .. } => None,
        }
    };
    let second: Vec<_> = shares(questionnaire, grouping(second)?).collect();
    let mut cells = Vec::new();
    for (group, share) in shares(questionnaire, grouping(first)?) {
        for joined in joined {
            let members = second.iter().filter(|(group, _)| joined.members.contains(&group.id));
            let of_second: f64 = members.map(|(_, share)| share).sum();
            cells.push((vec![group.text.clone(), joined.text.clone()], share * of_second));
        }
    }
    Some(cells)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of people, rounded")]
fn whole(number: f64) -> u32 {
    number.round() as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::definition::{VKOD_2017, load};

    #[test]
    fn expected_answers_are_residents_times_those_who_answer() {
        let questionnaire = load(VKOD_2017.0, VKOD_2017.1).unwrap();
        // Women of 16 and more, not those of all ages that areas count.
        assert!((population(&questionnaire) - 17_574.0).abs() < 0.5);
        assert_eq!(expected(&questionnaire, 0.08), Some((17_574, 1_406)));
        assert_eq!(small_groups(&questionnaire, 0.08), []);
        let small = small_groups(&questionnaire, 0.015);
        // Hemmesta: 1,733 of 22,250 women of all ages, so about 1,369 of 17,574, of whom 21 answer.
        let hemmesta = small.iter().find(|group| group.group[0].in_language("sv") == "Hemmesta").unwrap();
        assert_eq!((hemmesta.residents, hemmesta.answers, hemmesta.breakdown.0.as_str()), (1369, 21, "omrade"));
        // 16–24 in Gustavsberg: 2,118 women, 39 % of them there.
        let young = small.iter().find(|group| group.breakdown.0 == "alder_omrade").unwrap();
        assert_eq!((young.residents, young.answers), (826, 12));
    }
}
