//! What the arena keeps of what was read, and what follows from it.

use super::{read, slice};
use crate::limits::Limits;
use crate::span::Span;
use crate::xml::{Tree, parse, written_offsets};

#[test]
fn names_too_long_for_the_arena_are_read_as_well() {
    let lens = [1, 2, 3, 15, 16, 17, 252, 253, 254, 255, 256, 1_000, 70_000];
    for (prefix_len, len) in [0, 1, 13, 14, 15, 16, 254, 255, 300]
        .into_iter()
        .flat_map(|prefix_len| lens.map(|len| (prefix_len, len)))
        .filter(|(prefix_len, len)| prefix_len + 1 < *len)
    {
        let prefix = "p".repeat(prefix_len);
        let (name, binding) = match prefix_len {
            0 => ("n".repeat(len), "xmlns='u'".to_owned()),
            _ => (
                format!("{prefix}:{}", "n".repeat(len - 1 - prefix_len)),
                format!("xmlns:{prefix}='u'"),
            ),
        };
        let local = name.rsplit(':').next().unwrap();
        let text = format!("<{name} {binding} {name}='1' m='2' {name}='3'>4</{name}>");
        let case = format!("a name of {len} bytes, {prefix_len} of them a prefix");
        let parsed = parse(&text, &Limits::unlimited());
        let [ref twice] = parsed.diagnostics[..] else { panic!("{case}") };
        assert_eq!(twice.code.name(), "duplicate-attribute", "{case}");
        assert!(slice(&text, twice.span) == name && slice(&text, twice.labels[0].span) == name);
        let root = parsed.tree.root().unwrap();
        assert!(root.name() == name && root.prefix() == prefix && root.local() == local, "{case}");
        assert!(root.is("u", local) && root.local_bytes() == local.as_bytes(), "{case}");
        assert!(!root.is_local(&local[1..]) && !root.is_local(&format!("{local}n")), "{case}");
        assert!(slice(&text, root.name_span()) == name, "{case}");
        assert_eq!((slice(&text, root.content()), root.text().as_ref()), ("4", "4"), "{case}");
        assert_eq!(root.span().len() as usize, text.len(), "{case}");
        let namespace = if prefix_len == 0 { "" } else { "u" };
        let own = root.attribute(namespace, local).expect(&case);
        assert!(own.name() == name && own.prefix() == prefix && own.local() == local, "{case}");
        assert!(own.local_bytes() == local.as_bytes() && !own.is_local(&local[1..]), "{case}");
        assert!(slice(&text, own.name_span()) == name && own.value() == "1", "{case}");

        if prefix_len > 0 {
            let text = format!("<{name} {name}='1'></{name}>");
            let parsed = parse(&text, &Limits::unlimited());
            let found: Vec<_> = parsed.diagnostics.iter().map(|d| d.code.name()).collect();
            assert_eq!(found, ["unbound-prefix"], "{case}");
            let root = parsed.tree.root().unwrap();
            assert!(root.prefix().is_empty() && root.is("", &name) && root.is_closed(), "{case}");
            let own = root.attribute("", &name).expect(&case);
            assert!(own.prefix().is_empty() && own.local() == name && own.name() == name, "{case}");
        }
    }
}

#[test]
fn labels_mark_names_of_any_length() {
    for len in [1, 254, 255, 70_000] {
        let name = "n".repeat(len);
        for text in [format!("<a><{name}></a>"), format!("<{name}></b>"), format!("<{name}/><b/>")]
        {
            let parsed = parse(&text, &Limits::unlimited());
            let marked = parsed
                .diagnostics
                .iter()
                .flat_map(|found| found.labels.iter().map(|label| label.span).chain([found.span]));
            assert!(marked.into_iter().any(|span| slice(&text, span) == name), "{len}: {text:.9}");
        }
    }
}

