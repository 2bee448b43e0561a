//! Entries of the front matter that only the copy has.

use super::beside::{Beside, MARK};
use super::site::Site;
use super::{Proposal, Standing, Subject};
use crate::merge::markup;
use crate::merge::pieces::{Change, Chunk, Rule};
use crate::text::{Block, Edit, Format, Passage, Relation, Section, Witness};

/// Proposes each entry: after the last one of the text, or at its head.
pub(super) fn propose(
    standing: &Standing<'_>,
    copy: usize,
    relation: &Relation,
    proposals: &mut Vec<Proposal>,
) {
    let extra: Vec<Passage> = relation
        .edits
        .iter()
        .filter_map(|edit| match edit {
            Edit::Extra { copy, .. } if copy.section == Section::FrontMatter => Some(*copy),
            _ => None,
        })
        .collect();
    match standing.policy.both {
        true => beside(standing, copy, relation, proposals),
        false => preferred(standing, copy, relation, proposals),
    }
    let last = standing
        .witness()
        .section(Section::FrontMatter)
        .last()
        .copied();
    match last {
        None if standing.format != Format::Html => {
            proposals.extend(at_head(standing, copy, &extra));
        }
        last => {
            for passage in &extra {
                let forms = after(standing, copy, passage, last.as_ref());
                proposals.push(Proposal {
                    subject: Subject::Passage(passage.match_text),
                    forms: forms.into_iter().map(|change| vec![change]).collect(),
                });
            }
        }
    }
}

/// Proposes the values of the copy, where policy prefers them.
fn preferred(
    standing: &Standing<'_>,
    copy: usize,
    relation: &Relation,
    proposals: &mut Vec<Proposal>,
) {
    for (own, other) in relation.variants() {
        // The passage is what the entry says; its block has the quotes around that, too.
        let Some(block) = block_of(standing.witness(), &own) else {
            continue;
        };
        let at = block.span.range();
        if own.section != Section::FrontMatter
            || !standing.prefers(copy, at.clone(), own.chars, other.chars)
        {
            continue;
        }
        let chunks = entries(standing, copy, &other);
        proposals.push(Proposal {
            subject: Subject::Passage(other.match_text),
            forms: chunks
                .into_iter()
                .map(|chunk| {
                    vec![Change {
                        at: at.clone(),
                        chunks: vec![chunk],
                    }]
                })
                .collect(),
        });
    }
}

/// Proposes the values of the copy as comments of YAML or TOML, below the entries that stand, or
/// above them: `# 〔B: title: …〕`.
fn beside(
    standing: &Standing<'_>,
    copy: usize,
    relation: &Relation,
    proposals: &mut Vec<Proposal>,
) {
    let theirs = standing.parties[copy].witness;
    if standing.format == Format::Html {
        return;
    }
    let marked = Beside::of(standing.witness());
    for (own, other) in relation.variants() {
        let is_new = own.section == Section::FrontMatter && !marked.has(theirs, other.match_text);
        let blocks = block_of(standing.witness(), &own).zip(block_of(theirs, &other));
        let Some((stands, block)) = blocks.filter(|_| is_new) else {
            continue;
        };
        let siglum = standing.parties[copy].siglum;
        let (open, close) = MARK;
        let said = format!("# {open}{siglum}: {}{close}", block.text(theirs));
        let mark = standing.chunk(&said, Rule::Mark, Some((copy, block.span)));
        let newline = standing.chunk("\n", Rule::Separator, None);
        let Some((mark, newline)) = mark.zip(newline) else {
            continue;
        };
        let (start, end) = (stands.span.start(), stands.span.end());
        let change = |at, chunks| vec![Change { at: at..at, chunks }];
        proposals.push(Proposal {
            subject: Subject::Beside(other.match_text),
            forms: vec![
                change(end, vec![newline.clone(), mark.clone()]),
                change(start, vec![mark, newline]),
            ],
        });
    }
}

