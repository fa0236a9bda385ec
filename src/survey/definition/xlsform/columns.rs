//! What the headings of a form's sheets mean, in the spellings that are in use.

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heading {
    /// A fact, under its usual name.
    Plain(&'static str),
    /// A text in a language; the language is empty where none is named.
    Text(&'static str, String),
    /// XLSForm knows it, a questionnaire has no use for it.
    Left,
    /// Nobody knows it.
    Unknown,
}

/// Columns of the sheet `survey`: usual name, other spellings.
const SURVEY: &[(&str, &[&str])] = &[
    ("type", &["command"]),
    ("name", &["tag", "value"]),
    ("required", &["bind::required"]),
    ("relevant", &["relevance", "bind::relevant"]),
    ("constraint", &["bind::constraint"]),
    ("choice_filter", &[]),
    ("repeat_count", &["count", "jr::count"]),
    ("appearance", &["control::appearance", "body::appearance"]),
    ("parameters", &[]),
    ("disabled", &[]),
    ("calculation", &["calculate", "bind::calculate"]),
];

/// The service's own columns of the sheet `survey`.
const SURVEY_OWN: &[&str] = &[
    "trygghet::kind",
    "trygghet::relevant",
    "trygghet::marks",
    "trygghet::suggestions",
    "trygghet::note",
    "trygghet::based_on",
    "trygghet::evidence",
    "trygghet::benchmark",
];

const CHOICES: &[(&str, &[&str])] = &[("list_name", &["list name"]), ("name", &["value"])];

/// The service's own columns of the sheet `choices`: they reach the form as XML elements, in whose names a
/// colon would part a prefix. Nothing that is for the council only stands there.
const CHOICES_OWN: &[&str] = &[
    "trygghet_code",
    "trygghet_from",
    "trygghet_exclusive",
    "trygghet_screen_out",
    "trygghet_text_max",
    "trygghet_group",
    "trygghet_addresses",
    "trygghet_women",
];

const SETTINGS: &[(&str, &[&str])] = &[
    ("form_title", &["title", "set form title", "set_form_title"]),
    ("form_id", &["id_string", "set form id", "set_form_id"]),
    ("version", &[]),
    ("default_language", &[]),
    ("style", &[]),
];

/// Columns with texts in languages.
const TEXTS: &[(&str, &[&str])] = &[
    ("required_message", &["required message", "requiredmsg", "bind:jr:requiredmsg", "bind::jr:requiredmsg"]),
    ("label", &["caption"]),
    ("hint", &[]),
    (
        "constraint_message",
        &[
            "constraint message",
            "constraining message",
            "constraining_message",
            "bind:jr:constraintmsg",
            "bind::jr:constraintmsg",
        ],
    ),
];

/// What XLSForm knows besides: a beginning of the heading is enough.
const LEFT: &[&str] = &[
    "default",
    "read_only",
    "readonly",
    "read only",
    "trigger",
    "media",
    "image",
    "audio",
    "video",
    "big-image",
    "guidance_hint",
    "save_to",
    "save_incomplete",
    "bind",
    "body",
    "control",
    "instance",
    "autoplay",
    "rows",
    "kobo--",
    "hxl",
    "accuracythreshold",
    "noapperrorstring",
    "public_key",
    "submission_url",
    "auto_send",
    "auto_delete",
    "instance_name",
    "namespaces",
    "prefix",
    "sms_",
    "allow_choice_duplicates",
    "omit_instanceid",
    "client_editable",
    "clean_text_values",
    "attribute",
];

/// What a heading of the sheet means.
pub fn heading(sheet: &str, written: &str) -> Heading {
    let written = written.trim();
    let lower = written.to_lowercase();
    let (plain, own) = match sheet {
        "survey" => (SURVEY, SURVEY_OWN),
        "choices" => (CHOICES, CHOICES_OWN),
        "settings" => (SETTINGS, &[][..]),
        _ => return Heading::Unknown,
    };
    if let Some(language) = lower.strip_prefix("trygghet::add_label_").filter(|_| sheet == "survey") {
        return Heading::Text("add_label", language.to_owned());
    }
    if let Some(known) = own.iter().find(|known| **known == lower) {
        return Heading::Plain(known);
    }
    // `bind:relevant`, `bind: relevant` and `bind::relevant` are the same.
    let parts: Vec<&str> = lower.split(':').map(str::trim).filter(|part| !part.is_empty()).collect();
    let usual_colons = parts.join("::");
    let spelled =
        |(usual, others): &&(&'static str, &[&str])| *usual == usual_colons || others.contains(&usual_colons.as_str());
    if let Some((usual, _)) = plain.iter().find(spelled) {
        return Heading::Plain(usual);
    }
    if sheet != "settings" {
        for (usual, others) in TEXTS {
            for spelling in std::iter::once(usual).chain(*others) {
                let Some(rest) = lower.strip_prefix(spelling) else { continue };
                let rest = written.get(written.len() - rest.len()..).unwrap_or_default().trim_start();
                if rest.is_empty() || rest.starts_with(':') {
                    return Heading::Text(usual, rest.trim_start_matches(':').trim().to_owned());
                }
            }
        }
    }
    if LEFT.iter().any(|known| lower.starts_with(known)) { Heading::Left } else { Heading::Unknown }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_in_many_spellings() {
        let text = |name, language: &str| Heading::Text(name, language.to_owned());
        for (sheet, written, meaning) in [
            ("survey", "Type", Heading::Plain("type")),
            ("survey", "relevance", Heading::Plain("relevant")),
            ("survey", "bind::relevant", Heading::Plain("relevant")),
            ("survey", "bind: constraint", Heading::Plain("constraint")),
            ("survey", "jr:count", Heading::Plain("repeat_count")),
            ("survey", "bind:jr:constraintMsg", text("constraint_message", "")),
            ("survey", "label", text("label", "")),
            ("survey", "label::Svenska (sv)", text("label", "Svenska (sv)")),
            ("survey", "label:English", text("label", "English")),
            ("survey", "Label :: العربية (ar)", text("label", "العربية (ar)")),
            ("survey", "labels", Heading::Unknown),
            ("survey", "constraint_message::sv", text("constraint_message", "sv")),
            ("survey", "trygghet::relevant", Heading::Plain("trygghet::relevant")),
            ("survey", "trygghet::add_label_sv", text("add_label", "sv")),
            ("survey", "media::image::English (en)", Heading::Left),
            ("survey", "bind::esri:fieldType", Heading::Left),
            ("survey", "comments", Heading::Unknown),
            ("choices", "list name", Heading::Plain("list_name")),
            ("choices", "trygghet_code", Heading::Plain("trygghet_code")),
            ("choices", "region", Heading::Unknown),
            ("settings", "form_id", Heading::Plain("form_id")),
            ("settings", "label", Heading::Unknown),
        ] {
            assert_eq!(heading(sheet, written), meaning, "{sheet} {written}");
        }
    }
}
