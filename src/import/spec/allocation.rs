//! What the members of a collection share (DSP0243 9.3).

use super::config::{allocation, megahertz};
use super::devices::{amount, mebibytes};
use super::machine::{ResourceAllocation, Shares, SharesLevel};
use super::vapp::ResourceConfigSpec;
use crate::import::deployment::Deployment;
use crate::model::{Device, OstNode};

/// Shares of a vApp at the normal level, as vSphere gives them (`SharesInfo.level`).
const NORMAL_CPU: i32 = 4000;
const NORMAL_MEMORY: i32 = 163_840;

/// `ResourceAllocationSection` of a collection. What it does not say is as for a vApp made by hand.
pub(super) fn resource_pool<'e, 's>(
    deployment: &Deployment<'e, 's>,
    node: OstNode<'e, 's>,
) -> ResourceConfigSpec {
    let hardware = deployment.hardware(node).filter(|found| found.hardware().is_allocation());
    let device = |number: u16| -> Option<Device<'e, 's>> {
        let devices = hardware.as_ref()?.devices();
        devices.iter().copied().find(|device| device.resource_type() == Some(number))
    };
    let cpu = device(3).and_then(|cpu| allocation(cpu, megahertz));
    let memory = device(4).and_then(|memory| {
        allocation(memory, |device, setting| {
            Some(mebibytes(i64::try_from(amount(device, setting)?).ok()?))
        })
    });
    ResourceConfigSpec {
        cpu_allocation: filled(cpu, NORMAL_CPU),
        memory_allocation: filled(memory, NORMAL_MEMORY),
    }
}

fn filled(said: Option<ResourceAllocation>, normal: i32) -> ResourceAllocation {
    let said = said.unwrap_or_default();
    ResourceAllocation {
        reservation: Some(said.reservation.unwrap_or(0)),
        expandable_reservation: Some(true),
        limit: Some(said.limit.unwrap_or(-1)),
        shares: Some(said.shares.unwrap_or(Shares { shares: normal, level: SharesLevel::Normal })),
    }
}
