//! The dialogue on paper: what stands there and in which order, what readers and cameras make of it, and the command.

mod command;
mod reading;
mod text;

use std::path::PathBuf;
use std::process::Command;

use jiff::civil::date;
use tempfile::TempDir;
use trygghetsdialog::survey::definition::{self, Questionnaire, VKOD_2017};
use trygghetsdialog::survey::paper::Print;

use crate::support::require::{Missing, or_skip};

const SITE: &str = "https://dialog.example.se";

fn survey() -> Questionnaire {
    definition::load(VKOD_2017.0, VKOD_2017.1).unwrap()
}

fn print<'a>(questionnaire: &'a Questionnaire, language: &str) -> Print<'a> {
    Print {
        questionnaire,
        language: questionnaire.language(language).unwrap(),
        site: SITE,
        dialogue: None,
        date: date(2018, 3, 1),
        last_day: Some(date(2018, 4, 30)),
        hand_in: None,
        simulated: false,
    }
}

/// A PDF as a file, gone when dropped.
struct Paper(TempDir);

impl Paper {
    fn new(bytes: &[u8]) -> Self {
        let directory = tempfile::tempdir().unwrap();
        std::fs::write(directory.path().join("paper.pdf"), bytes).unwrap();
        Self(directory)
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("paper.pdf")
    }

    /// What one of poppler's tools writes on standard output; nothing where it is not installed.
    fn tool(&self, name: &str, before: &[&str], after: &[&str]) -> Option<Vec<u8>> {
        let found = Command::new(name).args(before).arg(self.path()).args(after).output();
        let output = or_skip(found.map_err(|_| Missing(format!("{name} (Debian: poppler-utils)"))))?;
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        Some(output.stdout)
    }

    /// Its text, in the order in which it is drawn.
    fn text(&self) -> Option<String> {
        let text = self.tool("pdftotext", &["-raw"], &["-"])?;
        Some(String::from_utf8(text).unwrap())
    }
}
