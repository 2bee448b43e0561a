//! What each of several witnesses says at one place -> text and readings.

use std::io::{self, Write};
use std::ops::Range;

use super::reading::milestone;
use super::transposed::Link;
use crate::report::Entry;
use crate::report::markup::escaped;
use crate::text::Section;

/// A place in a text.
pub(super) struct Piece {
    /// What each witness has there: bytes of its canonical text. Text of other sections and the
    /// newlines between blocks do not count.
    pub texts: Vec<Range<usize>>,
    /// Whether a passage moved that a witness has here.
    pub is_moved: bool,
    /// Which witnesses begin such a passage here.
    pub links: Vec<(usize, Link)>,
}

impl Piece {
    /// What witnesses have at a place where nothing moved.
    pub fn new(texts: Vec<Range<usize>>) -> Self {
        Self {
            texts,
            is_moved: false,
            links: Vec::new(),
        }
    }
}

/// What a witness says in a piece.
#[derive(Default)]
struct Said {
    text: String,
    /// The blocks that begin in it, by their place in `text`.
    begins: Vec<(usize, usize)>,
}

impl Said {
    fn of(entry: Entry<'_>, section: Section, range: &Range<usize>) -> Self {
        let mut said = Self::default();
        let blocks = &entry.witness.blocks;
        let first = blocks.partition_point(|block| block.text.end() < range.start);
        for (index, block) in blocks.iter().enumerate().skip(first) {
            if block.text.start() >= range.end {
                break;
            }
            if block.section != section {
                continue;
            }
            if block.text.start() >= range.start {
                said.begins.push((said.text.len(), index));
            }
            let from = range.start.max(block.text.start());
            let to = range.end.min(block.text.end());
            said.text += entry.witness.text.get(from..to).unwrap_or_default();
        }
        said
    }

    /// The blocks that begin before its first character.
    fn leading(&self) -> impl Iterator<Item = usize> {
        let leads = self.begins.iter().take_while(|(at, _)| *at == 0);
        leads.map(|(_, block)| *block)
    }
}

/// Writes the pieces of one section, one after the other.
pub(super) struct Writer<'a> {
    pub witnesses: Vec<Entry<'a>>,
    section: Section,
    /// A piece that the next may still lengthen, and which witnesses agree in it.
    pending: Option<(Piece, Vec<usize>)>,
    is_open: bool,
}

impl<'a> Writer<'a> {
    pub fn new(witnesses: Vec<Entry<'a>>, section: Section) -> Self {
        Self {
            witnesses,
            section,
            pending: None,
            is_open: false,
        }
    }

    pub fn add(&mut self, piece: Piece, out: &mut dyn Write) -> io::Result<()> {
        let said = self.said(&piece);
        if said
            .iter()
            .all(|said| said.text.is_empty() && said.begins.is_empty())
        {
            return Ok(());
        }
        let agree = agreement(&said);
        let begins = said.iter().any(|said| said.leading().next().is_some());
        if let Some((pending, known)) = &mut self.pending
            && !begins
            && piece.links.is_empty()
            && pending.is_moved == piece.is_moved
            && *known == agree
        {
            for (text, more) in pending.texts.iter_mut().zip(piece.texts) {
                text.end = more.end;
            }
            return Ok(());
        }
        self.flush(out)?;
        self.pending = Some((piece, agree));
        Ok(())
    }

