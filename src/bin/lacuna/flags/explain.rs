use clap::{Args, ValueEnum};
use lacuna::audit::policy::nearest_code;
use lacuna::text::Code;

use super::OutputFlags;

/// Say what a code of a finding means, and what to do about it
///
/// What it means, why it matters, an example, how to fix it, and how to turn it off or leave a
/// document out with a reason.
#[derive(Args, Debug)]
#[command(after_long_help = AFTER)]
pub struct ExplainFlags {
    /// Codes, by number or name, such as LAC301 or ends-in-sentence; or `all`
    #[arg(required = true, value_name = "CODE", value_parser = wanted)]
    pub codes: Vec<Wanted>,

    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value = "text", value_enum)]
    pub format: ExplainFormat,

    #[command(flatten)]
    pub output: OutputFlags,
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// All codes.
    All,
    /// This one.
    One(Code),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExplainFormat {
    Text,
    Json,
}

fn wanted(text: &str) -> Result<Wanted, String> {
    if text == "all" {
        return Ok(Wanted::All);
    }
    let code = text.parse().map(Wanted::One);
    code.map_err(|_| {
        format!(
            "there is no such code; did you mean {}?",
            nearest_code(text)
        )
    })
}

const AFTER: &str = "\
Examples:
  lacuna explain LAC301
  lacuna explain ends-in-sentence
  lacuna explain all --format json

Exit codes:
  0  done
  2  could not complete: bad usage, or there is no such code";
