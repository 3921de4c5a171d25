//! The map of a table: values by province or commune, or points, as a page, an SVG and a PNG. Everything in the address: the
//! explorer's grammar (`table/explore/README.md`), and beside it `map=areas|points`, `classes=equal`, `units=34`, `draw=tiles`
//! and `view=WEST,SOUTH,EAST,NORTH`.

mod areas;
mod choice;
mod picture;
mod points;

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, web};
use askama::Template;

use self::areas::Areas;
use self::points::Points;
use super::dataset::{citation, gone_instead};
use super::explore::{
    Ending, Facts, Place, column_title, filter_text, measure_text, own_page, reader_of, title_of, with,
};
use super::pictures;
use super::serve::computed_page;
use super::view::dataset::OlderVersion;
use super::view::map::{MapForm, MapPage, MapRow, MapView, Picture, PointRows};
use crate::http::page::{Chip, Choice, Link, PageCtx, Text, Wrong};
use crate::http::{App, Outcome, address, html, lang_of, path_and_query, present, query_pairs};
use crate::kernel::{Error, Kind as Failing, Lang, Problem, Result};
use crate::map::{self, Extent, Level, Matcher, Method};
use crate::platform::db::Conn;
use crate::table::explore::{self, Measure, Operation, Query, SortKey};
use crate::table::geometry::{self, Geometry};
use crate::table::ingest::report::Column;

/// The width of the picture as PNG, in pixels.
const PNG_WIDTH: u32 = 1440;
/// Rows of points below a map.
const POINT_ROWS: u64 = 25;
/// Columns of points below a map.
const POINT_COLUMNS: usize = 5;
/// Cells without a unit that are named.
const UNMATCHED: usize = 40;
/// Cells of a unit that a link to the explorer names.
const MOST_NAMED: usize = explore::MOST_VALUES;

/// GET /dataset/{slug}/{table}/ban-do, and the same under /v/{number}/
pub async fn show(req: HttpRequest, app: web::Data<App>, place: web::Path<Place>) -> Outcome {
    answer(&req, &app, place.into_inner()).await
}

/// GET /dataset/{slug}/{table}/ban-do.{format}, and the same under /v/{number}/
pub async fn file(
    req: HttpRequest,
    app: web::Data<App>,
    place: web::Path<Place>,
    ending: web::Path<Ending>,
) -> Outcome {
    send(&req, &app, place.into_inner(), &ending.format).await
}

/// Whether a table can be shown on a map.
///
/// # Errors
/// The database's.
pub(super) async fn possible(app: &App, columns: &[Column]) -> Result<bool> {
    if geometry::of(columns).is_some() {
        return Ok(true);
    }
    let communes = if choice::may_name_communes(columns) { communes(app).await? } else { None };
    Ok(!choice::unit_columns(columns, communes.as_ref()).is_empty())
}

/// What finds communes; none where no boundaries of communes are there.
async fn communes(app: &App) -> Result<Option<Matcher>> {
    let today = app.today();
    let names = move |conn: &mut Conn| map::names_on(conn, Level::Commune, today);
    let names = app.db().read_async(names).await?;
    Ok((!names.is_empty()).then(|| Matcher::new(Level::Commune, &names)))
}

/// The address of a table's map.
pub(super) fn path_of(facts: &Facts, number: Option<i32>, table: &str) -> String {
    format!("{}/{table}/ban-do", super::dataset::base_path(&facts.shown, number))
}

/// What the address asks.
#[derive(Clone)]
struct Wish {
    query: Query,
    points: bool,
    equal: bool,
    merged: bool,
    tiles: bool,
    view: Option<Extent>,
    wrongs: Vec<Problem>,
}

/// What of a table a map can show.
struct Ground {
    units: Vec<usize>,
    place: Option<Geometry>,
}

impl Ground {
    async fn of(app: &App, columns: &[Column]) -> Result<Self> {
        let communes = communes(app).await?;
        Ok(Self { units: choice::unit_columns(columns, communes.as_ref()), place: geometry::of(columns) })
    }
}

