//! What a part of the tree may not fall below: a number in the file, or what it was.

use super::file::{self, Amount};
use super::{Policy, Rule};
use crate::text::{Code, Finding, LineRange};

/// What is counted of one document, or of several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amounts {
    /// How many documents.
    pub documents: u64,
    /// Their texts, comments apart, in characters.
    pub chars: u64,
    /// Their comments.
    pub comments: u64,
    /// Their images and other assets.
    pub assets: u64,
}

impl Amounts {
    fn add(&mut self, other: &Self) {
        self.documents += other.documents;
        self.chars += other.chars;
        self.comments += other.comments;
        self.assets += other.assets;
    }

    fn of(&self, amount: Amount) -> u64 {
        match amount {
            Amount::Documents => self.documents,
            Amount::Chars => self.chars,
            Amount::Comments => self.comments,
            Amount::Assets => self.assets,
        }
    }
}

/// The least that documents of some paths may amount to.
#[derive(Clone, Debug, Default)]
pub(super) struct Floor(Vec<(Amount, u64)>);

impl From<file::Floor> for Floor {
    fn from(floor: file::Floor) -> Self {
        let said = [
            (Amount::Documents, floor.documents),
            (Amount::Chars, floor.chars),
            (Amount::Comments, floor.comments),
            (Amount::Assets, floor.assets),
        ];
        let said = said.into_iter();
        Self(
            said.filter_map(|(amount, least)| Some((amount, least?)))
                .collect(),
        )
    }
}

impl Amount {
    fn name(self) -> &'static str {
        match self {
            Self::Documents => "documents",
            Self::Chars => "characters",
            Self::Comments => "comments",
            Self::Assets => "assets",
        }
    }
}

impl Policy {
    /// That documents amount to less than a rule of the policy demands: less than its floor, or, of
    /// what it ratchets, less than `before`, which is what the lock knows. `now` and `before` are
    /// asked for each document by its path, and `config` is where the policy stands.
    pub fn below_floors<'p>(
        &self,
        config: &str,
        now: impl Iterator<Item = (&'p str, Amounts)> + Clone,
        before: Option<impl Iterator<Item = (&'p str, Amounts)> + Clone>,
    ) -> Vec<Finding> {
        let mut findings = Vec::new();
        for rule in &self.rules {
            if rule.floor.0.is_empty() && rule.ratchet.is_empty() {
                continue;
            }
            let has = rule.total(now.clone());
            for (amount, least) in &rule.floor.0 {
                let found = has.of(*amount);
                if found < *least {
                    let name = amount.name();
                    let message =
                        format!("{} has {found} {name}, and must have {least}", rule.name());
                    findings.push(rule.below(config, *amount, message));
                }
            }
            let Some(had) = before.clone().map(|before| rule.total(before)) else {
                continue;
            };
            for amount in &rule.ratchet {
                let (had, found) = (had.of(*amount), has.of(*amount));
                if found < had {
                    let name = amount.name();
                    let message = format!("{} has {found} {name}, and had {had}", rule.name());
                    findings.push(rule.below(config, *amount, message));
                }
            }
        }
        findings
    }
}

impl Rule {
    fn total<'p>(&self, documents: impl Iterator<Item = (&'p str, Amounts)>) -> Amounts {
        let mut total = Amounts::default();
        for (_, amounts) in documents.filter(|(path, _)| self.globs.match_path(path)) {
            total.add(&amounts);
        }
        total
    }

    fn name(&self) -> String {
        self.globs.written.join(", ")
    }

    fn below(&self, config: &str, amount: Amount, message: String) -> Finding {
        let about = format!("{} {}", self.name(), amount.name());
        Finding::new(Code::BelowFloor, config, &about, message).at(LineRange {
            first: self.line,
            last: self.line,
        })
    }
}
