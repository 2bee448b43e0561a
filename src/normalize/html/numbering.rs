//! Which number an item of a list has (rule 2.13).

use super::attributes::Attribute;
use super::elements::Element;
use super::segmenter::Segmenter;
use crate::normalize::builder::ItemNumber;
use crate::text::{ListNumber, NumberStep};

/// What an item may be an item of.
const LISTS: [Element; 4] = [Element::Ol, Element::Ul, Element::Menu, Element::Dir];

/// The numbered lists that are open, innermost last. One that was closed stays until the next list
/// or item asks, so that nothing else has to know of them.
#[derive(Default)]
pub(super) struct Numbering {
    lists: Vec<List>,
}

struct List {
    /// Its place among the open elements.
    place: u32,
    /// The number of the next item.
    next: i32,
    /// From one number to the next: 1 or -1.
    step: i32,
    /// How many items there are so far.
    items: i32,
    /// Whether its numbers are counted from an end that is not known yet.
    is_backward: bool,
    /// How many such blocks there were before it.
    backward_before: usize,
}

impl Segmenter<'_, '_> {
    /// The numbered list of the tag begins, as the element at `place`.
    pub(super) fn begin_numbered(&mut self, place: u32) {
        self.end_numbered(place);
        let start = integer(self.attributes.value(Attribute::Start, self.decoded));
        let is_reversed = self.attributes.has(Attribute::Reversed);
        let is_backward = is_reversed && start.is_none();
        self.numbering.lists.push(List {
            place,
            next: start.unwrap_or(i32::from(!is_backward)),
            step: if is_reversed { -1 } else { 1 },
            items: 0,
            is_backward,
            backward_before: self.builder.backward(),
        });
    }

    /// The item of the tag begins. The block that opens next has its number, if its list has
    /// numbers.
    pub(super) fn begin_item(&mut self) {
        let mut number = ItemNumber::None;
        let place = self.open.place(Element::Ol);
        if place > 0 && place == self.open.innermost_of(&LISTS) {
            self.end_numbered(place + 1);
            let given = integer(self.attributes.value(Attribute::Value, self.decoded));
            if let Some(list) = self.numbering.lists.last_mut() {
                number = list.item(given);
            }
        }
        self.builder.number(number);
    }

    /// The lists at `place` and further in are closed.
    pub(super) fn end_numbered(&mut self, place: u32) {
        while let Some(list) = self.numbering.lists.pop_if(|list| list.place >= place) {
            self.builder.settle(list.backward_before, list.items);
        }
    }
}

impl List {
    /// The number of the next item, to which the source may have `given` one.
    fn item(&mut self, given: Option<i32>) -> ItemNumber {
        let value = given.unwrap_or(self.next);
        let number = ListNumber {
            value,
            step: match self.items {
                0 => NumberStep::First,
                _ if value == self.next && !(self.is_backward && given.is_some()) => {
                    NumberStep::Next
                }
                _ => NumberStep::Jump,
            },
        };
        self.items = self.items.saturating_add(1);
        self.next = value.saturating_add(self.step);
        self.is_backward &= given.is_none();
        match self.is_backward {
            true => ItemNumber::Backward(number),
            false => ItemNumber::Known(number),
        }
    }
}

/// The integer that `value` begins with, as HTML reads it: white space and a sign before it, and
/// anything behind it. None if there is none, or it does not fit.
fn integer(value: &str) -> Option<i32> {
    let value = value.trim_ascii_start();
    let sign = usize::from(value.starts_with(['-', '+']));
    let digits = value[sign..].bytes().take_while(u8::is_ascii_digit).count();
    value[..sign + digits].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::integer;

    #[test]
    fn integers_are_read_as_html_reads_them() {
        for (value, expected) in [
            ("3", Some(3)),
            (" \n-12px", Some(-12)),
            ("+5", Some(5)),
            ("007", Some(7)),
            ("2147483647", Some(i32::MAX)),
            ("-2147483648", Some(i32::MIN)),
            ("2147483648", None),
            ("99999999999999999999", None),
            ("", None),
            ("-", None),
            ("+-3", None),
            ("three", None),
            ("３", None),
            ("1e9", Some(1)),
        ] {
            assert_eq!(integer(value), expected, "{value:?}");
        }
    }
}
