// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Head, Leg, LegState} from "../../src/deal/DealTypes.sol";
import {IDealErrors} from "../../src/deal/IDealErrors.sol";
import {ISettledReputation} from "../../src/deal/ISettledReputation.sol";
import {Deals} from "../support/Deals.sol";
import {vm} from "../support/Vm.sol";

contract LapseTest is Deals {
    Head private head;
    Leg[] private legs;

    function setUp() public override {
        super.setUp();
        head = head_();
        legs.push(leg_(payee, 1000));
    }

    function refused(bytes memory why) private {
        (Head memory h, Leg memory leg) = (head, legs[0]);
        vm.expectRevert(why);
        escrow.lapse(h, new bytes32[](0), 0, leg);
    }

    function test_lapse_ofAMissReturnsEverything() public {
        (head.feeReceiver, head.feeBps) = (platform.addr, 1000);
        legs[0].penaltyMax = 1000;
        bytes32 dealId = open(head, legs);
        vm.warp(uint256(legs[0].due) + legs[0].grace + 1);
        vm.expectEmit(address(escrow));
        emit ISettledReputation.Closed(
            dealId, 0, 0, uint8(LegState.Missed), 255, 0, 0, 1000, 0, 0, 0, 0, address(0), 0
        );
        lapse(head, legs, 0);
        inState(dealId, 0, LegState.Missed);
        eq(usdc.balanceOf(client.addr), 1000, "client");
        eq(escrow.credit(address(usdc), platform.addr), 0, "no fee");
    }

    function testFuzz_lapse_ofSilenceDividesByTheTerms(uint256 share) public {
        legs[0].silenceBps = uint16(within(share, 0, 10_000));
        bytes32 dealId = open(head, legs);
        deliver(head, legs, 0);
        vm.warp(now_() + legs[0].review + 1);
        lapse(head, legs, 0);
        inState(dealId, 0, LegState.Lapsed);
        uint256 paid = uint256(1000) * legs[0].silenceBps / 10_000;
        eq(usdc.balanceOf(payee.addr), paid, "payee");
        eq(usdc.balanceOf(client.addr), 1000 - paid, "client");
    }

    function test_lapse_ofALateDeliveryTakesPenaltyAndFee() public {
        (head.feeReceiver, head.feeBps) = (platform.addr, 1000);
        (legs[0].penaltyMax, legs[0].silenceBps) = (500, 5000);
        open(head, legs);
        vm.warp(legs[0].due + legs[0].grace);
        deliver(head, legs, 0);
        vm.warp(now_() + legs[0].review + 1);
        lapse(head, legs, 0);
        eq(usdc.balanceOf(payee.addr), 225, "half of half, less a tenth");
        eq(escrow.credit(address(usdc), platform.addr), 25, "platform");
        eq(usdc.balanceOf(client.addr), 750, "client");
    }

    function test_lapse_refusesAnActiveLegUntilGraceIsOver() public {
        open(head, legs);
        uint256 deadline = uint256(legs[0].due) + legs[0].grace;
        vm.warp(deadline);
        refused(abi.encodeWithSelector(IDealErrors.NotLapsed.selector, deadline, deadline));
    }

    function test_lapse_refusesADeliveredLegUntilTheReviewIsOver() public {
        open(head, legs);
        deliver(head, legs, 0);
        uint256 deadline = now_() + legs[0].review;
        vm.warp(deadline);
        refused(abi.encodeWithSelector(IDealErrors.NotLapsed.selector, deadline, deadline));
    }

    function test_lapse_refusesWhatIsNotOpen() public {
        refused(abi.encodeWithSelector(IDealErrors.WrongState.selector, LegState.None, LegState.Delivered));
    }

    function test_lapse_refusesWhatIsClosed() public {
        open(head, legs);
        vm.warp(uint256(legs[0].due) + legs[0].grace + 1);
        lapse(head, legs, 0);
        refused(abi.encodeWithSelector(IDealErrors.WrongState.selector, LegState.Missed, LegState.Delivered));
    }

    /// A leg without review time can be closed one second after its delivery, not in the same block.
    function test_lapse_withoutReviewTime() public {
        legs[0].review = 0;
        open(head, legs);
        deliver(head, legs, 0);
        refused(abi.encodeWithSelector(IDealErrors.NotLapsed.selector, now_(), now_()));
        vm.warp(now_() + 1);
        lapse(head, legs, 0);
        eq(usdc.balanceOf(payee.addr), 1000, "payee");
    }
}
