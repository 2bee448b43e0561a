//! Text in more than one encoding in one document: two files were put together without converting
//! one of them.

use std::ops::Range;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;

use super::Seen;
use crate::audit::Remark;
use crate::text::{Code, DamageKind, LineRange, Span};

/// Passages in another encoding than the rest.
pub(super) struct Mixed {
    main: &'static str,
    other: &'static str,
    lines: LineRange,
    passages: usize,
    kind: DamageKind,
}

impl Mixed {
    /// Whether damage of this kind is what the passages look like.
    pub fn explains(&self, kind: DamageKind) -> bool {
        kind == self.kind
    }

    pub fn remark(&self) -> Remark {
        let Self { main, other, .. } = self;
        let lines = match self.passages {
            1 => "one passage".to_owned(),
            count => format!("{count} passages"),
        };
        Remark {
            code: Code::MixedEncodings,
            lines: Some(self.lines),
            message: format!("the text is {main}, and {lines} in it {other}"),
            about: String::new(),
        }
    }
}

/// Finds them, if all that cannot be decoded is explained by one other encoding.
pub(super) fn mixed(seen: &Seen<'_>) -> Option<Mixed> {
    match seen.witness.encoding.name {
        "UTF-8" => legacy_in_utf8(seen),
        _ => utf8_in_legacy(seen),
    }
}

/// Lines of a legacy encoding in UTF-8. A stray byte is damage; a line of another encoding has
/// several above ASCII, nearly none of which is UTF-8.
fn legacy_in_utf8(seen: &Seen<'_>) -> Option<Mixed> {
    let damaged = of_kind(seen, DamageKind::Undecodable);
    let lines = lines_around(seen.bytes, damaged)?;
    let all = lines.iter().flat_map(|line| &seen.bytes[line.clone()]);
    let all: Vec<u8> = all.copied().collect();
    if all.iter().filter(|byte| **byte >= 0x80).count() < ENOUGH || is_mostly_utf8(&all) {
        return None;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&all, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    let clean = |line: &Range<usize>| decodes(&seen.bytes[line.clone()], guess);
    lines.iter().all(clean).then(|| Mixed {
        main: "UTF-8",
        other: guess.name(),
        lines: seen.witness.line_range(lines[0].clone().into()),
        passages: lines.len(),
        kind: DamageKind::Undecodable,
    })
}

/// How many bytes above ASCII the lines must have to be told from a few that broke.
const ENOUGH: usize = 4;

/// Passages of UTF-8 in a legacy encoding: they read as mojibake, and their bytes are UTF-8.
fn utf8_in_legacy(seen: &Seen<'_>) -> Option<Mixed> {
    let passages = of_kind(seen, DamageKind::Mojibake);
    let first = passages.clone().next()?;
    let is_utf8 = |span: Span| {
        let bytes = seen.bytes.get(span.range()).unwrap_or_default();
        std::str::from_utf8(bytes).is_ok_and(|text| !text.is_ascii())
    };
    passages.clone().all(is_utf8).then(|| Mixed {
        main: seen.witness.encoding.name,
        other: "UTF-8",
        lines: seen.witness.line_range(first),
        passages: passages.count(),
        kind: DamageKind::Mojibake,
    })
}

fn of_kind<'a>(seen: &Seen<'a>, kind: DamageKind) -> impl Iterator<Item = Span> + Clone + 'a {
    let damage = seen.witness.damage.iter();
    damage
        .filter(move |damage| damage.kind == kind)
        .map(|damage| damage.span)
}

/// The lines that hold the spans, which ascend; neighbours are one passage. `None` if there are
/// none, or a span is not in `bytes`.
fn lines_around(bytes: &[u8], spans: impl Iterator<Item = Span>) -> Option<Vec<Range<usize>>> {
    let mut lines: Vec<Range<usize>> = Vec::new();
    for span in spans {
        if let Some(last) = lines.last()
            && span.end() <= last.end
        {
            continue;
        }
        let before = memchr::memrchr(b'\n', bytes.get(..span.start())?);
        let after = memchr::memchr(b'\n', bytes.get(span.end()..)?);
        let line =
            before.map_or(0, |at| at + 1)..after.map_or(bytes.len(), |at| span.end() + at + 1);
        match lines.last_mut() {
            Some(last) if line.start <= last.end => last.end = line.end,
            _ => lines.push(line),
        }
    }
    (!lines.is_empty()).then_some(lines)
}

/// Whether more bytes above ASCII are part of characters of UTF-8 than are not.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let above = |bytes: &[u8]| bytes.iter().filter(|byte| **byte >= 0x80).count();
    let chunks = bytes.utf8_chunks();
    let (good, bad) = chunks.fold((0, 0), |(good, bad), chunk| {
        (
            good + above(chunk.valid().as_bytes()),
            bad + chunk.invalid().len(),
        )
    });
    good > bad
}

fn decodes(bytes: &[u8], encoding: &'static Encoding) -> bool {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    text.is_some_and(|text| !text.chars().any(|c| matches!(c, '\u{80}'..='\u{9F}')))
}
