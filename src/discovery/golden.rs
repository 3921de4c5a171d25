//! Golden queries: what people would type, and which dataset they should see among the first, however they write it.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use super::tests::{ask, filled, ids};
use super::{Document, Index};
use crate::kernel::text::fold;

/// Titles, with an English title, agency and a sentence of description.
const DATASETS: &[(&str, &str, &str, &str, &str)] = &[
    (
        "truong",
        "Danh sách trường học các cấp",
        "Schools of all levels",
        "Sở Giáo dục và Đào tạo",
        "Tên, địa chỉ, số lớp và số học sinh của từng cơ sở.",
    ),
    (
        "thpt",
        "Kết quả thi tốt nghiệp trung học phổ thông",
        "High-school graduation exam results",
        "Sở Giáo dục và Đào tạo",
        "Điểm trung bình theo môn và theo trường.",
    ),
    (
        "mamnon",
        "Cơ sở mầm non ngoài công lập",
        "Private kindergartens",
        "Sở Giáo dục và Đào tạo",
        "Các nhóm trẻ, lớp mẫu giáo được cấp phép.",
    ),
    (
        "tieuhoc",
        "Trường TH đạt chuẩn quốc gia",
        "Primary schools up to the national standard",
        "Sở Giáo dục và Đào tạo",
        "Mức độ đạt chuẩn và năm công nhận.",
    ),
    (
        "benhvien",
        "Danh sách bệnh viện và phòng khám",
        "Hospitals and clinics",
        "Sở Y tế",
        "Giường bệnh, chuyên khoa, giờ làm việc.",
    ),
    (
        "nhathuoc",
        "Cơ sở bán lẻ thuốc đạt chuẩn GPP",
        "Licensed pharmacies",
        "Sở Y tế",
        "Nhà thuốc, quầy thuốc đang hoạt động.",
    ),
    (
        "bhyt",
        "Số người tham gia BHYT theo xã",
        "People with health insurance by commune",
        "Bảo hiểm xã hội tỉnh",
        "Tỷ lệ bao phủ từng tháng.",
    ),
    ("tiemchung", "Kết quả tiêm chủng mở rộng", "Immunisation results", "Sở Y tế", "Số trẻ được tiêm đủ mũi."),
    (
        "sxh",
        "Ca mắc sốt xuất huyết theo tuần",
        "Dengue cases by week",
        "Trung tâm Kiểm soát bệnh tật",
        "Số ca mắc, số ổ dịch và xã có dịch.",
    ),
    (
        "danso",
        "Dân số trung bình theo đơn vị hành chính",
        "Average population by administrative unit",
        "Cục Thống kê",
        "Nam, nữ, thành thị và nông thôn.",
    ),
    (
        "hongheo",
        "Hộ nghèo và hộ cận nghèo",
        "Poor and near-poor households",
        "Sở Nội vụ",
        "Kết quả rà soát cuối năm theo chuẩn đa chiều.",
    ),
    (
        "dtts",
        "Dân số các dân tộc thiểu số",
        "Population of ethnic minorities",
        "Sở Dân tộc và Tôn giáo",
        "Theo dân tộc và theo xã.",
    ),
    ("xebuyt", "Tuyến xe buýt nội tỉnh", "Provincial bus routes", "Sở Xây dựng", "Lộ trình, giờ chạy và giá vé."),
    (
        "duongbo",
        "Hiện trạng đường bộ do tỉnh quản lý",
        "Condition of provincial roads",
        "Sở Xây dựng",
        "Chiều dài, loại mặt đường và năm sửa chữa.",
    ),
    (
        "tngt",
        "Tai nạn giao thông theo tháng",
        "Traffic accidents by month",
        "Công an tỉnh",
        "Số vụ, số người chết và bị thương.",
    ),
    ("quoclo", "Lưu lượng xe trên QL14", "Traffic on national road 14", "Sở Xây dựng", "Đếm xe tự động theo giờ."),
    (
        "giadat",
        "Bảng giá đất năm 2026",
        "Land price table 2026",
        "Sở Nông nghiệp và Môi trường",
        "Giá theo tuyến đường và vị trí.",
    ),
    (
        "quyhoach",
        "Quy hoạch sử dụng đất đến năm 2030",
        "Land-use plan to 2030",
        "Sở Nông nghiệp và Môi trường",
        "Diện tích các loại đất theo xã.",
    ),
    (
        "xaydung",
        "Giấy phép xây dựng đã cấp",
        "Building permits issued",
        "Sở Xây dựng",
        "Công trình, chủ đầu tư, ngày cấp.",
    ),
    ("nhao", "Dự án nhà ở xã hội", "Social housing projects", "Sở Xây dựng", "Số căn, tiến độ, đối tượng được mua."),
    (
        "mua",
        "Lượng mưa ngày tại các trạm đo",
        "Daily rainfall at stations",
        "Đài Khí tượng thủy văn",
        "Số đo mi-li-mét mỗi ngày.",
    ),
    (
        "khongkhi",
        "Chất lượng không khí theo giờ",
        "Hourly air quality",
        "Sở Nông nghiệp và Môi trường",
        "PM2.5, PM10 và chỉ số AQI.",
    ),
    (
        "racthai",
        "Khối lượng chất thải rắn sinh hoạt",
        "Household waste",
        "Sở Nông nghiệp và Môi trường",
        "Thu gom và xử lý theo tháng.",
    ),
    (
        "rung",
        "Diện tích rừng và độ che phủ",
        "Forest area and cover",
        "Chi cục Kiểm lâm",
        "Rừng tự nhiên, rừng trồng theo xã.",
    ),
    (
        "caphe",
        "Diện tích và sản lượng cà phê",
        "Coffee area and output",
        "Sở Nông nghiệp và Môi trường",
        "Theo vụ và theo xã.",
    ),
    ("hotieu", "Giá hồ tiêu hằng ngày", "Daily pepper price", "Sở Công Thương", "Giá thu mua tại các đại lý."),
    (
        "lon",
        "Đàn lợn và dịch tả lợn châu Phi",
        "Pigs and African swine fever",
        "Chi cục Chăn nuôi và Thú y",
        "Số con, số ổ dịch, số con tiêu hủy.",
    ),
    (
        "htx",
        "Danh sách hợp tác xã nông nghiệp",
        "Agricultural cooperatives",
        "Liên minh Hợp tác xã",
        "Ngành nghề, số thành viên, doanh thu.",
    ),
    (
        "ocop",
        "Sản phẩm OCOP được công nhận",
        "Recognised one-commune-one-product goods",
        "Sở Nông nghiệp và Môi trường",
        "Hạng sao, chủ thể, năm công nhận.",
    ),
    (
        "ngansach",
        "Quyết toán thu chi ngân sách địa phương",
        "Local budget settlement",
        "Sở Tài chính",
        "Theo mục lục ngân sách nhà nước.",
    ),
    (
        "dautucong",
        "Tiến độ giải ngân vốn đầu tư công",
        "Disbursement of public investment",
        "Sở Tài chính",
        "Theo dự án và theo chủ đầu tư.",
    ),
    (
        "doanhnghiep",
        "Doanh nghiệp thành lập mới",
        "New enterprises",
        "Sở Tài chính",
        "Mã số thuế, ngành nghề, vốn điều lệ.",
    ),
    (
        "cpi",
        "Chỉ số giá tiêu dùng theo tháng",
        "Monthly consumer price index",
        "Cục Thống kê",
        "Theo nhóm hàng hóa và dịch vụ.",
    ),
    (
        "xangdau",
        "Cửa hàng xăng dầu được cấp phép",
        "Licensed petrol stations",
        "Sở Công Thương",
        "Vị trí và thương nhân cung cấp.",
    ),
    (
        "cho",
        "Danh sách chợ và siêu thị",
        "Markets and supermarkets",
        "Sở Công Thương",
        "Hạng chợ, diện tích, số hộ buôn bán.",
    ),
    (
        "dulich",
        "Lượt khách du lịch và doanh thu",
        "Tourist arrivals and revenue",
        "Sở Văn hóa, Thể thao và Du lịch",
        "Khách trong nước và quốc tế.",
    ),
    (
        "khachsan",
        "Cơ sở lưu trú du lịch được xếp hạng",
        "Rated hotels",
        "Sở Văn hóa, Thể thao và Du lịch",
        "Hạng sao, số buồng, địa chỉ.",
    ),
    (
        "ditich",
        "Di tích lịch sử – văn hoá đã xếp hạng",
        "Listed monuments",
        "Sở Văn hóa, Thể thao và Du lịch",
        "Cấp xếp hạng và năm công nhận.",
    ),
    (
        "tthc",
        "Danh mục thủ tục hành chính cấp tỉnh",
        "Provincial administrative procedures",
        "Văn phòng Ủy ban nhân dân tỉnh",
        "Thời hạn, lệ phí, mức độ trực tuyến.",
    ),
    (
        "hoso",
        "Tình hình giải quyết hồ sơ dịch vụ công trực tuyến",
        "Handling of online public-service files",
        "Trung tâm Phục vụ hành chính công",
        "Đúng hạn và trễ hạn theo cơ quan.",
    ),
    (
        "truso",
        "Trụ sở Uỷ ban nhân dân các xã, phường",
        "Offices of the communes' people's committees",
        "Sở Nội vụ",
        "Địa chỉ, điện thoại, giờ tiếp dân.",
    ),
    (
        "hdnd",
        "Đại biểu HĐND tỉnh",
        "Members of the provincial people's council",
        "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân",
        "Tổ đại biểu và đơn vị bầu cử.",
    ),
    (
        "congchung",
        "Tổ chức hành nghề công chứng",
        "Notary offices",
        "Sở Tư pháp",
        "Văn phòng, công chứng viên, địa chỉ.",
    ),
    (
        "wifi",
        "Điểm phát wifi miễn phí",
        "Public wifi points",
        "Sở Khoa học và Công nghệ",
        "Toạ độ và tốc độ đường truyền.",
    ),
    (
        "bts",
        "Trạm thu phát sóng di động",
        "Mobile base stations",
        "Sở Khoa học và Công nghệ",
        "Nhà mạng và công nghệ 4G, 5G.",
    ),
    (
        "thuyloi",
        "Hồ chứa thuỷ lợi và mực nước",
        "Reservoirs and water levels",
        "Công ty Khai thác công trình thủy lợi",
        "Dung tích và mực nước mỗi ngày.",
    ),
    ("mabuuchinh", "Bảng mã bưu chính", "Postal codes", "Sở Khoa học và Công nghệ", "Mã năm chữ số của mỗi xã."),
    ("bacluong", "Bậc lương và hệ số công chức", "Pay grades of civil servants", "Sở Nội vụ", "Ngạch, bậc và hệ số."),
    (
        "giabac",
        "Giá vàng, giá bạc bán lẻ",
        "Retail gold and silver prices",
        "Sở Công Thương",
        "Giá mua, giá bán hằng ngày.",
    ),
];

