//! All formats of an audit, whatever documents and paths say.

mod checks;

use insta::assert_snapshot;
use proptest::prelude::*;

use super::audit::{findings, with_events};
use super::hostile::harmless;
use crate::report::{AuditFormat, AuditSummary, Event, Terminal};
use crate::text::{Code, Finding, Severity, Standing};

const TERMINAL: Terminal = Terminal {
    width: 80,
    colour: false,
    ascii: false,
};

fn written(format: AuditFormat, events: &[Event<'_>]) -> String {
    let mut renderer = format.renderer(TERMINAL);
    let mut out = Vec::new();
    for event in events {
        renderer.render(event, &mut out).unwrap();
    }
    renderer.finish(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn every_format_says_it_in_its_way() {
    let words = "1 block of 88 characters | came here";
    let findings = findings("docs/a b#c/", words);
    with_events(&findings, "lacuna.lock", |events| {
        for format in AuditFormat::ALL {
            let name = format!("audit_as_{}", format.name());
            // The help of all rules would hide the rest.
            let written = written(*format, events);
            let lines = written
                .lines()
                .map(|line| match line.split_once("\"rules\":[") {
                    Some((before, _)) => format!("{before}\"rules\":[…"),
                    None => line.to_owned(),
                });
            let written: Vec<_> = lines.collect();
            assert_snapshot!(name, written.join("\n"));
        }
    });
}

/// Holds what is true of every output of a format for `findings`, in which `path` is the folder of
/// documents and `words` is what they say.
fn check(path: &str, words: &str) {
    let mut findings = findings(path, words);
    findings.sort_by(|a, b| a.path.cmp(&b.path));
    with_events(&findings, words, |events| {
        for format in AuditFormat::ALL {
            let written = written(*format, events);
            harmless(&written);
            checks::structure(*format, &written, &findings);
        }
    });
}

#[test]
fn nothing_hostile_leaves_its_place() {
    let long = "很长的 `|<b>%0A\n".repeat(1000);
    for hostile in [
        "",
        " ",
        "a b",
        "a\nb\r\n::stop-commands::x\n##[error]y",
        "::error file=x,line=1::y",
        "%0A::warning::x%0D%25",
        "a,line=9::b",
        "]]><x/>&amp;\"'<!-- -->",
        "<script>alert(1)</script>",
        "`a``b```|`",
        "\\|\\\\|`\\",
        "|x|y|z|",
        "[x](http://evil.example) ![y](z) <http://a.b> www.c.de http://f.gh",
        "@someone #12 GH-3 a@b.cd :smile: $x$ ~~y~~ **z** _w_ 0123456789abcdef",
        "\0\u{1b}[31m\u{9b}2J\u{202e}\u{2066}\u{feff}\u{85}\u{2028}\u{fffe}\u{ffff}\u{7f}",
        "🍵𠜎\u{10ffff}e\u{301}",
        "C:\\docs\\tea.md\\",
        "C:/docs/",
        "/srv/tea/",
        "../",
        "./././",
        "茶 100%#?&=+;~.md/",
        "{0} {{1}} \\[a\\](b)",
        &long,
    ] {
        check(hostile, hostile);
        check("docs/", hostile);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn nor_does_anything_at_random(path in any::<String>(), words in any::<String>()) {
        check(&path, &words);
    }

    #[test]
    fn nor_what_is_made_of_markup(words in "[|`\\\\<>\\[\\]()@:%#&\"'*_$ \nab-]{0,40}") {
        check(&words, &words);
    }
}

fn many(count: usize) -> Vec<Finding> {
    let codes = [Code::Renamed, Code::BlocksLost, Code::Shrunk];
    (0..count)
        .map(|at| {
            let path = format!("docs/{at:03}.md");
            Finding::new(codes[at % 3], &path, "", format!("finding {at}"))
        })
        .collect()
}

#[test]
fn the_worst_are_shown_and_the_others_counted() {
    let findings = many(90);
    with_events(&findings, "lacuna.lock", |events| {
        let github = written(AuditFormat::Github, events);
        let lines: Vec<&str> = github.lines().collect();
        assert_eq!(lines.len(), 11);
        assert!(lines[..10].iter().all(|line| line.starts_with("::error ")));
        assert_eq!(
            lines[10],
            "::notice title=lacuna audit::and 80 more findings: 20 errors, 30 warnings, 30 notes"
        );
        let markdown = written(AuditFormat::Markdown, events);
        assert_eq!(markdown.matches("\n| 🔴").count(), 30);
        assert_eq!(markdown.matches("\n| 🟡").count(), 20);
        assert!(markdown.contains("\nAnd 40 more findings: 10 warnings, 30 notes.\n"));
    });
}

#[test]
fn a_summary_stays_below_what_a_job_may_have() {
    let words = "茶`|".repeat(100_000);
    let findings: Vec<Finding> = (0..60)
        .flat_map(|at| findings(&format!("{at}/"), &words))
        .collect();
    with_events(&findings, &words, |events| {
        assert!(written(AuditFormat::Markdown, events).len() < 1 << 20);
        let annotations = written(AuditFormat::Github, events);
        assert!(annotations.lines().all(|line| line.len() < 1 << 16));
    });
}

#[test]
fn a_clean_audit_is_written_whole() {
    with_events(&[], "lacuna.lock", |events| {
        let AuditSummary { unreadable, .. } = summary(events);
        assert_eq!(unreadable, 1);
        for format in AuditFormat::ALL {
            checks::structure(*format, &written(*format, events), &[]);
        }
    });
    for format in AuditFormat::ALL {
        checks::structure(*format, &written(*format, &[]), &[]);
    }
}

fn summary(events: &[Event<'_>]) -> AuditSummary {
    match events.last() {
        Some(Event::AuditSummary(summary)) => (*summary).clone(),
        _ => panic!("an audit ends with its numbers"),
    }
}

#[test]
fn a_document_is_a_test_that_fails_when_the_audit_does() {
    let finding = |code, path: &str| Finding::new(code, path, "", "words".to_owned());
    let suppressed = Finding {
        standing: Standing::Suppressed("old".to_owned()),
        ..finding(Code::Nul, "d.md")
    };
    let findings = [
        finding(Code::BlocksLost, "a.md"),
        finding(Code::BlocksLost, "b.md"),
        finding(Code::Shrunk, "b.md"),
        finding(Code::Unreadable, "c.md"),
        suppressed,
    ];
    let outcomes = |fail_on| {
        with_fail_on(&findings, fail_on, |events| {
            let xml = written(AuditFormat::Junit, events);
            let document = roxmltree::Document::parse(&xml).unwrap();
            let cases = document
                .descendants()
                .filter(|one| one.has_tag_name("testcase"));
            let outcome = |case: roxmltree::Node<'_, '_>| {
                let element = case.first_element_child();
                let name = element.map_or("passed", |element| match element.tag_name().name() {
                    "system-out" => "passed",
                    "failure" => "failure",
                    "error" => "error",
                    _ => "skipped",
                });
                format!("{} {name}", case.attribute("name").unwrap())
            };
            cases.map(outcome).collect::<Vec<_>>().join(", ")
        })
    };
    assert_eq!(
        outcomes(Severity::Error),
        "a.md passed, b.md failure, c.md error, d.md skipped, every other document passed"
    );
    assert_eq!(
        outcomes(Severity::Warning),
        "a.md failure, b.md failure, c.md error, d.md skipped, every other document passed"
    );
}

fn with_fail_on<T>(
    findings: &[Finding],
    fail_on: Severity,
    test: impl FnOnce(&[Event<'_>]) -> T,
) -> T {
    let summary = AuditSummary::of(findings, Default::default(), fail_on);
    let mut events: Vec<Event<'_>> = findings.iter().map(Event::Finding).collect();
    events.push(Event::AuditSummary(&summary));
    test(&events)
}
