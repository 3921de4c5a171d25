//! Prices of paddy at the field by week, and the output of rice and coffee by commune.

use std::io::Result;

use chrono::{Datelike, NaiveDate};

use super::csv::Csv;
use super::places::{PLACES, Region};
use super::random::{Random, after, before, rounded, season};

const VARIETIES: [(&str, f64); 14] = [
    ("Lúa thường", 0.0),
    ("IR 50404", -120.0),
    ("OM 5451", 310.0),
    ("OM 18", 420.0),
    ("OM 380", 60.0),
    ("Đài thơm 8", 460.0),
    ("ST24", 1_480.0),
    ("ST25", 1_920.0),
    ("Bắc thơm số 7", 780.0),
    ("Khang dân 18", -40.0),
    ("HT1", 540.0),
    ("Nếp cái hoa vàng", 2_350.0),
    ("Nếp 97", 1_150.0),
    ("Nương đặc sản", 2_900.0),
];

const REGIONS: [(Region, f64); 3] = [(Region::Plain, 0.0), (Region::Midland, -310.0), (Region::Highland, -720.0)];

/// The price in đồng a kilogram before rounding: dips at the two harvests, drifts from year to year; `None` where nobody bought.
fn price(random: &Random, monday: NaiveDate, region: usize, variety: usize) -> Option<f64> {
    let mut draw = random.on(monday).of((region * 20 + variety) as u64);
    // Mountain fields hardly grow the plain's export kinds, and sticky rice is sold outside its season only now and then.
    let rare = (region == 2 && matches!(variety, 2..=7)) || (region == 0 && variety == 13);
    if draw.chance(if rare { 0.72 } else { 0.015 }) {
        return None;
    }
    let year = f64::from(monday.year());
    let drift = (year * 1.7).sin() * 260.0 + (year - 2024.0) * 90.0;
    let dip = |at: f64, width: f64| (-((season(monday) - at) / width).powi(2)).exp();
    let harvest = -720.0 * dip(0.34, 0.07) - 430.0 * dip(0.72, 0.06);
    Some(6_980.0 + drift + harvest + REGIONS[region].1 + VARIETIES[variety].1 + draw.normal() * 55.0)
}

/// One row for each week, region and variety: 103, 104, 105 weeks in the first three versions.
pub fn paddy_prices(csv: &mut Csv<'_>, version: u32, today: NaiveDate) -> Result<()> {
    csv.header(&[
        "Tuần",
        "Ngày khảo sát",
        "Vùng",
        "Giống lúa",
        "Giá",
        "Thay đổi so với tuần trước",
        "Độ ẩm",
        "Số điểm khảo sát",
    ])?;
    let random = Random::named("paddy-prices");
    let monday = before(today, today.weekday().num_days_from_monday().into());
    let weeks = 102 + u64::from(version);
    for week in (0..weeks).rev() {
        let day = before(monday, week * 7);
        for (region, (place, _)) in REGIONS.iter().enumerate() {
            for (variety, (name, _)) in VARIETIES.iter().enumerate() {
                let now = price(&random, day, region, variety).map(|price| rounded(price, 10, 3_000));
                let earlier = price(&random, before(day, 7), region, variety).map(|price| rounded(price, 10, 3_000));
                let change = now
                    .zip(earlier)
                    .map(|(now, earlier)| rounded((now - earlier) as f64 * 10_000.0 / earlier as f64, 1, i64::MIN));
                let mut draw = random.on(after(day, 1)).of((region * 20 + variety) as u64);
                let moisture = rounded((245.0 + draw.normal() * 14.0) - if region == 2 { 60.0 } else { 0.0 }, 1, 135);
                csv.text(&format!("{}-T{:02}", day.iso_week().year(), day.iso_week().week()))
                    .date(day)
                    .text(place.name())
                    .text(name);
                csv.maybe_int(now).maybe_decimal(change, 2).maybe_decimal(now.map(|_| moisture), 1);
                csv.int(if now.is_some() { draw.between(3, 12) } else { 0 }).end()?;
            }
        }
    }
    Ok(())
}

/// One row for each year, commune, crop and season: six years, 42 communes, four seasons.
pub fn crop_output(csv: &mut Csv<'_>, version: u32, today: NaiveDate) -> Result<()> {
    csv.header(&[
        "Năm",
        "Vụ",
        "Cây trồng",
        "Mã xã",
        "Xã, phường",
        "Vùng",
        "Diện tích gieo trồng",
        "Diện tích thu hoạch",
        "Năng suất",
        "Sản lượng",
    ])?;
    let random = Random::named("crop-output");
    let latest = today.year() - 1;
    for year in (latest - 5)..=latest {
        for place in &PLACES {
            for (at, (name, crop)) in
                [("Đông xuân", "Lúa"), ("Hè thu", "Lúa"), ("Mùa", "Lúa"), ("Cả năm", "Cà phê")].into_iter().enumerate()
            {
                let mut fixed = random.of(place.people.unsigned_abs()).of(at as u64);
                let mut draw = fixed.of(year.unsigned_abs().into());
                let wide = match (at, place.region) {
                    (0, Region::Plain) => 920.0,
                    (1, Region::Plain) => 840.0,
                    (0 | 1, Region::Midland) => 340.0,
                    (2, Region::Midland) => 210.0,
                    (2, Region::Highland) => 280.0,
                    (3, Region::Highland) => 610.0,
                    (3, Region::Midland) => 260.0,
                    _ => 0.0,
                } * if place.is_ward() { 0.12 } else { 1.0 };
                let sown = rounded(wide * fixed.factor(0.3) * draw.factor(0.04) * 10.0, 1, 0);
                csv.int(year.into()).text(name).text(crop).text(place.code).text(place.name).text(place.region.name());
                if sown == 0 {
                    csv.empty().empty().empty().empty().end()?;
                    continue;
                }
                let lost = if draw.chance(0.12) { draw.unit() * 0.08 } else { 0.0 };
                let reaped = rounded(sown as f64 * (1.0 - lost) * if at == 3 { 0.93 } else { 1.0 }, 1, 1);
                // Quintals a hectare, in tenths.
                let mut yielded = rounded([664.0, 583.0, 471.0, 263.0][at] * draw.factor(0.05), 1, 150);
                if version == 1 && year == latest && at == 3 && place.people % 4 == 0 {
                    yielded -= 14;
                }
                csv.decimal(sown, 1)
                    .decimal(reaped, 1)
                    .decimal(yielded, 1)
                    .decimal((reaped * yielded + 50) / 100, 1)
                    .end()?;
            }
        }
    }
    Ok(())
}
