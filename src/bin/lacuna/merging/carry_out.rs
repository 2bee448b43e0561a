//! A plan -> output and ledger.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, bail, ensure};
use lacuna::disk::name::from_text;
use lacuna::disk::{Name, NewFolder, digest};
use lacuna::merge::account::{self, Known};
use lacuna::merge::addresses::{self, Addresses, Moves};
use lacuna::merge::graft::{self, Party, Policy, graft};
use lacuna::merge::ledger::{self, Document, Record};
use lacuna::merge::plan::{Outcome, Output, Plan, Source};
use lacuna::merge::{Piece, Rule};
use lacuna::text::{Span, Verdict, Witness};
use rayon::prelude::*;

use super::book::Book;
use super::dumps::{Place, folder_of};
use super::originals::Kept;
use crate::progress::{Progress, Stage};
use crate::reading::{Reader, Reading};

/// How a plan is carried out.
pub struct Effort<'a> {
    /// How inputs are read.
    pub reader: &'a Reader,
    /// Whether the bytes of inputs that are not in the output are kept.
    pub originals: bool,
    /// The configuration that the reader has, to be kept with the output.
    pub config: Option<Vec<u8>>,
    /// What it tells of its progress.
    pub progress: &'a Progress,
}

/// What was made.
pub struct Done {
    /// The plan, with what came of it.
    pub plan: Plan,
}

/// Makes all outputs of a plan, and writes them to `out`, if there is one.
pub fn carry_out(
    mut plan: Plan,
    effort: &Effort<'_>,
    out: Option<&NewFolder<'_>>,
) -> anyhow::Result<Done> {
    super::planning::ensure_known(&plan)?;
    let folders: Vec<PathBuf> = plan.dumps.iter().map(folder_of).collect::<Result<_, _>>()?;
    let policy = super::policy(&plan.prefer, &plan.conflicts, &plan.dumps)?;
    effort.progress.stage(
        Stage::new(
            (4, 4),
            if out.is_some() { "writing" } else { "merging" },
            "files",
        )
        .of(plan.outputs.len()),
    );
    let mut ledger = out.map(|out| Book::begin(out, &plan, effort)).transpose()?;
    let maker = Maker {
        effort,
        folders: &folders,
        plan: &plan,
        policy,
        out,
        originals: Kept::default(),
        moves: moves(&plan),
    };
    let mut outcomes = Vec::with_capacity(plan.outputs.len());
    for outputs in plan.outputs.chunks(AT_ONCE) {
        let made: anyhow::Result<Vec<(Outcome, String)>> = outputs
            .par_iter()
            .map(|output| {
                let made = maker.make(output);
                effort.progress.advance(1, 0);
                made
            })
            .collect();
        for (outcome, line) in made? {
            outcomes.push(outcome);
            ledger.as_mut().map_or(Ok(()), |ledger| ledger.add(&line))?;
        }
    }
    effort.progress.pause();
    for (output, outcome) in plan.outputs.iter_mut().zip(outcomes) {
        output.result = Some(outcome);
    }
    if let Some((out, config)) = out.zip(effort.config.as_ref()) {
        out.write(&Name::own("lacuna.toml"), config, None)?;
    }
    ledger.map_or(Ok(()), |ledger| ledger.finish(&plan))?;
    Ok(Done { plan })
}

/// How many outputs are made before their lines go to the ledger: so many lines are in memory.
const AT_ONCE: usize = 64;

/// Where each input is in the output.
fn moves(plan: &Plan) -> Moves {
    let mut moves = Moves::default();
    let sigla = plan.dumps.iter().map(|dump| dump.siglum.as_str()).zip(0..);
    let sigla: HashMap<&str, usize> = sigla.collect();
    for output in &plan.outputs {
        for source in std::iter::once(&output.base).chain(&output.copies) {
            let paths = from_text(&source.path).zip(from_text(&output.path));
            if let (Some(dump), Some((path, output))) = (sigla.get(&*source.siglum), paths) {
                moves.insert(*dump, path, output);
            }
        }
    }
    moves
}

struct Maker<'a> {
    effort: &'a Effort<'a>,
    folders: &'a [PathBuf],
    plan: &'a Plan,
    policy: Policy,
    out: Option<&'a NewFolder<'a>>,
    originals: Kept,
    moves: Moves,
}

