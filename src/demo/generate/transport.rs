//! Bus routes and their stops.

use std::io::Result;

use chrono::NaiveDate;

use super::csv::Csv;
use super::places::PLACES;
use super::random::{Random, rounded};

const ROUTES: usize = 24;
const STOPS: usize = 733;

/// Both ends of a route, as positions in [`PLACES`].
fn ends(route: usize) -> (usize, usize) {
    let from = if route < 14 { 0 } else { route % 8 };
    let to = (route * 5 + 3) % PLACES.len();
    (from, if to == from { to + 1 } else { to })
}

fn kilometres(route: usize) -> i64 {
    let (from, to) = ends(route);
    let mut draw = Random::named("bus-routes").of(route as u64);
    rounded((8.0 + from.abs_diff(to) as f64 * 1.35 * draw.factor(0.12)) * 10.0, 1, 62)
}

/// One row for each route.
pub fn bus_routes(csv: &mut Csv<'_>, version: u32, _today: NaiveDate) -> Result<()> {
    csv.header(&[
        "Mã tuyến",
        "Tên tuyến",
        "Điểm đầu",
        "Điểm cuối",
        "Cự ly",
        "Số chuyến mỗi ngày",
        "Chuyến đầu",
        "Chuyến cuối",
        "Giãn cách giờ cao điểm",
        "Giá vé lượt",
        "Có trợ giá",
        "Xe sàn thấp",
    ])?;
    let random = Random::named("bus-routes");
    for route in 0..ROUTES {
        let (from, to) = (&PLACES[ends(route).0], &PLACES[ends(route).1]);
        let mut draw = random.of(route as u64 + 500);
        let length = kilometres(route);
        let gap = if length < 200 { draw.between(2, 4) * 5 } else { draw.between(4, 9) * 5 };
        let trips = rounded(13.5 * 60.0 / gap as f64 * 1.6, 2, 10);
        let mut fare = 5_000 + length / 100 * 2_000;
        // The first version still has the fares before they were raised.
        if version == 1 && length > 150 {
            fare -= 1_000;
        }
        csv.text(&format!("{:02}", route + 1)).text(&format!("{} – {}", from.short, to.short));
        csv.text(&format!("Bến xe {}", from.short)).text(&format!("Trạm {}", to.short)).decimal(length, 1).int(trips);
        csv.text(draw.pick(&["05:00", "05:15", "05:30"]))
            .text(draw.pick(&["18:30", "19:00", "20:00"]))
            .int(gap)
            .int(fare);
        csv.text(if draw.chance(0.7) { "Có" } else { "Không" });
        let low = draw.weighted(&[25, 60, 15]);
        csv.text(["Có", "Không", ""][low]).end()?;
    }
    Ok(())
}

/// One row for each stop of a route in one direction, 733 in all.
pub fn bus_stops(csv: &mut Csv<'_>, _version: u32, _today: NaiveDate) -> Result<()> {
    csv.header(&[
        "Mã tuyến",
        "Chiều",
        "Thứ tự",
        "Mã trạm",
        "Tên trạm",
        "Mã xã",
        "Xã, phường",
        "Khoảng cách từ điểm đầu",
        "Có mái che",
        "Xe lăn tiếp cận được",
    ])?;
    const MARKS: [&str; 14] = [
        "Chợ",
        "Trụ sở UBND",
        "Trường THCS",
        "Trạm y tế",
        "Ngã tư",
        "Cầu",
        "Nhà văn hóa",
        "Bưu điện",
        "Công viên",
        "Đình",
        "Khu dân cư",
        "Kho lúa",
        "Cây xăng",
        "Ngã ba",
    ];
    let random = Random::named("bus-stops");
    let total: i64 = (0..ROUTES).map(kilometres).sum();
    let mut written = 0;
    for route in 0..ROUTES {
        // Stops are shared out by length; the last route takes what rounding leaves.
        let stops =
            if route + 1 == ROUTES { STOPS - written } else { (STOPS as i64 * kilometres(route) / total) as usize };
        let there = stops / 2;
        let (from, to) = ends(route);
        for nth in 0..stops {
            let back = nth >= there;
            let (position, of) = if back { (nth - there, stops - there) } else { (nth, there) };
            let share = position as f64 / (of.max(2) - 1) as f64;
            let toward = if back { 1.0 - share } else { share };
            let at = (from as f64 + (to as f64 - from as f64) * toward).round() as usize;
            let place = &PLACES[at.min(PLACES.len() - 1)];
            let mut draw = random.of((route * 1000 + nth) as u64);
            csv.text(&format!("{:02}", route + 1)).text(if back { "Về" } else { "Đi" }).int(position as i64 + 1);
            csv.text(&format!("T{:02}{:03}", route + 1, nth + 1));
            csv.text(&format!("{} {}", MARKS[(route * 3 + position) % MARKS.len()], place.short))
                .text(place.code)
                .text(place.name);
            csv.decimal(rounded(kilometres(route) as f64 * share, 1, 0), 1);
            csv.text(if draw.chance(0.42) { "Có" } else { "Không" });
            csv.text(["Có", "Không", ""][draw.weighted(&[31, 57, 12])]).end()?;
        }
        written += stops;
    }
    Ok(())
}
