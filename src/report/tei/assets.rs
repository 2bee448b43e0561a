//! What the witnesses point to: pictures, sound, embedded pages. Avatars are none of the text's.

use std::io::{self, Write};

use super::pieces::pointers;
use crate::report::markup::escaped_line;
use crate::report::{Entry, Synopsis};
use crate::text::{Asset, AssetKind, Relation};

/// An asset, and which witnesses have it.
type Had<'a> = (&'a Asset, Vec<bool>);

/// Those of two witnesses: of the base in its order, then of the copy alone.
pub(super) fn of_pair(
    witnesses: [Entry<'_>; 2],
    relation: &Relation,
    out: &mut dyn Write,
) -> io::Result<()> {
    let [base, copy] = witnesses.map(|entry| &entry.witness.assets);
    let changes = &relation.assets;
    let of_base = base.iter().enumerate().map(|(at, asset)| {
        let only = changes.lacking.binary_search(&(at as u32)).is_ok();
        (asset, vec![true, !only])
    });
    let extra = changes.extra.iter();
    let of_copy = extra.filter_map(|at| Some((copy.get(*at as usize)?, vec![false, true])));
    division(&witnesses, of_base.chain(of_copy), out)
}

/// Those of several.
pub(super) fn of_table(
    synopsis: &Synopsis<'_>,
    witnesses: &[Entry<'_>],
    out: &mut dyn Write,
) -> io::Result<()> {
    let rows = synopsis.table.assets.iter().filter_map(|row| {
        let (witness, at) = row.from;
        let asset = (synopsis.witness(witness).witness.assets).get(at as usize)?;
        // In the row, the base comes first.
        let of = |(copy, _): (Option<usize>, Entry<'_>)| {
            let column = copy.map_or(0, |copy| copy + 1);
            row.of.get(column).copied().unwrap_or(false)
        };
        Some((asset, synopsis.witnesses().map(of).collect()))
    });
    division(witnesses, rows, out)
}

fn division<'a>(
    witnesses: &[Entry<'_>],
    assets: impl Iterator<Item = Had<'a>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut assets = assets
        .filter(|(asset, _)| asset.kind != AssetKind::Avatar)
        .peekable();
    if assets.peek().is_none() {
        return Ok(());
    }
    writeln!(out, "<div type=\"assets\">")?;
    for (asset, had) in assets {
        let (have, lack): (Vec<usize>, Vec<usize>) =
            (0..witnesses.len()).partition(|at| had.get(*at) == Some(&true));
        let figure = figure(asset);
        if lack.is_empty() {
            writeln!(out, "{figure}")?;
            continue;
        }
        let (have, lack) = (pointers(witnesses, &have), pointers(witnesses, &lack));
        writeln!(
            out,
            "<app><rdg wit=\"{have}\">{figure}</rdg><rdg wit=\"{lack}\"/></app>"
        )?;
    }
    writeln!(out, "</div>")
}

fn figure(asset: &Asset) -> String {
    let words = match asset.alt.as_str() {
        "" => String::new(),
        alt => format!("<figDesc>{}</figDesc>", escaped_line(alt)),
    };
    format!(
        "<figure type=\"{}\"><graphic url=\"{}\"/>{words}</figure>",
        asset.kind.name(),
        escaped_line(&asset.target)
    )
}
