//! The relics ranked at national level: twenty, written one by one.

use std::io::Result;

use chrono::NaiveDate;

use super::csv::Csv;
use super::places::PLACES;

/// Name, kind, position of its commune, number and year of the ranking, opening hours, ticket in đồng.
type Relic = (&'static str, &'static str, usize, &'static str, i64, &'static str, Option<i64>);

const RELICS: [Relic; 20] = [
    ("Đình Kim Sơn", "Kiến trúc nghệ thuật", 0, "101/QĐ-LĐ", 1989, "07:30–17:00", Some(0)),
    ("Kho thóc Bến Gạo", "Lịch sử", 2, "118/QĐ-LĐ", 1990, "08:00–17:00", Some(15_000)),
    ("Cầu Ngói", "Kiến trúc nghệ thuật", 4, "74/QĐ-LĐ", 1992, "Cả ngày", Some(0)),
    ("Chùa An Lạc", "Kiến trúc nghệ thuật", 1, "203/QĐ-LĐ", 1993, "05:30–20:00", Some(0)),
    ("Thành đất Tân Hòa", "Khảo cổ", 3, "215/QĐ-LĐ", 1995, "08:00–16:30", Some(10_000)),
    ("Đền Hồ Thượng", "Lịch sử", 7, "37/QĐ-LĐ", 1996, "06:00–18:00", Some(0)),
    ("Đình Đồng Xuân", "Kiến trúc nghệ thuật", 8, "142/QĐ-LĐ", 1997, "07:30–17:00", Some(0)),
    ("Bến đò Yên Ngư", "Lịch sử", 17, "166/QĐ-LĐ", 1998, "Cả ngày", Some(0)),
    ("Di chỉ Gò Mây", "Khảo cổ", 28, "28/QĐ-LĐ", 1999, "08:00–16:30", Some(20_000)),
    ("Nhà cổ Vĩnh Thóc", "Kiến trúc nghệ thuật", 11, "91/QĐ-LĐ", 2001, "08:00–11:30 và 13:30–16:30", Some(25_000)),
    ("Hang Nậm Lúa", "Danh lam thắng cảnh", 30, "55/QĐ-LĐ", 2002, "07:00–17:00", Some(40_000)),
    ("Ruộng bậc thang Mường Thóc", "Danh lam thắng cảnh", 35, "132/QĐ-LĐ", 2004, "Cả ngày", Some(30_000)),
    ("Đồi chè cổ thụ Đồi Chè", "Danh lam thắng cảnh", 21, "180/QĐ-LĐ", 2006, "Cả ngày", Some(0)),
    ("Trạm bơm Hưng Nông", "Lịch sử", 15, "19/QĐ-LĐ", 2007, "", None),
    ("Phủ Sông Lam Hạ", "Kiến trúc nghệ thuật", 18, "77/QĐ-LĐ", 2009, "06:00–18:30", Some(0)),
    ("Khu mộ chum Suối Bạc", "Khảo cổ", 24, "203/QĐ-LĐ", 2011, "08:00–16:30", Some(10_000)),
    ("Nhà rông Chư Mạ", "Kiến trúc nghệ thuật", 39, "64/QĐ-LĐ", 2013, "Theo lịch lễ hội", Some(0)),
    ("Thác Cổng Trời", "Danh lam thắng cảnh", 41, "111/QĐ-LĐ", 2016, "07:00–17:00", Some(40_000)),
    ("Địa đạo Quế Trung", "Lịch sử", 26, "45/QĐ-LĐ", 2019, "08:00–17:00", Some(20_000)),
    ("Chợ lúa Chợ Mới", "Lịch sử", 6, "88/QĐ-LĐ", 2023, "Cả ngày", Some(0)),
];

/// One row for each relic.
pub fn relics(csv: &mut Csv<'_>, _version: u32, _today: NaiveDate) -> Result<()> {
    csv.header(&[
        "Mã di tích",
        "Tên di tích",
        "Loại hình",
        "Xã, phường",
        "Số quyết định",
        "Năm xếp hạng",
        "Giờ mở cửa",
        "Giá vé tham quan",
    ])?;
    for (at, (name, kind, place, decision, year, hours, ticket)) in RELICS.iter().enumerate() {
        csv.text(&format!("DT-{:02}", at + 1))
            .text(name)
            .text(kind)
            .text(PLACES[*place].name)
            .text(decision)
            .int(*year);
        csv.text(hours).maybe_int(*ticket).end()?;
    }
    Ok(())
}
