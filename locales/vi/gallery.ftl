### Trang bộ phận giao diện, chỉ có khi phát triển.

gallery-title = Bộ phận giao diện
gallery-lead = Mọi bộ phận trong mọi trạng thái; kiểm thử HTML và tiếp cận đọc trang này. Chỉ có khi phát triển.
gallery-pages = Trang với dữ liệu mẫu
gallery-type = Chữ
gallery-colours = Màu
gallery-buttons = Nút, nhãn
gallery-messages = Thông báo
gallery-forms = Biểu mẫu
gallery-ways = Đường đi
gallery-empty = Trống
gallery-icons = Biểu tượng
gallery-hint = Gợi ý đứng trước ô, nói cách viết và cho ví dụ.
