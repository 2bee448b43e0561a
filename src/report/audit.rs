//! The numbers of an audit.

use crate::text::{Finding, Severity, Standing};

/// The numbers of an audit: the last event of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditSummary {
    /// What the documents were compared with.
    pub against: Against,
    /// Documents read or known.
    pub documents: usize,
    /// Their source bytes.
    pub bytes: u64,
    /// Inputs left out by a rule.
    pub excluded: usize,
    /// Inputs that could not be read. If there are any, the audit is not complete.
    pub unreadable: usize,
    /// Findings that count, by severity, in the order of [`Severity::ALL`].
    pub new: [usize; 3],
    /// Findings that the baseline has.
    pub baseline: usize,
    /// Findings that are suppressed.
    pub suppressed: usize,
    /// Findings that a commit allows.
    pub allowed: usize,
    /// The least severity that fails the audit.
    pub fail_on: Severity,
}

/// What documents are compared with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Against {
    /// Nothing but one another.
    #[default]
    Nothing,
    /// A lock file: its path, and how many documents it knows.
    Lock {
        /// Its path.
        path: String,
        /// How many documents it knows.
        documents: usize,
    },
    /// A revision of the git repository that they are in: as the user named it, and how many
    /// documents it has.
    Revision {
        /// As the user named it.
        name: String,
        /// How many documents it has.
        documents: usize,
    },
}

impl AuditSummary {
    /// Counts `findings`; the numbers that do not follow from them are 0.
    pub fn of(findings: &[Finding], against: Against, fail_on: Severity) -> Self {
        let mut summary = Self {
            against,
            documents: 0,
            bytes: 0,
            excluded: 0,
            unreadable: 0,
            new: [0; 3],
            baseline: 0,
            suppressed: 0,
            allowed: 0,
            fail_on,
        };
        for finding in findings {
            let count = match finding.standing {
                Standing::New => &mut summary.new[finding.severity as usize],
                Standing::Baseline => &mut summary.baseline,
                Standing::Suppressed(_) => &mut summary.suppressed,
                Standing::Allowed { .. } => &mut summary.allowed,
            };
            *count += 1;
        }
        summary
    }

    /// How many findings of `severity` count.
    pub fn count(&self, severity: Severity) -> usize {
        self.new[severity as usize]
    }

    /// How many findings are grave enough to fail the audit.
    pub fn failing(&self) -> usize {
        let grave = Severity::ALL.into_iter().filter(|one| *one >= self.fail_on);
        grave.map(|severity| self.count(severity)).sum()
    }
}
