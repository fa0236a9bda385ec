//! Text set in lines, in fonts that the binary carries.
//!
//! Shaping (Arabic letters join), the order of mixed directions and the breaking of lines are `parley`'s; here its
//! lines become glyphs that a PDF takes. The fonts lie in `static/fonts` and are the only ones that are asked for, so
//! the same text is set alike on every machine.

use std::ops::Range;
use std::sync::Arc;

use krilla::text::{Font, GlyphId, KrillaGlyph};
use parley::fontique::{Blob, Collection, CollectionOptions, SourceCache};
use parley::layout::{Alignment, AlignmentOptions, Line};
use parley::style::{FontFamily, FontFamilyName, FontWeight, LineHeight, OverflowWrap, StyleProperty};
use parley::{BaseDirection, FontContext, LayoutContext};

use super::PaperError;

/// Latin letters, digits and signs first; Arabic letters are found in the second family.
const FAMILIES: &[FontFamilyName<'static>] =
    &[FontFamilyName::named("Noto Sans"), FontFamilyName::named("Noto Naskh Arabic")];

const FILES: [&[u8]; 4] = [
    include_bytes!("../../../static/fonts/NotoSans-Regular.ttf"),
    include_bytes!("../../../static/fonts/NotoSans-Bold.ttf"),
    include_bytes!("../../../static/fonts/NotoNaskhArabic-Regular.ttf"),
    include_bytes!("../../../static/fonts/NotoNaskhArabic-Bold.ttf"),
];

/// Naskh letters are small for their size and have marks above and below.
const ARABIC_SCALE: f32 = 1.1;
/// Wider than any text of ours on one line, and small enough that a difference is exact to a thousandth.
const UNBROKEN: f32 = 10_000.0;
const LEADING: f32 = 1.32;
const ARABIC_LEADING: f32 = 1.55;

/// How dark something is. The lighter one still has a contrast of 7:1 on white.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// Black.
    Full,
    /// For what the one who keys answers looks for, and the one who answers should not.
    Discreet,
}

/// How a text looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Style {
    /// In points; Arabic is set a little larger.
    pub size: f32,
    /// Bold.
    pub bold: bool,
    /// Its ink.
    pub ink: Ink,
    /// Codes and addresses run from left to right in every language, though they stand at the start edge.
    pub left_to_right: bool,
}

/// A text in lines of a given width.
#[derive(Debug)]
pub struct Paragraph {
    /// The text.
    pub text: String,
    /// Its ink.
    pub ink: Ink,
    /// The lines, from the top.
    pub lines: Vec<TextLine>,
}

/// One line of a paragraph.
#[derive(Debug)]
pub struct TextLine {
    /// From the line's top to the next line's, in points.
    pub height: f32,
    /// From the line's top to the baseline.
    pub baseline: f32,
    /// Where ink begins and ends, from the left edge of the paragraph.
    pub extent: Range<f32>,
    /// Its runs of one font each, from the left.
    pub runs: Vec<GlyphRun>,
}

/// Glyphs of one font.
#[derive(Debug)]
pub struct GlyphRun {
    /// The font.
    pub font: Font,
    /// Its size in points.
    pub size: f32,
    /// Where it begins, from the left edge of the paragraph.
    pub x: f32,
    /// The glyphs, from the left.
    pub glyphs: Vec<KrillaGlyph>,
}

/// Sets text in one writing direction.
pub struct Typesetter {
    fonts: FontContext,
    layouts: LayoutContext<()>,
    faces: Vec<(u64, Font)>,
    right_to_left: bool,
}

impl Typesetter {
    /// A typesetter for a language that is written from the left or from the right.
    ///
    /// # Errors
    /// [`PaperError::Font`] where a font file is no font: a fault of the build.
    pub fn new(right_to_left: bool) -> Result<Self, PaperError> {
        let options = CollectionOptions { shared: false, ..CollectionOptions::default() };
        let mut collection = Collection::new(options);
        let mut faces = Vec::with_capacity(FILES.len());
        for file in FILES {
            let blob = Blob::new(Arc::new(file));
            faces.push((blob.id(), Font::new(file.into(), 0).ok_or(PaperError::Font)?));
            if collection.register_fonts(blob, None).is_empty() {
                return Err(PaperError::Font);
            }
        }
        let fonts = FontContext { collection, source_cache: SourceCache::default() };
        Ok(Self { fonts, layouts: LayoutContext::new(), faces, right_to_left })
    }

