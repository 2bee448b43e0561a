//! The elements that are open, innermost last.

use super::elements::{COUNT, Element};

/// A stack that knows, at no cost, where the innermost element of each name is, so that an end
/// tag without a start tag is seen at once however deep the nesting.
///
/// Places count from 1; 0 stands for "none", which is further out than any element.
pub(super) struct OpenElements {
    names: Vec<Element>,
    /// For each element, the place of the next one outside it with the same name.
    outer: Vec<u32>,
    /// Where the start tag of each begins.
    starts: Vec<u32>,
    innermost: [u32; COUNT],
}

impl OpenElements {
    pub fn new() -> Self {
        Self {
            names: Vec::new(),
            outer: Vec::new(),
            starts: Vec::new(),
            innermost: [0; COUNT],
        }
    }

    /// How many are open; the place of the innermost one.
    #[inline]
    pub fn depth(&self) -> u32 {
        self.names.len() as u32
    }

    /// Opens an element whose start tag begins at `start`, and gives its place.
    #[inline]
    pub fn push(&mut self, element: Element, start: usize) -> u32 {
        let innermost = &mut self.innermost[element as usize];
        self.names.push(element);
        self.outer.push(*innermost);
        self.starts.push(start as u32);
        *innermost = self.names.len() as u32;
        *innermost
    }

    /// Closes the innermost one.
    #[inline]
    pub fn pop(&mut self) -> Option<Element> {
        let element = self.names.pop()?;
        self.starts.pop();
        self.innermost[element as usize] = self.outer.pop()?;
        Some(element)
    }

    /// The place of the innermost `element`.
    #[inline]
    pub fn place(&self, element: Element) -> u32 {
        self.innermost[element as usize]
    }

    /// The place of the innermost one of `elements`.
    #[inline]
    pub fn innermost_of(&self, elements: &[Element]) -> u32 {
        elements
            .iter()
            .map(|element| self.place(*element))
            .max()
            .unwrap_or(0)
    }

    /// The innermost element that must be closed, or else `body` or `html`, and where it begins.
    pub fn unclosed(&self) -> Option<(Element, usize)> {
        let open = || self.names.iter().zip(&self.starts).rev();
        let page = |element: &Element| matches!(element, Element::Body | Element::Html);
        let found = open().find(|(element, _)| element.must_be_closed());
        let found = found.or_else(|| open().find(|(element, _)| page(element)));
        found.map(|(element, start)| (*element, *start as usize))
    }

    /// The place of the innermost element that ends blocks.
    pub fn innermost_block(&self) -> u32 {
        Element::blocks()
            .map(|element| self.place(element))
            .max()
            .unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_follow_pushes_and_pops() {
        let mut open = OpenElements::new();
        assert_eq!(open.pop(), None);
        open.push(Element::Div, 0);
        open.push(Element::B, 0);
        assert_eq!(open.push(Element::Div, 0), 3);
        assert_eq!(open.place(Element::Div), 3);
        assert_eq!(open.innermost_block(), 3);
        assert_eq!(open.innermost_of(&[Element::B, Element::I]), 2);
        assert_eq!(open.pop(), Some(Element::Div));
        assert_eq!(open.place(Element::Div), 1);
        assert_eq!(open.innermost_block(), 1);
        assert_eq!(open.depth(), 2);
    }

    #[test]
    fn what_must_be_closed_comes_before_what_may_be_left_open() {
        let mut open = OpenElements::new();
        open.push(Element::Html, 0);
        assert_eq!(open.unclosed(), Some((Element::Html, 0)));
        open.push(Element::Div, 6);
        open.push(Element::P, 11);
        open.push(Element::B, 14);
        assert_eq!(open.unclosed(), Some((Element::Div, 6)));
    }
}
