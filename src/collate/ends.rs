//! How much two texts have in common at their ends.

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

    proptest! {
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
