# Lời của các phần dựng sau: trang chủ, xem trước, báo cáo đọc tệp, nhật ký, dòng lệnh.

home-example-queries = gia dat, truong hoc, xe buyt, gia lua
column-characters = { $count } ký tự
value-true = Đúng
value-false = Sai

import-container = Loại tệp
import-encoding = Bảng mã
import-delimiter = Dấu phân cách
import-delimiter-tab = dấu tab
import-sheet = Trang tính
import-header = Dòng tiêu đề
import-header-row = dòng { $row }
import-header-rows = dòng { $first } đến { $last }
import-no-header = không có, cột được gọi theo thứ tự
import-original = Tệp gốc

audit-actor-public = Người đọc
audit-actor-account = Tài khoản
audit-actor-operator = Người vận hành
audit-actor-system = Chương trình
audit-outcome-done = Đã làm
audit-outcome-refused = Bị từ chối
audit-action-account-create = Lập tài khoản
audit-action-account-set-password = Đặt mật khẩu
account-language-saved = Đã lưu ngôn ngữ.
audit-action-account-set-language = Chọn ngôn ngữ
audit-action-account-sign-in = Đăng nhập
audit-action-account-sign-out = Đăng xuất
audit-action-agency-register = Ghi cơ quan vào danh bạ
audit-action-dataset-create = Lập bộ dữ liệu
audit-action-dataset-import = Đọc tệp vào bản nháp
audit-action-dataset-publish = Công bố
audit-action-dataset-withdraw = Rút khỏi công bố
audit-action-review-decide = Quyết định khi duyệt

decision-submitted = Đã nộp
decision-approved = Đã duyệt
decision-changes-asked = Đề nghị sửa
decision-refused = Đã từ chối

problem-account-unknown = Không có tài khoản “{ $name }”. Kiểm tra lại tên đăng nhập.
problem-agency-kind-unknown = Hồ sơ quy định không có loại cơ quan “{ $name }”. Chọn một mã loại trong hồ sơ.
problem-role-unknown = Hồ sơ quy định không có vai trò “{ $name }”. Chọn một mã vai trò trong hồ sơ.
problem-agency-unknown = Không có cơ quan “{ $name }”. Kiểm tra lại tên, hoặc ghi cơ quan vào danh bạ trước.
problem-dataset-unknown = Không có bộ dữ liệu “{ $name }”. Kiểm tra lại tên trong địa chỉ của bộ dữ liệu.
problem-topic-unknown = Không có chủ đề “{ $name }”. Chọn một mã chủ đề trong hồ sơ quy định.
problem-frequency-unknown = Không có tần suất “{ $name }”. Chọn daily, weekly, monthly, quarterly, half-yearly, yearly, irregular hoặc never.
problem-date-form = Viết ngày theo dạng ngày/tháng/năm, ví dụ 31/08/2026.
problem-demo-folder-taken = Thư mục { $path } có dữ liệu không phải của bản minh họa. Chọn thư mục khác bằng --dir.
problem-file-missing = Không có tệp { $path }. Kiểm tra lại đường dẫn.
problem-file-unreadable = Không đọc được tệp { $path }. Kiểm tra quyền đọc tệp và ổ đĩa rồi thử lại.
problem-import-agency-missing = Bộ dữ liệu này chưa có. Thêm --agency để nói cơ quan nào là chủ quản.
problem-import-dataset-missing = Thêm --dataset để nói tệp thuộc bộ dữ liệu nào.
problem-manifest-missing = Thư mục { $path } không có manifest.json hay datapackage.json. Thêm một trong hai tệp mô tả ấy.
problem-manifest-path = Tệp mô tả chỉ tới “{ $path }” ở ngoài thư mục. Chỉ dùng đường dẫn tương đối bên trong thư mục.
problem-manifest-unreadable = Không đọc được tệp mô tả { $path }. Sửa lại cho đúng dạng Data Package rồi thử lại.
problem-outside-network = Cổng nội bộ chỉ mở cho mạng của các cơ quan. Hãy kết nối từ mạng được phép.
problem-reindex-waiting = Các chương trình đang chạy chưa lập xong chỉ mục. Chờ thêm rồi xem nhật ký của chúng.
problem-withdrawn = Bộ dữ liệu đã được rút khỏi công bố.

lang-vi = Tiếng Việt
lang-en = English
