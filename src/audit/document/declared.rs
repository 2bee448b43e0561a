use super::Seen;
use crate::audit::Remark;
use crate::text::{Code, CommentSection, LineRange};

/// That a heading declares another number of comments than follow it. Sites count replies or leave
/// them out, so either number will do.
pub(super) fn remarks(seen: &Seen<'_>, remarks: &mut Vec<Remark>) {
    for (nth, section) in seen.witness.comment_sections.iter().enumerate() {
        let Some(declared) = section.declared else {
            continue;
        };
        let (all, top) = present(seen, section);
        if declared == all || declared == top {
            continue;
        }
        let line = section.line;
        let message = match declared.checked_sub(all) {
            Some(lacking) => {
                format!("declares {declared} comments and has {all}: {lacking} lacking")
            }
            None => format!("declares {declared} comments and has {all}"),
        };
        remarks.push(Remark {
            code: Code::DeclaredCount,
            lines: Some(LineRange {
                first: line,
                last: line,
            }),
            message,
            about: format!("section {}", nth + 1),
        });
    }
}

/// How many comments there are, and how many of them reply to no other.
fn present(seen: &Seen<'_>, section: &CommentSection) -> (u64, u64) {
    let range = section.comments.start as usize..section.comments.end as usize;
    let comments = seen.witness.comments.get(range).unwrap_or_default();
    let top = comments.iter().filter(|comment| comment.depth == 0).count();
    (comments.len() as u64, top as u64)
}
