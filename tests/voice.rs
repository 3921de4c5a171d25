//! Reports of what is wrong with the data: without an account, without being followed, to an answer and a correction that the public sees.

use khomo::kernel::id::{DatasetId, ReportId};
use khomo::kernel::{Actor, Ctx};
use khomo::voice::{self, Filing, ReportForm};

use crate::support::html::assert_clean;
use crate::support::kit::{AWAY, Answer, Browser, HOME, Khomo, PUBLIC_URL, SMALL};

const FORM: &str = "/dataset/dan-so/bao-loi";
const MAIL: &str = "lan.nguyen@thu.example";

/// A report of somebody about a published dataset, by the command alone.
pub fn filed(khomo: &Khomo, slug: &str) -> ReportId {
    filed_saying(khomo, slug, "Dân số xã Kim Sơn ghi sai.")
}

/// The same in other words.
pub fn filed_saying(khomo: &Khomo, slug: &str, words: &str) -> ReportId {
    filed_under(khomo, slug, words).0
}

/// The same, and the receipt number.
pub fn filed_under(khomo: &Khomo, slug: &str, words: &str) -> (ReportId, String) {
    let form = ReportForm {
        kind: "value".to_owned(),
        description: words.to_owned(),
        place: words.to_owned(),
        email: MAIL.to_owned(),
        ..ReportForm::default()
    };
    let receipt = voice::receipt_of(&ReportId::fresh().to_string());
    let ctx: Ctx = khomo.ctx_of(Actor::Public);
    let filing = Filing { profile: khomo.app.profile(), seal: &khomo.app.seal, receipt: &receipt };
    (khomo.db().write(&ctx, |tx| voice::file(tx, filing, slug, &form)).unwrap(), receipt)
}

async fn published(khomo: &Khomo) -> DatasetId {
    khomo.dataset("dan-so").title("Dân số các xã").english("Population of communes").publish().await
}

/// Opens the form, takes the time that a person takes, and sends it.
async fn send(khomo: &Khomo, reader: &mut Browser, fields: &[(&str, &str)]) -> Answer {
    let page = reader.get(FORM).await;
    assert_eq!(page.status, 200, "{}", page.text());
    khomo.clock.advance(20);
    reader.post(FORM, fields).await
}

const PLAIN: &[(&str, &str)] = &[("kind", "value"), ("description", "Dân số xã Kim Sơn ghi 1250, đúng là 12500.")];

/// The receipt number that a redirect leads to.
fn receipt(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{}", answer.text());
    let to = answer.header("location").unwrap();
    let (_, code) = to.split_once("/bao-loi?code=").unwrap_or_else(|| panic!("{to}"));
    code.split('&').next().unwrap().to_owned()
}

fn states(khomo: &Khomo) -> Vec<String> {
    khomo.lines("SELECT state AS line FROM error_report ORDER BY made_at, id")
}

fn through(folder: &std::path::Path) -> Khomo {
    let way = format!("folder:{}", folder.display());
    Khomo::start_with(&[("KHOMO_MAIL", &way), ("KHOMO_MAIL_FROM", "Khomo <khomo@lacdien.example>")])
}

/// The letters to the reporter, as they went out, their bodies decoded.
fn letters(folder: &std::path::Path) -> Vec<String> {
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let texts = files.into_iter().map(|path| std::fs::read_to_string(path).unwrap());
    texts.filter(|text| text.contains(MAIL)).map(|text| decoded(&text)).collect()
}

/// Quoted-printable and base64 parts of a letter as text, roughly: enough to look for words.
fn decoded(letter: &str) -> String {
    use base64::Engine;
    let mut out = letter.to_owned();
    for part in letter.split("\r\n\r\n").chain(letter.split("\n\n")) {
        let joined: String = part.lines().take_while(|line| !line.starts_with("--")).collect();
        if let Ok(bytes) = base64::engine::general_purpose::STANDARD.decode(joined.trim()) {
            out.push_str(&String::from_utf8_lossy(&bytes));
        }
    }
    let soft = out.replace("=\r\n", "").replace("=\n", "");
    let (bytes, mut plain, mut at) = (soft.as_bytes(), Vec::new(), 0);
    while at < bytes.len() {
        let hex = (bytes[at] == b'=').then(|| soft.get(at + 1..at + 3)).flatten();
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => (plain.push(byte), at += 3),
            None => (plain.push(bytes[at]), at += 1),
        };
    }
    String::from_utf8_lossy(&plain).into_owned()
}

// ── Reporting ──

