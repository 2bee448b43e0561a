use xxhash_rust::xxh3::xxh3_128;

use crate::collate::Completeness;
use crate::index::signature::Signature;
use crate::text::{Profile, Witness};

/// All that a scan needs of a document to find candidates and to put them in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// What is known of the document besides what it says.
    pub profile: Profile,
    pub(super) completeness: Completeness,
    /// Proposes that two documents have the same match text.
    pub(super) text_hash: u128,
    pub(super) signature: Signature,
}

impl Card {
    /// The same for two documents of the same match text, and for hardly any others.
    pub fn text_hash(&self) -> u128 {
        self.text_hash
    }

    /// The length of its match text in characters.
    pub fn chars(&self) -> u64 {
        self.completeness.all
    }
}

impl From<&Witness> for Card {
    fn from(witness: &Witness) -> Self {
        Self {
            profile: Profile::from(witness),
            completeness: Completeness::of(witness),
            text_hash: xxh3_128(witness.match_text.as_bytes()),
            signature: Signature::of(witness),
        }
    }
}
