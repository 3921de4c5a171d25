### Duyệt bản nháp, so sánh với bản đang công bố, rút bộ dữ liệu.

## Việc tiếp theo trên trang bộ dữ liệu

review-next = Việc tiếp theo
review-draft-too = và bản nháp:
review-standing-draft = Bản nháp chưa được nộp. Soát lại nội dung rồi nộp để duyệt.
review-standing-waits = Đang chờ bước: { $step }.
review-standing-changes-asked = Người duyệt đề nghị sửa. Đọc nhận xét trên trang duyệt, sửa rồi nộp lại.
review-standing-refused = Bản nháp bị từ chối. Đọc lý do trên trang duyệt; muốn nộp lại thì phải sửa nội dung.
review-open = Xem trang duyệt
review-open-to-decide = Mở để duyệt
review-submit-reason = Lời gửi người duyệt
review-submit-reason-hint = Cho biết số liệu từ đâu, đã đối chiếu thế nào, có gì cần xem kỹ.
review-submit-go = Nộp để duyệt
review-recall-hint = Chưa ai quyết định. Bạn có thể lấy lại bản đã nộp để sửa tiếp.
review-recall-go = Lấy lại bản đã nộp
review-withdraw-link = Rút bộ dữ liệu khỏi cổng mở
review-said-submitted = Đã nộp để duyệt.
review-said-recalled = Đã lấy lại bản nộp. Sửa xong thì nộp lại.
review-said-approved = Đã ghi nhận đồng ý. Bước sau sẽ do người khác quyết định.
review-said-published = Đã đồng ý và công bố.
review-said-changes-asked = Đã gửi đề nghị sửa.
review-said-refused = Đã từ chối bản nháp.
review-said-withdrawn = Đã rút bộ dữ liệu. Địa chỉ cũ nay cho biết lý do.

## Trang duyệt

