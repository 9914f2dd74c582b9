//! Where devices go: keys, buses and units.

use std::collections::{HashMap, HashSet};

use super::device::{ControllerKind, Device, DeviceKind};

/// The places of a controller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Places {
    /// How many units it has.
    units: i32,
    /// One it takes itself.
    reserved: Option<i32>,
}

/// Units of each kind of controller (vSphere configuration maximums): 16 SCSI ids of which the
/// controller takes 7, two drives on an IDE channel, 30 ports of AHCI, 15 namespaces of NVMe, 64 modules.
const fn places(kind: ControllerKind) -> Places {
    let (units, reserved) = match kind {
        ControllerKind::Ide => (2, None),
        ControllerKind::Scsi(..) => (16, Some(7)),
        ControllerKind::Ahci => (30, None),
        ControllerKind::Nvme => (15, None),
        ControllerKind::Nvdimm => (64, None),
        ControllerKind::Usb { .. } | ControllerKind::Xhci { .. } => (0, None),
    };
    Places { units, reserved }
}

/// How many controllers of a kind a machine has at most. The kinds of SCSI controllers count together.
const fn most(kind: ControllerKind) -> i32 {
    match kind {
        ControllerKind::Ide => 2,
        ControllerKind::Scsi(..) | ControllerKind::Ahci | ControllerKind::Nvme => 4,
        ControllerKind::Nvdimm | ControllerKind::Usb { .. } | ControllerKind::Xhci { .. } => 1,
    }
}

/// A bus all controllers of one kind share the numbers of.
const fn family(kind: ControllerKind) -> u8 {
    match kind {
        ControllerKind::Ide => 0,
        ControllerKind::Scsi(..) => 1,
        ControllerKind::Ahci => 2,
        ControllerKind::Nvme => 3,
        ControllerKind::Nvdimm => 4,
        ControllerKind::Usb { .. } => 5,
        ControllerKind::Xhci { .. } => 6,
    }
}

/// How many devices of a kind a machine has at most where no controller says so.
const fn most_devices(kind: &DeviceKind) -> Option<(i32, i32, Option<i32>)> {
    // The controller, how many, and the unit of the first one.
    Some(match kind {
        DeviceKind::Ethernet(_) => (Device::PCI, 10, Some(7)),
        DeviceKind::Passthrough => (Device::PCI, 16, None),
        DeviceKind::Sound(_)
        | DeviceKind::Video(_)
        | DeviceKind::Vmci { .. }
        | DeviceKind::Tpm
        | DeviceKind::PrecisionClock
        | DeviceKind::Watchdog { .. } => (Device::PCI, 1, None),
        DeviceKind::Floppy => (Device::SIO, 2, Some(0)),
        DeviceKind::SerialPort { .. } => (Device::SIO, 32, None),
        DeviceKind::ParallelPort => (Device::SIO, 3, None),
        DeviceKind::Controller { .. }
        | DeviceKind::Disk(_)
        | DeviceKind::Cdrom
        | DeviceKind::Nvdimm { .. } => return None,
    })
}

/// There is no place where a device should go: the key of the controller, or `None` for the PCI bus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Full {
    pub(super) controller: Option<i32>,
}

/// The places of one machine.
#[derive(Debug, Default)]
pub(super) struct Board {
    next_key: i32,
    /// Numbers taken, by family of controllers.
    buses: HashSet<(u8, i32)>,
    /// Controllers in the order they were placed.
    controllers: Vec<(i32, ControllerKind)>,
    /// By key of a controller: its place in [`controllers`](Self::controllers).
    by_key: HashMap<i32, usize>,
    units: HashSet<(i32, i32)>,
    /// By key of a controller: a unit below which all are taken.
    first_free: HashMap<i32, i32>,
    /// How many there are of devices that no controller counts, by name of the kind.
    counts: HashMap<&'static str, i32>,
}

impl Board {
    /// The key of the next device: -1, -2, ….
    pub(super) const fn key(&mut self) -> i32 {
        self.next_key = self.next_key.saturating_sub(1);
        self.next_key
    }

