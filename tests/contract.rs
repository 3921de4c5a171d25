//! The schema contract: what the dictionary wants of values, held against every file; what breaks needs somebody's word.

use std::io::{Cursor, Read, Write};

use khomo::dataset::contract::{self, What};
use khomo::dataset::{self, ColumnNote, Constraints};
use khomo::kernel::id::DatasetId;
use khomo::kernel::{Kind, Result};
use khomo::review::SubmissionForm;

use crate::support::html::assert_clean;
use crate::support::kit::{Answer, Browser, Khomo, PUBLIC_URL, SMALL};

const OWN: [&str; 2] = [PUBLIC_URL, "http://127.0.0.1:8081"];

fn noted(title: &str, constraints: Constraints) -> ColumnNote {
    ColumnNote { title: title.to_owned(), constraints, ..ColumnNote::default() }
}

fn submit(khomo: &Khomo, id: &DatasetId, accepts: &str) -> Result<()> {
    khomo.scan(id);
    let form = SubmissionForm { reason: "Số liệu tháng 9.".into(), accepts: accepts.into() };
    khomo.db().write(&khomo.ctx("editor"), |tx| form.submit(tx, khomo.app.profile(), id))
}

/// What breaks in a draft: table, column, rule or change.
fn breaks(khomo: &Khomo, id: &DatasetId) -> Vec<(String, String)> {
    let report = khomo.db().read(|conn| {
        let draft = dataset::draft_of(conn, id)?.unwrap();
        contract::report(conn, &draft)
    });
    let told = |what: &What| match what {
        What::TableGone => ("bảng".to_owned(), "gone".to_owned()),
        What::Column(column) => (column.title().to_owned(), "column".to_owned()),
        What::Breach(breach) => (breach.column.clone(), format!("{} {:?}", breach.rule.code(), breach.rows)),
    };
    report.unwrap().breaks.iter().map(|one| told(&one.what)).collect()
}

fn dictionary_of(khomo: &Khomo, id: &DatasetId) -> Vec<ColumnNote> {
    let found = khomo.db().read(|conn| {
        let draft = dataset::draft_of(conn, id)?.unwrap();
        dataset::resources_of(conn, &draft.id)
    });
    found.unwrap().remove(0).dictionary
}

/// A draft that breaks its contract, and somebody's word for it.
pub async fn answered(khomo: &Khomo, slug: &str) {
    let key = vec![noted("Dân số", Constraints { required: true, ..Constraints::default() })];
    let (id, _) = khomo.dataset(slug).dictionary(key).csv("bang", SMALL).await.import().unwrap();
    submit(khomo, &id, "Một xã chưa báo số.").unwrap();
}

async fn post_dictionary(khomo: &Khomo, browser: &mut Browser, id: &DatasetId, fields: &[(&str, &str)]) -> Answer {
    let resource = khomo
        .db()
        .read(|conn| {
            let draft = dataset::draft_of(conn, id)?.unwrap();
            Ok(dataset::resources_of(conn, &draft.id)?.remove(0).resource_id)
        })
        .unwrap();
    browser.get(&format!("/internal/datasets/{id}/edit/dictionary")).await;
    browser.post(&format!("/internal/datasets/{id}/resources/{resource}/dictionary"), fields).await
}

