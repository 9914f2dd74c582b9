//! What the tree says of a text, and what is found in a faulty one.

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
