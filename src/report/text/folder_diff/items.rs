//! What is said of two folders in lists: a document or a file, a line each.

use super::loss;
use crate::report::pen::Pen;
use crate::report::{Event, FileStanding, Only, OnlyIn, OtherFile, Pair, Standing};

/// A line of a list.
pub(crate) struct Item {
    /// The title of the list.
    pub section: &'static str,
    /// The path that stands first, if it is to stand apart; safe, as the words are.
    pub name: Option<String>,
    /// What is said.
    pub words: String,
}

/// The line of an event that has one: of a pair with details there is more to say, and that a file
/// of the same name has the same bytes goes without saying. With `only`, what the other folder
/// lacks is left out.
pub(crate) fn item(pen: Pen, only: Option<Only>, event: &Event<'_>) -> Option<Item> {
    let wanted = |in_base: bool| match only {
        Some(Only::Lacking) => in_base,
        Some(Only::Extra) => !in_base,
        _ => true,
    };
    match *event {
        Event::Pair(pair) if pair.details.is_none() => counterpart(pen, pair),
        Event::Only(only) if wanted(only.in_base) => Some(alone(pen, only)),
        Event::OtherFile(file) => match file.standing {
            FileStanding::OnlyInBase if !wanted(true) => None,
            FileStanding::OnlyInCopy if !wanted(false) => None,
            _ => other_file(pen, file),
        },
        _ => None,
    }
}

fn counterpart(pen: Pen, pair: &Pair<'_>) -> Option<Item> {
    let base = format!("A {}", pen.name(pair.base.path));
    let copy = format!("B {}", pen.name(pair.copy.path));
    let (section, words) = match pair.standing {
        Standing::Same if pair.is_renamed() => {
            ("the same under another name", format!("{base} is {copy}"))
        }
        Standing::AgainInBase => (
            "further copies",
            format!("{base} is one more copy of {copy}"),
        ),
        Standing::AgainInCopy => (
            "further copies",
            format!("{copy} is one more copy of {base}"),
        ),
        _ => return None,
    };
    Some(Item {
        section,
        name: None,
        words,
    })
}

fn alone(pen: Pen, only: &OnlyIn<'_>) -> Item {
    let mut words = format!("({})", loss(pen, &only.loss));
    if let Some((first, others)) = only.near.split_first() {
        let there = if only.in_base { "B" } else { "A" };
        words += &format!(" shares a passage with {there} {}", pen.name(first));
        if !others.is_empty() {
            words += &format!(" and {} more", pen.number(others.len() as u64));
        }
    }
    Item {
        section: if only.in_base {
            "only in A"
        } else {
            "only in B"
        },
        name: Some(pen.name(only.document.path)),
        words,
    }
}

fn other_file(pen: Pen, file: &OtherFile<'_>) -> Option<Item> {
    let (base, copy) = (file.base.unwrap_or(""), file.copy.unwrap_or(""));
    let words = match file.standing {
        FileStanding::Same if base == copy => return None,
        FileStanding::Same => {
            let (base, copy) = (pen.name(base), pen.name(copy));
            format!("the same: A {base} is B {copy}")
        }
        FileStanding::Differs => format!("differs: {}", pen.name(base)),
        FileStanding::OnlyInBase => format!("only in A: {}", pen.name(base)),
        FileStanding::OnlyInCopy => format!("only in B: {}", pen.name(copy)),
    };
    Some(Item {
        section: "other files, by their bytes",
        name: None,
        words,
    })
}
