### Rà quét dữ liệu cá nhân và dấu hiệu bí mật nhà nước trước khi công bố.

findings-title = Kết quả rà quét
findings-lead = Cổng đọc mọi ô và mọi mô tả để tìm dữ liệu cá nhân và dấu hiệu bí mật nhà nước. Giá trị tìm thấy luôn được che. Hãy xử lý từng phát hiện trước khi nộp duyệt.
findings-link = Kết quả rà quét
findings-pending = Còn { $count } bảng đang chờ đọc. Tải lại trang sau ít phút.
findings-blocking = Còn { $count } phát hiện phải xử lý xong mới nộp duyệt được.
findings-clear = Không còn phát hiện nào cản việc nộp duyệt.
findings-none = Không tìm thấy gì cần xử lý
findings-read = Đọc xong lúc
finding-count = { $count } ô
finding-in-words = Trong phần mô tả
finding-weight = Mức độ
finding-samples = Ví dụ đã che
finding-rows = Những dòng đầu
finding-why = Vì sao đáng lưu ý
finding-do = Nên làm gì
finding-decide = Cách xử lý
finding-basis = Căn cứ pháp lý
finding-basis-none = Chọn văn bản
finding-reason = Lý do
finding-reason-hint = Bắt buộc khi giữ nguyên dữ liệu hoặc xác nhận bí mật. Không ghi dữ liệu cá nhân vào đây.
finding-save = Lưu cách xử lý
finding-judged = Đã lưu cách xử lý.

## Loại phát hiện

finding-kind-citizen = Số định danh cá nhân, căn cước
finding-kind-old-citizen = Số chứng minh nhân dân
finding-kind-tax = Mã số thuế
finding-kind-social-insurance = Mã số bảo hiểm xã hội
finding-kind-health-insurance = Mã thẻ bảo hiểm y tế
finding-kind-phone = Số điện thoại
finding-kind-email = Địa chỉ thư điện tử
finding-kind-passport = Số hộ chiếu
finding-kind-plate = Biển số xe
finding-kind-bank-account = Số tài khoản ngân hàng
finding-kind-bank-card = Số thẻ ngân hàng
finding-kind-person = Họ tên kèm ngày sinh hoặc nơi ở
finding-kind-small-group = Nhóm nhỏ có thể chỉ ra một người
finding-kind-secret = Dấu hiệu bí mật nhà nước

finding-severity-block = Phải xử lý trước khi nộp duyệt
finding-severity-look = Chỉ để biết, không cản việc nộp duyệt

finding-state-open = Chờ quyết định
finding-state-to-treat = Chờ tạo bảng đã xử lý
finding-state-cleared = Được giữ nguyên
finding-state-confirmed = Đã xác nhận là bí mật
finding-state-shown = Để biết

finding-verdict-remove = Bỏ cột này
finding-verdict-mask = Che giá trị, chỉ giữ vài ký tự đầu và cuối
finding-verdict-generalise = Làm thô: ngày thành năm, số thành khoảng, địa chỉ thành xã và tỉnh
finding-verdict-aggregate = Bỏ các dòng thuộc nhóm nhỏ
finding-verdict-legal-basis = Giữ nguyên vì có căn cứ pháp lý
finding-verdict-false-alarm = Giữ nguyên vì nhận nhầm
finding-verdict-confirmed = Đúng là bí mật nhà nước: cách ly bộ dữ liệu

finding-why-citizen = Số này chỉ đúng một người và mở ra nhiều hồ sơ của họ.
finding-why-old-citizen = Số này chỉ đúng một người và còn trong nhiều hồ sơ cũ.
finding-why-tax = Mã số thuế của cá nhân, hộ kinh doanh là dữ liệu cá nhân; mã của doanh nghiệp là thông tin công khai.
finding-why-social-insurance = Mã số này chỉ đúng một người và dẫn tới hồ sơ bảo hiểm của họ.
finding-why-health-insurance = Mã thẻ này chỉ đúng một người và dẫn tới hồ sơ khám chữa bệnh của họ.
finding-why-phone = Số di động thường là của một người; số của cơ quan thì công khai được.
finding-why-email = Hộp thư riêng là dữ liệu cá nhân; hộp thư của cơ quan thì công khai được.
finding-why-passport = Số hộ chiếu chỉ đúng một người.
finding-why-plate = Biển số dẫn tới chủ xe.
finding-why-bank-account = Số tài khoản dẫn tới chủ tài khoản và dễ bị lợi dụng.
finding-why-bank-card = Số thẻ có thể bị dùng để lấy tiền.
finding-why-person = Họ tên đi cùng ngày sinh hoặc nơi ở thì nhận ra được một người.
finding-why-small-group = Khi rất ít dòng giống nhau ở các cột này, người quen có thể nhận ra đó là ai.
finding-why-secret = Văn bản mang dấu mật, tối mật, tuyệt mật không được đưa lên cổng.

