//! The table of land prices, and the building permits of one ward.

use std::io::Result;

use chrono::{Datelike, NaiveDate, Weekday};

use super::csv::Csv;
use super::places::{PLACES, Region};
use super::random::{Random, before, latest, rounded};

const STREETS: [&str; 30] = [
    "Trần Hưng Đạo",
    "Lê Lợi",
    "Quang Trung",
    "Nguyễn Huệ",
    "Hai Bà Trưng",
    "Lý Thường Kiệt",
    "Bến Gạo",
    "Chợ Lúa",
    "Phan Đình Phùng",
    "Nguyễn Trãi",
    "Hùng Vương",
    "Đường tỉnh 901",
    "Đường tỉnh 904",
    "Kho Thóc",
    "Ngô Quyền",
    "Bà Triệu",
    "Lê Thánh Tông",
    "Cầu Ngói",
    "Sông Lam Hạ",
    "Đồng Xuân",
    "An Lạc",
    "Hàng Tre",
    "Đường liên xã số 2",
    "Đường liên xã số 5",
    "Mùa Vàng",
    "Nguyễn Công Trứ",
    "Bờ Kè",
    "Trạm Bơm",
    "Hàng Muối",
    "Tây Hồ Thượng",
];

const MARKS: [&str; 12] = [
    "ngã tư Kho Thóc",
    "cầu Ngói",
    "cổng chợ",
    "trường tiểu học",
    "trụ sở UBND",
    "kênh N2",
    "bến xe",
    "trạm y tế",
    "nhà văn hóa thôn 3",
    "giáp ranh xã bên",
    "ngã ba Cây Đa",
    "đình làng",
];

const CLASSES: [(&str, f64); 4] =
    [("Đường trục chính", 1.0), ("Đường khu vực", 0.62), ("Đường liên xã", 0.41), ("Đường thôn, tổ dân phố", 0.26)];

/// One row for each stretch of road and position: 2,150 stretches in the first version, 2,160 from the second, four positions.
pub fn prices(csv: &mut Csv<'_>, version: u32, _today: NaiveDate) -> Result<()> {
    csv.header(&[
        "Mã đoạn đường",
        "Mã xã",
        "Xã, phường",
        "Tên đường",
        "Điểm đầu",
        "Điểm cuối",
        "Loại đường",
        "Vị trí",
        "Giá đất ở",
        "Giá đất thương mại, dịch vụ",
        "Giá đất sản xuất, kinh doanh",
    ])?;
    let random = Random::named("land-prices");
    let stretches = if version == 1 { 2_150 } else { 2_160 };
    for number in 0..stretches {
        let place = &PLACES[number % PLACES.len()];
        let mut draw = random.of(number as u64);
        let class = draw.weighted(if place.is_ward() { &[24, 40, 6, 30] } else { &[8, 22, 34, 36] });
        let ground = match place.region {
            Region::Plain => 5_200.0,
            Region::Midland => 2_600.0,
            Region::Highland => 820.0,
        } * if place.is_ward() { 1.0 + place.people as f64 / 16_000.0 } else { 0.55 };
        let street = STREETS[(number / PLACES.len() * 7 + number) % STREETS.len()];
        let from = draw.index(MARKS.len());
        let to = (from + 1 + draw.index(MARKS.len() - 1)) % MARKS.len();
        let mut first = ground * CLASSES[class].1 * draw.factor(0.22);
        // Decided anew after the people's comments: the second version carries the corrected price of these stretches.
        if version > 1 && number < 2_150 && place.is_ward() && number / PLACES.len() % 12 == 3 {
            first *= 0.92;
        }
        for (position, share) in [1.0, 0.62, 0.46, 0.34].into_iter().enumerate() {
            let home = rounded(first * share, 10, 90);
            csv.text(&format!("{}-{:03}", place.code, number / PLACES.len() + 1))
                .text(place.code)
                .text(place.name)
                .text(street);
            csv.text(MARKS[from]).text(MARKS[to]).text(CLASSES[class].0).int(position as i64 + 1);
            csv.int(home).int(rounded(home as f64 * 0.8, 10, 70)).int(rounded(home as f64 * 0.6, 10, 50)).end()?;
        }
    }
    Ok(())
}

fn working(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// One row for each permit that the ward of Kim Sơn has given, the latest 398 (first version) or 412.
pub fn building_permits(csv: &mut Csv<'_>, version: u32, today: NaiveDate) -> Result<()> {
    csv.header(&[
        "Số giấy phép",
        "Ngày cấp",
        "Nội dung cấp phép",
        "Loại công trình",
        "Tên đường",
        "Tổ dân phố",
        "Số tầng",
        "Diện tích xây dựng",
        "Tổng diện tích sàn",
        "Số ngày giải quyết",
    ])?;
    let random = Random::named("building-permits");
    let per_day = |day: NaiveDate| if working(day) { random.on(day).weighted(&[30, 40, 20, 10]) } else { 0 };
    let rows = if version == 1 { 398 } else { 412 };
    let last = before(today, 2);
    let (first, mut left_out) = latest(last, rows, per_day);
    let new_year = NaiveDate::from_ymd_opt(first.year(), 1, 1).unwrap_or(first);
    let mut number: usize = new_year.iter_days().take_while(|day| *day < first).map(per_day).sum();
    for day in first.iter_days().take_while(|day| *day <= last) {
        if day.ordinal() == 1 {
            number = 0;
        }
        for nth in 0..per_day(day) {
            number += 1;
            if left_out > 0 {
                left_out -= 1;
                continue;
            }
            let mut draw = random.on(day).of(nth as u64 + 100);
            let act = draw.weighted(&[62, 21, 11, 6]);
            let kind = draw.weighted(&[78, 9, 6, 4, 3]);
            let floors = [draw.between(1, 5), draw.between(2, 6), 1, draw.between(1, 3), 1][kind];
            let ground = rounded([86.0, 140.0, 420.0, 260.0, 95.0][kind] * draw.factor(0.3) * 10.0, 5, 250);
            let total = rounded(ground as f64 * floors as f64 * (0.9 + draw.unit() * 0.1), 5, ground);
            csv.text(&format!("{number:03}/{}/GPXD", day.year())).date(day);
            csv.text(["Xây dựng mới", "Cải tạo, sửa chữa", "Điều chỉnh giấy phép", "Gia hạn"][act]);
            csv.text(
                [
                    "Nhà ở riêng lẻ",
                    "Nhà ở kết hợp kinh doanh",
                    "Nhà xưởng, kho",
                    "Công trình công cộng",
                    "Công trình phụ trợ",
                ][kind],
            );
            csv.text(STREETS[draw.index(22)]).int(draw.between(1, 24)).int(floors).decimal(ground, 1);
            csv.maybe_decimal((act != 3).then_some(total), 1);
            csv.int(if draw.chance(0.06) { draw.between(16, 27) } else { draw.between(5, 15) }).end()?;
        }
    }
    Ok(())
}
