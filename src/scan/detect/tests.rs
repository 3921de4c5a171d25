//! What the detector finds, what it leaves alone, and that what it shows is masked.

use super::*;

fn columns(titles: &[&str]) -> Vec<Heading> {
    titles.iter().map(|title| Heading { title: (*title).to_owned(), note: String::new() }).collect()
}

fn scan(titles: &[&str], rows: &[&[&str]]) -> Vec<Hits> {
    let mut scanner = Scanner::new(&columns(titles), &Options::default());
    for row in rows {
        let cells: Vec<Option<&str>> = row.iter().map(|cell| (!cell.is_empty()).then_some(*cell)).collect();
        scanner.row(&cells);
    }
    scanner.finish()
}

/// Kinds, severities and counts of one column.
fn column(title: &str, cells: &[&str]) -> Vec<(Kind, Severity, u64)> {
    let rows: Vec<[&str; 1]> = cells.iter().map(|cell| [*cell]).collect();
    let rows: Vec<&[&str]> = rows.iter().map(|row| &row[..]).collect();
    scan(&[title], &rows).into_iter().map(|hits| (hits.kind, hits.severity, hits.count)).collect()
}

fn all(title: &str, kind: Kind, severity: Severity, cells: &[&str]) {
    for cell in cells {
        assert_eq!(column(title, &[cell]), [(kind, severity, 1)], "{title}: {cell}");
    }
}

fn none(title: &str, cells: &[&str]) {
    for cell in cells {
        assert_eq!(column(title, &[cell]), [], "{title}: {cell}");
    }
    assert_eq!(column(title, cells), [], "{title}");
}

use Kind::{
    BankAccount, BankCard, Citizen, HealthInsurance, OldCitizen, Passport, Person, Phone, Plate, Secret,
    SocialInsurance, Tax,
};
use Severity::{Block, Look};

#[test]
fn a_personal_number_is_found_in_every_form() {
    let forms = [
        "079185012345",
        "079 185 012 345",
        "079.185.012.345",
        "079-185-012-345",
        "０７９１８５０１２３４５",
        "079\u{a0}185\u{a0}012\u{a0}345",
        "'079185012345",
        " 079185012345 ",
        "0 7 9 1 8 5 0 1 2 3 4 5",
    ];
    for title in [
        "Số CCCD",
        "Căn cước công dân",
        "so cccd",
        "SỐ C.C.C.D",
        "Số định danh cá nhân",
        "Ca\u{306}n cu\u{31b}o\u{31b}\u{301}c",
        "CMND/CCCD",
        "id card",
        "SoCCCD",
        "so_cccd",
        "ＣＣＣＤ",
    ] {
        all(title, Citizen, Block, &forms);
    }
    all(
        "Ghi chú",
        Citizen,
        Block,
        &[
            "CCCD: 079185012345",
            "Ông A, số cccd 079185012345, cấp ngày 01/02/2021",
            "079185012345 (Nguyễn Văn A)",
            "can cuoc 079 185 012 345",
            "CCCD079185012345",
        ],
    );
    all("Cột 3", Citizen, Block, &forms);
}

#[test]
fn zeros_that_a_spreadsheet_took_away_and_its_powers_of_ten_are_seen() {
    all(
        "CCCD",
        Citizen,
        Block,
        &["79185012345", "1185012345", "79185012345.0", "79185012345,00", "7.9185012E+10", "7,9E+10", "1.18501E+09"],
    );
    none("Doanh thu (đồng)", &["79185012345", "1185012345", "7.9185012E+10", "12.345.678.901", "1.234.567.890,5"]);
    let mixed = ["079185012345", "79185012346", "1185012345", "001185012347", "036085012347"];
    assert_eq!(column("Mã", &mixed), [(Citizen, Block, 5)]);
}

