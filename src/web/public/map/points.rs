//! Points: rows with latitude and longitude, counted together by a grid over the frame that the address names.

use super::picture::{COUNTRY, WIDTH, at, graticule, isles};
use crate::http::App;
use crate::http::page::PageCtx;
use crate::kernel::{Error, Problem, Result};
use crate::map::{self, Archipelago, Clusters, Extent, Frame, Level, Point, TILT, Unit};
use crate::platform::columnar::{Value, rows_of};
use crate::table::explore::{Explorer, Filter, Query, Reader, Written};
use crate::table::geometry::{Bounds, Geometry};
use crate::table::ingest::report::Column;
use crate::web::public::view::map::{AreaGroup, AreaShape, Circle, Move, Picture, Shade};

/// The height of a map of points.
const HEIGHT: u32 = 560;
/// The width of a cell in which points are counted together.
const CELL: f64 = 62.0;
/// Rows read for one map.
const MOST_READ: usize = 1_000_000;
/// The least and the greatest part of the earth that is shown, in degrees.
const NARROWEST: f64 = 0.005;
const WIDEST: f64 = 60.0;
/// Units drawn as ground.
const MOST_GROUND: usize = 400;

/// What is asked of a map of points.
pub(super) struct Asked<'a> {
    /// Where the table says its rows lie.
    pub place: &'a Geometry,
    /// Filters, and nothing else.
    pub query: &'a Query,
    /// The part of the earth that is asked for; none for all points.
    pub view: Option<Extent>,
}

