// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LibCall} from "solady/utils/LibCall.sol";

/// @title CallBatch
/// @notice Tries several calls in one transaction, each for itself, and says what became of each. For calls that
/// anybody may make, as `transferWithAuthorization`: whoever is called sees this contract as its caller.
/// @dev Without owner, storage and value; it has no right anywhere and must never be given one.
contract CallBatch {
    /// @notice One call.
    /// @param to Who is called.
    /// @param gas What it gets, in gas units: no less, and no more.
    /// @param data Its calldata.
    struct Item {
        address to;
        uint64 gas;
        bytes data;
    }

    /// @notice Calls at most.
    uint256 public constant MAX_ITEMS = 64;

    /// @notice Bytes of return data that are told of a call at most; longer ones are cut.
    uint16 public constant MAX_RETURN_BYTES = 256;

    /// @dev More than a call costs outside of itself: a cold account, its return data, the event.
    uint256 private constant _ITEM_GAS = 15_000;

    /// @notice A call was tried.
    /// @dev A callee can come back and have events of its own emitted in between, but not as this caller.
    /// @param caller Who had it tried.
    /// @param index Its place among the items, from 0.
    /// @param success Whether it did not revert.
    /// @param gas What it was promised, in gas units.
    /// @param gasUsed What it used of that, in gas units, and for making the call. Close to the promise, a
    /// failure is for want of gas.
    /// @param returnData What it returned or reverted with, the first `MAX_RETURN_BYTES` of it.
    event Called(
        address indexed caller,
        uint256 indexed index,
        bool success,
        uint64 gas,
        uint256 gasUsed,
        bytes returnData
    );

    /// @notice No items, or more than `max`.
    error WrongNumberOfItems(uint256 items, uint256 max);

    /// @notice Too little gas is left to give this item and all later ones what they are promised.
    error InsufficientGas(uint256 index, uint256 left, uint256 needed);

    /// @notice Tries every item in order. Reverts as a whole only if the gas does not suffice for what every item is
    /// promised, so that no choice of gas and no item can make another fail.
    /// @param items From 1 to `MAX_ITEMS`.
    /// @return succeeded Bit `i` is set if item `i` did not revert: for whoever rehearses, as receipts have no
    /// return data.
    function execute(Item[] calldata items) external returns (uint256 succeeded) {
        uint256 count = items.length;
        if (count == 0 || count > MAX_ITEMS) revert WrongNumberOfItems(count, MAX_ITEMS);
        uint256 needed = 0;
        for (uint256 i = 0; i < count; ++i) {
            needed += _reserve(items[i]);
        }
        for (uint256 i = 0; i < count; ++i) {
            if (gasleft() < needed) revert InsufficientGas(i, gasleft(), needed);
            needed -= _reserve(items[i]);
            if (_attempt(i, items[i])) succeeded |= 1 << i;
        }
    }

    /// @notice Tries one call.
    /// @param index Its place.
    /// @param item The call.
    /// @return success Whether it did not revert.
    function _attempt(uint256 index, Item calldata item) private returns (bool success) {
        bytes memory data = item.data;
        bytes memory returnData;
        uint256 before = gasleft();
        (success,, returnData) = LibCall.tryCall(item.to, 0, item.gas, MAX_RETURN_BYTES, data);
        emit Called(msg.sender, index, success, item.gas, before - gasleft(), returnData);
    }

    /// @notice What must be left for an item: a call gets 63/64 of what is left at most (EIP-150), and its data is
    /// copied once, which costs less than one unit a byte in what a transaction may hold.
    /// @param item The call.
    /// @return Gas units.
    function _reserve(Item calldata item) private pure returns (uint256) {
        return uint256(item.gas) * 64 / 63 + item.data.length + _ITEM_GAS;
    }
}
