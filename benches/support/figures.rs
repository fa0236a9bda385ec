//! Figures: medians and spread over rounds, and what a process has used.

use std::fmt;
use std::time::Duration;

/// Figures of one thing, a round each.
#[derive(Debug, Clone, Default)]
pub struct Rounds(Vec<f64>);

impl Rounds {
    /// Adds a round's figure.
    pub fn add(&mut self, figure: f64) {
        self.0.push(figure);
    }

    /// The middle figure.
    pub fn median(&self) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let middle = sorted.len() / 2;
        match sorted.len() {
            0 => f64::NAN,
            length if length % 2 == 1 => sorted[middle],
            _ => f64::midpoint(sorted[middle - 1], sorted[middle]),
        }
    }

    /// Round by round, this over `ceiling`: noise that lasts longer than a round hits both.
    pub fn over(&self, ceiling: &Self) -> Self {
        Self(self.0.iter().zip(&ceiling.0).map(|(own, ceiling)| own / ceiling).collect())
    }
}

/// The median, and the smallest and largest figure: `12 345 (11 902–12 480)`.
impl fmt::Display for Rounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let smallest = self.0.iter().copied().fold(f64::INFINITY, f64::min);
        let largest = self.0.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        write!(f, "{} ({}–{})", readable(self.median()), readable(smallest), readable(largest))
    }
}

/// Three significant digits at least, thousands apart.
pub fn readable(figure: f64) -> String {
    let decimals = match figure.abs() {
        figure if figure < 10.0 => 2,
        figure if figure < 100.0 => 1,
        _ => 0,
    };
    let text = format!("{figure:.decimals$}");
    let (whole, fraction) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    grouped + fraction
}

/// Linux's unit of processor time in `/proc`: a hundredth of a second on every machine that we know.
const TICKS_PER_SECOND: f64 = 100.0;

/// Processor time that a process has used, its threads that have ended included.
pub fn processor_time(process: u32) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    // The program's name, in parentheses, may hold spaces; user and system time are the 12th and 13th fields after it.
    let fields = stat.rsplit(") ").next().unwrap_or_default().split(' ').skip(11).take(2);
    let ticks: f64 = fields.map(|ticks| ticks.parse::<f64>().unwrap()).sum();
    Duration::from_secs_f64(ticks / TICKS_PER_SECOND)
}

/// A line of `/proc/PROCESS/status` in MB: `VmRSS` now, `VmHWM` at most so far. None where it has ended.
pub fn memory(process: u32, line: &str) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let value = status.lines().find_map(|text| text.strip_prefix(line)?.strip_prefix(':'))?;
    let kibibytes: f64 = value.split_whitespace().next()?.parse().ok()?;
    Some(kibibytes * 1024.0 / 1e6)
}

/// A line of a Markdown table.
pub fn row(cells: &[&str]) {
    println!("| {} |", cells.join(" | "));
}

/// The head of a Markdown table.
pub fn head(title: &str, cells: &[&str]) {
    println!("\n{title}\n");
    row(cells);
    row(&vec!["---"; cells.len()]);
}
