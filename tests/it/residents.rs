//! Simulated residents: valid answers that follow the published figures.

use std::collections::BTreeMap;

use trygghetsdialog::id::SeededRandomness;
use trygghetsdialog::survey::answers::{Answers, Codes, RawAnswers};
use trygghetsdialog::survey::definition::{self, FieldKind, Questionnaire};
use trygghetsdialog::survey::form::{Checked, Valid, check};
use trygghetsdialog::survey::simulation::Residents;

fn survey() -> Questionnaire {
    let (name, text) = definition::VKOD_2017;
    definition::load(name, text).expect("the survey loads")
}

/// The same survey under a name that nobody has habits for.
fn unknown_survey() -> Questionnaire {
    let (name, text) = definition::VKOD_2017;
    definition::load(name, &text.replace("questionnaire: vkod-2017", "questionnaire: annan")).expect("it loads")
}

fn residents(questionnaire: &Questionnaire, seed: u64, number: usize) -> Vec<RawAnswers> {
    Residents::new(questionnaire, &SeededRandomness::new(seed)).take(number).collect()
}

/// What is stored of residents who are not screened out; a faulty one fails the test.
fn valid(questionnaire: &Questionnaire, raw: &[RawAnswers]) -> Vec<Valid> {
    let valid = raw.iter().filter_map(|raw| match check(questionnaire, raw) {
        Checked::Valid(valid) => Some(valid),
        Checked::ScreenedOut => None,
        Checked::Faulty(faults) => panic!("{faults:?} in {raw:?}"),
    });
    valid.collect()
}

fn codes<'a>(answers: &'a Answers, field: &str) -> &'a [i16] {
    answers.0.get(field).map_or(&[], Codes::as_slice)
}

fn one(answers: &Answers, field: &str) -> Option<i16> {
    codes(answers, field).first().copied()
}

/// A share with its number.
struct Share {
    of: f64,
    base: f64,
}

impl Share {
    fn among<'a>(
        residents: impl Iterator<Item = &'a Answers>,
        holds: impl Fn(&Answers) -> bool,
        answered: impl Fn(&Answers) -> bool,
    ) -> Self {
        let (mut of, mut base) = (0.0, 0.0);
        for answers in residents.filter(|answers| answered(answers)) {
            base += 1.0;
            of += f64::from(u8::from(holds(answers)));
        }
        Self { of, base }
    }

    /// Within four standard errors of a per cent: a false alarm in 16,000 comparisons.
    fn assert_near(&self, what: &str, percent: f64) {
        let expected = percent / 100.0;
        let share = self.of / self.base;
        let error = (expected * (1.0 - expected) / self.base).sqrt();
        assert!((share - expected).abs() < 4.0 * error, "{what}: {share:.4}, not {expected:.4} ± {error:.4}");
    }
}

#[test]
fn marginals_are_within_sampling_error_of_the_figures() {
    let questionnaire = survey();
    let stored = valid(&questionnaire, &residents(&questionnaire, 20_170_118, 20_000));
    let all = || stored.iter().map(|valid| &valid.answers);

    // SCB, women of 16 or more in Värmdö by age, and of all ages by area; 2019-12-31.
    let ages = [1117.0, 1001.0, 2487.0, 2895.0, 3665.0, 2528.0, 2219.0, 1245.0, 417.0];
    for (code, women) in (1..).zip(ages) {
        let share = Share::among(all(), |answers| one(answers, "X03") == Some(code), |_| true);
        share.assert_near(&format!("age {code}"), 100.0 * women / 17_574.0);
    }
    let areas = [
        2571.0, 1270.0, 1093.0, 1061.0, 1008.0, 960.0, 719.0, 1372.0, 556.0, 629.0, 1733.0, 400.0, 1710.0, 1111.0,
        724.0, 792.0, 968.0, 1874.0, 1699.0,
    ];
    for (code, women) in (1..).zip(areas) {
        let known = |answers: &Answers| one(answers, "Q01").is_some_and(|code| code > 0);
        let share = Share::among(all(), |answers| one(answers, "Q01") == Some(code), known);
        share.assert_near(&format!("area {code}"), 100.0 * women / 22_250.0);
    }

    // NTU 2017, women, table 4A:1 by age. Denominator: who goes out, or stays in because unsafe.
    let goes_out = |answers: &Answers| one(answers, "Q06").is_some_and(|code| (1..=4).contains(&code));
    let stays_in_unsafe = |answers: &Answers| one(answers, "Q06B") == Some(1);
    let is_unsafe = |answers: &Answers| matches!(one(answers, "Q06"), Some(3 | 4)) || stays_in_unsafe(answers);
    let by_age = [43.5703, 41.8943, 36.4360, 32.4343, 30.4904, 33.5468, 37.4438, 43.6129];
    for (code, percent) in (1..).zip(by_age) {
        let of_age = all().filter(|answers| one(answers, "X03") == Some(code));
        let share = Share::among(of_age, is_unsafe, |answers| goes_out(answers) || stays_in_unsafe(answers));
        share.assert_near(&format!("4A:1, age {code}"), percent);
    }
    // Tables 4C:1, 4H:1 and 4I:1: very or fairly often, of women of 16–84 who answered.
    for (table, field, percent) in
        [("4C:1", "Q08.sexuellt", 19.1167), ("4H:1", "Q09.annan_vag", 30.1429), ("4I:1", "Q09.avstatt", 15.3265)]
    {
        let asked = all().filter(|answers| one(answers, "X03") != Some(9));
        let often = |answers: &Answers| matches!(one(answers, field), Some(1 | 2));
        Share::among(asked, often, |answers| one(answers, field).is_some_and(|code| code > 0))
            .assert_near(table, percent);
    }
}

