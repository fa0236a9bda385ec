//! Tables against a count by hand: every figure that leaves is the true one, and none is unsafe.

use std::collections::BTreeMap;

use trygghetsdialog::id::SeededRandomness;
use trygghetsdialog::results::{Label, Release, Table, Tabulator, Unit};
use trygghetsdialog::statistics::disclosure::{Breakdown, Limits, Row, Status};
use trygghetsdialog::survey::answers::{Answers, Codes};
use trygghetsdialog::survey::definition::{self, Questionnaire};
use trygghetsdialog::survey::form::{Checked, check};
use trygghetsdialog::survey::simulation::Residents;

pub fn survey() -> Questionnaire {
    let (name, text) = definition::VKOD_2017;
    definition::load(name, text).expect("the survey loads")
}

pub fn stored(questionnaire: &Questionnaire, seed: u64, number: usize) -> Vec<Answers> {
    let residents = Residents::new(questionnaire, &SeededRandomness::new(seed));
    let valid = residents.filter_map(|raw| match check(questionnaire, &raw) {
        Checked::Valid(valid) => Some(valid.answers),
        Checked::ScreenedOut | Checked::Faulty(_) => None,
    });
    valid.take(number).collect()
}

pub fn released(questionnaire: &Questionnaire, answers: &[Answers]) -> Release {
    let mut tabulator = Tabulator::new(questionnaire);
    answers.iter().for_each(|answers| tabulator.add(answers));
    tabulator.finish(Limits::default())
}

/// The survey's plan once more, by hand, from stored codes alone.
struct ByHand<'a> {
    answers: &'a Answers,
}

impl ByHand<'_> {
    fn codes(&self, field: &str) -> Vec<i16> {
        self.answers.0.get(field).map_or_else(Vec::new, |codes: &Codes| codes.as_slice().to_vec())
    }

    fn is(&self, field: &str, codes: &[i16]) -> bool {
        self.codes(field).iter().any(|code| codes.contains(code))
    }

    fn in_population(&self) -> bool {
        self.is("X01", &[1]) && self.is("X02", &[1])
    }

    /// The group's place in its breakdown; the last one is unknown.
    fn group(&self, breakdown: &str) -> usize {
        match breakdown {
            "alder" => match self.codes("X03")[0] {
                1 | 2 => 0,
                3 | 4 => 1,
                5 | 6 => 2,
                _ => 3,
            },
            "omrade" => area(&self.codes("Q01")).map_or(7, |code| usize::try_from(code - 1).unwrap()),
            other => panic!("unplanned breakdown {other}"),
        }
    }

    /// The sets of cell codes that a respondent adds to a table; none where she is not in its base.
    fn cells(&self, label: &Label) -> Vec<Vec<i16>> {
        let places =
            |item: &str| -> Vec<Vec<i16>> { (1..=3).map(|place| self.codes(&format!("Q12.{place}.{item}"))).collect() };
        let answered = |codes: Vec<i16>| -> Vec<i16> { codes.into_iter().filter(|code| *code >= 0).collect() };
        let share = |of: bool, base: bool| if base { vec![vec![i16::from(of)]] } else { Vec::new() };
        let sets: Vec<Vec<i16>> = match label.id.as_str() {
            "Q01" => vec![area(&self.codes("Q01")).into_iter().collect()],
            "Q12.P02" => places("P02").iter().map(|codes| area(codes).into_iter().collect()).collect(),
            "Q16.nagot" => match answered(self.codes("Q16")) {
                codes if codes.is_empty() => Vec::new(),
                codes => vec![vec![i16::from(codes != [91])]],
            },
            "Q16.grupper" => {
                let codes = answered(self.codes("Q16"));
                let group = |code: &i16| match code {
                    1..=5 => Some(1),
                    6 | 7 => Some(2),
                    8..=10 => Some(3),
                    _ => None,
                };
                if codes.is_empty() { Vec::new() } else { vec![codes.iter().filter_map(group).collect()] }
            }
            "D01" => {
                let of = self.is("Q06", &[3, 4]) || self.is("Q06B", &[1]);
                share(of, self.is("Q06", &[1, 2, 3, 4]) || self.is("Q06B", &[1]))
            }
            "D01B" => {
                let of = self.is("Q06", &[3, 4]) || self.is("Q06B", &[1]);
                share(of, self.is("Q06", &[1, 2, 3, 4]) || self.is("Q06B", &[1, 2]))
            }
            "D02" => share(self.is("Q08.sexuellt", &[1, 2]), self.is("Q08.sexuellt", &[1, 2, 3, 4])),
            "D03" => share(self.is("Q09.annan_vag", &[1, 2]), self.is("Q09.annan_vag", &[1, 2, 3, 4])),
            "D04" => share(self.is("Q09.avstatt", &[1, 2]), self.is("Q09.avstatt", &[1, 2, 3, 4])),
            "D05" => {
                let causes = answered([places("P06").concat(), self.codes("Q13")].concat());
                let group = |code: &i16| match code {
                    1..=7 | 11 | 17 | 19 | 20 | 21 => Some(1),
                    18 => Some(2),
                    12..=16 => Some(3),
                    8..=10 => Some(4),
                    _ => None,
                };
                if causes.is_empty() { Vec::new() } else { vec![causes.iter().filter_map(group).collect()] }
            }
            "D06" => share(!self.is("Q16", &[91]), !answered(self.codes("Q16")).is_empty()),
            "D08" => {
                let measures = answered(self.codes("Q19"));
                let group = |code: &i16| match code {
                    1..=6 | 10 | 16..=18 => Some(1),
                    15 => Some(2),
                    11..=14 => Some(3),
                    7..=9 => Some(4),
                    _ => None,
                };
                if measures.is_empty() { Vec::new() } else { vec![measures.iter().filter_map(group).collect()] }
            }
            id => match id.strip_prefix("Q12.") {
                Some(item) => places(item).into_iter().map(answered).collect(),
                None => vec![answered(self.codes(id))],
            },
        };
        // What says nothing is no answer; but a group that a rule leaves out is still in the base.
        let keeps_empty = matches!(label.id.as_str(), "Q16.grupper" | "D05" | "D08");
        let mut sets: Vec<Vec<i16>> = sets.into_iter().filter(|codes| keeps_empty || !codes.is_empty()).collect();
        if label.unit == Unit::Respondents && !sets.is_empty() {
            sets = vec![sets.concat()];
        }
        for set in &mut sets {
            set.sort_unstable();
            set.dedup();
        }
        sets
    }
}

