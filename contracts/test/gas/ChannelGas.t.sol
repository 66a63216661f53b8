// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IChannelHub} from "../../src/channel/IChannelHub.sol";
import {Channels} from "../support/Channels.sol";
import {vm} from "../support/Vm.sol";

/// @notice Gas of channels in TestUSDC; whole transactions of the code in abi/, into snapshots/.
contract ChannelGasTest is Channels {
    string private constant HUB = "ChannelHub";

    function setUp() public override {
        vm.warp(START);
        deployChannels();
        usdc.mint(client.addr, 1_000_000e6);
        usdc.mint(payee.addr, 1);
        // the receiver has been paid before, from another channel
        fund(channel(1000), 2e6, 0);
        vm.prank(payee.addr);
        hub.claim(one(voucher(channel(1000), 1e6, 1e6)));
        hub.settle(payee.addr, address(usdc));
    }

    /// @dev Of as many payers, under the salt that stock clients have.
    function _claims(uint256 count) private returns (IChannelHub.VoucherClaim[] memory rows) {
        rows = new IChannelHub.VoucherClaim[](count);
        for (uint256 i = 0; i < count; ++i) {
            client = wallet(string.concat("payer ", vm.toString(i)));
            usdc.mint(client.addr, 10e6);
            fund(channel(0), 10e6, 0);
            rows[i] = voucher(channel(0), 1e6, 1e6);
        }
    }

    function test_gas_claim1() public {
        _claim(1, "claim, 1 channel");
    }

    function test_gas_claim10() public {
        _claim(10, "claim, 10 channels");
    }

    function test_gas_claim100() public {
        _claim(100, "claim, 100 channels");
    }

    function test_gas_claimWithSignature100() public {
        IChannelHub.VoucherClaim[] memory rows = _claims(100);
        bytes memory signature = batchSignature(rows);
        hub.claimWithSignature(rows, signature);
        vm.snapshotGasLastCall(HUB, "claimWithSignature, 100 channels");
    }

    function test_gas_claimAvailable100() public {
        IChannelHub.VoucherClaim[] memory rows = _claims(100);
        vm.prank(payee.addr);
        hub.claimAvailable(rows, "");
        vm.snapshotGasLastCall(HUB, "claimAvailable, 100 channels");
    }

    function test_gas_claimAvailableWithSignature100() public {
        IChannelHub.VoucherClaim[] memory rows = _claims(100);
        hub.claimAvailable(rows, batchSignature(rows));
        vm.snapshotGasLastCall(HUB, "claimAvailable with signature, 100 channels");
    }

    /// A thousand calls cost their channel these three, however much each call cost.
    function test_gas_lifeOfAChannel() public {
        IChannelHub.ChannelConfig memory config = channel(uint256(keccak256("life")));
        bytes memory data = authorization(config, 10e6, 0);
        hub.deposit(config, 10e6, address(collector), data);
        vm.snapshotGasLastCall(HUB, "deposit by EIP-3009, new channel");
        IChannelHub.VoucherClaim[] memory rows = one(voucher(config, 1e6, 1e6));
        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(hub.claim, (rows));
        calls[1] = abi.encodeCall(hub.settle, (payee.addr, address(usdc)));
        vm.prank(payee.addr);
        hub.multicall(calls);
        vm.snapshotGasLastCall(HUB, "claim and settle in one transaction");
        hub.reserve(one(voucher(config, 2e6, 2e6)));
        vm.snapshotGasLastCall(HUB, "reserve, 1 channel");
    }

    function _claim(uint256 count, string memory name) private {
        IChannelHub.VoucherClaim[] memory rows = _claims(count);
        vm.prank(payee.addr);
        hub.claim(rows);
        vm.snapshotGasLastCall(HUB, name);
    }
}
