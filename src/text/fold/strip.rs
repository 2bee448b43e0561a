//! Markup that is left over in text: the second half of match text.

/// Finds what goes in one pass: calls back with the offset of each byte to remove, ascending.
pub(super) type Pass = fn(&[u8], &mut dyn FnMut(usize));

/// The passes, in order. Escapes go first, so that text that was unescaped once and text that
/// was not read the same.
pub(super) const PASSES: [Pass; 2] = [escapes, pairs];

/// Applies all passes. Gives the length of what is left.
pub(super) fn strip(text: &mut [u8]) -> usize {
    let mut len = text.len();
    if memchr::memchr2(b'*', b'\\', text).is_some() {
        for pass in PASSES {
            let mut removed = Vec::new();
            pass(&text[..len], &mut |at| removed.push(at));
            len = close_up(&mut text[..len], &removed);
        }
    }
    len
}

/// Closes up over the bytes at `removed`, which ascend. Gives the length of what is left.
fn close_up(text: &mut [u8], removed: &[usize]) -> usize {
    let Some(first) = removed.first() else {
        return text.len();
    };
    let mut len = *first;
    let ends = removed[1..].iter().copied().chain([text.len()]);
    for (start, end) in removed.iter().map(|at| at + 1).zip(ends) {
        text.copy_within(start..end, len);
        len += end - start;
    }
    len
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
