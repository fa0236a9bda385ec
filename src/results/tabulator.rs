//! Counting responses, one by one.

use std::collections::HashMap;

use crate::results::breakdown::{Sorter, ranges};
use crate::results::links;
use crate::results::plan::{self, Planned};
use crate::results::release::Release;
use crate::statistics::disclosure::{Candidate, Class, Frame, Limits, Link, Observation, Outside, Tally, release};
use crate::survey::answers::Answers;
use crate::survey::definition::{Field, Questionnaire};
use crate::survey::routing::evaluate::{Routed, Selections, holds, route};

/// Counts the analysis plan's tables over a stream of responses.
///
/// Its memory depends on the plan alone. Tabulators of parts of the responses can be put together
/// with [`Tabulator::merge`].
#[derive(Debug)]
pub struct Tabulator<'q> {
    questionnaire: &'q Questionnaire,
    codes: Codebook,
    sorters: Vec<Sorter>,
    tables: Vec<Counted>,
    links: Vec<Joint>,
    frame: Frame,
    /// Reused from response to response.
    observations: Vec<Observation>,
}

/// A table and its counts so far.
#[derive(Debug)]
struct Counted {
    planned: Planned,
    tallies: Vec<Tally>,
    /// Per slot, the cells that routing offered anyone.
    offered: Vec<u64>,
}

/// Joint counts of a link's members.
#[derive(Debug)]
struct Joint {
    members: Vec<usize>,
    /// All that can occur; only where that is known, and they are few.
    classes: Option<HashMap<Vec<Observation>, Vec<u64>>>,
}

/// Field indices by name and option sets by code: what storing wrote, read back quickly.
#[derive(Debug)]
struct Codebook {
    fields: HashMap<String, usize>,
    options: Vec<HashMap<i16, u64>>,
}

impl Codebook {
    fn new(questionnaire: &Questionnaire) -> Self {
        let name = |(index, field): (usize, &Field)| (field.name.clone(), index);
        Self {
            fields: questionnaire.fields.iter().enumerate().map(name).collect(),
            options: questionnaire.fields.iter().map(sets_by_code).collect(),
        }
    }

    /// The same as [`Selections::from_answers`], a walk over what was answered alone.
    fn selections(&self, answers: &Answers) -> Selections {
        let mut sets = vec![0; self.options.len()];
        for (name, codes) in &answers.0 {
            let Some(field) = self.fields.get(name) else { continue };
            let set = |code: &i16| self.options[*field].get(code).copied().unwrap_or(0);
            sets[*field] = codes.as_slice().iter().map(set).fold(0, |all, set| all | set);
        }
        Selections(sets)
    }
}

/// The options of each code.
fn sets_by_code(field: &Field) -> HashMap<i16, u64> {
    let mut sets: HashMap<i16, u64> = HashMap::new();
    for (index, option) in field.options().iter().enumerate() {
        *sets.entry(option.code).or_default() |= 1 << index;
    }
    sets
}

impl<'q> Tabulator<'q> {
    /// Works out the analysis plan of `questionnaire`.
    pub fn new(questionnaire: &'q Questionnaire) -> Self {
        let sorters = Sorter::all(questionnaire);
        let slots = 1 + sorters.iter().map(Sorter::slots).sum::<usize>();
        let planned = plan::tables(questionnaire);
        let joint = |members: Vec<usize>| Joint {
            classes: links::possible(questionnaire, &planned, &members)
                .map(|classes| classes.into_iter().map(|class| (class, vec![0; slots])).collect()),
            members,
        };
        let links: Vec<Joint> = links::links(&planned).into_iter().map(joint).collect();
        Self {
            questionnaire,
            codes: Codebook::new(questionnaire),
            links,
            frame: Frame { sizes: vec![0; slots], breakdowns: ranges(&sorters) },
            sorters,
            tables: planned.into_iter().map(|planned| Counted::new(planned, slots)).collect(),
            observations: Vec::new(),
        }
    }

    /// Counts one response. One that is outside the plan's population is left out.
    pub fn add(&mut self, answers: &Answers) {
        let routed = route(self.questionnaire, &self.codes.selections(answers));
        if !holds(self.questionnaire, &self.questionnaire.plan.population, &routed.chosen) {
            return;
        }
        let groups =
            self.sorters.iter().zip(&self.frame.breakdowns).map(|(sorter, range)| range.start + sorter.slot(&routed));
        let slots: Vec<usize> = std::iter::once(0).chain(groups).collect();
        slots.iter().for_each(|slot| self.frame.sizes[*slot] += 1);
        self.observations.clear();
        for table in &mut self.tables {
            self.observations.push(table.add(self.questionnaire, &routed, &slots));
        }
        for link in &mut self.links {
            link.add(&self.observations, &slots, self.frame.sizes.len());
        }
    }

