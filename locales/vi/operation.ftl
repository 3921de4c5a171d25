# Vận hành cổng: sao lưu.
problem-backup-incomplete = { $path } không phải bản sao lưu trọn vẹn: thiếu tệp manifest.json. Lần sao lưu đã bị ngắt, hoặc đây là thư mục khác. Hãy sao lưu lại, hoặc chỉ đúng thư mục.
problem-backup-damaged = Bản sao lưu bị hỏng: { $file } không khớp với bảng kê. Lấy tệp này từ một bản khác của cùng lần sao lưu.
problem-backup-newer = Bản sao lưu { $path } do một phiên bản Khomo mới hơn tạo ra. Dùng phiên bản đó hoặc mới hơn để phục hồi.
problem-backup-there = { $path } đã chứa một bản sao lưu trọn vẹn. Chọn thư mục khác.
problem-backup-not-empty = { $path } đang chứa thứ khác. Chọn thư mục trống hoặc chưa có.
problem-backup-unsettled = Trong lúc sao chép, liên tục có dữ liệu bị hủy hoặc tệp tải lên vừa đọc xong. Hãy chạy lại lệnh này.
problem-backup-object-missing = Đối tượng { $name } không có trong kho lưu trữ, hoặc không khớp với cơ sở dữ liệu. Lấy lại từ bản sao lưu trước, hoặc sao lưu với --accept-missing.
problem-backup-tables = Các bảng của bản sao lưu không khớp với bước nâng cấp { $migration }. Dùng đúng Khomo đã tạo bản sao lưu để phục hồi.
problem-restore-database = Cơ sở dữ liệu đã có dữ liệu. Chỉ phục hồi được vào cơ sở dữ liệu trống: ghi nơi khác vào KHOMO_DATABASE_URL. Nếu lần phục hồi trước bị ngắt sau khi đã ghi các bảng, chạy “khomo migrate”, “khomo reindex” và “khomo audit verify”.
problem-restore-files = Kho lưu trữ đang có { $name }, không thuộc bản sao lưu này. Chỉ phục hồi được vào kho trống: ghi nơi khác vào KHOMO_FILES.
problem-restore-object = Đối tượng { $name } trong kho lưu trữ không khớp với bản sao lưu. Dọn trống kho rồi chạy lại “khomo restore”.
problem-restore-audit = Nhật ký sau phục hồi không kết thúc như bản sao lưu ghi, hoặc bị đứt ở mục { $seq }. Đừng vận hành từ đó; hãy phục hồi bản sao lưu khác.

# Những gì “khomo doctor” thấy.
problem-doctor-store = Không ghi và đọc được kho lưu trữ { $place }. Xem quyền, ổ đĩa và khóa truy cập (KHOMO_FILES, KHOMO_S3_ENDPOINT, KHOMO_S3_ACCESS_KEY, KHOMO_S3_SECRET_KEY); nguyên nhân nằm ở dòng nhật ký phía trên.
problem-doctor-folder = Không ghi được vào { $path }. Tạo thư mục và cấp quyền ghi cho người dùng của chương trình, hoặc ghi nơi khác vào { $setting }.
problem-doctor-space = Ổ đĩa chứa { $path } chỉ còn { $free } MiB. Dọn chỗ hoặc chuyển sang ổ lớn hơn ({ $setting }).
problem-doctor-mail = Máy chủ thư không trả lời hoặc từ chối. Xem KHOMO_MAIL, mạng và chứng thư của máy chủ (KHOMO_MAIL_CA); nguyên nhân nằm ở dòng nhật ký phía trên. Trong lúc đó thư được giữ lại chờ gửi.
problem-doctor-programs-none = Không có chương trình nào đang phục vụ từ cơ sở dữ liệu này. Chạy “khomo serve”.
problem-doctor-program-silent = Đã { $minutes } phút không có tín hiệu của chương trình { $id }. Nếu nó đã bị dừng thì không cần làm gì: tên nó tự mất sau một ngày. Nếu nó phải đang chạy, xem nhật ký của nó.
problem-doctor-clock = Đồng hồ của chương trình { $id } nhanh hơn máy này { $seconds } giây. Chỉnh cả hai theo cùng một máy chủ thời gian.
problem-doctor-index = Chỉ mục tìm kiếm của chương trình { $id } còn thiếu { $count } thay đổi. Nếu sau một phút vẫn vậy, xem nhật ký của nó rồi chạy “khomo reindex”.
problem-doctor-jobs-dead = Có { $count } việc đã bị bỏ. “khomo jobs list” cho biết lý do; khắc phục xong, chạy “khomo jobs put-back” để thử lại.
problem-doctor-jobs-late = Có việc đã đến hạn { $minutes } phút mà chưa ai làm. Chạy “khomo serve”, hoặc xem nhật ký của nó.
problem-doctor-audit = Nhật ký quản trị bị đứt ở mục { $seq }: có người đã sửa mà không qua cổng. Giữ nguyên cơ sở dữ liệu, báo người kiểm tra nhật ký và đối chiếu với bản sao lưu gần nhất.
problem-doctor-audit-heads = Nhật ký quản trị không khớp dòng { $line } của KHOMO_AUDIT_HEADS (mục { $seq }): nhật ký đã bị cắt hoặc viết lại, hoặc đây là cơ sở dữ liệu khác. Báo người kiểm tra nhật ký và đối chiếu với bản sao lưu gần nhất.
problem-doctor-object-missing = Kho lưu trữ thiếu đối tượng { $name }. Lấy lại từ bản sao lưu (thư mục “objects”), giữ đúng tên.
problem-doctor-object-differs = Đối tượng { $name } không khớp với cơ sở dữ liệu. Thay bằng bản trong bản sao lưu (thư mục “objects”).
problem-doctor-objects-more = Còn { $count } đối tượng khác bị thiếu hoặc không khớp.
problem-doctor-objects-left = Có { $count } đối tượng cũ hơn một ngày mà không thuộc dữ liệu nào. “khomo serve” dọn mỗi giờ, “khomo sweep” dọn ngay.
problem-doctor-backup-none = Chưa có bản sao lưu nào được đăng ký. Chạy “khomo backup DIR --by USER”, hoặc đăng ký tại trang Bản sao lưu của cổng.
problem-doctor-backup-old = Bản sao lưu gần nhất được đăng ký là của ngày { $day }. Hãy sao lưu lại, hoặc đăng ký bản đã có.
problem-doctor-backup-over = Bản sao lưu tại { $place } chỉ giữ đến ngày { $day }. Hãy hủy và ghi nhận tại trang Bản sao lưu của cổng.
problem-doctor-keys = Có { $count } khóa API sẽ hết hạn trong 14 ngày tới. Chủ khóa tạo khóa mới tại trang tài khoản của mình.

