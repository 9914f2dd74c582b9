//! Block 5, 5801 to 5899: OVF environment documents (DSP0243 11, DSP8027).

use super::codes;

codes! {
    /// The document is no OVF environment document.
    ///
    /// What a guest is given is one XML document whose root is `Environment`. A section alone, or an
    /// element of another name, is not looked into by the guest's tools.
    ///
    /// ```xml
    /// <Enviroment xmlns="http://schemas.dmtf.org/ovf/environment/1"
    /// ```
    ///
    /// Write `Environment` as the root element and put everything else inside it.
    NOT_AN_ENVIRONMENT = 5801, "not-an-environment", Error, "DSP0243 11.1", ParseError, OvfWrongElement;

    /// The root is an `Environment` in a namespace that is not that of OVF environment documents.
    ///
    /// All versions of OVF share the namespace `http://schemas.dmtf.org/ovf/environment/1`. Tools in the
    /// guest compare it as an exact string, so they find nothing in this document. It is read here as if
    /// the namespace were right, so that the rest can be checked.
    ///
    /// ```xml
    /// <Environment xmlns="http://schemas.dmtf.org/ovf/environment/2"
    /// ```
    ///
    /// Declare `http://schemas.dmtf.org/ovf/environment/1`.
    UNKNOWN_ENVIRONMENT_NAMESPACE = 5802, "unknown-environment-namespace", Error, "DSP8027", ParseError, OvfWrongNamespace;

    /// An element of an environment document is not known where it stands.
    ///
    /// Extensions have a namespace of their own and stand at the end of the document, of an Entity or of a
    /// section. Elements in the namespace of the standard, or in none, are those the standard has.
    ///
    /// ```xml
    /// <Prop oe:key="port" oe:value="80"/>
    /// ```
    ///
    /// Correct the name, or give the element a namespace of its own.
    UNKNOWN_ENVIRONMENT_ELEMENT = 5803, "unknown-environment-element", Error, "DSP8027", ElementUnknown, OvfUnsupportedElement;

    /// An attribute in the namespace of environment documents is not one the standard has there.
    ///
    /// Nobody reads it. The schema lets it pass, so it is most likely a slip of the pen.
    ///
    /// ```xml
    /// <Property oe:key="port" oe:value="80" oe:type="uint16"/>
    /// ```
    ///
    /// Remove it, or correct its name.
    UNKNOWN_ENVIRONMENT_ATTRIBUTE = 5804, "unknown-environment-attribute", Warning, "DSP8027", AttributeIllegal, OvfUnsupportedAttribute;

    /// An attribute of an environment document has no prefix.
    ///
    /// The standard's attributes are in its namespace, and a default namespace is not one for attributes.
    /// Readers that go by the namespace find no key and no value; those that go by the name alone do.
    ///
    /// ```xml
    /// <Property key="port" value="80"/>
    /// ```
    ///
    /// Declare a prefix for the namespace, as `xmlns:oe`, and write `oe:key` and `oe:value`.
    UNQUALIFIED_ENVIRONMENT_ATTRIBUTE = 5805, "unqualified-environment-attribute", Tolerated, "DSP8027", AttributeIllegal, OvfUnsupportedAttribute;

    /// An element of an environment document stands in the wrong place.
    ///
    /// The order is fixed: the sections of the machine, an Entity for each sibling, extensions. In a
    /// PropertySection extensions come after all properties, in an Entity after its sections.
    ///
    /// ```xml
    /// <Entity oe:id="db"/>
    /// <PropertySection>
    /// ```
    ///
    /// Move it to where the order has it.
    MISPLACED_ENVIRONMENT_ELEMENT = 5806, "misplaced-environment-element", Error, "DSP8027", ElementIllegal, OvfUnexpectedElement;

    /// A section is there twice in one environment or Entity.
    ///
    /// There is at most one PlatformSection and one PropertySection. Of two, tools in the guest read the
    /// first or the last.
    ///
    /// ```xml
    /// <PropertySection/>
    /// <PropertySection/>
    /// ```
    ///
    /// Make one of them.
    REPEATED_ENVIRONMENT_SECTION = 5807, "repeated-environment-section", Error, "DSP0243 11.1", ElementIllegal, OvfDuplicateElement;

    /// A PlatformSection stands in an Entity.
    ///
    /// It tells about the platform the document is for, which is the same for all siblings.
    ///
    /// ```xml
    /// <Entity oe:id="db">
    ///   <PlatformSection>
    /// ```
    ///
    /// Move it to the beginning of the document.
    PLATFORM_SECTION_IN_ENTITY = 5808, "platform-section-in-entity", Error, "DSP0243 11.1", SectionRestriction, OvfUnexpectedElement;

    /// There is text where an environment document has elements only.
    ///
    /// Values of properties are attributes. Text beside elements is read by nobody.
    ///
    /// ```xml
    /// <Property oe:key="port" oe:value="">80</Property>
    /// ```
    ///
    /// Remove the text, or make it the value of a property.
    TEXT_IN_ENVIRONMENT = 5809, "text-in-environment", Error, "DSP8027", ElementIllegal, OvfElementInvalidValue;

    /// An environment document does not say which machine it is for.
    ///
    /// `id` of the root is the id of the VirtualSystem. With it missing, or empty as vSphere writes it for
    /// a machine alone, a guest cannot tell itself from its siblings.
    ///
    /// ```xml
    /// <Environment xmlns="http://schemas.dmtf.org/ovf/environment/1" xmlns:oe="http://schemas.dmtf.org/ovf/environment/1">
    /// ```
    ///
    /// Write the id of the VirtualSystem: `oe:id="web"`.
    MISSING_ENVIRONMENT_ID = 5811, "missing-environment-id", Tolerated, "DSP0243 11.1", AttributeRequired, OvfMissingAttribute;

    /// An environment document is for another machine than the one it was compared with.
    ///
    /// `id` of the root is that of the VirtualSystem that gets the document.
    ///
    /// ```xml
    /// <Environment oe:id="web"
    /// ```
    ///
    /// Give each machine the document that was made for it.
    WRONG_ENVIRONMENT_ID = 5812, "wrong-environment-id", Error, "DSP0243 11.1", ValueIllegal, OvfInvalidValueReference;

    /// An Entity has no `id`.
    ///
    /// Without the id of a sibling nobody knows whose properties these are.
    ///
    /// ```xml
    /// <Entity>
    /// ```
    ///
    /// Write the id of the sibling: `oe:id="db"`.
    MISSING_ENVIRONMENT_ENTITY_ID = 5813, "missing-environment-entity-id", Error, "DSP8027", AttributeRequired, OvfMissingAttribute;

    /// Two Entities are about one sibling.
    ///
    /// Tools in the guest read the first or the last.
    ///
    /// ```xml
    /// <Entity oe:id="db"/>
    /// <Entity oe:id="db"/>
    /// ```
    ///
    /// Keep one.
    DUPLICATE_ENVIRONMENT_ENTITY = 5814, "duplicate-environment-entity", Error, "DSP0243 11.1", ValueIllegal, OvfDuplicateElement;

    /// An Entity is about the machine the document is for.
    ///
    /// Entities are for siblings alone. What the machine itself has stands directly below the root.
    ///
    /// ```xml
    /// <Entity oe:id="web"/>
    /// ```
    ///
    /// Remove it, and put its properties into the PropertySection of the document.
    ENVIRONMENT_ENTITY_OF_ITSELF = 5815, "environment-entity-of-itself", Error, "DSP0243 11.1", ValueIllegal, OvfInvalidValue;

    /// An Entity is about something that is no sibling of the machine.
    ///
    /// Only members of the same collection are siblings: no members of other collections, and neither the
    /// collection nor what is around it. The document was compared with a descriptor.
    ///
    /// ```xml
    /// <Entity oe:id="cousin"/>
    /// ```
    ///
    /// Remove it.
    UNKNOWN_ENVIRONMENT_SIBLING = 5816, "unknown-environment-sibling", Error, "DSP0243 11.1", ValueIllegal, OvfInvalidValueReference;

    /// A sibling of the machine has no Entity.
    ///
    /// There is one for each other member of the collection, also for one without properties. The
    /// document was compared with a descriptor.
    ///
    /// ```xml
    /// <Environment xmlns="http://schemas.dmtf.org/ovf/environment/1" xmlns:oe="http://schemas.dmtf.org/ovf/environment/1" oe:id="web">
    /// ```
    ///
    /// Add an Entity with the id of the sibling.
    MISSING_ENVIRONMENT_SIBLING = 5817, "missing-environment-sibling", Error, "DSP0243 11.1", ElementRequired, OvfMissingElement;

    /// A property of an environment document has no key.
    ///
    /// ```xml
    /// <Property oe:value="80"/>
    /// ```
    ///
    /// Write the full key: class, key and instance of the property, with dots between those that are
    /// there.
    MISSING_ENVIRONMENT_KEY = 5821, "missing-environment-key", Error, "DSP8027", AttributeRequired, OvfMissingAttribute;

    /// A key begins or ends with a dot.
    ///
    /// A full key is class, key and instance with dots between them; a part that is empty takes its dot
    /// away. With the dot left over no guest finds the key it looks for. A class or key of a descriptor that
    /// has the dot itself makes such a full key as well, which is why it is no error: see OVF5022.
    ///
    /// ```xml
    /// <Property oe:key=".port." oe:value="80"/>
    /// ```
    ///
    /// Remove the dot.
    MALFORMED_ENVIRONMENT_KEY = 5822, "malformed-environment-key", Tolerated, "DSP0243 9.5.1", ValueIllegal, OvfInvalidValueFormatMalformed;

    /// A property of an environment document has no value.
    ///
    /// A property that is not set has an empty one.
    ///
    /// ```xml
    /// <Property oe:key="port"/>
    /// ```
    ///
    /// Write `oe:value=""`.
    MISSING_ENVIRONMENT_VALUE = 5823, "missing-environment-value", Error, "DSP8027", AttributeRequired, OvfMissingAttribute;

    /// A key is there twice in one PropertySection.
    ///
    /// A property of the machine takes the place of one of its collection with the same key; both are not
    /// listed. Of two, tools in the guest read the first or the last.
    ///
    /// ```xml
    /// <Property oe:key="port" oe:value="80"/>
    /// <Property oe:key="port" oe:value="8080"/>
    /// ```
    ///
    /// Keep the one of the machine.
    DUPLICATE_ENVIRONMENT_KEY = 5824, "duplicate-environment-key", Error, "DSP0243 11.1", ValueIllegal, OvfDuplicateElement;

    /// A key is that of no property that may be seen there.
    ///
    /// A machine sees its own properties and those of the collection it is in, but none of collections
    /// farther out. The document was compared with a descriptor.
    ///
    /// ```xml
    /// <Property oe:key="prot" oe:value="80"/>
    /// ```
    ///
    /// Correct the key, or remove the property.
    UNKNOWN_ENVIRONMENT_KEY = 5825, "unknown-environment-key", Error, "DSP0243 11.1", ValueIllegal, OvfInvalidValueReference;

    /// A property that belongs into a PropertySection is not in it.
    ///
    /// All properties are listed, also those that people cannot set and those without a value. The
    /// document was compared with a descriptor; properties of some deployment options are not asked for.
    ///
    /// ```xml
    /// <PropertySection>
    /// ```
    ///
    /// Add it with its value, or with an empty one.
    MISSING_ENVIRONMENT_PROPERTY = 5826, "missing-environment-property", Error, "DSP0243 11.1", ElementRequired, OvfMissingElement;

    /// A reference to a property stands in a value.
    ///
    /// `${…}` is replaced before a guest sees it. Where it is left, the property has most likely no such
    /// name, or its value leads back to itself. Nothing is said of the name, for the value may be a
    /// password.
    ///
    /// ```xml
    /// <Property oe:key="url" oe:value="http://${host}/"/>
    /// ```
    ///
    /// Correct the reference in the descriptor, or replace it.
    UNREPLACED_REFERENCE = 5827, "unreplaced-reference", Tolerated, "DSP0243 9.5.1", ValueIllegal, OvfInvalidValueReference;

    /// What a PlatformSection tells stands in the wrong order.
    ///
    /// The order is Kind, Version, Vendor, Locale, Timezone, extensions. All of them may be left out.
    ///
    /// ```xml
    /// <Version>8.0</Version>
    /// <Kind>ESXi</Kind>
    /// ```
    ///
    /// Put them into this order.
    MISPLACED_PLATFORM_FACT = 5828, "misplaced-platform-fact", Error, "DSP8027", ElementIllegal, OvfUnexpectedElement;

    /// A PlatformSection tells something twice.
    ///
    /// ```xml
    /// <Kind>ESXi</Kind>
    /// <Kind>ESX</Kind>
    /// ```
    ///
    /// Keep one.
    REPEATED_PLATFORM_FACT = 5829, "repeated-platform-fact", Error, "DSP8027", ElementIllegal, OvfDuplicateElement;

    /// The Timezone of a PlatformSection is no number of minutes.
    ///
    /// It is a whole number: how many minutes local time is ahead of UTC, and negative west of Greenwich.
    ///
    /// ```xml
    /// <Timezone>UTC+2</Timezone>
    /// ```
    ///
    /// Write the minutes: `120` for two hours east of Greenwich.
    INVALID_TIMEZONE = 5830, "invalid-timezone", Error, "DSP8027", ValueIllegal, OvfElementInvalidValue;
}
