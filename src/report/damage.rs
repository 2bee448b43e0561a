//! Damage, in words.

use super::numbers::{count, lines};
use crate::text::{DamageCount, DamageKind};

/// `2 NULs, 1 unclosed comment, first at lines 5-9`; nothing if there is none.
pub fn in_words(damage: &[DamageCount], ascii: bool) -> Option<String> {
    let first = damage.iter().map(|damage| damage.first).min()?;
    let total: u64 = damage.iter().map(|damage| damage.count).sum();
    let counts: Vec<String> = damage
        .iter()
        .map(|damage| {
            let one = noun(damage.kind);
            count(damage.count, one, &format!("{one}s"), ascii)
        })
        .collect();
    let at = if total > 1 { "first at" } else { "at" };
    Some(format!("{}, {at} {}", counts.join(", "), lines(first)))
}

/// One passage that is damaged so.
fn noun(kind: DamageKind) -> &'static str {
    match kind {
        DamageKind::Undecodable => "undecodable passage",
        DamageKind::Mojibake => "mojibake passage",
        _ => kind.name(),
    }
}
