// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {ChannelHub} from "../../src/channel/ChannelHub.sol";
import {ERC3009DepositCollector} from "../../src/channel/ERC3009DepositCollector.sol";
import {IChannelHub} from "../../src/channel/IChannelHub.sol";
import {IDepositCollector} from "../../src/channel/IDepositCollector.sol";
import {Channels} from "../support/Channels.sol";
import {Contract1271} from "../support/Contract1271.sol";
import {HostileWallet} from "../support/HostileWallet.sol";
import {BareToken, MoodyToken, SkimmingToken} from "../support/HostileTokens.sol";
import {Vm, vm} from "../support/Vm.sol";

/// @notice Fetches by `transferFrom`, less than it should, or after a call back.
contract TestCollector is IDepositCollector {
    uint256 public shortBy;
    bytes public entry;
    bytes4 public refusal;

    function behave(uint256 shortBy_, bytes calldata entry_) external {
        (shortBy, entry) = (shortBy_, entry_);
    }

    function collect(address payer, address token, uint256 amount, bytes32, bytes calldata) external {
        if (entry.length != 0) {
            (bool ok, bytes memory answer) = msg.sender.call(entry);
            require(!ok, "reentered");
            refusal = bytes4(answer);
        }
        BareToken(token).transferFrom(payer, msg.sender, amount - shortBy);
    }
}

