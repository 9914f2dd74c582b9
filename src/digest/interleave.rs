//! Two digests at a time, block by block.
//!
//! Each alone waits for the results of its own instructions; the processor fills the waiting time of
//! one with the work of the other, when their blocks come in turn and are small enough for it to see
//! both. Those of SHA-384 and SHA-512 are not: nothing was gained with them.

use std::mem;
use std::slice;

use sha2::digest::Update;
use sha2::digest::array::Array;
use sha2::digest::block_api::{Block, BlockSizeUser, CoreProxy, UpdateCore};
use sha2::digest::typenum::Unsigned;

/// A digest that can be taken apart into what works on whole blocks, and what gathers them.
pub(super) trait Blockwise: Update + Default + CoreProxy<Core: UpdateCore> {}

impl<D: Update + Default + CoreProxy<Core: UpdateCore>> Blockwise for D {}

/// A digest and what it is to take.
pub(super) struct Stream<'a, D> {
    pub(super) digest: &'a mut D,
    /// Bytes it took so far.
    pub(super) before: u64,
    pub(super) bytes: &'a [u8],
}

impl<'a, D: Blockwise> Stream<'a, D> {
    /// Takes what fills up a block begun before: the whole blocks that come then, and the rest.
    fn align(&mut self) -> (&'a [Block<D::Core>], &'a [u8]) {
        let block = <D::Core as BlockSizeUser>::BlockSize::U64;
        let missing = self.before.wrapping_neg().checked_rem(block);
        let missing = missing.and_then(|missing| usize::try_from(missing).ok()).unwrap_or(0);
        let (head, rest) = self.bytes.split_at_checked(missing).unwrap_or((self.bytes, &[]));
        self.digest.update(head);
        Array::slice_as_chunks(rest)
    }
}

/// Feeds both to their ends.
pub(super) fn both<A: Blockwise, B: Blockwise>(mut one: Stream<'_, A>, mut other: Stream<'_, B>) {
    let (blocks, rest) = one.align();
    let (other_blocks, other_rest) = other.align();
    let (mut core, buffer) = mem::take(one.digest).decompose();
    let (mut other_core, other_buffer) = mem::take(other.digest).decompose();
    for (block, other_block) in blocks.iter().zip(other_blocks) {
        core.update_blocks(slice::from_ref(block));
        other_core.update_blocks(slice::from_ref(other_block));
    }
    let pairs = blocks.len().min(other_blocks.len());
    core.update_blocks(blocks.get(pairs..).unwrap_or_default());
    other_core.update_blocks(other_blocks.get(pairs..).unwrap_or_default());
    *one.digest = A::compose(core, buffer);
    *other.digest = B::compose(other_core, other_buffer);
    one.digest.update(rest);
    other.digest.update(other_rest);
}
