//! What a lock keeps of a document.

use lacuna::audit::entry::{ASSET_BITS, Entry, chars};
use lacuna::normalize::{Options, normalize};

fn entry(source: &str) -> Entry {
    let witness = normalize(source.as_bytes(), Some("md"), &Options::default()).unwrap();
    Entry::of(&witness)
}

#[test]
fn long_blocks_are_kept_in_pieces_that_end_with_sentences() {
    let check = |text: &str, expected: &[u32]| {
        let found = entry(text);
        let chars: Vec<u32> = found.blocks[0].iter().map(|piece| piece.chars).collect();
        assert_eq!(chars, expected, "{text}");
    };
    check("Short.", &[6]);
    let sentence = format!("{}。", "茶".repeat(49));
    check(&sentence.repeat(2), &[100]);
    check(&sentence.repeat(5), &[150, 100]);
    check(&"茶".repeat(500), &[240, 240, 20]);
}

#[test]
fn layout_and_markup_change_nothing() {
    let one = entry("# Tea\n\nWarm the *pot* first.\nThen pour.\n");
    let two = entry("Tea\n===\n\nWarm the pot\nfirst. Then **pour**.");
    assert_eq!(one, two);
    let lengths: Vec<u64> = one.blocks.iter().map(chars).collect();
    assert_eq!(lengths, [3, 25]);
}

#[test]
fn counters_of_comments_change_nothing() {
    let page = |likes: u32| {
        format!(
            "# Tea\n\nSome text.\n\n## Comments (2)\n\n**Ann** 2024-05-01\n\nVery good.\n\nLikes: {likes}\n\n\
             **Bob** 2024-05-02\n\nNot so good.\n\nLikes: 3\n"
        )
    };
    let one = entry(&page(1));
    assert_eq!(one, entry(&page(200)));
}

#[test]
fn assets_are_kept_by_what_they_point_to() {
    let one = entry("A ![cup](cup.png) and ![pot](pot.png)");
    let two = entry("B ![pot](pot.png)");
    assert_eq!(one.assets.len(), 2);
    assert_eq!(two.assets, one.assets[1..]);
    assert!(one.assets.iter().all(|hash| *hash < 1 << ASSET_BITS));
}
