//! What is written keeps to the schemas that are published.

use serde_json::{Value, json};

use super::documents::{CUT, GUIDE, LESSON, REVISED};
use super::folder_events::folders;
use super::sample::{collate, entry, folder_pair, lines, rendered, witness};
use crate::report::{
    BaseChoice, BaseReason, CheckFinding, CheckKind, Event, ExclusionRule, Json, JsonLines, Only,
    Options, Summary, Synopsis,
};
use crate::text::{
    Approximation, AssetRow, BlockKind, Blocks, CommentCell, CommentRow, Damage, DamageKind,
    Differs, KeyRow, Move, Profile, Reading, Relation, Row, Span, StructureChange, StructureKind,
    Table, TableCell, Witness,
};

const SCAN: &str = include_str!("../../../docs/schema/scan.v1.json");
const SCAN_LINE: &str = include_str!("../../../docs/schema/scan-line.v1.json");
const DIFF: &str = include_str!("../../../docs/schema/diff.v1.json");
const EXPLAIN: &str = include_str!("../../../docs/schema/explain.v1.json");
const FOLDERS: &str = include_str!("../../../docs/schema/diff-folders.v1.json");
const TABLE: &str = include_str!("../../../docs/schema/diff-table.v1.json");
const NORMALIZE: &str = include_str!("../../../docs/schema/normalize.v1.json");

pub(super) fn check(schema: &str, json: &str) -> Value {
    let schema: Value = serde_json::from_str(schema).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    let json: Value = serde_json::from_str(json).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    if let Some(error) = validator.iter_errors(&json).next() {
        panic!("{error} at {}", error.instance_path());
    }
    json
}

