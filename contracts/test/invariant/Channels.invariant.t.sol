// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IChannelHub} from "../../src/channel/IChannelHub.sol";
import {Channels} from "../support/Channels.sol";
import {vm} from "../support/Vm.sol";

/// @notice A payer, a receiver and strangers who do with four channels what they like, and what ought to come of it,
/// kept by sums of its own.
contract ChannelBazaar is Channels {
    uint256 public deposited;
    uint256 public claimed;
    uint256 public settled;
    uint256 public returned;
    uint256 private _salt;
    mapping(uint256 => uint256) public earned;

    constructor() {
        setUp();
    }

    function step(uint256 seed) external {
        uint256 number = seed % 4;
        uint256 verb = (seed >> 8) % 8;
        uint128 amount = uint128(within(seed >> 16, 1, 20e6));
        IChannelHub.ChannelConfig memory config = channel(number);
        (uint128 balance, uint128 total) = hub.channels(idOf(config));
        if (verb == 0) {
            if (usdc.balanceOf(client.addr) < amount) return;
            fund(config, amount, _salt++);
            deposited += amount;
        } else if (verb == 1) {
            _claim(number, config, amount, balance, total);
        } else if (verb == 2) {
            uint256 before = usdc.balanceOf(payee.addr);
            hub.settle(payee.addr, address(usdc));
            settled += usdc.balanceOf(payee.addr) - before;
        } else if (verb == 3) {
            vm.prank(payee.addr);
            hub.refund(config, amount);
            (uint128 left,) = hub.channels(idOf(config));
            returned += balance - left;
        } else if (verb == 4) {
            (, uint40 since) = hub.pendingWithdrawals(idOf(config));
            if (since != 0 || amount > balance - total) return;
            vm.prank(client.addr);
            hub.initiateWithdraw(config, amount);
        } else if (verb == 5) {
            _finalize(config, balance, total);
        } else if (verb == 6) {
            if (amount > balance) return;
            hub.reserve(one(voucher(config, amount, amount)));
        } else {
            vm.warp(now_() + within(seed >> 16, 1, 20 days));
        }
    }

    function _claim(
        uint256 number,
        IChannelHub.ChannelConfig memory config,
        uint128 amount,
        uint128 balance,
        uint128 total
    ) private {
        uint128 want = total + amount;
        vm.prank(payee.addr);
        hub.claimAvailable(one(voucher(config, want, want)), "");
        (, uint128 now128) = hub.channels(idOf(config));
        eq(now128, want < balance ? want : balance, "what there is");
        claimed += now128 - total;
        earned[number] = now128;
    }

    function _finalize(IChannelHub.ChannelConfig memory config, uint128 balance, uint128 total) private {
        (uint128 asked, uint40 since) = hub.pendingWithdrawals(idOf(config));
        if (since == 0 || now_() < uint256(since) + config.withdrawDelay) return;
        (uint128 reserved, uint40 until) = hub.reservations(idOf(config));
        vm.prank(client.addr);
        hub.finalizeWithdraw(config);
        (uint128 left,) = hub.channels(idOf(config));
        check(balance - left <= asked, "no more than was asked");
        check(left >= total, "what is earned stays");
        if (now_() <= until) check(left >= reserved || left == balance, "what is reserved stays");
        returned += balance - left;
    }

    function conserved() external view {
        eq(deposited, claimed + returned + _unclaimed(), "nothing is lost and nothing made");
        eq(usdc.balanceOf(address(hub)), deposited - settled - returned, "held");
        (uint128 total, uint128 paid) = hub.receivers(payee.addr, address(usdc));
        eq(total, claimed, "booked");
        eq(paid, settled, "paid out");
        eq(usdc.balanceOf(address(collector)), 0, "the collector keeps nothing");
    }

    function _unclaimed() private view returns (uint256 sum) {
        for (uint256 i = 0; i < 4; ++i) {
            (uint128 balance, uint128 total) = hub.channels(idOf(channel(i)));
            check(total <= balance, "claimed within balance");
            eq(total, earned[i], "only claims raise it");
            sum += balance - total;
        }
    }
}

/// @notice Value is conserved: what was deposited is claimed, given back or held, whoever does what.
contract ChannelsInvariantTest {
    ChannelBazaar private bazaar;

    function setUp() public {
        bazaar = new ChannelBazaar();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(bazaar);
    }

    function targetSelectors() external view returns (Selectors[] memory targets) {
        targets = new Selectors[](1);
        bytes4[] memory selectors = new bytes4[](1);
        selectors[0] = ChannelBazaar.step.selector;
        targets[0] = Selectors(address(bazaar), selectors);
    }

    /// Four channels have few states, and each step signs.
    /// forge-config: ci.invariant.runs = 200
    function invariant_conserved() public view {
        bazaar.conserved();
    }

    struct Selectors {
        address target;
        bytes4[] selectors;
    }
}
