// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Head, Leg, LegState} from "../../src/deal/DealTypes.sol";
import {IDealErrors} from "../../src/deal/IDealErrors.sol";
import {IDealEvents} from "../../src/deal/IDealEvents.sol";
import {Deals} from "../support/Deals.sol";
import {vm} from "../support/Vm.sol";
import {Wallet} from "../support/World.sol";

contract DeliverTest is Deals {
    Head private head;
    Leg[] private legs;
    bytes32 private dealId;

    function setUp() public override {
        super.setUp();
        head = head_();
        for (uint256 i = 0; i < 3; ++i) {
            legs.push(leg_(payee, 100));
        }
        dealId = open(head, legs);
    }

    function deliverBy(address sender, uint256 i, bytes memory signature) private {
        (bytes32 headHash, bytes32[] memory others) = (escrow.hashHead(head), siblings(legs, i));
        Leg memory leg = legs[i];
        vm.prank(sender);
        escrow.deliver(headHash, others, i, leg, DELIVERABLE, "ipfs://x", signature);
    }

    function refused(address sender, uint256 i, bytes memory signature, bytes memory why) private {
        (bytes32 headHash, bytes32[] memory others) = (escrow.hashHead(head), siblings(legs, i));
        Leg memory leg = legs[i];
        vm.expectRevert(why);
        vm.prank(sender);
        escrow.deliver(headHash, others, i, leg, DELIVERABLE, "ipfs://x", signature);
    }

    function test_deliver_byThePayee() public {
        vm.expectEmit(address(escrow));
        emit IDealEvents.Delivered(dealId, 1, payee.addr, 0, DELIVERABLE, "ipfs://x");
        deliverBy(payee.addr, 1, "");
        inState(dealId, 0, LegState.Active);
        inState(dealId, 1, LegState.Delivered);
        inState(dealId, 2, LegState.Active);
        (, uint8 flags, uint32 ts, uint24 late) = escrow.legState(dealId, 1);
        eq(flags, 0, "flags");
        eq(ts, now_(), "ts");
        eq(late, 0, "late");
        eq(usdc.balanceOf(address(escrow)), 300, "no money moves");
    }

    function test_deliver_relayed() public {
        bytes32 digest = deliverDigest(dealId, 2, DELIVERABLE, payee.addr);
        deliverBy(stranger.addr, 2, sign(payee, digest));
        inState(dealId, 2, LegState.Delivered);
    }

    function test_deliver_refusesAStranger() public {
        refused(
            stranger.addr,
            0,
            "",
            abi.encodeWithSelector(IDealErrors.CallerIsNotParty.selector, stranger.addr, payee.addr)
        );
    }

    /// A signature is good for one deal, leg, deliverable and occupant, and for no other verb.
    function test_deliver_refusesASignatureOfAnythingElse() public {
        bytes32 right = deliverDigest(dealId, 0, DELIVERABLE, payee.addr);
        bytes32[6] memory others = [
            deliverDigest(bytes32(uint256(1)), 0, DELIVERABLE, payee.addr),
            deliverDigest(dealId, 1, DELIVERABLE, payee.addr),
            deliverDigest(dealId, 0, keccak256("another"), payee.addr),
            deliverDigest(dealId, 0, DELIVERABLE, stranger.addr),
            acceptDigest(dealId, 0, 100),
            dealId
        ];
        bytes memory why = abi.encodeWithSelector(IDealErrors.InvalidSignature.selector, payee.addr, right);
        for (uint256 i = 0; i < others.length; ++i) {
            refused(stranger.addr, 0, sign(payee, others[i]), why);
        }
        refused(stranger.addr, 0, sign(stranger, right), why);
    }

    function test_deliver_refusesTheOtherHalfOfTheCurve() public {
        bytes32 digest = deliverDigest(dealId, 0, DELIVERABLE, payee.addr);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(payee.key, digest);
        uint256 n = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;
        bytes memory high = abi.encodePacked(r, n - uint256(s), v == 27 ? uint8(28) : uint8(27));
        refused(
            stranger.addr,
            0,
            high,
            abi.encodeWithSelector(IDealErrors.InvalidSignature.selector, payee.addr, digest)
        );
    }

    function testFuzz_deliver_countsTheSecondsAfterDue(uint256 seed) public {
        uint256 delay = within(seed, 0, legs[0].grace);
        vm.warp(legs[0].due + delay);
        deliverBy(payee.addr, 0, "");
        (,,, uint24 late) = escrow.legState(dealId, 0);
        eq(late, delay, "late");
    }

    function test_deliver_untilTheEndOfGrace() public {
        uint256 deadline = uint256(legs[0].due) + legs[0].grace;
        vm.warp(deadline);
        deliverBy(payee.addr, 0, "");
        vm.warp(deadline + 1);
        refused(
            payee.addr,
            1,
            "",
            abi.encodeWithSelector(IDealErrors.DeadlinePassed.selector, deadline + 1, deadline)
        );
    }

    function test_deliver_refusesTwice() public {
        deliverBy(payee.addr, 0, "");
        refused(
            payee.addr,
            0,
            "",
            abi.encodeWithSelector(IDealErrors.WrongState.selector, LegState.Delivered, LegState.Active)
        );
    }

    function test_deliver_refusesTermsThatWereNotOpened() public {
        bytes memory why =
            abi.encodeWithSelector(IDealErrors.WrongState.selector, LegState.None, LegState.Active);
        legs[0].amount = 101;
        refused(payee.addr, 0, "", why);
        legs[0].amount = 100;
        head.docHash = 0;
        refused(payee.addr, 0, "", why);
    }

    function test_deliver_refusesAnIndexBeyondTheLegs() public {
        Leg memory leg = legs[0];
        bytes32 headHash = escrow.hashHead(head);
        vm.expectRevert(abi.encodeWithSelector(IDealErrors.LegIndexOutOfRange.selector, 2, 2));
        escrow.deliver(headHash, new bytes32[](1), 2, leg, DELIVERABLE, "", "");
    }

    /// The same hashes in another order, or the leg at another index, are another deal.
    function test_deliver_refusesAnotherOrder() public {
        Leg[] memory other = new Leg[](2);
        (other[0], other[1]) = (leg_(payee, 1), leg_(payee, 2));
        Head memory h = head_();
        open(h, other);
        (other[0], other[1]) = (other[1], other[0]);
        bytes32[] memory hashes = siblings(other, 0);
        bytes32 headHash = escrow.hashHead(h);
        vm.expectRevert(
            abi.encodeWithSelector(IDealErrors.WrongState.selector, LegState.None, LegState.Active)
        );
        vm.prank(payee.addr);
        escrow.deliver(headHash, hashes, 0, other[0], DELIVERABLE, "", "");
    }
}