/// An input, read again.
struct Text {
    place: Place,
    /// Its path in its dump, byte for byte.
    path: Vec<u8>,
    bytes: Vec<u8>,
    modified: Option<SystemTime>,
    verdict: Option<Verdict>,
    taken_in: bool,
    digest: String,
}

impl Maker<'_> {
    /// Makes an output: what came of it, and its line in the ledger.
    fn make(&self, output: &Output) -> anyhow::Result<(Outcome, String)> {
        let sources = std::iter::once(&output.base).chain(&output.copies);
        let texts: Vec<Text> = sources
            .map(|source| self.read(source))
            .collect::<Result<_, _>>()?;
        let base = &texts[0];
        let extension = |text: &Text| text.place.input.extension().map(str::to_owned);
        let same = |text: &Text| text.digest == base.digest && extension(text) == extension(base);
        let (made, document) = match texts.iter().all(same) {
            true => (None, carry(output, &texts)),
            false => self.merge(output, &texts)?,
        };
        let bytes = made.as_ref().unwrap_or(&base.bytes);
        if let Some(planned) = &output.result {
            ensure!(
                planned.digest == document.digest,
                "{}: does not come out as it was planned",
                output.path
            );
        }
        if let Some(out) = self.out {
            let name = from_text(&output.path).context("a name in the plan is none")?;
            out.write(&Name::of_output(&name)?, bytes, base.modified)?;
            self.keep_originals(out, &texts, &document.digest)?;
        }
        let outcome = outcome(&document, base.bytes.len());
        Ok((outcome, ledger::line(&Record::Document(document))))
    }

    /// Reads an input, which must be what it was when the plan was made.
    fn read(&self, source: &Source) -> anyhow::Result<Text> {
        let dump = self
            .plan
            .dumps
            .iter()
            .position(|dump| dump.siglum == source.siglum);
        let dump = dump.context("an input of no dump")?;
        let place = Place::at(dump, &self.folders[dump], &source.path)?;
        let bytes = place
            .input
            .read()
            .with_context(|| place.input.name.clone())?;
        let found = digest(&bytes).to_string();
        if found != source.digest {
            bail!(
                "{}: has changed since the merge was planned",
                place.input.name
            );
        }
        let path = place.input.absolute();
        let modified = path.and_then(|path| path.metadata().ok()?.modified().ok());
        let verdict = |name: &String| Verdict::ALL.into_iter().find(|known| known.name() == name);
        Ok(Text {
            path: from_text(&source.path).context("a name in the plan is none")?,
            bytes,
            modified,
            verdict: source.verdict.as_ref().and_then(verdict),
            taken_in: source.taken_in,
            digest: found,
            place,
        })
    }

    fn merge(
        &self,
        output: &Output,
        texts: &[Text],
    ) -> anyhow::Result<(Option<Vec<u8>>, Document)> {
        // Those that have the bytes of another one are told with it, and read once.
        let mut firsts: Vec<(usize, Witness)> = Vec::new();
        let mut twins: Vec<(usize, usize)> = Vec::new();
        let mut first_with: HashMap<(&str, Option<&str>), usize> = HashMap::new();
        for (at, text) in texts.iter().enumerate() {
            match first_with.entry((&text.digest, text.place.input.extension())) {
                Entry::Occupied(first) => twins.push((*first.get(), at)),
                Entry::Vacant(place) => {
                    place.insert(at);
                    firsts.push((at, self.witness(text)?));
                }
            }
        }
        // The base is the first text, and so is read first.
        let copies = firsts.get_mut(1..).unwrap_or_default();
        copies.sort_by_cached_key(|(at, witness)| {
            graft::order(
                witness,
                texts[*at].place.dump,
                texts[*at].place.path.clone(),
            )
        });
        // Addresses that lead to one file are compared as the output would write them, and told as
        // they are.
        let path = from_text(&output.path).context("a name in the plan is none")?;
        let addresses = |at: usize| Addresses {
            moves: Some(&self.moves),
            dump: texts[at].place.dump,
            path: &texts[at].path,
            output: &path,
        };
        let targets: Vec<Vec<String>> = firsts
            .iter_mut()
            .map(|(at, witness)| addresses(*at).resolve(witness))
            .collect();
        let extension = texts[0].place.input.extension();
        let reader = self.effort.reader;
        let reread = |bytes: &[u8]| reader.read_content(bytes, extension).witness();
        let parties: Vec<Party<'_>> = firsts
            .iter()
            .map(|(at, witness)| self.party(&texts[*at], witness, addresses(*at)))
            .collect();
        let merged = graft(&parties, self.policy, &reread).context("a merge without a base")?;
        for ((_, witness), targets) in firsts.iter_mut().zip(targets) {
            addresses::restore(witness, targets);
        }
        let known: Vec<Known> = firsts
            .iter()
            .map(|(at, _)| self.known(&texts[*at]))
            .collect();
        let places: HashMap<usize, usize> = firsts.iter().map(|(at, _)| *at).zip(0..).collect();
        let same: Vec<(usize, Known)> = twins
            .iter()
            .filter_map(|(first, twin)| Some((*places.get(first)?, self.known(&texts[*twin]))))
            .collect();
        let parties: Vec<Party<'_>> = firsts
            .iter()
            .map(|(at, witness)| self.party(&texts[*at], witness, addresses(*at)))
            .collect();
        let document = account::document(output.path.clone(), &merged, &parties, &known, &same);
        Ok((Some(merged.bytes), document))
    }

    fn witness(&self, text: &Text) -> anyhow::Result<Witness> {
        match self
            .effort
            .reader
            .read_content(&text.bytes, text.place.input.extension())
        {
            Reading::Read(witness) => Ok(*witness),
            Reading::Excluded(rule) => bail!("{}: {}", text.place.input.name, rule.name()),
            Reading::Unreadable(why) => bail!("{}: {why}", text.place.input.name),
        }
    }

    fn party<'t>(
        &'t self,
        text: &'t Text,
        witness: &'t Witness,
        addresses: Addresses<'t>,
    ) -> Party<'t> {
        let since = |time: SystemTime| match time.duration_since(UNIX_EPOCH) {
            Ok(after) => after.as_nanos() as i64,
            Err(before) => -(before.duration().as_nanos() as i64),
        };
        Party {
            siglum: &self.plan.dumps[text.place.dump].siglum,
            dump: text.place.dump,
            bytes: &text.bytes,
            witness,
            addresses,
            modified: text.modified.map_or(i64::MIN, since),
            taken_in: text.taken_in,
        }
    }

    fn known(&self, text: &Text) -> Known {
        Known {
            siglum: self.plan.dumps[text.place.dump].siglum.clone(),
            path: text.place.path.clone(),
            verdict: text.verdict,
        }
    }

    fn keep_originals(
        &self,
        out: &NewFolder<'_>,
        texts: &[Text],
        output: &str,
    ) -> anyhow::Result<()> {
        let others = texts.iter().filter(|text| text.digest != output);
        for text in others.filter(|_| self.effort.originals) {
            self.originals.keep(out, &text.digest, &text.bytes)?;
        }
        Ok(())
    }
}