#[test]
fn an_old_card_a_passport_and_a_social_insurance_number_need_words() {
    all("Số CMND", OldCitizen, Block, &["012345678", "123456789", "123 456 789", "12345678", "1.23E+08"]);
    all("Ghi chú", OldCitizen, Block, &["CMND 123456789", "chứng minh nhân dân số 123 456 789 do CA tỉnh cấp"]);
    none("Số lượng", &["123456789", "987654321"]);
    none("Ghi chú", &["Tổng 123456789 đồng", "mã 123456789"]);
    all("Hộ chiếu", Passport, Block, &["B1234567", "C12345678", "b1234567", "C 1234567"]);
    all("Ghi chú", Passport, Block, &["Hộ chiếu số C1234567", "passport: B12345678"]);
    none("Mã thiết bị", &["B1234567", "C12345678"]);
    none("Mã", &["B1234567", "C12345678"]);
    all("Mã số BHXH", SocialInsurance, Block, &["7912345678", "0123456789", "79 1234 5678"]);
    all("Ghi chú", SocialInsurance, Block, &["Số sổ BHXH: 7912345678"]);
    none("Mã", &["7912345678"]);
}

#[test]
fn the_dictionary_is_context_as_the_heading_is() {
    let heading =
        [Heading { title: "Số giấy".into(), note: "Số chứng minh nhân dân của người nộp".into() }];
    let mut scanner = Scanner::new(&heading, &Options::default());
    scanner.row(&[Some("123456789")]);
    assert_eq!(scanner.finish()[0].kind, OldCitizen);
    let options = Options { text: "Danh sách kèm số hộ chiếu".into(), ..Options::default() };
    let mut scanner = Scanner::new(&columns(&["Mã số"]), &options);
    scanner.row(&[Some("C1234567")]);
    assert_eq!(scanner.finish()[0].kind, Passport);
}

#[test]
fn a_tax_code_has_a_check_digit() {
    all("Mã số thuế", Tax, Look, &["0100109106", "0100109106-001", "0100 109 106", "100109106", "0100109106001"]);
    none("Mã số thuế", &["0100109107", "1234567890"]);
    assert_eq!(column("MST cá nhân", &["0100109106"]), [(Tax, Block, 1)]);
    assert_eq!(column("MST", &["079185012345"]), [(Citizen, Block, 1)]);
    all("Ghi chú", Tax, Look, &["MST: 0100109106", "Công ty A (mã số thuế 0100109106)"]);
}

#[test]
fn health_insurance_cards_count_by_their_shape() {
    for title in ["Thẻ BHYT", "Cột 1", "Ghi chú"] {
        all(
            title,
            HealthInsurance,
            Block,
            &["TE1010123456789", "DN4797912345678", "GD 4 79 79 1234 5678", "HS4-01-0123456789"],
        );
    }
    all("Mã BHYT", HealthInsurance, Block, &["7912345678"]);
    none("Mã sản phẩm", &["ZZ1010123456789", "AB9010123456789"]);
}

#[test]
fn mobile_numbers_are_persons_and_fixed_ones_offices() {
    let forms = [
        "0912345678",
        "0912 345 678",
        "0912.345.678",
        "0912-345-678",
        "+84912345678",
        "+84 912 345 678",
        "84912345678",
        "(+84) 912 345 678",
        "912345678",
        "０９１２３４５６７８",
        "091 2345678",
        "0355 123 456",
    ];
    for title in ["Điện thoại", "SĐT", "so dien thoai", "ĐTDĐ", "Phone", "Số đt"] {
        all(title, Phone, Block, &forms);
    }
    all("Ghi chú", Phone, Block, &["Gọi 0912345678 gặp anh Nam", "ĐT: 0912.345.678", "sđt 0912 345 678"]);
    all("Điện thoại", Phone, Look, &["0204 3854 321", "02438253536", "(024) 3825 3536", "024-38253536"]);
    all("Điện thoại cơ quan", Phone, Look, &["0912345678", "02043854321"]);
    assert_eq!(scan(&["Tên trường", "Điện thoại"], &[&["Tiểu học Kim Sơn", "0912345678"]])[0].severity, Look);
    assert_eq!(
        scan(&["Tên cơ sở", "Họ tên chủ cơ sở", "Điện thoại"], &[&["Cơ sở A", "Trần Văn B", "0912345678"]])[0].severity,
        Block
    );
    none("Vĩ độ", &["10.0912345678", "105.0912345678", "0.0912345678"]);
    none("Ghi chú", &["Công văn số 0912345678/UBND", "Từ 05-01-2026 10:30", "Hóa đơn 0912345678"]);
}

