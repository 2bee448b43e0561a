//! Every case under `samples/audit/`, through the program: what is bad is found, by the code that the
//! case is named after, and in what is good that code is not.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use lacuna::text::{Code, Family, Severity};
use serde::Deserialize;
use serde_json::Value;

use crate::program::{Run, empty_folder, lacuna_in, root};

const LOCK: &str = "lacuna.lock";

/// What `case.toml` says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    why: String,
    /// Other codes that are right to be found in what is bad.
    #[serde(default)]
    also: BTreeSet<String>,
    /// Notes that are right to be found in what is good: that a document changed at all.
    #[serde(default)]
    notes: BTreeSet<String>,
    /// What the program is called with, in both.
    #[serde(default)]
    args: Vec<String>,
    /// What is bad has links to themselves with these names, which the test makes.
    #[serde(default)]
    links: Vec<String>,
}

/// A case and its folder: `bad` and `good`, and for what is against a lock `before`, which both were.
struct Sample {
    name: String,
    folder: PathBuf,
    code: Code,
    case: Case,
}

/// What the program finds.
#[derive(Default)]
struct Found {
    codes: BTreeSet<String>,
    paths: BTreeSet<String>,
    exit: i32,
}

fn samples() -> Vec<Sample> {
    let folders = fs::read_dir(root().join("samples/audit")).unwrap();
    let mut samples: Vec<Sample> = folders.map(|entry| sample(entry.unwrap().path())).collect();
    samples.sort_by_key(|sample| sample.code);
    samples
}

fn sample(folder: PathBuf) -> Sample {
    let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
    let (number, kebab) = name.split_once('-').unwrap();
    let code: Code = number.parse().unwrap_or_else(|_| panic!("{name}"));
    assert_eq!(kebab, code.name(), "{name}");
    let case = fs::read_to_string(folder.join("case.toml")).unwrap();
    let case: Case = toml::from_str(&case).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert!(!case.why.is_empty(), "{name}");
    Sample {
        name,
        folder,
        code,
        case,
    }
}

impl Sample {
    /// A copy of a part of it, so that nothing around it counts.
    fn copy(&self, part: &str) -> PathBuf {
        let to = empty_folder(&format!("audit-sample-{}-{part}", self.code));
        copy(&self.folder.join(part), &to);
        // Above this nothing is looked for.
        fs::create_dir(to.join(".git")).unwrap();
        to
    }

    fn audit(&self, folder: &Path) -> Found {
        let fixed = [
            "audit",
            "--no-cache",
            "--fail-on",
            "note",
            "--format",
            "json",
        ];
        let own = self.case.args.iter().map(String::as_str);
        let run = lacuna_in(folder, fixed.into_iter().chain(own));
        let findings = findings(&run);
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        Found {
            codes: findings.iter().map(|one| text(&one["code"])).collect(),
            paths: findings.iter().map(|one| text(&one["path"])).collect(),
            exit: run.code,
        }
    }

    fn wrong(&self) -> Vec<String> {
        let Case { also, notes, .. } = &self.case;
        let mut wrong = Vec::new();
        let mut expect = |part: &str, found: &Found, codes: &BTreeSet<String>, exit: i32| {
            if (&found.codes, found.exit) != (codes, exit) {
                let (found, exit_found) = (&found.codes, found.exit);
                let name = &self.name;
                wrong.push(format!(
                    "{name}: {part}: {found:?}, exit {exit_found}, and not {codes:?}, exit {exit}"
                ));
            }
        };
        let folder = self.copy("bad");
        for link in &self.case.links {
            link_to_itself(&folder.join(link));
        }
        let bad = self.audit(&folder);
        let mut codes = also.clone();
        codes.insert(self.code.to_string());
        let exit = if self.code == Code::Unreadable { 2 } else { 1 };
        expect("bad", &bad, &codes, exit);
        let found = self.audit(&self.copy("good"));
        expect("good", &found, notes, i32::from(!notes.is_empty()));
        if self.is_of_each_alone() {
            let silent = names(&folder)
                .into_iter()
                .filter(|name| !bad.paths.contains(name));
            wrong.extend(
                silent.map(|silent| format!("{}: bad: of {silent} nothing is said", self.name)),
            );
        }
        wrong
    }

