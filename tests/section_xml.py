#!/usr/bin/env python3
"""Judges `ovf tree --format json` from outside, with expat.

    python3 tests/section_xml.py --ovf PATH_TO_BINARY FILE...

For every descriptor the section tree is worked out a second time, from the rules alone and on another
parser, and compared with what the command prints:

- nodes: `Envelope`, `VirtualSystem` and `VirtualSystemCollection` of an OVF namespace, and in the
  shapes of OVF 0.9 `Content` with the `xsi:type` of a system or a collection. Types, ids, nesting
  and order must agree;
- sections: every other element child of a node, save `References`, `Strings`, `Info` and `Name`.
  Number and order must agree;
- elements in no namespace count as OVF's in an envelope of 0.9, where most are written so, and in one
  that is in no namespace, or none of whose children is in an OVF namespace. Message bundles of 0.9 have a namespace of their own;
- `lineNumber` must be the line of the section's `<` in the descriptor, lines ending at LF;
- `xml` must be a document on its own, and its tree must be the section's, with every name, value and
  text, and with every `xsi:type` resolved to the same type.

A descriptor that expat refuses, or whose root is no envelope, is skipped with a line that says so.
Exit status: 0 no difference, 1 differences, 2 wrong call.
"""

import argparse
import base64
import binascii
import gzip
import json
import re
import subprocess
import sys
import xml.parsers.expat

OVF_0_9 = "http://www.vmware.com/schema/ovf/1/envelope"
OVF_NAMESPACES = {
    "http://schemas.dmtf.org/ovf/envelope/1",
    "http://schemas.dmtf.org/ovf/envelope/1/",
    "http://schemas.dmtf.org/ovf/envelope/2",
    OVF_0_9,
}
STRINGS_0_9 = "http://schemas.dmtf.org/ovf/strings/1"
XSI = "http://www.w3.org/2001/XMLSchema-instance"

NODES = {
    "Envelope": "envelope",
    "VirtualSystem": "virtualSystem",
    "VirtualSystemCollection": "virtualSystemCollection",
}
CONTENT_TYPES = {
    "VirtualSystem_Type": "virtualSystem",
    "VirtualSystemCollection_Type": "virtualSystemCollection",
}
NO_SECTIONS = {"References", "Strings", "Info", "Name"}

# Never a character of a document, so no namespace name can contain it.
SEPARATOR = "\x0c"


class Refused(Exception):
    """The text is no document this script can judge."""


class Element:
    """An element: expanded name, attributes, content in order, place, and the prefixes in force."""

    __slots__ = ("namespace", "local", "attributes", "content", "offset", "prefixes")

    def __init__(self, name, attributes, offset, prefixes):
        self.namespace, self.local = split_name(name)
        self.attributes = {split_name(key): value for key, value in attributes.items()}
        self.content = []
        self.offset = offset
        self.prefixes = prefixes

    def children(self):
        return [part for part in self.content if isinstance(part, Element)]

    def type_name(self):
        """The expanded name that `xsi:type` stands for; its prefix as written when it is not declared."""
        value = self.attributes.get((XSI, "type"))
        if value is None:
            return None
        prefix, colon, local = value.strip().rpartition(":")
        if colon and prefix not in self.prefixes:
            return ("undeclared prefix " + prefix, local)
        return (self.prefixes.get(prefix, ""), local)


def split_name(name):
    namespace, found, local = name.rpartition(SEPARATOR)
    return (namespace, local) if found else ("", name)