#[test]
fn mails_of_agencies_are_only_shown() {
    assert_eq!(column("Liên hệ", &["nguyenvana@gmail.com"]), [(Kind::Email, Block, 1)]);
    assert_eq!(
        column(
            "Ghi chú",
            &["gửi về nguyen.van-a@yahoo.com.vn nhé", "a b @ gmail . com", "ten[at]gmail.com", "ｎａｍ＠gmail.com"]
        ),
        [(Kind::Email, Block, 4)]
    );
    assert_eq!(column("Email", &["soyte@lacdien.gov.vn", "vanthu@truong.edu.vn"]), [(Kind::Email, Look, 2)]);
    none("Tài khoản", &["@nguyenvana", "a@b", "giá 5 @ 10"]);
}

#[test]
fn plates_accounts_and_cards() {
    all(
        "Biển số xe",
        Plate,
        Block,
        &[
            "29A-123.45",
            "29A12345",
            "51F-1234",
            "29-H1 123.45",
            "29H1-12345",
            "59X2 12345",
            "29a-123.45",
            "29A 123 45",
            "29-MĐ1 123.45",
            "29LD-123.45",
        ],
    );
    all("Ghi chú", Plate, Block, &["Xe 29A-123.45 gây tai nạn", "biển số 29A12345"]);
    none("Số nhà", &["12A", "12A/345", "15B-2"]);
    none("Ký hiệu", &["29A-12345", "15B12345"]);
    all(
        "Số tài khoản",
        BankAccount,
        Block,
        &["0011001234567", "19034567890123", "1903 4567 8901 23", "711A".replace('A', "12345678").as_str()],
    );
    all(
        "Ghi chú",
        BankAccount,
        Block,
        &["STK 19034567890123 Techcombank", "0011001234567 (Vietcombank)", "số tài khoản: 0011001234567"],
    );
    none("Tài khoản kế toán", &["1111234567"]);
    all("Số thẻ", BankCard, Block, &["4111111111111111", "4111 1111 1111 1111"]);
    all("Ghi chú", BankCard, Block, &["thẻ 4111 1111 1111 1111"]);
    none("Mã", &["4111111111111112", "1234567890123456"]);
}

#[test]
fn look_alikes_are_left_alone() {
    none("Số thửa", &["123456789", "79185012345"]);
    none("Tờ bản đồ", &["012345678"]);
    none("Số, ký hiệu văn bản", &["123456789", "12/2025/QĐ-UBND", "0912345678/BC-UBND"]);
    none("Mã trường", &["0100109106", "79123456789", "0912345678"]);
    none("Dân số", &["1234567890", "123456789012", "98765432101"]);
    none("Mã vạch", &["8934567890123", "893456789012"]);
    none("Thời điểm", &["2026-01-05T10:30:00Z", "05/01/2026 10:30", "20260105103000"]);
    none("Giá trị", &["-1234567890.1234", "1,234,567,890", "0.079185012345"]);
    none("Mã thủ tục", &["1.008432.000.00.00.H25", "1.008491.000.00.00", "2.000355.000.00.00.H25"]);
    none("GPLX", &["079185012345"]);
}

