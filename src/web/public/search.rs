//! Search: words, facets, sort, pages; every state is an address.

use actix_web::{HttpRequest, web};

use super::editorial as written;
use super::lists::{self, PAGE_SIZE};
use super::serve::page;
use super::view::editorial::ArticleEntry;
use super::view::search::{ResultRow, SearchHelp, SearchPage};
use crate::dataset::{self, Card};
use crate::discovery::{self, Answer, Facet as Kind, Query, Sort};
use crate::http::page::{Chip, Choice, Facet, FacetValue, Link, PageCtx, Pager, Piece, Section, Text, Timeliness};
use crate::http::{App, Outcome, address, count_search, note_search, present, query_pairs};
use crate::kernel::{Lang, PageRequest, Result, Timestamp};
use crate::platform::db::{Conn, run_blocking};
use crate::platform::markdown;
use crate::{agency, editorial, statistics};

/// Most guides and news that are shown with results.
const MOST_GUIDES: usize = 3;

/// What a reader asked for, as it stands in the address.
#[derive(Clone, Debug, Default)]
pub(super) struct Wish {
    q: String,
    exact: bool,
    chosen: Vec<(Kind, String)>,
    sort: String,
    page: Option<String>,
}

const SORTS: [(&str, Sort); 4] =
    [("relevance", Sort::Relevance), ("updated", Sort::Newest), ("used", Sort::Used), ("title", Sort::Title)];

impl Wish {
    /// Unknown parameters are passed over; each facet may be given several times.
    pub(super) fn read(pairs: Vec<(String, String)>) -> Self {
        let mut wish = Self::default();
        for (name, value) in pairs.into_iter().take(60) {
            let value: String = value.chars().filter(|c| !c.is_control()).take(200).collect();
            match name.as_str() {
                "q" => wish.q = value.trim().to_owned(),
                "exact" => wish.exact = value == "1",
                "sort" => wish.sort = value,
                "page" => wish.page = Some(value),
                name => {
                    if let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.code() == name)
                        && !value.is_empty()
                        && !wish.chosen.contains(&(kind, value.clone()))
                    {
                        wish.chosen.push((kind, value));
                    }
                }
            }
        }
        wish
    }

    /// What was typed.
    pub(super) fn text(&self) -> &str {
        &self.q
    }

    /// What was searched for where nothing narrows the search: no filter, no wish for the very words, no further page.
    fn whole(&self) -> Option<&str> {
        let first = self.page.as_deref().is_none_or(|page| page == "1");
        let whole = !self.q.is_empty() && !self.exact && self.chosen.is_empty() && first;
        whole.then_some(self.q.as_str())
    }

    /// The address of the feed of what it finds, which has an order of its own.
    pub(super) fn feed(&self) -> String {
        let wish = Self { sort: String::new(), ..self.clone() };
        wish.canonical(1).replacen("/dataset", "/dataset/feed.atom", 1)
    }

    fn sort(&self) -> Sort {
        SORTS.iter().find(|(code, _)| *code == self.sort).map_or(Sort::Relevance, |(_, sort)| *sort)
    }

    fn values(&self, kind: Kind) -> Vec<String> {
        self.chosen.iter().filter(|(of, _)| *of == kind).map(|(_, value)| value.clone()).collect()
    }

    fn has(&self, kind: Kind, value: &str) -> bool {
        self.chosen.iter().any(|(of, known)| *of == kind && known == value)
    }

    /// The address of the same wish with one value of a facet put in or taken out.
    fn toggled(&self, kind: Kind, value: &str) -> Self {
        let mut wish = self.clone();
        wish.page = None;
        if self.has(kind, value) {
            wish.chosen.retain(|(of, known)| !(*of == kind && known == value));
        } else {
            wish.chosen.push((kind, value.to_owned()));
        }
        wish
    }

    fn pairs(&self) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        if !self.q.is_empty() {
            pairs.push(("q".to_owned(), self.q.clone()));
        }
        if self.exact {
            pairs.push(("exact".to_owned(), "1".to_owned()));
        }
        pairs.extend(self.chosen.iter().map(|(kind, value)| (kind.code().to_owned(), value.clone())));
        if !self.sort.is_empty() {
            pairs.push(("sort".to_owned(), self.sort.clone()));
        }
        pairs
    }

    /// The one address of what is shown: the same parameters in the same order however they came, and none without a meaning.
    pub(super) fn canonical(&self, page: u64) -> String {
        let mut wish = self.clone();
        let rank = |kind: &Kind| Kind::ALL.iter().position(|one| one == kind);
        wish.chosen.sort_by(|(a, x), (b, y)| rank(a).cmp(&rank(b)).then_with(|| x.cmp(y)));
        if wish.sort() == Sort::Relevance {
            wish.sort.clear();
        }
        let mut pairs = wish.pairs();
        if page > 1 {
            pairs.push(("page".to_owned(), page.to_string()));
        }
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        address("/dataset", &pairs)
    }

    fn path(&self) -> String {
        let pairs = self.pairs();
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        address("/dataset", &pairs)
    }
}

