//! Numbers and days of workbooks and Parquet files as plain text.

use calamine::ExcelDateTime;

/// The shortest text that reads back as the same number: 12.5, 3, no exponent below 10^15. Empty for what is no number.
pub(super) fn number(value: f64) -> String {
    if !value.is_finite() {
        return String::new();
    }
    if value == 0.0 {
        return "0".to_owned();
    }
    if value.abs() >= 1e15 || value.abs() < 1e-15 {
        return format!("{value:e}");
    }
    format!("{value}")
}

/// A day (2026-07-01), a day with a time (2026-07-01T10:30:00), a time of day or a span (10:30:00) of a workbook.
pub(super) fn moment(value: &ExcelDateTime) -> String {
    let days = value.as_f64();
    if value.is_duration() || (0.0..1.0).contains(&days) {
        return span(days);
    }
    let (year, month, day, hour, minute, second, milli) = value.to_ymd_hms_milli();
    let mut text = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second, milli) != (0, 0, 0, 0) {
        text.push_str(&format!("T{hour:02}:{minute:02}:{second:02}"));
        if milli != 0 {
            text.push_str(&format!(".{milli:03}"));
        }
    }
    text
}

/// Days and parts of days as hours, minutes and seconds.
#[expect(clippy::cast_possible_truncation, reason = "a span of a workbook is far below 2^63 seconds")]
fn span(days: f64) -> String {
    let seconds = (days * 86_400.0).round() as i64;
    let sign = if seconds < 0 { "-" } else { "" };
    let seconds = seconds.unsigned_abs();
    format!("{sign}{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType;

    use super::*;

    #[test]
    fn numbers_are_short_and_plain() {
        for (value, text) in [
            (3.0, "3"),
            (12.5, "12.5"),
            (-0.0, "0"),
            (0.1, "0.1"),
            (123_456_789_012.0, "123456789012"),
            (1e-7, "0.0000001"),
        ] {
            assert_eq!(number(value), text);
        }
        assert_eq!(number(1e20), "1e20");
        assert_eq!(number(f64::NAN), "");
    }

    #[test]
    fn days_are_iso() {
        let at = |days| ExcelDateTime::new(days, ExcelDateTimeType::DateTime, false);
        assert_eq!(moment(&at(46204.0)), "2026-07-01");
        assert_eq!(moment(&at(46204.4375)), "2026-07-01T10:30:00");
        assert_eq!(moment(&at(0.4375)), "10:30:00");
    }
}
