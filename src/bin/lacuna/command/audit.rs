use std::env;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

use anyhow::{Context as _, bail};

use lacuna::audit::baseline::Baseline;
use lacuna::audit::changes::{Changes, lock_of};
use lacuna::audit::document::Phrases;
use lacuna::audit::lock::{Conflicts, NAME};
use lacuna::audit::policy::{Circumstances, Day, Policy};
use lacuna::report::{AuditSummary, Event};
use lacuna::source::{reason, shown};
use lacuna::text::Finding;

use crate::Outcome;
use crate::audit::{
    Accepted, Base, CONFIG, Place, Reports, Tree, Ways, allowed, find, gather, settle, write,
};
use crate::cache::Cache;
use crate::files;
use crate::flags::{AuditFlags, SelectionFlags};
use crate::progress::{Progress, Stage};
use crate::reading::Reader;
use crate::threads;
use crate::timings::Timings;
use crate::words;

/// The types of files that are documents, unless the user says otherwise.
const DOCUMENTS: [&str; 7] = ["asciidoc", "html", "markdown", "org", "rst", "tex", "txt"];

const READING: Stage = Stage::new((1, 1), "reading", "files");

/// Says what documents lost, and what is wrong with them.
pub fn run(flags: &AuditFlags) -> anyhow::Result<Outcome> {
    let mut timings = Timings::start();
    let place = Place::of(&flags.path)?;
    check_lock(flags, &place)?;
    let policy = policy(flags, &place)?;
    let phrases = Phrases::with(policy.phrases());
    let reader = Reader::new(&flags.reading, files::takes_binary(&flags.selection))?
        .with_min_size(flags.selection.min_size)
        .with_empty();
    let selection = selection(flags);
    let listing = files::list_one(&flags.path, &selection)?;
    let reports = Reports::new(flags, &place, &listing)?;
    timings.done("list");
    threads::start(flags.threads)?;
    let progress = Progress::new(flags.output.quiet);
    progress.stage(READING.of(listing.inputs.len()));
    let reading = format!("{reader:?} {phrases:?}");
    let cache = Cache::of(&flags.cache, &listing.inputs, WORTH_A_CACHE, &reading);
    let baseline = flags
        .baseline
        .as_deref()
        .or(flags.write_baseline.as_deref());
    let mut own = vec![NAME.to_owned(), CONFIG.to_owned()];
    own.extend(baseline.and_then(|path| place.path_of(path)));
    let ways = Ways {
        own: &own,
        place: &place,
        reader: &reader,
        phrases: &phrases,
        cache: cache.as_ref(),
        progress: &progress,
    };
    let (tree, read) = gather(listing, &ways);
    timings.done("read");
    if let Some(cache) = &cache {
        tree.keep(&read, cache);
        timings.done("keep");
    }
    let base = match &flags.against {
        Some(name) => Base::revision(name, &tree, &files::selection(&selection), &ways)?,
        None if flags.update => Base::lock_file(&ways, Conflicts::Join)?,
        None => Base::lock_file(&ways, Conflicts::Refuse)?,
    };
    let now = tree.now();
    let changes = Changes::between(&base.lock, &now, |path| tree.missing(path, &place))
        .with_context(|| shown(&place.lock_file()))?;
    timings.done("base");
    let mut findings = find(&base, &changes, &tree, read, &policy, &ways);
    let now_is = Circumstances {
        today: today(),
        config: CONFIG,
        complete: place.is_whole(),
    };
    findings = policy.judge(findings, &now_is);
    allowed(&mut findings, &base, &ways);
    settle(&mut findings);
    apply_baseline(flags, &mut findings, &place)?;
    timings.done("compare");
    let accepted = match flags.update {
        true => Accepted::new(&flags.accept, in_ci())?.mark(&mut findings, flags.fail_on),
        false => true,
    };
    let summary = AuditSummary {
        documents: tree.documents.len(),
        bytes: tree
            .documents
            .iter()
            .map(|document| document.known.measures.bytes)
            .sum(),
        excluded: tree.excluded.len(),
        unreadable: tree.unreadable.len(),
        ..AuditSummary::of(&findings, base.name.clone(), flags.fail_on)
    };
    report(reports, &findings, &tree, &summary)?;
    timings.done("report");
    if flags.timings {
        timings.say();
    }
    let is_complete = !findings
        .iter()
        .any(|finding| finding.code == lacuna::text::Code::Unreadable);
    match () {
        () if !is_complete => Ok(Outcome::Incomplete),
        () if !accepted => {
            words::say_about(NAME, REFUSED);
            Ok(Outcome::Found)
        }
        () if flags.init || flags.update => {
            save(flags, &place, &base, &changes, lock_of(&now))?;
            Ok(Outcome::Done)
        }
        () if flags.write_baseline.is_some() => Ok(Outcome::Done),
        () if summary.failing() > 0 => Ok(Outcome::Found),
        () => Ok(Outcome::Done),
    }
}

