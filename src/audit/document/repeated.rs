//! A passage that a document says twice: a page that was pasted or fetched again.

use std::collections::HashMap;

use xxhash_rust::xxh3::xxh3_64;

use super::{Seen, excerpt};
use crate::audit::Remark;
use crate::text::{Block, BlockKind, Code};

/// How many bytes of match text a passage must have that is said twice by mistake. Shorter ones are
/// turns of phrase: a note under each option, the label of a figure.
const LEAST: usize = 600;

/// How many bytes its blocks must have to count at all: between two equal sentences the same rule
/// or label may stand by design.
const LEAST_BLOCK: usize = 60;

/// Passages of the body that stand in it twice, each at its second place. A run of blocks that
/// follows its like is one passage.
pub(super) fn remarks(seen: &Seen<'_>, remarks: &mut Vec<Remark>) {
    let blocks: Vec<&Block> = seen.body().filter(|block| counts(block)).collect();
    let mut first: HashMap<u64, usize> = HashMap::with_capacity(blocks.len());
    let mut at = 0;
    while at < blocks.len() {
        let text = blocks[at].match_text(seen.witness);
        let known = *first.entry(xxh3_64(text.as_bytes())).or_insert(at);
        if known == at {
            at += 1;
            continue;
        }
        let run = run(seen, &blocks, known, at);
        let passage = &blocks[at..at + run];
        let bytes: usize = passage.iter().map(|block| block.match_text.len()).sum();
        if bytes >= LEAST {
            remarks.push(remark(seen, blocks[known], passage));
        }
        at += run.max(1);
    }
}

fn counts(block: &Block) -> bool {
    let is_text = !matches!(block.kind, BlockKind::Code | BlockKind::TableRow);
    is_text && block.match_text.len() >= LEAST_BLOCK
}

/// How many blocks from `known` on say the same as those from `at` on, without touching them.
fn run(seen: &Seen<'_>, blocks: &[&Block], known: usize, at: usize) -> usize {
    let pairs = blocks[known..at].iter().zip(&blocks[at..]);
    pairs
        .take_while(|(one, other)| one.match_text(seen.witness) == other.match_text(seen.witness))
        .count()
}

fn remark(seen: &Seen<'_>, first: &Block, passage: &[&Block]) -> Remark {
    let (start, end) = (passage[0], passage[passage.len() - 1]);
    let chars: usize = passage
        .iter()
        .map(|block| seen.text(block).chars().count())
        .sum();
    let there = seen.lines(first).first;
    let words = excerpt::start_of(seen.text(start));
    let about = xxh3_64(start.match_text(seen.witness).as_bytes());
    Remark {
        code: Code::DuplicatedPassage,
        lines: Some(seen.lines(start).union(seen.lines(end))),
        message: format!("{words}, {chars} characters, stand on line {there} already"),
        about: format!("{about:016x}"),
    }
}
