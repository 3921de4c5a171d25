### Quản trị tài khoản: đề nghị, cấp, vai trò, khóa, rà soát định kỳ; quên mật khẩu.

in-nav-accounts = Các tài khoản

## Quên mật khẩu

forgotten-title = Quên mật khẩu
forgotten-lead = Nhập tên đăng nhập hoặc thư điện tử của tài khoản. Chúng tôi gửi vào hộp thư của tài khoản một liên kết để đặt mật khẩu mới.
forgotten-name = Tên đăng nhập hoặc thư điện tử
forgotten-go = Gửi liên kết
forgotten-asked = Nếu có tài khoản như vậy, một liên kết đã được gửi vào hộp thư của tài khoản. Liên kết dùng được một lần, trong 30 phút. Không thấy thư, hãy xem cả hộp thư rác rồi thử lại sau 15 phút.
forgotten-no-mail = Cổng này chưa cấu hình gửi thư. Hãy liên hệ người quản trị để được cấp mật khẩu mới.
forgotten-back = Về trang đăng nhập
reset-title = Đặt mật khẩu mới
reset-ends-sessions = Mọi phiên đang mở của tài khoản sẽ bị đăng xuất.
reset-go = Đặt mật khẩu
reset-over = Liên kết này không dùng được nữa: đã được dùng, đã quá hạn, hoặc chép chưa đủ.
reset-again = Xin liên kết mới
reset-done = Đã đặt mật khẩu mới. Hãy đăng nhập.
mail-reset-subject = Đặt lại mật khẩu – { $portal }
mail-reset-body = Có người xin đặt lại mật khẩu của tài khoản { $name }. Nếu là bạn, hãy mở liên kết dưới đây trong 30 phút; liên kết dùng được một lần. Nếu không phải bạn, hãy bỏ qua thư này: mật khẩu chưa thay đổi.
mail-reset-open = Đặt mật khẩu
mail-invitation-subject = Tài khoản của bạn – { $portal }
mail-invitation-body = Bạn đã được cấp tài khoản { $name }. Mở liên kết dưới đây trong 24 giờ để đặt mật khẩu; liên kết dùng được một lần.
mail-reset-done-subject = Mật khẩu đã được đặt lại – { $portal }
mail-reset-done-body = Mật khẩu của tài khoản { $name } vừa được đặt bằng liên kết gửi qua thư, và mọi phiên đang mở đã được đăng xuất. Nếu không phải bạn làm, hãy báo ngay người quản trị.
mail-reset-done-open = Đăng nhập
problem-reset-too-many = Máy này đã xin liên kết quá nhiều lần. Hãy thử lại sau { $minutes } phút.
problem-link-over = Liên kết này không dùng được nữa. Hãy xin liên kết mới.

## Danh sách và trang tài khoản

