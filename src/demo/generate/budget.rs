//! The settlement of the provincial and communal budgets.

use std::io::Result;

use chrono::{Datelike, NaiveDate};

use super::csv::Csv;
use super::places::PLACES;
use super::random::{Random, rounded};

/// Side, code, line, and its usual share of a budget in thousandths.
const LINES: [(&str, &str, &str, f64); 9] = [
    ("Thu", "010", "Thu nội địa hưởng theo phân cấp", 430.0),
    ("Thu", "020", "Thu tiền sử dụng đất", 120.0),
    ("Thu", "030", "Bổ sung từ ngân sách cấp trên", 450.0),
    ("Chi", "110", "Chi đầu tư phát triển", 260.0),
    ("Chi", "120", "Chi giáo dục, đào tạo và dạy nghề", 330.0),
    ("Chi", "130", "Chi y tế, dân số và gia đình", 90.0),
    ("Chi", "140", "Chi hoạt động kinh tế, môi trường", 110.0),
    ("Chi", "150", "Chi quản lý hành chính", 150.0),
    ("Chi", "160", "Chi bảo đảm xã hội", 60.0),
];

/// One row for each year, unit and line: six years, 43 units, nine lines.
pub fn settlement(csv: &mut Csv<'_>, version: u32, today: NaiveDate) -> Result<()> {
    csv.header(&[
        "Năm ngân sách",
        "Cấp ngân sách",
        "Mã đơn vị",
        "Đơn vị",
        "Thu, chi",
        "Mã khoản mục",
        "Khoản mục",
        "Dự toán",
        "Quyết toán",
        "Tỉ lệ thực hiện",
    ])?;
    let random = Random::named("budget");
    let latest = today.year() - 1;
    for year in (latest - 5)..=latest {
        let growth = 1.075_f64.powi(year - 2020);
        for unit in 0..=PLACES.len() {
            let (level, code, name, size) = match unit.checked_sub(1) {
                None => ("Tỉnh", "99000", "Ngân sách cấp tỉnh", 8_900_000.0),
                Some(at) => ("Xã", PLACES[at].code, PLACES[at].name, 62_000.0 + PLACES[at].people as f64 * 4.1),
            };
            for (at, (side, item, title, share)) in LINES.iter().enumerate() {
                let mut fixed = random.of(unit as u64).of(at as u64);
                let mut draw = fixed.of(year.unsigned_abs().into());
                // The plain's wards sell land, the mountains live on transfers.
                let lean = fixed.factor(0.18);
                let planned = rounded(size * growth * share / 1000.0 * lean * draw.factor(0.05), 100, 200);
                let spread = if *item == "020" {
                    0.34
                } else if *item == "110" {
                    0.13
                } else {
                    0.05
                };
                let mut settled =
                    rounded(planned as f64 * draw.factor(spread) * if *side == "Chi" { 0.97 } else { 1.05 }, 1, 0);
                let open = *item == "020" && level == "Xã" && draw.chance(0.08);
                // After the audit the second version carries the corrected settlement of the last year's investments.
                if version > 1 && year == latest && *item == "110" && unit % 3 == 1 {
                    settled = rounded(settled as f64 * 0.985, 1, 0);
                }
                csv.int(year.into()).text(level).text(code).text(name).text(side).text(item).text(title);
                if open {
                    csv.empty().int(settled).empty().end()?;
                } else {
                    csv.int(planned)
                        .int(settled)
                        .decimal(rounded(settled as f64 * 1000.0 / planned as f64, 1, 0), 1)
                        .end()?;
                }
            }
        }
    }
    Ok(())
}