#[test]
fn answers_hang_together() {
    let questionnaire = survey();
    let stored = valid(&questionnaire, &residents(&questionnaire, 7, 20_000));
    let all = || stored.iter().map(|valid| &valid.answers);
    let share = |holds: &dyn Fn(&Answers) -> bool, among: &dyn Fn(&Answers) -> bool| {
        let share = Share::among(all(), holds, among);
        assert!(share.base > 100.0);
        share.of / share.base
    };
    // Causes depend on the place: enclosed (4) in underpasses (3), speed (13) on roads (5).
    let place = |kind: i16| move |answers: &Answers| one(answers, "Q12.1.P01") == Some(kind);
    let cause = |cause: i16| move |answers: &Answers| codes(answers, "Q12.1.P06").contains(&cause);
    assert!(share(&cause(4), &place(3)) > 3.0 * share(&cause(4), &place(4)));
    assert!(share(&cause(13), &place(5)) > 3.0 * share(&cause(13), &place(9)));
    // One who feels unsafe does more to feel safe; "none of these" is 91.
    let does_nothing = |answers: &Answers| codes(answers, "Q18") == [91];
    let safe = |answers: &Answers| one(answers, "Q06") == Some(1);
    let very_unsafe = |answers: &Answers| one(answers, "Q06") == Some(4);
    assert!(share(&does_nothing, &safe) > 2.0 * share(&does_nothing, &very_unsafe));
    // Measures answer causes: bad stops (16) and safer stops (14).
    let wants_stops = |answers: &Answers| codes(answers, "Q19").contains(&14);
    let bad_stop = |answers: &Answers| codes(answers, "Q12.1.P06").contains(&16);
    assert!(share(&wants_stops, &bad_stop) > 1.5 * share(&wants_stops, &|answers| !bad_stop(answers)));
    // Some give two and three places, leave questions out, refuse, and write.
    assert!(all().any(|answers| answers.0.contains_key("Q12.3.P01")));
    assert!(all().any(|answers| !answers.0.contains_key("Q10")));
    assert!(all().any(|answers| codes(answers, "Q16") == [-9]));
    let comments: Vec<_> = stored.iter().flat_map(|valid| &valid.comments).collect();
    let about = |question: &str| comments.iter().filter(|comment| comment.question == question).count();
    for question in ["Q12.P03", "Q13.annat", "Q14.annat", "Q18.annat", "Q19.annat", "Q22"] {
        assert!(about(question) > 10, "{question}");
    }
    assert!(comments.iter().all(|comment| !comment.text.contains(|c: char| c.is_ascii_digit() || c == '@')));
}

#[test]
fn a_seed_gives_the_same_residents() {
    let questionnaire = survey();
    assert_eq!(residents(&questionnaire, 5, 50), residents(&questionnaire, 5, 50));
    assert_ne!(residents(&questionnaire, 5, 50), residents(&questionnaire, 6, 50));
}

#[test]
fn residents_answer_any_questionnaire() {
    let questionnaire = unknown_survey();
    let raw = residents(&questionnaire, 3, 2_000);
    let stored = valid(&questionnaire, &raw);
    let screened_out = raw.len() - stored.len();
    assert!((20..400).contains(&screened_out), "{screened_out} of 2000 are screened out");
    // Every field is answered by someone.
    let mut answered: BTreeMap<&str, usize> = BTreeMap::new();
    for raw in &raw {
        raw.keys().for_each(|name| *answered.entry(name).or_default() += 1);
    }
    for field in questionnaire.fields.iter().filter(|field| !matches!(field.kind, FieldKind::Text { .. })) {
        assert!(answered.contains_key(field.name.as_str()), "nobody answers {}", field.name);
    }
}
