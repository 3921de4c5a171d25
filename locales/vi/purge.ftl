### Hủy dữ liệu không được tồn tại nữa: một người đề nghị, một người khác xác nhận.

purge-here = Hủy dữ liệu
purge-link = Hủy dữ liệu
purge-title = Hủy dữ liệu: { $title }
purge-lead = Chỉ dùng khi dữ liệu không được tồn tại nữa, chẳng hạn đã lộ dữ liệu cá nhân hoặc bí mật nhà nước. Cổng xóa mọi bản mà cổng giữ; chỉ còn mã băm, ngày, lý do và tên hai người quyết định.
purge-earlier = Những lần đã đề nghị
purge-only-look = Bạn xem được các lần hủy, nhưng không đề nghị hủy.
purge-scope = Hủy phần nào
purge-scope-table = Bảng { $title } của { $version }, ở mọi phiên bản có bảng này
purge-scope-version = Mọi bảng của { $version }
purge-scope-left = Bảng không còn dùng: { $file }, đọc lúc { $at }
purge-scope-dataset = Toàn bộ bộ dữ liệu
purge-draft = bản nháp
purge-scope-name-table = Một bảng
purge-scope-name-version = Một phiên bản
purge-scope-name-dataset = Toàn bộ bộ dữ liệu
purge-state-asked = Chờ người khác xác nhận
purge-state-refused = Không hủy
purge-state-confirmed = Đang hủy
purge-state-done = Đã hủy xong
purge-look = Xem những gì sẽ bị hủy
purge-takes = Những gì sẽ bị hủy
purge-takes-objects = Tệp trong kho
purge-objects = { $count } tệp
purge-takes-tables = Bảng dữ liệu, kể cả bảng đã xử lý từ đó và các lần đọc lại
purge-takes-draft = Bản nháp cũng mất phần này.
purge-takes-addresses = Địa chỉ công khai sẽ báo đã hủy
purge-takes-files = Cả các tệp tải về dưới những địa chỉ này.
purge-takes-reports = Báo lỗi, góp ý của người dùng
purge-reports = { $count ->
   *[other] { $count } báo lỗi, góp ý bị xóa nội dung, vì nội dung có thể nhắc lại dữ liệu bị hủy.
}
purge-becomes = Sau khi hủy
purge-becomes-stays = Phiên bản đang công bố vẫn giữ nguyên.
purge-becomes-back = Người xem lại thấy phiên bản { $number }.
purge-becomes-withdrawn = Không còn phiên bản nào: bộ dữ liệu bị rút.
purge-elsewhere = Những bộ dữ liệu sau có cùng tệp gốc. Mỗi bộ phải được hủy riêng.
purge-for-good = Đã hủy thì không lấy lại được.
purge-reason = Lý do
purge-reason-hint = Mọi người sẽ đọc lý do này ở địa chỉ cũ. Không nhắc lại nội dung bị hủy.
purge-reason-en = Lý do bằng tiếng Anh (không bắt buộc)
purge-reason-en-hint = Để trống thì người đọc tiếng Anh thấy bản tiếng Việt.
purge-basis = Căn cứ pháp lý
purge-ask = Đề nghị hủy
purge-waits = Chưa có gì bị hủy. Một người khác phải xác nhận.
purge-was-refused = Đề nghị này không được chấp nhận hoặc đã rút lại. Không có gì bị hủy.
purge-goes = Nội dung đã ra khỏi cổng. Các tệp trong kho đang được xóa; tải lại trang sau ít phút.
purge-is-done = Đã hủy xong.
purge-asked-by = Người đề nghị
purge-decided-by = Người quyết định
purge-done-at = Hủy xong lúc
purge-type = Nhập tên trong địa chỉ của bộ dữ liệu
purge-type-hint = Để chắc chắn, hãy tự gõ: { $slug }
purge-confirm = Xác nhận và hủy
purge-refuse = Không hủy
purge-check = Kiểm tra sau khi hủy
purge-nothing-left = Không còn tệp nào trong kho.
purge-left = Còn { $count } tệp đang chờ xóa.
purge-beyond = Cổng không thu hồi được bản mà người khác đã tải về hoặc máy chủ trung gian còn lưu. Tệp dở dang của việc đang chạy lúc xác nhận được dọn trong một ngày.
purge-tombstones = Phiên bản chỉ còn bia
purge-hashes = Mã băm SHA-256 của các tệp gốc đã hủy
purge-backups = Bản sao lưu có thể còn giữ
purge-backups-lead = Những bản chụp từ khi bảng đầu tiên được đọc đến khi hủy xong. Người vận hành hủy từng bản rồi ghi nhận ở đây. Danh sách đầy đủ:
purge-no-backups = Chưa đăng ký bản sao lưu nào trong khoảng này. Hãy hỏi người vận hành trước khi coi là không có.
purge-said-asked = Đã đề nghị hủy. Một người khác phải xác nhận.
purge-said-confirmed = Đã xác nhận. Nội dung đã ra khỏi cổng.
purge-said-refused = Đã ghi nhận: không hủy.

