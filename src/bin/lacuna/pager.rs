//! A pager for long reports, as git has one: only on a terminal, and only if there is one.

use std::env;
use std::ffi::OsString;
use std::io::{self, IsTerminal as _, Write};
use std::process::{Child, ChildStdin, Command, Stdio};

use crate::flags::OutputFlags;

/// What less is told if LESS says nothing: to end at once if all goes on one screen (F), to let
/// colours through (R), to leave the screen as it is (X), and to end when interrupted (K), since
/// that ends this program, too, and two readers of one keyboard would be left otherwise.
const LESS: &str = "FRXK";

/// A pager that runs, and reads what is written.
pub struct Pager {
    child: Child,
    /// Until all is written.
    input: Option<ChildStdin>,
}

impl Pager {
    /// Starts the pager that the environment names, if standard output is a terminal and the flags
    /// let it be. A pager that cannot be started is none.
    pub fn start(flags: &OutputFlags) -> Option<Self> {
        if flags.no_pager || !io::stdout().is_terminal() {
            return None;
        }
        let command = command(&|name| env::var_os(name))?;
        let mut shell = Command::new("sh");
        shell.arg("-c").arg(command).stdin(Stdio::piped());
        for (name, value) in [("LESS", LESS), ("LV", "-c")] {
            if env::var_os(name).is_none() {
                shell.env(name, value);
            }
        }
        let mut child = shell.spawn().ok()?;
        let input = child.stdin.take();
        Some(Self { child, input })
    }
}

/// The command line of the pager: LACUNA_PAGER, then PAGER, then less. One that is empty or `cat`
/// is none, and a terminal that cannot move its cursor has none.
fn command(variable: &dyn Fn(&str) -> Option<OsString>) -> Option<OsString> {
    if variable("TERM").is_none_or(|term| term == "dumb") {
        return None;
    }
    let named = ["LACUNA_PAGER", "PAGER"].into_iter().find_map(variable);
    let command = named.unwrap_or_else(|| "less".into());
    (!command.is_empty() && command != "cat").then_some(command)
}

impl Write for Pager {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.input {
            Some(input) => input.write(bytes),
            None => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.input.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Drop for Pager {
    /// Waits until the reader has seen enough: the terminal is theirs until then.
    fn drop(&mut self) {
        drop(self.input.take());
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_names_the_pager() {
        for (variables, expected) in [
            (&[("TERM", "xterm")][..], Some("less")),
            (&[("TERM", "xterm"), ("PAGER", "more")], Some("more")),
            (
                &[
                    ("TERM", "xterm"),
                    ("PAGER", "more"),
                    ("LACUNA_PAGER", "most -s"),
                ],
                Some("most -s"),
            ),
            (
                &[("TERM", "xterm"), ("PAGER", "more"), ("LACUNA_PAGER", "")],
                None,
            ),
            (&[("TERM", "xterm"), ("PAGER", "cat")], None),
            (&[("TERM", "dumb"), ("PAGER", "more")], None),
            (&[], None),
        ] {
            let set = |name: &str| {
                let mut variables = variables.iter();
                variables
                    .find(|(set, _)| *set == name)
                    .map(|(_, value)| value.into())
            };
            assert_eq!(command(&set), expected.map(Into::into), "{variables:?}");
        }
    }
}
