//! What is said of two documents of two folders below their verdict.

use crate::report::pen::Style;
use crate::report::text::headline::View;
use crate::report::text::page::Page;
use crate::report::text::{attached, changes};
use crate::report::{Details, Lost, Only, Pair, Standing};
use crate::text::{Verdict, Witness};

/// Where it begins.
pub(super) const INDENT: usize = 5;
/// Documents that are named which have more of what is lacking.
const NAMED: usize = 3;

/// What each folder lacks of the other's document, and where there is more of it.
pub(super) fn facts(page: &mut Page, only: Option<Only>, pair: &Pair<'_>, details: &Details<'_>) {
    let view = View::from(details);
    let part = match pair.standing {
        Standing::PartInCopy => Some(" it has what another document of B lacks of A"),
        Standing::PartInBase => Some(" it has what another document of A lacks of B"),
        _ => None,
    };
    if let Some(words) = part {
        page.wrapped(INDENT, Style::Moved, "part:", words);
    }
    if only != Some(Only::Extra) {
        let witness = details.base.witness;
        lost(page, Style::Lacking, "B lacks", &details.lost, witness);
        elsewhere(page, pair);
    }
    if only != Some(Only::Lacking) {
        let witness = details.copy.witness;
        lost(page, Style::Extra, "A lacks", &details.gained, witness);
    }
    if pair.verdict == Verdict::Revised && only.is_none() {
        changes::variants(page, &view, INDENT);
        changes::moved(page, &view, INDENT);
    }
    changes::approximations(page, &view, INDENT);
}

/// Passages, comments and assets that a folder lacks.
fn lost(page: &mut Page, style: Style, lead: &str, lost: &Lost<'_>, witness: &Witness) {
    changes::passages(page, INDENT, style, lead, lost.passages, witness);
    if !lost.comments.is_empty() {
        let by = attached::by_whom(page.pen, lost.comments, witness);
        page.wrapped(INDENT, style, lead, &format!(" comments: {by}"));
    }
    if !lost.assets.is_empty() {
        let kinds = attached::kinds(page.pen, lost.assets, witness);
        page.wrapped(INDENT, style, lead, &format!(" {}", kinds.join(", ")));
    }
}

/// Where there is more of what the copy lacks.
fn elsewhere(page: &mut Page, pair: &Pair<'_>) {
    let pen = page.pen;
    let named = pair.elsewhere.iter().take(NAMED);
    let named: Vec<String> = named.map(|path| pen.name(path)).collect();
    let more = match pair.elsewhere.len() - named.len() {
        0 => String::new(),
        more => format!("and {} more", pen.number(more as u64)),
    };
    if !named.is_empty() {
        page.names(INDENT, Style::Moved, "B has more of it in", &named, &more);
    }
}
