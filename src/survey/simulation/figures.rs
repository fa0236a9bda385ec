//! Published figures that simulated residents follow.

use std::collections::BTreeMap;

use serde::Deserialize;

/// `figures.json`: facts, with their sources.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Figures {
    /// Where the figures come from, and of which year they are.
    pub sources: Vec<String>,
    /// Women per option of a question.
    pub population: BTreeMap<String, BTreeMap<String, f64>>,
    /// The question that shares are given by.
    pub shares_by: String,
    /// Its options that the source does not ask.
    pub not_asked: Vec<String>,
    /// Per cent of women, by table of the source: by option of `shares_by`, or `all`.
    pub shares: BTreeMap<String, BTreeMap<String, f64>>,
}

impl Figures {
    /// The figures that are built in.
    #[expect(clippy::expect_used, reason = "the file is part of the binary; a test reads it")]
    pub fn built_in() -> Self {
        serde_json::from_str(include_str!("figures.json")).expect("figures.json is well-formed")
    }

    /// The share, between 0 and 1, of those who chose `option` of `shares_by` in a table of the source.
    pub fn share(&self, table: &str, option: &str) -> Option<f64> {
        self.shares.get(table)?.get(option).map(|percent| percent / 100.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_the_published_ones() {
        let figures = Figures::built_in();
        let total = |question: &str| figures.population[question].values().sum::<f64>();
        // Women of 16 or more, and women of all ages (SCB, 2019-12-31).
        assert_eq!((total("X03"), total("Q01")), (17_574.0, 22_250.0));
        assert_eq!(figures.share("4C:1", "all"), Some(0.191_167));
        assert!(figures.sources.iter().any(|source| source.contains("SCB")));
        assert!(figures.sources.iter().any(|source| source.contains("NTU")));
    }
}
