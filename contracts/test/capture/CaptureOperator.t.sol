// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CaptureOperator} from "../../src/capture/CaptureOperator.sol";
import {IAuthCaptureEscrow} from "../../src/capture/IAuthCaptureEscrow.sol";
import {ICaptureOperator} from "../../src/capture/ICaptureOperator.sol";
import {Captures} from "../support/Captures.sol";
import {Contract1271} from "../support/Contract1271.sol";
import {vm} from "../support/Vm.sol";
import {AuthCaptureEscrowDouble} from "../x402/AuthCaptureDoubles.sol";

contract CaptureOperatorTest is Captures {
    function refuse(address sender, bytes4 reason) internal {
        vm.expectRevert(reason);
        vm.prank(sender);
    }

    function test_constructor_refusesBadTerms() public {
        for (uint256 i = 0; i < 7; ++i) {
            vm.expectRevert(ICaptureOperator.InvalidTerms.selector);
            new CaptureOperator(
                i == 0 ? IAuthCaptureEscrow(address(0)) : vault,
                i == 1 ? address(0) : address(returner),
                i == 2 ? address(0) : judge.addr,
                i == 3 ? 0 : i == 4 ? 365 days + 1 : WINDOW,
                i == 5 ? 0 : i == 6 ? 365 days + 1 : RULING
            );
        }
    }

    function test_authorize_byAnyoneWhole() public {
        IAuthCaptureEscrow.PaymentInfo memory info = held(1);
        has(PURSE - PRICE, 0, PRICE);
        (uint48 until, bool isFrozen, bool ruled) = operator.holds(vault.getHash(info));
        eq(until, START + WINDOW, "window");
        check(!isFrozen && !ruled, "open");
    }

    function test_authorize_refusesPartsFeesAndHaste() public {
        IAuthCaptureEscrow.PaymentInfo memory info = payment(1);
        refuse(stranger.addr, ICaptureOperator.NotWhole.selector);
        operator.authorize(info, PRICE - 1, address(fetcher), "");
        info.maxFeeBps = 1;
        refuse(stranger.addr, ICaptureOperator.FeeNotTaken.selector);
        operator.authorize(info, PRICE, address(fetcher), "");
        info.minFeeBps = 1;
        refuse(stranger.addr, ICaptureOperator.FeeNotTaken.selector);
        operator.authorize(info, PRICE, address(fetcher), "");
        info = payment(1);
        info.authorizationExpiry = uint48(START) + WINDOW + RULING - 1;
        refuse(stranger.addr, ICaptureOperator.ExpiresTooSoon.selector);
        operator.authorize(info, PRICE, address(fetcher), "");
    }

    function test_authorize_once() public {
        IAuthCaptureEscrow.PaymentInfo memory info = held(1);
        bytes memory signature = signed(info);
        vm.warp(START + 1 hours);
        vm.expectRevert();
        operator.authorize(info, PRICE, address(fetcher), signature);
        (uint48 until,,) = operator.holds(vault.getHash(info));
        eq(until, START + WINDOW, "the window does not move");
    }

    /// What the payer signed is good for these terms alone.
    function test_authorize_bindsAllTerms() public {
        bytes memory signature = signed(payment(1));
        for (uint256 i = 0; i < 5; ++i) {
            IAuthCaptureEscrow.PaymentInfo memory other = payment(1);
            if (i == 0) other.receiver = stranger.addr;
            if (i == 1) other.authorizationExpiry += 1;
            if (i == 2) other.refundExpiry += 1;
            if (i == 3) other.salt = 2;
            if (i == 4) other.operator = stranger.addr;
            vm.expectRevert();
            operator.authorize(other, PRICE, address(fetcher), signature);
        }
    }

    function test_capture_byReceiverAfterTheWindow() public {
        IAuthCaptureEscrow.PaymentInfo memory info = held(1);
        vm.warp(START + WINDOW - 1);
        refuse(payee.addr, ICaptureOperator.StillFreezable.selector);
        operator.capture(info, PRICE);
        vm.warp(START + WINDOW);
        refuse(stranger.addr, ICaptureOperator.NotAllowed.selector);
        operator.capture(info, PRICE);
        vm.prank(payee.addr);
        operator.capture(info, PRICE - 1);
        has(PURSE - PRICE, PRICE - 1, 1);
        vm.prank(payee.addr);
        operator.capture(info, 1);
        has(PURSE - PRICE, PRICE, 0);
    }

    function test_capture_byPayerAtOnce() public {
        IAuthCaptureEscrow.PaymentInfo memory info = held(1);
        vm.prank(client.addr);
        operator.capture(info, PRICE);
        has(PURSE - PRICE, PRICE, 0);
    }

    function test_capture_ofNothingHeld() public {
        refuse(payee.addr, ICaptureOperator.NotHeld.selector);
        operator.capture(payment(1), PRICE);
        refuse(client.addr, ICaptureOperator.NotHeld.selector);
        operator.freeze(payment(1));
    }

    function test_freeze_keepsTheReceiverOff() public {
        IAuthCaptureEscrow.PaymentInfo memory info = frozen(1);
        vm.warp(START + WINDOW + 1);
        refuse(payee.addr, ICaptureOperator.IsFrozen.selector);
        operator.capture(info, PRICE);
        vm.prank(client.addr);
        operator.capture(info, PRICE);
        has(PURSE - PRICE, PRICE, 0);
    }

    function test_freeze_byThePayerInTime() public {
        IAuthCaptureEscrow.PaymentInfo memory info = held(1);
        refuse(payee.addr, ICaptureOperator.NotAllowed.selector);
        operator.freeze(info);
        vm.warp(START + WINDOW);
        refuse(client.addr, ICaptureOperator.NotFreezable.selector);
        operator.freeze(info);
        vm.warp(START + WINDOW - 1);
        vm.prank(client.addr);
        operator.freeze(info);
        refuse(client.addr, ICaptureOperator.IsFrozen.selector);
        operator.freeze(info);
    }

    function test_freeze_bySignature() public {
        IAuthCaptureEscrow.PaymentInfo memory info = held(1);
        bytes memory signature = freezeSignature(client, info);
        bytes memory others = freezeSignature(payee, info);
        IAuthCaptureEscrow.PaymentInfo memory second = held(2);
        refuse(stranger.addr, ICaptureOperator.InvalidSignature.selector);
        operator.freezeWithSignature(info, others);
        refuse(stranger.addr, ICaptureOperator.InvalidSignature.selector);
        operator.freezeWithSignature(second, signature);
        vm.prank(stranger.addr);
        operator.freezeWithSignature(info, signature);
        (, bool isFrozen,) = operator.holds(vault.getHash(info));
        check(isFrozen, "frozen");
        eq(
            operator.freezeDigest(vault.getHash(info)),
            digestIn(
                keccak256(
                    abi.encode(
                        keccak256(
                            "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
                        ),
                        keccak256("Earnest Capture Operator"),
                        keccak256("1"),
                        block.chainid,
                        operator
                    )
                ),
                keccak256(abi.encode(operator.FREEZE_TYPEHASH(), vault.getHash(info)))
            ),
            "digest"
        );
    }

    function test_rule_dividesOnce() public {
        IAuthCaptureEscrow.PaymentInfo memory info = frozen(1);
        refuse(payee.addr, ICaptureOperator.NotAllowed.selector);
        operator.rule(info, PRICE);
        vm.prank(judge.addr);
        operator.rule(info, 2e6);
        has(PURSE - 2e6, 2e6, 0);
        refuse(judge.addr, ICaptureOperator.IsNotFrozen.selector);
        operator.rule(info, 0);
    }

    function test_rule_onlyOfWhatIsFrozen() public {
        IAuthCaptureEscrow.PaymentInfo memory info = held(1);
        refuse(judge.addr, ICaptureOperator.IsNotFrozen.selector);
        operator.rule(info, 0);
        vm.prank(client.addr);
        operator.freeze(info);
        vm.expectRevert();
        vm.prank(judge.addr);
        operator.rule(info, PRICE + 1);
        vm.prank(judge.addr);
        operator.rule(info, PRICE);
        has(PURSE - PRICE, PRICE, 0);
    }

    function test_rule_afterOneSideGaveIn() public {
        IAuthCaptureEscrow.PaymentInfo memory info = frozen(1);
        vm.prank(payee.addr);
        operator.void(info);
        has(PURSE, 0, 0);
        vm.prank(judge.addr);
        operator.rule(info, 0);
        has(PURSE, 0, 0);
    }

    /// An arbiter that says nothing decides for the payer.
    function test_reclaim_afterExpiry() public {
        IAuthCaptureEscrow.PaymentInfo memory info = frozen(1);
        vm.warp(CAPTURE_BY);
        vm.expectRevert();
        vm.prank(judge.addr);
        operator.rule(info, PRICE);
        vm.prank(client.addr);
        vault.reclaim(info);
        has(PURSE, 0, 0);
    }

    function test_void_byTheReceiver() public {
        IAuthCaptureEscrow.PaymentInfo memory info = held(1);
        refuse(stranger.addr, ICaptureOperator.NotAllowed.selector);
        operator.void(info);
        vm.prank(payee.addr);
        operator.void(info);
        has(PURSE, 0, 0);
    }

    function test_refund_outOfTheReceiversPocket() public {
        IAuthCaptureEscrow.PaymentInfo memory info = held(1);
        vm.prank(client.addr);
        operator.capture(info, PRICE);
        refuse(stranger.addr, ICaptureOperator.NotAllowed.selector);
        operator.refund(info, 1);
        vm.prank(payee.addr);
        operator.refund(info, 2e6);
        has(PURSE - PRICE + 2e6, PRICE - 2e6, 0);
        usdc.mint(payee.addr, PRICE);
        vm.expectRevert(
            abi.encodeWithSelector(AuthCaptureEscrowDouble.RefundExceedsCapture.selector, 4e6, 3e6)
        );
        vm.prank(payee.addr);
        operator.refund(info, 4e6);
        vm.warp(REFUND_BY);
        vm.expectRevert();
        vm.prank(payee.addr);
        operator.refund(info, 1);
        eq(usdc.allowance(address(operator), address(returner)), 0, "nothing stays approved");
    }

    function test_freeze_byAWalletsContract() public {
        Contract1271 purse = new Contract1271(client.addr);
        IAuthCaptureEscrow.PaymentInfo memory info = payment(1);
        info.payer = address(purse);
        usdc.mint(address(purse), PRICE);
        hold(info);
        operator.freezeWithSignature(info, freezeSignature(client, info));
        (, bool isFrozen,) = operator.holds(vault.getHash(info));
        check(isFrozen, "frozen");
    }

    /// However a payment is decided, what was held goes to the two and to nobody else.
    function testFuzz_rule_conserves(uint256 seed) public {
        IAuthCaptureEscrow.PaymentInfo memory info = frozen(1);
        vm.warp(within(seed >> 8, START, CAPTURE_BY - 1));
        uint256 toReceiver = within(seed >> 64, 0, PRICE);
        vm.prank(judge.addr);
        operator.rule(info, toReceiver);
        has(PURSE - toReceiver, toReceiver, 0);
    }

    /// Before the window's end the receiver gets nothing that the payer did not give.
    function testFuzz_capture_waits(uint256 when, uint256 amount) public {
        IAuthCaptureEscrow.PaymentInfo memory info = held(1);
        when = within(when, START, CAPTURE_BY - 1);
        amount = within(amount, 1, PRICE);
        vm.warp(when);
        if (when < START + WINDOW) vm.expectRevert(ICaptureOperator.StillFreezable.selector);
        vm.prank(payee.addr);
        operator.capture(info, amount);
        eq(usdc.balanceOf(payee.addr), when < START + WINDOW ? 0 : amount, "receiver");
    }
}
