//! What hangs on the text: comments, assets, damage, a line for each.

use std::collections::BTreeMap;

use super::headline::View;
use super::page::Page;
use crate::report::pen::{Pen, Style};
use crate::report::{Entry, comments, damage_in_words};
use crate::text::{Asset, AssetKind, Comment, Witness};

/// Comments present, lacking, extra, changed.
pub(super) fn comment_changes(page: &mut Page, view: &View<'_>, indent: usize) {
    let changes = &view.relation.comments;
    let pen = page.pen;
    let total = view.base.witness.comments.len();
    let mut parts = Vec::new();
    if total > 0 && changes.present.len() == total {
        parts.push(format!("all {} present", pen.number(total as u64)));
    } else if total > 0 {
        let present = pen.number(changes.present.len() as u64);
        parts.push(format!("{present} of {} present", pen.number(total as u64)));
    }
    if changes.are_reordered() {
        let order = "in another order";
        match parts.last_mut() {
            Some(present) => *present += &format!(", {order}"),
            None => parts.push(order.to_owned()),
        }
    }
    let copy = pen.name(view.copy.siglum);
    let mut number = |count: usize, words: String| {
        if count > 0 {
            parts.push(words);
        }
    };
    let by = |comments: &[u32], witness: &Witness| by_whom(pen, comments, witness);
    number(
        changes.lacking.len(),
        format!("lacks {}", by(&changes.lacking, view.base.witness)),
    );
    number(
        changes.extra.len(),
        format!("only in {copy}: {}", by(&changes.extra, view.copy.witness)),
    );
    number(
        changes.changed.len(),
        format!("{} changed", pen.number(changes.changed.len() as u64)),
    );
    number(
        changes.counters.len(),
        format!(
            "counters of {} differ",
            pen.number(changes.counters.len() as u64)
        ),
    );
    parts.extend(declared(pen, view.copy, false));
    if !parts.is_empty() {
        let words = format!(" {}", parts.join("; "));
        page.wrapped(indent, Style::Faint, "comments:", &words);
    }
}

/// `2, by Ann (2024-01-02) and Bob`.
pub(super) fn by_whom(pen: Pen, comments: &[u32], witness: &Witness) -> String {
    const NAMED: usize = 3;
    let mut words = pen.number(comments.len() as u64);
    let names: Vec<String> = comments
        .iter()
        .filter_map(|at| witness.comments.get(*at as usize))
        .take(NAMED)
        .map(|comment| signed(pen, comment, 20))
        .filter(|name| !name.is_empty())
        .collect();
    if !names.is_empty() {
        words += &format!(" ({}", names.join(", "));
        if comments.len() > names.len() {
            words += &format!(
                " and {} more",
                pen.number((comments.len() - names.len()) as u64)
            );
        }
        words.push(')');
    }
    words
}

/// Author and date, the author in at most `max` columns.
pub(super) fn signed(pen: Pen, comment: &Comment, max: usize) -> String {
    let author = pen.path(&comment.author, max);
    let date = pen.path(&comment.date, 25);
    [author, date]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// What a document says of the number of its comments, if that is not so, or else if `anyway`.
pub(super) fn declared(pen: Pen, entry: Entry<'_>, anyway: bool) -> Option<String> {
    let declared = comments::declared(entry.witness)?;
    let present = entry.witness.comments.len() as u64;
    (anyway || declared != present).then(|| {
        let siglum = pen.name(entry.siglum);
        let (declared, present) = (pen.number(declared), pen.number(present));
        format!("{siglum} declares {declared} and has {present}")
    })
}

/// Assets lacking and extra, avatars apart.
pub(super) fn assets(page: &mut Page, view: &View<'_>, indent: usize) {
    let changes = &view.relation.assets;
    let pen = page.pen;
    let lacking = kinds(pen, &changes.lacking, view.base.witness);
    let extra = kinds(pen, &changes.extra, view.copy.witness);
    let mut parts: Vec<String> = Vec::new();
    if !lacking.is_empty() {
        parts.push(format!("lacks {}", lacking.join(", ")));
    }
    if !extra.is_empty() {
        let copy = pen.name(view.copy.siglum);
        parts.push(format!("{} only in {copy}", extra.join(", ")));
    }
    if !parts.is_empty() {
        page.wrapped(
            indent,
            Style::Faint,
            "assets:",
            &format!(" {}", parts.join("; ")),
        );
    }
}

/// `1 image (line 71)`, `8 avatars`.
pub(super) fn kinds(pen: Pen, assets: &[u32], witness: &Witness) -> Vec<String> {
    let mut kinds: BTreeMap<AssetKind, Vec<&Asset>> = BTreeMap::new();
    for asset in assets
        .iter()
        .filter_map(|at| witness.assets.get(*at as usize))
    {
        kinds.entry(asset.kind).or_default().push(asset);
    }
    let one = |(kind, assets): (AssetKind, Vec<&Asset>)| {
        let many = match kind {
            AssetKind::Media => "media".to_owned(),
            _ => format!("{}s", kind.name()),
        };
        let count = pen.count_of(assets.len() as u64, kind.name(), &many);
        match (kind, assets.as_slice()) {
            (AssetKind::Avatar, _) | (_, []) => count,
            (_, [only]) => format!("{count} (line {})", only.line),
            (_, [first, .., last]) if first.line == last.line => {
                format!("{count} (line {})", first.line)
            }
            (_, [first, .., last]) => format!("{count} (lines {}-{})", first.line, last.line),
        }
    };
    kinds.into_iter().map(one).collect()
}

/// Damage by kind.
pub(super) fn damage(page: &mut Page, entry: Entry<'_>, indent: usize) {
    let pen = page.pen;
    let counts = entry.witness.damage_counts();
    if let Some(words) = damage_in_words(&counts, pen.terminal.ascii) {
        let lead = format!("damage in {}:", pen.name(entry.siglum));
        page.wrapped(indent, Style::Lacking, &lead, &format!(" {words}"));
    }
}
