# Quy định đang áp dụng: thời hạn, thẩm quyền, căn cứ pháp lý, và những ngày phải nhớ.

regulations-title = Quy định đang áp dụng
regulations-lead = Cổng làm theo các quy định dưới đây. Mỗi quy định có căn cứ pháp lý; giá trị ghi “{ basis-unverified }” là giá trị chưa đối chiếu được với văn bản. Đổi quy định là việc của người quản trị, trong hồ sơ cấu hình của tỉnh.
regulations-contents = Nội dung trang
regulations-rule = Quy định
regulations-value = Giá trị
regulations-basis = Căn cứ
regulations-note = Ghi chú
regulations-own = Lựa chọn của cổng.

regulations-dates = Những ngày phải nhớ
regulations-dates-lead = Tính theo quy định và lịch làm việc của tỉnh. Ngày đầu tiên không tính; hạn rơi vào ngày nghỉ thì lùi sang ngày làm việc kế tiếp.
regulations-what = Việc
regulations-from = Tính từ
regulations-day = Ngày

regulations-documents = Văn bản làm căn cứ
regulations-documents-lead = Các văn bản mà hồ sơ cấu hình dẫn đến, và hiệu lực của từng văn bản.
regulations-document = Văn bản
regulations-issuer = Cơ quan ban hành
regulations-signed = Ngày ký
regulations-standing = Hiệu lực
regulations-since = Có hiệu lực từ
regulations-until = Hết hiệu lực từ
regulations-successor = Xem:

# ---- trang công khai

documents-title = Văn bản, căn cứ pháp lý
documents-lead = Các văn bản mà cổng dữ liệu này dựa vào, hiệu lực của từng văn bản, những quy định của cổng theo từng văn bản, và các quyết định của tỉnh về dữ liệu mở.
documents-rules-count = { $count } quy định theo văn bản này
documents-decisions = Quyết định của tỉnh về dữ liệu mở
documents-decisions-lead = Các quyết định ban hành danh mục dữ liệu mở và phê duyệt kế hoạch dữ liệu mở hằng năm, kèm bản đã ký.
documents-decisions-none = Chưa có quyết định nào được công bố.
documents-about = Nội dung
documents-issue = Danh mục dữ liệu mở, lần ban hành { $number }
documents-rules = Quy định theo từng văn bản
documents-rules-lead = Thời hạn, thẩm quyền và cách làm mà cổng áp dụng, xếp theo văn bản làm căn cứ. Giá trị ghi “{ basis-unverified }” là giá trị chưa đối chiếu được với văn bản.

# ---- những ngày phải nhớ

regulation-date-update = Bộ dữ liệu trong danh mục dữ liệu mở công bố hôm nay phải được cập nhật
regulation-date-reminders = Đầu mối được nhắc về lần cập nhật ấy
regulation-date-head = Lãnh đạo cơ quan được báo, nếu chưa cập nhật
regulation-date-coordinator = Cơ quan điều phối được báo, nếu vẫn chưa cập nhật
regulation-date-coordinator-list = Cơ quan điều phối và lãnh đạo các cơ quan nhận danh sách hằng tuần kế tiếp
regulation-date-return = Các cơ quan nộp báo cáo của quý này
regulation-date-close = Quý này được khóa, bản phát hành được lập
regulation-date-opendata-review = Danh mục dữ liệu mở rà soát hôm nay phải được rà soát lại
regulation-date-catalogue-review = Danh mục cơ sở dữ liệu rà soát hôm nay phải được rà soát lại
regulation-date-default-review = Danh mục chia sẻ mặc định rà soát hôm nay phải được rà soát lại
regulation-date-account-review = Các cơ quan trả lời đợt rà soát tài khoản tự mở hôm nay
regulation-date-account-review-next = Đợt rà soát tài khoản kế tiếp tự mở
regulation-date-request = Yêu cầu kết nối nhận hôm nay phải được trả lời
regulation-date-data-request = Yêu cầu dữ liệu của công chúng nhận hôm nay phải được trả lời
regulation-date-posting = Dịch vụ sẵn sàng hôm nay phải được đăng lên
regulation-date-suspension = Sớm nhất được tạm dừng để bảo trì, nếu thông báo hôm nay
regulation-date-breach = Tạm dừng kết nối của một cơ quan khai thác do vi phạm hôm nay thì phải thông báo
regulation-date-problem = Cơ quan cung cấp dữ liệu trả lời vướng mắc nhận hôm nay
regulation-date-problem-next = Cơ quan điều phối trả lời, nếu vướng mắc được chuyển lên
regulation-date-quality = Báo cáo kết quả kiểm tra dữ liệu của năm

