//! Several copies in one apparatus.
//!
//! A row of the table is cut where a block of a witness begins, and by words where only the
//! spelling of the same match text differs; pieces in which the same witnesses agree are one again.

use std::collections::{BTreeSet, HashMap};
use std::io::{self, Write};
use std::ops::Range;

use super::column::Column;
use super::pieces::{Piece, Writer, readings};
use super::transposed::Transpositions;
use super::{assets, header};
use crate::report::{Entry, Synopsis, comments};
use crate::text::{Comment, CommentCell, CommentRow, Row, Section, TableCell};

pub(super) fn write(synopsis: &Synopsis<'_>, out: &mut dyn Write) -> io::Result<()> {
    let witnesses: Vec<Entry<'_>> = synopsis.witnesses().map(|(_, entry)| entry).collect();
    header(&witnesses, out)?;
    writeln!(out, "<text>\n<body xml:space=\"preserve\">")?;
    front_matter(&witnesses, out)?;
    body(synopsis, &witnesses, out)?;
    apparatus_of_comments(synopsis, &witnesses, out)?;
    assets::of_table(synopsis, &witnesses, out)?;
    writeln!(out, "</body>\n</text>\n</TEI>")
}

fn has(witnesses: &[Entry<'_>], section: Section) -> bool {
    let mut all = witnesses.iter();
    all.any(|entry| entry.witness.section(section).next().is_some())
}

/// Keys in the order of each witness; those that several have are told once where orders allow it.
fn front_matter(witnesses: &[Entry<'_>], out: &mut dyn Write) -> io::Result<()> {
    if !has(witnesses, Section::FrontMatter) {
        return Ok(());
    }
    let mut ranks: HashMap<&str, usize> = HashMap::new();
    let mut lists: Vec<Vec<(usize, Range<usize>)>> = Vec::new();
    for entry in witnesses {
        let mut list = Vec::new();
        for block in entry.witness.section(Section::FrontMatter) {
            let text = block.text(entry.witness);
            let key = text.split_once(':').map_or("", |(key, _)| key.trim());
            let next = ranks.len();
            let rank = *ranks.entry(key).or_insert(next);
            // One byte more, so that a block without text is inside, too.
            list.push((rank, block.text.start()..block.text.end() + 1));
        }
        lists.push(list);
    }
    // How often each key is still behind the one that is next.
    let mut behind = vec![0_usize; ranks.len()];
    for (rank, _) in lists.iter().flat_map(|list| list.iter().skip(1)) {
        behind[*rank] += 1;
    }
    writeln!(out, "<div type=\"front-matter\">")?;
    let mut writer = Writer::new(witnesses.to_vec(), Section::FrontMatter);
    let mut next = vec![0_usize; lists.len()];
    loop {
        let heads = lists.iter().zip(&next);
        let heads = heads.filter_map(|(list, at)| list.get(*at).map(|(rank, _)| *rank));
        // A key that a witness has further on waits for it.
        let Some(rank) = heads.min_by_key(|rank| (behind[*rank] > 0, *rank)) else {
            break;
        };
        let mut texts = Vec::new();
        for (list, at) in lists.iter().zip(&mut next) {
            let end = (at.checked_sub(1)).map_or(0, |last| list[last].1.end);
            match list.get(*at).filter(|(own, _)| *own == rank) {
                Some((_, text)) => {
                    *at += 1;
                    if let Some((own, _)) = list.get(*at) {
                        behind[*own] -= 1;
                    }
                    texts.push(text.clone());
                }
                None => texts.push(end..end),
            }
        }
        writer.add(Piece::new(texts), out)?;
    }
    writer.finish(out)?;
    writeln!(out, "</div>")
}

fn body(synopsis: &Synopsis<'_>, witnesses: &[Entry<'_>], out: &mut dyn Write) -> io::Result<()> {
    if !has(witnesses, Section::Body) {
        return Ok(());
    }
    writeln!(out, "<div type=\"body\">")?;
    let mut writer = Writer::new(witnesses.to_vec(), Section::Body);
    let mut sheet = Sheet {
        at: vec![0; witnesses.len()],
        columns: witnesses.iter().copied().map(Column::new).collect(),
        copies: synopsis.witnesses().map(|(copy, _)| copy).collect(),
        base: synopsis.place,
        transpositions: Transpositions::of(synopsis),
    };
    for row in &synopsis.table.rows {
        for piece in sheet.row(row) {
            writer.add(piece, out)?;
        }
    }
    let rest = sheet.columns.iter().map(Column::rest).collect();
    writer.add(Piece::new(rest), out)?;
    writer.finish(out)?;
    writeln!(out, "</div>")
}

/// The columns, read row by row.
struct Sheet<'a> {
    columns: Vec<Column<'a>>,
    /// Which copy each column is; `None` is the base.
    copies: Vec<Option<usize>>,
    /// Which column is the base.
    base: usize,
    /// How far each column was read.
    at: Vec<usize>,
    transpositions: Transpositions,
}

