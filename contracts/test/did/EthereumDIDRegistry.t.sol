// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EthereumDIDRegistry} from "../../src/did/EthereumDIDRegistry.sol";
import {IEthereumDIDRegistry} from "../../src/did/IEthereumDIDRegistry.sol";
import {Checks} from "../support/Checks.sol";
import {vm} from "../support/Vm.sol";

/// @notice ERC-1056: ownership, delegates, attributes, their events, and the signed payloads.
contract EthereumDIDRegistryTest is Checks {
    uint256 private constant IDENTITY_KEY = 0xa11ce;
    uint256 private constant OTHER_KEY = 0xb0b;
    bytes32 private constant VERI_KEY = "veriKey";
    bytes32 private constant SERVICE = "did/svc/HubService";

    bytes private constant BAD_ACTOR = abi.encodeWithSignature("Error(string)", "bad_actor");
    bytes private constant BAD_SIGNATURE = abi.encodeWithSignature("Error(string)", "bad_signature");

    EthereumDIDRegistry private registry;
    address private identity;
    address private other;

    function setUp() public {
        registry = new EthereumDIDRegistry();
        identity = vm.addr(IDENTITY_KEY);
        other = vm.addr(OTHER_KEY);
    }

    function test_identity_owns_itself_until_changed() public {
        eq(registry.identityOwner(identity), identity, "own owner");
        eq(registry.changed(identity), 0, "never changed");

        vm.expectEmit(address(registry));
        emit IEthereumDIDRegistry.DIDOwnerChanged(identity, other, 0);
        vm.prank(identity);
        registry.changeOwner(identity, other);

        eq(registry.identityOwner(identity), other, "new owner");
        eq(registry.owners(identity), other, "on record");
        eq(registry.changed(identity), block.number, "changed now");
    }

    function test_former_owner_has_no_say() public {
        vm.prank(identity);
        registry.changeOwner(identity, other);
        vm.prank(identity);
        vm.expectRevert(BAD_ACTOR);
        registry.changeOwner(identity, identity);
    }

    function test_owner_zero_gives_the_identity_back() public {
        vm.prank(identity);
        registry.changeOwner(identity, other);
        vm.prank(other);
        registry.changeOwner(identity, address(0));
        eq(registry.identityOwner(identity), identity, "itself again");
    }

    function testFuzz_only_the_owner_acts(address actor) public {
        vm.assume(actor != identity);
        vm.prank(actor);
        vm.expectRevert(BAD_ACTOR);
        registry.changeOwner(identity, actor);
        vm.prank(actor);
        vm.expectRevert(BAD_ACTOR);
        registry.addDelegate(identity, VERI_KEY, actor, 1);
        vm.prank(actor);
        vm.expectRevert(BAD_ACTOR);
        registry.revokeDelegate(identity, VERI_KEY, actor);
        vm.prank(actor);
        vm.expectRevert(BAD_ACTOR);
        registry.setAttribute(identity, SERVICE, "x", 1);
        vm.prank(actor);
        vm.expectRevert(BAD_ACTOR);
        registry.revokeAttribute(identity, SERVICE, "x");
    }

    function testFuzz_delegate_stands_for_its_validity(uint32 validity, uint32 later) public {
        uint256 start = vm.getBlockTimestamp();
        vm.expectEmit(address(registry));
        emit IEthereumDIDRegistry.DIDDelegateChanged(identity, VERI_KEY, other, start + validity, 0);
        vm.prank(identity);
        registry.addDelegate(identity, VERI_KEY, other, validity);

        vm.warp(start + later);
        check(registry.validDelegate(identity, VERI_KEY, other) == (later < validity), "stands while valid");
        check(!registry.validDelegate(identity, "sigAuth", other), "for this purpose alone");
    }

    function test_revoked_delegate_ends_at_once() public {
        vm.prank(identity);
        registry.addDelegate(identity, VERI_KEY, other, 1 days);
        vm.prank(identity);
        registry.revokeDelegate(identity, VERI_KEY, other);
        check(!registry.validDelegate(identity, VERI_KEY, other), "ended");
    }

    function test_attributes_live_in_events() public {
        uint256 start = vm.getBlockTimestamp();
        vm.expectEmit(address(registry));
        emit IEthereumDIDRegistry.DIDAttributeChanged(identity, SERVICE, "https://a.example", start + 10, 0);
        vm.prank(identity);
        registry.setAttribute(identity, SERVICE, "https://a.example", 10);

        vm.expectEmit(address(registry));
        emit IEthereumDIDRegistry.DIDAttributeChanged(identity, SERVICE, "https://a.example", 0, block.number);
        vm.prank(identity);
        registry.revokeAttribute(identity, SERVICE, "https://a.example");
    }

    // --- signed ---

    function test_signed_owner_change_by_anybody() public {
        bytes memory call = abi.encodePacked("changeOwner", other);
        (uint8 v, bytes32 r, bytes32 s) = signed(IDENTITY_KEY, call);
        registry.changeOwnerSigned(identity, v, r, s, other);
        eq(registry.identityOwner(identity), other, "changed");
        eq(registry.nonce(identity), 1, "consumed");
    }

    function test_signature_works_once() public {
        bytes memory call = abi.encodePacked("addDelegate", VERI_KEY, other, uint256(1 days));
        (uint8 v, bytes32 r, bytes32 s) = signed(IDENTITY_KEY, call);
        registry.addDelegateSigned(identity, v, r, s, VERI_KEY, other, 1 days);
        check(registry.validDelegate(identity, VERI_KEY, other), "stands");
        vm.expectRevert(BAD_SIGNATURE);
        registry.addDelegateSigned(identity, v, r, s, VERI_KEY, other, 1 days);
    }

    function test_every_signed_function() public {
        (uint8 v, bytes32 r, bytes32 s) =
            signed(IDENTITY_KEY, abi.encodePacked("revokeDelegate", VERI_KEY, other));
        registry.revokeDelegateSigned(identity, v, r, s, VERI_KEY, other);

        bytes memory value = "https://a.example";
        (v, r, s) = signed(IDENTITY_KEY, abi.encodePacked("setAttribute", SERVICE, value, uint256(10)));
        registry.setAttributeSigned(identity, v, r, s, SERVICE, value, 10);

        (v, r, s) = signed(IDENTITY_KEY, abi.encodePacked("revokeAttribute", SERVICE, value));
        registry.revokeAttributeSigned(identity, v, r, s, SERVICE, value);
        eq(registry.nonce(identity), 3, "three payloads");
    }

    function test_signature_of_another_account_is_refused() public {
        (uint8 v, bytes32 r, bytes32 s) = signed(OTHER_KEY, abi.encodePacked("changeOwner", other));
        vm.expectRevert(BAD_SIGNATURE);
        registry.changeOwnerSigned(identity, v, r, s, other);
    }

    function test_unrecoverable_signature_does_not_own_the_zero_identity() public {
        vm.expectRevert(BAD_SIGNATURE);
        registry.changeOwnerSigned(address(0), 0, 0, 0, other);
    }

    function signed(uint256 key, bytes memory call) private view returns (uint8 v, bytes32 r, bytes32 s) {
        uint256 nonce = registry.nonce(registry.identityOwner(identity));
        return vm.sign(key, keccak256(abi.encodePacked(hex"1900", address(registry), nonce, identity, call)));
    }
}
