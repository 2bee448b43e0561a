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

/// A passage of one side, and what is known of it.
#[derive(Debug)]
pub struct Passage {
    pub lines: (u64, u64),
    pub headings: Vec<String>,
    pub text: String,
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

/// One relation, or the record of a `diff`.
pub fn relation(record: &Value) -> Relation {
    Relation {
        copy: string(&record["copy"]["path"]),
        base: string(&record["base"]["path"]),
        verdict: string(&record["verdict"]),
        of_base: share(&record["coverage"]["of_base"]),
        of_copy: share(&record["coverage"]["of_copy"]),
        cut: (!record["cut"].is_null()).then(|| cut(&record["cut"])),
        lacking: passages(&record["lacking"]),
        extra: passages(&record["extra"]),
        moved: array(&record["moved"]).len(),
        variants: array(&record["variants"]).len(),
        comments: comments(&record["comments"]),
        assets_lacking: targets(&record["assets"]["lacking"]),
        assets_extra: targets(&record["assets"]["extra"]),
        differs: array(&record["differs"]).iter().map(string).collect(),
    }
}

fn cut(cut: &Value) -> Cut {
    Cut {
        line: number(&cut["line"]),
        place: string(&cut["place"]),
        before: string(&cut["before"]),
    }
}

/// The passages of the body; a title that only an HTML page has is no part of it.
fn passages(list: &Value) -> Vec<Passage> {
    let body = array(list)
        .iter()
        .filter(|passage| passage["section"] == "body");
    let read = |passage: &Value| Passage {
        lines: (
            number(&passage["lines"]["first"]),
            number(&passage["lines"]["last"]),
        ),
        headings: array(&passage["headings"])
            .iter()
            .map(|h| string(&h["text"]))
            .collect(),
        text: string(&passage["text"]),
    };
    body.map(read).collect()
}

fn comments(changes: &Value) -> Comments {
    let count = |name: &str| array(&changes[name]).len();
    Comments {
        present: count("present"),
        lacking: count("lacking"),
        extra: count("extra"),
        changed: count("changed"),
        counters: count("counters"),
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
