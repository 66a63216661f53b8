// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Head, Leg} from "./DealTypes.sol";
import {IDealErrors} from "./IDealErrors.sol";
import {LegMath} from "./LegMath.sol";

/// @title TermsRules
/// @notice Refuses terms that would make a deal unsound.
/// @dev Reads every member that a later verb acts on: a member with dirty upper bits reverts here, before
/// money is in, and not at the exit.
library TermsRules {
    /// @notice Legs of a deal at most.
    uint256 internal constant MAX_LEGS = 64;
    /// @notice Platform fee and arbiter's fee at most, in basis points.
    uint256 internal constant MAX_FEE_BPS = 1000;
    /// @notice How far ahead a leg may be due, in seconds.
    uint256 internal constant MAX_DUE_AHEAD = 5 * 365 days;
    /// @notice Grace at most, in seconds: what a lane's `late` can hold.
    uint256 internal constant MAX_GRACE = type(uint24).max;
    /// @notice Review at most, in seconds.
    uint256 internal constant MAX_REVIEW = 180 days;
    /// @notice The silenceBps that calls the arbiter.
    uint256 internal constant ESCALATE = type(uint16).max;

    /// @notice Checks all terms.
    /// @param head The head.
    /// @param legs The legs.
    /// @return total What the client pays in: all amounts and retainers.
    function check(Head calldata head, Leg[] calldata legs) internal view returns (uint256 total) {
        if (legs.length == 0 || legs.length > MAX_LEGS) {
            revert IDealErrors.LegCountOutOfRange(legs.length, MAX_LEGS);
        }
        _checkHead(head);
        uint256 lastAgentId = 0;
        for (uint256 i = 0; i < legs.length; ++i) {
            Leg calldata leg = legs[i];
            _checkParties(head, leg, i);
            _checkMoney(leg, i);
            _checkTimes(head, leg, i);
            lastAgentId = _checkOrder(leg, i, lastAgentId);
            unchecked {
                total += uint256(leg.amount) + leg.retainer; // 128 sums of 128 bits
            }
        }
        _checkSupport(head, legs);
    }

    function _checkHead(Head calldata head) private view {
        if (block.timestamp > head.openBy) {
            revert IDealErrors.OpenDeadlinePassed(block.timestamp, head.openBy);
        }
        _checkParty(head.client, head.token);
        if (head.arbiter != address(0)) {
            _checkParty(head.arbiter, head.token);
            if (head.arbiter == head.client) revert IDealErrors.ArbiterIsClient(head.arbiter);
        }
        if ((head.arbiter == address(0)) != (head.rulingTime == 0)) {
            revert IDealErrors.RulingTimeMismatch(head.arbiter, head.rulingTime);
        }
        if ((head.feeReceiver == address(0)) != (head.feeBps == 0)) {
            revert IDealErrors.FeeReceiverMismatch(head.feeReceiver, head.feeBps);
        }
        if (head.feeBps != 0) _checkParty(head.feeReceiver, head.token);
        if (head.feeBps > MAX_FEE_BPS) revert IDealErrors.FeeAboveMax(head.feeBps, MAX_FEE_BPS);
        if (head.arbiterFeeBps > MAX_FEE_BPS) {
            revert IDealErrors.FeeAboveMax(head.arbiterFeeBps, MAX_FEE_BPS);
        }
        if (head.deadlockBps > LegMath.BPS) revert IDealErrors.ShareAboveMax(head.deadlockBps, LegMath.BPS);
        if (head.token.code.length == 0) revert IDealErrors.TokenWithoutCode(head.token);
    }

    function _checkParties(Head calldata head, Leg calldata leg, uint256 i) private view {
        address payee = leg.payee;
        _checkParty(payee, head.token);
        if (payee == head.client) revert IDealErrors.ClientIsPayee(i, payee);
        if (payee == head.arbiter) revert IDealErrors.ArbiterIsPayee(i, payee);
        address standby = leg.standby;
        if (standby == address(0)) {
            if (leg.standbyAgentId | leg.standbyAgentEpoch | leg.retainer | leg.standbyBond != 0) {
                revert IDealErrors.StandbyMissing(i);
            }
            return;
        }
        _checkParty(standby, head.token);
        if (standby == head.client) revert IDealErrors.ClientIsStandby(i, standby);
        if (standby == head.arbiter) revert IDealErrors.ArbiterIsStandby(i, standby);
        if (standby == payee) revert IDealErrors.PayeeIsStandby(i, payee);
        if (leg.callWindow == 0 || leg.standbyTime == 0) {
            revert IDealErrors.StandbyTimeMissing(i, leg.callWindow, leg.standbyTime);
        }
    }

    function _checkMoney(Leg calldata leg, uint256 i) private pure {
        uint256 amount = leg.amount;
        uint256 penaltyMax = leg.penaltyMax;
        if (amount == 0) revert IDealErrors.ZeroAmount(i);
        if (penaltyMax > amount) revert IDealErrors.PenaltyAboveAmount(i, penaltyMax, amount);
        if (penaltyMax != 0 && leg.grace == 0) revert IDealErrors.PenaltyWithoutGrace(i, penaltyMax);
        if (leg.standby != address(0) && penaltyMax > leg.bond) {
            revert IDealErrors.PenaltyAboveBond(i, penaltyMax, leg.bond);
        }
    }

    function _checkTimes(Head calldata head, Leg calldata leg, uint256 i) private view {
        uint256 due = leg.due;
        if (due <= block.timestamp || due > block.timestamp + MAX_DUE_AHEAD) {
            revert IDealErrors.DueOutsideWindow(i, due, block.timestamp, block.timestamp + MAX_DUE_AHEAD);
        }
        if (leg.grace > MAX_GRACE) revert IDealErrors.GraceAboveMax(i, leg.grace, MAX_GRACE);
        if (leg.review > MAX_REVIEW) revert IDealErrors.ReviewAboveMax(i, leg.review, MAX_REVIEW);
        uint256 silenceBps = leg.silenceBps;
        if (silenceBps == ESCALATE) {
            if (head.arbiter == address(0)) revert IDealErrors.EscalationWithoutArbiter(i);
        } else if (silenceBps > LegMath.BPS) {
            revert IDealErrors.ShareAboveMax(silenceBps, LegMath.BPS);
        }
    }

    function _checkOrder(Leg calldata leg, uint256 i, uint256 lastAgentId) private pure returns (uint256) {
        uint256 agentId = leg.agentId;
        if (agentId == 0) return lastAgentId;
        if (agentId <= lastAgentId) revert IDealErrors.AgentOrder(i, agentId, lastAgentId);
        return agentId;
    }

    function _checkSupport(Head calldata head, Leg[] calldata legs) private pure {
        if (head.joinBy != 0) revert IDealErrors.JoinLaterNotSupported(head.joinBy);
        if (head.arbiter != address(0)) revert IDealErrors.ArbiterNotSupported(head.arbiter);
        for (uint256 i = 0; i < legs.length; ++i) {
            if (legs[i].standby != address(0)) revert IDealErrors.StandbyNotSupported(i, legs[i].standby);
            if (legs[i].bond != 0) revert IDealErrors.BondNotSupported(i, legs[i].bond);
        }
    }

    function _checkParty(address party, address token) private view {
        if (party == address(0) || party == token || party == address(this)) {
            revert IDealErrors.ForbiddenParty(party, token);
        }
    }
}
