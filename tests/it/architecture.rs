//! The rules of the house that the compiler does not hold; `docs/architecture.md` gives the reasons.

use std::collections::BTreeSet;

use crate::support::source::{self, Source};

/// The modules, top first. A module may use those of the rows below its own, never a neighbour or what
/// lies above.
const TOWER: &[&[&str]] = &[
    &["main"],
    &["cli"],
    &["server"],
    &["council", "administration"],
    &["results", "focus_groups"],
    &["staff", "survey"],
    &["statistics", "lottery"],
    &["http", "mail", "db"],
    &["i18n", "crypto", "error"],
    &["config", "clock", "id"],
];

/// What a newcomer sees first; anything else needs a reason and a line here.
const TOP_LEVEL: &[&str] = &[
    ".ci",
    ".dockerignore",
    ".git",
    ".gitignore",
    "CHANGELOG.md",
    "Cargo.lock",
    "Cargo.toml",
    "Dockerfile",
    "LICENSE",
    "README.md",
    "benches",
    "clippy.toml",
    "deny.toml",
    "docker-compose.yml",
    "docs",
    "migrations",
    "rustfmt.toml",
    "src",
    "static",
    "templates",
    "tests",
];

/// Signs that code asks which database it talks to.
const BACKEND_SIGNS: &[&str] =
    &["is_sqlite", "is_postgres", "SqliteConnection", "PgConnection", "Connection::Sqlite", "Connection::Postgres"];

fn row(module: &str) -> Option<usize> {
    TOWER.iter().position(|row| row.contains(&module))
}

/// The modules of the crate that `source`'s file lies in, outermost first: `src/survey/keys.rs` is
/// `survey`, `keys`; the root has none.
fn module_path(source: &Source) -> Vec<&str> {
    let path = source.path.trim_start_matches("src/").trim_end_matches(".rs");
    path.split('/').filter(|part| !matches!(*part, "mod" | "lib")).collect()
}

/// The top-level modules that the code names, each with its offset: after `crate::`, after the
/// crate's own name (in `main.rs`), after as many `super::` as lead to the root, in braces too.
fn uses(source: &Source) -> Vec<(usize, String)> {
    let depth = module_path(source).len();
    let mut found = Vec::new();
    for root in ["crate::".to_owned(), "trygghetsdialog::".to_owned(), "super::".repeat(depth.max(1))] {
        for (start, _) in source.code.match_indices(&root) {
            let before = source.code[..start].chars().next_back();
            // Not the tail of another path or word; a longer chain of `super::` is counted once, whole.
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
                continue;
            }
            let after = start + root.len();
            match source.code[after..].strip_prefix('{') {
                Some(group) => found.extend(group_heads(group).into_iter().map(|(at, name)| (after + 1 + at, name))),
                None => found.push((after, word(&source.code[after..]).to_owned())),
            }
        }
    }
    found
}

/// The first words of a `{a, b::c, d::{e, f}}` group, whose opening brace was taken off.
fn group_heads(group: &str) -> Vec<(usize, String)> {
    let (mut depth, mut expect, mut heads) = (1_usize, true, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => expect = true,
            _ if expect && !c.is_whitespace() => {
                heads.push((at, word(&group[at..]).to_owned()));
                expect = false;
            }
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    heads
}

fn word(text: &str) -> &str {
    &text[..text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len())]
}

/// What breaks the tower in one file, as `file:line: …`.
fn upward_imports(source: &Source) -> Vec<String> {
    let path = module_path(source);
    let Some(home) = path.first() else { return Vec::new() };
    let Some(own_row) = row(home) else {
        return vec![format!("{}:1: `{home}` has no place in the tower: give it one", source.path)];
    };
    let wrong = |(at, used): &(usize, String)| {
        let used_row = row(used)?;
        let upward = used != home && used_row <= own_row;
        upward.then(|| format!("{}:{}: `{home}` may not use `{used}`", source.path, source.line(*at)))
    };
    uses(source).iter().filter_map(wrong).collect()
}

#[test]
fn imports_point_down_only() {
    let files = source::rust_files("src");
    assert!(files.len() > 10, "the sources are found");
    let wrong: Vec<String> = files.iter().flat_map(upward_imports).collect();
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

/// The rule above can fail, and in the right place.
#[test]
fn an_upward_import_is_found_however_it_is_written() {
    let found = |path: &str, text: &str| upward_imports(&Source::rust(path, text));
    assert_eq!(
        found(
            "src/survey/keys.rs",
            "use crate::id::RandomId;\nuse crate::{clock, focus_groups::Pool, db::{self, Pool}};"
        ),
        ["src/survey/keys.rs:2: `survey` may not use `focus_groups`"]
    );
    assert_eq!(
        found("src/focus_groups/mod.rs", "fn f() {\n    crate::survey::form::read(\"\")\n}"),
        Vec::<String>::new(),
        "a row below is allowed by the tower; the next test forbids this pair"
    );
    assert_eq!(found("src/db/mod.rs", "use super::http;"), ["src/db/mod.rs:1: `db` may not use `http`"]);
    assert_eq!(found("src/db/pool.rs", "use super::http;"), Vec::<String>::new(), "that is db::http");
    assert_eq!(found("src/db/pool.rs", "use super::super::http;"), ["src/db/pool.rs:1: `db` may not use `http`"]);
    assert_eq!(
        found("src/clock.rs", "// use crate::server;\nconst S: &str = \"crate::server\";"),
        Vec::<String>::new()
    );
    assert_eq!(found("src/extra.rs", ""), ["src/extra.rs:1: `extra` has no place in the tower: give it one"]);
}

/// Anonymity shows in the graph: those who hold answers and those who hold persons share no code but
/// the floors beneath both, although the tower's rows alone would let one of them look down.
#[test]
fn survey_and_focus_groups_never_meet() {
    let mut wrong = Vec::new();
    for (home, other) in [("survey", "focus_groups"), ("focus_groups", "survey")] {
        for source in source::rust_files(&format!("src/{home}")) {
            let met = uses(&source).into_iter().filter(|(_, used)| used == other);
            wrong.extend(met.map(|(at, _)| format!("{}:{}: names `{other}`", source.path, source.line(at))));
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

/// Which database is in use is known to `db` and to the `store` of a feature, and to nobody else.
#[test]
fn only_stores_know_the_kind_of_database() {
    let mut wrong = Vec::new();
    for source in source::rust_files("src") {
        let path = module_path(&source);
        if path.first() == Some(&"db") || path.contains(&"store") {
            continue;
        }
        for sign in BACKEND_SIGNS {
            let found = source.code.match_indices(sign);
            wrong.extend(found.map(|(at, _)| format!("{}:{}: `{sign}`", source.path, source.line(at))));
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn the_top_level_holds_what_a_newcomer_expects() {
    let ignored = std::fs::read_to_string(source::root().join(".gitignore")).unwrap();
    let ignored: BTreeSet<&str> = ignored.lines().map(|line| line.trim_matches('/')).collect();
    let entries = std::fs::read_dir(source::root()).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let unexpected: Vec<String> =
        names.filter(|name| !TOP_LEVEL.contains(&name.as_str()) && !ignored.contains(name.as_str())).collect();
    assert!(unexpected.is_empty(), "not expected at the top level: {unexpected:?}");
}
