// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICredentialAnchor} from "../../src/anchor/ICredentialAnchor.sol";
import {vm} from "../support/Vm.sol";
import {Wallet, World} from "../support/World.sol";

contract CredentialAnchorTest is World {
    bytes32 private constant ROOT = "root";
    bytes32 private constant LIST = keccak256("https://issuer.example/status/1");

    Wallet private issuer = wallet("issuer");
    Wallet private other = wallet("other issuer");

    /// @dev An entry of a batch.
    struct Entry {
        bytes32 subject;
        bytes32 digest;
    }

    function anchor(Wallet memory by, bytes32 root) private {
        vm.prank(by.addr);
        anchors.anchor(root);
    }

    function test_anchor_isStoredAndLoggedWithItsTime() public {
        vm.expectEmit(address(anchors));
        emit ICredentialAnchor.Anchored(issuer.addr, ROOT);
        anchor(issuer, ROOT);
        eq(anchors.anchoredAt(issuer.addr, ROOT), START, "time");
        eq(anchors.anchoredAt(issuer.addr, "another"), 0, "no other root");
    }

    function test_anchor_isEachIssuersOwn() public {
        anchor(issuer, ROOT);
        eq(anchors.anchoredAt(other.addr, ROOT), 0, "not the other's");
        vm.warp(START + 1 days);
        anchor(other, ROOT);
        eq(anchors.anchoredAt(issuer.addr, ROOT), START, "the one's");
        eq(anchors.anchoredAt(other.addr, ROOT), START + 1 days, "the other's");
    }

    function test_anchor_refusals() public {
        vm.expectRevert(ICredentialAnchor.EmptyRoot.selector);
        anchor(issuer, 0);
        anchor(issuer, ROOT);
        vm.warp(START + 1 days);
        vm.expectRevert(abi.encodeWithSelector(ICredentialAnchor.AlreadyAnchored.selector, START));
        anchor(issuer, ROOT);
        eq(anchors.anchoredAt(issuer.addr, ROOT), START, "the first time stands");
    }

    function test_provenAt_ofAnEntryAlone() public {
        bytes32 digest = sha256("a status list");
        anchor(issuer, anchors.leafOf(LIST, digest));
        bytes32[] memory none = new bytes32[](0);
        eq(anchors.provenAt(issuer.addr, LIST, digest, none), START, "proven");
        eq(anchors.provenAt(other.addr, LIST, digest, none), 0, "of its issuer alone");
        eq(anchors.provenAt(issuer.addr, "other list", digest, none), 0, "of its subject alone");
        eq(anchors.provenAt(issuer.addr, LIST, sha256("another"), none), 0, "of its content alone");
    }

    function test_leafOf_isTheStandardTreesLeaf() public view {
        bytes32 digest = sha256("a status list");
        bytes32 leaf = keccak256(bytes.concat(keccak256(abi.encode(LIST, digest))));
        eq(anchors.leafOf(LIST, digest), leaf, "leaf");
    }

    /// Two children that are taken for an entry hash to another leaf than their parent.
    function test_provenAt_takesNoInnerNodeForAnEntry() public {
        bytes32 one = anchors.leafOf("1", "1");
        bytes32 two = anchors.leafOf("2", "2");
        anchor(issuer, pair(one, two));
        (bytes32 low, bytes32 high) = one < two ? (one, two) : (two, one);
        eq(anchors.provenAt(issuer.addr, low, high, new bytes32[](0)), 0, "no entry");
    }

    /// Every entry of a batch of any size is proven by its own proof, and by no other's.
    function testFuzz_provenAt_everyEntryOfABatch(uint8 size, uint256 seed) public {
        Entry[] memory entries = entriesOf(within(size, 1, 17), seed);
        bytes32[][] memory levels = levelsOf(entries);
        anchor(issuer, levels[levels.length - 1][0]);
        for (uint256 i = 0; i < entries.length; ++i) {
            bytes32[] memory proof = proofOf(levels, i);
            eq(proven(entries[i], proof), START, "proven");
            Entry memory forged = Entry(entries[i].subject, ~entries[i].digest);
            eq(proven(forged, proof), 0, "forged");
            if (proof.length == 0) continue;
            proof[seed % proof.length] = ~proof[seed % proof.length];
            eq(proven(entries[i], proof), 0, "by another proof");
        }
    }

    function testFuzz_anchor_firstTimeStands(address who, bytes32 root, uint32 later) public {
        vm.assume(root != 0);
        vm.prank(who);
        anchors.anchor(root);
        vm.warp(START + later);
        vm.expectRevert(abi.encodeWithSelector(ICredentialAnchor.AlreadyAnchored.selector, START));
        vm.prank(who);
        anchors.anchor(root);
        eq(anchors.anchoredAt(who, root), START, "time");
    }

    function proven(Entry memory entry, bytes32[] memory proof) private view returns (uint256) {
        return anchors.provenAt(issuer.addr, entry.subject, entry.digest, proof);
    }

    function entriesOf(uint256 size, uint256 seed) private pure returns (Entry[] memory entries) {
        entries = new Entry[](size);
        for (uint256 i = 0; i < size; ++i) {
            entries[i] =
                Entry(keccak256(abi.encode(seed, i, "subject")), keccak256(abi.encode(seed, i, "digest")));
        }
    }

    /// @dev From the leaves to the root; one without a sibling goes up as it is.
    function levelsOf(Entry[] memory entries) private view returns (bytes32[][] memory levels) {
        uint256 depth = 1;
        for (uint256 n = entries.length; n > 1; n = (n + 1) / 2) {
            ++depth;
        }
        levels = new bytes32[][](depth);
        levels[0] = new bytes32[](entries.length);
        for (uint256 i = 0; i < entries.length; ++i) {
            levels[0][i] = anchors.leafOf(entries[i].subject, entries[i].digest);
        }
        for (uint256 d = 1; d < depth; ++d) {
            bytes32[] memory below = levels[d - 1];
            levels[d] = new bytes32[]((below.length + 1) / 2);
            for (uint256 i = 0; i < levels[d].length; ++i) {
                bool alone = 2 * i + 1 == below.length;
                levels[d][i] = alone ? below[2 * i] : pair(below[2 * i], below[2 * i + 1]);
            }
        }
    }

    function proofOf(bytes32[][] memory levels, uint256 place) private pure returns (bytes32[] memory proof) {
        proof = new bytes32[](levels.length - 1);
        uint256 n = 0;
        for (uint256 d = 0; d + 1 < levels.length; ++d) {
            if (place ^ 1 < levels[d].length) proof[n++] = levels[d][place ^ 1];
            place /= 2;
        }
        assembly ("memory-safe") {
            mstore(proof, n)
        }
    }

    function pair(bytes32 a, bytes32 b) private pure returns (bytes32) {
        return a < b ? keccak256(abi.encode(a, b)) : keccak256(abi.encode(b, a));
    }
}
