// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EthereumDIDRegistry} from "../../src/did/EthereumDIDRegistry.sol";
import {IEthereumDIDRegistry} from "../../src/did/IEthereumDIDRegistry.sol";
import {Checks} from "../support/Checks.sol";
import {Vm, vm} from "../support/Vm.sol";

/// @notice Our ERC-1056 registry beside the published one (npm's ethr-did-registry): the same calls, by the same
/// accounts, in the same blocks.
contract OriginalRegistryTest is Checks {
    string private constant ARTIFACT =
        "node_modules/ethr-did-registry/artifacts/contracts/EthereumDIDRegistry.sol/EthereumDIDRegistry.json";
    uint256 private constant KEYS = 3;
    bytes32[2] private types = [bytes32("veriKey"), bytes32("sigAuth")];

    address private ours;
    address private original;

    function setUp() public {
        ours = address(new EthereumDIDRegistry());
        original = create(vm.parseJsonBytes(vm.readFile(ARTIFACT), ".bytecode"));
        vm.warp(1_800_000_000);
    }

    /// Any calls, plain and signed, by the right accounts and the wrong ones, with any arguments.
    function testFuzz_differential_sameLogsAndState(uint256 seed) public {
        for (uint256 i = 0; i < 16; ++i) {
            uint256 dice = uint256(keccak256(abi.encode(seed, i)));
            bytes memory plain = callOf(dice);
            bool isSigned = dice >> 250 & 1 == 1;
            uint256 signer = 1 + (dice >> 80) % KEYS;
            step(
                vm.addr(1 + (dice >> 88) % KEYS),
                isSigned ? signed(ours, signer, plain) : plain,
                isSigned ? signed(original, signer, plain) : plain
            );
            if (dice >> 251 & 1 == 1) vm.roll(block.number + 1 + dice % 5);
            if (dice >> 252 & 1 == 1) vm.warp(vm.getBlockTimestamp() + dice % 400);
        }
        sameState();
    }

    /// Validities that no clock reaches revert in both.
    function test_differential_validityOverflows() public {
        address who = vm.addr(1);
        uint256[3] memory validities =
            [type(uint256).max, type(uint256).max - 1_800_000_000, type(uint256).max - 1_799_999_999];
        for (uint256 i = 0; i < 3; ++i) {
            bytes memory add =
                abi.encodeCall(IEthereumDIDRegistry.addDelegate, (who, types[0], vm.addr(2), validities[i]));
            step(who, add, add);
            bytes memory set =
                abi.encodeCall(IEthereumDIDRegistry.setAttribute, (who, types[0], "v", validities[i]));
            step(who, set, set);
        }
    }

    /// A malleable signature is one, as it is there.
    function test_differential_malleableSignatures() public {
        address who = vm.addr(1);
        bytes memory plain = abi.encodeCall(IEthereumDIDRegistry.changeOwner, (who, vm.addr(2)));
        step(vm.addr(3), malleable(signed(ours, 1, plain)), malleable(signed(original, 1, plain)));
        eq(IEthereumDIDRegistry(ours).identityOwner(who), vm.addr(2), "changed");
    }

    /// The one difference: a signature that recovers to nobody.
    function test_differential_nobodysSignature() public {
        bytes memory call =
            abi.encodeCall(IEthereumDIDRegistry.changeOwnerSigned, (address(0), 0, 0, 0, address(7)));
        (bool ok,) = original.call(call);
        check(ok, "the original lets anybody act for the zero identity");
        (ok,) = ours.call(call);
        check(!ok, "ours does not");
    }

    function create(bytes memory code) private returns (address made) {
        assembly ("memory-safe") {
            made := create(0, add(code, 0x20), mload(code))
        }
        check(made != address(0), "deployed");
    }

    /// @dev One of the five plain calls.
    function callOf(uint256 dice) private view returns (bytes memory) {
        address identity = vm.addr(1 + (dice >> 8) % KEYS);
        address other = (dice >> 16) % 5 == 0 ? address(0) : vm.addr(1 + (dice >> 16) % KEYS);
        bytes32 name = types[(dice >> 24) % 2];
        uint256 validity = (dice >> 32) % 500;
        bytes memory value = abi.encodePacked(bytes8(uint64(dice >> 40)));
        uint256 kind = dice % 5;
        if (kind == 0) return abi.encodeCall(IEthereumDIDRegistry.changeOwner, (identity, other));
        if (kind == 1) {
            return abi.encodeCall(IEthereumDIDRegistry.addDelegate, (identity, name, other, validity));
        }
        if (kind == 2) return abi.encodeCall(IEthereumDIDRegistry.revokeDelegate, (identity, name, other));
        if (kind == 3) {
            return abi.encodeCall(IEthereumDIDRegistry.setAttribute, (identity, name, value, validity));
        }
        return abi.encodeCall(IEthereumDIDRegistry.revokeAttribute, (identity, name, value));
    }

    /// @dev The signed form of a plain call, by a key that may be the wrong one.
    function signed(address registry, uint256 key, bytes memory plain) private view returns (bytes memory) {
        bytes4 selector = bytes4(plain);
        bytes memory arguments = new bytes(plain.length - 4);
        for (uint256 i = 0; i < arguments.length; ++i) {
            arguments[i] = plain[i + 4];
        }
        address identity = abi.decode(arguments, (address));
        (bytes4 name, bytes memory packed) = packedOf(selector, arguments);
        uint256 nonce =
            IEthereumDIDRegistry(registry).nonce(IEthereumDIDRegistry(registry).identityOwner(identity));
        (uint8 v, bytes32 r, bytes32 s) =
            vm.sign(key, keccak256(abi.encodePacked(hex"1900", registry, nonce, identity, packed)));
        return bytes.concat(name, spliced(arguments, v, r, s));
    }

    function packedOf(bytes4 selector, bytes memory arguments)
        private
        pure
        returns (bytes4 signedSelector, bytes memory packed)
    {
        if (selector == IEthereumDIDRegistry.changeOwner.selector) {
            (, address owner) = abi.decode(arguments, (address, address));
            return (IEthereumDIDRegistry.changeOwnerSigned.selector, abi.encodePacked("changeOwner", owner));
        }
        if (selector == IEthereumDIDRegistry.addDelegate.selector) {
            (, bytes32 kind, address delegate, uint256 validity) =
                abi.decode(arguments, (address, bytes32, address, uint256));
            return (
                IEthereumDIDRegistry.addDelegateSigned.selector,
                abi.encodePacked("addDelegate", kind, delegate, validity)
            );
        }
        if (selector == IEthereumDIDRegistry.revokeDelegate.selector) {
            (, bytes32 kind, address delegate) = abi.decode(arguments, (address, bytes32, address));
            return (
                IEthereumDIDRegistry.revokeDelegateSigned.selector,
                abi.encodePacked("revokeDelegate", kind, delegate)
            );
        }
        if (selector == IEthereumDIDRegistry.setAttribute.selector) {
            (, bytes32 name, bytes memory value, uint256 validity) =
                abi.decode(arguments, (address, bytes32, bytes, uint256));
            return (
                IEthereumDIDRegistry.setAttributeSigned.selector,
                abi.encodePacked("setAttribute", name, value, validity)
            );
        }
        (, bytes32 attribute, bytes memory content) = abi.decode(arguments, (address, bytes32, bytes));
        return (
            IEthereumDIDRegistry.revokeAttributeSigned.selector,
            abi.encodePacked("revokeAttribute", attribute, content)
        );
    }

    /// @dev Three words after the first; what points to later bytes points so much further.
    function spliced(bytes memory arguments, uint8 v, bytes32 r, bytes32 s)
        private
        pure
        returns (bytes memory out)
    {
        uint256 words = arguments.length / 32;
        out = abi.encodePacked(word(arguments, 0), uint256(v), r, s);
        for (uint256 i = 1; i < words; ++i) {
            bytes32 argument = word(arguments, i);
            // the only small number in the third place is where an attribute's value begins
            bool points = i == 2 && (uint256(argument) == 0x60 || uint256(argument) == 0x80);
            out = bytes.concat(out, points ? bytes32(uint256(argument) + 0x60) : argument);
        }
    }

    function word(bytes memory data, uint256 index) private pure returns (bytes32 value) {
        assembly ("memory-safe") {
            value := mload(add(add(data, 0x20), mul(index, 0x20)))
        }
    }

    /// @dev The other signature of the same key for the same digest.
    function malleable(bytes memory data) private pure returns (bytes memory) {
        uint256 order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;
        assembly ("memory-safe") {
            let v := add(data, 0x44)
            mstore(v, sub(55, mload(v)))
            let s := add(data, 0x84)
            mstore(s, sub(order, mload(s)))
        }
        return data;
    }

    function step(address sender, bytes memory toOurs, bytes memory toOriginal) private {
        vm.recordLogs();
        vm.prank(sender);
        (bool ok, bytes memory answer) = ours.call(toOurs);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        vm.prank(sender);
        (bool originalOk, bytes memory originalAnswer) = original.call(toOriginal);
        Vm.Log[] memory originalLogs = vm.getRecordedLogs();
        check(ok == originalOk, "taken or refused");
        eq(answer, originalAnswer, "answer");
        eq(logs.length, originalLogs.length, "logs");
        for (uint256 i = 0; i < logs.length; ++i) {
            eq(abi.encode(logs[i].topics), abi.encode(originalLogs[i].topics), "topics");
            eq(logs[i].data, originalLogs[i].data, "data");
        }
    }

    function sameState() private view {
        (IEthereumDIDRegistry a, IEthereumDIDRegistry b) =
            (IEthereumDIDRegistry(ours), IEthereumDIDRegistry(original));
        for (uint256 i = 1; i <= KEYS; ++i) {
            address who = vm.addr(i);
            eq(a.owners(who), b.owners(who), "owners");
            eq(a.identityOwner(who), b.identityOwner(who), "identityOwner");
            eq(a.changed(who), b.changed(who), "changed");
            eq(a.nonce(who), b.nonce(who), "nonce");
            for (uint256 j = 0; j < 2 * KEYS; ++j) {
                (bytes32 kind, address delegate) = (types[j % 2], vm.addr(1 + j / 2));
                bytes32 key = keccak256(abi.encode(kind));
                eq(a.delegates(who, key, delegate), b.delegates(who, key, delegate), "delegates");
                check(
                    a.validDelegate(who, kind, delegate) == b.validDelegate(who, kind, delegate),
                    "validDelegate"
                );
            }
        }
    }
}
