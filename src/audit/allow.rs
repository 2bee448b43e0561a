//! Removals that somebody meant: `Lacuna-Allow: CODE PATH reason` at the end of a commit message.

use super::paths::Paths;
use crate::text::{Code, Finding, Standing};

/// The key of the trailer.
pub const TRAILER: &str = "Lacuna-Allow";

/// What a commit allows.
#[derive(Clone, Debug)]
pub struct Allowance {
    commit: String,
    codes: Vec<Code>,
    paths: Paths,
    reason: String,
}

impl Allowance {
    /// Reads the value of a trailer of `commit`: codes, or names of codes, with commas between them;
    /// a path or glob, in quotes if it has spaces; and the reason.
    ///
    /// # Errors
    /// What is wrong with it, as a finding about `path`.
    pub fn parse(commit: &str, value: &str, path: &str) -> Result<Self, Box<Finding>> {
        let wrong = |why: String| {
            let message = format!("commit {commit} allows nothing: {why}");
            let about = format!("{commit} {value}");
            Box::new(Finding::new(Code::NoReason, path, &about, message))
        };
        let (codes, rest) = word(value);
        let (glob, reason) = word(rest);
        let parse = |code: &str| {
            let code = code.parse::<Code>();
            code.map_err(|_| wrong(format!("`{value}` does not begin with a code")))
        };
        let codes = codes.split(',').map(parse).collect::<Result<_, _>>()?;
        if glob.is_empty() {
            return Err(wrong(format!("`{value}` names no path")));
        }
        let paths = Paths::new([glob]).map_err(wrong)?;
        if reason.is_empty() {
            return Err(wrong(format!("`{value}` gives no reason")));
        }
        Ok(Self {
            commit: commit.to_owned(),
            codes,
            paths,
            reason: reason.to_owned(),
        })
    }

    /// Whether it allows `finding`. What could not be read is never allowed.
    fn covers(&self, finding: &Finding) -> bool {
        self.codes.contains(&finding.code)
            && finding.code != Code::Unreadable
            && self.paths.has(&finding.path)
    }
}

/// Marks the findings that are allowed.
pub fn allow(allowances: &[Allowance], findings: &mut [Finding]) {
    for finding in findings.iter_mut().filter(|finding| finding.counts()) {
        if let Some(allowance) = allowances.iter().find(|one| one.covers(finding)) {
            finding.standing = Standing::Allowed {
                commit: allowance.commit.clone(),
                reason: allowance.reason.clone(),
            };
        }
    }
}

/// The first word of `text`, which may be in quotes, and the rest.
fn word(text: &str) -> (&str, &str) {
    let text = text.trim();
    let (word, rest) = match text.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
        None => text.split_once(char::is_whitespace).unwrap_or((text, "")),
    };
    (word, rest.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commit_allows_what_it_names() {
        let finding = |code, path: &str| Finding::new(code, path, "", String::new());
        let check = |value: &str, expected: [bool; 4]| {
            let allowance = Allowance::parse("1a2b", value, "x").unwrap();
            let mut findings = [
                finding(Code::Shrunk, "docs/a.md"),
                finding(Code::Lost, "docs/old/b c.md"),
                finding(Code::Shrunk, "a.md"),
                finding(Code::Unreadable, "docs/a.md"),
            ];
            allow(&[allowance], &mut findings);
            assert_eq!(
                findings.map(|finding| !finding.counts()),
                expected,
                "{value}"
            );
        };
        check("LAC103 docs/** was wrong", [true, false, false, false]);
        check("shrunk,lost docs/** was wrong", [true, true, false, false]);
        check(
            "LAC101 \"docs/old/b c.md\" old",
            [false, true, false, false],
        );
        check("LAC904 docs/** whatever", [false, false, false, false]);
    }

    #[test]
    fn what_allows_nothing_is_a_finding() {
        for (value, expected) in [
            ("", "does not begin with a code"),
            ("docs/** since", "does not begin with a code"),
            ("LAC103", "names no path"),
            ("LAC103 docs/**", "gives no reason"),
        ] {
            let finding = Allowance::parse("1a2b", value, "x").unwrap_err();
            assert_eq!(finding.code, Code::NoReason);
            assert!(finding.message.contains(expected), "{}", finding.message);
        }
    }
}
