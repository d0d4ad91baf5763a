//! The figures of a chart as a table.

/// A table: what stands beneath a chart, and its download.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// Names of the columns.
    pub headers: Vec<String>,
    /// Rows, each as long as `headers`. The first cell names the row.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// The table as CSV (RFC 4180, UTF-8, line ends CR LF).
    ///
    /// A cell that a spreadsheet would take for a formula is preceded by an apostrophe, unless it is a plain negative
    /// number.
    pub fn csv(&self) -> String {
        let mut text = String::new();
        for row in std::iter::once(&self.headers).chain(&self.rows) {
            for (position, cell) in row.iter().enumerate() {
                if position > 0 {
                    text.push(',');
                }
                push_cell(&mut text, cell);
            }
            text.push_str("\r\n");
        }
        text
    }
}

fn push_cell(text: &mut String, cell: &str) {
    let kept: String = cell.chars().filter(|letter| !matches!(letter, '\0' | '\u{2068}' | '\u{2069}')).collect();
    let guard = if is_formula(&kept) { "'" } else { "" };
    if kept.contains(['"', ',', '\n', '\r', ';', '\t']) {
        text.push('"');
        text.push_str(guard);
        text.push_str(&kept.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(guard);
        text.push_str(&kept);
    }
}

fn is_formula(cell: &str) -> bool {
    match cell.chars().next() {
        Some('=' | '+' | '@' | '\t' | '\r') => true,
        Some('-') => !cell[1..].starts_with(|next: char| next.is_ascii_digit()) || cell.contains(['(', '|', '!']),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_formulas_are_text() {
        let table = Table {
            headers: vec!["a".into(), "b".into()],
            rows: vec![
                vec!["x, \"y\"".into(), "=1+1".into()],
                vec!["-5".into(), "-cmd|' /C calc'!A0".into()],
                vec!["\u{2068}name\u{2069}".into(), "line\nbreak".into()],
            ],
        };
        let expected = "a,b\r\n\"x, \"\"y\"\"\",'=1+1\r\n-5,'-cmd|' /C calc'!A0\r\nname,\"line\nbreak\"\r\n";
        assert_eq!(table.csv(), expected);
    }
}
