# Tìm kiếm: các lỗi mà phần tìm kiếm trả về.
problem-search-index-missing = Chỉ mục tìm kiếm chưa sẵn sàng. Danh sách tạm thời được lấy từ cơ sở dữ liệu; hãy chạy “khomo reindex” nếu tình trạng này kéo dài.
problem-search-index-in-use = Chỉ mục tìm kiếm đang do một tiến trình khác sử dụng. Hãy dừng tiến trình đó, hoặc yêu cầu chính nó lập lại chỉ mục bằng “khomo reindex”.
problem-search-vocabulary-unreadable = Không đọc được tệp từ vựng tìm kiếm { $file }: có lỗi gần dòng { $line }. Hãy sửa tệp theo hướng dẫn trong search-index/README.md rồi khởi động lại.
