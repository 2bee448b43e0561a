//! Where a graft goes, and what parts it from its neighbours.

use super::Standing;
use crate::merge::charset::Charset;
use crate::merge::markup::is_tight;
use crate::merge::pieces::{Change, Chunk, Rule};
use crate::text::{Block, BlockKind, Format, Section, Span};

/// The line ending of a source: that of its first line.
pub(super) fn newline(bytes: &[u8]) -> &'static str {
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(0);
    // In UTF-16 a zero stands between the two.
    let before = bytes[..end].iter().rev().take(4).find(|byte| **byte != 0);
    match before {
        Some(b'\r') => "\r\n",
        _ => "\n",
    }
}

/// A place between two blocks of the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Site {
    /// The byte of the text.
    pub at: usize,
    before: Option<BlockKind>,
    after: Option<BlockKind>,
}

impl Standing<'_> {
    /// The place after the block of this index; before the first of the body if there is none.
    pub fn after_block(&self, block: Option<usize>) -> Site {
        match block {
            Some(block) => self.after(block),
            None => self.before_body(),
        }
    }

    /// The place after the last block of the body.
    pub fn end_of_body(&self) -> Site {
        let blocks = &self.witness().blocks;
        self.after_block(
            blocks
                .iter()
                .rposition(|block| block.section == Section::Body),
        )
    }

    /// The place after all that the text says.
    pub fn end_of_text(&self) -> Site {
        let text = self.standing_source(Span::new(0, self.text.bytes.len()));
        let lower = text.to_ascii_lowercase();
        let closed = match self.format {
            Format::Html => lower.rfind("</body").or_else(|| lower.rfind("</html")),
            _ => None,
        };
        let last = self.witness().blocks.last();
        let at = match closed {
            Some(at) => self.charset.len_of(&text[..at]),
            None => self.charset.len_of(text.trim_end()),
        };
        Site {
            // What is written in characters that do not come back as they were moves nothing.
            at: at
                .max(last.map_or(0, |block| block.span.end()))
                .min(self.text.bytes.len()),
            before: last.map(|block| block.kind),
            after: None,
        }
    }

    /// The change that puts blocks there.
    pub fn put(&self, site: Site, chunks: Vec<Chunk>, first: BlockKind, last: BlockKind) -> Change {
        let tight = |one: Option<BlockKind>, two| one.is_some_and(|one| is_tight(one, two));
        let at = match self.format {
            Format::Html if !tight(site.before, first) => self.past_its_container(site.at),
            _ => site.at,
        };
        let mut all = Vec::new();
        let (ahead, behind) = (self.ahead(at), self.behind(at));
        let lines = match self.format {
            Format::Html => 1,
            _ => 2,
        };
        if !ahead.trim_matches('\u{feff}').is_empty() {
            let need = if tight(site.before, first) { 1 } else { lines };
            all.extend(self.newlines(need, newlines(ahead.chars().rev())));
        }
        all.extend(chunks);
        if !behind.trim().is_empty() {
            // An island of HTML needs no blank line before it, and often has none.
            let near = tight(site.after, last) || behind.trim_start().starts_with('<');
            let need = if near { 1 } else { lines };
            all.extend(self.newlines(need, newlines(behind.chars())));
        }
        Change {
            at: at..at,
            chunks: all,
        }
    }

    fn newlines(&self, need: usize, have: usize) -> Option<Chunk> {
        let text = "\n".repeat(need.saturating_sub(have));
        self.chunk(&text, Rule::Separator, None)
    }

    fn after(&self, index: usize) -> Site {
        let witness = self.witness();
        let block = &witness.blocks[index];
        let next = witness.blocks.get(index + 1);
        let mut at = block.span.end();
        if let Some(next) = next.filter(|next| next.span.start() < at) {
            // A list inside an item: the item's own text ends where the list begins.
            at = self.line_start(next).max(block.span.start());
        } else if self.format != Format::Html {
            let end = self.line_end(at);
            if next.is_none_or(|next| next.span.start() >= end) {
                at = self.below_header(block, end);
            }
        }
        Site {
            at,
            before: Some(block.kind),
            after: next.map(|next| next.kind),
        }
    }

    /// The end of the line, or of the next one, if that is the rule under the head of a table.
    fn below_header(&self, block: &Block, end: usize) -> usize {
        if block.kind != BlockKind::TableRow {
            return end;
        }
        let unit = self.charset.unit();
        let break_len = newlines_len(&self.behind(end)) * unit;
        let next = self.line_end(end + break_len);
        let line = self.standing_source(Span::new(end, next));
        let rule = line.trim();
        let is_rule = rule.contains("--") && rule.chars().all(|c| "|:- \t".contains(c));
        if is_rule { next } else { end }
    }

    /// The place behind the lists and tables that end at `at`: what is neither an item nor a row may
    /// not stand in them.
    fn past_its_container(&self, at: usize) -> usize {
        let behind = self.behind(at);
        let mut rest = behind.as_str();
        while let Some((name, after)) = closing_tag(rest.trim_start())
            && CONTAINERS
                .iter()
                .any(|known| name.eq_ignore_ascii_case(known))
        {
            rest = after;
        }
        at + self.charset.len_of(&behind[..behind.len() - rest.len()])
    }

    fn before_body(&self) -> Site {
        let witness = self.witness();
        let mut blocks = witness.blocks.iter();
        match blocks.find(|block| block.section != Section::FrontMatter) {
            Some(next) => Site {
                at: self.line_start(next),
                before: None,
                after: Some(next.kind),
            },
            None => self.end_of_text(),
        }
    }

    /// Where the line begins on which a block does, if nothing else is on it before.
    fn line_start(&self, block: &Block) -> usize {
        let start = block.span.start();
        let line = self.line_before(start);
        let between = self.standing_source(Span::new(line, start));
        if between
            .trim_matches([' ', '\t', '>', '\u{feff}'])
            .is_empty()
            && !between.contains('\u{feff}')
        {
            line
        } else {
            start
        }
    }

    fn line_before(&self, at: usize) -> usize {
        let lines = &self.witness().lines;
        lines.start(lines.line(at)).min(at)
    }

    /// The end of the line that `at` is on, before its line feed.
    fn line_end(&self, at: usize) -> usize {
        let lines = &self.witness().lines;
        let next = lines.line(at) + 1;
        let end = match next as usize <= lines.len() {
            true => lines.start(next),
            false => self.text.bytes.len(),
        };
        let line = self.standing_source(Span::new(at, end));
        let feed = line.len() - line.trim_end_matches(['\r', '\n']).len();
        end.saturating_sub(feed * self.charset.unit()).max(at)
    }

    /// The end of what stands before `at`.
    fn ahead(&self, at: usize) -> String {
        let sight = 16 * self.charset.unit();
        self.standing_source(Span::new(at.saturating_sub(sight), at))
    }

    /// The beginning of what stands from `at` on.
    fn behind(&self, at: usize) -> String {
        let sight = 64 * self.charset.unit();
        let end = self.text.bytes.len().min(at + sight);
        self.standing_source(Span::new(at, end))
    }
}