#[actix_web::test]
async fn an_officer_writes_rules_a_file_breaks_them_and_the_reviewer_reads_why_it_goes_out() {
    let khomo = Khomo::start();
    let (id, _) = khomo.dataset("dan-so").title("Dân số các xã").csv("bang", SMALL).await.import().unwrap();
    let mut editor = khomo.signed_in("editor").await;

    // Wrong rules are named by their fields, and stay as they were typed.
    let rules = [
        ("c0-meaning", "Mã xã."),
        ("c0-key", "1"),
        ("c0-pattern", "(0"),
        ("c1-meaning", ""),
        ("c1-codes", "Kim Sơn = Xã Kim Sơn | Kim Son commune\nAn Lạc"),
        ("c2-meaning", ""),
        ("c2-required", "1"),
        ("c2-minimum", "nhiều"),
        ("c3-meaning", ""),
        ("c3-maximum", "06/01/2026"),
        ("stay", "1"),
    ];
    let wrong = post_dictionary(&khomo, &mut editor, &id, &rules).await;
    assert_eq!(wrong.status, 422);
    assert_clean("wrong rules", &wrong.text(), &OWN);
    assert_eq!(wrong.attributes("#errors a", "href"), ["#c0-pattern", "#c2-minimum"]);
    assert_eq!(wrong.attribute("#c2-minimum", "value").as_deref(), Some("nhiều"));
    assert_eq!(wrong.attribute("input[name=c0-key]", "checked").as_deref(), Some(""));
    assert!(wrong.texts("#c1-codes").concat().contains("Kim Sơn = Xã Kim Sơn | Kim Son commune"));
    assert!(dictionary_of(&khomo, &id).is_empty(), "nothing of it is kept");

    let right = rules.map(|(name, value)| match name {
        "c0-pattern" => (name, r"\d{5}"),
        "c2-minimum" => (name, "1000"),
        _ => (name, value),
    });
    let done = post_dictionary(&khomo, &mut editor, &id, &right).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let kept = dictionary_of(&khomo, &id);
    assert_eq!(kept[3].constraints.maximum.as_deref(), Some("2026-01-06"), "as cells are written");
    assert_eq!(kept[1].constraints.codes[0].label.as_ref().unwrap().en.as_deref(), Some("Kim Son commune"));

    // Nothing goes on its way before the table was held against them.
    let own = format!("/internal/datasets/{id}");
    editor.get(&own).await;
    let early = editor.post(&format!("{own}/submission"), &[("reason", "Lần đầu."), ("accepts", "vì")]).await;
    assert_eq!(early.status, 409);
    khomo.work().await;
    let expected =
        [("Tên xã", "codes [3]"), ("Dân số", "required [2]"), ("Dân số", "minimum [3]"), ("Ngày", "maximum [3]")];
    let expected = expected.map(|(column, rule)| (column.to_owned(), rule.to_owned()));
    assert_eq!(breaks(&khomo, &id), expected);
    let check = editor.get(&format!("{own}/edit/check")).await;
    assert_clean("the check", &check.text(), &OWN);
    assert!(check.texts("#main td").contains(&"1 giá trị dưới mức nhỏ nhất.".to_owned()), "{:?}", check.texts("td"));

    // Without a word it stays; with one the reviewer reads it.
    let page = editor.get(&own).await;
    assert_clean("the dataset", &page.text(), &OWN);
    let silent = editor.post(&format!("{own}/submission"), &[("reason", "Lần đầu.")]).await;
    assert_eq!((silent.status, silent.attributes("#errors a", "href")), (409, vec!["#accepts".to_owned()]));
    assert_eq!(silent.texts("#reason"), ["Lần đầu."], "what was typed stays");
    let word = "Một xã chưa báo số.";
    let sent = editor.post(&format!("{own}/submission"), &[("reason", "Lần đầu."), ("accepts", word)]).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let mut approver = khomo.signed_in("approver").await;
    let screen = approver.get(&format!("{own}/review")).await;
    assert_clean("the review", &screen.text(), &OWN);
    assert!(screen.texts("#main .cite").contains(&word.to_owned()));
    assert_eq!(khomo.approve(&id, "approver").unwrap(), Some(1));

    // The public reads the rules; the audit log holds who answered for what, and no value.
    let mut reader = khomo.public().await;
    let structure = reader.get("/dataset/dan-so?tab=structure").await;
    assert!(structure.text().contains("Xã Kim Sơn") && structure.text().contains("Thuộc khóa của bảng."));
    let entry = khomo.lines("SELECT detail AS line FROM audit_entry WHERE action = 'contract.accept'").remove(0);
    assert_eq!(entry.matches("\"rule\"").count(), 4, "{entry}");
    assert!(!entry.contains("987"));
}

#[actix_web::test]
async fn a_column_that_the_public_uses_goes_only_with_somebody_s_word_for_this_very_change() {
    let khomo = Khomo::start();
    let id = khomo.dataset("dan-so").publish().await;
    let less = "Mã xã,Tên xã,Ngày\n00123,Kim Sơn,05/01/2026\n";
    khomo.dataset("dan-so").csv("bang", less).await.import().unwrap();
    assert_eq!(breaks(&khomo, &id), [("Dân số".to_owned(), "column".to_owned())]);
    let refused = submit(&khomo, &id, "").unwrap_err();
    assert!(refused.kind() == Kind::Conflict && refused.has("contract-broken"));
    submit(&khomo, &id, "Bộ bỏ chỉ tiêu này.").unwrap();
    assert!(khomo.approve(&id, "approver").unwrap().is_some());

    // The word was for that change: another one needs another word.
    let fewer = "Mã xã,Ngày\n00123,05/01/2026\n";
    khomo.dataset("dan-so").csv("bang", fewer).await.import().unwrap();
    assert!(submit(&khomo, &id, "").unwrap_err().has("contract-broken"));
    // A new column breaks nothing.
    let more = "Mã xã,Tên xã,Ngày,Ghi chú\n00123,Kim Sơn,05/01/2026,x\n";
    khomo.dataset("dan-so").csv("bang", more).await.import().unwrap();
    assert_eq!(breaks(&khomo, &id), []);
    submit(&khomo, &id, "").unwrap();
}

