//! Disclosure control against attackers who know everything that is printed, and every rule.
//!
//! Small worlds are enumerated whole: every possible set of answers, what is published of it, and
//! every other set that prints the same. So these are proofs for their sizes, not samples.

use std::collections::{BTreeSet, HashMap};

use trygghetsdialog::statistics::disclosure::{
    Breakdown, Candidate, Cell, Class, Frame, Limits, Link, Observation, Outside, Row, Tally, release,
};

/// A table over a world's atoms: kinds of respondents that differ in what they answer.
#[derive(Clone)]
struct Table {
    /// Where each atom stands.
    atoms: Vec<Observation>,
    cells: usize,
    parents: Vec<usize>,
    sources: Vec<usize>,
}

impl Table {
    fn new(atoms: &[Observation]) -> Self {
        let cells = atoms.iter().map(|atom| match atom {
            Observation::Cells(cells) => u64::BITS - cells.leading_zeros(),
            Observation::Outside(_) => 0,
        });
        let cells = cells.max().unwrap_or(0) as usize;
        Self { atoms: atoms.to_vec(), cells, parents: Vec::new(), sources: Vec::new() }
    }

    fn routed_by(mut self, parents: &[usize]) -> Self {
        self.parents = parents.to_vec();
        self
    }

    fn computed_from(mut self, sources: &[usize]) -> Self {
        self.sources = sources.to_vec();
        self
    }

    fn kinds(&self) -> [bool; 3] {
        Outside::ALL.map(|kind| self.atoms.contains(&Observation::Outside(kind)))
    }

    fn tally(&self, counts: &[u64]) -> Tally {
        let mut tally = Tally { cells: vec![0; self.cells], ..Tally::default() };
        for (atom, count) in self.atoms.iter().zip(counts) {
            match atom {
                Observation::Cells(cells) => {
                    tally.base += count;
                    for (cell, sum) in tally.cells.iter_mut().enumerate() {
                        *sum += if cells & (1 << cell) == 0 { 0 } else { *count };
                    }
                }
                Observation::Outside(outside) => tally.outside[*outside as usize] += count,
            }
        }
        tally
    }
}

/// Small populations whose tables are published together.
struct World {
    tables: Vec<Table>,
    /// Members of each link; whether their joint counts are kept.
    links: Vec<(Vec<usize>, bool)>,
    /// Sizes of the groups of the only breakdown; one group: no breakdown.
    groups: Vec<u64>,
    sensitive: bool,
}

/// One figure: its true value, what the whole has beside it, and whether it is shown.
#[derive(Debug, Clone, Copy)]
struct Figure {
    value: u64,
    /// The base, or the group, less the value; none for a base, which is no answer.
    rest: Option<u64>,
    shown: bool,
}

impl Figure {
    /// The small number that the primary rule protects: the count, or what it leaves beside it.
    fn secret(self) -> Option<Secret> {
        match self.rest {
            Some(_) if self.value == 0 => None,
            Some(_) if self.value < 5 => Some(Secret::Value),
            Some(rest) if rest < 5 => Some(Secret::Rest),
            _ => None,
        }
    }

