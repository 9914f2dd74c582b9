//! Block 5, 5001 to 5099: products and properties (DSP0243 9.5).

use super::codes;

codes! {
    /// Two ProductSections of one machine or collection have the same class and instance.
    ///
    /// The pair tells products apart, and it is part of the name of every property. Where it is there
    /// twice, a reader cannot tell whose property is meant. Both are empty when absent.
    ///
    /// ```xml
    /// <ProductSection ovf:class="org.example.web">
    /// ```
    ///
    /// Put everything into one section, or give each its own `ovf:instance`.
    DUPLICATE_PRODUCT = 5001, "duplicate-product", Error, "DSP0243 9.5", SectionRestriction, OvfDuplicateElement;

    /// The class or the instance of a ProductSection holds a colon.
    ///
    /// Colons are kept out of names of products, so that names made of class, key and instance can be
    /// told apart.
    ///
    /// ```xml
    /// <ProductSection ovf:class="org:example">
    /// ```
    ///
    /// Write the class as a domain name from the back: `org.example.product`.
    COLON_IN_CLASS = 5002, "colon-in-class", Error, "DSP0243 9.5", ValueIllegal, OvfInvalidValue;

    /// A ProductSection has an instance, but no class.
    ///
    /// An instance tells several products of one class apart. Without a class it becomes the end of
    /// every full key and says nothing.
    ///
    /// ```xml
    /// <ProductSection ovf:instance="1">
    /// ```
    ///
    /// Add the class of the product, or leave the instance out.
    INSTANCE_WITHOUT_CLASS = 5003, "instance-without-class", Warning, "DSP0243 9.5", AttributeRequired, OvfMissingAttribute;

    /// The children of a ProductSection stand in the wrong order.
    ///
    /// The schema wants Info, Product, Vendor, Version, FullVersion, ProductUrl, VendorUrl, AppUrl and
    /// the Icons before Categories and Properties, and extensions last. Readers that go by it refuse any
    /// other order; most do not care.
    ///
    /// ```xml
    /// <Vendor>Example</Vendor>
    /// <Product>Web server</Product>
    /// ```
    ///
    /// Move the element to its place.
    PRODUCT_CHILD_ORDER = 5004, "product-child-order", Tolerated, "DSP0243 9.5", ElementIllegal, OvfUnexpectedElement;

    /// A ProductSection holds an element twice of which there may be one.
    ///
    /// Readers take the first or the last.
    ///
    /// ```xml
    /// <Version>2.0</Version>
    /// ```
    ///
    /// Keep one of them.
    REPEATED_PRODUCT_CHILD = 5005, "repeated-product-child", Tolerated, "DSP0243 9.5", ElementIllegal, OvfDuplicateElement;

    /// A URL of a ProductSection is no URL.
    ///
    /// Importers show it as a link. In an AppUrl, `${property}` stands for the value of a property.
    ///
    /// ```xml
    /// <ProductUrl>our home page</ProductUrl>
    /// ```
    ///
    /// Write it with its scheme: `https://www.example.org/`.
    MALFORMED_PRODUCT_URL = 5006, "malformed-product-url", Warning, "DSP0243 9.5", ValueIllegal, OvfInvalidValueFormatMalformed;

    /// An Icon names no file.
    ///
    /// ```xml
    /// <Icon ovf:mimeType="image/png"/>
    /// ```
    ///
    /// Add `ovf:fileRef` with the id of the File that holds the picture.
    MISSING_ICON_FILE = 5007, "missing-icon-file", Error, "DSP0243 9.5", AttributeRequired, OvfMissingAttribute;

    /// The `fileRef` of an Icon is not the id of a File.
    ///
    /// ```xml
    /// <Icon ovf:fileRef="logo"/>
    /// ```
    ///
    /// List the picture in References, or correct the reference.
    UNKNOWN_ICON_FILE = 5008, "unknown-icon-file", Error, "DSP0243 9.5", ValueIllegal, OvfInvalidValueReference;

    /// The height or width of an Icon is not a number from 0 to 65535.
    ///
    /// ```xml
    /// <Icon ovf:fileRef="logo" ovf:height="48" ovf:width="70000"/>
    /// ```
    ///
    /// Write the size in pixels, without a unit.
    INVALID_ICON_SIZE = 5009, "invalid-icon-size", Error, "DSP0243 9.5", ValueIllegal, OvfInvalidValueFormatMalformed;

    /// A Category holds elements.
    ///
    /// A Category is a heading: it holds text, and the properties it is for stand behind it. Nobody
    /// looks for properties inside it, so those are lost.
    ///
    /// ```xml
    /// <Category>Network
    /// ```
    ///
    /// Close the Category before the first Property.
    PROPERTY_IN_CATEGORY = 5010, "property-in-category", Error, "DSP0243 9.5.1", ElementIllegal, OvfUnsupportedElement;

    /// A Property has no key.
    ///
    /// The key is its name; without one nobody can set or read it.
    ///
    /// ```xml
    /// <Property ovf:type="string" ovf:value="8080"/>
    /// ```
    ///
    /// Add `ovf:key`.
    MISSING_PROPERTY_KEY = 5020, "missing-property-key", Error, "DSP0243 9.5.1", AttributeRequired, OvfMissingAttribute;

    /// Two properties of a ProductSection have the same key.
    ///
    /// The guest sees one of them, and importers refuse the package.
    ///
    /// ```xml
    /// <Property ovf:key="port" ovf:type="uint16" ovf:value="80"/>
    /// ```
    ///
    /// Rename one of them, or remove it.
    DUPLICATE_PROPERTY_KEY = 5021, "duplicate-property-key", Error, "DSP0243 9.5.1", AttributeIllegal, OvfDuplicateElement;

    /// The key of a Property holds a period or a colon.
    ///
    /// Periods join class, key and instance, so a key with one can look like another property's full
    /// key. Many real packages write them all the same, and importers take them. Told once for each
    /// section.
    ///
    /// ```xml
    /// <Property ovf:key="web.port" ovf:type="uint16" ovf:value="80"/>
    /// ```
    ///
    /// Move what stands before the last period into the class of the section, or use another character.
    RESERVED_KEY_CHARACTER = 5022, "reserved-key-character", Tolerated, "DSP0243 9.5.1", ValueIllegal, OvfInvalidValue;

    /// Properties of two ProductSections of one machine or collection have the same full key.
    ///
    /// The full key is class, key and instance with periods between them. It is what the guest sees, and
    /// two properties with the same cannot both be seen.
    ///
    /// ```xml
    /// <Property ovf:key="web.port" ovf:type="uint16" ovf:value="80"/>
    /// ```
    ///
    /// Rename one of the keys or classes.
    PROPERTY_KEY_CLASH = 5023, "property-key-clash", Error, "DSP0243 9.5.1", ElementIllegal, OvfDuplicatedPropertyIdImport;

    /// A Property has no type.
    ///
    /// ```xml
    /// <Property ovf:key="port" ovf:value="8080"/>
    /// ```
    ///
    /// Add `ovf:type`; `string` takes any value.
    MISSING_PROPERTY_TYPE = 5024, "missing-property-type", Error, "DSP0243 9.5.1", AttributeRequired, OvfMissingAttribute;

    /// The type of a Property is not known.
    ///
    /// The types are `uint8`, `sint8`, `uint16`, `sint16`, `uint32`, `sint32`, `uint64`, `sint64`,
    /// `string`, `boolean`, `real32` and `real64`. Types that vSphere has for the options of a running
    /// machine, such as `ip` or `password`, are none of a descriptor.
    ///
    /// ```xml
    /// <Property ovf:key="admin" ovf:type="password" ovf:userConfigurable="true"/>
    /// ```
    ///
    /// Write one of the types; for a password, `string` with `ovf:password="true"`.
    UNKNOWN_PROPERTY_TYPE = 5025, "unknown-property-type", Error, "DSP0243 9.5.1", ValueIllegal, OvfPropertyType;

    /// The type of a Property is spelled in a way that the standard does not have.
    ///
    /// `int`, `integer`, `real` and names in another letter case can mean one type only, and some
    /// importers take them. Told once for each name.
    ///
    /// ```xml
    /// <Property ovf:key="port" ovf:type="int" ovf:value="8080"/>
    /// ```
    ///
    /// Write the name as the standard does.
    LOOSE_PROPERTY_TYPE = 5026, "loose-property-type", Tolerated, "DSP0243 9.5.1", ValueIllegal, OvfPropertyType;

    /// The default of a Property is not of its type.
    ///
    /// Importers check defaults before they ask anybody, and refuse the package.
    ///
    /// ```xml
    /// <Property ovf:key="retries" ovf:type="uint8" ovf:value="256"/>
    /// ```
    ///
    /// Correct the value, or choose a wider type.
    INVALID_PROPERTY_VALUE = 5027, "invalid-property-value", Error, "DSP0243 9.5.1", ValueIllegal, OvfPropertyValue;

    /// The default of a Property is of its type, but spelled in another way.
    ///
    /// Truth values are `true` and `false`, and nothing stands around a number. Importers take other
    /// spellings; scripts in the guest that compare texts do not. Told once for each spelling.
    ///
    /// ```xml
    /// <Property ovf:key="ssh" ovf:type="boolean" ovf:value="True"/>
    /// ```
    ///
    /// Write the value plainly.
    LOOSE_PROPERTY_VALUE = 5028, "loose-property-value", Tolerated, "DSP0243 9.5.1", ValueIllegal, OvfPropertyValue;

    /// A number or truth value that nobody may set has an empty default.
    ///
    /// For a Property that people may set, an empty default means that they must be asked. Nobody is
    /// asked for this one, and nothing is no number.
    ///
    /// ```xml
    /// <Property ovf:key="retries" ovf:type="uint8" ovf:value=""/>
    /// ```
    ///
    /// Write a value, or add `ovf:userConfigurable="true"`.
    EMPTY_PROPERTY_VALUE = 5029, "empty-property-value", Error, "DSP0243 9.5.1", ValueIllegal, OvfPropertyValue;

    /// A Property has no value, and nobody may set it.
    ///
    /// `userConfigurable` is false when it is absent. The guest gets an empty text. Told once for each
    /// section.
    ///
    /// ```xml
    /// <Property ovf:key="host" ovf:type="string"/>
    /// ```
    ///
    /// Add `ovf:userConfigurable="true"`, or a value.
    UNSET_PROPERTY = 5030, "unset-property", Warning, "DSP0243 9.5.1", AttributeRequired, OvfMissingAttribute;

    /// `userConfigurable` or `password` of a Property is no boolean.
    ///
    /// ```xml
    /// <Property ovf:key="host" ovf:type="string" ovf:userConfigurable="yes"/>
    /// ```
    ///
    /// Write `true` or `false`.
    INVALID_PROPERTY_FLAG = 5031, "invalid-property-flag", Error, "DSP0243 9.5.1", ValueIllegal, OvfInvalidValueFormatMalformed;

    /// A password Property has a default that everybody can read.
    ///
    /// Whoever has the package has the password of every machine made of it where it was not changed.
    ///
    /// ```xml
    /// <Property ovf:key="admin" ovf:type="string" ovf:password="true" ovf:value="example"/>
    /// ```
    ///
    /// Leave the default out, so that people are asked.
    CLEAR_TEXT_PASSWORD = 5032, "clear-text-password", Warning, "DSP0243 9.5.1", ValueIllegal, OvfPropertyValue;

    /// A Property has an attribute that its version of OVF does not know.
    ///
    /// Readers pass over it, so what it was meant to say is lost. OVF 0.9 spelled `value` as
    /// `defaultValue`, and `userConfigurable` as `configurableByUser`. Told once for each name.
    ///
    /// ```xml
    /// <Property ovf:key="port" ovf:type="uint16" ovf:userConfigurable="true" ovf:defaultValue="80"/>
    /// ```
    ///
    /// Write the attribute of this version, or put it into a namespace of your own.
    UNKNOWN_PROPERTY_ATTRIBUTE = 5033, "unknown-property-attribute", Tolerated, "DSP0243 9.5.1", AttributeIllegal, OvfUnsupportedAttribute;

    /// A Value has no `value`.
    ///
    /// ```xml
    /// <Value ovf:configuration="small"/>
    /// ```
    ///
    /// Add `ovf:value`, which may be empty.
    MISSING_VALUE = 5034, "missing-value", Error, "DSP0243 9.5.1", AttributeRequired, OvfMissingAttribute;

    /// A Property has two Values for one deployment option.
    ///
    /// Which of them is the default cannot be known.
    ///
    /// ```xml
    /// <Value ovf:value="2" ovf:configuration="small"/>
    /// ```
    ///
    /// Keep one of them, or name another option.
    DUPLICATE_VALUE_CONFIGURATION = 5035, "duplicate-value-configuration", Error, "DSP0243 9.5.1", ValueIllegal, OvfInvalidValueConfiguration;

    /// The children of a Property stand in the wrong order.
    ///
    /// The schema wants Label, Description, then Values. Told once for each section.
    ///
    /// ```xml
    /// <Description>Where it listens.</Description>
    /// <Label>Port</Label>
    /// ```
    ///
    /// Move the element to its place.
    PROPERTY_CHILD_ORDER = 5036, "property-child-order", Tolerated, "DSP0243 9.5.1", ElementIllegal, OvfUnexpectedElement;

    /// `${name}` in a value or an AppUrl names no property.
    ///
    /// Such a reference stands for a property of the same machine, or of a collection around it; in an
    /// AppUrl also for one of the machines inside. The name is the full key: class, key and instance
    /// with periods between them. One that names nothing stays as it is written.
    ///
    /// ```xml
    /// <Property ovf:key="url" ovf:type="string" ovf:value="http://${address}/"/>
    /// ```
    ///
    /// Correct the name, or add the property.
    UNKNOWN_MACRO = 5037, "unknown-macro", Warning, "DSP0243 9.5.1", ValueIllegal, OvfInvalidValueReference;

    /// The qualifiers of a Property cannot be read.
    ///
    /// Strings have `MinLen(n)`, `MaxLen(n)` and `ValueMap{"a", "b"}`, whole numbers
    /// `ValueMap{1, 2}`, with commas between them. VMware adds `MinValue(n)` and `MaxValue(n)`.
    ///
    /// ```xml
    /// <Property ovf:key="name" ovf:type="string" ovf:userConfigurable="true" ovf:qualifiers="MinLen(one)"/>
    /// ```
    ///
    /// Correct the text; a quote within an attribute is written as `&quot;`.
    INVALID_QUALIFIERS = 5040, "invalid-qualifiers", Error, "DSP0243 9.5.1", ValueIllegal, OvfPropertyQualifier;

    /// The qualifiers of a Property depart from the grammar, but can be read.
    ///
    /// ```xml
    /// <Property ovf:key="count" ovf:type="uint8" ovf:value="5" ovf:qualifiers="MinValue(1) MaxValue(9)"/>
    /// ```
    ///
    /// Put commas between qualifiers, double quotes around texts, and spell names as the standard does.
    LOOSE_QUALIFIERS = 5041, "loose-qualifiers", Tolerated, "DSP0243 9.5.1", ValueIllegal, OvfPropertyQualifier;

    /// A qualifier of a Property is not known.
    ///
    /// Importers pass over it, or refuse the package.
    ///
    /// ```xml
    /// <Property ovf:key="name" ovf:type="string" ovf:userConfigurable="true" ovf:qualifiers="Pattern(x)"/>
    /// ```
    ///
    /// Leave it out, or say it with `MinLen`, `MaxLen` or `ValueMap`. What vSphere fills from a network
    /// stands in `vmw:qualifiers`.
    UNKNOWN_QUALIFIER = 5042, "unknown-qualifier", Tolerated, "DSP0243 9.5.1", ValueIllegal, OvfPropertyQualifierIgnored;

    /// A qualifier stands there twice.
    ///
    /// ```xml
    /// <Property ovf:key="name" ovf:type="string" ovf:userConfigurable="true" ovf:qualifiers="MaxLen(8), MaxLen(9)"/>
    /// ```
    ///
    /// Keep the one that is meant.
    DUPLICATE_QUALIFIER = 5043, "duplicate-qualifier", Error, "DSP0243 9.5.1", ValueIllegal, OvfPropertyQualifierDuplicate;

    /// A qualifier does not apply to the type of its Property.
    ///
    /// Lengths are for strings, bounds for numbers, and a map for strings and whole numbers.
    ///
    /// ```xml
    /// <Property ovf:key="ssh" ovf:type="boolean" ovf:value="true" ovf:qualifiers="MinLen(1)"/>
    /// ```
    ///
    /// Leave it out, or correct the type.
    UNFIT_QUALIFIER = 5044, "unfit-qualifier", Error, "DSP0243 9.5.1", ValueIllegal, OvfPropertyQualifier;

    /// The qualifiers of a Property leave no value, or hold one that is not of its type.
    ///
    /// ```xml
    /// <Property ovf:key="name" ovf:type="string" ovf:userConfigurable="true" ovf:qualifiers="MinLen(9), MaxLen(8)"/>
    /// ```
    ///
    /// Correct the limits.
    CONTRADICTORY_QUALIFIERS = 5045, "contradictory-qualifiers", Tolerated, "DSP0243 9.5.1", ValueIllegal, OvfPropertyQualifier;

    /// The default of a Property breaks its own qualifiers.
    ///
    /// An empty default of a Property that people may set is none: it makes importers ask.
    ///
    /// ```xml
    /// <Property ovf:key="size" ovf:type="string" ovf:value="huge" ovf:qualifiers="MaxLen(3)"/>
    /// ```
    ///
    /// Correct the value or the qualifiers.
    DEFAULT_BREAKS_QUALIFIERS = 5046, "default-breaks-qualifiers", Tolerated, "DSP0243 9.5.1", ValueIllegal, OvfPropertyValue;

    /// VMware's qualifiers of a Property cannot be read.
    ///
    /// They say which setting of a network fills the property: `Ip("VM Network")`, `Netmask`, `Gateway`,
    /// `Dns` and others. Without them the property stays empty.
    ///
    /// ```xml
    /// <Property ovf:key="mask" ovf:type="string" ovf:userConfigurable="true" vmw:qualifiers="Netmask"/>
    /// ```
    ///
    /// Write the function with the name of the network behind it.
    INVALID_NETWORK_QUALIFIERS = 5050, "invalid-network-qualifiers", Tolerated, "VMware vSphere", ValueIllegal, OvfPropertyQualifier;

    /// A Property is to be filled from a network that is not in the NetworkSection.
    ///
    /// vSphere refuses the package: it has no network to take the address from.
    ///
    /// ```xml
    /// <Property ovf:key="ip" ovf:type="string" ovf:userConfigurable="true" vmw:qualifiers="Ip('LAN')"/>
    /// ```
    ///
    /// Write the name of a Network, or add the Network.
    UNKNOWN_PROPERTY_NETWORK = 5051, "unknown-property-network", Error, "VMware vSphere", ValueIllegal, OvfPropertyNetwork;
}