contract ChannelHubTest is Channels {
    IChannelHub.ChannelConfig internal config;

    function setUp() public override {
        super.setUp();
        config = channel(1);
    }

    function claimAs(address sender, IChannelHub.VoucherClaim memory row) internal {
        vm.prank(sender);
        hub.claim(one(row));
    }

    function refuse(bytes4 reason, IChannelHub.VoucherClaim memory row) internal {
        IChannelHub.VoucherClaim[] memory rows = one(row);
        vm.expectRevert(reason);
        vm.prank(payee.addr);
        hub.claim(rows);
        vm.recordLogs();
        vm.prank(payee.addr);
        eq(hub.claimAvailable(rows, ""), 0, "passed over");
        Vm.Log[] memory logs = vm.getRecordedLogs();
        eq(logs[0].topics[0], IChannelHub.ClaimSkipped.selector, "says so");
        eq(bytes32(logs[0].data), bytes32(reason), "and why");
    }

    function test_deposit_movesTheMoney() public {
        fund(config, 100e6, 1);
        fund(config, 50e6, 2);
        holds(config, 150e6, 0);
        eq(usdc.balanceOf(address(hub)), 150e6, "held");
        eq(hub.getChannelId(config), idOf(config), "id");
    }

    function test_deposit_refusesBadChannels() public {
        bytes memory data = authorization(config, 1, 1);
        for (uint256 i = 0; i < 6; ++i) {
            IChannelHub.ChannelConfig memory bad = channel(1);
            if (i == 0) bad.payer = address(0);
            if (i == 1) bad.receiver = address(0);
            if (i == 2) bad.receiverAuthorizer = address(0);
            if (i == 3) bad.token = address(0);
            if (i == 4) bad.withdrawDelay = 15 minutes - 1;
            if (i == 5) bad.withdrawDelay = 30 days + 1;
            vm.expectRevert(
                i < 4 ? IChannelHub.InvalidChannel.selector : IChannelHub.WithdrawDelayOutOfRange.selector
            );
            hub.deposit(bad, 1, address(collector), data);
        }
        vm.expectRevert(IChannelHub.ZeroDeposit.selector);
        hub.deposit(config, 0, address(collector), data);
        vm.expectRevert(IChannelHub.InvalidCollector.selector);
        hub.deposit(config, 1, address(0), data);
    }

    function test_deposit_countsWhatArrives() public {
        TestCollector own = new TestCollector();
        SkimmingToken skimming = new SkimmingToken();
        skimming.mint(client.addr, 100);
        config.token = address(skimming);
        vm.expectRevert(IChannelHub.DepositCollectionFailed.selector);
        hub.deposit(config, 100, address(own), "");
        MoodyToken moody = new MoodyToken();
        moody.mint(client.addr, 100);
        config.token = address(moody);
        own.behave(1, "");
        vm.expectRevert(IChannelHub.DepositCollectionFailed.selector);
        hub.deposit(config, 100, address(own), "");
    }

    function test_deposit_overflow() public {
        MoodyToken moody = new MoodyToken();
        moody.mint(client.addr, type(uint256).max);
        config.token = address(moody);
        TestCollector own = new TestCollector();
        hub.deposit(config, type(uint128).max, address(own), "");
        vm.expectRevert(IChannelHub.DepositOverflow.selector);
        hub.deposit(config, 1, address(own), "");
    }

    /// An authorization is for one channel, one amount and one time.
    function test_deposit_cannotBeReplayed() public {
        bytes memory data = authorization(config, 10e6, 1);
        IChannelHub.ChannelConfig memory other = channel(2);
        other.receiver = stranger.addr;
        vm.expectRevert("FiatTokenV2: invalid signature");
        hub.deposit(other, 10e6, address(collector), data);
        hub.deposit(config, 10e6, address(collector), data);
        vm.expectRevert("FiatTokenV2: authorization is used or canceled");
        hub.deposit(config, 10e6, address(collector), data);
        vm.expectRevert(ERC3009DepositCollector.OnlyX402BatchSettlement.selector);
        collector.collect(client.addr, address(usdc), 1, bytes32(0), data);
        vm.expectRevert(ERC3009DepositCollector.InvalidX402BatchSettlementAddress.selector);
        new ERC3009DepositCollector(address(0));
    }

    function test_nobodyComesBack() public {
        TestCollector own = new TestCollector();
        MoodyToken moody = new MoodyToken();
        moody.mint(client.addr, 100);
        config.token = address(moody);
        own.behave(0, abi.encodeCall(hub.settle, (payee.addr, address(moody))));
        hub.deposit(config, 100, address(own), "");
        eq(
            bytes32(own.refusal()),
            bytes32(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector),
            "collector"
        );
        claimAs(payee.addr, voucher(config, 100, 60));
        moody.reenterBy(abi.encodeCall(hub.refund, (config, 1)));
        hub.settle(payee.addr, address(moody));
        eq(
            bytes32(moody.refusal()),
            bytes32(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector),
            "token"
        );
        eq(moody.balanceOf(payee.addr), 60, "once");
    }

    function test_claim_booksOnce() public {
        fund(config, 100e6, 1);
        claimAs(payee.addr, voucher(config, 40e6, 30e6));
        claimAs(authorizer.addr, voucher(config, 40e6, 30e6));
        claimAs(authorizer.addr, voucher(config, 40e6, 40e6));
        claimAs(authorizer.addr, voucher(config, 35e6, 35e6));
        holds(config, 100e6, 40e6);
        hub.settle(payee.addr, address(usdc));
        hub.settle(payee.addr, address(usdc));
        eq(usdc.balanceOf(payee.addr), 40e6, "paid once");
    }

    function test_claim_refusals() public {
        fund(config, 100e6, 1);
        refuse(IChannelHub.ClaimExceedsCeiling.selector, voucher(config, 10e6, 10e6 + 1));
        refuse(IChannelHub.InvalidSignature.selector, voucherBy(stranger, config, 10e6, 10e6));
        config.receiver = stranger.addr;
        config.receiverAuthorizer = stranger.addr;
        refuse(IChannelHub.NotAuthorizedToClaim.selector, voucher(config, 10e6, 10e6));
        vm.expectRevert(IChannelHub.EmptyBatch.selector);
        hub.claim(new IChannelHub.VoucherClaim[](0));
        vm.expectRevert(IChannelHub.EmptyBatch.selector);
        hub.claimAvailable(new IChannelHub.VoucherClaim[](0), "");
        vm.expectRevert(IChannelHub.EmptyBatch.selector);
        hub.claimWithSignature(new IChannelHub.VoucherClaim[](0), "");
    }

    /// A voucher is for one channel of one hub on one chain.
    function test_claim_cannotBeReplayed() public {
        fund(config, 100e6, 1);
        IChannelHub.ChannelConfig memory other = channel(2);
        fund(other, 100e6, 1);
        IChannelHub.VoucherClaim memory row = voucher(config, 10e6, 10e6);
        row.voucher.channel = other;
        refuse(IChannelHub.InvalidSignature.selector, row);
        row = voucher(config, 10e6, 10e6);
        uint256 chain = block.chainid;
        vm.chainId(chain + 1);
        refuse(IChannelHub.ClaimExceedsBalance.selector, row);
        vm.chainId(chain);
        ChannelHub first = hub;
        hub = new ChannelHub();
        refuse(IChannelHub.ClaimExceedsBalance.selector, row);
        hub = first;
        claimAs(payee.addr, row);
    }

    function test_claim_exactErrorsOfMalformedSignatures() public {
        fund(config, 100e6, 1);
        IChannelHub.VoucherClaim[] memory rows = one(voucher(config, 1, 1));
        rows[0].signature = hex"0000";
        vm.expectRevert(abi.encodeWithSelector(ECDSA.ECDSAInvalidSignatureLength.selector, 2));
        vm.prank(payee.addr);
        hub.claim(rows);
        vm.prank(payee.addr);
        eq(hub.claimAvailable(rows, ""), 0, "passed over");
    }

    function test_claim_byWallets() public {
        Contract1271 account = new Contract1271(client.addr);
        usdc.mint(address(account), 100e6);
        config.payer = address(account);
        config.payerAuthorizer = address(0);
        fund(config, 100e6, 1);
        refuse(IChannelHub.InvalidSignature.selector, voucherBy(stranger, config, 10e6, 10e6));
        claimAs(payee.addr, voucher(config, 10e6, 10e6));
        IChannelHub.VoucherClaim[] memory rows = one(voucher(config, 20e6, 20e6));
        vm.prank(payee.addr);
        eq(hub.claimAvailable(rows, ""), 1, "its owner signed");
        holds(config, 100e6, 20e6);
        // without code, the payer's own key
        config = channel(3);
        config.payerAuthorizer = address(0);
        fund(config, 100e6, 1);
        claimAs(payee.addr, voucher(config, 10e6, 10e6));
        rows = one(voucher(config, 20e6, 20e6));
        vm.prank(payee.addr);
        eq(hub.claimAvailable(rows, ""), 1, "by key");
    }

    function test_claimWithSignature_byAnyone() public {
        fund(config, 100e6, 1);
        IChannelHub.VoucherClaim[] memory rows = one(voucher(config, 10e6, 10e6));
        bytes memory good = batchSignature(rows);
        bytes memory forged = sign(stranger, hub.getClaimBatchDigest(rows));
        vm.expectRevert(IChannelHub.InvalidSignature.selector);
        hub.claimWithSignature(rows, forged);
        rows[0].totalClaimed = 9e6;
        vm.expectRevert(IChannelHub.InvalidSignature.selector);
        hub.claimWithSignature(rows, good);
        rows[0].totalClaimed = 10e6;
        hub.claimWithSignature(rows, good);
        holds(config, 100e6, 10e6);
        IChannelHub.VoucherClaim[] memory two = new IChannelHub.VoucherClaim[](2);
        two[0] = voucher(config, 20e6, 20e6);
        config.receiverAuthorizer = stranger.addr;
        two[1] = voucher(config, 20e6, 20e6);
        good = batchSignature(two);
        vm.expectRevert(IChannelHub.NotReceiverAuthorizer.selector);
        hub.claimWithSignature(two, good);
        eq(hub.claimAvailable(two, good), 1, "one is passed over");
    }

    /// Whatever is wrong with some of them, the others are claimed.
    function testFuzz_claimAvailable_oneDoesNotTouchAnother(uint256 seed) public {
        IChannelHub.VoucherClaim[] memory rows = new IChannelHub.VoucherClaim[](8);
        HostileWallet account = new HostileWallet(client.addr, address(hub));
        usdc.mint(address(account), 100e6);
        for (uint256 i = 0; i < rows.length; ++i) {
            IChannelHub.ChannelConfig memory c = channel(i + 1);
            uint256 fault = (seed >> (8 * i)) % 5;
            if (fault == 1) (c.payer, c.payerAuthorizer) = (address(account), address(0));
            if (fault != 2) fund(c, 5e6, i);
            rows[i] = voucherBy(fault == 3 ? stranger : client, c, 5e6, fault == 4 ? 5e6 + 1 : 5e6);
        }
        account.behave(HostileWallet.Manner(3 + (seed >> 64) % 2), HostileWallet.Manner.Honest, "");
        bytes memory signature = batchSignature(rows);
        uint256 claimed = hub.claimAvailable(rows, signature);
        uint256 good;
        for (uint256 i = 0; i < rows.length; ++i) {
            uint256 fault = (seed >> (8 * i)) % 5;
            if (fault == 0) ++good;
            holds(rows[i].voucher.channel, fault == 2 ? 0 : 5e6, fault == 0 ? 5e6 : 0);
        }
        eq(claimed, good, "all that is good");
        (uint128 total,) = hub.receivers(payee.addr, address(usdc));
        eq(total, good * 5e6, "booked");
    }

    function test_claimAvailable_takesWhatThereIs() public {
        fund(config, 5e6, 1);
        IChannelHub.VoucherClaim[] memory rows = one(voucher(config, 9e6, 9e6));
        vm.expectRevert(IChannelHub.ClaimExceedsBalance.selector);
        vm.prank(payee.addr);
        hub.claim(rows);
        vm.prank(payee.addr);
        eq(hub.claimAvailable(rows, ""), 1, "in part");
        holds(config, 5e6, 5e6);
        fund(config, 10e6, 2);
        vm.prank(payee.addr);
        hub.claim(rows);
        holds(config, 15e6, 9e6);
    }

    function test_claimAvailable_gasCannotMakeItSkip() public {
        Contract1271 account = new Contract1271(client.addr);
        usdc.mint(address(account), 100e6);
        (config.payer, config.payerAuthorizer) = (address(account), address(0));
        fund(config, 100e6, 1);
        IChannelHub.VoucherClaim[] memory rows = one(voucher(config, 10e6, 10e6));
        bytes memory signature = batchSignature(rows);
        for (uint256 gas = 60_000; gas < 200_000; gas += 5000) {
            uint256 before = vm.snapshotState();
            try hub.claimAvailable{gas: gas}(rows, signature) returns (uint256 claimed) {
                eq(claimed, 1, "never skipped for want of gas");
            } catch {}
            vm.revertToState(before);
        }
    }

    function test_withdraw_takesItsTime() public {
        fund(config, 100e6, 1);
        vm.expectRevert(IChannelHub.InvalidChannel.selector);
        hub.initiateWithdraw(config, 1);
        vm.startPrank(client.addr);
        vm.expectRevert(IChannelHub.NothingToWithdraw.selector);
        hub.initiateWithdraw(config, 0);
        vm.expectRevert(IChannelHub.WithdrawAmountExceedsAvailable.selector);
        hub.initiateWithdraw(config, 100e6 + 1);
        vm.expectRevert(IChannelHub.WithdrawalNotPending.selector);
        hub.finalizeWithdraw(config);
        hub.initiateWithdraw(config, 100e6);
        vm.expectRevert(IChannelHub.WithdrawalAlreadyPending.selector);
        hub.initiateWithdraw(config, 1);
        vm.warp(START + 1 hours - 1);
        vm.expectRevert(IChannelHub.WithdrawDelayNotElapsed.selector);
        hub.finalizeWithdraw(config);
        vm.stopPrank();
        vm.warp(START + 1 hours);
        vm.expectRevert(IChannelHub.NotAuthorizedToFinalizeWithdraw.selector);
        hub.finalizeWithdraw(config);
        vm.prank(client.addr);
        hub.finalizeWithdraw(config);
        eq(usdc.balanceOf(client.addr), 1_000_000e6, "back");
        holds(config, 0, 0);
    }

    function test_withdraw_leavesWhatWasClaimedMeanwhile() public {
        fund(config, 100e6, 1);
        vm.prank(client.addr);
        hub.initiateWithdraw(config, 100e6);
        claimAs(payee.addr, voucher(config, 30e6, 30e6));
        vm.warp(START + 1 hours);
        vm.prank(client.addr);
        hub.finalizeWithdraw(config);
        holds(config, 30e6, 30e6);
    }

    function test_reserve_outlastsAWithdrawal() public {
        fund(config, 100e6, 1);
        hub.reserve(one(voucher(config, 50e6, 40e6)));
        vm.prank(client.addr);
        hub.initiateWithdraw(config, 100e6);
        vm.warp(START + 1 hours);
        vm.prank(client.addr);
        hub.finalizeWithdraw(config);
        holds(config, 40e6, 0);
        claimAs(payee.addr, voucher(config, 50e6, 40e6));
        holds(config, 40e6, 40e6);
    }

    function test_reserve_endsAndIsNotRenewed() public {
        fund(config, 100e6, 1);
        IChannelHub.VoucherClaim[] memory rows = one(voucher(config, 50e6, 40e6));
        hub.reserve(rows);
        vm.warp(START + 10 days);
        hub.reserve(rows);
        (uint128 amount, uint40 until) = hub.reservations(idOf(config));
        eq(amount, 40e6, "amount");
        eq(until, START + 30 days, "not renewed");
        vm.prank(client.addr);
        hub.initiateWithdraw(config, 100e6);
        vm.warp(START + 30 days + 1);
        vm.prank(client.addr);
        hub.finalizeWithdraw(config);
        holds(config, 0, 0);
    }

    function test_reserve_refusals() public {
        fund(config, 100e6, 1);
        IChannelHub.VoucherClaim[] memory rows = one(voucher(config, 50e6, 50e6 + 1));
        vm.expectRevert(IChannelHub.ClaimExceedsCeiling.selector);
        hub.reserve(rows);
        rows = one(voucher(config, 100e6 + 1, 100e6 + 1));
        vm.expectRevert(IChannelHub.ClaimExceedsBalance.selector);
        hub.reserve(rows);
        rows = one(voucherBy(stranger, config, 50e6, 50e6));
        vm.expectRevert(IChannelHub.InvalidSignature.selector);
        hub.reserve(rows);
        vm.expectRevert(IChannelHub.EmptyBatch.selector);
        hub.reserve(new IChannelHub.VoucherClaim[](0));
    }

    function test_refund_byTheReceiversSide() public {
        fund(config, 100e6, 1);
        claimAs(payee.addr, voucher(config, 30e6, 30e6));
        vm.expectRevert(IChannelHub.NotAuthorizedToRefund.selector);
        hub.refund(config, 1);
        vm.prank(payee.addr);
        vm.expectRevert(IChannelHub.ZeroRefund.selector);
        hub.refund(config, 0);
        bytes memory signature = refundSignature(config, 0, 20e6);
        vm.expectRevert(IChannelHub.InvalidSignature.selector);
        hub.refundWithSignature(config, 21e6, 0, signature);
        hub.refundWithSignature(config, 20e6, 0, signature);
        vm.expectRevert(IChannelHub.InvalidRefundNonce.selector);
        hub.refundWithSignature(config, 20e6, 0, signature);
        vm.prank(payee.addr);
        hub.refund(config, type(uint128).max);
        holds(config, 30e6, 30e6);
        eq(hub.refundNonce(idOf(config)), 2, "nonce");
        eq(usdc.balanceOf(client.addr), 1_000_000e6 - 30e6, "all but what is earned");
    }

    function test_refund_answersAWithdrawal() public {
        fund(config, 100e6, 1);
        vm.prank(client.addr);
        hub.initiateWithdraw(config, 60e6);
        vm.prank(payee.addr);
        hub.refund(config, 20e6);
        (uint128 amount, uint40 since) = hub.pendingWithdrawals(idOf(config));
        eq(amount, 40e6, "the rest");
        eq(since, START, "still asked for");
        vm.prank(payee.addr);
        hub.refund(config, 50e6);
        (amount, since) = hub.pendingWithdrawals(idOf(config));
        eq(amount + since, 0, "done");
    }

    function test_settle_aTokenThatRefusesHoldsUpItselfAlone() public {
        MoodyToken moody = new MoodyToken();
        moody.mint(client.addr, 100);
        IChannelHub.ChannelConfig memory other = channel(2);
        other.token = address(moody);
        hub.deposit(other, 100, address(new TestCollector()), "");
        fund(config, 100e6, 1);
        IChannelHub.VoucherClaim[] memory rows = new IChannelHub.VoucherClaim[](2);
        (rows[0], rows[1]) = (voucher(other, 60, 60), voucher(config, 10e6, 10e6));
        vm.prank(payee.addr);
        hub.claim(rows);
        moody.become(MoodyToken.Mood.False);
        vm.expectRevert();
        hub.settle(payee.addr, address(moody));
        hub.settle(payee.addr, address(usdc));
        eq(usdc.balanceOf(payee.addr), 10e6, "paid");
        moody.become(MoodyToken.Mood.Good);
        hub.settle(payee.addr, address(moody));
        eq(moody.balanceOf(payee.addr), 60, "later");
    }

    function test_multicall_claimsAndSettles() public {
        fund(config, 100e6, 1);
        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(hub.claim, (one(voucher(config, 10e6, 10e6))));
        calls[1] = abi.encodeCall(hub.settle, (payee.addr, address(usdc)));
        vm.prank(payee.addr);
        hub.multicall(calls);
        eq(usdc.balanceOf(payee.addr), 10e6, "paid");
    }
}
