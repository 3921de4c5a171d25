//! How data becomes what pages show: texts with their language, timeliness, values and columns in the reader's form.

use chrono::NaiveDate;

use super::page::{ColumnView, Frequent, Freshness, Html, PageCtx, Shape, Text, Timeliness};
use crate::dataset::{Constraints, Dataset, ResourceVersion};
use crate::duty::{Counted, State};
use crate::i18n::{Texts, format};
use crate::kernel::{Arg, Lang, Localized, Result, Timestamp};
use crate::platform::columnar::Value;
use crate::platform::markdown;
use crate::profile::{BasisId, Profile, Rule};
use crate::quarter::Quarter;
use crate::scan::detect::is_masked;
use crate::table::diff::{ColumnChange, ColumnDiff, KeyNote, Side};
use crate::table::ingest::report::{Column, Kind};

/// A text in the page's language, or in Vietnamese and marked as such.
pub fn text(page: &PageCtx, text: &Localized) -> Text {
    let (words, got) = text.get(page.lang);
    Text::of(words, got, page.lang)
}

/// What readers are told in place of a title that is in quarantine.
pub fn hidden_title(texts: &Texts) -> Localized {
    let hidden = |lang| texts.text(lang, "plan-title-hidden", &[]);
    Localized { vi: hidden(Lang::Vi), en: Some(hidden(Lang::En)) }
}

/// What a list calls something whose title is empty where it is kept from the reader.
pub fn title_or_hidden(page: &PageCtx, title: &str) -> String {
    if title.is_empty() { page.t("plan-title-hidden") } else { title.to_owned() }
}

/// What the public is told that a dataset is called that stands on no list any more: nothing of it while it is in quarantine.
pub fn public_title(texts: &Texts, dataset: &Dataset, title: &Localized) -> Localized {
    if dataset.quarantined_at.is_some() { hidden_title(texts) } else { title.clone() }
}

/// What a quarter is called.
pub fn quarter(page: &PageCtx, of: Quarter) -> String {
    page.t2("quarter-name", "number", u64::from(of.number()), "year", of.year().to_string())
}

/// The law behind a value, as people cite it; empty where the value is the portal's own choice.
pub fn basis<T>(page: &PageCtx, profile: &Profile, rule: &Rule<T>) -> String {
    let cited = rule.basis.as_ref().map(|basis| cited(page, profile, basis)).unwrap_or_default();
    if cited.is_empty() {
        return cited;
    }
    page.t1(if rule.verified { "basis-cited" } else { "basis-by-configuration" }, "basis", cited)
}

/// A place in the law as people cite it; empty for a document that the profile does not know.
pub fn cited(page: &PageCtx, profile: &Profile, basis: &BasisId) -> String {
    let Some(citation) = profile.citation(basis) else { return String::new() };
    let args = citation.args(page.lang).map(|(name, text)| (name, Arg::from(text)));
    page.texts.text(page.lang, citation.message(), &args)
}

/// Markdown in the page's language, rendered and sanitised.
pub fn html(page: &PageCtx, text: &Localized) -> Html {
    let (words, got) = text.get(page.lang);
    Html { html: markdown::to_html(words), lang: (got != page.lang).then_some(got) }
}

/// Whether a published dataset is on time today.
pub fn freshness(profile: &Profile, counted: Counted<'_>, today: NaiveDate) -> Freshness {
    let found = counted.timeliness(profile, today);
    let state = match found.state {
        State::OnTime => Timeliness::OnTime,
        State::DueSoon => Timeliness::Soon,
        State::Late => Timeliness::Late,
        State::NotDue => Timeliness::Unscheduled,
    };
    Freshness { state, due: found.due, working_days: found.due.map(|_| found.working_days_left.unsigned_abs()) }
}

/// A cell in the language's form; `None` when it is empty.
pub fn cell(page: &PageCtx, value: &Value) -> Option<String> {
    Some(match value {
        Value::Null => return None,
        Value::Text(text) => text.clone(),
        Value::Integer(number) => format::integer(page.lang, *number),
        Value::Decimal(number) => format::decimal(page.lang, &number.to_string()),
        Value::Exact(digits) => format::decimal(page.lang, digits),
        Value::Boolean(yes) => page.t(if *yes { "value-true" } else { "value-false" }),
        Value::Date(date) => page.date(date),
        Value::DateTime(at, utc) => {
            page.texts.date_time(page.lang, *at, if *utc { page.site.offset_minutes } else { 0 })
        }
    })
}

