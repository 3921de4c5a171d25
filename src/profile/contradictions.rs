//! The table of contradictions between the regulations (REQUIREMENTS section 4), as the eight rule sets settle it.
//!
//! A cell is the value and its basis: `§9.2` in the rule set's own regulation, `nd47/20.3` elsewhere, `?` behind what is by configuration,
//! `–` where it is the portal's choice and a note says so.

use toml::{Table, Value};

use super::Profile;
use super::load::assemble;

/// The columns.
const RULES: [&str; 8] = [
    "dak-nong-43-2022",
    "soc-trang-2022",
    "dak-nong-1731-2022",
    "binh-dinh-60-2021",
    "tay-ninh-2024",
    "nd47",
    "nd47-194",
    "current-2026",
];

/// Row by row: the number of the contradiction, the key of the profile, and the cells in the order of [`RULES`].
const TABLE: &[(&str, &str, [&str; 8])] = &[
    (
        "C1",
        "catalogue.review_months",
        ["6 §9.2", "12 §5.2", "0 §12.3", "0 §4.3", "0 §5.4", "6 §34.2", "6 nd47/34.2", "6 nd47/34.2 ?"],
    ),
    ("C1", "agency_list.return_months", ["3 §21.3", "0 §5.3", "0 –", "0 –", "0 –", "0 –", "0 –", "3 –"]),
    (
        "C1",
        "opendata.review_months",
        [
            "6 nd47/20.3",
            "6 nd47/20.3",
            "6 nd47/20.3",
            "6 nd47/20.3",
            "6 nd47/20.3",
            "6 §20.3",
            "6 nd47/20.3 ?",
            "6 nd47/20.3 ?",
        ],
    ),
    (
        "C1",
        "sharing.default_review_months",
        [
            "6 nd47/34.2",
            "6 nd47/34.2",
            "6 nd47/34.2",
            "6 nd47/34.2",
            "6 nd47/34.2",
            "6 §34.2",
            "6 nd47/34.2",
            "6 nd47/34.2 ?",
        ],
    ),
    (
        "C2",
        "decision.catalogue",
        [
            "ppc §9.3",
            "chair §5.1",
            "ppc §6.2",
            "ppc §4.2",
            "chair §5.2.b",
            "chair §11.3",
            "chair nd47/11.3",
            "chair nd47/11.3 ?",
        ],
    ),
    (
        "C2",
        "decision.opendata_catalogue",
        [
            "chair §11.2",
            "chair §10.1",
            "chair nd47/17.2",
            "chair nd47/17.2",
            "chair §9.2",
            "chair §17.2",
            "chair nd47/17.2 ?",
            "chair nd47/17.2 ?",
        ],
    ),
    (
        "C2",
        "decision.opendata_plan",
        [
            "chair nd47/19.1",
            "ppc §10.2",
            "chair nd47/19.1",
            "chair nd47/19.1",
            "chair nd47/19.1",
            "chair §19.1",
            "chair nd47/19.1 ?",
            "chair nd47/19.1 ?",
        ],
    ),
    (
        "C2",
        "decision.focal_points",
        ["chair –", "ppc §20.3", "chair –", "chair –", "chair –", "chair –", "chair –", "chair –"],
    ),
    (
        "C2",
        "decision.quality_plan",
        [
            "chair nd47/16.5",
            "chair §7.2.a",
            "chair nd47/16.5",
            "chair §16.2",
            "chair §17.8",
            "chair §16.5",
            "chair nd47/16.5",
            "chair nd47/16.5 ?",
        ],
    ),
    (
        "C3",
        "opendata.update_months",
        [
            "3 nd47/20.3",
            "3 §10.4",
            "3 nd47/20.3",
            "3 nd47/20.3",
            "3 nd47/20.3",
            "3 §20.3",
            "3 nd47/20.3 ?",
            "3 nd47/20.3 ?",
        ],
    ),
    ("C3", "opendata.no_change_confirms", ["yes –", "yes –", "yes –", "yes –", "yes –", "yes –", "yes –", "yes –"]),
    (
        "C3",
        "opendata.frequency_duty",
        ["yes §20.3", "yes –", "yes §6.2.d", "yes §13.2.d", "yes §6.4", "yes –", "yes –", "yes –"],
    ),
    (
        "C4, C5",
        "reports",
        [
            "agency to ppc via coordinator 6 §23.3, coordinator to ppc 6 §16.5, coordinator to ppc 12 §16.5",
            "coordinator to ppc 12 §24.3",
            "agency to ppc via coordinator 3 §17.3",
            "coordinator to ppc 0 §16.4, agency to authority 0 §13.2.e",
            "coordinator to ppc 12 §17.7, warehouse to authority 12 §17.9.c",
            "none",
            "none",
            "agency to ppc via coordinator 6 –, coordinator to ppc 12 –",
        ],
    ),
    (
        "C4, C5",
        "reports.due_working_days",
        ["0 –, 0 –, 0 –", "0 –", "0 –", "0 –, 0 –", "0 –, 0 –", "none", "none", "0 –, 0 –"],
    ),
    (
        // One form satisfies both of a province's regulations, and a half-year's and a year's report.
        "C4, C5",
        "reports.template",
        [
            "agency-data, synthesis, synthesis",
            "synthesis",
            "agency-data",
            "synthesis, supply",
            "digital-transformation, warehouse",
            "none",
            "none",
            "agency-data, synthesis",
        ],
    ),
    (
        "C6",
        "focal.kinds",
        [
            "leader-supply+leader-use §20.1",
            "technical §20.2",
            "technical nd47/7",
            "technical §12.2",
            "technical nd47/7",
            "technical §7",
            "technical nd47/7",
            "technical nd47/7 ?",
        ],
    ),
    ("C6", "focal.needs_approval", ["no –", "yes §20.3", "no –", "no –", "no –", "no –", "no –", "no –"]),
    (
        "C6",
        "focal.public",
        ["yes nd47/7", "yes §20.4", "yes nd47/7", "yes nd47/7", "yes nd47/7", "yes §7", "yes nd47/7", "yes nd47/7 ?"],
    ),
    (
        "C7",
        "request.outside_remit",
        [
            "ppc §10.2",
            "none §3.5",
            "none nd47/5",
            "none §11.2",
            "none nd47/5",
            "none §5",
            "none nd47/5",
            "none nd278 ?",
        ],
    ),
    (
        "C7",
        "request.outside_province",
        [
            "none nd47/5",
            "coordinator-and-owner-else-chair §17.3",
            "none nd47/5",
            "none nd47/5",
            "none nd47/5",
            "none §5",
            "none nd47/5",
            "none nd278 ?",
        ],
    ),
    ("C8", "network.internal_only", ["yes –", "yes –", "yes §10.2", "yes –", "no §17.9.a", "yes –", "yes –", "yes –"]),
    ("C8", "network.always_on", ["yes –", "yes –", "yes –", "yes –", "yes §17.9.a", "yes –", "yes –", "yes –"]),
    (
        "C9",
        "registry.public_view",
        [
            "off nd47/26",
            "off §8.1",
            "off nd47/26",
            "open-services §11.3",
            "off nd47/26",
            "off §26",
            "off nd47/26",
            "summary –",
        ],
    ),
    (
        "C10",
        "labels.label-catalogue",
        [
            "as the portal",
            "Danh mục cơ sở dữ liệu dùng chung của tỉnh §5.1",
            "Danh mục dữ liệu dùng chung trên Kho dữ liệu dùng chung §6.2",
            "Danh mục dữ liệu dùng chung của tỉnh §4",
            "Danh mục cơ sở dữ liệu của tỉnh Tây Ninh §3.2",
            "as the portal",
            "as the portal",
            "as the portal",
        ],
    ),
    (
        "C10",
        "labels.label-code-lists",
        [
            "as the portal",
            "as the portal",
            "Dữ liệu danh mục dùng chung §3.3",
            "Danh mục, bảng mã dùng chung §3.5",
            "Dữ liệu danh mục dùng chung §17.3",
            "as the portal",
            "as the portal",
            "as the portal",
        ],
    ),
    (
        "C10",
        "labels.label-registry",
        [
            "as the portal",
            "Hệ thống quản lý dịch vụ chia sẻ dữ liệu §8.1",
            "as the portal",
            "Hệ thống quản lý dịch vụ chia sẻ dữ liệu của tỉnh §5.1",
            "as the portal",
            "as the portal",
            "as the portal",
            "as the portal",
        ],
    ),
    (
        "C10",
        "labels.label-warehouse",
        [
            "as the portal",
            "Kho dữ liệu dùng chung của tỉnh §12.1",
            "Kho dữ liệu dùng chung của tỉnh §3.1",
            "as the portal",
            "Kho dữ liệu dùng chung của tỉnh §3.3",
            "as the portal",
            "as the portal",
            "as the portal",
        ],
    ),
    (
        "C11",
        "catalogue.classes",
        [
            "national+sector+internal §9.1.a §9.1.b §9.1.c",
            "national+sector+internal nd47/11",
            "national+sector+internal nd47/11",
            "national+sector+internal nd47/11",
            "shared-systems+sector+internal §5.1.a §5.1.b §5.1.c",
            "national+sector+internal §11",
            "national+sector+internal nd47/11",
            "national+sector+internal nd47/11",
        ],
    ),
    (
        "C12",
        "catalogue.entry_fields",
        [
            "4 items §9.4",
            "4 items §5.2",
            "5 items §6.2",
            "4 items nd47/11.4",
            "4 items §3.2",
            "4 items §11.4",
            "4 items nd47/11.4",
            "4 items nd47/11.4 ?",
        ],
    ),
    (
        "C12",
        "catalogue.add_fields",
        [
            "reasons + 6 items nd47/12.2",
            "reasons + 6 items nd47/12.2",
            "reasons + 6 items nd47/12.2",
            "reasons + 6 items §4.2",
            "reasons + 6 items §5.2.b",
            "reasons + 6 items §12.2",
            "reasons + 6 items nd47/12.2 ?",
            "reasons + 6 items nd47/12.2 ?",
        ],
    ),
    (
        "C12",
        "catalogue.edit_fields",
        [
            "reasons nd47/12.1",
            "reasons nd47/12.1",
            "reasons nd47/12.1",
            "reasons §4.2",
            "reasons + 6 items §5.2.b",
            "reasons §12.1",
            "reasons nd47/12.1",
            "reasons nd47/12.1 ?",
        ],
    ),
    (
        "C12",
        "catalogue.withdraw_fields",
        [
            "reasons nd47/12.1",
            "reasons nd47/12.1",
            "reasons nd47/12.1",
            "reasons §4.2",
            "reasons + 6 items §5.2.b",
            "reasons §12.1",
            "reasons nd47/12.1",
            "reasons nd47/12.1 ?",
        ],
    ),
    (
        "C13",
        "problem.first_receiver",
        [
            "provider §14",
            "provider §23",
            "provider nd47/48",
            "provider §15.1",
            "lgsp §8.6",
            "provider §48",
            "provider nd47/48",
            "provider nd47/48 ?",
        ],
    ),
    (
        "C13",
        "problem.technical_receiver",
        [
            "provider nd47/48",
            "provider nd47/48",
            "provider nd47/48",
            "coordinator §15.2",
            "coordinator §17.6",
            "provider §48",
            "provider nd47/48",
            "coordinator –",
        ],
    ),
    (
        "C13",
        "problem.internal_receiver",
        [
            "provider –",
            "provider –",
            "provider –",
            "provider –",
            "provider §21.6",
            "provider –",
            "provider –",
            "provider –",
        ],
    ),
    (
        "C13",
        "problem.provider_working_days",
        [
            "7 nd47/49.1",
            "7 nd47/49.1",
            "7 nd47/49.1",
            "7 nd47/49.1",
            "7 nd47/49.1",
            "7 §49.1",
            "7 nd47/49.1",
            "7 nd47/49.1 ?",
        ],
    ),
    (
        "C13",
        "problem.coordinator_working_days",
        [
            "7 nd47/49.2",
            "7 nd47/49.2",
            "7 nd47/49.2",
            "7 nd47/49.2",
            "7 nd47/49.2",
            "7 §49.2",
            "7 nd47/49.2",
            "7 nd47/49.2 ?",
        ],
    ),
    (
        "C14",
        "analysis.lead",
        [
            "coordinator –",
            "coordinator §19.1",
            "coordinator –",
            "owner §11.5",
            "coordinator –",
            "coordinator –",
            "coordinator –",
            "coordinator –",
        ],
    ),
    (
        "C15",
        "authorities.warehouse",
        [
            "Sở Thông tin và Truyền thông §8.4",
            "Sở Thông tin và Truyền thông §12.6",
            "Sở Thông tin và Truyền thông §12.1",
            "Sở Thông tin và Truyền thông §16.1",
            "Trung tâm Giám sát, điều hành kinh tế xã hội tập trung tỉnh Tây Ninh §17.9",
            "Cơ quan chuyên trách công nghệ thông tin của tỉnh –",
            "Cơ quan chuyên trách công nghệ thông tin của tỉnh –",
            "Sở Khoa học và Công nghệ –",
        ],
    ),
    (
        "C16",
        "error_report.first_receiver",
        [
            "provider §15.2.c",
            "provider nd47/52",
            "warehouse §8.5",
            "provider §14.2.c",
            "warehouse §11.2.đ",
            "provider §52",
            "provider nd47/52",
            "provider nd47/52 ?",
        ],
    ),
    (
        "C16",
        "error_report.copies",
        ["coordinator §21.5", "none –", "none –", "none –", "none –", "none –", "none –", "none –"],
    ),
    (
        "C17",
        "quality.report_due",
        [
            "12-31 nd47/16.4",
            "12-31 nd47/16.4",
            "12-31 nd47/16.4",
            "12-31 nd47/16.4",
            "12-31 §22.5",
            "12-31 §16.4",
            "12-31 nd47/16.4",
            "12-31 nd47/16.4 ?",
        ],
    ),
    (
        "C17",
        "quality.check_months",
        [
            "12 nd47/16.1",
            "12 §3.3",
            "12 nd47/16.1",
            "12 §8.1",
            "12 §17.8",
            "12 §16.1",
            "12 nd47/16.1",
            "12 nd47/16.1 ?",
        ],
    ),
    (
        "C18",
        "purposes",
        [
            "6 items –",
            "6 items –",
            "6 items §4.1.a §4.1.b §4.1.c §4.1.d §4.1.đ §4.1.e",
            "6 items –",
            "6 items –",
            "6 items –",
            "6 items –",
            "6 items –",
        ],
    ),
    (
        "C19",
        "authorities.coordinator",
        [
            "Sở Thông tin và Truyền thông §16",
            "Sở Thông tin và Truyền thông §20.1.a",
            "Sở Thông tin và Truyền thông §12",
            "Sở Thông tin và Truyền thông §12.1.a",
            "Sở Thông tin và Truyền thông §17",
            "Cơ quan chuyên trách công nghệ thông tin của tỉnh §11.3",
            "Cơ quan chuyên trách công nghệ thông tin của tỉnh nd47/11.3",
            "Sở Khoa học và Công nghệ nd224/85.6",
        ],
    ),
    (
        "C19",
        "authorities.lgsp",
        [
            "Sở Thông tin và Truyền thông §16",
            "Sở Thông tin và Truyền thông §9.1",
            "Sở Thông tin và Truyền thông §12.1",
            "Sở Thông tin và Truyền thông §16.1",
            "Sở Thông tin và Truyền thông §13.2",
            "Cơ quan chuyên trách công nghệ thông tin của tỉnh –",
            "Cơ quan chuyên trách công nghệ thông tin của tỉnh –",
            "Sở Khoa học và Công nghệ –",
        ],
    ),
    (
        "C19",
        "authorities.finance",
        [
            "Sở Tài chính §18",
            "Sở Tài chính §26",
            "Sở Tài chính §13",
            "Sở Tài chính –",
            "Sở Tài chính §19",
            "Sở Tài chính –",
            "Sở Tài chính –",
            "Sở Tài chính –",
        ],
    ),
    (
        "C19",
        "authorities.investment",
        ["Sở Kế hoạch và Đầu tư §17", "none", "none", "none", "Sở Kế hoạch và Đầu tư §18", "none", "none", "none"],
    ),
    (
        "C19",
        "authorities.police",
        [
            "Công an tỉnh –",
            "Công an tỉnh §27",
            "Công an tỉnh –",
            "Công an tỉnh –",
            "Công an tỉnh Tây Ninh §20",
            "Công an tỉnh –",
            "Công an tỉnh –",
            "Công an tỉnh –",
        ],
    ),
    (
        "C20",
        "police.role",
        ["none –", "reviewer §27.3", "none –", "none –", "advisory §20", "none –", "none –", "reviewer –"],
    ),
    (
        "C21",
        "request.answer_working_days",
        [
            "5 nd47/35.3",
            "5 nd47/35.3",
            "5 nd47/35.3",
            "5 nd47/35.3",
            "5 nd47/35.3",
            "5 §35.3",
            "2 nd194/40.3",
            "2 nd194/40.3 ?",
        ],
    ),
    (
        "C21",
        "request.refusal_cites_law",
        [
            "no nd47/51",
            "no nd47/51",
            "no nd47/51",
            "no nd47/51",
            "no nd47/51",
            "no §51",
            "yes nd194/16",
            "yes nd194/16",
        ],
    ),
    (
        "C21",
        "registry.posting_working_days",
        [
            "1 nd47/25.1",
            "1 nd47/25.1",
            "1 nd47/25.1",
            "1 nd47/25.1",
            "1 nd47/25.1",
            "1 §25.1",
            "1 nd47/25.1",
            "1 nd47/25.1 ?",
        ],
    ),
    (
        "C21",
        "sharing.suspension_notice_working_days",
        ["7 nd47/43", "7 nd47/43", "7 nd47/43", "7 nd47/43", "7 nd47/43", "7 §43", "7 nd47/43", "7 nd224/13"],
    ),
    (
        "C21",
        "sharing.breach_notice_days",
        [
            "1 nd47/43.5",
            "1 nd47/43.5",
            "1 nd47/43.5",
            "1 nd47/43.5",
            "1 nd47/43.5",
            "1 §43.5",
            "1 nd47/43.5",
            "1 nd47/43.5 ?",
        ],
    ),
    (
        "portal",
        "duty.reminder_days",
        [
            "-10+-3+0+1+5+10+20 –",
            "-10+-3+0+1+5+10+20 –",
            "-10+-3+0+1+5+10+20 –",
            "-10+-3+0+1+5+10+20 –",
            "-10+-3+0+1+5+10+20 –",
            "-10+-3+0+1+5+10+20 –",
            "-10+-3+0+1+5+10+20 –",
            "-10+-3+0+1+5+10+20 –",
        ],
    ),
    ("portal", "duty.head_after_days", ["5 –", "5 –", "5 –", "5 –", "5 –", "5 –", "5 –", "5 –"]),
    ("portal", "duty.coordinator_after_days", ["10 –", "10 –", "10 –", "10 –", "10 –", "10 –", "10 –", "10 –"]),
    ("portal", "duty.coordinator_weekday", ["1 –", "1 –", "1 –", "1 –", "1 –", "1 –", "1 –", "1 –"]),
    ("portal", "duty.return_days", ["15 –", "15 –", "15 –", "15 –", "15 –", "15 –", "15 –", "15 –"]),
    ("portal", "duty.close_days", ["20 –", "20 –", "20 –", "20 –", "20 –", "20 –", "20 –", "20 –"]),
    ("portal", "duty.extension_most_days", ["20 –", "20 –", "20 –", "20 –", "20 –", "20 –", "20 –", "20 –"]),
];

