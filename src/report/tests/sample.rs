//! Witnesses and relations by hand, so that renderers are tested without the other rooms.

use similar::{Algorithm, DiffTag, capture_diff_slices};

use crate::report::comments::text;
use crate::report::{Entry, Event, Folder, FolderPair, Renderer};
use crate::text::{
    Asset, AssetKind, Block, BlockKind, Comment, CommentChange, CommentChanges, CommentSection,
    Counter, Coverage, Cut, CutPlace, Damage, DamageKind, DecodeMap, Edit, Lacks, LineRange,
    LineTable, Move, Passage, Place, Relation, Section, SectionRelation, Span, Verdict, Witness,
};

/// A witness of lines: `% x` metadata, `# x` heading, `@author|date|likes|text` comment,
/// `!target` image, `?target` avatar, `=n` a declared number of comments, two spaces code (lines
/// that follow each other are one block), empty lines nothing, anything else a paragraph.
pub fn witness(source: &str) -> Witness {
    let mut w = Witness {
        source_len: source.len(),
        lines: LineTable::new(line_starts(source)),
        decode_map: DecodeMap::identity(0),
        ..Witness::default()
    };
    let mut at = 0;
    let mut code: Option<usize> = None;
    for (line, text) in source.split('\n').enumerate() {
        let line = line as u32 + 1;
        let span = Span::new(at, at + text.len());
        at += text.len() + 1;
        let is_code = text.starts_with("  ");
        if is_code && code.is_some_and(|last| last + 1 == line as usize) {
            continue_code(&mut w, text, span);
            code = Some(line as usize);
            continue;
        }
        code = is_code.then_some(line as usize);
        match text.chars().next() {
            None => {}
            Some('%') => block(
                &mut w,
                BlockKind::Metadata,
                Section::FrontMatter,
                text,
                2,
                span,
                line,
            ),
            Some('#') => block(
                &mut w,
                BlockKind::Heading(2),
                Section::Body,
                text,
                2,
                span,
                line,
            ),
            Some('@') => comment(&mut w, text, span, line),
            Some('!') => asset(&mut w, AssetKind::Image, Section::Body, text, span, line),
            Some('?') => asset(
                &mut w,
                AssetKind::Avatar,
                Section::Comments,
                text,
                span,
                line,
            ),
            Some('=') => declared(&mut w, text, span, line),
            Some(' ') => block(&mut w, BlockKind::Code, Section::Body, text, 2, span, line),
            Some(_) => block(
                &mut w,
                BlockKind::Paragraph,
                Section::Body,
                text,
                0,
                span,
                line,
            ),
        }
        if text.contains('\0') {
            w.damage.push(Damage {
                kind: DamageKind::Nul,
                span,
                line,
                repair: String::new(),
            });
        }
    }
    w
}

fn line_starts(source: &str) -> Vec<u32> {
    let breaks = source.match_indices('\n');
    breaks.map(|(at, _)| at as u32 + 1).collect()
}

fn block(
    w: &mut Witness,
    kind: BlockKind,
    section: Section,
    text: &str,
    skip: usize,
    span: Span,
    line: u32,
) {
    let text = text.get(skip..).unwrap_or_default();
    if text.trim().is_empty() {
        return;
    }
    if !w.blocks.is_empty() {
        w.text.push('\n');
    }
    let start = w.text.len();
    let match_start = w.match_text.len();
    w.text_map.push_verbatim(start, span.start() + skip);
    w.text.push_str(text);
    w.match_text
        .extend(text.chars().filter(|c| !c.is_whitespace()));
    w.blocks.push(Block {
        kind,
        section,
        span,
        line,
        text: Span::new(start, w.text.len()),
        match_text: Span::new(match_start, w.match_text.len()),
        number: None,
    });
}

