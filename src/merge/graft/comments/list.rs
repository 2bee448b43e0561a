//! The list that comments stand in.

use super::{separator, text_of};
use crate::merge::graft::Standing;
use crate::merge::markup;
use crate::merge::pieces::{Change, Chunk, Rule};
use crate::text::{BlockKind, Comment, CommentSection, Format, Relation, Span, Witness};

/// A list of comments in the text.
pub(super) struct List<'a, 's> {
    standing: &'a Standing<'s>,
    /// Its comments, and the index of the first.
    comments: &'a [Comment],
    first: u32,
    order: Order,
    /// Those that no other one is in, to write others like.
    models: Vec<&'a Comment>,
    /// What stands between two items.
    between: String,
}

/// In which order the dates of a list stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    Ascending,
    Descending,
    /// In none, or not known.
    None,
}

/// A place in a list: after the item of this index, or before the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Slot(Option<usize>);

impl<'a, 's> List<'a, 's> {
    pub fn new(standing: &'a Standing<'s>, section: &CommentSection) -> Self {
        let all = &standing.witness().comments;
        let range = section.comments.start as usize..section.comments.end as usize;
        let comments = all.get(range).unwrap_or_default();
        let mut list = Self {
            standing,
            comments,
            first: section.comments.start,
            order: order(comments),
            models: leaves(comments),
            between: String::new(),
        };
        list.between = list.between();
        list
    }

    /// Where `comment`, number `at` of the copy, goes: by date, if dates order the list; else after
    /// the comment that stands before it in the copy.
    pub fn slot(&self, comment: &Comment, at: u32, relation: &Relation) -> Slot {
        let tops = || {
            self.comments
                .iter()
                .enumerate()
                .filter(|(_, other)| other.depth == 0)
        };
        let later = |other: &Comment| match self.order {
            Order::Ascending => other.date > comment.date,
            Order::Descending => other.date < comment.date,
            Order::None => false,
        };
        if comment.depth == 0 && self.order != Order::None && is_date(&comment.date) {
            let next = tops().find(|(_, other)| later(other));
            return match next {
                Some((next, _)) => Slot(self.top_before(next)),
                None => Slot(self.top_before(self.comments.len())),
            };
        }
        let present = relation.comments.present.iter();
        let changed = relation
            .comments
            .changed
            .iter()
            .map(|change| (change.base, change.copy));
        let before = present
            .copied()
            .chain(changed)
            .filter(|(base, copy)| *copy < at && *base >= self.first)
            .max_by_key(|(_, copy)| *copy);
        match before {
            Some((base, _)) => Slot(Some((base - self.first) as usize)),
            None if comment.depth == 0 && at == 0 => Slot(None),
            None => Slot(self.top_before(self.comments.len())),
        }
    }

    /// The last item before `next` that is in no other.
    fn top_before(&self, next: usize) -> Option<usize> {
        self.comments[..next]
            .iter()
            .rposition(|comment| comment.depth == 0)
    }

    /// Puts comments that go to one place in order.
    pub fn arrange(&self, placed: &mut [(Slot, u32)], witness: &Witness) {
        let date = |at: u32| {
            witness
                .comments
                .get(at as usize)
                .map(|comment| &comment.date)
        };
        placed.sort_by(|(slot, at), (other_slot, other)| {
            let dates = match self.order {
                Order::Ascending => date(*at).cmp(&date(*other)),
                Order::Descending => date(*other).cmp(&date(*at)),
                Order::None => std::cmp::Ordering::Equal,
            };
            slot.cmp(other_slot).then(dates).then(at.cmp(other))
        });
    }

