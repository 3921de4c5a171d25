### Cổng dữ liệu mở.

nav-datasets = Dữ liệu
nav-topics = Chủ đề
nav-agencies = Cơ quan
nav-about = Giới thiệu
nav-terms = Điều khoản sử dụng
foot-find = Tìm dữ liệu
foot-all = Mọi bộ dữ liệu
foot-use = Dùng dữ liệu
foot-privacy = Trang không dùng cookie và không theo dõi người đọc.

## Trang chủ

home-title = Kho dữ liệu của tỉnh, mở cho mọi người
home-description = { $portal }: tìm, xem và tải về dữ liệu của các cơ quan trong tỉnh, không cần tài khoản.
home-lead = { $datasets ->
    [0] Những bộ dữ liệu đầu tiên đang được chuẩn bị. Xem và tải về không cần tài khoản, không mất phí.
   *[other] Tìm, xem và tải về { $datasets } bộ dữ liệu của { $agencies } cơ quan. Không cần tài khoản, không mất phí.
}
home-tries = Gõ không dấu cũng được:
home-grains = Mỗi hạt là một bộ dữ liệu
home-grains-all = Mọi cơ quan
home-grains-lead = Hạt đầy là cập nhật đúng hạn, hạt nửa là sắp đến hạn, hạt lép là quá hạn.
home-recent = Mới cập nhật
home-recent-all = Xem theo ngày cập nhật
home-recent-none = Chưa có bộ dữ liệu nào được công bố.
home-used = Được dùng nhiều
home-used-all = Xem theo lượt tải
home-used-none = Chưa có lượt tải nào được ghi nhận.
home-developers = Cho người lập trình
home-developers-lead = Mỗi bảng có tệp Parquet và CSV ở một địa chỉ cố định. Truy vấn thẳng trên tệp, không cần khóa, không cần đăng ký.
home-sample-comment = DuckDB, dán vào là chạy
home-sample-from = Bảng lấy từ bộ dữ liệu
home-promise = Vì sao tin được
home-promise-checked = Trước khi công bố, mỗi bộ dữ liệu đều được một người thứ hai kiểm tra và ký duyệt.
home-promise-versions = Phiên bản cũ không bị sửa, không bị xóa: trích dẫn hôm nay, mười năm sau vẫn đối chiếu được.
home-promise-free = Dùng miễn phí, kể cả để kinh doanh; chỉ cần ghi nguồn.
home-updated = Lần công bố gần nhất:

## Tìm kiếm

search-label = Tìm trong kho
search-go = Tìm
search-title-all = Mọi bộ dữ liệu
search-title = Tìm “{ $query }”
search-description = Danh mục bộ dữ liệu của { $portal }: lọc theo chủ đề, cơ quan, định dạng và tình trạng cập nhật.
search-count = { $count } bộ dữ liệu về “{ $query }”
search-also = Cũng tìm:
search-exact = Chỉ tìm đúng “{ $query }”
search-in-columns = Có trong tên bảng, tên cột:
search-relaxed = Không bộ dữ liệu nào có đủ các từ đã gõ. Dưới đây là những bộ có một phần.
search-without-index = Chỉ mục tìm kiếm đang được dựng lại. Kết quả tạm lấy từ danh mục: chỉ khớp tên và mô tả, chưa xếp theo mức phù hợp.
search-none = Chưa có bộ dữ liệu nào khớp “{ $query }”
search-none-filtered = Chưa có bộ dữ liệu nào khớp các bộ lọc đang chọn
search-nothing-yet = Cổng chưa công bố bộ dữ liệu nào. Mời bạn quay lại sau.
search-try-without = Bỏ bộ lọc
search-try-without-count = để thấy { $count } bộ dữ liệu.
search-try-similar = Thử từ gần nghĩa:
search-try-topic = Xem theo chủ đề:
search-try-words = Dùng ít từ hơn, hoặc từ thông dụng hơn. Gõ có dấu hay không dấu đều được.
search-try-all = Xem mọi bộ dữ liệu
facet-topic = Chủ đề
facet-agency = Cơ quan
facet-format = Định dạng
facet-frequency = Tần suất cập nhật
facet-timeliness = Tình trạng cập nhật
sort-relevance = Khớp nhất
sort-updated = Mới cập nhật
sort-used = Dùng nhiều
sort-title = Tên A–Y

## Bộ dữ liệu

