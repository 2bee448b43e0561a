//! Characters that a normalisation leaves alone: the fast way through text.

use std::ops::Range;

use super::swar::{self, STRIDE};

/// A set of characters that a normalisation form keeps as they are whatever stands before them:
/// each is its own normal form, and the first character of its decomposition is a starter that
/// composes with nothing before it. ASCII characters that are neither white space nor controls
/// belong to every set.
///
/// So a run of them is its own normal form, and normalising may stop and start before each.
pub(crate) struct Plain {
    /// A bit for each character below U+10000, 64 to a page.
    pages: [u64; 1024],
    /// The first byte from which on, up to 0xE9, all characters with that first byte are in the
    /// set: Han, most of Chinese text.
    han: u8,
    /// Ranges from U+10000 on.
    astral: &'static [(u32, u32)],
}

impl Plain {
    /// The set of these ranges, both ends included, from U+0080 to U+FFFF and above it.
    pub(crate) const fn new(basic: &[(u32, u32)], astral: &'static [(u32, u32)]) -> Self {
        let mut pages = [0; 1024];
        let mut at = 0;
        while at < basic.len() {
            let (mut c, last) = basic[at];
            while c <= last {
                pages[(c >> 6) as usize] |= 1 << (c & 63);
                c += 1;
            }
            at += 1;
        }
        let mut han = HAN_END;
        while han > 0xe4 && is_whole(&pages, han - 1) {
            han -= 1;
        }
        Self { pages, han, astral }
    }

    /// Whether `c` is in the set.
    pub(crate) fn contains(&self, c: char) -> bool {
        match u32::from(c) {
            0x21..=0x7e => true,
            low @ 0..0x10000 => self.holds_basic(low),
            high => self.holds_astral(high),
        }
    }

    /// Where the run of non-ASCII characters of the set ends that begins at `at` in `text`.
    #[inline]
    pub(crate) fn run_end(&self, text: &[u8], mut at: usize) -> usize {
        loop {
            while let Some(lead) = text.get(at)
                && (self.han..HAN_END).contains(lead)
            {
                at += 3;
            }
            match self.plain_len(text, at) {
                0 => return at,
                len => at += len,
            }
        }
    }

    /// The length of the non-ASCII character at `at` if the set has it, else 0.
    #[inline]
    pub(crate) fn plain_len(&self, text: &[u8], at: usize) -> usize {
        let low = |byte: u8| u32::from(byte & 0x3f);
        let (holds, len) = match text.get(at..) {
            Some([lead @ 0xe0..=0xef, second, third, ..]) => {
                let code = u32::from(lead & 0xf) << 12 | low(*second) << 6 | low(*third);
                (self.holds_basic(code), 3)
            }
            Some([lead @ 0xc0..=0xdf, second, ..]) => (
                self.holds_basic(u32::from(lead & 0x1f) << 6 | low(*second)),
                2,
            ),
            Some([lead @ 0xf0..=0xff, second, third, fourth, ..]) => {
                let code = u32::from(lead & 7) << 18 | low(*second) << 12 | low(*third) << 6;
                (self.holds_astral(code | low(*fourth)), 4)
            }
            _ => (false, 0),
        };
        if holds { len } else { 0 }
    }

    /// Whether the character with the code point `code`, of U+0080 to U+FFFF, is in the set.
    #[inline]
    pub(crate) fn holds_basic(&self, code: u32) -> bool {
        // The mask spares a check of bounds.
        self.pages[code as usize >> 6 & 1023] >> (code & 63) & 1 == 1
    }

    fn holds_astral(&self, code: u32) -> bool {
        let within = |(first, last): &(u32, u32)| (*first..=*last).contains(&code);
        self.astral.iter().any(within)
    }

    /// All characters of the set above ASCII.
    #[cfg(test)]
    pub(crate) fn iter(&self) -> impl Iterator<Item = char> {
        ('\u{80}'..=char::MAX).filter(|c| self.contains(*c))
    }
}

const HAN_END: u8 = 0xea;

/// Whether all characters with this first byte, of three, are in `pages`.
const fn is_whole(pages: &[u64; 1024], lead: u8) -> bool {
    let mut page = (lead as usize & 0xf) << 6;
    let end = page + 64;
    while page < end {
        if pages[page] != u64::MAX {
            return false;
        }
        page += 1;
    }
    true
}

/// Where the run of printable ASCII ends that begins at `at` in `text`: no controls, and spaces
/// only one at a time, each before another character of the run.
#[inline]
pub(crate) fn ascii_end(text: &[u8], mut at: usize) -> usize {
    loop {
        let bytes = swar::stride(text, at);
        let graphic = swar::within(bytes, 0x21, 0x7f);
        let spaces = swar::within(bytes, b' ', b' ' + 1);
        let next = matches!(text.get(at + STRIDE), Some(0x21..=0x7e));
        let followed = graphic >> 8 | u64::from(next) << 63;
        let end = !(graphic | spaces & followed) & swar::first(STRIDE);
        if end != 0 {
            return at + swar::before(end);
        }
        at += STRIDE;
    }
}

/// Where the run of ASCII white space ends that begins `text[range]`, and whether it breaks a
/// line.
#[inline]
pub(crate) fn white_end(text: &[u8], range: Range<usize>) -> (usize, bool) {
    let Range { start: mut at, end } = range;
    // Most are one character.
    if at < end
        && let Some(byte @ (b' ' | b'\t'..=b'\r')) = text.get(at)
        && (at + 1 == end || text[at + 1] > b' ')
    {
        return (at + 1, matches!(byte, b'\n'..=b'\r'));
    }
    let mut breaks_line = false;
    while at < end
        && let Some(b' ' | b'\t'..=b'\r') = text.get(at)
    {
        let bytes = swar::stride(text, at);
        let breaks = swar::within(bytes, b'\n', b'\r' + 1);
        let white = breaks | swar::within(bytes, b'\t', b'\n') | swar::within(bytes, b' ', b'!');
        let len = swar::before(!white & swar::first(STRIDE)).min(end - at);
        breaks_line |= breaks & swar::first(len) != 0;
        at += len;
    }
    (at, breaks_line)
}

/// Whether `set` holds only what [`Plain`] says, by the tables of `icu_normalizer`.
#[cfg(test)]
pub(crate) fn check(
    set: &Plain,
    composing: icu_normalizer::ComposingNormalizerBorrowed<'static>,
    decomposing: icu_normalizer::DecomposingNormalizerBorrowed<'static>,
) {
    use icu_normalizer::properties::{
        CanonicalCombiningClassMapBorrowed, CanonicalDecompositionBorrowed, Decomposed,
    };
    let class = CanonicalCombiningClassMapBorrowed::new();
    let canonical = CanonicalDecompositionBorrowed::new();
    // All characters that are the second half of a composed one.
    let seconds: std::collections::HashSet<char> = ('\0'..=char::MAX)
        .filter_map(|c| match canonical.decompose(c) {
            Decomposed::Expansion(_, second) => Some(second),
            _ => None,
        })
        .collect();
    for c in set.iter().chain('!'..='~') {
        let mut normal = composing.normalize_iter(std::iter::once(c));
        assert_eq!((normal.next(), normal.next()), (Some(c), None), "{c:?}");
        let first = decomposing.normalize_iter(std::iter::once(c)).next();
        let first = first.expect("a character decomposes to something");
        assert_eq!(class.get_u8(first), 0, "{c:?}");
        assert!(!seconds.contains(&first), "{c:?} composes");
        assert!(!c.is_whitespace() && !c.is_control(), "{c:?}");
    }
}
