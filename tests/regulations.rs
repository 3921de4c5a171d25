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
    for said in ["Cơ quan điều phối và nơi quản lý dữ liệu", "Chủ tịch Ủy ban nhân dân tỉnh", "khoản 3 Điều 17"]
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
    assert!(replaced.contains("đã được thay thế") && replaced.contains("Nghị định 278/2025/NĐ-CP"), "{replaced}");
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
