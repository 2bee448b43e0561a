//! Blocks that face each other: where a gap has as many blocks on one side as on the other, most are
//! what the one in their place was before. Where one sentence changed in such two, what they begin and
//! end with is theirs, and only what is between need be divided further.

use super::reading::Reading;
use super::steps::{Gap, KEPT_RUN, Steps};
use super::trim;

/// Divides a gap at the ends that the blocks in it have in common with those that face them. They must
/// be half of the two at least, neither of the two much longer, and no sentence may end between them: else
/// whole sentences may have come, gone or moved that begin as others do.
pub(super) fn divide(base: &Reading<'_, '_>, copy: &Reading<'_, '_>, gap: Gap, out: &mut Steps) {
    let of_base = || base.blocks_in(gap.base.clone());
    let of_copy = || copy.blocks_in(gap.copy.clone());
    if of_base().count() != of_copy().count() {
        return out.push_gap(gap.base, gap.copy);
    }
    for ((base_block, at), (copy_block, _)) in of_base().zip(of_copy()) {
        let (len, other) = (base_block.len(), copy_block.len());
        let pair = Gap {
            base: base_block,
            copy: copy_block,
        };
        let is_code = base.atlas.witness.blocks[at].kind.is_code();
        let (head, tail) = match !is_code && len.abs_diff(other) < KEPT_RUN {
            true => trim::equal_ends(base, copy, &pair, trim::words_border),
            false => (0, 0),
        };
        let Gap { base: b, copy: c } = pair;
        let (inner, other_inner) = (b.start + head..b.end - tail, c.start + head..c.end - tail);
        let texts = [
            &base.text()[inner.clone()],
            &copy.text()[other_inner.clone()],
        ];
        let is_far = 2 * (head + tail) < len.max(other);
        if is_far || texts.iter().any(|text| text.contains(ENDS)) {
            out.push_gap(b, c);
            continue;
        }
        out.push_equal(b.start..inner.start, c.start..other_inner.start);
        out.push_gap(inner.clone(), other_inner.clone());
        out.push_equal(inner.end..b.end, other_inner.end..c.end);
    }
}

/// What sentences end with, in match text.
const ENDS: [char; 4] = ['.', '!', '?', '。'];