fn continue_code(w: &mut Witness, text: &str, span: Span) {
    w.text.push('\n');
    let text = text.get(2..).unwrap_or_default();
    w.text_map.push_verbatim(w.text.len(), span.start() + 2);
    w.text.push_str(text);
    w.match_text
        .extend(text.chars().filter(|c| !c.is_whitespace()));
    let (end, match_end) = (w.text.len(), w.match_text.len());
    if let Some(last) = w.blocks.last_mut() {
        last.span = last.span.union(span);
        last.text = Span::new(last.text.start(), end);
        last.match_text = Span::new(last.match_text.start(), match_end);
    }
}

fn comment(w: &mut Witness, text: &str, span: Span, line: u32) {
    let parts: Vec<&str> = text[1..].splitn(4, '|').collect();
    let [author, date, likes, said] = parts[..] else {
        panic!("{text:?} is no comment");
    };
    let skip = text.len() - said.len();
    let before = w.blocks.len() as u32;
    block(
        w,
        BlockKind::Comment,
        Section::Comments,
        text,
        skip,
        span,
        line,
    );
    let blocks = before..w.blocks.len() as u32;
    w.comments.push(Comment {
        author: author.to_owned(),
        date: date.to_owned(),
        blocks,
        counters: vec![Counter {
            label: "likes".into(),
            value: likes.parse().unwrap_or(0),
        }],
        avatar: None,
        depth: 0,
        span,
        line,
    });
    if let Some(section) = w.comment_sections.last_mut() {
        section.comments.end += 1;
    }
}

fn declared(w: &mut Witness, text: &str, span: Span, line: u32) {
    let at = w.comments.len() as u32;
    w.comment_sections.push(CommentSection {
        profile: "sample".to_owned(),
        span,
        line,
        declared: text[1..].parse().ok(),
        comments: at..at,
    });
}

fn asset(w: &mut Witness, kind: AssetKind, section: Section, text: &str, span: Span, line: u32) {
    w.assets.push(Asset {
        kind,
        target: text[1..].to_owned(),
        alt: "alt text".to_owned(),
        section,
        span,
        line,
    });
}

/// The passage of match text `start..end`, which is not empty.
pub fn passage(w: &Witness, start: usize, end: usize) -> Passage {
    let first = w.blocks.partition_point(|b| b.match_text.end() <= start);
    let last = w.blocks.partition_point(|b| b.match_text.start() < end) - 1;
    let text = Span::new(text_start(w, first, start), text_end(w, last, end));
    let source = w.source_span(text);
    Passage {
        section: w.blocks[first].section,
        match_text: Span::new(start, end),
        text,
        source,
        lines: w.line_range(source),
        chars: w.match_text[start..end].chars().count() as u64,
    }
}

/// Where the character of match text at `at`, in block `block`, starts in canonical text.
fn text_start(w: &Witness, block: usize, at: usize) -> usize {
    let block = &w.blocks[block];
    let skip = w.match_text[block.match_text.start()..at].chars().count();
    let text = block.text(w);
    let mut solid = text.char_indices().filter(|(_, c)| !c.is_whitespace());
    solid
        .nth(skip)
        .map_or(block.text.end(), |(at, _)| block.text.start() + at)
}

fn text_end(w: &Witness, block: usize, at: usize) -> usize {
    let block = &w.blocks[block];
    let skip = w.match_text[block.match_text.start()..at].chars().count() - 1;
    let text = block.text(w);
    let mut solid = text.char_indices().filter(|(_, c)| !c.is_whitespace());
    solid.nth(skip).map_or(block.text.end(), |(at, c)| {
        block.text.start() + at + c.len_utf8()
    })
}

fn place(w: &Witness, at: usize) -> Place {
    let passage = (at > 0).then(|| passage(w, at - last_char(&w.match_text[..at]), at));
    Place {
        match_text: at as u32,
        text: passage.map_or(0, |p| p.text.end() as u32),
        source: passage.map_or(0, |p| p.source.end() as u32),
        line: passage.map_or(1, |p| p.lines.last),
    }
}

fn last_char(text: &str) -> usize {
    text.chars().next_back().map_or(0, char::len_utf8)
}

