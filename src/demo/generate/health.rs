//! Licensed health facilities and the sessions of routine vaccination.

use std::io::Result;

use chrono::{Datelike, NaiveDate, Weekday};

use super::csv::Csv;
use super::places::PLACES;
use super::random::{Random, after, before, month_before, rounded};

const KINDS: [(&str, u32, &str); 8] = [
    ("Trạm y tế", 0, "Khám bệnh, chữa bệnh ban đầu; tiêm chủng; quản lý bệnh mạn tính"),
    ("Bệnh viện", 2, "Nội; ngoại; sản; nhi; cấp cứu; chẩn đoán hình ảnh; xét nghiệm"),
    ("Phòng khám đa khoa", 14, "Nội; nhi; tai mũi họng; xét nghiệm; siêu âm"),
    ("Phòng khám chuyên khoa nội", 22, "Nội tổng hợp"),
    ("Phòng khám răng hàm mặt", 26, "Răng hàm mặt"),
    ("Phòng khám sản phụ khoa", 12, "Sản phụ khoa; siêu âm sản"),
    ("Phòng khám y học cổ truyền", 16, "Châm cứu; xoa bóp, bấm huyệt; thuốc cổ truyền"),
    ("Cơ sở xét nghiệm", 8, "Huyết học; hóa sinh; vi sinh"),
];

/// One row for each licence in force: 638 in the first version, 642 from the second.
pub fn facilities(csv: &mut Csv<'_>, version: u32, today: NaiveDate) -> Result<()> {
    csv.header(&[
        "Số giấy phép",
        "Tên cơ sở",
        "Loại cơ sở",
        "Hình thức",
        "Mã xã",
        "Xã, phường",
        "Phạm vi chuyên môn",
        "Số giường",
        "Khám bảo hiểm y tế",
        "Giờ làm việc",
        "Ngày cấp",
        "Tình trạng",
    ])?;
    let random = Random::named("health-facilities");
    let crowd: Vec<u32> = PLACES
        .iter()
        .map(|place| if place.is_ward() { (place.people / 300) as u32 } else { (place.people / 900) as u32 })
        .collect();
    let weights: Vec<u32> = KINDS.iter().map(|(_, weight, _)| *weight).collect();
    let mut written = 0;
    let total = if version == 1 { 638 } else { 642 };
    for number in 0_u32.. {
        if written == total {
            break;
        }
        // The second version drops two licences that were given back and adds six.
        if version > 1 && matches!(number, 210 | 455) {
            continue;
        }
        let mut draw = random.of(number.into());
        let (kind, at) = if (number as usize) < PLACES.len() {
            (0, number as usize)
        } else {
            (draw.weighted(&weights), draw.weighted(&crowd))
        };
        let (name, _, scope) = KINDS[kind];
        let place = &PLACES[at];
        let public = kind == 0 || (kind == 1 && draw.chance(0.7));
        let title = if kind == 0 {
            format!("{name} {}", place.name.to_lowercase().replacen(&place.short.to_lowercase(), place.short, 1))
        } else {
            format!("{name} {} {}", place.short, number % 97 + 1)
        };
        let beds = match kind {
            0 => Some(draw.between(2, 10)),
            1 => Some(rounded(180.0 * draw.factor(0.5), 10, 60)),
            2 if draw.chance(0.3) => Some(draw.between(2, 10)),
            _ => None,
        };
        let insured = public || draw.chance(if kind == 2 { 0.6 } else { 0.12 });
        let hours = match kind {
            0 | 1 => "Cả ngày đêm",
            2 => "07:00–20:00",
            _ => draw.pick(&["07:30–17:00", "17:00–20:30", "07:30–11:30 và 13:30–19:00"]),
        };
        let granted = before(NaiveDate::from_ymd_opt(2026, 3, 31).unwrap_or(today), draw.between(30, 4_200) as u64);
        csv.text(&format!("{:05}/LĐ-GPHĐ", number * 7 + 103)).text(&title).text(name);
        csv.text(if public { "Công lập" } else { "Tư nhân" }).text(place.code).text(place.name).text(scope);
        csv.maybe_int(beds).text(if insured { "Có" } else { "Không" }).text(hours);
        csv.maybe_date((!draw.chance(0.03)).then_some(granted));
        let paused = !public && draw.chance(0.035);
        csv.text(if paused { "Tạm ngừng" } else { "Đang hoạt động" }).end()?;
        written += 1;
    }
    Ok(())
}

