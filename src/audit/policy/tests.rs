use super::*;
use crate::text::{Finding, Standing};

fn policy(text: &str) -> Policy {
    Policy::from_toml(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn finding(code: Code, path: &str) -> Finding {
    Finding::new(code, path, "", String::new())
}

fn on(day: &str) -> Circumstances<'static> {
    Circumstances {
        today: day.parse().expect("a day"),
        config: "lacuna.toml",
        complete: true,
    }
}

#[test]
fn more_than_either_limit_is_too_much() {
    let limits = Limits::default();
    for (lost, total, expected) in [
        (0, 0, false),
        (200, 4000, false),
        (201, 1_000_000, true),
        (5, 100, false),
        (6, 100, true),
    ] {
        assert_eq!(limits.forbid(lost, total), expected, "{lost} of {total}");
    }
}

#[test]
fn later_rules_count_for_what_they_say() {
    let policy = policy(
        "[audit]\nlimits = { percent = 1 }\nseverity = { shrunk = 'warning' }\n\
        [[audit.path]]\nglob = 'a/**'\nseverity = { LAC301 = 'off' }\nlimits = { chars = 9 }\n\
        [[audit.path]]\nglob = ['*.txt', 'a/b/']\nseverity = { ends-in-sentence = 'error' }\n",
    );
    let severity = |path| policy.severity(Code::EndsInSentence, path);
    assert_eq!(severity("c.md"), Some(Severity::Warning));
    assert_eq!(severity("a/c.md"), None);
    assert_eq!(severity("a/c.txt"), Some(Severity::Error));
    assert_eq!(severity("a/b/c.md"), Some(Severity::Error));
    assert_eq!(policy.severity(Code::Shrunk, "a"), Some(Severity::Warning));
    assert_eq!(
        policy.limits("a/c"),
        Limits {
            percent: 1.0,
            chars: 9
        }
    );
    assert_eq!(
        policy.limits("c"),
        Limits {
            percent: 1.0,
            chars: 200
        }
    );
}

#[test]
fn what_has_no_meaning_is_an_error_with_its_line() {
    for (text, expected) in [
        (
            "[audti]\n",
            "line 1: unknown field `audti`; did you mean `audit`?",
        ),
        (
            "[audit]\nphrase = []\n",
            "line 2: unknown field `phrase`; did you mean `phrases`?",
        ),
        (
            "[audit]\nseverity = { LAC3001 = 'off' }\n",
            "line 2: `LAC3001` is no code; did you mean `LAC301`?",
        ),
        (
            "[audit]\nseverity = { shrank = 'off' }\n",
            "line 2: `shrank` is no code; did you mean `shrunk`?",
        ),
        (
            "[audit]\nseverity = { LAC301 = 'warn' }\n",
            "line 2: unknown variant `warn`; did you mean `warning`?",
        ),
        (
            "\n[[audit.path]]\nglob = 'a['\n",
            "line 2: `a[` is no glob: unclosed character class; missing ']'",
        ),
        (
            "[[audit.path]]\nglob = 'a'\nfloor = { document = 1 }\n",
            "line 3: unknown field `document`; did you mean `documents`?",
        ),
        (
            "[[audit.path]]\nglob = 'a'\nlimits = { percent = 101 }\n",
            "line 1: limits.percent is not from 0 to 100",
        ),
        (
            "[audit]\nlimits = { percent = -1 }\n",
            "audit.limits.percent is not from 0 to 100",
        ),
        (
            "\n\n[[audit.suppress]]\nglob = 'a'\ncode = 'LAC999'\n",
            "line 3: `LAC999` is no code; did you mean `LAC109`?",
        ),
        (
            "[[audit.suppress]]\nglob = 'a'\ncode = 'shrunk'\nuntil = 'soon'\n",
            "line 1: until = soon is no day such as 2027-01-31",
        ),
        (
            "[[audit.suppress]]\nglob = 'a'\ncode = 'unreadable'\n",
            "line 1: LAC904 is always an error: what could not be read was not audited",
        ),
        (
            "[audit]\nseverity = { unreadable = 'off' }\n",
            "LAC904 is always an error: what could not be read was not audited",
        ),
    ] {
        let error = Policy::from_toml(text).expect_err(text);
        assert_eq!(error.message(), expected);
    }
}

const SUPPRESSED: &str = "[[audit.suppress]]\ncode = ['LAC301', 'ends-with-ellipsis']\nglob = 'poems/**'\n\
    reason = 'they end so'\nowner = 'Mei'\nuntil = 2027-01-31\n";

#[test]
fn a_suppression_covers_what_it_names_until_its_day() {
    let policy = policy(SUPPRESSED);
    let found = || {
        vec![
            finding(Code::EndsInSentence, "poems/a.md"),
            finding(Code::EndsInSentence, "a.md"),
        ]
    };
    let judged = policy.judge(found(), &on("2027-01-31"));
    assert_eq!(
        judged[0].standing,
        Standing::Suppressed("they end so (Mei)".into())
    );
    assert_eq!(judged[1].standing, Standing::New);
    assert_eq!(judged.len(), 2);
    let judged = policy.judge(found(), &on("2027-02-01"));
    assert_eq!(judged[0].standing, Standing::New);
    assert_eq!(judged[2].code, Code::Expired);
    assert_eq!(
        judged[2].message,
        "suppressed LAC301, LAC303 in poems/** until 2027-01-31, ask Mei"
    );
    assert_eq!(judged[2].lines.map(|lines| lines.first), Some(1));
}

#[test]
fn a_suppression_that_covers_nothing_is_stale_if_all_was_audited() {
    let policy = policy(SUPPRESSED);
    let judged = policy.judge(Vec::new(), &on("2026-01-01"));
    assert_eq!(
        judged.iter().map(|one| one.code).collect::<Vec<_>>(),
        [Code::StaleSuppression]
    );
    let part = Circumstances {
        complete: false,
        ..on("2026-01-01")
    };
    assert_eq!(policy.judge(Vec::new(), &part), []);
}

#[test]
fn a_suppression_without_a_reason_is_a_finding() {
    for reason in ["", "reason = ' '\n"] {
        let policy = policy(&format!(
            "[[audit.suppress]]\ncode = 'empty'\nglob = '*'\n{reason}"
        ));
        let judged = policy.judge(vec![finding(Code::Empty, "a.md")], &on("2026-01-01"));
        assert!(!judged[0].counts());
        assert_eq!(judged[1].code, Code::NoReason);
        assert_eq!(judged[1].message, "suppresses LAC502 in * without a reason");
    }
}

#[test]
fn findings_that_are_off_are_gone_and_cover_nothing() {
    let text = format!(
        "[audit]\nseverity = {{ LAC301 = 'off', stale-suppression = 'error' }}\n{SUPPRESSED}"
    );
    let judged = policy(&text).judge(
        vec![finding(Code::EndsInSentence, "poems/a.md")],
        &on("2026-01-01"),
    );
    assert_eq!(judged.len(), 1);
    assert_eq!(
        (judged[0].code, judged[0].severity),
        (Code::StaleSuppression, Severity::Error)
    );
}

#[test]
fn floors_and_ratchets() {
    let policy = policy(
        "[[audit.path]]\nglob = 'a/**'\nfloor = { documents = 3, chars = 10 }\n\
        [[audit.path]]\nglob = '**'\nratchet = ['documents', 'comments']\n",
    );
    let document = |chars, comments| Amounts {
        documents: 1,
        chars,
        comments,
        assets: 0,
    };
    let now = [
        ("a/1", document(9, 1)),
        ("a/2", document(9, 1)),
        ("b", document(9, 1)),
    ];
    let before = [("a/1", document(9, 0)), ("old", document(9, 4))];
    let said = |before: Option<&[(&'static str, Amounts)]>| -> Vec<String> {
        let before = before.map(|before| before.iter().copied());
        let found = policy.below_floors("lacuna.toml", now.iter().copied(), before);
        assert!(found.iter().all(|finding| finding.code == Code::BelowFloor));
        found.into_iter().map(|finding| finding.message).collect()
    };
    assert_eq!(said(None), ["a/** has 2 documents, and must have 3"]);
    assert_eq!(
        said(Some(&before)),
        [
            "a/** has 2 documents, and must have 3",
            "** has 3 comments, and had 4"
        ]
    );
}

/// The example of the page is one, and the schema knows every key that the reader knows.
mod page {
    use serde_json::Value;

    use super::*;

    fn read(path: &str) -> String {
        let path = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(path).expect("it is there")
    }

    fn schema() -> Value {
        serde_json::from_str(&read("docs/schema/lacuna-toml.v1.json")).expect("JSON")
    }

    /// The blocks of TOML in a page.
    fn examples(page: &str) -> Vec<String> {
        let parts = page.split("```toml\n").skip(1);
        parts
            .filter_map(|part| Some(part.split_once("```")?.0.to_owned()))
            .collect()
    }

    /// A value of TOML as editors see it.
    fn json(value: toml::Value) -> Value {
        match value {
            toml::Value::Datetime(day) => Value::String(day.to_string()),
            toml::Value::Array(all) => all.into_iter().map(json).collect(),
            toml::Value::Table(all) => all
                .into_iter()
                .map(|(key, value)| (key, json(value)))
                .collect(),
            other => serde_json::to_value(other).expect("plain values"),
        }
    }

    #[test]
    fn the_examples_are_read_and_keep_to_the_schema() {
        let validator = jsonschema::validator_for(&schema()).expect("a schema");
        let pages = [read("docs/policy.md"), read("docs/comments.md")];
        let examples: Vec<String> = pages.iter().flat_map(|page| examples(page)).collect();
        assert!(examples.len() >= 2);
        for example in examples {
            policy(&example);
            let value = toml::from_str(&example).expect("TOML");
            let wrong: Vec<String> = validator
                .iter_errors(&json(value))
                .map(|wrong| wrong.to_string())
                .collect();
            assert_eq!(wrong, [""; 0], "{example}");
        }
        let unknown = serde_json::json!({ "audit": { "phrase": [] } });
        assert!(!validator.is_valid(&unknown), "unknown keys are errors");
    }

    /// The keys that the reader knows at a place: it names them when it meets one that it does not.
    fn known(before: &str) -> Vec<String> {
        let error = toml::from_str::<File>(&format!("{before}__ = 1\n")).err();
        let message = error.expect("an unknown key").message().to_owned();
        let known = message.split_once("expected ").expect("it names them").1;
        known
            .split('`')
            .skip(1)
            .step_by(2)
            .map(str::to_owned)
            .collect()
    }

    #[test]
    fn the_schema_has_every_key_that_the_reader_knows() {
        let schema = schema();
        for (before, place) in [
            ("", "/properties"),
            ("[audit]\n", "/$defs/audit/properties"),
            ("[audit.limits]\n", "/$defs/limits/properties"),
            ("[[audit.path]]\nglob = 'a'\n", "/$defs/path/properties"),
            (
                "[[audit.path]]\nglob = 'a'\n[audit.path.floor]\n",
                "/$defs/floor/properties",
            ),
            (
                "[[audit.suppress]]\nglob = 'a'\ncode = 'empty'\n",
                "/$defs/suppress/properties",
            ),
        ] {
            let keys = schema.pointer(place).and_then(Value::as_object);
            let mut keys: Vec<&String> = keys.unwrap_or_else(|| panic!("{place}")).keys().collect();
            let mut known = known(before);
            keys.sort();
            known.sort();
            assert_eq!(keys, known.iter().collect::<Vec<_>>(), "{place}");
        }
    }
}
