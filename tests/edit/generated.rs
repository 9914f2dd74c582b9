//! Every edit on generated descriptors.

use proptest::prelude::*;

use crate::every::{Tally, check};

/// A descriptor with nested collections, networks, files, properties and every way of laying it out.
#[derive(Clone, Debug)]
struct Shape {
    ids: Vec<String>,
    networks: Vec<String>,
    files: usize,
    line_end: &'static str,
    indent: &'static str,
    quote: char,
    prefix: bool,
    nested: bool,
}

impl Shape {
    fn text(&self) -> String {
        let p = if self.prefix { "ovf:" } else { "" };
        let q = self.quote;
        let escape = |text: &str| ovf::xml::escape_attribute(text).into_owned();
        let mut lines: Vec<(usize, String)> = Vec::new();
        let namespace = "http://schemas.dmtf.org/ovf/envelope/1";
        let default = if self.prefix { String::new() } else { format!(" xmlns={q}{namespace}{q}") };
        lines.push((0, format!("<{p}Envelope{default} xmlns:ovf={q}{namespace}{q} xmlns:rasd={q}http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData{q} xmlns:vmw={q}http://www.vmware.com/schema/ovf{q}>")));
        lines.push((1, format!("<{p}References>")));
        for at in 0..self.files {
            let size = if at % 2 == 0 { format!(" ovf:size={q}{at}{q}") } else { String::new() };
            lines.push((
                2,
                format!("<{p}File ovf:id={q}f{at}{q} ovf:href={q}f{at}.vmdk{q}{size}/>"),
            ));
        }
        lines.push((1, format!("</{p}References>")));
        lines.push((1, format!("<{p}NetworkSection><{p}Info/>")));
        for name in &self.networks {
            lines.push((2, format!("<{p}Network ovf:name={q}{}{q}/>", escape(name))));
        }
        lines.push((1, format!("</{p}NetworkSection>")));
        lines.push((1, format!("<{p}VirtualSystemCollection ovf:id={q}all{q}><{p}Info/>")));
        let items = |lines: &mut Vec<_>, ids: &[String]| {
            lines.push((2, format!("<{p}StartupSection><{p}Info/>")));
            for id in ids {
                lines
                    .push((3, format!("<{p}Item ovf:id={q}{}{q} ovf:order={q}1{q}/>", escape(id))));
            }
            lines.push((2, format!("</{p}StartupSection>")));
        };
        items(&mut lines, &self.ids);
        if self.nested {
            lines.push((
                2,
                format!("<{p}VirtualSystemCollection ovf:id={q}nested in all{q}><{p}Info/>"),
            ));
            items(&mut lines, &self.ids);
            self.systems(&mut lines, p, escape);
            lines.push((2, format!("</{p}VirtualSystemCollection>")));
        }
        self.systems(&mut lines, p, escape);
        lines.push((1, format!("</{p}VirtualSystemCollection>")));
        lines.push((0, format!("</{p}Envelope>")));
        let mut text = String::new();
        for (depth, line) in lines {
            text.push_str(&self.indent.repeat(depth));
            text.push_str(&line);
            text.push_str(self.line_end);
        }
        text
    }

    fn systems(&self, lines: &mut Vec<(usize, String)>, p: &str, escape: impl Fn(&str) -> String) {
        let q = self.quote;
        for id in &self.ids {
            lines.push((2, format!("<{p}VirtualSystem ovf:id={q}{}{q}><{p}Info/>", escape(id))));
            lines.push((3, format!("<{p}ProductSection><{p}Info/>")));
            for (at, name) in self.networks.iter().enumerate() {
                let argument = name.replace('\\', "\\\\").replace('"', "\\\"");
                let qualifier = escape(&format!("Ip(\"{argument}\")"));
                lines.push((4, format!("<{p}Property ovf:key={q}k{at}{q} ovf:type={q}string{q} ovf:userConfigurable={q}true{q} vmw:qualifiers={q}{qualifier}{q}/>")));
            }
            lines.push((3, format!("</{p}ProductSection><{p}VirtualHardwareSection><{p}Info/>")));
            for (at, name) in self.networks.iter().enumerate() {
                let name = ovf::xml::escape_text(name);
                lines.push((4, format!("<{p}Item><rasd:Connection>{name}</rasd:Connection><rasd:ElementName>.</rasd:ElementName><rasd:InstanceID>{at}</rasd:InstanceID><rasd:ResourceType>10</rasd:ResourceType></{p}Item>")));
            }
            lines.push((3, format!("</{p}VirtualHardwareSection>")));
            lines.push((2, format!("</{p}VirtualSystem>")));
        }
    }
}

fn shapes() -> impl Strategy<Value = Shape> {
    let names = |pattern: &'static str| {
        prop::collection::hash_set(pattern, 1..5).prop_map(|set| {
            let mut names: Vec<String> = set.into_iter().collect();
            names.sort();
            names
        })
    };
    (
        names("[a-c&<'\"é]{1,3}|machine-of-many-[a-c]{1,9}"),
        names("[a-c&<'\"()é\\\\]{1,6}"),
        0_usize..4,
        prop::sample::select(vec!["\n", "\r\n", ""]),
        prop::sample::select(vec!["  ", "\t", ""]),
        prop::sample::select(vec!['"', '\'']),
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(|(ids, networks, files, line_end, indent, quote, prefix, nested)| Shape {
            ids,
            networks,
            files,
            line_end,
            indent,
            quote,
            prefix,
            nested,
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_edit_twice_is_once(shape in shapes()) {
        let text = shape.text();
        let source = ovf::Source::from_text(text.as_str()).unwrap();
        let report = ovf::Validator::new().check(&source);
        prop_assert!(report.counts().error == 0, "{:?}\n{}", report.diagnostics(), text);
        check("generated", text.as_bytes(), &mut Tally::default());
    }
}