#[actix_web::test]
async fn anybody_reports_an_error_and_follows_it_by_its_receipt_number() {
    let khomo = Khomo::start();
    published(&khomo).await;
    let mut reader = khomo.public().await;
    for (prefix, lang) in [("", "vi"), ("/en", "en")] {
        let dataset = reader.get(&format!("{prefix}/dataset/dan-so")).await;
        let link = format!("{prefix}{FORM}");
        assert!(dataset.attributes("a", "href").contains(&link), "the dataset's page leads to the form");
        let page = reader.get(&link).await;
        assert_eq!((page.status, page.attribute("html", "lang").as_deref()), (200, Some(lang)));
        assert_clean(&link, &page.text(), &[PUBLIC_URL]);
        assert_eq!(page.attribute("form[method=post]", "action"), Some(link.clone()));
        khomo.clock.advance(20);
        let code = receipt(&reader.post(&link, PLAIN).await);
        let told = reader.get(&format!("{prefix}/bao-loi?code={code}&sent=1")).await;
        assert_eq!(told.status, 200);
        assert_clean("the receipt", &told.text(), &[PUBLIC_URL]);
        assert!(told.text().contains(&code));
        let typed = code.replace('-', "").to_lowercase();
        assert_eq!(reader.get(&format!("{prefix}/bao-loi?code={typed}")).await.status, 200, "as people type it");
        for page in [&page, &told] {
            assert_eq!(page.header("cache-control"), Some("private, no-store"));
            assert_eq!(page.attribute("meta[name=robots]", "content").as_deref(), Some("noindex"));
        }
    }
    assert_eq!(reader.cookies.len(), 0, "nobody is followed");
    assert_eq!(states(&khomo), ["new", "new"]);
    assert_eq!(khomo.lines("SELECT lang AS line FROM error_report ORDER BY made_at"), ["vi", "en"]);
    let empty = reader.get("/bao-loi").await;
    assert_clean("/bao-loi", &empty.text(), &[PUBLIC_URL]);
    for wrong in ["AAAA-AAAA-AAAA", "x", "khong-co-so-nao-nhu-the-nay-ca-dau-nhe-ban-oi"] {
        let page = reader.get(&format!("/bao-loi?code={wrong}")).await;
        assert_eq!(page.status, 404, "{wrong}");
        assert_clean(wrong, &page.text(), &[PUBLIC_URL]);
    }
}

#[actix_web::test]
async fn forms_of_two_readers_are_never_one_page() {
    let khomo = Khomo::start();
    published(&khomo).await;
    let mut reader = khomo.public().await;
    let first = reader.get(FORM).await.attribute("input[name=csrf]", "value").unwrap();
    let second = reader.get(FORM).await.attribute("input[name=csrf]", "value").unwrap();
    assert_ne!(first, second);
}

#[actix_web::test]
async fn a_wrong_form_names_every_field_and_loses_nothing_typed() {
    let khomo = Khomo::start();
    published(&khomo).await;
    let mut reader = khomo.public().await;
    let fields = [("description", ""), ("place", "cột Dân số"), ("evidence", "javascript:alert(1)"), ("email", "lan")];
    let page = send(&khomo, &mut reader, &fields).await;
    assert_eq!(page.status, 422);
    assert_clean("a wrong form", &page.text(), &[PUBLIC_URL]);
    assert_eq!(page.attributes("#errors a", "href"), ["#kind", "#description", "#evidence", "#email"]);
    assert_eq!(page.attribute("#place", "value").as_deref(), Some("cột Dân số"));
    assert_eq!(page.attribute("#email", "value").as_deref(), Some("lan"));
    assert_eq!(khomo.count("error_report"), 0);
    assert_eq!(reader.post(FORM, PLAIN).await.status, 303, "mended at once, it goes");
    let long = "x".repeat(4001);
    let page = send(&khomo, &mut reader, &[("kind", "value"), ("description", &long)]).await;
    assert_eq!(page.status, 422);
    assert!(page.text().contains(&long));
    let page = send(&khomo, &mut reader, &[("kind", "value"), ("description", &"x".repeat(200 * 1024))]).await;
    assert_eq!(page.status, 413);
}

#[actix_web::test]
async fn programs_are_held_back_and_people_are_not() {
    let khomo = Khomo::start();
    published(&khomo).await;
    let mut reader = khomo.public().await;
    // Sooner than a person reads: the same form sent once more is taken.
    reader.get(FORM).await;
    let early = reader.post(FORM, PLAIN).await;
    assert_eq!(early.status, 422);
    assert!(early.text().contains("Trang vừa mở xong") && early.texts("#description")[0].contains("Kim Sơn"));
    khomo.clock.advance(5);
    assert_eq!(reader.post(FORM, PLAIN).await.status, 303);
    // The field that no person sees.
    let trapped = send(&khomo, &mut reader, &[PLAIN[0], PLAIN[1], ("website", "http://mua.example")]).await;
    assert_eq!(trapped.status, 422);
    assert_clean("the trap", &trapped.text(), &[PUBLIC_URL]);
    assert!(!trapped.text().contains("mua.example"));
    assert_eq!(
        reader.post(FORM, PLAIN).await.status,
        303,
        "a browser that filled it by itself is no reason to lose a report"
    );
    // Without a token, with another form's, with one of yesterday, from another site.
    let before = khomo.count("error_report");
    khomo.dataset("khac").publish().await;
    reader.get("/dataset/khac/bao-loi").await;
    let foreign = reader.token().unwrap().to_owned();
    reader.get(FORM).await;
    let own = reader.token().unwrap().to_owned();
    khomo.clock.advance(20);
    for token in ["", "x", &foreign, &own[..own.len() - 1]] {
        let answer = reader.post_bare(FORM, &[PLAIN[0], PLAIN[1], ("csrf", token)]).await;
        assert_eq!(answer.status, 403, "{token}");
        assert!(answer.texts("#description")[0].contains("Kim Sơn"), "nothing typed is lost");
    }
    for site in ["cross-site", "same-site"] {
        let fields = [PLAIN[0], PLAIN[1], ("csrf", own.as_str())];
        let answer = reader.send("POST", FORM, &[("Sec-Fetch-Site", site)], Some(&fields)).await;
        assert_eq!(answer.status, 403, "{site}");
    }
    khomo.clock.advance(13 * 3600);
    assert_eq!(reader.post_bare(FORM, &[PLAIN[0], PLAIN[1], ("csrf", &own)]).await.status, 403, "too old");
    assert_eq!(khomo.count("error_report"), before);
}

