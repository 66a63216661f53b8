// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Head, Leg, LegState} from "../../src/deal/DealTypes.sol";
import {IDealErrors} from "../../src/deal/IDealErrors.sol";
import {IDealEvents} from "../../src/deal/IDealEvents.sol";
import {SettledSummary} from "../../src/deal/ISettledReputation.sol";
import {Deals} from "../support/Deals.sol";
import {vm} from "../support/Vm.sol";
import {Wallet} from "../support/World.sol";

contract RateTest is Deals {
    Head private head;
    Leg[] private legs;
    bytes32 private dealId;

    function setUp() public override {
        super.setUp();
        head = arbitrated(head_());
        head.clientAgentId = register(client);
        legs.push(backed(leg_(payee, 1000)));
        (legs[0].agentId, legs[0].standbyAgentId) = (register(payee), register(standby));
        dealId = open(head, legs);
    }

    function rateCall(bool byClient, uint8 rating, bytes memory signature)
        private
        view
        returns (bytes memory)
    {
        return abi.encodeCall(escrow.rate, (head, new bytes32[](0), 0, legs[0], byClient, rating, signature));
    }

    function recordOf(uint256 agentId, bytes32 tag) private view returns (bytes memory) {
        return abi.encode(escrow.settledSummary(agentId, address(usdc), tag));
    }

    function accepted(uint8 rating) private {
        deliver(head, legs, 0);
        accept(head, legs, 0, rating);
    }

    function test_rate_bothSidesOnce() public {
        accepted(NO_RATING);
        vm.warp(now_() + 30 days);
        vm.expectEmit(address(escrow));
        emit IDealEvents.Rated(dealId, legs[0].agentId, 0, true, 80);
        rate(client.addr, head, legs, 0, 80);
        vm.expectEmit(address(escrow));
        emit IDealEvents.Rated(dealId, head.clientAgentId, 0, false, 70);
        rate(payee.addr, head, legs, 0, 70);
        eq(recordOf(legs[0].agentId, TAG), abi.encode(SettledSummary(1000, 1, 1, 80, 0, 0, 0)), "payee");
        bytes32 tag = escrow.CLIENT_TAG();
        eq(recordOf(head.clientAgentId, tag), abi.encode(SettledSummary(1000, 1, 1, 70, 0, 0, 0)), "client");
        (uint8 state, uint8 flags, uint32 ts,) = escrow.legState(dealId, 0);
        eq(state, uint256(LegState.Accepted), "state");
        eq(flags, 6, "both have rated");
        eq(ts, now_() - 30 days, "the close's time stays");
        refuses(
            client.addr,
            rateCall(true, 1, ""),
            abi.encodeWithSelector(IDealErrors.AlreadyRated.selector, 0, true)
        );
        refuses(
            payee.addr,
            rateCall(false, 1, ""),
            abi.encodeWithSelector(IDealErrors.AlreadyRated.selector, 0, false)
        );
    }

    function test_rate_countsTheRatingGivenWithAccept() public {
        accepted(0);
        bytes memory why = abi.encodeWithSelector(IDealErrors.AlreadyRated.selector, 0, true);
        refuses(client.addr, rateCall(true, 100, ""), why);
    }

    function test_rate_theStandbyThatWasLastAtWork() public {
        substitute(head, legs, 0);
        deliverBy(standby.addr, head, legs, 0);
        accept(head, legs, 0, NO_RATING);
        refuses(payee.addr, rateCall(false, 1, ""), notParty(payee.addr, standby.addr));
        rate(client.addr, head, legs, 0, 60);
        rate(standby.addr, head, legs, 0, 50);
        eq(recordOf(legs[0].agentId, TAG), abi.encode(SettledSummary(0, 1, 0, 0, 1, 0, 0)), "the first payee");
        eq(
            recordOf(legs[0].standbyAgentId, TAG),
            abi.encode(SettledSummary(1000, 1, 1, 60, 0, 0, 0)),
            "the standby"
        );
    }

    function test_rate_afterEveryEnd() public {
        for (uint256 i = 0; i < 4; ++i) {
            uint256 before = vm.snapshotState();
            if (i == 0) {
                vm.warp(legs[0].due + 30 days);
                lapse(head, legs, 0);
            } else if (i == 1) {
                settle(head, legs, 0, payee, 1, 1);
            } else {
                deliver(head, legs, 0);
                dispute(payee.addr, head, legs, 0);
                if (i == 2) rule(head, legs, 0, 1, 1);
                vm.warp(now_() + 4 days);
                if (i == 3) lapse(head, legs, 0);
            }
            rate(client.addr, head, legs, 0, 1);
            rate(payee.addr, head, legs, 0, 2);
            (, uint8 flags,,) = escrow.legState(dealId, 0);
            eq(flags, 6, "rated");
            vm.revertToState(before);
        }
    }

    function test_rate_relayed() public {
        accepted(NO_RATING);
        bytes memory signature = sign(payee, rateDigest(dealId, 0, false, 9));
        bytes memory why = abi.encodeWithSelector(
            IDealErrors.InvalidSignature.selector, payee.addr, rateDigest(dealId, 0, false, 10)
        );
        refuses(stranger.addr, rateCall(false, 10, signature), why);
        why = abi.encodeWithSelector(
            IDealErrors.InvalidSignature.selector, client.addr, rateDigest(dealId, 0, true, 9)
        );
        refuses(stranger.addr, rateCall(true, 9, signature), why);
        bytes memory call_ = rateCall(false, 9, signature);
        vm.prank(stranger.addr);
        (bool ok,) = address(escrow).call(call_);
        check(ok, "relayed");
    }

    function test_rate_forThirtyDays() public {
        accepted(NO_RATING);
        uint256 end = now_() + 30 days;
        vm.warp(end + 1);
        refuses(client.addr, rateCall(true, 1, ""), tooLate(end));
    }

    function test_rate_refusesWhatIsNoRating() public {
        accepted(NO_RATING);
        bytes memory why = abi.encodeWithSelector(IDealErrors.RatingOutOfRange.selector, 101);
        refuses(client.addr, rateCall(true, 101, ""), why);
        why = abi.encodeWithSelector(IDealErrors.RatingOutOfRange.selector, 255);
        refuses(client.addr, rateCall(true, 255, ""), why);
    }

    function test_rate_refusesWhatIsLiveOrNeverWas() public {
        refuses(client.addr, rateCall(true, 1, ""), wrongState(LegState.Active, LegState.Accepted));
        deliver(head, legs, 0);
        refuses(client.addr, rateCall(true, 1, ""), wrongState(LegState.Delivered, LegState.Accepted));
        dispute(client.addr, head, legs, 0);
        refuses(client.addr, rateCall(true, 1, ""), wrongState(LegState.Disputed, LegState.Accepted));
        head.docHash = 0;
        refuses(client.addr, rateCall(true, 1, ""), wrongState(LegState.None, LegState.Accepted));
    }

    function test_rate_refusesWhatNobodyJoined() public {
        (Head memory h, Leg[] memory l) = (head_(), one(leg_(payee, 7)));
        h.joinBy = uint40(now_() + 1);
        usdc.mint(client.addr, 7);
        vm.prank(client.addr);
        usdc.approve(address(escrow), 7);
        vm.prank(client.addr);
        escrow.open(h, l, new bytes[](1), new bytes[](0), allowance());
        vm.warp(now_() + 2);
        lapse(h, l, 0);
        bytes memory call_ = abi.encodeCall(escrow.rate, (h, new bytes32[](0), 0, l[0], true, 1, bytes("")));
        refuses(client.addr, call_, wrongState(LegState.Withdrawn, LegState.Accepted));
    }

    /// Agent 0 is in no record, though it can be rated in the log.
    function test_rate_ofWhoIsNotRated() public {
        (Head memory h, Leg[] memory l) = (head_(), one(leg_(payee, 7)));
        bytes32 id = open(h, l);
        deliver(h, l, 0);
        accept(h, l, 0, NO_RATING);
        vm.record();
        vm.expectEmit(address(escrow));
        emit IDealEvents.Rated(id, 0, 0, true, 5);
        rate(client.addr, h, l, 0, 5);
        (, bytes32[] memory writes) = vm.accesses(address(escrow));
        eq(writes.length, 1, "the lane");
    }
}