    pub fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.flush(out)?;
        self.close(out)
    }

    fn close(&mut self, out: &mut dyn Write) -> io::Result<()> {
        match std::mem::take(&mut self.is_open) {
            true => writeln!(out, "</ab>"),
            false => Ok(()),
        }
    }

    fn said(&self, piece: &Piece) -> Vec<Said> {
        let both = self.witnesses.iter().zip(&piece.texts);
        both.map(|(entry, range)| Said::of(*entry, self.section, range))
            .collect()
    }

    fn flush(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let Some((piece, _)) = self.pending.take() else {
            return Ok(());
        };
        let said = self.said(&piece);
        // Where all that say something begin a block, the row is a new one.
        let mut speaking = said.iter().filter(|said| !said.text.is_empty());
        if !self.is_open || speaking.all(|said| said.leading().next().is_some()) {
            self.close(out)?;
            write!(out, "<ab>")?;
            self.is_open = true;
        }
        for (entry, said) in self.witnesses.iter().zip(&said) {
            for block in said.leading() {
                milestone(*entry, block, out)?;
            }
        }
        let agree = agreement(&said);
        if agree.iter().all(|group| *group == 0) {
            let all: Vec<usize> = (0..said.len()).collect();
            return self.text(&said, &all, out);
        }
        match piece.is_moved {
            true => write!(out, "<app type=\"transposition\">")?,
            false => write!(out, "<app>")?,
        }
        for group in 0..said.len() {
            let of = (0..said.len()).filter(|at| agree[*at] == group);
            let of: Vec<usize> = of.collect();
            let Some(first) = of.first() else { break };
            let wit = pointers(&self.witnesses, &of);
            if said[*first].text.is_empty() {
                write!(out, "<rdg wit=\"{wit}\"/>")?;
                continue;
            }
            write!(out, "<rdg wit=\"{wit}\"")?;
            let mut links = piece.links.iter();
            if let Some((_, Link { id, corresp })) = links.find(|(whose, _)| of.contains(whose)) {
                write!(out, " xml:id=\"{id}\" corresp=\"{corresp}\"")?;
            }
            write!(out, ">")?;
            self.text(&said, &of, out)?;
            write!(out, "</rdg>")?;
        }
        write!(out, "</app>")
    }

    /// The text that witnesses share, and where blocks of each begin within it.
    fn text(&self, said: &[Said], of: &[usize], out: &mut dyn Write) -> io::Result<()> {
        let inner = |witness: &usize| {
            let begins = said[*witness].begins.iter().filter(|(at, _)| *at > 0);
            let witness = *witness;
            begins.map(move |(at, block)| (*at, witness, *block))
        };
        let mut begins: Vec<(usize, usize, usize)> = of.iter().flat_map(inner).collect();
        begins.sort_unstable();
        let text = of.first().map_or("", |first| said[*first].text.as_str());
        let mut from = 0;
        for (at, witness, block) in begins {
            write!(out, "{}", escaped(&text[from..at]))?;
            milestone(self.witnesses[witness], block, out)?;
            from = at;
        }
        write!(out, "{}", escaped(&text[from..]))
    }
}

/// Readings of one line, such as who wrote a comment.
pub(super) fn readings(
    witnesses: &[Entry<'_>],
    texts: &[String],
    out: &mut dyn Write,
) -> io::Result<()> {
    let agree = agreement_of(texts.iter().map(String::as_str));
    if agree.iter().all(|group| *group == 0) {
        return write!(out, "{}", escaped(texts.first().map_or("", String::as_str)));
    }
    write!(out, "<app>")?;
    for (group, text) in texts.iter().enumerate() {
        let of: Vec<usize> = (0..agree.len()).filter(|at| agree[*at] == group).collect();
        let Some(first) = of.first() else { break };
        let wit = pointers(witnesses, &of);
        let text = texts.get(*first).unwrap_or(text);
        match text.as_str() {
            "" => write!(out, "<rdg wit=\"{wit}\"/>")?,
            text => write!(out, "<rdg wit=\"{wit}\">{}</rdg>", escaped(text))?,
        }
    }
    write!(out, "</app>")
}

/// The number of the reading of each witness, from 0 in the order of the witnesses.
fn agreement(said: &[Said]) -> Vec<usize> {
    agreement_of(said.iter().map(|said| said.text.as_str()))
}

fn agreement_of<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<usize> {
    let mut known: std::collections::HashMap<&str, usize> = std::collections::HashMap::new();
    texts
        .map(|text| {
            let next = known.len();
            *known.entry(text).or_insert(next)
        })
        .collect()
}

/// Some of the witnesses, as `wit` names them.
pub(super) fn pointers(witnesses: &[Entry<'_>], of: &[usize]) -> String {
    let sigla = of.iter().filter_map(|at| witnesses.get(*at));
    let sigla: Vec<String> = sigla
        .map(|entry| format!("#{}", escaped(entry.siglum)))
        .collect();
    sigla.join(" ")
}
