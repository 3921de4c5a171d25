//! Writing datasets: a new one, the steps of its description, its tables and dictionary.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use serde::Deserialize;

use super::contract::breaks;
use super::serve::{act, ctx, frame, onward, refused};
use super::view::editor::{
    AboutStep, ColumnField, ColumnFields, CoverageStep, DictionaryStep, EditBody, EditDatasetPage, NewDatasetPage,
    PointLine, RuleFields, Select, SortingStep, StepLink, TableRow, TablesStep, UploadLine,
};
use crate::access::{Action, may};
use crate::agency::{self, Agency};
use crate::dataset::contract;
use crate::dataset::draft::{self, MetadataForm, NewForm, Part};
use crate::dataset::upload::{self, Upload};
use crate::dataset::{self, ColumnNote, Constraints, Dataset, ResourceVersion, Version};
use crate::http::page::{Choice, Field, Link, PageCtx, Pager, Section, Wrong};
use crate::http::{App, Outcome, SafeForm, SignedIn, address, html, present, query_of, redirect};
use crate::kernel::id::{DatasetId, ResourceId};
use crate::kernel::text::nfc;
use crate::kernel::{Error, Kind, Localized, PageRequest, Problem, Result, day_of};
use crate::platform::db::{Conn, Tx};
use crate::profile::Profile;
use crate::scan;
use crate::table::ingest::report::Kind as ColumnKind;
use crate::voice;

/// Columns of the dictionary on one page.
const COLUMNS: u64 = 30;

/// A step of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    About,
    Sorting,
    Coverage,
    Tables,
    Dictionary,
    Check,
}

impl Step {
    const ALL: [Self; 6] = [Self::About, Self::Sorting, Self::Coverage, Self::Tables, Self::Dictionary, Self::Check];

    fn code(self) -> &'static str {
        match self {
            Self::About => "about",
            Self::Sorting => "sorting",
            Self::Coverage => "coverage",
            Self::Tables => "tables",
            Self::Dictionary => "dictionary",
            Self::Check => "check",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.code() == code)
    }

    /// The part of the description that the step's form holds.
    fn part(self) -> Option<Part> {
        match self {
            Self::About => Some(Part::About),
            Self::Sorting => Some(Part::Sorting),
            Self::Coverage => Some(Part::Coverage),
            Self::Tables | Self::Dictionary | Self::Check => None,
        }
    }

    fn next(self) -> Self {
        let at = Self::ALL.iter().position(|step| *step == self).unwrap_or(0);
        Self::ALL.get(at + 1).copied().unwrap_or(Self::Check)
    }

    pub(super) fn href(self, id: &DatasetId) -> String {
        format!("/internal/datasets/{id}/edit/{}", self.code())
    }

    /// The step in which a point of the completeness is settled.
    fn of_point(code: &str) -> Self {
        match code {
            "topic" | "frequency" | "keywords" => Self::Sorting,
            "coverage" | "spatial" => Self::Coverage,
            "tables" => Self::Tables,
            "dictionary" => Self::Dictionary,
            _ => Self::About,
        }
    }
}

// ---- a new dataset ---------------------------------------------------------------------------------------------------

/// Characters of a title that an address gives.
const TITLE: usize = 200;

#[derive(Default, Deserialize)]
#[serde(default)]
struct NewWish {
    copy: String,
    title: String,
}

/// GET /internal/datasets/new, with `?copy=` to take over what another dataset says, or `?title=` to begin with a title.
pub async fn new(req: HttpRequest, app: web::Data<App>, who: SignedIn) -> Outcome {
    let wish: NewWish = query_of(&req)?;
    let title: String = wish.title.chars().filter(|c| !c.is_control()).take(TITLE).collect();
    let mut form = NewForm { copy: wish.copy, title, ..NewForm::default() };
    if let Some(id) = DatasetId::parse(&form.copy) {
        let person = who.person.clone();
        let other = app
            .db()
            .read_async(move |conn| {
                let other = dataset::by_id(conn, &id)?;
                dataset::require_visible(&person, &other)?;
                Ok(other)
            })
            .await?;
        (form.topic, form.frequency, form.title) = (other.topic, other.frequency, other.title_vi);
    }
    Ok(html(StatusCode::OK, &new_page(&req, &app, &who, &form, None).await?)?)
}

