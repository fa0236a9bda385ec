//! From content to a PDF that screen readers follow: PDF/UA-1, checked by `krilla` while it is written.
//!
//! The same content on the same date gives the same bytes: no moment and nothing random goes in.

use std::rc::Rc;

use jiff::civil::Date;
use krilla::configure::{Configuration, Validator};
use krilla::destination::XyzDestination;
use krilla::geom::Point;
use krilla::metadata::{DateTime, Metadata, TextDirection};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::surface::Surface;
use krilla::tagging::{ArtifactType, ContentTag, Identifier, Node, SpanTag, TagGroup, TagTree};
use krilla::{Document, SerializeSettings};

use super::content::{Child, Content, Drawing, Element, MM, Mark, PAGE, Row};
use super::draw::{self, Pen};
use super::flow::{self, Placed};
use super::text::{Ink, Style, Typesetter};
use super::{PaperError, Print};

/// What stands at a page's head and foot.
const FURNITURE: Style = Style { size: 8.5, bold: false, ink: Ink::Discreet, left_to_right: false };

/// Where the column stands on the page, in points.
#[derive(Debug, Clone, Copy)]
pub struct Margins {
    /// At both sides.
    pub side: f32,
    /// Above.
    pub top: f32,
    /// Below.
    pub bottom: f32,
}

impl Margins {
    /// The column's width.
    pub fn width(self) -> f32 {
        PAGE.0 - 2.0 * self.side
    }

    fn height(self) -> f32 {
        PAGE.1 - self.top - self.bottom
    }
}

/// What is around the content.
pub struct Sheet<'a> {
    /// The document's title.
    pub title: String,
    /// Its language.
    pub language: &'a str,
    /// The day it bears.
    pub date: Date,
    /// Where the content stands.
    pub margins: Margins,
    /// What stands around it on every page; none for a document of one page.
    pub furniture: Option<Furniture<'a>>,
}

/// What stands at the head and foot of every page.
pub struct Furniture<'a> {
    /// At the head: at the start edge and at the end edge.
    pub head: (String, String),
    /// At the foot, the start edge.
    pub foot: String,
    /// At the foot, the end edge: "Sida 3 av 9", of the page and of how many there are.
    pub page: &'a dyn Fn(usize, usize) -> String,
}

impl<'a> Sheet<'a> {
    /// A document of one page.
    pub fn single(print: &Print<'a>, title: String, margins: Margins) -> Self {
        Self { title, language: &print.language.code, date: print.date, margins, furniture: None }
    }
}

/// Writes the PDF.
///
/// # Errors
/// Something stands outside the page; a letter is in no font of ours; what `krilla` refuses.
pub fn write(content: &Content, sheet: &Sheet<'_>, typesetter: &mut Typesetter) -> Result<Vec<u8>, PaperError> {
    let margins = sheet.margins;
    let pages = flow::pages(&content.rows, margins.width(), margins.height())?;
    if sheet.furniture.is_none() && pages.len() > 1 {
        return Err(PaperError::Outside(sheet.title.clone()));
    }
    let settings = SerializeSettings {
        configuration: Configuration::new_with_validator(Validator::UA1),
        ..SerializeSettings::default()
    };
    let mut document = Document::new_with(settings);
    let mut leaves: Vec<Option<Identifier>> = vec![None; content.leaves];
    for (number, placed) in pages.iter().enumerate() {
        let furniture = furniture(sheet, number + 1, pages.len(), typesetter)?;
        let page = PageSettings::from_wh(PAGE.0, PAGE.1).ok_or(PaperError::Geometry)?;
        let mut page = document.start_page_with(page);
        let mut surface = page.surface();
        let right_to_left = typesetter.right_to_left();
        for (row, top, kind) in &furniture {
            let pen = Pen { side: margins.side, top: *top, right_to_left };
            row.marks.iter().try_for_each(|mark| artifact(&mut surface, pen, mark, *kind))?;
        }
        for Placed { row, y } in placed {
            let pen = Pen { side: margins.side, top: margins.top + y, right_to_left };
            for mark in &content.rows[*row].marks {
                match mark.leaf {
                    Some(leaf) => leaves[leaf] = Some(tagged(&mut surface, pen, mark)?),
                    None => artifact(&mut surface, pen, mark, ArtifactType::Other)?,
                }
            }
        }
        surface.finish();
        page.finish();
    }
    let mut tree = TagTree::new();
    for child in &content.structure {
        if let Some(node) = node(child, &leaves) {
            tree.push(node);
        }
    }
    document.set_tag_tree(tree);
    document.set_outline(outline(content, &pages, margins));
    document.set_metadata(metadata(sheet, typesetter.right_to_left()));
    Ok(document.finish()?)
}

