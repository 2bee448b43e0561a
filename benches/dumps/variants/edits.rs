//! Copies that say something else here and there.

use super::cuts::{Falls, point};
use super::{Amount, Base, Copy, Dice, Kind, Language, Point, Text};

/// So many sentences in a hundred say something else.
pub fn edited(base: &Base, percent: usize, dice: &mut Dice) -> Option<Copy> {
    if base.document.language == Language::Found {
        return None;
    }
    let mut document = base.document.clone();
    let (mut shared, mut edits) = (Amount::default(), 0);
    let mut runs = Runs::default();
    for at in base.own.clone() {
        let block = &mut document.blocks[at];
        if block.kind != Kind::Paragraph {
            let amount = Amount::of(block.read());
            shared = shared + amount;
            runs.keep(amount);
            continue;
        }
        let mut text = Text::default();
        for range in block.text.each_sentence() {
            if dice.percent(percent) {
                base.author().sentence(&mut text, dice);
                edits += 1;
                runs.end();
            } else {
                let kept = block.text.part(range);
                let amount = Amount::of(&kept.plain);
                shared = shared + amount;
                runs.keep(amount);
                append(&mut text, kept);
            }
        }
        block.text = text;
    }
    if edits == 0 {
        return None;
    }
    let own = document.amount();
    let copy = base.copy(&document, base.style, base.encoding, "revised")?;
    let share = shared.chars as f64 / base.document.amount().chars.max(own.chars) as f64;
    Some(Copy {
        share,
        passage: runs.longest,
        ..copy
    })
}

/// Two runs of blocks have changed places.
pub fn reordered(base: &Base, dice: &mut Dice) -> Option<Copy> {
    let mut ends = Vec::new();
    for _ in 0..3 {
        let share = dice.share();
        ends.push(point(&base.document, share, Falls::BlockEnd, dice)?);
    }
    ends.sort_unstable();
    let &[one, two, three] = ends.as_slice() else {
        return None;
    };
    let parts = [one..two, two..three].map(|range| base.document.part(range).amount());
    // A few words may stand elsewhere without anyone's noticing.
    if parts.iter().any(|part| part.chars < 60) {
        return None;
    }
    let mut document = base.document.until(one);
    for range in [
        two..three,
        one..two,
        three..Point::start_of(base.document.blocks.len()),
    ] {
        document.blocks.extend(base.document.part(range).blocks);
    }
    let copy = base.copy(&document, base.style, base.encoding, "revised")?;
    let passage = parts.iter().map(|part| part.sketch).max().unwrap_or(0);
    Some(Copy { passage, ..copy })
}

/// Another document that quotes a passage.
pub fn passage_in_common(base: &Base, dice: &mut Dice) -> Option<Copy> {
    let quoted = base.document.blocks[base.own.clone()]
        .iter()
        .filter(|block| block.kind == Kind::Paragraph);
    let quoted: Vec<_> = quoted
        .filter(|block| Amount::of(block.read()).sketch >= 200)
        .collect();
    if quoted.is_empty() {
        return None;
    }
    let block = (*dice.pick(&quoted)).clone();
    let amount = Amount::of(block.read());
    let mut document = base
        .author()
        .document(block.text.plain.len() * dice.within(4..9), dice);
    let whole = base.document.amount();
    if 3 * amount.chars > whole.chars.min(document.amount().chars) {
        return None;
    }
    let at = dice.below(document.blocks.len() + 1);
    document.blocks.insert(at, block);
    let copy = base.copy(&document, base.style, base.encoding, "overlapping")?;
    Some(Copy {
        share: amount.chars as f64 / whole.chars as f64,
        passage: amount.sketch,
        ..copy
    })
}

fn append(text: &mut Text, mut more: Text) {
    if text.plain.ends_with(|c: char| c.is_ascii())
        || more.plain.starts_with(|c: char| c.is_ascii())
    {
        text.plain.push(' ');
    }
    let by = text.plain.len();
    text.plain.push_str(&more.plain);
    for (range, mark) in more.marks.drain(..) {
        text.marks.push((range.start + by..range.end + by, mark));
    }
    text.sentences.push(text.plain.len());
}

/// The longest run of kept text.
#[derive(Default)]
struct Runs {
    run: usize,
    longest: usize,
}

impl Runs {
    fn keep(&mut self, amount: Amount) {
        self.run += amount.sketch;
        self.longest = self.longest.max(self.run);
    }

    fn end(&mut self) {
        self.run = 0;
    }
}
