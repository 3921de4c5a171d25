//! People on unemployment benefit by commune and age group: the dataset that was withdrawn.

use std::io::Result;

use chrono::NaiveDate;

use super::csv::Csv;
use super::places::PLACES;
use super::random::{Random, month_before, rounded};

const AGES: [(&str, f64); 4] = [("Dưới 25", 0.12), ("25–34", 0.41), ("35–44", 0.31), ("45 trở lên", 0.16)];

/// One row for each month, commune and age group: twelve months, 42 communes, four groups.
pub fn unemployment_benefit(csv: &mut Csv<'_>, _version: u32, today: NaiveDate) -> Result<()> {
    csv.header(&["Tháng", "Mã xã", "Xã, phường", "Nhóm tuổi", "Số người hưởng", "Mức hưởng bình quân"])?;
    let random = Random::named("unemployment-benefit");
    for month in (1..=12).rev() {
        let first = month_before(today, month);
        for (at, place) in PLACES.iter().enumerate() {
            for (age, (group, share)) in AGES.iter().enumerate() {
                let mut draw = random.on(first).of((at * 8 + age) as u64);
                let count = rounded(place.people as f64 * 0.0042 * share * draw.factor(0.2), 1, 0);
                let paid = rounded(3_450.0 * (0.82 + age as f64 * 0.11) * draw.factor(0.05), 10, 2_400);
                csv.text(&first.format("%m/%Y").to_string()).text(place.code).text(place.name).text(group).int(count);
                csv.maybe_int((count > 0).then_some(paid)).end()?;
            }
        }
    }
    Ok(())
}
