// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Funding, Head, Leg} from "../../src/deal/DealTypes.sol";
import {TestUSDC} from "../../src/token/TestUSDC.sol";
import {Deals} from "../support/Deals.sol";
import {vm} from "../support/Vm.sol";
import {Wallet} from "../support/World.sol";
import {LeanToken} from "./LeanToken.sol";

/// @notice Gas of whole transactions (base and calldata included: run with --isolate) of the code in abi/,
/// into snapshots/. The token is LeanToken unless said. Escrow and payees hold some of the token already, as they do in steady use.
contract GasTest is Deals {
    string private constant DEAL = "DealEscrow";
    TestUSDC private testUsdc;

    string private constant FEEDBACK = "ReputationRegistry";

    function setUp() public override {
        vm.warp(START);
        deployRelease();
        testUsdc = usdc;
        _use(TestUSDC(address(new LeanToken())));
    }

    function _use(TestUSDC token) private {
        usdc = token;
        usdc.mint(address(escrow), 1);
        usdc.mint(payee.addr, 1);
    }

    function test_gas_dealInTestUSDC() public {
        _use(testUsdc);
        Head memory head = head_();
        Leg[] memory legs = one(leg_(payee, 100e6));
        legs[0].agentId = register(payee);
        usdc.mint(client.addr, 1);
        open(head, legs);
        vm.snapshotGasLastCall(DEAL, "open, agent, TestUSDC");
        bytes32 headHash = escrow.hashHead(head);
        vm.prank(payee.addr);
        escrow.deliver(
            headHash, new bytes32[](0), 0, legs[0], DELIVERABLE, "https://agents.example/deliveries/1", ""
        );
        vm.snapshotGasLastCall(DEAL, "deliver, with a URI");
    }

    function test_gas_dealWithAgent() public {
        uint256 agentId = register(payee);
        _deal(agentId, 0, 0, "first record", true);
        _deal(agentId, 0, 0, "agent", true);
    }

    function test_gas_dealWithoutAgent() public {
        _deal(0, 0, 0, "no agent", true);
    }

    function test_gas_dealWithBothAgents() public {
        uint256 agentId = register(payee);
        uint256 clientAgentId = register(client);
        _deal(agentId, clientAgentId, 0, "both agents, first record", false);
        _deal(agentId, clientAgentId, 0, "both agents", false);
    }

    function test_gas_dealWithFee() public {
        uint256 agentId = register(payee);
        _deal(agentId, 0, 100, "fee of 1 %, first record", false);
        _deal(agentId, 0, 100, "fee of 1 %", false);
    }

    function test_gas_lapse() public {
        Head memory head = head_();
        Leg[] memory legs = one(leg_(payee, 100e6));
        legs[0].agentId = register(payee);
        open(head, legs);
        vm.warp(legs[0].due + legs[0].grace + 1);
        lapse(head, legs, 0);
        vm.snapshotGasLastCall(DEAL, "lapse, missed, first record");
    }

    function test_gas_lapseOfSilence() public {
        Head memory head = head_();
        Leg[] memory legs = one(leg_(payee, 100e6));
        legs[0].silenceBps = 5000;
        open(head, legs);
        deliver(head, legs, 0);
        vm.warp(now_() + legs[0].review + 1);
        lapse(head, legs, 0);
        vm.snapshotGasLastCall(DEAL, "lapse, silence, divided");
    }

    function test_gas_depositAndStandby() public {
        (uint256 agentId, uint256 standbyAgentId) = (register(payee), register(standby));
        usdc.mint(standby.addr, 1);
        _depositByAuthorization("deposit, first");
        _depositByAuthorization("deposit");
        _standbyDeal(agentId, standbyAgentId, ", first record");
        _standbyDeal(agentId, standbyAgentId, "");
    }

    function test_gas_dispute() public {
        (uint256 agentId, uint256 clientAgentId) = (register(payee), register(client));
        _disputedDeal(agentId, clientAgentId, "");
        _disputedDeal(agentId, clientAgentId, "rule");
    }

    function test_gas_lapseSteady() public {
        uint256 agentId = register(payee);
        _deal(agentId, 0, 0, "", false);
        Head memory head = head_();
        Leg[] memory legs = one(leg_(payee, 100e6));
        legs[0].agentId = agentId;
        open(head, legs);
        usdc.mint(client.addr, 1);
        vm.warp(legs[0].due + legs[0].grace + 1);
        lapse(head, legs, 0);
        vm.snapshotGasLastCall(DEAL, "lapse, missed");
    }

    function test_gas_settleAndRate() public {
        uint256 agentId = register(payee);
        _deal(agentId, 0, 0, "", false);
        Head memory head = head_();
        Leg[] memory legs = one(leg_(payee, 100e6));
        legs[0].agentId = agentId;
        open(head, legs);
        usdc.mint(client.addr, 1);
        settle(head, legs, 0, payee, 40e6, 0);
        vm.snapshotGasLastCall(DEAL, "settle, divided");
        rate(client.addr, head, legs, 0, 80);
        vm.snapshotGasLastCall(DEAL, "rate");
    }

    function test_gas_join() public {
        Head memory head = head_();
        head.joinBy = uint40(now_() + 1 hours);
        Leg[] memory legs = one(leg_(payee, 100e6));
        legs[0].agentId = register(payee);
        bytes32 dealId = escrow.dealIdOf(head, legs);
        usdc.mint(client.addr, 100e6);
        Funding memory funding = authorization(client, 100e6, dealId);
        escrow.open(head, legs, new bytes[](1), new bytes[](0), funding);
        bytes memory signature = sign(payee, dealId);
        escrow.join(head, new bytes32[](0), 0, legs[0], signature, "");
        vm.snapshotGasLastCall(DEAL, "join, agent");
    }

    function _depositByAuthorization(string memory name) private {
        usdc.mint(payee.addr, 100e6);
        bytes32 digest = depositDigest(address(usdc), payee.addr, 100e6, bytes32(bytes(name)));
        Funding memory funding = authorization(payee, 100e6, digest);
        escrow.deposit(address(usdc), payee.addr, 100e6, bytes32(bytes(name)), funding);
        vm.snapshotGasLastCall(DEAL, name);
    }

    function _standbyDeal(uint256 agentId, uint256 standbyAgentId, string memory name) private {
        Head memory head = head_();
        Leg[] memory legs = one(backed(leg_(payee, 100e6)));
        (legs[0].agentId, legs[0].standbyAgentId) = (agentId, standbyAgentId);
        usdc.mint(client.addr, 1);
        deposit(payee, 1);
        deposit(standby, 1);
        open(head, legs);
        if (bytes(name).length == 0) vm.snapshotGasLastCall(DEAL, "open, agents, bond and standby");
        substitute(head, legs, 0);
        vm.snapshotGasLastCall(DEAL, string.concat("substitute", name));
        deliverBy(standby.addr, head, legs, 0);
        accept(head, legs, 0, 90);
        vm.snapshotGasLastCall(DEAL, string.concat("accept, standby", name));
    }

    function _disputedDeal(uint256 agentId, uint256 clientAgentId, string memory name) private {
        Head memory head = arbitrated(head_());
        head.clientAgentId = clientAgentId;
        Leg[] memory legs = one(leg_(payee, 100e6));
        legs[0].agentId = agentId;
        open(head, legs);
        usdc.mint(client.addr, 1);
        deliver(head, legs, 0);
        bytes32[] memory none = new bytes32[](0);
        vm.prank(client.addr);
        escrow.dispute(head, none, 0, legs[0], true, EVIDENCE, "", "");
        vm.snapshotGasLastCall(DEAL, "dispute");
        rule(head, legs, 0, 6000, 10_000);
        if (bytes(name).length != 0) vm.snapshotGasLastCall(DEAL, "rule, both agents, divided");
    }

    function test_gas_fiveLegs() public {
        _fiveLegs(false, "");
    }

    function test_gas_fiveLegsWithAgents() public {
        _fiveLegs(true, " with agents, first record");
        _fiveLegs(true, " with agents");
    }

    function test_gas_settledSummary() public {
        uint256 agentId = register(payee);
        _deal(agentId, 0, 0, "", false);
        escrow.settledSummaryAt(agentId, 0, address(usdc), TAG);
        vm.snapshotGasLastCall(DEAL, "settledSummaryAt (the call alone)");
        escrow.settledSummary(agentId, address(usdc), TAG);
        vm.snapshotGasLastCall(DEAL, "settledSummary (the call alone)");
    }

    function test_gas_withdraw() public {
        Head memory head = head_();
        (head.feeReceiver, head.feeBps) = (platform.addr, 100);
        Leg[] memory legs = one(leg_(payee, 100e6));
        open(head, legs);
        deliver(head, legs, 0);
        accept(head, legs, 0, NO_RATING);
        vm.prank(platform.addr);
        escrow.withdraw(address(usdc), platform.addr);
        vm.snapshotGasLastCall(DEAL, "withdraw, first");
    }

    function test_gas_registries() public {
        vm.prank(payee.addr);
        uint256 agentId = identity.register("https://agents.example/registrations/1/registration.json");
        vm.snapshotGasLastCall("IdentityRegistry", "register with a URI");
        Wallet memory rater = wallet("first rater");
        _giveFeedback(agentId, rater, "giveFeedback, first of its tags");
        _giveFeedback(agentId, rater, "giveFeedback, repeat");
        _giveFeedback(agentId, wallet("second rater"), "giveFeedback, first of a client");
        vm.prank(rater.addr);
        reputation.giveFeedback(agentId, 87, 0, "", "", "", "", 0);
        vm.snapshotGasLastCall(FEEDBACK, "giveFeedback, repeat without strings");
    }

    function _giveFeedback(uint256 agentId, Wallet memory rater, string memory name) private {
        vm.prank(rater.addr);
        reputation.giveFeedback(
            agentId,
            87,
            0,
            "starred",
            "translation",
            "https://agents.example/a2a",
            "ipfs://QmFeedback",
            bytes32("h")
        );
        vm.snapshotGasLastCall(FEEDBACK, name);
    }

    function _deal(uint256 agentId, uint256 clientAgentId, uint16 feeBps, string memory name, bool whole)
        private
    {
        Head memory head = head_();
        head.clientAgentId = clientAgentId;
        if (feeBps != 0) (head.feeReceiver, head.feeBps) = (platform.addr, feeBps);
        Leg[] memory legs = one(leg_(payee, 100e6));
        legs[0].agentId = agentId;
        usdc.mint(client.addr, 1);
        open(head, legs);
        if (whole) vm.snapshotGasLastCall(DEAL, string.concat("open, ", name));
        bytes32 headHash = escrow.hashHead(head);
        vm.prank(payee.addr);
        escrow.deliver(headHash, new bytes32[](0), 0, legs[0], DELIVERABLE, "", "");
        if (whole) vm.snapshotGasLastCall(DEAL, "deliver");
        accept(head, legs, 0, agentId == 0 ? NO_RATING : 90);
        if (bytes(name).length != 0) vm.snapshotGasLastCall(DEAL, string.concat("accept, ", name));
    }

    function _fiveLegs(bool agents, string memory name) private {
        Head memory head = head_();
        Leg[] memory legs = new Leg[](5);
        Wallet[] memory payees = new Wallet[](5);
        uint8[] memory ratings = new uint8[](5);
        for (uint256 i = 0; i < 5; ++i) {
            payees[i] = wallet(string.concat("payee ", vm.toString(i)));
            usdc.mint(payees[i].addr, 1);
            legs[i] = leg_(payees[i], 20e6);
            if (agents) {
                legs[i].agentId = identity.balanceOf(payees[i].addr) == 0 ? register(payees[i]) : i + 1;
            }
            ratings[i] = agents ? 90 : NO_RATING;
        }
        usdc.mint(client.addr, 1);
        open(head, legs, payees);
        vm.snapshotGasLastCall(DEAL, string.concat("open, five legs", agents ? " with agents" : ""));
        for (uint256 i = 0; i < 5; ++i) {
            deliver(head, legs, i);
        }
        vm.prank(client.addr);
        escrow.acceptMany(head, legs, ratings);
        vm.snapshotGasLastCall(DEAL, string.concat("acceptMany, five legs", name));
    }
}
