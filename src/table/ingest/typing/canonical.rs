//! The canonical text of a value: what the canonical CSV and the profile write, and what reads back as the same value.

use std::io::Write;

use super::convert::Float;
use super::date::{DAY, civil_from_days};

/// A whole number.
pub(in crate::table) fn integer(out: &mut Vec<u8>, value: i64) {
    if value < 0 {
        out.push(b'-');
    }
    unsigned(out, value.unsigned_abs(), 1);
}

/// Digits of a number, at least `width` of them.
#[inline]
fn unsigned(out: &mut Vec<u8>, mut value: u64, width: usize) {
    let mut digits = [b'0'; 20];
    let mut at = digits.len();
    while value > 0 {
        at -= 1;
        digits[at] = b'0' + (value % 10) as u8;
        value /= 10;
    }
    out.extend_from_slice(&digits[at.min(digits.len() - width.min(digits.len()))..]);
}

/// The shortest text that reads back as the same double: positional from 0.00001 up to 10^16, else with an exponent. `whole`
/// adds `.0` to whole numbers, so that a column of them is read as decimals again.
pub(in crate::table::ingest) fn float(out: &mut Vec<u8>, float: Float, whole: bool) {
    let size = float.value.abs();
    match float.written {
        // At most 15 digits as written, without the zeros at the end, are the shortest text.
        Some((mut mantissa, mut scale)) if size == 0.0 || size >= 1e-5 => {
            while scale > 0 && mantissa % 10 == 0 {
                mantissa /= 10;
                scale -= 1;
            }
            if float.value.is_sign_negative() {
                out.push(b'-');
            }
            if scale == 0 {
                unsigned(out, mantissa, 1);
            } else {
                let power = 10u64.pow(scale);
                unsigned(out, mantissa / power, 1);
                out.push(b'.');
                unsigned(out, mantissa % power, scale as usize);
            }
        }
        // Writing to a vector cannot fail.
        _ if size == 0.0 || (1e-5..1e16).contains(&size) => drop(write!(out, "{}", float.value)),
        _ => drop(write!(out, "{:e}", float.value)),
    }
    if whole && size < 1e16 && float.value.fract() == 0.0 {
        out.extend_from_slice(b".0");
    }
}

/// As [`float`], for a double whose digits as written are not known.
pub(in crate::table) fn double(out: &mut Vec<u8>, value: f64) {
    float(out, Float { value, written: None }, false);
}

/// As [`double`], of a column whose values are all whole: `12.0`.
pub(in crate::table) fn whole(out: &mut Vec<u8>, value: f64) {
    float(out, Float { value, written: None }, true);
}

/// An exact decimal with all its decimals.
pub(in crate::table) fn exact(out: &mut Vec<u8>, value: i128, scale: i8) {
    let scale = usize::from(scale.unsigned_abs());
    let digits = format!("{:0width$}", value.unsigned_abs(), width = scale + 1);
    if value < 0 {
        out.push(b'-');
    }
    let (whole, decimals) = digits.split_at(digits.len() - scale);
    out.extend_from_slice(whole.as_bytes());
    if scale > 0 {
        out.push(b'.');
        out.extend_from_slice(decimals.as_bytes());
    }
}

/// `true` or `false`.
pub(in crate::table) fn boolean(out: &mut Vec<u8>, value: bool) {
    out.extend_from_slice(if value { b"true" } else { b"false" });
}

/// `yyyy-mm-dd`.
pub(in crate::table) fn date(out: &mut Vec<u8>, days: i32) {
    let (year, month, day) = civil_from_days(days);
    unsigned(out, year.unsigned_abs().into(), 4);
    out.push(b'-');
    unsigned(out, month.into(), 2);
    out.push(b'-');
    unsigned(out, day.into(), 2);
}

/// `yyyy-mm-ddThh:mm:ss`, with as many decimals as needed, and `Z` in UTC.
pub(in crate::table) fn timestamp(out: &mut Vec<u8>, micros: i64, utc: bool) {
    date(out, i32::try_from(micros.div_euclid(DAY)).unwrap_or(i32::MAX));
    let of_day = micros.rem_euclid(DAY).unsigned_abs();
    let seconds = of_day / 1_000_000;
    for (sign, part) in [(b'T', seconds / 3600), (b':', seconds / 60 % 60), (b':', seconds % 60)] {
        out.push(sign);
        unsigned(out, part, 2);
    }
    let (mut fraction, mut width) = (of_day % 1_000_000, 6);
    if fraction > 0 {
        while fraction % 10 == 0 {
            fraction /= 10;
            width -= 1;
        }
        out.push(b'.');
        unsigned(out, fraction, width);
    }
    if utc {
        out.push(b'Z');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(write: impl Fn(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn values_have_one_text() {
        assert_eq!(text(|out| integer(out, i64::MIN)), "-9223372036854775808");
        assert_eq!(text(|out| integer(out, 0)), "0");
        assert_eq!(text(|out| exact(out, -5, 2)), "-0.05");
        assert_eq!(text(|out| exact(out, 12345, 0)), "12345");
        assert_eq!(text(|out| date(out, -1)), "1969-12-31");
        assert_eq!(text(|out| timestamp(out, 1_500_000, true)), "1970-01-01T00:00:01.5Z");
        assert_eq!(text(|out| timestamp(out, -1, false)), "1969-12-31T23:59:59.999999");
    }

    #[test]
    fn whole_decimals_keep_a_point_when_the_column_has_no_other() {
        let whole = |value, whole| text(|out| float(out, Float { value, written: None }, whole));
        assert_eq!(whole(12.0, true), "12.0");
        assert_eq!(whole(12.0, false), "12");
        assert_eq!(whole(1e300, true), "1e300");
        assert_eq!(whole(-1.5e-7, false), "-1.5e-7");
    }

    proptest::proptest! {
        #[test]
        fn written_digits_give_the_shortest_text(mantissa in 0u64..1_000_000_000_000_000, scale in 0u32..15, negative: bool) {
            let sign = if negative { -1.0 } else { 1.0 };
            let value = sign * (mantissa as f64 / 10f64.powi(scale as i32));
            let quick = text(|out| float(out, Float { value, written: Some((mantissa, scale)) }, false));
            let slow = text(|out| float(out, Float { value, written: None }, false));
            proptest::prop_assert_eq!(&quick, &slow);
            proptest::prop_assert_eq!(quick.parse::<f64>().unwrap(), value);
        }

        #[test]
        fn every_double_reads_back(value in proptest::num::f64::NORMAL) {
            let written = text(|out| float(out, Float { value, written: None }, true));
            proptest::prop_assert_eq!(written.parse::<f64>().unwrap(), value);
        }
    }
}
