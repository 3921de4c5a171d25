//! `khomo calendar`: the days off of a year, as they are and as a file gives them.

use chrono::Datelike;
use serde_json::json;

use super::args::{CalendarArgs, CalendarCommand, CalendarImportArgs};
use super::setup::Ground;
use crate::calendar::{self, Change, Entered, Said};
use crate::i18n::Texts;
use crate::kernel::{Actor, Arg, Error, Lang, Problem, Result};

/// `khomo calendar`
pub(super) fn run(args: &CalendarArgs, lang: Lang) -> Result<()> {
    match &args.what {
        CalendarCommand::Import(args) => import(args, lang),
        CalendarCommand::Show { year, csv, json } => show(*year, (*csv, *json), lang),
    }
}

fn import(args: &CalendarImportArgs, lang: Lang) -> Result<()> {
    let unread = |_| Error::invalid(Problem::new("calendar-file-unread").with("path", args.file.display().to_string()));
    // A file that is far too long is not read whole.
    if std::fs::metadata(&args.file).map_err(unread)?.len() > calendar::MOST_BYTES as u64 {
        return Err(Error::invalid(Problem::new("calendar-file-long").with("most", calendar::MOST_BYTES >> 10)));
    }
    let bytes = std::fs::read(&args.file).map_err(unread)?;
    let ground = Ground::open()?;
    let file = calendar::read(&bytes, &ground.profile)?;
    let done = if args.check {
        let changes = ground.db.read(|conn| calendar::look(conn, &ground.profile, &file))?.changes;
        Entered { year: file.year, rows: file.entries.len(), correct: args.correct, changes }
    } else {
        let ctx = ground.ctx(Actor::Operator);
        ground.db.write(&ctx, |tx| calendar::enter(tx, &ground.profile, &file, args.correct, None))?
    };
    if args.json {
        say!("{}", serde_json::to_string(&done)?)?;
    } else {
        tell(&done, args.check, lang)?;
    }
    if args.check { calendar::require_open(&done.changes, ground.day(), args.correct) } else { Ok(()) }
}

fn tell(done: &Entered, only_checked: bool, lang: Lang) -> Result<()> {
    let texts = Texts::load(None, &[])?;
    for change in &done.changes {
        say!("{}", change_line(&texts, lang, change))?;
    }
    let sentence = match (done.changes.is_empty(), only_checked) {
        (true, _) => "calendar-told-same",
        (false, true) => "calendar-told-checked",
        (false, false) => "calendar-told-entered",
    };
    let args = [("year", Arg::from(done.year.to_string())), ("rows", Arg::from(done.rows))];
    say!("{}", texts.text(lang, sentence, &args))
}

/// One change: the days, what was said of them, and what is.
fn change_line(texts: &Texts, lang: Lang, change: &Change) -> String {
    let days = if change.from == change.to {
        texts.date(lang, change.from)
    } else {
        format!("{} – {}", texts.date(lang, change.from), texts.date(lang, change.to))
    };
    format!("{days}: {} → {}", said(texts, lang, change.before.as_ref()), said(texts, lang, change.after.as_ref()))
}

fn said(texts: &Texts, lang: Lang, said: Option<&Said>) -> String {
    let Some(said) = said else { return texts.text(lang, "calendar-usual", &[]) };
    let code = |prefix: &str, code: &str| texts.text(lang, &format!("{prefix}-{code}"), &[]);
    let name = match (lang, &said.name_en) {
        (Lang::En, Some(name)) => name,
        _ => &said.name,
    };
    let mut line = format!("{} ({}, {})", name, code("calendar-kind", said.kind), code("calendar-status", said.status));
    if let Some(basis) = &said.basis {
        line = format!("{line} [{basis}]");
    }
    line
}

fn show(year: Option<i32>, (as_csv, as_json): (bool, bool), lang: Lang) -> Result<()> {
    let ground = Ground::open()?;
    let year = year.unwrap_or(ground.day().year());
    let entered = ground.db.read(|conn| calendar::entered_on(conn, year))?;
    let (known, entries) = (ground.profile.calendar.covers(year), ground.profile.calendar.entries_of(year));
    if as_csv {
        return say!("{}", calendar::as_csv(&entries).trim_end());
    }
    if as_json {
        let days: Vec<_> = entries
            .iter()
            .map(|entry| json!({ "from": entry.from.to_string(), "to": entry.to.to_string(), "said": Said::of(entry) }))
            .collect();
        let entered = entered.map(|at| at.to_rfc3339());
        return say!("{}", json!({ "year": year, "known": known, "entered_at": entered, "days": days }));
    }
    let texts = Texts::load(None, &[])?;
    let minutes = ground.profile.province.timezone_minutes;
    let args = [
        ("year", Arg::from(year.to_string())),
        ("at", Arg::from(entered.map(|at| texts.date_time(lang, at, minutes)).unwrap_or_default())),
    ];
    let sentence = match (known, entered) {
        (false, _) => "calendar-year-unknown",
        (true, None) => "calendar-year-built-in",
        (true, Some(_)) => "calendar-year-entered",
    };
    say!("{}", texts.text(lang, sentence, &args))?;
    for entry in &entries {
        let to = if entry.from == entry.to { String::new() } else { format!(" – {}", texts.date(lang, entry.to)) };
        say!("{}{to}: {}", texts.date(lang, entry.from), said(&texts, lang, Some(&Said::of(entry))))?;
    }
    Ok(())
}
