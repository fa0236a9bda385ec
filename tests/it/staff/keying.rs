//! Paper answers, keyed in by several people through the real service.

use trygghetsdialog::administration::keying::end_abandoned;
use trygghetsdialog::clock::{Clock, SystemClock};
use trygghetsdialog::db::Pool;
use trygghetsdialog::survey::dialogue;

use super::dialogues::LIST;
use crate::support::colleague::{Colleague, Page};
use crate::support::resident::{receipt, run, texts};
use crate::support::service::Sandbox;

const FORM: &str = "/personal/dialoger/vkod-2017/inmatning";

/// A paper form that may be stored, with `more`.
async fn key(who: &mut Colleague, more: &[(&str, &str)]) -> Page {
    let page = who.get(FORM).await.expect(200);
    let fields = [("kvitto", receipt(&page.text)), ("X01", "1"), ("X02", "1"), ("X03", "4")];
    let fields: Vec<_> = fields.into_iter().filter(|(name, _)| more.iter().all(|(other, _)| other != name)).collect();
    who.post(FORM, &[&fields[..], more].concat()).await
}

fn letters(database: &Pool) -> u64 {
    let conn = &mut database.get().unwrap();
    let dialogue = dialogue::find(conn, "vkod-2017").unwrap().unwrap();
    dialogue::counts(conn, dialogue.id).unwrap().letters
}

/// What the log says of sittings: who, and what else.
fn logged(database: &Pool) -> Vec<String> {
    texts(
        database,
        "SELECT detail || ' ' || object AS text FROM audit_entry WHERE action = 'dialogue.paper_keyed' ORDER BY number",
    )
}

#[tokio::test]
async fn two_keyers_save_take_back_and_end_and_the_log_has_a_line_each() {
    let sandbox = Sandbox::public();
    let service = sandbox.serve();
    let (mut anna, ..) = sandbox.administrator(&service).await;
    let mut siv = Colleague::at(&service);
    siv.accept(&sandbox.invitation("siv@exempel.se", &["coordinator"]), &[("name", "Siv Samordnare")]).await;
    let database = sandbox.open().dialogue;

    // From the navigation to the form: a coordinator reads no other page of a dialogue.
    let list = siv.get("/personal/inmatning").await.expect(200);
    assert!(list.text.contains(&format!("href=\"{FORM}\"")));
    siv.get(&format!("{LIST}/vkod-2017")).await.expect(403);
    assert!(anna.get(&format!("{LIST}/vkod-2017")).await.text.contains(&format!("href=\"{FORM}\"")));
    assert!(siv.get(FORM).await.expect(200).text.contains("Börja mata in"));
    for who in [&mut anna, &mut siv] {
        who.post(&format!("{FORM}/borja"), &[]).await.expect(303);
        let page = who.get(FORM).await.expect(200);
        assert!(page.text.contains("autofocus") && !page.text.contains("/angra"));
        assert_eq!(page.text.matches("autofocus").count(), 1);
    }

    let saved = key(&mut anna, &[("Q06", "2")]).await.expect(303);
    let page = anna.get(&saved.location).await.expect(200);
    assert!(page.text.contains("Enkäten är sparad") && page.text.contains("/angra"));
    key(&mut siv, &[]).await.expect(303);
    assert_eq!(letters(&database), 0);
    key(&mut anna, &[]).await.expect(303);
    assert_eq!(letters(&database), 1);
    let back = anna.post(&format!("{FORM}/angra"), &[]).await.expect(303);
    assert!(anna.get(&back.location).await.text.contains("Den senaste enkäten är borttagen"));
    let none = anna.post(&format!("{FORM}/angra"), &[]).await.expect(303);
    assert!(anna.get(&none.location).await.text.contains("ingen enkät att ta tillbaka"));
    assert_eq!(logged(&database), Vec::<String>::new());
    let end = anna.post(&format!("{FORM}/avsluta"), &[]).await.expect(303);
    assert!(anna.get(&end.location).await.text.contains("Inmatningen är avslutad"));
    assert_eq!(letters(&database), 1);
    siv.post(&format!("{FORM}/avsluta"), &[]).await.expect(303);
    assert_eq!(letters(&database), 2);
    // A line a sitting; no numbers in it.
    assert_eq!(logged(&database), ["{} vkod-2017", "{} vkod-2017"]);
    // Ending what has ended says and logs nothing more.
    siv.post(&format!("{FORM}/avsluta"), &[]).await.expect(303);
    assert_eq!(logged(&database).len(), 2);
}

