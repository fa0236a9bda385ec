//! Files for analysts: both conventions, the codebook, and how they come into the world.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use jiff::civil::date;

use trygghetsdialog::results::Release;
use trygghetsdialog::results::export::{Edition, ExportError, write};
use trygghetsdialog::survey::definition::Questionnaire;

use crate::results::{released, stored, survey};

const REAL: Edition = Edition { simulated: false, date: date(2018, 3, 1) };
const SIMULATED: Edition = Edition { simulated: true, ..REAL };

fn export(questionnaire: &Questionnaire, release: &Release, edition: Edition) -> tempfile::TempDir {
    let parent = tempfile::tempdir().unwrap();
    write(&parent.path().join("ut"), release, questionnaire, edition).unwrap();
    parent
}

fn read(directory: &tempfile::TempDir, name: &str) -> String {
    fs::read_to_string(directory.path().join("ut").join(name)).unwrap()
}

/// A CSV file's header and lines, by a reader that refuses lines of another length.
fn parse(text: &str, delimiter: u8) -> (Vec<String>, Vec<Vec<String>>) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
    let owned = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect::<Vec<_>>();
    let header = owned(reader.headers().unwrap());
    (header, reader.records().map(|record| owned(&record.unwrap())).collect())
}

#[test]
fn files_are_whole_and_never_written_over() {
    let questionnaire = survey();
    let release = released(&questionnaire, &stored(&questionnaire, 1, 200));
    let parent = tempfile::tempdir().unwrap();
    let directory = parent.path().join("mapp").join("ut");
    let paths = write(&directory, &release, &questionnaire, REAL).unwrap();
    let there: BTreeSet<_> = fs::read_dir(&directory).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(paths.into_iter().collect::<BTreeSet<_>>(), there);
    let names: Vec<_> = there.iter().map(|path| path.file_name().unwrap().to_str().unwrap()).collect();
    let expected = [
        "codebook.csv",
        "contents.csv",
        "innehall-excel.csv",
        "kodbok-excel.csv",
        "kodbok.md",
        "tabeller-excel.csv",
        "tables.csv",
    ];
    assert_eq!(names, expected);

    fs::write(directory.join("tables.csv"), "mine").unwrap();
    assert!(matches!(write(&directory, &release, &questionnaire, REAL), Err(ExportError::Exists(_))));
    assert_eq!(fs::read_to_string(directory.join("tables.csv")).unwrap(), "mine");
    assert!(matches!(write(Path::new("/"), &release, &questionnaire, REAL), Err(ExportError::Exists(_))));
    // A file where a folder should be: nothing half-made stays.
    fs::write(parent.path().join("fil"), "").unwrap();
    assert!(matches!(write(&parent.path().join("fil/ut"), &release, &questionnaire, REAL), Err(ExportError::Io(_))));
    assert_eq!(fs::read_dir(parent.path()).unwrap().count(), 2);
    assert_eq!(fs::read_dir(parent.path().join("mapp")).unwrap().count(), 1);
}

#[test]
fn both_conventions_say_the_same() {
    let questionnaire = survey();
    let release = released(&questionnaire, &stored(&questionnaire, 4, 900));
    let directory = export(&questionnaire, &release, REAL);
    let (excel, rfc) = (read(&directory, "tabeller-excel.csv"), read(&directory, "tables.csv"));
    assert!(excel.starts_with('\u{feff}') && !rfc.starts_with('\u{feff}'));
    for text in [&excel, &rfc] {
        assert!(text.ends_with("\r\n") && text.matches('\n').count() == text.matches("\r\n").count());
    }
    let ((excel_columns, excel), (columns, rfc)) = (parse(&excel, b';'), parse(&rfc, b','));
    assert_eq!(excel.len(), rfc.len());
    let column = |name: &str| columns.iter().position(|column| column == name).unwrap();
    let excel_column = |name: &str| excel_columns.iter().position(|column| column == name).unwrap();
    let mut seen = BTreeSet::new();
    for (swedish, plain) in excel.iter().zip(&rfc) {
        let status = plain[column("status")].as_str();
        seen.insert(status);
        let count = |plain: &str| match status {
            "hidden" => "..".to_owned(),
            "zero" => "-".to_owned(),
            _ => plain.to_owned(),
        };
        assert_eq!(swedish[excel_column("Antal")], count(&plain[column("count")]), "{plain:?}");
        if plain[column("kind")] == "answer" {
            assert_eq!(swedish[excel_column("Procent av basen")], count(&plain[column("percent")].replace('.', ",")));
        }
        assert_eq!(plain[column("count")].is_empty(), status == "hidden");
        assert_eq!(plain[column("base")].is_empty(), plain[column("base_status")] == "hidden");
        assert_eq!(swedish[excel_column("Tabell")], plain[column("table")]);
        assert_eq!(
            (plain[column("case_number")].as_str(), plain[column("simulated")].as_str()),
            ("2017KS/0118", "false")
        );
        if let (Ok(count), Ok(base)) = (plain[column("count")].parse::<f64>(), plain[column("base")].parse::<f64>())
            && plain[column("kind")] == "answer"
        {
            let percent: f64 = plain[column("percent")].parse().unwrap();
            assert!((percent - 100.0 * count / base).abs() <= 0.05 + 1e-9, "{plain:?}");
        }
    }
    assert_eq!(seen, BTreeSet::from(["hidden", "shown", "zero"]));
}

