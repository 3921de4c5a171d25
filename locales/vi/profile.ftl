# Hồ sơ cấu hình: căn cứ pháp lý, tên gọi, và những gì có thể sai trong tệp cấu hình.

basis-document = { $document }
basis-article = Điều { $article } { $document }
basis-clause = khoản { $clause } Điều { $article } { $document }
basis-point = điểm { $point } khoản { $clause } Điều { $article } { $document }
basis-cited = Căn cứ: { $basis }.
basis-by-configuration = Căn cứ: { $basis } ({ basis-unverified }).
basis-unverified = theo cấu hình

legal-status-in-force = Còn hiệu lực
legal-status-coming = Chưa có hiệu lực
legal-status-ended = Hết hiệu lực
legal-status-amended = Đã sửa đổi
legal-status-replaced = Đã được thay thế
legal-status-draft = Dự thảo

# Tên gọi khác nhau giữa các tỉnh; hồ sơ cấu hình thay được từng tên.
label-catalogue = Danh mục cơ sở dữ liệu dùng chung
label-code-lists = Danh mục, bảng mã dùng chung
label-registry = Hệ thống quản lý dịch vụ chia sẻ dữ liệu
label-warehouse = Kho dữ liệu dùng chung

profile-severity-error = Lỗi
profile-severity-warning = Lưu ý
profile-check-clean = Hồ sơ { $name } không có lỗi.

problem-profile-not-found = Không có hồ sơ cấu hình tên “{ $name }”. Chọn một trong các tên: { $known }.
problem-profile-folder-missing = Không có thư mục cấu hình { $folder }. Sửa đường dẫn hoặc bỏ trống thiết lập này.
problem-profile-extends-missing = Tệp { $file } thiếu dòng extends hợp lệ. Thêm extends = "current-2026" hoặc tên một bộ quy định khác.
problem-profile-extends-circle = Các bộ quy định kế thừa vòng quanh nhau, tại “{ $name }”. Bỏ một dòng extends.
problem-profile-rules-not-found = Không có bộ quy định “{ $name }” trong thư mục rules. Sửa dòng extends.
problem-profile-not-utf8 = Tệp { $file } không phải UTF-8. Lưu lại tệp bằng mã UTF-8.
problem-profile-syntax = Tệp { $file }, dòng { $line }: sai cú pháp TOML ({ $detail }). Sửa dòng này.
problem-profile-key = Cấu hình “{ $name }” có khóa lạ, thiếu khóa hoặc sai kiểu: { $detail }. Sửa khóa được nêu.
problem-profile-text-empty = { $path }: văn bản tiếng Việt để trống. Nhập văn bản.
problem-profile-text-no-english = { $path }: chưa có tiếng Anh; trang tiếng Anh sẽ hiện tiếng Việt. Thêm en nếu có thể.
problem-profile-value-no-source = { $path }: giá trị không có căn cứ. Thêm basis, hoặc note nói rõ đây là lựa chọn của ai.
problem-profile-unverified-no-note = { $path }: giá trị chưa kiểm chứng mà không có ghi chú. Thêm note nói rõ vì sao.
problem-profile-basis-unknown = { $path }: căn cứ “{ $basis }” không có trong legal_basis. Sửa mã căn cứ hoặc thêm văn bản.
problem-profile-legal-dates = Văn bản “{ $id }” hết hiệu lực trước khi có hiệu lực. Sửa from hoặc to.
problem-profile-code-twice = { $path }: mã “{ $code }” có hai lần. Đổi hoặc bỏ một mục.
problem-profile-number = { $path }: con số mâu thuẫn hoặc ngoài khoảng cho phép. Sửa giá trị này.
problem-profile-number-range = { $path }: giá trị { $value } ngoài khoảng cho phép. Đặt từ { $least } đến { $most }.
problem-profile-duty-reminders = duty.reminder_days: các ngày nhắc phải tăng dần, không trùng nhau, nhiều nhất { $most } ngày. Sắp lại danh sách.
problem-profile-duty-close = duty.close_days: quý khóa sau { $close } ngày làm việc, trong khi các cơ quan còn được nộp đến ngày thứ { $returns }. Đặt close_days lớn hơn return_days.
problem-profile-return-quarters = agency_list.return_months: { $months } tháng không phải là số quý chẵn. Đặt 0, 3, 6 hoặc 12.
problem-profile-report-code = { $path }: không có mã “{ $code }”. Dùng một trong các mã: { $known }.
problem-profile-review-persons = Công bố phải có ít nhất hai người quyết định, cấu hình ghi { $number }. Đặt review.min_persons từ 2 trở lên.
problem-profile-review-steps = Công bố phải qua ít nhất hai bước, cấu hình có { $number }. Thêm bước vào review.steps.
problem-profile-review-same-role = Bước “{ $step }” lại do vai trò “{ $role }” quyết định. Giao bước này cho vai trò khác.
problem-profile-review-role-unknown = Bước “{ $step }” giao cho vai trò “{ $role }” không có trong roles. Sửa mã vai trò.
problem-profile-province-now = province: không có tỉnh, thành phố hiện hành nào có mã { $code } và tên “{ $name }”; danh mục có: { $near }. Sửa code và name; nếu là tỉnh đã kết thúc, ghi successor; nếu là tỉnh giả định, dùng mã 00.
problem-profile-province-past = province: có successor, nhưng không có tỉnh, thành phố cũ nào có mã { $code } và tên “{ $name }”; danh mục có: { $near }. Sửa code và name, hoặc bỏ successor.
problem-profile-province-kind = province.kind: danh mục ghi đơn vị có mã { $code } là “{ $expected }”. Đặt kind là city cho thành phố, province cho tỉnh.
problem-profile-province-successor = province.successor: theo danh mục, đơn vị này đã thành { $expected }. Sửa code và name của successor.
problem-profile-province-predecessors = province.predecessors: theo danh mục, đơn vị này hợp thành từ { $expected }. Sửa mã và tên, bỏ mục thừa, thêm mục thiếu.
problem-profile-calendar-year-missing = Chưa có lịch nghỉ năm { $year }. Nhập bằng lệnh “khomo calendar import FILE” hoặc tại trang Lịch làm việc của cổng nội bộ.
problem-profile-calendar-span = Lịch: khoảng ngày bắt đầu từ { $date } bị ngược hoặc dài quá 31 ngày. Sửa to.
problem-profile-calendar-outside = Lịch: ngày { $date } nằm ngoài first_year và last_year. Sửa ngày hoặc hai năm này.
problem-profile-calendar-name = Lịch, ngày { $date }: tên “{ $name }” không có trong names. Thêm tên hoặc sửa lại.
problem-profile-calendar-weekday = Lịch: “{ $name }” không phải tên thứ trong tuần. Dùng mon, tue, wed, thu, fri, sat, sun.
problem-profile-calendar-make-up = Lịch, ngày { $date }: ngày làm bù phải rơi vào ngày nghỉ hằng tuần. Sửa ngày hoặc kind.
problem-profile-calendar-rest = Lịch, ngày { $date }: ngày nghỉ bù hoặc hoán đổi đã là ngày nghỉ hằng tuần. Sửa ngày hoặc kind.
problem-profile-calendar-twice = Lịch: ngày { $date } được khai hai lần. Bỏ một dòng.
