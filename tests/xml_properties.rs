//! What holds for every text, well-formed or not.

mod judge;

use ovf::xml::{self, Content, Node, Tree};
use ovf::{Limits, Severity, Span};
use proptest::prelude::*;

use crate::judge::{expanded, first_difference};

/// 2,000 cases of each, or as many more as `PROPTEST_CASES` says. Failures are not written into the repository.
fn config() -> ProptestConfig {
    let default = ProptestConfig::default();
    ProptestConfig { cases: default.cases.max(2_000), failure_persistence: None, ..default }
}

/// Pieces of XML, whole and broken, that soup is made of.
const FRAGMENTS: &[&str] = &[
    "<",
    ">",
    "/",
    "</",
    "/>",
    "=",
    "\"",
    "'",
    "&",
    ";",
    ":",
    "!",
    "?",
    "-",
    "[",
    "]",
    "]]>",
    "]]",
    " ",
    "\n",
    "\r",
    "\r\n",
    "\t",
    "a",
    "b",
    "p:",
    "q:",
    "x",
    "é",
    "名",
    "\u{10FFFF}",
    "\u{FFFE}",
    "\u{0}",
    "\u{1F}",
    "\u{B7}",
    "0",
    "<a>",
    "<b>",
    "</a>",
    "</b>",
    "<a/>",
    "<p:a>",
    "</p:a>",
    "<a ",
    "<b x=\"1\"/>",
    "<p:b p:x='1'>",
    "</p:b>",
    "<a xmlns:p=\"u\">",
    "<q:a xmlns:q='u' q:x=\"&lt;\">",
    "</q:a>",
    " xmlns=\"v\"",
    " xmlns:p=\"u\"",
    " xmlns:q='u'",
    " xmlns:p=\"\"",
    " xmlns=''",
    " xmlns:=\"w\"",
    " xmlns:1='w'",
    " xmlns:p:q=\"w\"",
    " xmlns:xml='w'",
    " xmlns:xmlns=\"w\"",
    " x=\"1\"",
    " y='2'",
    " p:x=\"3\"",
    " q:x=''",
    " xml:lang=\"en\"",
    " x=",
    "x=\"",
    "&lt;",
    "&amp;",
    "&nbsp;",
    "&#65;",
    "&#x41;",
    "&#0;",
    "&#xD800;",
    "&#x110000;",
    "&#",
    "&#x",
    "&l",
    "<!--",
    "-->",
    "--",
    "<!---->",
    "<!-- c -->",
    "<![CDATA[",
    "<![CDATA[]]>",
    "<![CDATA[x]]>",
    "<!DOCTYPE a>",
    "<!DOCTYPE a [",
    "]>",
    "<!ENTITY e \"",
    "<!",
    "<?",
    "?>",
    "<?p?>",
    "<?p d?>",
    "<?xml",
    "<?xml version=\"1.0\"?>",
    "<?xml version='1.0' encoding='UTF-8'?>",
    "abcdefghijklmnop",
    "                ",
    "]]]]]]]]]]]]]]]]",
    "\u{FEFF}",
];

