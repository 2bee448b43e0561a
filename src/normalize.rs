//! Bytes -> [`Witness`]: the canonical form of `docs/canonical-form.md`, version 1.
//!
//! Pure and total: any bytes give a witness, and what is wrong with them is data in it.
//! The rules, in order: [`decode`], segment by format ([`plain`], [`markdown`], [`html`], each
//! through the [`builder`], which applies the [`unicode`] rules), [`comments`].

mod builder;
pub mod check;
pub mod comments;
mod decode;
mod finish;
mod format;
mod front_matter;
mod html;
mod line;
mod markdown;
mod outline;
mod plain;
#[cfg(test)]
mod spec_tests;
mod unicode;

use crate::text::{Format, Witness};
use crate::{Error, ErrorKind};

use builder::Builder;
use finish::Sums;
use line::Lines;

pub use check::{Check, check};
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

/// Reads `bytes` into a witness. `extension` is that of the file's name, without the dot. A large
/// source is work for two threads of rayon's current pool.
///
/// # Errors
/// [`crate::ErrorKind::TooLarge`] if the bytes, or the text they decode to, are 4 GiB or more.
pub fn normalize(
    bytes: &[u8],
    extension: Option<&str>,
    options: &Options,
) -> Result<Witness, Error> {
    if bytes.len() >= u32::MAX as usize {
        return Err(too_large());
    }
    let mut decoded = match options.repair {
        true => decode::decode(bytes, options.encoding, true),
        false => decode::read(bytes, options.encoding),
    };
    if decoded.text.len() >= u32::MAX as usize {
        return Err(too_large());
    }
    let format = options
        .format
        .unwrap_or_else(|| format::detect(&decoded.text, extension));
    let lines = Lines::of(&decoded.text);
    let draft = || {
        let mut builder = Builder::new(&decoded.text, &options.profiles);
        match format {
            Format::Plain => plain::segment(&mut builder, &lines),
            Format::Markdown => markdown::segment(&mut builder, &lines),
            Format::Html => html::segment(&mut builder),
        }
        builder.finish()
    };
    let sums = || Sums::of(bytes, &decoded, options.repair);
    let (mut draft, sums) = match bytes.len() < LARGE {
        true => (draft(), sums()),
        false => rayon::join(draft, sums),
    };
    if draft.overflow {
        return Err(too_large());
    }
    if let Some(misread) = &sums.misread {
        decoded.note(misread);
    }
    let comments = comments::recognise(&mut draft, &decoded.text, &options.profiles);
    let decoded = (decoded, lines);
    Ok(finish::finish(sums, decoded, format, draft, comments))
}

/// A source of so many bytes is work for two threads.
const LARGE: usize = 1 << 20;

fn too_large() -> Error {
    Error::new(
        ErrorKind::TooLarge,
        "is 4 GiB or larger, which is more than one document may be",
    )
}
