//! Several copies of a text in one table: a column read by siglum is that copy.

mod tei;

use proptest::prelude::*;

use lacuna::collate::{collate, table};
use lacuna::normalize::{Options, normalize};
use lacuna::text::{CommentCell, Relation, Row, Section, Table, TableCell, Witness};

fn witness(text: &str) -> Witness {
    normalize(text.as_bytes(), Some("md"), &Options::default()).unwrap()
}

fn tabled(base: &Witness, copies: &[Witness]) -> Table {
    let relations: Vec<Relation> = copies.iter().map(|copy| collate(base, copy)).collect();
    let pairs: Vec<(&Witness, &Relation)> = copies.iter().zip(&relations).collect();
    table(base, &pairs)
}

/// A table as lines: a sign for each copy, then the text of the base, or `+`, and the readings.
fn told(base: &str, copies: &[&str]) -> Vec<String> {
    let base = witness(base);
    let copies: Vec<Witness> = copies.iter().map(|copy| witness(copy)).collect();
    let table = tabled(&base, &copies);
    let line = |row: &Row| {
        let sign = |cell: &TableCell| match cell {
            TableCell::Has => '#',
            TableCell::Lacks => '.',
            TableCell::Moved(_) => '>',
            TableCell::Reads(at) => char::from_digit(*at as u32 + 1, 10).unwrap(),
        };
        let signs: String = row.cells.iter().map(sign).collect();
        let text = row
            .base
            .map_or("+", |passage| &base.text[passage.text.range()]);
        let mut line = format!("{signs} {}", text.replace('\n', " / "));
        for reading in &row.readings {
            line += &format!(" | {}", reading.text.replace('\n', " / "));
        }
        line
    };
    table.rows.iter().map(line).collect()
}

const ONE: &str = "The harbour lies at the end of a long road, and nobody comes here by chance.";
const TWO: &str = "In the morning the boats bring in what the night has left in their nets.";
const NEW: &str =
    "There is a café by the quay now, with four tables and a dog that sleeps all day.";

#[test]
fn copies_that_go_on_as_they_were_share_a_row() {
    assert_eq!(told("", &[]), Vec::<String>::new());
    let both = format!("{ONE}\n\n{TWO}");
    assert_eq!(
        told(&both, &[&both, ONE]),
        [format!("## {ONE}"), format!("#. {TWO}")]
    );
    assert_eq!(told(&both, &[&both, &both]), [format!("## {ONE} / {TWO}")]);
    assert_eq!(
        told(&both, &[TWO, ONE]),
        [format!(".# {ONE}"), format!("#. {TWO}")]
    );
}

#[test]
fn what_copies_share_beside_the_base_is_told_once() {
    let more = format!("{ONE}\n\n{NEW}\n\n{TWO}");
    let both = format!("{ONE}\n\n{TWO}");
    let rows = told(&both, &[&more, &both, &more]);
    assert_eq!(
        rows,
        [
            format!("### {ONE}"),
            format!("1.1 + | {NEW}"),
            format!("### {TWO}")
        ]
    );
    // One of them goes on.
    let longer = format!("{ONE}\n\n{NEW}\n\nThe dog is called Anchor.\n\n{TWO}");
    let rows = told(&both, &[&more, &longer]);
    assert_eq!(
        rows[1..3],
        [
            format!("11 + | {NEW}"),
            "·1 + | The dog is called Anchor.".replace('·', ".")
        ]
    );
}

#[test]
fn readings_are_grouped_as_in_an_apparatus() {
    let with = |word: &str| ONE.replace("long road", word);
    let rows = told(
        ONE,
        &[
            &with("long street"),
            &with("long road"),
            &with("long street"),
        ],
    );
    assert_eq!(rows.len(), 3, "{rows:?}");
    assert!(rows[1].starts_with("1#1 "), "{rows:?}");
    assert!(rows[1].ends_with("| street"), "{rows:?}");
    // A word is not cut for a letter.
    let rows = told(ONE, &[&with("long read"), &with("long rod")]);
    assert_eq!(rows[1], "12 road | read | rod", "{rows:?}");
    // Variants that overlap are one place: of each copy there is one reading.
    let rows = told(ONE, &[&with("wide road"), &with("narrow street")]);
    let sites: Vec<&String> = rows.iter().filter(|row| row.contains('|')).collect();
    assert_eq!(sites.len(), 1, "{rows:?}");
    assert!(
        sites[0].contains("long road") && sites[0].contains("wide road"),
        "{rows:?}"
    );
}

#[test]
fn a_passage_that_stands_elsewhere_is_moved() {
    let three = format!("{ONE}\n\n{TWO}\n\n{NEW}");
    let turned = format!("{NEW}\n\n{ONE}\n\n{TWO}");
    let rows = told(&three, &[&turned, &three]);
    assert_eq!(
        rows,
        [
            format!("1. + | {NEW}"),
            format!("## {ONE} / {TWO}"),
            format!(">. {NEW}").replace(">.", ">#"),
        ]
    );
}

