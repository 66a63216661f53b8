// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {IChannelHub} from "../../src/channel/IChannelHub.sol";
import {Channels} from "../support/Channels.sol";
import {MoodyToken} from "../support/HostileTokens.sol";
import {Vm, vm} from "../support/Vm.sol";
import {TestCollector} from "./ChannelHub.t.sol";

/// @notice What claims are read with is assembly: every check that it makes, and that the compiler made before it.
contract ClaimsTest is Channels {
    uint256 private constant _ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;
    /// @dev Where the only row begins in the calldata of `claim`; in that of `claimAvailable` a word later.
    uint256 private constant _ROW = 0x64;
    IChannelHub.ChannelConfig private config;

    function setUp() public override {
        super.setUp();
        config = channel(1);
        fund(config, 100e6, 1);
    }

    function claimBySender(bytes memory call) private returns (bool ok, bytes memory answer) {
        vm.recordLogs();
        vm.prank(payee.addr);
        return address(hub).call(call);
    }

    function put(bytes memory data, uint256 place, uint256 word) private pure {
        assembly ("memory-safe") {
            mstore(add(add(data, 0x20), place), word)
        }
    }

    /// @dev `claim` reverts with just that, and `claimAvailable` passes over it for the same or another reason.
    function refuse(IChannelHub.VoucherClaim memory row, bytes memory want, bytes4 reason) private {
        (bool ok, bytes memory answer) = claimBySender(abi.encodeCall(hub.claim, (one(row))));
        check(!ok, "claimed");
        eq(answer, want, "refusal");
        passOver(abi.encodeCall(hub.claimAvailable, (one(row), "")), reason);
    }

    function passOver(bytes memory call, bytes4 reason) private {
        (bool ok, bytes memory answer) = claimBySender(call);
        check(ok, "reverted");
        eq(abi.decode(answer, (uint256)), 0, "passed over");
        Vm.Log[] memory logs = vm.getRecordedLogs();
        eq(logs.length, 1, "one log");
        eq(logs[0].topics[0], IChannelHub.ClaimSkipped.selector, "says so");
        eq(bytes32(logs[0].data), bytes32(reason), "and why");
    }

    function refuseSignature(bytes memory signature, bytes memory want) private {
        IChannelHub.VoucherClaim memory row = voucher(config, 10e6, 10e6);
        row.signature = signature;
        refuse(row, want, IChannelHub.InvalidSignature.selector);
    }

    function parts() private view returns (bytes32 r, bytes32 s, uint8 v) {
        bytes memory signature = voucher(config, 10e6, 10e6).signature;
        assembly ("memory-safe") {
            r := mload(add(signature, 0x20))
            s := mload(add(signature, 0x40))
            v := byte(0, mload(add(signature, 0x60)))
        }
    }

    function test_signature_highS() public {
        (bytes32 r, bytes32 s, uint8 v) = parts();
        bytes32 high = bytes32(_ORDER - uint256(s));
        refuseSignature(
            abi.encodePacked(r, high, uint8(55 - v)),
            abi.encodeWithSelector(ECDSA.ECDSAInvalidSignatureS.selector, high)
        );
        holds(config, 100e6, 0);
    }

    function test_signature_badV() public {
        (bytes32 r, bytes32 s, uint8 good) = parts();
        for (uint256 v = 0; v < 256; ++v) {
            if (v == 27 || v == 28) continue;
            refuseSignature(
                abi.encodePacked(r, s, uint8(v)), abi.encodePacked(ECDSA.ECDSAInvalidSignature.selector)
            );
        }
        refuseSignature(
            abi.encodePacked(r, s, uint8(55 - good)), abi.encodePacked(IChannelHub.InvalidSignature.selector)
        );
        holds(config, 100e6, 0);
    }

    function test_signature_nobodys() public {
        bytes memory nothing = abi.encodePacked(bytes32(0), bytes32(0), uint8(27));
        refuseSignature(nothing, abi.encodePacked(ECDSA.ECDSAInvalidSignature.selector));
        // neither does who recovers to 0 sign for a channel without an authorizer
        config = channel(2);
        config.payerAuthorizer = address(0);
        fund(config, 100e6, 2);
        refuseSignature(nothing, abi.encodePacked(IChannelHub.InvalidSignature.selector));
        holds(config, 100e6, 0);
    }

    function test_signature_otherLengths() public {
        (bytes32 r, bytes32 s, uint8 v) = parts();
        bytes4 reason = ECDSA.ECDSAInvalidSignatureLength.selector;
        refuseSignature("", abi.encodeWithSelector(reason, 0));
        refuseSignature(abi.encodePacked(r, s), abi.encodeWithSelector(reason, 64));
        refuseSignature(abi.encodePacked(r, s, v, v), abi.encodeWithSelector(reason, 66));
    }

    /// Words that are longer than their types make another channel, or are refused; they are never cut to size.
    function test_words_longerThanTheirTypes() public {
        IChannelHub.VoucherClaim[] memory rows = one(voucher(config, 10e6, 10e6));
        for (uint256 i = 0; i < 10; ++i) {
            if (i == 6 || i == 8) continue; // the salt is a whole word; the signature's place is none of its words
            bytes memory plain = abi.encodeCall(hub.claim, (rows));
            bytes memory some = abi.encodeCall(hub.claimAvailable, (rows, ""));
            uint256 dirty = 1 << 255;
            assembly ("memory-safe") {
                let from := add(plain, add(0x20, add(_ROW, mul(i, 0x20))))
                dirty := or(dirty, mload(from))
            }
            put(plain, _ROW + 0x20 * i, dirty);
            put(some, _ROW + 0x20 + 0x20 * i, dirty);
            bool unread = i == 0 || i == 1 || i == 4 || i == 5;
            (bool ok, bytes memory answer) = claimBySender(plain);
            check(!ok, "claimed");
            eq(
                answer,
                unread ? abi.encodePacked(IChannelHub.ClaimExceedsBalance.selector) : bytes(""),
                "refusal"
            );
            if (unread) {
                passOver(some, IChannelHub.ClaimExceedsBalance.selector);
            } else {
                (ok, answer) = claimBySender(some);
                check(!ok && answer.length == 0, "refused whole");
            }
        }
        holds(config, 100e6, 0);
    }

    /// A payer may sign what no wallet would show: more than 128 bits.
    function test_words_signedCeilingLongerThanItsType() public {
        uint256 ceiling = (1 << 128) + 10e6;
        bytes32 typeHash = keccak256("Voucher(bytes32 channelId,uint128 maxClaimableAmount)");
        IChannelHub.VoucherClaim memory row = voucher(config, 10e6, 10e6);
        row.signature =
            sign(client, digestIn(domain(), keccak256(abi.encode(typeHash, idOf(config), ceiling))));
        bytes memory call = abi.encodeCall(hub.claim, (one(row)));
        put(call, _ROW + 0xe0, ceiling);
        (bool ok, bytes memory answer) = claimBySender(call);
        check(!ok && answer.length == 0, "refused");
    }

    /// Neither a row nor a signature may stand where there is no calldata.
    function test_words_outsideOfCalldata() public {
        IChannelHub.VoucherClaim[] memory rows = one(voucher(config, 10e6, 10e6));
        uint256[2] memory places = [_ROW - 0x20, _ROW + 0x100];
        for (uint256 i = 0; i < 6; ++i) {
            bytes memory call = abi.encodeCall(hub.claim, (rows));
            uint256 offset = i / 2 == 0 ? call.length : i / 2 == 1 ? 1 << 64 : 1 << 254;
            put(call, places[i % 2], offset);
            (bool ok, bytes memory answer) = claimBySender(call);
            check(!ok && answer.length == 0, "refused");
        }
        bytes memory whole = abi.encodeCall(hub.claim, (rows));
        // the padding is nobody's; a byte of the signature, or of the row, is
        uint256[3] memory lengths = [whole.length - 31, whole.length - 32, _ROW + 0x13f];
        for (uint256 i = 3; i > 0; --i) {
            uint256 length = lengths[i - 1];
            bytes memory cut = bytes.concat(whole);
            assembly ("memory-safe") {
                mstore(cut, length)
            }
            (bool ok, bytes memory answer) = claimBySender(cut);
            eq(ok ? 1 : 0, i == 1 ? 1 : 0, "whole or not");
            eq(answer.length, 0, "nothing said");
        }
        holds(config, 100e6, 10e6);
    }

    /// Earnings are kept while receiver and token stay the same: whatever the order, each has its own in the end.
    function testFuzz_earnings_eachReceiversOwn(uint256 seed) public {
        address[3] memory who = [payee.addr, stranger.addr, authorizer.addr];
        uint256[3] memory earned;
        IChannelHub.VoucherClaim[] memory rows = new IChannelHub.VoucherClaim[](6);
        for (uint256 verb = 0; verb < 3; ++verb) {
            for (uint256 i = 0; i < rows.length; ++i) {
                uint256 dice = seed >> 8 * (6 * verb + i);
                config = channel(100 * verb + i + 10);
                config.receiver = who[dice % 3];
                fund(config, 10e6, 0);
                uint128 amount = uint128(1e6 + dice % 1e6);
                rows[i] = voucher(config, amount, amount);
                earned[dice % 3] += amount;
            }
            claimBy(verb, rows);
            for (uint256 i = 0; i < 3; ++i) {
                (uint128 total, uint128 settled) = hub.receivers(who[i], address(usdc));
                eq(total, earned[i], "earned");
                hub.settle(who[i], address(usdc));
                eq(usdc.balanceOf(who[i]), earned[i], "paid");
                check(settled <= total, "settled is kept");
            }
        }
    }

    function claimBy(uint256 verb, IChannelHub.VoucherClaim[] memory rows) private {
        bytes memory signature = batchSignature(rows);
        for (uint256 i = 0; i < rows.length; ++i) {
            address sender = verb == 1 ? address(this) : authorizer.addr;
            vm.expectEmit(address(hub));
            emit IChannelHub.Claimed(
                idOf(rows[i].voucher.channel), sender, rows[i].totalClaimed, rows[i].totalClaimed
            );
        }
        if (verb == 1) return hub.claimWithSignature(rows, signature);
        vm.prank(authorizer.addr);
        if (verb == 0) hub.claim(rows);
        else hub.claimAvailable(rows, "");
    }

    /// Only a token that makes money out of nothing brings a receiver more than there can be.
    function test_earnings_moreThanThereCanBe() public {
        MoodyToken moody = new MoodyToken();
        TestCollector own = new TestCollector();
        moody.mint(client.addr, type(uint256).max);
        IChannelHub.VoucherClaim[] memory rows = new IChannelHub.VoucherClaim[](2);
        for (uint256 i = 0; i < 2; ++i) {
            config = channel(i + 2);
            config.token = address(moody);
            hub.deposit(config, i == 0 ? type(uint128).max : 1, address(own), "");
            rows[i] = voucher(config, i == 0 ? type(uint128).max : 1, i == 0 ? type(uint128).max : 1);
        }
        (bool ok, bytes memory answer) = claimBySender(abi.encodeCall(hub.claim, (rows)));
        check(!ok, "claimed");
        eq(answer, abi.encodeWithSignature("Panic(uint256)", 0x11), "overflow");
        vm.prank(payee.addr);
        eq(hub.claimAvailable(rows, ""), 1, "one is passed over");
        holds(rows[0].voucher.channel, type(uint128).max, type(uint128).max);
        holds(config, 1, 0);
    }
}
