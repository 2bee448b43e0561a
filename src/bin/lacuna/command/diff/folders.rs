//! Folder against folder.

use std::cmp::Reverse;
use std::path::Path;

use anyhow::ensure;
use lacuna::collate::{collate, passages};
use lacuna::report::{
    self, Document, Entry, Event, FolderSummary, Lost, NotShown, OnlyIn, OtherFile, Side,
};
use lacuna::scan::Heap;
use lacuna::scan::pairs::{Pair, Pairing};
use lacuna::source::{Excluded, Unreadable, shown};
use lacuna::text::{Loss, Passage, Relation, Verdict};

use super::other_files::{self, Other};
use super::pairing::{Rest, Sides};
use super::renderer;
use crate::Outcome;
use crate::events::CHANGED;
use crate::flags::{DiffFlags, DiffFormat, FailOn, Only};
use crate::output::Output;
use crate::progress::Progress;
use crate::words;

/// How many pairs people are shown.
const SHOWN: usize = 20;

/// Says what the second folder lacks of the first.
pub fn run(flags: &DiffFlags, paths: [&Path; 2]) -> anyhow::Result<Outcome> {
    ensure!(
        flags.only != Some(Only::Variants),
        "--only variants is for two documents; of two folders it can be lacking or extra"
    );
    let progress = Progress::new(flags.output.quiet);
    let sides = Sides::read(flags, paths, &progress)?;
    sides.pair(&progress, |heap, pairing, rest| {
        report(flags, paths, heap, pairing, rest)
    })
}

fn report(
    flags: &DiffFlags,
    paths: [&Path; 2],
    heap: &Heap<'_>,
    pairing: &Pairing,
    rest: &Rest,
) -> anyhow::Result<Outcome> {
    let (others, unreadable) = other_files::compare(&rest.others, &rest.scope);
    let teller = Teller {
        flags,
        heap,
        pairing,
        rest,
    };
    // The lines with the numbers are for people: no other format has them when it is quiet.
    let silent = flags.output.quiet && !is_for_people(flags);
    let mut out = Output::new(renderer(flags), silent, &flags.output);
    let mut summary = summary(paths, heap, pairing, rest, &others);
    summary.unreadable += unreadable.len();
    out.event(&Event::FolderDiff(&summary))?;
    if !has_pairs_only(flags) {
        teller.pairs(&mut out)?;
        teller.only(&mut out)?;
        teller.others(&others, &mut out)?;
        teller.left_out(&unreadable, &mut out)?;
    }
    if is_full(flags) && !flags.output.quiet {
        teller.whole(&mut out)?;
    }
    out.finish()?;
    for changed in heap.changed() {
        words::say_about(&heap.documents()[changed].path, CHANGED);
    }
    // Documents that cannot be read were told of when they were read.
    for input in &unreadable {
        words::say_about(&input.name, &input.why);
    }
    let fails = match flags.fail_on {
        FailOn::Differences => summary.differs(),
        FailOn::Lost => summary.loses(),
    };
    let is_whole =
        rest.listing.unreadable.is_empty() && unreadable.is_empty() && heap.changed().is_empty();
    Ok(match fails {
        _ if !is_whole => Outcome::Incomplete,
        true => Outcome::Found,
        false => Outcome::Done,
    })
}

/// Whether nothing is shown but the texts of pairs, for programs, by path.
fn has_pairs_only(flags: &DiffFlags) -> bool {
    matches!(flags.format, DiffFormat::Unified | DiffFormat::Tei)
}

/// Whether what is the same is listed, too, below what differs.
fn has_lists(flags: &DiffFlags) -> bool {
    is_for_people(flags) || flags.format == DiffFormat::Html
}

fn is_for_people(flags: &DiffFlags) -> bool {
    matches!(flags.format, DiffFormat::Text | DiffFormat::SideBySide)
}

/// Whether pairs are shown passage by passage.
fn is_full(flags: &DiffFlags) -> bool {
    match flags.format {
        DiffFormat::Text => flags.folders.full,
        DiffFormat::SideBySide | DiffFormat::Html => true,
        DiffFormat::Unified | DiffFormat::Tei => true,
        DiffFormat::Json => false,
    }
}

struct Teller<'t, 'h> {
    flags: &'t DiffFlags,
    heap: &'t Heap<'h>,
    pairing: &'t Pairing,
    rest: &'t Rest,
}

impl Teller<'_, '_> {
    fn pairs(&self, out: &mut Output) -> anyhow::Result<()> {
        let Shown { pairs, hidden } = self.shown();
        for pair in pairs {
            self.pair(pair, out)?;
        }
        if hidden > 0 {
            out.event(&Event::NotShown {
                what: NotShown::Pairs,
                count: hidden,
            })?;
        }
        if has_lists(self.flags) {
            for pair in self.pairing.pairs.iter().filter(|pair| !differs(pair)) {
                self.plain(pair, out)?;
            }
        }
        Ok(())
    }