/// What is typed, what should be seen, and among how many.
const QUERIES: &[(&str, &str, usize)] = &[
    ("trường học", "truong", 1),
    ("danh sách các trường học của tỉnh", "truong", 1),
    ("cơ sở giáo dục", "truong", 3),
    ("thi tốt nghiệp trung học phổ thông", "thpt", 1),
    ("điểm thi THPT", "thpt", 1),
    ("thi cấp 3", "thpt", 3),
    ("mẫu giáo", "mamnon", 1),
    ("trường mầm non", "mamnon", 3),
    ("trường tiểu học", "tieuhoc", 2),
    ("trường TH chuẩn quốc gia", "tieuhoc", 1),
    ("bệnh viện", "benhvien", 1),
    ("nhà thương", "benhvien", 1),
    ("hospitals", "benhvien", 1),
    ("giường bệnh", "benhvien", 1),
    ("hiệu thuốc", "nhathuoc", 1),
    ("nhà thuốc", "nhathuoc", 1),
    ("BHYT", "bhyt", 1),
    ("bảo hiểm y tế", "bhyt", 1),
    ("tỉ lệ bảo hiểm y tế theo xã", "bhyt", 1),
    ("tiêm phòng", "tiemchung", 1),
    ("vắc xin", "tiemchung", 1),
    ("SXH", "sxh", 1),
    ("sốt xuất huyết", "sxh", 1),
    ("dịch sốt xuất huyết theo tuần", "sxh", 1),
    ("dân số", "danso", 2),
    ("dữ liệu dân số theo đơn vị hành chính", "danso", 1),
    ("nhân khẩu", "danso", 2),
    ("hộ nghèo", "hongheo", 1),
    ("tỷ lệ hộ cận nghèo", "hongheo", 3),
    ("DTTS", "dtts", 1),
    ("đồng bào dân tộc", "dtts", 1),
    ("xe buýt", "xebuyt", 1),
    ("xe bus", "xebuyt", 1),
    ("lộ trình xe bus", "xebuyt", 1),
    ("đường bộ", "duongbo", 1),
    ("mặt đường", "duongbo", 3),
    ("TNGT", "tngt", 1),
    ("va chạm giao thông", "tngt", 1),
    ("QL14", "quoclo", 1),
    ("quốc lộ 14", "quoclo", 1),
    ("bảng giá đất 2026", "giadat", 1),
    ("giá đất", "giadat", 1),
    ("quy hoạch sử dụng đất", "quyhoach", 1),
    ("kế hoạch sử dụng đất", "quyhoach", 1),
    ("GPXD", "xaydung", 1),
    ("cấp phép xây dựng", "xaydung", 1),
    ("nhà ở xã hội", "nhao", 1),
    ("lượng mưa", "mua", 1),
    ("ô nhiễm không khí", "khongkhi", 1),
    ("PM2.5", "khongkhi", 1),
    ("rác thải", "racthai", 1),
    ("lâm nghiệp", "rung", 1),
    ("diện tích rừng", "rung", 1),
    ("sản lượng cà phê", "caphe", 1),
    ("coffee", "caphe", 1),
    ("giá tiêu", "hotieu", 3),
    ("hồ tiêu", "hotieu", 1),
    ("dịch tả heo châu Phi", "lon", 1),
    ("đàn heo", "lon", 1),
    ("HTX nông nghiệp", "htx", 1),
    ("sản phẩm OCOP", "ocop", 1),
    ("mỗi xã một sản phẩm", "ocop", 1),
    ("ngân sách", "ngansach", 1),
    ("thu chi ngân sách nhà nước", "ngansach", 1),
    ("đầu tư công", "dautucong", 1),
    ("giải ngân đầu tư công", "dautucong", 1),
    ("công ty mới thành lập", "doanhnghiep", 1),
    ("DN mới", "doanhnghiep", 1),
    ("CPI", "cpi", 1),
    ("lạm phát", "cpi", 1),
    ("cây xăng", "xangdau", 1),
    ("siêu thị", "cho", 1),
    ("du khách", "dulich", 1),
    ("khách sạn", "khachsan", 1),
    ("hotel", "khachsan", 1),
    ("di tích lịch sử", "ditich", 1),
    ("di tích văn hóa", "ditich", 1),
    ("TTHC", "tthc", 1),
    ("thủ tục hành chính", "tthc", 1),
    ("DVC trực tuyến", "hoso", 1),
    ("hồ sơ trễ hạn", "hoso", 1),
    ("UBND xã", "truso", 1),
    ("địa chỉ ủy ban nhân dân xã", "truso", 1),
    ("hội đồng nhân dân", "hdnd", 2),
    ("đại biểu hội đồng nhân dân tỉnh", "hdnd", 1),
    ("phòng công chứng", "congchung", 1),
    ("wifi công cộng", "wifi", 1),
    ("trạm BTS", "bts", 1),
    ("hồ thủy lợi", "thuyloi", 1),
    ("mực nước hồ chứa", "thuyloi", 1),
    ("mã bưu chính", "mabuuchinh", 1),
    ("bậc lương", "bacluong", 1),
    ("giá bạc", "giabac", 1),
];

