# Xác định kiểu dữ liệu và ghi bảng: lỗi, kiểu cột, lý do, dòng để riêng, thay đổi.

problem-choice-unknown-column = Tệp không có cột “{ $column }”. Hãy chọn một cột có trong dòng tiêu đề: { $known }.
problem-choice-decimal-sign = “{ $sign }” không thể là dấu thập phân. Hãy chọn dấu chấm hoặc dấu phẩy.
problem-choice-delimiter-sign = “{ $sign }” không thể là dấu phân cách. Hãy chọn một ký tự ASCII như dấu phẩy, dấu chấm phẩy, dấu tab.
problem-choice-column-form = Không hiểu “{ $value }”. Viết TÊN CỘT=KIỂU, ví dụ "Mã xã=text".
problem-choice-unknown-kind = Không có kiểu “{ $name }” (cột “{ $column }”). Chọn text, integer, decimal, boolean, date hoặc date-time.
problem-choice-width = Cột “{ $column }”: nhập số chữ số của mã từ { $min } đến { $max }.
problem-choice-width-kind = Cột “{ $column }”: mã được thêm số 0 phải là văn bản. Chọn kiểu văn bản, hoặc bỏ việc thêm số 0.
problem-choice-zeros-form = Không hiểu “{ $value }”. Viết TÊN CỘT=SỐ CHỮ SỐ, ví dụ "Mã xã=5".
problem-choice-for-folder = Các lựa chọn về cách đọc chỉ dùng cho từng tệp, không dùng cho thư mục. Ghi kiểu cột vào schema của tệp mô tả, hoặc đọc riêng từng tệp.
problem-table-without-rows = Bảng có tiêu đề nhưng không có dòng dữ liệu nào. Hãy thêm ít nhất một dòng bên dưới tiêu đề.
problem-most-rows-set-aside =
    { $column ->
        [none] { $count } trong { $rows } dòng không khớp với các cột của bảng, quá một nửa. Hãy kiểm tra tiêu đề đã đủ cột và dấu phân cách đã đúng chưa.
       *[other] { $count } trong { $rows } dòng không khớp với bảng, quá một nửa, phần lớn do cột “{ $column }”. Hãy chọn kiểu khác cho cột này hoặc sửa lại tệp.
    }

ingest-kind-text = Văn bản
ingest-kind-integer = Số nguyên
ingest-kind-decimal = Số thập phân
ingest-kind-boolean = Có hoặc không
ingest-kind-date = Ngày
ingest-kind-date-time = Ngày và giờ

ingest-reason-all-empty = Cột trống nên được giữ là văn bản.
ingest-reason-chosen = Kiểu do người dùng chọn.
ingest-reason-words = Các ô chứa chữ.
ingest-reason-all-integers = Mọi ô đều là số nguyên.
ingest-reason-decimal-point = Các số dùng dấu chấm thập phân ({ $count } số có phần thập phân).
ingest-reason-decimal-comma = Các số dùng dấu phẩy thập phân ({ $count } số có phần thập phân).
ingest-reason-exponent = Các số, trong đó { $count } số viết theo dạng khoa học.
ingest-reason-all-booleans = Chỉ gồm có và không: { $yes } có, { $no } không.
ingest-reason-all-dates = Mọi ô đều là ngày, viết năm trước.
ingest-reason-day-first = Mọi ô đều là ngày; { $converted } ô được đưa về dạng năm-tháng-ngày, đọc theo thứ tự ngày trước tháng sau.
ingest-reason-month-first = Mọi ô đều là ngày; { $converted } ô được đưa về dạng năm-tháng-ngày, đọc theo thứ tự tháng trước ngày sau như dữ liệu trong cột chứng tỏ.
ingest-reason-all-date-times = Mọi ô đều là ngày có giờ.
ingest-reason-leading-zeros = Đây là mã: { $count } ô bắt đầu bằng số 0 (ví dụ { $example }), nên cột được giữ là văn bản.
ingest-reason-identifier-12 = Mọi giá trị đều có 12 chữ số như số định danh, nên cột được giữ là văn bản.
ingest-reason-identifier-title = Tên cột cho biết đây là mã và mọi giá trị đều có { $digits } chữ số, nên cột được giữ là văn bản.
ingest-reason-long-digits = { $count } ô có hơn 15 chữ số (ví dụ { $example }), nên cột được giữ là văn bản.
ingest-reason-phone-like = { $count } ô giống số điện thoại (ví dụ { $example }), nên cột được giữ là văn bản.
ingest-reason-mixed =
    { $share } % số ô là { $nearest ->
        [integer] số nguyên
        [decimal] số
        [boolean] có hoặc không
        [date] ngày
        [date-time] ngày có giờ
       *[other] cùng một kiểu
    }, chưa đủ để bỏ riêng các ô còn lại (ví dụ “{ $example }”), nên cột được giữ là văn bản. Hãy sửa tệp hoặc chọn kiểu cho cột.
