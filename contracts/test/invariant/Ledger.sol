// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Head, Leg, LegState} from "../../src/deal/DealTypes.sol";
import {MoodyToken} from "../support/HostileTokens.sol";

/// @notice What the escrow ought to hold and have paid, kept by formulas of its own (written from the
/// specification, not from the escrow's code).
abstract contract Ledger {
    struct GhostLeg {
        LegState state;
        uint256 flags;
        uint256 ts;
        uint256 late;
    }

    struct GhostDeal {
        bytes32 id;
        bytes terms;
        GhostLeg[] legs;
    }

    MoodyToken internal moody;
    GhostDeal[] internal deals;
    mapping(address token => uint256) public held;
    mapping(address token => mapping(address account => uint256)) public balance;
    mapping(address token => mapping(address account => uint256)) public credited;

    function ledgerOpen(bytes32 id, Head memory head, Leg[] memory legs, uint256 joined, bool fromCredit)
        internal
    {
        GhostDeal storage deal = deals.push();
        (deal.id, deal.terms) = (id, abi.encode(head, legs));
        for (uint256 i = 0; i < legs.length; ++i) {
            uint256 sum = uint256(legs[i].amount) + legs[i].retainer;
            if (fromCredit) credited[head.token][head.client] -= sum;
            else balance[head.token][head.client] -= sum;
            held[head.token] += sum;
            bool active = joined >> i & 1 == 1;
            deal.legs.push(GhostLeg(active ? LegState.Active : LegState.Offered, 0, 0, 0));
            if (active) ledgerBonds(head, legs[i]);
        }
    }

    function ledgerJoin(GhostLeg storage ghost, Head memory head, Leg memory leg) internal {
        ghost.state = LegState.Active;
        ledgerBonds(head, leg);
    }

    function ledgerBonds(Head memory head, Leg memory leg) private {
        credited[head.token][leg.payee] -= leg.bond;
        credited[head.token][leg.standby] -= leg.standbyBond;
        held[head.token] += uint256(leg.bond) + leg.standbyBond;
    }

    function ledgerDeliver(GhostLeg storage ghost, Leg memory leg, uint256 time) internal {
        uint256 due = dueOf(ghost, leg);
        ghost.late = time > due ? time - due : 0;
        (ghost.state, ghost.ts) = (LegState.Delivered, time);
    }

    function ledgerSubstitute(GhostLeg storage ghost, Head memory head, Leg memory leg, uint256 time)
        internal
    {
        (ghost.flags, ghost.ts) = (1, time);
        held[head.token] -= leg.bond;
        ledgerPay(head.token, head.client, leg.bond);
    }

    function ledgerDispute(GhostLeg storage ghost, uint256 start) internal {
        if (ghost.state == LegState.Active) ghost.flags |= 8;
        (ghost.state, ghost.ts) = (LegState.Disputed, start);
    }

    function ledgerWithdraw(GhostLeg storage ghost, Head memory head, Leg memory leg, uint256 time) internal {
        (ghost.state, ghost.ts) = (LegState.Withdrawn, time);
        uint256 sum = uint256(leg.amount) + leg.retainer;
        held[head.token] -= sum;
        ledgerPay(head.token, head.client, sum);
    }

    /// @dev Closes a leg by shares.
    function ledgerClose(
        GhostLeg storage ghost,
        Head memory head,
        Leg memory leg,
        LegState outcome,
        uint256 payeeBps,
        uint256 bondBps
    ) internal {
        uint256 net = leg.amount;
        if (ghost.late != 0) net -= uint256(leg.penaltyMax) * ghost.late / leg.grace;
        uint256 arbFee = outcome == LegState.Ruled ? net * head.arbiterFeeBps / 10_000 : 0;
        uint256 bond = ghost.flags & 1 == 1 ? leg.standbyBond : leg.bond;
        ghost.state = outcome;
        ledgerDivide(ghost, head, leg, arbFee, (net - arbFee) * payeeBps / 10_000, bond * bondBps / 10_000);
    }

    /// @dev Pays out a leg whose state is closed already: `gross` for the work, `bondBack` of the bond.
    function ledgerDivide(
        GhostLeg storage ghost,
        Head memory head,
        Leg memory leg,
        uint256 arbFee,
        uint256 gross,
        uint256 bondBack
    ) internal {
        bool called = ghost.flags & 1 == 1;
        uint256 bond = called ? leg.standbyBond : leg.bond;
        uint256 ready = leg.retainer + (called ? 0 : leg.standbyBond);
        uint256 fee = gross * head.feeBps / 10_000;
        held[head.token] -= leg.amount + bond + ready;
        credited[head.token][head.feeReceiver] += fee;
        credited[head.token][head.arbiter] += arbFee;
        ledgerPay(head.token, ghost.state == LegState.Missed ? head.client : leg.standby, ready);
        ledgerPay(head.token, called ? leg.standby : leg.payee, gross - fee + bondBack);
        ledgerPay(head.token, head.client, leg.amount - arbFee - gross + bond - bondBack);
    }

    function ledgerPay(address token, address to, uint256 amount) private {
        if (takes(token, to)) balance[token][to] += amount;
        else credited[token][to] += amount;
    }

    /// @dev Whether a token will transfer to an account just now.
    function takes(address token, address to) internal view returns (bool) {
        if (token != address(moody)) return true;
        MoodyToken.Mood mood = moody.mood();
        return to != moody.refused() && (mood == MoodyToken.Mood.Good || mood == MoodyToken.Mood.Silent);
    }

    // --- times, as the table has them ---

    function dueOf(GhostLeg memory ghost, Leg memory leg) internal pure returns (uint256) {
        return ghost.flags & 1 == 1 ? ghost.ts + leg.standbyTime : leg.due;
    }

    function deadlineOf(GhostLeg memory ghost, Leg memory leg) internal pure returns (uint256) {
        return dueOf(ghost, leg) + leg.grace;
    }

    /// @dev After which second anybody may lapse a live leg.
    function lapsesAfter(GhostLeg memory ghost, Head memory head, Leg memory leg)
        internal
        pure
        returns (uint256)
    {
        if (ghost.state == LegState.Offered) return head.joinBy < leg.due ? head.joinBy : leg.due - 1;
        if (ghost.state == LegState.Delivered) return ghost.ts + leg.review;
        if (ghost.state == LegState.Disputed) return ghost.ts + head.rulingTime;
        bool toCall = leg.standby != address(0) && ghost.flags & 1 == 0;
        return deadlineOf(ghost, leg) + (toCall ? leg.callWindow : 0);
    }

    function termsOf(GhostDeal storage deal) internal view returns (Head memory head, Leg[] memory legs) {
        return abi.decode(deal.terms, (Head, Leg[]));
    }
}
