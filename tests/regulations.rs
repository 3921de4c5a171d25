//! The page of the rules in force: every rule with its basis, and the dates that follow from the profile.

use crate::support::kit::{Answer, Khomo};

const PAGE: &str = "/internal/regulations";

/// The page under a profile, as an editor reads it on 4 September 2026, a Friday.
async fn under(profile: &str) -> Answer {
    let khomo = Khomo::start_with(&[("KHOMO_PROFILE", profile)]);
    let mut editor = khomo.signed_in("editor").await;
    editor.visit(PAGE).await
}

/// The row of a table whose first cell begins so.
fn row(page: &Answer, beginning: &str) -> String {
    let rows = page.texts("main tbody tr");
    rows.iter().find(|row| row.starts_with(beginning)).unwrap_or_else(|| panic!("{beginning}: {rows:#?}")).clone()
}

#[actix_web::test]
async fn another_profile_means_other_dates() {
    let today = under("lac-dien").await;
    let (soc_trang, dak_nong, tay_ninh) =
        (under("soc-trang-2022").await, under("dak-nong-2022").await, under("tay-ninh-2024").await);

    // Two working days after Decree 194, five before it.
    let request = "Yêu cầu kết nối nhận hôm nay";
    assert!(row(&today, request).contains("08/09/2026"), "{}", row(&today, request));
    for page in [&soc_trang, &dak_nong, &tay_ninh] {
        assert!(row(page, request).contains("11/09/2026"), "{}", row(page, request));
    }

    // Every six months, every year (a Saturday, so the Monday after it), or when something changes.
    let review = "Danh mục cơ sở dữ liệu rà soát hôm nay";
    assert!(row(&today, review).contains("04/03/2027"));
    assert!(row(&dak_nong, review).contains("04/03/2027"));
    assert!(row(&soc_trang, review).contains("06/09/2027"));
    assert!(!tay_ninh.texts("main tbody tr").iter().any(|row| row.starts_with(review)));

    // Three months from publication, with its reminders around it; quarterly returns only where they are asked for.
    assert!(row(&today, "Bộ dữ liệu trong danh mục dữ liệu mở công bố hôm nay").contains("04/12/2026"));
    let reminders = row(&today, "Đầu mối được nhắc");
    assert!(reminders.contains("01/12/2026, 04/12/2026, 07/12/2026"), "{reminders}");
    let returned = "Các cơ quan nộp báo cáo của quý này";
    for page in [&today, &dak_nong] {
        assert!(row(page, returned).contains("21/10/2026"), "{}", row(page, returned));
    }
    for page in [&soc_trang, &tay_ninh] {
        assert!(!page.texts("main tbody tr").iter().any(|row| row.starts_with(returned)));
    }
    assert!(row(&today, "Quý này được khóa").contains("28/10/2026"));
    assert!(row(&tay_ninh, "Báo cáo kết quả kiểm tra dữ liệu của năm").contains("31/12/2026"));
}

