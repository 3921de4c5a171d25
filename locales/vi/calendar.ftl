### Lịch làm việc: ngày nghỉ, lịch nhập hằng năm và phần còn thiếu.

calendar-title = Lịch làm việc
calendar-lead = Ngày nghỉ và ngày làm bù. Mọi thời hạn tính theo ngày làm việc đều tính theo lịch này.
calendar-open = Mở lịch làm việc
calendar-years = Năm
calendar-year = Ngày nghỉ năm { $year }
calendar-year-unknown = Chưa có lịch nghỉ năm { $year }; chỉ tính ngày nghỉ hằng tuần.
calendar-year-built-in = Lịch năm { $year } là lịch có sẵn trong chương trình hoặc hồ sơ cấu hình.
calendar-year-entered = Lịch năm { $year } được nhập lúc { $at }.
calendar-days = Ngày
calendar-occasion = Dịp
calendar-kind = Loại
calendar-status = Trạng thái
calendar-basis = Căn cứ pháp lý
calendar-usual = như ngày thường

calendar-kind-holiday = nghỉ lễ, tết
calendar-kind-compensation = nghỉ bù
calendar-kind-swapped = nghỉ hoán đổi
calendar-kind-make-up = làm bù
calendar-status-law = theo luật
calendar-status-decided = theo thông báo
calendar-status-assumed = tạm tính

calendar-enter = Nhập lịch một năm
calendar-enter-lead = Các dòng phải đủ cả năm, kể cả ngày lễ cố định theo luật, và thay toàn bộ lịch đang có của năm đó. Cổng cho xem thay đổi trước; đến lúc đó chưa có gì được lưu.
calendar-file = Tệp lịch của một năm
calendar-file-hint = CSV hoặc TOML, mã UTF-8, tối đa { $most }.
calendar-send = Xem thay đổi theo tệp
calendar-rows = Các dòng
calendar-rows-hint = Các cột: day, to, kind, name_vi, name_en, status, basis. kind là holiday, compensation, swapped hoặc make-up; status là law, decided hoặc assumed. Sửa lịch của năm đang xem, hoặc dán lịch của năm khác.
calendar-look = Xem thay đổi
calendar-changes = Thay đổi trong lịch năm { $year }
calendar-changes-none = Lịch hiện có đã đúng như vậy.
calendar-before = Trước
calendar-after = Sau
calendar-correct = Sửa cả những ngày đã qua, vì trước đây nhập sai
calendar-save = Lưu lịch này
calendar-said-entered = Đã lưu lịch. Cần người quản trị hệ thống khởi động lại chương trình thì lịch mới được dùng.
calendar-behind = Lịch đã được nhập sau khi chương trình này khởi động. Chương trình vẫn tính theo lịch cũ cho đến khi người quản trị khởi động lại.

calendar-told-same = Không có gì thay đổi: lịch năm { $year } đã đúng như vậy ({ $rows } dòng).
calendar-told-checked = Năm { $year }: { $rows } dòng. Chưa lưu gì; bỏ --check để lưu.
calendar-told-entered = Năm { $year }: đã lưu { $rows } dòng. Chương trình đang chạy chỉ dùng lịch mới sau khi khởi động lại: hãy khởi động lại.

