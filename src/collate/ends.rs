//! How much two texts have in common at their ends, and whether one stands in the other.

use memchr::memmem;

/// Compared at once: as much as a vector register holds, several times over.
const STRIDE: usize = 64;

/// Length in bytes of the longest common head.
pub(super) fn head(a: &[u8], b: &[u8]) -> usize {
    let strides = a.chunks_exact(STRIDE).zip(b.chunks_exact(STRIDE));
    let same = STRIDE * strides.take_while(|(a, b)| a == b).count();
    let rest = a[same..].iter().zip(&b[same..]);
    same + rest.take_while(|(a, b)| a == b).count()
}

/// Length in bytes of the longest common tail.
pub(super) fn tail(a: &[u8], b: &[u8]) -> usize {
    let strides = a.rchunks_exact(STRIDE).zip(b.rchunks_exact(STRIDE));
    let same = STRIDE * strides.take_while(|(a, b)| a == b).count();
    let rest = a[..a.len() - same]
        .iter()
        .rev()
        .zip(b[..b.len() - same].iter().rev());
    same + rest.take_while(|(a, b)| a == b).count()
}

/// Length in bytes of the longest common head of two texts, on a character boundary.
pub(super) fn text_head(a: &str, b: &str) -> usize {
    a.floor_char_boundary(head(a.as_bytes(), b.as_bytes()))
}

/// Length in bytes of the longest common tail of two texts, on a character boundary.
pub(super) fn text_tail(a: &str, b: &str) -> usize {
    let start = a.len() - tail(a.as_bytes(), b.as_bytes());
    a.len() - a.ceil_char_boundary(start)
}

/// Bytes of a text that are looked for at first.
const HEAD: usize = 16;

/// Where `needle` stands in `hay` first. Mostly it does not, and its head tells: what makes a search
/// for all of it linear costs more than the search.
pub(super) fn find(hay: &[u8], needle: &[u8]) -> Option<usize> {
    let last = hay.len().checked_sub(needle.len())?;
    let finder = memmem::Finder::new(&needle[..needle.len().min(HEAD)]);
    let heads = &hay[..last + finder.needle().len()];
    let mut effort = hay.len() + needle.len();
    let mut from = 0;
    while let Some(at) = finder.find(&heads[from..]) {
        from += at;
        let same = head(&hay[from..], needle);
        if same == needle.len() {
            return Some(from);
        }
        let Some(left) = effort.checked_sub(same) else {
            return memmem::find(hay, needle);
        };
        effort = left;
        from += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn characters_are_not_split() {
        // 中 and 丰 share two bytes, as do 中 and 䀭 at their ends.
        assert_eq!(text_head("a中", "a丰"), 1);
        assert_eq!(text_tail("\u{4e2d}z", "\u{5e2d}z"), 1);
    }

    #[test]
    fn a_text_is_found_where_it_stands_first() {
        let long = "ab".repeat(5000);
        for (hay, needle) in [
            (format!("{long}c{long}c"), format!("{long}c")),
            (format!("{long}{long}"), format!("{long}c")),
            ("abc".into(), "abcd".into()),
            ("abc".into(), String::new()),
        ] {
            let found = find(hay.as_bytes(), needle.as_bytes());
            assert_eq!(found, hay.find(&needle));
        }
    }

    proptest! {
        #[test]
        fn found_as_byte_by_byte(hay in "[ab]{0,90}", needle in "[ab]{0,24}") {
            prop_assert_eq!(find(hay.as_bytes(), needle.as_bytes()), hay.find(&needle));
        }

        #[test]
        fn as_counted_byte_by_byte(same in "[ab]{0,200}", a in "[ab]{0,90}", b in "[ab]{0,90}") {
            let count = |a: &mut dyn Iterator<Item = u8>, b: &mut dyn Iterator<Item = u8>| {
                a.zip(b).take_while(|(a, b)| a == b).count()
            };
            let (one, two) = (format!("{same}{a}"), format!("{same}{b}"));
            prop_assert_eq!(head(one.as_bytes(), two.as_bytes()), count(&mut one.bytes(), &mut two.bytes()));
            let (one, two) = (format!("{a}{same}"), format!("{b}{same}"));
            prop_assert_eq!(tail(one.as_bytes(), two.as_bytes()), count(&mut one.bytes().rev(), &mut two.bytes().rev()));
        }
    }
}
