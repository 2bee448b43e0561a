//! Moved passages that are shown whole, once: where they stand in the base.

use std::ops::Range;

use crate::text::{Edit, Move, Passage, Witness};

/// What to do with an edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Show it where it is.
    InPlace,
    /// Show the whole move, of this number, here.
    Leaves(usize),
    /// Tell here where the move comes from.
    Arrives(usize),
    /// It is shown with another.
    Shown,
}

/// A step through a moved passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Base, copy: the same text.
    Moved(Passage, Passage),
    /// The base has it.
    Lacking(Passage),
    /// The copy has it.
    Extra(Passage),
}

/// The role of each edit. A move is shown whole if it is whole blocks on both sides; a sentence
/// that moved stays in its paragraphs.
pub(super) fn roles(base: &Witness, copy: &Witness, edits: &[Edit], moves: &[Move]) -> Vec<Role> {
    let mut roles = vec![Role::InPlace; edits.len()];
    for (number, one) in moves.iter().enumerate() {
        let whole = whole_blocks(base, one.base) && whole_blocks(copy, one.copy);
        if !whole || steps(edits, one).is_none() {
            continue;
        }
        for (range, first) in [
            (one.base_edits.clone(), Role::Leaves(number)),
            (one.copy_edits.clone(), Role::Arrives(number)),
        ] {
            let mut role = first;
            for at in &mut roles[range] {
                *at = role;
                role = Role::Shown;
            }
        }
    }
    roles
}

/// The way through a moved passage in both. `None` if its edits do not correspond one by one.
pub(super) fn steps(edits: &[Edit], one: &Move) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    let of = |range: &Range<usize>| edits.get(range.clone());
    let mut arrived = of(&one.copy_edits)?.iter();
    for edit in of(&one.base_edits)? {
        match *edit {
            Edit::Lacking { base, .. } => steps.push(Step::Lacking(base)),
            Edit::Moved { base, copy } => loop {
                match *arrived.next()? {
                    Edit::Extra { copy, .. } => steps.push(Step::Extra(copy)),
                    Edit::MovedHere { copy: there, .. } if there.match_text == copy.match_text => {
                        steps.push(Step::Moved(base, copy));
                        break;
                    }
                    _ => return None,
                }
            },
            _ => return None,
        }
    }
    for edit in arrived {
        match *edit {
            Edit::Extra { copy, .. } => steps.push(Step::Extra(copy)),
            _ => return None,
        }
    }
    Some(steps)
}

fn whole_blocks(witness: &Witness, passage: Passage) -> bool {
    let matched = passage.match_text;
    let blocks = &witness.blocks;
    let starts = |at: usize| blocks.binary_search_by_key(&at, |block| block.match_text.start());
    starts(matched.start()).is_ok()
        && (matched.end() == witness.match_text.len() || starts(matched.end()).is_ok())
}
