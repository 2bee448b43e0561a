//! Rule 4: NFC, white space, CJK line breaks, characters that nobody sees.

mod class;
mod compose;
mod noted;
mod origin;
mod writer;

pub(crate) use class::is_visible;
#[cfg(test)]
pub(crate) use class::joins_lines;
pub(crate) use origin::Origin;
pub(crate) use writer::Writer;
