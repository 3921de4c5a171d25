//! The catalogue of administrative procedures, and the files that were resolved.

use std::io::Result;

use chrono::{Datelike, NaiveDate, Weekday};

use super::csv::Csv;
use super::places::PLACES;
use super::random::{Random, after, before, latest};

/// A field, the body that decides in it, its weight among files, and what it licenses.
struct Field {
    name: &'static str,
    body: &'static str,
    weight: u32,
    objects: [&'static str; 12],
}

const FIELDS: [Field; 13] = [
    Field {
        name: "Đất đai",
        body: "Sở Nông nghiệp và Môi trường",
        weight: 21,
        objects: [
            "giấy chứng nhận quyền sử dụng đất",
            "đăng ký biến động đất đai",
            "chuyển mục đích sử dụng đất",
            "tách thửa, hợp thửa đất",
            "gia hạn thời hạn sử dụng đất",
            "đăng ký thế chấp quyền sử dụng đất",
            "giao đất có mặt nước",
            "thuê đất sản xuất",
            "trích lục bản đồ địa chính",
            "xác nhận quỹ đất tái định cư",
            "hồ sơ bồi thường, hỗ trợ",
            "đăng ký đất lần đầu",
        ],
    },
    Field {
        name: "Hộ tịch",
        body: "UBND cấp xã",
        weight: 24,
        objects: [
            "đăng ký khai sinh",
            "đăng ký khai tử",
            "đăng ký kết hôn",
            "xác nhận tình trạng hôn nhân",
            "trích lục hộ tịch",
            "đăng ký giám hộ",
            "đăng ký nhận cha, mẹ, con",
            "cải chính hộ tịch",
            "bổ sung thông tin hộ tịch",
            "đăng ký khai sinh lưu động",
            "ghi vào sổ việc hộ tịch",
            "xác định lại dân tộc",
        ],
    },
    Field {
        name: "Đăng ký kinh doanh",
        body: "Sở Tài chính",
        weight: 9,
        objects: [
            "đăng ký doanh nghiệp tư nhân",
            "đăng ký công ty trách nhiệm hữu hạn",
            "đăng ký công ty cổ phần",
            "đăng ký chi nhánh",
            "đăng ký địa điểm kinh doanh",
            "đăng ký hộ kinh doanh",
            "đăng ký hợp tác xã",
            "thông báo thay đổi vốn",
            "thay đổi người đại diện",
            "tạm ngừng kinh doanh",
            "đăng ký ngành nghề",
            "chuyển đổi loại hình doanh nghiệp",
        ],
    },
    Field {
        name: "Xây dựng",
        body: "Sở Xây dựng",
        weight: 6,
        objects: [
            "giấy phép xây dựng nhà ở riêng lẻ",
            "giấy phép xây dựng công trình cấp II",
            "giấy phép sửa chữa, cải tạo",
            "chứng chỉ năng lực hoạt động xây dựng",
            "thẩm định thiết kế cơ sở",
            "nghiệm thu công trình",
            "thông tin quy hoạch xây dựng",
            "giấy phép chặt hạ cây xanh",
            "đấu nối hạ tầng kỹ thuật",
            "giấy phép đào đường",
            "chấp thuận chủ trương nhà ở",
            "số nhà",
        ],
    },
    Field {
        name: "Giao thông vận tải",
        body: "Sở Xây dựng",
        weight: 5,
        objects: [
            "phù hiệu xe hợp đồng",
            "giấy phép kinh doanh vận tải",
            "chấp thuận tuyến cố định",
            "giấy phép lưu hành xe quá khổ",
            "đăng ký phương tiện thủy",
            "chấp thuận bến khách ngang sông",
            "đấu nối đường nhánh",
            "giấy phép thi công trên đường",
            "biển hiệu xe du lịch",
            "đăng ký xe máy chuyên dùng",
            "công bố bến xe khách",
            "phù hiệu xe trung chuyển",
        ],
    },
    Field {
        name: "Y tế",
        body: "Sở Y tế",
        weight: 5,
        objects: [
            "giấy phép hoạt động phòng khám",
            "giấy phép hành nghề khám bệnh",
            "đủ điều kiện kinh doanh dược",
            "công bố cơ sở tiêm chủng",
            "đủ điều kiện an toàn thực phẩm",
            "công bố sản phẩm thực phẩm",
            "giấy phép quảng cáo thuốc",
            "công bố mỹ phẩm",
            "cơ sở quan trắc môi trường lao động",
            "khám giám định y khoa",
            "giấy phép nhà hộ sinh",
            "hoạt động khám sức khỏe",
        ],
    },
    Field {
        name: "Giáo dục",
        body: "Sở Giáo dục và Đào tạo",
        weight: 4,
        objects: [
            "thành lập trường mầm non",
            "hoạt động trung tâm ngoại ngữ",
            "hoạt động dạy thêm",
            "bản sao văn bằng",
            "công nhận trường đạt chuẩn",
            "chuyển trường phổ thông",
            "hỗ trợ ăn trưa cho trẻ mẫu giáo",
            "hỗ trợ chi phí học tập",
            "xét tuyển nội trú",
            "cho phép tổ chức hoạt động giáo dục",
            "sáp nhập trường",
            "công nhận phổ cập giáo dục",
        ],
    },
    Field {
        name: "Lao động, việc làm",
        body: "Sở Nội vụ",
        weight: 5,
        objects: [
            "giấy phép lao động người nước ngoài",
            "trợ cấp thất nghiệp",
            "hỗ trợ học nghề",
            "hoạt động dịch vụ việc làm",
            "đăng ký nội quy lao động",
            "khai báo tai nạn lao động",
            "hoạt động cho thuê lại lao động",
            "đăng ký thỏa ước tập thể",
            "tuyển lao động đi làm ở nước ngoài",
            "huấn luyện an toàn lao động",
            "hưởng chế độ người có công",
            "công nhận sáng kiến",
        ],
    },
    Field {
        name: "Bảo trợ xã hội",
        body: "UBND cấp xã",
        weight: 8,
        objects: [
            "trợ cấp xã hội hằng tháng",
            "xác định mức độ khuyết tật",
            "hỗ trợ chi phí mai táng",
            "công nhận hộ nghèo",
            "hỗ trợ khẩn cấp",
            "nhận chăm sóc đối tượng",
            "tiếp nhận vào cơ sở trợ giúp",
            "thẻ người cao tuổi",
            "hỗ trợ tiền điện",
            "hỗ trợ nhà ở hộ nghèo",
            "chính sách cho trẻ em",
            "trợ giúp sau thiên tai",
        ],
    },
    Field {
        name: "Nông nghiệp",
        body: "Sở Nông nghiệp và Môi trường",
        weight: 4,
        objects: [
            "mã số vùng trồng",
            "mã số cơ sở đóng gói",
            "giấy phép khai thác thủy sản",
            "kiểm dịch động vật",
            "kinh doanh thuốc bảo vệ thực vật",
            "kinh doanh giống cây trồng",
            "cấp nước sạch nông thôn",
            "chuyển đổi cơ cấu cây trồng",
            "công nhận làng nghề",
            "cơ sở chăn nuôi quy mô lớn",
            "khai thác lâm sản",
            "công nhận sản phẩm OCOP",
        ],
    },
    Field {
        name: "Môi trường",
        body: "Sở Nông nghiệp và Môi trường",
        weight: 3,
        objects: [
            "giấy phép môi trường",
            "đăng ký môi trường",
            "thẩm định đánh giá tác động môi trường",
            "giấy phép khai thác nước dưới đất",
            "giấy phép xả nước thải",
            "giấy phép khai thác khoáng sản",
            "phương án cải tạo môi trường",
            "đăng ký chủ nguồn thải",
            "đóng cửa mỏ",
            "giấy phép khai thác nước mặt",
            "xác nhận hoàn thành công trình",
            "khai thác, sử dụng dữ liệu môi trường",
        ],
    },
    Field {
        name: "Văn hóa, du lịch",
        body: "Sở Văn hóa, Thể thao và Du lịch",
        weight: 2,
        objects: [
            "giấy phép tổ chức lễ hội",
            "giấy phép biểu diễn nghệ thuật",
            "thẻ hướng dẫn viên du lịch",
            "giấy phép lữ hành nội địa",
            "công nhận điểm du lịch",
            "công nhận cơ sở lưu trú",
            "giấy phép kinh doanh karaoke",
            "xếp hạng di tích",
            "tu bổ di tích",
            "tiếp nhận biển quảng cáo",
            "thành lập câu lạc bộ thể thao",
            "hoạt động thư viện",
        ],
    },
    Field {
        name: "Chứng thực",
        body: "UBND cấp xã",
        weight: 4,
        objects: [
            "chứng thực bản sao từ bản chính",
            "chứng thực chữ ký",
            "chứng thực hợp đồng về nhà ở",
            "chứng thực di chúc",
            "chứng thực văn bản từ chối di sản",
            "chứng thực hợp đồng về đất",
            "chứng thực chữ ký người dịch",
            "bản sao từ sổ gốc",
            "sửa lỗi hợp đồng đã chứng thực",
            "chứng thực văn bản phân chia di sản",
            "hủy bỏ hợp đồng đã chứng thực",
            "bản sao hợp đồng đã chứng thực",
        ],
    },
];

/// The cases that a procedure comes in; the first is the plain one.
const CASES: [&str; 11] = [
    "",
    "cấp lại",
    "điều chỉnh, bổ sung",
    "gia hạn",
    "thu hồi, hủy bỏ",
    "có yếu tố nước ngoài",
    "liên thông",
    "tại khu kinh tế",
    "theo đề nghị của tổ chức",
    "hồ sơ có trước 01/07/2025",
    "tại thôn, bản xa trung tâm",
];

const COUNT: usize = 13 * 12 * 11;

/// The code of a procedure, in the national form with the province's tail.
fn code(number: usize) -> String {
    let series = if number.is_multiple_of(5) { 2 } else { 1 };
    format!("{series}.{:06}.000.00.00.H99", 1_007 + number * 613 % 12_900)
}

/// Days in which a procedure must be answered.
fn term(random: &Random, number: usize) -> i64 {
    let mut draw = random.of(number as u64);
    let days = [1, 3, 5, 7, 10, 15, 20, 30];
    days[draw.weighted(match FIELDS[number % FIELDS.len()].name {
        "Hộ tịch" | "Chứng thực" => &[52, 26, 14, 8, 0, 0, 0, 0],
        "Đất đai" | "Môi trường" => &[0, 6, 12, 16, 26, 22, 12, 6],
        _ => &[8, 18, 26, 16, 16, 10, 5, 1],
    })]
}

/// One row for each procedure: 1,704 in the first version, 1,712 from the second.
pub fn catalogue(csv: &mut Csv<'_>, version: u32, _today: NaiveDate) -> Result<()> {
    csv.header(&[
        "Mã thủ tục",
        "Tên thủ tục",
        "Lĩnh vực",
        "Cơ quan giải quyết",
        "Cấp thực hiện",
        "Thời hạn giải quyết",
        "Phí, lệ phí",
        "Mức độ trực tuyến",
        "Số giấy tờ phải nộp",
        "Kết quả",
        "Ngày công bố",
    ])?;
    let random = Random::named("procedures");
    for number in 0..COUNT {
        // Twelve came and four were abolished between the versions.
        let absent = if version == 1 { number % 143 == 17 } else { matches!(number, 88 | 640 | 1_201 | 1_555) };
        if absent {
            continue;
        }
        let field = &FIELDS[number % FIELDS.len()];
        let object = field.objects[number / FIELDS.len() % 12];
        let case = CASES[number / (FIELDS.len() * 12)];
        let mut title: String =
            object.chars().take(1).flat_map(char::to_uppercase).chain(object.chars().skip(1)).collect();
        if !case.is_empty() {
            title = format!("{title} ({case})");
        }
        let mut draw = random.of(number as u64 + 10_000);
        let local = field.body == "UBND cấp xã" || draw.chance(0.18);
        let free = draw.chance(0.58);
        // What people need of their commune costs little.
        let steps = if field.body == "UBND cấp xã" { 3 } else { 8 };
        let fee = if free {
            0
        } else {
            [5_000, 8_000, 15_000, 50_000, 100_000, 150_000, 500_000, 1_200_000][draw.index(steps)]
        };
        let online = draw.weighted(&[46, 38, 16]);
        let mut days = term(&random, number);
        // Shortened by decision: the second version gives the new term.
        if version > 1 && number % 19 == 4 && days >= 5 {
            days = (days * 7 + 5) / 10;
        }
        let published = before(NaiveDate::from_ymd_opt(2026, 3, 31).unwrap_or_default(), draw.between(0, 360) as u64);
        csv.text(&code(number)).text(&title).text(field.name);
        csv.text(if local { "UBND cấp xã" } else { field.body }).text(if local { "Cấp xã" } else { "Cấp tỉnh" });
        csv.int(days).maybe_int((!draw.chance(0.02)).then_some(fee));
        csv.text(["Toàn trình", "Một phần", "Cung cấp thông tin"][online]).int(draw.between(1, 9));
        csv.text(draw.pick(&["Giấy phép", "Giấy chứng nhận", "Quyết định", "Văn bản xác nhận", "Bản sao, trích lục"]));
        csv.date(published).end()?;
    }
    Ok(())
}

fn working(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

fn working_days_later(mut day: NaiveDate, mut days: i64) -> NaiveDate {
    while days > 0 {
        day = after(day, 1);
        if working(day) {
            days -= 1;
        }
    }
    day
}

/// One row for each file whose result was given back, the latest 92,000 (first version) or 96,000.
pub fn resolved_files(csv: &mut Csv<'_>, version: u32, today: NaiveDate) -> Result<()> {
    csv.header(&[
        "Mã hồ sơ",
        "Mã thủ tục",
        "Lĩnh vực",
        "Nơi tiếp nhận",
        "Hình thức nộp",
        "Ngày tiếp nhận",
        "Ngày hẹn trả",
        "Ngày trả kết quả",
        "Số ngày làm việc",
        "Tình trạng",
        "Mức hài lòng",
    ])?;
    let random = Random::named("resolved-files");
    let terms = Random::named("procedures");
    let weights: Vec<u32> = FIELDS.iter().map(|field| field.weight).collect();
    let crowd: Vec<u32> = PLACES.iter().map(|place| (place.people / 100) as u32).collect();
    // Mondays are full, and the weeks before Tết; hardly anybody comes in the week of Tết itself.
    let per_day = |day: NaiveDate| {
        if !working(day) {
            return 0;
        }
        let weekday = [1.25, 1.05, 1.0, 0.95, 0.8, 0.0, 0.0][day.weekday().num_days_from_monday() as usize];
        let month = [1.2, 0.6, 1.1, 1.0, 1.0, 1.0, 1.05, 1.1, 1.0, 1.0, 1.0, 1.1][day.month0() as usize];
        (188.0 * weekday * month * random.on(day).factor(0.06)) as usize
    };
    let rows = if version == 1 { 92_000 } else { 96_000 };
    let last = before(today, 3);
    let (first, mut left_out) = latest(last, rows, per_day);
    for day in first.iter_days().take_while(|day| *day <= last) {
        let that_day = random.on(day);
        for nth in 0..per_day(day) {
            if left_out > 0 {
                left_out -= 1;
                continue;
            }
            let mut draw = that_day.of(nth as u64 + 1);
            let field = draw.weighted(&weights);
            let procedure = field + FIELDS.len() * draw.index(12);
            let days = term(&terms, procedure);
            let land = field == 0;
            let late = draw.chance(if land { 0.064 } else { 0.012 });
            let early = !late && days > 1 && draw.chance(0.58);
            let took = if late {
                days + draw.between(1, 9)
            } else if early {
                draw.between(1, days - 1)
            } else {
                days
            };
            // Counted back from the day of the result, so that a day's files stay the same in every version.
            let mut received = day;
            let mut back = took;
            while back > 0 {
                received = before(received, 1);
                if working(received) {
                    back -= 1;
                }
            }
            let due = working_days_later(received, days);
            let online = draw.weighted(&[64, 31, 5]);
            let place = draw.weighted(&crowd);
            csv.text(&format!(
                "H99.{:02}-{:02}{:02}{:02}-{:04}",
                place + 1,
                day.year() % 100,
                day.month(),
                day.day(),
                nth + 1
            ));
            csv.text(&code(procedure)).text(FIELDS[field].name);
            csv.text(PLACES[place].name).text(["Trực tuyến", "Trực tiếp", "Bưu chính"][online]);
            csv.date(received).date(due).date(day).int(took);
            csv.text(if late {
                "Quá hạn"
            } else if early {
                "Trước hạn"
            } else {
                "Đúng hạn"
            });
            let asked = draw.chance(0.37);
            let liked = 5 - draw.weighted(if late { &[8, 20, 30, 22, 20] } else { &[62, 28, 7, 2, 1] }) as i64;
            csv.maybe_int(asked.then_some(liked)).end()?;
        }
    }
    Ok(())
}