fn soup() -> impl Strategy<Value = String> {
    let fragment = prop_oneof![
        12 => prop::sample::select(FRAGMENTS).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    let pieces = prop::collection::vec(fragment, 0..40).prop_map(|pieces| pieces.concat());
    // Half of it inside a root, so that what is found is not only that there is none.
    prop_oneof![pieces.clone(), pieces.prop_map(|pieces| format!("<r>{pieces}</r>"))]
}

/// A well-formed document with up to three places where something was cut out and soup put in.
fn damaged() -> impl Strategy<Value = String> {
    let damage = (any::<prop::sample::Index>(), 0..6_usize, prop::sample::select(FRAGMENTS));
    (element(), prop::collection::vec(damage, 0..4)).prop_map(|(root, damages)| {
        let mut text: Vec<char> = root.write(&["", "p", "q", "r"]).chars().collect();
        for (place, cut, fragment) in damages {
            let start = place.index(text.len() + 1);
            let end = text.len().min(start + cut);
            text.splice(start..end, fragment.chars());
        }
        text.into_iter().collect()
    })
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![soup(), damaged()]
}

/// Ceilings so low that soup hits them.
fn tight() -> Limits {
    let mut limits = Limits::default();
    limits.depth = 3;
    limits.nodes = 6;
    limits.attributes = 2;
    limits.namespaces = 2;
    limits.name_bytes = 3;
    limits.value_bytes = 4;
    limits.run_bytes = 8;
    limits.diagnostics = 4;
    limits
}

/// Whether a span can be cut out of the text.
fn check_span(text: &str, span: Span, what: &str) {
    assert!(text.get(span.range()).is_some(), "{what} {span:?} does not lie in {text:?}");
}

fn check_tree(tree: &Tree<'_>) {
    let text = tree.text();
    assert_eq!(tree.elements().count(), tree.len());
    assert_eq!(tree.root().map(Node::id), tree.elements().next().map(Node::id));
    let mut before = None;
    let mut counted = usize::from(!tree.is_empty());
    for node in tree.elements() {
        assert!(before < Some(node.span().start), "{node:?} is not in document order");
        before = Some(node.span().start);
        assert!(tree.node(node.id()) == Some(node));
        check_element(text, node);
        counted += node.children().count();
    }
    assert_eq!(counted, tree.len(), "not every element is in the root or a child");
}

fn check_element(text: &str, node: Node<'_, '_>) {
    for (span, what) in [
        (node.span(), "element"),
        (node.start_tag(), "start tag"),
        (node.name_span(), "name"),
        (node.content(), "content"),
        (node.text_span(), "text"),
    ] {
        check_span(text, span, what);
        assert!(node.span().contains(span), "{what} {span:?} is not inside {node:?}");
    }
    assert_eq!(&text[node.name_span().range()], node.name());
    assert!(text[node.start_tag().range()].starts_with('<'));
    assert!(node.start_tag().contains(node.name_span()));
    assert!(node.start_tag().end <= node.content().start);
    assert!(node.name().ends_with(node.local()) && node.name().starts_with(node.prefix()));

    // A name that is no QName, or whose prefix is not bound, is all local; the colon stays in it.
    if !node.local().contains(':') {
        assert_eq!(
            node.resolve_prefix(node.prefix()),
            Some(node.namespace()),
            "prefix of {node:?}"
        );
    }

    let mut end = node.content().start;
    for child in node.children() {
        assert!(child.parent() == Some(node), "{child:?} has another parent than {node:?}");
        assert!(
            node.content().contains(child.span()),
            "{child:?} is not in the content of {node:?}"
        );
        assert!(end <= child.span().start, "{child:?} begins before what precedes it ends");
        end = child.span().end;
    }
    let mut children = node.children();
    let mut data = String::new();
    for content in node.contents() {
        match content {
            Content::Element(child) => assert!(children.next() == Some(child)),
            Content::Text(piece) => data.push_str(&piece),
        }
    }
    assert!(children.next().is_none(), "contents lack a child");
    assert_eq!(data, node.text(), "text is not the text among the contents of {node:?}");

    let mut end = node.name_span().end;
    for attribute in node.attributes() {
        for span in [attribute.span(), attribute.name_span(), attribute.value_span()] {
            check_span(text, span, "attribute");
            assert!(node.start_tag().contains(span), "{attribute:?} is not in the tag of {node:?}");
        }
        assert!(end <= attribute.span().start, "{attribute:?} begins before what precedes it ends");
        end = attribute.span().end;
        assert_eq!(&text[attribute.name_span().range()], attribute.name());
        assert_eq!(&text[attribute.value_span().range()], attribute.raw());
        let _value = attribute.value();
        let resolved = match attribute.prefix() {
            "" => Some(""),
            prefix => node.resolve_prefix(prefix),
        };
        assert_eq!(resolved, Some(attribute.namespace()), "prefix of {attribute:?}");
        assert!(node.attribute(attribute.namespace(), attribute.local()).is_some());
    }
    for (prefix, _, span) in node.declarations() {
        check_span(text, span, "declaration");
        assert!(node.start_tag().contains(span));
        assert!(text[span.range()].starts_with("xmlns"));
        assert!(node.resolve_prefix(prefix).is_some());
    }
    for (prefix, uri) in node.in_scope() {
        assert_eq!(node.resolve_prefix(prefix), Some(uri));
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn soup_makes_a_sound_tree(text in any_text()) {
        for limits in [Limits::default(), tight(), Limits::unlimited()] {
            let parsed = xml::parse(&text, &limits);
            check_tree(&parsed.tree);
            for diagnostic in &parsed.diagnostics {
                check_span(&text, diagnostic.span, "finding");
                for label in &diagnostic.labels {
                    check_span(&text, label.span, "label");
                }
            }
            prop_assert!(parsed.complete || !parsed.diagnostics.is_empty());
        }
    }

    #[test]
    fn what_is_accepted_is_read_as_roxmltree_reads_it(text in any_text()) {
        let parsed = xml::parse(&text, &Limits::default());
        // roxmltree keeps carriage returns next to a reference; XML 1.0 2.11 makes them line feeds.
        let is_judged = !(text.contains('\r') && text.contains('&'));
        if is_judged && parsed.diagnostics.iter().all(|d| d.severity != Severity::Error) {
            let judge = roxmltree::Document::parse(&text);
            prop_assert!(judge.is_ok(), "roxmltree refuses {text:?}: {judge:?}");
            if let Ok(judge) = judge {
                let difference = first_difference(&parsed.tree, &judge);
                prop_assert!(difference.is_none(), "{text:?}: {difference:?}");
            }
        }
    }

    #[test]
    fn bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        let text = String::from_utf8_lossy(&bytes);
        check_tree(&xml::parse(&text, &Limits::default()).tree);
    }

    #[test]
    fn prefixes_are_only_names(root in element()) {
        let plain = root.write(&["", "p", "q", "r"]);
        let parsed = xml::parse(&plain, &Limits::default());
        prop_assert!(parsed.diagnostics.is_empty(), "{plain}: {:?}", parsed.diagnostics);
        let tree = expanded(&parsed.tree);
        for names in [["", "q", "r", "p"], ["", "ovf", "a-long.prefix_0123456789", "é\u{300}"]] {
            let renamed = root.write(&names);
            let parsed = xml::parse(&renamed, &Limits::default());
            prop_assert!(parsed.diagnostics.is_empty(), "{renamed}: {:?}", parsed.diagnostics);
            prop_assert_eq!(&tree, &expanded(&parsed.tree), "{} and {}", plain, renamed);
        }
    }
}

/// Prefixes by number, more than any table of fixed size would hold: `p0` to `p39`.
const PREFIXES: usize = 40;

/// One level of a document: what is declared, how the element is called, and its attributes.
#[derive(Clone, Debug)]
struct Level {
    declarations: Vec<(usize, usize)>,
    prefix: usize,
    attributes: Vec<(usize, usize)>,
    /// How many elements are closed after it.
    closes: usize,
}

fn levels() -> impl Strategy<Value = Vec<Level>> {
    let declarations = prop::collection::vec((0..PREFIXES, 0..24_usize), 0..8);
    let attributes = prop::collection::vec((0..PREFIXES * 2, 0..30_usize), 0..20);
    let level = (declarations, 0..PREFIXES * 2, attributes, 0..3_usize).prop_map(
        |(declarations, prefix, attributes, closes)| Level {
            declarations,
            prefix,
            attributes,
            closes,
        },
    );
    prop::collection::vec(level, 1..30)
}

/// The document, in which attributes of one expanded name may meet, but all prefixes are bound.
fn write_levels(levels: &[Level]) -> String {
    let mut out = String::from("<r>");
    let mut open: Vec<(String, Vec<usize>)> = Vec::new();
    for level in levels {
        let mut bound = open.last().map_or_else(Vec::new, |(_, bound)| bound.clone());
        let mut tag = String::new();
        let mut declared = Vec::new();
        for &(prefix, uri) in &level.declarations {
            if !declared.contains(&prefix) {
                declared.push(prefix);
                tag += &format!(" xmlns:p{prefix}=\"urn:{uri}\"");
            }
        }
        bound.retain(|prefix| !declared.contains(prefix));
        bound.append(&mut declared);
        let qname = |wish: usize, local: String| match bound.get(wish) {
            Some(prefix) => format!("p{prefix}:{local}"),
            None => local,
        };
        let mut written = Vec::new();
        for &(wish, local) in &level.attributes {
            let name = qname(wish, format!("a{local}"));
            if !written.contains(&name) {
                tag += &format!(" {name}=\"\"");
                written.push(name);
            }
        }
        let name = qname(level.prefix, "e".to_owned());
        out += &format!("<{name}{tag}>");
        open.push((name, bound));
        for _ in 0..level.closes {
            if let Some((name, _)) = open.pop() {
                out += &format!("</{name}>");
            }
        }
    }
    while let Some((name, _)) = open.pop() {
        out += &format!("</{name}>");
    }
    out + "</r>"
}

/// Our tree of a text that is held against roxmltree's: both refuse it, or the trees are equal.
fn agrees_with_roxmltree(text: &str) -> Result<(), String> {
    let parsed = xml::parse(text, &Limits::unlimited());
    check_tree(&parsed.tree);
    match roxmltree::Document::parse(text) {
        Ok(judge) if parsed.diagnostics.is_empty() => {
            first_difference(&parsed.tree, &judge).map_or(Ok(()), Err)
        }
        Ok(_) => Err(format!("only we refuse it: {:?}", parsed.diagnostics)),
        Err(error) if parsed.diagnostics.is_empty() => {
            Err(format!("only roxmltree refuses it: {error}"))
        }
        Err(_) => Ok(()),
    }
}

#[test]
fn names_of_any_length_keep_their_parts() {
    let prefixes = [1, 254, 255, 256, 257, 300, 65_533, 65_534, 65_535, 65_536].map(|len| (len, 1));
    let locals =
        [254, 255, 256, 65_278, 65_279, 65_533, 65_534, 65_535, 65_536].map(|len| (300, len));
    for (prefix, local) in prefixes.into_iter().chain(locals) {
        let (prefix, local) = ("p".repeat(prefix), "n".repeat(local));
        let text = format!(
            "<{prefix}:{local} xmlns:{prefix}='é' {prefix}:{local}='1' {local}='2'><{local}/></{prefix}:{local}>"
        );
        agrees_with_roxmltree(&text).unwrap();
    }
}

/// The prefix of a malformed declaration is not known, so nothing is declared, least of all the
/// default namespace.
#[test]
fn a_malformed_declaration_declares_nothing() {
    for declaration in
        ["xmlns:='w'", "xmlns:1='w'", "xmlns:p:q='w'", "xmlns::p='w'", "xmlns:p:='w'"]
    {
        let text = format!("<a {declaration}><b/></a>");
        let parsed = xml::parse(&text, &Limits::default());
        assert!(!parsed.diagnostics.is_empty());
        for node in parsed.tree.elements() {
            assert_eq!(node.namespace(), "", "{node:?} in {text}");
            assert_eq!(node.declarations().count(), 0, "{node:?} in {text}");
        }
    }
}

proptest! {
    // Its documents are a hundred times longer than those above.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn many_prefixes_and_attributes_are_read_as_roxmltree_reads_them(levels in levels()) {
        let text = write_levels(&levels);
        let agreement = agrees_with_roxmltree(&text);
        prop_assert!(agreement.is_ok(), "{text}: {agreement:?}");
    }
}

