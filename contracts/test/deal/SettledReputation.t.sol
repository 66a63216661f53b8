// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Head, Leg} from "../../src/deal/DealTypes.sol";
import {SettledSummary} from "../../src/deal/ISettledReputation.sol";
import {Deals} from "../support/Deals.sol";
import {vm} from "../support/Vm.sol";

contract SettledReputationTest is Deals {
    uint256 private agentId;
    uint256 private clientAgentId;
    Head private head;
    Leg[] private legs;

    function setUp() public override {
        super.setUp();
        agentId = register(payee);
        clientAgentId = register(client);
        head = head_();
        head.clientAgentId = clientAgentId;
        legs.push(leg_(payee, 1000));
        legs[0].agentId = agentId;
    }

    function recordOf(uint256 id, bytes32 tag) private view returns (SettledSummary memory) {
        return escrow.settledSummary(id, address(usdc), tag);
    }

    function same(SettledSummary memory have, SettledSummary memory want) private pure {
        eq(abi.encode(have), abi.encode(want), "record");
    }

    function test_settled_acceptedWithRating() public {
        open(head, legs);
        deliver(head, legs, 0);
        accept(head, legs, 0, 90);
        same(recordOf(agentId, TAG), SettledSummary(1000, 1, 1, 90, 0, 0, 0));
        same(recordOf(clientAgentId, escrow.CLIENT_TAG()), SettledSummary(1000, 1, 0, 0, 0, 0, 0));
    }

    function test_settled_lateAndWithoutRating() public {
        legs[0].penaltyMax = 1000;
        open(head, legs);
        vm.warp(legs[0].due + legs[0].grace / 2);
        deliver(head, legs, 0);
        accept(head, legs, 0, NO_RATING);
        same(recordOf(agentId, TAG), SettledSummary(500, 1, 0, 0, 0, 1, 0));
    }

    function test_settled_missed() public {
        open(head, legs);
        vm.warp(uint256(legs[0].due) + legs[0].grace + 1);
        lapse(head, legs, 0);
        same(recordOf(agentId, TAG), SettledSummary(0, 1, 0, 0, 1, 0, 0));
        same(recordOf(clientAgentId, escrow.CLIENT_TAG()), SettledSummary(0, 1, 0, 0, 0, 0, 0));
    }

    function test_settled_silence() public {
        legs[0].silenceBps = 3000;
        open(head, legs);
        deliver(head, legs, 0);
        vm.warp(now_() + legs[0].review + 1);
        lapse(head, legs, 0);
        same(recordOf(agentId, TAG), SettledSummary(300, 1, 0, 0, 0, 0, 0));
    }

    /// The fee is part of what was paid for the work.
    function test_settled_volumeIncludesTheFee() public {
        (head.feeReceiver, head.feeBps) = (platform.addr, 1000);
        open(head, legs);
        deliver(head, legs, 0);
        accept(head, legs, 0, NO_RATING);
        eq(recordOf(agentId, TAG).volume, 1000, "volume");
    }

    function test_settled_keepsTagsTokensAndAgentsApart() public {
        open(head, legs);
        deliver(head, legs, 0);
        accept(head, legs, 0, 90);
        eq(recordOf(agentId, "another tag").closed, 0, "tag");
        eq(recordOf(agentId + 2, TAG).closed, 0, "agent");
        eq(escrow.settledSummary(agentId, address(1), TAG).closed, 0, "token");
    }

    function test_settled_leavesNoRecordForAgentZero() public {
        (head.clientAgentId, legs[0].agentId) = (0, 0);
        open(head, legs);
        vm.record();
        deliver(head, legs, 0);
        accept(head, legs, 0, 90);
        (, bytes32[] memory writes) = vm.accesses(address(escrow));
        eq(writes.length, 2, "the lane, twice");
    }

    function test_settled_leavesNoRecordForAgentZeroOfOneSide() public {
        legs[0].agentId = 0;
        open(head, legs);
        deliver(head, legs, 0);
        accept(head, legs, 0, 90);
        same(escrow.settledSummaryAt(0, 0, address(usdc), TAG), SettledSummary(0, 0, 0, 0, 0, 0, 0));
        same(recordOf(clientAgentId, escrow.CLIENT_TAG()), SettledSummary(1000, 1, 0, 0, 0, 0, 0));
        (head.clientAgentId, legs[0].agentId, head.docHash) = (0, agentId, "another");
        open(head, legs);
        deliver(head, legs, 0);
        accept(head, legs, 0, 90);
        bytes32 tag = escrow.CLIENT_TAG();
        same(escrow.settledSummaryAt(0, 0, address(usdc), tag), SettledSummary(0, 0, 0, 0, 0, 0, 0));
        same(recordOf(agentId, TAG), SettledSummary(1000, 1, 1, 90, 0, 0, 0));
    }

    /// The epoch is in the signed terms: a sale in mid-deal neither shifts nor dodges the record.
    function test_settled_saleInMidDealDoesNotShiftTheRecord() public {
        open(head, legs);
        vm.prank(payee.addr);
        identity.transferFrom(payee.addr, stranger.addr, agentId);
        vm.warp(uint256(legs[0].due) + legs[0].grace + 1);
        lapse(head, legs, 0);
        eq(escrow.settledSummaryAt(agentId, 0, address(usdc), TAG).missed, 1, "the old epoch");
        eq(recordOf(agentId, TAG).missed, 0, "the new one");
    }

    /// What a record does not prove: two accounts of one owner, the same thousand round and round. Whoever scores
    /// records has to cap what a pair counts for.
    function test_settled_doesNotTellACircleFromWork() public {
        for (uint256 i = 0; i < 3; ++i) {
            head.docHash = bytes32(i);
            open(head, legs);
            deliver(head, legs, 0);
            accept(head, legs, 0, 100);
            uint256 back = usdc.balanceOf(payee.addr);
            vm.prank(payee.addr);
            usdc.transfer(client.addr, back);
        }
        same(recordOf(agentId, TAG), SettledSummary(3000, 3, 3, 300, 0, 0, 0));
    }

    /// Invariant 15, in one case: an operator may bind, a former owner may not.
    function test_settled_operatorsBind() public {
        legs[0].payee = stranger.addr;
        vm.prank(payee.addr);
        identity.approve(stranger.addr, agentId);
        Leg[] memory l = legs;
        bytes32 dealId = escrow.dealIdOf(head, l);
        usdc.mint(client.addr, 1000);
        Head memory h = head;
        vm.prank(client.addr);
        usdc.approve(address(escrow), 1000);
        bytes[] memory sigs = new bytes[](1);
        sigs[0] = sign(stranger, dealId);
        vm.prank(client.addr);
        escrow.open(h, l, sigs, new bytes[](0), allowance());
        deliver(h, l, 0);
        accept(h, l, 0, 100);
        eq(recordOf(agentId, TAG).ratingSum, 100, "recorded");
    }
}
