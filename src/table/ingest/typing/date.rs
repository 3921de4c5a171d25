//! Dates and times as people write them: ISO, and day or month first with `/`, `-` or `.`.

/// Which part comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// `2024-12-31`.
    Year,
    /// `31/12/2024`: only the day can be first.
    Day,
    /// `12/31/2024`: only the month can be first.
    Month,
    /// `01/02/2024`: day or month.
    Either,
}

/// A zone as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zone {
    /// None.
    Naive,
    /// Minutes east of UTC; whether it was written as `Z`.
    Offset(i32),
}

/// A text that is a date, perhaps with a time; the date exists in at least one order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    year: i32,
    /// First and second of the two shorter parts.
    parts: (u32, u32),
    /// Which orders are possible.
    pub(super) order: Order,
    /// Whether the date is written `yyyy-mm-dd`.
    pub(super) iso: bool,
    /// Microseconds since midnight, when there is a time.
    pub(super) time: Option<i64>,
    /// The zone of the time.
    pub(super) zone: Zone,
}

/// Microseconds of a day.
pub(crate) const DAY: i64 = 86_400_000_000;

impl Moment {
    /// Days since 1970-01-01; `None` when the date does not exist in that order.
    pub(super) fn days(&self, month_first: bool) -> Option<i32> {
        let (month, day) = match self.order {
            Order::Year => self.parts,
            Order::Day if month_first => return None,
            Order::Month if !month_first => return None,
            _ if month_first => self.parts,
            _ => (self.parts.1, self.parts.0),
        };
        Some(days_from_civil(self.year, month, day))
    }

    /// Microseconds since 1970-01-01T00:00, in UTC when there is a zone.
    pub(super) fn micros(&self, month_first: bool) -> Option<i64> {
        let offset = match self.zone {
            Zone::Naive => 0,
            Zone::Offset(minutes) => i64::from(minutes) * 60_000_000,
        };
        Some(i64::from(self.days(month_first)?) * DAY + self.time.unwrap_or(0) - offset)
    }
}

/// Days since 1970-01-01 of a date of the proleptic Gregorian calendar (Hinnant's algorithm: years start in March, so that
/// the leap day comes last).
pub(crate) fn days_from_civil(year: i32, month: u32, day: u32) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let month = month as i32;
    let of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day as i32 - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Year, month and day of days since 1970-01-01: the inverse of [`days_from_civil`].
pub(crate) fn civil_from_days(days: i32) -> (i32, u32, u32) {
    let days = i64::from(days) + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (i32::try_from(year).unwrap_or(i32::MAX), u32::try_from(month).unwrap_or(1), u32::try_from(day).unwrap_or(1))
}

