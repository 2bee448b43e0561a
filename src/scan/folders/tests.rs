use proptest::prelude::*;

use super::{Link, roll_up};
use crate::report::{FolderPair, Kinship};
use crate::text::Verdict;

/// Links as lines: `base = copy` for identical, `~` revised, `>` truncated, `<` truncated and
/// reversed, `-` overlapping; a path alone is a document.
fn parse(heap: &str) -> (Vec<String>, Vec<Link>) {
    let mut paths: Vec<String> = Vec::new();
    let mut links = Vec::new();
    let lines = heap.lines().map(str::trim).filter(|line| !line.is_empty());
    for line in lines {
        let mut documents = Vec::new();
        let mut sign = '=';
        for word in line.split(' ') {
            match word {
                "=" | "~" | ">" | "<" | "-" => sign = word.chars().next().unwrap(),
                path => {
                    let known = paths.iter().position(|known| known == path);
                    documents.push(known.unwrap_or(paths.len()));
                    if known.is_none() {
                        paths.push(path.to_owned());
                    }
                }
            }
        }
        if let [base, copy] = documents[..] {
            links.push(link(base, copy, sign));
        }
    }
    (paths, links)
}

fn link(base: usize, copy: usize, sign: char) -> Link {
    Link {
        base,
        copy,
        verdict: match sign {
            '=' => Verdict::Identical,
            '~' => Verdict::Revised,
            '-' => Verdict::Overlapping,
            _ => Verdict::Truncated,
        },
        reversed: sign == '<',
        comments_lacking: 1,
        comments_extra: 10,
    }
}

fn pairs(paths: &[String], links: &[Link]) -> Vec<FolderPair> {
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    roll_up(&paths, links).pairs
}

fn told(pair: &FolderPair) -> String {
    let (copy, base) = (&pair.copy, &pair.base);
    let verdicts: Vec<String> = (Verdict::ALL.iter().zip(pair.verdicts))
        .filter(|(_, count)| *count > 0)
        .map(|(verdict, count)| format!("{count} {}", verdict.name()))
        .collect();
    let verdicts = verdicts.join(", ");
    let folder = |folder: &super::Folder| {
        format!(
            "{} ({} of {})",
            folder.path, folder.related, folder.documents
        )
    };
    match pair.kinship() {
        Kinship::Within => format!("within {}: {verdicts}", folder(copy)),
        kinship => format!(
            "{} {} {}: {verdicts}",
            folder(copy),
            kinship.name(),
            folder(base)
        ),
    }
}

#[track_caller]
fn check(heap: &str, expected: &[&str]) {
    let (paths, links) = parse(heap);
    let told: Vec<String> = pairs(&paths, &links).iter().map(told).collect();
    assert_eq!(told, expected, "{heap}");
}

#[test]
fn two_dumps_are_one_pair_whatever_lies_below() {
    check(
        "full/a/1 > cut/a/1
         full/a/2 > cut/a/2
         full/b/c/1 = cut/b/c/1
         full/2 > cut/2
         full/3",
        &["cut/ (4 of 4) cut copy full/ (4 of 5): 1 identical, 3 truncated"],
    );
}

#[test]
fn names_may_differ_on_the_way() {
    // One level deeper, renamed subfolders, a flat dump of a nested one.
    check(
        "2023/site/docs/1 = 2024/export/docs/1
         2023/site/docs/x/2 = 2024/export/docs/x/2",
        &["2024/ (2 of 2) copy 2023/ (2 of 2): 2 identical"],
    );
    check(
        "full/a/1 > cut/alpha/1
         full/a/2 > cut/alpha/2
         full/b/1 > cut/beta/1
         full/b/2 > cut/beta/2",
        &["cut/ (4 of 4) cut copy full/ (4 of 4): 4 truncated"],
    );
    check(
        "flat/1 = nested/a/1
         flat/2 = nested/a/b/2
         flat/3 = nested/c/3
         flat/4 = nested/d/4",
        &["nested/ (4 of 4) copy flat/ (4 of 4): 4 identical"],
    );
}

#[test]
fn several_dumps_in_one_folder_are_told_apart() {
    check(
        "full/1 > archive/2019/1
         full/1 > archive/2020/1
         full/a/2 > archive/2019/a/2
         full/a/2 > archive/2020/a/2
         full/3 > archive/2020/3",
        &[
            "archive/2020/ (3 of 3) cut copy full/ (3 of 3): 3 truncated",
            "archive/2019/ (2 of 2) cut copy full/ (2 of 3): 2 truncated",
        ],
    );
}

