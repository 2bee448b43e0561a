//! A comment, written like another one.

use std::ops::Range;

use super::text_of;
use crate::merge::graft::Standing;
use crate::merge::markup;
use crate::merge::pieces::{Change, Chunk, Rule};
use crate::text::{BlockKind, Comment, Counter, Format, Span, Witness};

/// The source of `model`, with author, date, text, counters and avatar of `comment` in place of its
/// own. `None` if one of these cannot be found in it, or if it holds anything else that is its own.
pub(super) fn like(
    standing: &Standing<'_>,
    copy: usize,
    comment: &Comment,
    model: &Comment,
) -> Option<Chunk> {
    let witness = standing.witness();
    let source = standing.standing_source(model.span);
    let source = source.trim_end();
    let format = match source.trim_start().starts_with('<') {
        true => Format::Html,
        false => standing.format,
    };
    let draft = Draft {
        standing,
        witness,
        model,
        format,
    };
    let mut parts = draft.bylines(comment)?;
    let theirs = standing.parties[copy].witness;
    parts.push((draft.text()?, text_of(theirs, comment, format)));
    if let Some(avatar) = model.avatar.and_then(|at| witness.assets.get(at as usize)) {
        let own = comment.avatar.and_then(|at| theirs.assets.get(at as usize));
        let markup = draft.inside(avatar.span)?;
        // Where the address cannot be told in the markup, no picture is better than another's.
        let shown = standing.standing_source(avatar.span);
        let new = own.and_then(|own| {
            let (old, new) = (&avatar.target, &own.target);
            let escaped = markup::escape_attribute(old);
            let found = [&escaped, old]
                .into_iter()
                .find(|old| shown.contains(*old))?;
            let new = match *found == escaped {
                true => &markup::escape_attribute(new),
                false => new,
            };
            Some(shown.replacen(found, new, 1))
        });
        parts.push((markup, new.unwrap_or_default()));
    }
    parts.sort_by_key(|(at, _)| (at.start, at.end));
    let mut out = String::new();
    let mut done = 0;
    for (at, new) in parts {
        out.push_str(&draft.without_identity(source.get(done..at.start)?, comment));
        out.push_str(&new);
        done = at.end;
    }
    out.push_str(&draft.without_identity(source.get(done..).unwrap_or(""), comment));
    standing.chunk(&out, Rule::Converted, Some((copy, comment.span)))
}

/// Whether counters are as great as those of `other`, as far as they have the same labels.
pub(in crate::merge::graft) fn is_fuller(own: &[Counter], other: &[Counter]) -> bool {
    own.iter().all(|own| {
        let others = other.iter().filter(|other| other.label == own.label);
        others.into_iter().all(|other| other.value <= own.value)
    })
}

/// The changes that give the counters of `comment`, in the text, the values of `other` where those are
/// greater. `None` if they cannot be found in its source.
pub(super) fn count(
    standing: &Standing<'_>,
    comment: &Comment,
    other: &Comment,
) -> Option<Vec<Change>> {
    let draft = Draft {
        standing,
        witness: standing.witness(),
        model: comment,
        format: standing.format,
    };
    let mut left = draft.bylines_left();
    for shown in [&comment.author, &comment.date] {
        if !shown.is_empty() {
            let (shown, _) = draft.find(&left, shown, "")?;
            cut_out(&mut left, shown);
        }
    }
    let text = &draft.witness.text;
    let numbers: Vec<Span> = left.iter().flat_map(|span| numbers(text, *span)).collect();
    if numbers.len() != comment.counters.len() {
        return None;
    }
    let mut changes = Vec::new();
    for (number, counter) in numbers.into_iter().zip(&comment.counters) {
        if text[number.range()] != counter.value.to_string() {
            return None;
        }
        let greater = other
            .counters
            .iter()
            .find(|other| other.label == counter.label && other.value > counter.value);
        if let Some(greater) = greater {
            changes.push(Change {
                at: draft.witness.source_span(number).range(),
                chunks: vec![standing.chunk(&greater.value.to_string(), Rule::Count, None)?],
            });
        }
    }
    Some(changes)
}

/// An item while it is taken apart.
struct Draft<'a, 's> {
    standing: &'a Standing<'s>,
    witness: &'a Witness,
    model: &'a Comment,
    format: Format,
}

/// A part of the item's source, and what is to stand there.
type Part = (Range<usize>, String);

impl Draft<'_, '_> {
    /// Where the text of the comment is.
    fn text(&self) -> Option<Range<usize>> {
        let blocks = self.model.blocks.start as usize..self.model.blocks.end as usize;
        let blocks = self.witness.blocks.get(blocks)?;
        let texts = blocks.iter().map(|block| block.text);
        self.source(texts.reduce(Span::union)?)
    }