accounts-title = Các tài khoản
accounts-lead = Ai có tài khoản, giữ vai trò gì, ở cơ quan nào, từ ngày nào đến ngày nào.
accounts-search = Họ tên, tên đăng nhập hoặc thư điện tử
accounts-every-state = Mọi trạng thái
accounts-count = { $count } tài khoản
accounts-none = Chưa có tài khoản nào.
accounts-none-filtered = Không có tài khoản nào khớp. Hãy bớt điều kiện lọc.
account-person = Họ và tên
account-role = Vai trò
account-no-role = Không có vai trò
account-never = Chưa đăng nhập lần nào
account-state-active = Đang hoạt động
account-state-locked = Đã khóa
account-state-closed = Đã đóng
account-new = Tài khoản mới
account-new-direct = Tài khoản được tạo ngay.
account-new-ask = Cơ quan đề nghị; cơ quan điều phối xem xét rồi cấp tài khoản.
account-mail-hint = Thư điện tử công vụ của chính người đó.
account-user-name-hint = Chữ thường không dấu, chữ số, dấu chấm, gạch nối. Bỏ trống thì lấy theo họ tên.
account-reason = Lý do
account-reason-hint = Người này cần tài khoản để làm việc gì.
account-delivery = Cách vào lần đầu
account-delivery-show = Hiện mật khẩu lần đầu, một lần, để giao tận tay
account-delivery-mail = Gửi liên kết đặt mật khẩu vào thư điện tử
account-issue-go = Cấp tài khoản
account-ask-go = Gửi đề nghị
account-asked-done = Đã gửi đề nghị. Khi có quyết định, bạn nhận được thông báo.
account-refused-done = Đã từ chối đề nghị. Người đề nghị nhận được thông báo.
account-own = Đây là tài khoản của bạn. Người khác thay đổi vai trò và trạng thái của nó.
account-state-change = Khóa hoặc đóng
account-state-lead = Khóa thì có thể mở lại. Đóng là vĩnh viễn: phiên và khóa API chấm dứt, hồ sơ vẫn được giữ.
account-lock = Khóa tài khoản
account-unlock = Mở khóa tài khoản
account-close = Đóng tài khoản
account-lock-done = Đã khóa tài khoản và đăng xuất mọi phiên.
account-unlock-done = Đã mở khóa tài khoản.
account-close-done = Đã đóng tài khoản.
account-history = Lịch sử
account-history-all = Xem tất cả trong nhật ký
role-from = Từ ngày
role-to = Đến ngày
role-to-hint = Bỏ trống nếu chưa biết ngày kết thúc.
role-no-end = chưa định
role-today = Hôm nay
role-counts = Có hiệu lực
role-counts-not = Không có hiệu lực
role-deputy-for = Thay { $name } trong thời gian nghỉ
role-change = Thay đổi vai trò
role-give = Giao vai trò
role-end = Kết thúc vai trò
role-last-day = Ngày cuối cùng
role-deputy = Thay cho người đang nghỉ (tên đăng nhập)
role-deputy-hint = Chỉ nhập khi giao quyền thay trong thời gian nghỉ; khi đó phải có ngày kết thúc.
role-given-done = Đã giao vai trò.
role-ended-done = Đã đặt ngày kết thúc của vai trò.
issued-title = Đã cấp tài khoản
issued-secret = Mật khẩu lần đầu
issued-secret-lead = Chép và giao ngay cho người đó: trang này không hiện lại. Người đó phải đổi mật khẩu khi đăng nhập lần đầu.
issued-mailed = Liên kết đặt mật khẩu đang được gửi đến { $mail }; dùng được trong 24 giờ.
issued-open = Mở trang tài khoản

## Đề nghị

requests-waiting = { $count } đề nghị chờ quyết định
request-title = Đề nghị cấp tài khoản
request-asked = Đề nghị lúc
request-asked-by = Người đề nghị
request-decided-by = Người quyết định
request-why-refused = Lý do từ chối
request-approve = Đồng ý
request-refuse = Từ chối
request-refuse-hint = Người đề nghị sẽ đọc lý do này.
request-state-asked = Chờ quyết định
request-state-approved = Đã cấp
request-state-refused = Đã từ chối

## Rà soát định kỳ

reviews-title = Rà soát tài khoản
reviews-lead = Đầu mối của từng cơ quan xác nhận giữ, thay đổi hoặc đóng từng tài khoản. Tài khoản không được trả lời thì bị khóa.
reviews-period = Tự mở sau mỗi { $count } tháng.
reviews-none = Chưa có đợt rà soát nào.
campaign-title = Đợt rà soát
campaign-opened = Mở lúc
campaign-due = Ngày khóa
campaign-ended = Kết thúc lúc
campaign-is-open = Đang mở
campaign-open = Mở đợt rà soát
campaign-open-lead = Mọi tài khoản chưa đóng được đưa vào danh sách; đầu mối của từng cơ quan được báo.
campaign-opened-done = Đã mở đợt rà soát. Các đầu mối được báo.
campaign-lead-open = Trả lời trước ngày khóa. Đến ngày đó, câu trả lời được thực hiện và tài khoản chưa được trả lời bị khóa.
campaign-lead-ended = Kết quả của từng tài khoản.
campaign-counts = Tổng hợp
campaign-none = Không có tài khoản nào thuộc cơ quan của bạn.
campaign-no-agency = Cơ quan điều phối trả lời
campaign-answer = Trả lời
campaign-answer-for = Trả lời cho { $name }
campaign-ending = Vai trò kết thúc (khi thay đổi)
campaign-own = Người khác trả lời cho tài khoản của bạn
campaign-save = Lưu câu trả lời
campaign-keep-rest = Lưu và giữ tất cả tài khoản còn lại
campaign-answered-done = Đã ghi { $count } câu trả lời.
campaign-verdict-none = Chưa trả lời
campaign-verdict-keep = Giữ
campaign-verdict-change = Thay đổi: kết thúc một vai trò
campaign-verdict-close = Đóng
campaign-standing-waiting = Chưa trả lời
campaign-standing-keep = Sẽ giữ
campaign-standing-change = Sẽ thay đổi
campaign-standing-close = Sẽ đóng
campaign-standing-kept = Đã giữ
campaign-standing-changed = Đã thay đổi
campaign-standing-closed = Đã đóng
campaign-standing-locked = Đã khóa
campaign-standing-spared = Được miễn khóa