#[actix_web::test]
async fn one_client_sends_so_many_reports_an_hour_and_another_is_not_troubled() {
    let khomo = Khomo::start();
    published(&khomo).await;
    let mut reader = khomo.public().await;
    reader.peer = "203.0.113.7:40000".parse().unwrap();
    for _ in 0..10 {
        let answer = send(&khomo, &mut reader, PLAIN).await;
        assert_eq!(answer.status, 303);
    }
    let full = send(&khomo, &mut reader, PLAIN).await;
    assert_eq!(full.status, 429);
    assert_clean("too many", &full.text(), &[PUBLIC_URL]);
    assert!(full.texts("#description")[0].contains("Kim Sơn"), "what was written is kept");
    let mut other = khomo.public().await;
    other.peer = "203.0.113.8:40000".parse().unwrap();
    assert_eq!(send(&khomo, &mut other, PLAIN).await.status, 303);
    khomo.clock.advance(3600);
    assert_eq!(send(&khomo, &mut reader, PLAIN).await.status, 303);
    assert_eq!(khomo.count("audit_entry WHERE client LIKE '203.%'"), 0, "no reader's address is written down");
    assert_eq!(khomo.count("audit_entry WHERE action = 'report.file' AND client IS NOT NULL"), 0);
}

#[actix_web::test]
async fn a_form_sent_twice_is_one_report() {
    let khomo = Khomo::start();
    published(&khomo).await;
    let mut reader = khomo.public().await;
    let first = receipt(&send(&khomo, &mut reader, PLAIN).await);
    let second = receipt(&reader.post(FORM, PLAIN).await);
    assert_eq!((first == second, khomo.count("error_report")), (true, 1));
}

#[actix_web::test]
async fn only_what_the_public_sees_can_be_reported() {
    let khomo = Khomo::start();
    let gone = khomo.dataset("da-rut").publish().await;
    khomo.dataset("nhap").csv("bang", SMALL).await.import().unwrap();
    let mut reader = khomo.public().await;
    reader.get("/dataset/da-rut/bao-loi").await;
    khomo.clock.advance(20);
    khomo.withdraw(&gone, "approver").unwrap();
    assert_eq!(reader.post("/dataset/da-rut/bao-loi", PLAIN).await.status, 410);
    assert_eq!(reader.get("/dataset/da-rut/bao-loi").await.status, 410);
    for slug in ["nhap", "khong-co", "x%00"] {
        assert_eq!(reader.get(&format!("/dataset/{slug}/bao-loi")).await.status, 404, "{slug}");
    }
    assert_eq!(khomo.count("error_report"), 0);
}

// ── Handling ──

#[actix_web::test]
async fn a_report_reaches_the_owners_people_and_nobody_of_another_agency() {
    let khomo = Khomo::start();
    let dataset = published(&khomo).await;
    khomo.dataset("lua").title("Giá lúa").agency(AWAY).by("stranger").publish().await;
    let id = filed(&khomo, "dan-so");
    let away = filed(&khomo, "lua");
    khomo.work().await;
    let told = |person: &str| {
        khomo.count(&format!("notice WHERE event = 'report-filed' AND account_id = '{}'", khomo.id(person)))
    };
    assert_eq!(["editor", "second-editor", "both", "stranger", "auditor"].map(told), [1, 1, 1, 1, 0]);
    for (person, own, other) in [
        ("editor", 200, 403),
        ("both", 200, 403),
        ("coordinator", 200, 200),
        ("stranger", 403, 200),
        ("auditor", 403, 403),
    ] {
        let mut browser = khomo.signed_in(person).await;
        for (report, status) in [(&id, own), (&away, other)] {
            assert_eq!(browser.get(&format!("/internal/reports/{report}")).await.status, status, "{person}");
            if status == 403 {
                for act in ["taking-up", "confirmation", "rejection", "answer", "correction"] {
                    let path = format!("/internal/reports/{report}/{act}");
                    assert_eq!(
                        browser.post(&path, &[("answer", "x"), ("note", "x")]).await.status,
                        403,
                        "{person} {act}"
                    );
                }
            }
        }
        let list = browser.get("/internal/reports?state=all").await;
        assert_eq!(
            list.texts("tbody tr").len(),
            [own, other].iter().filter(|status| **status == 200).count(),
            "{person}"
        );
        let csv = browser.get("/internal/reports.csv?state=all").await.text();
        assert_eq!(csv.contains("Giá lúa"), other == 200, "{person}");
        let others = browser.get(&format!("/internal/reports?state=all&dataset={dataset}&agency={HOME}")).await;
        assert_eq!(others.texts("tbody tr").len(), usize::from(own == 200), "{person}");
        let home = browser.get("/internal").await;
        let score = home.attributes(".scorebar a", "href").contains(&"/internal/reports".to_owned());
        assert_eq!(score, own == 200 || other == 200, "{person}");
    }
    assert_eq!(states(&khomo), ["new", "new"]);
}

