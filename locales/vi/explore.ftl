### Khám phá bảng: lọc, xếp, chọn cột, gộp nhóm, tải đúng phần đang xem.

explore-title = Khám phá bảng
explore-heading = Khám phá: { $name }
explore-link = Lọc, gộp nhóm, tải một phần
explore-clear = Về toàn bộ bảng

## Lọc

explore-add-filter = Thêm điều kiện lọc
explore-column = Cột
explore-test = Điều kiện
explore-value = Giá trị
explore-value-hint = Số ghi như 1.234,5, ngày như 31/12/2026. Nhiều giá trị: ngăn bằng dấu |. Để trống khi lọc ô trống.
explore-to = Đến
explore-to-hint = Chỉ dùng cho điều kiện “trong khoảng”.
explore-filter-go = Lọc
explore-between-value = { $from } đến { $to }
explore-test-contains = có chứa
explore-test-contains-exact = có chứa, đúng dấu và chữ hoa
explore-test-starts = bắt đầu bằng
explore-test-starts-exact = bắt đầu bằng, đúng dấu và chữ hoa
explore-test-eq = bằng
explore-test-ne = khác
explore-test-lt = nhỏ hơn
explore-test-le = từ … trở xuống
explore-test-gt = lớn hơn
explore-test-ge = từ … trở lên
explore-test-between = trong khoảng
explore-test-in = là một trong các giá trị
explore-test-empty = để trống
explore-test-filled = không trống
explore-said-lt = nhỏ hơn { $value }
explore-said-le = từ { $value } trở xuống
explore-said-gt = lớn hơn { $value }
explore-said-ge = từ { $value } trở lên
explore-said-day-lt = trước { $value }
explore-said-day-le = đến hết { $value }
explore-said-day-gt = sau { $value }
explore-said-day-ge = từ { $value } trở đi

## Gộp nhóm

explore-group = Gộp nhóm và tính
explore-group-by = Gộp theo
explore-summary = Tính
explore-group-column = Gộp theo cột
explore-group-measure = Phép tính
explore-group-of = Tính trên cột
explore-group-hint = Mỗi lần thêm một cột để gộp, một phép tính, hoặc cả hai. Không gộp theo cột nào thì tính trên mọi dòng đang lọc.
explore-group-go = Thêm
explore-no-column = (không thêm cột)
explore-no-summary = (không thêm phép tính)
explore-operation-sum = Tổng
explore-operation-avg = Trung bình
explore-operation-min = Nhỏ nhất
explore-operation-max = Lớn nhất
explore-operation-count = Số ô có dữ liệu
explore-operation-distinct = Số giá trị khác nhau
explore-measure-rows = Số dòng
explore-measure-sum = Tổng { $column }
explore-measure-avg = Trung bình { $column }
explore-measure-min = { $column } nhỏ nhất
explore-measure-max = { $column } lớn nhất
explore-measure-count = Số ô có { $column }
explore-measure-distinct = Số giá trị khác nhau của { $column }

explore-step-year = { $column } (theo năm)
explore-step-quarter = { $column } (theo quý)
explore-step-month = { $column } (theo tháng)
explore-step-day = { $column } (theo ngày)
explore-stretch-quarter = Quý { $quarter }/{ $year }
explore-stretch-month = { $mm }/{ $year }

## Cột và dòng

explore-columns = Chọn cột: đang hiện { $shown } trong { $count } cột
explore-columns-legend = Cột hiện trong bảng
explore-columns-go = Hiện các cột đã chọn
explore-columns-all = Hiện tất cả các cột
explore-rows = Dòng mỗi trang
explore-rows-go = Đổi
explore-across = Bảng có nhiều cột: phần { $page } trong { $pages }. Cột đầu luôn hiện.
explore-across-label = Các phần cột

## Kết quả

explore-all-count = { $count } dòng
explore-found-count = { $count } dòng phù hợp trong { $of }
explore-groups-count = { $count } nhóm
explore-none = Không có dòng nào phù hợp
explore-loosen = Bớt điều kiện

## Mang đi

