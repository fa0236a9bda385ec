//! What administrators do to accounts.

use trygghetsdialog::staff::role::Role;

use crate::support::colleague::{Colleague, PASSWORD, path_in};
use crate::support::resident::texts;
use crate::support::service::Sandbox;

/// The id in the address of an account's page.
fn id(location: &str) -> String {
    location.split('/').next_back().and_then(|last| last.split('?').next()).expect("an id").to_owned()
}

#[tokio::test]
async fn someone_is_invited_changed_and_let_go() {
    let sandbox = Sandbox::public();
    let service = sandbox.serve();
    let (mut anna, ..) = sandbox.administrator(&service).await;
    // Invited, with two roles; the mail has a link for the public address.
    let invite = "/personal/medarbetare/bjud-in";
    let nothing = anna.post(invite, &[("mail", "eva")]).await.expect(422);
    assert!(nothing.text.contains("href=\"#mail\"") && nothing.text.contains("href=\"#role\""));
    let form = [("mail", "Eva@Exempel.se"), ("role", "analyst"), ("role", "secretary")];
    let page = anna.post(invite, &form).await.expect(303);
    let eva_page = format!("/personal/medarbetare/{}", id(&page.location));
    assert!(anna.post(invite, &form).await.expect(422).text.contains("redan ett konto"));
    let mail = sandbox.mail(0).await;
    assert!(mail.contains("https://dialog.exempel.se/personal/valkommen/") && mail.contains("To: eva@exempel.se"));
    // Sent once more, the first link is void.
    let first = path_in(&mail, "/personal/valkommen/");
    anna.post(&format!("{eva_page}/inbjudan"), &[]).await.expect(303);
    let second = path_in(&sandbox.mail(1).await, "/personal/valkommen/");
    let mut eva = Colleague::at(&service);
    eva.get(&first).await.expect(410);
    let (app, _) = eva.accept(&second, &[("name", "Eva Öst")]).await;
    let start = eva.get("/personal").await.expect(200);
    assert!(start.text.contains("Analytiker") && start.text.contains("sekreterare"));

    // Roles change from the next request on.
    eva.get("/personal/logg").await.expect(403);
    anna.post(&format!("{eva_page}/roller"), &[("role", "administrator")]).await.expect(303);
    eva.get("/personal/logg").await.expect(200);
    anna.post(&format!("{eva_page}/roller"), &[("role", "boss")]).await.expect(400);

    // The second factor is reset after a question; the session ends, the old app is worth nothing.
    assert!(anna.get(&format!("{eva_page}/andra-steg")).await.expect(200).text.contains("Eva Öst"));
    anna.post(&format!("{eva_page}/andra-steg"), &[]).await.expect(303);
    eva.get("/personal").await.expect(303);
    let link = path_in(&sandbox.mail(2).await, "/personal/valkommen/");
    let page = eva.get(&link).await.expect(200);
    assert!(page.text.contains("Eva Öst"), "her name is there already");
    let form = [("name", "Eva Öst"), ("password", PASSWORD), ("code", &*app.code())];
    eva.post(&link, &form).await.expect(422);
    let (_, codes) = eva.accept(&link, &[("name", "Eva Öst")]).await;
    eva.get("/personal").await.expect(200);
    assert!(!codes.is_empty());

    // Let go, and taken back.
    anna.post(&format!("{eva_page}/sessioner"), &[]).await.expect(303);
    eva.get("/personal").await.expect(303);
    anna.get(&format!("{eva_page}/avsluta")).await.expect(200);
    anna.post(&format!("{eva_page}/avsluta"), &[]).await.expect(303);
    let password = [("mail", "eva@exempel.se"), ("password", PASSWORD)];
    eva.post("/personal/logga-in", &password).await.expect(422);
    anna.post(&format!("{eva_page}/avsluta"), &[]).await.expect(422);
    anna.post(&format!("{eva_page}/aktivera"), &[]).await.expect(303);
    let link = path_in(&sandbox.mail(3).await, "/personal/valkommen/");
    eva.accept(&link, &[("name", "Eva Öst")]).await;
    eva.get("/personal").await.expect(200);
    assert_eq!(
        texts(
            &sandbox.open().dialogue,
            "SELECT DISTINCT action AS text FROM audit_entry WHERE object_kind = 'account'"
        )
        .len(),
        8,
        "invited, link made, set up, roles, sessions ended, factor reset, deactivated and reactivated"
    );
}

