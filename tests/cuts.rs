//! What is said of a cut, and of comments that stand around it.

use lacuna::collate::collate;
use lacuna::normalize::{Options, normalize};
use lacuna::text::{CutPlace, Relation, Verdict, Witness};

const BODY: &str = "# The heron\n\nIt stands in the weir from six to eight.\n\n\
    Then it goes home by way of the allotments.\n\n";
const COMMENTS: [&str; 3] = [
    "- **Ann** 2024-12-10: Very clear, thank you.\n",
    "- **Bob** 2024-12-11: Where is part two?\n",
    "- **Cem** 2024-12-12: Mine goes by bus.\n",
];

fn read(text: &str) -> Witness {
    normalize(text.as_bytes(), Some("md"), &Options::default()).expect("small")
}

fn compared(base: &str, copy: &str) -> Relation {
    collate(&read(base), &read(copy))
}

fn with_comments(body: &str, order: [usize; 3]) -> String {
    let comments: String = order.iter().map(|at| COMMENTS[*at]).collect();
    format!("{body}## Comments (3)\n\n{comments}")
}

#[test]
fn an_ellipsis_is_told_as_it_is_written() {
    let whole = "她把灯关了，听见外面下起雨来，一直下到天亮。";
    for dots in ["……", "…", "...", "[…]", "（……）", "．．．", "⋯⋯", "。。。"]
    {
        let copy = format!("她把灯关了，听见外面{dots}");
        let relation = compared(whole, &copy);
        assert_eq!(relation.verdict, Verdict::Truncated, "{dots}");
        assert_eq!(relation.cut.expect(dots).ellipsis, dots);
    }
}

#[test]
fn a_character_that_was_cut_in_two_is_part_of_the_cut() {
    let whole = "她把灯关了，听见外面下起雨来，一直下到天亮。";
    let base = read(whole);
    for end in 30..whole.len() - 3 {
        let copy = normalize(&whole.as_bytes()[..end], Some("md"), &Options::default());
        let relation = collate(&base, &copy.expect("small"));
        assert_eq!(relation.verdict, Verdict::Truncated, "{end}");
        assert!(relation.cut.is_some(), "{end}");
    }
}

#[test]
fn a_text_of_which_only_the_comments_are_left_is_cut_before_its_first_word() {
    let (whole, left) = (with_comments(BODY, [0, 1, 2]), with_comments("", [0, 1, 2]));
    for (base, copy) in [(&whole, &left), (&left, &whole)] {
        let relation = compared(base, copy);
        assert_eq!(relation.verdict, Verdict::Truncated);
        let cut = relation.cut.expect("truncated");
        assert_eq!((cut.place, cut.before.as_str()), (CutPlace::Start, ""));
        assert_eq!((cut.line, cut.byte), (1, 0));
        assert_eq!((cut.base_line, cut.base_byte), (1, 2));
    }
}

#[test]
fn comments_in_another_order_set_equivalent_texts_apart() {
    let base = with_comments(BODY, [0, 1, 2]);
    for (order, reordered) in [([0, 1, 2], false), ([1, 0, 2], true), ([2, 0, 1], true)] {
        // Another level, or the first would be identical.
        let copy = with_comments(BODY, order).replace("## Comments", "### Comments");
        let relation = compared(&base, &copy);
        assert_eq!(relation.verdict, Verdict::Equivalent);
        assert_eq!(relation.differs.comment_order, reordered, "{order:?}");
        assert!(relation.comments.lacking.is_empty() && relation.comments.extra.is_empty());
    }
}
