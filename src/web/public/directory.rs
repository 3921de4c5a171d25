//! Agencies and topics.

use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use super::lists::{self, PAGE_SIZE, crumbs};
use super::serve::page;
use super::subscriptions;
use super::view::agency::{AgenciesPage, AgencyPage, Focal, Former};
use super::view::home::AgencyGrains;
use super::view::topic::{TopicEntry, TopicPage, TopicsPage};
use crate::agency;
use crate::http::page::{Link, Pager, Section, Share, Text};
use crate::http::{App, Outcome, address, lang_of, present, query_of};
use crate::kernel::{Error, Lang, PageRequest, Result, day_of};
use crate::people;
use crate::platform::db::Conn;

#[derive(Deserialize)]
struct Paging {
    page: Option<String>,
}

/// Which page of an agency's datasets, in which order.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct Order {
    page: Option<String>,
    sort: String,
}

impl Order {
    /// Whether what is due first comes first; else what was published last.
    fn by_due(&self) -> bool {
        self.sort == "due"
    }
}

/// Runs a drawing of a page with a connection.
macro_rules! drawn {
    ($req:expr, $app:expr, |$conn:ident, $state:ident, $lang:ident| $body:expr) => {
        page(&$req, &$app, |$lang, _| {
            let $state = $app.get_ref().clone();
            async move {
                let db = $state.db().clone();
                db.read_async(move |$conn| $body).await
            }
        })
        .await
    };
}

/// GET /organization
pub async fn agencies(req: HttpRequest, app: web::Data<App>) -> Outcome {
    drawn!(req, app, |conn, app, lang| draw_agencies(conn, &app, lang))
}

/// GET /organization/{slug}
pub async fn agency(req: HttpRequest, app: web::Data<App>, slug: web::Path<String>) -> Outcome {
    let order: Order = query_of(&req)?;
    let slug = slug.into_inner();
    // Asked before the pages that are kept: a body is over from one day to the next.
    let (asked, today) = (slug.clone(), app.today().to_string());
    let moved = app.db().read_async(move |conn| people::move_of(conn, &asked, &today)).await?;
    if let Some(successor) = moved {
        let page = app.public_page(lang_of(&req), "/organization", Section::Agencies);
        return Ok(moved_to(&page.href(&format!("/organization/{successor}"))));
    }
    drawn!(req, app, |conn, app, lang| draw_agency(conn, &app, lang, &slug, &order))
}

/// GET /topic
pub async fn topics(req: HttpRequest, app: web::Data<App>) -> Outcome {
    drawn!(req, app, |conn, app, lang| draw_topics(conn, &app, lang))
}

/// GET /topic/{slug}
pub async fn topic(req: HttpRequest, app: web::Data<App>, slug: web::Path<String>) -> Outcome {
    let number = query_of::<Paging>(&req)?.page;
    let slug = slug.into_inner();
    drawn!(req, app, |conn, app, lang| draw_topic(conn, &app, lang, &slug, number.as_deref()))
}

/// Sends readers, and whoever has kept the address, on for good.
fn moved_to(address: &str) -> HttpResponse {
    let location = HeaderValue::from_str(address).unwrap_or_else(|_| HeaderValue::from_static("/"));
    HttpResponse::MovedPermanently()
        .insert_header((header::LOCATION, location))
        .insert_header((header::CACHE_CONTROL, "public, no-cache"))
        .finish()
}

fn draw_agencies(conn: &mut Conn, app: &App, lang: Lang) -> Result<AgenciesPage> {
    let page = app.public_page(lang, "/organization", Section::Agencies);
    let standings = lists::standings(conn, app)?;
    let today = app.today().to_string();
    let agencies = agency::all(conn)?
        .into_iter()
        // Whose address leads on to a successor has no page to be listed for.
        .filter(|agency| !(agency.is_over(&today) && agency.successor_id.is_some()))
        .map(|agency| AgencyGrains {
            name: present::text(&page, &agency.names()),
            href: page.href(&format!("/organization/{}", agency.slug)),
            grains: lists::grains(
                standings.iter().filter(|(standing, _)| standing.agency_id == agency.id).map(|(_, state)| state),
            ),
        })
        .collect();
    Ok(AgenciesPage { freshness: lists::grains(standings.iter().map(|(_, state)| state)), agencies, page })
}