dataset-parts = Các phần của bộ dữ liệu
dataset-tables = Các bảng của bộ dữ liệu
dataset-version = Phiên bản
dataset-published = Công bố
dataset-size = Kích cỡ
dataset-size-value = { $rows } dòng × { $columns } cột
dataset-coverage = Phạm vi
dataset-frequency = Cập nhật
dataset-use = Sử dụng
dataset-keywords = Từ khóa
dataset-contact = Liên hệ
dataset-usage = Lượt dùng
dataset-no-table = Bộ dữ liệu này chưa có bảng nào.
dataset-older = Bạn đang xem phiên bản { $version }. Phiên bản mới nhất là { $latest }.
dataset-older-link = Xem phiên bản mới nhất
tab-data = Dữ liệu
tab-structure = Cấu trúc
tab-versions = Phiên bản
preview-title = Bảng dữ liệu
preview-caption = Dòng { $first } đến { $last } trong { $total } dòng. Tên cột là liên kết để xếp thứ tự.
preview-rows = Dòng { $first }–{ $last } trong { $total }.
preview-hint = Bấm tên cột để xếp thứ tự. Hình nhỏ dưới tên cột vẽ trên toàn bộ cột.
preview-empty = Bảng không có dòng nào.
preview-unsort = Về thứ tự gốc
structure-title = { $count } cột
structure-lead = Mỗi cột nói về điều gì và chứa những gì, tính trên tất cả { $rows } dòng.
structure-schema = Table Schema (JSON)
structure-no-meaning = Cơ quan chưa mô tả cột này.
structure-unit = Đơn vị
structure-empty = Ô trống
structure-none-empty = không có
structure-distinct = Giá trị khác nhau
structure-approximate = (gần đúng)
structure-min = Nhỏ nhất
structure-max = Lớn nhất
structure-shortest = Ngắn nhất
structure-longest = Dài nhất
structure-top = Gặp nhiều nhất
structure-value = Giá trị
structure-share = Tỷ lệ
structure-rows = Số dòng
versions-title = { $count } phiên bản
versions-lead = Phiên bản đã công bố không bao giờ bị sửa. Địa chỉ tệp của từng phiên bản giữ nguyên mãi; mã SHA-256 giúp bạn kiểm tra tệp trong tay đúng là bản đó.
version-number = Phiên bản { $number }
version-short = phiên bản { $number }
version-first = bản đầu tiên
version-latest = Mới nhất
version-shown = Đang xem
version-rows-same = số dòng không đổi
version-rows-more = thêm { $count } dòng
version-rows-fewer = bớt { $count } dòng
files-title = Tải về
files-hash = SHA-256 của bảng
download-file = Tải { $format }, { $size }
download-others = { $count } định dạng khác
cite-title = Trích dẫn
cite-version = phiên bản { $number }
cite-hash = SHA-256 của phiên bản
cite-advice = Địa chỉ trên luôn mở đúng phiên bản này, kể cả khi đã có phiên bản mới.
query-title = Truy vấn bằng DuckDB
query-lead = Địa chỉ tệp Parquet không đổi, luôn là bản mới nhất.
changes-title = Thay đổi gần đây
changes-all = Cả { $count } phiên bản
more-title = Thông tin thêm
note-csv = cho Excel và mọi phần mềm
note-parquet = cho phân tích, nhẹ và nhanh
note-original = tệp gốc của cơ quan

## Cơ quan, chủ đề

agencies-title = Cơ quan cung cấp dữ liệu
agencies-description = Các cơ quan công bố dữ liệu trên { $portal } và tình trạng cập nhật của từng nơi.
agencies-none = Chưa có cơ quan nào công bố dữ liệu.
agency-description = { $count } bộ dữ liệu do { $agency } công bố.
agency-none = Cơ quan này chưa công bố bộ dữ liệu nào.
agency-search = Tìm trong dữ liệu của cơ quan này
agency-facts = Về cơ quan
agency-freshness = Tình trạng cập nhật
agency-about = Giới thiệu
agency-telephone = Điện thoại
agency-mail = Thư điện tử
agency-website = Trang thông tin
agency-successor = Cơ quan này không còn hoạt động. Công việc do nơi sau tiếp nhận:
agency-predecessors = Tiếp nhận từ
topics-description = Dữ liệu trên { $portal } theo từng chủ đề.
topic-description = { $count } bộ dữ liệu về { $topic }.
topic-none-yet = Chưa có bộ dữ liệu nào.
topic-search = Tìm trong chủ đề này

## Điều khoản, giới thiệu