    /// Whether start is at the right.
    pub fn right_to_left(&self) -> bool {
        self.right_to_left
    }

    /// Sets a text in lines of `width` points, ranged at the start edge. A word that is wider is broken.
    ///
    /// # Errors
    /// [`PaperError::Font`] where no font of ours has a letter.
    pub fn set(&mut self, text: &str, style: Style, width: f32) -> Result<Paragraph, PaperError> {
        let (scale, leading) = if self.right_to_left { (ARABIC_SCALE, ARABIC_LEADING) } else { (1.0, LEADING) };
        let mut builder = self.layouts.ranged_builder(&mut self.fonts, text, 1.0, false);
        let reversed = self.right_to_left && !style.left_to_right;
        builder.set_base_direction(if reversed { BaseDirection::Rtl } else { BaseDirection::Ltr });
        builder.push_default(StyleProperty::FontFamily(FontFamily::List(FAMILIES.into())));
        builder.push_default(StyleProperty::FontSize(style.size * scale));
        builder.push_default(StyleProperty::LineHeight(LineHeight::FontSizeRelative(leading)));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        if style.bold {
            builder.push_default(StyleProperty::FontWeight(FontWeight::BOLD));
        }
        let mut layout = builder.build(text);
        layout.break_all_lines(Some(width));
        let start = if self.right_to_left { Alignment::Right } else { Alignment::Left };
        layout.align(start, AlignmentOptions::default());
        let lines = layout.lines().map(|line| self.line(&line, reversed)).collect::<Result<_, _>>()?;
        Ok(Paragraph { text: text.to_owned(), ink: style.ink, lines })
    }

    /// How wide a text is on one line, in points.
    ///
    /// # Errors
    /// As [`set`](Self::set).
    pub fn width(&mut self, text: &str, style: Style) -> Result<f32, PaperError> {
        let paragraph = self.set(text, style, UNBROKEN)?;
        Ok(paragraph.lines.iter().map(|line| line.extent.end - line.extent.start).fold(0.0, f32::max))
    }

    fn line(&self, line: &Line<'_, ()>, reversed: bool) -> Result<TextLine, PaperError> {
        let metrics = line.metrics();
        // Space at the end of a line hangs over its end edge: at the left, from right to left. After letters that run from
        // the left it is set at their right, though, inside the start edge: such a line is moved.
        let last = line.runs().last().filter(|run| reversed && !run.is_rtl());
        let last = last.filter(|run| run.text_range().end == line.text_range().end);
        let clusters: Vec<_> = last.iter().flat_map(|run| run.clusters()).collect();
        let spaces = clusters.iter().rev().take_while(|cluster| cluster.is_space_or_nbsp());
        let misplaced: f32 = spaces.map(|cluster| cluster.advance()).sum();
        let mut x = metrics.offset + misplaced;
        let mut runs = Vec::new();
        for run in line.runs() {
            let face = self.faces.iter().find(|(id, _)| *id == run.font().data.id());
            let (_, font) = face.ok_or(PaperError::Font)?;
            let size = run.font_size();
            let begins = x;
            let mut glyphs: Vec<KrillaGlyph> = Vec::new();
            // Parts of a ligature that come before it, as they do from right to left.
            let mut pending: Option<Range<usize>> = None;
            for cluster in run.visual_clusters() {
                let mut range = cluster.text_range();
                if cluster.is_ligature_continuation() {
                    match glyphs.last_mut() {
                        Some(last) if !cluster.is_rtl() => last.text_range.end = range.end,
                        _ => pending = Some(joined(pending, range)),
                    }
                    continue;
                }
                if let Some(rest) = pending.take() {
                    range = joined(Some(range), rest);
                }
                for glyph in cluster.glyphs() {
                    // Down, here; up, in a PDF.
                    let [advance, right, up] = [glyph.advance, glyph.x, -glyph.y].map(|length| length / size);
                    let id = GlyphId::new(glyph.id);
                    glyphs.push(KrillaGlyph::new(id, advance, right, up, 0.0, range.clone(), None));
                    x += glyph.advance;
                }
            }
            runs.push(GlyphRun { font: font.clone(), size, x: begins, glyphs });
        }
        let (start, end) = (metrics.offset, metrics.offset + metrics.advance);
        let hanging = metrics.hanging_advance.max(misplaced);
        let extent = if reversed { start + hanging..end } else { start..end - hanging };
        Ok(TextLine { height: metrics.line_height, baseline: metrics.baseline - metrics.block_min_coord, extent, runs })
    }
}

