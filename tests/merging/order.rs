//! In which order dumps are named changes nothing but sigla and ties.

use std::collections::{BTreeMap, BTreeSet};
use std::{fmt, fs};

use lacuna::collate::Completeness;
use lacuna::merge::ledger::{Document, Read, Record};
use lacuna::normalize::{Options, normalize};
use lacuna::text::Witness;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::program::lacuna_in;
use crate::tidy::scratch::Scratch;

const DUMPS: [&str; 3] = ["one", "two", "three"];

/// A copy of a text, in a dump.
#[derive(Clone, Debug)]
struct Member {
    dump: usize,
    /// Which of the paragraphs it lacks, and behind which it ends.
    gap: std::ops::Range<usize>,
    end: usize,
    html: bool,
    /// The paragraph of which it has another reading.
    revised: Option<usize>,
    /// The paragraph behind which it has one of its own.
    own: Option<usize>,
}

fn member() -> impl Strategy<Value = Member> {
    (
        0..DUMPS.len(),
        (0..10_usize, 0..3_usize),
        6..=10_usize,
        prop::bool::weighted(0.3),
        prop::option::weighted(0.3, 0..10_usize),
        prop::option::weighted(0.3, 0..10_usize),
    )
        .prop_map(|(dump, (gap, len), end, html, revised, own)| Member {
            dump,
            gap: gap..gap + len,
            end,
            html,
            revised,
            own,
        })
}

/// A paragraph of which no word stands in another one.
fn paragraph(text: usize, number: usize) -> String {
    let words = (0..16).map(|at| format!("kiln{text}x{number}x{at}"));
    words.collect::<Vec<_>>().join(" ")
}

impl Member {
    fn write(&self, scratch: &Scratch, text: usize, copy: usize) {
        let mut paragraphs = vec![paragraph(text, 90)];
        for number in (0..self.end).filter(|number| !self.gap.contains(number)) {
            let said = paragraph(text, number);
            paragraphs.push(match self.revised == Some(number) {
                true => said.replace(
                    &format!("{text}x{number}x7 "),
                    &format!("{text}revised{copy} "),
                ),
                false => said,
            });
            if self.own == Some(number) {
                paragraphs.push(paragraph(text, 50 + copy));
            }
        }
        let (extension, said) = match self.html {
            true => ("html", format!("<p>{}</p>\n", paragraphs.join("</p>\n<p>"))),
            false => ("md", format!("{}\n", paragraphs.join("\n\n"))),
        };
        let path = scratch
            .join(DUMPS[self.dump])
            .join(format!("{text}-{copy}.{extension}"));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, said).unwrap();
    }
}

/// An input: the number of its dump, and its path there.
type Place = (usize, String);

type Inputs = BTreeSet<Place>;
type Outputs = BTreeMap<Inputs, Made>;

/// A file of the output.
#[derive(PartialEq, Eq)]
struct Made {
    path: String,
    bytes: Vec<u8>,
    conflicts: usize,
}

/// Merges the dumps in this order. Gives the files of the output by their inputs.
fn merge(scratch: &Scratch, order: &[usize]) -> Outputs {
    let names: Vec<&str> = order.iter().map(|dump| DUMPS[*dump]).collect();
    let out = format!("out-{}", names.concat());
    lacuna_in(
        scratch.path(),
        [&["merge", "-q", "-o", &out], &names[..]].concat(),
    )
    .expect(0);
    let ledger = fs::read(scratch.join(&out).join(".lacuna/ledger.jsonl")).unwrap();
    let place = |siglum: &str, path: &str| {
        let at = usize::from(siglum.as_bytes()[0] - b'A');
        (order[at], path.to_owned())
    };
    let mut read = Read::default();
    let lines = ledger.split_inclusive(|byte| *byte == b'\n');
    let documents = lines.filter_map(|line| match read.line(line) {
        Some((_, Record::Document(document))) => Some(document),
        _ => None,
    });
    let made = |document: Document| {
        let inputs = document.witnesses.iter();
        let inputs = inputs.map(|party| place(&party.siglum, &party.path));
        let readings = document.readings.iter();
        let made = Made {
            bytes: fs::read(scratch.join(&out).join(&document.path)).unwrap(),
            conflicts: readings
                .filter(|reading| reading.kind.is_conflict())
                .count(),
            path: document.path.clone(),
        };
        (inputs.collect(), made)
    };
    documents.map(made).collect()
}

impl fmt::Debug for Made {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, String::from_utf8_lossy(&self.bytes))
    }
}

fn read(bytes: &[u8], path: &str) -> Witness {
    let extension = path.rsplit('.').next();
    normalize(bytes, extension, &Options::default()).expect("it is small")
}

/// Whether two of the inputs are as complete as each other: then the order of the dumps says which
/// of them supplies bytes and name, and so which ones stay files of their own beside it.
fn is_tie<'p>(scratch: &Scratch, inputs: impl Iterator<Item = &'p Place>) -> bool {
    let mut seen = Vec::new();
    for (dump, path) in inputs {
        let bytes = fs::read(scratch.join(DUMPS[*dump]).join(path)).unwrap();
        let completeness = Completeness::of(&read(&bytes, path));
        if seen.contains(&completeness) {
            return true;
        }
        seen.push(completeness);
    }
    false
}

/// The files of the output that are made of copies of one text.
fn of_text(made: &Outputs, text: usize) -> impl Iterator<Item = (&Inputs, &Made)> {
    let own = format!("{text}-");
    let is_own = move |inputs: &Inputs| inputs.iter().all(|(_, path)| path.starts_with(&own));
    made.iter().filter(move |(inputs, _)| is_own(inputs))
}

/// Their paragraphs, in no order.
fn said(made: &Outputs, text: usize) -> BTreeSet<String> {
    let mut said = BTreeSet::new();
    for (_, made) in of_text(made, text) {
        let witness = read(&made.bytes, &made.path);
        said.extend(witness.text.lines().map(str::to_owned));
    }
    said
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(31), max_shrink_iters: 60, ..ProptestConfig::with_cases(30) })]

    #[test]
    fn the_order_of_dumps_changes_nothing_but_ties(texts in prop::collection::vec(prop::collection::vec(member(), 1..5), 1..5)) {
        let scratch = Scratch::new();
        for dump in DUMPS {
            fs::create_dir_all(scratch.join(dump)).unwrap();
        }
        for (text, members) in texts.iter().enumerate() {
            for (copy, member) in members.iter().enumerate() {
                member.write(&scratch, text, copy);
            }
        }
        let first = merge(&scratch, &[0, 1, 2]);
        for order in [[2, 1, 0], [1, 2, 0], [0, 2, 1]] {
            let other = merge(&scratch, &order);
            for text in 0..texts.len() {
                let inputs = || of_text(&first, text).flat_map(|(inputs, _)| inputs);
                if is_tie(&scratch, inputs()) {
                    let conflicts = [&first, &other].iter().any(|made| of_text(made, text).any(|(_, made)| made.conflicts > 0));
                    prop_assert!(conflicts || said(&first, text) == said(&other, text), "{:?} of {:?}", order, inputs().collect::<Vec<_>>());
                    continue;
                }
                let (one, two): (Vec<_>, Vec<_>) = (of_text(&first, text).collect(), of_text(&other, text).collect());
                prop_assert_eq!(one, two, "{:?}", order);
            }
        }
    }
}
