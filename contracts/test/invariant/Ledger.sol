// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Head, Leg, LegState} from "../../src/deal/DealTypes.sol";
import {Fate} from "../support/WeirdTokens.sol";

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

    GhostDeal[] internal deals;
    mapping(address token => uint256) public held;
    /// @dev What an account's balance ought to be; the escrow's own as well.
    mapping(address token => mapping(address account => uint256)) public balance;
    mapping(address token => mapping(address account => uint256)) public credited;
    /// @dev Whether a token has taken from the escrow, or lied to it, what no escrow can make up for.
    mapping(address token => bool) public robbed;
    /// @dev How many payouts a token refused.
    mapping(address token => uint256) public refusals;

    function house() internal view virtual returns (address);
    function fateOf(address token, address from, address to, uint256 amount)
        internal
        view
        virtual
        returns (Fate memory);

    function ledgerOpen(bytes32 id, Head memory head, Leg[] memory legs, uint256 joined, bool fromCredit)
        internal
    {
        GhostDeal storage deal = deals.push();
        (deal.id, deal.terms) = (id, abi.encode(head, legs));
        for (uint256 i = 0; i < legs.length; ++i) {
            uint256 sum = uint256(legs[i].amount) + legs[i].retainer;
            if (fromCredit) credited[head.token][head.client] -= sum;
            else ledgerMove(head.token, head.client, sum);
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
        uint256 toPayee = gross - fee + bondBack;
        uint256 toClient = leg.amount - arbFee - gross + bond - bondBack;
        if (ghost.state == LegState.Missed) toClient += ready;
        else if (called) toPayee += ready;
        else ledgerPay(head.token, leg.standby, ready);
        ledgerPay(head.token, called ? leg.standby : leg.payee, toPayee);
        ledgerPay(head.token, head.client, toClient);
    }

    /// @dev A payout: the token takes it, or it becomes credit.
    function ledgerPay(address token, address to, uint256 amount) private {
        if (amount == 0) return;
        Fate memory fate = fateOf(token, house(), to, amount);
        bool moved = fate.moves && balance[token][house()] >= amount;
        if (moved) {
            balance[token][house()] -= amount;
            balance[token][to] += fate.arrives;
            if (fate.says) return;
            robbed[token] = true;
        }
        credited[token][to] += amount;
        ++refusals[token];
    }

    /// @dev Money that comes in.
    function ledgerMove(address token, address from, uint256 amount) internal {
        balance[token][from] -= amount;
        balance[token][house()] += amount;
    }

    /// @dev Whether an account's money would come in whole.
    function comesIn(address token, address from, uint256 amount) internal view returns (bool) {
        Fate memory fate = fateOf(token, from, house(), amount);
        return fate.moves && fate.says && fate.arrives == amount && balance[token][from] >= amount;
    }

    /// @dev Whether the escrow's money would go out, as far as the token knows.
    function goesOut(address token, address to, uint256 amount) internal view returns (bool) {
        Fate memory fate = fateOf(token, house(), to, amount);
        return fate.moves && fate.says && balance[token][house()] >= amount;
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
