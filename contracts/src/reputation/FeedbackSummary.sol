// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title FeedbackSummary
/// @notice Averages values of different decimals, as ERC-8004's reference does: in 18 decimals, reported
/// in the decimals that most values use.
library FeedbackSummary {
    uint256 private constant _MAX_DECIMALS = 18;

    /// @notice A running sum.
    /// @param sum Sum of the values in 18 decimals. A value is at most 1e56 so, and 2^64 of them still fit.
    /// @param count How many values were added.
    /// @param uses How many of them use each number of decimals.
    struct Sum {
        int256 sum;
        uint64 count;
        uint64[19] uses;
    }

    /// @notice Adds a value.
    /// @param self The sum, changed in place.
    /// @param value The value, times 10^decimals.
    /// @param decimals 0 to 18.
    function add(Sum memory self, int128 value, uint8 decimals) internal pure {
        self.sum += int256(value) * _scale(decimals);
        ++self.uses[decimals];
        ++self.count;
    }

    /// @notice The average.
    /// @param self The sum.
    /// @return value Rounded towards zero, held at the ends of int128; 0 of nothing.
    /// @return decimals The decimals that most values use; the fewest on a tie; 0 of nothing.
    function average(Sum memory self) internal pure returns (int128 value, uint8 decimals) {
        if (self.count == 0) return (0, 0);
        for (uint8 d = 1; d <= _MAX_DECIMALS; ++d) {
            if (self.uses[d] > self.uses[decimals]) decimals = d;
        }
        int256 exact = self.sum / int256(uint256(self.count)) / _scale(decimals);
        if (exact > type(int128).max) return (type(int128).max, decimals);
        if (exact < type(int128).min) return (type(int128).min, decimals);
        // forge-lint: disable-next-line(unsafe-typecast)
        return (int128(exact), decimals);
    }

    /// @dev Brings a value of `decimals` to `_MAX_DECIMALS`.
    function _scale(uint8 decimals) private pure returns (int256) {
        // forge-lint: disable-next-line(unsafe-typecast)
        return int256(10 ** (_MAX_DECIMALS - decimals));
    }
}
