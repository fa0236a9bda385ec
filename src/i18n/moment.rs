//! Moments and days as people write them.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::clock;

const DAYS: [&str; 7] = ["mån", "tis", "ons", "tors", "fre", "lör", "sön"];

const MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
];

/// `tis 12 mars 2019 kl. 18.00`, in the municipality's time.
pub fn swedish(moment: Timestamp) -> String {
    let local = clock::local(moment);
    let name = |names: &[&'static str], number: i8| {
        usize::try_from(number - 1).ok().and_then(|index| names.get(index).copied()).unwrap_or_default()
    };
    let day = name(&DAYS, local.weekday().to_monday_one_offset());
    let month = name(&MONTHS, local.month());
    format!("{day} {} {month} {} kl. {:02}.{:02}", local.day(), local.year(), local.hour(), local.minute())
}

/// A day in words: "12 mars 2027".
pub fn date(language: &str, day: Date) -> String {
    let arguments =
        [("day", day.day().to_string().into()), ("month", day.month().into()), ("year", day.year().to_string().into())];
    super::text_with(language, "date-long", &arguments)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_told_in_local_time() {
        assert_eq!(swedish("2019-03-12T17:00:00Z".parse().unwrap()), "tis 12 mars 2019 kl. 18.00");
        assert_eq!(swedish("2019-06-30T22:05:00Z".parse().unwrap()), "mån 1 juli 2019 kl. 00.05");
    }
}