#[actix_web::test]
async fn the_list_is_filtered_sorted_and_paged() {
    let khomo = Khomo::start();
    published(&khomo).await;
    khomo.dataset("tram").title("Trạm y tế").publish().await;
    for number in 0..27 {
        filed(&khomo, if number % 9 == 0 { "tram" } else { "dan-so" });
        khomo.clock.advance(1);
    }
    let mut editor = khomo.signed_in("editor").await;
    let page = editor.get("/internal/reports").await;
    assert_clean("the list", &page.text(), &[PUBLIC_URL, "http://127.0.0.1:8081"]);
    assert_eq!(page.texts("tbody tr").len(), 25);
    assert_eq!(editor.get("/internal/reports?page=2").await.texts("tbody tr").len(), 2);
    assert_eq!(editor.get("/internal/reports?q=tram").await.texts("tbody tr").len(), 3);
    assert_eq!(editor.get("/internal/reports?kind=file").await.texts("tbody tr").len(), 0);
    assert_eq!(editor.get("/internal/reports?state=closed").await.texts("tbody tr").len(), 0);
    let first = |page: &Answer| page.attribute("tbody th a", "href").unwrap();
    let (oldest, newest) = (first(&page), first(&editor.get("/internal/reports?sort=newest").await));
    assert_ne!(oldest, newest);
    editor.get(&oldest).await;
    khomo.clock.advance(60);
    assert_eq!(editor.post(&format!("{oldest}/taking-up"), &[]).await.status, 303);
    assert_eq!(first(&editor.get("/internal/reports?sort=changed").await), oldest);
    assert_eq!(editor.get("/internal/reports?state=received").await.texts("tbody tr").len(), 1);
}

#[actix_web::test]
async fn an_answer_closes_a_report_is_mailed_and_the_e_mail_is_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let khomo = through(folder.path());
    published(&khomo).await;
    let mut reader = khomo.public().await;
    let code = receipt(&send(&khomo, &mut reader, &[PLAIN[0], PLAIN[1], ("email", MAIL)]).await);
    let id = khomo.lines("SELECT id AS line FROM error_report").remove(0);
    let path = format!("/internal/reports/{id}");
    let mut editor = khomo.signed_in("editor").await;
    let page = editor.get(&path).await;
    assert_clean("a report", &page.text(), &[PUBLIC_URL, "http://127.0.0.1:8081"]);
    assert!(page.text().contains("đúng là 12500") && !page.text().contains(MAIL), "officers see no e-mail");
    assert_eq!(editor.post(&format!("{path}/taking-up"), &[]).await.status, 303);
    assert_eq!(editor.post(&format!("{path}/taking-up"), &[]).await.status, 409, "once");
    assert!(reader.get(&format!("/bao-loi?code={code}")).await.text().contains("Đã tiếp nhận"));
    let empty = editor.post(&format!("{path}/rejection"), &[("answer", "  ")]).await;
    assert_eq!(empty.status, 422);
    assert_clean("an empty answer", &empty.text(), &[PUBLIC_URL, "http://127.0.0.1:8081"]);
    assert_eq!(khomo.count("error_report WHERE reply IS NOT NULL"), 1);
    let answer = "Số này đúng: 1250 là số hộ <b>&</b> không phải số người.";
    assert_eq!(editor.post(&format!("{path}/rejection"), &[("answer", answer)]).await.status, 303);
    assert_eq!(states(&khomo), ["closed"]);
    assert_eq!(khomo.count("error_report WHERE reply IS NOT NULL"), 0);
    let told = reader.get(&format!("/bao-loi?code={code}")).await;
    assert!(told.texts(".panel")[0].contains(answer), "{:?}", told.texts(".panel"));
    assert_eq!(told.texts(".timeline b"), ["Mới gửi", "Đã tiếp nhận", "Không phải lỗi", "Đã kết thúc"]);
    assert!(!told.text().contains("Người editor"), "the public reads no officer's name");
    khomo.work().await;
    let letters = letters(folder.path());
    assert_eq!(letters.len(), 1);
    assert!(letters[0].contains("1250 là số hộ") && letters[0].contains(&format!("{PUBLIC_URL}/bao-loi?code={code}")));
    assert_eq!(khomo.lines("SELECT kind || ' ' || state AS line FROM mail WHERE kind = 'answer'"), ["answer sent"]);
    for act in ["taking-up", "confirmation", "rejection", "answer", "correction"] {
        let again = editor.post(&format!("{path}/{act}"), &[("answer", "x"), ("note", "x")]).await;
        assert_eq!(again.status, 409, "{act}");
    }
}

