//! What every output of a format must be, whatever is in it.

use std::collections::HashSet;

use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::Value;

use super::super::audit::AUDIT;
use super::super::schemas;
use crate::report::AuditFormat;
use crate::report::escape::line;
use crate::report::markup::visible;
use crate::report::worst::clipped;
use crate::text::Finding;

const SARIF: &str = include_str!("../../../../tests/schemas/sarif-2.1.0.json");

/// Checks what `format` made of `findings`.
pub(super) fn structure(format: AuditFormat, written: &str, findings: &[Finding]) {
    match format {
        AuditFormat::Text => {}
        AuditFormat::Json => json(written, findings),
        AuditFormat::Sarif => sarif(written, findings),
        AuditFormat::Junit => junit(written, findings),
        AuditFormat::Github => github(written, findings),
        AuditFormat::Gitlab => gitlab(written, findings),
        AuditFormat::Markdown => markdown(written, findings),
    }
}

fn json(written: &str, findings: &[Finding]) {
    // Without any event there is no document.
    if !written.is_empty() {
        let json = schemas::check(AUDIT, written);
        assert_eq!(json["findings"].as_array().unwrap().len(), findings.len());
    }
}

fn sarif(written: &str, findings: &[Finding]) {
    let json: Value = serde_json::from_str(written).unwrap();
    thread_local! {
        static VALIDATOR: jsonschema::Validator = {
            // Not every reader of regular expressions takes this one, for a language, which is not
            // written here.
            let schema = SARIF.replace("^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$", ".");
            let schema: Value = serde_json::from_str(&schema).unwrap();
            jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
        };
    }
    VALIDATOR.with(|validator| {
        if let Some(error) = validator.iter_errors(&json).next() {
            panic!("{error} at {}", error.instance_path());
        }
    });
    let run = &json["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), findings.len());
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for (result, finding) in results.iter().zip(findings) {
        assert!(rules.iter().any(|rule| rule["id"] == result["ruleId"]));
        let message = result["message"]["text"].as_str().unwrap();
        assert!(!message.contains("]("), "{message:?} has a link");
        assert_eq!(message, finding.message.replace("](", "] ("));
        let uri = &result["locations"][0]["physicalLocation"]["artifactLocation"];
        let relative = uri["uriBaseId"] == "%SRCROOT%";
        let uri = uri["uri"].as_str().unwrap();
        assert_eq!(relative, !uri.starts_with("file:///"), "{uri}");
    }
}

fn junit(written: &str, findings: &[Finding]) {
    let document = roxmltree::Document::parse(written).unwrap();
    let cases = || {
        document
            .descendants()
            .filter(|node| node.has_tag_name("testcase"))
    };
    let paths: HashSet<&str> = findings.iter().map(|finding| &*finding.path).collect();
    assert_eq!(cases().count(), paths.len() + 1);
    let count = |name| {
        document
            .descendants()
            .filter(|node| node.has_tag_name(name))
            .count()
    };
    for suite in document
        .descendants()
        .filter(|node| node.has_attribute("tests"))
    {
        for (attribute, element) in [
            ("tests", "testcase"),
            ("failures", "failure"),
            ("errors", "error"),
        ] {
            let counted = count(element).to_string();
            assert_eq!(suite.attribute(attribute), Some(&*counted), "{attribute}");
        }
    }
    let said = document
        .descendants()
        .filter_map(|node| node.text())
        .collect::<String>();
    for finding in findings {
        let message = line(&finding.message, false);
        let message = visible(&message);
        assert!(said.contains(&*message), "{message:?} is lost");
        assert!(cases().any(|case| case.attribute("name").is_some()));
    }
}

/// Reads annotations as the runner does: a command to `::`, properties between commas, escapes
/// undone.
fn github(written: &str, findings: &[Finding]) {
    let mut counting = findings.iter().filter(|finding| finding.counts()).count();
    for line in written.lines() {
        let (command, message) = line.strip_prefix("::").unwrap().split_once("::").unwrap();
        let (command, properties) = command.split_once(' ').unwrap();
        assert!(
            ["error", "warning", "notice"].contains(&command),
            "{line:?}"
        );
        let properties: Vec<(&str, &str)> = (properties.split(','))
            .map(|property| property.split_once('=').unwrap())
            .collect();
        if properties[0] == ("title", "lacuna audit") {
            continue;
        }
        counting = counting.saturating_sub(1);
        let names: Vec<&str> = properties.iter().map(|(name, _)| *name).collect();
        assert!(
            names == ["file", "title"] || names == ["file", "line", "endLine", "title"],
            "{line:?}"
        );
        let message = unescaped(message);
        let message = message.lines().next().unwrap_or_default();
        let file = unescaped(properties[0].1);
        let found = findings.iter().any(|finding| {
            let path = finding.path.trim_start_matches("./");
            file == shown(path) && message == shown(&finding.message)
        });
        assert!(found, "{line:?}");
    }
    assert_eq!(counting, 0);
}

/// As an annotation shows it: escaped, and cut off if it is very long.
fn shown(text: &str) -> String {
    line(&clipped(text, 4000), false).into_owned()
}

fn unescaped(text: &str) -> String {
    text.replace("%0A", "\n")
        .replace("%0D", "\r")
        .replace("%3A", ":")
        .replace("%2C", ",")
        .replace("%25", "%")
}

fn gitlab(written: &str, findings: &[Finding]) {
    let json: Value = serde_json::from_str(written).unwrap();
    let issues = json.as_array().unwrap();
    let counting: Vec<&Finding> = findings.iter().filter(|finding| finding.counts()).collect();
    assert_eq!(issues.len(), counting.len());
    let mut fingerprints = HashSet::new();
    for (issue, finding) in issues.iter().zip(counting) {
        assert!(fingerprints.insert(issue["fingerprint"].as_str().unwrap()));
        assert!(
            issue["description"]
                .as_str()
                .unwrap()
                .ends_with(&finding.message)
        );
        assert_eq!(
            issue["location"]["path"],
            finding.path.trim_start_matches("./")
        );
        assert!(issue["location"]["lines"]["begin"].as_u64().unwrap() >= 1);
        let severity = issue["severity"].as_str().unwrap();
        assert!(["info", "minor", "major", "critical", "blocker"].contains(&severity));
        assert!(issue["check_name"].is_string());
    }
}

/// Reads the summary as GitHub does: what comes from contents is code, and only the renderer's own
/// words are anything else.
fn markdown(written: &str, findings: &[Finding]) {
    let mut cells = 0;
    let mut rows = 0;
    let mut codes = Vec::new();
    for event in Parser::new_ext(written, Options::all()) {
        match event {
            Event::Start(Tag::TableRow) => {
                assert_eq!(cells % 3, 0, "{written}");
                rows += 1;
            }
            Event::Start(Tag::TableCell) => cells += 1,
            Event::Code(code) => codes.push(code.into_string()),
            Event::Html(html) | Event::InlineHtml(html) => {
                let html = html.trim();
                let details =
                    html.starts_with("<details><summary>") && html.ends_with("</summary>");
                assert!(details || html == "</details>", "{html:?}");
            }
            Event::Text(text) => assert!(ours(&text), "{text:?} in {written}"),
            Event::Start(
                Tag::Link { .. }
                | Tag::Image { .. }
                | Tag::FootnoteDefinition(_)
                | Tag::BlockQuote(_)
                | Tag::CodeBlock(_),
            )
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::Rule
            | Event::FootnoteReference(_) => panic!("{event:?} in {written}"),
            _ => {}
        }
    }
    let counting: Vec<&Finding> = findings.iter().filter(|finding| finding.counts()).collect();
    assert_eq!(rows, counting.len().min(50));
    let said = |text: &str| {
        let found = codes.iter().any(|code| code.trim() == text.trim());
        assert!(
            found || text.trim().is_empty(),
            "{text:?} is not in {codes:?}"
        );
    };
    let shown = |text: &str| line(&clipped(text, 400), false).into_owned();
    for finding in counting.iter().take(50) {
        said(&shown(&finding.message).replace("\\|", "\\ |"));
        said(&shown(&finding.path).replace("\\|", "\\ |"));
        for related in finding.related.iter().take(5) {
            said(&shown(&related.words));
            said(&shown(&related.path));
        }
    }
}

/// Whether the renderer may have written this text itself, outside of code.
fn ours(text: &str) -> bool {
    let alphabet = |c: char| c.is_ascii_alphanumeric() || " :;,.()-✅❌🔵🟡🔴\u{202f}".contains(c);
    text.chars().all(alphabet)
}
