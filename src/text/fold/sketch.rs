//! Sketch text.

/// Appends the sketch text of a match text to `out`: case folded, only letters and digits.
pub fn sketch_text(match_text: &str, out: &mut String) {
    out.extend(
        match_text
            .chars()
            .flat_map(char::to_lowercase)
            .filter(|c| c.is_alphanumeric()),
    );
}
