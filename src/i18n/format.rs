//! Numbers, sizes, dates and spans of time as each language writes them: 1.234,56 and 02/07/2026 in Vietnamese, 1,234.56 and
//! 2 July 2026 in English.

use chrono::{Datelike, NaiveDate, Timelike};

use super::Texts;
use crate::kernel::{Arg, Lang, Timestamp};

/// The mark between groups of three digits, and the decimal mark.
fn marks(lang: Lang) -> (char, char) {
    match lang {
        Lang::Vi => ('.', ','),
        Lang::En => (',', '.'),
    }
}

/// A whole number with its digits in groups of three.
pub fn integer(lang: Lang, number: i64) -> String {
    grouped(lang, &number.to_string())
}

/// A count, as [`integer`].
pub fn count(lang: Lang, number: u64) -> String {
    grouped(lang, &number.to_string())
}

/// A number as programs write it (`-1234.5`, digits and at most one point) in the language's form, with the same decimals. A text
/// of another form (`1e300`, `NaN`) is given back as it is.
pub fn decimal(lang: Lang, text: &str) -> String {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !plain(whole) || !plain(part) {
        return text.to_owned();
    }
    let mut out = grouped(lang, &text[..text.len() - digits.len() + whole.len()]);
    if !part.is_empty() {
        out.push(marks(lang).1);
        out.push_str(part);
    }
    out
}

/// A number rounded to a fixed number of decimals.
pub fn rounded(lang: Lang, number: f64, decimals: usize) -> String {
    decimal(lang, &format!("{number:.decimals$}"))
}

/// A share from 0 to 1 in per cent: whole numbers from 10 % on, one decimal below, and never a 0 or 100 that is not one.
pub fn percent(lang: Lang, share: f64) -> String {
    let value = share * 100.0;
    let text = if value > 0.0 && value < 0.1 {
        format!("<{}", rounded(lang, 0.1, 1))
    } else if value < 100.0 && value > 99.9 {
        format!(">{}", rounded(lang, 99.9, 1))
    } else if value.fract().abs() < 0.05 || (10.0..99.0).contains(&value) {
        rounded(lang, value, 0)
    } else {
        rounded(lang, value, 1)
    };
    format!("{text}%")
}

/// A size in bytes, in decimal units as file managers of the web show them: 48 kB, 1,5 MB.
pub fn bytes(lang: Lang, size: u64) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    if size < 1000 {
        return format!("{size} B");
    }
    #[allow(clippy::cast_precision_loss)] // shown with two digits
    let mut value = size as f64 / 1000.0;
    let mut unit = 0;
    while value >= 999.5 && unit + 1 < UNITS.len() {
        value /= 1000.0;
        unit += 1;
    }
    let decimals = usize::from(value < 9.95 && unit > 0);
    format!("{} {}", rounded(lang, value, decimals), UNITS[unit])
}

/// Groups of three from the right; a sign is kept.
fn grouped(lang: Lang, text: &str) -> String {
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("−", digits));
    let mut out = String::with_capacity(text.len() + text.len() / 3 + 2);
    out.push_str(sign);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            out.push(marks(lang).0);
        }
        out.push(digit);
    }
    out
}

impl Texts {
    /// A date: 02/07/2026, 2 July 2026.
    pub fn date(&self, lang: Lang, date: NaiveDate) -> String {
        self.text(
            lang,
            "date",
            &[
                ("day", Arg::from(u64::from(date.day()))),
                ("dd", Arg::from(format!("{:02}", date.day()))),
                ("month", Arg::from(u64::from(date.month()))),
                ("mm", Arg::from(format!("{:02}", date.month()))),
                ("year", Arg::from(date.year().to_string())),
            ],
        )
    }

    /// A moment in a zone `offset_minutes` east of UTC: 16:40, 04/09/2026.
    pub fn date_time(&self, lang: Lang, at: Timestamp, offset_minutes: i32) -> String {
        let local = at.local(offset_minutes);
        let time = format!("{:02}:{:02}", local.hour(), local.minute());
        self.text(
            lang,
            "date-time",
            &[("time", Arg::from(time)), ("date", Arg::from(self.date(lang, local.date_naive())))],
        )
    }

