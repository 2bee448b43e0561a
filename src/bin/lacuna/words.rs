//! Words about the output, on standard error.

use std::io::{self, Write as _};

use lacuna::report::escaped;

/// Says `message`. That nobody listens is no error.
pub fn say(message: &str) {
    let _ = writeln!(io::stderr().lock(), "lacuna: {}", escaped(message, true));
}

/// Says `message` about the input called `name`.
pub fn say_about(name: &str, message: &str) {
    say(&format!("{name}: {message}"));
}
