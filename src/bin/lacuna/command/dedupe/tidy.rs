//! What goes and what stays.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::Path;

use lacuna::dedupe::{
    Act, Apply, Choice, Fit, Group, Means, Planned, QUARANTINE, Side, apply, choose, losses,
};
use lacuna::disk::digest;
use lacuna::normalize::normalize;
use lacuna::report::{CopyFate, StayingCopy, Tidied, TidiedCopy};
use lacuna::scan::{Document, Heap};
use lacuna::source::shown;
use lacuna::text::{Digest, Remnant, RemnantKind, Verdict, Witness};
use rayon::prelude::*;

use super::filed::{Filed, Roots};
use super::heap::Related;
use super::keep::Keep;
use super::resolved;
use crate::disk;
use crate::flags::DedupeFlags;
use crate::progress::Progress;
use crate::reading::Reader;

/// Documents of which the copies are shown as text.
const SHOWN: usize = 20;

/// A heap that is tidied.
pub struct Tidy<'a> {
    flags: &'a DedupeFlags,
    reader: &'a Reader,
    heap: &'a Heap<'a>,
    files: &'a [Filed],
    keep: Keep,
    /// Documents that are another name of one that is preferred.
    same_file: BTreeMap<usize, usize>,
    /// Copies, in the order in which they go, with the index of what stays.
    going: Vec<(usize, usize, Verdict)>,
    fates: Vec<(CopyFate, Option<String>)>,
    staying: Vec<StayingCopy>,
}

impl<'a> Tidy<'a> {
    pub fn new(
        flags: &'a DedupeFlags,
        reader: &'a Reader,
        heap: &'a Heap<'a>,
        files: &'a [Filed],
    ) -> anyhow::Result<Self> {
        let mut tidy = Self {
            flags,
            reader,
            heap,
            files,
            keep: Keep::new(&flags.keep)?,
            same_file: BTreeMap::new(),
            going: Vec::new(),
            fates: Vec::new(),
            staying: Vec::new(),
        };
        tidy.find_same_files();
        Ok(tidy)
    }

    fn document(&self, at: usize) -> &Document {
        &self.heap.documents()[at]
    }

    fn digest(&self, at: usize) -> Digest {
        self.document(at).card.profile.digest
    }

    /// Which of two that hold the same stays: the lesser one.
    fn rank(&self, at: usize) -> (usize, &str) {
        let path = &self.document(at).path;
        (self.keep.rank(&self.files[at].path), path)
    }

    fn find_same_files(&mut self) {
        let mut order: Vec<usize> = (0..self.files.len()).collect();
        order.sort_by_key(|at| self.rank(*at));
        let mut seen = HashMap::new();
        for at in order {
            let Some(id) = self.files[at].id else {
                continue;
            };
            match seen.get(&id) {
                None => drop(seen.insert(id, at)),
                Some(first) => drop(self.same_file.insert(at, *first)),
            }
        }
    }

    /// Chooses what goes.
    pub fn choose(&mut self, related: Vec<Related>, progress: &Progress) {
        let one = |at: usize| *self.same_file.get(&at).unwrap_or(&at);
        let mut groups = Vec::new();
        let mut verdicts = HashMap::new();
        for group in &related {
            let base = one(group.base);
            let mut copies = BTreeSet::new();
            for (copy, verdict) in &group.copies {
                if one(*copy) != base && copies.insert(one(*copy)) {
                    verdicts.insert((base, one(*copy)), *verdict);
                }
            }
            groups.push(Group {
                base,
                copies: copies.into_iter().collect(),
            });
        }
        let known: HashMap<(usize, usize), Option<Vec<Remnant>>> = verdicts
            .par_iter()
            .map(|(pair, verdict)| {
                let losses = self.losses(pair.0, pair.1, Some(*verdict));
                progress.advance(1, 0);
                (*pair, losses)
            })
            .collect();
        let choice = choose(
            &groups,
            |at| self.rank(at),
            |at| self.document(at).card.text_hash(),
            |keeper, copy| match known.get(&(keeper, copy)) {
                Some(losses) => losses.clone(),
                None => self.losses(keeper, copy, None),
            },
        );
        self.take(choice, &verdicts);
    }

    /// What would be lost if `copy` went for `keeper`; `None` if one of them is not what it was.
    fn losses(&self, keeper: usize, copy: usize, verdict: Option<Verdict>) -> Option<Vec<Remnant>> {
        if self.digest(keeper) == self.digest(copy) {
            return Some(Vec::new());
        }
        if verdict == Some(Verdict::Overlapping) {
            return Some(vec![Remnant {
                kind: RemnantKind::Text,
                count: 1,
                line: 0,
            }]);
        }
        let (one, two) = (self.heap.witness(keeper)?, self.heap.witness(copy)?);
        let (keeper, copy) = (self.bytes(keeper)?, self.bytes(copy)?);
        let keeper = Side {
            bytes: &keeper,
            witness: &one,
        };
        let copy = Side {
            bytes: &copy,
            witness: &two,
        };
        Some(losses(keeper, copy, self.flags.allowed()))
    }

    fn bytes(&self, at: usize) -> Option<Vec<u8>> {
        let bytes = fs::read(&self.files[at].path).ok()?;
        (digest(&bytes) == self.digest(at)).then_some(bytes)
    }