/// Blocks by blocks, then by common ends within what differs: enough for a test, no more.
pub fn collate(base: &Witness, copy: &Witness) -> Relation {
    let (left, right) = (sections(base), sections(copy));
    let one: Vec<&str> = left.iter().map(|b| b.match_text(base)).collect();
    let other: Vec<&str> = right.iter().map(|b| b.match_text(copy)).collect();
    let mut edits = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &one, &other) {
        let (a, b) = (
            matched(&left[op.old_range()]),
            matched(&right[op.new_range()]),
        );
        match op.tag() {
            DiffTag::Equal => {
                let mut to = op.new_range().start;
                for part in left[op.old_range()].chunk_by(|x, y| x.section == y.section) {
                    let other = &right[to..to + part.len()];
                    to += part.len();
                    edits.extend(same(base, copy, matched(part), matched(other)));
                }
            }
            DiffTag::Replace if op.old_range().len() == op.new_range().len() => {
                for (a, b) in left[op.old_range()].iter().zip(&right[op.new_range()]) {
                    replaced(&mut edits, base, copy, a.match_text, b.match_text);
                }
            }
            DiffTag::Replace => replaced(&mut edits, base, copy, a.unwrap(), b.unwrap()),
            DiffTag::Delete | DiffTag::Insert => {
                edits.extend(a.map(|a| lacking(base, copy, a, &edits)));
                edits.extend(b.map(|b| extra(base, copy, b, &edits)));
            }
        }
    }
    transposed(&mut edits, base, copy);
    relation(base, copy, edits)
}

fn sections(w: &Witness) -> Vec<Block> {
    let blocks = w.blocks.iter();
    blocks
        .filter(|b| b.section != Section::Comments)
        .copied()
        .collect()
}

fn matched(blocks: &[Block]) -> Option<Span> {
    let (first, last) = (blocks.first()?, blocks.last()?);
    Some(first.match_text.union(last.match_text))
}

fn same(base: &Witness, copy: &Witness, a: Option<Span>, b: Option<Span>) -> Option<Edit> {
    let (a, b) = (a?, b?);
    Some(Edit::Same {
        base: passage(base, a.start(), a.end()),
        copy: passage(copy, b.start(), b.end()),
    })
}

fn lacking(base: &Witness, copy: &Witness, a: Span, edits: &[Edit]) -> Edit {
    let at = edits.iter().rev().find_map(|edit| match edit {
        Edit::Same { copy, .. } | Edit::Variant { copy, .. } | Edit::Extra { copy, .. } => {
            Some(copy.match_text.end())
        }
        _ => None,
    });
    Edit::Lacking {
        base: passage(base, a.start(), a.end()),
        at: place(copy, at.unwrap_or(0)),
    }
}

fn extra(base: &Witness, copy: &Witness, b: Span, edits: &[Edit]) -> Edit {
    let at = edits.iter().rev().find_map(|edit| match edit {
        Edit::Same { base, .. } | Edit::Variant { base, .. } | Edit::Lacking { base, .. } => {
            Some(base.match_text.end())
        }
        _ => None,
    });
    Edit::Extra {
        copy: passage(copy, b.start(), b.end()),
        at: place(base, at.unwrap_or(0)),
    }
}

fn replaced(edits: &mut Vec<Edit>, base: &Witness, copy: &Witness, a: Span, b: Span) {
    let (one, other) = (&base.match_text[a.range()], &copy.match_text[b.range()]);
    let head: usize = one
        .chars()
        .zip(other.chars())
        .take_while(|(x, y)| x == y)
        .map(|(c, _)| c.len_utf8())
        .sum();
    let tails = one[head..].chars().rev().zip(other[head..].chars().rev());
    let tail: usize = tails
        .take_while(|(x, y)| x == y)
        .map(|(c, _)| c.len_utf8())
        .sum();
    let inner = |s: Span| Span::new(s.start() + head, s.end() - tail);
    let before = |s: Span| (head > 0).then(|| Span::new(s.start(), s.start() + head));
    let after = |s: Span| (tail > 0).then(|| Span::new(s.end() - tail, s.end()));
    edits.extend(same(base, copy, before(a), before(b)));
    let (x, y) = (inner(a), inner(b));
    match (x.is_empty(), y.is_empty()) {
        (true, true) => {}
        (false, true) => edits.push(lacking(base, copy, x, edits)),
        (true, false) => edits.push(extra(base, copy, y, edits)),
        (false, false) => edits.push(Edit::Variant {
            base: passage(base, x.start(), x.end()),
            copy: passage(copy, y.start(), y.end()),
        }),
    }
    edits.extend(same(base, copy, after(a), after(b)));
}

