//! Pieces and where they are -> what is lost.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use super::free::Free;
use super::present::Present;
use super::{Case, CommentLoss, Fate, Gap, Loss, Moved, Old};
use crate::text::LineRange;

/// What `case` lost.
pub(super) fn loss(case: &Case, olds: &[Old], present: &[Present], free: &mut [Free]) -> Loss {
    let (text, comments) = olds.split_at(olds.partition_point(|old| !old.is_comment));
    let now = case.now;
    let now = now.and_then(|at| present.get(at).zip(free.get_mut(at)));
    let gone_comments = gone_comments(case, comments);
    let mut loss = Loss {
        total: case.was.chars(),
        blocks: (0, case.was.blocks.len()),
        moved: moved(olds, present),
        assets: (0, case.was.assets.len()),
        ..Loss::default()
    };
    match now {
        Some((document, free)) => {
            loss.comments = comment_loss(case, &gone_comments, document, free);
            loss.assets.0 = lost_assets(&case.was.assets, &document.entry.assets);
            text_loss(text, document, free, &mut loss);
        }
        None => {
            let gone = gone_comments.iter().filter(|gone| **gone > 0);
            loss.comments = CommentLoss {
                total: gone_comments.len(),
                gone: gone.count(),
                cut: 0,
                chars: gone_comments.iter().sum(),
            };
            loss.assets.0 = case.was.assets.len();
            loss.gone = gone_chars(text);
            loss.blocks.0 = gone_blocks(text).len();
        }
    }
    loss
}

fn gone_chars(olds: &[Old]) -> u64 {
    let gone = olds.iter().filter(|old| old.fate == Fate::Gone);
    gone.map(|old| u64::from(old.piece.chars)).sum()
}

/// The blocks of which all pieces are gone.
fn gone_blocks(text: &[Old]) -> HashSet<usize> {
    let blocks = text.chunk_by(|one, two| one.of == two.of);
    let gone = blocks.filter(|block| block.iter().all(|old| old.fate == Fate::Gone));
    gone.filter_map(|block| Some(block.first()?.of)).collect()
}

/// Finds the gaps: what is gone between two pieces that are still here.
fn text_loss(text: &[Old], document: &Present, free: &mut Free, loss: &mut Loss) {
    let gone_blocks = gone_blocks(text);
    let here = |old: &Old| match old.fate {
        Fate::Here(start) => Some(start..start + old.piece.chars),
        Fate::Gone | Fate::There(..) => None,
    };
    let mut before: Option<Range<u32>> = None;
    let mut rest = text;
    while !rest.is_empty() {
        let len = rest.iter().take_while(|old| here(old).is_none()).count();
        let (gap, behind) = rest.split_at(len);
        let after = behind.first().and_then(here);
        let gone = gone_chars(gap);
        if gone > 0 {
            let blocks = gap.chunk_by(|one, two| one.of == two.of);
            let blocks = blocks.filter_map(|block| block.first());
            let blocks = blocks.filter(|old| gone_blocks.contains(&old.of)).count();
            let new = new_text(before.as_ref(), after.as_ref(), document, free);
            add_gap((gone, blocks), before.as_ref(), &new, document, loss);
        }
        rest = behind.get(1..).unwrap_or_default();
        before = after;
    }
}

/// What is new between two pieces, taken: behind the one, and in front of the other.
fn new_text(
    before: Option<&Range<u32>>,
    after: Option<&Range<u32>>,
    document: &Present,
    free: &mut Free,
) -> Vec<Range<u32>> {
    if before.is_none() && after.is_none() {
        let starts = document.text.iter().map(|placed| placed.start);
        return starts.filter_map(|start| free.take_from(start)).collect();
    }
    let behind = before.and_then(|before| free.take_from(before.end));
    let in_front = after.and_then(|after| free.take_to(after.start));
    behind.into_iter().chain(in_front).collect()
}