/// The rows at the head and the foot of a page, and where they stand.
fn furniture(
    sheet: &Sheet<'_>,
    page: usize,
    pages: usize,
    typesetter: &mut Typesetter,
) -> Result<Vec<(Row, f32, ArtifactType)>, PaperError> {
    let mut rows = Vec::new();
    let mut both = |start: &str, end: &str, top: f32, kind: ArtifactType| -> Result<(), PaperError> {
        let width = sheet.margins.width();
        let mut row = Row::default();
        for (text, at_end) in [(start, false), (end, true)] {
            let wide = typesetter.width(text, FURNITURE)? + 1.0;
            let paragraph = Rc::new(typesetter.set(text, FURNITURE, wide)?);
            let x = if at_end { width - wide } else { 0.0 };
            row.height = paragraph.lines.first().map_or(0.0, |line| line.height).max(row.height);
            let height = row.height;
            row.marks.push(Mark { x, y: 0.0, width: wide, height, drawing: Drawing::Text(paragraph, 0), leaf: None });
        }
        flow::pages(std::slice::from_ref(&row), width, PAGE.1)?;
        rows.push((row, top, kind));
        Ok(())
    };
    if let Some(Furniture { head, foot, page: name }) = &sheet.furniture {
        both(&head.0, &head.1, 9.0 * MM, ArtifactType::Header)?;
        both(foot, &name(page, pages), PAGE.1 - 14.0 * MM, ArtifactType::Footer)?;
    }
    Ok(rows)
}

fn artifact(surface: &mut Surface<'_>, pen: Pen, mark: &Mark, kind: ArtifactType) -> Result<(), PaperError> {
    surface.start_tagged(ContentTag::Artifact(kind));
    let drawn = draw::mark(surface, pen, mark);
    surface.end_tagged();
    drawn
}

fn tagged(surface: &mut Surface<'_>, pen: Pen, mark: &Mark) -> Result<Identifier, PaperError> {
    let tag = match mark.drawing {
        Drawing::Text(..) => ContentTag::Span(SpanTag::empty()),
        Drawing::Square | Drawing::Circle | Drawing::Rule | Drawing::Qr(_) => ContentTag::Other,
    };
    let identifier = surface.start_tagged(tag);
    let drawn = draw::mark(surface, pen, mark);
    surface.end_tagged();
    drawn.map(|()| identifier)
}

fn node(child: &Child, leaves: &[Option<Identifier>]) -> Option<Node> {
    match child {
        Child::Leaf(leaf) => leaves.get(*leaf).copied().flatten().map(Node::Leaf),
        Child::Element(Element { tag, children }) => {
            let children: Vec<_> = children.iter().filter_map(|child| node(child, leaves)).collect();
            (!children.is_empty()).then(|| Node::Group(TagGroup::with_children(tag.clone(), children)))
        }
    }
}

fn outline(content: &Content, pages: &[Vec<Placed>], margins: Margins) -> Outline {
    let mut outline = Outline::new();
    for entry in &content.outline {
        let place = pages
            .iter()
            .enumerate()
            .find_map(|(page, rows)| rows.iter().find(|placed| placed.row == entry.row).map(|placed| (page, placed.y)));
        if let Some((page, y)) = place {
            let to = XyzDestination::new(page, Point::from_xy(margins.side, margins.top + y));
            outline.push_child(OutlineNode::new(entry.title.clone(), to));
        }
    }
    outline
}

fn metadata(sheet: &Sheet<'_>, right_to_left: bool) -> Metadata {
    let part = |number: i8| u8::try_from(number).unwrap_or_default();
    let day = DateTime::new(u16::try_from(sheet.date.year()).unwrap_or_default())
        .month(part(sheet.date.month()))
        .day(part(sheet.date.day()));
    let direction = if right_to_left { TextDirection::RightToLeft } else { TextDirection::LeftToRight };
    Metadata::new()
        .title(sheet.title.clone())
        .language(sheet.language.to_owned())
        .creator(env!("CARGO_PKG_NAME").to_owned())
        .creation_date(day)
        .text_direction(direction)
}
