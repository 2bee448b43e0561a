//! A strip of the base's length that shows what the copy has and lacks.

use crate::text::{Edit, Section};

/// One cell of a strip: an equal share of the base's match text in a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// The copy has it.
    Present,
    /// Both say something here, differently.
    Variant,
    /// The copy has it elsewhere.
    Moved,
    /// The copy lacks it.
    Lacking,
}

impl Cell {
    /// The character that stands for it.
    pub fn glyph(self, ascii: bool) -> char {
        match (self, ascii) {
            (Self::Present, false) => '█',
            (Self::Present, true) => '#',
            (Self::Variant, false) => '▒',
            (Self::Variant, true) => '~',
            (Self::Moved, false) => '»',
            (Self::Moved, true) => '>',
            (Self::Lacking, false) => '░',
            (Self::Lacking, true) => '.',
        }
    }
}

/// A stretch of the base that is of one kind: characters from its section's start.
#[derive(Clone, Copy)]
struct Stretch {
    cell: Cell,
    start: u64,
    end: u64,
}

/// The strip of `section`, at most `width` cells, never more cells than the base has characters
/// there, so none if it has none.
///
/// A cell shows what most of it is. Beyond that, every lacuna shows in at least one cell, however
/// small it is; and of each other kind that there is, the longest stretch does, unless a lacuna
/// would have to hide for it.
pub fn strip(edits: &[Edit], section: Section, width: usize) -> Vec<Cell> {
    let stretches = stretches(edits, section);
    let total = stretches.last().map_or(0, |last| last.end);
    let width = width.min(usize::try_from(total).unwrap_or(usize::MAX));
    let mut strip = Strip::new(total, width);
    strip.majority(&stretches);
    strip.show_lacunae(&stretches);
    for kind in [Cell::Moved, Cell::Variant, Cell::Present] {
        strip.show_longest(&stretches, kind);
    }
    strip.cells
}

/// The base's text in reading order, neighbours of one kind joined.
fn stretches(edits: &[Edit], section: Section) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut at = 0;
    for edit in edits {
        let (cell, base) = match edit {
            Edit::Same { base, .. } => (Cell::Present, base),
            Edit::Lacking { base, .. } => (Cell::Lacking, base),
            Edit::Variant { base, .. } => (Cell::Variant, base),
            Edit::Moved { base, .. } | Edit::Repeated { base, .. } => (Cell::Moved, base),
            Edit::Extra { .. } | Edit::MovedHere { .. } | Edit::RepeatedHere { .. } => continue,
        };
        if base.section != section || base.chars == 0 {
            continue;
        }
        let (start, end) = (at, at + base.chars);
        at = end;
        match stretches.last_mut() {
            Some(last) if last.cell == cell => last.end = end,
            _ => stretches.push(Stretch { cell, start, end }),
        }
    }
    stretches
}

struct Strip {
    total: u64,
    cells: Vec<Cell>,
}

impl Strip {
    fn new(total: u64, width: usize) -> Self {
        Self {
            total,
            cells: vec![Cell::Present; width],
        }
    }

    /// Where cell `at` begins, in characters.
    fn start(&self, at: usize) -> u64 {
        let width = self.cells.len().max(1) as u128;
        (at as u128 * u128::from(self.total) / width) as u64
    }

    /// The cell that the character at `offset` is in.
    fn cell_of(&self, offset: u64) -> usize {
        let guess = u128::from(offset) * self.cells.len() as u128 / u128::from(self.total.max(1));
        let guess = guess as usize;
        // Rounding down twice can give the cell before.
        guess + usize::from(self.start(guess + 1) <= offset)
    }

    /// The cells that a stretch touches.
    fn touched(&self, stretch: &Stretch) -> std::ops::Range<usize> {
        let end = self.cell_of(stretch.end.saturating_sub(1)) + 1;
        self.cell_of(stretch.start)..end.min(self.cells.len())
    }

    /// How many characters of a stretch are in cell `at`.
    fn overlap(&self, stretch: &Stretch, at: usize) -> u64 {
        let (start, end) = (self.start(at), self.start(at + 1));
        stretch
            .end
            .min(end)
            .saturating_sub(stretch.start.max(start))
    }

    fn majority(&mut self, stretches: &[Stretch]) {
        const KINDS: [Cell; 4] = [Cell::Present, Cell::Moved, Cell::Variant, Cell::Lacking];
        let mut shares = vec![[0u64; KINDS.len()]; self.cells.len()];
        for stretch in stretches {
            let kind = KINDS.iter().position(|kind| *kind == stretch.cell);
            for at in self.touched(stretch) {
                shares[at][kind.unwrap_or(0)] += self.overlap(stretch, at);
            }
        }
        for (cell, shares) in self.cells.iter_mut().zip(shares) {
            // The last of the largest: a lacuna wins a draw.
            let most = (0..KINDS.len()).max_by_key(|kind| shares[*kind]);
            *cell = KINDS[most.unwrap_or(0)];
        }
    }

    fn shows(&self, stretch: &Stretch) -> bool {
        self.touched(stretch)
            .any(|at| self.cells[at] == stretch.cell)
    }

