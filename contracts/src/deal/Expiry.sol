// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Closings} from "./Closings.sol";
import {Head, Leg, LegState} from "./DealTypes.sol";
import {IDealEscrow} from "./IDealEscrow.sol";
import {FLAG_DISPUTED_UNDELIVERED, Lane, toLane} from "./Lanes.sol";
import {LegMath} from "./LegMath.sol";
import {Occupancy} from "./Occupancy.sol";
import {TermsLimits} from "./TermsLimits.sol";

/// @title Expiry
/// @notice What time alone decides, applied by whoever sends it.
abstract contract Expiry is Closings {
    /// @inheritdoc IDealEscrow
    function lapse(Head calldata head, bytes32[] calldata siblings, uint256 i, Leg calldata leg)
        external
        nonReentrant
    {
        bytes32 dealId = _dealId(head, siblings, i, leg);
        Lane lane = _lane(dealId, i);
        LegState state = lane.state();
        if (state == LegState.Active) {
            _requireLapsed(Occupancy.callDeadline(leg, lane));
            _closeByShares(head, leg, _closing(dealId, i, lane, LegState.Missed), 0, 0);
        } else if (state == LegState.Offered) {
            _withdrawOffer(head, leg, _closing(dealId, i, lane, LegState.Withdrawn));
        } else if (state == LegState.Disputed) {
            _lapseDispute(head, leg, _closing(dealId, i, lane, LegState.Lapsed));
        } else {
            _requireState(lane, LegState.Delivered);
            _lapseReview(head, leg, _closing(dealId, i, lane, LegState.Lapsed));
        }
    }

    /// @dev The client was silent: its terms divide, or call the arbiter.
    function _lapseReview(Head calldata head, Leg calldata leg, Closing memory c) private {
        uint256 end = c.lane.ts() + leg.review;
        _requireLapsed(end);
        uint256 silenceBps = leg.silenceBps;
        if (silenceBps != TermsLimits.ESCALATE) {
            _closeByShares(head, leg, c, silenceBps, LegMath.BPS);
            return;
        }
        // from the end of the review and not from now, so that nobody prolongs it by waiting
        _setLane(c.dealId, c.i, toLane(LegState.Disputed, c.lane.flags(), end, c.lane.late()));
        // forge-lint: disable-next-line(unsafe-typecast)
        emit Disputed(c.dealId, uint8(c.i), address(0), uint40(end + head.rulingTime), 0, "");
    }

    /// @dev The arbiter was silent. A payee that disputed without delivering gets its bond and nothing else:
    /// else a dispute in the last second would be paid.
    function _lapseDispute(Head calldata head, Leg calldata leg, Closing memory c) private {
        _requireLapsed(c.lane.ts() + head.rulingTime);
        bool delivered = c.lane.flags() & FLAG_DISPUTED_UNDELIVERED == 0;
        _closeByShares(head, leg, c, delivered ? head.deadlockBps : 0, LegMath.BPS);
    }

    /// @dev Nobody joined: no bonds were taken and no record is left.
    function _withdrawOffer(Head calldata head, Leg calldata leg, Closing memory c) private {
        address client = head.client;
        if (msg.sender != client) _requireLapsed(Occupancy.joinDeadline(leg, head.joinBy));
        _setLane(c.dealId, c.i, toLane(LegState.Withdrawn, 0, block.timestamp, 0));
        if (leg.standby != address(0)) c.retainerTo = client;
        _logClosing(0, leg.amount, c);
        _pay(c.dealId, head.token, client, uint256(leg.amount) + leg.retainer);
    }
}
