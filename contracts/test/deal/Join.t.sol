// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Funding, FundingKind, Head, Leg, LegState} from "../../src/deal/DealTypes.sol";
import {IDealErrors} from "../../src/deal/IDealErrors.sol";
import {IDealEvents} from "../../src/deal/IDealEvents.sol";
import {ISettledReputation} from "../../src/deal/ISettledReputation.sol";
import {Deals} from "../support/Deals.sol";
import {vm} from "../support/Vm.sol";
import {Wallet} from "../support/World.sol";

/// @notice Deals whose payees may sign after the client has paid.
contract JoinTest is Deals {
    Head private head;
    Leg[] private legs;
    Wallet[] private payees;
    bytes32 private dealId;

    function setUp() public override {
        super.setUp();
        head = head_();
        head.joinBy = uint40(now_() + 6 hours);
        for (uint256 i = 0; i < 3; ++i) {
            payees.push(wallet(string.concat("payee ", vm.toString(i))));
            legs.push(leg_(payees[i], 100 + i));
        }
    }

    /// @dev Opens with the signatures of the legs whose bit is set, which are then active.
    function openWith(uint256 signed) private {
        openWith(signed, signed);
    }

    function openWith(uint256 signed, uint256 joined) private {
        dealId = escrow.dealIdOf(head, legs);
        usdc.mint(client.addr, total(legs));
        (Head memory h, Leg[] memory l, bytes[] memory sigs) = (head, legs, new bytes[](3));
        for (uint256 i = 0; i < 3; ++i) {
            if (signed >> i & 1 == 1) sigs[i] = sign(payees[i], dealId);
        }
        bytes[] memory standbys = new bytes[](standbySigs(l, dealId).length);
        Funding memory funding = authorization(client, total(l), dealId);
        vm.expectEmit(address(escrow));
        bytes memory legWords = bytes.concat(abi.encode(l[0]), abi.encode(l[1]), abi.encode(l[2]));
        emit IDealEvents.Opened(dealId, client.addr, joined, bytes.concat(abi.encode(h), legWords));
        vm.prank(stranger.addr);
        escrow.open(h, l, sigs, standbys, funding);
    }

    function joinCall(uint256 i, bytes memory payeeSig, bytes memory standbySig)
        private
        view
        returns (bytes memory)
    {
        return abi.encodeCall(escrow.join, (head, siblings(legs, i), i, legs[i], payeeSig, standbySig));
    }

    function joins(address sender, uint256 i, bytes memory payeeSig, bytes memory standbySig) private {
        bytes memory call_ = joinCall(i, payeeSig, standbySig);
        vm.prank(sender);
        (bool ok, bytes memory answer) = address(escrow).call(call_);
        if (!ok) eq(answer, "", "joined");
        check(ok, "joined");
    }

    function test_open_offersTheLegsThatAreNotSigned() public {
        openWith(5);
        inState(dealId, 0, LegState.Active);
        inState(dealId, 1, LegState.Offered);
        inState(dealId, 2, LegState.Active);
        eq(usdc.balanceOf(address(escrow)), 303, "the client pays for all");
    }

    /// With joinBy 0 whoever sends the terms cannot leave a signature out.
    function test_open_refusesAnIncompleteSetOfAnAtomicDeal() public {
        head.joinBy = 0;
        dealId = escrow.dealIdOf(head, legs);
        bytes[] memory sigs = new bytes[](3);
        (sigs[0], sigs[1]) = (sign(payees[0], dealId), sign(payees[1], dealId));
        bytes memory call_ = abi.encodeCall(escrow.open, (head, legs, sigs, new bytes[](0), allowance()));
        refuses(stranger.addr, call_, notParty(stranger.addr, payees[2].addr));
    }

    function test_open_refusesABadSignatureThoughThePayeeMayJoin() public {
        dealId = escrow.dealIdOf(head, legs);
        bytes[] memory sigs = new bytes[](3);
        sigs[1] = sign(stranger, dealId);
        bytes memory call_ = abi.encodeCall(escrow.open, (head, legs, sigs, new bytes[](0), allowance()));
        bytes memory why =
            abi.encodeWithSelector(IDealErrors.InvalidSignature.selector, payees[1].addr, dealId);
        refuses(stranger.addr, call_, why);
    }

    function test_open_refusesAnOfferThatNobodyCouldJoin() public {
        head.joinBy = uint40(now_() - 1);
        dealId = escrow.dealIdOf(head, legs);
        bytes memory call_ =
            abi.encodeCall(escrow.open, (head, legs, new bytes[](3), new bytes[](0), allowance()));
        refuses(stranger.addr, call_, tooLate(head.joinBy));
    }

    /// The same payee need not sign again, but only after a leg that it did sign.
    function test_open_carriesASignatureOnlyWhereThereWasOne() public {
        (legs[1].payee, legs[2].payee) = (payees[0].addr, payees[0].addr);
        uint256 before = vm.snapshotState();
        openWith(1, 7);
        inState(dealId, 2, LegState.Active);
        vm.revertToState(before);
        openWith(0);
        inState(dealId, 0, LegState.Offered);
        inState(dealId, 1, LegState.Offered);
    }

    function test_open_carriesAStandbysSignatureOnlyWhereThereWasOne() public {
        (legs[0], legs[1]) = (backed(legs[0]), backed(legs[1]));
        openWith(7, 4);
        inState(dealId, 0, LegState.Offered);
        inState(dealId, 1, LegState.Offered);
    }

    function test_join_byThePayeeAndByARelay() public {
        openWith(0);
        vm.expectEmit(address(escrow));
        emit IDealEvents.Joined(dealId, 0, payees[0].addr);
        joins(payees[0].addr, 0, "", "");
        joins(stranger.addr, 2, sign(payees[2], dealId), "");
        inState(dealId, 0, LegState.Active);
        inState(dealId, 1, LegState.Offered);
        inState(dealId, 2, LegState.Active);
        deliver(head, legs, 2);
        accept(head, legs, 2, 80);
        eq(usdc.balanceOf(payees[2].addr), 102, "paid");
    }

    function test_join_refusesAnother() public {
        openWith(0);
        refuses(stranger.addr, joinCall(0, "", ""), notParty(stranger.addr, payees[0].addr));
        bytes memory call_ = joinCall(0, sign(payees[1], dealId), "");
        bytes memory why =
            abi.encodeWithSelector(IDealErrors.InvalidSignature.selector, payees[0].addr, dealId);
        refuses(stranger.addr, call_, why);
    }

    function test_join_refusesWhatIsNotOffered() public {
        refuses(payees[0].addr, joinCall(0, "", ""), wrongState(LegState.None, LegState.Offered));
        openWith(1);
        refuses(payees[0].addr, joinCall(0, "", ""), wrongState(LegState.Active, LegState.Offered));
    }

    function test_join_untilJoinBy() public {
        openWith(0);
        vm.warp(head.joinBy);
        joins(payees[0].addr, 0, "", "");
        vm.warp(head.joinBy + 1);
        refuses(payees[1].addr, joinCall(1, "", ""), tooLate(head.joinBy));
    }

    /// Who joins must still be able to deliver in time.
    function test_join_beforeDue() public {
        head.joinBy = uint40(now_() + 10 days);
        openWith(0);
        vm.warp(legs[0].due - 1);
        joins(payees[0].addr, 0, "", "");
        vm.warp(legs[1].due);
        refuses(payees[1].addr, joinCall(1, "", ""), tooLate(legs[1].due - 1));
        lapse(head, legs, 1);
        inState(dealId, 1, LegState.Withdrawn);
    }

    function test_join_beforeDueThatIsAlsoJoinBy() public {
        head.joinBy = uint40(legs[0].due);
        openWith(0);
        vm.warp(legs[0].due);
        refuses(payees[0].addr, joinCall(0, "", ""), tooLate(legs[0].due - 1));
    }

    function test_join_needsTheStandbyToo() public {
        legs[1] = backed(legs[1]);
        openWith(7, 5);
        inState(dealId, 1, LegState.Offered);
        eq(usdc.balanceOf(address(escrow)), 333, "the retainer too");
        deposit(payees[1], 50);
        deposit(standby, 40);
        refuses(payees[1].addr, joinCall(1, "", ""), notParty(payees[1].addr, standby.addr));
        joins(payees[1].addr, 1, "", sign(standby, dealId));
        inState(dealId, 1, LegState.Active);
        eq(credits(payees[1].addr) + credits(standby.addr), 0, "both bonds are taken");
    }

    function test_join_bindsTheAgent() public {
        legs[0].agentId = register(stranger);
        openWith(0);
        bytes memory why =
            abi.encodeWithSelector(IDealErrors.AgentNotControlled.selector, legs[0].agentId, payees[0].addr);
        refuses(payees[0].addr, joinCall(0, "", ""), why);
    }

    function test_join_needsTheBond() public {
        legs[0].bond = 70;
        openWith(0);
        deposit(payees[0], 69);
        bytes memory why = abi.encodeWithSelector(
            IDealErrors.InsufficientCredit.selector, address(usdc), payees[0].addr, 69, 70
        );
        refuses(payees[0].addr, joinCall(0, "", ""), why);
        deposit(payees[0], 1);
        joins(payees[0].addr, 0, "", "");
    }

    function test_lapse_ofAnOfferReturnsItAndLeavesNoRecord() public {
        head.clientAgentId = register(client);
        legs[1] = backed(legs[1]);
        legs[1].agentId = register(payees[1]);
        openWith(5);
        bytes memory call_ = abi.encodeCall(escrow.lapse, (head, siblings(legs, 1), 1, legs[1]));
        vm.warp(head.joinBy);
        refuses(stranger.addr, call_, tooEarly(head.joinBy));
        vm.warp(head.joinBy + 1);
        vm.expectEmit(address(escrow));
        emit ISettledReputation.Closed(
            dealId, 0, 1, uint8(LegState.Withdrawn), 255, 0, 0, 101, 0, 0, 0, 0, client.addr, 0
        );
        lapse(head, legs, 1);
        inState(dealId, 1, LegState.Withdrawn);
        eq(usdc.balanceOf(client.addr), 131, "price and retainer");
        eq(escrow.settledSummary(legs[1].agentId, address(usdc), TAG).closed, 0, "payee");
        bytes32 tag = escrow.CLIENT_TAG();
        eq(escrow.settledSummary(head.clientAgentId, address(usdc), tag).closed, 0, "client");
        refuses(payees[1].addr, joinCall(1, "", ""), wrongState(LegState.Withdrawn, LegState.Offered));
    }

    function test_lapse_theClientTakesAnOfferBackAtAnyTime() public {
        openWith(0);
        bytes memory call_ = abi.encodeCall(escrow.lapse, (head, siblings(legs, 0), 0, legs[0]));
        vm.prank(client.addr);
        (bool ok,) = address(escrow).call(call_);
        check(ok, "withdrawn");
        inState(dealId, 0, LegState.Withdrawn);
        eq(usdc.balanceOf(client.addr), 100, "client");
    }
}
