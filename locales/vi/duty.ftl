# Nghĩa vụ cập nhật: vì sao có hạn này.

duty-by-law = Hạn tính từ lần công bố hoặc xác nhận gần nhất, theo { $basis }.
duty-by-configuration = Hạn tính từ lần công bố hoặc xác nhận gần nhất; số tháng theo cấu hình, tham chiếu { $basis }.
duty-by-declaration = Hạn tính từ lần công bố hoặc xác nhận gần nhất, theo tần suất cơ quan đã khai.
duty-none = Bộ dữ liệu này chỉ cập nhật khi có thay đổi, không có hạn cố định.

## Nghĩa vụ: loại, tình trạng, cách kết thúc

duty-kind-update = Cập nhật bộ dữ liệu
duty-kind-return = Báo cáo quý
duty-kind-account-review = Rà soát tài khoản
duty-kind-catalogue-review = Rà soát danh mục dữ liệu mở
duty-kind-plan-item = Công bố theo kế hoạch
duty-stage-planned = Chưa mở
duty-stage-open = Đang mở
duty-stage-soon = Sắp đến hạn
duty-stage-due = Đến hạn hôm nay
duty-stage-overdue = Quá hạn
duty-stage-done = Đã xong
duty-stage-excused = Được miễn
duty-how-version = Phiên bản mới
duty-how-unchanged = Xác nhận không thay đổi
duty-how-not-owed = Không còn hạn cập nhật
duty-how-withdrawn = Bộ dữ liệu đã rút
duty-how-issued = Ban hành danh mục mới
duty-how-reviewed = Đã rà soát, không có thay đổi
duty-how-published = Đã công bố
duty-how-dropped = Không thực hiện nữa
duty-how-plan-closed = Kế hoạch đã kết thúc
duty-how-answered = Đã trả lời mọi tài khoản
duty-how-unanswered = Chưa trả lời hết khi đợt rà soát kết thúc

## Thông báo

duty-quarter = báo cáo quý { $number ->
    [1] I
    [2] II
    [3] III
   *[other] IV
}/{ $year }
notice-duty-reminder-title = Nhắc việc có hạn: { $kind ->
    [account-review] rà soát tài khoản
    [catalogue-review] rà soát danh mục dữ liệu mở
    [return] báo cáo quý { $title }
    [quarter] { duty-quarter }
    [quarter-of] { duty-quarter }, { $of }
    [nameless] một việc trong danh sách
   *[other] “{ $title }”
  }, hạn { $date }
notice-duty-reminder-body = Việc đang chờ cơ quan của bạn: quá hạn { $overdue }, chưa quá hạn { $due }. Mở danh sách để làm từng việc.
notice-duty-head-title = Quá hạn nhiều ngày: { $kind ->
    [account-review] rà soát tài khoản
    [catalogue-review] rà soát danh mục dữ liệu mở
    [return] báo cáo quý { $title }
    [quarter] { duty-quarter }
    [quarter-of] { duty-quarter }, { $of }
    [nameless] một việc trong danh sách
   *[other] “{ $title }”
  }, hạn { $date }
notice-duty-head-body = Cơ quan của bạn có việc quá hạn kéo dài: { $overdue }. Đề nghị lãnh đạo phân công xử lý.
notice-duty-coordinator-title = Quá hạn kéo dài ở { $agencies } cơ quan, sớm nhất { $kind ->
    [account-review] rà soát tài khoản
    [catalogue-review] rà soát danh mục dữ liệu mở
    [return] báo cáo quý { $title }
    [quarter] { duty-quarter }
    [quarter-of] { duty-quarter }, { $of }
    [nameless] một việc trong danh sách
   *[other] “{ $title }”
  }, hạn { $date }
notice-duty-coordinator-body = Số việc quá hạn kéo dài: { $overdue }. { $heads ->
    [told] Lãnh đạo các cơ quan đã được báo.
    [missing] Số cơ quan chưa có lãnh đạo trên hệ thống để báo: { $headless }. Lãnh đạo các cơ quan khác đã được báo.
   *[other] Mở danh sách để xem từng việc.
  }
