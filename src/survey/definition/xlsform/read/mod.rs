//! An XLSForm as a questionnaire: ours exactly, others' as far as it goes, and what is lost said row by row.
//!
//! The sheets become the same tree of nodes that a file in our own form becomes ([`super::super::node`]), so that
//! the same reading and the same checks tell what is wrong, and a node's place leads back to its cell.
//!
//! Where the service wrote the form, its own columns (`trygghet…`) hold what XLSForm has no words for, and
//! speak only as long as XLSForm's own columns say the same: the form is read once trusting them, written
//! again, and where a rule is not what would have been written, someone has changed it, and the form is read
//! a second time with XLSForm's word for that row.

mod context;
mod details;
mod head;
mod ids;
mod languages;
mod limits;
mod lists;
mod names;
mod options;
mod own;
mod parts;
mod questions;
mod rows;
mod rules;

use std::collections::{BTreeMap, BTreeSet};

use self::context::{Context, Entries};
use self::limits::limits;
use self::names::Names;
use self::options::Lists;
use self::own::Own;
use self::rows::{Item, Kind};
use super::refusal::Refusal;
use super::report::{Fault, Finding, Place, What};
use super::sheet::{Grid, Row, Table, Value as Cell};
use super::workbook::Workbook;
use super::write::{SHARED, Written, sheets};
use crate::survey::definition::node::{Located, MOST_BYTES, Node, Value};
use crate::survey::definition::problem::{Problem, Problems};
use crate::survey::definition::source::{self, Source};
use crate::survey::definition::{check, write};

/// What became of a form.
#[derive(Debug)]
pub struct Reading {
    /// The questionnaire in our own form; a draft where there are faults.
    pub text: String,
    /// What is lost, and what was decided, in the order of the sheets.
    pub findings: Vec<Finding>,
    /// What keeps the text from being a questionnaire.
    pub faults: Vec<Fault>,
}

/// The sheets of a form.
#[derive(Debug)]
struct Form {
    survey: Table,
    choices: Option<Table>,
    settings: Option<Table>,
    own: Option<Grid>,
    others: Vec<String>,
}

impl Form {
    fn of(workbook: Workbook) -> Result<Self, Refusal> {
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

    fn setting(&self, name: &str) -> Option<Cell> {
        self.settings.as_ref()?.rows.first()?.get(name)
    }
}

/// Puts a form together.
struct Builder<'f> {
    form: &'f Form,
    context: Context,
    names: Names,
    lists: Lists,
    /// By part, what the service wrote before its rule.
    not_ended: BTreeMap<String, String>,
    /// Texts that stand on rows of the form.
    around: BTreeMap<String, Entries>,
}

/// Reads the sheets of a workbook.
///
/// # Errors
/// It is no form, or holds what can't be read.
pub fn read(workbook: Workbook) -> Result<Reading, Refusal> {
    let form = Form::of(workbook)?;
    measure(&form)?;
    let (edited, not_ended) = match form.own {
        Some(_) => {
            let (_, source, _) = interpret(&form, BTreeSet::new(), BTreeMap::new());
            source.map(|source| edits(&form, &source)).unwrap_or_default()
        }
        None => Default::default(),
    };
    // Rows remember what was asked of them: begin anew.
    let form = Form { survey: form.survey.anew(), choices: form.choices.map(Table::anew), ..form };
    let (mut text, source, (context, mut faults)) = interpret(&form, edited, not_ended);
    if text.len() > MOST_BYTES {
        return Err(Refusal::TooMuchText(MOST_BYTES));
    }
    if let Some(source) = source.filter(|_| faults.is_empty()) {
        let mut problems = Problems::new("form");
        check::check(&source, &mut problems);
        faults = problems.into_sorted().into_iter().map(|problem| fault(problem, &context)).collect();
        text = write::write(&source);
    }
    faults.sort_by(|left, right| order(left.place.as_ref()).cmp(&order(right.place.as_ref())));
    let mut findings = context.findings;
    findings.sort_by(|left, right| order(Some(&left.place)).cmp(&order(Some(&right.place))));
    Ok(Reading { text, findings, faults })
}

/// The most options, counted wherever a question uses them; the most times that a part says what has ended
/// the survey before it.
const MOST_OPTIONS: usize = 50_000;