#[actix_web::test]
async fn an_e_mail_stands_in_clear_nowhere_in_the_database() {
    let folder = tempfile::tempdir().unwrap();
    let khomo = through(folder.path());
    published(&khomo).await;
    let id = filed(&khomo, "dan-so");
    let second = filed(&khomo, "dan-so");
    let everywhere = |khomo: &Khomo| {
        let tables = [
            ("error_report", "coalesce(reply, '') || description || coalesce(answer, '') || receipt_hash"),
            ("error_report_step", "report_id || state"),
            ("audit_entry", "detail || object_id || coalesce(client, '')"),
            ("job", "payload || coalesce(last_failure, '')"),
            ("notice", "args || link"),
            ("mail", "kind || coalesce(last_failure, '')"),
        ];
        tables
            .map(|(table, text)| khomo.count(&format!("{table} WHERE {text} LIKE '%lan.nguyen%'")))
            .iter()
            .sum::<i64>()
    };
    assert_eq!((everywhere(&khomo), khomo.count("error_report WHERE reply IS NOT NULL")), (0, 2));
    let profile = khomo.app.profile();
    khomo.db().write(&khomo.ctx("editor"), |tx| voice::answer(tx, profile, &id, "Đã xem.")).unwrap();
    assert_eq!((everywhere(&khomo), khomo.count("job WHERE kind = 'report-letter'")), (0, 1));
    khomo.work().await;
    assert_eq!((everywhere(&khomo), letters(folder.path()).len()), (0, 1));
    assert_eq!(khomo.count("audit_entry WHERE detail LIKE '%Kim S%'"), 0, "nor what people wrote");
    // The database itself keeps no e-mail of a closed report, nor of a reporter with an account.
    let closed = format!("UPDATE error_report SET reply = 'x' WHERE id = '{id}'");
    assert!(khomo.raw(&closed).is_err());
    let kept =
        format!("UPDATE error_report SET state = 'closed', outcome = 'answered', answer = 'x' WHERE id = '{second}'");
    assert!(khomo.raw(&kept).is_err());
    assert!(
        khomo.raw("UPDATE error_report_step SET at = 1").is_err()
            && khomo.raw("DELETE FROM error_report_step").is_err()
    );
    assert_eq!(khomo.db().read(khomo::audit::verify).unwrap().broken_at, None);
}

#[actix_web::test]
async fn an_agency_that_uses_the_data_reports_from_inside_and_hears_of_every_step() {
    let khomo = Khomo::start();
    let dataset = published(&khomo).await;
    let mut auditor = khomo.signed_in("auditor").await;
    let form = format!("/internal/datasets/{dataset}/report");
    let page = auditor.get(&form).await;
    assert_clean("the form inside", &page.text(), &[PUBLIC_URL, "http://127.0.0.1:8081"]);
    let once = page.attribute("input[name=once]", "value").unwrap();
    assert_eq!(auditor.post(&form, &[("once", &once)]).await.status, 422);
    let fields = [PLAIN[0], PLAIN[1], ("once", once.as_str())];
    let answer = auditor.post(&form, &fields).await;
    assert_eq!(answer.status, 303);
    let path = answer.header("location").unwrap().to_owned();
    assert_eq!(auditor.post(&form, &fields).await.header("location"), Some(path.as_str()), "sent twice it is one");
    let own = auditor.get(&path).await;
    assert_eq!(own.status, 200);
    assert!(own.texts("#acts").is_empty(), "who reports does not judge");
    assert_eq!(auditor.get("/internal/reports").await.texts("tbody tr").len(), 1);
    let id = ReportId::parse(path.rsplit('/').next().unwrap()).unwrap();
    let profile = khomo.app.profile();
    khomo.db().write(&khomo.ctx("editor"), |tx| voice::take_up(tx, profile, &id)).unwrap();
    khomo.db().write(&khomo.ctx("editor"), |tx| voice::verify(tx, profile, &id)).unwrap();
    khomo.db().write(&khomo.ctx("editor"), |tx| voice::answer(tx, profile, &id, "Đã ghi nhận.")).unwrap();
    khomo.work().await;
    let events =
        format!("SELECT event AS line FROM notice WHERE account_id = '{}' ORDER BY at, id", khomo.id("auditor"));
    assert_eq!(khomo.lines(&events), ["report-taken-up", "report-verified", "report-closed"]);
    let agency = khomo.lines("SELECT agency_id AS line FROM error_report").remove(0);
    assert_eq!(agency, khomo.agency(AWAY).to_string(), "their agency is noted");
}

// ── Corrections ──

/// Takes the draft of a dataset through the review.
fn publish_draft(khomo: &Khomo, dataset: &DatasetId) -> i32 {
    khomo.submit(dataset, "editor").unwrap();
    khomo.approve(dataset, "approver").unwrap().unwrap()
}

