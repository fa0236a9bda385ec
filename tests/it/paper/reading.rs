//! What readers make of it: structure for screen readers, codes for cameras, the same bytes each time.

use trygghetsdialog::survey::definition::{Question, QuestionKind};
use trygghetsdialog::survey::document::words::belongs_to_option;
use trygghetsdialog::survey::paper::{self, PaperError};

use super::{Paper, SITE, print, survey};

const PAGE: [u32; 4] = [0, 0, 210, 297];

/// What the codes within a part of a page say: its left, top, width and height in millimetres.
fn codes(paper: &Paper, part: [u32; 4]) -> Option<Vec<String>> {
    const DOTS_PER_INCH: u32 = 150;
    let [x, y, width, height] = part.map(|side| (side * DOTS_PER_INCH * 10 / 254).to_string());
    let resolution = DOTS_PER_INCH.to_string();
    let cut = ["-gray", "-singlefile", "-r", &resolution, "-x", &x, "-y", &y, "-W", &width, "-H", &height];
    let image = paper.tool("pdftoppm", &cut, &[])?;
    // "P5", width, height and the largest value, each ended by one space; then a byte a dot.
    let mut rest = image.as_slice();
    let mut header = Vec::new();
    while header.len() < 4 {
        let end = rest.iter().position(u8::is_ascii_whitespace).unwrap();
        header.push(std::str::from_utf8(&rest[..end]).unwrap());
        rest = &rest[end + 1..];
    }
    assert_eq!((header[0], header[3]), ("P5", "255"));
    let [width, height] = [header[1], header[2]].map(|side| side.parse::<usize>().unwrap());
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| rest[y * width + x]);
    Some(prepared.detect_grids().iter().map(|grid| grid.decode().unwrap().1).collect())
}

#[test]
fn the_code_of_a_poster_is_the_address_and_nothing_else() {
    let questionnaire = survey();
    for language in ["sv", "ar"] {
        let paper = Paper::new(&paper::poster(&print(&questionnaire, language)).unwrap());
        let Some(found) = codes(&paper, PAGE) else { return };
        assert_eq!(found, [format!("{SITE}/{language}/enkat")]);
    }
}

#[test]
fn every_card_of_a_sheet_can_be_read() {
    let questionnaire = survey();
    let paper = Paper::new(&paper::cards(&print(&questionnaire, "sv")).unwrap());
    for card in (0..10).map(|number| [20 + number % 2 * 85, 9 + number / 2 * 55, 85, 55]) {
        let Some(found) = codes(&paper, card) else { return };
        assert_eq!(found, [format!("{SITE}/sv/enkat")]);
    }
}

#[test]
fn a_dialogue_among_several_has_its_name_in_the_address() {
    let questionnaire = survey();
    let named = paper::Print { dialogue: Some("host-2018"), ..print(&questionnaire, "en") };
    let Some(found) = codes(&Paper::new(&paper::poster(&named).unwrap()), PAGE) else { return };
    assert_eq!(found, [format!("{SITE}/en/host-2018/enkat")]);
}

/// Someone at home may find a card.
#[test]
fn a_card_does_not_say_what_it_is_about() {
    let questionnaire = survey();
    for (language, telling) in [
        ("sv", ["trygg", "otrygg", "kvinn", "våld", "brott", "rädd"]),
        ("en", ["safe", "unsafe", "wom", "violen", "crime", "insecur"]),
        ("ar", ["أمان", "نساء", "امرأة", "عنف", "جريمة", "خوف"]),
    ] {
        let Some(text) = Paper::new(&paper::cards(&print(&questionnaire, language)).unwrap()).text() else { return };
        let text = text.to_lowercase();
        let found: Vec<_> = telling.into_iter().filter(|word| text.contains(word)).collect();
        assert!(found.is_empty(), "{language}: {found:?} in {text}");
    }
}

#[test]
fn screen_readers_find_headings_lists_and_what_the_code_is() {
    let questionnaire = survey();
    let paper = Paper::new(&paper::questionnaire(&print(&questionnaire, "sv")).unwrap());
    let Some(structure) = paper.tool("pdfinfo", &["-struct-text"], &[]) else { return };
    let structure = String::from_utf8_lossy(&structure).into_owned();
    let count =
        |tag: &str| structure.lines().filter(|line| line.trim_start().split([' ', '"']).next() == Some(tag)).count();
    assert_eq!(count("H1"), 1);
    // The parts, and what stands before and after them.
    assert_eq!(count("H2"), 7 + 3);
    let questions = questionnaire.parts.iter().flat_map(|part| &part.questions);
    let of_option = |question: &&Question| match question.kind {
        QuestionKind::Field(field) => belongs_to_option(&questionnaire, field),
        QuestionKind::Matrix { .. } | QuestionKind::Repeat { .. } => false,
    };
    assert_eq!(count("H3"), questions.filter(|question| !of_option(question)).count(), "one heading a question");
    assert!(count("L") > 45 && count("LI") > 300, "options are items of lists");
    assert_eq!((count("Lbl"), count("LBody")), (count("LI"), count("LI")));
    assert!(!structure.contains("Sida 1 av"), "page numbers are no part of the text");

    let Some(info) = paper.tool("pdfinfo", &["-meta"], &[]) else { return };
    let info = String::from_utf8_lossy(&info).into_owned();
    assert!(info.contains("<pdfuaid:part>1</pdfuaid:part>"), "{info}");
    assert!(info.contains("Kvinnors upplevda otrygghet utomhus"), "{info}");

    let poster = paper::poster(&print(&questionnaire, "en")).unwrap();
    let Some(structure) = Paper::new(&poster).tool("pdfinfo", &["-struct"], &[]) else { return };
    assert!(String::from_utf8_lossy(&structure).contains("Figure"));
}

#[test]
fn the_same_is_printed_each_time() {
    let questionnaire = survey();
    for language in ["sv", "ar"] {
        let print = print(&questionnaire, language);
        for printed in [paper::questionnaire, paper::poster, paper::cards] {
            assert!(printed(&print).unwrap() == printed(&print).unwrap(), "{language}");
        }
    }
}

#[test]
fn an_exercise_says_so_everywhere() {
    let questionnaire = survey();
    let exercise = paper::Print { simulated: true, ..print(&questionnaire, "sv") };
    for printed in [paper::questionnaire, paper::poster, paper::cards] {
        let Some(text) = Paper::new(&printed(&exercise).unwrap()).text() else { return };
        assert!(text.split_whitespace().collect::<Vec<_>>().join(" ").contains("Övning: svaren"), "{text}");
    }
}

#[test]
fn what_can_not_be_set_is_refused_by_name() {
    let questionnaire = survey();
    let foreign = paper::Print { hand_in: Some("図書館"), ..print(&questionnaire, "sv") };
    assert!(matches!(paper::questionnaire(&foreign), Err(PaperError::Letter(letter)) if "図書館".contains(&letter)));
    let long = format!("https://{}.se", "langt".repeat(600));
    let long = paper::Print { site: &long, ..print(&questionnaire, "sv") };
    assert!(matches!(paper::poster(&long), Err(PaperError::Qr)));
    let wide = format!("https://{}.se", "langt".repeat(200));
    let wide = paper::Print { site: &wide, ..print(&questionnaire, "sv") };
    assert!(matches!(paper::cards(&wide), Err(PaperError::Outside(_))));
}
