//! A unified diff of two canonical texts.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::ops::Range;

use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices, group_diff_ops};

use super::{Event, Options, Renderer, escape};
use crate::text::Witness;

/// Lines of context unless the options say otherwise.
const CONTEXT: usize = 3;

/// The lines of a document's canonical text: one for each block, for a code block each of its
/// lines. What `normalize` prints, and what a unified diff compares. Characters that could drive
/// a terminal are shown (`␛`), tabs stay.
pub fn canonical_lines(witness: &Witness) -> impl Iterator<Item = Cow<'_, str>> {
    let text = (!witness.text.is_empty()).then_some(witness.text.as_str());
    text.into_iter()
        .flat_map(|text| text.split('\n'))
        .map(escape::data)
}

/// Writes a comparison as a unified diff of the lines that `normalize` prints. `patch`, applied
/// to those of the base, gives those of the copy. Writes nothing for any other event.
#[derive(Debug)]
pub struct Unified {
    context: usize,
}

impl Unified {
    /// A renderer; of the options, only the lines of context count.
    pub fn new(options: Options) -> Self {
        Self {
            context: options.context.unwrap_or(CONTEXT),
        }
    }
}

impl Renderer for Unified {
    fn render(&mut self, event: &Event<'_>, out: &mut dyn Write) -> io::Result<()> {
        let Event::Compared { base, copy, .. } = event else {
            return Ok(());
        };
        let old: Vec<_> = canonical_lines(base.witness).collect();
        let new: Vec<_> = canonical_lines(copy.witness).collect();
        let hunks = hunks(&old, &new, self.context);
        if hunks.is_empty() {
            return Ok(());
        }
        writeln!(out, "--- {}", quoted(base.path))?;
        writeln!(out, "+++ {}", quoted(copy.path))?;
        hunks.iter().try_for_each(|ops| hunk(ops, &old, &new, out))
    }

    fn finish(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

/// Changes with their context. The search is `similar`'s bounded one: on hard input it finds a
/// longer diff, never a wrong one.
fn hunks(old: &[Cow<'_, str>], new: &[Cow<'_, str>], context: usize) -> Vec<Vec<DiffOp>> {
    let mut ids = HashMap::new();
    let mut intern = |line| {
        let next = ids.len() as u32;
        *ids.entry(line).or_insert(next)
    };
    let old: Vec<u32> = old.iter().map(|line| intern(line.as_ref())).collect();
    let new: Vec<u32> = new.iter().map(|line| intern(line.as_ref())).collect();
    let ops = capture_diff_slices(Algorithm::Myers, &old, &new);
    let changed = |ops: &[DiffOp]| ops.iter().any(|op| op.tag() != DiffTag::Equal);
    // Beyond this, context is the whole text, and twice it must not overflow.
    let context = context.min(old.len().max(new.len()));
    let mut hunks = group_diff_ops(ops, context);
    hunks.retain(|ops| changed(ops));
    hunks
}

fn hunk(
    ops: &[DiffOp],
    old: &[Cow<'_, str>],
    new: &[Cow<'_, str>],
    out: &mut dyn Write,
) -> io::Result<()> {
    let (Some(first), Some(last)) = (ops.first(), ops.last()) else {
        return Ok(());
    };
    let old_lines = first.old_range().start..last.old_range().end;
    let new_lines = first.new_range().start..last.new_range().end;
    writeln!(out, "@@ -{} +{} @@", counted(old_lines), counted(new_lines))?;
    for op in ops {
        match op.tag() {
            DiffTag::Equal => signed(' ', &old[op.old_range()], out)?,
            DiffTag::Delete => signed('-', &old[op.old_range()], out)?,
            DiffTag::Insert => signed('+', &new[op.new_range()], out)?,
            DiffTag::Replace => {
                signed('-', &old[op.old_range()], out)?;
                signed('+', &new[op.new_range()], out)?;
            }
        }
    }
    Ok(())
}

fn signed(sign: char, lines: &[Cow<'_, str>], out: &mut dyn Write) -> io::Result<()> {
    lines
        .iter()
        .try_for_each(|line| writeln!(out, "{sign}{line}"))
}

/// First line and number of lines; of no lines, the line before them.
fn counted(lines: Range<usize>) -> String {
    if lines.is_empty() {
        format!("{},0", lines.start)
    } else {
        format!("{},{}", lines.start + 1, lines.len())
    }
}

/// A path as git writes it: in C quotes if it holds what a header line cannot, and followed by a
/// tab if it holds a space.
fn quoted(path: &str) -> String {
    let special = |c: char| escape::is_hostile(c) || c == '"' || c == '\\';
    if !path.contains(special) {
        let tab = if path.contains(' ') { "\t" } else { "" };
        return format!("{path}{tab}");
    }
    let mut out = String::from("\"");
    for c in path.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            _ if special(c) => {
                for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                    let _ = write!(out, "\\{byte:03o}");
                }
            }
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_quoted_as_git_does() {
        for (path, expected) in [
            ("notes/full.md", "notes/full.md"),
            ("中文.md", "中文.md"),
            ("a b.md", "a b.md\t"),
            ("a\nb", r#""a\nb""#),
            ("say \"x\"\\", r#""say \"x\"\\""#),
            ("\x1b[2J", r#""\033[2J""#),
            ("x\u{202e}y", r#""x\342\200\256y""#),
        ] {
            assert_eq!(quoted(path), expected);
        }
    }
}
