//! Rule 4: NFC, white space, CJK line breaks, characters that nobody sees.
