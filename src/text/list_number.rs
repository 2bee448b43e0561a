/// The number of an item of a numbered list, as a reader sees it. It is no text: lists are numbered
/// by whatever shows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ListNumber {
    /// The number itself. HTML has lists that begin with 0 or below it, or count down.
    pub value: i32,
    /// How it comes after the number before it.
    pub step: NumberStep,
}

/// How the number of an item comes after that of the item before it in its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NumberStep {
    /// There is none before it.
    First,
    /// It counts on.
    Next,
    /// The source gives it another number than the next.
    Jump,
}
