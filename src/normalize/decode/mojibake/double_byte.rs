//! UTF-8 that was read as GBK, Big5 or Shift_JIS: `浣犲ソ` for `你好`.

use std::ops::Range;
use std::sync::LazyLock;

use encoding_rs::{BIG5, Encoding, GBK, SHIFT_JIS};

use super::Passage;

/// The length in bytes of a unit of an encoding, from its first byte.
type UnitLen = fn(u8) -> usize;

/// The encodings whose wrong readings are known.
const ENCODINGS: [(&Encoding, UnitLen); 3] = [
    (GBK, |lead| if lead == 0x80 { 1 } else { 2 }),
    (BIG5, |_| 2),
    (SHIFT_JIS, |lead| match lead {
        0xA1..=0xDF => 1,
        _ => 2,
    }),
];

/// A run of suspicious characters that is this long is found in any text, in bytes of UTF-8.
const COARSE: usize = 128;

/// One that is this long is found in a text in which another was.
const FINE: usize = 24;

/// The fewest bytes that, valid as UTF-8, are no chance: four Han characters or six Cyrillic
/// letters.
const ENOUGH: usize = 12;

/// The fewest bytes of UTF-8 in a text that are no chance altogether.
const EVIDENCE: usize = 48;

/// Appends the passages of `text` that are UTF-8 read in double bytes.
///
/// All characters of such a passage are *suspicious*: their bytes in the wrong encoding are a
/// part of UTF-8. So it is enough to look at a few characters here and there, and only where all
/// are suspicious at the run around them. What has been misread has mostly been misread as a
/// whole: texts are looked through at long steps, and again at short ones if that finds anything.
pub(super) fn find(text: &str, passages: &mut Vec<Passage>) {
    if Found::at_steps(text, COARSE - NEIGHBOURS)
        .passages
        .is_empty()
    {
        return;
    }
    let mut found = Found::at_steps(text, FINE - NEIGHBOURS);
    if found.is_no_chance() {
        passages.append(&mut found.passages);
    }
}

/// What a search found.
#[derive(Default)]
struct Found {
    passages: Vec<Passage>,
    /// How many bytes of text there are in the runs that the passages are parts of.
    runs: usize,
}

impl Found {
    fn at_steps(text: &str, step: usize) -> Self {
        let mut found = Self::default();
        let mut done = [0; ENCODINGS.len()];
        let mut at = step - 1;
        while let Some(byte) = text.as_bytes().get(at) {
            if *byte >= 0x80 {
                let start = (0..=at).rev().find(|at| text.is_char_boundary(*at));
                let start = start.unwrap_or(0);
                let suspects = suspects_of_four(&text[start..]);
                if suspects != 0 {
                    found.look_around(text, start, suspects, &mut done);
                }
            }
            at += step;
        }
        found
    }

    /// Whether it is enough, most of what it stands in, and reads like text. Rare characters that
    /// stand together, as they do in a table, give UTF-8 by chance, but not such.
    fn is_no_chance(&self) -> bool {
        let text: String = (self.passages.iter())
            .flat_map(|passage| passage.repaired.iter().map(|(char, _)| char))
            .collect();
        let count = |is: fn(char) -> bool| text.chars().filter(|char| is(*char)).count();
        let found: usize = (self.passages.iter())
            .map(|passage| passage.range().len())
            .sum();
        text.len() >= EVIDENCE
            && 2 * found >= self.runs
            && 4 * count(is_common) >= 3 * count(|_| true)
            && 2 * count(char::is_uppercase) <= count(|_| true)
    }

    #[cold]
    #[inline(never)]
    fn look_around(
        &mut self,
        text: &str,
        start: usize,
        suspects: u8,
        done: &mut [usize; ENCODINGS.len()],
    ) {
        for (nth, done) in done.iter_mut().enumerate() {
            let bit = 1 << nth;
            if suspects & bit != 0 && start >= *done {
                let run = run_around(text, start, bit, *done);
                *done = run.end;
                // What was lost on the way joins what it stood between, and cannot be undone. Of
                // the rest each character is two bytes at most in these encodings.
                let mut at = run.start;
                for part in text[run].split(char::REPLACEMENT_CHARACTER) {
                    if 2 * part.chars().count() >= ENOUGH {
                        let before = self.passages.len();
                        undo(text, at..at + part.len(), nth, &mut self.passages);
                        if self.passages.len() > before {
                            self.runs += part.len();
                        }
                    }
                    at += part.len() + char::REPLACEMENT_CHARACTER.len_utf8();
                }
            }
        }
    }
}

/// Whether most of a text in a script that is misread is such characters: ASCII, Russian letters,
/// punctuation, kana, Han, Hangul.
fn is_common(char: char) -> bool {
    matches!(char,
        ' '..='~'
        | '\u{410}'..='\u{44F}'
        | '\u{2000}'..='\u{206F}'
        | '\u{3000}'..='\u{30FF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7A3}'
        | '\u{FF00}'..='\u{FFEF}')
}

