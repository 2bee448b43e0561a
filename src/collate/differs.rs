//! In what two witnesses differ that read the same.

use crate::text::{Differs, Verdict, Witness};

/// What sets apart two witnesses whose verdict is equivalent; nothing for other verdicts.
pub(super) fn find(verdict: Verdict, base: &Witness, copy: &Witness) -> Differs {
    if verdict != Verdict::Equivalent {
        return Differs::default();
    }
    let letters = |witness: &'_ Witness| -> String { witness.text.split_whitespace().collect() };
    let same_letters = base.text == copy.text || letters(base) == letters(copy);
    let kinds = |witness: &Witness| {
        witness
            .blocks
            .iter()
            .map(|block| block.kind)
            .collect::<Vec<_>>()
    };
    let mut differs = Differs {
        encoding: base.encoding != copy.encoding,
        orthography: !same_letters,
        white_space: (same_letters && base.text != copy.text)
            || base.lines.len() != copy.lines.len(),
        markup: base.format != copy.format
            || kinds(base) != kinds(copy)
            || (same_letters && base.tally.visible != copy.tally.visible),
    };
    if differs == Differs::default() {
        // The bytes differ and the readings do not: what is left is the markup.
        differs.markup = true;
    }
    differs
}
