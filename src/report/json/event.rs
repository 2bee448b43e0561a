//! An event as one object.

use std::io::{self, Write};

use serde::Serialize;

use super::audit::{AuditSummaryRecord, FindingRecord};
use super::diff::Diff;
use super::explain::Explained;
use super::folder_diff::{self, FileRecord, OnlyRecord, PairRecord};
use super::folders::Folders;
use super::normalize::Normalized;
use super::safe;
use super::scan::{Alone, Boilerplate, Excluded, Group, RelationRecord, SummaryRecord, Unreadable};
use super::table::TableRecord;
use super::tidy::TidiedRecord;
use crate::report::{Event, Options};

/// The version of every schema in `docs/schema/`.
pub(super) const SCHEMA_VERSION: u32 = 1;

/// Writes what an event says as one object, with its type and the schema's version if `tagged`.
pub(super) fn record(
    event: &Event<'_>,
    options: &Options,
    tagged: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    match *event {
        Event::Normalized { entry, check } => {
            tag("document", Normalized::new(entry, check), tagged, out)
        }
        Event::Compared {
            base,
            copy,
            relation,
        } => tag(
            "diff",
            Diff::new(base, copy, relation, options.only),
            tagged,
            out,
        ),
        Event::Folders { pair, .. } => tag("folders", Folders::from(pair), tagged, out),
        Event::Group {
            number,
            base,
            reason,
            copies,
        } => tag(
            "group",
            Group::new(number, base, reason, copies),
            tagged,
            out,
        ),
        Event::Relation {
            group,
            base,
            copy,
            relation,
            same_as,
        } => tag(
            "relation",
            RelationRecord::new(group, base, copy, relation, same_as),
            tagged,
            out,
        ),
        Event::Alone { path, profile } => tag("alone", Alone::new(path, profile), tagged, out),
        Event::Table(synopsis) => tag("table", TableRecord::from(synopsis), tagged, out),
        Event::FolderDiff(summary) => {
            let record = folder_diff::SummaryRecord::from(summary);
            tag("folder diff", record, tagged, out)
        }
        Event::Pair(pair) => tag("pair", PairRecord::from(pair), tagged, out),
        Event::Only(only) => tag("only", OnlyRecord::from(only), tagged, out),
        Event::OtherFile(file) => tag("file", FileRecord::from(file), tagged, out),
        Event::Boilerplate {
            excerpt,
            documents,
            of,
        } => {
            let boilerplate = Boilerplate {
                excerpt,
                documents,
                of,
            };
            tag("boilerplate", boilerplate, tagged, out)
        }
        Event::Excluded { path, rule } => {
            let rule = rule.name();
            tag("excluded", Excluded { path, rule }, tagged, out)
        }
        Event::Unreadable { path, why } => tag("unreadable", Unreadable { path, why }, tagged, out),
        Event::Explained { code, .. } => tag("code", Explained::from(code), tagged, out),
        Event::NotShown { .. } | Event::Merge(_) => Ok(()),
        Event::Finding(finding) => tag("finding", FindingRecord::from(finding), tagged, out),
        Event::AuditSummary(summary) => {
            let summary = AuditSummaryRecord::from(summary);
            tag("audit summary", summary, tagged, out)
        }
        Event::Tidied(tidied) => {
            let kind = if tidied.undo { "undo" } else { "dedupe" };
            tag(kind, TidiedRecord::from(tidied), tagged, out)
        }
        Event::Summary(summary) => tag("summary", SummaryRecord::from(summary), tagged, out),
    }
}

fn tag(
    kind: &'static str,
    record: impl Serialize,
    tagged: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    if !tagged {
        return safe::write(&record, out);
    }
    let tagged = Tagged {
        schema_version: SCHEMA_VERSION,
        kind,
        record,
    };
    safe::write(&tagged, out)
}

/// What every object begins with.
#[derive(Serialize)]
struct Tagged<T> {
    schema_version: u32,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(flatten)]
    record: T,
}