/// A lacuna that reads like an extra is a transposition.
fn transposed(edits: &mut [Edit], base: &Witness, copy: &Witness) {
    for at in 0..edits.len() {
        let Edit::Lacking { base: gone, .. } = edits[at] else {
            continue;
        };
        let text = &base.match_text[gone.match_text.range()];
        let found = edits.iter().position(|edit| {
            matches!(edit, Edit::Extra { copy: new, .. } if &copy.match_text[new.match_text.range()] == text)
        });
        if let Some(to) = found
            && let Edit::Extra { copy: new, .. } = edits[to]
        {
            edits[at] = Edit::Moved {
                base: gone,
                copy: new,
            };
            edits[to] = Edit::MovedHere {
                copy: new,
                base: gone,
            };
        }
    }
}

fn relation(base: &Witness, copy: &Witness, edits: Vec<Edit>) -> Relation {
    let mut of_base = Coverage::default();
    let mut of_copy = Coverage::default();
    for edit in edits.iter().filter(|edit| is_body(edit)) {
        let (left, right, aligned) = match edit {
            Edit::Same { base, copy } => (base.chars, copy.chars, true),
            Edit::Variant { base, copy } => (base.chars, copy.chars, false),
            Edit::Lacking { base, .. } | Edit::Repeated { base, .. } => (base.chars, 0, false),
            Edit::Moved { base, .. } => (base.chars, 0, true),
            Edit::Extra { copy, .. } | Edit::RepeatedHere { copy, .. } => (0, copy.chars, false),
            Edit::MovedHere { copy, .. } => (0, copy.chars, true),
        };
        of_base.total += left;
        of_copy.total += right;
        of_base.aligned += if aligned { left } else { 0 };
        of_copy.aligned += if aligned { right } else { 0 };
    }
    let verdict = verdict(base, copy, &edits);
    Relation {
        verdict,
        reversed: false,
        sections: vec![SectionRelation {
            section: Section::Body,
            verdict,
            of_base,
            of_copy,
            lacks: lacks(&edits),
        }],
        of_base,
        of_copy,
        cut: (verdict == Verdict::Truncated).then(|| cut(copy, &edits)),
        moves: moves(&edits),
        edits,
        structure: Vec::new(),
        differs: Default::default(),
        comments: comments(base, copy),
        assets: crate::text::AssetChanges {
            lacking: assets(base, copy),
            extra: assets(copy, base),
        },
        approximations: Vec::new(),
    }
}

/// Each passage that both call moved.
fn moves(edits: &[Edit]) -> Vec<Move> {
    let mut moves = Vec::new();
    for (from, edit) in edits.iter().enumerate() {
        let Edit::Moved { base, copy } = *edit else {
            continue;
        };
        let arrival =
            |edit: &Edit| matches!(edit, Edit::MovedHere { copy: here, .. } if *here == copy);
        if let Some(to) = edits.iter().position(arrival) {
            moves.push(Move {
                base,
                copy,
                base_edits: from..from + 1,
                copy_edits: to..to + 1,
                edited: false,
            });
        }
    }
    moves
}

fn is_body(edit: &Edit) -> bool {
    match edit {
        Edit::Same { base, .. }
        | Edit::Variant { base, .. }
        | Edit::Lacking { base, .. }
        | Edit::Moved { base, .. }
        | Edit::Repeated { base, .. } => base.section == Section::Body,
        Edit::Extra { copy, .. }
        | Edit::MovedHere { copy, .. }
        | Edit::RepeatedHere { copy, .. } => copy.section == Section::Body,
    }
}