/// An element to be written. Prefixes are numbers below 4, 0 the default namespace.
#[derive(Clone, Debug)]
struct Element {
    declarations: Vec<(usize, usize)>,
    prefix: usize,
    local: &'static str,
    attributes: Vec<(usize, &'static str, &'static str)>,
    text: &'static str,
    children: Vec<Self>,
}

const URIS: &[&str] = &["urn:a", "urn:b", "urn:&#99;"];

fn element() -> impl Strategy<Value = Element> {
    let local = || prop::sample::select(&["a", "b", "Item", "名", "p", "q"][..]);
    let value = prop::sample::select(&["", "1", " 2\r\n", "&lt;&#9;", "p:x", "é>"][..]);
    let text =
        prop::sample::select(&["", " ", "x", "p:a &amp;", "<![CDATA[<p:a>]]>", "<!-- p: -->"][..]);
    let declarations = prop::collection::vec((0..4_usize, 0..URIS.len()), 0..3);
    let attributes = prop::collection::vec((0..8_usize, local(), value), 0..4);
    let leaf = (declarations, 0..8_usize, local(), attributes, text).prop_map(
        |(declarations, prefix, local, attributes, text)| Element {
            declarations,
            prefix,
            local,
            attributes,
            text,
            children: Vec::new(),
        },
    );
    let own = leaf.clone();
    leaf.prop_recursive(5, 24, 4, move |inner| {
        (own.clone(), prop::collection::vec(inner, 0..4))
            .prop_map(|(own, children)| Element { children, ..own })
    })
}

