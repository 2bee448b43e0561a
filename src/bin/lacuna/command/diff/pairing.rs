//! Two paths, one of them a folder at least -> which document of one is which of the other.

use std::collections::HashMap;
use std::path::Path;

use anyhow::ensure;
use lacuna::scan::pairs::{Pairing, pair};
use lacuna::scan::{Document, Heap, Memory, Scope, propose};
use lacuna::source::{Excluded, Input, Listing, shown};
use lacuna::text::ExclusionRule;

use crate::files;
use crate::flags::DiffFlags;
use crate::gather::{Inputs, gather};
use crate::progress::{Progress, Stage};
use crate::reading::Reader;
use crate::threads;

const READING: Stage = Stage::new((1, 3), "reading", "files");

const PROPOSING: Stage = Stage::new((2, 3), "looking for candidates", "files");

const COMPARING: Stage = Stage::new((3, 3), "comparing", "pairs");

/// What stands at the two paths.
pub struct Sides {
    pub scope: Scope,
    pub documents: Vec<Document>,
    /// The input of each document.
    inputs: Vec<Input>,
    reader: Reader,
    /// What is left out, and what cannot be read.
    pub listing: Listing,
    /// What is no text, but can be compared by its bytes.
    pub others: Vec<Input>,
}

impl Sides {
    /// Reads what is at the two paths. What lies in both counts for the lower one.
    pub fn read(flags: &DiffFlags, paths: [&Path; 2], progress: &Progress) -> anyhow::Result<Self> {
        ensure_apart(paths)?;
        threads::start(flags.folders.threads)?;
        let scope = Scope::Across(paths.map(shown).to_vec());
        let reader = Reader::new(&flags.reading, files::takes_binary(&flags.selection))?
            .with_min_size(flags.selection.min_size);
        let mut listing = list(flags, paths, &scope)?;
        let inputs: HashMap<String, Input> = (listing.inputs.iter())
            .map(|input| (input.name.clone(), input.clone()))
            .collect();
        progress.stage(READING.of(listing.inputs.len()));
        let memory = Memory::new(flags.folders.memory.saturating_mul(1 << 20));
        let gathered = gather(&mut listing, &reader, &memory, None, progress);
        let others = take_others(&mut listing, inputs);
        Ok(Self {
            scope,
            documents: gathered.documents,
            inputs: gathered.inputs,
            reader,
            listing,
            others,
        })
    }

    /// Pairs the documents, and gives what was found to `tell`.
    pub fn pair<T>(
        self,
        progress: &Progress,
        tell: impl FnOnce(&Heap<'_>, &Pairing, &Rest) -> T,
    ) -> T {
        let source = Inputs {
            inputs: &self.inputs,
            reader: &self.reader,
        };
        let heap = Heap::new(self.documents, &source);
        progress.stage(PROPOSING);
        let proposal = propose(&heap, &self.scope);
        progress.stage(COMPARING.of(proposal.pairs()));
        let done = |pairs: usize| progress.advance(pairs as u64, 0);
        let pairing = pair(&heap, &proposal, &self.scope, done);
        progress.pause();
        let rest = Rest {
            scope: self.scope,
            listing: self.listing,
            others: self.others,
        };
        tell(&heap, &pairing, &rest)
    }
}

/// What is not in the heap.
pub struct Rest {
    pub scope: Scope,
    pub listing: Listing,
    pub others: Vec<Input>,
}

/// A folder has nothing that it lacks itself.
fn ensure_apart([one, two]: [&Path; 2]) -> anyhow::Result<()> {
    let whole = |path: &Path| path.canonicalize().ok();
    let same = whole(one).is_some_and(|one| Some(one) == whole(two));
    ensure!(
        !same,
        "{} and {} are the same folder",
        shown(one),
        shown(two)
    );
    Ok(())
}

fn list(flags: &DiffFlags, paths: [&Path; 2], scope: &Scope) -> anyhow::Result<Listing> {
    let mut all = Listing::default();
    for (place, path) in (0..).zip(paths) {
        let here = |name: &str| scope.place(name) == place;
        let found = files::list_one(path, &flags.selection)?;
        let inputs = found.inputs.into_iter();
        all.inputs.extend(inputs.filter(|input| here(&input.name)));
        let excluded = found.excluded.into_iter();
        all.excluded
            .extend(excluded.filter(|left| here(&left.name)));
        let unreadable = found.unreadable.into_iter();
        all.unreadable
            .extend(unreadable.filter(|input| here(&input.name)));
    }
    all.inputs.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(all)
}

/// Takes out what was left out because there is nothing to read in it.
fn take_others(listing: &mut Listing, mut inputs: HashMap<String, Input>) -> Vec<Input> {
    let mut others = Vec::new();
    listing.excluded.retain(|left: &Excluded| {
        let by_bytes = matches!(
            left.rule,
            ExclusionRule::Binary | ExclusionRule::Empty | ExclusionRule::Damaged
        );
        let other = inputs.remove(&left.name).filter(|_| by_bytes);
        let is_other = other.is_some();
        others.extend(other);
        !is_other
    });
    others
}
