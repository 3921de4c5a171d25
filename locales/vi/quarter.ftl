# Quý: danh sách, tiến độ của các cơ quan, báo cáo quý, khóa quý.

in-nav-quarters = Quý
quarter-name = Quý { $number ->
    [1] I
    [2] II
    [3] III
   *[other] IV
}/{ $year }

## Danh sách các quý và trang của một quý

quarters-title = Các quý
quarters-lead = Mỗi quý mở từ ngày đầu quý và được khóa sau khi hết quý.
quarters-lead-returns = Quý nào phải báo cáo thì các cơ quan nộp báo cáo trước khi khóa quý.
quarters-none = Chưa có quý nào
quarter-one = Quý
quarter-days = Từ ngày đến ngày
quarter-first = Ngày đầu
quarter-last = Ngày cuối
quarter-close = Khóa quý
quarter-closed-at = Đã khóa lúc
quarter-returns = Báo cáo
quarter-counts = Bộ dữ liệu trong quý
quarter-state-open = Đang diễn ra
quarter-state-ended = Đang nhận báo cáo
quarter-state-ended-plain = Đã hết quý, chờ khóa
quarter-state-closed = Đã khóa
quarter-counts-hint = Đếm những gì diễn ra trong các ngày của quý. Bản phát hành đếm từ lần chốt trước đến lần chốt này nên số có thể khác.
quarter-release = Bản phát hành
quarter-release-made = Đang tạo. Danh sách, tệp nén và mã kiểm tra có ở cổng dữ liệu mở sau ít phút.
quarter-count-new = Mới
quarter-count-updated = Cập nhật
quarter-count-unchanged = Xác nhận không thay đổi
quarter-count-late = Chậm
quarter-count-withdrawn = Đã rút
quarter-own-return = Lập báo cáo quý của { $agency }
quarter-progress = Tiến độ theo cơ quan
quarter-progress-lead = Các bộ dữ liệu có hạn cập nhật trong quý: đã cập nhật, đã xác nhận không thay đổi, hoặc chậm. Chậm là làm muộn, hoặc đã quá hạn mà chưa làm.
quarter-progress-returns = Cột cuối cho biết báo cáo quý của từng cơ quan.
quarter-tabs = Lọc theo tình trạng
quarter-all = Tất cả
quarter-behind = Có việc chậm
quarter-order-name = Tên cơ quan
quarter-order-late = Chậm nhiều nhất lên đầu
quarter-order-due = Đến hạn nhiều nhất lên đầu
quarter-order-return = Chưa nộp báo cáo lên đầu
quarter-due = Đến hạn
quarter-done = Đã cập nhật
quarter-unchanged = Xác nhận không thay đổi
quarter-late = Chậm
quarter-due-list = Bộ dữ liệu đến hạn trong quý
quarter-due-on = Hạn
quarter-due-over = Quá hạn
quarter-due-waits = Chưa làm
quarter-due-late = làm muộn
quarter-due-rest = Còn { $count } bộ dữ liệu nữa: xem danh sách việc có hạn
quarter-share = Tỷ lệ đã xong
quarter-return = Báo cáo quý
quarter-together = Cộng
quarter-nobody = Không có cơ quan nào ở đây
quarter-close-now = Khóa quý ngay
quarter-close-lead = Quý tự khóa ngày { $date }. Sau khi khóa, không ai ký, sửa hoặc rút lại báo cáo của quý được nữa.
quarter-close-lead-plain = Quý tự khóa ngày { $date }. Sau khi khóa, số liệu của quý giữ nguyên.
quarter-close-open = { $count } báo cáo chưa ký sẽ được ghi là không nộp.
quarter-close-sure = Tôi biết rằng quý đã khóa không mở lại được.
quarter-closed-done = Đã khóa quý.

## Báo cáo quý