/// POST /internal/datasets/new
pub async fn create(req: HttpRequest, app: web::Data<App>, who: SignedIn, form: SafeForm<NewForm>) -> Outcome {
    let form = form.0;
    let (profile, wanted) = (app.parts.profile.clone(), form.clone());
    let verb = move |tx: &mut Tx<'_>| draft::create(tx, &profile, &wanted);
    let again = async |error: &Error| new_page(&req, &app, &who, &form, Some(error)).await;
    act(&req, &app, &who, verb, |id| ("edit-created", Step::About.href(&id)), again).await
}

async fn new_page(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    form: &NewForm,
    error: Option<&Error>,
) -> Result<NewDatasetPage> {
    let page = frame(req, app, who, Section::Datasets)?;
    let (copied, person) = (DatasetId::parse(&form.copy), who.person.clone());
    let (agencies, copy) = app
        .db()
        .read_async(move |conn| {
            let copy = copied.map(|id| dataset::by_id(conn, &id)).transpose()?;
            let copy = copy.filter(|copy| dataset::require_visible(&person, copy).is_ok());
            Ok((agency::all(conn)?, copy))
        })
        .await?;
    let wrongs = error.map(|error| page.wrongs(error)).unwrap_or_default();
    Ok(NewDatasetPage {
        title: Field::new("title", form.title.clone()).checked(&wrongs),
        slug: Field::new("slug", form.slug.clone()).checked(&wrongs),
        agencies: own_agencies(app.profile(), who, &page, &agencies, &form.agency)?,
        topics: topics(&page, app.profile(), &form.topic, &wrongs),
        frequencies: frequencies(&page, app.profile(), &form.frequency, &wrongs),
        copy: copy.map(|copy| Link::new(copy.title_vi, format!("/internal/datasets/{}", copy.id))),
        copy_id: form.copy.clone(),
        wrongs,
        page,
    })
}

/// The agencies that a person writes for, to choose from; `chosen` is the slug of one, or empty.
///
/// # Errors
/// `Forbidden` (`no-agency-to-write-for`).
pub(super) fn own_agencies(
    profile: &Profile,
    who: &SignedIn,
    page: &PageCtx,
    agencies: &[Agency],
    chosen: &str,
) -> Result<Vec<Choice>> {
    // Nothing new begins at a body that is over, though its data are written on by whoever took over.
    let today = page.now.date(page.site.offset_minutes).to_string();
    let writes = |agency: &&Agency| may(&who.person, Action::EditDataset(profile, &agency.id)).granted();
    let own: Vec<&Agency> = agencies.iter().filter(|agency| !agency.is_over(&today)).filter(writes).collect();
    // Whoever writes for all begins with their own.
    let home = own.iter().find(|agency| who.person.held.iter().any(|held| held.agency == agency.id));
    let first = home.or(own.first()).map(|agency| agency.slug.as_str());
    let first = first.ok_or_else(|| Error::forbidden(Problem::new("no-agency-to-write-for")))?;
    let chosen = if chosen.is_empty() { first } else { chosen };
    let choice = |agency: &&Agency| Choice {
        value: agency.slug.clone(),
        text: agency.name(page.lang).0.to_owned(),
        chosen: agency.slug == chosen,
    };
    Ok(own.iter().map(choice).collect())
}

pub(super) fn select(
    page: &PageCtx,
    name: &'static str,
    chosen: &str,
    terms: Vec<(String, String)>,
    wrongs: &[Wrong],
) -> Select {
    let nothing = Choice { value: String::new(), text: page.t("choose"), chosen: chosen.is_empty() };
    let choices = terms.into_iter().map(|(value, text)| Choice { chosen: value == chosen, value, text });
    Select { choices: std::iter::once(nothing).chain(choices).collect(), field: Field::new(name, "").checked(wrongs) }
}

/// A field for the address of a dataset: what may be meant is offered by its title while somebody types.
pub(super) fn dataset_field(typed: &str, known: Vec<(String, String)>, wrongs: &[Wrong]) -> Select {
    let offers = known.into_iter().map(|(value, text)| Choice { value, text, chosen: false });
    Select { choices: offers.collect(), field: Field::new("dataset", typed).checked(wrongs) }
}