/// How many bytes four characters have at most, of those that are suspicious.
const NEIGHBOURS: usize = 12;

/// The encodings in which the first four characters of `text` are suspicious.
fn suspects_of_four(text: &str) -> u8 {
    let mut chars = text.chars();
    let mut suspects = u8::MAX;
    for _ in 0..4 {
        suspects &= self::suspects(chars.next());
        if suspects == 0 {
            break;
        }
    }
    suspects
}

/// The run of characters suspicious by `bit` around `start`, that begins at `from` or later.
fn run_around(text: &str, start: usize, bit: u8, from: usize) -> Range<usize> {
    let suspicious = |char: &char| suspects(Some(*char)) & bit != 0;
    let before = text[from..start].chars().rev().take_while(suspicious);
    let after = text[start..].chars().take_while(suspicious);
    start - before.map(char::len_utf8).sum::<usize>()
        ..start + after.map(char::len_utf8).sum::<usize>()
}

/// Encodes a run back and appends the passages of it that are UTF-8 then.
fn undo(text: &str, run: Range<usize>, nth: usize, passages: &mut Vec<Passage>) {
    let (encoding, unit_len) = ENCODINGS[nth];
    let (bytes, _, unmappable) = encoding.encode(&text[run.clone()]);
    if unmappable {
        return;
    }
    let (back, malformed) = encoding.decode_without_bom_handling(&bytes);
    if malformed || back != text[run.clone()] {
        return;
    }
    // Where units begin, in the bytes and in the text. Both ends are among them.
    let mut units = vec![(0, run.start)];
    let mut byte_at = 0;
    let mut text_at = run.start;
    for char in text[run].chars() {
        byte_at += bytes.get(byte_at).map_or(1, |lead| unit_len(*lead));
        text_at += char.len_utf8();
        units.push((byte_at, text_at));
    }
    let mut first = 0;
    while let Some((start, _)) = units.get(first) {
        let rest = bytes.get(*start..).unwrap_or_default();
        let valid = rest.utf8_chunks().next().map_or("", |chunk| chunk.valid());
        let last = last_common(&units[first..], valid) + first;
        if units[last].0 - start >= ENOUGH {
            passages.push(Passage {
                start: units[first].1,
                repaired: pieces(&units[first..=last], &valid[..units[last].0 - start]),
            });
        }
        // Where UTF-8 is valid, what begins both a unit and a character was found already.
        let valid_end = start + valid.len();
        first = last.max(first + 1);
        while units.get(first).is_some_and(|(at, _)| *at < valid_end) {
            first += 1;
        }
    }
}

/// The last of `units` that begins where a character of `valid` does; both begin together.
fn last_common(units: &[(usize, usize)], valid: &str) -> usize {
    let start = units.first().map_or(0, |unit| unit.0);
    units
        .iter()
        .take_while(|(at, _)| at - start <= valid.len())
        .enumerate()
        .filter(|(_, (at, _))| valid.is_char_boundary(at - start))
        .last()
        .map_or(0, |(nth, _)| nth)
}

/// The characters of `repaired`, each with the bytes of text of the units that begin in it.
fn pieces(units: &[(usize, usize)], repaired: &str) -> Vec<(char, usize)> {
    let base = units.first().map_or(0, |unit| unit.0);
    let mut nth = 0;
    let mut pieces = Vec::new();
    for (at, char) in repaired.char_indices() {
        let end = base + at + char.len_utf8();
        let from = units[nth].1;
        while units.get(nth + 1).is_some_and(|unit| unit.0 <= end) {
            nth += 1;
        }
        pieces.push((char, units[nth].1 - from));
    }
    pieces
}

/// A bit for each encoding in which the character is suspicious.
fn suspects(char: Option<char>) -> u8 {
    char.and_then(|char| SUSPECTS.get(char as usize))
        .copied()
        .unwrap_or(0)
}

/// [`suspects`] of the characters of the basic plane.
static SUSPECTS: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut table = vec![0; 0x10000];
    for (nth, (encoding, _)) in ENCODINGS.iter().enumerate() {
        let units = suspicious_units(*encoding == GBK);
        let (text, _) = encoding.decode_without_bom_handling(&units);
        for line in text.split('\n') {
            let mut chars = line.chars();
            if let (Some(char), None) = (chars.next(), chars.next())
                && !char.is_ascii()
                && char != char::REPLACEMENT_CHARACTER
                && let Some(suspects) = table.get_mut(char as usize)
            {
                *suspects |= 1 << nth;
            }
        }
    }
    table[char::REPLACEMENT_CHARACTER as usize] = u8::MAX;
    table
});

