//! A plan -> output and ledger.

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, bail, ensure};
use lacuna::disk::name::from_text;
use lacuna::disk::{Name, NewFolder, digest};
use lacuna::merge::account::{self, Known};
use lacuna::merge::graft::{self, Party, Policy, graft};
use lacuna::merge::ledger::{self, Document, Fate, Header, Lines, Record};
use lacuna::merge::plan::{Outcome, Output, Plan, Source};
use lacuna::merge::{Piece, Rule};
use lacuna::text::{Span, Verdict, Witness};
use rayon::prelude::*;

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

/// One output, made.
struct Made {
    document: Document,
    outcome: Outcome,
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
    let maker = Maker {
        effort,
        folders: &folders,
        plan: &plan,
        policy,
        out,
        originals: Kept::default(),
    };
    let made: anyhow::Result<Vec<Made>> = plan
        .outputs
        .par_iter()
        .map(|output| {
            let made = maker.make(output);
            effort.progress.advance(1, 0);
            made
        })
        .collect();
    effort.progress.pause();
    let made = made?;
    let ledger = write_ledger(&plan, effort, &made);
    for (output, made) in plan.outputs.iter_mut().zip(made) {
        output.result = Some(made.outcome);
    }
    if let Some(out) = out {
        if let Some(config) = &effort.config {
            out.write(&Name::own("lacuna.toml"), config, None)?;
        }
        out.write(&Name::own("ledger.jsonl"), &ledger, None)?;
    }
    Ok(Done { plan })
}

struct Maker<'a> {
    effort: &'a Effort<'a>,
    folders: &'a [PathBuf],
    plan: &'a Plan,
    policy: Policy,
    out: Option<&'a NewFolder<'a>>,
    originals: Kept,
}

/// An input, read again.
struct Text {
    place: Place,
    bytes: Vec<u8>,
    modified: Option<SystemTime>,
    verdict: Option<Verdict>,
    digest: String,
}

