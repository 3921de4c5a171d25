# Nghĩa vụ cập nhật: vì sao có hạn này.

duty-by-law = Hạn tính từ ngày công bố, theo { $basis }.
duty-by-configuration = Hạn tính từ ngày công bố; số tháng theo cấu hình, tham chiếu { $basis }.
duty-by-declaration = Hạn tính từ ngày công bố, theo tần suất cơ quan đã khai.
duty-none = Bộ dữ liệu này chỉ cập nhật khi có thay đổi, không có hạn cố định.
