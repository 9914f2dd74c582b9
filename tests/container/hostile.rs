//! One archive for each way in which well-known readers have been led astray. The letters are those
//! of the families: A1 duplicates, A2 aliases, A3 types, A4 sizes in conflict, A5 chains, A6 pax, A7
//! big extensions, A8 sparse, A9 numbers, A10 damage, A11 what is hidden, A12 old headers, A15 counts,
//! A16 other formats. Names (T3) are at the end.

use crate::build::{Header, Tar, record};
use crate::{Told, read, read_with};
use ovf::package::Outcome;

const STOPS: bool = true;
const GOES_ON: bool = false;

/// An archive that must give exactly these codes beside what it takes to build it, and stop or go on.
#[track_caller]
fn expect(archive: &[u8], codes: &[&str], stops: bool) -> Told {
    let told = read(archive);
    assert_eq!(told.error, None, "{:?}", told.findings);
    let found: Vec<&str> =
        told.codes().into_iter().filter(|code| *code != "tar-not-ustar").collect();
    assert_eq!(found, codes, "{:#?}", told.findings);
    let outcome = if stops { Outcome::Broken } else { Outcome::Complete };
    assert_eq!(told.outcome, Some(outcome), "{:#?}", told.findings);
    assert_eq!(told.complete, !stops);
    for finding in &told.findings {
        assert!(finding.message.len() <= 512 && !finding.message.contains(char::is_control));
        assert!(finding.offset.is_some(), "{finding:?}");
    }
    told
}

/// A descriptor, then one member with this header, then the end.
fn after_descriptor(header: Header) -> Vec<u8> {
    Tar::with_descriptor().header(header).end()
}

macro_rules! cases {
    ($($name:ident: $archive:expr => $codes:expr, $stops:expr;)*) => {
        $(#[test]
        fn $name() {
            expect(&$archive, &$codes, $stops);
        })*

        /// How many there are: none may get lost.
        #[test]
        fn there_are_enough() {
            let cases = [$(stringify!($name)),*];
            assert!(cases.len() >= 77, "{}", cases.len());
        }
    };
}

