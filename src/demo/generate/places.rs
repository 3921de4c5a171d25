//! The invented communes and wards of Lạc Điền, their codes, kinds, regions and sizes.

/// A commune or ward.
pub struct Place {
    /// Five digits from a range that the national list has not given out.
    pub code: &'static str,
    /// With its kind, as in documents: `Phường Kim Sơn`.
    pub name: &'static str,
    /// The name alone.
    pub short: &'static str,
    /// Where it lies.
    pub region: Region,
    /// Inhabitants at the end of 2025.
    pub people: i64,
}

impl Place {
    /// Latitude and longitude of its middle, invented like the rest: the regions lie from the river's mouth in the east to the
    /// mountains in the west, their communes row by row from north to south.
    pub fn centre(&self) -> (f64, f64) {
        let nth = PLACES.iter().filter(|other| other.region == self.region && other.code < self.code).count();
        let west = match self.region {
            Plain => 108.46,
            Midland => 107.98,
            Highland => 107.5,
        };
        (15.42 - 0.1 * (nth / 3) as f64, west + 0.15 * (nth % 3) as f64)
    }

    /// Whether it is a ward (urban).
    pub fn is_ward(&self) -> bool {
        self.name.starts_with("Phường")
    }
}

/// The three regions that the province's statistics tell apart.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Region {
    /// The plain by the river.
    Plain,
    /// The hills.
    Midland,
    /// The mountains.
    Highland,
}

impl Region {
    /// The region's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "Vùng đồng bằng",
            Self::Midland => "Vùng trung du",
            Self::Highland => "Vùng núi",
        }
    }
}

use Region::{Highland, Midland, Plain};

const fn place(code: &'static str, name: &'static str, short: &'static str, region: Region, people: i64) -> Place {
    Place { code, name, short, region, people }
}

/// All 42, wards first, by code.
pub const PLACES: [Place; 42] = [
    place("99001", "Phường Kim Sơn", "Kim Sơn", Plain, 68_412),
    place("99004", "Phường An Lạc", "An Lạc", Plain, 54_905),
    place("99007", "Phường Bến Gạo", "Bến Gạo", Plain, 47_118),
    place("99010", "Phường Tân Hòa", "Tân Hòa", Plain, 39_860),
    place("99013", "Phường Cầu Ngói", "Cầu Ngói", Plain, 33_274),
    place("99016", "Phường Đông Triều Sơn", "Đông Triều Sơn", Midland, 29_540),
    place("99019", "Phường Chợ Mới", "Chợ Mới", Midland, 27_803),
    place("99022", "Phường Hồ Thượng", "Hồ Thượng", Midland, 24_691),
    place("99025", "Xã Đồng Xuân", "Đồng Xuân", Plain, 21_430),
    place("99028", "Xã Đồng Mỹ", "Đồng Mỹ", Plain, 19_876),
    place("99031", "Xã Bình Lãng", "Bình Lãng", Plain, 18_642),
    place("99034", "Xã Vĩnh Thóc", "Vĩnh Thóc", Plain, 20_117),
    place("99037", "Xã Phú Lúa", "Phú Lúa", Plain, 17_509),
    place("99040", "Xã Long Điền Thượng", "Long Điền Thượng", Plain, 16_233),
    place("99043", "Xã Long Điền Hạ", "Long Điền Hạ", Plain, 15_948),
    place("99046", "Xã Hưng Nông", "Hưng Nông", Plain, 18_051),
    place("99049", "Xã Thạch Kiều", "Thạch Kiều", Plain, 14_387),
    place("99052", "Xã Yên Ngư", "Yên Ngư", Plain, 13_920),
    place("99055", "Xã Sông Lam Hạ", "Sông Lam Hạ", Plain, 15_264),
    place("99058", "Xã Trường Giang", "Trường Giang", Midland, 12_815),
    place("99061", "Xã Đại Ruộng", "Đại Ruộng", Midland, 13_377),
    place("99064", "Xã Đồi Chè", "Đồi Chè", Midland, 11_492),
    place("99067", "Xã Phú Hạ", "Phú Hạ", Midland, 12_046),
    place("99070", "Xã Văn Khê", "Văn Khê", Midland, 10_883),
    place("99073", "Xã Suối Bạc", "Suối Bạc", Midland, 9_754),
    place("99076", "Xã Hòa Lộc Sơn", "Hòa Lộc Sơn", Midland, 11_208),
    place("99079", "Xã Quế Trung", "Quế Trung", Midland, 10_165),
    place("99082", "Xã Tam Kiệu", "Tam Kiệu", Midland, 9_431),
    place("99085", "Xã Gò Mây", "Gò Mây", Midland, 8_876),
    place("99088", "Xã Bản Thượng", "Bản Thượng", Midland, 8_240),
    place("99091", "Xã Nậm Lúa", "Nậm Lúa", Highland, 7_318),
    place("99094", "Xã Nà Khoang", "Nà Khoang", Highland, 6_942),
    place("99097", "Xã Pu Nhạn", "Pu Nhạn", Highland, 5_870),
    place("99100", "Xã Khau Vai Thấp", "Khau Vai Thấp", Highland, 5_416),
    place("99103", "Xã Tà Lèng Cao", "Tà Lèng Cao", Highland, 4_985),
    place("99106", "Xã Mường Thóc", "Mường Thóc", Highland, 7_604),
    place("99109", "Xã Huổi Sương", "Huổi Sương", Highland, 4_127),
    place("99112", "Xã Đắk Rơm", "Đắk Rơm", Highland, 6_533),
    place("99115", "Xã Ea Lúa", "Ea Lúa", Highland, 7_089),
    place("99118", "Xã Chư Mạ", "Chư Mạ", Highland, 5_752),
    place("99121", "Xã Ia Nương", "Ia Nương", Highland, 6_218),
    place("99124", "Xã Cổng Trời", "Cổng Trời", Highland, 3_461),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_five_digits_in_order_and_names_carry_their_kind() {
        assert!(PLACES.windows(2).all(|two| two[0].code < two[1].code));
        for place in &PLACES {
            assert!(place.code.len() == 5 && place.code.bytes().all(|byte| byte.is_ascii_digit()));
            assert!(place.name == format!("Phường {}", place.short) || place.name == format!("Xã {}", place.short));
        }
    }
}
