//! The analysis plan, worked out: which tables there are, how each reads a respondent, and which
//! know of each other.

use crate::results::asked::always;
use crate::results::measure::{Measure, Reader, belongs, set_of};
use crate::results::wording::{group_cells, option_cells, word, wording};
use crate::survey::answers::missing;
use crate::survey::definition::{Choice, Derived, DerivedRule, Field, FieldKind, Group, Questionnaire, Text};
use crate::survey::routing::Condition;

/// What a table counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Women.
    Respondents,
    /// Places that women named, up to three each.
    Mentions,
}

/// What a table is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The plan's word: `Q06`, `Q07.dag`, `Q12.P01`, `D01`; `Q16.nagot` and `Q16.grupper` where a
    /// question is published only as any or none, and in groups.
    pub id: String,
    /// The question or derived variable that it is made from.
    pub question: String,
    /// The wording; of a matrix and a repeated block both texts.
    pub text: Text,
    /// What it counts.
    pub unit: Unit,
    /// Zeros are hidden too.
    pub sensitive: bool,
    /// Several cells may hold for one respondent: they don't sum to the base.
    pub several: bool,
    /// A derived indicator: outside its base is whoever is not in its denominator.
    pub derived: bool,
    /// Its cells, in order.
    pub cells: Vec<CellLabel>,
}

/// What a cell counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellLabel {
    /// The code in exports, from 0 up.
    pub code: i16,
    /// `mycket_trygg`.
    pub id: String,
    /// What people read.
    pub text: Text,
}

/// A table of the plan, ready to count.
#[derive(Debug, Clone)]
pub(super) struct Planned {
    pub label: Label,
    pub measure: Measure,
    /// Which kinds outside the base it can have (see `Outside::ALL`).
    pub outside: [bool; 3],
    /// Cells whose options routing offers to some only.
    pub conditional: u64,
    pub parents: Vec<usize>,
    pub sources: Vec<usize>,
    pub twin: Option<usize>,
}

impl Planned {
    /// The fields that its own answers come from; none for derived indicators.
    fn owns(&self, field: usize) -> bool {
        !self.label.derived
            && self.label.unit == Unit::Respondents
            && self.measure.readers().iter().any(|reader| reader.field == field)
    }
}

/// All tables of the plan, in its order.
pub(super) fn tables(questionnaire: &Questionnaire) -> Vec<Planned> {
    let mut tables = Vec::new();
    for entry in &questionnaire.plan.tables {
        if let Some(derived) = questionnaire.derived.iter().find(|derived| derived.id == *entry) {
            tables.extend(derived_table(questionnaire, derived));
            continue;
        }
        for question in questions(questionnaire, entry) {
            question_tables(questionnaire, &question, &mut tables);
        }
    }
    relate(questionnaire, &mut tables);
    tables
}

/// The questions, as exports name them, that an entry of the plan stands for: a matrix is all its rows.
fn questions(questionnaire: &Questionnaire, entry: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for field in &questionnaire.fields {
        let row = field.question.strip_prefix(entry).is_some_and(|rest| rest.starts_with('.') && field.place.is_none());
        let closed = matches!(field.kind, FieldKind::Single { .. } | FieldKind::Multi { .. });
        if closed && (field.question == entry || row) && !found.contains(&field.question) {
            found.push(field.question.clone());
        }
    }
    found
}

fn question_tables(questionnaire: &Questionnaire, question: &str, tables: &mut Vec<Planned>) {
    let fields: Vec<usize> =
        (0..questionnaire.fields.len()).filter(|field| questionnaire.fields[*field].question == question).collect();
    let Some(first) = fields.first().copied() else { return };
    let field = &questionnaire.fields[first];
    let several = matches!(field.kind, FieldKind::Multi { .. });
    let label = |id: String, several: bool, cells: Vec<CellLabel>| Label {
        id,
        question: question.to_owned(),
        text: wording(questionnaire, question),
        unit: Unit::Respondents,
        sensitive: is_sensitive(questionnaire, question),
        several,
        derived: false,
        cells,
    };
    if let Some(groups) = questionnaire.plan.published_as.get(question) {
        let any = set_of(field, Choice::counts);
        let none = set_of(field, |option| option.code >= 0 && !option.counts());
        let reader = Reader::sets(questionnaire, first, vec![any, none]);
        let cells = vec![word(questionnaire, 1, "nagot", "cell-any"), word(questionnaire, 0, "inget", "cell-none")];
        let measure = Measure::Field(reader);
        tables.push(planned(questionnaire, label(format!("{question}.nagot"), false, cells), measure));
        let sets = groups.iter().map(|group| set_of(field, |option| group.members.contains(&option.id))).collect();
        let measure = Measure::Field(Reader::sets(questionnaire, first, sets));
        tables.push(planned(questionnaire, label(format!("{question}.grupper"), true, group_cells(groups)), measure));
        return;
    }
    let (cells, readers): (Vec<CellLabel>, Vec<Reader>) = match geography(questionnaire, field) {
        Some(groups) => {
            let sets = |field: usize| {
                let of = &questionnaire.fields[field];
                groups.iter().map(|group| set_of(of, |option| option.code >= 0 && belongs(option, group))).collect()
            };
            let readers = fields.iter().map(|field| Reader::sets(questionnaire, *field, sets(*field))).collect();
            (group_cells(groups), readers)
        }
        None => {
            let readers = fields.iter().map(|field| Reader::options(questionnaire, *field)).collect();
            (option_cells(field.options()), readers)
        }
    };
    if field.place.is_none() {
        let measure = readers.into_iter().next().map(Measure::Field);
        tables
            .extend(measure.map(|measure| planned(questionnaire, label(question.to_owned(), several, cells), measure)));
        return;
    }
    let respondents = label(question.to_owned(), true, cells.clone());
    let mentions = Label { unit: Unit::Mentions, several, ..respondents.clone() };
    tables.push(planned(questionnaire, respondents, Measure::Respondents(readers.clone())));
    let twin = Some(tables.len() - 1);
    tables.push(Planned { twin, ..planned(questionnaire, mentions, Measure::Mentions(readers)) });
}