#[actix_web::test]
async fn every_value_stands_with_its_basis_and_says_when_it_is_by_configuration() {
    let today = under("lac-dien").await;
    let answer = row(&today, "Trả lời yêu cầu kết nối trong");
    for said in ["2 ngày làm việc", "khoản 3 Điều 40 Nghị định 194/2025/NĐ-CP", "theo cấu hình"] {
        assert!(answer.contains(said), "{said}: {answer}");
    }
    let returns = row(&today, "Cơ quan nộp danh sách dữ liệu của mình");
    assert!(returns.contains("3 tháng một lần") && returns.contains("Lựa chọn của cổng"), "{returns}");
    let reminders = row(&today, "Nhắc đầu mối của cơ quan");
    for said in ["trước hạn 10 ngày làm việc", "đúng ngày đến hạn", "quá hạn 20 ngày làm việc"]
    {
        assert!(reminders.contains(said), "{said}: {reminders}");
    }
    assert!(row(&today, "Danh sách việc quá hạn, sắp đến hạn hằng tuần").contains("Thứ Hai"));
    // The portal's own choices as well, under the names of roles.
    assert!(row(&today, "Số người quyết định việc công bố, ít nhất").contains("2 người"));
    assert!(row(&today, "Đề nghị hủy dữ liệu").contains("Cơ quan điều phối"));
    assert!(row(&today, "Vai trò phải xác thực hai bước").contains("Không quy định"));
    assert!(row(&today, "Mức độ mở của dữ liệu").contains("Mức 4"));
    let shown = today.texts("main").concat();
    assert!(!shown.contains("20000") && !shown.contains("20.000"), "the limits of alerts");

    let tay_ninh = under("tay-ninh-2024").await;
    let due = row(&tay_ninh, "Hạn báo cáo kết quả kiểm tra");
    assert!(due.contains("Ngày 31/12 hằng năm") && due.contains("khoản 5 Điều 22"), "{due}");
    assert!(!due.contains("theo cấu hình"), "{due}");
    assert!(row(&tay_ninh, "Vướng mắc gửi đến").contains("Nơi quản lý LGSP"));
    assert!(row(&tay_ninh, "Quản lý kho dữ liệu dùng chung").contains("Trung tâm Giám sát"));
    let reports = tay_ninh.texts("[aria-labelledby='reports'] tbody tr");
    let warehouse =
        reports.iter().find(|row| row.starts_with("Báo cáo đánh giá kết quả hoạt động kho dữ liệu")).unwrap();
    for said in [
        "12 tháng một lần",
        "nơi quản lý kho dữ liệu báo cáo cơ quan có thẩm quyền",
        "mẫu: Kết quả hoạt động của kho dữ liệu",
        "điểm c khoản 9 Điều 17",
    ] {
        assert!(warehouse.contains(said), "{said}: {warehouse}");
    }
    let due = reports.iter().find(|row| row.starts_with("Hạn nộp: Báo cáo đánh giá kết quả hoạt động kho dữ liệu"));
    for said in ["Ngày cuối của kỳ", "Quy chế không ấn định hạn nộp"] {
        assert!(due.unwrap().contains(said), "{said}: {due:?}");
    }

    let soc_trang = under("soc-trang-2022").await;
    let outside = row(&soc_trang, "Chia sẻ ra ngoài tỉnh cần sự đồng ý của");
    for said in ["Cơ quan điều phối và cơ quan quản lý dữ liệu", "Chủ tịch Ủy ban nhân dân tỉnh", "khoản 3 Điều 17"]
    {
        assert!(outside.contains(said), "{said}: {outside}");
    }

    // Bodies and names say where they come from.
    let called = row(&tay_ninh, "Danh mục, bảng mã");
    assert!(called.contains("Dữ liệu danh mục dùng chung") && called.contains("khoản 3 Điều 17"), "{called}");
    assert!(row(&tay_ninh, "Nơi quản lý dịch vụ chia sẻ").contains("Tên gọi của cổng"));
    assert!(row(&today, "Quản lý kho dữ liệu dùng chung").contains("lựa chọn của cổng: cơ quan điều phối"));

    // Each basis leads to its document, on the same page.
    for page in [&today, &tay_ninh] {
        let places = page.attributes("main [id]", "id");
        let links = page.attributes("main a[href^='#']", "href");
        assert!(links.iter().filter(|link| link.starts_with("#doc-")).count() > 30);
        for link in links {
            assert!(places.contains(&link[1..].to_owned()), "{link}");
        }
        assert!(places.iter().all(|id| places.iter().filter(|other| *other == id).count() == 1));
    }
    let replaced = row(&today, "Nghị định 47/2020/NĐ-CP");
    assert!(replaced.contains("Đã được thay thế") && replaced.contains("Nghị định 278/2025/NĐ-CP"), "{replaced}");
}

#[actix_web::test]
async fn the_rules_are_told_in_english_too_and_every_page_leads_to_them() {
    let khomo = Khomo::start();
    let mut editor = khomo.signed_in("editor").await;
    editor.visit("/internal/account").await;
    editor.post("/internal/account/language", &[("lang", "en")]).await;
    let page = editor.visit("/internal").await;
    assert!(page.attributes("footer a", "href").contains(&PAGE.to_owned()));
    let page = editor.visit(PAGE).await;
    assert_eq!(page.texts("h1"), ["Rules in force"]);
    let answer = row(&page, "A request to connect is answered within");
    for said in ["2 working days", "Article 40.3, Decree 194/2025/NĐ-CP", "by configuration"] {
        assert!(answer.contains(said), "{said}: {answer}");
    }
    assert!(row(&page, "Reports of errors are copied to").contains("Not laid down"));
    // No code stands where words should.
    assert!(!page.text().contains("regulation-"));
    let mut nobody = khomo.internal().await;
    nobody.get("/internal/sign-in").await;
    assert!(!nobody.get("/internal/sign-in").await.attributes("footer a", "href").contains(&PAGE.to_owned()));
}

