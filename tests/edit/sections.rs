//! Adding, replacing and removing sections.

use ovf::edit::{
    EditError, Fragment, FragmentError, add_section, remove_sections, replace_section,
};
use ovf::model::{Envelope, OstNode, SectionKind};

use crate::{edited, envelope, replaced, with_valid};

const VM: &str = r#"  <VirtualSystemCollection ovf:id="all">
    <Info>All</Info>
    <VirtualSystem ovf:id="vm">
      <Info>One</Info>
      <Name>One</Name>
      <AnnotationSection>
        <Info>Old</Info>
        <Annotation>Old</Annotation>
      </AnnotationSection>
      <EulaSection><Info>L</Info><License>L</License></EulaSection> <!-- kept -->
    </VirtualSystem>
  </VirtualSystemCollection>"#;

/// A section as one gets it out of a tree: all in scope declared.
const ANNOTATION: &str =
    "<AnnotationSection xmlns=\"http://schemas.dmtf.org/ovf/envelope/1\" xmlns:x=\"urn:x\">
        <Info>New</Info>
        <Annotation>New</Annotation>
      </AnnotationSection>";
/// The same, inside the descriptor.
const INSIDE: &str = "<AnnotationSection xmlns:x=\"urn:x\">
        <Info>New</Info>
        <Annotation>New</Annotation>
      </AnnotationSection>";

fn node<'e, 's>(envelope: &'e Envelope<'s>, id: &str) -> OstNode<'e, 's> {
    envelope.ost_nodes().find(|node| node.id() == id).unwrap()
}

#[test]
fn a_section_comes_behind_the_others() {
    let text = envelope(VM);
    let add = |id: &'static str, xml: &'static str| {
        edited(&text, move |valid| {
            add_section(valid, node(valid, id), &Fragment::parse(xml).unwrap())
        })
    };
    let info = "    <Info>All</Info>\n";
    let more = format!("{info}    {INSIDE}\n");
    assert_eq!(add("all", ANNOTATION).unwrap(), replaced(&text, info, &more, 1));
    let os = "<?xml version=\"1.0\"?><!-- not this -->\n<o:OperatingSystemSection xmlns:o=\"http://schemas.dmtf.org/ovf/envelope/1\" o:id=\"1\"><o:Info/></o:OperatingSystemSection>";
    let element = &os[os.find("<o:").unwrap()..];
    let kept = "<!-- kept -->\n";
    let more = format!("{kept}      {element}\n");
    assert_eq!(add("vm", os).unwrap(), replaced(&text, kept, &more, 1));
    // An element without a namespace keeps being in none.
    let hardware = r#"<v:Machine xmlns:v="http://www.virtualbox.org/ovf/machine" xmlns:o="http://schemas.dmtf.org/ovf/envelope/1" o:required="false"><o:Info/><None/></v:Machine>"#;
    assert!(add("vm", hardware).unwrap().contains("<v:Machine xmlns=\"\" xmlns:v="));
}

/// What stands in no namespace stays in none, and nothing is declared that is not needed for it.
#[test]
fn elements_keep_their_namespace() {
    const OVF: &str = "http://schemas.dmtf.org/ovf/envelope/1";
    let default = envelope(VM);
    let prefixed = format!(
        "<ovf:Envelope xmlns:ovf=\"{OVF}\">\n  <ovf:References/>\n  <ovf:VirtualSystem ovf:id=\"vm\">\n    <ovf:Info/>\n  </ovf:VirtualSystem>\n</ovf:Envelope>"
    );
    let machine = |declared: &str, content: &str| {
        format!(
            "<v:Machine{declared} xmlns:v=\"http://www.virtualbox.org/ovf/machine\" xmlns:o=\"{OVF}\" o:required=\"false\"><o:Info/>{content}</v:Machine>"
        )
    };
    let none = " xmlns=\"\"";
    for (text, given, want) in [
        (&default, machine("", "<None/>"), machine(none, "<None/>")),
        (&default, machine(none, "<None/>"), machine(none, "<None/>")),
        (&default, machine("", "<Own xmlns=\"urn:x\"/>"), machine("", "<Own xmlns=\"urn:x\"/>")),
        (&default, machine("", "<o:None/>"), machine("", "<o:None/>")),
        (&default, machine(" xmlns=\"urn:x\"", "<X/>"), machine(" xmlns=\"urn:x\"", "<X/>")),
        (&prefixed, machine("", "<None/>"), machine("", "<None/>")),
    ] {
        let written = edited(text, |valid| {
            add_section(valid, node(valid, "vm"), &Fragment::parse(&given).unwrap())
        });
        let written = written.unwrap();
        assert!(written.contains(&want), "{given}\n{written}");
    }
}

