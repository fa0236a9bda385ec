//! Invitations, passwords, codes, sessions: who gets in, and who does not.

use crate::support::colleague::{Colleague, PASSWORD, PUBLIC_URL, path_in};
use crate::support::resident::{run, texts};
use crate::support::service::Sandbox;

#[tokio::test]
async fn the_first_start_prints_a_link_that_makes_one_administrator() {
    let sandbox = Sandbox::public();
    let mut service = sandbox.serve();
    let path = path_in(&service.greeting(), "/personal/valkommen/");
    let (mut anna, app, _) = sandbox.administrator(&service).await;
    assert!(anna.get("/personal").await.expect(200).text.contains("Anna Administratör"));

    // The link is used up, and a look at it tells so.
    Colleague::at(&service).get(&path).await.expect(410);
    assert!(service.terminate().success());
    let again = sandbox.serve();
    assert!(!again.greeting().contains("/personal/valkommen/"), "{}", again.greeting());
    assert!(again.greeting().contains(&format!("{PUBLIC_URL}/personal")));
    // The session outlives a restart.
    anna.moved_to(&again).get("/personal").await.expect(200);
    drop(app);
}

#[tokio::test]
async fn a_first_link_that_was_not_used_is_void_after_another_start() {
    let sandbox = Sandbox::public();
    let mut first = sandbox.serve();
    let path = path_in(&first.greeting(), "/personal/valkommen/");
    Colleague::at(&first).get(&path).await.expect(200);
    assert!(first.terminate().success());
    let second = sandbox.serve();
    Colleague::at(&second).get(&path).await.expect(410);
    Colleague::at(&second).get(&path_in(&second.greeting(), "/personal/valkommen/")).await.expect(200);
}

#[tokio::test]
async fn signing_in_takes_password_and_code_and_each_code_works_once() {
    let sandbox = Sandbox::public();
    let service = sandbox.serve();
    let (mut anna, app, codes) = sandbox.administrator(&service).await;
    anna.post("/personal/logga-ut", &[]).await.expect(303);
    assert_eq!(anna.get("/personal").await.expect(303).location, "/personal/logga-in");
    assert!(!anna.cookies.contains_key("__Host-personal"));

    // The password alone is not enough, and does not get past the code's page.
    let password = [("mail", "Anna@Exempel.se "), ("password", PASSWORD), ("till", "/personal/konto?a=1")];
    let page = anna.post("/personal/logga-in", &password).await.expect(303);
    assert_eq!(page.location, "/personal/logga-in/kod?till=%2Fpersonal%2Fkonto%3Fa%3D1");
    anna.get("/personal").await.expect(303);
    // The code that set up the account was used: it is not taken again. The next one is.
    let code = "/personal/logga-in/kod";
    anna.post(code, &[("code", &app.code_at(-1))]).await.expect(422);
    let next = app.code_at(1);
    let waiting = anna.clone();
    let page = anna.post(code, &[("code", &next), ("till", "/personal/konto?a=1")]).await.expect(303);
    assert_eq!(page.location, "/personal/konto?a=1");
    anna.get("/personal").await.expect(200);
    // Whoever read the code over her shoulder, with the same waiting sign-in or a new one, gets nowhere.
    let mut thief = waiting;
    assert_eq!(thief.post(code, &[("code", &next)]).await.expect(303).location, "/personal/logga-in");
    thief.post("/personal/logga-in", &password).await.expect(303);
    thief.post(code, &[("code", &next)]).await.expect(422);

    // A recovery code instead, once.
    let mut lost = Colleague::at(&service);
    lost.post("/personal/logga-in", &password).await.expect(303);
    let recovery = "/personal/logga-in/reservkod";
    lost.post(recovery, &[("code", "abcd-abcd-abcd-abcd")]).await.expect(422);
    lost.post(recovery, &[("code", &codes[3].to_uppercase())]).await.expect(303);
    lost.get("/personal").await.expect(200);
    let mut again = Colleague::at(&service);
    again.post("/personal/logga-in", &password).await.expect(303);
    again.post(recovery, &[("code", &codes[3])]).await.expect(422);
}

#[tokio::test]
async fn cookies_are_held_to_this_host_and_residents_get_none() {
    let sandbox = Sandbox::public();
    let service = sandbox.serve();
    let (anna, ..) = sandbox.administrator(&service).await;
    assert_eq!(anna.set_cookies.len(), 2);
    for set in &anna.set_cookies {
        assert!(set.starts_with("__Host-"), "{set}");
        for attribute in ["; HttpOnly", "; SameSite=Strict", "; Secure", "; Path=/"] {
            assert!(set.contains(attribute), "{attribute} in {set}");
        }
    }
    let mut resident = anna.clone();
    resident.set_cookies.clear();
    for path in ["/sv", "/sv/enkat", "/sv/tack", "/ut", "/healthz", "/personal/logga-in"] {
        resident.get(path).await;
    }
    assert!(resident.set_cookies.is_empty(), "{:?}", resident.set_cookies);
}

