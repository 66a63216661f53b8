// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Accumulator} from "../../src/deal/Accumulator.sol";
import {LegState} from "../../src/deal/DealTypes.sol";
import {Lane, toLane} from "../../src/deal/Lanes.sol";

/// @notice What the SMTChecker is to prove of the packed words: lanes and records.
contract StorageProof {
    /// A lane is read as it was packed.
    function laneRoundTrips(uint8 state, uint8 flags, uint32 since, uint24 lateBy) external pure {
        require(state <= uint8(LegState.Withdrawn) && flags < 16);
        Lane lane = toLane(LegState(state), flags, since, lateBy);
        assert(lane.state() == LegState(state));
        assert(lane.flags() == flags);
        assert(lane.ts() == since);
        assert(lane.late() == lateBy);
    }

    /// A record's volume never shrinks, and stays below its bound however much is added.
    function volumeNeverShrinks(uint256 word, uint128 paid) external pure {
        uint256 before = word & type(uint88).max;
        uint256 after_ = Accumulator.unwrap(Accumulator.wrap(word).plusClosed(paid)) & type(uint88).max;
        assert(after_ >= before);
        assert(after_ - before <= paid);
    }

    /// A miss leaves every field but its own alone.
    function missLeavesTheOthers(uint256 word) external pure {
        uint256 changed = Accumulator.unwrap(Accumulator.wrap(word).plusMissed()) ^ word;
        assert(changed & ~(uint256(type(uint24).max) << 192) == 0);
    }
}
