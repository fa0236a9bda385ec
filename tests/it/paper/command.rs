//! `print FOLDER`.

use std::collections::BTreeSet;
use std::fs;

use crate::support::service::Sandbox;

fn said(output: &std::process::Output) -> String {
    [&output.stdout, &output.stderr].map(|said| String::from_utf8_lossy(said).into_owned()).concat()
}

#[test]
fn print_writes_every_language_and_never_over_anything() {
    let sandbox = Sandbox::new();
    let survey = concat!(env!("CARGO_MANIFEST_DIR"), "/src/survey/definition/vkod-2017.yaml");
    assert!(sandbox.run(&["open", survey]).status.success());

    let nowhere = sandbox.run(&["print", "papper"]);
    assert!(!nowhere.status.success());
    assert!(said(&nowhere).contains("TRYGGHET_PUBLIC_URL"), "{}", said(&nowhere));

    let arguments = ["print", "papper", "--address", "https://dialog.example.se/", "--hand-in", "Biblioteket"];
    let printed = sandbox.run(&arguments);
    assert!(printed.status.success(), "{}", said(&printed));
    let folder = sandbox.directory().join("papper");
    let names: BTreeSet<_> =
        fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    let expected = ["enkat", "affisch", "kort"]
        .into_iter()
        .flat_map(|kind| ["sv", "en", "ar"].map(|language| format!("{kind}-{language}.pdf")));
    assert_eq!(names, expected.collect());
    for name in &names {
        assert!(said(&printed).contains(name), "{}", said(&printed));
    }

    fs::remove_file(folder.join("enkat-sv.pdf")).unwrap();
    fs::write(folder.join("kort-ar.pdf"), "mine").unwrap();
    let again = sandbox.run(&arguments);
    assert!(!again.status.success());
    assert!(said(&again).contains("nothing was written"), "{}", said(&again));
    assert_eq!(fs::read_to_string(folder.join("kort-ar.pdf")).unwrap(), "mine");
    assert!(!folder.join("enkat-sv.pdf").exists());
}
