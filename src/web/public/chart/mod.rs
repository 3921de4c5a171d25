//! Charts of a table: the page with one chart, its form and its figures, and the picture alone as SVG and PNG. What an
//! address says stands in `table/explore/README.md`.

mod figures;
mod tell;
mod wish;

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, web};

use self::wish::{Spec, Wish, is_ours, offered_x, offered_y};
use super::dataset::{base_path, citation, gone_instead, terms};
use super::explore::{
    ELSEWHERE, Ending, FIELDS, Facts, Place, chart_path, filter_chips, filter_form, group_text, measure_text, own_page,
    reader_of, title_of, with,
};
use super::pictures;
use super::serve::computed_page;
use super::view::chart::{ChartFile, ChartPage, Picture};
use super::view::dataset::OlderVersion;
use crate::chart::{self, Kind};
use crate::http::page::{Choice, Field, Link, PageCtx, Section, Select, Text, Wrong};
use crate::http::{App, Outcome, html, lang_of, path_and_query, present, query_pairs, redirect};
use crate::kernel::{Error, Kind as Failing, Lang, Problem, Result, Timestamp};
use crate::table::explore::{self, Query};

/// The width of the drawing in wide windows and in files, and in narrow windows.
const WIDTHS: (f64, f64) = (820.0, 340.0);
/// The width of a file, with the margins around its drawing.
const FILE_WIDTH: u32 = 900;
/// How many pixels of a PNG stand for one of the drawing.
const DENSITY: u32 = 2;

/// GET /dataset/{slug}/{table}/bieu-do, and the same under /v/{number}/
pub async fn show(req: HttpRequest, app: web::Data<App>, place: web::Path<Place>) -> Outcome {
    answer(&req, &app, place.into_inner()).await
}

/// GET /dataset/{slug}/{table}/bieu-do.{format}, and the same under /v/{number}/
pub async fn file(
    req: HttpRequest,
    app: web::Data<App>,
    place: web::Path<Place>,
    ending: web::Path<Ending>,
) -> Outcome {
    send(&req, &app, place.into_inner(), &ending.format).await
}

/// The address of the chart that suits a query of the explorer, without language.
pub(super) fn address_of(app: &App, lang: Lang, facts: &Facts, place: &Place, query: &Query) -> String {
    let asked = explore::write(query);
    if asked.is_empty() {
        return chart_path(facts, place);
    }
    with(&chart_path(facts, place), &Wish::read(&asked, facts, &reader_of(app, lang)).parameters())
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
        Err(failure) if failure.0.problems().iter().any(|problem| problem.code == ELSEWHERE) => {
            let facts = Facts::of(app, &place).await?;
            let wish = Wish::read(&pairs, &facts, &reader_of(app, lang));
            let own = with(&chart_path(&facts, &place), &wish.parameters());
            Ok(redirect(&format!("{}{own}", lang.prefix())))
        }
        Err(failure) if failure.0.kind() == Failing::Invalid => {
            let facts = Facts::of(app, &place).await?;
            let wish = Wish::read(&pairs, &facts, &reader_of(app, lang));
            let mut page = own_page(app, lang, path, &facts);
            page.canonical = None;
            let mut wrongs = page.wrongs(&failure.0);
            for wrong in &mut wrongs {
                wrong.field = wrong.field.take().filter(|field| FIELDS.contains(&field.as_str()));
            }
            let page = assemble(app, page, &place, &facts, &wish, wrongs, None);
            let mut answer = html(StatusCode::UNPROCESSABLE_ENTITY, &page)?;
            answer.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
            Ok(answer)
        }
        Err(failure) => gone_instead(req, app, place.slug, place.number, failure).await,
        drawn => drawn,
    }
}

