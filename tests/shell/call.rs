//! Running the program with an environment and a standard input of the test's choice.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::program::{Run, command};

/// A call of the program.
pub struct Call {
    command: Command,
    input: Vec<u8>,
}

/// Calls the program in `folder`, with nothing in its environment that could change its output.
pub fn lacuna(folder: &Path, arguments: &[&str]) -> Call {
    Call {
        command: command(folder, arguments),
        input: Vec::new(),
    }
}

impl Call {
    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    pub fn input(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.input = bytes.into();
        self
    }

    pub fn run(mut self) -> Run {
        let mut child = (self.command)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        // The program may end without reading it.
        let _ = stdin.write_all(&self.input);
        drop(stdin);
        let output = child.wait_with_output().expect("the program ends");
        Run {
            code: output.status.code().unwrap_or(-1),
            stdout: output.stdout,
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}
