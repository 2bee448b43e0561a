use std::fmt;
use std::str::FromStr;

/// A day of the Gregorian calendar, as `2027-01-31`. Days are in the order of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    year: u16,
    month: u8,
    day: u8,
}

impl Day {
    /// The day that is so many seconds after the beginning of 1970, in UTC. Later than the year 9999
    /// is the last day of it.
    pub fn of_seconds(seconds: u64) -> Self {
        /// Days in 400 years, which is what the calendar repeats after.
        const ERA: u64 = 146_097;
        let days = (seconds / 86_400).min(2_932_896);
        // Years that begin in March have their leap day at the end, and months of a fixed pattern.
        let since = days + 719_468;
        let (era, of_era) = (since / ERA, since % ERA);
        let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / (ERA - 1)) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let (month, next) = if month < 10 {
            (month + 3, 0)
        } else {
            (month - 9, 1)
        };
        Self {
            year: (era * 400 + year + next) as u16,
            month: month as u8,
            day: day as u8,
        }
    }
}

impl FromStr for Day {
    type Err = ();

    /// From `2027-01-31`, and nothing else.
    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.split('-');
        let mut next = |len: usize| -> Result<u16, ()> {
            let part = parts.next().filter(|part| part.len() == len).ok_or(())?;
            let is_number = part.bytes().all(|byte| byte.is_ascii_digit());
            part.parse().ok().filter(|_| is_number).ok_or(())
        };
        let (year, month, day) = (next(4)?, next(2)? as u8, next(2)? as u8);
        let is_leap =
            year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
        let longest = match month {
            2 => 28 + u8::from(is_leap),
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return Err(()),
        };
        let is_day = (1..=longest).contains(&day) && parts.next().is_none();
        is_day.then_some(Self { year, month, day }).ok_or(())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_follow_each_other() {
        for (seconds, expected) in [
            (0, "1970-01-01"),
            (86_399, "1970-01-01"),
            (951_782_400, "2000-02-29"),
            (951_868_800, "2000-03-01"),
            (1_735_603_200, "2024-12-31"),
            (1_735_689_600, "2025-01-01"),
            (4_107_542_399, "2100-02-28"),
            (4_107_542_400, "2100-03-01"),
            (u64::MAX, "9999-12-31"),
        ] {
            assert_eq!(Day::of_seconds(seconds).to_string(), expected);
        }
        let mut last = Day::of_seconds(0);
        for day in 1..80_000 {
            let next = Day::of_seconds(day * 86_400);
            assert!(last < next, "{last} {next}");
            assert_eq!(next.to_string().parse(), Ok(next));
            last = next;
        }
    }

    #[test]
    fn what_is_no_day_is_none() {
        for text in [
            "",
            "2025-02-29",
            "2025-13-01",
            "2025-1-1",
            "2025-01-01x",
            "+025-01-01",
            "2025-01-00",
        ] {
            assert!(text.parse::<Day>().is_err(), "{text}");
        }
    }
}