terms-title = Điều khoản sử dụng dữ liệu mở
terms-description = Bạn được làm gì với dữ liệu trên { $portal }, và cần làm gì khi dùng.
terms-since = Áp dụng từ
terms-intro = Điều khoản này áp dụng cho mọi dữ liệu do { $province } công bố trên cổng, trừ khi trang của bộ dữ liệu ghi khác.
terms-may = Bạn được
terms-may-copy = sao chép, chia sẻ, trao đổi và sử dụng dữ liệu, không cần xin phép và không mất phí;
terms-may-combine = kết hợp dữ liệu với dữ liệu khác;
terms-may-trade = dùng dữ liệu trong sản phẩm, dịch vụ của mình, có thu tiền hay không.
terms-must = Bạn cần
terms-must-cite = ghi nguồn: tên bộ dữ liệu, cơ quan công bố, phiên bản và địa chỉ; mỗi trang bộ dữ liệu có sẵn câu trích dẫn để chép;
terms-must-mark = nói rõ khi đã sửa đổi hoặc tính toán lại từ dữ liệu gốc;
terms-must-law = tuân thủ pháp luật về bảo vệ dữ liệu cá nhân, sở hữu trí tuệ và an ninh mạng khi sử dụng.
terms-not = Bạn không được
terms-not-sell = bán lại dữ liệu nguyên trạng như tải về từ cổng; khi dùng trong sản phẩm thương mại, phải cung cấp miễn phí phần dữ liệu mở kèm theo;
terms-not-pretend = làm người khác hiểu rằng cơ quan nhà nước xác nhận hay bảo trợ cho sản phẩm, kết luận của bạn.
terms-as-is = Dữ liệu được cung cấp như hiện có
terms-as-is-text = Cơ quan công bố cố gắng để dữ liệu đúng và kịp thời, nhưng không chịu trách nhiệm về thiệt hại phát sinh do việc sử dụng. Khi cần số liệu có giá trị pháp lý, hãy đề nghị cơ quan cung cấp bản có xác nhận.
terms-basis = Căn cứ
about-description = { $portal } do ai lập, dữ liệu đến từ đâu và được kiểm tra thế nào.
about-lead = Cổng này là nơi các cơ quan của { $province } công bố dữ liệu mở: ai cũng xem và tải được, không cần tài khoản.
about-way = Một tệp trở thành dữ liệu mở như thế nào
about-way-send = Cơ quan gửi tệp của mình, đúng như đang dùng: Excel, CSV, JSON hoặc Parquet. Tệp gốc được giữ nguyên cùng mã kiểm tra.
about-way-read = Cổng đọc toàn bộ tệp, xác định kiểu của từng cột và ghi lại mọi điều đã hiểu hoặc đã đổi. Dòng có vấn đề được để riêng kèm lý do, không tự sửa.
about-way-decide = Người thứ nhất nộp, người thứ hai xem xét và duyệt. Cả hai quyết định được ghi vào nhật ký không sửa được.
about-way-publish = Dữ liệu được công bố thành một phiên bản có số thứ tự và mã SHA-256. Lần cập nhật sau là một phiên bản mới.
about-trust = Kịp thời hay chậm đều nói ra
about-trust-text = Mỗi bộ dữ liệu có hạn cập nhật. Cổng cho thấy bộ nào đúng hạn, sắp đến hạn hay quá hạn, và của cơ quan nào. Bộ dữ liệu bị rút vẫn để lại một trang nói rõ lý do.
about-formats = Định dạng
about-formats-text = Mỗi bảng tải được dạng Excel (XLSX, và CSV cho Excel với dấu phẩy thập phân, ngày kiểu 31/12/2026), dạng CSV (UTF-8), Parquet, JSON và NDJSON cho chương trình. Trong các tệp cho chương trình, ngày viết theo ISO 8601, dấu thập phân là dấu chấm; trên trang web, số và ngày viết theo cách quen thuộc của người Việt. CSV cho Excel đặt dấu nháy đơn trước chữ giống công thức; tệp CSV giữ đúng từng ký tự.
about-privacy = Riêng tư
about-privacy-text = Cổng không đặt cookie, không nạp gì từ máy chủ khác và không theo dõi người đọc. Số lượt xem và lượt tải chỉ được đếm, không gắn với ai.
about-access = Tiếp cận
about-access-text = Mọi trang dùng được bằng bàn phím, bằng trình đọc màn hình, trên điện thoại và khi tắt JavaScript. Chỗ nào chưa được, xin báo cho cơ quan đầu mối.
about-now = Hiện nay
about-agencies = của { $count } cơ quan
about-contact = Liên hệ

## Đã rút

gone-title = Đã rút: { $title }
gone-head = Bộ dữ liệu này đã rút ngày
gone-agency = Cơ quan công bố
gone-replacement = Thay bằng
gone-do = Bạn có thể
gone-do-similar = tìm bộ dữ liệu tương tự ở ô dưới đây;
gone-do-agency = hỏi cơ quan công bố nếu cần biết thêm;
gone-do-copy = nếu đã tải về trước đây, xin đừng dùng tiếp khi chưa đọc lý do ở trên.
