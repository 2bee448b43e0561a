//! Whatever documents and paths say, no output drives a terminal.

use proptest::prelude::*;

use super::folder_events::folders;
use super::sample::{collate, entry, folder_pair, rendered, witness};
use crate::report::escape::is_hostile;
use crate::report::width::columns;
use crate::report::{
    BaseReason, CheckFinding, CheckKind, Event, ExclusionRule, Html, Json, JsonLines, Options,
    Summary, Terminal, Text, Unified,
};
use crate::text::LineRange;
use crate::text::Profile;

const PATH: &str = "a\x1b]0;x\x07\nb\r\t\u{9b}31m\u{202e}\u{2066}\u{85}\u{2028}\u{feff}.md";
const BASE: &str = "% k: \x1b[2J\n# \u{9d}head\u{202e}ing\u{7f}\nA \x1b[31mred\x1b[0m\u{200f} line\0.\nTwo \u{9b}x \x08 words here.\n  code\tmore\x1bc\n  \u{2029}x\n!http://x/\x1b[1m\n=9\n@A\x1b[1m|\u{9c}|1|says \u{202d}\x0c\n@B|2|2|only \x1b\n";
const COPY: &str = "% k: \x1b[2J\n# \u{9d}head\u{202e}ing\u{7f}\nA \x1b[32mgreen\x1b[0m\u{200f} line.\nnew \x1b\\ \u{61c}text\n  code\tless\x1bc\n?http://y/\u{9b}1m\n@A\x1b[1m|\u{9c}|2|said \u{202d}\x0c\n@C\u{2067}|3|2|new \x1b\n";

/// All kinds of events, of two documents.
fn check(base: &str, copy: &str, path: &str) {
    let (base, copy) = (witness(base), witness(copy));
    let relation = collate(&base, &copy);
    let (a, b) = (entry("A", path, &base), entry("B", path, &copy));
    let finding = [CheckFinding {
        block: 0,
        lines: LineRange { first: 1, last: 1 },
        kind: CheckKind::Span,
        expected: base.text.clone(),
        found: copy.text.clone(),
    }];
    let summary = Summary::default();
    let pair = folder_pair(path, path);
    let scan = [
        Event::Folders {
            top: path,
            pair: &pair,
        },
        Event::Group {
            number: 1,
            base: a,
            reason: BaseReason::MostAssets,
            copies: 2,
        },
        Event::Relation {
            group: 1,
            base: a,
            copy: b,
            relation: &relation,
            same_as: None,
        },
        Event::Relation {
            group: 1,
            base: a,
            copy: b,
            relation: &relation,
            same_as: Some("B"),
        },
        Event::Alone {
            path,
            profile: &Profile::from(&base),
        },
        Event::Boilerplate {
            excerpt: &base.text,
            documents: 2,
            of: 3,
        },
        Event::Excluded {
            path,
            rule: ExclusionRule::Binary,
        },
        Event::Unreadable {
            path,
            why: &copy.text,
        },
        Event::Summary(&summary),
    ];
    let diff = [Event::Compared {
        base: a,
        copy: b,
        relation: &relation,
    }];
    let normalize = [
        Event::Normalized {
            entry: a,
            check: None,
        },
        Event::Normalized {
            entry: b,
            check: Some(&finding),
        },
    ];
    let options = Options {
        names: true,
        ..Options::default()
    };
    for events in [&scan[..], &diff, &normalize] {
        for ascii in [false, true] {
            for width in [0, 40, 80, 300] {
                let terminal = Terminal {
                    width,
                    colour: false,
                    ascii,
                };
                harmless(&rendered(Text::new(terminal, options), events));
                harmless(&rendered(Text::side_by_side(terminal, options), events));
            }
        }
        harmless(&rendered(Json::new(options), events));
        harmless(&rendered(JsonLines::new(options), events));
        harmless(&rendered(Unified::new(options), events));
    }
    folders(path, |events| {
        for width in [40, 80] {
            let terminal = Terminal {
                width,
                colour: false,
                ascii: false,
            };
            harmless(&rendered(Text::new(terminal, options), events));
        }
        harmless(&rendered(Html::new(options), events));
        harmless(&rendered(JsonLines::new(options), events));
    });
    for line in rendered(JsonLines::new(options), &scan).lines() {
        serde_json::from_str::<serde_json::Value>(line).unwrap();
    }
    let whole: serde_json::Value =
        serde_json::from_str(&rendered(Json::new(options), &scan)).unwrap();
    assert_eq!(whole["groups"][0]["base"]["path"], path);
    for width in [40, 80, 120] {
        headline_fits(&scan[..3], width);
    }
}

/// Only newlines, and tabs in canonical text, are left of all controls.
pub(super) fn harmless(output: &str) {
    let bad = |c: char| is_hostile(c) && c != '\n' && c != '\t';
    assert!(!output.contains(bad), "{output:?}");
}

fn headline_fits(events: &[Event<'_>], width: usize) {
    let terminal = Terminal {
        width,
        colour: false,
        ascii: false,
    };
    let text = rendered(Text::new(terminal, Options::default()), events);
    for line in text.lines().filter(|line| line.starts_with("  B ")) {
        assert!(columns(line) <= width, "{line:?}");
    }
}

#[test]
fn nothing_drives_a_terminal() {
    check(BASE, COPY, PATH);
    check(BASE, BASE, PATH);
    check(COPY, "", PATH);
}

fn document() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        "[%#] \\PC{0,8}",
        "  \\PC{1,8}",
        "@\\pL{0,3}\\|[0-9]{0,2}\\|1\\|\\pL{1,4}",
        "[!?]\\PC{1,8}",
        "\\PC{0,30}",
        "[\u{1b}\u{9b}\u{202e}中文a ]{0,12}",
    ];
    let line = line.prop_filter("a comment has four parts", |line| {
        !line.starts_with('@') || line.split('|').count() >= 4
    });
    prop::collection::vec(line, 0..8).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn nothing_at_random_does_either(base in document(), copy in document(), path in any::<String>()) {
        check(&base, &copy, &path);
    }
}
