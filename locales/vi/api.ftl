### API công khai: trang hướng dẫn /api, tài liệu OpenAPI và các lỗi.

api-title = API: đọc dữ liệu bằng chương trình
api-lead = API chỉ đọc, không cần khóa, không cần đăng ký: tìm bộ dữ liệu, đọc mô tả, cấu trúc và từng dòng của mọi bảng đã công bố.
api-description = Hướng dẫn dùng API của { $portal }: địa chỉ, lọc và sắp xếp, phân trang, định dạng, giới hạn, lỗi.
api-link = API

api-start = Bắt đầu
api-start-text = Mọi địa chỉ bắt đầu bằng { $base } và trả lời bằng JSON. Lệnh dưới đây đọc năm dòng đầu của một bảng có thật trên cổng này:
api-start-table = Bảng dùng trong các ví dụ:
api-start-none = Cổng chưa công bố bảng nào, nên chưa có ví dụ.
api-openapi-text = Mô tả đầy đủ để sinh mã hoặc nhập vào công cụ:

api-addresses = Các địa chỉ
api-address = Địa chỉ
api-what = Trả về

api-search = Tìm bộ dữ liệu
api-parameter = Tham số
api-meaning = Ý nghĩa
api-rows = Lọc, sắp xếp, gộp nhóm
api-rows-text = Các tham số giống hệt trang “Khám phá bảng”: lọc trên trang đó rồi chép phần sau dấu “?” của địa chỉ là dùng được. Cột gọi bằng tên máy; ngày viết 2026-12-31, dấu thập phân là dấu chấm. Tham số viết sai bị từ chối kèm lý do, không bị bỏ qua.
api-tests = Các phép so sánh dùng trong filter.CỘT.PHÉP:
api-examples = Ví dụ
api-example-curl = Lọc và sắp xếp bằng curl
api-example-python = Đọc hết mọi trang bằng Python
api-example-pandas = Đọc cả bảng vào pandas
api-example-r = Đọc hết mọi trang bằng R
api-example-javascript = Đọc hết mọi trang bằng JavaScript

api-paging = Phân trang
api-paging-text = Mỗi trang JSON có { $usual } dòng, đổi bằng limit, nhiều nhất { $most } dòng; bảng có dòng rất dài thì mỗi trang có thể ít dòng hơn. Trường next, cũng có trong header Link, là địa chỉ trang sau; ở trang cuối next là null.
api-paging-cursor = Địa chỉ đó mang một con trỏ (cursor). Con trỏ giữ nguyên phiên bản lúc bắt đầu đọc: dù giữa chừng cơ quan công bố phiên bản mới, không dòng nào bị lặp hay bị mất. Con trỏ chỉ dùng được với đúng bảng và đúng bộ lọc của nó, và không hết hạn.
api-paging-version = Cần kết quả lặp lại được về sau thì dùng địa chỉ có số phiên bản: …/versions/3/tables/….

api-formats = Định dạng
api-formats-text = Chọn bằng format= hoặc header Accept.
api-format = Định dạng
api-media-type = Kiểu nội dung (MIME)
api-comes = Cách trả về
api-comes-pages = Từng trang
api-comes-whole = Toàn bộ kết quả một lần; từng trang khi có limit
api-values = Trong JSON: ngày và giờ theo ISO 8601, ô trống là null, số nguyên và số thực là số. Số thập phân chính xác là chuỗi, như "12.50", để không mất chữ số nào; tổng của chúng là số khi không mất chữ số. Parquet và Arrow giữ đúng kiểu của cột.

