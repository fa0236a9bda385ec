//! The files that put the service behind a proxy, read as text: what the promise of anonymity asks of
//! them. Nothing is started here.

use std::collections::BTreeMap;

use serde::Deserialize;

use trygghetsdialog::config::{PREFIX, Settings};

use crate::support::source::root;

#[derive(Deserialize)]
struct Compose {
    services: BTreeMap<String, Part>,
    networks: BTreeMap<String, Option<Network>>,
    volumes: BTreeMap<String, Option<serde_json::Value>>,
}

#[derive(Deserialize)]
struct Network {
    internal: bool,
}

#[derive(Deserialize)]
struct Part {
    image: Option<String>,
    #[serde(default)]
    environment: BTreeMap<String, String>,
    #[serde(default)]
    command: Vec<String>,
    #[serde(default)]
    ports: Vec<String>,
    #[serde(default)]
    volumes: Vec<String>,
    networks: Vec<String>,
    #[serde(default)]
    read_only: bool,
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

fn compose() -> Compose {
    serde_saphyr::from_str(&read("docker-compose.yml")).unwrap()
}

/// The directives of the Caddyfile, comments left out.
fn proxy() -> Vec<String> {
    let text = read("docs/deploy/Caddyfile");
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(str::to_owned).collect()
}

#[test]
fn the_proxy_tells_nobody_who_asks() {
    let lines = proxy();
    let says = |directive: &str| lines.iter().any(|line| line == directive);
    for header in ["X-Forwarded-For", "X-Real-Ip", "Forwarded", "User-Agent"] {
        assert!(says(&format!("header_up -{header}")), "{header} must not reach the service");
    }
    assert!(says("request_header @residents -Cookie"));
    // Staff's address is passed on where staff are, over what the browser says; a resident's never.
    assert!(says("@residents not path /personal /personal/*") && says("@staff path /personal /personal/*"));
    assert!(says("request_header @residents -X-Staff-Address"));
    assert!(says("request_header @staff X-Staff-Address {remote_host}"));
    let tells = lines.iter().filter(|line| line.contains("{remote") || line.contains("{client_ip")).count();
    assert_eq!(tells, 1, "an address is passed on elsewhere");
    assert!(says("exclude http.log http.handlers http.stdlib"));
    // An access log is a `log` directive within a site; the global one has a name.
    assert!(lines.iter().all(|line| line != "log" && line != "log {"), "no access log");
    // The service's checks of origin need these as the browser sent them.
    for kept in ["Origin", "Sec-Fetch", "Accept-Language"] {
        let touched = lines.iter().any(|line| line.starts_with("header_up") && line.contains(kept));
        assert!(!touched, "{kept} must reach the service");
    }
}

#[test]
fn the_two_databases_have_two_logins_and_no_open_port() {
    let compose = compose();
    let service = &compose.services["service"];
    let parts = |name: &str| {
        let url = service.environment[name].strip_prefix("postgres://").unwrap().to_owned();
        let (login, rest) = url.split_once(':').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
        (login, rest.rsplit('/').next().unwrap().to_owned())
    };
    let (dialogue, register) = (parts("TRYGGHET_DATABASE_URL"), parts("TRYGGHET_REGISTER_URL"));
    assert_eq!(dialogue, ("dialogue".to_owned(), "dialogue".to_owned()));
    assert_eq!(register, ("register".to_owned(), "register".to_owned()));
    assert!(read("docs/deploy/databases.sh").contains("for name in dialogue register"));

    let database = &compose.services["database"];
    assert!(database.ports.is_empty() && database.networks == ["inside"]);
    // An error holds a moment, and quotes the row or the statement that caused it.
    for setting in
        ["log_min_messages=fatal", "log_error_verbosity=terse", "log_min_error_statement=panic", "log_statement=none"]
    {
        assert!(database.command.iter().any(|given| given == setting), "{setting}");
    }
}

/// A name that is no setting would stop the service at its start.
#[test]
fn the_settings_are_settings() {
    let given = &compose().services["service"].environment;
    // `${NAME:-default}` as Compose reads it where NAME is not set.
    let defaults = given.iter().map(|(name, value)| {
        let mut value = value.clone();
        while let Some((start, end)) =
            value.find("${").and_then(|start| Some((start, start + value[start..].find('}')?)))
        {
            let default = value[start..end].split_once(":-").map_or("", |(_, default)| default).to_owned();
            value.replace_range(start..=end, &default);
        }
        (name.clone(), value)
    });
    let image = read("Dockerfile");
    let image =
        image.split_whitespace().filter_map(|word| word.split_once('=')).filter(|(name, _)| name.starts_with(PREFIX));
    let image = image.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let nowhere = tempfile::tempdir().unwrap();
    let settings = Settings::load(nowhere.path(), image.chain(defaults)).unwrap();
    assert_eq!(settings.listen.to_string(), "0.0.0.0:8080", "where the proxy looks for it");
    assert_eq!(settings.database_url, "postgres://dialogue:dialogue@database/dialogue");
    assert_eq!(settings.public_url(settings.listen), "https://localhost");
    let keys = settings.key_dir.to_str().unwrap();
    assert!(compose().services["service"].volumes.iter().any(|volume| volume.ends_with(keys)));
}

#[test]
fn the_service_is_locked_in_and_its_keys_lie_apart() {
    let compose = compose();
    let service = &compose.services["service"];
    assert!(service.read_only && service.ports.is_empty() && service.networks == ["inside"]);
    assert!(compose.networks["inside"].as_ref().is_some_and(|network| network.internal));
    let source = |volume: &str| volume.split(':').next().unwrap().to_owned();
    let keys: Vec<String> = service.volumes.iter().map(|volume| source(volume)).collect();
    assert_eq!(keys, ["keys"]);
    assert!(compose.services["database"].volumes.iter().all(|volume| source(volume) != "keys"));
}

#[test]
fn every_file_and_volume_that_is_mounted_exists() {
    let compose = compose();
    for volume in compose.services.values().flat_map(|part| &part.volumes) {
        let source = volume.split(':').next().unwrap();
        let known =
            source.strip_prefix("./").map_or(compose.volumes.contains_key(source), |file| root().join(file).is_file());
        assert!(known, "{volume}");
    }
    let tagged = |image: &String| image.split_once(':').is_some_and(|(_, tag)| tag != "latest");
    assert!(
        compose.services.values().filter_map(|part| part.image.as_ref()).all(tagged),
        "every image names a version"
    );
}
