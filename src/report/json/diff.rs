//! Two documents, compared.

use serde::Serialize;

use super::records::Document;
use super::relation::{EditRecord, Findings};
use super::structure::{MoveRecord, StructureRecord};
use crate::report::{Entry, Only};
use crate::text::{Edit, Relation};

#[derive(Serialize)]
pub(super) struct Diff<'a> {
    base: Document<'a>,
    copy: Document<'a>,
    #[serde(flatten)]
    findings: Findings<'a>,
    moves: Vec<MoveRecord>,
    structure: Vec<StructureRecord>,
    edits: Vec<EditRecord<'a>>,
}

impl<'a> Diff<'a> {
    pub fn new(
        base: Entry<'a>,
        copy: Entry<'a>,
        relation: &'a Relation,
        only: Option<Only>,
    ) -> Self {
        let structure = relation.structure.iter();
        let edits = relation.edits.iter().filter(|edit| asked(edit, only));
        Self {
            base: base.into(),
            copy: copy.into(),
            findings: Findings::new(base, copy, relation),
            moves: relation.moves.iter().map(MoveRecord::from).collect(),
            structure: structure
                .map(|change| StructureRecord::new(base.witness, copy.witness, change))
                .collect(),
            edits: edits
                .map(|edit| EditRecord::new(base.witness, copy.witness, edit))
                .collect(),
        }
    }
}

fn asked(edit: &Edit, only: Option<Only>) -> bool {
    match only {
        None => true,
        Some(Only::Lacking) => matches!(edit, Edit::Lacking { .. } | Edit::Repeated { .. }),
        Some(Only::Extra) => matches!(edit, Edit::Extra { .. } | Edit::RepeatedHere { .. }),
        Some(Only::Variants) => matches!(edit, Edit::Variant { .. }),
    }
}