fn days_of_month(year: i32, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn exists(year: i32, month: u32, day: u32) -> bool {
    (1..=12).contains(&month) && day >= 1 && day <= days_of_month(year, month)
}

/// A run of at most four digits at `at`: its value and length.
#[inline]
fn run(bytes: &[u8], at: usize) -> (u32, usize) {
    let mut value = 0;
    let mut length = 0;
    while let Some(digit) = bytes.get(at + length).map(|b| b.wrapping_sub(b'0')).filter(|d| *d < 10 && length < 5) {
        value = value * 10 + u32::from(digit);
        length += 1;
    }
    (value, length)
}

/// Reads a trimmed text as a date or a date with a time; `None` when it is neither or cannot exist (31/02).
#[inline]
pub(super) fn scan(text: &str) -> Option<Moment> {
    let bytes = text.as_bytes();
    if bytes.len() < 8 || bytes.len() > 40 || !bytes[0].is_ascii_digit() {
        return None;
    }
    let (first, first_length) = run(bytes, 0);
    let sign = *bytes.get(first_length)?;
    if !matches!(sign, b'-' | b'/' | b'.') {
        return None;
    }
    let (second, second_length) = run(bytes, first_length + 1);
    let mut at = first_length + 1 + second_length;
    if !(1..=2).contains(&second_length) || bytes.get(at) != Some(&sign) {
        return None;
    }
    let (third, third_length) = run(bytes, at + 1);
    at += 1 + third_length;
    let mut moment = match (first_length, third_length) {
        (4, 1 | 2) => {
            let year = i32::try_from(first).ok()?;
            if year < 1000 || !exists(year, second, third) {
                return None;
            }
            let iso = sign == b'-' && second_length == 2 && third_length == 2;
            Moment { year, parts: (second, third), order: Order::Year, iso, time: None, zone: Zone::Naive }
        }
        (1 | 2, 4) => {
            let year = i32::try_from(third).ok()?;
            let order = match (exists(year, second, first), exists(year, first, second)) {
                _ if year < 1000 => return None,
                (true, true) => Order::Either,
                (true, false) => Order::Day,
                (false, true) => Order::Month,
                (false, false) => return None,
            };
            Moment { year, parts: (first, second), order, iso: false, time: None, zone: Zone::Naive }
        }
        _ => return None,
    };
    if at < bytes.len() {
        let (time, zone) = clock(&bytes[at..])?;
        (moment.time, moment.zone) = (Some(time), zone);
    }
    Some(moment)
}

/// `T10:30[:15[.25]][Z|±hh[[:]mm]]`, with `T` or one space.
fn clock(bytes: &[u8]) -> Option<(i64, Zone)> {
    if !matches!(bytes.first()?, b'T' | b't' | b' ') {
        return None;
    }
    let (hour, hour_length) = run(bytes, 1);
    let mut at = 1 + hour_length;
    if !(1..=2).contains(&hour_length) || hour > 23 || bytes.get(at) != Some(&b':') {
        return None;
    }
    let (minute, minute_length) = run(bytes, at + 1);
    at += 1 + minute_length;
    if minute_length != 2 || minute > 59 {
        return None;
    }
    let mut micros = i64::from(hour * 60 + minute) * 60_000_000;
    if bytes.get(at) == Some(&b':') {
        let (second, second_length) = run(bytes, at + 1);
        at += 1 + second_length;
        if second_length != 2 || second > 59 {
            return None;
        }
        micros += i64::from(second) * 1_000_000;
        if matches!(bytes.get(at), Some(b'.' | b',')) {
            at += 1;
            let mut unit = 100_000;
            let start = at;
            while let Some(digit) = bytes.get(at).map(|b| b.wrapping_sub(b'0')).filter(|d| *d < 10) {
                // Beyond microseconds only zeros can be kept.
                if unit == 0 && digit != 0 {
                    return None;
                }
                micros += i64::from(digit) * unit;
                unit /= 10;
                at += 1;
            }
            if at == start {
                return None;
            }
        }
    }
    if at == bytes.len() {
        return Some((micros, Zone::Naive));
    }
    if bytes[at] == b' ' {
        at += 1;
    }
    Some((micros, Zone::Offset(offset(&bytes[at..])?)))
}

/// `Z`, `+07`, `+0700` or `+07:00`, in minutes east of UTC.
fn offset(bytes: &[u8]) -> Option<i32> {
    let (sign, rest) = match bytes {
        [b'Z' | b'z'] => return Some(0),
        [b'+', rest @ ..] => (1, rest),
        [b'-', rest @ ..] => (-1, rest),
        _ => return None,
    };
    let digit = |b: u8| b.is_ascii_digit().then(|| i32::from(b - b'0'));
    let (hour, minute) = match *rest {
        [a, b] => (digit(a)? * 10 + digit(b)?, 0),
        [a, b, c, d] | [a, b, b':', c, d] => (digit(a)? * 10 + digit(b)?, digit(c)? * 10 + digit(d)?),
        _ => return None,
    };
    (hour <= 18 && minute <= 59).then_some(sign * (hour * 60 + minute))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_every_order() {
        for (text, order, iso) in [
            ("2024-12-31", Order::Year, true),
            ("2024/12/31", Order::Year, false),
            ("2024-1-5", Order::Year, false),
            ("31/12/2024", Order::Day, false),
            ("31.12.2024", Order::Day, false),
            ("12-31-2024", Order::Month, false),
            ("1/2/2024", Order::Either, false),
            ("29/02/2024", Order::Day, false),
        ] {
            let moment = scan(text).unwrap();
            assert_eq!((moment.order, moment.iso, moment.time), (order, iso, None), "{text}");
        }
        assert_eq!(scan("1/2/2024").unwrap().days(false), Some(days_from_civil(2024, 2, 1)));
        assert_eq!(scan("1/2/2024").unwrap().days(true), Some(days_from_civil(2024, 1, 2)));
    }

    #[test]
    fn impossible_dates_and_short_years_are_no_dates() {
        for text in [
            "31/02/2024",
            "29/02/2023",
            "13/13/2024",
            "00/01/2024",
            "1/2/24",
            "2024-13-01",
            "2024-02-30",
            "1/2-2024",
            "0024-01-01",
            "12345-01-01",
            "2024-01-01T",
            "2024-01-01 24:00",
            "2024-01-01 10:60",
            "2024-01-01 10",
            "2024-01-01T10:00:00.1234567",
            "2024-01-01T10:00X",
            "2024-01-01T10:00+25:00",
        ] {
            assert_eq!(scan(text), None, "{text}");
        }
    }

    #[test]
    fn times_are_read_with_and_without_a_zone() {
        let micros = |text: &str| scan(text).and_then(|moment| moment.micros(false));
        let noon = i64::from(days_from_civil(2024, 1, 31)) * DAY + 12 * 3_600_000_000;
        assert_eq!(micros("2024-01-31T12:00:00"), Some(noon));
        assert_eq!(micros("31/01/2024 12:00"), Some(noon));
        assert_eq!(micros("2024-01-31 12:00:00.25"), Some(noon + 250_000));
        assert_eq!(micros("2024-01-31T19:00:00+07:00"), Some(noon));
        assert_eq!(micros("2024-01-31 12:00:00.000000000Z"), Some(noon));
        assert_eq!(scan("2024-01-31T12:00Z").unwrap().zone, Zone::Offset(0));
    }

    proptest::proptest! {
        #[test]
        fn days_and_calendar_dates_are_inverse(days in -354_000i32..2_932_896) {
            let (year, month, day) = civil_from_days(days);
            proptest::prop_assert!(exists(year, month, day));
            proptest::prop_assert_eq!(days_from_civil(year, month, day), days);
            let expected = chrono::NaiveDate::from_ymd_opt(1970, 1, 1).unwrap() + chrono::Duration::days(i64::from(days));
            proptest::prop_assert_eq!(expected, chrono::NaiveDate::from_ymd_opt(year, month, day).unwrap());
        }

        #[test]
        fn scanning_never_fails(text in "[0-9TZ:/. +-]{0,40}") {
            let _ = scan(&text);
        }
    }
}
