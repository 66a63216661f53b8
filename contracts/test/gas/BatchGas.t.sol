// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CallBatch} from "../../src/batch/CallBatch.sol";
import {TestUSDC} from "../../src/token/TestUSDC.sol";
import {vm} from "../support/Vm.sol";
import {Wallet, World} from "../support/World.sol";

/// @notice Gas of EIP-3009 payments of TestUSDC by different payers to one payee, alone and in a batch; whole
/// transactions of the code in abi/, into snapshots/.
contract BatchGasTest is World {
    string private constant BATCH = "CallBatch";
    CallBatch private batch;

    function setUp() public override {
        vm.warp(START);
        deployRelease();
        batch = CallBatch(create("CallBatch", ""));
        usdc.mint(payee.addr, 1);
    }

    function test_gas_paymentAlone() public {
        bytes memory payment = payment_(0);
        (bool done,) = address(usdc).call(payment);
        check(done, "paid");
        vm.snapshotGasLastCall(BATCH, "transferWithAuthorization, alone");
    }

    function test_gas_payments() public {
        _pay(1, "execute, 1 payment");
    }

    function test_gas_payments8() public {
        _pay(8, "execute, 8 payments");
    }

    function test_gas_payments64() public {
        _pay(64, "execute, 64 payments");
    }

    function test_gas_refusedPayments() public {
        CallBatch.Item[] memory items = new CallBatch.Item[](8);
        for (uint256 i = 0; i < 8; ++i) {
            items[i] = CallBatch.Item(address(usdc), 100_000, payment_(0));
        }
        batch.execute(items);
        vm.snapshotGasLastCall(BATCH, "execute, 1 payment and 7 that revert");
        eq(usdc.balanceOf(payee.addr), 1 + 5e6, "paid");
    }

    function _pay(uint256 count, string memory name) private {
        CallBatch.Item[] memory items = new CallBatch.Item[](count);
        for (uint256 i = 0; i < count; ++i) {
            items[i] = CallBatch.Item(address(usdc), 100_000, payment_(i));
        }
        batch.execute(items);
        vm.snapshotGasLastCall(BATCH, name);
        eq(usdc.balanceOf(payee.addr), 1 + count * 5e6, "paid");
    }

    /// @dev Five dollars of the ten that a payer has.
    function payment_(uint256 number) private returns (bytes memory) {
        Wallet memory payer = wallet(string.concat("payer ", vm.toString(number)));
        if (usdc.balanceOf(payer.addr) == 0) usdc.mint(payer.addr, 10e6);
        bytes32 structHash = keccak256(
            abi.encode(
                usdc.TRANSFER_WITH_AUTHORIZATION_TYPEHASH(),
                payer.addr,
                payee.addr,
                5e6,
                0,
                START + 1 days,
                bytes32("nonce")
            )
        );
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", usdc.DOMAIN_SEPARATOR(), structHash));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(payer.key, digest);
        return abi.encodeWithSignature(
            "transferWithAuthorization(address,address,uint256,uint256,uint256,bytes32,uint8,bytes32,bytes32)",
            payer.addr,
            payee.addr,
            5e6,
            0,
            START + 1 days,
            bytes32("nonce"),
            v,
            r,
            s
        );
    }
}
