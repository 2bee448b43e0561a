//! Copies that are cut off.

use super::{
    Base, Block, Copy, Cut, Dice, Document, Encoding, Kind, Language, Mark, Page, Point, Style,
    encoded, spot,
};

/// Where a cut falls.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Falls {
    BlockEnd,
    SentenceEnd,
    InSentence,
    InWord,
}

pub fn block_end(base: &Base, dice: &mut Dice) -> Option<Copy> {
    cut_as_written(base, Falls::BlockEnd, dice)
}

pub fn sentence_end(base: &Base, dice: &mut Dice) -> Option<Copy> {
    cut_as_written(base, Falls::SentenceEnd, dice)
}

pub fn inside_sentence(base: &Base, dice: &mut Dice) -> Option<Copy> {
    cut_as_written(base, Falls::InSentence, dice)
}

pub fn inside_word(base: &Base, dice: &mut Dice) -> Option<Copy> {
    cut_as_written(base, Falls::InWord, dice)
}

/// The file ends there, whatever was open.
pub fn file(base: &Base, dice: &mut Dice) -> Option<Copy> {
    cut_file(base, 0, dice)
}

/// The file ends inside a character of several bytes.
pub fn inside_character(base: &Base, dice: &mut Dice) -> Option<Copy> {
    if base.encoding != Encoding::Utf8 {
        return None;
    }
    cut_file(base, 1, dice)
}

/// Comments follow the cut, as they were or in other markup.
pub fn comments_follow(base: &Base, dice: &mut Dice) -> Option<Copy> {
    if base.document.comments.is_empty() {
        return None;
    }
    let style = Style {
        comments: if dice.percent(50) {
            base.other_comments(dice)
        } else {
            base.style.comments
        },
        ..base.style
    };
    let (document, point) = cut(base, Falls::BlockEnd, dice)?;
    written(base, &document, point, style, base.encoding)
}

pub fn comments_gone(base: &Base, dice: &mut Dice) -> Option<Copy> {
    if base.document.comments.is_empty() {
        return None;
    }
    let (mut document, point) = cut(base, Falls::BlockEnd, dice)?;
    document.comments.clear();
    written(base, &document, point, base.style, base.encoding)
}

pub fn ellipsis(base: &Base, dice: &mut Dice) -> Option<Copy> {
    let (mut document, point) = cut(base, Falls::InSentence, dice)?;
    // Before a full stop the first of the dots would be that.
    let rest = &base.document.blocks[point.block].text.plain[point.offset..];
    if rest.trim_start().starts_with(['.', '…', '。']) {
        return None;
    }
    let last = document.blocks.last_mut()?;
    let dots = *dice.pick(&["…", "……", "...", " …", "[…]"]);
    let text = &mut last.text;
    let before = text.plain.len();
    text.plain.push_str(dots);
    let mut copy = written(base, &document, point, base.style, base.encoding)?;
    // The dots are no text, and the cut is before them.
    let page = Page::write(&document, base.style);
    let end = Point {
        block: document.blocks.len() - 1,
        offset: before,
    };
    let (byte, line) = spot(&page, page.end_of(&document, end), base.encoding)?;
    if let Some(cut) = &mut copy.cut {
        (cut.byte, cut.line) = (byte, line);
    }
    Some(copy)
}

pub fn markup(base: &Base, dice: &mut Dice) -> Option<Copy> {
    let style = base.other_markup(dice)?;
    let (document, point) = cut(base, Falls::BlockEnd, dice)?;
    written(base, &document, point, style, base.encoding)
}

pub fn encoding(base: &Base, dice: &mut Dice) -> Option<Copy> {
    let (document, point) = cut(base, Falls::InSentence, dice)?;
    let encoding = base.other_encoding(dice);
    let copy = written(base, &document, point, base.style, encoding)?;
    base.can_be_told(encoding, copy.passage).then_some(copy)
}

/// The copy has a word put right here and there: less than one in 50 characters.
pub fn corrected(base: &Base, dice: &mut Dice) -> Option<Copy> {
    let (mut document, point) = cut(base, Falls::BlockEnd, dice)?;
    let (kept, whole) = (document.amount(), base.document.amount());
    let mut room = (kept.chars / 100).min((whole.chars - kept.chars) / 10);
    let blocks = document.blocks.len();
    for block in document.blocks.iter_mut().take(blocks - 1) {
        let word = base.author().word(dice);
        let cost = word.chars().count() + 2;
        let is_prose = block.kind == Kind::Paragraph && block.text.marks.is_empty();
        if !is_prose || cost > room {
            continue;
        }
        let first = block.text.each_sentence().next()?;
        let middle = block.text.plain.floor_char_boundary(first.end / 2);
        block.text.plain.insert_str(middle, word);
        room -= cost;
    }
    written(base, &document, point, base.style, base.encoding)
}

fn cut_as_written(base: &Base, falls: Falls, dice: &mut Dice) -> Option<Copy> {
    let (document, point) = cut(base, falls, dice)?;
    written(base, &document, point, base.style, base.encoding)
}

/// The base up to somewhere.
fn cut(base: &Base, falls: Falls, dice: &mut Dice) -> Option<(Document, Point)> {
    let point = point(&base.document, some_share(dice), falls, dice)?;
    Some((base.document.until(point), point))
}

