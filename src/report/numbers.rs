//! Numbers, for people and for programs.

use crate::text::{Coverage, LineRange};

/// Digits in groups of three, from five digits on.
pub(crate) fn grouped(number: u64, ascii: bool) -> String {
    let digits = number.to_string();
    if digits.len() < 5 {
        return digits;
    }
    let mark = if ascii { ',' } else { '\u{202f}' };
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(mark);
        }
        out.push(digit);
    }
    out
}

/// `1 copy`, `2 copies`.
pub(crate) fn count(number: u64, one: &str, many: &str, ascii: bool) -> String {
    let noun = if number == 1 { one } else { many };
    format!("{} {noun}", grouped(number, ascii))
}

/// A share in percent: as few decimals as keep what is not all from reading as all, and what is
/// something from reading as nothing.
pub(crate) fn percent(coverage: Coverage) -> String {
    let (aligned, total) = (u128::from(coverage.aligned), u128::from(coverage.total));
    if aligned >= total {
        return "100 %".to_owned();
    }
    if aligned == 0 {
        return "0 %".to_owned();
    }
    let mut scale = 1;
    for decimals in 0..=2usize {
        let rounded = (aligned * 200 * scale + total) / (2 * total);
        if rounded > 0 && rounded < 100 * scale {
            let whole = rounded / scale;
            return match decimals {
                0 => format!("{whole} %"),
                _ => format!("{whole}.{:0decimals$} %", rounded % scale),
            };
        }
        scale *= 10;
    }
    let more = if 2 * aligned > total {
        ">99.99 %"
    } else {
        "<0.01 %"
    };
    more.to_owned()
}

/// A share with four decimals, rounded down, so that it never overstates.
pub(crate) fn share(coverage: Coverage) -> f64 {
    if coverage.aligned >= coverage.total {
        return 1.0;
    }
    let parts = u128::from(coverage.aligned) * 10_000 / u128::from(coverage.total);
    parts as f64 / 10_000.0
}

/// A length in bytes: `812 bytes`, `10.2 kB`.
pub(crate) fn bytes(number: u64) -> String {
    const UNITS: [&str; 5] = ["kB", "MB", "GB", "TB", "PB"];
    if number < 1000 {
        return count(number, "byte", "bytes", true);
    }
    let mut tenths = number.saturating_add(50) / 100;
    let mut unit = 0;
    while tenths >= 10_000 && unit + 1 < UNITS.len() {
        tenths = (tenths + 500) / 1000;
        unit += 1;
    }
    format!("{}.{} {}", tenths / 10, tenths % 10, UNITS[unit])
}

/// `line 5`, `lines 5-8`.
pub(crate) fn lines(range: LineRange) -> String {
    if range.first >= range.last {
        format!("line {}", range.first)
    } else {
        format!("lines {}-{}", range.first, range.last)
    }
}

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(aligned: u64, total: u64) -> Coverage {
        Coverage { aligned, total }
    }

    #[test]
    fn percent_never_rounds_to_all_or_nothing() {
        for (aligned, total, text, number) in [
            (0, 0, "100 %", 1.0),
            (0, 9, "0 %", 0.0),
            (9, 9, "100 %", 1.0),
            (18, 100, "18 %", 0.18),
            (186, 1000, "19 %", 0.186),
            (996, 1000, "99.6 %", 0.996),
            (9997, 10_000, "99.97 %", 0.9997),
            (999_999, 1_000_000, ">99.99 %", 0.9999),
            (3, 10_000, "0.03 %", 0.0003),
            (40, 10_000, "0.4 %", 0.004),
            (1, 1_000_000, "<0.01 %", 0.0),
            (u64::MAX - 1, u64::MAX, ">99.99 %", 0.9999),
        ] {
            assert_eq!(percent(of(aligned, total)), text);
            assert_eq!(share(of(aligned, total)), number);
        }
    }

    #[test]
    fn numbers_are_grouped() {
        for (number, unicode, ascii) in [
            (7, "7", "7"),
            (9999, "9999", "9999"),
            (10_167, "10\u{202f}167", "10,167"),
            (1_234_567, "1\u{202f}234\u{202f}567", "1,234,567"),
        ] {
            assert_eq!(grouped(number, false), unicode);
            assert_eq!(grouped(number, true), ascii);
        }
    }

    #[test]
    fn lengths_and_plurals() {
        assert_eq!(bytes(1), "1 byte");
        assert_eq!(bytes(999), "999 bytes");
        assert_eq!(bytes(10_167), "10.2 kB");
        assert_eq!(bytes(999_999), "1.0 MB");
        assert_eq!(bytes(u64::MAX), "18446.7 PB");
        assert_eq!(count(1, "copy", "copies", true), "1 copy");
        assert_eq!(count(0, "copy", "copies", true), "0 copies");
        assert_eq!(lines(LineRange { first: 3, last: 3 }), "line 3");
        assert_eq!(lines(LineRange { first: 3, last: 9 }), "lines 3-9");
    }
}
