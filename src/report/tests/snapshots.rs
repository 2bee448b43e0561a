use insta::assert_snapshot;

use super::sample::{collate, entry, lines, rendered, witness};
use crate::report::{BaseReason, Event, ExclusionRule, Only, Options, Summary, Terminal, Text};
use crate::text::{Approximation, Differs, Verdict, Witness};

const UNICODE: Terminal = Terminal {
    width: 80,
    colour: false,
    ascii: false,
};
const ASCII: Terminal = Terminal {
    ascii: true,
    ..UNICODE
};

/// A lesson of a course, as one dump has it.
pub const LESSON: &str = "\
% title: 缓存的三种写法
# 为什么要缓存

数据库每秒只能承受几千次查询，而首页每秒要被打开几万次。

在我看来，真正常用的写法只有下面这三种：

# 旁路缓存

先读缓存，读不到再读数据库，然后把结果写回缓存。

  value = cache.get(key)
  if value is None:
      value = load(key)

# 读写穿透

!https://example.org/through.png

缓存自己去读写数据库，应用只和缓存说话。

# 异步写回

应用写进缓存就算写完，缓存稍后成批写进数据库。

=2
@林晓|2024-03-01|3|讲得很清楚，谢谢老师！
@Ann|2024-03-02|0|旁路缓存里先删缓存还是先写库？
";

/// The same, cut off after the third paragraph, with the comments after the cut.
pub const CUT: &str = "\
% title: 缓存的三种写法
# 为什么要缓存

数据库每秒只能承受几千次查询，而首页每秒要被打开几万次。

在我看来，真正常用的写法只有下面这三种：
=2
?https://example.org/a.png
@林晓|2024-03-01|5|讲得很清楚，谢谢老师！
?https://example.org/b.png
@Ann|2024-03-02|0|旁路缓存里先删缓存还是先写库？
";

pub const GUIDE: &str = "\
# Install

Download the archive for your system and unpack it anywhere you like.

# First steps

Start the server with the default settings; it listens on port 8080.

Open the dashboard, create a project, and invite the people you work with.

# Backup

Every night the server writes a snapshot of all projects to the data folder.

=3
@Ben|2024-01-05|1|Works on my machine.
@Carla|2024-02-11|0|The port is 8081 for me.
";

pub const REVISED: &str = "\
# Install

Download the archive for your system and unpack it anywhere you like.

# Backup

Every night the server writes a snapshot of all projects to the data folder.

# First steps

Start the server with the default settings; it listens on port 9090.

Ask an administrator if the port is taken.

=2
@Ben|2024-01-05|1|Works on my laptop.
@Dora|2024-04-01|0|Thanks!
";