#[test]
fn a_pair_is_no_higher_than_its_documents() {
    check(
        "full/1 > misc/old/cut/1
         full/2 > misc/old/cut/2
         misc/3
         misc/other/4",
        &["misc/old/ (2 of 2) cut copy full/ (2 of 2): 2 truncated"],
    );
    // Most is in one subfolder; one more is elsewhere.
    check(
        "one/x/1 = two/x/1
         one/x/2 = two/x/2
         one/x/3 = two/x/3
         one/x/4 = two/x/4
         one/y/5 = two/z/5
         one/y/6
         one/y/7
         one/y/8
         one/y/9
         one/y/10
         one/y/11
         two/z/6
         two/z/7
         two/z/8
         two/z/9
         two/z/10
         two/z/11",
        &[
            "two/x/ (4 of 4) copy one/x/ (4 of 4): 4 identical",
            "within ./ (2 of 22): 1 identical",
        ],
    );
}

#[test]
fn a_folder_may_hold_its_copy() {
    check(
        "x/1 > old/x/1
         y/2 > old/y/2
         3 > old/3",
        &["old/ (3 of 3) cut copy ./ (3 of 3): 3 truncated"],
    );
    check(
        "docs/1 = docs/docs/1
         docs/2 = docs/docs/2",
        &["docs/docs/ (2 of 2) copy docs/ (2 of 2): 2 identical"],
    );
}

#[test]
fn copies_inside_a_folder_are_told_of_the_folder() {
    check(
        "docs/1 = docs/1-copy
         docs/1 > docs/1-cut
         other/2",
        &["within docs/ (3 of 3): 1 identical, 1 truncated"],
    );
    // A few copies between many folders are told of what holds them.
    check(
        "doc/a/licence = doc/b/licence
         doc/a/licence = doc/c/licence
         doc/a/licence = doc/d/licence
         doc/x/1 = doc/x/2
         doc/x/3
         doc/x/4
         doc/x/5
         doc/x/6
         doc/x/7",
        &["within doc/ (6 of 11): 4 identical"],
    );
}

#[test]
fn the_folder_of_the_less_complete_is_the_copy() {
    for (heap, expected) in [
        (
            "a/1 < b/1\n a/2 < b/2\n a/3 > b/3",
            "a/ (3 of 3) cut copy b/ (3 of 3): 3 truncated",
        ),
        (
            "b/1 > a/1\n b/2 > a/2\n a/3 = b/3",
            "a/ (3 of 3) cut copy b/ (3 of 3): 1 identical, 2 truncated",
        ),
        (
            "b/1 = a/1\n a/2 = b/2",
            "b/ (2 of 2) copy a/ (2 of 2): 2 identical",
        ),
        (
            "b/1 ~ a/1\n b/2 ~ a/2\n a/3 = b/3",
            "a/ (3 of 3) revised copy b/ (3 of 3): 1 identical, 2 revised",
        ),
        (
            "a/1 - b/1\n a/2 - b/2",
            "b/ (0 of 2) shares passages a/ (0 of 2): 2 overlapping",
        ),
        (
            "a/1 = b/1\n a/2 = b/2\n b/3\n b/4\n b/5\n a/x/3\n a/4\n a/5",
            "b/ (2 of 5) shares documents a/ (2 of 5): 2 identical",
        ),
        (
            "a/1 ~ b/1\n a/2 ~ b/2\n b/3\n b/4\n b/5",
            "a/ (2 of 2) revised copy b/ (2 of 5): 2 revised",
        ),
    ] {
        check(heap, &[expected]);
    }
}

#[test]
fn comments_and_reversals_are_counted_from_the_copy() {
    let (paths, links) = parse("a/1 < b/1\n a/2 < b/2\n a/3 > b/3");
    let pair = &pairs(&paths, &links)[0];
    assert_eq!(pair.copy.path, "a/");
    // In the third, the document in b/ is the less complete one.
    assert_eq!(pair.reversed, 1);
    assert_eq!((pair.comments_extra, pair.comments_lacking), (3, 30));
}

