// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Head, Leg, LegState} from "../../src/deal/DealTypes.sol";
import {IDealEscrow} from "../../src/deal/IDealEscrow.sol";
import {SettledSummary} from "../../src/deal/ISettledReputation.sol";
import {MoodyToken} from "../support/HostileTokens.sol";
import {Deals} from "../support/Deals.sol";
import {vm} from "../support/Vm.sol";
import {Wallet} from "../support/World.sol";
import {Ledger} from "./Ledger.sol";
import {Records} from "./Records.sol";

/// @notice Two clients, three payees with agents, a platform, a good token and a moody one. Every verb is
/// tried on any leg at any time; whether it must succeed is predicted first, and a wrong prediction in
/// either direction fails the run.
contract Bazaar is Deals, Ledger, Records {
    uint256 private constant MONEY = 1e30;

    Wallet[] private clients;
    Wallet[] private payees;
    address[] public accounts;
    uint256[] private agents;
    uint256 private clientAgentId;

    constructor() {
        setUp();
        moody = new MoodyToken();
        for (uint256 i = 0; i < 2; ++i) {
            clients.push(wallet(string.concat("client ", vm.toString(i))));
            accounts.push(clients[i].addr);
            _fund(clients[i].addr);
        }
        for (uint256 i = 0; i < 3; ++i) {
            payees.push(wallet(string.concat("payee ", vm.toString(i))));
            accounts.push(payees[i].addr);
            agents.push(register(payees[i]));
        }
        accounts.push(platform.addr);
        clientAgentId = register(clients[0]);
        vm.recordLogs();
    }

    function _fund(address account) private {
        uint256 cap = usdc.MINT_CAP();
        usdc.mint(account, cap);
        moody.mint(account, cap);
        (balance[address(usdc)][account], balance[address(moody)][account]) = (cap, cap);
        vm.prank(account);
        usdc.approve(address(escrow), type(uint256).max);
    }

    // --- actions ---

    function doOpen(uint256 seed) external {
        Head memory head = _anyHead(seed);
        Leg[] memory legs = new Leg[](within(seed >> 16, 1, 5));
        Wallet[] memory signers = new Wallet[](legs.length);
        uint256 lastAgentId = 0;
        for (uint256 i = 0; i < legs.length; ++i) {
            uint256 noise = uint256(keccak256(abi.encode(seed, i)));
            signers[i] = payees[noise % 3];
            legs[i] = _anyLeg(noise, signers[i], lastAgentId);
            if (legs[i].agentId != 0) lastAgentId = legs[i].agentId;
        }
        bytes32 id = escrow.dealIdOf(head, legs);
        bytes[] memory sigs = payeeSigs(legs, signers, id);
        bool must = balance[head.token][head.client] >= total(legs);
        vm.prank(head.client);
        (bool ok,) =
            address(escrow).call(abi.encodeCall(escrow.open, (head, legs, sigs, new bytes[](0), allowance())));
        check(ok == must, "open");
        if (ok) ledgerOpen(id, head, legs);
        foldLogs(address(escrow));
    }

    function doDeliver(uint256 seed) external {
        if (deals.length == 0) return;
        (GhostDeal storage deal, uint256 i) = _pick(seed);
        (Head memory head, Leg[] memory legs) = termsOf(deal);
        bool must = deal.legs[i].state == LegState.Active && now_() <= uint256(legs[i].due) + legs[i].grace;
        check(_tryDeliver(head, legs, i) == must, "deliver");
        if (must) ledgerDeliver(deal.legs[i], legs[i], now_());
        foldLogs(address(escrow));
    }

    function doAccept(uint256 seed, uint8 rating) external {
        if (deals.length == 0) return;
        (GhostDeal storage deal, uint256 i) = _pick(seed);
        (Head memory head, Leg[] memory legs) = termsOf(deal);
        rating = _rating(rating);
        bool must = deal.legs[i].state == LegState.Delivered;
        bytes memory call_ =
            abi.encodeCall(escrow.accept, (head, siblings(legs, i), i, legs[i], rating, bytes("")));
        vm.prank(head.client);
        (bool ok,) = address(escrow).call(call_);
        check(ok == must, "accept");
        if (ok) ledgerClose(deal.legs[i], head, legs[i], LegState.Accepted, rating, now_());
        foldLogs(address(escrow));
    }

    function doAcceptMany(uint256 seed) external {
        if (deals.length == 0) return;
        (GhostDeal storage deal,) = _pick(seed);
        (Head memory head, Leg[] memory legs) = termsOf(deal);
        uint8[] memory ratings = new uint8[](legs.length);
        bool must = false;
        for (uint256 i = 0; i < legs.length; ++i) {
            ratings[i] = _rating(uint8(seed >> (i * 8)));
            must = must || deal.legs[i].state == LegState.Delivered;
        }
        vm.prank(head.client);
        (bool ok,) = address(escrow).call(abi.encodeCall(escrow.acceptMany, (head, legs, ratings)));
        check(ok == must, "acceptMany");
        for (uint256 i = 0; ok && i < legs.length; ++i) {
            if (deal.legs[i].state != LegState.Delivered) continue;
            ledgerClose(deal.legs[i], head, legs[i], LegState.Accepted, ratings[i], now_());
        }
        foldLogs(address(escrow));
    }

    function doLapse(uint256 seed) external {
        if (deals.length == 0) return;
        (GhostDeal storage deal, uint256 i) = _pick(seed);
        _lapse(deal, i);
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

    /// @dev Invariant 12, on the contract itself: of an active leg, deliver or lapse is open, never both.
    function doProbe(uint256 seed) external {
        if (deals.length == 0) return;
        (GhostDeal storage deal, uint256 i) = _pick(seed);
        if (deal.legs[i].state != LegState.Active) return;
        (Head memory head, Leg[] memory legs) = termsOf(deal);
        uint256 before = vm.snapshotState();
        bool delivers = _tryDeliver(head, legs, i);
        vm.revertToState(before);
        before = vm.snapshotState();
        bool lapses = _tryLapse(head, legs, i);
        vm.revertToState(before);
        check(delivers != lapses, "deliver or lapse");
        vm.getRecordedLogs();
    }

    // --- what the invariants ask ---

    /// @dev Invariant 5: later than every deadline, anybody closes whatever is open.
    function closeEverything() external {
        vm.warp(now_() + 30 days);
        for (uint256 d = 0; d < deals.length; ++d) {
            for (uint256 i = 0; i < deals[d].legs.length; ++i) {
                LegState state = deals[d].legs[i].state;
                if (state != LegState.Active && state != LegState.Delivered) continue;
                _lapse(deals[d], i);
                check(uint256(deals[d].legs[i].state) > uint256(LegState.Disputed), "closed");
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

    function _lapse(GhostDeal storage deal, uint256 i) private {
        (Head memory head, Leg[] memory legs) = termsOf(deal);
        GhostLeg storage ghost = deal.legs[i];
        bool missed = ghost.state == LegState.Active && now_() > uint256(legs[i].due) + legs[i].grace;
        bool silent = ghost.state == LegState.Delivered && now_() > ghost.ts + legs[i].review;
        check(_tryLapse(head, legs, i) == (missed || silent), "lapse");
        if (missed) ledgerClose(ghost, head, legs[i], LegState.Missed, NO_RATING, now_());
        if (silent) ledgerClose(ghost, head, legs[i], LegState.Lapsed, NO_RATING, now_());
        foldLogs(address(escrow));
    }

    function _tryLapse(Head memory head, Leg[] memory legs, uint256 i) private returns (bool ok) {
        bytes memory call_ = abi.encodeCall(escrow.lapse, (head, siblings(legs, i), i, legs[i]));
        vm.prank(stranger.addr);
        (ok,) = address(escrow).call(call_);
    }

    function _tryDeliver(Head memory head, Leg[] memory legs, uint256 i) private returns (bool ok) {
        bytes memory call_ = abi.encodeCall(
            IDealEscrow.deliver,
            (escrow.hashHead(head), siblings(legs, i), i, legs[i], DELIVERABLE, "", bytes(""))
        );
        vm.prank(legs[i].payee);
        (ok,) = address(escrow).call(call_);
    }

    function _pick(uint256 seed) private view returns (GhostDeal storage deal, uint256 i) {
        deal = deals[seed % deals.length];
        i = (seed >> 128) % deal.legs.length;
    }

    function _rating(uint8 seed) private pure returns (uint8) {
        return seed < 50 ? NO_RATING : uint8(seed % 101);
    }

    function _anyHead(uint256 seed) private returns (Head memory head) {
        head = head_();
        head.client = clients[seed % 2].addr;
        if (seed >> 1 & 1 == 1) head.token = address(moody);
        if (seed >> 2 & 1 == 1) {
            (head.feeReceiver, head.feeBps) = (platform.addr, uint16(1 + (seed >> 3) % 1000));
        }
        if (head.client == clients[0].addr) head.clientAgentId = clientAgentId;
    }

    function _anyLeg(uint256 noise, Wallet memory to, uint256 lastAgentId)
        private
        view
        returns (Leg memory leg)
    {
        leg = leg_(to, within(noise >> 8, 1, 1e9));
        leg.due = uint40(now_() + within(noise >> 40, 1, 2 days));
        leg.grace = uint32(within(noise >> 72, 0, 1 days));
        leg.review = uint32(within(noise >> 104, 0, 1 days));
        leg.silenceBps = uint16(within(noise >> 136, 0, 10_000));
        if (leg.grace != 0) leg.penaltyMax = uint128(within(noise >> 160, 0, leg.amount));
        uint256 id = agents[(noise >> 200) % 3];
        if (id <= lastAgentId || identity.ownerOf(id) != to.addr) return leg;
        (, uint32 epoch) = identity.agentWalletAndEpoch(id);
        (leg.agentId, leg.agentEpoch) = (id, epoch);
    }
}