/// Counts what is gone against what is new in its place.
fn add_gap(
    (chars, blocks): (u64, usize),
    before: Option<&Range<u32>>,
    new: &[Range<u32>],
    document: &Present,
    loss: &mut Loss,
) {
    let new_chars: u64 = new.iter().map(|run| run.len() as u64).sum();
    let new_blocks: usize = new.iter().map(|run| document.blocks_within(run)).sum();
    let lost = chars.saturating_sub(new_chars);
    loss.replaced += chars - lost;
    if lost == 0 {
        return;
    }
    let lost_blocks = blocks.saturating_sub(new_blocks);
    loss.gone += lost;
    loss.blocks.0 += lost_blocks;
    loss.gaps.push(Gap {
        after: before.and_then(|before| document.lines(before)),
        chars: lost,
        blocks: lost_blocks,
    });
}

/// How much of each comment is gone.
fn gone_comments(case: &Case, comments: &[Old]) -> Vec<u64> {
    let mut gone = vec![0; case.was.comments.len()];
    for old in comments.iter().filter(|old| old.fate == Fate::Gone) {
        if let Some(gone) = gone.get_mut(old.of) {
            *gone += u64::from(old.piece.chars);
        }
    }
    gone
}

/// The comments that are not there as they were: those of an author and date that are still there
/// say something else now, the others are gone. Of comments without text there may be fewer.
fn comment_loss(case: &Case, gone: &[u64], document: &Present, free: &mut Free) -> CommentLoss {
    let mut edited: HashMap<u64, Vec<usize>> = HashMap::new();
    let comments = document.entry.comments.iter().zip(&document.comments);
    for (at, (comment, placed)) in comments.enumerate().rev() {
        let is_new = |start: u32| free.has(&(start..start + 1));
        if placed.iter().any(|placed| is_new(placed.start)) {
            edited.entry(comment.who).or_default().push(at);
        }
    }
    let mut loss = CommentLoss {
        total: case.was.comments.len(),
        ..CommentLoss::default()
    };
    for (comment, gone) in case
        .was
        .comments
        .iter()
        .zip(gone)
        .filter(|(_, gone)| **gone > 0)
    {
        let Some(new) = edited.get_mut(&comment.who).and_then(Vec::pop) else {
            loss.gone += 1;
            loss.chars += gone;
            continue;
        };
        let placed = document.comments.get(new).into_iter().flatten();
        let new = placed.filter_map(|placed| free.take_from(placed.start));
        let less = gone.saturating_sub(new.map(|run| run.len() as u64).sum());
        loss.cut += usize::from(less > 0);
        loss.chars += less;
    }
    let silent = |comments: &[crate::audit::entry::KnownComment]| {
        let silent = comments.iter().filter(|comment| comment.pieces.is_empty());
        silent.count()
    };
    loss.gone += silent(&case.was.comments).saturating_sub(silent(&document.entry.comments));
    loss
}

/// Where text is that is in other documents now.
fn moved(olds: &[Old], present: &[Present]) -> Vec<Moved> {
    let mut to: BTreeMap<usize, (u64, Option<LineRange>)> = BTreeMap::new();
    for old in olds {
        let Fate::There(at, start) = old.fate else {
            continue;
        };
        let lines = present.get(at);
        let lines = lines.and_then(|there| there.lines(&(start..start + old.piece.chars)));
        let (chars, all) = to.entry(at).or_default();
        *chars += u64::from(old.piece.chars);
        *all = match (*all, lines) {
            (Some(one), Some(two)) => Some(one.union(two)),
            (one, two) => one.or(two),
        };
    }
    let moved = to.into_iter().map(|(to, (chars, lines))| Moved {
        to,
        lines: lines.unwrap_or(LineRange { first: 1, last: 1 }),
        chars,
    });
    let mut moved: Vec<Moved> = moved.collect();
    moved.sort_by_key(|moved| std::cmp::Reverse(moved.chars));
    moved
}

/// How many assets are gone without another in their place.
fn lost_assets(was: &[u64], now: &[u64]) -> usize {
    let mut more: HashMap<u64, i64> = HashMap::new();
    for hash in was {
        *more.entry(*hash).or_default() += 1;
    }
    for hash in now {
        *more.entry(*hash).or_default() -= 1;
    }
    let missing: i64 = more.values().filter(|more| **more > 0).sum();
    let new: i64 = more
        .values()
        .filter(|more| **more < 0)
        .map(|more| -more)
        .sum();
    usize::try_from(missing - new).unwrap_or(0)
}
