### Bản đồ của bảng, và ranh giới đơn vị hành chính.

map-title = Bản đồ
map-title-of = Bản đồ: { $name }
map-link = Xem trên bản đồ
map-older = Đây là bản đồ của một phiên bản cũ. Phiên bản mới nhất là { $latest }.
map-kinds = Kiểu bản đồ
map-kind-areas = Theo đơn vị hành chính
map-kind-points = Theo điểm
map-explore = Mở các dòng này trong trang khám phá: thêm điều kiện lọc, xếp, tải về
map-impossible = Bảng này chưa vẽ được trên bản đồ
map-impossible-why = Cần một cột mã hoặc tên tỉnh, xã đã có ranh giới trên cổng, hoặc hai cột vĩ độ và kinh độ.
map-nothing = Không có giá trị nào để tô trên bản đồ.

## Lựa chọn

map-form-units = Cột đơn vị hành chính
map-form-measure = Số liệu
map-form-classes = Cách chia bậc
map-form-geography = Địa giới cấp tỉnh
map-form-drawing = Cách vẽ cấp tỉnh
map-form-go = Vẽ bản đồ
map-classes-quantiles = Số đơn vị mỗi bậc gần bằng nhau
map-classes-equal = Các bậc cách đều nhau
map-units-own = Như trong bảng
map-units-34 = Gộp về 34 tỉnh, thành phố từ 01/07/2025
map-draw-boundaries = Ranh giới, nếu đã có
map-draw-tiles = Ô vuông bằng nhau

## Hình và chú giải

map-heading = { $measure } theo { $unit }
map-heading-filtered = { $heading } ({ $filters })
map-sentence = { $count } đơn vị có số liệu. Cao nhất: { $high }. Thấp nhất: { $low }.
map-unit = { $name }: { $value }
map-unit-none = { $name }: không có số liệu
map-legend = Chú giải
map-range = { $low } đến { $high }
map-legend-row = { $range } ({ $count } đơn vị)
map-legend-none = Không có số liệu ({ $count } đơn vị)
map-values = Giá trị của từng đơn vị
map-sort = Xếp và tải bảng này
map-take = Tải ảnh bản đồ
map-source = Nguồn số liệu: { $author }, phiên bản { $version }.
map-credit = Ranh giới: { $source }. Điều khoản sử dụng: { $licence }.
map-tiles-note = Mỗi ô là một tỉnh, thành phố, xếp gần đúng vị trí; các ô bằng nhau, không thể hiện diện tích.
map-merged = Bảng ghi theo 63 tỉnh, thành phố trước 01/07/2025; giá trị đã được gộp về 34 tỉnh, thành phố hiện nay.
map-of-old = Bảng ghi theo 63 tỉnh, thành phố trước 01/07/2025.
map-not-merged = Không gộp được “{ $measure }” về 34 tỉnh, thành phố hiện nay: một giá trị có thể nằm ở nhiều tỉnh cũ, cộng lại sẽ đếm trùng. Bản đồ giữ 63 đơn vị của bảng.
map-empty-unit = Có dòng để trống cột “{ $unit }”; các dòng đó không có trên bản đồ.
map-unmatched = { $count } giá trị không khớp mã hay tên đơn vị nào nên không có trên bản đồ:
map-isles-hoang-sa = Quần đảo Hoàng Sa
map-isles-truong-sa = Quần đảo Trường Sa
map-isles-short-hoang-sa = Hoàng Sa
map-isles-short-truong-sa = Trường Sa
map-east = { $value }° Đ
map-north = { $value }° B

## Điểm

