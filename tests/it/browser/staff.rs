//! Staff in Chromium: signing in by keyboard alone, and every page for everyone.

use thirtyfour::{By, Key};

use super::inspector::Inspector;
use super::journey::{DESKTOP, PHONE, Resident};
use crate::support::browser::{Browser, Scripts};
use crate::support::colleague::{App, Colleague, PASSWORD, path_in};
use crate::support::service::{Sandbox, Service};

/// How pages are looked at: a phone by day, a desk by night.
pub(super) const VIEWS: [(&str, u32, &str); 2] = [("sv", 320, "light"), ("sv", 1280, "dark")];

/// Presses Tab until the field or button for `css` has the focus.
pub(super) async fn tab_to(person: &Resident, css: &str) {
    let focused = format!("return document.activeElement.matches({})", serde_json::json!(css));
    for _ in 0..200 {
        person.key(Key::Tab).await;
        if person.run(&focused, vec![]).await {
            return;
        }
    }
    panic!("Tab does not reach {css}");
}

/// Waits until the page at `path` stands.
pub(super) async fn arrives(person: &Resident, path: &str) {
    let mut here = String::new();
    for _ in 0..200 {
        here = person.run("return location.pathname + ' ' + document.readyState", vec![]).await;
        if here == format!("{path} complete") {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    let said: String = person.run("return document.body.innerText", vec![]).await;
    panic!("at {here} instead of {path}: {said}");
}

/// Accepts the first invitation, and signs out and in again: with keys alone, as the public service is, whose cookies
/// are held to HTTPS. (Chromium takes those from 127.0.0.1 without it.)
async fn comes_by_keyboard(scripts: Scripts, size: (u32, u32)) {
    let sandbox = Sandbox::public();
    let service = sandbox.serve();
    let Some(person) = Resident::arrive(scripts, size).await else { return };
    let path = path_in(&service.greeting(), "/personal/valkommen/");
    person.goto(&service.url(&path)).await;
    let key = person.browser.driver.find(By::Css("code")).await.unwrap().text().await.unwrap();
    let app = App::reading(&format!("<code>{key}</code>"));
    for (field, text) in [("#mail", "anna@exempel.se"), ("#name", "Anna Öst"), ("#password", PASSWORD)] {
        tab_to(&person, field).await;
        person.keys(text).await;
    }
    tab_to(&person, "#code").await;
    person.keys(format!("{}{}", app.code(), Key::Enter.value())).await;
    for _ in 0..200 {
        if person.seen(".codes").await.is_some() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    tab_to(&person, "main a.button").await;
    person.key(Key::Enter).await;
    arrives(&person, "/personal").await;
    let cookies = person.browser.devtools("Network.getAllCookies", serde_json::json!({})).await;
    let names: Vec<&str> =
        cookies["cookies"].as_array().unwrap().iter().map(|cookie| cookie["name"].as_str().unwrap()).collect();
    assert!(names.contains(&"__Host-personal"), "{names:?}");

    tab_to(&person, "header button").await;
    person.key(Key::Enter).await;
    arrives(&person, "/personal/logga-in").await;
    // A mistake first: the summary leads to the field.
    tab_to(&person, "#mail").await;
    person.keys(format!("anna@exempel.se{}fel{}", Key::Tab.value(), Key::Enter.value())).await;
    for _ in 0..200 {
        if person.seen(".faults").await.is_some() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    tab_to(&person, ".faults a").await;
    person.key(Key::Enter).await;
    let typed: String = person.run("return document.querySelector('#mail').value", vec![]).await;
    assert_eq!(typed, "anna@exempel.se");
    tab_to(&person, "#password").await;
    person.keys(format!("{PASSWORD}{}", Key::Enter.value())).await;
    arrives(&person, "/personal/logga-in/kod").await;
    tab_to(&person, "#code").await;
    person.keys(format!("{}{}", app.code_at(1), Key::Enter.value())).await;
    arrives(&person, "/personal").await;
    assert!(person.seen("nav a[href='/personal/logg']").await.is_some());
}

#[tokio::test]
async fn staff_sign_in_by_keyboard_on_a_phone_without_scripts() {
    comes_by_keyboard(Scripts::Off, PHONE).await;
}

#[tokio::test]
async fn staff_sign_in_by_keyboard_at_a_desk_with_scripts() {
    comes_by_keyboard(Scripts::On, DESKTOP).await;
}

/// Puts the cookies of `colleague` into the browser.
pub(super) async fn sign_in_as(inspector: &Inspector, service: &Service, colleague: &Colleague) {
    carry_cookies(&inspector.resident.browser, service, colleague).await;
}

/// Signs a browser in as `colleague` is.
pub(super) async fn carry_cookies(browser: &Browser, service: &Service, colleague: &Colleague) {
    browser.devtools("Network.clearBrowserCookies", serde_json::json!({})).await;
    for (name, value) in &colleague.cookies {
        let cookie = serde_json::json!({ "name": name, "value": value, "url": service.url("/") });
        browser.devtools("Network.setCookie", cookie).await;
    }
}

/// Posts a form from a page of ours, and waits for what comes.
pub(super) async fn posts(inspector: &Inspector, path: &str, fields: &[(&str, &str)]) {
    let post = "const form = document.createElement('form');
        form.id = 'test'; form.method = 'post'; form.action = arguments[0];
        for (const [name, value] of arguments[1]) {
            const field = document.createElement('textarea');
            field.name = name; field.value = value; form.append(field);
        }
        document.body.append(form); HTMLFormElement.prototype.submit.call(form)";
    let arguments = vec![serde_json::json!(path), serde_json::json!(fields)];
    let () = inspector.resident.run(post, arguments).await;
    for _ in 0..200 {
        let there = "return document.readyState == 'complete' && !document.querySelector('#test')";
        if inspector.resident.run::<bool>(there, vec![]).await {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    panic!("no page came from {path}");
}

#[tokio::test]
async fn every_page_of_staff_is_for_everyone() {
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    let mut anna = Colleague::at(&service);
    let path = path_in(&service.greeting(), "/personal/valkommen/");
    let Some(mut inspector) = Inspector::arrive().await else { return };
    for view in VIEWS {
        inspector.look_as(view).await;
        inspector.goto(&service.url(&path)).await;
        inspector.inspect("the first administrator's page").await;
        posts(&inspector, &path, &[("mail", "anna"), ("password", "kort")]).await;
        inspector.inspect("the same with faults").await;
    }
    let (_, codes) = anna.accept(&path, &[("mail", "anna@exempel.se"), ("name", "Anna Administratör")]).await;
    assert_eq!(codes.len(), 10);
    let bo = sandbox.invitation("bo.med.en.lang.adress.som.inte.far.plats@en-lang-doman.exempel.se", &["analyst"]);
    let mut reader = Colleague::at(&service);
    let reader_path = sandbox.invitation("lasare@exempel.se", &["comment_reader"]);
    reader.post(&reader_path, &[("name", "Läsare"), ("password", PASSWORD)]).await.expect(303);
    let list = anna.get("/personal/medarbetare").await.expect(200).text;
    let links = list.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let accounts: Vec<String> = links
        .filter(|link| link.starts_with("/personal/medarbetare/") && !link.contains("bjud-in"))
        .map(str::to_owned)
        .collect();
    assert_eq!(accounts.len(), 3);
    Colleague::at(&service).post("/personal/glomt-losenord", &[("mail", "anna@exempel.se")]).await.expect(200);
    let mails = sandbox.mail(2).await;
    let reset = path_in(&mails, "/personal/nytt-losenord/");

    for view in VIEWS {
        inspector.look_as(view).await;
        sign_in_as(&inspector, &service, &Colleague::at(&service)).await;
        for path in ["/personal/logga-in", "/personal/logga-in?klart=losenord", "/personal/glomt-losenord", &bo, &reset]
        {
            inspector.goto(&service.url(path)).await;
            inspector.inspect(path).await;
        }
        inspector.goto(&service.url(&format!("/personal/valkommen/{}", "0".repeat(64)))).await;
        inspector.inspect("a link that is gone").await;
        posts(&inspector, "/personal/logga-in", &[("mail", "ingen@exempel.se"), ("password", "fel")]).await;
        inspector.inspect("a wrong password").await;
        posts(&inspector, "/personal/glomt-losenord", &[("mail", "ingen@exempel.se")]).await;
        inspector.inspect("a mail was sent").await;
        posts(&inspector, "/personal/logga-in", &[("mail", "anna@exempel.se"), ("password", PASSWORD)]).await;
        inspector.inspect("the code's page").await;
        posts(&inspector, "/personal/logga-in/kod", &[("code", "1")]).await;
        inspector.inspect("a wrong code").await;
        inspector.goto(&service.url("/personal/logga-in/reservkod")).await;
        inspector.inspect("the recovery code's page").await;

        sign_in_as(&inspector, &service, &reader).await;
        for path in ["/personal", "/personal/logg", "/personal/konto"] {
            inspector.goto(&service.url(path)).await;
            inspector.inspect(&format!("a reader at {path}")).await;
        }

        sign_in_as(&inspector, &service, &anna).await;
        let pages = [
            "/personal",
            "/personal/konto",
            "/personal/konto/losenord",
            "/personal/konto/reservkoder",
            "/personal/medarbetare",
            "/personal/medarbetare/bjud-in",
            "/personal/logg",
            "/personal/logg?till=2019-03-12",
            "/personal/logg?till=fel",
            "/personal/finns-inte",
        ];
        let pages = pages.iter().map(|path| (*path).to_owned());
        let of_accounts = accounts.iter().flat_map(|account| {
            ["", "?klart=roller", "/avsluta", "/andra-steg"].map(|rest| format!("{account}{rest}"))
        });
        for path in pages.chain(of_accounts) {
            inspector.goto(&service.url(&path)).await;
            inspector.inspect(&path).await;
        }
        posts(&inspector, "/personal/medarbetare/bjud-in", &[("mail", "fel")]).await;
        inspector.inspect("an invitation with faults").await;
        posts(&inspector, "/personal/konto/reservkoder", &[("current", PASSWORD)]).await;
        inspector.inspect("recovery codes").await;
        posts(&inspector, "/personal/logg/kontroll", &[]).await;
        inspector.inspect("the log is whole").await;
    }
    // Too many tries: an address that nobody has, so that nobody is shut out.
    for _ in 0..5 {
        posts(&inspector, "/personal/logga-in", &[("mail", "annan@exempel.se"), ("password", "fel")]).await;
    }
    for view in VIEWS {
        inspector.look_as(view).await;
        posts(&inspector, "/personal/logga-in", &[("mail", "annan@exempel.se"), ("password", "fel")]).await;
        inspector.inspect("too many tries").await;
    }
    inspector.report();
}