    fn number(self, secret: Secret) -> u64 {
        match secret {
            Secret::Value => self.value,
            Secret::Rest => self.rest.unwrap_or(self.value),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Secret {
    Value,
    Rest,
}

const SECRETS: [Secret; 2] = [Secret::Value, Secret::Rest];

fn compositions(total: u64, parts: usize) -> Vec<Vec<u64>> {
    if parts == 1 {
        return vec![vec![total]];
    }
    (0..=total)
        .flat_map(|first| {
            compositions(total - first, parts - 1).into_iter().map(move |rest| [vec![first], rest].concat())
        })
        .collect()
}

impl World {
    /// Every possible set of answers: counts per group and atom.
    fn possible(&self) -> Vec<Vec<Vec<u64>>> {
        let atoms = self.tables[0].atoms.len();
        self.groups.iter().fold(vec![Vec::new()], |sets, size| {
            let own = compositions(*size, atoms);
            let with = |set: &Vec<Vec<u64>>| -> Vec<Vec<Vec<u64>>> {
                own.iter().map(|counts| [set.clone(), vec![counts.clone()]].concat()).collect()
            };
            sets.iter().flat_map(with).collect()
        })
    }

    /// Every figure of the plan, published or not.
    fn figures(&self, answers: &[Vec<u64>]) -> Vec<Figure> {
        let atoms = answers[0].len();
        let everyone: Vec<u64> = (0..atoms).map(|atom| answers.iter().map(|group| group[atom]).sum()).collect();
        let broken_down = self.groups.len() > 1;
        let mut slots = vec![everyone];
        if broken_down {
            slots.extend(answers.iter().cloned());
            // The group of those whose group is unknown: nobody.
            slots.push(vec![0; atoms]);
        }
        let frame = Frame {
            sizes: slots.iter().map(|slot| slot.iter().sum()).collect(),
            breakdowns: std::iter::once(1..slots.len()).filter(|_| broken_down).collect(),
        };
        let candidates: Vec<Candidate> = self
            .tables
            .iter()
            .map(|table| Candidate {
                sensitive: self.sensitive,
                outside: table.kinds(),
                planned: vec![true; frame.breakdowns.len()],
                tallies: slots.iter().map(|slot| table.tally(slot)).collect(),
                offered_to_nobody: vec![0; slots.len()],
                parents: table.parents.clone(),
                sources: table.sources.clone(),
                twin: None,
            })
            .collect();
        let links: Vec<Link> = self.links.iter().map(|(members, joint)| self.link(members, *joint, &slots)).collect();
        let released = release(&frame, &candidates, &links, Limits::default());
        let mut figures = Vec::new();
        for (candidate, table) in candidates.iter().zip(&released) {
            read(&mut figures, candidate, 0, frame.sizes[0], Some(table.one_way()));
            for breakdown in table.breakdowns() {
                for slot in 1..slots.len() - 1 {
                    let row = match breakdown {
                        Breakdown::Published(rows) => rows[slot - 1].as_ref(),
                        Breakdown::Withheld | Breakdown::NotPlanned => None,
                    };
                    read(&mut figures, candidate, slot, frame.sizes[slot], row);
                }
            }
        }
        figures
    }

    fn link(&self, members: &[usize], joint: bool, slots: &[Vec<u64>]) -> Link {
        let atoms = 0..self.tables[0].atoms.len();
        let class = |atom: usize| Class {
            observations: members.iter().map(|member| self.tables[*member].atoms[atom]).collect(),
            counts: slots.iter().map(|slot| slot[atom]).collect(),
        };
        Link { members: members.to_vec(), classes: if joint { atoms.map(class).collect() } else { Vec::new() } }
    }

    /// Plays the attacker on every possible set of answers. She knows all printed figures and the
    /// sizes of the groups.
    fn attack(&self) -> Findings {
        let possible = self.possible();
        let all: Vec<Vec<Figure>> = possible.iter().map(|answers| self.figures(answers)).collect();
        let pattern = |figures: &[Figure]| -> Vec<bool> { figures.iter().map(|figure| figure.shown).collect() };
        let mut by_pattern: HashMap<Vec<bool>, Vec<usize>> = HashMap::new();
        for (index, figures) in all.iter().enumerate() {
            by_pattern.entry(pattern(figures)).or_default().push(index);
        }
        let mut findings = Findings { published: 0, hidden: 0, least_left: usize::MAX };
        for (shown, members) in &by_pattern {
            findings.published += usize::from(shown.iter().any(|shown| *shown));
            let printed = |figures: &[Figure]| -> Vec<u64> {
                figures.iter().zip(shown).filter(|(_, shown)| **shown).map(|(figure, _)| figure.value).collect()
            };
            // Bounds that the figures alone leave, whatever rule hid the others.
            let mut bounds: HashMap<Vec<u64>, Vec<[(u64, u64); 2]>> = HashMap::new();
            for figures in &all {
                let bounds = bounds.entry(printed(figures)).or_insert_with(|| vec![[(u64::MAX, 0); 2]; figures.len()]);
                for (bounds, figure) in bounds.iter_mut().zip(figures) {
                    for (bound, secret) in bounds.iter_mut().zip(SECRETS) {
                        let number = figure.number(secret);
                        *bound = (bound.0.min(number), bound.1.max(number));
                    }
                }
            }
            // Values left to one who also knows that the rules hide just these figures.
            let mut left: HashMap<Vec<u64>, Vec<[BTreeSet<u64>; 2]>> = HashMap::new();
            for member in members {
                let left = left.entry(printed(&all[*member])).or_insert_with(|| vec![Default::default(); shown.len()]);
                for (values, figure) in left.iter_mut().zip(&all[*member]) {
                    for (values, secret) in values.iter_mut().zip(SECRETS) {
                        values.insert(figure.number(secret));
                    }
                }
            }
            for member in members {
                let key = printed(&all[*member]);
                for (place, figure) in all[*member].iter().enumerate() {
                    let Some(secret) = figure.secret() else { continue };
                    assert!(!figure.shown, "{figure:?} is shown for {:?}", possible[*member]);
                    let (low, high) = bounds[&key][place][secret as usize];
                    let left = left[&key][place][secret as usize].len();
                    assert!(
                        high - low >= 5 && high >= 5 && left > 1,
                        "{secret:?} of figure {place} lies in {low}..={high}, {left} values left, for {:?}: {:?}",
                        possible[*member],
                        all[*member],
                    );
                    findings.hidden += 1;
                    findings.least_left = findings.least_left.min(left);
                }
            }
        }
        findings
    }
}

/// Adds a row's figures: cells, cells outside the base, the base itself.
fn read(figures: &mut Vec<Figure>, candidate: &Candidate, slot: usize, size: u64, row: Option<&Row>) {
    let tally = &candidate.tallies[slot];
    let is_shown = |cell: Cell, value: u64| {
        assert!(cell.count().is_none_or(|count| count == value), "a figure that is shown is the true one");
        cell.count().is_some()
    };
    for (cell, value) in tally.cells.iter().enumerate() {
        let shown = row.is_some_and(|row| is_shown(row.cells()[cell], *value));
        figures.push(Figure { value: *value, rest: Some(tally.base - value), shown });
    }
    for kind in (0..3).filter(|kind| candidate.outside[*kind]) {
        let value = tally.outside[kind];
        let shown = row.is_some_and(|row| row.outside()[kind].is_some_and(|cell| is_shown(cell, value)));
        figures.push(Figure { value, rest: Some(size - value), shown });
    }
    // A base is no answer: it is protected by what is outside it.
    let shown = row.is_some_and(|row| is_shown(row.base(), tally.base));
    figures.push(Figure { value: tally.base, rest: None, shown });
}

/// What an attacker could try.
#[derive(Debug)]
struct Findings {
    /// Different sets of figures that are published.
    published: usize,
    /// Figures that must be protected, over all possible answers.
    hidden: usize,
    /// The fewest values left for any of them when the rules are known too.
    least_left: usize,
}

impl Findings {
    /// The attack has refuted every leak; this holds that it had something to try.
    fn had_something_to_find(&self) {
        assert!(self.published > 1 && self.hidden > 0 && self.least_left > 1, "{self:?}");
    }
}

const fn cell(cell: u32) -> Observation {
    Observation::Cells(1 << cell)
}

const NO_ANSWER: Observation = Observation::Outside(Outside::NoAnswer);
const NOT_ASKED: Observation = Observation::Outside(Outside::NotAsked);

#[test]
fn one_table_by_one_breakdown() {
    for sensitive in [false, true] {
        let tables = vec![Table::new(&[cell(0), cell(1), NO_ANSWER])];
        World { tables, links: Vec::new(), groups: vec![15, 17], sensitive }.attack().had_something_to_find();
    }
}

#[test]
fn a_table_of_three_answers() {
    let tables = vec![Table::new(&[cell(0), cell(1), cell(2), NO_ANSWER])];
    World { tables, links: Vec::new(), groups: vec![30], sensitive: false }.attack().had_something_to_find();
    let tables = vec![Table::new(&[cell(0), cell(1), cell(2)])];
    World { tables, links: Vec::new(), groups: vec![16, 17], sensitive: false }.attack().had_something_to_find();
}

#[test]
fn a_question_that_another_one_routes_to() {
    // Yes and then one of two answers, or no.
    let tables =
        || vec![Table::new(&[cell(0), cell(0), cell(1)]), Table::new(&[cell(0), cell(1), NOT_ASKED]).routed_by(&[0])];
    World { tables: tables(), links: Vec::new(), groups: vec![16, 17], sensitive: false }
        .attack()
        .had_something_to_find();
    // With non-response to either.
    let tables = vec![
        Table::new(&[cell(0), cell(0), cell(0), cell(1), NO_ANSWER]),
        Table::new(&[cell(0), cell(1), NO_ANSWER, NOT_ASKED, NOT_ASKED]).routed_by(&[0]),
    ];
    World { tables, links: Vec::new(), groups: vec![30], sensitive: false }.attack().had_something_to_find();
}

#[test]
fn an_indicator_of_two_questions_with_two_denominators() {
    // Safe, unsafe, stays in: as unsafe, for other reasons, says not why; did not answer.
    let question = Table::new(&[cell(0), cell(1), cell(2), cell(2), cell(2), NO_ANSWER]);
    let reason = Table::new(&[NOT_ASKED, NOT_ASKED, cell(0), cell(1), NO_ANSWER, NOT_ASKED]).routed_by(&[0]);
    let of_those_who_go_out = Table::new(&[cell(1), cell(0), cell(0), NOT_ASKED, NOT_ASKED, NOT_ASKED]);
    let of_all = Table::new(&[cell(1), cell(0), cell(0), cell(1), NOT_ASKED, NOT_ASKED]);
    let tables = vec![question, reason, of_those_who_go_out.computed_from(&[0, 1]), of_all.computed_from(&[0, 1])];
    World { tables, links: vec![(vec![2, 3, 0, 1], true)], groups: vec![22], sensitive: false }
        .attack()
        .had_something_to_find();
}

#[test]
fn an_indicator_of_several_choices() {
    // Two questions that exclude each other ask for the same causes; one who is asked neither.
    let tables = vec![
        Table::new(&[cell(0), cell(0), cell(1), cell(1), cell(1)]),
        Table::new(&[cell(0), cell(1), NOT_ASKED, NOT_ASKED, NOT_ASKED]).routed_by(&[0]),
        Table::new(&[NOT_ASKED, NOT_ASKED, cell(0), cell(1), NOT_ASKED]).routed_by(&[0]),
        Table::new(&[cell(0), cell(1), cell(0), cell(1), NOT_ASKED]).computed_from(&[1, 2]),
    ];
    World { tables, links: vec![(vec![3, 1, 2], false)], groups: vec![27], sensitive: false }
        .attack()
        .had_something_to_find();
}
