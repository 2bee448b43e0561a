use super::LineRange;

/// A block that a second look at its source reads otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckFinding {
    /// Index of the block in [`super::Witness::blocks`].
    pub block: usize,
    /// Lines of the source.
    pub lines: LineRange,
    /// What disagrees.
    pub kind: CheckKind,
    /// What the block says.
    pub expected: String,
    /// What the second opinion, or its span, says.
    pub found: String,
}

/// What a check compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckKind {
    /// `html2text` reads the block's source otherwise.
    SecondOpinion,
    /// The block's span does not hold its text.
    Span,
}
