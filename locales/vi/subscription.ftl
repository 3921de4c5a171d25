### Thư gửi người dùng khi dữ liệu thay đổi.

## Đăng ký

subscribe-link = Nhận thư khi có thay đổi
subscribe-title = Nhận thư khi dữ liệu thay đổi
subscribe-all = Mọi bộ dữ liệu của cổng
subscribe-what = Theo dõi:
subscribe-lead = Khi có phiên bản mới, đính chính hoặc thu hồi, cổng gửi bạn một thư, nhiều nhất mỗi ngày một thư cho mỗi mục theo dõi. Không cần tài khoản; dừng nhận lúc nào cũng được.
subscribe-email = Thư điện tử
subscribe-email-hint = Cổng sẽ gửi một thư xác nhận đến địa chỉ này. Khi bạn chưa xác nhận, cổng không gửi thư nào khác.
subscribe-send = Gửi thư xác nhận
subscribe-privacy = Địa chỉ được mã hóa, chỉ dùng để gửi các thư này, và được xóa ngay khi bạn dừng nhận.
subscribe-feed = Hoặc theo dõi bằng Atom, không cần thư điện tử
subscribe-off = Cổng chưa hỗ trợ gửi thư. Bạn có thể theo dõi bằng Atom.
subscribe-sent = Hãy mở hộp thư của bạn
subscribe-sent-head = Còn một bước: xác nhận trong thư
subscribe-sent-text = Nếu địa chỉ nhận được thư, vài phút nữa bạn có một thư của cổng. Mở liên kết trong thư và bấm “Xác nhận” trong vòng 3 ngày.
subscribe-sent-none = Không thấy thư? Xem mục thư rác, kiểm tra lại địa chỉ, hoặc thử lại sau 15 phút. Cổng gửi nhiều nhất ba thư xác nhận cho mỗi lần đăng ký.
subscribe-back = Quay lại
problem-subscribe-email-missing = Nhập địa chỉ thư điện tử.
problem-subscribe-email-form = Địa chỉ thư chưa đúng, ví dụ lan@thu.vn.

## Trang mở từ thư

subscription-title = Thư khi dữ liệu thay đổi
subscription-ask = Xác nhận nhận thư
subscription-ask-lead = Bấm “Xác nhận” để bắt đầu nhận thư. Nếu không phải bạn đăng ký, bấm “Không phải tôi”: địa chỉ của bạn được xóa ngay.
subscription-what = Theo dõi
subscription-since = Bắt đầu từ
subscription-confirm = Xác nhận
subscription-refuse = Không phải tôi
subscription-confirmed = Đã xác nhận
subscription-confirmed-text = Từ nay, khi có thay đổi, bạn sẽ nhận được thư vào buổi sáng.
subscription-end = Dừng nhận thư
subscription-end-note = Dừng nhận thì địa chỉ của bạn được xóa khỏi cổng.
subscription-ended = Đã dừng
subscription-ended-text = Bạn không nhận thư này nữa. Địa chỉ của bạn đã được xóa khỏi cổng.
subscription-empty = Trang này mở bằng liên kết trong thư cổng đã gửi bạn.
subscription-unknown = Liên kết không còn dùng được
subscription-unknown-text = Có thể bạn đã dừng nhận thư, bộ dữ liệu đã bị thu hồi, hoặc thư xác nhận đã quá 3 ngày. Nếu muốn, hãy đăng ký lại.

## Thư

mail-subscription-ask-subject = Xác nhận theo dõi: { $what }
mail-subscription-ask-body = Địa chỉ này vừa được nhập trên cổng để nhận thư khi dữ liệu thay đổi: { $what }. Nếu đúng là bạn, mở liên kết và bấm “Xác nhận” trong vòng 3 ngày. Nếu không, hãy bỏ qua thư này: địa chỉ sẽ được xóa và không có thư nào khác.
mail-subscription-again-subject = Bạn đang theo dõi: { $what }
mail-subscription-again-body = Địa chỉ này vừa được nhập lại trên cổng. Bạn đã xác nhận từ trước và vẫn nhận thư khi dữ liệu thay đổi; không cần làm gì thêm.
mail-subscription-news-subject = { $what }: { $count } thay đổi
mail-subscription-news-lead = Những thay đổi kể từ thư trước: { $what }.
mail-subscription-more = Còn { $count } thay đổi khác; xem trên cổng.
mail-subscription-open = Mở trang đăng ký nhận thư
mail-subscription-end = Xem hoặc dừng nhận thư này
mail-subscription-foot = Thư này do { $portal } gửi tự động đến địa chỉ đã đăng ký; xin đừng trả lời. Dừng nhận thì địa chỉ được xóa:
mail-item-open = Mở trên cổng
mail-item-first = Mới công bố: { $title }
mail-item-first-plain = Bộ dữ liệu được công bố lần đầu.
mail-item-publication = { $title }: phiên bản { $number }
mail-item-publication-plain = Có phiên bản mới.
mail-item-correction = Đính chính: { $title }, phiên bản { $number }
mail-item-correction-plain = Phiên bản này sửa lỗi của bản trước.
mail-item-withdrawal = Đã thu hồi: { $title }
mail-item-withdrawal-plain = Bộ dữ liệu không còn được công bố.

## Nhật ký

audit-action-subscription-ask = Đăng ký nhận thư trên cổng mở
audit-action-subscription-confirm = Xác nhận nhận thư
audit-action-subscription-end = Dừng nhận thư
audit-action-subscription-bounce = Bỏ một địa chỉ không nhận thư
