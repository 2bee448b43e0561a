//! A comparison, and canonical text, as text.

use insta::assert_snapshot;

use super::documents::{ASCII, CUT, GUIDE, LESSON, REVISED, UNICODE};
use super::sample::{collate, entry, lines, rendered, witness};
use super::scan::scan;
use crate::report::{Event, Only, Options, Terminal, Text};
use crate::text::Verdict;

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

    B truncated at line 6, at a block's end, after “…有下面这三种：” - has 30 % of A
    ████████████████████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░
      30 % of A is in B (54 of 182 characters), 100 % of B is in A (54 of 54)
      cut at line 6, at a block's end, after
        “…在我看来，真正常用的写法只有下面这三种：”

    body
            … 2 blocks the same
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
    "#);
}

#[test]
fn diff_of_a_revision() {
    assert_snapshot!(diff(UNICODE, Options::default(), GUIDE, REVISED), @r#"
    - A full.md
    + B copy.md

    B revised: lacks 1 passage - shares 51 % of A, 57 % of B
    ████████████████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░█████████████████████
      51 % of A is in B (134 of 263 characters), 57 % of B is in A (134 of 236)

    body
            … 1 block the same
      3   3 │ Download the archive for your system and unpack it anywhere you like.
      5     - First steps
      7     - Start the server with the default settings; it listens on port 8080.
      9     - Open the dashboard, create a project, and invite the people you work
            - with.
     11   5 │ Backup
     13   7 │ Every night the server writes a snapshot of all projects to the data
            │ folder.
          9 + First steps
         11 + Start the server with the default settings; it listens on port 9090.
         13 + Ask an administrator if the port is taken.

    comments
     17     - Carla 2024-02-11
     17     - The port is 8081 for me.
         17 + Dora 2024-04-01
         17 + Thanks!
     16  16 ~ Ben 2024-01-05
     16  16 ~ Works on my [-machine-]{+laptop+}.
            ~ A declares 3 and has 2
            ~ B declares 2 and has 2

    headings lacking
      5     - First steps

    headings extra
          9 + First steps
    "#);
    assert_snapshot!(diff(ASCII, Options::default(), GUIDE, REVISED), @r#"
    - A full.md
    + B copy.md

    B revised: lacks 1 passage - shares 51 % of A, 57 % of B
    ####################.......................................#####################
      51 % of A is in B (134 of 263 characters), 57 % of B is in A (134 of 236)

    body
            ... 1 block the same
      3   3 | Download the archive for your system and unpack it anywhere you like.
      5     - First steps
      7     - Start the server with the default settings; it listens on port 8080.
      9     - Open the dashboard, create a project, and invite the people you work
            - with.
     11   5 | Backup
     13   7 | Every night the server writes a snapshot of all projects to the data
            | folder.
          9 + First steps
         11 + Start the server with the default settings; it listens on port 9090.
         13 + Ask an administrator if the port is taken.

    comments
     17     - Carla 2024-02-11
     17     - The port is 8081 for me.
         17 + Dora 2024-04-01
         17 + Thanks!
     16  16 ~ Ben 2024-01-05
     16  16 ~ Works on my [-machine-]{+laptop+}.
            ~ A declares 3 and has 2
            ~ B declares 2 and has 2

    headings lacking
      5     - First steps

    headings extra
          9 + First steps
    "#);
}

#[test]
fn diff_of_a_new_order() {
    let base = "One, the first of all.\n\nTwo, which goes elsewhere.\nThree too.\n\nFour stays.\nFive as well.\n";
    let copy = "One, the first of all.\nFour stays.\nFive as well.\nTwo, which goes elsewhere.\n\n\nThree too.\n";
    assert_snapshot!(diff(UNICODE, Options::default(), base, copy), @r#"
    - A full.md
    + B copy.md

    B revised: 1 transposition - shares 100 % of both
    ██████████████████████████████████████████████████»»»»»»»»»»»»»»»»»»»»»
      100 % of A is in B (71 of 71 characters), 100 % of B is in A (71 of 71)

    body
      1   1 │ One, the first of all.
          2 < (moved here from lines 6-7 of A)
      3   4 │ Two, which goes elsewhere.
      4   7 │ Three too.
      6     > (moved to lines 2-3 of B)
      6   2 > Four stays.
      7   3 > Five as well.
    "#);
    let (base, copy) = (witness(base), witness(copy));
    assert_snapshot!(scan(UNICODE, ("a.txt", &base), &[("b.txt", &copy)]), @r#"
    group 1: 1 copy
      A a.txt  base, longest body: 12 345 characters, next 678
      B b.txt  revised: 1 transposition - shares 100 % of both
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

    B revised: lacks 1 passage - shares 51 % of A, 57 % of B
    ████████████████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░█████████████████████
      51 % of A is in B (134 of 263 characters), 57 % of B is in A (134 of 236)

    body
            … 2 blocks the same
      5     - First steps
      7     - Start the server with the default settings; it listens on port 8080.
      9     - Open the dashboard, create a project, and invite the people you work
            - with.
            … 5 blocks not shown

    comments
     17     - Carla 2024-02-11
     17     - The port is 8081 for me.

    headings lacking
      5     - First steps
    "#);
    assert_snapshot!(diff(UNICODE, only(Only::Extra), GUIDE, REVISED), @r#"
    - A full.md
    + B copy.md

    B revised: lacks 1 passage - shares 51 % of A, 57 % of B
    ████████████████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░█████████████████████
      51 % of A is in B (134 of 263 characters), 57 % of B is in A (134 of 236)

    body
            … 7 blocks not shown
          9 + First steps
         11 + Start the server with the default settings; it listens on port 9090.
         13 + Ask an administrator if the port is taken.

    comments
         17 + Dora 2024-04-01
         17 + Thanks!

    headings extra
          9 + First steps
    "#);
    assert_snapshot!(diff(UNICODE, only(Only::Variants), GUIDE, REVISED), @r#"
    - A full.md
    + B copy.md

    B revised: lacks 1 passage - shares 51 % of A, 57 % of B
    ████████████████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░█████████████████████
      51 % of A is in B (134 of 263 characters), 57 % of B is in A (134 of 236)

    comments
     16  16 ~ Ben 2024-01-05
     16  16 ~ Works on my [-machine-]{+laptop+}.
    "#);
    let quiet = Options {
        quiet: true,
        ..Options::default()
    };
    assert_snapshot!(diff(UNICODE, quiet, GUIDE, REVISED), @"B copy.md  revised: lacks 1 passage - shares 51 % of A, 57 % of B");
}

#[test]
fn diff_marks_what_differs_inside_a_block() {
    let base = "缓存的命中率在高峰期下降到百分之六十。\n  fn main() {\n      print(1)\n  }\n";
    let copy = "缓存的命中率在凌晨也下降到百分之六十。\n  fn main() {\n      print(2)\n  }\n";
    assert_snapshot!(diff(UNICODE, Options::default(), base, copy), @r#"
    - A full.md
    + B copy.md

    B revised: 2 variants - shares 89 % of both
    ███████▒▒▒████████████████████████▒██
      89 % of A is in B (33 of 37 characters), 89 % of B is in A (33 of 37)

    body
      1   1 ~ 缓存的命中率在[-高峰期-]{+凌晨也+}下降到百分之六十。
      2   2 │ fn main() {
      3   3 ~     print([-1-]{+2+})
      4     │ }
    "#);
    let long = format!("{} one {}", "head ".repeat(200), "tail ".repeat(200));
    assert_snapshot!(diff(UNICODE, Options::default(), &long, &long.replace("one", "two")), @r#"
    - A full.md
    + B copy.md

    B revised: 1 variant - shares 99.8 % of both
    ████████████████████████████████████████▒███████████████████████████████████████
      99.8 % of A is in B (1600 of 1603 characters), 99.8 % of B is in A (1600 of
        1603)

    body
      1   1 ~ head head head head head head head head head head head head head head
            ~ head head … head head head head head head head head head head head
            ~ head head head head head  [-one-]{+two+} tail tail tail tail tail tail
            ~ tail tail tail tail tail tail tail tail tail tail … tail tail tail
            ~ tail tail tail tail tail tail tail tail tail tail tail tail tail
    "#);
}

#[test]
fn diff_side_by_side() {
    let of = |width, base, copy| {
        let (base, copy) = (witness(base), witness(copy));
        let relation = collate(&base, &copy);
        let event = Event::Compared {
            base: entry("A", "lessons/缓存.md", &base),
            copy: entry("B", "trial/缓存.md", &copy),
            relation: &relation,
        };
        let terminal = Terminal { width, ..UNICODE };
        rendered(Text::side_by_side(terminal, Options::default()), &[event])
    };
    assert_snapshot!(of(80, GUIDE, REVISED), @r#"
    - A lessons/缓存.md                      + B trial/缓存.md

    B revised: lacks 1 passage - shares 51 % of A, 57 % of B
    ████████████████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░█████████████████████
      51 % of A is in B (134 of 263 characters), 57 % of B is in A (134 of 236)

    body
       … 1 block the same
     3 Download the archive for your       │  3 Download the archive for your
       system and unpack it anywhere you   │    system and unpack it anywhere you
       like.                               │    like.
     5 First steps                         -
     7 Start the server with the default   -
       settings; it listens on port 8080.  -
     9 Open the dashboard, create a        -
       project, and invite the people you  -
       work with.                          -
    11 Backup                              │  5 Backup
    13 Every night the server writes a     │  7 Every night the server writes a
       snapshot of all projects to the     │    snapshot of all projects to the
       data folder.                        │    data folder.
                                           +  9 First steps
                                           + 11 Start the server with the default
                                           +    settings; it listens on port 9090.
                                           + 13 Ask an administrator if the port is
                                           +    taken.

    comments
    17 Carla 2024-02-11                    -
    17 The port is 8081 for me.            -
                                           + 17 Dora 2024-04-01
                                           + 17 Thanks!
    16 Ben 2024-01-05                      ~ 16 Ben 2024-01-05
    16 Works on my [-machine-].            ~ 16 Works on my {+laptop+}.
    ~ A declares 3 and has 2
    ~ B declares 2 and has 2

    headings lacking
     5 First steps                         -

    headings extra
                                           +  9 First steps
    "#);
    assert_snapshot!(of(40, LESSON, CUT), @r#"
    - A lessons/缓       + B trial/缓存.md
    存.md

    B truncated at line 6 - has 30 % of A
    ████████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░
      30 % of A is in B (54 of 182
        characters), 100 % of B is in A (54
        of 54)
      cut at line 6, at a block's end, after
        “…，真正常用的写法只有下面这三种：”

    body
       … 2 blocks the same
     6 在我看来，真正  │  6 在我看来，真正
       常用的写法只有  │    常用的写法只有
       下面这三种：    │    下面这三种：
     8 旁路缓存        -
    10 先读缓存，读不  -
       到再读数据库，  -
       然后把结果写回  -
       缓存。          -
    12 value =         -
       cache.get(key)  -
    13 if value is     -
       None:           -
    14     value =     -
       load(key)       -
    16 读写穿透        -
    20 缓存自己去读写  -
       数据库，应用只  -
       和缓存说话。    -
    22 异步写回        -
    24 应用写进缓存就  -
       算写完，缓存稍  -
       后成批写进数据  -
       库。            -

    comments
    ~ 林晓 2024-03-01: likes 3 in A, likes 5
    ~ in B

    assets
    18 image https://  -
       example.org/    -
       through.png     -
       “alt text”      -
                       +  8 avatar https://
                       +    example.org/
                       +    a.png “alt
                       +    text”
                       + 10 avatar https://
                       +    example.org/
                       +    b.png “alt
                       +    text”

    headings lacking
     8 旁路缓存        -
    16 读写穿透        -
    22 异步写回        -
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

    B revised: has 1 passage of its own - shares 100 % of A, 79 % of B
    ███████████████████
      100 % of A is in B (19 of 19 characters), 79 % of B is in A (19 of 24)

    body
            … 1 block the same
      3   2 │ Two a.
      4   2 ~ Two b. {+Two c.+}
      5   3 │ Last.
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

    B truncated: lacks 1 comment - has all of A's body

    comments
     17     - Carla 2024-02-11
     17     - The port is 8081 for me.
            ~ A declares 3 and has 2
            ~ B declares 3 and has 1
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

    A truncated at line 6, at a block's end, after “…有下面这三种：” - has 30 % of B
    ████████████████████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░
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