explore-take = Tải đúng phần này
explore-take-lead = Tệp có đủ { $count } dòng của kết quả, không chỉ trang đang xem.
explore-whole = Toàn bộ bảng
explore-share = Chia sẻ
explore-share-label = Địa chỉ của đúng kết quả này
explore-copy = Lấy bằng chương trình
explore-copy-lead = Sao chép một đoạn dưới đây để lấy đúng các dòng này. Đoạn DuckDB đọc thẳng tệp Parquet của phiên bản đang xem.

## Từ chối

problem-explore-elsewhere = Địa chỉ này có cách viết khác.
problem-explore-unknown-column = Bảng không có cột “{ $column }”. Các cột có trong bảng: { $columns }.
problem-explore-choose-column = Chọn một cột có trong bảng.
problem-explore-unknown-test = Không có điều kiện “{ $test }”. Dùng eq, ne, lt, le, gt, ge, between, contains, starts, in, empty hoặc filled.
problem-explore-test-kind = Điều kiện này không dùng được cho cột “{ $column }”. Chọn điều kiện hợp với kiểu của cột.
problem-explore-value-missing = Nhập giá trị để so với cột “{ $column }”.
problem-explore-value-long = Giá trị cho cột “{ $column }” dài quá { $most } ký tự. Rút ngắn lại.
problem-explore-values-many = Danh sách cho cột “{ $column }” có quá { $most } giá trị. Bớt đi.
problem-explore-value-integer = “{ $value }” không phải là số nguyên, mà cột “{ $column }” chỉ có số nguyên. Ghi như 1.234.
problem-explore-value-decimal = “{ $value }” không phải là số. Cột “{ $column }” cần số, ghi như 1.234,5.
problem-explore-value-precise = “{ $value }” có nhiều chữ số hơn cột “{ $column }”, vốn có { $most } chữ số thập phân. Làm tròn rồi thử lại.
problem-explore-value-boolean = “{ $value }” không phải là có hoặc không. Cột “{ $column }” cần “có” hoặc “không”.
problem-explore-value-date = “{ $value }” không phải là ngày. Cột “{ $column }” cần ngày, ghi như 31/12/2026.
problem-explore-value-date-time = “{ $value }” không phải là ngày giờ. Cột “{ $column }” cần ngày giờ, ghi như 31/12/2026 16:40.
problem-explore-between = Khoảng cho cột “{ $column }” thiếu một đầu. Nhập cả “Giá trị” và “Đến”; trong địa chỉ ghi TỪ..ĐẾN.
problem-explore-between-turned = Khoảng cho cột “{ $column }” có đầu lớn hơn cuối. Đổi chỗ hai giá trị.
problem-explore-unknown-measure = Không có phép tính “{ $name }”. Dùng count, hoặc sum, avg, min, max, count, distinct kèm tên máy của cột, như sum.dan_so.
problem-explore-measure-kind = Cột “{ $column }” không phải là số nên không tính tổng hay trung bình được. Chọn cột số hoặc phép tính khác.
problem-explore-sort-hidden = Không xếp được theo “{ $name }” vì kết quả gộp nhóm không có cột đó. Xếp theo cột gộp hoặc phép tính.
problem-explore-step-kind = Cột “{ $column }” không phải là ngày nên không gộp theo năm, quý, tháng hay ngày được. Chọn cột ngày, hoặc gộp theo chính giá trị của cột.
problem-explore-unknown-step = Không gộp được theo “{ $name }”. Dùng year, quarter, month hoặc day.
problem-explore-rows = Số dòng mỗi trang phải từ 1 đến { $most }.
problem-explore-too-many = Địa chỉ có quá nhiều phần “{ $name }”: nhiều nhất là { $most }. Bớt đi.
problem-explore-too-many-groups = Kết quả có hơn { $most } nhóm. Thêm điều kiện lọc, hoặc gộp theo cột có ít giá trị hơn.
problem-explore-too-large = Kết quả quá lớn để xếp hoặc gộp tại đây. Thêm điều kiện lọc, hoặc tải tệp Parquet về để xử lý.
problem-explore-too-slow = Việc này mất quá nhiều thời gian nên đã dừng. Thêm điều kiện lọc, hoặc tải tệp Parquet về để xử lý.
