//! Comment sections, recognised by structure.

use super::builder::Draft;
use crate::text::{Comment, CommentSection};

/// How comment sections are recognised: the built-in profiles and those of a user.
#[derive(Clone, Debug, Default)]
pub struct Profiles {}

impl Profiles {
    /// Whether an element with this `class` and `id` may be, or be around, a comment section.
    /// Called for every element that has either, so it must be cheap.
    pub(crate) fn hint(&self, class: &str, id: &str) -> bool {
        let words = class.split_ascii_whitespace().chain([id]);
        words.into_iter().any(|word| {
            [
                "comment",
                "comments",
                "comment-list",
                "commentlist",
                "disqus",
                "post",
                "post-list",
                "replies",
                "reply",
            ]
            .iter()
            .any(|hint| word.eq_ignore_ascii_case(hint))
        })
    }

    /// Whether a block with this canonical text may be the heading of a comment section.
    /// Called for every short block.
    pub(crate) fn is_heading(&self, text: &str) -> bool {
        if text.len() > 64 {
            return false;
        }
        let word = text.trim_matches(|c: char| {
            c.is_ascii_digit() || c.is_whitespace() || "()（）:：".contains(c)
        });
        ["精选留言", "留言", "评论", "全部评论", "条评论"].contains(&word)
            || ["comment", "comments", "responses"]
                .iter()
                .any(|heading| word.eq_ignore_ascii_case(heading))
    }
}

/// Finds the comment sections of a draft: marks their blocks, splits blocks that hold both
/// byline and text, and gives the comments. `decoded` is the text that spans in the draft count
/// in; the spans of what is returned count in it too, and lines are filled in later.
pub(crate) fn recognise(
    draft: &mut Draft,
    decoded: &str,
    profiles: &Profiles,
) -> (Vec<CommentSection>, Vec<Comment>) {
    let _ = (draft, decoded, profiles);
    (Vec::new(), Vec::new())
}
