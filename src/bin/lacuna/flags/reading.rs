use std::path::PathBuf;

use clap::{Args, ValueEnum};
use encoding_rs::Encoding;
use lacuna::text::Format;

#[derive(Args, Debug)]
#[command(next_help_heading = "Reading")]
pub struct ReadingFlags {
    /// Read documents in this encoding, whatever they declare or look like
    ///
    /// Names are those of the WHATWG Encoding Standard and their aliases: utf-8, gbk, gb18030,
    /// big5, shift_jis, euc-jp, euc-kr, windows-1252, koi8-r, utf-16le …
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    pub encoding: Option<&'static Encoding>,

    /// Read documents as this format, whatever their name and content say
    #[arg(long, value_name = "FORMAT", value_enum)]
    pub input_format: Option<InputFormat>,

    /// Read binary files as if they were text, too
    ///
    /// Otherwise a file that is dense in NUL bytes, or begins like a known binary format, is left
    /// out, also if it is named.
    #[arg(long)]
    pub binary: bool,

    /// Put text right that was once decoded in the wrong encoding, where that is exact
    #[arg(long)]
    pub repair: bool,

    /// Configuration file, instead of the lacuna.toml of this folder or one above
    ///
    /// Without this, lacuna.toml is looked for in the current folder and in those above it, up to
    /// the root of the repository (the folder that holds .git).
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub config: Option<PathBuf>,

    /// Read no configuration file
    #[arg(long)]
    pub no_config: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum InputFormat {
    /// No markup: blank lines separate paragraphs
    Plain,
    /// CommonMark with tables, footnotes and HTML inside
    Markdown,
    /// HTML or XHTML
    Html,
}

impl From<InputFormat> for Format {
    fn from(format: InputFormat) -> Self {
        match format {
            InputFormat::Plain => Self::Plain,
            InputFormat::Markdown => Self::Markdown,
            InputFormat::Html => Self::Html,
        }
    }
}

fn encoding(name: &str) -> Result<&'static Encoding, String> {
    Encoding::for_label(name.trim().as_bytes())
        .filter(|encoding| *encoding != encoding_rs::REPLACEMENT)
        .ok_or_else(|| String::from("no encoding of the WHATWG Encoding Standard has this name"))
}