/// # Errors
/// A refusal with what is wrong, or with [`ELSEWHERE`] where the address is not the one of its chart.
async fn draw(app: &App, lang: Lang, path: String, place: &Place, pairs: &[(String, String)]) -> Result<ChartPage> {
    let facts = Facts::of(app, place).await?;
    let wish = Wish::read(pairs, &facts, &reader_of(app, lang));
    if !wish.wrongs.is_empty() {
        return Err(Error::invalid_all(wish.wrongs));
    }
    let own = wish.parameters();
    let given: Vec<&(String, String)> = pairs.iter().filter(|(name, _)| is_ours(name)).collect();
    // The address without parameters shows what suits the table; every other chart has one address.
    if !given.is_empty() && !given.iter().copied().eq(own.iter()) {
        return Err(Error::conflict(Problem::new(ELSEWHERE)));
    }
    let page = own_page(app, lang, path, &facts);
    let picture = match &wish.spec {
        Some(spec) => picture(app, &page, place, &facts, spec).await?,
        None => None,
    };
    Ok(assemble(app, page, place, &facts, &wish, Vec::new(), picture))
}

/// The filters in words: a column, and what its values fulfil.
fn filters(page: &PageCtx, facts: &Facts, query: &Query) -> Vec<(String, String)> {
    let chips = filter_chips(page, facts, query, &|_| String::new());
    chips.into_iter().map(|chip| (chip.facet, chip.text.text)).collect()
}

/// The chart for the page; none where no row has anything to draw.
async fn picture(app: &App, page: &PageCtx, place: &Place, facts: &Facts, spec: &Spec) -> Result<Option<Picture>> {
    let explorer = app.explorer(&facts.resource.table, facts.columns.clone()).await?;
    let made = figures::make(page, facts, &explorer, spec).await?;
    if tell::is_empty(&made.figures) {
        return Ok(None);
    }
    let wide = tell::drawing(page, &made, WIDTHS.0);
    let (heads, rows, total) = tell::table(page, &made);
    let own = chart_path(facts, place);
    let parameters = spec.parameters();
    let file = |ending: &str| page.href(&with(&format!("{own}.{ending}"), &parameters));
    let csv = format!("{}.csv", facts.path(place.number, &place.table));
    Ok(Some(Picture {
        title: tell::title(page, facts, spec, &made),
        lead: tell::lead(page, &made, &wide, &filters(page, facts, &spec.query)),
        says: tell::says(page, &made),
        narrow: tell::drawing(page, &made, WIDTHS.1),
        wide,
        svg_href: file("svg"),
        png_href: file("png"),
        csv_href: page.href(&with(&csv, &explore::write(&spec.query))),
        cut: (rows.len() < total).then(|| page.t2("chart-table-cut", "shown", rows.len(), "count", total)),
        heads,
        rows,
        notes: made.notes,
    }))
}

fn assemble(
    app: &App,
    page: PageCtx,
    place: &Place,
    facts: &Facts,
    wish: &Wish,
    wrongs: Vec<Wrong>,
    picture: Option<Picture>,
) -> ChartPage {
    let own = chart_path(facts, place);
    let parameters = wish.parameters();
    let spec = wish.spec.as_ref();
    let kinds = Kind::ALL.into_iter().filter_map(|kind| {
        let spec = spec?;
        let current = spec.kind == kind;
        let there = if current { spec.clone() } else { spec.adapted(kind, facts)? };
        let href = page.href(&with(&own, &there.parameters()));
        Some((Link { text: Text::new(page.code("chart-kind", kind.code())), href }, current))
    });
    let kinds: Vec<(Link, bool)> = kinds.collect();
    let (x, y, series) = spec.map_or((None, None, None), |spec| selects(&page, facts, spec, &wrongs));
    let mut kept = spec.map_or_else(Vec::new, |spec| vec![("kind".to_owned(), spec.kind.code().to_owned())]);
    kept.extend(explore::write(&wish.filters));
    let of = |query: Query| {
        let spec = spec.map(|spec| Spec {
            kind: spec.kind,
            query: Query { filters: query.filters.clone(), ..spec.query.clone() },
        });
        page.href(&with(&own, &spec.map_or_else(|| explore::write(&query), |spec| spec.parameters())))
    };
    let chips = filter_chips(&page, facts, &wish.filters, &of);
    let resource = &facts.resource;
    let number = facts.shown.version.number.unwrap_or(0);
    let public = &app.site.public_url;
    let cited = Place { number: Some(number), ..place.clone() };
    let asked = spec.map_or_else(|| wish.filters.clone(), |spec| spec.query.clone());
    let tables = facts.shown.resources.iter().map(|one| {
        let href = page.href(&chart_path(facts, &Place { table: one.name.clone(), ..place.clone() }));
        (Link { text: present::text(&page, &one.title), href }, one.name == resource.name)
    });
    ChartPage {
        dataset: Link {
            text: present::text(&page, &facts.shown.version.metadata.title),
            href: page
                .href(&with(&base_path(&facts.shown, place.number), &[("resource".to_owned(), resource.name.clone())])),
        },
        table: present::text(
            &page,
            if facts.shown.resources.len() > 1 { &resource.title } else { &facts.shown.version.metadata.title },
        ),
        tables: tables.collect(),
        older: facts.shown.is_older().then(|| OlderVersion {
            latest: u64::try_from(facts.shown.latest).unwrap_or(0),
            latest_href: page.href(&with(&chart_path(facts, &Place { number: None, ..place.clone() }), &parameters)),
        }),
        action: page.href(&own),
        kinds,
        x,
        y,
        series,
        filter: filter_form(&page, facts, &wish.typed, &wrongs, parameters.clone(), false),
        kept,
        clear_href: (chips.len() > 1).then(|| of(Query::default())),
        chips,
        picture,
        explore_href: page.href(&with(&facts.path(place.number, &place.table), &explore::write(&asked))),
        share_url: format!("{public}{}", page.href(&with(&own, &parameters))),
        citation: citation(app, &page, &facts.shown, &facts.owner),
        cited_url: format!("{public}{}", page.href(&with(&chart_path(facts, &cited), &parameters))),
        wrongs,
        page,
    }
}

