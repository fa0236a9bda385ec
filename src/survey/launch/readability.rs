//! LIX, the Swedish measure of how hard a text is to read.
//!
//! Björnsson, *Läsbarhet* (1968): the mean number of words in a sentence, plus the percentage of words longer than
//! six letters. Under 30 very easy, 30–40 easy, 40–50 medium, 50–60 hard, above that very hard.

/// The LIX of a text, rounded; `None` for one with fewer than [`FEWEST_WORDS`], where a single long word decides.
pub fn lix(text: &str) -> Option<u32> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.len() < FEWEST_WORDS {
        return None;
    }
    let long = words.iter().filter(|word| word.chars().count() > 6).count();
    let sentences = text
        .split(['.', '!', '?', ':', '\n'])
        .filter(|sentence| sentence.chars().any(char::is_alphanumeric))
        .count()
        .max(1);
    let (words, long, sentences) = (words.len(), long, sentences);
    // words / sentences + 100 · long / words, in whole numbers, rounded half up.
    let twice = 2 * (words * words + 100 * long * sentences);
    u32::try_from((twice + words * sentences) / (2 * words * sentences)).ok()
}

/// Fewest words that a LIX says anything about.
pub const FEWEST_WORDS: usize = 10;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figure_is_the_one_counted_by_hand() {
        // 12 words in 2 sentences, 2 of them long: 6 + 16.7.
        assert_eq!(lix("Hunden springer över gatan. Den ser inte bilen som kommer bakifrån snabbt."), Some(23));
        // 10 words in one sentence, none long: 10 + 0.
        assert_eq!(lix("En två tre fyra fem sex sju åtta nio tio?"), Some(10));
        // The same with nine words.
        assert_eq!(lix("En två tre fyra fem sex sju åtta nio"), None);
    }
}
