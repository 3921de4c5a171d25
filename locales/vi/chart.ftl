### Biểu đồ của một bảng: cách vẽ, lời đọc biểu đồ, tệp ảnh.

chart-page = Biểu đồ
chart-heading = Biểu đồ: { $name }
chart-link = Vẽ biểu đồ
chart-explore = Mở trong trang khám phá
chart-how = Cách vẽ
chart-kinds = Kiểu biểu đồ
chart-kind-bar = Cột
chart-kind-stacked = Cột chồng
chart-kind-line = Đường
chart-kind-scatter = Phân tán
chart-kind-histogram = Phân bố
chart-kind-pie = Tròn
chart-x = Trục ngang
chart-y = Giá trị cần vẽ
chart-series = Tách theo
chart-no-series = (không tách)
chart-go = Vẽ lại
chart-csv = Số liệu (CSV)
chart-figures = Số liệu của biểu đồ
chart-share-label = Địa chỉ của đúng biểu đồ này
chart-nothing-here = Không có số liệu để vẽ
chart-table-cut = Bảng trên trang có { $shown } trong { $count } dòng. Tải CSV để có đủ.

## Tên và lời dẫn

chart-title = { $y } theo { $x }
chart-title-series = { $y } theo { $x } và { $series }
chart-title-scatter = { $y } so với { $x }
chart-title-histogram = Phân bố của { $x }
chart-by-year = năm
chart-by-quarter = quý
chart-by-month = tháng
chart-by-day = ngày
chart-unit = đơn vị: { $unit }
chart-with-unit = { $what } ({ $unit })
chart-filtered = lọc { $column } { $test }
chart-base = trục giá trị bắt đầu từ { $value }
chart-scale-million = triệu
chart-scale-billion = tỷ
chart-step = { $from } đến dưới { $to }
chart-empty = (để trống)
chart-no-value = không có số liệu
chart-others = Còn lại ({ $count })
chart-source = Nguồn: { $agency }, “{ $dataset }”, bảng “{ $table }”, phiên bản { $version } công bố ngày { $date }. Điều khoản sử dụng: { $terms }. { $portal }.

## Điều đọc được

chart-says-nothing = Không có số liệu.
chart-says-one = { $name }: { $value }.
chart-says-of = { $name }: { $what }
chart-says-ends = Cao nhất là { $name } ({ $value }), thấp nhất là { $other } ({ $least }).
chart-says-trend = Từ { $from } ({ $first }) đến { $to } ({ $last }), { $trend }.
chart-trend-up = tăng { $share }
chart-trend-down = giảm { $share }
chart-trend-times = gấp { $times } lần
chart-trend-up-plain = tăng
chart-trend-down-plain = giảm
chart-trend-flat = gần như không đổi
chart-says-stacked = { $name } có tổng lớn nhất, chiếm { $share } tất cả; phần lớn nhất là { $part }, chiếm { $part_share }.
chart-says-pie = Các phần: { $parts }.
chart-says-part = { $name } { $share }
chart-says-steps = Khoảng có nhiều dòng nhất là từ { $from } đến dưới { $to }, với { $count } dòng. Các giá trị nằm từ { $low } đến { $high }.
chart-says-dots = { $count } điểm. { $x } từ { $x_low } đến { $x_high }; { $y } từ { $y_low } đến { $y_high }.
chart-together-strong = Hai giá trị cùng tăng, cùng giảm rõ rệt (hệ số tương quan { $r }).
chart-together-some = Hai giá trị có xu hướng cùng tăng, cùng giảm (hệ số tương quan { $r }).
chart-together-none = Hai giá trị hầu như không tăng giảm theo nhau (hệ số tương quan { $r }).
chart-against-some = Giá trị này tăng thì giá trị kia có xu hướng giảm (hệ số tương quan { $r }).
chart-against-strong = Giá trị này tăng thì giá trị kia giảm rõ rệt (hệ số tương quan { $r }).

## Điều không vẽ

chart-note-others = Vẽ { $kept } nhóm lớn nhất; { $count } nhóm khác gộp thành “Còn lại”.
chart-note-left = Vẽ { $kept } nhóm lớn nhất; { $count } nhóm khác không vẽ vì phép tính này không gộp được.
chart-note-series-others = Tách riêng { $kept } nhóm lớn nhất; { $count } nhóm khác gộp thành “Còn lại”.
chart-note-series-left = Tách riêng { $kept } nhóm lớn nhất; { $count } nhóm khác không vẽ vì phép tính này không gộp được.
chart-note-empty = { $count } dòng để trống cột { $column }.
chart-note-no-place = { $count } dòng để trống cột { $column } nên không có trong biểu đồ.
chart-note-blank = { $count } nhóm không có số liệu nên không vẽ.
chart-note-gaps = { $count } chỗ không có số liệu; đường vẽ bị ngắt ở đó.
chart-note-sample = Vẽ { $count } điểm lấy đều trong { $total } dòng.
chart-note-dots-missing = { $count } dòng thiếu một trong hai giá trị nên không vẽ.

## Từ chối

problem-chart-unknown-kind = Không có kiểu biểu đồ “{ $name }” (tham số kind). Dùng { $kinds }.
problem-chart-no-step = Biểu đồ này vẽ từng dòng nên không gộp theo “{ $name }”. Chọn một cột.
problem-chart-choose-x = Chọn cột cho trục ngang (tham số x).
problem-chart-choose-series = Biểu đồ cột chồng cần một cột để tách thành các phần (tham số series). Chọn cột đó, hoặc vẽ biểu đồ cột.
problem-chart-choose-number = Chọn thêm một cột số.
problem-chart-number-column = Cột “{ $column }” không phải là số nên không vẽ được ở đây. Chọn cột số.
problem-chart-line-x = Biểu đồ đường cần trục ngang là ngày hoặc số, mà cột “{ $column }” không phải vậy. Chọn cột khác, hoặc vẽ biểu đồ cột.
problem-chart-no-whole = Phép tính này không cộng các phần thành tổng được, nên không vẽ được biểu đồ cột chồng hay biểu đồ tròn. Chọn tổng hoặc số dòng, hoặc vẽ biểu đồ cột.
problem-chart-too-many-places = Trục ngang có { $count } giá trị khác nhau, nhiều hơn { $most }. Gộp theo tháng, quý hoặc năm, hoặc thêm điều kiện lọc.
problem-chart-pie-negative = Có phần mang giá trị âm nên không vẽ được biểu đồ tròn. Vẽ biểu đồ cột.
problem-chart-pie-nothing = Tổng các phần bằng 0 nên không vẽ được biểu đồ tròn. Vẽ biểu đồ cột.
problem-chart-pie-many = Có { $count } phần, đa số là phần nhỏ, nên biểu đồ tròn không đọc được. Vẽ biểu đồ cột.
problem-chart-stacked-negative = Có phần mang giá trị âm nên không xếp chồng được. Vẽ biểu đồ cột.
problem-chart-nothing = Không có số liệu để vẽ. Bớt điều kiện lọc hoặc chọn cột khác.
