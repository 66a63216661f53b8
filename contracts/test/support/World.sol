// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CredentialAnchor} from "../../src/anchor/CredentialAnchor.sol";
import {DealEscrow} from "../../src/deal/DealEscrow.sol";
import {IdentityRegistry} from "../../src/identity/IdentityRegistry.sol";
import {ReputationRegistry} from "../../src/reputation/ReputationRegistry.sol";
import {TestUSDC} from "../../src/token/TestUSDC.sol";
import {ValidationRegistry} from "../../src/validation/ValidationRegistry.sol";
import {Checks} from "./Checks.sol";
import {vm} from "./Vm.sol";

/// @notice An account whose key the tests hold.
struct Wallet {
    address addr;
    uint256 key;
}

/// @notice All contracts deployed, and the accounts that use them. With EARNEST_RELEASE=true the contracts
/// are those of abi/, so that every test can also be held against the code that is shipped.
abstract contract World is Checks {
    uint256 internal constant START = 1_800_000_000;

    TestUSDC internal usdc;
    IdentityRegistry internal identity;
    ReputationRegistry internal reputation;
    ValidationRegistry internal validation;
    CredentialAnchor internal anchors;
    DealEscrow internal escrow;

    Wallet internal client = wallet("client");
    Wallet internal payee = wallet("payee");
    Wallet internal stranger = wallet("stranger");
    Wallet internal platform = wallet("platform");

    function setUp() public virtual {
        vm.warp(START);
        if (vm.envOr("EARNEST_RELEASE", false)) {
            deployRelease();
            deployAttestations();
        } else {
            usdc = new TestUSDC();
            identity = new IdentityRegistry();
            reputation = new ReputationRegistry(address(identity));
            escrow = new DealEscrow(identity);
            validation = new ValidationRegistry(address(identity));
            anchors = new CredentialAnchor();
        }
    }

    function deployRelease() internal {
        usdc = TestUSDC(create("TestUSDC", ""));
        identity = IdentityRegistry(create("IdentityRegistry", ""));
        reputation = ReputationRegistry(create("ReputationRegistry", abi.encode(identity)));
        escrow = DealEscrow(create("DealEscrow", abi.encode(identity)));
    }

    /// @dev Apart from the rest, whose gas depends on the addresses that come after it.
    function deployAttestations() internal {
        validation = ValidationRegistry(create("ValidationRegistry", abi.encode(identity)));
        anchors = CredentialAnchor(create("CredentialAnchor", ""));
    }

    function create(string memory name, bytes memory arguments) internal returns (address made) {
        string memory text = vm.trim(vm.readFile(string.concat("abi/", name, ".bin")));
        bytes memory code = bytes.concat(vm.parseBytes(string.concat("0x", text)), arguments);
        assembly ("memory-safe") {
            made := create(0, add(code, 0x20), mload(code))
        }
        check(made != address(0), name);
    }

    function wallet(string memory name) internal returns (Wallet memory made) {
        made.key = uint256(keccak256(bytes(name)));
        made.addr = vm.addr(made.key);
        vm.label(made.addr, name);
    }

    function sign(Wallet memory signer, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(signer.key, digest);
        return abi.encodePacked(r, s, v);
    }

    /// @dev The digest of a struct in a contract's EIP-712 domain.
    function digestIn(bytes32 domainSeparator, bytes32 structHash) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(hex"1901", domainSeparator, structHash));
    }

    function now_() internal view returns (uint256) {
        return vm.getBlockTimestamp();
    }

    function register(Wallet memory owner) internal returns (uint256 agentId) {
        vm.prank(owner.addr);
        return identity.register();
    }
}
