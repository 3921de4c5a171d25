//! Schools with their pupils, and the places that upper secondary schools offer in grade 10.

use std::io::Result;

use chrono::{Datelike, NaiveDate};

use super::csv::Csv;
use super::places::{PLACES, Place};
use super::random::{Random, rounded};

/// Names that streets and schools share all over the country: historical figures and places, nobody alive.
const NAMES: [&str; 33] = [
    "Nguyễn Trãi",
    "Phan Bội Châu",
    "Lê Quý Đôn",
    "Chu Văn An",
    "Trần Hưng Đạo",
    "Nguyễn Du",
    "Lý Thường Kiệt",
    "Lê Lợi",
    "Quang Trung",
    "Hai Bà Trưng",
    "Nguyễn Bỉnh Khiêm",
    "Phan Chu Trinh",
    "Lương Thế Vinh",
    "Nguyễn Huệ",
    "Trần Phú",
    "Ngô Quyền",
    "Nguyễn Đình Chiểu",
    "Lê Hồng Phong",
    "Huỳnh Thúc Kháng",
    "Hoàng Hoa Thám",
    "Đinh Tiên Hoàng",
    "Trần Quang Khải",
    "Phạm Ngũ Lão",
    "Bùi Thị Xuân",
    "Nguyễn Trường Tộ",
    "Lê Thánh Tông",
    "Võ Thị Sáu",
    "Tô Hiến Thành",
    "Mạc Đĩnh Chi",
    "Cao Bá Quát",
    "Nguyễn Công Trứ",
    "Đào Duy Từ",
    "Nơ Trang Lơng",
];

const FLOWERS: [&str; 16] = [
    "Sơn Ca",
    "Hoa Sen",
    "Hoa Ban",
    "Măng Non",
    "Tuổi Thơ",
    "Hoa Mai",
    "Vàng Anh",
    "Họa Mi",
    "Hướng Dương",
    "Sao Mai",
    "Bình Minh",
    "Ánh Dương",
    "Hoa Cúc",
    "Chim Non",
    "Hoa Phượng",
    "Bông Lúa",
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Preschool,
    Primary,
    LowerSecondary,
    Combined,
    UpperSecondary,
}

impl Level {
    fn name(self) -> &'static str {
        match self {
            Self::Preschool => "Mầm non",
            Self::Primary => "Tiểu học",
            Self::LowerSecondary => "THCS",
            Self::Combined => "THCS và THPT",
            Self::UpperSecondary => "THPT",
        }
    }
}

struct School {
    code: String,
    name: String,
    level: Level,
    place: &'static Place,
    /// How many schools of its level its place has.
    peers: i64,
    key: u64,
}

/// The place that should get the next school: most inhabitants per school so far (the method of D'Hondt).
fn next_place(counts: &[i64]) -> usize {
    let mut best = 0;
    for (index, place) in PLACES.iter().enumerate() {
        if place.people * (counts[best] + 1) > PLACES[best].people * (counts[index] + 1) {
            best = index;
        }
    }
    best
}

/// Every school that stands in any version, by code: 33 that teach grade 10 and 454 others.
fn all() -> Vec<School> {
    let mut levels: Vec<Vec<Level>> = PLACES.iter().map(|_| Vec::new()).collect();
    let mut upper = vec![0; PLACES.len()];
    for number in 0..33 {
        let at = if number < 25 { next_place(&upper) } else { 30 + (number - 25) };
        upper[at] += 1;
        levels[at].push(if number < 25 { Level::UpperSecondary } else { Level::Combined });
    }
    let mut others = vec![0; PLACES.len()];
    let cycle = [Level::Preschool, Level::Primary, Level::LowerSecondary, Level::Preschool, Level::Primary];
    for number in 0..454 {
        // Each place has one school of each level before size decides.
        let at = if number < 126 { number % PLACES.len() } else { next_place(&others) };
        levels[at].push(cycle[(others[at] % 5) as usize]);
        others[at] += 1;
    }
    let mut schools = Vec::with_capacity(487);
    let mut named = 0;
    for (at, place) in PLACES.iter().enumerate() {
        let mut numbers = [0_usize; 5];
        for (sequence, level) in levels[at].iter().enumerate() {
            let nth = &mut numbers[*level as usize];
            *nth += 1;
            let name = match level {
                Level::UpperSecondary => {
                    named += 1;
                    format!("THPT {}", NAMES[named - 1])
                }
                Level::Combined => format!("Phổ thông dân tộc nội trú {}", place.short),
                Level::Preschool if *nth > FLOWERS.len() => {
                    format!("Mầm non {} {} 2", FLOWERS[(at * 5 + *nth) % FLOWERS.len()], place.short)
                }
                Level::Preschool if *nth > 1 || place.is_ward() => {
                    format!("Mầm non {} {}", FLOWERS[(at * 5 + *nth) % FLOWERS.len()], place.short)
                }
                Level::LowerSecondary if place.is_ward() => {
                    format!("THCS {}", NAMES[(at * 3 + *nth * 7) % NAMES.len()])
                }
                _ if *nth > 1 => format!("{} {} {}", level.name(), place.short, nth),
                _ => format!("{} {}", level.name(), place.short),
            };
            schools.push(School {
                code: format!("{:02}{:03}", at + 1, sequence * 3 + 5),
                name,
                level: *level,
                place,
                peers: levels[at].iter().filter(|other| *other == level).count() as i64,
                key: (at * 1000 + sequence) as u64,
            });
        }
    }
    schools
}

/// Positions in [`all`] of what the versions add, drop and correct.
const ADDED_IN_3: [usize; 2] = [41, 288];
const ADDED_IN_4: [usize; 2] = [97, 352];
const CLOSED_IN_4: usize = 431;
const ZERO_LOST_IN_1: [usize; 3] = [12, 66, 121];

