### Yêu cầu dữ liệu chưa có trên cổng.

in-nav-asks = Yêu cầu
home-score-asks = yêu cầu dữ liệu chờ trả lời

## Danh sách và trang của một yêu cầu trên cổng mở

asks-title = Yêu cầu dữ liệu
asks-lead = Dữ liệu mà người dân, doanh nghiệp cần nhưng cổng chưa có, cùng trả lời của các cơ quan.
asks-search = Tìm trong các yêu cầu
asks-count = { $count } yêu cầu
asks-none = Không có yêu cầu nào
asks-none-ask = Gửi yêu cầu dữ liệu
search-try-ask = Gửi yêu cầu mở dữ liệu này
ask-standing = Trạng thái
ask-standing-all = Tất cả
ask-standing-open = Đang chờ trả lời
ask-standing-planned = Đã hẹn ngày công bố
ask-standing-published = Đã có dữ liệu
ask-standing-refused = Không công bố được
ask-state-new = Chờ phân công
ask-state-assigned = Chờ cơ quan trả lời
ask-state-planned = Đã hẹn ngày công bố
ask-state-closed = Đã kết thúc
ask-outcome-published = Đã có dữ liệu
ask-outcome-refused = Không công bố được
ask-outcome-merged = Gộp với yêu cầu khác
ask-outcome-spam = Không tiếp nhận
ask-order-needed = Nhiều người cần nhất
ask-order-oldest = Cũ nhất trước
ask-order-newest = Mới nhất trước
ask-order-changed = Mới trả lời trước
ask-needed = { $count } người cần
ask-supporters = Số người cần
ask-agency = Cơ quan trả lời
ask-made = Gửi ngày
ask-due = Hạn trả lời
ask-promised = Hẹn công bố chậm nhất ngày
ask-late = quá hạn
ask-about = Về yêu cầu này
ask-number = Yêu cầu số { $number }
ask-found-in = Đã có trong bộ dữ liệu
ask-same-as = Gộp với yêu cầu
ask-too-title = Bạn cũng cần dữ liệu này?
ask-too-lead = Mỗi lần bấm được tính là một người. Cổng chỉ giữ con số, không ghi lại ai đã bấm.
ask-too = Tôi cũng cần
ask-said-counted = Đã ghi nhận: thêm một người cần dữ liệu này.
ask-said-already = Hôm nay đã có lượt bấm cho yêu cầu này từ nơi bạn kết nối, nên con số không tăng thêm.
ask-said-too-many = Hôm nay đã có quá nhiều lượt bấm nên lượt này chưa được tính. Ngày mai bấm lại giúp cổng.
ask-event-new = Gửi yêu cầu
ask-event-shown = Đăng lên cổng
ask-event-assigned = Giao cơ quan trả lời
ask-event-planned = Hẹn ngày công bố
ask-event-published = Trả lời: đã có dữ liệu
ask-event-refused = Trả lời: không công bố được
ask-event-merged = Gộp với yêu cầu khác
ask-event-spam = Không tiếp nhận

## Gửi yêu cầu và theo dõi

ask-title = Gửi yêu cầu dữ liệu
ask-lead = Không cần tài khoản. Hạn trả lời là { $days } ngày làm việc; bạn nhận số biên nhận để theo dõi.
ask-like = Có thể bạn đang tìm
ask-confirm = Trước khi gửi, xin xem: dữ liệu bạn cần có trong các mục này không?
ask-like-datasets = Bộ dữ liệu đã có
ask-like-requests = Yêu cầu đã có người gửi
ask-wanted = Dữ liệu cần
ask-wanted-hint = Một dòng. Ví dụ: “Vị trí và giờ mở cửa các điểm thu gom rác cồng kềnh”.
ask-purpose = Dùng để làm gì
ask-purpose-hint = Vài câu để cơ quan hiểu đúng dữ liệu bạn cần. Xin đừng ghi số căn cước, số điện thoại hay thông tin riêng tư của bất kỳ ai.
ask-agency-of = Cơ quan có thể đang giữ (không bắt buộc)
ask-agency-unknown = Tôi không biết
ask-send = Gửi yêu cầu
ask-send-anyway = Không có ở trên: gửi yêu cầu
ask-privacy = Cổng không lưu địa chỉ mạng của người gửi. Nội dung bạn viết chỉ hiện trên cổng sau khi có cán bộ đọc và cho đăng; địa chỉ thư điện tử của bạn không bao giờ hiện.
ask-follow-link = Đã gửi trước đây? Theo dõi bằng số biên nhận.
ask-follow-title = Theo dõi yêu cầu dữ liệu
ask-follow-lead = Nhập số biên nhận bạn được cấp khi gửi yêu cầu.
ask-public = Xem trên cổng mở
ask-not-public = Chưa hiện trên cổng mở: cán bộ đọc nội dung yêu cầu trước khi đăng.

## Xử lý trên cổng nội bộ

