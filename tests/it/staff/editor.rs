//! The questionnaire's editor: what is typed, moved, added and taken away; what is refused, and that nothing typed is lost.

use trygghetsdialog::survey::definition::{VKOD_2017, load};

use super::dialogues::{LIST, revision};
use crate::support::colleague::{Colleague, Page};
use crate::support::resident::texts;
use crate::support::service::Sandbox;

/// The boxes that are ticked on a page: a form sends them again.
fn ticked(page: &Page) -> Vec<(String, String)> {
    let boxes = page.text.split("<input type=\"checkbox\"").skip(1).map(|rest| rest.split('>').next().unwrap());
    boxes
        .filter(|tag| tag.ends_with("checked") || tag.contains(" checked "))
        .map(|tag| (tag.split("name=\"").nth(1).unwrap().split('"').next().unwrap().to_owned(), "ja".to_owned()))
        .collect()
}

/// Opens a page of the editor, changes fields, and presses a button.
async fn press(who: &mut Colleague, page: &str, fields: &[(&str, &str)], button: &str) -> Page {
    let path = format!("{LIST}/{page}");
    let shown = who.get(&path).await.expect(200);
    let (revision, boxes) = (revision(&shown), ticked(&shown));
    let mut all: Vec<(&str, &str)> = boxes.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    all.extend([("revision", revision.as_str()), ("gor", button)]);
    all.extend(fields);
    who.post(&path, &all).await
}

async fn stored(who: &mut Colleague, dialogue: &str) -> String {
    who.get(&format!("{LIST}/{dialogue}/fragor.yaml")).await.expect(200).text
}

/// The lines of a questionnaire that stand after `from`, joined.
fn after<'t>(text: &'t str, from: &str) -> &'t str {
    text.split_once(from).unwrap_or_else(|| panic!("no {from}")).1
}

async fn draft(sandbox: &Sandbox, service: &crate::support::service::Service) -> Colleague {
    let (mut anna, ..) = sandbox.administrator(service).await;
    anna.post(&format!("{LIST}/ny"), &[("namn", "utkast"), ("fran", "vkod-2017.yaml")]).await.expect(303);
    anna
}

const Q05: &str = "parts.p1_bakgrund.questions.Q05";

#[tokio::test]
async fn a_question_is_reworded_reordered_and_routed() {
    let sandbox = Sandbox::public();
    let service = sandbox.serve();
    let mut anna = draft(&sandbox, &service).await;
    let page = anna.get(&format!("{LIST}/utkast/fragor/fraga/Q05")).await.expect(200);
    assert!(page.text.contains("kommentarer"), "a file with comments is told once that they will go");
    let (sv, bus) = (format!("{Q05}.sv"), format!("upp {Q05}.options.buss"));
    let done = press(&mut anna, "utkast/fragor/fraga/Q05", &[(&sv, "Hur reser du?")], &bus).await.expect(303);
    assert_eq!(done.location, format!("{LIST}/utkast/fragor/fraga/Q05?klart=ja"));
    let rule = format!("{Q05}.relevant");
    press(&mut anna, "utkast/fragor/fraga/Q05", &[(&rule, "Q03 in ['arbetar', 'studerar']")], "").await.expect(303);
    let text = stored(&mut anna, "utkast").await;
    let question = after(&text, "- id: Q05");
    assert!(question.contains("Hur reser du?") && question.contains("relevant: Q03 in ['arbetar', 'studerar']"));
    assert!(question.find("id: buss") < question.find("id: cykel"), "{}", &question[..900]);
    // Nothing else has changed.
    let (old, new) = (load("a", VKOD_2017.1).unwrap(), load("b", &text).unwrap());
    assert_eq!(old.fields.len(), new.fields.len());
    let ids = |of: &trygghetsdialog::survey::definition::Questionnaire| -> Vec<String> {
        of.fields.iter().map(|field| field.name.clone()).collect()
    };
    assert_eq!(ids(&old), ids(&new));
    // The flow tells it, at both ends.
    let flow = anna.get(&format!("{LIST}/utkast/fragor/flode")).await.expect(200).text;
    assert!(flow.contains("Q03 = ”Arbetar") && flow.contains("öppnar Q05"), "{flow}");
    assert!(flow.contains("<svg class=\"flow\" role=\"img\""));
    // A whole block and parts are named once; what an option says of itself, of its own words, or of screening out.
    for line in [
        "Q11: Ja: öppnar Q12; stänger Q13<",
        "Q12.P06: Annat: öppnar ett fält för egna ord<",
        "X03: Under 16 år: Utanför målgruppen<",
        "Q11 är inte ”Ja”<",
        "något svar på Q16<",
    ] {
        assert!(flow.contains(line), "{line}: {flow}");
    }
    let page = anna.get(&format!("{LIST}/utkast/fragor/fraga/Q03")).await.expect(200).text;
    assert!(page.contains("öppnar Q05") && !page.contains("kommentarer (rader"));
    // What is missing is written into the empty field.
    let name = format!("{Q05}.sv");
    let page = press(&mut anna, "utkast/fragor/fraga/Q05", &[(&name, "")], "").await.expect(422);
    assert!(page.text.contains(&format!("<a href=\"#{name}\">")), "{}", page.text);
    // To another part and on: routing still refers to earlier questions only, so that is refused where it would not.
    let page = press(&mut anna, "utkast/fragor/fraga/Q05", &[("till_del", "p0_behorighet")], "flytta").await;
    assert!(page.expect(422).text.contains("Q03"));
    press(&mut anna, "utkast/fragor/fraga/Q25", &[("till_del", "p2_trygghet")], "flytta").await.expect(303);
    let text = stored(&mut anna, "utkast").await;
    assert!(after(&text, "- id: p2_trygghet").contains("- id: Q25"));
}

