use std::cmp::max;
use std::path::Path;

use lacuna::normalize::{Check, check};
use lacuna::report::{Entry, Event, Json, Options, Renderer, Text, damage_in_words};
use lacuna::text::Witness;

use crate::Outcome;
use crate::files;
use crate::flags::{NormalizeFlags, NormalizeFormat};
use crate::output::Output;
use crate::reading::{Reader, Reading};
use crate::terminal::terminal;
use crate::words;

/// Shows what each document says, in the order in which they are named. What becomes of the other
/// inputs is said on standard error, since the output is what documents say and no report on them.
pub fn run(flags: &NormalizeFlags) -> anyhow::Result<Outcome> {
    files::ensure_one_stdin(&flags.files)?;
    let reader = Reader::new(&flags.reading, false)?;
    let mut out = Output::new(renderer(flags), flags.output.quiet, &flags.output);
    let mut outcome = Outcome::Done;
    for path in &flags.files {
        outcome = max(outcome, document(path, &reader, flags, &mut out)?);
    }
    out.finish()?;
    Ok(outcome)
}

fn document(
    path: &Path,
    reader: &Reader,
    flags: &NormalizeFlags,
    out: &mut Output,
) -> anyhow::Result<Outcome> {
    let (name, reading, bytes) = reader.read_named(path);
    match reading {
        Reading::Read(witness) => {
            if !flags.output.quiet && flags.format == NormalizeFormat::Text {
                say_trouble(&name, &witness);
            }
            let check = (flags.check).then(|| check(&bytes, &witness, reader.options()));
            let findings = check.as_ref().map(|check| check.findings.as_slice());
            out.event(&Event::Normalized {
                entry: Entry {
                    siglum: "A",
                    path: &name,
                    witness: &witness,
                },
                check: findings,
            })?;
            Ok(check.map_or(Outcome::Done, |check| judged(&name, &check)))
        }
        Reading::Excluded(rule) => {
            words::say_about(&name, rule.name());
            Ok(Outcome::Done)
        }
        Reading::Unreadable(why) => {
            words::say_about(&name, &why);
            Ok(Outcome::Incomplete)
        }
    }
}

/// Says what is wrong with a document or its reading, which its text does not show.
fn say_trouble(name: &str, witness: &Witness) {
    if let Some(damage) = damage_in_words(&witness.damage_counts(), true) {
        words::say_about(name, &format!("damage: {damage}"));
    }
    if let Some(lines) = witness.unsearched {
        let what = Witness::UNSEARCHED;
        words::say_about(name, &format!("from line {} on, {what}", lines.first));
    }
}

/// Says how far the second opinion went, and whether it found anything.
fn judged(path: &str, check: &Check) -> Outcome {
    if check.passed_over > 0 {
        let asked = check.asked + check.passed_over;
        words::say_about(
            path,
            &format!(
                "no second opinion on {} of {asked} HTML blocks: they hold tables or lists, or are too large",
                check.passed_over
            ),
        );
    }
    match check.findings.len() {
        0 => Outcome::Done,
        findings => {
            let plural = if findings == 1 { "" } else { "s" };
            words::say_about(
                path,
                &format!("the check found {findings} disagreement{plural}"),
            );
            Outcome::Found
        }
    }
}

fn renderer(flags: &NormalizeFlags) -> Box<dyn Renderer> {
    let options = Options {
        names: flags.files.len() > 1,
        ..Options::default()
    };
    match flags.format {
        NormalizeFormat::Text => Box::new(Text::new(terminal(&flags.output), options)),
        NormalizeFormat::Json => Box::new(Json::new(options)),
    }
}
