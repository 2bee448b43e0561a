//! Numbers in messages, which are the same for every terminal.

/// A number with commas, from five digits on.
pub fn number(number: u64) -> String {
    let digits = number.to_string();
    if digits.len() < 5 {
        return digits;
    }
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 block`, `2 blocks`.
pub fn count(count: u64, one: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {one}{plural}", number(count))
}

/// A share in whole percent, but never all or nothing where it is neither.
pub fn percent(part: u64, total: u64) -> String {
    let (part, total) = (u128::from(part), u128::from(total.max(1)));
    let percent = (200 * part + total) / (2 * total);
    match percent {
        0 if part > 0 => "under 1 %".to_owned(),
        100 if part < total => "over 99 %".to_owned(),
        percent => format!("{percent} %"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        assert_eq!(number(9999), "9999");
        assert_eq!(number(1_234_567), "1,234,567");
        assert_eq!(count(1, "block"), "1 block");
        assert_eq!(count(0, "block"), "0 blocks");
        for (part, total, expected) in [
            (0, 0, "0 %"),
            (1, 1000, "under 1 %"),
            (5, 1000, "1 %"),
            (999, 1000, "over 99 %"),
            (1000, 1000, "100 %"),
        ] {
            assert_eq!(percent(part, total), expected);
        }
    }
}
