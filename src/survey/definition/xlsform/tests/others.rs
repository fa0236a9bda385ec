//! Forms that others wrote: what becomes of them, and what is said of the rest.

use super::{form, told};
use crate::survey::definition::{load, xlsform};

/// A form as field workers write them: metadata, consent, numbers, cascades, "other", a repeated roster.
const CHOICES: &[&[&str]] = &[
    &["list_name", "name", "label::English (en)", "label::Swedish", "region"],
    &["yn", "yes", "Yes", "Ja", ""],
    &["yn", "no", "No", "Nej", ""],
    &["yn", "refused", "Prefer not to answer", "Vill inte svara", ""],
    &["freq", "1", "Often", "Ofta", ""],
    &["freq", "2", "Never", "Aldrig", ""],
    &["freq", "98", "Don't know", "Vet inte", ""],
    &["fear", "Dark places", "Dark places", "Mörka platser", ""],
    &["fear", "people", "People", "Människor", ""],
    &["fear", "none", "None of these", "Inget av detta", ""],
    &["town", "a", "A-town", "A-stad", "north"],
];

const SURVEY: &[&[&str]] = &[
    &[
        "type",
        "name",
        "label::English (en)",
        "label::Swedish",
        "hint::Swedish",
        "required",
        "relevant",
        "constraint",
        "choice_filter",
        "appearance",
        "parameters",
        "calculation",
        "repeat_count",
        "comments",
    ],
    &["start", "start", "", "", "", "", "", "", "", "", "", "", "", ""],
    &["begin group", "Bakgrund", "Background", "Bakgrund", "", "", "", "", "", "field-list", "", "", "", "ask first"],
    &["select_one yn", "walks", "Do you walk?", "Går du?", "Ute", "yes", "", "", "", "", "", "", "", ""],
    &["integer", "age", "Age?", "Ålder?", "", "yes", "", ". > 15", "", "", "", "", "", ""],
    &["text", "job", "Work?", "Arbete?", "", "", "${age} >= 18", "string-length(.) < 51", "", "", "", "", "", ""],
    &["calculate", "old", "", "", "", "", "", "", "", "", "", "${age} > 64", "", ""],
    &["end group", "", "", "", "", "", "", "", "", "", "", "", "", ""],
    &["begin_group", "fear_group", "Fear", "Rädsla", "", "", "${walks} = 'yes'", "", "", "", "", "", "", ""],
    &[
        "select_multiple fear",
        "what",
        "What?",
        "Vad?",
        "",
        "",
        "",
        "count-selected(.) <= 2 and if(selected(., 'none'), count-selected(.) = 1, true())",
        "",
        "",
        "randomize=true",
        "",
        "",
        "",
    ],
    &[
        "select_one fear",
        "most",
        "Most?",
        "Mest?",
        "",
        "",
        "count-selected(${what}) > 1",
        "",
        "selected(${what}, name)",
        "minimal",
        "",
        "",
        "",
        "",
    ],
    &["begin_group", "inner", "Inner", "Inre", "", "", "not(selected(${what}, 'none'))", "", "", "", "", "", "", ""],
    &["begin_group", "often", "How often?", "Hur ofta?", "", "", "", "", "", "table-list", "", "", "", ""],
    &["select_one freq", "often_day", "By day", "På dagen", "", "", "", "", "", "", "", "", "", ""],
    &["select_one freq", "often_night", "By night", "På natten", "", "", "", "", "", "", "", "", "", ""],
    &["end_group", "", "", "", "", "", "", "", "", "", "", "", "", ""],
    &["end_group", "", "", "", "", "", "", "", "", "", "", "", "", ""],
    &[
        "select_one town or_other",
        "town",
        "Which <b>town</b>?",
        "Vilken stad, ${walks}?",
        "",
        "",
        "${often_night} = '1'",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
    ],
    &["end_group", "", "", "", "", "", "", "", "", "", "", "", "", ""],
    &["note", "thanks", "Thank you", "Tack", "", "", "", "", "", "", "", "", "", ""],
    &["begin_repeat", "place", "Place", "Plats", "", "", "", "", "", "", "", "", "3", ""],
    &["select_one yn", "lit", "Lit?", "Upplyst?", "", "", "", "", "", "", "", "", "", ""],
    &["text", "where", "Where?", "Var?", "", "", "${lit} != 'yes'", "", "", "multiline", "", "", "", ""],
    &["end_repeat", "", "", "", "", "", "", "", "", "", "", "", "", ""],
];

const SETTINGS: &[&[&str]] = &[
    &["form_title", "form_id", "version", "default_language", "instance_name"],
    &["Trygghet ute", "trygg_ute", "2024-05-01", "Swedish", "concat('x', uuid())"],
];