fn verdict(base: &Witness, copy: &Witness, edits: &[Edit]) -> Verdict {
    let extra = edits
        .iter()
        .any(|e| !matches!(e, Edit::Same { .. } | Edit::Lacking { .. }));
    let lacks = lacks(edits);
    if base.text == copy.text && base.source_len == copy.source_len {
        Verdict::Identical
    } else if !edits.iter().any(|edit| matches!(edit, Edit::Same { .. })) {
        Verdict::Unrelated
    } else if extra {
        Verdict::Revised
    } else if lacks
        == (Lacks {
            tail: true,
            ..Lacks::default()
        })
    {
        Verdict::Truncated
    } else if lacks == Lacks::default() {
        Verdict::Equivalent
    } else {
        Verdict::Contained
    }
}

fn lacks(edits: &[Edit]) -> Lacks {
    let gone = |edit: &Edit| matches!(edit, Edit::Lacking { .. });
    let count = edits.iter().filter(|edit| gone(edit)).count();
    let head = edits.first().is_some_and(gone);
    let tail = edits.last().is_some_and(gone);
    Lacks {
        head,
        gap: count > usize::from(head) + usize::from(tail),
        tail,
    }
}

fn cut(copy: &Witness, edits: &[Edit]) -> Cut {
    let Some(Edit::Lacking { base, at }) = edits.last() else {
        panic!("nothing is cut off");
    };
    let before = &copy.text[..at.text as usize];
    let before = before.rsplit(['。', '.', '\n']).next().unwrap_or_default();
    Cut {
        line: at.line,
        byte: at.source,
        base_line: base.lines.first,
        base_byte: base.source.start() as u32,
        place: CutPlace::BlockEnd,
        before: before.trim().to_owned(),
        ellipsis: String::new(),
    }
}

fn comments(base: &Witness, copy: &Witness) -> CommentChanges {
    let mut changes = CommentChanges::default();
    let mut taken = vec![false; copy.comments.len()];
    for (at, comment) in base.comments.iter().enumerate() {
        let found = copy
            .comments
            .iter()
            .position(|other| (&other.author, &other.date) == (&comment.author, &comment.date));
        let Some(to) = found else {
            changes.lacking.push(at as u32);
            continue;
        };
        taken[to] = true;
        let other = &copy.comments[to];
        let pair = (at as u32, to as u32);
        if text(base, comment) != text(copy, other) {
            changes.changed.push(CommentChange {
                base: pair.0,
                copy: pair.1,
            });
            continue;
        }
        changes.present.push(pair);
        if comment.counters != other.counters {
            changes.counters.push(pair);
        }
    }
    let extra = taken.iter().enumerate().filter(|(_, taken)| !**taken);
    changes.extra = extra.map(|(at, _)| at as u32).collect();
    changes
}

fn assets(one: &Witness, other: &Witness) -> Vec<u32> {
    let lacks = |asset: &Asset| !other.assets.iter().any(|o| o.target == asset.target);
    let all = one.assets.iter().enumerate();
    all.filter(|(_, asset)| lacks(asset))
        .map(|(at, _)| at as u32)
        .collect()
}

/// What a renderer writes.
pub fn rendered(mut renderer: impl Renderer, events: &[Event<'_>]) -> String {
    let mut out = Vec::new();
    for event in events {
        renderer.render(event, &mut out).unwrap();
    }
    renderer.finish(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

pub fn entry<'a>(siglum: &'a str, path: &'a str, witness: &'a Witness) -> Entry<'a> {
    Entry {
        siglum,
        path,
        witness,
    }
}

/// Lines, for approximations.
pub fn lines(first: u32, last: u32) -> LineRange {
    LineRange { first, last }
}

/// A folder of cut copies and the one with what they lack.
pub fn folder_pair(copy: &str, base: &str) -> FolderPair {
    let folder = |path: &str, documents| Folder {
        path: path.to_owned(),
        documents,
        related: 10_131,
    };
    FolderPair {
        copy: folder(copy, 10_131),
        base: folder(base, 10_140),
        verdicts: [583, 267, 9_281, 0, 8, 0],
        reversed: 2,
        comments_extra: 412,
        comments_lacking: 0,
    }
}
