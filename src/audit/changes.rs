//! The documents as they are, against a lock.

use super::entry::{Entry, chars};
use super::holders::{Holders, shared};
use super::lock::{Lock, parse};
use super::loss::{Case, Loss, Present, Still, losses, renamed, tell};
use super::policy::Policy;
use super::words::count;
use crate::Error;
use crate::text::{Code, Finding};

/// A document as it is.
#[derive(Clone, Copy, Debug)]
pub struct Now<'a> {
    /// Its path.
    pub path: &'a str,
    /// What a lock would say of it: what [`written`](super::lock::written) gives.
    pub line: &'a str,
}

/// Why a document that the lock knows is not among those that are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// There is no such file.
    Gone,
    /// It is left out: the name of the rule.
    LeftOut(&'static str),
    /// It could not be read, which is told already, or is none of those that are audited.
    NotAudited,
}

/// What differs between a lock and the documents as they are.
#[derive(Debug)]
pub struct Changes<'a> {
    now: &'a [Now<'a>],
    /// Documents that the lock knows and that are not as they were, or are no more. `now` is an
    /// index into [`read`](Self::read).
    cases: Vec<Case>,
    /// The documents that must be read to tell what was lost, by index: all that the lock does not
    /// know as they are, if text is missing anywhere; else none.
    pub read: Vec<usize>,
    /// The documents that the lock does not know as they are, by index, ascending.
    pub touched: Vec<usize>,
    /// How many of these it does not know at all.
    pub new: usize,
    left_out: Vec<Finding>,
}

