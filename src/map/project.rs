//! From places on earth to places on a picture, and back (Mercator's projection, which keeps shapes).

use std::f64::consts::FRAC_PI_4;

use super::model::{Extent, Point};

/// The greatest latitude that is drawn, in degrees.
pub const TILT: f64 = 85.0;

/// A part of the earth on a rectangle of a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    west: f64,
    north: f64,
    scale: f64,
    /// Left edge on the picture.
    pub left: f64,
    /// Upper edge on the picture.
    pub top: f64,
    /// Width on the picture.
    pub width: f64,
    /// Height on the picture.
    pub height: f64,
}

fn stretched(north: f64) -> f64 {
    (FRAC_PI_4 + north.clamp(-TILT, TILT).to_radians() / 2.0).tan().ln().to_degrees()
}

fn unstretched(y: f64) -> f64 {
    (y.to_radians().exp().atan() - FRAC_PI_4).to_degrees() * 2.0
}

impl Frame {
    /// The largest picture of an extent within a rectangle, in its middle; what is beside it is shown too.
    pub fn fit(extent: &Extent, left: f64, top: f64, width: f64, height: f64) -> Self {
        let (west, south) = Point { x: extent.west, y: extent.south }.degrees();
        let (east, north) = Point { x: extent.east, y: extent.north }.degrees();
        let (south, north) = (stretched(south), stretched(north));
        let (wide, high) = ((east - west).max(1e-4), (north - south).max(1e-4));
        let scale = (width / wide).min(height / high);
        Self {
            west: west.midpoint(east) - width / scale / 2.0,
            north: south.midpoint(north) + height / scale / 2.0,
            scale,
            left,
            top,
            width,
            height,
        }
    }

    /// The same places at the same spots, seen through another rectangle.
    #[must_use]
    pub fn seen_through(&self, left: f64, top: f64, width: f64, height: f64) -> Self {
        let west = self.west + (left - self.left) / self.scale;
        let north = self.north - (top - self.top) / self.scale;
        Self { west, north, scale: self.scale, left, top, width, height }
    }

    /// The height that an extent takes where its width is given.
    pub fn height_of(extent: &Extent, width: f64) -> f64 {
        let (west, south) = Point { x: extent.west, y: extent.south }.degrees();
        let (east, north) = Point { x: extent.east, y: extent.north }.degrees();
        width * (stretched(north) - stretched(south)).max(1e-4) / (east - west).max(1e-4)
    }

    /// Where a place lies on the picture.
    pub fn project(&self, point: Point) -> (f64, f64) {
        let (east, north) = point.degrees();
        self.place(east, north)
    }

    /// Where a place in degrees lies on the picture.
    pub fn place(&self, east: f64, north: f64) -> (f64, f64) {
        (self.left + (east - self.west) * self.scale, self.top + (self.north - stretched(north)) * self.scale)
    }

    /// Which place lies there on the picture.
    pub fn unproject(&self, x: f64, y: f64) -> Point {
        let east = (self.west + (x - self.left) / self.scale).clamp(-180.0, 180.0);
        Point::at(east, unstretched(self.north - (y - self.top) / self.scale))
    }

    /// All that is shown.
    pub fn extent(&self) -> Extent {
        Extent::of(self.unproject(self.left, self.top + self.height))
            .with(Extent::of(self.unproject(self.left + self.width, self.top)))
    }

    /// Whether a place of the picture is within the frame.
    pub fn shows(&self, (x, y): (f64, f64)) -> bool {
        (self.left..=self.left + self.width).contains(&x) && (self.top..=self.top + self.height).contains(&y)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_place_comes_back_within_a_pixel(
            west in 102.0..110.0_f64, south in 7.0..22.0_f64, wide in 0.01..16.0_f64, high in 0.01..16.0_f64,
            along in 0.0..1.0_f64, up in 0.0..1.0_f64,
        ) {
            let extent = Extent::of(Point::at(west, south)).with(Extent::of(Point::at(west + wide, south + high)));
            let frame = Frame::fit(&extent, 10.0, 20.0, 720.0, 700.0);
            let place = Point::at(west + along * wide, south + up * high);
            let (x, y) = frame.project(place);
            prop_assert!(frame.shows((x, y)), "{x} {y}");
            let (back_x, back_y) = frame.project(frame.unproject(x, y));
            prop_assert!((x - back_x).abs() < 1.0 && (y - back_y).abs() < 1.0);
        }
    }

    #[test]
    fn another_rectangle_moves_nothing() {
        let extent = Extent::of(Point::at(111.0, 15.0)).with(Extent::of(Point::at(113.0, 17.0)));
        let frame = Frame::fit(&extent, 40.0, 60.0, 200.0, 100.0);
        let through = frame.seen_through(10.0, 5.0, 300.0, 180.0);
        let (a, b) = (frame.place(112.3, 16.8), through.place(112.3, 16.8));
        assert!((a.0 - b.0).abs() < 1e-6 && (a.1 - b.1).abs() < 1e-6, "{a:?} {b:?}");
    }

    #[test]
    fn north_is_up_and_east_is_right() {
        let extent = Extent::of(Point::at(102.0, 7.0)).with(Extent::of(Point::at(118.0, 23.0)));
        let frame = Frame::fit(&extent, 0.0, 0.0, 700.0, 700.0);
        let (hanoi, saigon, phu_lam) = (frame.place(105.8, 21.0), frame.place(106.7, 10.8), frame.place(112.3, 16.8));
        assert!(hanoi.1 < saigon.1 && phu_lam.0 > saigon.0);
        let all = frame.extent();
        assert!(all.west <= extent.west && all.north >= extent.north, "{all:?}");
    }
}
