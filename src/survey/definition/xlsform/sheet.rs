//! Sheets as tables: a row of headings, and rows that are asked by heading.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::columns::{Heading, heading};
use super::refusal::Refusal;
use super::report::Place;

/// A cell as it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// What it shows.
    pub text: String,
    /// It computes what it shows.
    pub formula: bool,
    /// It shows an error.
    pub error: bool,
}

/// A range of cells: first and last, each as row and column from 0.
type Range = ((u32, u32), (u32, u32));

/// A sheet as it was read; rows and columns from 0.
#[derive(Debug, Clone, Default)]
pub struct Grid {
    /// The sheet's name, in lower case.
    pub name: String,
    /// Its filled cells.
    pub cells: BTreeMap<(u32, u32), Cell>,
    /// Its merged cells.
    pub merged: Vec<Range>,
}

/// A sheet whose first row holds headings.
#[derive(Debug, Default, Clone)]
pub struct Table {
    /// The sheet's name.
    pub name: String,
    /// Its columns, those that nobody knows too.
    pub columns: Vec<Column>,
    /// Its rows that hold anything.
    pub rows: Vec<Row>,
}

/// A column.
#[derive(Debug, Clone)]
pub struct Column {
    /// From 0.
    pub index: u32,
    /// As it is written.
    pub written: String,
    /// What it means.
    pub heading: Heading,
}

/// A row, cells by what their columns mean.
#[derive(Debug, Default, Clone)]
pub struct Row {
    /// Its sheet.
    sheet: String,
    /// From 1, as spreadsheets count.
    pub number: u32,
    cells: Vec<(Heading, u32, String)>,
    /// Columns that somebody asked for, of this row or a copy of it: the others are told of in the end, so that nothing is dropped
    /// silently.
    asked: Rc<RefCell<BTreeSet<u32>>>,
}

/// A cell's text, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// As it stands there.
    pub text: String,
    /// Where.
    pub place: Place,
}

impl Grid {
    /// The cell's place.
    pub fn place(&self, row: u32, column: Option<u32>) -> Place {
        Place { sheet: self.name.clone(), row: row + 1, column }
    }

    /// The rows below the headings.
    ///
    /// # Errors
    /// Formulas, errors and merged cells in columns that are read; a heading that stands twice.
    pub fn table(self) -> Result<Table, Refusal> {
        let mut columns: Vec<Column> = Vec::new();
        for ((_, index), cell) in self.cells.range((0, 0)..(1, 0)) {
            let heading = heading(&self.name, &cell.text);
            let known = matches!(heading, Heading::Plain(_) | Heading::Text(..));
            if known && columns.iter().any(|column| column.heading == heading) {
                return Err(Refusal::HeadingTwice(self.place(0, Some(*index)), cell.text.clone()));
            }
            columns.push(Column { index: *index, written: cell.text.trim().to_owned(), heading });
        }
        let meaning = |index: u32| columns.iter().find(|column| column.index == index).map(|column| &column.heading);
        let read = |index: u32| meaning(index).is_some_and(|heading| !matches!(heading, Heading::Unknown));
        let of = |wanted: &dyn Fn(&Cell) -> bool| -> Vec<Place> {
            let found = self.cells.iter().filter(|((_, column), cell)| read(*column) && wanted(cell));
            // A form's version is often computed; it is only compared, never read as text.
            let found = found.filter(|((row, column), _)| {
                *row == 0 || self.name != "settings" || meaning(*column) != Some(&Heading::Plain("version"))
            });
            found.map(|((row, column), _)| self.place(*row, Some(*column))).collect()
        };
        let formulas = of(&|cell| cell.formula);
        if !formulas.is_empty() {
            return Err(Refusal::Formulas(formulas));
        }
        let errors = of(&|cell| cell.error);
        if !errors.is_empty() {
            return Err(Refusal::Errors(errors));
        }
        let overlaps = |(start, end): &&Range| (start.1..=end.1).any(read);
        let merged: Vec<_> = self.merged.iter().filter(overlaps).collect();
        if !merged.is_empty() {
            return Err(Refusal::Merged(merged.into_iter().map(|(at, _)| self.place(at.0, Some(at.1))).collect()));
        }
        let mut rows: Vec<Row> = Vec::new();
        for ((row, column), cell) in self.cells.range((1, 0)..) {
            let Some(heading) = meaning(*column) else { continue };
            if cell.text.trim().is_empty() || cell.formula {
                continue;
            }
            if rows.last().is_none_or(|last| last.number != row + 1) {
                let sheet = self.name.clone();
                rows.push(Row { sheet, number: row + 1, ..Row::default() });
            }
            if let Some(last) = rows.last_mut() {
                last.cells.push((heading.clone(), *column, cell.text.clone()));
            }
        }
        Ok(Table { name: self.name, columns, rows })
    }

