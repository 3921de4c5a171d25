//! Invented boundaries of the communes of Lạc Điền: the cells of Voronoi's partition around their middles, with borders that
//! wander like real ones. The same on every run; neighbours share their lines.

use super::places::PLACES;
use super::random::Random;
use crate::kernel::Localized;
use crate::map::{Extent, Point, Ring, Unit, degrees};

/// A place on the plane, in degrees.
type Spot = (f64, f64);

/// The outline of the province before its edge wanders: from the mountains in the west to the river's mouth in the east.
const OUTLINE: [Spot; 11] = [
    (107.38, 15.36),
    (107.62, 15.52),
    (107.96, 15.50),
    (108.30, 15.53),
    (108.68, 15.52),
    (108.86, 15.34),
    (108.93, 15.12),
    (108.82, 14.86),
    (108.30, 14.80),
    (107.84, 14.84),
    (107.46, 15.00),
];
/// How often a border is bent: each piece into two, so many times.
const BENDS: u32 = 4;

/// Every commune and where it lies.
pub fn communes() -> Vec<Unit> {
    let sites: Vec<Spot> = PLACES
        .iter()
        .map(|place| {
            let (north, east) = place.centre();
            let mut chance = Random::named("boundaries").under(place.code);
            // The middles stand in rows; borders should not.
            (east + (chance.unit() - 0.5) * 0.07, north + (chance.unit() - 0.5) * 0.05)
        })
        .collect();
    PLACES
        .iter()
        .enumerate()
        .map(|(at, place)| {
            let corners = cell(&sites, at);
            let mut ring = Ring::new();
            for (from, to) in corners.iter().zip(corners.iter().cycle().skip(1)) {
                border(*from, *to, &mut ring);
            }
            ring.dedup();
            let extent = Extent::around(&ring).unwrap_or(Extent::of(Point::default()));
            let name = Localized { vi: place.name.to_owned(), en: None };
            Unit { code: place.code.to_owned(), name, rings: vec![ring], extent }
        })
        .collect()
}

/// What of the outline is nearer to a site than to any other.
fn cell(sites: &[Spot], at: usize) -> Vec<Point> {
    let own = sites[at];
    let mut cell: Vec<Spot> = OUTLINE.iter().rev().copied().collect();
    for (other, site) in sites.iter().enumerate() {
        if other != at {
            cell = nearer(&cell, own, *site);
        }
    }
    // To ten metres, so that neighbours meet in the same corners.
    let mut corners: Vec<Point> = cell.iter().map(|(x, y)| snapped(*x, *y)).collect();
    corners.dedup();
    if corners.len() > 1 && corners.first() == corners.last() {
        corners.pop();
    }
    corners
}

fn snapped(x: f64, y: f64) -> Point {
    let coarse =
        |value: f64| degrees(value).div_euclid(10) * 10 + if degrees(value).rem_euclid(10) >= 5 { 10 } else { 0 };
    Point { x: coarse(x), y: coarse(y) }
}

/// The part of a convex cell that is nearer to `own` than to `other` (Sutherland and Hodgman).
fn nearer(cell: &[Spot], own: Spot, other: Spot) -> Vec<Spot> {
    let side = |spot: Spot| {
        let middle = (own.0.midpoint(other.0), own.1.midpoint(other.1));
        (spot.0 - middle.0) * (other.0 - own.0) + (spot.1 - middle.1) * (other.1 - own.1)
    };
    let mut kept = Vec::new();
    for (from, to) in cell.iter().zip(cell.iter().cycle().skip(1)) {
        let (a, b) = (side(*from), side(*to));
        if a <= 0.0 {
            kept.push(*from);
        }
        if (a < 0.0 && b > 0.0) || (a > 0.0 && b < 0.0) {
            let along = a / (a - b);
            kept.push((from.0 + along * (to.0 - from.0), from.1 + along * (to.1 - from.1)));
        }
    }
    kept
}

/// The border from one corner to the next without the last point, bent the same way from either side.
fn border(from: Point, to: Point, ring: &mut Ring) {
    let turned = to < from;
    let mut line = if turned { vec![to, from] } else { vec![from, to] };
    for _ in 0..BENDS {
        let mut bent = Vec::with_capacity(line.len() * 2);
        for two in line.windows(2) {
            let (a, b) = (two[0], two[1]);
            bent.push(a);
            let (dx, dy) = (f64::from(b.x - a.x), f64::from(b.y - a.y));
            let key = [a.x, a.y, b.x, b.y]
                .iter()
                .fold(7_u64, |key, part| key.wrapping_mul(1_000_003).wrapping_add(u64::from(part.unsigned_abs())));
            let off = (Random::named("borders").of(key).unit() - 0.5) * 0.34;
            let middle = Point { x: a.x.midpoint(b.x), y: a.y.midpoint(b.y) };
            #[allow(clippy::cast_possible_truncation)] // a part of a border's length
            bent.push(Point { x: middle.x - (dy * off) as i32, y: middle.y + (dx * off) as i32 });
        }
        bent.extend(line.last());
        line = bent;
    }
    if turned {
        line.reverse();
    }
    line.pop();
    ring.append(&mut line);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn every_commune_has_an_area_that_holds_its_middle_and_shares_its_borders() {
        let units = communes();
        assert_eq!(units.len(), PLACES.len());
        let mut edges: BTreeMap<(Point, Point), u32> = BTreeMap::new();
        for (unit, place) in units.iter().zip(&PLACES) {
            let ring = &unit.rings[0];
            assert!(ring.len() > 40, "{}", place.name);
            let (north, east) = place.centre();
            assert!(unit.extent.holds(Point::at(east, north)), "{}", place.name);
            for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
                *edges.entry(if a < b { (*a, *b) } else { (*b, *a) }).or_default() += 1;
            }
        }
        let shared = edges.values().filter(|count| **count == 2).count();
        assert!(edges.values().all(|count| *count <= 2) && shared * 2 > edges.len(), "{shared} of {}", edges.len());
        assert_eq!(communes(), units, "the same on every run");
    }
}
