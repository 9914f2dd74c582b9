use proptest::prelude::*;

use super::*;

#[test]
fn paths() {
    use Deviation::*;
    for (raw, path, deviations, safe) in [
        ("disk.vmdk", "disk.vmdk", &[][..], Ok(())),
        ("./disk.vmdk", "disk.vmdk", &[], Ok(())),
        ("a/./b", "a/b", &[], Ok(())),
        ("a//b", "a/b", &[], Ok(())),
        ("%61.vmdk", "a.vmdk", &[], Ok(())),
        ("disk%201.vmdk", "disk 1.vmdk", &[], Ok(())),
        ("disk 1.vmdk", "disk 1.vmdk", &[Blank], Ok(())),
        (" disk.vmdk\n", "disk.vmdk", &[EdgeBlank], Err(Unsafe::EdgeBlank)),
        ("虚拟机-1.vmdk", "虚拟机-1.vmdk", &[NonAscii], Ok(())),
        ("%E8%99%9A.vmdk", "虚.vmdk", &[], Ok(())),
        (
            "虚拟机,fgdr@$%@测试-1.vmdk",
            "虚拟机,fgdr@$%@测试-1.vmdk",
            &[NonAscii, BadEscape],
            Ok(()),
        ),
        ("url%24encoded%a-1.vmdk", "url%24encoded%a-1.vmdk", &[BadEscape], Ok(())),
        ("%ff.vmdk", "%ff.vmdk", &[BadEscape], Ok(())),
        ("${DISK_NAME}", "${DISK_NAME}", &[Character, Macro], Ok(())),
        ("{a}.vmdk", "{a}.vmdk", &[Character], Ok(())),
        ("d.vmdk#frag", "d.vmdk", &[Fragment], Ok(())),
        ("d.vmdk?x=1", "d.vmdk", &[Query], Ok(())),
        ("d.vmdk#a?b", "d.vmdk", &[Fragment], Ok(())),
        ("d*.vmdk", "d*.vmdk", &[], Ok(())),
        ("[a-z].vmdk", "[a-z].vmdk", &[Character], Ok(())),
        ("sub\\d.vmdk", "sub\\d.vmdk", &[Backslash], Err(Unsafe::Backslash)),
        ("C:\\vm\\d.vmdk", "C:\\vm\\d.vmdk", &[Backslash], Err(Unsafe::Drive)),
        ("\\\\host\\d", "\\\\host\\d", &[Backslash], Err(Unsafe::Share)),
        ("//host/d", "/host/d", &[], Err(Unsafe::Share)),
        ("/vm/d.vmdk", "/vm/d.vmdk", &[], Err(Unsafe::Absolute)),
        ("../d.vmdk", "../d.vmdk", &[], Err(Unsafe::DotDot)),
        ("a/../d.vmdk", "a/../d.vmdk", &[], Err(Unsafe::DotDot)),
        ("..", "..", &[], Err(Unsafe::DotDot)),
        ("%2e%2e/d", "../d", &[], Err(Unsafe::EncodedDot)),
        ("%2e/d", "d", &[], Err(Unsafe::EncodedDot)),
        ("%2e%2e%2fd", "../d", &[], Err(Unsafe::EncodedSeparator)),
        ("a%2fb", "a/b", &[], Err(Unsafe::EncodedSeparator)),
        ("a%5cb", "a\\b", &[], Err(Unsafe::EncodedSeparator)),
        ("%252e%252e%252fd", "%2e%2e%2fd", &[], Err(Unsafe::EncodedSeparator)),
        ("a%00b", "a\0b", &[], Err(Unsafe::EncodedControl)),
        ("a%20", "a ", &[], Err(Unsafe::EdgeBlank)),
        ("ab%3ac", "ab:c", &[], Err(Unsafe::Colon)),
        ("%43:x", "C:x", &[], Err(Unsafe::Drive)),
        ("dir/", "dir/", &[], Err(Unsafe::TrailingSlash)),
        ("a/.", "a/", &[], Err(Unsafe::TrailingSlash)),
        ("/.", "/", &[], Err(Unsafe::Absolute)),
        ("nul.vmdk", "nul.vmdk", &[], Err(Unsafe::Device)),
        ("a\u{202e}b", "a\u{202e}b", &[NonAscii], Err(Unsafe::Bidi('\u{202e}'))),
        ("a%E2%80%AEb", "a\u{202e}b", &[], Err(Unsafe::Bidi('\u{202e}'))),
        ("a\nb", "a\nb", &[Blank], Err(Unsafe::Control('\n'))),
        ("a\u{1}b", "a\u{1}b", &[Character], Err(Unsafe::Control('\u{1}'))),
        ("é:x", "é:x", &[NonAscii], Err(Unsafe::Colon)),
    ] {
        let href = Href::parse(raw).unwrap();
        assert_eq!(href.target, Target::Path(path.into()), "{raw:?}");
        assert_eq!(href.deviations, deviations, "{raw:?}");
        assert_eq!(href.safe_relative_path(), safe.map(|()| path), "{raw:?}");
    }
}

