### Cổng dữ liệu nội bộ.

in-nav-datasets = Bộ dữ liệu
in-nav-audit = Nhật ký
in-nav-more = Quản trị
in-nav-account = Tài khoản
in-foot-profile = Hồ sơ quy định: { $profile }
in-foot-audit = Mọi thao tác được ghi nhật ký
in-foot-public = Cổng dữ liệu mở
sign-out = Đăng xuất

## Đăng nhập

sign-in-title = Đăng nhập
sign-in-lead = Dành cho cán bộ, công chức được cấp tài khoản. Xem và tải dữ liệu mở thì không cần đăng nhập.
sign-in-name = Tên đăng nhập
sign-in-password = Mật khẩu
sign-in-go = Đăng nhập
sign-in-demo = Đây là bản minh họa. Tài khoản và mật khẩu đã được in ra màn hình dòng lệnh khi chạy lần đầu.
sign-in-help = Chưa có tài khoản: liên hệ cán bộ đầu mối của cơ quan bạn.

## Danh sách

in-datasets-title = Bộ dữ liệu
in-datasets-states = Lọc theo trạng thái
in-datasets-all = Tất cả
in-datasets-search = Tên bộ dữ liệu
in-datasets-none = Chưa có bộ dữ liệu nào
in-datasets-none-help = Lập bộ dữ liệu đầu tiên rồi tải tệp lên.
in-datasets-none-filtered = Không có bộ dữ liệu nào khớp
in-datasets-none-filtered-help = Bớt điều kiện lọc, hoặc gõ ít chữ hơn.
in-dataset = Bộ dữ liệu
in-agency = Cơ quan
in-agency-all = Mọi cơ quan
in-state = Trạng thái
in-freshness = Tình trạng cập nhật
in-rows = Số dòng
in-changed = Thay đổi gần nhất
in-not-published = chưa công bố
in-version-published = đang công bố
in-version-draft = bản nháp
in-version-withdrawn = đã rút
in-error-datasets = Về danh sách bộ dữ liệu
in-error-404-advice = Địa chỉ có thể đã đổi hoặc bị gõ sai, hoặc nội dung ở đó không thuộc phạm vi tài khoản của bạn được xem. Hãy bắt đầu lại từ một trong các danh sách.

## Bộ dữ liệu

in-see-public = Xem trên cổng mở
in-withdrawn = Đã rút khỏi cổng mở
in-no-versions = Chưa có phiên bản nào.
in-made = Tạo lúc
in-published = Công bố lúc
in-decisions = Các quyết định về phiên bản { $number }
in-no-decisions = Chưa có quyết định nào. Phiên bản chỉ được công bố sau khi một người nộp và một người khác duyệt.
in-report = Kết quả đọc tệp
in-read = đọc lúc
in-rows-taken = dòng nhận
in-rows-aside = dòng để riêng
in-original-hash = Tệp gốc, SHA-256
in-declared = Cam đoan không chứa bí mật nhà nước: { $name }
in-columns = Cột đã hiểu: { $count }
in-column = Cột
in-kind = Kiểu
in-why = Vì sao
in-examples = Ví dụ
in-changes = Đã đổi khi đọc
in-aside-title = { $count } dòng để riêng
in-aside-lead = Các dòng này chưa vào bảng. Sửa trong tệp gốc rồi đưa vào lại, hoặc công bố không có chúng.
in-aside-file = Tải các dòng để riêng ({ $format })
in-aside-files = Trong tệp XLSX, ô có lỗi được tô màu và cột “Lỗi” nói vì sao. Sửa xong thì chép các ô đã sửa về tệp gốc.
aside-row = Dòng trong tệp
aside-why = Lỗi
aside-fault = { $column }: { $why }
aside-name = { $file }, dòng để riêng
in-line = Dòng
in-advice = Cần làm

## Nhật ký

audit-title = Nhật ký
audit-lead = Ai đã làm gì, lúc nào, với nội dung nào. Mỗi mục mang mã của mục trước, nên không thể sửa hay bỏ mục nào mà không lộ.
audit-chain-whole = Chuỗi nguyên vẹn
audit-chain-broken = Chuỗi bị đứt
audit-actor = Người làm
audit-action = Thao tác
audit-all-actions = Mọi thao tác
audit-object = Đối tượng
audit-from = Từ ngày
audit-to = Đến ngày
audit-count = { $count } mục nhật ký
audit-none = Nhật ký chưa có mục nào.
audit-none-filtered = Không có mục nào khớp. Bớt điều kiện lọc hoặc nới khoảng ngày.
audit-seq = Số
audit-at = Lúc
audit-what = Việc
audit-outcome = Kết quả
audit-changes = { $count } chi tiết
audit-hash = Mã của mục
audit-unset = (không có)

## Tài khoản

account-name = Họ và tên
account-mail = Thư điện tử
account-roles = Vai trò
account-last = Lần đăng nhập trước
account-sessions = Các phiên đang mở
account-sessions-lead = Thấy phiên không phải của mình, hãy báo ngay người quản trị.
account-began = Bắt đầu
account-seen = Dùng gần nhất
account-client = Địa chỉ
account-this = Phiên này
account-actions = Cài đặt tài khoản
account-language = Ngôn ngữ
account-language-of-pages = Ngôn ngữ của trang
account-sign-out = Dùng máy chung thì nhớ đăng xuất khi xong việc.
