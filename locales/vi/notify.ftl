### Thông báo trong hộp thư của cổng và thư điện tử.

in-nav-notices = Thông báo
notices-title = Thông báo
notices-lead = Việc xảy ra với dữ liệu và tài khoản của bạn. Việc chưa đọc đứng trước.
notices-settings = Chọn cách nhận thư
notices-count = { $count } thông báo
notices-unread-count = { $count } chưa đọc
notices-unread = Chưa đọc
notices-none = Chưa có thông báo nào
notices-read-one = Đánh dấu đã đọc
notices-read-all = Đánh dấu tất cả đã đọc
notices-all-read = Đã đánh dấu mọi thông báo là đã đọc.
notices-frequency-at-once = Gửi thư ngay
notices-frequency-daily = Mỗi ngày một thư gộp
notices-frequency-none = Không gửi thư, chỉ xem trên cổng
notices-read-chosen = Đánh dấu đã đọc các mục đã chọn
notices-none-chosen = Chưa chọn thông báo nào.
account-notices = Thư báo
account-notices-when = Khi có thông báo mới
account-notices-saved = Đã lưu cách nhận thư.
audit-action-notify-choose = Chọn cách nhận thư báo
audit-action-job-put-back = Đưa việc đã hỏng vào hàng đợi
audit-action-job-cancel = Hủy việc trong hàng đợi

## Nội dung từng loại thông báo

notice-review-submitted-title = Bộ dữ liệu “{ $title }” chờ duyệt
notice-review-submitted-body = { $person } đã nộp bản nháp. Mở bộ dữ liệu, xem nội dung rồi quyết định.
notice-review-approved-title = Bản nháp “{ $title }” được thêm một lượt duyệt
notice-review-approved-body = { $person } đã duyệt. Còn cần người khác duyệt nữa thì mới công bố.
notice-dataset-published-title = Bộ dữ liệu “{ $title }” đã được công bố
notice-dataset-published-body = { $person } đã duyệt. Bản mới đã có trên cổng dữ liệu mở.
notice-dataset-withdrawn-title = Bộ dữ liệu “{ $title }” đã được rút
notice-dataset-withdrawn-body = { $person } đã rút bộ dữ liệu khỏi cổng dữ liệu mở. Lý do: { $reason }
notice-other-title = Có việc mới trên cổng
notice-other-body = Mở cổng dữ liệu nội bộ để xem.

## Thư điện tử

mail-greeting = Kính gửi { $name },
mail-open = Mở trên cổng
mail-digest-subject = { $count } thông báo mới trên cổng dữ liệu nội bộ
mail-digest-lead = Từ thư trước đến nay có { $count } thông báo bạn chưa đọc.
mail-digest-more = Còn { $count } thông báo nữa, xem trên cổng.
mail-foot = Thư này do { $portal } gửi tự động, xin đừng trả lời. Đổi cách nhận thư ở trang tài khoản:

problem-mail-unknown = Máy chủ thư báo không có địa chỉ này. Kiểm tra địa chỉ thư của người nhận.
problem-mail-refused = Máy chủ thư từ chối địa chỉ hoặc nội dung này. Kiểm tra địa chỉ thư của người nhận.
problem-job-lost = Việc này đã được máy khác nhận hoặc đã bị hủy. Không cần làm gì thêm.
problem-job-unknown = Không có việc nào mang mã “{ $id }”. Chạy “khomo jobs list” để xem các mã.
problem-setting-mail-plain = Máy chủ thư { $host } không nằm trên máy này nên phải mã hóa. Đổi KHOMO_MAIL sang smtps:// hoặc smtp+starttls://.
problem-setting-mail-from = Chưa có người gửi thư. Đặt KHOMO_MAIL_FROM, ví dụ Tên cổng <du-lieu@tinh.example>.
problem-setting-mail-ca = Không đọc được chứng thư trong { $path }. Đặt KHOMO_MAIL_CA là một tệp PEM đọc được.
