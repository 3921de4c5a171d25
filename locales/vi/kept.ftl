# Những gì đã nhập mà không còn ô để ở lại, và những gì đang lưu khi có người lưu trước.

unsent-title = Nội dung bạn đã nhập
unsent-lead = Nội dung này chưa được lưu. Hãy chép lại nếu còn cần.
stored-title = Nội dung đang lưu
stored-lead = Có người lưu trước bạn. Các ô trong biểu mẫu vẫn là những gì bạn đã nhập; nếu lưu, nội dung dưới đây sẽ bị thay thế.
unsent-words = Nội dung