/// The lists of what stands along x, what is drawn upwards, and by what it is told apart.
fn selects(
    page: &PageCtx,
    facts: &Facts,
    spec: &Spec,
    wrongs: &[Wrong],
) -> (Option<Select>, Option<Select>, Option<Select>) {
    let select =
        |name: &'static str, choices: Vec<Choice>| Select { choices, field: Field::new(name, "").checked(wrongs) };
    let choice = |value: String, text: String, chosen: bool| Choice { value, text, chosen };
    let names = offered_x(spec.kind, facts);
    let x = names.iter().map(|name| choice(name.clone(), group_text(page, facts, name), name == spec.x()));
    let x = select("x", x.collect());
    let nothing = choice(String::new(), page.t("chart-no-series"), spec.series().is_none());
    let by = |names: Vec<String>| {
        let choices = names.into_iter().filter(|name| name != spec.x());
        let choices = choices.map(|name| {
            let chosen = spec.series() == Some(name.as_str());
            let text = group_text(page, facts, &name);
            choice(name, text, chosen)
        });
        std::iter::once(nothing.clone()).chain(choices).collect::<Vec<_>>()
    };
    let all = || super::explore::groups(&facts.columns).collect::<Vec<_>>();
    match spec.kind {
        Kind::Histogram => (Some(x), None, None),
        Kind::Scatter => {
            let y = names.iter().map(|name| choice(name.clone(), title_of(page, facts, name), *name == spec.y()));
            let texts = facts.columns.iter().map(|column| column.key.clone()).filter(|key| !names.contains(key));
            (Some(x), Some(select("y", y.collect())), Some(select("series", by(texts.collect()))))
        }
        kind => {
            let asked = spec.measure();
            let mut measures = offered_y(kind, facts);
            if !measures.contains(&asked) {
                measures.push(asked.clone());
            }
            let y = measures
                .into_iter()
                .map(|measure| choice(measure.name(), measure_text(page, facts, &measure), measure == asked));
            let series = (kind != Kind::Pie).then(|| select("series", by(all())));
            (Some(x), Some(select("y", y.collect())), series)
        }
    }
}

/// The picture alone.
async fn send(req: &HttpRequest, app: &web::Data<App>, place: Place, ending: &str) -> Outcome {
    let pairs = query_pairs(req);
    pictures::send(req, app, &place, ending, FILE_WIDTH * DENSITY, |lang, path| {
        let (app, place) = (app.get_ref().clone(), place.clone());
        async move { painted(&app, lang, path, &place, &pairs).await }
    })
    .await
}

