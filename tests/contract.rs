//! What `--format jsonl` promises, read back: the one place where tests know the names in it.

use serde_json::Value;

/// The lines of a report of the given type.
pub fn records(jsonl: &str, kind: &str) -> Vec<Value> {
    let lines = jsonl
        .lines()
        .map(|line| serde_json::from_str(line).expect("a line is JSON"));
    lines
        .filter(|record: &Value| record["type"] == kind)
        .collect()
}

/// A relation, as a report states it.
#[derive(Debug)]
pub struct Relation {
    pub copy: String,
    pub base: String,
    pub verdict: String,
    pub of_base: f64,
    pub of_copy: f64,
    pub cut: Option<Cut>,
    pub lacking: Vec<Passage>,
    pub extra: Vec<Passage>,
    pub moved: usize,
    pub variants: usize,
    pub comments: Comments,
    pub assets_lacking: Vec<String>,
    pub assets_extra: Vec<String>,
    pub differs: Vec<String>,
}

#[derive(Debug)]
pub struct Cut {
    pub line: u64,
    pub place: String,
    pub before: String,
}

/// A passage of one side.
#[derive(Debug)]
pub struct Passage {
    pub lines: (u64, u64),
    /// Bytes of the source.
    pub span: std::ops::Range<usize>,
    pub headings: Vec<String>,
}

#[derive(Debug, Default, PartialEq, Eq)]
pub struct Comments {
    pub present: usize,
    pub lacking: usize,
    pub extra: usize,
    pub changed: usize,
    pub counters: usize,
}

/// The relations of a report, in its order.
pub fn relations(jsonl: &str) -> Vec<Relation> {
    records(jsonl, "relation").iter().map(relation).collect()
}

/// One relation of a scan, or the record of a `diff`, which lists its passages as steps of the
/// way through both.
pub fn relation(record: &Value) -> Relation {
    Relation {
        copy: string(&record["copy"]["path"]),
        base: string(&record["base"]["path"]),
        verdict: string(&record["verdict"]),
        of_base: share(&record["coverage"]["base"]),
        of_copy: share(&record["coverage"]["copy"]),
        cut: (!record["cut"].is_null()).then(|| cut(&record["cut"])),
        lacking: passages(record, "lacking", "base"),
        extra: passages(record, "extra", "copy"),
        moved: pairs(record, "moved"),
        variants: pairs(record, "variants"),
        comments: comments(&record["comments"]),
        assets_lacking: targets(&record["assets"]["lacking"]),
        assets_extra: targets(&record["assets"]["extra"]),
        differs: array(&record["differs"]).iter().map(string).collect(),
    }
}

fn cut(cut: &Value) -> Cut {
    Cut {
        line: number(&cut["line"]),
        place: string(&cut["where"]),
        before: string(&cut["before"]),
    }
}

/// The passages of the body; a title that only an HTML page has is no part of it.
fn passages(record: &Value, name: &str, side: &str) -> Vec<Passage> {
    let read = |step: &Value| {
        let passage = if step[side].is_null() {
            step
        } else {
            &step[side]
        };
        let span = &passage["span"];
        let lines = &passage["lines"];
        let headings = array(&step["headings"]).iter();
        (passage["section"] == "body").then(|| Passage {
            lines: (number(&lines["first"]), number(&lines["last"])),
            span: number(&span["start"]) as usize..number(&span["end"]) as usize,
            headings: headings.map(|heading| string(&heading["text"])).collect(),
        })
    };
    steps(record, name).into_iter().filter_map(read).collect()
}

/// How many passages of the body correspond so.
fn pairs(record: &Value, name: &str) -> usize {
    let body = |step: &&Value| step["base"]["section"] == "body";
    steps(record, name).into_iter().filter(body).count()
}

fn steps<'r>(record: &'r Value, name: &str) -> Vec<&'r Value> {
    match record.get("edits") {
        Some(edits) => {
            let kind = name.trim_end_matches('s');
            array(edits)
                .iter()
                .filter(|edit| edit["kind"] == kind)
                .collect()
        }
        None => array(&record[name]).iter().collect(),
    }
}

fn comments(changes: &Value) -> Comments {
    let count = |name: &str| array(&changes[name]).len();
    Comments {
        present: number(&changes["present"]) as usize,
        lacking: count("lacking"),
        extra: count("extra"),
        changed: count("changed"),
        counters: count("counters_changed"),
    }
}

fn targets(assets: &Value) -> Vec<String> {
    array(assets)
        .iter()
        .map(|asset| string(&asset["target"]))
        .collect()
}

fn share(coverage: &Value) -> f64 {
    coverage["share"].as_f64().expect("a share")
}

fn number(value: &Value) -> u64 {
    value.as_u64().expect("a number")
}

fn string(value: &Value) -> String {
    value.as_str().expect("a string").to_owned()
}

fn array(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