fn area(codes: &[i16]) -> Option<i16> {
    match codes.first()? {
        1..=7 => Some(1),
        18 | 19 => Some(2),
        8..=10 => Some(3),
        12 | 13 => Some(4),
        14 | 15 => Some(5),
        16 | 17 => Some(6),
        11 => Some(7),
        _ => None,
    }
}

/// A row by hand: base, count per cell code, size of the group.
fn row_by_hand(label: &Label, respondents: &[&Answers]) -> (u64, BTreeMap<i16, u64>, u64) {
    let (mut base, mut counts) = (0, BTreeMap::new());
    for answers in respondents {
        for set in (ByHand { answers }).cells(label) {
            base += 1;
            set.into_iter().for_each(|code| *counts.entry(code).or_default() += 1);
        }
    }
    (base, counts, respondents.len() as u64)
}

/// Compares what a row shows, and says how many figures that was.
fn compare(table: &Table, row: &Row, respondents: &[&Answers], what: &str) -> usize {
    let label = &table.label;
    let (base, counts, size) = row_by_hand(label, respondents);
    let what = format!("{} in {:?}, {what}", label.id, label.unit);
    assert!(row.base().count().is_none_or(|shown| shown == base), "base of {what}: {row:?}, not {base}");
    assert!(row.respondents().count().is_none_or(|shown| shown == size), "group of {what}");
    let shown = label.cells.iter().zip(row.cells()).filter_map(|(cell, figure)| Some((cell, figure.count()?)));
    let mut compared = 0;
    for (cell, count) in shown {
        assert_eq!(count, counts.get(&cell.code).copied().unwrap_or(0), "{} of {what}", cell.id);
        compared += 1;
    }
    let outside: Vec<u64> = row.outside().iter().flatten().filter_map(|cell| cell.count()).collect();
    if compared > 0 && label.unit == Unit::Respondents {
        assert_eq!(outside.iter().sum::<u64>() + base, size, "everyone in {what} is in the base or outside");
    }
    compared
}

/// All rows of a table, with their groups' places.
fn rows(release: &Release, table: &Table) -> Vec<(Option<(String, usize)>, Row)> {
    let mut rows = vec![(None, table.figures.one_way().clone())];
    for (label, breakdown) in release.breakdowns().iter().zip(table.figures.breakdowns()) {
        let Breakdown::Published(published) = breakdown else { continue };
        let there = published.iter().enumerate().filter_map(|(group, row)| Some((group, row.clone()?)));
        rows.extend(there.map(|(group, row)| (Some((label.id.clone(), group)), row)));
    }
    rows
}

#[test]
fn every_figure_is_the_count_by_hand() {
    let questionnaire = survey();
    let answers = stored(&questionnaire, 1, 12_000);
    let release = released(&questionnaire, &answers);
    let population: Vec<&Answers> = answers.iter().filter(|answers| ByHand { answers }.in_population()).collect();
    assert!(population.len() < answers.len(), "some live here a part of the year only");
    let mut compared = 0;
    for table in release.tables() {
        for (group, row) in rows(&release, table) {
            let in_group = |answers: &&Answers| match &group {
                None => true,
                Some((breakdown, group)) => ByHand { answers }.group(breakdown) == *group,
            };
            let members: Vec<&Answers> = population.iter().copied().filter(in_group).collect();
            compared += compare(table, &row, &members, &format!("{group:?}"));
        }
    }
    assert!(compared > 2_000, "only {compared} figures are shown");
}

