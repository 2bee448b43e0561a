//! Input that nobody wrote for a reader. None of it may crash or hang the program, or lose text.

mod inputs;

use std::fs;

use crate::program::{Run, empty_folder, lacuna_in};
use inputs::Input;

/// Normalises the input and holds the program to what the text must have.
fn check(input: &Input, folder: &str) {
    let folder = empty_folder(folder);
    let file = format!("input.{}", input.extension);
    fs::write(folder.join(&file), &input.bytes).unwrap();
    let run = sound(lacuna_in(&folder, ["normalize", &file]), input.name);
    assert_eq!(run.code, 0, "{}: {}", input.name, run.stderr);
    let mut at = 0;
    for words in &input.holds {
        let found = run.text()[at..].find(words.as_str());
        at += found.unwrap_or_else(|| panic!("{}: {words:?} is lost", input.name)) + words.len();
    }
}

/// A run that no panic and no signal ended.
fn sound(run: Run, name: &str) -> Run {
    assert!(!run.stderr.contains("panicked"), "{name}: {}", run.stderr);
    assert!(
        (0..=2).contains(&run.code),
        "{name}: {}: {}",
        run.code,
        run.stderr
    );
    run
}

#[test]
fn no_input_crashes_or_loses_text() {
    for input in inputs::small() {
        check(&input, "hostile-small");
    }
}

#[test]
fn large_inputs_are_read_to_their_end() {
    for input in inputs::large(20 << 20) {
        check(&input, "hostile-large");
    }
}

#[test]
#[ignore = "takes a minute and 2 GB of memory"]
fn a_line_of_200_megabytes_is_read_to_its_end() {
    for input in inputs::large(200 << 20) {
        check(&input, "hostile-huge");
    }
}

#[test]
fn a_heap_of_all_of_them_is_scanned() {
    let folder = empty_folder("hostile-heap");
    for (number, input) in inputs::small().iter().enumerate() {
        let name = format!("{number:02}.{}", input.extension);
        fs::write(folder.join(name), &input.bytes).unwrap();
    }
    for format in ["text", "json", "jsonl"] {
        let run = sound(
            lacuna_in(&folder, ["scan", "--format", format, "."]),
            format,
        );
        assert_eq!(run.code, 0, "{}", run.stderr);
        harmless(&run, format);
    }
}

#[test]
fn what_a_document_says_cannot_steer_a_terminal() {
    let folder = empty_folder("hostile-terminal");
    let text = "\u{1b}[2J\u{1b}]0;title\u{7}\u{9b}31m\u{202e}drawkcab ".repeat(20)
        + &"A paragraph that both of these files have, and that is long enough to be found. "
            .repeat(4);
    fs::write(
        folder.join("a.txt"),
        format!("{text}\n\nAnd a tail.\u{8}\u{8}\u{8}\n"),
    )
    .unwrap();
    fs::write(folder.join("b\u{1b}[31m\n::error::.txt"), &text).unwrap();
    for (side, name) in [
        ("one", "x\u{202e}\n::error::.txt"),
        ("t\u{1b}[31mwo", "\u{9b}y.txt"),
    ] {
        let side = folder.join(side);
        fs::create_dir(&side).unwrap();
        fs::write(side.join(name), format!("{text}\n\nOnly in {name}.\n")).unwrap();
        fs::write(side.join(format!("{name}.png")), b"\x89PNG\0\0\0\0\0\0").unwrap();
        fs::write(side.join(format!("{name}.md")), name.repeat(9)).unwrap();
    }
    for arguments in [
        &["scan", "."][..],
        &["scan", "--color", "never", "--format", "jsonl", "."],
        &["diff", "a.txt", "b\u{1b}[31m\n::error::.txt"],
        &[
            "diff",
            "--format",
            "unified",
            "a.txt",
            "b\u{1b}[31m\n::error::.txt",
        ],
        &["normalize", "a.txt"],
        &["diff", "one", "t\u{1b}[31mwo"],
        &["diff", "--format", "json", "one", "t\u{1b}[31mwo"],
        &["diff", "one", "a.txt"],
        &["diff", "a.txt", "b\u{1b}[31m\n::error::.txt", "a.txt"],
        &[
            "diff",
            "--format",
            "json",
            "a.txt",
            "b\u{1b}[31m\n::error::.txt",
            "a.txt",
        ],
    ] {
        let run = sound(lacuna_in(&folder, arguments), arguments[0]);
        harmless(&run, arguments[0]);
    }
}

/// No control character but newline and tab, no bidi control, no line that a CI log obeys.
fn harmless(run: &Run, name: &str) {
    for text in [run.text(), &run.stderr] {
        let bad = |c: char| {
            (c.is_control() && c != '\n' && c != '\t')
                || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        if let Some(at) = text.find(bad) {
            let until = text[at..]
                .char_indices()
                .nth(20)
                .map_or(text.len(), |(n, _)| at + n);
            panic!("{name}: {:?} in the output", &text[at..until]);
        }
        assert!(
            !text.lines().any(|line| line.starts_with("::error")),
            "{name}: a workflow command"
        );
    }
}

#[test]
fn what_cannot_be_read_is_said_and_the_rest_is_done() {
    let folder = empty_folder("hostile-missing");
    fs::write(folder.join("here.md"), "A text that is here. ".repeat(20)).unwrap();
    let run = lacuna_in(&folder, ["scan", "--format", "jsonl", "here.md", "gone.md"]).expect(2);
    assert!(run.stderr.contains("gone.md"), "{}", run.stderr);
    let summary = &crate::contract::records(run.text(), "summary")[0];
    assert_eq!(summary["read"], 1);
    assert_eq!(summary["unreadable"], 1);
}
