//! Documents -> different texts.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::heap::Document;
use super::scope::Scope;

/// The different texts of each place of a heap: for each the documents that have it. The most
/// complete text is first, and in each the most complete document, then by path.
#[derive(Debug)]
pub(super) struct Texts(Vec<Vec<u32>>);

impl Texts {
    pub fn of(documents: &[Document], scope: &Scope) -> Self {
        let mut order: Vec<u32> = (0..documents.len() as u32).collect();
        order.sort_unstable_by_key(|at| {
            let document = &documents[*at as usize];
            (Reverse(document.card.completeness), &document.path)
        });
        let mut number_of: HashMap<(u32, u128), usize> = HashMap::with_capacity(order.len());
        let mut texts: Vec<Vec<u32>> = Vec::new();
        for at in order {
            let document = &documents[at as usize];
            let text = (scope.place(&document.path), document.card.text_hash);
            let number = *number_of.entry(text).or_insert(texts.len());
            match texts.get_mut(number) {
                Some(text) => text.push(at),
                None => texts.push(vec![at]),
            }
        }
        Self(texts)
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The most complete document with each text.
    pub fn first_documents(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().map(|documents| documents[0] as usize)
    }

    /// The documents that have `text`, the most complete first.
    pub fn documents(&self, text: u32) -> impl ExactSizeIterator<Item = usize> + Clone + '_ {
        self.0[text as usize].iter().map(|at| *at as usize)
    }

    /// The most complete document that has `text`.
    pub fn first(&self, text: u32) -> usize {
        self.0[text as usize][0] as usize
    }
}
