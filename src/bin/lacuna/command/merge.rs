use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};
use lacuna::disk::{Mark, NewFolder, digest, ensure_apart};
use lacuna::merge::plan::{Output as Planned, Plan};
use lacuna::report::{Event, MergeEvent, MergeSummary, MergedOutput, Options, Origin, Text};
use lacuna::source::shown;
use lacuna::text::Digest;

use crate::Outcome;
use crate::config;
use crate::disk;
use crate::flags::{MergeFlags, MergeFormat};
use crate::merging::{Done, Effort, carry_out, folder_of, make_plan, policy, prove};
use crate::output::Output;
use crate::progress::Progress;
use crate::reading::Reader;
use crate::terminal::terminal;
use crate::threads;
use crate::words;

/// How many outputs people are shown.
const SHOWN: usize = 20;

/// Merges dumps, or says what a merge would do.
pub fn run(flags: &MergeFlags) -> anyhow::Result<Outcome> {
    threads::start(flags.threads)?;
    let config = config::path(flags.config.as_deref(), flags.no_config);
    let reader = Reader::with_profiles(config::profiles_of(config.clone())?);
    let progress = Progress::new(flags.style.quiet);
    let plan = plan(flags, &reader, &progress)?;
    let effort = Effort {
        reader: &reader,
        originals: flags.keep_originals,
        config: config
            .map(|path| fs::read(&path).with_context(|| shown(&path)))
            .transpose()?,
        progress: &progress,
    };
    let out = flags.output.as_deref().filter(|_| !flags.dry_run);
    let done = match out {
        Some(out) => write(out, plan, &effort, flags.resume)?,
        None => carry_out(plan, &effort, None)?,
    };
    if !flags.style.quiet {
        match flags.format {
            MergeFormat::Json => io::stdout()
                .lock()
                .write_all(done.plan.to_json().as_bytes())?,
            MergeFormat::Text => report(&done.plan, out.is_some(), flags)?,
        }
    }
    for left in done.plan.left_out.iter().filter(|left| left.unreadable) {
        words::say_about(&format!("{}:{}", left.siglum, left.path), &left.why);
    }
    let whole = done.plan.left_out.iter().all(|left| !left.unreadable);
    Ok(if whole {
        Outcome::Done
    } else {
        Outcome::Incomplete
    })
}

/// The plan in a file, or a new one.
fn plan(flags: &MergeFlags, reader: &Reader, progress: &Progress) -> anyhow::Result<Plan> {
    let Some(path) = &flags.plan else {
        let sigla = crate::merging::named(&flags.dumps);
        let conflicts = flags.conflicts.name();
        policy(&flags.prefer, conflicts, &sigla)?;
        return make_plan(
            &flags.dumps,
            &flags.prefer,
            conflicts,
            reader,
            flags.memory,
            progress,
        );
    };
    let json = fs::read(path).with_context(|| shown(path))?;
    let plan = Plan::from_json(&json).map_err(|error| error.with_path(path))?;
    crate::merging::ensure_nothing_new(&plan)?;
    Ok(plan)
}

/// Writes the output into a new folder, reads it again and proves it.
fn write(out: &Path, plan: Plan, effort: &Effort<'_>, resume: bool) -> anyhow::Result<Done> {
    let dumps: Vec<PathBuf> = plan.dumps.iter().map(folder_of).collect::<Result<_, _>>()?;
    ensure_apart(out, &dumps)?;
    let parent = match out.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
        _ => PathBuf::from("."),
    };
    let out = parent.join(out.file_name().context("the output has no name")?);
    ensure!(parent.is_dir(), "{}: no such folder", shown(&parent));
    let mark = Mark {
        doing: "merge".to_owned(),
        plan: key(&plan, effort),
    };
    let disk = disk::open(vec![parent])?;
    let folder = NewFolder::begin(disk.as_ref(), &out, &mark, resume)?;
    let done = carry_out(plan, effort, Some(&folder))?;
    folder.finish(|back| prove(&back, effort.reader, &done))?;
    Ok(done)
}