return-title = Báo cáo
return-due = Hạn nộp báo cáo
return-overdue = quá hạn
return-state-open = Chưa ký
return-state-signed = Đã ký
return-state-late = Ký muộn
return-state-missing = Không nộp
return-signed-by = Người ký
return-hash = Mã SHA-256 của nội dung đã ký
return-intact = Nội dung vẫn đúng như khi ký.
return-not-intact = Nội dung không còn đúng như khi ký. Hãy báo ngay cho quản trị hệ thống.
return-recalled = Lần rút lại gần nhất
return-preview = Xem bản in
return-preview-sign = Xem bản in và ký
return-list = Danh sách dữ liệu
return-list-lead = Bộ dữ liệu trên cổng do chương trình điền theo tình trạng hiện nay. Cơ quan bổ sung dữ liệu đang lưu ngoài cổng.
return-missing = Khi khóa quý, báo cáo chưa được ký nên được ghi là không nộp. Danh sách dữ liệu và số việc đã xử lý không được chốt.
return-list-frozen = Danh sách như khi ký; thay đổi sau đó trên cổng không làm danh sách này đổi.
return-no-items = Chưa có dữ liệu nào trong danh sách.
return-item-number = STT
return-item = Tên dữ liệu
return-item-kind = Loại
return-item-kind-hint = Ví dụ: sổ đăng ký, bảng tính, hồ sơ giấy, cơ sở dữ liệu của phần mềm.
return-item-place = Nơi lưu
return-item-place-hint = Tên hệ thống, đơn vị hoặc kho đang giữ dữ liệu.
return-item-visibility = Phạm vi sử dụng
return-item-planned = Dự kiến công bố
return-item-planned-field = Ngày dự kiến công bố (nếu có)
return-item-updated = Cập nhật gần nhất
return-item-acts = Thao tác
return-item-add = Thêm dữ liệu ngoài cổng
return-item-remove = Bỏ
return-visibility-open = Dữ liệu mở
return-visibility-shared = Chia sẻ giữa các cơ quan
return-visibility-internal = Dùng trong cơ quan
return-handled = Yêu cầu và góp ý đã xử lý
return-handled-requests-published = Yêu cầu dữ liệu được trả lời bằng bộ dữ liệu
return-handled-requests-refused = Yêu cầu dữ liệu đã trả lời là không công bố được, có nêu lý do
return-handled-requests-waiting = Yêu cầu dữ liệu còn chờ
return-handled-reports-corrected = Báo lỗi đã đính chính
return-handled-reports-answered = Báo lỗi, góp ý đã trả lời cách khác
return-handled-reports-waiting = Báo lỗi, góp ý chưa xong
return-words = Nhận xét và nhu cầu
return-remarks = Nhận xét về danh sách
return-remarks-hint = Ví dụ: vì sao một bộ dữ liệu chậm, dữ liệu nào sắp đổi cách thu thập.
return-handling = Nhận xét về việc xử lý yêu cầu
return-handling-hint = Ví dụ: vướng mắc khi trả lời, yêu cầu cần cơ quan khác phối hợp.
return-needs = Dữ liệu cần cơ quan khác cung cấp
return-needs-hint = Mỗi dòng một nhu cầu: dữ liệu gì, của cơ quan nào, để làm gì.
return-nothing-said = Không có.
return-earlier = Nhu cầu trong báo cáo trước, chưa có ở trên
return-carry = Đưa các nhu cầu này vào khi lưu
return-saved-done = Đã lưu báo cáo. Báo cáo chỉ được tính là đã nộp khi người có quyền đã ký.
return-added-done = Đã thêm vào danh sách.
return-removed-done = Đã bỏ khỏi danh sách.
return-sign = Ký báo cáo
return-sign-lead = Khi ký, nội dung trên được giữ nguyên kèm mã SHA-256. Trước khi khóa quý, có thể rút lại chữ ký và nêu lý do.
return-sign-late = Đã quá hạn nộp; báo cáo sẽ được ghi là ký muộn.
return-signers = Báo cáo chưa ký. Người được ký: { $roles }.
return-signed-done = Đã ký báo cáo quý.
return-signed-late-done = Đã ký báo cáo quý; báo cáo được ghi là ký muộn.
return-back = Quay lại sửa
return-recall = Rút lại chữ ký
return-recall-lead = Báo cáo trở về trạng thái chưa ký để sửa và ký lại trước khi khóa quý. Cơ quan điều phối được báo.
return-recall-reason = Lý do rút lại
return-recalled-done = Đã rút lại chữ ký. Báo cáo có thể sửa.

## Vướng mắc

