//! A draft becomes a witness: spans of the decoded text become spans of the source, lines are
//! counted, the digest is taken.

use sha2::{Digest as _, Sha256};

use super::builder::Draft;
use super::decode::{Decoded, Misread};
use super::line::Lines;
use crate::text::{
    Comment, CommentSection, Damage, DecodeMap, Digest, Format, LineRange, LineTable, Span, Witness,
};

/// What a source comes to as a whole, however it is segmented.
pub(crate) struct Sums {
    source_len: usize,
    digest: Digest,
    visible: u32,
    /// Its mojibake, unless that was repaired.
    pub misread: Option<Misread>,
}

impl Sums {
    /// Those of `bytes`, which were decoded.
    pub fn of(bytes: &[u8], decoded: &Decoded<'_>, repaired: bool) -> Self {
        Self {
            misread: (!repaired).then(|| decoded.misread()),
            source_len: bytes.len(),
            digest: Digest(Sha256::digest(bytes).into()),
            visible: visible(decoded.text.as_bytes()),
        }
    }
}

/// The witness that `draft` describes.
pub(crate) fn finish(
    sums: Sums,
    (decoded, lines): (Decoded<'_>, Lines),
    format: Format,
    mut draft: Draft,
    (mut sections, mut comments): (Vec<CommentSection>, Vec<Comment>),
) -> Witness {
    let lines = line_table(lines, &decoded.map);
    let place = |span: &mut Span, line: &mut u32| {
        *span = to_source(&decoded.map, *span);
        *line = lines.line(span.start());
    };
    for block in &mut draft.blocks {
        place(&mut block.span, &mut block.line);
    }
    for asset in &mut draft.assets {
        place(&mut asset.span, &mut asset.line);
    }
    for comment in &mut comments {
        place(&mut comment.span, &mut comment.line);
    }
    for section in &mut sections {
        place(&mut section.span, &mut section.line);
    }
    for damage in &mut draft.damage {
        place(&mut damage.span, &mut damage.line);
    }
    if let Some(open) = &mut draft.open {
        place(&mut open.span, &mut open.line);
    }
    draft.text_map.shrink();
    let unsearched = draft.unsearched.map(|at| LineRange {
        first: lines.line(decoded.map.source_start(at)),
        last: lines.len() as u32,
    });
    Witness {
        unsearched,
        digest: sums.digest,
        source_len: sums.source_len,
        format,
        encoding: decoded.encoding,
        damage: all_damage(decoded.damage, draft.damage, &lines),
        open: draft.open,
        text: draft.text,
        match_text: draft.match_text,
        blocks: draft.blocks,
        comments,
        comment_sections: sections,
        assets: draft.assets,
        tally: draft.tally,
        visible: sums.visible,
        text_map: draft.text_map,
        decode_map: decoded.map,
        lines,
    }
}

/// How many bytes are neither ASCII white space nor a control. Counted in bytes at first, so that
/// the compiler can add up many at once.
fn visible(text: &[u8]) -> u32 {
    let count = |part: &[u8]| -> u8 { part.iter().map(|byte| u8::from(*byte > b' ')).sum() };
    // As many as a byte can count, and a multiple of what is added at once.
    let (parts, rest) = text.as_chunks::<240>();
    let all = parts.iter().map(|part| u32::from(count(part)));
    all.sum::<u32>() + u32::from(count(rest))
}

fn to_source(map: &DecodeMap, span: Span) -> Span {
    Span::new(map.source_start(span.start()), map.source_end(span.end()))
}

/// Damage that decoding found and damage that the text itself shows, in source order. What
/// lies in damage that decoding found is part of it: a replacement character for bytes that could
/// not be decoded, a control character in mojibake.
fn all_damage(mut decoding: Vec<Damage>, text: Vec<Damage>, lines: &LineTable) -> Vec<Damage> {
    for damage in &mut decoding {
        damage.line = lines.line(damage.span.start());
    }
    decoding.sort_by_key(|damage| damage.span);
    let known: Vec<Span> = decoding.iter().map(|damage| damage.span).collect();
    let is_known = |damage: &Damage| {
        let after = known.partition_point(|span| span.start() <= damage.span.start());
        let before = after.checked_sub(1).map(|at| known[at]);
        before.is_some_and(|span| span.contains(damage.span))
    };
    decoding.extend(text.into_iter().filter(|damage| !is_known(damage)));
    decoding.sort_by_key(|damage| damage.span);
    decoding
}

/// Where lines begin in the source: after LF, CR LF, or a CR alone.
fn line_table(mut lines: Lines, map: &DecodeMap) -> LineTable {
    lines.starts.shrink_to_fit();
    for start in &mut lines.starts {
        *start = map.source_end(*start as usize) as u32;
    }
    LineTable::new(lines.starts)
}