/// One row for each school.
pub fn schools(csv: &mut Csv<'_>, version: u32, _today: NaiveDate) -> Result<()> {
    csv.header(&[
        "Mã trường",
        "Tên trường",
        "Cấp học",
        "Loại hình",
        "Mã xã",
        "Xã, phường",
        "Số lớp",
        "Số học sinh",
        "Số giáo viên",
        "Mức đạt chuẩn quốc gia",
        "Ngày thành lập",
    ])?;
    let random = Random::named("schools");
    for (at, school) in all().iter().enumerate() {
        let absent = (version < 3 && ADDED_IN_3.contains(&at))
            || (version < 4 && ADDED_IN_4.contains(&at))
            || (version >= 4 && at == CLOSED_IN_4);
        if absent {
            continue;
        }
        let mut draw = random.of(school.key);
        // Small children go to school where they live; upper secondary schools draw from several communes.
        let (share, per_class, teachers) = match school.level {
            Level::Preschool => (0.062, 26.0, 1.9),
            Level::Primary => (0.088, 31.0, 1.5),
            Level::LowerSecondary => (0.063, 38.0, 1.9),
            Level::Combined => (0.0, 33.0, 2.4),
            Level::UpperSecondary => (0.0, 41.0, 2.3),
        };
        let crowding = if school.place.is_ward() { 1.06 } else { 0.86 };
        let expected = match school.level {
            Level::Combined => draw.between(290, 520) as f64,
            Level::UpperSecondary => draw.between(640, 1_690) as f64,
            _ => school.place.people as f64 * share / school.peers as f64,
        };
        let mut pupils = rounded(expected * draw.factor(0.16), 1, 61);
        let classes = rounded(pupils as f64 / (per_class * crowding), 1, 3);
        let teaching = rounded(classes as f64 * teachers * draw.factor(0.08), 1, 7);
        let private = school.level == Level::Preschool && school.place.is_ward() && draw.chance(0.34);
        let standard = draw.weighted(&[38, 44, 18]);
        let known = !draw.chance(0.042);
        let founded = NaiveDate::from_ymd_opt(
            draw.between(if private { 2006 } else { 1958 }, if private { 2022 } else { 2004 }) as i32,
            [5, 8, 9, 9, 9, 11, 12][draw.index(7)],
            [5, 5, 12, 15, 20, 22][draw.index(6)],
        );
        if version >= 4 && draw.chance(0.64) {
            let moved = draw.between(1, 3) * if draw.chance(0.55) { 1 } else { -1 };
            pupils += moved * (1 + pupils / 180);
        }
        let code = if version == 1 && ZERO_LOST_IN_1.contains(&at) {
            school.code.trim_start_matches('0')
        } else {
            &school.code
        };
        csv.text(code).text(&school.name).text(school.level.name());
        csv.text(if private { "Ngoài công lập" } else { "Công lập" });
        csv.text(school.place.code).text(school.place.name).int(classes).int(pupils).int(teaching);
        csv.text(["", "Mức 1", "Mức 2"][standard]);
        let new = ADDED_IN_3.contains(&at) || ADDED_IN_4.contains(&at);
        let opened = if new { NaiveDate::from_ymd_opt(2025, 9, 5) } else { founded.filter(|_| known) };
        csv.maybe_date(opened).end()?;
    }
    Ok(())
}

/// One row for each school and school year, the latest five.
pub fn grade_10_places(csv: &mut Csv<'_>, version: u32, today: NaiveDate) -> Result<()> {
    csv.header(&[
        "Năm học",
        "Mã trường",
        "Tên trường",
        "Xã, phường",
        "Chỉ tiêu",
        "Số đăng ký nguyện vọng 1",
        "Tỉ lệ chọi",
        "Số trúng tuyển",
        "Điểm chuẩn",
        "Phương thức",
    ])?;
    let random = Random::named("grade-10");
    let latest = if today.month() >= 6 { today.year() } else { today.year() - 1 };
    let schools: Vec<School> =
        all().into_iter().filter(|school| matches!(school.level, Level::UpperSecondary | Level::Combined)).collect();
    for year in (latest - 4)..=latest {
        for (at, school) in schools.iter().enumerate() {
            let mut fixed = random.of(school.key);
            let mut draw = fixed.of(year.unsigned_abs().into());
            // The first school of a ward is the one that everybody wants.
            let fame = if school.place.is_ward() && school.key % 1000 == 0 {
                0.8 + fixed.unit() * 0.2
            } else {
                fixed.unit() * if school.place.is_ward() { 0.7 } else { 0.5 }
            };
            let boarding = school.level == Level::Combined;
            let size = if boarding { fixed.between(2, 4) * 35 } else { fixed.between(5, 13) * 45 };
            let mut places = size + draw.between(-1, 1) * if boarding { 35 } else { 45 };
            if version == 1 && year == latest && at == 7 {
                places += 30;
            }
            let applied = rounded(places as f64 * (0.82 + fame * 0.9) * draw.factor(0.06), 1, 40);
            let admitted = applied.min(places) - draw.between(0, 6);
            let mark = rounded((15.0 + fame * 19.0 + draw.normal() * 0.9) * 100.0, 25, 1_200);
            csv.text(&format!("{year}–{}", year + 1)).text(&school.code).text(&school.name).text(school.place.name);
            csv.int(places).int(applied).decimal(applied * 100 / places, 2).int(admitted);
            csv.maybe_decimal((!boarding).then_some(mark), 2);
            csv.text(if boarding { "Xét tuyển" } else { "Thi tuyển" }).end()?;
        }
    }
    Ok(())
}
