// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Pages
/// @notice Parts of lists that grow without bound, so that whoever reads one decides what the read costs.
library Pages {
    /// @notice The entries from `offset` on, `limit` of them or as many as are left.
    /// @param list The list.
    /// @param offset How many entries to pass over; beyond the end nothing is left.
    /// @param limit The most entries to give; 0 gives none.
    /// @return part The entries, in the list's order.
    function page(bytes32[] storage list, uint256 offset, uint256 limit)
        internal
        view
        returns (bytes32[] memory part)
    {
        part = new bytes32[](_size(list.length, offset, limit));
        for (uint256 i = 0; i < part.length; ++i) {
            part[i] = list[offset + i];
        }
    }

    /// @notice The same of a list of accounts.
    /// @param list The list.
    /// @param offset How many entries to pass over; beyond the end nothing is left.
    /// @param limit The most entries to give; 0 gives none.
    /// @return part The entries, in the list's order.
    function page(address[] storage list, uint256 offset, uint256 limit)
        internal
        view
        returns (address[] memory part)
    {
        part = new address[](_size(list.length, offset, limit));
        for (uint256 i = 0; i < part.length; ++i) {
            part[i] = list[offset + i];
        }
    }

    /// @dev Compares what is left, as a sum of two numbers of a stranger's could overflow.
    function _size(uint256 length, uint256 offset, uint256 limit) private pure returns (uint256) {
        if (offset >= length) return 0;
        uint256 left = length - offset;
        return limit < left ? limit : left;
    }
}
