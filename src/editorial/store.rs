//! The tables of pages and their revisions.

use diesel::dsl::count_star;
use diesel::prelude::*;

use super::model::{Article, Kind, Published, Revision, State, Words};
use crate::kernel::id::{AccountId, ArticleId};
use crate::kernel::slug::is_slug;
use crate::kernel::{Error, Localized, Page, PageRequest, Result, Timestamp};
use crate::platform::db::{Conn, Tx};
use crate::schema::{account, article, article_revision};

/// Writes a new page; it keeps the id.
pub(super) fn insert(tx: &mut Tx<'_>, id: &ArticleId, new: &Article) -> Result<()> {
    let at = tx.ctx().at.0;
    let published = (new.revision > 0).then_some(at);
    diesel::insert_into(article::table)
        .values((
            article::id.eq(id),
            article::slug.eq(&new.slug),
            article::kind.eq(new.kind.code()),
            article::state.eq(new.state.code()),
            article::position.eq(new.position),
            article::title_vi.eq(&new.words.title.vi),
            article::title_en.eq(new.words.title.en.as_ref()),
            article::body_vi.eq(&new.words.body.vi),
            article::body_en.eq(new.words.body.en.as_ref()),
            article::revision.eq(new.revision),
            article::changed_at.eq(at),
            article::published_at.eq(published),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Writes what is being written.
pub(super) fn set_words(tx: &mut Tx<'_>, id: &ArticleId, words: &Words) -> Result<()> {
    let at = tx.ctx().at.0;
    diesel::update(article::table.find(id))
        .set((
            article::title_vi.eq(&words.title.vi),
            article::title_en.eq(words.title.en.as_ref()),
            article::body_vi.eq(&words.body.vi),
            article::body_en.eq(words.body.en.as_ref()),
            article::changed_at.eq(at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Puts a page in its place.
pub(super) fn set_position(tx: &mut Tx<'_>, id: &ArticleId, position: i32) -> Result<()> {
    let at = tx.ctx().at.0;
    diesel::update(article::table.find(id))
        .set((article::position.eq(position), article::changed_at.eq(at)))
        .execute(tx.conn())?;
    Ok(())
}

/// Keeps a revision; `by` is none for the text that came with the program.
pub(super) fn add_revision(
    tx: &mut Tx<'_>,
    id: &ArticleId,
    number: i32,
    words: &Words,
    by: Option<&AccountId>,
) -> Result<()> {
    let at = tx.ctx().at.0;
    diesel::insert_into(article_revision::table)
        .values((
            article_revision::article_id.eq(id),
            article_revision::number.eq(number),
            article_revision::title_vi.eq(&words.title.vi),
            article_revision::title_en.eq(words.title.en.as_ref()),
            article_revision::body_vi.eq(&words.body.vi),
            article_revision::body_en.eq(words.body.en.as_ref()),
            article_revision::account_id.eq(by),
            article_revision::at.eq(at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Says that the public sees a revision; the day of the first one stays.
pub(super) fn set_published(tx: &mut Tx<'_>, id: &ArticleId, number: i32) -> Result<()> {
    let (at, nothing) = (tx.ctx().at.0, None::<String>);
    let first: Option<i64> = article::table.find(id).select(article::published_at).first(tx.conn())?;
    diesel::update(article::table.find(id))
        .set((
            article::state.eq(State::Published.code()),
            article::revision.eq(number),
            article::published_at.eq(first.unwrap_or(at)),
            article::changed_at.eq(at),
            article::withdrawn_at.eq(None::<i64>),
            article::withdrawn_reason_vi.eq(&nothing),
            article::withdrawn_reason_en.eq(&nothing),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Says that a page was withdrawn, and why.
pub(super) fn set_withdrawn(tx: &mut Tx<'_>, id: &ArticleId, reason: &Localized) -> Result<()> {
    let at = tx.ctx().at.0;
    diesel::update(article::table.find(id))
        .set((
            article::state.eq(State::Withdrawn.code()),
            article::changed_at.eq(at),
            article::withdrawn_at.eq(at),
            article::withdrawn_reason_vi.eq(&reason.vi),
            article::withdrawn_reason_en.eq(reason.en.as_ref()),
        ))
        .execute(tx.conn())?;
    Ok(())
}

type Text = (String, Option<String>, String, Option<String>);

fn words((title_vi, title_en, body_vi, body_en): Text) -> Words {
    Words { title: Localized { vi: title_vi, en: title_en }, body: Localized { vi: body_vi, en: body_en } }
}

fn kind_of(code: &str) -> Result<Kind> {
    Kind::from_code(code).ok_or_else(|| Error::internal("a page of no kind"))
}

type Row = (ArticleId, String, String, String, i32, Text, i32, i64, (Option<i64>, Option<String>, Option<String>));

macro_rules! columns {
    () => {
        (
            article::id,
            article::slug,
            article::kind,
            article::state,
            article::position,
            (article::title_vi, article::title_en, article::body_vi, article::body_en),
            article::revision,
            article::changed_at,
            (article::withdrawn_at, article::withdrawn_reason_vi, article::withdrawn_reason_en),
        )
    };
}

fn to_article(row: Row) -> Result<Article> {
    let (id, slug, kind, state, position, text, revision, changed, (withdrawn_at, vi, en)) = row;
    Ok(Article {
        id: Some(id),
        slug,
        kind: kind_of(&kind)?,
        state: State::from_code(&state).ok_or_else(|| Error::internal("a page in no state"))?,
        position,
        words: words(text),
        revision,
        changed_at: Some(Timestamp(changed)),
        withdrawn: withdrawn_at.zip(vi).map(|(at, vi)| (Timestamp(at), Localized { vi, en })),
    })
}

/// The page of a slug.
pub(super) fn by_slug(conn: &mut Conn, slug: &str) -> Result<Option<Article>> {
    if !is_slug(slug) {
        return Ok(None);
    }
    let found: Option<Row> = article::table.filter(article::slug.eq(slug)).select(columns!()).first(conn).optional()?;
    found.map(to_article).transpose()
}

/// Every page of some kinds, by place and title.
pub(super) fn of_kinds(conn: &mut Conn, kinds: &[Kind]) -> Result<Vec<Article>> {
    let rows: Vec<Row> = article::table
        .filter(article::kind.eq_any(kinds.iter().map(|kind| kind.code())))
        .order((article::position.asc(), article::title_vi.asc()))
        .select(columns!())
        .load(conn)?;
    rows.into_iter().map(to_article).collect()
}

/// A page of the list of news, last written first.
pub(super) fn news_in_hand(conn: &mut Conn, request: PageRequest) -> Result<Page<Article>> {
    let of = article::table.filter(article::kind.eq(Kind::News.code()));
    let total: i64 = of.select(count_star()).first(conn)?;
    let total = u64::try_from(total).unwrap_or(0);
    let request = request.within(total);
    let rows: Vec<Row> = of
        .order((article::changed_at.desc(), article::id.desc()))
        .offset(i64::try_from(request.offset()).unwrap_or(i64::MAX))
        .limit(i64::try_from(request.size).unwrap_or(i64::MAX))
        .select(columns!())
        .load(conn)?;
    Ok(Page { items: rows.into_iter().map(to_article).collect::<Result<_>>()?, total, request })
}

type PublicRow = (String, String, i32, Text, i32, Option<i64>, (i64, Option<AccountId>));

macro_rules! published {
    () => {
        article::table
            .inner_join(
                article_revision::table.on(article_revision::article_id
                    .eq(article::id)
                    .and(article_revision::number.eq(article::revision))),
            )
            .filter(article::state.eq(State::Published.code()))
            .select((
                article::slug,
                article::kind,
                article::position,
                (
                    article_revision::title_vi,
                    article_revision::title_en,
                    article_revision::body_vi,
                    article_revision::body_en,
                ),
                article::revision,
                article::published_at,
                (article_revision::at, article_revision::account_id),
            ))
    };
}

fn to_published(row: PublicRow) -> Result<Published> {
    let (slug, kind, position, text, revision, first, (at, by)) = row;
    Ok(Published {
        slug,
        kind: kind_of(&kind)?,
        position,
        words: words(text),
        revision,
        // The text that came with the program has no day of its own.
        dates: first.filter(|_| by.is_some()).map(|first| (Timestamp(first), Timestamp(at))),
    })
}

/// What the public sees under a slug.
pub(super) fn published(conn: &mut Conn, slug: &str) -> Result<Option<Published>> {
    let found: Option<PublicRow> = published!().filter(article::slug.eq(slug)).first(conn).optional()?;
    found.map(to_published).transpose()
}

/// The guides that the public sees.
pub(super) fn published_guides(conn: &mut Conn) -> Result<Vec<Published>> {
    let rows: Vec<PublicRow> = published!().filter(article::kind.eq(Kind::Guide.code())).load(conn)?;
    rows.into_iter().map(to_published).collect()
}

/// A page of the news that the public sees, newest first.
pub(super) fn published_news(conn: &mut Conn, request: PageRequest) -> Result<Page<Published>> {
    let total: i64 = article::table
        .filter(article::kind.eq(Kind::News.code()))
        .filter(article::state.eq(State::Published.code()))
        .select(count_star())
        .first(conn)?;
    let total = u64::try_from(total).unwrap_or(0);
    let request = request.within(total);
    let rows: Vec<PublicRow> = published!()
        .filter(article::kind.eq(Kind::News.code()))
        .order((article::published_at.desc(), article::id.desc()))
        .offset(i64::try_from(request.offset()).unwrap_or(i64::MAX))
        .limit(i64::try_from(request.size).unwrap_or(i64::MAX))
        .load(conn)?;
    Ok(Page { items: rows.into_iter().map(to_published).collect::<Result<_>>()?, total, request })
}

/// The revisions of a page, newest first.
pub(super) fn revisions(conn: &mut Conn, of: &ArticleId) -> Result<Vec<Revision>> {
    let rows: Vec<(i32, i64, Option<String>)> = article_revision::table
        .left_join(account::table)
        .filter(article_revision::article_id.eq(of))
        .order(article_revision::number.desc())
        .select((article_revision::number, article_revision::at, account::full_name.nullable()))
        .load(conn)?;
    Ok(rows.into_iter().map(|(number, at, by)| Revision { number, by, at: Timestamp(at) }).collect())
}

/// The words of a revision.
pub(super) fn revision(conn: &mut Conn, of: &ArticleId, number: i32) -> Result<Option<Words>> {
    let found: Option<Text> = article_revision::table
        .find((of, number))
        .select((
            article_revision::title_vi,
            article_revision::title_en,
            article_revision::body_vi,
            article_revision::body_en,
        ))
        .first(conn)
        .optional()?;
    Ok(found.map(words))
}
