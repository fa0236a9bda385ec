//! Makes style sheets and scripts smaller by what people need and browsers don't: comments and layout.
//!
//! For our own files, not for any file: scripts have line comments on lines of their own only, and
//! neither kind has comment marks within strings. A test holds `static/` to that.

/// A style sheet without comments and needless space.
pub fn style(source: &str) -> String {
    let mut small = String::with_capacity(source.len());
    let mut rest = source;
    while let Some((before, comment)) = rest.split_once("/*") {
        push_style(&mut small, before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    push_style(&mut small, rest);
    small
}

/// Adds a piece without comments: runs of space become one, and none stays beside `{ } ; ,` and the combinators of
/// selectors. Within strings everything stays. (A `calc()` needs the space around its `+`: ours subtract.)
fn push_style(small: &mut String, piece: &str) {
    const NO_SPACE_BESIDE: &[char] = &['{', '}', ';', ',', '>', '~', '+'];
    let mut quoted = false;
    let mut space = false;
    for character in piece.chars() {
        if quoted {
            quoted = character != '"';
            small.push(character);
        } else if character.is_whitespace() {
            space = true;
        } else {
            if space && !NO_SPACE_BESIDE.contains(&character) && !small.ends_with(NO_SPACE_BESIDE) && !small.is_empty()
            {
                // `a: b` is a declaration; `a :b` is a selector and keeps its space.
                if !small.ends_with(':') {
                    small.push(' ');
                }
            }
            space = false;
            if character == '}' && small.ends_with(';') {
                small.pop();
            }
            quoted = character == '"';
            small.push(character);
        }
    }
}

/// A script without comment lines and indentation.
pub fn script(source: &str) -> String {
    source
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with("//"))
        .flat_map(|line| [line, "\n"])
        .collect()
}

/// A page without the line breaks between tags, but before what may stand in a line, where they are a space.
pub fn page(html: &str) -> String {
    const IN_A_LINE: [&str; 8] = ["a ", "button", "input", "label", "output", "select", "span", "strong"];
    let mut small = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once(">\n<") {
        small.push_str(before);
        small.push_str(if IN_A_LINE.iter().any(|name| after.starts_with(name)) { ">\n<" } else { "><" });
        rest = after;
    }
    small + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_lose_line_breaks_that_are_no_space() {
        let html = "<p>\n<strong>A</strong>\n<a href=\"/b\">b</a>\n</p>\n<p>c\n</p>";
        assert_eq!(page(html), "<p>\n<strong>A</strong>\n<a href=\"/b\">b</a></p><p>c\n</p>");
    }

    #[test]
    fn a_style_sheet_keeps_its_meaning() {
        let source = "/* why */\n.a > .b ,\n.c :is(p, li) {\n  margin: 0 auto ;\n  content: \"a  { b\";\n}\n\n@media print { a { top: 1px } }\n";
        assert_eq!(style(source), ".a>.b,.c :is(p,li){margin:0 auto;content:\"a  { b\"}@media print{a{top:1px}}");
    }

    #[test]
    fn a_script_keeps_its_lines() {
        assert_eq!(script("// why\nconst a = 1\n\n  a.b() // how\n"), "const a = 1\na.b() // how\n");
    }
}
