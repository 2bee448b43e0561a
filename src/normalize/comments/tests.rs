use crate::normalize::line::Lines;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::normalize::builder::Builder;
use crate::normalize::{html, markdown};
use crate::text::{AssetKind, BlockKind, Section as Part, fold};

type Read = (Draft, Vec<CommentSection>, Vec<Comment>);

/// Reads a document, and checks what must hold of any.
fn read(source: &str, is_html: bool, profiles: &Profiles) -> Read {
    let segment = || {
        let mut builder = Builder::new(source, profiles);
        match is_html {
            true => html::segment(&mut builder),
            false => markdown::segment(&mut builder, &Lines::of(source)),
        }
        builder.finish()
    };
    let before = segment();
    let mut draft = segment();
    let (sections, comments) = recognise(&mut draft, source, profiles);
    check(&before, &draft, &sections, &comments);
    (draft, sections, comments)
}

/// No text is lost, blocks and maps are whole, and comments hold what they say they hold.
fn check(before: &Draft, after: &Draft, sections: &[CommentSection], comments: &[Comment]) {
    assert_eq!(before.match_text, after.match_text);
    let visible = |text: &str| text.split_whitespace().collect::<String>();
    assert_eq!(visible(&before.text), visible(&after.text));
    let (mut text, mut matched) = (0, 0);
    for (index, block) in after.blocks.iter().enumerate() {
        assert_eq!(block.text.start(), text + usize::from(index > 0));
        if index > 0 {
            assert_eq!(&after.text[text..=text], "\n");
        }
        assert_eq!(block.match_text.start(), matched);
        text = block.text.end();
        matched = block.match_text.end();
        let mut folded = String::new();
        let canonical = &after.text[block.text.range()];
        fold::match_text(canonical, block.kind.is_code(), &mut folded);
        assert_eq!(folded, after.match_text[block.match_text.range()]);
        assert!(!canonical.is_empty());
    }
    assert_eq!((text, matched), (after.text.len(), after.match_text.len()));
    let mut next = 0;
    for section in sections {
        assert_eq!(section.comments.start, next);
        next = section.comments.end;
    }
    assert_eq!(next as usize, comments.len());
    for comment in comments {
        for block in comment.blocks.clone() {
            let block = after.blocks[block as usize];
            assert_eq!(block.section, Part::Comments);
            assert!(matches!(
                block.kind,
                BlockKind::Comment | BlockKind::Code | BlockKind::ListItem | BlockKind::Quotation
            ));
        }
        if let Some(avatar) = comment.avatar {
            assert_eq!(after.assets[avatar as usize].kind, AssetKind::Avatar);
        }
    }
}

/// What was recognised, to be read.
fn show((draft, sections, comments): &Read) -> String {
    let mut out = String::new();
    let mut owned = vec![false; draft.blocks.len()];
    for section in sections {
        let declared = section
            .declared
            .map_or("none".into(), |count| count.to_string());
        let present = section.comments.len();
        writeln!(
            out,
            "{}: {present} present, {declared} declared",
            section.profile
        )
        .unwrap();
        for comment in &comments[section.comments.start as usize..section.comments.end as usize] {
            let indent = "  ".repeat(comment.depth as usize + 1);
            let counters: Vec<_> = comment
                .counters
                .iter()
                .map(|c| format!("{} {}", c.value, c.label))
                .collect();
            let avatar = comment
                .avatar
                .map_or("-", |avatar| &draft.assets[avatar as usize].target);
            writeln!(
                out,
                "{indent}{} | {} | {} | {avatar}",
                comment.author,
                comment.date,
                counters.join(", ")
            )
            .unwrap();
            for block in comment.blocks.clone() {
                owned[block as usize] = true;
                let block = draft.blocks[block as usize];
                let kind = match block.kind {
                    BlockKind::Comment => String::new(),
                    kind => format!("({}) ", kind.name()),
                };
                writeln!(
                    out,
                    "{indent}  {kind}{}",
                    draft.text[block.text.range()].replace('\n', "⏎")
                )
                .unwrap();
            }
        }
    }
    let rest = draft.blocks.iter().zip(owned).filter(|(_, owned)| !owned);
    for (block, _) in rest {
        writeln!(
            out,
            "{}, {}: {}",
            block.section.name(),
            block.kind.name(),
            &draft.text[block.text.range()]
        )
        .unwrap();
    }
    out
}

