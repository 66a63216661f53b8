// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Head, Leg, LegState} from "../../src/deal/DealTypes.sol";
import {IDealErrors} from "../../src/deal/IDealErrors.sol";
import {Deals} from "../support/Deals.sol";
import {MoodyToken} from "../support/HostileTokens.sol";
import {vm} from "../support/Vm.sol";
import {Wallet} from "../support/World.sol";

contract AcceptManyTest is Deals {
    uint256 private constant N = 6;
    Head private head;
    Leg[] private legs;
    Wallet[] private payees;
    uint8[] private ratings;
    bytes32 private dealId;

    function setUp() public override {
        super.setUp();
        head = head_();
        head.clientAgentId = register(client);
        for (uint256 i = 0; i < N; ++i) {
            payees.push(wallet(string.concat("payee ", vm.toString(i))));
            legs.push(leg_(payees[i], 100 + i));
            legs[i].agentId = register(payees[i]);
            ratings.push(uint8(10 * i));
        }
        dealId = open(head, legs, payees);
    }

    function acceptMany() private {
        (Head memory h, Leg[] memory l, uint8[] memory r) = (head, legs, ratings);
        vm.prank(client.addr);
        escrow.acceptMany(h, l, r);
    }

    function test_acceptMany_acceptsTheDeliveredAndSkipsTheOthers() public {
        deliver(head, legs, 1);
        deliver(head, legs, 4);
        acceptMany();
        for (uint256 i = 0; i < N; ++i) {
            bool done = i == 1 || i == 4;
            inState(dealId, i, done ? LegState.Accepted : LegState.Active);
            eq(usdc.balanceOf(payees[i].addr), done ? 100 + i : 0, "paid");
        }
    }

    /// A payee that delivers anything just before the client's call is not paid by it.
    function test_acceptMany_leavesTheLegsThatTheClientDidNotMean() public {
        deliver(head, legs, 0);
        ratings = [90, 254, 254, 254, 254, 254];
        deliver(head, legs, 5);
        acceptMany();
        inState(dealId, 0, LegState.Accepted);
        inState(dealId, 5, LegState.Delivered);
        ratings[0] = 254;
        (Head memory h, Leg[] memory l, uint8[] memory r) = (head, legs, ratings);
        vm.expectRevert(abi.encodeWithSelector(IDealErrors.NothingDelivered.selector, dealId));
        vm.prank(client.addr);
        escrow.acceptMany(h, l, r);
    }

    /// Invariant 9: one by one in any order, or all at once, comes to the same.
    function testFuzz_acceptMany_equalsOneByOne(uint256 delivered, uint256 order) public {
        delivered = within(delivered, 1, (1 << N) - 1);
        for (uint256 i = 0; i < N; ++i) {
            if (delivered >> i & 1 == 1) deliver(head, legs, i);
        }
        uint256 before = vm.snapshotState();
        acceptMany();
        bytes32 atOnce = fingerprint();
        vm.revertToState(before);
        uint256 start = order % N;
        for (uint256 j = 0; j < N; ++j) {
            uint256 i = (start + j * 5) % N;
            if (delivered >> i & 1 == 1) accept(head, legs, i, ratings[i]);
        }
        eq(fingerprint(), atOnce, "the same balances, lanes and records");
    }

    function fingerprint() private view returns (bytes32 print) {
        for (uint256 i = 0; i < N; ++i) {
            (uint8 state, uint8 flags, uint32 ts, uint24 late) = escrow.legState(dealId, i);
            print = keccak256(abi.encode(print, usdc.balanceOf(payees[i].addr), state, flags, ts, late));
            print = keccak256(
                abi.encode(print, escrow.settledSummary(legs[i].agentId, address(usdc), legs[i].tag))
            );
        }
        bytes32 tag = escrow.CLIENT_TAG();
        print = keccak256(abi.encode(print, escrow.settledSummary(head.clientAgentId, address(usdc), tag)));
    }

    /// One receiver that the token refuses does not block the others.
    function test_acceptMany_isNotBlockedByOneReceiver() public {
        MoodyToken moody = new MoodyToken();
        head.token = address(moody);
        (Head memory h, Leg[] memory l, Wallet[] memory p) = (head, legs, payees);
        dealId = escrow.dealIdOf(h, l);
        moody.mint(client.addr, total(l));
        bytes[] memory sigs = payeeSigs(l, p, dealId);
        vm.prank(client.addr);
        escrow.open(h, l, sigs, new bytes[](0), allowance());
        for (uint256 i = 0; i < N; ++i) {
            deliver(h, l, i);
        }
        moody.refuse(payees[2].addr);
        acceptMany();
        for (uint256 i = 0; i < N; ++i) {
            inState(dealId, i, LegState.Accepted);
            eq(moody.balanceOf(payees[i].addr), i == 2 ? 0 : 100 + i, "pushed");
            eq(escrow.credit(address(moody), payees[i].addr), i == 2 ? 102 : 0, "credited");
        }
    }

    function test_acceptMany_refusesAStranger() public {
        (Head memory h, Leg[] memory l, uint8[] memory r) = (head, legs, ratings);
        vm.expectRevert(
            abi.encodeWithSelector(IDealErrors.CallerIsNotParty.selector, stranger.addr, client.addr)
        );
        vm.prank(stranger.addr);
        escrow.acceptMany(h, l, r);
    }

    function test_acceptMany_refusesWhereNothingIsDelivered() public {
        (Head memory h, Leg[] memory l, uint8[] memory r) = (head, legs, ratings);
        vm.expectRevert(abi.encodeWithSelector(IDealErrors.NothingDelivered.selector, dealId));
        vm.prank(client.addr);
        escrow.acceptMany(h, l, r);
    }

    function test_acceptMany_refusesAnotherNumberOfRatings() public {
        (Head memory h, Leg[] memory l) = (head, legs);
        vm.expectRevert(abi.encodeWithSelector(IDealErrors.RatingCountMismatch.selector, N - 1, N));
        vm.prank(client.addr);
        escrow.acceptMany(h, l, new uint8[](N - 1));
    }
}