ingest-reason-mixed-zones = Có giờ ghi múi giờ, có giờ không ghi, nên cột được giữ là văn bản. Hãy ghi thống nhất một cách.
ingest-reason-too-precise = Có số nhiều chữ số hơn mức lưu được chính xác, nên cột được giữ là văn bản.
ingest-reason-ambiguous-separator =
    { $as ->
        [decimal] Không có gì trong cột cho biết “{ $sign }” là dấu thập phân hay dấu phân cách hàng nghìn ({ $count } ô). Dấu này được đọc là dấu thập phân. Hãy kiểm tra lại.
       *[thousands] Không có gì trong cột cho biết “{ $sign }” là dấu thập phân hay dấu phân cách hàng nghìn ({ $count } ô). Dấu này được đọc là dấu phân cách hàng nghìn. Hãy kiểm tra lại.
    }
ingest-reason-day-first-assumed = Không có gì trong cột cho biết ngày hay tháng đứng trước ({ $count } ô). Đã đọc ngày đứng trước. Hãy kiểm tra lại.
ingest-reason-exact-decimals = Có số nhiều chữ số hơn số thập phân thông thường lưu được; các số này được lưu chính xác.
ingest-reason-zeros-dropped = { $count } ô bắt đầu bằng số 0 (ví dụ { $example }), khi đọc là số thì mất số 0 ấy. Nếu đây là mã, hãy chọn kiểu văn bản.
ingest-reason-zeros-lost = Có vẻ các mã đã mất số 0 ở đầu: { $count } ô ngắn hơn { $digits } chữ số (ví dụ { $example }). Nếu đúng vậy, hãy đọc lại và chọn thêm số 0.
ingest-reason-misfits = Riêng { $count } ô không khớp (ví dụ “{ $example }”); các dòng đó được để riêng.

ingest-aside-too-many-cells = Dòng có nhiều ô hơn tiêu đề.
ingest-aside-not-integer = Ô không phải là số nguyên.
ingest-aside-not-decimal = Ô không phải là số.
ingest-aside-not-boolean = Ô không phải là có hoặc không.
ingest-aside-not-date = Ô không phải là ngày, hoặc ngày không tồn tại.
ingest-aside-not-date-time = Ô không phải là ngày có giờ.

ingest-change-short-row-padded = { $count } dòng thiếu ô được thêm ô trống cho đủ.
ingest-change-empty-cell-dropped = Ở { $count } dòng, các ô trống nằm sau cột cuối được bỏ.
ingest-change-null-token = { $count } ô chứa ký hiệu “không có giá trị” được đọc là ô trống.
ingest-change-number-rewritten = { $count } số được đưa về dạng chuẩn (dấu chấm thập phân, không có dấu hàng nghìn).
ingest-change-date-rewritten = { $count } ngày được đưa về dạng năm-tháng-ngày.
ingest-change-date-as-midnight = { $count } ngày không có giờ được ghi là 0 giờ.
ingest-change-zone-normalised = { $count } thời điểm được đổi sang giờ UTC.
ingest-change-word-as-boolean = { $count } từ được đọc là có hoặc không.
ingest-change-zeros-filled = { $count } ô mã được thêm số 0 ở đầu cho đủ số chữ số đã chọn.
