#!/usr/bin/env python3
"""Builds the objects of VMware's public Python bindings from our JSON, and compares every field.

    bindings_check.py FILE TYPE [POINTER]
    bindings_check.py --ovf PROGRAM DESCRIPTOR...

FILE has JSON, `-` is standard input. TYPE is the name of a vim25 type (`OvfParseDescriptorResult`) or the
Python path of a vAPI class (`com.vmware.content.type.ovf_client.OvfTemplate`). POINTER leads to the value
in the file: `ovf_template`, `items/0`.

With `--ovf` the program is run on each descriptor with every command of `COMMANDS`, and what it prints is
checked.

For a vim25 type the object is built property by property from what pyVmomi knows of the type: a property it
does not know, one of another type, and one that is required and missing are faults. Then pyVmomi writes
the object as SOAP and reads it again. For a vAPI class the runtime's own reader builds the object. In both
cases every field of the object is compared with the JSON, and every field of the JSON with the object.

`OvfValidationResult`, which vCenter keeps to itself, is checked in its parts: each of `parameters` as the class
it says it is, the rest as `LibraryItem.ResultInfo`.

Prints the fields that had a value, one line for each: `Type.field`. Exit status: 0 all is well, 1 faults,
77 the packages `pyvmomi` and `vmware-vcenter` are not installed.
"""

import importlib
import json
import subprocess
import sys

SKIPPED = 77

# What the program is asked for, the type of the answer, and where in the answer it stands.
COMMANDS = [
    ("inspect --format json --dialect vim", "OvfParseDescriptorResult", ""),
    ("inspect --format json --dialect vapi", "com.vmware.content.type.ovf_client.OvfTemplate", "ovf_template"),
    ("inspect --format json --dialect vapi", "com.vmware.vcenter.ovf_client.LibraryItem.OvfSummary", "ovf_summary"),
    ("params --format json", "OvfValidationResult", ""),
    ("params --format summary", "com.vmware.vcenter.ovf_client.LibraryItem.OvfSummary", ""),
    ("import-spec --accept-eula", "OvfCreateImportSpecResult", ""),
]


# The primitives VI/JSON puts into an object of their own, by the name it gives them.
PRIMITIVES = {"boolean": bool, "string": str}


class Fault(Exception):
    """Something the bindings do not take."""


def walk(document, pointer):
    for part in filter(None, pointer.split("/")):
        document = document[int(part)] if isinstance(document, list) else document[part]
    return document


# vim25, by pyVmomi


def vim_build(value, expected, place, seen):
    """The object of a JSON value. `expected` is the type the property has; what the value says counts."""
    from pyVmomi import VmomiSupport as support

    if issubclass(expected, list):
        if not isinstance(value, list):
            raise Fault(f"{place}: is no list")
        item = getattr(expected, "Item", object)
        built = [vim_build(entry, item, f"{place}[{at}]", seen) for at, entry in enumerate(value)]
        return expected(built)
    if isinstance(value, dict):
        name = value.get("_typeName")
        if name is None:
            raise Fault(f"{place}: has no _typeName")
        if set(value) == {"_typeName", "_value"}:
            # A primitive where the API has `xsd:anyType` says its own type.
            return vim_build(value["_value"], PRIMITIVES[name], f"{place}._value", seen)
        if name == "ManagedObjectReference":
            kind = support.GetWsdlType("urn:vim25", value["type"])
            return kind(value["value"])
        # The types in brackets of arrays in `Any` are not needed by any shape of ours.
        kind = support.GetWsdlType("urn:vim25", name)
        if not issubclass(kind, expected):
            raise Fault(f"{place}: {name} is no {expected.__name__}")
        known = {info.name: info for info in kind._GetPropertyList()}
        fields = {}
        for field, inner in value.items():
            if field == "_typeName":
                continue
            if field not in known:
                raise Fault(f"{place}: {name} has no property {field}")
            fields[field] = vim_build(inner, known[field].type, f"{place}.{field}", seen)
            seen.add(f"{name}.{field}")
        for field, info in known.items():
            if field not in fields and not info.flags & support.F_OPTIONAL:
                raise Fault(f"{place}: {name} lacks {field}, which is required")
        # The constructor and each assignment check the type again.
        return kind(**fields)
    if isinstance(value, bool):
        if expected not in (bool, object):
            raise Fault(f"{place}: is a truth value, {expected.__name__} is wanted")
        return value
    if isinstance(value, int):
        if issubclass(expected, (int,)) and expected is not bool:
            limit = 63 if expected is getattr(support, "long", int) else 31
            if expected in (getattr(support, "int", None), int) and limit == 31 and abs(value) >= 2**31:
                raise Fault(f"{place}: {value} does not fit xsd:int")
            return expected(value)
        if expected is object:
            return value
        raise Fault(f"{place}: is a number, {expected.__name__} is wanted")
    if isinstance(value, str):
        if expected is object or issubclass(expected, str):
            return value
        raise Fault(f"{place}: is a text, {expected.__name__} is wanted")
    raise Fault(f"{place}: {type(value).__name__} has no place in VI/JSON")


