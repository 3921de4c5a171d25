//! `khomo vocabulary boundaries`: the boundaries that maps draw, from GeoJSON.

use std::time::Instant;

use chrono::NaiveDate;

use super::args::{BoundaryArgs, VocabularyArgs, VocabularyCommand};
use super::setup::Ground;
use crate::kernel::{Actor, Error, Problem, Result, day_of};
use crate::map::{self, Level, NewSet, Properties};
use crate::vocabulary::LAST_DAY_OF_63;

/// `khomo vocabulary`
pub(super) fn run(args: &VocabularyArgs) -> Result<()> {
    let VocabularyCommand::Boundaries(args) = &args.what;
    boundaries(args)
}

fn boundaries(args: &BoundaryArgs) -> Result<()> {
    let began = Instant::now();
    let day = |text: &Option<String>| match text {
        Some(text) => match day_of(text) {
            Some(day) => Ok(Some(day)),
            None => Err(Error::invalid(Problem::new("boundary-day").with("day", text.as_str()))),
        },
        None => Ok(None),
    };
    let level = Level::from_code(&args.level).ok_or_else(|| Error::internal("the command line knows its levels"))?;
    // Since the provinces of today.
    let since: Option<NaiveDate> = LAST_DAY_OF_63.succ_opt();
    let valid_from = day(&args.valid_from)?.or(since).unwrap_or(LAST_DAY_OF_63);
    let valid_to = day(&args.valid_to)?;
    let properties = Properties {
        code: args.code_property.clone(),
        name: args.name_property.clone(),
        name_en: args.name_en_property.clone(),
    };
    let units = map::read(&args.file, &properties)?;
    let ground = Ground::open()?;
    let new = NewSet { level, valid_from, valid_to, source: args.source.clone(), licence: args.licence.clone(), units };
    let done = ground.db.write(&ground.ctx(Actor::Operator), |tx| map::replace(tx, new))?;
    if args.json {
        say!("{}", serde_json::to_string(&done).map_err(Error::internal)?)?;
    } else {
        say!(
            "{} units from {}: {} of {} points kept, {} units replaced, in {:.1} s",
            done.units,
            done.valid_from,
            done.points,
            done.points_read,
            done.replaced,
            began.elapsed().as_secs_f64()
        )?;
    }
    Ok(())
}