/// A value as cells write it.
fn told(value: &Value) -> String {
    match value {
        Value::Boolean(true) => "yes".to_owned(),
        Value::Boolean(false) => "no".to_owned(),
        Value::String(text) => text.clone(),
        Value::Table(words) => words.get("vi").map(told).unwrap_or_default(),
        Value::Array(entries) if entries.is_empty() => "none".to_owned(),
        Value::Array(entries) => entries.iter().map(told).collect::<Vec<_>>().join("+"),
        other => other.to_string(),
    }
}

fn text<'a>(entry: &'a Value, key: &str) -> &'a str {
    entry.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// The basis of a value or an entry; that there is none is a choice, and a note must say whose.
fn basis(rules: &str, entry: &Value) -> String {
    let mark = if entry.get("verified").and_then(Value::as_bool) == Some(false) { " ?" } else { "" };
    match entry.get("basis").and_then(Value::as_str) {
        None => "–".to_owned(),
        Some(cited) => match cited.strip_prefix(&format!("{rules}/")) {
            Some(place) => format!("§{place}{mark}"),
            None => format!("{cited}{mark}"),
        },
    }
}

/// How many items beside the reasons.
fn fields(entries: &[Value]) -> String {
    let items = entries.iter().filter(|entry| entry.as_str() != Some("reasons")).count();
    match (entries.len() > items, items) {
        (false, items) => format!("{items} items"),
        (true, 0) => "reasons".to_owned(),
        (true, items) => format!("reasons + {items} items"),
    }
}

