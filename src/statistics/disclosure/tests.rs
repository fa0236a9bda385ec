//! Each rule by itself; attackers on whole worlds are an integration test.

use proptest::prelude::*;

use super::*;

/// A table of one slot.
fn table(cells: &[u64], outside: [u64; 3]) -> Candidate {
    Candidate {
        sensitive: false,
        outside: outside.map(|count| count > 0),
        planned: Vec::new(),
        tallies: vec![Tally { base: cells.iter().sum(), cells: cells.to_vec(), outside }],
        offered_to_nobody: vec![0],
        parents: Vec::new(),
        sources: Vec::new(),
        twin: None,
    }
}

/// What becomes of tables without a breakdown.
fn judged(tables: &[Candidate]) -> Vec<Released> {
    let size = tables[0].tallies[0].base + tables[0].tallies[0].outside.iter().sum::<u64>();
    release(&Frame { sizes: vec![size], breakdowns: Vec::new() }, tables, &[], Limits::default())
}

fn counts(released: &Released) -> Vec<Option<u64>> {
    released.one_way().cells().iter().map(|cell| cell.count()).collect()
}

#[test]
fn limits_are_never_below_five() {
    assert_eq!(Limits::new(4, 5), Err(LimitTooLow(4)));
    assert_eq!(Limits::new(10, 3), Err(LimitTooLow(3)));
    let strict = Limits::new(20, 7).unwrap();
    assert_eq!((strict.base(), strict.cell()), (20, 7));
    assert_eq!(Limits::new(10, 5), Ok(Limits::default()));
}

#[test]
fn small_counts_small_remainders_and_small_bases_are_hidden() {
    let shown = |cells: &[u64]| counts(&judged(&[table(cells, [0; 3])])[0]).iter().all(Option::is_some);
    assert!(shown(&[5, 5]) && shown(&[5, 6, 0]));
    assert!(!shown(&[4, 20]), "four are few");
    assert!(!shown(&[1, 20, 20]), "one is few");
    assert!(!shown(&[20, 0]), "all answered the same");
    assert!(!shown(&[5, 4]), "nine are few");
}

#[test]
fn a_hidden_row_shows_its_base_unless_that_tells() {
    let base = |outside| judged(&[table(&[1, 20], outside)])[0].one_way().base().count();
    assert_eq!(base([0; 3]), Some(21));
    assert_eq!(base([0, 5, 0]), Some(21));
    assert_eq!(base([0, 3, 0]), None, "three did not answer");
    assert_eq!(base([2, 2, 0]), None, "four did not answer");
}

#[test]
fn zeros_of_sensitive_tables_are_hidden_unless_routing_made_them() {
    let mut sensitive = Candidate { sensitive: true, ..table(&[10, 10, 0], [0; 3]) };
    assert_eq!(counts(&judged(std::slice::from_ref(&sensitive))[0]), [None; 3]);
    sensitive.offered_to_nobody = vec![0b100];
    assert_eq!(counts(&judged(&[sensitive])[0]), [Some(10), Some(10), Some(0)]);
    assert_eq!(counts(&judged(&[table(&[10, 10, 0], [0; 3])])[0]), [Some(10), Some(10), Some(0)]);
}

#[test]
fn mentions_need_as_many_women() {
    // Twelve places, six and six; but two women named one kind of them.
    let women = table(&[2, 20], [0; 3]);
    let mentions = Candidate { twin: Some(0), ..table(&[12, 30], [0; 3]) };
    assert_eq!(counts(&judged(&[women, mentions.clone()])[1]), [None, None]);
    assert_eq!(counts(&judged(&[table(&[6, 20], [0; 3]), mentions])[1]), [Some(12), Some(30)]);
}

#[test]
fn strict_limits_hide_more() {
    let frame = Frame { sizes: vec![26], breakdowns: Vec::new() };
    let tables = [table(&[6, 20], [0; 3])];
    let shown = |limits| counts(&release(&frame, &tables, &[], limits)[0])[0].is_some();
    assert!(shown(Limits::default()));
    assert!(!shown(Limits::new(10, 7).unwrap()));
    assert!(!shown(Limits::new(30, 5).unwrap()));
}

proptest! {
    /// Whatever was answered: a breakdown is whole or not there, and shows nothing small.
    #[test]
    fn breakdowns_are_whole_and_safe(
        groups in prop::collection::vec(prop::collection::vec(0_u64..25, 4), 2..5),
        sensitive: bool,
    ) {
        // Three cells and those who gave no answer, per group; the last group is the unknown one.
        let tally = |counts: &[u64]| Tally {
            base: counts[..3].iter().sum(),
            cells: counts[..3].to_vec(),
            outside: [0, counts[3], 0],
        };
        let whole: Vec<u64> = (0..4).map(|cell| groups.iter().map(|group| group[cell]).sum()).collect();
        let slots: Vec<&Vec<u64>> = std::iter::once(&whole).chain(&groups).collect();
        let frame = Frame {
            sizes: slots.iter().map(|slot| slot.iter().sum()).collect(),
            breakdowns: std::iter::once(1..slots.len()).collect(),
        };
        let candidate = Candidate {
            sensitive,
            outside: [false, true, false],
            planned: vec![true],
            tallies: slots.iter().map(|slot| tally(slot)).collect(),
            offered_to_nobody: vec![0; slots.len()],
            ..table(&[0; 3], [0; 3])
        };
        let released = release(&frame, &[candidate], &[], Limits::default());
        let mut rows = vec![released[0].one_way().clone()];
        if let Breakdown::Published(published) = &released[0].breakdowns()[0] {
            prop_assert!(counts(&released[0]).iter().all(Option::is_some), "the one-way table is shown first");
            for (slot, row) in published.iter().enumerate() {
                prop_assert_eq!(row.is_none(), slot + 1 == published.len() && frame.sizes[slot + 1] == 0);
            }
            for row in published.iter().flatten() {
                prop_assert!(row.cells().iter().all(|cell| cell.count().is_some()), "a row is whole");
            }
            rows.extend(published.iter().flatten().cloned());
        }
        for row in rows {
            let Some(base) = row.base().count() else { continue };
            let size = row.respondents().count().unwrap_or_default();
            prop_assert!(base >= 10 && (size == base || size - base >= 5));
            for count in row.cells().iter().filter_map(|cell| cell.count()) {
                let safe = if count == 0 { !sensitive } else { count >= 5 && base - count >= 5 };
                prop_assert!(safe, "{count} of {base}");
            }
        }
    }
}
