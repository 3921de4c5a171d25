//! Treated tables: what the verdicts on a table's findings make of it, written anew and read in like any other file.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{BufWriter, Write};
use std::path::Path;

use serde::Deserialize;

use super::detect::{self, Concealer, Heading, Kind, Options};
use super::{Finding, Verdict, Words, command, store, veil};
use crate::access::{Action, may};
use crate::account;
use crate::dataset::{self, Import, NewResource, ResourceVersion, Where};
use crate::kernel::id::{AccountId, DatasetId, TableVersionId};
use crate::kernel::{Actor, Ctx, Result};
use crate::platform::db::{Db, run_blocking};
use crate::platform::files::Files;
use crate::platform::queue::{self, Lease};
use crate::platform::scratch;
use crate::profile::Profile;
use crate::table::ingest::{self, Choices, Limits, read, typing};
use crate::table::{self, TableVersion, Visitor};

/// What treating a table needs of the program.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// The database.
    pub db: &'a Db,
    /// The store.
    pub files: &'a Files,
    /// The profile.
    pub profile: &'a std::sync::Arc<Profile>,
    /// Where work in progress lies.
    pub scratch: &'a Path,
}

/// What a job is to treat.
#[derive(Debug, Deserialize)]
struct Task {
    dataset: DatasetId,
    by: AccountId,
}

/// Does a job of kind [`super::TREAT`]: makes the treated tables, puts them into the draft, has them scanned, and ends the job. A table
/// that left the draft meanwhile is left alone.
///
/// # Errors
/// `Forbidden` when the person may no longer; what ingest refuses; `Unavailable`.
pub async fn treat(ground: Ground<'_>, lease: &Lease) -> Result<()> {
    let task: Task = serde_json::from_value(lease.payload.clone())?;
    let ctx = Ctx::new(Actor::Account(task.by.clone()), ground.db.clock().now());
    let id = task.dataset.clone();
    let small = ground.profile.scan.small_group.value;
    let plans = ground.db.read_async(move |conn| plans(conn, &id, small)).await?;
    let mut made = Vec::new();
    for plan in plans {
        let row = table_of(ground, &plan).await?;
        made.push((plan.resource, row));
    }
    let (profile, lease) = (ground.profile.clone(), lease.clone());
    let write = move |tx: &mut crate::platform::db::Tx<'_>| {
        let person = account::acting(tx, &profile)?;
        dataset::lock(tx, &task.dataset)?;
        let owner = dataset::by_id(tx.conn(), &task.dataset)?.agency_id;
        may(&person, Action::JudgeFindings(&profile, &owner)).require()?;
        let Some(draft) = dataset::draft_of(tx.conn(), &task.dataset)? else { return queue::complete(tx, &lease) };
        let now = dataset::resources_of(tx.conn(), &draft.id)?;
        made.retain(|(resource, _)| now.iter().any(|known| known.table.id == resource.table.id));
        if made.is_empty() {
            return queue::complete(tx, &lease);
        }
        let resources = made.iter().map(|(resource, row)| NewResource {
            name: resource.name.clone(),
            title: resource.title.clone(),
            dictionary: resource.dictionary.clone(),
            table: row.clone(),
        });
        let import = Import {
            dataset: Where::Existing(task.dataset.clone()),
            metadata: None,
            note: None,
            resources: resources.collect(),
        };
        dataset::import(tx, import)?;
        for (resource, row) in &made {
            store::insert_treatment(tx, &row.id, &resource.table.id, &person.account.id)?;
        }
        command::enqueue(tx, &draft.id)?;
        queue::complete(tx, &lease)
    };
    ground.db.write_async(ctx, write).await
}

/// What is to become of one table.
struct Plan {
    resource: ResourceVersion,
    headings: Vec<Heading>,
    options: Options,
    acts: BTreeMap<usize, Act>,
    /// Rows of groups smaller than this go; the columns that make the groups stand in the options.
    suppress: Option<usize>,
}

/// What is to become of one column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Remove,
    /// As a value of a kind; the whole of every cell, or what is found in it.
    Mask(Kind, bool),
    Generalise,
}

