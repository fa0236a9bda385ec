//! Staff's pages over dialogues in Chromium: every page, in every state that differs, for everyone.

use thirtyfour::Key;

use super::inspector::Inspector;
use super::staff::{VIEWS, posts, sign_in_as};
use crate::support::resident::{client, form as filled, hand_in, run};
use crate::support::service::Sandbox;

const LIST: &str = "/personal/dialoger";

const KEYING: &str = "/personal/dialoger/vkod-2017/inmatning";

/// A keyer's sitting, by keyboard alone, from the empty form to the end.
async fn keys_in(inspector: &mut Inspector, form: &str) {
    posts(inspector, &format!("{KEYING}/borja"), &[]).await;
    inspector.goto(form).await;
    inspector.inspect("the empty form to key in").await;
    // The cursor stands in the first field, and again after saving.
    inspector.resident.keys(format!("1{tab}1{tab}4{enter}", tab = Key::Tab.value(), enter = Key::Enter.value())).await;
    inspector.resident.arrives_at(&format!("{form}?nyss=sparad")).await;
    assert_eq!(inspector.resident.run::<String>("return document.activeElement.name", vec![]).await, "X01");
    inspector.inspect("a form that was saved").await;
    posts(inspector, KEYING, &[("X01", "3"), ("X02", "1"), ("X03", "4")]).await;
    inspector.inspect("a form that is not for her").await;
    posts(inspector, KEYING, &[("X01", "77"), ("X03", "4 5"), ("Q22", "Mörkt vid bron")]).await;
    inspector.inspect("a keyed form with faults").await;
    posts(inspector, &format!("{KEYING}/angra"), &[]).await;
    inspector.inspect("a form that was taken back").await;
    posts(inspector, &format!("{KEYING}/avsluta"), &[]).await;
    inspector.inspect("a sitting that has ended").await;
}

#[tokio::test]
async fn every_page_over_dialogues_is_for_everyone() {
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    let Some(mut inspector) = Inspector::arrive().await else { return };
    let (mut anna, ..) = sandbox.administrator(&service).await;
    for name in ["utkast", "arkiv", "gallrad"] {
        anna.post(&format!("{LIST}/ny"), &[("namn", name), ("fran", "vkod-2017.yaml")]).await.expect(303);
    }
    let database = sandbox.open().dialogue;
    run(
        &database,
        "UPDATE dialogue SET state = 'archived', opened_at = 1, closed_at = 2 WHERE slug <> 'vkod-2017' AND slug <> 'utkast'",
    );
    let form = anna.get(&format!("{LIST}/utkast/tillganglighet/ny")).await.expect(200);
    let revision = form.text.split("name=\"revision\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let text = "# Rubrik\nEtt stycke med en [länk](https://www.varmdo.se/)\n- en punkt";
    let fields = [("revision", revision), ("sv", text), ("ar", "نص")];
    anna.post(&format!("{LIST}/utkast/tillganglighet/ny"), &fields).await.expect(303);
    // The open dialogue: a notice that lacks languages, and an older version of it.
    for text in ["# Ett\nStycke", "# Två\n- en punkt\n- en [länk](https://www.varmdo.se/)"] {
        let path = format!("{LIST}/vkod-2017/integritet/ny");
        let form = anna.get(&path).await.expect(200);
        let revision = form.text.split("name=\"revision\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        anna.post(&path, &[("revision", revision), ("sv", text)]).await.expect(303);
    }
    // A mixed week, for the figures.
    for _ in 0..20 {
        hand_in(&client(), &service.url("/sv/vkod-2017/enkat"), filled(&[])).await;
    }
    sandbox.let_weeks_pass();
    sandbox.mix();
    let figures = anna.get(&format!("{LIST}/vkod-2017/uppfoljning")).await.expect(200).text;
    assert!(figures.contains("2019-W11") && figures.contains("Webben 20"), "{figures}");
    for view in VIEWS {
        inspector.look_as(view).await;
        sign_in_as(&inspector, &service, &anna).await;
        for path in [
            "",
            "/ny",
            "/utkast",
            "/utkast/kontroll",
            "/utkast/kontroll?svarsandel=0,5",
            "/utkast/kontroll?svarsandel=fel",
            "/utkast/fragor",
            "/utkast/andra",
            "/utkast/granska",
            "/utkast/texter",
            "/utkast/integritet",
            "/utkast/integritet/ny",
            "/utkast/tillganglighet",
            "/utkast/tillganglighet/1",
            "/vkod-2017",
            "/vkod-2017/fragor",
            "/vkod-2017/papper",
            "/vkod-2017/uppfoljning",
            "/vkod-2017/inmatning",
            "/vkod-2017/andra",
            "/vkod-2017/integritet",
            "/vkod-2017/integritet/2",
            "/vkod-2017/pausa",
            "/vkod-2017/stang",
            "/arkiv",
            "/arkiv/fragor",
            "/arkiv/gallra",
            "/arkiv/integritet",
        ] {
            inspector.goto(&service.url(&format!("{LIST}{path}"))).await;
            inspector.inspect(path).await;
        }
        inspector.goto(&service.url("/personal/inmatning")).await;
        inspector.inspect("where to key in").await;
        keys_in(&mut inspector, &service.url(KEYING)).await;
        for path in ["/sv/integritet", "/ar/vkod-2017/integritet", "/sv/vkod-2017/integritet/1"] {
            inspector.goto(&service.url(path)).await;
            inspector.inspect(path).await;
        }
        inspector.goto(&service.url(LIST)).await;
        posts(&inspector, &format!("{LIST}/ny"), &[("namn", "Å"), ("fran", "vkod-2017.yaml")]).await;
        inspector.inspect("a name with a fault").await;
        posts(&inspector, &format!("{LIST}/utkast/oppna"), &[("revision", "0")]).await;
        inspector.inspect("a step that is not possible").await;
        posts(&inspector, &format!("{LIST}/utkast/texter"), &[("revision", "0"), ("epost", "a"), ("telefon", "b")])
            .await;
        inspector.inspect("a contact that is none").await;
        posts(&inspector, &format!("{LIST}/utkast/integritet/ny"), &[("revision", "0"), ("sv", ""), ("en", "A")]).await;
        inspector.inspect("a notice without Swedish").await;
        posts(&inspector, &format!("{LIST}/utkast/texter"), &[("revision", "0"), ("epost", ""), ("telefon", "")]).await;
        inspector.inspect("a contact that comes late").await;
        posts(&inspector, &format!("{LIST}/utkast/andra"), &[("revision", "0"), ("sista_dag", "igår")]).await;
        inspector.inspect("a day that is none").await;
    }
    inspector.report();
}