impl Sheet<'_> {
    fn row(&mut self, row: &Row) -> Vec<Piece> {
        let own = self.own(row);
        let speaking: Vec<usize> = (0..own.len()).filter(|at| !own[*at].is_empty()).collect();
        let texts: BTreeSet<Option<usize>> = (speaking.iter())
            .map(|at| reading(row, self.copies[*at]))
            .collect();
        let cuts = match texts.len() {
            1 => self.cuts(&own, &speaking),
            _ => BTreeSet::new(),
        };
        let is_moved = self.transpositions.has(row);
        let links = self.transpositions.links(row).into_iter();
        let column = |whose| self.copies.iter().position(|copy| *copy == whose);
        let mut links = links
            .filter_map(|(whose, link)| Some((column(whose)?, link)))
            .collect();
        let whole = usize::MAX;
        let starts = std::iter::once(0).chain(cuts.iter().copied());
        let ends = cuts.iter().copied().chain([whole]);
        let piece = |(start, end): (usize, usize)| Piece {
            texts: self.texts(&own, start, end),
            is_moved,
            links: std::mem::take(&mut links),
        };
        starts.zip(ends).map(piece).collect()
    }

    /// What each column has in a row, which is read then.
    fn own(&mut self, row: &Row) -> Vec<Range<usize>> {
        let base = &self.columns[self.base];
        let of_base = row.base.map(|passage| base.end_of(passage.match_text));
        let len = of_base.map_or(0, |end| end.saturating_sub(self.at[self.base]));
        let mut own = Vec::new();
        for (at, column) in self.columns.iter().enumerate() {
            let start = self.at[at];
            let cell = self.copies[at].map(|copy| (copy, row.cells.get(copy)));
            let end = match cell {
                None | Some((_, Some(TableCell::Has))) => start + len,
                Some((copy, Some(TableCell::Reads(reading)))) => {
                    let by = row.readings.get(*reading).map(|reading| &reading.by);
                    let mut by = by.into_iter().flatten();
                    let passage = by.find(|(reader, _)| *reader == copy);
                    passage.map_or(start, |(_, passage)| column.end_of(passage.match_text))
                }
                _ => start,
            };
            let end = end.clamp(start, column.len.max(start));
            self.at[at] = end;
            own.push(start..end);
        }
        own
    }

    /// Where columns of the same match text are cut, from the beginning of each.
    fn cuts(&mut self, own: &[Range<usize>], speaking: &[usize]) -> BTreeSet<usize> {
        let begins = |at: &usize| {
            let range = &own[*at];
            (self.columns[*at].begins(range)).map(|begin| begin - range.start)
        };
        let blocks: BTreeSet<usize> = speaking.iter().flat_map(begins).collect();
        let Some(first) = speaking.first() else {
            return blocks;
        };
        let mut cuts = blocks.clone();
        let starts = std::iter::once(0).chain(blocks.iter().copied());
        let ends = blocks.iter().copied().chain([own[*first].len()]);
        for (start, end) in starts.zip(ends) {
            let texts = self.texts(own, start, end);
            let said = |at: &usize| {
                let text = &self.columns[*at].entry.witness.text;
                let own = text.get(texts[*at].clone());
                own.map(|text| text.trim_end_matches('\n'))
            };
            let same = said(first);
            if speaking.iter().any(|at| said(at) != same) {
                let origin = own[*first].start;
                let range = origin + start..origin + end;
                let words = self.columns[*first].words(&range);
                cuts.extend(words.into_iter().map(|word| word - origin));
            }
        }
        cuts
    }

    /// The canonical text of each column between two cuts.
    fn texts(&mut self, own: &[Range<usize>], start: usize, end: usize) -> Vec<Range<usize>> {
        let both = self.columns.iter_mut().zip(own);
        both.map(|(column, own)| {
            let at = |cut: usize| own.start.saturating_add(cut).min(own.end);
            let from = column.text_at(at(start));
            from..column.text_at(at(end)).max(from)
        })
        .collect()
    }
}

