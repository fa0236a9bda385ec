//! The rules between tables: what one gives away of another.

use super::Limits;
use super::candidate::{Candidate, Frame, Link};
use super::primary::{base_is_safe, groups_are_safe, refinement_is_safe, row_is_safe};

/// Whether each table may be published, per level (see [`Frame::slots`]).
pub(super) fn decide(frame: &Frame, candidates: &[Candidate], links: &[Link], limits: Limits) -> Vec<Vec<bool>> {
    let mut levels: Vec<Vec<bool>> = Vec::new();
    for level in frame.levels() {
        let groups = groups_are_safe(frame, level, limits);
        let mut published = Published {
            allowed: candidates
                .iter()
                .enumerate()
                .map(|(table, candidate)| {
                    groups
                        && planned(candidate, level)
                        // What the breakdown does not say, the one-way table must not either.
                        && levels.first().is_none_or(|one_way| one_way[table])
                        && frame.slots(level).into_iter().all(|slot| {
                            row_is_safe(candidate, frame, level, slot, limits)
                                && bases_are_safe(table, slot, frame, candidates, links, limits)
                        })
                })
                .collect(),
            changed: true,
        };
        while std::mem::take(&mut published.changed) {
            follow(candidates, level, &mut published);
            for link in links {
                refine(link, frame, candidates, level, limits, &mut published);
            }
        }
        levels.push(published.allowed);
    }
    levels
}

/// Whether an indicator of several-choice questions, published without them, leaves their bases safe:
/// its own base and the tables that route to them may give those away.
fn bases_are_safe(
    table: usize,
    slot: usize,
    frame: &Frame,
    candidates: &[Candidate],
    links: &[Link],
    limits: Limits,
) -> bool {
    let alone = links.iter().any(|link| link.classes.is_empty() && link.members.contains(&table));
    !alone
        || candidates[table].sources.iter().all(|source| {
            let source = &candidates[*source];
            base_is_safe(source, frame.sizes[slot], &source.tallies[slot], limits)
        })
}

/// Whether a table is planned at a level: the one-way table always is.
pub(super) fn planned(candidate: &Candidate, level: usize) -> bool {
    level.checked_sub(1).is_none_or(|breakdown| candidate.planned.get(breakdown).copied().unwrap_or(false))
}

/// What is left of a level's tables; withdrawing one may force others.
struct Published {
    allowed: Vec<bool>,
    changed: bool,
}

impl Published {
    fn withdraw(&mut self, table: usize) {
        self.changed |= std::mem::replace(&mut self.allowed[table], false);
    }
}

/// Withdraws tables that must not stand without others.
fn follow(candidates: &[Candidate], level: usize, published: &mut Published) {
    let missing = |published: &Published, table: usize| planned(&candidates[table], level) && !published.allowed[table];
    for (table, candidate) in candidates.iter().enumerate() {
        if candidate.twin.iter().chain(&candidate.parents).any(|needed| missing(published, *needed)) {
            published.withdraw(table);
        }
        if missing(published, table) {
            candidate.sources.iter().for_each(|source| published.withdraw(*source));
        }
    }
}

/// Keeps an indicator and as many of its sources as can stand together.
fn refine(
    link: &Link,
    frame: &Frame,
    candidates: &[Candidate],
    level: usize,
    limits: Limits,
    published: &mut Published,
) {
    let withheld =
        |published: &Published, table: &usize| planned(&candidates[*table], level) && !published.allowed[*table];
    if !link.members.iter().any(|member| withheld(published, member)) {
        return;
    }
    let mut kept = Vec::new();
    for member in link.members.iter().filter(|member| published.allowed[**member]).copied().collect::<Vec<_>>() {
        kept.push(member);
        let together = if link.classes.is_empty() {
            // Without joint counts there is nothing to show that two can stand together.
            kept.len() == 1
        } else {
            refinement_is_safe(link, &kept, frame, level, limits)
        };
        if !together {
            kept.pop();
            published.withdraw(member);
        }
    }
}