problem-profile-calendar-year-assumed = Lịch nghỉ năm { $year } còn { $count } dòng tạm tính. Khi có thông báo chính thức, nhập bằng lệnh “khomo calendar import FILE” hoặc tại trang Lịch làm việc của cổng nội bộ.
problem-doctor-calendar-old = Chương trình { $id } khởi động trước khi lịch nghỉ được nhập nên vẫn tính theo lịch cũ. Hãy khởi động lại.
problem-calendar-file-unread = Không đọc được tệp { $path }. Sửa đường dẫn hoặc quyền đọc tệp.
problem-calendar-file-long = Tệp dài hơn { $most } kB. Mỗi tệp chỉ ghi một năm.
problem-calendar-not-utf8 = Tệp không ở mã UTF-8. Lưu lại ở mã UTF-8.
problem-calendar-syntax = Tệp không đúng dạng TOML, dòng { $line }: { $detail }
problem-calendar-none = Chưa có dòng nào. Ghi mỗi ngày nghỉ một dòng.
problem-calendar-rows-many = Có hơn { $most } dòng. Mỗi tệp chỉ ghi một năm.
problem-calendar-column = Không rõ “{ $name }”: tên lạ, viết sai hoặc lặp lại. Chỉ dùng: { $known }.
problem-calendar-column-missing = Thiếu cột { $name }. Hãy thêm cột này.
problem-calendar-row-cells = Dòng { $row } có hơn { $most } ô. Đặt tên có dấu phẩy trong dấu ngoặc kép.
problem-calendar-row-value = Dòng { $row }: “{ $value }” không phải tên trường của dòng, hoặc giá trị không phải chuỗi ký tự. Chỉ dùng: { $known }, giá trị trong dấu ngoặc kép.
problem-calendar-row-day = Dòng { $row }: “{ $value }” không phải một ngày. Ghi theo dạng yyyy-mm-dd hoặc dd/mm/yyyy.
problem-calendar-row-to = Dòng { $row }: “{ $value }” không phải ngày cuối. Ghi theo dạng yyyy-mm-dd hoặc dd/mm/yyyy, hoặc để trống.
problem-calendar-row-span = Dòng { $row }: khoảng ngày đến { $value } bị ngược hoặc quá { $most } ngày. Sửa ngày đầu hoặc ngày cuối.
problem-calendar-row-year = Dòng { $row }: ngày { $value } không thuộc năm { $year }. Mỗi tệp chỉ ghi một năm: sửa ngày, hoặc chuyển sang tệp của năm đó.
problem-calendar-row-kind = Dòng { $row }: không rõ loại “{ $value }”. Ghi một trong các loại: { $known }.
problem-calendar-row-status = Dòng { $row }: không rõ trạng thái “{ $value }”. Ghi một trong các trạng thái: { $known }.
problem-calendar-row-name = Dòng { $row }: không có tên “{ $value }” trong danh sách tên. Thêm vào [names] hoặc ghi name_vi.
problem-calendar-row-name-missing = Dòng { $row }: thiếu tên tiếng Việt của dịp nghỉ. Ghi tên vào name_vi.
problem-calendar-row-name-long = Dòng { $row }: tên “{ $value }” dài hơn { $most } ký tự hoặc có ký tự điều khiển. Ghi ngắn lại.
problem-calendar-row-basis = Dòng { $row }: căn cứ “{ $value }” không có trong danh mục văn bản. Ghi theo dạng văn-bản/điều.khoản.điểm của văn bản đã có, hoặc để trống.
problem-calendar-row-make-up = Dòng { $row }: ngày { $value } là ngày làm việc trong tuần. Chỉ làm bù vào ngày nghỉ hằng tuần: sửa ngày hoặc loại.
problem-calendar-row-rest = Dòng { $row }: ngày { $value } đã là ngày nghỉ hằng tuần. Chỉ nghỉ bù hoặc hoán đổi vào ngày khác: sửa ngày hoặc loại.
problem-calendar-row-twice = Dòng { $row }: ngày { $value } đã có ở dòng { $other }. Giữ lại một dòng.
problem-calendar-changed-meanwhile = Có người vừa nhập lịch của năm này. Xem lại những thay đổi dưới đây rồi lưu; những gì bạn đã nhập vẫn còn.
problem-calendar-past = Các ngày từ { $from } đến { $to } đã qua và thời hạn đã được tính theo. Hãy giữ nguyên; nếu trước đây nhập sai, hãy xác nhận bằng --correct hoặc đánh dấu ô trong biểu mẫu.

notice-calendar-gap-title = Chưa đủ lịch nghỉ năm { $year }
notice-calendar-gap-body = Lịch làm việc chưa đủ ngày nghỉ năm { $year }; thời hạn kéo sang năm đó có thể rơi vào sai ngày. Hãy nhập khi có thông báo chính thức.

audit-action-calendar-enter = Nhập lịch nghỉ của một năm
audit-action-calendar-export = Tải lịch nghỉ của một năm
audit-field-year = Năm
audit-field-correct = Sửa cả ngày đã qua
audit-field-changes = Thay đổi
