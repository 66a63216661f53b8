// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Funding, FundingKind, Head, Leg} from "../../src/deal/DealTypes.sol";
import {IDealErrors} from "../../src/deal/IDealErrors.sol";
import {TestUSDC} from "../../src/token/TestUSDC.sol";
import {Deals} from "../support/Deals.sol";
import {vm} from "../support/Vm.sol";

/// @notice Every rule on terms, each broken alone in terms that are good otherwise.
contract TermsTest is Deals {
    Head private head;
    Leg[] private legs;

    function setUp() public override {
        super.setUp();
        head = head_();
        legs.push(leg_(payee, 100));
    }

    function refused(bytes memory why) private {
        (Head memory h, Leg[] memory l) = (head, legs);
        vm.expectRevert(why);
        escrow.open(h, l, new bytes[](l.length), new bytes[](0), allowance());
    }

    /// @dev All rules pass; what stops it is that the payee has not signed.
    function passes() private {
        refused(abi.encodeWithSelector(IDealErrors.CallerIsNotParty.selector, address(this), payee.addr));
    }

    function withArbiter() private {
        (head.arbiter, head.rulingTime) = (arbiter.addr, 1 days);
    }

    function withStandby() private {
        (legs[0].standby, legs[0].callWindow, legs[0].standbyTime) = (standby.addr, 1 hours, 1 days);
    }

    function test_terms_openBy() public {
        vm.warp(head.openBy);
        refused(abi.encodeWithSelector(IDealErrors.CallerIsNotParty.selector, address(this), payee.addr));
        vm.warp(head.openBy + 1);
        refused(abi.encodeWithSelector(IDealErrors.OpenDeadlinePassed.selector, head.openBy + 1, head.openBy));
    }

    function test_terms_legCount() public {
        for (uint256 i = 1; i < 65; ++i) {
            legs.push(leg_(payee, 1));
        }
        refused(abi.encodeWithSelector(IDealErrors.LegCountOutOfRange.selector, 65, 64));
        delete legs;
        refused(abi.encodeWithSelector(IDealErrors.LegCountOutOfRange.selector, 0, 64));
    }

    function test_terms_client() public {
        address[3] memory forbidden = [address(0), address(usdc), address(escrow)];
        for (uint256 i = 0; i < 3; ++i) {
            head.client = forbidden[i];
            refused(abi.encodeWithSelector(IDealErrors.ForbiddenParty.selector, forbidden[i], address(usdc)));
        }
        head.client = payee.addr;
        refused(abi.encodeWithSelector(IDealErrors.ClientIsPayee.selector, 0, payee.addr));
    }

    function test_terms_payee() public {
        address[3] memory forbidden = [address(0), address(usdc), address(escrow)];
        for (uint256 i = 0; i < 3; ++i) {
            legs[0].payee = forbidden[i];
            refused(abi.encodeWithSelector(IDealErrors.ForbiddenParty.selector, forbidden[i], address(usdc)));
        }
    }

    function test_terms_token() public {
        head.token = address(0xdead);
        refused(abi.encodeWithSelector(IDealErrors.TokenWithoutCode.selector, address(0xdead)));
    }

    function test_terms_arbiter() public {
        withArbiter();
        head.arbiter = address(escrow);
        refused(abi.encodeWithSelector(IDealErrors.ForbiddenParty.selector, address(escrow), address(usdc)));
        head.arbiter = client.addr;
        refused(abi.encodeWithSelector(IDealErrors.ArbiterIsClient.selector, client.addr));
        head.arbiter = payee.addr;
        refused(abi.encodeWithSelector(IDealErrors.ArbiterIsPayee.selector, 0, payee.addr));
        withStandby();
        head.arbiter = standby.addr;
        refused(abi.encodeWithSelector(IDealErrors.ArbiterIsStandby.selector, 0, standby.addr));
    }

    function test_terms_rulingTime() public {
        head.rulingTime = 1;
        refused(abi.encodeWithSelector(IDealErrors.RulingTimeMismatch.selector, address(0), 1));
        (head.arbiter, head.rulingTime) = (arbiter.addr, 0);
        refused(abi.encodeWithSelector(IDealErrors.RulingTimeMismatch.selector, arbiter.addr, 0));
    }

    function test_terms_rulingTimeAboveMax() public {
        withArbiter();
        head.rulingTime = 365 days + 1;
        refused(abi.encodeWithSelector(IDealErrors.RulingTimeAboveMax.selector, 365 days + 1, 365 days));
        head.rulingTime = 365 days;
        passes();
    }

    function test_terms_fees() public {
        head.feeBps = 1;
        refused(abi.encodeWithSelector(IDealErrors.FeeReceiverMismatch.selector, address(0), 1));
        (head.feeBps, head.feeReceiver) = (0, platform.addr);
        refused(abi.encodeWithSelector(IDealErrors.FeeReceiverMismatch.selector, platform.addr, 0));
        head.feeBps = 1001;
        refused(abi.encodeWithSelector(IDealErrors.FeeAboveMax.selector, 1001, 1000));
        (head.feeBps, head.feeReceiver) = (1000, address(escrow));
        refused(abi.encodeWithSelector(IDealErrors.ForbiddenParty.selector, address(escrow), address(usdc)));
        (head.feeReceiver, head.arbiterFeeBps) = (platform.addr, 1001);
        refused(abi.encodeWithSelector(IDealErrors.FeeAboveMax.selector, 1001, 1000));
    }

    function test_terms_shares() public {
        head.deadlockBps = 10_001;
        refused(abi.encodeWithSelector(IDealErrors.ShareAboveMax.selector, 10_001, 10_000));
        (head.deadlockBps, legs[0].silenceBps) = (10_000, 10_001);
        refused(abi.encodeWithSelector(IDealErrors.ShareAboveMax.selector, 10_001, 10_000));
        legs[0].silenceBps = 65_535;
        refused(abi.encodeWithSelector(IDealErrors.EscalationWithoutArbiter.selector, 0));
        withArbiter();
        passes();
    }

    function test_terms_amount() public {
        legs[0].amount = 0;
        refused(abi.encodeWithSelector(IDealErrors.ZeroAmount.selector, 0));
    }

    function test_terms_penalty() public {
        legs[0].penaltyMax = 101;
        refused(abi.encodeWithSelector(IDealErrors.PenaltyAboveAmount.selector, 0, 101, 100));
        (legs[0].penaltyMax, legs[0].grace) = (1, 0);
        refused(abi.encodeWithSelector(IDealErrors.PenaltyWithoutGrace.selector, 0, 1));
        (legs[0].penaltyMax, legs[0].grace) = (2, 1);
        withStandby();
        legs[0].bond = 1;
        refused(abi.encodeWithSelector(IDealErrors.PenaltyAboveBond.selector, 0, 2, 1));
    }

    function test_terms_due() public {
        uint256 horizon = now_() + 5 * 365 days;
        legs[0].due = uint40(now_());
        refused(abi.encodeWithSelector(IDealErrors.DueOutsideWindow.selector, 0, now_(), now_(), horizon));
        legs[0].due = uint40(horizon + 1);
        refused(
            abi.encodeWithSelector(IDealErrors.DueOutsideWindow.selector, 0, horizon + 1, now_(), horizon)
        );
    }

    function test_terms_durations() public {
        legs[0].grace = 1 << 24;
        refused(abi.encodeWithSelector(IDealErrors.GraceAboveMax.selector, 0, 1 << 24, (1 << 24) - 1));
        (legs[0].grace, legs[0].review) = ((1 << 24) - 1, 180 days + 1);
        refused(abi.encodeWithSelector(IDealErrors.ReviewAboveMax.selector, 0, 180 days + 1, 180 days));
    }

    function test_terms_standby() public {
        withStandby();
        legs[0].callWindow = 0;
        refused(abi.encodeWithSelector(IDealErrors.StandbyTimeMissing.selector, 0, 0, 1 days));
        (legs[0].callWindow, legs[0].standbyTime) = (1, 0);
        refused(abi.encodeWithSelector(IDealErrors.StandbyTimeMissing.selector, 0, 1, 0));
        legs[0].standby = payee.addr;
        refused(abi.encodeWithSelector(IDealErrors.PayeeIsStandby.selector, 0, payee.addr));
        legs[0].standby = client.addr;
        refused(abi.encodeWithSelector(IDealErrors.ClientIsStandby.selector, 0, client.addr));
        legs[0].standby = address(usdc);
        refused(abi.encodeWithSelector(IDealErrors.ForbiddenParty.selector, address(usdc), address(usdc)));
    }

    function test_terms_standbyTimesAboveMax() public {
        withStandby();
        legs[0].callWindow = 180 days + 1;
        refused(abi.encodeWithSelector(IDealErrors.CallWindowAboveMax.selector, 0, 180 days + 1, 180 days));
        (legs[0].callWindow, legs[0].standbyTime) = (180 days, 365 days + 1);
        refused(abi.encodeWithSelector(IDealErrors.StandbyTimeAboveMax.selector, 0, 365 days + 1, 365 days));
        legs[0].standbyTime = 365 days;
        passes();
    }

    /// Times that nobody keeps may be any, as they mean nothing.
    function test_terms_standbyTimesWithoutStandby() public {
        (legs[0].callWindow, legs[0].standbyTime) = (type(uint32).max, type(uint32).max);
        passes();
    }

    function test_terms_standbyFieldsWithoutStandby() public {
        bytes memory why = abi.encodeWithSelector(IDealErrors.StandbyMissing.selector, 0);
        legs[0].standbyAgentId = 1;
        refused(why);
        (legs[0].standbyAgentId, legs[0].standbyAgentEpoch) = (0, 1);
        refused(why);
        (legs[0].standbyAgentEpoch, legs[0].retainer) = (0, 1);
        refused(why);
        (legs[0].retainer, legs[0].standbyBond) = (0, 1);
        refused(why);
    }

    function test_terms_agentOrder() public {
        legs.push(leg_(payee, 1));
        legs.push(leg_(payee, 1));
        (legs[0].agentId, legs[2].agentId) = (2, 2);
        refused(abi.encodeWithSelector(IDealErrors.AgentOrder.selector, 2, 2, 2));
    }

    /// Work done as a payee must not pass for a record as a client.
    function test_terms_reservedTag() public {
        bytes32 reserved = escrow.CLIENT_TAG();
        (legs[0].agentId, legs[0].tag) = (1, reserved);
        refused(abi.encodeWithSelector(IDealErrors.ReservedTag.selector, 0, reserved));
        withStandby();
        (legs[0].agentId, legs[0].standbyAgentId) = (0, 1);
        refused(abi.encodeWithSelector(IDealErrors.ReservedTag.selector, 0, reserved));
        legs[0].standbyAgentId = 0;
        passes();
    }

    function test_terms_agentEpoch() public {
        uint256 agentId = register(payee);
        (legs[0].agentId, legs[0].agentEpoch) = (agentId, 1);
        (Head memory h, Leg[] memory l) = (head, legs);
        vm.expectRevert(abi.encodeWithSelector(IDealErrors.AgentEpochMismatch.selector, agentId, 1, 0));
        vm.prank(payee.addr);
        escrow.open(h, l, new bytes[](1), new bytes[](0), allowance());
    }

    function test_terms_agentOfAnother() public {
        uint256 agentId = register(stranger);
        legs[0].agentId = agentId;
        (Head memory h, Leg[] memory l) = (head, legs);
        vm.expectRevert(abi.encodeWithSelector(IDealErrors.AgentNotControlled.selector, agentId, payee.addr));
        vm.prank(payee.addr);
        escrow.open(h, l, new bytes[](1), new bytes[](0), allowance());
        head.clientAgentId = agentId;
        refused(abi.encodeWithSelector(IDealErrors.AgentNotControlled.selector, agentId, client.addr));
    }

    /// A member whose upper bits are dirty must not get past open: the exit would revert on it for ever, and
    /// the log could not be read. The client signs anything and the payee sends, so that nothing but the dirt
    /// stands in the way.
    function testFuzz_terms_dirtyWordsNeverOpen(uint256 wordSeed, uint256 bitSeed) public {
        _refusesDirt(_openByYes(), wordSeed, bitSeed);
    }

    /// Nor where everybody is yet to join, so that nothing but the rules reads the leg.
    function testFuzz_terms_dirtyWordsAreNeverOffered(uint256 wordSeed, uint256 bitSeed) public {
        _refusesDirt(_offerByYes(), wordSeed, bitSeed);
    }

    function _refusesDirt(bytes memory call_, uint256 wordSeed, uint256 bitSeed) private {
        uint256 word = within(wordSeed, 0, 31);
        uint256 bits = _bits(word);
        vm.assume(bits != 0);
        // open's calldata: the head, four offsets, the legs' count, the leg
        uint256 offset = word < 13 ? word * 32 : (13 + 4 + 1 + (word - 13)) * 32;
        uint256 dirt = 1 << within(bitSeed, bits, 255);
        assembly ("memory-safe") {
            let at := add(add(call_, 0x24), offset)
            mstore(at, or(mload(at), dirt))
        }
        vm.prank(payee.addr);
        (bool opened,) = address(escrow).call(call_);
        check(!opened, "opened with a dirty word");
    }

    function test_terms_theSameCallsUndirtiedOpen() public {
        bytes[2] memory calls = [_openByYes(), _offerByYes()];
        for (uint256 i = 0; i < 2; ++i) {
            vm.prank(payee.addr);
            (bool opened,) = address(escrow).call(calls[i]);
            check(opened, "did not open");
        }
    }

    function _openByYes() private returns (bytes memory) {
        (Head memory h, Leg[] memory l) = (head, legs);
        return abi.encodeCall(escrow.open, (h, l, new bytes[](1), new bytes[](0), _payByYes(h, 100)));
    }

    function _offerByYes() private returns (bytes memory) {
        (Head memory h, Leg[] memory l) = (head, one(backed(legs[0])));
        (h.joinBy, l[0].payee) = (h.openBy, stranger.addr);
        return abi.encodeCall(escrow.open, (h, l, new bytes[](1), new bytes[](1), _payByYes(h, 130)));
    }

    /// @dev A client that signs anything, with money.
    function _payByYes(Head memory h, uint256 sum) private returns (Funding memory) {
        h.client = address(new YesAccount(usdc, address(escrow)));
        usdc.mint(h.client, sum);
        return Funding(FundingKind.ALLOWANCE, bytes.concat(new bytes(128), hex"01"));
    }

    /// @dev Bits of each word; 0 for those that are whole.
    function _bits(uint256 word) private pure returns (uint256) {
        uint8[13] memory headBits = [160, 0, 32, 160, 160, 32, 16, 16, 160, 16, 40, 40, 0];
        uint8[19] memory legBits =
            [160, 0, 32, 0, 128, 128, 128, 40, 32, 32, 16, 0, 160, 0, 32, 128, 128, 32, 32];
        return word < 13 ? headBits[word] : legBits[word - 13];
    }
}

/// @notice A contract account that signs anything and approves the escrow.
contract YesAccount {
    constructor(TestUSDC token, address escrow) {
        token.approve(escrow, type(uint256).max);
    }

    function isValidSignature(bytes32, bytes calldata) external pure returns (bytes4) {
        return this.isValidSignature.selector;
    }
}
