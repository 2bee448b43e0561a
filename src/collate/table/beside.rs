//! What several copies have at one place of the base, which the base has not: equal text in one row.

use std::collections::HashMap;

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::Cell;

/// Puts the pieces of each copy into rows, in an order that keeps that of every copy; equal pieces
/// of several copies share a row where that can be. A cell is `None` where its copy has nothing.
///
/// The rows do not depend on the order of the copies, but for that of their cells.
pub(super) fn merge<'t>(
    pieces: &[Vec<Cell>],
    text: impl Fn(usize, &Cell) -> &'t str,
) -> Vec<Vec<Option<Cell>>> {
    let texts: Vec<Vec<&str>> = (pieces.iter().enumerate())
        .map(|(copy, cells)| cells.iter().map(|cell| text(copy, cell)).collect())
        .collect();
    let mut copies: Vec<usize> = (0..pieces.len())
        .filter(|at| !pieces[*at].is_empty())
        .collect();
    // The longest first, so that the shorter ones find their place in it.
    copies.sort_by(|one, two| {
        let (one, two) = (&texts[*one], &texts[*two]);
        two.len().cmp(&one.len()).then(one.cmp(two))
    });
    let mut numbers: HashMap<&str, u32> = HashMap::new();
    let mut rows: Vec<(u32, Vec<Option<Cell>>)> = Vec::new();
    for copy in copies {
        let own: Vec<u32> = (texts[copy].iter())
            .map(|text| {
                let next = numbers.len() as u32;
                *numbers.entry(text).or_insert(next)
            })
            .collect();
        rows = join(rows, copy, &own, &pieces[copy], pieces.len());
    }
    rows.into_iter().map(|(_, cells)| cells).collect()
}

/// Adds the pieces of one copy to `rows`.
fn join(
    rows: Vec<(u32, Vec<Option<Cell>>)>,
    copy: usize,
    own: &[u32],
    pieces: &[Cell],
    copies: usize,
) -> Vec<(u32, Vec<Option<Cell>>)> {
    let known: Vec<u32> = rows.iter().map(|(number, _)| *number).collect();
    let mut rows = rows.into_iter();
    let mut joined = Vec::with_capacity(known.len());
    for op in capture_diff_slices(Algorithm::Myers, &known, own) {
        let (old, new) = (op.old_range(), op.new_range());
        if op.tag() == DiffTag::Equal {
            for (mut row, at) in rows.by_ref().take(old.len()).zip(new) {
                row.1[copy] = pieces.get(at).cloned();
                joined.push(row);
            }
            continue;
        }
        joined.extend(rows.by_ref().take(old.len()));
        joined.extend(new.map(|at| {
            let mut cells = vec![None; copies];
            cells[copy] = pieces.get(at).cloned();
            (own[at], cells)
        }));
    }
    joined
}
