//! What the tree says of a text, and what is found in a faulty one.

mod remembered;

use super::{Content, Parsed, parse};
use crate::limits::Limits;
use crate::namespace;
use crate::span::Span;

fn read(text: &str) -> Parsed<'_> {
    parse(text, &Limits::default())
}

/// Name of the code and the marked text of each finding.
fn findings(text: &str) -> Vec<(&'static str, &str)> {
    read(text).diagnostics.iter().map(|d| (d.code.name(), &text[d.span.range()])).collect()
}

/// The tree as text, in a form that leaves no doubt.
fn shape(text: &str) -> String {
    fn write(node: super::Node<'_, '_>, out: &mut String) {
        out.push_str(&format!("({}", node.name()));
        for a in node.attributes() {
            out.push_str(&format!(" {}={:?}", a.name(), a.value()));
        }
        for content in node.contents() {
            match content {
                Content::Element(child) => {
                    out.push(' ');
                    write(child, out);
                }
                Content::Text(text) => out.push_str(&format!(" {text:?}")),
            }
        }
        out.push(')');
    }
    let mut out = String::new();
    if let Some(root) = read(text).tree.root() {
        write(root, &mut out);
    }
    out
}

fn slice(text: &str, span: Span) -> &str {
    &text[span.range()]
}

#[test]
fn a_tree_says_where_everything_is() {
    let text = "<?xml version='1.0'?>\n<p:a xmlns:p='u' p:x = \"1\" y='2'>\n  hi <b/>\n</p:a >\n";
    let parsed = read(text);
    assert_eq!(parsed.diagnostics, []);
    assert!(parsed.complete);
    let a = parsed.tree.root().unwrap();
    assert_eq!((a.name(), a.prefix(), a.local(), a.namespace()), ("p:a", "p", "a", "u"));
    assert_eq!(slice(text, a.span()), &text[22..text.len() - 1]);
    assert_eq!(slice(text, a.start_tag()), "<p:a xmlns:p='u' p:x = \"1\" y='2'>");
    assert_eq!(slice(text, a.name_span()), "p:a");
    assert_eq!(slice(text, a.content()), "\n  hi <b/>\n");
    assert_eq!(slice(text, a.text_span()), "hi");
    assert_eq!(a.text(), "\n  hi \n");
    let [x, y] = a.attributes().collect::<Vec<_>>()[..] else { panic!("two attributes") };
    assert_eq!((x.name(), x.prefix(), x.local(), x.namespace()), ("p:x", "p", "x", "u"));
    assert_eq!(slice(text, x.span()), "p:x = \"1\"");
    assert_eq!(slice(text, x.name_span()), "p:x");
    assert_eq!(slice(text, x.value_span()), "1");
    assert_eq!((y.name(), y.namespace(), y.raw()), ("y", "", "2"));
    let b = a.children().next().unwrap();
    assert_eq!((slice(text, b.span()), slice(text, b.content())), ("<b/>", ""));
    assert_eq!(b.parent(), Some(a));
    assert_eq!(b.namespace(), "");
}

#[test]
fn character_data_comes_in_pieces() {
    assert_eq!(
        shape("<a>1<!-- < -->2<![CDATA[<&]]>3<?x <y> ?>4<b>5</b> <c/>6</a>"),
        r#"(a "1" "2" "<&" "3" "4" (b "5") " " (c) "6")"#
    );
    let text = "<a> \n<!-- x --> 1<b>no</b>2 <![CDATA[ 3 ]]> <c/>\n</a>";
    let parsed = read(text);
    let root = parsed.tree.root().unwrap();
    assert_eq!(root.text(), " \n 12  3  \n");
    assert_eq!(slice(text, root.text_span()), "1<b>no</b>2 <![CDATA[ 3");
}