    /// Adds what `other`, of the same questionnaire, has counted.
    pub fn merge(&mut self, other: &Self) {
        add_all(&mut self.frame.sizes, &other.frame.sizes);
        for (table, other) in self.tables.iter_mut().zip(&other.tables) {
            for (tally, other) in table.tallies.iter_mut().zip(&other.tallies) {
                tally.base += other.base;
                add_all(&mut tally.cells, &other.cells);
                add_all(&mut tally.outside, &other.outside);
            }
            table.offered.iter_mut().zip(&other.offered).for_each(|(offered, other)| *offered |= other);
        }
        for (link, other) in self.links.iter_mut().zip(&other.links) {
            let (Some(classes), Some(others)) = (&mut link.classes, &other.classes) else { continue };
            for (class, counts) in others {
                add_all(classes.entry(class.clone()).or_insert_with(|| vec![0; counts.len()]), counts);
            }
        }
    }

    /// Judges the tables and gives what may leave.
    pub fn finish(self, limits: Limits) -> Release {
        let planned: Vec<Vec<bool>> = self
            .tables
            .iter()
            .map(|table| {
                let id = &table.planned.label;
                self.sorters.iter().map(|sorter| sorter.applies_to(&id.question)).collect()
            })
            .collect();
        let (labels, candidates): (Vec<_>, Vec<_>) =
            self.tables.into_iter().zip(planned).map(|(table, planned)| table.finish(planned)).unzip();
        let links: Vec<Link> = self.links.into_iter().map(Joint::finish).collect();
        let released = release(&self.frame, &candidates, &links, limits);
        Release::new(self.questionnaire, limits, &self.sorters, labels.into_iter().zip(released).collect())
    }
}

fn add_all(sums: &mut [u64], counts: &[u64]) {
    sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
}

impl Counted {
    fn new(planned: Planned, slots: usize) -> Self {
        let tally = Tally { cells: vec![0; planned.label.cells.len()], ..Tally::default() };
        Self { planned, tallies: vec![tally; slots], offered: vec![0; slots] }
    }

    fn add(&mut self, questionnaire: &Questionnaire, routed: &Routed, slots: &[usize]) -> Observation {
        if let Some(mentions) = self.planned.measure.mentions(routed) {
            for cells in mentions {
                slots.iter().for_each(|slot| count(&mut self.tallies[*slot], cells));
            }
            return Observation::Outside(Outside::NotAsked);
        }
        let observation = self.planned.measure.observe(questionnaire, routed);
        for slot in slots {
            match observation {
                Observation::Cells(cells) => count(&mut self.tallies[*slot], cells),
                Observation::Outside(outside) => self.tallies[*slot].outside[outside as usize] += 1,
            }
        }
        if self.planned.conditional != 0 {
            let readers = self.planned.measure.readers().iter();
            let offered = readers.fold(0, |cells, reader| cells | reader.offered(routed));
            slots.iter().for_each(|slot| self.offered[*slot] |= offered);
        }
        observation
    }

    fn finish(self, planned: Vec<bool>) -> (plan::Label, Candidate) {
        let Planned { label, outside, conditional, parents, sources, twin, .. } = self.planned;
        let candidate = Candidate {
            sensitive: label.sensitive,
            outside,
            planned,
            tallies: self.tallies,
            offered_to_nobody: self.offered.iter().map(|offered| conditional & !offered).collect(),
            parents,
            sources,
            twin,
        };
        (label, candidate)
    }
}

fn count(tally: &mut Tally, mut cells: u64) {
    tally.base += 1;
    while cells != 0 {
        tally.cells[cells.trailing_zeros() as usize] += 1;
        cells &= cells - 1;
    }
}

impl Joint {
    fn add(&mut self, observations: &[Observation], slots: &[usize], all_slots: usize) {
        let Some(classes) = &mut self.classes else { return };
        let class: Vec<Observation> = self.members.iter().map(|member| observations[*member]).collect();
        let counts = classes.entry(class).or_insert_with(|| vec![0; all_slots]);
        slots.iter().for_each(|slot| counts[*slot] += 1);
    }

    fn finish(self) -> Link {
        let classes = self.classes.into_iter().flatten();
        let mut classes: Vec<Class> = classes.map(|(observations, counts)| Class { observations, counts }).collect();
        classes.sort_by(|a, b| a.observations.cmp(&b.observations));
        Link { members: self.members, classes }
    }
}