cases! {
    a00_sound: Tar::with_descriptor().file("disk.vmdk", b"content").end() => [], GOES_ON;

    a01_same_member_twice: Tar::with_descriptor().file("d.vmdk", b"1").file("d.vmdk", b"1").end() => ["duplicate-member"], GOES_ON;
    a01_other_content_under_one_name: Tar::with_descriptor().file("d.vmdk", b"1").file("d.vmdk", b"22").end() => ["duplicate-member"], GOES_ON;
    a01_second_descriptor_of_one_name: Tar::with_descriptor().file("vm.ovf", b"<Evil/>").end() => ["duplicate-member"], GOES_ON;
    a01_empty_then_full: Tar::with_descriptor().empty("d.vmdk").file("d.vmdk", b"22").end() => ["duplicate-member"], GOES_ON;
    a01_three_times: Tar::with_descriptor().empty("d").empty("d").empty("d").end() => ["duplicate-member", "duplicate-member"], GOES_ON;
    a01_ustar_and_pax_name: Tar::with_descriptor().empty("d.vmdk").pax(&[("path", "d.vmdk")]).empty("x").end() => ["duplicate-member"], GOES_ON;
    a01_prefix_and_name: Tar::with_descriptor().empty("a/d").header(Header::new("d", 0).with(345, b"a")).end() => ["duplicate-member"], GOES_ON;

    a02_dot_slash: Tar::with_descriptor().empty("d.vmdk").empty("./d.vmdk").end() => ["dotted-member-name", "alias-member"], GOES_ON;
    a02_letter_case: Tar::with_descriptor().empty("d.vmdk").empty("D.VMDK").end() => ["alias-member"], GOES_ON;
    a02_normal_form: Tar::with_descriptor().empty("é.vmdk").empty("e\u{301}.vmdk").end() => ["member-name-not-ustar", "unsafe-member-name", "alias-member"], GOES_ON;
    a02_two_slashes: Tar::with_descriptor().empty("a/d").empty("a//d").end() => ["unsafe-member-name", "alias-member"], GOES_ON;
    a02_inner_dot: Tar::with_descriptor().empty("a/d").empty("a/./d").end() => ["unsafe-member-name", "alias-member"], GOES_ON;
    a02_sharp_s: Tar::with_descriptor().empty("STRASSE").empty("straße").end() => ["member-name-not-ustar", "alias-member"], GOES_ON;
    a02_directory_and_file: Tar::with_descriptor().empty("d").header(Header::new("d/", 0).flag(b'5')).end() => ["alias-member"], GOES_ON;

    a03_symbolic_link: after_descriptor(Header::new("d.vmdk", 0).flag(b'2').with(157, b"/etc/shadow")) => ["link-member"], STOPS;
    a03_symbolic_link_inside: after_descriptor(Header::new("d.vmdk", 0).flag(b'2').with(157, b"vm.ovf")) => ["link-member"], STOPS;
    a03_hard_link: after_descriptor(Header::new("d.vmdk", 0).flag(b'1').with(157, b"vm.ovf")) => ["link-member"], STOPS;
    a03_link_with_size: after_descriptor(Header::new("d.vmdk", 512).flag(b'2').with(157, b"x")) => ["link-member"], STOPS;
    a03_character_device: after_descriptor(Header::new("d.vmdk", 0).flag(b'3')) => ["device-member"], STOPS;
    a03_block_device: after_descriptor(Header::new("d.vmdk", 0).flag(b'4')) => ["device-member"], STOPS;
    a03_fifo: after_descriptor(Header::new("d.vmdk", 0).flag(b'6')) => ["device-member"], STOPS;
    a03_contiguous: after_descriptor(Header::new("d.vmdk", 0).flag(b'7')) => ["unknown-member-type"], STOPS;
    a03_volume_label: after_descriptor(Header::new("label", 0).flag(b'V')) => ["unknown-member-type"], STOPS;
    a03_multi_volume: after_descriptor(Header::new("d.vmdk", 0).flag(b'M')) => ["unknown-member-type"], STOPS;
    a03_dump_directory: after_descriptor(Header::new("d", 0).flag(b'D')) => ["unknown-member-type"], STOPS;
    a03_solaris_pax: after_descriptor(Header::new("d", 0).flag(b'X')) => ["unknown-member-type"], STOPS;
    a03_no_letter: after_descriptor(Header::new("d", 0).flag(0xff)) => ["unknown-member-type"], STOPS;
    a03_link_in_pax: Tar::with_descriptor().pax(&[("linkpath", "/etc/shadow")]).empty("d").end() => ["link-member"], STOPS;
    a03_directory: after_descriptor(Header::new("disks/", 0).flag(b'5')) => [], GOES_ON;
    a03_directory_with_data: Tar::with_descriptor().header(Header::new("disks/", 512).flag(b'5')).header(Header::new("hidden", 0)).end() => ["directory-with-data"], STOPS;
    a03_file_called_directory: Tar::with_descriptor().file("disks/", b"content").end() => ["directory-with-data"], STOPS;
    a03_directory_with_pax_size: Tar::with_descriptor().pax(&[("size", "512")]).header(Header::new("d/", 512).flag(b'5')).end() => ["directory-with-data"], STOPS;

    a04_pax_size_smaller: Tar::with_descriptor().pax(&[("size", "512")]).header(Header::new("d", 1024)).data(&[1; 1024]).end() => ["tar-size-conflict"], STOPS;
    a04_pax_size_bigger: Tar::with_descriptor().pax(&[("size", "1024")]).header(Header::new("d", 512)).data(&[1; 1024]).end() => ["tar-size-conflict"], STOPS;
    a04_pax_size_over_zero: Tar::with_descriptor().pax(&[("size", "1024")]).header(Header::new("d", 0)).data(&[1; 1024]).end() => ["tar-size-conflict"], STOPS;
    a04_pax_size_zero: Tar::with_descriptor().pax(&[("size", "0")]).header(Header::new("d", 512)).data(&[1; 512]).end() => ["tar-size-conflict"], STOPS;
    a04_big_pax_size_small_header: Tar::with_descriptor().pax(&[("size", "8589934592")]).header(Header::new("d", 512)).end() => ["tar-size-conflict"], STOPS;
    a04_biggest_of_ustar_over_zero: Tar::with_descriptor().pax(&[("size", "8589934591")]).header(Header::new("d", 0)).end() => ["tar-size-conflict"], STOPS;
    a04_equal_sizes: Tar::with_descriptor().pax(&[("size", "3")]).file("d", b"abc").end() => [], GOES_ON;

    a05_pax_before_long_name: Tar::with_descriptor().pax(&[("path", "a")]).long_name("b").empty("c").end() => ["misplaced-extension-header"], STOPS;
    a05_long_name_before_pax: Tar::with_descriptor().long_name("b").pax(&[("path", "a")]).empty("c").end() => ["misplaced-extension-header"], STOPS;
    a05_two_pax: Tar::with_descriptor().pax(&[("path", "a")]).pax(&[("path", "b")]).empty("c").end() => ["misplaced-extension-header"], STOPS;
    a05_two_long_names: Tar::with_descriptor().long_name("a").long_name("b").empty("c").end() => ["misplaced-extension-header"], STOPS;
    a05_long_link_name: Tar::with_descriptor().extension(b'K', b"target\0").empty("c").end() => ["misplaced-extension-header"], STOPS;
    a05_pax_before_link: Tar::with_descriptor().pax(&[("path", "a")]).header(Header::new("c", 0).flag(b'2')).end() => ["link-member"], STOPS;
    a05_pax_before_the_end: Tar::with_descriptor().pax(&[("path", "a")]).end() => ["misplaced-extension-header"], STOPS;
    a05_pax_at_the_end_of_input: Tar::with_descriptor().pax(&[("path", "a")]).0 => ["tar-truncated"], STOPS;

    a06_global_header: Tar::new().extension(b'g', record("path", "evil").as_bytes()).file("vm.ovf", b"").end() => ["global-pax-header"], STOPS;
    a06_key_twice: Tar::with_descriptor().pax(&[("path", "a"), ("path", "b")]).empty("c").end() => ["duplicate-pax-key"], STOPS;
    a06_size_twice: Tar::with_descriptor().pax(&[("size", "0"), ("size", "512")]).empty("c").end() => ["duplicate-pax-key"], STOPS;
    a06_length_too_long: Tar::with_descriptor().extension(b'x', b"99 path=a\n").empty("c").end() => ["malformed-pax-header"], STOPS;
    a06_length_too_short: Tar::with_descriptor().extension(b'x', b"7 path=a\n").empty("c").end() => ["malformed-pax-header"], STOPS;
    a06_no_length: Tar::with_descriptor().extension(b'x', b"path=a\n").empty("c").end() => ["malformed-pax-header"], STOPS;
    a06_length_with_zero: Tar::with_descriptor().extension(b'x', b"010 path=a\n").empty("c").end() => ["malformed-pax-header"], STOPS;
    a06_no_equals: Tar::with_descriptor().extension(b'x', b"8 patha\n").empty("c").end() => ["malformed-pax-header"], STOPS;
    a06_no_line_feed: Tar::with_descriptor().extension(b'x', b"10 path=ab").empty("c").end() => ["malformed-pax-header"], STOPS;
    a06_zeros_behind: Tar::with_descriptor().extension(b'x', b"9 path=a\n\0\0").empty("c").end() => ["malformed-pax-header"], STOPS;
    a06_huge_length: Tar::with_descriptor().extension(b'x', b"18446744073709551616 path=a\n").empty("c").end() => ["malformed-pax-header"], STOPS;
    a06_nul_in_path: Tar::with_descriptor().pax(&[("path", "vm.ovf\0.txt")]).empty("c").end() => ["malformed-pax-header"], STOPS;
    a06_line_feed_in_path: Tar::with_descriptor().pax(&[("path", "a\n9 path=b")]).empty("c").end() => ["malformed-pax-header"], STOPS;
    a06_record_hidden_in_comment: Tar::with_descriptor().pax(&[("comment", "a\n13 path=evil")]).empty("c").end() => ["malformed-pax-header"], STOPS;
    a06_empty_path: Tar::with_descriptor().pax(&[("path", "")]).empty("c").end() => ["malformed-pax-header"], STOPS;
    a06_empty_key: Tar::with_descriptor().pax(&[("", "a")]).empty("c").end() => ["malformed-pax-header"], STOPS;
    a06_not_utf8: Tar::with_descriptor().extension(b'x', b"10 path=\xff\n").empty("c").end() => ["malformed-pax-header"], STOPS;
    a06_charset: Tar::with_descriptor().pax(&[("hdrcharset", "BINARY")]).empty("c").end() => ["unknown-pax-key"], STOPS;
    a06_unknown_key: Tar::with_descriptor().pax(&[("VENDOR.thing", "1")]).empty("c").end() => ["unknown-pax-key"], STOPS;
    a06_harmless_vendor_key: Tar::with_descriptor().pax(&[("LIBARCHIVE.creationtime", "1")]).empty("c").end() => ["pax-key-ignored"], GOES_ON;
    a06_times_and_owners: Tar::with_descriptor().pax(&[("mtime", "1.5"), ("atime", "1"), ("uid", "0"), ("uname", "root")]).empty("c").end() => [], GOES_ON;
    a06_path_leads_out: Tar::with_descriptor().pax(&[("path", "../../evil")]).empty("c").end() => ["unsafe-member-name"], GOES_ON;

    a07_extension_over_the_limit: Tar::with_descriptor().extension(b'x', record("comment", &"a".repeat(65_536)).as_bytes()).empty("c").end() => ["limit-reached"], STOPS;
    a07_long_name_over_the_limit: Tar::with_descriptor().long_name(&"a".repeat(65_536)).empty("c").end() => ["limit-reached"], STOPS;
    a07_extension_claims_a_terabyte: after_descriptor(Header::new("x", 0).flag(b'x').base_256([0x80, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0])) => ["limit-reached"], STOPS;
    a07_name_over_the_limit: Tar::with_descriptor().pax(&[("path", &"a/".repeat(513))]).empty("c").end() => ["limit-reached"], STOPS;
    a07_extension_below_the_limit: Tar::with_descriptor().pax(&[("comment", &"a".repeat(60_000))]).empty("c").end() => ["pax-key-ignored"], GOES_ON;

    a08_sparse_gnu: after_descriptor(Header::new("d", 0).flag(b'S').gnu().with(386, b"00000000000\0")) => ["sparse-member"], STOPS;
    a08_sparse_pax_1_0: Tar::with_descriptor().pax(&[("GNU.sparse.major", "1"), ("GNU.sparse.minor", "0")]).empty("c").end() => ["sparse-member"], STOPS;
    a08_sparse_pax_0_1: Tar::with_descriptor().pax(&[("GNU.sparse.map", "0,512")]).empty("c").end() => ["sparse-member"], STOPS;
    a08_sparse_name: Tar::with_descriptor().pax(&[("GNU.sparse.name", "evil")]).empty("c").end() => ["sparse-member"], STOPS;
    a08_sparse_star: Tar::with_descriptor().pax(&[("SCHILY.realsize", "1024")]).empty("c").end() => ["sparse-member"], STOPS;

    a09_base_256: Tar::with_descriptor().header(Header::new("d", 0).base_256([0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3])).data(b"abc").end() => [], GOES_ON;
    a09_base_256_negative: after_descriptor(Header::new("d", 0).base_256([0xff; 12])) => ["tar-size-illegal"], STOPS;
    a09_base_256_over_63_bits: after_descriptor(Header::new("d", 0).base_256([0x80, 0, 0, 0, 0x80, 0, 0, 0, 0, 0, 0, 0])) => ["tar-size-illegal"], STOPS;
    a09_base_256_over_64_bits: after_descriptor(Header::new("d", 0).base_256([0x80, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 3])) => ["tar-size-illegal"], STOPS;
    a09_base_256_high_bits: after_descriptor(Header::new("d", 0).base_256([0x81, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3])) => ["tar-size-illegal"], STOPS;
    a09_not_quite_octal: after_descriptor(Header::new("d", 0).with(124, b"0000000008\0\0")) => ["tar-size-illegal"], STOPS;
    a09_not_octal: after_descriptor(Header::new("d", 0).with(124, b"0000000009\0\0")) => ["tar-size-illegal"], STOPS;
    a09_letter_behind: after_descriptor(Header::new("d", 0).with(124, b"0000000012x\0")) => ["tar-size-illegal"], STOPS;
    a09_minus: after_descriptor(Header::new("d", 0).with(124, b"-0000000012\0")) => ["tar-size-illegal"], STOPS;
    a09_hexadecimal: after_descriptor(Header::new("d", 0).with(124, b"0x000000012\0")) => ["tar-size-illegal"], STOPS;
    a09_digit_behind_nul: after_descriptor(Header::new("d", 0).with(124, b"00000000\x00012")) => ["tar-size-illegal"], STOPS;
    a09_blank: after_descriptor(Header::new("d", 0).with(124, b"            ")) => ["tar-size-illegal"], STOPS;
    a09_nothing: after_descriptor(Header::new("d", 0).with(124, &[0; 12])) => ["tar-size-illegal"], STOPS;
    a09_tab_before: after_descriptor(Header::new("d", 0).with(124, b"\t0000000000\0")) => ["tar-size-illegal"], STOPS;
    a09_blanks_before: after_descriptor(Header::new("d", 0).with(124, b"          0 ")) => [], GOES_ON;
    a09_pax_size_negative: Tar::with_descriptor().pax(&[("size", "-1")]).empty("d").end() => ["tar-size-illegal"], STOPS;
    a09_pax_size_signed: Tar::with_descriptor().pax(&[("size", "+3")]).file("d", b"abc").end() => ["tar-size-illegal"], STOPS;
    a09_pax_size_overflow: Tar::with_descriptor().pax(&[("size", "18446744073709551617")]).empty("d").end() => ["tar-size-illegal"], STOPS;
    a09_pax_size_empty: Tar::with_descriptor().pax(&[("size", "")]).empty("d").end() => ["tar-size-illegal"], STOPS;
    a09_mode_no_number: after_descriptor(Header::new("d", 0).with(100, b"rw-r--r-")) => ["tar-field-malformed"], GOES_ON;

    a10_checksum: { let mut tar = Tar::with_descriptor().empty("d").end(); tar[1024] ^= 1; tar } => ["tar-checksum-wrong"], STOPS;
    a10_checksum_in_the_first_header: { let mut tar = Tar::with_descriptor().end(); tar[0] ^= 1; tar } => ["tar-checksum-wrong"], STOPS;
    a10_checksum_blank: { let mut tar = Tar::with_descriptor().empty("d").end(); tar[1024 + 148..1024 + 156].fill(b' '); tar } => ["tar-checksum-wrong"], STOPS;
    a10_cut_in_a_header: Tar::with_descriptor().raw(&Header::new("d", 0).sealed()[..300]).0 => ["tar-truncated"], STOPS;
    a10_cut_in_content: Tar::with_descriptor().header(Header::new("d", 1000)).raw(&[1; 400]).0 => ["tar-truncated"], STOPS;
    a10_cut_in_padding: Tar::with_descriptor().header(Header::new("d", 1000)).raw(&[1; 1001]).0 => ["tar-truncated"], STOPS;
    a10_cut_before_padding: Tar::with_descriptor().header(Header::new("d", 1000)).raw(&[1; 1000]).0 => ["tar-truncated"], STOPS;
    a10_cut_in_an_extension: Tar::with_descriptor().header(Header::new("x", 100).flag(b'x')).raw(b"99 path=").0 => ["tar-truncated"], STOPS;
    a10_cut_in_the_end: Tar::with_descriptor().raw(&[0; 700]).0 => ["tar-truncated"], STOPS;
    a10_biggest_of_ustar: after_descriptor(Header::new("d", 0o777_7777_7777)) => ["tar-truncated"], STOPS;
    a10_no_end_after_a_whole_block: Tar::with_descriptor().file("d", &[1; 512]).0 => ["tar-end-missing"], GOES_ON;
    a10_no_end_after_a_header: Tar::new().empty("vm.ovf").0 => ["tar-end-missing"], GOES_ON;
    a10_no_end_after_headers: Tar::with_descriptor().empty("d").0 => ["tar-end-missing"], GOES_ON;
    a10_cut_in_the_first_header: Tar::new().raw(&Header::new("vm.ovf", 0).sealed()[..300]).0 => ["tar-truncated"], STOPS;
    a10_cut_in_the_first_zeros: [0; 100] => ["tar-truncated"], STOPS;
    a10_no_end: Tar::with_descriptor().file("d", b"1").0 => ["tar-end-missing"], GOES_ON;
    a10_half_an_end: Tar::with_descriptor().raw(&[0; 512]).0 => ["tar-end-missing"], GOES_ON;

    a11_archive_behind_the_end: Tar::with_descriptor().raw(&[0; 1024]).file("hidden", b"1").end() => ["data-after-end"], STOPS;
    a11_byte_behind_the_end: Tar::with_descriptor().raw(&[0; 1024]).raw(b"!").0 => ["data-after-end"], STOPS;
    a11_byte_behind_many_zeros: Tar::with_descriptor().raw(&[0; 10_240]).raw(b"!").0 => ["data-after-end"], STOPS;
    a11_zeros_behind_the_end: Tar::with_descriptor().raw(&[0; 10_240]).0 => [], GOES_ON;
    a11_zeros_of_odd_length: Tar::with_descriptor().raw(&[0; 1100]).0 => [], GOES_ON;
    a11_lone_zero_block: Tar::with_descriptor().raw(&[0; 512]).empty("hidden").end() => ["lone-zero-block"], STOPS;
    a11_zero_block_first: Tar::new().raw(&[0; 512]).file("vm.ovf", b"").end() => ["lone-zero-block"], STOPS;
    a11_bytes_in_padding: Tar::with_descriptor().header(Header::new("d", 1)).raw(b"1").raw(&[b'x'; 511]).end() => ["tar-padding-not-zero"], GOES_ON;
    a11_bytes_in_extension_padding: Tar::with_descriptor().header(Header::new("x", 9).flag(b'x')).raw(b"9 path=d\n").raw(&[b'x'; 503]).empty("c").end() => ["tar-padding-not-zero"], GOES_ON;
    a11_bytes_behind_the_name: after_descriptor(Header::new("d\0hidden", 0)) => ["tar-padding-not-zero"], GOES_ON;
    a11_bytes_behind_the_header: after_descriptor(Header::new("d", 0).with(500, b"hidden")) => ["tar-padding-not-zero"], GOES_ON;

    a12_version_7: Tar::with_descriptor().header(Header::new("d", 3).v7().flag(0)).data(b"abc").end() => [], GOES_ON;
    a12_prefix: after_descriptor(Header::new("d.vmdk", 0).with(345, b"disks")) => [], GOES_ON;
    a12_prefix_leads_out: after_descriptor(Header::new("d.vmdk", 0).with(345, b"../..")) => ["unsafe-member-name"], GOES_ON;
    a12_prefix_is_absolute: after_descriptor(Header::new("shadow", 0).with(345, b"/etc")) => ["unsafe-member-name"], GOES_ON;
    a12_prefix_in_gnu: after_descriptor(Header::new("d", 0).gnu().with(345, b"..")) => ["ambiguous-tar-prefix"], STOPS;
    a12_prefix_in_version_7: after_descriptor(Header::new("d", 0).v7().with(345, b"..")) => ["ambiguous-tar-prefix"], STOPS;
    a12_unknown_magic: after_descriptor(Header::new("d", 0).with(257, b"ustaR\x0000")) => ["unknown-tar-format"], STOPS;
    a12_unknown_version: after_descriptor(Header::new("d", 0).with(257, b"ustar\x0001")) => ["unknown-tar-format"], STOPS;
    a12_star: after_descriptor(Header::new("d", 0).with(508, b"tar\0")) => ["unknown-tar-format"], STOPS;

    a15_empty_long_name: Tar::with_descriptor().long_name("").empty("c").end() => ["malformed-long-name"], STOPS;
    a15_long_name_goes_on: Tar::with_descriptor().extension(b'L', b"a\0b\0").empty("c").end() => ["malformed-long-name"], STOPS;

    t3_parent: Tar::with_descriptor().empty("../evil").end() => ["unsafe-member-name"], GOES_ON;
    t3_parent_inside: Tar::with_descriptor().empty("a/../../evil").end() => ["unsafe-member-name"], GOES_ON;
    t3_parent_behind_dot: Tar::with_descriptor().empty("./../evil").end() => ["unsafe-member-name"], GOES_ON;
    t3_absolute: Tar::with_descriptor().empty("/etc/cron.d/evil").end() => ["unsafe-member-name"], GOES_ON;
    t3_drive: Tar::with_descriptor().empty("C:\\evil").end() => ["unsafe-member-name"], GOES_ON;
    t3_backslash: Tar::with_descriptor().empty("..\\evil").end() => ["unsafe-member-name"], GOES_ON;
    t3_percent: Tar::with_descriptor().empty("%2e%2e%2fevil").end() => ["unsafe-member-name"], GOES_ON;
    t3_escape: Tar::with_descriptor().empty("d\x1b[2J.vmdk").end() => ["unsafe-member-name"], GOES_ON;
    t3_turned_around: Tar::with_descriptor().empty("d\u{202e}kdmv.exe").end() => ["member-name-not-ustar", "unsafe-member-name"], GOES_ON;
    t3_directory_leads_out: after_descriptor(Header::new("../d/", 0).flag(b'5')) => ["unsafe-member-name"], GOES_ON;
    t3_file_called_dot: Tar::with_descriptor().empty(".").end() => ["unsafe-member-name"], GOES_ON;
    t3_not_utf8: after_descriptor(Header::new("d", 0).with(1, b"\xff\xfe")) => ["member-name-not-ustar", "unsafe-member-name"], GOES_ON;
    t3_empty: Tar::with_descriptor().empty("").end() => ["unsafe-member-name"], GOES_ON;
    t3_device: Tar::with_descriptor().empty("aux.vmdk").end() => ["unsafe-member-name"], GOES_ON;
    t3_stream: Tar::with_descriptor().empty("d.vmdk:evil").end() => ["unsafe-member-name"], GOES_ON;
    t3_format: Tar::with_descriptor().empty("%n%n%s").end() => [], GOES_ON;
}