/// A map of points.
pub(super) struct Points {
    /// The picture, without its words.
    pub picture: Picture,
    /// Points in the frame.
    pub inside: u64,
    /// Circles that they are shown as.
    pub circles: u64,
    /// Whether [`Points::rows`] are those in the frame, and not all of them.
    pub framed: bool,
    /// Whether there were more rows than are read.
    pub cut: bool,
    /// The rows in the frame, where the table can be asked for them.
    pub rows: Query,
    /// Ways through it.
    pub views: Vec<(&'static str, Option<Extent>)>,
    /// Whose boundaries lie below.
    pub set: Option<map::Set>,
}

/// Reads a part of the earth: west, south, east, north in degrees.
///
/// # Errors
/// `map-view` on `view`.
pub(super) fn read_view(text: &str) -> Result<Extent, Problem> {
    let wrong = || Problem::new("map-view").on("view");
    let numbers: Vec<f64> = text.split(',').map(str::parse).collect::<Result<_, _>>().map_err(|_| wrong())?;
    let &[west, south, east, north] = numbers.as_slice() else { return Err(wrong()) };
    let fits = (-180.0..=180.0).contains(&west) && (-180.0..=180.0).contains(&east) && west < east;
    let lies = (-TILT..=TILT).contains(&south) && (-TILT..=TILT).contains(&north) && south < north;
    let (wide, high) = (east - west, north - south);
    // Addresses have four decimals: what is much narrower than any way through the map leads to would be nothing in them.
    if !fits || !lies || wide.max(high) > 2.0 * WIDEST || wide.min(high) < NARROWEST / 2.0 {
        return Err(wrong());
    }
    Ok(Extent::of(Point::at(west, south)).with(Extent::of(Point::at(east, north))))
}

/// As addresses write it.
pub(super) fn write_view(view: &Extent) -> String {
    let (west, south) = Point { x: view.west, y: view.south }.degrees();
    let (east, north) = Point { x: view.east, y: view.north }.degrees();
    format!("{west:.4},{south:.4},{east:.4},{north:.4}")
}

/// A box around a middle, so many degrees wide and high, as far as there is earth.
fn around((east, north): (f64, f64), (wide, high): (f64, f64)) -> Extent {
    let (wide, high) = (wide.clamp(NARROWEST, WIDEST), high.clamp(NARROWEST, WIDEST));
    let (west, south) =
        ((east - wide / 2.0).clamp(-180.0, 180.0 - wide), (north - high / 2.0).clamp(-TILT, TILT - high));
    Extent::of(Point::at(west, south)).with(Extent::of(Point::at(west + wide, south + high)))
}

/// Where all points lie, by the import report.
fn whole(place: &Geometry) -> Extent {
    let Bounds { west, south, east, north } = place.bounds();
    let (wide, high) = ((east - west) * 1.1, (north - south) * 1.1);
    around((west.midpoint(east), south.midpoint(north)), (wide.max(0.02), high.max(0.02)))
}

/// The frame of a view; one as wide as the country shows all of it, its seas and archipelagos too.
fn frame_of(view: Extent) -> Frame {
    let fit = |view: &Extent| Frame::fit(view, 0.0, 0.0, f64::from(WIDTH), f64::from(HEIGHT));
    let frame = fit(&view);
    let (seen, country) = (frame.extent(), Archipelago::country());
    if seen.span() > COUNTRY && seen.meets(&country) { fit(&view.with(country)) } else { frame }
}

impl Points {
    /// Asks the table.
    ///
    /// # Errors
    /// What the explorer refuses.
    pub async fn ask(
        app: &App,
        page: &PageCtx,
        explorer: &Explorer,
        asked: &Asked<'_>,
        reader: &Reader,
    ) -> Result<Self> {
        let all = whole(asked.place);
        let frame = frame_of(asked.view.unwrap_or(all));
        let seen = frame.extent();
        let mut rows = Query { filters: asked.query.filters.clone(), ..Query::default() };
        let columns = explorer.columns();
        let framed = if let Geometry::Points { latitude, longitude, .. } = asked.place {
            let (west, south) = Point { x: seen.west, y: seen.south }.degrees();
            let (east, north) = Point { x: seen.east, y: seen.north }.degrees();
            for (column, from, to) in [(*latitude, south, north), (*longitude, west, east)] {
                rows.filters.push(between(&columns[column], from, to, reader)?);
            }
            true
        } else {
            // Shapes are text, which nothing but reading them tells where they lie.
            false
        };
        let keys = asked.place.columns().into_iter().map(|at| columns[at].key.clone()).collect();
        let query = Query { columns: keys, ..rows.clone() };
        let mut clusters = Clusters::new(frame, CELL);
        let (mut left, mut cut) = (MOST_READ, false);
        let place = asked.place.clone();
        let middle = move |row: &Vec<Value>| {
            let Bounds { west, south, east, north } = place.shape(row)?.bounds()?;
            Some(Point::at(west.midpoint(east), south.midpoint(north)))
        };
        explorer
            .walk(
                &query,
                move |batch| Ok(rows_of(&batch).iter().map(&middle).collect::<Vec<Option<Point>>>()),
                |points: Vec<Option<Point>>| {
                    cut = points.len() > left;
                    points.iter().take(left).flatten().for_each(|point| clusters.see(*point));
                    left -= points.len().min(left);
                    !cut
                },
            )
            .await?;
        let all_clusters = clusters.all();
        let inside = all_clusters.iter().map(|cluster| cluster.count).sum();
        let mut picture = Picture { width: WIDTH, height: HEIGHT, sea: true, ..Picture::default() };
        picture.graticule = graticule(page, &frame);
        let (ground, set) = ground(app, seen).await?;
        if !ground.is_empty() {
            let units: Vec<&Unit> = ground.iter().collect();
            let drawn = map::draw(&units, &frame, &|_| true);
            let name = |unit: &Unit| unit.name.get(page.lang).0.to_owned();
            let shapes = ground.iter().zip(drawn.paths).map(|(unit, d)| AreaShape { d, title: name(unit) });
            picture.groups.push(AreaGroup {
                shade: Shade::LAND,
                scale: 1.0 / drawn.fine,
                stroke: drawn.fine,
                shapes: shapes.filter(|shape| !shape.d.is_empty()).collect(),
            });
        }
        picture.isles = isles(page, None, &frame);
        picture.circles = all_clusters
            .iter()
            .map(|cluster| Circle {
                x: at(cluster.x),
                y: at(cluster.y),
                // The area says how many.
                r: at(if cluster.count == 1 {
                    6.0
                } else {
                    (9.0 + 2.2 * (cluster.count as f64).sqrt()).min(CELL / 1.7)
                }),
                text: if cluster.count == 1 { String::new() } else { page.num(cluster.count) },
                title: page.t1("map-cluster", "count", cluster.count),
            })
            .collect();
        Ok(Self {
            picture,
            inside,
            circles: all_clusters.len() as u64,
            framed,
            cut,
            rows,
            views: moves(&seen, &all),
            set,
        })
    }

