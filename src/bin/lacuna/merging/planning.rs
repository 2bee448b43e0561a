//! Dumps -> a plan: which files become one, and what they are called.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use lacuna::disk::name::{from_text, to_text};
use lacuna::disk::{Name, digest, places};
use lacuna::merge::ledger::Dump;
use lacuna::merge::plan::{LeftOut, Output, Plan, Source, VERSION};
use lacuna::merge::sets::{Bond, Set, continue_each_other, sets};
use lacuna::scan::{Document, Heap, Memory, ReadAgain, Scan, Scope, Threshold, compare, propose};
use lacuna::text::{Verdict, Witness};
use rayon::prelude::*;

use super::dumps::{self, Place, folder_of};
use super::earlier;
use crate::progress::{Progress, Stage};
use crate::reading::{Reader, Reading};

/// What one file of a dump is.
enum Kind {
    /// A document: its place among those of the heap.
    Text(Box<Document>),
    /// Something that has no text: its digest.
    Other(String),
    /// A file of the dump's own folder: its digest.
    Earlier(String),
    /// Not readable, and why.
    Unreadable(String),
}

/// Plans the merge of `folders`.
pub fn make(
    folders: &[PathBuf],
    prefer: &str,
    conflicts: &str,
    reader: &Reader,
    memory: usize,
    progress: &Progress,
) -> anyhow::Result<Plan> {
    let (dumps, places, mut left_out) = dumps::list(folders)?;
    progress.stage(Stage::new((1, 4), "reading", "files").of(places.len()));
    let memory = Memory::new(memory.saturating_mul(1 << 20));
    let kinds: Vec<Kind> = places
        .par_iter()
        .map(|place| {
            let kind = look(place, reader, &memory);
            progress.advance(1, 0);
            kind
        })
        .collect();
    let mut files = Files::default();
    let (mut documents, mut earlier) = (Vec::new(), Vec::new());
    for (place, kind) in places.into_iter().zip(kinds) {
        match kind {
            Kind::Text(document) => {
                documents.push(*document);
                files.texts.push(place);
            }
            Kind::Other(digest) => files.others.push((place, digest)),
            Kind::Earlier(digest) => earlier.push((place, digest)),
            Kind::Unreadable(why) => left_out.push(LeftOut {
                siglum: super::siglum(place.dump),
                path: place.path,
                unreadable: true,
                why,
            }),
        }
    }
    let source = Again {
        places: &files.texts,
        reader,
    };
    let heap = Heap::new(documents, &source);
    let taken_in = earlier::taken_in(&heap, &files.texts, &earlier, (prefer, conflicts));
    let bonds = taken_in.iter().map(|taken| taken.bond).collect();
    let sets = find(&heap, &files.texts, dumps.len(), bonds, progress);
    anyhow::ensure!(
        heap.changed().is_empty(),
        "a file changed while it was read"
    );
    let whole = taken_in.iter().filter(|taken| taken.by_same_rules);
    let whole = whole
        .map(|taken| (taken.bond.base, taken.bond.copy))
        .collect();
    let mut outputs = files.outputs(&heap, &sets, &whole);
    name(&mut outputs)?;
    outputs.extend(earlier::outputs(&earlier)?);
    left_out.sort();
    Ok(Plan {
        schema_version: VERSION,
        kind: "plan".to_owned(),
        dumps,
        prefer: prefer.to_owned(),
        conflicts: conflicts.to_owned(),
        outputs,
        left_out,
    })
}

fn look(place: &Place, reader: &Reader, memory: &Memory) -> Kind {
    if earlier::inside(&place.path).is_some() {
        return match place.input.read() {
            Ok(bytes) => Kind::Earlier(digest(&bytes).to_string()),
            Err(error) => Kind::Unreadable(error.to_string()),
        };
    }
    let (reading, bytes) = reader.read_bytes(&place.input);
    match reading {
        Reading::Read(witness) => {
            Kind::Text(Box::new(Document::new(heap_path(place), *witness, memory)))
        }
        Reading::Excluded(_) => Kind::Other(digest(&bytes).to_string()),
        Reading::Unreadable(why) => Kind::Unreadable(why),
    }
}

