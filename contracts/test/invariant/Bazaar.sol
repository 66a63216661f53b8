// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Division, Funding, FundingKind, Head, Leg, LegState} from "../../src/deal/DealTypes.sol";
import {SettledSummary} from "../../src/deal/ISettledReputation.sol";
import {WeirdToken} from "../support/WeirdTokens.sol";
import {vm} from "../support/Vm.sol";
import {Wallet} from "../support/World.sol";
import {Calls} from "./Calls.sol";
import {Records} from "./Records.sol";

/// @notice Every verb is tried on any leg at any time, in good and bad tokens, by parties that sign themselves,
/// by wallets that lie, and by relayers that forge, replay and starve; whether it must succeed is predicted first,
/// and a wrong prediction in either direction fails the run.
contract Bazaar is Calls, Records {
    uint256 private constant MAX_ENTRY = 1500;

    /// @dev How many deals were opened in each token, and spent calls tried again.
    mapping(address token => uint256) public opens;
    uint256 public replays;

    GhostDeal private _nowhere;

    constructor() {
        populate();
        vm.recordLogs();
        for (uint256 i = 0; i < accounts.length - 2; ++i) {
            for (uint256 t = 0; t < TOKENS; ++t) {
                _deposit(tokens[t], accounts[i], 2e10, 0);
            }
        }
    }

    // --- actions ---

    function doDeposit(uint256 seed) external {
        address account = accounts[(seed >> 1) % (accounts.length - 2)];
        _deposit(tokens[(seed >> 96) % TOKENS], account, within(seed >> 8, 0, 2e10), seed);
    }

    function doOpen(uint256 seed) external {
        Head memory head = anyHead(seed);
        (Leg[] memory legs, Wallet[] memory signers) = anyLegs(seed, head.arbiter != address(0));
        bytes32 id = escrow.dealIdOf(head, legs);
        bool fromCredit = seed >> 242 & 1 == 1;
        (uint256 signed, bytes[] memory sigs) = _signatures(head, legs, signers, id, seed >> 150);
        bool must = _canPay(head, legs, fromCredit) && _canBond(head, legs, signed) && _allVouch(legs, sigs)
            && head.token.code.length != 0;
        Say memory s = say(head.client, id, seed);
        must = must && s.good;
        Funding memory funding = Funding(fromCredit ? FundingKind.CREDIT : FundingKind.ALLOWANCE, s.signature);
        // no permit
        if (!fromCredit && s.signature.length != 0) {
            funding.data = bytes.concat(new bytes(128), s.signature);
        }
        bytes memory call_ =
            abi.encodeCall(escrow.open, (head, legs, sigs, _standbySignatures(legs, id), funding));
        if (sendVerb(s.sender, call_, must, seed, "open")) {
            ++opens[head.token];
            ledgerOpen(id, head, legs, signed, fromCredit);
        }
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
            && (leg.standby == address(0)
                || vouched(leg.standby, true)
                && credited[head.token][leg.standby] >= leg.standbyBond);
        Say memory s = say(leg.payee, deal.id, seed);
        bytes memory call_ = joinCall(deal, head, i, leg, s.signature);
        if (sendVerb(s.sender, call_, must && s.good, seed, "join")) ledgerJoin(ghost, head, leg);
        foldLogs(address(escrow));
    }

    function doDeliver(uint256 seed) external {
        (bool any, GhostDeal storage deal, uint256 i, Head memory head, Leg memory leg) =
            _pick(seed, LegState.Active);
        if (!any) return;
        GhostLeg storage ghost = deal.legs[i];
        bool must = ghost.state == LegState.Active && now_() <= deadlineOf(ghost, leg);
        address payee_ = occupantOf(ghost, leg);
        Say memory s = say(payee_, deliverDigest(deal.id, i, DELIVERABLE, payee_), seed);
        bytes memory call_ = deliverCall(deal, head, i, leg, s.signature);
        if (sendVerb(s.sender, call_, must && s.good, seed, "deliver")) ledgerDeliver(ghost, leg, now_());
        foldLogs(address(escrow));
    }

    function doSubstitute(uint256 seed) external {
        (bool any, GhostDeal storage deal, uint256 i, Head memory head, Leg memory leg) =
            _pick(seed, LegState.Active);
        if (!any) return;
        GhostLeg storage ghost = deal.legs[i];
        bool must = ghost.state == LegState.Active && leg.standby != address(0) && ghost.flags & 1 == 0
            && now_() > deadlineOf(ghost, leg) && now_() <= deadlineOf(ghost, leg) + leg.callWindow;
        Say memory s = say(leg.standby, substituteDigest(deal.id, i), seed);
        bytes memory call_ = substituteCall(deal, head, i, leg, s.signature);
        if (sendVerb(s.sender, call_, must && s.good, seed, "substitute")) {
            ledgerSubstitute(ghost, head, leg, now_());
        }
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
        bytes32 digest = disputeDigest(deal.id, i, ghost.state == LegState.Delivered, EVIDENCE);
        Say memory s = say(byClient ? head.client : occupantOf(ghost, leg), digest, seed);
        bytes memory call_ = disputeCall(deal, head, i, leg, byClient, s.signature);
        if (sendVerb(s.sender, call_, must && s.good, seed, "dispute")) ledgerDispute(ghost, now_());
        foldLogs(address(escrow));
    }

    function doRule(uint256 seed) external {
        (bool any, GhostDeal storage deal, uint256 i, Head memory head, Leg memory leg) =
            _pick(seed, LegState.Disputed);
        if (!any) return;
        GhostLeg storage ghost = deal.legs[i];
        // an arbiter may want more than there is, and others to be one
        uint16 payeeBps = uint16(within(seed >> 70, 0, 11_000));
        uint16 bondBps = uint16(within(seed >> 90, 0, 11_000));
        bool must = ghost.state == LegState.Disputed && now_() <= ghost.ts + head.rulingTime
            && payeeBps <= 10_000 && bondBps <= 10_000 && seed >> 110 & 7 != 0;
        address sender = seed >> 110 & 7 == 0 ? accounts[seed % (accounts.length - 1)] : head.arbiter;
        bytes memory call_ = ruleCall(deal, head, i, leg, payeeBps, bondBps);
        if (sendVerb(sender, call_, must, seed, "rule")) {
            ledgerClose(ghost, head, leg, LegState.Ruled, payeeBps, bondBps);
            ghost.ts = now_();
        }
        foldLogs(address(escrow));
    }

    function doSettle(uint256 seed) external {
        (bool any, GhostDeal storage deal, uint256 i, Head memory head, Leg memory leg) =
            _pick(seed, LegState.Active);
        if (!any) return;
        GhostLeg storage ghost = deal.legs[i];
        uint256 bond = ghost.flags & 1 == 1 ? leg.standbyBond : leg.bond;
        Division memory division = Division(
            uint128(within(seed >> 70, 0, leg.amount)), uint128(within(seed >> 100, 0, bond)), uint40(now_())
        );
        if (_settle(seed, deal, head, i, leg, division)) {
            (ghost.state, ghost.ts) = (LegState.Settled, now_());
            ledgerDivide(ghost, head, leg, 0, division.toPayee, division.bondBack);
        }
        foldLogs(address(escrow));
    }

    function doRate(uint256 seed) external {
        (bool any, GhostDeal storage deal, uint256 i, Head memory head, Leg memory leg) =
            _pick(seed, LegState.Accepted);
        if (any) _rate(deal, i, head, leg, seed);
    }

    function doAccept(uint256 seed, uint8 rating) external {
        (bool any, GhostDeal storage deal, uint256 i, Head memory head, Leg memory leg) =
            _pick(seed, LegState.Delivered);
        if (!any) return;
        rating = _rating(rating);
        bool must = deal.legs[i].state == LegState.Delivered;
        Say memory s = say(head.client, acceptDigest(deal.id, i, rating), seed);
        bytes memory call_ = acceptCall(deal, head, i, leg, rating, s.signature);
        if (sendVerb(s.sender, call_, must && s.good, seed, "accept")) {
            _ledgerAccept(deal.legs[i], head, leg, rating);
        }
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
        bytes memory call_ = abi.encodeCall(escrow.acceptMany, (head, legs, ratings));
        bool ok = sendVerb(head.client, call_, must, seed, "acceptMany");
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
        if (any) _lapse(deal, i, head, leg, seed >> 61 & 1 == 1 ? head.client : stranger.addr, seed);
    }

    function doWithdraw(uint256 seed) external {
        _withdraw(
            tokens[(seed >> 96) % TOKENS],
            accounts[(seed >> 1) % accounts.length],
            accounts[(seed >> 9) % accounts.length],
            seed
        );
    }

    function doWarp(uint256 seed) external {
        vm.warp(now_() + within(seed, 1, 12 hours));
    }

    /// @dev A token, or a wallet, behaves otherwise from now on.
    function doUpset(uint256 seed) external {
        upset(seed, _entry(seed >> 32));
    }

    function doEstrange(uint256 seed) external {
        estrange(seed, _entry(seed >> 32));
    }

    /// @dev Invariant 11: what went through once goes through for no stranger again, whatever happened since.
    function doReplay(uint256 seed) external {
        if (spent.length == 0) return;
        check(!send(stranger.addr, anySpent(seed)), "replay");
        ++replays;
        vm.getRecordedLogs();
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
        bool lapses = send(stranger.addr, lapseCall(deal, head, i, leg));
        vm.revertToState(before);
        before = vm.snapshotState();
        bool acts = false;
        if (state == LegState.Offered) {
            acts = send(leg.payee, joinCall(deal, head, i, leg, ""));
        } else if (state == LegState.Disputed) {
            acts = send(head.arbiter, ruleCall(deal, head, i, leg, 1, 1));
        } else if (state == LegState.Delivered) {
            acts = send(head.client, disputeCall(deal, head, i, leg, true, ""));
        } else if (state == LegState.Active) {
            acts = send(occupantOf(deal.legs[i], leg), disputeCall(deal, head, i, leg, false, ""));
        }
        vm.revertToState(before);
        if (state == LegState.Active) {
            bool substitutes = send(leg.standby, substituteCall(deal, head, i, leg, ""));
            if (substitutes) vm.revertToState(before);
            bool delivers = send(occupantOf(deal.legs[i], leg), deliverCall(deal, head, i, leg, ""));
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
                    _lapse(deals[d], i, head, legs[i], stranger.addr, 0);
                }
                check(deals[d].legs[i].state > LegState.Disputed, "closed");
            }
        }
        for (uint256 t = 0; t < TOKENS; ++t) {
            eq(held[tokens[t]], 0, "nothing is held");
        }
    }

    /// @dev Invariants 1 and 10, to the end: once tokens and wallets behave again, everybody fetches its credit,
    /// and nothing is left of a token that took nothing.
    function withdrawEverything() external {
        appease();
        for (uint256 t = 0; t < TOKENS; ++t) {
            for (uint256 i = 0; i < accounts.length; ++i) {
                _withdraw(tokens[t], accounts[i], accounts[i], 0);
                check(credited[tokens[t]][accounts[i]] == 0 || robbed[tokens[t]], "fetched");
            }
            check(balance[tokens[t]][address(escrow)] == 0 || robbed[tokens[t]], "nothing is left");
        }
    }

    /// @dev A token that rebases, converts or lies may leave the escrow with less of itself than it owes: nobody
    /// can make that good. What each account is owed stays exact even then.
    function checkSolvent() external view {
        for (uint256 t = 0; t < TOKENS; ++t) {
            uint256 owed = held[tokens[t]];
            for (uint256 i = 0; i < accounts.length; ++i) {
                uint256 due = credited[tokens[t]][accounts[i]];
                eq(escrow.credit(tokens[t], accounts[i]), due, "credit");
                owed += due;
            }
            if (!robbed[tokens[t]]) {
                eq(balance[tokens[t]][address(escrow)], owed, "escrow holds what it owes");
            }
        }
    }

    function checkBalances() external view {
        for (uint256 t = 0; t < TOKENS; ++t) {
            if (tokens[t].code.length == 0) continue;
            WeirdToken token = WeirdToken(tokens[t]);
            for (uint256 i = 0; i < accounts.length; ++i) {
                eq(token.balanceOf(accounts[i]), balance[tokens[t]][accounts[i]], "balance");
            }
            eq(token.balanceOf(address(escrow)), balance[tokens[t]][address(escrow)], "escrow's balance");
            eq(token.balanceOf(stranger.addr), 0, "stranger's balance");
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

    function _deposit(address token, address account, uint256 amount, uint256 seed) private {
        bytes memory call_ = abi.encodeCall(escrow.deposit, (token, account, amount, 0, allowance()));
        if (sendVerb(account, call_, comesIn(token, account, amount), seed, "deposit")) {
            ledgerMove(token, account, amount);
            credited[token][account] += amount;
        }
    }

    function _withdraw(address token, address owner, address to, uint256 seed) private {
        uint256 amount = credited[token][owner];
        bool must = amount != 0 && goesOut(token, to, amount);
        if (!sendVerb(owner, abi.encodeCall(escrow.withdraw, (token, to)), must, seed, "withdraw")) return;
        credited[token][owner] = 0;
        balance[token][address(escrow)] -= amount;
        balance[token][to] += fateOf(token, address(escrow), to, amount).arrives;
    }

    /// @dev What a hook tries from within: to fetch credit, to close a leg, to repeat something.
    function _entry(uint256 seed) private view returns (bytes memory entry) {
        if (seed % 3 != 0) {
            (bool any, GhostDeal storage deal, uint256 i, Head memory head, Leg memory leg) =
                _pick(seed, LegState.Missed);
            entry = any && seed % 3 == 1 ? lapseCall(deal, head, i, leg) : anySpent(seed);
            // a longer one costs a hook more gas to load than a payout has
            if (entry.length < MAX_ENTRY) return entry;
        }
        return abi.encodeCall(
            escrow.withdraw, (tokens[(seed >> 8) % TOKENS], accounts[(seed >> 16) % accounts.length])
        );
    }

    function _settle(
        uint256 seed,
        GhostDeal storage deal,
        Head memory head,
        uint256 i,
        Leg memory leg,
        Division memory division
    ) private returns (bool) {
        LegState state = deal.legs[i].state;
        (Say memory s, bytes[2] memory sigs) =
            _agreed(seed, deal.id, i, state, head.client, occupantOf(deal.legs[i], leg), division);
        bytes memory call_ = settleCall(deal, head, i, leg, division, sigs);
        bool must = state >= LegState.Active && state <= LegState.Disputed && s.good;
        return sendVerb(s.sender, call_, must, seed, "settle");
    }

    /// @dev What both sides say to a division; good if both mean it, now. One payee in eight said it in another
    /// state.
    function _agreed(
        uint256 seed,
        bytes32 id,
        uint256 i,
        LegState state,
        address client_,
        address payee_,
        Division memory division
    ) private view returns (Say memory s, bytes[2] memory sigs) {
        bytes32 digest = settleDigest(id, i, state, payee_, division);
        bool real = seed >> 60 & 7 != 0;
        s = say(client_, digest, seed);
        if (seed >> 140 & 7 == 0) {
            (state, real) = (state == LegState.Active ? LegState.Delivered : LegState.Active, false);
            sigs = [s.signature, sign(keyOf(payee_), settleDigest(id, i, state, payee_, division))];
        } else {
            sigs = [s.signature, sign(real ? keyOf(payee_) : stranger, digest)];
        }
        s.good = s.good && vouched(payee_, real);
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
        uint256 sum = total(legs);
        return fromCredit ? credited[head.token][head.client] >= sum : comesIn(head.token, head.client, sum);
    }

    /// @dev Whether all signatures that are given are taken for the parties'.
    function _allVouch(Leg[] memory legs, bytes[] memory sigs) private view returns (bool) {
        for (uint256 i = 0; i < legs.length; ++i) {
            if (sigs[i].length != 0 && !vouched(legs[i].payee, true)) return false;
            if (legs[i].standby != address(0) && !vouched(legs[i].standby, true)) return false;
        }
        return true;
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

    function _lapse(
        GhostDeal storage deal,
        uint256 i,
        Head memory head,
        Leg memory leg,
        address sender,
        uint256 seed
    ) private {
        GhostLeg storage ghost = deal.legs[i];
        LegState state = ghost.state;
        bool live = state != LegState.None && state <= LegState.Disputed;
        uint256 end = live ? lapsesAfter(ghost, head, leg) : 0;
        bool must = live && (now_() > end || state == LegState.Offered && sender == head.client);
        bool ok = sendVerb(sender, lapseCall(deal, head, i, leg), must, seed, "lapse");
        foldLogs(address(escrow));
        if (!ok) return;
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

    function _rate(GhostDeal storage deal, uint256 i, Head memory head, Leg memory leg, uint256 seed)
        private
    {
        GhostLeg storage ghost = deal.legs[i];
        bool byClient = seed >> 60 & 1 == 1;
        uint8 rating = uint8(seed >> 64) % 101;
        uint256 flag = byClient ? 2 : 4;
        bool must = ghost.state > LegState.Disputed && ghost.state != LegState.Withdrawn
            && ghost.flags & flag == 0 && now_() <= ghost.ts + 30 days;
        bytes32 digest = rateDigest(deal.id, i, byClient, rating);
        Say memory s = say(byClient ? head.client : occupantOf(ghost, leg), digest, seed);
        bytes memory call_ = rateCall(deal, head, i, leg, byClient, rating, s.signature);
        if (sendVerb(s.sender, call_, must && s.good, seed, "rate")) ghost.flags |= flag;
        foldLogs(address(escrow));
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

    function _rating(uint8 seed) private pure returns (uint8) {
        return seed < 50 ? NO_RATING : uint8(seed % 101);
    }
}