async fn painted(app: &App, lang: Lang, path: String, place: &Place, pairs: &[(String, String)]) -> Result<ChartFile> {
    let facts = Facts::of(app, place).await?;
    let wish = Wish::read(pairs, &facts, &reader_of(app, lang));
    if !wish.wrongs.is_empty() {
        return Err(Error::invalid_all(wish.wrongs));
    }
    let nothing = || Error::invalid(Problem::new("chart-nothing"));
    let spec = wish.spec.ok_or_else(nothing)?;
    let page = app.public_page(lang, path, Section::Datasets);
    let explorer = app.explorer(&facts.resource.table, facts.columns.clone()).await?;
    let made = figures::make(&page, &facts, &explorer, &spec).await?;
    if tell::is_empty(&made.figures) {
        return Err(nothing());
    }
    Ok(sheet(app, &page, place, &facts, &spec, &made))
}

/// The picture with all that a reader elsewhere must know.
fn sheet(app: &App, page: &PageCtx, place: &Place, facts: &Facts, spec: &Spec, made: &figures::Made) -> ChartFile {
    let drawing = tell::drawing(page, made, WIDTHS.0);
    let title = tell::title(page, facts, spec, made);
    let lead = tell::lead(page, made, &drawing, &filters(page, facts, &spec.query));
    let shown = &facts.shown;
    let citation = citation(app, page, shown, &facts.owner);
    let terms = terms(app, page, &shown.version.metadata);
    let published = page.date(page.day(shown.version.published_at.unwrap_or(Timestamp(0))));
    let source = page.texts.text(
        page.lang,
        "chart-source",
        &[
            ("agency", facts.owner.name(page.lang).0.into()),
            ("dataset", citation.title.as_str().into()),
            ("table", facts.resource.title.get(page.lang).0.into()),
            ("version", citation.version.into()),
            ("date", published.into()),
            ("terms", terms.text.text.as_str().into()),
            ("portal", citation.portal.as_str().into()),
        ],
    );
    let cited = Place { number: shown.version.number, ..place.clone() };
    let url = format!("{}{}", app.site.public_url, page.href(&with(&chart_path(facts, &cited), &spec.parameters())));
    let mut notes = made.notes.clone();
    notes.extend(page.site.illustration.as_ref().map(|words| page.both(words).to_owned()));
    let lines = |texts: &[String], size: f64, most: usize| -> Vec<String> {
        texts.iter().flat_map(|text| chart::wrap(text, WIDTHS.0, size, most)).collect()
    };
    let mut y = 14;
    let mut stand = |lines: Vec<String>, height: u32| -> Vec<(u32, String)> {
        lines
            .into_iter()
            .map(|line| {
                y += height;
                (y, line)
            })
            .collect()
    };
    let head = stand(lines(std::slice::from_ref(&title), 22.0, 3), 30);
    let lead = stand(lines(&[lead], 13.0, 3), 22);
    let top = lead.last().map_or(44, |last| last.0) + 22;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // pixels of a picture
    let foot_top = top + drawing.height.0.max(0.0) as u32 + 14;
    y = foot_top + 6;
    let mut stand = |lines: Vec<String>, height: u32| -> Vec<(u32, String)> {
        lines
            .into_iter()
            .map(|line| {
                y += height;
                (y, line)
            })
            .collect()
    };
    let mut texts = notes;
    texts.push(source);
    let mut foot = stand(lines(&texts, 11.5, 4), 18);
    foot.extend(stand(broken(&url, 128), 18));
    let height = foot.last().map_or(foot_top, |last| last.0) + 18;
    ChartFile {
        lang: page.lang.tag(),
        width: FILE_WIDTH,
        height,
        says: tell::says(page, made),
        title,
        head,
        lead,
        top,
        drawing,
        foot,
        foot_top,
    }
}

/// An address in pieces of a length: it has no blanks to break at. What is longer than three lines is its page without a query.
fn broken(url: &str, most: usize) -> Vec<String> {
    let whole: Vec<char> = url.chars().collect();
    if whole.len() > most * 3 {
        return broken(url.split('?').next().unwrap_or_default(), most.max(64));
    }
    whole.chunks(most).map(|piece| piece.iter().collect()).collect()
}
