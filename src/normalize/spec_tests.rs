//! The examples in `docs/canonical-form.md`, run, so that specification and program agree.
//!
//! An example is a fenced block whose info string begins with `example`; the words behind it say
//! how to read the source and what to show. Source and result are parted by a line `=>`.

use super::{Options, normalize};
use crate::text::{BlockKind, Format, Witness, fold};

const SPECIFICATION: &str = include_str!("../../docs/canonical-form.md");

struct Example<'d> {
    /// Line of the specification on which it begins.
    line: usize,
    words: Vec<&'d str>,
    source: String,
    expected: String,
}

impl Example<'_> {
    fn has(&self, word: &str) -> bool {
        self.words.contains(&word)
    }

    fn source(&self) -> Vec<u8> {
        match self.has("escapes") {
            true => unescape(&self.source),
            false => self.source.clone().into_bytes(),
        }
    }

    fn options(&self) -> Options {
        Options {
            encoding: None,
            format: match () {
                () if self.has("plain") => Some(Format::Plain),
                () if self.has("markdown") => Some(Format::Markdown),
                () if self.has("html") => Some(Format::Html),
                () => None,
            },
            repair: self.has("repair"),
            ..Options::default()
        }
    }
}

fn examples() -> Vec<Example<'static>> {
    let mut examples = Vec::new();
    let mut lines = SPECIFICATION.lines().enumerate();
    while let Some((at, line)) = lines.next() {
        let ticks = line.bytes().take_while(|byte| *byte == b'`').count();
        let (fence, info) = line.split_at(ticks);
        if ticks < 3 {
            continue;
        }
        let block: Vec<&str> = lines
            .by_ref()
            .map(|(_, line)| line)
            .take_while(|line| *line != fence)
            .collect();
        let mut words = info.split(' ');
        if words.next() == Some("example") {
            let parting = block.iter().position(|line| *line == "=>");
            let parting = parting.unwrap_or_else(|| panic!("line {}: no =>", at + 1));
            examples.push(Example {
                line: at + 1,
                words: words.collect(),
                source: block[..parting].join("\n"),
                expected: block[parting + 1..].join("\n"),
            });
        }
    }
    examples
}

/// `\xHH` is a byte, `\u{…}` a character, `\\` a backslash.
fn unescape(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        bytes.extend_from_slice(before.as_bytes());
        rest = if let Some(after) = after.strip_prefix('x') {
            bytes.push(u8::from_str_radix(&after[..2], 16).expect("two hexadecimal digits"));
            &after[2..]
        } else if let Some((code, after)) = after
            .strip_prefix("u{")
            .and_then(|after| after.split_once('}'))
        {
            let code = u32::from_str_radix(code, 16).expect("hexadecimal digits");
            let char = char::from_u32(code).expect("a character");
            bytes.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes());
            after
        } else {
            bytes.push(b'\\');
            after.strip_prefix('\\').expect("a known escape")
        };
    }
    bytes.extend_from_slice(rest.as_bytes());
    bytes
}

/// What the words of the example ask to see of the witness.
fn shown(witness: &Witness, example: &Example<'_>) -> String {
    let mut lines = Vec::new();
    if example.has("encoding") {
        lines.push(format!("encoding: {}", witness.encoding.name));
    }
    for block in &witness.blocks {
        let mut line = String::new();
        if example.has("sections") {
            line += block.section.name();
            line += " / ";
        }
        line += block.kind.name();
        if let BlockKind::Heading(level) = block.kind {
            line += &format!(" {level}");
        }
        if example.has("numbers")
            && let Some(number) = block.number
        {
            line += &format!(" {}", number.value);
        }
        line += ": ";
        line += &readable(block.text(witness), example);
        lines.push(line);
        if example.has("match") {
            lines.push(format!(
                "  match: {}",
                readable(block.match_text(witness), example)
            ));
        }
        if example.has("sketch") {
            let mut sketch = String::new();
            fold::sketch_text(block.match_text(witness), &mut sketch);
            lines.push(format!("  sketch: {sketch}"));
        }
        if example.has("spans") {
            let span = block.span;
            lines.push(format!(
                "  line {}, bytes {}..{}",
                block.line,
                span.start(),
                span.end()
            ));
        }
    }
    for asset in &witness.assets {
        if example.has("assets") {
            lines.push(format!(
                "{}: {} ({})",
                asset.kind.name(),
                asset.target,
                asset.alt
            ));
        }
    }
    if example.has("comments") {
        lines.extend(comments(witness));
    }
    for damage in &witness.damage {
        let span = damage.span;
        let mut line = format!(
            "{}: bytes {}..{}",
            damage.kind.name(),
            span.start(),
            span.end()
        );
        if !damage.repair.is_empty() {
            line += &format!(", should be {}", damage.repair);
        }
        lines.push(line);
    }
    if example.has("tally") {
        let tally = witness.tally;
        lines.push(format!(
            "invisible: {}, bidi: {}",
            tally.invisible, tally.bidi
        ));
    }
    lines.join("\n")
}

fn comments(witness: &Witness) -> Vec<String> {
    let mut lines = Vec::new();
    for section in &witness.comment_sections {
        let declared = section
            .declared
            .map_or("none".to_owned(), |count| count.to_string());
        lines.push(format!(
            "comments: declared {declared}, present {}",
            section.comments.len()
        ));
    }
    for comment in &witness.comments {
        let mut line = format!("comment: {}", comment.author);
        line += &format!(", {}, depth {}", comment.date, comment.depth);
        for counter in &comment.counters {
            line += &format!(", {} {}", counter.value, counter.label);
        }
        lines.push(line);
    }
    lines
}

/// On one line, with characters that cannot be seen as escapes where the example has escapes.
fn readable(text: &str, example: &Example<'_>) -> String {
    let escapes = example.has("escapes");
    let mut readable = String::new();
    for char in text.chars() {
        match char {
            '\n' => readable += "\\n",
            '\\' if escapes => readable += "\\\\",
            '\u{301}' | '\u{200D}' if escapes => {
                readable += &format!("\\u{{{:X}}}", u32::from(char))
            }
            _ => readable.push(char),
        }
    }
    readable
}

#[test]
fn the_examples_of_the_specification_hold() {
    let examples = examples();
    assert!(examples.len() > 40, "found {} examples", examples.len());
    let mut wrong = String::new();
    for example in &examples {
        let witness = normalize(&example.source(), None, &example.options()).expect("small");
        let shown = shown(&witness, example);
        if shown != example.expected {
            wrong += &format!(
                "line {}: {}\n{}\n-- but it is --\n{shown}\n\n",
                example.line, example.source, example.expected
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
