//! What is done to boundaries.

use std::collections::BTreeSet;

use serde::Serialize;

use super::model::{Extent, Level, NewSet, Ring};
use super::{LONGEST_TEXT, simplify, store};
use crate::audit;
use crate::kernel::text::{length, nfc};
use crate::kernel::{Error, Problem, Result};
use crate::platform::db::Tx;
use crate::vocabulary::provinces;

/// What an import of boundaries did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Imported {
    /// `province` or `commune`.
    pub level: &'static str,
    /// First day, ISO 8601.
    pub valid_from: String,
    /// Last day, ISO 8601.
    pub valid_to: Option<String>,
    /// Units kept.
    pub units: usize,
    /// Points read.
    pub points_read: usize,
    /// Points kept.
    pub points: usize,
    /// Units of the set that it replaced.
    pub replaced: usize,
    /// Who made them.
    pub source: String,
    /// Under which terms.
    pub licence: String,
}

/// Points of all units together, beyond which lines get coarser.
const MOST_KEPT: usize = 400_000;

/// Keeps boundaries, simplified for screens, in place of the whole set of the same level and first day.
///
/// # Errors
/// Refusals `boundary-none`, `boundary-code-twice` (`code`), `boundary-code-form` (`code`, `digits`), `boundary-code-unknown`
/// (`code`, `day`) for provinces that the country's list does not have on the first day, `boundary-days`,
/// `boundary-text-missing` and `boundary-text-long` on `source` or `licence`.
pub fn replace(tx: &mut Tx<'_>, new: NewSet) -> Result<Imported> {
    let NewSet { level, valid_from, valid_to, source, licence, mut units } = new;
    let mut problems = Vec::new();
    for (field, text) in [("source", &source), ("licence", &licence)] {
        if text.trim().is_empty() {
            problems.push(Problem::new("boundary-text-missing").on(field).with("name", field));
        } else if length(text) > LONGEST_TEXT {
            problems.push(Problem::new("boundary-text-long").on(field).with("name", field).with("most", LONGEST_TEXT));
        }
    }
    if valid_to.is_some_and(|to| to < valid_from) {
        problems.push(Problem::new("boundary-days"));
    }
    let mut seen = BTreeSet::new();
    for unit in &units {
        let code = unit.code.as_str();
        if code.len() != level.digits() || !code.bytes().all(|byte| byte.is_ascii_digit()) {
            problems.push(Problem::new("boundary-code-form").with("code", code).with("digits", level.digits()));
        } else if level == Level::Province && provinces().get(code, valid_from).is_none() {
            let day = valid_from.to_string();
            problems.push(Problem::new("boundary-code-unknown").with("code", code).with("day", day));
        } else if !seen.insert(code) {
            problems.push(Problem::new("boundary-code-twice").with("code", code));
        }
        if problems.len() >= 20 {
            break;
        }
    }
    if units.is_empty() {
        problems.push(Problem::new("boundary-none"));
    }
    if !problems.is_empty() {
        return Err(Error::invalid_all(problems));
    }
    let rings: Vec<Vec<Ring>> = units.iter_mut().map(|unit| std::mem::take(&mut unit.rings)).collect();
    let points_read = points(&rings);
    let most = (units.len() * 800 + 2_000).min(MOST_KEPT);
    let mut tolerance = level.tolerance();
    let mut simple = simplify(&rings, tolerance);
    while points(&simple) > most && tolerance < 20_000.0 {
        tolerance *= 1.5;
        simple = simplify(&rings, tolerance);
    }
    let kept = points(&simple);
    for (unit, rings) in units.iter_mut().zip(simple) {
        unit.extent = Extent::around(rings.iter().flatten()).unwrap_or(unit.extent);
        unit.rings = rings;
    }
    let replaced = store::clear(tx, level, valid_from)?;
    let imported = Imported {
        level: level.code(),
        valid_from: valid_from.to_string(),
        valid_to: valid_to.map(|day| day.to_string()),
        units: units.len(),
        points_read,
        points: kept,
        replaced,
        source: nfc(source.trim()),
        licence: nfc(licence.trim()),
    };
    store::insert(tx, &imported, &units)?;
    let id = format!("{}/{}", imported.level, imported.valid_from);
    tx.changed("boundaries", &id);
    audit::record(tx, "boundaries.replace", "boundaries", &id, &imported);
    Ok(imported)
}

fn points(units: &[Vec<Ring>]) -> usize {
    units.iter().flatten().map(Vec::len).sum()
}