api-limits = Giới hạn
api-limits-text = Mỗi địa chỉ mạng có { $units } đơn vị mỗi phút. Mỗi lượt gọi tốn 1 đơn vị; phải lọc, sắp xếp hay gộp nhóm thì tốn thêm { $search }; lấy toàn bộ kết quả một lần, hoặc tìm bộ dữ liệu theo giấy phép, thì thêm { $whole }. Lượt gọi đã có sẵn kết quả chỉ tốn 1. Hết đơn vị thì nhận mã 429; header Retry-After cho biết phải chờ bao nhiêu giây.
api-limits-none = Cổng này không giới hạn số lượt gọi. Xin hãy dùng vừa phải.
api-limits-other = Mỗi lượt gọi có nhiều nhất 30 điều kiện lọc, 8 khóa sắp xếp, 4 cột gộp nhóm, 12 phép tính và chạy không quá 10 giây. Cổng không giữ địa chỉ mạng của ai lâu hơn một phút cho việc này.

api-caching = Bộ nhớ đệm và gọi từ trang web
api-caching-text = Mỗi câu trả lời có ETag: gửi lại giá trị đó trong If-None-Match, nếu nội dung chưa thay đổi thì nhận mã 304, không kèm nội dung. HEAD dùng được ở mọi địa chỉ. Trang web ở bất kỳ đâu cũng gọi được API (CORS) và đọc được các header ETag, Link, Retry-After.
api-names = Tiêu đề, mô tả có cả tiếng Việt (vi) và tiếng Anh (en, null khi chưa có). Câu báo lỗi theo lang= hoặc Accept-Language.
api-use-text = Dùng dữ liệu theo điều khoản ghi ở trường licence. Xin ghi tên chương trình và cách liên hệ vào User-Agent.

api-errors = Lỗi
api-errors-text = Lỗi theo RFC 9457, kiểu application/problem+json: type dẫn tới mục dưới đây, detail cho biết sai gì và phải làm gì, problems liệt kê từng lỗi với tham số của nó; khi bảng không có cột được hỏi thì kèm danh sách các cột.
api-status = Mã { $status }

api-dataset-title = API
api-dataset-text = Chương trình đọc được từng dòng của bảng này, có lọc và sắp xếp, không cần khóa:
api-dataset-link = Cách dùng API

## Địa chỉ

api-endpoint-entry = Địa chỉ gốc, dẫn tới mọi địa chỉ khác
api-endpoint-openapi = Mô tả API theo OpenAPI 3.1
api-endpoint-datasets = Tìm và liệt kê bộ dữ liệu
api-endpoint-dataset = Một bộ dữ liệu, phiên bản mới nhất
api-endpoint-versions = Các phiên bản của một bộ dữ liệu
api-endpoint-version = Một phiên bản
api-endpoint-table = Một bảng: các cột, từ điển dữ liệu, các tệp kèm mã SHA-256
api-endpoint-versionTable = Một bảng trong một phiên bản
api-endpoint-records = Các dòng của một bảng, phiên bản mới nhất
api-endpoint-versionRecords = Các dòng của một bảng trong một phiên bản
api-endpoint-agencies = Các cơ quan và số bộ dữ liệu
api-endpoint-topics = Các chủ đề và số bộ dữ liệu

api-tag-catalogue = Danh mục: bộ dữ liệu, phiên bản, cơ quan, chủ đề
api-tag-rows = Bảng và các dòng của bảng

api-path-slug = Phần tên của bộ dữ liệu trong địa chỉ
api-path-number = Số phiên bản, từ 1
api-path-table = Phần tên của bảng trong địa chỉ

## Tham số

