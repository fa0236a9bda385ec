//! Who may reach what: every line of the table of routes, with every role and with none.

use std::collections::BTreeMap;

use trygghetsdialog::server::staff_routes;
use trygghetsdialog::staff::guard::{Access, SIGN_IN};
use trygghetsdialog::staff::role::{Role, Roles};

use crate::support::colleague::{Colleague, PASSWORD};
use crate::support::service::Sandbox;
use crate::support::source;

/// A path of the table, with something in the place of its patterns.
fn concrete(path: &str) -> String {
    path.replace("{id}", &"0".repeat(32))
        .replace("{token}", &"0".repeat(64))
        .replace("{dialogue}", "vkod-2017")
        .replace("{language}", "sv")
        .replace("{file}", "enkat-sv.pdf")
        .replace("{version}", "1")
        .replace("{kind}", "del")
        .replace("{thing}", "p1_bakgrund")
}

/// Walks the whole table. What a role may do it gets to (whatever the page then answers); all else is 403, and for who
/// is not signed in the way to the sign-in page.
#[tokio::test]
async fn every_route_is_walked_with_every_role_and_with_none() {
    // A demo: seven accounts without an app each. The guard is the same.
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    let mut people: Vec<(Option<Roles>, Colleague)> = vec![(None, Colleague::at(&service))];
    for role in Role::ALL {
        let mut person = Colleague::at(&service);
        let path = sandbox.invitation(&format!("{role}@exempel.se"), &[role.word()]);
        person.post(&path, &[("name", role.word()), ("password", PASSWORD)]).await.expect(303);
        people.push((Some(Roles::from([role])), person));
    }
    let table = staff_routes();
    assert!(table.len() > 30);
    let mut wrong = Vec::new();
    for line in &table {
        for (roles, person) in &people {
            // A copy, so that signing out, or in as no one, is forgotten again.
            let mut person = person.clone();
            let path = concrete(line.path);
            // Signing out and ending sessions would end what the others of the walk need.
            if roles.is_some() && line.path == "/personal/logga-ut" {
                continue;
            }
            let page = match line.method.as_str() {
                "GET" => person.get(&path).await,
                _ => person.post(&path, &[]).await,
            };
            let (to_sign_in, forbidden) =
                (page.status == 303 && page.location.starts_with(SIGN_IN), page.status == 403);
            let right = match (line.access.admits(roles.as_ref()), roles) {
                (true, _) => !forbidden && page.status < 500 && (!to_sign_in || line.access == Access::Anyone),
                (false, None) => to_sign_in,
                (false, Some(_)) => forbidden,
            };
            if !right {
                wrong.push(format!("{} {path} as {roles:?}: {} {}", line.method, page.status, page.location));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

/// What the table says is what was meant: a line that opens more than before is changed here as well.
#[test]
fn the_table_says_what_was_meant() {
    let mut anyone = Vec::new();
    let mut signed_in = Vec::new();
    for line in staff_routes() {
        match line.access {
            Access::Anyone => anyone.push(line.path),
            Access::SignedIn => signed_in.push(line.path),
            Access::Roles(roles) => {
                assert!(!roles.is_empty(), "{} is for nobody", line.path);
                let administrators_only = ["/personal/medarbetare", "/personal/logg"];
                if administrators_only.iter().any(|path| line.path.starts_with(path)) {
                    assert_eq!(roles, [Role::Administrator], "{}", line.path);
                }
            }
        }
    }
    anyone.dedup();
    signed_in.dedup();
    let before_signing_in = [
        "/personal/logga-in",
        "/personal/logga-in/kod",
        "/personal/logga-in/reservkod",
        "/personal/logga-in/oidc",
        "/personal/logga-in/oidc/svar",
        "/personal/valkommen/{token}",
        "/personal/glomt-losenord",
        "/personal/nytt-losenord/{token}",
    ];
    assert_eq!(anyone, before_signing_in);
    for path in signed_in {
        let own = path == "/personal" || path == "/personal/logga-ut" || path.starts_with("/personal/konto");
        assert!(own, "{path} is for whoever is signed in");
    }
}

/// A route of staff that is built elsewhere would pass by the guard.
#[test]
fn no_route_of_staff_is_built_outside_the_table() {
    let mut lines = BTreeMap::new();
    for line in staff_routes() {
        assert!(line.path == "/personal" || line.path.starts_with("/personal/"), "{}", line.path);
        let before = lines.insert((line.method.to_string(), line.path), line.access);
        assert!(before.is_none(), "{} {} stands twice", line.method, line.path);
    }
    let builders = ["web::resource(", "web::scope(", ".route(\"", "#[get(", "#[post("];
    for source in source::rust_files("src") {
        if ["src/server.rs", "src/staff/guard.rs"].contains(&source.path.as_str()) {
            continue;
        }
        for builder in builders {
            assert!(!source.text.contains(builder), "{} builds a route with {builder}", source.path);
        }
    }
    let server = source::rust_files("src").into_iter().find(|source| source.path == "src/server.rs").unwrap();
    let (before, after) = server.text.split_once("pub fn staff_routes()").unwrap();
    let (_, after) = after.split_once("\n}\n").unwrap();
    assert!(!before.contains("\"/personal") && !after.contains("\"/personal"), "a route of staff outside the table");
}

/// Someone without a role sees her own account and nothing else; the navigation shows nobody what she may not reach.
#[tokio::test]
async fn the_navigation_shows_what_a_role_may_reach() {
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    for (role, sees) in [("administrator", true), ("analyst", false)] {
        let mut person = Colleague::at(&service);
        let path = sandbox.invitation(&format!("{role}@exempel.se"), &[role]);
        person.post(&path, &[("name", role), ("password", PASSWORD)]).await.expect(303);
        let start = person.get("/personal").await.expect(200);
        assert_eq!(start.text.contains("href=\"/personal/logg\""), sees, "{role}");
        let refused = person.get("/personal/logg").await;
        assert_eq!(refused.status, if sees { 200 } else { 403 });
        if !sees {
            assert!(refused.text.contains("behörighet") && refused.text.contains("href=\"/personal\""));
        }
    }
}
