//! What a project demands, through the program.

use super::project::{Project, TEA};

const SECOND: &str = "Three minutes are enough for most leaves; green ones want less, and water that \
                      has stood for a while.\n\n";

#[test]
fn the_policy_judges_what_was_found() {
    let project = Project::locked("policy");
    let begun = project.read("lacuna.toml");
    project.edit("tea.md", SECOND, "");
    project.check(&[], &["LAC103 tea.md"]);

    project.write(
        "lacuna.toml",
        "[[audit.path]]\nglob = \"*.md\"\nlimits = { percent = 50, chars = 100 }\n",
    );
    project.check(&[], &["LAC104 tea.md"]);
    project.check(&["--no-config"], &["LAC103 tea.md"]);
    project.write("lacuna.toml", "[audit.severity]\nLAC103 = \"warning\"\n");
    project.audit(&[]).expect(0);
    project.audit(&["--fail-on", "warning"]).expect(1);
    let suppress =
        "[[audit.suppress]]\ncode = \"LAC103\"\nglob = \"tea.md\"\nreason = \"was wrong\"\n";
    project.write("lacuna.toml", suppress);
    project.check(&[], &[]);
    project.write("lacuna.toml", format!("{suppress}until = 2020-01-31\n"));
    project.check(&[], &["LAC902 lacuna.toml", "LAC103 tea.md"]);
    project.write("tea.md", TEA);
    project.write("lacuna.toml", suppress);
    project.check(&[], &["LAC903 lacuna.toml"]);
    // Of a part of the project nobody knows whether it is stale.
    project.check(&["zh"], &[]);
    project.write(
        "lacuna.toml",
        "[[audit.path]]\nglob = \"zh/**\"\nfloor = { documents = 2 }\n",
    );
    project.check(&[], &["LAC108 lacuna.toml"]);
    project.write("lacuna.toml", "[audit]\nlimit = 3\n");
    project.audit(&[]).expect(2);

    // What --init writes has a meaning when it is no comment any more.
    let said = begun
        .lines()
        .map(|line| line.strip_prefix("# ").unwrap_or(line));
    let said = said.filter(|line| line.starts_with('[') || line.contains(" = "));
    project.write("lacuna.toml", said.collect::<Vec<_>>().join("\n"));
    let run = project.audit(&[]);
    assert!(run.code < 2, "{}", run.stderr);
}

#[test]
fn the_configuration_that_is_named_is_the_policy() {
    let project = Project::locked("policy-config");
    project.edit("tea.md", SECOND, "");
    project.write("strict.toml", "[audit.severity]\nLAC103 = \"off\"\n");
    project.check(&["--config", "strict.toml"], &[]);
    project.check(&[], &["LAC103 tea.md"]);
    project.audit(&["--config", "nowhere.toml"]).expect(2);
}

#[test]
fn what_is_ratcheted_is_never_less_than_the_lock_knows() {
    let project = Project::locked("policy-ratchet");
    let rule = |amounts: &str| format!("[[audit.path]]\nglob = \"*.md\"\nratchet = [{amounts}]\n");
    project.write(
        "lacuna.toml",
        rule("\"documents\", \"assets\", \"comments\""),
    );
    project.check(&[], &[]);
    // What the limits allow is less all the same.
    project.edit("tea.md", "![pot](img/pot.png)\n\n", "");
    project.check(&[], &["LAC108 lacuna.toml", "LAC106 tea.md"]);
    let findings = project.findings(&[]);
    let said = findings
        .iter()
        .any(|(_, message)| message == "*.md has 0 assets, and had 1");
    assert!(said, "{findings:?}");
    project.write("lacuna.toml", rule("\"documents\""));
    project.check(&[], &["LAC106 tea.md"]);
    project.audit(&["--update", "--accept", "LAC106"]).expect(0);
    project.write("lacuna.toml", rule("\"assets\""));
    project.check(&[], &[]);
}