#[test]
fn a_name_with_a_birth_date_or_a_home_is_a_person() {
    let hits = scan(
        &["Họ và tên", "Ngày sinh", "Nơi thường trú"],
        &[&["Nguyễn Văn An", "01/02/1980", "Xã Kim Sơn"], &["", "", ""]],
    );
    assert_eq!((hits[0].kind, hits[0].column, hits[0].count, hits.len()), (Person, Some(0), 1, 1));
    assert_eq!(hits[0].samples, ["N••••• V•• A•"]);
    assert_eq!(scan(&["ho ten", "nam sinh"], &[&["Tran Thi B", "1980"]])[0].kind, Person);
    assert_eq!(scan(&["Cột 1", "Ngày sinh"], &[&["Trần Thị Bé", "1980-02-01"]])[0].kind, Person);
    assert_eq!(scan(&["Ngày sinh", "Địa chỉ thường trú"], &[&["01/02/1980", "Xã Kim Sơn"]])[0].kind, Person);
    assert_eq!(
        column("Ghi chú", &["Ông Nguyễn Văn An, sinh ngày 01/02/1980, trú tại xã Kim Sơn"]),
        [(Person, Block, 1)]
    );
    assert_eq!(
        column(
            "Ghi chú",
            &[
                "Bà Trần Thị Bé (SN 1985) bị phạt",
                "Học sinh Lê Văn Sáu sinh năm 2010",
                "Lê Văn Tám, thường trú tại thôn 2, xã Kim Sơn"
            ]
        ),
        [(Person, Block, 3)]
    );
    none(
        "Ghi chú",
        &[
            "Trẻ sinh năm 2020 tại Bệnh viện",
            "Đường Trần Phú, trụ sở mới xây năm 2020",
            "Số trẻ sinh ra năm 2020 là 1200",
            "Trường Nguyễn Trãi tuyển sinh năm 2024",
            "Giấy phép xây dựng tại phường Kim Sơn – điểm chuẩn tuyển sinh lớp 10 công lập 1946",
            "Trường Lê Lợi: sinh viên năm 2024",
        ],
    );
    assert_eq!(scan(&["Tên cơ sở", "Địa chỉ", "Người đại diện"], &[&["Nhà thuốc An", "Xã Kim Sơn", "Trần Thị B"]]), []);
    assert_eq!(scan(&["Họ và tên", "Chức vụ"], &[&["Nguyễn Văn An", "Giám đốc"]]), []);
    assert_eq!(scan(&["Tên đường", "Năm", "Địa chỉ"], &[&["Nguyễn Trãi", "1980", "Phường 1"]]), []);
    assert_eq!(scan(&["Số học sinh", "Năm sinh"], &[&["1200", "2010"]]), []);
}

#[test]
fn stamps_count_and_harmless_words_do_not() {
    for cell in [
        "MẬT",
        "TỐI MẬT",
        "TUYỆT MẬT",
        "M\u{102}\u{323}T".replace('\u{102}', "A\u{302}").as_str(),
        "ＴỐＩ ＭẬＴ",
        "T Ố I  M Ậ T",
        "M Ậ T",
        "[MẬT]",
        "*TUYỆT MẬT*",
        "Độ mật: MẬT",
        "TOI MAT",
        "TUYET MAT",
        "MAT",
        "Kế hoạch phòng thủ - TỐI MẬT",
        "TỐI MẬT Kế hoạch năm 2026",
        "BẢN SAO BÍ MẬT NHÀ NƯỚC",
        "BẢN SAO SỐ: 01",
        "Bản số: 03",
        "Chỉ người có tên mới được bóc bì",
        "Tài liệu thu hồi",
        "Công văn số 15/BC-UBND(M)",
        "T\u{f4}\u{301}I M\u{c2}\u{323}T",
    ] {
        assert_eq!(column("Nội dung", &[cell]), [(Secret, Block, 1)], "{cell}");
    }
    none(
        "Nội dung",
        &[
            "Bản số 2",
            "mật độ dân số",
            "MẬT ĐỘ DÂN SỐ",
            "Bảo mật thông tin",
            "BẢO MẬT THÔNG TIN",
            "mật ong",
            "MẬT ONG RỪNG",
            "Mật khẩu",
            "bí mật kinh doanh",
            "Luật Bảo vệ bí mật nhà nước",
            "Danh mục bí mật nhà nước độ Tối mật",
            "mắt",
            "MẶT BẰNG",
            "Mất mùa",
            "mặt trận",
            "số bản sao",
            "thu hồi đất",
            "các bộ ngành",
            "Giới tính (M)",
            "MẶT TRẬN TỔ QUỐC",
            "thân mật",
            "MẬT DANH",
            "ĐƯỜNG, MẬT, SỮA",
        ],
    );
    assert_eq!(column("Độ mật", &["Mật", "Tối mật", "Thường", "Không"]), [(Secret, Block, 2)]);
    assert_eq!(text("# MẬT ĐỘ\n\nTỐI MẬT\n")[0].cells, [2]);
}

