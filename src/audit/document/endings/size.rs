use super::{Seen, is_unfinished};
use crate::audit::Remark;
use crate::text::Code;

/// Below this, a length is round by chance too often, in bytes or characters.
const LEAST: usize = 256;

/// From this on, a power of two is a limit whatever the text ends with: of whole documents of about
/// this length, one in a thousand has it by chance.
const TELLING: usize = 4096;

/// That the length is one at which programs cut: a power of two, or one less, as columns of
/// databases and buffers have; or, if the text ends as one that is cut, a round number.
pub(super) fn remark(seen: &Seen<'_>) -> Option<Remark> {
    let whole = seen.bytes;
    // Many tools add a line break to what they cut.
    let bare = whole.strip_suffix(b"\n").unwrap_or(whole);
    let found = [whole, bare].into_iter().find_map(limit_in_bytes);
    let found = found.or_else(|| {
        let text = std::str::from_utf8(whole)
            .ok()
            .filter(|text| !text.is_ascii())?;
        let chars = text.chars().count();
        let bare = chars - usize::from(text.ends_with('\n'));
        [chars, bare]
            .into_iter()
            .find_map(|chars| limit(chars, "characters"))
    })?;
    if found.limit < TELLING && !is_unfinished(seen) || !found.is_power && !is_unfinished(seen) {
        return None;
    }
    let Limit {
        size,
        unit,
        limit,
        is_power,
    } = found;
    let what = match (is_power, size == limit) {
        (true, true) => "a power of two".to_owned(),
        (true, false) => format!("as much as fits in {limit} {unit}"),
        (false, _) => "a round number".to_owned(),
    };
    Some(Remark {
        code: Code::RoundSize,
        lines: Some(last_line(seen)),
        message: format!("is {size} {unit} long, {what}"),
        about: String::new(),
    })
}

struct Limit {
    size: usize,
    unit: &'static str,
    limit: usize,
    is_power: bool,
}

/// A limit in bytes: where the next character does not fit, a cut between characters leaves up to
/// three bytes unused.
fn limit_in_bytes(bytes: &[u8]) -> Option<Limit> {
    let exact = limit(bytes.len(), "bytes");
    if exact.is_some() || bytes.last().is_none_or(u8::is_ascii) {
        return exact;
    }
    let next = bytes.len().next_power_of_two();
    let power = next.saturating_sub(bytes.len()) <= 3 && next > LEAST;
    power.then_some(Limit {
        size: bytes.len(),
        unit: "bytes",
        limit: next,
        is_power: true,
    })
}

fn limit(size: usize, unit: &'static str) -> Option<Limit> {
    if size < LEAST - 1 {
        return None;
    }
    let is_power = size.is_power_of_two() || (size + 1).is_power_of_two();
    (is_power || is_round(size)).then(|| Limit {
        size,
        unit,
        limit: if is_power {
            size.next_power_of_two()
        } else {
            size
        },
        is_power,
    })
}

/// 500, 1000, 1500, 2000, 3000, 4000, 5000, and ten times each.
fn is_round(size: usize) -> bool {
    let mut rest = size;
    while rest > 5000 && rest.is_multiple_of(10) {
        rest /= 10;
    }
    matches!(rest, 500 | 1000 | 1500 | 2000 | 3000 | 4000 | 5000)
}

fn last_line(seen: &Seen<'_>) -> crate::text::LineRange {
    let last = seen
        .witness
        .lines
        .line(seen.bytes.trim_ascii_end().len().saturating_sub(1));
    crate::text::LineRange { first: last, last }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits() {
        let is = |size| limit(size, "bytes").map(|found| found.is_power);
        for power in [256, 255, 512, 1023, 4096, 65535, 65536, 16_777_215] {
            assert_eq!(is(power), Some(true), "{power}");
        }
        for round in [500, 1000, 1500, 2000, 5000, 10_000, 15_000, 20_000, 100_000] {
            assert_eq!(is(round), Some(false), "{round}");
        }
        for other in [0, 1, 128, 300, 1001, 1100, 2500, 7000, 12_000, 65_537] {
            assert_eq!(is(other), None, "{other}");
        }
        let han = "字".repeat(21_845);
        assert_eq!(
            limit_in_bytes(han.as_bytes()).map(|found| found.limit),
            Some(65_536)
        );
        let han = "字".repeat(341);
        assert_eq!(
            limit_in_bytes(han.as_bytes()).map(|found| found.size),
            Some(1023)
        );
        let han = format!("a{}", "字".repeat(340));
        assert_eq!(
            limit_in_bytes(han.as_bytes()).map(|found| found.limit),
            Some(1024)
        );
    }
}
