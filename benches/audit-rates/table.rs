//! The rates, as a table of Markdown.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use lacuna::text::{Code, Family, Severity};

use crate::cuts::Place;

#[derive(Default)]
pub struct Table {
    whole: Count,
    cut: BTreeMap<Place, Count>,
}

/// How many documents there were, and how many of them had each code.
#[derive(Default)]
struct Count {
    all: usize,
    codes: BTreeMap<Code, usize>,
    /// With a code that is a warning or an error.
    failing: usize,
    /// With a code of the family of endings that is a warning or an error.
    ending: usize,
}

impl Count {
    fn add(&mut self, codes: &BTreeSet<Code>) {
        self.all += 1;
        for code in codes {
            *self.codes.entry(*code).or_default() += 1;
        }
        let fails = |code: &Code| code.severity() >= Severity::Warning;
        self.failing += usize::from(codes.iter().any(fails));
        let ends = |code: &Code| fails(code) && code.family() == Family::Endings;
        self.ending += usize::from(codes.iter().any(ends));
    }

    fn share(&self, count: usize) -> String {
        match (self.all, count) {
            (0, _) => "".into(),
            (_, 0) => "0".into(),
            (all, count) => format!("{:.2} %", 100.0 * count as f64 / all as f64),
        }
    }
}

impl Table {
    pub fn add_whole(&mut self, codes: &BTreeSet<Code>) {
        self.whole.add(codes);
    }

    pub fn add_cut(&mut self, place: Place, codes: &BTreeSet<Code>) {
        self.cut.entry(place).or_default().add(codes);
    }

    fn row(
        &self,
        f: &mut fmt::Formatter<'_>,
        name: &str,
        of: impl Fn(&Count) -> usize,
    ) -> fmt::Result {
        write!(f, "| {name} | {} |", self.whole.share(of(&self.whole)))?;
        for place in Place::ALL {
            let count = self.cut.get(&place);
            let share = count.map_or(String::new(), |count| count.share(of(count)));
            write!(f, " {share} |")?;
        }
        writeln!(f)
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "| code | whole |")?;
        for place in Place::ALL {
            write!(f, " {} |", place.name())?;
        }
        writeln!(f, "\n| --- |{}", " ---: |".repeat(1 + Place::ALL.len()))?;
        let cuts = self.cut.values().flat_map(|count| count.codes.keys());
        let codes: BTreeSet<&Code> = self.whole.codes.keys().chain(cuts).collect();
        for code in codes {
            let name = format!("{code} {}", code.name());
            self.row(f, &name, |count| {
                count.codes.get(code).copied().unwrap_or(0)
            })?;
        }
        self.row(f, "**a warning about the ending**", |count| count.ending)?;
        self.row(f, "any warning or error", |count| count.failing)?;
        write!(f, "| documents | {} |", self.whole.all)?;
        for place in Place::ALL {
            write!(
                f,
                " {} |",
                self.cut.get(&place).map_or(0, |count| count.all)
            )?;
        }
        writeln!(f)
    }
}
