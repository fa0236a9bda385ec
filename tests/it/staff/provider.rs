//! Signing in through a real OpenID Connect provider: who gets in, as whom, and how far.

use crate::support::colleague::{Colleague, PASSWORD, PUBLIC_URL};
use crate::support::provider::{Provider, SECRET, path_of};
use crate::support::require;
use crate::support::resident::{run, texts};
use crate::support::service::Sandbox;

const BEGIN: &str = "/personal/logga-in/oidc";

#[tokio::test]
async fn the_provider_is_the_first_step_and_our_code_the_second() {
    let Some(provider) = require::or_skip(Provider::start()) else { return };
    let sandbox = Sandbox::public().with_provider(&provider);
    let service = sandbox.serve();
    let (mut administrator, app, _) = sandbox.administrator(&service).await;
    let mut anna = Colleague::at(&service);
    let page = anna.get("/personal/logga-in?till=%2Fpersonal%2Fkonto").await.expect(200);
    assert!(page.text.contains("/personal/logga-in/oidc?till=%2Fpersonal%2Fkonto"), "{}", page.text);

    let begin = anna.get("/personal/logga-in/oidc?till=%2Fpersonal%2Fkonto").await.expect(303);
    let back = format!("{PUBLIC_URL}/personal/logga-in/oidc/svar");
    let asked = url::Url::parse(&begin.location).unwrap();
    let parameter = |name: &str| asked.query_pairs().find(|(found, _)| found == name).unwrap().1.into_owned();
    assert_eq!(parameter("redirect_uri"), back);
    assert_eq!(parameter("code_challenge_method"), "S256");
    assert_eq!(parameter("scope"), "openid email");
    assert!(!begin.location.contains("hemlighet"));
    let cookie = anna.set_cookies.last().unwrap().clone();
    for part in ["__Host-resa=", "; HttpOnly", "; SameSite=Lax", "; Secure", "; Path=/", "; Max-Age=600"] {
        assert!(cookie.contains(part), "{part} in {cookie}");
    }

    // The answer is a page that leads on: a redirect would come without our cookies.
    let answer = provider.sign_in(&begin.location, "anna").await;
    let page = anna.get(path_of(&answer)).await.expect(200);
    let refresh = "http-equiv=\"refresh\" content=\"0; url=/personal/logga-in/kod?till=%2Fpersonal%2Fkonto\"";
    assert!(page.text.contains(refresh), "{}", page.text);
    assert!(!anna.cookies.contains_key("__Host-resa"), "the journey is over");
    assert!(!anna.is_in().await, "the second step is missing");
    let code = [("code", &*app.code_at(1)), ("till", "/personal/konto")];
    assert_eq!(anna.post("/personal/logga-in/kod", &code).await.expect(303).location, "/personal/konto");
    assert!(anna.is_in().await);
    for set in anna.set_cookies.iter().filter(|set| !set.starts_with("__Host-resa")) {
        assert!(set.contains("; SameSite=Strict"), "{set}");
    }

    let log = administrator.get("/personal/logg").await.expect(200).text;
    assert!(log.contains("genom kommunens inloggning") && log.contains("inloggning för första gången"), "{log}");
    assert!(!service.output().contains(SECRET));
}

#[tokio::test]
async fn a_second_factor_at_the_provider_is_enough_where_it_is_set() {
    let Some(provider) = require::or_skip(Provider::start()) else { return };
    let sandbox = Sandbox::public().with_provider(&provider).setting("TRYGGHET_OIDC_MFA", "mfa");
    let service = sandbox.serve();
    let (mut administrator, ..) = sandbox.administrator(&service).await;
    let mut anna = Colleague::at(&service);
    // It does not say so: ours is asked for.
    let page = anna.come_through(&provider, "anna").await.expect(200);
    assert!(page.text.contains("/personal/logga-in/kod"), "{}", page.text);
    assert!(!anna.is_in().await);

    provider.answers("mfa").await;
    let mut anna = Colleague::at(&service);
    let page = anna.come_through(&provider, "anna").await.expect(200);
    assert!(page.text.contains("content=\"0; url=/personal/konto\""), "{}", page.text);
    assert!(anna.is_in().await);
    let log = administrator.get("/personal/logg").await.expect(200).text;
    assert!(log.contains("genom kommunens inloggning; andra steget där"), "{log}");
}