#[tokio::test]
async fn a_faulty_rule_is_told_at_its_field_and_nothing_typed_is_lost() {
    let sandbox = Sandbox::public();
    let service = sandbox.serve();
    let mut anna = draft(&sandbox, &service).await;
    let (sv, rule) = (format!("{Q05}.sv"), format!("{Q05}.relevant"));
    let fields = [(sv.as_str(), "Hur <reser> du?"), (rule.as_str(), "Q03 == 'arbetar' and Q99 == 'x'")];
    let page = press(&mut anna, "utkast/fragor/fraga/Q05", &fields, "").await.expect(422);
    assert!(page.text.contains(&format!("<a href=\"#{rule}\">Tecken 22:")), "{}", page.text);
    assert!(page.text.contains("Hur &#60;reser&#62; du?") && page.text.contains("aria-invalid"));
    assert!(page.text.contains("value=\"Q03 == &#39;arbetar&#39; and Q99 == &#39;x&#39;\""));
    assert_eq!(stored(&mut anna, "utkast").await, VKOD_2017.1);
    // What others refer to stays, with the reasons.
    let remove = "bort parts.p1_bakgrund.questions.Q05";
    let page = press(&mut anna, "utkast/fragor/del/p1_bakgrund", &[], remove).await.expect(422);
    assert!(page.text.contains("Q05"), "{}", page.text);
    assert_eq!(stored(&mut anna, "utkast").await, VKOD_2017.1);
}

