//! Mails through a real connection: a server that speaks as much SMTP as it takes to be given a mail.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crate::support::colleague::Colleague;
use crate::support::service::Sandbox;

/// Takes mails on a free port and hands them on; refuses those to `nej@exempel.se`.
fn server() -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("smtp://{}", listener.local_addr().expect("an address"));
    let (send, receive) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            if let Some(mail) = speak(stream) {
                let _ = send.send(mail);
            }
        }
    });
    (url, receive)
}

fn speak(mut stream: TcpStream) -> Option<String> {
    let mut lines = BufReader::new(stream.try_clone().ok()?).lines();
    let mut say = |text: &str| stream.write_all(format!("{text}\r\n").as_bytes());
    say("220 mail.exempel.se").ok()?;
    let mut mail = None;
    while let Some(Ok(line)) = lines.next() {
        let answer = match line.split([' ', ':']).next().unwrap_or_default().to_uppercase().as_str() {
            "RCPT" if line.contains("nej@exempel.se") => "550 5.1.1 <nej@exempel.se> unknown",
            "DATA" => {
                say("354 go on").ok()?;
                let text = lines.by_ref().map_while(Result::ok).take_while(|line| line != ".");
                mail = Some(text.collect::<Vec<_>>().join("\n"));
                "250 taken"
            }
            "QUIT" => {
                let _ = say("221 bye");
                break;
            }
            _ => "250 fine",
        };
        say(answer).ok()?;
    }
    mail
}

#[tokio::test]
async fn mails_go_through_the_server_that_is_set() {
    let (url, mails) = server();
    let sandbox = Sandbox::public()
        .setting("TRYGGHET_SMTP_URL", &url)
        .setting("TRYGGHET_MAIL_FROM", "Dialogen <dialog@exempel.se>");
    let service = sandbox.serve();
    let (mut anna, ..) = sandbox.administrator(&service).await;
    let invite = "/personal/medarbetare/bjud-in";
    let page = anna.post(invite, &[("mail", "eva@exempel.se"), ("role", "analyst")]).await.expect(303);
    assert!(page.location.ends_with("?klart=inbjuden"), "{}", page.location);
    let mail = mails.recv_timeout(Duration::from_secs(20)).expect("a mail");
    assert!(mail.contains("To: eva@exempel.se") && mail.contains("From: Dialogen <dialog@exempel.se>"), "{mail}");
    assert!(mail.contains("https://dialog.exempel.se/personal/valkommen/"), "{mail}");
    assert!(sandbox.mails().is_empty());

    // A server that refuses is told on the page, and in the log without the address.
    let page = anna.post(invite, &[("mail", "nej@exempel.se"), ("role", "analyst")]).await.expect(303);
    assert!(page.location.ends_with("?klart=brev-saknas"), "{}", page.location);
    assert!(anna.get(&page.location).await.expect(200).text.contains("brevet kunde inte skickas"));
    let said = service.output();
    assert!(said.contains("refused for good") && !said.contains("nej@exempel.se"), "{said}");
    assert!(!sandbox.run(&["staff", "add", "nej@exempel.se", "--role", "analyst"]).status.success());
}

/// A mail server that is not there: the invitation stands, and the page says what is missing.
#[tokio::test]
async fn a_mail_server_that_is_away_is_told() {
    let sandbox = Sandbox::public()
        .setting("TRYGGHET_SMTP_URL", "smtp://127.0.0.1:9")
        .setting("TRYGGHET_MAIL_FROM", "dialog@exempel.se");
    let service = sandbox.serve();
    let (mut anna, ..) = sandbox.administrator(&service).await;
    let form = [("mail", "eva@exempel.se"), ("role", "analyst")];
    let page = anna.post("/personal/medarbetare/bjud-in", &form).await.expect(303);
    assert!(page.location.ends_with("?klart=brev-saknas"), "{}", page.location);
    // Who has forgotten her password is told nothing else than when all is well.
    Colleague::at(&service).post("/personal/glomt-losenord", &[("mail", "anna@exempel.se")]).await.expect(200);
}
