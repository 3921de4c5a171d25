### Đọc tệp: lý do từ chối và những điều cần biết về cách đọc.

## Từ chối: loại tệp

problem-file-empty = Tệp không có nội dung. Hãy kiểm tra lại tệp rồi tải lên lần nữa.
problem-file-is-html = Tệp này là trang web (HTML), dù tên tệp có thể ghi khác. Hãy mở bằng Excel hoặc LibreOffice, chọn “Lưu thành”, lưu dạng XLSX hoặc CSV rồi tải lên lại.
problem-file-is-xml = Tệp này là XML. Hãy mở bằng Excel hoặc LibreOffice, lưu dạng XLSX hoặc CSV rồi tải lên lại.
problem-file-not-a-table = Tệp này có dạng { $kind }, không đọc được thành bảng. Hãy tải lên tệp CSV, XLSX, XLS, JSON, GeoJSON hoặc Parquet.
problem-file-changed = Tệp đã thay đổi trong khi đang đọc (dòng { $line }). Hãy tải tệp lên lại.
problem-no-rows = Tệp chỉ có tiêu đề, chưa có dòng số liệu nào. Hãy thêm ít nhất một dòng số liệu dưới tiêu đề.

## Từ chối: bảng mã và nội dung văn bản

problem-encoding-unknown = Không có bảng mã “{ $name }”. Hãy chọn một trong các bảng mã: { $known }.
problem-encoding-unclear = Không nhận ra bảng mã của tệp: byte { $byte } ở dòng { $line }, vị trí { $column } không thuộc UTF-8 và các bảng mã khác cũng không khớp. Hãy lưu tệp dạng “CSV UTF-8” rồi tải lên lại, hoặc chọn bảng mã.
problem-encoding-mismatch = Tệp không đúng bảng mã { $name }: byte { $byte } ở dòng { $line }, vị trí { $column } không đọc được. Hãy chọn bảng mã khác, hoặc lưu tệp dạng “CSV UTF-8” rồi tải lên lại.
problem-encoding-utf32 = Tệp dùng bảng mã UTF-32. Hãy lưu tệp dạng “CSV UTF-8” rồi tải lên lại.
problem-text-has-nul = Dòng { $line }, vị trí { $column } có ký tự rỗng (byte { $byte }); tệp có thể đã hỏng hoặc không phải văn bản. Hãy xuất lại tệp từ nơi tạo ra nó.
problem-unclosed-quote = Ô ở dòng { $line }, cột { $column } mở dấu nháy mà không đóng. Hãy thêm dấu nháy đóng, hoặc viết dấu nháy trong ô thành hai dấu liền nhau.
problem-cell-too-long = Ô ở dòng { $line }, cột { $column } dài quá { $limit } byte. Hãy kiểm tra dấu nháy và dấu ngắt dòng ở đó, hoặc rút ngắn ô.
problem-row-too-long = Dòng { $line } dài quá { $limit } byte. Hãy kiểm tra dấu nháy và dấu ngắt dòng ở đó, hoặc rút ngắn dòng.
problem-too-many-columns = Dòng { $line } có hơn { $limit } cột. Hãy kiểm tra dấu phân cách, hoặc chia bảng thành nhiều tệp.
problem-too-many-rows = Bảng có hơn { $limit } dòng. Hãy chia bảng thành nhiều tệp.

## Từ chối: bảng tính

problem-workbook-broken = Không đọc được bảng tính: tệp đã hỏng hoặc thiếu phần. Hãy mở tệp bằng Excel hoặc LibreOffice, lưu lại dạng XLSX rồi tải lên lại.
problem-workbook-encrypted = Bảng tính có mật khẩu. Hãy bỏ mật khẩu mở tệp, lưu lại rồi tải lên.
problem-workbook-too-large = Bảng tính quá lớn khi giải nén. Hãy lưu trang tính cần dùng dạng CSV rồi tải lên.
problem-workbook-too-old = Tệp thuộc phiên bản Excel quá cũ. Hãy mở tệp và lưu lại dạng XLSX rồi tải lên.
problem-workbook-unsafe = Bảng tính có khai báo kiểu tài liệu (DTD), có thể gây hại. Hãy mở tệp bằng Excel hoặc LibreOffice, lưu lại dạng XLSX rồi tải lên.
problem-workbook-no-table = Không có trang tính nào (đang hiện) chứa bảng có tiêu đề và ít nhất một dòng số liệu. Hãy chọn trang tính, hoặc thêm số liệu rồi tải lên lại.
problem-sheet-missing = Bảng tính không có trang “{ $name }”. Hãy chọn một trong các trang: { $known }.

