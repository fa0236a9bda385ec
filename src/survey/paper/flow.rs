//! Which row stands on which page.
//!
//! Rows that are to stay together go to the next page together, where they fit on one at all. Whatever would stand
//! outside the column is an error that names it: paper can't scroll.

use super::PaperError;
use super::content::{Drawing, Mark, Row};

/// Rounding of lengths is less than this, in points.
const TOLERANCE: f32 = 0.5;

/// A row's number and how far from the column's top it stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placed {
    /// Its number in the content.
    pub row: usize,
    /// From the column's top to the row's top, in points.
    pub y: f32,
}

/// Places rows on pages whose column is `width` wide and `height` high.
///
/// # Errors
/// [`PaperError::Outside`] where something is wider than the column or higher than a page.
pub fn pages(rows: &[Row], width: f32, height: f32) -> Result<Vec<Vec<Placed>>, PaperError> {
    rows.iter().try_for_each(|row| within(row, width, height))?;
    let mut pages: Vec<Vec<Placed>> = vec![Vec::new()];
    let mut y = 0.0;
    let mut first = 0;
    while first < rows.len() {
        let group = rows[first..].iter().take_while(|row| row.keep).count() + 1;
        let last = (first + group).min(rows.len());
        let needed = rows[first..last].iter().map(|row| row.above + row.height).sum::<f32>() - rows[first].above;
        // What does not fit on any page begins here and goes on wherever it can.
        if y > 0.0 && needed <= height && y + rows[first].above + needed > height {
            pages.push(Vec::new());
            y = 0.0;
        }
        for (row, placed) in rows.iter().enumerate().take(last).skip(first) {
            let mut top = if y == 0.0 { 0.0 } else { y + placed.above };
            if top + placed.height > height + TOLERANCE {
                pages.push(Vec::new());
                top = 0.0;
            }
            if let Some(page) = pages.last_mut() {
                page.push(Placed { row, y: top });
            }
            y = top + placed.height;
        }
        first = last;
    }
    Ok(pages)
}

fn within(row: &Row, width: f32, height: f32) -> Result<(), PaperError> {
    let too_high = row.height > height;
    let out = row.marks.iter().find(|mark| too_high || !stands_in(mark, row, width));
    out.map_or(Ok(()), |mark| Err(PaperError::Outside(described(mark))))
}

fn stands_in(mark: &Mark, row: &Row, width: f32) -> bool {
    let inked = match &mark.drawing {
        Drawing::Text(paragraph, number) => paragraph
            .lines
            .get(*number)
            .is_some_and(|line| line.extent.start >= -TOLERANCE && line.extent.end <= mark.width + TOLERANCE),
        Drawing::Square | Drawing::Circle | Drawing::Rule | Drawing::Qr(_) => true,
    };
    inked
        && mark.x >= -TOLERANCE
        && mark.x + mark.width <= width + TOLERANCE
        && mark.y >= -TOLERANCE
        && mark.y + mark.height <= row.height + TOLERANCE
}

fn described(mark: &Mark) -> String {
    match &mark.drawing {
        Drawing::Text(paragraph, _) => paragraph.text.chars().take(60).collect(),
        Drawing::Square | Drawing::Circle | Drawing::Rule | Drawing::Qr(_) => format!("{:?}", mark.drawing),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(height: f32, keep: bool) -> Row {
        Row { height, keep, ..Row::default() }
    }

    fn numbers(rows: &[Row]) -> Vec<Vec<usize>> {
        let pages = pages(rows, 100.0, 100.0).unwrap();
        pages.iter().map(|page| page.iter().map(|placed| placed.row).collect()).collect()
    }

    #[test]
    fn rows_fill_a_page_and_go_on_with_the_next() {
        assert_eq!(numbers(&[row(60.0, false), row(40.0, false), row(1.0, false)]), [vec![0, 1], vec![2]]);
    }

    #[test]
    fn what_belongs_together_moves_together() {
        assert_eq!(numbers(&[row(60.0, false), row(30.0, true), row(30.0, false)]), [vec![0], vec![1, 2]]);
    }

    #[test]
    fn what_fits_on_no_page_is_torn_between_rows() {
        assert_eq!(numbers(&[row(60.0, true), row(60.0, true), row(60.0, false)]), [vec![0], vec![1], vec![2]]);
    }

    #[test]
    fn space_above_is_left_out_at_the_top_of_a_page() {
        let rows = [row(90.0, false), Row { above: 20.0, ..row(100.0, false) }];
        let pages = pages(&rows, 100.0, 100.0).unwrap();
        assert_eq!(pages[1], [Placed { row: 1, y: 0.0 }]);
    }

    #[test]
    fn what_stands_outside_is_an_error() {
        let rule = |x: f32, width: f32| Mark { x, y: 0.0, width, height: 0.0, drawing: Drawing::Rule, leaf: None };
        let with = |mark| [Row { height: 10.0, marks: vec![mark], ..Row::default() }];
        assert!(pages(&with(rule(0.0, 100.0)), 100.0, 100.0).is_ok());
        for mark in [rule(-1.0, 10.0), rule(95.0, 10.0), Mark { y: 11.0, ..rule(0.0, 10.0) }] {
            assert!(matches!(pages(&with(mark), 100.0, 100.0), Err(PaperError::Outside(_))));
        }
        let high = [Row { height: 101.0, ..with(rule(0.0, 1.0))[0].clone() }];
        assert!(matches!(pages(&high, 100.0, 100.0), Err(PaperError::Outside(_))));
    }
}
