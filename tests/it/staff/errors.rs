//! What goes wrong on staff's pages is told in staff's frame, in Swedish, whatever the browser prefers.

use crate::support::colleague::{Colleague, PUBLIC_URL};
use crate::support::service::Sandbox;

#[tokio::test]
async fn errors_on_staff_pages_stand_in_their_frame() {
    let sandbox = Sandbox::public();
    let service = sandbox.serve();
    let (mut anna, ..) = sandbox.administrator(&service).await;
    let dialogue = "/personal/dialoger/vkod-2017";
    let mut told = Vec::new();
    for path in ["/personal/finns-inte", "/personal/dialoger/finns-inte", "/personal/logga-in/oidc"] {
        told.push((path, anna.get(path).await.expect(404)));
    }
    told.push(("a method", anna.get("/personal/konto/sessioner").await.expect(405)));
    told.push(("another site", anna.post_from("cross-site", "/personal/konto/sessioner", &[]).await.expect(403)));
    told.push(("an address", anna.get("/personal/logg?fran=a&fran=b").await.expect(400)));
    let long = "x".repeat(200_000);
    let login = [("mail", long.as_str()), ("password", "x")];
    told.push(("a large form", anna.post("/personal/logga-in", &login).await.expect(413)));
    for (what, page) in told {
        assert!(page.text.contains("href=\"/personal\""), "{what}: {}", page.text);
        for of_residents in ["href=\"/ut\"", "/sv/integritet", "enkäten"] {
            assert!(!page.text.contains(of_residents), "{what}: {}", page.text);
        }
    }
    // Where the guard let her through, the page knows her.
    assert!(anna.get(&format!("{dialogue}/visa/xx")).await.expect(404).text.contains("Anna Administratör"));
    // Residents' addresses that begin alike are residents'.
    let page = Colleague::at(&service).get("/personalen").await.expect(404);
    assert!(page.text.contains("href=\"/ut\"") && !page.text.contains(PUBLIC_URL), "{}", page.text);
}
