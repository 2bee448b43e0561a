//! A merge -> its line in the ledger.

use super::Piece;
use super::graft::beside::Beside;
use super::graft::marks::Marks;
use super::graft::{Merged, Party};
use super::ledger::{Document, Party as Entry, PieceRecord, Reading, ReadingKind};
use super::testimony::{digest, recipe, testimony};
use crate::text::{AssetKind, Comment, Edit, Passage, Relation, Section, Span, Verdict, Witness};

/// What is known of a witness of an output besides what it says.
#[derive(Clone, Debug)]
pub struct Known {
    /// The siglum of its dump.
    pub siglum: String,
    /// Its path in the dump.
    pub path: String,
    /// How it stood to the base; `None` for the base.
    pub verdict: Option<Verdict>,
}

/// The line of an output that was merged from `parties`, of which `known` is known. `same` are
/// witnesses that have the bytes of the party of that place.
pub fn document(
    path: String,
    merged: &Merged,
    parties: &[Party<'_>],
    known: &[Known],
    same: &[(usize, Known)],
) -> Document {
    let output = digest(&merged.bytes);
    let said = merged
        .witness
        .as_ref()
        .or(parties.first().map(|base| base.witness));
    let text = said.map(testimony).unwrap_or_default();
    let entry = |party: &Party<'_>, known: &Known| {
        let own = testimony(party.witness);
        // Who has the bytes of the output says what it says, if it is read by the same rules.
        let needs_none = party.witness.digest == output && own == text;
        Entry {
            siglum: known.siglum.clone(),
            path: known.path.clone(),
            digest: party.witness.digest.to_string(),
            bytes: party.bytes.len() as u64,
            verdict: known.verdict.map_or("base", Verdict::name).to_owned(),
            text_digest: (!needs_none).then(|| digest(party.witness.text.as_bytes()).to_string()),
            testimony_digest: (!needs_none).then(|| digest(own.as_bytes()).to_string()),
            recipe: (!needs_none).then(|| recipe(&text, &own)),
        }
    };
    let mut witnesses: Vec<Entry> = parties
        .iter()
        .zip(known)
        .map(|(party, known)| entry(party, known))
        .collect();
    for (of, known) in same {
        let twin = witnesses.get(*of).cloned();
        witnesses.extend(twin.map(|twin| Entry {
            siglum: known.siglum.clone(),
            path: known.path.clone(),
            verdict: known.verdict.map_or("base", Verdict::name).to_owned(),
            ..twin
        }));
    }
    let output_witness = said;
    let readings =
        parties
            .iter()
            .zip(&merged.relations)
            .enumerate()
            .flat_map(|(at, (party, relation))| {
                output_witness
                    .map(|output| readings(at, output, party.witness, relation))
                    .unwrap_or_default()
            });
    Document {
        path,
        digest: output.to_string(),
        bytes: merged.bytes.len() as u64,
        readings: readings.collect(),
        witnesses,
        pieces: pieces(&merged.pieces),
    }
}

/// Pieces with where they stand in the output.
pub fn pieces(pieces: &[Piece]) -> Vec<PieceRecord> {
    let mut at = 0;
    let record = |piece: &Piece| {
        let start = at;
        at += piece.len as u64;
        PieceRecord {
            span: (start, at),
            rule: piece.rule.name().to_owned(),
            witness: piece.from.map(|from| from.0),
            source: piece.from.map(|from| bytes(from.1)),
        }
    };
    pieces.iter().map(record).collect()
}

fn bytes(span: Span) -> (u64, u64) {
    (span.start() as u64, span.end() as u64)
}

