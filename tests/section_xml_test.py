"""Tests of the judge itself: python3 tests/section_xml_test.py"""

import copy
import importlib.util
import json
import os
import stat
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SCRIPT = Path(__file__).with_name("section_xml.py")
_spec = importlib.util.spec_from_file_location("section_xml", SCRIPT)
judge = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(judge)

DESCRIPTOR = b"""<?xml version="1.0" encoding="UTF-8"?>\r
<!-- lines end at LF:\r\r\n alone -->
<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:o="http://schemas.dmtf.org/ovf/envelope/1"
    xmlns:v="urn:vendor">
  <References/>
  <NetworkSection><Info>nets</Info></NetworkSection>
  <v:Info x="1 &amp; 2"/>
  <VirtualSystemCollection o:id="all">
    <Info/><Name>everything</Name>
    <StartupSection o:x="1"><Info/></StartupSection>
    <VirtualSystem o:id="one"><Info/><AnnotationSection
      ><Annotation>one &lt;two&gt; <![CDATA[<three>]]></Annotation></AnnotationSection></VirtualSystem>
    <VirtualSystem o:id="two"/>
  </VirtualSystemCollection>
  <Strings xml:lang="de"/>
</Envelope>
"""

OVF = 'xmlns="http://schemas.dmtf.org/ovf/envelope/1"'
PRINTED = {
    "id": "",
    "type": "envelope",
    "section": [
        {"lineNumber": 7, "xml": f"<NetworkSection {OVF}><Info>nets</Info></NetworkSection>"},
        {"lineNumber": 8, "xml": '<v:Info xmlns:v="urn:vendor" x="1 &amp; 2"/>'},
    ],
    "child": [
        {
            "id": "all",
            "type": "virtualSystemCollection",
            "section": [
                {
                    "lineNumber": 11,
                    "xml": f'<o:StartupSection {OVF.replace("xmlns", "xmlns:o")} o:x="1"><o:Info/></o:StartupSection>',
                },
            ],
            "child": [
                {
                    "id": "one",
                    "type": "virtualSystem",
                    "section": [
                        {
                            "lineNumber": 12,
                            "xml": f"<AnnotationSection {OVF}><Annotation>one &lt;two> &lt;three></Annotation></AnnotationSection>",
                        },
                    ],
                },
                {"id": "two", "type": "virtualSystem", "section": [], "child": []},
            ],
        },
    ],
}

OLD = b"""<ovf:Envelope xmlns:ovf="http://www.vmware.com/schema/ovf/1/envelope"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <References/>
  <Section xsi:type="ovf:NetworkSection_Type"/>
  <Content ovf:id="vm" xsi:type="ovf:VirtualSystem_Type">
    <Info/>
    <Section xsi:type="ovf:ProductSection_Type"/>
  </Content>
</ovf:Envelope>
"""


def compare(data, printed):
    expected = judge.expected_tree(judge.read_document(judge.decode(data)))
    return judge.compare(expected, printed, judge.decode(data))


