use super::*;

pub(super) fn load(file: Option<&str>, environment: &[(&str, &str)]) -> Result<Settings, String> {
    let directory = tempfile::tempdir().unwrap();
    if let Some(text) = file {
        std::fs::write(directory.path().join(FILE_NAME), text).unwrap();
    }
    let environment = environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Settings::load(directory.path(), environment).map_err(|error| error.to_string())
}

#[test]
fn a_fresh_machine_needs_no_settings() {
    let settings = load(None, &[("PATH", "/bin"), ("TRYGGHET_TEST_DATABASE", "sqlite")]).unwrap();
    assert_eq!(settings.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(settings.database_url, "sqlite://var/dialogue.db");
    assert_eq!(settings.register_url, "sqlite://var/register.db");
    assert_eq!(settings.key_dir, Path::new("var/keys"));
    assert!(settings.mixing);
    assert!(settings.is_demo());
}

#[test]
fn a_demo_is_what_only_this_machine_reaches() {
    for (name, value) in [("TRYGGHET_LISTEN", "0.0.0.0:80"), ("TRYGGHET_PUBLIC_URL", "http://127.0.0.1:8080")] {
        assert!(!load(None, &[(name, value)]).unwrap().is_demo(), "{name}");
    }
}

#[test]
fn the_environment_wins_over_the_file() {
    let file = "listen = \"0.0.0.0:80\"\ndata_dir = \"/data\"\nmixing = true\n";
    let settings = load(Some(file), &[("TRYGGHET_LISTEN", "127.0.0.1:0"), ("TRYGGHET_MIXING", "off")]).unwrap();
    assert_eq!(settings.listen.to_string(), "127.0.0.1:0");
    assert_eq!(settings.key_dir, Path::new("/data/keys"));
    assert!(!settings.mixing);
}

#[test]
fn a_wrong_setting_is_named_and_its_value_is_not() {
    for (file, variable, says) in [
        (None, Some(("TRYGGHET_DATABSE_URL", "hemligt")), "TRYGGHET_DATABSE_URL is not a setting"),
        (None, Some(("TRYGGHET_LISTEN", "hemligt")), "the setting listen"),
        (None, Some(("TRYGGHET_PUBLIC_URL", "ftp://hemligt")), "the setting public_url"),
        (None, Some(("TRYGGHET_MIXING", "hemligt")), "the setting mixing"),
        (None, Some(("TRYGGHET_DATABASE_URL", "")), "the setting database_url"),
        (None, Some(("TRYGGHET_SMTP_URL", "smtp://hemligt@host")), "the setting mail_from is needed"),
        (None, Some(("TRYGGHET_REGISTER_URL", "sqlite://var/dialogue.db")), "are the same"),
        (Some("listne = \"hemligt\""), None, "listne is not a setting"),
        (Some("mixing = \"hemligt\""), None, "the setting mixing"),
        (Some("log = 3"), None, "the setting log"),
        (Some("= hemligt"), None, "is not right"),
    ] {
        let error = load(file, variable.as_slice()).unwrap_err();
        assert!(error.contains(says), "{error:?} does not say {says:?}");
        assert!(!error.contains("hemligt"), "{error:?} gives the value away");
        assert_eq!(error.lines().count(), 1, "{error:?} is more than one line");
    }
}
