//! What of SARIF is written. The names are the standard's.

use serde::Serialize;

use super::{Uri, uri};
use crate::report::explanation;
use crate::text::{Code, ExclusionRule, Finding, LineRange, Related, Severity, Standing};

/// Where the schema of the standard is published.
pub(super) const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What relative URIs are relative to: the folder that the program was run in, by convention the
/// root of a checkout.
const ROOT: &str = "%SRCROOT%";

/// Everything of a run that comes before its results.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Head {
    tool: Tool,
    automation_details: AutomationDetails,
    column_kind: &'static str,
    original_uri_base_ids: UriBaseIds,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    version: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    information_uri: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: String,
    name: &'static str,
    short_description: Text,
    full_description: Text,
    help: Help,
    default_configuration: Configuration,
    properties: RuleProperties,
}

#[derive(Debug, Serialize)]
struct Text {
    text: String,
}

#[derive(Serialize)]
struct Help {
    text: &'static str,
    markdown: &'static str,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct RuleProperties {
    tags: [&'static str; 1],
}

#[derive(Serialize)]
struct AutomationDetails {
    id: &'static str,
}

#[derive(Serialize)]
struct UriBaseIds {
    #[serde(rename = "%SRCROOT%")]
    root: RootDescription,
}

#[derive(Serialize)]
struct RootDescription {
    description: Text,
}

impl Head {
    pub(super) fn new() -> Self {
        let driver = Driver {
            name: "lacuna",
            semantic_version: env!("CARGO_PKG_VERSION"),
            version: env!("CARGO_PKG_VERSION"),
            information_uri: env!("CARGO_PKG_REPOSITORY"),
            rules: Code::ALL.iter().map(|code| rule(*code)).collect(),
        };
        let description = text("The folder that lacuna was run in.");
        Self {
            tool: Tool { driver },
            // With nothing after the slash it is a category: one run replaces the one before.
            automation_details: AutomationDetails {
                id: "lacuna-audit/",
            },
            column_kind: "unicodeCodePoints",
            original_uri_base_ids: UriBaseIds {
                root: RootDescription { description },
            },
        }
    }
}

fn text(text: &str) -> Text {
    Text {
        text: text.to_owned(),
    }
}

fn rule(code: Code) -> Rule {
    let summary = code.summary();
    Rule {
        id: code.to_string(),
        name: code.name(),
        short_description: text(summary),
        full_description: text(&format!("{summary}.")),
        help: Help {
            text: explanation(code),
            markdown: explanation(code),
        },
        default_configuration: Configuration {
            level: level(code.severity()),
        },
        properties: RuleProperties {
            tags: [code.family().name()],
        },
    }
}

/// The standard's name for a severity.
fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

/// A finding.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Result {
    rule_id: String,
    level: &'static str,
    message: Text,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: Fingerprints,
    baseline_state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressions: Option<[Suppression; 1]>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fingerprints {
    #[serde(rename = "lacuna/v1")]
    lacuna: String,
    /// The only one that GitHub looks at. It would else be a hash of the line, and a finding would
    /// be another one when a word of that line changed.
    primary_location_line_hash: String,
}

#[derive(Serialize)]
struct Suppression {
    kind: &'static str,
    status: &'static str,
    justification: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactLocation {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    end_line: u32,
}

impl From<&Finding> for Result {
    fn from(finding: &Finding) -> Self {
        let related = finding.related.iter().zip(1..);
        Self {
            rule_id: finding.code.to_string(),
            level: level(finding.severity),
            message: text(&plain(&finding.message)),
            locations: [location(&finding.path, finding.lines)],
            related_locations: related.map(|(place, id)| other_place(place, id)).collect(),
            partial_fingerprints: Fingerprints {
                lacuna: finding.fingerprint.to_string(),
                primary_location_line_hash: finding.fingerprint.to_string(),
            },
            baseline_state: match finding.standing {
                Standing::Baseline => "unchanged",
                _ => "new",
            },
            suppressions: suppression(&finding.standing).map(|one| [one]),
        }
    }
}

fn suppression(standing: &Standing) -> Option<Suppression> {
    let justification = match standing {
        Standing::New | Standing::Baseline => return None,
        Standing::Suppressed(reason) => reason.clone(),
        Standing::Allowed { commit, reason } => format!("allowed by commit {commit}: {reason}"),
    };
    Some(Suppression {
        kind: "external",
        status: "accepted",
        justification,
    })
}

/// A place of a finding. What is about a whole document is at its first line: the standard needs no
/// region there, but several programs that read it drop results, or all of them, without one.
fn location(path: &str, lines: Option<LineRange>) -> Location {
    let lines = lines.unwrap_or(LineRange { first: 1, last: 1 });
    Location {
        id: None,
        physical_location: PhysicalLocation {
            artifact_location: artifact(path),
            region: Region {
                start_line: lines.first,
                end_line: lines.last,
            },
        },
        message: None,
    }
}

fn other_place(place: &Related, id: usize) -> Location {
    Location {
        id: Some(id),
        message: Some(text(&plain(&place.words))),
        ..location(&place.path, place.lines)
    }
}

fn artifact(path: &str) -> ArtifactLocation {
    let (uri, uri_base_id) = match uri::of(path) {
        Uri::Relative(uri) => (uri, Some(ROOT)),
        Uri::Absolute(uri) => (uri, None),
    };
    ArtifactLocation { uri, uri_base_id }
}

/// A message in which nothing is a link: `[words](target)` is one even in plain text. No backslash
/// would do, for there may be one before the bracket.
fn plain(message: &str) -> String {
    message.replace("](", "] (")
}

/// What a run says that is no finding.
#[derive(Debug, Serialize)]
pub(super) struct Notification {
    level: &'static str,
    message: Text,
    locations: [Location; 1],
}

impl Notification {
    /// That an input was left out.
    pub(super) fn new(path: &str, rule: ExclusionRule) -> Self {
        let words = format!("left out: {}", rule.name());
        Self {
            level: "note",
            message: text(&words),
            locations: [location(path, None)],
        }
    }
}

/// How a run ended: what comes after its results.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Invocation<'a> {
    /// Whether every document was read.
    pub(super) execution_successful: bool,
    pub(super) tool_execution_notifications: &'a [Notification],
}