def read_document(data):
    """The root of a document in UTF-8."""
    parser = xml.parsers.expat.ParserCreate("utf-8", SEPARATOR)
    parser.ordered_attributes = False
    parser.buffer_text = True
    stack, scopes, pending, root = [], [{}], {}, []

    def start_namespace(prefix, uri):
        pending[prefix or ""] = uri or ""

    def start(name, attributes):
        scope = scopes[-1]
        if pending:
            scope = {**scope, **pending}
            pending.clear()
        scopes.append(scope)
        element = Element(name, attributes, parser.CurrentByteIndex, scope)
        if stack:
            stack[-1].content.append(element)
        else:
            root.append(element)
        stack.append(element)

    def end(_name):
        stack.pop()
        scopes.pop()

    def characters(text):
        content = stack[-1].content
        if content and isinstance(content[-1], str):
            content[-1] += text
        else:
            content.append(text)

    def doctype(*_):
        raise Refused("it has a document type declaration")

    parser.StartNamespaceDeclHandler = start_namespace
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(data, True)
    except xml.parsers.expat.ExpatError as error:
        raise Refused(f"expat: {error}") from error
    return root[0]


def decode(data):
    """The descriptor in UTF-8 without a byte order mark."""
    bare = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if bare and not bare.startswith(b"<"):
        try:
            packed = base64.b64decode(b"".join(bare.split()), validate=True)
            if packed.startswith(b"\x1f\x8b"):
                data = gzip.decompress(packed)
        except (binascii.Error, OSError, EOFError):
            pass
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16").encode("utf-8")
        except UnicodeError as error:
            raise Refused(f"it is no text: {error}") from error
    return data.removeprefix(b"\xef\xbb\xbf")


def is_unqualified(envelope):
    """Whether elements in no namespace are meant to be OVF's."""
    qualified = any(child.namespace in OVF_NAMESPACES for child in envelope.children())
    return envelope.namespace == OVF_0_9 or not qualified


def in_ovf(element, unqualified):
    """Whether an element belongs to OVF."""
    return element.namespace in OVF_NAMESPACES or (unqualified and not element.namespace)


def is_section(element, unqualified):
    """Whether a child of a node, which is no node itself, is a section."""
    if in_ovf(element, unqualified):
        return element.local not in NO_SECTIONS
    return (element.namespace, element.local) != (STRINGS_0_9, "Strings")


def node_type(element, unqualified):
    """`envelope`, `virtualSystem`, `virtualSystemCollection`, or None."""
    if not in_ovf(element, unqualified):
        return None
    if element.local == "Content":
        type_name = element.type_name()
        return CONTENT_TYPES.get(type_name[1]) if type_name else None
    return NODES.get(element.local)


def node_id(element, kind):
    """The id with an OVF prefix, else the one without any."""
    if kind == "envelope":
        return ""
    for namespace in (element.namespace, *sorted(OVF_NAMESPACES), ""):
        if namespace and (namespace, "id") in element.attributes:
            return element.attributes[(namespace, "id")]
    return element.attributes.get(("", "id"), "")


def expected_tree(root):
    """The section tree of a descriptor: dicts of type, id, sections (elements) and children."""
    unqualified = is_unqualified(root)
    if root.namespace not in OVF_NAMESPACES | {""} or root.local != "Envelope":
        raise Refused(f"its root is {{{root.namespace}}}{root.local}")
    top = {"type": "envelope", "id": "", "sections": [], "children": []}
    work = [(root, top)]
    while work:
        element, node = work.pop()
        for child in element.children():
            kind = node_type(child, unqualified)
            if kind and kind != "envelope":
                below = {"type": kind, "id": node_id(child, kind), "sections": [], "children": []}
                node["children"].append(below)
                work.append((child, below))
            elif is_section(child, unqualified):
                node["sections"].append(child)
    return top


def flatten(element):
    """A subtree as a list, so that two can be compared without recursion."""
    flat, work = [], [element]
    while work:
        part = work.pop()
        if isinstance(part, str):
            flat.append(part)
        elif part is None:
            flat.append(None)
        else:
            name = (part.namespace, part.local)
            flat.append((name, sorted(part.attributes.items()), part.type_name()))
            work.append(None)
            work.extend(reversed(part.content))
    return flat


