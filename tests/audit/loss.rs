//! What moved, was divided, joined or wrapped otherwise is no loss; what is deleted is exactly one.

use lacuna::audit::entry::Entry;
use lacuna::audit::loss::{Case, Loss, Present, losses};
use lacuna::normalize::{Options, normalize};
use lacuna::text::Witness;
use proptest::collection::vec;
use proptest::prelude::*;

type Blocks = Vec<String>;

fn witness(source: &str) -> Witness {
    normalize(source.as_bytes(), Some("md"), &Options::default()).unwrap()
}

fn source(blocks: &[String]) -> String {
    blocks.join("\n\n")
}

/// What documents lost that were `was` and are `now`, at the same places in both lists.
fn lost(was: &[Blocks], now: &[Blocks]) -> Vec<Loss> {
    let present: Vec<Present> = (now.iter().enumerate())
        .map(|(at, blocks)| Present::new(format!("{at}.md"), &witness(&source(blocks))))
        .collect();
    let cases: Vec<Case> = (was.iter().enumerate())
        .map(|(at, blocks)| Case {
            path: format!("{at}.md"),
            was: Entry::of(&witness(&source(blocks))),
            now: (at < now.len()).then_some(at),
        })
        .collect();
    losses(&cases, &present)
}

#[track_caller]
fn nothing_lost(was: &[Blocks], now: &[Blocks]) {
    for loss in lost(was, now) {
        assert_eq!(
            (loss.gone, loss.blocks.0, loss.replaced),
            (0, 0, 0),
            "{loss:?}"
        );
        assert_eq!(loss.gaps, [], "{was:?} {now:?}");
    }
}

/// A paragraph of one to twelve sentences, English or Chinese; some are headings.
fn paragraph() -> impl Strategy<Value = String> {
    let english = vec("[a-z]{2,9}( [a-z]{2,9}){2,12}\\. ", 1..12);
    let chinese = vec("[一二三四五六七八九天地人茶水火山石]{5,40}。", 1..12);
    let heading = "[a-z]{3,9}( [a-z]{3,9}){0,3}";
    prop_oneof![
        4 => english.prop_map(|sentences| sentences.concat().trim().to_owned()),
        4 => chinese.prop_map(|sentences| sentences.concat()),
        1 => heading.prop_map(|text| format!("## {text}")),
    ]
}

fn documents() -> impl Strategy<Value = Vec<Blocks>> {
    vec(vec(paragraph(), 1..8), 2..4)
}

/// Each paragraph wrapped to lines of some width.
fn wrapped(blocks: &[String], width: usize) -> Blocks {
    let wrap = |block: &String| {
        let mut lines: Vec<String> = vec![String::new()];
        for word in block.split(' ') {
            let line = lines.last_mut().unwrap();
            if !line.is_empty() && line.len() + word.len() > width {
                lines.push(word.to_owned());
            } else {
                line.push_str(if line.is_empty() { "" } else { " " });
                line.push_str(word);
            }
        }
        lines.join("\n")
    };
    let is_heading = |block: &&String| block.starts_with('#');
    blocks
        .iter()
        .map(|block| {
            if is_heading(&block) {
                block.clone()
            } else {
                wrap(block)
            }
        })
        .collect()
}

/// Divides a block in two at about `share` of it.
fn divided(block: &str, share: usize) -> Option<(String, String)> {
    let chars = block.char_indices().skip(1);
    let cuts = chars.filter(|(_, c)| *c == ' ' || !c.is_ascii());
    let cuts: Vec<usize> = cuts.map(|(at, _)| at).collect();
    let cut = cuts.get(share % cuts.len().max(1))?;
    let (one, two) = block.split_at(*cut);
    Some((one.trim().to_owned(), two.trim().to_owned()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_wrapped_otherwise_is_no_loss(was in documents(), width in 20..90_usize) {
        let now: Vec<Blocks> = was.iter().map(|blocks| wrapped(blocks, width)).collect();
        nothing_lost(&was, &now);
    }

    #[test]
    fn what_is_in_another_order_is_no_loss(was in documents(), order in any::<u64>()) {
        let now: Vec<Blocks> = was.iter().map(|blocks| {
            let mut blocks = blocks.clone();
            let len = blocks.len();
            blocks.rotate_left(order as usize % len);
            blocks.swap(0, (order >> 32) as usize % len);
            blocks
        }).collect();
        nothing_lost(&was, &now);
    }

    #[test]
    fn what_moves_to_another_document_is_no_loss(
        was in documents(), from in any::<usize>(), block in any::<usize>(), at in any::<usize>(),
    ) {
        let mut now = was.clone();
        let from = from % now.len();
        let to = (from + 1) % now.len();
        let block = block % now[from].len();
        let block = now[from].remove(block);
        let at = at % (now[to].len() + 1);
        now[to].insert(at, block);
        nothing_lost(&was, &now);
    }

    #[test]
    fn what_is_divided_or_joined_is_no_loss(
        was in documents(), block in any::<usize>(), share in any::<usize>(),
    ) {
        let mut now = was.clone();
        let block = block % was[0].len();
        prop_assume!(!was[0][block].starts_with('#'));
        let Some((one, two)) = divided(&was[0][block], share) else { return Ok(()); };
        now[0].splice(block..=block, [one, two]);
        nothing_lost(&was, &now);
        nothing_lost(&now, &was);
    }

    #[test]
    fn a_block_that_is_deleted_is_lost_and_nothing_else(was in documents(), block in any::<usize>()) {
        let mut now = was.clone();
        let block = block % was[0].len();
        let deleted = now[0].remove(block);
        let chars = witness(&deleted).match_text.chars().count() as u64;
        let losses = lost(&was, &now);
        prop_assert_eq!((losses[0].gone, losses[0].replaced), (chars, 0));
        prop_assert_eq!(losses[0].blocks, (1, was[0].len()));
        prop_assert_eq!(losses[0].gaps.len(), 1);
        for loss in &losses[1..] {
            prop_assert_eq!(loss.gone, 0);
        }
    }

    #[test]
    fn a_document_that_is_deleted_is_lost_whole(was in documents()) {
        let now = was[..was.len() - 1].to_vec();
        let losses = lost(&was, &now);
        let (last, others) = losses.split_last().unwrap();
        prop_assert_eq!((last.gone, last.blocks.0), (last.total, was[now.len()].len()));
        prop_assert!(others.iter().all(|loss| loss.gone == 0));
    }

    #[test]
    fn nothing_that_is_read_panics(was in vec(vec("\\PC{0,60}", 0..6), 0..4), now in vec(vec("\\PC{0,60}", 0..6), 0..4)) {
        for loss in lost(&was, &now) {
            prop_assert!(loss.gone + loss.replaced <= loss.total);
        }
    }
}
