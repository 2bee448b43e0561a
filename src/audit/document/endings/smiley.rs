//! Faces made of punctuation, which end what somebody says as a full stop does.

/// Whether `text` ends with a face such as `:(` or `;-D`, or with the name of one: `:smile:`.
pub(super) fn ends(text: &str) -> bool {
    let text = text.trim_end();
    is_face(text) || is_named(text)
}

/// Eyes, perhaps a nose, and a mouth. A word in front of the eyes must stand apart, or they are its
/// colon.
fn is_face(text: &str) -> bool {
    let Some(rest) = text.strip_suffix(MOUTHS) else {
        return false;
    };
    let rest = rest.strip_suffix(['-', '\'']).unwrap_or(rest);
    rest.strip_suffix([':', ';', '=']).is_some_and(stands_apart)
}

const MOUTHS: [char; 14] = [
    ')', '(', ']', '[', '{', 'D', 'P', 'p', 'O', 'o', '/', '\\', '|', '*',
];

fn is_named(text: &str) -> bool {
    let in_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '+' | '-');
    let Some(name) = text.strip_suffix(':') else {
        return false;
    };
    let before = name.trim_end_matches(in_name);
    let name = &name[before.len()..];
    name.contains(|c: char| c.is_ascii_lowercase())
        && before.strip_suffix(':').is_some_and(stands_apart)
}

fn stands_apart(before: &str) -> bool {
    !before.ends_with(|c: char| c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faces_are_told_from_colons_and_brackets() {
        for (text, expected) in [
            ("No changelog until this point :(", true),
            ("Thanks :-)", true),
            ("See you ;D ", true),
            ("太难了:(", true),
            ("Open an issue. :smile:", true),
            ("Well done :+1_up:", true),
            ("看这里：", false),
            ("as follows:", false),
            ("at 10:30:", false),
            ("as follows:(", false),
            ("see (", false),
            ("a:b:", false),
            ("(see above)", false),
            ("", false),
            (":", false),
        ] {
            assert_eq!(ends(text), expected, "{text}");
        }
    }
}
