//! Pictures of areas: boundaries or equal tiles, and Hoàng Sa and Trường Sa on every map of the country.

use std::collections::BTreeMap;

use super::areas::Areas;
use crate::http::page::PageCtx;
use crate::kernel::text::length;
use crate::map::{self, Archipelago, Extent, Frame, Level, Point, Ring, Tile, Unit, archipelagos};
use crate::web::public::view::map::{
    AreaGroup, AreaShape, GridLine, IslesView, Label, LegendRow, Picture, Shade, TileView,
};

/// The width of a map.
pub(super) const WIDTH: u32 = 720;
/// The height of a map of communes, at most.
const TALLEST: f64 = 820.0;
/// Degrees from which on a map shows the country.
pub(super) const COUNTRY: f64 = 6.0;
/// Room around the map of tiles.
const EDGE: u32 = 16;
/// Columns of the map of tiles.
const COLUMNS: u32 = 8;

/// A length as it is written.
pub(super) fn at(length: f64) -> String {
    format!("{length:.1}")
}

/// The picture of areas, without its words.
pub(super) fn draw(page: &PageCtx, areas: &Areas) -> Picture {
    if areas.drawn.is_empty() { tiles(page, areas) } else { boundaries(page, areas) }
}

/// The legend: ranges in the language's form, and what has no value.
pub(super) fn legend(page: &PageCtx, areas: &Areas) -> Vec<LegendRow> {
    let mut rows: Vec<LegendRow> = areas
        .classes
        .iter()
        .map(|class| {
            let (low, high) = (areas.border(page.lang, class.low), areas.border(page.lang, class.high));
            let range = if low == high { low } else { page.t2("map-range", "low", low, "high", high) };
            LegendRow {
                shade: areas.shade(Some(class.high)),
                text: page.t2("map-legend-row", "range", range, "count", class.count),
            }
        })
        .collect();
    let without = areas.units.iter().filter(|unit| unit.value.is_none()).count();
    if without > 0 {
        rows.push(LegendRow { shade: Shade::default(), text: page.t1("map-legend-none", "count", without) });
    }
    rows
}

/// A unit's name and value in words.
fn titled(page: &PageCtx, areas: &Areas, name: &str, value: Option<f64>) -> String {
    match value {
        Some(value) => page.t2("map-unit", "name", name, "value", areas.written(page.lang, value)),
        None => page.t1("map-unit-none", "name", name),
    }
}

/// The label of an archipelago: its name, and the province it belongs to.
fn isles_words(page: &PageCtx, areas: Option<&Areas>, code: &str, province: &str) -> [String; 2] {
    let known = areas.and_then(|areas| areas.units.iter().find(|unit| unit.code == province));
    let name = match known {
        Some(unit) => unit.name.get(page.lang).0.to_owned(),
        None => {
            let units = &super::choice::provinces(false).units;
            let found = units.iter().find(|unit| unit.code == province);
            found.map(|unit| unit.name.get(page.lang).0.to_owned()).unwrap_or_default()
        }
    };
    [page.code("map-isles", code), format!("({name})")]
}

/// The archipelagos on a frame that shows the country, each in the shade of its province.
pub(super) fn isles(page: &PageCtx, areas: Option<&Areas>, frame: &Frame) -> Vec<IslesView> {
    archipelagos().iter().filter_map(|one| isles_in(page, areas, frame, one)).collect()
}