fn plans(conn: &mut crate::platform::db::Conn, id: &DatasetId, small: u32) -> Result<Vec<Plan>> {
    let Some(draft) = dataset::draft_of(conn, id)? else { return Ok(Vec::new()) };
    let findings = store::findings_of(conn, &draft.id)?;
    let mut plans = Vec::new();
    for resource in dataset::resources_of(conn, &draft.id)? {
        let own: Vec<&Finding> =
            findings.iter().filter(|finding| finding.table.as_ref() == Some(&resource.table.id)).collect();
        let quasi = store::quasi_of(conn, &resource.resource_id)?;
        let (headings, _) = Words::of_table(&resource, &quasi)?;
        let (acts, suppress) = acts(&own, resource.table.rows());
        if acts.is_empty() && !suppress {
            continue;
        }
        let options = Options {
            text: super::model::about(&draft),
            small_group: small,
            quasi: store::places_of(&headings, &quasi),
            ..Options::default()
        };
        let suppress = suppress.then(|| usize::try_from(small).unwrap_or(usize::MAX));
        plans.push(Plan { resource, headings, options, acts, suppress });
    }
    Ok(plans)
}

/// The strongest verdict on each column, and whether small groups go.
fn acts(findings: &[&Finding], rows: u64) -> (BTreeMap<usize, Act>, bool) {
    let mut acts = BTreeMap::new();
    let mut suppress = false;
    for finding in findings {
        let (Some(given), Some(position)) = (&finding.given, finding.position) else { continue };
        let act = match given.verdict {
            Verdict::Remove => Act::Remove,
            Verdict::Generalise => Act::Generalise,
            Verdict::Mask => Act::Mask(finding.kind, veil::whole(finding.kind, finding.count, rows)),
            Verdict::Aggregate => {
                suppress = true;
                continue;
            }
            _ => continue,
        };
        let known = acts.entry(position).or_insert(act);
        *known = match (*known, act) {
            (Act::Remove, _) | (_, Act::Remove) => Act::Remove,
            (Act::Mask(kind, one), Act::Mask(_, other)) => Act::Mask(kind, one || other),
            (mask @ Act::Mask(..), _) | (_, mask @ Act::Mask(..)) => mask,
            (Act::Generalise, Act::Generalise) => Act::Generalise,
        };
    }
    (acts, suppress)
}

/// Writes the treated rows, reads them in, puts the objects into the store.
async fn table_of(ground: Ground<'_>, plan: &Plan) -> Result<TableVersion> {
    let source: &TableVersionId = &plan.resource.table.id;
    let work = scratch::folder(ground.scratch)?;
    let (path, out) = (work.path().join("treated.csv"), work.path().join("out"));
    std::fs::create_dir(&out)?;
    let groups = match plan.suppress {
        Some(small) => {
            let counted = table::walk(ground.files, source, Groups::of(&plan.options.quasi)).await?;
            Some((counted, small))
        }
        None => None,
    };
    let file = BufWriter::new(File::create(&path)?);
    let concealer = Concealer::new(&plan.headings, &plan.options);
    let mut written =
        table::walk(ground.files, source, Treating { file, acts: plan.acts.clone(), concealer, groups }).await?;
    written.file.flush()?;
    drop(written);
    let columns = plan.resource.table.report()?.outcome.columns;
    let kinds = columns.into_iter().enumerate().filter(|(at, _)| !plan.acts.contains_key(at));
    let choices = Choices {
        read: read::Choices {
            header_row: Some(1),
            delimiter: Some(b','),
            quote: Some(b'"'),
            ..read::Choices::default()
        },
        typing: typing::Choices {
            kinds: kinds.map(|(_, column)| (column.title, column.kind)).collect(),
            decimal: Some('.'),
            ..typing::Choices::default()
        },
    };
    let name = format!("{}.csv", plan.resource.name);
    let named = name.clone();
    let from = path.clone();
    // These bytes are this program's own: they need no child that may die of them.
    let ingested =
        run_blocking(move || ingest::ingest(&from, &named, &out, &choices, &Limits::default(), &mut |_| {})).await?;
    // What is made of a file holds no more than the file.
    let declared = plan.resource.table.declaration();
    Ok(table::keep(ground.files, &path, &name, ingested, declared, ground.db.clock().now()).await?.row)
}

/// How many rows share each combination of the declared columns.
struct Groups {
    quasi: BTreeSet<usize>,
    counts: HashMap<u64, usize>,
}