/// GET /dataset
pub async fn show(req: HttpRequest, app: web::Data<App>) -> Outcome {
    let wish = Wish::read(query_pairs(&req));
    let answer = page(&req, &app, |lang, path| {
        let (app, wish) = (app.get_ref().clone(), wish.clone());
        async move { run_blocking(move || draw(&app, lang, path, &wish)).await }
    })
    .await?;
    if let Some(text) = wish.whole() {
        count_search(&req, &app, text);
    }
    Ok(answer)
}

fn draw(app: &App, lang: Lang, path: String, wish: &Wish) -> Result<SearchPage> {
    let mut page = app.public_page(lang, path, Section::Datasets);
    let mut request = PageRequest::new(wish.page.as_deref(), PAGE_SIZE);
    // Results of a search are not worth keeping to search engines; the plain list is.
    page.indexed = wish.q.is_empty() && wish.chosen.is_empty();
    let search = |request| {
        let answer = app.parts.index.ready().then(|| app.parts.index.search(&query(app, wish, request, lang)))?;
        answer
            .inspect_err(|error| tracing::warn!(%error, "the index does not answer; the list comes from the database"))
            .ok()
    };
    let mut found = search(request);
    if let (Some(answer), Some(text)) = (&found, wish.whole()) {
        note_search(app, text, answer.total);
    }
    if let Some(last) = found.as_ref().map(|answer| request.within(answer.total)).filter(|last| *last != request) {
        request = last;
        found = search(request);
    }
    app.db().read(|conn| match found {
        Some(answer) => with_index(conn, app, page, wish, request, &answer),
        None => without_index(conn, app, page, wish, request),
    })
}

/// The ids of what a wish finds, newest first.
pub(super) fn newest(conn: &mut Conn, app: &App, wish: &Wish, lang: Lang, most: u64) -> Result<Vec<String>> {
    let request = PageRequest::new(None, most);
    if app.parts.index.ready() {
        let query = Query { sort: Sort::Newest, ..query(app, wish, request, lang) };
        return Ok(app.parts.index.search(&query)?.hits.into_iter().map(|hit| hit.id).collect());
    }
    Ok(dataset::search_ids(conn, &wish.q, request)?.0)
}

fn query(app: &App, wish: &Wish, request: PageRequest, lang: Lang) -> Query {
    let mut query = Query::new(wish.q.clone(), request, lang, days(app.today()));
    query.exact = wish.exact;
    query.sort = wish.sort();
    query.topics = wish.values(Kind::Topic);
    query.agencies = wish.values(Kind::Agency);
    query.formats = wish.values(Kind::Format);
    query.frequencies = wish.values(Kind::Frequency);
    query.timeliness =
        wish.values(Kind::Timeliness).iter().filter_map(|code| discovery::Timeliness::from_code(code)).collect();
    query
}

fn days(date: chrono::NaiveDate) -> i32 {
    date.signed_duration_since(chrono::NaiveDate::default()).num_days().try_into().unwrap_or(i32::MAX)
}

