//! Which kind of block an element's text is, and which elements end which.

use super::elements::{COUNT, Element};
use super::open::OpenElements;
use crate::text::BlockKind;

/// The elements that give the text in them a kind.
const CONTEXTS: [Element; 21] = [
    Element::H1,
    Element::H2,
    Element::H3,
    Element::H4,
    Element::H5,
    Element::H6,
    Element::Li,
    Element::Dt,
    Element::Dd,
    Element::Option,
    Element::Blockquote,
    Element::Tr,
    Element::Td,
    Element::Th,
    Element::Table,
    Element::Caption,
    Element::Figcaption,
    Element::Legend,
    Element::Summary,
    Element::Title,
    Element::Select,
];

const HEADINGS: [Element; 6] = [
    Element::H1,
    Element::H2,
    Element::H3,
    Element::H4,
    Element::H5,
    Element::H6,
];

/// An end tag outside of these does not close an element inside of them.
const SCOPES: [Element; 7] = [
    Element::Table,
    Element::Td,
    Element::Th,
    Element::Caption,
    Element::Template,
    Element::Object,
    Element::Marquee,
];

/// A list item closes the one before it, unless one of these is between.
const LIST_SCOPES: [Element; 16] = [
    Element::Ul,
    Element::Ol,
    Element::Menu,
    Element::Dir,
    Element::Dl,
    Element::Table,
    Element::Td,
    Element::Th,
    Element::Caption,
    Element::Blockquote,
    Element::Section,
    Element::Article,
    Element::Template,
    Element::Details,
    Element::Fieldset,
    Element::Object,
];

const CODE: [Element; 4] = [
    Element::Pre,
    Element::Listing,
    Element::Xmp,
    Element::Plaintext,
];

const LISTS: [Element; 5] = [
    Element::Ul,
    Element::Ol,
    Element::Menu,
    Element::Dir,
    Element::Dl,
];

const ROW_GROUPS: [Element; 3] = [Element::Tbody, Element::Thead, Element::Tfoot];

/// Whether an element gives the text in it a kind: a table, because it is asked at every tag.
static GIVES_CONTEXT: [bool; COUNT] = {
    let mut gives = [false; COUNT];
    let mut at = 0;
    while at < CONTEXTS.len() {
        gives[CONTEXTS[at] as usize] = true;
        at += 1;
    }
    at = 0;
    while at < CODE.len() {
        gives[CODE[at] as usize] = true;
        at += 1;
    }
    gives
};

impl Element {
    /// Whether it gives the text in it a kind.
    #[inline]
    pub fn gives_context(self) -> bool {
        GIVES_CONTEXT[self as usize]
    }

    /// The kind of the text in it, unless another element in it gives another.
    pub fn context(self) -> Option<BlockKind> {
        Some(match self {
            Self::H1 => BlockKind::Heading(1),
            Self::H2 => BlockKind::Heading(2),
            Self::H3 => BlockKind::Heading(3),
            Self::H4 => BlockKind::Heading(4),
            Self::H5 => BlockKind::Heading(5),
            Self::H6 => BlockKind::Heading(6),
            Self::Li | Self::Dt | Self::Dd | Self::Option => BlockKind::ListItem,
            Self::Blockquote => BlockKind::Quotation,
            Self::Pre | Self::Listing | Self::Xmp | Self::Plaintext => BlockKind::Code,
            Self::Tr | Self::Td | Self::Th => BlockKind::TableRow,
            Self::Title => BlockKind::Metadata,
            Self::Table
            | Self::Caption
            | Self::Figcaption
            | Self::Legend
            | Self::Summary
            | Self::Select => BlockKind::Paragraph,
            _ => return None,
        })
    }

    /// Whether its text keeps its lines.
    pub fn is_code(self) -> bool {
        CODE.contains(&self)
    }

    /// Whether it is a cell of a table.
    pub fn is_cell(self) -> bool {
        matches!(self, Self::Td | Self::Th)
    }

    /// Whether a table's row ends where it begins, rather than going on after a space.
    pub fn breaks_row(self) -> bool {
        if self.is_cell() {
            return false;
        }
        self == Self::Hr
            || self.gives_context()
            || LISTS.contains(&self)
            || ROW_GROUPS.contains(&self)
            || matches!(self, Self::Datalist | Self::Details)
    }
}

impl OpenElements {
    /// The kind that the innermost element that gives one gives. Whatever is in code is code.
    pub fn context(&self) -> Option<BlockKind> {
        if self.innermost_of(&CODE) > 0 {
            return Some(BlockKind::Code);
        }
        CONTEXTS
            .iter()
            .max_by_key(|element| self.place(**element))
            .filter(|element| self.place(**element) > 0)
            .and_then(|element| element.context())
    }

    /// The place of the element that `element`, by beginning, closes; 0 if none.
    pub fn closed_by_start(&self, element: Element) -> u32 {
        let closed = match element {
            Element::Li => self.within(self.place(Element::Li), &LIST_SCOPES),
            Element::Dt | Element::Dd => {
                let entry = self.innermost_of(&[Element::Dt, Element::Dd]);
                self.within(entry, &LIST_SCOPES)
            }
            Element::Td | Element::Th => {
                let cell = self.innermost_of(&[Element::Td, Element::Th]);
                self.within(cell, &[Element::Tr, Element::Table])
            }
            Element::Tr => self.within(self.place(Element::Tr), &[Element::Table]),
            Element::Tbody | Element::Thead | Element::Tfoot => {
                match self.within(self.innermost_of(&ROW_GROUPS), &[Element::Table]) {
                    0 => self.within(self.place(Element::Tr), &[Element::Table]),
                    group => group,
                }
            }
            Element::Option => self.within(
                self.place(Element::Option),
                &[Element::Select, Element::Optgroup, Element::Datalist],
            ),
            Element::Optgroup => self.within(
                self.innermost_of(&[Element::Option, Element::Optgroup]),
                &[Element::Select, Element::Datalist],
            ),
            _ if HEADINGS.contains(&element) => {
                let heading = self.innermost_of(&HEADINGS);
                if heading == self.depth() { heading } else { 0 }
            }
            _ => 0,
        };
        match closed {
            0 => self.within(self.place(Element::P), &SCOPES),
            closed => closed,
        }
    }

    /// The place, unless one of `scopes` is open further in; 0 if it is none.
    #[inline]
    fn within(&self, place: u32, scopes: &[Element]) -> u32 {
        if place > 0 && place > self.innermost_of(scopes) {
            place
        } else {
            0
        }
    }

    /// The place of the element that the end tag of `element`, which ends blocks, closes; 0 if
    /// none.
    pub fn closed_by_end(&self, element: Element) -> u32 {
        let place = match element {
            _ if HEADINGS.contains(&element) => self.innermost_of(&HEADINGS),
            _ => self.place(element),
        };
        match element {
            Element::Table | Element::Template | Element::Marquee => place,
            Element::Li => self.within(self.within(place, &LISTS), &SCOPES),
            Element::Td
            | Element::Th
            | Element::Tr
            | Element::Tbody
            | Element::Thead
            | Element::Tfoot
            | Element::Caption => self.within(place, &[Element::Table]),
            _ => self.within(place, &SCOPES),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_says_which_elements_give_a_kind() {
        for element in Element::all() {
            assert_eq!(element.gives_context(), element.context().is_some());
        }
    }
}