/// A value that is kept as canonical text (ISO dates, decimal point) in the language's form.
pub fn canonical(page: &PageCtx, kind: Kind, text: &str) -> String {
    match kind {
        // What a scan found is kept masked, whatever its column holds.
        _ if is_masked(text) => text.to_owned(),
        Kind::Integer => text.parse().map_or_else(|_| text.to_owned(), |number| format::integer(page.lang, number)),
        Kind::Decimal => format::decimal(page.lang, text),
        Kind::Boolean => page.t(if text == "true" { "value-true" } else { "value-false" }),
        Kind::Date => {
            NaiveDate::parse_from_str(text, "%Y-%m-%d").map_or_else(|_| text.to_owned(), |date| page.date(date))
        }
        Kind::DateTime => moment(page, text).unwrap_or_else(|| text.to_owned()),
        Kind::Text => text.to_owned(),
    }
}

/// A moment written as ISO 8601: in the province's time where it names its zone, as it stands where it names none.
fn moment(page: &PageCtx, text: &str) -> Option<String> {
    if let Ok(at) = chrono::DateTime::parse_from_rfc3339(text) {
        let at = Timestamp(at.timestamp_millis());
        return Some(page.texts.date_time(page.lang, at, page.site.offset_minutes));
    }
    let at = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").ok()?;
    Some(page.texts.date_time(page.lang, Timestamp(at.and_utc().timestamp_millis()), 0))
}

/// The code of a kind.
pub fn kind_code(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "text",
        Kind::Integer => "integer",
        Kind::Decimal => "decimal",
        Kind::Boolean => "boolean",
        Kind::Date => "date",
        Kind::DateTime => "date-time",
    }
}

/// What is wanted of a column, as sentences.
pub fn constraints(page: &PageCtx, kind: Kind, wanted: &Constraints) -> Vec<String> {
    let end = |text: &str| canonical(page, kind, text);
    let mut rules = Vec::new();
    if wanted.required || wanted.key {
        rules.push(page.t("contract-rule-required"));
    }
    if wanted.unique {
        rules.push(page.t("contract-rule-unique"));
    }
    if wanted.key {
        rules.push(page.t("contract-rule-key"));
    }
    if let Some(least) = &wanted.minimum {
        rules.push(page.t1("contract-rule-minimum", "value", end(least)));
    }
    if let Some(most) = &wanted.maximum {
        rules.push(page.t1("contract-rule-maximum", "value", end(most)));
    }
    if let Some(pattern) = &wanted.pattern {
        rules.push(page.t1("contract-rule-pattern", "value", pattern.as_str()));
    }
    if !wanted.codes.is_empty() {
        rules.push(page.t1("contract-rule-codes", "count", wanted.codes.len()));
    }
    rules
}

/// The values that a column may hold, and what each means.
fn codes(page: &PageCtx, wanted: &Constraints) -> Vec<(String, Option<Text>)> {
    wanted.codes.iter().map(|code| (code.value.clone(), code.label.as_ref().map(|label| text(page, label)))).collect()
}