#[test]
fn a15_too_many_members() {
    let mut tar = Tar::new();
    for at in 0..10_001 {
        tar = tar.empty(&format!("m{at}"));
    }
    let told = expect(&tar.end(), &["limit-reached"], STOPS);
    assert_eq!(told.members.len(), 10_000);
}

#[test]
fn a16_other_formats_are_named() {
    let descriptor: &[u8] = b"<?xml version=\"1.0\"?>\n<Envelope/>";
    let cases: &[(&[u8], &str)] = &[
        (b"", "empty"),
        (b"\x1f\x8b\x08\0\0\0\0\0", "gzip-compressed"),
        (b"BZh91AY&SY", "bzip2-compressed"),
        (b"\xfd7zXZ\0\0\x04", "xz-compressed"),
        (b"\x28\xb5\x2f\xfd\x04", "zstd-compressed"),
        (b"PK\x03\x04\x14\0", "a ZIP archive"),
        (b"7z\xbc\xaf\x27\x1c\0\x04", "a 7z archive"),
        (b"Rar!\x1a\x07\x01\0", "a RAR archive"),
        (descriptor, "an XML document"),
        (b"\xef\xbb\xbf\n<Envelope/>", "an XML document"),
        (b"KDMV\x03\0\0\0", "a VMDK disk image"),
        (b"QFI\xfb\0\0\0\x03", "a QCOW2 disk image"),
        (b"hello", "of an unknown format"),
    ];
    for (head, name) in cases {
        // Alone, and with more behind it than a block.
        let mut long = head.to_vec();
        if !head.is_empty() {
            long.resize(2_000, b'x');
        }
        for input in [head.to_vec(), long] {
            let told = read(input.as_slice());
            assert_eq!(
                told.error.as_deref(),
                Some(format!("the input is no OVA, which is a tar archive; it is {name}").as_str())
            );
            assert!(told.findings.is_empty() && !told.complete);
        }
    }
}

