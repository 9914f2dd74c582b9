//! Import specs of real descriptors hold together.
//!
//! `OVF_CORPUS` names a folder with `labels.tsv` and `files/`, as for tests/corpus.rs.
#![allow(clippy::print_stdout, reason = "the figures are the point")]

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::PathBuf;

use ovf::import::spec::{
    Backing, ConfigSpec, Device, DeviceKind, ImportKind, ImportSpec, import_spec,
};
use ovf::import::{Choices, DiskProvisioning};
use ovf::{Envelope, Source, Valid, Validator};

#[test]
fn those_of_the_corpus_hold_together() {
    let Some(corpus) = std::env::var_os("OVF_CORPUS").map(PathBuf::from) else {
        println!("skipped: OVF_CORPUS is not set");
        return;
    };
    let labels = std::fs::read_to_string(corpus.join("labels.tsv")).expect("labels.tsv is there");
    let (mut files, mut built, mut specs, mut machines, mut devices) = (0, 0, 0, 0, 0);
    let mut errors: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut warnings: BTreeMap<&str, usize> = BTreeMap::new();
    for row in labels.lines().skip(1) {
        let mut columns = row.split('\t');
        let path = columns.next().unwrap_or_default();
        if columns.nth(2) != Some("valid") {
            continue;
        }
        files += 1;
        let bytes = std::fs::read(corpus.join("files").join(path)).expect("it is there");
        let source = Source::decode(&bytes).expect("it is text");
        let Ok(envelope) = Validator::new().check(&source).into_valid() else { continue };
        built += 1;
        let mut options = vec![None];
        options.extend(
            envelope
                .configurations()
                .filter_map(|option| Some(Some(option.id()?.value().into_owned()))),
        );
        for (at, option) in options.into_iter().enumerate() {
            let mut choices = Choices::new();
            choices.deployment_option = option;
            choices.disk_provisioning = DiskProvisioning::ALL.get(at).copied();
            let result = import_spec(&envelope, &choices);
            assert_eq!(result, import_spec(&envelope, &choices), "{path}: same input, same output");
            assert_eq!(result.spec.is_none(), !result.errors.is_empty(), "{path}");
            if at > 0 {
                if let Some(spec) = &result.spec {
                    check(path, &envelope, spec, &mut 0, &mut 0);
                }
                continue;
            }
            for error in &result.errors {
                errors
                    .entry(error.kind.type_name())
                    .or_default()
                    .insert(format!("{path}: {error}"));
            }
            for warning in &result.warnings {
                *warnings.entry(warning.kind.type_name()).or_default() += 1;
            }
            if let Some(spec) = &result.spec {
                specs += 1;
                check(path, &envelope, spec, &mut machines, &mut devices);
            }
            let ids: HashSet<_> =
                result.file_items.iter().map(|item| (&item.device_id, &item.path)).collect();
            assert_eq!(
                ids.len(),
                result.file_items.len(),
                "{path}: a file is sent once for a device"
            );
        }
    }
    println!("labelled valid {files}, without an error {built}, specs {specs}");
    println!("machines {machines}, devices {devices}");
    for (name, errors) in &errors {
        println!("{} with {name}", errors.len());
        for error in errors {
            println!("    {error}");
        }
    }
    println!("warnings {warnings:?}");
    assert!(files > 0 && specs * 2 > files, "most have a spec");
}

/// What every import spec has to hold.
fn check(
    path: &str,
    envelope: &Valid<Envelope<'_>>,
    spec: &ImportSpec,
    machines: &mut usize,
    devices: &mut usize,
) {
    let mut names = HashSet::new();
    let mut open = vec![spec];
    while let Some(spec) = open.pop() {
        match &spec.kind {
            ImportKind::Machine(machine) => {
                *machines += 1;
                *devices += machine.device_change.len();
                let name = machine.name.clone().expect("a machine has a name");
                assert!(names.insert(name.clone()), "{path}: {name} is there twice");
                check_machine(path, envelope, machine);
            }
            ImportKind::Vapp(vapp) => {
                assert!(names.insert(vapp.name.clone()), "{path}: {} is there twice", vapp.name);
                open.extend(&vapp.child);
                for child in &vapp.child {
                    let Some(entity) = &child.entity_config else { continue };
                    let is_vapp = child.vapp().is_some();
                    let stop = entity.stop_action.as_deref();
                    assert!(!is_vapp || matches!(stop, Some("none" | "powerOff")), "{path}");
                    assert!(!is_vapp || entity.start_delay.is_none(), "{path}");
                }
            }
            _ => panic!("{path}: nothing else is known"),
        }
    }
}

fn check_machine(path: &str, envelope: &Valid<Envelope<'_>>, machine: &ConfigSpec) {
    let keys: HashSet<i32> = machine.device_change.iter().map(|change| change.device.key).collect();
    assert_eq!(keys.len(), machine.device_change.len(), "{path}: keys are unique");
    assert!(keys.iter().all(|&key| key < 0), "{path}: keys of new devices are negative");
    let controllers: HashSet<i32> = machine
        .device_change
        .iter()
        .filter(|change| matches!(change.device.kind, DeviceKind::Controller { .. }))
        .map(|change| change.device.key)
        .collect();
    let mut units = HashSet::new();
    let networks: HashSet<String> = envelope
        .networks()
        .filter_map(|network| Some(network.name()?.value().into_owned()))
        .collect();
    for change in &machine.device_change {
        let device = &change.device;
        match device.controller_key {
            Some(key) => assert!(
                controllers.contains(&key) || Device::BUILT_IN.contains(&key),
                "{path}: {key} is a controller"
            ),
            None => assert!(matches!(device.kind, DeviceKind::Controller { .. }), "{path}"),
        }
        if let (Some(controller), Some(unit)) = (device.controller_key, device.unit_number) {
            let floppy = matches!(device.kind, DeviceKind::Floppy);
            assert!(units.insert((controller, floppy, unit)), "{path}: unit {unit} is taken twice");
        }
        match &device.kind {
            DeviceKind::Disk(disk) => {
                assert!(change.creates_file && disk.capacity_in_bytes > 0, "{path}");
                assert!(disk.capacity_in_kb >= disk.capacity_in_bytes / 1024, "{path}");
            }
            DeviceKind::Ethernet(_) => {
                if let Some(Backing::Network { device_name }) = &device.backing {
                    assert!(networks.contains(device_name), "{path}: {device_name} is a network");
                }
            }
            _ => {}
        }
    }
    assert!(machine.num_cpus.is_none_or(|count| count > 0), "{path}: it has processors");
    assert!(machine.memory_mb.is_none_or(|memory| memory > 0), "{path}: it has memory");
}