#[tokio::test]
async fn what_is_wrong_is_told_at_the_field_and_nothing_typed_is_lost() {
    let sandbox = Sandbox::public();
    let service = sandbox.serve();
    let (mut anna, ..) = sandbox.administrator(&service).await;
    let database = sandbox.open().dialogue;
    anna.post(&format!("{FORM}/borja"), &[]).await.expect(303);
    let typed = [("X01", ""), ("X03", "4 5"), ("Q06", "77"), ("Q22", "Mörkt <vid> bron")];
    let page = key(&mut anna, &typed).await.expect(422).text;
    for field in ["X01", "X03", "Q06"] {
        assert!(
            page.contains(&format!("href=\"#{field}\"")) && page.contains(&format!("id=\"{field}-fel\"")),
            "{field}"
        );
    }
    assert!(page.contains("value=\"4 5\"") && page.contains("value=\"77\"") && !page.contains("autofocus"));
    assert!(page.contains("Mörkt &#60;vid&#62; bron"), "{page}");
    assert!(page.contains("Utan svar på den här frågan"));
    // A form for whom the survey is not says so, and is not stored.
    let outside = key(&mut anna, &[("X01", "3")]).await.expect(422).text;
    assert!(outside.contains("gäller den här personen") && outside.contains("value=\"3\""));

    // The same form twice, as after an impatient reload.
    let page = anna.get(FORM).await.expect(200);
    let form = [("kvitto", receipt(&page.text)), ("X01", "1"), ("X02", "1"), ("X03", "4")];
    assert_eq!(anna.post(FORM, &form).await.expect(303).location, format!("{FORM}?nyss=sparad"));
    let again = anna.post(FORM, &form).await.expect(303);
    assert!(anna.get(&again.location).await.text.contains("redan skickad"));

    // Closed meanwhile: told, with what she typed.
    run(&database, "UPDATE dialogue SET state = 'closing', closed_at = opened_at - 7200");
    let page = anna.post(FORM, &[("X01", "1"), ("X02", "1"), ("X03", "4"), ("Q22", "Kvar")]).await.expect(409).text;
    assert!(page.contains("tar inte emot svar") && page.contains("Kvar"));
    assert!(anna.get(FORM).await.expect(200).text.contains("tar inte emot svar"));
    assert!(anna.get("/personal/inmatning").await.expect(200).text.contains("personal"));
}

/// Whoever goes away has her latest form handed in, and her sitting in the log; whoever is there keeps hers. All of it
/// outlives a restart.
#[tokio::test]
async fn a_sitting_that_was_left_is_ended_by_the_service() {
    let sandbox = Sandbox::public();
    let mut service = sandbox.serve();
    let (mut anna, ..) = sandbox.administrator(&service).await;
    let database = sandbox.open().dialogue;
    key_after_begin(&mut anna).await;
    service.kill();
    service = sandbox.serve();
    let mut anna = anna.moved_to(&service);
    assert!(anna.get(FORM).await.expect(200).text.contains("/angra"));
    end_abandoned(&mut database.get().unwrap(), SystemClock.now()).unwrap();
    assert_eq!((letters(&database), logged(&database).len()), (0, 0));
    run(&database, "UPDATE staff_session SET seen_at = seen_at - 1860");
    end_abandoned(&mut database.get().unwrap(), SystemClock.now()).unwrap();
    assert_eq!((letters(&database), logged(&database).len()), (1, 1));
}

async fn key_after_begin(who: &mut Colleague) {
    who.post(&format!("{FORM}/borja"), &[]).await.expect(303);
    key(who, &[]).await.expect(303);
}
