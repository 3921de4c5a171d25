//! Rings as the path of a picture: whole numbers, from point to point, so that a province of a hundred communes stays small.

use std::fmt::Write;

use super::model::{Extent, Point, Ring, Unit};
use super::project::Frame;
use super::simplify::area;

/// Steps of a path in one unit of the picture.
const FINE: f64 = 4.0;
/// Characters of all paths of a picture together.
const HEAVIEST: usize = 240_000;

/// The paths of some units.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// One for each unit; empty where nothing of it is in the frame.
    pub paths: Vec<String>,
    /// How many steps of a path make one unit of the picture.
    pub fine: f64,
}

/// Draws units in a frame; `within` leaves out rings that lie outside of it. Where the picture would grow too heavy, lines get
/// coarser together.
pub fn draw(units: &[&Unit], frame: &Frame, within: &dyn Fn(&Ring) -> bool) -> Drawn {
    let mut fine = FINE;
    loop {
        let paths: Vec<String> = units.iter().map(|unit| path(&unit.rings, frame, fine, within)).collect();
        if fine <= 0.125 || paths.iter().map(String::len).sum::<usize>() <= HEAVIEST {
            return Drawn { paths, fine };
        }
        fine /= 2.0;
    }
}

#[allow(clippy::cast_possible_truncation)] // a picture is a few thousand units wide
fn path(rings: &[Ring], frame: &Frame, fine: f64, within: &dyn Fn(&Ring) -> bool) -> String {
    let mut text = String::new();
    let seen = frame.extent();
    for ring in rings.iter().filter(|ring| within(ring)) {
        if !Extent::around(ring).is_some_and(|around| around.meets(&seen)) {
            continue;
        }
        let mut points: Vec<(i32, i32)> = ring
            .iter()
            .map(|point| {
                let (x, y) = frame.project(*point);
                // What lies far outside is cut off by the frame; nearer is near enough.
                let far = 8.0 * (frame.width + frame.height);
                ((x.clamp(-far, far) * fine).round() as i32, (y.clamp(-far, far) * fine).round() as i32)
            })
            .collect();
        points.dedup();
        if points.len() > 1 && points.first() == points.last() {
            points.pop();
        }
        if points.len() < 3 {
            // Less than a dot: what is there is still shown.
            let (x, y) = points.first().copied().unwrap_or_default();
            points = vec![(x, y), (x + 2, y), (x + 1, y + 2)];
        }
        let mut last = points[0];
        let _ = write!(text, "M{} {}l", last.0, last.1);
        let mut first = true;
        for point in &points[1..] {
            for step in [point.0 - last.0, point.1 - last.1] {
                if !first && step >= 0 {
                    text.push(' ');
                }
                first = false;
                let _ = write!(text, "{step}");
            }
            last = *point;
        }
        text.push('z');
    }
    text
}

/// Where a unit's name may stand: the middle of its largest ring by area, and how wide that ring is, in units of the picture.
pub fn label_point(unit: &Unit, frame: &Frame, within: &dyn Fn(&Ring) -> bool) -> Option<(f64, f64, f64)> {
    let ring = unit.rings.iter().filter(|ring| within(ring)).max_by_key(|ring| area(ring).abs())?;
    let around = Extent::around(ring)?;
    let origin = around.middle();
    let (mut whole, mut x, mut y) = (0.0, 0.0, 0.0);
    for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
        let (ax, ay) = (f64::from(a.x - origin.x), f64::from(a.y - origin.y));
        let (bx, by) = (f64::from(b.x - origin.x), f64::from(b.y - origin.y));
        let cross = ax * by - bx * ay;
        whole += cross;
        x += (ax + bx) * cross;
        y += (ay + by) * cross;
    }
    #[allow(clippy::cast_possible_truncation)] // it lies within the ring's box
    let middle = if whole.abs() < 1.0 {
        origin
    } else {
        let (dx, dy) = ((x / (3.0 * whole)) as i32, (y / (3.0 * whole)) as i32);
        Point { x: origin.x.saturating_add(dx), y: origin.y.saturating_add(dy) }
    };
    let (x, y) = frame.project(middle);
    let wide =
        frame.project(Point { x: around.east, y: around.south }).0 - frame.project(Point { x: around.west, y: 0 }).0;
    Some((x, y, wide))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Localized;

    fn unit(points: usize, radius: f64) -> Unit {
        let ring: Ring = (0..points)
            .map(|at| {
                let turn = at as f64 / points as f64 * std::f64::consts::TAU;
                Point::at(108.0 + radius * turn.cos(), 16.0 + radius * turn.sin())
            })
            .collect();
        let extent = Extent::around(&ring).unwrap();
        Unit { code: "00001".into(), name: Localized { vi: "A".into(), en: None }, rings: vec![ring], extent }
    }

    #[test]
    fn a_path_goes_by_whole_steps_and_closes() {
        let unit = unit(4, 1.0);
        let frame = Frame::fit(&unit.extent, 0.0, 0.0, 100.0, 100.0);
        let drawn = draw(&[&unit], &frame, &|_| true);
        assert!(drawn.paths[0].starts_with('M') && drawn.paths[0].ends_with('z'), "{}", drawn.paths[0]);
        assert!(!drawn.paths[0].contains('.'));
        let (x, y, wide) = label_point(&unit, &frame, &|_| true).unwrap();
        assert!((x - 50.0).abs() < 1.0 && (y - 50.0).abs() < 1.0 && wide > 90.0, "{x} {y} {wide}");
    }

    #[test]
    fn a_heavy_picture_gets_coarser_and_an_islet_stays_visible() {
        let heavy: Vec<Unit> = (0..40).map(|at| unit(20_000, 0.5 + f64::from(at) / 100.0)).collect();
        let all: Vec<&Unit> = heavy.iter().collect();
        let frame = Frame::fit(&heavy[39].extent, 0.0, 0.0, 700.0, 700.0);
        let drawn = draw(&all, &frame, &|_| true);
        assert!(drawn.fine < FINE && drawn.paths.iter().map(String::len).sum::<usize>() <= HEAVIEST);
        let islet = unit(5, 0.000_05);
        assert!(draw(&[&islet], &frame, &|_| true).paths[0].len() > 5);
    }
}
