// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SettledSummary} from "./ISettledReputation.sol";

/// @notice A settled record in one slot, from the lowest bit: volume 88, closed 32, rated 32, ratingSum 40,
/// missed 24, late 20, lost 20.
type Accumulator is uint256;

using {plusClosed, plusRating, plusMissed, plusLate, plusLost, unpackInto} for Accumulator global;

/// @dev One more record, and what was paid in it.
function plusClosed(Accumulator a, uint256 paid) pure returns (Accumulator) {
    return _plus(_plus(a, 0, 88, paid), 88, 32, 1);
}

/// @dev One more rating.
function plusRating(Accumulator a, uint256 rating) pure returns (Accumulator) {
    return _plus(_plus(a, 120, 32, 1), 152, 40, rating);
}

/// @dev One more miss.
function plusMissed(Accumulator a) pure returns (Accumulator) {
    return _plus(a, 192, 24, 1);
}

/// @dev One more late delivery.
function plusLate(Accumulator a) pure returns (Accumulator) {
    return _plus(a, 216, 20, 1);
}

/// @dev One more lost ruling.
function plusLost(Accumulator a) pure returns (Accumulator) {
    return _plus(a, 236, 20, 1);
}

/// @dev Writes the record's members into `s`.
function unpackInto(Accumulator a, SettledSummary memory s) pure {
    s.volume = uint88(_field(a, 0, 88));
    s.closed = uint32(_field(a, 88, 32));
    s.rated = uint32(_field(a, 120, 32));
    s.ratingSum = uint40(_field(a, 152, 40));
    s.missed = uint24(_field(a, 192, 24));
    s.late = uint24(_field(a, 216, 20));
    s.lost = uint24(_field(a, 236, 20));
}

/// @dev Adds to one field, which stays at its maximum rather than carry into the next. `n` is below 2^128.
function _plus(Accumulator a, uint256 shift, uint256 width, uint256 n) pure returns (Accumulator) {
    unchecked {
        uint256 word = Accumulator.unwrap(a);
        uint256 max = (1 << width) - 1;
        uint256 have = (word >> shift) & max;
        uint256 sum = have + n;
        if (sum > max) sum = max;
        return Accumulator.wrap(word ^ ((have ^ sum) << shift));
    }
}

/// @dev Reads one field.
function _field(Accumulator a, uint256 shift, uint256 width) pure returns (uint256) {
    return (Accumulator.unwrap(a) >> shift) & ((1 << width) - 1);
}
