//! What the reader's terminal can show.

use std::env;
use std::io::{self, IsTerminal};

use lacuna::report::Terminal;

use crate::flags::{ColourWhen, OutputFlags};

/// Width where nothing says another one, in columns.
const WIDTH: usize = 80;
/// Reports do not get narrower than this.
const NARROWEST: usize = 40;

/// The terminal as the flags and the environment describe it.
pub fn terminal(flags: &OutputFlags) -> Terminal {
    let tty = io::stdout().is_terminal();
    Terminal {
        width: width(tty, &variable),
        colour: colour(flags.color, tty, &variable),
        ascii: flags.ascii || !is_utf8(&variable),
    }
}

/// What a file can show.
pub const FILE: Terminal = Terminal {
    width: WIDTH,
    colour: false,
    ascii: false,
};

/// An environment variable that is set to something.
fn variable(name: &str) -> Option<String> {
    env::var_os(name)
        .map(|value| value.to_string_lossy().into_owned())
        .filter(|value| !value.is_empty())
}

fn width(tty: bool, variable: &dyn Fn(&str) -> Option<String>) -> usize {
    let named = variable("COLUMNS").and_then(|columns| columns.trim().parse().ok());
    let measured = || {
        let (width, _) = terminal_size::terminal_size_of(io::stdout())?;
        Some(usize::from(width.0))
    };
    named
        .or_else(|| if tty { measured() } else { None })
        .filter(|width| *width > 0)
        .map_or(WIDTH, |width| width.max(NARROWEST))
}

/// See <https://no-color.org> and <https://bixense.com/clicolors>.
fn colour(when: ColourWhen, tty: bool, variable: &dyn Fn(&str) -> Option<String>) -> bool {
    let is = |name: &str, value: &str| variable(name).is_some_and(|set| set == value);
    match when {
        ColourWhen::Always => true,
        ColourWhen::Never => false,
        ColourWhen::Auto if variable("NO_COLOR").is_some() => false,
        ColourWhen::Auto if variable("CLICOLOR_FORCE").is_some_and(|set| set != "0") => true,
        // git says so to what it starts, if its pager shows the output on a terminal.
        ColourWhen::Auto if is("GIT_PAGER_IN_USE", "true") => true,
        ColourWhen::Auto => tty && !is("TERM", "dumb") && !is("CLICOLOR", "0"),
    }
}

/// Whether the locale's character set is UTF-8. Where no locale is set, as in most containers, it
/// is taken to be.
fn is_utf8(variable: &dyn Fn(&str) -> Option<String>) -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(variable);
    locale.is_none_or(|locale| {
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(variables: &'static str) -> impl Fn(&str) -> Option<String> {
        move |name| {
            variables
                .split(' ')
                .filter_map(|variable| variable.split_once('='))
                .find_map(|(set, value)| (set == name).then(|| value.to_owned()))
        }
    }

    #[test]
    fn colour_follows_flag_then_environment_then_terminal() {
        use ColourWhen::{Always, Auto, Never};
        for (when, tty, variables, expected) in [
            (Auto, true, "", true),
            (Auto, false, "", false),
            (Auto, true, "TERM=dumb", false),
            (Auto, true, "CLICOLOR=0", false),
            (Auto, true, "NO_COLOR=1", false),
            (Auto, false, "CLICOLOR_FORCE=1", true),
            (Auto, false, "CLICOLOR_FORCE=0", false),
            (Auto, false, "GIT_PAGER_IN_USE=true", true),
            (Auto, false, "GIT_PAGER_IN_USE=true NO_COLOR=1", false),
            (Auto, true, "CLICOLOR_FORCE=1 NO_COLOR=1", false),
            (Auto, false, "CLICOLOR_FORCE=1 TERM=dumb", true),
            (Always, false, "NO_COLOR=1", true),
            (Never, true, "CLICOLOR_FORCE=1", false),
        ] {
            let found = colour(when, tty, &set(variables));
            assert_eq!(found, expected, "{when:?} {tty} {variables}");
        }
    }

    #[test]
    fn width_is_80_unless_something_says_otherwise() {
        for (variables, expected) in [
            ("", 80),
            ("COLUMNS=120", 120),
            ("COLUMNS=7", 40),
            ("COLUMNS=0", 80),
            ("COLUMNS=wide", 80),
        ] {
            assert_eq!(width(false, &set(variables)), expected, "{variables}");
        }
    }

    #[test]
    fn the_first_locale_that_is_set_decides() {
        for (variables, expected) in [
            ("", true),
            ("LANG=en_GB.UTF-8", true),
            ("LANG=C.utf8", true),
            ("LANG=C", false),
            ("LANG=zh_CN.UTF-8 LC_ALL=POSIX", false),
            ("LANG=C LC_CTYPE=C.UTF-8", true),
            ("LANG=zh_CN.GB18030", false),
        ] {
            assert_eq!(is_utf8(&set(variables)), expected, "{variables}");
        }
    }
}
