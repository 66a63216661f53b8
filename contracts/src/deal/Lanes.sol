// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LegState} from "./DealTypes.sol";

/// @notice All that is stored of a leg, from the lowest bit: state 4, flags 4, ts 32, late 24.
type Lane is uint64;

using {state, flags, ts, late} for Lane global;

/// @dev Flag: the standby has taken over.
uint256 constant FLAG_SUBSTITUTED = 1;
/// @dev Flag: the client has rated the payee.
uint256 constant FLAG_CLIENT_RATED = 2;
/// @dev Flag: the payee has rated the client.
uint256 constant FLAG_PAYEE_RATED = 4;
/// @dev Flag: the dispute came before the delivery.
uint256 constant FLAG_DISPUTED_UNDELIVERED = 8;

/// @dev The leg's state.
function state(Lane lane) pure returns (LegState) {
    return LegState(Lane.unwrap(lane) & 0xf);
}

/// @dev The leg's flags.
function flags(Lane lane) pure returns (uint256) {
    return (Lane.unwrap(lane) >> 4) & 0xf;
}

/// @dev When the state began, in Unix seconds; 0 in Active before a substitution.
function ts(Lane lane) pure returns (uint256) {
    return (Lane.unwrap(lane) >> 8) & 0xffffffff;
}

/// @dev Seconds after due at which it was delivered.
function late(Lane lane) pure returns (uint256) {
    return Lane.unwrap(lane) >> 40;
}

/// @dev Packs a lane; `since` is good until 2106, `lateBy` is below 2^24 by the terms.
function toLane(LegState newState, uint256 newFlags, uint256 since, uint256 lateBy) pure returns (Lane) {
    // forge-lint: disable-next-line(unsafe-typecast)
    return Lane.wrap(uint64(uint256(newState) | newFlags << 4 | since << 8 | lateBy << 40));
}

/// @title LaneStore
/// @notice Keeps four lanes to a slot, under the deal's id and the ids that follow it.
abstract contract LaneStore {
    mapping(uint256 key => uint256) private _words;

    /// @dev The lane of a leg; all zero if the deal was never opened or has no such leg.
    function _lane(bytes32 dealId, uint256 i) internal view returns (Lane) {
        unchecked {
            // forge-lint: disable-next-line(unsafe-typecast)
            return Lane.wrap(uint64(_words[uint256(dealId) + i / 4] >> (i % 4) * 64));
        }
    }

    /// @dev Writes the lane of a leg and leaves its neighbours.
    function _setLane(bytes32 dealId, uint256 i, Lane lane) internal {
        unchecked {
            uint256 key = uint256(dealId) + i / 4;
            uint256 shift = (i % 4) * 64;
            uint256 others = _words[key] & ~(uint256(type(uint64).max) << shift);
            _words[key] = others | uint256(Lane.unwrap(lane)) << shift;
        }
    }

    /// @dev Writes the same lane for the first `count` legs of a new deal, whose words are all zero.
    function _fillLanes(bytes32 dealId, uint256 count, Lane lane) internal {
        unchecked {
            uint256 four = uint256(Lane.unwrap(lane)) * (1 | 1 << 64 | 1 << 128 | 1 << 192);
            for (uint256 i = 0; i < count; i += 4) {
                uint256 left = count - i;
                uint256 word = left < 4 ? four & ((1 << left * 64) - 1) : four;
                _words[uint256(dealId) + i / 4] = word;
            }
        }
    }
}
