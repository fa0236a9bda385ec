//! Rules of forms in our language, and why some have no counterpart.

use crate::survey::definition::xlsform::report::Unmappable;
use crate::survey::definition::xlsform::rules::{Asked, Known, from_xpath};
use crate::survey::definition::xlsform::xpath::parse;

fn known(name: &str, answers: bool, counts: bool) -> Known {
    Known { name: name.to_owned(), id: format!("id_{name}"), answers, counts }
}

/// `one` takes one choice and lets people refuse, `all` one without, `many` takes several.
fn questions() -> Vec<Asked> {
    let asked = |name: &str, several, options| Asked {
        name: name.to_owned(),
        reference: name.to_uppercase(),
        several,
        options,
    };
    vec![
        asked("one", false, vec![known("a", true, true), known("refused", false, false)]),
        asked("all", false, vec![known("1", true, true), known("2", true, true)]),
        asked("many", true, vec![known("a", true, true), known("b", true, true), known("none", true, false)]),
    ]
}

fn ours(written: &str) -> Result<String, Unmappable> {
    let questions = questions();
    let asked = |name: &str| {
        let found = questions.iter().find(|asked| asked.name == name);
        found.ok_or_else(|| Unmappable::Unknown(name.to_owned()))
    };
    from_xpath(&parse(written).ok_or(Unmappable::Unreadable)?, &asked)
}

#[test]
fn rules_of_forms_become_ours() {
    for (written, rule) in [
        ("${one} = 'a'", "ONE == 'id_a'"),
        ("'a' != ${one}", "ONE != 'id_a'"),
        ("${all} = 1", "ALL == 'id_1'"),
        ("not(${one} = 'a')", "ONE != 'id_a'"),
        ("not(not(${one} = 'a' or ${all} = 2))", "(ONE == 'id_a' or ALL == 'id_2')"),
        (
            "selected(${one}, 'a') and (${all} = '1' or ${all} = '2')",
            "ONE == 'id_a' and (ALL == 'id_1' or ALL == 'id_2')",
        ),
        ("${one} != ''", "ONE in ['id_a', 'id_refused']"),
        ("${all} != \"\"", "answered(ALL)"),
        ("string-length(${all}) = 0", "not answered(ALL)"),
        ("selected(${many}, 'b')", "selected(MANY, 'id_b')"),
        ("not(selected(${many}, 'b'))", "not selected(MANY, 'id_b')"),
        ("count-selected(${many}) > 1", "count(MANY) >= 2"),
        ("2 > count-selected(${many})", "not count(MANY) >= 2"),
        ("count-selected(${many}) = 2", "count(MANY) >= 2 and not count(MANY) >= 3"),
        ("count-selected(${many}) >= 1", "answered(MANY)"),
        ("true() and ${one} = 'a'", "ONE == 'id_a'"),
    ] {
        assert_eq!(ours(written).as_deref(), Ok(rule), "{written}");
    }
}

#[test]
fn what_has_no_counterpart_says_why() {
    for (written, why) in [
        ("${nobody} = 'a'", Unmappable::Unknown("nobody".to_owned())),
        ("${one} = 'b'", Unmappable::NoOption("one".to_owned(), "b".to_owned())),
        ("${many} = 'a'", Unmappable::Compared("many".to_owned())),
        ("${one} > 3", Unmappable::NoOption("one".to_owned(), "3".to_owned())),
        ("${all} > 1", Unmappable::NotOptions),
        ("${one} = ${all}", Unmappable::NotOptions),
        ("${all} + 1 = 2", Unmappable::NotOptions),
        ("once(${one})", Unmappable::Function("once()".to_owned())),
        ("true()", Unmappable::Constant),
        ("${one} =", Unmappable::Unreadable),
    ] {
        assert_eq!(ours(written), Err(why), "{written}");
    }
}
