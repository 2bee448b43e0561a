//! Findings -> findings as the policy sees them, and what is wrong with the policy's suppressions.

use super::globs::Globs;
use super::{Day, Policy, Suppress, UNREADABLE, file};
use crate::text::{Code, Finding, LineRange, Standing};

/// A finding that is known, and that someone answers for.
#[derive(Clone, Debug)]
pub(super) struct Suppression {
    codes: Vec<Code>,
    globs: Globs,
    reason: Option<String>,
    owner: Option<String>,
    until: Option<Day>,
    line: u32,
}

/// What judging depends on besides the policy.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances<'a> {
    /// The day: suppressions are good through the day they name.
    pub today: Day,
    /// The path of the file that holds the policy, for findings about itself.
    pub config: &'a str,
    /// Whether all documents of the project were audited; else a suppression that matches nothing
    /// may match what was left out, and is no finding.
    pub complete: bool,
}

impl Suppression {
    pub fn new(written: Suppress, line: usize) -> Result<Self, String> {
        let codes = written.code.into_vec();
        let codes: Vec<Code> = codes
            .iter()
            .map(|code| file::code(code))
            .collect::<Result<_, _>>()?;
        if codes.is_empty() {
            return Err("`code` names nothing".into());
        }
        if codes.contains(&Code::Unreadable) {
            return Err(UNREADABLE.into());
        }
        let until = written.until.map(|until| until.into_inner());
        let until = until.map(|value| {
            let text = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            let day = text.parse();
            day.map_err(|()| format!("until = {text} is no day such as 2027-01-31"))
        });
        let said = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
        Ok(Self {
            codes,
            globs: Globs::new(written.glob.into_vec())?,
            reason: said(written.reason),
            owner: said(written.owner),
            until: until.transpose()?,
            line: u32::try_from(line).unwrap_or(u32::MAX),
        })
    }

    fn covers(&self, finding: &Finding) -> bool {
        self.codes.contains(&finding.code) && self.globs.match_path(&finding.path)
    }

    /// Why a finding does not count: the reason, and who gave it.
    fn words(&self) -> String {
        let reason = self.reason.as_deref().unwrap_or("no reason given");
        match &self.owner {
            Some(owner) => format!("{reason} ({owner})"),
            None => reason.to_owned(),
        }
    }

    /// What it suppresses: `LAC301 in docs/**`.
    fn subject(&self) -> String {
        let codes: Vec<String> = self.codes.iter().map(Code::to_string).collect();
        format!("{} in {}", codes.join(", "), self.globs.written.join(", "))
    }

    fn finding(&self, code: Code, config: &str, message: String) -> Finding {
        Finding::new(code, config, &self.subject(), message).at(LineRange {
            first: self.line,
            last: self.line,
        })
    }
}

impl Policy {
    /// The findings that are some at their paths, as grave as they are there; those that a
    /// suppression covers say so. Adds findings about suppressions: without a reason, expired, or
    /// such as cover nothing. One that has expired covers nothing any more.
    pub fn judge(&self, findings: Vec<Finding>, now: &Circumstances<'_>) -> Vec<Finding> {
        let mut covered = vec![false; self.suppressions.len()];
        let mut judged: Vec<Finding> = findings
            .into_iter()
            .filter_map(|finding| {
                let severity = self.severity(finding.code, &finding.path)?;
                Some(Finding {
                    severity,
                    ..finding
                })
            })
            .collect();
        for finding in &mut judged {
            let covering = self.suppressions.iter().zip(&mut covered);
            for (suppression, covered) in covering {
                if !suppression.covers(finding) {
                    continue;
                }
                *covered = true;
                if !suppression.is_expired(now.today) && finding.standing == Standing::New {
                    finding.standing = Standing::Suppressed(suppression.words());
                }
            }
        }
        let own = self.suppressions.iter().zip(covered);
        let own = own.flat_map(|(suppression, covered)| suppression.faults(covered, now));
        judged.extend(own.filter_map(|finding| {
            let severity = self.severity(finding.code, &finding.path)?;
            Some(Finding {
                severity,
                ..finding
            })
        }));
        judged
    }
}

impl Suppression {
    fn is_expired(&self, today: Day) -> bool {
        self.until.is_some_and(|until| until < today)
    }

    /// What is wrong with it.
    fn faults(&self, covered: bool, now: &Circumstances<'_>) -> Vec<Finding> {
        let subject = self.subject();
        let mut faults = Vec::new();
        if self.reason.is_none() {
            let message = format!("suppresses {subject} without a reason");
            faults.push(self.finding(Code::NoReason, now.config, message));
        }
        if let Some(until) = self.until.filter(|_| self.is_expired(now.today)) {
            let owner = self
                .owner
                .as_ref()
                .map_or(String::new(), |owner| format!(", ask {owner}"));
            let message = format!("suppressed {subject} until {until}{owner}");
            faults.push(self.finding(Code::Expired, now.config, message));
        } else if !covered && now.complete {
            let message = format!("suppresses {subject}, where nothing is found");
            faults.push(self.finding(Code::StaleSuppression, now.config, message));
        }
        faults
    }
}