#[tokio::test]
async fn only_an_active_account_with_the_verified_address_is_let_in() {
    let Some(provider) = require::or_skip(Provider::start()) else { return };
    let sandbox = Sandbox::public().with_provider(&provider).setting("TRYGGHET_OIDC_MFA", "mfa");
    let service = sandbox.serve();
    sandbox.administrator(&service).await;
    sandbox.invitation("bjuden@exempel.se", &["analyst"]);
    provider.answers("mfa").await;
    let refused = async |login: &str| {
        let mut someone = Colleague::at(&service);
        let page = someone.come_through(&provider, login).await.expect(403);
        assert!(page.text.contains("inget aktivt konto"), "{login}: {}", page.text);
        assert!(!someone.cookies.contains_key("__Host-personal") && !someone.is_in().await, "{login}");
    };
    for login in ["bo", "utan", "overifierad:anna", "bjuden"] {
        refused(login).await;
    }
    let enters = async |login: &str| {
        let mut someone = Colleague::at(&service);
        someone.come_through(&provider, login).await.expect(200);
        assert!(someone.is_in().await, "{login}");
    };
    enters("anna").await;
    // From now on she is that subject: whoever gets her address later is not her, and she needs it no longer.
    refused("bytt:anna").await;
    let pool = sandbox.open().dialogue;
    run(&pool, "UPDATE staff_account SET mail = 'gift@exempel.se' WHERE mail = 'anna@exempel.se'");
    enters("anna").await;
    run(&pool, "UPDATE staff_account SET state = 'inactive' WHERE mail = 'gift@exempel.se'");
    refused("anna").await;
    assert_eq!(texts(&pool, "SELECT subject AS text FROM staff_identity"), ["anna"]);
    assert_eq!(texts(&pool, "SELECT mail AS text FROM staff_account").len(), 2, "no account was made");
}

/// Set up once more, by a link from the command line: the provider is believed anew.
#[tokio::test]
async fn who_is_set_up_once_more_is_remembered_anew() {
    let Some(provider) = require::or_skip(Provider::start()) else { return };
    let sandbox = Sandbox::new().with_provider(&provider);
    let service = sandbox.serve();
    let path = sandbox.invitation("anna@exempel.se", &["administrator"]);
    let fields = [("name", "Anna"), ("password", PASSWORD)];
    Colleague::at(&service).post(&path, &fields).await.expect(303);
    let comes = async |login: &str| {
        let mut anna = Colleague::at(&service);
        let page = anna.come_through(&provider, login).await;
        (page.status, anna.is_in().await)
    };
    // A demo asks for no code.
    assert_eq!(comes("anna").await, (200, true));
    assert_eq!(comes("bytt:anna").await, (403, false));
    let output = sandbox.run(&["staff", "link", "anna@exempel.se"]);
    let printed = String::from_utf8(output.stdout).unwrap();
    let path = crate::support::colleague::path_in(&printed, "/personal/valkommen/");
    Colleague::at(&service).post(&path, &fields).await.expect(303);
    assert_eq!(comes("bytt:anna").await, (200, true));
    assert_eq!(comes("anna").await, (403, false));
}

#[tokio::test]
async fn without_a_provider_there_is_no_way_to_it() {
    let sandbox = Sandbox::public();
    let service = sandbox.serve();
    let mut someone = Colleague::at(&service);
    assert!(!someone.get("/personal/logga-in").await.expect(200).text.contains(BEGIN));
    someone.get(BEGIN).await.expect(404);
    someone.get("/personal/logga-in/oidc/svar?code=a&state=b").await.expect(404);
}
