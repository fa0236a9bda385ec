//! Dialogues in the browser: from a draft to a purge, two persons, and what is refused.

use crate::support::colleague::{Colleague, Page};
use crate::support::resident::{run, texts};
use crate::support::service::{Sandbox, Service};

pub(super) const LIST: &str = "/personal/dialoger";

/// The revision that a page's form carries.
pub(super) fn revision(page: &Page) -> String {
    let after = page.text.split("name=\"revision\" value=\"").nth(1).expect("a revision");
    after.split('"').next().unwrap().to_owned()
}

/// Asks about a step, and takes it.
pub(super) async fn step(who: &mut Colleague, dialogue: &str, word: &str, more: &[(&str, &str)]) -> Page {
    let path = format!("{LIST}/{dialogue}/{word}");
    let revision = revision(&who.get(&path).await.expect(200));
    let fields = [&[("revision", revision.as_str())], more].concat();
    who.post(&path, &fields).await
}

/// Publishes the standard text of a statement, as the form offers it, in Swedish.
pub(super) async fn adopt(who: &mut Colleague, dialogue: &str, statement: &str) {
    let page = who.get(&format!("{LIST}/{dialogue}/{statement}/ny")).await.expect(200);
    let area = page.text.split("<textarea id=\"sv\"").nth(1).expect("a text area").split_once('>').unwrap().1;
    let text = area.split("</textarea>").next().unwrap().to_owned();
    step(who, dialogue, &format!("{statement}/ny"), &[("sv", &text)]).await.expect(303);
}

/// An administrator, and a secretary to be the second person.
pub(super) async fn two(sandbox: &Sandbox, service: &Service) -> (Colleague, Colleague) {
    let (anna, ..) = sandbox.administrator(service).await;
    let mut siv = Colleague::at(service);
    siv.accept(&sandbox.invitation("siv@exempel.se", &["secretary"]), &[("name", "Siv Sekreterare")]).await;
    (anna, siv)
}

#[tokio::test]
async fn two_persons_take_a_dialogue_from_draft_to_purge() {
    let sandbox = Sandbox::public();
    let service = sandbox.serve();
    let (mut anna, mut siv) = two(&sandbox, &service).await;
    let made = [("namn", "dialog-2020"), ("fran", "vkod-2017")];
    let page = anna.post(&format!("{LIST}/ny"), &made).await.expect(303);
    assert_eq!(page.location, format!("{LIST}/dialog-2020"));
    assert!(anna.get(LIST).await.expect(200).text.contains("/dialog-2020"));

    // Whoever edited last does not review; nobody opens what is not reviewed.
    let own = step(&mut anna, "dialog-2020", "granska", &[]).await.expect(409);
    assert!(own.text.contains("Be en annan person"));
    step(&mut anna, "dialog-2020", "oppna", &[]).await.expect(409);
    step(&mut siv, "dialog-2020", "granska", &[]).await.expect(303);
    // Without a retention decision staff don't open it: the check said so.
    let check = anna.get(&format!("{LIST}/dialog-2020/kontroll")).await.expect(200);
    assert!(check.text.contains("Det saknas beslut om hur länge"));
    let undecided = step(&mut anna, "dialog-2020", "oppna", &[]).await.expect(409);
    assert!(undecided.text.contains("Det saknas beslut"));
    let fields = [("sista_dag", ""), ("bevarande", "Gallras efter två år, KS 2020/1 § 2")];
    step(&mut anna, "dialog-2020", "andra", &fields).await.expect(303);
    step(&mut anna, "dialog-2020", "oppna", &[]).await.expect(409);
    // Nor without a privacy notice and an accessibility statement.
    adopt(&mut anna, "dialog-2020", "integritet").await;
    adopt(&mut anna, "dialog-2020", "tillganglighet").await;
    step(&mut siv, "dialog-2020", "granska", &[]).await.expect(303);
    step(&mut anna, "dialog-2020", "oppna", &[]).await.expect(303);

    // Residents see it at once, and a pause as well.
    let survey = "/sv/dialog-2020/enkat";
    Colleague::at(&service).get(survey).await.expect(203);
    step(&mut anna, "dialog-2020", "pausa", &[]).await.expect(303);
    assert!(Colleague::at(&service).get(survey).await.expect(200).text.contains("Enkäten har en paus"));
    step(&mut anna, "dialog-2020", "fortsatt", &[]).await.expect(303);
    Colleague::at(&service).get(survey).await.expect(203);
    let last_day = [("sista_dag", "2099-12-31")];
    step(&mut anna, "dialog-2020", "andra", &last_day).await.expect(303);
    assert!(anna.get(&format!("{LIST}/dialog-2020")).await.text.contains("31 december 2099 kl. 23.59"));
    step(&mut anna, "dialog-2020", "stang", &[]).await.expect(303);
    let database = sandbox.open().dialogue;
    run(&database, "UPDATE dialogue SET closed_at = closed_at - 3601 WHERE slug = 'dialog-2020'");
    sandbox.mix();
    step(&mut anna, "dialog-2020", "arkivera", &[]).await.expect(303);
    let undecided = step(&mut anna, "dialog-2020", "gallra", &[("beslut", " ")]).await.expect(422);
    assert!(undecided.text.contains("href=\"#beslut\""));
    step(&mut anna, "dialog-2020", "gallra", &[("beslut", "KS 2022-03-01 § 9")]).await.expect(303);
    let end = anna.get(&format!("{LIST}/dialog-2020")).await.expect(200);
    assert!(end.text.contains("gallrad") && end.text.contains("KS 2022-03-01 § 9"));

    let logged =
        texts(&database, "SELECT action AS text FROM audit_entry WHERE object = 'dialog-2020' ORDER BY number");
    let words = [
        "made",
        "reviewed",
        "edited",
        "statement_published",
        "statement_published",
        "reviewed",
        "opened",
        "paused",
        "resumed",
        "end_moved",
        "closed",
        "archived",
        "purged",
    ];
    assert_eq!(logged, words.map(|word| format!("dialogue.{word}")));
}