# ---- nhóm

regulation-group-opendata = Dữ liệu mở
regulation-group-publication = Duyệt, công bố và hủy dữ liệu
regulation-group-duty = Nhắc việc và chu kỳ quý
regulation-group-catalogue = Danh mục cơ sở dữ liệu
regulation-group-operation = Vận hành
regulation-group-sharing = Kết nối, chia sẻ
regulation-group-problem = Vướng mắc, sai sót và yêu cầu của công chúng
regulation-group-quality = Kiểm tra dữ liệu và phân tích
regulation-group-reports = Báo cáo định kỳ
regulation-group-people = Đầu mối và tài khoản
regulation-group-sessions = Phiên làm việc và mật khẩu
regulation-group-offices = Cơ quan đảm nhiệm
regulation-group-purposes = Mục đích sử dụng dữ liệu
regulation-group-names = Tên gọi

# ---- quy định

regulation-opendata-update-months = Bộ dữ liệu trong danh mục dữ liệu mở được cập nhật
regulation-opendata-frequency-duty = Tần suất cập nhật do cơ quan khai là cam kết
regulation-opendata-no-change-confirms = Xác nhận “không có thay đổi” được tính là cập nhật
regulation-duty-no-change-check = Lời xác nhận không có thay đổi
regulation-duty-extension-most-days = Mỗi lần gia hạn nhiều nhất
regulation-opendata-soon-days = Được coi là sắp đến hạn khi thời gian còn lại không quá
regulation-opendata-review-months = Rà soát danh mục dữ liệu mở
regulation-decision-opendata-catalogue = Ban hành danh mục dữ liệu mở
regulation-decision-opendata-plan = Phê duyệt kế hoạch dữ liệu mở
regulation-opendata-beyond-catalogue = Nhận dữ liệu mở ngoài danh mục

regulation-duty-reminder-days = Nhắc đầu mối của cơ quan
regulation-duty-head-after-days = Báo lãnh đạo cơ quan
regulation-duty-coordinator-after-days = Báo cơ quan điều phối
regulation-duty-coordinator-weekday = Danh sách việc quá hạn, sắp đến hạn hằng tuần cho cơ quan điều phối và lãnh đạo cơ quan
regulation-agency-list-return-months = Cơ quan nộp danh sách dữ liệu của mình
regulation-duty-return-days = Hạn nộp báo cáo quý, sau khi hết quý
regulation-duty-close-days = Khóa quý và lập bản phát hành, sau khi hết quý

regulation-catalogue-review-months = Rà soát danh mục cơ sở dữ liệu
regulation-decision-catalogue = Ban hành danh mục cơ sở dữ liệu
regulation-catalogue-entry-fields = Mỗi mục của danh mục phải có
regulation-catalogue-add-fields = Đề nghị bổ sung phải có
regulation-catalogue-edit-fields = Đề nghị chỉnh sửa phải có
regulation-catalogue-withdraw-fields = Đề nghị rút khỏi danh mục phải có
regulation-class = Loại cơ sở dữ liệu

regulation-request-answer-working-days = Trả lời yêu cầu kết nối trong
regulation-request-refusal-cites-law = Từ chối phải nêu căn cứ pháp lý
regulation-request-outside-remit = Dùng dữ liệu ngoài phạm vi quản lý cần sự đồng ý của
regulation-request-outside-province = Chia sẻ ra ngoài tỉnh cần sự đồng ý của
regulation-registry-public-view = Công chúng thấy gì ở hệ thống quản lý dịch vụ chia sẻ
regulation-registry-posting-working-days = Đăng dịch vụ khi sẵn sàng, trong
regulation-sharing-routes = Đường kết nối
regulation-sharing-default-review-months = Rà soát danh mục chia sẻ mặc định
regulation-sharing-suspension-notice-working-days = Thông báo trước khi tạm dừng để bảo trì, ít nhất
regulation-sharing-breach-notice-days = Thông báo tạm dừng vì vi phạm, trong
regulation-network-internal-only = Cổng nội bộ chỉ mở trong mạng của tỉnh
regulation-network-always-on = Vận hành liên tục ngày đêm
regulation-logs-sharing-months = Lưu giữ nhật ký chia sẻ
regulation-logs-change-months = Lưu giữ nhật ký thay đổi dữ liệu
regulation-logs-administration-months = Lưu giữ nhật ký quản trị

