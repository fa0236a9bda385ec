//! Small populations, and an attacker who tries every set of answers that they could have given.

use std::collections::{BTreeSet, HashMap};

use trygghetsdialog::statistics::disclosure::{
    Breakdown, Candidate, Cell, Class, Frame, Limits, Link, Observation, Outside, Row, Tally, release,
};

/// A table over a world's atoms: kinds of respondents that differ in what they answer.
#[derive(Clone)]
pub struct Table {
    /// Where each atom stands.
    atoms: Vec<Observation>,
    cells: usize,
    parents: Vec<usize>,
    sources: Vec<usize>,
}

impl Table {
    pub fn new(atoms: &[Observation]) -> Self {
        let cells = atoms.iter().map(|atom| match atom {
            Observation::Cells(cells) => u64::BITS - cells.leading_zeros(),
            Observation::Outside(_) => 0,
        });
        let cells = cells.max().unwrap_or(0) as usize;
        Self { atoms: atoms.to_vec(), cells, parents: Vec::new(), sources: Vec::new() }
    }

    pub fn routed_by(mut self, parents: &[usize]) -> Self {
        self.parents = parents.to_vec();
        self
    }

    pub fn computed_from(mut self, sources: &[usize]) -> Self {
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
pub struct World {
    pub tables: Vec<Table>,
    /// Members of each link; whether their joint counts are kept.
    pub links: Vec<(Vec<usize>, bool)>,
    /// Sizes of the groups of the only breakdown; one group: no breakdown.
    pub groups: Vec<u64>,
    /// The last group is of those whose group is unknown.
    pub last_is_unknown: bool,
    /// Zeros are hidden too.
    pub sensitive: bool,
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
    /// Tables of one population, without a breakdown.
    pub fn of(size: u64, tables: Vec<Table>) -> Self {
        Self { tables, links: Vec::new(), groups: vec![size], last_is_unknown: false, sensitive: false }
    }

    /// The same, broken down by groups of these sizes.
    pub fn broken_down(groups: Vec<u64>, tables: Vec<Table>) -> Self {
        Self { groups, ..Self::of(0, tables) }
    }

    /// With an indicator and its sources; whether their joint counts are kept.
    pub fn linked(self, members: Vec<usize>, joint: bool) -> Self {
        Self { links: vec![(members, joint)], ..self }
    }

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
            if !self.last_is_unknown {
                slots.push(vec![0; atoms]);
            }
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
                for slot in 1..slots.len() {
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
    pub fn attack(&self) -> Findings {
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
pub struct Findings {
    /// Different sets of figures that are published.
    published: usize,
    /// Figures that must be protected, over all possible answers.
    hidden: usize,
    /// The fewest values left for any of them when the rules are known too.
    least_left: usize,
}

impl Findings {
    /// The attack has refuted every leak; this holds that it had something to try.
    pub fn had_something_to_find(&self) {
        assert!(self.published > 1 && self.hidden > 0 && self.least_left > 1, "{self:?}");
    }
}
