### Trọn bộ dữ liệu trong một tệp ZIP; danh mục mọi bộ dữ liệu.

bundle-cite = Trích dẫn
bundle-files = Các tệp
bundle-package = mô tả bộ dữ liệu và từng bảng theo Data Package 2.0, cho chương trình
bundle-dictionary = từ điển dữ liệu: mỗi dòng một cột
bundle-terms = điều khoản sử dụng
bundle-csv = Tệp CSV dùng bảng mã UTF-8, dấu phẩy ngăn cách các cột, dấu chấm thập phân, ngày viết năm-tháng-ngày. Mã có số 0 ở đầu là chữ: hãy đọc theo kiểu ghi trong datapackage.json.

catalogue-take = Tải danh mục mọi bộ dữ liệu đã công bố:
catalogue-link = Danh mục mọi bộ dữ liệu (Excel)
catalogue-file = Danh mục dữ liệu mở
catalogue-dataset = Phần tên trong địa chỉ
catalogue-title = Bộ dữ liệu
catalogue-table = Bảng
catalogue-agency = Cơ quan
catalogue-topic = Chủ đề
catalogue-keywords = Từ khóa
catalogue-frequency = Tần suất cập nhật
catalogue-freshness = Tình trạng cập nhật
catalogue-licence = Điều khoản sử dụng
catalogue-from = Dữ liệu từ ngày
catalogue-to = Dữ liệu đến ngày
catalogue-published = Công bố lần đầu
catalogue-updated = Cập nhật
catalogue-version = Phiên bản
catalogue-rows = Số dòng
catalogue-page = Trang
catalogue-csv = Tệp CSV
catalogue-csv-bytes = Tệp CSV (byte)
catalogue-parquet = Tệp Parquet
catalogue-parquet-bytes = Tệp Parquet (byte)
catalogue-xlsx = Tệp XLSX
