//! A comparison shows all that differs, whole, and with `--only` nothing else.

use proptest::prelude::*;

use super::sample::{collate, entry, rendered, witness};
use crate::report::{Event, Only, Options, Terminal, Text};
use crate::text::{Edit, Passage, Relation, Witness};

fn diff(base: &Witness, copy: &Witness, relation: &Relation, only: Option<Only>) -> String {
    let terminal = Terminal {
        width: 80,
        colour: false,
        ascii: true,
    };
    let options = Options {
        only,
        context: Some(0),
        ..Options::default()
    };
    let event = Event::Compared {
        base: entry("A", "", base),
        copy: entry("B", "", copy),
        relation,
    };
    rendered(Text::new(terminal, options), &[event])
}

/// What a comparison marks of one side, without white space: lines with one of two signs, and in
/// the lines that both have what stands in brackets of theirs.
fn shown(diff: &str, [sign, moved]: [char; 2]) -> String {
    let mut shown = String::new();
    let mut inside = None;
    for line in diff.lines().filter_map(|line| line.get(8..)) {
        let mut chars = line.chars().peekable();
        let own = chars.next();
        let whole = own == Some(sign) || own == Some(moved);
        while let Some(c) = chars.next() {
            let next = chars.peek().copied();
            if whole {
                shown.push(c);
            } else if own != Some('~') {
                break;
            } else if inside.is_none() && ['[', '{'].contains(&c) {
                inside = chars.next();
            } else if inside == Some(c) && (next == Some(']') || next == Some('}')) {
                inside = None;
                chars.next();
            } else if inside == Some(sign) || inside == Some(moved) {
                shown.push(c);
            }
        }
    }
    for mark in ["[-", "-]", "{+", "+}", "[>", ">]", "{<", "<}", " "] {
        shown = shown.replace(mark, "");
    }
    shown
}

const OF_BASE: [char; 2] = ['-', '>'];
const OF_COPY: [char; 2] = ['+', '<'];

fn said(witness: &Witness, passage: Passage) -> &str {
    &witness.match_text[passage.match_text.range()]
}

fn words() -> impl Strategy<Value = String> {
    let line = prop::collection::vec(
        prop::sample::select(vec!["red", "blue", "字", "句子", "x"]),
        1..5,
    );
    let lines = prop::collection::vec(line.prop_map(|words| words.join(" ")), 1..8);
    lines.prop_map(|lines| lines.join("\n"))
}

proptest! {
    #[test]
    fn all_that_differs_is_shown(base in words(), copy in words()) {
        let (base, copy) = (witness(&base), witness(&copy));
        let relation = collate(&base, &copy);
        let text = diff(&base, &copy, &relation, None);
        let (left, right) = (shown(&text, OF_BASE), shown(&text, OF_COPY));
        for edit in &relation.edits {
            match *edit {
                Edit::Lacking { base: gone, .. }
                | Edit::Moved { base: gone, .. }
                | Edit::Repeated { base: gone, .. } => {
                    prop_assert!(left.contains(said(&base, gone)), "{text}");
                }
                Edit::Extra { copy: new, .. } | Edit::RepeatedHere { copy: new, .. } => {
                    prop_assert!(right.contains(said(&copy, new)), "{text}");
                }
                Edit::Variant { base: one, copy: other } => {
                    prop_assert!(left.contains(said(&base, one)), "{text}");
                    prop_assert!(right.contains(said(&copy, other)), "{text}");
                }
                Edit::Same { .. } | Edit::MovedHere { .. } => {}
            }
        }
    }

    #[test]
    fn only_what_is_asked_for_is_shown(base in words(), copy in words()) {
        let (base, copy) = (witness(&base), witness(&copy));
        let relation = collate(&base, &copy);
        let lacking = diff(&base, &copy, &relation, Some(Only::Lacking));
        prop_assert_eq!(shown(&lacking, OF_COPY), "");
        let count = relation.lacking().count();
        prop_assert_eq!(shown(&lacking, OF_BASE).is_empty(), count == 0);
        let extra = diff(&base, &copy, &relation, Some(Only::Extra));
        prop_assert_eq!(shown(&extra, OF_BASE), "");
    }
}