    /// Comments of the list to write one like: those that have what it has first.
    pub fn models(&self, comment: &Comment) -> Vec<&'a Comment> {
        let unlike = |model: &Comment| {
            (
                model.depth.abs_diff(comment.depth),
                model.avatar.is_some() != comment.avatar.is_some(),
                model.counters.len() != comment.counters.len(),
                model.date.len() != comment.date.len(),
                model.blocks.len() != comment.blocks.len(),
            )
        };
        // The first of those that are alike, as a stable order has them.
        let mut best: Vec<&Comment> = Vec::new();
        for model in &self.models {
            let at = best.partition_point(|known| unlike(known) <= unlike(model));
            if at < MODELS {
                best.insert(at, model);
                best.truncate(MODELS);
            }
        }
        best
    }

    /// The change that puts an item there.
    pub fn put(&self, slot: Slot, item: Chunk) -> Option<Change> {
        let between = separator(self.standing, &self.between)?;
        let (at, chunks) = match slot.0 {
            Some(before) => (self.end(self.comments.get(before)?), vec![between, item]),
            None => (self.comments.first()?.span.start(), vec![item, between]),
        };
        Some(Change { at: at..at, chunks })
    }

    /// Where an item ends, white space behind it apart.
    fn end(&self, comment: &Comment) -> usize {
        let source = self.standing.standing_source(comment.span);
        let behind = &source[source.trim_end().len()..];
        comment.span.end() - self.standing.charset.len_of(behind).min(comment.span.len())
    }

    /// What stands between the first two items that are in no other; a line break if nothing tells.
    fn between(&self) -> String {
        let mut tops = self.comments.iter().filter(|comment| comment.depth == 0);
        let both = tops.next().zip(tops.next());
        let between = both.map(|(one, two)| {
            let span = Span::new(self.end(one), two.span.start());
            self.standing.standing_source(span)
        });
        between
            .filter(|between| between.len() < 200 && !says(between))
            .unwrap_or_else(|| match self.standing.format {
                Format::Html => "\n".to_owned(),
                _ => match self.comments.first() {
                    Some(one) if self.standing.standing_source(one.span).starts_with('<') => {
                        "\n".to_owned()
                    }
                    _ => "\n\n".to_owned(),
                },
            })
    }
}

/// How many comments of a list one is tried to be written like.
const MODELS: usize = 3;

/// The comments that hold no other one. Those that do hold the next one.
fn leaves(comments: &[Comment]) -> Vec<&Comment> {
    let next = comments.iter().skip(1).map(Some).chain([None]);
    let leaves = comments.iter().zip(next);
    leaves
        .filter(|(comment, next)| !next.is_some_and(|next| comment.span.contains(next.span)))
        .map(|(comment, _)| comment)
        .collect()
}

/// Whether there is anything but tags and white space.
fn says(markup: &str) -> bool {
    let mut inside = false;
    markup.chars().any(|c| {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            _ => return !inside && !c.is_whitespace(),
        }
        false
    })
}

fn is_date(date: &str) -> bool {
    date.len() >= 10 && date.bytes().take(4).all(|byte| byte.is_ascii_digit())
}

fn order(comments: &[Comment]) -> Order {
    let dates: Vec<&str> = comments
        .iter()
        .filter(|comment| comment.depth == 0)
        .map(|comment| comment.date.as_str())
        .collect();
    let known = dates.iter().all(|date| is_date(date));
    match () {
        () if !known || dates.is_empty() => Order::None,
        () if dates.is_sorted() => Order::Ascending,
        () if dates.iter().rev().is_sorted() => Order::Descending,
        () => Order::None,
    }
}

/// A list of the copy as it is, if the text can hold it: from its heading to its last item, and what
/// closes it; or from the element around its heading on.
pub(super) fn as_it_is(
    standing: &Standing<'_>,
    copy: usize,
    section: &CommentSection,
) -> Vec<Vec<Chunk>> {
    let witness = standing.parties[copy].witness;
    let last = (section.comments.end as usize).checked_sub(1);
    let Some(last) = last.and_then(|last| witness.comments.get(last)) else {
        return Vec::new();
    };
    let is_markup = standing
        .source(copy, last.span)
        .trim_start()
        .starts_with('<');
    let fits = match standing.format {
        Format::Plain => witness.format == Format::Plain,
        Format::Html => is_markup,
        Format::Markdown => is_markup || witness.format == Format::Markdown,
    };
    if !fits {
        return Vec::new();
    }
    let charset = crate::merge::charset::Charset::of(witness);
    let start = section.span.start();
    let end = witness.comments[section.comments.start as usize..]
        .iter()
        .take(section.comments.len())
        .map(|comment| comment.span.end())
        .fold(section.span.end(), usize::max);
    let ahead = standing.source(copy, Span::new(0, start));
    let around = ahead.trim_end().rfind('<').filter(|at| {
        let tag = ahead[*at..].trim_end();
        tag.ends_with('>') && !tag.starts_with("</")
    });
    let around = around.map(|at| charset.len_of(&ahead[..at]));
    std::iter::once(start)
        .chain(around)
        .filter_map(|start| {
            let span = Span::new(start, end);
            let source = standing.source(copy, span);
            let slice = standing.slice(copy, span)?;
            let close = standing.chunk(&closing(&source), Rule::Separator, None)?;
            Some(vec![slice, close])
        })
        .collect()
}

