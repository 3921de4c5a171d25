### Báo lỗi, góp ý về dữ liệu; đính chính; tin cập nhật Atom.

in-nav-reports = Báo lỗi
home-score-reports = báo lỗi chờ xử lý

## Báo lỗi trên cổng mở

report-title = Báo lỗi / góp ý
report-about = Về bộ dữ liệu
report-lead = Không cần tài khoản. Gửi xong, bạn nhận số biên nhận để theo dõi và đọc trả lời.
report-lead-inside = Bạn gửi thay cho { $agency }. Cơ quan có dữ liệu nhận ngay; mỗi bước xử lý, bạn nhận một thông báo.
report-kind = Loại
report-kind-value = Số liệu sai
report-kind-outdated = Dữ liệu đã cũ
report-kind-file = Tệp không mở được
report-kind-description = Mô tả sai
report-kind-other = Góp ý khác
report-words-gone = Nội dung đã bị hủy cùng dữ liệu.
report-description = Nội dung
report-description-hint = Đang ghi thế nào, đúng ra là thế nào, vì sao bạn biết. Xin đừng ghi thông tin riêng tư của người khác.
report-place = Chỗ có lỗi (không bắt buộc)
report-place-hint = Tệp, cột, dòng nào. Ví dụ: “cột Dân số, dòng của xã Kim Sơn”.
report-evidence = Đường dẫn chứng minh (không bắt buộc)
report-evidence-hint = Địa chỉ một trang có số liệu đúng, bắt đầu bằng http:// hoặc https://.
report-email = Thư điện tử (không bắt buộc)
report-email-hint = Chỉ để gửi trả lời cho bạn; cán bộ xử lý không thấy địa chỉ này, và địa chỉ được xóa khi việc xong.
report-trap = Xin để trống ô này
report-send = Gửi
report-privacy = Cổng không lưu địa chỉ mạng của người gửi. Nội dung bạn viết chỉ cơ quan có dữ liệu và cơ quan điều phối đọc được.
report-follow-link = Đã gửi trước đây? Theo dõi bằng số biên nhận.
follow-title = Theo dõi báo lỗi
follow-lead = Nhập số biên nhận bạn được cấp khi gửi báo lỗi hoặc góp ý.
follow-code = Số biên nhận
follow-code-hint = Mười hai chữ và số, ví dụ K7MX-Q2TD-9FHA. Không phân biệt chữ hoa, chữ thường.
follow-go = Xem
follow-sent = Đã nhận, xin cảm ơn bạn
follow-keep-head = Hãy giữ số biên nhận
follow-keep = Ai có số này đều xem được việc xử lý đến đâu và đọc trả lời. Mất số thì không tìm lại được.
follow-address = Địa chỉ theo dõi
follow-state = Trạng thái
follow-answer = Trả lời
follow-way = Quá trình xử lý
follow-mail = Trả lời cũng sẽ được gửi đến thư điện tử bạn để lại.
report-state-new = Mới gửi
report-state-received = Đã tiếp nhận
report-state-verified = Xác nhận có lỗi
report-state-not-an-error = Không phải lỗi
report-state-correcting = Đang đính chính
report-state-corrected = Đã đính chính
report-state-closed = Đã kết thúc
report-outcome-corrected = đã đính chính
report-outcome-not-an-error = không phải lỗi
report-outcome-answered = đã trả lời

## Xử lý trên cổng nội bộ

reports-title = Báo lỗi, góp ý
reports-lead = Người dùng dữ liệu báo gì về các bộ dữ liệu của cơ quan bạn, và các báo lỗi do chính bạn gửi.
reports-count = { $count } mục
reports-open-count = { $count } báo lỗi, góp ý chưa kết thúc
reports-stages = Lọc theo trạng thái
reports-open = Chưa kết thúc
reports-any-kind = Mọi loại
reports-none = Không có báo lỗi hay góp ý nào
report-order-oldest = Cũ nhất trước
report-order-newest = Mới nhất trước
report-order-changed = Vừa xử lý trước
report-of = Báo lỗi
report-dataset = Mở bộ dữ liệu
report-by = Người gửi
report-by-public = người dùng cổng mở
report-made = Gửi lúc
report-changed = Xử lý gần nhất
report-version = Phiên bản lúc gửi
report-outcome = Kết quả
report-acts = Xử lý
report-take-up = Tiếp nhận
report-verify = Đúng là lỗi
report-correct = Đính chính
report-correct-lead = Lập bản nháp từ bản đang công bố (hoặc dùng bản nháp đang có) và ghi rằng bản đó đính chính lỗi này. Sửa số liệu rồi nộp duyệt như thường lệ; khi công bố, người báo được tin.
report-correct-go = Lập bản đính chính
report-in-draft = Bản nháp của bộ dữ liệu đang đính chính lỗi này. Công bố bản nháp thì việc này tự chuyển thành đã đính chính.
report-answer = Trả lời và kết thúc
report-answer-text = Trả lời
report-answer-hint = Người báo đọc đúng lời này bằng số biên nhận.
report-answer-go = Gửi trả lời và kết thúc
report-reject-go = Không phải lỗi: gửi trả lời và kết thúc
report-english = Người gửi viết bằng tiếng Anh; nên trả lời bằng tiếng Anh.
report-awaits-mail = Người gửi có để lại thư điện tử; cổng tự gửi trả lời rồi xóa địa chỉ.
report-said-taken-up = Đã tiếp nhận.
report-said-verified = Đã xác nhận có lỗi.
report-said-closed = Đã gửi trả lời và kết thúc.
report-said-correcting = Bản nháp đã ghi nhận việc đính chính. Xem lại lời đính chính rồi sửa số liệu.
report-said-filed = Đã gửi báo lỗi.

