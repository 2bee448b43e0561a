//! The reports for people, as they look 80 columns wide.

use crate::program::lacuna;

#[test]
fn a_cut_lesson() {
    let run = lacuna(["scan", "samples/truncated-comments"]).expect(0);
    insta::assert_snapshot!(run.text(), @r#"
    group 1: 1 copy
      A samples/truncated-comments/17-换和弦.md
         base, longest body: 571 characters, next 351
      B sampl…-换和弦.md  truncated at line 13 after “…到三弦二品：” - has 61 % of A
         samples/truncated-comments/trial/17-换和弦.md
         ██████████████████████████████████████████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░
         61 % of A is in B (351 of 571 characters), 100 % of B is in A (351 of 351)
         cut at line 13, at a block's end, after
           “…只需要把无名指从五弦三品挪到三弦二品：”
         lacks lines 17-27 (220 characters, after line 13 of B), 2 headings:
           “一张作业表”, “什么时候算过关”
         comments: all 5 present
         assets: lacks 1 image (line 15); 5 avatars only in B

    excluded
      ignored (1): samples/truncated-comments/case.toml

    summary
      3 inputs: 2 read (4.8 kB), 1 excluded
      2 documents: 1 base, 1 copy; 2 different texts
      1 relation: 1 truncated
      1 pair compared
    "#);
}

#[test]
fn gaps() {
    let run = lacuna(["scan", "--ascii", "samples/gaps"]).expect(0);
    insta::assert_snapshot!(run.text(), @r#"
    group 1: 1 copy
      A samples/gaps/truing.md  base, longest body: 1239 characters, next 693
      B sampl...ng-short.md  contained: lacks 2 passages and the end - has 56 % of A
         samples/gaps/truing-short.md
         ####################............#############..........#########...........
         56 % of A is in B (693 of 1239 characters), 100 % of B is in A (693 of 693)
         lacks line 7 (202 characters, after line 5 of B): "Spokes pull the rim ..."
         lacks line 11 (170 characters, after line 7 of B): "Nipples that have n..."
         lacks line 15 (174 characters, after line 9 of B): "Check the tension b..."

    excluded
      ignored (1): samples/gaps/case.toml

    summary
      3 inputs: 2 read (2.4 kB), 1 excluded
      2 documents: 1 base, 1 copy; 2 different texts
      1 relation: 1 contained
      1 pair compared
    "#);
}

#[test]
fn a_revision() {
    let run = lacuna([
        "diff",
        "samples/revised/meteors-2019.md",
        "samples/revised/meteors-2023.md",
    ])
    .expect(1);
    insta::assert_snapshot!(run.text(), @r#"
    - A samples/revised/meteors-2019.md
    + B samples/revised/meteors-2023.md

    A revised: lacks 1 passage - shares 79 % of B, 84 % of A
    ███████████████▒████████████▒█████████████████████████████████████░░░░░░░░░░░░░░
      84 % of A is in B (881 of 1054 characters), 79 % of B is in A (881 of 1109)

    body
      1   1 │ Watching the August meteors
      3   3 ~ Every year in the second week of August the Earth runs into the dust
            ~ that a comet has left on its way, and for a few nights there are more
            ~ shooting stars than anybody can wish on. You need no telescope. You
            ~ need a dark place, a [-reclining chair-]{+folding bed+} and more warm
            ~ clothes than you think.
      5   5 │ When to look
      7   7 ~ The show gets better after midnight, because then your side of the
            ~ Earth faces forward, like the windscreen of a car that drives into
            ~ snow. The peak lasts [-about a day-]{+roughly twenty hours+}, but the
            ~ nights before and after are nearly as good.
      9   9 │ The Moon decides more than the calendar does. A full Moon drowns all
            │ but the brightest trails, so check when it sets before you drive
            │ anywhere.
     11     - From the southern half of the world the radiant hardly rises at all.
            - Observers there see a tenth of the number, but those few skim the
            - atmosphere and draw trails right across the sky.
     13  11 │ How to look
            … 1 block the same
     17  15 │ If you like to count, count for whole hours and write down the start,
            │ the end and how much of the sky was cloudy. Amateurs have done this
            │ for more than a century, and their notebooks are still in use.
         17 + Taking a picture
         19 + Put the camera on a tripod, open the lens as wide as it goes and let
            + it take one exposure of fifteen seconds after the other. Out of four
            + hundred frames perhaps three will have a meteor in them, and one of
            + those will be out of focus.

    headings extra
         17 + Taking a picture
    "#);
}

#[test]
fn an_overlap_lists_what_is_shared() {
    let run = lacuna(["scan", "samples/excerpt-overlapping"]).expect(0);
    let group = run.text().split("\n\n").next().unwrap_or_default();
    insta::assert_snapshot!(group, @r#"
    group 1: 1 copy
      A samples/excerpt-overlapping/diary/day-5.md
         base, longest body: 484 characters, next 296
      B samples/ex…lapping/recipe/tofu.md  overlapping - shares 22 % of A, 35 % of B
         samples/excerpt-overlapping/recipe/tofu.md
         ░░░░░░░░░░░░░░░░░░░░░░█████████████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░
         22 % of A is in B (105 of 484 characters), 35 % of B is in A (105 of 296)
         shares line 7 (105 characters, line 7 of B): “点卤是做豆腐最要紧的一步。…”
    "#);
}
