use anyhow::{Context as _, bail};
use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

use lacuna::audit::changes::{Changes, lock_of};
use lacuna::audit::lock::{Conflicts, Lock, NAME};
use lacuna::audit::loss::Present;
use lacuna::audit::policy::Policy;
use lacuna::report::{Against, AuditJson, AuditSummary, Event, Options, Renderer, Text};
use lacuna::source::shown;
use lacuna::text::{Code, Family, Finding, Standing};

use crate::Outcome;
use crate::audit::{Accepted, Place, Tree, gather, write};
use crate::files;
use crate::flags::{AuditFlags, AuditFormat, SelectionFlags};
use crate::output::Output;
use crate::progress::{Progress, Stage};
use crate::reading::Reader;
use crate::terminal::terminal;
use crate::timings::Timings;
use crate::words;

/// More threads than this are not started.
const MOST_THREADS: usize = 256;

/// The types of files that are documents, unless the user says otherwise.
const DOCUMENTS: [&str; 7] = ["asciidoc", "html", "markdown", "org", "rst", "tex", "txt"];

const READING: Stage = Stage {
    step: (1, 1),
    name: "reading",
    unit: "files",
    total: 0,
    total_bytes: 0,
};

/// Says what documents lost, and what is wrong with them.
pub fn run(flags: &AuditFlags) -> anyhow::Result<Outcome> {
    let mut timings = Timings::start();
    let place = Place::of(&flags.path)?;
    let conflicts = match flags.update {
        true => Conflicts::Join,
        false => Conflicts::Refuse,
    };
    let lock = place.lock(conflicts)?;
    check_lock(flags, &place, lock.as_ref())?;
    let accepted = Accepted::new(&flags.accept)?;
    let policy = Policy::default();
    let reader = Reader::new(&flags.reading, files::takes_binary(&flags.selection))?
        .with_min_size(flags.selection.min_size)
        .with_empty();
    let listing = list(flags)?;
    timings.done("list");
    ThreadPoolBuilder::new()
        .num_threads(flags.threads.min(MOST_THREADS))
        .build_global()?;
    let progress = Progress::new(flags.output.quiet);
    progress.stage(Stage {
        total: listing.inputs.len() as u64,
        ..READING
    });
    let tree = gather(listing, &place, &reader, &progress);
    timings.done("read");
    let now = tree.now();
    let known = lock.clone().unwrap_or_default();
    let changes = Changes::between(&known, &now, |path| tree.missing(path, &place))
        .with_context(|| shown(&place.lock_file()))?;
    let mut findings = losses(&changes, &tree, &reader, &policy);
    timings.done("compare");
    if lock.is_some() && !flags.update {
        findings.extend(changes.behind(NAME));
    }
    settle(&mut findings);
    let written = match flags.init || flags.update {
        true => Some(accept(flags, &mut findings, &accepted)),
        false => None,
    };
    let against = lock.as_ref().map(|lock| Against::Lock {
        path: NAME.to_owned(),
        documents: lock.lines.len(),
    });
    let summary = AuditSummary {
        documents: tree.documents.len(),
        bytes: tree.documents.iter().map(|document| document.bytes).sum(),
        excluded: tree.excluded.len(),
        unreadable: tree.unreadable.len(),
        ..AuditSummary::of(&findings, against.unwrap_or_default(), flags.fail_on)
    };
    report(flags, &findings, &tree, &summary)?;
    timings.done("report");
    if flags.timings {
        timings.say();
    }
    if !tree.unreadable.is_empty() {
        return Ok(Outcome::Incomplete);
    }
    match written {
        Some(true) => {
            save(&place, &known, &changes, lock_of(&now))?;
            Ok(Outcome::Done)
        }
        Some(false) => {
            words::say(&format!(
                "{NAME} is not written: name what was meant with --accept"
            ));
            Ok(Outcome::Found)
        }
        None if summary.failing() > 0 => Ok(Outcome::Found),
        None => Ok(Outcome::Done),
    }
}

/// Whether there is a lock file where there must be one, or none where there must be none.
fn check_lock(flags: &AuditFlags, place: &Place, lock: Option<&Lock>) -> anyhow::Result<()> {
    let path = shown(&place.lock_file());
    match lock {
        Some(_) if flags.init => bail!("{path}: is there already; --update writes it anew"),
        None if flags.update => bail!("{path}: is not there yet; --init writes it"),
        _ => Ok(()),
    }
}