static INDEX: LazyLock<(tempfile::TempDir, Index)> = LazyLock::new(|| {
    let document =
        |(at, (id, title, english, agency, description)): (usize, &(&str, &str, &str, &str, &str))| Document {
            id: (*id).into(),
            slug: (*id).into(),
            title_vi: (*title).into(),
            title_en: (*english).into(),
            agency: (*agency).into(),
            agency_name_vi: (*agency).into(),
            description_vi: (*description).into(),
            published_at: i64::try_from(at).unwrap(),
            ..Document::default()
        };
    filled(DATASETS.iter().enumerate().map(document).collect())
});

/// "hòa" as "hoà", "ủy" as "uỷ": the older place of the tone mark.
fn old_tone_place(text: &str) -> String {
    let pairs = [
        ("òa", "oà"),
        ("óa", "oá"),
        ("ỏa", "oả"),
        ("õa", "oã"),
        ("ọa", "oạ"),
        ("òe", "oè"),
        ("óe", "oé"),
        ("ỏe", "oẻ"),
        ("ọe", "oẹ"),
        ("ùy", "uỳ"),
        ("úy", "uý"),
        ("ủy", "uỷ"),
        ("ũy", "uỹ"),
        ("ụy", "uỵ"),
    ];
    pairs.iter().fold(text.to_owned(), |text, (new, old)| text.replace(new, old))
}