#[test]
fn the_plan_is_tabulated_whole() {
    let questionnaire = survey();
    let release = released(&questionnaire, &[]);
    let ids: Vec<&str> = release.tables().iter().map(|table| table.label.id.as_str()).collect();
    for id in ["Q01", "Q07.dag", "Q08.sexuellt", "Q12.P01", "Q16.nagot", "Q16.grupper", "Q21.polisen", "D01", "D05"] {
        assert!(ids.contains(&id), "{id} is missing");
    }
    for id in ["X01", "X02", "X03", "Q15", "Q16", "Q12.P03", "Q22", "D07"] {
        assert!(!ids.contains(&id), "{id} is never tabulated");
    }
    let breakdowns: Vec<_> = release.breakdowns().iter().map(|label| (label.id.as_str(), label.groups.len())).collect();
    assert_eq!(breakdowns, [("alder", 4), ("omrade", 7)]);
    let table = |id: &str| release.tables().iter().find(|table| table.label.id == id).unwrap();
    assert_eq!(table("Q01").figures.breakdowns()[1], Breakdown::NotPlanned, "areas are not broken down by area");
    assert_eq!(table("Q12.P02").label.cells.len(), 7, "areas are never told apart more finely");
    // What an indicator of a sensitive question shows is as sensitive.
    assert!(table("D06").label.sensitive && table("D02").label.sensitive && !table("D01").label.sensitive);
    // Nobody has answered: nothing is said at all, not even that.
    let silent = |row: &Row| row.base().status() == Status::Hidden && row.respondents().status() == Status::Hidden;
    assert!(release.tables().iter().all(|table| silent(table.figures.one_way())));
}

#[test]
fn parts_counted_apart_make_the_whole() {
    let questionnaire = survey();
    let answers = stored(&questionnaire, 2, 3_000);
    let (first, second) = answers.split_at(1_100);
    let mut tabulator = Tabulator::new(&questionnaire);
    first.iter().for_each(|answers| tabulator.add(answers));
    let mut other = Tabulator::new(&questionnaire);
    second.iter().for_each(|answers| other.add(answers));
    tabulator.merge(&other);
    let whole = released(&questionnaire, &answers);
    assert_eq!(tabulator.finish(Limits::default()).tables(), whole.tables());
}

/// Whatever the number of answers, nothing that is shown is small, nor what remains beside it, nor
/// what an attacker gets by taking one shown figure from another of the same table.
#[test]
fn nothing_shown_is_small() {
    let questionnaire = survey();
    let mut shown = [0, 0];
    for (seed, number) in (10..).zip([8, 12, 30, 60, 120, 250, 500, 800, 1_500, 2_500]) {
        let release = released(&questionnaire, &stored(&questionnaire, seed, number));
        for table in release.tables() {
            let what = format!("{} of {number} answers", table.label.id);
            for (group, row) in rows(&release, table) {
                let (Some(base), Some(size)) = (row.base().count(), row.respondents().count()) else { continue };
                assert!(base >= 10 && size >= 10, "base of {what}");
                let respondents = table.label.unit == Unit::Respondents;
                assert!(!respondents || size == base || size - base >= 5, "{what}: {} do not answer", size - base);
                for count in row.cells().iter().filter_map(|cell| cell.count()).filter(|count| *count > 0) {
                    assert!(count >= 5 && base - count >= 5, "{count} of {base} in {what}, {group:?}");
                    shown[usize::from(group.is_some())] += 1;
                }
                let zero = row.cells().iter().any(|cell| cell.status() == Status::Zero);
                assert!(!(table.label.sensitive && zero), "a zero in {what}");
            }
            differences_are_safe(table, &what);
        }
    }
    assert!(shown[0] > 500 && shown[1] > 200, "too little is shown to judge: {shown:?}");
}

/// A breakdown is published whole, and its rows make up the one-way table: no group can be taken away.
fn differences_are_safe(table: &Table, what: &str) {
    for breakdown in table.figures.breakdowns() {
        let Breakdown::Published(rows) = breakdown else { continue };
        let rows: Vec<&Row> = rows.iter().flatten().collect();
        for (cell, all) in table.figures.one_way().cells().iter().enumerate() {
            let parts: Option<Vec<u64>> = rows.iter().map(|row| row.cells()[cell].count()).collect();
            assert_eq!(parts.map(|parts| parts.iter().sum()), all.count(), "{what}");
        }
    }
}
