//! The picture as text.

use insta::assert_snapshot;

use super::documents::{ASCII, UNICODE};
use super::sample::{folder_pair, rendered};
use crate::report::{Event, Folder, FolderPair, NotShown, Options, Text};

fn folder(path: &str, documents: usize, related: usize) -> Folder {
    Folder {
        path: path.to_owned(),
        documents,
        related,
    }
}

fn pair(copy: Folder, base: Folder, verdicts: [usize; 6]) -> FolderPair {
    FolderPair {
        copy,
        base,
        verdicts,
        reversed: 0,
        comments_extra: 0,
        comments_lacking: 1,
    }
}

#[test]
fn folders_are_told_in_a_line() {
    let pair = folder_pair("cut/", "full/");
    let event = Event::Folders {
        top: "./",
        pair: &pair,
    };
    let text = |terminal| rendered(Text::new(terminal, Options::default()), &[event]);
    assert_snapshot!(text(UNICODE), @r#"
    folders
      cut/ is a cut copy of full/: 9281 truncated, 583 identical, 267 equivalent, 8
        revised; 2 are the less complete ones in full/; 412 comments only in cut/; 9
        other documents in full/
    "#);
    assert_snapshot!(text(ASCII), @r#"
    folders
      cut/ is a cut copy of full/: 9281 truncated, 583 identical, 267 equivalent, 8
        revised; 2 are the less complete ones in full/; 412 comments only in cut/; 9
        other documents in full/
    "#);
}

#[test]
fn every_kinship_has_its_words() {
    let top = "dumps/";
    let pairs = [
        pair(
            folder("dumps/b/", 5, 5),
            folder("dumps/a/", 6, 5),
            [3, 2, 0, 0, 0, 0],
        ),
        pair(
            folder("dumps/c/", 9, 5),
            folder("dumps/a/", 5, 5),
            [0, 0, 0, 0, 5, 2],
        ),
        pair(
            folder("dumps/d/", 9, 2),
            folder("dumps/a/", 5, 2),
            [2, 0, 0, 0, 0, 0],
        ),
        pair(
            folder("dumps/e/", 9, 0),
            folder("dumps/a/", 5, 0),
            [0, 0, 0, 0, 0, 2],
        ),
        pair(
            folder("dumps/f/", 9, 2),
            folder("dumps/f/", 9, 2),
            [2, 0, 0, 0, 0, 0],
        ),
        pair(
            folder("dumps/", 99, 2),
            folder("dumps/", 99, 2),
            [2, 0, 0, 0, 0, 0],
        ),
    ];
    let mut events: Vec<Event> = (pairs.iter())
        .map(|pair| Event::Folders { top, pair })
        .collect();
    events.push(Event::NotShown {
        what: NotShown::Folders,
        count: 1,
    });
    assert_snapshot!(rendered(Text::new(UNICODE, Options::default()), &events), @r#"
    folders in dumps/
      b/ is a copy of a/: 3 identical, 2 equivalent; 1 comment only in a/; 1 other
        document in a/
      c/ is a revised copy of a/: 5 revised, 2 overlapping; 1 comment only in a/; 4
        other documents in c/
      d/ shares 2 of its 9 documents with a/: 2 identical; 1 comment only in a/
      e/ shares passages with a/: 2 overlapping; 1 comment only in a/
      f/ holds copies of its own documents: 2 identical; 1 comment only in bases
      dumps/ holds copies of its own documents: 2 identical; 1 comment only in bases
      and 1 more pair (--all)
    "#);
}

#[test]
fn what_is_left_out_is_counted() {
    let events = [
        NotShown::Copies,
        NotShown::LesserGroups,
        NotShown::LaterGroups,
    ]
    .map(|what| Event::NotShown {
        what,
        count: 12_345,
    });
    assert_snapshot!(rendered(Text::new(UNICODE, Options::default()), &events), @r#"
      and 12 345 more copies (--all)

    12 345 more groups, with less text at stake: see --all and --groups

    12 345 more groups: see --all and --groups
    "#);
}