    fn take(&mut self, choice: Choice, verdicts: &HashMap<(usize, usize), Verdict>) {
        let path = |at: usize| self.document(at).path.clone();
        let mut staying = Vec::new();
        for (copy, why) in &choice.staying {
            if verdicts.get(&(why.keeper, *copy)) == Some(&Verdict::Overlapping) {
                continue;
            }
            staying.push(StayingCopy {
                path: path(*copy),
                kept: path(why.keeper),
                losses: why.losses.clone(),
                why: match why.losses.is_empty() {
                    true => "is not what it was, or cannot be compared with",
                    false => "",
                },
            });
        }
        let mut going = Vec::new();
        for (copy, keeper) in choice.going {
            let verdict = match verdicts.get(&(keeper, copy)) {
                _ if self.digest(keeper) == self.digest(copy) => Some(Verdict::Identical),
                Some(verdict) => Some(*verdict),
                None => self
                    .heap
                    .relate(keeper, copy)
                    .map(|relation| relation.verdict),
            };
            match verdict {
                Some(verdict) if self.flags.means().fits(verdict) == Fit::Yes => {
                    going.push((copy, keeper, verdict));
                }
                _ => staying.push(StayingCopy {
                    path: path(copy),
                    kept: path(keeper),
                    losses: Vec::new(),
                    why: "has not the same bytes, so it cannot become a link to",
                }),
            }
        }
        for (other, first) in &self.same_file {
            staying.push(StayingCopy {
                path: path(*other),
                kept: path(*first),
                losses: Vec::new(),
                why: "is another name of the same file as",
            });
        }
        staying.sort_by(|one, two| one.path.cmp(&two.path));
        going.sort_by_key(|(copy, keeper, _)| (path(*keeper), path(*copy)));
        self.fates = vec![(CopyFate::Planned, None); going.len()];
        (self.going, self.staying) = (going, staying);
    }

    /// Has what goes go, folder by folder.
    pub fn apply(&mut self, roots: &Roots) -> anyhow::Result<()> {
        let quarantine = self.flags.quarantine.as_deref().map(resolved).transpose()?;
        let mut reach: Vec<_> = roots.iter().map(|(_, root)| root.folder.clone()).collect();
        reach.extend(quarantine.clone());
        let disk = disk::open(reach)?;
        let read = |path: &Path, bytes: &[u8]| self.read(path, bytes);
        let mut fates = self.fates.clone();
        for (index, root) in roots.iter() {
            let here = |(_, (copy, ..)): &(usize, &(usize, usize, Verdict))| {
                self.files[*copy].root == index
            };
            let here: Vec<_> = self.going.iter().enumerate().filter(here).collect();
            if here.is_empty() {
                continue;
            }
            let planned: Vec<Planned> = here.iter().map(|(_, going)| self.planned(going)).collect();
            let how = Apply {
                disk: &*disk,
                folder: &root.folder,
                quarantine: quarantine.as_deref(),
                means: self.flags.means(),
                allow: self.flags.allowed(),
                read: &read,
            };
            apply(&how, &planned, |at, act| {
                fates[here[at].0] = match act {
                    Act::Done(to) => (CopyFate::Done, to.map(|to| roots.shown(&to))),
                    Act::Failed(why) => (CopyFate::Failed(why), None),
                };
            })?;
        }
        self.fates = fates;
        Ok(())
    }

    fn read(&self, path: &Path, bytes: &[u8]) -> Option<Witness> {
        let extension = path.extension().and_then(|extension| extension.to_str());
        normalize(bytes, extension, self.reader.options()).ok()
    }

    fn planned(&self, (copy, keeper, verdict): &(usize, usize, Verdict)) -> Planned {
        Planned {
            path: self.files[*copy].path.clone(),
            digest: self.digest(*copy),
            kept: self.files[*keeper].path.clone(),
            kept_digest: self.digest(*keeper),
            verdict: *verdict,
        }
    }

    /// All of it, to be told.
    pub fn finish(self, roots: &Roots, unreadable: usize) -> Tidied {
        let touched: BTreeSet<usize> = self
            .going
            .iter()
            .map(|(copy, ..)| self.files[*copy].root)
            .collect();
        let folders = match (&self.flags.quarantine, self.flags.means()) {
            (_, Means::Hard | Means::Reflink) => Vec::new(),
            (Some(folder), Means::Move) => vec![shown(folder)],
            (None, Means::Move) => roots
                .iter()
                .filter(|(at, _)| touched.contains(at))
                .map(|(_, root)| shown(&root.named.join(QUARANTINE)))
                .collect(),
        };
        let copies = self.going.iter().zip(&self.fates);
        let copies = copies.map(|((copy, keeper, verdict), (fate, to))| {
            let card = &self.document(*copy).card;
            TidiedCopy {
                path: self.document(*copy).path.clone(),
                fate: fate.clone(),
                kept: self.document(*keeper).path.clone(),
                verdict: Some(*verdict),
                bytes: card.profile.source_len as u64,
                chars: card.chars(),
                to: to.clone(),
            }
        });
        Tidied {
            undo: false,
            applied: self.flags.apply,
            means: self.flags.means().name(),
            folders,
            copies: copies.collect(),
            staying: self.staying,
            unreadable,
            shown: if self.flags.all { 0 } else { SHOWN },
        }
    }
}