fn isles_in(page: &PageCtx, areas: Option<&Areas>, frame: &Frame, one: &Archipelago) -> Option<IslesView> {
    let places: Vec<(f64, f64)> =
        one.islands.iter().map(|place| frame.project(*place)).filter(|place| frame.shows(*place)).collect();
    let lowest = places.iter().map(|place| place.1).fold(f64::MIN, f64::max);
    if places.is_empty() {
        return None;
    }
    let words = isles_words(page, areas, &one.code, &one.province);
    let shade = areas.map_or(Shade::LAND, |areas| areas.shade(areas.value_of(&one.province)));
    let value = areas.and_then(|areas| areas.value_of(&one.province));
    let name = words.join(" ");
    let middle = places.iter().map(|place| place.0).sum::<f64>() / places.len() as f64;
    // A label stands within the picture whole, on a narrow screen too.
    let room = 130.0_f64.min(frame.width / 2.0);
    let middle = middle.clamp(frame.left + room, frame.left + frame.width - room);
    let foot = frame.top + frame.height;
    let (y, y_narrow) = ((lowest + 20.0).min(foot - 22.0), (lowest + 32.0).min(foot - 38.0));
    let lines = (0..)
        .map(f64::from)
        .zip(words)
        .map(|(nth, line)| (line, at(y + nth * 17.0), at(y_narrow + nth * 30.0)))
        .collect();
    Some(IslesView {
        code: one.code.clone(),
        shade,
        dots: places.iter().map(|(x, y)| (at(*x), at(*y))).collect(),
        x: at(middle),
        lines,
        title: areas.map_or_else(|| name.clone(), |areas| titled(page, areas, &name, value)),
    })
}

fn on_land(ring: &Ring) -> bool {
    !Extent::around(ring).is_some_and(|around| Archipelago::holds(around.middle()))
}

fn out_at_sea(ring: &Ring) -> bool {
    !on_land(ring)
}

fn extent_of(units: &[Unit], within: fn(&Ring) -> bool) -> Option<Extent> {
    Extent::around(units.iter().flat_map(|unit| &unit.rings).filter(|ring| within(ring)).flatten())
}

/// The areas of units, by shade.
fn groups(page: &PageCtx, areas: &Areas, frame: &Frame, within: fn(&Ring) -> bool) -> Vec<AreaGroup> {
    let units: Vec<&Unit> = areas.drawn.iter().collect();
    let drawn = map::draw(&units, frame, &within);
    let mut by_shade: BTreeMap<Shade, Vec<AreaShape>> = BTreeMap::new();
    for (unit, d) in units.iter().zip(drawn.paths).filter(|(_, d)| !d.is_empty()) {
        let value = areas.value_of(&unit.code);
        let title = titled(page, areas, name_of(page, areas, unit), value);
        by_shade.entry(areas.shade(value)).or_default().push(AreaShape { d, title });
    }
    by_shade
        .into_iter()
        .map(|(shade, shapes)| AreaGroup { shade, scale: 1.0 / drawn.fine, stroke: 0.7 * drawn.fine, shapes })
        .collect()
}

fn name_of<'a>(page: &PageCtx, areas: &'a Areas, unit: &'a Unit) -> &'a str {
    let known = areas.units.iter().find(|known| known.code == unit.code);
    known.map_or(unit.name.get(page.lang).0, |known| known.name.get(page.lang).0)
}

