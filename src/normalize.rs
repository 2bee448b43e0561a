//! Bytes -> [`Witness`]: the canonical form of `docs/canonical-form.md`, version 1.
//!
//! Pure and total: any bytes give a witness, and what is wrong with them is data in it.
//! The rules, in order: [`decode`], segment by format ([`plain`], [`markdown`], [`html`], each
//! through the [`builder`], which applies the [`unicode`] rules), [`comments`].

mod builder;
pub mod comments;
mod decode;
mod front_matter;
mod html;
mod line;
mod markdown;
mod outline;
mod plain;
mod unicode;

use crate::Error;
use crate::text::{Format, Witness};

pub use comments::Profiles;
pub use decode::is_binary;

/// How to read bytes, where the caller knows better than they say.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The encoding, instead of what the bytes declare or look like.
    pub encoding: Option<&'static encoding_rs::Encoding>,
    /// The format, instead of what the name and the content say.
    pub format: Option<Format>,
    /// Whether to put right what was once decoded in the wrong encoding, where that is exact.
    pub repair: bool,
    /// How comment sections are recognised.
    pub profiles: Profiles,
}

/// Reads `bytes` into a witness. `extension` is that of the file's name, without the dot.
///
/// # Errors
/// [`crate::ErrorKind::TooLarge`] if the bytes, or the text they decode to, are 4 GiB or more.
pub fn normalize(
    bytes: &[u8],
    extension: Option<&str>,
    options: &Options,
) -> Result<Witness, Error> {
    let _ = (bytes, extension, options);
    todo!("founder")
}
