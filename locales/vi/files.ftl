### Tệp tải về: định dạng cho người và cho chương trình, tờ giới thiệu trong tệp Excel.

files-programs = Cho chương trình
files-download = Tải { $format }

## Bảng dài hơn một trang tính

files-long-title = Dài quá một trang tính
files-long-lead = Một trang tính Excel chứa được { $most } dòng dữ liệu, mà phần được chọn dài hơn. Tải dạng khác để có đủ mọi dòng, hoặc chọn một phần của bảng.
files-long-whole = Các tệp có đủ mọi dòng
files-long-part = Chọn một phần của bảng để tải dạng Excel

## Tờ giới thiệu

files-about = Giới thiệu
files-about-title = Bộ dữ liệu
files-about-table = Bảng
files-about-agency = Cơ quan công bố
files-about-version = Phiên bản
files-about-version-value = { $number }, công bố ngày { $date }
files-about-source = Nguồn
files-about-selection = Phần được chọn
files-about-terms = Điều khoản sử dụng
files-about-times = Giờ
files-about-times-value = Các cột ngày giờ ghi theo giờ của tỉnh.
files-about-column = Cột
files-about-column-en = Tên tiếng Anh
files-about-key = Tên máy
files-about-kind = Kiểu
files-about-unit = Đơn vị
files-about-meaning = Ý nghĩa
files-about-rules = Quy tắc
files-about-codes = Giá trị
