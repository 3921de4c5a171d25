### Tìm cho ra: gợi ý khi gõ, bộ dữ liệu liên quan, nguồn tin, liên kết ngắn.

## Gợi ý khi gõ

offers-label = Gợi ý tìm kiếm
offers-count = { $count ->
    [0] Không có gợi ý.
   *[other] { $count } gợi ý. Dùng phím mũi tên lên, xuống để chọn, Enter để mở.
}
offers-words = Từ khóa
offers-datasets = Bộ dữ liệu
offers-topics = Chủ đề
offers-agencies = Cơ quan
opensearch-name = Dữ liệu mở

## Trang tìm kiếm

search-meant = Có phải bạn muốn tìm:
search-guides = Hướng dẫn và tin tức

## Bộ dữ liệu liên quan

related-title = Bộ dữ liệu liên quan
related-column = Ghép được theo cột “{ $column }”
related-words = Cùng nói về “{ $words }”
related-topic = Cùng chủ đề
related-agency = Cùng cơ quan

## Liên kết ngắn

short-label = Liên kết ngắn, luôn dẫn đến phiên bản mới nhất
short-version-label = Liên kết ngắn đến phiên bản { $number }

## Thông báo để nhúng vào trang khác

embed-title = Nhúng thông báo vào trang khác
embed-lead = Hình nhỏ ghi tên bộ dữ liệu, ngày cập nhật gần nhất và tình trạng đúng hạn, luôn theo hiện trạng; không kèm mã lệnh, không theo dõi người xem.
embed-view = Xem hình
embed-label = Đoạn HTML để chép
embed-alt = Tình trạng cập nhật của “{ $title }” trên { $portal }
embed-updated = cập nhật { $date }
embed-since = từ { $date }
embed-says = { $state }, { $when }. { $agency }. { $portal }.

## Nguồn tin Atom

feed-narrowed = { $name } – { $portal }
feed-of-agency = Dữ liệu do { $agency } vừa công bố, đính chính hoặc rút.
feed-of-topic = Dữ liệu thuộc chủ đề { $topic } vừa công bố, đính chính hoặc rút.
feed-of-search = Các phiên bản mới của những bộ dữ liệu khớp với tìm kiếm này.
feed-agency-link = Theo dõi cơ quan này bằng Atom
feed-topic-link = Theo dõi chủ đề này bằng Atom
feed-search-link = Theo dõi tìm kiếm này bằng Atom
