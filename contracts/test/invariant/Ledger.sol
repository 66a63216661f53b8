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

    function ledgerOpen(bytes32 id, Head memory head, Leg[] memory legs) internal {
        GhostDeal storage deal = deals.push();
        (deal.id, deal.terms) = (id, abi.encode(head, legs));
        for (uint256 i = 0; i < legs.length; ++i) {
            deal.legs.push(GhostLeg(LegState.Active, 0, 0, 0));
            held[head.token] += legs[i].amount;
            balance[head.token][head.client] -= legs[i].amount;
        }
    }

    function ledgerDeliver(GhostLeg storage ghost, Leg memory leg, uint256 time) internal {
        (ghost.state, ghost.ts) = (LegState.Delivered, time);
        ghost.late = time > leg.due ? time - leg.due : 0;
    }

    function ledgerClose(
        GhostLeg storage ghost,
        Head memory head,
        Leg memory leg,
        LegState outcome,
        uint256 rating,
        uint256 time
    ) internal {
        uint256 amount = leg.amount;
        uint256 share =
            outcome == LegState.Accepted ? 10_000 : outcome == LegState.Lapsed ? leg.silenceBps : 0;
        uint256 penalty = ghost.late == 0 ? 0 : uint256(leg.penaltyMax) * ghost.late / leg.grace;
        uint256 gross = (amount - penalty) * share / 10_000;
        uint256 fee = gross * head.feeBps / 10_000;
        (ghost.state, ghost.ts) = (outcome, time);
        ghost.flags = rating == 255 ? 0 : 2;
        held[head.token] -= amount;
        credited[head.token][head.feeReceiver] += fee;
        ledgerPay(head.token, leg.payee, gross - fee);
        ledgerPay(head.token, head.client, amount - gross);
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

    function termsOf(GhostDeal storage deal) internal view returns (Head memory head, Leg[] memory legs) {
        return abi.decode(deal.terms, (Head, Leg[]));
    }
}