## Từ chối: Parquet

problem-parquet-broken = Không đọc được tệp Parquet: tệp đã hỏng hoặc thiếu phần. Hãy xuất lại tệp từ nơi tạo ra nó.
problem-parquet-encrypted = Tệp Parquet được mã hóa. Hãy xuất lại tệp không mã hóa.
problem-parquet-too-large = Tệp Parquet khai báo quá nhiều nội dung. Hãy chia bảng thành nhiều tệp.
problem-parquet-column-kind = Cột “{ $column }” có kiểu { $kind }, không ghi được thành một ô. Hãy tách cột này thành các cột đơn giản (chữ, số, ngày) rồi tải lên lại.
problem-json-broken = Tệp JSON sai cú pháp ở dòng { $line }, bản ghi thứ { $record }. Hãy xuất lại tệp từ nơi tạo ra nó, hoặc sửa chỗ đó rồi tải lên lại.
problem-json-too-deep = Dữ liệu JSON lồng nhau quá sâu ở dòng { $line }, bản ghi thứ { $record }. Hãy chuyển thành danh sách các đối tượng đơn giản rồi tải lên lại.
problem-json-not-utf8 = Tệp JSON không ở bảng mã UTF-8 (dòng { $line }, bản ghi thứ { $record }). Hãy lưu lại tệp bằng UTF-8 rồi tải lên lại.
problem-json-no-table = Không thấy bảng trong tệp JSON. Tệp phải là một danh sách các đối tượng, hoặc mỗi dòng một đối tượng, hoặc một FeatureCollection của GeoJSON.
problem-json-key-too-long = Tên trường ở dòng { $line }, bản ghi thứ { $record } dài quá { $limit } byte. Hãy rút ngắn tên trường rồi tải lên lại.
problem-geojson-crs = Tọa độ trong tệp GeoJSON không thuộc hệ WGS84 (EPSG:4326). Hãy chuyển tọa độ sang WGS84 rồi tải lên lại.

## Điều cần biết về cách đọc

note-rows-above-left-out = Bỏ qua các dòng { $from }–{ $to } phía trên tiêu đề: { $text }
note-rows-below-left-out = Bỏ qua các dòng { $from }–{ $to } ghi chú phía dưới bảng: { $text }
note-header-rows-joined = Tiêu đề gồm các dòng { $from }–{ $to }, đã ghép lại bằng dấu “/”.
note-numbering-left-out = Dòng { $row } đánh số cột (A, B, 1, 2…) không dùng làm tiêu đề.
note-no-header = Tệp không có dòng tiêu đề; { $columns } cột được đặt tên theo vị trí (column_1, column_2…).
note-titles-by-position = { $count } cột không có tên được đặt tên theo vị trí.
note-titles-numbered = { $count } cột trùng tên được thêm số phía sau.
note-empty-columns-left-out = Bỏ qua { $count } cột trống không có tên.
note-one-column = Bảng chỉ có một cột. Nếu không đúng, hãy chọn dấu phân cách.
note-other-sheets = Chỉ đọc trang tính “{ $sheet }”; bảng tính còn { $count } trang khác.
note-cells-with-errors = { $count } ô có lỗi công thức (như #N/A) được để trống.
note-zeros-kept = { $count } ô chứa số hiển thị với số 0 ở đầu (như 00012) được giữ nguyên như hiển thị.
note-json-nested = { $count } ô chứa danh sách hoặc đối tượng lồng bên trong được giữ nguyên dạng JSON, ở các cột: { $columns }.
note-json-keys-repeated = { $count } bản ghi có trường trùng tên; giá trị sau cùng được dùng.
note-json-not-objects = { $count } phần tử không phải là đối tượng được để riêng.
note-geojson-geometry = Hình học của từng đối tượng nằm ở cột “{ $column }”, viết dạng WKT (kinh độ trước, vĩ độ sau); độ cao không được giữ.
note-geojson-unplaced = { $count } đối tượng có hình học không đọc được hoặc không thuộc hệ WGS84; ô được giữ nguyên như trong tệp.
