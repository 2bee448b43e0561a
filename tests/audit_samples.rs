//! Every case under `samples/audit/`: what is bad is found, by the code that the case is named after,
//! and nothing is found in what is good.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use lacuna::audit::document::{Phrases, Seen, remarks};
use lacuna::audit::folder::{Measures, Member, findings};
use lacuna::normalize::{Options, normalize};
use lacuna::text::{Code, Family};
use serde::Deserialize;

use crate::program::root;

/// What `case.toml` says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    why: String,
    /// Other codes that are right to be found in what is bad.
    #[serde(default)]
    also: BTreeSet<String>,
}

/// The codes found in the documents of a folder, which stand side by side, and how many there are.
fn said(folder: &Path) -> (BTreeSet<String>, usize) {
    let mut codes = BTreeSet::new();
    let mut members = Vec::new();
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    names.sort();
    for path in &names {
        let bytes = fs::read(path).unwrap();
        let extension = path.extension().and_then(|extension| extension.to_str());
        let witness = normalize(&bytes, extension, &Options::default()).unwrap();
        let seen = Seen {
            bytes: &bytes,
            witness: &witness,
        };
        let said = remarks(&seen, &Phrases::default());
        // Each bad document shows it; of siblings, all together do.
        codes.extend(said.iter().map(|remark| remark.code.to_string()));
        members.push((path.to_str().unwrap(), Measures::of(&seen), said.len()));
    }
    let silent = members.iter().filter(|(_, _, said)| *said == 0).count();
    let members: Vec<_> = members
        .iter()
        .map(|(path, measures, _)| Member {
            path,
            measures: *measures,
        })
        .collect();
    codes.extend(
        findings(&members)
            .iter()
            .map(|finding| finding.code.to_string()),
    );
    (codes, silent)
}

#[test]
fn every_case_is_found_by_its_code_and_no_other() {
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for entry in fs::read_dir(root().join("samples/audit")).unwrap() {
        let folder = entry.unwrap().path();
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let (number, kebab) = name.split_once('-').unwrap();
        let code: Code = number.parse().unwrap_or_else(|_| panic!("{name}"));
        assert_eq!(kebab, code.name(), "{name}");
        let case = fs::read_to_string(folder.join("case.toml")).unwrap();
        let case: Case = toml::from_str(&case).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(!case.why.is_empty(), "{name}");
        let mut expected = case.also.clone();
        expected.insert(number.to_owned());
        let (bad, silent) = said(&folder.join("bad"));
        if bad != expected {
            wrong.push(format!("{name}: bad: {bad:?}, and not {expected:?}"));
        }
        if silent > 0 && !of_siblings(code) {
            wrong.push(format!("{name}: bad: {silent} documents show nothing"));
        }
        let (good, _) = said(&folder.join("good"));
        if !good.is_empty() {
            wrong.push(format!("{name}: good: {good:?}"));
        }
        seen.insert(code);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let alone = |code: &&Code| {
        let families = [Family::Endings, Family::Damage, Family::Content];
        families.contains(&code.family())
    };
    let expected: BTreeSet<Code> = Code::ALL.iter().filter(alone).copied().collect();
    assert_eq!(seen, expected, "every code that needs no lock has a case");
}

/// Whether the code is shown by documents together.
fn of_siblings(code: Code) -> bool {
    matches!(
        code,
        Code::ShorterThanSiblings | Code::LengthsPileUp | Code::OtherEncoding
    )
}