notice-duty-unheard-title = Nhắc việc không có người nhận ở { $agencies } cơ quan
notice-duty-unheard-body = Các cơ quan này chưa có đầu mối và lãnh đạo trên hệ thống. Việc đang chờ: quá hạn { $overdue }, chưa quá hạn { $due }. Hãy giao vai trò cho người của cơ quan và nhắc cơ quan bằng cách khác.
notice-duty-vacant-title = { $agencies } cơ quan có việc quá hạn mà thiếu đầu mối hoặc lãnh đạo
notice-duty-vacant-body = Số cơ quan chưa có đầu mối: { $focal-points }; chưa có lãnh đạo: { $heads }. Số việc quá hạn của các cơ quan này: { $overdue }. Hãy giao vai trò để lời nhắc đến được cơ quan.
notice-duty-week-title = Danh sách việc có hạn trong tuần: quá hạn { $overdue }, sắp đến hạn { $due }
notice-duty-week-body = Số cơ quan liên quan: { $agencies }. Hạn sớm nhất: { $kind ->
    [account-review] rà soát tài khoản
    [catalogue-review] rà soát danh mục dữ liệu mở
    [return] báo cáo quý { $title }
    [quarter] { duty-quarter }
    [quarter-of] { duty-quarter }, { $of }
    [nameless] một việc trong danh sách
   *[other] “{ $title }”
  }, { $date }.
notice-duty-week-own-title = Việc có hạn trong tuần của cơ quan bạn: quá hạn { $overdue }, sắp đến hạn { $due }
notice-duty-week-own-body = Hạn sớm nhất: { $kind ->
    [account-review] rà soát tài khoản
    [catalogue-review] rà soát danh mục dữ liệu mở
    [return] báo cáo quý { $title }
    [quarter] { duty-quarter }
    [quarter-of] { duty-quarter }, { $of }
    [nameless] một việc trong danh sách
   *[other] “{ $title }”
  }, { $date }.

## Nhật ký

audit-action-duty-open = Mở một kỳ nghĩa vụ
audit-action-duty-change = Đổi hạn hoặc tình trạng nghĩa vụ
audit-action-duty-end = Kết thúc một kỳ nghĩa vụ
audit-action-duty-recall = Rút lại kết quả của một kỳ nghĩa vụ
audit-action-duty-remind = Nhắc việc có hạn
audit-action-duty-raise = Báo lên trên việc quá hạn kéo dài
audit-field-subject = Về đối tượng
audit-field-turn = Kỳ
audit-field-due = Hạn
audit-field-from = Thời hạn tính từ
audit-field-opens = Bắt đầu làm được từ
audit-field-soon = Sắp đến hạn từ
audit-field-verified = Căn cứ đã đối chiếu
audit-field-renamed = Đổi tên
audit-field-basis = Căn cứ
audit-field-how = Cách kết thúc
audit-field-late = Quá hạn
audit-field-role = Vai trò
audit-field-persons = Số người
audit-field-vacant = Vai trò chưa có người giữ
audit-action-duty-export = Tải danh sách nghĩa vụ
problem-duties-turning = Một chương trình khác đang tính lại các nghĩa vụ. Hãy đợi chương trình đó xong rồi thử lại.

## Trang nghĩa vụ và thời hạn

in-nav-duties = Thời hạn
duties-title = Nghĩa vụ và thời hạn
duties-lead = Việc mà quy định đặt hạn cho cơ quan. Việc có hạn sớm nhất đứng trước.
duties-count = { $count } việc
duties-stages = Tình trạng
duties-waiting = Đang chờ
duties-kind = Loại việc
duties-every-kind = Mọi loại việc
duties-what = Việc
duties-from = Tính từ
duties-due = Hạn
duties-left = Ngày làm việc còn lại
duties-late = { $days ->
    [0] vừa quá hạn
   *[other] quá hạn { $days } ngày làm việc
}
duties-ended = Kết thúc
duties-ended-at = Lúc
duties-done-in-time = { $how }, đúng hạn
duties-done-late = { $how }, quá hạn
duties-basis = Căn cứ
duties-basis-none = Theo tần suất cơ quan đã khai
duties-basis-chosen = Lựa chọn của cổng
duties-none = Không có việc nào ở đây
duties-asked = Đề nghị gia hạn đang chờ: { $count }
duties-asked-at = đề nghị lúc { $at }
duties-asked-to = đến { $date }
duties-decide = Xem và quyết định