fn draw_agency(conn: &mut Conn, app: &App, lang: Lang, slug: &str, order: &Order) -> Result<AgencyPage> {
    let agency = agency::by_slug(conn, slug)?.ok_or_else(Error::not_found)?;
    let path = format!("/organization/{slug}");
    let all = lists::standings(conn, app)?;
    let mut own: Vec<_> = all.iter().filter(|(standing, _)| standing.agency_id == agency.id).collect();
    if order.by_due() {
        // What owes nothing comes last.
        own.sort_by_cached_key(|(standing, _)| {
            let due = standing.counted().timeliness(app.profile(), app.today()).due;
            (due.is_none(), due)
        });
    }
    let total = own.len() as u64;
    let request = PageRequest::new(order.page.as_deref(), PAGE_SIZE).within(total);
    let mut page = app.public_page(lang, path.clone(), Section::Agencies);
    let base = if order.by_due() { format!("{path}?sort=due") } else { path.clone() };
    page.path = base.clone();
    if request.number > 1 {
        page.path =
            address(&path, &[("sort", if order.by_due() { "due" } else { "" }), ("page", &request.number.to_string())]);
    }
    // The same datasets in another order are no other page.
    page.canonical = Some(match request.number {
        number if number > 1 && !order.by_due() => page.path.clone(),
        _ => path.clone(),
    });
    let datasets = lists::rows(conn, app, &page, &lists::slice(&own, request))?;
    let name = present::text(&page, &agency.names());
    let description = page.t2("agency-description", "agency", &name.text, "count", total);
    page.share = Some(Share { title: name.text, description, picture: None });
    page.linked =
        vec![crumbs(&page, Some((page.t("nav-agencies"), "/organization".into())), &path, agency.name(lang).0)];
    let successor = match &agency.successor_id {
        Some(id) => agency::by_id(conn, id)?,
        None => None,
    };
    let today = app.today().to_string();
    let predecessors = agency::predecessors(conn, &agency.id, &today)?;
    let owners = std::iter::once(&agency).chain(&predecessors).map(|owner| ("agency", owner.slug.as_str()));
    let search_href = page.href(&address("/dataset", &owners.collect::<Vec<_>>()));
    // Posted where the profile says that contacts are.
    let focal_points = if app.profile().focal.public.value {
        people::active_focal_points(conn, &agency.id)?
            .into_iter()
            .map(|point| Focal {
                kind: page.code("focal-kind", &point.kind),
                name: point.person_name,
                position: point.position,
                telephone: point.phone,
                mail: point.email,
            })
            .collect()
    } else {
        Vec::new()
    };
    Ok(AgencyPage {
        name: present::text(&page, &agency.names()),
        description: None,
        website: None,
        mail: agency.email.clone(),
        telephone: agency.phone.clone(),
        successor: successor.map(|next| Link {
            text: present::text(&page, &next.names()),
            href: page.href(&format!("/organization/{}", next.slug)),
        }),
        ended: agency.valid_to.as_deref().filter(|last| *last < today.as_str()).and_then(day_of),
        predecessors: predecessors
            .iter()
            .map(|other| Former {
                name: present::text(&page, &other.names()),
                href: page.href(&format!("/dataset?agency={}", other.slug)),
                until: other.valid_to.as_deref().and_then(day_of),
            })
            .collect(),
        focal_points,
        freshness: lists::grains(own.iter().map(|(_, state)| state)),
        total,
        datasets,
        orders: [
            ("agency-order-newest", path.as_str(), false),
            ("agency-order-due", &format!("{path}?sort=due"), true),
        ]
        .into_iter()
        .map(|(id, to, by_due)| (page.t(id), page.href(to), by_due == order.by_due()))
        .collect(),
        pager: Pager::new(request.number, total.div_ceil(PAGE_SIZE), page.href(&base)),
        search_href,
        feed_href: page.href(&format!("{path}/feed.atom")),
        follow_href: page.href(&subscriptions::path_of("agency", &agency.slug)),
        page,
    })
}

fn draw_topics(conn: &mut Conn, app: &App, lang: Lang) -> Result<TopicsPage> {
    let page = app.public_page(lang, "/topic", Section::Topics);
    let standings = lists::standings(conn, app)?;
    let topics = app
        .profile()
        .topics
        .iter()
        .map(|topic| {
            let count = standings.iter().filter(|(standing, _)| standing.topic == topic.code).count() as u64;
            TopicEntry { topic: lists::topic_link(&page, topic, count), description: None }
        })
        .collect();
    Ok(TopicsPage { topics, page })
}

fn draw_topic(conn: &mut Conn, app: &App, lang: Lang, code: &str, number: Option<&str>) -> Result<TopicPage> {
    let topic = app.profile().topic(code).ok_or_else(Error::not_found)?;
    let path = format!("/topic/{code}");
    let all = lists::standings(conn, app)?;
    let own: Vec<_> = all.iter().filter(|(standing, _)| standing.topic == code).collect();
    let total = own.len() as u64;
    let request = PageRequest::new(number, PAGE_SIZE).within(total);
    let mut page = app.public_page(lang, path.clone(), Section::Topics);
    if request.number > 1 {
        page.path = format!("{path}?page={}", request.number);
        page.canonical = Some(page.path.clone());
    }
    let (name, got) = topic.name.get(lang);
    let description = page.t2("topic-description", "topic", name, "count", total);
    page.share = Some(Share { title: name.to_owned(), description, picture: None });
    page.linked = vec![crumbs(&page, Some((page.t("nav-topics"), "/topic".into())), &path, name)];
    Ok(TopicPage {
        name: Text::of(name, got, lang),
        icon: topic.icon.strip_prefix("t-").unwrap_or(&topic.icon).to_owned(),
        description: None,
        freshness: lists::grains(own.iter().map(|(_, state)| state)),
        total,
        datasets: lists::rows(conn, app, &page, &lists::slice(&own, request))?,
        pager: Pager::new(request.number, total.div_ceil(PAGE_SIZE), page.href(&path)),
        search_href: page.href(&format!("/dataset?topic={code}")),
        feed_href: page.href(&format!("{path}/feed.atom")),
        follow_href: page.href(&subscriptions::path_of("topic", code)),
        page,
    })
}