/// What a run must have in common with the one that it resumes.
fn key(plan: &Plan, effort: &Effort<'_>) -> Digest {
    let config = effort.config.as_ref().map(|config| digest(config));
    let version = env!("CARGO_PKG_VERSION");
    plan.digest(format!("{version} {} {config:?} ", effort.originals).as_bytes())
}

fn report(plan: &Plan, written: bool, flags: &MergeFlags) -> anyhow::Result<()> {
    let text = Text::new(terminal(&flags.style), Options::default());
    let mut out = Output::new(Box::new(text), false, &flags.style);
    let told: Vec<&Planned> = plan
        .outputs
        .iter()
        .filter(|output| is_told(output))
        .collect();
    for output in told.iter().take(SHOWN) {
        out.event(&Event::Merge(MergeEvent::Output(&merged(output))))?;
    }
    if told.len() > SHOWN {
        out.event(&Event::Merge(MergeEvent::NotShown(told.len() - SHOWN)))?;
    }
    let renamed: Vec<&Planned> = plan
        .outputs
        .iter()
        .filter(|output| is_renamed(output))
        .collect();
    for output in renamed.iter().take(SHOWN) {
        let from = &origin(&output.base.siglum, &output.base.path);
        let to = &output.path;
        out.event(&Event::Merge(MergeEvent::Renamed { from, to }))?;
    }
    for left in plan.left_out.iter().take(SHOWN) {
        let origin = &origin(&left.siglum, &left.path);
        let why = &left.why;
        out.event(&Event::Merge(MergeEvent::LeftOut { origin, why }))?;
    }
    out.event(&Event::Merge(MergeEvent::Summary(&summary(plan, written))))?;
    out.finish()
}

/// Whether inputs of other bytes go into the output.
fn is_told(output: &Planned) -> bool {
    output
        .copies
        .iter()
        .any(|copy| copy.digest != output.base.digest)
}

fn is_renamed(output: &Planned) -> bool {
    output.path != output.base.path && !is_earlier(output)
}

/// Whether it is a file of an earlier merge's own.
fn is_earlier(output: &Planned) -> bool {
    crate::merging::is_own(&output.path)
}

fn origin(siglum: &str, path: &str) -> Origin {
    Origin {
        siglum: siglum.to_owned(),
        path: path.to_owned(),
    }
}

fn merged(output: &Planned) -> MergedOutput {
    let result = output.result.clone().unwrap_or_default();
    let copies = output.copies.iter();
    MergedOutput {
        path: output.path.clone(),
        base: origin(&output.base.siglum, &output.base.path),
        copies: copies
            .map(|copy| {
                let verdict = copy.verdict.clone().unwrap_or_default();
                (origin(&copy.siglum, &copy.path), verdict)
            })
            .collect(),
        grafted: result.grafted,
        conflicts: result.conflicts,
        left_out: result.left_out,
    }
}

fn summary(plan: &Plan, written: bool) -> MergeSummary {
    let mut summary = MergeSummary {
        written,
        both: plan.conflicts == "both",
        ..MergeSummary::default()
    };
    for output in &plan.outputs {
        if is_earlier(output) {
            summary.earlier += 1;
            continue;
        }
        summary.outputs += 1;
        let result = output.result.clone().unwrap_or_default();
        let same = output
            .copies
            .iter()
            .filter(|copy| copy.digest == output.base.digest);
        let same = same.count() as u64;
        summary.inputs += 1 + output.copies.len() as u64;
        summary.same += same;
        summary.merged += output.copies.len() as u64 - same;
        summary.grafted += u64::from(result.grafted > 0);
        summary.grafted_bytes += result.grafted;
        summary.conflicts += result.conflicts;
        summary.left_out += result.left_out;
        summary.renamed += u64::from(is_renamed(output));
    }
    for left in &plan.left_out {
        summary.excluded += u64::from(!left.unreadable);
        summary.unreadable += u64::from(left.unreadable);
    }
    summary
}
