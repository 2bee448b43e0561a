use crate::text::{Code, Finding, LineRange};

/// A finding of one document, before its path and the policy are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// What kind of thing.
    pub code: Code,
    /// Where in the document, in source lines.
    pub lines: Option<LineRange>,
    /// One sentence that says what and how much; see [`Finding::message`].
    pub message: String,
    /// What tells it from others of its code in the document; see [`Finding::new`].
    pub about: String,
}

impl Remark {
    /// The remark as a finding about the document at `path`.
    pub fn finding(&self, path: &str) -> Finding {
        let finding = Finding::new(self.code, path, &self.about, self.message.clone());
        Finding {
            lines: self.lines,
            ..finding
        }
    }
}
