// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Leg} from "../../src/deal/DealTypes.sol";
import {Lane} from "../../src/deal/Lanes.sol";
import {Occupancy} from "../../src/deal/Occupancy.sol";

/// @notice What the SMTChecker is to prove of a leg's times, for every leg and lane, whatever the terms say.
contract TimesProof {
    /// The occupant's time ends before, or with, its standby's.
    function windowsFollowEachOther(Leg calldata leg, Lane lane) external pure {
        assert(Occupancy.due(leg, lane) <= Occupancy.deadline(leg, lane));
        assert(Occupancy.deadline(leg, lane) <= Occupancy.callDeadline(leg, lane));
    }

    /// Without a standby that may still be called, the leg can lapse as soon as its occupant's time is over.
    function nobodyIsWaitedForInVain(Leg calldata leg, Lane lane) external pure {
        if (leg.standby == address(0) || Occupancy.substituted(lane)) {
            assert(Occupancy.deadline(leg, lane) == Occupancy.callDeadline(leg, lane));
        }
    }

    /// An offer ends before the work is due, and not after joinBy.
    function joiningEndsBeforeDue(Leg calldata leg, uint40 joinBy) external pure {
        require(leg.due != 0);
        uint256 end = Occupancy.joinDeadline(leg, joinBy);
        assert(end < leg.due);
        assert(end <= joinBy);
    }

    /// A delivery in time is late by no more than grace, which a lane can hold.
    function latenessFitsItsField(Leg calldata leg, Lane lane, uint40 time) external pure {
        require(leg.grace <= type(uint24).max);
        uint256 due = Occupancy.due(leg, lane);
        require(time <= Occupancy.deadline(leg, lane));
        uint256 late = time > due ? time - due : 0;
        assert(late <= leg.grace);
        assert(late <= type(uint24).max);
    }
}