#[test]
fn the_tree_knows_what_need_not_be_looked_at() {
    // Whether it is plain; begins with text; may hold text.
    for (text, expected) in [
        ("<a>x</a>", [true, true, true]),
        ("<a>!</a>", [true, true, true]),
        ("<a> x</a>", [true, false, true]),
        ("<a></a>", [true, false, true]),
        ("<a/>", [false, false, false]),
        ("<a> <b/>\n</a>", [false, false, false]),
        ("<a><b/>x</a>", [false, false, true]),
        ("<a>x<b/></a>", [false, false, true]),
        ("<a>&amp;</a>", [false, false, true]),
        ("<a><![CDATA[x]]></a>", [false, false, true]),
        ("<a><!--x--></a>", [false, false, false]),
    ] {
        let parsed = read(text);
        let a = parsed.tree.root().unwrap();
        assert_eq!([a.is_plain(), a.begins_with_text(), a.may_hold_text()], expected, "{text}");
    }
    let limits = Limits { run_bytes: 3, ..Limits::default() };
    let tree = parse("<a><b/><c>123</c></a>", &limits).tree;
    assert!(tree.elements().last().unwrap().is_plain(), "it is as long as it may be");

    // Whether the value is meant as it is written; has a `$`; may have one.
    let text = "<a b='x y' c='$' d='&lt;' e='\t' f='$&#36;' g=''/>";
    let parsed = read(text);
    let seen = |tree: &Tree<'_>| -> Vec<[bool; 3]> {
        let own = tree.attributes();
        own.map(|a| [a.is_plain(), a.has_dollar(), a.may_hold_dollar()]).collect()
    };
    assert!(parsed.tree.has_dollar());
    assert_eq!(
        seen(&parsed.tree),
        [
            [true, false, false],
            [true, true, true],
            [false, false, true],
            [false, false, true],
            [false, true, true],
            [true, false, false],
        ]
    );
    let without = read("<a b='x' c='&lt;'/>");
    assert!(!without.tree.has_dollar());
    assert_eq!(seen(&without.tree), [[true, false, false], [false, false, true]]);
}

#[test]
fn unclosed_elements_are_known_as_such() {
    let parsed = read("<a><b>1</b><c><d/><e x='1'>2");
    let closed: Vec<bool> = parsed.tree.elements().map(|node| node.is_closed()).collect();
    assert_eq!(closed, [false, true, false, true, false]);
    assert!(!parsed.tree.is_whole());
    let root = parsed.tree.root().unwrap();
    assert_eq!(root.cut(), (27, vec!["e", "c", "a"]));
    assert_eq!(root.children().next().unwrap().cut(), (11, vec![]));
    assert!(read("<a><b/></a>").tree.is_whole() && !read("").tree.is_whole());
}

#[test]
fn elements_are_found_by_place_and_by_neighbour() {
    let text = "<a><b><c/>x</b><d/></a>";
    let parsed = read(text);
    let [a, b, c, d] = parsed.tree.elements().collect::<Vec<_>>()[..] else { panic!("four") };
    assert_eq!([a, b, c, d].map(|node| node.next_sibling()), [None, Some(d), None, None]);
    for (span, found) in [
        (Span::new(0, 1), Some(a)),
        (Span::new(3, 4), Some(b)),
        (Span::new(6, 10), Some(c)),
        (Span::new(6, 11), Some(b)),
        (Span::new(10, 11), Some(b)),
        (Span::new(15, 16), Some(d)),
        (Span::new(19, 23), Some(a)),
        (Span::new(19, 24), None),
    ] {
        assert_eq!(parsed.tree.innermost(span), found, "{span:?}");
    }
    let other = read(text);
    assert_ne!(other.tree.root(), Some(a), "it is in another tree");
    assert_eq!(parsed.tree.root(), Some(a));
    assert_ne!(a, b);
}

#[test]
fn what_is_meant_is_found_where_it_is_written() {
    let raw = "a\r\nb\rc&amp;d&x;é\n&#233;f";
    // What it means, and where that begins as it is written.
    let places = [
        ("a", 0),
        ("\n", 1),
        ("b", 3),
        ("\n", 4),
        ("c", 5),
        ("&", 6),
        ("d", 11),
        ("&x;", 12),
        ("é", 15),
        ("\n", 17),
        ("é", 18),
        ("f", 24),
    ];
    let mut meant = Vec::new();
    let mut at = 0;
    for (piece, _) in places {
        meant.push(at);
        at += piece.len();
    }
    let written: Vec<usize> = places.iter().map(|&(_, at)| at).collect();
    assert_eq!(written_offsets(raw, &meant), written);
    assert_eq!(written_offsets(raw, &[0, 0, at, at + 1]), [0, 0, raw.len(), raw.len()]);
    assert_eq!(written_offsets("", &[0]), [0]);
}