#[test]
fn references_and_line_ends_are_resolved() {
    assert_eq!(
        shape(
            "<a x=' 1\r\n2\r3\n4\t5&#10;&#xD;&lt;'>\r\n1\r2\n&#13;&amp;lt;&#x1F600;<![CDATA[\r\n&amp;]]></a>"
        ),
        r#"(a x=" 1 2 3 4 5\n\r<" "\n1\n2\n\r&lt;😀" "\n&amp;")"#
    );
}

#[test]
fn prefixes_are_resolved_where_they_stand() {
    let text = "<a xmlns='d' xmlns:p='1'><b xmlns:p='2' xmlns=''><c/></b></a>";
    let parsed = read(text);
    let a = parsed.tree.root().unwrap();
    let b = a.children().next().unwrap();
    let c = b.children().next().unwrap();
    assert_eq!(a.in_scope(), [("", "d"), ("p", "1")]);
    assert_eq!(c.in_scope(), [("p", "2")]);
    assert_eq!((a.resolve_prefix("p"), c.resolve_prefix("p")), (Some("1"), Some("2")));
    assert_eq!((a.resolve_prefix(""), c.resolve_prefix("")), (Some("d"), Some("")));
    assert_eq!((c.resolve_prefix("xml"), c.resolve_prefix("q")), (Some(namespace::XML), None));
    assert_eq!(c.resolve_prefix("xmlns"), Some(namespace::XMLNS));
    assert!(c.is("", "c") && !c.is("2", "c") && !c.is("", "d") && a.is("d", "a"));
    assert_eq!(
        b.declarations()
            .map(|(prefix, uri, span)| (prefix, uri, slice(text, span)))
            .collect::<Vec<_>>(),
        [("p", "2", "xmlns:p='2'"), ("", "", "xmlns=''")]
    );
}

