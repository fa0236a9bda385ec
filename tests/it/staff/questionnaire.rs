//! A dialogue's questionnaire as a file: taken home, taken in, and what is refused.

use trygghetsdialog::survey::definition::VKOD_2017;

use super::dialogues::{LIST, revision};
use crate::support::colleague::Colleague;
use crate::support::resident::texts;
use crate::support::service::Sandbox;

/// Posts a file for a dialogue at its present revision.
async fn give(
    who: &mut Colleague,
    dialogue: &str,
    more: &[(&str, &str)],
    name: &str,
    bytes: &[u8],
) -> crate::support::colleague::Page {
    let path = format!("{LIST}/{dialogue}/fragor");
    let revision = revision(&who.get(&path).await.expect(200));
    let fields = [&[("revision", revision.as_str())], more].concat();
    who.upload(&path, &fields, name, bytes).await
}

#[tokio::test]
async fn a_draft_takes_a_file_and_gives_it_back() {
    let sandbox = Sandbox::public();
    let service = sandbox.serve();
    let (mut anna, ..) = sandbox.administrator(&service).await;
    anna.post(&format!("{LIST}/ny"), &[("namn", "utkast"), ("fran", "vkod-2017.yaml")]).await.expect(303);
    let own = VKOD_2017.1.replace("Mycket trygg", "Helt trygg");
    give(&mut anna, "utkast", &[], "min.yaml", own.as_bytes()).await.expect(303);
    assert_eq!(anna.get(&format!("{LIST}/utkast/fragor.yaml")).await.expect(200).text, own);
    // The spreadsheet comes, and comes back.
    let sheet = anna.bytes(&format!("{LIST}/utkast/fragor.xlsx")).await;
    assert!(sheet.starts_with(b"PK"));
    give(&mut anna, "utkast", &[], "min.xlsx", &sheet).await.expect(303);
    let back = anna.get(&format!("{LIST}/utkast/fragor.yaml")).await.expect(200).text;
    assert!(back.contains("Helt trygg") && !back.contains("Mycket trygg"));
    let logged = texts(
        &sandbox.open().dialogue,
        "SELECT action AS text FROM audit_entry WHERE object = 'utkast' ORDER BY number",
    );
    assert_eq!(logged, ["dialogue.made", "dialogue.questionnaire_replaced", "dialogue.questionnaire_replaced"]);
}

#[tokio::test]
async fn what_is_wrong_with_a_file_is_told_and_changes_nothing() {
    let sandbox = Sandbox::public();
    let service = sandbox.serve();
    let (mut anna, ..) = sandbox.administrator(&service).await;
    anna.post(&format!("{LIST}/ny"), &[("namn", "utkast"), ("fran", "vkod-2017.yaml")]).await.expect(303);
    let large = vec![b'#'; 2 * 1024 * 1024 + 1];
    for (name, bytes, status, says) in [
        ("tom.yaml", &b""[..], 422, "Ingen fil är vald"),
        ("latin.yaml", &b"id: \xe5"[..], 422, "UTF-8"),
        ("fel.yaml", &b"id: prov\nokand: 1\n"[..], 422, "rad 2, kolumn 1: frågeformuläret: nyckeln ”okand” finns inte"),
        ("html.yaml", &b"id: <script>alert(1)</script>\n"[..], 422, "Filen har fel"),
        ("bomb.xlsx", &b"PK\x03\x04 inget kalkylblad"[..], 422, "Kalkylbladet kan inte läsas"),
        ("gammal.xls", &b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..], 422, "filen har ett lösenord"),
        ("stor.yaml", &large[..], 413, "för stor"),
    ] {
        let page = give(&mut anna, "utkast", &[], name, bytes).await.expect(status);
        assert!(page.text.contains(says), "{name}: {}", page.text);
        assert!(!page.text.contains("<script>alert"), "{name}");
    }
    assert_eq!(anna.get(&format!("{LIST}/utkast/fragor.yaml")).await.text, VKOD_2017.1);
    anna.upload(&format!("{LIST}/utkast/fragor"), &[], "min.yaml", VKOD_2017.1.as_bytes()).await.expect(400);
}

#[tokio::test]
async fn an_open_dialogue_takes_texts_and_logs_what_differs() {
    let sandbox = Sandbox::public();
    let service = sandbox.serve();
    let (mut anna, ..) = sandbox.administrator(&service).await;
    let structure = VKOD_2017.1.replacen("code: 1", "code: 41", 1);
    let page = give(&mut anna, "vkod-2017", &[], "ny.yaml", structure.as_bytes()).await.expect(409);
    assert!(page.text.contains("Det här är mer än texter") && page.text.contains("har en annan uppbyggnad"));
    let corrected = VKOD_2017.1.replace("Mycket trygg", "Helt trygg");
    give(&mut anna, "vkod-2017", &[], "rattad.yaml", corrected.as_bytes()).await.expect(303);
    let survey = Colleague::at(&service).get("/sv/enkat").await.expect(203).text;
    assert!(survey.contains("Helt trygg") && !survey.contains("Mycket trygg"));
    let detail = texts(
        &sandbox.open().dialogue,
        "SELECT detail AS text FROM audit_entry WHERE action = 'dialogue.texts_corrected'",
    );
    assert_eq!(detail.len(), 1);
    assert!(detail[0].contains("Mycket trygg") && detail[0].contains("Helt trygg"));
}
