### Trang do cơ quan điều phối soạn: hướng dẫn, tin tức, điều khoản, giới thiệu.

## Cổng công khai

guides-title = Hướng dẫn
guides-description = Hướng dẫn dùng { $portal }: tìm, tải, trích dẫn và lập trình với dữ liệu.
guides-lead = Cách tìm, tải, trích dẫn và lập trình với dữ liệu trên cổng.
news-title = Tin tức
news-description = Tin và thông báo của { $portal }.
news-lead = Tin và thông báo của cổng.
news-feed-link = Nguồn tin Atom
news-none = Chưa có tin nào
article-published = Đăng ngày
article-revised = Cập nhật ngày
article-gone-title = Đã gỡ: { $title }
article-gone-head = Trang này đã được gỡ từ ngày
feed-of-news = Tin tức – { $portal }
feed-kind-news = Tin tức
home-news-all = Mọi tin
home-developers-guide = Trang dành cho người lập trình
foot-access = Khả năng tiếp cận
cite-guide = Cách trích dẫn dữ liệu
about-access-link = Tuyên bố về khả năng tiếp cận

## Cổng nội bộ: danh sách

in-nav-pages = Trang và tin
pages-title = Trang và tin của cổng công khai
pages-lead = Hướng dẫn, tin tức và các trang cố định. Bản nháp chỉ hiện ở đây; mỗi lần công bố được giữ lại thành một lần sửa có số thứ tự.
pages-new = Soạn trang mới
pages-name = Tên trang
pages-address = Địa chỉ
pages-position = Thứ tự
pages-changed = Sửa lần cuối
pages-no-english = Chưa có bản tiếng Anh
pages-built-in = Văn bản có sẵn
pages-no-news = Chưa có tin nào. Tin mới soạn sẽ hiện ở đây.
pages-fixed = Trang cố định
page-state-draft = Bản nháp
page-state-published = Đã công bố
page-state-withdrawn = Đã gỡ

## Cổng nội bộ: soạn

page-kind = Loại trang
page-kind-guide = Hướng dẫn
page-kind-news = Tin tức
page-title-vi = Tên trang
page-body-vi = Nội dung
page-body-hint = Viết bằng Markdown: ## đầu dòng là đề mục, - đầu dòng là danh sách, **chữ đậm**, [chữ](địa chỉ). Thẻ HTML hiện thành chữ. { "{portal-url}" } được thay bằng địa chỉ của cổng.
page-title-en = Tên trang bằng tiếng Anh
page-english-hint = Không bắt buộc. Có tên tiếng Anh thì phải có nội dung tiếng Anh; để trống cả hai thì người đọc tiếng Anh thấy bản tiếng Việt.
page-body-en = Nội dung bằng tiếng Anh
page-slug = Phần cuối của địa chỉ
page-slug-hint = Chữ thường không dấu, chữ số và dấu gạch nối, ví dụ bao-tri-thang-9. Để trống thì lấy từ tên trang. Không đổi được về sau.
page-save = Lưu và xem trước
page-see-public = Xem trên cổng công khai
page-is-built-in = Văn bản có sẵn cùng phần mềm. Lần sửa đầu tiên giữ văn bản này làm lần sửa số 1.
page-unpublished = Nội dung dưới đây có phần chưa công bố.
page-preview-link = Xem trước và công bố
page-place = Thứ tự trong danh sách hướng dẫn
page-place-hint = Số nhỏ đứng trước. Các trang có sẵn mang số 10, 20, 30, 40.
page-place-go = Đặt thứ tự
page-revisions = Các lần công bố
page-no-revisions = Trang này chưa được công bố lần nào.
page-revision = Lần sửa
page-revision-number = Lần sửa số { $number }
page-by = Người công bố
page-at = Lúc
page-withdraw = Gỡ trang
page-withdraw-open = Gỡ trang này khỏi cổng công khai
page-withdraw-lead = Địa chỉ của trang sẽ báo rằng trang đã được gỡ, kèm ngày và lý do. Có thể công bố lại sau.
page-withdraw-go = Gỡ trang

## Cổng nội bộ: xem trước, lần sửa

page-preview = Xem trước
page-publish = Công bố
page-publish-nothing = Nội dung này đã được công bố.
page-back = Về trang soạn
page-restore = Lấy lại nội dung này để soạn
page-restore-nothing = Nội dung đang soạn giống hệt lần sửa này.
page-restore-replaces = Nội dung đang soạn có phần chưa công bố. Lấy lại lần sửa này sẽ thay thế phần đó.
page-no-english-text = Người đọc tiếng Anh thấy bản tiếng Việt, kèm lời báo.
page-said-saved = Đã lưu. Xem lại dưới đây rồi công bố.
page-said-placed = Đã đặt thứ tự.
page-said-withdrawn = Đã gỡ trang khỏi cổng công khai.
page-said-published = Đã công bố. Cổng công khai hiện nội dung mới ngay.
page-said-restored = Đã lấy lại nội dung cũ. Xem lại dưới đây rồi công bố.

## Lỗi

problem-page-changed-meanwhile = Có người vừa sửa trang này. Xem lại nội dung mới rồi làm tiếp; những gì bạn đã nhập vẫn còn.
problem-page-nothing-new = Nội dung này đã được công bố, không có gì mới.
problem-page-not-published = Trang này hiện không được công bố nên không gỡ được.
problem-page-needed = Cổng dẫn người đọc tới trang này nên không gỡ được. Bạn có thể sửa nội dung.
problem-page-slug-taken = Địa chỉ “{ $slug }” đã thuộc về một trang khác. Chọn địa chỉ khác.
problem-page-slug = Địa chỉ chỉ gồm chữ thường không dấu, chữ số và dấu gạch nối, nhiều nhất 80 ký tự, và không phải là “new”.
problem-page-kind = Chọn loại trang.
problem-page-position = Nhập một số từ 1 đến { $most }.
problem-page-title = Nhập tên trang, nhiều nhất { $most } ký tự, trên một dòng.
problem-page-text = Nhập nội dung, nhiều nhất { $most } ký tự.
problem-page-english-half = Bản tiếng Anh cần cả tên lẫn nội dung.

## Nhật ký

audit-action-page-create = Soạn trang mới
audit-action-page-save = Lưu nội dung trang
audit-action-page-publish = Công bố trang
audit-action-page-withdraw = Gỡ trang
audit-action-page-place = Đặt thứ tự trang
audit-action-page-restore = Lấy lại nội dung cũ của trang
audit-field-revision = Lần sửa số
