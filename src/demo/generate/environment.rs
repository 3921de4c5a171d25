//! Hourly readings of air quality: the million rows.

use std::f64::consts::TAU;
use std::io::Result;

use chrono::{Datelike, NaiveDate};

use super::csv::Csv;
use super::random::{Random, before, latest, rounded, season};

/// Code, name, share of traffic and industry in its air, height in metres.
const STATIONS: [(&str, &str, f64, f64); 18] = [
    ("KK01", "Kim Sơn – Quảng trường", 1.15, 12.0),
    ("KK02", "Kim Sơn – Bến xe", 1.4, 11.0),
    ("KK03", "An Lạc – Khu công nghiệp", 1.6, 14.0),
    ("KK04", "An Lạc – Trường học", 1.1, 13.0),
    ("KK05", "Bến Gạo", 1.05, 9.0),
    ("KK06", "Tân Hòa", 1.0, 10.0),
    ("KK07", "Cầu Ngói", 0.9, 15.0),
    ("KK08", "Đông Triều Sơn – Mỏ đá", 1.5, 86.0),
    ("KK09", "Chợ Mới", 1.0, 64.0),
    ("KK10", "Hồ Thượng", 0.7, 92.0),
    ("KK11", "Đồng Xuân", 0.8, 8.0),
    ("KK12", "Vĩnh Thóc", 0.85, 7.0),
    ("KK13", "Sông Lam Hạ", 0.75, 5.0),
    ("KK14", "Trường Giang", 0.6, 210.0),
    ("KK15", "Đồi Chè", 0.5, 340.0),
    ("KK16", "Gò Mây", 0.45, 480.0),
    ("KK17", "Nậm Lúa", 0.35, 760.0),
    ("KK18", "Cổng Trời", 0.25, 1_120.0),
];

const ROWS: usize = 1_000_000;

/// One row for each hour and station, the latest million up to the end of the day before `today`.
pub fn air_quality(csv: &mut Csv<'_>, _version: u32, today: NaiveDate) -> Result<()> {
    csv.header(&["Thời điểm", "Mã trạm", "Tên trạm", "PM2.5", "PM10", "NO2", "O3", "Nhiệt độ", "Độ ẩm", "Trạng thái"])?;
    let random = Random::named("air-quality");
    let last = before(today, 1);
    let (first, mut left_out) = latest(last, ROWS, |_| STATIONS.len() * 24);
    // What lasts for days (haze, a station under repair) is drawn a day, the rest an hour.
    for day in first.iter_days().take_while(|day| *day <= last) {
        let mut weather = random.on(day);
        let haze = weather.factor(0.28);
        let warm = weather.normal() * 1.8;
        let rain = weather.chance(if (5..=10).contains(&day.month()) { 0.45 } else { 0.16 });
        // Winter inversions hold dust down: highest in mid-January, lowest in mid-July.
        let year = (season(day) * TAU).cos();
        let repaired = weather.weighted(&[6; 60]);
        for hour in 0..24_u32 {
            let clock = f64::from(hour);
            let rush = (-((clock - 7.5) / 1.8).powi(2)).exp() + 0.9 * (-((clock - 18.0) / 2.2).powi(2)).exp();
            let sun = ((clock - 6.0) / 12.0 * TAU / 2.0).sin().max(0.0);
            for (at, (code, name, traffic, height)) in STATIONS.iter().enumerate() {
                if left_out > 0 {
                    left_out -= 1;
                    continue;
                }
                let mut draw = weather.of((u64::from(hour) << 8) | at as u64);
                let repair = repaired == at && (8..17).contains(&hour);
                let failed = !repair && draw.chance(0.006);
                csv.hour(day, hour).text(code).text(name);
                if repair {
                    csv.empty().empty().empty().empty().empty().empty().text("Bảo trì").end()?;
                    continue;
                }
                let fine = (23.0 + 11.0 * year)
                    * traffic
                    * haze
                    * (0.82 + 0.4 * rush)
                    * if rain { 0.62 } else { 1.0 }
                    * (1.0 + 0.1 * draw.normal());
                let coarse = fine * (1.42 + 0.12 * draw.unit()) + 3.0;
                let nitrogen = (7.0 + 21.0 * rush) * traffic * (1.0 + 0.12 * draw.normal());
                let ozone =
                    (24.0 + 62.0 * sun * if rain { 0.6 } else { 1.0 } - nitrogen * 0.3) * (1.0 + 0.06 * draw.normal());
                let heat =
                    25.4 - 5.6 * year + warm + 4.6 * (sun - 0.4) - height * 0.0058 - if rain { 1.6 } else { 0.0 };
                let damp = 78.0 - 17.0 * (sun - 0.3) + if rain { 13.0 } else { 0.0 } + 3.0 * draw.normal();
                if failed {
                    csv.empty().empty();
                } else {
                    csv.decimal(rounded(fine * 10.0, 1, 10), 1).decimal(rounded(coarse * 10.0, 1, 20), 1);
                }
                csv.decimal(rounded(nitrogen * 10.0, 1, 5), 1).decimal(rounded(ozone * 10.0, 1, 10), 1);
                csv.decimal(rounded(heat * 10.0, 1, -50), 1).int(rounded(damp, 1, 25).min(100));
                csv.text(if failed { "Lỗi cảm biến" } else { "Hợp lệ" }).end()?;
            }
        }
    }
    Ok(())
}