/// The path of a file in the heap: those of the first dump come first.
fn heap_path(place: &Place) -> String {
    format!("{}/{}", folder_name(place.dump), place.path)
}

fn folder_name(dump: usize) -> String {
    format!("{dump:06}")
}

struct Again<'a> {
    places: &'a [Place],
    reader: &'a Reader,
}

impl ReadAgain for Again<'_> {
    fn read_again(&self, at: usize) -> Option<Witness> {
        self.reader.read(&self.places.get(at)?.input).witness()
    }
}

/// Finds out which documents become one.
fn find(
    heap: &Heap<'_>,
    places: &[Place],
    dumps: usize,
    taken_in: Vec<Bond>,
    progress: &Progress,
) -> Vec<Set> {
    progress.stage(Stage::new((2, 4), "looking for candidates", "files"));
    let proposal = propose(heap, &Scope::Across((0..dumps).map(folder_name).collect()));
    progress.stage(Stage::new((3, 4), "comparing", "pairs").of(proposal.pairs()));
    let found = compare(heap, &proposal, &Threshold::default(), |pairs| {
        progress.advance(pairs as u64, 0);
    });
    progress.pause();
    let dumps: Vec<usize> = places.iter().map(|place| place.dump).collect();
    let mut bonds = bonds(heap, &found);
    bonds.extend(taken_in);
    sets(&dumps, &bonds)
}

fn bonds(heap: &Heap<'_>, found: &Scan) -> Vec<Bond> {
    let groups = found.groups.par_iter();
    let bonds = groups.flat_map_iter(|group| {
        group.copies.iter().map(|copy| Bond {
            base: group.base,
            copy: copy.document,
            verdict: match copy.brief.verdict {
                Verdict::Overlapping if goes_on(heap, group.base, copy.document) => {
                    Verdict::Revised
                }
                verdict => verdict,
            },
            of_copy: copy.brief.of_copy,
            taken_in: false,
        })
    });
    bonds.collect()
}

/// Whether one of the two goes on where the other ends.
fn goes_on(heap: &Heap<'_>, base: usize, copy: usize) -> bool {
    let both = heap.witness(base).zip(heap.witness(copy));
    both.is_some_and(|(one, two)| {
        let relation = heap.relate_opened((base, &one), (copy, &two));
        continue_each_other(&relation, &one, &two)
    })
}

/// The files of all dumps, by what they are.
#[derive(Default)]
struct Files {
    texts: Vec<Place>,
    others: Vec<(Place, String)>,
}

impl Files {
    /// The files of the output, by dump and path of their bases. `whole` are the documents that have
    /// taken others in, with these.
    fn outputs(
        &self,
        heap: &Heap<'_>,
        sets: &[Set],
        whole: &HashSet<(usize, usize)>,
    ) -> Vec<Output> {
        let text = |at: usize, verdict: Option<Verdict>| {
            let digest = heap.documents()[at].card.profile.digest.to_string();
            source(&self.texts[at], digest, verdict)
        };
        let texts = sets.iter().map(|set| {
            let place = &self.texts[set.base];
            let copies = set.copies.iter().map(|(copy, verdict)| Source {
                taken_in: whole.contains(&(set.base, *copy)),
                ..text(*copy, Some(*verdict))
            });
            (
                (place.dump, &place.path),
                output(text(set.base, None), copies.collect()),
            )
        });
        let mut all: Vec<_> = texts.collect();
        all.extend(self.others());
        all.sort_by_key(|(place, _)| *place);
        all.into_iter().map(|(_, output)| output).collect()
    }