#[actix_web::test]
async fn the_next_file_is_held_against_the_rules_of_the_last_and_rows_are_compared_by_the_key() {
    let khomo = Khomo::start();
    let key = vec![noted("Mã xã", Constraints { key: true, ..Constraints::default() })];
    let id = khomo.dataset("dan-so").dictionary(key.clone()).publish().await;
    // One commune has other people, one stands twice, and none goes.
    let later = "Mã xã,Tên xã,Dân số,Ngày\n00123,Kim Sơn,1251,05/01/2026\n00124,An Lạc,,06/01/2026\n00124,An Lạc,4,06/01/2026\n00125,Đồng Xuân,987,07/01/2026\n";
    khomo.dataset("dan-so").dictionary(key.clone()).csv("bang", later).await.import().unwrap();
    khomo.scan(&id);
    assert_eq!(breaks(&khomo, &id), [("Mã xã".to_owned(), "key [3]".to_owned())]);
    let right = later.replace("00124,An Lạc,4,06/01/2026\n", "");
    khomo.dataset("dan-so").dictionary(key).csv("bang", &right).await.import().unwrap();
    submit(&khomo, &id, "").unwrap();
    khomo.work().await;
    let mut approver = khomo.signed_in("approver").await;
    let screen = approver.get(&format!("/internal/datasets/{id}/review")).await;
    assert_eq!(screen.texts(".legend b"), ["+ 0", "− 0", "~ 1", "2"], "by the key without anybody's asking");
    let by_content = approver.get(&format!("/internal/datasets/{id}/review?table=bang&key=")).await;
    assert!(by_content.texts(".legend b").is_empty(), "another comparison, which is being made");
}

/// The workbook with one more row of texts on its first sheet.
fn filled(template: &[u8], cells: &[(&str, &str)]) -> Vec<u8> {
    let mut old = zip::ZipArchive::new(Cursor::new(template)).unwrap();
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..old.len() {
        let mut part = old.by_index(at).unwrap();
        let (name, mut content) = (part.name().unwrap().into_owned(), String::new());
        part.read_to_string(&mut content).unwrap();
        if name == "xl/worksheets/sheet1.xml" {
            let cell =
                |(place, text): &(&str, &str)| format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
            let row: String = cells.iter().map(cell).collect();
            assert!(content.contains("<dataValidation "), "cells are held against the rules as they are typed");
            content = content.replace("</sheetData>", &format!("<row r=\"2\">{row}</row></sheetData>"));
        }
        new.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        new.write_all(content.as_bytes()).unwrap();
    }
    new.finish().unwrap().into_inner()
}

#[actix_web::test]
async fn a_template_is_filled_in_and_sent_back_as_the_same_table() {
    let khomo = Khomo::start();
    let notes = vec![
        noted(
            "Tên xã",
            Constraints { codes: Constraints::codes_from("Kim Sơn\nAn Lạc\nĐồng Xuân"), ..Default::default() },
        ),
        noted("Dân số", Constraints { minimum: Some("0".into()), ..Constraints::default() }),
    ];
    let id = khomo.dataset("dan-so").dictionary(notes).publish().await;
    let mut editor = khomo.signed_in("editor").await;
    let resource =
        khomo.db().read(|conn| Ok(dataset::detail(conn, &id, None)?.resources.remove(0).resource_id)).unwrap();
    let path = format!("/internal/datasets/{id}/resources/{resource}/template.xlsx");
    let template = editor.get(&path).await;
    assert_eq!(template.status, 200);
    assert!(template.header("content-disposition").unwrap().contains(".xlsx"));
    let book = filled(&template.body, &[("A2", "00999"), ("B2", "An Lạc"), ("C2", "12"), ("D2", "2026-02-01")]);
    editor.get(&format!("/internal/datasets/{id}")).await;
    editor.post(&format!("/internal/datasets/{id}/draft"), &[]).await;
    editor.get(&format!("/internal/datasets/{id}/edit/tables")).await;
    let upload = format!("/internal/datasets/{id}/upload");
    let fields = [("resource", resource.as_str()), ("declared", "1")];
    let answer = editor.post_file(&upload, &fields, "Mẫu.xlsx", &book).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    khomo.work().await;
    let page = editor.follow(answer).await;
    assert!(page.text().contains("00999"), "zeros in front stay: {}", page.text());
    assert_eq!(breaks(&khomo, &id), [], "the same columns, by the rules");
    let mut stranger = khomo.signed_in("stranger").await;
    assert_eq!(stranger.get(&path).await.status, 403);
}
