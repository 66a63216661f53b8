// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IChannelHub} from "./IChannelHub.sol";

/// @title ChannelSlots
/// @notice A channel's money as the one slot that it is, and what is said of it: words whose bounds the hub has looked
/// at, so that nothing is read, masked or hashed twice.
library ChannelSlots {
    /// @notice Both halves, read at once.
    /// @param state The channel's.
    /// @return held Its `balance`.
    /// @return total Its `totalClaimed`.
    function load(IChannelHub.ChannelState storage state)
        internal
        view
        returns (uint256 held, uint256 total)
    {
        assembly ("memory-safe") {
            let both := sload(state.slot)
            held := shr(128, shl(128, both))
            total := shr(128, both)
        }
    }

    /// @notice Both halves, written at once.
    /// @param state The channel's.
    /// @param held Its `balance`, 128 bits.
    /// @param total Its `totalClaimed`, 128 bits.
    function store(IChannelHub.ChannelState storage state, uint256 held, uint256 total) internal {
        assembly ("memory-safe") {
            sstore(state.slot, or(shl(128, total), held))
        }
    }

    /// @notice As `emit Claimed` by the sender.
    /// @param channelId The channel.
    /// @param amount What is earned more, 128 bits.
    /// @param total What is claimed in all, 128 bits.
    function emitClaimed(bytes32 channelId, uint256 amount, uint256 total) internal {
        bytes32 topic = IChannelHub.Claimed.selector;
        assembly ("memory-safe") {
            mstore(0, amount)
            mstore(0x20, total)
            log3(0, 0x40, topic, channelId, caller())
        }
    }
}