#[tokio::test]
async fn questions_of_every_type_options_and_parts_are_added_and_taken_away() {
    let sandbox = Sandbox::public();
    let service = sandbox.serve();
    let mut anna = draft(&sandbox, &service).await;
    let part = "utkast/fragor/del/p7_atgarder";
    for (id, kind) in [
        ("Q31", "single"),
        ("Q32", "several"),
        ("Q33", "text"),
        ("Q34", "long_text"),
        ("Q35", "matrix"),
        ("Q36", "repeat"),
    ] {
        let fields = [
            ("ny.id", id),
            ("ny.typ", kind),
            ("ny.sv", "Fråga"),
            ("ny.en", "Question"),
            ("ny.ar", "سؤال"),
            ("ny.svar.sv", "Ja\nNej"),
            ("ny.svar.en", "Yes\nNo"),
            ("ny.svar.ar", "نعم\nلا"),
            ("ny.rader.sv", "Dag\nKväll"),
            ("ny.rader.en", "Day\nNight"),
            ("ny.rader.ar", "نهار\nليل"),
        ];
        let page = press(&mut anna, part, &fields, "ny").await;
        assert_eq!(page.status, 303, "{id}: {}", page.text);
    }
    let questionnaire = load("b", &stored(&mut anna, "utkast").await).unwrap();
    for field in ["Q31", "Q32", "Q33", "Q34", "Q35.dag", "Q35.kvall", "Q36.1.P08", "Q36.2.P09"] {
        assert!(questionnaire.field(field).is_some(), "{field}");
    }
    assert_eq!(questionnaire.field("Q31").unwrap().options().last().unwrap().code, -9);
    let option = [("ny.id", "kanske"), ("ny.sv", "Kanske"), ("ny.en", "Maybe"), ("ny.ar", "ربما")];
    press(&mut anna, "utkast/fragor/fraga/Q31", &option, "ny").await.expect(303);
    let questionnaire = load("b", &stored(&mut anna, "utkast").await).unwrap();
    let options: Vec<_> =
        questionnaire.field("Q31").unwrap().options().iter().map(|o| (o.id.clone(), o.code)).collect();
    assert_eq!(options[2], ("kanske".to_owned(), 3));
    // A language that lacks its text is told; the question's first page has what was typed.
    let page = press(&mut anna, "utkast/fragor/fraga/Q31", &[("ny.id", "aldrig"), ("ny.sv", "Aldrig")], "ny").await;
    assert!(page.expect(422).text.contains(">\nAldrig</textarea>"));
    let gone = "bort parts.p7_atgarder.questions.Q31.options.kanske";
    press(&mut anna, "utkast/fragor/fraga/Q31", &[], gone).await.expect(303);
    press(&mut anna, part, &[], "bort parts.p7_atgarder.questions.Q31").await.expect(303);
    let part = [("ny.id", "sist"), ("ny.sv", "Sist"), ("ny.en", "Last"), ("ny.ar", "أخيرا"), ("ny.fraga", "Q34")];
    press(&mut anna, "utkast/fragor/redigera", &part, "ny").await.expect(303);
    let questionnaire = load("b", &stored(&mut anna, "utkast").await).unwrap();
    let last = questionnaire.parts.last().unwrap();
    assert_eq!((last.id.as_str(), last.questions[0].id.as_str()), ("sist", "Q34"));
    assert!(questionnaire.field("Q31").is_none());
    press(&mut anna, "utkast/fragor/redigera", &[], "upp parts.sist").await.expect(303);
    // Shared lists are edited once.
    let list = [("lists.trygg4.options.mycket_trygg.sv", "Helt trygg")];
    press(&mut anna, "utkast/fragor/lista/trygg4", &list, "").await.expect(303);
    let shared = [("options.vill_ej_svara.sv", "Vill inte säga")];
    press(&mut anna, "utkast/fragor/gemensamma/svar", &shared, "").await.expect(303);
    let text = stored(&mut anna, "utkast").await;
    let options = after(&text, "\noptions:").split("\nlists:").next().unwrap();
    assert!(text.contains("Helt trygg") && options.contains("Vill inte säga") && !options.contains("Vill inte svara"));
    for missing in ["fraga/Q99", "del/ingen", "lista/ingen", "gemensamma/annat", "okant/svar"] {
        anna.get(&format!("{LIST}/utkast/fragor/{missing}")).await.expect(404);
    }
}

