//! Stands for `lacuna::scan` until that is there: same names, and finds nothing.

use lacuna::report::BaseReason;
use lacuna::text::{Relation, Witness};

pub struct Document {
    pub path: String,
    pub witness: Witness,
}

#[derive(Default)]
pub struct Scan {
    pub groups: Vec<Group>,
    pub boilerplate: Vec<Boilerplate>,
    pub texts: usize,
    pub compared: usize,
}

pub struct Boilerplate {
    pub excerpt: String,
    pub documents: usize,
}

pub struct Group {
    pub base: usize,
    pub reason: BaseReason,
    pub copies: Vec<Member>,
}

pub struct Member {
    pub document: usize,
    pub relation: Relation,
    pub same_as: Option<usize>,
}

pub fn scan(documents: &[Document]) -> Scan {
    Scan {
        texts: documents.len(),
        ..Scan::default()
    }
}
