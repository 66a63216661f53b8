// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Head, Leg, LegState} from "../../src/deal/DealTypes.sol";
import {IDealErrors} from "../../src/deal/IDealErrors.sol";
import {IDealEvents} from "../../src/deal/IDealEvents.sol";
import {Deals} from "../support/Deals.sol";
import {vm} from "../support/Vm.sol";

/// @notice A leg of 1000 with a bond of 500 and a standby, under an arbiter.
contract DisputeTest is Deals {
    Head private head;
    Leg[] private legs;
    bytes32 private dealId;

    function setUp() public override {
        super.setUp();
        head = arbitrated(head_());
        legs.push(backed(leg_(payee, 1000)));
        dealId = open(head, legs);
    }

    function disputeCall(bool byClient, bytes memory signature) private view returns (bytes memory) {
        return abi.encodeCall(
            escrow.dispute, (head, new bytes32[](0), 0, legs[0], byClient, EVIDENCE, "ipfs://e", signature)
        );
    }

    function lapseCall() private view returns (bytes memory) {
        return abi.encodeCall(escrow.lapse, (head, new bytes32[](0), 0, legs[0]));
    }

    function test_dispute_byEitherSideInTheReview() public {
        vm.warp(uint256(legs[0].due) + 60);
        deliver(head, legs, 0);
        address[2] memory sides = [client.addr, payee.addr];
        for (uint256 i = 0; i < 2; ++i) {
            uint256 before = vm.snapshotState();
            vm.warp(now_() + legs[0].review);
            vm.expectEmit(address(escrow));
            emit IDealEvents.Disputed(
                dealId, 0, sides[i], uint40(now_() + 3 days), EVIDENCE, "ipfs://evidence"
            );
            dispute(sides[i], head, legs, 0);
            (uint8 state, uint8 flags, uint32 ts, uint24 late) = escrow.legState(dealId, 0);
            eq(state, uint256(LegState.Disputed), "state");
            eq(flags, 0, "flags");
            eq(ts, now_(), "ts");
            eq(late, 60, "the delay stays");
            vm.revertToState(before);
        }
    }

    function test_dispute_refusesAfterTheReview() public {
        deliver(head, legs, 0);
        uint256 end = now_() + legs[0].review;
        vm.warp(end + 1);
        refuses(client.addr, disputeCall(true, ""), tooLate(end));
        refuses(payee.addr, disputeCall(false, ""), tooLate(end));
    }

    /// If the client withholds what the work needs, the payee stops its clock; the client cannot.
    function test_dispute_beforeTheDeliveryByThePayeeAlone() public {
        refuses(client.addr, disputeCall(true, ""), wrongState(LegState.Active, LegState.Delivered));
        uint256 deadline = uint256(legs[0].due) + legs[0].grace;
        vm.warp(deadline + 1);
        refuses(payee.addr, disputeCall(false, ""), tooLate(deadline));
        vm.warp(deadline);
        dispute(payee.addr, head, legs, 0);
        (uint8 state, uint8 flags,,) = escrow.legState(dealId, 0);
        eq(state, uint256(LegState.Disputed), "state");
        eq(flags, 8, "before the delivery");
        refuses(
            standby.addr,
            abi.encodeCall(escrow.substitute, (head, new bytes32[](0), 0, legs[0], "")),
            wrongState(LegState.Disputed, LegState.Active)
        );
    }

    function test_dispute_byTheStandbyThatTookOver() public {
        substitute(head, legs, 0);
        refuses(payee.addr, disputeCall(false, ""), notParty(payee.addr, standby.addr));
        dispute(standby.addr, head, legs, 0);
        (, uint8 flags,,) = escrow.legState(dealId, 0);
        eq(flags, 9, "substituted, before the delivery");
    }

    function test_dispute_relayed() public {
        deliver(head, legs, 0);
        bytes memory call_ = disputeCall(true, sign(client, disputeDigest(dealId, 0, true, EVIDENCE)));
        vm.prank(stranger.addr);
        (bool ok,) = address(escrow).call(call_);
        check(ok, "relayed");
        refuses(stranger.addr, call_, wrongState(LegState.Disputed, LegState.Delivered));
    }

    /// What the payee signed while at work says nothing of its delivery.
    function test_dispute_refusesASignatureOfTheStateBefore() public {
        bytes memory early = sign(payee, disputeDigest(dealId, 0, false, EVIDENCE));
        deliver(head, legs, 0);
        bytes memory why = abi.encodeWithSelector(
            IDealErrors.InvalidSignature.selector, payee.addr, disputeDigest(dealId, 0, true, EVIDENCE)
        );
        refuses(stranger.addr, disputeCall(false, early), why);
    }

    function test_dispute_refusesAStranger() public {
        deliver(head, legs, 0);
        refuses(stranger.addr, disputeCall(true, ""), notParty(stranger.addr, client.addr));
        refuses(stranger.addr, disputeCall(false, ""), notParty(stranger.addr, payee.addr));
    }

    function test_dispute_refusesWithoutAnArbiter() public {
        (Head memory h, Leg[] memory l) = (head_(), one(leg_(payee, 5)));
        bytes32 id = open(h, l);
        bytes memory call_ =
            abi.encodeCall(escrow.dispute, (h, new bytes32[](0), 0, l[0], false, EVIDENCE, "", bytes("")));
        refuses(payee.addr, call_, abi.encodeWithSelector(IDealErrors.NoArbiter.selector, id));
    }

    // --- what time decides ---

    function testFuzz_lapse_ofASilentArbiterDividesByTheTerms(uint256 seed) public {
        (head.deadlockBps, head.docHash) = (uint16(within(seed, 0, 10_000)), "another");
        dealId = open(head, legs);
        deliver(head, legs, 0);
        dispute(client.addr, head, legs, 0);
        uint256 end = now_() + 3 days;
        vm.warp(end);
        refuses(stranger.addr, lapseCall(), tooEarly(end));
        vm.warp(end + 1);
        lapse(head, legs, 0);
        inState(dealId, 0, LegState.Lapsed);
        uint256 share = uint256(1000) * head.deadlockBps / 10_000;
        eq(usdc.balanceOf(payee.addr), share + 500, "share and bond");
        eq(usdc.balanceOf(client.addr), 1000 - share, "client");
        eq(usdc.balanceOf(standby.addr), 70, "the standby was ready");
        eq(credits(arbiter.addr), 0, "silence earns no fee");
    }

    /// Else a dispute in the last second would be paid.
    function test_lapse_ofASilentArbiterPaysNothingForWhatWasNotDelivered() public {
        dispute(payee.addr, head, legs, 0);
        vm.warp(now_() + 3 days + 1);
        lapse(head, legs, 0);
        inState(dealId, 0, LegState.Lapsed);
        eq(usdc.balanceOf(payee.addr), 500, "the bond");
        eq(usdc.balanceOf(client.addr), 1000, "the price");
        eq(usdc.balanceOf(standby.addr), 70, "the standby was ready");
    }

    function test_lapse_ofSilenceCallsTheArbiterIfTheTermsSaySo() public {
        legs[0].silenceBps = 65_535;
        dealId = open(head, legs);
        deliver(head, legs, 0);
        uint256 end = now_() + legs[0].review;
        vm.warp(end);
        refuses(stranger.addr, lapseCall(), tooEarly(end));
        vm.warp(end + 1 days);
        vm.expectEmit(address(escrow));
        emit IDealEvents.Disputed(dealId, 0, address(0), uint40(end + 3 days), 0, "");
        lapse(head, legs, 0);
        (uint8 state,, uint32 ts,) = escrow.legState(dealId, 0);
        eq(state, uint256(LegState.Disputed), "state");
        eq(ts, end, "nobody prolongs it by waiting");
        refuses(stranger.addr, lapseCall(), tooEarly(end + 3 days));
        rule(head, legs, 0, 10_000, 10_000);
        inState(dealId, 0, LegState.Ruled);
    }

    /// However late the first one comes, two calls close the leg.
    function test_lapse_twiceAfterEverything() public {
        legs[0].silenceBps = 65_535;
        dealId = open(head, legs);
        deliver(head, legs, 0);
        vm.warp(now_() + 365 days);
        lapse(head, legs, 0);
        lapse(head, legs, 0);
        inState(dealId, 0, LegState.Lapsed);
        eq(usdc.balanceOf(payee.addr), 900, "40 % by the terms, and the bond");
    }
}
