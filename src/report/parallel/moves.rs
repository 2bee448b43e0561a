//! Moved passages that are shown whole, once: where they stand in the base.

use std::ops::Range;

use crate::text::{Edit, Move, Passage, Section, Witness};

/// What to do with an edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Show it where it is.
    InPlace,
    /// One side has it here once more: where else it stands in the other is said besides.
    Repeats,
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

/// The role of each edit where no move is shown whole. What is found elsewhere and is no part of a
/// move is there already, and corresponds to something else: one side has it more often.
pub(super) fn in_place(edits: &[Edit], moves: &[Move]) -> Vec<Role> {
    let role = |edit: &Edit| match edit {
        Edit::Moved { base: here, .. } | Edit::MovedHere { copy: here, .. } => {
            match here.section {
                Section::Body => Role::Repeats,
                // A value that stands elsewhere under another key, or in the body.
                _ => Role::InPlace,
            }
        }
        _ => Role::InPlace,
    };
    let mut roles: Vec<Role> = edits.iter().map(role).collect();
    for one in moves {
        for range in [&one.base_edits, &one.copy_edits] {
            roles
                .get_mut(range.clone())
                .into_iter()
                .flatten()
                .for_each(|role| *role = Role::InPlace);
        }
    }
    roles
}

/// The role of each edit. A move is shown whole if it is whole blocks on both sides; a sentence
/// that moved stays in its paragraphs.
pub(super) fn roles(base: &Witness, copy: &Witness, edits: &[Edit], moves: &[Move]) -> Vec<Role> {
    let mut roles = in_place(edits, moves);
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