    /// How long ago a day was, or how far it is, seen from another: today, yesterday, 3 days ago, in 3 days.
    pub fn relative(&self, lang: Lang, date: NaiveDate, today: NaiveDate) -> String {
        let days = date.signed_duration_since(today).num_days();
        let args = [("days", Arg::from(days.abs()))];
        match days {
            0 => self.text(lang, "relative-today", &[]),
            -1 => self.text(lang, "relative-yesterday", &[]),
            1 => self.text(lang, "relative-tomorrow", &[]),
            _ if days < 0 => self.text(lang, "relative-days-ago", &args),
            _ => self.text(lang, "relative-in-days", &args),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_grouped_in_each_language() {
        assert_eq!(integer(Lang::Vi, 1_234_567), "1.234.567");
        assert_eq!(integer(Lang::En, 1_234_567), "1,234,567");
        assert_eq!(integer(Lang::Vi, -999), "−999");
        assert_eq!(integer(Lang::Vi, -1000), "−1.000");
        assert_eq!(count(Lang::Vi, 0), "0");
    }

    #[test]
    fn decimals_keep_their_number_and_odd_texts_stay() {
        assert_eq!(decimal(Lang::Vi, "1234.50"), "1.234,50");
        assert_eq!(decimal(Lang::En, "-1234.5"), "−1,234.5");
        assert_eq!(decimal(Lang::Vi, "12"), "12");
        for odd in ["NaN", "1e300", "", "-", "1.2.3", ".5"] {
            assert_eq!(decimal(Lang::Vi, odd), odd);
        }
    }

    #[test]
    fn sizes_use_decimal_units() {
        assert_eq!(bytes(Lang::Vi, 999), "999 B");
        assert_eq!(bytes(Lang::Vi, 48_213), "48 kB");
        assert_eq!(bytes(Lang::Vi, 1_530_000), "1,5 MB");
        assert_eq!(bytes(Lang::En, 1_530_000), "1.5 MB");
        assert_eq!(bytes(Lang::Vi, 999_999), "1,0 MB");
        assert_eq!(bytes(Lang::Vi, 186_000_000), "186 MB");
    }

    #[test]
    fn shares_never_round_to_nothing_or_all() {
        assert_eq!(percent(Lang::Vi, 0.0), "0%");
        assert_eq!(percent(Lang::Vi, 0.0001), "<0,1%");
        assert_eq!(percent(Lang::Vi, 0.041), "4,1%");
        assert_eq!(percent(Lang::En, 0.376), "38%");
        assert_eq!(percent(Lang::En, 0.9999), ">99.9%");
        assert_eq!(percent(Lang::En, 1.0), "100%");
    }

    #[test]
    fn dates_follow_the_language() {
        let texts = Texts::load(None, &[]).unwrap();
        let date = NaiveDate::from_ymd_opt(2026, 7, 2).unwrap();
        assert_eq!(texts.date(Lang::Vi, date), "02/07/2026");
        assert_eq!(texts.date(Lang::En, date), "2 July 2026");
        // 2026-09-04T09:40:00Z is 16:40 in Vietnam.
        let at = Timestamp(1_788_514_800_000);
        assert_eq!(texts.date_time(Lang::Vi, at, 420), "16:40, 04/09/2026");
        assert_eq!(texts.date_time(Lang::En, at, 420), "4 September 2026, 16:40");
        let ago = |days| date - chrono::Days::new(days);
        assert_eq!(texts.relative(Lang::Vi, date, date), "hôm nay");
        assert_eq!(texts.relative(Lang::En, ago(3), date), "3 days ago");
        assert_eq!(texts.relative(Lang::En, date, ago(1)), "tomorrow");
    }

    proptest! {
        #[test]
        fn grouping_loses_no_digit(number in any::<i64>()) {
            for lang in Lang::ALL {
                let plain: String = integer(lang, number).chars().filter(|c| c.is_ascii_digit()).collect();
                prop_assert_eq!(plain, number.unsigned_abs().to_string());
            }
        }
    }
}