## Thông báo

notice-account-asked-title = Đề nghị cấp tài khoản cho { $name }
notice-account-asked-body = { $person } đề nghị cấp tài khoản cho { $name } tại { $agency }. Hãy xem và quyết định.
notice-account-issued-title = Đã cấp tài khoản cho { $name }
notice-account-issued-body = Tên đăng nhập là { $user }.
notice-account-refused-title = Đề nghị cấp tài khoản cho { $name } bị từ chối
notice-account-refused-body = Lý do: { $reason }
notice-role-given-title = Bạn được giao một vai trò
notice-role-given-body = { $role }, { $agency }.
notice-role-ended-title = Một vai trò của bạn kết thúc
notice-role-ended-body = { $role }, { $agency }.
notice-account-review-opened-title = Đợt rà soát tài khoản đã mở
notice-account-review-opened-body = Hãy trả lời cho từng tài khoản của cơ quan trước ngày { $date }. Tài khoản chưa được trả lời sẽ bị khóa.
notice-account-review-ended-title = Đợt rà soát tài khoản đã kết thúc
notice-account-review-ended-body = Giữ { $kept }, thay đổi { $changed }, đóng { $closed }, khóa { $locked }.
notice-account-review-ended-own-title = Kết quả rà soát tài khoản của cơ quan bạn
notice-account-review-ended-own-body = Giữ { $kept }, thay đổi { $changed }, đóng { $closed }, khóa { $locked }.{ $locked ->
    [0] {""}
   *[other] {" "}Tài khoản chưa được trả lời đã bị khóa; đề nghị cơ quan điều phối mở khóa cho người còn làm việc.
}

## Nhật ký

audit-action-account-add-role = Giao vai trò
audit-action-account-end-role = Kết thúc vai trò
audit-action-account-lock = Khóa tài khoản
audit-action-account-unlock = Mở khóa tài khoản
audit-action-account-close = Đóng tài khoản
audit-action-account-send-link = Gửi liên kết đặt mật khẩu
audit-action-account-reset-password = Đặt mật khẩu bằng liên kết
audit-action-account-request-ask = Đề nghị cấp tài khoản
audit-action-account-request-approve = Cấp tài khoản theo đề nghị
audit-action-account-request-refuse = Từ chối cấp tài khoản
audit-action-account-review-open = Mở đợt rà soát tài khoản
audit-action-account-review-answer = Trả lời trong đợt rà soát
audit-action-account-review-days = Tính lại ngày của đợt rà soát tài khoản
audit-action-account-review-end = Kết thúc đợt rà soát tài khoản

## Điều cần sửa