#[test]
fn a_finding_says_member_offset_and_field() {
    let told = expect(
        &after_descriptor(Header::new("d.vmdk", 0).with(124, b"0000000012x\0")),
        &["tar-size-illegal"],
        STOPS,
    );
    let finding = &told.findings[0];
    assert_eq!(finding.member.as_deref(), Some("d.vmdk"));
    assert_eq!(finding.offset, Some(1024));
    assert_eq!(finding.field.map(|field| field.as_str()), Some("size"));
    assert_eq!(finding.message, "the size `0000000012x` is no octal number");
}

#[test]
fn a_finding_says_what_stands_in_the_header() {
    let size = |bytes: [u8; 12]| after_descriptor(Header::new("d", 0).base_256(bytes));
    for (archive, code, message) in [
        (
            size([0xff; 12]),
            "tar-size-illegal",
            "the size `ff ff ff ff ff ff ff ff ff ff ff ff` is negative",
        ),
        (
            size([0x80, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]),
            "tar-size-illegal",
            "the size `80 00 00 01 00 00 00 00 00 00 00 00` does not fit into 63 bits",
        ),
        (size(*b"            "), "tar-size-illegal", "the size `            ` is blank"),
        (
            size([0; 12]),
            "tar-size-illegal",
            "the size `\\u{0}\\u{0}\\u{0}\\u{0}\\u{0}\\u{0}\\u{0}\\u{0}\\u{0}\\u{0}\\u{0}` is blank",
        ),
        (
            after_descriptor(Header::new("d", 0).flag(0xff)),
            "unknown-member-type",
            "type flag `ff` is none of a regular file",
        ),
        (
            after_descriptor(Header::new("d", 0).flag(b'7')),
            "unknown-member-type",
            "type flag `7` is none of a regular file",
        ),
        (
            after_descriptor(Header::new("d", 0).with(100, b"rw-r--r-")),
            "tar-field-malformed",
            "the field mode is `rw-r--r-`, which is no number",
        ),
        (
            after_descriptor(Header::new("d\0hidden", 0)),
            "tar-padding-not-zero",
            "the field name goes on after the NUL that ends it",
        ),
        (
            after_descriptor(Header::new("d", 0).gnu()),
            "tar-not-ustar",
            "the headers are in the gnu format, not ustar",
        ),
        (
            after_descriptor(Header::new("d", 0).v7()),
            "tar-not-ustar",
            "the headers are in the v7 format, not ustar",
        ),
        (
            Tar::with_descriptor().pax(&[("path", "e")]).empty("d").end(),
            "tar-not-ustar",
            "the headers are in the pax format, not ustar",
        ),
        (
            after_descriptor(Header::new("d", 0).gnu().with(345, b"..")),
            "ambiguous-tar-prefix",
            "the gnu header has bytes where ustar keeps the start of the name",
        ),
    ] {
        let told = read(archive.as_slice());
        let found = told.findings.iter().find(|found| found.code.name() == code);
        assert_eq!(found.map(|found| found.message.as_str()), Some(message));
    }
}