def vim_compare(built, value, place):
    if isinstance(value, dict) and set(value) == {"_typeName", "_value"}:
        vim_compare(built, value["_value"], place)
    elif isinstance(value, dict):
        if value["_typeName"] == "ManagedObjectReference":
            if built._GetMoId() != value["value"]:
                raise Fault(f"{place}: the reference became {built._GetMoId()}")
            return
        name = type(built)._wsdlName
        if value["_typeName"] == "LocalizedMethodFault" != name:
            # The reader of SOAP puts the fault in its place.
            vim_compare(built, {"msg": built.msg, **value["fault"]}, place)
            return
        if name != value["_typeName"]:
            raise Fault(f"{place}: {value['_typeName']} became {name}")
        for info in built._GetPropertyList():
            inner = getattr(built, info.name)
            if info.name in value:
                vim_compare(inner, value[info.name], f"{place}.{info.name}")
            elif inner not in (None, [], ()):
                raise Fault(f"{place}.{info.name}: came out of nowhere, as {inner!r}")
    elif isinstance(value, list):
        if len(built) != len(value):
            raise Fault(f"{place}: {len(value)} entries became {len(built)}")
        for at, (one, other) in enumerate(zip(built, value)):
            vim_compare(one, other, f"{place}[{at}]")
    elif built != value:
        # XML has one way to end lines (XML 1.0 2.11), and no way to begin with a byte order mark.
        if "SOAP" in place and built == value.replace("\r\n", "\n").replace("\r", "\n"):
            return
        raise Fault(f"{place}: {value!r} became {built!r}")


def check_vim(value, name, seen):
    from pyVmomi import SoapAdapter, VmomiSupport as support, vim  # noqa: F401

    if value.get("_typeName") is None:
        raise Fault(f"{name}: has no _typeName")
    expected = support.GetWsdlType("urn:vim25", name)
    built = vim_build(value, expected, name, seen)
    vim_compare(built, value, name)
    text = SoapAdapter.Serialize(built, version=support.newestVersions.Get("vim"))
    vim_compare(SoapAdapter.Deserialize(text, type(built)), value, f"{name} (by way of SOAP)")


# vAPI, by its own runtime


def vapi_compare(built, value, place, seen):
    if isinstance(value, dict) and getattr(built, "get_binding_type", lambda: None)() is not None:
        kind = built.get_binding_type()
        fields = kind.get_field_names()
        for field in fields:
            # A field that is not in Python's manner, `EULAs`, has another name there.
            inner = getattr(built, type(built)._get_pep_name(field))
            if field in value:
                seen.add(f"{type(built).__name__}.{field}")
                vapi_compare(inner, value[field], f"{place}.{field}", seen)
            elif inner is not None:
                raise Fault(f"{place}.{field}: came out of nowhere")
        for field in value:
            if field not in fields and field != "@class":
                raise Fault(f"{place}: {type(built).__name__} has no field {field}")
    elif isinstance(value, dict) and hasattr(built, "get_struct_value"):
        # An entry of a list of any struct: its class says what it is.
        vapi_compare(built.convert_to(vapi_class_of(value["@class"])), value, place, seen)
    elif isinstance(value, list):
        built = sorted(built) if isinstance(built, (set, frozenset)) else built
        if len(built) != len(value):
            raise Fault(f"{place}: {len(value)} entries became {len(built)}")
        for at, (one, other) in enumerate(zip(built, value)):
            vapi_compare(one, other, f"{place}[{at}]", seen)
    elif built != value:
        raise Fault(f"{place}: {value!r} became {built!r}")


def vapi_class_of(struct):
    """The class of a struct by its name: `com.vmware.vcenter.ovf.property_params`."""
    package, name = struct.rsplit(".", 1)
    module = importlib.import_module(package + "_client")
    for found in vars(module).values():
        if getattr(found, "_binding_type", None) is not None and found._binding_type.name == struct:
            return found
    raise Fault(f"no class is called {struct}")