/// What grows by multiplication is counted before it grows.
fn measure(form: &Form) -> Result<(), Refusal> {
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

/// In the order in which people go through a form.
fn order(place: Option<&Place>) -> (usize, Option<&Place>) {
    let sheets = ["survey", "choices", "settings", "trygghet"];
    let sheet = place.and_then(|place| sheets.iter().position(|sheet| *sheet == place.sheet));
    (sheet.unwrap_or(sheets.len()), place)
}

fn fault(problem: Problem, context: &Context) -> Fault {
    Fault { place: context.place(problem.line).cloned(), problem }
}

type Interpreted = (String, Option<Source>, (Context, Vec<Fault>));

/// One reading: the draft as text, as a source as far as it can be made out, and what is told of it.
fn interpret(form: &Form, edited: BTreeSet<u32>, not_ended: BTreeMap<String, String>) -> Interpreted {
    let mut context = Context::new(form.own.is_some(), edited);
    let (own, mut faults) = match form.own.as_ref().map(|grid| own::read(grid, &mut context)) {
        Some(Ok(own)) => (own, Vec::new()),
        Some(Err(problems)) => (Own::default(), problems.into_iter().map(in_own_sheet).collect()),
        None => (Own::default(), Vec::new()),
    };
    languages::find(form, &mut context);
    let items = rows::tree(&form.survey.rows, &mut context);
    let all = lists::read(form, &own.option_notes, &mut context);
    let lists = Lists { all, ..Lists::default() };
    let names = Names::collect(&items, &lists.all, &mut context);
    let mut builder = Builder { form, context, names, lists, not_ended, around: BTreeMap::new() };
    let root = builder.root(own, &items);
    builder.unread();
    let Builder { context, .. } = builder;
    let draft = write::emit(&root);
    let (source, problems) = source::read_file(&root, "", Problems::new("form"));
    faults.extend(problems.into_sorted().into_iter().map(|problem| fault(problem, &context)));
    (draft, source, (context, faults))
}

/// A problem of the service's own sheet, whose lines are rows.
fn in_own_sheet(problem: Problem) -> Fault {
    let row = u32::try_from(problem.line).unwrap_or(u32::MAX);
    Fault { place: Some(Place { sheet: "trygghet".to_owned(), row, column: Some(0) }), problem }
}

/// The rows whose rule is not what the service would have written, and what it writes before parts' rules.
fn edits(form: &Form, source: &Source) -> (BTreeSet<u32>, BTreeMap<String, String>) {
    let Written { sheets, not_ended, .. } = sheets(source);
    let expected = sheets.into_iter().next().and_then(|sheet| sheet.grid().table().ok()).unwrap_or_default();
    let rules: BTreeMap<String, String> =
        expected.rows.iter().map(|row| (row.text("name"), row.text("relevant"))).collect();
    let changed = |row: &&Row| {
        let name = row.text("name");
        !name.is_empty() && rules.get(&name).is_some_and(|rule| *rule != row.text("relevant"))
    };
    (form.survey.rows.iter().filter(changed).map(|row| row.number).collect(), not_ended)
}

impl Builder<'_> {
    fn root(&mut self, mut own: Own, items: &[Item]) -> Node {
        self.name_lists(&own, items);
        let parts = self.parts(items);
        let settings = Place { sheet: "settings".to_owned(), row: 2, column: None };
        let mut root = Entries::new();
        if let Some(id) = self.form.setting("form_id") {
            self.context.add_text(&mut root, "questionnaire", id.place, id.text.trim());
        }
        self.version(&mut root);
        let after: Vec<_> = ["derived", "analysis_plan"].iter().filter_map(|key| own.take(key)).collect();
        let mut before = std::mem::take(&mut own.entries);
        self.title(&mut before);
        if !before.iter().any(|(key, _)| key.value == "languages") {
            let languages = self.languages();
            self.context.add(&mut before, "languages", settings.clone(), Value::List(languages));
        }
        self.put_around(&mut before);
        root.extend(before);
        let shared = self.lists.get(SHARED).cloned().filter(|_| self.context.own);
        if let Some(shared) = shared {
            let mut options = Entries::new();
            for choice in &shared.choices {
                let at = self.context.at(choice.place.clone());
                let node = choice.node(false, choice.exclusive, choice.text_max, &mut self.context);
                options.push((Located { at, value: choice.id.clone() }, node));
            }
            self.context.add(&mut root, "options", settings.clone(), Value::Map(options));
        }
        let lists = self.list_nodes(own);
        if !lists.is_empty() {
            self.context.add(&mut root, "lists", settings.clone(), Value::Map(lists));
        }
        if !parts.is_empty() {
            let place = Place { sheet: "survey".to_owned(), row: 1, column: None };
            self.context.add(&mut root, "parts", place, Value::List(parts));
        }
        root.extend(after);
        self.context.node(settings, Value::Map(root))
    }

    /// Which lists have a name here: those that the service's own sheet names, or, in a form that others wrote,
    /// those that several questions use in the same way.
    fn name_lists(&mut self, own: &Own, items: &[Item]) {
        if self.context.own {
            self.lists.named = own.lists.iter().map(|(name, _)| (name.value.clone(), name.value.clone())).collect();
            return;
        }
        let mut selects = Vec::new();
        parts::selects(items, &mut selects);
        let mut uses: BTreeMap<&str, Vec<(bool, BTreeSet<String>)>> = BTreeMap::new();
        for (kind, row) in selects {
            let Kind::Select { list, or_other, .. } = kind else { continue };
            let plain = !or_other && row.get("choice_filter").is_none();
            uses.entry(list).or_default().push((plain, limits(&row.text("constraint")).alone));
        }
        let mut taken = ids::Taken::default();
        for list in &self.lists.all {
            let Some(uses) = uses.get(list.name.as_str()).filter(|uses| uses.len() > 1) else { continue };
            let Some((_, alone)) = uses.first() else { continue };
            if uses.iter().all(|(plain, others)| *plain && others == alone) {
                self.lists.named.push((list.name.clone(), taken.snake_case(&list.name)));
                self.lists.alone.insert(list.name.clone(), alone.clone());
            }
        }
    }

    fn list_nodes(&mut self, own: Own) -> Entries {
        let mut nodes = Entries::new();
        let mut facts: BTreeMap<String, Entries> =
            own.lists.into_iter().map(|(name, facts)| (name.value, facts)).collect();
        for (written, name) in self.lists.named.clone() {
            let Some(list) = self.lists.get(&written).cloned() else { continue };
            let place = list.choices.first().map_or_else(
                || Place { sheet: "choices".to_owned(), row: 1, column: None },
                |choice| choice.place.clone(),
            );
            let mut map = facts.remove(&written).unwrap_or_default();
            let options = self.lists.nodes_of_list(&list, &mut self.context);
            self.context.add(&mut map, "options", place.clone(), Value::List(options));
            let at = self.context.at(place);
            nodes.push((Located { at, value: name }, Node { at, byte: None, value: Value::Map(map) }));
        }
        nodes
    }

    /// Tells of every cell that nobody asked for, of columns that nobody knows, and of other sheets.
    fn unread(&mut self) {
        let form = self.form;
        self.form.setting("style");
        for table in [Some(&form.survey), form.choices.as_ref(), form.settings.as_ref()].into_iter().flatten() {
            for column in table.columns.iter().filter(|column| column.heading == super::columns::Heading::Unknown) {
                let filled: usize = table.rows.iter().map(|row| row.filled(column.index)).sum();
                let place = Place { sheet: table.name.clone(), row: 1, column: Some(column.index) };
                if filled > 0 {
                    self.context.say(place, What::Column(column.written.clone(), filled));
                }
            }
            for (place, text) in table.rows.iter().flat_map(Row::unasked) {
                let column = table.columns.iter().find(|column| Some(column.index) == place.column);
                let heading = column.map_or(String::new(), |column| column.written.clone());
                let setting = table.name == "settings" && place.row == 2;
                self.context.say(place, if setting { What::Setting(heading, text) } else { What::Cell(heading, text) });
            }
        }
        let meaning = ["external_choices", "entities", "osm", "cascades"];
        for name in &form.others {
            let place = Place { sheet: name.clone(), row: 0, column: None };
            let known = meaning.contains(&name.trim().to_lowercase().as_str());
            self.context.say(place, if known { What::Sheet(name.clone()) } else { What::OtherSheet(name.clone()) });
        }
    }
}