    /// The ways through the map in words; `href` makes the address of a view, or of all points.
    pub fn moves(&self, page: &PageCtx, href: &dyn Fn(Option<Extent>) -> String) -> Vec<Move> {
        let way = |(name, view): &(&'static str, Option<Extent>)| Move {
            icon: match *name {
                "in" => "search",
                "west" => "left",
                "east" => "right",
                "north" => "asc",
                "south" => "desc",
                _ => "map",
            },
            text: page.code("map-move", name),
            href: Some(href(*view)),
        };
        self.views.iter().map(way).collect()
    }
}

fn between(column: &Column, from: f64, to: f64, reader: &Reader) -> Result<Filter> {
    let text = match column.kind {
        crate::table::ingest::report::Kind::Integer => format!("{:.0}..{:.0}", from.floor(), to.ceil()),
        _ => format!("{from:.5}..{to:.5}"),
    };
    Filter::read(column, "between", &[&text], Written::Address, reader, "view").map_err(Error::invalid)
}

/// Where one goes from what is seen.
fn moves(seen: &Extent, all: &Extent) -> Vec<(&'static str, Option<Extent>)> {
    let middle = seen.middle().degrees();
    let (west, south) = Point { x: seen.west, y: seen.south }.degrees();
    let (east, north) = Point { x: seen.east, y: seen.north }.degrees();
    let (wide, high) = (east - west, north - south);
    let to = |right: f64, up: f64, zoom: f64| {
        // A little less than the frame, which adds what is beside.
        around((middle.0 + right * wide, middle.1 + up * high), (wide * zoom, high * zoom))
    };
    let mut ways = Vec::new();
    if seen.span() > NARROWEST * 2.0 {
        ways.push(("in", Some(to(0.0, 0.0, 0.5))));
    }
    if seen.span() < COUNTRY.max(all.span()) * 2.0 {
        ways.push(("out", Some(to(0.0, 0.0, 2.0))));
    }
    for (name, right, up) in [("west", -0.5, 0.0), ("east", 0.5, 0.0), ("north", 0.0, 0.5), ("south", 0.0, -0.5)] {
        ways.push((name, Some(to(right, up, 1.0))));
    }
    ways.push(("all", None));
    ways
}

/// The boundaries below points: communes where they are few enough, else provinces.
async fn ground(app: &App, seen: Extent) -> Result<(Vec<Unit>, Option<map::Set>)> {
    let today = app.today();
    app.db()
        .read_async(move |conn| {
            let levels =
                if seen.span() > COUNTRY { [Level::Province].as_slice() } else { &[Level::Commune, Level::Province] };
            for level in levels {
                if let Some(set) = map::set_on(conn, *level, today)? {
                    let units = map::units_in(conn, &set, Some(seen))?;
                    if !units.is_empty() && units.len() <= MOST_GROUND {
                        return Ok((units, Some(set)));
                    }
                }
            }
            Ok((Vec::new(), None))
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_is_read_as_it_is_written_and_a_wrong_one_is_refused() {
        let view = read_view("107.5,15,108.25,15.5").unwrap();
        assert_eq!(write_view(&view), "107.5000,15.0000,108.2500,15.5000");
        for wrong in ["", "1,2,3", "108,15,107,16", "107,15,108,99", "a,b,c,d", "107,15,NaN,16", "-170,-80,170,80"] {
            assert!(read_view(wrong).is_err(), "{wrong}");
        }
        for number in ["NaN", "-NaN", "inf", "-inf", "infinity", "1e308", "-1e308", "1e999"] {
            for at in 0..4 {
                let mut view = ["107", "15", "108", "16"];
                view[at] = number;
                assert!(read_view(&view.join(",")).is_err(), "{number} at {at}");
            }
        }
        assert!(read_view("107,15,107.000001,15.000001").is_err(), "narrower than an address can say");
    }

    #[test]
    fn a_view_as_wide_as_the_country_shows_its_archipelagos() {
        for view in ["104,9,108,20", "102,8,110,23", "105,12,112,18"] {
            let frame = frame_of(read_view(view).unwrap());
            for one in map::archipelagos() {
                assert!(one.islands.iter().all(|place| frame.shows(frame.project(*place))), "{view}: {}", one.code);
            }
        }
        // A province stays one.
        assert!(frame_of(read_view("107.5,15,108.25,15.5").unwrap()).extent().span() < 2.0);
    }
}
