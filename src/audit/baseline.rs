//! Findings that a project has and knows of: those of a day, that count no more.

use std::collections::{BTreeMap, BTreeSet};

use super::lock::{escaped, unescaped};
use super::words::number;
use crate::text::{Code, Finding, Fingerprint, Related, Standing};
use crate::{Error, ErrorKind};

const HEADER: &str = "# lacuna baseline 1: findings that do not count";

/// Findings that do not count, by what they are known by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline(BTreeMap<Fingerprint, Known>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Known {
    code: Code,
    path: String,
}

impl Baseline {
    /// Of all `findings` that count or that a baseline had. What could not be read is never known.
    pub fn of(findings: &[Finding]) -> Self {
        let known = findings.iter().filter(|finding| {
            let counted = matches!(finding.standing, Standing::New | Standing::Baseline);
            counted && !matches!(finding.code, Code::Unreadable | Code::StaleBaseline)
        });
        let known = known.map(|finding| {
            let (code, path) = (finding.code, finding.path.clone());
            (finding.fingerprint, Known { code, path })
        });
        Self(known.collect())
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The file: a line for each, by path and code.
    pub fn to_text(&self) -> String {
        let lines = self.0.iter();
        let lines: BTreeSet<_> = lines
            .map(|(print, known)| (&known.path, known.code, print))
            .collect();
        let mut text = format!("{HEADER}\n");
        for (path, code, print) in lines {
            text.push_str(&format!("{print} {code} {}\n", escaped(path)));
        }
        text
    }

    /// Reads the file.
    ///
    /// # Errors
    /// [`ErrorKind::Config`], with the line, if `text` is no baseline.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let mut lines = text.lines().zip(1..);
        if lines.next().map(|(header, _)| header) != Some(HEADER) {
            let message = "is no baseline: its first line should say so";
            return Err(Error::new(ErrorKind::Config, message));
        }
        let lines = lines.filter(|(line, _)| !line.is_empty());
        let known = lines.map(|(line, number)| {
            let message = format!("line {number} is no fingerprint, code and path");
            parse_line(line).ok_or_else(|| Error::new(ErrorKind::Config, message))
        });
        Ok(Self(known.collect::<Result<_, Error>>()?))
    }

    /// Marks the findings that are known. Gives the finding that some of the known ones are none any
    /// more, if so: of those at paths that were `audited`. `name` is the path of the file.
    pub fn apply(
        &self,
        findings: &mut [Finding],
        audited: impl Fn(&str) -> bool,
        name: &str,
    ) -> Option<Finding> {
        let mut seen = BTreeSet::new();
        for finding in findings {
            if self.0.contains_key(&finding.fingerprint) {
                seen.insert(finding.fingerprint);
                if finding.standing == Standing::New && finding.code != Code::Unreadable {
                    finding.standing = Standing::Baseline;
                }
            }
        }
        let stale = self.0.iter().filter(|(print, _)| !seen.contains(*print));
        let stale = stale.filter(|(_, known)| audited(&known.path));
        let stale: Vec<Related> = stale
            .map(|(_, known)| Related {
                path: known.path.clone(),
                lines: None,
                words: format!("{} is no more", known.code),
            })
            .collect();
        if stale.is_empty() {
            return None;
        }
        let are = if stale.len() == 1 { "is" } else { "are" };
        let message = format!(
            "{} of {} {are} found no more: write it anew with --write-baseline",
            number(stale.len() as u64),
            match self.0.len() {
                1 => "1 entry".to_owned(),
                all => format!("{} entries", number(all as u64)),
            }
        );
        Some(Finding::new(Code::StaleBaseline, name, "", message).with_related(stale))
    }
}

fn parse_line(line: &str) -> Option<(Fingerprint, Known)> {
    let (print, rest) = line.split_once(' ')?;
    let (code, path) = rest.split_once(' ')?;
    let known = Known {
        code: code.parse().ok()?,
        path: unescaped(path)?,
    };
    let print = u128::from_str_radix(print, 16).ok()?;
    Some((Fingerprint(print), known))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(code: Code, path: &str) -> Finding {
        Finding::new(code, path, "", "words".to_owned())
    }

    #[test]
    fn what_is_known_counts_no_more_and_what_is_no_more_is_told() {
        let old = [
            finding(Code::Mojibake, "b\n.md"),
            finding(Code::Nul, "a.md"),
            finding(Code::Unreadable, "c.md"),
        ];
        let baseline = Baseline::of(&old);
        assert_eq!(baseline.count(), 2);
        assert_eq!(Baseline::parse(&baseline.to_text()).unwrap(), baseline);

        let mut now = old.clone();
        assert_eq!(baseline.apply(&mut now, |_| true, "known"), None);
        let standings: Vec<bool> = now.iter().map(Finding::counts).collect();
        assert_eq!(standings, [false, false, true]);

        let mut now = [finding(Code::Nul, "a.md"), finding(Code::Control, "a.md")];
        let stale = baseline.apply(&mut now, |_| true, "known").unwrap();
        assert_eq!(stale.code, Code::StaleBaseline);
        assert_eq!(
            stale.message,
            "1 of 2 entries is found no more: write it anew with --write-baseline"
        );
        assert_eq!(stale.related[0].path, "b\n.md");
        assert!(!now[0].counts() && now[1].counts());
        let elsewhere = |path: &str| path.starts_with("a");
        assert_eq!(baseline.apply(&mut now, elsewhere, "known"), None);
    }

    #[test]
    fn what_is_no_baseline_is_refused() {
        for text in [
            "",
            "x\n",
            &format!("{HEADER}\nx\n"),
            &format!("{HEADER}\n0 LAC999 a\n"),
        ] {
            assert!(Baseline::parse(text).is_err(), "{text}");
        }
    }
}
