//! What a dialogue says beside its questionnaire: contact, closed text, notice and statement in versions.

use super::dialogues::{LIST, adopt, revision, step, two};
use crate::support::colleague::{Colleague, Page};
use crate::support::resident::{run, texts};
use crate::support::service::Sandbox;

/// What stands in the text area `name`, HTML's references resolved.
fn area(page: &Page, name: &str) -> String {
    let after = page.text.split(&format!("<textarea id=\"{name}\"")).nth(1).expect("a text area");
    let text = after.split_once('>').unwrap().1.split("</textarea>").next().unwrap();
    let text = text.strip_prefix('\n').unwrap_or(text);
    text.replace("&#34;", "\"").replace("&#39;", "'").replace("&#60;", "<").replace("&#62;", ">").replace("&#38;", "&")
}

#[tokio::test]
async fn notice_and_statement_are_adopted_rewritten_and_kept() {
    let sandbox = Sandbox::public();
    let service = sandbox.serve();
    let (mut anna, mut siv) = two(&sandbox, &service).await;
    anna.post(&format!("{LIST}/ny"), &[("namn", "d"), ("fran", "vkod-2017")]).await.expect(303);
    let retention = [("sista_dag", ""), ("bevarande", "KS 2020/1 § 2")];
    step(&mut anna, "d", "andra", &retention).await.expect(303);
    let check = anna.get(&format!("{LIST}/d/kontroll")).await.expect(200).text;
    for missing in ["Texten om hur ni hanterar uppgifter är inte publicerad", "Redogörelsen för", "vem som svarar på"]
    {
        assert!(check.contains(missing), "{missing}");
    }
    step(&mut siv, "d", "granska", &[]).await.expect(303);
    assert!(step(&mut anna, "d", "oppna", &[]).await.expect(409).text.contains("är inte publicerad"));

    // The standard text is offered, with the case's number; Swedish must be there.
    let new = format!("{LIST}/d/integritet/ny");
    let offered = anna.get(&new).await.expect(200);
    let standard = area(&offered, "sv");
    assert!(standard.starts_with("# I korthet\n") && standard.contains("diarienummer är 2017KS/0118"), "{standard}");
    assert!(standard.contains("[Integritetsskyddsmyndigheten](https://www.imy.se/)"), "{standard}");
    let empty = step(&mut anna, "d", "integritet/ny", &[("sv", " "), ("en", "Kept")]).await.expect(422);
    assert!(empty.text.contains("href=\"#sv\"") && area(&empty, "en") == "Kept");
    let long = "å".repeat(10_001);
    let refused = step(&mut anna, "d", "integritet/ny", &[("sv", "Text"), ("ar", &long)]).await.expect(422);
    assert!(refused.text.contains("href=\"#ar\"") && area(&refused, "ar") == long);
    // Before it opens there is one version, whatever it is rewritten to; and someone has to read it again.
    for text in ["Första <b>försöket</b>", "# Rubrik\nEtt [länkat](https://www.imy.se/) stycke <b>så</b>"] {
        step(&mut anna, "d", "integritet/ny", &[("sv", text), ("en", "English one")]).await.expect(303);
    }
    let list = anna.get(&format!("{LIST}/d/integritet")).await.expect(200).text;
    assert!(list.contains("Version 1") && !list.contains("Version 2") && list.contains("Anna Administratör"), "{list}");
    step(&mut anna, "d", "oppna", &[]).await.expect(409);
    step(&mut siv, "d", "granska", &[]).await.expect(303);
    assert!(step(&mut anna, "d", "oppna", &[]).await.expect(409).text.contains("Redogörelsen"));
    adopt(&mut anna, "d", "tillganglighet").await;
    step(&mut siv, "d", "granska", &[]).await.expect(303);
    step(&mut anna, "d", "oppna", &[]).await.expect(303);

    // Residents read it, in their language or in Swedish, which is said.
    let mut resident = Colleague::at(&service);
    let notice = resident.get("/sv/d/integritet").await.expect(200).text;
    assert!(notice.contains("<h2>Rubrik</h2>") && notice.contains("&#60;b&#62;så&#60;/b&#62;"), "{notice}");
    assert!(notice.contains("<a href=\"https://www.imy.se/\" rel=\"noreferrer\">länkat</a>"));
    assert!(notice.contains("Version 1, gäller från "));
    assert!(resident.get("/en/d/integritet").await.expect(200).text.contains("English one"));
    let arabic = resident.get("/ar/d/integritet").await.expect(200).text;
    assert!(arabic.contains("<div lang=\"sv\" dir=\"ltr\">") && arabic.contains("Rubrik"), "{arabic}");

    // While it is open a change is a new version; the old one stays where it was.
    let offered = anna.get(&new).await.expect(200);
    assert!(area(&offered, "sv").starts_with("# Rubrik"));
    let seen = revision(&offered);
    step(&mut anna, "d", "integritet/ny", &[("sv", "# Rubrik\nEtt annat stycke")]).await.expect(303);
    let notice = resident.get("/sv/d/integritet").await.expect(200).text;
    assert!(notice.contains("Ett annat stycke") && notice.contains("Version 2, gäller från "), "{notice}");
    assert!(notice.contains("/sv/d/integritet/1") && notice.contains("Version 1, gällde från "));
    let old = resident.get("/sv/d/integritet/1").await.expect(200).text;
    assert!(old.contains("länkat") && old.contains("Version 1, gällde från "));
    resident.get("/sv/d/integritet/3").await.expect(404);
    resident.get("/sv/d/integritet/x").await.expect(404);
    let shown = anna.get(&format!("{LIST}/d/integritet/2")).await.expect(200).text;
    assert!(shown.contains("Skillnad mot version 1") && shown.contains("<ins>") && shown.contains("<del>"));
    assert!(shown.contains("Finns inte på det här språket"));
    // The same text again is no version; who is late is told, and finds what she typed.
    step(&mut anna, "d", "integritet/ny", &[("sv", "# Rubrik\nEtt annat stycke")]).await.expect(303);
    let late = anna.post(&new, &[("revision", seen.as_str()), ("sv", "Min text")]).await.expect(409);
    assert!(late.text.contains("Någon annan har ändrat") && area(&late, "sv") == "Min text");
    let database = sandbox.open().dialogue;
    let logged = "SELECT detail AS text FROM audit_entry WHERE action = 'dialogue.statement_published' ORDER BY number";
    let logged = texts(&database, logged);
    assert_eq!(logged.len(), 4, "{logged:?}");
    assert_eq!(logged[3], r#"{"kind":"privacy","version":2,"languages":["sv"]}"#);

    // The archive is closed to changes; what was said can still be looked up.
    run(&database, "UPDATE dialogue SET state = 'archived' WHERE slug = 'd'");
    anna.get(&new).await.expect(404);
    anna.post(&new, &[("revision", "9"), ("sv", "Nytt")]).await.expect(409);
    anna.get(&format!("{LIST}/d/integritet/1")).await.expect(200);
}

#[tokio::test]
async fn residents_are_told_whom_to_ask_and_that_a_survey_is_closed() {
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    let (mut anna, ..) = sandbox.administrator(&service).await;
    let name = "vkod-2017";
    let mut resident = Colleague::at(&service);
    assert!(!resident.get("/sv/integritet").await.expect(200).text.contains("Frågor om enkäten"));
    let form = anna.get(&format!("{LIST}/{name}/texter")).await.expect(200);
    let standard = area(&form, "sv");
    assert_eq!(standard, "Det går inte längre att svara på enkäten.");
    let seen = revision(&form);
    // Faults are told at the field, and what was typed is there.
    let wrong = [("namn", "Åsa"), ("epost", "asa"), ("telefon", "ring"), ("sv", "Hej")];
    let page = step(&mut anna, name, "texter", &wrong).await.expect(422);
    assert!(page.text.contains("href=\"#epost\"") && page.text.contains("href=\"#telefon\""));
    assert!(page.text.contains("value=\"Åsa\"") && area(&page, "sv") == "Hej");
    let long = "a".repeat(2_001);
    step(&mut anna, name, "texter", &[("en", &long)]).await.expect(422);

    let own = "# Tack\nEnkäten är <i>stängd</i>. Läs [mer](https://www.varmdo.se/).";
    let fields = [
        ("namn", "Åsa, samordnare"),
        ("epost", "asa@exempel.se"),
        ("telefon", "08-570 470 00"),
        ("sv", own),
        ("en", "The survey can no longer be answered."),
        ("ar", ""),
    ];
    step(&mut anna, name, "texter", &fields).await.expect(303);
    for page in ["integritet", "tillganglighet", "stod", "vkod-2017/stod", "vkod-2017/integritet"] {
        let shown = resident.get(&format!("/sv/{page}")).await.expect(200).text;
        assert!(shown.contains("Åsa, samordnare") && shown.contains("href=\"mailto:asa@exempel.se\""), "{page}");
        assert!(shown.contains("href=\"tel:0857047000\""), "{page}");
    }
    // The form that stood open on another desk changes nothing, and keeps what was typed.
    let late = [("revision", seen.as_str()), ("namn", "Bo"), ("sv", "Min text")];
    let page = anna.post(&format!("{LIST}/{name}/texter"), &late).await.expect(409);
    assert!(page.text.contains("Någon annan har ändrat") && page.text.contains("value=\"Bo\""));
    assert_eq!(area(&page, "sv"), "Min text");
    // The same once more is no change.
    step(&mut anna, name, "texter", &fields).await.expect(303);
    let database = sandbox.open().dialogue;
    let logged = texts(&database, "SELECT detail AS text FROM audit_entry WHERE action = 'dialogue.words_edited'");
    assert_eq!(logged.len(), 1, "{logged:?}");
    assert!(logged[0].contains(r#"["contact.mail","",null,"asa@exempel.se"]"#), "{}", logged[0]);
    assert!(logged[0].contains(r#"["closed","sv",null,"#) && !logged[0].contains(r#""en""#), "{}", logged[0]);

    step(&mut anna, name, "stang", &[]).await.expect(303);
    let closed = resident.get("/sv/enkat").await.expect(200).text;
    assert!(closed.contains("<h2>Tack</h2>") && closed.contains("&#60;i&#62;stängd&#60;/i&#62;"), "{closed}");
    assert!(closed.contains("Inget av det du skrev har sparats.") && !closed.contains(&standard));
    let english = resident.get("/en/enkat").await.expect(200).text;
    assert!(english.contains("The survey can no longer be answered."));
}

#[tokio::test]
async fn where_several_are_open_each_has_its_own_notice() {
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    let (mut anna, ..) = sandbox.administrator(&service).await;
    anna.post(&format!("{LIST}/ny"), &[("namn", "annan"), ("fran", "vkod-2017")]).await.expect(303);
    adopt(&mut anna, "annan", "integritet").await;
    run(&sandbox.open().dialogue, "UPDATE dialogue SET state = 'open', opened_at = 1 WHERE slug = 'annan'");
    step(&mut anna, "vkod-2017", "texter", &[("namn", "Åsa")]).await.expect(303);
    let mut resident = Colleague::at(&service);
    let list = resident.get("/sv/integritet").await.expect(200).text;
    assert!(list.contains("/sv/annan/integritet") && list.contains("/sv/vkod-2017/integritet"), "{list}");
    assert!(resident.get("/sv/annan/integritet").await.expect(200).text.contains("Version 1"));
    let standard = resident.get("/sv/vkod-2017/integritet").await.expect(200).text;
    assert!(standard.contains("Enkäten är anonym") && !standard.contains("Version 1"));
    // The survey's own links lead to its dialogue's pages, for they begin where it is.
    let survey = resident.get("/sv/annan/enkat").await.expect(203).text;
    assert!(survey.contains("href=\"integritet\""));
    let thanks = resident.get("/sv/annan/tack").await.expect(200).text;
    assert!(thanks.contains("href=\"/sv/annan/integritet\""));
}