regulation-problem-first-receiver = Vướng mắc gửi đến
regulation-problem-technical-receiver = Vướng mắc kỹ thuật gửi đến
regulation-problem-internal-receiver = Vướng mắc trong nội bộ một cơ quan gửi đến
regulation-problem-provider-working-days = Bước một: cơ quan cung cấp trả lời trong
regulation-problem-coordinator-working-days = Bước hai: cơ quan điều phối trả lời trong
regulation-error-report-first-receiver = Báo sai sót của dữ liệu gửi đến
regulation-error-report-copies = Báo sai sót còn gửi cho
regulation-data-request-answer-working-days = Trả lời yêu cầu dữ liệu của công chúng trong

regulation-quality-check-months = Kiểm tra, đánh giá dữ liệu
regulation-quality-report-due = Hạn báo cáo kết quả kiểm tra
regulation-decision-quality-plan = Phê duyệt kế hoạch kiểm tra dữ liệu
regulation-analysis-lead = Đầu mối phân tích, tổng hợp dữ liệu

regulation-focal-kinds = Mỗi cơ quan cử
regulation-focal-needs-approval = Danh sách đầu mối phải được phê duyệt
regulation-decision-focal-points = Phê duyệt danh sách đầu mối
regulation-focal-public = Công khai liên hệ của đầu mối
regulation-accounts-review-months = Rà soát tài khoản
regulation-accounts-review-answer-days = Trả lời rà soát tài khoản trong

regulation-opendata-soon-share = Thời gian báo trước dài nhất, so với kỳ cập nhật
regulation-opendata-plan-levels = Mức độ mở của dữ liệu
regulation-review-min-persons = Số người quyết định việc công bố, ít nhất
regulation-step = Bước duyệt trước khi công bố
regulation-upload-declaration = Lời cam đoan khi gửi tệp
regulation-scan-small-group = Nhóm được coi là quá nhỏ
regulation-scan-withdrawn-reason = Lý do công khai khi tạm rút vì phát hiện bí mật
regulation-purge-ask = Đề nghị hủy dữ liệu
regulation-purge-confirm = Xác nhận hủy dữ liệu, một người khác
regulation-agency-list-sign-roles = Ký báo cáo quý của cơ quan
regulation-calendar-warn-from = Bắt đầu nhắc nhập lịch nghỉ năm sau
regulation-refusal = Lý do được từ chối yêu cầu dữ liệu
regulation-accounts-session-idle-minutes = Tự đăng xuất khi không thao tác
regulation-accounts-session-absolute-hours = Mỗi phiên dài nhất
regulation-accounts-sessions-max = Số phiên của một người, nhiều nhất
regulation-accounts-second-factor-roles = Vai trò phải xác thực hai bước
regulation-accounts-password-min-length = Mật khẩu ngắn nhất
regulation-accounts-password-max-length = Mật khẩu dài nhất
regulation-accounts-password-level3 = Áp dụng các quy tắc mật khẩu của cấp độ 3
regulation-accounts-password-level3-character-kinds = Cấp độ 3: số loại ký tự trong mật khẩu
regulation-accounts-password-level3-max-age-days = Cấp độ 3: đổi mật khẩu sau
regulation-accounts-password-level3-history = Cấp độ 3: số mật khẩu cũ không được dùng lại
regulation-accounts-password-level3-lock-after = Cấp độ 3: khóa sau số lần nhập sai
regulation-accounts-password-level3-lock-minutes = Cấp độ 3: khóa trong

regulation-office-coordinator = Điều phối dữ liệu
regulation-office-warehouse = Quản lý kho dữ liệu dùng chung
regulation-office-lgsp = Quản lý nền tảng tích hợp, chia sẻ dữ liệu của tỉnh
regulation-office-finance = Tài chính
regulation-office-investment = Kế hoạch và đầu tư
regulation-office-police = Công an
regulation-police-role = Vai trò của Công an tỉnh
regulation-purpose = Mục đích

regulation-called-catalogue = Danh mục các cơ sở dữ liệu
regulation-called-code-lists = Danh mục, bảng mã
regulation-called-registry = Nơi quản lý dịch vụ chia sẻ
regulation-called-warehouse = Kho dữ liệu
regulation-called-other = Từ ngữ khác trên cổng
regulation-called-note = Tên gọi của cổng; bộ quy định không gọi khác.

# ---- giá trị