asks-inside-lead = Dữ liệu người dùng cần mà cổng chưa có. Đọc, cho đăng, giao cơ quan và trả lời đúng hạn.
asks-open = Chưa kết thúc
asks-unseen = Chưa đăng
asks-late = Quá hạn
asks-all = Tất cả
ask-one = Yêu cầu
ask-no-agency = chưa giao cơ quan nào
ask-is-public = đang hiện trên cổng
ask-is-hidden = chưa hiện trên cổng
ask-as-written = Nội dung người gửi viết
ask-show = Cho đăng lên cổng
ask-show-again = Sửa nội dung đang đăng
ask-show-lead = Mọi người đọc đúng nội dung dưới đây; sửa lại nếu có thông tin riêng tư hoặc lời lẽ không phù hợp. Nội dung người gửi viết vẫn được giữ để xử lý.
ask-words-hint = Để trống thì chỉ đăng dòng nêu dữ liệu cần.
ask-show-go = Đăng
ask-set-aside-lead = Thư rác, quảng cáo, nội dung không phải yêu cầu dữ liệu: kết thúc và không bao giờ đăng.
ask-set-aside-go = Không tiếp nhận
ask-assign = Giao cơ quan trả lời
ask-assign-hint = Người xử lý của cơ quan nhận thông báo ngay.
ask-assign-go = Giao
ask-choose-agency = Chọn cơ quan
ask-answer = Trả lời
ask-kind = Kết quả trả lời
ask-kind-published = Đã có dữ liệu trên cổng
ask-kind-planned = Sẽ công bố, có hẹn ngày
ask-kind-refused = Không công bố được
ask-kind-merged = Trùng với yêu cầu khác
ask-answer-dataset = Bộ dữ liệu (khi đã có)
ask-answer-dataset-hint = Gõ vài chữ trong tên rồi chọn, hoặc nhập địa chỉ trang bộ dữ liệu trên cổng mở hay phần cuối của địa chỉ.
ask-answer-day = Ngày hẹn công bố (khi có hẹn ngày)
ask-answer-refusal = Lý do (khi không công bố được)
ask-answer-refusal-hint = Mỗi lý do kèm căn cứ pháp lý theo cấu hình của tỉnh.
ask-choose-refusal = Chọn lý do
ask-answer-into = Số của yêu cầu trùng (khi gộp)
ask-answer-into-hint = Số ở cuối địa chỉ yêu cầu trên cổng mở. Số người cần được cộng lại.
ask-answer-hint = Người gửi và mọi người đọc đúng lời này. Khi không công bố được thì phải giải thích.
ask-answer-go = Gửi trả lời
ask-done-shown = Yêu cầu đang hiện trên cổng.
ask-done-set-aside = Đã kết thúc, không tiếp nhận.
ask-done-assigned = Đã giao; cơ quan đã nhận thông báo.
ask-done-answered = Đã trả lời.

## Thông báo, thư

notice-ask-filed-title = Có yêu cầu dữ liệu mới
notice-ask-filed-body = Mở để đọc, cho đăng và trả lời.
notice-ask-assigned-title = Cơ quan bạn được giao trả lời yêu cầu “{ $title }”
notice-ask-assigned-body = Mở để xem hạn và trả lời.
mail-ask-published-subject = Đã có dữ liệu bạn yêu cầu: { $title }
mail-ask-published-body = Dữ liệu bạn yêu cầu đã có trong bộ dữ liệu “{ $dataset }”. { $answer }
mail-ask-planned-subject = Hẹn ngày công bố: { $title }
mail-ask-planned-body = Dữ liệu bạn yêu cầu được hẹn công bố chậm nhất vào ngày { $day }. { $answer }
mail-ask-refused-subject = Trả lời yêu cầu dữ liệu: { $title }
mail-ask-refused-body = Dữ liệu này không công bố được. Lý do: { $reason }. { $answer }
mail-ask-merged-subject = Yêu cầu của bạn được gộp: { $title }
mail-ask-merged-body = Yêu cầu của bạn trùng với “{ $into }” và được trả lời ở đó. { $answer }

problem-ask-wanted-missing = Viết một dòng nêu dữ liệu cần, ít nhất vài chữ.
problem-ask-purpose-missing = Viết vài chữ về việc bạn định dùng dữ liệu.
problem-ask-personal = Nội dung này có chỗ giống thông tin riêng tư của một người (số căn cước, điện thoại, tài khoản…) hoặc dấu hiệu bí mật nhà nước. Bỏ chỗ đó đi rồi gửi lại.
problem-ask-agency-unknown = Không có cơ quan này, hoặc cơ quan đã ngừng hoạt động. Chọn lại trong danh sách.
problem-ask-agency-first = Giao cơ quan trả lời trước khi hẹn ngày công bố.
problem-ask-dataset-unknown = Không có bộ dữ liệu nào đang công bố ở địa chỉ này. Chép lại địa chỉ từ trang bộ dữ liệu trên cổng mở.
problem-ask-day-wrong = Ghi ngày hẹn như 31/12/2026, sau hôm nay và trong vòng hai năm.
problem-ask-refusal-missing = Chọn lý do không công bố được.
problem-ask-reason-missing = Giải thích cho người gửi vì sao dữ liệu không công bố được.
problem-ask-into-unknown = Không có yêu cầu nào khác đang hiện trên cổng mang số này. Xem lại số ở cuối địa chỉ của yêu cầu.
problem-ask-kind-missing = Chọn kết quả trả lời.
problem-ask-further = Yêu cầu này đã kết thúc nên không xử lý tiếp được. Tải lại trang để xem trạng thái mới.

audit-action-ask-file = Gửi yêu cầu dữ liệu
audit-action-ask-show = Đăng nội dung yêu cầu dữ liệu
audit-action-ask-set-aside = Không tiếp nhận yêu cầu dữ liệu
audit-action-ask-assign = Giao cơ quan trả lời yêu cầu dữ liệu
audit-action-ask-answer = Trả lời yêu cầu dữ liệu
audit-action-ask-export = Xuất danh sách yêu cầu dữ liệu
audit-field-number = Số trên cổng mở
audit-field-words = Mục đích đã đăng
audit-field-outcome = Kết quả
audit-field-answer = Lời trả lời
audit-field-refusal = Lý do không công bố
audit-field-dataset = Bộ dữ liệu
audit-field-promised-on = Ngày hẹn công bố
audit-field-merged-into = Gộp với yêu cầu
