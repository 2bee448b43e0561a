use lacuna::report::{Event, Json, Options, Renderer, Text};
use lacuna::text::Code;

use crate::Outcome;
use crate::flags::{ExplainFlags, ExplainFormat, Wanted};
use crate::output::Output;
use crate::terminal::terminal;

/// Says what codes mean, each once, by number.
pub fn run(flags: &ExplainFlags) -> anyhow::Result<Outcome> {
    let renderer: Box<dyn Renderer> = match flags.format {
        ExplainFormat::Text => Box::new(Text::new(terminal(&flags.output), Options::default())),
        ExplainFormat::Json => Box::new(Json::new(Options::default())),
    };
    let mut out = Output::new(renderer, flags.output.quiet, &flags.output);
    let is_wanted = |code: &&Code| {
        let wanted =
            |wanted: &Wanted| matches!(wanted, Wanted::All) || *wanted == Wanted::One(**code);
        flags.codes.iter().any(wanted)
    };
    for (nth, code) in Code::ALL.iter().filter(is_wanted).enumerate() {
        let first = nth == 0;
        out.event(&Event::Explained { code: *code, first })?;
    }
    out.finish()?;
    Ok(Outcome::Done)
}
