use clap::{Args, ValueEnum};

#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Output")]
pub struct OutputFlags {
    /// Write no report; the exit code and messages about trouble tell
    ///
    /// Of `diff` as text, the line with the verdict stays.
    #[arg(short, long)]
    pub quiet: bool,

    /// Whether to use colour
    ///
    /// `auto` uses it on a terminal, and follows NO_COLOR, CLICOLOR_FORCE, CLICOLOR and TERM.
    #[arg(long, value_name = "WHEN", default_value = "auto", value_enum)]
    pub color: ColourWhen,

    /// Draw with ASCII characters only
    ///
    /// What documents say is shown as it is. Also used when the locale (LC_ALL, LC_CTYPE, LANG) is
    /// set to one that is not UTF-8.
    #[arg(long)]
    pub ascii: bool,

    /// Do not show the report in a pager
    ///
    /// On a terminal, long reports go through LACUNA_PAGER or PAGER or else `less`; one that is
    /// empty or `cat` is none.
    #[arg(long)]
    pub no_pager: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ColourWhen {
    Auto,
    Always,
    Never,
}