/// An output that has the bytes of its base, and all other inputs too.
fn carry(output: &Output, texts: &[Text]) -> Document {
    let len = texts[0].bytes.len();
    let sources = std::iter::once(&output.base).chain(&output.copies);
    let witnesses = sources.map(|source| ledger::Party {
        siglum: source.siglum.clone(),
        path: source.path.clone(),
        digest: source.digest.clone(),
        bytes: len as u64,
        verdict: source.verdict.clone().unwrap_or_else(|| "base".to_owned()),
        text_digest: None,
        testimony_digest: None,
        recipe: None,
    });
    let whole = Piece {
        len,
        rule: Rule::Base,
        from: Some((0, Span::new(0, len))),
    };
    Document {
        path: output.path.clone(),
        digest: texts[0].digest.clone(),
        bytes: len as u64,
        witnesses: witnesses.collect(),
        pieces: account::pieces(&[whole]),
        readings: Vec::new(),
    }
}

fn outcome(document: &Document, base: usize) -> Outcome {
    let kept = document
        .pieces
        .iter()
        .filter(|piece| piece.rule == Rule::Base.name())
        .map(|piece| piece.span.1 - piece.span.0)
        .sum::<u64>()
        .min(base as u64);
    let count = |is: fn(&ledger::ReadingKind) -> bool| {
        document
            .readings
            .iter()
            .filter(|reading| is(&reading.kind))
            .count() as u64
    };
    Outcome {
        digest: document.digest.clone(),
        grafted: document.bytes - kept,
        conflicts: count(|kind| kind.is_conflict()),
        left_out: count(|kind| kind.is_left_out()),
    }
}
