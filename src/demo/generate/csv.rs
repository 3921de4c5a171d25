//! A CSV writer for the two dialects that agencies send: RFC 4180, and what Excel saves under Vietnamese settings.

use std::io::{Result, Write};

use chrono::{Datelike, NaiveDate};

/// How cells are written.
#[derive(Clone, Copy)]
pub struct Dialect {
    separator: u8,
    decimal: u8,
    day_first: bool,
    mark: bool,
}

impl Dialect {
    /// Comma, decimal point, ISO 8601 dates.
    pub const INTERNATIONAL: Self = Self { separator: b',', decimal: b'.', day_first: false, mark: false };
    /// Byte-order mark, semicolon, decimal comma, dd/mm/yyyy.
    pub const VIETNAMESE: Self = Self { separator: b';', decimal: b',', day_first: true, mark: true };
}

/// Writes one cell after another; `end` closes the row.
pub struct Csv<'a> {
    out: &'a mut dyn Write,
    line: Vec<u8>,
    dialect: Dialect,
}

impl<'a> Csv<'a> {
    /// Starts a file: writes the byte-order mark where the dialect has one.
    pub fn new(out: &'a mut dyn Write, dialect: Dialect) -> Result<Self> {
        if dialect.mark {
            out.write_all("\u{feff}".as_bytes())?;
        }
        Ok(Self { out, line: Vec::with_capacity(512), dialect })
    }

    /// Writes the first row.
    pub fn header(&mut self, titles: &[&str]) -> Result<()> {
        for title in titles {
            self.text(title);
        }
        self.end()
    }

    /// A text, quoted when it holds the separator, a quote or a line break.
    pub fn text(&mut self, text: &str) -> &mut Self {
        let separator = self.dialect.separator;
        if text.bytes().any(|byte| byte == separator || matches!(byte, b'"' | b'\n' | b'\r')) {
            self.line.push(b'"');
            for byte in text.bytes() {
                if byte == b'"' {
                    self.line.push(b'"');
                }
                self.line.push(byte);
            }
            self.line.push(b'"');
        } else {
            self.line.extend_from_slice(text.as_bytes());
        }
        self.close()
    }

    /// An empty cell.
    pub fn empty(&mut self) -> &mut Self {
        self.close()
    }

    /// A whole number.
    pub fn int(&mut self, number: i64) -> &mut Self {
        self.digits(number);
        self.close()
    }

    /// A whole number, or an empty cell.
    pub fn maybe_int(&mut self, number: Option<i64>) -> &mut Self {
        match number {
            Some(number) => self.int(number),
            None => self.empty(),
        }
    }

    /// A decimal given in units of its last place: `decimal(685, 1)` is 68.5.
    pub fn decimal(&mut self, scaled: i64, places: u32) -> &mut Self {
        let unit = 10_u64.pow(places);
        let size = scaled.unsigned_abs();
        if scaled < 0 {
            self.line.push(b'-');
        }
        self.digits(i64::try_from(size / unit).unwrap_or(i64::MAX));
        if places > 0 {
            self.line.push(self.dialect.decimal);
            self.padded(size % unit, places);
        }
        self.close()
    }

    /// A decimal, or an empty cell.
    pub fn maybe_decimal(&mut self, scaled: Option<i64>, places: u32) -> &mut Self {
        match scaled {
            Some(scaled) => self.decimal(scaled, places),
            None => self.empty(),
        }
    }

    /// A calendar day.
    pub fn date(&mut self, day: NaiveDate) -> &mut Self {
        self.day(day);
        self.close()
    }

    /// A calendar day, or an empty cell.
    pub fn maybe_date(&mut self, day: Option<NaiveDate>) -> &mut Self {
        match day {
            Some(day) => self.date(day),
            None => self.empty(),
        }
    }

    /// A full hour of a day, local time without an offset: `2026-11-20 07:00`.
    pub fn hour(&mut self, day: NaiveDate, hour: u32) -> &mut Self {
        self.day(day);
        self.line.push(b' ');
        self.padded(u64::from(hour), 2);
        self.line.extend_from_slice(b":00");
        self.close()
    }

    /// Ends the row.
    pub fn end(&mut self) -> Result<()> {
        self.line.pop();
        self.line.extend_from_slice(b"\r\n");
        self.out.write_all(&self.line)?;
        self.line.clear();
        Ok(())
    }

    fn close(&mut self) -> &mut Self {
        self.line.push(self.dialect.separator);
        self
    }

    fn day(&mut self, day: NaiveDate) {
        let (year, month, date) = (u64::from(day.year().unsigned_abs()), u64::from(day.month()), u64::from(day.day()));
        if self.dialect.day_first {
            self.padded(date, 2);
            self.line.push(b'/');
            self.padded(month, 2);
            self.line.push(b'/');
            self.padded(year, 4);
        } else {
            self.padded(year, 4);
            self.line.push(b'-');
            self.padded(month, 2);
            self.line.push(b'-');
            self.padded(date, 2);
        }
    }

    fn digits(&mut self, number: i64) {
        if number < 0 {
            self.line.push(b'-');
        }
        let size = number.unsigned_abs();
        let width = size.checked_ilog10().unwrap_or(0) + 1;
        self.padded(size, width);
    }

    fn padded(&mut self, mut number: u64, width: u32) {
        let start = self.line.len();
        let width = width as usize;
        self.line.resize(start + width, b'0');
        for place in self.line[start..].iter_mut().rev() {
            *place = b'0' + (number % 10) as u8;
            number /= 10;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(dialect: Dialect, write: impl FnOnce(&mut Csv<'_>)) -> String {
        let mut out = Vec::new();
        let mut csv = Csv::new(&mut out, dialect).unwrap();
        write(&mut csv);
        csv.end().unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn separators_and_quotes_are_quoted_by_rfc_4180() {
        let text = row(Dialect::INTERNATIONAL, |csv| {
            csv.text("a,b").text("nhà \"hai\" tầng").text("c;d").empty().text("e");
        });
        assert_eq!(text, "\"a,b\",\"nhà \"\"hai\"\" tầng\",c;d,,e\r\n");
    }

    #[test]
    fn the_vietnamese_dialect_has_mark_semicolon_decimal_comma_and_day_first() {
        let day = NaiveDate::from_ymd_opt(2026, 9, 4).unwrap();
        let text = row(Dialect::VIETNAMESE, |csv| {
            csv.date(day).decimal(-1205, 2).int(0).text("a;b");
        });
        assert_eq!(text, "\u{feff}04/09/2026;-12,05;0;\"a;b\"\r\n");
    }

    #[test]
    fn hours_and_dates_are_padded() {
        let day = NaiveDate::from_ymd_opt(2026, 9, 4).unwrap();
        let text = row(Dialect::INTERNATIONAL, |csv| {
            csv.hour(day, 7).date(day).decimal(5, 1).int(-12);
        });
        assert_eq!(text, "2026-09-04 07:00,2026-09-04,0.5,-12\r\n");
    }
}