/// The end tags that `markup` lacks.
fn closing(markup: &str) -> String {
    const CONTAINERS: [&str; 7] = ["ul", "ol", "div", "section", "article", "dl", "aside"];
    let mut open: Vec<&str> = Vec::new();
    for (at, _) in markup.match_indices('<') {
        let rest = &markup[at + 1..];
        let (is_end, rest) = match rest.strip_prefix('/') {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        let len = rest
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(rest.len());
        let Some(name) = CONTAINERS
            .iter()
            .find(|name| name.eq_ignore_ascii_case(&rest[..len]))
        else {
            continue;
        };
        if !is_end {
            open.push(name);
        } else if let Some(last) = open.iter().rposition(|last| last == name) {
            open.truncate(last);
        }
    }
    let mut close = String::new();
    for name in open.into_iter().rev() {
        close.push_str(&format!("\n</{name}>"));
    }
    close
}

/// A list as the text would write one: with author, date and text.
pub(super) fn written(
    standing: &Standing<'_>,
    copy: usize,
    section: &CommentSection,
    comments: &[u32],
) -> Option<Chunk> {
    let witness = standing.parties[copy].witness;
    let heading = heading(witness, section, comments.len());
    let comments: Vec<&Comment> = comments
        .iter()
        .filter_map(|at| witness.comments.get(*at as usize))
        .collect();
    let mut out = match standing.format {
        Format::Plain => format!("{heading}\n\n"),
        Format::Markdown => format!("## {}\n\n", markup::inline(&heading, Format::Markdown)),
        Format::Html => {
            let heading = markup::escape_html(&heading);
            format!("<h2>{heading}</h2>\n<ul class=\"comment-list\">\n")
        }
    };
    for comment in &comments {
        out.push_str(&item(witness, comment, standing.format));
        // A list item begins on a line of its own, a paragraph behind a blank one.
        out.push_str(if standing.format == Format::Plain {
            "\n\n"
        } else {
            "\n"
        });
    }
    if standing.format == Format::Html {
        out.push_str("</ul>");
    }
    let spans = comments.iter().map(|comment| comment.span);
    let span = spans.fold(section.span, Span::union);
    standing.chunk(out.trim_end(), Rule::Converted, Some((copy, span)))
}

fn heading(witness: &Witness, section: &CommentSection, count: usize) -> String {
    let block = witness
        .blocks
        .iter()
        .find(|block| section.span.contains(block.span) && block.kind != BlockKind::Byline);
    block.map_or_else(
        || format!("Comments ({count})"),
        |block| block.text(witness).to_owned(),
    )
}

fn item(witness: &Witness, comment: &Comment, format: Format) -> String {
    let author = markup::inline(&comment.author, format);
    let date = markup::inline(&comment.date, format);
    let text = text_of(witness, comment, format);
    match format {
        Format::Html => {
            let date = match date.is_empty() {
                true => String::new(),
                false => format!(" <time datetime=\"{date}\">{date}</time>"),
            };
            format!(
                "<li class=\"comment\"><span class=\"author\">{author}</span>{date}\
                 <div class=\"text\"><p>{text}</p></div></li>"
            )
        }
        Format::Markdown | Format::Plain => {
            let date = match date.is_empty() {
                true => String::new(),
                false => format!(" ({date})"),
            };
            match format {
                Format::Plain => format!("{author}{date}: {text}"),
                _ => format!("- **{author}**{date}: {text}"),
            }
        }
    }
}
