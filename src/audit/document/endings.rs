//! Endings that look like cuts.
//!
//! What counts is how the body ends, whatever comments stand below it. Three things can be told of
//! one ending at once: what the last words leave unsaid, which markup is left open, and that the
//! length is one at which programs cut.

mod emphasis;
mod habit;
mod heading;
mod last_words;
mod mark;
mod open;
mod phrases;
mod size;
mod smiley;

pub use phrases::Phrases;

use super::seen::is_prose;
use super::{Seen, excerpt};
use crate::audit::Remark;
use crate::text::{Block, Format};

/// All that the end of the body says against the document.
pub(super) fn remarks(seen: &Seen<'_>, phrases: &Phrases, remarks: &mut Vec<Remark>) {
    remarks.extend(open::remark(seen));
    remarks.extend(phrases::remark(seen, phrases));
    remarks.extend(size::remark(seen));
    let Some(last) = seen.body().next_back() else {
        return;
    };
    remarks.extend(emphasis::remark(seen, last));
    remarks.extend(last_words::remark(seen, last));
    remarks.extend(heading::remark(seen, last));
}

/// Whether the body does not end as whole texts mostly do: with a full stop or its like, with a
/// table or with code. On its own this says little; of many documents of one length it says much.
pub fn is_unfinished(seen: &Seen<'_>) -> bool {
    let is_open = seen.witness.open.is_some();
    let last = seen.body().next_back();
    is_open || last.is_some_and(|last| is_prose(last.kind) && !mark::ends_sentence(seen.text(last)))
}

/// Whether the source is a page of HTML that is there to its last tag.
fn is_closed_page(seen: &Seen<'_>) -> bool {
    /// How much may stand behind the end tags: comments of servers and archives, in bytes.
    const BEHIND: usize = 1024;
    let tail = &seen.bytes[seen.bytes.len().saturating_sub(BEHIND)..];
    let tail = tail.to_ascii_lowercase();
    let has = |tag: &[u8]| memchr::memmem::find(&tail, tag).is_some();
    seen.witness.format == Format::Html && (has(b"</html") || has(b"</body"))
}

/// Whether something that is no text follows the block: a picture, an embedded page.
fn is_followed_by_asset(seen: &Seen<'_>, last: &Block) -> bool {
    let last_asset = seen.witness.assets.last();
    last_asset
        .is_some_and(|asset| asset.section == last.section && asset.span.start() >= last.span.end())
}
