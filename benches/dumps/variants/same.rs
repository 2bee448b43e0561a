//! Copies that say the same.

use super::{Base, Copy, Dice, Language, Markup, Style};

pub fn exact(base: &Base, _: &mut Dice) -> Option<Copy> {
    let copy = base.copy(&base.document, base.style, base.encoding, "identical")?;
    Some(Copy {
        bytes: base.bytes(),
        ..copy
    })
}

pub fn markup(base: &Base, dice: &mut Dice) -> Option<Copy> {
    let style = base.other_markup(dice)?;
    let copy = base.copy(&base.document, style, base.encoding, "equivalent")?;
    (copy.bytes != base.bytes()).then_some(copy)
}

pub fn encoding(base: &Base, dice: &mut Dice) -> Option<Copy> {
    let encoding = base.other_encoding(dice);
    let copy = base.copy(&base.document, base.style, encoding, "equivalent")?;
    let told = base.can_be_told(encoding, copy.passage);
    (copy.bytes != base.bytes() && told).then_some(copy)
}

pub fn wrapping(base: &Base, dice: &mut Dice) -> Option<Copy> {
    if base.document.language == Language::Found {
        return None;
    }
    let style = Style {
        wrap: dice.percent(80).then(|| dice.within(30..100)),
        crlf: dice.percent(40),
        ..base.style
    };
    let copy = base.copy(&base.document, style, base.encoding, "equivalent")?;
    (copy.bytes != base.bytes()).then_some(copy)
}

/// Counters and avatars change, too.
pub fn comments(base: &Base, dice: &mut Dice) -> Option<Copy> {
    if base.document.comments.is_empty() || base.style.markup == Markup::Plain {
        return None;
    }
    let mut document = base.document.clone();
    for comment in &mut document.comments {
        comment.likes += dice.below(20);
    }
    let style = Style {
        comments: base.other_comments(dice),
        ..base.style
    };
    base.copy(&document, style, base.encoding, "equivalent")
}

/// Full-width punctuation, ligatures.
pub fn orthography(base: &Base, _: &mut Dice) -> Option<Copy> {
    let forms = [('，', ","), ('：', ":"), ('？', "?"), ('；', ";")];
    let mut document = base.document.clone();
    for block in &mut document.blocks {
        // Marks would lie elsewhere then.
        if block.text.marks.is_empty() && !block.text.plain.contains("example.org") {
            for (from, to) in forms {
                block.text.plain = block.text.plain.replace(from, to);
            }
            block.text.plain = block.text.plain.replace("fi", "ﬁ");
        }
    }
    let copy = base.copy(&document, base.style, base.encoding, "equivalent")?;
    let same_share = Copy { share: 1.0, ..copy };
    (same_share.bytes != base.bytes()).then_some(same_share)
}
