### Cập nhật đúng hạn: xác nhận không thay đổi, gia hạn.

## Thông báo

notice-extension-asked-title = Đề nghị gia hạn “{ $title }” đến { $date }
notice-extension-asked-body = Lý do: { $reason }
notice-extension-granted-title = “{ $title }” được gia hạn đến { $date }
notice-extension-granted-body = Hãy cập nhật hoặc xác nhận không thay đổi trước khi hết ngày đó.
notice-extension-refused-title = “{ $title }” không được gia hạn đến { $date }
notice-extension-refused-body = Hạn cũ giữ nguyên. Mở trang để đọc lý do.

## Nhật ký

audit-action-dataset-confirm-unchanged = Xác nhận không thay đổi
audit-action-extension-ask = Đề nghị gia hạn
audit-action-extension-decide = Quyết định đề nghị gia hạn
audit-action-extension-export = Tải danh sách đề nghị gia hạn
audit-field-counted = Kỳ tính từ
audit-field-confirmation = Lời xác nhận
audit-field-extension = Đề nghị gia hạn
audit-field-to = Đến ngày
audit-field-granted = Cho gia hạn

## Điều cần sửa

problem-unchanged-checked = Viết rõ đã đối chiếu thế nào, ít nhất { $least } ký tự.
problem-unchanged-declare = Hãy đọc lời xác nhận và đánh dấu vào ô.
problem-unchanged-not-yours = Chỉ cơ quan có dữ liệu mới xác nhận không thay đổi: người cập nhật dữ liệu của cơ quan đó ký.
problem-unchanged-not-owed = Bộ dữ liệu này không có hạn cập nhật, nên không cần xác nhận hay gia hạn.
problem-unchanged-rules = Theo quy định đang áp dụng, chỉ phiên bản mới được tính là cập nhật. Hãy công bố phiên bản mới hoặc đề nghị gia hạn.
problem-unchanged-today = Hôm nay đã xác nhận bộ dữ liệu này không thay đổi. Kỳ mới vừa bắt đầu, nên chưa phải xác nhận lại.
problem-unchanged-draft = Bản nháp đang có bảng khác với bản công bố, nghĩa là dữ liệu đã thay đổi. Hãy nộp duyệt bản nháp hoặc bỏ thay đổi của nó.
problem-unchanged-errors = Có lỗi đã biết mà chưa đính chính, nên không thể nói là không có gì phải sửa. Hãy đính chính trước.
problem-unchanged-seen = Kỳ cập nhật đã đổi từ khi bạn mở trang. Hãy xem lại rồi xác nhận nếu vẫn đúng.
problem-extension-day = Chọn một ngày sau { $after } và không muộn hơn { $most }.
problem-extension-reason = Viết lý do cần thêm thời gian, ít nhất { $least } ký tự.
problem-extension-answer = Viết câu trả lời, ít nhất { $least } ký tự.
problem-extension-asked = Đã có một đề nghị gia hạn đang chờ. Hãy chờ quyết định.
problem-extension-own = Không ai tự quyết định đề nghị của mình. Hãy nhờ người khác có quyền.
problem-extension-day-over = Ngày được đề nghị đã qua nên chỉ còn có thể từ chối. Nếu vẫn cần thêm thời gian, hãy đề nghị lại với một ngày khác.
problem-extension-decided = Đề nghị này đã được quyết định, hoặc kỳ của nó đã qua. Hãy tải lại trang.

## Trang cập nhật đúng hạn của một bộ dữ liệu