#[actix_web::test]
async fn what_has_only_a_vietnamese_name_is_read_out_as_vietnamese_wherever_it_stands() {
    let own = tempfile::tempdir().unwrap();
    let rules = "profiles/rules/current-2026.toml";
    let shipped = std::fs::read_to_string(format!("{}/{rules}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let named = shipped.replace("{ vi = \"Nghị định\", en = \"Decree\" }", "{ vi = \"Nghị định\" }");
    assert_ne!(named, shipped);
    std::fs::create_dir_all(own.path().join("profiles/rules")).unwrap();
    std::fs::write(own.path().join(rules), named).unwrap();
    let khomo = Khomo::start_with(&[("KHOMO_OVERRIDES", own.path().to_str().unwrap())]);
    let english = khomo.public().await.get("/en/van-ban").await;
    let named = english.texts("main h3[lang='vi']");
    assert!(!named.is_empty());
    assert_eq!(english.texts("main caption[lang='vi']"), named);
    assert_eq!(english.texts("main th a .sr [lang='vi']"), named);
}

/// The rows of the register of documents.
fn register(page: &Answer) -> Vec<String> {
    page.texts("[aria-labelledby='documents'] tbody tr")
}

#[actix_web::test]
async fn the_public_reads_on_which_documents_the_portal_rests_and_what_follows_from_each() {
    let khomo = Khomo::start();
    let mut reader = khomo.public().await;
    let page = reader.get("/van-ban").await;
    assert_eq!(page.status, 200);
    assert!(page.attributes("footer a", "href").contains(&"/van-ban".to_owned()));

    // What is in force stands first, of it the newest; what was replaced says by what.
    let documents = register(&page);
    let in_force = documents.iter().take_while(|row| row.contains("Còn hiệu lực")).count();
    assert!(in_force > 3 && documents[in_force..].iter().all(|row| !row.contains("Còn hiệu lực")), "{documents:#?}");
    let at = |beginning: &str| documents.iter().position(|row| row.starts_with(beginning)).unwrap();
    assert!(at("Nghị định 224/2026/NĐ-CP") < at("Nghị định 278/2025/NĐ-CP"), "{documents:#?}");
    let replaced = &documents[at("Nghị định 47/2020/NĐ-CP")];
    for said in ["Chính phủ", "Đã được thay thế", "Nghị định 278/2025/NĐ-CP", "22/10/2025"] {
        assert!(replaced.contains(said), "{said}: {replaced}");
    }
    let badges = page.attributes("[aria-labelledby='documents'] .badge", "class");
    assert!(badges.contains(&"badge good".to_owned()) && badges.contains(&"badge plain".to_owned()), "{badges:?}");

    // Each rule stands with the document that it cites, in words, and says when it is by configuration.
    let update = row(&page, "Bộ dữ liệu trong danh mục dữ liệu mở được cập nhật");
    for said in ["Trong 3 tháng kể từ mỗi lần công bố", "khoản 3 Điều 20 Nghị định 47/2020/NĐ-CP", "theo cấu hình"]
    {
        assert!(update.contains(said), "{said}: {update}");
    }
    // How the inside is run is no matter of this page.
    for inside in ["Giữ nhật ký", "Cổng nội bộ", "Rà soát tài khoản"] {
        assert!(!page.texts("main").concat().contains(inside), "{inside}");
    }
    let places = page.attributes("main [id]", "id");
    for link in page.attributes("main a[href^='#']", "href") {
        assert_eq!(places.iter().filter(|id| **id == link[1..]).count(), 1, "{link}");
    }

    let english = reader.get("/en/van-ban").await;
    assert_eq!(english.texts("h1"), ["Documents and legal basis"]);
    let update = row(&english, "A dataset of the open-data catalogue is updated");
    assert!(
        update.contains("Within 3 months from each publication") && update.contains("by configuration"),
        "{update}"
    );
    assert!(!english.text().contains("regulation-") && !english.text().contains("documents-"));
}

#[actix_web::test]
async fn each_profile_has_its_own_register() {
    let khomo = Khomo::start_with(&[("KHOMO_PROFILE", "tay-ninh-2024")]);
    let page = khomo.public().await.get("/van-ban").await;
    let documents = register(&page);
    assert!(documents.iter().any(|row| row.contains("Dự thảo") && row.contains("Tây Ninh")), "{documents:#?}");
    let due = row(&page, "Hạn báo cáo kết quả kiểm tra");
    assert!(due.contains("Ngày 31/12 hằng năm") && !due.contains("theo cấu hình"), "{due}");
}

#[actix_web::test]
async fn how_the_inside_is_run_is_told_inside_only_even_where_a_document_says_it() {
    let said = [
        ("tay-ninh-2024", "Cổng nội bộ chỉ mở trong mạng của tỉnh", "điểm a khoản 9 Điều 17"),
        ("tay-ninh-2024", "Vận hành liên tục ngày đêm", "điểm a khoản 9 Điều 17"),
        ("dak-nong-2022", "Rà soát tài khoản", "khoản 3 Điều 16"),
        ("dak-nong-2022", "Áp dụng các quy tắc mật khẩu của cấp độ 3", "khoản 4 Điều 12"),
        ("dak-nong-2022", "Mỗi cơ quan cử", "khoản 1 Điều 20"),
    ];
    for profile in ["tay-ninh-2024", "dak-nong-2022"] {
        let khomo = Khomo::start_with(&[("KHOMO_PROFILE", profile)]);
        let inside = khomo.signed_in("editor").await.visit(PAGE).await;
        let outside = khomo.public().await.get("/van-ban").await;
        assert_eq!(outside.status, 200);
        let outside = outside.texts("main").concat();
        for (_, rule, basis) in said.iter().filter(|(under, ..)| *under == profile) {
            let told = row(&inside, rule);
            assert!(told.contains(basis), "{basis}: {told}");
            assert!(!outside.contains(rule), "{profile}: {rule}");
        }
    }
}

#[actix_web::test]
async fn the_register_lists_the_signed_decisions_that_the_public_may_read() {
    let khomo = Khomo::start();
    let mut reader = khomo.public().await;
    let decisions = "[aria-labelledby='decisions']";
    assert!(reader.get("/van-ban").await.texts(decisions).concat().contains("Chưa có quyết định nào được công bố."));

    // Nothing of what is only written or waits for a decision.
    crate::plan::drafted(&khomo);
    crate::plan::consulted(&khomo, 2027);
    assert!(reader.get("/van-ban").await.texts(&format!("{decisions} tbody tr")).is_empty());

    crate::plan::executed(&khomo, 2026).await;
    let page = reader.get("/van-ban").await;
    let rows = page.texts(&format!("{decisions} tbody tr"));
    assert_eq!(rows.len(), 1, "{rows:#?}");
    for said in ["34/QĐ-UBND", "01/09/2026", "Kế hoạch dữ liệu mở năm 2026", "Đang thực hiện"] {
        assert!(rows[0].contains(said), "{said}: {rows:?}");
    }
    let links = page.attributes(&format!("{decisions} a"), "href");
    assert_eq!(links, ["/ke-hoach-du-lieu-mo/2026", "/ke-hoach-du-lieu-mo/2026/quyet-dinh.pdf"]);
    for link in links {
        assert_eq!(reader.get(&link).await.status, 200, "{link}");
    }

    let khomo = Khomo::start();
    crate::plan::issued(&khomo).await;
    crate::plan::issued(&khomo).await;
    let page = khomo.public().await.get("/en/van-ban").await;
    let rows = page.texts(&format!("{decisions} tbody tr"));
    assert_eq!(rows.len(), 2, "{rows:#?}");
    for (said, standing) in [("Open-data catalogue, issue 1", "Replaced"), ("Open-data catalogue, issue 2", "In force")]
    {
        assert!(rows.iter().any(|row| row.contains(said) && row.contains(standing)), "{said}: {rows:#?}");
    }
}
