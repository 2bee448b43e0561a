use std::cmp::max;

use lacuna::normalize::{Check, check};
use lacuna::report::{Entry, Event, Json, Options, Renderer, Text};
use lacuna::source::Input;

use crate::Outcome;
use crate::files;
use crate::flags::{NormalizeFlags, NormalizeFormat};
use crate::output::Output;
use crate::reading::{Reader, Reading};
use crate::terminal::terminal;
use crate::words;

/// Shows what each document says. What becomes of the other inputs is said on standard error, since
/// the output is what documents say and no report on them.
pub fn run(flags: &NormalizeFlags) -> anyhow::Result<Outcome> {
    let reader = Reader::new(&flags.reading, false)?;
    let listing = files::list_files(&flags.files)?;
    let mut out = Output::new(renderer(flags), flags.quiet);
    let mut outcome = match listing.unreadable.is_empty() {
        true => Outcome::Done,
        false => Outcome::Incomplete,
    };
    for left in &listing.excluded {
        words::say_about(&left.name, left.rule.name());
    }
    for input in &listing.inputs {
        outcome = max(outcome, document(input, &reader, flags.check, &mut out)?);
    }
    out.finish()?;
    Ok(outcome)
}

fn document(
    input: &Input,
    reader: &Reader,
    checked: bool,
    out: &mut Output,
) -> anyhow::Result<Outcome> {
    let path = input.name.as_str();
    match reader.read_bytes(input) {
        (Reading::Read(witness), bytes) => {
            let check = checked.then(|| check(&bytes, &witness, reader.options()));
            let entry = Entry {
                siglum: "A",
                path,
                witness: &witness,
            };
            let findings = check.as_ref().map(|check| check.findings.as_slice());
            out.event(&Event::Normalized {
                entry,
                check: findings,
            })?;
            Ok(check.map_or(Outcome::Done, |check| judged(path, &check)))
        }
        (Reading::Excluded(rule), _) => {
            words::say_about(path, rule.name());
            Ok(Outcome::Done)
        }
        (Reading::Unreadable(why), _) => {
            words::say_about(path, &why);
            Ok(Outcome::Incomplete)
        }
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
