//! Disclosure control against attackers who know everything that is printed, and every rule.
//!
//! Small worlds are enumerated whole: every possible set of answers, what is published of it, and
//! every other set that prints the same. So these are proofs for their sizes, not samples.

mod world;

use trygghetsdialog::statistics::disclosure::{Observation, Outside};

use world::{Table, World};

const fn cell(cell: u32) -> Observation {
    Observation::Cells(1 << cell)
}

const NO_ANSWER: Observation = Observation::Outside(Outside::NoAnswer);
const NOT_ASKED: Observation = Observation::Outside(Outside::NotAsked);

#[test]
fn one_table_by_one_breakdown() {
    for sensitive in [false, true] {
        let tables = vec![Table::new(&[cell(0), cell(1), NO_ANSWER])];
        let world = World { sensitive, ..World::broken_down(vec![15, 17], tables) };
        world.attack().had_something_to_find();
    }
}

#[test]
fn a_group_that_is_unknown() {
    let tables = vec![Table::new(&[cell(0), cell(1)])];
    for last_is_unknown in [false, true] {
        let world = World { last_is_unknown, ..World::broken_down(vec![16, 15, 11], tables.clone()) };
        world.attack().had_something_to_find();
    }
}

#[test]
fn a_table_of_three_answers() {
    World::of(30, vec![Table::new(&[cell(0), cell(1), cell(2), NO_ANSWER])]).attack().had_something_to_find();
    World::broken_down(vec![16, 17], vec![Table::new(&[cell(0), cell(1), cell(2)])]).attack().had_something_to_find();
}

#[test]
fn a_question_of_several_choices() {
    // Neither, one, the other, both.
    let tables = vec![Table::new(&[cell(0), cell(1), cell(2), Observation::Cells(0b110)])];
    World::of(30, tables).attack().had_something_to_find();
}

#[test]
fn a_question_that_another_one_routes_to() {
    // Yes and then one of two answers, or no.
    let tables =
        vec![Table::new(&[cell(0), cell(0), cell(1)]), Table::new(&[cell(0), cell(1), NOT_ASKED]).routed_by(&[0])];
    World::broken_down(vec![16, 17], tables).attack().had_something_to_find();
    // With non-response to either.
    let tables = vec![
        Table::new(&[cell(0), cell(0), cell(0), cell(1), NO_ANSWER]),
        Table::new(&[cell(0), cell(1), NO_ANSWER, NOT_ASKED, NOT_ASKED]).routed_by(&[0]),
    ];
    World::of(30, tables).attack().had_something_to_find();
}

#[test]
fn an_indicator_by_one_breakdown() {
    // Goes out; stays in as unsafe; stays in for other reasons.
    let question = Table::new(&[cell(0), cell(1), cell(1)]);
    let reason = Table::new(&[NOT_ASKED, cell(0), cell(1)]).routed_by(&[0]);
    let indicator = Table::new(&[cell(1), cell(0), NOT_ASKED]).computed_from(&[0, 1]);
    let world = World::broken_down(vec![17, 18], vec![question, reason, indicator]);
    world.linked(vec![2, 0, 1], true).attack().had_something_to_find();
}

#[test]
fn an_indicator_of_two_questions_with_two_denominators() {
    // Safe, unsafe, stays in: as unsafe, for other reasons, says not why; did not answer.
    let question = Table::new(&[cell(0), cell(1), cell(2), cell(2), cell(2), NO_ANSWER]);
    let reason = Table::new(&[NOT_ASKED, NOT_ASKED, cell(0), cell(1), NO_ANSWER, NOT_ASKED]).routed_by(&[0]);
    let of_those_who_go_out = Table::new(&[cell(1), cell(0), cell(0), NOT_ASKED, NOT_ASKED, NOT_ASKED]);
    let of_all = Table::new(&[cell(1), cell(0), cell(0), cell(1), NOT_ASKED, NOT_ASKED]);
    let tables = vec![question, reason, of_those_who_go_out.computed_from(&[0, 1]), of_all.computed_from(&[0, 1])];
    World::of(22, tables).linked(vec![2, 3, 0, 1], true).attack().had_something_to_find();
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
    World::of(27, tables).linked(vec![3, 1, 2], false).attack().had_something_to_find();
}
