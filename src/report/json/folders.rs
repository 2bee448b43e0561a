//! A pair of folders.

use serde::Serialize;

use super::scan::Verdicts;
use crate::report::{Folder, FolderPair};

/// Two folders whose documents are copies of one another.
#[derive(Serialize)]
pub(super) struct Folders<'a> {
    kinship: &'static str,
    base: FolderRecord<'a>,
    copy: FolderRecord<'a>,
    relations: Verdicts,
    reversed: usize,
    comments: Comments,
}

#[derive(Serialize)]
struct FolderRecord<'a> {
    path: &'a str,
    documents: usize,
    related: usize,
}

#[derive(Serialize)]
struct Comments {
    lacking: usize,
    extra: usize,
}

impl<'a> From<&'a FolderPair> for Folders<'a> {
    fn from(pair: &'a FolderPair) -> Self {
        Self {
            kinship: pair.kinship().name(),
            base: (&pair.base).into(),
            copy: (&pair.copy).into(),
            relations: pair.verdicts.into(),
            reversed: pair.reversed,
            comments: Comments {
                lacking: pair.comments_lacking,
                extra: pair.comments_extra,
            },
        }
    }
}

impl<'a> From<&'a Folder> for FolderRecord<'a> {
    fn from(folder: &'a Folder) -> Self {
        Self {
            path: &folder.path,
            documents: folder.documents,
            related: folder.related,
        }
    }
}
