//! Forms that the service wrote and someone changed: what stands in XLSForm's own columns counts.

use std::collections::BTreeMap;

use super::{SMALL, source, told};
use crate::survey::definition::xlsform::write::{Sheet, book, sheets};
use crate::survey::definition::xlsform::{Reading, read};

type Cells = BTreeMap<String, String>;

/// The small questionnaire's form, with its rows changed.
fn changed(change: impl Fn(&mut Vec<Sheet>)) -> Reading {
    let mut written = sheets(&source(SMALL)).sheets;
    change(&mut written);
    read(&book(&written).expect("bytes")).expect("a form")
}

/// The row with this name on a sheet.
fn row<'s>(sheets: &'s mut [Sheet], sheet: &str, name: &str) -> &'s mut Cells {
    let sheet = sheets.iter_mut().find(|known| known.name == sheet).expect("a sheet");
    sheet.rows.iter_mut().find(|row| row.get("name").is_some_and(|known| known == name)).expect("a row")
}

fn set(sheets: &mut [Sheet], sheet: &str, name: &str, heading: &str, text: &str) {
    row(sheets, sheet, name).insert(heading.to_owned(), text.to_owned());
}

/// The lines that the text has and the small questionnaire's has not, and the other way round.
fn difference(reading: &Reading) -> (Vec<String>, Vec<String>) {
    let before = crate::survey::definition::write::write(&source(SMALL));
    let beyond = |one: &str, other: &str| -> Vec<String> {
        let other: Vec<_> = other.lines().collect();
        one.lines().filter(|line| !other.contains(line)).map(|line| line.trim().to_owned()).collect()
    };
    (beyond(&reading.text, &before), beyond(&before, &reading.text))
}

#[test]
fn a_changed_text_is_the_text() {
    let reading = changed(|sheets| set(sheets, "survey", "B01", "label::Svenska (sv)", "Var bor du?"));
    assert_eq!(told(&reading), [""; 0]);
    assert_eq!(difference(&reading), (vec!["sv: Var bor du?".to_owned()], vec!["sv: Var?".to_owned()]));
}

#[test]
fn a_changed_rule_takes_the_place_of_ours() {
    let reading = changed(|sheets| {
        set(sheets, "survey", "C02", "relevant", "${B04_natt} = 'ofta' and not(selected(${B02}, 'bil'))")
    });
    assert_eq!(told(&reading).len(), 1, "{:?}", told(&reading));
    assert!(
        told(&reading)[0]
            .ends_with("note: `relevant` was changed since the service wrote it: what stands there now was taken")
    );
    assert_eq!(difference(&reading).0, ["relevant: B04.natt == 'ofta' and not selected(B02, 'bil')"]);
}

#[test]
fn the_rule_of_a_part_is_known_apart_from_the_screening_out() {
    let relevant = |rule: &str| {
        let reading =
            changed(|sheets| set(sheets, "survey", "platser", "relevant", &format!("not(${{A01}} = 'nej'){rule}")));
        assert_eq!(reading.faults, [], "{:?}", told(&reading));
        difference(&reading)
    };
    assert_eq!(relevant(" and ${B04_dag} = 'ofta'").0, ["relevant: B04.dag == 'ofta'"]);
    assert_eq!(relevant(""), (Vec::new(), vec!["relevant: B04.natt == 'ofta'".to_owned()]));
}

#[test]
fn a_rule_that_has_no_counterpart_is_lost_and_said() {
    let reading = changed(|sheets| set(sheets, "survey", "C02", "relevant", "string-length(${P02}) > 3"));
    let lost: Vec<_> = reading.findings.iter().filter(|finding| finding.is_loss()).map(ToString::to_string).collect();
    assert_eq!(lost.len(), 1);
    assert!(lost[0].contains("`string-length(${P02}) > 3` is left out, so this is asked of all"), "{lost:?}");
    assert!(
        !reading.text.contains("selected(B02, 'buss') and B01"),
        "the old rule is not kept against what the form says"
    );
}

/// What is faulty elsewhere does not bring an old rule back.
#[test]
fn a_changed_rule_counts_in_a_faulty_form_too() {
    let reading = changed(|sheets| {
        set(sheets, "survey", "C02", "relevant", "${B04_natt} = 'aldrig'");
        row(sheets, "survey", "B01").remove("label::English (en)");
    });
    assert_eq!(reading.faults.len(), 1, "{:?}", told(&reading));
    assert!(reading.text.contains("relevant: B04.natt == 'aldrig'"), "{}", reading.text);
}