impl Wish {
    fn read(app: &App, lang: Lang, pairs: &[(String, String)], columns: &[Column], ground: &Ground) -> Self {
        let reader = reader_of(app, lang);
        let (mut query, mut wrongs) = Query::parse(pairs, columns, &reader);
        let last = |wanted: &str| pairs.iter().rev().find(|(name, _)| name == wanted).map(|(_, value)| value.trim());
        let says = |wanted: &str, value: &str| last(wanted) == Some(value);
        let bare = query.filters.is_empty() && last("group").is_none() && last("measure").is_none();
        let points = ground.place.is_some()
            && (says("map", "points") || (ground.units.is_empty() || last("map").is_none() && last("group").is_none()));
        query.group.truncate(1);
        query.measures.truncate(1);
        if !points {
            if query.group.is_empty()
                && let Some(first) = ground.units.first()
            {
                query.group.push(columns[*first].key.clone());
            }
            if last("measure").is_none_or(str::is_empty) {
                query.measures = vec![choice::first_measure(columns, &ground.units)];
            }
            // What is there at once is of one year, not of all of them together.
            if bare {
                query.filters.extend(choice::first_filter(columns, &reader));
            }
            if let Some(Measure::Of(Operation::Min | Operation::Max, key)) = query.measures.first()
                && choice::measured(columns, &[]).iter().all(|column| column.key != *key)
            {
                wrongs.push(Problem::new("map-measure").on("measure"));
            }
        }
        let view = match last("view").filter(|text| !text.is_empty() && points).map(points::read_view) {
            Some(Ok(view)) => Some(view),
            Some(Err(problem)) => {
                wrongs.push(problem);
                None
            }
            None => None,
        };
        Self {
            query: Query { sort: Vec::new(), columns: Vec::new(), page: 1, rows: explore::ROWS, ..query },
            points,
            equal: says("classes", "equal"),
            merged: says("units", "34"),
            tiles: says("draw", "tiles"),
            view,
            wrongs,
        }
    }

    /// The parameters that say it.
    fn parameters(&self) -> Vec<(String, String)> {
        let mut query = self.query.clone();
        if self.points {
            query.group.clear();
            query.measures.clear();
        }
        let mut pairs = explore::write(&query);
        let mut say = |name: &str, value: &str| pairs.push((name.to_owned(), value.to_owned()));
        if self.points {
            say("map", "points");
        }
        for (said, name, value) in
            [(self.equal, "classes", "equal"), (self.merged, "units", "34"), (self.tiles, "draw", "tiles")]
        {
            if said && !self.points {
                say(name, value);
            }
        }
        if let Some(view) = &self.view {
            say("view", &points::write_view(view));
        }
        pairs
    }

    /// The same rows in the explorer.
    fn explored(&self) -> Query {
        let mut query = self.query.clone();
        if self.points {
            query.group.clear();
            query.measures.clear();
        } else {
            query.sort = query.measures.iter().map(|one| SortKey { name: one.name(), descending: true }).collect();
        }
        query
    }
}

async fn answer(req: &HttpRequest, app: &web::Data<App>, place: Place) -> Outcome {
    let pairs = query_pairs(req);
    let (lang, path) = (lang_of(req), path_and_query(req));
    let drawn = computed_page(req, app, true, |lang, path| {
        let (app, place, pairs) = (app.get_ref().clone(), place.clone(), pairs.clone());
        async move { draw(&app, lang, path, &place, &pairs).await }
    })
    .await;
    match drawn {
        Err(failure) if failure.0.kind() == Failing::Invalid => {
            let facts = Facts::of(app, &place).await?;
            let ground = Ground::of(app, &facts.columns).await?;
            let wish = Wish::read(app, lang, &pairs, &facts.columns, &ground);
            let page = own_page(app, lang, path, &facts);
            let mut wrongs = page.wrongs(&failure.0);
            wrongs.iter_mut().for_each(|wrong| wrong.field = None);
            let page = assemble(page, &place, &facts, &ground, &wish, wrongs, None);
            let mut answer = html(StatusCode::UNPROCESSABLE_ENTITY, &page)?;
            answer.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
            Ok(answer)
        }
        Err(failure) => gone_instead(req, app, place.slug, place.number, failure).await,
        drawn => drawn,
    }
}

async fn send(req: &HttpRequest, app: &web::Data<App>, place: Place, ending: &str) -> Outcome {
    let pairs = query_pairs(req);
    pictures::send(req, app, &place, ending, PNG_WIDTH, |lang, path| {
        let (app, place) = (app.get_ref().clone(), place.clone());
        async move { painted(&app, lang, path, &place, &pairs).await }
    })
    .await
}