#[tokio::test]
async fn the_last_administrator_stays_one() {
    let sandbox = Sandbox::public();
    let service = sandbox.serve();
    let (mut anna, ..) = sandbox.administrator(&service).await;
    let list = anna.get("/personal/medarbetare").await.expect(200).text;
    let links = list.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let address =
        links.filter(|link| link.starts_with("/personal/medarbetare/")).find(|link| !link.contains("bjud-in"));
    let address = address.expect("a link to her account");
    for (act, form) in [("roller", vec![("role", "analyst")]), ("roller", vec![]), ("avsluta", vec![])] {
        let page = anna.post(&format!("{address}/{act}"), &form).await.expect(422);
        assert!(page.text.contains("minst en administratör"), "{act}");
    }
    anna.get("/personal/logg").await.expect(200);
    // An administrator who was invited but has not come counts for nothing; one who has come does.
    let path = sandbox.invitation("bo@exempel.se", &[Role::Administrator.word()]);
    anna.post(&format!("{address}/avsluta"), &[]).await.expect(422);
    Colleague::at(&service).accept(&path, &[("name", "Bo")]).await;
    anna.post(&format!("{address}/roller"), &[("role", "analyst")]).await.expect(303);
    anna.get("/personal/logg").await.expect(403);
}

#[tokio::test]
async fn someone_looks_after_her_own_account() {
    let sandbox = Sandbox::public();
    let service = sandbox.serve();
    let (mut anna, app, old) = sandbox.administrator(&service).await;
    let mut phone = Colleague::at(&service);
    phone.sign_in("anna@exempel.se", &app).await.expect(303);
    let page = anna.get("/personal/konto").await.expect(200);
    assert!(page.text.contains("10 reservkoder kvar"));
    let session = page.text.split("/personal/konto/sessioner/").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    anna.post(&format!("/personal/konto/sessioner/{session}"), &[]).await.expect(303);
    phone.get("/personal").await.expect(303);

    // New recovery codes, for who knows the password: the old ones are void.
    anna.post("/personal/konto/reservkoder", &[("current", "fel")]).await.expect(422);
    let page = anna.post("/personal/konto/reservkoder", &[("current", PASSWORD)]).await.expect(200);
    let new = page.text.split("<code>").nth(1).and_then(|rest| rest.split("</code>").next()).unwrap().to_owned();
    phone.post("/personal/logga-in", &[("mail", "anna@exempel.se"), ("password", PASSWORD)]).await.expect(303);
    phone.post("/personal/logga-in/reservkod", &[("code", &old[0])]).await.expect(422);
    phone.post("/personal/logga-in/reservkod", &[("code", &new)]).await.expect(303);

    // Another password: other browsers are signed out, and a mail tells.
    let form = [("current", "fel lösenord"), ("password", "ett helt nytt ordspråk")];
    assert!(anna.post("/personal/konto/losenord", &form).await.expect(422).text.contains("href=\"#current\""));
    let form = [("current", PASSWORD), ("password", "ett helt nytt ordspråk")];
    anna.post("/personal/konto/losenord", &form).await.expect(303);
    phone.get("/personal").await.expect(303);
    anna.get("/personal").await.expect(200);
    assert!(sandbox.mail(0).await.contains("lösenordet till ditt konto är ändrat"));
    // A session that was left open is no way to find out the password.
    for _ in 0..10 {
        anna.post("/personal/konto/losenord", &[("current", "fel")]).await.expect(422);
    }
    anna.post("/personal/konto/losenord", &[("current", "fel")]).await.expect(429);
}

#[tokio::test]
async fn the_command_line_invites_and_lets_in_again() {
    let sandbox = Sandbox::public();
    let service = sandbox.serve();
    let (.., codes) = sandbox.administrator(&service).await;
    assert_eq!(codes.len(), 10);
    let refused = |arguments: &[&str]| {
        let output = sandbox.run(arguments);
        assert!(!output.status.success(), "{output:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(refused(&["staff", "add", "bo@exempel.se", "--role", "boss"]).contains("comment_reader"));
    assert!(refused(&["staff", "add", "bo", "--role", "analyst"]).contains("mail address"));
    assert!(refused(&["staff", "add", "anna@exempel.se", "--role", "analyst"]).contains("staff link"));
    assert!(refused(&["staff", "link", "ingen@exempel.se"]).contains("no account"));
    let path = sandbox.invitation("bo@exempel.se", &["analyst", "coordinator"]);
    assert!(sandbox.mail(0).await.contains("To: bo@exempel.se"));
    Colleague::at(&service).accept(&path, &[("name", "Bo")]).await;
    // The only administrator has lost phone and codes.
    let output = sandbox.run(&["staff", "link", "anna@exempel.se"]);
    let path = path_in(&String::from_utf8(output.stdout).unwrap(), "/personal/valkommen/");
    let mut anna = Colleague::at(&service);
    anna.accept(&path, &[("name", "Anna")]).await;
    anna.get("/personal/logg").await.expect(200);
}