fn boundaries(page: &PageCtx, areas: &Areas) -> Picture {
    let land = extent_of(&areas.drawn, on_land);
    let country = areas.level == Level::Province || land.is_some_and(|land| land.span() > COUNTRY);
    let width = f64::from(WIDTH);
    let mut picture = Picture { width: WIDTH, ..Picture::default() };
    let any: fn(&Ring) -> bool = |_| true;
    if country || land.is_none() {
        // The whole country in its place, the seas and the archipelagos too, whatever the boundaries hold.
        let extent = land.into_iter().fold(Archipelago::country(), Extent::with);
        let high = Frame::height_of(&extent, width - 24.0) + 24.0;
        let frame = Frame::fit(&extent, 12.0, 12.0, width - 24.0, high - 24.0);
        picture.sea = true;
        picture.height = rounded(high);
        picture.groups = groups(page, areas, &frame, any);
        picture.isles = isles(page, Some(areas), &frame);
        picture.labels = labels(page, areas, &frame, on_land);
        return picture;
    }
    let Some(land) = land else { return picture };
    let high = (Frame::height_of(&land, width - 32.0) + 32.0).clamp(320.0, TALLEST);
    let frame = Frame::fit(&land, 16.0, 16.0, width - 32.0, high - 32.0);
    picture.height = rounded(high);
    picture.groups = groups(page, areas, &frame, on_land);
    picture.labels = labels(page, areas, &frame, on_land);
    if let Some(sea) = extent_of(&areas.drawn, out_at_sea) {
        // What of the province lies far out has a frame of its own below, wide enough for all of the archipelago.
        let whole = archipelagos().iter().filter(|one| one.extent.meets(&sea));
        let sea = whole.filter_map(|one| Extent::around(&one.islands)).fold(sea, Extent::with);
        let (wide, tall) = (336.0, 210.0);
        let (left, top) = (width - wide - 16.0, high);
        let place = Frame::fit(&sea, left + 16.0, top + 12.0, wide - 32.0, tall - 76.0);
        picture.height = rounded(high + tall + 16.0);
        picture.inset = Some((rounded(left), rounded(top), rounded(wide), rounded(tall)));
        picture.groups.extend(groups(page, areas, &place, out_at_sea));
        let below = place.seen_through(left, top, wide, tall);
        // The dots of the islands would lie on the drawn ones.
        picture.isles = isles(page, Some(areas), &below);
        for isles in &mut picture.isles {
            isles.dots.clear();
            let owner = areas.drawn.iter().find(|unit| unit.rings.iter().any(out_at_sea));
            if let Some(unit) = owner {
                isles.shade = areas.shade(areas.value_of(&unit.code));
                isles.title = titled(page, areas, name_of(page, areas, unit), areas.value_of(&unit.code));
            }
        }
    }
    picture
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // lengths of a picture
fn rounded(length: f64) -> u32 {
    length.round().max(0.0) as u32
}

/// Names where they have room, largest units first, none over another.
fn labels(page: &PageCtx, areas: &Areas, frame: &Frame, within: fn(&Ring) -> bool) -> Vec<Label> {
    let mut places: Vec<(f64, f64, f64, &str)> = areas
        .drawn
        .iter()
        .filter_map(|unit| {
            let (x, y, wide) = map::label_point(unit, frame, &within)?;
            Some((x, y, wide, name_of(page, areas, unit)))
        })
        .collect();
    places.sort_by(|a, b| b.2.total_cmp(&a.2));
    let mut taken: Vec<(f64, f64, f64)> = Vec::new();
    let mut labels = Vec::new();
    for (x, y, wide, name) in places {
        // The kind is left out where the name is a commune's: the title has it.
        let name = short(name, areas.level);
        let half = length(name) as f64 * 5.8 / 2.0;
        let free = taken.iter().all(|(tx, ty, th)| (tx - x).abs() > th + half || (ty - y).abs() > 13.0);
        let inside = frame.shows((x - half, y)) && frame.shows((x + half, y));
        if half * 2.0 <= wide * 1.05 && free && inside {
            taken.push((x, y, half));
            labels.push(Label { x: at(x), y: at(y + 4.0), text: name.to_owned() });
        }
    }
    labels
}

/// A name without the first word where that says what kind of commune it is.
fn short(name: &str, level: Level) -> &str {
    let kind = name.split_once(' ').filter(|_| level == Level::Commune);
    let folded = kind.map(|(first, _)| crate::kernel::text::fold(first));
    match (folded.as_deref(), kind) {
        (Some("xa" | "phuong"), Some((_, rest))) => rest,
        _ => name,
    }
}

fn tiles(page: &PageCtx, areas: &Areas) -> Picture {
    let all = map::tiles(areas.old);
    let rows = all.iter().map(|tile| tile.row + 1).max().unwrap_or(1);
    let (wide, high) = ((WIDTH - 2 * EDGE) / COLUMNS, if rows > 16 { 46 } else { 58 });
    Picture {
        width: WIDTH,
        height: rows * high + EDGE,
        tiles: all.iter().map(|tile| tile_view(page, areas, tile, wide, high)).collect(),
        ..Picture::default()
    }
}

fn tile_view(page: &PageCtx, areas: &Areas, tile: &Tile, wide: u32, high: u32) -> TileView {
    const GAP: u32 = 4;
    let known = areas.units.iter().find(|unit| unit.code == tile.code);
    let value = known.and_then(|unit| unit.value);
    let name = known.map(|unit| unit.name.get(page.lang).0).unwrap_or_default();
    let (x, y) = (EDGE + tile.column * wide + GAP / 2, EDGE / 2 + tile.row * high + GAP / 2);
    let (width, height) = (tile.wide * wide - GAP, high - GAP);
    let low = high < 50;
    let size = if low { 12 } else { 13 };
    let (lines, narrow, title) = match &tile.archipelago {
        Some(code) => {
            let words = isles_words(page, Some(areas), code, &tile.code);
            let short = vec![page.code("map-isles-short", code), words[1].clone()];
            let title = titled(page, areas, &words.join(" "), value);
            (words.to_vec(), short, title)
        }
        None => {
            let mut lines = wrapped(name, 12);
            if lines.len() < 2 || !low {
                let value = value.map(|value| areas.written(page.lang, value)).filter(|text| text.len() <= 13);
                lines.extend(value);
            }
            (lines, vec![tile.short.clone()], titled(page, areas, name, value))
        }
    };
    let stacked = |lines: Vec<String>, step: u32| {
        let count = u32::try_from(lines.len()).unwrap_or(1);
        let first = y + height / 2 + step * 2 / 5 - (step * count.saturating_sub(1)) / 2;
        lines.into_iter().zip(0..).map(|(line, nth)| (line, first + step * nth)).collect()
    };
    TileView {
        x,
        y,
        width,
        height,
        middle: x + width / 2,
        size,
        shade: areas.shade(value),
        lines: stacked(lines, size + 3),
        narrow_size: if narrow.len() > 1 { 21 } else { 26 },
        narrow: stacked(narrow, 23),
        title,
        archipelago: tile.archipelago.is_some(),
    }
}

/// A name in two lines where it is longer than fits.
pub(super) fn wrapped(name: &str, most: usize) -> Vec<String> {
    if length(name) <= most {
        return vec![name.to_owned()];
    }
    let mut lines: Vec<String> = Vec::new();
    for word in name.split_whitespace() {
        match lines.last_mut() {
            Some(line) if length(line) + 1 + length(word) <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Lines of latitude and longitude in a frame, so that a reader knows where it lies.
pub(super) fn graticule(page: &PageCtx, frame: &Frame) -> Vec<GridLine> {
    let seen = frame.extent();
    let span = seen.span();
    let steps = [10.0, 5.0, 2.0, 1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001];
    let step = steps.into_iter().find(|step| span / step >= 4.0).unwrap_or(0.001);
    let decimals = if step >= 1.0 {
        0
    } else if step >= 0.1 {
        1
    } else if step >= 0.01 {
        2
    } else {
        3
    };
    let written = |value: f64| crate::i18n::format::rounded(page.lang, value, decimals);
    let (west, south) = Point { x: seen.west, y: seen.south }.degrees();
    let (east, north) = Point { x: seen.east, y: seen.north }.degrees();
    let along = |from: f64, to: f64| {
        let first = (from / step).ceil();
        (0..40).map(move |nth| (first + f64::from(nth)) * step).take_while(move |value| *value <= to)
    };
    let (left, top, right, foot) = (frame.left, frame.top, frame.left + frame.width, frame.top + frame.height);
    let mut lines = Vec::new();
    for value in along(west, east) {
        let x = frame.place(value, south).0;
        lines.push(GridLine {
            d: format!("M{} {}V{}", at(x), at(top), at(foot)),
            x: at(x + 4.0),
            y: at(foot - 6.0),
            text: page.t1("map-east", "value", written(value)),
        });
    }
    for value in along(south, north) {
        let y = frame.place(west, value).1;
        lines.push(GridLine {
            d: format!("M{} {}H{}", at(left), at(y), at(right)),
            x: at(left + 4.0),
            y: at(y - 4.0),
            text: page.t1("map-north", "value", written(value)),
        });
    }
    lines
}