    /// What has no text: the same bytes in several dumps are one file, under the first name.
    fn others(&self) -> Vec<((usize, &String), Output)> {
        let mut outputs: Vec<((usize, &String), Output)> = Vec::new();
        let mut first_with: HashMap<&str, usize> = HashMap::new();
        for (place, digest) in &self.others {
            let twin = first_with.get(digest.as_str()).copied();
            // A dump stays what it is: copies inside it stay.
            let twin = twin.filter(|twin| outputs[*twin].0.0 != place.dump);
            match twin {
                Some(twin) => {
                    let copy = source(place, digest.clone(), Some(Verdict::Identical));
                    outputs[twin].1.copies.push(copy);
                }
                None => {
                    first_with.entry(digest).or_insert(outputs.len());
                    let base = source(place, digest.clone(), None);
                    outputs.push(((place.dump, &place.path), output(base, Vec::new())));
                }
            }
        }
        outputs
    }
}

pub fn source(place: &Place, digest: String, verdict: Option<Verdict>) -> Source {
    Source {
        siglum: super::siglum(place.dump),
        path: place.path.clone(),
        digest,
        verdict: verdict.map(|verdict| verdict.name().to_owned()),
        taken_in: false,
    }
}

pub fn output(base: Source, copies: Vec<Source>) -> Output {
    Output {
        path: String::new(),
        base,
        copies,
        result: None,
    }
}

/// Gives each output the name of its base; where several would have one name, the first keeps it.
fn name(outputs: &mut [Output]) -> anyhow::Result<()> {
    let wanted: Vec<Vec<u8>> = outputs
        .iter()
        .map(|output| from_text(&output.base.path).unwrap_or_default())
        .collect();
    let wanted: Vec<&[u8]> = wanted.iter().map(Vec::as_slice).collect();
    let found: Vec<Vec<u8>> = places(&wanted);
    for (output, found) in outputs.iter_mut().zip(found) {
        Name::new(&found)?;
        output.path = to_text(&found);
    }
    Ok(())
}

/// Refuses a plan that does not speak of every file of its dumps.
pub fn ensure_nothing_new(plan: &Plan) -> anyhow::Result<()> {
    let folders: Vec<PathBuf> = plan.dumps.iter().map(folder_of).collect::<Result<_, _>>()?;
    let (_, places, _) = dumps::list(&folders)?;
    let sources = plan
        .outputs
        .iter()
        .flat_map(|output| std::iter::once(&output.base).chain(&output.copies));
    let mut known: HashSet<(&str, &str)> = sources
        .map(|source| (source.siglum.as_str(), source.path.as_str()))
        .collect();
    let left = plan.left_out.iter();
    known.extend(left.map(|left| (left.siglum.as_str(), left.path.as_str())));
    for place in &places {
        let siglum = super::siglum(place.dump);
        let is_known = known.contains(&(siglum.as_str(), place.path.as_str()));
        anyhow::ensure!(
            is_known,
            "{}: is new since the merge was planned",
            place.input.name
        );
    }
    Ok(())
}

/// Whether the plan speaks of these dumps and of nothing else.
pub fn ensure_known(plan: &Plan) -> anyhow::Result<()> {
    let sigla: Vec<&str> = plan.dumps.iter().map(|dump| dump.siglum.as_str()).collect();
    for (number, dump) in plan.dumps.iter().enumerate() {
        let Dump { siglum, .. } = dump;
        anyhow::ensure!(
            *siglum == super::siglum(number),
            "{siglum}: is out of order in the plan"
        );
    }
    let sources = plan
        .outputs
        .iter()
        .flat_map(|output| std::iter::once(&output.base).chain(&output.copies));
    for source in sources {
        let known = sigla.contains(&source.siglum.as_str());
        anyhow::ensure!(
            known,
            "{}:{}: is of no dump of the plan",
            source.siglum,
            source.path
        );
    }
    Ok(())
}