pub(super) fn topics(page: &PageCtx, profile: &Profile, chosen: &str, wrongs: &[Wrong]) -> Select {
    let terms = profile.topics.iter().map(|term| (term.code.clone(), term.name.get(page.lang).0.to_owned())).collect();
    select(page, "topic", chosen, terms, wrongs)
}

pub(super) fn frequencies(page: &PageCtx, profile: &Profile, chosen: &str, wrongs: &[Wrong]) -> Select {
    let terms =
        profile.frequencies.iter().map(|term| (term.code.clone(), term.name.get(page.lang).0.to_owned())).collect();
    select(page, "frequency", chosen, terms, wrongs)
}

pub(super) fn licences(page: &PageCtx, profile: &Profile, chosen: &str, wrongs: &[Wrong]) -> Select {
    let terms = profile
        .licences
        .iter()
        .filter(|term| !term.default)
        .map(|term| (term.code.clone(), term.name.get(page.lang).0.to_owned()))
        .collect();
    let mut select = select(page, "licence", chosen, terms, wrongs);
    // Nothing chosen means the province's own terms.
    if let Some(first) = select.choices.first_mut() {
        first.text = present::text(page, &profile.terms.short).text;
    }
    select
}

// ---- the steps -------------------------------------------------------------------------------------------------------

/// POST /internal/datasets/{id}/draft: begins a new version.
pub async fn begin(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    _form: SafeForm<()>,
) -> Outcome {
    let id = DatasetId::parse(&id).ok_or_else(Error::not_found)?;
    let (profile, wanted) = (app.parts.profile.clone(), id.clone());
    app.db().write_async(ctx(&req, &app, &who), move |tx| draft::begin(tx, &profile, &wanted)).await?;
    Ok(redirect(&Step::About.href(&id)))
}

/// POST /internal/datasets/{id}/reset: the draft says again what the public sees.
pub async fn reset(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    _form: SafeForm<()>,
) -> Outcome {
    let id = DatasetId::parse(&id).ok_or_else(Error::not_found)?;
    let (profile, wanted) = (app.parts.profile.clone(), id.clone());
    app.db()
        .write_async(ctx(&req, &app, &who), move |tx| {
            draft::reset(tx, &profile, &wanted)?;
            voice::release(tx, &wanted)
        })
        .await?;
    onward(&app, &who, "edit-reset-done", &Step::Check.href(&id))
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct EditWish {
    table: String,
    page: Option<String>,
}

/// What every step needs to know.
struct Facts {
    dataset: Dataset,
    draft: Version,
    resources: Vec<ResourceVersion>,
    uploads: Vec<Upload>,
    /// What breaks; only where it is shown.
    contract: Option<contract::Report>,
    /// What of the dictionary is shown, where the address does not say.
    shown: Option<EditWish>,
}

async fn facts(app: &App, who: &SignedIn, id: &DatasetId, step: Step) -> Result<Facts> {
    let (id, person, profile) = (id.clone(), who.person.clone(), app.parts.profile.clone());
    app.db()
        .read_async(move |conn: &mut Conn| {
            let dataset = dataset::by_id(conn, &id)?;
            may(&person, Action::EditDataset(&profile, &dataset.agency_id)).require()?;
            let draft = dataset::draft_of(conn, &id)?.ok_or_else(|| Error::conflict(Problem::new("no-draft")))?;
            let resources = dataset::resources_of(conn, &draft.id)?;
            let uploads = upload::of_dataset(conn, &id, 10)?;
            let contract = (step == Step::Check).then(|| contract::report(conn, &draft)).transpose()?;
            Ok(Facts { dataset, draft, resources, uploads, contract, shown: None })
        })
        .await
}

/// GET /internal/datasets/{id}/edit/{step}
pub async fn show(req: HttpRequest, app: web::Data<App>, who: SignedIn, path: web::Path<(String, String)>) -> Outcome {
    let (id, step) = place(&path)?;
    let facts = facts(&app, &who, &id, step).await?;
    let form = MetadataForm::of(&facts.draft.metadata, facts.draft.note.as_ref());
    Ok(html(StatusCode::OK, &edit_page(&req, &app, &who, &facts, step, &form, None)?)?)
}

fn place(path: &(String, String)) -> Result<(DatasetId, Step)> {
    let id = DatasetId::parse(&path.0).ok_or_else(Error::not_found)?;
    Ok((id, Step::from_code(&path.1).ok_or_else(Error::not_found)?))
}

/// A step as it is sent: its fields, and whether its author stays on it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct StepForm {
    stay: String,
    #[serde(flatten)]
    fields: MetadataForm,
}