api-parameter-q = Từ cần tìm, có dấu hay không dấu đều được
api-parameter-agency = Cơ quan, theo phần tên trong địa chỉ; lặp lại để chọn nhiều
api-parameter-topic = Chủ đề, theo mã; lặp lại để chọn nhiều
api-parameter-format = Định dạng, theo mã như csv; lặp lại để chọn nhiều
api-parameter-licence = Giấy phép, theo mã; lặp lại để chọn nhiều
api-parameter-frequency = Tần suất cập nhật, theo mã; lặp lại để chọn nhiều
api-parameter-timeliness = Tình trạng cập nhật: on-time, due-soon, late
api-parameter-sort = Thứ tự: relevance, updated, used, title
api-parameter-sort-rows = Thứ tự theo cột, dấu trừ là từ lớn đến nhỏ: -dan_so,xa
api-parameter-limit = Số mục nhiều nhất trên một trang
api-parameter-page = Trang, từ 1
api-parameter-lang = Ngôn ngữ của câu báo lỗi và mô tả: vi hoặc en
api-parameter-filter = Điều kiện, viết filter.CỘT.PHÉP=GIÁ TRỊ, như filter.dan_so.ge=1000; nhiều điều kiện thì phải thỏa tất cả
api-parameter-columns = Các cột cần lấy, theo thứ tự: xa,dan_so
api-parameter-group = Gộp nhóm theo các cột: vung
api-parameter-measure = Phép tính cho mỗi nhóm: count,sum.dan_so
api-parameter-cursor = Nơi trang sau bắt đầu, lấy từ next của trang trước
api-parameter-format-rows = Định dạng của các dòng; không có thì theo Accept

## Câu trả lời

api-header-etag = Nhãn của nội dung, để gửi lại trong If-None-Match
api-header-link = Địa chỉ trang sau và trang trước
api-not-modified = Không có gì đổi so với nội dung có ETag đã gửi
api-partial = Một phần của tệp, theo Range
api-precondition = Tệp không còn khớp với điều kiện đã gửi
api-range = Tệp không có phần được yêu cầu

## Lỗi

api-problem-invalid = Yêu cầu chưa đúng
api-problem-invalid-text = Một tham số hoặc giá trị không đúng. Mỗi lỗi nêu tên tham số và cách viết đúng.
api-problem-not-found = Không có ở đây
api-problem-not-found-text = Không có bộ dữ liệu, phiên bản, bảng hoặc địa chỉ nào như vậy. Kiểm tra lại địa chỉ.
api-problem-gone = Đã rút hoặc đã hủy
api-problem-gone-text = Dữ liệu từng có ở đây đã được rút hoặc hủy; trường tombstone cho biết lý do và từ khi nào.
api-problem-method = Chỉ đọc
api-problem-method-text = API chỉ nhận GET, HEAD và OPTIONS.
api-problem-not-acceptable = Không có định dạng đó
api-problem-not-acceptable-text = Header Accept không nêu định dạng nào mà API trả được. Dùng một trong các kiểu ở phần Định dạng.
api-problem-too-many = Gọi quá nhiều lần
api-problem-too-many-text = Đã dùng hết số đơn vị của phút này. Chờ số giây ghi ở Retry-After rồi gọi tiếp.
api-problem-unavailable = Tạm thời chưa trả lời được
api-problem-unavailable-text = Một bộ phận của cổng đang bận hoặc tạm ngừng. Thử lại sau số giây ghi ở Retry-After.
api-problem-too-large = Quá lớn
api-problem-too-large-text = Yêu cầu vượt quá kích thước cho phép. Rút gọn rồi gửi lại.
api-problem-internal = Lỗi của cổng
api-problem-internal-text = Cổng có lỗi. Báo cho chúng tôi kèm request_id nếu lỗi lặp lại.

problem-api-too-many = Địa chỉ mạng này đã dùng hết { $most } đơn vị của phút này. Chờ { $seconds } giây rồi gọi tiếp.
problem-api-parameter-unknown = Không có tham số “{ $name }” ở địa chỉ này. Các tham số có: { $known }.
problem-api-parameter-twice = Tham số “{ $name }” chỉ ghi được một lần. Bỏ bớt.
problem-api-parameter-form = Tham số “{ $name }” phải là một trong: { $values }.
problem-api-parameter-number = Tham số “{ $name }” phải là số nguyên từ { $least } đến { $most }.
problem-api-cursor = Con trỏ không phải của bảng và bộ lọc này. Dùng nguyên địa chỉ next của trang trước, hoặc bỏ cursor để đọc lại từ đầu.
problem-api-not-acceptable = API không có định dạng nào nêu trong Accept. Dùng một trong: { $formats }.