const VACCINES: [(&str, &str, f64); 10] = [
    ("Viêm gan B sơ sinh", "Trẻ sơ sinh, 24 giờ đầu", 4.0),
    ("BCG (phòng lao)", "Trẻ dưới 1 tháng tuổi", 7.0),
    ("5 trong 1 (DPT-VGB-Hib)", "Trẻ 2, 3, 4 tháng tuổi", 21.0),
    ("Bại liệt uống (bOPV)", "Trẻ 2, 3, 4 tháng tuổi", 21.0),
    ("Bại liệt tiêm (IPV)", "Trẻ 5 và 9 tháng tuổi", 13.0),
    ("Rota", "Trẻ 2 và 3 tháng tuổi", 12.0),
    ("Sởi", "Trẻ 9 tháng tuổi", 8.0),
    ("Sởi - Rubella (MR)", "Trẻ 18 tháng tuổi", 8.0),
    ("DPT nhắc lại", "Trẻ 18 tháng tuổi", 8.0),
    ("Uốn ván (Td)", "Phụ nữ có thai; trẻ 7 tuổi", 11.0),
];

/// One row for each session and vaccine: 52 places, two sessions a month, ten vaccines, twelve months up to the one after `today`.
pub fn vaccination_sessions(csv: &mut Csv<'_>, _version: u32, today: NaiveDate) -> Result<()> {
    csv.header(&[
        "Mã điểm tiêm",
        "Điểm tiêm",
        "Xã, phường",
        "Ngày tiêm",
        "Buổi",
        "Vắc xin",
        "Đối tượng",
        "Số liều dự kiến",
        "Số liều đã tiêm",
        "Lý do hoãn",
    ])?;
    let random = Random::named("vaccination");
    let next_month = after(month_before(today, 0), 31);
    for month in (0..12).rev() {
        let first = month_before(next_month, month);
        for point in 0..52_usize {
            let place = if point < 42 { &PLACES[point] } else { &PLACES[30 + (point - 42)] };
            let title = if point < 42 {
                format!("Trạm y tế {}", place.short)
            } else {
                format!("Điểm trạm {} 2", place.short)
            };
            let size = place.people as f64 / 15_000.0 * if point < 42 { 1.0 } else { 0.35 };
            for session in 0..2_u64 {
                let mut day = after(first, (point as u64 % 9) + 3 + session * 12);
                if day.weekday() == Weekday::Sun {
                    day = after(day, 1);
                }
                let occasion = random.on(day).of(point as u64 * 2 + session);
                let mut weather = occasion.clone();
                let storm = matches!(day.month(), 9..=11) && weather.chance(0.05);
                for (index, (vaccine, target, usual)) in VACCINES.iter().enumerate() {
                    let mut draw = occasion.of(index as u64);
                    let planned = rounded(usual * size * draw.factor(0.25), 1, 1);
                    let short = *vaccine == "5 trong 1 (DPT-VGB-Hib)" && draw.chance(0.04);
                    let reason = if storm {
                        "Mưa lũ"
                    } else if short {
                        "Thiếu vắc xin"
                    } else {
                        ""
                    };
                    let given = if day > today {
                        None
                    } else if reason.is_empty() {
                        Some(rounded(planned as f64 * (0.86 + draw.unit() * 0.14), 1, 0))
                    } else {
                        Some(0)
                    };
                    csv.text(&format!("TC{:03}", point + 1)).text(&title).text(place.name).date(day);
                    csv.text(if session == 0 { "Sáng" } else { "Chiều" }).text(vaccine).text(target);
                    csv.int(planned).maybe_int(given).text(if day > today { "" } else { reason }).end()?;
                }
            }
        }
    }
    Ok(())
}