regulation-yes = Có
regulation-no = Không
regulation-none = Không quy định
regulation-on-demand = Khi có thay đổi hoặc theo đề nghị
regulation-on-request = Khi có yêu cầu
regulation-for-good = Vĩnh viễn
regulation-months = { $count } tháng
regulation-every-months = { $count } tháng một lần
regulation-from-publication = Trong { $count } tháng kể từ mỗi lần công bố
regulation-count = { $count }
regulation-share = 1/{ $count } kỳ cập nhật
regulation-persons = { $count } người
regulation-rows = Dưới { $count } dòng giống nhau
regulation-minutes = { $count } phút
regulation-hours = { $count } giờ
regulation-characters = { $count } ký tự
regulation-working-days = { $count } ngày làm việc
regulation-days = { $count } ngày
regulation-days-before = trước hạn { $count } ngày làm việc
regulation-days-on = đúng ngày đến hạn
regulation-days-after = quá hạn { $count } ngày làm việc
regulation-every-year = Ngày { $day }/{ $month } hằng năm
regulation-weekday-0 = Không quy định
regulation-weekday-1 = Thứ Hai
regulation-weekday-2 = Thứ Ba
regulation-weekday-3 = Thứ Tư
regulation-weekday-4 = Thứ Năm
regulation-weekday-5 = Thứ Sáu
regulation-weekday-6 = Thứ Bảy
regulation-weekday-7 = Chủ nhật

regulation-decider-ppc = Ủy ban nhân dân tỉnh
regulation-decider-chair = Chủ tịch Ủy ban nhân dân tỉnh
regulation-remit-none = Không ai ngoài cơ quan cung cấp
regulation-remit-ppc = Ủy ban nhân dân tỉnh
regulation-outside-none = Không ai ngoài cơ quan cung cấp
regulation-outside-coordinator-and-owner-else-chair = Cơ quan điều phối và cơ quan quản lý dữ liệu; không thống nhất thì Chủ tịch Ủy ban nhân dân tỉnh quyết định
regulation-view-off = Không thấy gì
regulation-view-summary = Tên, cơ quan cung cấp và mục đích của dịch vụ
regulation-view-open-services = Các dịch vụ dữ liệu mở, dữ liệu công khai
regulation-route-ndop = Nền tảng chia sẻ, điều phối dữ liệu quốc gia
regulation-route-lgsp = Nền tảng tích hợp, chia sẻ dữ liệu của tỉnh (LGSP)
regulation-route-ngsp = Nền tảng tích hợp, chia sẻ dữ liệu quốc gia (NGSP)
regulation-receiver-provider = Cơ quan cung cấp dữ liệu
regulation-receiver-warehouse = Nơi quản lý kho dữ liệu
regulation-receiver-lgsp = Nơi quản lý LGSP
regulation-receiver-coordinator = Cơ quan điều phối
regulation-lead-coordinator = Cơ quan điều phối
regulation-lead-owner = Cơ quan quản lý cơ sở dữ liệu
regulation-police-none = Không quy định
regulation-police-advisory = Hướng dẫn
regulation-police-reviewer = Xem và đánh giá các phát hiện
regulation-person-agency = các cơ quan
regulation-person-coordinator = cơ quan điều phối
regulation-person-warehouse = nơi quản lý kho dữ liệu
regulation-person-ppc = Ủy ban nhân dân tỉnh
regulation-person-authority = cơ quan có thẩm quyền
regulation-report = { $author } báo cáo { $addressee }
regulation-via = thông qua { $via }
regulation-template = mẫu: { $template }
regulation-report-due = Hạn nộp: { $report }
regulation-report-last-day = Ngày cuối của kỳ
regulation-report-days-after = { $count } ngày làm việc sau khi hết kỳ

regulation-field-name = tên
regulation-field-purpose-scope-content = mục đích, phạm vi, nội dung
regulation-field-mechanism-source = cơ chế thu thập, cập nhật và nguồn
regulation-field-items-by-form-and-user = các mục dữ liệu theo hình thức chia sẻ và đối tượng
regulation-field-objectives = mục tiêu xây dựng
regulation-field-scope-master-data = phạm vi và dữ liệu chủ
regulation-field-users-purposes = đối tượng và mục đích sử dụng
regulation-field-sources = nguồn thông tin
regulation-field-sharing-methods = phương thức chia sẻ
regulation-field-reasons = lý do
regulation-field-data = thông tin, dữ liệu dùng chung
regulation-field-supplier = cơ quan cung cấp, cập nhật
regulation-field-update-form = hình thức cập nhật
regulation-field-update-frequency = tần suất cập nhật
regulation-field-allowed-units = nơi được khai thác, sử dụng