#[tokio::test]
async fn who_is_late_is_told_and_keeps_what_she_typed() {
    let sandbox = Sandbox::public();
    let service = sandbox.serve();
    let (mut anna, ..) = sandbox.administrator(&service).await;
    anna.post(&format!("{LIST}/ny"), &[("namn", "nytt"), ("fran", "vkod-2017.yaml")]).await.expect(303);
    let edit = format!("{LIST}/nytt/andra");
    let seen = revision(&anna.get(&edit).await);
    let first = [("revision", seen.as_str()), ("sista_dag", "2098-01-01"), ("bevarande", "A")];
    anna.post(&edit, &first).await.expect(303);
    let late = [("revision", seen.as_str()), ("sista_dag", "2099-02-02"), ("bevarande", "Mitt beslut")];
    let page = anna.post(&edit, &late).await.expect(409);
    assert!(page.text.contains("Någon annan har ändrat") && page.text.contains("value=\"2099-02-02\""));
    assert!(page.text.contains("Mitt beslut"));
    let shown = anna.get(&format!("{LIST}/nytt")).await.expect(200).text;
    assert!(shown.contains("1 januari 2098"), "{shown}");
    // Wrong days and names are told at the field.
    for day in ["2099-02-30", "igår", "2001-01-01"] {
        let page = step(&mut anna, "nytt", "andra", &[("sista_dag", day), ("bevarande", "A")]).await.expect(422);
        assert!(page.text.contains("href=\"#sista_dag\"") && page.text.contains(&format!("value=\"{day}\"")), "{day}");
    }
    for name in ["", "Åsa", "ny", "nytt", "-a", "a b"] {
        let page = anna.post(&format!("{LIST}/ny"), &[("namn", name), ("fran", "vkod-2017.yaml")]).await.expect(422);
        assert!(page.text.contains("href=\"#namn\""), "{name}");
    }
    anna.post(&format!("{LIST}/ny"), &[("namn", "annan"), ("fran", "finns-inte")]).await.expect(400);
    anna.post(&edit, &[("sista_dag", "")]).await.expect(400);
    anna.get(&format!("{LIST}/finns-inte")).await.expect(404);
}

#[tokio::test]
async fn a_preview_is_the_survey_and_sends_nothing() {
    let sandbox = Sandbox::public();
    let service = sandbox.serve();
    let (mut anna, ..) = sandbox.administrator(&service).await;
    anna.post(&format!("{LIST}/ny"), &[("namn", "utkast"), ("fran", "vkod-2017")]).await.expect(303);
    Colleague::at(&service).get("/sv/utkast/enkat").await.expect(404);
    for (language, word) in [("sv", "Hur trygg"), ("en", "How safe"), ("ar", "rtl")] {
        let page = anna.get(&format!("{LIST}/utkast/visa/{language}")).await.expect(200);
        assert!(page.text.contains(word), "{language}");
        assert!(page.text.contains(&format!("{LIST}/utkast/visa/stil.css")), "{language}");
    }
    anna.get(&format!("{LIST}/utkast/visa/stil.css")).await.expect(200);
    anna.get(&format!("{LIST}/utkast/visa/skript.js")).await.expect(200);
    anna.get(&format!("{LIST}/utkast/visa/fi")).await.expect(404);
    let form = crate::support::resident::form(&[]);
    let fields: Vec<(String, String)> =
        form_urlencoded::parse(form.as_bytes()).map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let sent = anna.post(&format!("{LIST}/utkast/visa/sv"), &fields).await.expect(200);
    assert!(sent.text.contains("Inget har skickats"));
    anna.post(&format!("{LIST}/utkast/visa/sv"), &[("action", "submit")]).await.expect(422);
    assert_eq!(texts(&sandbox.open().dialogue, "SELECT 'x' AS text FROM letter"), Vec::<String>::new());
}