impl Element {
    /// The document, each prefix written as its name. What would not be well-formed is left out: second
    /// declarations of a prefix, second attributes of a name; a prefix that is not bound gives way to
    /// one that is.
    fn write(&self, names: &[&str; 4]) -> String {
        let mut out = String::new();
        self.write_into(&mut out, names, &[None; 4]);
        out
    }

    fn write_into(&self, out: &mut String, names: &[&str; 4], outside: &[Option<usize>; 4]) {
        let mut scope = *outside;
        let mut declared = [false; 4];
        let mut tag = String::new();
        for &(prefix, uri) in &self.declarations {
            if !std::mem::replace(&mut declared[prefix], true) {
                scope[prefix] = Some(uri);
                let colon = if prefix == 0 { "" } else { ":" };
                tag += &format!(" xmlns{colon}{}=\"{}\"", names[prefix], URIS[uri]);
            }
        }
        let bound: Vec<usize> = (1..4).filter(|&prefix| scope[prefix].is_some()).collect();
        let choose = |wish: usize| if wish == 0 { 0 } else { *bound.get(wish % 4).unwrap_or(&0) };
        let qname = |prefix: usize, local: &str| match prefix {
            0 => local.to_owned(),
            _ => format!("{}:{local}", names[prefix]),
        };
        let mut seen = Vec::new();
        for &(wish, local, value) in &self.attributes {
            let prefix = choose(wish);
            let expanded = (if prefix == 0 { None } else { scope[prefix] }, local);
            if !seen.contains(&expanded) {
                seen.push(expanded);
                tag += &format!(" {}=\"{value}\"", qname(prefix, local));
            }
        }
        let name = qname(choose(self.prefix), self.local);
        *out += &format!("<{name}{tag}>{}", self.text);
        for child in &self.children {
            child.write_into(out, names, &scope);
            *out += self.text;
        }
        *out += &format!("</{name}>");
    }
}