impl Groups {
    fn of(quasi: &[usize]) -> Self {
        Self { quasi: quasi.iter().copied().collect(), counts: HashMap::new() }
    }

    fn key(&self, cells: &[&str]) -> u64 {
        let mut hasher = DefaultHasher::new();
        for at in &self.quasi {
            let cell = cells.get(*at).map(|cell| cell.trim()).unwrap_or_default();
            cell.hash(&mut hasher);
        }
        hasher.finish()
    }
}

impl Visitor for Groups {
    fn row(&mut self, cells: &[&str]) -> Result<()> {
        *self.counts.entry(self.key(cells)).or_default() += 1;
        Ok(())
    }
}

/// Rows on their way into the treated file.
struct Treating {
    file: BufWriter<File>,
    acts: BTreeMap<usize, Act>,
    concealer: Concealer,
    groups: Option<(Groups, usize)>,
}

impl Treating {
    fn write(&mut self, cells: &[&str], titles: bool) -> Result<()> {
        let mut first = true;
        for (at, cell) in cells.iter().enumerate() {
            let act = self.acts.get(&at).copied();
            if act == Some(Act::Remove) {
                continue;
            }
            if !first {
                self.file.write_all(b",")?;
            }
            first = false;
            match act.filter(|_| !titles && !cell.is_empty()) {
                None | Some(Act::Remove) => quoted(&mut self.file, cell)?,
                Some(Act::Generalise) => quoted(&mut self.file, &coarser(cell))?,
                Some(Act::Mask(kind, true)) => quoted(&mut self.file, &detect::mask_as(kind, cell))?,
                Some(Act::Mask(_, false)) => match self.concealer.conceal(at, cell) {
                    Some(masked) => quoted(&mut self.file, &masked)?,
                    None => quoted(&mut self.file, cell)?,
                },
            }
        }
        self.file.write_all(b"\n")?;
        Ok(())
    }
}

impl Visitor for Treating {
    fn titles(&mut self, titles: &[&str]) -> Result<()> {
        self.write(titles, true)
    }

    fn row(&mut self, cells: &[&str]) -> Result<()> {
        if let Some((groups, small)) = &self.groups
            && groups.counts.get(&groups.key(cells)).is_some_and(|count| count < small)
        {
            return Ok(());
        }
        self.write(cells, false)
    }
}

/// A cell between quotes, so that no content is taken for a sign of the format.
fn quoted(file: &mut impl Write, cell: &str) -> Result<()> {
    if cell.is_empty() {
        return Ok(());
    }
    file.write_all(b"\"")?;
    file.write_all(cell.replace('"', "\"\"").as_bytes())?;
    file.write_all(b"\"")?;
    Ok(())
}

/// A coarser value: of a date its year, of a number its band, of an address its last two parts; what is none of these is masked.
fn coarser(text: &str) -> String {
    let text = text.trim();
    let groups: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
    let dated = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'/' | b'.' | b':' | b' ' | b'T' | b'Z'));
    if dated
        && groups.len() != 2
        && let Some(year) =
            groups.iter().find(|group| group.len() == 4 && (group.starts_with("19") || group.starts_with("20")))
    {
        return (*year).to_owned();
    }
    if let Ok(number) = text.parse::<f64>()
        && number.is_finite()
    {
        let step = 10_f64.powf(number.abs().max(10.0).log10().floor());
        let low = (number / step).floor() * step;
        return format!("{low}–{}", low + step - 1.0);
    }
    let parts: Vec<&str> = text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [.., commune, province] if parts.len() > 2 => format!("{commune}, {province}"),
        [_, place] => (*place).to_owned(),
        _ => detect::mask(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_become_coarser() {
        for (fine, coarse) in [
            ("01/02/1980", "1980"),
            ("1980-02-01", "1980"),
            ("1980", "1980"),
            ("37", "30–39"),
            ("5", "0–9"),
            ("12500", "10000–19999"),
            ("Số 5, đường Lê Lợi, xã Kim Sơn, tỉnh Lạc Điền", "xã Kim Sơn, tỉnh Lạc Điền"),
            ("Thôn 2, xã Kim Sơn", "xã Kim Sơn"),
        ] {
            assert_eq!(coarser(fine), coarse);
        }
        assert!(coarser("Nguyễn Văn An").contains('•'));
    }
}