#[test]
fn a_wrong_end_tag_closes_what_it_names() {
    assert_eq!(shape("<a><b>1<c>2</b>3</a>"), r#"(a (b "1" (c "2")) "3")"#);
    assert_eq!(findings("<a><b>1<c>2</b>3</a>"), [("unclosed-element", "c")]);
}

#[test]
fn a_wrong_end_tag_that_names_nothing_is_left_out() {
    assert_eq!(shape("<a>1</x>2</a>"), r#"(a "1" "2")"#);
    assert_eq!(findings("<a>1</x>2</a>"), [("unexpected-end-tag", "</x>")]);
}

#[test]
fn an_end_tag_spelled_otherwise_closes() {
    assert_eq!(shape("<a><Info>1</info>2</a>"), r#"(a (Info "1") "2")"#);
    assert_eq!(findings("<a><Info>1</info>2</a>"), [("mismatched-end-tag", "</info>")]);
}

#[test]
fn faults_are_found_where_they_are() {
    for (text, expected) in [
        // Tags that do not match.
        ("<a>", vec![("unclosed-element", "a")]),
        ("<a><b>", vec![("unclosed-element", "b")]),
        ("<a></a b='1'>", vec![("bad-end-tag", " b='1'")]),
        ("<a></a></b>", vec![("unexpected-end-tag", "</b>")]),
        // Markup that does not end.
        ("<a b='1", vec![("unclosed-markup", "'")]),
        ("<a b='1'", vec![("unclosed-markup", "<")]),
        ("<a b='1><c d='2'/></a>", vec![("unclosed-markup", "'")]),
        ("<a><b <c/></b></a>", vec![("unclosed-markup", "<")]),
        ("<a></a", vec![("unclosed-markup", "<")]),
        ("<a><!-- - -></a>", vec![("unclosed-markup", "<")]),
        (
            "<a><![CDATA[]]></a>]]>",
            vec![("cdata-end-in-text", "]]>"), ("text-outside-root", "]]>")],
        ),
        ("<a><?b</a>", vec![("unclosed-markup", "<")]),
        ("<a/><", vec![("unclosed-markup", "<")]),
        // Names.
        ("<a:b:c/>", vec![("bad-name", "a:b:c")]),
        ("<:a/>", vec![("bad-name", ":a")]),
        ("<a: />", vec![("bad-name", "a:")]),
        ("<p:1 xmlns:p='u'/>", vec![("bad-name", "p:1")]),
        ("<a×/>", vec![("bad-name", "a×")]),
        ("<a></>", vec![("bad-name", "")]),
        ("<a></ a>", vec![("bad-name", "")]),
        ("<a><?b:c?></a>", vec![("bad-name", "b:c")]),
        // Attributes.
        ("<a b='1'c='2'/>", vec![("missing-space", "c")]),
        ("<a b/>", vec![("bad-attribute", "b")]),
        ("<a b 'x' c='1'/>", vec![("bad-attribute", "b")]),
        ("<a b=1 c='2'/>", vec![("bad-attribute", "b=1")]),
        ("<a ;; b='1'/>", vec![("bad-attribute", ";;")]),
        ("<a b='<' c='&x;'/>", vec![("less-than-in-value", "<"), ("unknown-entity", "&x;")]),
        ("<a b='1' b='2'/>", vec![("duplicate-attribute", "b")]),
        ("<a p:b='' q:b='' xmlns:p='u' xmlns:q='u'/>", vec![("duplicate-attribute", "q:b")]),
        ("<a xmlns:p='u' xmlns:p='v'/>", vec![("duplicate-attribute", "xmlns:p")]),
        // Text.
        ("<a>1 < 2</a>", vec![("stray-less-than", "<")]),
        (
            "<a>&nbsp;&#0;&#xD800;&#x110000;& b;&c</a>",
            vec![
                ("unknown-entity", "&nbsp;"),
                ("illegal-character-reference", "&#0;"),
                ("illegal-character-reference", "&#xD800;"),
                ("illegal-character-reference", "&#x110000;"),
                ("bad-reference", "&"),
                ("bad-reference", "&c"),
            ],
        ),
        (
            "<a>\u{1}\u{FFFE}</a>",
            vec![("illegal-character", "\u{1}"), ("illegal-character", "\u{FFFE}")],
        ),
        ("<a>]]></a>", vec![("cdata-end-in-text", "]]>")]),
        (
            "<a>&#;&#x;&#12&#x1g;&;</a>",
            vec![
                ("bad-reference", "&#"),
                ("bad-reference", "&#x"),
                ("bad-reference", "&#12"),
                ("bad-reference", "&#x1"),
                ("bad-reference", "&"),
            ],
        ),
        // What is skipped in a tag ends where the next attribute begins.
        ("<a b 'x y' c='1'/>", vec![("bad-attribute", "b")]),
        ("<a 'x y' c='1'/>", vec![("bad-attribute", "'x y'")]),
        ("<a b=x c='1'/>", vec![("bad-attribute", "b=x")]),
        (
            "<a b='x<1&lt;&nbsp;2&y;' c='1'/>",
            vec![
                ("less-than-in-value", "<"),
                ("unknown-entity", "&nbsp;"),
                ("unknown-entity", "&y;"),
            ],
        ),
        // Other markup.
        ("<a><!-- b -- c --></a>", vec![("bad-comment", "--")]),
        ("<a><!-- b ---></a>", vec![("bad-comment", "--")]),
        ("<a><!x></a>", vec![("unknown-markup", "<!x>")]),
        ("<?XML?><a/>", vec![("reserved-target", "XML")]),
        ("\n<?xml version='1.0'?><a/>", vec![("misplaced-declaration", "<?xml version='1.0'?>")]),
        ("<?xml encoding='x'?><a/>", vec![("bad-declaration", "encoding")]),
        ("<?xml version='2.0'?><a/>", vec![("bad-declaration", "2.0")]),
        ("<?xml version='1.0' =?><a/>", vec![("bad-declaration", "=")]),
        ("<?xml version='1.0' é='x'?><a/>", vec![("bad-declaration", "é")]),
        ("<a><!----><!-- - --><!--x--x--></a>", vec![("bad-comment", "--")]),
        ("<a><?b?><?c ?><?d-?><?e=?></a>", vec![("missing-space", "")]),
        ("<?xml version='1.0'encoding='x'?><a/>", vec![("bad-declaration", "encoding")]),
        (
            "<!DOCTYPE a [<!ENTITY b ']>'> <!-- ' -->]><a>&b;</a>",
            vec![("doctype", "<!DOCTYPE"), ("unknown-entity", "&b;")],
        ),
        // The root.
        ("", vec![("missing-root", "")]),
        ("<!-- -->", vec![("missing-root", "")]),
        ("x<a/>", vec![("text-outside-root", "x")]),
        ("<a/>&amp;", vec![("text-outside-root", "&amp;")]),
        ("<a/><![CDATA[]]>", vec![("text-outside-root", "<![CDATA[]]>")]),
        ("<a/><b/><c/>", vec![("several-roots", "<")]),
        // Namespaces.
        ("<p:a p:b=''/>", vec![("unbound-prefix", "p")]),
        ("<a><b xmlns:p='u'/><p:c/></a>", vec![("unbound-prefix", "p")]),
        ("<a xmlns:xml='u'/>", vec![("reserved-namespace", "xmlns:xml='u'")]),
        ("<a xmlns:xmlns='u'/>", vec![("reserved-namespace", "xmlns:xmlns='u'")]),
        (
            "<a xmlns='http://www.w3.org/2000/xmlns/'/>",
            vec![("reserved-namespace", "xmlns='http://www.w3.org/2000/xmlns/'")],
        ),
        ("<xmlns:a/>", vec![("reserved-namespace", "xmlns")]),
        ("<a xmlns:p=''><p:b/></a>", vec![("empty-namespace", "xmlns:p=''")]),
        ("<a xmlns:p='u' p:b='' q:c='' d=''/>", vec![("unbound-prefix", "q")]),
        ("<a b='1' b=\"2\"/>", vec![("duplicate-attribute", "b")]),
        ("<a b='1' b ='2'/>", vec![("duplicate-attribute", "b")]),
        ("<a xmlns:abcdefg='u'><abcdefgh:b/></a>", vec![("unbound-prefix", "abcdefgh")]),
        ("<a xmlns:abcdefgh='u'><abcdefg:b/></a>", vec![("unbound-prefix", "abcdefg")]),
        ("<a xmlns:abcdefgh='u'><abcdefgi:b/></a>", vec![("unbound-prefix", "abcdefgi")]),
        (
            "<r xmlns:p='u' xmlns:qq='u'><a p:b='' qq:b=''/></r>",
            vec![("duplicate-attribute", "qq:b")],
        ),
        ("<a xmlns:p=''/>", vec![("empty-namespace", "xmlns:p=''")]),
    ] {
        assert_eq!(findings(text), expected, "{text}");
    }
}

#[test]
fn what_can_be_read_is_read() {
    for (text, expected) in [
        ("<a b='1' c d='2'>x</a>", r#"(a b="1" d="2" "x")"#),
        ("<a b=1 c='2'/>", r#"(a c="2")"#),
        ("<a><xa></xa></a>", "(a (xa))"),
        ("<a b='x < y' c='1'/>", r#"(a b="x < y" c="1")"#),
        ("<a><b <c/></b>x</a>", r#"(a (b (c)) "x")"#),
        ("<a>1 < 2 & 3 &nbsp; 4</a>", r#"(a "1 < 2 & 3 &nbsp; 4")"#),
        ("<a><p:b p:c='1'/></a>", r#"(a (p:b p:c="1"))"#),
        ("<a>1<b>2<c d='3", r#"(a "1" (b "2"))"#),
        ("<a>1</a><b/>", r#"(a "1")"#),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", r#"(a "&b;")"#),
        ("\u{FEFF}<?xml version='1.1' encoding='UTF-16' standalone='no' ?><a/>", "(a)"),
        ("<a>1<!x>2<!-- -- -->3</x>4</a>", r#"(a "1" "2" "3" "4")"#),
    ] {
        assert_eq!(shape(text), expected, "{text}");
    }
    let parsed = read("<a><p:b/></a>");
    let b = parsed.tree.root().unwrap().children().next().unwrap();
    assert_eq!((b.name(), b.local(), b.prefix(), b.namespace()), ("p:b", "p:b", "", ""));
}

#[test]
fn findings_point_at_the_other_place() {
    let label = |text: &'static str| {
        let diagnostics = read(text).diagnostics;
        diagnostics[0].labels[0].span.range()
    };
    assert_eq!(label("<a><b></a>"), 6..10);
    assert_eq!(label("<a b='1' c='' b='2'/>"), 3..4);
    assert_eq!(label("<a xmlns:p='u' xmlns:p='u'/>"), 3..10);
    assert_eq!(label("<a><p:b/></a>"), 1..2);
    assert_eq!(label("<a><Info></info></a>"), 4..8);
    assert_eq!(label("<a><b <c/></b></a>"), 6..7);
    assert_eq!(label("<a>"), 3..3);
    assert_eq!(label("<a></x></a>"), 1..2);
}

#[test]
fn every_limit_allows_its_value_and_no_more() {
    let base = Limits::default();
    for (limits, allowed, beyond) in [
        (Limits { depth: 2, ..base }, "<a><b/></a>", "<a><b><c/></b></a>"),
        (Limits { nodes: 2, ..base }, "<a><b/></a>", "<a><b/><c/></a>"),
        (Limits { attributes: 2, ..base }, "<a b='' xmlns='u'/>", "<a b='' xmlns='u' c=''/>"),
        (
            Limits { namespaces: 2, ..base },
            "<a xmlns='u'><b xmlns='v'/><c xmlns='w'/></a>",
            "<a xmlns='u'><b xmlns='v'><c xmlns='w'/></b></a>",
        ),
        (Limits { name_bytes: 3, ..base }, "<abc def=''/>", "<abcd/>"),
        (Limits { name_bytes: 7, ..base }, "<a bcdefgh=''/>", "<a bcdefghi=''/>"),
        (Limits { name_bytes: 3, ..base }, "<é1/>", "<é12/>"),
        (Limits { name_bytes: 3, ..base }, "<abc></abc >", "<a></abcd >"),
        (Limits { name_bytes: 3, ..base }, "<a><?abc?></a>", "<a><?abcd?></a>"),
        (
            Limits { attributes: 2, ..base },
            "<a b='' xmlns='u'><c d='' e=''/><c xmlns:p='v' xmlns:q='w'/></a>",
            "<a b='' xmlns='u'><c d='' xmlns:p='v' e=''/></a>",
        ),
        (
            Limits { value_bytes: 3, ..base },
            "<a b='&#9;'/>".get(..0).map_or("", |_| "<a b='123'/>"),
            "<a b='1234'/>",
        ),
        (Limits { run_bytes: 3, ..base }, "<a>123</a>", "<a>1234</a>"),
        (Limits { run_bytes: 3, ..base }, "<a>1 3<b/></a>", "<a>12 4<b/></a>"),
        (Limits { run_bytes: 3, ..base }, "<a>   <b/></a>", "<a>    <b/></a>"),
        (Limits { run_bytes: 3, ..base }, "<a><!--123--></a>", "<a><!--1234--></a>"),
        (Limits { run_bytes: 3, ..base }, "<a><?abc?></a>", "<a><?abcd?></a>"),
        (Limits { run_bytes: 3, ..base }, "<a><![CDATA[123]]></a>", "<a><![CDATA[1234]]></a>"),
        (Limits { text_bytes: 4, ..base }, "<a/>", "<a/> "),
    ] {
        let parsed = parse(allowed, &limits);
        assert_eq!((parsed.diagnostics, parsed.complete), (vec![], true), "{allowed}");
        let parsed = parse(beyond, &limits);
        let codes: Vec<&str> = parsed.diagnostics.iter().map(|d| d.code.name()).collect();
        assert_eq!((codes, parsed.complete), (vec!["limit-reached"], false), "{beyond}");
    }
}

#[test]
fn reading_ends_where_a_limit_is_hit() {
    let limits = Limits { depth: 2, ..Limits::default() };
    let text = "<a>1<b c='2'>3<d>4</d>5</b>6</a>";
    let parsed = parse(text, &limits);
    assert_eq!(parsed.diagnostics[0].span, Span::new(14, 15));
    assert_eq!(
        parsed.diagnostics[0].message,
        "elements are nested deeper than the 2 that the limit `depth` allows; reading ends here"
    );
    let a = parsed.tree.root().unwrap();
    let b = a.children().next().unwrap();
    assert_eq!(
        (a.text().as_ref(), b.text().as_ref(), a.span().end, b.span().end),
        ("1", "3", 14, 14)
    );
    assert_eq!(b.attribute("", "c").unwrap().value(), "2");
    let limits = Limits { nodes: 2, ..Limits::default() };
    let parsed = parse("<a><b/><c/></a>", &limits);
    assert_eq!(parsed.diagnostics[0].span, Span::new(7, 8));
}

#[test]
fn a_text_with_too_many_faults_is_not_read_on() {
    // The default keeps a thousand findings, which the faults take up.
    let limits = Limits::unlimited();
    let text = format!("<a>{}<b/></a>", "&x;".repeat(1_001));
    let parsed = parse(&text, &limits);
    assert!(!parsed.complete);
    assert_eq!(parsed.tree.len(), 1, "`b` is not read any more");
    let given_up = parsed.diagnostics.iter().find(|d| d.code.name() == "limit-reached").unwrap();
    assert_eq!(given_up.message, "the text is not read beyond its first 1000 faults");
    assert_eq!(given_up.span, Span::at(3 + 999 * 3));
    let text = format!("<a>{}<b/></a>", "&x;".repeat(999));
    assert!(parse(&text, &limits).complete);
}

#[test]
fn what_is_missing_is_called_by_its_name() {
    for (text, message) in [
        ("<a>", "`a` is never closed"),
        ("<a><b>", "`b` is never closed, nor are the 1 elements around it"),
        ("<a><!--", "a comment begins here and never ends"),
        ("<a><![CDATA[", "a CDATA section begins here and never ends"),
        ("<a><?b", "a processing instruction begins here and never ends"),
        ("<a><!b", "markup begins here and never ends"),
        ("<a></a", "an end tag begins here and never ends"),
        ("<a", "a start tag begins here and never ends"),
        ("<a b='", "an attribute value begins here and never ends"),
        ("<a><", "a tag begins here and never ends"),
        ("<?xml ", "the XML declaration begins here and never ends"),
    ] {
        assert_eq!(read(text).diagnostics[0].message, message, "{text}");
    }
}

#[test]
fn a_prefix_that_is_not_declared_is_said_to_stand_for_what_it_usually_does() {
    for (prefix, uri) in [
        ("ovf", namespace::OVF_1),
        ("rasd", namespace::RASD),
        ("vssd", namespace::VSSD),
        ("xsi", namespace::XSI),
        ("vmw", namespace::VMW),
        ("vbox", namespace::VBOX),
    ] {
        let text = format!("<{prefix}:a/>");
        let parsed = read(&text);
        let expected = format!("declare it on the root element: `xmlns:{prefix}=\"{uri}\"`");
        assert_eq!(parsed.diagnostics[0].help.as_deref(), Some(&*expected));
    }
    let expected = "declare it on this element or one around it: `xmlns:p=\"…\"`";
    assert_eq!(read("<p:a/>").diagnostics[0].help.as_deref(), Some(expected));
}

#[test]
fn attributes_given_often_are_told_beside_the_first() {
    for others in [0, 20] {
        let others: String = (0..others).map(|n| format!(" c{n}=''")).collect();
        let text = format!("<a b='1' b='2'{others} b='3'/>");
        let parsed = read(&text);
        let found: Vec<_> = parsed
            .diagnostics
            .iter()
            .map(|d| (d.code.name(), d.span.start, d.labels[0].span.range()))
            .collect();
        let last = u32::try_from(text.len() - " b='3'/>".len() + 1).unwrap();
        let code = "duplicate-attribute";
        assert_eq!(found, [(code, 9, 3..4), (code, last, 3..4)]);
        assert_eq!(parsed.tree.root().unwrap().attribute("", "b").unwrap().raw(), "1");
    }
}

#[test]
fn an_element_that_was_not_finished_leaves_nothing_behind() {
    let text = "<a b='1'><c d='2' xmlns:p='u' e='3";
    let parsed = read(text);
    let a = parsed.tree.root().unwrap();
    assert_eq!(parsed.tree.len(), 1);
    assert_eq!(a.attributes().map(|a| a.name()).collect::<Vec<_>>(), ["b"]);
    assert_eq!(a.span(), Span::new(0, 9));
    assert_eq!(a.declarations().count(), 0);
}

#[test]
fn many_bindings_are_resolved_like_few() {
    let mut text = String::new();
    for n in 0..100 {
        text += &format!("<p{}:e xmlns:p{}='u{n}' xmlns:long-prefix-{n}='v{n}'>", n % 40, n % 40);
    }
    text += "<f long-prefix-7:a='' p39:b='' p0:c='' p20:d=''/>";
    for n in (0..100).rev() {
        text += &format!("</p{}:e>", n % 40);
        if n > 0 {
            text += &format!("<p{}:g/>", (n - 1) % 40);
        }
    }
    let parsed = parse(&text, &Limits::unlimited());
    assert_eq!(parsed.diagnostics, []);
    for node in parsed.tree.elements() {
        let bound = node.resolve_prefix(node.prefix());
        assert_eq!(bound, Some(node.namespace()), "{node:?}");
        for attribute in node.attributes() {
            assert_eq!(node.resolve_prefix(attribute.prefix()), Some(attribute.namespace()));
        }
    }
    let f = parsed.tree.elements().find(|node| node.local() == "f").unwrap();
    let namespaces: Vec<&str> = f.attributes().map(|a| a.namespace()).collect();
    assert_eq!(namespaces, ["v7", "u79", "u80", "u60"]);
    assert_eq!(f.in_scope().len(), 140);
}

#[test]
fn a_uri_is_taken_as_it_is_meant() {
    let text = "<a xmlns='urn:a&amp;b'><b xmlns='urn:a&#38;b'/></a>";
    let parsed = read(text);
    let a = parsed.tree.root().unwrap();
    let b = a.children().next().unwrap();
    assert_eq!(a.namespace(), "urn:a&b");
    assert_eq!(a.namespace_id(), b.namespace_id());
    let all: Vec<&str> = parsed.tree.namespaces().map(|(_, uri)| uri).collect();
    assert_eq!(all, ["", namespace::XML, "urn:a&b"]);
}

#[test]
fn secrets_do_not_get_into_debug_output() {
    let parsed = read("<a ovf:value='hunter2' xmlns:ovf='u'>hunter2</a>");
    let root = parsed.tree.root().unwrap();
    let shown = format!("{:?} {:?} {:?}", parsed.tree, root, root.attributes().next());
    assert!(!shown.contains("hunter2"), "{shown}");
    let tree = format!(
        r#"Tree {{ elements: 1, attributes: 1, namespaces: ["", "{}", "u"], .. }}"#,
        namespace::XML
    );
    assert_eq!(shown, format!("{tree} <a> at 0..48 Some(ovf:value at 3)"));
}
