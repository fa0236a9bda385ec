//! What the pages for people say is true: settings, commands, links. `.ci/run` runs the commands.

use std::collections::BTreeSet;
use std::process::Command;

use trygghetsdialog::config::Settings;

use crate::support::source::{files, root};

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

/// The first cells of the README's tables, where they are code.
fn first_cells() -> Vec<String> {
    let text = read("README.md");
    let cells = text.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next().map(str::to_owned));
    cells.collect()
}

#[test]
fn the_table_of_settings_is_complete() {
    // Whoever mistypes a setting is told all that there are.
    let nowhere = tempfile::tempdir().unwrap();
    let mistyped = [("TRYGGHET_NO_SUCH_SETTING".to_owned(), String::new())];
    let told = Settings::load(nowhere.path(), mistyped.into_iter()).unwrap_err().to_string();
    let (_, list) = told.split_once("the settings are ").unwrap();
    let real: BTreeSet<&str> = list.split(", ").collect();
    let cells = first_cells();
    let documented: BTreeSet<&str> =
        cells.iter().map(String::as_str).filter(|cell| cell.starts_with("TRYGGHET_")).collect();
    assert_eq!(documented, real);
}

#[test]
fn the_table_of_commands_is_complete() {
    let help = Command::new(env!("CARGO_BIN_EXE_trygghetsdialog")).arg("--help").output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let (_, commands) = help.split_once("Commands:\n").unwrap();
    // A command stands two columns in, its further lines deeper.
    let names = commands.lines().take_while(|line| !line.is_empty()).filter_map(|line| line.strip_prefix("  "));
    let names = names.filter(|line| !line.starts_with(' ')).filter_map(|line| line.split_whitespace().next());
    let real: BTreeSet<&str> = names.filter(|name| *name != "help").collect();
    let cells = first_cells();
    let documented: BTreeSet<&str> = cells
        .iter()
        .filter(|cell| cell.starts_with(|c: char| c.is_ascii_lowercase()) && !cell.contains('/'))
        .filter_map(|cell| cell.split_whitespace().next())
        .collect();
    assert_eq!(documented, real);
}

/// The example that people start from.
#[test]
fn the_example_of_a_questionnaire_is_one() {
    let page = read("docs/questionnaire-format.md");
    let (_, example) = page.split_once("```yaml\n").unwrap();
    let (example, _) = example.split_once("```").unwrap();
    if let Err(problems) = trygghetsdialog::survey::definition::load("example", example) {
        panic!("{}", problems.iter().map(|problem| format!("\n{problem}")).collect::<String>());
    }
}

/// Code that sends its reader to a page of `docs/`.
#[test]
fn pages_that_the_code_names_exist() {
    let mut missing = Vec::new();
    let folders = ["src", "templates", "static", "migrations", "tests/it"];
    let kinds = ["rs", "yaml", "html", "css", "js", "sql"];
    for path in folders.iter().flat_map(|folder| kinds.iter().flat_map(|kind| files(folder, kind))) {
        let text = read(&path);
        for (at, _) in text.match_indices("docs/") {
            let name: String = text[at..].chars().take_while(|c| c.is_alphanumeric() || "/-_.".contains(*c)).collect();
            let name = name.trim_end_matches('.');
            if name.ends_with(".md") && !root().join(name).is_file() {
                missing.push(format!("{path}: {name}"));
            }
        }
    }
    assert!(missing.is_empty(), "\n{}\n", missing.join("\n"));
}

#[test]
fn links_between_pages_lead_somewhere() {
    let mut broken = Vec::new();
    for page in files("docs", "md").into_iter().chain(["README.md".to_owned(), "CHANGELOG.md".to_owned()]) {
        let text = read(&page);
        let here = root().join(&page);
        let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for target in targets.filter(|target| !target.starts_with("http") && !target.starts_with('#')) {
            let path = target.split('#').next().unwrap();
            if !here.parent().unwrap().join(path).exists() {
                broken.push(format!("{page}: {target}"));
            }
        }
    }
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}