impl<'a> Changes<'a> {
    /// Compares `lock` with the documents `now`, which are in the order of their paths. `missing`
    /// tells why a path that the lock knows is not among them.
    ///
    /// # Errors
    /// [`ErrorKind::Config`](crate::ErrorKind::Config) if a line of the lock has no meaning.
    pub fn between(
        lock: &Lock,
        now: &'a [Now<'a>],
        missing: impl Fn(&str) -> Missing,
    ) -> Result<Self, Error> {
        let mut changes = Self {
            now,
            cases: Vec::new(),
            read: Vec::new(),
            touched: Vec::new(),
            new: 0,
            left_out: Vec::new(),
        };
        let mut new = Vec::new();
        for (at, document) in now.iter().enumerate() {
            let known = lock.lines.get(document.path);
            if known.is_some_and(|line| line == document.line) {
                continue;
            }
            if let Some(was) = lock.entry(document.path)? {
                changes.cases.push(Case {
                    path: document.path.to_owned(),
                    was,
                    now: Some(changes.touched.len()),
                });
            } else {
                new.push((at, changes.touched.len()));
            }
            changes.touched.push(at);
        }
        changes.new = new.len();
        changes.add_gone(lock, &new, missing)?;
        if changes
            .cases
            .iter()
            .any(|case| changes.lacks_something(case))
        {
            changes.read.clone_from(&changes.touched);
        }
        Ok(changes)
    }

    /// Adds the documents that are gone, each as the new one that it is now, if it is one.
    fn add_gone(
        &mut self,
        lock: &Lock,
        new: &[(usize, usize)],
        missing: impl Fn(&str) -> Missing,
    ) -> Result<(), Error> {
        let is_now = |path: &str| self.now.binary_search_by(|now| now.path.cmp(path)).is_ok();
        let mut gone: Vec<(String, Entry)> = Vec::new();
        for path in lock.lines.keys().filter(|path| !is_now(path)) {
            match missing(path) {
                Missing::Gone => gone.extend(lock.entry(path)?.map(|was| (path.clone(), was))),
                Missing::LeftOut(rule) => {
                    let message = format!("is left out now: {rule}");
                    let finding = Finding::new(Code::Lost, path, "", message);
                    self.left_out.push(finding);
                }
                Missing::NotAudited => {}
            }
        }
        if gone.is_empty() {
            return Ok(());
        }
        let lines = new.iter().filter_map(|(at, _)| self.now.get(*at));
        let entries: Vec<Entry> = lines
            .map(|now| parse(now.line).unwrap_or_default())
            .collect();
        let was: Vec<&Entry> = gone.iter().map(|(_, was)| was).collect();
        let names = renamed(&was, &entries.iter().collect::<Vec<_>>());
        for ((path, was), name) in gone.into_iter().zip(names) {
            let now = name.and_then(|name| new.get(name)).map(|(_, read)| *read);
            self.cases.push(Case { path, was, now });
        }
        Ok(())
    }

    /// Whether a case may have lost something, going by its pieces alone.
    fn lacks_something(&self, case: &Case) -> bool {
        let now = case.now.and_then(|read| self.touched.get(read));
        let now = now.and_then(|at| self.now.get(*at));
        let Some(now) = now.and_then(|now| parse(now.line)) else {
            return true;
        };
        now.comments.len() < case.was.comments.len()
            || now.assets.len() < case.was.assets.len()
            || shared(&case.was, &now) < chars(case.was.pieces())
            || now.pieces().count() == 0
            || self.now_path(case) != Some(&case.path)
    }

    fn now_path(&self, case: &Case) -> Option<&str> {
        let at = self.touched.get(case.now?)?;
        Some(self.now.get(*at)?.path)
    }

    /// Findings about what was lost. `present` are the documents to be [`read`](Self::read), in
    /// that order.
    pub fn findings(&self, present: &[Present], policy: &Policy) -> Vec<Finding> {
        let mut findings = self.left_out.clone();
        if self.read.is_empty() && self.cases.iter().all(|case| case.now.is_some()) {
            return findings;
        }
        let losses = losses(&self.cases, present);
        let still = self.still(&losses);
        for ((case, loss), still) in self.cases.iter().zip(&losses).zip(&still) {
            let path = self.now_path(case).unwrap_or(&case.path);
            let limits = policy.limits(path);
            findings.extend(tell(case, loss, present, still.as_ref(), &limits));
        }
        findings
    }

    /// For each case the document that has most of what it said, if it is gone and something of it
    /// is found nowhere new: one that had it before.
    fn still(&self, losses: &[Loss]) -> Vec<Option<Still<'a>>> {
        let is_asked = |(case, loss): &(&Case, &Loss)| case.now.is_none() && loss.gone > 0;
        let asked = || self.cases.iter().zip(losses).filter(is_asked);
        if asked().next().is_none() {
            return vec![None; self.cases.len()];
        }
        let mut holders = Holders::of(asked().map(|(case, _)| &case.was));
        for (at, now) in self.now.iter().enumerate() {
            if let Some(entry) = parse(now.line) {
                holders.add(at, &entry);
            }
        }
        let still = |(case, loss)| {
            let wanted: &Case = Some((case, loss)).filter(is_asked)?.0;
            let having = holders.likely(&wanted.was).into_iter().filter_map(|at| {
                let now = self.now.get(at)?;
                let lacks = chars(wanted.was.pieces()) - shared(&wanted.was, &parse(now.line)?);
                Some(Still {
                    path: now.path,
                    lacks,
                })
            });
            having.min_by_key(|still| still.lacks)
        };
        self.cases.iter().zip(losses).map(still).collect()
    }

    /// The finding that the lock is behind, if it is. `path` is that of the lock file.
    pub fn behind(&self, path: &str) -> Option<Finding> {
        let changed = self.touched.len() - self.new;
        let new = (self.new > 0).then(|| count(self.new as u64, "new document"));
        let changed = (changed > 0).then(|| count(changed as u64, "changed document"));
        let message = match (new, changed) {
            (Some(new), Some(changed)) => format!("does not know {new} and {changed}"),
            (Some(one), None) | (None, Some(one)) => format!("does not know {one}"),
            (None, None) => return None,
        };
        let message = format!("{message}: run `lacuna audit --update`");
        Some(Finding::new(Code::LockBehind, path, "", message))
    }
}

/// The lock of these documents.
pub fn lock_of(now: &[Now<'_>]) -> Lock {
    let lines = now.iter();
    Lock {
        lines: lines
            .map(|now| (now.path.to_owned(), now.line.to_owned()))
            .collect(),
    }
}
