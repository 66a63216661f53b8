// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IReputationRegistry} from "../../src/reputation/IReputationRegistry.sol";
import {ReputationRegistry} from "../../src/reputation/ReputationRegistry.sol";
import {vm} from "../support/Vm.sol";
import {Wallet, World} from "../support/World.sol";

contract ReputationRegistryTest is World {
    Wallet private owner = wallet("owner");
    Wallet private rater = wallet("rater");
    Wallet private other = wallet("other rater");
    uint256 private agentId;

    function setUp() public override {
        super.setUp();
        agentId = register(owner);
    }

    function error_(string memory text) private pure returns (bytes memory) {
        return abi.encodeWithSignature("Error(string)", text);
    }

    function give(Wallet memory by, int128 value, uint8 decimals, string memory tag1, string memory tag2)
        private
    {
        vm.prank(by.addr);
        reputation.giveFeedback(agentId, value, decimals, tag1, tag2, "", "", 0);
    }

    function clients(Wallet memory a) private pure returns (address[] memory list) {
        list = new address[](1);
        list[0] = a.addr;
    }

    function clients(Wallet memory a, Wallet memory b) private pure returns (address[] memory list) {
        list = new address[](2);
        (list[0], list[1]) = (a.addr, b.addr);
    }

    function summary(
        address[] memory who,
        string memory tag1,
        string memory tag2,
        uint64 n,
        int128 v,
        uint8 d
    ) private view {
        (uint64 count, int128 value, uint8 decimals) = reputation.getSummary(agentId, who, tag1, tag2);
        eq(count, n, "count");
        check(value == v, "value");
        eq(decimals, d, "decimals");
    }

    function test_reputation_versionRegistryAndSelectors() public {
        eq(reputation.getVersion(), "2.0.0", "version");
        eq(reputation.getIdentityRegistry(), address(identity), "identity");
        check(reputation.giveFeedback.selector == 0x3c036a7e, "giveFeedback");
        vm.expectRevert(error_("bad identity"));
        new ReputationRegistry(address(0));
    }

    function test_giveFeedback_isStoredAndLogged() public {
        vm.expectEmit(address(reputation));
        emit IReputationRegistry.NewFeedback(
            agentId, rater.addr, 1, -9977, 2, "uptime", "uptime", "day", "https://e", "ipfs://f", "hash"
        );
        vm.prank(rater.addr);
        reputation.giveFeedback(agentId, -9977, 2, "uptime", "day", "https://e", "ipfs://f", "hash");
        (int128 value, uint8 decimals, string memory tag1, string memory tag2, bool revoked) =
            reputation.readFeedback(agentId, rater.addr, 1);
        check(value == -9977 && decimals == 2 && !revoked, "entry");
        eq(tag1, "uptime", "tag1");
        eq(tag2, "day", "tag2");
        eq(reputation.getLastIndex(agentId, rater.addr), 1, "index");
        eq(reputation.getClients(agentId).length, 1, "clients");
    }

    function test_giveFeedback_topicOfTheStandard() public {
        vm.recordLogs();
        give(rater, 1, 0, "", "");
        check(bytes4(vm.getRecordedLogs()[0].topics[0]) == 0x6a4a6174, "topic");
    }

    function test_giveFeedback_countsPerClient() public {
        give(rater, 1, 0, "", "");
        give(rater, 2, 0, "", "");
        give(other, 3, 0, "", "");
        eq(reputation.getLastIndex(agentId, rater.addr), 2, "rater");
        eq(reputation.getLastIndex(agentId, other.addr), 1, "other");
        address[] memory all = reputation.getClients(agentId);
        eq(all.length, 2, "once each");
        eq(all[0], rater.addr, "in order");
    }

    function test_giveFeedback_refusals() public {
        vm.expectRevert(error_("too many decimals"));
        give(rater, 1, 19, "", "");
        vm.expectRevert(error_("value too large"));
        give(rater, 1e38 + 1, 0, "", "");
        vm.expectRevert(error_("value too large"));
        give(rater, -1e38 - 1, 0, "", "");
        vm.expectRevert(abi.encodeWithSignature("ERC721NonexistentToken(uint256)", 99));
        reputation.giveFeedback(99, 1, 0, "", "", "", "", 0);
        give(rater, 1e38, 18, "", "");
        give(rater, -1e38, 18, "", "");
    }

    /// The reference bars owner and operators; an agent's wallet is the agent as well.
    function test_giveFeedback_barsTheAgentItself() public {
        Wallet memory hot = wallet("hot wallet");
        bytes32 typeHash =
            keccak256("AgentWalletSet(uint256 agentId,address newWallet,address owner,uint256 deadline)");
        bytes32 digest = digestIn(
            identity.DOMAIN_SEPARATOR(),
            keccak256(abi.encode(typeHash, agentId, hot.addr, owner.addr, now_()))
        );
        vm.prank(owner.addr);
        identity.setAgentWallet(agentId, hot.addr, now_(), sign(hot, digest));
        vm.prank(owner.addr);
        identity.approve(other.addr, agentId);
        Wallet[3] memory selves = [owner, other, hot];
        for (uint256 i = 0; i < selves.length; ++i) {
            vm.expectRevert(error_("Self-feedback not allowed"));
            give(selves[i], 100, 0, "", "");
        }
        give(rater, 100, 0, "", "");
    }

    function test_revokeFeedback() public {
        give(rater, 50, 0, "", "");
        give(rater, 100, 0, "", "");
        vm.expectEmit(address(reputation));
        emit IReputationRegistry.FeedbackRevoked(agentId, rater.addr, 1);
        vm.prank(rater.addr);
        reputation.revokeFeedback(agentId, 1);
        (,,,, bool revoked) = reputation.readFeedback(agentId, rater.addr, 1);
        check(revoked, "revoked");
        summary(clients(rater), "", "", 1, 100, 0);
        vm.expectRevert(error_("Already revoked"));
        vm.prank(rater.addr);
        reputation.revokeFeedback(agentId, 1);
        vm.expectRevert(error_("index must be > 0"));
        vm.prank(rater.addr);
        reputation.revokeFeedback(agentId, 0);
        vm.expectRevert(error_("index out of bounds"));
        vm.prank(other.addr);
        reputation.revokeFeedback(agentId, 1);
    }

    function test_readFeedback_refusals() public {
        vm.expectRevert(error_("index must be > 0"));
        reputation.readFeedback(agentId, rater.addr, 0);
        vm.expectRevert(error_("index out of bounds"));
        reputation.readFeedback(agentId, rater.addr, 1);
    }

    function test_getSummary_needsClients() public {
        vm.expectRevert(error_("clientAddresses required"));
        reputation.getSummary(agentId, new address[](0), "", "");
    }

    function test_getSummary_ofNothing() public view {
        summary(clients(rater), "", "", 0, 0, 0);
    }

    function test_getSummary_filtersByTags() public {
        give(rater, 10, 0, "a", "x");
        give(rater, 20, 0, "a", "y");
        give(other, 60, 0, "b", "x");
        summary(clients(rater, other), "", "", 3, 30, 0);
        summary(clients(rater, other), "a", "", 2, 15, 0);
        summary(clients(rater, other), "", "x", 2, 35, 0);
        summary(clients(rater, other), "a", "y", 1, 20, 0);
        summary(clients(rater, other), "never used", "", 0, 0, 0);
        summary(clients(other), "a", "", 0, 0, 0);
    }

    function test_getSummary_averagesInTheDecimalsMostUsed() public {
        give(rater, 9977, 2, "", ""); // 99.77
        give(rater, 9955, 2, "", ""); // 99.55
        give(other, 100, 0, "", ""); // 100
        summary(clients(rater, other), "", "", 3, 9977, 2); // 99.7733
        give(other, 100, 0, "", "");
        summary(clients(rater, other), "", "", 4, 99, 0); // a tie: the fewest decimals, rounded to zero
        give(wallet("third"), -100_000, 0, "", "");
        summary(clients(wallet("third"), rater), "", "", 3, -3_326_689, 2);
    }

    /// An average that no int128 can say is held at its end; the reference wraps it round.
    function test_getSummary_holdsAtTheEnds() public {
        give(rater, 1e38, 0, "", "");
        give(rater, 0, 18, "", "");
        give(rater, 0, 18, "", "");
        summary(clients(rater), "", "", 3, type(int128).max, 18);
        give(other, -1e38, 0, "", "");
        give(other, 0, 18, "", "");
        give(other, 0, 18, "", "");
        summary(clients(other), "", "", 3, type(int128).min, 18);
    }

    function test_readAllFeedback() public {
        give(rater, 1, 0, "a", "");
        give(rater, 2, 1, "b", "y");
        give(other, 3, 2, "a", "");
        vm.prank(rater.addr);
        reputation.revokeFeedback(agentId, 1);
        address[] memory all = new address[](0);
        (address[] memory who, uint64[] memory index,,, string[] memory tag1s,, bool[] memory revoked) =
            reputation.readAllFeedback(agentId, all, "", "", true);
        eq(who.length, 3, "everything");
        eq(who[2], other.addr, "in the clients' order");
        eq(index[1], 2, "and the indexes'");
        check(revoked[0] && !revoked[1], "revoked");
        eq(tag1s[1], "b", "tag1");
        int128[] memory values;
        uint8[] memory decimals;
        (who,, values, decimals,,,) = reputation.readAllFeedback(agentId, all, "a", "", false);
        eq(who.length, 1, "one with the tag that is not revoked");
        check(values[0] == 3 && decimals[0] == 2, "value");
        (who,,,,,,) = reputation.readAllFeedback(agentId, clients(rater), "", "", false);
        eq(who.length, 1, "of the client asked for");
    }

    function test_appendResponse_andTheirCount() public {
        give(rater, 1, 0, "", "");
        give(rater, 1, 0, "", "");
        vm.expectEmit(address(reputation));
        emit IReputationRegistry.ResponseAppended(agentId, rater.addr, 1, owner.addr, "ipfs://r", "hash");
        vm.prank(owner.addr);
        reputation.appendResponse(agentId, rater.addr, 1, "ipfs://r", "hash");
        for (uint64 i = 1; i <= 2; ++i) {
            vm.prank(other.addr);
            reputation.appendResponse(agentId, rater.addr, i, "ipfs://spam", 0);
        }
        address[] memory anybody = new address[](0);
        eq(reputation.getResponseCount(agentId, rater.addr, 1, anybody), 2, "of the entry");
        eq(reputation.getResponseCount(agentId, rater.addr, 0, anybody), 3, "of the client's entries");
        eq(reputation.getResponseCount(agentId, address(0), 0, anybody), 3, "of all");
        eq(reputation.getResponseCount(agentId, address(0), 0, clients(owner)), 1, "by the owner");
    }

    function test_appendResponse_toRevokedFeedback() public {
        give(rater, 1, 0, "", "");
        vm.prank(rater.addr);
        reputation.revokeFeedback(agentId, 1);
        vm.prank(owner.addr);
        reputation.appendResponse(agentId, rater.addr, 1, "ipfs://why", "hash");
        address[] memory anybody = new address[](0);
        eq(reputation.getResponseCount(agentId, rater.addr, 1, anybody), 1, "of the entry");
        eq(reputation.getResponseCount(agentId, address(0), 0, anybody), 1, "of all");
    }

    function test_appendResponse_refusals() public {
        give(rater, 1, 0, "", "");
        vm.expectRevert(error_("Empty URI"));
        reputation.appendResponse(agentId, rater.addr, 1, "", 0);
        vm.expectRevert(error_("index must be > 0"));
        reputation.appendResponse(agentId, rater.addr, 0, "x", 0);
        vm.expectRevert(error_("index out of bounds"));
        reputation.appendResponse(agentId, rater.addr, 2, "x", 0);
    }

    function test_getClientsPage() public {
        give(rater, 1, 0, "", "");
        give(other, 1, 0, "", "");
        (address[] memory part, uint256 total) = reputation.getClientsPage(agentId, 1, 5);
        eq(total, 2, "total");
        eq(part.length, 1, "the rest");
        eq(part[0], other.addr, "in order");
        (part,) = reputation.getClientsPage(agentId, 0, 1);
        eq(part[0], rater.addr, "the first");
        (part,) = reputation.getClientsPage(agentId, type(uint256).max, type(uint256).max);
        eq(part.length, 0, "beyond the end");
    }

    function test_readFeedbackPage_refusals() public {
        vm.expectRevert(error_("limit required"));
        reputation.readFeedbackPage(agentId, "", "", true, 0, 0);
    }

    /// A stranger's cursor gives nothing that is not there, and comes to an end.
    function testFuzz_readFeedbackPage_ofAnyCursor(uint256 cursor, uint256 limit) public {
        vm.assume(limit != 0);
        give(rater, 1, 0, "", "");
        give(other, 2, 0, "", "");
        IReputationRegistry.FeedbackEntry[] memory page;
        for (uint256 pages = 0; pages < 4; ++pages) {
            (page, cursor) = reputation.readFeedbackPage(agentId, "", "", true, cursor, limit);
            check(page.length <= 2, "what there is");
            if (cursor == 0) return;
        }
        check(false, "it ends");
    }

    function test_readFeedbackPage_ofCursorsBeyondAClientsEntries() public {
        give(rater, 1, 0, "", "");
        give(other, 2, 0, "", "");
        (IReputationRegistry.FeedbackEntry[] memory page, uint256 next) =
            reputation.readFeedbackPage(agentId, "", "", true, type(uint64).max, 10);
        eq(page.length, 1, "the next client's");
        eq(page[0].client, other.addr, "client");
        eq(next, 0, "the end");
        (page, next) = reputation.readFeedbackPage(agentId, "", "", true, 1 << 64 | type(uint64).max, 10);
        check(page.length == 0 && next == 0, "nobody after the last client");
        (page, next) = reputation.readFeedbackPage(agentId, "", "", true, type(uint256).max, 10);
        check(page.length == 0 && next == 0, "no such client");
    }

    function test_readFeedbackPage_readsAtMostItsMaximum() public {
        for (uint256 i = 0; i <= reputation.MAX_PAGE(); ++i) {
            give(rater, 1, 0, i == 0 ? "rare" : "", "");
        }
        (IReputationRegistry.FeedbackEntry[] memory page, uint256 next) =
            reputation.readFeedbackPage(agentId, "", "", true, 0, type(uint256).max);
        eq(page.length, reputation.MAX_PAGE(), "no more");
        (page, next) = reputation.readFeedbackPage(agentId, "", "", true, next, type(uint256).max);
        check(page.length == 1 && next == 0, "the rest");
        (page, next) = reputation.readFeedbackPage(agentId, "rare", "", true, 1, 5);
        check(page.length == 0 && next == 6, "what is left out was read");
    }

    /// Pages of any size, put together, are what the standard's read gives at once.
    function testFuzz_readFeedbackPage_isTheWhole(uint256 seed, uint8 size, bool revoked) public {
        string[3] memory tags = ["", "a", "b"];
        for (uint256 i = 0; i < seed % 13; ++i) {
            uint256 dice = uint256(keccak256(abi.encode(seed, i)));
            Wallet memory by = wallet(string.concat("rater ", vm.toString(dice % 3)));
            give(by, int128(int256(i)), uint8(dice % 19), tags[(dice >> 8) % 3], tags[(dice >> 16) % 3]);
            if ((dice >> 24) % 4 != 0) continue;
            uint64 index = reputation.getLastIndex(agentId, by.addr);
            vm.prank(by.addr);
            reputation.revokeFeedback(agentId, index);
        }
        uint256 limit = within(size, 1, 15);
        for (uint256 i = 0; i < 9; ++i) {
            _holdPagesAgainstTheWhole(tags[i % 3], tags[i / 3], revoked, limit);
        }
    }

    /// @dev What the standard gives at once.
    struct Whole {
        address[] clients;
        uint64[] indexes;
        int128[] values;
        uint8[] decimals;
        string[] tag1s;
        string[] tag2s;
        bool[] revoked;
    }

    function _holdPagesAgainstTheWhole(string memory tag1, string memory tag2, bool revoked, uint256 limit)
        private
        view
    {
        Whole memory whole;
        (
            whole.clients,
            whole.indexes,
            whole.values,
            whole.decimals,
            whole.tag1s,
            whole.tag2s,
            whole.revoked
        ) = reputation.readAllFeedback(agentId, new address[](0), tag1, tag2, revoked);
        uint256 place = 0;
        uint256 cursor = 0;
        do {
            IReputationRegistry.FeedbackEntry[] memory page;
            (page, cursor) = reputation.readFeedbackPage(agentId, tag1, tag2, revoked, cursor, limit);
            check(page.length <= limit, "within its limit");
            for (uint256 i = 0; i < page.length; ++i) {
                _same(page[i], whole, place++);
            }
        } while (cursor != 0);
        eq(place, whole.clients.length, "all of it");
    }

    function _same(IReputationRegistry.FeedbackEntry memory entry, Whole memory whole, uint256 place)
        private
        pure
    {
        eq(entry.client, whole.clients[place], "client");
        eq(entry.feedbackIndex, whole.indexes[place], "index");
        check(entry.value == whole.values[place], "value");
        eq(entry.valueDecimals, whole.decimals[place], "decimals");
        eq(entry.tag1, whole.tag1s[place], "tag1");
        eq(entry.tag2, whole.tag2s[place], "tag2");
        check(entry.isRevoked == whole.revoked[place], "revoked");
    }

    /// The average against a plain sum over random entries of one number of decimals.
    function testFuzz_getSummary_isTheMean(int64[6] memory values, uint8 decimals, uint8 revokedBits) public {
        uint8 d = uint8(within(decimals, 0, 18));
        int256 sum;
        int256 n;
        for (uint64 i = 0; i < 6; ++i) {
            give(rater, values[i], d, "", "");
            if (revokedBits >> i & 1 == 1) {
                vm.prank(rater.addr);
                reputation.revokeFeedback(agentId, i + 1);
            } else {
                (sum, n) = (sum + values[i], n + 1);
            }
        }
        if (n == 0) summary(clients(rater), "", "", 0, 0, 0);
        else summary(clients(rater), "", "", uint64(uint256(n)), int128(sum / n), d);
    }
}
