### Dùng chung cho cả hai cổng: dạng số và ngày, điều hướng, trạng thái, biểu mẫu, lỗi.

## Ngày giờ

date = { $dd }/{ $mm }/{ $year }
date-time = { $time }, { $date }
relative-today = hôm nay
relative-yesterday = hôm qua
relative-tomorrow = ngày mai
relative-days-ago = { $days } ngày trước
relative-in-days = { $days } ngày nữa

## Số lượng

count-datasets = { $count } bộ dữ liệu
count-rows = { $count } dòng
count-downloads = { $count } lượt tải
count-views = { $count } lượt xem
unit-datasets = bộ dữ liệu

## Khung trang

skip = Đến nội dung chính
menu = Mục lục
close = Đóng
save = Lưu
illustration-label = Lưu ý
illustration-head = Bản minh họa.
other-language = Nội dung này hiện chỉ có bằng tiếng Anh.
other-language-name = English
nav-main = Chính
nav-where = Vị trí
nav-home = Trang chủ

## Tình trạng cập nhật: mỗi hạt là một bộ dữ liệu

timeliness-on-time = Đúng hạn
timeliness-soon = Sắp đến hạn
timeliness-late = Quá hạn
timeliness-unscheduled = Không định kỳ
timeliness-due = kỳ tới { $date }
timeliness-days-left = { $days ->
    [0] ngày cuối
   *[other] còn { $days } ngày làm việc
}
timeliness-days-over = { $days } ngày làm việc

## Trạng thái của bộ dữ liệu và phiên bản

state-draft = Bản nháp
state-submitted = Chờ duyệt
state-changes-asked = Trả lại để sửa
state-approved = Đã duyệt
state-published = Đang công bố
state-replaced = Đã có bản mới hơn
state-refused = Không được duyệt
state-withdrawn = Đã rút

## Cột

column-all-empty = cả cột trống
column-all-different = không giá trị nào trùng
column-empty-share = trống { $share }
column-values = { $text } giá trị
cell-empty = trống

## Phân trang, bộ lọc

pager-label = Trang
pager-page = Trang
pager-previous = Trước
pager-next = Sau
filters = Bộ lọc
filters-in-use = Bộ lọc{ $count ->
    [0] {""}
   *[other] , { $count } đang dùng
}
filters-clear = Bỏ hết bộ lọc
filter-remove = Bỏ lọc
filter-go = Lọc
sort-by = Xếp theo
sort-go = Xếp

## Biểu mẫu

form-errors = Còn { $count } chỗ cần sửa
form-error-prefix = Lỗi:
form-date-form = dd/mm/yyyy

## Lỗi

error-400-title = Địa chỉ hoặc nội dung gửi lên chưa đúng
error-400-advice = Quay lại trang trước, xem lại những gì đã nhập rồi thử lần nữa. Nếu bạn đi theo một đường dẫn, có thể đường dẫn đó bị gõ thiếu.
error-403-title = Tài khoản này không có quyền làm việc đó
error-403-advice = Nếu công việc của bạn cần đến, hãy đề nghị người quản trị của cơ quan cấp quyền.
error-404-title = Không có trang này
error-404-advice = Địa chỉ có thể đã đổi hoặc bị gõ sai. Tìm tên bộ dữ liệu ở ô dưới đây; gõ không dấu cũng được.
error-409-title = Có người vừa làm trước bạn
error-409-advice = Nội dung đã thay đổi từ lúc bạn mở trang. Mở lại trang để xem bản mới nhất rồi làm lại thao tác.
error-429-title = Quá nhiều yêu cầu trong thời gian ngắn
error-429-advice = Cổng tạm dừng nhận yêu cầu từ địa chỉ của bạn để mọi người đều dùng được. Chờ một lát rồi thử lại; cần nhiều dữ liệu thì tải cả tệp CSV hoặc Parquet.
problem-computed-too-many = Trong một phút qua đã có nhiều bảng lọc, biểu đồ, bản đồ được tính cho nơi này.
error-500-title = Cổng gặp trục trặc
error-500-advice = Lỗi do phía chúng tôi và đã được ghi lại. Bạn không mất gì; hãy thử lại sau vài phút.
error-503-title = Cổng đang bận hoặc đang bảo trì
error-503-advice = Hãy thử lại sau vài phút. Dữ liệu đã công bố vẫn còn nguyên.
error-home = Về trang chủ
error-topics = Xem theo chủ đề
error-retry = Thử lại sau { $seconds } giây.
error-request = Khi cần hỗ trợ, cho biết mã:

problem-not-found = Không tìm thấy nội dung này. Xem lại địa chỉ hoặc tìm theo tên.
problem-unavailable = Một bộ phận của cổng chưa trả lời. Thử lại sau vài phút.
problem-internal = Cổng gặp trục trặc. Thử lại sau vài phút; nếu vẫn lỗi, báo cho người quản trị.
problem-disk-full = Nơi lưu trữ đã đầy. Báo người quản trị để thêm chỗ rồi thử lại.
problem-storage-failing = Không đọc hoặc ghi được nơi lưu trữ. Báo người quản trị kiểm tra chỗ trống, quyền ghi và thiết bị lưu trữ rồi thử lại.
problem-texts-unreadable = Tệp văn bản giao diện { $file } viết sai cú pháp Fluent ở dòng { $line } ({ $message }). Sửa tệp rồi khởi động lại.
problem-texts-label-unknown = Không có thông điệp nào tên “{ $id }” để thay. Sửa lại tên cho đúng với tệp trong thư mục locales.

