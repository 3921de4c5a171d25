//! JSON as a table: a list of objects, NDJSON, a feature collection of GeoJSON. A member is a column, an object is a row.
//!
//! A first walk gathers the members of all records, in the order in which they first come. Lists and objects within a record stay whole, as
//! their JSON in one cell. Of a feature, the properties are columns, and its geometry is WKT. A record that is no object is set aside.

mod split;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use serde::de::IgnoredAny;

use self::split::{Records, Style, look};
use super::compose;
use super::model::{Container, Limits, Note, Understood};
use crate::kernel::{Error, Problem, Result};
use crate::table::ingest::rows::{NumberForm, Row, Rows, Source};
use crate::table::ingest::typing::key::unique;
use crate::table::{cut, geometry};

/// Bytes of the name of a member.
const LONGEST_KEY: usize = 1024;
/// Columns that a note names.
const NAMED: usize = 8;
/// The title of the column of shapes.
const GEOMETRY: &str = "geometry";

/// Opens a file of JSON.
///
/// # Errors
/// `json-broken`, `json-too-deep`, `json-not-utf8`, `json-key-too-long`, `row-too-long` and `cell-too-long` with line and record; `json-no-table`,
/// `geojson-crs`, `too-many-columns`, `too-many-rows`, `no-rows`.
pub(super) fn open(path: &Path, limits: &Limits) -> Result<(Understood, Box<dyn Source>)> {
    let frame = look(path)?;
    if frame.crs.as_deref().is_some_and(|crs| !is_wgs84(crs)) {
        return Err(Error::invalid(Problem::new("geojson-crs")));
    }
    let mut survey = Survey::default();
    survey.walk(path, frame.style, limits)?;
    // Features stand in lines, too.
    let features = survey.features;
    if survey.rows == 0 || survey.columns.is_empty() {
        return Err(Error::invalid(Problem::new("no-rows").with("line", 1_u64)));
    }
    let mut understood = Understood::of(match frame.style {
        Style::Features => Container::GeoJson,
        _ if features => Container::GeoJson,
        Style::List => Container::Json,
        Style::Lines => Container::NdJson,
    });
    understood.encoding = Some("utf-8".to_owned());
    let wanted: Vec<String> = survey
        .columns
        .iter()
        .enumerate()
        .map(|(at, (member, _))| match member {
            Member::Geometry => GEOMETRY.to_owned(),
            Member::Own(name) | Member::Property(name) => Some(compose::title(name))
                .filter(|title| !title.is_empty())
                .unwrap_or_else(|| format!("column_{}", at + 1)),
        })
        .collect();
    let titles = unique(&wanted);
    understood.notes = survey.notes(&wanted, &titles);
    let places = survey.columns.iter().enumerate().map(|(at, (member, _))| (member.clone(), at)).collect();
    let source = Json { path: path.to_owned(), style: frame.style, features, titles, places, limits: limits.clone() };
    Ok((understood, Box::new(source)))
}

/// Whether the old member `crs` says that coordinates are degrees of WGS84, which is what holds without it.
fn is_wgs84(crs: &str) -> bool {
    crs == "null" || ["CRS84", "EPSG::4326", "EPSG:4326"].iter().any(|known| crs.contains(known))
}

/// Where a value stands in a record.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Member {
    /// A member of the record.
    Own(String),
    /// A property of a feature.
    Property(String),
    /// The geometry of a feature.
    Geometry,
}

/// What the first walk finds.
#[derive(Default)]
struct Survey {
    /// The members in the order in which they came first, and how many of each hold a list or an object.
    columns: Vec<(Member, u64)>,
    places: HashMap<Member, usize>,
    features: bool,
    rows: u64,
    /// Records that are no objects.
    odd: u64,
    /// Records that name a member twice.
    repeated: u64,
    /// Geometries that are no shapes of WGS84.
    unplaced: u64,
}

impl Survey {
    fn walk(&mut self, path: &Path, style: Style, limits: &Limits) -> Result<()> {
        let mut records = Records::open(path, style, limits.cell_bytes * 2)?;
        let mut first = true;
        while records.advance()? {
            if records.number > limits.rows {
                return Err(Error::invalid(Problem::new("too-many-rows").with("limit", limits.rows)));
            }
            let place = Place { line: records.line, record: records.number };
            let text = text_of(&records.record, place)?;
            if first {
                first = false;
                self.features = style == Style::Features
                    || members(text, false, place, limits)?.is_some_and(|all| is_feature(&all));
            }
            let Some(members) = members(text, self.features, place, limits)? else {
                self.odd += 1;
                continue;
            };
            self.rows += 1;
            self.see(members, place, limits)?;
        }
        if self.rows == 0 && self.odd > 0 {
            return Err(Error::invalid(Problem::new("json-no-table").with("line", 1_u64).with("record", 1_u64)));
        }
        Ok(())
    }

