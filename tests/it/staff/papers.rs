//! What is printed, as PDFs to fetch.

use super::dialogues::LIST;
use crate::support::colleague::Colleague;
use crate::support::resident::{client, run};
use crate::support::service::Sandbox;

#[tokio::test]
async fn every_paper_comes_as_a_pdf_in_every_language_with_the_place_to_hand_in() {
    let sandbox = Sandbox::public();
    let service = sandbox.serve();
    let (mut anna, ..) = sandbox.administrator(&service).await;
    let papers = format!("{LIST}/vkod-2017/papper");
    assert!(anna.get(&format!("{LIST}/vkod-2017")).await.text.contains(&format!("href=\"{papers}\"")));
    let page = anna.get(&format!("{papers}?inlamning=Huset+%26+torget")).await.expect(200);
    let links: Vec<&str> = page.text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let pdfs: Vec<&&str> = links.iter().filter(|link| link.contains(".pdf?")).collect();
    assert_eq!(pdfs.len(), 9, "{links:?}");
    let mut lengths = Vec::new();
    for link in pdfs {
        let bytes = anna.bytes(&link.replace("&amp;", "&")).await;
        assert!(bytes.starts_with(b"%PDF-"), "{link}");
        lengths.push(bytes.len());
    }
    // The place stands on the questionnaire: its file is another one than without.
    assert_ne!(anna.bytes(&format!("{papers}/enkat-sv.pdf")).await.len(), lengths[0]);

    let request = client().get(service.url(&format!("{papers}/kort-ar.pdf")));
    let cookies: Vec<String> = anna.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let response = request.header("Cookie", cookies.join("; ")).send().await.unwrap();
    assert_eq!(response.headers()["content-type"], "application/pdf");
    assert_eq!(response.headers()["content-disposition"], "attachment; filename=\"vkod-2017-kort-ar.pdf\"");

    for wrong in ["enkat.pdf", "enkat-fi.pdf", "enkat-sv.PDF"] {
        anna.get(&format!("{papers}/{wrong}")).await.expect(404);
    }
    let long = "x".repeat(121);
    let page = anna.get(&format!("{papers}?inlamning={long}")).await.expect(422);
    assert!(page.text.contains("högst 120 tecken") && page.text.contains(&long) && page.text.contains("aria-invalid"));
    anna.get(&format!("{papers}/enkat-sv.pdf?inlamning={long}")).await.expect(400);

    // Nothing is printed of what is over.
    run(&sandbox.open().dialogue, "UPDATE dialogue SET state = 'closed', opened_at = 1, closed_at = 2");
    assert!(!anna.get(&format!("{LIST}/vkod-2017")).await.text.contains("/papper"));
    assert!(anna.get(&papers).await.expect(200).text.contains("inget att skriva ut"));
    anna.get(&format!("{papers}/enkat-sv.pdf")).await.expect(409);
}

#[tokio::test]
async fn without_a_public_address_no_code_is_printed_that_leads_nowhere() {
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    let mut anna = Colleague::at(&service);
    let path = sandbox.invitation("anna@exempel.se", &["analyst"]);
    let password = crate::support::colleague::PASSWORD;
    anna.post(&path, &[("name", "Anna"), ("password", password)]).await.expect(303);
    let papers = format!("{LIST}/vkod-2017/papper");
    assert!(anna.get(&papers).await.expect(200).text.contains("public_url"));
    assert!(anna.get(&format!("{papers}/affisch-sv.pdf")).await.expect(409).text.contains("public_url"));
}