problem-person-name-missing = Nhập họ và tên, nhiều nhất 150 ký tự, trên một dòng.
problem-user-name-form = Tên đăng nhập gồm 3 đến 50 chữ thường không dấu, chữ số, dấu chấm, gạch nối, gạch dưới, và bắt đầu bằng chữ. Hãy nhập lại.
problem-user-name-taken = Tên đăng nhập này đã có người dùng hoặc đang được đề nghị. Hãy chọn tên khác.
problem-email-form = Nhập một địa chỉ thư điện tử, ví dụ lan@soyte.tinh.example.
problem-email-taken = Thư điện tử này đã thuộc một tài khoản hoặc một đề nghị khác. Hãy kiểm tra lại.
problem-role-choose = Chọn một vai trò trong danh sách.
problem-agency-choose = Chọn một cơ quan trong danh sách.
problem-agency-over = { $agency } không còn hoạt động vào ngày đó. Hãy chọn cơ quan tiếp nhận.
problem-period-order = Ngày cuối phải không sớm hơn ngày đầu. Hãy sửa lại.
problem-deputy-end = Quyền thay trong thời gian nghỉ phải có ngày kết thúc. Hãy nhập đến ngày.
problem-deputy-unknown = Không có người khác nào với tên đăng nhập này giữ vai trò đó tại cơ quan đó suốt thời gian ấy. Hãy kiểm tra lại.
problem-role-held = Người này đã giữ vai trò đó tại cơ quan đó trong thời gian trùng nhau. Hãy chọn thời gian khác.
problem-role-over = Vai trò này đã kết thúc sớm hơn. Không cần làm gì.
problem-account-closed = Tài khoản đã đóng và không thay đổi được nữa.
problem-account-state = Tài khoản đã ở trạng thái đó. Hãy tải lại trang.
problem-last-operator = Đây là người quản trị hệ thống cuối cùng. Hãy giao vai trò quản trị hệ thống cho người khác trước.
problem-own-account = Không ai tự thay đổi tài khoản của mình. Hãy nhờ người khác có quyền.
problem-own-request = Không ai tự duyệt đề nghị của mình. Hãy nhờ người khác có quyền.
problem-request-decided = Đề nghị này đã được quyết định. Hãy tải lại trang.
problem-review-open = Đang có một đợt rà soát mở. Hãy chờ đợt đó kết thúc.
problem-review-due-past = Ngày khóa phải sau hôm nay. Hãy nhập ngày khác.
problem-review-over = Đợt rà soát đã hết hạn trả lời.
problem-review-verdict = Chọn giữ, thay đổi hoặc đóng.
problem-review-ending = Chọn vai trò kết thúc trong danh sách.

## Họ tên, địa chỉ; xác thực hai bước bị mất

person-title = Thông tin của người dùng
person-change = Sửa họ tên, tên đăng nhập, thư điện tử
person-lead = Đổi tên đăng nhập hoặc thư điện tử thì mọi phiên bị đăng xuất và liên kết đặt mật khẩu đã gửi hết hiệu lực. Địa chỉ cũ và địa chỉ mới đều nhận được thư báo.
person-save = Lưu thông tin
person-changed-done = Đã lưu thông tin. Người dùng nhận được thông báo.
factor-remove = Gỡ xác thực hai bước
factor-lead = Chỉ gỡ khi người dùng đã mất cả ứng dụng lẫn mã khôi phục, và bạn đã xác minh đúng người. Mọi phiên bị đăng xuất; vai trò nào buộc phải có thì người dùng cài đặt lại khi đăng nhập.
factor-reason-hint = Ghi cả cách bạn đã xác minh người đề nghị.
factor-code = Mã xác thực của chính bạn
factor-code-hint = Mã đang hiện trong ứng dụng của bạn, hoặc một mã khôi phục.
factor-removed-done = Đã gỡ xác thực hai bước và đăng xuất mọi phiên. Người dùng nhận được thông báo.
own-name-change = Đổi họ tên hiển thị
own-name-hint = Tên này hiện ở mọi việc bạn đã làm. Thư điện tử và tên đăng nhập do người quản trị đổi.
own-name-done = Đã lưu họ tên.
mail-moved-subject = Thư điện tử của tài khoản đã đổi – { $portal }
mail-moved-body = Người quản trị vừa đổi thư điện tử của tài khoản { $name }. Từ nay thư của cổng chỉ gửi đến địa chỉ mới, và mọi phiên đang mở đã được đăng xuất. Nếu bạn không đề nghị việc này, hãy báo ngay người quản trị.
mail-factor-subject = Xác thực hai bước đã bị gỡ – { $portal }
mail-factor-body = Người quản trị vừa gỡ xác thực hai bước của tài khoản { $name }, và mọi phiên đang mở đã được đăng xuất. Hãy đăng nhập và cài đặt lại. Nếu bạn không đề nghị việc này, hãy báo ngay người quản trị.
notice-account-changed-title = Thông tin tài khoản của bạn đã được sửa
notice-account-changed-body = Họ tên: { $name }. Tên đăng nhập: { $user }. Nếu không đúng, hãy báo người quản trị.
notice-second-factor-removed-title = Xác thực hai bước của bạn đã bị gỡ
notice-second-factor-removed-body = Lý do: { $reason } Hãy cài đặt lại. Nếu bạn không đề nghị việc này, hãy báo ngay người quản trị.
audit-action-account-rename = Đổi họ tên
audit-action-account-change-entry = Đổi tên đăng nhập hoặc thư điện tử
audit-action-account-remove-second-factor = Gỡ xác thực hai bước của người khác
problem-second-factor-none = Tài khoản này không bật xác thực hai bước. Hãy tải lại trang.
problem-second-person-needed = Trong { $days } ngày, một người không vừa đổi địa chỉ đăng nhập vừa gỡ xác thực hai bước của cùng một tài khoản. Hãy nhờ người khác có quyền.

