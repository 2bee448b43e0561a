//! A scan as text.

use insta::assert_snapshot;

use super::documents::{ASCII, CUT, GUIDE, LESSON, REVISED, UNICODE};
use super::sample::{collate, entry, lines, rendered, witness};
use crate::report::{BaseReason, Event, ExclusionRule, Options, Summary, Terminal, Text};
use crate::text::{Approximation, Differs, Profile, Verdict, Witness};

pub fn scan(terminal: Terminal, base: (&str, &Witness), copies: &[(&str, &Witness)]) -> String {
    const SIGLA: [&str; 6] = ["B", "C", "D", "E", "F", "G"];
    let relations: Vec<_> = copies.iter().map(|(_, w)| collate(base.1, w)).collect();
    let base = entry("A", base.0, base.1);
    let mut events = vec![Event::Group {
        number: 1,
        base,
        reason: BaseReason::LongestBody {
            chars: 12_345,
            next: 678,
        },
        copies: copies.len(),
    }];
    for (at, relation) in relations.iter().enumerate() {
        events.push(Event::Relation {
            group: 1,
            base,
            copy: entry(SIGLA[at], copies[at].0, copies[at].1),
            relation,
            same_as: None,
        });
    }
    rendered(Text::new(terminal, Options::default()), &events)
}

