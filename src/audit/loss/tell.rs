//! What is lost -> findings.

use super::{Case, Gap, Loss, Present};
use crate::audit::entry::chars;
use crate::audit::policy::Limits;
use crate::audit::words::{count, number, percent};
use crate::text::{Code, Finding, LineRange, Related};

/// Less than this, in characters, is no loss by itself where no whole block is gone: a sentence that
/// was put more briefly.
const TRIFLE: u64 = 40;

/// A document that has what another one said that is gone, and had it before.
#[derive(Clone, Copy, Debug)]
pub struct Still<'a> {
    /// Its path.
    pub path: &'a str,
    /// How much of what the other said it does not have, in characters.
    pub lacks: u64,
}

/// Findings about what `case` lost.
pub fn tell(
    case: &Case,
    loss: &Loss,
    present: &[Present],
    still: Option<&Still<'_>>,
    limits: &Limits,
) -> Vec<Finding> {
    match case.now.and_then(|at| present.get(at)) {
        Some(document) => {
            let mut findings = Vec::new();
            findings.extend((document.path != case.path).then(|| renamed(case, &document.path)));
            findings.extend(text(&document.path, loss, present, limits));
            findings.extend(comments(&document.path, loss));
            findings.extend(assets(&document.path, loss));
            findings
        }
        None => vec![gone(case, loss, present, still, limits)],
    }
}

fn renamed(case: &Case, path: &str) -> Finding {
    let message = format!("was {}", case.path);
    Finding::new(Code::Renamed, path, &case.path, message)
}

/// A document that is gone. What it said may be in others.
fn gone(
    case: &Case,
    loss: &Loss,
    present: &[Present],
    still: Option<&Still<'_>>,
    limits: &Limits,
) -> Finding {
    if let Some(still) = still.filter(|still| still.lacks == 0) {
        let message = format!("is gone; all that it said is still in {}", still.path);
        return Finding::new(Code::Renamed, &case.path, "", message);
    }
    let all = loss.total + loss.comments.total as u64;
    let mut related = places(&case.path, loss, present);
    let comments = match loss.comments.gone {
        0 => String::new(),
        gone => format!(" and {}", count(gone as u64, "comment")),
    };
    let lost = loss.gone + loss.comments.chars;
    if all > 0 && !loss.moved.is_empty() && !limits.forbid(lost, loss.total) && lost < loss.total {
        let message = match loss.gone {
            0 => "is gone; all that it said is in other documents".to_owned(),
            gone => format!(
                "is gone; all but {} of what it said is in other documents",
                count(gone, "character")
            ),
        };
        return Finding::new(Code::Renamed, &case.path, "", message).with_related(related);
    }
    let all = chars(case.was.pieces());
    related.extend(
        still
            .filter(|still| 2 * still.lacks < all)
            .map(|still| Related {
                path: still.path.to_owned(),
                lines: None,
                words: format!("has all but {} of it", count(still.lacks, "character")),
            }),
    );
    let message = match loss.moved.is_empty() {
        true => format!("is gone, with {}{comments}", count(loss.total, "character")),
        false => format!(
            "is gone, with {} of {}{comments}",
            number(loss.gone),
            count(loss.total, "character")
        ),
    };
    Finding::new(Code::Lost, &case.path, "", message).with_related(related)
}

/// What is less in a document that is still there.
fn text(path: &str, loss: &Loss, present: &[Present], limits: &Limits) -> Option<Finding> {
    let (blocks, of) = loss.blocks;
    let share = format!(
        "{} of {} ({})",
        number(loss.gone),
        count(loss.total, "character"),
        percent(loss.gone, loss.total)
    );
    let told = |code, message| {
        let related = places(path, loss, present);
        let finding = Finding::new(code, path, "", message).with_related(related);
        Some(Finding {
            lines: most_went(loss),
            ..finding
        })
    };
    let is_trifle = blocks == 0 && loss.gone < TRIFLE;
    if limits.forbid(loss.gone, loss.total) && !is_trifle {
        let blocks = match blocks {
            0 => String::new(),
            _ => format!(
                ", {} of {}",
                number(blocks as u64),
                count(of as u64, "block")
            ),
        };
        return told(Code::Shrunk, format!("lost {share}{blocks}"));
    }
    if blocks > 0 {
        let blocks = format!("{} of {}", number(blocks as u64), count(of as u64, "block"));
        return told(
            Code::BlocksLost,
            format!("lost {blocks}: {}", count(loss.gone, "character")),
        );
    }
    if 2 * loss.replaced > loss.total {
        let replaced = count(loss.replaced, "character");
        let message = format!(
            "{replaced} of {} were replaced by other text ({})",
            number(loss.total),
            percent(loss.replaced, loss.total)
        );
        return told(Code::Replaced, message);
    }
    if loss.moved.is_empty() {
        return None;
    }
    let chars = loss.moved.iter().map(|moved| moved.chars).sum();
    let message = match loss.moved.len() {
        1 => format!("{} moved to another document", count(chars, "character")),
        documents => format!(
            "{} moved to {documents} other documents",
            count(chars, "character")
        ),
    };
    told(Code::Moved, message)
}

/// The line after which most of it went; the first if that is the beginning.
fn most_went(loss: &Loss) -> Option<LineRange> {
    let gaps = loss.gaps.iter().rev();
    let gap = gaps.max_by_key(|gap| gap.chars)?;
    let line = gap.after.map_or(1, |after| after.last);
    Some(LineRange {
        first: line,
        last: line,
    })
}

/// Where text went, and where it is now.
fn places(path: &str, loss: &Loss, present: &[Present]) -> Vec<Related> {
    let gaps = loss.gaps.iter().map(|gap| Related {
        path: path.to_owned(),
        lines: gap.after,
        words: went(gap),
    });
    let moved = loss.moved.iter().filter_map(|moved| {
        Some(Related {
            path: present.get(moved.to)?.path.clone(),
            lines: Some(moved.lines),
            words: format!("has {} of it", count(moved.chars, "character")),
        })
    });
    gaps.chain(moved).collect()
}

fn went(gap: &Gap) -> String {
    let place = match gap.after {
        Some(_) => "went after this",
        None => "went at the beginning",
    };
    let chars = count(gap.chars, "character");
    match gap.blocks {
        0 => format!("{chars} {place}"),
        blocks => format!("{} ({chars}) {place}", count(blocks as u64, "block")),
    }
}

fn comments(path: &str, loss: &Loss) -> Option<Finding> {
    let lost = &loss.comments;
    if lost.gone == 0 && lost.chars < TRIFLE {
        return None;
    }
    let all = count(lost.total as u64, "comment");
    let chars = count(lost.chars, "character");
    let message = match (lost.gone, lost.cut) {
        (0, cut) => format!(
            "{} of {all} say less than they did: {chars} are gone",
            number(cut as u64)
        ),
        (gone, 0) => format!("lost {} of {all} ({chars})", number(gone as u64)),
        (gone, cut) => format!(
            "lost {} of {all}, and {} say less than they did ({chars})",
            number(gone as u64),
            number(cut as u64)
        ),
    };
    Some(Finding::new(Code::CommentsLost, path, "", message))
}

fn assets(path: &str, loss: &Loss) -> Option<Finding> {
    let (gone, of) = loss.assets;
    let message = format!(
        "lost {} of {}",
        number(gone as u64),
        count(of as u64, "asset")
    );
    (gone > 0).then(|| Finding::new(Code::AssetsLost, path, "", message))
}