## Người phụ trách dữ liệu

contacts-title = Người phụ trách dữ liệu
contacts-lead = Ai cập nhật bộ dữ liệu này và trả lời câu hỏi về nó. Chỉ dùng nội bộ, không đăng trên cổng mở.
contacts-none = Chưa ghi ai phụ trách.
contacts-page = Xem và sửa người phụ trách
contact-account = Người của cơ quan
contact-no-account = Người khác, không có tài khoản
contact-from-account = Bỏ trống thì lấy theo tài khoản đã chọn.
contact-duty = Việc phụ trách
contact-duty-hint = Ví dụ: cập nhật số liệu hằng tháng.
contact-add = Thêm người phụ trách
contact-change = Sửa
contact-remove = Bỏ
contact-saved = Đã lưu người phụ trách.
contact-removed = Đã bỏ người phụ trách.
notice-contact-named-title = Bạn phụ trách bộ dữ liệu “{ $title }”
notice-contact-named-body = Việc phụ trách: { $duty }
audit-action-dataset-add-contact = Thêm người phụ trách dữ liệu
audit-action-dataset-change-contact = Sửa người phụ trách dữ liệu
audit-action-dataset-remove-contact = Bỏ người phụ trách dữ liệu
problem-contact-account = Chọn một người đang có vai trò tại cơ quan, hoặc “người khác”.
problem-contact-duty-missing = Nhập việc người này phụ trách, nhiều nhất 200 ký tự.
problem-contacts-too-many = Một bộ dữ liệu có nhiều nhất { $max } người phụ trách. Hãy bỏ bớt người trước.

## Nhiều tài khoản một lúc; tải về

selection-pick = Chọn
selection-pick-one = Chọn { $name }
selection-act = Với các mục đã chọn
selection-go = Tiếp tục
selection-lock = Khóa
selection-unlocking = Mở khóa
selection-title-lock = Khóa các tài khoản đã chọn
selection-title-unlocking = Mở khóa các tài khoản đã chọn
selection-reason-hint = Một lý do cho tất cả; mỗi tài khoản có mục riêng trong nhật ký.
selection-outcome = Kết quả
selection-done = Đã làm với { $count } tài khoản.
selection-back = Về danh sách
campaign-answered = Trả lời lúc
audit-action-account-export = Tải danh sách tài khoản
audit-action-account-review-export = Tải kết quả rà soát tài khoản
problem-nothing-chosen = Chưa chọn tài khoản nào. Về danh sách và đánh dấu ít nhất một tài khoản.
problem-too-many-chosen = Mỗi lần chọn nhiều nhất { $max } tài khoản.