map-points-heading = Vị trí các điểm
map-points-sentence = { $count } điểm trong khung hình, vẽ thành { $circles } vòng tròn; số trong vòng là số điểm được gộp.
map-points-cut = Bảng quá lớn: chỉ một triệu dòng đầu được vẽ. Hãy lọc bớt.
map-points-rows = { $count } dòng trong khung hình
map-points-rows-all = { $count } dòng của bảng
map-points-all = Mở tất cả
map-cluster = { $count } điểm
map-moves = Di chuyển bản đồ
map-move-in = Phóng to
map-move-out = Thu nhỏ
map-move-west = Sang tây
map-move-east = Sang đông
map-move-north = Lên bắc
map-move-south = Xuống nam
map-move-all = Toàn bộ

## Lỗi

problem-map-measure = Chọn số liệu là số: giá trị nhỏ nhất, lớn nhất chỉ vẽ được với cột số.
problem-map-view = Khung bản đồ trong địa chỉ chưa đúng. Ghi bốn số “tây,nam,đông,bắc” tính bằng độ, ví dụ 107.5,15,108.5,16.
problem-map-too-many-cells = Cột này có hơn { $most } giá trị khác nhau. Hãy lọc bớt hoặc chọn cột tỉnh, xã.
problem-boundary-file-long = Tệp ranh giới lớn hơn { $most } MB. Hãy đơn giản hóa đường ranh giới rồi nhập lại.
problem-boundary-not-utf8 = Tệp ranh giới không ở bảng mã UTF-8. Hãy lưu lại tệp bằng UTF-8.
problem-boundary-not-json = Tệp ranh giới sai cú pháp JSON ở dòng { $line }, cột { $column }. Hãy xuất lại tệp hoặc sửa chỗ đó.
problem-boundary-not-a-collection = Tệp không phải GeoJSON kiểu FeatureCollection (dòng { $line }, cột { $column }). Hãy xuất lại tệp theo kiểu này.
problem-boundary-many = Tệp có hơn { $most } đơn vị. Kiểm tra lại: tệp chỉ được có các đơn vị của một cấp.
problem-boundary-none = Tệp không có đơn vị nào. Kiểm tra lại tệp.
problem-boundary-code-missing = Đối tượng { $feature } (dòng { $line }) không có mã đơn vị. Nêu tên thuộc tính bằng --code-property.
problem-boundary-name-missing = Đối tượng { $feature } (dòng { $line }) không có tên. Nêu tên thuộc tính bằng --name-property.
problem-boundary-text-missing = Cần có “{ $name }”: nội dung này hiện dưới mọi bản đồ.
problem-boundary-text-long = “{ $name }” dài hơn { $most } ký tự. Rút ngắn lại.
problem-boundary-geometry = Đối tượng { $feature } (dòng { $line }) không phải Polygon hay MultiPolygon đúng của GeoJSON.
problem-boundary-ring = Đối tượng { $feature } (dòng { $line }) có vòng không khép kín hoặc ít hơn bốn điểm.
problem-boundary-degrees = Đối tượng { $feature } (dòng { $line }) có tọa độ không tính bằng độ WGS 84. Hãy chuyển từ VN-2000 trước khi nhập.
problem-boundary-rings-many = Đối tượng { $feature } (dòng { $line }) có hơn { $most } vòng. Hãy đơn giản hóa đường ranh giới.
problem-boundary-points-many = Tệp có hơn { $most } điểm (tính đến đối tượng { $feature }, dòng { $line }). Hãy đơn giản hóa đường ranh giới rồi nhập lại.
problem-boundary-code-form = “{ $code }” không phải mã gồm { $digits } chữ số. Sửa lại mã trong tệp.
problem-boundary-code-twice = Mã { $code } xuất hiện hai lần trong tệp. Bỏ bớt một.
problem-boundary-code-unknown = Danh mục tỉnh, thành phố ngày { $day } không có mã { $code }. Sửa lại mã hoặc ngày có hiệu lực.
problem-boundary-days = Ngày hết hiệu lực ở trước ngày có hiệu lực. Sửa lại một trong hai ngày.
problem-boundary-day = “{ $day }” không phải là ngày; ghi như 2025-07-01 hoặc 01/07/2025.
audit-action-boundaries-replace = Nhập ranh giới đơn vị hành chính
