//! What a merge promises, on copies of one text that chance cuts, converts and extends.

mod crashes;
#[cfg(unix)]
mod names;
mod order;

use lacuna::collate::{Completeness, collate};
use lacuna::merge::account::{self, Known};
use lacuna::merge::addresses::Addresses;
use lacuna::merge::graft::{self, Merged, Party, Policy, graft};
use lacuna::merge::verify;
use lacuna::normalize::{Options, normalize};
use lacuna::text::Witness;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// A copy: its extension and its bytes.
#[derive(Clone, Debug)]
struct Copy {
    extension: &'static str,
    bytes: Vec<u8>,
}

/// How a copy is made of the whole.
#[derive(Clone, Debug)]
struct Recipe {
    /// Which paragraphs it has: those outside of this range, if it is not empty.
    gap: std::ops::Range<usize>,
    /// How many paragraphs it has at the most.
    end: usize,
    /// Which comments it has.
    comments: Vec<bool>,
    html: bool,
    crlf: bool,
    /// A paragraph of its own, behind that of this number.
    own: Option<usize>,
}

const PARAGRAPHS: usize = 10;
const COMMENTS: usize = 4;

fn recipe() -> impl Strategy<Value = Recipe> {
    (
        (0..PARAGRAPHS, 0..3_usize),
        PARAGRAPHS - 3..=PARAGRAPHS,
        prop::collection::vec(any::<bool>(), COMMENTS),
        any::<bool>(),
        any::<bool>(),
        prop::option::of(0..PARAGRAPHS),
    )
        .prop_map(|((gap, len), end, comments, html, crlf, own)| Recipe {
            gap: gap..gap + len,
            end,
            comments,
            html,
            crlf,
            own,
        })
}

fn sentence(number: usize, seed: usize) -> String {
    const WORDS: [&str; 9] = [
        "kiln",
        "glaze",
        "river",
        "anvil",
        "maple",
        "thread",
        "lantern",
        "copper",
        "陶工的窑",
    ];
    // No word stands in two of them, or else what chance brings together would be told as variants.
    let words: Vec<String> = (0..16)
        .map(|at| format!("{}{number}x{}", WORDS[(at * 5 + number) % 9], at * 7 + seed))
        .collect();
    words.join(" ")
}

fn paragraph(number: usize) -> String {
    format!("{} & *all{number}*.", sentence(number, 0))
}

impl Recipe {
    fn make(&self, copy: usize) -> Copy {
        let mut paragraphs = Vec::new();
        for number in 0..self.end {
            if !self.gap.contains(&number) {
                paragraphs.push(paragraph(number));
            }
            if self.own == Some(number) {
                paragraphs.push(format!("{} own{copy}.", sentence(40 + copy, 13)));
            }
        }
        let comments: Vec<usize> = (0..COMMENTS).filter(|at| self.comments[*at]).collect();
        let text = match self.html {
            true => html(&paragraphs, &comments),
            false => markdown(&paragraphs, &comments),
        };
        Copy {
            extension: if self.html { "html" } else { "md" },
            bytes: if self.crlf {
                text.replace('\n', "\r\n")
            } else {
                text
            }
            .into_bytes(),
        }
    }
}

fn comment(number: usize) -> (String, String, String) {
    let text = format!("Comment {number} says {}.", sentence(60 + number, 5));
    (
        format!("Reader {number}"),
        format!("2024-01-{:02}", 10 + number),
        text,
    )
}

fn markdown(paragraphs: &[String], comments: &[usize]) -> String {
    let mut out = String::from("# The whole\n");
    for paragraph in paragraphs {
        out.push_str(&format!("\n{}\n", paragraph.replace('*', "\\*")));
    }
    if !comments.is_empty() {
        out.push_str(&format!("\n## Comments ({})\n", comments.len()));
        for (author, date, text) in comments.iter().map(|at| comment(*at)) {
            out.push_str(&format!("\n- **{author}** ({date}): {text}\n"));
        }
    }
    out
}

fn html(paragraphs: &[String], comments: &[usize]) -> String {
    let mut out = String::from("<html><body>\n<h1>The whole</h1>\n");
    for paragraph in paragraphs {
        out.push_str(&format!("<p>{}</p>\n", paragraph.replace('&', "&amp;")));
    }
    if !comments.is_empty() {
        out.push_str(&format!(
            "<h2>Comments ({})</h2>\n<ul class=\"comment-list\">\n",
            comments.len()
        ));
        for (author, date, text) in comments.iter().map(|at| comment(*at)) {
            out.push_str(&format!(
                "<li class=\"comment\"><span class=\"author\">{author}</span> \
                 <time datetime=\"{date}\">{date}</time><div class=\"text\"><p>{text}</p></div></li>\n"
            ));
        }
        out.push_str("</ul>\n");
    }
    out + "</body></html>\n"
}

