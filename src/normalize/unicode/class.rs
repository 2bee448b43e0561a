//! What each character is to canonical text.

/// What is done with a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// It stays.
    Text,
    /// White space that breaks no line.
    Space,
    /// White space that breaks a line.
    Break,
    /// A zero-width character without meaning, or a soft hyphen: goes, and is counted.
    Invisible,
    /// A bidirectional control: goes, and is counted.
    Bidi,
    /// NUL: goes, and is damage.
    Nul,
    /// Another control character: goes, and is damage.
    Control,
    /// U+FFFD: stays, and is damage.
    Replacement,
}

/// The class of `c`.
pub(super) fn class(c: char) -> Class {
    match c {
        '\0' => Class::Nul,
        '\n'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Class::Break,
        c if c.is_whitespace() => Class::Space,
        c if c.is_control() => Class::Control,
        // ZWJ, ZWNJ and the selectors have a meaning and stay; so do tags, which spell flags.
        '\u{ad}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{206a}'..='\u{206f}' | '\u{feff}' => {
            Class::Invisible
        }
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            Class::Bidi
        }
        '\u{fffd}' => Class::Replacement,
        _ => Class::Text,
    }
}

/// Whether `c` is text to canonical text, neither white space nor taken away.
pub(crate) fn is_visible(c: char) -> bool {
    matches!(class(c), Class::Text | Class::Replacement)
}

/// Whether a line break between the texts `before` and `after` is no word boundary: the
/// characters beside it are CJK, or one of them is and the other is punctuation that CJK shares.
pub(crate) fn joins_lines(before: &str, after: &str) -> bool {
    let is_ascii = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii);
    if is_ascii(before.as_bytes().last()) || is_ascii(after.as_bytes().first()) {
        return false;
    }
    // A variation selector belongs to the character before it.
    let selector = |c: &char| matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}');
    let before = before.chars().rev().find(|c| !selector(c));
    let after = after.chars().next();
    match (before.map_or(Cjk::No, cjk), after.map_or(Cjk::No, cjk)) {
        (Cjk::Yes, Cjk::Yes | Cjk::Shared) | (Cjk::Shared, Cjk::Yes) => true,
        (Cjk::No, _) | (_, Cjk::No) | (Cjk::Shared, Cjk::Shared) => false,
    }
}

enum Cjk {
    Yes,
    /// Punctuation that Chinese and Japanese share with the rest of the world.
    Shared,
    No,
}

/// Whether `c` is of a script that sets no space between words: Han, kana, Bopomofo and their
/// punctuation. Not Hangul: Korean has spaces.
fn cjk(c: char) -> Cjk {
    match c {
        '\u{2e80}'..='\u{2fff}' // radicals, description characters
        | '\u{2329}' | '\u{232a}' // NFC makes them U+3008 and U+3009
        | '\u{3001}'..='\u{312f}' // punctuation, kana, Bopomofo
        | '\u{3190}'..='\u{31ff}' // annotation, strokes, kana
        | '\u{3220}'..='\u{325f}' | '\u{3280}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe10}'..='\u{fe1f}' | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff01}'..='\u{ff9f}' | '\u{ffe0}'..='\u{ffe6}'
        | '\u{16fe0}'..='\u{16fff}' | '\u{1aff0}'..='\u{1b16f}'
        | '\u{1f200}'..='\u{1f2ff}'
        | '\u{20000}'..='\u{3ffff}' => Cjk::Yes,
        '\u{b7}' | '\u{2014}' | '\u{2018}' | '\u{2019}' | '\u{201c}' | '\u{201d}' | '\u{2026}' => {
            Cjk::Shared
        }
        _ => Cjk::No,
    }
}
