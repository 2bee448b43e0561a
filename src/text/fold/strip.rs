//! Markup that is left over in text: the second half of match text.

/// Finds what goes in one pass: calls back with the offset of each byte to remove, ascending.
pub(super) type Pass = fn(&[u8], &mut dyn FnMut(usize));

/// The passes, in order. Escapes go first, so that text that was unescaped once and text that
/// was not read the same.
pub(super) const PASSES: [Pass; 2] = [escapes, pairs];

/// Applies all passes to `text[start..]`.
pub(super) fn strip(text: &mut String, start: usize) {
    if memchr::memchr2(b'*', b'\\', &text.as_bytes()[start..]).is_none() {
        return;
    }
    for pass in PASSES {
        let tail = text.split_off(start);
        let mut from = 0;
        pass(tail.as_bytes(), &mut |at| {
            text.push_str(&tail[from..at]);
            from = at + 1;
        });
        text.push_str(&tail[from..]);
    }
}

/// Every backslash before ASCII punctuation, be it another backslash.
fn escapes(text: &[u8], remove: &mut dyn FnMut(usize)) {
    for at in memchr::memchr_iter(b'\\', text) {
        if text.get(at + 1).is_some_and(u8::is_ascii_punctuation) {
            remove(at);
        }
    }
}

/// Every two asterisks in a row, from the left: of an odd number the last one stays.
fn pairs(text: &[u8], remove: &mut dyn FnMut(usize)) {
    let mut first = None;
    for at in memchr::memchr_iter(b'*', text) {
        match first.take() {
            Some(before) if before + 1 == at => {
                remove(before);
                remove(at);
            }
            _ => first = Some(at),
        }
    }
}
