# Bảng theo dõi thực hiện: các cơ quan đang đứng ở đâu, và từng quý đã làm thế nào.

board-title = Bảng theo dõi thực hiện
board-lead = Mỗi dòng là một cơ quan, số liệu của lúc này. Bấm vào một con số để mở danh sách phía sau; bấm vào tên cột để sắp xếp. Báo lỗi không có thời hạn, nên không tính vào phần quá hạn.
board-lead-quarter = Các việc có hạn rơi vào quý, theo cơ quan; việc đã xong trước khi quý bắt đầu không còn phải làm trong quý nên không tính. Tỷ lệ không gồm việc được miễn.
board-when = Thời điểm
board-today = Hiện nay
board-as-of-close = Quý đã khóa: số liệu tính đến lúc khóa quý, { $moment }.
board-not-closed = Quý chưa khóa: số liệu còn thay đổi.
board-waiting-now = Báo lỗi và yêu cầu dữ liệu không gắn với quý: ở quý chưa khóa là số còn lại lúc này.
board-waiting-closed = Báo lỗi và yêu cầu dữ liệu: số còn lại lúc khóa quý. Dấu “–”: không được lưu, vì quý đã khóa từ trước hoặc khi ấy không có cơ quan này.
board-tabs = Lọc cơ quan
board-all = Cơ quan
board-behind = Có việc chậm
board-by-agency = Theo cơ quan
board-returns = Báo cáo quý đang xét: { $quarter }.
board-together = Cộng
board-none = Không có cơ quan nào ở đây
board-rest = Còn { $count } cơ quan nữa ở bảng theo dõi.
board-trend = Các quý gần đây
board-now = Hiện nay
board-leader-none = Chưa có ai được cấp tài khoản với vai trò này ở cơ quan.
board-late-items = Việc quá hạn
board-nothing-late = Không có việc nào quá hạn.
board-all-late = Xem đủ { $count } việc quá hạn
board-requests-late = { $count } yêu cầu dữ liệu đã quá hạn trả lời
board-column-name = Cơ quan
board-column-on-time = Cập nhật đúng hạn
board-column-soon = Sắp đến hạn
board-column-overdue = Quá hạn cập nhật
board-column-share = Tỷ lệ chưa quá hạn
board-column-known = Lỗi chưa đính chính
board-column-unanswered = Báo lỗi chưa trả lời
board-column-requests = Yêu cầu dữ liệu đang mở
board-column-requests-late = Yêu cầu quá hạn
board-column-return = Báo cáo quý
board-column-review = Rà soát tài khoản
board-column-late = Tổng việc quá hạn
board-column-done-in-time = Làm đúng hạn
board-column-done-late = Làm muộn
board-column-undone = Chưa làm
board-column-excused = Được miễn
board-column-done-share = Tỷ lệ làm đúng hạn
board-review-answered = Đã trả lời
board-review-open = Đang chờ trả lời
board-review-missed = Không trả lời đủ
board-review-waiting = { $count } trên { $accounts } tài khoản
audit-action-board-export = Tải bảng theo dõi thực hiện

## Bộ lọc của các danh sách phía sau

duties-all = Tất cả
duties-of-quarter = Các việc có hạn rơi vào { $quarter }.
duties-group-in-time = Chưa đến gần hạn
duties-group-near = Sắp đến hạn hoặc đến hạn hôm nay
duty-outcome-done-in-time = Làm đúng hạn
duty-outcome-done-late = Làm muộn
duty-outcome-undone = Chưa làm
duty-outcome-excused = Được miễn
reports-group-known = Lỗi chưa đính chính
reports-group-unanswered = Chưa trả lời
campaign-of-agency = Chỉ các tài khoản do { $agency } trả lời.

## Trang công khai về tình hình cập nhật

standing-title = Tình hình cập nhật dữ liệu mở
standing-lead = Dữ liệu mở của từng cơ quan có được cập nhật đúng hạn không, hôm nay và qua từng quý.
standing-as-of = Số liệu tính đến ngày { $date }.
standing-link = Tình hình cập nhật
standing-share = Tỷ lệ chưa quá hạn
standing-quarters = Toàn tỉnh theo quý
standing-quarters-lead = Các lần cập nhật có hạn rơi vào quý. Quý đã khóa giữ số liệu của lúc khóa. Ở quý chưa khóa, số liệu còn thay đổi; “Chưa làm” gồm cả những lần chưa đến hạn.
standing-no-quarters = Chưa có lần cập nhật nào đến hạn.
standing-running = đang diễn ra
standing-ended = đã hết, chưa khóa
standing-closed = Đã khóa
standing-due = Đến hạn
standing-address = Địa chỉ trang của cơ quan
standing-agency-files = Tải số liệu theo cơ quan
standing-quarter-files = Tải số liệu theo quý