/// Some folders of few names, so that they meet.
fn heaps() -> impl Strategy<Value = (Vec<String>, Vec<Link>)> {
    let path = prop::collection::vec(prop::sample::select(vec!["a", "b", "full", "cut"]), 0..5);
    let paths = prop::collection::vec(path, 2..40).prop_map(|folders| {
        let name = |(at, folder): (usize, &Vec<&str>)| {
            let folder: String = folder.iter().map(|name| format!("{name}/")).collect();
            format!("{folder}{at}")
        };
        folders.iter().enumerate().map(name).collect::<Vec<_>>()
    });
    paths.prop_flat_map(|paths| {
        let document = 0..paths.len();
        let sign = prop::sample::select(vec!['=', '~', '>', '<', '-']);
        let link = (document.clone(), document, sign)
            .prop_filter("two documents", |(base, copy, _)| base != copy)
            .prop_map(|(base, copy, sign)| link(base, copy, sign));
        (Just(paths), prop::collection::vec(link, 0..60))
    })
}

proptest! {
    #[test]
    fn every_relation_counts_once((paths, links) in heaps()) {
        let pairs = pairs(&paths, &links);
        for (at, verdict) in Verdict::ALL.iter().enumerate().take(6) {
            let found: usize = pairs.iter().map(|pair| pair.verdicts[at]).sum();
            let given = links.iter().filter(|link| link.verdict == *verdict).count();
            prop_assert_eq!(found, given);
        }
        let comments: usize = pairs
            .iter()
            .map(|pair| pair.comments_extra + pair.comments_lacking)
            .sum();
        prop_assert_eq!(comments, 11 * links.len());
    }

    #[test]
    fn folders_hold_what_is_said_of_them((paths, links) in heaps()) {
        let pairs = pairs(&paths, &links);
        let mut named: Vec<[&str; 2]> = Vec::new();
        for pair in &pairs {
            for folder in [&pair.copy, &pair.base] {
                prop_assert!(folder.related <= folder.documents, "{}", told(pair));
                prop_assert!(folder.documents <= paths.len());
            }
            prop_assert!(pair.relations() > 0);
            prop_assert!(pair.copy != pair.base || pair.kinship() == Kinship::Within);
            let mut pair = [pair.copy.path.as_str(), pair.base.path.as_str()];
            pair.sort_unstable();
            prop_assert!(!named.contains(&pair), "{pair:?} twice");
            named.push(pair);
        }
    }

    /// The order of documents and of links decides nothing.
    #[test]
    fn the_picture_is_the_same_from_any_side((paths, links) in heaps(), turn in 0..40_usize) {
        let turn = turn % paths.len();
        let mut turned = paths.clone();
        turned.rotate_left(turn);
        let moved = |document: usize| (document + paths.len() - turn) % paths.len();
        let mut other: Vec<Link> = links
            .iter()
            .map(|link| Link { base: moved(link.base), copy: moved(link.copy), ..*link })
            .collect();
        other.reverse();
        prop_assert_eq!(pairs(&paths, &links), pairs(&turned, &other));
    }

    /// A dump and its copy are one pair, whatever folders they have and wherever they lie.
    #[test]
    fn mirrored_dumps_are_one_pair((paths, _) in heaps(), above in "(x/){0,2}") {
        let (full, cut) = (format!("{above}left/"), format!("{above}right/y/"));
        let all: Vec<String> = (paths.iter().map(|path| format!("{full}{path}")))
            .chain(paths.iter().map(|path| format!("{cut}{path}")))
            .collect();
        let links: Vec<Link> = (0..paths.len())
            .map(|at| link(at, at + paths.len(), '>'))
            .collect();
        let found = pairs(&all, &links);
        prop_assert_eq!(found.len(), 1);
        prop_assert_eq!(&found[0].copy.path, &format!("{above}right/"));
        prop_assert_eq!(&found[0].base.path, &full);
        prop_assert_eq!(found[0].kinship(), Kinship::CutCopy);
        prop_assert_eq!(found[0].copy.related, paths.len());
    }
}

/// Ten times the documents and depth are no hundred times the lines.
#[test]
fn wide_and_deep_heaps_are_done_at_once() {
    let deep = |name: &str, at: usize| format!("{name}/{}{at}", "d/".repeat(at % 1_000));
    let paths: Vec<String> = (0..2_000)
        .map(|at| deep("full", at))
        .chain((0..2_000).map(|at| deep("cut", at)))
        .collect();
    let links: Vec<Link> = (0..2_000).map(|at| link(at, at + 2_000, '>')).collect();
    assert_eq!(pairs(&paths, &links).len(), 1);
    // A star: one text in a hundred thousand folders.
    let paths: Vec<String> = (0..100_000).map(|at| format!("all/{at}/licence")).collect();
    let links: Vec<Link> = (1..paths.len()).map(|at| link(0, at, '=')).collect();
    assert_eq!(pairs(&paths, &links).len(), 1);
}