/// A column with its dictionary entry and profile.
pub fn column(page: &PageCtx, resource: &ResourceVersion, column: &Column) -> ColumnView {
    let note = resource.note(&column.title);
    let title = match (page.lang, note.and_then(|note| note.title_en.as_deref())) {
        (Lang::En, Some(title)) => Text::new(title),
        (lang, _) => Text::of(&column.title, Lang::Vi, lang),
    };
    let mut view = ColumnView {
        name: column.key.clone(),
        title,
        kind: kind_code(column.kind).to_owned(),
        number: matches!(column.kind, Kind::Integer | Kind::Decimal),
        meaning: note.and_then(|note| note.meaning.as_ref()).map(|meaning| text(page, meaning)),
        unit: note.and_then(|note| note.unit.as_ref()).map(|unit| text(page, unit)),
        rules: note.map(|note| constraints(page, column.kind, &note.constraints)).unwrap_or_default(),
        codes: note.map(|note| codes(page, &note.constraints)).unwrap_or_default(),
        ..ColumnView::default()
    };
    let Some(profile) = &column.profile else { return view };
    view.rows = profile.rows;
    view.nulls = profile.nulls;
    view.distinct = profile.distinct.value;
    view.distinct_exact = !profile.distinct.approximate;
    // A year is written as it is.
    let kind = if column.is_year() { Kind::Text } else { column.kind };
    view.min = profile.min.as_deref().map(|text| canonical(page, kind, text));
    view.max = profile.max.as_deref().map(|text| canonical(page, kind, text));
    view.top = profile
        .top
        .iter()
        .map(|(value, count)| Frequent { value: canonical(page, kind, value), count: *count })
        .collect();
    let present = profile.rows - profile.nulls.min(profile.rows);
    // Values that hardly repeat say nothing by being the most frequent.
    if view.distinct > 20 && view.top.first().is_none_or(|first| first.count * 100 < present) {
        view.top.clear();
    }
    let few = view.distinct_exact && view.distinct <= 12 && present > 0;
    let histogram = profile.histogram.as_ref().map(|histogram| histogram.counts.clone());
    view.shape = match (column.kind, histogram) {
        _ if present == 0 => Shape::Nothing,
        (Kind::Text, _) if view.distinct == present && present > 1 => Shape::Unique,
        (Kind::Text | Kind::Boolean, _) if few => {
            let top: Vec<u64> = view.top.iter().take(4).map(|frequent| frequent.count).collect();
            let rest = present - top.iter().sum::<u64>().min(present);
            Shape::Categories { top, rest }
        }
        // A text column's histogram counts lengths: codes of one length have nothing to draw.
        (Kind::Text, _) if profile.min_len == profile.max_len => Shape::Nothing,
        (_, Some(counts)) => Shape::Histogram(counts),
        _ => Shape::Nothing,
    };
    // What a text column's smallest and largest value are says little; its histogram counts lengths.
    if column.kind == Kind::Text {
        view.min = profile.min_len.map(|length| page.t1("column-characters", "count", length));
        view.max = profile.max_len.map(|length| page.t1("column-characters", "count", length));
    }
    view
}

/// What became of a column, as a sentence.
///
/// # Errors
/// `Internal`, which cannot happen.
pub fn column_change(texts: &Texts, lang: Lang, column: &ColumnDiff, change: &ColumnChange) -> Result<String> {
    let code = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let mut args: Vec<(&str, Arg)> = vec![("column", column.title().into())];
    let id = match change {
        ColumnChange::Added => "diff-column-added",
        ColumnChange::Removed => "diff-column-removed",
        ColumnChange::Retitled => {
            args.push(("old", column.old.as_ref().map_or("", |old| &old.title).into()));
            "diff-column-retitled"
        }
        ColumnChange::Moved => "diff-column-moved",
        ColumnChange::Renamed { by } => {
            args.push(("old", column.old.as_ref().map_or("", |old| &old.key).into()));
            args.push(("new", column.key().into()));
            let by = code(serde_json::to_value(by)?);
            args.push(("why", texts.text(lang, &format!("diff-renamed-by-{by}"), &[]).into()));
            "diff-column-renamed"
        }
        ColumnChange::Retyped { from, to, how } => {
            for (name, kind) in [("from", from), ("to", to)] {
                let kind = code(serde_json::to_value(kind)?);
                args.push((name, texts.text(lang, &format!("ingest-kind-{kind}"), &[]).into()));
            }
            let how = code(serde_json::to_value(how)?);
            args.push(("how", texts.text(lang, &format!("diff-retype-{how}"), &[]).into()));
            "diff-column-retyped"
        }
    };
    let text = texts.text(lang, id, &args);
    if !change.is_breaking() {
        return Ok(text);
    }
    Ok(texts.text(lang, "diff-breaking", &[("change", text.into())]))
}

/// What to know of the key that rows were compared by, as a sentence.
pub fn key_note(texts: &Texts, lang: Lang, note: &KeyNote) -> String {
    let version = |side: Side| {
        let id = match side {
            Side::Old => "diff-version-old",
            Side::New => "diff-version-new",
        };
        Arg::from(texts.text(lang, id, &[]))
    };
    match note {
        KeyNote::Missing { column } => texts.text(lang, "diff-key-missing", &[("column", column.as_str().into())]),
        KeyNote::Empty { side, rows, first } => {
            let args = [("version", version(*side)), ("rows", (*rows).into()), ("first", (*first).into())];
            texts.text(lang, "diff-key-empty", &args)
        }
        KeyNote::Repeated { side, keys, rows, first } => {
            let args = [
                ("version", version(*side)),
                ("keys", (*keys).into()),
                ("rows", (*rows).into()),
                ("first", (*first).into()),
            ];
            texts.text(lang, "diff-key-repeated", &args)
        }
    }
}