finding-do-citizen = Bỏ cột, hoặc che giá trị nếu cần phân biệt các dòng.
finding-do-old-citizen = Bỏ cột, hoặc che giá trị nếu cần phân biệt các dòng.
finding-do-tax = Giữ mã của doanh nghiệp; bỏ hoặc che mã của cá nhân, hộ kinh doanh.
finding-do-social-insurance = Bỏ cột, hoặc che giá trị nếu cần phân biệt các dòng.
finding-do-health-insurance = Bỏ cột, hoặc che giá trị nếu cần phân biệt các dòng.
finding-do-phone = Bỏ cột, hoặc thay bằng số của cơ quan.
finding-do-email = Bỏ cột, hoặc thay bằng hộp thư của cơ quan.
finding-do-passport = Bỏ cột, hoặc che giá trị nếu cần phân biệt các dòng.
finding-do-plate = Bỏ cột, hoặc che giá trị nếu cần phân biệt các dòng.
finding-do-bank-account = Bỏ cột này.
finding-do-bank-card = Bỏ cột này.
finding-do-person = Bỏ họ tên, hoặc che họ tên; ngày sinh nên rút thành năm.
finding-do-small-group = Bỏ các dòng thuộc nhóm nhỏ, hoặc chọn ít cột hơn rồi công bố số tổng hợp.
finding-do-secret = Dừng chia sẻ, báo người đứng đầu cơ quan. Chỉ Công an tỉnh hoặc cơ quan điều phối được kết luận là nhận nhầm.

## Bảng đã xử lý

treatment-title = Tạo bảng đã xử lý
treatment-lead = { $count } phát hiện chờ xử lý. Cổng tạo bảng mới theo cách bạn chọn rồi đọc lại bảng ấy; bảng gốc được giữ nguyên và không công khai.
treatment-go = Tạo bảng đã xử lý
treatment-begun = Cổng đang tạo bảng đã xử lý. Tải lại trang sau ít phút.
table-treated = Đã xử lý

quasi-title = Cột có thể cùng nhau chỉ ra một người
quasi-lead = Ví dụ xã, tuổi, giới tính, nghề nghiệp. Cổng đếm những nhóm quá ít dòng giống nhau ở các cột này.
quasi-columns = Các cột của bảng:
quasi-titles = Tên cột, mỗi dòng một tên
quasi-save = Lưu các cột
quasi-declared = Đã lưu. Cổng đang đọc lại bảng.

quarantine-title = Bộ dữ liệu đang được cách ly
quarantine-lead = Chỉ người của cơ quan chủ quản, cơ quan điều phối và Công an tỉnh còn thấy bộ dữ liệu này. Cách ly từ
quarantine-reason = Lý do bỏ cách ly
quarantine-lift = Bỏ cách ly
quarantine-lifted = Đã bỏ cách ly.

## Thông báo

notice-scan-findings-title = Bộ dữ liệu “{ $title }” có phát hiện phải xử lý
notice-scan-findings-body = Rà quét tìm thấy { $count } chỗ có thể là dữ liệu cá nhân. Mở kết quả rà quét và chọn cách xử lý.
notice-scan-secret-title = Bộ dữ liệu “{ $title }” có dấu hiệu bí mật nhà nước
notice-scan-secret-body = Rà quét tìm thấy { $count } chỗ phải xem ngay. Chưa chia sẻ tệp này cho ai; mở kết quả rà quét.

## Nhật ký

audit-action-scan-find = Rà quét có phát hiện
audit-action-scan-judge = Quyết định về phát hiện
audit-action-scan-treat = Yêu cầu tạo bảng đã xử lý
audit-action-scan-declare = Khai cột có thể chỉ ra một người
audit-action-scan-quarantine = Cách ly bộ dữ liệu
audit-action-scan-lift-quarantine = Bỏ cách ly bộ dữ liệu

## Lời từ chối

problem-scan-pending = Cổng chưa rà quét xong { $count } phần của bản nháp. Chờ ít phút rồi nộp lại.
problem-findings-open = Còn { $count } phát hiện chưa xử lý. Mở kết quả rà quét của bộ dữ liệu, xử lý rồi nộp lại.
problem-finding-closed = Phát hiện này không thuộc bản nháp nào nữa. Mở kết quả rà quét mới nhất.
problem-finding-verdict-missing = Chọn một cách xử lý.
problem-reason-personal = Lý do có chứa dữ liệu giống dữ liệu cá nhân. Viết lại mà không ghi số hay tên của người.
problem-basis-missing = Chọn văn bản làm căn cứ.
problem-nothing-to-treat = Chưa có phát hiện nào được chọn cách bỏ, che hay làm thô. Chọn cách xử lý trước.
problem-treatment-empties = Bỏ hết các cột thì bảng “{ $name }” không còn gì. Giữ lại ít nhất một cột, hoặc gỡ bảng khỏi bản nháp.
problem-quasi-unknown = Bảng không có cột “{ $name }”. Ghi đúng tên cột, mỗi dòng một tên.
problem-secret-not-yours = Chỉ Công an tỉnh hoặc cơ quan điều phối được kết luận về dấu hiệu bí mật nhà nước. Hãy báo cho họ.
problem-quarantined = Bộ dữ liệu đang được cách ly vì có bí mật nhà nước. Liên hệ cơ quan điều phối.
problem-not-quarantined = Bộ dữ liệu này không bị cách ly. Tải lại trang để xem tình trạng mới nhất.
