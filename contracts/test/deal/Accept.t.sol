// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Head, Leg, LegState} from "../../src/deal/DealTypes.sol";
import {IDealErrors} from "../../src/deal/IDealErrors.sol";
import {ISettledReputation} from "../../src/deal/ISettledReputation.sol";
import {Deals} from "../support/Deals.sol";
import {vm} from "../support/Vm.sol";

contract AcceptTest is Deals {
    Head private head;
    Leg[] private legs;

    function setUp() public override {
        super.setUp();
        head = head_();
        (head.feeReceiver, head.feeBps) = (platform.addr, 250);
        legs.push(leg_(payee, 1001));
        legs[0].penaltyMax = 501;
    }

    function refused(address sender, uint8 rating, bytes memory signature, bytes memory why) private {
        (Head memory h, Leg memory leg) = (head, legs[0]);
        vm.expectRevert(why);
        vm.prank(sender);
        escrow.accept(h, new bytes32[](0), 0, leg, rating, signature);
    }

    function test_accept_paysThePayeeAndCreditsTheFee() public {
        bytes32 dealId = open(head, legs);
        deliver(head, legs, 0);
        vm.expectEmit(address(escrow));
        emit ISettledReputation.Closed(
            dealId, 0, 0, uint8(LegState.Accepted), 80, 0, 976, 0, 25, 0, 0, 0, address(0), 0
        );
        accept(head, legs, 0, 80);
        inState(dealId, 0, LegState.Accepted);
        (, uint8 flags, uint32 ts,) = escrow.legState(dealId, 0);
        eq(flags, 2, "the client has rated");
        eq(ts, now_(), "closed");
        eq(usdc.balanceOf(payee.addr), 976, "payee");
        eq(escrow.credit(address(usdc), platform.addr), 25, "platform");
        eq(usdc.balanceOf(client.addr), 0, "client");
        eq(usdc.balanceOf(address(escrow)), 25, "escrow");
    }

    function test_accept_takesThePenaltyOffAnInTimeButLateDelivery() public {
        bytes32 dealId = open(head, legs);
        vm.warp(legs[0].due + 1800);
        deliver(head, legs, 0);
        vm.expectEmit(address(escrow));
        emit ISettledReputation.Closed(
            dealId, 0, 0, uint8(LegState.Accepted), 255, 1800, 733, 250, 18, 250, 0, 0, address(0), 0
        );
        accept(head, legs, 0, NO_RATING);
        eq(usdc.balanceOf(payee.addr), 733, "payee");
        eq(usdc.balanceOf(client.addr), 250, "client");
        (, uint8 flags,,) = escrow.legState(dealId, 0);
        eq(flags, 0, "nobody has rated");
    }

    function testFuzz_accept_dividesExactly(uint128 amount, uint128 penaltyMax, uint16 feeBps, uint24 delay)
        public
    {
        (head.feeBps, head.feeReceiver) = (uint16(within(feeBps, 1, 1000)), platform.addr);
        legs[0].amount = uint128(within(amount, 1, 1_000_000e6));
        legs[0].penaltyMax = uint128(within(penaltyMax, 0, legs[0].amount));
        legs[0].grace = 1 << 20;
        open(head, legs);
        vm.warp(legs[0].due + within(delay, 0, legs[0].grace));
        deliver(head, legs, 0);
        accept(head, legs, 0, 100);
        uint256 paid = usdc.balanceOf(payee.addr) + escrow.credit(address(usdc), platform.addr);
        eq(paid + usdc.balanceOf(client.addr), legs[0].amount, "all of it, exactly");
        check(paid >= legs[0].amount - legs[0].penaltyMax, "the penalty has a maximum");
    }

    function test_accept_relayed() public {
        bytes32 dealId = open(head, legs);
        deliver(head, legs, 0);
        Leg memory leg = legs[0];
        bytes memory signature = sign(client, acceptDigest(dealId, 0, 7));
        vm.prank(stranger.addr);
        escrow.accept(head, new bytes32[](0), 0, leg, 7, signature);
        inState(dealId, 0, LegState.Accepted);
    }

    function test_accept_refusesAStranger() public {
        bytes32 dealId = open(head, legs);
        deliver(head, legs, 0);
        refused(
            payee.addr,
            100,
            "",
            abi.encodeWithSelector(IDealErrors.CallerIsNotParty.selector, payee.addr, client.addr)
        );
        bytes memory forAnotherRating = sign(client, acceptDigest(dealId, 0, 1));
        refused(
            payee.addr,
            100,
            forAnotherRating,
            abi.encodeWithSelector(
                IDealErrors.InvalidSignature.selector, client.addr, acceptDigest(dealId, 0, 100)
            )
        );
    }

    function test_accept_refusesARatingOutOfRange() public {
        open(head, legs);
        deliver(head, legs, 0);
        refused(client.addr, 101, "", abi.encodeWithSelector(IDealErrors.RatingOutOfRange.selector, 101));
        refused(client.addr, 254, "", abi.encodeWithSelector(IDealErrors.RatingOutOfRange.selector, 254));
    }

    function test_accept_refusesBeforeTheDelivery() public {
        open(head, legs);
        refused(
            client.addr,
            NO_RATING,
            "",
            abi.encodeWithSelector(IDealErrors.WrongState.selector, LegState.Active, LegState.Delivered)
        );
    }

    function test_accept_refusesTwice() public {
        open(head, legs);
        deliver(head, legs, 0);
        accept(head, legs, 0, NO_RATING);
        refused(
            client.addr,
            NO_RATING,
            "",
            abi.encodeWithSelector(IDealErrors.WrongState.selector, LegState.Accepted, LegState.Delivered)
        );
    }

    /// The client may still accept when silence would decide, as long as nobody has applied that.
    function test_accept_afterTheReviewPeriod() public {
        bytes32 dealId = open(head, legs);
        deliver(head, legs, 0);
        vm.warp(now_() + legs[0].review + 1);
        accept(head, legs, 0, 50);
        inState(dealId, 0, LegState.Accepted);
    }
}