    /// The pairs to tell whole. People see those first of which most is lost, programs all by path.
    fn shown(&self) -> Shown<'_> {
        let mut pairs: Vec<&Pair> = self.pairing.pairs.iter().collect();
        if self.flags.format == DiffFormat::Json {
            return Shown { pairs, hidden: 0 };
        }
        pairs.retain(|pair| differs(pair));
        let only = self.flags.only;
        pairs.retain(|pair| match only {
            Some(Only::Lacking) => !pair.lost.1.is_empty(),
            Some(Only::Extra) => !pair.gained.1.is_empty(),
            _ => true,
        });
        pairs.sort_by_key(|pair| {
            let (lost, gained) = (stake(&pair.lost.1), stake(&pair.gained.1));
            let stake = match only {
                Some(Only::Extra) => (gained, lost),
                _ => (lost, gained),
            };
            let path = &self.heap.documents()[pair.base].path;
            (Reverse(stake), path, pair.standing)
        });
        let all = self.flags.folders.all || is_full(self.flags);
        let shown = if all { pairs.len() } else { SHOWN };
        let hidden = pairs.len().saturating_sub(shown);
        pairs.truncate(shown);
        Shown { pairs, hidden }
    }

    /// A pair with all that there is to say of it.
    fn pair(&self, pair: &Pair, out: &mut Output) -> anyhow::Result<()> {
        if !differs(pair) && pair.lost.1.is_empty() && pair.gained.1.is_empty() {
            return self.plain(pair, out);
        }
        self.open(pair, |base, copy, relation| {
            let lost = passages(base.witness, &pair.lost.0.text);
            let gained = passages(copy.witness, &pair.gained.0.text);
            let details = report::Details {
                base,
                copy,
                relation,
                lost: all_lost(&lost, &pair.lost.0),
                gained: all_lost(&gained, &pair.gained.0),
            };
            let elsewhere = self.names(&pair.elsewhere);
            out.event(&Event::Pair(&report::Pair {
                details: Some(details),
                ..self.record(pair, &elsewhere)
            }))
        })
    }

    /// Each pair that differs, passage by passage, in the order of the report; for programs, by path.
    fn whole(&self, out: &mut Output) -> anyhow::Result<()> {
        let mut pairs = self.shown().pairs;
        if has_pairs_only(self.flags) {
            let path = |at: usize| &self.heap.documents()[at].path;
            pairs.sort_by_key(|pair| (path(pair.base), path(pair.copy)));
        }
        for pair in pairs {
            self.open(pair, |base, copy, relation| {
                out.event(&Event::Compared {
                    base,
                    copy,
                    relation,
                })
            })?;
        }
        Ok(())
    }

    /// Compares the documents of a pair once more, to show it. Of one that has changed there is
    /// nothing to show.
    fn open(
        &self,
        pair: &Pair,
        show: impl FnOnce(Entry<'_>, Entry<'_>, &Relation) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let both = self
            .heap
            .witness(pair.base)
            .zip(self.heap.witness(pair.copy));
        let Some((base, copy)) = both else {
            return Ok(());
        };
        let one = Entry {
            siglum: "A",
            path: &self.heap.documents()[pair.base].path,
            witness: &base,
        };
        let two = Entry {
            siglum: "B",
            path: &self.heap.documents()[pair.copy].path,
            witness: &copy,
        };
        show(one, two, &collate(&base, &copy))
    }

    /// A pair without what the two say.
    fn plain(&self, pair: &Pair, out: &mut Output) -> anyhow::Result<()> {
        let elsewhere = self.names(&pair.elsewhere);
        let record = self.record(pair, &elsewhere);
        out.event(&Event::Pair(&record))
    }

    fn record<'r>(&'r self, pair: &Pair, elsewhere: &'r [&'r str]) -> report::Pair<'r> {
        report::Pair {
            standing: pair.standing,
            base: self.document(pair.base),
            copy: self.document(pair.copy),
            verdict: pair.verdict,
            reversed: pair.reversed,
            coverage: pair.coverage,
            lost: pair.lost.1,
            gained: pair.gained.1,
            elsewhere,
            details: None,
        }
    }

    fn document(&self, at: usize) -> Document<'_> {
        let document = &self.heap.documents()[at];
        Document {
            path: self.rest.scope.below(&document.path),
            profile: &document.card.profile,
        }
    }

    fn names(&self, documents: &[usize]) -> Vec<&str> {
        let name = |at: &usize| self.document(*at).path;
        documents.iter().map(name).collect()
    }

    fn only(&self, out: &mut Output) -> anyhow::Result<()> {
        for (in_base, list) in [true, false].into_iter().zip(&self.pairing.only) {
            for only in list {
                let near = self.names(&only.near);
                let record = OnlyIn {
                    in_base,
                    document: self.document(only.document),
                    loss: only.loss,
                    near: &near,
                };
                out.event(&Event::Only(&record))?;
            }
        }
        Ok(())
    }

    fn others(&self, others: &[Other], out: &mut Output) -> anyhow::Result<()> {
        for other in others {
            out.event(&Event::OtherFile(&OtherFile {
                standing: other.standing,
                base: other.base.as_deref(),
                copy: other.copy.as_deref(),
            }))?;
        }
        Ok(())
    }

    fn left_out(&self, unreadable: &[Unreadable], out: &mut Output) -> anyhow::Result<()> {
        let told = !self.flags.output.quiet;
        for boilerplate in self.pairing.boilerplate.iter().filter(|_| told) {
            out.event(&Event::Boilerplate {
                excerpt: &boilerplate.excerpt,
                documents: boilerplate.documents,
                of: self.pairing.texts,
            })?;
        }
        for Excluded { name, rule } in self.rest.listing.excluded.iter().filter(|_| told) {
            let (path, rule) = (name.as_str(), *rule);
            out.event(&Event::Excluded { path, rule })?;
        }
        let changed = self.heap.changed();
        let changed =
            (changed.iter()).map(|at| (self.heap.documents()[*at].path.as_str(), CHANGED));
        let listed = self.rest.listing.unreadable.iter().chain(unreadable);
        let listed = listed.map(|input| (input.name.as_str(), input.why.as_str()));
        let mut all: Vec<(&str, &str)> = listed.chain(changed).collect();
        all.sort_unstable();
        for (path, why) in all {
            out.event(&Event::Unreadable { path, why })?;
        }
        Ok(())
    }
}