cycle-title = Cập nhật đúng hạn: { $title }
cycle-here = Cập nhật đúng hạn
cycle-not-published = Bộ dữ liệu này đang không công bố nên không có hạn cập nhật.
cycle-from = Tính từ
cycle-from-published = lần công bố gần nhất
cycle-from-confirmed = lần xác nhận không thay đổi gần nhất
cycle-from-listed = ngày bộ dữ liệu được đưa vào danh mục dữ liệu mở
cycle-version = Cách 1: phiên bản mới
cycle-version-lead = Dữ liệu đã thay đổi thì lập bản nháp, tải tệp mới lên và nộp duyệt. Phiên bản được công bố sẽ mở kỳ mới.
cycle-supplement = Bổ sung dữ liệu cũng là cập nhật và cũng công bố bằng phiên bản mới. Trong bản nháp, điều bổ sung được ghi như sau:
cycle-supplement-rows = Thêm dòng: ở bước “{ edit-step-tables }”, tải lên tệp có cả dòng cũ lẫn dòng mới, làm số liệu mới của bảng đang có.
cycle-supplement-tables = Thêm bảng: ở bước “{ edit-step-tables }”, tải tệp lên và chọn “{ edit-table-new }”.
cycle-supplement-errors = Sửa sai sót: tải tệp đã sửa lên làm số liệu mới của bảng; ở bước “{ edit-step-about }”, mở “{ correction-open }” để ghi lời đính chính.
cycle-unchanged = Cách 2: xác nhận không thay đổi
cycle-unchanged-lead = Dữ liệu đúng như nguồn và trong kỳ không có gì thay đổi thì ký xác nhận. Lời xác nhận mang tên bạn; trang công khai cho biết ngày xác nhận.
cycle-checked = Đã đối chiếu thế nào
cycle-checked-hint = Đối chiếu với nguồn nào, ai đối chiếu, vào ngày nào.
cycle-unchanged-next = Xem lại trước khi ký
cycle-sign-preview = { $name } sẽ ký lời xác nhận sau:
cycle-sign-for-good = Ký rồi thì không rút lại được. Lời xác nhận được lưu cùng tên của bạn, và trang công khai cho biết ngày xác nhận.
cycle-sign-go = Ký xác nhận
cycle-sign-edit = Quay lại sửa
cycle-more = Cách 3: đề nghị gia hạn
cycle-more-lead = Chưa kịp cập nhật thì đề nghị thêm thời gian, muộn nhất đến { $date }. Người khác ở cơ quan điều phối sẽ quyết định.
cycle-more-go = Gửi đề nghị
cycle-extend-to = Gia hạn đến
cycle-instead-of = thay cho { $date }
cycle-reason = Lý do
cycle-reason-hint = Vì sao chưa cập nhật được và khi nào có dữ liệu.
cycle-waiting = Đề nghị gia hạn đang chờ
cycle-waits-for-others = Cơ quan điều phối sẽ quyết định đề nghị này.
cycle-asked-by = Người đề nghị
cycle-asked-at = Đề nghị lúc
cycle-decided-by = Người quyết định
cycle-answer = Trả lời
cycle-answer-hint = Bắt buộc khi từ chối.
cycle-grant = Cho gia hạn
cycle-refuse = Từ chối
cycle-rounds = Các kỳ cập nhật
cycle-rounds-none = Chưa có kỳ nào.
cycle-confirmations = Lời xác nhận không thay đổi
cycle-extensions = Các lần đề nghị gia hạn
cycle-said-confirmed = Đã ký xác nhận không thay đổi. Kỳ mới tính từ bây giờ.
cycle-said-asked = Đã gửi đề nghị gia hạn.
cycle-said-granted = Đã cho gia hạn.
cycle-said-refused = Đã từ chối đề nghị gia hạn.
extension-state-asked = Đang chờ
extension-state-granted = Được gia hạn
extension-state-refused = Bị từ chối
extension-state-over = Kỳ đã qua

## Trên trang công khai

dataset-due = hạn { $date }
dataset-extended = được gia hạn đến { $date }
dataset-unchanged = Xác nhận không thay đổi ngày { $date }
agency-order = Thứ tự
agency-order-newest = Mới cập nhật trước
agency-order-due = Đến hạn trước
agencies-table = Tình trạng cập nhật theo cơ quan
agencies-name = Cơ quan
agencies-datasets = Bộ dữ liệu
home-go-update = Cập nhật