    /// The number of a controller among those of its kind: the one asked for when it is free.
    pub(super) fn bus(
        &mut self,
        key: i32,
        kind: ControllerKind,
        wanted: Option<i32>,
    ) -> Result<i32, Full> {
        let family = family(kind);
        let free = |bus: &i32| !self.buses.contains(&(family, *bus));
        let range = 0..most(kind);
        let bus = wanted
            .filter(|bus| range.contains(bus) && free(bus))
            .or_else(|| range.clone().find(free))
            .ok_or(Full { controller: None })?;
        self.buses.insert((family, bus));
        self.by_key.insert(key, self.controllers.len());
        self.controllers.push((key, kind));
        Ok(bus)
    }

    /// A unit on a controller: the one asked for when it is free, else the first free one.
    pub(super) fn unit(&mut self, controller: i32, wanted: Option<i32>) -> Result<i32, Full> {
        let full = Full { controller: Some(controller) };
        let &(_, kind) =
            self.by_key.get(&controller).and_then(|&at| self.controllers.get(at)).ok_or(full)?;
        let Places { units, reserved } = places(kind);
        let is_free =
            |unit: &i32| Some(*unit) != reserved && !self.units.contains(&(controller, *unit));
        if let Some(wanted) = wanted.filter(|unit| (0..units).contains(unit) && is_free(unit)) {
            self.units.insert((controller, wanted));
            return Ok(wanted);
        }
        let first = self.first_free.get(&controller).copied().unwrap_or(0);
        let unit = (first..units).find(is_free);
        // So that a controller that is full costs nothing more.
        self.first_free.insert(controller, unit.map_or(units, |unit| unit.saturating_add(1)));
        let unit = unit.ok_or(full)?;
        self.units.insert((controller, unit));
        Ok(unit)
    }

    /// Whether a controller holds devices of a kind.
    pub(super) fn holds(&self, controller: i32, kind: &DeviceKind) -> bool {
        self.by_key
            .get(&controller)
            .and_then(|&at| self.controllers.get(at))
            .is_some_and(|&(_, controller)| fits(controller, kind))
    }

    /// The first controller with a place for a device that names none.
    pub(super) fn any(&mut self, kind: &DeviceKind) -> Option<i32> {
        let Self { controllers, units, first_free, .. } = self;
        controllers.iter().filter(|&&(_, controller)| fits(controller, kind)).find_map(
            |&(key, controller)| {
                let places = places(controller);
                let first = first_free.entry(key).or_default();
                let is_free =
                    |unit: &i32| Some(*unit) != places.reserved && !units.contains(&(key, *unit));
                *first = (*first..places.units).find(is_free).unwrap_or(places.units);
                (*first < places.units).then_some(key)
            },
        )
    }

    /// An IDE controller that every machine has, with a place for a device that finds none elsewhere, as
    /// long as the descriptor has no controller of its own in its place.
    pub(super) fn built_in_ide(&mut self, kind: &DeviceKind) -> Option<i32> {
        if !fits(ControllerKind::Ide, kind) {
            return None;
        }
        for (key, bus) in Device::IDE.into_iter().zip(0..) {
            if !self.buses.contains(&(family(ControllerKind::Ide), bus)) {
                self.by_key.insert(key, self.controllers.len());
                self.controllers.push((key, ControllerKind::Ide));
                self.buses.insert((family(ControllerKind::Ide), bus));
                return Some(key);
            }
        }
        None
    }

    /// The controller and unit of a device that hangs on none of the spec's controllers; `None` for one
    /// that does.
    pub(super) fn built_in(
        &mut self,
        kind: &DeviceKind,
    ) -> Option<Result<(i32, Option<i32>), Full>> {
        let (controller, most, first) = most_devices(kind)?;
        let counted = match kind {
            // All models share the ten places.
            DeviceKind::Ethernet(_) => "VirtualEthernetCard",
            DeviceKind::Sound(_) => "VirtualSoundCard",
            _ => super::object::DataObject::type_name(kind),
        };
        let count = self.counts.entry(counted).or_default();
        if *count >= most {
            return Some(Err(Full { controller: Some(controller) }));
        }
        let unit = first.map(|first| first.saturating_add(*count));
        *count = count.saturating_add(1);
        Some(Ok((controller, unit)))
    }
}

