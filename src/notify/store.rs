//! The tables of notices and outgoing mail.

use diesel::dsl::count_star;
use diesel::prelude::*;

use super::model::Row;
use super::{Event, Frequency, Notice};
use crate::kernel::id::{AccountId, MailId, NoticeId};
use crate::kernel::{Lang, Page, PageRequest, Result, Timestamp};
use crate::platform::db::{Conn, Tx, lock_row};
use crate::schema::{account, mail, notice, notice_choice};

/// A mail that is to be sent, and to whom; of one to a reporter, who has no name here, its
/// job knows the rest.
pub(super) struct Outgoing {
    pub created_at: Timestamp,
    pub kind: String,
    pub name: String,
    pub user_name: String,
    pub address: String,
    pub lang: Lang,
    pub active: bool,
}

/// How many mails there are in each state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MailCounts(pub Vec<(String, i64)>);

pub(super) fn knows(conn: &mut Conn, who: &AccountId, event_id: &str) -> Result<bool> {
    let there: i64 = notice::table
        .filter(notice::event_id.eq(event_id))
        .filter(notice::account_id.eq(who))
        .select(count_star())
        .first(conn)?;
    Ok(there > 0)
}

pub(super) fn insert(
    tx: &mut Tx<'_>,
    id: &NoticeId,
    who: &AccountId,
    event: &Event,
    wish: Frequency,
    mail: Option<&MailId>,
    read: bool,
) -> Result<()> {
    let now = tx.ctx().at.0;
    diesel::insert_into(notice::table)
        .values((
            notice::id.eq(id),
            notice::account_id.eq(who),
            notice::event_id.eq(&event.id),
            notice::event.eq(&event.code),
            notice::args.eq(serde_json::to_string(&event.args)?),
            notice::link.eq(&event.link),
            notice::at.eq(event.at.0),
            notice::read_at.eq(read.then_some(now)),
            notice::wish.eq(wish.code()),
            notice::mail_id.eq(mail),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// How often somebody wishes to be written to.
///
/// # Errors
/// When the database does not answer.
pub fn frequency_of(conn: &mut Conn, who: &AccountId) -> Result<Frequency> {
    let code: Option<String> =
        notice_choice::table.find(who).select(notice_choice::frequency).first(conn).optional()?;
    Ok(code.and_then(|code| Frequency::from_code(&code)).unwrap_or_default())
}

pub(super) fn choose(tx: &mut Tx<'_>, who: &AccountId, frequency: Frequency) -> Result<()> {
    // Two windows of one person are kept apart by the person's row.
    lock_row(tx.conn(), "account", who.as_str())?;
    let changed = diesel::update(notice_choice::table.find(who))
        .set(notice_choice::frequency.eq(frequency.code()))
        .execute(tx.conn())?;
    if changed == 0 {
        diesel::insert_into(notice_choice::table)
            .values((notice_choice::account_id.eq(who), notice_choice::frequency.eq(frequency.code())))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// Takes what waits for a digest out of it.
pub(super) fn forgo(tx: &mut Tx<'_>, who: &AccountId) -> Result<()> {
    diesel::update(notice::table.filter(notice::account_id.eq(who)).filter(notice::mail_id.is_null()))
        .set(notice::wish.eq(Frequency::None.code()))
        .execute(tx.conn())?;
    Ok(())
}

/// Who has unread notices that no mail told of and that wait for a digest.
pub(super) fn await_digest(conn: &mut Conn) -> Result<Vec<AccountId>> {
    Ok(notice::table
        .filter(notice::wish.eq(Frequency::Daily.code()))
        .filter(notice::mail_id.is_null())
        .filter(notice::read_at.is_null())
        .select(notice::account_id)
        .distinct()
        .order(notice::account_id.asc())
        .load(conn)?)
}

/// Puts what waits for somebody's digest into it.
pub(super) fn gather(tx: &mut Tx<'_>, who: &AccountId, mail: &MailId) -> Result<()> {
    diesel::update(
        notice::table
            .filter(notice::account_id.eq(who))
            .filter(notice::wish.eq(Frequency::Daily.code()))
            .filter(notice::mail_id.is_null())
            .filter(notice::read_at.is_null()),
    )
    .set(notice::mail_id.eq(Some(mail)))
    .execute(tx.conn())?;
    Ok(())
}

/// Puts a mail into the outbox: to somebody with an account, or (`None`) to a reporter, whose address its job holds.
pub(super) fn insert_mail(tx: &mut Tx<'_>, id: &MailId, who: Option<&AccountId>, kind: &str) -> Result<()> {
    let at = tx.ctx().at.0;
    diesel::insert_into(mail::table)
        .values((
            mail::id.eq(id),
            mail::account_id.eq(who),
            mail::kind.eq(kind),
            mail::state.eq("queued"),
            mail::token.eq(0),
            mail::created_at.eq(at),
            mail::changed_at.eq(at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Sets a mail that is not over to `sending` under a token; `None` when it is over.
pub(super) fn begin(tx: &mut Tx<'_>, id: &MailId, token: i64) -> Result<Option<Outgoing>> {
    let at = tx.ctx().at.0;
    let begun = diesel::update(mail::table.find(id).filter(mail::state.ne_all(["sent", "dropped"])))
        .set((mail::state.eq("sending"), mail::token.eq(token), mail::changed_at.eq(at)))
        .execute(tx.conn())?;
    if begun == 0 {
        return Ok(None);
    }
    type Row = (i64, String, Option<AccountId>);
    let (created_at, kind, who): Row =
        mail::table.find(id).select((mail::created_at, mail::kind, mail::account_id)).first(tx.conn())?;
    let created_at = Timestamp(created_at);
    let Some(who) = who else {
        let (name, user_name, address) = Default::default();
        return Ok(Some(Outgoing { created_at, kind, name, user_name, address, lang: Lang::Vi, active: true }));
    };
    let (name, user_name, address, lang, state): (String, String, String, String, String) = account::table
        .find(who)
        .select((account::full_name, account::user_name, account::email, account::lang, account::state))
        .first(tx.conn())?;
    Ok(Some(Outgoing {
        created_at,
        kind,
        name,
        user_name,
        address,
        lang: Lang::from_tag(&lang).unwrap_or_default(),
        active: state == "active",
    }))
}

/// Ends, or takes back, what [`begin`] began under a token.
pub(super) fn end(tx: &mut Tx<'_>, id: &MailId, token: i64, state: &str, failure: Option<&str>) -> Result<()> {
    let at = tx.ctx().at.0;
    diesel::update(mail::table.find(id).filter(mail::state.eq("sending")).filter(mail::token.eq(token)))
        .set((mail::state.eq(state), mail::changed_at.eq(at), mail::last_failure.eq(failure)))
        .execute(tx.conn())?;
    Ok(())
}

/// The notices that a mail tells of, oldest first.
pub(super) fn told_by(conn: &mut Conn, id: &MailId) -> Result<Vec<Notice>> {
    let rows: Vec<Row> = notice::table
        .filter(notice::mail_id.eq(id))
        .order((notice::at.asc(), notice::id.asc()))
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Notice::from).collect())
}

/// How many notices somebody has not read.
///
/// # Errors
/// When the database does not answer.
pub fn unread(conn: &mut Conn, who: &AccountId) -> Result<u64> {
    let count: i64 = notice::table
        .filter(notice::account_id.eq(who))
        .filter(notice::read_at.is_null())
        .select(count_star())
        .first(conn)?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// A page of somebody's inbox: unread ones first, each part newest first.
///
/// # Errors
/// When the database does not answer.
pub fn inbox(conn: &mut Conn, who: &AccountId, page: PageRequest) -> Result<Page<Notice>> {
    let total: i64 = notice::table.filter(notice::account_id.eq(who)).select(count_star()).first(conn)?;
    let rows: Vec<Row> = notice::table
        .filter(notice::account_id.eq(who))
        .order((notice::read_at.is_not_null().asc(), notice::at.desc(), notice::id.desc()))
        .offset(i64::try_from(page.offset()).unwrap_or(i64::MAX))
        .limit(i64::try_from(page.size).unwrap_or(i64::MAX))
        .select(Row::as_select())
        .load(conn)?;
    let items = rows.into_iter().map(Notice::from).collect();
    Ok(Page { items, total: u64::try_from(total).unwrap_or(0), request: page })
}

pub(super) fn mark_read(tx: &mut Tx<'_>, who: &AccountId, id: &NoticeId) -> Result<bool> {
    let at = tx.ctx().at.0;
    let there: i64 = notice::table
        .filter(notice::id.eq(id))
        .filter(notice::account_id.eq(who))
        .select(count_star())
        .first(tx.conn())?;
    diesel::update(
        notice::table.filter(notice::id.eq(id)).filter(notice::account_id.eq(who)).filter(notice::read_at.is_null()),
    )
    .set(notice::read_at.eq(Some(at)))
    .execute(tx.conn())?;
    Ok(there == 1)
}

pub(super) fn mark_all_read(tx: &mut Tx<'_>, who: &AccountId, until: Timestamp) -> Result<usize> {
    let at = tx.ctx().at.0;
    Ok(diesel::update(
        notice::table
            .filter(notice::account_id.eq(who))
            .filter(notice::read_at.is_null())
            .filter(notice::at.le(until.0)),
    )
    .set(notice::read_at.eq(Some(at)))
    .execute(tx.conn())?)
}

/// How many mails there are in each state.
///
/// # Errors
/// When the database does not answer.
pub fn mail_counts(conn: &mut Conn) -> Result<MailCounts> {
    Ok(MailCounts(
        mail::table.group_by(mail::state).select((mail::state, count_star())).order(mail::state.asc()).load(conn)?,
    ))
}
