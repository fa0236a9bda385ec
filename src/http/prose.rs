//! Running text that staff write without HTML, and that is shown as HTML.
//!
//! Each line is a paragraph of its own. A line that begins with `# ` is a heading, one with `- ` a point of a list, and
//! `[the text](https://…)` a link. That is all there is: whatever else someone types, `<b>` included, stands on the page as
//! it was typed. (Markdown would be a superset that surprises whoever does not know it: "1982. A year" is a list there.)

use askama::Template;

use crate::i18n::keep_numbers_together;

/// What a link may lead to. Nothing else becomes one, `javascript:` least of all.
const SCHEMES: [&str; 4] = ["https://", "http://", "mailto:", "tel:"];

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// What people read.
    pub text: String,
    /// Where it leads, if it is a link.
    pub address: Option<String>,
}

impl Run {
    /// Text that leads nowhere.
    pub fn plain(text: &str) -> Self {
        Self { text: keep_numbers_together(text), address: None }
    }

    /// A link.
    pub fn link(text: &str, address: String) -> Self {
        Self { text: keep_numbers_together(text), address: Some(address) }
    }
}

/// A part of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading.
    Heading(String),
    /// A paragraph.
    Paragraph(Vec<Run>),
    /// A list.
    Points(Vec<Vec<Run>>),
}

/// Running text, to be written into a page as it is: `{{ prose|safe }}`, for its own template escapes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "prose.html")]
pub struct Prose {
    /// Its parts, in their order.
    pub blocks: Vec<Block>,
    /// Headings are `h3`, below another one that the page has; else `h2`.
    pub below: bool,
}

impl Prose {
    /// Reads what someone wrote.
    pub fn parse(text: &str) -> Self {
        let mut blocks = Vec::new();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            if let Some(heading) = line.strip_prefix("# ") {
                blocks.push(Block::Heading(keep_numbers_together(heading.trim())));
            } else if let Some(point) = line.strip_prefix("- ") {
                match blocks.last_mut() {
                    Some(Block::Points(points)) => points.push(runs(point)),
                    _ => blocks.push(Block::Points(vec![runs(point)])),
                }
            } else {
                blocks.push(Block::Paragraph(runs(line)));
            }
        }
        Self { blocks, below: false }
    }
}

fn runs(line: &str) -> Vec<Run> {
    let mut found = Vec::new();
    let mut plain = String::new();
    let mut rest = line;
    while let Some(start) = rest.find('[') {
        let (before, from) = rest.split_at(start);
        plain.push_str(before);
        match link(from) {
            Some((link, after)) => {
                if !plain.is_empty() {
                    found.push(Run::plain(&plain));
                    plain.clear();
                }
                found.push(link);
                rest = after;
            }
            None => {
                plain.push('[');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    plain.push_str(rest);
    if !plain.is_empty() {
        found.push(Run::plain(&plain));
    }
    found
}

/// The link with which `from` begins, and what comes after it.
fn link(from: &str) -> Option<(Run, &str)> {
    let (text, rest) = from.strip_prefix('[')?.split_once("](")?;
    let (address, rest) = rest.split_once(')')?;
    let (text, address) = (text.trim(), address.trim());
    let scheme = SCHEMES.iter().find(|scheme| address.starts_with(**scheme))?;
    let fits = !text.is_empty() && !text.contains('[') && address.len() > scheme.len();
    (fits && !address.contains(char::is_whitespace)).then(|| (Run::link(text, address.to_owned()), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_headings_paragraphs_points_and_links() {
        let prose = Prose::parse("# Vem\n\nRing 08 123, eller [skriv](mailto:a@b.se).\n- ett\n- två\n#tre");
        assert_eq!(
            prose.blocks,
            [
                Block::Heading("Vem".into()),
                Block::Paragraph(vec![
                    Run::plain("Ring 08 123, eller "),
                    Run::link("skriv", "mailto:a@b.se".into()),
                    Run::plain("."),
                ]),
                Block::Points(vec![vec![Run::plain("ett")], vec![Run::plain("två")]]),
                Block::Paragraph(vec![Run::plain("#tre")]),
            ]
        );
    }

    #[test]
    fn what_is_no_link_of_ours_stays_text_and_html_is_shown_as_typed() {
        for typed in
            ["[a](javascript:alert(1))", "[a](/inne)", "[](https://a.se)", "[a] (https://a.se)", "[a](tel:)", "["]
        {
            assert_eq!(runs(typed), [Run::plain(typed)], "{typed}");
        }
        let html = Prose::parse("<b>fet</b> [\"><script>](https://a.se/\"onclick=\"x)").render().unwrap();
        assert!(!html.contains("<b>") && !html.contains("<script>") && !html.contains("\"onclick"), "{html}");
        assert!(html.contains("&#60;b&#62;fet"), "{html}");
    }
}
