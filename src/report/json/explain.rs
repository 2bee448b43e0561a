//! What is known of a code.

use serde::Serialize;

use crate::report::explanation;
use crate::text::Code;

#[derive(Serialize)]
pub(super) struct Explained {
    code: String,
    name: &'static str,
    family: &'static str,
    severity: &'static str,
    summary: &'static str,
    page: &'static str,
}

impl From<Code> for Explained {
    fn from(code: Code) -> Self {
        Self {
            code: code.to_string(),
            name: code.name(),
            family: code.family().name(),
            severity: code.severity().name(),
            summary: code.summary(),
            page: explanation(code),
        }
    }
}
