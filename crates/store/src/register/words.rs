//! Words by which requests, offers and parties are found: those of titles and references, names and codes, in small letters. A list asked for
//! several words holds rows with a word that begins with each of them.

use uuid::Uuid;

use crate::error::StoreError;
use crate::session::Session;
use crate::statement::{Condition, Statement};

/// Most words kept of a row, and most asked for at once.
const MOST: usize = 40;

/// Longest word kept, in characters; longer ones are cut.
const LONGEST: usize = 40;

/// Tables of words, each with its statements.
pub(crate) struct Words {
    pub(crate) forget: &'static str,
    pub(crate) keep: &'static str,
    pub(crate) find: &'static str,
}

/// The words of a text, each once.
fn words_of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for text in texts {
        for word in text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()) {
            let word: String = word.to_lowercase().chars().take(LONGEST).collect();
            if words.len() < MOST && !words.contains(&word) {
                words.push(word);
            }
        }
    }
    words
}

/// Keeps the words of a row in place of those it had.
pub(crate) async fn keep(
    session: &mut Session,
    table: &Words,
    row: Uuid,
    texts: [&str; 2],
    is_new: bool,
) -> Result<(), StoreError> {
    if !is_new {
        session.execute(Statement::of(table.forget).bind(row)).await?;
    }
    let words = words_of(texts);
    if words.is_empty() {
        return Ok(());
    }
    let mut insert = Statement::of(table.keep).of_rows(words.len());
    for (position, word) in words.iter().enumerate() {
        insert.push(if position == 0 { "(" } else { ", (" });
        insert.value(word).push(", ").value(row).push(")");
    }
    session.execute(insert).await.map(drop)
}

/// That a row has a word beginning with each word of the text.
pub(crate) fn conditions(table: &Words, text: &str) -> Vec<Condition> {
    let find = |word: String| {
        // The last character there is ends the range of what begins so.
        let end = format!("{word}\u{10ffff}");
        Condition::of(table.find).value(word).text(" AND w.word < ").value(end).text(")")
    };
    words_of([text]).into_iter().map(find).collect()
}

#[cfg(test)]
mod tests {
    use super::words_of;

    #[test]
    fn words_are_small_and_stand_once() {
        assert_eq!(words_of(["Marking, marking: ÉTAT-major!", "R-17"]), ["marking", "état", "major", "r", "17"]);
        assert_eq!(words_of([" ,; "]), Vec::<String>::new());
    }
}