review-here = Duyệt
review-title = Duyệt phiên bản { $number }: { $title }
review-title-short = Duyệt: { $title }
review-none = Không có bản nháp nào để duyệt
review-none-help = Bộ dữ liệu không có thay đổi nào đang chờ. Khi có bản nháp mới, trang này so sánh nó với bản đang công bố.
review-to-dataset = Về trang bộ dữ liệu
review-submitted-by = { $person } nộp lúc
review-steps = Các bước duyệt
review-step-published = Công bố
review-step-done = (đã xong)
review-first = Lần công bố đầu tiên: chưa có bản nào để so sánh, mọi nội dung đều mới.
review-tables-stay = Phiên bản này không thay đổi bảng dữ liệu nào, chỉ thay đổi lời mô tả. Nếu bộ dữ liệu phải cập nhật định kỳ, kỳ cập nhật tiếp theo vẫn tính từ ngày công bố phiên bản này.
review-submitter-note = Lời người nộp
review-version-note = Ghi chú phiên bản:
review-score-fields = trường mô tả khác
review-score-columns = cột khác
review-score-rows = dòng thêm / sửa / bớt
review-score-rows-open = đang so sánh từng dòng
review-breaking = phá vỡ
review-description = Mô tả
review-description-same = Mô tả giống hệt bản đang công bố.
review-unchanged-fields = { $count } trường khác không đổi
review-public-side = Đang công bố
review-draft-side = Bản nháp
review-nothing-said = để trống
review-structure = Cấu trúc
review-table-added = Bảng mới.
review-table-removed = Bảng bị bỏ: ai đang dùng bảng này sẽ không còn gì.
review-table-changed = Bảng có dữ liệu mới.
review-table-same = Bảng giữ nguyên.
review-rows-old = Đang công bố: { $count } dòng.
review-rows-new = Bản nháp: { $count } dòng.
review-title-before = Tên trước đây:
review-columns-of = Các cột khác của bảng { $table }
review-columns-same = { $count } cột giữ nguyên tên và kiểu
review-became = Thay đổi
review-sign = Dấu
review-sign-added = thêm
review-sign-removed = bớt
review-sign-changed = đổi
review-dictionary = Từ điển dữ liệu
review-note-of = { $column }: { $part }
review-note-title-en = tên tiếng Anh
review-note-meaning = ý nghĩa
review-note-meaning-en = ý nghĩa, tiếng Anh
review-note-unit = đơn vị
review-note-unit-en = đơn vị, tiếng Anh
review-note-required = bắt buộc
review-note-unique = không trùng
review-note-key = thuộc khóa
review-note-codes = danh mục giá trị
review-note-minimum = nhỏ nhất
review-note-maximum = lớn nhất
review-note-pattern = mẫu
review-rows = Từng dòng
review-rows-closed = Nội dung từng dòng của dữ liệu chưa công bố chỉ mở cho người của cơ quan có dữ liệu, cơ quan điều phối và kiểm toán. Ở đây chỉ có số lượng.
review-comparing = Đang so sánh từng dòng với bản đang công bố. Việc này mất từ vài giây đến vài phút; các phần khác của trang đã đầy đủ.
review-reload = Tải lại trang
review-comparison-failed = Chưa so sánh được từng dòng. Các phần khác của trang vẫn đúng và bạn vẫn có thể quyết định.
review-compare-again = So sánh lại
review-count-added = dòng thêm
review-count-removed = dòng bớt
review-count-changed = dòng sửa
review-count-unchanged = dòng giống hệt
review-by-content = So theo nội dung cả dòng: một dòng sửa hiện thành một dòng bớt và một dòng thêm. Chọn cột khóa để thấy từng ô sửa.
review-by-key = So theo khóa:
review-rows-of = Xem từng dòng của bảng { $table }
review-choose-key = Chọn cột khóa
review-key-legend = Cột khóa
review-key-hint = Khóa là những cột cho biết một dòng nói về ai, về cái gì, ví dụ mã trường và năm học. Bỏ chọn hết để so theo nội dung.
review-compare-by-key = So sánh
review-list-added = Dòng thêm
review-list-removed = Dòng bớt
review-list-changed = Dòng sửa
review-row-added = thêm
review-row-removed = bớt
review-row-changed = sửa
review-row-new = mới
review-preview = Xem trước dữ liệu
review-preview-lead = { $shown } dòng đầu trong { $count } dòng; tất cả đều mới.
review-decision = Quyết định
review-decision-lead = Bước: { $step }. Quyết định được ghi nhật ký và không sửa được. Người duyệt phải khác người soạn và người nộp.
review-choose = Chọn một quyết định
review-approve = Đồng ý
review-approve-hint = Nếu đây là bước cuối và đã đủ người, bản nháp được công bố ngay.
review-ask = Đề nghị sửa
review-ask-hint = Trả lại cho người nộp kèm nhận xét. Bản đang công bố không đổi.
review-refuse = Từ chối
review-refuse-hint = Kết thúc lượt nộp này. Bản đang công bố không đổi.
review-reason = Lý do
review-reason-hint = Nói rõ đã xem gì, hoặc cần sửa gì. Không chép lại dữ liệu cá nhân.
review-remarks = Nhận xét từng trường
review-remarks-hint = Chỉ gửi kèm đề nghị sửa. Dòng để trống được bỏ qua.
review-remark-none = Chọn trường
review-remark-field = Trường { $number }
review-remark-text = Nhận xét { $number }
review-send = Gửi quyết định
review-on-page = Trên trang này
review-contents = Mục lục
review-before = Các quyết định trước
review-before-none = Chưa có quyết định nào.
review-recalled-at = Người nộp đã lấy lại lúc
review-since-changed = đã sửa
review-since-table-changed = bảng đã đổi, xem lại cột này
review-since-unchanged = chưa sửa
review-since-gone = không còn

review-findings = Phát hiện khi quét
review-findings-pending = Còn phần của bản nháp chưa quét xong. Chưa nộp và chưa công bố được.
review-findings-open = Còn { $count } phát hiện chưa xử lý. Bản nháp chưa công bố được cho đến khi xử lý xong.
review-findings-none-open = Đã quét xong, không còn phát hiện nào chưa xử lý.
review-findings-link = Xem các phát hiện ({ $count })

## Các trường

