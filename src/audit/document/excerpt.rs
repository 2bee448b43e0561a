//! A few words of a text, for a message.

/// How many characters are quoted at the most.
const LONGEST: usize = 32;

/// The last words of `text`, in quotation marks.
pub(super) fn end_of(text: &str) -> String {
    let text = text.trim_end();
    let cut = text.char_indices().rev().nth(LONGEST - 1);
    let Some((start, _)) = cut.filter(|(start, _)| *start > 0) else {
        return format!("“{}”", one_line(text));
    };
    let tail = &text[start..];
    let word = tail
        .find(char::is_whitespace)
        .map_or(tail, |at| &tail[at..]);
    // A word that is longer than the excerpt is cut.
    let word = if word.trim().is_empty() { tail } else { word };
    format!("“…{}”", one_line(word.trim_start()))
}

/// The first words of `text`, in quotation marks.
pub(super) fn start_of(text: &str) -> String {
    let text = text.trim_start();
    let Some((end, _)) = text.char_indices().nth(LONGEST) else {
        return format!("“{}”", one_line(text));
    };
    let head = &text[..end];
    let word = head
        .rfind(char::is_whitespace)
        .map_or(head, |at| &head[..at]);
    format!("“{}…”", one_line(word.trim_end()))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excerpts_are_short_and_cut_between_words() {
        assert_eq!(end_of("short"), "“short”");
        assert_eq!(start_of("short "), "“short”");
        let long = "one two three four five six seven eight nine ten";
        assert_eq!(end_of(long), "“…five six seven eight nine ten”");
        assert_eq!(start_of(long), "“one two three four five six…”");
        let chinese = "字".repeat(99);
        assert_eq!(end_of(&chinese).chars().count(), LONGEST + 3);
        assert_eq!(start_of(&chinese).chars().count(), LONGEST + 3);
        assert_eq!(end_of("a\n  b"), "“a b”");
        assert_eq!(end_of(""), "“”");
    }
}
