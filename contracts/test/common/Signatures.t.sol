// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Signatures} from "../../src/common/Signatures.sol";
import {Checks} from "../support/Checks.sol";
import {Contract1271} from "../support/Contract1271.sol";
import {vm} from "../support/Vm.sol";

contract SignaturesTest is Checks {
    uint256 private constant KEY = 0xA11CE;
    address private immutable signer = vm.addr(KEY);

    function isValid(address by, bytes32 digest, bytes calldata signature) external view returns (bool) {
        return Signatures.isValid(by, digest, signature);
    }

    function signed(bytes32 digest) private pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(KEY, digest);
        return abi.encodePacked(r, s, v);
    }

    function testFuzz_signatures_ofAKey(bytes32 digest, bytes32 other) public view {
        vm.assume(digest != other);
        bytes memory signature = signed(digest);
        check(this.isValid(signer, digest, signature), "own");
        check(!this.isValid(signer, other, signature), "another digest");
        check(!this.isValid(address(1), digest, signature), "another signer");
        check(!this.isValid(address(0), digest, signature), "nobody");
    }

    function testFuzz_signatures_noiseIsNobodys(bytes32 digest, bytes memory noise) public view {
        check(!this.isValid(signer, digest, noise), "noise");
        check(!this.isValid(address(0), digest, noise), "nobody");
        check(!this.isValid(address(this), digest, noise), "a contract without ERC-1271");
    }

    function test_signatures_ofAContract() public {
        address safe = address(new Contract1271(signer));
        check(this.isValid(safe, "digest", signed("digest")), "owner's");
        check(!this.isValid(safe, "another", signed("digest")), "another digest");
    }

    function test_signatures_ofAKeyWithDelegatedCode() public {
        vm.etch(signer, hex"ef0100000000000000000000000000000000000000beef");
        check(this.isValid(signer, "digest", signed("digest")), "the key still counts");
        check(!this.isValid(signer, "another", signed("digest")), "for its own digest alone");
    }

    /// What a contract must answer is the magic value in a full word; anything else is a no.
    function test_signatures_refuseOddAnswers() public {
        bytes[5] memory codes = [
            bytes(hex"631626ba7e60e01b60005260046000f3"), // the four bytes alone
            hex"631626ba7e60e01b6001176000526020" // the four bytes and dirt
            hex"6000f3",
            hex"60016000526020" // true
            hex"6000f3",
            hex"60006000fd", // reverts
            hex"5b600056" // burns all gas
        ];
        for (uint256 i = 0; i < codes.length; ++i) {
            address odd = address(uint160(0xdd0 + i));
            vm.etch(odd, codes[i]);
            check(!this.isValid{gas: 1_000_000}(odd, "digest", hex"01"), vm.toString(i));
        }
        vm.etch(address(0xddf), hex"631626ba7e60e01b60005260206000f3");
        check(this.isValid(address(0xddf), "digest", hex"01"), "the magic value");
        check(this.isValid(address(0xddf), "digest", ""), "to no signature at all");
    }
}
