use super::{DamageCount, Digest, Encoding, Format, Witness};

/// What is known of a document besides what it says: small enough to be kept of every document of
/// a large heap.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// SHA-256 of the source bytes.
    pub digest: Digest,
    /// Length of the source in bytes.
    pub source_len: usize,
    /// Lines of the source.
    pub lines: usize,
    /// How the source was marked up.
    pub format: Format,
    /// How the source was encoded.
    pub encoding: Encoding,
    /// What is wrong with the source, by kind.
    pub damage: Vec<DamageCount>,
}

impl From<&Witness> for Profile {
    fn from(witness: &Witness) -> Self {
        Self {
            digest: witness.digest,
            source_len: witness.source_len,
            lines: witness.lines.len(),
            format: witness.format,
            encoding: witness.encoding.clone(),
            damage: witness.damage_counts(),
        }
    }
}
