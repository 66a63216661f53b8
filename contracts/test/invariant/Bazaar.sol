// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Division, Funding, FundingKind, Head, Leg, LegState} from "../../src/deal/DealTypes.sol";
import {SettledSummary} from "../../src/deal/ISettledReputation.sol";
import {MoodyToken} from "../support/HostileTokens.sol";
import {vm} from "../support/Vm.sol";
import {Wallet} from "../support/World.sol";
import {AnyTerms} from "./AnyTerms.sol";
import {Records} from "./Records.sol";

/// @notice Every verb is tried on any leg at any time, with a good and a moody token; whether it must succeed is
/// predicted first, and a wrong prediction in either direction fails the run.
contract Bazaar is AnyTerms, Records {
    constructor() {
        populate();
        vm.recordLogs();
        for (uint256 i = 0; i < accounts.length - 2; ++i) {
            _deposit(address(usdc), accounts[i], 2e10);
            _deposit(address(moody), accounts[i], 2e10);
        }
    }

    // --- actions ---

    function doDeposit(uint256 seed) external {
        address account = accounts[(seed >> 1) % (accounts.length - 2)];
        _deposit(seed & 1 == 0 ? address(usdc) : address(moody), account, within(seed >> 8, 0, 2e10));
    }

    function doOpen(uint256 seed) external {
        Head memory head = anyHead(seed);
        (Leg[] memory legs, Wallet[] memory signers) = anyLegs(seed, head.arbiter != address(0));
        bool fromCredit = seed >> 242 & 1 == 1;
        bytes32 id = escrow.dealIdOf(head, legs);
        (uint256 signed, bytes[] memory sigs) = _signatures(head, legs, signers, id, seed >> 150);
        bool must = _canPay(head, legs, fromCredit) && _canBond(head, legs, signed);
        must = must && (head.joinBy == 0 || now_() <= head.joinBy);
        Funding memory funding = Funding(fromCredit ? FundingKind.CREDIT : FundingKind.ALLOWANCE, "");
        bytes memory call_ =
            abi.encodeCall(escrow.open, (head, legs, sigs, _standbySignatures(legs, id), funding));
        check(_send(head.client, call_) == must, "open");
        if (must) ledgerOpen(id, head, legs, signed, fromCredit);
        foldLogs(address(escrow));
    }

    function doJoin(uint256 seed) external {
        (bool any, GhostDeal storage deal, uint256 i, Head memory head, Leg memory leg) =
            _pick(seed, LegState.Offered);
        if (!any) return;
        GhostLeg storage ghost = deal.legs[i];
        bool must = ghost.state == LegState.Offered && now_() <= lapsesAfter(ghost, head, leg);
        must = must && _epochHolds(leg.agentId, leg.agentEpoch)
            && _epochHolds(leg.standbyAgentId, leg.standbyAgentEpoch)
            && credited[head.token][leg.payee] >= leg.bond
            && (leg.standby == address(0) || credited[head.token][leg.standby] >= leg.standbyBond);
        check(_tryJoin(deal, head, i, leg) == must, "join");
        if (must) ledgerJoin(ghost, head, leg);
        foldLogs(address(escrow));
    }

    function doDeliver(uint256 seed) external {
        (bool any, GhostDeal storage deal, uint256 i, Head memory head, Leg memory leg) =
            _pick(seed, LegState.Active);
        if (!any) return;
        GhostLeg storage ghost = deal.legs[i];
        bool must = ghost.state == LegState.Active && now_() <= deadlineOf(ghost, leg);
        check(_tryDeliver(deal, head, i, leg) == must, "deliver");
        if (must) ledgerDeliver(ghost, leg, now_());
        foldLogs(address(escrow));
    }

    function doSubstitute(uint256 seed) external {
        (bool any, GhostDeal storage deal, uint256 i, Head memory head, Leg memory leg) =
            _pick(seed, LegState.Active);
        if (!any) return;
        GhostLeg storage ghost = deal.legs[i];
        bool must = ghost.state == LegState.Active && leg.standby != address(0) && ghost.flags & 1 == 0
            && now_() > deadlineOf(ghost, leg) && now_() <= deadlineOf(ghost, leg) + leg.callWindow;
        check(_trySubstitute(deal, head, i, leg) == must, "substitute");
        if (must) ledgerSubstitute(ghost, head, leg, now_());
        foldLogs(address(escrow));
    }

    function doDispute(uint256 seed) external {
        (bool any, GhostDeal storage deal, uint256 i, Head memory head, Leg memory leg) =
            _pick(seed, LegState.Delivered);
        if (!any) return;
        GhostLeg storage ghost = deal.legs[i];
        bool byClient = seed >> 60 & 1 == 1;
        bool must = head.arbiter != address(0)
            && (ghost.state == LegState.Active
                    ? !byClient && now_() <= deadlineOf(ghost, leg)
                    : ghost.state == LegState.Delivered && now_() <= ghost.ts + leg.review);
        check(_tryDispute(deal, head, i, leg, byClient) == must, "dispute");
        if (must) ledgerDispute(ghost, now_());
        foldLogs(address(escrow));
    }

    function doRule(uint256 seed) external {
        (bool any, GhostDeal storage deal, uint256 i, Head memory head, Leg memory leg) =
            _pick(seed, LegState.Disputed);
        if (!any) return;
        GhostLeg storage ghost = deal.legs[i];
        uint16 payeeBps = uint16(within(seed >> 70, 0, 10_000));
        uint16 bondBps = uint16(within(seed >> 90, 0, 10_000));
        bool must = ghost.state == LegState.Disputed && now_() <= ghost.ts + head.rulingTime;
        check(_tryRule(deal, head, i, leg, payeeBps, bondBps) == must, "rule");
        if (must) ledgerClose(ghost, head, leg, LegState.Ruled, payeeBps, bondBps);
        if (must) ghost.ts = now_();
        foldLogs(address(escrow));
    }

    function doSettle(uint256 seed) external {
        (bool any, GhostDeal storage deal, uint256 i, Head memory head, Leg memory leg) =
            _pick(seed, LegState.Active);
        if (!any) return;
        GhostLeg storage ghost = deal.legs[i];
        bool must = ghost.state == LegState.Active || ghost.state == LegState.Delivered
            || ghost.state == LegState.Disputed;
        uint256 bond = ghost.flags & 1 == 1 ? leg.standbyBond : leg.bond;
        Division memory division = Division(
            uint128(within(seed >> 70, 0, leg.amount)), uint128(within(seed >> 100, 0, bond)), uint40(now_())
        );
        check(_trySettle(deal, head, i, leg, division) == must, "settle");
        if (must) {
            (ghost.state, ghost.ts) = (LegState.Settled, now_());
            ledgerDivide(ghost, head, leg, 0, division.toPayee, division.bondBack);
        }
        foldLogs(address(escrow));
    }

    function doRate(uint256 seed) external {
        (bool any, GhostDeal storage deal, uint256 i, Head memory head, Leg memory leg) =
            _pick(seed, LegState.Accepted);
        if (any) _rate(deal, i, head, leg, seed >> 60 & 1 == 1, uint8(seed >> 64) % 101);
    }

    function doAccept(uint256 seed, uint8 rating) external {
        (bool any, GhostDeal storage deal, uint256 i, Head memory head, Leg memory leg) =
            _pick(seed, LegState.Delivered);
        if (!any) return;
        rating = _rating(rating);
        bool must = deal.legs[i].state == LegState.Delivered;
        bytes memory call_ =
            abi.encodeCall(escrow.accept, (head, _others(deal, i), i, leg, rating, bytes("")));
        check(_send(head.client, call_) == must, "accept");
        if (must) _ledgerAccept(deal.legs[i], head, leg, rating);
        foldLogs(address(escrow));
    }

    function doAcceptMany(uint256 seed) external {
        if (deals.length == 0) return;
        GhostDeal storage deal = deals[seed % deals.length];
        (Head memory head, Leg[] memory legs) = termsOf(deal);
        uint8[] memory ratings = new uint8[](legs.length);
        bool must = false;
        for (uint256 i = 0; i < legs.length; ++i) {
            ratings[i] = _rating(uint8(seed >> (i * 8)));
            must = must || deal.legs[i].state == LegState.Delivered;
        }
        bool ok = _send(head.client, abi.encodeCall(escrow.acceptMany, (head, legs, ratings)));
        check(ok == must, "acceptMany");
        for (uint256 i = 0; ok && i < legs.length; ++i) {
            if (deal.legs[i].state == LegState.Delivered) {
                _ledgerAccept(deal.legs[i], head, legs[i], ratings[i]);
            }
        }
        foldLogs(address(escrow));
    }

    function doLapse(uint256 seed) external {
        (bool any, GhostDeal storage deal, uint256 i, Head memory head, Leg memory leg) =
            _pick(seed, seed >> 62 & 1 == 1 ? LegState.Missed : LegState.Lapsed);
        if (any) _lapse(deal, i, head, leg, seed >> 61 & 1 == 1 ? head.client : stranger.addr);
    }

    function doWithdraw(uint256 seed) external {
        address token = seed & 1 == 0 ? address(usdc) : address(moody);
        address owner = accounts[(seed >> 1) % accounts.length];
        address to = accounts[(seed >> 9) % accounts.length];
        uint256 amount = credited[token][owner];
        bool must = amount != 0 && takes(token, to);
        vm.prank(owner);
        (bool ok,) = address(escrow).call(abi.encodeCall(escrow.withdraw, (token, to)));
        check(ok == must, "withdraw");
        if (!ok) return;
        credited[token][owner] = 0;
        balance[token][to] += amount;
    }

    function doWarp(uint256 seed) external {
        vm.warp(now_() + within(seed, 1, 12 hours));
    }

    function doMood(uint256 seed) external {
        uint256 mood = within(seed, 0, 6);
        if (mood == uint256(MoodyToken.Mood.Two) || mood == uint256(MoodyToken.Mood.Short)) mood = 0;
        moody.become(MoodyToken.Mood(mood));
        moody.refuse(seed >> 8 & 1 == 0 ? address(0) : accounts[(seed >> 9) % accounts.length]);
    }

    /// @dev An agent changes hands among the payees: a new epoch.
    function doSell(uint256 seed) external {
        uint256 id = agents[seed % 3];
        address owner = identity.ownerOf(id);
        vm.prank(owner);
        identity.transferFrom(owner, payees[(seed >> 8) % 3].addr, id);
    }

    /// @dev Invariant 12, on the contract itself: a party's timed verb and a stranger's lapse are never both
    /// open, and of a live leg that needs nobody's money one of them always is.
    function doProbe(uint256 seed) external {
        (bool any, GhostDeal storage deal, uint256 i, Head memory head, Leg memory leg) =
            _pick(seed, LegState.Active);
        if (!any) return;
        LegState state = deal.legs[i].state;
        uint256 before = vm.snapshotState();
        bool lapses = _tryLapse(deal, head, i, leg, stranger.addr);
        vm.revertToState(before);
        before = vm.snapshotState();
        bool acts = false;
        if (state == LegState.Offered) acts = _tryJoin(deal, head, i, leg);
        else if (state == LegState.Disputed) acts = _tryRule(deal, head, i, leg, 1, 1);
        else if (state == LegState.Delivered) acts = _tryDispute(deal, head, i, leg, true);
        else if (state == LegState.Active) acts = _tryDispute(deal, head, i, leg, false);
        vm.revertToState(before);
        if (state == LegState.Active) {
            bool substitutes = _trySubstitute(deal, head, i, leg);
            if (substitutes) vm.revertToState(before);
            bool delivers = _tryDeliver(deal, head, i, leg);
            vm.revertToState(before);
            check(!(substitutes && (delivers || acts)), "two payees at once");
            check(acts == (delivers && head.arbiter != address(0)), "dispute as long as deliver");
            acts = delivers || substitutes;
            check(acts != lapses, "one of both");
        }
        check(!(acts && lapses), "never both");
        if (state == LegState.Disputed) check(acts != lapses, "one of both");
        if (state > LegState.Disputed) check(!acts && !lapses, "the end");
        vm.getRecordedLogs();
    }

    // --- what the invariants ask ---

    /// @dev Invariant 5: later than every deadline, anybody closes whatever is open, with two calls at most.
    function closeEverything() external {
        vm.warp(now_() + 30 days);
        for (uint256 d = 0; d < deals.length; ++d) {
            (Head memory head, Leg[] memory legs) = termsOf(deals[d]);
            for (uint256 i = 0; i < legs.length; ++i) {
                for (uint256 n = 0; n < 2 && deals[d].legs[i].state <= LegState.Disputed; ++n) {
                    _lapse(deals[d], i, head, legs[i], stranger.addr);
                }
                check(deals[d].legs[i].state > LegState.Disputed, "closed");
            }
        }
        eq(held[address(usdc)] + held[address(moody)], 0, "nothing is held");
    }

    function checkSolvent() external view {
        address[2] memory tokens = [address(usdc), address(moody)];
        for (uint256 t = 0; t < 2; ++t) {
            uint256 owed = held[tokens[t]];
            for (uint256 i = 0; i < accounts.length; ++i) {
                uint256 due = credited[tokens[t]][accounts[i]];
                eq(escrow.credit(tokens[t], accounts[i]), due, "credit");
                owed += due;
            }
            uint256 has = t == 0 ? usdc.balanceOf(address(escrow)) : moody.balanceOf(address(escrow));
            eq(has, owed, "escrow holds what it owes");
        }
    }

    function checkBalances() external view {
        for (uint256 i = 0; i < accounts.length; ++i) {
            eq(usdc.balanceOf(accounts[i]), balance[address(usdc)][accounts[i]], "usdc");
            eq(moody.balanceOf(accounts[i]), balance[address(moody)][accounts[i]], "moody");
        }
    }

    function checkLanes() external view {
        for (uint256 d = 0; d < deals.length; ++d) {
            for (uint256 i = 0; i < deals[d].legs.length; ++i) {
                GhostLeg memory want = deals[d].legs[i];
                (uint8 state, uint8 flags, uint32 ts, uint24 late) = escrow.legState(deals[d].id, i);
                eq(state, uint256(want.state), "state");
                eq(flags, want.flags, "flags");
                eq(ts, want.ts, "ts");
                eq(late, want.late, "late");
                eq(timesClosed[deals[d].id][i], state > uint8(LegState.Disputed) ? 1 : 0, "closed once");
            }
            (uint8 beyond,,,) = escrow.legState(deals[d].id, deals[d].legs.length);
            eq(beyond, 0, "no further leg");
        }
    }

    function checkRecords() external view {
        for (uint256 i = 0; i < keys.length; ++i) {
            Key memory k = keys[i];
            SettledSummary memory have = escrow.settledSummaryAt(k.agentId, k.epoch, k.token, k.tag);
            eq(abi.encode(have), abi.encode(folded[keccak256(abi.encode(k))]), "record");
        }
    }

    // --- parts ---

    function _deposit(address token, address account, uint256 amount) private {
        Funding memory funding = allowance();
        bool ok = _send(account, abi.encodeCall(escrow.deposit, (token, account, amount, 0, funding)));
        check(ok == (balance[token][account] >= amount), "deposit");
        if (ok) {
            (balance[token][account], credited[token][account]) =
            (balance[token][account] - amount, credited[token][account] + amount);
        }
    }

    /// @dev Signs for every payee; in a deal that may be joined later, for those whose bit is set. Returns also
    /// the legs that are active then.
    function _signatures(
        Head memory head,
        Leg[] memory legs,
        Wallet[] memory signers,
        bytes32 id,
        uint256 bits
    ) private pure returns (uint256 signed, bytes[] memory sigs) {
        sigs = new bytes[](legs.length);
        for (uint256 i = 0; i < legs.length; ++i) {
            bool again = i > 0 && legs[i].payee == legs[i - 1].payee && signed >> (i - 1) & 1 == 1;
            if (head.joinBy != 0 && bits >> i & 1 == 0 && !again) continue;
            signed |= 1 << i;
            if (!again) sigs[i] = sign(signers[i], id);
        }
    }

    function _standbySignatures(Leg[] memory legs, bytes32 id) private view returns (bytes[] memory sigs) {
        uint256 count = 0;
        bytes[] memory all = new bytes[](legs.length);
        for (uint256 i = 0; i < legs.length; ++i) {
            if (legs[i].standby != address(0)) all[count++] = sign(keyOf(legs[i].standby), id);
        }
        sigs = new bytes[](count);
        for (uint256 i = 0; i < count; ++i) {
            sigs[i] = all[i];
        }
    }

    function _canPay(Head memory head, Leg[] memory legs, bool fromCredit) private view returns (bool) {
        uint256 has = fromCredit ? credited[head.token][head.client] : balance[head.token][head.client];
        return has >= total(legs);
    }

    function _canBond(Head memory head, Leg[] memory legs, uint256 signed) private view returns (bool) {
        for (uint256 p = 0; p < payees.length; ++p) {
            uint256 needed = 0;
            for (uint256 i = 0; i < legs.length; ++i) {
                if (signed >> i & 1 == 0) continue;
                if (legs[i].payee == payees[p].addr) needed += legs[i].bond;
                if (legs[i].standby == payees[p].addr) needed += legs[i].standbyBond;
            }
            if (credited[head.token][payees[p].addr] < needed) return false;
        }
        return true;
    }

    function _epochHolds(uint256 agentId, uint32 epoch) private view returns (bool) {
        if (agentId == 0) return true;
        (, uint32 current) = identity.agentWalletAndEpoch(agentId);
        return current == epoch;
    }

    function _ledgerAccept(GhostLeg storage ghost, Head memory head, Leg memory leg, uint8 rating) private {
        ledgerClose(ghost, head, leg, LegState.Accepted, 10_000, 10_000);
        ghost.ts = now_();
        if (rating != NO_RATING) ghost.flags |= 2;
    }

    function _lapse(GhostDeal storage deal, uint256 i, Head memory head, Leg memory leg, address sender)
        private
    {
        GhostLeg storage ghost = deal.legs[i];
        LegState state = ghost.state;
        bool live = state != LegState.None && state <= LegState.Disputed;
        uint256 end = live ? lapsesAfter(ghost, head, leg) : 0;
        bool must = live && (now_() > end || state == LegState.Offered && sender == head.client);
        check(_tryLapse(deal, head, i, leg, sender) == must, "lapse");
        foldLogs(address(escrow));
        if (!must) return;
        if (state == LegState.Delivered && leg.silenceBps == 65_535) return ledgerDispute(ghost, end);
        if (state == LegState.Offered) return ledgerWithdraw(ghost, head, leg, now_());
        if (state == LegState.Active) {
            ledgerClose(ghost, head, leg, LegState.Missed, 0, 0);
        } else if (state == LegState.Delivered) {
            ledgerClose(ghost, head, leg, LegState.Lapsed, leg.silenceBps, 10_000);
        } else {
            ledgerClose(
                ghost, head, leg, LegState.Lapsed, ghost.flags & 8 == 8 ? 0 : head.deadlockBps, 10_000
            );
        }
        ghost.ts = now_();
    }

    function _rate(
        GhostDeal storage deal,
        uint256 i,
        Head memory head,
        Leg memory leg,
        bool byClient,
        uint8 rating
    ) private {
        GhostLeg storage ghost = deal.legs[i];
        uint256 flag = byClient ? 2 : 4;
        bool must = ghost.state > LegState.Disputed && ghost.state != LegState.Withdrawn
            && ghost.flags & flag == 0 && now_() <= ghost.ts + 30 days;
        check(_tryRate(deal, head, i, leg, byClient, rating) == must, "rate");
        if (must) ghost.flags |= flag;
        foldLogs(address(escrow));
    }

    // --- calls ---

    function _send(address sender, bytes memory call_) private returns (bool ok) {
        vm.prank(sender);
        (ok,) = address(escrow).call(call_);
    }

    function _others(GhostDeal storage deal, uint256 i) private view returns (bytes32[] memory) {
        (, Leg[] memory legs) = termsOf(deal);
        return siblings(legs, i);
    }

    function _tryJoin(GhostDeal storage deal, Head memory head, uint256 i, Leg memory leg)
        private
        returns (bool)
    {
        bytes memory standbySig = leg.standby == address(0) ? bytes("") : sign(keyOf(leg.standby), deal.id);
        return _send(
            leg.payee, abi.encodeCall(escrow.join, (head, _others(deal, i), i, leg, bytes(""), standbySig))
        );
    }

    function _tryDeliver(GhostDeal storage deal, Head memory head, uint256 i, Leg memory leg)
        private
        returns (bool)
    {
        bytes memory call_ = abi.encodeCall(
            escrow.deliver, (escrow.hashHead(head), _others(deal, i), i, leg, DELIVERABLE, "", bytes(""))
        );
        return _send(deal.legs[i].flags & 1 == 1 ? leg.standby : leg.payee, call_);
    }

    function _trySubstitute(GhostDeal storage deal, Head memory head, uint256 i, Leg memory leg)
        private
        returns (bool)
    {
        return _send(
            leg.standby, abi.encodeCall(escrow.substitute, (head, _others(deal, i), i, leg, bytes("")))
        );
    }

    function _tryDispute(GhostDeal storage deal, Head memory head, uint256 i, Leg memory leg, bool byClient)
        private
        returns (bool)
    {
        address by = byClient ? head.client : deal.legs[i].flags & 1 == 1 ? leg.standby : leg.payee;
        bytes memory call_ = abi.encodeCall(
            escrow.dispute, (head, _others(deal, i), i, leg, byClient, EVIDENCE, "", bytes(""))
        );
        return _send(by, call_);
    }

    function _tryRule(
        GhostDeal storage deal,
        Head memory head,
        uint256 i,
        Leg memory leg,
        uint16 payeeBps,
        uint16 bondBps
    ) private returns (bool) {
        bytes memory call_ = abi.encodeCall(
            escrow.rule, (head, _others(deal, i), i, leg, payeeBps, bondBps, bytes32("reason"))
        );
        return _send(head.arbiter, call_);
    }

    function _tryRate(
        GhostDeal storage deal,
        Head memory head,
        uint256 i,
        Leg memory leg,
        bool byClient,
        uint8 rating
    ) private returns (bool) {
        address by = byClient ? head.client : deal.legs[i].flags & 1 == 1 ? leg.standby : leg.payee;
        bytes memory call_ =
            abi.encodeCall(escrow.rate, (head, _others(deal, i), i, leg, byClient, rating, bytes("")));
        return _send(by, call_);
    }

    function _trySettle(
        GhostDeal storage deal,
        Head memory head,
        uint256 i,
        Leg memory leg,
        Division memory division
    ) private returns (bool) {
        address occupant = deal.legs[i].flags & 1 == 1 ? leg.standby : leg.payee;
        bytes memory signature = sign(keyOf(occupant), settleDigest(deal.id, i, occupant, division));
        bytes memory call_ =
            abi.encodeCall(escrow.settle, (head, _others(deal, i), i, leg, division, bytes(""), signature));
        return _send(head.client, call_);
    }

    function _tryLapse(GhostDeal storage deal, Head memory head, uint256 i, Leg memory leg, address sender)
        private
        returns (bool)
    {
        return _send(sender, abi.encodeCall(escrow.lapse, (head, _others(deal, i), i, leg)));
    }

    /// @dev Any leg of the latest deals; three times of four one in the wanted state, if there is one. Missed
    /// stands for active and late, Lapsed for reviewed or disputed.
    function _pick(uint256 seed, LegState want)
        private
        view
        returns (bool any, GhostDeal storage deal, uint256 i, Head memory head, Leg memory leg)
    {
        any = deals.length != 0;
        // a storage pointer must point somewhere
        deal = _nowhere;
        if (!any) return (any, deal, i, head, leg);
        uint256 recent = deals.length < 8 ? deals.length : 8;
        for (uint256 n = 0; n < recent; ++n) {
            deal = deals[deals.length - 1 - (seed % recent + n) % recent];
            Leg[] memory legs;
            (head, legs) = termsOf(deal);
            for (uint256 m = 0; m < legs.length; ++m) {
                i = ((seed >> 128) + m) % legs.length;
                leg = legs[i];
                if (seed >> 250 & 3 == 0 || _fits(deal.legs[i], leg, want)) return (any, deal, i, head, leg);
            }
        }
    }

    function _fits(GhostLeg memory ghost, Leg memory leg, LegState want) private view returns (bool) {
        bool late = ghost.state == LegState.Active && now_() > deadlineOf(ghost, leg);
        if (want == LegState.Missed) return late;
        if (want == LegState.Lapsed) {
            bool delivered = ghost.state == LegState.Delivered;
            return delivered ? now_() > ghost.ts + leg.review : ghost.state == LegState.Disputed;
        }
        return ghost.state == want && (want != LegState.Active || leg.standby == address(0) || late);
    }

    GhostDeal private _nowhere;

    function _rating(uint8 seed) private pure returns (uint8) {
        return seed < 50 ? NO_RATING : uint8(seed % 101);
    }
}