# Những gì “khomo check --deploy” thấy.
problem-deploy-development = KHOMO_DEVELOPMENT đang bật. Hãy bỏ: trang mẫu thành phần giao diện không dành cho công chúng.
problem-deploy-illustration = Hồ sơ { $name } đi kèm chương trình để minh họa: quy định trong đó lấy từ văn bản thật, chỗ chưa đọc được văn bản thì ghi “theo cấu hình”, nhưng chưa tỉnh nào ban hành hồ sơ này và mọi trang đều ghi là minh họa. Viết hồ sơ của tỉnh, có thể kế thừa cùng bộ quy định (KHOMO_OVERRIDES, thư mục “profiles”), rồi ghi tên vào KHOMO_PROFILE.
problem-deploy-test-setting = Có đặt { $name }, biến chỉ dùng để thử nghiệm. Hãy bỏ.
problem-deploy-root = Chương trình chạy với quyền root. Dùng một người dùng riêng.
problem-deploy-https = { $name } là { $url }, không mã hóa. Đặt máy chủ trung gian có TLS phía trước và ghi địa chỉ https://.
problem-deploy-loopback = { $name } là { $url }, không ai khác vào được. Ghi địa chỉ mà người dùng thấy.
problem-deploy-same-address = Hai cổng dùng chung một địa chỉ. Cổng nội bộ cần tên miền riêng.
problem-deploy-listens = { $name } là { $addr }: ai tới được máy này đều vào được mà không qua máy chủ trung gian. Đặt địa chỉ mà chỉ máy chủ trung gian tới được.
problem-deploy-proxy-none = KHOMO_TRUSTED_PROXIES để trống. Khi đứng sau máy chủ trung gian, mọi yêu cầu đều như đến từ nó: giới hạn áp lên tất cả cùng lúc, và máy chủ trung gian trên máy này mở cổng nội bộ cho mọi người. Hãy ghi địa chỉ của máy chủ trung gian.
problem-deploy-everybody = { $name } chứa mọi địa chỉ. Chỉ ghi địa chỉ của máy chủ trung gian, hoặc mạng của các cơ quan.
problem-deploy-mail = Chưa đặt KHOMO_MAIL: không ai nhận được thư, và quên mật khẩu phải nhờ người quản trị. Hãy đặt cùng KHOMO_MAIL_FROM.
problem-deploy-heads = Chưa đặt KHOMO_AUDIT_HEADS lẫn KHOMO_AUDIT_SYSLOG: người giữ cơ sở dữ liệu có thể viết lại nhật ký mà không ai biết. Hãy đặt một trong hai, ở ổ đĩa hoặc máy khác.
problem-deploy-heads-disk = { $path } (KHOMO_AUDIT_HEADS) nằm trên ổ đĩa của cơ sở dữ liệu. Chuyển sang ổ đĩa hoặc máy khác.
problem-deploy-rights = Mọi người dùng trên máy này đều đọc được { $path }. Bỏ quyền của người khác (chmod o= …).
problem-deploy-database-plain = Kết nối tới cơ sở dữ liệu tại { $host } không kiểm tra chứng thư. Thêm sslmode=verify-full vào KHOMO_DATABASE_URL.
problem-deploy-cookie-key = Chưa đặt KHOMO_COOKIE_KEY: mỗi chương trình tự tạo khóa riêng và không ai giữ được phiên làm việc. Đặt cùng một khóa cho tất cả: “openssl rand -hex 64”.
problem-deploy-cookie-key-kept = Chưa đặt KHOMO_COOKIE_KEY; khóa nằm trong { $path }. Dữ liệu xác thực hai bước được mã hóa bằng khóa này: giữ một bản tách khỏi các bản sao lưu, hoặc đặt biến này.
problem-deploy-factor-none = Không vai trò nào phải xác thực hai bước. Ghi các vai trò vào accounts.second_factor_roles của hồ sơ cấu hình.
problem-deploy-factor = Có { $count } người chưa thiết lập xác thực hai bước mà vai trò của họ yêu cầu. Hệ thống sẽ yêu cầu ở lần đăng nhập tới.
problem-deploy-passwords = Có { $count } tài khoản vẫn dùng mật khẩu được cấp hơn một tuần trước. Nhắc chủ tài khoản đăng nhập, hoặc khóa lại.
