//! UTF-8 that was read as windows-1252 or Latin-1: `Ã©` for `é`, `â€™` for `’`.

use memchr::memchr;

use super::Passage;

/// Appends the passages of `text` that are UTF-8 read byte by byte.
///
/// A *sequence* is a character of UTF-8 so read: `Ã©` or `â€™`. Two in a row are mojibake for
/// certain. One alone may be real, since a capital may stand before a quotation mark (`IRMÃ”`)
/// or an accent before two (`é’”`), so it depends on what it is made of; see [`weigh`].
pub(super) fn find(text: &str, passages: &mut Vec<Passage>) {
    let bytes = text.as_bytes();
    let before = passages.len();
    let mut certain = false;
    let mut at = 0;
    while let Some(next) = memchr(LEAD, &bytes[at..]) {
        at += next;
        let end = bytes.len().min(at + WINDOW);
        if !may_hold(&bytes[at..bytes.len().min(end + 2)]) {
            at = end;
            continue;
        }
        while at < end {
            let found = bytes[at] == LEAD && may_begin(bytes, at);
            let found = if found { passage(text, at) } else { None };
            at += 1;
            if let Some((passage, weight)) = found
                && weight != Weight::Chance
            {
                certain |= weight == Weight::Certain;
                at = passage.range().end;
                passages.push(passage);
            }
        }
    }
    if !certain {
        passages.truncate(before);
    }
}

/// What all characters that can begin a sequence begin with: U+00C2 to U+00F4.
const LEAD: u8 = 0xC3;

/// How many bytes are looked at together. Accents are frequent in some languages, and looking at
/// each would take longer than the rest.
const WINDOW: usize = 128;

/// Whether there may be a sequence in `bytes`: a character that can begin one, of two bytes, and
/// one that is not ASCII behind it.
fn may_hold(bytes: &[u8]) -> bool {
    let behind = bytes.get(2..).unwrap_or_default();
    let pairs = bytes.iter().zip(behind);
    pairs.fold(false, |any, (first, third)| {
        any | ((*first == LEAD) & (*third >= 0xC2))
    })
}

/// Whether the character at `at`, of two bytes, may begin a sequence: it is among the characters
/// that do, and the next one begins like those that go on.
fn may_begin(bytes: &[u8], at: usize) -> bool {
    matches!(
        bytes.get(at + 1..at + 3),
        Some([0x82..=0xB4, 0xC2 | 0xC5 | 0xC6 | 0xCB | 0xE2])
    )
}

/// How sure it is that a sequence is mojibake.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Weight {
    /// It is.
    Certain,
    /// It is if another one in the text is.
    Likely,
    /// It may as well be what was written.
    Chance,
}

/// The sequences in a row that begin at `at`.
fn passage(text: &str, at: usize) -> Option<(Passage, Weight)> {
    let first = sequence(&text[at..])?;
    let mut repaired = vec![(first.char, first.len)];
    let mut end = at + first.len;
    while let Some(next) = sequence(&text[end..]) {
        repaired.push((next.char, next.len));
        end += next.len;
    }
    let weight = match repaired.len() {
        1 => weigh(&text[at..end]),
        _ => Weight::Certain,
    };
    undo_again(&mut repaired);
    Some((
        Passage {
            start: at,
            repaired,
        },
        weight,
    ))
}

/// Text may have been read wrongly twice, or more often: `ÃƒÂ©`.
fn undo_again(repaired: &mut Vec<(char, usize)>) {
    loop {
        let text: String = repaired.iter().map(|(char, _)| char).collect();
        let mut again = Vec::new();
        let mut lens = repaired.iter().map(|(_, len)| *len);
        let mut at = 0;
        while let Some(next) = sequence(&text[at..]) {
            let characters = text[at..at + next.len].chars().count();
            again.push((next.char, lens.by_ref().take(characters).sum()));
            at += next.len;
        }
        if again.is_empty() || at < text.len() {
            return;
        }
        *repaired = again;
    }
}

struct Sequence {
    /// What was meant.
    char: char,
    /// Bytes of the text it takes.
    len: usize,
}