class Comparison(unittest.TestCase):
    def changed(self, change):
        printed = copy.deepcopy(PRINTED)
        change(printed)
        return compare(DESCRIPTOR, printed)[0]

    def test_equal(self):
        self.assertEqual(compare(DESCRIPTOR, PRINTED), ([], 4))

    def test_every_change_is_seen(self):
        deep = lambda p: p["child"][0]["child"][0]
        changes = {
            "id is 'on'": lambda p: deep(p).update(id="on"),
            "id is None": lambda p: p.pop("id"),
            "type is 'virtualSystem'": lambda p: p["child"][0].update(type="virtualSystem"),
            "lineNumber is 13": lambda p: deep(p)["section"][0].update(lineNumber=13),
            "does not parse alone": lambda p: p["section"][1].update(xml='<v:Info x="1 &amp; 2"/>'),
            "the root is {}NetworkSection": lambda p: p["section"][0].update(xml="<NetworkSection/>"),
            "part 1 is": lambda p: p["section"][0].update(xml=f"<NetworkSection {OVF}><info/></NetworkSection>"),
            "part 0 is": lambda p: p["section"][1].update(xml='<v:Info xmlns:v="urn:vendor" x="1"/>'),
            "1 sections, not 2": lambda p: p["section"].pop(),
            "1 children, not 2": lambda p: p["child"][0]["child"].pop(),
            "id is 'two', not 'one'": lambda p: p["child"][0]["child"].reverse(),
            "unknown members": lambda p: p.update(sections=[]),
            "not a section": lambda p: p["section"][0].pop("lineNumber"),
            "not a node": lambda p: p.update(child=[None]),
        }
        for text, change in changes.items():
            with self.subTest(text):
                self.assertIn(text, "\n".join(self.changed(change)))

    def test_shapes_of_0_9(self):
        xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:ovf="http://www.vmware.com/schema/ovf/1/envelope"'
        printed = {
            "id": "",
            "type": "envelope",
            "section": [{"lineNumber": 4, "xml": f'<Section {xsi} xsi:type="ovf:NetworkSection_Type"/>'}],
            "child": [
                {
                    "id": "vm",
                    "type": "virtualSystem",
                    "section": [{"lineNumber": 7, "xml": f'<Section {xsi} xsi:type="ovf:ProductSection_Type"/>'}],
                }
            ],
        }
        self.assertEqual(compare(OLD, printed), ([], 2))
        printed["section"][0]["xml"] = printed["section"][0]["xml"].replace("ovf/1/envelope", "ovf/1/other")
        self.assertIn("part 0 is", "\n".join(compare(OLD, printed)[0]))

    def test_elements_in_no_namespace(self):
        head = b'<o:Envelope xmlns:o="http://schemas.dmtf.org/ovf/envelope/1">'
        printed = {"id": "", "type": "envelope", "child": [{"id": "vm", "type": "virtualSystem"}]}
        for data in (
            head + b'<References/><VirtualSystem o:id="vm"/></o:Envelope>',
            b'<Envelope><References/><VirtualSystem id="vm"><Info/></VirtualSystem></Envelope>',
            OLD[: OLD.index(b"  <Section")]
            + b'<Content ovf:id="vm" xsi:type="ovf:VirtualSystem_Type"/>'
            + b'<s:Strings xmlns:s="http://schemas.dmtf.org/ovf/strings/1"/></ovf:Envelope>',
        ):
            with self.subTest(data):
                self.assertEqual(compare(data, printed), ([], 0))
        # Beside elements that have a namespace, one that has none is not OVF's.
        mixed = head + b'<o:References/><VirtualSystem o:id="vm"/></o:Envelope>'
        section = {"lineNumber": 1, "xml": '<VirtualSystem xmlns:o="http://schemas.dmtf.org/ovf/envelope/1" o:id="vm"/>'}
        self.assertEqual(compare(mixed, {"id": "", "type": "envelope", "section": [section]}), ([], 1))

    def test_what_cannot_be_judged(self):
        for data in (b"<a/>", b"<a", b"", b"\xff\xfe<", b"<!DOCTYPE Envelope><Envelope/>", b"<p:Envelope/>"):
            with self.subTest(data), self.assertRaises(judge.Refused):
                judge.expected_tree(judge.read_document(judge.decode(data)))


@unittest.skipIf(os.name == "nt", "the stub is a script")
class CommandLine(unittest.TestCase):
    def run_with(self, printed, *descriptors):
        with tempfile.TemporaryDirectory() as folder:
            stub = Path(folder, "ovf")
            body = f"#!{sys.executable}\nprint({json.dumps(printed)!r})\n"
            stub.write_text(body)
            stub.chmod(stub.stat().st_mode | stat.S_IXUSR)
            files = []
            for at, data in enumerate(descriptors):
                files.append(Path(folder, f"{at}.ovf"))
                files[-1].write_bytes(data)
            command = [sys.executable, SCRIPT, "--ovf", stub, *files]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            return done.returncode, done.stdout.splitlines()[-1]

    def test_status_and_summary(self):
        whole = "1 descriptors, 4 sections, 0 differences"
        self.assertEqual(self.run_with(PRINTED, DESCRIPTOR), (0, whole))
        self.assertEqual(self.run_with(PRINTED, DESCRIPTOR, b"<a/>"), (0, whole))
        self.assertEqual(self.run_with({}, DESCRIPTOR)[0], 1)
        self.assertEqual(self.run_with(PRINTED, DESCRIPTOR.decode().encode("utf-16")), (0, whole))


if __name__ == "__main__":
    unittest.main()