/// In OVF 0.9 every section is a `Section`, and its `xsi:type` says what it is.
#[test]
fn sections_of_0_9_have_the_name_of_their_type() {
    const DRAFT: &str = "http://www.vmware.com/schema/ovf/1/envelope";
    let xsi = "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'";
    for (xml, namespace, name) in [
        (
            format!("<Section {xsi} xmlns:o='{DRAFT}' xsi:type='o:NetworkSection_Type'/>"),
            DRAFT,
            "NetworkSection",
        ),
        (format!("<Section {xsi} xsi:type=' NetworkSection_Type '/>"), DRAFT, "NetworkSection"),
        (format!("<Section {xsi} xsi:type='NetworkSection'/>"), DRAFT, "NetworkSection"),
        (format!("<Section {xsi} xmlns:a='urn:a' xsi:type='a:Own_Type'/>"), "urn:a", "Own"),
        (format!("<Section {xsi} xmlns='urn:a' xsi:type='Own_Type'/>"), "urn:a", "Own"),
        (
            format!("<NetworkSection {xsi} xmlns='urn:a' xsi:type='Own_Type'/>"),
            "urn:a",
            "NetworkSection",
        ),
        ("<Section xmlns='urn:a' type='Own_Type'/>".to_owned(), "urn:a", "Section"),
    ] {
        let fragment = Fragment::parse(&xml).unwrap();
        assert_eq!((fragment.namespace(), fragment.name()), (namespace, name), "{xml}");
    }
}

#[test]
fn a_section_is_replaced_where_it_stands() {
    let text = envelope(VM);
    let written = edited(&text, |valid| {
        let vm = node(valid, "vm");
        let old = vm.sections().find(|section| section.kind() == SectionKind::Annotation).unwrap();
        replace_section(valid, vm, old, &Fragment::parse(ANNOTATION).unwrap())
    });
    let start = text.find("<AnnotationSection").unwrap();
    let end = text.find("      <EulaSection").unwrap();
    assert_eq!(written.unwrap(), format!("{}{INSIDE}\n{}", &text[..start], &text[end..]));
}

#[test]
fn a_removed_section_takes_its_lines_along() {
    let text = envelope(VM);
    let remove = |kind: SectionKind| {
        edited(&text, move |valid| {
            let sections = valid.ost_nodes().flat_map(|node| node.sections());
            Ok(remove_sections(valid, sections.filter(|section| section.kind() == kind)))
        })
        .unwrap()
    };
    let start = text.find("      <AnnotationSection").unwrap();
    let end = text.find("      <EulaSection").unwrap();
    assert_eq!(remove(SectionKind::Annotation), format!("{}{}", &text[..start], &text[end..]));
    // The comment behind it is not its own.
    let eula = "<EulaSection><Info>L</Info><License>L</License></EulaSection>";
    assert_eq!(remove(SectionKind::Eula), replaced(&text, eula, "", 1));
}

#[test]
fn sections_are_checked() {
    let invalid = Fragment::parse("<a>\n\n</b>").unwrap_err();
    assert_eq!((invalid.line(), invalid.fault()), (3, "OvfConsumerInvalidSection"));
    let prefix = Fragment::parse("<a xmlns='urn:a'>\n<b c:d=''/></a>").unwrap_err();
    assert_eq!(prefix, FragmentError::UndefinedPrefix { prefix: "c".into(), line: 2 });
    assert!(matches!(Fragment::parse(""), Err(FragmentError::Invalid { line: 1, .. })));
    with_valid(&envelope(VM), |valid| {
        let add = |id: &str, xml: &str| match add_section(
            valid,
            node(valid, id),
            &Fragment::parse(xml).unwrap(),
        ) {
            Err(EditError::Fragment(error)) => error,
            other => panic!("{other:?}"),
        };
        let unknown = add("vm", "<a:MySection xmlns:a='urn:a'/>");
        assert_eq!(
            unknown,
            FragmentError::Undeclared { qualified_type: "{urn:a}MySection".into() }
        );
        let network = "<NetworkSection xmlns='http://schemas.dmtf.org/ovf/envelope/1'/>";
        assert_eq!(add("vm", network).fault(), "OvfConsumerInvalidSection");
        let vendor = "<v:BootOrderSection xmlns:v='http://www.vmware.com/schema/ovf'/>";
        assert_eq!(
            add("all", vendor).to_string(),
            "`BootOrderSection` may not stand in `VirtualSystemCollection`"
        );
    });
}

#[test]
fn steps_say_what_is_done_and_where() {
    with_valid(&envelope(VM), |valid| {
        let network = "<NetworkSection xmlns='http://schemas.dmtf.org/ovf/envelope/1'><Info/></NetworkSection>";
        for (node, xml, want) in [
            (valid.ost(), network, "add `NetworkSection` to the envelope"),
            (node(valid, "vm"), ANNOTATION, "add `AnnotationSection` to `vm`"),
        ] {
            let edit = add_section(valid, node, &Fragment::parse(xml).unwrap()).unwrap();
            let steps: Vec<_> = edit.steps().iter().map(|step| step.what.as_str()).collect();
            assert_eq!(steps, [want]);
        }
    });
}

#[test]
fn kinds_are_known_by_namespace_and_name() {
    for (xml, want) in [
        ("<NetworkSection xmlns='http://schemas.dmtf.org/ovf/envelope/1'/>", SectionKind::Network),
        ("<NetworkSection xmlns='urn:example'/>", SectionKind::Custom),
        ("<BootOrderSection xmlns='urn:example'/>", SectionKind::Custom),
        ("<Another xmlns='http://www.vmware.com/schema/ovf'/>", SectionKind::Custom),
        ("<Another xmlns='http://schemas.dmtf.org/ovf/envelope/1'/>", SectionKind::Custom),
    ] {
        assert_eq!(Fragment::parse(xml).unwrap().kind(), want, "{xml}");
    }
    let boot = Fragment::parse("<BootOrderSection xmlns='http://www.vmware.com/schema/ovf'/>");
    assert!(
        matches!(boot.unwrap().kind(), SectionKind::Vendor(known) if known.name == "BootOrderSection")
    );
}
