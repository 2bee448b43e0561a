//! Copies that go, and that come back.

use serde::Serialize;

use crate::report::{CopyFate, StayingCopy, Tidied, TidiedCopy};
use crate::text::Remnant;

#[derive(Serialize)]
pub(super) struct TidiedRecord<'a> {
    applied: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    means: Option<&'static str>,
    copies: Vec<Copy<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    staying: Option<Vec<Staying<'a>>>,
    summary: Summary,
}

#[derive(Serialize)]
struct Copy<'a> {
    path: &'a str,
    outcome: &'static str,
    why: Option<&'a str>,
    #[serde(flatten)]
    dedupe: Option<Dedupe<'a>>,
}

/// What is known of a copy that goes.
#[derive(Serialize)]
struct Dedupe<'a> {
    kept: &'a str,
    verdict: Option<&'static str>,
    bytes: u64,
    characters: u64,
    to: Option<&'a str>,
}

#[derive(Serialize)]
struct Staying<'a> {
    path: &'a str,
    kept: &'a str,
    why: Option<&'static str>,
    losses: Vec<LossRecord>,
}

#[derive(Serialize)]
struct LossRecord {
    kind: &'static str,
    count: u64,
    line: Option<u32>,
}

#[derive(Serialize)]
struct Summary {
    copies: u64,
    failed: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    bytes: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    characters: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    staying: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unreadable: Option<usize>,
}

impl<'a> From<&'a Tidied> for TidiedRecord<'a> {
    fn from(tidied: &'a Tidied) -> Self {
        let sum = tidied.summary();
        let of_dedupe = !tidied.undo;
        Self {
            applied: tidied.applied,
            means: of_dedupe.then_some(tidied.means),
            copies: tidied
                .copies
                .iter()
                .map(|copy| Copy::new(copy, of_dedupe))
                .collect(),
            staying: of_dedupe.then(|| tidied.staying.iter().map(Staying::from).collect()),
            summary: Summary {
                copies: sum.copies,
                failed: sum.failed,
                bytes: of_dedupe.then_some(sum.bytes),
                characters: of_dedupe.then_some(sum.chars),
                staying: of_dedupe.then_some(tidied.staying.len()),
                unreadable: of_dedupe.then_some(tidied.unreadable),
            },
        }
    }
}

impl<'a> Copy<'a> {
    fn new(copy: &'a TidiedCopy, of_dedupe: bool) -> Self {
        Self {
            path: &copy.path,
            outcome: copy.fate.name(),
            why: match &copy.fate {
                CopyFate::Failed(why) => Some(why),
                _ => None,
            },
            dedupe: of_dedupe.then(|| Dedupe {
                kept: &copy.kept,
                verdict: copy.verdict.map(|verdict| verdict.name()),
                bytes: copy.bytes,
                characters: copy.chars,
                to: copy.to.as_deref(),
            }),
        }
    }
}

impl<'a> From<&'a StayingCopy> for Staying<'a> {
    fn from(copy: &'a StayingCopy) -> Self {
        Self {
            path: &copy.path,
            kept: &copy.kept,
            why: (!copy.why.is_empty()).then_some(copy.why),
            losses: copy.losses.iter().map(LossRecord::from).collect(),
        }
    }
}

impl From<&Remnant> for LossRecord {
    fn from(loss: &Remnant) -> Self {
        Self {
            kind: loss.kind.name(),
            count: loss.count,
            line: (loss.line > 0).then_some(loss.line),
        }
    }
}