#[tokio::test]
async fn who_is_late_finds_what_she_typed_beside_what_stands_there() {
    let sandbox = Sandbox::public();
    let service = sandbox.serve();
    let mut anna = draft(&sandbox, &service).await;
    let path = format!("{LIST}/utkast/fragor/fraga/Q05");
    let early = revision(&anna.get(&path).await.expect(200));
    let sv = format!("{Q05}.sv");
    press(&mut anna, "utkast/fragor/fraga/Q05", &[(&sv, "Den förstas text")], "").await.expect(303);
    let gone = format!("{Q05}.options.finns_inte.sv");
    let fields = [("revision", early.as_str()), (&sv, "Den andras text"), (&gone, "Borta")];
    let page = anna.post(&path, &fields).await.expect(409);
    assert!(page.text.contains("Den andras text</textarea>") && page.text.contains("Nu står det: Den förstas text"));
    assert!(page.text.contains(&format!("<dt>{gone}</dt><dd>Borta</dd>")));
    assert!(stored(&mut anna, "utkast").await.contains("Den förstas text"));
    // Told, she may decide that hers holds.
    let now = revision(&page);
    anna.post(&path, &[("revision", &now), (&sv, "Den andras text")]).await.expect(303);
    assert!(stored(&mut anna, "utkast").await.contains("Den andras text"));
    anna.post(&path, &[(&sv, "Utan")]).await.expect(400);
}

#[tokio::test]
async fn an_open_dialogue_is_corrected_in_its_texts_only() {
    let sandbox = Sandbox::public();
    let service = sandbox.serve();
    let (mut anna, ..) = sandbox.administrator(&service).await;
    let (sv, code) = (format!("{Q05}.options.buss.sv"), format!("{Q05}.options.buss.code"));
    let page = anna.get(&format!("{LIST}/vkod-2017/fragor/fraga/Q05")).await.expect(200).text;
    assert!(!page.contains("name=\"gor\"") && !page.contains("type=\"checkbox\"") && !page.contains(&code));
    press(&mut anna, "vkod-2017/fragor/fraga/Q05", &[(&sv, "Buss 474")], "").await.expect(303);
    assert!(Colleague::at(&service).get("/sv/enkat").await.expect(203).text.contains("Buss 474"));
    let detail = texts(
        &sandbox.open().dialogue,
        "SELECT detail AS text FROM audit_entry WHERE action = 'dialogue.texts_corrected'",
    );
    assert_eq!(detail.len(), 1);
    assert!(detail[0].contains("Buss 474"));
    let before = stored(&mut anna, "vkod-2017").await;
    let page = press(&mut anna, "vkod-2017/fragor/fraga/Q05", &[(&code, "44")], "").await;
    assert!(page.expect(409).text.contains("Det här är mer än texter"));
    let up = format!("upp {Q05}.options.buss");
    press(&mut anna, "vkod-2017/fragor/fraga/Q05", &[], &up).await.expect(409);
    assert_eq!(stored(&mut anna, "vkod-2017").await, before);
}

#[tokio::test]
async fn only_the_preview_may_be_framed_and_only_by_ourselves() {
    let sandbox = Sandbox::public();
    let service = sandbox.serve();
    let mut anna = draft(&sandbox, &service).await;
    let policy = |page: &Page| page.headers["content-security-policy"].to_str().unwrap().to_owned();
    let phone = anna.get(&format!("{LIST}/utkast/mobil/ar?bredd=320")).await.expect(200);
    assert!(policy(&phone).ends_with("frame-ancestors 'none'; frame-src 'self'"));
    assert!(phone.text.contains("class=\"phone narrow\"") && phone.text.contains("/visa/ar\" title="));
    let preview = anna.get(&format!("{LIST}/utkast/visa/ar")).await.expect(200);
    assert!(policy(&preview).contains("frame-ancestors 'self'") && !policy(&preview).contains("frame-src"));
    assert_eq!(preview.headers["x-frame-options"], "SAMEORIGIN");
    let survey = Colleague::at(&service).get("/sv/enkat").await;
    for page in [anna.get(&format!("{LIST}/utkast/fragor/redigera")).await, survey] {
        assert!(policy(&page).contains("frame-ancestors 'none'"), "{}", policy(&page));
        assert_eq!(page.headers["x-frame-options"], "DENY");
    }
    anna.get(&format!("{LIST}/utkast/mobil/xx")).await.expect(404);
}
