//! Newly registered enterprises, without anything that names one.

use std::io::Result;

use chrono::{Datelike, NaiveDate, Weekday};

use super::csv::Csv;
use super::places::PLACES;
use super::random::{Random, before, latest, month_before, rounded};

const TRADES: [(&str, &str, u32, f64); 14] = [
    ("01", "Nông nghiệp và dịch vụ có liên quan", 6, 1.4),
    ("10", "Sản xuất, chế biến thực phẩm", 7, 2.1),
    ("16", "Chế biến gỗ và sản phẩm từ gỗ, tre, nứa", 3, 1.6),
    ("25", "Sản xuất sản phẩm từ kim loại đúc sẵn", 4, 1.8),
    ("41", "Xây dựng nhà các loại", 11, 2.6),
    ("43", "Hoạt động xây dựng chuyên dụng", 7, 1.5),
    ("46", "Bán buôn", 19, 1.7),
    ("47", "Bán lẻ", 13, 0.7),
    ("49", "Vận tải đường bộ", 6, 1.3),
    ("55", "Dịch vụ lưu trú", 4, 2.8),
    ("56", "Dịch vụ ăn uống", 6, 0.6),
    ("62", "Lập trình, tư vấn máy tính", 5, 0.5),
    ("68", "Kinh doanh bất động sản", 4, 9.0),
    ("85", "Giáo dục và đào tạo", 5, 0.6),
];

/// One row for each registration, the latest 6,610 (first version) or 6,840 up to the end of the month before `today`.
pub fn new_enterprises(csv: &mut Csv<'_>, version: u32, today: NaiveDate) -> Result<()> {
    csv.header(&[
        "Mã công bố",
        "Ngày đăng ký",
        "Loại hình doanh nghiệp",
        "Mã ngành",
        "Ngành nghề chính",
        "Mã xã",
        "Xã, phường",
        "Vốn điều lệ",
        "Số lao động dự kiến",
        "Hình thức nộp hồ sơ",
    ])?;
    let random = Random::named("new-enterprises");
    let per_day = |day: NaiveDate| {
        if matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
            return 0;
        }
        let month = [0.9, 0.5, 1.3, 1.1, 1.0, 1.0, 1.05, 1.0, 1.0, 1.05, 1.0, 1.1][day.month0() as usize];
        (11.4 * month * random.on(day).factor(0.22)) as usize
    };
    let rows = if version == 1 { 6_610 } else { 6_840 };
    let last = before(month_before(today, 0), 1);
    let (first, mut left_out) = latest(last, rows, per_day);
    let crowd: Vec<u32> =
        PLACES.iter().map(|place| (place.people / if place.is_ward() { 100 } else { 420 }) as u32).collect();
    let weights: Vec<u32> = TRADES.iter().map(|trade| trade.2).collect();
    for day in first.iter_days().take_while(|day| *day <= last) {
        for nth in 0..per_day(day) {
            if left_out > 0 {
                left_out -= 1;
                continue;
            }
            let mut draw = random.on(day).of(nth as u64 + 1);
            let form = draw.weighted(&[58, 24, 12, 6]);
            let (code, trade, _, size) = TRADES[draw.weighted(&weights)];
            let place = &PLACES[draw.weighted(&crowd)];
            let capital = 1_450.0 * size * [1.0, 1.5, 3.4, 0.5][form] * draw.factor(0.9);
            let workers = rounded((3.0 + size * 2.4) * draw.factor(0.7), 1, 1);
            csv.text(&format!("DN{:02}{:02}{:02}-{:02}", day.year() % 100, day.month(), day.day(), nth + 1)).date(day);
            csv.text(
                [
                    "Công ty TNHH một thành viên",
                    "Công ty TNHH hai thành viên trở lên",
                    "Công ty cổ phần",
                    "Doanh nghiệp tư nhân",
                ][form],
            );
            csv.text(code).text(trade).text(place.code).text(place.name).int(rounded(capital, 50, 50));
            csv.maybe_int((!draw.chance(0.11)).then_some(workers));
            csv.text(if draw.chance(0.93) { "Trực tuyến" } else { "Trực tiếp" }).end()?;
        }
    }
    Ok(())
}
