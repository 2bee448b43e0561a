/// Whether a character could drive a terminal, reorder a line, break it, or stand in it unseen:
/// controls, bidirectional controls, line and paragraph separators, and invisible characters that
/// are no part of a written cluster. (Joiners and emoji selectors are part of one.)
pub fn is_hostile(c: char) -> bool {
    matches!(c,
        '\0'..='\x1f' | '\x7f'..='\u{9f}'
        | '\u{ad}' | '\u{61c}' | '\u{180e}'
        | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e001f}')
}
