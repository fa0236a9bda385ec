//! The forms and letters of simulated residents, and what each part of taking one costs.

use std::hint::black_box;
use std::time::Instant;

use crypto_box::SecretKey;
use crypto_box::aead::OsRng;
use trygghetsdialog::id::{SeededRandomness, SystemRandomness};
use trygghetsdialog::survey::answers::RawAnswers;
use trygghetsdialog::survey::definition::{self, Questionnaire, VKOD_2017};
use trygghetsdialog::survey::form::{self, Checked, RECEIPT_FIELD};
use trygghetsdialog::survey::letterbox::{Channel, Letter};
use trygghetsdialog::survey::{receipt, simulation};

use crate::support::figures::{head, readable, row};

/// Residents for whom the survey is.
pub struct Residents {
    questionnaire: Questionnaire,
    answers: Vec<RawAnswers>,
    letters: Vec<Letter>,
}

impl Residents {
    /// So many.
    pub fn new(number: usize) -> Self {
        let questionnaire = definition::load(VKOD_2017.0, VKOD_2017.1).expect("the survey passes the checks");
        let come = simulation::Residents::new(&questionnaire, &SeededRandomness::new(2019));
        let (answers, letters) = come
            .filter_map(|raw| match form::check(&questionnaire, &raw) {
                Checked::Valid(valid) => Some((
                    raw,
                    Letter {
                        version: questionnaire.version,
                        channel: Channel::web(),
                        answers: valid.answers,
                        comments: valid.comments,
                    },
                )),
                Checked::ScreenedOut | Checked::Faulty(_) => None,
            })
            .take(number)
            .unzip();
        Self { questionnaire, answers, letters }
    }

    /// What their browsers send: each time with fresh receipts.
    pub fn forms(&self) -> Vec<String> {
        let form = |raw: &RawAnswers| {
            let mut form = form_urlencoded::Serializer::new(String::new());
            for (name, values) in raw {
                form.extend_pairs(values.iter().map(|value| (name, value)));
            }
            form.append_pair("action", "submit").append_pair("ordning", "7");
            form.append_pair(RECEIPT_FIELD, &receipt::issue(&SystemRandomness)).finish()
        };
        self.answers.iter().map(form).collect()
    }

    /// What is sealed of it.
    pub fn letters(&self) -> Vec<Letter> {
        self.letters.clone()
    }

    /// Times each part by itself, on one processor.
    pub fn print_parts(&self) {
        let forms = self.forms();
        let bytes: usize = forms.iter().map(String::len).sum();
        let key = SecretKey::generate(&mut OsRng).public_key();
        let padded = vec![7; 2048];
        let parts: [(&str, f64); 4] = [
            ("reading the form", each(&forms, |form| drop(form::read(&self.questionnaire, form.as_bytes())))),
            ("routing and checking", each(&self.answers, |raw| drop(form::check(&self.questionnaire, raw)))),
            ("writing the letter", each(&self.letters, |letter| drop(serde_json::to_vec(letter)))),
            ("sealing 2 KiB", each(&self.letters, |_| drop(key.seal(&mut OsRng, &padded)))),
        ];
        let title = format!("Parts of a submission; a form is {} bytes in the mean", bytes / forms.len());
        head(&title, &["part", "processor time, µs"]);
        parts.iter().for_each(|(name, microseconds)| row(&[name, &readable(*microseconds)]));
    }
}

/// Microseconds for one, in the mean of the best of three passes.
fn each<T>(all: &[T], mut act: impl FnMut(&T)) -> f64 {
    let passes = (0..3).map(|_| {
        let begin = Instant::now();
        all.iter().for_each(|one| act(black_box(one)));
        begin.elapsed().as_secs_f64() * 1e6 / all.len() as f64
    });
    passes.fold(f64::INFINITY, f64::min)
}