#[actix_web::test]
async fn an_error_report_becomes_a_correction_that_the_public_sees_and_the_feed_carries() {
    let folder = tempfile::tempdir().unwrap();
    let khomo = through(folder.path());
    let dataset = published(&khomo).await;
    let mut reader = khomo.public().await;
    let code = receipt(&send(&khomo, &mut reader, &[PLAIN[0], PLAIN[1], ("email", MAIL)]).await);
    let other = filed(&khomo, "dan-so");
    let id = khomo.lines(&format!("SELECT id AS line FROM error_report WHERE id <> '{other}'")).remove(0);
    let mut editor = khomo.signed_in("editor").await;
    let path = format!("/internal/reports/{id}");
    editor.get(&path).await;
    assert_eq!(editor.post(&format!("{path}/confirmation"), &[]).await.status, 303);
    let bare = editor.post(&format!("{path}/correction"), &[]).await;
    assert_eq!(bare.status, 422, "a correction says what was wrong");
    assert_eq!(states(&khomo), ["verified", "new"]);
    let note = "Dân số xã Kim Sơn ghi nhầm 1.250 <i>&</i> nay là 12.500.";
    let begun = editor.post(&format!("{path}/correction"), &[("note", note)]).await;
    assert_eq!(begun.header("location"), Some(format!("/internal/datasets/{dataset}/correction").as_str()));
    let page = editor.get(&format!("/internal/datasets/{dataset}/correction")).await;
    assert_clean("the correction", &page.text(), &[PUBLIC_URL, "http://127.0.0.1:8081"]);
    assert_eq!(page.texts("#note"), [note]);
    assert_eq!(page.attributes("input[name=report][checked]", "value"), std::slice::from_ref(&id));
    assert_eq!(states(&khomo), ["correcting", "new"]);
    let draft = khomo.count("version WHERE state = 'draft' AND corrects IS NOT NULL");
    assert_eq!(draft, 1);

    let before = reader.get("/dataset/dan-so").await;
    assert!(!before.text().contains("Đính chính"), "a draft is nowhere public");
    assert!(!reader.get("/dataset/dan-so/feed.atom").await.text().contains("12.500"));
    khomo
        .dataset("dan-so")
        .title("Dân số các xã")
        .english("Population of communes")
        .csv("bang", &SMALL.replace("1250", "12500"))
        .await
        .import()
        .unwrap();
    assert_eq!(publish_draft(&khomo, &dataset), 2);
    assert_eq!(states(&khomo), ["corrected", "new"]);

    let after = reader.get("/dataset/dan-so?tab=versions").await;
    let newest = after.texts(".timeline li").remove(0);
    assert!(newest.contains("Đính chính") && newest.contains(note), "{newest}");
    assert!(!after.texts(".timeline li")[1].contains("Đính chính"));
    let feed = reader.get("/dataset/dan-so/feed.atom").await;
    assert!(
        feed.text().contains("Đính chính: Dân số các xã, phiên bản 2") && feed.text().contains("term=\"correction\"")
    );
    assert!(feed.text().contains("&#60;i&#62;&#38;&#60;/i&#62;") || feed.text().contains("&lt;i&gt;&amp;&lt;/i&gt;"));
    let told = reader.get(&format!("/bao-loi?code={code}")).await;
    assert!(told.text().contains("/dataset/dan-so/v/2") && told.text().contains("Đã đính chính"));
    khomo.work().await;
    let sent = letters(folder.path());
    assert_eq!(sent.len(), 1);
    assert!(sent[0].contains("nay là 12.500") && sent[0].contains("phiên bản 2"), "{}", sent[0]);

    assert_eq!(khomo.count("error_report WHERE state = 'corrected' AND reply IS NOT NULL"), 1);
    editor.get(&path).await;
    assert_eq!(editor.post(&format!("{path}/answer"), &[("answer", "Cảm ơn bạn.")]).await.status, 303);
    assert_eq!(khomo.lines("SELECT outcome AS line FROM error_report WHERE outcome IS NOT NULL"), ["corrected"]);
    assert_eq!(khomo.count("error_report WHERE state = 'closed' AND reply IS NOT NULL"), 0);
    // The next version is none.
    khomo.dataset("dan-so").csv("bang", SMALL).await.publish().await;
    assert_eq!(khomo.count("version WHERE number = 3 AND corrects IS NULL"), 1);
    assert!(khomo.raw("UPDATE version SET corrects = NULL WHERE number = 2").is_err(), "what was corrected stays said");
}

#[actix_web::test]
async fn decisions_are_bound_to_what_a_draft_corrects() {
    let khomo = Khomo::start();
    let dataset = published(&khomo).await;
    let (first, second) = (filed(&khomo, "dan-so"), filed(&khomo, "dan-so"));
    let profile = khomo.app.profile();
    khomo.db().write(&khomo.ctx("editor"), |tx| voice::begin_correction(tx, profile, &first, "Sửa số.")).unwrap();
    khomo.submit(&dataset, "editor").unwrap();
    let mut approver = khomo.signed_in("approver").await;
    let review = approver.get(&format!("/internal/datasets/{dataset}/review")).await;
    assert!(review.text().contains("Giải quyết 1 báo lỗi."));
    khomo.db().write(&khomo.ctx("editor"), |tx| voice::begin_correction(tx, profile, &second, "")).unwrap();
    assert!(
        khomo.approve(&dataset, "approver").unwrap_err().has("not-submitted"),
        "the submission was of something else"
    );
    assert_eq!(publish_draft(&khomo, &dataset), 2);
    assert_eq!(states(&khomo), ["corrected", "corrected"]);
}