#[test]
fn switching_off_and_on_is_a_rule_too() {
    let reading = changed(|sheets| {
        row(sheets, "survey", "B05").remove("relevant");
        set(sheets, "survey", "C02", "relevant", "false()");
    });
    assert_eq!(difference(&reading).1, [""; 0]);
    let enabled: Vec<_> = reading.text.lines().filter(|line| line.contains("enabled")).collect();
    assert_eq!(enabled.len(), 1);
    assert!(reading.text.contains("relevant: selected(B02, 'buss') and B01 != 'by_a'"), "the rule waits for it");
}

#[test]
fn limits_are_what_the_constraint_says() {
    let reading = changed(|sheets| {
        set(sheets, "survey", "B02", "constraint", "count-selected(.) <= 1");
        set(sheets, "survey", "B02_annat", "constraint", "string-length(.) <= 90");
        set(sheets, "survey", "C01", "repeat_count", "4");
        set(sheets, "survey", "P02", "constraint", "string-length(.) <= 20");
    });
    let (new, old) = difference(&reading);
    assert_eq!(new, ["max_selected: 1", "text_max: 90", "places: 4", "max: 20"]);
    assert_eq!(old, ["max_selected: 2", "text_max: 40", "exclusive: true", "places: 2", "max: 80"]);
}

#[test]
fn a_list_that_was_changed_in_one_place_is_no_longer_shared_there() {
    let reading = changed(|sheets| {
        let choices = sheets.iter_mut().find(|sheet| sheet.name == "choices").expect("choices");
        let copy =
            choices.rows.iter_mut().find(|row| row["list_name"] == "P01" && row["name"] == "ja").expect("a copy");
        copy.insert("label::Svenska (sv)".to_owned(), "Ja, alltid".to_owned());
    });
    assert_eq!(told(&reading).len(), 1, "{:?}", told(&reading));
    assert!(told(&reading)[0].contains("`ja of Shared` was changed"), "{:?}", told(&reading));
    assert!(
        reading.text.contains("              - id: ja\n                code: 1\n                sv: Ja, alltid\n"),
        "{}",
        reading.text
    );
    assert_eq!(
        reading.text.matches("options: [ja, nej, vill_ej_svara]").count(),
        1,
        "the other question shares it still"
    );
}

#[test]
fn texts_around_the_questions_are_what_their_rows_show() {
    let reading = changed(|sheets| {
        set(sheets, "survey", "sedan_support", "label::English (en)", "Call 112 now");
        let settings = sheets.iter_mut().find(|sheet| sheet.name == "settings").expect("settings");
        settings.rows[0].insert("form_title".to_owned(), "Ny titel".to_owned());
    });
    assert_eq!(told(&reading), [""; 0]);
    assert_eq!(difference(&reading).0, ["sv: Ny titel", "en: Call 112 now"]);
}

#[test]
fn an_option_that_was_added_gets_a_code() {
    let reading = changed(|sheets| {
        let choices = sheets.iter_mut().find(|sheet| sheet.name == "choices").expect("choices");
        let at =
            choices.rows.iter().position(|row| row["list_name"] == "B02" && row["name"] == "annat").expect("a row");
        let cells =
            [("list_name", "B02"), ("name", "bat"), ("label::Svenska (sv)", "Båt"), ("label::English (en)", "Boat")];
        choices.rows.insert(at, cells.into_iter().map(|(key, text)| (key.to_owned(), text.to_owned())).collect());
    });
    // What the new option is in the tables is left to say; the place leads to the service's own sheet.
    let told = told(&reading);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].ends_with("the options of B02 get codes in their order, from 92"), "{told:?}");
    assert_eq!(told[1], "fault: sheet trygghet, row 127, column A: `bat` of B02 belongs to no group");
    assert!(reading.text.contains("- id: bat\n            code: 92\n"), "{}", reading.text);
}

#[test]
fn without_our_own_columns_the_questions_remain() {
    // As a program would give it back that keeps only what it knows.
    let reading = changed(|sheets| {
        sheets.retain(|sheet| sheet.name != "trygghet");
        for sheet in sheets.iter_mut() {
            sheet.headings.retain(|heading| !heading.starts_with("trygghet"));
        }
    });
    assert!(reading.text.contains("relevant: selected(B02, 'buss') and B01 != 'by_a'"), "{}", reading.text);
    assert!(reading.text.contains("relevant: A01 != 'nej' and B04.natt == 'ofta'"), "{}", reading.text);
    for id in ["A01", "B01", "B02", "B03", "B04", "B05", "C01", "P01", "P02", "C02"] {
        assert!(reading.text.contains(&format!("- id: {id}\n")), "{id}");
    }
    assert!(!reading.faults.is_empty(), "what XLSForm can't say is missing, and said");
}
