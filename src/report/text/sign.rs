//! The sign of a line in a comparison, and the marks inside it. Colour only repeats what they say.

use crate::report::parallel::{Kind, Side};
use crate::report::pen::{Pen, Style};

pub(super) use crate::report::parallel::Sign;

impl Sign {
    pub fn glyph(self, pen: Pen) -> char {
        match self {
            Self::Same => pen.gutter(),
            Self::Lacking => '-',
            Self::Extra => '+',
            Self::Changed => '~',
            Self::Moved => '>',
            Self::MovedHere => '<',
        }
    }

    pub fn style(self) -> Option<Style> {
        match self {
            Self::Same => None,
            Self::Lacking => Some(Style::Lacking),
            Self::Extra => Some(Style::Extra),
            Self::Changed => Some(Style::Variant),
            Self::Moved | Self::MovedHere => Some(Style::Moved),
        }
    }

    /// The sign, in its style.
    pub fn painted(self, pen: Pen) -> String {
        let mut out = String::new();
        self.paint(pen, &mut out);
        out
    }

    /// Adds the sign, in its style.
    pub fn paint(self, pen: Pen, out: &mut String) {
        let style = self.style().unwrap_or(Style::Faint);
        pen.paint_to(style, self.glyph(pen).encode_utf8(&mut [0; 4]), out);
    }

    /// Of a line that is all of one kind.
    pub fn of(kind: Kind, side: Side) -> Self {
        match (kind, side) {
            (Kind::Same, _) => Self::Same,
            (Kind::Moved, _) => Self::Moved,
            (Kind::MovedHere, _) => Self::MovedHere,
            (_, Side::Base) => Self::Lacking,
            (_, Side::Copy) => Self::Extra,
        }
    }

    /// What stands around text of this sign in a line that is not all of it.
    pub fn brackets(self) -> (&'static str, &'static str) {
        match self {
            Self::Same | Self::Changed => ("", ""),
            Self::Lacking => ("[-", "-]"),
            Self::Extra => ("{+", "+}"),
            Self::Moved => ("[>", ">]"),
            Self::MovedHere => ("{<", "<}"),
        }
    }

    /// A line in the column of the side that the sign is of: base, copy.
    pub fn places(self, line: u32) -> (Option<u32>, Option<u32>) {
        match self {
            Self::Extra | Self::MovedHere => (None, Some(line)),
            _ => (Some(line), None),
        }
    }
}
