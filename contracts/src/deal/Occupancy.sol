// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Leg} from "./DealTypes.sol";
import {FLAG_SUBSTITUTED, Lane} from "./Lanes.sol";

/// @title Occupancy
/// @notice Who is at work on a leg, what it put down and when it must deliver: the payee, or the standby
/// once that has taken over.
library Occupancy {
    /// @notice Whether the standby has taken over.
    function substituted(Lane lane) internal pure returns (bool) {
        return lane.flags() & FLAG_SUBSTITUTED != 0;
    }

    /// @notice The payee at work.
    function occupant(Leg calldata leg, Lane lane) internal pure returns (address) {
        return substituted(lane) ? leg.standby : leg.payee;
    }

    /// @notice The bond of the payee at work.
    function bond(Leg calldata leg, Lane lane) internal pure returns (uint256) {
        return substituted(lane) ? leg.standbyBond : leg.bond;
    }

    /// @notice When an active leg's delivery is due.
    function due(Leg calldata leg, Lane lane) internal pure returns (uint256) {
        return substituted(lane) ? lane.ts() + leg.standbyTime : leg.due;
    }

    /// @notice Until when the payee at work on an active leg may deliver or dispute.
    function deadline(Leg calldata leg, Lane lane) internal pure returns (uint256) {
        return due(leg, lane) + leg.grace;
    }

    /// @notice Until when the standby of an active leg may take over; the occupant's deadline where there is
    /// no standby to call any more.
    function callDeadline(Leg calldata leg, Lane lane) internal pure returns (uint256) {
        uint256 end = deadline(leg, lane);
        return leg.standby == address(0) || substituted(lane) ? end : end + leg.callWindow;
    }

    /// @notice Until when the payee of an offered leg may join: both joinBy and the last second before due.
    function joinDeadline(Leg calldata leg, uint256 joinBy) internal pure returns (uint256) {
        // due is ahead of the block that opened the deal, hence not 0
        return joinBy < leg.due ? joinBy : leg.due - 1;
    }
}
