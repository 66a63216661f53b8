// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {IERC721Metadata} from "@openzeppelin/contracts/token/ERC721/extensions/IERC721Metadata.sol";
import {IIdentityRegistry} from "../../src/identity/IIdentityRegistry.sol";
import {IReputationRegistry} from "../../src/reputation/IReputationRegistry.sol";
import {IValidationRegistry} from "../../src/validation/IValidationRegistry.sol";
import {Contract1271} from "../support/Contract1271.sol";
import {Vm, vm} from "../support/Vm.sol";
import {Wallet, World} from "../support/World.sol";

/// @notice The clauses of ERC-8004 that bind contracts, one test for each, in the order of its text. The tree
/// names the clauses; what our registries do beyond them is tested beside each registry.
contract Erc8004Test is World {
    string private constant URI = "https://agent.example/registration.json";
    bytes32 private constant TRANSFER = keccak256("Transfer(address,address,uint256)");
    bytes32 private constant REGISTERED = keccak256("Registered(uint256,string,address)");
    bytes32 private constant METADATA = keccak256("MetadataSet(uint256,string,string,bytes)");
    bytes32 private constant REQUEST = keccak256("the request's payload");

    Wallet private owner = wallet("agent owner");
    Wallet private operator = wallet("operator");
    Wallet private approved = wallet("approved");
    Wallet private rater = wallet("a client");
    Wallet private validator = wallet("validator");

    function error_(string memory text) private pure returns (bytes memory) {
        return abi.encodeWithSignature("Error(string)", text);
    }

    function agent() private returns (uint256 agentId) {
        vm.prank(owner.addr);
        agentId = identity.register(URI);
        vm.prank(owner.addr);
        identity.setApprovalForAll(operator.addr, true);
        vm.prank(owner.addr);
        identity.approve(approved.addr, agentId);
    }

    /// @dev Those who may act for an agent.
    function hands() private view returns (Wallet[3] memory) {
        return [owner, operator, approved];
    }

    function give(uint256 agentId, Wallet memory by, int128 value) private {
        vm.prank(by.addr);
        reputation.giveFeedback(agentId, value, 0, "", "", "", "", 0);
    }

    function only(Wallet memory one) private pure returns (address[] memory list) {
        list = new address[](1);
        list[0] = one.addr;
    }

    /// @dev The one log since recording began.
    function theLog() private returns (Vm.Log memory) {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        eq(logs.length, 1, "one log");
        return logs[0];
    }

    function topics(Vm.Log memory log, bytes32 one, bytes32 two, bytes32 three, bytes32 four) private pure {
        eq(log.topics.length, four == 0 ? 3 : 4, "indexed parameters");
        eq(log.topics[0], one, "event");
        eq(log.topics[1], two, "first indexed");
        eq(log.topics[2], three, "second indexed");
        if (four != 0) eq(log.topics[3], four, "third indexed");
    }

    function topic(address account) private pure returns (bytes32) {
        return bytes32(uint256(uint160(account)));
    }

    function topic(string memory text) private pure returns (bytes32) {
        return keccak256(bytes(text));
    }

    function walletDigest(uint256 id, address to, uint256 deadline) private view returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(
                topic("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                topic("ERC8004IdentityRegistry"),
                topic("1"),
                block.chainid,
                address(identity)
            )
        );
        bytes32 type_ =
            topic("AgentWalletSet(uint256 agentId,address newWallet,address owner,uint256 deadline)");
        return digestIn(domain, keccak256(abi.encode(type_, id, to, owner.addr, deadline)));
    }

    // --- the interfaces ---

    function isFunction(string memory signature, bytes4 selector) private pure {
        check(bytes4(keccak256(bytes(signature))) == selector, signature);
    }

    function isEvent(string memory signature, bytes32 selector) private pure {
        eq(keccak256(bytes(signature)), selector, signature);
    }

    function test_clause_identityInterface() public view {
        isFunction("setAgentURI(uint256,string)", identity.setAgentURI.selector);
        isFunction("getMetadata(uint256,string)", identity.getMetadata.selector);
        isFunction("setMetadata(uint256,string,bytes)", identity.setMetadata.selector);
        isFunction("setAgentWallet(uint256,address,uint256,bytes)", identity.setAgentWallet.selector);
        isFunction("getAgentWallet(uint256)", identity.getAgentWallet.selector);
        isFunction("unsetAgentWallet(uint256)", identity.unsetAgentWallet.selector);
        isFunction("isAuthorizedOrOwner(address,uint256)", identity.isAuthorizedOrOwner.selector);
        isEvent("Registered(uint256,string,address)", IIdentityRegistry.Registered.selector);
        isEvent("MetadataSet(uint256,string,string,bytes)", IIdentityRegistry.MetadataSet.selector);
        isEvent("URIUpdated(uint256,string,address)", IIdentityRegistry.URIUpdated.selector);
    }

    function test_clause_reputationInterface() public view {
        isFunction(
            "giveFeedback(uint256,int128,uint8,string,string,string,string,bytes32)",
            reputation.giveFeedback.selector
        );
        isFunction("revokeFeedback(uint256,uint64)", reputation.revokeFeedback.selector);
        isFunction(
            "appendResponse(uint256,address,uint64,string,bytes32)", reputation.appendResponse.selector
        );
        isFunction("getSummary(uint256,address[],string,string)", reputation.getSummary.selector);
        isFunction("readFeedback(uint256,address,uint64)", reputation.readFeedback.selector);
        isFunction(
            "readAllFeedback(uint256,address[],string,string,bool)", reputation.readAllFeedback.selector
        );
        isFunction("getResponseCount(uint256,address,uint64,address[])", reputation.getResponseCount.selector);
        isFunction("getClients(uint256)", reputation.getClients.selector);
        isFunction("getLastIndex(uint256,address)", reputation.getLastIndex.selector);
        isFunction("getIdentityRegistry()", reputation.getIdentityRegistry.selector);
        isEvent(
            "NewFeedback(uint256,address,uint64,int128,uint8,string,string,string,string,string,bytes32)",
            IReputationRegistry.NewFeedback.selector
        );
        isEvent("FeedbackRevoked(uint256,address,uint64)", IReputationRegistry.FeedbackRevoked.selector);
        isEvent(
            "ResponseAppended(uint256,address,uint64,address,string,bytes32)",
            IReputationRegistry.ResponseAppended.selector
        );
    }

    function test_clause_validationInterface() public view {
        isFunction("validationRequest(address,uint256,string,bytes32)", validation.validationRequest.selector);
        isFunction(
            "validationResponse(bytes32,uint8,string,bytes32,string)", validation.validationResponse.selector
        );
        isFunction("getValidationStatus(bytes32)", validation.getValidationStatus.selector);
        isFunction("getSummary(uint256,address[],string)", validation.getSummary.selector);
        isFunction("getAgentValidations(uint256)", validation.getAgentValidations.selector);
        isFunction("getValidatorRequests(address)", validation.getValidatorRequests.selector);
        isFunction("getIdentityRegistry()", validation.getIdentityRegistry.selector);
        isEvent(
            "ValidationRequest(address,uint256,string,bytes32)",
            IValidationRegistry.ValidationRequest.selector
        );
        isEvent(
            "ValidationResponse(address,uint256,bytes32,uint8,string,bytes32,string)",
            IValidationRegistry.ValidationResponse.selector
        );
    }

    // --- identity registry ---

    function test_clause_erc721WithUriStorage() public {
        uint256 agentId = agent();
        check(identity.supportsInterface(type(IERC721).interfaceId), "ERC-721");
        check(identity.supportsInterface(type(IERC721Metadata).interfaceId), "with metadata");
        eq(identity.ownerOf(agentId), owner.addr, "the token's owner is the agent's");
        eq(identity.tokenURI(agentId), URI, "tokenURI is agentURI");
    }

    function test_clause_agentIdIsIncremental() public {
        uint256 first = agent();
        eq(register(rater), first + 1, "next");
        eq(register(rater), first + 2, "and next");
    }

    function test_clause_anyUriScheme() public {
        string[4] memory uris =
            ["ipfs://cid", "https://example.com/a.json", "data:application/json;base64,e30=", ""];
        for (uint256 i = 0; i < uris.length; ++i) {
            vm.prank(owner.addr);
            uint256 agentId = identity.register(uris[i]);
            eq(identity.tokenURI(agentId), uris[i], "URI");
        }
    }

    function test_clause_ownerAndOperatorsUpdateTheUri() public {
        uint256 agentId = agent();
        for (uint256 i = 0; i < 3; ++i) {
            vm.recordLogs();
            vm.prank(hands()[i].addr);
            identity.setAgentURI(agentId, "ipfs://next");
            Vm.Log[] memory logs = vm.getRecordedLogs();
            // before it, ERC-721's storage of URIs tells of its own
            Vm.Log memory log = logs[logs.length - 1];
            topics(
                log, topic("URIUpdated(uint256,string,address)"), bytes32(agentId), topic(hands()[i].addr), 0
            );
            eq(log.data, abi.encode("ipfs://next"), "newURI");
        }
        vm.expectRevert(error_("Not authorized"));
        vm.prank(rater.addr);
        identity.setAgentURI(agentId, "x");
    }

    function test_clause_metadata() public {
        uint256 agentId = agent();
        for (uint256 i = 0; i < 3; ++i) {
            vm.recordLogs();
            vm.prank(hands()[i].addr);
            identity.setMetadata(agentId, "region", abi.encode(i));
            Vm.Log memory log = theLog();
            topics(log, METADATA, bytes32(agentId), topic("region"), 0);
            eq(log.data, abi.encode("region", abi.encode(i)), "key and value");
            eq(identity.getMetadata(agentId, "region"), abi.encode(i), "value");
        }
        vm.expectRevert(error_("Not authorized"));
        vm.prank(rater.addr);
        identity.setMetadata(agentId, "region", "x");
    }

    function test_clause_agentWalletIsReserved() public {
        uint256 agentId = agent();
        vm.expectRevert(error_("reserved key"));
        vm.prank(owner.addr);
        identity.setMetadata(agentId, "agentWallet", "x");
        IIdentityRegistry.MetadataEntry[] memory entries = new IIdentityRegistry.MetadataEntry[](1);
        entries[0] = IIdentityRegistry.MetadataEntry("agentWallet", "x");
        vm.expectRevert(error_("reserved key"));
        identity.register(URI, entries);
    }

    function test_clause_agentWalletIsTheOwnersAtFirst() public {
        vm.startPrank(owner.addr);
        uint256[3] memory ids = [
            identity.register(),
            identity.register(URI),
            identity.register(URI, new IIdentityRegistry.MetadataEntry[](0))
        ];
        vm.stopPrank();
        for (uint256 i = 0; i < 3; ++i) {
            eq(identity.getAgentWallet(ids[i]), owner.addr, "wallet");
            eq(identity.getMetadata(ids[i], "agentWallet"), abi.encodePacked(owner.addr), "metadata");
        }
    }

    function test_clause_setAgentWalletByEip712OrErc1271() public {
        uint256 agentId = agent();
        address[2] memory wallets = [rater.addr, address(new Contract1271(rater.addr))];
        for (uint256 i = 0; i < 2; ++i) {
            bytes memory signature = sign(rater, walletDigest(agentId, wallets[i], now_()));
            vm.recordLogs();
            vm.prank(owner.addr);
            identity.setAgentWallet(agentId, wallets[i], now_(), signature);
            Vm.Log memory log = theLog();
            topics(log, METADATA, bytes32(agentId), topic("agentWallet"), 0);
            eq(log.data, abi.encode("agentWallet", abi.encodePacked(wallets[i])), "value");
            eq(identity.getAgentWallet(agentId), wallets[i], "wallet");
        }
    }

    function test_clause_setAgentWalletNeedsTheProof() public {
        uint256 agentId = agent();
        bytes memory another = sign(validator, walletDigest(agentId, rater.addr, now_()));
        vm.expectRevert(error_("invalid wallet sig"));
        vm.prank(owner.addr);
        identity.setAgentWallet(agentId, rater.addr, now_(), another);
    }

    /// The reference asks first who calls, then what for.
    function test_clause_setAgentWalletRefusesInTheReferencesOrder() public {
        uint256 agentId = agent();
        vm.expectRevert(error_("Not authorized"));
        vm.prank(rater.addr);
        identity.setAgentWallet(agentId, address(0), 0, "");
        vm.startPrank(owner.addr);
        vm.expectRevert(error_("bad wallet"));
        identity.setAgentWallet(agentId, address(0), 0, "");
        vm.expectRevert(error_("expired"));
        identity.setAgentWallet(agentId, rater.addr, now_() - 1, "");
        vm.expectRevert(error_("deadline too far"));
        identity.setAgentWallet(agentId, rater.addr, now_() + 5 minutes + 1, "");
        vm.expectRevert(error_("invalid wallet sig"));
        identity.setAgentWallet(agentId, rater.addr, now_() + 5 minutes, "");
        vm.stopPrank();
    }

    function test_clause_walletsAreReadAndCleared() public {
        uint256 agentId = agent();
        vm.recordLogs();
        vm.prank(owner.addr);
        identity.unsetAgentWallet(agentId);
        Vm.Log memory log = theLog();
        topics(log, METADATA, bytes32(agentId), topic("agentWallet"), 0);
        eq(log.data, abi.encode("agentWallet", bytes("")), "nothing");
        eq(identity.getAgentWallet(agentId), address(0), "none");
        eq(identity.getAgentWallet(99), address(0), "none of an unknown agent either");
    }

    function test_clause_transferClearsTheWallet() public {
        uint256 agentId = agent();
        vm.prank(owner.addr);
        identity.transferFrom(owner.addr, rater.addr, agentId);
        eq(identity.getAgentWallet(agentId), address(0), "wallet");
        eq(identity.getMetadata(agentId, "agentWallet"), "", "metadata");
    }

    function test_clause_registerEmits() public {
        IIdentityRegistry.MetadataEntry[] memory entries = new IIdentityRegistry.MetadataEntry[](2);
        entries[0] = IIdentityRegistry.MetadataEntry("name", "a");
        entries[1] = IIdentityRegistry.MetadataEntry("region", "b");
        vm.recordLogs();
        vm.prank(owner.addr);
        uint256 agentId = identity.register(URI, entries);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        (uint256 transfers, uint256 registrations, uint256 metadata) = (0, 0, 0);
        for (uint256 i = 0; i < logs.length; ++i) {
            if (logs[i].topics[0] == TRANSFER) ++transfers;
            if (logs[i].topics[0] == METADATA) ++metadata;
            if (logs[i].topics[0] != REGISTERED) continue;
            ++registrations;
            topics(logs[i], REGISTERED, bytes32(agentId), topic(owner.addr), 0);
            eq(logs[i].data, abi.encode(URI), "agentURI");
        }
        check(transfers == 1 && registrations == 1, "one Transfer, one Registered");
        eq(metadata, 3, "the wallet's and each entry's");
    }

    function test_clause_uriMayComeLater() public {
        vm.startPrank(owner.addr);
        uint256 agentId = identity.register();
        eq(identity.tokenURI(agentId), "", "none yet");
        identity.setAgentURI(agentId, URI);
        vm.stopPrank();
        eq(identity.tokenURI(agentId), URI, "later");
    }

    // --- reputation registry ---

    function test_clause_identityRegistryIsVisible() public view {
        eq(reputation.getIdentityRegistry(), address(identity), "reputation");
        eq(validation.getIdentityRegistry(), address(identity), "validation");
    }

    function test_clause_feedbackIsForRegisteredAgents() public {
        vm.expectRevert(abi.encodeWithSignature("ERC721NonexistentToken(uint256)", 99));
        give(99, rater, 1);
    }

    function test_clause_valueDecimalsUpTo18() public {
        uint256 agentId = agent();
        vm.prank(rater.addr);
        reputation.giveFeedback(agentId, -32, 18, "", "", "", "", 0);
        vm.expectRevert(error_("too many decimals"));
        vm.prank(rater.addr);
        reputation.giveFeedback(agentId, -32, 19, "", "", "", "", 0);
    }

    function test_clause_noFeedbackByOwnerOrOperators() public {
        uint256 agentId = agent();
        for (uint256 i = 0; i < 3; ++i) {
            vm.expectRevert(error_("Self-feedback not allowed"));
            give(agentId, hands()[i], 100);
        }
    }

    function test_clause_newFeedback() public {
        uint256 agentId = agent();
        vm.recordLogs();
        vm.prank(rater.addr);
        reputation.giveFeedback(agentId, 9977, 2, "uptime", "day", "https://e", "ipfs://f", "hash");
        Vm.Log memory log = theLog();
        topics(
            log,
            IReputationRegistry.NewFeedback.selector,
            bytes32(agentId),
            topic(rater.addr),
            topic("uptime")
        );
        eq(
            log.data,
            abi.encode(
                uint64(1), int128(9977), uint8(2), "uptime", "day", "https://e", "ipfs://f", bytes32("hash")
            ),
            "the rest"
        );
        (int128 value, uint8 decimals, string memory tag1, string memory tag2, bool revoked) =
            reputation.readFeedback(agentId, rater.addr, 1);
        check(value == 9977 && decimals == 2 && !revoked, "stored");
        eq(tag1, "uptime", "tag1");
        eq(tag2, "day", "tag2");
    }

    function test_clause_feedbackIndexIsACounterFromOne() public {
        uint256 agentId = agent();
        eq(reputation.getLastIndex(agentId, rater.addr), 0, "none");
        give(agentId, rater, 1);
        give(agentId, rater, 2);
        give(agentId, validator, 3);
        eq(reputation.getLastIndex(agentId, rater.addr), 2, "of one client");
        eq(reputation.getLastIndex(agentId, validator.addr), 1, "of another");
    }

    function test_clause_revokeFeedback() public {
        uint256 agentId = agent();
        give(agentId, rater, 1);
        vm.expectRevert(error_("index out of bounds"));
        vm.prank(validator.addr);
        reputation.revokeFeedback(agentId, 1);
        vm.recordLogs();
        vm.prank(rater.addr);
        reputation.revokeFeedback(agentId, 1);
        Vm.Log memory log = theLog();
        topics(
            log,
            IReputationRegistry.FeedbackRevoked.selector,
            bytes32(agentId),
            topic(rater.addr),
            bytes32(uint256(1))
        );
        eq(log.data, "", "nothing more");
        (,,,, bool revoked) = reputation.readFeedback(agentId, rater.addr, 1);
        check(revoked, "revoked");
    }

    function test_clause_anybodyAppendsResponses() public {
        uint256 agentId = agent();
        give(agentId, rater, 1);
        Wallet[3] memory responders = [owner, rater, validator];
        for (uint256 i = 0; i < 3; ++i) {
            vm.recordLogs();
            vm.prank(responders[i].addr);
            reputation.appendResponse(agentId, rater.addr, 1, "ipfs://r", "hash");
            Vm.Log memory log = theLog();
            topics(
                log,
                IReputationRegistry.ResponseAppended.selector,
                bytes32(agentId),
                topic(rater.addr),
                topic(responders[i].addr)
            );
            eq(log.data, abi.encode(uint64(1), "ipfs://r", bytes32("hash")), "the rest");
        }
    }

    function test_clause_summaryNeedsClients() public {
        uint256 agentId = agent();
        give(agentId, rater, 40);
        give(agentId, rater, 60);
        vm.expectRevert(error_("clientAddresses required"));
        reputation.getSummary(agentId, new address[](0), "", "");
        (uint64 count, int128 value, uint8 decimals) = reputation.getSummary(agentId, only(rater), "", "");
        check(count == 2 && value == 50 && decimals == 0, "average without tags");
    }

    function test_clause_readAllFeedbackNeedsTheAgentAlone() public {
        uint256 agentId = agent();
        give(agentId, rater, 1);
        give(agentId, validator, 2);
        vm.prank(rater.addr);
        reputation.revokeFeedback(agentId, 1);
        (address[] memory who, uint64[] memory index, int128[] memory values,,,, bool[] memory revoked) =
            reputation.readAllFeedback(agentId, new address[](0), "", "", false);
        eq(who.length, 1, "without the revoked one");
        check(who[0] == validator.addr && index[0] == 1 && values[0] == 2 && !revoked[0], "the other");
        (who,,,,,, revoked) = reputation.readAllFeedback(agentId, new address[](0), "", "", true);
        check(who.length == 2 && revoked[0], "with it");
    }

    function test_clause_responseCountNeedsTheAgentAlone() public {
        uint256 agentId = agent();
        give(agentId, rater, 1);
        vm.prank(owner.addr);
        reputation.appendResponse(agentId, rater.addr, 1, "ipfs://r", 0);
        address[] memory anybody = new address[](0);
        eq(reputation.getResponseCount(agentId, address(0), 0, anybody), 1, "all");
        eq(reputation.getResponseCount(agentId, rater.addr, 1, only(owner)), 1, "filtered");
        eq(reputation.getResponseCount(agentId, rater.addr, 1, only(rater)), 0, "by another");
    }

    function test_clause_clientsAreListed() public {
        uint256 agentId = agent();
        eq(reputation.getClients(agentId).length, 0, "none");
        give(agentId, rater, 1);
        give(agentId, rater, 1);
        eq(reputation.getClients(agentId).length, 1, "once");
        eq(reputation.getClients(agentId)[0], rater.addr, "the client");
    }

    // --- validation registry ---

    function test_clause_validationRequestByOwnerOrOperator() public {
        uint256 agentId = agent();
        vm.expectRevert(error_("Not authorized"));
        vm.prank(rater.addr);
        validation.validationRequest(validator.addr, agentId, "ipfs://w", REQUEST);
        for (uint256 i = 0; i < 3; ++i) {
            bytes32 hash = keccak256(abi.encode(i));
            vm.recordLogs();
            vm.prank(hands()[i].addr);
            validation.validationRequest(validator.addr, agentId, "ipfs://w", hash);
            Vm.Log memory log = theLog();
            topics(
                log,
                IValidationRegistry.ValidationRequest.selector,
                topic(validator.addr),
                bytes32(agentId),
                hash
            );
            eq(log.data, abi.encode("ipfs://w"), "requestURI");
        }
    }

    function asked() private returns (uint256 agentId) {
        agentId = agent();
        vm.prank(owner.addr);
        validation.validationRequest(validator.addr, agentId, "ipfs://w", REQUEST);
    }

    function answer(Wallet memory by, uint8 response, string memory tag) private {
        vm.prank(by.addr);
        validation.validationResponse(REQUEST, response, "ipfs://r", "hash", tag);
    }

    function test_clause_validationResponseByTheNamedValidator() public {
        asked();
        for (uint256 i = 0; i < 3; ++i) {
            vm.expectRevert(error_("not validator"));
            answer(hands()[i], 100, "");
        }
        answer(validator, 100, "");
    }

    function test_clause_responseIsUpTo100() public {
        asked();
        vm.expectRevert(error_("resp>100"));
        answer(validator, 101, "");
        answer(validator, 0, "");
        answer(validator, 100, "");
    }

    function test_clause_onlyHashAndResponseAreMandatory() public {
        asked();
        vm.prank(validator.addr);
        validation.validationResponse(REQUEST, 1, "", 0, "");
    }

    function test_clause_validationResponseEmitsAndStores() public {
        uint256 agentId = asked();
        vm.warp(START + 9);
        vm.recordLogs();
        answer(validator, 77, "soft finality");
        Vm.Log memory log = theLog();
        topics(
            log,
            IValidationRegistry.ValidationResponse.selector,
            topic(validator.addr),
            bytes32(agentId),
            REQUEST
        );
        eq(log.data, abi.encode(uint8(77), "ipfs://r", bytes32("hash"), "soft finality"), "the rest");
        (address who, uint256 id, uint8 response, bytes32 hash, string memory tag, uint256 time) =
            validation.getValidationStatus(REQUEST);
        check(who == validator.addr && id == agentId && response == 77, "stored");
        eq(hash, "hash", "responseHash");
        eq(tag, "soft finality", "tag");
        eq(time, START + 9, "lastUpdate");
    }

    function test_clause_validationResponseAgain() public {
        asked();
        answer(validator, 100, "soft finality");
        answer(validator, 40, "hard finality");
        (,, uint8 response,, string memory tag,) = validation.getValidationStatus(REQUEST);
        eq(response, 40, "the last one");
        eq(tag, "hard finality", "and its tag");
    }

    function test_clause_validationReads() public {
        uint256 agentId = asked();
        answer(validator, 60, "t");
        (uint64 count, uint8 average) = validation.getSummary(agentId, new address[](0), "");
        check(count == 1 && average == 60, "the agent alone");
        (count, average) = validation.getSummary(agentId, only(validator), "t");
        check(count == 1 && average == 60, "by validator and tag");
        (count,) = validation.getSummary(agentId, only(rater), "t");
        eq(count, 0, "by another");
        eq(validation.getAgentValidations(agentId)[0], REQUEST, "of the agent");
        eq(validation.getValidatorRequests(validator.addr)[0], REQUEST, "to the validator");
    }
}