fn with_index(
    conn: &mut Conn,
    app: &App,
    page: PageCtx,
    wish: &Wish,
    request: PageRequest,
    answer: &Answer,
) -> Result<SearchPage> {
    let ids: Vec<String> = answer.hits.iter().map(|hit| hit.id.clone()).collect();
    let cards = dataset::cards(conn, &ids)?;
    let used = statistics::totals(conn, &ids, &lists::usage_since(app))?;
    let pieces = |pieces: &[discovery::Piece]| {
        pieces.iter().map(|piece| Piece { text: piece.text.clone(), matched: piece.matched }).collect::<Vec<_>>()
    };
    let mut results = Vec::new();
    for hit in &answer.hits {
        let Some(card) = cards.iter().find(|card| card.dataset.id.as_str() == hit.id) else { continue };
        let words = RowWords {
            title: pieces(&hit.title),
            title_lang: hit.title_lang,
            snippet: pieces(&hit.snippet),
            snippet_lang: hit.snippet_lang,
            columns: hit
                .matched_columns
                .iter()
                .map(|column| vec![Piece { text: column.clone(), matched: false }])
                .collect(),
        };
        results.push(result(app, &page, card, words, used.get(&hit.id).copied().unwrap_or_default().downloads));
    }
    let names = names(conn, app, &page)?;
    let timeliness: Vec<(String, u64)> =
        answer.facets.timeliness.iter().map(|(state, count)| (state.code().to_owned(), *count)).collect();
    let counted = [
        (Kind::Topic, &answer.facets.topics),
        (Kind::Agency, &answer.facets.agencies),
        (Kind::Timeliness, &timeliness),
        (Kind::Format, &answer.facets.formats),
        (Kind::Frequency, &answer.facets.frequencies),
    ];
    let facets = counted
        .into_iter()
        .filter(|(_, values)| !values.is_empty())
        .map(|(kind, values)| Facet {
            name: kind.code(),
            title: page.t(&format!("facet-{}", kind.code())),
            open: kind != Kind::Frequency || !wish.values(kind).is_empty(),
            values: values
                .iter()
                .map(|(value, count)| FacetValue {
                    text: names.name(kind, value),
                    count: *count,
                    href: page.href(&wish.toggled(kind, value).path()),
                    chosen: wish.has(kind, value),
                    timeliness: if kind == Kind::Timeliness { grain(value) } else { None },
                })
                .collect(),
        })
        .collect();
    // Also where something holds a part of what was typed: a slip of the pen is told.
    let similar = answer
        .suggestions
        .did_you_mean
        .iter()
        .map(|words| Link::new(words.clone(), page.href(&Wish { q: words.clone(), ..Wish::default() }.path())))
        .collect();
    let mut help = SearchHelp { similar, ..SearchHelp::default() };
    if answer.total == 0 {
        for without in &answer.suggestions.without_filter {
            let mut other = wish.clone();
            other.chosen.retain(|(kind, _)| *kind != without.filter);
            let shown: Vec<String> =
                without.values.iter().map(|value| names.name(without.filter, value).text).collect();
            let chip = Chip {
                facet: page.t(&format!("facet-{}", without.filter.code())),
                text: Text::new(shown.join(", ")),
                href: page.href(&other.path()),
            };
            help.without.push((chip, without.count));
        }
        help.topics = answer
            .suggestions
            .topics
            .iter()
            .map(|(code, count)| {
                (Link { text: names.name(Kind::Topic, code), href: page.href(&format!("/topic/{code}")) }, *count)
            })
            .collect();
    }
    let guides = guides(conn, app, &page, wish, request)?;
    let exact_href = (!answer.also.is_empty() && !wish.exact)
        .then(|| page.href(&Wish { exact: true, page: None, ..wish.clone() }.path()));
    Ok(assemble(
        page,
        wish,
        request,
        answer.total,
        facets,
        &names,
        results,
        Extras { also: answer.also.clone(), exact_href, relaxed: answer.relaxed, without_index: false, help, guides },
    ))
}

