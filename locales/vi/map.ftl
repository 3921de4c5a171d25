### Bản đồ của bảng, và ranh giới đơn vị hành chính.

map-title = Bản đồ
map-title-of = Bản đồ: { $name }
map-link = Xem trên bản đồ
map-older = Đây là bản đồ của một phiên bản cũ. Phiên bản mới nhất là { $latest }.
map-kinds = Cách vẽ bản đồ
map-kind-areas = Theo đơn vị hành chính
map-kind-points = Theo điểm
map-explore = Mở các dòng này trong trang khám phá: thêm điều kiện lọc, xếp, tải về
map-impossible = Bảng này chưa vẽ được trên bản đồ
map-impossible-why = Cần một cột mã hoặc tên tỉnh, xã đã có ranh giới trên cổng, hoặc hai cột vĩ độ và kinh độ.
map-nothing = Không có giá trị nào để tô trên bản đồ.

## Lựa chọn

map-form-units = Cột đơn vị
map-form-measure = Số liệu
map-form-classes = Cách chia bậc
map-form-geography = Địa giới cấp tỉnh
map-form-drawing = Nét vẽ cấp tỉnh
map-form-go = Vẽ bản đồ
map-classes-quantiles = Mỗi bậc gần bằng số đơn vị
map-classes-equal = Mỗi bậc cùng một khoảng
map-units-own = Như trong bảng
map-units-34 = Gộp về 34 tỉnh từ 01/07/2025
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
map-take = Tải hình
map-source = Nguồn số liệu: { $author }, phiên bản { $version }.
map-credit = Ranh giới: { $source }. Điều khoản: { $licence }.
map-tiles-note = Mỗi ô là một tỉnh, thành phố, xếp gần đúng vị trí; ô to nhỏ không nói lên diện tích.
map-merged = Bảng ghi theo 63 tỉnh, thành phố trước 01/07/2025; giá trị đã được gộp về 34 đơn vị hiện nay.
map-of-old = Bảng ghi theo 63 tỉnh, thành phố trước 01/07/2025.
map-not-merged = Không gộp được “{ $measure }” về 34 đơn vị hiện nay: một giá trị có thể nằm ở nhiều tỉnh cũ, cộng lại sẽ đếm trùng. Bản đồ giữ 63 đơn vị của bảng.
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
map-points-sentence = { $count } điểm trong khung hình, vẽ thành { $circles } vòng tròn; số trong vòng là số điểm gộp lại.
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

problem-map-measure = Chọn một số liệu là số: số nhỏ nhất và lớn nhất chỉ vẽ được của cột số.
problem-map-view = Khung bản đồ trong địa chỉ chưa đúng: bốn số “tây,nam,đông,bắc” tính bằng độ, ví dụ 107.5,15,108.5,16.
problem-map-too-many-cells = Cột này có hơn { $most } giá trị khác nhau. Hãy lọc bớt hoặc chọn cột tỉnh, xã.
problem-boundary-file-long = Tệp ranh giới lớn hơn { $most } MB. Hãy giản lược hoặc tách tệp.
problem-boundary-not-utf8 = Tệp ranh giới không phải UTF-8.
problem-boundary-not-json = Tệp ranh giới không phải JSON đúng, ở dòng { $line }, cột { $column }.
problem-boundary-not-a-collection = Tệp không phải GeoJSON kiểu FeatureCollection (dòng { $line }, cột { $column }).
problem-boundary-many = Tệp có hơn { $most } đơn vị.
problem-boundary-none = Tệp không có đơn vị nào.
problem-boundary-code-missing = Đối tượng { $feature } (dòng { $line }) không có mã đơn vị. Nêu tên thuộc tính bằng --code-property.
problem-boundary-name-missing = Đối tượng { $feature } (dòng { $line }) không có tên. Nêu tên thuộc tính bằng --name-property.
problem-boundary-text-missing = Cần có “{ $name }”: nội dung này đứng dưới mọi bản đồ.
problem-boundary-text-long = “{ $name }” dài hơn { $most } ký tự.
problem-boundary-geometry = Đối tượng { $feature } (dòng { $line }) không phải Polygon hay MultiPolygon đúng của GeoJSON.
problem-boundary-ring = Đối tượng { $feature } (dòng { $line }) có vòng không khép kín hoặc ít hơn bốn điểm.
problem-boundary-degrees = Đối tượng { $feature } (dòng { $line }) có tọa độ không tính bằng độ WGS 84. Hãy chuyển từ VN-2000 trước khi nhập.
problem-boundary-rings-many = Đối tượng { $feature } (dòng { $line }) có hơn { $most } vòng.
problem-boundary-points-many = Tệp có hơn { $most } điểm (tới đối tượng { $feature }, dòng { $line }). Hãy giản lược hoặc tách tệp.
problem-boundary-code-form = “{ $code }” không phải mã { $digits } chữ số.
problem-boundary-code-twice = Mã { $code } đứng hai lần.
problem-boundary-code-unknown = Danh mục tỉnh, thành phố ngày { $day } không có mã { $code }.
problem-boundary-days = Ngày hết hiệu lực đứng trước ngày có hiệu lực.
problem-boundary-day = “{ $day }” không phải ngày đúng; ghi như 2025-07-01 hoặc 01/07/2025.
audit-action-boundaries-replace = Nhập ranh giới đơn vị hành chính
