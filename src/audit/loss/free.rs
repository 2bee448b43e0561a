//! What of a text stands for nothing yet.

use std::collections::BTreeMap;
use std::ops::Range;

/// Runs of characters, by where they begin: not empty, and without overlap.
#[derive(Clone, Debug, Default)]
pub(super) struct Free(BTreeMap<u32, u32>);

impl Free {
    /// Adds a run, which must begin after all others.
    pub fn push(&mut self, run: Range<u32>, joined: bool) {
        match self.0.last_entry() {
            Some(mut last) if joined && *last.get() == run.start => {
                last.insert(run.end);
            }
            _ if run.is_empty() => {}
            _ => {
                self.0.insert(run.start, run.end);
            }
        }
    }

    /// All runs, ascending.
    pub fn runs(&self) -> Vec<Range<u32>> {
        self.0.iter().map(|(start, end)| *start..*end).collect()
    }

    /// Whether all of `run` is free.
    pub fn has(&self, run: &Range<u32>) -> bool {
        let before = self.0.range(..=run.start).next_back();
        before.is_some_and(|(_, end)| run.end <= *end)
    }

    /// Takes `run`, all of which must be free.
    pub fn take(&mut self, run: &Range<u32>) {
        let Some((start, end)) = self.0.range(..=run.start).next_back() else {
            return;
        };
        let (start, end) = (*start, *end);
        self.0.remove(&start);
        for rest in [start..run.start, run.end..end] {
            if !rest.is_empty() {
                self.0.insert(rest.start, rest.end);
            }
        }
    }

    /// The run that begins at `start`, taken.
    pub fn take_from(&mut self, start: u32) -> Option<Range<u32>> {
        let end = self.0.remove(&start)?;
        Some(start..end)
    }

    /// The run that ends at `end`, taken.
    pub fn take_to(&mut self, end: u32) -> Option<Range<u32>> {
        let (start, found) = self.0.range(..end).next_back()?;
        let start = *start;
        (*found == end).then(|| self.0.remove(&start))?;
        Some(start..end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_is_free_no_more() {
        let mut free = Free::default();
        free.push(0..5, true);
        free.push(5..10, true);
        free.push(10..12, false);
        free.push(20..20, false);
        assert_eq!(free.runs(), [0..10, 10..12]);
        assert!(free.has(&(3..10)) && !free.has(&(3..11)) && !free.has(&(12..13)));
        free.take(&(3..6));
        assert_eq!(free.runs(), [0..3, 6..10, 10..12]);
        assert_eq!(free.take_from(6), Some(6..10));
        assert_eq!(free.take_from(7), None);
        assert_eq!(free.take_to(11), None);
        assert_eq!(free.take_to(12), Some(10..12));
        assert!(free.has(&(0..3)) && !free.has(&(6..7)));
    }
}