fn read(copy: &Copy) -> Witness {
    normalize(&copy.bytes, Some(copy.extension), &Options::default()).expect("it is small")
}

/// Merges copies, the most complete one first. Gives the output as a copy, and what was made of it.
fn merge(copies: &[Copy]) -> (Copy, Merged, Vec<(Copy, Witness)>) {
    let mut read: Vec<(usize, Copy, Witness)> = copies
        .iter()
        .enumerate()
        .map(|(at, copy)| (at, copy.clone(), read(copy)))
        .collect();
    read.sort_by_cached_key(|(at, _, witness)| graft::order(witness, *at, ""));
    let parties: Vec<Party<'_>> = read
        .iter()
        .map(|(at, copy, witness)| party(*at, copy, witness))
        .collect();
    let extension = read[0].1.extension;
    let reread = |bytes: &[u8]| normalize(bytes, Some(extension), &Options::default()).ok();
    let merged = graft(&parties, Policy::default(), &reread).expect("there is a base");
    let output = Copy {
        extension,
        bytes: merged.bytes.clone(),
    };
    let read = read
        .into_iter()
        .map(|(_, copy, witness)| (copy, witness))
        .collect();
    (output, merged, read)
}

fn party<'a>(dump: usize, copy: &'a Copy, witness: &'a Witness) -> Party<'a> {
    Party {
        siglum: ["A", "B", "C", "D", "E"][dump],
        dump,
        bytes: &copy.bytes,
        witness,
        addresses: Addresses::default(),
        modified: 0,
        taken_in: false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(24), ..ProptestConfig::with_cases(40) })]

    #[test]
    fn nothing_is_lost_and_nothing_is_merged_twice(recipes in prop::collection::vec(recipe(), 1..4)) {
        let copies: Vec<Copy> = recipes.iter().enumerate().map(|(at, recipe)| recipe.make(at)).collect();
        let (output, merged, read_copies) = merge(&copies);
        let said = read(&output);
        for (copy, witness) in &read_copies {
            let relation = collate(&said, witness);
            prop_assert!(relation.extra().next().is_none(), "{}", String::from_utf8_lossy(&output.bytes));
            prop_assert!(relation.variants().next().is_none());
            prop_assert!(relation.comments.extra.is_empty(), "{}\n{}", String::from_utf8_lossy(&copy.bytes), String::from_utf8_lossy(&output.bytes));
            prop_assert!(relation.comments.changed.is_empty());
        }
        // The proof holds, and the pieces are the bytes that they say they are.
        let parties: Vec<Party<'_>> =
            read_copies.iter().enumerate().map(|(at, (copy, witness))| party(at, copy, witness)).collect();
        let known: Vec<Known> = (0..parties.len())
            .map(|_| Known { siglum: "A".to_owned(), path: "x".to_owned(), verdict: None })
            .collect();
        let document = account::document("x".to_owned(), &merged, &parties, &known, &[]);
        let faults = verify::document(1, &document, &output.bytes, |_| Some(said.clone()));
        prop_assert!(faults.is_empty(), "{faults:?}");
        for piece in document.pieces.iter().filter(|piece| piece.rule == "base" || piece.rule == "graft") {
            let (from, source) = (piece.witness.unwrap(), piece.source.unwrap());
            let own = &read_copies[from].0.bytes[source.0 as usize..source.1 as usize];
            prop_assert_eq!(&output.bytes[piece.span.0 as usize..piece.span.1 as usize], own);
        }
        // A party, or the output itself, has nothing to add.
        for copy in copies.iter().chain([&output]) {
            let (again, ..) = merge(&[output.clone(), copy.clone()]);
            prop_assert_eq!(String::from_utf8_lossy(&again.bytes), String::from_utf8_lossy(&output.bytes));
        }
    }

    #[test]
    fn one_copy_stays_as_it_is(recipe in recipe()) {
        let copy = recipe.make(0);
        for copies in [vec![copy.clone()], vec![copy.clone(), copy.clone()]] {
            prop_assert_eq!(&merge(&copies).0.bytes, &copy.bytes);
        }
    }

    #[test]
    fn the_output_is_no_less_complete_than_any_copy(recipes in prop::collection::vec(recipe(), 2..4)) {
        let copies: Vec<Copy> = recipes.iter().enumerate().map(|(at, recipe)| recipe.make(at)).collect();
        let (output, _, read_copies) = merge(&copies);
        let complete = Completeness::of(&read(&output));
        for (_, witness) in &read_copies {
            let own = Completeness::of(witness);
            prop_assert!(complete.body >= own.body && complete.comments >= own.comments);
        }
    }
}
