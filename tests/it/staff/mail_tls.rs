//! Mails over TLS: to the server that is meant and to no other, and never a password in clear.

use crate::support::colleague::Colleague;
use crate::support::service::{Sandbox, Service};
use crate::support::smtp::{Encrypts, Line, MailServer};

const PASSWORD: &str = "postlösen";
const INVITE: &str = "/personal/medarbetare/bjud-in";

/// A service that mails by `url`, in which PORT and PASSWORD stand for the server's, and trusts `certificate` alone.
async fn service(server: &MailServer, url: &str, trusts: Option<&MailServer>) -> (Sandbox, Service, Colleague) {
    let encoded: String = form_urlencoded::byte_serialize(PASSWORD.as_bytes()).collect();
    let url = url.replace("PORT", &server.port.to_string()).replace("PASSWORD", &encoded);
    let mut sandbox = Sandbox::public()
        .setting("TRYGGHET_SMTP_URL", &url)
        .setting("TRYGGHET_MAIL_FROM", "Dialogen <dialog@exempel.se>");
    if let Some(trusted) = trusts {
        // As an operator says to OpenSSL which authorities count.
        sandbox = sandbox.setting("SSL_CERT_FILE", trusted.certificate.to_str().expect("a path"));
    }
    let service = sandbox.serve();
    let (anna, ..) = sandbox.administrator(&service).await;
    (sandbox, service, anna)
}

/// Invites someone, and says whether the page tells that the mail left.
async fn invites(anna: &mut Colleague) -> bool {
    let page = anna.post(INVITE, &[("mail", "eva@exempel.se"), ("role", "analyst")]).await.expect(303);
    assert!(page.location.ends_with("?klart=inbjuden") || page.location.ends_with("?klart=brev-saknas"));
    page.location.ends_with("?klart=inbjuden")
}

/// All that the service has said, once it has said `text`.
async fn logged_by(service: &Service, text: &str) -> String {
    for _ in 0..200 {
        let said = service.output();
        if said.contains(text) {
            return said;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("{text} is not logged: {}", service.output());
}

fn holds(lines: &[Line], text: &str) -> bool {
    lines.iter().any(|line| line.text.contains(text))
}

#[tokio::test]
async fn mails_go_over_tls_at_once_and_by_starttls() {
    let folder = tempfile::tempdir().unwrap();
    for (encrypts, url) in [
        (Encrypts::AtOnce, "smtps://dialog:PASSWORD@localhost:PORT"),
        (Encrypts::WhenAsked, "smtp://dialog:PASSWORD@localhost:PORT?tls=required"),
    ] {
        let server = MailServer::start(encrypts, "localhost", PASSWORD, folder.path());
        let (_sandbox, service, mut anna) = service(&server, url, Some(&server)).await;
        assert!(invites(&mut anna).await, "{encrypts:?}: {}", service.output());
        let lines = server.lines();
        assert!(holds(&lines, "/personal/valkommen/") && holds(&lines, "AUTH PLAIN"), "{encrypts:?}: {lines:?}");
        let in_clear: Vec<&Line> = lines.iter().filter(|line| !line.encrypted).collect();
        assert!(
            in_clear.iter().all(|line| line.text.starts_with("EHLO") || line.text == "STARTTLS"),
            "{encrypts:?}: {in_clear:?}"
        );
        // The check before opening finds nothing to say, and sends nothing.
        let page = anna.get("/personal/dialoger/vkod-2017/kontroll").await.expect(200);
        assert!(!page.text.contains("E-postservern"), "{encrypts:?}: {}", page.text);
        assert!(!holds(&server.lines(), "MAIL FROM"));
    }
}

#[tokio::test]
async fn nothing_is_told_to_a_server_that_can_not_prove_who_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let implicit = "smtps://dialog:PASSWORD@localhost:PORT";
    let starttls = "smtp://dialog:PASSWORD@localhost:PORT?tls=required";
    for (what, encrypts, url, host, trusted, logged) in [
        ("unknown authority", Encrypts::AtOnce, implicit, "localhost", false, "a certificate that is not trusted"),
        ("unknown authority", Encrypts::WhenAsked, starttls, "localhost", false, "a certificate that is not trusted"),
        ("another host", Encrypts::AtOnce, implicit, "annan.exempel.se", true, "a certificate that is not trusted"),
        ("another host", Encrypts::WhenAsked, starttls, "annan.exempel.se", true, "a certificate that is not trusted"),
        ("no encryption", Encrypts::Never, starttls, "localhost", true, "the mail server did not take a mail"),
    ] {
        let server = MailServer::start(encrypts, host, PASSWORD, folder.path());
        let (_sandbox, service, mut anna) = service(&server, url, trusted.then_some(&server)).await;
        assert!(!invites(&mut anna).await, "{what} {encrypts:?}");
        let page = anna.get("/personal/dialoger/vkod-2017/kontroll").await.expect(200);
        assert!(page.text.contains("E-postservern tar inte emot brev"), "{what} {encrypts:?}: {}", page.text);
        let lines = server.lines();
        assert!(!holds(&lines, "AUTH") && !holds(&lines, "RCPT"), "{what} {encrypts:?}: {lines:?}");
        let said = logged_by(&service, logged).await;
        assert!(!said.contains("eva@exempel.se") && !said.contains("postl"), "{what}: {said}");
    }
}

#[tokio::test]
async fn a_wrong_password_is_told_without_it() {
    let folder = tempfile::tempdir().unwrap();
    let server = MailServer::start(Encrypts::AtOnce, "localhost", "ett annat", folder.path());
    let url = "smtps://dialog:PASSWORD@localhost:PORT";
    let (_sandbox, service, mut anna) = service(&server, url, Some(&server)).await;
    assert!(!invites(&mut anna).await);
    let lines = server.lines();
    assert!(holds(&lines, "AUTH PLAIN") && !holds(&lines, "MAIL FROM"), "{lines:?}");
    let said = logged_by(&service, "refused for good").await;
    assert!(!said.contains("postl"), "{said}");
}

#[tokio::test]
async fn the_check_says_where_mails_become_files_and_no_demo_is_bothered() {
    let missing = "Tjänsten har ingen e-postserver";
    let public = Sandbox::public();
    let service = public.serve();
    let (mut anna, ..) = public.administrator(&service).await;
    let page = anna.get("/personal/dialoger/vkod-2017/kontroll").await.expect(200);
    assert!(page.text.contains(missing), "{}", page.text);
    let demo = Sandbox::new();
    let service = demo.serve();
    let path = demo.invitation("bo@exempel.se", &["administrator"]);
    let mut bo = Colleague::at(&service);
    let fields = [("name", "Bo"), ("password", crate::support::colleague::PASSWORD)];
    bo.post(&path, &fields).await.expect(303);
    let page = bo.get("/personal/dialoger/vkod-2017/kontroll").await.expect(200);
    assert!(!page.text.contains("e-postserver"), "{}", page.text);
}
