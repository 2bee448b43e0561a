//! What one document shows alone: endings that look like cuts, damage, what it says twice.
//!
//! Each rule is one file, and a function from what is [`Seen`] to remarks. No rule knows another
//! document, the path or the policy, so that what it finds can be kept with an unchanged file.
//! How often each rule is right is measured by `cargo run --release --example audit-rates`.

mod damage;
mod declared;
mod empty;
mod encodings;
mod endings;
mod excerpt;
mod repeated;
mod seen;

pub use endings::{Phrases, is_unfinished};
pub use seen::Seen;

use super::Remark;

/// All that the document says against itself, by line, then by code.
pub fn remarks(seen: &Seen<'_>, phrases: &Phrases) -> Vec<Remark> {
    let mut remarks = Vec::new();
    endings::remarks(seen, phrases, &mut remarks);
    damage::remarks(seen, &mut remarks);
    repeated::remarks(seen, &mut remarks);
    remarks.extend(empty::remark(seen));
    declared::remarks(seen, &mut remarks);
    remarks.sort_by(|one, other| {
        (one.lines, one.code, &one.about).cmp(&(other.lines, other.code, &other.about))
    });
    remarks
}
