//! What hangs on the text, in which copies: front matter, comments, assets.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::text::{
    AssetKind, AssetRow, BlockKind, CommentCell, CommentRow, KeyRow, Relation, Section, Witness,
    fold,
};

type Copies<'c> = [(&'c Witness, &'c Relation)];

/// The base, then the copies.
fn witnesses<'c>(base: &'c Witness, copies: &Copies<'c>) -> Vec<&'c Witness> {
    let copies = copies.iter().map(|(copy, _)| *copy);
    std::iter::once(base).chain(copies).collect()
}

/// Keys in the order of the base, then those that only copies have, by name.
pub(super) fn front_matter(base: &Witness, copies: &Copies<'_>) -> Vec<KeyRow> {
    let all: Vec<Vec<(&str, &str)>> = (witnesses(base, copies).into_iter()).map(entries).collect();
    let mut keys: Vec<&str> = Vec::new();
    let mut others: BTreeSet<&str> = BTreeSet::new();
    // By key: the value of each witness.
    let mut values: HashMap<&str, Vec<Option<&str>>> = HashMap::new();
    for (at, entries) in all.iter().enumerate() {
        for (key, value) in entries {
            let of = values.entry(key).or_insert_with(|| {
                match at {
                    0 => keys.push(key),
                    _ => drop(others.insert(key)),
                }
                vec![None; all.len()]
            });
            // Of a key that stands there twice, the first.
            of[at] = of[at].or(Some(value));
        }
    }
    let keys = keys.into_iter().chain(others);
    keys.filter_map(|key| Some(row(key, values.get(key)?)))
        .collect()
}

/// The row of `key`: the value of the base first, then the others in order, each once.
fn row(key: &str, of: &[Option<&str>]) -> KeyRow {
    let values = of.iter().copied();
    let of: Vec<Option<(String, &str)>> = values
        .map(|value| value.map(|value| (folded(value), value)))
        .collect();
    let mut others: Vec<&(String, &str)> = of.iter().skip(1).flatten().collect();
    others.sort_unstable();
    let mut values: Vec<String> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (folded, value) in of.iter().take(1).flatten().chain(others) {
        places.entry(folded).or_insert_with(|| {
            values.push((*value).to_owned());
            values.len() - 1
        });
    }
    let place = |value: &Option<(String, &str)>| places.get(value.as_ref()?.0.as_str()).copied();
    KeyRow {
        key: key.to_owned(),
        of: of.iter().map(place).collect(),
        values,
    }
}

/// Keys and values of the front matter.
fn entries(witness: &Witness) -> Vec<(&str, &str)> {
    let blocks = witness.section(Section::FrontMatter);
    let entries = blocks.map(|block| {
        let text = block.text(witness);
        match (block.kind, text.split_once(':')) {
            (BlockKind::Metadata, Some((key, value))) => (key.trim(), value.trim()),
            _ => ("", text),
        }
    });
    entries.collect()
}

fn folded(text: &str) -> String {
    let mut out = String::new();
    fold::match_text(text, false, &mut out);
    out
}

/// The comments of the base in its order, then the others by date, author and text.
pub(super) fn comments(base: &Witness, copies: &Copies<'_>) -> Vec<CommentRow> {
    let mut rows: Vec<CommentRow> = (0..base.comments.len() as u32)
        .map(|at| CommentRow {
            from: (0, at),
            cells: vec![CommentCell::Lacks; copies.len()],
            in_base: true,
        })
        .collect();
    let mut others: BTreeMap<(String, String, String), CommentRow> = BTreeMap::new();
    for (copy, (witness, relation)) in copies.iter().enumerate() {
        let changes = &relation.comments;
        let present = changes
            .present
            .iter()
            .map(|(at, own)| (*at, CommentCell::Has(*own)));
        let changed = changes.changed.iter();
        let changed = changed.map(|one| (one.base, CommentCell::Changed(one.copy)));
        for (at, cell) in present.chain(changed) {
            if let Some(row) = rows.get_mut(at as usize) {
                row.cells[copy] = cell;
            }
        }
        for at in &changes.extra {
            let Some(key) = identity(witness, *at) else {
                continue;
            };
            let row = others.entry(key).or_insert_with(|| CommentRow {
                from: (copy + 1, *at),
                cells: vec![CommentCell::Lacks; copies.len()],
                in_base: false,
            });
            row.cells[copy] = CommentCell::Has(*at);
        }
    }
    rows.extend(others.into_values());
    rows
}

/// Date, author and text of a comment, as they are compared.
fn identity(witness: &Witness, at: u32) -> Option<(String, String, String)> {
    let comment = witness.comments.get(at as usize)?;
    let blocks = comment.blocks.start as usize..comment.blocks.end as usize;
    let blocks = witness.blocks.get(blocks).unwrap_or_default().iter();
    let text: String = blocks.map(|block| block.match_text(witness)).collect();
    Some((folded(&comment.date), folded(&comment.author), text))
}

/// The assets of the base in its order, then the others by target.
pub(super) fn assets(base: &Witness, copies: &Copies<'_>) -> Vec<AssetRow> {
    let all = witnesses(base, copies);
    let mut rows: Vec<AssetRow> = Vec::new();
    let mut row_of: HashMap<&str, usize> = HashMap::new();
    for (number, witness) in all.iter().enumerate() {
        for (at, asset) in (0..).zip(&witness.assets) {
            if asset.kind == AssetKind::Avatar {
                continue;
            }
            let row = *row_of.entry(&asset.target).or_insert(rows.len());
            if row == rows.len() {
                rows.push(AssetRow {
                    from: (number, at),
                    of: vec![false; all.len()],
                });
            }
            rows[row].of[number] = true;
        }
    }
    let own = rows.iter().take_while(|row| row.from.0 == 0).count();
    let target = |row: &AssetRow| {
        let asset = all[row.from.0].assets.get(row.from.1 as usize);
        asset.map_or("", |asset| asset.target.as_str())
    };
    rows[own..].sort_by_key(|row| target(row));
    rows
}