#[test]
fn cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/normalize/comments/cases");
    let mut paths: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(&folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for path in paths {
        let extension = path.extension().and_then(|extension| extension.to_str());
        let Some(extension @ ("html" | "md")) = extension else {
            continue;
        };
        let source = fs::read_to_string(&path).unwrap();
        let shown = show(&read(&source, extension == "html", &Profiles::default()));
        let name = path.file_stem().unwrap().to_str().unwrap();
        settings.bind(|| insta::assert_snapshot!(format!("{name}.{extension}"), shown));
    }
}

#[test]
fn users_profiles_come_first() {
    let profiles = Profiles::from_toml(
        "[[comments.profile]]
        name = 'wall'
        heading = ['Wall of fame']
        item = ['.brick-*']
        author = ['.who']
        date = ['.when']
        text = ['.what']
        counter = ['.claps']
        avatar = ['.face']",
    );
    let source = "<p>Body</p><h2>Wall of Fame (1)</h2><div>
        <div class='brick-a1'><i class=face><img src=a.png></i><u class=who>Ann</u> <u class=when>on 3.4.2024</u>
        <div class=what>Hi <b class=author>all</b></div><u class=claps>7</u></div></div><p>End</p>";
    insta::assert_snapshot!(show(&read(source, true, &profiles.unwrap())), @"
    wall: 1 present, 1 declared
      Ann | 2024-04-03 | 7 claps | a.png
        Hi all
    body, paragraph: Body
    comments, heading: Wall of Fame (1)
    comments, byline: Ann on 3.4.2024
    comments, byline: 7
    body, paragraph: End
    ");
}

#[test]
fn the_same_comments_in_two_markups_read_the_same() {
    let read_case = |name: &str| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/normalize/comments/cases");
        identities(&read(
            &fs::read_to_string(folder.join(name)).unwrap(),
            false,
            &Profiles::default(),
        ))
    };
    assert_eq!(
        read_case("geekbang-paragraphs.md"),
        read_case("geekbang-avatars.md")
    );
}

/// Author, date and match text of each comment.
fn identities((draft, _, comments): &Read) -> Vec<(String, String, String)> {
    let text = |comment: &Comment| {
        let blocks = comment
            .blocks
            .clone()
            .map(|block| draft.blocks[block as usize].match_text);
        blocks.map(|span| &draft.match_text[span.range()]).collect()
    };
    comments
        .iter()
        .map(|comment| (comment.author.clone(), comment.date.clone(), text(comment)))
        .collect()
}

#[test]
fn the_seeds_have_eight_comments_each() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let sources = paths.iter().map(|path| fs::read_to_string(path).unwrap());
    let found: Vec<Read> = sources
        .map(|source| read(&source, false, &Profiles::default()))
        .collect();
    let [first, second] = &found[..] else {
        panic!("{} seeds", found.len())
    };
    assert_eq!(identities(first), identities(second));
    for ((_, sections, comments), avatars) in [(first, 0), (second, 8)] {
        assert_eq!(comments.len(), 8);
        assert_eq!(
            sections
                .iter()
                .map(|section| section.declared)
                .collect::<Vec<_>>(),
            [Some(8)]
        );
        assert_eq!(
            comments.iter().filter_map(|comment| comment.avatar).count(),
            avatars
        );
        assert!(
            comments
                .iter()
                .all(|comment| comment.counters.len() == 2 && !comment.blocks.is_empty())
        );
    }
}