/// All shares are as likely, but small ones are some more.
pub fn some_share(dice: &mut Dice) -> f64 {
    let share = dice.share();
    if dice.once_in(3) {
        share * share * share
    } else {
        share
    }
}

/// A copy that says what `document` says, which is the base up to `point`.
pub fn written(
    base: &Base,
    document: &Document,
    point: Point,
    style: Style,
    encoding: Encoding,
) -> Option<Copy> {
    let mut copy = base.copy(document, style, encoding, "truncated")?;
    // What all pages of its site have is no passage that tells it from these.
    let own = Point::start_of(base.own.start);
    copy.passage = base.document.part(own..point.max(own)).amount().sketch;
    let page = Page::write(
        document,
        Style {
            charset: encoding.label(),
            ..style
        },
    );
    let end = page.end_of(document, Point::start_of(document.blocks.len()));
    copy.cut = cut_at(base, point, spot(&page, end, encoding)?);
    Some(copy)
}

fn cut_at(base: &Base, point: Point, (byte, line): (usize, usize)) -> Option<Cut> {
    // Of what was found it is not known which bytes are markup.
    let known = base.document.language != Language::Found;
    known.then_some(())?;
    let goes_on = base.page.start_of(&base.document, point)?;
    let (base_byte, base_line) = spot(&base.page, goes_on, base.encoding)?;
    Some(Cut {
        byte,
        line,
        base_byte,
        base_line,
    })
}

/// The file up to somewhere, and `more` bytes of the character that follows.
fn cut_file(base: &Base, more: usize, dice: &mut Dice) -> Option<Copy> {
    let point = point(&base.document, some_share(dice), Falls::InSentence, dice)?;
    let text = &base.document.blocks[point.block].text;
    let marks = |mark: &(std::ops::Range<usize>, Mark)| {
        mark.0.start <= point.offset && point.offset <= mark.0.end
    };
    if text.marks.iter().any(marks) {
        return None;
    }
    let at = base.page.end_of(&base.document, point);
    let next = base.page.text[at..].chars().next()?;
    if more > 0 && next.len_utf8() <= more {
        return None;
    }
    let mut document = base.document.until(point);
    document.comments.clear();
    let copy = base.copy(&document, base.style, base.encoding, "truncated")?;
    let until = encoded(&base.page, &base.page.text[..at], base.encoding)?.len();
    let mut bytes = base.bytes();
    bytes.truncate(until + more);
    Some(Copy {
        bytes,
        cut: Some(cut_at(base, point, spot(&base.page, at, base.encoding)?)?),
        ..copy
    })
}

/// A place with about this share of the text before it, and some text on both sides.
pub fn point(document: &Document, share: f64, falls: Falls, dice: &mut Dice) -> Option<Point> {
    let blocks = &document.blocks;
    let total: usize = blocks.iter().map(|block| block.read().len()).sum();
    let (mut left, mut at) = ((share * total as f64) as usize, 0);
    while at + 1 < blocks.len() && blocks[at].read().len() <= left {
        left -= blocks[at].read().len();
        at += 1;
    }
    let order = (at..blocks.len()).chain((0..at).rev());
    order
        .take(8)
        .find_map(|at| within(document, at, falls, dice))
        .filter(|point| {
            let has_text = |range: &[Block]| range.iter().any(|block| !block.read().is_empty());
            let before = point.offset > 0 || has_text(&blocks[..point.block]);
            let rest = blocks
                .get(point.block)
                .is_some_and(|block| block.read().len() > point.offset);
            before && (rest || has_text(&blocks[point.block.min(blocks.len())..]))
        })
}

/// A place in the block at `at`, or at its end.
fn within(document: &Document, at: usize, falls: Falls, dice: &mut Dice) -> Option<Point> {
    let block = &document.blocks[at];
    let text = &block.text.plain;
    let is_prose = matches!(block.kind, Kind::Paragraph | Kind::Quote);
    let fits = |offset: &usize| match falls {
        Falls::BlockEnd => true,
        Falls::SentenceEnd => block.text.sentences.contains(offset),
        Falls::InSentence => !is_in_word(text, *offset) && !block.text.sentences.contains(offset),
        Falls::InWord => is_in_word(text, *offset),
    };
    match falls {
        Falls::BlockEnd => {
            let empty = block.read().is_empty() || at + 1 == document.blocks.len();
            (!empty).then(|| Point::start_of(at + 1))
        }
        Falls::SentenceEnd => {
            let sentences = &block.text.sentences;
            (is_prose && sentences.len() > 1).then(|| Point {
                block: at,
                offset: sentences[dice.below(sentences.len() - 1)],
            })
        }
        _ if !is_prose || text.len() < 12 => None,
        _ => {
            let offset = text.ceil_char_boundary(dice.within(6..text.len() - 5));
            let near = (0..40)
                .map(|step| offset + step)
                .filter(|at| *at + 3 < text.len() && text.is_char_boundary(*at));
            near.filter(|offset| *offset > 0)
                .find(fits)
                .map(|offset| Point { block: at, offset })
        }
    }
}

/// Between two letters of a script that has words.
fn is_in_word(text: &str, offset: usize) -> bool {
    let letter =
        |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || ('à'..='ÿ').contains(&c));
    letter(text[..offset].chars().next_back()) && letter(text[offset..].chars().next())
}
