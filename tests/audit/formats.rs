//! The formats, and the files that they are written to.

use lacuna::report::AuditFormat;
use serde_json::Value;

use super::project::Project;

/// A project of which a document was cut off, beside one that may not be read.
fn cut(name: &str) -> Project {
    let project = Project::locked(name);
    project.edit(
        "tea.md",
        "Drink it in good company, and never from a paper cup, for paper tastes of paper.\n",
        "",
    );
    project
}

#[test]
fn a_file_has_what_standard_output_would_have() {
    let project = cut("formats");
    for format in AuditFormat::ALL {
        let name = format.name();
        let out = project.audit(&["--format", name]).expect(1);
        assert!(!out.stdout.is_empty(), "{name}");
        let file = format!("report.{name}.out");
        let to = format!("{name}={file}");
        let quiet = project.audit(&["--quiet", "--output", &to]).expect(1);
        assert!(quiet.stdout.is_empty(), "{name}");
        let written = project.read(&file);
        assert_eq!(written.as_bytes(), out.stdout, "{name}");
        assert!(written.contains("tea.md"), "{name}");
    }
}

#[test]
fn several_files_are_written_in_one_run() {
    let project = cut("several");
    let outputs: Vec<String> = (AuditFormat::ALL.iter())
        .map(|format| format!("{0}=all.{0}.out", format.name()))
        .collect();
    let mut arguments = vec!["--format", "json"];
    for output in &outputs {
        arguments.extend(["--output", output]);
    }
    let run = project.audit(&arguments).expect(1);
    assert_eq!(project.read("all.json.out").as_bytes(), run.stdout);
    let sarif: Value = serde_json::from_str(&project.read("all.sarif.out")).unwrap();
    let json: Value = serde_json::from_slice(&run.stdout).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let findings = json["findings"].as_array().unwrap();
    assert_eq!(results.len(), findings.len());
    for (result, finding) in results.iter().zip(findings) {
        assert_eq!(result["ruleId"], finding["code"]);
        assert_eq!(
            result["partialFingerprints"]["lacuna/v1"],
            finding["fingerprint"]
        );
    }
}

#[test]
fn no_report_is_written_over_a_document_or_another_report() {
    let project = cut("over");
    let tea = project.read("tea.md");
    for (outputs, words) in [
        (&["markdown=tea.md"][..], "is one of the documents"),
        (&["markdown=zh/../tea.md"], "is one of the documents"),
        (&["json=a.out", "sarif=a.out"], "is asked for twice"),
        (&["markdown=nowhere/a.out"], "nowhere/a.out"),
        (&["yaml=a.out"], "is none of text, json, sarif"),
        (&["json=lacuna.lock"], "is not a place for a report"),
        (&["sarif"], "FORMAT=FILE"),
        (&["sarif="], "FORMAT=FILE"),
    ] {
        let mut arguments = Vec::new();
        for output in outputs {
            arguments.extend(["--output", *output]);
        }
        let run = project.audit(&arguments).expect(2);
        assert!(run.stderr.contains(words), "{outputs:?}: {}", run.stderr);
    }
    assert_eq!(project.read("tea.md"), tea);
}

#[test]
fn paths_begin_at_the_repository_for_those_who_know_nothing_of_the_lock() {
    let project = Project::new("prefix");
    project.audit_in("zh", &["--init"], &[]).expect(0);
    project.commit("begin");
    project.edit(
        "zh/stars.md",
        "它并不是最亮的一颗，但是它几乎不动，所以水手们都用它来认路。",
        "",
    );
    for folder in ["", "zh"] {
        let target = if folder.is_empty() { "zh" } else { "." };
        let written = |format: &str| {
            let run = project.audit_in(folder, &["--format", format, target], &[]);
            String::from_utf8(run.expect(1).stdout).unwrap()
        };
        assert!(
            written("json").contains("\"path\":\"stars.md\""),
            "{}",
            written("json")
        );
        assert!(written("sarif").contains("\"uri\":\"zh/stars.md\""));
        assert!(written("gitlab").contains("\"path\":\"zh/stars.md\""));
        assert!(written("github").contains("::error file=zh/stars.md,"));
        assert!(written("junit").contains("name=\"zh/stars.md\""));
        assert!(written("markdown").contains("| `zh/stars.md`"));
    }
}

#[cfg(unix)]
#[test]
fn what_could_not_be_read_is_in_every_report() {
    let project = Project::locked("unreadable-formats");
    project.remove("bread.md");
    std::os::unix::fs::symlink("bread.md", project.root().join("bread.md")).unwrap();
    for format in AuditFormat::ALL {
        let to = format!("{0}=report.{0}.out", format.name());
        let run = project.audit(&["-L", "--output", &to]).expect(2);
        let written = project.read(&format!("report.{}.out", format.name()));
        assert!(
            written.contains("LAC904") || written.contains("could not be read"),
            "{written}{}",
            run.stderr
        );
    }
    let sarif: Value = serde_json::from_str(&project.read("report.sarif.out")).unwrap();
    assert_eq!(
        sarif["runs"][0]["invocations"][0]["executionSuccessful"],
        false
    );
}