#[test]
fn urls() {
    for (raw, target, deviations, reason) in [
        ("http://host/d.vmdk", Target::Remote, &[][..], Unsafe::Remote),
        (
            "HTTPS://host/d.vmdk?a=b#c",
            Target::Remote,
            &[Deviation::Query, Deviation::Fragment],
            Unsafe::Remote,
        ),
        ("http://user:word@host/d", Target::Remote, &[Deviation::UserInfo], Unsafe::Remote),
        ("http://host/a@b", Target::Remote, &[], Unsafe::Remote),
        ("http://host/%zz", Target::Remote, &[Deviation::BadEscape], Unsafe::Remote),
        ("file:///vm/d.vmdk", Target::File, &[], Unsafe::FileUrl),
        ("file:d.vmdk", Target::File, &[], Unsafe::FileUrl),
        ("ftp://host/d", Target::Other { scheme: "ftp" }, &[], Unsafe::OtherScheme),
        ("data:,x", Target::Other { scheme: "data" }, &[], Unsafe::OtherScheme),
        (
            "vmdk://user@host",
            Target::Other { scheme: "vmdk" },
            &[Deviation::UserInfo],
            Unsafe::OtherScheme,
        ),
        ("disk.vmdk:evil", Target::Other { scheme: "disk.vmdk" }, &[], Unsafe::OtherScheme),
    ] {
        let href = Href::parse(raw).unwrap();
        assert_eq!(href.target, target, "{raw:?}");
        assert_eq!(href.deviations, deviations, "{raw:?}");
        assert_eq!(href.safe_relative_path(), Err(reason), "{raw:?}");
    }
}

#[test]
fn what_refers_to_nothing() {
    for (raw, want) in [
        ("", HrefError::Empty),
        (" \n", HrefError::Empty),
        ("#frag", HrefError::NoFile),
        ("?query", HrefError::NoFile),
        (".", HrefError::NoFile),
        ("./", HrefError::NoFile),
        ("%2e", HrefError::NoFile),
    ] {
        assert_eq!(Href::parse(raw), Err(want), "{raw:?}");
    }
}

#[test]
fn one_file_has_one_key() {
    let key = |raw| Href::parse(raw).unwrap().key();
    for raw in ["./a.vmdk", "%61.vmdk", "x/../a.vmdk", "a.vmdk#1", ".//a.vmdk", " a.vmdk"] {
        assert_eq!(key(raw), "a.vmdk", "{raw:?}");
    }
    assert_ne!(key("../a.vmdk"), "a.vmdk");
    assert_eq!(key("HTTP://Host/%61"), "http://host/a");
    assert_ne!(key("http://host/a"), key("http://host/A"));
    assert_ne!(key("./xx:a"), key("xx:a"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2048))]

    #[test]
    fn plain_names_are_read_like_others(raw in "[a-zA-Z0-9._~-]{0,12}|(con|nul|aux|[.])[.]{0,2}(txt)?") {
        prop_assert_eq!(Href::parse(&raw), Href::parse_any(&raw));
        if Href::is_plain(&raw) {
            let href = Href::parse(&raw).unwrap();
            prop_assert_eq!(&*path::normalized(&raw), raw.as_str());
            prop_assert_eq!(href.safe_relative_path().map(|_| ()), path::encoded(&raw).and(path::check(&raw)));
        }
    }

    #[test]
    fn a_safe_path_stays_inside(raw in "(%2[eEfF]|%20|%3a|%252e|%5c|%00|%|[.]{1,3}|[/\\\\]|[a-c]|[a-c]:|[#?]|\\$\\{| |é){0,10}") {
        let Ok(href) = Href::parse(&raw) else { return Ok(()) };
        let _ = href.key();
        if let Ok(path) = href.safe_relative_path() {
            prop_assert_eq!(path::check(path), Ok(()));
            prop_assert_eq!(href.key(), path);
        }
    }

    #[test]
    fn takes_anything(raw: String) {
        if let Ok(href) = Href::parse(&raw) {
            let _ = (href.key(), href.safe_relative_path().is_ok());
        }
    }
}