problem-return-text = Viết trong { $most } ký tự, không dùng ký tự điều khiển.
problem-return-saved-meanwhile = Có người vừa lưu báo cáo này. Xem lại nội dung rồi làm tiếp; những gì bạn viết vẫn còn đây.
problem-return-changed-meanwhile = Nội dung báo cáo đã thay đổi từ khi bạn xem. Xem lại bản in dưới đây rồi ký.
problem-return-signed = Báo cáo đã được ký. Muốn sửa, hãy rút lại chữ ký trước.
problem-return-open = Báo cáo chưa được ký nên không có gì để rút lại.
problem-return-not-yours-to-sign = Chỉ lãnh đạo cơ quan, người thay, hoặc người được giao theo cấu hình của tỉnh mới ký báo cáo này.
problem-quarter-earlier = Một quý trước đó chưa khóa. Khóa quý đó trước.
problem-quarter-returns-open = Các cơ quan còn được nộp báo cáo đến hết ngày { $date }. Hết ngày đó, hoặc khi mọi báo cáo đã ký, mới khóa được quý.
problem-quarter-running = Quý chưa hết nên chưa khóa được.
problem-quarter-closed = Quý không nhận báo cáo: chưa hết quý hoặc đã khóa.
problem-quarter-sure = Đánh dấu để xác nhận rằng bạn biết quý đã khóa không mở lại được.
problem-item-title = Ghi tên dữ liệu trên một dòng, không quá { $most } ký tự.
problem-item-kind = Ghi loại dữ liệu trên một dòng, không quá { $most } ký tự.
problem-item-place = Ghi nơi lưu trên một dòng, không quá { $most } ký tự.
problem-item-visibility = Chọn phạm vi sử dụng của dữ liệu.
problem-items-too-many = Danh sách nhận nhiều nhất { $most } dữ liệu ngoài cổng.

## Thông báo

notice-quarter-opened-title = Quý { $number ->
    [1] I
    [2] II
    [3] III
   *[other] IV
}/{ $year }: { $datasets } bộ dữ liệu đến hạn cập nhật
notice-quarter-opened-body = Đến hết ngày { $date }, cơ quan bạn có { $datasets } bộ dữ liệu đến hạn cập nhật hoặc xác nhận không thay đổi. Trang của quý cho biết tiến độ.
notice-return-opened-title = Báo cáo quý { $number ->
    [1] I
    [2] II
    [3] III
   *[other] IV
}/{ $year } đã mở
notice-return-opened-body = Báo cáo đã được điền sẵn theo dữ liệu trên cổng. Bổ sung, xem bản in và ký chậm nhất ngày { $date }.
notice-return-recalled-title = { $agency } rút lại chữ ký báo cáo quý { $number ->
    [1] I
    [2] II
    [3] III
   *[other] IV
}/{ $year }
notice-return-recalled-body = Báo cáo trở về trạng thái chưa ký. Lý do ghi trên trang của báo cáo.
notice-quarter-closed-title = Đã khóa quý { $number ->
    [1] I
    [2] II
    [3] III
   *[other] IV
}/{ $year }
notice-quarter-closed-body = Bộ dữ liệu: mới { $new }, cập nhật { $updated }, xác nhận không thay đổi { $unchanged }, chậm { $late }, rút { $withdrawn }. Báo cáo không nộp: { $missing }.
notice-quarter-closed-plain-title = { notice-quarter-closed-title }
notice-quarter-closed-plain-body = Bộ dữ liệu: mới { $new }, cập nhật { $updated }, xác nhận không thay đổi { $unchanged }, chậm { $late }, rút { $withdrawn }.

## Nghĩa vụ và nhật ký

duty-how-signed = Đã ký báo cáo
duty-how-not-handed-in = Không nộp trước khi khóa quý
duty-how-recalled = Đã rút lại chữ ký, phải làm lại
duty-how-replaced = Đã có kỳ sau
duty-how-not-over = Quý chưa hết, chưa phải nộp báo cáo
duty-how-dissolved = Cơ quan đã giải thể, không có cơ quan tiếp nhận
audit-action-quarter-open = Mở quý
audit-action-quarter-end = Hết quý, mở báo cáo
audit-action-quarter-resume = Hủy ghi nhận hết quý do đồng hồ sai, quý tiếp tục
audit-action-quarter-days = Tính lại ngày nộp báo cáo và ngày khóa quý
audit-action-quarter-close = Khóa quý
audit-action-quarter-export = Tải tiến độ quý
audit-action-return-save = Lưu báo cáo quý
audit-action-return-add = Thêm dữ liệu ngoài cổng vào báo cáo quý
audit-action-return-remove = Bỏ dữ liệu ngoài cổng khỏi báo cáo quý
audit-action-return-sign = Ký báo cáo quý
audit-action-return-recall = Rút lại chữ ký báo cáo quý
audit-action-return-export = Tải danh sách của báo cáo quý
audit-field-close = Ngày khóa
audit-field-counts = Bộ dữ liệu trong quý
audit-field-missing = Báo cáo không nộp