/// The picture that stands alone: with heading, legend and source.
///
/// # Errors
/// `NotFound` where the table has nothing to show on a map; what is wrong with the address.
async fn painted(app: &App, lang: Lang, path: String, place: &Place, pairs: &[(String, String)]) -> Result<Picture> {
    let facts = Facts::of(app, place).await?;
    let ground = Ground::of(app, &facts.columns).await?;
    let wish = Wish::read(app, lang, pairs, &facts.columns, &ground);
    if !wish.wrongs.is_empty() {
        return Err(Error::invalid_all(wish.wrongs));
    }
    let page = own_page(app, lang, path, &facts);
    let (view, mut picture) = view(app, &page, place, &facts, &ground, &wish).await?.ok_or_else(Error::not_found)?;
    let citation = citation(app, &page, &facts.shown, &facts.owner);
    picture.file = true;
    picture.head = picture::wrapped(&citation.title, 64);
    picture.head.extend(picture::wrapped(&view.heading, 64));
    picture.legend = view.legend;
    picture.foot = view.notes.iter().chain(&view.credit).flat_map(|line| picture::wrapped(line, 105)).collect();
    let source = page.t2("map-source", "author", citation.author, "version", citation.version);
    picture.foot.extend(picture::wrapped(&source, 105));
    picture.foot.push(citation.url);
    Ok(picture)
}

async fn draw(app: &App, lang: Lang, path: String, place: &Place, pairs: &[(String, String)]) -> Result<MapPage> {
    let facts = Facts::of(app, place).await?;
    let ground = Ground::of(app, &facts.columns).await?;
    let wish = Wish::read(app, lang, pairs, &facts.columns, &ground);
    if !wish.wrongs.is_empty() {
        return Err(Error::invalid_all(wish.wrongs));
    }
    let page = own_page(app, lang, path, &facts);
    let Some((mut view, picture)) = view(app, &page, place, &facts, &ground, &wish).await? else {
        return Ok(assemble(page, place, &facts, &ground, &wish, Vec::new(), None));
    };
    view.picture = picture.render().map_err(Error::internal)?;
    Ok(assemble(page, place, &facts, &ground, &wish, Vec::new(), Some(view)))
}