fn noted(entry: &Value) -> bool {
    entry.get("basis").is_some() || entry.get("note").is_some()
}

/// Each basis of a list once.
fn bases(rules: &str, entries: &[Value]) -> String {
    let mut found: Vec<String> = Vec::new();
    for entry in entries {
        let basis = basis(rules, entry);
        if !found.contains(&basis) {
            found.push(basis);
        }
    }
    found.join(" ")
}

fn cell(rules: &str, table: &Table, path: &str) -> String {
    if let Some(key) = path.strip_prefix("reports.") {
        let reports = table.get("reports").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let cells = reports.iter().map(|report| match report.get(key) {
            Some(rule) if rule.is_table() => {
                assert!(noted(rule), "{rules} {path}: neither basis nor note");
                format!("{} {}", rule.get("value").map(told).unwrap_or_default(), basis(rules, rule))
            }
            value => value.map(told).unwrap_or_default(),
        });
        let cells: Vec<String> = cells.collect();
        return if cells.is_empty() { "none".to_owned() } else { cells.join(", ") };
    }
    let found = path.split('.').try_fold(Value::Table(table.clone()), |at, key| at.get(key).cloned());
    let place = || format!("{rules} {path}");
    let Some(found) = found else {
        let missing = if path.starts_with("labels.") { "as the portal" } else { "none" };
        return missing.to_owned();
    };
    let Value::Array(entries) = &found else {
        assert!(noted(&found), "{}: neither basis nor note", place());
        let value = found.get("value").unwrap_or_else(|| panic!("{}: no value", place()));
        let value = match value {
            Value::Array(entries) if path.ends_with("_fields") => fields(entries),
            value => told(value),
        };
        return format!("{value} {}", basis(rules, &found));
    };
    assert!(entries.iter().all(noted), "{}: neither basis nor note", place());
    match path {
        "reports" => {
            let report = |entry: &Value| {
                let months = entry.get("months").map(told).unwrap_or_default();
                let via = entry.get("via").map(|via| format!(" via {}", told(via))).unwrap_or_default();
                let people = format!("{} to {}{via}", text(entry, "author"), text(entry, "addressee"));
                format!("{people} {months} {}", basis(rules, entry))
            };
            entries.iter().map(report).collect::<Vec<_>>().join(", ")
        }
        "purposes" => format!("{} items {}", entries.len(), bases(rules, entries)),
        _ => {
            let codes: Vec<_> = entries.iter().map(|entry| text(entry, "code")).collect();
            format!("{} {}", codes.join("+"), bases(rules, entries))
        }
    }
}

