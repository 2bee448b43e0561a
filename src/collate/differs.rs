//! In what two witnesses differ that read the same.

use crate::text::{CommentChanges, Differs, Section, Verdict, Witness};

/// What sets apart two witnesses whose verdict is equivalent; nothing for other verdicts.
pub(super) fn find(
    verdict: Verdict,
    base: &Witness,
    copy: &Witness,
    comments: &CommentChanges,
) -> Differs {
    if verdict != Verdict::Equivalent {
        return Differs::default();
    }
    let (base_text, copy_text) = (body_text(base), body_text(copy));
    let letters = |text: &str| -> String { text.split_whitespace().collect() };
    let same_letters = base_text == copy_text || letters(&base_text) == letters(&copy_text);
    let kinds = |witness: &Witness| -> Vec<_> {
        let body = witness.section(Section::Body);
        body.map(|block| block.kind).collect()
    };
    // Lines and visible bytes are counted over the whole source.
    let whole = front_matter(base).eq(front_matter(copy));
    let mut differs = Differs {
        encoding: base.encoding != copy.encoding,
        orthography: !same_letters,
        white_space: (same_letters && base_text != copy_text)
            || (whole && base.lines.len() != copy.lines.len()),
        markup: base.format != copy.format
            || kinds(base) != kinds(copy)
            || (whole && same_letters && base.visible != copy.visible),
        comment_order: comments.are_reordered(),
    };
    if whole && differs == Differs::default() {
        // The bytes differ and the readings do not. Line ends are white space, too; what is left
        // is the markup.
        differs.white_space =
            base.source_len != copy.source_len && base.damage.len() == copy.damage.len();
        differs.markup = !differs.white_space;
    }
    differs
}

fn front_matter(witness: &Witness) -> impl Iterator<Item = &str> {
    witness
        .section(Section::FrontMatter)
        .map(|block| block.match_text(witness))
}

/// The body's canonical text, its blocks in lines.
fn body_text(witness: &Witness) -> String {
    let body = witness.section(Section::Body);
    body.flat_map(|block| [block.text(witness), "\n"]).collect()
}
