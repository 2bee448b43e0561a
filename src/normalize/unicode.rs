//! Rule 4: NFC, white space, CJK line breaks, characters that nobody sees.

mod class;
mod compose;
mod writer;

pub(crate) use class::{is_visible, joins_lines};
pub(crate) use writer::{Origin, Writer};
