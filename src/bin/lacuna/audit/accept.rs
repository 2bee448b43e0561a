//! What the user accepts.

use anyhow::anyhow;
use lacuna::audit::Paths;
use lacuna::text::{Code, Family, Finding, Severity, Standing};

use crate::words;

/// Codes and paths that the user accepts losses of.
pub struct Accepted {
    codes: Vec<Code>,
    paths: Paths,
    /// Whether nothing is accepted, since nobody is there to have looked at it.
    in_ci: bool,
}

impl Accepted {
    /// Each of `named` is a code or its name, or else a path or glob. `in_ci` is whether the program
    /// runs where nobody looks on.
    pub fn new(named: &[String], in_ci: bool) -> anyhow::Result<Self> {
        let (codes, paths): (Vec<_>, Vec<_>) = (named.iter())
            .map(|name| (name.as_str(), name.parse::<Code>()))
            .partition(|(_, code)| code.is_ok());
        let paths = Paths::new(paths.into_iter().map(|(name, _)| name));
        Ok(Self {
            codes: codes
                .into_iter()
                .filter_map(|(_, code)| code.ok())
                .collect(),
            paths: paths.map_err(|why| anyhow!("--accept: {why}"))?,
            in_ci,
        })
    }

    /// Marks what is accepted of what a new lock would silence, and says so. `false` if something as
    /// grave as `fail_on` is not.
    pub fn mark(&self, findings: &mut [Finding], fail_on: Severity) -> bool {
        let mut all = true;
        for finding in findings.iter_mut().filter(|finding| finding.counts()) {
            let silenced = matches!(finding.code.family(), Family::Loss | Family::Copies);
            if !silenced || finding.severity < fail_on {
                continue;
            }
            let named = self.codes.contains(&finding.code) || self.paths.has(&finding.path);
            if self.in_ci || !named {
                all = false;
                continue;
            }
            words::say_about(&finding.path, &format!("accepted: {}", finding.message));
            finding.standing = Standing::Allowed {
                commit: "--accept".to_owned(),
                reason: "named on the command line".to_owned(),
            };
        }
        all
    }
}