/// The map with all that stands beside it; none where there is nothing to show.
async fn view(
    app: &App,
    page: &PageCtx,
    place: &Place,
    facts: &Facts,
    ground: &Ground,
    wish: &Wish,
) -> Result<Option<(MapView, Picture)>> {
    let explorer = app.explorer(&facts.resource.table, facts.columns.clone()).await?;
    let own = path_of(facts, place.number, &place.table);
    let explore = facts.path(place.number, &place.table);
    let files = [("SVG", "svg"), ("PNG", "png")]
        .into_iter()
        .map(|(name, ending)| (name, page.href(&with(&format!("{own}.{ending}"), &wish.parameters()))))
        .collect();
    if let (true, Some(geometry)) = (wish.points, &ground.place) {
        let columns = &facts.columns;
        let asked = points::Asked { place: geometry, query: &wish.query, view: wish.view };
        let reader = reader_of(app, page.lang);
        let found = Points::ask(app, page, &explorer, &asked, &reader).await?;
        let lies = geometry.columns();
        let keys: Vec<String> = columns
            .iter()
            .enumerate()
            .filter(|(at, _)| lies.len() == columns.len() || !lies.contains(at))
            .map(|(_, column)| column)
            .take(POINT_COLUMNS)
            .map(|column| column.key.clone())
            .collect();
        let few = Query { rows: POINT_ROWS, columns: keys.clone(), ..found.rows.clone() };
        let listed = explorer.page(&few).await?;
        let shown = columns.iter().filter(|column| keys.contains(&column.key));
        let heads = shown.clone().map(|column| column_title(page, &facts.resource, column)).collect();
        let rows = listed
            .rows
            .iter()
            .map(|row| {
                row.iter()
                    .zip(shown.clone())
                    .map(|(cell, column)| super::dataset::shown_cell(page, column, cell))
                    .collect()
            })
            .collect();
        let moves = found.moves(page, &|view| page.href(&with(&own, &Wish { view, ..wish.clone() }.parameters())));
        let mut notes = Vec::new();
        if found.cut {
            notes.push(page.t("map-points-cut"));
        }
        let mut picture = found.picture;
        let heading = page.t("map-points-heading");
        let sentence = page.t2("map-points-sentence", "count", found.inside, "circles", found.circles);
        picture.title.clone_from(&heading);
        picture.desc.clone_from(&sentence);
        let href = page.href(&with(&explore, &explore::write(&found.rows)));
        let view = MapView {
            heading,
            sentence,
            notes,
            credit: credit(page, found.set.as_ref()),
            files,
            moves,
            points: Some(PointRows { heads, rows, total: listed.total, framed: found.framed, href }),
            ..MapView::default()
        };
        return Ok(Some((view, picture)));
    }
    let (Some(unit), Some(measure)) = (wish.query.group.first(), wish.query.measures.first()) else { return Ok(None) };
    let method = if wish.equal { Method::Equal } else { Method::Quantiles };
    let asked = areas::Asked { unit, measure, query: &wish.query, method, merged: wish.merged, tiles: wish.tiles };
    let areas = Areas::ask(app, &explorer, &asked).await?;
    if areas.units.iter().all(|unit| unit.cells.is_empty())
        && areas.unmatched.is_empty()
        && wish.query.filters.is_empty()
    {
        return Ok(None);
    }
    let mut picture = picture::draw(page, &areas);
    let (unit_title, measure_title) = (title_of(page, facts, unit), measure_text(page, facts, measure));
    let filters: Vec<String> = wish
        .query
        .filters
        .iter()
        .map(|filter| format!("{} {}", title_of(page, facts, &filter.column), filter_text(page, facts, filter)))
        .collect();
    let mut heading = page.t2("map-heading", "measure", measure_title.as_str(), "unit", unit_title.as_str());
    if !filters.is_empty() {
        heading = page.t2("map-heading-filtered", "heading", heading, "filters", filters.join("; "));
    }
    let sentence = sentence(page, &areas);
    picture.title.clone_from(&heading);
    picture.desc.clone_from(&sentence);
    let mut valued: Vec<&areas::Valued> = areas.units.iter().collect();
    valued.sort_by(|a, b| {
        let key = |unit: &areas::Valued| unit.value.unwrap_or(f64::NEG_INFINITY);
        key(b).total_cmp(&key(a)).then_with(|| a.code.cmp(&b.code))
    });
    let rows = valued
        .into_iter()
        .map(|one| MapRow {
            name: present::text(page, &one.name),
            value: one.value.map(|value| areas.written(page.lang, value)),
            shade: areas.shade(one.value),
            href: (!one.cells.is_empty() && one.cells.len() <= MOST_NAMED).then(|| {
                let mut pairs = explore::write(&Query { filters: wish.query.filters.clone(), ..Query::default() });
                let name = format!("filter.{unit}.{}", if one.cells.len() == 1 { "eq" } else { "in" });
                pairs.extend(one.cells.iter().map(|cell| (name.clone(), cell.clone())));
                page.href(&with(&explore, &pairs))
            }),
        })
        .collect();
    let mut notes = Vec::new();
    if areas.unmerged {
        notes.push(page.t1("map-not-merged", "measure", measure_title.as_str()));
    } else if areas.of_old && !areas.old {
        notes.push(page.t("map-merged"));
    } else if areas.old {
        notes.push(page.t("map-of-old"));
    }
    if areas.empty {
        notes.push(page.t1("map-empty-unit", "unit", unit_title.as_str()));
    }
    if areas.drawn.is_empty() {
        notes.push(page.t("map-tiles-note"));
    }
    let view = MapView {
        heading,
        sentence,
        legend: picture::legend(page, &areas),
        notes,
        of_old: areas.of_old,
        bounded: areas.level == Level::Province && areas.set.is_some(),
        credit: if areas.drawn.is_empty() { None } else { credit(page, areas.set.as_ref()) },
        files,
        heads: (unit_title, measure_title),
        rows,
        unmatched_count: areas.unmatched.len() as u64,
        unmatched: areas.unmatched.into_iter().take(UNMATCHED).collect(),
        ..MapView::default()
    };
    Ok(Some((view, picture)))
}

/// What a map of areas says, in a sentence.
fn sentence(page: &PageCtx, areas: &Areas) -> String {
    let with = areas.units.iter().filter_map(|unit| unit.value.map(|value| (unit, value)));
    let greatest = with.clone().max_by(|a, b| a.1.total_cmp(&b.1));
    let least = with.clone().min_by(|a, b| a.1.total_cmp(&b.1));
    let (Some((high, most)), Some((low, few))) = (greatest, least) else { return page.t("map-nothing") };
    let unit = |name: &str, value: f64| page.t2("map-unit", "name", name, "value", areas.written(page.lang, value));
    let (high, low) = (unit(high.name.get(page.lang).0, most), unit(low.name.get(page.lang).0, few));
    page.t3("map-sentence", "count", with.count(), "high", high, "low", low)
}

/// Whose boundaries they are, and under which terms.
fn credit(page: &PageCtx, set: Option<&map::Set>) -> Option<String> {
    set.map(|set| page.t2("map-credit", "source", set.source.as_str(), "licence", set.licence.as_str()))
}

