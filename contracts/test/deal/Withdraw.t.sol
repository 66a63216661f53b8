// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Head, Leg} from "../../src/deal/DealTypes.sol";
import {IDealErrors} from "../../src/deal/IDealErrors.sol";
import {IDealEvents} from "../../src/deal/IDealEvents.sol";
import {Deals} from "../support/Deals.sol";
import {vm} from "../support/Vm.sol";

contract WithdrawTest is Deals {
    function setUp() public override {
        super.setUp();
        Head memory head = head_();
        (head.feeReceiver, head.feeBps) = (platform.addr, 1000);
        Leg[] memory legs = one(leg_(payee, 1000));
        open(head, legs);
        deliver(head, legs, 0);
        accept(head, legs, 0, NO_RATING);
    }

    function test_withdraw_toAnyAddressOnce() public {
        vm.expectEmit(address(escrow));
        emit IDealEvents.Withdrawn(address(usdc), platform.addr, stranger.addr, 100);
        vm.prank(platform.addr);
        eq(escrow.withdraw(address(usdc), stranger.addr), 100, "amount");
        eq(usdc.balanceOf(stranger.addr), 100, "received");
        eq(escrow.credit(address(usdc), platform.addr), 0, "credit");
        vm.expectRevert(abi.encodeWithSelector(IDealErrors.NoCredit.selector, address(usdc), platform.addr));
        vm.prank(platform.addr);
        escrow.withdraw(address(usdc), stranger.addr);
    }

    function test_withdraw_refusesReceiversThatWouldLockIt() public {
        address[2] memory receivers = [address(0), address(escrow)];
        for (uint256 i = 0; i < 2; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IDealErrors.ForbiddenReceiver.selector, receivers[i]));
            vm.prank(platform.addr);
            escrow.withdraw(address(usdc), receivers[i]);
        }
    }

    function test_withdraw_refusesAnothersCredit() public {
        vm.expectRevert(abi.encodeWithSelector(IDealErrors.NoCredit.selector, address(usdc), stranger.addr));
        vm.prank(stranger.addr);
        escrow.withdraw(address(usdc), stranger.addr);
    }
}