    /// Whether the code is shown by every document that is bad, and not by some of them together.
    fn is_of_each_alone(&self) -> bool {
        let alone = [Family::Endings, Family::Damage, Family::Content];
        let together = [
            Code::ShorterThanSiblings,
            Code::LengthsPileUp,
            Code::OtherEncoding,
        ];
        alone.contains(&self.code.family()) && !together.contains(&self.code)
    }
}

/// The findings that count.
fn findings(run: &Run) -> Vec<Value> {
    let json: Value =
        serde_json::from_slice(&run.stdout).unwrap_or_else(|_| panic!("{}", run.stderr));
    let findings = json["findings"].as_array().unwrap().iter();
    findings
        .filter(|one| one["standing"] == "new")
        .cloned()
        .collect()
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir(&to).unwrap();
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), &to).unwrap();
        }
    }
}

/// The documents at the top of a folder.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let files = entries.filter(|entry| entry.file_type().unwrap().is_file());
    files
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect()
}

#[cfg(unix)]
fn link_to_itself(path: &Path) {
    std::os::unix::fs::symlink(path.file_name().unwrap(), path).unwrap();
}

/// Elsewhere, who may make links is a matter of settings.
#[cfg(not(unix))]
fn link_to_itself(path: &Path) {
    panic!("{}: no links here", path.display());
}

#[test]
fn every_case_is_found_by_its_code_and_no_other() {
    let samples = samples();
    let can_link = |sample: &&Sample| cfg!(unix) || sample.case.links.is_empty();
    let wrong: Vec<String> = samples
        .iter()
        .filter(can_link)
        .flat_map(Sample::wrong)
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_code_has_a_case_and_a_page() {
    let cases: Vec<Code> = samples().iter().map(|sample| sample.code).collect();
    assert_eq!(cases, Code::ALL);
    let codes = root().join("docs/codes");
    let table = fs::read_to_string(codes.join("README.md")).unwrap();
    for code in Code::ALL {
        let page = fs::read_to_string(codes.join(format!("{code}.md"))).unwrap();
        let title = format!("# {code} {}\n", code.name());
        assert!(page.starts_with(&title), "{code}");
        let severity = code.severity().name();
        let row = format!(
            "| [{code}]({code}.md) | {} | {severity} | {} |\n",
            code.name(),
            code.summary()
        );
        assert!(table.contains(&row), "docs/codes/README.md lacks {row}");
    }
}

#[test]
fn what_is_good_has_no_codes_but_notes() {
    for Sample { name, case, .. } in samples() {
        for code in case.notes {
            let code: Code = code.parse().unwrap();
            let note = code.severity() == Severity::Note;
            assert!(note, "{name}: {code}");
        }
    }
}

/// `BLESS=1` writes the locks anew, where their format or the canonical form has changed.
#[test]
fn the_locks_are_those_of_what_was_before() {
    let has_before = |sample: &Sample| sample.folder.join("before").exists();
    for sample in samples().into_iter().filter(has_before) {
        let folder = sample.copy("before");
        lacuna_in(&folder, ["audit", "--no-cache", "--init"]).expect(0);
        let lock = fs::read_to_string(folder.join(LOCK)).unwrap();
        for part in ["bad", "good"] {
            let path = sample.folder.join(part).join(LOCK);
            if std::env::var_os("BLESS").is_some() {
                fs::write(&path, &lock).unwrap();
            }
            assert_eq!(fs::read_to_string(&path).unwrap(), lock, "{}", sample.name);
        }
    }
}
