//! Simulated residents: valid answers that follow the published figures.

use std::collections::BTreeMap;

use trygghetsdialog::id::SeededRandomness;
use trygghetsdialog::results::Tabulator;
use trygghetsdialog::statistics::disclosure::{Breakdown, Limits, Status};
use trygghetsdialog::survey::answers::Answers;
use trygghetsdialog::survey::definition::{self, Questionnaire};
use trygghetsdialog::survey::form::{Checked, check};
use trygghetsdialog::survey::simulation::Residents;

fn survey() -> Questionnaire {
    let (name, text) = definition::VKOD_2017;
    definition::load(name, text).expect("the survey loads")
}

#[test]
fn explore() {
    let q = survey();
    let mut tab = Tabulator::new(&q);
    for raw in Residents::new(&q, &SeededRandomness::new(1)).take(5000) {
        if let Checked::Valid(v) = check(&q, &raw) {
            tab.add(&v.answers)
        }
    }
    let r = tab.finish(Limits::default());
    let _ = std::fs::remove_dir_all("/tmp/exp");
    let e = trygghetsdialog::results::export::Edition { simulated: true, date: jiff::civil::date(2019, 3, 1) };
    println!("{:?}", trygghetsdialog::results::export::write(std::path::Path::new("/tmp/exp"), &r, &q, e));
}
