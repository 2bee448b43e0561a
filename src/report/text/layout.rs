//! What a comparison is written with: in one column or in two.

use std::io::{self, Write};

use super::lines::Drafter;
use super::sign::Sign;
use crate::report::Entry;
use crate::report::parallel::Row;

/// Writes the parts of a comparison. Words must be safe to print.
pub(super) trait Layout: Sync {
    /// The names of the two documents.
    fn names(&self, base: Entry<'_>, copy: Entry<'_>, out: &mut dyn Write) -> io::Result<()>;

    /// Text of one or of both.
    fn row(&self, row: &Row, out: &mut dyn Write) -> io::Result<()>;

    /// Words about lines of one or of both.
    fn note(
        &self,
        sign: Sign,
        base: Option<u32>,
        copy: Option<u32>,
        words: &str,
        out: &mut dyn Write,
    ) -> io::Result<()>;

    /// A name or address that stands on a line of one: not broken where there is a way.
    fn name(&self, sign: Sign, line: u32, words: &str, out: &mut dyn Write) -> io::Result<()>;

    /// What is left out.
    fn fold(&self, words: &str, out: &mut dyn Write) -> io::Result<()>;
}

/// Digits that the line numbers of both documents need.
pub(super) fn line_digits(drafter: &Drafter<'_>) -> usize {
    let lines = drafter.base.lines.len().max(drafter.copy.lines.len());
    lines.to_string().len()
}
