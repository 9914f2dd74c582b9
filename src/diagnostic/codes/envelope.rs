//! Block 2: envelope, content elements and sections (DSP0243 clauses 7, 9 and 10).

use super::codes;

codes! {
    /// The root element is not `Envelope`.
    ///
    /// A descriptor is one XML document whose root is `Envelope`. Anything else is another kind of
    /// file: a web page that says "not found", a message bundle, a configuration of another product.
    ///
    /// ```xml
    /// <FakeEnvelope xmlns="http://schemas.dmtf.org/ovf/envelope/1">
    /// ```
    ///
    /// Check that the file is the descriptor of the package; its root element is spelled `Envelope`.
    NOT_AN_ENVELOPE = 2001, "not-an-envelope", Error, "DSP0243 7", ParseError, OvfWrongElement;

    /// The root element is an `Envelope` of a namespace that no version of OVF has.
    ///
    /// Readers tell OVF 0.9, 1.x and 2.x apart by the namespace alone, as an exact string. With another
    /// one they cannot know what the elements mean. An `Envelope` without any namespace is read here as
    /// OVF 1.x, so that the rest can be checked.
    ///
    /// ```xml
    /// <Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/3">
    /// ```
    ///
    /// Declare `http://schemas.dmtf.org/ovf/envelope/1` for OVF 1.0 and 1.1, or
    /// `http://schemas.dmtf.org/ovf/envelope/2` for OVF 2.x.
    UNKNOWN_ENVELOPE_NAMESPACE = 2002, "unknown-envelope-namespace", Error, "DSP0243 7", ParseError, OvfWrongNamespace;

    /// The descriptor is written in the dialect of oVirt, RHV and virt-v2v.
    ///
    /// That dialect has the namespace of OVF 1.x with a slash at its end, the shapes of OVF 0.9 and
    /// words of its own. Other importers refuse it. Only the section tree is read; no other rule is
    /// applied.
    ///
    /// ```xml
    /// <ovf:Envelope xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1/"
    /// ```
    ///
    /// Import it with oVirt, or export the machine again as OVF 1.x.
    OVIRT_DIALECT = 2003, "ovirt-dialect", Error, "DSP0243 7", ParseError, OvfWrongNamespace;

    /// An element of one version's namespace stands in an envelope of another version.
    ///
    /// VMware writes sections of OVF 2 into OVF 1.x envelopes and reads them back. A reader that goes
    /// by the standard takes them for unknown sections, and refuses the package unless they are marked
    /// as not required.
    ///
    /// ```xml
    /// <ovf2:PlacementGroupSection ovf2:id="group" ovf2:policy="availability">
    /// ```
    ///
    /// Leave it when VMware's products are the only readers; else write the whole descriptor in one
    /// version.
    MIXED_OVF_NAMESPACES = 2004, "mixed-ovf-namespaces", Warning, "DSP0243 7", ParseError, OvfWrongNamespace;

    /// The `version` attribute of the envelope says another version than its namespace and content.
    ///
    /// The attribute is no part of the standard from 1.0 on, and readers do not decide by it. One that
    /// is wrong misleads people and a few tools.
    ///
    /// ```xml
    /// <Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1" ovf:version="2.0">
    /// ```
    ///
    /// Remove the attribute, or state the version the descriptor is written in.
    VERSION_CONTRADICTS_CONTENT = 2005, "version-contradicts-content", Warning, "DSP0243 7", ValueIllegal, OvfInvalidValue;

    /// An OVF 0.9 envelope does not say `version="0.9"`.
    ///
    /// The draft demands the attribute. Importers that still read 0.9 look at it, though most go by the
    /// namespace.
    ///
    /// ```xml
    /// <ovf:Envelope xmlns:ovf="http://www.vmware.com/schema/ovf/1/envelope" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
    /// ```
    ///
    /// Write `ovf:version="0.9"` on the envelope.
    MISSING_LEGACY_VERSION = 2006, "missing-legacy-version", Error, "OVF 0.9 envelope", AttributeRequired, OvfMissingAttribute;

    /// A `Section` or `Content` of OVF 0.9 does not say of which type it is.
    ///
    /// In OVF 0.9 all sections are called `Section` and all machines `Content`; what they are stands
    /// in `xsi:type`. Without it, or with the prefix bound to another namespace than XML Schema's,
    /// nobody knows.
    ///
    /// ```xml
    /// <Section>
    /// ```
    ///
    /// Add `xsi:type="ovf:…Section_Type"`, and bind `xsi` to
    /// `http://www.w3.org/2001/XMLSchema-instance`.
    MISSING_SECTION_TYPE = 2007, "missing-section-type", Error, "OVF 0.9 sections", AttributeRequired, OvfMissingAttribute;

    /// A section is written as OVF 0.9 wrote it, in an envelope of another version.
    ///
    /// The schema of 1.x lets `Section` with `xsi:type` through, but no importer of 1.x looks for
    /// sections in that shape. They are read here as what they are meant to be.
    ///
    /// ```xml
    /// <ovf:Section xsi:type="ovf:NetworkSection_Type">
    /// ```
    ///
    /// Write the section under its own name, `NetworkSection`.
    LEGACY_SECTION_SHAPE = 2008, "legacy-section-shape", Tolerated, "DSP0243 7.3", ElementIllegal, OvfUnexpectedElement;

    /// An OVF attribute is written without its prefix.
    ///
    /// An attribute without a prefix is in no namespace, whatever the default namespace is. For a
    /// reader that goes by the standard it is an unknown attribute: an Item that should belong to one
    /// deployment option then belongs to all. It is read here as it is meant. Only the first place is
    /// shown.
    ///
    /// ```xml
    /// <File id="file1" href="disk1.vmdk"/>
    /// ```
    ///
    /// Write the prefix that is bound to the OVF namespace: `ovf:id`.
    UNQUALIFIED_ATTRIBUTE = 2009, "unqualified-attribute", Tolerated, "DSP0243 7", AttributeIllegal, OvfUnsupportedAttribute;

    /// There is no `References` element.
    ///
    /// It lists the files of the package and has to be there even when there are none.
    ///
    /// ```xml
    /// <Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1">
    /// ```
    ///
    /// Put `<References/>` at the beginning of the envelope.
    MISSING_REFERENCES = 2010, "missing-references", Error, "DSP0243 7", ElementRequired, OvfMissingElement;

    /// There is more than one `References` element.
    ///
    /// Readers take the first or the last of them, and so see different files.
    ///
    /// ```xml
    /// <References/>
    /// ```
    ///
    /// Put all files into one `References`.
    REPEATED_REFERENCES = 2011, "repeated-references", Error, "DSP0243 7", ElementIllegal, OvfDuplicateElement;

    /// `References` is not the first child of the envelope.
    ///
    /// The files come first, then the sections, then the machine, then the message bundles. Readers
    /// that work through a stream rely on it.
    ///
    /// ```xml
    /// <References/>
    /// ```
    ///
    /// Move `References` to the beginning of the envelope.
    MISPLACED_REFERENCES = 2012, "misplaced-references", Error, "DSP0243 7", ElementIllegal, OvfUnexpectedElement;

    /// A section of the envelope stands after the machine or the message bundles.
    ///
    /// Sections come after `References` and before `VirtualSystem` or `VirtualSystemCollection`.
    ///
    /// ```xml
    /// <NetworkSection>
    /// ```
    ///
    /// Move the section before the content element.
    SECTION_AFTER_CONTENT = 2013, "section-after-content", Error, "DSP0243 7", ElementIllegal, OvfUnexpectedElement;

    /// `Strings` stands before the machine.
    ///
    /// Message bundles are the last thing in an envelope.
    ///
    /// ```xml
    /// <Strings xml:lang="de-DE">
    /// ```
    ///
    /// Move `Strings` to the end of the envelope.
    MISPLACED_STRINGS = 2014, "misplaced-strings", Error, "DSP0243 10", ElementIllegal, OvfUnexpectedElement;

    /// There is no `VirtualSystem` and no `VirtualSystemCollection`.
    ///
    /// A package without a machine describes nothing that could be deployed.
    ///
    /// ```xml
    /// <Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1">
    /// ```
    ///
    /// Add the machine, or check whether its element is misspelled or in another namespace.
    MISSING_CONTENT = 2015, "missing-content", Error, "DSP0243 7.2", ElementRequired, OvfMissingElement;

    /// The envelope has more than one machine or collection.
    ///
    /// An envelope holds exactly one `VirtualSystem` or `VirtualSystemCollection`. Importers take the
    /// first and lose the others.
    ///
    /// ```xml
    /// <VirtualSystem ovf:id="second">
    /// ```
    ///
    /// Put the machines into one `VirtualSystemCollection`.
    REPEATED_CONTENT = 2016, "repeated-content", Error, "DSP0243 7.2", ElementIllegal, OvfUnexpectedElement;

    /// The envelope is in the namespace of OVF, and its children are in none.
    ///
    /// A prefix on the root does not reach the elements inside: without a prefix of their own or a default
    /// namespace they belong to nobody, and a reader that goes by namespaces finds an empty envelope. They
    /// are read here as they are meant.
    ///
    /// ```xml
    /// <References/>
    /// ```
    ///
    /// Declare the namespace of the envelope as default namespace too.
    UNQUALIFIED_ELEMENTS = 2017, "unqualified-elements", Tolerated, "DSP0243 7", ParseError, OvfWrongNamespace;

    /// A virtual system or collection has no `id`.
    ///
    /// Startup order, placement and the OVF environment name machines by their id.
    ///
    /// ```xml
    /// <VirtualSystem>
    /// ```
    ///
    /// Give it an `ovf:id` that is unique among its siblings.
    MISSING_ENTITY_ID = 2020, "missing-entity-id", Error, "DSP0243 7.2", AttributeRequired, OvfMissingAttribute;

    /// The `id` of a virtual system or collection is empty.
    ///
    /// The schema lets it pass, but nothing can refer to it, and most importers name the machine by it.
    ///
    /// ```xml
    /// <VirtualSystem ovf:id="">
    /// ```
    ///
    /// Give it a name.
    EMPTY_ENTITY_ID = 2021, "empty-entity-id", Error, "DSP0243 7.2", ValueIllegal, OvfInvalidValueEmpty;

    /// Two members of one collection have the same `id`.
    ///
    /// Startup order and placement name the members of a collection by id, so it has to tell them
    /// apart. The same id in another collection is fine.
    ///
    /// ```xml
    /// <VirtualSystem ovf:id="web">
    /// ```
    ///
    /// Rename one of them, and what refers to it.
    DUPLICATE_ENTITY_ID = 2022, "duplicate-entity-id", Error, "DSP0243 7.2", ValueIllegal, OvfDuplicateElement;

    /// A section, virtual system or collection does not begin with `Info`.
    ///
    /// `Info` says to people what the element is for, and importers show it when they have to refuse
    /// the section. The standard demands it everywhere; importers do without.
    ///
    /// ```xml
    /// <NetworkSection/>
    /// ```
    ///
    /// Add `<Info>…</Info>` as the first child.
    MISSING_INFO = 2023, "missing-info", Tolerated, "DSP0243 7.2", ElementRequired, OvfMissingElement;

    /// `Info` is there, but not as the first child.
    ///
    /// ```xml
    /// <Info>It comes too late.</Info>
    /// ```
    ///
    /// Move `Info` before all other children.
    MISPLACED_INFO = 2024, "misplaced-info", Error, "DSP0243 7.2", ElementIllegal, OvfUnexpectedElement;

    /// `Name` does not stand right after `Info`, or stands there twice.
    ///
    /// A virtual system or collection may have one `Name`, after `Info` and before all sections.
    ///
    /// ```xml
    /// <Name>Too late</Name>
    /// ```
    ///
    /// Move the name to the place after `Info`, and keep one.
    MISPLACED_NAME = 2025, "misplaced-name", Error, "DSP0243 7.2", ElementIllegal, OvfUnexpectedElement;

    /// The `Name` of a virtual system or collection is empty.
    ///
    /// Importers show the name to people and many name the machine by it.
    ///
    /// ```xml
    /// <Name></Name>
    /// ```
    ///
    /// Write a name or leave the element out.
    EMPTY_NAME = 2026, "empty-name", Warning, "DSP0243 7.2", ValueIllegal, OvfElementInvalidValue;

    /// A section of a collection stands after the machines in it.
    ///
    /// The sections of a collection come before its members.
    ///
    /// ```xml
    /// <StartupSection>
    /// ```
    ///
    /// Move the section before the first member.
    SECTION_AFTER_MEMBER = 2027, "section-after-member", Error, "DSP0243 7.2", ElementIllegal, OvfUnexpectedElement;

    /// A collection has no members.
    ///
    /// That is allowed, and deploys an empty vApp.
    ///
    /// ```xml
    /// <VirtualSystemCollection ovf:id="nothing">
    /// ```
    ///
    /// Nothing has to be done if that is meant.
    EMPTY_COLLECTION = 2028, "empty-collection", Info, "DSP0243 7.2", ElementRequired, OvfMissingElement;

    /// A content element stands where none may: in a `VirtualSystem`.
    ///
    /// Only collections have members.
    ///
    /// ```xml
    /// <VirtualSystem ovf:id="inner">
    /// ```
    ///
    /// Make the outer element a `VirtualSystemCollection`, or move the inner one out.
    MISPLACED_CONTENT = 2029, "misplaced-content", Error, "DSP0243 7.2", ElementIllegal, OvfUnexpectedElement;

    /// A section stands on a node of the section tree where it has no meaning.
    ///
    /// Disks and networks belong to the envelope, hardware to a virtual system, startup order to a
    /// collection. Importers look for a section in its place only: elsewhere it is lost or refused.
    ///
    /// ```xml
    /// <VirtualHardwareSection>
    /// ```
    ///
    /// Move the section to where the message says.
    MISPLACED_SECTION = 2030, "misplaced-section", Error, "DSP0243 9", SectionRestriction, OvfUnexpectedElement;

    /// A product or licence section stands directly in the envelope.
    ///
    /// The standard has it on a virtual system or collection. Some exporters put what concerns the
    /// package as a whole into the envelope, and importers take it.
    ///
    /// ```xml
    /// <EulaSection>
    /// ```
    ///
    /// Move the section into the content element.
    PRODUCT_ON_ENVELOPE = 2031, "product-on-envelope", Tolerated, "DSP0243 9", SectionRestriction, OvfUnexpectedElement;

    /// A section of which there may be one stands there twice.
    ///
    /// Readers take the first, the last or both.
    ///
    /// ```xml
    /// <AnnotationSection>
    /// ```
    ///
    /// Put everything into one section.
    REPEATED_SECTION = 2032, "repeated-section", Error, "DSP0243 9", SectionRestriction, OvfDuplicateElement;

    /// A section that has to be understood is not known.
    ///
    /// A reader must refuse a package with a section it does not know, unless the section says
    /// `required="false"`. Saying nothing means required.
    ///
    /// ```xml
    /// <acme:BackupSection>
    /// ```
    ///
    /// Add `ovf:required="false"` if machines work without it. Check the spelling and the namespace if
    /// a section of the standard is meant.
    UNKNOWN_REQUIRED_SECTION = 2033, "unknown-required-section", Error, "DSP0243 7.3", SectionUnknown, OvfUnsupportedSection;

    /// A section is not known, and need not be.
    ///
    /// It says `required="false"`, so readers that do not know it pass over it.
    ///
    /// ```xml
    /// <acme:BackupSection ovf:required="false">
    /// ```
    ///
    /// Nothing has to be done.
    UNKNOWN_OPTIONAL_SECTION = 2034, "unknown-optional-section", Info, "DSP0243 7.3", SectionUnknown, OvfUnsupportedSection;

    /// A section holds an element that has to be understood and is not known.
    ///
    /// An unknown child of a section that does not say `required="false"` makes the whole section one
    /// that a reader does not understand.
    ///
    /// ```xml
    /// <acme:Mirror acme:of="disk1"/>
    /// ```
    ///
    /// Add `ovf:required="false"` to the child if the section works without it.
    UNKNOWN_REQUIRED_CHILD = 2035, "unknown-required-child", Error, "DSP0243 7.3", ElementUnknown, OvfUnsupportedElement;

    /// `required` is no boolean.
    ///
    /// Only `true`, `false`, `1` and `0` are. What readers make of anything else differs.
    ///
    /// ```xml
    /// <acme:BackupSection ovf:required="no">
    /// ```
    ///
    /// Write `true` or `false`.
    INVALID_REQUIRED = 2036, "invalid-required", Error, "DSP0243 7.3", ValueIllegal, OvfInvalidValueFormatMalformed;

    /// Readers have to know extensions of a vendor to take the package (conformance level 3).
    ///
    /// Level 1 is the standard alone, level 2 has extensions that may be passed over, level 3 has
    /// some that may not. A package of level 3 can be deployed with that vendor's products only.
    ///
    /// ```xml
    /// <vmw:StorageGroupSection ovf:required="true" vmw:id="gold" vmw:name="Gold">
    /// ```
    ///
    /// Mark the extensions as `ovf:required="false"` if the machines work without them.
    CONFORMANCE_LEVEL_3 = 2037, "conformance-level-3", Info, "DSP0243 7.4", SectionUnknown, OvfUnsupportedSection;

    /// Disks or networks are listed in several sections.
    ///
    /// There is one `DiskSection` and one `NetworkSection` in an envelope. Importers that read lists from
    /// all of them exist, and importers that read the first alone.
    ///
    /// ```xml
    /// <NetworkSection>
    /// ```
    ///
    /// Move everything into the first.
    SPLIT_SECTION = 2038, "split-section", Tolerated, "DSP0243 9", SectionRestriction, OvfDuplicateElement;

    /// An attribute in the OVF namespace is none that the standard has.
    ///
    /// Readers pass over it, so what it says does not happen. Attributes of a `Property` have a rule of
    /// their own.
    ///
    /// ```xml
    /// <File ovf:id="file1" ovf:href="disk1.iso" ovf:sise="2048"/>
    /// ```
    ///
    /// Write the attribute that is meant, or put it into a namespace of your own.
    UNKNOWN_OVF_ATTRIBUTE = 2039, "unknown-ovf-attribute", Warning, "DSP0243 7.3", AttributeIllegal, OvfUnsupportedAttribute;

    /// The attributes are in the namespace of another version than the elements they stand on.
    ///
    /// A reader that goes by namespaces sees elements without attributes: no id, no href, no capacity. It
    /// happens when the default namespace is changed and the prefix of the attributes is forgotten. They are
    /// read here as they are meant. Only the first is shown.
    ///
    /// ```xml
    /// <Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/2" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1">
    /// ```
    ///
    /// Bind the prefix of the attributes to the namespace of the elements.
    ATTRIBUTE_OF_OTHER_VERSION = 2041, "attribute-of-other-version", Error, "DSP0243 7", AttributeIllegal, OvfWrongNamespace;
}
