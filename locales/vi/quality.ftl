### Chất lượng dữ liệu, tính từ những gì cổng đã thấy khi đọc tệp.

quality-title = Chất lượng so với bản đang công bố
quality-got-worse = Kém hơn
quality-completeness = Đầy đủ
quality-validity = Hợp lệ
quality-consistency = Thống nhất
quality-how-completeness = { $part } ô có giá trị trong { $whole } ô.
quality-how-validity = { $part } dòng đọc được theo kiểu của cột trong { $whole } dòng của tệp; còn lại để riêng.
quality-how-consistency = { $part } cột chỉ có một kiểu giá trị trong { $whole } cột.
quality-worse-completeness = Cột “{ $column }” có ít ô đủ giá trị hơn: từ { $old } còn { $new }.
quality-worse-validity = Cột “{ $column }” có nhiều ô sai kiểu hơn: ô đúng kiểu từ { $old } còn { $new }.