fn without_index(conn: &mut Conn, app: &App, page: PageCtx, wish: &Wish, request: PageRequest) -> Result<SearchPage> {
    let (mut ids, total) = dataset::search_ids(conn, &wish.q, request)?;
    let last = request.within(total);
    if last != request {
        (ids, _) = dataset::search_ids(conn, &wish.q, last)?;
    }
    let used = statistics::totals(conn, &ids, &lists::usage_since(app))?;
    let results = dataset::cards(conn, &ids)?
        .iter()
        .map(|card| {
            let words = RowWords::unmatched(&page, card);
            result(app, &page, card, words, used.get(card.dataset.id.as_str()).copied().unwrap_or_default().downloads)
        })
        .collect();
    let guides = guides(conn, app, &page, wish, last)?;
    let names = names(conn, app, &page)?;
    let plain = Wish { chosen: Vec::new(), ..wish.clone() };
    Ok(assemble(
        page,
        &plain,
        last,
        total,
        Vec::new(),
        &names,
        results,
        Extras { without_index: true, guides, ..Extras::default() },
    ))
}

#[derive(Default)]
struct Extras {
    also: Vec<String>,
    exact_href: Option<String>,
    relaxed: bool,
    without_index: bool,
    help: SearchHelp,
    guides: Vec<ArticleEntry>,
}

/// Guides and news about what was typed, above the first page of results.
fn guides(conn: &mut Conn, app: &App, page: &PageCtx, wish: &Wish, request: PageRequest) -> Result<Vec<ArticleEntry>> {
    if request.number > 1 || !wish.chosen.is_empty() {
        return Ok(Vec::new());
    }
    let found = editorial::about(conn, app.profile(), &wish.q, MOST_GUIDES)?;
    Ok(found.iter().map(|found| written::entry(page, found)).collect())
}

#[allow(clippy::too_many_arguments, reason = "the parts of one page, each used once")]
fn assemble(
    mut page: PageCtx,
    wish: &Wish,
    request: PageRequest,
    total: u64,
    facets: Vec<Facet>,
    names: &Names,
    results: Vec<ResultRow>,
    extras: Extras,
) -> SearchPage {
    page.canonical = Some(wish.canonical(request.number));
    let chips = wish
        .chosen
        .iter()
        .map(|(kind, value)| Chip {
            facet: page.t(&format!("facet-{}", kind.code())),
            text: names.name(*kind, value),
            href: page.href(&wish.toggled(*kind, value).path()),
        })
        .collect();
    // Where nothing was typed nothing can match best: the newest come first.
    let typed = !wish.q.is_empty();
    let order = if typed || wish.sort() != Sort::Relevance { wish.sort() } else { Sort::Newest };
    let sorts = SORTS
        .iter()
        .filter(|(_, sort)| typed || *sort != Sort::Relevance)
        .map(|(code, sort)| Choice {
            value: (*code).to_owned(),
            text: page.t(&format!("sort-{code}")),
            chosen: *sort == order,
        })
        .collect();
    let kept = wish.pairs().into_iter().filter(|(name, _)| name != "sort" && name != "q").collect();
    let clear = Wish { chosen: Vec::new(), page: None, ..wish.clone() };
    SearchPage {
        ask_href: page.href(&address("/yeu-cau-du-lieu/moi", &[("q", &wish.q)])),
        query: wish.q.clone(),
        total,
        facets,
        chips,
        clear_href: page.href(&clear.path()),
        sorts,
        kept,
        results,
        pager: Pager::new(request.number, total.div_ceil(PAGE_SIZE), page.href(&wish.path())),
        also: extras.also,
        exact_href: extras.exact_href,
        relaxed: extras.relaxed,
        without_index: extras.without_index,
        help: extras.help,
        guides: extras.guides,
        feed_href: page.href(&wish.feed()),
        page,
    }
}

/// The words of a result: as the index found them, or as they stand in the database.
struct RowWords {
    title: Vec<Piece>,
    title_lang: Lang,
    snippet: Vec<Piece>,
    snippet_lang: Lang,
    columns: Vec<Vec<Piece>>,
}