#[actix_web::test]
async fn a_report_leaves_the_draft_that_corrects_it_no_more() {
    let khomo = Khomo::start();
    let dataset = published(&khomo).await;
    let id = filed(&khomo, "dan-so");
    let profile = khomo.app.profile();
    khomo.db().write(&khomo.ctx("editor"), |tx| voice::begin_correction(tx, profile, &id, "Sửa số.")).unwrap();
    let refused = khomo.db().write(&khomo.ctx("editor"), |tx| voice::answer(tx, profile, &id, "x")).unwrap_err();
    assert!(refused.has("report-further"), "it waits for the draft");
    let lost = khomo.dataset("lua").publish().await;
    let report = filed(&khomo, "lua");
    khomo.db().write(&khomo.ctx("editor"), |tx| voice::begin_correction(tx, profile, &report, "Sửa giá.")).unwrap();
    khomo.withdraw(&lost, "approver").unwrap();
    khomo.db().write(&khomo.ctx("editor"), |tx| voice::answer(tx, profile, &report, "Bộ dữ liệu đã rút.")).unwrap();
    let states = |khomo: &Khomo| {
        khomo.lines(&format!("SELECT state AS line FROM error_report WHERE id <> '{report}' ORDER BY made_at, id"))
    };
    let corrections = || khomo.count(&format!("version WHERE corrects IS NOT NULL AND dataset_id = '{dataset}'"));
    let mut editor = khomo.signed_in("editor").await;
    let path = format!("/internal/datasets/{dataset}/correction");
    let seen = |page: &Answer| page.attribute("input[name=seen]", "value").unwrap();
    let mark = seen(&editor.get(&path).await);
    let saved = editor.post(&path, &[("seen", &mark), ("note", "Thêm số liệu.")]).await;
    assert_eq!(saved.status, 303);
    assert_eq!((states(&khomo), corrections()), (vec!["verified".to_owned()], 0));
    // Somebody saved meanwhile; a report of nobody.
    let stale = editor.post(&path, &[("seen", &mark), ("on", "1"), ("note", "Mới hơn.")]).await;
    assert_eq!(stale.status, 409);
    assert_eq!(stale.texts("#note"), ["Mới hơn."], "nothing typed is lost");
    let mark = seen(&stale);
    let foreign = ReportId::fresh().to_string();
    let unknown = editor.post(&path, &[("seen", &mark), ("on", "1"), ("note", "x"), ("report", &foreign)]).await;
    assert_eq!(unknown.status, 422);
    let chosen = [("seen", mark.as_str()), ("on", "1"), ("note", "Sửa số."), ("report", id.as_str())];
    assert_eq!(editor.post(&path, &chosen).await.status, 303);
    assert_eq!(states(&khomo), ["correcting"]);
    // The note of a correction cannot be emptied elsewhere.
    let about = editor.get(&format!("/internal/datasets/{dataset}/edit/about")).await;
    let mark = seen(&about);
    let fields = [("seen", mark.as_str()), ("title", "Dân số các xã"), ("note", "")];
    assert_eq!(editor.post(&format!("/internal/datasets/{dataset}/edit/about"), &fields).await.status, 422);
    assert_eq!(editor.post(&format!("/internal/datasets/{dataset}/reset"), &[]).await.status, 303);
    assert_eq!((states(&khomo), corrections()), (vec!["verified".to_owned()], 0));
}

#[actix_web::test]
async fn hostile_words_are_words_on_every_page() {
    let khomo = Khomo::start();
    published(&khomo).await;
    let mut reader = khomo.public().await;
    let evil = "\"><script>alert(1)</script>{{7*7}}\u{202e}\u{0}\u{8}";
    let fields = [("kind", "other"), ("description", evil), ("place", evil), ("email", evil), ("evidence", evil)];
    let drawn = send(&khomo, &mut reader, &fields).await;
    assert_eq!(drawn.status, 422);
    assert_clean("hostile words", &drawn.text(), &[PUBLIC_URL]);
    let link = "https://x.example/?a=\"><script>alert(1)</script>";
    let fields = [("kind", "other"), ("description", evil), ("place", evil), ("evidence", link)];
    assert_eq!(reader.post(FORM, &fields).await.status, 303);
    let id = khomo.lines("SELECT id AS line FROM error_report").remove(0);
    let mut editor = khomo.signed_in("editor").await;
    for path in [format!("/internal/reports/{id}"), "/internal/reports".to_owned()] {
        let page = editor.get(&path).await;
        assert_eq!(page.status, 200);
        assert_clean(&path, &page.text(), &[PUBLIC_URL, "http://127.0.0.1:8081"]);
        assert!(!page.text().contains("<script>alert"), "{path}");
    }
    let href = editor.get(&format!("/internal/reports/{id}")).await.attribute("dd a[rel~=noreferrer]", "href").unwrap();
    assert!(href.starts_with("https://x.example/") && !href.contains('"'), "{href}");
}

// ── Feeds ──

/// The text of the first element of a name in a piece of XML.
fn element<'a>(xml: &'a str, name: &str) -> &'a str {
    let start = xml.find(&format!("<{name}")).unwrap_or_else(|| panic!("no {name} in {xml}"));
    let open = start + xml[start..].find('>').unwrap() + 1;
    &xml[open..open + xml[open..].find(&format!("</{name}>")).unwrap()]
}

fn entries(xml: &str) -> Vec<&str> {
    xml.split("<entry>").skip(1).collect()
}

