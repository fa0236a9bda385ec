//! The real survey as a document: what it weighs, and what it keeps.

use std::collections::BTreeSet;
use std::sync::Arc;

use actix_web::body::to_bytes;
use futures_util::FutureExt;

use super::*;
use crate::id::{Draw, SeededRandomness};
use crate::survey::definition;
use crate::survey::form::{self, Checked};
use crate::survey::routing::evaluate::{Selections, holds, route};
use rand::RngExt;

/// The most that a resident downloads, compressed: what fits into the first round trip of a connection.
const MOST_BYTES: usize = 14_000;

const RECEIPT: &str = "AAAAAAAAAAAAAAAAAAAAAA";

fn questionnaire() -> Arc<Questionnaire> {
    let (name, text) = definition::VKOD_2017;
    Arc::new(definition::load(name, text).unwrap())
}

fn published() -> (Document, Assets) {
    let questionnaire = questionnaire();
    let mut assets = Assets::default();
    let addresses = AssetAddresses::register(&questionnaire, &mut assets);
    (Document::publish(questionnaire, addresses, Context::default()).unwrap(), assets)
}

/// The empty document as it is sent.
fn empty(document: &Document, language: &str, order: Permutation, encoding: Encoding) -> Vec<u8> {
    to_bytes(document.empty(language, order, RECEIPT, encoding)).now_or_never().unwrap().unwrap().into()
}

fn empty_text(document: &Document, language: &str, order: Permutation) -> String {
    String::from_utf8(empty(document, language, order, Encoding::Identity)).unwrap()
}

fn raw(answers: &[(&str, &str)]) -> RawAnswers {
    let mut raw = RawAnswers::new();
    for (name, value) in answers {
        raw.entry((*name).to_owned()).or_default().push((*value).to_owned());
    }
    raw
}

#[test]
fn the_whole_survey_fits_into_14_kilobytes_in_three_requests() {
    let (document, assets) = published();
    let order = Permutation::from_form(Some("0"));
    for (language, pages) in &document.pages {
        let page = &pages[0];
        page.best.get_or_init(|| page.head.pack_well());
        let html = empty(&document, language, order, Encoding::Brotli).len();
        let others = [&document.assets.stylesheet, &document.assets.script];
        let others = others.map(|address| assets.get(address).unwrap().bytes(Encoding::Brotli).len());
        let all = html + others.iter().sum::<usize>();
        println!("{language}: {html} + {others:?} = {all} bytes");
        assert!(all <= MOST_BYTES, "{language}: {html} + {others:?} = {all} bytes");
    }
    let page = empty_text(&document, "sv", order);
    let requests = page.matches("src=\"").count() + page.matches("rel=\"stylesheet\"").count();
    assert_eq!(requests, 2, "beside the page itself");
    assert!(!page.contains("<style") && !page.contains(" style=") && !page.contains(" on"), "nothing inline");
}

#[test]
fn every_language_and_order_ends_with_the_receipt() {
    let (document, _) = published();
    let mut pages = BTreeSet::new();
    for language in ["sv", "en", "ar"] {
        for order in Permutation::all() {
            let page = empty_text(&document, language, order);
            let (before, after) = page.split_once(RECEIPT).unwrap();
            assert!(before.ends_with("name=\"kvitto\" value=\"") && after.len() < 40);
            assert!(page.contains(&format!("name=\"ordning\" value=\"{}\"", order.number())));
            for field in &document.questionnaire().fields {
                assert!(page.contains(&format!("name=\"{}\"", field.name)), "{} in {language}", field.name);
            }
            pages.insert(page);
        }
    }
    assert_eq!(pages.len(), 48);
}

#[test]
fn ids_are_unique_and_labels_lead_to_controls() {
    let (document, _) = published();
    let page = empty_text(&document, "sv", Permutation::from_form(None));
    let values = |attribute: &str| -> Vec<String> {
        let opening = format!(" {attribute}=\"");
        page.split(&opening).skip(1).filter_map(|piece| piece.split('"').next()).map(str::to_owned).collect()
    };
    let ids: Vec<String> = values("id");
    let unique: BTreeSet<&String> = ids.iter().collect();
    assert_eq!(ids.len(), unique.len());
    let described = values("aria-describedby");
    let targets = values("for").into_iter().chain(described.iter().flat_map(|ids| ids.split(' ').map(str::to_owned)));
    for target in targets.chain(values("list")) {
        assert!(unique.contains(&target), "no element is called {target}");
    }
    for target in values("href").iter().filter_map(|href| href.strip_prefix('#')) {
        assert!(unique.contains(&target.to_owned()), "a link leads to #{target}, which is not there");
    }
}

#[test]
fn a_filled_document_keeps_what_was_given() {
    let (document, _) = published();
    let raw = raw(&[
        ("X01", "folkbokford"),
        ("Q01", "hemmesta"),
        ("Q22", "<b>Mer ljus</b>\n\"tack\""),
        ("Q12.2", "nej"),
        ("Q12.2", "ja"),
        ("Q12.3", "nej"),
        ("Q19", "belysning"),
    ]);
    let faults = match form::check(document.questionnaire(), &raw) {
        Checked::Faulty(faults) => faults,
        Checked::Valid(_) | Checked::ScreenedOut => Vec::new(),
    };
    assert_eq!(faults.len(), 2, "X02 and X03 are missing");
    let open = document.part_of(&faults);
    assert_eq!(open, Open::Part(0));
    let order = Permutation::from_form(Some("7"));
    let filled = Filled { raw: &raw, order, receipt: RECEIPT, open, faults: &faults, notice: None };
    let page = document.filled("sv", &filled).unwrap();
    assert!(page.contains(" checked name=\"X01\" value=\"folkbokford\""));
    assert!(page.contains("<option value=\"hemmesta\" selected>"));
    assert!(page.contains("&lt;b&gt;Mer ljus&lt;/b&gt;\n") || page.contains("&#60;b&#62;Mer ljus&#60;/b&#62;\n"));
    assert!(!page.contains("<b>Mer ljus"), "what she writes is never markup");
    assert!(page.contains("id=\"Q12-2\" checked") && !page.contains("id=\"Q12-3\" checked"));
    assert!(page.contains("class=\"part open\"") && page.contains("href=\"#X02\"") && page.contains("href=\"#X03\""));
    assert!(page.contains("name=\"ordning\" value=\"7\"") && page.contains(RECEIPT));
    let english = document.filled("en", &Filled { open: Open::Start, faults: &[], ..filled }).unwrap();
    assert!(english.contains("lang=\"en\"") && english.contains(" checked name=\"X01\" value=\"folkbokford\""));
}

/// Whatever was answered, exactly one way leads on from each part, and one back.
#[test]
fn exactly_one_link_leads_on() {
    let questionnaire = questionnaire();
    let randomness = SeededRandomness::new(3);
    let mut draw = Draw(&randomness);
    for _ in 0..500 {
        let sets = questionnaire.fields.iter().map(|field| {
            let options = u32::try_from(field.options().len()).unwrap();
            draw.random::<u64>() & draw.random::<u64>() & 1_u64.checked_shl(options).unwrap_or(0).wrapping_sub(1)
        });
        let selections = Selections(sets.collect());
        let chosen = route(&questionnaire, &selections).chosen;
        for part in 0..questionnaire.parts.len() {
            for links in [layout::next(&questionnaire, part), layout::back(&questionnaire, part)] {
                let open = links.iter().filter(|link| holds(&questionnaire, &link.when, &chosen)).count();
                assert_eq!(open, 1, "part {part}: {links:?}");
            }
        }
    }
}