#[tokio::test]
async fn what_is_wrong_is_told_alike_and_what_was_typed_stays() {
    let sandbox = Sandbox::public();
    let service = sandbox.serve();
    sandbox.administrator(&service).await;
    let mut someone = Colleague::at(&service);
    let mut answers = Vec::new();
    for mail in ["anna@exempel.se", "ingen@exempel.se"] {
        let page =
            someone.post("/personal/logga-in", &[("mail", mail), ("password", "fel lösenord")]).await.expect(422);
        assert!(page.text.contains(mail) && !page.text.contains("fel lösenord"));
        answers.push(page.text.replace(mail, "…"));
        let asked = someone.post("/personal/glomt-losenord", &[("mail", mail)]).await.expect(200);
        answers.push(asked.text);
    }
    assert_eq!(answers[0], answers[2], "an unknown address is told from a wrong password");
    assert_eq!(answers[1], answers[3], "an unknown address gets another answer");
    let page = someone.post("/personal/logga-in", &[("mail", "anna"), ("password", "x")]).await.expect(422);
    assert!(page.text.contains("href=\"#mail\"") && page.text.contains("aria-describedby=\"mail-fault\""));
    // Only the address that has an account got a mail.
    sandbox.mail(0).await;
    assert_eq!(sandbox.mails().len(), 1);
}

#[tokio::test]
async fn a_forgotten_password_is_reset_by_mail_once() {
    let sandbox = Sandbox::public();
    let service = sandbox.serve();
    let (mut anna, app, _) = sandbox.administrator(&service).await;
    let mut browser = Colleague::at(&service);
    browser.post("/personal/glomt-losenord", &[("mail", "anna@exempel.se")]).await.expect(200);
    let mail = sandbox.mail(0).await;
    assert!(mail.contains("To: anna@exempel.se") && mail.contains("Subject: "), "{mail}");
    let path = path_in(&mail, "/personal/nytt-losenord/");
    // Programs that look through mails follow links: looking uses nothing up.
    for _ in 0..3 {
        browser.get(&path).await.expect(200);
    }
    for (bad, says) in [("kort", "längre"), ("anna exempel", "svårare"), (&*"x".repeat(201), "kortare")] {
        assert!(browser.post(&path, &[("password", bad)]).await.expect(422).text.contains(says), "{bad}");
    }
    let new = "ett helt nytt ordspråk";
    assert_eq!(
        browser.post(&path, &[("password", new)]).await.expect(303).location,
        "/personal/logga-in?klart=losenord"
    );
    browser.post(&path, &[("password", new)]).await.expect(410);
    // Every session is over, the old password too, and the account is told.
    anna.get("/personal").await.expect(303);
    browser.post("/personal/logga-in", &[("mail", "anna@exempel.se"), ("password", PASSWORD)]).await.expect(422);
    browser.post("/personal/logga-in", &[("mail", "anna@exempel.se"), ("password", new)]).await.expect(303);
    browser.post("/personal/logga-in/kod", &[("code", &app.code_at(1))]).await.expect(303);
    assert!(sandbox.mail(1).await.contains("lösenordet till ditt konto är ändrat"));
    // A link that is an hour old is void.
    browser.post("/personal/glomt-losenord", &[("mail", "anna@exempel.se")]).await.expect(200);
    let path = path_in(&sandbox.mail(2).await, "/personal/nytt-losenord/");
    run(&sandbox.open().dialogue, "UPDATE staff_link SET expires_at = expires_at - 3600");
    browser.get(&path).await.expect(410);
    browser.post(&path, &[("password", "ännu ett ordspråk till")]).await.expect(410);
}

#[tokio::test]
async fn sessions_end_by_themselves_and_from_elsewhere() {
    let sandbox = Sandbox::public();
    let service = sandbox.serve();
    let (mut anna, ..) = sandbox.administrator(&service).await;
    let pool = sandbox.open().dialogue;
    run(&pool, "UPDATE staff_session SET seen_at = seen_at - 1790");
    anna.get("/personal").await.expect(200);
    // The look was noted: 30 minutes begin anew.
    run(&pool, "UPDATE staff_session SET seen_at = seen_at - 1790");
    anna.get("/personal").await.expect(200);
    run(&pool, "UPDATE staff_session SET seen_at = seen_at - 1801");
    let page = anna.get("/personal?sida=2").await.expect(303);
    assert_eq!(page.location, "/personal/logga-in?till=%2Fpersonal%3Fsida%3D2");
    run(&pool, "UPDATE staff_session SET seen_at = seen_at + 1801, opened_at = opened_at - 43201");
    anna.get("/personal").await.expect(303);
    run(&pool, "UPDATE staff_session SET opened_at = opened_at + 43201");
    anna.get("/personal").await.expect(200);
    run(&pool, "UPDATE staff_account SET state = 'inactive'");
    anna.get("/personal").await.expect(303);
}