#[actix_web::test]
async fn every_version_is_an_entry_whose_id_stays() {
    let khomo = Khomo::start();
    published(&khomo).await;
    let mut reader = khomo.public().await;
    let first = reader.get("/dataset/dan-so/feed.atom").await;
    assert_eq!((first.status, first.header("content-type")), (200, Some("application/atom+xml; charset=utf-8")));
    let id = element(entries(&first.text())[0], "id").to_owned();
    khomo.clock.advance(24 * 3600);
    khomo
        .dataset("dan-so")
        .title("Dân số các xã")
        .note("Thêm & sửa <quý II>.")
        .csv("bang", "A,B\n1,2\n")
        .await
        .publish()
        .await;
    let second = reader.get("/dataset/dan-so/feed.atom").await.text();
    let all = entries(&second);
    assert_eq!((all.len(), element(all[1], "id")), (2, id.as_str()));
    assert!(element(all[0], "id").starts_with("urn:uuid:") && element(all[0], "id") != id);
    assert_eq!(element(&second, "updated"), "2026-09-05T02:00:00.000Z", "of the newest entry");
    assert_eq!(element(all[1], "updated"), "2026-09-04T02:00:00.000Z");
    assert!(
        element(all[0], "summary").contains("&#60;quý II&#62;")
            || element(all[0], "summary").contains("&lt;quý II&gt;")
    );
    for (path, rel, kind) in [
        ("/dataset/dan-so/feed.atom", "self", "application/atom+xml"),
        ("/dataset/dan-so", "alternate", "text/html"),
        ("/en/dataset/dan-so/feed.atom", "alternate", "application/atom+xml"),
    ] {
        let link = second.lines().find(|line| line.contains(&format!("href=\"{PUBLIC_URL}{path}\""))).unwrap();
        assert!(link.contains(&format!("rel=\"{rel}\" type=\"{kind}\"")), "{link}");
    }
    let english = reader.get("/en/dataset/dan-so/feed.atom").await.text();
    assert!(english.contains("xml:lang=\"en\"") && english.contains("Population of communes, version 1"));
    assert_eq!(element(entries(&english)[1], "id"), id, "in either language");
    assert!(entries(&english)[0].contains("<summary xml:lang=\"vi\">"), "what has no English says so");
}

#[actix_web::test]
async fn a_feed_is_cached_as_pages_are_and_linked_from_them() {
    let khomo = Khomo::start();
    let dataset = published(&khomo).await;
    let mut reader = khomo.public().await;
    for (prefix, page) in [("", "/dataset/dan-so"), ("/en", "/dataset/dan-so")] {
        let html = reader.get(&format!("{prefix}{page}")).await;
        let feed = format!("{prefix}{page}/feed.atom");
        assert_eq!(html.attributes("link[type='application/atom+xml']", "href"), std::slice::from_ref(&feed));
        assert!(
            html.attributes("a", "href").contains(&feed)
                && html.attributes("a", "href").contains(&format!("{prefix}/feed.atom"))
        );
    }
    for path in ["/dataset/dan-so/feed.atom", "/feed.atom"] {
        let answer = reader.get(path).await;
        let etag = answer.header("etag").unwrap().to_owned();
        assert_eq!(answer.header("cache-control"), Some("public, no-cache"));
        assert_eq!(reader.get_with(path, &[("If-None-Match", &etag)]).await.status, 304);
        khomo.clock.advance(10);
        khomo.dataset("dan-so").title("Dân số các xã").note(path).csv("bang", SMALL).await.publish().await;
        let fresh = reader.get_with(path, &[("If-None-Match", &etag)]).await;
        assert_eq!(fresh.status, 200, "{path} is never stale");
    }
    khomo.withdraw(&dataset, "approver").unwrap();
    let gone = reader.get("/dataset/dan-so/feed.atom").await;
    assert_eq!(gone.status, 200, "whoever follows it learns why");
    let text = gone.text();
    let all = entries(&text);
    assert_eq!(all.len(), 1);
    assert!(all[0].contains("term=\"withdrawal\"") && all[0].contains("Số liệu sai đơn vị."));
    assert!(reader.get("/en/dataset/dan-so/feed.atom").await.text().contains("Wrong unit."));
    for path in ["/dataset/khong-co/feed.atom", "/dataset/x%00/feed.atom"] {
        assert_eq!(reader.get(path).await.status, 404);
    }
}

#[actix_web::test]
async fn the_portals_feed_tells_what_happened_last_and_shows_no_draft() {
    let khomo = Khomo::start();
    let mut reader = khomo.public().await;
    assert_eq!(entries(&reader.get("/feed.atom").await.text()).len(), 0);
    published(&khomo).await;
    khomo.clock.advance(60);
    let gone = khomo.dataset("lua").title("Giá lúa").agency(AWAY).by("stranger").publish().await;
    khomo.clock.advance(60);
    khomo.dataset("an").title("Chưa-duyệt").csv("bang", SMALL).await.import().unwrap();
    let titles = |xml: &str| entries(xml).iter().map(|entry| element(entry, "title").to_owned()).collect::<Vec<_>>();
    assert_eq!(titles(&reader.get("/feed.atom").await.text()), ["Giá lúa, phiên bản 1", "Dân số các xã, phiên bản 1"]);
    khomo.withdraw(&gone, "coordinator").unwrap();
    let text = reader.get("/feed.atom").await.text();
    assert_eq!(titles(&text), ["Đã rút: Giá lúa", "Dân số các xã, phiên bản 1"]);
    assert!(!text.contains("Chưa-duyệt"));
    khomo.raw("UPDATE dataset SET title_vi = title_vi").unwrap();
    assert!(reader.get("/en/feed.atom").await.text().contains("Withdrawn: Giá lúa"));
}
