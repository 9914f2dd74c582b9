//! A ceiling on the XML that is copied into a spec.

use crate::model::OstSection;

/// Bytes of all sections copied into one spec.
///
/// 64 MiB, what a descriptor has itself at most: every section copied declares all namespaces anew, so
/// many small ones could grow to a thousand times the descriptor.
const MAX_BYTES: usize = 64 << 20;

/// Copies sections as long as there is room.
#[derive(Debug)]
pub(super) struct XmlBudget {
    /// Bytes left; none once something did not fit.
    left: Option<usize>,
}

impl XmlBudget {
    pub(super) const fn new() -> Self {
        Self { left: Some(MAX_BYTES) }
    }

    /// The section as an XML document of its own; `None` when there is no room for it.
    pub(super) fn xml(&mut self, section: OstSection<'_, '_>) -> Option<String> {
        let left = self.left?;
        let xml = section.xml();
        self.left = left.checked_sub(xml.len());
        self.left.map(|_| xml)
    }

    /// Whether something did not fit.
    pub(super) const fn is_used_up(&self) -> bool {
        self.left.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use crate::model::Envelope;
    use crate::source::Source;
    use crate::xml;

    #[test]
    fn behind_a_section_without_room_there_is_none() {
        let descriptor = r#"<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1">
            <DiskSection><Info>Disks</Info></DiskSection><NetworkSection/></Envelope>"#;
        let source = Source::decode(descriptor.as_bytes()).unwrap();
        let parsed = xml::parse(source.text(), &Limits::default());
        let envelope = Envelope::read(&source, parsed.tree).unwrap();
        let sections: Vec<_> = envelope.ost().sections().collect();
        let [disks, networks] = sections.as_slice() else { panic!("there are two") };
        let (disks, networks) = (*disks, *networks);
        let whole = disks.xml();
        let mut budget = XmlBudget { left: Some(whole.len()) };
        assert_eq!(budget.xml(disks), Some(whole));
        assert!(!budget.is_used_up(), "it fits to the last byte");
        assert_eq!(budget.xml(disks), None);
        assert!(budget.is_used_up());
        assert_eq!(budget.xml(networks), None, "though it is smaller");
    }
}
