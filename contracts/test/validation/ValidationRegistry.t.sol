// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IValidationRegistry} from "../../src/validation/IValidationRegistry.sol";
import {ValidationRegistry} from "../../src/validation/ValidationRegistry.sol";
import {vm} from "../support/Vm.sol";
import {Wallet, World} from "../support/World.sol";

contract ValidationRegistryTest is World {
    bytes32 private constant REQUEST = "request";
    bytes32 private constant OTHER = "other request";

    Wallet private owner = wallet("owner");
    Wallet private validator = wallet("validator");
    Wallet private second = wallet("second validator");
    uint256 private agentId;

    function setUp() public override {
        super.setUp();
        agentId = register(owner);
    }

    function error_(string memory text) private pure returns (bytes memory) {
        return abi.encodeWithSignature("Error(string)", text);
    }

    function request(Wallet memory of_, bytes32 hash) private {
        vm.prank(owner.addr);
        validation.validationRequest(of_.addr, agentId, "ipfs://work", hash);
    }

    function respond(Wallet memory by, bytes32 hash, uint8 response, string memory tag) private {
        vm.prank(by.addr);
        validation.validationResponse(hash, response, "ipfs://reasons", "reasons", tag);
    }

    function answered(Wallet memory by, bytes32 hash, uint8 response, string memory tag) private {
        request(by, hash);
        respond(by, hash, response, tag);
    }

    function status(bytes32 hash, uint8 response, bytes32 responseHash, string memory tag, uint256 time_)
        private
        view
    {
        (address who, uint256 id, uint8 r, bytes32 h, string memory t, uint256 time) =
            validation.getValidationStatus(hash);
        eq(who, validator.addr, "validator");
        eq(id, agentId, "agent");
        eq(r, response, "response");
        eq(h, responseHash, "response hash");
        eq(t, tag, "tag");
        eq(time, time_, "last update");
    }

    function summary(address[] memory who, string memory tag, uint64 n, uint8 average) private view {
        (uint64 count, uint8 value) = validation.getSummary(agentId, who, tag);
        eq(count, n, "count");
        eq(value, average, "average");
    }

    function only(Wallet memory one) private pure returns (address[] memory list) {
        list = new address[](1);
        list[0] = one.addr;
    }

    function test_validation_versionAndRegistry() public {
        eq(validation.getVersion(), "2.0.0", "version");
        eq(validation.getIdentityRegistry(), address(identity), "identity");
        eq(validation.MAX_RESPONSE(), 100, "limit");
        vm.expectRevert(error_("bad identity"));
        new ValidationRegistry(address(0));
    }

    function test_validationRequest_isStoredAndLogged() public {
        vm.expectEmit(address(validation));
        emit IValidationRegistry.ValidationRequest(validator.addr, agentId, "ipfs://work", REQUEST);
        request(validator, REQUEST);
        status(REQUEST, 0, 0, "", now_());
        check(!validation.hasResponse(REQUEST), "waits");
        eq(validation.getAgentValidations(agentId)[0], REQUEST, "by agent");
        eq(validation.getValidatorRequests(validator.addr)[0], REQUEST, "by validator");
    }

    function test_validationRequest_byOperators() public {
        vm.prank(owner.addr);
        identity.approve(second.addr, agentId);
        vm.prank(second.addr);
        validation.validationRequest(validator.addr, agentId, "", REQUEST);
        vm.prank(owner.addr);
        identity.setApprovalForAll(stranger.addr, true);
        vm.prank(stranger.addr);
        validation.validationRequest(validator.addr, agentId, "", OTHER);
        eq(validation.getAgentValidations(agentId).length, 2, "both");
    }

    function test_validationRequest_refusals() public {
        vm.expectRevert(error_("bad validator"));
        vm.prank(owner.addr);
        validation.validationRequest(address(0), agentId, "", REQUEST);
        vm.expectRevert(error_("Not authorized"));
        vm.prank(stranger.addr);
        validation.validationRequest(validator.addr, agentId, "", REQUEST);
        vm.expectRevert(abi.encodeWithSignature("ERC721NonexistentToken(uint256)", 99));
        validation.validationRequest(validator.addr, 99, "", REQUEST);
        request(validator, REQUEST);
        vm.expectRevert(error_("exists"));
        request(second, REQUEST);
    }

    /// What is looked at first decides which refusal a caller sees.
    function test_validationRequest_refusesInTheReferencesOrder() public {
        request(validator, REQUEST);
        vm.expectRevert(error_("bad validator"));
        validation.validationRequest(address(0), 99, "", REQUEST);
        vm.expectRevert(error_("exists"));
        validation.validationRequest(validator.addr, 99, "", REQUEST);
    }

    function test_validationResponse_isStoredAndLogged() public {
        request(validator, REQUEST);
        vm.warp(START + 60);
        vm.expectEmit(address(validation));
        emit IValidationRegistry.ValidationResponse(
            validator.addr, agentId, REQUEST, 87, "ipfs://reasons", "reasons", "soft"
        );
        respond(validator, REQUEST, 87, "soft");
        status(REQUEST, 87, "reasons", "soft", START + 60);
        check(validation.hasResponse(REQUEST), "answered");
    }

    function test_validationResponse_againWithAnyValue() public {
        answered(validator, REQUEST, 80, "soft");
        respond(validator, REQUEST, 100, "hard");
        status(REQUEST, 100, "reasons", "hard", now_());
        respond(validator, REQUEST, 0, "");
        status(REQUEST, 0, "reasons", "", now_());
        check(validation.hasResponse(REQUEST), "0 is an answer");
        summary(new address[](0), "", 1, 0);
    }

    function test_validationResponse_refusals() public {
        vm.expectRevert(error_("unknown"));
        respond(validator, REQUEST, 1, "");
        request(validator, REQUEST);
        vm.expectRevert(error_("not validator"));
        respond(second, REQUEST, 101, "");
        vm.expectRevert(error_("resp>100"));
        respond(validator, REQUEST, 101, "");
        vm.expectRevert(error_("resp>100"));
        respond(validator, REQUEST, 255, "");
        check(!validation.hasResponse(REQUEST), "nothing is stored");
        respond(validator, REQUEST, 100, "");
    }

    function test_getValidationStatus_refusesTheUnknown() public {
        vm.expectRevert(error_("unknown"));
        validation.getValidationStatus(REQUEST);
        check(!validation.hasResponse(REQUEST), "no answer either");
    }

    function test_getSummary_filters() public {
        answered(validator, "1", 100, "hard");
        answered(validator, "2", 51, "soft");
        answered(second, "3", 0, "hard");
        request(second, "4");
        address[] memory anybody = new address[](0);
        summary(anybody, "", 3, 50);
        summary(anybody, "hard", 2, 50);
        summary(anybody, "never used", 0, 0);
        summary(only(validator), "", 2, 75);
        summary(only(second), "", 1, 0);
        summary(only(second), "soft", 0, 0);
        summary(only(stranger), "", 0, 0);
        address[] memory both = new address[](2);
        (both[0], both[1]) = (stranger.addr, validator.addr);
        summary(both, "soft", 1, 51);
    }

    function test_getSummary_ofNothing() public view {
        summary(new address[](0), "", 0, 0);
    }

    /// Whoever takes a hash first has it, and the rightful agent another one.
    function test_requestHashOf_whenItIsTakenByAnother() public {
        bytes32 hash = validation.requestHashOf(agentId, validator.addr, "ipfs://work", "salt");
        eq(hash, keccak256(abi.encode(agentId, validator.addr, "ipfs://work", bytes32("salt"))), "hash");
        uint256 theirs = register(stranger);
        vm.prank(stranger.addr);
        validation.validationRequest(validator.addr, theirs, "ipfs://work", hash);
        vm.expectRevert(error_("exists"));
        request(validator, hash);
        (, uint256 holder,,,,) = validation.getValidationStatus(hash);
        check(hash != validation.requestHashOf(holder, validator.addr, "ipfs://work", "salt"), "not theirs");
        request(validator, validation.requestHashOf(agentId, validator.addr, "ipfs://work", "next"));
        eq(validation.getAgentValidations(agentId).length, 1, "asked all the same");
    }

    function testFuzz_requestHashOf_bindsEveryPart(uint256 id, address who, string calldata uri, bytes32 salt)
        public
        view
    {
        bytes32 hash = validation.requestHashOf(id, who, uri, salt);
        unchecked {
            check(hash != validation.requestHashOf(id + 1, who, uri, salt), "agent");
            check(hash != validation.requestHashOf(id, address(uint160(who) + 1), uri, salt), "validator");
            check(hash != validation.requestHashOf(id, who, string.concat(uri, "?"), salt), "URI");
            check(hash != validation.requestHashOf(id, who, uri, bytes32(uint256(salt) + 1)), "salt");
        }
    }

    function testFuzz_pages_areTheWholeList(uint8 requests, uint8 size) public {
        uint256 n = within(requests, 0, 12);
        uint256 limit = within(size, 1, 14);
        for (uint256 i = 0; i < n; ++i) {
            request(i % 3 == 0 ? second : validator, bytes32(i + 1));
        }
        bytes32[] memory whole = validation.getAgentValidations(agentId);
        bytes32[] memory theirs = validation.getValidatorRequests(validator.addr);
        eq(whole.length, n, "all");
        for (uint256 place = 0; place < n + 2; place += limit) {
            (bytes32[] memory part, uint256 total) = validation.getAgentValidationsPage(agentId, place, limit);
            isPart(part, total, whole, place, limit);
            (part, total) = validation.getValidatorRequestsPage(validator.addr, place, limit);
            isPart(part, total, theirs, place, limit);
        }
    }

    function isPart(
        bytes32[] memory part,
        uint256 total,
        bytes32[] memory whole,
        uint256 place,
        uint256 limit
    ) private pure {
        uint256 left = place < whole.length ? whole.length - place : 0;
        eq(total, whole.length, "total");
        eq(part.length, limit < left ? limit : left, "size");
        for (uint256 i = 0; i < part.length; ++i) {
            eq(part[i], whole[place + i], "entry");
        }
    }

    function test_pages_ofAbsurdBounds() public {
        request(validator, REQUEST);
        (bytes32[] memory part,) = validation.getAgentValidationsPage(agentId, type(uint256).max, 1);
        eq(part.length, 0, "beyond the end");
        (part,) = validation.getAgentValidationsPage(agentId, 0, type(uint256).max);
        eq(part.length, 1, "all that there is");
        (part,) = validation.getValidatorRequestsPage(validator.addr, 0, 0);
        eq(part.length, 0, "none");
    }

    /// The mean of the last answers against a plain sum.
    function testFuzz_getSummary_isTheMean(uint8[8] memory responses, uint8 pendingBits) public {
        uint256 sum;
        uint64 n;
        for (uint256 i = 0; i < 8; ++i) {
            request(validator, bytes32(i + 1));
            if (pendingBits >> i & 1 == 1) continue;
            uint8 response = uint8(within(responses[i], 0, 100));
            respond(validator, bytes32(i + 1), response / 2, "first");
            respond(validator, bytes32(i + 1), response, "");
            (sum, n) = (sum + response, n + 1);
        }
        summary(only(validator), "", n, n == 0 ? 0 : uint8(sum / n));
    }
}
