//! Every question, option and routing sentence stands on paper, in order.

use std::collections::BTreeSet;

use trygghetsdialog::i18n::text_with;
use trygghetsdialog::survey::definition::{FieldKind, Question, QuestionKind, Questionnaire, Text};
use trygghetsdialog::survey::document::layout::{beyond, not_screened_out};
use trygghetsdialog::survey::document::words::belongs_to_option;
use trygghetsdialog::survey::paper;
use trygghetsdialog::survey::routing::Condition;

use super::{Paper, print, survey};

/// Letters and digits: where lines break, and where marks are put, is the layout's business.
fn bare(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric() && !is_mark(*letter)).collect()
}

/// Vowel marks of Arabic.
fn is_mark(letter: char) -> bool {
    ('\u{64b}'..='\u{65f}').contains(&letter)
}

/// What is to be found, in order: the question's wording and, where it has any, the index of its field.
fn expected(questionnaire: &Questionnaire) -> Vec<(Text, Option<usize>)> {
    fn ask(questionnaire: &Questionnaire, question: &Question, all: &mut Vec<(Text, Option<usize>)>) {
        match &question.kind {
            QuestionKind::Field(field) if belongs_to_option(questionnaire, *field) => {}
            QuestionKind::Field(field) => all.push((question.text.clone(), Some(*field))),
            QuestionKind::Matrix { rows } => {
                all.push((question.text.clone(), None));
                all.extend(rows.iter().map(|row| (row.text.clone(), Some(row.field))));
            }
            QuestionKind::Repeat { places, .. } => {
                all.push((question.text.clone(), None));
                let items = places.iter().flat_map(|place| &place.questions);
                items.for_each(|item| ask(questionnaire, item, all));
            }
        }
    }
    let mut all = Vec::new();
    questionnaire
        .parts
        .iter()
        .flat_map(|part| &part.questions)
        .for_each(|question| ask(questionnaire, question, &mut all));
    all
}

fn whole(language: &str) {
    let questionnaire = survey();
    let Some(text) = Paper::new(&paper::questionnaire(&print(&questionnaire, language)).unwrap()).text() else {
        return;
    };
    let text = bare(&text);
    let read = |text: &Text| bare(text.in_language(language));
    let sentence = |key: &str, arguments: &[(&str, &str)]| {
        let arguments: Vec<_> = arguments.iter().map(|(name, value)| (*name, (*value).into())).collect();
        bare(text_with(language, key, &arguments).split('\u{1}').next().unwrap())
    };
    let questions = expected(&questionnaire);
    assert!(questions.len() > 50, "the questions are listed");
    let mut from = text.find(&read(&questionnaire.target_population)).expect("who it is for");
    for (number, (wording, field)) in questions.iter().enumerate() {
        let said = read(wording);
        let at = from + text[from..].find(&said).unwrap_or_else(|| panic!("{said} is missing, or too early"));
        from = at + said.len();
        let end = questions
            .get(number + 1)
            .and_then(|(next, _)| text[from..].find(&read(next)))
            .map_or(text.len(), |end| from + end);
        let here = &text[from..end];
        let Some(field) = field.map(|field| &questionnaire.fields[field]) else { continue };
        if beyond(&field.relevant, &not_screened_out(&questionnaire)) != Condition::Always && field.place.is_none() {
            let only = sentence("paper-if", &[("what", "\u{1}")]);
            assert!(here.contains(&only), "{said}: nobody is told who is to answer it: {here}");
        }
        if matches!(field.kind, FieldKind::Text { .. }) {
            continue;
        }
        let mut rest = here;
        let in_order = field.options().iter().all(|option| {
            let label = read(&option.text);
            let found = rest.find(&label).map(|at| &rest[at + label.len()..]);
            rest = found.unwrap_or(rest);
            found.is_some()
        });
        if !in_order {
            let by_number = ["paper-number", "paper-number-chosen", "paper-numbers"]
                .map(|key| sentence(key, &[("question", "\u{1}"), ("max", "5")]));
            assert!(by_number.iter().any(|how| here.contains(how)), "{said}: options are missing: {here}");
            for option in field.options() {
                assert!(text[..end].contains(&read(&option.text)), "{said}: {:?} stands nowhere before", option.id);
            }
        }
    }
}

#[test]
fn the_whole_survey_stands_on_paper_in_swedish() {
    whole("sv");
}

#[test]
fn the_whole_survey_stands_on_paper_in_english() {
    whole("en");
}

/// The tool that reads text back puts Arabic in order only where it guesses columns, and tears words at vowel marks. So
/// each word without one is looked for by itself; between directions the tool writes signs instead of spaces.
#[test]
fn the_whole_survey_stands_on_paper_in_arabic() {
    let questionnaire = survey();
    let paper = Paper::new(&paper::questionnaire(&print(&questionnaire, "ar")).unwrap());
    let Some(text) = paper.tool("pdftotext", &[], &["-"]) else { return };
    let text = String::from_utf8(text).unwrap();
    let there: BTreeSet<String> =
        text.split(|c: char| c.is_whitespace() || matches!(c, '\u{202a}'..='\u{202e}')).map(bare).collect();
    let mut words = BTreeSet::new();
    for (wording, field) in expected(&questionnaire) {
        let options = field.map_or(&[][..], |field| questionnaire.fields[field].options());
        let asked = !matches!(field, Some(field) if matches!(questionnaire.fields[field].kind, FieldKind::Text { .. }));
        let texts = [&wording].into_iter().chain(options.iter().filter(|_| asked).map(|option| &option.text));
        let texts: Vec<_> = texts.map(|text| text.in_language("ar").to_owned()).collect();
        words.extend(
            texts.iter().flat_map(|text| text.split_whitespace()).filter(|word| !word.contains(is_mark)).map(bare),
        );
    }
    words.retain(|word| !word.is_empty() && word.chars().all(|letter| ('\u{620}'..='\u{6ff}').contains(&letter)));
    assert!(words.len() > 300, "the words are listed");
    let missing: Vec<_> = words.difference(&there).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn routing_is_said_in_words_and_numbers() {
    let questionnaire = survey();
    let Some(text) = Paper::new(&paper::questionnaire(&print(&questionnaire, "sv")).unwrap()).text() else { return };
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for (sentence, times) in [
        ("Svara bara om du svarade ”Jag går inte ut ensam sent på kvällen” på fråga 6.", 1),
        ("Svara bara om du svarade ”Ja” på fråga 11.", 1),
        ("Svara bara om du valde minst 2 svar på fråga 12.6. Skriv numret på ett av dina svar på fråga 12.6.", 3),
        ("Svara bara om du vill berätta om en plats till.", 2),
        ("Skriv numret ur listan vid fråga 1.", 3),
        (
            "Svara bara om du inte svarade ”Ja” på fråga 11, och du svarade ”Ganska otrygg” eller ”Mycket otrygg” på fråga 6 \
             eller du svarade ”Jag känner mig otrygg” på fråga 6B.",
            1,
        ),
        ("Då är enkäten inte till för dig. Du behöver inte svara på fler frågor.", 4),
    ] {
        assert_eq!(text.matches(sentence).count(), times, "{sentence}");
    }
}

#[test]
fn codes_stand_before_their_options() {
    let questionnaire = survey();
    let Some(text) = Paper::new(&paper::questionnaire(&print(&questionnaire, "sv")).unwrap()).text() else { return };
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("1 Mycket trygg 2 Ganska trygg 3 Ganska otrygg 4 Mycket otrygg"), "{text}");
    assert!(text.contains("-8 Vet inte / osäker -9 Vill inte svara"), "{text}");
}