fn joined(one: Option<Range<usize>>, other: Range<usize>) -> Range<usize> {
    one.map_or(other.clone(), |one| one.start.min(other.start)..one.end.max(other.end))
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: Style = Style { size: 10.0, bold: false, ink: Ink::Full, left_to_right: false };

    fn set(right_to_left: bool, text: &str, width: f32) -> Paragraph {
        Typesetter::new(right_to_left).unwrap().set(text, STYLE, width).unwrap()
    }

    /// The text of each glyph, from the left.
    fn ranges(line: &TextLine) -> Vec<Range<usize>> {
        line.runs.iter().flat_map(|run| &run.glyphs).map(|glyph| glyph.text_range.clone()).collect()
    }

    #[test]
    fn arabic_runs_from_the_right_and_its_letters_join() {
        let paragraph = set(true, "سلام", 100.0);
        let line = &paragraph.lines[0];
        // Four letters of two bytes each.
        assert_eq!(ranges(line), [6..8, 4..6, 2..4, 0..2]);
        assert!((line.extent.end - 100.0).abs() < 0.1, "{:?}", line.extent);
        // Joined letters have other shapes than those that stand alone.
        for (letter, joined) in ["م", "ا", "ل", "س"].iter().zip(&line.runs[0].glyphs) {
            let alone = set(true, letter, 100.0).lines[0].runs[0].glyphs[0].glyph_id;
            assert!(alone != joined.glyph_id || *letter == "م", "{letter}");
        }
    }

    #[test]
    fn latin_within_arabic_runs_from_the_left() {
        let text = "في Värmdö";
        let line = &set(true, text, 200.0).lines[0];
        let name: Vec<_> = ranges(line).into_iter().filter(|range| range.start >= text.find('V').unwrap()).collect();
        assert!(name.windows(2).all(|pair| pair[0].start < pair[1].start), "{name:?}");
        let fonts = [line.runs.first(), line.runs.last()].map(|run| run.unwrap().font.clone());
        assert!(fonts[0] != fonts[1], "each has its font");
    }

    #[test]
    fn latin_lines_within_arabic_stand_at_the_right_edge() {
        let paragraph = set(true, "Gustavsberg: Charlottendal, Farsta", 90.0);
        assert!(paragraph.lines.len() > 1);
        for line in &paragraph.lines {
            let (run, space) = (&line.runs[0], " ");
            let inked = run.glyphs.iter().rev().skip_while(|glyph| &paragraph.text[glyph.text_range.clone()] == space);
            let end = run.x + inked.map(|glyph| glyph.x_advance * run.size).sum::<f32>();
            assert!((end - 90.0).abs() < 0.1, "{end}");
        }
    }

    #[test]
    fn codes_run_from_the_left_but_stand_at_the_start() {
        let code = Style { left_to_right: true, ..STYLE };
        let paragraph = Typesetter::new(true).unwrap().set("-9", code, 50.0).unwrap();
        assert_eq!(ranges(&paragraph.lines[0]), [0..1, 1..2]);
        assert!((paragraph.lines[0].extent.end - 50.0).abs() < 0.1);
    }

    #[test]
    fn lines_end_within_their_width_even_where_a_word_does_not() {
        for text in ["Hur trygg eller otrygg känner du dig i de här situationerna?", "otrygghetsundersökningsansvarig"]
        {
            let paragraph = set(false, text, 60.0);
            assert!(paragraph.lines.len() > 1);
            assert!(paragraph.lines.iter().all(|line| line.extent.start >= 0.0 && line.extent.end <= 60.1));
        }
    }
}