const REFUSED: &str = "not written: losses are accepted by name (--accept), and never in CI";

/// What the project demands: the file that the user names, or that of the root.
fn policy(flags: &AuditFlags, place: &Place) -> anyhow::Result<Policy> {
    let own = place.root.join(CONFIG);
    let path = match &flags.reading.config {
        _ if flags.reading.no_config => return Ok(Policy::default()),
        Some(path) => path,
        None if own.exists() => &own,
        None => return Ok(Policy::default()),
    };
    let policy = Policy::from_toml(&read_text(path)?);
    policy.with_context(|| shown(path))
}

/// The day, in UTC.
fn today() -> Day {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    Day::of_seconds(since.map_or(0, |since| since.as_secs()))
}

/// Whether there is a lock file where there must be one, or none where there must be none.
fn check_lock(flags: &AuditFlags, place: &Place) -> anyhow::Result<()> {
    let path = place.lock_file();
    match path.exists() {
        true if flags.init => bail!(
            "{}: is there already; --update writes it anew",
            shown(&path)
        ),
        false if flags.update => bail!("{}: is not there yet; --init writes it", shown(&path)),
        _ => Ok(()),
    }
}

/// Whether the program runs where nobody looks on.
fn in_ci() -> bool {
    env::var_os("CI").is_some_and(|ci| !ci.is_empty() && ci != "false" && ci != "0")
}

/// Documents only, unless the user says what to take. A glob that only leaves out says nothing of it.
fn selection(flags: &AuditFlags) -> SelectionFlags {
    let mut selection = flags.selection.clone();
    let globs = selection.glob.iter().chain(&selection.iglob);
    let says = !selection.type_.is_empty() || globs.into_iter().any(|glob| !glob.starts_with('!'));
    if !says {
        selection.type_ = DOCUMENTS.map(str::to_owned).to_vec();
    }
    selection
}

/// Trees of fewer bytes are read sooner than a cache is.
const WORTH_A_CACHE: u64 = 4 << 20;

/// Marks what the baseline knows, or writes it.
fn apply_baseline(
    flags: &AuditFlags,
    findings: &mut Vec<Finding>,
    place: &Place,
) -> anyhow::Result<()> {
    if let Some(path) = &flags.write_baseline {
        let baseline = Baseline::of(findings);
        write(path, &baseline.to_text())?;
        words::say_about(
            &shown(path),
            &format!("written: {} findings", baseline.count()),
        );
        baseline.apply(findings, |_| true, "");
    }
    let Some(path) = &flags.baseline else {
        return Ok(());
    };
    let baseline = Baseline::parse(&read_text(path)?).with_context(|| shown(path))?;
    let stale = baseline.apply(findings, |path| place.holds(path), &shown(path));
    findings.extend(stale);
    settle(findings);
    Ok(())
}

fn read_text(path: &Path) -> anyhow::Result<String> {
    let text = fs::read_to_string(path);
    text.map_err(|error| anyhow::anyhow!("{}: {}", shown(path), reason(&error)))
}

/// Writes the lock: what is audited as it is now, the rest as it was; at the beginning a
/// configuration file, too.
fn save(
    flags: &AuditFlags,
    place: &Place,
    base: &Base,
    changes: &Changes<'_>,
    mut lock: lacuna::audit::lock::Lock,
) -> anyhow::Result<()> {
    let was = &base.lock.lines;
    let outside = was.iter().filter(|(path, _)| !place.holds(path));
    for (path, line) in outside {
        lock.lines.insert(path.clone(), line.clone());
    }
    write(&place.lock_file(), &lock.to_text())?;
    let gone = was.keys().filter(|path| !lock.lines.contains_key(*path));
    let written = format!(
        "written: {} documents ({} new, {} changed, {} gone)",
        lock.lines.len(),
        changes.new,
        changes.touched.len() - changes.new,
        gone.count()
    );
    words::say_about(NAME, &written);
    let config = place.root.join(CONFIG);
    if flags.init && !config.exists() {
        write(&config, TEMPLATE)?;
        words::say_about(CONFIG, "written: all in it is commented out");
    }
    Ok(())
}

const TEMPLATE: &str = include_str!("audit/lacuna.toml");

fn report(
    mut reports: Reports,
    findings: &[Finding],
    tree: &Tree,
    summary: &AuditSummary,
) -> anyhow::Result<()> {
    for finding in findings {
        reports.event(&Event::Finding(finding))?;
    }
    for (path, rule) in &tree.excluded {
        reports.event(&Event::Excluded { path, rule: *rule })?;
    }
    reports.event(&Event::AuditSummary(summary))?;
    reports.finish()
}
