//! Simplification that keeps neighbours together: lines are cut where three or more meet, and each piece is simplified
//! by itself (Douglas and Peucker 1973), in a direction of its own, so that both sides of a border come out the same.

use std::collections::HashMap;

use super::model::{Point, Ring};

/// Points of a ring that is kept although it is smaller than the tolerance.
const LEAST: usize = 8;

/// Rings with fewer points, none of them further than `tolerance` (in units of coordinates) from where it was. Of every unit
/// at least one ring stays; each stays closed and has three points or more.
pub fn simplify(units: &[Vec<Ring>], tolerance: f64) -> Vec<Vec<Ring>> {
    let meeting = meeting_points(units);
    let one = |ring: &Ring| ring_of(ring, &meeting, tolerance);
    units
        .iter()
        .map(|rings| {
            let kept: Vec<Ring> = rings.iter().filter_map(one).collect();
            match (kept.is_empty(), rings.iter().max_by_key(|ring| area(ring).abs())) {
                (true, Some(largest)) => vec![thinned(largest)],
                _ => kept,
            }
        })
        .collect()
}

/// Twice the area within a ring; positive where it runs against the clock.
pub(super) fn area(ring: &[Point]) -> i128 {
    let next = ring.iter().cycle().skip(1);
    ring.iter().zip(next).map(|(a, b)| i128::from(a.x) * i128::from(b.y) - i128::from(b.x) * i128::from(a.y)).sum()
}

fn thinned(ring: &Ring) -> Ring {
    let step = ring.len().div_ceil(LEAST).max(1);
    let few: Ring = ring.iter().step_by(step).copied().collect();
    if few.len() < 3 { ring.iter().take(3).copied().collect() } else { few }
}

/// Which points other points lead to, up to three of them; the third says that lines meet there.
#[derive(Clone, Copy, Default)]
struct Near {
    known: [Option<Point>; 2],
    more: bool,
}

impl Near {
    fn see(&mut self, point: Point) {
        for place in &mut self.known {
            match place {
                Some(known) if *known == point => return,
                Some(_) => {}
                None => {
                    *place = Some(point);
                    return;
                }
            }
        }
        self.more = true;
    }
}

fn meeting_points(units: &[Vec<Ring>]) -> HashMap<Point, Near> {
    let mut near: HashMap<Point, Near> = HashMap::new();
    for ring in units.iter().flatten() {
        for (at, point) in ring.iter().enumerate() {
            let seen = near.entry(*point).or_default();
            seen.see(ring[(at + ring.len() - 1) % ring.len()]);
            seen.see(ring[(at + 1) % ring.len()]);
        }
    }
    near.retain(|_, seen| seen.more);
    near
}

fn ring_of(ring: &Ring, meeting: &HashMap<Point, Near>, tolerance: f64) -> Option<Ring> {
    let ends: Vec<usize> =
        ring.iter().enumerate().filter(|(_, point)| meeting.contains_key(*point)).map(|(at, _)| at).collect();
    let mut simple = Ring::new();
    if ends.is_empty() {
        // Alone, or the whole border between two: it begins where it is westernmost, whoever asks.
        let start = (0..ring.len()).min_by_key(|at| ring[*at])?;
        let mut line: Ring = ring.iter().cycle().skip(start).take(ring.len() + 1).copied().collect();
        arc(&mut line, tolerance);
        line.pop();
        simple = line;
    } else {
        for (nth, start) in ends.iter().enumerate() {
            let end = ends.get(nth + 1).map_or(ends[0] + ring.len(), |end| *end);
            let mut line: Ring = (*start..=end).map(|at| ring[at % ring.len()]).collect();
            arc(&mut line, tolerance);
            line.pop();
            simple.append(&mut line);
        }
    }
    simple.dedup();
    (simple.len() >= 3 && area(&simple) != 0).then_some(simple)
}

/// Simplifies a piece in place; its ends stay.
fn arc(line: &mut Ring, tolerance: f64) {
    let length = line.len();
    if length < 3 {
        return;
    }
    let turned = (line[length - 1], line[length - 2]) < (line[0], line[1]);
    if turned {
        line.reverse();
    }
    let mut kept = vec![false; length];
    kept[0] = true;
    kept[length - 1] = true;
    let mut open = vec![(0, length - 1)];
    while let Some((from, to)) = open.pop() {
        let (start, end) = (line[from], line[to]);
        let mut farthest = (0.0, from);
        for (at, point) in line.iter().enumerate().take(to).skip(from + 1) {
            let away = distance(*point, start, end);
            if away > farthest.0 {
                farthest = (away, at);
            }
        }
        // A piece that comes back to where it began is a ring, and keeps its width.
        if farthest.0 > tolerance || (start == end && farthest.0 > 0.0 && from == 0 && to == length - 1) {
            kept[farthest.1] = true;
            open.push((from, farthest.1));
            open.push((farthest.1, to));
        }
    }
    let mut at = 0;
    line.retain(|_| {
        at += 1;
        kept[at - 1]
    });
    if turned {
        line.reverse();
    }
}