/// All that a unit can be that is cut from UTF-8, a line each: the beginning of a character of
/// Chinese, Japanese, Korean or Cyrillic, of punctuation or an emoji; the end of one and the
/// beginning of the next; bytes from its inside; and, in an encoding where such are rare in real
/// text, its end and an ASCII letter.
fn suspicious_units(swallows_ascii: bool) -> Vec<u8> {
    let mut units = Vec::new();
    let is_lead = |byte: u8| matches!(byte, 0xD0 | 0xD1 | 0xE2..=0xF0);
    let is_inside = |byte: u8| matches!(byte, 0x80..=0xBF);
    for first in (0x80..=0xF0).filter(|byte| is_lead(*byte) || is_inside(*byte)) {
        if is_inside(first) {
            units.extend([first, b'\n']);
        }
        for second in 0x40..=0xF0 {
            let possible = is_inside(second)
                || is_inside(first) && (is_lead(second) || swallows_ascii && second < 0x7F);
            if possible {
                units.extend([first, second, b'\n']);
            }
        }
    }
    units
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repaired(text: &str) -> String {
        super::super::repaired(find, text)
    }

    /// `text` as UTF-8 read in `encoding`, whatever it costs.
    fn misread(text: &str, encoding: &'static Encoding) -> String {
        encoding
            .decode_without_bom_handling(text.as_bytes())
            .0
            .into_owned()
    }

    #[test]
    fn utf8_read_in_double_bytes_is_found() {
        for (encoding, text) in [
            (GBK, "数据库索引的选择取决于查询，"),
            (GBK, "разговор о погоде и о книгах "),
            (BIG5, "天河天水天鳥洪辰"),
            (SHIFT_JIS, "これは日本語の文章です、"),
        ] {
            let wrong = misread(&text.repeat(9), encoding);
            let found = repaired(&format!("前面 {wrong} 后面"));
            let found: String = found.split('|').collect();
            // Some of it is lost, where a character is cut off by a space.
            let (found, all) = (found.chars().count(), text.chars().count() * 9);
            assert!(found * 3 > all, "{text} as {} is {wrong}", encoding.name());
        }
    }

    #[test]
    fn letters_between_are_no_reason_to_pass_over_the_rest() {
        let text = "索引的DB选择取决于查询的形状；没有哪一种INDEX适合所有的查询。";
        let wrong = misread(&text.repeat(9), GBK);
        let found: String = repaired(&wrong).split('|').collect();
        let capitals = found.matches(char::is_uppercase).count();
        assert!(
            capitals > 8 && found.contains("适合所有的查询"),
            "{found} in {wrong}"
        );
    }

    #[test]
    fn what_is_found_is_exact() {
        let wrong = "鏁版嵁搴撶储寮曠殑閫夋嫨鍙栧喅浜庢煡璇㈢殑褰㈢姸銆傛病鏈夊摢涓€绉嶇储寮曢€傚悎鎵€鏈夌殑";
        assert_eq!(
            repaired(wrong),
            "数据库索引的选择取决于查询的形状。没有哪一种索引适合所有的"
        );
    }

    #[test]
    fn short_runs_are_found_beside_long_ones() {
        let short = misread("这是中文的书", GBK);
        assert_eq!(repaired(&format!("甲乙丙丁 {short} 甲乙丙丁")), "");
        let long = misread(&"数据库索引的选择".repeat(9), GBK);
        let found = repaired(&format!("{long}甲乙丙丁 {short} 甲乙丙丁"));
        assert!(found.ends_with("|这是中文的书"), "{found}");
    }

    #[test]
    fn what_was_written_so_is_not() {
        for text in [
            "数据库索引的选择，取决于查询的形状；没有哪一种索引适合所有的查询。",
            "資料庫索引的選擇，取決於查詢的形狀；沒有哪一種索引適合所有的查詢。",
            "データベースの索引は、問い合わせの形によって選ぶものである。ｶﾀｶﾅﾓｼﾞﾚﾂ",
            "데이터베이스의 색인은 질의의 모양에 따라 고른다.",
            "Выбор индекса зависит от запроса, и ни один не подходит для всех.",
        ] {
            assert_eq!(repaired(text), "", "{text}");
        }
    }

    /// Numbers that look random, always the same.
    struct Dice(u64);

    impl Dice {
        fn below(&mut self, most: u32) -> u32 {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            (self.0 >> 11) as u32 % most
        }
    }

    #[test]
    fn random_characters_are_not() {
        let all = (0x4E00, 0xA000, 50, 10_000);
        // Characters that stand beside each other in Unicode stand so in the other encodings, too.
        let narrow = (0x4E00..0xD780).step_by(0x40);
        let narrow =
            narrow.flat_map(|from| [(from, from + 0x40, 50, 20), (from, from + 0x40, 500, 2)]);
        let mut dice = Dice(0x2545_F491_4F6C_DD1D);
        for (from, to, len, count) in std::iter::once(all).chain(narrow) {
            for _ in 0..count {
                let chars = (0..len).map(|_| char::from_u32(from + dice.below(to - from)));
                let text: String = chars.map(|char| char.expect("no surrogate")).collect();
                assert_eq!(repaired(&text), "", "{text}");
            }
        }
    }
}