def vapi_prepared(value, kind):
    """JSON in the form the runtime reads: without `@class`, structs of any kind with their name."""
    from vmware.vapi.bindings import type as types

    kind = kind.resolved_type if isinstance(kind, types.ReferenceType) else kind
    if isinstance(kind, types.OptionalType):
        return vapi_prepared(value, kind.element_type)
    if isinstance(kind, (types.ListType, types.SetType)):
        return [vapi_prepared(entry, kind.element_type) for entry in value]
    if isinstance(value, dict) and isinstance(kind, types.StructType):
        return {
            field: vapi_prepared(inner, kind.get_field(field)) if field in kind.get_field_names() else inner
            for field, inner in value.items()
            if field != "@class"
        }
    return value


def check_vapi(value, name, seen):
    from vmware.vapi.bindings.converter import RestConverter, TypeConverter
    from vmware.vapi.data.serializers.cleanjson import DataValueConverter

    module, _, name = name.rpartition(".")
    outer = None
    while True:
        try:
            kind = importlib.import_module(module)
            break
        except ModuleNotFoundError:
            module, _, outer = module.rpartition(".")
            if not module:
                raise Fault(f"{name} is in no module")
    for part in filter(None, [outer, name]):
        kind = getattr(kind, part)
    binding = kind.get_binding_type()
    text = json.dumps(vapi_prepared(value, binding))
    data = DataValueConverter.convert_to_data_value(text)
    built = TypeConverter.convert_to_python(data, binding, None, RestConverter.SWAGGER_REST)
    built.validate_constraints()
    vapi_compare(built, value, name, seen)


def check_validation_result(value, seen):
    module = "com.vmware.vcenter.ovf_client"
    rest = dict(value)
    for at, entry in enumerate(rest.pop("parameters")):
        kind = vapi_class_of(entry["@class"])
        if entry["type"] != kind.__name__:
            raise Fault(f"parameters[{at}]: the type of {kind.__name__} is {entry['type']}")
        check_vapi(entry, f"{module}.{kind.__name__}", seen)
    check_vapi(rest, f"{module}.LibraryItem.ResultInfo", seen)


def check(document, name, pointer=""):
    """Checks a value, and gives the fields it had."""
    seen = set()
    value = walk(document, pointer)
    if name == "OvfValidationResult":
        check_validation_result(value, seen)
        return seen
    if "." in name:
        check_vapi(value, name, seen)
    else:
        check_vim(value, name, seen)
    return seen


def check_program(program, descriptors):
    """Runs the program on each descriptor. The number of faults, and the fields there were."""
    checked, faults, seen = 0, 0, set()
    for descriptor in descriptors:
        for command, name, pointer in COMMANDS:
            run = subprocess.run([program, *command.split(), descriptor], capture_output=True, text=True)
            # 0 and 1 are answers; 2 is an input that is no text. Some commands have none for a descriptor with
            # errors.
            if run.returncode == 2 or (run.returncode == 1 and not run.stdout and not command.startswith("inspect")):
                continue
            checked += 1
            try:
                seen |= check(json.loads(run.stdout), name, pointer)
            except (Fault, ValueError, TypeError, KeyError, AttributeError) as fault:
                faults += 1
                print(f"{descriptor}: {command}: {str(fault)[:300]}")
            except Exception as fault:  # whatever the vAPI runtime raises
                faults += 1
                print(f"{descriptor}: {command}: {type(fault).__name__} {str(fault)[:300]}")
    types = {field.split(".")[0] for field in seen}
    print(f"{checked} answers, {faults} faults, {len(seen)} fields of {len(types)} types")
    return faults


def main(arguments):
    try:
        importlib.import_module("pyVmomi")
        importlib.import_module("com.vmware.content.type.ovf_client")
    except ModuleNotFoundError as missing:
        print(f"skipped: the public bindings are not installed ({missing})")
        return SKIPPED
    if len(arguments) >= 2 and arguments[0] == "--ovf":
        return 1 if check_program(arguments[1], arguments[2:]) else 0
    if not 2 <= len(arguments) <= 3:
        print(__doc__)
        return 2
    path, name = arguments[:2]
    document = json.load(sys.stdin if path == "-" else open(path, encoding="utf-8"))
    try:
        seen = check(document, name, *arguments[2:])
    except Fault as fault:
        print(f"fault: {fault}")
        return 1
    print("\n".join(sorted(seen)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
