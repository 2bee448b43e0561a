//! Copies that go, under what stays for them; copies that stay; copies that come back.

use std::io::{self, Write};

use super::page::Page;
use crate::report::numbers::bytes;
use crate::report::pen::{Pen, Style};
use crate::report::{CopyFate, StayingCopy, Tidied, TidiedCopy};
use crate::text::{Remnant, RemnantKind};

/// Writes all of it.
pub(super) fn write(pen: Pen, tidied: &Tidied, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page::new(pen);
    if tidied.undo {
        back(&mut page, tidied);
    } else {
        going(&mut page, tidied);
        staying(&mut page, tidied);
    }
    summary(&mut page, tidied);
    for line in page.into_lines() {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn going(page: &mut Page, tidied: &Tidied) {
    let pen = page.pen;
    let groups: Vec<&[TidiedCopy]> = tidied
        .copies
        .chunk_by(|one, two| one.kept == two.kept)
        .collect();
    let shown = shown(tidied, groups.len());
    for copies in groups.iter().take(shown) {
        if let Some(first) = copies.first() {
            page.named(0, Style::Title, &pen.name(&first.kept), "stays");
        }
        for copy in *copies {
            going_copy(page, tidied, copy);
        }
        page.raw(String::new());
    }
    let rest: usize = groups.iter().skip(shown).map(|copies| copies.len()).sum();
    if rest > 0 {
        more(page, 0, rest, " of others");
        page.raw(String::new());
    }
}

/// How many of so many are shown.
fn shown(tidied: &Tidied, all: usize) -> usize {
    match tidied.shown {
        0 => all,
        shown => shown,
    }
}

/// How many copies are not shown.
fn more(page: &mut Page, indent: usize, rest: usize, whose: &str) {
    let rest = page.pen.count_of(rest as u64, "more copy", "more copies");
    let words = format!("and {rest}{whose}; --all shows them");
    page.wrapped(indent, Style::Faint, "", &words);
}

fn going_copy(page: &mut Page, tidied: &Tidied, copy: &TidiedCopy) {
    let pen = page.pen;
    let verdict = copy.verdict.map_or("", |verdict| verdict.name());
    let size = bytes(copy.bytes);
    let name = pen.name(&copy.path);
    match &copy.fate {
        CopyFate::Failed(why) => {
            let words = format!("stays: {}", pen.line(why));
            page.named(2, Style::Lacking, &name, &words);
        }
        _ => {
            let does = match (tidied.means, tidied.applied) {
                ("move", false) => "would be moved",
                ("move", true) => "moved",
                (_, false) => "would become a link",
                (_, true) => "is a link now",
            };
            page.named(2, Style::Same, &name, &format!("{does}: {verdict}, {size}"));
        }
    }
}

fn staying(page: &mut Page, tidied: &Tidied) {
    if tidied.staying.is_empty() {
        return;
    }
    let pen = page.pen;
    let shown = shown(tidied, tidied.staying.len());
    page.title("copies that stay");
    for copy in tidied.staying.iter().take(shown) {
        page.named(
            2,
            Style::Variant,
            &format!("{}:", pen.name(&copy.path)),
            &why(pen, copy),
        );
    }
    let rest = tidied.staying.len().saturating_sub(shown);
    if rest > 0 {
        more(page, 2, rest, "");
    }
    page.raw(String::new());
}

fn why(pen: Pen, copy: &StayingCopy) -> String {
    let kept = pen.name(&copy.kept);
    if !copy.why.is_empty() {
        return format!("{} {kept}", copy.why);
    }
    let losses: Vec<String> = copy.losses.iter().map(|loss| words(pen, loss)).collect();
    format!("{} not in {kept}", losses.join(", "))
}

/// `12 characters (line 4)`.
fn words(pen: Pen, loss: &Remnant) -> String {
    let what = match loss.kind {
        RemnantKind::Text => pen.count(loss.count, "character"),
        RemnantKind::FrontMatter => {
            pen.count_of(loss.count, "front matter entry", "front matter entries")
        }
        RemnantKind::Comments => pen.count(loss.count, "comment"),
        RemnantKind::Counters => pen.count(loss.count, "counter"),
        RemnantKind::Assets => pen.count(loss.count, "asset"),
        RemnantKind::Avatars => pen.count(loss.count, "avatar"),
        RemnantKind::Links => pen.count_of(loss.count, "address", "addresses"),
        RemnantKind::Damage => pen.count(loss.count, "damaged passage"),
    };
    match loss.line {
        0 => what,
        line => format!("{what} (line {line})"),
    }
}

fn back(page: &mut Page, tidied: &Tidied) {
    let pen = page.pen;
    for copy in &tidied.copies {
        let name = pen.name(&copy.path);
        match &copy.fate {
            CopyFate::Planned => page.named(2, Style::Same, &name, "would come back"),
            CopyFate::Done => page.named(2, Style::Same, &name, "is back"),
            CopyFate::Nothing => page.named(2, Style::Faint, &name, "is where it was"),
            CopyFate::Failed(why) => {
                page.named(
                    2,
                    Style::Lacking,
                    &name,
                    &format!("stays: {}", pen.line(why)),
                );
            }
        }
    }
    if !tidied.copies.is_empty() {
        page.raw(String::new());
    }
}

fn summary(page: &mut Page, tidied: &Tidied) {
    let pen = page.pen;
    let sum = tidied.summary();
    let copies = pen.count_of(sum.copies, "copy", "copies");
    let (lead, words) = match (tidied.undo, tidied.applied, sum.copies) {
        (true, _, 0) if tidied.copies.is_empty() => ("nothing is left to undo", String::new()),
        (true, _, 0) => ("nothing comes back", String::new()),
        (true, false, _) => (
            "dry run:",
            format!(" {copies} would come back; --apply does it"),
        ),
        (true, true, _) => ("undone:", format!(" {copies}")),
        (false, false, 0) => (
            "nothing to tidy",
            ": no copy is held whole by another".to_owned(),
        ),
        (false, true, 0) => ("nothing was tidied", String::new()),
        (false, false, _) => (
            "dry run:",
            format!(" {copies} would {}; --apply does it", go(pen, tidied)),
        ),
        (false, true, _) => ("tidied:", format!(" {copies} {}", went(pen, tidied))),
    };
    page.wrapped(0, Style::Title, lead, &words);
    if !tidied.undo && sum.copies > 0 {
        let size = format!("{}, {} of text", bytes(sum.bytes), pen.chars(sum.chars));
        let words = match (tidied.means, tidied.applied) {
            ("move", false) => format!("{size} that stand in what stays, too"),
            ("move", true) => {
                format!("{size}: deleting the quarantine frees it, `lacuna undo` brings it back")
            }
            (_, false) => format!("{size} would be freed"),
            (_, true) => format!("{size} freed; `lacuna undo` makes files of their own again"),
        };
        page.wrapped(2, Style::Faint, "", &words);
    }
    if sum.failed > 0 {
        let failed = pen.count_of(sum.failed, "copy", "copies");
        let what = if tidied.undo {
            "could not come back"
        } else {
            "could not go"
        };
        page.wrapped(2, Style::Lacking, "", &format!("{failed} {what}"));
    }
    if tidied.unreadable > 0 {
        let inputs = pen.count(tidied.unreadable as u64, "input");
        page.wrapped(
            2,
            Style::Lacking,
            "",
            &format!("{inputs} could not be read"),
        );
    }
}

fn go(pen: Pen, tidied: &Tidied) -> String {
    match tidied.means {
        "move" => format!("be moved to {}", quarantine(pen, tidied)),
        means => format!("become {means}s"),
    }
}

fn went(pen: Pen, tidied: &Tidied) -> String {
    match tidied.means {
        "move" => format!("moved to {}", quarantine(pen, tidied)),
        means => format!("are {means}s now"),
    }
}

fn quarantine(pen: Pen, tidied: &Tidied) -> String {
    let names: Vec<String> = tidied
        .folders
        .iter()
        .map(|folder| pen.name(folder))
        .collect();
    names.join(" and ")
}