/// The sequence that `text` begins with.
fn sequence(text: &str) -> Option<Sequence> {
    let mut chars = text.chars();
    let lead = chars.next().and_then(byte)?;
    let count = match lead {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    let mut bytes = [lead, 0, 0, 0];
    for slot in &mut bytes[1..count] {
        *slot = chars.next().and_then(byte)?;
    }
    let char = std::str::from_utf8(&bytes[..count]).ok()?.chars().next()?;
    // Nobody meant a control character.
    (!char.is_control()).then_some(Sequence {
        char,
        len: text.len() - chars.as_str().len(),
    })
}

/// How sure it is that a sequence that stands alone is mojibake.
fn weigh(sequence: &str) -> Weight {
    let mut chars = sequence.chars();
    let lead = chars.next();
    let rest = chars.as_str();
    match (lead, rest.chars().count()) {
        // Latin letters with accents, whose wrong reading begins with one of four capitals that
        // seldom end a word.
        (Some('Â' | 'Ã' | 'Ä' | 'Å'), 1) => match rest.contains(closes) {
            true => Weight::Likely,
            false => Weight::Certain,
        },
        // Quotation marks, dashes, the ellipsis; then a byte order mark.
        (Some('â'), 2) if rest.starts_with('€') => Weight::Certain,
        (Some('ï'), 2) if rest == "»¿" => Weight::Certain,
        (_, 2) if !rest.chars().all(|char| closes(char) || follows(char)) => Weight::Certain,
        (_, 3) => Weight::Certain,
        _ => Weight::Chance,
    }
}

/// Whether a character ends a quotation or a clause, right behind a letter.
fn closes(char: char) -> bool {
    matches!(
        char,
        '‘' | '’' | '“' | '”' | '«' | '»' | '‹' | '›' | '…' | '–' | '—' | '\u{A0}'
    )
}

/// Whether a character may follow one that closes, such as the number of a note.
fn follows(char: char) -> bool {
    matches!(
        char,
        '¹' | '²' | '³' | '®' | '™' | '©' | '°' | '¿' | '¡' | '·' | '•' | '§' | '„' | '‚'
    )
}

/// The byte that windows-1252 reads as `char`; where it knows none, that of Latin-1. Of those
/// above ASCII only.
fn byte(char: char) -> Option<u8> {
    Some(match char {
        '\u{80}'..='\u{FF}' => char as u8,
        '€' => 0x80,
        '‚' => 0x82,
        'ƒ' => 0x83,
        '„' => 0x84,
        '…' => 0x85,
        '†' => 0x86,
        '‡' => 0x87,
        'ˆ' => 0x88,
        '‰' => 0x89,
        'Š' => 0x8A,
        '‹' => 0x8B,
        'Œ' => 0x8C,
        'Ž' => 0x8E,
        '‘' => 0x91,
        '’' => 0x92,
        '“' => 0x93,
        '”' => 0x94,
        '•' => 0x95,
        '–' => 0x96,
        '—' => 0x97,
        '˜' => 0x98,
        '™' => 0x99,
        'š' => 0x9A,
        '›' => 0x9B,
        'œ' => 0x9C,
        'ž' => 0x9E,
        'Ÿ' => 0x9F,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repaired(text: &str) -> String {
        super::super::repaired(find, text)
    }

    #[test]
    fn utf8_read_as_windows_1252_is_found() {
        for (text, expected) in [
            ("cafÃ©", "é"),
            ("Itâ€™s “dÃ©jÃ\u{A0} vu”", "’|é|à"),
            ("ä½\u{A0}å¥½ï¼Œä¸–ç•Œ", "你好，世界"),
            ("\u{E4}\u{BD}\u{A0}\u{E5}\u{A5}\u{BD}", "你好"),
            ("Ð¿Ñ€Ð¸Ð²ÐµÑ‚", "привет"),
            ("Å‚Ã³dÅº", "łó|ź"),
            ("ðŸ˜€", "😀"),
            ("ï»¿title", "\u{FEFF}"),
            ("ÃƒÂ©tÃƒÂ©", "é|é"),
            ("itÃ¢â‚¬â„¢s", "’"),
        ] {
            assert_eq!(repaired(text), expected, "{text}");
        }
    }

    #[test]
    fn what_was_written_so_is_not() {
        for text in [
            "café, déjà vu, naïve — “l’été”… «Où êtes-vous ?» — «À Paris !»",
            "Straße, Spaß“, Fuß”, größer, Äpfel, Übermut, „Maß“—so",
            "SÃO PAULO, AMANHÔ, MAÇÃ”…, IRMÃ», NÃO",
            "“‘Thank you, René’” — he’d said, ‘à’…",
            "l’été»¹, « café »², naïveté”³",
            "ĐÃ ĐƯỢC, LÂU, CÂU… VÂNG”, TÂM»",
            "CAFɔ, TOUCHÉ’, FIANCÉ…, Ö–Ü, Ö—, Ê“",
            "Ångström, 5 Å–10 Å, Å…, Ø–ø, ×10, Ð, Þ",
            "你好，世界。こんにちは。안녕하세요. Привет!",
        ] {
            assert_eq!(repaired(text), "", "{text}");
        }
    }
}