/// Events with something in every field.
fn with_scan(test: impl FnOnce(&[Event<'_>])) {
    let (base, cut) = (witness(LESSON), witness(CUT));
    let (guide, mut revised) = (witness(GUIDE), witness(REVISED));
    revised.damage.push(Damage {
        kind: DamageKind::Mojibake,
        span: Span::new(3, 9),
        line: 1,
        repair: "é".to_owned(),
    });
    let truncated = collate(&base, &cut);
    let mut revision = collate(&guide, &revised);
    revision.differs = Differs {
        markup: true,
        encoding: true,
        white_space: true,
        orthography: true,
        comment_order: true,
    };
    revision.approximations.push(Approximation {
        what: "words were not compared",
        base: lines(1, 2),
        copy: lines(1, 3),
    });
    let moved = witness("B.\nA, the longer one.\n");
    let order = witness("A, the longer one.\nB.\n");
    let reordered = collate(&order, &moved);
    let summary = Summary {
        read: 7,
        groups: 3,
        unrelated: 1,
        verdicts: [0, 0, 1, 0, 2, 0],
        ..Summary::default()
    };
    let group = |number, base, reason| Event::Group {
        number,
        base,
        reason,
        copies: 1,
    };
    let relation = |group, base, copy, relation, same_as| Event::Relation {
        group,
        base,
        copy,
        relation,
        same_as,
    };
    let reason = BaseReason::LongestBody {
        chars: 182,
        next: 54,
    };
    let (a, b) = (entry("A", "full.md", &base), entry("B", "cut.md", &cut));
    let (c, d) = (
        entry("A", "guide.md", &guide),
        entry("B", "new.md", &revised),
    );
    let (e, f) = (entry("A", "a.md", &order), entry("B", "b.md", &moved));
    let pair = folder_pair("cut/", "full/");
    test(&[
        Event::Folders {
            top: "./",
            pair: &pair,
        },
        group(1, a, reason),
        relation(1, a, b, &truncated, None),
        group(2, c, BaseReason::FirstPath),
        relation(2, c, d, &revision, Some("C")),
        relation(2, c, d, &revision, None),
        group(3, e, BaseReason::MostComments),
        relation(3, e, f, &reordered, None),
        Event::Alone {
            path: "alone.md",
            profile: &Profile::from(&revised),
        },
        Event::Boilerplate {
            excerpt: "All rights reserved.",
            documents: 2,
            of: 3,
        },
        Event::Excluded {
            path: "x.png",
            rule: ExclusionRule::Binary,
        },
        Event::Unreadable {
            path: "secret.md",
            why: "Permission denied",
        },
        Event::Summary(&summary),
    ]);
}

#[test]
fn scan_keeps_to_its_schemas() {
    with_scan(|events| {
        let options = Options::default();
        let whole = check(SCAN, &rendered(Json::new(options), events));
        let lines = rendered(JsonLines::new(options), events);
        let lines: Vec<Value> = lines.lines().map(|line| check(SCAN_LINE, line)).collect();
        assert_eq!(lines.len(), events.len());
        let relation = &whole["groups"][0]["relations"][0];
        assert_eq!(relation["verdict"], "truncated");
        assert_eq!(relation["coverage"]["base"]["share"], 0.2967);
        assert_eq!(relation["coverage"]["copy"]["share"], 1.0);
        assert_eq!(relation["cut"]["line"], 6);
        assert_eq!(relation["cut"]["where"], "at a block's end");
        assert_eq!(
            relation["lacking"][0]["lines"],
            json!({"first": 8, "last": 24})
        );
        assert_eq!(relation["lacking"][0]["headings"][0]["text"], "旁路缓存");
        assert_eq!(relation["lacking"][0]["at"]["line"], 6);
        assert_eq!(
            relation["comments"]["declared"],
            json!({"base": 2, "copy": 2})
        );
        assert_eq!(
            relation["comments"]["counters_changed"][0]["copy"]["counters"][0]["value"],
            5
        );
        assert_eq!(relation["assets"]["extra"][0]["kind"], "avatar");
        assert_eq!(whole["folders"][0]["kinship"], "cut copy");
        assert_eq!(whole["folders"][0]["copy"]["path"], "cut/");
        let mut line = lines[2].clone();
        assert_eq!(line["type"], "relation");
        assert_eq!(line["base"]["path"], "full.md");
        assert_eq!(line["copy"]["path"], "cut.md");
        let fields = line.as_object_mut().unwrap();
        fields.remove("type");
        fields.remove("schema_version");
        assert_eq!(&line, relation);
        assert_eq!(whole["groups"][1]["relations"].as_array().unwrap().len(), 2);
        assert!(
            !whole["groups"][2]["relations"][0]["moved"]
                .as_array()
                .unwrap()
                .is_empty()
        );
        assert_eq!(whole["alone"][0].get("siglum"), None);
    });
}

#[test]
fn an_empty_scan_keeps_to_its_schema() {
    let summary = Summary::default();
    let events = [Event::Summary(&summary)];
    check(SCAN, &rendered(Json::new(Options::default()), &events));
}

#[test]
fn a_source_span_holds_what_is_lacking() {
    with_scan(|events| {
        let whole: Value =
            serde_json::from_str(&rendered(Json::new(Options::default()), events)).unwrap();
        let span = &whole["groups"][0]["relations"][0]["lacking"][0]["span"];
        let at = |end: &str| span[end].as_u64().unwrap() as usize;
        let text = &LESSON[at("start")..at("end")];
        assert!(
            text.starts_with("旁路缓存") && text.ends_with("写进数据库。"),
            "{text}"
        );
    });
}

#[test]
fn the_same_events_give_the_same_bytes() {
    with_scan(|events| {
        let json = || rendered(Json::new(Options::default()), events);
        assert_eq!(json(), json());
    });
}

#[test]
fn events_out_of_order_are_refused() {
    use crate::report::Renderer;
    let w = witness("x");
    let alone = Event::Alone {
        path: "x",
        profile: &Profile::from(&w),
    };
    let group = Event::Group {
        number: 1,
        base: entry("A", "x", &w),
        reason: BaseReason::FirstPath,
        copies: 0,
    };
    let mut json = Json::new(Options::default());
    let mut out = Vec::new();
    json.render(&alone, &mut out).unwrap();
    assert!(json.render(&group, &mut out).is_err());
}

fn diff(base: &Witness, copy: &Witness, only: Option<Only>) -> Value {
    diff_of(base, copy, &collate(base, copy), only)
}

fn diff_of(base: &Witness, copy: &Witness, relation: &Relation, only: Option<Only>) -> Value {
    let event = Event::Compared {
        base: entry("A", "a.md", base),
        copy: entry("B", "b.md", copy),
        relation,
    };
    let options = Options {
        only,
        ..Options::default()
    };
    check(DIFF, &rendered(Json::new(options), &[event]))
}

#[test]
fn diff_keeps_to_its_schema() {
    let kinds = |json: &Value| -> Vec<String> {
        let edits = json["edits"].as_array().unwrap().iter();
        edits
            .map(|edit| edit["kind"].as_str().unwrap().to_owned())
            .collect()
    };
    let all = diff(&witness(GUIDE), &witness(REVISED), None);
    assert_eq!(kinds(&all), ["same", "lacking", "same", "extra"]);
    assert_eq!(
        all["edits"][1]["base"]["text"]
            .as_str()
            .map(|t| t.split('\n').next()),
        Some(Some("First steps"))
    );
    assert_eq!(all["edits"][1]["copy"], Value::Null);
    let lacking = diff(&witness(GUIDE), &witness(REVISED), Some(Only::Lacking));
    assert_eq!(kinds(&lacking), ["lacking"]);
    let order = diff(&witness("A, long.\nB.\n"), &witness("B.\nA, long.\n"), None);
    assert!(kinds(&order).contains(&"moved".to_owned()));
    assert!(kinds(&order).contains(&"moved here".to_owned()));
    diff(&witness(LESSON), &witness(CUT), None);
}

#[test]
fn moves_and_structure_keep_to_the_schema() {
    let (base, copy) = (witness("A, long.\nB.\n"), witness("B.\nA, long.\n"));
    let mut relation = collate(&base, &copy);
    let passages = relation.moved().next().unwrap();
    relation.moves = vec![Move {
        base: passages.0,
        copy: passages.1,
        base_edits: 0..1,
        copy_edits: 2..3,
        edited: true,
    }];
    let (one, other) = (BlockKind::Heading(2), BlockKind::ListItem);
    let kinds = [
        (StructureKind::Split, Value::Null),
        (StructureKind::Joined, Value::Null),
        (StructureKind::Redivided, Value::Null),
        (
            StructureKind::Level { base: 2, copy: 3 },
            "heading 2".into(),
        ),
        (
            StructureKind::Kind {
                base: one,
                copy: other,
            },
            "heading 2".into(),
        ),
        (StructureKind::Renumbered { base: 1, copy: 4 }, "1".into()),
    ];
    let blocks = || Blocks {
        range: 0..2,
        lines: lines(1, 2),
    };
    relation.structure = (kinds.iter().map(|(kind, _)| StructureChange {
        kind: *kind,
        base: blocks(),
        copy: blocks(),
    }))
    .collect();
    let json = diff_of(&base, &copy, &relation, None);
    assert_eq!(json["moves"][0]["edited"], Value::Bool(true));
    for (at, (kind, mark)) in kinds.iter().enumerate() {
        let told = &json["structure"][at];
        assert_eq!(told["kind"], kind.name());
        assert_eq!(told["base"]["mark"], *mark);
        assert_eq!(told["base"]["blocks"], 2);
    }
}

#[test]
fn normalize_keeps_to_its_schema() {
    let mut lesson = witness(CUT);
    lesson.unsearched = Some(lines(2, 3));
    let findings = [CheckFinding {
        block: 1,
        lines: lines(2, 2),
        kind: CheckKind::SecondOpinion,
        expected: "为什么要缓存".to_owned(),
        found: "为什么".to_owned(),
    }];
    let event = |check| Event::Normalized {
        entry: entry("A", "cut.md", &lesson),
        check,
    };
    let events = [event(None), event(Some(&[])), event(Some(&findings))];
    let json = check(NORMALIZE, &rendered(Json::new(Options::default()), &events));
    let documents = json["documents"].as_array().unwrap();
    assert_eq!(documents.len(), 3);
    assert_eq!(documents[0]["check"], Value::Null);
    assert_eq!(documents[0]["blocks"][1]["level"], 2);
    assert_eq!(
        documents[0]["comments"][0]["text"],
        "讲得很清楚，谢谢老师！"
    );
}

#[test]
fn a_diff_of_folders_keeps_to_its_schema() {
    folders("", |events| {
        // The last is for those who show the pairs.
        let (_, events) = events.split_last().unwrap();
        let json = check(FOLDERS, &rendered(Json::new(Options::default()), events));
        assert_eq!(json["pairs"][0]["coverage"], Value::Null);
        assert_eq!(json["pairs"][0]["renamed"], true);
        let cut = &json["pairs"][1];
        assert_eq!(cut["standing"], "cut in copy");
        assert_eq!(
            cut["lost"]["passages"][0]["headings"][0]["text"],
            "旁路缓存"
        );
        assert_eq!(cut["elsewhere"], json!(["b.md"]));
        assert_eq!(json["files"].as_array().unwrap().len(), 2);
        // A line of its own for each event is JSON, too.
        let lines = rendered(JsonLines::new(Options::default()), events);
        assert_eq!(lines.lines().count(), events.len());
        // Lists that have nothing in them are there all the same.
        check(
            FOLDERS,
            &rendered(Json::new(Options::default()), &events[..1]),
        );
        let last = &[events[0], events[events.len() - 1]];
        check(FOLDERS, &rendered(Json::new(Options::default()), last));
    });
}

#[test]
fn explain_keeps_to_its_schema() {
    let codes = crate::text::Code::ALL.iter().enumerate();
    let events: Vec<_> = codes
        .map(|(at, code)| Event::Explained {
            code: *code,
            first: at == 0,
        })
        .collect();
    let json = check(EXPLAIN, &rendered(Json::new(Options::default()), &events));
    assert_eq!(json["codes"].as_array().map(Vec::len), Some(events.len()));
}

#[test]
fn a_table_keeps_to_its_schema() {
    let (base, copy) = (witness(LESSON), witness(CUT));
    let relation = collate(&base, &copy);
    let passage = relation.lacking().next();
    let cells = |cell| vec![cell, TableCell::Has];
    let reading = |by| Reading {
        text: "color".to_owned(),
        by: vec![by],
        moved_from: passage,
    };
    let row = |base, cell, readings| Row {
        base,
        cells: cells(cell),
        readings,
    };
    let place = passage.unwrap();
    let table = Table {
        rows: vec![
            row(passage, TableCell::Lacks, Vec::new()),
            row(passage, TableCell::Moved(place), Vec::new()),
            row(None, TableCell::Reads(0), vec![reading((0, place))]),
        ],
        front_matter: vec![KeyRow {
            key: "title".to_owned(),
            values: vec!["One".to_owned()],
            of: vec![Some(0), None, Some(0)],
        }],
        comments: vec![CommentRow {
            from: (0, 0),
            cells: vec![CommentCell::Changed(0), CommentCell::Lacks],
            in_base: true,
        }],
        assets: vec![AssetRow {
            from: (0, 0),
            of: vec![true, false, true],
        }],
    };
    let copies = [
        (entry("A", "cut.md", &copy), &relation),
        (entry("C", "again.md", &copy), &relation),
    ];
    for choice in [
        BaseChoice::First,
        BaseChoice::MostComplete(BaseReason::LongestBody { chars: 2, next: 1 }),
    ] {
        let synopsis = Synopsis {
            base: entry("B", "full.md", &base),
            place: 1,
            choice,
            copies: &copies,
            table: &table,
        };
        let events = [Event::Table(&synopsis)];
        let json = check(TABLE, &rendered(Json::new(Options::default()), &events));
        let sigla: Vec<&Value> = (json["witnesses"].as_array().unwrap().iter())
            .map(|witness| &witness["siglum"])
            .collect();
        assert_eq!(sigla, ["A", "B", "C"]);
        assert_eq!(json["rows"][2]["cells"][0]["has"], "reading");
        assert_eq!(json["comments"][0]["changed"][0]["siglum"], "A");
        assert_eq!(json["assets"][0]["lacks"], json!(["A"]));
    }
}
