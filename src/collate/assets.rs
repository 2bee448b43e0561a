//! Assets correspond if they are of one kind and point to the same target.

use std::collections::HashSet;

use crate::text::{Asset, AssetChanges, AssetKind, Witness};

/// Compares the assets of two witnesses.
pub(super) fn compare(base: &Witness, copy: &Witness) -> AssetChanges {
    AssetChanges {
        lacking: only_in(&base.assets, &copy.assets),
        extra: only_in(&copy.assets, &base.assets),
    }
}

/// The assets that belong to the text, rather than to whoever commented on it.
pub(super) fn substantial(witness: &Witness) -> impl Iterator<Item = &Asset> {
    witness
        .assets
        .iter()
        .filter(|asset| asset.kind != AssetKind::Avatar)
}

fn only_in(these: &[Asset], those: &[Asset]) -> Vec<u32> {
    // Whether a picture is an avatar is known only where its comment was recognised; what it
    // points to is the same picture all the same.
    let targets: HashSet<&str> = those.iter().map(|asset| asset.target.as_str()).collect();
    let only = these
        .iter()
        .enumerate()
        .filter(|(_, asset)| !targets.contains(asset.target.as_str()));
    only.map(|(index, _)| index as u32).collect()
}