## Lỗi của từng phần: nói điều gì sai và cần làm gì

problem-forbidden = Tài khoản này không có quyền làm việc đó. Nếu công việc cần đến, đề nghị người quản trị cấp quyền.
problem-role-missing = { $person } chưa có vai trò “{ $role }” nên không quyết định được bước này. Chọn người có vai trò đó, hoặc đề nghị cấp thêm vai trò.
problem-original-closed = Tệp gốc chỉ mở cho người của cơ quan có dữ liệu, cơ quan điều phối và người kiểm tra nhật ký. Nếu công việc cần đến, đề nghị cơ quan có dữ liệu gửi cho.
problem-sign-in-first = Đăng nhập rồi thử lại.
problem-sign-in-name-missing = Nhập tên đăng nhập hoặc địa chỉ thư điện tử, dài nhất 254 ký tự.
problem-password-missing = Nhập mật khẩu, dài nhất 128 ký tự.
problem-sign-in-failed = Tên đăng nhập hoặc mật khẩu chưa đúng. Kiểm tra phím Caps Lock và bộ gõ rồi nhập lại.
problem-sign-in-resting = Đã nhập sai nhiều lần. Chờ { $minutes } phút rồi thử lại, hoặc nhờ người quản trị đặt lại mật khẩu.
problem-too-many-attempts = Đang có quá nhiều lượt đăng nhập. Chờ một lát rồi thử lại.
problem-form-expired = Trang đã mở quá lâu hoặc bạn vừa đăng nhập lại. Tải lại trang, kiểm tra nội dung rồi gửi lại.
problem-form-too-large = Nội dung gửi lên quá lớn, tối đa { $bytes } byte. Rút gọn rồi gửi lại.
problem-query-unreadable = Địa chỉ có phần tham số không đọc được. Bỏ phần sau dấu hỏi chấm hoặc chọn lại bộ lọc trên trang.
problem-agency-name-missing = Nhập tên cơ quan.
problem-slug-form = “{ $slug }” chưa đúng dạng địa chỉ. Chỉ dùng chữ thường không dấu, số và dấu gạch nối, ví dụ bang-gia-dat.
problem-slug-taken = Địa chỉ “{ $slug }” đã có bộ dữ liệu khác dùng. Chọn địa chỉ khác, hoặc thêm bảng vào bộ đó.
problem-title-missing = Nhập tên bộ dữ liệu bằng tiếng Việt.
problem-metadata-missing = Bộ dữ liệu mới cần phần mô tả. Khai ít nhất tên, chủ đề và tần suất cập nhật.
problem-resource-name = Tên bảng “{ $name }” chưa đúng dạng. Chỉ dùng chữ thường không dấu, số và dấu gạch nối.
problem-dataset-withdrawn = Bộ dữ liệu “{ $slug }” đã rút khỏi cổng nên không nhận thêm dữ liệu. Tạo bộ dữ liệu mới với địa chỉ khác.
problem-not-a-draft = Phiên bản này không còn là bản nháp nên không sửa được. Tạo một bản nháp mới.
problem-not-published = Bộ dữ liệu này đang không công bố nên chưa làm được việc này.
problem-nothing-to-publish = Bản nháp chưa có bảng nào. Đưa tệp dữ liệu vào rồi công bố.
problem-no-draft = Bộ dữ liệu này không có bản nháp nào chờ quyết định. Đưa tệp mới vào để có bản nháp.
problem-not-submitted = Bản nháp như hiện nay chưa được ai nộp. Nộp trước, rồi người khác duyệt.
problem-own-submission = { $person } là người soạn, sửa hoặc nộp bản này nên không tự duyệt được. Nhờ một người khác có quyền duyệt.
problem-reason-missing = Ghi lý do của quyết định, một câu ngắn là đủ.
problem-already-there = Tệp này đã có trong kho. Không cần làm gì thêm; nếu vẫn báo lỗi, thử lại lần nữa.
problem-file-too-hard = Đọc tệp này cần nhiều thời gian hoặc bộ nhớ hơn mức cho phép. Chia nhỏ tệp, hoặc lưu lại dạng CSV rồi thử lại.
problem-database-missing = Không có cơ sở dữ liệu tại { $path }. Sửa KHOMO_DATABASE_URL, hoặc chạy “khomo migrate --create” để tạo mới.
problem-database-url = KHOMO_DATABASE_URL chưa đúng dạng. Viết sqlite: kèm đường dẫn tệp, hoặc postgres:// kèm tên máy và cơ sở dữ liệu.
problem-migrations-pending = Cơ sở dữ liệu còn thiếu { $count } bước nâng cấp. Chạy “khomo migrate” rồi khởi động lại.
problem-files-setting = Kho tệp S3 chưa đủ thiết lập. Khai khóa truy cập và khóa bí mật, hoặc đặt KHOMO_FILES là một thư mục.
problem-files-plain-http = Kho tệp S3 trên máy khác phải dùng https. Đổi địa chỉ sang https://.
problem-setting-unknown = Không có thiết lập nào tên { $name }. Sửa lại tên; danh sách có trong “khomo serve --help”.
problem-setting-wrong = Thiết lập { $name } chưa đúng dạng, cần: { $form }. Sửa lại rồi khởi động.
problem-setting-file = Không đọc được tệp thiết lập { $path }. Kiểm tra đường dẫn, quyền đọc và cú pháp TOML.
problem-setting-internal-https = Địa chỉ cổng nội bộ phải bắt đầu bằng https://, trừ khi chạy trên chính máy này. Sửa KHOMO_INTERNAL_URL.
