// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Head, Leg, LegState} from "../../src/deal/DealTypes.sol";
import {IDealErrors} from "../../src/deal/IDealErrors.sol";
import {ISettledReputation} from "../../src/deal/ISettledReputation.sol";
import {Deals} from "../support/Deals.sol";
import {vm} from "../support/Vm.sol";

/// @notice Two legs of 1000, each with a bond of 500 and a standby, under an arbiter; the first is disputed.
contract RuleTest is Deals {
    Head private head;
    Leg[] private legs;
    bytes32 private dealId;
    uint256 private end;

    function setUp() public override {
        super.setUp();
        head = arbitrated(head_());
        (head.feeReceiver, head.feeBps) = (platform.addr, 100);
        head.clientAgentId = register(client);
        legs.push(backed(leg_(payee, 1000)));
        legs.push(backed(leg_(payee, 1000)));
        legs[0].agentId = register(payee);
        legs[0].penaltyMax = 200;
    }

    function begin(uint256 delay) private {
        dealId = open(head, legs);
        vm.warp(uint256(legs[0].due) + delay);
        deliver(head, legs, 0);
        dispute(client.addr, head, legs, 0);
        end = now_() + 3 days;
    }

    function ruleCall(uint16 payeeBps, uint16 bondBps) private view returns (bytes memory) {
        return abi.encodeCall(
            escrow.rule, (head, siblings(legs, 0), 0, legs[0], payeeBps, bondBps, bytes32("reason"))
        );
    }

    function lost(uint256 agentId, bytes32 tag) private view returns (uint256) {
        return escrow.settledSummary(agentId, address(usdc), tag).lost;
    }

    function test_rule_divides() public {
        begin(1800);
        // 1000 less a penalty of 100; 5 % of 900 to the arbiter; 60 % of 855 to the payee, 1 % of that a fee
        vm.expectEmit(address(escrow));
        emit ISettledReputation.Closed(
            dealId,
            legs[0].agentId,
            0,
            uint8(LegState.Ruled),
            255,
            1800,
            508,
            442,
            5,
            100,
            45,
            375,
            standby.addr,
            "reason"
        );
        vm.warp(end);
        rule(head, legs, 0, 6000, 2500);
        inState(dealId, 0, LegState.Ruled);
        eq(usdc.balanceOf(payee.addr), 508 + 125, "payee");
        eq(usdc.balanceOf(client.addr), 442 + 375, "client");
        eq(credits(arbiter.addr), 45, "arbiter");
        eq(credits(platform.addr), 5, "platform");
        eq(usdc.balanceOf(standby.addr), 70, "the retainer is not the arbiter's to touch");
        inState(dealId, 1, LegState.Active);
        eq(usdc.balanceOf(address(escrow)), 1570 + 50, "nor is another leg");
    }

    function testFuzz_rule_dividesExactly(uint256 seed, uint128 amount, uint128 bond) public {
        (legs[0].amount, legs[0].bond) =
        (uint128(within(amount, 201, 9e11)), uint128(within(bond, 200, 9e11)));
        head.arbiterFeeBps = uint16(within(seed >> 16, 0, 1000));
        begin(within(seed >> 32, 0, 3600));
        rule(head, legs, 0, uint16(within(seed >> 64, 0, 10_000)), uint16(within(seed >> 80, 0, 10_000)));
        uint256 out = usdc.balanceOf(payee.addr) + usdc.balanceOf(client.addr) + usdc.balanceOf(standby.addr)
            + credits(arbiter.addr) + credits(platform.addr);
        eq(out, uint256(legs[0].amount) + legs[0].bond + 70, "all of it, exactly");
        check(credits(arbiter.addr) <= legs[0].amount / 10, "the arbiter's fee has a cap");
    }

    function test_rule_ofALegThatWasNotDelivered() public {
        dealId = open(head, legs);
        vm.warp(legs[0].due + 1800);
        dispute(payee.addr, head, legs, 0);
        rule(head, legs, 0, 10_000, 10_000);
        eq(usdc.balanceOf(payee.addr), 941 + 500, "no penalty: nothing fixed the delay");
    }

    function test_rule_byTheArbiterAlone() public {
        begin(0);
        address[3] memory others = [client.addr, payee.addr, stranger.addr];
        for (uint256 i = 0; i < 3; ++i) {
            refuses(others[i], ruleCall(5000, 5000), notParty(others[i], arbiter.addr));
        }
    }

    function test_rule_inTimeAndOnce() public {
        begin(0);
        vm.warp(end + 1);
        refuses(arbiter.addr, ruleCall(5000, 5000), tooLate(end));
        vm.warp(end);
        rule(head, legs, 0, 0, 0);
        refuses(arbiter.addr, ruleCall(5000, 5000), wrongState(LegState.Ruled, LegState.Disputed));
    }

    function test_rule_refusesMoreThanTheWhole() public {
        begin(0);
        bytes memory why = abi.encodeWithSelector(IDealErrors.ShareAboveMax.selector, 10_001, 10_000);
        refuses(arbiter.addr, ruleCall(10_001, 0), why);
        refuses(arbiter.addr, ruleCall(0, 10_001), why);
    }

    function test_rule_refusesWhatIsNotDisputed() public {
        dealId = open(head, legs);
        refuses(arbiter.addr, ruleCall(0, 0), wrongState(LegState.Active, LegState.Disputed));
        deliver(head, legs, 0);
        refuses(arbiter.addr, ruleCall(0, 0), wrongState(LegState.Delivered, LegState.Disputed));
    }

    function test_rule_isLostByWhoGetsLessThanHalf() public {
        uint16[3] memory shares = [uint16(4000), 5000, 6000];
        uint256[3] memory payeeLost = [uint256(1), 0, 0];
        uint256[3] memory clientLost = [uint256(0), 0, 1];
        bytes32 clientTag = escrow.CLIENT_TAG();
        begin(0);
        for (uint256 i = 0; i < 3; ++i) {
            uint256 before = vm.snapshotState();
            rule(head, legs, 0, shares[i], 0);
            eq(lost(legs[0].agentId, TAG), payeeLost[i], "payee");
            eq(lost(head.clientAgentId, clientTag), clientLost[i], "client");
            vm.revertToState(before);
        }
    }
}