#[test]
fn small_groups_of_quasi_identifiers_are_counted() {
    let options = Options { small_group: 3, quasi: vec![0, 1], ..Options::default() };
    let mut scanner = Scanner::new(&columns(&["Xã", "Tuổi", "Bệnh"]), &options);
    for (commune, age) in [("A", "30"), ("A", "30"), ("A", "30"), ("B", "40"), ("B", "40"), ("C", "50")] {
        scanner.row(&[Some(commune), Some(age), Some("x")]);
    }
    let hits = scanner.finish();
    assert_eq!((hits.len(), hits[0].kind, hits[0].count), (1, Kind::SmallGroup, 3));
    assert_eq!(hits[0].cells, [3, 4, 5]);
}

#[test]
fn samples_are_masked_few_and_rows_bounded() {
    let rows: Vec<String> = (0..3000).map(|n| format!("0791850{n:05}")).collect();
    let rows: Vec<[&str; 1]> = rows.iter().map(|row| [row.as_str()]).collect();
    let rows: Vec<&[&str]> = rows.iter().map(|row| &row[..]).collect();
    let hits = scan(&["CCCD"], &rows);
    assert_eq!((hits[0].count, hits[0].cells.len(), hits[0].samples.len()), (3000, 1000, SAMPLES));
    for sample in &hits[0].samples {
        assert!(sample.starts_with("079•••••••"), "{sample}");
    }
    assert_eq!(mask("0912 345 678"), "09•• ••• ••8");
    assert_eq!(mask::sample(Kind::Email, "nguyenvana@gmail.com"), "n•••••••••@gmail.com");
}

#[test]
fn a_masked_value_is_found_no_more() {
    none("CCCD", &["079•••••••45", "•••"]);
    none("Điện thoại", &["09•• ••• ••8"]);
    assert_eq!(scan(&["Họ và tên", "Ngày sinh"], &[&["N••••• V•• A•", "01/02/1980"]]), []);
}

#[test]
fn running_texts_are_read_line_by_line() {
    let hits =
        text("Liên hệ: Nguyễn Văn A, 0912 345 678\nCCCD 079185012345\nĐT 0204 3854 321, so-y-te@lacdien.gov.vn\n");
    let kinds: Vec<(Kind, Severity, Vec<u64>)> =
        hits.into_iter().map(|hits| (hits.kind, hits.severity, hits.cells)).collect();
    assert_eq!(
        kinds,
        [(Citizen, Block, vec![1]), (Phone, Block, vec![0]), (Phone, Look, vec![2]), (Kind::Email, Look, vec![2])]
    );
}

#[test]
fn codes_lead_back() {
    for kind in Kind::ALL {
        assert_eq!(Kind::from_code(kind.code()), Some(kind));
    }
    assert_eq!(Severity::from_code("look"), Some(Look));
    assert_eq!(Kind::from_code("x"), None);
}
