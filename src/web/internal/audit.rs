//! The audit log: its list, one entry of it, and the list as a file.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use chrono::{Days, NaiveDate};
use serde::Deserialize;
use serde_json::Value;

use super::export::{self, Export};
use super::serve::frame;
use super::view::audit::{AuditChange, AuditEntry, AuditEntryPage, AuditPage, ChainCheck};
use super::view::credentials::HistoryRow;
use crate::access::{Action, Sight, may};
use crate::account;
use crate::alert;
use crate::audit::{self, Filter, Listed};
use crate::dataset;
use crate::http::page::{Choice, Field, Link, PageCtx, Pager, Section, Tone, Wrong};
use crate::http::{App, Outcome, SignedIn, address, html, query_of};
use crate::kernel::{Error, PageRequest, Problem, Result, Timestamp, day_in};
use crate::platform::db::{Conn, Db};
use crate::platform::sheet::{Cell, one_by_one};

const PAGE_SIZE: u64 = 50;
/// Entries that an export reads at once.
const PORTION: i64 = 1000;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Wish {
    actor: String,
    action: String,
    object: String,
    outcome: String,
    client: String,
    text: String,
    from: String,
    to: String,
    page: Option<String>,
}

impl Wish {
    fn parameters(&self) -> [(&'static str, &str); 8] {
        [
            ("actor", &self.actor),
            ("action", &self.action),
            ("object", &self.object),
            ("outcome", &self.outcome),
            ("client", &self.client),
            ("text", &self.text),
            ("from", &self.from),
            ("to", &self.to),
        ]
    }

    /// The filter it means, and what is wrong with its days.
    fn filter(&self, page: &PageCtx) -> (Filter, Vec<Problem>) {
        let mut problems = Vec::new();
        let offset = page.site.offset_minutes;
        let from = day_in(&self.from, "from", &mut problems).map(|date| midnight(date, offset));
        let before = day_in(&self.to, "to", &mut problems)
            .and_then(|date| date.checked_add_days(Days::new(1)))
            .map(|date| midnight(date, offset));
        let filter = Filter {
            actor: self.actor.trim().to_owned(),
            action: self.action.clone(),
            object: self.object.trim().to_owned(),
            outcome: self.outcome.clone(),
            client: self.client.trim().to_owned(),
            text: self.text.trim().to_owned(),
            from,
            before,
        };
        (filter, problems)
    }
}

/// A dataset may be named by its part of addresses as well.
fn resolved(conn: &mut Conn, mut filter: Filter) -> Result<Filter> {
    if let Some(dataset) = dataset::by_slug(conn, &filter.object)? {
        filter.object = dataset.id.to_string();
    }
    Ok(filter)
}

/// What things are called, by id, as far as a reader may know it: ids are of one kind each and never clash. Of a dataset in quarantine that
/// they may not see, the details go too: what was typed stands there.
fn titles(conn: &mut Conn, entries: &mut [Listed], sight: &Sight) -> Result<std::collections::HashMap<String, String>> {
    let ids: Vec<String> = entries.iter().map(|entry| entry.object_id.clone()).collect();
    let hidden = dataset::hidden(conn, &ids, sight)?;
    for entry in entries.iter_mut().filter(|entry| hidden.contains(&entry.object_id)) {
        entry.detail = Value::Object(serde_json::Map::new());
    }
    let mut titles = dataset::titles(conn, &ids, sight)?;
    titles.extend(account::names(conn, &ids)?);
    Ok(titles)
}

/// GET /internal/audit
pub async fn list(req: HttpRequest, app: web::Data<App>, who: SignedIn) -> Outcome {
    may(&who.person, Action::ReadAudit).require()?;
    let wish: Wish = query_of(&req)?;
    let page = frame(&req, &app, &who, Section::Audit)?;
    let (filter, problems) = wish.filter(&page);
    let wrongs: Vec<Wrong> = problems
        .iter()
        .map(|problem| Wrong {
            field: problem.field.as_deref().map(str::to_owned),
            text: page.texts.problem(page.lang, problem),
        })
        .collect();
    let request = PageRequest::new(wish.page.as_deref(), PAGE_SIZE);
    let sight = Sight::of(&who.person);
    let (found, actions, titles, check) = app
        .db()
        .read_async(move |conn| {
            let filter = resolved(conn, filter)?;
            let mut found = audit::list(conn, &filter, request)?;
            let titles = titles(conn, &mut found.items, &sight)?;
            Ok((found, audit::actions(conn)?, titles, alert::last_check(conn)?))
        })
        .await?;
    let parameters = wish.parameters();
    let mut choices = vec![AuditPage::every_action(&page, wish.action.is_empty())];
    choices.extend(actions.into_iter().map(|action| Choice {
        text: action_name(&page, &action),
        chosen: action == wish.action,
        value: action,
    }));
    let mut outcomes = vec![AuditPage::every_outcome(&page, wish.outcome.is_empty())];
    outcomes.extend(["done", "refused"].map(|outcome| Choice {
        value: outcome.to_owned(),
        text: page.code("audit-outcome", outcome),
        chosen: outcome == wish.outcome,
    }));
    let view = AuditPage {
        actor: Field::new("actor", wish.actor.clone()),
        actions: choices,
        object: Field::new("object", wish.object.clone()),
        outcomes,
        client: Field::new("client", wish.client.clone()),
        text: Field::new("text", wish.text.clone()),
        from: Field::new("from", wish.from.clone()).checked(&wrongs),
        to: Field::new("to", wish.to.clone()).checked(&wrongs),
        wrongs,
        total: found.total,
        filtered: parameters.iter().any(|(_, value)| !value.is_empty()),
        chain: check.map(|check| ChainCheck { whole: check.whole, at: check.at }),
        xlsx: address("/internal/audit.xlsx", &parameters),
        csv: address("/internal/audit.csv", &parameters),
        pager: Pager::new(request.number, found.pages(), address("/internal/audit", &parameters)),
        entries: found.items.iter().map(|entry| shown(&page, entry, titles.get(&entry.object_id))).collect(),
        page,
    };
    Ok(html(StatusCode::OK, &view)?)
}

/// GET /internal/audit/{seq}
pub async fn show(req: HttpRequest, app: web::Data<App>, who: SignedIn, seq: web::Path<String>) -> Outcome {
    may(&who.person, Action::ReadAudit).require()?;
    let seq: i64 = seq.parse().map_err(|_| Error::not_found())?;
    let page = frame(&req, &app, &who, Section::Audit)?;
    let sight = Sight::of(&who.person);
    let (entry, titles, last) = app
        .db()
        .read_async(move |conn| {
            let mut entry = audit::by_seq(conn, seq)?;
            let titles = titles(conn, std::slice::from_mut(&mut entry), &sight)?;
            Ok((entry, titles, crate::platform::db::chain::audit_head(conn)?.0))
        })
        .await?;
    let view = AuditEntryPage {
        action: entry.action.clone(),
        object: format!("{} {}", entry.object_kind, entry.object_id),
        request_id: entry.request_id.clone(),
        prev: entry.prev.clone(),
        raw: serde_json::to_string_pretty(&entry.detail).map_err(Error::from)?,
        before: (entry.seq > 1).then(|| format!("/internal/audit/{}", entry.seq - 1)),
        after: (entry.seq < last).then(|| format!("/internal/audit/{}", entry.seq + 1)),
        same_object: address("/internal/audit", &[("object", &entry.object_id)]),
        entry: shown(&page, &entry, titles.get(&entry.object_id)),
        page,
    };
    Ok(html(StatusCode::OK, &view)?)
}

/// GET /internal/audit.xlsx, /internal/audit.csv: the entries that the filters let through, newest first, up to the last one there
/// is when it begins.
pub async fn export(req: HttpRequest, app: web::Data<App>, who: SignedIn, form: web::Path<String>) -> Outcome {
    may(&who.person, Action::ReadAudit).require()?;
    let form = export::form_of(&form)?;
    let wish: Wish = query_of(&req)?;
    let page = frame(&req, &app, &who, Section::Audit)?;
    let (filter, problems) = wish.filter(&page);
    if !problems.is_empty() {
        return Err(Error::invalid_all(problems).into());
    }
    let (filter, count, last) = app
        .db()
        .read_async(move |conn| {
            let filter = resolved(conn, filter)?;
            let count = audit::count(conn, &filter)?;
            Ok((filter, count, crate::platform::db::chain::audit_head(conn)?.0))
        })
        .await?;
    let heads = [
        ("audit-seq", 10),
        ("audit-at", 20),
        ("audit-actor", 28),
        ("audit-client", 18),
        ("audit-action", 32),
        ("audit-verb", 26),
        ("audit-object-kind", 14),
        ("audit-object", 40),
        ("audit-object-id", 40),
        ("audit-outcome", 14),
        ("audit-details", 80),
        ("audit-request", 40),
        ("audit-hash", 68),
    ];
    let sheet = export::sheet(&page, page.t("audit-title"), &heads);
    let given = wish.parameters().map(|(name, value)| (name, value.to_owned())).into();
    let export = Export { action: "audit.export", list: "audit", filter: given, rows: count, sheet };
    let sight = Sight::of(&who.person);
    let rows = move |db: Db| {
        let mut before = last.saturating_add(1);
        let entries = one_by_one(move || {
            let found = db.read(|conn| {
                let mut entries = audit::portion(conn, &filter, before, PORTION)?;
                let titles = titles(conn, &mut entries, &sight)?;
                Ok(entries.into_iter().map(|entry| (titles.get(&entry.object_id).cloned(), entry)).collect::<Vec<_>>())
            })?;
            before = found.last().map_or(before, |(_, entry)| entry.seq);
            Ok(found)
        });
        entries.map(move |found| {
            let (title, entry) = found?;
            Ok(vec![
                Cell::Whole(entry.seq),
                export::moment(&page, entry.at),
                Cell::Text(actor(&page, &entry)),
                entry.client.clone().into(),
                Cell::Text(action_name(&page, &entry.action)),
                Cell::Text(entry.action),
                Cell::Text(entry.object_kind),
                title.into(),
                Cell::Text(entry.object_id),
                Cell::Text(page.code("audit-outcome", &entry.outcome)),
                Cell::Text(entry.detail.to_string()),
                Cell::Text(entry.request_id),
                Cell::Text(entry.hash),
            ])
        })
    };
    export::answer(&req, &app, &who, form, export, rows).await
}

fn midnight(date: NaiveDate, offset_minutes: i32) -> Timestamp {
    let utc = date.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis();
    Timestamp(utc - i64::from(offset_minutes) * 60_000)
}

/// The message of a verb: `audit-action-dataset-publish`.
pub(super) fn action_name(page: &PageCtx, action: &str) -> String {
    page.code("audit-action", &action.replace('.', "-"))
}

fn actor(page: &PageCtx, entry: &Listed) -> String {
    entry.actor.clone().unwrap_or_else(|| page.code("audit-actor", &entry.actor_kind))
}

/// An entry in somebody's own history.
pub(super) fn history_row(page: &PageCtx, entry: &Listed) -> HistoryRow {
    HistoryRow {
        at: entry.at,
        what: action_name(page, &entry.action),
        done: entry.outcome == "done",
        outcome: page.code("audit-outcome", &entry.outcome),
        client: entry.client.clone(),
    }
}

fn shown(page: &PageCtx, entry: &Listed, title: Option<&String>) -> AuditEntry {
    let href =
        if entry.object_kind == "dataset" { format!("/internal/datasets/{}", entry.object_id) } else { String::new() };
    let done = entry.outcome == "done";
    AuditEntry {
        seq: u64::try_from(entry.seq).unwrap_or(0),
        at: entry.at,
        actor: actor(page, entry),
        client: entry.client.clone(),
        action: action_name(page, &entry.action),
        object: Link::new(title.unwrap_or(&entry.object_id).clone(), href),
        outcome: page.code("audit-outcome", &entry.outcome),
        tone: if done { Tone::Good } else { Tone::Bad },
        changes: changes(page, &entry.detail),
        hash: entry.hash.clone(),
    }
}

/// The detail of an entry field by field. What stands under `before` and `after` is put beside each other; everything else is as it
/// was at the act.
fn changes(page: &PageCtx, detail: &Value) -> Vec<AuditChange> {
    let Value::Object(fields) = detail else { return Vec::new() };
    let name = |field: &str| page.code("audit-field", &field.replace('_', "-"));
    let mut rows = Vec::new();
    let sides = (fields.get("before"), fields.get("after"));
    let compared = matches!(sides, (Some(Value::Object(_)), _) | (_, Some(Value::Object(_))));
    if compared {
        let side = |side: Option<&Value>, field: &str| side.and_then(|side| side.get(field)).and_then(words);
        let names = |side: Option<&Value>| -> Vec<String> {
            side.and_then(Value::as_object).map(|fields| fields.keys().cloned().collect()).unwrap_or_default()
        };
        let (before, after) = sides;
        let mut seen = names(before);
        seen.extend(names(after).into_iter().filter(|name| before.and_then(|side| side.get(name)).is_none()));
        for field in seen {
            rows.push(AuditChange { before: side(before, &field), after: side(after, &field), field: name(&field) });
        }
    }
    for (field, value) in fields {
        if compared && (field == "before" || field == "after") {
            continue;
        }
        rows.push(AuditChange { field: name(field), before: None, after: words(value) });
    }
    rows
}

/// A value in words: lists and groups spread out on one line; nothing for what is not set.
fn words(value: &Value) -> Option<String> {
    Some(match value {
        Value::Null => return None,
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().filter_map(words).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => {
            let parts = fields.iter().filter_map(|(name, value)| Some(format!("{name}: {}", words(value)?)));
            parts.collect::<Vec<_>>().join("; ")
        }
        other => other.to_string(),
    })
}