fn derived_table(questionnaire: &Questionnaire, derived: &Derived) -> Option<Planned> {
    let (measure, several, cells) = match &derived.rule {
        DerivedRule::Share { numerator, denominator } => (
            Measure::Share { numerator: numerator.clone(), denominator: denominator.clone() },
            false,
            vec![word(questionnaire, 1, "ja", "cell-yes"), word(questionnaire, 0, "nej", "cell-no")],
        ),
        DerivedRule::Groups { questions, grouping } => {
            let groups = questionnaire.groupings.get(grouping)?;
            let fields = questionnaire.fields.iter().enumerate();
            let readers = fields.filter(|(_, field)| questions.contains(&field.question)).map(|(index, field)| {
                let sets = groups.iter().map(|group| set_of(field, |option| option.counts() && belongs(option, group)));
                Reader::sets(questionnaire, index, sets.collect())
            });
            (Measure::Groups(readers.collect()), true, group_cells(groups))
        }
        DerivedRule::FirstOf { cases } => (
            Measure::FirstOf(cases.iter().map(|case| case.when.clone()).collect()),
            false,
            cases
                .iter()
                .map(|case| CellLabel { code: case.code, id: case.id.clone(), text: case.text.clone() })
                .collect(),
        ),
    };
    let label = Label {
        id: derived.id.clone(),
        question: derived.id.clone(),
        text: derived.text.clone(),
        unit: Unit::Respondents,
        sensitive: is_sensitive(questionnaire, &derived.id),
        several,
        derived: true,
        cells,
    };
    Some(planned(questionnaire, label, measure))
}

fn planned(questionnaire: &Questionnaire, label: Label, measure: Measure) -> Planned {
    let fields = || measure.readers().iter().map(|reader| &questionnaire.fields[reader.field]);
    let outside = match (label.unit, label.derived) {
        // A place that is not described is no mention.
        (Unit::Mentions, _) => [false; 3],
        (Unit::Respondents, true) => [false, false, true],
        (Unit::Respondents, false) => [
            fields().any(|field| offers(field, missing::DOES_NOT_KNOW)),
            fields().any(|field| !field.required || offers(field, missing::REFUSED)),
            fields().all(|field| !always(questionnaire, &field.relevant)),
        ],
    };
    let conditional = measure.readers().iter().fold(0, |cells, reader| {
        let field = &questionnaire.fields[reader.field];
        cells | reader.cells_of(set_of(field, |option| option.relevant != Condition::Always))
    });
    Planned { label, measure, outside, conditional, parents: Vec::new(), sources: Vec::new(), twin: None }
}

fn offers(field: &Field, code: i16) -> bool {
    field.options().iter().any(|option| option.code == code)
}

/// The groups that a question on areas is published in: never the areas themselves.
pub(super) fn geography<'q>(questionnaire: &'q Questionnaire, field: &Field) -> Option<&'q [Group]> {
    let options = field.options();
    let geographic = |groups: &&Vec<Group>| !groups.is_empty() && groups.iter().all(|group| group.women.is_some());
    let used = |groups: &&Vec<Group>| {
        groups.iter().any(|group| options.iter().any(|option| option.code >= 0 && belongs(option, group)))
    };
    questionnaire.groupings.values().filter(geographic).find(used).map(Vec::as_slice)
}

/// Whether the plan names a question, or the matrix that it is a row of, as sensitive.
pub(super) fn is_sensitive(questionnaire: &Questionnaire, question: &str) -> bool {
    let names = &questionnaire.plan.sensitive;
    names
        .iter()
        .any(|name| question.strip_prefix(name.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
}

/// Finds out which tables know of each other.
fn relate(questionnaire: &Questionnaire, tables: &mut [Planned]) {
    let owners = |tables: &[Planned], fields: &[usize]| -> Vec<usize> {
        (0..tables.len()).filter(|table| fields.iter().any(|field| tables[*table].owns(*field))).collect()
    };
    for table in 0..tables.len() {
        let mut routing: Vec<usize> = Vec::new();
        for reader in tables[table].measure.readers() {
            let field = &questionnaire.fields[reader.field];
            routing.extend(field.relevant.fields());
            routing.extend(field.options().iter().flat_map(|option| option.relevant.fields()));
        }
        if tables[table].label.derived {
            tables[table].sources = owners(tables, &computed_from(&tables[table].measure));
            tables[table].label.sensitive |= tables[table].sources.iter().any(|source| tables[*source].label.sensitive);
        } else {
            tables[table].parents = owners(tables, &routing);
        }
    }
}

/// The fields whose answers a derived variable is computed from.
pub(super) fn computed_from(measure: &Measure) -> Vec<usize> {
    match measure {
        Measure::Share { numerator, denominator } => [numerator.fields(), denominator.fields()].concat(),
        Measure::FirstOf(cases) => cases.iter().flat_map(Condition::fields).collect(),
        Measure::Field(_) | Measure::Respondents(_) | Measure::Mentions(_) | Measure::Groups(_) => {
            measure.readers().iter().map(|reader| reader.field).collect()
        }
    }
}
