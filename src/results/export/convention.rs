//! The two conventions of CSV, and how values are written in each.

use std::borrow::Cow;

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
pub(super) enum Value<'a> {
    /// A text of the definition or of ours.
    Text(Cow<'a, str>),
    /// A number that we typed: a code, a version.
    Number(i64),
    /// A figure.
    Figure(Cell),
    /// A figure as a share of its base, in per cent.
    Percent { part: Cell, base: Cell },
    /// Nothing.
    Empty,
}

impl<'a> Value<'a> {
    /// A text.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
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
    pub(super) fn word(self, key: &str, plain: &'static str) -> Value<'static> {
        match self {
            Self::SwedishExcel => Value::text(i18n::text(LANGUAGE, key)),
            Self::Rfc4180 => Value::text(plain),
        }
    }

    fn write(self, value: &Value<'_>) -> String {
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

    /// A file of lines with the same columns.
    pub(super) fn file<'a>(
        self,
        columns: &[Value<'_>],
        lines: impl Iterator<Item = Vec<Value<'a>>>,
    ) -> Result<Vec<u8>, ExportError> {
        // Excel takes a file without a byte order mark for Windows-1252.
        let start = self.choose("\u{feff}", "").as_bytes().to_vec();
        let mut writer = csv::WriterBuilder::new()
            .delimiter(self.choose(b';', b','))
            .terminator(csv::Terminator::CRLF)
            .from_writer(start);
        let failed = |error: csv::Error| ExportError::Io(error.into());
        writer.write_record(columns.iter().map(|column| self.write(column))).map_err(failed)?;
        for line in lines {
            writer.write_record(line.iter().map(|value| self.write(value))).map_err(failed)?;
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
        let columns = [Value::text("=kolumn")];
        let file = Convention::Rfc4180.file(&columns, std::iter::empty()).unwrap();
        assert_eq!(file, b"'=kolumn\r\n");
    }

    #[test]
    fn shares_are_rounded_half_up_to_tenths() {
        for (part, base, tenths) in [(1, 3, 333), (2, 3, 667), (1, 2000, 1), (1, 2001, 0), (7, 7, 1000), (0, 0, 0)] {
            assert_eq!(tenths_of_per_cent(part, base), tenths, "{part}/{base}");
        }
    }
}
