//! Several copies of the service on one database: each takes answers, one of them mixes.

use std::fs;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};

use crate::support::database::{Backend, backend};
use crate::support::resident::{client, form, hand_in, texts};
use crate::support::service::{Sandbox, Service};

/// A second copy, which serves and does not mix: of the keys it has the one for receipts alone.
fn second_copy(sandbox: &Sandbox) -> Service {
    let keys = sandbox.directory().join("keys-of-the-second");
    fs::DirBuilder::new().mode(0o700).create(&keys).unwrap();
    fs::copy(sandbox.key_directory().join("receipt.key"), keys.join("receipt.key")).unwrap();
    fs::set_permissions(keys.join("receipt.key"), fs::Permissions::from_mode(0o600)).unwrap();
    let mut command = sandbox.command(&["serve"]);
    command.env("TRYGGHET_KEY_DIR", &keys).env("TRYGGHET_MIXING", "off");
    Service::start(command)
}

#[tokio::test(flavor = "multi_thread")]
async fn two_copies_take_answers_and_one_mixes() {
    if backend() == Backend::Sqlite {
        return;
    }
    let sandbox = Sandbox::new();
    let first = sandbox.serve();
    let second = second_copy(&sandbox);
    let urls = [first.url("/sv/enkat"), second.url("/sv/enkat")];
    let database = sandbox.open().dialogue;
    let client = client();
    for round in 0..3 {
        // Each form reaches both copies at the same time, and the first one once more.
        for number in 0..15 {
            let receipt = format!("{:032x}", round * 100 + number);
            let text = format!("Omgång {round} nummer {number} slut");
            let sent = form(&[("kvitto", &receipt), ("Q22", &text)]);
            let both = urls.iter().map(|url| hand_in(&client, url, sent.clone()));
            futures_util::future::join_all(both).await;
            hand_in(&client, &urls[0], sent).await;
        }
        for (copy, url) in urls.iter().enumerate() {
            for number in 0..5 {
                hand_in(&client, url, form(&[("Q22", &format!("Omgång {round} kopia {copy} nummer {number} slut"))]))
                    .await;
            }
        }
        assert_eq!(texts(&database, "SELECT 'one' AS text FROM letter").len(), 25);
        sandbox.let_weeks_pass();
        sandbox.mix();
        assert_eq!(texts(&database, "SELECT 'one' AS text FROM response").len(), 25 * (round + 1));
    }
    let mut comments = texts(&database, "SELECT text FROM comment");
    comments.sort();
    comments.dedup();
    assert_eq!(comments.len(), 75, "a double submit across copies was stored twice, or an answer lost");
    for service in [&first, &second] {
        assert_eq!(client.get(service.url("/readyz")).send().await.unwrap().status(), 200);
    }
}