    /// Gives each lacuna that no cell shows the one that holds most of it.
    fn show_lacunae(&mut self, stretches: &[Stretch]) {
        for stretch in stretches.iter().filter(|s| s.cell == Cell::Lacking) {
            if !self.shows(stretch)
                && let Some(at) = self.most_of(stretch)
            {
                self.cells[at] = Cell::Lacking;
            }
        }
    }

    /// If no cell shows `kind`, gives its longest stretch the one that holds most of it, unless a
    /// lacuna shows nowhere else, or another kind.
    fn show_longest(&mut self, stretches: &[Stretch], kind: Cell) {
        let of_kind = stretches.iter().filter(|s| s.cell == kind);
        let longest = of_kind.max_by_key(|s| s.end - s.start);
        let Some(at) = longest.and_then(|longest| self.most_of(longest)) else {
            return;
        };
        let before = self.cells[at];
        if self.cells.contains(&kind) || self.only_cell_of_its_kind(before) {
            return;
        }
        self.cells[at] = kind;
        let hidden = |s: &Stretch| s.cell == Cell::Lacking && !self.shows(s);
        if stretches.iter().any(hidden) {
            self.cells[at] = before;
        }
    }

    fn only_cell_of_its_kind(&self, kind: Cell) -> bool {
        self.cells.iter().filter(|cell| **cell == kind).count() == 1
    }

    /// The cell that holds most of a stretch.
    fn most_of(&self, stretch: &Stretch) -> Option<usize> {
        self.touched(stretch)
            .max_by_key(|at| self.overlap(stretch, *at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{LineRange, Passage, Place, Span};
    use proptest::prelude::*;

    fn passage(chars: u64) -> Passage {
        Passage {
            section: Section::Body,
            match_text: Span::default(),
            text: Span::default(),
            source: Span::default(),
            lines: LineRange { first: 1, last: 1 },
            chars,
        }
    }

    fn edit(kind: char, chars: u64) -> Edit {
        let (base, copy) = (passage(chars), passage(chars));
        let at = Place {
            match_text: 0,
            text: 0,
            source: 0,
            line: 1,
        };
        match kind {
            '#' => Edit::Same { base, copy },
            '.' => Edit::Lacking { base, at },
            '~' => Edit::Variant { base, copy },
            '>' => Edit::Moved { base, copy },
            '<' => Edit::MovedHere { copy, base },
            _ => Edit::Extra { copy, at },
        }
    }

    fn drawn(edits: &[(char, u64)], width: usize) -> String {
        let edits: Vec<Edit> = edits.iter().map(|&(kind, n)| edit(kind, n)).collect();
        strip(&edits, Section::Body, width)
            .into_iter()
            .map(|cell| cell.glyph(true))
            .collect()
    }

    #[test]
    fn cells_are_equal_shares() {
        for (edits, width, expected) in [
            (&[('#', 18), ('.', 82)][..], 10, "##........"),
            (&[('#', 100)], 4, "####"),
            (&[('#', 3)], 10, "###"),
            (&[], 10, ""),
            (&[('+', 9), ('<', 9)], 10, ""),
            (&[('#', 50), ('.', 1), ('#', 49)], 10, "#####.####"),
            (&[('#', 500), ('~', 1), ('#', 499)], 10, "#####~####"),
            (
                &[('#', 500), ('~', 1), ('.', 1), ('#', 498)],
                10,
                "#####.####",
            ),
            (&[('#', 20), ('>', 20), ('#', 20), ('<', 20)], 3, "#>#"),
            (&[('.', 500), ('#', 1), ('.', 499)], 10, ".....#...."),
            (&[('.', 5), ('#', 1), ('.', 4)], 1, "."),
            (&[('#', 5), ('.', 5)], 1, "."),
        ] {
            assert_eq!(drawn(edits, width), expected, "{edits:?}");
        }
    }

    proptest! {
        #[test]
        fn every_lacuna_shows(
            edits in prop::collection::vec((prop::sample::select(vec!['#', '.', '~', '>', '+']), 0u64..300), 0..30),
            width in 0usize..40,
        ) {
            let cells = drawn(&edits, width);
            let edits: Vec<Edit> = edits.iter().map(|&(kind, n)| edit(kind, n)).collect();
            let all = stretches(&edits, Section::Body);
            let total = all.last().map_or(0, |last| last.end);
            prop_assert_eq!(cells.len() as u64, total.min(width as u64));
            if width > 0 {
                let cells = cells.as_bytes();
                let of = |offset: u64| (0..cells.len()).rfind(|at| *at as u64 * total / cells.len() as u64 <= offset).unwrap();
                for lacuna in all.iter().filter(|s| s.cell == Cell::Lacking) {
                    prop_assert!((of(lacuna.start)..=of(lacuna.end - 1)).any(|at| cells[at] == b'.'));
                }
                if all.iter().any(|s| s.cell == Cell::Present) && all.len() == 1 {
                    prop_assert!(cells.iter().all(|cell| *cell == b'#'));
                }
            }
        }
    }
}