    fn see(&mut self, members: Vec<(Member, &str)>, place: Place, limits: &Limits) -> Result<()> {
        let mut met: HashSet<usize> = HashSet::with_capacity(members.len());
        let mut twice = false;
        for (member, value) in members {
            if let Member::Own(name) | Member::Property(name) = &member
                && name.len() > LONGEST_KEY
            {
                return Err(Error::invalid(place.problem("json-key-too-long").with("limit", LONGEST_KEY)));
            }
            let at = match self.places.get(&member) {
                Some(at) => *at,
                None => {
                    let at = self.columns.len();
                    if at >= limits.columns {
                        let problem =
                            Problem::new("too-many-columns").with("line", place.line).with("limit", limits.columns);
                        return Err(Error::invalid(problem));
                    }
                    self.columns.push((member.clone(), 0));
                    self.places.insert(member.clone(), at);
                    at
                }
            };
            twice |= !met.insert(at);
            if member == Member::Geometry {
                self.unplaced += u64::from(value != "null" && wkt(value).is_none());
            } else if value.starts_with(['{', '[']) {
                self.columns[at].1 += 1;
            }
        }
        self.repeated += u64::from(twice);
        Ok(())
    }

    fn notes(&self, wanted: &[String], titles: &[String]) -> Vec<Note> {
        let mut notes = Vec::new();
        if let Some((_, title)) = self.columns.iter().zip(titles).find(|((member, _), _)| *member == Member::Geometry) {
            notes.push(Note::new("geojson-geometry").with("column", title.as_str()));
        }
        let nested: Vec<(&str, u64)> = self
            .columns
            .iter()
            .zip(titles)
            .filter(|((_, count), _)| *count > 0)
            .map(|((_, count), title)| (title.as_str(), *count))
            .collect();
        if !nested.is_empty() {
            let names: Vec<&str> = nested.iter().take(NAMED).map(|(title, _)| *title).collect();
            let more = if nested.len() > NAMED { ", …" } else { "" };
            let count = nested.iter().map(|(_, count)| count).sum::<u64>();
            notes.push(
                Note::new("json-nested").with("count", count).with("columns", format!("{}{more}", names.join(", "))),
            );
        }
        let numbered = wanted.iter().zip(titles).filter(|(wanted, title)| wanted != title).count();
        for (code, count) in [
            ("titles-numbered", numbered as u64),
            ("json-keys-repeated", self.repeated),
            ("json-not-objects", self.odd),
            ("geojson-unplaced", self.unplaced),
        ] {
            if count > 0 {
                notes.push(Note::new(code).with("count", count));
            }
        }
        notes
    }
}

/// Where a record stands in the file.
#[derive(Clone, Copy)]
struct Place {
    line: u64,
    record: u64,
}

impl Place {
    fn problem(self, code: &'static str) -> Problem {
        Problem::new(code).with("line", self.line).with("record", self.record)
    }
}

fn text_of(record: &[u8], place: Place) -> Result<&str> {
    std::str::from_utf8(record).map_err(|error| Error::invalid(place.problem("json-not-utf8")).because(error))
}

/// The members of a record with their values as they are written; of a feature those of its properties, too. None when it
/// is no object.
fn members<'a>(text: &'a str, features: bool, place: Place, limits: &Limits) -> Result<Option<Vec<(Member, &'a str)>>> {
    if !text.starts_with('{') {
        // What is no object must be right, too.
        serde_json::from_str::<IgnoredAny>(text).map_err(|error| broken(&error, place))?;
        return Ok(None);
    }
    let mut all = Vec::new();
    for (name, value) in pairs(text, place, limits)? {
        match name.as_ref() {
            "type" | "bbox" if features => {}
            "geometry" if features => all.push((Member::Geometry, value)),
            "properties" if features && value.starts_with('{') => {
                // The lines of a feature count from where it begins.
                for (name, value) in pairs(value, place, limits)? {
                    all.push((Member::Property(name.into_owned()), value));
                }
            }
            "properties" if features && value == "null" => {}
            _ => all.push((Member::Own(name.into_owned()), value)),
        }
    }
    Ok(Some(all))
}

/// Whether a record is a feature of GeoJSON.
fn is_feature(members: &[(Member, &str)]) -> bool {
    let own = |wanted: &str| {
        members
            .iter()
            .find_map(|(member, value)| matches!(member, Member::Own(name) if name == wanted).then_some(*value))
    };
    own("type") == Some("\"Feature\"") && own("geometry").is_some() && own("properties").is_some()
}

