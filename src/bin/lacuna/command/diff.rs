mod counterpart;
mod folders;
mod git;
mod other_files;
mod pairing;
mod table;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use lacuna::collate::collate;
use lacuna::report::{self, Entry, Event, Html, Json, Options, Renderer, Tei, Text, Unified};
use lacuna::text::{AssetKind, Edit, Relation, Section, Verdict, Witness};

use crate::Outcome;
use crate::files;
use crate::flags::{DiffFlags, DiffFormat, FailOn, Only, OutputFlags};
use crate::output::Output;
use crate::reading::{Reader, Reading};
use crate::terminal::terminal;
use crate::words;

/// Compares two or more documents, two folders, or a document and its counterpart in a folder.
pub fn run(flags: &DiffFlags) -> anyhow::Result<Outcome> {
    if flags.git_driver {
        return git::run(flags);
    }
    let two = [flags.a.as_path(), flags.b.as_path()];
    if !flags.more.is_empty() {
        let more = flags.more.iter().map(PathBuf::as_path);
        return table::run(flags, &two.into_iter().chain(more).collect::<Vec<_>>());
    }
    files::ensure_one_stdin(&two)?;
    match two.map(Path::is_dir) {
        [false, false] => documents(flags, two),
        [true, true] => folders::run(flags, two),
        _ => counterpart::run(flags, two),
    }
}

/// Compares two documents.
fn documents(flags: &DiffFlags, [base, copy]: [&Path; 2]) -> anyhow::Result<Outcome> {
    let reader = Reader::new(&flags.reading, false)?;
    // Both are tried, so that all trouble is told at once, and in their order.
    let (base, copy) = rayon::join(
        || read(base, Some(copy), &reader),
        || read(copy, Some(base), &reader),
    );
    let (base, copy) = (told(base), told(copy));
    let (Some(base), Some(copy)) = (base, copy) else {
        return Ok(Outcome::Incomplete);
    };
    tell(flags, &base, &copy)
}

/// Reports how `copy` stands to `base`.
fn tell(flags: &DiffFlags, base: &Document, copy: &Document) -> anyhow::Result<Outcome> {
    let relation = collate(&base.witness, &copy.witness);
    // The line with the verdict is for people: no other format has one.
    let people = [DiffFormat::Text, DiffFormat::SideBySide];
    let silent = flags.output.quiet && !people.contains(&flags.format);
    let output = OutputFlags {
        // git has a pager of its own.
        no_pager: flags.output.no_pager || flags.git_driver,
        ..flags.output.clone()
    };
    let mut out = Output::new(renderer(flags), silent, &output);
    out.event(&Event::Compared {
        base: base.entry("A"),
        copy: copy.entry("B"),
        relation: &relation,
    })?;
    out.finish()?;
    let fails = match flags.fail_on {
        FailOn::Differences => differs(&relation, &base.witness, &copy.witness),
        FailOn::Lost => loses(&relation, &base.witness),
    };
    Ok(if fails { Outcome::Found } else { Outcome::Done })
}

struct Document {
    name: String,
    witness: Arc<Witness>,
}

impl Document {
    fn entry<'a>(&'a self, siglum: &'a str) -> Entry<'a> {
        Entry {
            siglum,
            path: &self.name,
            witness: &self.witness,
        }
    }
}

/// What git and its like name for a file that is not there.
const NOTHING: &str = "/dev/null";

/// A document that says nothing.
fn without_text(name: String) -> Document {
    Document {
        name,
        witness: Arc::default(),
    }
}

/// Reads the document at `path`, or says why it cannot be compared.
fn document(path: &Path, reader: &Reader) -> Option<Document> {
    told(read(path, None, reader))
}

/// A document, or what to call it and why it cannot be compared.
type Tried = Result<Document, (String, String)>;

/// Reads the document at `path`, which is compared with the one at `other`.
fn read(path: &Path, other: Option<&Path>, reader: &Reader) -> Tried {
    let (name, reading, _) = reader.read_beside(path, other);
    match reading {
        Reading::Read(witness) => {
            let witness = Arc::from(witness);
            Ok(Document { name, witness })
        }
        Reading::Excluded(_) if path == Path::new(NOTHING) => Ok(without_text(name)),
        Reading::Excluded(rule) => Err((name, format!("cannot be compared: {}", rule.name()))),
        Reading::Unreadable(why) => Err((name, why)),
    }
}

/// The document, or says why there is none.
fn told(tried: Tried) -> Option<Document> {
    let said = |(name, why): (String, String)| words::say_about(&name, &why);
    tried.map_err(said).ok()
}

/// Whether the two say anything differently. Counters and avatars are no text.
fn differs(relation: &Relation, base: &Witness, copy: &Witness) -> bool {
    let comments = &relation.comments;
    // A title that stands in the other one as its heading is no difference.
    let is_same = |edit: &Edit| match edit {
        Edit::Same { .. } => true,
        Edit::Moved { base, .. } => base.section == Section::FrontMatter,
        Edit::MovedHere { copy, .. } => copy.section == Section::FrontMatter,
        _ => false,
    };
    // The same bytes may be read in two ways, if their names say so.
    let is_identical = relation.verdict == Verdict::Identical;
    let differs = relation.edits.iter().any(|edit| !is_same(edit))
        || !(comments.lacking.is_empty() && comments.extra.is_empty())
        || !comments.changed.is_empty()
        || has_asset(&relation.assets.lacking, base)
        || has_asset(&relation.assets.extra, copy);
    differs && !is_identical
}

/// Whether the copy lacks text, comments or assets of the base.
fn loses(relation: &Relation, base: &Witness) -> bool {
    let loses = relation.lacking().next().is_some()
        || !relation.comments.lacking.is_empty()
        || has_asset(&relation.assets.lacking, base);
    loses && relation.verdict != Verdict::Identical
}

/// Whether one of `assets` belongs to the text.
fn has_asset(assets: &[u32], witness: &Witness) -> bool {
    assets.iter().any(|asset| {
        let asset = witness.assets.get(*asset as usize);
        asset.is_some_and(|asset| asset.kind != AssetKind::Avatar)
    })
}

fn renderer(flags: &DiffFlags) -> Box<dyn Renderer> {
    let options = Options {
        only: flags.only.map(only),
        context: flags.context,
        quiet: flags.output.quiet,
        all: flags.folders.all,
        ..Options::default()
    };
    match flags.format {
        DiffFormat::Text => Box::new(Text::new(terminal(&flags.output), options)),
        DiffFormat::SideBySide => Box::new(Text::side_by_side(terminal(&flags.output), options)),
        DiffFormat::Json => Box::new(Json::new(options)),
        DiffFormat::Unified => Box::new(Unified::new(options)),
        DiffFormat::Html => Box::new(Html::new(options)),
        DiffFormat::Tei => Box::new(Tei::new()),
    }
}

fn only(only: Only) -> report::Only {
    match only {
        Only::Lacking => report::Only::Lacking,
        Only::Extra => report::Only::Extra,
        Only::Variants => report::Only::Variants,
    }
}
