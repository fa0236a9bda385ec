//! The syntax tree of a relevance rule.

/// When something is on path, in terms of earlier fields' answers.
///
/// `field` indexes [`Questionnaire::fields`](crate::survey::definition::Questionnaire::fields),
/// `option` the field's options. An answer off path counts as absent; so does what an exclusive
/// option hides.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Condition {
    /// Always.
    Always,
    /// The option is chosen.
    Chosen { field: usize, option: usize },
    /// At least `at_least` options that count (a code from 0 up, not exclusive) are chosen.
    Count { field: usize, at_least: u32 },
    /// A place of a repeated block has been added: its toggle does not say `nej`.
    Added { field: usize },
    /// All hold.
    All(Vec<Condition>),
    /// At least one holds.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
}

impl Condition {
    /// Both hold; keeps the tree flat and leaves out `Always` and repetitions.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let mut parts = Vec::new();
        for side in [self, other] {
            let members = match side {
                Self::All(members) => members,
                Self::Always => Vec::new(),
                single => vec![single],
            };
            for member in members {
                if !parts.contains(&member) {
                    parts.push(member);
                }
            }
        }
        match parts.len() {
            0 => Self::Always,
            1 => parts.remove(0),
            _ => Self::All(parts),
        }
    }

    /// It does not hold.
    #[must_use]
    pub fn negate(self) -> Self {
        match self {
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }

    /// The indices of the fields that it refers to.
    pub fn fields(&self) -> Vec<usize> {
        match self {
            Self::Always => Vec::new(),
            Self::Chosen { field, .. } | Self::Count { field, .. } | Self::Added { field } => vec![*field],
            Self::All(members) | Self::Any(members) => members.iter().flat_map(Self::fields).collect(),
            Self::Not(inner) => inner.fields(),
        }
    }
}
