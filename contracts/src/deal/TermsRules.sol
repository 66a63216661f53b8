// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Head, Leg} from "./DealTypes.sol";
import {IDealErrors} from "./IDealErrors.sol";
import {LegMath} from "./LegMath.sol";
import {TermsLimits} from "./TermsLimits.sol";

/// @title TermsRules
/// @notice Refuses terms that would make a deal unsound.
/// @dev A contract of its own because the escrow's code would be too large with it: it has no storage, moves
/// nothing and is asked by staticcall; its caller is the escrow that the terms are for. It reads every member
/// that a later verb acts on: one with dirty upper bits reverts here, before money is in, and not at the exit.
contract TermsRules {
    /// @dev The head's parties, read once for all legs.
    struct Parties {
        address client;
        address arbiter;
        address token;
    }

    /// @notice Checks all terms.
    /// @param head The head.
    /// @param legs The legs.
    /// @return total What the client pays in: all amounts and retainers.
    function check(Head calldata head, Leg[] calldata legs) external view returns (uint256 total) {
        if (legs.length == 0 || legs.length > TermsLimits.MAX_LEGS) {
            revert IDealErrors.LegCountOutOfRange(legs.length, TermsLimits.MAX_LEGS);
        }
        Parties memory parties = Parties(head.client, head.arbiter, head.token);
        _checkHead(head, parties);
        uint256 lastAgentId = 0;
        for (uint256 i = 0; i < legs.length; ++i) {
            Leg calldata leg = legs[i];
            _checkPayee(parties, leg.payee, i);
            uint256 amount = _checkMoney(leg, i);
            _checkStandby(parties, leg, i);
            _checkTimes(leg, parties.arbiter, i);
            lastAgentId = _checkAgent(leg, i, lastAgentId);
            _read(leg);
            unchecked {
                total += amount; // at most 64 sums of two 128-bit numbers
            }
        }
    }

    /// @dev What all legs share.
    function _checkHead(Head calldata head, Parties memory parties) private view {
        if (block.timestamp > head.openBy) {
            revert IDealErrors.OpenDeadlinePassed(block.timestamp, head.openBy);
        }
        address arbiter = parties.arbiter;
        _checkParty(parties.client, parties.token);
        if (arbiter != address(0)) {
            _checkParty(arbiter, parties.token);
            if (arbiter == parties.client) revert IDealErrors.ArbiterIsClient(arbiter);
        }
        uint32 rulingTime = head.rulingTime;
        if ((arbiter == address(0)) != (rulingTime == 0)) {
            revert IDealErrors.RulingTimeMismatch(arbiter, rulingTime);
        }
        if (rulingTime > TermsLimits.MAX_RULING_TIME) {
            revert IDealErrors.RulingTimeAboveMax(rulingTime, TermsLimits.MAX_RULING_TIME);
        }
        _checkFees(head, parties.token);
        uint256 deadlockBps = head.deadlockBps;
        if (deadlockBps > LegMath.BPS) revert IDealErrors.ShareAboveMax(deadlockBps, LegMath.BPS);
        if (parties.token.code.length == 0) revert IDealErrors.TokenWithoutCode(parties.token);
    }

    /// @dev Fees, their caps, and who gets them.
    function _checkFees(Head calldata head, address token) private view {
        (address receiver, uint16 feeBps, uint256 arbiterFeeBps) =
            (head.feeReceiver, head.feeBps, head.arbiterFeeBps);
        if ((receiver == address(0)) != (feeBps == 0)) {
            revert IDealErrors.FeeReceiverMismatch(receiver, feeBps);
        }
        if (feeBps != 0) _checkParty(receiver, token);
        if (feeBps > TermsLimits.MAX_FEE_BPS) {
            revert IDealErrors.FeeAboveMax(feeBps, TermsLimits.MAX_FEE_BPS);
        }
        if (arbiterFeeBps > TermsLimits.MAX_FEE_BPS) {
            revert IDealErrors.FeeAboveMax(arbiterFeeBps, TermsLimits.MAX_FEE_BPS);
        }
    }

    /// @dev Who works on a leg.
    function _checkPayee(Parties memory parties, address payee, uint256 i) private view {
        _checkParty(payee, parties.token);
        if (payee == parties.client) revert IDealErrors.ClientIsPayee(i, payee);
        if (payee == parties.arbiter) revert IDealErrors.ArbiterIsPayee(i, payee);
    }

    /// @dev A leg's sums; returns what the client pays in for it.
    function _checkMoney(Leg calldata leg, uint256 i) private pure returns (uint256 total) {
        (uint256 amount, uint256 penaltyMax) = (leg.amount, leg.penaltyMax);
        if (amount == 0) revert IDealErrors.ZeroAmount(i);
        if (penaltyMax > amount) revert IDealErrors.PenaltyAboveAmount(i, penaltyMax, amount);
        if (penaltyMax != 0 && leg.grace == 0) revert IDealErrors.PenaltyWithoutGrace(i, penaltyMax);
        unchecked {
            return amount + leg.retainer;
        }
    }

    /// @dev Who stands by, and its terms.
    function _checkStandby(Parties memory parties, Leg calldata leg, uint256 i) private view {
        (address standby, uint256 bond) = (leg.standby, leg.bond);
        // read without a standby too: the log carries them, and dirty upper bits would make it unreadable
        (uint256 callWindow, uint256 standbyTime) = (leg.callWindow, leg.standbyTime);
        if (standby == address(0)) {
            if (leg.standbyAgentId | leg.standbyAgentEpoch | leg.retainer | leg.standbyBond != 0) {
                revert IDealErrors.StandbyMissing(i);
            }
            return;
        }
        _checkParty(standby, parties.token);
        if (standby == parties.client) revert IDealErrors.ClientIsStandby(i, standby);
        if (standby == parties.arbiter) revert IDealErrors.ArbiterIsStandby(i, standby);
        if (standby == leg.payee) revert IDealErrors.PayeeIsStandby(i, standby);
        if (callWindow == 0 || standbyTime == 0) {
            revert IDealErrors.StandbyTimeMissing(i, callWindow, standbyTime);
        }
        if (callWindow > TermsLimits.MAX_CALL_WINDOW) {
            revert IDealErrors.CallWindowAboveMax(i, callWindow, TermsLimits.MAX_CALL_WINDOW);
        }
        if (standbyTime > TermsLimits.MAX_STANDBY_TIME) {
            revert IDealErrors.StandbyTimeAboveMax(i, standbyTime, TermsLimits.MAX_STANDBY_TIME);
        }
        if (leg.penaltyMax > bond) revert IDealErrors.PenaltyAboveBond(i, leg.penaltyMax, bond);
    }

    /// @dev A leg's times, and what the client's silence means.
    function _checkTimes(Leg calldata leg, address arbiter, uint256 i) private view {
        (uint256 due, uint256 grace, uint256 review) = (leg.due, leg.grace, leg.review);
        if (due <= block.timestamp || due > block.timestamp + TermsLimits.MAX_DUE_AHEAD) {
            revert IDealErrors.DueOutsideWindow(
                i, due, block.timestamp, block.timestamp + TermsLimits.MAX_DUE_AHEAD
            );
        }
        if (grace > TermsLimits.MAX_GRACE) revert IDealErrors.GraceAboveMax(i, grace, TermsLimits.MAX_GRACE);
        if (review > TermsLimits.MAX_REVIEW) {
            revert IDealErrors.ReviewAboveMax(i, review, TermsLimits.MAX_REVIEW);
        }
        uint256 silenceBps = leg.silenceBps;
        if (silenceBps <= LegMath.BPS) return;
        if (silenceBps != TermsLimits.ESCALATE) revert IDealErrors.ShareAboveMax(silenceBps, LegMath.BPS);
        if (arbiter == address(0)) revert IDealErrors.EscalationWithoutArbiter(i);
    }

    /// @dev Reads what no rule is about: its dirty upper bits would make `join` revert, and the log unreadable.
    function _read(Leg calldata leg) private pure {
        leg.agentEpoch;
        leg.standbyAgentEpoch;
        leg.standbyBond;
    }

    /// @dev That no agent is rated twice; returns the highest agent so far.
    function _checkAgent(Leg calldata leg, uint256 i, uint256 lastAgentId) private pure returns (uint256) {
        uint256 agentId = leg.agentId;
        if (agentId | leg.standbyAgentId != 0 && leg.tag == TermsLimits.CLIENT_TAG) {
            revert IDealErrors.ReservedTag(i, TermsLimits.CLIENT_TAG);
        }
        if (agentId == 0) return lastAgentId;
        if (agentId <= lastAgentId) revert IDealErrors.AgentOrder(i, agentId, lastAgentId);
        return agentId;
    }

    /// @dev That money sent to a party is not lost.
    function _checkParty(address party, address token) private view {
        if (party == address(0) || party == token || party == msg.sender) {
            revert IDealErrors.ForbiddenParty(party, token);
        }
    }
}