#[tokio::test]
async fn a_form_of_another_site_is_refused() {
    let sandbox = Sandbox::public();
    let service = sandbox.serve();
    let (mut anna, ..) = sandbox.administrator(&service).await;
    for site in ["cross-site", "same-site"] {
        anna.post_from(site, "/personal/logga-ut", &[]).await.expect(403);
        let password = [("mail", "anna@exempel.se"), ("password", PASSWORD)];
        anna.post_from(site, "/personal/logga-in", &password).await.expect(403);
    }
    anna.get("/personal").await.expect(200);
}

#[tokio::test]
async fn a_demo_goes_without_codes_and_nothing_else_does() {
    let demo = Sandbox::new();
    let mut service = demo.serve();
    let path = path_in(&service.greeting(), "/personal/valkommen/");
    let mut anna = Colleague::at(&service);
    assert!(anna.get(&path).await.expect(200).text.contains("provdrift"));
    let fields = [("mail", "anna@exempel.se"), ("name", "Anna"), ("password", PASSWORD)];
    anna.post(&path, &fields).await.expect(303);
    anna.get("/personal").await.expect(200);
    assert!(anna.cookies.contains_key("personal"));
    anna.post("/personal/logga-ut", &[]).await.expect(303);
    anna.post("/personal/logga-in", &fields).await.expect(303);
    anna.get("/personal").await.expect(200);
    assert!(service.terminate().success());

    // The same database under a public address: a mail has the link to set up codes, the password alone nothing.
    let public = demo.setting("TRYGGHET_PUBLIC_URL", PUBLIC_URL);
    let service = public.serve();
    let mut anna = Colleague::at(&service);
    let page = anna.post("/personal/logga-in", &fields).await.expect(200);
    assert!(page.text.contains("Läs din e-post"), "{}", page.text);
    anna.get("/personal").await.expect(303);
    let path = path_in(&public.mail(0).await, "/personal/valkommen/");
    anna.post(&path, &fields).await.expect(422);
    anna.accept(&path, &[("name", "Anna")]).await;
    anna.get("/personal").await.expect(200);
}

#[tokio::test]
async fn passwords_never_travel_in_clear() {
    for public_url in ["http://dialog.exempel.se", "http://127.0.0.1"] {
        let sandbox = Sandbox::new().setting("TRYGGHET_PUBLIC_URL", public_url);
        let service = sandbox.serve();
        assert!(service.greeting().contains("public_url"), "{}", service.greeting());
        let mut someone = Colleague::at(&service);
        for path in ["/personal", "/personal/logga-in", "/personal/valkommen/x"] {
            assert!(someone.get(path).await.expect(503).text.contains("https://"));
        }
        someone.post("/personal/logga-in", &[("mail", "anna@exempel.se"), ("password", "x")]).await.expect(503);
        // Residents are not concerned.
        someone.get("/sv/enkat").await.expect(203);
    }
}

#[tokio::test]
async fn a_hash_of_yesterdays_strength_is_made_anew_at_sign_in() {
    use argon2::password_hash::PasswordHasher;
    use argon2::{Algorithm, Argon2, Params, Version};

    let sandbox = Sandbox::public();
    let service = sandbox.serve();
    sandbox.administrator(&service).await;
    let yesterday = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8 * 1024, 1, 1, None).unwrap());
    let weak = yesterday.hash_password_with_salt(PASSWORD.as_bytes(), &[7; 16]).unwrap();
    let pool = sandbox.open().dialogue;
    run(&pool, &format!("UPDATE staff_account SET password = '{weak}'"));
    let stored = || texts(&pool, "SELECT password AS text FROM staff_account").remove(0);
    let mut anna = Colleague::at(&service);
    anna.post("/personal/logga-in", &[("mail", "anna@exempel.se"), ("password", "fel")]).await.expect(422);
    assert_eq!(stored(), weak.to_string());
    let right = [("mail", "anna@exempel.se"), ("password", PASSWORD)];
    anna.post("/personal/logga-in", &right).await.expect(303);
    assert!(stored().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", stored());
    anna.post("/personal/logga-in", &right).await.expect(303);
}
