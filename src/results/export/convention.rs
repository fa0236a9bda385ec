//! The two conventions of CSV, and how values are written in each.

use crate::http::csv::guarded;
use crate::i18n;
use crate::results::export::ExportError;
use crate::statistics::disclosure::{Cell, Status};

/// The language of files for Excel and of the codebook.
pub(super) const LANGUAGE: &str = "sv";

/// Who reads a CSV file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Convention {
    /// Excel in Swedish: `;`, decimal comma, byte order mark, CRLF, labels; `..` hidden, `-` zero.
    SwedishExcel,
    /// RFC 4180 for programs: `,`, decimal point, CRLF, codes; hidden is empty, with a status.
    Rfc4180,
}

/// One value of a line.
#[derive(Debug, Clone)]
pub(super) enum Value {
    /// A text of the definition or of ours.
    Text(String),
    /// A number that we typed: a code, a version.
    Number(i64),
    /// A figure.
    Figure(Cell),
    /// A figure as a share of its base, in per cent.
    Percent { part: Cell, base: Cell },
    /// Nothing.
    Empty,
}

impl Value {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }
}

impl Convention {
    /// One of two things.
    pub(super) fn choose<T>(self, excel: T, rfc: T) -> T {
        match self {
            Self::SwedishExcel => excel,
            Self::Rfc4180 => rfc,
        }
    }

    /// A message for Excel, or a plain word for programs.
    pub(super) fn word(self, key: &str, plain: &'static str) -> Value {
        match self {
            Self::SwedishExcel => Value::text(i18n::text(LANGUAGE, key)),
            Self::Rfc4180 => Value::text(plain),
        }
    }

    fn write(self, value: &Value) -> String {
        match value {
            Value::Text(text) => guarded(text),
            Value::Number(number) => number.to_string(),
            Value::Empty => String::new(),
            Value::Figure(cell) => match (self, cell.status(), cell.count()) {
                (Self::SwedishExcel, Status::Zero, _) => "-".to_owned(),
                (_, _, Some(count)) => count.to_string(),
                (Self::SwedishExcel, ..) => "..".to_owned(),
                (Self::Rfc4180, ..) => String::new(),
            },
            Value::Percent { part, base } => match (self, part.count(), base.count()) {
                (Self::SwedishExcel, Some(0), Some(_)) => "-".to_owned(),
                (_, Some(part), Some(base)) => {
                    let tenths = tenths_of_per_cent(part, base);
                    format!("{}{}{}", tenths / 10, self.choose(',', '.'), tenths % 10)
                }
                (Self::SwedishExcel, ..) => "..".to_owned(),
                (Self::Rfc4180, ..) => String::new(),
            },
        }
    }
}

/// What a line of type `L` says in a column.
type Says<'c, L> = Box<dyn Fn(&L) -> Value + 'c>;

/// The columns of a file whose lines are `L`: each with its name and what a line says in it.
pub(super) struct Columns<'c, L> {
    convention: Convention,
    columns: Vec<(Value, Says<'c, L>)>,
}

impl<'c, L> Columns<'c, L> {
    /// No columns yet.
    pub fn new(convention: Convention) -> Self {
        Self { convention, columns: Vec::new() }
    }

    /// Adds a column named by a message for Excel, by a plain word for programs.
    pub fn add(&mut self, key: &str, plain: &'static str, says: impl Fn(&L) -> Value + 'c) {
        self.columns.push((self.convention.word(key, plain), Box::new(says)));
    }

    /// Adds a column that only programs get.
    pub fn add_for_programs(&mut self, name: &str, says: impl Fn(&L) -> Value + 'c) {
        if self.convention == Convention::Rfc4180 {
            self.columns.push((Value::text(name), Box::new(says)));
        }
    }

    /// The file of `lines`.
    pub fn file(&self, lines: impl Iterator<Item = L>) -> Result<Vec<u8>, ExportError> {
        let convention = self.convention;
        // Excel takes a file without a byte order mark for Windows-1252.
        let start = convention.choose("\u{feff}", "").as_bytes().to_vec();
        let mut writer = csv::WriterBuilder::new()
            .delimiter(convention.choose(b';', b','))
            .terminator(csv::Terminator::CRLF)
            .from_writer(start);
        let failed = |error: csv::Error| ExportError::Io(error.into());
        writer.write_record(self.columns.iter().map(|(name, _)| convention.write(name))).map_err(failed)?;
        for line in lines {
            writer.write_record(self.columns.iter().map(|(_, says)| convention.write(&says(&line)))).map_err(failed)?;
        }
        writer.into_inner().map_err(|error| ExportError::Io(error.into_error()))
    }
}

/// A share in tenths of a per cent, rounded half up. Counts and bases stand beside it, so it tells no
/// more than they do.
fn tenths_of_per_cent(part: u64, base: u64) -> u64 {
    (part * 2000 + base) / (2 * base).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_texts_and_numbers_stay() {
        for (text, written) in
            [("=SUM(A1)", "'=SUM(A1)"), ("+46", "'+46"), ("-1", "'-1"), ("@x", "'@x"), ("\tx", "'\tx"), ("a=b", "a=b")]
        {
            assert_eq!(Convention::SwedishExcel.write(&Value::text(text)), written);
            assert_eq!(Convention::Rfc4180.write(&Value::text(text)), written);
        }
        assert_eq!(Convention::Rfc4180.write(&Value::Number(-9)), "-9");
        let mut columns = Columns::<()>::new(Convention::Rfc4180);
        columns.add_for_programs("=kolumn", |()| Value::Empty);
        let file = columns.file(std::iter::empty()).unwrap();
        assert_eq!(file, b"'=kolumn\r\n");
    }

    #[test]
    fn shares_are_rounded_half_up_to_tenths() {
        for (part, base, tenths) in [(1, 3, 333), (2, 3, 667), (1, 2000, 1), (1, 2001, 0), (7, 7, 1000), (0, 0, 0)] {
            assert_eq!(tenths_of_per_cent(part, base), tenths, "{part}/{base}");
        }
    }
}
