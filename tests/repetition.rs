//! Text that repeats itself: what is told of it is counted right, and where not everything was
//! tried, that is told.

use lacuna::collate::collate;
use lacuna::normalize::{Options, normalize};
use lacuna::text::{Relation, Section, Verdict, Witness};

fn read(extension: &str, text: &str) -> Witness {
    normalize(text.as_bytes(), Some(extension), &Options::default()).expect("small")
}

fn compare(extension: &str, base: &str, copy: &str) -> (Witness, Witness, Relation) {
    let (base, copy) = (read(extension, base), read(extension, copy));
    let relation = collate(&base, &copy);
    (base, copy, relation)
}

/// What is said of each passage that only one side has: `- text` or `+ text`.
fn told(base: &Witness, copy: &Witness, relation: &Relation) -> Vec<String> {
    let lacking = relation.lacking().map(|passage| ("-", base, passage));
    let extra = relation.extra().map(|passage| ("+", copy, passage));
    let say = |(sign, witness, passage): (&str, &Witness, lacuna::text::Passage)| {
        format!("{sign} {}", &witness.match_text[passage.match_text.range()])
    };
    lacking.chain(extra).map(say).collect()
}

/// Paragraphs without an order, the same ones each time.
fn noise(mut state: u32, words: &[&str], len: usize) -> String {
    let next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        words[state as usize % words.len()]
    };
    let paragraphs = std::iter::repeat_with(next).take(len);
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

#[test]
fn what_was_not_tried_is_told() {
    let lines = ["A line that comes again.", "And so does this one.", "Yes."];
    let (one, other) = (noise(1, &lines, 1200), noise(2, &lines, 1200));
    let (.., relation) = compare("txt", &one, &other);
    let told = relation.approximations.iter().map(|one| one.what);
    let what = "not every order in which repeated text may correspond was tried";
    assert!(
        told.clone().any(|one| one == what),
        "{:?}",
        told.collect::<Vec<_>>()
    );
}

/// As much in another order, but nothing that stands twice: all of it is tried.
#[test]
fn a_new_order_alone_is_no_reason() {
    let word = |at: usize| format!("{:x}", (at as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let paragraph = |at: usize| [3 * at, 3 * at + 1, 3 * at + 2].map(word).join(" ") + ".";
    let ordered: Vec<String> = (0..1200).map(paragraph).collect();
    let mixed: Vec<String> = (0..1200).map(|at| paragraph(at * 7 % 1200)).collect();
    let (.., relation) = compare("txt", &ordered.join("\n\n"), &mixed.join("\n\n"));
    assert_eq!(relation.approximations, []);
    assert_eq!(relation.lacking().count() + relation.extra().count(), 0);
}