## Đính chính

correction = Đính chính
correction-open = Bản này đính chính lỗi nào
correction-lead = Lời đính chính hiện trong lịch sử phiên bản và trong tin Atom. Đổi nội dung ở đây thì các quyết định đã có về bản nháp không còn tính.
correction-on = Phiên bản này là bản đính chính
correction-note = Lời đính chính
correction-note-hint = Sai ở đâu, đã sửa thế nào. Ví dụ: “Dân số xã Kim Sơn ghi nhầm 1.250, nay sửa thành 12.500”.
correction-reports = Các báo lỗi được giải quyết
correction-reports-hint = Khi phiên bản này được công bố, các mục đã chọn chuyển thành đã đính chính và người báo được tin.
correction-no-reports = Bộ dữ liệu này không có báo lỗi nào đang chờ đính chính.
correction-see = Đọc báo lỗi
correction-save = Lưu
correction-saved = Đã lưu lời đính chính.
correction-settles = Giải quyết { $count } báo lỗi.

## Tin Atom

feed-link = Theo dõi các phiên bản bằng Atom
feed-portal-link = Tin cập nhật (Atom)
feed-of-dataset = Các phiên bản, đính chính của bộ dữ liệu do { $agency } công bố.
feed-of-portal = Dữ liệu vừa công bố, đính chính hoặc rút.
feed-publication = { $title }, phiên bản { $number }
feed-correction = Đính chính: { $title }, phiên bản { $number }
feed-withdrawal = Đã rút: { $title }
feed-first = Bản đầu tiên.
feed-no-note = Phiên bản mới.
feed-kind-publication = Công bố
feed-kind-correction = Đính chính
feed-kind-withdrawal = Rút

## Thông báo, thư

notice-report-filed-title = Có báo lỗi, góp ý về “{ $title }”
notice-report-filed-body = Mở để đọc, tiếp nhận và trả lời.
notice-report-taken-up-title = Báo lỗi về “{ $title }” đã được tiếp nhận
notice-report-taken-up-body = Cơ quan có dữ liệu đang xem báo lỗi bạn gửi.
notice-report-verified-title = Báo lỗi về “{ $title }” được xác nhận
notice-report-verified-body = Cơ quan có dữ liệu xác nhận có lỗi và sẽ đính chính.
notice-report-corrected-title = “{ $title }” đã được đính chính
notice-report-corrected-body = Phiên bản sửa lỗi bạn báo đã được công bố.
notice-report-closed-title = Có trả lời cho báo lỗi về “{ $title }”
notice-report-closed-body = Mở để đọc trả lời của cơ quan có dữ liệu.
mail-report-greeting = Kính gửi ông/bà,
mail-report-open = Xem quá trình xử lý
mail-report-corrected-subject = Đã đính chính: { $title }
mail-report-corrected-body = Lỗi bạn báo đã được sửa trong phiên bản { $number }. { $note }
mail-report-closed-subject = Trả lời báo lỗi, góp ý về “{ $title }”
mail-report-closed-body = { $answer }
mail-report-foot = Thư này do { $portal } gửi tự động theo địa chỉ bạn để lại khi gửi báo lỗi hoặc yêu cầu; xin đừng trả lời. Địa chỉ được xóa khỏi cổng khi việc kết thúc.

problem-report-kind-missing = Chọn loại lỗi hoặc góp ý.
problem-report-description-missing = Viết nội dung lỗi hoặc góp ý, một hai câu là đủ.
problem-report-link-form = Đường dẫn phải đầy đủ và bắt đầu bằng http:// hoặc https://. Không có thì để trống.
problem-report-email-form = Địa chỉ thư chưa đúng, ví dụ lan@thu.vn. Không cần trả lời qua thư thì để trống.
problem-report-trap = Ô này phải để trống; đã bỏ nội dung trong ô. Xem lại rồi bấm gửi lần nữa.
problem-report-early = Trang vừa mở xong. Xem lại nội dung rồi bấm gửi lần nữa.
problem-report-too-many = Đã có nhiều lượt gửi từ nơi này trong một giờ qua. Nội dung bạn viết vẫn còn trong các ô; chờ một lát rồi gửi lại.
problem-report-answer-missing = Viết câu trả lời cho người báo.
problem-report-further = Người khác vừa xử lý mục này. Xem trạng thái mới rồi làm tiếp.
problem-report-unknown = Có báo lỗi đã được xử lý hoặc không thuộc bộ dữ liệu này. Chọn lại trong danh sách.
problem-correction-note-missing = Bản đính chính cần lời đính chính: sai ở đâu, đã sửa thế nào.
problem-receipt-unknown = Không có biên nhận nào mang số này. Xem lại từng chữ và số.

audit-action-report-file = Gửi báo lỗi, góp ý
audit-action-report-take-up = Tiếp nhận báo lỗi
audit-action-report-verify = Xác nhận có lỗi
audit-action-report-answer = Trả lời và kết thúc báo lỗi
audit-action-report-correct = Đưa báo lỗi vào hoặc ra khỏi bản đính chính
audit-action-report-corrected = Báo lỗi đã được đính chính
audit-action-report-export = Xuất danh sách báo lỗi
audit-action-dataset-correct = Ghi lời đính chính
