//! Witnesses that are kept between reading and comparing.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::text::Witness;
use crate::text::fold::MatchText;

/// Room for witnesses. Whether one is kept changes how long a scan takes, and nothing else.
#[derive(Debug)]
pub struct Memory(AtomicUsize);

impl Memory {
    /// Room for `bytes` bytes.
    pub fn new(bytes: usize) -> Self {
        Self(AtomicUsize::new(bytes))
    }

    /// Room for all.
    pub fn unlimited() -> Self {
        Self::new(usize::MAX)
    }

    /// Puts a witness away if there is room.
    pub(super) fn keep(&self, witness: Witness) -> Option<Kept> {
        let len = size(&witness);
        let take = |room: usize| room.checked_sub(len);
        let room = self
            .0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, take);
        room.is_ok().then(|| Kept::new(witness))
    }
}

/// What each of the many small parts of a witness takes beside itself, in all, in bytes.
const PARTS: usize = 1024;

/// About how much a witness takes without its match text, in bytes.
fn size(witness: &Witness) -> usize {
    PARTS
        + witness.text.len()
        + size_of_val(&witness.blocks[..])
        + size_of_val(&witness.comments[..])
        + size_of_val(&witness.assets[..])
        + witness.text_map.size()
        + size_of::<u32>() * witness.lines.len()
}

/// A witness without its match text, which is folded again when it is needed: half the size. In a
/// box, for most documents of a huge heap have none.
#[derive(Debug)]
pub(super) struct Kept(Box<Witness>);

impl Kept {
    fn new(mut witness: Witness) -> Self {
        witness.match_text = String::new();
        witness.text.shrink_to_fit();
        witness.blocks.shrink_to_fit();
        Self(Box::new(witness))
    }

    pub fn open(&self) -> Witness {
        let mut witness = Witness::clone(&self.0);
        let mut match_text = MatchText::with_capacity(witness.text.len());
        for block in &witness.blocks {
            match_text.push(block.text(&witness), block.kind.is_code());
        }
        witness.match_text = match_text.finish();
        witness
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::{Options, normalize};

    fn witness(markdown: &str) -> Witness {
        normalize(markdown.as_bytes(), Some("md"), &Options::default()).unwrap()
    }

    #[test]
    fn a_witness_comes_back_as_it_was() {
        let source = "---\ntitle: ①\n---\n# 标题\n\nText ﬁt \\*for\\* ** reading.\n\n    code  **\n\n\
             ## Comments (1)\n\n- **Ann** 2024-01-02\n\n  Thanks…\n";
        let whole = witness(source);
        let kept = Memory::unlimited().keep(whole.clone()).unwrap();
        assert_eq!(format!("{:?}", kept.open()), format!("{whole:?}"));
    }

    #[test]
    fn room_is_counted() {
        let one = witness("some text to keep");
        let memory = Memory::new(3 * size(&one) + 1);
        let kept = [1, 2, 3, 4].map(|_| memory.keep(one.clone()).is_some());
        assert_eq!(kept, [true, true, true, false]);
    }
}
