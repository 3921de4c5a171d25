//! The audit log.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use chrono::{Days, NaiveDate};
use serde::Deserialize;

use super::serve::frame;
use super::view::audit::{AuditChange, AuditEntry, AuditPage};
use crate::access::{Action, may};
use crate::account;
use crate::audit::{self, Filter, Listed};
use crate::dataset;
use crate::http::page::{Choice, Field, Link, PageCtx, Pager, Section, Tone, Wrong};
use crate::http::{App, Outcome, SignedIn, address, html, query_of};
use crate::kernel::{PageRequest, Problem, Timestamp};

const PAGE_SIZE: u64 = 50;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Wish {
    actor: String,
    action: String,
    object: String,
    from: String,
    to: String,
    page: Option<String>,
}

/// GET /internal/audit
pub async fn list(req: HttpRequest, app: web::Data<App>, who: SignedIn) -> Outcome {
    may(&who.person, Action::ReadAudit).require()?;
    let wish: Wish = query_of(&req)?;
    let page = frame(&req, &app, &who, Section::Audit)?;
    let mut wrongs = Vec::new();
    let offset = app.site.offset_minutes;
    let from = day(&page, &wish.from, "from", &mut wrongs).map(|date| midnight(date, offset));
    let before = day(&page, &wish.to, "to", &mut wrongs)
        .and_then(|date| date.checked_add_days(Days::new(1)))
        .map(|date| midnight(date, offset));
    let filter = Filter {
        actor: wish.actor.trim().to_owned(),
        action: wish.action.clone(),
        object: wish.object.trim().to_owned(),
        from,
        before,
    };
    let request = PageRequest::new(wish.page.as_deref(), PAGE_SIZE);
    let (found, actions, titles) = app
        .db()
        .read_async(move |conn| {
            let found = audit::list(conn, &filter, request)?;
            let ids: Vec<String> = found.items.iter().map(|entry| entry.object_id.clone()).collect();
            // Ids are of one kind each and never clash: what things are called, datasets and people alike.
            let mut titles = dataset::titles(conn, &ids)?;
            titles.extend(account::names(conn, &ids)?);
            Ok((found, audit::actions(conn)?, titles))
        })
        .await?;
    let parameters: [(&str, &str); 5] = [
        ("actor", &wish.actor),
        ("action", &wish.action),
        ("object", &wish.object),
        ("from", &wish.from),
        ("to", &wish.to),
    ];
    let base = address("/internal/audit", &parameters);
    let mut choices = vec![AuditPage::every_action(&page, wish.action.is_empty())];
    choices.extend(actions.into_iter().map(|action| Choice {
        text: action_name(&page, &action),
        chosen: action == wish.action,
        value: action,
    }));
    let view = AuditPage {
        actor: Field::new("actor", wish.actor.clone()),
        actions: choices,
        object: Field::new("object", wish.object.clone()),
        from: Field::new("from", wish.from.clone()).checked(&wrongs),
        to: Field::new("to", wish.to.clone()).checked(&wrongs),
        wrongs,
        total: found.total,
        filtered: parameters.iter().any(|(_, value)| !value.is_empty()),
        chain: None,
        pager: Pager::new(request.number, found.pages(), base),
        entries: found.items.iter().map(|entry| shown(&page, entry, titles.get(&entry.object_id))).collect(),
        page,
    };
    Ok(html(StatusCode::OK, &view)?)
}

/// A day as people type it: dd/mm/yyyy, or as date fields send it: yyyy-mm-dd.
fn day(page: &PageCtx, text: &str, field: &'static str, wrongs: &mut Vec<Wrong>) -> Option<NaiveDate> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let date = ["%d/%m/%Y", "%Y-%m-%d"].iter().find_map(|form| NaiveDate::parse_from_str(text, form).ok());
    if date.is_none() {
        let problem = Problem::new("date-form").on(field);
        wrongs.push(Wrong { field: Some(field.to_owned()), text: page.texts.problem(page.lang, &problem) });
    }
    date
}

fn midnight(date: NaiveDate, offset_minutes: i32) -> Timestamp {
    let utc = date.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis();
    Timestamp(utc - i64::from(offset_minutes) * 60_000)
}

/// The message of a verb: `audit-action-dataset-publish`.
pub(super) fn action_name(page: &PageCtx, action: &str) -> String {
    page.code("audit-action", &action.replace('.', "-"))
}

fn shown(page: &PageCtx, entry: &Listed, title: Option<&String>) -> AuditEntry {
    let href =
        if entry.object_kind == "dataset" { format!("/internal/datasets/{}", entry.object_id) } else { String::new() };
    let done = entry.outcome == "done";
    let changes = match &entry.detail {
        serde_json::Value::Object(fields) => fields
            .iter()
            .map(|(field, value)| AuditChange {
                field: page.code("audit-field", &field.replace('_', "-")),
                before: None,
                after: Some(value.as_str().map_or_else(|| value.to_string(), str::to_owned)),
            })
            .collect(),
        _ => Vec::new(),
    };
    AuditEntry {
        seq: u64::try_from(entry.seq).unwrap_or(0),
        at: entry.at,
        actor: entry.actor.clone().unwrap_or_else(|| page.code("audit-actor", &entry.actor_kind)),
        client: entry.client.clone(),
        action: action_name(page, &entry.action),
        object: Link::new(title.unwrap_or(&entry.object_id).clone(), href),
        outcome: page.code("audit-outcome", &entry.outcome),
        tone: if done { Tone::Good } else { Tone::Bad },
        changes,
        hash: entry.hash.clone(),
    }
}