#[test]
fn hostile_lists_are_read_in_one_go() {
    let item = "<div class=comment><b class=author>A</b> 2024-01-02 <p>x</p>";
    let quiet = "<div class=comment>";
    let section = "<section class=comments><h3>Comments (1)</h3><ul><li><b>A</b> 2024-01-02<p>x</p></li></ul>";
    let check = |source: &str, sections: usize, comments: usize| {
        let found = read(source, true, &Profiles::default());
        assert_eq!(
            (found.1.len(), found.2.len()),
            (sections, comments),
            "{}",
            &source[..60]
        );
        found
            .2
            .iter()
            .map(|comment| comment.depth)
            .max()
            .unwrap_or(0)
    };
    assert_eq!(check(&item.repeat(70_000), 1, 70_000), u16::MAX);
    assert_eq!(check(&format!("{item}</div>").repeat(20_000), 1, 20_000), 0);
    check(&quiet.repeat(100_000), 0, 0);
    check(&format!("{quiet}</div>").repeat(100_000), 0, 0);
    check(&section.repeat(5_000), 4_930, 4_930);
    check(&"<h3>Comments</h3><div>".repeat(20_000), 0, 0);
    check(
        &"<h3>Comments</h3><ul><li>text</li></ul>".repeat(10_000),
        0,
        0,
    );
    let many = "<i class=text>x</i><i class=meta>y</i><i class=author>z</i><i class=likes>3</i><img class=avatar src=a>";
    check(&format!("{item}{}", many.repeat(5_000)), 1, 1);
    check(
        &format!(
            "<h3>Comments</h3><ul><li>{}A 2024-01-02</ul>",
            "<b>".repeat(50_000)
        ),
        0,
        0,
    );
    check(
        &format!("<h3>Comments</h3><ul><li>{}", "<b>A</b> (".repeat(20_000)),
        0,
        0,
    );
}

/// Pieces that comment lists are made of, to be put together in any order.
const PIECES: &[&str] = &[
    "<div class=comments>",
    "<h2>Comments (2)</h2>",
    "<ul>",
    "</ul>",
    "<li>",
    "</li>",
    "<li class=comment>",
    "<div class=comment>",
    "</div>",
    "<article class=post>",
    "<span>Alice</span>",
    "<b class=author>小明</b>",
    " 2024-01-02 ",
    "<time datetime=2024-01-02>2 Jan</time>",
    "👍（2）",
    ": ",
    " text ",
    "<p>",
    "</p>",
    "文字。",
    "+1",
    "<br>",
    "<div class=content>",
    "<blockquote>",
    "</blockquote>",
    "<pre>a\n b</pre>",
    "<img class=avatar src=a.png>",
    "<span class=comment>",
    "</span>",
    "<a>Reply</a>",
    "&amp;",
    "e\u{301}",
    "**",
    "\\",
    "\u{301}",
    "\n",
    "\n\n",
    "- ",
    "## Comments\n\n",
    "**Bob** (2024-01-02)",
    "### Eve — 2024-01-03\n",
    "> ",
    "（",
    "）",
    "a\u{300}\u{316}",
    "①",
    "<table><tr><td>",
    "</table>",
];

proptest! {
    #[test]
    fn nothing_is_lost(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60), is_html: bool) {
        read(&pieces.concat(), is_html, &Profiles::default());
    }

    #[test]
    fn bylines_and_dates_stay_within_any_text(text in "[0-9A-Za-z年月日 :,.()（）👍赞回复/+-]{0,40}") {
        if let Some(date) = date::at_head(&text) {
            prop_assert!(text.is_char_boundary(date.len));
        }
        let name = byline::name_at_head(&text);
        for found in [byline::whole(&text, name.clone()), byline::head(&text, name)].into_iter().flatten() {
            prop_assert!(text.is_char_boundary(found.end));
        }
        byline::counters(&text);
        heading::parse(&text, &[]);
    }
}

#[test]
fn a_list_too_long_to_be_read_at_once_is_one_list() {
    let text = "有道理。".repeat(2_000);
    for between in ["", "  还有一句。\n\n"] {
        let mut source = "## 评论 (180)\n\n".to_owned();
        for number in 0..180 {
            let _ = write!(source, "- **读者{number}** (2024-12-10): {text}\n{between}");
        }
        let (_, sections, comments) = read(&source, false, &Profiles::default());
        assert_eq!((sections.len(), comments.len()), (1, 180), "{between:?}");
    }
}
