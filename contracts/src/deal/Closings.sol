// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DealCore} from "./DealCore.sol";
import {Head, Leg, LegState} from "./DealTypes.sol";
import {FLAG_CLIENT_RATED, Lane, toLane} from "./Lanes.sol";
import {LegMath} from "./LegMath.sol";
import {Occupancy} from "./Occupancy.sol";

/// @title Closings
/// @notice How a leg ends: its money is divided, its state and records are written, then everybody is paid.
abstract contract Closings is DealCore {
    /// @dev Starts the account of a leg that closes.
    function _closing(bytes32 dealId, uint256 i, Lane lane, LegState outcome)
        internal
        pure
        returns (Closing memory c)
    {
        (c.dealId, c.i, c.lane, c.outcome, c.rating) = (dealId, i, lane, outcome, NO_RATING);
    }

    /// @dev Closes a leg by shares.
    /// @param payeeBps The payee's share of the price.
    /// @param bondBps What it gets back of its bond.
    function _closeByShares(
        Head calldata head,
        Leg calldata leg,
        Closing memory c,
        uint256 payeeBps,
        uint256 bondBps
    ) internal {
        uint256 late = c.lane.late();
        if (late != 0) c.penalty = LegMath.penalty(leg.penaltyMax, late, leg.grace);
        uint256 arbiterFeeBps = c.outcome == LegState.Ruled ? head.arbiterFeeBps : 0;
        (c.arbFee, c.gross, c.fee) =
            LegMath.divide(leg.amount, c.penalty, arbiterFeeBps, payeeBps, head.feeBps);
        uint256 bond = Occupancy.bond(leg, c.lane);
        _finish(head, leg, c, bond, bond == 0 ? 0 : LegMath.share(bond, bondBps));
    }

    /// @dev Writes state and records, logs, then pays.
    /// @param bond The bond of the payee at work.
    /// @param bondBack What it gets back of it.
    function _finish(Head calldata head, Leg calldata leg, Closing memory c, uint256 bond, uint256 bondBack)
        internal
    {
        address standby = leg.standby;
        // sums of a few 128-bit numbers, none taken from less than it is part of
        unchecked {
            c.bondToClient = bond - bondBack;
            if (standby != address(0)) c.retainerTo = c.outcome == LegState.Missed ? head.client : standby;
            uint256 flags = c.lane.flags();
            if (c.rating != NO_RATING) flags |= FLAG_CLIENT_RATED;
            _setLane(c.dealId, c.i, toLane(c.outcome, flags, block.timestamp, c.lane.late()));
            _recordClosing(head, leg, c);
            address token = head.token;
            if (c.fee != 0) _addCredit(c.dealId, token, head.feeReceiver, c.fee);
            if (c.arbFee != 0) _addCredit(c.dealId, token, head.arbiter, c.arbFee);
            uint256 toPayee = c.gross - c.fee + bondBack;
            uint256 toClient = leg.amount - c.arbFee - c.gross + c.bondToClient;
            address payee = leg.payee;
            if (standby != address(0)) {
                uint256 readiness = leg.retainer;
                if (Occupancy.substituted(c.lane)) payee = standby;
                else readiness += leg.standbyBond;
                if (c.outcome == LegState.Missed) toClient += readiness;
                else if (payee == standby) toPayee += readiness;
                else _pay(c.dealId, token, standby, readiness);
            }
            _pay(c.dealId, token, payee, toPayee);
            _pay(c.dealId, token, head.client, toClient);
        }
    }
}
