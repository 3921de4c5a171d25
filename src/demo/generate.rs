//! The rows of the demo province, made up row by row: the same generator or recipe, version and day always give the same bytes.

mod agriculture;
mod boundaries;
mod budget;
mod business;
mod csv;
mod culture;
mod education;
mod environment;
mod health;
mod labour;
mod land;
mod places;
mod population;
mod procedures;
mod random;
mod recipe;
mod transport;

use std::io::{BufWriter, Result, Write};

use chrono::NaiveDate;

use csv::{Csv, Dialect};

pub use boundaries::communes;
pub use recipe::{Make, Plan, Recipe};

/// What one generator does: writes the header and every row of a version as it stood on the day of its publication.
type Generator = fn(&mut Csv<'_>, u32, NaiveDate) -> Result<()>;

/// Every generator by the name that `demo/datasets/*.toml` gives, with the dialect its agency would send.
const GENERATORS: &[(&str, Dialect, Generator)] = &[
    ("schools", Dialect::INTERNATIONAL, education::schools),
    ("grade-10-places", Dialect::INTERNATIONAL, education::grade_10_places),
    ("health-facilities", Dialect::INTERNATIONAL, health::facilities),
    ("vaccination-sessions", Dialect::INTERNATIONAL, health::vaccination_sessions),
    ("land-prices", Dialect::INTERNATIONAL, land::prices),
    ("building-permits", Dialect::INTERNATIONAL, land::building_permits),
    ("paddy-prices", Dialect::VIETNAMESE, agriculture::paddy_prices),
    ("crop-output", Dialect::INTERNATIONAL, agriculture::crop_output),
    ("air-quality", Dialect::INTERNATIONAL, environment::air_quality),
    ("budget-settlement", Dialect::INTERNATIONAL, budget::settlement),
    ("procedures", Dialect::INTERNATIONAL, procedures::catalogue),
    ("resolved-files", Dialect::INTERNATIONAL, procedures::resolved_files),
    ("bus-routes", Dialect::INTERNATIONAL, transport::bus_routes),
    ("bus-stops", Dialect::INTERNATIONAL, transport::bus_stops),
    ("new-enterprises", Dialect::INTERNATIONAL, business::new_enterprises),
    ("population", Dialect::INTERNATIONAL, population::by_commune),
    ("relics", Dialect::INTERNATIONAL, culture::relics),
    ("unemployment-benefit", Dialect::INTERNATIONAL, labour::unemployment_benefit),
];

/// Writes the rows of a generator as CSV in UTF-8 (RFC 4180; `paddy-prices` as a Vietnamese Excel would), header first.
///
/// `version` counts from 1, as in the dataset's file; `today` is the day on which that version was published. The answer is
/// `false`, with nothing written, when there is no such generator. Errors are those of `out`.
pub fn rows(generator: &str, version: u32, today: NaiveDate, out: &mut dyn Write) -> Result<bool> {
    let Some((_, dialect, generate)) = GENERATORS.iter().find(|(name, _, _)| *name == generator) else {
        return Ok(false);
    };
    let mut buffered = BufWriter::with_capacity(256 * 1024, out);
    let mut csv = Csv::new(&mut buffered, *dialect)?;
    generate(&mut csv, version, today)?;
    buffered.flush()?;
    Ok(true)
}