/// POSIX.1: at most 100 bytes, or 155 of folders, a slash and 100 more.
#[test]
fn names_that_ustar_has_room_for() {
    let name =
        |folders: usize, last: usize| format!("{}/{}", "f".repeat(folders), "n".repeat(last));
    for (name, fits) in [
        ("n".repeat(100), true),
        ("n".repeat(101), false),
        (name(155, 100), true),
        (name(156, 100), false),
        (name(155, 101), false),
        (name(1, 99), true),
        (name(1, 101), false),
        (format!("{}/{}", name(100, 54), "n".repeat(100)), true),
        (format!("{}/{}", name(100, 55), "n".repeat(100)), false),
    ] {
        let told = read(Tar::with_descriptor().pax(&[("path", &name)]).empty("x").end().as_slice());
        let is_told = told.codes().contains(&"member-name-not-ustar");
        assert_eq!(is_told, !fits, "{} bytes: {name}", name.len());
        assert!(told.complete);
    }
}

#[test]
fn a_name_cannot_steer_a_terminal_through_a_finding() {
    let told = read(Tar::with_descriptor().empty("d\x1b[2J\u{202e}\n.vmdk").end().as_slice());
    for finding in &told.findings {
        let texts = [Some(&finding.message), finding.member.as_ref(), finding.help.as_ref()];
        for text in texts.into_iter().flatten() {
            assert!(!text.contains(|c: char| c.is_control() || c == '\u{202e}'), "{text:?}");
        }
    }
}

