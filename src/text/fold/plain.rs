//! Characters that a normalisation leaves alone: the fast way through text.

/// A set of characters that a normalisation form keeps as they are whatever stands before them:
/// each is its own normal form, and the first character of its decomposition is a starter that
/// composes with nothing before it. ASCII characters that are neither white space nor controls
/// belong to every set.
///
/// So a run of them is its own normal form, and normalising may stop and start before each.
pub(crate) struct Plain {
    /// A bit for each character below U+10000, 64 to a page.
    pages: [u64; 1024],
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
        Self { pages, astral }
    }

    /// Whether `c` is in the set.
    pub(crate) fn contains(&self, c: char) -> bool {
        match u32::from(c) {
            0x21..=0x7e => true,
            low @ 0..0x10000 => self.pages[low as usize >> 6] >> (low & 63) & 1 == 1,
            high => self.holds_astral(high),
        }
    }

    /// Where the run of non-ASCII characters of the set ends that begins at `at` in `text`.
    #[inline]
    pub(crate) fn run_end(&self, text: &[u8], mut at: usize) -> usize {
        loop {
            // Han characters from U+4000 on, most of Chinese text, are known by their first byte.
            while let Some(0xe4..=0xe9) = text.get(at) {
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
    fn plain_len(&self, text: &[u8], at: usize) -> usize {
        let low = |byte: u8| usize::from(byte & 0x3f);
        let (page, bit, len) = match text.get(at..) {
            Some([lead @ 0xe0..=0xef, second, third, ..]) => {
                (usize::from(lead & 0xf) << 6 | low(*second), low(*third), 3)
            }
            Some([lead @ 0xc0..=0xdf, second, ..]) => (usize::from(lead & 0x1f), low(*second), 2),
            Some([lead @ 0xf0..=0xff, second, third, fourth, ..]) => {
                let code = usize::from(lead & 7) << 18
                    | low(*second) << 12
                    | low(*third) << 6
                    | low(*fourth);
                return if self.holds_astral(code as u32) { 4 } else { 0 };
            }
            _ => return 0,
        };
        if self.pages[page] >> bit & 1 == 1 {
            len
        } else {
            0
        }
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

/// Where the run of printable ASCII ends that begins at `at` in `text`: no controls, and spaces
/// only one at a time, between two other characters of the run or before its end.
#[inline]
pub(crate) fn ascii_end(text: &[u8], mut at: usize) -> usize {
    loop {
        // 32 at a time, if there is much of it. Written so that the compiler makes vectors of it.
        if let Some(chunk) = text.get(at..at + 33)
            && chunk[..32]
                .iter()
                .zip(&chunk[1..])
                .fold(true, |good, (byte, next)| {
                    good & (is_printable(*byte) & (is_graphic(*byte) | is_graphic(*next)))
                })
        {
            at += 32;
            continue;
        }
        let most = text.len().min(at + 32);
        while at < most {
            match text[at] {
                0x21..=0x7e => at += 1,
                b' ' if text.get(at + 1).copied().is_some_and(is_graphic) => at += 1,
                _ => return at,
            }
        }
        if at == text.len() {
            return at;
        }
    }
}

fn is_graphic(byte: u8) -> bool {
    matches!(byte, 0x21..=0x7e)
}

fn is_printable(byte: u8) -> bool {
    matches!(byte, 0x20..=0x7e)
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
