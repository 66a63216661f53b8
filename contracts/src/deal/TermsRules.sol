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

    /// @notice The tag of agents' records as clients.
    bytes32 internal constant CLIENT_TAG = keccak256("earnest.client");

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
    function check(Head calldata head, Leg[] calldata legs) internal view returns (uint256 total) {
        if (legs.length == 0 || legs.length > MAX_LEGS) {
            revert IDealErrors.LegCountOutOfRange(legs.length, MAX_LEGS);
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
            unchecked {
                total += amount; // at most 64 sums of two 128-bit numbers
            }
        }
        if (parties.arbiter != address(0)) revert IDealErrors.ArbiterNotSupported(parties.arbiter);
    }

    /// @dev Rules for what all legs share; see `checkTerms`.
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
        _checkFees(head, parties.token);
        uint256 deadlockBps = head.deadlockBps;
        if (deadlockBps > LegMath.BPS) revert IDealErrors.ShareAboveMax(deadlockBps, LegMath.BPS);
        if (parties.token.code.length == 0) revert IDealErrors.TokenWithoutCode(parties.token);
        if (head.joinBy != 0) revert IDealErrors.JoinLaterNotSupported(head.joinBy);
    }

    /// @dev A fee and its receiver come together, and neither fee exceeds the cap.
    function _checkFees(Head calldata head, address token) private view {
        (address receiver, uint16 feeBps, uint256 arbiterFeeBps) =
            (head.feeReceiver, head.feeBps, head.arbiterFeeBps);
        if ((receiver == address(0)) != (feeBps == 0)) {
            revert IDealErrors.FeeReceiverMismatch(receiver, feeBps);
        }
        if (feeBps != 0) _checkParty(receiver, token);
        if (feeBps > MAX_FEE_BPS) revert IDealErrors.FeeAboveMax(feeBps, MAX_FEE_BPS);
        if (arbiterFeeBps > MAX_FEE_BPS) revert IDealErrors.FeeAboveMax(arbiterFeeBps, MAX_FEE_BPS);
    }

    /// @dev Nobody deals with or judges itself.
    function _checkPayee(Parties memory parties, address payee, uint256 i) private view {
        _checkParty(payee, parties.token);
        if (payee == parties.client) revert IDealErrors.ClientIsPayee(i, payee);
        if (payee == parties.arbiter) revert IDealErrors.ArbiterIsPayee(i, payee);
    }

    /// @dev Atomic units that the client pays in for this leg.
    function _checkMoney(Leg calldata leg, uint256 i) private pure returns (uint256 total) {
        (uint256 amount, uint256 penaltyMax) = (leg.amount, leg.penaltyMax);
        if (amount == 0) revert IDealErrors.ZeroAmount(i);
        if (penaltyMax > amount) revert IDealErrors.PenaltyAboveAmount(i, penaltyMax, amount);
        if (penaltyMax != 0 && leg.grace == 0) revert IDealErrors.PenaltyWithoutGrace(i, penaltyMax);
        unchecked {
            return amount + leg.retainer;
        }
    }

    /// @dev Without a standby everything that is about one must be zero, so that the log can be read.
    function _checkStandby(Parties memory parties, Leg calldata leg, uint256 i) private view {
        (address standby, uint256 bond) = (leg.standby, leg.bond);
        // read without a standby too: the log carries them, and dirty upper bits would make it unreadable
        (uint256 callWindow, uint256 standbyTime) = (leg.callWindow, leg.standbyTime);
        if (standby == address(0)) {
            if (leg.standbyAgentId | leg.standbyAgentEpoch | leg.retainer | leg.standbyBond != 0) {
                revert IDealErrors.StandbyMissing(i);
            }
            if (bond != 0) revert IDealErrors.BondNotSupported(i, bond);
            return;
        }
        _checkParty(standby, parties.token);
        if (standby == parties.client) revert IDealErrors.ClientIsStandby(i, standby);
        if (standby == parties.arbiter) revert IDealErrors.ArbiterIsStandby(i, standby);
        if (standby == leg.payee) revert IDealErrors.PayeeIsStandby(i, standby);
        if (callWindow == 0 || standbyTime == 0) {
            revert IDealErrors.StandbyTimeMissing(i, callWindow, standbyTime);
        }
        if (leg.penaltyMax > bond) revert IDealErrors.PenaltyAboveBond(i, leg.penaltyMax, bond);
        revert IDealErrors.StandbyNotSupported(i, standby);
    }

    /// @dev Bounds keep every later sum of times below 2^40.
    function _checkTimes(Leg calldata leg, address arbiter, uint256 i) private view {
        (uint256 due, uint256 grace, uint256 review) = (leg.due, leg.grace, leg.review);
        if (due <= block.timestamp || due > block.timestamp + MAX_DUE_AHEAD) {
            revert IDealErrors.DueOutsideWindow(i, due, block.timestamp, block.timestamp + MAX_DUE_AHEAD);
        }
        if (grace > MAX_GRACE) revert IDealErrors.GraceAboveMax(i, grace, MAX_GRACE);
        if (review > MAX_REVIEW) revert IDealErrors.ReviewAboveMax(i, review, MAX_REVIEW);
        uint256 silenceBps = leg.silenceBps;
        if (silenceBps <= LegMath.BPS) return;
        if (silenceBps != ESCALATE) revert IDealErrors.ShareAboveMax(silenceBps, LegMath.BPS);
        if (arbiter == address(0)) revert IDealErrors.EscalationWithoutArbiter(i);
    }

    /// @dev Rated legs ascend by agent: no agent is rated twice in a deal.
    function _checkAgent(Leg calldata leg, uint256 i, uint256 lastAgentId) private pure returns (uint256) {
        uint256 agentId = leg.agentId;
        if (agentId == 0) return lastAgentId;
        if (agentId <= lastAgentId) revert IDealErrors.AgentOrder(i, agentId, lastAgentId);
        if (leg.tag == CLIENT_TAG) revert IDealErrors.ReservedTag(i, CLIENT_TAG);
        return agentId;
    }

    /// @dev No party is zero, the escrow or the token: money sent there would be lost.
    function _checkParty(address party, address token) private view {
        if (party == address(0) || party == token || party == address(this)) {
            revert IDealErrors.ForbiddenParty(party, token);
        }
    }
}