/// The pairs to tell whole, and how many others there are.
struct Shown<'p> {
    pairs: Vec<&'p Pair>,
    hidden: usize,
}

/// Whether there is more to say of a pair than that it is one.
fn differs(pair: &Pair) -> bool {
    use report::Standing::{AgainInBase, AgainInCopy, Same};
    match pair.standing {
        Same => false,
        AgainInBase | AgainInCopy => !pair.lost.1.is_empty() || !pair.gained.1.is_empty(),
        _ => true,
    }
}

/// How much is lost, to order by.
fn stake(loss: &Loss) -> (u64, u64, u64) {
    (loss.chars, loss.comments, loss.assets)
}

fn all_lost<'l>(passages: &'l [Passage], lacunae: &'l lacuna::text::Lacunae) -> Lost<'l> {
    Lost {
        passages,
        comments: &lacunae.comments,
        assets: &lacunae.assets,
    }
}

fn summary(
    paths: [&Path; 2],
    heap: &Heap<'_>,
    pairing: &Pairing,
    rest: &Rest,
    others: &[Other],
) -> FolderSummary {
    let mut sides = paths.map(|path| Side {
        path: shown(path),
        ..Side::default()
    });
    for document in heap.documents() {
        if let Some(side) = sides.get_mut(rest.scope.place(&document.path) as usize) {
            side.documents += 1;
            side.bytes += document.card.profile.source_len as u64;
        }
    }
    let [base, copy] = sides;
    let mut summary = FolderSummary {
        base,
        copy,
        only: [0, 1].map(|side| pairing.only[side].len()),
        excluded: rest.listing.excluded.len(),
        unreadable: rest.listing.unreadable.len() + heap.changed().len(),
        compared: pairing.compared,
        ..FolderSummary::default()
    };
    let below = |at: usize| rest.scope.below(&heap.documents()[at].path);
    for pair in &pairing.pairs {
        summary.standings[pair.standing.index()] += 1;
        let renamed = pair.standing.is_main() && below(pair.base) != below(pair.copy);
        summary.renamed += usize::from(renamed);
        summary.approximated += usize::from(pair.approximated);
        summary.lost += pair.lost.1;
        summary.gained += pair.gained.1;
    }
    for (loss, only) in summary.only_loss.iter_mut().zip(&pairing.only) {
        only.iter().for_each(|one| *loss += one.loss);
    }
    for other in others {
        summary.files[other.standing.index()] += 1;
    }
    debug_assert!(
        pairing
            .pairs
            .iter()
            .all(|pair| pair.verdict != Verdict::Unrelated)
    );
    summary
}