impl RowWords {
    fn unmatched(page: &PageCtx, card: &Card) -> Self {
        let (title, title_lang) = card.metadata.title.get(page.lang);
        let (description, snippet_lang) = card.metadata.description.get(page.lang);
        let plain = |text: &str| vec![Piece { text: text.to_owned(), matched: false }];
        let snippet = plain(&crate::kernel::text::truncate(&markdown::to_text(description), 220));
        Self { title: plain(title), title_lang, snippet, snippet_lang, columns: Vec::new() }
    }
}

fn result(app: &App, page: &PageCtx, card: &Card, words: RowWords, downloads: u64) -> ResultRow {
    let updated = Timestamp(card.dataset.updated_at.unwrap_or(0));
    ResultRow {
        title: words.title,
        title_lang: (words.title_lang != page.lang).then_some(words.title_lang),
        href: page.href(&format!("/dataset/{}", card.dataset.slug)),
        snippet: words.snippet,
        snippet_lang: (words.snippet_lang != page.lang).then_some(words.snippet_lang),
        columns: words.columns,
        agency: present::text(page, &card.agency),
        freshness: present::freshness(app.profile(), card.dataset.counted(), app.today()),
        published: page.day(updated),
        rows: card.rows,
        downloads,
        formats: app.profile().everywhere().map(|format| format.name.get(page.lang).0.to_owned()).collect(),
    }
}

fn grain(code: &str) -> Option<Timeliness> {
    match discovery::Timeliness::from_code(code)? {
        discovery::Timeliness::OnTime => Some(Timeliness::OnTime),
        discovery::Timeliness::DueSoon => Some(Timeliness::Soon),
        discovery::Timeliness::Late => Some(Timeliness::Late),
    }
}

/// What codes are called.
struct Names {
    lang: Lang,
    named: Vec<(Kind, String, Text)>,
}

impl Names {
    fn name(&self, kind: Kind, code: &str) -> Text {
        self.named
            .iter()
            .find(|(of, known, _)| *of == kind && known == code)
            .map_or_else(|| Text::of(code, Lang::Vi, self.lang), |(_, _, text)| text.clone())
    }
}

fn names(conn: &mut Conn, app: &App, page: &PageCtx) -> Result<Names> {
    let profile = app.profile();
    let mut named = Vec::new();
    for topic in &profile.topics {
        named.push((Kind::Topic, topic.code.clone(), present::text(page, &topic.name)));
    }
    for format in profile.everywhere() {
        named.push((Kind::Format, format.code.clone(), present::text(page, &format.name)));
    }
    for frequency in &profile.frequencies {
        named.push((Kind::Frequency, frequency.code.clone(), present::text(page, &frequency.name)));
    }
    for agency in agency::all(conn)? {
        named.push((Kind::Agency, agency.slug.clone(), present::text(page, &agency.names())));
    }
    for state in discovery::Timeliness::ALL {
        let text = grain(state.code()).map_or_else(String::new, |grain| page.t(grain.text_id()));
        named.push((Kind::Timeliness, state.code().to_owned(), Text::new(text)));
    }
    Ok(Names { lang: page.lang, named })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_list_has_one_address_however_it_was_asked_for() {
        let wish = |query: &[(&str, &str)]| {
            Wish::read(query.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
        };
        let asked =
            wish(&[("page", "2"), ("format", "csv"), ("topic", "y-te"), ("sort", "title"), ("x", "1"), ("q", "so")]);
        assert_eq!(asked.canonical(2), "/dataset?q=so&topic=y-te&format=csv&sort=title&page=2");
        assert_eq!(asked.canonical(1), "/dataset?q=so&topic=y-te&format=csv&sort=title");
        assert_eq!(asked.feed(), "/dataset/feed.atom?q=so&topic=y-te&format=csv");
        assert_eq!(wish(&[("sort", "relevance")]).canonical(3), "/dataset?page=3");
    }
}