#[test]
fn a_silenced_fault_still_ends_the_reading() {
    use ovf::package::{Archive, Findings};
    let archive = after_descriptor(Header::new("d", 0).flag(b'2'));
    let findings = Findings::default().level(ovf::Code::LINK_MEMBER, None);
    let mut archive = Archive::with(archive.as_slice(), &ovf::Limits::default(), findings);
    while archive.next_member().unwrap().is_some() {}
    assert!(archive.findings().list().is_empty());
    assert!(!archive.is_complete());
}

#[test]
fn limits_can_be_moved() {
    let mut limits = ovf::Limits::default();
    limits.members = 1;
    assert!(read_with(Tar::with_descriptor().end().as_slice(), &limits).complete);
    for more in [Tar::with_descriptor().empty("d"), Tar::with_descriptor().empty("d").empty("e")] {
        let told = read_with(more.end().as_slice(), &limits);
        assert_eq!((told.codes(), told.names()), (vec!["limit-reached"], vec!["vm.ovf"]));
        assert!(!told.complete);
    }
    let mut limits = ovf::Limits::default();
    limits.member_name_bytes = 6;
    assert!(read_with(Tar::with_descriptor().end().as_slice(), &limits).complete);
    let told = read_with(Tar::with_descriptor().empty("1234567").end().as_slice(), &limits);
    assert_eq!((told.codes(), told.names()), (vec!["limit-reached"], vec!["vm.ovf"]));
}

#[test]
fn findings_over_the_limit_are_counted_and_said() {
    use ovf::package::{Archive, Findings};
    let mut limits = ovf::Limits::default();
    limits.diagnostics = 1;
    let tar = Tar::with_descriptor().empty("d").empty("d").empty("d").end();
    let findings = Findings::new(ovf::Policy::new(), &limits);
    let mut archive = Archive::with(tar.as_slice(), &limits, findings);
    while archive.next_member().unwrap().is_some() {}
    assert_eq!(archive.findings().list().len(), 1);
    assert_eq!(archive.findings().counts().error, 2);
    assert_eq!(archive.outcome(), Some(Outcome::Complete));
    assert!(!archive.is_complete());
}
