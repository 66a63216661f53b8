// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Division, Head, Leg, LegState} from "../../src/deal/DealTypes.sol";
import {IDealErrors} from "../../src/deal/IDealErrors.sol";
import {ISettledReputation} from "../../src/deal/ISettledReputation.sol";
import {Deals} from "../support/Deals.sol";
import {vm} from "../support/Vm.sol";
import {Wallet} from "../support/World.sol";

/// @notice A leg of 1000 with a bond of 500 and a standby, under an arbiter.
contract SettleTest is Deals {
    Head private head;
    Leg[] private legs;
    bytes32 private dealId;

    function setUp() public override {
        super.setUp();
        head = arbitrated(head_());
        (head.feeReceiver, head.feeBps) = (platform.addr, 100);
        legs.push(backed(leg_(payee, 1000)));
        legs[0].penaltyMax = 400;
        dealId = open(head, legs);
    }

    function settleCall(Division memory d, bytes memory clientSig, bytes memory payeeSig)
        private
        view
        returns (bytes memory)
    {
        return abi.encodeCall(escrow.settle, (head, new bytes32[](0), 0, legs[0], d, clientSig, payeeSig));
    }

    function signed(Division memory d, Wallet memory occupant) private view returns (bytes memory) {
        bytes32 digest = settleDigest(dealId, 0, stateOf(dealId, 0), occupant.addr, d);
        return settleCall(d, sign(client, digest), sign(occupant, digest));
    }

    function test_settle_relayedInEveryLiveState() public {
        Division memory d = Division(600, 450, uint40(now_() + 2 days));
        for (uint256 i = 0; i < 3; ++i) {
            uint256 before = vm.snapshotState();
            if (i > 0) {
                vm.warp(legs[0].due + 1800);
                deliver(head, legs, 0);
            }
            if (i > 1) dispute(client.addr, head, legs, 0);
            bytes memory call_ = signed(d, payee);
            vm.expectEmit(address(escrow));
            emit ISettledReputation.Closed(
                dealId,
                0,
                0,
                uint8(LegState.Settled),
                255,
                i == 0 ? 0 : 1800,
                594,
                400,
                6,
                0,
                0,
                50,
                standby.addr,
                0
            );
            vm.prank(stranger.addr);
            (bool ok,) = address(escrow).call(call_);
            check(ok, "settled");
            inState(dealId, 0, LegState.Settled);
            eq(usdc.balanceOf(payee.addr), 594 + 450, "payee");
            eq(usdc.balanceOf(client.addr), 400 + 50, "no penalty, no arbiter's fee");
            eq(usdc.balanceOf(standby.addr), 70, "standby");
            eq(credits(arbiter.addr), 0, "arbiter");
            refuses(stranger.addr, call_, wrongState(LegState.Settled, LegState.Delivered));
            vm.revertToState(before);
        }
    }

    /// To cancel is to settle for nothing with the whole bond back.
    function test_settle_cancels() public {
        settle(head, legs, 0, payee, 0, 500);
        eq(usdc.balanceOf(payee.addr), 500, "payee");
        eq(usdc.balanceOf(client.addr), 1000, "client");
        eq(usdc.balanceOf(standby.addr), 70, "standby");
    }

    function testFuzz_settle_dividesExactly(uint256 seed) public {
        (uint256 toPayee, uint256 bondBack) = (within(seed, 0, 1000), within(seed >> 128, 0, 500));
        settle(head, legs, 0, payee, uint128(toPayee), uint128(bondBack));
        eq(usdc.balanceOf(payee.addr) + credits(platform.addr), toPayee + bondBack, "payee and fee");
        eq(usdc.balanceOf(client.addr), 1500 - toPayee - bondBack, "client");
    }

    function test_settle_withTheStandbyThatTookOver() public {
        Division memory d = Division(100, 40, uint40(now_() + 9 days));
        bytes memory withThePayee = signed(d, payee);
        substitute(head, legs, 0);
        bytes32 digest = settleDigest(dealId, 0, LegState.Active, standby.addr, d);
        bytes memory why = abi.encodeWithSelector(IDealErrors.InvalidSignature.selector, client.addr, digest);
        refuses(stranger.addr, withThePayee, why);
        settle(head, legs, 0, standby, 100, 40);
        eq(usdc.balanceOf(standby.addr), 99 + 40 + 30, "price, bond and retainer");
        eq(usdc.balanceOf(client.addr), 500 + 900, "the first bond and the rest");
    }

    function test_settle_needsBoth() public {
        Division memory d = Division(1, 1, uint40(now_()));
        bytes32 digest = settleDigest(dealId, 0, LegState.Active, payee.addr, d);
        refuses(client.addr, settleCall(d, "", ""), notParty(client.addr, payee.addr));
        refuses(payee.addr, settleCall(d, "", ""), notParty(payee.addr, client.addr));
        bytes memory why = abi.encodeWithSelector(IDealErrors.InvalidSignature.selector, payee.addr, digest);
        refuses(client.addr, settleCall(d, "", sign(client, digest)), why);
        Division memory other = Division(2, 1, uint40(now_()));
        why = abi.encodeWithSelector(
            IDealErrors.InvalidSignature.selector,
            payee.addr,
            settleDigest(dealId, 0, LegState.Active, payee.addr, other)
        );
        refuses(client.addr, settleCall(other, "", sign(payee, digest)), why);
    }

    /// A payee agrees to cancel, changes its mind and delivers: the client cannot cancel any more. Nor does
    /// either side's word outlive the dispute that followed.
    function test_settle_refusesASignatureOfTheStateBefore() public {
        Division memory cancel = Division(0, 500, uint40(now_() + 9 days));
        bytes memory whileActive = sign(payee, settleDigest(dealId, 0, LegState.Active, payee.addr, cancel));
        deliver(head, legs, 0);
        bytes32 want = settleDigest(dealId, 0, LegState.Delivered, payee.addr, cancel);
        bytes memory whileDelivered = sign(payee, want);
        refuses(client.addr, settleCall(cancel, "", whileActive), invalid(payee.addr, want));
        dispute(client.addr, head, legs, 0);
        want = settleDigest(dealId, 0, LegState.Disputed, payee.addr, cancel);
        refuses(client.addr, settleCall(cancel, "", whileActive), invalid(payee.addr, want));
        refuses(client.addr, settleCall(cancel, "", whileDelivered), invalid(payee.addr, want));
        vm.prank(client.addr);
        (bool ok,) = address(escrow).call(settleCall(cancel, "", sign(payee, want)));
        check(ok, "what was signed in this state");
    }

    /// The client's word as well, and where time alone left the state: silence called the arbiter.
    function test_settle_refusesTheClientsSignatureAfterALapse() public {
        legs[0].silenceBps = 65_535;
        head.docHash = "escalates";
        dealId = open(head, legs);
        deliver(head, legs, 0);
        Division memory d = Division(600, 500, uint40(now_() + 9 days));
        bytes memory before = sign(client, settleDigest(dealId, 0, LegState.Delivered, payee.addr, d));
        vm.warp(now_() + legs[0].review + 1);
        lapse(head, legs, 0);
        bytes32 want = settleDigest(dealId, 0, LegState.Disputed, payee.addr, d);
        refuses(payee.addr, settleCall(d, before, ""), invalid(client.addr, want));
    }

    function invalid(address party, bytes32 digest) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IDealErrors.InvalidSignature.selector, party, digest);
    }

    function test_settle_untilValidBefore() public {
        Division memory d = Division(1, 1, uint40(now_()));
        bytes memory call_ = signed(d, payee);
        vm.warp(now_() + 1);
        refuses(stranger.addr, call_, tooLate(d.validBefore));
    }

    function test_settle_refusesMoreThanThereIs() public {
        Division memory d = Division(1001, 0, uint40(now_()));
        refuses(
            stranger.addr,
            signed(d, payee),
            abi.encodeWithSelector(IDealErrors.SettlementAboveAmount.selector, 0, 1001, 1000)
        );
        d = Division(0, 501, uint40(now_()));
        refuses(
            stranger.addr,
            signed(d, payee),
            abi.encodeWithSelector(IDealErrors.SettlementAboveBond.selector, 0, 501, 500)
        );
    }

    function test_settle_refusesWhatIsNotLive() public {
        head.docHash = "never opened";
        dealId = escrow.dealIdOf(head, legs);
        bytes memory call_ = signed(Division(0, 0, uint40(now_())), payee);
        refuses(stranger.addr, call_, wrongState(LegState.None, LegState.Delivered));
    }
}
