//! Comments and assets are matched by what they are, not by where they stand: of a list in another
//! order, with new counters and with more comments, only what was lost, gained and changed is told.

use std::collections::BTreeSet;
use std::fmt::Write;

use lacuna::collate::collate;
use lacuna::normalize::{Options, normalize};
use lacuna::text::{Edit, Relation, Witness};
use proptest::prelude::*;
use proptest::sample::select;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Comment {
    author: &'static str,
    day: u32,
    text: String,
    likes: u32,
}

/// What becomes of a comment.
#[derive(Clone, Debug)]
enum Fate {
    Kept,
    Lost,
    Liked,
    Changed,
}

fn page(comments: &[&Comment]) -> Witness {
    let mut html = String::from(
        "<html><body><h1>The heron</h1><p>It stands in the weir from six to eight.</p>\
         <ol class=\"comment-list\">",
    );
    for one in comments {
        let _ = write!(
            html,
            "<li class=\"comment\"><cite class=\"fn\">{}</cite><time datetime=\"2024-03-{:02}\">\
             </time><p>{}</p><span class=\"likes\">{} likes</span></li>",
            one.author, one.day, one.text, one.likes
        );
    }
    html.push_str("</ol></body></html>");
    let witness = normalize(html.as_bytes(), Some("html"), &Options::default()).expect("small");
    assert_eq!(
        witness.comments.len(),
        comments.len(),
        "comments are not recognised"
    );
    witness
}

/// Texts of which no two are alike: each has words of its own.
fn text(number: usize) -> String {
    let chinese = [
        "堰上的白鹭",
        "第三张图",
        "我的自行车",
        "老师的录音",
        "昨天的作业",
        "这把吉他",
    ];
    let english = [
        "weir", "ladder", "harbour", "quince", "monday", "violin", "puddle",
    ];
    let of = |number: usize| char::from_u32(0x4e00 + (number as u32 * 97) % 20_000).unwrap_or('一');
    let own: String = (0..12).map(|at| of(number * 12 + at)).collect();
    match number % 2 {
        0 => format!("{own}{}", chinese[number % chinese.len()]),
        _ => format!("{own} {}", english[number % english.len()]),
    }
}

fn fates() -> impl Strategy<Value = Vec<(Fate, &'static str, u32, u32)>> {
    let fate = prop_oneof![
        3 => Just(Fate::Kept),
        1 => Just(Fate::Lost),
        1 => Just(Fate::Liked),
        1 => Just(Fate::Changed),
    ];
    // So few authors and days that many comments have both in common.
    let one = (
        fate,
        select(vec!["Ann", "老王", "Cem"]),
        1..4_u32,
        0..50_u32,
    );
    proptest::collection::vec(one, 1..14)
}

