//! What a program says of a heap: the relations that `lacuna scan --format jsonl` tells, or the
//! pairs that another tool proposes.

use std::collections::HashMap;

use serde_json::Value;

use super::truth::Cut;

/// Documents by number, in the order in which they were first named.
#[derive(Default)]
pub struct Paths {
    numbers: HashMap<String, usize>,
    pub names: Vec<String>,
}

/// A relation as it was told.
#[derive(Clone, Debug)]
pub struct Found {
    pub verdict: String,
    /// The less complete one of the two.
    pub less: usize,
    pub more: usize,
    pub cut: Option<Cut>,
}

/// All that was told.
#[derive(Default)]
pub struct Report {
    pub relations: Vec<Found>,
    /// Documents that are said to have the same bytes.
    pub same_bytes: Vec<(usize, usize)>,
}

impl Paths {
    pub fn number(&mut self, path: &str) -> usize {
        if let Some(number) = self.numbers.get(path) {
            return *number;
        }
        self.names.push(path.to_owned());
        self.numbers.insert(path.to_owned(), self.names.len() - 1);
        self.names.len() - 1
    }
}

/// A path as it is in the table: what comes after the folder of the heap, however that was called.
fn within<'p>(path: &'p str, heap: &str) -> &'p str {
    let found = path.match_indices(heap).find(|(at, _)| {
        let starts = *at == 0 || path.as_bytes()[at - 1] == b'/';
        starts && path[at + heap.len()..].starts_with('/')
    });
    found.map_or(path, |(at, _)| &path[at + heap.len() + 1..])
}

/// Reads JSON Lines. `heap` is the name of the folder, without those it lies in.
pub fn relations(jsonl: &str, heap: &str, paths: &mut Paths) -> Result<Report, String> {
    let mut report = Report::default();
    // Within a group a document goes by a short name.
    let mut sigla: HashMap<(u64, String), usize> = HashMap::new();
    for (at, line) in jsonl.lines().enumerate() {
        let record: Value =
            serde_json::from_str(line).map_err(|error| format!("line {}: {error}", at + 1))?;
        if record["type"] != "relation" {
            continue;
        }
        let mut path = |value: &Value| {
            let path = value.as_str().unwrap_or_default();
            paths.number(within(path, heap))
        };
        let (base, copy) = (path(&record["base"]["path"]), path(&record["copy"]["path"]));
        let verdict = record["verdict"].as_str().unwrap_or_default().to_owned();
        if verdict == "identical" {
            report.same_bytes.push((base, copy));
        }
        let group = record["group"].as_u64().unwrap_or_default();
        let siglum = |value: &Value| (group, value.as_str().unwrap_or_default().to_owned());
        sigla.insert(siglum(&record["copy"]["siglum"]), copy);
        if let Some(first) = sigla.get(&siglum(&record["same_as"])) {
            report.same_bytes.push((*first, copy));
        }
        let reversed = record["reversed"] == true;
        let (more, less) = if reversed { (copy, base) } else { (base, copy) };
        let cut = &record["cut"];
        report.relations.push(Found {
            verdict,
            less,
            more,
            cut: cut.is_object().then(|| self::cut(cut)),
        });
    }
    Ok(report)
}

fn cut(record: &Value) -> Cut {
    let number = |name: &str| record[name].as_u64().unwrap_or_default() as usize;
    Cut {
        byte: number("byte"),
        line: number("line"),
        base_byte: number("base_byte"),
        base_line: number("base_line"),
    }
}

/// Reads pairs of paths, a pair a line, with a tab between the two.
pub fn pairs(table: &str, heap: &str, paths: &mut Paths) -> Vec<(usize, usize)> {
    let mut path = |path: &str| paths.number(within(path, heap));
    let lines = table.lines().filter_map(|line| line.split_once('\t'));
    lines.map(|(one, two)| (path(one), path(two))).collect()
}
