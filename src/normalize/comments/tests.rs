use std::fmt::Write as _;
use std::fs;
use std::path::Path;

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
            false => markdown::segment(&mut builder),
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
    let (mut text, mut matched, mut span) = (0, 0, 0);
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
        span = span.max(block.span.start());
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
    for (index, block) in draft
        .blocks
        .iter()
        .enumerate()
        .filter(|(index, _)| !owned[*index])
    {
        let _ = index;
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