/// Which reading a column has in a row; `None` is that of the base.
fn reading(row: &Row, copy: Option<usize>) -> Option<usize> {
    match row.cells.get(copy?) {
        Some(TableCell::Reads(at)) => Some(*at),
        _ => None,
    }
}

/// The comments, a division each.
fn apparatus_of_comments(
    synopsis: &Synopsis<'_>,
    witnesses: &[Entry<'_>],
    out: &mut dyn Write,
) -> io::Result<()> {
    let rows = &synopsis.table.comments;
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(out, "<div type=\"comments\">")?;
    let copies: Vec<Option<usize>> = synopsis.witnesses().map(|(copy, _)| copy).collect();
    for row in rows {
        let of = |(entry, copy): (&Entry<'_>, &Option<usize>)| one_of(row, *copy, *entry);
        let own: Vec<Option<usize>> = witnesses.iter().zip(&copies).map(of).collect();
        comment(witnesses, &own, out)?;
    }
    writeln!(out, "</div>")
}

/// The index of the comment that a witness has in a row.
fn one_of(row: &CommentRow, copy: Option<usize>, entry: Entry<'_>) -> Option<usize> {
    let at = match copy {
        None => row.in_base.then_some(row.from.1),
        Some(copy) => match row.cells.get(copy) {
            Some(CommentCell::Has(at) | CommentCell::Changed(at)) => Some(*at),
            Some(CommentCell::Lacks) | None => None,
        },
    };
    at.map(|at| at as usize)
        .filter(|at| *at < entry.witness.comments.len())
}

fn comment(witnesses: &[Entry<'_>], own: &[Option<usize>], out: &mut dyn Write) -> io::Result<()> {
    // Who does not have it has no say in who wrote it.
    let having = witnesses.iter().zip(own);
    let having: Vec<(Entry<'_>, &Comment)> = having
        .filter_map(|(entry, at)| Some((*entry, entry.witness.comments.get((*at)?)?)))
        .collect();
    let (entries, found): (Vec<Entry<'_>>, Vec<&Comment>) = having.into_iter().unzip();
    write!(out, "<div type=\"comment\">\n<byline>")?;
    let signed = |comment: &&Comment| format!("{} {}", comment.author, comment.date);
    let signed: Vec<String> = found.iter().map(signed).collect();
    readings(&entries, &signed, out)?;
    writeln!(out, "</byline>")?;
    let text = |(entry, at): (&Entry<'_>, &Option<usize>)| {
        let comment = at.and_then(|at| entry.witness.comments.get(at));
        let span = comment.map(|comment| comments::span(entry.witness, comment));
        span.filter(|span| !span.is_empty())
            .map_or(0..0, |span| span.start()..span.end() + 1)
    };
    let mut writer = Writer::new(witnesses.to_vec(), Section::Comments);
    let texts = witnesses.iter().zip(own).map(text).collect();
    writer.add(Piece::new(texts), out)?;
    writer.finish(out)?;
    writeln!(out, "</div>")
}