/// An entry in the forms that front matter has: as it is, or as what it says.
fn entries(standing: &Standing<'_>, copy: usize, passage: &Passage) -> Vec<Chunk> {
    let witness = standing.parties[copy].witness;
    let Some(block) = block_of(witness, passage) else {
        return Vec::new();
    };
    let from = Some((copy, block.span));
    let said = block.text(witness);
    let texts: Vec<String> = match standing.format {
        Format::Html => meta(said).into_iter().collect(),
        _ => vec![yaml(said), toml(said)],
    };
    let same = witness.format == standing.format;
    let source = same.then(|| standing.slice(copy, block.span)).flatten();
    let said = texts
        .iter()
        .filter_map(|text| standing.chunk(text, Rule::Converted, from));
    source.into_iter().chain(said).collect()
}

/// All entries as front matter of their own.
fn at_head(standing: &Standing<'_>, copy: usize, extra: &[Passage]) -> Vec<Proposal> {
    let witness = standing.parties[copy].witness;
    let bom = match standing.witness().encoding.bom {
        true => standing
            .charset
            .encode("\u{feff}", false)
            .map_or(0, |mark| mark.len()),
        false => 0,
    };
    let chunk = |text: &str| standing.chunk(text, Rule::Separator, None);
    let mut proposals = Vec::new();
    let entries = extra.iter().filter_map(|passage| {
        let block = block_of(witness, passage)?;
        let text = yaml(block.text(witness));
        let from = Some((copy, block.span));
        Some((passage, standing.chunk(&text, Rule::Converted, from)?))
    });
    let entries: Vec<(&Passage, Chunk)> = entries.collect();
    let Some((first, _)) = entries.first() else {
        return proposals;
    };
    let mut chunks: Vec<Chunk> = chunk("---\n").into_iter().collect();
    for (_, entry) in &entries {
        chunks.push(entry.clone());
        chunks.extend(chunk("\n"));
    }
    chunks.extend(chunk("---\n\n"));
    let span = extra
        .iter()
        .fold(first.match_text, |all, one| all.union(one.match_text));
    proposals.push(Proposal {
        subject: Subject::Passage(span),
        forms: vec![vec![Change {
            at: bom..bom,
            chunks,
        }]],
    });
    proposals
}

/// An entry after the last one: as it is, or as what it says.
fn after(
    standing: &Standing<'_>,
    copy: usize,
    passage: &Passage,
    last: Option<&Block>,
) -> Vec<Change> {
    let chunks = entries(standing, copy, passage);
    let at = match standing.format {
        Format::Html => last.map_or(0, |last| last.span.end()),
        _ => {
            let blocks = &standing.witness().blocks;
            let last = blocks
                .iter()
                .rposition(|block| block.section == Section::FrontMatter);
            let site: Site = standing.after_block(last);
            site.at
        }
    };
    let newline = standing.chunk("\n", Rule::Separator, None);
    let change = |chunk| {
        Some(Change {
            at: at..at,
            chunks: vec![newline.clone()?, chunk],
        })
    };
    chunks.into_iter().filter_map(change).collect()
}

/// The entry that a passage is of.
fn block_of<'w>(witness: &'w Witness, passage: &Passage) -> Option<&'w Block> {
    let blocks = &witness.blocks;
    let at = blocks.partition_point(|block| block.match_text.end() <= passage.match_text.start());
    let block = blocks.get(at)?;
    (block.section == Section::FrontMatter).then_some(block)
}

/// Key and value of an entry. A comment has none.
fn parts(entry: &str) -> Option<(&str, &str)> {
    entry.split_once(": ").filter(|_| !entry.starts_with('#'))
}

/// `key: value`, the value quoted.
fn yaml(entry: &str) -> String {
    match parts(entry) {
        Some((key, value)) => format!("{key}: {}", quoted(value)),
        None => entry.to_owned(),
    }
}

/// `key = "value"`.
fn toml(entry: &str) -> String {
    match parts(entry) {
        Some((key, value)) => format!("{key} = {}", quoted(value)),
        None => entry.to_owned(),
    }
}

fn quoted(value: &str) -> String {
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The element that holds an entry of a page, if pages have such entries.
fn meta(entry: &str) -> Option<String> {
    let (key, value) = entry.split_once(": ")?;
    match key {
        "title" => Some(format!("<title>{}</title>", markup::escape_html(value))),
        "description" | "keywords" | "author" => {
            let value = markup::escape_attribute(value);
            Some(format!("<meta name=\"{key}\" content=\"{value}\">"))
        }
        _ => None,
    }
}