#[test]
fn columns_and_one_way_lines_do_not_depend_on_what_was_answered() {
    let questionnaire = survey();
    let shape = |number: usize| {
        let directory = export(&questionnaire, &released(&questionnaire, &stored(&questionnaire, 9, number)), REAL);
        let (columns, lines) = parse(&read(&directory, "tables.csv"), b',');
        let one_way = lines.into_iter().filter(|line| line[5].is_empty());
        let names: Vec<_> = one_way.map(|line| (line[2].clone(), line[4].clone(), line[9].clone())).collect();
        let contents = parse(&read(&directory, "contents.csv"), b',');
        let listed: Vec<_> = contents.1.iter().map(|line| line[..6].to_vec()).collect();
        (columns, names, contents.0, listed, read(&directory, "codebook.csv"))
    };
    assert_eq!(shape(0), shape(1_500));
}

#[test]
fn simulated_answers_say_so_everywhere() {
    let questionnaire = survey();
    let release = released(&questionnaire, &stored(&questionnaire, 1, 300));
    let directory = export(&questionnaire, &release, SIMULATED);
    let mut files = 0;
    for entry in fs::read_dir(directory.path().join("ut")).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        assert!(name.starts_with("simulerad-"), "{name}");
        let text = fs::read_to_string(entry.path()).unwrap();
        assert!(text.contains("2017KS/0118"), "{name} has no case number");
        if name.ends_with(".csv") {
            let (columns, lines) = parse(&text, if name.contains("excel") { b';' } else { b',' });
            let column =
                columns.iter().position(|column| column == "simulated" || column == "Simulerade svar").unwrap();
            assert!(!lines.is_empty() && lines.iter().all(|line| line[column] == "true" || line[column] == "ja"));
        } else {
            assert!(text.contains("Svaren är simulerade."), "{name}");
        }
        files += 1;
    }
    assert_eq!(files, 7);
}

#[test]
fn the_codebook_explains_every_code_of_the_tables() {
    let questionnaire = survey();
    let release = released(&questionnaire, &stored(&questionnaire, 6, 2_000));
    let directory = export(&questionnaire, &release, REAL);
    let (columns, codes) = parse(&read(&directory, "codebook.csv"), b',');
    let column = |name: &str| columns.iter().position(|column| column == name).unwrap();
    let explained: BTreeSet<(String, String)> = codes
        .iter()
        .filter(|line| line[column("scope")] == "table")
        .map(|line| (line[column("variable")].clone(), line[column("code")].clone()))
        .collect();
    let (table_columns, lines) = parse(&read(&directory, "tables.csv"), b',');
    let table_column = |name: &str| table_columns.iter().position(|column| column == name).unwrap();
    for line in lines.iter().filter(|line| line[table_column("kind")] == "answer") {
        let key = (line[table_column("table")].clone(), line[table_column("code")].clone());
        assert!(explained.contains(&key), "{key:?}");
    }
    // Every stored variable is there, in each language, with its missing values marked.
    for field in &questionnaire.fields {
        let variable =
            |line: &&Vec<String>| line[column("scope")] == "stored" && line[column("variable")] == field.question;
        let lines: Vec<_> = codes.iter().filter(variable).collect();
        assert!(
            !lines.is_empty() || matches!(field.kind, trygghetsdialog::survey::definition::FieldKind::Toggle),
            "{} is missing",
            field.question
        );
        for line in lines {
            assert!(!line[column("question_sv")].is_empty() && !line[column("question_en")].is_empty(), "{line:?}");
            let missing = line[column("code")].starts_with('-');
            assert!(line[column("code")].is_empty() || (line[column("missing")] == "true") == missing, "{line:?}");
        }
    }
    let text = read(&directory, "kodbok.md");
    for words in [
        "X01 = ”Ja, hela året” och X02 = ”Kvinna / tjej”",
        "Ställs till: Q06 = ”Jag går inte ut ensam sent på kvällen”",
        "Ställs till: Q11 = ”Ja” och minst 2 svar i Q12.P06",
        "Ställs till: inte (Q11 = ”Ja”) och (Q06 = ”Ganska otrygg” eller ”Mycket otrygg”, eller Q06B = ”Jag känner mig otrygg”)",
        "Redovisas bara som något eller inget, och i grupper: Ord och blickar, Kropp, Hot och våld",
        "Andel: minst 1 svar i Q16. Bas: Q16 är besvarad.",
        "Ingen grupp med färre än 10 svar visas, och inget antal under 5.",
    ] {
        assert!(text.contains(words), "the codebook does not say {words:?}");
    }
}
