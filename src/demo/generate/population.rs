//! Inhabitants by commune, sex and age group.

use std::io::Result;

use chrono::{Datelike, NaiveDate};

use super::csv::Csv;
use super::places::{PLACES, Region};
use super::random::{Random, rounded};

const AGES: [&str; 16] = [
    "0–4",
    "5–9",
    "10–14",
    "15–19",
    "20–24",
    "25–29",
    "30–34",
    "35–39",
    "40–44",
    "45–49",
    "50–54",
    "55–59",
    "60–64",
    "65–69",
    "70–74",
    "75 trở lên",
];

/// Thousandths of the population, of a town.
const SHARES: [f64; 16] =
    [78.0, 84.0, 82.0, 72.0, 66.0, 76.0, 84.0, 82.0, 74.0, 66.0, 60.0, 53.0, 45.0, 34.0, 21.0, 23.0];

/// One row for each year, commune, sex and age group: five years, 42 communes, two sexes, 16 groups.
pub fn by_commune(csv: &mut Csv<'_>, version: u32, today: NaiveDate) -> Result<()> {
    csv.header(&["Năm", "Mã xã", "Xã, phường", "Vùng", "Khu vực", "Giới tính", "Nhóm tuổi", "Dân số trung bình"])?;
    let random = Random::named("population");
    let latest = today.year() - 1;
    for year in (latest - 4)..=latest {
        for place in &PLACES {
            // Towns grow, the mountains lose their young.
            let growth = if place.is_ward() {
                1.014_f64
            } else if place.region == Region::Highland {
                0.998
            } else {
                1.003
            };
            let people = place.people as f64 * growth.powi(year - 2025);
            for (sex, name) in ["Nam", "Nữ"].into_iter().enumerate() {
                for (age, (group, share)) in AGES.iter().zip(SHARES).enumerate() {
                    let mut draw = random.of(place.people.unsigned_abs()).of((sex * 20 + age) as u64);
                    let young = (4..=7).contains(&age);
                    let leaning = match place.region {
                        Region::Highland if age < 3 => 1.35,
                        Region::Highland if young => 0.82,
                        Region::Highland if age > 12 => 0.7,
                        _ if !place.is_ward() && young => 0.88,
                        _ => 1.0,
                    };
                    // More boys are born, more women grow old.
                    let half = if sex == 0 { 0.522 - age as f64 * 0.0052 } else { 0.478 + age as f64 * 0.0052 };
                    let mut count = rounded(people * share / 1000.0 * leaning * half * draw.factor(0.04), 1, 3);
                    if version == 1 && year == latest && age == 15 && place.is_ward() {
                        count -= count / 40;
                    }
                    csv.int(year.into()).text(place.code).text(place.name).text(place.region.name());
                    csv.text(if place.is_ward() { "Thành thị" } else { "Nông thôn" })
                        .text(name)
                        .text(group)
                        .int(count)
                        .end()?;
                }
            }
        }
    }
    Ok(())
}