#[test]
fn each_level_at_its_paths() {
    let project = Project::new("policy-levels");
    for path in ["a/one.md", "b/two.md"] {
        project.write(
            path,
            "# One\n\nWhat it says about {path} is cut off and so …\n".replace("{path}", path),
        );
    }
    project.write(
        "lacuna.toml",
        "[[audit.path]]\nglob = \"b/**\"\nseverity = { ends-with-ellipsis = \"LEVEL\" }\n",
    );
    let mut level = "LEVEL";
    for (next, expected, fails_at) in [
        ("off", &["LAC303 a/one.md"][..], None),
        (
            "note",
            &["LAC303 a/one.md", "LAC303 b/two.md"],
            Some("note"),
        ),
        (
            "warning",
            &["LAC303 a/one.md", "LAC303 b/two.md"],
            Some("warning"),
        ),
        (
            "error",
            &["LAC303 a/one.md", "LAC303 b/two.md"],
            Some("error"),
        ),
    ] {
        project.edit("lacuna.toml", level, next);
        level = next;
        let mut found: Vec<String> = project
            .findings(&[])
            .into_iter()
            .map(|(about, _)| about)
            .collect();
        found.retain(|about| about.starts_with("LAC303"));
        assert_eq!(found, expected, "{next}");
        // The other folder is left out, so that this one alone decides.
        let levels = ["note", "warning", "error"];
        let fails = levels
            .iter()
            .rev()
            .find(|fail_on| project.audit(&["b", "--fail-on", fail_on]).code == 1);
        assert_eq!(fails.copied(), fails_at, "{next}");
    }
}

#[test]
fn phrases_of_the_project_are_endings_too() {
    let project = Project::locked("policy-phrases");
    let ending = "Wer mehr wissen will, fragt in der Teestube nach Frau Meier.\n";
    project.write(
        "tee.md",
        format!("# Tee\n\nDie Kanne wird zuerst gewärmt.\n\n{ending}"),
    );
    project.audit(&["--update"]).expect(0);
    project.check(&[], &[]);
    project.write(
        "lacuna.toml",
        "[audit]\nphrases = [\"in der  TEESTUBE nach\"]\n",
    );
    project.check(&[], &["LAC310 tee.md"]);
    project.check(&["--no-config"], &[]);
}

/// A document of twenty paragraphs of `chars` characters of match text each.
fn long(chars: usize) -> String {
    let paragraphs =
        ('a'..='t').map(|letter| format!("{}.\n\n", letter.to_string().repeat(chars - 1)));
    paragraphs.collect()
}

#[test]
fn the_limits_are_five_percent_or_two_hundred_characters() {
    for (chars, text, limits, code) in [
        // One of twenty is five percent, and not more.
        (100, 1, "", "LAC104"),
        (100, 2, "", "LAC103"),
        // Four percent, and more than 200 characters.
        (300, 1, "", "LAC103"),
        (200, 1, "", "LAC104"),
        (300, 1, "limits = { chars = 300 }", "LAC104"),
        (100, 1, "limits = { percent = 4.9 }", "LAC103"),
        (100, 2, "limits = { percent = 10 }", "LAC104"),
    ] {
        let project = Project::new("policy-limits");
        let whole = long(chars);
        project.write("long.md", &whole);
        project.audit(&["--init"]).expect(0);
        project.write("lacuna.toml", format!("[audit]\n{limits}\n"));
        let rest: Vec<&str> = whole.split_inclusive("\n\n").skip(text).collect();
        project.write("long.md", rest.concat());
        let found = project.findings(&[]);
        let codes: Vec<&str> = found.iter().map(|(about, _)| about.as_str()).collect();
        assert!(
            codes.contains(&format!("{code} long.md").as_str()),
            "{chars} {text} {limits}: {found:?}"
        );
    }
}

#[test]
fn a_suppression_says_who_answers_for_it_and_until_when() {
    let project = Project::locked("policy-owner");
    project.edit("tea.md", SECOND, "");
    let suppress = |until: &str| {
        format!(
            "[[audit.suppress]]\ncode = [\"shrunk\"]\nglob = \"tea.md\"\nreason = \"was wrong\"\n\
             owner = \"mei@example.org\"\nuntil = {until}\n"
        )
    };
    project.write("lacuna.toml", suppress("9999-12-31"));
    project.check(&[], &[]);
    let json = project.audit(&["--format", "json"]);
    assert!(
        json.text().contains("was wrong (mei@example.org)"),
        "{}",
        json.text()
    );
    project.write("lacuna.toml", suppress("2020-01-31"));
    let expired = project.findings(&[]);
    let said = "suppressed LAC103 in tea.md until 2020-01-31, ask mei@example.org";
    assert!(
        expired.iter().any(|(_, message)| message == said),
        "{expired:?}"
    );
    project.write("lacuna.toml", suppress("\"tomorrow\""));
    let run = project.audit(&[]).expect(2);
    assert!(
        run.stderr.contains("is no day such as 2027-01-31"),
        "{}",
        run.stderr
    );
}