    /// The canonical text of the item's bylines.
    fn bylines_left(&self) -> Vec<Span> {
        // Blocks begin in the order of the source.
        let span = self.model.span;
        let blocks = &self.witness.blocks;
        let first = blocks.partition_point(|block| block.span.start() < span.start());
        let inside = blocks[first..]
            .iter()
            .take_while(|block| block.span.start() < span.end());
        let bylines = inside.filter(|block| block.kind == BlockKind::Byline);
        bylines.map(|block| block.text).collect()
    }

    /// Author, date and counters.
    fn bylines(&self, comment: &Comment) -> Option<Vec<Part>> {
        let mut parts = Vec::new();
        let mut left = self.bylines_left();
        let values = [
            (&self.model.author, &comment.author),
            (&self.model.date, &comment.date),
        ];
        for (old, new) in values {
            if old.is_empty() {
                if !new.is_empty() {
                    return None;
                }
                continue;
            }
            let (shown, new) = self.find(&left, old, new)?;
            cut_out(&mut left, shown);
            parts.push((self.source(shown)?, markup::inline(&new, self.format)));
        }
        let mut numbers = left
            .iter()
            .flat_map(|span| numbers(&self.witness.text, *span));
        let mut counters = self.model.counters.iter();
        loop {
            match (numbers.next(), counters.next()) {
                (None, None) => break,
                (Some(number), Some(counter)) => {
                    let shown = &self.witness.text[number.range()];
                    let new = comment
                        .counters
                        .iter()
                        .find(|own| own.label == counter.label)?;
                    if shown != counter.value.to_string() {
                        return None;
                    }
                    parts.push((self.source(number)?, new.value.to_string()));
                }
                // A number that is no counter is some other part of the comment.
                _ => return None,
            }
        }
        Some(parts)
    }

    /// Markup without the attributes that tell one item from another. A date that a machine reads is
    /// that of `comment`.
    fn without_identity(&self, markup: &str, comment: &Comment) -> String {
        const OWN: [&str; 6] = ["id", "href", "title", "datetime", "src", "name"];
        if self.format != Format::Html {
            return markup.to_owned();
        }
        let date = format!("datetime=\"{}\"", self.model.date);
        let mut out = String::new();
        let mut rest = markup;
        while let Some(open) = rest.find('<') {
            let Some(len) = rest[open..].find('>') else {
                break;
            };
            let (tag, after) = rest[open..].split_at(len);
            out.push_str(&rest[..open]);
            for (at, word) in tag.split(' ').enumerate() {
                let name = word.split('=').next().unwrap_or("").to_ascii_lowercase();
                let is_own = OWN.contains(&name.as_str()) || name.starts_with("data-");
                if at > 0 && word == date && !self.model.date.is_empty() {
                    let date = markup::escape_attribute(&comment.date);
                    out.push_str(&format!(" datetime=\"{date}\""));
                } else if at == 0 || !(word.contains('=') && is_own) {
                    out.push_str(if at == 0 { "" } else { " " });
                    out.push_str(word);
                }
            }
            rest = after;
        }
        out.push_str(rest);
        out
    }

    /// Where `old` is shown, and `new` in the same form.
    fn find(&self, left: &[Span], old: &str, new: &str) -> Option<(Span, String)> {
        let forms = [
            (old.to_owned(), new.to_owned()),
            (old.replacen('T', " ", 1), new.replacen('T', " ", 1)),
        ];
        for (old, new) in forms {
            for span in left {
                let text = self.witness.text.get(span.range())?;
                if let Some(at) = text.find(&old) {
                    let start = span.start() + at;
                    return Some((Span::new(start, start + old.len()), new));
                }
            }
        }
        None
    }

    /// Where canonical text is in the item's source.
    fn source(&self, text: Span) -> Option<Range<usize>> {
        self.inside(self.witness.source_span(text))
    }

    /// Where a span is in the item's source, in characters as they are decoded.
    fn inside(&self, span: Span) -> Option<Range<usize>> {
        if !self.model.span.contains(span) {
            return None;
        }
        let item = self.model.span.start();
        let start = self
            .standing
            .standing_source(Span::new(item, span.start()))
            .len();
        let len = self.standing.standing_source(span).len();
        Some(start..start + len)
    }
}

/// Takes `part` out of the span that holds it.
fn cut_out(spans: &mut Vec<Span>, part: Span) {
    let Some(at) = spans.iter().position(|span| span.contains(part)) else {
        return;
    };
    let span = spans[at];
    spans[at] = Span::new(span.start(), part.start());
    spans.insert(at + 1, Span::new(part.end(), span.end()));
}

/// The runs of digits in a span of `text`.
fn numbers(text: &str, span: Span) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let bytes = text.as_bytes();
    for at in span.range() {
        if !bytes.get(at).is_some_and(u8::is_ascii_digit) {
            continue;
        }
        match found.last_mut() {
            Some(last) if last.end() == at => *last = Span::new(last.start(), at + 1),
            _ => found.push(Span::new(at, at + 1)),
        }
    }
    found
}
