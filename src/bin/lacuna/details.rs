//! The relations of groups, whole, to be reported one after the other.

use std::sync::Arc;

use lacuna::scan::{Group, Heap};
use lacuna::text::{Relation, Witness};
use rayon::prelude::*;

/// How many relations are in memory at a time, …
const AT_ONCE: usize = 256;

/// … and about how many bytes of documents, unless one relation needs more.
const AT_ONCE_BYTES: usize = 64 << 20;

/// A copy and how it stands to the base of its group.
pub struct Detail {
    pub base: Arc<Witness>,
    pub copy: Arc<Witness>,
    pub relation: Arc<Relation>,
}

/// Gives the details of those copies of `groups` that are `wanted`, by the numbers of group and
/// copy, to `tell`, in order. Of a copy that has changed since it was compared there are none.
pub fn each(
    heap: &Heap<'_>,
    groups: &[Group],
    wanted: impl Iterator<Item = (usize, usize)>,
    mut tell: impl FnMut(usize, usize, Option<&Detail>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let len = |at: usize| {
        let document = heap.documents().get(at);
        document.map_or(0, |document| document.card.profile.source_len)
    };
    let mut items = wanted
        .filter_map(|(number, at)| {
            let group = groups.get(number)?;
            Some((number, at, group.base, group.copies.get(at)?.document))
        })
        .peekable();
    while items.peek().is_some() {
        let mut bytes = 0;
        let mut batch = Vec::new();
        while let Some(item) = items.next_if(|(_, _, base, copy)| {
            bytes += len(*base) + len(*copy);
            batch.is_empty() || (batch.len() < AT_ONCE && bytes < AT_ONCE_BYTES)
        }) {
            batch.push(item);
        }
        let bases: Vec<_> = batch.chunk_by(|a, b| a.2 == b.2).collect();
        let details: Vec<Option<Detail>> = bases
            .into_par_iter()
            .flat_map(|copies| {
                let base = heap.witness(copies[0].2);
                copies.into_par_iter().map(move |item| {
                    let (base, copy) = (base.clone()?, heap.witness(item.3)?);
                    let relation = heap.relate_opened((item.2, &base), (item.3, &copy));
                    Some(Detail {
                        base,
                        copy,
                        relation,
                    })
                })
            })
            .collect();
        for ((number, at, ..), detail) in batch.iter().zip(&details) {
            tell(*number, *at, detail.as_ref())?;
        }
    }
    Ok(())
}
