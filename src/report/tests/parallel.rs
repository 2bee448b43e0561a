//! Rows hold all text of both, each once and in order.

use proptest::prelude::*;

use super::sample::{collate, passage, witness};
use crate::report::parallel::{
    Kind, Row, Side, Sign, Stretch, merged, side, stretches, weave, weave_in_place,
};
use crate::text::{Edit, Relation, Section, Witness};

fn rows(base: &Witness, copy: &Witness) -> Vec<Row> {
    weave_in_place(base, copy, &collate(base, copy).edits)
}

/// What the rows say of one side, a line for each block.
fn said(rows: &[Row], of: Side, witness: &Witness) -> String {
    let mut said = String::new();
    for row in rows {
        let Some(part) = row.part(of) else { continue };
        if part.begins && !said.is_empty() {
            said.push('\n');
        }
        said.extend(side(row, of, witness).iter().map(|chunk| chunk.text));
    }
    said
}

fn text(witness: &Witness) -> String {
    let blocks = witness.blocks.iter();
    let text = blocks.filter(|block| block.section != Section::Comments);
    let text: Vec<&str> = text.map(|block| block.text(witness)).collect();
    text.join("\n")
}

fn shown(rows: &[Row], base: &Witness, copy: &Witness) -> Vec<String> {
    let chunk = |kind: Kind, of: Side, text: &str| match (kind, of) {
        (Kind::Same, _) => text.to_owned(),
        (_, Side::Base) => format!("[-{text}-]"),
        (_, Side::Copy) => format!("{{+{text}+}}"),
    };
    let row = |row: &Row| {
        let chunks = merged(row, base, copy);
        let chunks = chunks.iter().map(|one| chunk(one.kind, one.side, one.text));
        chunks.collect::<String>()
    };
    rows.iter().map(row).collect()
}

#[test]
fn a_paragraph_that_is_divided_is_told_once() {
    let base = witness("One. Two. Three.\nEnd.\n");
    let copy = witness("One.\nNew.\nTwo. Three. Four.\nEnd.\n");
    let same = |a: (usize, usize), b: (usize, usize)| Edit::Same {
        base: passage(&base, a.0, a.1),
        copy: passage(&copy, b.0, b.1),
    };
    let extra = |b: (usize, usize)| Edit::Extra {
        copy: passage(&copy, b.0, b.1),
        at: crate::text::Place {
            match_text: 0,
            text: 0,
            source: 0,
            line: 1,
        },
    };
    let edits = [
        same((0, 4), (0, 4)),
        extra((4, 8)),
        same((4, 14), (8, 18)),
        extra((18, 23)),
        same((14, 18), (23, 27)),
    ];
    let rows = weave_in_place(&base, &copy, &edits);
    assert_eq!(
        shown(&rows, &base, &copy),
        ["One. ", "{+New.+}", "Two. Three. {+Four.+}", "End."]
    );
    assert_eq!(said(&rows, Side::Base, &base), "One. Two. Three.\nEnd.");
    assert_eq!(said(&rows, Side::Copy, &copy), text(&copy));
}

#[test]
fn blocks_that_have_little_in_common_have_rows_of_their_own() {
    /// The first `same` bytes of match text are the same, and what follows is of one side each; or
    /// all of it is one variant.
    #[track_caller]
    fn check(one: &str, other: &str, same: usize, expected: &[(Sign, &str)]) {
        let (base, copy) = (witness(one), witness(other));
        let ends = (base.match_text.len(), copy.match_text.len());
        let at = crate::text::Place {
            match_text: 0,
            text: 0,
            source: 0,
            line: 1,
        };
        let edits = match same {
            0 => vec![Edit::Variant {
                base: passage(&base, 0, ends.0),
                copy: passage(&copy, 0, ends.1),
            }],
            _ => vec![
                Edit::Same {
                    base: passage(&base, 0, same),
                    copy: passage(&copy, 0, same),
                },
                Edit::Lacking {
                    base: passage(&base, same, ends.0),
                    at,
                },
                Edit::Extra {
                    copy: passage(&copy, same, ends.1),
                    at,
                },
            ],
        };
        let rows = weave(&base, &copy, &edits, &[], None);
        let signs = rows.iter().map(Row::sign);
        let shown = shown(&rows, &base, &copy);
        let found: Vec<_> = signs.zip(shown.iter().map(String::as_str)).collect();
        assert_eq!(found, expected);
    }
    use Sign::{Changed, Extra, Lacking};
    check(
        "the old harbour",
        "the new",
        3,
        &[(Lacking, "the [-old harbour-]"), (Extra, "the {+new+}")],
    );
    check(
        "the harbour old",
        "the harbour new",
        10,
        &[(Changed, "the harbour [-old-] {+new+}")],
    );
    // One thing said in two ways is one thing.
    check("Before", "Now", 0, &[(Changed, "[-Before-]{+Now+}")]);
}

#[test]
fn what_is_far_from_a_change_is_folded() {
    let base = witness("% k: v\n1a\n2b\n3c\n4d\n5e\n6f\n7g\n8h\n9i\n");
    let copy = witness("% k: v\n1a\n2b\n3x\n4d\n5e\n6f\n7g\n8y\n9i\n");
    let rows = rows(&base, &copy);
    for (context, expected) in [
        (0, "f0..1 f1..3 s3..4 f4..8 s8..9 f9..10"),
        (1, "f0..1 f1..2 s2..5 f5..7 s7..10"),
        (2, "f0..1 s1..6 s6..10"),
        (9, "f0..1 s1..10"),
    ] {
        let words: Vec<String> = stretches(&rows, context)
            .iter()
            .map(|stretch| match stretch {
                Stretch::Shown(range) => format!("s{range:?}"),
                Stretch::Folded(range) => format!("f{range:?}"),
            })
            .collect();
        assert_eq!(words.join(" "), expected, "{context}");
    }
}

fn document() -> impl Strategy<Value = String> {
    let line = prop_oneof!["# [ab中 ]{1,4}", "  [ab ]{1,6}", "[abc中文。 ]{0,12}"];
    prop::collection::vec(line, 0..9).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #[test]
    fn both_texts_can_be_read_from_the_rows(base in document(), copy in document(), context in 0usize..4) {
        let (base, copy) = (witness(&base), witness(&copy));
        let rows = rows(&base, &copy);
        prop_assert_eq!(said(&rows, Side::Base, &base), text(&base));
        prop_assert_eq!(said(&rows, Side::Copy, &copy), text(&copy));
        let mut at = 0;
        for stretch in stretches(&rows, context) {
            let (Stretch::Shown(range) | Stretch::Folded(range)) = &stretch;
            prop_assert_eq!(range.start, at);
            at = range.end;
            if let Stretch::Folded(range) = stretch {
                prop_assert!(!rows[range].iter().any(Row::is_changed));
            }
        }
        prop_assert_eq!(at, rows.len());
    }

    #[test]
    fn no_text_is_lost_where_blocks_are_put_apart(base in document(), copy in document()) {
        let (base, copy) = (witness(&base), witness(&copy));
        let Relation { edits, .. } = collate(&base, &copy);
        let rows = weave(&base, &copy, &edits, &[], None);
        prop_assert_eq!(said(&rows, Side::Base, &base), text(&base));
        prop_assert_eq!(said(&rows, Side::Copy, &copy), text(&copy));
    }
}