#[test]
fn a_form_of_field_workers_becomes_a_draft_and_all_that_is_lost_is_said() {
    let bytes = form(&[("survey", SURVEY), ("choices", CHOICES), ("settings", SETTINGS), ("Log", &[&["x"]])]);
    let reading = xlsform::read(&bytes).expect("a form");
    let expected = include_str!("others.txt");
    let all = format!("{}\n---\n{}", told(&reading).join("\n"), reading.text);
    assert_eq!(all, expected, "\n{all}");
}

#[test]
fn a_draft_becomes_a_questionnaire_when_what_is_missing_is_added() {
    let survey: &[&[&str]] = &[
        &["type", "name", "label::Svenska (sv)", "relevant", "constraint"],
        &["begin_group", "om_dig", "Om dig", "", ""],
        &["select_one ja_nej", "bor", "Bor du här?", "", ""],
        &["select_multiple fard", "reser", "Hur reser du?", "${bor} = '1'", "count-selected(.) <= 2"],
        &[
            "text",
            "mer",
            "Något mer?",
            "selected(${reser}, 'b') or count-selected(${reser}) = 2",
            "string-length(.) <= 80",
        ],
        &["end_group", "", "", "", ""],
    ];
    let choices: &[&[&str]] = &[
        &["list_name", "name", "label::Svenska (sv)"],
        &["ja_nej", "1", "Ja"],
        &["ja_nej", "0", "Nej"],
        &["ja_nej", "-9", "Vill inte svara"],
        &["fard", "a", "Buss"],
        &["fard", "b", "Bil"],
        &["fard", "c", "Cykel"],
    ];
    let settings: &[&[&str]] = &[&["form_title", "form_id", "version"], &["Resor", "resor", "3"]];
    let reading =
        xlsform::read(&form(&[("survey", survey), ("choices", choices), ("settings", settings)])).expect("a form");
    assert!(!reading.findings.iter().any(xlsform::Finding::is_loss), "{:?}", told(&reading));
    let texts =
        ["start", "thanks", "screened_out", "support", "exit_button", "exit_prefix", "exit_help", "focus_groups"];
    let texts: String = texts.iter().map(|key| format!("  {key}: {{sv: Text}}\n")).collect();
    let whole = format!(
        "{}case_number: K/1\ntarget_population: {{sv: Alla}}\nminutes: 2\ntexts:\n{texts}analysis_plan:\n  population: Q01 == 'v1'\n  tables: [Q01]\n",
        reading.text
    );
    let loaded = load("resor", &whole).map_err(|problems| problems.iter().map(ToString::to_string).collect::<Vec<_>>());
    let questionnaire = loaded.expect("a questionnaire");
    let codes: Vec<_> = questionnaire.fields[0].options().iter().map(|option| option.code).collect();
    assert_eq!(codes, [1, 0, -9], "numbers are codes");
    assert!(
        reading.text.contains("relevant: selected(Q02, 'b') or count(Q02) >= 2 and not count(Q02) >= 3"),
        "{whole}"
    );
}

#[test]
fn a_name_that_stands_twice_and_ends_without_beginnings_are_said() {
    let survey: &[&[&str]] = &[
        &["type", "name", "label", "relevant"],
        &["text", "a", "A", ""],
        &["text", "a", "B", ""],
        &["end_group", "", "", ""],
        &["begin_rank", "order", "C", ""],
        &["rank__level", "first", "D", ""],
        &["end_rank", "", "", ""],
        &["begin_repeat", "r", "R", ""],
        &["begin_repeat", "inner", "S", ""],
        &["text", "b", "T", "${nowhere} = 'x'"],
        &["end_repeat", "", "", ""],
        &["select_one missing", "c", "U", "${a} = 'x'"],
    ];
    let reading = xlsform::read(&form(&[("survey", survey)])).expect("a form");
    let lost: Vec<_> = reading.findings.iter().filter(|finding| finding.is_loss()).map(ToString::to_string).collect();
    assert_eq!(
        lost,
        [
            "sheet survey, row 3: lost: the name a stands on row 2 already, and rules mean that one",
            "sheet survey, row 4: lost: `end_group` has no counterpart",
            "sheet survey, row 5: lost: `begin_rank order` is left out: a questionnaire asks for choices and texts only",
            "sheet survey, row 6: lost: `rank__level first` is left out with the block that it stands in",
            "sheet survey, row 8: lost: `begin_repeat` has no counterpart",
            "sheet survey, row 8: lost: no number of rounds is given: there are 9 places here",
            "sheet survey, row 9: lost: the repeated block inner stands in another and is left out",
            "sheet survey, row 10: lost: `text b` is left out with the block that it stands in",
            "sheet survey, row 12: lost: there is no list `missing` on the sheet choices",
            "sheet survey, row 12, column D: lost: the rule `${a} = 'x'` is left out, so this is asked of all: it asks about a number, a text or something computed, and the page, which routes in CSS, sees chosen options only",
        ]
    );
}
