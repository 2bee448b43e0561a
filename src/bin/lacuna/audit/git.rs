//! What git knows: documents of a revision, and what commits allow.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Context as _, bail, ensure};
use lacuna::audit::allow::TRAILER;

/// The repository that a folder is in.
pub struct Repository {
    folder: PathBuf,
}

/// A commit, by its whole name.
#[derive(Clone, Debug)]
pub struct Revision(String);

impl Repository {
    /// That which `folder` is in.
    pub fn of(folder: &Path) -> Self {
        Self {
            folder: folder.to_path_buf(),
        }
    }

    fn git(&self) -> Command {
        let mut git = Command::new("git");
        git.arg("-C").arg(&self.folder);
        // Nothing that the repository configures is run, and nothing is written to it.
        git.args(["-c", "core.fsmonitor=false", "--no-optional-locks"]);
        git.env("LC_ALL", "C").stdin(Stdio::null());
        git
    }

    fn output(&self, arguments: &[&str]) -> anyhow::Result<Vec<u8>> {
        let run = self.git().args(arguments).output().context("git")?;
        let why = String::from_utf8_lossy(&run.stderr);
        ensure!(run.status.success(), "git: {}", why.trim());
        Ok(run.stdout)
    }

    /// The commit that `name` stands for.
    pub fn revision(&self, name: &str) -> anyhow::Result<Revision> {
        let commit = format!("{name}^{{commit}}");
        let found = self.output(&[
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &commit,
        ]);
        let Ok(found) = found else {
            bail!("{name}: is no revision of a git repository that has this folder");
        };
        Ok(Revision(String::from_utf8_lossy(&found).trim().to_owned()))
    }

    /// The last commit that changed the file at `path`, which is in the folder.
    pub fn last_change(&self, path: &str) -> Option<Revision> {
        let found = self
            .output(&["log", "-1", "--format=%H", "--", path])
            .ok()?;
        let found = String::from_utf8_lossy(&found).trim().to_owned();
        (!found.is_empty()).then_some(Revision(found))
    }

    /// The regular files of `revision` in the folder: the blob of each, by path.
    pub fn files(&self, revision: &Revision) -> anyhow::Result<BTreeMap<String, String>> {
        let listed = self.output(&["ls-tree", "-r", "-z", &revision.0])?;
        let mut files = BTreeMap::new();
        for entry in listed
            .split(|byte| *byte == 0)
            .filter(|entry| !entry.is_empty())
        {
            let Some(tab) = entry.iter().position(|byte| *byte == b'\t') else {
                continue;
            };
            let (about, name) = entry.split_at(tab);
            let about = String::from_utf8_lossy(about);
            let mut about = about.split(' ');
            let (mode, blob) = (about.next().unwrap_or(""), about.nth(1).unwrap_or(""));
            if mode.starts_with("100") {
                files.insert(path(&name[1..]), blob.to_owned());
            }
        }
        Ok(files)
    }

    /// The files in the folder that are not as they are in `revision`, or no more, by path.
    pub fn changed(&self, revision: &Revision) -> anyhow::Result<BTreeSet<String>> {
        let listed = self.output(&[
            "diff",
            "--name-only",
            "-z",
            "--no-renames",
            "--no-ext-diff",
            "--no-textconv",
            "--ignore-submodules",
            "--relative",
            &revision.0,
            "--",
            ".",
        ])?;
        let listed = listed.split(|byte| *byte == 0);
        Ok(listed.filter(|name| !name.is_empty()).map(path).collect())
    }

    /// The bytes of `blobs`, in that order.
    pub fn read(&self, blobs: &[&str]) -> anyhow::Result<Vec<Vec<u8>>> {
        let mut git = self.git();
        git.args(["cat-file", "--batch"]);
        let mut child = git
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("git")?;
        let (Some(mut to), Some(from)) = (child.stdin.take(), child.stdout.take()) else {
            bail!("git: no pipe");
        };
        let wanted: String = blobs.iter().map(|blob| format!("{blob}\n")).collect();
        // Both pipes have an end: one is filled while the other is read.
        let asking = thread::spawn(move || to.write_all(wanted.as_bytes()));
        let mut from = BufReader::new(from);
        let mut found = Vec::with_capacity(blobs.len());
        for blob in blobs {
            let mut header = String::new();
            from.read_line(&mut header).context("git")?;
            let size = header
                .trim()
                .rsplit(' ')
                .next()
                .and_then(|size| size.parse().ok());
            let Some(size) = size else {
                bail!("git: has no {blob}");
            };
            let mut bytes = Vec::new();
            from.by_ref()
                .take(size)
                .read_to_end(&mut bytes)
                .context("git")?;
            from.read_exact(&mut [0]).context("git")?;
            found.push(bytes);
        }
        drop(from);
        let asked = asking.join().is_ok_and(|asked| asked.is_ok());
        ensure!(
            child.wait().context("git")?.success() && asked,
            "git: cat-file failed"
        );
        Ok(found)
    }

    /// The trailers that allow something, of the commits after `since`: each with the abbreviated
    /// name of its commit. None where there is no such history.
    pub fn trailers(&self, since: &Revision) -> Vec<(String, String)> {
        let format = format!("%h%x00%(trailers:key={TRAILER},valueonly,unfold,separator=%x01)%x02");
        let range = format!("{}..HEAD", since.0);
        let Ok(log) = self.output(&["log", &format!("--format={format}"), &range]) else {
            return Vec::new();
        };
        let log = String::from_utf8_lossy(&log);
        let mut trailers = Vec::new();
        for commit in log.split('\u{2}') {
            if let Some((name, values)) = commit.trim().split_once('\0') {
                let values = values
                    .split('\u{1}')
                    .map(str::trim)
                    .filter(|value| !value.is_empty());
                trailers.extend(values.map(|value| (name.to_owned(), value.to_owned())));
            }
        }
        trailers
    }
}

/// A path as reports call it.
#[cfg(unix)]
fn path(bytes: &[u8]) -> String {
    use std::os::unix::ffi::OsStrExt as _;

    lacuna::source::shown(Path::new(std::ffi::OsStr::from_bytes(bytes)))
}

#[cfg(not(unix))]
fn path(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