fn texts(witness: &Witness, of: impl Iterator<Item = u32>) -> BTreeSet<String> {
    let one = |at: u32| {
        let blocks = &witness.comments[at as usize].blocks;
        let blocks = &witness.blocks[blocks.start as usize..blocks.end as usize];
        blocks.iter().map(|block| block.text(witness)).collect()
    };
    of.map(one).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn comments_lost_gained_and_changed_are_told_and_nothing_else(
        fates in fates(),
        new in 0..4_usize,
        order in any::<u64>(),
    ) {
        let base: Vec<Comment> = (fates.iter().enumerate())
            .map(|(number, (_, author, day, likes))| Comment {
                author,
                day: *day,
                text: text(number),
                likes: *likes,
            })
            .collect();
        let (mut copy, mut lost, mut changed, mut liked) = (Vec::new(), BTreeSet::new(), BTreeSet::new(), 0);
        for (one, (fate, ..)) in base.iter().zip(&fates) {
            let mut one = one.clone();
            match fate {
                Fate::Kept => {}
                Fate::Lost => {
                    lost.insert(one.text);
                    continue;
                }
                Fate::Liked => {
                    one.likes += 1;
                    liked += 1;
                }
                Fate::Changed => {
                    changed.insert(one.text.clone());
                    one.text.push_str("（改）");
                }
            }
            copy.push(one);
        }
        let gained: BTreeSet<String> = (0..new).map(|number| text(100 + number)).collect();
        copy.extend(gained.iter().map(|text| Comment { author: "Ann", day: 2, text: text.clone(), likes: 0 }));
        copy.sort_by_key(|one| one.text.bytes().fold(order, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
        }));
        let (base, copy) = (page(&base.iter().collect::<Vec<_>>()), page(&copy.iter().collect::<Vec<_>>()));
        let relation = collate(&base, &copy);
        let told = &relation.comments;
        prop_assert_eq!(texts(&base, told.lacking.iter().copied()), lost);
        prop_assert_eq!(texts(&copy, told.extra.iter().copied()), gained);
        prop_assert_eq!(texts(&base, told.changed.iter().map(|one| one.base)), changed);
        prop_assert_eq!(told.counters.len(), liked);
        let total = told.present.len() + told.lacking.len() + told.changed.len();
        prop_assert_eq!(total, base.comments.len());
        // A pair is one comment on both sides.
        for (one, other) in &told.present {
            prop_assert_eq!(texts(&base, [*one].into_iter()), texts(&copy, [*other].into_iter()));
        }
        let is_same = |edit: &Edit| matches!(edit, Edit::Same { .. });
        prop_assert!(relation.edits.iter().all(is_same));
    }

    #[test]
    fn assets_lost_and_gained_are_told_and_nothing_else(
        kept in proptest::collection::btree_set(0..40_u32, 0..8),
        lost in proptest::collection::btree_set(40..80_u32, 0..5),
        gained in proptest::collection::btree_set(80..120_u32, 0..5),
    ) {
        let page = |numbers: &[&BTreeSet<u32>]| -> Witness {
            let images = numbers.iter().flat_map(|numbers| numbers.iter());
            let images: String = images.map(|n| format!("![](img/{n}.png)\n\n")).collect();
            let source = format!("Before them.\n\n{images}Behind them.\n");
            normalize(source.as_bytes(), Some("md"), &Options::default()).expect("small")
        };
        let (base, copy) = (page(&[&kept, &lost]), page(&[&gained, &kept]));
        let told = collate(&base, &copy).assets;
        let targets = |witness: &Witness, of: &[u32]| -> BTreeSet<String> {
            of.iter().map(|at| witness.assets[*at as usize].target.clone()).collect()
        };
        let named = |numbers: &BTreeSet<u32>| -> BTreeSet<String> {
            numbers.iter().map(|n| format!("img/{n}.png")).collect()
        };
        prop_assert_eq!(targets(&base, &told.lacking), named(&lost));
        prop_assert_eq!(targets(&copy, &told.extra), named(&gained));
    }
}

/// Two comments by one author on one day: which of them was changed, and that another one is no
/// change of it.
#[test]
fn comments_of_one_author_on_one_day() {
    let of = |text: &str| Comment {
        author: "Ann",
        day: 1,
        text: text.to_owned(),
        likes: 0,
    };
    let (one, two) = (
        of("Where is part two of this?"),
        of("讲得很清楚，谢谢老师。"),
    );
    let compared =
        |base: &[&Comment], copy: &[&Comment]| -> Relation { collate(&page(base), &page(copy)) };
    let changed = of("讲得很清楚，多谢老师！");
    let relation = compared(&[&one, &two], &[&changed]);
    assert_eq!(relation.comments.lacking, [0]);
    assert_eq!(relation.comments.changed.len(), 1);
    let relation = compared(&[&one], &[&two]);
    assert_eq!(
        (
            relation.comments.lacking.len(),
            relation.comments.extra.len()
        ),
        (1, 1)
    );
    assert_eq!(relation.comments.changed, []);
}
