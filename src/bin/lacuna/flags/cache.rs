use std::path::PathBuf;

use clap::Args;

#[derive(Args, Debug)]
pub struct CacheFlags {
    /// Read every file, whatever is known of it
    #[arg(long)]
    pub no_cache: bool,

    /// Keep what is known of files in this folder, to be disposed of at will. Without it, in
    /// `lacuna` in the user's folder for caches, and only if there is much to read: 16 MiB for a
    /// scan, 4 MiB for an audit
    ///
    /// A file is known by its path, size, times of change and number on the disk.
    #[arg(long, value_name = "DIR", conflicts_with = "no_cache")]
    pub cache_dir: Option<PathBuf>,
}