/// POST /internal/datasets/{id}/edit/{step}
pub async fn save(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    path: web::Path<(String, String)>,
    form: SafeForm<StepForm>,
) -> Outcome {
    let (id, step) = place(&path)?;
    let part = step.part().ok_or_else(Error::not_found)?;
    let StepForm { stay, fields } = form.0;
    let (profile, wanted, sent) = (app.parts.profile.clone(), id.clone(), fields.clone());
    let done = app
        .db()
        .write_async(ctx(&req, &app, &who), move |tx| {
            draft::save(tx, &profile, &wanted, part, &sent)?;
            scan_anew(tx, &wanted)
        })
        .await;
    match done {
        Ok(()) if stay.is_empty() => Ok(redirect(&step.next().href(&id))),
        Ok(()) => onward(&app, &who, "edit-saved", &step.href(&id)),
        // Nothing typed is lost, and what was saved meanwhile is not overwritten: the form stands with a fresh mark.
        Err(error) if error.kind() == Kind::Invalid || error.has("draft-saved-meanwhile") => {
            let again = async |error: &Error| {
                let facts = facts(&app, &who, &id, step).await?;
                let seen = draft::mark_of(&facts.draft.metadata, facts.draft.note.as_ref());
                edit_page(&req, &app, &who, &facts, step, &MetadataForm { seen, ..fields }, Some(error))
            };
            refused(error, again).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Words around the data tell what the data are: with other words a table is scanned again.
pub(super) fn scan_anew(tx: &mut Tx<'_>, id: &DatasetId) -> Result<()> {
    match dataset::draft_of(tx.conn(), id)? {
        Some(draft) => scan::enqueue(tx, &draft.id),
        None => Ok(()),
    }
}

fn edit_page(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    facts: &Facts,
    step: Step,
    form: &MetadataForm,
    error: Option<&Error>,
) -> Result<EditDatasetPage> {
    let page = frame(req, app, who, Section::Datasets)?;
    let id = &facts.dataset.id;
    let wrongs = error.map(|error| page.wrongs(error)).unwrap_or_default();
    let points = draft::completeness(&facts.draft.metadata, &facts.resources)?;
    let body = match step {
        Step::About => EditBody::About(Box::new(about(form, &wrongs))),
        Step::Sorting => EditBody::Sorting(Box::new(SortingStep {
            seen: form.seen.clone(),
            topics: topics(&page, app.profile(), &form.topic, &wrongs),
            frequencies: frequencies(&page, app.profile(), &form.frequency, &wrongs),
            licences: licences(&page, app.profile(), &form.licence, &wrongs),
            keywords: Field::new("keywords", form.keywords.clone()).checked(&wrongs),
        })),
        Step::Coverage => EditBody::Coverage(Box::new(coverage(form, &wrongs))),
        Step::Tables => EditBody::Tables(Box::new(tables(app, &page, facts, &wrongs))),
        Step::Dictionary => dictionary(req, &page, facts, &wrongs)?,
        Step::Check => {
            let shown = facts.contract.as_ref().map(|report| breaks(&page, report)).transpose()?;
            EditBody::Check(Box::new(shown.unwrap_or_default()))
        }
    };
    Ok(EditDatasetPage {
        title: present::text(&page, &facts.draft.metadata.title),
        correction: facts.draft.is_correction(),
        href: format!("/internal/datasets/{id}"),
        steps: Step::ALL
            .into_iter()
            .zip(1..)
            .map(|(one, number)| StepLink {
                text: page.t(&format!("edit-step-{}", one.code())),
                href: one.href(id),
                current: one == step,
                done: one != Step::Check
                    && points.iter().filter(|point| Step::of_point(point.code) == one).all(draft::Point::done),
                number,
            })
            .collect(),
        begun: facts.draft.created_at,
        published: facts.dataset.current_version_id.is_some(),
        score: u64::from(draft::score(&points)),
        points: points
            .iter()
            .map(|point| PointLine {
                text: page.t(&format!("completeness-{}", point.code)),
                done: point.done(),
                required: point.required,
                adds: u64::from(point.weight - point.got),
                href: Step::of_point(point.code).href(id),
            })
            .collect(),
        wrongs,
        body,
        page,
    })
}

fn about(form: &MetadataForm, wrongs: &[Wrong]) -> AboutStep {
    let field = |name, value: &String| Field::new(name, value.clone()).checked(wrongs);
    AboutStep {
        seen: form.seen.clone(),
        title: field("title", &form.title),
        title_en: field("title_en", &form.title_en),
        description: field("description", &form.description),
        description_en: field("description_en", &form.description_en),
        note: field("note", &form.note),
        note_en: field("note_en", &form.note_en),
    }
}

fn coverage(form: &MetadataForm, wrongs: &[Wrong]) -> CoverageStep {
    let field = |name, value: &String| Field::new(name, value.clone()).checked(wrongs);
    CoverageStep {
        seen: form.seen.clone(),
        from: field("from", &form.from),
        to: field("to", &form.to),
        spatial: field("spatial", &form.spatial),
        spatial_en: field("spatial_en", &form.spatial_en),
        source: field("source", &form.source),
        source_en: field("source_en", &form.source_en),
    }
}

fn tables(app: &App, page: &PageCtx, facts: &Facts, wrongs: &[Wrong]) -> TablesStep {
    let id = &facts.dataset.id;
    // A dataset of one table is most often sent that table's next state.
    let only = facts.resources.len() == 1;
    let new = Choice { value: String::new(), text: page.t("edit-table-new"), chosen: !only };
    let known = facts.resources.iter().map(|resource| Choice {
        value: resource.resource_id.to_string(),
        text: page.t1("edit-table-next", "title", present::text(page, &resource.title).text),
        chosen: only,
    });
    let declaration = &app.profile().upload.declaration;
    TablesStep {
        declared: Field::new("declared", String::new()).checked(wrongs),
        declaration: declaration.value.get(page.lang).0.to_owned(),
        declaration_basis: present::basis(page, app.profile(), declaration),
        dataset: id.to_string(),
        tables: facts
            .resources
            .iter()
            .map(|resource| TableRow {
                id: resource.resource_id.to_string(),
                title: resource.title.vi.clone(),
                title_en: resource.title.en.clone().unwrap_or_default(),
                name: resource.name.clone(),
                file: resource.table.original_name.clone(),
                reading: format!("/internal/tables/{}/reading", resource.table.id),
                dictionary: address(&Step::Dictionary.href(id), &[("table", &resource.name)]),
                rows: resource.table.rows(),
                set_aside: u64::try_from(resource.table.set_aside_count).unwrap_or(0),
                columns: u64::try_from(resource.table.column_count).unwrap_or(0),
            })
            .collect(),
        targets: std::iter::once(new).chain(known).collect(),
        most: app.parts.settings.upload_max << 20,
        uploads: facts
            .uploads
            .iter()
            .filter(|upload| {
                matches!(upload.state, upload::State::Receiving | upload::State::Reading | upload::State::Refused)
            })
            .map(|upload| UploadLine {
                file: upload.file_name.clone(),
                state: upload.state.code().to_owned(),
                href: format!("/internal/uploads/{}", upload.id),
                at: upload.changed_at,
            })
            .collect(),
    }
}

fn dictionary(req: &HttpRequest, page: &PageCtx, facts: &Facts, wrongs: &[Wrong]) -> Result<EditBody> {
    let id = &facts.dataset.id;
    let wish = match &facts.shown {
        Some(shown) => shown.clone(),
        None => query_of(req)?,
    };
    let named = facts.resources.iter().find(|resource| resource.name == wish.table);
    let Some(resource) = named.or(facts.resources.first()) else {
        return Ok(EditBody::Dictionary(Box::new(DictionaryStep {
            dataset: id.to_string(),
            resource: String::new(),
            template: String::new(),
            tables: Vec::new(),
            columns: Vec::new(),
            pager: Pager::new(1, 1, Step::Dictionary.href(id)),
        })));
    };
    let report = resource.table.report()?;
    let columns = &report.outcome.columns;
    let pages = (columns.len() as u64).div_ceil(COLUMNS).max(1);
    let number = PageRequest::new(wish.page.as_deref(), COLUMNS).number.min(pages);
    let first = usize::try_from((number - 1) * COLUMNS).unwrap_or(0);
    let shown = columns.iter().enumerate().skip(first).take(usize::try_from(COLUMNS).unwrap_or(usize::MAX));
    let both = |text: Option<&Localized>| {
        text.map(|text| (text.vi.clone(), text.en.clone().unwrap_or_default())).unwrap_or_default()
    };
    let base = |name: &str| address(&Step::Dictionary.href(id), &[("table", name)]);
    Ok(EditBody::Dictionary(Box::new(DictionaryStep {
        dataset: id.to_string(),
        resource: resource.resource_id.to_string(),
        template: format!("/internal/datasets/{id}/resources/{}/template.xlsx", resource.resource_id),
        tables: facts
            .resources
            .iter()
            .zip(1..)
            .map(|(one, number)| StepLink {
                text: one.title.vi.clone(),
                href: base(&one.name),
                current: one.name == resource.name,
                done: false,
                number,
            })
            .collect(),
        columns: shown
            .map(|(index, column)| {
                let note = resource.note(&column.title);
                let (meaning, meaning_en) = both(note.and_then(|note| note.meaning.as_ref()));
                let (unit, unit_en) = both(note.and_then(|note| note.unit.as_ref()));
                ColumnFields {
                    index,
                    heading: column.title.clone(),
                    kind: present::kind_code(column.kind).to_owned(),
                    examples: column.examples.clone(),
                    title_en: note.and_then(|note| note.title_en.clone()).unwrap_or_default(),
                    meaning,
                    meaning_en,
                    unit,
                    unit_en,
                    rules: rule_fields(page, index, column.kind, note, wrongs),
                }
            })
            .collect(),
        pager: Pager::new(number, pages, base(&resource.name)),
    })))
}

/// What is wanted of a column, as it is typed.
fn rule_fields(
    page: &PageCtx,
    index: usize,
    kind: ColumnKind,
    note: Option<&ColumnNote>,
    wrongs: &[Wrong],
) -> RuleFields {
    let wanted = note.map(|note| note.constraints.clone()).unwrap_or_default();
    let field = |part: &str, value: String| {
        let name = format!("c{index}-{part}");
        let error = wrongs.iter().find(|wrong| wrong.field.as_deref() == Some(&name)).map(|wrong| wrong.text.clone());
        ColumnField { name, value, error }
    };
    let dated = matches!(kind, ColumnKind::Date | ColumnKind::DateTime);
    let end = |limit: &Option<String>| {
        let limit = limit.clone().unwrap_or_default();
        if dated { day_of(&limit).map_or(limit.clone(), |day| day.format("%d/%m/%Y").to_string()) } else { limit }
    };
    let fields = [
        field("minimum", end(&wanted.minimum)),
        field("maximum", end(&wanted.maximum)),
        field("pattern", wanted.pattern.clone().unwrap_or_default()),
        field("codes", wanted.codes_text()),
    ];
    RuleFields {
        open: fields.iter().any(|field| field.error.is_some()),
        said: present::constraints(page, kind, &wanted),
        ranged: !matches!(kind, ColumnKind::Text | ColumnKind::Boolean),
        dated,
        required: wanted.required,
        unique: wanted.unique,
        key: wanted.key,
        fields,
    }
}

// ---- tables ----------------------------------------------------------------------------------------------------------

pub(super) fn table_of(path: &(String, String)) -> Result<(DatasetId, ResourceId)> {
    let id = DatasetId::parse(&path.0).ok_or_else(Error::not_found)?;
    Ok((id, ResourceId::parse(&path.1).ok_or_else(Error::not_found)?))
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct TitleForm {
    title: String,
    title_en: String,
}

/// POST /internal/datasets/{id}/resources/{resource}/title
pub async fn retitle(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    path: web::Path<(String, String)>,
    form: SafeForm<TitleForm>,
) -> Outcome {
    let (id, resource) = table_of(&path)?;
    let title = Localized { vi: form.0.title, en: Some(form.0.title_en) };
    let (profile, wanted) = (app.parts.profile.clone(), id.clone());
    let verb = move |tx: &mut Tx<'_>| draft::retitle(tx, &profile, &wanted, &resource, &title);
    let again = async |error: &Error| step_again(&req, &app, &who, &id, Step::Tables, error).await;
    act(&req, &app, &who, verb, |()| ("edit-saved", Step::Tables.href(&id)), again).await
}

/// POST /internal/datasets/{id}/resources/{resource}/removal
pub async fn remove(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    path: web::Path<(String, String)>,
    _form: SafeForm<()>,
) -> Outcome {
    let (id, resource) = table_of(&path)?;
    let (profile, wanted) = (app.parts.profile.clone(), id.clone());
    let verb = move |tx: &mut Tx<'_>| draft::remove_resource(tx, &profile, &wanted, &resource);
    let again = async |error: &Error| step_again(&req, &app, &who, &id, Step::Tables, error).await;
    act(&req, &app, &who, verb, |()| ("edit-table-removed", Step::Tables.href(&id)), again).await
}

/// A step as it stands, with what is wrong with what was sent from it.
pub(super) async fn step_again(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    id: &DatasetId,
    step: Step,
    error: &Error,
) -> Result<EditDatasetPage> {
    let facts = facts(app, who, id, step).await?;
    let form = MetadataForm::of(&facts.draft.metadata, facts.draft.note.as_ref());
    edit_page(req, app, who, &facts, step, &form, Some(error))
}

/// POST /internal/datasets/{id}/resources/{resource}/dictionary: the columns of one page; others keep what is said of them.
pub async fn describe(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    path: web::Path<(String, String)>,
    form: SafeForm<Vec<(String, String)>>,
) -> Outcome {
    let (id, resource) = table_of(&path)?;
    let sent: BTreeMap<String, String> = form.0.into_iter().collect();
    let mut facts = facts(&app, &who, &id, Step::Dictionary).await?;
    let at = facts.resources.iter().position(|one| one.resource_id == resource).ok_or_else(Error::not_found)?;
    let table = &facts.resources[at];
    let (name, notes) = (table.name.clone(), noted(table, &sent)?);
    let back = address(
        &Step::Dictionary.href(&id),
        &[("table", &name), ("page", sent.get("page").map_or("", String::as_str))],
    );
    let (profile, wanted, typed) = (app.parts.profile.clone(), id.clone(), notes.clone());
    let verb = move |tx: &mut Tx<'_>| {
        draft::describe(tx, &profile, &wanted, &resource, &notes)?;
        scan_anew(tx, &wanted)
    };
    let then = |()| ("edit-saved", if sent.contains_key("stay") { back } else { Step::Check.href(&id) });
    let again = async |error: &Error| {
        // Nothing typed is lost.
        facts.resources[at].dictionary = typed;
        facts.shown = Some(EditWish { table: name, page: sent.get("page").cloned() });
        let form = MetadataForm::of(&facts.draft.metadata, facts.draft.note.as_ref());
        edit_page(&req, &app, &who, &facts, Step::Dictionary, &form, Some(error))
    };
    act(&req, &app, &who, verb, then, again).await
}

/// The dictionary with what was sent of some columns.
fn noted(table: &ResourceVersion, sent: &BTreeMap<String, String>) -> Result<Vec<ColumnNote>> {
    let columns = table.table.report()?.outcome.columns;
    let mut notes = Vec::new();
    for (index, column) in columns.iter().enumerate() {
        let field = |name: &str| {
            sent.get(&format!("c{index}-{name}")).map(|text| nfc(text.trim()).replace('\0', "")).unwrap_or_default()
        };
        if !sent.contains_key(&format!("c{index}-meaning")) {
            notes.extend(table.note(&column.title).cloned());
            continue;
        }
        let both = |name: &str| {
            let (vi, en) = (field(name), field(&format!("{name}-en")));
            (!vi.is_empty()).then(|| Localized { vi, en: (!en.is_empty()).then_some(en) })
        };
        let some = |name: &str| Some(field(name)).filter(|text| !text.is_empty());
        let constraints = Constraints {
            required: sent.contains_key(&format!("c{index}-required")),
            unique: sent.contains_key(&format!("c{index}-unique")),
            key: sent.contains_key(&format!("c{index}-key")),
            minimum: some("minimum"),
            maximum: some("maximum"),
            pattern: some("pattern"),
            codes: Constraints::codes_from(&field("codes")),
        };
        let (title, title_en) = (column.title.clone(), some("title-en"));
        let note = ColumnNote { title, title_en, meaning: both("meaning"), unit: both("unit"), constraints };
        if note != (ColumnNote { title: column.title.clone(), ..ColumnNote::default() }) {
            notes.push(note);
        }
    }
    Ok(notes)
}