/// The members of an object, by their names, with their values as they are written.
fn pairs<'a>(text: &'a str, place: Place, limits: &Limits) -> Result<Vec<(Cow<'a, str>, &'a str)>> {
    // What is right as a whole can be cut by its signs alone.
    serde_json::from_str::<IgnoredAny>(text).map_err(|error| broken(&error, place))?;
    let most = limits.columns.saturating_mul(2).saturating_add(8);
    let mut all = Vec::new();
    for (name, value) in cut::members(text) {
        if all.len() > most {
            let problem = Problem::new("too-many-columns").with("line", place.line).with("limit", limits.columns);
            return Err(Error::invalid(problem));
        }
        let name = if name.contains('\\') {
            Cow::Owned(serde_json::from_str(name).map_err(|error| broken(&error, place))?)
        } else {
            Cow::Borrowed(name.trim_matches('"'))
        };
        all.push((name, value));
    }
    Ok(all)
}

fn broken(error: &serde_json::Error, place: Place) -> Error {
    let line = place.line + (error.line() as u64).saturating_sub(1);
    let problem = Problem::new("json-broken").with("line", line).with("record", place.record);
    Error::invalid(problem).because(error.to_string())
}

/// The geometry of a feature as WKT; none when it is none of WGS84.
fn wkt(value: &str) -> Option<String> {
    Some(geometry::parse(value)?.wkt())
}

/// A value as the text of a cell.
fn cell(raw: &str, place: Place) -> Result<String> {
    Ok(match raw.as_bytes().first() {
        Some(b'"') => {
            let mut text: String = serde_json::from_str(raw).map_err(|error| broken(&error, place))?;
            text.retain(|c| c != '\0');
            if compose::suspect(&text) {
                let mut whole = String::with_capacity(text.len());
                compose::compose_into(&text, &mut whole);
                text = whole;
            }
            text
        }
        Some(b'{' | b'[') => tight(raw),
        Some(b'n') => String::new(),
        _ => raw.to_owned(),
    })
}

/// JSON without white space between its signs.
fn tight(raw: &str) -> String {
    let (mut quoted, mut escaped) = (false, false);
    raw.chars()
        .filter(|c| {
            if quoted {
                match c {
                    _ if escaped => escaped = false,
                    '\\' => escaped = true,
                    '"' => quoted = false,
                    _ => {}
                }
                return true;
            }
            quoted = *c == '"';
            !matches!(c, ' ' | '\t' | '\r' | '\n')
        })
        .collect()
}

/// A file of JSON that was understood.
struct Json {
    path: PathBuf,
    style: Style,
    features: bool,
    titles: Vec<String>,
    places: HashMap<Member, usize>,
    limits: Limits,
}

impl Source for Json {
    fn header(&self) -> &[String] {
        &self.titles
    }

    fn numbers(&self) -> NumberForm {
        NumberForm::Plain
    }

    fn rows(&self) -> Result<Box<dyn Rows>> {
        let records = Records::open(&self.path, self.style, self.limits.cell_bytes * 2)?;
        Ok(Box::new(JsonRows {
            records,
            features: self.features,
            places: self.places.clone(),
            cells: vec![String::new(); self.titles.len()],
            limits: self.limits.clone(),
        }))
    }
}

/// The walk over the rows of a [`Json`].
struct JsonRows {
    records: Records,
    features: bool,
    places: HashMap<Member, usize>,
    cells: Vec<String>,
    limits: Limits,
}

impl Rows for JsonRows {
    fn next(&mut self, row: &mut Row) -> Result<bool> {
        while self.records.advance()? {
            let place = Place { line: self.records.line, record: self.records.number };
            let text = text_of(&self.records.record, place)?;
            row.clear();
            row.number = place.record;
            let Some(members) = members(text, self.features, place, &self.limits)? else {
                // A cell beyond the last column: the row is set aside, and what stands there is listed.
                (0..self.cells.len()).for_each(|_| row.push(""));
                row.push(&tight(text));
                return Ok(true);
            };
            self.cells.iter_mut().for_each(String::clear);
            for (member, value) in members {
                let Some(at) = self.places.get(&member) else {
                    return Err(Error::invalid(Problem::new("file-changed").with("line", place.line)));
                };
                let shape = if member == Member::Geometry { wkt(value) } else { None };
                let text = match shape {
                    Some(shape) => shape,
                    None => cell(value, place)?,
                };
                if text.len() > self.limits.cell_bytes {
                    let problem = Problem::new("cell-too-long").with("line", place.line).with("column", at + 1);
                    return Err(Error::invalid(problem.with("limit", self.limits.cell_bytes)));
                }
                self.cells[*at] = text;
            }
            if self.cells.iter().any(|cell| !cell.trim().is_empty()) {
                self.cells.iter().for_each(|cell| row.push(cell));
                return Ok(true);
            }
        }
        Ok(false)
    }
}