/// Lists the inputs: documents only, unless the user says what to take.
fn list(flags: &AuditFlags) -> anyhow::Result<lacuna::source::Listing> {
    let mut selection = SelectionFlags {
        ..flags.selection.clone()
    };
    let says =
        !selection.type_.is_empty() || !selection.glob.is_empty() || !selection.iglob.is_empty();
    if !says && selection.files_from.is_none() {
        selection.type_ = DOCUMENTS.map(str::to_owned).to_vec();
    }
    files::list(std::slice::from_ref(&flags.path), &selection)
}

/// Findings about what was lost, and about what could not be read.
fn losses(changes: &Changes<'_>, tree: &Tree, reader: &Reader, policy: &Policy) -> Vec<Finding> {
    let present: Vec<Option<Present>> = changes
        .read
        .par_iter()
        .map(|at| {
            let witness = tree.read_again(*at, reader)?;
            let path = tree.documents.get(*at)?.path.clone();
            Some(Present::new(path, &witness))
        })
        .collect();
    let unreadable = tree.unreadable.iter();
    let mut findings: Vec<Finding> = unreadable
        .map(|(path, why)| Finding::new(Code::Unreadable, path, "", why.clone()))
        .collect();
    match present.into_iter().collect::<Option<Vec<Present>>>() {
        Some(present) => findings.extend(changes.findings(&present, policy)),
        None => findings.push(Finding::new(
            Code::Unreadable,
            NAME,
            "",
            "documents changed while the audit ran".to_owned(),
        )),
    }
    findings
}

/// Puts findings in order, and makes their fingerprints unique.
fn settle(findings: &mut [Finding]) {
    findings.sort_by(|one, two| {
        let key = |finding: &Finding| (finding.code, finding.lines, finding.fingerprint);
        (&one.path, key(one)).cmp(&(&two.path, key(two)))
    });
}

/// Marks what is accepted, and says so. `false` if a loss is not.
fn accept(flags: &AuditFlags, findings: &mut [Finding], accepted: &Accepted) -> bool {
    let in_ci = std::env::var_os("CI").is_some_and(|ci| !ci.is_empty() && ci != "false");
    let mut all = true;
    for finding in findings.iter_mut().filter(|finding| finding.counts()) {
        let blessed = matches!(finding.code.family(), Family::Loss | Family::Copies);
        if !blessed || finding.severity < flags.fail_on || flags.init {
            continue;
        }
        if in_ci || !accepted.has(finding) {
            all = false;
            continue;
        }
        words::say_about(&finding.path, &format!("accepted: {}", finding.message));
        finding.standing = Standing::Allowed {
            commit: "--accept".to_owned(),
            reason: "named on the command line".to_owned(),
        };
    }
    if in_ci && !all {
        words::say("losses are not accepted in CI");
    }
    all
}

/// Writes the lock: what is audited as it is now, the rest as it was.
fn save(place: &Place, was: &Lock, changes: &Changes<'_>, mut lock: Lock) -> anyhow::Result<()> {
    let outside = was.lines.iter().filter(|(path, _)| !place.holds(path));
    for (path, line) in outside {
        lock.lines.insert(path.clone(), line.clone());
    }
    let path = place.lock_file();
    write(&path, &lock.to_text())?;
    let gone = was
        .lines
        .keys()
        .filter(|path| !lock.lines.contains_key(*path));
    words::say_about(
        NAME,
        &format!(
            "written: {} documents ({} new, {} changed, {} gone)",
            lock.lines.len(),
            changes.new,
            changes.touched.len() - changes.new,
            gone.count()
        ),
    );
    Ok(())
}

fn report(
    flags: &AuditFlags,
    findings: &[Finding],
    tree: &Tree,
    summary: &AuditSummary,
) -> anyhow::Result<()> {
    let mut out = Output::new(renderer(flags), flags.output.quiet);
    for finding in findings {
        out.event(&Event::Finding(finding))?;
    }
    for (path, rule) in &tree.excluded {
        out.event(&Event::Excluded { path, rule: *rule })?;
    }
    out.event(&Event::AuditSummary(summary))?;
    out.finish()
}

fn renderer(flags: &AuditFlags) -> Box<dyn Renderer> {
    match flags.format {
        AuditFormat::Text => Box::new(Text::new(terminal(&flags.output), Options::default())),
        AuditFormat::Json => Box::new(AuditJson::default()),
    }
}
