//! What a line says of a document: four columns, with a tab between them.

use super::super::entry::{ASSET_BITS, Entry, KnownComment, PIECE_MAX, Piece, WHO_BITS};
use super::super::rolling;

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Bits that a digit stands for.
const DIGIT: u32 = 6;

/// Digits of the hash of a piece, of who wrote a comment, and of an asset.
const HASH: usize = (rolling::BITS / DIGIT) as usize;
const WHO: usize = (WHO_BITS / DIGIT) as usize;
const ASSET: usize = (ASSET_BITS / DIGIT) as usize;

/// Digits of a digest: 21 of six bits and one of two.
const DIGEST: usize = 22;

/// `entry` in a line, without its path.
pub fn written(entry: &Entry) -> String {
    let mut line = String::new();
    let digest = u128::from_be_bytes(entry.digest);
    for at in 0..DIGEST as u32 {
        let digit = digest.checked_shr(at * DIGIT).unwrap_or(0) & 63;
        line.push(char::from(DIGITS[digit as usize]));
    }
    line.push('\t');
    for (at, block) in entry.blocks.iter().enumerate() {
        space(at, &mut line);
        pieces(block, &mut line);
    }
    line.push('\t');
    for (at, comment) in entry.comments.iter().enumerate() {
        space(at, &mut line);
        number(comment.who, WHO, &mut line);
        pieces(&comment.pieces, &mut line);
    }
    line.push('\t');
    for (at, asset) in entry.assets.iter().enumerate() {
        space(at, &mut line);
        number(*asset, ASSET, &mut line);
    }
    line
}

fn space(at: usize, line: &mut String) {
    if at > 0 {
        line.push(' ');
    }
}

fn pieces(pieces: &[Piece], line: &mut String) {
    for (at, piece) in pieces.iter().enumerate() {
        if at > 0 {
            line.push('+');
        }
        number(piece.hash, HASH, line);
        line.push_str(&piece.chars.to_string());
    }
}

fn number(number: u64, digits: usize, line: &mut String) {
    for at in 0..digits as u32 {
        let digit = number >> (at * DIGIT) & 63;
        line.push(char::from(DIGITS[digit as usize]));
    }
}

/// The entry of which this is what [`written`] gave. `None` if it is of none.
pub fn parse(line: &str) -> Option<Entry> {
    let mut columns = line.split('\t');
    let (digest, blocks) = (columns.next()?, columns.next()?);
    let (comments, assets) = (columns.next()?, columns.next()?);
    if columns.next().is_some() {
        return None;
    }
    let entry = Entry {
        digest: parse_digest(digest)?,
        blocks: items(blocks).map(parse_pieces).collect::<Option<_>>()?,
        comments: items(comments).map(parse_comment).collect::<Option<_>>()?,
        assets: items(assets).map(parse_asset).collect::<Option<_>>()?,
    };
    Some(entry)
}

fn items(column: &str) -> impl Iterator<Item = &str> {
    column.split(' ').filter(|item| !item.is_empty())
}

fn parse_digest(text: &str) -> Option<[u8; 16]> {
    let mut digest: u128 = 0;
    for digit in text.bytes().rev() {
        digest = digest << DIGIT | u128::from(value(digit)?);
    }
    (text.len() == DIGEST).then_some(digest.to_be_bytes())
}

fn parse_pieces(text: &str) -> Option<Vec<Piece>> {
    text.split('+').map(parse_piece).collect()
}

fn parse_piece(text: &str) -> Option<Piece> {
    let (hash, chars) = text.split_at_checked(HASH)?;
    let chars = chars.parse().ok()?;
    let hash = parse_number(hash)?;
    (1..=PIECE_MAX as u32)
        .contains(&chars)
        .then_some(Piece { hash, chars })
}

fn parse_comment(text: &str) -> Option<KnownComment> {
    let (who, pieces) = text.split_at_checked(WHO)?;
    Some(KnownComment {
        who: parse_number(who)?,
        pieces: match pieces {
            "" => Vec::new(),
            _ => parse_pieces(pieces)?,
        },
    })
}

fn parse_asset(text: &str) -> Option<u64> {
    (text.len() == ASSET).then(|| parse_number(text)).flatten()
}

fn parse_number(text: &str) -> Option<u64> {
    let digits = text.bytes().rev();
    digits
        .map(value)
        .try_fold(0, |number, digit| Some(number << DIGIT | u64::from(digit?)))
}

fn value(digit: u8) -> Option<u8> {
    match digit {
        b'A'..=b'Z' => Some(digit - b'A'),
        b'a'..=b'z' => Some(digit - b'a' + 26),
        b'0'..=b'9' => Some(digit - b'0' + 52),
        b'-' => Some(62),
        b'_' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;

    fn any_piece() -> impl Strategy<Value = Piece> {
        (0..1_u64 << rolling::BITS, 1..=PIECE_MAX as u32)
            .prop_map(|(hash, chars)| Piece { hash, chars })
    }

    fn any_entry() -> impl Strategy<Value = Entry> {
        let comment = (0..1_u64 << WHO_BITS, vec(any_piece(), 0..3))
            .prop_map(|(who, pieces)| KnownComment { who, pieces });
        (
            any::<[u8; 16]>(),
            vec(vec(any_piece(), 1..4), 0..4),
            vec(comment, 0..4),
            vec(0..1_u64 << ASSET_BITS, 0..4),
        )
            .prop_map(|(digest, blocks, comments, assets)| Entry {
                digest,
                blocks,
                comments,
                assets,
            })
    }

    proptest! {
        #[test]
        fn every_entry_comes_back(entry in any_entry()) {
            let line = written(&entry);
            prop_assert!(line.is_ascii() && !line.contains('\n'));
            prop_assert_eq!(parse(&line), Some(entry));
        }

        #[test]
        fn what_is_no_entry_is_none(text in "[A-Za-z0-9_+\t -]{0,90}") {
            if let Some(entry) = parse(&text) {
                prop_assert_eq!(parse(&written(&entry)), Some(entry));
            }
        }
    }
}
