//! Hoàng Sa and Trường Sa: on every map of the country, whatever was imported (`vocabularies/islands.csv`).

use std::sync::LazyLock;

use super::model::{Extent, Point, degrees};
use crate::vocabulary;

/// An archipelago, and the province it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Archipelago {
    /// `hoang-sa` or `truong-sa`.
    pub code: String,
    /// The code of its province, the same in the list of 63 and of 34.
    pub province: String,
    /// Some of its islands.
    pub islands: Vec<Point>,
    /// Where all of it lies.
    pub extent: Extent,
}

static ALL: LazyLock<Vec<Archipelago>> = LazyLock::new(|| {
    let bytes = vocabulary::file("islands.csv").unwrap_or_default();
    let mut all: Vec<Archipelago> = Vec::new();
    for line in String::from_utf8_lossy(&bytes).lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let &[code, province, east, north] = cells.as_slice() else { continue };
        let (Ok(east), Ok(north)) = (east.parse(), north.parse()) else { continue };
        let place = Point::at(east, north);
        match all.iter_mut().find(|known| known.code == code) {
            Some(known) => {
                known.islands.push(place);
                known.extent = known.extent.with(Extent::of(place));
            }
            None => all.push(Archipelago {
                code: code.to_owned(),
                province: province.to_owned(),
                islands: vec![place],
                extent: Extent::of(place),
            }),
        }
    }
    // Shoals lie around the islands that are named.
    let around = degrees(0.6);
    for one in &mut all {
        let Extent { west, south, east, north } = one.extent;
        one.extent = Extent { west: west - around, south: south - around, east: east + around, north: north + around };
    }
    all
});

/// Both archipelagos.
pub fn archipelagos() -> &'static [Archipelago] {
    &ALL
}

impl Archipelago {
    /// The whole country, the archipelagos and its seas included.
    pub fn country() -> Extent {
        let land = Extent::of(Point::at(102.0, 8.0)).with(Extent::of(Point::at(109.6, 23.6)));
        archipelagos().iter().map(|one| one.extent).fold(land, Extent::with)
    }

    /// Whether a place belongs to one of them.
    pub fn holds(place: Point) -> bool {
        archipelagos().iter().any(|one| one.extent.holds(place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_archipelagos_are_there_with_their_provinces_and_lie_apart_from_the_mainland() {
        let told: Vec<(&str, &str)> =
            archipelagos().iter().map(|one| (one.code.as_str(), one.province.as_str())).collect();
        assert_eq!(told, [("hoang-sa", "48"), ("truong-sa", "56")]);
        assert!(archipelagos().iter().all(|one| one.islands.len() > 8));
        // Đà Nẵng, Nha Trang, Lý Sơn and Phú Quý are no part of them.
        for (east, north) in [(108.2, 16.05), (109.2, 12.25), (109.1, 15.4), (108.95, 10.53)] {
            assert!(!Archipelago::holds(Point::at(east, north)), "{east} {north}");
        }
        assert!(Archipelago::holds(Point::at(112.34, 16.83)) && Archipelago::holds(Point::at(111.92, 8.65)));
        let country = Archipelago::country();
        assert!(archipelagos().iter().all(|one| country.holds(one.extent.middle())));
    }
}
