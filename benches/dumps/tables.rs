//! A score as it is read.

use std::fmt::Write as _;

use super::score::{Judged, Outcome, Score, Told, Worth};
use super::truth::Row;

/// What must be reached, in percent. The guarantee covers copies that share a passage of 128
/// bytes of letters and digits; equal texts are found whatever their length.
const PART_RECALL: f64 = 99.9;
const PART_VERDICT: f64 = 99.9;
const REVISED_RECALL: f64 = 99.5;

const VERDICTS: [&str; 6] = [
    "identical",
    "equivalent",
    "truncated",
    "contained",
    "revised",
    "overlapping",
];

/// What is wrong and how many of it are told.
pub struct Page<'s> {
    pub score: &'s Score<'s>,
    pub names: &'s [String],
    /// How many wrong verdicts of a kind are listed.
    pub list: usize,
    /// Whether documents that the truth does not relate are known to be strangers.
    pub complete: bool,
}

impl Page<'_> {
    /// The tables, and whether all is as it must be.
    pub fn print(&self) -> (String, bool) {
        let mut out = String::new();
        out.push_str("pairs of the truth that the guarantee covers\n\n");
        self.verdicts(&mut out);
        let promised: Vec<&Judged> = self
            .score
            .judged
            .iter()
            .filter(|one| one.is_promised())
            .collect();
        let parts: Vec<&Judged> = promised
            .iter()
            .copied()
            .filter(|one| is_part(one.row))
            .collect();
        table(
            &mut out,
            "truncated and contained, by share left",
            &parts,
            |row| share_class(row.share),
        );
        table(&mut out, "by language", &promised, |row| {
            row.language.clone()
        });
        table(&mut out, "by size of the base", &promised, |row| {
            size_class(row.bytes)
        });
        table(&mut out, "by kind", &promised, |row| row.kind.clone());
        let others: Vec<&Judged> = self
            .score
            .judged
            .iter()
            .filter(|one| !one.is_promised())
            .collect();
        if !others.is_empty() {
            table(
                &mut out,
                "not covered: less than 128 bytes, or less than half, in common",
                &others,
                |row| row.verdict.clone(),
            );
        }
        self.wrong(&mut out);
        let passed = self.verdict(&mut out);
        (out, passed)
    }

    fn verdicts(&self, out: &mut String) {
        let _ = writeln!(
            out,
            "  {:12} {:>8} {:>9} {:>9}   {:>8} {:>9}",
            "verdict", "pairs", "recall", "verdict", "told", "precision"
        );
        for verdict in VERDICTS {
            let judged = self.of(verdict);
            let told: Vec<&Told> = self
                .score
                .told
                .iter()
                .filter(|one| one.relation.verdict == verdict)
                .collect();
            if judged.is_empty() && told.is_empty() {
                continue;
            }
            let _ = writeln!(
                out,
                "  {verdict:12} {:>8} {:>9} {:>9}   {:>8} {:>9}",
                judged.len(),
                percent(
                    judged.iter().filter(|one| one.is_found()).count(),
                    judged.len()
                ),
                percent(
                    right(&judged),
                    judged.iter().filter(|one| one.is_found()).count()
                ),
                told.len(),
                percent(told.len() - self.not_right(&told), told.len()),
            );
        }
        let cuts = self.cuts();
        let exact = cuts
            .iter()
            .filter(|one| one.cut_is_exact == Some(true))
            .count();
        let _ = writeln!(
            out,
            "\n  cut points: {} of {} exact, {}",
            exact,
            cuts.len(),
            percent(exact, cuts.len())
        );
    }

    fn of(&self, verdict: &str) -> Vec<&Judged<'_>> {
        let judged = self.score.judged.iter();
        judged
            .filter(|one| one.row.verdict == verdict && one.is_promised())
            .collect()
    }

    fn cuts(&self) -> Vec<&Judged<'_>> {
        let judged = self.score.judged.iter();
        judged
            .filter(|one| {
                one.is_promised() && one.outcome == Outcome::Right && one.cut_is_exact.is_some()
            })
            .collect()
    }

    fn not_right(&self, told: &[&Told<'_>]) -> usize {
        let wrong = told.iter().filter(|one| match one.worth {
            Worth::Wrong => true,
            Worth::False => self.complete,
            Worth::Right | Worth::Akin => false,
        });
        wrong.count()
    }

    fn wrong(&self, out: &mut String) {
        let promised = || self.score.judged.iter().filter(|one| one.is_promised());
        let missed: Vec<&Judged> = promised()
            .filter(|one| one.outcome == Outcome::Missed)
            .collect();
        self.list(out, "missed", &missed);
        let wrong: Vec<&Judged> = promised()
            .filter(|one| one.outcome == Outcome::Wrong)
            .collect();
        self.list(out, "wrong verdict", &wrong);
        let cuts: Vec<&Judged> = self
            .cuts()
            .into_iter()
            .filter(|one| one.cut_is_exact == Some(false))
            .collect();
        self.list(out, "wrong cut point", &cuts);
        let strangers: Vec<&Told> = self
            .score
            .told
            .iter()
            .filter(|one| one.worth == Worth::False)
            .collect();
        if !strangers.is_empty() {
            let _ = writeln!(out, "\nnot in the truth: {}", strangers.len());
            for one in strangers.iter().take(self.list) {
                let relation = one.relation;
                let _ = writeln!(
                    out,
                    "  {}  {}  {}",
                    relation.verdict, self.names[relation.more], self.names[relation.less]
                );
            }
        }
    }

    fn list(&self, out: &mut String, title: &str, judged: &[&Judged<'_>]) {
        if judged.is_empty() {
            return;
        }
        let _ = writeln!(out, "\n{title}: {}", judged.len());
        for one in judged.iter().take(self.list) {
            let Row {
                base,
                copy,
                verdict,
                share,
                kind,
                passage,
                ..
            } = one.row;
            let told = one.told.as_deref().unwrap_or("nothing");
            let _ = writeln!(
                out,
                "  {base}  {copy}  {verdict} ({kind}, {:.1} % left, {passage} bytes in common), told: {told}",
                100.0 * share
            );
        }
    }

    /// Holds the figures against what must be.
    fn verdict(&self, out: &mut String) -> bool {
        let share = |part: usize, all: usize| {
            if all == 0 {
                100.0
            } else {
                100.0 * part as f64 / all as f64
            }
        };
        let recall = |judged: &[&Judged]| {
            share(
                judged.iter().filter(|one| one.is_found()).count(),
                judged.len(),
            )
        };
        let verdicts = |judged: &[&Judged]| {
            share(
                right(judged),
                judged.iter().filter(|one| one.is_found()).count(),
            )
        };
        let parts = [self.of("truncated"), self.of("contained")].concat();
        let equal = [self.of("identical"), self.of("equivalent")].concat();
        let told: Vec<&Told> = self.score.told.iter().collect();
        let told_parts: Vec<&Told> = told
            .iter()
            .copied()
            .filter(|one| ["truncated", "contained"].contains(&one.relation.verdict.as_str()))
            .collect();
        let cuts = self.cuts();
        let strangers = told
            .iter()
            .filter(|one| one.worth == Worth::False && self.complete)
            .count();
        let exact = cuts
            .iter()
            .filter(|one| one.cut_is_exact == Some(true))
            .count();
        let checks = [
            (
                "truncated and contained are found",
                recall(&parts),
                PART_RECALL,
            ),
            ("with the right verdict", verdicts(&parts), PART_VERDICT),
            (
                "what is told as such is",
                share(
                    told_parts.len() - self.not_right(&told_parts),
                    told_parts.len(),
                ),
                100.0,
            ),
            ("the cut is where it is", share(exact, cuts.len()), 100.0),
            (
                "identical and equivalent are found as such",
                share(right(&equal), equal.len()),
                100.0,
            ),
            (
                "revised are found",
                recall(&self.of("revised")),
                REVISED_RECALL,
            ),
            (
                "no relation between strangers",
                share(told.len() - strangers, told.len()),
                100.0,
            ),
        ];
        out.push('\n');
        let mut passed = true;
        for (what, reached, wanted) in checks {
            let mark = if reached >= wanted { "ok   " } else { "BELOW" };
            passed &= reached >= wanted;
            let _ = writeln!(out, "{mark} {what}: {reached:.3} %, wanted {wanted} %");
        }
        passed
    }
}

/// The recall of pairs without verdicts.
pub fn print_recall(judged: &[Judged<'_>], pairs: usize, strangers: usize) -> String {
    let mut out = String::new();
    let promised: Vec<&Judged> = judged.iter().filter(|one| one.is_promised()).collect();
    let _ = writeln!(
        out,
        "{pairs} pairs, {strangers} of them of documents that have nothing to do with each other\n"
    );
    table(&mut out, "by verdict", &promised, |row| row.verdict.clone());
    let parts: Vec<&Judged> = promised
        .iter()
        .copied()
        .filter(|one| is_part(one.row))
        .collect();
    table(
        &mut out,
        "truncated and contained, by share left",
        &parts,
        |row| share_class(row.share),
    );
    out
}

fn table(out: &mut String, title: &str, judged: &[&Judged<'_>], class: impl Fn(&Row) -> String) {
    let mut classes: Vec<(String, Vec<&Judged>)> = Vec::new();
    for one in judged {
        let class = class(one.row);
        match classes.binary_search_by(|(known, _)| known.cmp(&class)) {
            Ok(at) => classes[at].1.push(one),
            Err(at) => classes.insert(at, (class, vec![one])),
        }
    }
    let _ = writeln!(out, "\n{title}\n");
    let _ = writeln!(
        out,
        "  {:24} {:>8} {:>9} {:>9}",
        "", "pairs", "recall", "verdict"
    );
    for (class, judged) in &classes {
        let found = judged.iter().filter(|one| one.is_found()).count();
        let _ = writeln!(
            out,
            "  {class:24} {:>8} {:>9} {:>9}",
            judged.len(),
            percent(found, judged.len()),
            percent(right(judged), found)
        );
    }
}

fn right(judged: &[&Judged<'_>]) -> usize {
    judged
        .iter()
        .filter(|one| one.outcome == Outcome::Right)
        .count()
}

/// Rounded down: 100 % is all of it.
fn percent(part: usize, all: usize) -> String {
    match all {
        0 => "-".to_owned(),
        _ => format!("{:.2} %", (10_000 * part / all) as f64 / 100.0),
    }
}

fn is_part(row: &Row) -> bool {
    ["truncated", "contained"].contains(&row.verdict.as_str())
}

fn share_class(share: f64) -> String {
    let classes = [
        (0.05, "under 5 %"),
        (0.1, " 5 to 10 %"),
        (0.25, "10 to 25 %"),
        (0.5, "25 to 50 %"),
        (0.75, "50 to 75 %"),
        (0.9, "75 to 90 %"),
    ];
    let class = classes.iter().find(|(below, _)| share < *below);
    class.map_or("90 % and more", |(_, name)| name).to_owned()
}

fn size_class(bytes: usize) -> String {
    let classes = [
        (1_000, " under 1 kB"),
        (4_000, " 1 to 4 kB"),
        (16_000, " 4 to 16 kB"),
        (64_000, "16 to 64 kB"),
    ];
    let class = classes.iter().find(|(below, _)| bytes < *below);
    class.map_or("64 kB and more", |(_, name)| name).to_owned()
}
