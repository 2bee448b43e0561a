//! What a site counts beside a comment.

use super::Reader;
use crate::normalize::comments::{byline, counter, tag};
use crate::text::{Counter, Span};

impl Reader<'_, '_> {
    /// Numbers that elements hold, and those in bylines, but not in the author or the date.
    pub(super) fn counters(&mut self) -> Vec<Counter> {
        let mut found = std::mem::take(&mut self.counters);
        let mut taken: Vec<Span> = Vec::new();
        for (element, span) in &self.roles.counters {
            let overlaps = taken.last().is_some_and(|last| last.contains(*span));
            let value = counter::lone_number(self.tree.text(*span)).filter(|_| !overlaps);
            let Some(value) = value else { continue };
            let class = tag::attribute(self.tree.tag(*element), "class").unwrap_or("");
            let label = match counter::label_of_class(class) {
                Some(label) => label.into(),
                None => class.to_owned().into(),
            };
            taken.push(*span);
            found.push((span.start(), Counter { label, value }));
        }
        if !self.unread.is_empty() {
            taken.extend(self.author);
            taken.extend(self.date.iter().map(|(date, _)| *date));
            taken.sort_unstable();
        }
        for span in &self.unread {
            for (at, len, counter) in byline::counters(self.tree.text(*span)) {
                let place = Span::new(span.start() + at, span.start() + at + len);
                let near = taken.partition_point(|taken| taken.end() <= place.start());
                let is_free = |taken: &Span| taken.start() >= place.end();
                if taken.get(near).is_none_or(is_free) {
                    found.push((place.start(), counter));
                }
            }
        }
        found.sort_by_key(|(at, _)| *at);
        // In a list of its own, with room for no more.
        let mut counters = Vec::with_capacity(found.len());
        counters.extend(found.into_iter().map(|(_, counter)| counter));
        counters
    }
}
