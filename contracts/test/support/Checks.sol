// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Comparisons that fail with both sides, and the fuzzer's ranges.
abstract contract Checks {
    error NotEqual(string what, uint256 have, uint256 want);
    error NotEqualBytes(string what, bytes have, bytes want);
    error NotTrue(string what);

    function check(bool condition, string memory what) internal pure {
        if (!condition) revert NotTrue(what);
    }

    function eq(uint256 have, uint256 want, string memory what) internal pure {
        if (have != want) revert NotEqual(what, have, want);
    }

    function eq(address have, address want, string memory what) internal pure {
        eq(uint160(have), uint160(want), what);
    }

    function eq(bytes32 have, bytes32 want, string memory what) internal pure {
        eq(uint256(have), uint256(want), what);
    }

    function eq(bytes memory have, bytes memory want, string memory what) internal pure {
        if (keccak256(have) != keccak256(want)) revert NotEqualBytes(what, have, want);
    }

    function eq(string memory have, string memory want, string memory what) internal pure {
        eq(bytes(have), bytes(want), what);
    }

    /// @dev A number from `low` to `high`, both included.
    function within(uint256 seed, uint256 low, uint256 high) internal pure returns (uint256) {
        uint256 span = high - low;
        return span == type(uint256).max ? seed : low + seed % (span + 1);
    }
}
