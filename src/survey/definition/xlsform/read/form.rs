//! The sheets of a form, and how much they can grow into.

use std::collections::BTreeMap;

use crate::survey::definition::xlsform::refusal::Refusal;
use crate::survey::definition::xlsform::sheet::{Grid, Table, Value as Cell};
use crate::survey::definition::xlsform::workbook::Workbook;

/// The sheets of a form.
#[derive(Debug)]
pub struct Form {
    pub survey: Table,
    pub choices: Option<Table>,
    pub settings: Option<Table>,
    /// The service's own sheet.
    pub own: Option<Grid>,
    /// Sheets that are not read.
    pub others: Vec<String>,
}

impl Form {
    /// The sheets that are read.
    ///
    /// # Errors
    /// A sheet or a column is missing, or holds what can't be read.
    pub fn of(workbook: Workbook) -> Result<Self, Refusal> {
        let Workbook { mut sheets, others } = workbook;
        let mut take = |name: &str| {
            let found = sheets.iter().position(|sheet| sheet.name == name);
            found.map(|index| sheets.remove(index))
        };
        let survey = take("survey").ok_or(Refusal::NoSheet("survey"))?;
        let (choices, settings, own) = (take("choices"), take("settings"), take("trygghet"));
        let table = |grid: Option<Grid>, needed: &[&'static str]| -> Result<Option<Table>, Refusal> {
            let Some(grid) = grid.filter(|grid| !grid.cells.is_empty()) else { return Ok(None) };
            let table = grid.table()?;
            match needed.iter().find(|heading| !table.has(heading)) {
                Some(missing) => Err(Refusal::NoColumn(table.name, missing)),
                None => Ok(Some(table)),
            }
        };
        let survey = table(Some(survey), &["type", "name"])?.ok_or(Refusal::NoColumn("survey".to_owned(), "type"))?;
        let choices = table(choices, &["list_name", "name"])?;
        Ok(Self { survey, choices, settings: table(settings, &[])?, own, others })
    }

    /// The cell of a setting, where it is filled.
    pub fn setting(&self, name: &str) -> Option<Cell> {
        self.settings.as_ref()?.rows.first()?.get(name)
    }
}

/// The most options, counted wherever a question uses them; the most times that a part says what has ended
/// the survey before it.
const MOST_OPTIONS: usize = 50_000;

/// Counts what grows by multiplication before it grows.
///
/// # Errors
/// It would grow too large.
pub fn measure(form: &Form) -> Result<(), Refusal> {
    let mut lists: BTreeMap<String, usize> = BTreeMap::new();
    let mut ending = 0;
    for row in form.choices.iter().flat_map(|table| &table.rows) {
        *lists.entry(row.text("list_name")).or_default() += 1;
        ending += usize::from(row.get("trygghet_screen_out").is_some());
    }
    let (mut options, mut parts) = (0, 0);
    for row in &form.survey.rows {
        let kind = row.text("type");
        options += kind.split_whitespace().filter_map(|word| lists.get(word)).sum::<usize>();
        parts += usize::from(kind.starts_with("begin"));
    }
    if options.max(parts * ending) > MOST_OPTIONS {
        return Err(Refusal::TooManyOptions(MOST_OPTIONS));
    }
    Ok(())
}
