//! All that an audit finds.

use std::collections::BTreeMap;

use lacuna::audit::Copy;
use lacuna::audit::allow::{Allowance, allow};
use lacuna::audit::changes::Changes;
use lacuna::audit::folder::{self, Member};
use lacuna::audit::lock::{NAME, parse};
use lacuna::audit::loss::Present;
use lacuna::audit::policy::{Amounts, Policy};
use lacuna::report::Against;
use lacuna::scan::{Document, Heap, touching};
use lacuna::source::Input;
use lacuna::text::{Code, Finding, Fingerprint, Verdict};
use rayon::prelude::*;

use super::git::Repository;
use super::{Base, CONFIG, Tree, Ways};
use crate::gather::Inputs;

/// What documents changed while the audit ran.
const CHANGED: &str = "changed while the audit ran";

/// All that the documents lost, and all that is wrong with them.
pub fn find(
    base: &Base,
    changes: &Changes<'_>,
    tree: &Tree,
    read: Vec<Option<Document>>,
    policy: &Policy,
    ways: &Ways<'_>,
) -> Vec<Finding> {
    let unreadable = tree.unreadable.iter();
    let mut findings: Vec<Finding> = unreadable
        .map(|(path, why)| Finding::new(Code::Unreadable, path, "", why.clone()))
        .collect();
    for document in &tree.documents {
        let remarks = document.known.remarks.iter();
        findings.extend(remarks.map(|remark| remark.finding(&document.path)));
    }
    let members = tree.documents.iter().map(|document| Member {
        path: &document.path,
        measures: document.known.measures,
    });
    findings.extend(folder::findings(&members.collect::<Vec<_>>()));
    if ways.place.is_whole() {
        findings.extend(floors(base, tree, policy));
    }
    if changes.touched.is_empty() {
        findings.extend(changes.findings(&[], policy));
        return findings;
    }
    let documents = tree.documents.iter();
    let inputs: Vec<Input> = documents.map(|document| document.input.clone()).collect();
    let source = Inputs {
        inputs: &inputs,
        reader: ways.reader,
    };
    let heap = Heap::new(tree.heap(read, ways), &source);
    let present = changes.read.par_iter().map(|at| {
        let path = tree.documents.get(*at)?.path.clone();
        Some(Present::new(path, &*heap.witness(*at)?))
    });
    if let Some(present) = present.collect::<Option<Vec<Present>>>() {
        findings.extend(changes.findings(&present, policy));
    }
    findings.extend(copies(base, changes, &heap));
    if matches!(base.name, Against::Lock { .. }) {
        findings.extend(changes.behind(NAME));
    }
    let changed = heap.changed();
    let changed = changed.iter().filter_map(|at| heap.documents().get(*at));
    findings
        .extend(changed.map(|document| {
            Finding::new(Code::Unreadable, &document.path, "", CHANGED.to_owned())
        }));
    findings
}

/// What documents amount to, against what the policy demands and what the base had.
fn floors(base: &Base, tree: &Tree, policy: &Policy) -> Vec<Finding> {
    let documents = tree.documents.iter();
    let now = documents.map(|one| (one.path.as_str(), amounts(&one.known.line)));
    let lines = base.lock.lines.iter();
    let before = lines.map(|(path, line)| (path.as_str(), amounts(line)));
    policy.below_floors(CONFIG, now, (!base.is_nothing()).then_some(before))
}

fn amounts(line: &str) -> Amounts {
    let entry = parse(line).unwrap_or_default();
    Amounts {
        documents: 1,
        chars: entry.chars(),
        comments: entry.comments.len() as u64,
        assets: entry.assets.len() as u64,
    }
}

/// What documents are to one another of which the base does not know at least one as it is.
fn copies(base: &Base, changes: &Changes<'_>, heap: &Heap<'_>) -> Vec<Finding> {
    let mut touched = vec![false; heap.documents().len()];
    for at in &changes.touched {
        if let Some(touched) = touched.get_mut(*at) {
            *touched = true;
        }
    }
    let path = |at: usize| {
        heap.documents()
            .get(at)
            .map_or("", |document| &document.path)
    };
    let pairs = touching(heap, &touched).into_iter();
    let copies = pairs.map(|pair| {
        let (more, less) = (path(pair.base), path(pair.copy));
        let brief = pair.brief;
        // Of two that say the same, the one that is new is the copy.
        let same = brief.verdict <= Verdict::Equivalent;
        let swap = brief.reversed || (same && !touched.get(pair.copy).is_some_and(|new| *new));
        let (base, copy, of_base) = match swap {
            false => (more, less, brief.of_base),
            true => (less, more, brief.of_copy),
        };
        Copy {
            base,
            copy,
            verdict: brief.verdict,
            of_base,
        }
    });
    copies.filter_map(|copy| copy.finding(&base.lock)).collect()
}

/// Marks what commits since the base allow. Git is asked only if there is something to allow.
pub fn allowed(findings: &mut Vec<Finding>, base: &Base, ways: &Ways<'_>) {
    if base.is_nothing() || !findings.iter().any(Finding::counts) {
        return;
    }
    let repository = Repository::of(&ways.place.root);
    let since = base.since.clone().or_else(|| repository.last_change(NAME));
    let Some(since) = since else {
        return;
    };
    let mut allowances = Vec::new();
    for (commit, value) in repository.trailers(&since) {
        match Allowance::parse(&commit, &value, NAME) {
            Ok(allowance) => allowances.push(allowance),
            Err(finding) => findings.push(*finding),
        }
    }
    allow(&allowances, findings);
}

/// Puts findings in order, and makes their fingerprints unique.
pub fn settle(findings: &mut [Finding]) {
    findings.sort_by(|one, two| {
        let key = |finding: &Finding| (finding.code, finding.lines, finding.fingerprint);
        (&one.path, key(one)).cmp(&(&two.path, key(two)))
    });
    let mut seen: BTreeMap<Fingerprint, usize> = BTreeMap::new();
    for finding in findings {
        let times = seen.entry(finding.fingerprint).or_default();
        *times += 1;
        if *times > 1 {
            finding.fingerprint = finding.fingerprint.again(*times);
        }
    }
}