#[test]
fn every_rule_set_settles_every_contradiction_as_its_regulation_says() {
    let mut wrong = Vec::new();
    for (column, rules) in RULES.into_iter().enumerate() {
        let table = assemble(rules, None).unwrap().table;
        for (number, path, cells) in TABLE {
            let found = cell(rules, &table, path);
            if found != cells[column] {
                wrong.push(format!("{number} {path}, {rules}: {found}, not {}", cells[column]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Decree 47 Điều 11.4, to which all but one regulation refer: what an entry shows.
const GROUPS: [&str; 4] = ["name", "purpose-scope-content", "mechanism-source", "items-by-form-and-user"];
/// Decision 1731 Điều 6.2: what an entry of the warehouse's catalogue shows.
const WAREHOUSE: [&str; 5] = ["data", "supplier", "update-form", "update-frequency", "allowed-units"];
/// A proposal's letter gives its reasons; the six items are those of Decree 47 Điều 12.2 and of Tây Ninh Điều 5.2.b.
const PROPOSAL: [&str; 7] =
    ["reasons", "name", "objectives", "scope-master-data", "users-purposes", "sources", "sharing-methods"];

#[test]
fn what_entries_and_each_kind_of_proposal_hold_is_as_each_regulation_lists_it() {
    for rules in RULES {
        let catalogue = Profile::load(rules, None).unwrap().catalogue;
        let entry = if rules == "dak-nong-1731-2022" { &WAREHOUSE[..] } else { &GROUPS[..] };
        assert_eq!(catalogue.entry_fields.value, entry, "{rules}");
        assert_eq!(catalogue.add_fields.value, PROPOSAL, "{rules}");
        // In Tây Ninh every proposal holds the six items, elsewhere only one to add; the others give their reasons.
        let changed = if rules == "tay-ninh-2024" { &PROPOSAL[..] } else { &PROPOSAL[..1] };
        assert_eq!(catalogue.edit_fields.value, changed, "{rules}");
        assert_eq!(catalogue.withdraw_fields.value, changed, "{rules}");
    }
}

#[test]
fn every_rule_set_offers_the_six_purposes_of_decision_1731() {
    for rules in RULES {
        let purposes = Profile::load(rules, None).unwrap().purposes;
        let codes: Vec<&str> = purposes.iter().map(|purpose| purpose.code.as_str()).collect();
        let six = ["development", "state-management", "administrative-procedures", "digital-transformation"];
        assert_eq!(codes, [&six[..], &["disclosure", "urgent-task"]].concat(), "{rules}");
    }
}

#[test]
fn every_rule_set_that_is_shipped_has_a_column() {
    let mut shipped = Profile::names();
    shipped.retain(|name| Profile::load(name, None).unwrap().rules == *name);
    shipped.sort_unstable();
    let mut columns = RULES;
    columns.sort_unstable();
    assert_eq!(shipped, columns);
}

#[test]
fn the_table_holds_every_contradiction() {
    let numbers: Vec<&str> = TABLE.iter().flat_map(|(number, ..)| number.split(", ")).collect();
    for number in 1..=21 {
        assert!(numbers.contains(&format!("C{number}").as_str()), "C{number}");
    }
}
