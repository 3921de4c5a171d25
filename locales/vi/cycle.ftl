### Cập nhật đúng hạn: xác nhận không thay đổi, gia hạn.

## Thông báo

notice-extension-asked-title = Đề nghị gia hạn “{ $title }” đến { $date }
notice-extension-asked-body = Lý do: { $reason }
notice-extension-granted-title = “{ $title }” được gia hạn đến { $date }
notice-extension-granted-body = Hãy cập nhật hoặc xác nhận không thay đổi trước khi hết ngày đó.
notice-extension-refused-title = “{ $title }” không được gia hạn đến { $date }
notice-extension-refused-body = Hạn cũ giữ nguyên. Mở trang để đọc lý do.

## Nhật ký

audit-action-dataset-confirm-unchanged = Xác nhận không thay đổi
audit-action-extension-ask = Đề nghị gia hạn
audit-action-extension-decide = Quyết định đề nghị gia hạn

## Điều cần sửa

problem-unchanged-checked = Viết đã đối chiếu thế nào, ít nhất { $least } ký tự.
problem-unchanged-declare = Hãy đọc lời xác nhận và đánh dấu vào ô.
problem-unchanged-not-owed = Bộ dữ liệu này không có hạn cập nhật, nên không cần xác nhận hay gia hạn.
problem-unchanged-rules = Theo quy định đang áp dụng, chỉ phiên bản mới được tính là cập nhật. Hãy công bố phiên bản mới hoặc đề nghị gia hạn.
problem-unchanged-draft = Bản nháp đang có bảng khác với bản công bố, nghĩa là dữ liệu đã thay đổi. Hãy nộp duyệt bản nháp hoặc bỏ thay đổi của nó.
problem-unchanged-errors = Có lỗi đã biết mà chưa đính chính, nên không thể nói là không có gì phải sửa. Hãy đính chính trước.
problem-unchanged-seen = Kỳ cập nhật đã đổi từ khi bạn mở trang. Hãy xem lại rồi xác nhận nếu vẫn đúng.
problem-extension-day = Chọn một ngày sau { $after } và không muộn hơn { $most }.
problem-extension-reason = Viết lý do cần thêm thời gian, ít nhất { $least } ký tự.
problem-extension-answer = Viết câu trả lời, ít nhất { $least } ký tự.
problem-extension-asked = Đã có một đề nghị gia hạn đang chờ. Hãy chờ quyết định.
problem-extension-own = Không ai tự quyết định đề nghị của mình. Hãy nhờ người khác có quyền.
problem-extension-decided = Đề nghị này đã được quyết định, hoặc kỳ của nó đã qua. Hãy tải lại trang.