gone-purged-title = Đã hủy: { $title }
gone-purged-head = Phiên bản này đã bị hủy ngày
gone-purged-version = { $title }, phiên bản { $number }

backups-title = Bản sao lưu
backups-lead = Những bản sao lưu của cổng đang được giữ ở nơi khác, kể cả ảnh chụp của kho lưu trữ. Nhờ danh sách này, khi hủy dữ liệu người ta biết bản nào có thể còn giữ.
backups-none = Chưa đăng ký bản sao lưu nào
backup-register = Đăng ký một bản
backup-place = Nơi giữ
backup-place-hint = Chẳng hạn: băng từ số 12, tủ B, Trung tâm dữ liệu tỉnh.
backup-taken = Ngày chụp
backup-until = Giữ đến
backup-until-optional = Giữ đến ngày (để trống nếu không có hạn)
backup-no-end = Không có hạn
backup-by = Người đăng ký
backup-destroyed = Đã hủy bởi
backup-not-yet = Chưa hủy
backup-go = Ghi nhận đã hủy
backup-save = Đăng ký
backup-said-registered = Đã đăng ký bản sao lưu.
backup-said-destroyed = Đã ghi nhận bản sao lưu bị hủy.

## Thông báo

notice-purge-asked-title = Có đề nghị hủy dữ liệu: { $slug }
notice-purge-asked-body = { $person } đề nghị hủy dữ liệu. Một người khác phải xem và xác nhận hoặc từ chối.
notice-purge-confirmed-title = Đã xác nhận hủy dữ liệu: { $slug }
notice-purge-confirmed-body = { $person } đã xác nhận. Nội dung đã ra khỏi cổng; hãy hủy cả bản giữ ở máy của cơ quan.
notice-purge-refused-title = Không hủy dữ liệu: { $slug }
notice-purge-refused-body = { $person } không chấp nhận đề nghị hủy.

## Điều không được

problem-purge-not-yours = Tài khoản này không có quyền hủy dữ liệu.
problem-purge-own = { $person } đã đề nghị nên không tự xác nhận được. Một người khác phải xác nhận.
problem-purge-scope = Chọn phần cần hủy. Phần đã hủy rồi không chọn lại được.
problem-purge-asked = Bộ dữ liệu này đang có một đề nghị hủy chờ xác nhận.
problem-purge-decided = Đề nghị này đã có người quyết định.
problem-purge-changed = Những gì sẽ bị hủy đã thay đổi sau khi bạn mở trang. Hãy xem lại rồi xác nhận.
problem-purge-slug = Nhập đúng { $slug } để xác nhận.
problem-backup-place = Nhập nơi giữ bản sao lưu, không quá { $most } ký tự.
problem-backup-later = Ngày chụp không thể ở tương lai.
problem-backup-destroyed = Bản sao lưu này đã được ghi nhận là hủy.
problem-table-purged = Bảng này đã bị hủy. Cổng không còn giữ nội dung của nó.
problem-version-purged = Phiên bản này đã bị hủy. Cổng không còn giữ nội dung của nó.

## Nhật ký

audit-action-purge-ask = Đề nghị hủy dữ liệu
audit-action-purge-confirm = Xác nhận hủy dữ liệu
audit-action-purge-refuse = Không hủy dữ liệu
audit-action-purge-done = Đã hủy xong dữ liệu
audit-action-backup-register = Đăng ký bản sao lưu
audit-action-backup-destroy = Ghi nhận bản sao lưu bị hủy
state-purged = Đã hủy
