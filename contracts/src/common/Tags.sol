// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Tags
/// @notice Stores each distinct tag once and names it by a number, so that feedback fits one slot and a
/// filter compares numbers.
/// @dev 0 is the empty tag. 48 bits outlast any chain: a new tag costs its sender two slots.
library Tags {
    /// @notice The tags seen so far.
    /// @param ids Hash of a tag to its number.
    /// @param texts Number less one to the tag.
    struct Store {
        mapping(bytes32 => uint48) ids;
        string[] texts;
    }

    /// @dev A number that no tag has: what a filter for an unknown tag looks for.
    uint48 internal constant UNKNOWN = type(uint48).max;

    /// @notice The number of a tag, which is stored if it is new.
    /// @param store The tags.
    /// @param tag The tag.
    /// @return id Its number.
    function intern(Store storage store, string calldata tag) internal returns (uint48 id) {
        if (bytes(tag).length == 0) return 0;
        bytes32 key = keccak256(bytes(tag));
        id = store.ids[key];
        if (id == 0) {
            store.texts.push(tag);
            // casting cannot truncate: see the note above
            // forge-lint: disable-next-line(unsafe-typecast)
            id = uint48(store.texts.length);
            store.ids[key] = id;
        }
    }

    /// @notice The number to filter by: 0 for an empty tag, UNKNOWN for one that was never stored.
    /// @param store The tags.
    /// @param tag The tag.
    /// @return id Its number.
    function find(Store storage store, string memory tag) internal view returns (uint48 id) {
        if (bytes(tag).length == 0) return 0;
        id = store.ids[keccak256(bytes(tag))];
        return id == 0 ? UNKNOWN : id;
    }

    /// @notice The tag behind a number.
    /// @param store The tags.
    /// @param id The number.
    /// @return The tag.
    function text(Store storage store, uint48 id) internal view returns (string memory) {
        return id == 0 ? "" : store.texts[id - 1];
    }
}