fn assemble(
    page: PageCtx,
    place: &Place,
    facts: &Facts,
    ground: &Ground,
    wish: &Wish,
    wrongs: Vec<Wrong>,
    map: Option<MapView>,
) -> MapPage {
    let own = path_of(facts, place.number, &place.table);
    let href = |wish: &Wish| page.href(&with(&own, &wish.parameters()));
    let chips = wish
        .query
        .filters
        .iter()
        .enumerate()
        .map(|(at, filter)| {
            let mut without = wish.clone();
            without.query.filters.remove(at);
            Chip {
                facet: title_of(&page, facts, &filter.column),
                text: Text::new(filter_text(&page, facts, filter)),
                href: href(&without),
            }
        })
        .collect();
    let kinds = match (&ground.place, ground.units.first()) {
        (Some(_), Some(_)) => [(false, "map-kind-areas"), (true, "map-kind-points")]
            .into_iter()
            .map(|(points, name)| {
                let mut filters = explore::write(&Query { filters: wish.query.filters.clone(), ..Query::default() });
                filters.push(("map".to_owned(), if points { "points" } else { "areas" }.to_owned()));
                (page.t(name), page.href(&with(&own, &filters)), wish.points == points)
            })
            .collect(),
        _ => Vec::new(),
    };
    let older = facts.shown.is_older().then(|| OlderVersion {
        latest: u64::try_from(facts.shown.latest).unwrap_or(0),
        latest_href: page.href(&with(&path_of(facts, None, &place.table), &wish.parameters())),
    });
    MapPage {
        dataset: Link {
            text: present::text(&page, &facts.shown.version.metadata.title),
            href: page.href(&address(
                &super::dataset::base_path(&facts.shown, place.number),
                &[("resource", &facts.resource.name)],
            )),
        },
        table: present::text(
            &page,
            if facts.shown.resources.len() > 1 { &facts.resource.title } else { &facts.shown.version.metadata.title },
        ),
        older,
        wrongs,
        chips,
        kinds,
        action: page.href(&own),
        form: (!wish.points && !ground.units.is_empty()).then(|| {
            let mut form = form(&page, facts, ground, wish);
            // What the table does not allow is not offered.
            if map.as_ref().is_some_and(|map| !map.of_old) {
                form.geographies.clear();
            }
            if map.as_ref().is_some_and(|map| !map.bounded) {
                form.drawings.clear();
            }
            form
        }),
        map,
        explore_href: page.href(&with(&facts.path(place.number, &place.table), &explore::write(&wish.explored()))),
        page,
    }
}

/// The choices of a map of areas.
fn form(page: &PageCtx, facts: &Facts, ground: &Ground, wish: &Wish) -> MapForm {
    let columns = &facts.columns;
    let choice = |value: String, text: String, chosen: bool| Choice { value, text, chosen };
    let unit = wish.query.group.first();
    let mut units: Vec<Choice> = ground
        .units
        .iter()
        .map(|at| {
            let column = &columns[*at];
            choice(column.key.clone(), title_of(page, facts, &column.key), unit == Some(&column.key))
        })
        .collect();
    if let Some(key) = unit.filter(|key| units.iter().all(|one| one.value != **key)) {
        units.push(choice(key.clone(), title_of(page, facts, key), true));
    }
    let numbers = choice::measured(columns, &ground.units);
    let of = [Operation::Sum, Operation::Average, Operation::Min, Operation::Max];
    let mut all: Vec<Measure> = numbers
        .iter()
        .flat_map(|column| of.into_iter().map(|operation| Measure::Of(operation, column.key.clone())))
        .collect();
    all.push(Measure::Rows);
    if let Some(own) = wish.query.measures.first().filter(|own| !all.contains(own)) {
        all.push(own.clone());
    }
    let measures = all
        .iter()
        .map(|one| choice(one.name(), measure_text(page, facts, one), wish.query.measures.first() == Some(one)))
        .collect();
    let pick = |pairs: &[(&str, &str, bool)]| {
        pairs.iter().map(|(value, name, chosen)| choice((*value).to_owned(), page.t(name), *chosen)).collect()
    };
    MapForm {
        units,
        measures,
        classes: pick(&[("", "map-classes-quantiles", !wish.equal), ("equal", "map-classes-equal", wish.equal)]),
        geographies: pick(&[("", "map-units-own", !wish.merged), ("34", "map-units-34", wish.merged)]),
        drawings: pick(&[("", "map-draw-boundaries", !wish.tiles), ("tiles", "map-draw-tiles", wish.tiles)]),
        kept: explore::write(&Query { filters: wish.query.filters.clone(), ..Query::default() })
            .into_iter()
            .chain(std::iter::once(("map".to_owned(), "areas".to_owned())))
            .collect(),
    }
}
