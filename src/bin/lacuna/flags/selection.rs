use std::path::PathBuf;

use clap::{ArgAction, Args};

#[derive(Args, Debug)]
#[command(next_help_heading = "Which files (as in ripgrep)")]
pub struct ListFlags {
    /// Take files from a list, one a line; `-` reads the list from standard input
    ///
    /// Files in the list are always taken, like files that are named. A list that cannot be read
    /// ends the run.
    #[arg(long, value_name = "FILE")]
    pub files_from: Option<PathBuf>,

    /// Names in the list end with a NUL byte
    #[arg(short = '0', long, requires = "files_from")]
    pub null: bool,

    /// Show the types that there are, and exit
    #[arg(long, hide_short_help = true)]
    pub type_list: bool,
}

#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Which files (as in ripgrep)")]
pub struct SelectionFlags {
    /// Take hidden files and folders
    #[arg(short = '.', long)]
    pub hidden: bool,

    /// Take files that .gitignore, .ignore and the like leave out
    #[arg(long)]
    pub no_ignore: bool,

    /// Take files that git ignores
    #[arg(long)]
    pub no_ignore_vcs: bool,

    /// Do not heed .ignore files
    #[arg(long, hide_short_help = true)]
    pub no_ignore_dot: bool,

    /// Do not heed .git/info/exclude
    #[arg(long, hide_short_help = true)]
    pub no_ignore_exclude: bool,

    /// Do not heed the user's own ignore file for git
    #[arg(long, hide_short_help = true)]
    pub no_ignore_global: bool,

    /// Do not heed ignore files in folders above those named
    #[arg(long, hide_short_help = true)]
    pub no_ignore_parent: bool,

    /// Do not heed files given with --ignore-file
    #[arg(long, hide_short_help = true)]
    pub no_ignore_files: bool,

    /// Heed .gitignore files outside git repositories, too
    #[arg(long, hide_short_help = true)]
    pub no_require_git: bool,

    /// Heed this file with rules like those of .gitignore, too
    #[arg(long, value_name = "FILE", hide_short_help = true)]
    pub ignore_file: Vec<PathBuf>,

    /// -u: --no-ignore; -uu: and --hidden; -uuu: and --binary
    #[arg(short, long, action = ArgAction::Count)]
    pub unrestricted: u8,

    /// Take files that match, or leave them out if it begins with `!`; the last one decides
    ///
    /// Globs are like those of .gitignore, relative to the current folder, and override all other
    /// rules.
    #[arg(short, long, value_name = "GLOB", allow_hyphen_values = true)]
    pub glob: Vec<String>,

    /// Like --glob, but upper and lower case are the same
    #[arg(
        long,
        value_name = "GLOB",
        allow_hyphen_values = true,
        hide_short_help = true
    )]
    pub iglob: Vec<String>,

    /// Leave out files of fewer bytes; K, M and G stand for 1024 bytes and so on
    #[arg(
        long,
        value_name = "BYTES",
        default_value = "0",
        hide_default_value = true
    )]
    #[arg(value_parser = size)]
    pub min_size: u64,

    /// Take files of this type only, such as md, html or txt
    #[arg(short, long = "type", value_name = "TYPE")]
    pub type_: Vec<String>,

    /// Leave out files of this type
    #[arg(short = 'T', long, value_name = "TYPE")]
    pub type_not: Vec<String>,

    /// Follow symbolic links
    #[arg(short = 'L', long)]
    pub follow: bool,

    /// How many levels of folders to go down
    #[arg(short = 'd', long, value_name = "NUM")]
    pub max_depth: Option<usize>,

    /// Stay on the file system that a folder is on
    #[arg(long)]
    pub one_file_system: bool,
}

/// A number of bytes, with a suffix as in ripgrep.
fn size(text: &str) -> Result<u64, String> {
    let unit = |suffix: char| match suffix.to_ascii_uppercase() {
        'K' => Some(1 << 10),
        'M' => Some(1 << 20),
        'G' => Some(1 << 30),
        _ => None,
    };
    let (digits, unit) = match text.chars().next_back().and_then(unit) {
        Some(unit) => (&text[..text.len() - 1], unit),
        None => (text, 1_u64),
    };
    (digits.parse().ok())
        .and_then(|number: u64| number.checked_mul(unit))
        .ok_or_else(|| "is no number of bytes such as 500, 10K, 1M or 2G".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_the_suffixes_of_ripgrep() {
        for (text, expected) in [
            ("0", Some(0)),
            ("500", Some(500)),
            ("10K", Some(10_240)),
            ("10k", Some(10_240)),
            ("3M", Some(3 << 20)),
            ("1g", Some(1 << 30)),
            ("K", None),
            ("", None),
            ("1.5K", None),
            ("10T", None),
            ("-1", None),
            ("99999999999999999999", None),
            ("99999999999999G", None),
        ] {
            assert_eq!(size(text).ok(), expected, "{text}");
        }
    }
}
