// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Funding, Head, Leg, LegState} from "../../src/deal/DealTypes.sol";
import {IDealErrors} from "../../src/deal/IDealErrors.sol";
import {IDealEvents} from "../../src/deal/IDealEvents.sol";
import {ISettledReputation, SettledSummary} from "../../src/deal/ISettledReputation.sol";
import {Deals} from "../support/Deals.sol";
import {vm, Vm} from "../support/Vm.sol";
import {Wallet} from "../support/World.sol";

/// @notice A leg of 1000 with a bond of 500, and a standby with a retainer of 30 and a bond of 40.
contract SubstituteTest is Deals {
    Head private head;
    Leg[] private legs;
    bytes32 private dealId;
    uint256 private missed;

    function setUp() public override {
        super.setUp();
        head = head_();
        legs.push(backed(leg_(payee, 1000)));
        (legs[0].agentId, legs[0].standbyAgentId) = (register(payee), register(standby));
        legs[0].penaltyMax = 360;
        dealId = open(head, legs);
        missed = uint256(legs[0].due) + legs[0].grace + 1;
    }

    function substituteCall(bytes memory signature) private view returns (bytes memory) {
        return abi.encodeCall(escrow.substitute, (head, new bytes32[](0), 0, legs[0], signature));
    }

    function recordOf(uint256 agentId) private view returns (bytes memory) {
        return abi.encode(escrow.settledSummary(agentId, address(usdc), TAG));
    }

    function test_open_holdsPriceRetainerAndBothBonds() public view {
        eq(usdc.balanceOf(address(escrow)), 1570, "held");
        eq(credits(payee.addr) + credits(standby.addr), 0, "credit");
    }

    function test_open_needsTheStandbysSignature() public {
        head.docHash = "another";
        bytes32 id = escrow.dealIdOf(head, legs);
        bytes[] memory sigs = new bytes[](1);
        sigs[0] = sign(payee, id);
        bytes memory call_ = abi.encodeCall(escrow.open, (head, legs, sigs, new bytes[](0), allowance()));
        bytes memory why = abi.encodeWithSelector(IDealErrors.SignatureCountMismatch.selector, 0, 1);
        refuses(client.addr, call_, why);
        call_ = abi.encodeCall(escrow.open, (head, legs, sigs, new bytes[](1), allowance()));
        refuses(client.addr, call_, notParty(client.addr, standby.addr));
        bytes[] memory standbys = new bytes[](1);
        standbys[0] = sign(payee, id);
        call_ = abi.encodeCall(escrow.open, (head, legs, sigs, standbys, allowance()));
        why = abi.encodeWithSelector(IDealErrors.InvalidSignature.selector, standby.addr, id);
        refuses(client.addr, call_, why);
    }

    /// As a payee does.
    function test_open_needsOneSignatureOfTheStandbyOfConsecutiveLegs() public {
        head.docHash = "another";
        legs.push(backed(leg_(payee, 100)));
        (Head memory h, Leg[] memory l) = (head, legs);
        bytes32 id = escrow.dealIdOf(h, l);
        usdc.mint(client.addr, total(l));
        Wallet[] memory signers = new Wallet[](2);
        (signers[0], signers[1]) = (payee, payee);
        depositBonds(l, signers);
        Funding memory funding = authorization(client, total(l), id);
        (bytes[] memory sigs, bytes[] memory standbys) = (new bytes[](2), new bytes[](2));
        (sigs[0], standbys[0]) = (sign(payee, id), sign(standby, id));
        vm.prank(stranger.addr);
        escrow.open(h, l, sigs, standbys, funding);
        inState(id, 1, LegState.Active);
    }

    function test_open_bindsTheStandbysAgent() public {
        head.docHash = "another";
        legs[0].standbyAgentId = legs[0].agentId;
        bytes32 id = escrow.dealIdOf(head, legs);
        bytes[] memory sigs = new bytes[](1);
        sigs[0] = sign(payee, id);
        deposit(payee, 500);
        bytes[] memory standbys = standbySigs(legs, id);
        bytes memory call_ = abi.encodeCall(escrow.open, (head, legs, sigs, standbys, allowance()));
        bytes memory why =
            abi.encodeWithSelector(IDealErrors.AgentNotControlled.selector, legs[0].agentId, standby.addr);
        refuses(client.addr, call_, why);
    }

    function test_substitute_givesTheClientTheBondAndTheStandbyTheLeg() public {
        vm.warp(missed);
        vm.expectEmit(address(escrow));
        emit IDealEvents.Substituted(dealId, legs[0].agentId, 0, uint40(missed + 12 hours), 500);
        substitute(head, legs, 0);
        (uint8 state, uint8 flags, uint32 ts, uint24 late) = escrow.legState(dealId, 0);
        eq(state, uint256(LegState.Active), "state");
        eq(flags, 1, "substituted");
        eq(ts, missed, "ts");
        eq(late, 0, "late");
        eq(usdc.balanceOf(client.addr), 500, "the bond");
        eq(recordOf(legs[0].agentId), abi.encode(SettledSummary(0, 1, 0, 0, 1, 0, 0)), "the miss");
    }

    function test_substitute_relayed() public {
        vm.warp(missed);
        bytes memory call_ = substituteCall(sign(standby, substituteDigest(dealId, 0)));
        vm.prank(stranger.addr);
        (bool ok,) = address(escrow).call(call_);
        check(ok, "relayed");
        refuses(stranger.addr, call_, abi.encodeWithSelector(IDealErrors.NoStandby.selector, 0, standby.addr));
    }

    function test_substitute_refusesAnother() public {
        vm.warp(missed);
        refuses(payee.addr, substituteCall(""), notParty(payee.addr, standby.addr));
        bytes32 digest = substituteDigest(dealId, 0);
        bytes memory why = abi.encodeWithSelector(IDealErrors.InvalidSignature.selector, standby.addr, digest);
        refuses(payee.addr, substituteCall(sign(standby, substituteDigest(dealId, 1))), why);
        refuses(payee.addr, substituteCall(sign(payee, digest)), why);
    }

    function test_substitute_onlyInItsWindow() public {
        vm.warp(missed - 1);
        refuses(standby.addr, substituteCall(""), tooEarly(missed - 1));
        vm.warp(missed + 2 hours);
        refuses(standby.addr, substituteCall(""), tooLate(missed - 1 + 2 hours));
        vm.warp(missed - 1 + 2 hours);
        substitute(head, legs, 0);
    }

    function test_substitute_refusesWithoutAStandby() public {
        Head memory other = head_();
        Leg[] memory plain = one(leg_(payee, 5));
        open(other, plain);
        vm.warp(uint256(plain[0].due) + plain[0].grace + 1);
        bytes memory call_ = abi.encodeCall(escrow.substitute, (other, new bytes32[](0), 0, plain[0], ""));
        bytes memory why = abi.encodeWithSelector(IDealErrors.NoStandby.selector, 0, address(0));
        refuses(stranger.addr, call_, why);
    }

    function test_substitute_refusesWhatIsDelivered() public {
        deliver(head, legs, 0);
        vm.warp(missed);
        refuses(standby.addr, substituteCall(""), wrongState(LegState.Delivered, LegState.Active));
    }

    function test_deliver_onlyByTheStandbyAfterIt() public {
        substitute(head, legs, 0);
        bytes memory call_ = abi.encodeCall(
            escrow.deliver, (escrow.hashHead(head), new bytes32[](0), 0, legs[0], DELIVERABLE, "", bytes(""))
        );
        refuses(payee.addr, call_, notParty(payee.addr, standby.addr));
        deliverBy(standby.addr, head, legs, 0);
        inState(dealId, 0, LegState.Delivered);
    }

    function test_substitute_leavesNoRecordForAgentZero() public {
        (legs[0].agentId, head.docHash) = (0, "another");
        open(head, legs);
        vm.warp(missed);
        substitute(head, legs, 0);
        eq(escrow.settledSummaryAt(0, 0, address(usdc), TAG).missed, 0, "missed");
    }

    /// Price, bond and retainer are one transfer, as the standby is the payee.
    function test_accept_paysTheStandbyAtOnce() public {
        substitute(head, legs, 0);
        deliverBy(standby.addr, head, legs, 0);
        vm.recordLogs();
        accept(head, legs, 0, NO_RATING);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        uint256 transfers = 0;
        for (uint256 i = 0; i < logs.length; ++i) {
            if (logs[i].emitter == address(usdc)) ++transfers;
        }
        eq(transfers, 1, "transfers");
        eq(usdc.balanceOf(standby.addr), 1070, "paid");
    }

    function test_accept_paysTheStandby() public {
        substitute(head, legs, 0);
        deliverBy(standby.addr, head, legs, 0);
        vm.expectEmit(address(escrow));
        emit ISettledReputation.Closed(
            dealId,
            legs[0].standbyAgentId,
            0,
            uint8(LegState.Accepted),
            90,
            0,
            1000,
            0,
            0,
            0,
            0,
            0,
            standby.addr,
            0
        );
        accept(head, legs, 0, 90);
        eq(usdc.balanceOf(standby.addr), 1070, "price, retainer and bond");
        eq(usdc.balanceOf(client.addr), 500, "the first payee's bond");
        eq(usdc.balanceOf(address(escrow)), 0, "nothing left");
        eq(recordOf(legs[0].agentId), abi.encode(SettledSummary(0, 1, 0, 0, 1, 0, 0)), "the miss alone");
        eq(recordOf(legs[0].standbyAgentId), abi.encode(SettledSummary(1000, 1, 1, 90, 0, 0, 0)), "the work");
        (, uint8 flags,,) = escrow.legState(dealId, 0);
        eq(flags, 3, "substituted, rated");
    }

    /// The standby's clock starts when it takes over, and its delay costs as the payee's would have.
    function testFuzz_accept_theStandbysDelayCostsItToo(uint256 seed) public {
        substitute(head, legs, 0);
        uint256 delay = within(seed, 0, legs[0].grace);
        vm.warp(missed + 12 hours + delay);
        deliverBy(standby.addr, head, legs, 0);
        (,,, uint24 late) = escrow.legState(dealId, 0);
        eq(late, delay, "late");
        accept(head, legs, 0, NO_RATING);
        uint256 penalty = 360 * delay / legs[0].grace;
        eq(usdc.balanceOf(standby.addr), 1070 - penalty, "standby");
        eq(usdc.balanceOf(client.addr), 500 + penalty, "client");
    }

    function test_accept_paysAnUncalledStandbyForBeingReady() public {
        deliver(head, legs, 0);
        accept(head, legs, 0, NO_RATING);
        eq(usdc.balanceOf(payee.addr), 1500, "price and bond");
        eq(usdc.balanceOf(standby.addr), 70, "retainer and bond");
        eq(recordOf(legs[0].standbyAgentId), abi.encode(SettledSummary(0, 0, 0, 0, 0, 0, 0)), "no record");
    }

    function test_lapse_waitsForTheStandby() public {
        bytes memory call_ = abi.encodeCall(escrow.lapse, (head, new bytes32[](0), 0, legs[0]));
        vm.warp(missed - 1 + 2 hours);
        refuses(stranger.addr, call_, tooEarly(missed - 1 + 2 hours));
        vm.warp(missed + 2 hours);
        vm.expectEmit(address(escrow));
        emit ISettledReputation.Closed(
            dealId, legs[0].agentId, 0, uint8(LegState.Missed), 255, 0, 0, 1000, 0, 0, 0, 500, client.addr, 0
        );
        lapse(head, legs, 0);
        eq(usdc.balanceOf(client.addr), 1570, "a standby that is silent loses retainer and bond");
    }

    function test_lapse_ofAStandbyThatMisses() public {
        substitute(head, legs, 0);
        uint256 deadline = missed + 12 hours + legs[0].grace;
        bytes memory call_ = abi.encodeCall(escrow.lapse, (head, new bytes32[](0), 0, legs[0]));
        vm.warp(deadline);
        refuses(stranger.addr, call_, tooEarly(deadline));
        vm.warp(deadline + 1);
        refuses(
            standby.addr,
            substituteCall(""),
            abi.encodeWithSelector(IDealErrors.NoStandby.selector, 0, standby.addr)
        );
        lapse(head, legs, 0);
        eq(usdc.balanceOf(client.addr), 1570, "all of it");
        eq(recordOf(legs[0].standbyAgentId), abi.encode(SettledSummary(0, 1, 0, 0, 1, 0, 0)), "its miss");
    }

    /// Both in one hand: failing on purpose costs more than delivering in the last second.
    function test_substitute_aManufacturedMissCostsMoreThanTheWorstDelay() public {
        uint256 before = vm.snapshotState();
        vm.warp(missed - 1);
        deliver(head, legs, 0);
        accept(head, legs, 0, NO_RATING);
        uint256 honest = usdc.balanceOf(payee.addr) + usdc.balanceOf(standby.addr);
        vm.revertToState(before);
        substitute(head, legs, 0);
        deliverBy(standby.addr, head, legs, 0);
        accept(head, legs, 0, NO_RATING);
        uint256 staged = usdc.balanceOf(payee.addr) + usdc.balanceOf(standby.addr);
        check(staged < honest, "staging pays");
    }
}