/// From a point to a piece of a line.
fn distance(point: Point, start: Point, end: Point) -> f64 {
    let (dx, dy) = (f64::from(end.x) - f64::from(start.x), f64::from(end.y) - f64::from(start.y));
    let (px, py) = (f64::from(point.x) - f64::from(start.x), f64::from(point.y) - f64::from(start.y));
    let square = dx * dx + dy * dy;
    let along = if square == 0.0 { 0.0 } else { ((px * dx + py * dy) / square).clamp(0.0, 1.0) };
    (px - along * dx).hypot(py - along * dy)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    /// Two squares side by side with a ragged border between them.
    fn neighbours(wiggle: &[i32]) -> Vec<Vec<Ring>> {
        let steps = i32::try_from(wiggle.len()).unwrap() + 1;
        let border: Ring =
            wiggle.iter().zip(1..).map(|(off, step)| Point { x: 10_000 + off, y: step * 10_000 / steps }).collect();
        let (low, high) = (Point { x: 10_000, y: 0 }, Point { x: 10_000, y: 10_000 });
        let mut left = vec![Point { x: 0, y: 0 }, low];
        left.extend(&border);
        left.extend([high, Point { x: 0, y: 10_000 }]);
        let mut right = vec![high];
        right.extend(border.iter().rev());
        right.extend([low, Point { x: 20_000, y: 0 }, Point { x: 20_000, y: 10_000 }]);
        vec![vec![left], vec![right]]
    }

    fn edges(ring: &Ring) -> BTreeSet<(Point, Point)> {
        let next = ring.iter().cycle().skip(1);
        ring.iter().zip(next).map(|(a, b)| if a < b { (*a, *b) } else { (*b, *a) }).collect()
    }

    proptest! {
        #[test]
        fn neighbours_keep_one_border_and_rings_stay_closed(
            wiggle in prop::collection::vec(-900..900_i32, 1..60), tolerance in 1.0..800.0_f64,
        ) {
            let simple = simplify(&neighbours(&wiggle), tolerance);
            let (left, right) = (&simple[0][0], &simple[1][0]);
            prop_assert!(left.len() >= 4 && right.len() >= 4);
            prop_assert!(left.first() != left.last() && area(left) > 0 && area(right) > 0);
            // What is not an outer side is in both.
            let outer = |edge: &&(Point, Point)| edge.0.x > 5_000 && edge.1.x < 15_000;
            let (of_left, of_right) = (edges(left), edges(right));
            let border: Vec<_> = of_left.iter().filter(outer).collect();
            prop_assert_eq!(border, of_right.iter().filter(outer).collect::<Vec<_>>());
            // Nothing lies further from it than allowed.
            for (off, step) in wiggle.iter().zip(1..) {
                let point = Point { x: 10_000 + off, y: step * 10_000 / (wiggle.len() as i32 + 1) };
                let near = of_left.iter().map(|(a, b)| distance(point, *a, *b)).fold(f64::MAX, f64::min);
                prop_assert!(near <= tolerance + 1e-6);
            }
        }
    }

    #[test]
    fn an_islet_smaller_than_the_tolerance_stays_where_it_is_the_unit_s_only_ring() {
        let islet: Ring = (0..40).map(|at| Point { x: at % 7, y: at * at % 11 }).collect();
        let simple = simplify(&[vec![islet.clone()]], 5_000.0);
        assert!(simple[0].len() == 1 && simple[0][0].len() >= 3);
    }

    #[test]
    fn a_hole_and_what_fills_it_stay_the_same_line() {
        let circle: Ring = (0..60)
            .map(|at| {
                let turn = f64::from(at) / 60.0 * std::f64::consts::TAU;
                Point { x: (turn.cos() * 3_000.0) as i32, y: (turn.sin() * 3_000.0) as i32 }
            })
            .collect();
        let mut hole = circle.clone();
        hole.reverse();
        hole.rotate_left(17);
        let simple = simplify(&[vec![circle], vec![hole]], 200.0);
        assert!(simple[0][0].len() < 40);
        assert_eq!(edges(&simple[0][0]), edges(&simple[1][0]));
    }
}