def compare_section(section, printed, data, where):
    """Differences of one section, as lines."""
    if not isinstance(printed, dict) or set(printed) - {"_typeName"} != {"lineNumber", "xml"}:
        yield f"{where}: not a section: {shorten(printed)}"
        return
    line = data.count(b"\n", 0, section.offset) + 1
    if printed["lineNumber"] != line:
        yield f"{where}: lineNumber is {printed['lineNumber']}, the section starts on line {line}"
    try:
        alone = read_document(printed["xml"].encode("utf-8"))
    except (Refused, UnicodeError, AttributeError) as error:
        yield f"{where}: xml does not parse alone: {error}: {shorten(printed['xml'])}"
        return
    if (alone.namespace, alone.local) != (section.namespace, section.local):
        yield (
            f"{where}: the root is {{{alone.namespace}}}{alone.local}, "
            f"not {{{section.namespace}}}{section.local}"
        )
        return
    ours, theirs = flatten(section), flatten(alone)
    for at, (left, right) in enumerate(zip(ours, theirs)):
        if left != right:
            yield f"{where}: part {at} is {shorten(right)}, in the descriptor {shorten(left)}"
            return
    if len(ours) != len(theirs):
        yield f"{where}: {len(theirs)} parts, in the descriptor {len(ours)}"


def compare(expected, printed, data):
    """Differences of a whole tree, as lines, and the number of sections looked at."""
    differences, sections = [], 0
    work = [(expected, printed, "/")]
    while work:
        node, found, where = work.pop()
        if not isinstance(found, dict):
            differences.append(f"{where}: not a node: {shorten(found)}")
            continue
        unknown = set(found) - {"id", "type", "section", "child", "_typeName"}
        if unknown:
            differences.append(f"{where}: unknown members {sorted(unknown)}")
        for key in ("type", "id"):
            if found.get(key) != node[key]:
                differences.append(f"{where}: {key} is {found.get(key)!r}, not {node[key]!r}")
        have = found.get("section") or []
        if len(have) != len(node["sections"]):
            names = ", ".join(section.local for section in node["sections"])
            differences.append(f"{where}: {len(have)} sections, not {len(node['sections'])} ({names})")
        for at, (section, shown) in enumerate(zip(node["sections"], have), 1):
            sections += 1
            differences.extend(compare_section(section, shown, data, f"{where}section[{at}]"))
        have = found.get("child") or []
        if len(have) != len(node["children"]):
            differences.append(f"{where}: {len(have)} children, not {len(node['children'])}")
        for at, (below, shown) in enumerate(zip(node["children"], have), 1):
            work.append((below, shown, f"{where}child[{at}]/"))
    return differences, sections


def shorten(value):
    text = re.sub(r"\s+", " ", value if isinstance(value, str) else repr(value))
    return text if len(text) <= 120 else text[:117] + "..."


def run(command, path):
    """What the command prints for a descriptor."""
    done = subprocess.run([command, "tree", "--format", "json", path], capture_output=True, check=False)
    try:
        return json.loads(done.stdout)
    except ValueError as error:
        said = done.stderr.decode("utf-8", "replace")
        raise Refused(f"status {done.returncode}, no JSON ({error}): {shorten(said)}") from error


def main():
    arguments = argparse.ArgumentParser(description="Compare `ovf tree` with an independent reading.")
    arguments.add_argument("--ovf", required=True, metavar="BINARY")
    arguments.add_argument("files", nargs="+", metavar="FILE")
    given = arguments.parse_args()

    descriptors = sections = count = skipped = 0
    for path in given.files:
        with open(path, "rb") as file:
            data = file.read()
        try:
            data = decode(data)
            expected = expected_tree(read_document(data))
        except Refused as reason:
            skipped += 1
            print(f"{path}: skipped: {reason}")
            continue
        descriptors += 1
        try:
            printed = run(given.ovf, path)
        except Refused as reason:
            count += 1
            print(f"{path}: {reason}")
            continue
        differences, looked_at = compare(expected, printed, data)
        sections += looked_at
        count += len(differences)
        for difference in differences:
            print(f"{path}: {difference}")
    if skipped:
        print(f"{skipped} skipped")
    print(f"{descriptors} descriptors, {sections} sections, {count} differences")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
