//! What a scan found.

use serde::Serialize;

use super::records::{DamageCount, Document};
use super::relation::{Findings, Passages};
use crate::report::{BaseReason, Entry, Summary};
use crate::text::{Profile, Relation};

/// A group, without its relations.
#[derive(Serialize)]
pub(super) struct Group<'a> {
    number: usize,
    base: Document<'a>,
    reason: Reason,
    copies: usize,
}

#[derive(Serialize)]
pub(super) struct Reason {
    rule: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    chars: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<u64>,
}

impl<'a> Group<'a> {
    pub fn new(number: usize, base: Entry<'a>, reason: BaseReason, copies: usize) -> Self {
        Self {
            number,
            base: base.into(),
            reason: reason.into(),
            copies,
        }
    }
}

impl From<BaseReason> for Reason {
    fn from(reason: BaseReason) -> Self {
        let (rule, lengths) = match reason {
            BaseReason::LongestBody { chars, next } => ("longest body", Some((chars, next))),
            BaseReason::MostComments => ("most comments", None),
            BaseReason::MostAssets => ("most assets", None),
            BaseReason::FirstPath => ("first path", None),
        };
        Self {
            rule,
            chars: lengths.map(|lengths| lengths.0),
            next: lengths.map(|lengths| lengths.1),
        }
    }
}

#[derive(Serialize)]
pub(super) struct RelationRecord<'a> {
    group: usize,
    base: Document<'a>,
    copy: Document<'a>,
    same_as: Option<&'a str>,
    #[serde(flatten)]
    findings: Findings<'a>,
    #[serde(flatten)]
    passages: Passages<'a>,
}

impl<'a> RelationRecord<'a> {
    pub fn new(
        group: usize,
        base: Entry<'a>,
        copy: Entry<'a>,
        relation: &'a Relation,
        same_as: Option<&'a str>,
    ) -> Self {
        Self {
            group,
            base: base.into(),
            copy: copy.into(),
            same_as,
            findings: Findings::new(base, copy, relation),
            passages: Passages::new(base.witness, copy.witness, relation),
        }
    }
}

/// A document in no group.
#[derive(Serialize)]
pub(super) struct Alone<'a> {
    #[serde(flatten)]
    document: Document<'a>,
    damage_counts: Vec<DamageCount>,
}

impl<'a> Alone<'a> {
    pub fn new(path: &'a str, profile: &Profile) -> Self {
        Self {
            document: Document::new("", path, profile),
            damage_counts: profile.damage.iter().map(DamageCount::from).collect(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct Boilerplate<'a> {
    pub excerpt: &'a str,
    pub documents: usize,
    pub of: usize,
}

#[derive(Serialize)]
pub(super) struct Excluded<'a> {
    pub path: &'a str,
    pub rule: &'static str,
}

#[derive(Serialize)]
pub(super) struct Unreadable<'a> {
    pub path: &'a str,
    pub why: &'a str,
}

#[derive(Serialize)]
pub(super) struct SummaryRecord {
    inputs: usize,
    read: usize,
    bytes: u64,
    excluded: usize,
    unreadable: usize,
    texts: usize,
    groups: usize,
    copies: usize,
    alone: usize,
    relations: Verdicts,
    compared: usize,
    boilerplate: usize,
    approximated: usize,
}

#[derive(Serialize)]
pub(super) struct Verdicts {
    identical: usize,
    equivalent: usize,
    truncated: usize,
    contained: usize,
    revised: usize,
    overlapping: usize,
}

impl From<[usize; 6]> for Verdicts {
    /// From counts in the order of [`Verdict::ALL`](crate::text::Verdict::ALL).
    fn from(counts: [usize; 6]) -> Self {
        let [
            identical,
            equivalent,
            truncated,
            contained,
            revised,
            overlapping,
        ] = counts;
        Self {
            identical,
            equivalent,
            truncated,
            contained,
            revised,
            overlapping,
        }
    }
}

impl From<&Summary> for SummaryRecord {
    fn from(summary: &Summary) -> Self {
        Self {
            inputs: summary.read + summary.excluded + summary.unreadable,
            read: summary.read,
            bytes: summary.bytes,
            excluded: summary.excluded,
            unreadable: summary.unreadable,
            texts: summary.texts,
            groups: summary.groups,
            copies: summary.copies(),
            alone: summary.unrelated,
            relations: summary.verdicts.into(),
            compared: summary.compared,
            boilerplate: summary.boilerplate,
            approximated: summary.approximated,
        }
    }
}