/// Elements that hold items, rows and cells only, and these.
const CONTAINERS: [&str; 12] = [
    "li", "ul", "ol", "menu", "dd", "dl", "tr", "tbody", "thead", "tfoot", "table", "td",
];

/// The name of the closing tag that `html` begins with, and what follows it.
fn closing_tag(html: &str) -> Option<(&str, &str)> {
    let (name, after) = html.strip_prefix("</")?.split_once('>')?;
    Some((name.trim_end(), after))
}

/// How many lines end before anything but white space comes.
fn newlines(text: impl Iterator<Item = char>) -> usize {
    text.take_while(|c| c.is_whitespace())
        .filter(|c| *c == '\n')
        .count()
}

/// How many characters the line break takes that `text` begins with.
fn newlines_len(text: &str) -> usize {
    match text {
        _ if text.starts_with("\r\n") => 2,
        _ if text.starts_with('\n') => 1,
        _ => 0,
    }
}

impl Charset {
    /// How many bytes its smallest unit has.
    pub(in crate::merge) fn unit(self) -> usize {
        match self {
            Self::Web(_) => 1,
            Self::Utf16(_) => 2,
            Self::Utf32(_) => 4,
        }
    }

    /// How many bytes `text` takes.
    pub(in crate::merge) fn len_of(self, text: &str) -> usize {
        match self {
            Self::Web(encoding) if encoding == encoding_rs::UTF_8 => text.len(),
            _ => self.encode(text, true).map_or(0, |bytes| bytes.len()),
        }
    }
}
