// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IChannelHub} from "./IChannelHub.sol";

/// @title ClaimRows
/// @notice Reads claims where they stand in calldata. Hundreds come at once, and what the compiler spends on each member
/// is a tenth of a claim, so each member is looked at once and only if anything depends on it: a word that is longer
/// than its type makes a channel that nobody has deposited into.
library ClaimRows {
    /// @dev Where the members of a claim are.
    uint256 private constant _RECEIVER = 0x40;
    uint256 private constant _RECEIVER_AUTHORIZER = 0x60;
    uint256 private constant _TOKEN = 0x80;
    uint256 private constant _CEILING = 0xe0;
    uint256 private constant _TOTAL = 0x120;
    /// @dev Bytes of a claim without its signature, less one.
    uint256 private constant _LAST_BYTE = 0x13f;

    /// @notice One of many claims. Reverts if it does not stand wholly in calldata, as the compiler would.
    /// @param rows All.
    /// @param i Which; less than there are, which is not looked at.
    /// @return row That.
    function rowAt(IChannelHub.VoucherClaim[] calldata rows, uint256 i)
        internal
        pure
        returns (IChannelHub.VoucherClaim calldata row)
    {
        assembly ("memory-safe") {
            let offset := calldataload(add(rows.offset, shl(5, i)))
            if iszero(slt(offset, sub(sub(calldatasize(), rows.offset), _LAST_BYTE))) {
                revert(0, 0)
            }
            row := add(rows.offset, offset)
        }
    }

    /// @notice Whether the sender is plainly its receiver's authorizer or its receiver.
    /// @param row The claim.
    /// @return itIs False also for words that are no addresses, for the compiler to refuse.
    function isFromReceiverSide(IChannelHub.VoucherClaim calldata row) internal view returns (bool itIs) {
        assembly ("memory-safe") {
            let authorizer := calldataload(add(row, _RECEIVER_AUTHORIZER))
            let receiver := calldataload(add(row, _RECEIVER))
            itIs := or(eq(authorizer, caller()), and(eq(receiver, caller()), iszero(shr(160, authorizer))))
        }
    }

    /// @notice Who earns what is claimed, and in which token.
    /// @param row The claim, of a channel that has been deposited into: its words are addresses then.
    /// @return receiver The receiver's address.
    /// @return token The token's.
    function earner(IChannelHub.VoucherClaim calldata row)
        internal
        pure
        returns (uint256 receiver, uint256 token)
    {
        assembly ("memory-safe") {
            receiver := calldataload(add(row, _RECEIVER))
            token := calldataload(add(row, _TOKEN))
        }
    }

    /// @notice What is claimed in all.
    /// @param row The claim.
    /// @return word Its `totalClaimed`, not longer than its type if it is within the ceiling.
    function total(IChannelHub.VoucherClaim calldata row) internal pure returns (uint256 word) {
        assembly ("memory-safe") {
            word := calldataload(add(row, _TOTAL))
        }
    }

    /// @notice What may be claimed in all.
    /// @param row The claim.
    /// @return word Its `maxClaimableAmount`.
    /// @return within Whether that is no longer than its type, and not less than what is claimed.
    function ceiling(IChannelHub.VoucherClaim calldata row)
        internal
        pure
        returns (uint256 word, bool within)
    {
        assembly ("memory-safe") {
            word := calldataload(add(row, _CEILING))
            within := iszero(or(shr(128, word), gt(calldataload(add(row, _TOTAL)), word)))
        }
    }

    /// @notice Reverts if an amount is longer than its type, as the compiler would.
    /// @param row The claim.
    function requireAmounts(IChannelHub.VoucherClaim calldata row) internal pure {
        assembly ("memory-safe") {
            if shr(128, or(calldataload(add(row, _CEILING)), calldataload(add(row, _TOTAL)))) {
                revert(0, 0)
            }
        }
    }
}