#[test]
fn comments_assets_and_front_matter_say_who_has_them() {
    let page = |title: &str, picture: &str, comments: &[&str]| {
        let comments: String = (comments.iter())
            .map(|text| format!("- **Ann** 2024-01-02\n\n  {text}\n\n"))
            .collect();
        format!(
            "---\ntitle: {title}\n---\n{ONE}\n\n![]({picture})\n\n## Comments (2)\n\n{comments}"
        )
    };
    let base = witness(&page(
        "One",
        "a.png",
        &["Thanks for this one.", "And for that."],
    ));
    let copies = [
        witness(&page(
            "One",
            "a.png",
            &["And for that.", "Thanks for this one."],
        )),
        witness(&page("Two", "b.png", &["Thanks for this one.", "A third."])),
    ];
    let table = tabled(&base, &copies);
    assert_eq!(table.front_matter[0].values, ["One", "Two"]);
    assert_eq!(table.front_matter[0].of, [Some(0), Some(0), Some(1)]);
    let of: Vec<&[bool]> = table.assets.iter().map(|row| &row.of[..]).collect();
    assert_eq!(of, [&[true, true, false][..], &[false, false, true]]);
    assert_eq!(
        table.comments[0].cells,
        [CommentCell::Has(1), CommentCell::Has(0)]
    );
    assert_eq!(table.comments[1].cells[0], CommentCell::Has(0));
    assert!(!matches!(table.comments[1].cells[1], CommentCell::Has(_)));
}

/// A text of blocks: which one, and in which wording.
fn text(blocks: &[(usize, usize)]) -> String {
    const WORDS: [&str; 7] = ["oak", "ash", "elm", "birch", "pine", "yew", "lime"];
    let word = |at: usize| WORDS[at % WORDS.len()];
    let block = |(block, wording): &(usize, usize)| {
        let mut words: Vec<String> = (0..10)
            .map(|at| format!("{}{}{}", word(block * 3 + at), word(block + at * 2), block))
            .collect();
        match wording {
            1 => words[4] = "maple".to_owned(),
            2 => words[4] = "cedar".to_owned(),
            3 => words.truncate(6),
            4 => words.insert(5, "and quite a few other trees besides these".to_owned()),
            _ => {}
        }
        words.join(" ") + "."
    };
    let blocks: Vec<String> = blocks.iter().map(block).collect();
    blocks.join("\n\n")
}

fn blocks() -> impl Strategy<Value = Vec<(usize, usize)>> {
    prop::collection::vec((0usize..8, 0usize..6), 0..8)
}

fn body(witness: &Witness) -> String {
    let blocks = witness.section(Section::Body);
    blocks.map(|block| block.match_text(witness)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_column_gives_the_text_of_its_witness(
        base in blocks(),
        copies in prop::collection::vec(blocks(), 0..5),
        dots in any::<bool>(),
    ) {
        let base = witness(&text(&base));
        let end = if dots { " ..." } else { "" };
        let copies: Vec<Witness> = copies.iter().map(|copy| witness(&(text(copy) + end))).collect();
        let table = tabled(&base, &copies);
        for (at, copy) in copies.iter().enumerate() {
            prop_assert_eq!(table.column(at, &base, copy), body(copy));
        }
        let rows = table.rows.iter().filter_map(|row| row.base);
        let whole: String = rows.map(|passage| &base.match_text[passage.match_text.range()]).collect();
        prop_assert_eq!(whole, body(&base));
        for row in &table.rows {
            prop_assert!(row.base.is_some() || !row.readings.is_empty());
            prop_assert!(row.readings.iter().all(|reading| !reading.text.is_empty()));
        }
    }

    #[test]
    fn the_order_of_the_copies_is_that_of_the_columns(
        base in blocks(),
        copies in prop::collection::vec(blocks(), 1..5),
        turn in 0usize..5,
    ) {
        let base = witness(&text(&base));
        let copies: Vec<Witness> = copies.iter().map(|copy| witness(&text(copy))).collect();
        let turn = turn % copies.len();
        let mut turned = copies.clone();
        turned.rotate_left(turn);
        let (one, mut two) = (tabled(&base, &copies), tabled(&base, &turned));
        for row in &mut two.rows {
            row.cells.rotate_right(turn);
            for reading in &mut row.readings {
                for (copy, _) in &mut reading.by {
                    *copy = (*copy + turn) % copies.len();
                }
                reading.by.sort_by_key(|(copy, _)| *copy);
            }
        }
        prop_assert_eq!(one.rows, two.rows);
    }
}