/// The queries that do not show what they should among the first, with what they show.
fn misses(write: impl Fn(&str) -> String, slack: usize) -> Vec<String> {
    let mut misses = Vec::new();
    for (text, expected, first) in QUERIES {
        let typed = write(text);
        let answer = INDEX.1.search(&ask(&typed)).unwrap();
        let found = ids(&answer);
        if !found.iter().take(first + slack).any(|id| id == expected) {
            misses.push(format!("{typed}: wants {expected}, finds {:?}", &found[..found.len().min(4)]));
        }
    }
    misses
}

#[test]
fn queries_with_marks_find_the_dataset_first() {
    assert_eq!(misses(str::to_owned, 0), [""; 0]);
}

#[test]
fn decomposed_queries_find_the_same() {
    assert_eq!(misses(|text| text.nfd().collect(), 0), [""; 0]);
}

#[test]
fn the_old_place_of_the_tone_mark_finds_the_same() {
    assert_eq!(misses(old_tone_place, 0), [""; 0]);
}

#[test]
fn capitals_find_the_same() {
    assert_eq!(misses(str::to_uppercase, 1), [""; 0]);
}

#[test]
fn queries_without_marks_find_the_dataset_among_the_first() {
    assert_eq!(misses(fold, 2), [""; 0]);
}

#[test]
fn abbreviations_and_what_they_stand_for_find_the_same_first() {
    for (short, long) in [
        ("UBND xã", "ủy ban nhân dân xã"),
        ("TTHC", "thủ tục hành chính"),
        ("BHYT", "bảo hiểm y tế"),
        ("hdnd", "hội đồng nhân dân"),
        ("CPI", "chỉ số giá tiêu dùng"),
        ("SXH", "sốt xuất huyết"),
    ] {
        let first = |text: &str| INDEX.1.search(&ask(text)).unwrap().hits.first().map(|hit| hit.id.clone());
        assert_eq!(first(short), first(long), "{short}");
    }
    assert_eq!(INDEX.1.search(&ask("UBND")).unwrap().also, ["Ủy ban nhân dân"]);
}