/// What witness `at` says and the output does not.
fn readings(at: usize, output: &Witness, witness: &Witness, relation: &Relation) -> Vec<Reading> {
    let teller = Teller {
        at,
        output,
        witness,
    };
    let mut found = Vec::new();
    let marks = Marks::find(&relation.edits, output, witness);
    let marked = Beside::of(output);
    for edit in &relation.edits {
        found.extend(match edit {
            // It stands beside another one.
            Edit::Variant { copy, .. } | Edit::Extra { copy, .. }
                if marked.has(witness, copy.match_text) =>
            {
                None
            }
            Edit::Variant { base, copy } => {
                let kind = match copy.section {
                    Section::FrontMatter => ReadingKind::Entry,
                    _ if marks.has_copy(copy) => ReadingKind::CutMark,
                    _ => ReadingKind::Variant,
                };
                Some(teller.passage(kind, copy, Some(base)))
            }
            Edit::Extra { copy, .. } => {
                let kind = match marks.has_copy(copy) {
                    true => ReadingKind::CutMark,
                    false => ReadingKind::Passage,
                };
                Some(teller.passage(kind, copy, None))
            }
            _ => None,
        });
    }
    let comments = &relation.comments;
    for change in &comments.changed {
        found.extend(teller.comment(ReadingKind::Comment, change.copy, Some(change.base)));
    }
    for extra in &comments.extra {
        found.extend(teller.comment(ReadingKind::LostComment, *extra, None));
    }
    for (own, other) in &comments.counters {
        found.extend(teller.counters(*other, *own));
    }
    for asset in &relation.assets.extra {
        found.extend(teller.asset(*asset));
    }
    found
}

struct Teller<'w> {
    at: usize,
    output: &'w Witness,
    witness: &'w Witness,
}

impl Teller<'_> {
    fn reading(&self, kind: ReadingKind, span: Span, text: String) -> Reading {
        let lines = self.witness.line_range(span);
        Reading {
            witness: self.at,
            kind,
            source: bytes(span),
            lines: (lines.first, lines.last),
            text,
            instead: None,
        }
    }

    fn passage(&self, kind: ReadingKind, own: &Passage, other: Option<&Passage>) -> Reading {
        let text = self.witness.text.get(own.text.range()).unwrap_or_default();
        let instead = other.and_then(|other| self.output.text.get(other.text.range()));
        Reading {
            instead: instead.map(str::to_owned),
            ..self.reading(kind, own.source, text.to_owned())
        }
    }

    fn comment(&self, kind: ReadingKind, own: u32, other: Option<u32>) -> Option<Reading> {
        let comment = self.witness.comments.get(own as usize)?;
        let other = other.and_then(|other| self.output.comments.get(other as usize));
        Some(Reading {
            instead: other.map(|other| told(self.output, other)),
            ..self.reading(kind, comment.span, told(self.witness, comment))
        })
    }

    fn counters(&self, own: u32, other: u32) -> Option<Reading> {
        let comment = self.witness.comments.get(own as usize)?;
        let other = self.output.comments.get(other as usize)?;
        Some(Reading {
            instead: Some(counted(other)),
            ..self.reading(ReadingKind::Counters, comment.span, counted(comment))
        })
    }

    fn asset(&self, own: u32) -> Option<Reading> {
        let asset = self.witness.assets.get(own as usize)?;
        let kind = match asset.kind {
            AssetKind::Avatar => ReadingKind::Avatar,
            _ => ReadingKind::Asset,
        };
        Some(self.reading(kind, asset.span, asset.target.clone()))
    }
}

/// A comment in words: author, date, counters and text.
fn told(witness: &Witness, comment: &Comment) -> String {
    let blocks = comment.blocks.start as usize..comment.blocks.end as usize;
    let blocks = witness.blocks.get(blocks).unwrap_or_default();
    let texts: Vec<&str> = blocks.iter().map(|block| block.text(witness)).collect();
    let counters = counted(comment);
    let parts = [
        comment.author.as_str(),
        comment.date.as_str(),
        &counters,
        &texts.join("\n"),
    ];
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("\n")
}

fn counted(comment: &Comment) -> String {
    let counters = comment.counters.iter();
    let counters = counters.map(|counter| format!("{} {}", counter.label, counter.value));
    counters.collect::<Vec<_>>().join(", ")
}