#[test]
fn truncated_chinese() {
    let (base, copy) = (witness(LESSON), witness(CUT));
    let (base, copy) = (("dumps/full/017.md", &base), [("cut/017.md", &copy)]);
    assert_snapshot!(scan(UNICODE, base, &copy), @r#"
    group 1: 1 copy
      A dumps/full/017.md  base, longest body: 12 345 characters, next 678
      B cut/017.md  truncated at line 6 after “…法只有下面这三种：” - has 30 % of A
         ██████████████████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░
         30 % of A is in B (54 of 182 characters), 100 % of B is in A (54 of 54)
         cut at line 6, at a block's end, after
           “…在我看来，真正常用的写法只有下面这三种：”
         lacks lines 8-24 (128 characters, after line 6 of B), 3 headings:
           “旁路缓存”, “读写穿透”, “异步写回”
         comments: all 2 present; counters of 1 differ
         assets: lacks 1 image (line 18); 2 avatars only in B
    "#);
    assert_snapshot!(scan(ASCII, base, &copy), @r#"
    group 1: 1 copy
      A dumps/full/017.md  base, longest body: 12,345 characters, next 678
      B cut/017.md  truncated at line 6 after "...只有下面这三种：" - has 30 % of A
         ######################.....................................................
         30 % of A is in B (54 of 182 characters), 100 % of B is in A (54 of 54)
         cut at line 6, at a block's end, after
           "...在我看来，真正常用的写法只有下面这三种："
         lacks lines 8-24 (128 characters, after line 6 of B), 3 headings:
           "旁路缓存", "读写穿透", "异步写回"
         comments: all 2 present; counters of 1 differ
         assets: lacks 1 image (line 18); 2 avatars only in B
    "#);
    let wide = Terminal {
        width: 140,
        ..UNICODE
    };
    assert_snapshot!(scan(wide, base, &copy), @r#"
    group 1: 1 copy
      A dumps/full/017.md  base, longest body: 12 345 characters, next 678
      B cut/017.md  truncated at line 6, at a block's end, after “…在我看来，真正常用的写法只有下面这三种：” - has 30 % of A
         ████████████████████████████████████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░
         30 % of A is in B (54 of 182 characters), 100 % of B is in A (54 of 54)
         lacks lines 8-24 (128 characters, after line 6 of B), 3 headings: “旁路缓存”, “读写穿透”, “异步写回”
         comments: all 2 present; counters of 1 differ
         assets: lacks 1 image (line 18); 2 avatars only in B
    "#);
    let narrow = Terminal {
        width: 40,
        ..UNICODE
    };
    assert_snapshot!(scan(narrow, base, &copy), @r#"
    group 1: 1 copy
      A dumps/full/017.md
         base, longest body: 12 345
           characters, next 678
      B cut/017.md  truncated
         ██████████░░░░░░░░░░░░░░░░░░░░░░░░░
         30 % of A is in B (54 of 182
           characters), 100 % of B is in A
           (54 of 54)
         cut at line 6, at a block's end,
           after
           “…真正常用的写法只有下面这三种：”
         lacks lines 8-24 (128 characters,
           after line 6 of B), 3 headings:
           “旁路缓存” and 2 more
         comments: all 2 present; counters
           of 1 differ
         assets: lacks 1 image (line 18); 2
           avatars only in B
    "#);
}

#[test]
fn revised_english() {
    let (base, copy) = (witness(GUIDE), witness(REVISED));
    let path = "archive/2024-01-01T00:00:00Z/site/documentation/getting-started/guide.html";
    assert_snapshot!(scan(UNICODE, (path, &base), &[(path, &copy)]), @r#"
    group 1: 1 copy
      A archive/2024-01-01T00:00:00Z/site/documentation/getting-started/guide.html
         base, longest body: 12 345 characters, next 678
         comments: A declares 3 and has 2
      B archiv…ed/guide.html  revised: lacks 1 passage - shares 51 % of A, 57 % of B
         archive/2024-01-01T00:00:00Z/site/documentation/getting-started/guide.html
         ███████████████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░███████████████████
         51 % of A is in B (134 of 263 characters), 57 % of B is in A (134 of 236)
         lacks lines 5-9 (129 characters, after line 3 of B), 1 heading:
           “First steps”
         only in B: lines 9-13 (102 characters, after line 13 of A), 1 heading:
           “First steps”
         comments: 0 of 2 present; lacks 1 (Carla 2024-02-11); only in B: 1 (Dora
           2024-04-01); 1 changed
    "#);
    assert_snapshot!(scan(ASCII, (path, &base), &[(path, &copy)]), @r#"
    group 1: 1 copy
      A archive/2024-01-01T00:00:00Z/site/documentation/getting-started/guide.html
         base, longest body: 12,345 characters, next 678
         comments: A declares 3 and has 2
      B archi...d/guide.html  revised: lacks 1 passage - shares 51 % of A, 57 % of B
         archive/2024-01-01T00:00:00Z/site/documentation/getting-started/guide.html
         ###################.....................................###################
         51 % of A is in B (134 of 263 characters), 57 % of B is in A (134 of 236)
         lacks lines 5-9 (129 characters, after line 3 of B), 1 heading:
           "First steps"
         only in B: lines 9-13 (102 characters, after line 13 of A), 1 heading:
           "First steps"
         comments: 0 of 2 present; lacks 1 (Carla 2024-02-11); only in B: 1 (Dora
           2024-04-01); 1 changed
    "#);
}

#[test]
fn many_gaps_are_counted() {
    let number = |n: usize| format!("This is paragraph number {n} of a long and dull document.\n");
    let base: String = (0..40).map(number).collect();
    let copy: String = (0..40).filter(|n| n % 3 != 0).map(number).collect();
    let (base, copy) = (witness(&base), witness(&copy));
    assert_snapshot!(scan(UNICODE, ("a.txt", &base), &[("b.txt", &copy)]), @r#"
    group 1: 1 copy
      A a.txt  base, longest body: 12 345 characters, next 678
      B b.txt  contained: lacks 14 passages - has 65 % of A
         ░░████░████░░████░████░░████░░████░████░░████░░███░░████░░████░░███░░████░░
         65 % of A is in B (1190 of 1830 characters), 100 % of B is in A (1190 of
           1190)
         lacks line 13 (46 characters, after line 8 of B): “This is paragraph numb…”
         lacks line 16 (46 characters, after line 10 of B): “This is paragraph num…”
         lacks line 19 (46 characters, after line 12 of B): “This is paragraph num…”
         lacks line 22 (46 characters, after line 14 of B): “This is paragraph num…”
         lacks line 25 (46 characters, after line 16 of B): “This is paragraph num…”
         lacks line 28 (46 characters, after line 18 of B): “This is paragraph num…”
         lacks line 31 (46 characters, after line 20 of B): “This is paragraph num…”
         lacks line 34 (46 characters, after line 22 of B): “This is paragraph num…”
         lacks 6 more passages in lines 1-40 (272 characters)
    "#);
}

#[test]
fn the_rest_of_a_scan() {
    let (base, copy) = (witness("One.\nTwo.\n"), witness("One.\n\nTwo.\n"));
    let mut equivalent = collate(&base, &copy);
    equivalent.differs = Differs {
        markup: true,
        white_space: true,
        ..Differs::default()
    };
    equivalent.approximations.push(Approximation {
        what: "words were not compared",
        base: lines(1, 2),
        copy: lines(1, 3),
    });
    let cut = witness("One.\n");
    let truncated = collate(&base, &cut);
    let identical = collate(&base, &base);
    let damaged = witness("One \0.\nTwo \0.\n");
    let a = entry("A", "a.md", &base);
    let relation = |siglum, path, witness, relation, same_as| Event::Relation {
        group: 1,
        base: a,
        copy: entry(siglum, path, witness),
        relation,
        same_as,
    };
    let summary = Summary {
        read: 12_346,
        bytes: 10_167_000,
        excluded: 3,
        unreadable: 1,
        texts: 12_343,
        groups: 1,
        verdicts: [1, 1, 2, 0, 0, 0],
        unrelated: 12_341,
        compared: 5,
        boilerplate: 1,
        approximated: 1,
    };
    assert_eq!(summary.copies(), 4);
    let events = [
        Event::Group {
            number: 1,
            base: a,
            reason: BaseReason::FirstPath,
            copies: 4,
        },
        relation("B", "b.md", &base, &identical, None),
        relation("C", "c.md", &copy, &equivalent, None),
        relation("D", "d.md", &cut, &truncated, None),
        relation("E", "e.md", &cut, &truncated, Some("D")),
        Event::Alone {
            path: "f.md",
            profile: &Profile::from(&base),
        },
        Event::Alone {
            path: "g.md",
            profile: &Profile::from(&damaged),
        },
        Event::Boilerplate {
            excerpt: "All rights reserved. No part of this page may be reproduced in any form without permission.",
            documents: 40,
            of: 50,
        },
        Event::Excluded {
            path: "x.png",
            rule: ExclusionRule::Binary,
        },
        Event::Excluded {
            path: "empty.md",
            rule: ExclusionRule::Empty,
        },
        Event::Excluded {
            path: "y.png",
            rule: ExclusionRule::Binary,
        },
        Event::Unreadable {
            path: "secret.md",
            why: "Permission denied (os error 13)",
        },
        Event::Summary(&summary),
    ];
    assert_eq!(summary.count(Verdict::Truncated), 2);
    assert_snapshot!(rendered(Text::new(UNICODE, Options::default()), &events), @r#"
    group 1: 4 copies
      A a.md  base, first path of equally complete ones
      B b.md  identical to A
      C c.md  equivalent to A, differs in markup and white space
         approximated at lines 1-2 (lines 1-3 of C): words were not compared
      D d.md  truncated at line 1, at a block's end, after “…” - has 50 % of A
         ████░░░░
         50 % of A is in D (4 of 8 characters), 100 % of D is in A (4 of 4)
         lacks line 2 (4 characters, after line 1 of D): “Two.”
      E e.md  truncated, same bytes as D - has 50 % of A

    in no group
      no copies (2): f.md, g.md

    damage in documents without a copy
      g.md: 2 NULs, first at line 1

    boilerplate: shared by too many documents to make copies of them
      in 40 of 50 documents: “All rights reserved. No part of this page may be rep…”

    excluded
      binary (2): x.png, y.png
      empty (1): empty.md

    could not read
      secret.md: Permission denied (os error 13)

    summary
      12 350 inputs: 12 346 read (10.2 MB), 3 excluded, 1 unreadable
      12 346 documents: 1 base, 4 copies, 12 341 in no group; 12 343 different texts
      4 relations: 1 identical, 1 equivalent, 2 truncated
      5 pairs compared, 1 approximated, 1 passage treated as boilerplate
    "#);
}

#[test]
fn damage_is_told() {
    let text = witness("One \0.\nTwo.\nThree \0.\n");
    let group = Event::Group {
        number: 1,
        base: entry("A", "a.txt", &text),
        reason: BaseReason::MostComments,
        copies: 1,
    };
    assert_snapshot!(rendered(Text::new(UNICODE, Options::default()), &[group]), @r#"
    group 1: 1 copy
      A a.txt  base, most comments of equally long bodies
         damage in A: 2 NULs, first at line 1
    "#);
}