fn scan(terminal: Terminal, base: (&str, &Witness), copies: &[(&str, &Witness)]) -> String {
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
      B archive/202…ing-started/guide.html  revised: lacks 1 passage - has 51 % of A
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
      B archive/20...ng-started/guide.html  revised: lacks 1 passage - has 51 % of A
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
      B b.txt  contained: lacks head, gaps and tail - has 65 % of A
         ░░████░████░░████░████░░████░░████░████░░████░░███░░████░░████░░███░░████░░
         65 % of A is in B (1190 of 1830 characters), 100 % of B is in A (1190 of
           1190)
         lacks line 1 (45 characters, after line 1 of B): “This is paragraph numbe…”
         lacks line 4 (45 characters, after line 2 of B): “This is paragraph numbe…”
         lacks line 7 (45 characters, after line 4 of B): “This is paragraph numbe…”
         lacks line 10 (45 characters, after line 6 of B): “This is paragraph numb…”
         lacks line 13 (46 characters, after line 8 of B): “This is paragraph numb…”
         lacks line 16 (46 characters, after line 10 of B): “This is paragraph num…”
         lacks line 19 (46 characters, after line 12 of B): “This is paragraph num…”
         lacks line 22 (46 characters, after line 14 of B): “This is paragraph num…”
         lacks 6 more passages in lines 25-40 (276 characters)
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
            entry: entry("", "f.md", &base),
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
      no copies (1): f.md

    boilerplate: shared, but no sign of a copy
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

fn diff(terminal: Terminal, options: Options, base: &str, copy: &str) -> String {
    let (base, copy) = (witness(base), witness(copy));
    let relation = collate(&base, &copy);
    let event = Event::Compared {
        base: entry("A", "full.md", &base),
        copy: entry("B", "copy.md", &copy),
        relation: &relation,
    };
    rendered(Text::new(terminal, options), &[event])
}

#[test]
fn diff_of_a_cut() {
    assert_snapshot!(diff(UNICODE, Options::default(), LESSON, CUT), @r#"
    - A full.md
    + B copy.md

    body
      6   6 │ 在我看来，真正常用的写法只有下面这三种：
      8     - 旁路缓存
     10     - 先读缓存，读不到再读数据库，然后把结果写回缓存。
     12     - value = cache.get(key)
     13     - if value is None:
     14     -     value = load(key)
     16     - 读写穿透
     20     - 缓存自己去读写数据库，应用只和缓存说话。
     22     - 异步写回
     24     - 应用写进缓存就算写完，缓存稍后成批写进数据库。

    comments
     27   9 ~ 林晓 2024-03-01: likes 3 in A, likes 5 in B

    assets
     18     - image https://example.org/through.png “alt text”
          8 + avatar https://example.org/a.png “alt text”
         10 + avatar https://example.org/b.png “alt text”

    headings lacking
      8     - 旁路缓存
     16     - 读写穿透
     22     - 异步写回

    ████████████████████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░
    B copy.md  truncated at line 6 after “…用的写法只有下面这三种：” - has 30 % of A
      30 % of A is in B (54 of 182 characters), 100 % of B is in A (54 of 54)
      cut at line 6, at a block's end, after
        “…在我看来，真正常用的写法只有下面这三种：”
    "#);
}

#[test]
fn diff_of_a_revision() {
    assert_snapshot!(diff(UNICODE, Options::default(), GUIDE, REVISED), @r#"
    - A full.md
    + B copy.md

    body
      3   3 │ Download the archive for your system and unpack it anywhere you like.
      5     - First steps
      7     - Start the server with the default settings; it listens on port 8080.
      9     - Open the dashboard, create a project, and invite the people you work with.
     11   5 │ Backup
     13   7 │ Every night the server writes a snapshot of all projects to the data folder.
          9 + First steps
         11 + Start the server with the default settings; it listens on port 9090.
         13 + Ask an administrator if the port is taken.

    comments
     17     - Carla 2024-02-11
     17     - The port is 8081 for me.
         17 + Dora 2024-04-01
         17 + Thanks!
     16     - Ben 2024-01-05
     16     - Works on my [-machine-].
         16 + Ben 2024-01-05
         16 + Works on my {+laptop+}.
            ~ A declares 3 and has 2

    headings lacking
      5     - First steps

    headings extra
          9 + First steps

    ████████████████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░█████████████████████
    B copy.md  revised: lacks 1 passage, has 1 passage of its own - has 51 % of A
      51 % of A is in B (134 of 263 characters), 57 % of B is in A (134 of 236)
    "#);
    assert_snapshot!(diff(ASCII, Options::default(), GUIDE, REVISED), @r#"
    - A full.md
    + B copy.md

    body
      3   3 | Download the archive for your system and unpack it anywhere you like.
      5     - First steps
      7     - Start the server with the default settings; it listens on port 8080.
      9     - Open the dashboard, create a project, and invite the people you work with.
     11   5 | Backup
     13   7 | Every night the server writes a snapshot of all projects to the data folder.
          9 + First steps
         11 + Start the server with the default settings; it listens on port 9090.
         13 + Ask an administrator if the port is taken.

    comments
     17     - Carla 2024-02-11
     17     - The port is 8081 for me.
         17 + Dora 2024-04-01
         17 + Thanks!
     16     - Ben 2024-01-05
     16     - Works on my [-machine-].
         16 + Ben 2024-01-05
         16 + Works on my {+laptop+}.
            ~ A declares 3 and has 2

    headings lacking
      5     - First steps

    headings extra
          9 + First steps

    ####################.......................................#####################
    B copy.md  revised: lacks 1 passage, has 1 passage of its own - has 51 % of A
      51 % of A is in B (134 of 263 characters), 57 % of B is in A (134 of 236)
    "#);
}

#[test]
fn diff_of_a_new_order() {
    let base = "One, the first of all.\n\nTwo, which goes elsewhere.\nThree too.\n\nFour stays.\nFive as well.\n";
    let copy = "One, the first of all.\nFour stays.\nFive as well.\nTwo, which goes elsewhere.\n\n\nThree too.\n";
    assert_snapshot!(diff(UNICODE, Options::default(), base, copy), @r#"
    - A full.md
    + B copy.md

    body
      1   1 │ One, the first of all.
          2 < (moved here from lines 6-7 of A)
      3   4 │ Two, which goes elsewhere.
      4   7 │ Three too.
      6     > (moved to lines 2-3 of B)
      6     > Four stays.
      7     > Five as well.

    ██████████████████████████████████████████████████»»»»»»»»»»»»»»»»»»»»»
    B copy.md  revised: 1 transposition - has 100 % of A
      100 % of A is in B (71 of 71 characters), 100 % of B is in A (71 of 71)
    "#);
    let (base, copy) = (witness(base), witness(copy));
    assert_snapshot!(scan(UNICODE, ("a.txt", &base), &[("b.txt", &copy)]), @r#"
    group 1: 1 copy
      A a.txt  base, longest body: 12 345 characters, next 678
      B b.txt  revised: 1 transposition - has 100 % of A
         ██████████████████████████████████████████████████»»»»»»»»»»»»»»»»»»»»»
         100 % of A is in B (71 of 71 characters), 100 % of B is in A (71 of 71)
         1 transposition: lines 6-7 at lines 2-3 of B
    "#);
}

#[test]
fn diff_of_what_is_asked() {
    let only = |only| Options {
        only: Some(only),
        context: Some(0),
        ..Options::default()
    };
    assert_snapshot!(diff(UNICODE, only(Only::Lacking), GUIDE, REVISED), @r#"
    - A full.md
    + B copy.md

    body
      5     - First steps
      7     - Start the server with the default settings; it listens on port 8080.
      9     - Open the dashboard, create a project, and invite the people you work with.

    comments
     17     - Carla 2024-02-11
     17     - The port is 8081 for me.

    headings lacking
      5     - First steps

    ████████████████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░█████████████████████
    B copy.md  revised: lacks 1 passage, has 1 passage of its own - has 51 % of A
      51 % of A is in B (134 of 263 characters), 57 % of B is in A (134 of 236)
    "#);
    assert_snapshot!(diff(UNICODE, only(Only::Extra), GUIDE, REVISED), @r#"
    - A full.md
    + B copy.md

    body
          9 + First steps
         11 + Start the server with the default settings; it listens on port 9090.
         13 + Ask an administrator if the port is taken.

    comments
         17 + Dora 2024-04-01
         17 + Thanks!

    headings extra
          9 + First steps

    ████████████████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░█████████████████████
    B copy.md  revised: lacks 1 passage, has 1 passage of its own - has 51 % of A
      51 % of A is in B (134 of 263 characters), 57 % of B is in A (134 of 236)
    "#);
    assert_snapshot!(diff(UNICODE, only(Only::Variants), GUIDE, REVISED), @r#"
    - A full.md
    + B copy.md

    comments
     16     - Ben 2024-01-05
     16     - Works on my [-machine-].
         16 + Ben 2024-01-05
         16 + Works on my {+laptop+}.

    ████████████████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░█████████████████████
    B copy.md  revised: lacks 1 passage, has 1 passage of its own - has 51 % of A
      51 % of A is in B (134 of 263 characters), 57 % of B is in A (134 of 236)
    "#);
    let quiet = Options {
        quiet: true,
        ..Options::default()
    };
    assert_snapshot!(diff(UNICODE, quiet, GUIDE, REVISED), @"B copy.md  revised: lacks 1 passage, has 1 passage of its own - has 51 % of A");
}

#[test]
fn diff_marks_what_differs_inside_a_block() {
    let base = "缓存的命中率在高峰期下降到百分之六十。\n  fn main() {\n      print(1)\n  }\n";
    let copy = "缓存的命中率在凌晨也下降到百分之六十。\n  fn main() {\n      print(2)\n  }\n";
    assert_snapshot!(diff(UNICODE, Options::default(), base, copy), @r#"
    - A full.md
    + B copy.md

    body
      1     - 缓存的命中率在[-高峰期-]下降到百分之六十。
          1 + 缓存的命中率在{+凌晨也+}下降到百分之六十。
      2     - fn main() {
      3     -     print([-1-])
      4     - }
          2 + fn main() {
          3 +     print({+2+})
          4 + }

    ███████▒▒▒████████████████████████▒██
    B copy.md  revised: 2 variants - has 89 % of A
      89 % of A is in B (33 of 37 characters), 89 % of B is in A (33 of 37)
    "#);
    let long = format!("{} one {}", "head ".repeat(200), "tail ".repeat(200));
    assert_snapshot!(diff(UNICODE, Options::default(), &long, &long.replace("one", "two")), @r#"
    - A full.md
    + B copy.md

    body
      1     - head head head head head head head head head head head head head head head head …ead head head head head head head head head head head head head head head head  [-one-] tail tail tail tail tail tail tail tail tail tail tail tail tail tail tail tail…tail tail tail tail tail tail tail tail tail tail tail tail tail tail tail tail 
          1 + head head head head head head head head head head head head head head head head …ead head head head head head head head head head head head head head head head  {+two+} tail tail tail tail tail tail tail tail tail tail tail tail tail tail tail tail…tail tail tail tail tail tail tail tail tail tail tail tail tail tail tail tail 

    ████████████████████████████████████████▒███████████████████████████████████████
    B copy.md  revised: 1 variant - has 99.8 % of A
      99.8 % of A is in B (1600 of 1603 characters), 99.8 % of B is in A (1600 of
        1603)
    "#);
}

#[test]
fn diff_of_other_blocks() {
    // The copy runs two paragraphs together and goes on.
    let (base, copy) = (
        "One.\n\nTwo a.\nTwo b.\nLast.\n",
        "One.\nTwo a. Two b. Two c.\nLast.\n",
    );
    assert_snapshot!(diff(UNICODE, Options::default(), base, copy), @r#"
    - A full.md
    + B copy.md

    body
      1   1 │ One.
      3   2 + Two a. Two b. {+Two c.+}
      5   3 │ Last.

    ███████████████████
    B copy.md  revised: has 1 passage of its own - has 100 % of A
      100 % of A is in B (19 of 19 characters), 79 % of B is in A (19 of 24)
    "#);
}

#[test]
fn comments_alone() {
    let less = GUIDE.replace("@Carla|2024-02-11|0|The port is 8081 for me.\n", "");
    let (base, copy) = (witness(GUIDE), witness(&less));
    let mut relation = collate(&base, &copy);
    relation.verdict = Verdict::Truncated;
    relation.cut = None;
    let a = entry("A", "guide.md", &base);
    let b = entry("B", "less.md", &copy);
    let event = Event::Relation {
        group: 1,
        base: a,
        copy: b,
        relation: &relation,
        same_as: None,
    };
    assert_snapshot!(rendered(Text::new(UNICODE, Options::default()), &[event]), @r#"
    B less.md  truncated: lacks 1 comment - has all of A's body
       comments: 1 of 2 present; lacks 1 (Carla 2024-02-11); B declares 3 and has
         1
    "#);
    let event = Event::Compared {
        base: a,
        copy: b,
        relation: &relation,
    };
    assert_snapshot!(rendered(Text::new(UNICODE, Options::default()), &[event]), @r#"
    - A guide.md
    + B less.md

    comments
     17     - Carla 2024-02-11
     17     - The port is 8081 for me.

    B less.md  truncated: lacks 1 comment - has all of A's body
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

#[test]
fn diff_seen_from_the_other_side() {
    let (base, copy) = (witness(CUT), witness(LESSON));
    let mut relation = collate(&base, &copy);
    relation.cut = collate(&copy, &base).cut;
    relation.verdict = Verdict::Truncated;
    relation.reversed = true;
    let event = Event::Compared {
        base: entry("A", "cut.md", &base),
        copy: entry("B", "full.md", &copy),
        relation: &relation,
    };
    let options = Options {
        only: Some(Only::Variants),
        ..Options::default()
    };
    assert_snapshot!(rendered(Text::new(UNICODE, options), &[event]), @r#"
    - A cut.md
    + B full.md

    ████████████████████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░
    A cut.md  truncated at line 6 after “…用的写法只有下面这三种：” - has 30 % of B
      100 % of A is in B (54 of 54 characters), 30 % of B is in A (54 of 182)
      cut at line 6, at a block's end, after
        “…在我看来，真正常用的写法只有下面这三种：”
    "#);
}

#[test]
fn colour_is_an_addition() {
    let colour = Terminal {
        colour: true,
        ..UNICODE
    };
    let (base, copy) = (witness(GUIDE), witness(REVISED));
    let plain = scan(UNICODE, ("a.md", &base), &[("b.md", &copy)]);
    let coloured = scan(colour, ("a.md", &base), &[("b.md", &copy)]);
    assert_ne!(plain, coloured);
    assert_eq!(plain, without_colour(&coloured));
    let plain = diff(UNICODE, Options::default(), GUIDE, REVISED);
    let coloured = diff(colour, Options::default(), GUIDE, REVISED);
    assert_eq!(plain, without_colour(&coloured));
}

fn without_colour(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\x1b[") {
        out += before;
        rest = after.split_once('m').map_or("", |(_, rest)| rest);
    }
    out + rest
}

#[test]
fn normalized_text() {
    use crate::report::{CheckFinding, CheckKind};
    let lesson = witness(CUT);
    let names = Options {
        names: true,
        ..Options::default()
    };
    let event = |check| Event::Normalized {
        entry: entry("A", "cut.md", &lesson),
        check,
    };
    assert_snapshot!(rendered(Text::new(UNICODE, names), &[event(None)]), @r#"
    ==> cut.md <==
    title: 缓存的三种写法
    为什么要缓存
    数据库每秒只能承受几千次查询，而首页每秒要被打开几万次。
    在我看来，真正常用的写法只有下面这三种：
    讲得很清楚，谢谢老师！
    旁路缓存里先删缓存还是先写库？
    "#);
    let findings = [CheckFinding {
        block: 1,
        lines: lines(2, 2),
        kind: CheckKind::SecondOpinion,
        expected: "为什么要缓存".to_owned(),
        found: "为什么".to_owned(),
    }];
    assert_snapshot!(rendered(Text::new(UNICODE, names), &[event(Some(&[])), event(Some(&findings))]), @r#"
    cut.md: 6 blocks, nothing found
    cut.md: 6 blocks, 1 finding
      second opinion, line 2: the block says “为什么要缓存”, html2text reads
        “为什么”
    "#);
}