    /// The first column's lines, for a sheet without headings; empty rows are empty lines.
    pub fn lines(&self) -> String {
        let mut lines: Vec<&str> = Vec::new();
        for ((row, column), cell) in &self.cells {
            if *column == 0 {
                lines.resize(*row as usize, "");
                lines.push(&cell.text);
            }
        }
        lines.join("\n")
    }
}

impl Table {
    /// Whether a column has this meaning.
    pub fn has(&self, name: &str) -> bool {
        self.columns.iter().any(|column| match &column.heading {
            Heading::Plain(known) | Heading::Text(known, _) => *known == name,
            Heading::Left | Heading::Unknown => false,
        })
    }

    /// The same rows, of which nothing was asked yet.
    pub fn anew(self) -> Self {
        let rows = self.rows.into_iter().map(|row| Row { asked: Rc::default(), ..row }).collect();
        Self { rows, ..self }
    }
}

impl Row {
    /// Where the row stands.
    pub fn place(&self) -> Place {
        Place { sheet: self.sheet.clone(), row: self.number, column: None }
    }

    /// The cell under a heading, where it is filled.
    pub fn get(&self, name: &str) -> Option<Value> {
        let found = self.cells.iter().find(|(heading, ..)| matches!(heading, Heading::Plain(known) if *known == name));
        found.map(|(_, column, text)| self.value(*column, text))
    }

    /// The text under a heading, without blanks around it; empty where the cell is.
    pub fn text(&self, name: &str) -> String {
        self.get(name).map(|value| value.text.trim().to_owned()).unwrap_or_default()
    }

    /// The texts in every language under a heading: the language as written, empty for none, and the text.
    pub fn texts(&self, name: &str) -> Vec<(String, Value)> {
        let texts = self.cells.iter().filter_map(|(heading, column, text)| match heading {
            Heading::Text(known, language) if *known == name => Some((language.clone(), self.value(*column, text))),
            _ => None,
        });
        texts.collect()
    }

    fn value(&self, column: u32, text: &str) -> Value {
        self.asked.borrow_mut().insert(column);
        Value { text: text.to_owned(), place: self.at(column) }
    }

    /// The place of a cell.
    fn at(&self, column: u32) -> Place {
        Place { column: Some(column), ..self.place() }
    }

    /// Cells of known columns that nobody has asked for: place and text.
    pub fn unasked(&self) -> Vec<(Place, String)> {
        let asked = self.asked.borrow();
        let known = self
            .cells
            .iter()
            .filter(|(heading, column, _)| !matches!(heading, Heading::Unknown) && !asked.contains(column));
        known.map(|(_, column, text)| (self.at(*column), text.trim().to_owned())).collect()
    }

    /// The row has been told of as a whole.
    pub fn settle(&self) {
        self.asked.borrow_mut().extend(self.cells.iter().map(|(_, column, _)| *column));
    }

    /// How many cells stand in a column: 0 or 1.
    pub fn filled(&self, column: u32) -> usize {
        self.cells.iter().filter(|(_, known, _)| *known == column).count()
    }
}