impl Maker<'_> {
    fn make(&self, output: &Output) -> anyhow::Result<Made> {
        let sources = std::iter::once(&output.base).chain(&output.copies);
        let texts: Vec<Text> = sources
            .map(|source| self.read(source))
            .collect::<Result<_, _>>()?;
        let base = &texts[0];
        let extension = |text: &Text| text.place.input.extension().map(str::to_owned);
        let same = |text: &Text| text.digest == base.digest && extension(text) == extension(base);
        let made = match texts.iter().all(same) {
            true => carry(output, &texts),
            false => self.merge(output, &texts)?,
        };
        let (bytes, document) = match &made {
            (None, document) => (&base.bytes, document),
            (Some(bytes), document) => (bytes, document),
        };
        if let Some(planned) = &output.result {
            ensure!(
                planned.digest == document.digest,
                "{}: does not come out as it was planned",
                output.path
            );
        }
        if let Some(out) = self.out {
            let name = from_text(&output.path).context("a name in the plan is none")?;
            out.write(&Name::new(&name)?, bytes, base.modified)?;
            self.keep_originals(out, &texts, &document.digest)?;
        }
        let outcome = outcome(document, base.bytes.len());
        Ok(Made {
            document: made.1,
            outcome,
        })
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
            bytes,
            modified,
            verdict: source.verdict.as_ref().and_then(verdict),
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
        let first_with = |text: &Text| {
            texts.iter().position(|other| {
                other.digest == text.digest
                    && other.place.input.extension() == text.place.input.extension()
            })
        };
        let mut firsts: Vec<(usize, Witness)> = Vec::new();
        let mut twins: Vec<(usize, usize)> = Vec::new();
        for (at, text) in texts.iter().enumerate() {
            match first_with(text) {
                Some(first) if first != at => twins.push((first, at)),
                _ => firsts.push((at, self.witness(text)?)),
            }
        }
        let (base, copies) = firsts.split_first_mut().context("a merge without a base")?;
        let _ = base;
        copies.sort_by_cached_key(|(at, witness)| {
            graft::order(
                witness,
                texts[*at].place.dump,
                texts[*at].place.path.clone(),
            )
        });
        let parties: Vec<Party<'_>> = firsts
            .iter()
            .map(|(at, witness)| self.party(&texts[*at], witness))
            .collect();
        let extension = texts[0].place.input.extension();
        let reader = self.effort.reader;
        let reread = |bytes: &[u8]| reader.read_content(bytes, extension).witness();
        let merged = graft(&parties, self.policy, &reread).context("a merge without a base")?;
        let known: Vec<Known> = firsts
            .iter()
            .map(|(at, _)| self.known(&texts[*at]))
            .collect();
        let same: Vec<(usize, Known)> = twins
            .iter()
            .filter_map(|(first, twin)| {
                let place = firsts.iter().position(|(at, _)| at == first)?;
                Some((place, self.known(&texts[*twin])))
            })
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

    fn party<'t>(&'t self, text: &'t Text, witness: &'t Witness) -> Party<'t> {
        let since = |time: SystemTime| match time.duration_since(UNIX_EPOCH) {
            Ok(after) => after.as_nanos() as i64,
            Err(before) => -(before.duration().as_nanos() as i64),
        };
        Party {
            siglum: &self.plan.dumps[text.place.dump].siglum,
            dump: text.place.dump,
            bytes: &text.bytes,
            witness,
            modified: text.modified.map_or(i64::MIN, since),
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
fn carry(output: &Output, texts: &[Text]) -> (Option<Vec<u8>>, Document) {
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
    let document = Document {
        path: output.path.clone(),
        digest: texts[0].digest.clone(),
        bytes: len as u64,
        witnesses: witnesses.collect(),
        pieces: account::pieces(&[whole]),
        readings: Vec::new(),
    };
    (None, document)
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

fn write_ledger(plan: &Plan, effort: &Effort<'_>, made: &[Made]) -> Vec<u8> {
    let mut lines = Lines::default();
    lines.push(&Record::Ledger(Header {
        schema_version: ledger::VERSION,
        program: format!("lacuna {}", env!("CARGO_PKG_VERSION")),
        canonical_form: 1,
        dumps: plan.dumps.clone(),
        prefer: plan.prefer.clone(),
        conflicts: plan.conflicts.clone(),
        originals: effort.originals,
        config: effort.config.is_some(),
    }));
    for made in made {
        lines.push(&Record::Document(made.document.clone()));
    }
    for input in inputs(plan, made) {
        lines.push(&Record::Input(input));
    }
    lines.finish()
}

/// What became of each input, by dump and path.
fn inputs(plan: &Plan, made: &[Made]) -> Vec<ledger::Input> {
    let mut inputs = Vec::new();
    for (output, made) in plan.outputs.iter().zip(made) {
        let alone = output.copies.is_empty();
        let fate = |source: &Source| match source.digest == made.document.digest {
            true if alone => Fate::Carried,
            true if source.verdict.is_some() => Fate::Same,
            _ if source.verdict.is_none() => Fate::Base,
            _ => Fate::Merged,
        };
        let sources = std::iter::once(&output.base).chain(&output.copies);
        inputs.extend(sources.map(|source| ledger::Input {
            siglum: source.siglum.clone(),
            path: source.path.clone(),
            digest: Some(source.digest.clone()),
            fate: fate(source),
            output: Some(output.path.clone()),
            why: None,
        }));
    }
    inputs.extend(plan.left_out.iter().map(|left| ledger::Input {
        siglum: left.siglum.clone(),
        path: left.path.clone(),
        digest: None,
        fate: if left.unreadable {
            Fate::Unreadable
        } else {
            Fate::Excluded
        },
        output: None,
        why: Some(left.why.clone()),
    }));
    let number = |siglum: &str| (siglum.len(), siglum.to_owned());
    inputs.sort_by_cached_key(|input| (number(&input.siglum), input.path.clone()));
    inputs
}
