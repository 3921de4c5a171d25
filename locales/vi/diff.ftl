### Thay đổi giữa hai phiên bản của một bảng.

## Từ chối

problem-diff-key-unknown = Không phiên bản nào có cột khóa “{ $column }”. Ghi tên cột theo tiêu đề hoặc tên máy của cột.
problem-diff-rename-unknown = Hai cột “{ $old }” và “{ $new }” không thể là một cột: một cột không có, hoặc đã nằm trong lần đổi tên khác. Kiểm tra lại tên máy của cột.
problem-diff-rename-form = “{ $given }” không phải là một lần đổi tên. Ghi tên máy cũ và mới, giữa hai tên là dấu =.

## Cột

diff-columns-same = Các cột không thay đổi.
diff-column-added = Cột “{ $column }” là cột mới.
diff-column-removed = Cột “{ $column }” không còn.
diff-column-renamed = Cột “{ $column }” nay có tên { $new }, trước đây là { $old } ({ $why }).
diff-column-retyped = Cột “{ $column }”: từ { $from } thành { $to } ({ $how }).
diff-column-retitled = Cột “{ $column }” trước đây có tiêu đề “{ $old }”.
diff-column-moved = Cột “{ $column }” đứng ở chỗ khác.
diff-breaking = { $change } Những gì dựa vào cột này sẽ hỏng.
diff-renamed-by-decision = theo quyết định
diff-renamed-by-title = có lẽ: cùng tiêu đề
diff-renamed-by-values = có lẽ: cùng vị trí, giá trị gần như nhau
diff-retype-wider = nhận mọi giá trị như trước
diff-retype-narrower = nhận ít giá trị hơn trước
diff-retype-other = loại khác
diff-retype-precision = độ chính xác khác
diff-retype-zone = có và không có múi giờ
diff-retype-empty = một phiên bản không có giá trị nào ở đó

## Dòng

diff-rows = Số dòng: trước { $old }, nay { $new }.
diff-added = Thêm { $count }
diff-removed = Bỏ { $count }
diff-changed = Sửa { $count }
diff-unchanged = Giữ nguyên { $count }
diff-cells = { $column }: { $count } ô thay đổi
diff-more = và { $count } dòng nữa

## Khóa

diff-version-old = phiên bản cũ
diff-version-new = phiên bản mới
diff-key-missing = Cột khóa “{ $column }” không có trong cả hai phiên bản: các dòng được so cả dòng.
diff-key-empty = Trong { $version }, { $rows } dòng không có khóa (dòng đầu tiên: { $first }): các dòng này được so cả dòng. Hãy điền khóa.
diff-key-repeated = Trong { $version }, { $keys } khóa xuất hiện nhiều lần, ở { $rows } dòng (dòng đầu tiên: { $first }): các dòng này được so cả dòng. Hãy làm cho khóa là duy nhất, hoặc chọn thêm cột làm khóa.