review-field-title = Tên
review-field-title-en = Tên tiếng Anh
review-field-description = Mô tả
review-field-description-en = Mô tả tiếng Anh
review-field-topic = Chủ đề
review-field-frequency = Tần suất cập nhật
review-field-licence = Giấy phép
review-field-keywords = Từ khóa
review-field-spatial = Phạm vi không gian
review-field-spatial-en = Phạm vi không gian, tiếng Anh
review-field-from = Từ ngày
review-field-to = Đến ngày
review-field-source = Nguồn
review-field-source-en = Nguồn, tiếng Anh
review-field-note = Ghi chú phiên bản
review-on-table = Bảng { $table }
review-on-column = Cột { $column } của bảng { $table }

## Rút bộ dữ liệu

withdrawal-here = Rút
withdrawal-title = Rút bộ dữ liệu: { $title }
withdrawal-lead = Bộ dữ liệu rút đi không còn tải được. Địa chỉ của nó vẫn trả lời, cho biết tên, cơ quan, ngày rút và lý do. Tên trong địa chỉ không dùng lại cho bộ dữ liệu khác.
withdrawal-reason = Lý do
withdrawal-reason-hint = Mọi người sẽ đọc lý do này. Viết rõ điều gì sai hoặc đã thay đổi, và dùng gì để thay.
withdrawal-reason-en = Lý do bằng tiếng Anh (không bắt buộc)
withdrawal-reason-en-hint = Người đọc tiếng Anh sẽ thấy lý do này; để trống thì họ thấy bản tiếng Việt.
withdrawal-next = Xem trước khi rút
withdrawal-preview = Đây là điều mọi người sẽ thấy ở địa chỉ
withdrawal-for-good = Rút rồi thì không đưa lại được dưới địa chỉ này.
withdrawal-go = Rút bộ dữ liệu
withdrawal-back = Sửa lý do

## Thông báo

notice-review-changes-asked-title = Bản nháp “{ $title }” cần sửa
notice-review-changes-asked-body = { $person } đề nghị sửa. Mở trang duyệt để đọc nhận xét, sửa rồi nộp lại. Lý do: { $reason }
notice-review-refused-title = Bản nháp “{ $title }” bị từ chối
notice-review-refused-body = { $person } đã từ chối. Lý do: { $reason }
notice-review-recalled-title = Bản nháp “{ $title }” đã được lấy lại
notice-review-recalled-body = { $person } đã lấy lại bản nộp để sửa tiếp. Hiện chưa cần duyệt.
audit-action-review-recall = Lấy lại bản đã nộp
audit-field-remarks = Trường có nhận xét

## Từ chối

problem-step-already-decided = { $person } đã đồng ý ở một bước trước. Bước này phải do người khác quyết định.
problem-already-submitted = { $person } đã nộp nội dung này. Chờ người duyệt quyết định.
problem-unchanged-since-return = Nội dung chưa thay đổi gì từ khi người duyệt trả lại. Sửa theo nhận xét rồi nộp lại.
problem-not-your-submission = Bản này do { $person } nộp. Chỉ người nộp lấy lại được.
problem-recall-too-late = Đã có người đồng ý nên không lấy lại được nữa. Nhờ người duyệt ở bước sau trả lại để sửa.
problem-draft-changed = Bản nháp đã thay đổi từ khi bạn mở trang. Xem lại nội dung dưới đây rồi quyết định.
problem-reason-too-long = Lý do quá dài. Viết trong { $most } ký tự.
problem-remark-field-unknown = Chọn trường mà nhận xét nói đến.
problem-remark-text-missing = Viết nhận xét cho trường đã chọn, hoặc bỏ chọn trường.
problem-remark-too-long = Nhận xét quá dài. Viết trong { $most } ký tự.
problem-remarks-too-many = Quá nhiều nhận xét. Gửi nhiều nhất { $most } nhận xét một lần.
problem-verdict-missing = Chọn một quyết định: đồng ý, đề nghị sửa hoặc từ chối.
problem-remarks-without-changes = Nhận xét từng trường chỉ gửi kèm đề nghị sửa. Chọn “Đề nghị sửa”, hoặc xóa các nhận xét.
