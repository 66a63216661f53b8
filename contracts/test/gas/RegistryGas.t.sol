// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {vm} from "../support/Vm.sol";
import {Wallet, World} from "../support/World.sol";

/// @notice Gas of validations and anchors, as whole transactions of the code in abi/ (run with --isolate), into
/// snapshots/.
contract RegistryGasTest is World {
    string private constant VALIDATION = "ValidationRegistry";
    uint256 private constant ANCHOR_TARGET = 46_000;

    Wallet private owner = wallet("owner");
    Wallet private validator = wallet("validator");

    function setUp() public override {
        vm.warp(START);
        deployRelease();
        deployAttestations();
    }

    function test_gas_anchor() public {
        for (uint256 i = 0; i < 3; ++i) {
            vm.prank(owner.addr);
            anchors.anchor(keccak256(abi.encode("root", i)));
            uint256 gas = vm.snapshotGasLastCall("CredentialAnchor", "anchor");
            check(gas <= ANCHOR_TARGET, "a root within its target");
        }
    }

    function test_gas_validation() public {
        uint256 agentId = register(owner);
        _request(agentId, "1");
        vm.snapshotGasLastCall(VALIDATION, "validationRequest, first of agent and validator");
        _request(agentId, "2");
        vm.snapshotGasLastCall(VALIDATION, "validationRequest");
        _respond("1");
        vm.snapshotGasLastCall(VALIDATION, "validationResponse, first of its tag");
        _respond("2");
        vm.snapshotGasLastCall(VALIDATION, "validationResponse");
        _respond("2");
        vm.snapshotGasLastCall(VALIDATION, "validationResponse, again");
    }

    function _request(uint256 agentId, bytes32 hash) private {
        vm.prank(owner.addr);
        validation.validationRequest(
            validator.addr, agentId, "https://agents.example/work/1.json", keccak256(abi.encode(hash))
        );
    }

    function _respond(bytes32 hash) private {
        vm.prank(validator.addr);
        validation.validationResponse(
            keccak256(abi.encode(hash)), 100, "ipfs://QmReasons", keccak256("reasons"), "hard-finality"
        );
    }
}
