//! Points that lie near each other on a picture, counted together: however many there are, the picture stays light.

use std::collections::BTreeMap;

use super::model::Point;
use super::project::Frame;

/// Points that are shown as one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cluster {
    /// Where, on the picture: the middle of its points.
    pub x: f64,
    /// Where, on the picture.
    pub y: f64,
    /// How many points.
    pub count: u64,
}

/// Points seen so far, by the cells of a grid over a frame; memory is bounded by the cells.
#[derive(Clone, Debug)]
pub struct Clusters {
    frame: Frame,
    cell: f64,
    cells: BTreeMap<(i32, i32), (f64, f64, u64)>,
    outside: u64,
}

impl Clusters {
    /// An empty grid of cells so wide, in units of the picture.
    pub fn new(frame: Frame, cell: f64) -> Self {
        Self { frame, cell, cells: BTreeMap::new(), outside: 0 }
    }

    /// Sees a point.
    #[allow(clippy::cast_possible_truncation)] // within the frame
    pub fn see(&mut self, point: Point) {
        let (x, y) = self.frame.project(point);
        if !self.frame.shows((x, y)) {
            self.outside += 1;
            return;
        }
        let key =
            (((y - self.frame.top) / self.cell).floor() as i32, ((x - self.frame.left) / self.cell).floor() as i32);
        let cell = self.cells.entry(key).or_default();
        *cell = (cell.0 + x, cell.1 + y, cell.2 + 1);
    }

    /// Points that lay outside of the frame.
    pub fn outside(&self) -> u64 {
        self.outside
    }

    /// The clusters, largest first, so that small ones are drawn over them.
    pub fn all(&self) -> Vec<Cluster> {
        let mut all: Vec<Cluster> = self
            .cells
            .values()
            .map(|(x, y, count)| Cluster { x: x / *count as f64, y: y / *count as f64, count: *count })
            .collect();
        all.sort_by_key(|cluster| std::cmp::Reverse(cluster.count));
        all
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::map::Extent;

    proptest! {
        #[test]
        fn the_counts_of_clusters_are_the_points(
            points in prop::collection::vec((100.0..120.0_f64, 5.0..25.0_f64), 0..300), cell in 5.0..200.0_f64,
        ) {
            let extent = Extent::of(Point::at(104.0, 9.0)).with(Extent::of(Point::at(110.0, 20.0)));
            let frame = Frame::fit(&extent, 0.0, 0.0, 600.0, 500.0);
            let mut clusters = Clusters::new(frame, cell);
            for (east, north) in &points {
                clusters.see(Point::at(*east, *north));
            }
            let all = clusters.all();
            let inside: u64 = all.iter().map(|cluster| cluster.count).sum();
            prop_assert_eq!(inside + clusters.outside(), points.len() as u64);
            prop_assert!(all.iter().all(|cluster| frame.shows((cluster.x, cluster.y))));
            prop_assert!(all.windows(2).all(|two| two[0].count >= two[1].count));
        }
    }
}