/// Whether a kind of controller holds a kind of device.
const fn fits(controller: ControllerKind, device: &DeviceKind) -> bool {
    match device {
        DeviceKind::Disk(_) => matches!(
            controller,
            ControllerKind::Ide
                | ControllerKind::Scsi(..)
                | ControllerKind::Ahci
                | ControllerKind::Nvme
        ),
        DeviceKind::Cdrom => {
            matches!(
                controller,
                ControllerKind::Ide | ControllerKind::Scsi(..) | ControllerKind::Ahci
            )
        }
        DeviceKind::Nvdimm { .. } => matches!(controller, ControllerKind::Nvdimm),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::device::{Disk, ScsiModel, ScsiSharing};
    use super::*;

    const SCSI: ControllerKind = ControllerKind::Scsi(ScsiModel::LsiLogic, ScsiSharing::None);

    #[test]
    fn units_are_those_asked_for_or_the_next() {
        let mut board = Board::default();
        let key = board.key();
        assert_eq!((key, board.bus(key, SCSI, Some(2))), (-1, Ok(2)));
        assert_eq!(board.unit(key, Some(3)), Ok(3));
        assert_eq!(board.unit(key, Some(3)), Ok(0), "3 is taken");
        assert_eq!(board.unit(key, Some(7)), Ok(1), "7 is the controller's own");
        let rest: Vec<_> = (0..12).map(|_| board.unit(key, None).unwrap()).collect();
        assert_eq!(rest, [2, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15]);
        assert_eq!(board.unit(key, None), Err(Full { controller: Some(key) }));
        assert_eq!(board.any(&DeviceKind::Disk(Disk::default())), None);
    }

    #[test]
    fn who_names_no_controller_gets_one_with_a_free_unit() {
        let mut board = Board::default();
        let disk = DeviceKind::Disk(Disk::default());
        let (first, second) = (board.key(), board.key());
        board.bus(first, SCSI, None).unwrap();
        assert_eq!(board.any(&disk), Some(first));
        for unit in (0..16).filter(|unit| *unit != 7) {
            board.unit(first, Some(unit)).unwrap();
        }
        assert_eq!(board.any(&disk), None, "7 is the controller's own");
        board.bus(second, SCSI, None).unwrap();
        assert_eq!(board.any(&disk), Some(second));
    }

    #[test]
    fn buses_are_shared_by_models() {
        let mut board = Board::default();
        for want in 0..4 {
            let key = board.key();
            assert_eq!(board.bus(key, SCSI, Some(0)), Ok(want));
        }
        let key = board.key();
        assert_eq!(board.bus(key, SCSI, None), Err(Full { controller: None }));
        assert_eq!(board.bus(key, ControllerKind::Ide, Some(1)), Ok(1));
        assert!(board.holds(key, &DeviceKind::Cdrom) && !board.holds(key, &DeviceKind::Floppy));
    }

    #[test]
    fn what_no_controller_counts_is_counted() {
        let mut board = Board::default();
        assert_eq!(board.built_in(&DeviceKind::Floppy), Some(Ok((400, Some(0)))));
        assert_eq!(board.built_in(&DeviceKind::Floppy), Some(Ok((400, Some(1)))));
        assert_eq!(board.built_in(&DeviceKind::Floppy), Some(Err(Full { controller: Some(400) })));
        assert_eq!(board.built_in(&DeviceKind::Tpm), Some(Ok((100, None))));
        assert_eq!(board.built_in(&DeviceKind::Tpm), Some(Err(Full { controller: Some(100) })));
        assert_eq!(board.built_in(&DeviceKind::Cdrom), None);
    }
}
