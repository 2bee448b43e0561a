//! An audit, in text and as JSON.

use insta::assert_snapshot;

use super::sample::{lines, rendered};
use super::schemas::check;
use crate::report::{
    Against, AuditJson, AuditSummary, Event, ExclusionRule, Options, Terminal, Text,
};
use crate::text::{Code, Finding, Related, Severity, Standing};

pub(super) const AUDIT: &str = include_str!("../../../docs/schema/audit.v1.json");

/// Findings with something in every field, for documents below `folder`.
pub(super) fn findings(folder: &str, words: &str) -> Vec<Finding> {
    let path = format!("{folder}tea.md");
    let related = |path: &str, at, words: &str| Related {
        path: path.to_owned(),
        lines: at,
        words: words.to_owned(),
    };
    let shrunk = "lost 412 of 4930 characters (8 %): 2 of 24 blocks are gone".to_owned();
    let shrunk = Finding::new(Code::Shrunk, &path, "", shrunk).with_related(vec![
        related(
            &path,
            Some(lines(13, 13)),
            "2 blocks went after this (400 characters)",
        ),
        related(&path, None, words),
        related(
            "docs/coffee.md",
            Some(lines(5, 9)),
            "1 block of 88 characters came here",
        ),
    ]);
    let cut = "ends inside a sentence, after “and then the water is”".to_owned();
    let cut = Finding::new(Code::EndsInSentence, &path, "", cut).at(lines(40, 40));
    let standing = |code, standing| Finding {
        standing,
        ..Finding::new(code, "docs/old.md", "", words.to_owned())
    };
    vec![
        shrunk,
        cut,
        standing(Code::Duplicate, Standing::Baseline),
        standing(Code::Nul, Standing::Suppressed(words.to_owned())),
        standing(
            Code::Lost,
            Standing::Allowed {
                commit: "1a2b3c4".to_owned(),
                reason: words.to_owned(),
            },
        ),
        Finding::new(Code::LockBehind, "lacuna.lock", "", words.to_owned()),
    ]
}

pub(super) fn with_events(findings: &[Finding], path: &str, test: impl FnOnce(&[Event<'_>])) {
    let against = Against::Lock {
        path: path.to_owned(),
        documents: 24,
    };
    let summary = AuditSummary {
        documents: 24,
        bytes: 120_034,
        excluded: 1,
        unreadable: 1,
        ..AuditSummary::of(findings, against, Severity::Error)
    };
    let mut events: Vec<Event<'_>> = findings.iter().map(Event::Finding).collect();
    events.push(Event::Excluded {
        path,
        rule: ExclusionRule::Binary,
    });
    events.push(Event::AuditSummary(&summary));
    test(&events);
}

fn text(events: &[Event<'_>], width: usize, ascii: bool) -> String {
    let terminal = Terminal {
        width,
        colour: false,
        ascii,
    };
    rendered(Text::new(terminal, Options::default()), events)
}

#[test]
fn findings_stand_under_their_paths() {
    let findings = findings("docs/", "moved within the document: 88 characters");
    with_events(&findings, "lacuna.lock", |events| {
        assert_snapshot!(text(events, 80, false));
    });
}

#[test]
fn json_keeps_to_its_schema() {
    let findings = findings("docs/", "words");
    with_events(&findings, "lacuna.lock", |events| {
        let json = check(AUDIT, &rendered(AuditJson::default(), events));
        let findings = json["findings"].as_array().unwrap();
        assert_eq!(findings.len(), 6);
        assert_eq!(findings[0]["code"], "LAC103");
        assert_eq!(findings[4]["commit"], "1a2b3c4");
        let summary = &json["summary"];
        assert_eq!(summary["failing"], 1);
        assert_eq!(summary["new"]["warning"], 1);
        assert_eq!(
            (&summary["baseline"], &summary["allowed"]),
            (&1.into(), &1.into())
        );
    });
    with_events(&[], "lacuna.lock", |events| {
        check(AUDIT, &rendered(AuditJson::default(), &events[1..]));
    });
}

#[test]
fn no_finding_drives_a_terminal() {
    let hostile = "a\x1b]0;x\x07\nb\r\t\u{9b}31m\u{202e}\u{2066}\u{85}\u{2028}\u{feff}.md";
    let findings = findings(hostile, hostile);
    with_events(&findings, hostile, |events| {
        for ascii in [false, true] {
            for width in [0, 40, 80, 300] {
                super::hostile::harmless(&text(events, width, ascii));
            }
        }
        super::hostile::harmless(&rendered(AuditJson::default(), events));
    });
}
